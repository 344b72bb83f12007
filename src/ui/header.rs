//! Header: the corpus, the counts of results, the progress of loading, and the marks.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::text;
use super::theme::Palette;
use crate::app::model::enrichment::EnrichmentState;
use crate::app::{LoadPhase, Pane, SkippedVisibility, State, sort_phrase, triage_progress};
use crate::domain::Mark;
use crate::library::Durability;
use crate::search::{ReferenceSummary, SortDirection, SortKey, Stage};
use crate::sources::format_bytes;
use crate::text::{counted, group_digits, sanitise, width};

pub fn draw(state: &State, palette: &Palette, buf: &mut Buffer) {
    let area = state.view.areas.header;
    if area.is_empty() {
        return;
    }
    let row = text::skip_columns(Rect { width: area.width.saturating_sub(1), ..area }, 1);
    let row = text::draw_right_aligned(buf, row, &marked_counts(state), palette.strong);
    let row = Rect { width: row.width.saturating_sub(1), ..row };
    let (name, counts) = match state.view.pane {
        Pane::Triage => ("Triage".to_owned(), triage_progress(state)),
        _ => (list_path(state, row.width), result_counts(state)),
    };
    let x = text::draw_text(buf, row, &name, palette.strong);
    text::draw_text(buf, text::from_column(row, x + 2), &counts, palette.text);
}

/// The names of the list and of those below it, which are left out if they would take more than half
/// of the row.
fn list_path(state: &State, row_width: u16) -> String {
    let lists = &state.load.lists;
    let path = lists.path();
    if lists.below.is_empty() || width(&path) <= usize::from(row_width / 2) {
        return path;
    }
    format!("… › {}", lists.current.name)
}

/// Result counts, such as `9 of 198 · by year`.
pub fn result_counts(state: &State) -> String {
    let all = state.paper_count() as usize;
    // Hits may still contain records that were recognised as duplicates since.
    let similar = state.filter.approximate.similar.hits.len();
    let hits = if state.lists_all() { all } else { state.hits().len().min(all) };
    let hits = hits.saturating_sub(similar);
    let pending = if state.is_searching() && hits != all { "…" } else { "" };
    let mut parts = vec![if hits == all && state.filter.query.is_empty() {
        fetched_count(state, all)
    } else {
        format!("{}{pending} of {}", group_digits(hits), group_digits(all))
    }];
    if similar > 0 {
        parts.push(format!("{similar} similar"));
    }
    let tally = &state.filter.marks.counts;
    if state.library.marks.count(Mark::Read) > 0 {
        parts.push(format!("{} unread", group_digits(tally.unread)));
    }
    if tally.count(Mark::New) > 0 {
        let new = format!("{} new", group_digits(tally.count(Mark::New)));
        let since = state.library.last_visit.as_ref().filter(|_| state.view.width >= 80);
        parts.push(match since {
            Some(since) => format!("{new} since {since}"),
            None => new,
        });
    }
    let rest = &state.load.lists.current.unsent_filter;
    if !rest.is_empty() && state.filter.field.text().trim_end() == rest {
        parts.push("filtered here".to_owned());
    }
    if !state.filter.approximate.corrections.is_empty() {
        parts.push(similar_spellings(&state.filter.approximate.corrections));
    }
    parts.extend(state.list.references.map(found_references));
    let order = state.filter.order;
    if order != SortKey::Relevance || state.filter.direction == SortDirection::Reverse {
        let phrase = sort_phrase(order);
        let phrase = phrase.split(',').next().unwrap_or_default();
        let turned =
            if state.filter.direction == SortDirection::Reverse { " reversed" } else { "" };
        parts.push(format!("{phrase}{turned}"));
    }
    if state.filter.marks.skipped == SkippedVisibility::Shown {
        parts.push("skipped shown".to_owned());
    }
    if matches!(state.library.durability, Durability::ThisRunOnly(_) | Durability::Stopped) {
        parts.push("marks not saved".to_owned());
    }
    parts.extend(load_progress(state));
    parts.extend(enrichment_progress(state));
    if state.filter.stage == Stage::ReadingAbstracts {
        parts.push("searching abstracts".to_owned());
    }
    if let Some(papers) = state.load.indexed_abstracts {
        let percent = u64::from(papers) * 100 / u64::from(state.corpus.len().max(1));
        parts.push(format!("indexing abstracts {percent} %"));
    }
    match state.load.defect_count {
        0 => {}
        1 => parts.push("1 unreadable record".to_owned()),
        defects => parts.push(format!("{} unreadable records", group_digits(defects))),
    }
    parts.join(" · ")
}

/// The corrections of misspelled words: `including similar spelling "brain"`.
fn similar_spellings(corrections: &[String]) -> String {
    let words: Vec<String> = corrections.iter().map(|word| format!("\"{word}\"")).collect();
    let noun = if words.len() == 1 { "spelling" } else { "spellings" };
    format!("including similar {noun} {}", words.join(", "))
}

/// The outcome of pasted references: `found by title`, or `5 of 7 references found`.
fn found_references(references: ReferenceSummary) -> String {
    match references {
        ReferenceSummary { total: 1, basis, .. } => format!("found by {}", basis.name()),
        ReferenceSummary { total, found, .. } => {
            format!("{} of {} references found", group_digits(found), group_digits(total))
        }
    }
}

/// The number of papers; during a fetch, also the number that the service has announced.
fn fetched_count(state: &State, all: usize) -> String {
    let total = match state.load.phase {
        LoadPhase::Loading => announced_total(state),
        LoadPhase::Paused | LoadPhase::Done | LoadPhase::Refetching => None,
    };
    let count = group_digits(all);
    match total {
        Some(total) => format!("{count} of {}", group_digits(total)),
        None => count,
    }
}

/// The number of papers that the service has announced, unless more have come.
fn announced_total(state: &State) -> Option<usize> {
    let total = usize::try_from(state.load.progress.fetch.as_ref()?.total?).ok()?;
    (total >= state.paper_count() as usize).then_some(total)
}

/// The progress of a fetch: what it waits for, or that it runs.
fn fetch_progress(state: &State) -> String {
    let is_refetch = state.load.phase == LoadPhase::Refetching;
    let verb = if is_refetch { "fetching again" } else { "fetching" };
    let waits_for = state.load.progress.fetch.as_ref().and_then(|it| it.waits_for.as_deref());
    match (waits_for, announced_total(state)) {
        (Some(waits_for), _) => sanitise(waits_for).into_owned(),
        // The first count is that of the hits.
        (None, Some(total)) if !is_refetch && !state.filter.query.is_empty() => {
            format!(
                "fetched {} of {}",
                group_digits(state.paper_count() as usize),
                group_digits(total)
            )
        }
        (None, _) => verb.to_owned(),
    }
}

/// The progress of the completion of papers.
fn enrichment_progress(state: &State) -> Option<String> {
    let EnrichmentState::Running { papers, step } = &state.load.enrichment else { return None };
    let step = if step.is_empty() { String::new() } else { format!(" · {step}") };
    Some(format!("completing {}{step}", counted(*papers, "paper")))
}

fn load_progress(state: &State) -> Option<String> {
    match (state.load.phase, state.load.progress.total) {
        (LoadPhase::Done, _) => None,
        (LoadPhase::Refetching, _) => Some(fetch_progress(state)),
        (LoadPhase::Loading, _) if state.load.lists.is_online() => Some(fetch_progress(state)),
        (LoadPhase::Paused, _) => Some("paused, R resumes".to_owned()),
        (LoadPhase::Loading, Some(total)) if total > 0 => {
            let percent = state.load.progress.bytes.min(total) * 100 / total;
            Some(format!("loading {percent} % of {}", format_bytes(total)))
        }
        (LoadPhase::Loading, _) => {
            Some(format!("loading, {}", format_bytes(state.load.progress.bytes)))
        }
    }
}

/// Counts of selected and starred papers and of the basket, without zeros.
fn marked_counts(state: &State) -> String {
    let starred = state.filter.marks.counts.count(Mark::Starred);
    let basket = state.library.basket.library_ids.len();
    let mut parts = vec![selection_label(state)];
    // A narrow header shows the symbols of the rows instead of names.
    let names = match state.view.width {
        80.. => ["starred", "in basket"],
        60.. => ["★", "+"],
        _ => ["", ""],
    };
    for (count, name) in [starred, basket].into_iter().zip(names) {
        if !name.is_empty() {
            parts.push(count_label(count, name));
        }
    }
    parts.retain(|it| !it.is_empty());
    parts.join(" · ")
}

fn count_label(count: usize, noun: &str) -> String {
    if count == 0 { String::new() } else { format!("{} {noun}", group_digits(count)) }
}

/// Number of selected papers, of those that the list does not show, and of the range in progress.
pub fn selection_label(state: &State) -> String {
    let count = state.selection.papers().len();
    let selected = match (count, state.selection.hidden) {
        (0, _) => String::new(),
        (_, 0) => format!("{} selected", group_digits(count)),
        (_, hidden) => {
            format!("{} selected, {} hidden", group_digits(count), group_digits(hidden))
        }
    };
    let Some(anchor) = state.selection.anchor() else { return selected };
    let range = group_digits(anchor.abs_diff(state.list.viewport.cursor) + 1);
    if selected.is_empty() {
        format!("{range} in range")
    } else {
        format!("{selected} + {range} in range")
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::{Event, update};
    use crate::domain::{Deduplicator, Draft, SegmentBuilder};
    use crate::library::SavedSearch;
    use crate::search::{Hits, Query, Response};
    use crate::sources::LoadEvent;

    #[test]
    fn the_count_of_hits_is_open_until_all_are_there() {
        let mut state = State::new(Arc::default(), 120, 36);
        let mut papers = SegmentBuilder::default();
        (0..9).for_each(|_| papers.push(&Draft::default()));
        for event in [LoadEvent::Segment(papers.seal()), LoadEvent::Done] {
            let _ = update(&mut state, Event::Load(event));
        }
        state.filter.query = Arc::new(Query::parse("paper"));
        state.filter.hits = Hits::default();
        for (stage, expected) in [
            (Stage::Partial, "0… of 9"),
            (Stage::ReadingAbstracts, "0… of 9 · searching abstracts"),
            (Stage::CountingFacets, "0 of 9"),
            (Stage::Final, "0 of 9"),
        ] {
            state.filter.stage = stage;
            assert_eq!(result_counts(&state), expected);
        }
        let mut second_segment = SegmentBuilder::default();
        second_segment.push(&Draft::default());
        state.corpus.push(second_segment.seal());
        assert_eq!(result_counts(&state), "0… of 10", "the last has not been looked at");
    }

    #[test]
    fn papers_are_counted_and_not_their_records_before_they_are_linked() {
        let mut state = State::new(Arc::default(), 120, 36);
        let mut happen = |event| {
            let _ = update(&mut state, Event::Load(event));
            result_counts(&state)
        };
        happen(LoadEvent::DuplicateRows(Arc::new([1, 5])));
        let segment = || {
            let mut papers = SegmentBuilder::default();
            for number in 0..4 {
                papers.push(&Draft { title: format!("Paper {number}"), ..Draft::default() });
            }
            papers.seal()
        };
        assert!(happen(LoadEvent::Segment(segment())).starts_with("3 ·"));
        assert!(happen(LoadEvent::Segment(segment())).starts_with("6 ·"));
    }

    #[test]
    fn more_hits_than_papers_are_not_counted() {
        let mut state = State::new(Arc::default(), 120, 36);
        let mut deduplicator = Deduplicator::default();
        let paper =
            Draft { title: "Twice".to_owned(), arxiv: "2401.00001".into(), ..Draft::default() };
        for _ in 0..2 {
            let mut papers = SegmentBuilder::default();
            papers.push(&paper);
            let segment = papers.seal();
            let duplicates = deduplicator.add_segment(&segment);
            let _ = update(&mut state, Event::Load(LoadEvent::Segment(segment)));
            if let Some(duplicates) = duplicates {
                let _ = update(&mut state, Event::Load(LoadEvent::Duplicates(duplicates)));
            }
        }
        assert_eq!(state.corpus.paper_count(), 1);
        assert!(result_counts(&state).starts_with("1 ·"), "{}", result_counts(&state));
    }

    #[test]
    fn what_is_not_known_of_abstracts_yet_is_said() {
        let mut state = State::new(Arc::default(), 120, 36);
        let happen = |state: &mut State, event| {
            let _ = update(state, event);
            result_counts(state)
        };
        let mut papers = SegmentBuilder::default();
        for _ in 0..4 {
            papers.push(&Draft::default());
        }
        happen(&mut state, Event::Load(LoadEvent::Segment(papers.seal())));
        assert!(happen(&mut state, Event::IndexProgress(1)).contains("indexing abstracts 25 %"));
        happen(&mut state, Event::InitialSearch(SavedSearch::from_query("paper")));
        let mut answer = Response {
            query_id: state.filter.query_id,
            hits: Hits::default(),
            searched_papers: 4,
            facets: None,
            corrections: Vec::new(),
            similar: Arc::default(),
            references: None,
            stage: Stage::ReadingAbstracts,
        };
        let text = happen(&mut state, Event::SearchResponse(answer.clone()));
        assert!(text.contains("searching abstracts"), "{text}");
        answer.stage = Stage::Final;
        happen(&mut state, Event::SearchResponse(answer));
        let text = happen(&mut state, Event::IndexProgress(4));
        assert!(!text.contains("abstracts"), "{text}");
    }
}
