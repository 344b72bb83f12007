//! Asks a service page after page.

use std::ops::ControlFlow;

use super::error::FetchError;
use super::fetch::{
    FetchEvent, FetchProgress, FetchReceiver, Freshness, OnlineSource, ReplySource,
};
use super::protocol::ServiceProtocol;
use super::request::{HttpRequest, PagePapers, PageReading};
use super::services::protocol;
use super::settings::OnlineSettings;
use crate::sources::load_control::LoadControl;

/// Papers of one fetch. A list that has more says so.
const MAX_PAPERS: u64 = 2_000;
/// Pages of one fetch, since a page may have no papers.
const MAX_PAGES: u32 = 500;

/// Fetches the pages of a source in order. `each` receives them as they come.
///
/// # Errors
///
/// Returns the first error. The pages before it, and those of other services, have been passed on.
pub fn fetch(
    source: &OnlineSource,
    settings: &OnlineSettings,
    connection: &dyn ReplySource,
    freshness: Freshness,
    control: &LoadControl,
    each: &mut FetchReceiver<'_>,
) -> Result<(), FetchError> {
    let progress = FetchProgress {
        name: source.address.title().into(),
        pages: 0,
        total: None,
        waits_for: None,
        filter: source.filter.as_str().into(),
        is_ended: false,
    };
    if each(FetchEvent::Progress(progress.clone())).is_break() {
        return Ok(());
    }
    let mut pages = PageFetch { connection, freshness, control, each, progress, papers: 0 };
    let questions = source.questions().into_iter().map(|(service, question)| {
        let protocol = protocol(service);
        (protocol, protocol.first(&question, settings))
    });
    let fetched = pages.fetch_each(questions);
    let ended = FetchProgress { waits_for: None, is_ended: true, ..pages.progress };
    let _ = (pages.each)(FetchEvent::Progress(ended));
    // The address is what the user knows of a request.
    fetched.map_err(|error| match error {
        FetchError::Offline { .. } => FetchError::Offline { what: source.address.to_string() },
        error => error,
    })
}

/// A fetch of pages.
struct PageFetch<'a, 'e> {
    connection: &'a dyn ReplySource,
    freshness: Freshness,
    control: &'a LoadControl,
    each: &'a mut FetchReceiver<'e>,
    progress: FetchProgress,
    /// Papers of all pages so far.
    papers: u64,
}

impl PageFetch<'_, '_> {
    /// Fetches the pages of each question. An error of one service leaves the others.
    fn fetch_each<'p>(
        &mut self,
        questions: impl Iterator<Item = (&'p dyn ServiceProtocol, Result<HttpRequest, FetchError>)>,
    ) -> Result<(), FetchError> {
        let mut first_error = None;
        for (protocol, first) in questions {
            match first.and_then(|it| self.fetch_all(protocol, it)) {
                Ok(ControlFlow::Continue(())) => {}
                Ok(ControlFlow::Break(())) => break,
                Err(FetchError::Cancelled) => return Err(FetchError::Cancelled),
                Err(error) => first_error = first_error.or(Some(error)),
            }
        }
        first_error.map_or(Ok(()), Err)
    }

    /// Fetches the pages of one question. Breaks if the fetch is over.
    fn fetch_all(
        &mut self,
        protocol: &dyn ServiceProtocol,
        first: HttpRequest,
    ) -> Result<ControlFlow<()>, FetchError> {
        let (papers_before, mut next) = (self.papers, Some(first));
        while let Some(request) = next.take() {
            let Some((page, papers)) = self.fetch_page(protocol, &request, self.freshness)? else {
                return Ok(ControlFlow::Break(()));
            };
            let (mut page, mut papers) = (page, papers);
            let total = page.total.unwrap_or(0);
            if papers == 0 && self.papers - papers_before < total {
                // Services now and then send an empty page in the middle of a list.
                self.connection.forget(&request);
                let again = self.fetch_page(protocol, &request, Freshness::Revalidated)?;
                let Some(again) = again else { return Ok(ControlFlow::Break(())) };
                (page, papers) = again;
                if papers == 0 {
                    self.connection.forget(&request);
                    let came = self.papers - papers_before;
                    return Ok(self.tell_missing(came, total));
                }
            }
            next = page.next.filter(|it| *it != request);
            let is_full = self.papers >= MAX_PAPERS || self.progress.pages >= MAX_PAGES;
            if is_full && next.is_some() {
                return Ok(self.tell_more(page.total.map(|it| it + papers_before)));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Fetches a page and passes it on, with the number of its papers. `None` if the fetch is ended.
    fn fetch_page(
        &mut self,
        protocol: &dyn ServiceProtocol,
        request: &HttpRequest,
        freshness: Freshness,
    ) -> Result<Option<(PageReading, u64)>, FetchError> {
        if self.control.wait_while_paused() {
            return Err(FetchError::Cancelled);
        }
        let connection = self.connection;
        let lifetime = protocol.lifetime(request, &connection.today());
        let reply =
            connection.ask(request, lifetime, freshness, self.control, &mut |waits_for| {
                self.progress.waits_for = Some(waits_for);
                let _ = (self.each)(FetchEvent::Progress(self.progress.clone()));
            })?;
        let mut page =
            protocol.read(request, &reply).inspect_err(|_| connection.forget(request))?;
        self.progress.pages += 1;
        self.progress.total = page.total.or(self.progress.total);
        self.progress.waits_for = None;
        let event = match std::mem::take(&mut page.papers) {
            PagePapers::InBody => Some(FetchEvent::Page(reply.body, None)),
            PagePapers::InFormat(format) => Some(FetchEvent::Page(reply.body, Some(format))),
            PagePapers::None => None,
        };
        // A page that only leads to the next one is not empty.
        let mut papers = u64::from(event.is_none());
        if let Some(event) = event {
            match (self.each)(event) {
                ControlFlow::Continue(count) => papers = count,
                ControlFlow::Break(()) => {
                    connection.forget(request);
                    return Ok(None);
                }
            }
            self.papers += papers;
        }
        let notice = page.notice.take().map(FetchEvent::Notice);
        for event in notice.into_iter().chain([FetchEvent::Progress(self.progress.clone())]) {
            if (self.each)(event).is_break() {
                return Ok(None);
            }
        }
        Ok(Some((page, papers)))
    }

    /// Tells that the list ended before its announced end.
    fn tell_missing(&mut self, came: u64, total: u64) -> ControlFlow<()> {
        let name = &self.progress.name;
        let notice = format!("{name}: {came} of {total} papers came; fetch again for the rest");
        self.tell(notice)
    }

    /// Tells that there are more papers than one fetch may have.
    fn tell_more(&mut self, total: Option<u64>) -> ControlFlow<()> {
        let (name, papers) = (&self.progress.name, self.papers);
        let of_all = total.map_or_else(String::new, |it| format!(" of {it}"));
        let notice =
            format!("{name}: the first {papers}{of_all} papers; narrow the search for the others");
        let _ = self.tell(notice);
        ControlFlow::Break(())
    }

    fn tell(&mut self, notice: String) -> ControlFlow<()> {
        match (self.each)(FetchEvent::Notice(notice)) {
            ControlFlow::Continue(_) => ControlFlow::Continue(()),
            ControlFlow::Break(()) => ControlFlow::Break(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::sources::online::address::Question;
    use crate::sources::online::host::Host;
    use crate::sources::online::request::{HttpReply, Lifetime};
    use crate::sources::online::service_query::QuerySyntax;

    /// A service with a number of pages.
    struct PlayedProtocol {
        pages: usize,
        total: Option<u64>,
    }

    /// Replies to each page, one after the other: a number of papers.
    struct PlayedReplies(Mutex<(Vec<Vec<u64>>, u32)>);

    fn page_number(request: &HttpRequest) -> usize {
        request.path.parse().unwrap()
    }

    impl ServiceProtocol for PlayedProtocol {
        fn syntax(&self) -> QuerySyntax {
            QuerySyntax::WORDS_ONLY
        }

        fn first(&self, _: &Question<'_>, _: &OnlineSettings) -> Result<HttpRequest, FetchError> {
            Ok(HttpRequest::get(Host::Dblp, "0"))
        }

        fn read(&self, request: &HttpRequest, _: &HttpReply) -> Result<PageReading, FetchError> {
            let next = page_number(request) + 1;
            let next = (next < self.pages).then(|| HttpRequest::get(Host::Dblp, next.to_string()));
            Ok(PageReading { total: self.total, next, ..PageReading::default() })
        }

        fn lifetime(&self, _: &HttpRequest, _: &str) -> Lifetime {
            Lifetime::Final
        }
    }

    impl ReplySource for PlayedReplies {
        fn ask(
            &self,
            request: &HttpRequest,
            _: Lifetime,
            _: Freshness,
            _: &LoadControl,
            _: &mut dyn FnMut(String),
        ) -> Result<HttpReply, FetchError> {
            let replies = &mut self.0.lock().unwrap().0[page_number(request)];
            if replies.is_empty() {
                return Err(FetchError::Refused { service: "DBLP", reason: "no".to_owned() });
            }
            let body = replies.remove(0).to_string().into_bytes();
            Ok(HttpReply { body, headers: Vec::new() })
        }

        fn forget(&self, _: &HttpRequest) {
            self.0.lock().unwrap().1 += 1;
        }

        fn today(&self) -> String {
            "2026-11-30".to_owned()
        }
    }

    #[derive(Debug, Default, PartialEq, Eq)]
    struct Fetched {
        pages: Vec<u64>,
        notices: Vec<String>,
        forgotten: u32,
        error: Option<String>,
    }

    fn fetch_pages(pages: &[&[u64]], total: Option<u64>) -> Fetched {
        fetch_from(pages, total, &["0"])
    }

    /// Fetches a question for each of the first pages.
    fn fetch_from(pages: &[&[u64]], total: Option<u64>, first: &[&str]) -> Fetched {
        let replies = pages.iter().map(|it| it.to_vec()).collect();
        let (connection, mut fetched) =
            (PlayedReplies(Mutex::new((replies, 0))), Fetched::default());
        let mut each = |event| {
            match event {
                FetchEvent::Page(body, _) => {
                    let papers = String::from_utf8(body).unwrap().parse().unwrap();
                    fetched.pages.push(papers);
                    return ControlFlow::Continue(papers);
                }
                FetchEvent::Notice(notice) => fetched.notices.push(notice),
                FetchEvent::Progress(progress) => assert_eq!(progress.total, total),
            }
            ControlFlow::Continue(0)
        };
        let progress = FetchProgress {
            name: "List".into(),
            pages: 0,
            total: None,
            waits_for: None,
            filter: "".into(),
            is_ended: false,
        };
        let control = LoadControl::default();
        let mut fetch = PageFetch {
            connection: &connection,
            freshness: Freshness::FromCache,
            control: &control,
            each: &mut each,
            progress,
            papers: 0,
        };
        let protocol = PlayedProtocol { pages: pages.len(), total };
        let questions = first
            .iter()
            .map(|it| (&protocol as &dyn ServiceProtocol, Ok(HttpRequest::get(Host::Dblp, *it))));
        let over = fetch.fetch_each(questions);
        fetched.error = over.err().map(|it| it.to_string());
        fetched.forgotten = connection.0.lock().unwrap().1;
        fetched
    }

    #[test]
    fn pages_come_in_order_and_those_before_an_error_stay() {
        let whole = Fetched { pages: vec![3, 2, 1], ..Fetched::default() };
        assert_eq!(fetch_pages(&[&[3], &[2], &[1]], Some(6)), whole);
        assert_eq!(fetch_pages(&[&[3], &[2], &[1]], None), whole);
        let broken = fetch_pages(&[&[3], &[], &[1]], None);
        assert_eq!((broken.pages, broken.error.as_deref()), (vec![3], Some("DBLP: no")));
    }

    #[test]
    fn an_error_of_one_question_leaves_the_others() {
        let fetched = fetch_from(&[&[], &[2, 2], &[3, 3, 3]], None, &["0", "1", "0", "2"]);
        assert_eq!((fetched.pages, fetched.error.as_deref()), (vec![2, 3, 3], Some("DBLP: no")));
    }

    #[test]
    fn an_empty_page_before_the_end_is_asked_for_once_more() {
        let fetched = fetch_pages(&[&[3], &[0, 2], &[1]], Some(6));
        assert_eq!((fetched.pages, fetched.forgotten), (vec![3, 0, 2, 1], 1));
        let fetched = fetch_pages(&[&[3], &[0, 0], &[1]], Some(6));
        assert_eq!((fetched.pages, fetched.forgotten), (vec![3, 0, 0], 2));
        assert_eq!(fetched.notices, ["List: 3 of 6 papers came; fetch again for the rest"]);
        // An empty list is one.
        let empty = fetch_pages(&[&[0]], Some(0));
        assert_eq!(empty, Fetched { pages: vec![0], ..Fetched::default() });
    }

    #[test]
    fn a_long_list_ends_at_the_bound_and_says_so() {
        let fetched = fetch_pages(&[&[1_500], &[1_500], &[1]], Some(3_001));
        assert_eq!(fetched.pages, [1_500, 1_500]);
        let notice = "List: the first 3000 of 3001 papers; narrow the search for the others";
        assert_eq!(fetched.notices, [notice]);
        let fetched = fetch_pages(&[&[1_500], &[1_500]], Some(3_000));
        assert_eq!(fetched.notices, Vec::<String>::new());
        let one: &[u64] = &[1];
        let fetched = fetch_pages(&[one; 501], None);
        assert_eq!((fetched.pages.len(), fetched.notices.len()), (500, 1));
    }
}
