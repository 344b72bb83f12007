//! The texts of addresses: as they are typed, and as titles of lists.

use std::fmt;

use super::address::{Address, Listing, Month, Period, Question, Relation};
use crate::domain::Identifier;

impl Address {
    /// The name of the list in the header.
    pub fn title(&self) -> String {
        match self {
            Self::Listing(Listing::DailyPapers(Period::Newest)) => "Hugging Face".to_owned(),
            Self::Listing(Listing::DailyPapers(period)) => format!("Hugging Face {period}"),
            Self::Listing(Listing::Trending) => "Hugging Face trending".to_owned(),
            Self::Listing(Listing::NewInCategories(categories)) => {
                format!("arXiv {}", categories.join("+"))
            }
            Self::Listing(Listing::MonthOfCategories(categories, month)) => {
                format!("arXiv {} {month}", categories.join("+"))
            }
            Self::Listing(Listing::Preprints(server, Period::Newest)) => server.title().to_owned(),
            Self::Listing(Listing::Preprints(server, period)) => {
                format!("{} {period}", server.title())
            }
            Self::Listing(Listing::Volume(volume)) => format!("ACL Anthology {volume}"),
            Self::Search { service, query } => format!("{}: {query}", service.title()),
            Self::Papers(identifiers) => match identifiers.as_slice() {
                [one] => one.id().to_owned(),
                several => format!("{} papers", several.len()),
            },
            Self::Related(Relation::References, id) => format!("References of {}", id.id()),
            Self::Related(Relation::CitedBy, id) => format!("Cited by of {}", id.id()),
            Self::Related(Relation::Similar, id) => format!("Similar to {}", id.id()),
            Self::Page(url) => url.split_once("://").map_or(url.as_str(), |(_, it)| it).to_owned(),
        }
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Newest => Ok(()),
            Self::Day(day) => write!(f, "{day}"),
            Self::Week(week) => write!(f, "{:04}-W{:02}", week.year(), week.week()),
            Self::Month(month) => write!(f, "{month}"),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listing(listing) => write!(f, "{listing}"),
            Self::Search { service, query } => write!(f, "{}:{query}", service.prefix()),
            Self::Papers(identifiers) => {
                let texts: Vec<String> = identifiers.iter().map(identifier_text).collect();
                f.write_str(&texts.join(" "))
            }
            Self::Related(relation, id) => {
                write!(f, "{}:{}", relation.prefix(), identifier_text(id))
            }
            Self::Page(url) => f.write_str(url),
        }
    }
}

impl fmt::Display for Listing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DailyPapers(Period::Newest) => f.write_str("hf"),
            Self::DailyPapers(period) => write!(f, "hf:{period}"),
            Self::Trending => f.write_str("hf:trending"),
            Self::NewInCategories(categories) => write!(f, "arxiv:{}", categories.join("+")),
            Self::MonthOfCategories(categories, month) => {
                write!(f, "arxiv:{}/{month}", categories.join("+"))
            }
            Self::Preprints(server, Period::Newest) => f.write_str(server.service().prefix()),
            Self::Preprints(server, period) => {
                write!(f, "{}:{period}", server.service().prefix())
            }
            Self::Volume(volume) => write!(f, "acl:{volume}"),
        }
    }
}

impl fmt::Display for Question<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listing(listing) => write!(f, "{listing}"),
            Self::Search(query) if query.clauses.is_empty() => {
                f.write_str("a search without words")
            }
            Self::Search(_) => f.write_str("a search"),
            Self::Papers(identifiers) => match identifiers {
                [one] => f.write_str(one.id()),
                several => write!(f, "{} papers", several.len()),
            },
            Self::Related(relation, id) => write!(f, "{}:{}", relation.prefix(), id.id()),
            Self::Page(url) => f.write_str(url),
        }
    }
}

fn identifier_text(identifier: &Identifier) -> String {
    match identifier {
        Identifier::Arxiv(id) | Identifier::Doi(id) => id.clone(),
        Identifier::Pmid(id) => format!("PMID:{id}"),
        Identifier::Pmcid(id) => format!("PMCID:{id}"),
    }
}
