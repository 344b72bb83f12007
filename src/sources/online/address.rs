//! Addresses: what a user types where a file name may stand, as in `arxiv:cs.CL`.

use jiff::civil::{Date, ISOWeekDate};

use super::service::Service;
use super::service_query::ServiceQuery;
use crate::domain::Identifier;

/// An address of papers on the network. Its `Display` text parses to the same address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    Listing(Listing),
    /// A search, in the language of the filter.
    Search {
        service: Service,
        query: String,
    },
    /// Papers by their identifiers; at least one.
    Papers(Vec<Identifier>),
    Related(Relation, Identifier),
    /// A file, a feed or a page.
    Page(String),
}

/// A list that a service keeps itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listing {
    /// The daily papers of Hugging Face.
    DailyPapers(Period),
    /// The papers of Hugging Face that are read most now.
    Trending,
    /// The newest announcements of arXiv in these categories.
    NewInCategories(Vec<String>),
    /// The papers of a month in these categories of arXiv.
    MonthOfCategories(Vec<String>, Month),
    /// The papers of some days on a preprint server.
    Preprints(PreprintServer, Period),
    /// A volume of the ACL Anthology, as in `2024.acl-long`.
    Volume(String),
}

/// A preprint server that lists its papers by days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PreprintServer {
    Biorxiv,
    Medrxiv,
}

impl PreprintServer {
    pub fn service(self) -> Service {
        match self {
            Self::Biorxiv => Service::Biorxiv,
            Self::Medrxiv => Service::Medrxiv,
        }
    }

    /// The name in messages.
    pub fn title(self) -> &'static str {
        self.service().title()
    }
}

/// A span of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// The newest list.
    Newest,
    Day(Date),
    Week(ISOWeekDate),
    Month(Month),
}

/// A month of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Month {
    pub year: i16,
    /// From 1 to 12.
    pub month: i8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    References,
    CitedBy,
    Similar,
}

/// A question to one service. An address leads to one or more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question<'a> {
    Listing(&'a Listing),
    Search(&'a ServiceQuery),
    /// Identifiers of one kind.
    Papers(&'a [Identifier]),
    Related(Relation, &'a Identifier),
    Page(&'a str),
}

/// The reason why a text is no address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Not the form of an address: the name of a file.
    #[error("{0}: no such file or directory")]
    FileName(String),
    #[error("{text}: no such file or service{}; services: {}", did_you_mean(.nearest.as_deref()), service_prefixes())]
    UnknownService { text: String, nearest: Option<String> },
    /// A service without what is to be listed.
    #[error("{prefix}: needs more: {choices}")]
    Incomplete { prefix: &'static str, choices: &'static str },
    #[error("{text}: {reason}")]
    Invalid { text: String, reason: &'static str },
}

fn did_you_mean(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |it| format!(" (did you mean `{it}`?)"))
}

/// The words before the colon of an address, for messages.
fn service_prefixes() -> String {
    let services = Service::ALL.into_iter().filter(|it| *it != Service::Web);
    let services = services.map(Service::prefix);
    services.chain(Relation::ALL.map(Relation::prefix)).collect::<Vec<_>>().join(", ")
}

impl Relation {
    pub const ALL: [Self; 3] = [Self::References, Self::CitedBy, Self::Similar];

    /// The word before the colon of an address.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::References => "refs",
            Self::CitedBy => "cited-by",
            Self::Similar => "similar",
        }
    }
}

impl Month {
    /// Parses `2026-11`.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-').filter(|(year, month)| {
            let is_number = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
            year.len() == 4 && month.len() == 2 && is_number(year) && is_number(month)
        })?;
        let month = Self { year: year.parse().ok()?, month: month.parse().ok()? };
        (1..=12).contains(&month.month).then_some(month)
    }

    /// The first day of the month.
    pub fn first_day(self) -> Date {
        jiff::civil::date(self.year, self.month, 1)
    }
}

impl Period {
    /// Parses `2026-11-27`, `2026-W48` or `2026-11`; `None` for a text of another form, and an
    /// error for a day that no calendar has.
    pub fn parse(text: &str) -> Option<Result<Self, &'static str>> {
        const NO_SUCH_DAY: &str = "no such day, week or month";
        let shape: String =
            text.chars().map(|it| if it.is_ascii_digit() { '0' } else { it }).collect();
        let parsed = match shape.as_str() {
            "0000-00-00" => text.parse().ok().map(Self::Day),
            "0000-W00" => Self::parse_week(text),
            "0000-00" => Month::parse(text).map(Self::Month),
            _ => return None,
        };
        Some(parsed.ok_or(NO_SUCH_DAY))
    }

    fn parse_week(text: &str) -> Option<Self> {
        let (year, week) = text.split_once("-W")?;
        let (year, week) = (year.parse().ok()?, week.parse().ok()?);
        ISOWeekDate::new(year, week, jiff::civil::Weekday::Monday).ok().map(Self::Week)
    }
}

impl Listing {
    /// The service that keeps the list.
    pub fn service(&self) -> Service {
        match self {
            Self::DailyPapers(_) | Self::Trending => Service::HuggingFace,
            Self::NewInCategories(_) | Self::MonthOfCategories(..) => Service::Arxiv,
            Self::Preprints(server, _) => server.service(),
            Self::Volume(_) => Service::AclAnthology,
        }
    }
}
