//! The facts that are read of items.

use offprint::domain::{BibField, Corpus, PaperKind};
use offprint::sources::{Source, load_corpus};

use super::database::{DataFolder, ZoteroVersion};

fn read(folder: &DataFolder) -> Corpus {
    let (corpus, defects) = load_corpus(Source::File(folder.database())).unwrap();
    assert_eq!(defects, []);
    corpus
}

/// Adds an article with all that can belong to one, and returns the path of its PDF.
fn add_article(folder: &DataFolder) -> std::path::PathBuf {
    let fields = [
        ("title", "Snow on <i>Slopes</i>"),
        ("abstractNote", "We dig."),
        ("publicationTitle", "Journal of Snow"),
        ("volume", "12"),
        ("issue", "3"),
        ("pages", "45-51"),
        ("date", "2021-05-03 May 3, 2021"),
        ("DOI", "10.1000/snow"),
        ("ISSN", "1234-5678"),
        ("url", "https://example.org/snow"),
        ("accessDate", "2022-01-02 10:11:12"),
        ("extra", "Citation Key: moss2021\narXiv:2101.00001 [physics.geo-ph]\nA remark."),
    ];
    let item = folder.item(1, "journalArticle", &fields);
    folder.creators(
        item,
        &[
            ("author", "Ada", "Moss"),
            ("author", "", "Snow Survey"),
            ("editor", "Iris", "Fen"),
            ("translator", "Bo", "Peat"),
            ("contributor", "Cy", "Loam"),
        ],
    );
    folder.tag(item, "snow");
    folder.tag(item, "ice; firn");
    let thesis = folder.collection(1, "Thesis", None);
    let snow = folder.collection(1, "Snow", Some(thesis));
    folder.put_into(snow, item);
    folder.put_into(folder.collection(1, "Later", None), item);
    folder.note(Some(item), "<p>Read <b>this</b></p><p>twice &amp; more</p>");
    folder.attachment(Some(item), "text/html", "storage:page.html");
    let pdf = folder.attachment(Some(item), "application/pdf", "storage:../Moss 2021.pdf");
    let key: String = folder
        .connection()
        .query_row("SELECT key FROM items WHERE itemID = ?1", [pdf], |it| it.get(0))
        .unwrap();
    folder.path().join("storage").join(key).join("Moss 2021.pdf")
}

#[test]
fn an_article_has_its_fields_people_tags_collections_notes_and_file() {
    for version in [ZoteroVersion::Six, ZoteroVersion::Seven] {
        let folder = DataFolder::new(version);
        let stored = add_article(&folder);
        let corpus = read(&folder);
        let (id, paper) = corpus.papers().next().unwrap();
        assert_eq!((paper.title, paper.year), ("Snow on Slopes", Some(2021)));
        assert_eq!(paper.author_list, "Moss, Ada; {Snow Survey}");
        assert_eq!(corpus.abstract_text(id).unwrap(), "We dig.");
        assert_eq!((paper.venue, paper.kind), ("Journal of Snow", PaperKind::Article));
        assert_eq!((paper.doi, paper.arxiv), ("10.1000/snow", "2101.00001"));
        assert_eq!(paper.url_list, "https://example.org/snow");
        for (field, value) in [
            (BibField::Date, "2021-05-03"),
            (BibField::Volume, "12"),
            (BibField::Number, "3"),
            (BibField::Pages, "45–51"),
            (BibField::Issn, "1234-5678"),
            (BibField::Editors, "Fen, Iris"),
            (BibField::Translators, "Peat, Bo"),
            (BibField::Note, "A remark. Contributor: Loam, Cy"),
            (BibField::Accessed, "2022-01-02"),
            (BibField::Key, "moss2021"),
            (BibField::Keywords, "ice, firn; snow"),
            (BibField::Collections, "Later; Thesis/Snow"),
            (BibField::Annotation, "Read this twice & more"),
            (BibField::File, stored.to_str().unwrap()),
            (BibField::Updated, "2024-02-03"),
        ] {
            assert_eq!(paper.field(field), value, "{field:?}");
        }
    }
}

#[test]
fn fields_of_a_type_are_read_as_their_base_fields() {
    let folder = DataFolder::new(ZoteroVersion::Six);
    let thesis = [("title", "On Ice"), ("university", "Uppsala"), ("thesisType", "PhD thesis")];
    folder.item(1, "thesis", &[&thesis[..], &[("date", "0000-00-00 in press")]].concat());
    let section =
        [("title", "Firn"), ("bookTitle", "Handbook"), ("date", "2004-00-00 Spring 2004")];
    folder.item(1, "bookSection", &section);
    let report = [
        ("title", "Depth"),
        ("institution", "Survey"),
        ("reportNumber", "7"),
        ("extra", "DOI: 10.1000/7"),
    ];
    folder.item(1, "report", &report);
    folder.item(1, "case", &[("caseName", "Moss v. Fen"), ("dateDecided", "1999-01-00 1/1999")]);
    let film = folder.item(1, "film", &[("title", "White")]);
    folder.creators(film, &[("director", "Ada", "Moss"), ("scriptwriter", "Iris", "Fen")]);
    let preprint = [("title", "Pre"), ("repository", "arXiv"), ("archiveID", "arXiv:2202.00002")];
    folder.item(1, "preprint", &preprint);
    let corpus = read(&folder);
    let papers: Vec<_> = corpus.papers().map(|(_, paper)| paper).collect();
    assert_eq!(papers.len(), 6);
    assert_eq!(papers[0].field(BibField::Institution), "Uppsala");
    assert_eq!(papers[0].field(BibField::Genre), "PhD thesis");
    assert_eq!((papers[1].venue, papers[1].year), ("Handbook", Some(2004)));
    assert_eq!(papers[1].field(BibField::Season), "spring");
    assert_eq!((papers[2].doi, papers[2].field(BibField::Number)), ("10.1000/7", "7"));
    assert_eq!((papers[3].title, papers[3].field(BibField::Date)), ("Moss v. Fen", "1999-01"));
    assert_eq!(papers[3].field(BibField::Genre), "Case");
    assert_eq!(papers[4].author_list, "Moss, Ada");
    assert_eq!(papers[4].field(BibField::Note), "Scriptwriter: Fen, Iris");
    assert_eq!((papers[5].arxiv, papers[5].kind), ("2202.00002", PaperKind::Preprint));
}

#[test]
fn what_is_in_the_trash_or_in_a_feed_is_left_out() {
    let folder = DataFolder::new(ZoteroVersion::Seven);
    let kept = folder.item(1, "book", &[("title", "Kept"), ("citationKey", "own2020")]);
    folder.delete(folder.item(1, "book", &[("title", "Deleted")]));
    folder.item(3, "journalArticle", &[("title", "Of a feed")]);
    folder.item(2, "book", &[("title", "Of a group")]);
    folder.delete(folder.note(Some(kept), "<p>Gone</p>"));
    folder.delete(folder.attachment(Some(kept), "application/pdf", "storage:gone.pdf"));
    folder.attachment(Some(kept), "application/epub+zip", "/linked/kept.epub");
    let gone = folder.collection(1, "Gone", None);
    folder.put_into(gone, kept);
    folder.put_into(folder.collection(1, "Below", Some(gone)), kept);
    let sql = "INSERT INTO deletedCollections (collectionID) VALUES (?1)";
    folder.connection().execute(sql, [gone]).unwrap();
    folder.connection().execute("INSERT INTO retractedItems VALUES (?1, '{}', 0)", [kept]).unwrap();
    let corpus = read(&folder);
    let titles: Vec<&str> = corpus.papers().map(|(_, it)| it.title).collect();
    assert_eq!(titles, ["Kept", "Of a group"]);
    let (_, paper) = corpus.papers().next().unwrap();
    assert_eq!(paper.field(BibField::Collections), "");
    assert_eq!(paper.field(BibField::Annotation), "");
    assert_eq!(paper.field(BibField::File), "/linked/kept.epub");
    assert_eq!(paper.field(BibField::Key), "own2020");
    assert_eq!(paper.field(BibField::Status), "retracted");
    let (_, of_group) = corpus.papers().nth(1).unwrap();
    assert_eq!(of_group.field(BibField::Collections), "Glaciology, Lab");
}

#[test]
fn keys_of_better_bibtex_are_those_of_the_papers() {
    let folder = DataFolder::new(ZoteroVersion::Six);
    folder.item(1, "book", &[("title", "One")]);
    folder.item(1, "book", &[("title", "Two"), ("extra", "Citation Key: pinned")]);
    let plug_in = rusqlite::Connection::open(folder.path().join("better-bibtex.sqlite")).unwrap();
    plug_in
        .execute_batch(
            "CREATE TABLE citationkey (itemID INT, itemKey TEXT, libraryID INT, \
             citationKey TEXT, pinned INT); \
             INSERT INTO citationkey VALUES (1, 'KEY00001', 1, 'one2020', 0), \
             (2, 'KEY00002', 1, 'two2020', 0);",
        )
        .unwrap();
    let corpus = read(&folder);
    let keys: Vec<&str> = corpus.papers().map(|(_, it)| it.field(BibField::Key)).collect();
    assert_eq!(keys, ["one2020", "pinned"]);
}

#[test]
fn the_data_folder_is_read_as_its_database() {
    let folder = DataFolder::new(ZoteroVersion::Six);
    folder.item(1, "book", &[("title", "One")]);
    std::fs::create_dir_all(folder.path().join("storage/AAAA")).unwrap();
    std::fs::write(folder.path().join("storage/AAAA/refs.bib"), "@book{a, title = {No}}").unwrap();
    let (corpus, _) = load_corpus(Source::File(folder.path().to_owned())).unwrap();
    assert_eq!(corpus.papers().map(|(_, it)| it.title).collect::<Vec<_>>(), ["One"]);
}

#[test]
fn another_database_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other.sqlite");
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("CREATE TABLE items (a)").unwrap();
    let error = load_corpus(Source::File(path)).unwrap_err().to_string();
    assert!(error.ends_with("binary data, not text"), "{error}");
    let path = folder.path().join("zotero.sqlite");
    rusqlite::Connection::open(&path).unwrap().execute_batch("CREATE TABLE items (a)").unwrap();
    let error = load_corpus(Source::File(path)).unwrap_err().to_string();
    assert!(error.ends_with("not a database of Zotero 5 or later"), "{error}");
}
