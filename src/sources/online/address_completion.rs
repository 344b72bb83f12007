//! Completes addresses while they are typed.

use super::address::{Relation, what_follows};
use super::service::Service;

/// The addresses that begin with the text, each with a description.
pub fn complete_address(text: &str) -> Vec<(String, String)> {
    let services = Service::ALL.into_iter().filter(|it| *it != Service::Web);
    let services = services.map(|it| {
        let address = format!("{}:", it.prefix());
        (address, format!("{}: {}", it.title(), what_follows(it)))
    });
    let relations = Relation::ALL.map(|it| {
        let papers = match it {
            Relation::References => "papers that a paper cites",
            Relation::CitedBy => "papers that cite a paper",
            Relation::Similar => "papers that are similar to a paper",
        };
        (format!("{}:", it.prefix()), papers.to_owned())
    });
    services.chain(relations).filter(|(address, _)| address.starts_with(text)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_and_relations_are_completed() {
        let addresses = |text: &str| -> Vec<String> {
            complete_address(text).into_iter().map(|(address, _)| address).collect()
        };
        assert_eq!(addresses("ar"), ["arxiv:"]);
        assert_eq!(addresses("c"), ["crossref:", "cited-by:"]);
        assert_eq!(addresses("refs.bib"), Vec::<String>::new());
        assert!(addresses("").len() > 15);
    }
}
