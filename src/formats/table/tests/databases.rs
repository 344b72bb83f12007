//! Tests of the tables that large databases export, with one row each.

use super::records;
use crate::domain::BibField;
use crate::formats::table::*;

/// Returns the draft of the only row, and the remarks on the table.
fn read_one(text: &str) -> (Draft, Vec<String>) {
    assert!(matches_head(text, &FieldNames::default()), "{text}");
    let (mut drafts, mut reasons) = (Vec::new(), Vec::new());
    for record in records(text.as_bytes(), &FieldNames::default()) {
        match record {
            Ok(draft) => drafts.push(draft),
            Err(defect) => reasons.push(format!("{}: {}", defect.line, defect.reason)),
        }
    }
    assert_eq!(drafts.len(), 1, "{text} {reasons:?}");
    (drafts.remove(0), reasons)
}

fn draft(text: &str) -> Draft {
    let (draft, reasons) = read_one(text);
    assert_eq!(reasons, Vec::<String>::new(), "{text}");
    draft
}

/// Checks title, venue, kind, year and authors.
fn check(draft: &Draft, venue: &str, kind: PaperKind, year: i16, authors: &[&str]) {
    assert_eq!((draft.venue.as_str(), draft.kind), (venue, kind), "{draft:?}");
    assert_eq!(
        (draft.year, &draft.authors[..]),
        (Some(year), &authors.map_owned()[..]),
        "{draft:?}"
    );
}

trait Owned {
    fn map_owned(&self) -> Vec<String>;
}

impl Owned for [&str] {
    fn map_owned(&self) -> Vec<String> {
        self.iter().map(|it| (*it).to_owned()).collect()
    }
}

#[test]
fn the_web_of_science_puts_tags_over_its_columns() {
    let text = "\u{feff}PT\tAU\tAF\tCA\tTI\tSO\tDT\tDE\tAB\tSN\tPY\tVL\tIS\tBP\tEP\tAR\tDI\tDA\tUT\n\
        J\tFen, L; Oak, D\tFen, Lena; Oak, Dora\tRoad Office\tOn roads\tJOURNAL OF ROADS\tArticle\troads; maps\tWe walk.\t1234-5679\t2021\t7\t2\t\t\t17\t10.1000/R.1\t2024-01-01\tWOS:1\n";
    let draft = draft(text);
    check(
        &draft,
        "JOURNAL OF ROADS",
        PaperKind::Article,
        2021,
        &["Fen, Lena", "Oak, Dora", "{Road Office}"],
    );
    let fields = [
        BibField::Volume,
        BibField::Number,
        BibField::ArticleNumber,
        BibField::Keywords,
        BibField::Issn,
    ];
    assert_eq!(fields.map(|it| draft.field(it)), ["7", "2", "17", "roads; maps", "1234-5679"]);
}

#[test]
fn lines_before_the_header_are_passed_over_and_told() {
    let embase = "\"SEARCH QUERY\",\"road:ti\"\n---------\n\n\
        \"Title\",\"Author Names\",\"Source title\",\"Publication Year\",\"Volume\",\"First Page\",\"Last Page\",\"Medline PMID\"\n\
        \"On roads\",\"Fen Z., Oak B.\",\"Roads\",\"2021\",\"15\",\"11\",\"19\",\"1234567\"\n";
    let (draft, reasons) = read_one(embase);
    check(&draft, "Roads", PaperKind::Article, 2021, &["Fen, Z.", "Oak, B."]);
    assert_eq!((draft.field(BibField::Pages), draft.field(BibField::Pmid)), ("11–19", "1234567"));
    assert_eq!(
        reasons,
        ["1: skipped lines before the header (line 4): \"SEARCH QUERY\",\"road:ti\""]
    );
    let dimensions = "\"About the data: exported.\",,,\n\
        Rank,Publication ID,DOI,Title,Source title,Authors,PubYear,Volume,Issue,Pagination\n\
        1,pub.1,10.1000/d1,On maps,Maps,\"Fen, Ann; Oak, Bob\",2019,3,2,5-9\n";
    let (draft, _) = read_one(dimensions);
    check(&draft, "Maps", PaperKind::Article, 2019, &["Fen, Ann", "Oak, Bob"]);
    assert_eq!((draft.field(BibField::Pages), draft.doi.as_str()), ("5-9", "10.1000/d1"));
}

#[test]
fn scopus_gives_names_in_two_columns_and_articles_without_pages_a_number() {
    let header = "\"Authors\",\"Author full names\",\"Title\",\"Year\",\"Source title\",\"Volume\",\"Art. No.\",\"Page start\",\"Page end\",\"DOI\",\"Document Type\",\"Source\",\"EID\"\n";
    let row = "\"Fen L.N.; van der Mey J.D.\",\"Fen, Lena N. (5); van der Mey, Jan D. (6)\",\"On roads\",\"2024\",\"Roads\",\"15\",\"2864\",\"\",\"\",\"10.1000/s.1\",\"Article\",\"Scopus\",\"2-s2.0-8500\"\n";
    let full = draft(&format!("{header}{row}"));
    check(&full, "Roads", PaperKind::Article, 2024, &["Fen, Lena N.", "van der Mey, Jan D."]);
    assert_eq!(full.field(BibField::ArticleNumber), "2864");
    let row = row.replace("Fen, Lena N. (5); van der Mey, Jan D. (6)", "");
    let short = draft(&format!("{header}{row}"));
    check(&short, "Roads", PaperKind::Article, 2024, &["Fen, L.N.", "van der Mey, J.D."]);
}

#[test]
fn what_search_engines_call_a_publication_is_the_venue() {
    let scholar = draft(
        "Authors,Title,Publication,Volume,Number,Pages,Year,Publisher\n\"Fen, Lee; Oak, Bo; \",On maps,Journal of Maps,3,2,11-20,2001,Map House\n",
    );
    check(&scholar, "Journal of Maps", PaperKind::Article, 2001, &["Fen, Lee", "Oak, Bo"]);
    assert_eq!(scholar.field(BibField::Number), "2");
    let preprint = draft(
        "Authors,Title,Publication,Year\n\"Fen, Lee; \",On maps,arXiv preprint arXiv:2101.00007,2021\n",
    );
    assert_eq!((preprint.arxiv.as_str(), preprint.kind), ("2101.00007", PaperKind::Preprint));
    let perish = draft(
        "Cites,Authors,Title,Year,Source,Publisher,ArticleURL,Volume,Issue,StartPage,EndPage\n33,\"L Fen, B Oak…\",On maps,2017,J Maps,Map House,https://example.org/1,3,1,5,9\n",
    );
    check(&perish, "J Maps", PaperKind::Article, 2017, &["L Fen", "B Oak", "others"]);
    assert_eq!(
        (perish.urls.join(" "), perish.field(BibField::Pages)),
        ("https://example.org/1".into(), "5–9")
    );
}

#[test]
fn cells_that_are_kept_from_being_numbers_are_read() {
    let cinahl = draft(
        "Article Title,Author,Journal Title,ISSN,Publication Date,Volume,Issue,First Page,Page Count,DOI\nOn maps,\"Fen, Ric\",Maps B,\"=\"\"12345679\"\"\",\"=\"\"Jun2023\"\"\",1,2,924,11,10.1000/y\n",
    );
    check(&cinahl, "Maps B", PaperKind::Article, 2023, &["Fen, Ric"]);
    let fields = [BibField::Issn, BibField::Date, BibField::Pages, BibField::PageCount];
    assert_eq!(fields.map(|it| cinahl.field(it)), ["1234-5679", "2023-06", "924–934", ""]);
    let cochrane = draft(
        "CENTRAL ID,Author(s),Title,Source,Year,Pages,PubMed ID,DOI\nCN-1,\"Fen, T; Oak, J\",On maps,Trials,2011,39,PUBMED 1234567,10.1000/z\n",
    );
    check(&cochrane, "Trials", PaperKind::Article, 2011, &["Fen, T", "Oak, J"]);
    assert_eq!(cochrane.field(BibField::Pmid), "1234567");
}

#[test]
fn publishers_have_columns_of_their_own() {
    let springer = draft(
        "Item Title,Publication Title,Book Series Title,Journal Volume,Journal Issue,Item DOI,Authors,Publication Year,URL,Content Type\n\"On maps\",\"J Maps\",\"\",\"7\",\"2\",\"10.1000/s1\",\"Ann McFenBo Oak\",\"2018\",\"http://example.org/s1\",\"Article\"\n",
    );
    check(&springer, "J Maps", PaperKind::Article, 2018, &["Ann McFen", "Bo Oak"]);
    assert_eq!((springer.field(BibField::Volume), springer.doi.as_str()), ("7", "10.1000/s1"));
    let ieee = draft(
        "\"Document Title\",Authors,\"Author Affiliations\",\"Publication Title\",\"Publication Year\",\"Start Page\",\"End Page\",\"DOI\",\"PDF Link\",\"Document Identifier\"\n\"On maps\",\"A. Fen; B. Oak\",\"Road Office\",\"2020 Maps Conference\",\"2020\",\"1\",\"6\",\"10.1000/i\",\"https://example.org/i.pdf\",\"IEEE Conferences\"\n",
    );
    check(&ieee, "2020 Maps Conference", PaperKind::Conference, 2020, &["A. Fen", "B. Oak"]);
    let acm = draft(
        "type,id,author,title,pages,article_no,num_pages,doi,booktitle,year,publisher,conf_loc\ninproceedings,1,\"Fen, Ann and Oak, Bo\",On maps,,64,12,10.1000/a,Proc. Maps,2018,Map House,Oslo\n",
    );
    check(&acm, "Proc. Maps", PaperKind::Conference, 2018, &["Fen, Ann", "Oak, Bo"]);
    let fields = [BibField::ArticleNumber, BibField::PageCount, BibField::EventPlace];
    assert_eq!(fields.map(|it| acm.field(it)), ["64", "12", "Oslo"]);
}

#[test]
fn libraries_and_services_have_columns_of_their_own() {
    let pubmed = draft(
        "PMID,Title,Authors,Citation,First Author,Journal/Book,Publication Year,Create Date,PMCID,NIHMS ID,DOI\n\"1234567\",\"On maps\",\"Fen DK, Oak A.\",\"Maps. 2016 Jan 5;12(3):45-51. doi: 10.1000/p.\",\"Fen DK\",\"Maps\",\"2016\",\"2016/01/06\",\"\",\"\",\"10.1000/p\"\n",
    );
    check(&pubmed, "Maps", PaperKind::Article, 2016, &["Fen, DK", "Oak, A."]);
    let fields = [BibField::Volume, BibField::Number, BibField::Pages, BibField::Pmid];
    assert_eq!(fields.map(|it| pubmed.field(it)), ["12", "3", "45-51", "1234567"]);
    let lens = draft(
        "Lens ID,Title,Date Published,Publication Year,Publication Type,Source Title,Author/s,Volume,Issue Number,Start Page,End Page\n0-1,On maps,2020-05-04,2020,journal article,Maps,Ann Fen; Bo Oak,1,2,3,9\n",
    );
    check(&lens, "Maps", PaperKind::Article, 2020, &["Ann Fen", "Bo Oak"]);
    assert_eq!((lens.field(BibField::Date), lens.field(BibField::Number)), ("2020-05-04", "2"));
    let openalex = draft(
        "id,doi,display_name,publication_year,type,authorships.author.display_name,primary_location.source.display_name,biblio.volume,biblio.first_page,biblio.last_page\nhttps://openalex.org/W1,https://doi.org/10.1000/o,On maps,2020,article,Ann Fen|Bo Oak,Maps,4,1,9\n",
    );
    check(&openalex, "Maps", PaperKind::Article, 2020, &["Ann Fen", "Bo Oak"]);
    let zotero = draft(
        "\"Key\",\"Item Type\",\"Publication Year\",\"Author\",\"Title\",\"Publication Title\",\"Date\",\"Access Date\",\"Num Pages\",\"Short Title\",\"Type\",\"Translator\"\n\"AB\",\"newspaperArticle\",\"2020\",\"Fen, Ann; Oak, Bo\",\"On maps\",\"The Daily\",\"2020-01-02\",\"2020-02-03 10:00:00\",\"\",\"Maps\",\"\",\"Ash, Cy\"\n",
    );
    check(&zotero, "The Daily", PaperKind::Newspaper, 2020, &["Fen, Ann", "Oak, Bo"]);
    let fields = [BibField::Accessed, BibField::ShortTitle, BibField::Translators];
    assert_eq!(fields.map(|it| zotero.field(it)), ["2020-02-03", "Maps", "Ash, Cy"]);
    let refworks = draft(
        "Reference Type,\"Authors, Primary\",Title Primary,Periodical Full,Pub Year,Volume,Issue,Start Page,Other Pages,ISSN/ISBN\nJournal Article,\"Fen, Ann; Oak, Bo\",On maps,Maps,2019,1,2,3,9,12345679\n",
    );
    check(&refworks, "Maps", PaperKind::Article, 2019, &["Fen, Ann", "Oak, Bo"]);
    let proquest = draft(
        "Title,Abstract,Authors,pubtitle,year,volume,issue,pages,DocumentURL,digitalObjectIdentifier,documentType\nOn maps,We map.,\"Fen, Ann; Oak, Bo\",Maps,2018,1,2,3-9,https://example.org/p,10.1000/q,Journal Article\n",
    );
    check(&proquest, "Maps", PaperKind::Article, 2018, &["Fen, Ann", "Oak, Bo"]);
    assert_eq!((proquest.doi.as_str(), proquest.urls.len()), ("10.1000/q", 1));
}

#[test]
fn a_column_of_row_numbers_needs_no_name() {
    let pandas = draft(",title,author_text,arxiv_id\n0,On maps,Ann Fen; Bo Oak,704.0291\n");
    assert_eq!((pandas.arxiv.as_str(), pandas.authors.len()), ("0704.0291", 2));
    let tabs = draft("\ttitle\tauthors\n0\tOn maps\tAnn Fen\n");
    assert_eq!(tabs.title, "On maps");
    let r = draft("title,authors,year\n1,On maps,Ann Fen,2001\n");
    assert_eq!((r.title.as_str(), r.year), ("On maps", Some(2001)));
}

#[test]
fn a_table_without_authors_says_how_to_name_their_column() {
    let (draft, reasons) = read_one("title,penned_by,year\nOn maps,Ann Fen,2001\n");
    assert_eq!(draft.authors, Vec::<String>::new());
    assert_eq!(
        reasons,
        [
            "1: no author column; columns: title, penned_by, year; `--map authors=COLUMN` selects one"
        ]
    );
}

#[test]
fn a_name_that_may_mean_something_else_gives_way() {
    let draft = draft("name,title,authors,doi\nrow one,On maps,\"M&uuml;ller, J; Oak, A\",NA\n");
    assert_eq!((draft.title.as_str(), draft.doi.as_str()), ("On maps", ""));
    assert_eq!(draft.authors, ["Müller, J", "Oak, A"]);
}
