//! Fetches the records of an address one by one, without segments and without a screen.

use std::ops::ControlFlow;
use std::sync::Arc;

use crate::domain::Draft;
use crate::formats::{UnrecognisedInput, read_with};
use crate::sources::load_control::LoadControl;
use crate::sources::online::{FetchError, FetchEvent, OnlineConnection, OnlineSource, fetch};
use crate::sources::options::ReadOptions;

/// The pages of a fetch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageLimit {
    /// The best results of a search.
    FirstPage,
    AllPages,
}

/// Fetches the records of an address. Records that cannot be read are left out.
///
/// # Errors
///
/// Returns the first error; records before it have been passed on.
pub fn fetch_drafts(
    online: &OnlineSource,
    options: &ReadOptions,
    limit: PageLimit,
    control: &LoadControl,
    each: &mut dyn FnMut(Draft),
) -> Result<(), FetchError> {
    let connection = OnlineConnection::new(Arc::clone(&options.online));
    let mut unread = None;
    let mut on_event = |event| {
        let (body, format) = match event {
            FetchEvent::Page(body, format) => (body, format),
            // The page is read and kept by now.
            FetchEvent::Progress(progress)
                if progress.pages > 0 && limit == PageLimit::FirstPage =>
            {
                return ControlFlow::Break(());
            }
            FetchEvent::Progress(_) | FetchEvent::Notice(_) => return ControlFlow::Continue(0),
        };
        let format = match format.map_or_else(|| options.format(&body), Ok) {
            Ok(format) => format,
            Err(UnrecognisedInput::Empty) => return ControlFlow::Continue(0),
            Err(reason) => {
                unread = Some(reason);
                return ControlFlow::Break(());
            }
        };
        let mut records = 0;
        let mut sink = |record: Result<Draft, _>| {
            records += u64::from(record.is_ok());
            record.into_iter().for_each(&mut *each);
            ControlFlow::Continue(())
        };
        let (names, abbreviations) = (&options.field_names, &options.abbreviations);
        // Bytes in memory do not break off.
        let _ = read_with(format, names, abbreviations, &mut &*body, &mut sink);
        ControlFlow::Continue(records)
    };
    let (settings, freshness) = (&options.online, options.freshness);
    fetch(online, settings, &connection, freshness, control, &mut on_event)?;
    match unread {
        Some(reason) => {
            Err(FetchError::Unexpected { service: "the server", reason: reason.to_string() })
        }
        None => Ok(()),
    }
}
