//! Mails of `offprint digest`: what is sent where, and the files that say what was sent.

use std::fs::File;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, anyhow};
use jiff::Timestamp;
use jiff::civil::Date;

use super::print::print_lines;
use super::update::now;
use crate::cli::args::digest::DigestArgs;
use crate::cli::config::inbox::inbox_directory;
use crate::cli::config::options::Options;
use crate::cli::report::report;
use crate::digest::{
    DeliveryError, Digest, MailHeaders, MailMessage, MessageError, Outbox, PendingMail,
    PreparedRoute, SentLog, SentPaper, is_address, message_id, write_message,
};
use crate::sources::InboxDirectory;
use crate::text::{counted, display_path};

/// The checked settings of sending.
#[derive(Debug)]
pub struct MailPlan {
    from: String,
    to: Vec<String>,
    /// `None` if the mail is printed.
    route: Option<PreparedRoute>,
}

/// The files of all digests in the data directory.
#[derive(Debug)]
pub struct DigestFiles {
    directory: InboxDirectory,
    outbox: Outbox,
}

impl MailPlan {
    /// # Errors
    ///
    /// Returns an error if a setting is wrong or missing.
    pub fn new(options: &Options, args: &DigestArgs) -> anyhow::Result<Self> {
        let settings = &options.mail;
        let to = if args.to.is_empty() { settings.to.clone() } else { args.to.clone() };
        if let Some(wrong) = to.iter().find(|it| !is_address(it)) {
            return Err(anyhow!("--to {wrong}: not an e-mail address"));
        }
        let first = to.first().ok_or(MessageError::NoRecipient)?;
        let from = settings.from.clone().unwrap_or_else(|| first.clone());
        let needs_route = args.delivery.send || args.check;
        let prepare = || settings.route().cloned().and_then(PreparedRoute::new);
        let route = needs_route.then(prepare).transpose().map_err(anyhow::Error::msg)?;
        Ok(Self { from, to, route })
    }

    fn deliver(&self, message: &MailMessage) -> Result<String, DeliveryError> {
        match &self.route {
            Some(route) => route.deliver(message),
            None => Err(DeliveryError::NotSent("mail is only printed".to_owned())),
        }
    }
}

impl DigestFiles {
    /// # Errors
    ///
    /// Returns an error if the user has no data directory.
    pub fn new() -> anyhow::Result<Self> {
        let path = inbox_directory()?.path().with_file_name("digest");
        let outbox = Outbox::new(path.join("pending.json"));
        Ok(Self { directory: InboxDirectory::new(path), outbox })
    }

    fn log_file(&self) -> PathBuf {
        self.directory.path().join("sent.jsonl")
    }

    /// Waits until no other process sends a digest.
    ///
    /// # Errors
    ///
    /// Returns an error if the lock cannot be made.
    pub fn lock(&self) -> anyhow::Result<File> {
        let wait = "waiting for another digest";
        let lock = self.directory.lock_update(&mut || report(wait));
        lock.with_context(|| display_path(self.directory.path()))
    }

    /// # Errors
    ///
    /// Returns an error if the log is unreadable: papers would be sent again.
    pub fn read_log(&self) -> anyhow::Result<SentLog> {
        let file = self.log_file();
        SentLog::read(file.clone()).with_context(|| display_path(&file))
    }

    /// Adds papers to the log.
    ///
    /// # Errors
    ///
    /// Returns an error if it cannot be written.
    pub fn record(&self, log: &mut SentLog, papers: Vec<SentPaper>) -> anyhow::Result<()> {
        log.add(papers).with_context(|| display_path(&self.log_file()))
    }
}

/// Writes a digest as a mail that follows the last one in the log.
///
/// # Errors
///
/// Returns an error if it cannot be made.
pub fn message(plan: &MailPlan, digest: &Digest, log: &SentLog) -> anyhow::Result<MailMessage> {
    let previous_id = log.last_message_id(&digest.name).map(str::to_owned);
    let headers = MailHeaders {
        from: plan.from.clone(),
        to: plan.to.clone(),
        sent_at: Timestamp::from_second(now())?,
        message_id: message_id(&digest.name, &digest.day.to_string(), previous_id.as_deref()),
        previous_id,
    };
    Ok(write_message(digest, &headers)?)
}

/// Sends a digest. Its papers count as sent once it was taken.
///
/// # Errors
///
/// Returns an error if it was not taken.
pub fn send(
    files: &DigestFiles,
    plan: &MailPlan,
    digest: &Digest,
    papers: Vec<SentPaper>,
    log: &mut SentLog,
) -> anyhow::Result<()> {
    let message = message(plan, digest, log)?;
    let papers = papers.into_iter().map(|it| it.with_message_id(&message.message_id)).collect();
    let mail = PendingMail { message, papers };
    files.outbox.put(&mail).with_context(|| display_path(files.directory.path()))?;
    deliver_pending(files, plan, mail, log)
}

/// Sends the mail of a run that was broken off. Returns false if there is none.
///
/// # Errors
///
/// Returns an error if it was not taken.
pub fn finish_pending(
    files: &DigestFiles,
    plan: &MailPlan,
    log: &mut SentLog,
) -> anyhow::Result<bool> {
    let place = || display_path(files.directory.path());
    let Some(mail) = files.outbox.read().with_context(place)? else { return Ok(false) };
    if log.has_message(&mail.message.message_id) {
        files.outbox.clear().with_context(place)?;
        return Ok(false);
    }
    report("sending the mail of an interrupted run");
    deliver_pending(files, plan, mail, log).map(|()| true)
}

fn deliver_pending(
    files: &DigestFiles,
    plan: &MailPlan,
    mail: PendingMail,
    log: &mut SentLog,
) -> anyhow::Result<()> {
    let place = || display_path(files.directory.path());
    match plan.deliver(&mail.message) {
        Ok(answer) => {
            let papers = counted(mail.papers.len(), "paper");
            files.record(log, mail.papers)?;
            files.outbox.clear().with_context(place)?;
            let recipients = mail.message.to.join(", ");
            print_lines(&[format!("Sent: {papers} to {recipients} ({answer})")])
        }
        Err(error @ DeliveryError::NotSent(_)) => {
            files.outbox.clear().with_context(place)?;
            Err(anyhow!("not sent: {error}"))
        }
        Err(error @ DeliveryError::Unknown(_)) => Err(anyhow!("not sent: {error}")),
    }
}

/// Sends a mail without papers and prints the answer.
///
/// # Errors
///
/// Returns an error if it was not taken.
pub fn send_test(plan: &MailPlan, day: Date) -> anyhow::Result<ExitCode> {
    let time = now();
    let digest = Digest {
        name: "test".to_owned(),
        day,
        sections: Vec::new(),
        notes: vec!["A test of `offprint digest --check`".to_owned()],
    };
    let headers = MailHeaders {
        from: plan.from.clone(),
        to: plan.to.clone(),
        sent_at: Timestamp::from_second(time)?,
        message_id: message_id("test", &day.to_string(), Some(&time.to_string())),
        previous_id: None,
    };
    let message = write_message(&digest, &headers)?;
    let answer = plan.deliver(&message).map_err(|it| anyhow!("not sent: {it}"))?;
    print_lines(&[format!("Sent a test mail to {} ({answer})", message.to.join(", "))])?;
    Ok(ExitCode::SUCCESS)
}
