//! A digest as a page, which is also the last part of a mail: inline styles, since many mail programs
//! drop others; no image, no script, and colours of its own for a dark screen.

use std::fmt::Write as _;

use super::markup::escape;
use crate::digest::layout::{Digest, DigestPaper};
use crate::text::counted;

/// Colours of a dark screen. Programs that drop this style show the light page.
const DARK_STYLE: &str = "@media (prefers-color-scheme: dark) {\
    body, .page { background: #16181c !important; color: #e6e6e6 !important; }\
    a { color: #8ab4f8 !important; }\
    .faint { color: #a8adb5 !important; }\
    .rule { border-color: #3a3f47 !important; } }";
const BODY: &str = "margin:0;padding:0;background:#ffffff;color:#1a1a1a;\
    font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;\
    line-height:1.45;";
const PAGE: &str = "max-width:608px;margin:0 auto;padding:16px;overflow-wrap:anywhere;";
const HEADING: &str = "font-size:20px;line-height:1.3;margin:0 0 4px;";
const SECTION: &str =
    "font-size:16px;margin:28px 0 0;padding:0 0 4px;border-bottom:1px solid #d0d4da;";
const TITLE: &str = "font-size:16px;font-weight:600;margin:18px 0 2px;";
const LINK: &str = "color:#0b57d0;";
const FAINT: &str = "color:#5a6068;font-size:14px;margin:0;";
const GIST: &str = "margin:4px 0;";
const NOTES: &str = "margin:32px 0 0;padding:10px 0 0;border-top:1px solid #d0d4da;";

pub fn html_page(digest: &Digest) -> String {
    let title = escape(&digest.title());
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"supported-color-schemes\" content=\"light dark\">\n\
         <title>{title}</title>\n<style>{DARK_STYLE}</style>\n</head>\n\
         <body style=\"{BODY}\">\n<div class=\"page\" style=\"{PAGE}\">\n\
         <h1 style=\"{HEADING}\">{title}</h1>\n\
         <p class=\"faint\" style=\"{FAINT}\">{}</p>\n",
        counted(digest.paper_count(), "paper")
    );
    for section in &digest.sections {
        let heading = section.kind.heading();
        let _ = writeln!(page, "<h2 class=\"rule\" style=\"{SECTION}\">{heading}</h2>");
        section.papers.iter().for_each(|it| add_paper(&mut page, it));
    }
    let _ = writeln!(page, "<div class=\"rule\" style=\"{NOTES}\">");
    for note in &digest.notes {
        let _ = writeln!(page, "<p class=\"faint\" style=\"{FAINT}\">{}</p>", escape(note));
    }
    page + "</div>\n</div>\n</body>\n</html>\n"
}

fn add_paper(page: &mut String, paper: &DigestPaper) {
    let title = escape(&paper.title);
    let title = match &paper.url {
        Some(url) => format!("<a href=\"{}\" style=\"{LINK}\">{title}</a>", escape(url)),
        None => title,
    };
    // `dir="auto"` lets a right-to-left title run its way.
    let _ = writeln!(page, "<h3 dir=\"auto\" style=\"{TITLE}\">{title}</h3>");
    let facts = [&paper.authors, &paper.place];
    let facts: Vec<String> =
        facts.into_iter().filter(|it| !it.is_empty()).map(|it| escape(it)).collect();
    for line in [facts.join(" · "), escape(&paper.reason)].iter().filter(|it| !it.is_empty()) {
        let _ = writeln!(page, "<p dir=\"auto\" class=\"faint\" style=\"{FAINT}\">{line}</p>");
    }
    if !paper.gist.is_empty() {
        let _ = writeln!(page, "<p dir=\"auto\" style=\"{GIST}\">{}</p>", escape(&paper.gist));
    }
    let link = |url: &str, label: &str| {
        format!("<a href=\"{}\" style=\"{LINK}\">{}</a>", escape(url), escape(label))
    };
    let links: Vec<String> = paper.links.iter().map(|it| link(&it.url, it.label)).collect();
    if !links.is_empty() {
        let links = links.join(" · ");
        let _ = writeln!(page, "<p class=\"faint\" style=\"{FAINT}\">{links}</p>");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::layout::tests::hostile_digest;

    #[test]
    fn no_text_of_a_paper_is_markup() {
        let page = html_page(&hostile_digest("<b>\"x\" & 'y'</b><script>alert(1)</script>"));
        assert!(page.contains("&lt;b&gt;&quot;x&quot; &amp; &#39;y&#39;&lt;/b&gt;"), "{page}");
        assert!(
            !page.contains("<script") && !page.contains("<img") && !page.contains("javascript:")
        );
        assert!(page.contains("href=\"https://arxiv.org/abs/2611.00001\""), "{page}");
    }
}
