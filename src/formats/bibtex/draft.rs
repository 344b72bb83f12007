//! What an entry says of a paper.

use super::names::names;
use super::record::{Record, bare};
use super::{date, file, ident};
use crate::domain::{AUTHOR_SEPARATOR, Draft, Fact, Kind};

/// Facts that are a field as it stands, the best first.
const FIELDS: [(Fact, &[&str]); 13] = [
    (Fact::Pages, &["pages"]),
    (Fact::Publisher, &["publisher"]),
    (Fact::Place, &["address", "location", "venue"]),
    (Fact::Series, &["series"]),
    (Fact::Edition, &["edition"]),
    (Fact::Institution, &["institution", "school", "organization"]),
    (Fact::Issn, &["issn"]),
    (Fact::Isbn, &["isbn"]),
    (Fact::Pmid, &["pmid"]),
    (Fact::Pmcid, &["pmcid"]),
    (Fact::Language, &["language", "langid"]),
    (Fact::Volume, &["volume"]),
    (Fact::Number, &["number", "issue"]),
];
/// Entries that are about other entries or about the style, not about papers.
const NO_PAPERS: [&str; 5] = ["xdata", "set", "control", "ieeetranbstctl", "customa"];

/// Whether an entry is about a paper at all.
pub(super) fn is_paper(record: &Record) -> bool {
    !NO_PAPERS.contains(&record.kind.as_str())
}

/// The paper, unless it has no title.
pub(super) fn draft(record: &Record) -> Option<Draft> {
    let kind = kind(record);
    let title = title(record, kind);
    if title.is_empty() {
        return None;
    }
    let (year, date) = date::date(record);
    let authors = names(record.whole("author"));
    let editors = names(record.whole("editor"));
    let mut draft = Draft {
        title,
        abstract_text: record.get(&["abstract"]).to_owned(),
        year,
        categories: ident::categories(record),
        venue: venue(record, kind).to_owned(),
        arxiv: ident::arxiv(record).unwrap_or_default(),
        doi: ident::own_doi(record).unwrap_or_default(),
        kind,
        ..Draft::default()
    };
    draft.urls = ident::urls(record, &draft.arxiv, &draft.doi);
    draft.add_fact(Fact::Key, record.key.as_str());
    draft.add_fact(Fact::Raw, record.raw.as_str());
    draft.add_fact(Fact::Date, date);
    let joined: Vec<String> = editors.iter().map(|it| it.replace(';', ",")).collect();
    draft.add_fact(Fact::Editors, joined.join(AUTHOR_SEPARATOR));
    let by_editors = authors.is_empty() && kind == Kind::Book;
    add_facts(record, &mut draft);
    draft.authors = if by_editors { editors } else { authors };
    Some(draft)
}

fn add_facts(record: &Record, draft: &mut Draft) {
    for (fact, fields) in FIELDS {
        let text = record.get(fields);
        // Where arXiv is called a journal, its identifier stands for volume and number.
        let is_id = matches!(fact, Fact::Volume | Fact::Number)
            && (ident::is_preprint_server(text) || text.starts_with("abs/"));
        if !is_id {
            draft.add_fact(fact, text);
        }
    }
    let keywords = record.get(&["keywords", "keyword", "tags"]);
    draft.add_fact(Fact::Keywords, list(keywords));
    let note = record.get(&["note"]);
    let comment = note.strip_prefix("Comment:").map(str::trim);
    let note = if comment.is_some() { "" } else { note };
    draft.add_fact(Fact::Annotation, record.get(&["annote", "annotation"]));
    draft.add_fact(Fact::Note, note);
    draft.add_fact(Fact::Comment, comment.unwrap_or_else(|| record.get(&["comment"])));
    let files = ["file", "files", "pdf"].map(|it| record.whole(it));
    let is_local = |it: &&str| !it.contains("://");
    draft.add_fact(
        Fact::File,
        files.into_iter().filter(is_local).find_map(file::pdf).unwrap_or_default(),
    );
    draft.add_fact(Fact::Pmid, ident::pmid(record).unwrap_or_default());
}

fn title(record: &Record, kind: Kind) -> String {
    let fields: &[&str] = if kind == Kind::Book {
        &["title", "maintitle", "booktitle"]
    } else {
        &["title", "maintitle"]
    };
    let title = record.get(fields);
    let subtitle = record.get(&["subtitle"]);
    match subtitle {
        "" => title.to_owned(),
        _ if title.is_empty() => subtitle.to_owned(),
        _ if title.ends_with([':', '?', '!', '.', '-', '–', '—']) => {
            format!("{title} {subtitle}")
        }
        _ => format!("{title}: {subtitle}"),
    }
}

/// The journal, the proceedings or the book. A preprint server is none.
fn venue(record: &Record, kind: Kind) -> &str {
    let journal = record.get(&["journal", "journaltitle", "shortjournal"]);
    let book = record.get(&["booktitle", "maintitle", "eventtitle"]);
    let venue = match kind {
        Kind::Book => "",
        Kind::Conference | Kind::Chapter if !book.is_empty() => book,
        _ if !journal.is_empty() => journal,
        _ if !book.is_empty() => book,
        Kind::Unknown | Kind::Preprint | Kind::Dataset | Kind::Software | Kind::Webpage => {
            published(record)
        }
        _ => "",
    };
    if ident::is_preprint_server(venue) { "" } else { venue }
}

/// How something was published that is in no journal, unless that is an address.
fn published(record: &Record) -> &str {
    let text = record.get(&["howpublished"]);
    if text.contains("\\url") || text.contains("://") { "" } else { text }
}

fn kind(record: &Record) -> Kind {
    let journal = record.get(&["journal", "journaltitle"]);
    let is_preprint = || {
        ident::is_preprint_server(journal) || journal.is_empty() && ident::arxiv(record).is_some()
    };
    match record.kind.as_str() {
        "article" | "online" | "electronic" | "www" | "webpage" | "misc" if is_preprint() => {
            Kind::Preprint
        }
        "article" | "suppperiodical" | "review" => Kind::Article,
        "inproceedings" | "conference" => Kind::Conference,
        "incollection" | "inbook" | "bookinbook" | "suppbook" | "suppcollection"
        | "inreference" => Kind::Chapter,
        "book" | "mvbook" | "collection" | "mvcollection" | "proceedings" | "mvproceedings"
        | "reference" | "mvreference" | "booklet" => Kind::Book,
        "phdthesis" | "mastersthesis" | "thesis" | "bachelorsthesis" => Kind::Thesis,
        "techreport" | "report" | "manual" => Kind::Report,
        "unpublished" | "preprint" => Kind::Preprint,
        "dataset" => Kind::Dataset,
        "software" | "softwareversion" => Kind::Software,
        "online" | "electronic" | "www" | "webpage" => Kind::Webpage,
        _ => Kind::Unknown,
    }
}

/// Keywords, each without braces around it, which hold one together that has a comma.
fn list(text: &str) -> String {
    let mut depth = 0_usize;
    let words = text.split(|c: char| {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && matches!(c, ',' | ';')
    });
    let words = words.map(bare).filter(|it| !it.is_empty());
    words.collect::<Vec<_>>().join("; ")
}
