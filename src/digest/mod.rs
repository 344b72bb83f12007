//! The digest: what is new, as a mail, a feed or a page, each paper once.
//!
//! Everything but `sent_log`, `outbox` and `transport` is pure: the day and the time are handed in.

mod forms;
mod layout;
mod mail;
mod mail_settings;
mod outbox;
mod selection;
mod sent_log;
mod transport;

pub use forms::atom::atom_feed;
pub use forms::html::html_page;
pub use forms::markdown::markdown_text;
pub use forms::text::{LineBreaks, plain_text};
pub use layout::{Digest, DigestSection, SectionKind, digest_paper};
pub use mail::{MailHeaders, MailMessage, MessageError, message_id, write_message};
pub use mail_settings::{MailRoute, MailSettings, SmtpEncryption, SmtpSettings, is_address};
pub use outbox::{Outbox, PendingMail};
pub use selection::{DigestSelection, marked_news, select_new};
pub use sent_log::{SentLog, SentPaper};
pub use transport::{DeliveryError, PreparedRoute};
