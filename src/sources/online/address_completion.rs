//! Completion of addresses: services, relations, categories of arXiv.

use super::address::Relation;
use super::arxiv_category::arxiv_categories;
use super::service::Service;

/// The addresses that begin with a text, each with its description. They are whole, so that they
/// replace the text.
pub fn complete_address(text: &str) -> Vec<(String, String)> {
    let Some((prefix, rest)) = text.split_once(':') else {
        return prefixes().filter(|(it, _)| it.starts_with(text)).collect();
    };
    match prefix {
        "arxiv" => complete_categories(rest),
        "hf" => {
            let trending = ("hf:trending".to_owned(), "what is read most now".to_owned());
            Some(trending).filter(|(it, _)| it.starts_with(text)).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// The words before the colon, with the colon where more must follow.
fn prefixes() -> impl Iterator<Item = (String, String)> {
    let services = Service::ALL.into_iter().filter(|it| *it != Service::Web);
    let services = services.flat_map(|service| {
        let (prefix, title) = (service.prefix(), service.title());
        let whole = stands_alone(service).map(|it| (prefix.to_owned(), format!("{title}: {it}")));
        let begun = (format!("{prefix}:"), format!("{title}: {}", what_is_listed(service)));
        whole.into_iter().chain([begun])
    });
    let relations = Relation::ALL.into_iter().map(|relation| {
        let description = match relation {
            Relation::References => "what a paper cites",
            Relation::CitedBy => "what cites a paper",
            Relation::Similar => "what is like a paper",
        };
        (format!("{}:", relation.prefix()), description.to_owned())
    });
    services.chain(relations)
}

/// The list that the name of a service means without anything behind it.
fn stands_alone(service: Service) -> Option<&'static str> {
    match service {
        Service::HuggingFace => Some("the newest daily papers"),
        Service::Biorxiv | Service::Medrxiv => Some("the newest preprints"),
        Service::Arxiv
        | Service::SemanticScholar
        | Service::OpenAlex
        | Service::Crossref
        | Service::Pubmed
        | Service::EuropePmc
        | Service::Dblp
        | Service::Inspire
        | Service::AclAnthology
        | Service::PapersWithCode
        | Service::Unpaywall
        | Service::OpenCitations
        | Service::Web => None,
    }
}

/// A few words on the text behind the colon.
fn what_is_listed(service: Service) -> &'static str {
    match service {
        Service::HuggingFace | Service::Biorxiv | Service::Medrxiv => {
            "a day, week or month, or a search"
        }
        Service::Arxiv => "categories, a month of them, or a search",
        Service::AclAnthology => "a volume",
        Service::Unpaywall => "the open copy of a DOI",
        Service::OpenCitations => "what cites a DOI",
        Service::SemanticScholar
        | Service::OpenAlex
        | Service::Crossref
        | Service::Pubmed
        | Service::EuropePmc
        | Service::Dblp
        | Service::Inspire
        | Service::PapersWithCode
        | Service::Web => "a search",
    }
}

/// The categories that the last of several joined names may be.
fn complete_categories(rest: &str) -> Vec<(String, String)> {
    let (before, begun) = match rest.rsplit_once('+') {
        Some((before, begun)) => (format!("{before}+"), begun),
        None => (String::new(), rest),
    };
    let lower = begun.to_ascii_lowercase();
    let named = before.split('+').collect::<Vec<_>>();
    arxiv_categories()
        .filter(|(name, _)| name.to_ascii_lowercase().starts_with(&lower) && !named.contains(name))
        .map(|(name, title)| (format!("arxiv:{before}{name}"), title.to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::online::address::Address;

    fn texts(text: &str) -> Vec<String> {
        complete_address(text).into_iter().map(|(it, _)| it).collect()
    }

    #[test]
    fn services_relations_and_categories_are_completed() {
        assert_eq!(texts("ar"), ["arxiv:"]);
        assert_eq!(texts("hf"), ["hf", "hf:"]);
        assert_eq!(texts("cit"), ["cited-by:"]);
        assert_eq!(texts("hf:t"), ["hf:trending"]);
        assert_eq!(
            texts("arxiv:cs.c"),
            [
                "arxiv:cs.CC", "arxiv:cs.CE", "arxiv:cs.CG", "arxiv:cs.CL", "arxiv:cs.CR",
                "arxiv:cs.CV", "arxiv:cs.CY"
            ]
        );
        assert_eq!(texts("arxiv:cs.CL+hep-t"), ["arxiv:cs.CL+hep-th"]);
        assert_eq!(texts("arxiv:cs.CL+cs.CL"), Vec::<String>::new());
        let title = &complete_address("arxiv:cs.LG")[0].1;
        assert_eq!(title, "Machine learning");
        assert!(texts("s2:mind").is_empty() && texts("nothing").is_empty());
    }

    #[test]
    fn each_candidate_without_a_colon_at_its_end_is_an_address() {
        let all = ["", "arxiv:", "hf:"].iter().flat_map(|it| texts(it));
        for text in all.filter(|it| !it.ends_with(':')) {
            assert!(Address::parse(&text).is_ok(), "{text}");
        }
    }
}
