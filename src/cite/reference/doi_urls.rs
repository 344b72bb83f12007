//! Percent-encodes DOIs in the URLs of references; styles insert them unencoded.

use std::borrow::Cow;

use hayagriva::citationberg::json::{Item, Value};

use super::formatted::FormattedReference;
use crate::cite::writers::links::escape_html;
use crate::domain::doi_url;

const RESOLVER: &str = "doi.org/";

/// Encodes the DOIs of `items` after `doi.org/`. A DOI outside a URL is unchanged.
pub fn encode_doi_urls(set: FormattedReference, items: &[Item]) -> FormattedReference {
    if !set.text.contains(RESOLVER) {
        return set;
    }
    let (mut text, mut html) = (Cow::Borrowed(&*set.text), Cow::Borrowed(&*set.html));
    for item in items {
        let Some(Value::String(doi)) = item.0.get("DOI") else { continue };
        let url = doi_url(doi);
        let (address, plain_url) = (url.trim_start_matches("https://"), format!("{RESOLVER}{doi}"));
        if address != plain_url && text.contains(&plain_url) {
            text = text.replace(&plain_url, address).into();
            html = html.replace(&escape_html(&plain_url), &escape_html(address)).into();
        }
    }
    FormattedReference { text: text.into_owned(), html: html.into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_that_end_an_address_are_encoded_in_it_alone() {
        let doi = "10.1002/(sici)1<2::aid>3.0;2-#";
        let item = Item([("DOI".to_owned(), Value::String(doi.to_owned()))].into_iter().collect());
        let text = format!("A. https://doi.org/{doi}. doi:{doi}");
        let set = encode_doi_urls(FormattedReference { html: escape_html(&text), text }, &[item]);
        let expected =
            format!("A. https://doi.org/10.1002/(sici)1%3C2::aid%3E3.0;2-%23. doi:{doi}");
        assert_eq!(set.html, escape_html(&expected));
        assert_eq!(set.text, expected);
    }
}
