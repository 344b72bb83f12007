//! A digest as Markdown.

use std::fmt::Write as _;

use crate::cite::backslash_escape;
use crate::digest::layout::{Digest, DigestPaper};

pub fn markdown_text(digest: &Digest) -> String {
    let mut text = format!("# {}\n", escape(&digest.title()));
    for section in &digest.sections {
        let _ = write!(text, "\n## {}\n\n", section.kind.heading());
        section.papers.iter().for_each(|it| add_paper(&mut text, it));
    }
    text.push('\n');
    for note in &digest.notes {
        let _ = writeln!(text, "{}  ", escape(note));
    }
    text
}

fn add_paper(text: &mut String, paper: &DigestPaper) {
    let title = escape(&paper.title);
    let _ = match &paper.url {
        Some(url) => writeln!(text, "- **[{title}](<{url}>)**  "),
        None => writeln!(text, "- **{title}**  "),
    };
    for line in [&paper.authors, &paper.place, &paper.reason, &paper.gist] {
        if !line.is_empty() {
            let _ = writeln!(text, "  {}  ", escape(line));
        }
    }
    let links: Vec<String> =
        paper.links.iter().map(|it| format!("[{}](<{}>)", it.label, it.url)).collect();
    if !links.is_empty() {
        let _ = writeln!(text, "  {}", links.join(" · "));
    }
}

/// Escapes what has a meaning in Markdown, and HTML.
fn escape(text: &str) -> String {
    backslash_escape(text, "\\`*_[]<>#|~&$!")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::layout::tests::hostile_digest;

    #[test]
    fn a_title_cannot_end_its_link() {
        let text = markdown_text(&hostile_digest("A](x) <b> *c*"));
        let title = "[A\\](x) \\<b\\> \\*c\\*](<https://arxiv.org/abs/2611.00001>)";
        assert!(text.contains(title), "{text}");
    }
}
