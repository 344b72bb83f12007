//! Tests of the conversion of TeX, and of its robustness against broken TeX.

use proptest::prelude::*;

use super::*;
use crate::text::fold::fold;

fn check(cases: &[(&str, &str)]) {
    for (raw, expected) in cases {
        assert_eq!(tex_to_unicode(raw), *expected, "of {raw}");
    }
}

/// Checks texts that must not change.
fn check_kept(cases: &[&str]) {
    for raw in cases {
        assert_eq!(tex_to_unicode(raw), *raw);
    }
}

#[test]
fn an_accent_is_put_on_its_letter() {
    check(&[
        (r#"na\"ive"#, "naïve"),
        (r#"na{\"\i}ve na\"{\i}ve na\"\i ve"#, "naïve naïve naïve"),
        (r#"G\"odel, Erd\H{o}s, Erd\H os"#, "Gödel, Erdős, Erdős"),
        (r"\v{C}ern\'y, Mui\' c, Fran\c cois, Fran{\c c}ois", "Černý, Muić, François, François"),
        (r"\'{e} \`e \^e \~n \=a \.z \u{g} \r{a} \k{a} \d{t} \b{d}", "é è ê ñ ā ż ğ å ą ṭ ḏ"),
        (r"\'{\^{a}}", "ấ"),
    ]);
}

#[test]
fn a_letter_has_a_command() {
    check(&[
        (r"S\o rensen, S{\o}rensen, \O{}re", "Sørensen, Sørensen, Øre"),
        (r"\L{}ukasz Stra\ss e \AE sop c{\oe}ur", "Łukasz Straße Æsop cœur"),
        (r"S{\Ae}ther, \bar\nu", "SÆther, ν\u{304}"),
        (r"3 \AA\ wide", "3 Å wide"),
    ]);
}

#[test]
fn emphasis_is_kept_apart_from_the_text() {
    let read = rich_text(r"a {\em b} \textbf{c \emph{d}} {\tt e}\texttt{f}");
    assert_eq!(read.text, "a b c d ef");
    let emphasised: Vec<_> =
        read.emphasis.iter().map(|(range, kind)| (&read.text[range.clone()], *kind)).collect();
    let expected = [
        ("b", Emphasis::Italic),
        ("c d", Emphasis::Bold),
        ("d", Emphasis::Italic),
        ("e", Emphasis::Mono),
        ("f", Emphasis::Mono),
    ];
    assert_eq!(emphasised, expected);
}

#[test]
fn a_formula_is_unwrapped() {
    check(&[
        (r"the $\mathbb{Z}_2$ group", "the ℤ₂ group"),
        (r"\(\Delta\)ConvFusion and \[x\]", "ΔConvFusion and x"),
        (r"$O(n^{2} \log n)$, $10^{-3}$", "O(n² log n), 10⁻³"),
        (r"$\log\log n$ $2\log n$", "log log n 2 log n"),
        (r"$x_i^{ab}$ $x^{a,b}$ $f'(x)$", "xᵢᵃᵇ x^a,b f′(x)"),
        (r"$x \in\mathbb{R}$, $x\in X$, $\sim 10$", "x ∈ ℝ, x∈X, ~10"),
        (r"$\frac{a}{b}$ $\frac{a+1}2$ $\frac12$", "a/b (a+1)/2 1/2"),
        (r"$\sqrt{x}$ $\sqrt[3]{x+1}$", "√x ³√(x+1)"),
        (r"$\alpha x$ $\alpha + \beta$", "αx α + β"),
        (r"$a \not\in B$ $\hat{H}$ $\bar{abc}$", "a ∉ B Ĥ abc"),
        (r"$\mathcal{N}=4$ $\mathcal O(1)$ ${\cal N}$", "N=4 O(1) N"),
        (r"$\left(\frac{a}{b}\right)$", "(a/b)"),
        (r"$(\cdot, \cdot)$ $\frac{f(a+b)}{c}$ $\frac{n - 1}{2}$", "(·, ·) f(a+b)/c (n - 1)/2"),
        (
            r"$\R^n$ $\min\{a\}$ $ U(1) $ $h_1=h_3 $ $\sum_{\nu = 0}^\infty$",
            "ℝⁿ min{a} U(1) h₁=h₃ ∑_ν=0^∞",
        ),
        (r"$30^\circ$ $x^*$ $A^\top$ $\text{if $a$}$", "30° x* Aᵀ if a"),
        (r"$$ E = mc^2 $$", "E = mc²"),
        (r"$k$-means for $a, b$ and $SU(2)$", "k-means for a, b and SU(2)"),
    ]);
}

#[test]
fn a_dollar_of_money_stays() {
    check_kept(&[
        "$5 and $10", "US$ 3", "$5-$10 a month", "costs $5, while US$ are few", "$A_DIR and $B",
        "US$ 3 or $ 4", "$", "$$",
    ]);
    check(&[("$5 for $x$ and \\$3", "$5 for x and $3")]);
}

#[test]
fn a_tilde_of_prose_stays() {
    check_kept(&["~30% of {0, 1}"]);
    check(&[
        (r"\emph{a}: ~30\%, N~1000, 10~100", "a: ~30%, N~1000, 10~100"),
        (
            r"\emph{a} Fig.~3, Phase~I, H.~V., 3~GeV, of~$x$",
            "a Fig. 3, Phase I, H. V., 3 GeV, of x",
        ),
    ]);
}

#[test]
fn dashes_and_quotes_are_those_of_tex_only_in_tex() {
    check_kept(&["a -- b $5", r"\foo --> b"]);
    check(&[(r"\emph{a} -- b---c ``d'' don't", "a – b—c “d” don't")]);
}

#[test]
fn signs_lose_their_backslash() {
    check(&[(r"1-5\% \& \_ \# \$ \{ \}", "1-5% & _ # $ { }"), (r"w.r.t.\ it", "w.r.t. it")]);
}

#[test]
fn notes_citations_and_addresses_are_shown() {
    check(&[
        (r"neurons\footnote{A {\em note}.}.", "neurons (A note.)."),
        (r"see~\cite{a,b} \cite[p. 3]{c}", "see [a,b] [c, p. 3]"),
        (r"\url{http://a.b/c\_d--e~f}", "http://a.b/c_d--e~f"),
        (r"\href{http://a.b}{text} \href{http://a.b}{http://a.b}", "text (http://a.b) http://a.b"),
        (r"\% http://a.b/c--d_e{f}", "% http://a.b/c--d_e{f}"),
    ]);
}

#[test]
fn an_unknown_command_keeps_its_argument_or_stands() {
    check(&[(r"\foo{bar} \ours{} is {\baz x}", r"bar \ours is \baz x")]);
    check_kept(&[r"C:\path\file", r"a\", r"\d3", r#"\"Polo\" Chau"#]);
}

#[test]
fn broken_tex_loses_nothing() {
    check_kept(&[
        r"{\unknown abc", "a } b { c", r"\(x", r"\[x \[", r"\emph", r"\frac{a}", "$x^", r"\'",
    ]);
    check(&[(r"{\em abc", "{abc"), (r"a {b $c} d$", "a b $c d$")]);
    let deep = "{".repeat(10_000) + "x" + &"}".repeat(10_000);
    assert!(tex_to_unicode(&deep).contains('x'));
}

#[test]
fn braces_in_the_text_are_none_that_bibtex_counts() {
    for (text, tex) in [
        ("a{", r"a\textbraceleft{}"),
        ("｛｝", r"\textbraceleft{}\textbraceright{}"),
        ("﹛a﹜", r"\textbraceleft{}a\textbraceright{}"),
    ] {
        assert_eq!(escape(text), tex);
    }
}

#[test]
fn what_is_escaped_is_what_bibtex_expects() {
    let cases = [
        ("Müller & Šimůnek 50%", r#"M{\"u}ller \& {\v{S}}im{\r{u}}nek 50\%"#),
        ("naïve Ørsted ß – α_β", r#"na{\"i}ve {\O}rsted {\ss} -- $\alpha$\_$\beta$"#),
        (
            "C:\\x^{~} 日本",
            r"C:\textbackslash{}x\textasciicircum{}\textbraceleft{}\textasciitilde{}\textbraceright{} 日本",
        ),
    ];
    for (text, tex) in cases {
        assert_eq!(escape(text), tex);
        assert_eq!(tex_to_unicode(tex), text);
    }
}

#[test]
fn every_script_has_its_letter() {
    for (from, to) in [math::SUPERSCRIPTS, math::SUBSCRIPTS] {
        assert_eq!(from.chars().count(), to.chars().count());
    }
}

/// Text composed of special fragments.
fn any_tex() -> impl Strategy<Value = String> {
    const PIECES: &str = r#"{|}|$|$$|\|\(|\)|^|_|~|--|``|''| |a|é|1|[|]|\em |\emph|\frac|\sqrt|\"|\'|\v|\alpha|\le|\footnote|\href|\url|\not|\left.|\log|\mathbb|\foo|://|*"#;
    let pieces: Vec<_> = PIECES.split('|').collect();
    prop::collection::vec(prop::sample::select(pieces), 0..40).prop_map(|it| it.concat())
}

proptest! {
    #[test]
    fn any_tex_is_read_and_grows_little(raw in any_tex()) {
        let read = rich_text(&raw);
        prop_assert!(read.text.len() <= 3 * raw.len() + 16);
        for (range, _) in read.emphasis {
            prop_assert!(read.text.get(range).is_some());
        }
    }

    #[test]
    fn any_text_is_read(raw in any::<String>()) {
        prop_assert!(tex_to_unicode(&raw).len() <= 3 * raw.len() + 16);
    }

    #[test]
    fn plain_text_is_borrowed(raw in "[^\\\\${]{0,40}") {
        prop_assert!(matches!(tex_to_unicode(&raw), Cow::Borrowed(text) if text == raw));
    }

    #[test]
    fn words_are_never_lost(words in prop::collection::vec("[a-z]{4,8}", 1..6), raw in any_tex()) {
        let text = words.join(&format!(" {raw} "));
        let text_letters: String = fold(&tex_to_unicode(&text)).chars().filter(char::is_ascii_alphabetic).collect();
        for word in words {
            prop_assert!(text_letters.contains(&word), "{} in {}", word, text_letters);
        }
    }

    #[test]
    fn what_is_escaped_is_read_back(
        text in "[a-zA-Z0-9 .,:;%&_#${}~^\\\\()/*+=<>|!?@àéîõüçšžőąßøłæœåÅñïǘấĭȷ'αΩ日-]{0,40}",
    ) {
        let merged = ["--", "''", "``", "://"].iter().any(|it| text.contains(it));
        prop_assume!(!merged);
        let escaped = escape(&text);
        prop_assert_eq!(tex_to_unicode(&escaped), text);
    }
}
