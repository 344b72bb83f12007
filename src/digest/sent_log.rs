//! The log of papers that were sent, so that each is sent once, whatever digest has it.

use std::fs;
use std::io;
use std::path::PathBuf;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::domain::{BibField, Draft, Paper};
use crate::sources::{IdentityIndex, RecordIdentity, write_private};

/// A paper that was sent, with what it is recognised by. A line of the log.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SentPaper {
    title: String,
    first_author: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<i16>,
    #[serde(skip_serializing_if = "String::is_empty")]
    arxiv: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    doi: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pmid: String,
    /// The news of a marked paper: each is sent once.
    #[serde(skip_serializing_if = "String::is_empty")]
    news: String,
    day: Date,
    /// The name of the digest that had it.
    digest: String,
    /// The mail that had it, without angle brackets; empty if it was printed.
    #[serde(skip_serializing_if = "String::is_empty")]
    message_id: String,
}

/// The log of all digests.
#[derive(Debug, Default)]
pub struct SentLog {
    file: PathBuf,
    papers: Vec<SentPaper>,
    index: IdentityIndex<usize>,
}

impl SentPaper {
    pub fn new(paper: &Paper<'_>, news: String, day: Date) -> Self {
        Self {
            title: paper.title.to_owned(),
            first_author: paper.first_author().to_owned(),
            year: paper.year,
            arxiv: paper.arxiv.to_owned(),
            doi: paper.doi.to_owned(),
            pmid: paper.field(BibField::Pmid).to_owned(),
            news,
            day,
            digest: String::new(),
            message_id: String::new(),
        }
    }

    #[must_use]
    pub fn with_digest(self, name: &str) -> Self {
        Self { digest: name.to_owned(), ..self }
    }

    #[must_use]
    pub fn with_message_id(self, message_id: &str) -> Self {
        Self { message_id: message_id.to_owned(), ..self }
    }

    fn identity(&self) -> RecordIdentity {
        let mut draft = Draft {
            title: self.title.clone(),
            authors: vec![self.first_author.clone()],
            year: self.year,
            arxiv: self.arxiv.clone(),
            doi: self.doi.clone(),
            ..Draft::default()
        };
        if !self.pmid.is_empty() {
            draft.add_field(BibField::Pmid, &self.pmid);
        }
        RecordIdentity::from(&draft)
    }
}

impl SentLog {
    /// Reads the log. One that is missing is empty.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read or is damaged: papers would be sent again.
    pub fn read(file: PathBuf) -> io::Result<Self> {
        let text = match fs::read_to_string(&file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            read => read?,
        };
        let mut log = Self { file, papers: Vec::new(), index: IdentityIndex::default() };
        for line in text.lines() {
            log.push(serde_json::from_str(line)?);
        }
        Ok(log)
    }

    fn push(&mut self, paper: SentPaper) {
        self.index.insert(paper.identity(), self.papers.len());
        self.papers.push(paper);
    }

    /// Returns true if the paper was sent. News of a paper are sent beside the paper itself.
    pub fn has(&self, paper: &Paper<'_>, news: &str) -> bool {
        let identity = RecordIdentity::from(paper);
        let sent = self.index.find(&identity);
        sent.iter().any(|&&at| news.is_empty() || self.papers[at].news == news)
    }

    /// The day of the last digest with this name.
    pub fn last_day(&self, digest: &str) -> Option<Date> {
        self.papers.iter().rev().find(|it| it.digest == digest).map(|it| it.day)
    }

    /// The last mail of the digest with this name.
    pub fn last_message_id(&self, digest: &str) -> Option<&str> {
        let papers = self.papers.iter().rev().filter(|it| it.digest == digest);
        papers.map(|it| it.message_id.as_str()).find(|it| !it.is_empty())
    }

    /// Returns true if the mail was sent.
    pub fn has_message(&self, message_id: &str) -> bool {
        self.papers.iter().any(|it| it.message_id == message_id)
    }

    /// Adds papers. The file is replaced by a rename, so that a kill leaves all of them or none.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be written.
    pub fn add(&mut self, papers: Vec<SentPaper>) -> io::Result<()> {
        for paper in papers {
            self.push(paper);
        }
        let mut text = String::new();
        for paper in &self.papers {
            text.push_str(&serde_json::to_string(paper)?);
            text.push('\n');
        }
        write_private(&self.file, &text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SNOW: Paper<'_> = Paper {
        title: "Snow",
        author_list: "Moss, Ada; Reed, Bo",
        year: Some(2026),
        categories: "",
        venue: "",
        arxiv: "2611.00001",
        doi: "",
        url_list: "",
        kind: crate::domain::PaperKind::Unknown,
        field_list: "",
        key_hash: 0,
    };

    #[test]
    fn a_paper_is_known_after_a_rename_and_its_news_are_apart() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("digest/inbox.jsonl");
        let mut log = SentLog::read(file.clone()).unwrap();
        assert!(!log.has(&SNOW, "") && log.last_day("inbox").is_none());
        let day = jiff::civil::date(2026, 11, 30);
        let sent = SentPaper::new(&SNOW, String::new(), day).with_digest("inbox");
        let sent = sent.with_message_id("a@b");
        log.add(vec![sent]).unwrap();
        let mut log = SentLog::read(file.clone()).unwrap();
        assert_eq!(log.last_day("inbox"), Some(day));
        assert_eq!(log.last_message_id("inbox"), Some("a@b"));
        assert_eq!((log.last_day("other"), log.last_message_id("other")), (None, None));
        let published = Paper { doi: "10.1000/1", arxiv: "", ..SNOW };
        assert!(log.has(&SNOW, "") && log.has(&published, ""));
        assert!(!log.has(&SNOW, "new version 2"));
        log.add(vec![SentPaper::new(&SNOW, "new version 2".to_owned(), day)]).unwrap();
        assert!(log.has(&SNOW, "new version 2") && !log.has(&SNOW, "new version 3"));
        fs::write(&file, "{").unwrap();
        assert!(SentLog::read(file).is_err());
    }
}
