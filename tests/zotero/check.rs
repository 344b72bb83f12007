//! The commands: `offprint zotero`, its collections, and `--check`.

use std::process::Command;

use super::database::{DataFolder, ZoteroVersion};
use crate::support::program::{Place, Ran, finish};

fn run(place: &Place, folder: &DataFolder, arguments: &[&str]) -> Ran {
    let mut command: Command = place.command(arguments);
    finish(command.env("OFFPRINT_ZOTERO", folder.path()))
}

fn library() -> DataFolder {
    let folder = DataFolder::new(ZoteroVersion::Seven);
    let thesis = folder.collection(1, "Thesis", None);
    let snow = folder.collection(1, "Snow", Some(thesis));
    for (title, collection) in
        [("On Theses", Some(thesis)), ("On Snow", Some(snow)), ("Alone", None)]
    {
        let item = folder.item(1, "journalArticle", &[("title", title)]);
        if let Some(collection) = collection {
            folder.put_into(collection, item);
        }
        folder.note(Some(item), "<p>N</p>");
    }
    folder.item(2, "book", &[("title", "Of the Group")]);
    folder.delete(folder.item(1, "book", &[("title", "Deleted")]));
    folder.attachment(None, "application/pdf", "storage:alone.pdf");
    folder
}

#[test]
fn a_collection_is_shown_with_those_below_it() {
    let (place, folder) = (Place::new(), library());
    for (arguments, titles) in [
        (&["zotero", "--as", "title"][..], "On Theses\nOn Snow\nAlone\nOf the Group\n"),
        (&["zotero", "thesis", "--as", "title"], "On Theses\nOn Snow\n"),
        (&["zotero:Thesis/Snow", "--as", "title"], "On Snow\n"),
        (&["zotero:snow", "--as", "title"], "On Snow\n"),
        (&["zotero", "Glaciology, Lab", "--as", "title"], "Of the Group\n"),
        (&["zotero:", "--filter", "alone"], "Alone\n"),
    ] {
        assert_eq!(run(&place, &folder, arguments).printed(), titles, "{arguments:?}");
    }
    let message = run(&place, &folder, &["zotero:Tesis", "--as", "title"]).failed();
    assert_eq!(message, "offprint: zotero:Tesis: no such collection (did you mean `Thesis`?)\n");
}

#[test]
fn a_collection_is_a_facet_and_a_field_of_queries() {
    let (place, folder) = (Place::new(), library());
    let query = ["zotero:", "--filter", "collection:snow"];
    assert_eq!(run(&place, &folder, &query).printed(), "On Snow\n");
    let query = ["zotero:", "--filter", "collection:\"Thesis\""];
    assert_eq!(run(&place, &folder, &query).printed(), "On Theses\n");
    let screen =
        run(&place, &folder, &["zotero:", "--keys", "<S-Tab>", "--screen", "--size", "120x40"]);
    let screen = screen.printed();
    assert!(screen.contains("Collection") && screen.contains("Thesis/Snow"), "{screen}");
}

#[test]
fn the_check_accounts_for_every_item() {
    let (place, folder) = (Place::new(), library());
    let ran = run(&place, &folder, &["zotero", "--check"]);
    let told = ran.output.replace(&*folder.path().to_string_lossy(), "DATA");
    assert_eq!(
        told,
        "DATA/zotero.sqlite\n\
         type            in database     read  left out\n\
         attachment                1        0  1 without a paper\n\
         book                      2        1  1 in the trash\n\
         journalArticle            3        3\n\
         note                      3        0  3 belong to papers\n\
         total                     9        4  1 in the trash, 3 belong to papers, 1 without a paper\n"
    );
    assert_eq!((ran.code, ran.errors.as_str()), (0, ""));
    folder.item(1, "book", &[]);
    let ran = run(&place, &folder, &["zotero", "--check"]);
    assert_eq!(ran.code, 1, "{}", ran.output);
    assert!(ran.errors.contains("book KEY00010: no title"), "{}", ran.errors);
    assert!(ran.output.contains("1 unreadable"), "{}", ran.output);
}

#[test]
fn a_machine_without_zotero_is_told_where_was_looked() {
    let place = Place::new();
    let message = place.run(&["zotero", "--check"]).failed();
    assert!(message.contains("no Zotero library found; looked in "), "{message}");
}
