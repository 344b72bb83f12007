//! Adds the papers that a source has listed to its file.

use std::collections::{HashMap, HashSet};
use std::io::{self, Write as _};

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::directory::{InboxDirectory, read_keys};
use super::followed_source::FollowedSource;
use super::identity_index::{IdentityIndex, RecordIdentity};
use super::known_records::{KnownRecord, KnownRecords, each_line, version_of};
use super::news::{MarkedPaper, NewsItem, find_news};
use super::source_name::{NEWS, is_same_name};
use crate::cite::json_line;
use crate::domain::{BibField, Corpus, Paper, PaperId, encode_fields};
use crate::formats::MAX_LINE;
use crate::sources::atomic_file::{AtomicFile, FileAccess, SpecialFilePolicy, write_private};

/// The line of a paper that was added in this update and stands in no file yet.
const NEW_LINE: u64 = u64::MAX;

/// An update of the inbox: one process at a time.
#[derive(Debug)]
pub struct InboxUpdate {
    pub directory: InboxDirectory,
    pub known: KnownRecords,
    pub marked: IdentityIndex<MarkedPaper>,
    /// The day of what comes now.
    pub today: Date,
}

/// The papers that have come, by the way in which they were announced.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ArrivalCounts {
    pub new: u32,
    pub cross_listed: u32,
    /// Later versions: of papers that the inbox has, and of others.
    pub replaced: u32,
    /// A sentence for each change of a marked paper.
    pub news: Vec<String>,
}

/// Changes of a file, written at once.
#[derive(Debug, Default)]
struct FileChanges {
    dropped: HashSet<u64>,
    replaced: HashMap<u64, String>,
    added: Vec<String>,
    /// Keys of the papers that are dropped.
    past: Vec<u64>,
}

/// The facts of a line that the inbox adds.
#[derive(Debug, Clone, Copy)]
struct ListingFacts<'a> {
    listed: &'a str,
    origin: &'a str,
    announcement: &'a str,
}

impl ArrivalCounts {
    /// Returns true if nothing has come.
    pub fn is_empty(&self) -> bool {
        self.new + self.cross_listed + self.replaced == 0 && self.news.is_empty()
    }

    /// Adds what has come from another list of the same source.
    pub fn add(&mut self, other: Self) {
        self.new += other.new;
        self.cross_listed += other.cross_listed;
        self.replaced += other.replaced;
        self.news.extend(other.news);
    }

    /// Describes the papers, as in `12 new, 3 replaced`.
    pub fn describe(&self) -> String {
        let counts =
            [(self.new, "new"), (self.cross_listed, "cross-listed"), (self.replaced, "replaced")];
        let counts = counts.into_iter().filter(|(count, _)| *count > 0);
        let parts: Vec<String> = counts.map(|(count, name)| format!("{count} {name}")).collect();
        if parts.is_empty() { "nothing new".to_owned() } else { parts.join(", ") }
    }
}

impl InboxUpdate {
    /// Adds the wanted papers of a source, of which `corpus` are all. Drops those that are kept no
    /// longer. The news of marked papers are written first: a process that is killed then finds them
    /// told.
    ///
    /// # Errors
    ///
    /// Returns an error if a file cannot be read or written. Files that were not replaced yet are
    /// unchanged.
    pub fn add(
        &mut self,
        source: &FollowedSource,
        corpus: &Corpus,
        wanted: &[PaperId],
    ) -> io::Result<ArrivalCounts> {
        let mut counts = ArrivalCounts { news: self.add_news(corpus)?, ..ArrivalCounts::default() };
        let mut changes = FileChanges::default();
        self.drop_old(source, &mut changes);
        for id in wanted {
            if let Some(paper) = corpus.get(*id) {
                let abstract_text = corpus.abstract_text(*id).unwrap_or_default();
                self.add_paper(source, &paper, &abstract_text, &mut changes, &mut counts);
            }
        }
        self.write(&source.name, changes)?;
        Ok(counts)
    }

    fn add_paper(
        &mut self,
        source: &FollowedSource,
        paper: &Paper<'_>,
        abstract_text: &str,
        changes: &mut FileChanges,
        counts: &mut ArrivalCounts,
    ) {
        let identity = RecordIdentity::from(paper);
        let records: Vec<KnownRecord> =
            self.known.records.find(&identity).into_iter().cloned().collect();
        let is_of_source = |it: &&KnownRecord| is_same_name(&it.source, &source.name);
        let version = version_of(paper);
        if let Some(own) = records.iter().filter(is_of_source).max_by_key(|it| it.version) {
            if version > own.version && own.line != NEW_LINE && !changes.dropped.contains(&own.line)
            {
                let facts = ListingFacts {
                    listed: &own.listed,
                    origin: &source.name,
                    announcement: "replaced",
                };
                changes.replaced.insert(own.line, line(paper, abstract_text, facts));
                counts.replaced += 1;
            }
            return;
        }
        let others = records.iter().filter(|it| it.source != NEWS);
        let first_listed = others.map(|it| it.listed.as_str()).filter(|it| !it.is_empty()).min();
        if first_listed.is_none() && self.known.is_past(&identity) {
            return;
        }
        let announcement = match paper.field(BibField::Announcement) {
            "" => "new",
            announced => announced,
        };
        let today = self.today.to_string();
        let listed_by_source = Some(paper.field(BibField::Listed)).filter(|it| !it.is_empty());
        let listed = first_listed.or(listed_by_source).unwrap_or(&today).to_owned();
        if first_listed.is_none() {
            let count = match announcement {
                "replaced" => &mut counts.replaced,
                "cross-listed" => &mut counts.cross_listed,
                _ => &mut counts.new,
            };
            *count += 1;
        }
        let facts = ListingFacts { listed: &listed, origin: &source.name, announcement };
        changes.added.push(line(paper, abstract_text, facts));
        let announcement = announcement.to_owned();
        let source = source.name.clone();
        let record = KnownRecord { source, line: NEW_LINE, listed, announcement, version };
        self.known.records.insert(identity, record);
    }

    /// Finds the papers that are kept no longer. Marked papers are kept.
    fn drop_old(&mut self, source: &FollowedSource, changes: &mut FileChanges) {
        let Some(keep) = source.keep else { return };
        let Ok(first_kept) = self.today.checked_sub(i64::from(keep.days).days()) else { return };
        for (identity, record) in self.known.records.iter() {
            let is_old = || record.listed.parse::<Date>().is_ok_and(|day| day < first_kept);
            if is_same_name(&record.source, &source.name)
                && record.line != NEW_LINE
                && is_old()
                && self.marked.find(identity).is_empty()
            {
                changes.dropped.insert(record.line);
                changes.past.extend(identity.hashes());
            }
        }
        self.known.past.extend(&changes.past);
    }

    /// Adds the news of marked papers to a file of their own. Returns a sentence for each.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read or written.
    pub fn add_news(&mut self, corpus: &Corpus) -> io::Result<Vec<String>> {
        let (mut changes, mut sentences) = (FileChanges::default(), Vec::new());
        if self.marked.iter().next().is_none() {
            return Ok(sentences);
        }
        for (id, paper) in corpus.papers() {
            let identity = RecordIdentity::from(&paper);
            let news = find_news(&paper, &identity, &self.marked, &self.known.records);
            for NewsItem { kind, version } in news {
                let announcement = kind.announcement();
                let listed = self.today.to_string();
                let facts = ListingFacts { listed: &listed, origin: NEWS, announcement };
                let abstract_text = corpus.abstract_text(id).unwrap_or_default();
                changes.added.push(line(&paper, &abstract_text, facts));
                sentences.push(format!("{announcement}: {}", paper.title));
                let record = KnownRecord {
                    source: NEWS.to_owned(),
                    line: NEW_LINE,
                    listed,
                    announcement: announcement.to_owned(),
                    version,
                };
                self.known.records.insert(identity.clone(), record);
            }
        }
        self.write(NEWS, changes)?;
        Ok(sentences)
    }

    /// Replaces the files of a source, if anything has changed: first that of the past keys, so that
    /// no dropped paper comes again.
    fn write(&self, name: &str, changes: FileChanges) -> io::Result<()> {
        if !changes.past.is_empty() {
            let file = self.directory.past_file(name);
            let keys = read_keys(&file)?.into_iter().chain(changes.past);
            let lines: Vec<String> = keys.map(|it| format!("{it:016x}\n")).collect();
            write_private(&file, &lines.concat())?;
        }
        if changes.dropped.is_empty() && changes.replaced.is_empty() && changes.added.is_empty() {
            return Ok(());
        }
        self.directory.create()?;
        let path = self.directory.file(name);
        let mut output = AtomicFile::create(&path, FileAccess::Private, SpecialFilePolicy::Refuse)?;
        each_line(&path, &mut |number, line| {
            if changes.dropped.contains(&number) {
                return Ok(());
            }
            match changes.replaced.get(&number) {
                Some(line) => writeln!(output, "{line}"),
                None if line.ends_with(b"\n") => output.write_all(line),
                // The user has edited the file.
                None => output.write_all(line).and_then(|()| output.write_all(b"\n")),
            }
        })?;
        for line in &changes.added {
            writeln!(output, "{line}")?;
        }
        output.commit()
    }
}

/// The line of a paper, with the facts of the inbox in place of those of its source. An abstract
/// that would make it too long to be read is left out.
fn line(paper: &Paper<'_>, abstract_text: &str, facts: ListingFacts<'_>) -> String {
    let is_replaced = |field: BibField| {
        matches!(field, BibField::Listed | BibField::Origin | BibField::Announcement)
    };
    let fields = paper.fields().filter(|(field, _)| !is_replaced(*field));
    let fields = encode_fields(fields.chain([
        (BibField::Listed, facts.listed),
        (BibField::Origin, facts.origin),
        (BibField::Announcement, facts.announcement),
    ]));
    let paper = Paper { field_list: &fields, ..*paper };
    let line = json_line(&paper, abstract_text);
    if line.len() < MAX_LINE { line } else { json_line(&paper, "") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Draft, SegmentBuilder};

    fn inbox(folder: &tempfile::TempDir, today: &str) -> InboxUpdate {
        let directory = InboxDirectory::new(folder.path().to_owned());
        InboxUpdate {
            known: KnownRecords::read(&directory).unwrap(),
            marked: IdentityIndex::default(),
            directory,
            today: today.parse().unwrap(),
        }
    }

    fn source(line: &str) -> FollowedSource {
        FollowedSource::parse(line).unwrap().unwrap()
    }

    /// A paper by title, arXiv identifier, DOI and version.
    fn paper(title: &str, arxiv: &str, doi: &str, version: &str) -> Draft {
        let mut draft = Draft {
            title: title.to_owned(),
            authors: vec!["Moss, Ada".to_owned()],
            arxiv: arxiv.to_owned(),
            doi: doi.to_owned(),
            ..Draft::default()
        };
        draft.add_field(BibField::Version, version);
        draft
    }

    /// Adds papers, and returns what has come.
    fn add(inbox: &mut InboxUpdate, source: &FollowedSource, papers: &[Draft]) -> String {
        let (mut builder, mut corpus) = (SegmentBuilder::default(), Corpus::default());
        for paper in papers {
            builder.push(paper);
        }
        corpus.push(builder.seal());
        let wanted: Vec<PaperId> = corpus.papers().map(|(id, _)| id).collect();
        inbox.add(source, &corpus, &wanted).unwrap().describe()
    }

    /// The day and the title of each line.
    fn lines(inbox: &InboxUpdate, name: &str) -> Vec<String> {
        let mut lines = Vec::new();
        each_line(&inbox.directory.file(name), &mut |_, line| {
            let draft = super::super::known_records::draft_of_line(line).unwrap();
            lines.push(format!("{} {}", draft.field(BibField::Listed), draft.title));
            Ok(())
        })
        .unwrap();
        lines
    }

    #[test]
    fn the_article_that_a_known_preprint_became_is_not_new_and_keeps_its_first_day() {
        let folder = tempfile::tempdir().unwrap();
        let (a, b) = (source("arxiv:cs.CL as a"), source("crossref:snow as b"));
        let mut first = inbox(&folder, "2026-11-28");
        assert_eq!(add(&mut first, &a, &[paper("Snow", "2501.00001", "", "")]), "1 new");
        let mut second = inbox(&folder, "2026-11-30");
        let papers = [paper("Snow", "", "10.1000/1", ""), paper("Fog", "", "10.1000/2", "")];
        assert_eq!(add(&mut second, &b, &papers), "1 new");
        assert_eq!(lines(&second, "b"), ["2026-11-28 Snow", "2026-11-30 Fog"]);
        assert_eq!(add(&mut second, &b, &papers), "nothing new");
    }

    #[test]
    fn a_later_version_replaces_the_line_and_an_earlier_one_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let a = source("arxiv:cs.CL as a");
        let papers = [paper("Fog", "2501.00002", "", ""), paper("Snow", "2501.00001", "", "2")];
        assert_eq!(add(&mut inbox(&folder, "2026-11-28"), &a, &papers), "2 new");
        let later = |title, version| [paper(title, "2501.00001", "", version)];
        let mut update = inbox(&folder, "2026-11-30");
        assert_eq!(add(&mut update, &a, &later("Old snow", "1")), "nothing new");
        assert_eq!(add(&mut update, &a, &later("More snow", "3")), "1 replaced");
        assert_eq!(lines(&update, "a"), ["2026-11-28 Fog", "2026-11-28 More snow"]);
        let mut again = inbox(&folder, "2026-11-30");
        assert_eq!(add(&mut again, &a, &later("More snow", "3")), "nothing new");
    }

    #[test]
    fn papers_go_after_their_time_and_do_not_come_again() {
        let folder = tempfile::tempdir().unwrap();
        let a = source("arxiv:cs.CL as a keep 7d");
        let papers = [paper("Snow", "2501.00001", "", ""), paper("Fog", "2501.00002", "", "")];
        add(&mut inbox(&folder, "2026-11-01"), &a, &papers);
        add(&mut inbox(&folder, "2026-11-08"), &a, &papers);
        assert_eq!(lines(&inbox(&folder, "2026-11-08"), "a").len(), 2);
        let mut later = inbox(&folder, "2026-11-09");
        let snow = Draft { title: "Snow".to_owned(), ..papers[0].clone() };
        later.marked.insert(
            RecordIdentity::from(&snow),
            MarkedPaper::new(&Paper { title: "Snow", ..Paper::default() }, false),
        );
        assert_eq!(add(&mut later, &a, &papers), "nothing new");
        assert_eq!(lines(&later, "a"), ["2026-11-01 Snow"]);
        assert_eq!(add(&mut inbox(&folder, "2026-11-10"), &a, &papers[1..]), "nothing new");
        let b = source("hf as b");
        assert_eq!(add(&mut inbox(&folder, "2026-11-10"), &b, &papers[1..]), "nothing new");
    }
}
