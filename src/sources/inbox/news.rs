//! News of marked papers: a new version, the publication of a preprint, a retraction or correction.

use super::identity_index::{IdentityIndex, RecordIdentity};
use super::known_records::{KnownRecord, version_of};
use super::source_name::NEWS;
use crate::domain::{BibField, Paper};
use crate::text::fold;

/// A change of a marked paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NewsKind {
    /// A starred preprint has a later version.
    NewVersion,
    /// A starred preprint has got the DOI of a publication.
    Published,
    Retracted,
    Corrected,
}

/// A paper with a mark, as the library knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MarkedPaper {
    pub is_starred: bool,
    version: u16,
    has_doi: bool,
    is_preprint: bool,
    withdrawal: Option<NewsKind>,
}

/// News of one paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewsItem {
    pub kind: NewsKind,
    /// The new version of the preprint.
    pub version: u16,
}

impl NewsKind {
    /// The reason, where other papers have the way in which they were announced.
    pub fn announcement(self) -> &'static str {
        match self {
            Self::NewVersion => "new version",
            Self::Published => "published",
            Self::Retracted => "retracted",
            Self::Corrected => "corrected",
        }
    }
}

impl MarkedPaper {
    pub fn new(paper: &Paper<'_>, is_starred: bool) -> Self {
        Self {
            is_starred,
            version: version_of(paper),
            has_doi: !paper.doi.is_empty(),
            is_preprint: !paper.arxiv.is_empty(),
            withdrawal: withdrawal(paper),
        }
    }
}

/// Returns what has changed in a marked paper since it was marked and since the last news of it.
pub fn find_news(
    paper: &Paper<'_>,
    identity: &RecordIdentity,
    marked: &IdentityIndex<MarkedPaper>,
    known: &IdentityIndex<KnownRecord>,
) -> Vec<NewsItem> {
    let marked = marked.find(identity);
    if marked.is_empty() {
        return Vec::new();
    }
    let known = known.find(identity);
    let version = version_of(paper);
    let starred = || marked.iter().filter(|it| it.is_starred);
    // The inbox may have a later version than the library, which keeps the one that was marked.
    let seen_version = marked
        .iter()
        .map(|it| it.version)
        .chain(known.iter().map(|it| it.version))
        .max()
        .unwrap_or(version);
    let is_published = !paper.doi.is_empty()
        && starred().next().is_some()
        && marked.iter().all(|it| it.is_preprint && !it.has_doi);
    let mut kinds = Vec::new();
    if starred().next().is_some() && !paper.arxiv.is_empty() && version > seen_version {
        kinds.push(NewsKind::NewVersion);
    }
    kinds.extend(is_published.then_some(NewsKind::Published));
    let seen_withdrawals: Vec<NewsKind> = marked.iter().filter_map(|it| it.withdrawal).collect();
    kinds.extend(withdrawal(paper).filter(|it| !seen_withdrawals.contains(it)));
    let is_told = |kind: NewsKind| {
        known.iter().any(|it| {
            it.source == NEWS
                && it.announcement == kind.announcement()
                && (kind != NewsKind::NewVersion || it.version >= version)
        })
    };
    kinds.retain(|it| !is_told(*it));
    kinds.into_iter().map(|kind| NewsItem { kind, version }).collect()
}

/// Tells a retraction or correction by the status, or by what publishers put before the title and
/// authors into the comment.
fn withdrawal(paper: &Paper<'_>) -> Option<NewsKind> {
    let status = fold(paper.field(BibField::Status));
    let title = fold(paper.title);
    let comment = fold(paper.field(BibField::Comment));
    let begins = |words: [&str; 4]| words.iter().any(|it| title.starts_with(it));
    let is_retracted = status.contains("retracted")
        || status.contains("withdrawn")
        || begins(["retracted:", "retracted article", "withdrawn:", "[retracted]"])
        || comment.contains("has been withdrawn")
        || comment.contains("has been retracted");
    match () {
        () if is_retracted => Some(NewsKind::Retracted),
        () if status.contains("corrected") => Some(NewsKind::Corrected),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::encode_fields;

    fn kinds(before: &Paper<'_>, is_starred: bool, now: &Paper<'_>) -> Vec<NewsKind> {
        let mut marked = IdentityIndex::default();
        marked.insert(RecordIdentity::from(before), MarkedPaper::new(before, is_starred));
        let known = IdentityIndex::default();
        let news = find_news(now, &RecordIdentity::from(now), &marked, &known);
        news.into_iter().map(|it| it.kind).collect()
    }

    #[test]
    fn a_later_version_and_a_doi_are_news_of_a_starred_paper_and_a_retraction_of_any_marked_one() {
        let later = encode_fields([(BibField::Version, "3")]);
        let retracted = encode_fields([(BibField::Status, "Retracted")]);
        let before = Paper {
            title: "Snow",
            author_list: "Moss, Ada",
            arxiv: "2501.00001",
            ..Paper::default()
        };
        let newer = Paper { field_list: &later, ..before };
        let published = Paper { doi: "10.1000/1", ..before };
        let gone = Paper { field_list: &retracted, ..before };
        assert_eq!(kinds(&before, true, &before), []);
        assert_eq!(kinds(&before, true, &newer), [NewsKind::NewVersion]);
        assert_eq!(kinds(&newer, true, &newer), []);
        assert_eq!(kinds(&before, false, &newer), []);
        assert_eq!(kinds(&before, true, &published), [NewsKind::Published]);
        assert_eq!(kinds(&published, true, &before), []);
        assert_eq!(kinds(&before, false, &gone), [NewsKind::Retracted]);
        assert_eq!(kinds(&gone, false, &gone), []);
        let titled = Paper { title: "RETRACTED: Snow", ..before };
        assert_eq!(kinds(&before, false, &titled), [NewsKind::Retracted]);
    }

    #[test]
    fn news_come_once() {
        let before = Paper {
            title: "Snow",
            author_list: "Moss, Ada",
            arxiv: "2501.00001",
            ..Paper::default()
        };
        let fields = encode_fields([(BibField::Version, "2"), (BibField::Status, "retracted")]);
        let now = Paper { field_list: &fields, ..before };
        let identity = RecordIdentity::from(&before);
        let mut marked = IdentityIndex::default();
        marked.insert(identity.clone(), MarkedPaper::new(&before, true));
        let mut known = IdentityIndex::default();
        assert_eq!(find_news(&now, &identity, &marked, &known).len(), 2);
        let record = KnownRecord {
            source: NEWS.to_owned(),
            line: 0,
            listed: "2026-11-30".to_owned(),
            announcement: "retracted".to_owned(),
            version: 2,
        };
        known.insert(identity.clone(), record);
        assert_eq!(find_news(&now, &identity, &marked, &known), []);
    }
}
