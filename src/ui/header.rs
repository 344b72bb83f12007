//! The top line: which corpus, how much of it is shown, what is under way, what is selected.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::text::{self, grouped};
use super::theme::Palette;
use crate::app::{Pane, Phase, Skipped, State, order_name, progress};
use crate::domain::Mark;
use crate::library::Standing;
use crate::search::{Direction, Order, Stage};
use crate::sources::human;

pub fn draw(state: &State, palette: &Palette, buf: &mut Buffer) {
    let area = state.view.areas.header;
    if area.is_empty() {
        return;
    }
    let row = text::after(Rect { width: area.width.saturating_sub(1), ..area }, 1);
    let row = text::right(buf, row, &held(state), palette.strong);
    let row = Rect { width: row.width.saturating_sub(1), ..row };
    let (name, counts) = match state.view.pane {
        Pane::Triage => ("Triage", progress(state)),
        _ => (state.load.name.as_str(), counts(state)),
    };
    let x = text::plain(buf, row, name, palette.strong);
    text::plain(buf, text::from(row, x + 2), &counts, palette.text);
}

/// `9 of 198 · also brain · by year`.
pub fn counts(state: &State) -> String {
    let all = state.paper_count() as usize;
    // Hits may still have records that have turned out to be of one paper since.
    let hits = if state.lists_all() { all } else { state.hits().len().min(all) };
    let pending = if state.is_searching() && hits != all { "…" } else { "" };
    let mut parts = vec![if hits == all && state.filter.query.is_empty() {
        grouped(all)
    } else {
        format!("{}{pending} of {}", grouped(hits), grouped(all))
    }];
    let tally = &state.filter.marks.tally;
    if state.library.marks.count(Mark::Read) > 0 {
        parts.push(format!("{} unread", grouped(tally.unread)));
    }
    if let Some(since) = &state.library.since
        && tally.count(Mark::New) > 0
    {
        let new = format!("{} new", grouped(tally.count(Mark::New)));
        let is_wide = state.view.width >= 80;
        parts.push(if is_wide { format!("{new} since {since}") } else { new });
    }
    if !state.filter.also.is_empty() {
        parts.push(format!("also {}", state.filter.also.join(", ")));
    }
    let order = state.filter.order;
    if order != Order::Relevance || state.filter.direction == Direction::Reverse {
        let name = order_name(order).split(',').next().unwrap_or_default();
        let turned = if state.filter.direction == Direction::Reverse { " reversed" } else { "" };
        parts.push(format!("by {name}{turned}"));
    }
    if state.filter.marks.skipped == Skipped::Shown {
        parts.push("skipped shown".to_owned());
    }
    if matches!(state.library.standing, Standing::ThisRun(_) | Standing::Stopped) {
        parts.push("marks not kept".to_owned());
    }
    parts.extend(loading(state));
    if state.filter.stage == Stage::Abstracts {
        parts.push("searching abstracts".to_owned());
    }
    if let Some(papers) = state.load.indexed {
        let percent = u64::from(papers) * 100 / u64::from(state.corpus.len().max(1));
        parts.push(format!("indexing abstracts {percent} %"));
    }
    match state.load.defect_count {
        0 => {}
        1 => parts.push("1 defect".to_owned()),
        defects => parts.push(format!("{} defects", grouped(defects))),
    }
    parts.join(" · ")
}

fn loading(state: &State) -> Option<String> {
    match (state.load.phase, state.load.total) {
        (Phase::Done, _) => None,
        (Phase::Paused, _) => Some("stopped, R resumes".to_owned()),
        (Phase::Loading, Some(total)) if total > 0 => {
            let percent = state.load.bytes.min(total) * 100 / total;
            Some(format!("loading {percent} % of {}", human(total)))
        }
        (Phase::Loading, _) => Some(format!("loading, {}", human(state.load.bytes))),
    }
}

/// What is selected, starred and in the basket, where there is any.
fn held(state: &State) -> String {
    let starred = state.filter.marks.tally.count(Mark::Starred);
    let basket = state.library.basket.kept.len();
    let mut parts = vec![selected(state)];
    // Where there is little room they have the signs that they have in the rows.
    let names = match state.view.width {
        80.. => ["starred", "in the basket"],
        60.. => ["★", "+"],
        _ => ["", ""],
    };
    for (count, name) in [starred, basket].into_iter().zip(names) {
        if !name.is_empty() {
            parts.push(some(count, name));
        }
    }
    parts.retain(|it| !it.is_empty());
    parts.join(" · ")
}

fn some(count: usize, what: &str) -> String {
    if count == 0 { String::new() } else { format!("{} {what}", grouped(count)) }
}

fn selected(state: &State) -> String {
    let count = state.selection.papers().len();
    if let Some(anchor) = state.selection.anchor() {
        let range = anchor.abs_diff(state.list.cursor) + 1;
        let before = if count > 0 { format!("{count} selected + ") } else { String::new() };
        return format!("{before}{range} in the range");
    }
    match (count, state.selection.hidden) {
        (0, _) => String::new(),
        (_, 0) => format!("{count} selected"),
        (_, hidden) => format!("{count} selected, {hidden} hidden"),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::{Event, update};
    use crate::domain::{Draft, Linker, SegmentBuilder};
    use crate::library::Saved;
    use crate::search::{Answer, Hits, Query};
    use crate::sources::Loading;

    #[test]
    fn the_count_of_hits_is_open_until_all_are_there() {
        let mut state = State::new(Arc::default(), 120, 36);
        let mut papers = SegmentBuilder::default();
        (0..9).for_each(|_| papers.push(&Draft::default()));
        for event in [Loading::Segment(papers.seal()), Loading::Done] {
            let _ = update(&mut state, Event::Loading(event));
        }
        state.filter.query = Arc::new(Query::parse("paper"));
        state.filter.hits = Hits::default();
        for (stage, shown) in [
            (Stage::Partial, "0… of 9"),
            (Stage::Abstracts, "0… of 9 · searching abstracts"),
            (Stage::Counting, "0 of 9"),
            (Stage::Final, "0 of 9"),
        ] {
            state.filter.stage = stage;
            assert_eq!(counts(&state), shown);
        }
        let mut more = SegmentBuilder::default();
        more.push(&Draft::default());
        state.corpus.push(more.seal());
        assert_eq!(counts(&state), "0… of 10", "the last has not been looked at");
    }

    #[test]
    fn papers_are_counted_and_not_their_records_before_they_are_linked() {
        let mut state = State::new(Arc::default(), 120, 36);
        let mut happen = |event| {
            let _ = update(&mut state, Event::Loading(event));
            counts(&state)
        };
        happen(Loading::Repeats(Arc::new([1, 5])));
        let segment = || {
            let mut papers = SegmentBuilder::default();
            for number in 0..4 {
                papers.push(&Draft { title: format!("Paper {number}"), ..Draft::default() });
            }
            papers.seal()
        };
        assert!(happen(Loading::Segment(segment())).starts_with("3 ·"));
        assert!(happen(Loading::Segment(segment())).starts_with("6 ·"));
    }

    #[test]
    fn more_hits_than_papers_are_not_counted() {
        let mut state = State::new(Arc::default(), 120, 36);
        let mut linker = Linker::default();
        let paper =
            Draft { title: "Twice".to_owned(), arxiv: "2401.00001".into(), ..Draft::default() };
        for _ in 0..2 {
            let mut papers = SegmentBuilder::default();
            papers.push(&paper);
            let segment = papers.seal();
            let overlay = linker.meet(&segment);
            let _ = update(&mut state, Event::Loading(Loading::Segment(segment)));
            if let Some(overlay) = overlay {
                let _ = update(&mut state, Event::Loading(Loading::Linked(overlay)));
            }
        }
        assert_eq!(state.corpus.paper_count(), 1);
        assert!(counts(&state).starts_with("1 ·"), "{}", counts(&state));
    }

    #[test]
    fn what_is_not_known_of_abstracts_yet_is_said() {
        let mut state = State::new(Arc::default(), 120, 36);
        let happen = |state: &mut State, event| {
            let _ = update(state, event);
            counts(state)
        };
        let mut papers = SegmentBuilder::default();
        for _ in 0..4 {
            papers.push(&Draft::default());
        }
        happen(&mut state, Event::Loading(Loading::Segment(papers.seal())));
        assert!(happen(&mut state, Event::Indexed(1)).contains("indexing abstracts 25 %"));
        happen(&mut state, Event::Began(Saved::of("paper")));
        let mut answer = Answer {
            ticket: state.filter.ticket,
            hits: Hits::default(),
            searched: 4,
            facets: None,
            also: Vec::new(),
            stage: Stage::Abstracts,
        };
        let said = happen(&mut state, Event::Matched(answer.clone()));
        assert!(said.contains("searching abstracts"), "{said}");
        answer.stage = Stage::Final;
        happen(&mut state, Event::Matched(answer));
        let said = happen(&mut state, Event::Indexed(4));
        assert!(!said.contains("abstracts"), "{said}");
    }
}
