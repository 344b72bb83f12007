//! Parses addresses, and tells what may stand behind the name of a service.

use super::address::{Address, AddressError, Listing, Month, Period, PreprintServer, Relation};
use super::arxiv_category::is_arxiv_category;
use super::service::Service;
use crate::domain::{Identifier, doi};
use crate::text::nearest_word;

impl Address {
    /// Parses an address. The text alone decides; a file of this name takes precedence, which the
    /// caller checks.
    ///
    /// # Errors
    ///
    /// Returns the reason if the text is no address.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let text = text.trim();
        if let Some(identifier) = single_paper(text) {
            return Ok(Self::Papers(vec![identifier]));
        }
        if text.starts_with("https://") || text.starts_with("http://") {
            return Ok(Self::Page(text.to_owned()));
        }
        let (prefix, rest) = text.split_once(':').unwrap_or((text, ""));
        let relation = Relation::ALL.into_iter().find(|it| it.prefix() == prefix);
        if let Some(relation) = relation {
            return parse_related(relation, rest.trim(), text);
        }
        let mut services = Service::ALL.into_iter().filter(|it| *it != Service::Web);
        if let Some(service) = services.find(|it| it.prefix() == prefix) {
            // A blank behind the colon means nothing.
            if let Some(identifier) = single_paper(&format!("{prefix}:{}", rest.trim())) {
                return Ok(Self::Papers(vec![identifier]));
            }
            return parse_of_service(service, rest.trim(), text);
        }
        let is_word = |it: char| it.is_ascii_alphanumeric() || it == '-';
        if !text.contains(':') || prefix.is_empty() || !prefix.chars().all(is_word) {
            return Err(AddressError::FileName(text.to_owned()));
        }
        let known = Service::ALL.map(Service::prefix).into_iter();
        let nearest = nearest_word(prefix, known.chain(Relation::ALL.map(Relation::prefix)));
        let nearest = nearest.map(|it| format!("{it}:{rest}"));
        Err(AddressError::UnknownService { text: text.to_owned(), nearest })
    }
}

/// Recognises the identifier of one paper, or its page at arXiv, at a resolver or at `PubMed`.
fn single_paper(text: &str) -> Option<Identifier> {
    // The page of a publisher is a page; its DOI would lead away from what the user named.
    let is_url = text.contains("://");
    let lower = text.to_ascii_lowercase();
    let is_resolver = ["arxiv.org/", "doi.org/", "huggingface.co/papers/"]
        .iter()
        .any(|host| lower.contains(host));
    if is_url && !is_resolver {
        return None;
    }
    let (prefix, rest) = text.split_once(':').unwrap_or(("", ""));
    match prefix.to_ascii_lowercase().as_str() {
        "pmid" => return crate::domain::pmid(rest.trim()).map(Identifier::Pmid),
        "pmcid" => return crate::domain::pmcid(rest.trim()).map(Identifier::Pmcid),
        _ => {}
    }
    Identifier::recognise(text)
}

fn parse_related(relation: Relation, rest: &str, text: &str) -> Result<Address, AddressError> {
    if rest.is_empty() {
        let choices = "the identifier of a paper, as in `2501.02950` or `10.1000/182`";
        return Err(AddressError::Incomplete { prefix: relation.prefix(), choices });
    }
    let reason = "not the identifier of a paper (arXiv, DOI or PMID)";
    let invalid = || AddressError::Invalid { text: text.to_owned(), reason };
    single_paper(rest).map(|it| Address::Related(relation, it)).ok_or_else(invalid)
}

fn parse_of_service(service: Service, rest: &str, text: &str) -> Result<Address, AddressError> {
    let invalid = |reason| AddressError::Invalid { text: text.to_owned(), reason };
    let search = || Address::Search { service, query: rest.to_owned() };
    match service {
        Service::HuggingFace => match rest {
            "" => Ok(Address::Listing(Listing::DailyPapers(Period::Newest))),
            "trending" => Ok(Address::Listing(Listing::Trending)),
            _ => match Period::parse(rest) {
                Some(Ok(period)) => Ok(Address::Listing(Listing::DailyPapers(period))),
                Some(Err(reason)) => Err(invalid(reason)),
                None => Ok(search()),
            },
        },
        Service::Biorxiv | Service::Medrxiv => parse_preprints(service, rest)
            .map_or_else(|| Ok(search()), |it| it.map(Address::Listing).map_err(invalid)),
        Service::Arxiv if !rest.is_empty() => match parse_categories(rest) {
            Some(Ok(listing)) => Ok(Address::Listing(listing)),
            Some(Err(reason)) => Err(invalid(reason)),
            None => Ok(search()),
        },
        Service::AclAnthology if !rest.is_empty() => {
            let is_volume = rest.chars().all(|it| it.is_ascii_alphanumeric() || ".-".contains(it))
                && !rest.contains("..");
            let reason = "not a volume of the ACL Anthology, as in `2024.acl-long`";
            let volume = is_volume.then(|| Address::Listing(Listing::Volume(rest.to_owned())));
            volume.ok_or_else(|| invalid(reason))
        }
        Service::Unpaywall | Service::OpenCitations if !rest.is_empty() => {
            let address = doi(rest).map(|query| Address::Search { service, query });
            address.ok_or_else(|| invalid("not a DOI, as in `10.1000/182`"))
        }
        _ if rest.is_empty() => Err(AddressError::Incomplete {
            prefix: service.prefix(),
            choices: what_follows(service),
        }),
        _ => Ok(search()),
    }
}

/// Parses days of a preprint server; `None` for a search.
fn parse_preprints(service: Service, rest: &str) -> Option<Result<Listing, &'static str>> {
    let server = match service {
        Service::Medrxiv => PreprintServer::Medrxiv,
        _ => PreprintServer::Biorxiv,
    };
    if rest.is_empty() {
        return Some(Ok(Listing::Preprints(server, Period::Newest)));
    }
    let period = Period::parse(rest)?;
    Some(period.map(|it| Listing::Preprints(server, it)))
}

/// The texts that may stand behind the colon of a service.
pub fn what_follows(service: Service) -> &'static str {
    match service {
        Service::HuggingFace => {
            "nothing (the newest list), a day (2026-11-27), a week (2026-W48), a month (2026-11), \
             `trending`, or words to search for"
        }
        Service::Arxiv => {
            "categories (cs.CL, cs.CL+cs.LG), those of a month (cs.CL/2026-11), or a search \
             (author:bengio title:consciousness)"
        }
        Service::Biorxiv | Service::Medrxiv => {
            "nothing (the newest papers), a day (2026-11-27), a week (2026-W48), a month \
             (2026-11), or a search"
        }
        Service::AclAnthology => "a volume (2024.acl-long)",
        Service::Unpaywall | Service::OpenCitations => "the DOI of a paper",
        _ => "a search, as in `author:bengio consciousness`",
    }
}

/// Parses categories of arXiv, joined by `+`, and a month behind them; `None` for a search.
fn parse_categories(text: &str) -> Option<Result<Listing, &'static str>> {
    let (names, month) = match text.split_once('/') {
        Some((names, month)) => (names, Some(month)),
        None => (text, None),
    };
    let names: Vec<&str> = names.split('+').collect();
    if !names.iter().all(|it| is_arxiv_category(it)) {
        return None;
    }
    let names = names.into_iter().map(str::to_owned).collect();
    Some(match month.map(Month::parse) {
        None => Ok(Listing::NewInCategories(names)),
        Some(Some(month)) => Ok(Listing::MonthOfCategories(names, month)),
        Some(None) => Err("the part behind `/` is not a month such as 2026-11"),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parse(text: &str) -> Address {
        Address::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn an_address_is_told_by_its_text() {
        let day = |text: &str| Period::Day(text.parse().unwrap());
        let listing = |it| Address::Listing(it);
        let categories = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect();
        for (text, address) in [
            ("hf", listing(Listing::DailyPapers(Period::Newest))),
            ("hf:2026-11-27", listing(Listing::DailyPapers(day("2026-11-27")))),
            ("hf:trending", listing(Listing::Trending)),
            ("arxiv:cs.CL", listing(Listing::NewInCategories(categories(&["cs.CL"])))),
            (
                "arxiv:cs.CL+hep-th",
                listing(Listing::NewInCategories(categories(&["cs.CL", "hep-th"]))),
            ),
            (
                "arxiv:cs.CL/2026-11",
                listing(Listing::MonthOfCategories(
                    categories(&["cs.CL"]),
                    Month { year: 2026, month: 11 },
                )),
            ),
            (
                "biorxiv:2026-11",
                listing(Listing::Preprints(
                    PreprintServer::Biorxiv,
                    Period::Month(Month { year: 2026, month: 11 }),
                )),
            ),
            ("medrxiv", listing(Listing::Preprints(PreprintServer::Medrxiv, Period::Newest))),
            ("acl:2024.acl-long", listing(Listing::Volume("2024.acl-long".to_owned()))),
            ("https://example.org/a.bib", Address::Page("https://example.org/a.bib".to_owned())),
        ] {
            assert_eq!(parse(text), address, "{text}");
            assert_eq!(address.to_string(), text);
        }
        for text in ["hf:2026-W48", "hf:2026-11"] {
            assert_eq!(parse(text).to_string(), text);
        }
    }

    #[test]
    fn what_is_no_list_of_a_service_is_a_search() {
        for (text, service, query) in [
            ("hf:diffusion language models", Service::HuggingFace, "diffusion language models"),
            ("arxiv:author:bengio title:mind", Service::Arxiv, "author:bengio title:mind"),
            ("arxiv: consciousness", Service::Arxiv, "consciousness"),
            ("s2:brain", Service::SemanticScholar, "brain"),
        ] {
            assert_eq!(parse(text), Address::Search { service, query: query.to_owned() }, "{text}");
        }
    }

    #[test]
    fn the_identifier_of_a_paper_is_its_address() {
        for (text, id) in [
            ("2501.02950", Identifier::Arxiv("2501.02950".to_owned())),
            ("https://arxiv.org/abs/2501.02950v2", Identifier::Arxiv("2501.02950".to_owned())),
            ("arxiv:2501.02950", Identifier::Arxiv("2501.02950".to_owned())),
            (
                "10.1016/j.neuron.2025.02.029",
                Identifier::Doi("10.1016/j.neuron.2025.02.029".to_owned()),
            ),
            ("https://doi.org/10.1000/182", Identifier::Doi("10.1000/182".to_owned())),
            ("PMID:31452104", Identifier::Pmid("31452104".to_owned())),
        ] {
            assert_eq!(parse(text), Address::Papers(vec![id]), "{text}");
        }
        let id = Identifier::Arxiv("2501.02950".to_owned());
        assert_eq!(parse("refs:2501.02950"), Address::Related(Relation::References, id));
    }

    #[test]
    fn what_is_not_understood_is_told_with_the_nearest_service() {
        let message = |text: &str| Address::parse(text).unwrap_err().to_string();
        assert_eq!(message("refs.bib"), "refs.bib: no such file or directory");
        assert!(message("arxv:cs.CL").starts_with(
            "arxv:cs.CL: no such file or service (did you mean `arxiv:cs.CL`?); services: hf, arxiv,"
        ));
        assert!(message("s2").starts_with("s2: needs more: a search"));
        assert_eq!(message("hf:2026-02-30"), "hf:2026-02-30: no such day, week or month");
        assert!(message("arxiv:cs.CL/May").contains("is not a month"));
        assert!(message("unpaywall:x").contains("not a DOI"));
        assert!(message("refs:x").contains("not the identifier of a paper"));
    }

    proptest! {
        #[test]
        fn any_address_is_written_as_it_is_read(text in "(hf|arxiv|biorxiv|unpaywall|s2|refs|cited-by|acl|pmid|https)?:?(//)?(cs\\.CL|2501\\.02950|10\\.1000/182|2026-11|W|\\+|/|:|[a-z ]){0,6}") {
            if let Ok(address) = Address::parse(&text) {
                prop_assert_eq!(Address::parse(&address.to_string()), Ok(address), "{}", text);
            }
        }
    }
}
