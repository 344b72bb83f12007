//! Pages of a list: where the next one begins, and where a list ends.

use super::url::with_parameter;
use crate::sources::online::request::{HttpRequest, MAX_PAPERS};
use crate::text::group_digits;

/// The place of a page in its list.
#[derive(Debug, Clone, Copy)]
pub struct PagePlace {
    /// The number of papers before the page.
    pub offset: u64,
    /// The number of papers on it.
    pub count: u64,
    /// The number of papers in the list, if it is known.
    pub total: Option<u64>,
}

impl PagePlace {
    /// The number of papers up to the end of the page.
    pub fn end(self) -> u64 {
        self.offset + self.count
    }

    /// Returns true if papers may follow.
    pub fn has_more(self) -> bool {
        self.count > 0 && self.total.is_none_or(|total| self.end() < total)
    }

    /// The request for the next page, which begins at the parameter, and the notice if the list has
    /// more than a fetch takes. `limit` bounds the list beside [`MAX_PAPERS`].
    pub fn next(
        self,
        request: &HttpRequest,
        parameter: &str,
        limit: u64,
    ) -> (Option<HttpRequest>, Option<String>) {
        self.next_with(request, parameter, self.end(), limit)
    }

    /// The same as [`PagePlace::next`], with the value of the parameter for the next page.
    pub fn next_with(
        self,
        request: &HttpRequest,
        parameter: &str,
        value: u64,
        limit: u64,
    ) -> (Option<HttpRequest>, Option<String>) {
        if !self.has_more() {
            return (None, None);
        }
        if self.end() >= limit.min(MAX_PAPERS) {
            return (None, self.bound_notice(request));
        }
        let path = with_parameter(&request.path, parameter, &value.to_string());
        (Some(HttpRequest { path, ..request.clone() }), None)
    }

    /// The notice that only the first papers were fetched.
    pub fn bound_notice(self, request: &HttpRequest) -> Option<String> {
        let total = self.total?;
        Some(format!(
            "{}: the first {} of {} papers",
            request.host.title(),
            group_digits(self.end() as usize),
            group_digits(total as usize)
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::online::host::Host;

    #[test]
    fn a_list_ends_at_its_total_or_at_the_limit() {
        let request = HttpRequest::get(Host::Dblp, "/api?q=x&f=0");
        let place = |offset, count, total| PagePlace { offset, count, total };
        let (next, notice) = place(0, 100, Some(250)).next(&request, "f", u64::MAX);
        assert_eq!((next.unwrap().path.as_str(), notice), ("/api?q=x&f=100", None));
        assert_eq!(place(200, 50, Some(250)).next(&request, "f", u64::MAX), (None, None));
        assert_eq!(place(200, 0, Some(250)).next(&request, "f", u64::MAX), (None, None));
        let (next, notice) = place(200, 100, Some(12_345)).next(&request, "f", 300);
        assert_eq!((next, notice.as_deref()), (None, Some("DBLP: the first 300 of 12,345 papers")));
    }
}
