//! Tests of reading BibTeX, both valid and broken.

mod limits;

use super::*;
use crate::domain::{BibField, Draft, PaperKind};

fn read_all(mut bytes: &[u8]) -> (Vec<Draft>, Vec<(u64, String)>) {
    let (mut drafts, mut defects) = (Vec::new(), Vec::new());
    read(&mut bytes, &Abbreviations::default(), &mut |record| {
        match record {
            Ok(draft) => drafts.push(draft),
            Err(defect) => defects.push((defect.line, defect.reason)),
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    (drafts, defects)
}

/// Returns the drafts of a file without defects.
fn read_valid(text: &str) -> Vec<Draft> {
    let (drafts, defects) = read_all(text.as_bytes());
    assert_eq!(defects, [], "{text}");
    drafts
}

fn titles(drafts: &[Draft]) -> Vec<&str> {
    drafts.iter().map(|it| it.title.as_str()).collect()
}

#[test]
fn values_are_in_braces_in_quotes_bare_or_joined() {
    let text = "@string{Conf = \"Conf. on \"}\n@STRING(p = {Maps})\n\
        @misc{a, title = {A {B} \"C\"}, howpublished = conf # p # { 5}, YEAR = 1999, month = may}\n\
        @misc(b, title = \"A {\"}B{\"} (C)\" , year = \"2000\", )";
    let drafts = read_valid(text);
    assert_eq!(titles(&drafts), ["A {B} \"C\"", "A {\"}B{\"} (C)"]);
    assert_eq!(drafts[0].venue, "Conf. on Maps 5");
    assert_eq!((drafts[0].year, drafts[1].year), (Some(1999), Some(2000)));
    assert_eq!(drafts[0].field(BibField::Date), "1999-05");
}

#[test]
fn an_unknown_macro_is_told_once_and_its_field_stays_empty() {
    let text = "@article{a, title={A}, journal=jml, month=oct, year=2001, number=12}\n\
        @article{b, title={B}, journal=\"J. of \" # jml # { II}}\n\
        @string{jml={J. of Maps}}\n@article{c, title={C}, journal=JML}";
    let (drafts, defects) = read_all(text.as_bytes());
    let venues: Vec<_> = drafts.iter().map(|it| it.venue.as_str()).collect();
    assert_eq!(venues, ["", "J. of II", "J. of Maps"]);
    let message = "a: undefined macro `jml` in `journal`; name the .bib file that defines it first";
    assert_eq!(defects, [(1, message.to_owned())]);
    assert_eq!(
        (drafts[0].field(BibField::Date), drafts[0].field(BibField::Number)),
        ("2001-10", "12")
    );
}

#[test]
fn an_entry_is_kept_with_the_texts_of_its_macros() {
    let text = "@string{jml = \"J. of {Maps}\"}\n@string{p = {Press}}\n\
        @article{a, title={A}, journal = jml, month = may, publisher=\"The \" # p # { Ltd}}";
    let raw = "@article{a, title={A}, journal = {J. of {Maps}}, month = may, publisher=\"The \" # {Press} # { Ltd}}";
    assert_eq!(read_valid(text)[0].field(BibField::Raw), raw);
    let reread = &read_valid(raw)[0];
    assert_eq!(
        (reread.venue.as_str(), reread.field(BibField::Publisher)),
        ("J. of {Maps}", "The Press Ltd")
    );
}

#[test]
fn macros_hold_for_the_files_that_are_read_after_them() {
    let abbreviations = Abbreviations::default();
    let mut venues = Vec::new();
    for text in
        ["% abbreviations\n@string{jml = {J. of Maps}}\n", "@article{a, title={A}, journal=jml}"]
    {
        let read = read(&mut text.as_bytes(), &abbreviations, &mut |record| {
            venues.push(record.unwrap().venue);
            ControlFlow::Continue(())
        });
        assert!(read.is_ok());
    }
    assert_eq!(venues, ["J. of Maps"]);
}

#[test]
fn an_entry_is_kept_with_the_fields_that_it_takes_over() {
    let text = "@xdata{pub, publisher={Map Press}, location={York}, xdata={more}}\n\
        @xdata{more, langid={english}}\n\
        @inproceedings{a, title={A}, xdata={pub}, crossref={P}, pages={1--9}}\n\
        @proceedings{P, title={Proc. of Maps}, year=2001, editor={E F and others}}\n";
    let drafts = read_valid(text);
    let raw = "@inproceedings{a, title={A}, pages={1--9},\n  publisher = {Map Press},\n  \
        location = {York},\n  year = {2001},\n  editor = {E F and others},\n  \
        booktitle = {Proc. of Maps},\n  langid = {english},\n}";
    assert_eq!(drafts[0].field(BibField::Raw), raw);
    let reread = &read_valid(raw)[0];
    for draft in [&drafts[0], reread] {
        assert_eq!((draft.venue.as_str(), draft.year), ("Proc. of Maps", Some(2001)));
        assert_eq!(
            (draft.field(BibField::Publisher), draft.field(BibField::Place)),
            ("Map Press", "York")
        );
        assert_eq!(
            (draft.field(BibField::Editors), draft.field(BibField::Language)),
            ("E F; others", "english")
        );
    }
}

#[test]
fn a_kind_that_is_a_list_of_python_is_that_of_its_first_item() {
    let text = "@['JournalArticle', 'Review']{a,\n title={A},\n journal={J}\n}\n\
        @['Conference']{b, title={B}, booktitle={C}}\n@None{c, title={C}}\n";
    let drafts = read_valid(text);
    assert_eq!(titles(&drafts), ["A", "B", "C"]);
    let kinds: Vec<_> = drafts.iter().map(|it| it.kind).collect();
    assert_eq!(kinds, [PaperKind::Article, PaperKind::Conference, PaperKind::Unknown]);
    assert!(drafts[0].field(BibField::Raw).starts_with("@article{a,"));
    assert!(matches_head(text));
}

#[test]
fn what_reads_like_an_entry_but_is_none_is_told() {
    let text = "@1article{x, title={X}}\n@misc{a, title={A}}\n@{b, title={B}}\nby @ada alone\n";
    let (drafts, defects) = read_all(text.as_bytes());
    assert_eq!(titles(&drafts), ["A"]);
    let lines: Vec<_> = defects.iter().map(|it| it.0).collect();
    assert_eq!(lines, [1, 3]);
    assert!(defects[0].1.contains("not an entry"), "{defects:?}");
}

#[test]
fn lines_may_end_as_on_an_old_macintosh() {
    let text = "% by hand\r@misc{a,\r  title = {A},\r  % doi = {x},\r  year = 2001\r}\r\
        @misc{b, title = {B}\r@misc{c, title = {C}}\r";
    let (drafts, defects) = read_all(text.as_bytes());
    assert_eq!((titles(&drafts), drafts[0].year), (vec!["A", "C"], Some(2001)));
    assert_eq!(defects.len(), 1);
    assert!(matches_head(text));
}

#[test]
fn what_is_no_entry_is_passed_over() {
    let text = "\u{feff}% Encoding: UTF-8\r\nSaid by ada@maps.org {\r\n% @misc{old, title={Old}}\r\n\
        @preamble{\"\\newcommand{\\x}{y}\"}\r\n\
        @Comment{jabref-meta: groups:\r\n0 All {a};\r\n}\r\n@comment open (\r\n\
        @misc{a,\r\n  title = {A},\r\n  % doi = {x},\r\n  year = 2001\r\n}\r\n}\r\n\
        @xdata{x, publisher={P}}\r\n";
    let drafts = read_valid(text);
    assert_eq!((titles(&drafts), drafts[0].year), (vec!["A"], Some(2001)));
    let raw = "@misc{a,\n  title = {A},\n  % doi = {x},\n  year = 2001\n}";
    assert_eq!(drafts[0].field(BibField::Raw), raw);
}

#[test]
fn a_broken_entry_costs_itself_and_says_where_it_is_broken() {
    let valid_entry = "@misc{sound, title={Sound}}";
    for (broken, line, reason) in [
        ("@misc{a, title={A}", 1, "a: unclosed `{`"),
        ("@misc{a,\n title={A,\n year={1}\n}", 2, "a: unclosed `{` in the value of `title`"),
        ("@misc{a,\n title=\"A,\n year={1}\n}", 2, "a: unclosed `\"` in the value of `title`"),
        ("@misc{a,\n title={A}},\n year={1}\n}", 2, "a: extra `}` before `year`"),
        ("@misc{a,\n title {A}}", 2, "a: missing `=` after `title`"),
        (
            "@misc{a, title=A Map of Maps}",
            1,
            "a: missing braces or quotes around the value of `title`",
        ),
        ("@misc{a, title=\"A \"B\" C\"}", 1, "a: missing comma after the value of `title`"),
        ("@misc{a, {A}}", 1, "a: unexpected `{` at the start of a field"),
        ("@misc{a {A}}", 1, "malformed entry: missing comma after the key"),
        ("@misc{", 1, "malformed entry: unclosed `{`"),
        ("@misc{a, year={1}}", 1, "a: no title"),
        ("@string{a = {b}", 1, "malformed entry: unclosed `{`"),
    ] {
        let (drafts, defects) = read_all(format!("{broken}\n{valid_entry}\n").as_bytes());
        assert_eq!(titles(&drafts), ["Sound"], "{broken}");
        assert_eq!(defects, [(line, reason.to_owned())], "{broken}");
    }
}

#[test]
fn what_was_meant_is_read_where_it_can_be_told() {
    for (text, key) in [
        ("@misc{\n  a,\n title={T},\n year=2001,\n}", "a"),
        ("@misc{a\n, title = {T}\n, year = {2001}\n}", "a"),
        ("@misc{a, title={T} year=2001}", "a"),
        ("@misc{a, title={T},, year=2001 note={N}}", "a"),
        ("@misc{a title={T}, year={2001}}", "a"),
        ("@misc{a b, title={T}, year={2001}}", "a b"),
        ("@misc{title={T}, year={2001}}", ""),
        ("@misc{, title={T}, year={2001}}", ""),
        ("@ misc {é\u{a0}title={T}, year={2001}}", "é"),
        ("@misc{a, title={T}, note={x @y z\n @no: 1}, year={2001}},", "a"),
        ("@misc{a, title={T}, note={half \\{ open}, year={2001}}", "a"),
        ("@misc{a, note=\"J\\\"org\", title={T}, year={2001}}", "a"),
        ("@misc{a, title={T}, title={U}, month=, year={2001}}", "a"),
    ] {
        let drafts = read_valid(text);
        assert_eq!((titles(&drafts), drafts[0].year), (vec!["T"], Some(2001)), "{text}");
        assert_eq!(drafts[0].field(BibField::Key), key, "{text}");
    }
    let drafts = read_valid("@misc{a, title={A}} @misc{b, title={B}}@misc{a, title={C}}");
    assert_eq!(titles(&drafts), ["A", "B", "C"]);
}

#[test]
fn bytes_that_are_not_utf8_are_windows_1252() {
    let text = b"@misc{a, author={M\xfcller},\n title={\xe2\x82\xac \xe2\x80\x93}}\n";
    let (drafts, _) = read_all(text);
    assert_eq!(
        (drafts[0].authors.as_slice(), drafts[0].title.as_str()),
        (&["Müller".into()][..], "€ –")
    );
}

#[test]
fn a_part_takes_from_its_book_what_it_does_not_say() {
    let child = |key: &str, parent: &str| {
        format!("@inproceedings{{{key}, title={{{key}}}, author={{A B}}, crossref={{{parent}}}}}\n")
    };
    let parent =
        "@proceedings{P, title={Proc. of Maps}, editor={E F}, year=2001, publisher={Pub}}\n";
    let text =
        [&child("before", "p"), parent, &child("after", "P"), &child("orphan", "Q")].concat();
    let drafts = read_valid(&text);
    assert_eq!(titles(&drafts), ["before", "Proc. of Maps", "after", "orphan"]);
    for draft in [&drafts[0], &drafts[2]] {
        assert_eq!((draft.venue.as_str(), draft.year), ("Proc. of Maps", Some(2001)));
        assert_eq!(
            (draft.field(BibField::Editors), draft.field(BibField::Publisher)),
            ("E F", "Pub")
        );
        assert_eq!(draft.authors, ["A B"]);
    }
    assert_eq!((drafts[1].kind, drafts[1].authors.len()), (PaperKind::Proceedings, 0));
    assert_eq!(drafts[1].field(BibField::Editors), "E F");
    assert_eq!((drafts[3].venue.as_str(), drafts[3].year), ("", None));
}

#[test]
fn every_field_finds_its_place() {
    let draft = &read_valid(
        "@incollection{k, title={T}, subtitle={S}, author={A and others}, editor={E; F and G},\n\
         booktitle={B}, pages={1--2}, volume={3}, number={4}, series={Se}, edition={2}, isbn={I},\n\
         issn={N}, publisher={{P}}, location={L}, institution={In}, language={en}, abstract={Ab\n  s},\n\
         keywords={x, {y z};w}, annote={No}, file={:p.pdf:PDF}, date={2021-05-03/2021-06}, pmid={7}}",
    )[0];
    assert_eq!((draft.title.as_str(), draft.venue.as_str()), ("T: S", "B"));
    assert_eq!((draft.abstract_text.as_str(), draft.kind), ("Ab s", PaperKind::Chapter));
    assert_eq!(
        (&draft.authors[..], draft.year),
        (&["A".to_owned(), "others".to_owned()][..], Some(2021))
    );
    for (field, value) in [
        (BibField::Date, "2021-05-03"),
        (BibField::Volume, "3"),
        (BibField::SeriesNumber, "4"),
        (BibField::Pages, "1--2"),
        (BibField::Publisher, "P"),
        (BibField::Place, "L"),
        (BibField::Series, "Se"),
        (BibField::Edition, "2"),
        (BibField::Editors, "E; F; G"),
        (BibField::Institution, "In"),
        (BibField::Issn, "N"),
        (BibField::Isbn, "I"),
        (BibField::Pmid, "7"),
        (BibField::Keywords, "x; y z; w"),
        (BibField::Annotation, "No"),
        (BibField::Language, "en"),
        (BibField::File, "p.pdf"),
    ] {
        assert_eq!(draft.field(field), value, "{field:?}");
    }
}

#[test]
fn every_field_of_biblatex_has_a_field_here() {
    let draft = &read_valid(
        "@book{k, title={T}, editor={E F and others}, translator={Ida Hal}, maintitle={M}, volumes={4},\n\
         series={Se}, number={7}, origdate={1920}, pagetotal={300}, shorttitle={Sh}, address={York},\n\
         location={Oslo}, date={2021-05-03/2021-06}, urldate={2022-01-02}, titleaddon={Ad}, note={No},\n\
         version={2.1}, eventtitle={Ev}, venue={Rome}, chapter={3}, type={Atlas}, pubstate={inpress}}",
    )[0];
    assert!(draft.authors.is_empty());
    for (field, value) in [
        (BibField::Editors, "E F; others"),
        (BibField::Translators, "Ida Hal"),
        (BibField::MainTitle, "M"),
        (BibField::VolumeCount, "4"),
        (BibField::Series, "Se"),
        (BibField::SeriesNumber, "7"),
        (BibField::OriginalDate, "1920"),
        (BibField::PageCount, "300"),
        (BibField::ShortTitle, "Sh"),
        (BibField::Place, "York"),
        (BibField::EventPlace, "Rome"),
        (BibField::Date, "2021-05-03"),
        (BibField::EndDate, "2021-06"),
        (BibField::Accessed, "2022-01-02"),
        (BibField::Note, "No; Ad"),
        (BibField::Version, "2.1"),
        (BibField::Event, "Ev"),
        (BibField::Chapter, "3"),
        (BibField::Genre, "Atlas"),
        (BibField::Status, "in press"),
    ] {
        assert_eq!(draft.field(field), value, "{field:?}");
    }
}

#[test]
fn fields_and_kinds_are_told_by_the_type_and_by_what_other_fields_say() {
    let draft = |text: &str| read_valid(text).remove(0);
    for (text, field, value) in [
        ("@article{a, title={A}, eid={017}, pages={}}", BibField::ArticleNumber, "017"),
        ("@inproceedings{a, title={A}, articleno={6}}", BibField::ArticleNumber, "6"),
        ("@mastersthesis{a, title={A}, school={S}}", BibField::Genre, "Master's thesis"),
        ("@thesis{a, title={A}, type={phdthesis}}", BibField::Genre, "PhD thesis"),
        ("@thesis{a, title={A}, type={Diplomarbeit}}", BibField::Genre, "Diplomarbeit"),
        (
            "@phdthesis{a, title={A}, type={{PhD} dissertation}}",
            BibField::Genre,
            "{PhD} dissertation",
        ),
        ("@techreport{a, title={A}, type={White paper}, number={9}}", BibField::Number, "9"),
        ("@article{a, title={A}, type={Article}}", BibField::Genre, ""),
        ("@article{a, title={A}, year={in press}}", BibField::Status, "in press"),
        ("@article{a, title={A}, note={To appear.}}", BibField::Status, "forthcoming"),
        ("@article{a, title={A}, note={To appear.}}", BibField::Note, ""),
        ("@article{a, title={A}, date={2021-21}}", BibField::Season, "spring"),
        ("@article{a, title={A}, month={Fall}, year={2021}}", BibField::Season, "autumn"),
        (
            "@inproceedings{a, title={A}, address={York}, location={Rome}}",
            BibField::EventPlace,
            "Rome",
        ),
        ("@inproceedings{a, title={A}, location={Rome}}", BibField::Place, "Rome"),
        ("@book{a, title={A}, howpublished={By hand}}", BibField::Note, "By hand"),
        ("@misc{a, title={A}, howpublished={By hand}}", BibField::Note, ""),
    ] {
        assert_eq!(draft(text).field(field), value, "{text}");
    }
    for (text, kind) in [
        ("@article{a, title={A}, entrysubtype={newspaper}}", PaperKind::Newspaper),
        ("@article{a, title={A}, entrysubtype={magazine}}", PaperKind::Magazine),
        ("@inreference{a, title={A}}", PaperKind::Entry),
        ("@patent{a, title={A}}", PaperKind::Patent),
    ] {
        assert_eq!(draft(text).kind, kind, "{text}");
    }
}

#[test]
fn markup_and_macros_of_services_are_read() {
    let draft = &read_valid(
        "@article{a, title={Maps of {\\textless}i{\\textgreater}Apis{\\textless}/i{\\textgreater} {\\&}amp; bees},\n\
         author={Kova\\ifmmode \\check{c}\\else \\v{c}\\fi{}ek, Ana}, journal={\\mnras}}",
    )[0];
    assert_eq!(draft.title, "Maps of Apis & bees");
    assert_eq!(draft.authors, ["Kova\\v{c}ek, Ana"]);
    assert_eq!(draft.venue, "Monthly Notices of the Royal Astronomical Society");
}

#[test]
fn a_preprint_server_is_no_venue() {
    for fields in [
        "journal={arXiv preprint arXiv:2501.02950}",
        "journal={CoRR}, volume={abs/2501.02950}",
        "eprint={2501.02950}, archivePrefix={arXiv}",
    ] {
        let draft = &read_valid(&format!("@article{{a, title={{A}}, {fields}}}"))[0];
        assert_eq!((draft.kind, draft.venue.as_str()), (PaperKind::Preprint, ""), "{fields}");
        assert_eq!(
            (draft.arxiv.as_str(), draft.field(BibField::Volume)),
            ("2501.02950", ""),
            "{fields}"
        );
    }
}
