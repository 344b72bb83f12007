//! Finds the identifiers and URLs in the fields of an entry.

use super::entry::BibtexEntry;
use crate::domain::{
    arxiv_id, arxiv_version, doi, find_doi, is_preprint_server, pmid as number_in_pubmed,
    repeats_identifier,
};
use crate::text::distinct;

/// Fields with URLs, those of the paper itself first.
const URL_FIELDS: [&str; 6] = ["url", "link", "ee", "pdf", "howpublished", "bdsk-url-1"];

/// Returns the arXiv identifier, from the fields that declare it or from those in which exports put
/// it.
pub fn arxiv(record: &BibtexEntry) -> Option<String> {
    let archive = record.get(&["archiveprefix", "eprinttype"]);
    let eprint = if archive.is_empty() || archive.eq_ignore_ascii_case("arxiv") {
        words(record.get(&["eprint"])).find_map(|it| arxiv_id(&it))
    } else {
        None
    };
    let declared = || words(record.get(&["arxivid", "arxiv"])).find_map(|it| arxiv_id(&it));
    let mentioned = || {
        let texts =
            ["journal", "journaltitle", "number", "volume", "pages", "howpublished", "note"];
        let is_arxiv = |it: &&str| is_preprint_server(it);
        texts.iter().map(|it| record.get(&[it])).filter(is_arxiv).find_map(arxiv_id_in_text)
    };
    let server = is_preprint_server(record.get(&["journal", "journaltitle"]));
    let volume = || arxiv_id_in_text(record.get(&["volume"])).filter(|_| server);
    let linked = || {
        let fields = URL_FIELDS.iter().chain(&["doi"]);
        fields.map(|it| verbatim(record.get(&[it]))).find_map(|it| arxiv_id(&it))
    };
    eprint.or_else(declared).or_else(mentioned).or_else(volume).or_else(linked)
}

/// Returns the version of the arXiv paper that the entry cites, if it is not the first.
pub fn arxiv_version_in_entry(record: &BibtexEntry, arxiv: &str) -> Option<String> {
    let texts = ["eprint", "arxivid", "arxiv"].iter().map(|it| record.get(&[it]));
    let mut words = texts.flat_map(words).chain(addresses(record));
    let version = words
        .find_map(|it| arxiv_version(&it).filter(|_| arxiv_id(&it).is_some_and(|id| id == arxiv)));
    version.map(|it| it.to_string())
}

/// Returns the DOI, unless it only repeats the arXiv identifier.
pub fn own_doi(record: &BibtexEntry) -> Option<String> {
    let is_own = |it: &str| arxiv_id(it).is_none();
    let linked =
        || addresses(record).iter().find_map(|it| doi(it).filter(|doi| is_own(it) && is_own(doi)));
    find_doi(&verbatim(record.get(&["doi"])), is_own).or_else(linked)
}

/// Returns the PMID, if the entry declares it or its note is only `PMID:` and the number.
pub fn pmid(record: &BibtexEntry) -> Option<String> {
    let is_pubmed = record.get(&["eprinttype"]).eq_ignore_ascii_case("pubmed");
    let declared = if is_pubmed { record.get(&["eprint"]) } else { "" };
    let note = unescape(record.get(&["note"]));
    let number_in_note = note.strip_prefix("PMID:").unwrap_or_default().trim();
    [declared, number_in_note].into_iter().find_map(number_in_pubmed)
}

/// Returns the URLs that do not follow from the identifiers.
pub fn urls(record: &BibtexEntry, arxiv: &str, doi: &str) -> Vec<String> {
    let is_more = |it: &String| !repeats_identifier(it, arxiv, doi);
    distinct(addresses(record).into_iter().filter(is_more))
}

/// Returns the arXiv categories, separated by spaces.
pub fn categories(record: &BibtexEntry) -> String {
    let class = record.get(&["primaryclass", "eprintclass"]);
    // As in `1706.03762 [cs]`.
    let bracket = |text: &str| {
        let (_, tail) = text.split_once('[')?;
        tail.split_once(']').map(|(inner, _)| inner.to_owned())
    };
    let hidden = || {
        let journal = Some(record.get(&["journal", "journaltitle"]));
        let candidates =
            [Some(record.get(&["eprint"])), journal.filter(|it| is_preprint_server(it))];
        candidates.into_iter().flatten().find_map(bracket).unwrap_or_default()
    };
    let class = if class.is_empty() { hidden() } else { class.to_owned() };
    let words = class.split(|c: char| c.is_whitespace() || c == ',' || c == ';');
    words.filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ")
}

fn addresses(record: &BibtexEntry) -> Vec<String> {
    let texts = URL_FIELDS.iter().flat_map(|it| words(record.get(&[it])));
    texts.filter(|it| it.contains("://")).collect()
}

fn arxiv_id_in_text(text: &str) -> Option<String> {
    words(text).find_map(|it| arxiv_id(it.strip_prefix("abs/").unwrap_or(&it)))
}

/// Splits a field of identifiers or URLs into words.
fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| c.is_whitespace() || ",[]".contains(c));
    words.map(verbatim).filter(|it| !it.is_empty())
}

/// Returns an identifier or URL without its TeX escapes.
fn verbatim(text: &str) -> String {
    unescape(&text.replace("\\url", ""))
}

/// Removes the TeX escapes of special characters: braces, backslashes and the usual macros.
pub fn unescape(text: &str) -> String {
    let text = text.replace("$<$", "<").replace("$>$", ">");
    let text = text.replace("\\textless", "<").replace("\\textgreater", ">");
    let text = text.replace("$\\sim$", "~").replace("\\textasciitilde", "~");
    let text = text.replace("$\\backslash$", "").replace("\\textbackslash", "\\");
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '{' | '}' => {}
            '\\' if chars.peek().is_some_and(|it| "_&%#${}~".contains(*it)) => {}
            _ => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(fields: &[(&str, &str)]) -> BibtexEntry {
        let fields = fields.iter().map(|&(name, text)| (name.to_owned(), text.to_owned()));
        BibtexEntry { fields: fields.collect(), ..BibtexEntry::default() }
    }

    #[test]
    fn an_arxiv_identifier_is_found_where_exports_put_it() {
        for fields in [
            &[("eprint", "2501.02950"), ("archiveprefix", "arXiv")][..],
            &[("eprint", "arXiv:2501.02950v2 [q-bio.NC]"), ("eprinttype", "arxiv")],
            &[("eprint", "2501.02950")],
            &[("journal", "arXiv preprint arXiv:2501.02950")],
            &[("journal", "arXiv:2501.02950 [cs]")],
            &[("journal", "CoRR"), ("volume", "abs/2501.02950")],
            &[("number", "arXiv:2501.02950")],
            &[("url", "http://arxiv.org/abs/2501.02950v1")],
            &[("howpublished", "\\url{https://arxiv.org/abs/2501.02950}")],
            &[("doi", "10.48550/arXiv.2501.02950")],
            &[("arxivid", "2501.02950")],
        ] {
            assert_eq!(arxiv(&record(fields)).as_deref(), Some("2501.02950"), "{fields:?}");
        }
        for fields in [
            &[("eprint", "2501.02950"), ("eprinttype", "hal")][..],
            &[("note", "extends arXiv:2501.02950")],
            &[("volume", "2501.02950")],
            &[("journal", "Corrosion Science")],
        ] {
            assert_eq!(arxiv(&record(fields)), None, "{fields:?}");
        }
    }

    #[test]
    fn identifiers_lose_their_tex() {
        let fields = [("doi", "10.1007/978-3\\_1{\\&}2"), ("url", "https://a.org/\\~{}x\\%20y")];
        let entry = record(&fields);
        assert_eq!(own_doi(&entry).as_deref(), Some("10.1007/978-3_1&2"));
        assert_eq!(urls(&entry, "", ""), ["https://a.org/~x%20y"]);
        for doi in [
            "10.1175/a(1)$<$2:b$>$3.0",
            "10.1175/a(1){\\textless}2:b\\textgreater{}3.0",
            "10.1175/a(1)\\%3C2:b\\%3E3.0",
            "https://doi.org/10.1175/a(1)%3C2:b%3E3.0.",
        ] {
            let record = record(&[("doi", doi)]);
            assert_eq!(own_doi(&record).as_deref(), Some("10.1175/a(1)<2:b>3.0"), "{doi}");
        }
    }

    #[test]
    fn addresses_that_only_repeat_an_identifier_are_left_out() {
        let fields = [
            ("url", "https://doi.org/10.1000/x"),
            ("ee", "https://arxiv.org/abs/2501.02950"),
            ("link", "https://a.org/b https://a.org/b"),
            ("pdf", "papers/a.pdf"),
        ];
        let record = record(&fields);
        assert_eq!(own_doi(&record).as_deref(), Some("10.1000/x"));
        assert_eq!(urls(&record, "2501.02950", "10.1000/x"), ["https://a.org/b"]);
    }

    #[test]
    fn an_address_gives_the_doi_in_it_and_stays_where_it_says_more() {
        for (url, doi, is_left_out) in [
            ("https://doi.org/10.2345%2F1990", "10.2345/1990", true),
            ("https://pub.example.org/doi/10.2345/1990/full", "10.2345/1990", false),
        ] {
            let record = record(&[("url", url)]);
            assert_eq!(own_doi(&record).as_deref(), Some(doi), "{url}");
            assert_eq!(urls(&record, "", doi).is_empty(), is_left_out, "{url}");
        }
        let record = record(&[("url", "https://doi.org/broken")]);
        assert_eq!(urls(&record, "", ""), ["https://doi.org/broken"]);
    }

    #[test]
    fn categories_are_those_that_the_entry_names() {
        assert_eq!(categories(&record(&[("primaryclass", "cs, eess; q-bio")])), "cs eess q-bio");
        assert_eq!(categories(&record(&[("journal", "arXiv:2501.02950 [cs, math]")])), "cs math");
        assert_eq!(categories(&record(&[("journal", "Acta [A]")])), "");
    }
}
