//! The papers of a digest: those that were not sent before.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::layout::SectionKind;
use super::sent_log::{SentLog, SentPaper};
use crate::domain::{BibField, Corpus, Paper, PaperId};

/// The chosen papers.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct DigestSelection {
    /// In the order of sections, and within one in the given order.
    pub sections: Vec<(SectionKind, Vec<PaperId>)>,
    /// The changes of marked papers that were not sent, as in `new version 2`.
    pub news: BTreeMap<PaperId, Vec<String>>,
    /// Number of papers that are new, with those over the limit.
    pub new_papers: usize,
}

impl DigestSelection {
    pub fn papers(&self) -> impl Iterator<Item = PaperId> {
        self.sections.iter().flat_map(|(_, papers)| papers).copied()
    }

    pub fn is_empty(&self) -> bool {
        self.sections.is_empty()
    }

    /// The entries of the log for the papers in a digest with this name: one for each change of a
    /// marked paper.
    pub fn sent_papers(&self, corpus: &Corpus, digest: &str, day: Date) -> Vec<SentPaper> {
        let itself = vec![String::new()];
        let mut sent = Vec::new();
        for (id, paper) in self.papers().filter_map(|id| Some((id, corpus.get(id)?))) {
            for news in self.news.get(&id).unwrap_or(&itself) {
                sent.push(SentPaper::new(&paper, news.clone(), day).with_digest(digest));
            }
        }
        sent
    }
}

/// Chooses the papers that were not sent, listed since a day if their day is known, up to a limit. What is
/// over the limit is not sent, so that it comes in the next digest.
pub fn select_new(
    corpus: &Corpus,
    candidates: &[PaperId],
    log: &SentLog,
    since: Option<Date>,
    limit: usize,
) -> DigestSelection {
    let is_recent = |paper: &Paper<'_>| {
        let listed = paper.field(BibField::Listed).parse::<Date>().ok();
        since.is_none_or(|since| listed.is_none_or(|it| it >= since))
    };
    let mut all_news = BTreeMap::new();
    let mut new = Vec::new();
    for (id, paper) in candidates.iter().filter_map(|id| Some((*id, corpus.get(*id)?))) {
        let mut news = marked_news(corpus, id);
        news.retain(|it| !log.has(&paper, it));
        if is_recent(&paper) && (!news.is_empty() || !log.has(&paper, "")) {
            new.push(id);
            if !news.is_empty() {
                all_news.insert(id, news);
            }
        }
    }
    let new_papers = new.len();
    let section = |id: &PaperId| {
        let announcement = corpus.get(*id).map_or("", |it| it.field(BibField::Announcement));
        let is_news = all_news.contains_key(id);
        if is_news { SectionKind::MarkedNews } else { SectionKind::from_announcement(announcement) }
    };
    // A stable sort keeps the order within a section.
    new.sort_by_key(section);
    new.truncate(limit);
    let mut sections: Vec<(SectionKind, Vec<PaperId>)> = Vec::new();
    for id in new {
        let kind = section(&id);
        match sections.last_mut() {
            Some((last, papers)) if *last == kind => papers.push(id),
            _ => sections.push((kind, vec![id])),
        }
    }
    DigestSelection { sections, news: all_news, new_papers }
}

/// The changes of a marked paper, of which the inbox has a record each. The merged paper has only
/// the first of them.
pub fn marked_news(corpus: &Corpus, id: PaperId) -> Vec<String> {
    let mut all = Vec::new();
    for (_, record) in corpus.records(id) {
        let announcement = record.field(BibField::Announcement);
        let news = match SectionKind::from_announcement(announcement) {
            SectionKind::MarkedNews => {
                format!("{announcement} {}", record.field(BibField::Version)).trim_end().to_owned()
            }
            SectionKind::New | SectionKind::CrossListed | SectionKind::Replaced => continue,
        };
        if !all.contains(&news) {
            all.push(news);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Draft, SegmentBuilder};

    /// A corpus of papers given by number, day and announcement.
    fn corpus(papers: &[(u32, &str, &str)]) -> (Corpus, Vec<PaperId>) {
        let (mut builder, mut corpus) = (SegmentBuilder::default(), Corpus::default());
        for (number, listed, announcement) in papers {
            let mut draft = Draft {
                title: format!("Paper {number}"),
                arxiv: format!("2611.{number:05}"),
                ..Draft::default()
            };
            draft.add_field(BibField::Listed, *listed);
            draft.add_field(BibField::Announcement, *announcement);
            builder.push(&draft);
        }
        corpus.push(builder.seal());
        let ids = corpus.papers().map(|(id, _)| id).collect();
        (corpus, ids)
    }

    #[test]
    fn papers_are_in_sections_and_those_over_the_limit_come_next_time() {
        let folder = tempfile::tempdir().unwrap();
        let mut log = SentLog::read(folder.path().join("log")).unwrap();
        let (corpus, ids) = corpus(&[
            (1, "2026-11-28", "replaced"),
            (2, "2026-11-30", "new"),
            (3, "2026-11-29", "new version"),
            (4, "2026-11-30", "new"),
            (5, "2026-11-01", "new"),
        ]);
        let since = Some(jiff::civil::date(2026, 11, 28));
        let first = select_new(&corpus, &ids, &log, since, 2);
        assert_eq!(first.new_papers, 4);
        assert_eq!(
            first.sections,
            [(SectionKind::MarkedNews, vec![ids[2]]), (SectionKind::New, vec![ids[1]])]
        );
        log.add(first.sent_papers(&corpus, "inbox", jiff::civil::date(2026, 11, 30))).unwrap();
        let second = select_new(&corpus, &ids, &log, since, 9);
        assert_eq!(
            second.sections,
            [(SectionKind::New, vec![ids[3]]), (SectionKind::Replaced, vec![ids[0]])]
        );
        log.add(second.sent_papers(&corpus, "inbox", jiff::civil::date(2026, 12, 1))).unwrap();
        assert!(select_new(&corpus, &ids, &log, since, 9).is_empty());
    }

    #[test]
    fn in_two_weeks_with_a_day_missed_and_one_twice_each_paper_is_in_one_digest() {
        let folder = tempfile::tempdir().unwrap();
        let (mut listed, mut sent) = (Vec::new(), Vec::new());
        let mut day = jiff::civil::date(2026, 11, 16);
        for number in 0..14 {
            // Nothing is listed at weekends. A paper of the day before is listed again.
            if number % 7 < 5 {
                let first = listed.len() as u32;
                listed.extend((first..first + 3).map(|it| (it, day)));
            }
            let digests =
                [0, 2][usize::from(number == 8)] + usize::from(number != 3 && number != 8);
            for _ in 0..digests {
                let days: Vec<String> = listed.iter().map(|(_, day)| day.to_string()).collect();
                let papers: Vec<(u32, &str, &str)> = listed
                    .iter()
                    .zip(&days)
                    .map(|((it, _), day)| (*it, day.as_str(), "new"))
                    .collect();
                let (corpus, ids) = corpus(&papers);
                let mut log = SentLog::read(folder.path().join("log")).unwrap();
                let selection = select_new(&corpus, &ids, &log, None, 100);
                let titles = selection.papers().map(|id| corpus.get(id).unwrap().title.to_owned());
                sent.extend(titles);
                log.add(selection.sent_papers(&corpus, "inbox", day)).unwrap();
            }
            day = day.tomorrow().unwrap();
        }
        let expected: Vec<String> = (0..30).map(|it| format!("Paper {it}")).collect();
        assert_eq!(sent, expected);
    }
}
