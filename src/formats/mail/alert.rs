//! Finds the papers of an alert: links to papers with their titles, and the authors, venue and text
//! near them. Alerts have no common form, so what is a title or an author is told by its shape.

use super::paper_link::PaperLink;
use crate::domain::{BibField, Draft, PaperKind, arxiv_id, doi};
use crate::formats::html::text::{HtmlBlock, HtmlLink};
use crate::formats::values::author_list::{self, looks_like_authors};
use crate::formats::values::date::Date;

/// A title has at least this many characters, and two words.
const MIN_TITLE_CHARS: usize = 10;
const MAX_TITLE_CHARS: usize = 400;
/// A text of at least this many characters under a title is an abstract.
const MIN_ABSTRACT_CHARS: usize = 80;
/// The blocks before a link in which its title is searched, and those after a title that belong to
/// it.
const MAX_BLOCKS_BEFORE: usize = 4;
const MAX_BLOCKS_AFTER: usize = 8;
/// Maximum number of papers of one mail, and of bytes that are read after a title. They bound the time
/// and the memory for hostile mails.
const MAX_PAPERS: usize = 2000;
const MAX_LINE_LEN: usize = 6000;
/// Words of links that do something with a paper.
const ACTIONS: [&str; 28] = [
    "abstract", "access", "article", "cite", "click", "download", "full", "full-text", "here",
    "html", "library", "more", "online", "open", "paper", "pdf", "publication", "publisher",
    "read", "save", "see", "share", "source", "text", "the", "this", "to", "view",
];

/// A paper of an alert, with the place of its title.
struct AlertPaper {
    link: PaperLink,
    title: String,
    /// The block of the title, and the bytes of it after the title.
    block: usize,
    end: usize,
    /// The block of the link.
    link_block: usize,
}

/// Returns the papers of a mail.
pub fn papers(blocks: &[HtmlBlock]) -> Vec<Draft> {
    let mut papers: Vec<AlertPaper> = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        for link in &block.links {
            if papers.len() >= MAX_PAPERS {
                break;
            }
            let Some(paper_link) = PaperLink::parse(&link.url) else { continue };
            if let Some(last) =
                papers.iter_mut().rev().take(3).find(|it| it.link.is_same(&paper_link))
            {
                last.link_block = at;
                continue;
            }
            let from = papers.last().map_or(0, |it| it.link_block + 1);
            if let Some((title, title_block, end)) = title(blocks, at, link, from) {
                let link_block = at;
                papers.push(AlertPaper {
                    link: paper_link,
                    title,
                    block: title_block,
                    end,
                    link_block,
                });
            }
        }
    }
    let ends = papers.iter().skip(1).map(|it| it.block).chain([blocks.len()]);
    let ends: Vec<usize> = ends.collect();
    papers.iter().zip(ends).map(|(it, end)| draft(it, blocks, end)).collect()
}

/// The title of a link: its text, or that of a block before it. With the block, and the offset at
/// which the title ends there.
fn title(
    blocks: &[HtmlBlock],
    at: usize,
    link: &HtmlLink,
    from: usize,
) -> Option<(String, usize, usize)> {
    let own_text = without_label(blocks[at].link_text(link));
    if is_title(own_text) {
        return Some((own_text.to_owned(), at, link.range.end));
    }
    let first = from.max(at.saturating_sub(MAX_BLOCKS_BEFORE));
    let before: Vec<usize> = (first..at).rev().filter(|it| is_title(text(&blocks[*it]))).collect();
    let mut titles = before.iter().filter(|it| !looks_like_authors(text(&blocks[**it])));
    let nearest = *titles.next()?;
    // A single author looks like a title of two or three words.
    let is_behind_title = |it: &&usize| **it + 1 == nearest && is_name(text(&blocks[nearest]));
    let block = titles.next().filter(is_behind_title).copied().unwrap_or(nearest);
    Some((text(&blocks[block]).to_owned(), block, blocks[block].text.len()))
}

fn text(block: &HtmlBlock) -> &str {
    without_label(block.text.trim())
}

/// A title without what Google Scholar puts before it: `[PDF]`.
fn without_label(text: &str) -> &str {
    let label = text.strip_prefix('[').and_then(|it| it.split_once(']'));
    label.filter(|(label, _)| label.len() <= 8).map_or(text, |(_, title)| title.trim())
}

fn is_title(text: &str) -> bool {
    const MAX_CHAR_LEN: usize = 4;
    if text.len() > MAX_TITLE_CHARS * MAX_CHAR_LEN {
        return false;
    }
    let len = text.chars().count();
    let mut words = text.split_whitespace();
    let is_action = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        word.is_empty() || ACTIONS.contains(&word.as_str())
    };
    (MIN_TITLE_CHARS..=MAX_TITLE_CHARS).contains(&len)
        && words.clone().nth(1).is_some()
        && !words.all(is_action)
        && !text.contains("://")
        && doi(text).is_none()
        && arxiv_id(text).is_none()
}

/// Returns true if all of two to four words begin with a capital.
fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    (2..=4).contains(&words.len()) && words.iter().all(|it| it.starts_with(char::is_uppercase))
}

fn draft(paper: &AlertPaper, blocks: &[HtmlBlock], end: usize) -> Draft {
    let PaperLink { arxiv, doi, url } = paper.link.clone();
    let is_identified = !arxiv.is_empty() || !doi.is_empty();
    let urls = if is_identified { Vec::new() } else { vec![url] };
    let mut draft = Draft { title: paper.title.clone(), arxiv, doi, urls, ..Draft::default() };
    let rest = clip(blocks[paper.block].text.get(paper.end..).unwrap_or_default());
    let rest = rest.trim_matches(|c: char| c.is_whitespace() || ".,;:–-|".contains(c));
    let after = blocks.iter().take(end).skip(paper.block + 1).take(MAX_BLOCKS_AFTER);
    let lines = [rest].into_iter().chain(after.map(|it| clip(it.text.trim())));
    let mut lines = lines.filter(|it| !it.is_empty()).peekable();
    if let Some((authors, source)) = lines.peek().and_then(|it| it.split_once(" - "))
        && is_scholar_line(source)
    {
        draft.authors = author_list::split(authors);
        add_scholar_source(source, &mut draft);
        lines.next();
    }
    for line in lines {
        let names = line.strip_prefix("by ").or_else(|| line.strip_prefix("By ")).unwrap_or(line);
        let len = line.chars().count();
        if draft.authors.is_empty() && len <= MAX_TITLE_CHARS * 2 && looks_like_authors(names) {
            draft.authors = author_list::split(names);
        } else if draft.abstract_text.is_empty() && len >= MIN_ABSTRACT_CHARS {
            line.trim_start_matches("TLDR").trim().clone_into(&mut draft.abstract_text);
        } else if draft.year.is_none()
            && len <= MIN_ABSTRACT_CHARS
            && let Some(date) = Date::parse(line)
        {
            draft.year = Some(date.year);
            draft.add_field(BibField::Date, date.to_string());
        }
    }
    if !draft.arxiv.is_empty() && draft.venue.is_empty() && draft.doi.is_empty() {
        draft.kind = PaperKind::Preprint;
    }
    draft
}

/// The beginning of a text.
fn clip(text: &str) -> &str {
    &text[..text.floor_char_boundary(MAX_LINE_LEN)]
}

/// Returns true for what Google Scholar puts behind the authors: `Journal of Snow, 2024`.
fn is_scholar_line(source: &str) -> bool {
    let last = source.split(" - ").next().unwrap_or_default();
    last.rsplit(',').next().is_some_and(|it| {
        let year = it.trim();
        year.len() == 4 && year.bytes().all(|it| it.is_ascii_digit())
    })
}

fn add_scholar_source(source: &str, draft: &mut Draft) {
    let source = source.split(" - ").next().unwrap_or_default();
    let (venue, year) = source.rsplit_once(',').unwrap_or(("", source));
    draft.year = year.trim().parse().ok();
    match venue.trim() {
        venue if venue.to_ascii_lowercase().starts_with("arxiv preprint") => {
            let id = venue.split_whitespace().last().and_then(arxiv_id);
            if draft.arxiv.is_empty() {
                draft.arxiv = id.unwrap_or_default();
            }
            draft.kind = PaperKind::Preprint;
        }
        venue => venue.trim_end_matches('…').trim().clone_into(&mut draft.venue),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::html::text::html_blocks;

    #[test]
    fn an_alert_of_google_scholar_has_authors_venue_and_snippet() {
        let html = "<div><h3><span>[PDF]</span> <a class=\"gse_alrt_title\" \
            href=\"https://scholar.google.com/scholar_url?url=https://example.org/melt.pdf&amp;hl=en\">\
            On the <b>Melting</b> of Snow</a></h3><div>A Moss, I Fen\u{2026} - Journal of Snow, 2026 - example.org</div>\
            <div>Snow melts in May, as we <b>show</b> \u{2026} with many words that make this a snippet of some length</div>\
            <table><tr><td><a href=\"https://scholar.google.com/citations?x=1\">Save</a></td></tr></table>\
            <h3><a href=\"https://scholar.google.com/scholar_url?url=http://arxiv.org/abs/2601.00009\">Firn and Its Layers</a></h3>\
            <div>B Peat - arXiv preprint arXiv:2601.00009, 2026</div></div>\
            <p>This alert was sent to you by <a href=\"https://scholar.google.com/scholar_alerts\">Google Scholar</a></p>";
        let drafts = papers(&html_blocks(html));
        assert_eq!(drafts.len(), 2);
        assert_eq!(drafts[0].title, "On the Melting of Snow");
        assert_eq!(drafts[0].authors, ["A Moss", "I Fen", "others"]);
        assert_eq!((&*drafts[0].venue, drafts[0].year), ("Journal of Snow", Some(2026)));
        assert_eq!(drafts[0].urls, ["https://example.org/melt.pdf"]);
        assert!(drafts[0].abstract_text.starts_with("Snow melts in May"));
        assert_eq!((&*drafts[1].title, &*drafts[1].arxiv), ("Firn and Its Layers", "2601.00009"));
        assert_eq!((drafts[1].kind, &*drafts[1].venue), (PaperKind::Preprint, ""));
    }

    #[test]
    fn a_hostile_mail_is_bounded() {
        let link = "<a href=\"https://doi.org/10.1000/N\">A title of a paper</a> ";
        let links: String = (0..20_000).map(|it| link.replace('N', &it.to_string())).collect();
        let html = format!("<p>{links}</p><p>{}</p>", "é ".repeat(500_000));
        let drafts = papers(&html_blocks(&html));
        assert_eq!(drafts.len(), MAX_PAPERS);
        assert!(drafts.iter().all(|it| it.text_bytes() < 2 * MAX_LINE_LEN));
    }

    #[test]
    fn an_alert_of_semantic_scholar_has_authors_and_a_summary() {
        let html = "<table><tr><td><a href=\"https://www.semanticscholar.org/paper/On-Snow/0123abcd?utm_source=alert\">\
            A Study of Old Snow</a></td></tr><tr><td>Ada Moss, Iris Fen</td></tr><tr><td>5 January 2026</td></tr>\
            <tr><td><b>TLDR</b> This work shows that old snow is denser than new snow by a factor of three to five.</td></tr>\
            <tr><td><a href=\"https://www.semanticscholar.org/paper/On-Snow/0123abcd\">Expand</a></td></tr></table>";
        let drafts = papers(&html_blocks(html));
        assert_eq!(drafts.len(), 1);
        assert_eq!(drafts[0].authors, ["Ada Moss", "Iris Fen"]);
        assert_eq!((drafts[0].year, drafts[0].field(BibField::Date)), (Some(2026), "2026-01-05"));
        assert!(drafts[0].abstract_text.starts_with("This work shows"), "{:?}", drafts[0]);
    }

    #[test]
    fn a_table_of_contents_has_a_title_for_each_identifier() {
        let html = "<h2>Research articles</h2><p><b>Glaciers in the Dark</b></p><p>Ada Moss</p>\
            <p>DOI: <a href=\"https://doi.org/10.1000/dark\">10.1000/dark</a></p>\
            <p><a href=\"https://example.org/doi/abs/10.1000/light\">Glaciers in the Light</a><br>Ada Moss and Iris Fen</p>\
            <p><a href=\"https://example.org/doi/abs/10.1000/light\">Abstract</a> | \
            <a href=\"https://example.org/doi/pdf/10.1000/light\">PDF</a></p>\
            <p><a href=\"https://example.org/unsubscribe\">Manage your alerts here</a></p>";
        let drafts = papers(&html_blocks(html));
        let found: Vec<_> = drafts.iter().map(|it| (&*it.title, &*it.doi)).collect();
        assert_eq!(
            found,
            [("Glaciers in the Dark", "10.1000/dark"), ("Glaciers in the Light", "10.1000/light")]
        );
        assert_eq!(drafts[1].authors, ["Ada Moss", "Iris Fen"]);
    }
}
