//! `offprint digest`: prints or sends what is new.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::anyhow;
use jiff::civil::Date;

use super::digest_mail::{DigestFiles, MailPlan};
use super::find::{marks_of, select_exact};
use super::follow::read_follow_list;
use super::library::saved_search;
use super::output_file::{refuse_to_replace, write_file};
use super::print::print_lines;
use super::read::{ReadOutcome, read_at_most};
use super::update::{local_day, now, update_inbox};
use super::{digest_interest, digest_mail, online_filter};
use crate::cite::{OutputFormat, render};
use crate::cli::args::digest::{DigestArgs, DigestForm};
use crate::cli::config::inbox::{default_sources, inbox_directory};
use crate::cli::config::input_sources::sources_from_files;
use crate::cli::config::options::Options;
use crate::cli::report::{EXIT_FAILED, EXIT_NOTHING_FOUND, report};
use crate::digest::{
    Digest, DigestSection, DigestSelection, LineBreaks, SentLog, atom_feed, digest_paper,
    html_page, markdown_text, marked_news, plain_text, select_new,
};
use crate::domain::{BibField, Corpus, InterestModel, Mark, PaperId};
use crate::sources::{Cache, KeepPeriod, NetworkAccess, Source};
use crate::text::{counted, sanitise};

/// Papers that may be in the digest, and what failed on the way to them.
#[derive(Debug, Default)]
struct Candidates {
    outcome: ReadOutcome,
    ids: Vec<PaperId>,
    /// Number of papers that the user has read or skipped.
    read_papers: usize,
    /// The interest of the reader, if enough papers are starred.
    interest: Option<InterestModel>,
    failures: Vec<String>,
    has_failed: bool,
}

/// Prints or sends the digest. The exit code is 1 if nothing is new, and 2 if no source could be
/// fetched.
pub fn run(options: &Options, args: &DigestArgs) -> anyhow::Result<ExitCode> {
    options.complaints.iter().for_each(|it| report(it));
    let delivery = &args.delivery;
    let day = local_day(now());
    let since = args.since.as_deref().map(|it| parse_since(it, day)).transpose()?;
    let needs_mail = delivery.send || args.check || args.form == DigestForm::Eml;
    let plan = needs_mail.then(|| MailPlan::new(options, args)).transpose()?;
    if let Some(plan) = plan.as_ref().filter(|_| args.check) {
        return digest_mail::send_test(plan, day);
    }
    if let Some(path) = &args.file.output {
        refuse_to_replace(path, args.file.force)?;
    }
    let files = DigestFiles::new()?;
    let is_recorded = (delivery.send && !delivery.dry_run) || delivery.mark_sent;
    let lock = is_recorded.then(|| files.lock()).transpose()?;
    let mut log = files.read_log()?;
    let send_plan = plan.as_ref().filter(|_| delivery.send && !delivery.dry_run);
    let has_sent = match send_plan {
        Some(plan) => digest_mail::finish_pending(&files, plan, &mut log)?,
        None => false,
    };
    let candidates = read_candidates(options, args, &log)?;
    let corpus = &candidates.outcome.corpus;
    // A feed has the newest papers, also those that were sent: its reader remembers what it has.
    let unsent = SentLog::default();
    let known = if args.form == DigestForm::Atom { &unsent } else { &log };
    let selection = select_new(corpus, &candidates.ids, known, since, args.limit);
    let failed = candidates.has_failed.then(|| EXIT_FAILED.into());
    if selection.is_empty() {
        if has_sent {
            return Ok(ExitCode::SUCCESS);
        }
        if failed.is_none() {
            report("nothing new");
        }
        return Ok(failed.unwrap_or_else(|| EXIT_NOTHING_FOUND.into()));
    }
    let name = digest_name(args);
    let since = since.or_else(|| log.last_day(&name));
    let sent_papers = selection.sent_papers(corpus, &name, day);
    let digest = make_digest(&candidates, &selection, name, day, since);
    if let Some(plan) = send_plan {
        digest_mail::send(&files, plan, &digest, sent_papers, &mut log)?;
    } else {
        let text = match (args.form, &plan) {
            (DigestForm::Text, _) => plain_text(&digest, LineBreaks::Fixed),
            (DigestForm::Markdown, _) => markdown_text(&digest),
            (DigestForm::Html, _) => html_page(&digest),
            (DigestForm::Atom, _) => atom_feed(&digest),
            (DigestForm::Jsonl, _) => json_lines(options, corpus, &selection),
            (DigestForm::Eml, Some(plan)) => {
                // A program that reads a mail on this machine expects line feeds alone.
                digest_mail::message(plan, &digest, &log)?.text.replace("\r\n", "\n")
            }
            (DigestForm::Eml, None) => return Err(anyhow!("--as eml needs a recipient (--to)")),
        };
        write_text(&text, args.file.output.as_deref(), args.file.force)?;
        if delivery.mark_sent {
            files.record(&mut log, sent_papers)?;
        }
    }
    drop(lock);
    Ok(failed.unwrap_or(ExitCode::SUCCESS))
}

/// The name of a digest: what is listed, and the search in it.
fn digest_name(args: &DigestArgs) -> String {
    let sources = args.sources.iter().map(|it| it.to_string_lossy().into_owned());
    let mut name = sources.collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        "inbox".clone_into(&mut name);
    }
    for search in args.saved.iter().chain(&args.filter) {
        name = format!("{name}, {search}");
    }
    sanitise(&name).chars().take(200).collect()
}

/// Parses a day, or the day before which a time began.
fn parse_since(text: &str, today: Date) -> anyhow::Result<Date> {
    if let Ok(day) = text.parse::<Date>() {
        return Ok(day);
    }
    let period = KeepPeriod::parse(text);
    let period =
        period.ok_or_else(|| anyhow!("--since {text}: no day such as 2026-11-28 or 7d"))?;
    Ok(today.saturating_sub(jiff::Span::new().days(i64::from(period.days))))
}

/// Updates the inbox if it is listed, and reads the papers: those that may interest the reader most
/// come first, or else the newest.
fn read_candidates(
    options: &Options,
    args: &DigestArgs,
    log: &SentLog,
) -> anyhow::Result<Candidates> {
    let mut candidates = Candidates::default();
    let sources = digest_sources(options, args, &mut candidates)?;
    if sources.is_empty() {
        return Ok(candidates);
    }
    let saved = args.saved.as_deref().map(|it| saved_search(options, it)).transpose()?;
    let cache = options.cache.as_ref().map(Cache::as_read_only);
    let mut outcome = read_at_most(usize::MAX, &sources, &options.read_options, cache.as_ref())?;
    let failures = std::mem::take(&mut outcome.failures);
    for failure in &failures {
        report(failure);
    }
    candidates.has_failed |= !failures.is_empty() && outcome.corpus.is_empty();
    candidates.failures.extend(failures);
    let queries: Vec<&str> =
        saved.iter().map(|it| &*it.query).chain(args.filter.as_deref()).collect();
    let corpus = &outcome.corpus;
    let matching = select_exact(corpus, &queries);
    let mut ids: Vec<PaperId> =
        online_filter::apply(options, &outcome, matching.into_iter()).collect();
    let marks = marks_of(options, corpus);
    let before = ids.len();
    let is_read = |it: &Mark| matches!(it, Mark::Read | Mark::Skipped);
    // A change of a paper is news also if the paper was read.
    ids.retain(|id| {
        !marks.paper_marks(*id).marks.iter().any(is_read) || !marked_news(corpus, *id).is_empty()
    });
    candidates.read_papers = before - ids.len();
    let listed = |id: &PaperId| corpus.get(*id).map(|it| it.field(BibField::Listed).to_owned());
    ids.sort_by_cached_key(|id| std::cmp::Reverse(listed(id)));
    candidates.interest = digest_interest::train(options, corpus, &marks, log)?;
    if let Some(model) = &candidates.interest {
        digest_interest::sort(model, corpus, &mut ids);
    }
    candidates.ids = ids;
    candidates.outcome = outcome;
    Ok(candidates)
}

/// The sources to read. What is followed among them is fetched first, unless that is forbidden.
fn digest_sources(
    options: &Options,
    args: &DigestArgs,
    candidates: &mut Candidates,
) -> anyhow::Result<Vec<Source>> {
    let list = read_follow_list(options)?;
    let followed = |it: &Path| {
        let name = it.to_str().filter(|_| !it.exists())?;
        Some(list.find(name.strip_prefix("inbox:").unwrap_or(name))?.name.clone())
    };
    let names: Vec<String> = args.sources.iter().filter_map(|it| followed(it)).collect();
    let is_online = options.read_options.online.access != NetworkAccess::Offline;
    let is_inbox = args.sources.is_empty() || !names.is_empty();
    if is_inbox && is_online && !list.sources.is_empty() {
        let update = update_inbox(options, &names, true)?;
        candidates.has_failed = update.has_failed();
        candidates.failures = update.failures;
    }
    let inbox = inbox_directory()?;
    if args.sources.is_empty() {
        let has_search = args.saved.is_some() && list.sources.is_empty();
        let files = inbox.files(None).into_iter().map(Source::Inbox).collect();
        return Ok(if has_search { default_sources() } else { files });
    }
    let mut sources = Vec::new();
    for source in &args.sources {
        match followed(source) {
            Some(name) => sources.extend(inbox.files(Some(&name)).into_iter().map(Source::Inbox)),
            None => sources.extend(sources_from_files(&[PathBuf::from(source)])?),
        }
    }
    Ok(sources)
}

fn make_digest(
    candidates: &Candidates,
    selection: &DigestSelection,
    name: String,
    day: Date,
    since: Option<Date>,
) -> Digest {
    let corpus = &candidates.outcome.corpus;
    let paper = |id: &PaperId| {
        let abstract_text = corpus.abstract_text(*id).unwrap_or_default();
        let news = selection.news.get(id).map(|it| it.join(", "));
        let paper = corpus.get(*id)?;
        let model = candidates.interest.as_ref();
        let interest =
            model.and_then(|it| digest_interest::reason(it, paper.title, &abstract_text));
        let reasons: Vec<String> = news.into_iter().chain(interest).collect();
        let reason = (!reasons.is_empty()).then(|| reasons.join(" · "));
        Some(digest_paper(&paper, &abstract_text, reason.as_deref()))
    };
    let section = |(kind, ids): &(_, Vec<PaperId>)| DigestSection {
        kind: *kind,
        papers: ids.iter().filter_map(paper).collect(),
    };
    let shown = selection.papers().count();
    let since = since.map_or_else(String::new, |it| format!(" since {it}"));
    let mut notes =
        vec![format!("{shown} of {}{since}", counted(selection.new_papers, "new paper"))];
    if selection.new_papers > shown {
        notes.push("The others come in the next digest".to_owned());
    }
    if candidates.read_papers > 0 {
        notes.push(format!(
            "{} left out: read or skipped",
            counted(candidates.read_papers, "paper")
        ));
    }
    notes.extend(candidates.failures.iter().map(|it| format!("Failed: {}", sanitise(it))));
    notes.push(
        "`offprint follow` and `offprint unfollow` change what is listed, `offprint digest --help` \
         how"
        .to_owned(),
    );
    Digest { name, day, sections: selection.sections.iter().map(section).collect(), notes }
}

fn json_lines(options: &Options, corpus: &Corpus, selection: &DigestSelection) -> String {
    let ids: Vec<PaperId> = selection.papers().collect();
    render(corpus, &ids, OutputFormat::Jsonl, &options.style).text
}

fn write_text(text: &str, output: Option<&Path>, force: bool) -> anyhow::Result<()> {
    let Some(path) = output else { return print_lines(&[text]) };
    let written = write_file(path, force, |file| {
        file.write_all(text.as_bytes())?;
        Ok(Some(text.len()))
    });
    written.map(|_| ())
}
