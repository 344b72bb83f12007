//! The search of arXiv, the announcements of its categories, months of them, and single papers.

use std::time::Duration;

use jiff::ToSpan as _;

use super::boolean_query::{BooleanSyntax, bounded_years, quoted};
use super::paging::PagePlace;
use super::reply::{element, ids, not_found, refuse_page};
use super::url::{number, parameter, path};
use crate::domain::{arxiv_id, percent_encode};
use crate::formats::Format;
use crate::sources::online::address::{Listing, Month, Question};
use crate::sources::online::error::FetchError;
use crate::sources::online::host::Host;
use crate::sources::online::protocol::ServiceProtocol;
use crate::sources::online::request::{HttpReply, HttpRequest, Lifetime, PagePapers, PageReading};
use crate::sources::online::service_query::{QuerySyntax, ServiceField, ServiceQuery};
use crate::sources::online::settings::OnlineSettings;

const NAME: &str = "arXiv";
const QUERY_PATH: &str = "/api/query";
/// Papers of a page of a search, so that the first rows are soon there.
const SEARCH_LEN: &str = "100";
/// Papers of a page of a month.
const MONTH_LEN: &str = "500";
/// Identifiers of one request.
const BATCH_LEN: usize = 50;
/// The number of papers up to which arXiv answers, in all pages.
const MAX_RESULTS: u64 = 30_000;
/// The feed tells itself when it changes; until then it is asked for with its tag.
const FEED_LIFETIME: Duration = Duration::from_mins(15);

const SYNTAX: BooleanSyntax = BooleanSyntax { and: " AND ", or: " OR ", and_not: " ANDNOT ", term };

pub struct Arxiv;

impl ServiceProtocol for Arxiv {
    fn syntax(&self) -> QuerySyntax {
        const FIELDS: &[ServiceField] = &[
            ServiceField::Anywhere,
            ServiceField::Title,
            ServiceField::Author,
            ServiceField::Abstract,
            ServiceField::Venue,
            ServiceField::Category,
        ];
        QuerySyntax::boolean(FIELDS)
    }

    fn first(
        &self,
        question: &Question<'_>,
        _settings: &OnlineSettings,
    ) -> Result<HttpRequest, FetchError> {
        let unsupported = || FetchError::Unsupported { what: question.to_string(), service: NAME };
        match question {
            Question::Listing(Listing::NewInCategories(categories)) => {
                Ok(HttpRequest::get(Host::ArxivFeed, format!("/rss/{}", categories.join("+"))))
            }
            Question::Listing(Listing::MonthOfCategories(categories, month)) => {
                let query = format!("{} AND {}", in_categories(categories), in_month(*month));
                Ok(newest_first(&query, MONTH_LEN))
            }
            Question::Search(query) if !query.clauses.is_empty() => {
                let parameters = [
                    ("search_query", &*search_text(query)),
                    ("start", "0"),
                    ("max_results", SEARCH_LEN),
                    ("sortBy", "relevance"),
                ];
                Ok(HttpRequest::get(Host::ArxivApi, path(QUERY_PATH, &parameters)))
            }
            Question::Papers(identifiers) => {
                let batch = |ids: &[String]| {
                    let len = ids.len().to_string();
                    let parameters = [("id_list", &*ids.join(",")), ("max_results", &*len)];
                    HttpRequest::get(Host::ArxivApi, path(QUERY_PATH, &parameters))
                };
                let ids = ids(identifiers);
                let batches = ids.chunks(BATCH_LEN).map(batch).collect();
                HttpRequest::chain(batches).ok_or_else(unsupported)
            }
            Question::Listing(
                Listing::DailyPapers(_)
                | Listing::Trending
                | Listing::Preprints(..)
                | Listing::Volume(_),
            )
            | Question::Search(_)
            | Question::Related(..)
            | Question::Page(_) => Err(unsupported()),
        }
    }

    fn read(&self, request: &HttpRequest, reply: &HttpReply) -> Result<PageReading, FetchError> {
        refuse_page(reply, NAME)?;
        let text = String::from_utf8_lossy(&reply.body);
        if request.host == Host::ArxivFeed {
            return Ok(read_feed(request, &text));
        }
        if text.contains("/api/errors") && text.matches("<entry").count() == 1 {
            let message = element(&text, "summary").unwrap_or("an error without a message");
            let reason = crate::text::sanitise(message).trim().to_owned();
            return Err(FetchError::Refused { service: NAME, reason });
        }
        if !text.contains("<feed") {
            let reason = "not a feed".to_owned();
            return Err(FetchError::Unexpected { service: NAME, reason });
        }
        if let Some(asked) = parameter(&request.path, "id_list") {
            return Ok(read_batch(request, asked, &text));
        }
        refuse_other_query(request, &text)?;
        Ok(read_results(request, &text))
    }

    fn lifetime(&self, request: &HttpRequest, _today: &str) -> Lifetime {
        if request.host == Host::ArxivFeed {
            Lifetime::For(FEED_LIFETIME)
        } else {
            Lifetime::ArxivDay
        }
    }
}

/// A query, the newest submissions first.
fn newest_first(query: &str, len: &str) -> HttpRequest {
    let parameters = [
        ("search_query", query),
        ("start", "0"),
        ("max_results", len),
        ("sortBy", "submittedDate"),
        ("sortOrder", "descending"),
    ];
    HttpRequest::get(Host::ArxivApi, path(QUERY_PATH, &parameters))
}

fn in_categories(categories: &[String]) -> String {
    let terms: Vec<String> = categories.iter().map(|it| term(ServiceField::Category, it)).collect();
    match terms.as_slice() {
        [one] => one.clone(),
        several => format!("({})", several.join(" OR ")),
    }
}

fn in_month(month: Month) -> String {
    let first = month.first_day();
    let last = first.checked_add(1.month()).and_then(|it| it.checked_sub(1.day()));
    let last = last.unwrap_or(first);
    submitted(&first.strftime("%Y%m%d").to_string(), &last.strftime("%Y%m%d").to_string())
}

fn submitted(first: &str, last: &str) -> String {
    format!("submittedDate:[{first}0000 TO {last}2359]")
}

fn search_text(query: &ServiceQuery) -> String {
    let text = SYNTAX.text(query);
    match query.years.map(bounded_years) {
        None => text,
        Some((first, last)) => {
            let dates = submitted(&format!("{first}0101"), &format!("{last}1231"));
            format!("{text} AND {dates}")
        }
    }
}

fn term(field: ServiceField, text: &str) -> String {
    let prefix = match field {
        ServiceField::Anywhere => "all",
        ServiceField::Title => "ti",
        ServiceField::Author => "au",
        ServiceField::Abstract => "abs",
        ServiceField::Venue => "jr",
        ServiceField::Category => return category_term(text),
    };
    format!("{prefix}:{}", quoted(text))
}

/// An archive stands for all its categories. The names of two were categories themselves before.
fn category_term(text: &str) -> String {
    match text {
        "astro-ph" | "cond-mat" => format!("cat:{text}*"),
        "cs" | "econ" | "eess" | "math" | "nlin" | "physics" | "q-bio" | "q-fin" | "stat" => {
            format!("cat:{text}.*")
        }
        _ => format!("cat:{text}"),
    }
}

/// Reads an announcement. Without one, as at weekends, the newest submissions follow.
fn read_feed(request: &HttpRequest, text: &str) -> PageReading {
    let count = text.matches("<item").count();
    let names = request.path.trim_start_matches("/rss/");
    let categories: Vec<String> = names.split('+').map(str::to_owned).collect();
    if count > 0 {
        let papers = PagePapers::InFormat(Format::Rss);
        return PageReading { papers, total: Some(count as u64), ..PageReading::default() };
    }
    PageReading {
        papers: PagePapers::None,
        next: Some(HttpRequest {
            then: None,
            ..newest_first(&in_categories(&categories), SEARCH_LEN)
        }),
        notice: Some(format!(
            "arXiv announces nothing in {} today; these are the newest submissions",
            categories.join(", ")
        )),
        total: None,
    }
}

/// Reads papers by identifier. The service leaves out those that it does not have.
fn read_batch(request: &HttpRequest, asked: &str, text: &str) -> PageReading {
    let asked: Vec<String> = asked.split(',').map(|it| it.replace("%2F", "/")).collect();
    let entries = text.split("<entry").skip(1);
    let known: Vec<String> = entries.filter_map(|it| arxiv_id(element(it, "id")?.trim())).collect();
    PageReading {
        total: None,
        next: request.next(),
        notice: not_found(NAME, &asked, |id| known.iter().any(|it| it == id)),
        papers: PagePapers::InFormat(Format::Atom),
    }
}

fn read_results(request: &HttpRequest, text: &str) -> PageReading {
    let total = element(text, "opensearch:totalResults").or_else(|| element(text, "totalResults"));
    let total = total.and_then(|it| it.trim().parse().ok());
    let count = text.matches("<entry").count() as u64;
    let place = PagePlace { offset: number(&request.path, "start"), count, total };
    // An empty page before the end happens; what came is kept.
    if count == 0 && total.is_some_and(|it| place.offset < it) {
        let notice = place.bound_notice(request).map(|it| format!("{it}: the list ends early"));
        return PageReading { total, notice, ..PageReading::default() };
    }
    // The newest submissions in place of an announcement go back without end.
    let is_newest =
        parameter(&request.path, "sortOrder").is_some() && !request.path.contains("submittedDate:");
    let limit = if is_newest { count } else { MAX_RESULTS };
    let (next, notice) = place.next(request, "start", limit);
    PageReading {
        total,
        next,
        notice: notice.filter(|_| !is_newest),
        papers: PagePapers::InFormat(Format::Atom),
    }
}

/// Refuses the papers of another query: the service replaces a prefix that it does not know by
/// `all:` without a word, but its feed names the query that it has answered.
fn refuse_other_query(request: &HttpRequest, text: &str) -> Result<(), FetchError> {
    const PREFIXES: [&str; 6] = ["ti:", "au:", "abs:", "jr:", "cat:", "submittedDate:"];
    let Some(title) = element(text, "title") else { return Ok(()) };
    let Some((_, answered)) = title.split_once("search_query=") else { return Ok(()) };
    let asked = parameter(&request.path, "search_query").unwrap_or_default();
    let count = |text: &str, prefix: &str| {
        let encoded = percent_encode(prefix, "");
        text.matches(prefix).count() + text.matches(&*encoded).count()
    };
    let lost = PREFIXES.iter().find(|it| count(answered, it) < count(asked, it));
    lost.map_or(Ok(()), |prefix| {
        let reason = format!("it has not searched in the field `{}`", prefix.trim_end_matches(':'));
        Err(FetchError::Unexpected { service: NAME, reason })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::online::service::Service;
    use crate::sources::online::services::testing::{first, papers, read, search_clauses};

    const SERVICE: Service = Service::Arxiv;

    fn feed(query: &str, total: u64, ids: &[&str]) -> String {
        let entries = ids.iter().map(|id| {
            format!("<entry><id>http://arxiv.org/abs/{id}v1</id><title>T</title></entry>")
        });
        format!(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>arXiv Query: search_query={query}\
             &amp;id_list=&amp;start=0</title><opensearch:totalResults>{total}\
             </opensearch:totalResults>{}</feed>",
            entries.collect::<String>()
        )
    }

    #[test]
    fn a_search_is_written_in_the_syntax_of_the_service() {
        let clauses = [
            &[(ServiceField::Author, "bengio", false)][..],
            &[
                (ServiceField::Title, "global workspace", false),
                (ServiceField::Anywhere, "mind", false),
            ],
            &[(ServiceField::Category, "cs", true)],
        ];
        let request = search_clauses(SERVICE, &clauses, Some((Some(2020), None)));
        assert_eq!(
            request.path,
            "/api/query?search_query=au:bengio%20AND%20%28ti:%22global%20workspace%22%20OR%20\
             all:mind%29%20ANDNOT%20cat:cs.*%20AND%20submittedDate:%5B202001010000%20TO%20\
             299912312359%5D&start=0&max_results=100&sortBy=relevance"
        );
    }

    #[test]
    fn a_month_is_read_to_its_end() {
        let month = Month { year: 2026, month: 2 };
        let listing = Listing::MonthOfCategories(vec!["cs.CL".to_owned()], month);
        let request = first(SERVICE, Question::Listing(&listing));
        assert!(request.path.contains("submittedDate:%5B202602010000%20TO%20202602282359%5D"));
        let query = "cat:cs.CL AND submittedDate:[202602010000 TO 202602282359]";
        let page = read(SERVICE, &request, &feed(query, 3, &["2602.00001", "2602.00002"]), &[]);
        let page = page.unwrap();
        assert_eq!(page.total, Some(3));
        assert!(page.next.unwrap().path.ends_with("&start=2"));
    }

    #[test]
    fn without_an_announcement_the_newest_submissions_follow() {
        let listing = Listing::NewInCategories(vec!["cs.CL".to_owned(), "hep-th".to_owned()]);
        let request = first(SERVICE, Question::Listing(&listing));
        assert_eq!((request.host, &*request.path), (Host::ArxivFeed, "/rss/cs.CL+hep-th"));
        let page = read(SERVICE, &request, "<rss><channel></channel></rss>", &[]).unwrap();
        assert!(page.notice.unwrap().contains("nothing in cs.CL, hep-th today"));
        let next = page.next.unwrap();
        assert!(next.path.contains("search_query=%28cat:cs.CL%20OR%20cat:hep-th%29"));
        let ids = ["2611.00001"; 100];
        let last = read(SERVICE, &next, &feed("(cat:cs.CL OR cat:hep-th)", 5000, &ids), &[]);
        assert_eq!(last.unwrap().next, None);
        let news = "<rss><channel><item><title>A</title></item></channel></rss>";
        let page = read(SERVICE, &request, news, &[]).unwrap();
        assert_eq!((page.next, page.total), (None, Some(1)));
    }

    #[test]
    fn identifiers_go_in_batches_and_the_missing_ones_are_named() {
        let ids: Vec<String> = (0..51).map(|it| format!("2501.{it:05}")).collect();
        let request = papers(SERVICE, &ids);
        assert_eq!(number(&request.path, "max_results"), 50);
        let next = request.next().unwrap();
        assert_eq!(next.path, "/api/query?id_list=2501.00050&max_results=1");
        let page = read(SERVICE, &next, &feed("", 0, &[]), &[]).unwrap();
        assert_eq!(page.notice.as_deref(), Some("Not found at arXiv: 2501.00050"));
        let page = read(SERVICE, &next, &feed("", 1, &["2501.00050"]), &[]).unwrap();
        assert_eq!((page.notice, page.next), (None, None));
    }

    #[test]
    fn an_error_is_not_a_paper() {
        let request = search_clauses(SERVICE, &[&[(ServiceField::Title, "x", false)]], None);
        let error = "<feed><title>Error</title><entry><id>http://arxiv.org/api/errors#x</id>\
                     <title>Error</title><summary>bad query</summary></entry></feed>";
        let message = |body: &str| read(SERVICE, &request, body, &[]).unwrap_err().to_string();
        assert_eq!(message(error), "arXiv: bad query");
        assert_eq!(message("Rate exceeded."), "arXiv: unexpected reply: not a feed");
        assert_eq!(
            message(&feed("all:x", 1, &["2501.00001"])),
            "arXiv: unexpected reply: it has not searched in the field `ti`"
        );
        let none = read(SERVICE, &request, &feed("ti:x", 0, &[]), &[]).unwrap();
        assert_eq!((none.total, none.next, none.notice), (Some(0), None, None));
        let early = read(SERVICE, &request, &feed("ti:x", 9, &[]), &[]).unwrap();
        assert!(early.notice.unwrap().ends_with("the list ends early"));
    }
}
