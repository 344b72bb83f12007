//! Tests of BibTeX files that are truncated, fail while being read, or exceed limits.

use std::fmt::Write as _;

use super::*;

#[test]
fn a_file_cut_anywhere_loses_no_entry_before_the_cut() {
    let text = "@string{s = {S}}\r\n@misc{a, title = {Ä},\n journal = s # \"x\"}\n% b\n\
        @comment{c}\n@misc(b, title = \"{B}\")\n@misc{c,\n  title = {C}, crossref = {a}\n}\n";
    let ends: Vec<usize> =
        ["x\"}", "B}\")", "{a}\n}"].iter().map(|it| text.find(it).unwrap() + it.len()).collect();
    for cut in 0..=text.len() {
        let (drafts, defects) = read_all(&text.as_bytes()[..cut]);
        let whole = ends.iter().filter(|&&end| end <= cut).count();
        assert_eq!(drafts.len(), whole, "{cut}");
        assert!(defects.len() < 2, "{cut}");
    }
}

#[test]
fn where_the_stream_breaks_all_before_is_handed_over() {
    struct Broken;
    impl io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("broken"))
        }
    }
    let text = "@misc{a, title={A}, crossref={c}}\n@misc{b, title={B}}\n";
    let mut input = io::BufReader::new(io::Read::chain(text.as_bytes(), Broken));
    let mut titles = Vec::new();
    let end = read(&mut input, &Abbreviations::default(), &mut |record| {
        titles.push(record.unwrap().title);
        ControlFlow::Continue(())
    });
    assert_eq!((titles, end.is_err()), (vec!["A".to_owned(), "B".to_owned()], true));
}

#[test]
fn neither_depth_nor_length_nor_number_stops_the_reader() {
    let second_entry = "\n@misc{b, title={B}}";
    let deep = |text: &str| format!("@misc{{a, title={}{second_entry}", text.repeat(100_000));
    for text in ["{", "}", "\"", "(", "@a{", "#", "=", "\\", "a ", "a=", ","] {
        let (drafts, defects) = read_all(deep(text).as_bytes());
        assert_eq!(drafts.last().map(|it| it.title.as_str()), Some("B"), "{text}");
        assert!(drafts.len() == 2 || defects.len() == 1, "{text}");
    }
    let nested = format!("@misc{{a, title={}A{}}}{second_entry}", "{".repeat(101), "}".repeat(101));
    let (_, defects) = read_all(nested.as_bytes());
    assert_eq!(defects, [(1, "a: braces of `title` nested more than 100 deep".to_owned())]);
    let long_title = "x".repeat(1 << 20);
    assert_eq!(read_valid(&format!("@misc{{a, title={{{long_title}}}}}"))[0].title, long_title);
    assert_eq!(read_valid(&"@misc{a,title={A}}".repeat(20_000)).len(), 20_000);
}

#[test]
fn macros_made_of_macros_end_somewhere() {
    let mut text = "@string{a0 = {xxxxxxxxxxxxxxxx}}\n".to_owned();
    for at in 1..40 {
        let _ = writeln!(text, "@string{{a{at} = a{0} # a{0}}}", at - 1);
    }
    let _ = writeln!(text, "@misc{{a, title = {{A}}, note = {} a0}}", "a12 # ".repeat(1000));
    text.push_str("@misc{b, title = {B}, note = a12}\n");
    let (drafts, defects) = read_all(text.as_bytes());
    assert_eq!(titles(&drafts), ["B"]);
    assert_eq!(defects[0], (14, "a13: macro too long".to_owned()));
    assert_eq!(defects.last(), Some(&(41, "a: entry too long after macro expansion".to_owned())));
}

#[test]
fn a_bibliography_is_known_by_an_entry_with_a_key() {
    for text in [
        "@article{a, title={A}}",
        "Banner\n\n  @Book {DBLP:a/b-1,\n",
        "@inproceedings{\nzhang2018,\ntitle={A}}",
        "@article{kuhne2006\n, author = {A}\n}",
        "@misc(a,\n title={A})",
        "@Comment{jabref-meta: x}",
    ] {
        assert!(matches_head(text), "{text}");
    }
    for text in [
        "", "@", "@media (max-width: 1px) {", "@Test(\"a\", b)", "@patch(a, b)", "ada@x.org {a, b}",
    ] {
        assert!(!matches_head(text), "{text}");
    }
}

#[test]
fn a_file_of_other_text_is_a_defect_and_an_empty_one_is_not() {
    for (text, expected) in
        [("", 0), ("% nothing", 0), ("nothing here", 1), ("@string{a = {b}}\n@comment{c}", 0)]
    {
        let (drafts, defects) = read_all(text.as_bytes());
        assert_eq!((drafts.len(), defects.len()), (0, expected), "{text}");
    }
}
