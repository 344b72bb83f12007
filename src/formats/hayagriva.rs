//! The bibliographies of Typst, in Hayagriva's YAML: an entry a key, what it is in as its parent.

use std::io::{self, BufRead};
use std::ops::ControlFlow;

use hayagriva::types::{Date, EntryType, FormatString, Person, PersonRole};
use hayagriva::{Entry, io::from_yaml_str};

use super::lines::{Line, Lines};
use super::tagged::house;
use super::{Defect, Each};
use crate::domain::{AUTHOR_SEPARATOR, Draft, Fact, Kind, arxiv_id, doi, organisation};

/// The longest entry that is read, in bytes.
const LONGEST: usize = 1 << 20;

pub(super) fn read(input: &mut dyn BufRead, each: &mut Each<'_>) -> io::Result<()> {
    let mut lines = Lines::new(input);
    let mut open = Open::default();
    while let Some((number, line)) = lines.next()? {
        let text = match &line {
            Line::Text(text) => text.trim_end(),
            Line::TooLong => {
                open.is_too_long = true;
                continue;
            }
        };
        if begins_entry(text) && std::mem::take(&mut open).end(each).is_break() {
            return Ok(());
        }
        open.add(number, text);
    }
    let _ = open.end(each);
    Ok(())
}

/// Whether an entry is in it: a key, and under it a type that there is.
pub(super) fn is_it(head: &str) -> bool {
    let mut is_keyed = false;
    head.lines().any(|line| {
        let kind = line.trim().strip_prefix("type:").map(|it| it.trim().trim_matches('"'));
        let is_type = |kind: &str| kind.to_ascii_lowercase().parse::<EntryType>().is_ok();
        is_keyed |= begins_entry(line);
        is_keyed && line.starts_with(' ') && kind.is_some_and(is_type)
    })
}

/// `key:`, with nothing behind it but a comment.
fn begins_entry(line: &str) -> bool {
    let key = line.split(" #").next().unwrap_or_default().trim_end();
    key.len() > 1 && key.ends_with(':') && !key.starts_with([' ', '\t', '#', '-', '{', '[', '}'])
}

/// The lines of an entry.
#[derive(Default)]
struct Open {
    line: u64,
    text: String,
    is_too_long: bool,
}

impl Open {
    fn add(&mut self, number: u64, text: &str) {
        if self.text.is_empty() {
            self.line = number;
        }
        // What is not of an entry: marks of documents, comments, what stands before the first.
        let is_mark = text.starts_with("---") || text.starts_with("...") || text.starts_with('#');
        if !is_mark && (begins_entry(text) || !self.text.is_empty()) {
            self.is_too_long |= self.text.len() + text.len() > LONGEST;
            if !self.is_too_long {
                self.text.push_str(text);
                self.text.push('\n');
            }
        } else if !is_mark && !text.trim().is_empty() && text.len() < LONGEST {
            self.line = number;
            self.text.push_str(text);
            self.text.push('\n');
        }
    }

    fn end(self, each: &mut Each<'_>) -> ControlFlow<()> {
        if self.text.is_empty() && !self.is_too_long {
            return ControlFlow::Continue(());
        }
        let defect = |reason: String| Err(Defect::new(self.line.max(1), reason));
        if self.is_too_long {
            return each(defect("the entry is too long to be read".to_owned()));
        }
        if is_deep(&self.text) {
            return each(defect("brackets lie in each other too deep".to_owned()));
        }
        match from_yaml_str(&self.text) {
            Ok(library) if library.is_empty() => each(defect("there is no entry in it".to_owned())),
            Ok(library) => {
                for entry in library.iter() {
                    let draft = draft(entry);
                    let key = entry.key();
                    let is_titled = !draft.title.is_empty();
                    let untitled = || defect(format!("{key}: it has no title"));
                    each(if is_titled { Ok(draft) } else { untitled() })?;
                }
                ControlFlow::Continue(())
            }
            Err(error) => {
                let told = error.to_string();
                // Counted from the entry on, the place would mislead.
                let what = told.split(" at line ").next().unwrap_or_default();
                each(defect(format!("broken YAML: {what}")))
            }
        }
    }
}

/// Whether more brackets are open at once than an entry needs. The parser takes long for many.
fn is_deep(text: &str) -> bool {
    const MOST: i32 = 64;
    let mut depth = 0;
    text.bytes().any(|it| {
        depth += i32::from(b"[{".contains(&it)) - i32::from(b"]}".contains(&it) && depth > 0);
        depth > MOST
    })
}

fn draft(entry: &Entry) -> Draft {
    let container = container(entry);
    let kind = kind(entry, container);
    let title = |it: &Entry| text(it.title());
    let (venue, full) = container.map(whole).unwrap_or_default();
    let is_arxiv = kind == Kind::Preprint && venue.eq_ignore_ascii_case("arxiv");
    let mut draft = Draft {
        title: title(entry),
        authors: names(entry.authors().unwrap_or_default().iter()),
        abstract_text: text(entry.abstract_()),
        venue: if is_arxiv { String::new() } else { venue },
        arxiv: serial(entry, "arxiv").and_then(|it| arxiv_id(&it)).unwrap_or_default(),
        doi: serial(entry, "doi")
            .and_then(|it| doi(&it))
            .filter(|it| arxiv_id(it).is_none())
            .unwrap_or_default(),
        urls: entry.url_any().map(|it| it.value.to_string()).into_iter().collect(),
        kind,
        ..Draft::default()
    };
    if let Some(date) = entry.date_any() {
        draft.year = i16::try_from(date.year).ok();
        let is_more = date.month.is_some();
        draft.add_fact(Fact::Date, if is_more { day(date) } else { String::new() });
    }
    draft.add_fact(Fact::Key, entry.key());
    draft.add_fact(Fact::Container, full);
    draft.add_fact(Fact::ShortTitle, short(entry));
    draft.add_fact(
        Fact::Accessed,
        entry.url_any().and_then(|it| it.visit_date.as_ref()).map(day).unwrap_or_default(),
    );
    let is_part = !is_whole(entry) && kind != Kind::Preprint;
    let number = if is_part { Fact::ArticleNumber } else { Fact::Number };
    draft.add_fact(number, serial(entry, "serial").unwrap_or_default());
    add_facts(&mut draft, entry);
    for parent in entry.parents() {
        add_parent(&mut draft, entry, parent, container);
    }
    // The number of an article stands among the pages for styles that print those alone.
    let is_repeated = draft.fact(Fact::Pages) == draft.fact(Fact::ArticleNumber);
    draft.facts.retain(|(fact, _)| *fact != Fact::Pages || !is_repeated);
    draft
}

/// The work that an entry is a part of: a parent that is no series, no event, and no other edition.
fn container(entry: &Entry) -> Option<&Entry> {
    let is_one = |it: &&Entry| match it.entry_type() {
        EntryType::Original | EntryType::Conference => false,
        EntryType::Anthology | EntryType::Book => !is_whole(entry),
        _ => true,
    };
    let parents = entry.parents();
    let conference = || parents.iter().find(|it| *it.entry_type() == EntryType::Conference);
    parents.iter().find(is_one).or_else(|| conference().filter(|it| it.title().is_some()))
}

/// Whether an entry is no part of another, so that a book which it is in is a series or a work of
/// several volumes.
fn is_whole(entry: &Entry) -> bool {
    !matches!(
        entry.entry_type(),
        EntryType::Article | EntryType::Chapter | EntryType::Anthos | EntryType::Entry
    )
}

/// The title by which a container goes, and the full one beside it where that is the short one.
fn whole(container: &Entry) -> (String, String) {
    match short(container) {
        short if short.is_empty() => (text(container.title()), String::new()),
        short => (short, text(container.title())),
    }
}

fn add_parent(draft: &mut Draft, entry: &Entry, parent: &Entry, container: Option<&Entry>) {
    let title = text(parent.title());
    match parent.entry_type() {
        _ if container.is_some_and(|it| std::ptr::eq(it, parent)) => {
            add_facts(draft, parent);
            for series in parent.parents() {
                add_parent(draft, parent, series, None);
            }
        }
        EntryType::Original => {
            draft.add_fact(Fact::OriginalDate, parent.date().map(day).unwrap_or_default());
        }
        EntryType::Conference => {
            draft.add_fact(Fact::Event, title);
            draft.add_fact(Fact::EventPlace, text(parent.location()));
        }
        EntryType::Anthology => {
            draft.add_fact(Fact::Series, title);
            let number = parent.volume().map(ToString::to_string);
            draft.add_fact(Fact::SeriesNumber, number.unwrap_or_default());
        }
        EntryType::Book if is_whole(entry) => draft.add_fact(Fact::MainTitle, title),
        _ => add_facts(draft, parent),
    }
}

fn add_facts(draft: &mut Draft, entry: &Entry) {
    let (house, kind) = (house(draft.kind), draft.kind);
    let mut add = |fact, value: Option<String>| draft.add_fact(fact, value.unwrap_or_default());
    add(Fact::Volume, entry.volume().map(ToString::to_string));
    add(Fact::VolumeCount, entry.volume_total().map(ToString::to_string));
    add(Fact::Number, entry.issue().map(ToString::to_string));
    add(Fact::Pages, entry.page_range().map(ToString::to_string));
    add(Fact::PageCount, entry.page_total().map(ToString::to_string));
    add(Fact::Chapter, entry.chapter().map(ToString::to_string));
    add(Fact::Edition, entry.edition().map(ToString::to_string));
    add(Fact::Genre, entry.genre().map(ToString::to_string));
    let publisher = entry.publisher();
    add(Fact::Institution, entry.organization().map(ToString::to_string));
    add(house, publisher.and_then(|it| it.name()).map(ToString::to_string));
    let place = publisher.and_then(|it| it.location()).or_else(|| entry.location());
    add(Fact::Place, place.map(ToString::to_string));
    add(
        Fact::Editors,
        Some(names(entry.editors().unwrap_or_default().iter()).join(AUTHOR_SEPARATOR)),
    );
    let affiliated = entry.affiliated().unwrap_or_default().iter();
    let translators = affiliated.filter(|it| it.role == PersonRole::Translator);
    add(
        Fact::Translators,
        Some(names(translators.flat_map(|it| &it.names)).join(AUTHOR_SEPARATOR)),
    );
    add(Fact::Note, entry.note().map(ToString::to_string));
    add(Fact::Language, entry.language().map(ToString::to_string));
    for (fact, name) in [
        (Fact::Issn, "issn"),
        (Fact::Isbn, "isbn"),
        (Fact::Pmid, "pmid"),
        (Fact::Pmcid, "pmcid"),
        (Fact::Version, "version"),
    ] {
        add(fact, serial(entry, name));
    }
    if kind == Kind::Software {
        add(Fact::Version, serial(entry, "serial"));
    }
}

fn text(it: Option<&FormatString>) -> String {
    it.map(ToString::to_string).unwrap_or_default()
}

/// The short form of a title.
fn short(entry: &Entry) -> String {
    let short = entry.title().and_then(|it| it.short.as_ref());
    short.map(ToString::to_string).unwrap_or_default()
}

/// As much of a date as is known: `2021-05-03`, `2021-05`, `2021`.
fn day(date: &Date) -> String {
    let parts = [date.month, date.day].into_iter().map_while(|it| it);
    let year = if date.year < 0 { date.year.to_string() } else { format!("{:04}", date.year) };
    parts.fold(year, |day, part| format!("{day}-{:02}", part + 1))
}

/// A number that somebody gave the entry, or what it is in.
fn serial(entry: &Entry, name: &str) -> Option<String> {
    entry.keyed_serial_number(name).map(str::to_owned)
}

fn names<'a>(people: impl Iterator<Item = &'a Person>) -> Vec<String> {
    people.map(name).collect()
}

/// A name. One without a given name is an organisation's where it has several words, unless the
/// first is a particle.
fn name(person: &Person) -> String {
    let family = match &person.prefix {
        Some(prefix) => format!("{prefix} {}", person.name),
        None => person.name.clone(),
    };
    let is_particle = |it: &String| it.starts_with(char::is_lowercase);
    let is_person = person.given_name.is_some() || person.prefix.as_ref().is_some_and(is_particle);
    if !is_person && family.contains(char::is_whitespace) {
        return organisation(&family);
    }
    let parts = [Some(family), person.suffix.clone(), person.given_name.clone()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn kind(entry: &Entry, parent: Option<&Entry>) -> Kind {
    let parent = parent.map(Entry::entry_type);
    match (entry.entry_type(), parent) {
        (EntryType::Article, Some(EntryType::Proceedings | EntryType::Conference)) => {
            Kind::Conference
        }
        (EntryType::Article, Some(EntryType::Repository)) | (EntryType::Manuscript, _) => {
            Kind::Preprint
        }
        (EntryType::Article, Some(EntryType::Newspaper)) => Kind::Newspaper,
        (EntryType::Article, _) => Kind::Article,
        (EntryType::Chapter | EntryType::Anthos, _) => Kind::Chapter,
        (EntryType::Entry, _) => Kind::Entry,
        (EntryType::Book | EntryType::Anthology | EntryType::Reference, _) => Kind::Book,
        (EntryType::Proceedings, _) => Kind::Proceedings,
        (EntryType::Thesis, _) => Kind::Thesis,
        (EntryType::Report, _) => Kind::Report,
        (EntryType::Patent, _) => Kind::Patent,
        (EntryType::Repository, _) => Kind::Software,
        (EntryType::Web | EntryType::Blog | EntryType::Post, _) => Kind::Webpage,
        _ => Kind::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "\
# My papers
---
bee2020:
  type: Article
  title: The Waggle Dance of Bees
  author: [\"Bee, Ada\", {name: Dam, given-name: Eva, prefix: van}]
  date: 2020-05-03
  page-range: 1-9
  serial-number: {doi: 10.1000/bee, arxiv: 2001.00001v2}
  parent:
    type: Periodical
    title: Journal of Bees
    volume: 4
    issue: 2

broken:
  type: article
  title: [no end
untitled:
  type: book
wasp:
  type: article
  title: Wasps
  author: Bo Wasp
  parent: {type: proceedings, title: Insects 2021, date: 2021}
";

    fn read_all(text: &str) -> (Vec<Draft>, Vec<(u64, String)>) {
        let (mut drafts, mut defects) = (Vec::new(), Vec::new());
        read(&mut text.as_bytes(), &mut |it| {
            match it {
                Ok(draft) => drafts.push(draft),
                Err(defect) => defects.push((defect.line, defect.reason)),
            }
            ControlFlow::Continue(())
        })
        .unwrap();
        (drafts, defects)
    }

    #[test]
    fn entries_are_read_with_what_they_are_in() {
        let (drafts, defects) = read_all(FILE);
        let bee = &drafts[0];
        assert_eq!((bee.title.as_str(), bee.year), ("The Waggle Dance of Bees", Some(2020)));
        assert_eq!(bee.authors, ["Bee, Ada", "van Dam, Eva"]);
        assert_eq!((bee.venue.as_str(), bee.kind), ("Journal of Bees", Kind::Article));
        assert_eq!((bee.doi.as_str(), bee.arxiv.as_str()), ("10.1000/bee", "2001.00001"));
        let facts = [Fact::Key, Fact::Date, Fact::Pages, Fact::Volume, Fact::Number];
        assert_eq!(facts.map(|it| bee.fact(it)), ["bee2020", "2020-05-03", "1-9", "4", "2"]);
        let wasp = &drafts[1];
        assert_eq!((wasp.kind, wasp.year), (Kind::Conference, Some(2021)));
        let lines: Vec<u64> = defects.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [16, 19], "{defects:?}");
        assert!(defects[1].1.contains("untitled: it has no title"), "{defects:?}");
    }

    #[test]
    fn what_an_entry_says_beside_its_title_is_kept() {
        let (drafts, defects) = read_all(
            "tool:\n  type: repository\n  title: {value: The Mapping Tool, short: Mapper}\n  author: Open Maps\n  date: 2021\n  serial-number: {version: 1.2.3}\n  url: {value: \"https://example.org/t\", date: 2022-03-04}\nrep:\n  type: report\n  title: On Roads\n  author: Oak, Ada\n  genre: White paper\n  serial-number: {serial: R-7}\n  organization: Road Office\n  page-total: 12\nchap:\n  type: chapter\n  title: A Part\n  author: Oak, Ada\n  parent:\n    type: anthology\n    title: A Book of Parts\n    editor: Fen, Bo\n    parent: {type: anthology, title: Parts in Series, issue: 3}\nnews:\n  type: article\n  title: Roads Open\n  parent: {type: newspaper, title: The Daily}\nbook:\n  type: book\n  title: A Translation\n  author: Plato\n  affiliated: [{role: translator, names: [\"Fen, Bo\"]}]\n  volume-total: 2\n",
        );
        assert_eq!(defects, []);
        let facts = |at: usize, facts: &[Fact]| -> Vec<String> {
            facts.iter().map(|it| drafts[at].fact(*it).to_owned()).collect()
        };
        assert_eq!(drafts[0].authors, ["{Open Maps}"]);
        let tool = [Fact::ShortTitle, Fact::Version, Fact::Accessed];
        assert_eq!(facts(0, &tool), ["Mapper", "1.2.3", "2022-03-04"]);
        let report = [Fact::Genre, Fact::Number, Fact::Institution, Fact::PageCount];
        assert_eq!(facts(1, &report), ["White paper", "R-7", "Road Office", "12"]);
        assert_eq!((drafts[2].venue.as_str(), drafts[2].kind), ("A Book of Parts", Kind::Chapter));
        let chapter = [Fact::Editors, Fact::Series, Fact::SeriesNumber];
        assert_eq!(facts(2, &chapter)[..2], ["Fen, Bo", "Parts in Series"]);
        assert_eq!((drafts[3].venue.as_str(), drafts[3].kind), ("The Daily", Kind::Newspaper));
        assert_eq!(facts(4, &[Fact::Translators, Fact::VolumeCount]), ["Fen, Bo", "2"]);
    }

    #[test]
    fn entries_are_told_from_other_yaml() {
        assert!(is_it(FILE));
        assert!(!is_it("a:\n  type: colour\n"));
        assert!(!is_it("Title:\nA paper\n"));
        assert!(!is_it("type: article\n"));
    }

    #[test]
    fn what_means_nothing_to_yaml_is_a_defect() {
        assert_eq!(read_all("!A").1, [(1, "there is no entry in it".to_owned())]);
    }
}
