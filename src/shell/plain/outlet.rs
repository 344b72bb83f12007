//! Copies and links of a run without a screen: no byte is sent to the terminal for them.

use crate::app::{Event, UnopenedLink};
use crate::shell::clipboard::{
    Clipboard, ClipboardSetting, CopyText, Environment, Route, choose_route,
};
use crate::shell::headless::Outlet;
use crate::shell::jobs::open_link::{Desktop, OpenResult, open_link};

/// Copies by a desktop, a multiplexer, a command or a file, and opens links on a desktop.
pub struct LineOutlet {
    clipboard: Clipboard,
    /// Saves a text that could only be sent through the terminal.
    file_clipboard: Clipboard,
    environment: Environment,
}

impl LineOutlet {
    pub fn new(setting: ClipboardSetting, environment: &Environment) -> Self {
        let (route, _) = choose_route(&setting, environment);
        let uses_terminal = matches!(route, Route::Osc52 | Route::Screen);
        let setting = if uses_terminal { ClipboardSetting::File } else { setting };
        Self {
            clipboard: Clipboard::new(setting, environment.clone()),
            file_clipboard: Clipboard::new(ClipboardSetting::File, environment.clone()),
            environment: environment.clone(),
        }
    }
}

impl Outlet for LineOutlet {
    fn copy(&mut self, copy: &CopyText) -> Result<String, String> {
        let mut delivery = self.clipboard.copy(copy);
        if delivery.as_ref().is_ok_and(|it| !it.bytes.is_empty()) {
            delivery = self.file_clipboard.copy(copy);
        }
        delivery
            .map(|it| it.receipt)
            .map_err(|reason| format!("{} not copied: {reason}", copy.description))
    }

    fn open(&mut self, url: String) -> Event {
        let connection = self.environment.with_attached_terminal().connection;
        let browsers = std::env::var("BROWSER").ok();
        let desktop = Desktop::read().with_connection(connection);
        match open_link(&url, desktop, browsers.as_deref()) {
            Ok(OpenResult::Launched) => Event::OpenResult(Ok(format!("Opened {url}"))),
            Ok(OpenResult::Show { link, reason }) => {
                let reason = format!("{reason}, so the link is shown instead");
                Event::OpenResult(Err(UnopenedLink { url: link, reason }))
            }
            Err(error) => Event::Error(error.to_string()),
        }
    }
}
