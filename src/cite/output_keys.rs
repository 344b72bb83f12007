//! Makes citation keys unique within one output.

use std::collections::{HashMap, HashSet};

use super::options::CiteOptions;
use crate::domain::{BibField, Corpus, Paper, PaperId};
use crate::text::fnv_ignoring_case;

/// Origin of a key. A key from a file takes precedence over an assigned one, and that over a
/// generated one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeySource {
    File,
    Assigned,
    Generated,
}

/// The key of a paper in the output.
#[derive(Debug)]
pub struct OutputKey {
    pub text: String,
    pub source: KeySource,
    /// True if the output already contains an identical record.
    pub is_repeat: bool,
}

/// Report on the keys of an output, for messages and for the library.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeyReport {
    /// The first few replaced keys, each with its replacement, because another paper has the key.
    pub replaced: Vec<(String, String)>,
    /// Total number of replaced keys.
    pub replaced_count: usize,
    /// Papers that were assigned their key by this output, at most [`KeyReport::MAX_NEW_KEYS`].
    pub new_keys: Vec<(PaperId, String)>,
}

impl KeyReport {
    /// Maximum number of keys that one output assigns.
    pub const MAX_NEW_KEYS: usize = 10_000;
    /// Maximum number of replaced keys named in a message.
    const MAX_REPORTED: usize = 3;

    /// Returns a message that names the replaced keys, without its full stop; `None` if there are
    /// none.
    pub fn message(&self) -> Option<String> {
        let replacement =
            |(key, suffixed): &(String, String)| format!("{key} written as {suffixed}");
        let replacements: Vec<String> = self.replaced.iter().map(replacement).collect();
        let more = match self.replaced_count - self.replaced.len() {
            0 => String::new(),
            more => format!(", and {more} more"),
        };
        let first = (!replacements.is_empty()).then(|| replacements.join(", "))?;
        Some(format!("duplicate citation key: {first}{more}"))
    }
}

/// Generator of the keys of an output, in the order of its papers.
pub struct OutputKeys<'a> {
    corpus: &'a Corpus,
    style: &'a CiteOptions,
    /// Hashes of the keys that papers of the output have from files; `assigned_key_hashes` likewise
    /// from earlier outputs. A key of lower precedence must avoid them.
    file_key_hashes: HashSet<u64>,
    assigned_key_hashes: HashSet<u64>,
    paper_by_key_hash: HashMap<u64, PaperId>,
    pub report: KeyReport,
}

impl<'a> OutputKeys<'a> {
    /// Creates a generator. `papers` are all papers of the output, in any order.
    pub fn new(corpus: &'a Corpus, papers: &[PaperId], style: &'a CiteOptions) -> Self {
        let (mut file_key_hashes, mut assigned_key_hashes) = (HashSet::new(), HashSet::new());
        for paper in papers.iter().filter_map(|id| corpus.get(*id)).take_while(|_| papers.len() > 1)
        {
            match style.known_key(&paper) {
                Some((key, KeySource::File)) => file_key_hashes.insert(fnv_ignoring_case(&key)),
                Some((key, _)) => assigned_key_hashes.insert(fnv_ignoring_case(&key)),
                None => false,
            };
        }
        let (paper_by_key_hash, report) = (HashMap::new(), KeyReport::default());
        Self { corpus, style, file_key_hashes, assigned_key_hashes, paper_by_key_hash, report }
    }

    /// Returns the key of the next paper. If another paper has the key, appends a suffix made from
    /// the paper's own identifier.
    pub fn next(&mut self, id: PaperId) -> OutputKey {
        let Some(paper) = self.corpus.get(id) else {
            return OutputKey {
                text: String::new(),
                source: KeySource::Generated,
                is_repeat: false,
            };
        };
        let known_key = self.style.known_key(&paper);
        let (key, source) =
            known_key.unwrap_or_else(|| (self.corpus.citation_key(id), KeySource::Generated));
        if self.is_repeat(id, &key) {
            return OutputKey { text: key, source, is_repeat: true };
        }
        let mut text = key.clone();
        if self.is_taken(id, &text, source) {
            text = self.corpus.unique_citation_key(id, &key);
            let suffixed = text.clone();
            let mut number = 2;
            while self.is_taken(id, &text, source) {
                text = format!("{suffixed}-{number}");
                number += 1;
            }
        }
        let is_new = self.paper_by_key_hash.insert(fnv_ignoring_case(&text), id).is_none();
        if is_new {
            self.record(id, key, &text, source);
        }
        OutputKey { text, source, is_repeat: false }
    }

    fn record(&mut self, id: PaperId, key: String, text: &str, source: KeySource) {
        let is_unchanged = source == KeySource::Assigned && key == text;
        let is_new_key = source != KeySource::File && !is_unchanged;
        if is_new_key && self.report.new_keys.len() < KeyReport::MAX_NEW_KEYS {
            self.report.new_keys.push((id, text.to_owned()));
        }
        if key != text {
            self.report.replaced_count += 1;
            if self.report.replaced.len() < KeyReport::MAX_REPORTED {
                self.report.replaced.push((key, text.to_owned()));
            }
        }
    }

    /// Returns true if an identical record has the key in this output.
    fn is_repeat(&self, id: PaperId, key: &str) -> bool {
        let Some(&other) = self.paper_by_key_hash.get(&fnv_ignoring_case(key)) else {
            return false;
        };
        other == id
            || self.corpus.get(other) == self.corpus.get(id)
                && self.corpus.abstract_text(other) == self.corpus.abstract_text(id)
    }

    fn is_taken(&self, id: PaperId, key: &str, source: KeySource) -> bool {
        let hash = fnv_ignoring_case(key);
        let in_output = match source {
            KeySource::File => false,
            KeySource::Assigned => self.file_key_hashes.contains(&hash),
            KeySource::Generated => {
                self.file_key_hashes.contains(&hash) || self.assigned_key_hashes.contains(&hash)
            }
        };
        let in_files = || {
            let bibliography = self.style.bibliography.get();
            source != KeySource::File && bibliography.is_some_and(|it| it.has_key(key))
        };
        in_output
            || self.paper_by_key_hash.get(&hash).is_some_and(|it| *it != id)
            || !self.style.reserved_keys.is_empty()
                && self.style.reserved_keys.contains(&key.to_lowercase())
            || in_files()
    }
}

impl CiteOptions {
    /// Returns the key that the paper has from a file or an earlier output, and its origin.
    fn known_key(&self, paper: &Paper<'_>) -> Option<(String, KeySource)> {
        let source_key = self.bibliography.get().and_then(|it| it.key(paper));
        let source_key =
            source_key.filter(|it| !it.is_empty()).unwrap_or_else(|| paper.field(BibField::Key));
        if !source_key.is_empty() {
            return Some((source_key.to_owned(), KeySource::File));
        }
        self.bibliography.assigned_key(paper).map(|it| (it, KeySource::Assigned))
    }

    /// Returns the keys of the papers of one output, in their order.
    pub fn keys(&self, corpus: &Corpus, papers: &[PaperId]) -> Vec<String> {
        let mut keys = OutputKeys::new(corpus, papers, self);
        papers.iter().map(|id| keys.next(*id).text).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cite::assigned_keys::AssignedKey;
    use crate::cite::export::export;
    use crate::cite::output_format::OutputFormat;
    use crate::cite::render::render;
    use crate::domain::{Draft, IdentityKeys, SegmentBuilder};

    fn draft(title: &str, key: &str, doi: &str) -> Draft {
        let mut draft = Draft {
            title: title.into(),
            authors: vec!["Ada Moss".into()],
            year: Some(2014),
            doi: doi.into(),
            ..Draft::default()
        };
        draft.add_field(BibField::Key, key);
        if !key.is_empty() {
            draft.add_field(BibField::Raw, format!("@misc{{{key}, title = {{{title}}}}}"));
        }
        draft
    }

    fn corpus(drafts: &[Draft]) -> (Corpus, Vec<PaperId>) {
        let (mut corpus, mut builder) = (Corpus::default(), SegmentBuilder::default());
        for draft in drafts {
            builder.push(draft);
        }
        corpus.push(builder.seal());
        let ids = corpus.papers().map(|(id, _)| id).collect();
        (corpus, ids)
    }

    fn text(drafts: &[Draft], format: OutputFormat, style: &CiteOptions) -> String {
        let (corpus, ids) = corpus(drafts);
        let mut output = Vec::new();
        export(&corpus, &ids, format, style, &mut output).unwrap();
        String::from_utf8(output).unwrap()
    }

    #[test]
    fn of_two_papers_with_one_key_the_later_has_a_tail_and_it_is_told() {
        let (corpus, ids) = corpus(&[
            draft("Deep eels", "", "10.1234/a"),
            draft("Deep quartz", "", "10.1234/b"),
            draft("Shallow quartz", "", ""),
        ]);
        let style = CiteOptions::default();
        let expected = ["moss2014deep", "moss2014deep-10.1234-b", "moss2014shallow"];
        assert_eq!(style.keys(&corpus, &ids), expected);
        assert_eq!(style.keys(&corpus, &ids[1..]), ["moss2014deep", "moss2014shallow"]);
        let report = render(&corpus, &ids, OutputFormat::Bibtex, &style).keys;
        assert_eq!(
            report.message().as_deref(),
            Some("duplicate citation key: moss2014deep written as moss2014deep-10.1234-b")
        );
        let assigned_keys: Vec<&str> =
            report.new_keys.iter().map(|(_, key)| key.as_str()).collect();
        assert_eq!(assigned_keys, expected);
    }

    #[test]
    fn entries_of_two_files_with_one_key_leave_with_two() {
        let drafts = [draft("Deep eels", "moss", "10.1234/a"), draft("On quartz", "Moss", "")];
        let style = CiteOptions::default();
        let entries = text(&drafts, OutputFormat::Bibtex, &style);
        assert!(entries.contains("@misc{moss, title = {Deep eels}}"), "{entries}");
        assert!(entries.contains("@misc{Moss-"), "{entries}");
        for format in [
            OutputFormat::Ris,
            OutputFormat::EndNote,
            OutputFormat::Jsonl,
            OutputFormat::CslJson,
            OutputFormat::Hayagriva,
        ] {
            assert!(text(&drafts, format, &style).contains("Moss-"), "{format:?}");
        }
        // A paper without a key from a file has none in these formats.
        assert!(
            !text(&[draft("Deep eels", "", "")], OutputFormat::Ris, &style).contains("moss2014")
        );
        assert_eq!(
            text(&[drafts[0].clone(), drafts[0].clone()], OutputFormat::Key, &style),
            "moss\n"
        );
        assert_eq!(
            text(&[drafts[0].clone(), drafts[0].clone()], OutputFormat::Bibtex, &style)
                .matches('@')
                .count(),
            1
        );
    }

    #[test]
    fn keys_of_files_win_over_those_given_before_and_these_over_others() {
        let style = CiteOptions::default();
        let assigned = draft("Deep quartz", "", "10.1234/b");
        let key = "moss2014deep".to_owned();
        style.bibliography.add_assigned_keys([AssignedKey {
            identity: IdentityKeys::from(&assigned),
            year: None,
            key,
        }]);
        let generated = draft("Deep eels", "", "10.1234/a");
        let with_own_key = draft("Of eels", "moss2014deep", "");
        let keys = |drafts: &[Draft]| {
            let (corpus, ids) = corpus(drafts);
            style.keys(&corpus, &ids)
        };
        let suffixed = ["moss2014deep-10.1234-a", "moss2014deep-10.1234-b"];
        assert_eq!(keys(&[generated.clone(), assigned.clone()]), [suffixed[0], "moss2014deep"]);
        assert_eq!(
            keys(&[generated, assigned.clone(), with_own_key]),
            [suffixed[0], suffixed[1], "moss2014deep"]
        );
        let later_version = Draft { year: Some(2016), ..assigned };
        assert_eq!(keys(&[later_version]), ["moss2014deep"]);
    }

    #[test]
    fn tails_that_are_alike_are_counted() {
        let year = |year| Draft { year: Some(year), ..draft("Eels", "moss", "") };
        let (corpus, ids) = corpus(&[year(2001), year(2002), year(2003)]);
        let keys = CiteOptions::default().keys(&corpus, &ids);
        assert_eq!(keys[0], "moss");
        assert_eq!(keys[2], format!("{}-2", keys[1]));
    }
}
