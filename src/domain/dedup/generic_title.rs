//! Titles that very many works share, so that they identify none of them.

use std::sync::LazyLock;

use crate::text::{fnv_of_parts, words};

/// Names of the parts of journals and books, folded, in the languages that are common in sources.
const GENERIC_TITLES: [&str; 12] = [
    "abstract, abstracts, acknowledgements, acknowledgments, addendum, afterword, announcement, \
     announcements, annual report, appendix, back matter, bibliography, book review, book reviews, \
     books received, brief communication, call for papers, case report, case reports, comment, \
     commentary, comments, conclusion, conclusions, contents, contributors, correction, \
     corrections, correspondence, corrigenda, corrigendum, cover, discussion, editor s note, \
     editorial, editorial board, editorial note, editorials, editors note, epilogue, errata, erratum",
    "expression of concern, foreword, from the editor, from the editors, front matter, glossary, \
     guest editorial, highlights, in memoriam, in this issue, index, interview, introduction, \
     introduction to the special issue, issue information, keynote, letter, letters, \
     letter to the editor, letters to the editor, list of contributors, masthead, meeting report, \
     news, note, notes, notes on contributors, obituary, obituaries, opinion, overview",
    "panel, perspective, poster, preface, proceedings, program, programme, program committee, \
     prologue, publisher s note, reply, report, response, retraction, review, reviews, \
     review article, special issue, summary, table of contents, tutorial, viewpoint, welcome, \
     welcome message, no title, none, null, unknown, untitled",
    "berichtigung, buchbesprechung, buchbesprechungen, danksagung, einfuhrung, einleitung, \
     geleitwort, inhalt, inhaltsverzeichnis, leserbrief, literaturverzeichnis, mitteilungen, \
     nachruf, nachwort, rezension, rezensionen, vorwort, zusammenfassung",
    "avant propos, bibliographie, compte rendu, comptes rendus, editoriaux, notes de lecture, \
     postface, presentation, rectificatif, remerciements, sommaire, table des matieres",
    "bibliografia, carta al editor, conclusiones, correccion, cartas al editor, fe de erratas, \
     indice, introduccion, nota editorial, presentacion, prefacio, prologo, resena, resenas, resumen",
    "apresentacao, carta ao editor, conclusao, correcao, introducao, posfacio, resenha, resumo, sumario",
    "conclusioni, errata corrige, editoriale, introduzione, prefazione, premessa, recensione, \
     recensioni, sommario",
    "boekbespreking, inhoud, inleiding, voorwoord, samenvatting, forord, innledning, indledning, \
     inledning, bokanmeldelse, sammendrag",
    "przedmowa, recenzja, slowo wstepne, spis tresci, wprowadzenie, wstep, od redakcji",
    "введение, заключение, от редакции, предисловие, рецензия, содержание, редакционная статья",
    "前言, 序言, 引言, 编者按, 目录, 勘误, 书评, 結論, 序文, はじめに, 書評, 目次, 巻頭言",
];

/// Words that count, date or join parts, as in `Index to volume 5` and `Editorial, May 2015`.
const COUNTING_WORDS: &str = "a an and for in no nr of on the this to vol volume number issue issues part \
     parts chapter section supplement suppl january february march april may june july august \
     september october november december jan feb mar apr jun jul aug sept sep oct nov dec spring \
     summer autumn fall winter first second third fourth fifth one two three four five band heft \
     teil kapitel zu zum zur januar februar marz mai juni juli oktober dezember tome numero partie \
     chapitre janvier fevrier avril juin juillet aout septembre octobre novembre decembre parte \
     capitulo enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre \
     diciembre deel nummer hoofdstuk";

/// The hashes of the generic titles, sorted.
static GENERIC_TITLE_HASHES: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let titles = GENERIC_TITLES.iter().flat_map(|it| it.split(", "));
    // The empty title is included: `Chapter 3` has only counting words.
    let mut hashes: Vec<u64> = titles.chain([""]).map(hash_significant_words).collect();
    hashes.sort_unstable();
    hashes
});

/// The hashes of the counting words, sorted.
static COUNTING_WORD_HASHES: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let mut hashes: Vec<u64> = COUNTING_WORDS.split(' ').map(|it| fnv_of_parts([it])).collect();
    hashes.sort_unstable();
    hashes
});

/// Returns true if a folded title names a kind of text instead of a work, with or without numbers:
/// `introduction`, `book review`, `chapter 3`.
pub fn is_generic(folded_title: &str) -> bool {
    // Longer titles are never generic, which spares most titles the hash.
    const MAX_TITLE_BYTES: usize = 48;
    folded_title.len() <= MAX_TITLE_BYTES
        && GENERIC_TITLE_HASHES.binary_search(&hash_significant_words(folded_title)).is_ok()
}

/// Hashes the words of a folded title that do not count, each followed by a blank.
fn hash_significant_words(folded_title: &str) -> u64 {
    fnv_of_parts(significant_words(folded_title).flat_map(|it| [it, " "]))
}

fn significant_words(folded_title: &str) -> impl Iterator<Item = &str> {
    let is_counting = |it: &str| COUNTING_WORD_HASHES.binary_search(&fnv_of_parts([it])).is_ok();
    words(folded_title).filter(move |it| !is_number(it) && !is_counting(it))
}

/// Returns true for digits and for a small Roman numeral.
fn is_number(word: &str) -> bool {
    let is_roman = || word.len() <= 5 && word.bytes().all(|it| b"ivx".contains(&it));
    word.bytes().all(|it| it.is_ascii_digit()) || is_roman()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[test]
    fn the_lists_are_folded_as_titles_are() {
        for title in GENERIC_TITLES.iter().flat_map(|it| it.split(", ")) {
            assert!(is_generic(title) && fold(title) == *title, "{title}");
        }
        assert_eq!(fold(COUNTING_WORDS), COUNTING_WORDS);
    }

    #[test]
    fn a_title_that_only_says_what_sort_of_text_it_is_is_generic() {
        for title in [
            "Introduction", "INTRODUCTION.", "Editorial 12", "Editorial, May 2015", "An Editorial",
            "Book Review", "Letter to the Editor", "Erratum", "Chapter III", "Index to Volume 5",
            "Vorwort", "Einführung", "Préface", "Reseña", "Discussion (part 2)", "序言",
        ] {
            assert!(is_generic(&fold(title)), "{title}");
        }
        for title in [
            "Introduction to topology", "Erratum: On brains", "An editorial on editorials",
            "Memory", "Deep learning",
        ] {
            assert!(!is_generic(&fold(title)), "{title}");
        }
    }
}
