//! Tests of reading tables.

mod databases;

use super::*;
use crate::domain::BibField;

pub fn records(bytes: &[u8], names: &FieldNames) -> Vec<Result<Draft, Defect>> {
    let mut records = Vec::new();
    let mut sink = |record| {
        records.push(record);
        ControlFlow::Continue(())
    };
    read(&mut &bytes[..], names, &mut sink).unwrap();
    records
}

/// Returns the title of each record, or the line of its defect.
fn titles(text: &[u8]) -> Vec<String> {
    let title = |it: Result<Draft, Defect>| it.map_or_else(|it| it.line.to_string(), |it| it.title);
    records(text, &FieldNames::default()).into_iter().map(title).collect()
}

#[test]
fn the_delimiter_is_what_parts_the_header() {
    for text in [
        "Title,Year\n\"A, or B\",2001\n",
        "Title\tYear\r\nA, or B\t2001\r\n",
        "sep=;\nTitle;Year\nA, or B;2001",
        "\u{feff}Title|Year\nA, or B|2001",
    ] {
        let records = records(text.as_bytes(), &FieldNames::default());
        let draft = records[0].as_ref().unwrap();
        assert_eq!((draft.title.as_str(), draft.year), ("A, or B", Some(2001)), "{text}");
        assert!(
            matches_head(text.trim_start_matches('\u{feff}'), &FieldNames::default()),
            "{text}"
        );
    }
}

#[test]
fn columns_are_known_by_the_names_that_libraries_and_spreadsheets_give_them() {
    let text = "Document Title,Author Names,Publication Year,Start Page,End Page,DOI,PDF Link,Author Keywords\n\
        A Title,A. Lovelace; C. Babbage,1999,1,9,10.1000/A.1,https://example.org/a.pdf,maps;roads\n";
    let draft = records(text.as_bytes(), &FieldNames::default()).remove(0).unwrap();
    assert_eq!(draft.authors, ["A. Lovelace", "C. Babbage"]);
    assert_eq!((draft.doi.as_str(), draft.year), ("10.1000/a.1", Some(1999)));
    assert_eq!(draft.urls, ["https://example.org/a.pdf"]);
    assert_eq!(draft.field(BibField::Pages), "1–9");
    assert_eq!(draft.field(BibField::Keywords), "maps; roads");
}

#[test]
fn a_cell_may_hold_a_list() {
    let text = "title,authors,categories\n\
        A,\"['Ada Lovelace', \"\"Conor O'Neill\"\"]\",\"['cs.CL', 'cs.LG']\"\n\
        B,Ada Lovelace|Charles Babbage,cs.CL cs.LG\n";
    let records = records(text.as_bytes(), &FieldNames::default());
    let draft = |at: usize| records[at].as_ref().unwrap();
    assert_eq!(draft(0).authors, ["Ada Lovelace", "Conor O'Neill"]);
    assert_eq!(draft(1).authors, ["Ada Lovelace", "Charles Babbage"]);
    assert_eq!((&*draft(0).categories, &*draft(1).categories), ("cs.CL cs.LG", "cs.CL cs.LG"));
}

#[test]
fn names_of_ones_own_are_preferred() {
    let mut names = FieldNames::default();
    names.add("title=headline").unwrap();
    names.add("doi = Object ID").unwrap();
    let text = "title,headline,Object ID\nThe Wrong One,The Right One,10.1000/x\n";
    let draft = records(text.as_bytes(), &names).remove(0).unwrap();
    assert_eq!((&*draft.title, &*draft.doi), ("The Right One", "10.1000/x"));
}

#[test]
fn a_damaged_row_costs_one_paper() {
    let text = b"title,year\nA,2001\nB,2002,spilled\n,2003\n\nC\n";
    assert_eq!(titles(text), ["A", "3", "4", "C"]);
    assert_eq!(titles(b"title,year\n\"A\nB,2002\nC,2003\n"), ["2", "B", "C"]);
    assert_eq!(
        titles(b"title,abstract\n\"A\nB\",\"one\n\ntwo \"\"2\"\"\"\n5\" disk,x\nC,y\n"),
        ["A B", "5\" disk", "C"]
    );
    assert_eq!(titles(b"name of it,year\nA,2001\n"), ["1"]);
    assert!(titles(b"").len() < 2);
}

#[test]
fn a_code_page_is_taken_for_one_where_it_is_not_utf_8() {
    assert_eq!(titles(b"title,year\nCaf\xe9 \x96 M\xfcller,2001\n"), ["Café – Müller"]);
    assert_eq!(titles(b"title,year\nCaf\xc3\xa9 \xff,2001\n"), ["Café \u{fffd}"]);
}

#[test]
fn a_quotation_mark_that_is_not_closed_does_not_take_the_rest() {
    let mut text = b"title,year\n\"A,2001\n".to_vec();
    for _ in 0..3000 {
        text.extend(b"B,2002\n");
    }
    let titles = titles(&text);
    assert_eq!((titles.len(), &*titles[0], &*titles[1]), (3001, "2", "B"));
}

#[test]
fn prose_is_no_table() {
    for text in ["title\nA\n", "Dear reader,\nhow are you?", "a,b\n"] {
        assert!(!matches_head(text, &FieldNames::default()), "{text}");
    }
}
