//! Tests of queries in scripts without blanks between words, and of writing variants.

use super::*;

/// The rows of the hits, sorted.
fn sorted_rows(corpus: &Corpus, query: &str) -> Vec<u32> {
    let mut rows = found_rows(corpus, query);
    rows.sort_unstable();
    rows
}

fn assert_found(corpus: &Corpus, expected: &[(&str, &[u32])]) {
    for (query, rows) in expected {
        assert_eq!(sorted_rows(corpus, query), *rows, "{query}");
    }
}

/// Papers with a clause of one script in each abstract.
const UNSPACED: [PaperRow<'_>; 6] = [
    ("One", "", "本稿では、視覚言語モデルの事前学習法を述べる。GPT模型も用いる。", 2020),
    ("Two", "", "我们研究了图神经网络的鲁棒性，并在数据集上验证。", 2020),
    ("Three", "", "งานวิจัยนี้ศึกษาโครงข่ายประสาทเทียมเชิงลึก", 2020),
    ("Four", "", "យើងសិក្សាបណ្តាញសរសៃប្រសាទ", 2020),
    ("Five", "", "ການຮຽນຮູ້ຂອງເຄື່ອງ ၏ စက်သင်ယူမှု", 2020),
    ("脳の記憶と学習", "山田太郎", "", 2020),
];

#[test]
fn a_word_is_found_wherever_it_stands_in_a_clause() {
    assert_found(
        &corpus(&UNSPACED),
        &[
            ("言語モデル", &[0]),
            ("学習", &[0, 5]),
            ("事前学習", &[0]),
            ("法", &[0]),
            ("本", &[0]),
            ("模型", &[0]),
            ("gpt模型", &[0]),
            ("神经网络", &[1]),
            ("研究", &[1]),
            ("\"数据集\"", &[1]),
            ("abs:网络 鲁棒", &[1]),
            ("โครงข่ายประสาท", &[2]),
            ("เชิงลึก", &[2]),
            ("បណ្តាញ", &[3]),
            ("ຮຽນຮູ້", &[4]),
            ("သင်ယူ", &[4]),
            ("記憶", &[5]),
            ("太郎", &[5]),
            ("学習 !記憶", &[0]),
            ("言語 神经", &[]),
            ("習学", &[]),
            ("模型法", &[]),
        ],
    );
}

#[test]
fn a_word_inside_a_clause_ranks_as_a_word() {
    let corpus = corpus(&[
        ("深層強化学習", "", "", 2020),
        ("強化学習", "", "", 2020),
        ("画像", "", "深層強化学習の手法", 2020),
    ]);
    let expected = [(1, Tier::Start), (0, Tier::Start), (2, Tier::Abstract)];
    assert_eq!(tiers(&corpus, "強化学習"), expected);
}

#[test]
fn words_side_by_side_rank_before_words_apart() {
    let corpus =
        corpus(&[("強化された機械の学習", "", "", 2020), ("深い強化学習と機械", "", "", 2020)]);
    assert_eq!(found_rows(&corpus, "強化 学習"), [1, 0]);
}

#[test]
fn composed_and_decomposed_characters_are_the_same() {
    use unicode_normalization::UnicodeNormalization;
    let rows = [
        ("脳とデータの学習", "高橋ガブリエル", "パリで開発", 2020),
        ("한국어 자연어 처리", "김민수", "사전학습 모델", 2020),
    ];
    let composed = corpus(&rows);
    let decomposed_text: Vec<[String; 3]> =
        rows.iter().map(|(a, b, c, _)| [a, b, c].map(|it| it.nfd().collect())).collect();
    let rows: Vec<PaperRow<'_>> = decomposed_text
        .iter()
        .map(|[a, b, c]| (a.as_str(), b.as_str(), c.as_str(), 2020))
        .collect();
    let decomposed = corpus(&rows);
    for corpus in [&composed, &decomposed] {
        for (query, row) in [
            ("データ", 0),
            ("ﾃﾞｰﾀ", 0),
            ("ガブリエル", 0),
            ("ｶﾞﾌﾞﾘｴﾙ", 0),
            ("パリ", 0),
            ("ﾊﾟﾘ", 0),
            ("한국", 1),
            ("사전학습", 1),
            ("김민수", 1),
            ("모델", 1),
        ] {
            assert_eq!(found_rows(corpus, query), [row], "{query}");
            let decomposed_query: String = query.nfd().collect();
            assert_eq!(found_rows(corpus, &decomposed_query), [row], "{query}, decomposed");
        }
    }
}

#[test]
fn an_acronym_is_found_behind_what_has_it_as_a_word() {
    let corpus = corpus(&[
        ("Learning Long Horizon Features", "", "", 2020),
        ("Preferences: Reinforcement Learning from Human Feedback", "", "", 2020),
        ("Pitfalls", "", "We discuss RLHF.", 2020),
        ("RLHF in practice", "", "", 2020),
        ("Large Language Models as Judges", "", "", 2020),
        ("A Theory of Generative Adversarial Networks", "", "", 2020),
        ("Moby Dick", "", "", 1851),
        ("Moby Dick and the Whale", "", "", 1852),
    ]);
    let expected = [(3, Tier::Start), (2, Tier::Abstract), (1, Tier::Abstract)];
    assert_eq!(tiers(&corpus, "rlhf"), expected);
    assert_eq!(found_rows(&corpus, "llms"), [4]);
    assert_eq!(found_rows(&corpus, "llm"), [4]);
    assert_eq!(found_rows(&corpus, "gans")[0], 5);
    assert_eq!(found_rows(&corpus, "tgan"), [5], "without the function word");
    assert_eq!(found_rows(&corpus, "atogan"), [5], "with it");
    assert_eq!(found_rows(&corpus, "md")[0], 6, "all of the title");
    assert_eq!(found_rows(&corpus, "rlhf preferences"), [1]);
    assert!(!found_rows(&corpus, "author:rlhf").contains(&1));
}

#[test]
fn the_words_of_an_acronym_are_highlighted() {
    let highlighted = |query: &str, title: &'static str| -> Vec<&str> {
        let highlighter = Highlighter::new(Arc::new(Query::parse(query)), &[]);
        let ranges = highlighter.highlight(title, QueryField::Title);
        ranges.into_iter().map(|range| &title[range]).collect()
    };
    let title = "Reinforcement Learning from Human Feedback";
    assert_eq!(highlighted("rlhf", title), ["R", "L", "H", "F"]);
    assert_eq!(highlighted("gans", "Generative Adversarial Networks"), ["G", "A", "N"]);
    assert_eq!(highlighted("md", "Moby Dick"), ["M", "D"]);
}

#[test]
fn a_greek_letter_is_found_by_its_name_and_the_other_way() {
    let corpus = corpus(&[
        ("β-VAE for concepts", "", "", 2020),
        ("$\\beta$-VAE again", "", "", 2020),
        ("beta-VAE by name", "", "", 2020),
        ("Beta VAE with a blank", "", "", 2020),
        ("Betamax and the alphabet", "Xi Chen", "", 2020),
        ("Growth factors", "", "TGF-β is expressed, and λ-terms.", 2020),
        ("The lambda calculus", "", "TGF-beta, of course.", 2020),
        ("Βίος", "", "", 2020),
    ]);
    assert_found(
        &corpus,
        &[
            ("beta-vae", &[0, 1, 2, 3]),
            ("β-vae", &[0, 1, 2, 3]),
            ("β-VA", &[0, 1, 2, 3]),
            ("title:β vae", &[0, 1, 2, 3]),
            ("tgf-beta", &[5, 6]),
            ("tgf-β", &[5, 6]),
            ("λ", &[5, 6]),
            ("lambda", &[5, 6]),
            ("betam", &[4]),
            ("βιο", &[7]),
        ],
    );
    let beta = sorted_rows(&corpus, "beta");
    assert_eq!(beta, [0, 1, 2, 3, 4, 5, 6], "as a beginning of a word too, but in no Greek word");
    assert!(!sorted_rows(&corpus, "β").contains(&4), "the letter is no part of a word");
}

#[test]
fn a_greek_variant_is_highlighted() {
    let highlighter = Highlighter::new(Arc::new(Query::parse("tgf-beta")), &[]);
    let text = "TGF-β and TGF-βx";
    let ranges = highlighter.highlight(text, QueryField::Title);
    assert_eq!(ranges.into_iter().map(|it| &text[it]).collect::<Vec<_>>(), ["TGF-β"]);
}

/// Titles as they stand in files, and words of a query that find only them.
const TEX_TITLES: [(&str, &[&str]); 22] = [
    ("Strict $\\omega$-categories are monadic", &["$\\omega$-cat", "\\omega", "omega-cat"]),
    ("Exotic structures on $S^2\\times S^2$", &["$S^2\\times S^2$", "S^2", "s2"]),
    ("Superconductivity in MgB$_2$", &["MgB$_2$", "MgB_2", "mgb2"]),
    ("H$_3$S at high pressure", &["H$_3$S", "H_3S", "h3s"]),
    ("Spherical Schr\\\"odinger operators", &["Schr\\\"odinger", "Schr{\\\"o}dinger"]),
    ("The Poincar\\'e conjecture", &["Poincar\\'e", "poincare", "Poincar{\\'e}"]),
    ("Erd\\H{o}s--R\\'enyi graphs", &["Erd\\H{o}s", "R\\'enyi", "erdos"]),
    ("Imaging \\textit{in vivo}", &["\\textit{in vivo}", "\\emph{vivo}"]),
    ("{BERT}: {P}re-training", &["{BERT}", "{P}re-training", "bert"]),
    ("That $x$ and $y$ commute", &["$y$ commute"]),
    ("TD($\\lambda$) revisited", &["TD($\\lambda$)", "td(lambda)"]),
    ("$\\ell_1$-norm minimisation", &["$\\ell_1$-norm", "ℓ1-norm"]),
    ("Weak $L^{\\infty}$ and BMO", &["$L^{\\infty}$", "L^{\\infty}"]),
    ("$^{12}$C($\\alpha$,$\\gamma$)$^{16}$O", &["$^{12}$C($\\alpha$,$\\gamma$)$^{16}$O"]),
    ("{\\v C}ech cohomology", &["{\\v C}ech", "\\v{C}ech", "cech"]),
    ("A \\& B theory", &["A \\& B theory"]),
    ("$\\mathcal{C}$-class functions", &["$\\mathcal{C}$-class"]),
    ("Fran\\c{c}ois' theorem", &["Fran\\c{c}ois"]),
    ("The $\\Lambda$CDM model", &["$\\Lambda$CDM"]),
    ("{\\AA}ngstr{\\\"o}m scale", &["{\\AA}ngstr{\\\"o}m", "angstrom"]),
    ("$n \\log n$ sorting", &["$n \\log n$"]),
    ("Na\\\"{\\i}ve Bayes", &["Na\\\"{\\i}ve", "naive"]),
];

#[test]
fn a_title_in_tex_is_found_as_it_stands_in_its_file() {
    let rows = TEX_TITLES.map(|(title, _)| (title, "", "", 2020));
    let corpus = corpus(&rows);
    for (row, (title, words)) in (0..).zip(TEX_TITLES) {
        assert_eq!(found_rows(&corpus, title).first(), Some(&row), "{title}");
        for word in words {
            assert_eq!(found_rows(&corpus, word).first(), Some(&row), "{word}");
        }
    }
}

#[test]
fn signs_that_are_no_tex_are_operators() {
    let corpus = corpus(&[("Deep nets", "", "", 2020), ("Nets in US$ and C$", "", "", 2020)]);
    assert_eq!(found_rows(&corpus, "nets$"), [0]);
    assert_eq!(found_rows(&corpus, "^deep nets$"), [0]);
    assert_eq!(found_rows(&corpus, "!deep"), [1]);
    assert_eq!(sorted_rows(&corpus, "deep | us"), [0, 1]);
    assert_eq!(found_rows(&corpus, "/s{1}$/"), [0]);
}
