//! Tests of behaviour that several readers share: limits, undivided names, and fields.

use std::ops::ControlFlow;

use super::*;
use crate::domain::{BibField, Draft, PaperKind};

/// Returns the drafts, and the defects as text, of an input whose format is detected.
fn read_all(bytes: &[u8]) -> (Vec<Draft>, Vec<String>) {
    let (mut drafts, mut reasons) = (Vec::new(), Vec::new());
    read(detect(bytes).unwrap(), &mut &bytes[..], &mut |record| {
        match record {
            Ok(draft) => drafts.push(draft),
            Err(defect) => reasons.push(format!("{}: {}", defect.line, defect.reason)),
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    (drafts, reasons)
}

fn drafts(text: &str) -> Vec<Draft> {
    let (drafts, reasons) = read_all(text.as_bytes());
    assert_eq!(reasons, Vec::<String>::new(), "{text}");
    drafts
}

fn titles(text: &str) -> Vec<String> {
    drafts(text).into_iter().map(|it| it.title).collect()
}

fn check(draft: &Draft, expected: &[(BibField, &str)]) {
    for (field, value) in expected {
        assert_eq!(draft.field(*field), *value, "{field:?} of {draft:?}");
    }
}

#[test]
fn an_array_of_an_object_a_line_is_read_whole() {
    let one = "{\"title\":\"On maps\",\"year\":2001}";
    let two = "{\"title\":\"On roads\",\"year\":2002}";
    let three = "{\"title\":\"On walks\",\"year\":2003}";
    for text in [
        format!("[{one},\n{two},\n{three}]"),
        format!("[{one},\n{two},\n{three}]\n"),
        format!("[\n{one}\n,{two}\n,{three}\n]\n"),
        format!("[\n{one},\n{two},\n{three}\n]\n"),
        format!("[\n{one},\n{two},\n{three}]"),
        format!("[ {one}\n, {two}\n, {three} ]"),
        format!("[{one}, {two},\n{three}]"),
        format!("[\n{one}, {two},\n{three}\n]"),
        format!("{one}\r{two}\r{three}\r"),
    ] {
        assert_eq!(titles(&text), ["On maps", "On roads", "On walks"], "{text}");
    }
}

#[test]
fn what_is_known_to_be_no_paper_is_neither_a_paper_nor_a_defect() {
    for text in [
        "[]",
        "[null, null]",
        "[{\"key\":\"A1\",\"library\":{\"id\":1},\"data\":{\"key\":\"A1\",\"name\":\"Maps\",\"parentCollection\":false}}]",
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>arXiv Query</title></feed>",
        "<OAI-PMH><error code=\"noRecordsMatch\">none</error></OAI-PMH>",
    ] {
        assert_eq!(titles(text), Vec::<String>::new(), "{text}");
    }
    assert_eq!(titles("[null, {\"paperId\":\"a\",\"title\":\"On maps\"}]"), ["On maps"]);
}

#[test]
fn a_record_of_ris_ends_at_its_end_wherever_its_type_stands() {
    let text = "DB  - Shelf\nTI  - On maps\nSP  - 67-76\nTY  - JOUR\nVL  - 49\nAU  - Oak, A. J.\nJO  - Maps\nPY  - 2007\nER  - \n\n\
        DB  - Shelf\nTI  - On roads\nTY  - JOUR\nAU  - Fen, L. R.\nPY  - 2011\nER  - \n";
    for text in [text.to_owned(), text.replace('\n', "\r"), text.replace('\n', "\r\n")] {
        let drafts = drafts(&text);
        assert_eq!(drafts.len(), 2);
        assert_eq!((drafts[0].venue.as_str(), drafts[0].year), ("Maps", Some(2007)));
        assert_eq!(
            (drafts[1].title.as_str(), &drafts[1].authors[..]),
            ("On roads", &["Fen, L. R.".to_owned()][..])
        );
    }
    let unended = "TY  - JOUR\nTI  - On maps\nTY  - JOUR\nTI  - On roads\n";
    assert_eq!(titles(unended), ["On maps", "On roads"]);
}

#[test]
fn a_reference_of_endnote_may_have_its_type_last() {
    let text = "%T On maps\n%A Oak, Ada\n%0 Journal Article\n%D 2001\n\n%T On roads\n%A Open Roads,\n%0 Journal Article\n";
    let drafts = drafts(text);
    assert_eq!((drafts.len(), drafts[0].kind, drafts[0].year), (2, PaperKind::Article, Some(2001)));
    assert_eq!((drafts[1].kind, &*drafts[1].authors[0]), (PaperKind::Article, "{Open Roads}"));
    assert_eq!(titles("%T On maps\n%0 Book\n%T On roads\n%0 Book\n"), ["On maps", "On roads"]);
}

#[test]
fn records_of_eric_have_no_number_of_pubmed() {
    let text = "OWN - ERIC\nTI  - How Maps Change\nAU  - Oak, Ada\nOT  - Maps\nJT  - Journal of Maps\nVI  - 45\nIP  - 3\nPG  - 13-34\nDP  - Sep 2021\n\
        AB  - We map.\nISSN - ISSN-1234-5679\nPT  - Journal Articles\nPT  - Reports - Research\n\n\
        OWN - ERIC\nTI  - A Second Record\nAU  - Fen, Cy\nDP  - 2020\nPT  - Reports - Descriptive\n";
    let drafts = drafts(text);
    assert_eq!(
        (drafts.len(), drafts[0].kind, drafts[1].kind),
        (2, PaperKind::Article, PaperKind::Report)
    );
    check(
        &drafts[0],
        &[(BibField::Date, "2021-09"), (BibField::Issn, "1234-5679"), (BibField::Keywords, "Maps")],
    );
    assert_eq!(drafts[0].abstract_text, "We map.");
}

#[test]
fn what_has_no_family_name_is_an_organisation() {
    let ris = drafts(
        "TY  - RPRT\nTI  - A report\nAU  - Office for Maps and Roads\nAU  - Open Maps,\nAU  - Oak, Ada\nER  - \n",
    );
    assert_eq!(ris[0].authors, ["{Office for Maps and Roads}", "{Open Maps}", "Oak, Ada"]);
    let nbib = drafts(
        "PMID- 1\nTI  - A trial.\nFAU - Oak, Ada P\nAU  - Oak AP\nCN  - MAPS-6 Walkers\nJT  - Maps\n",
    );
    assert_eq!(nbib[0].authors, ["Oak, Ada P", "{MAPS-6 Walkers}"]);
    let science =
        drafts("FN x\nPT J\nAU Oak, A\nCA Road Office; Map Office\nTI On maps\nSO MAPS\nER\n");
    assert_eq!(science[0].authors, ["Oak, A", "{Road Office}", "{Map Office}"]);
}

#[test]
fn ris_keeps_what_its_tags_say_of_each_kind() {
    let book = &drafts(
        "TY  - BOOK\nTI  - Maps\nAU  - Oak, Ada\nA2  - Ash, Cy\nA3  - Fen, Bo\nA4  - Elm, Di\nT2  - Library of Maps\nM1  - 7\nNV  - 2\nSP  - 345\nST  - M\nOP  - 1920\nY2  - 2021/05/03\nER  - \n",
    )[0];
    assert_eq!((book.venue.as_str(), &book.authors[..]), ("", &["Oak, Ada".to_owned()][..]));
    check(
        book,
        &[
            (BibField::Editors, "Fen, Bo"),
            (BibField::Translators, "Elm, Di"),
            (BibField::Series, "Library of Maps"),
            (BibField::SeriesNumber, "7"),
            (BibField::VolumeCount, "2"),
            (BibField::PageCount, "345"),
            (BibField::ShortTitle, "M"),
            (BibField::OriginalDate, "1920"),
            (BibField::Accessed, "2021-05-03"),
        ],
    );
    let thesis = &drafts(
        "TY  - THES\nTI  - Maps\nAU  - Oak, Ada\nPB  - Map School\nM3  - Master's thesis\nER  - \n",
    )[0];
    check(thesis, &[(BibField::Genre, "Master's thesis"), (BibField::Institution, "Map School")]);
    let in_press = &drafts("TY  - JOUR\nTI  - Maps\nPY  - in press\nC7  - 640\nER  - \n")[0];
    check(
        in_press,
        &[(BibField::Status, "in press"), (BibField::ArticleNumber, "640"), (BibField::Pages, "")],
    );
    let spring = &drafts("TY  - MGZN\nTI  - Maps\nPY  - 2004///Spring\nER  - \n")[0];
    assert_eq!((spring.year, spring.kind), (Some(2004), PaperKind::Magazine));
    check(spring, &[(BibField::Season, "spring")]);
    let edited = &drafts("TY  - EDBOOK\nTI  - Maps\nAU  - Oak, Ada\nER  - \n")[0];
    assert!(edited.authors.is_empty());
    check(edited, &[(BibField::Editors, "Oak, Ada")]);
    let whole = &drafts("TY  - CONF\nTI  - Proceedings of Maps\nED  - Oak, Ada\nER  - \n")[0];
    assert_eq!(whole.kind, PaperKind::Proceedings);
    let tool = &drafts("TY  - COMP\nTI  - Mapper\nET  - 1.2.3\nER  - \n")[0];
    check(tool, &[(BibField::Version, "1.2.3"), (BibField::Edition, "")]);
}

#[test]
fn endnote_keeps_what_its_tags_say_of_each_kind() {
    let thesis = &drafts(
        "%0 Thesis\n%T Maps\n%A Oak, Ada\n%9 PhD thesis\n%I Map School\n%[ 2021-05-03\n%! M\n%( 1920\n%6 2\n%? Elm, Di\n",
    )[0];
    check(
        thesis,
        &[
            (BibField::Genre, "PhD thesis"),
            (BibField::Institution, "Map School"),
            (BibField::Accessed, "2021-05-03"),
            (BibField::ShortTitle, "M"),
            (BibField::OriginalDate, "1920"),
            (BibField::VolumeCount, "2"),
            (BibField::Translators, "Elm, Di"),
        ],
    );
    let edited = &drafts("%0 Edited Book\n%T Maps\n%A Oak, Ada\n%B Library of Maps\n")[0];
    assert!(edited.authors.is_empty());
    check(edited, &[(BibField::Editors, "Oak, Ada"), (BibField::Series, "Library of Maps")]);
}

#[test]
fn markup_and_entities_are_cleaned_in_every_reader() {
    for text in [
        "TY  - JOUR\nTI  - Of <i>E. coli</i> &amp; H<sub>2</sub>O\nER  - \n",
        "%0 Journal Article\n%T Of <i>E. coli</i> &amp; H<sub>2</sub>O\n",
        "PMID- 1\nTI  - Of <i>E. coli</i> &amp; H<sub>2</sub>O.\n",
        "title,authors\nOf <i>E. coli</i> &amp; H<sub>2</sub>O,\"Oak, A\"\n",
        "{\"title\": \"Of <i>E. coli</i> &amp; H<sub>2</sub>O\"}\n",
    ] {
        assert_eq!(titles(text), ["Of E. coli & H₂O"], "{text}");
    }
    let enw =
        &drafts("%0 Journal Article\n%T Maps\n%X <p>An <em>abstract</em> &amp; more.</p>\n")[0];
    assert_eq!(enw.abstract_text, "An abstract & more.");
}

#[test]
fn an_item_of_csl_is_kept_with_all_that_it_says() {
    let text = r#"[{"id":"oakWebPage","type":"webpage","title":"A page","author":[{"family":"Oak","given":"A"}],"accessed":{"date-parts":[[2021,5,3]]},"URL":"https://example.org/a"},
        {"id":"2020fen","type":"article-newspaper","title":"A day","author":[{"literal":"Open Maps"}],"container-title":"The Daily","status":"in press"},
        {"id":"plato","type":"book","title":"A book","author":[{"family":"Plato"}],"translator":[{"family":"Oak","given":"B"}],"issued":{"date-parts":[[1996]],"season":2},"original-date":{"date-parts":[[1920]]},
         "genre":"Edition","collection-title":"Library","collection-number":"7","number-of-volumes":"2","number-of-pages":300,"title-short":"Book","volume-title":"Works","chapter-number":"4"},
        {"id":"tool","type":"software","title":"A tool","author":[{"family":"Oak"}],"version":"1.2.3","issued":{"date-parts":[[2020,1],[2020,3]]}},
        {"id":"talk","type":"paper-conference","title":"A talk","container-title":"Proc. Maps","event-title":"Maps 2020","event-place":"Oslo","issued":{"raw":"2020-01/2020-02"}}]"#;
    let drafts = drafts(text);
    let keys: Vec<&str> = drafts.iter().map(|it| it.field(BibField::Key)).collect();
    assert_eq!(keys, ["oakWebPage", "2020fen", "plato", "tool", "talk"]);
    check(&drafts[0], &[(BibField::Accessed, "2021-05-03")]);
    assert_eq!((drafts[1].kind, &*drafts[1].authors[0]), (PaperKind::Newspaper, "{Open Maps}"));
    check(&drafts[1], &[(BibField::Status, "in press")]);
    check(
        &drafts[2],
        &[
            (BibField::Translators, "Oak, B"),
            (BibField::Season, "summer"),
            (BibField::OriginalDate, "1920"),
            (BibField::Genre, "Edition"),
            (BibField::Series, "Library"),
            (BibField::SeriesNumber, "7"),
            (BibField::VolumeCount, "2"),
            (BibField::PageCount, "300"),
            (BibField::ShortTitle, "Book"),
            (BibField::MainTitle, "A book"),
            (BibField::Chapter, "4"),
        ],
    );
    assert_eq!(drafts[2].title, "Works");
    check(&drafts[3], &[(BibField::Version, "1.2.3"), (BibField::EndDate, "2020-03")]);
    check(
        &drafts[4],
        &[
            (BibField::Event, "Maps 2020"),
            (BibField::EventPlace, "Oslo"),
            (BibField::EndDate, "2020-02"),
        ],
    );
}

#[test]
fn a_chapter_of_crossref_is_in_its_book_and_not_in_the_series() {
    let work = |titles: &str| {
        format!(
            r#"{{"status":"ok","message-type":"work","message":{{"DOI":"10.1000/c","type":"book-chapter","title":["On maps"],"container-title":[{titles}],"page":"1-9","author":[{{"given":"Ada","family":"Oak","sequence":"first"}}],"issued":{{"date-parts":[[2015]]}}}}}}"#
        )
    };
    for titles in [
        r#""Lecture Notes in Maps","Maps 2015: Roads""#,
        r#""Maps 2015: Roads","Lecture Notes in Maps""#,
        r#""Roads Today","Maps 2015: Roads""#,
    ] {
        let draft = &drafts(&work(titles))[0];
        assert_eq!(draft.venue, "Maps 2015: Roads", "{titles}");
        assert!(["Lecture Notes in Maps", "Roads Today"].contains(&draft.field(BibField::Series)));
        check(draft, &[(BibField::Key, "")]);
    }
    let article = r#"{"DOI":"10.1000/a","type":"journal-article","title":["On maps"],"container-title":["Maps"],"article-number":"640","issued":{"date-parts":[[2015]]}}"#;
    check(&drafts(article)[0], &[(BibField::ArticleNumber, "640")]);
}

#[test]
fn a_number_of_arxiv_that_went_through_json_is_mended() {
    let drafts = drafts(
        "{\"title\": \"On maps\", \"arxiv_id\": 704.0291}\n{\"title\": \"On roads\", \"arxiv_id\": 1503.00076}\n",
    );
    let ids: Vec<&str> = drafts.iter().map(|it| it.arxiv.as_str()).collect();
    assert_eq!(ids, ["0704.0291", "1503.00076"]);
}

#[test]
fn an_entry_of_bibtex_in_a_record_gives_what_the_record_lacks() {
    let text = r#"{"id":"x1","content":{"title":{"value":"On maps"},"authors":{"value":["Ada Oak","Bo Fen"]},"_bibtex":{"value":"@inproceedings{oak,\ntitle={On maps},\nbooktitle={Proc. Maps},\nyear={2021}}"}}}
{"paperId":"x2","title":"On roads","year":2019,"citationStyles":{"bibtex":"@Article{fen, title = {On roads}, author = {Bo Fen}, journal = {Roads}, volume = {3}, year = {2020}}"}}
"#;
    let drafts = drafts(text);
    assert_eq!((drafts[0].venue.as_str(), drafts[0].year), ("Proc. Maps", Some(2021)));
    assert_eq!((drafts[0].authors.len(), drafts[0].kind), (2, PaperKind::Conference));
    assert_eq!((drafts[1].venue.as_str(), drafts[1].year), ("Roads", Some(2019)));
    check(&drafts[1], &[(BibField::Volume, "3")]);
}
