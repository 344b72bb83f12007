//! Delivers to a maildir: a file is written in `tmp/` and then renamed into `new/`.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use super::DeliveryError;
use crate::digest::mail::MailMessage;
use crate::sources::io_reason;
use crate::text::{display_path, fnv};

const FOLDERS: [&str; 3] = ["tmp", "new", "cur"];

/// Returns the reason why a folder is no maildir. One that does not exist is created later.
pub fn maildir_problem(folder: &Path) -> Option<String> {
    let is_maildir = FOLDERS.iter().all(|it| folder.join(it).is_dir());
    (folder.exists() && !is_maildir)
        .then(|| format!("{}: no maildir (without `tmp`, `new` and `cur`)", display_path(folder)))
}

/// # Errors
///
/// Returns an error if the file cannot be written.
pub fn deliver(message: &MailMessage, folder: &Path) -> Result<String, DeliveryError> {
    if let Some(problem) = maildir_problem(folder) {
        return Err(DeliveryError::NotSent(problem));
    }
    let place = display_path(folder);
    // The name follows from the mail, so that a mail that is delivered twice is one file.
    let name = format!("{}.{:016x}.offprint", message.sent_at, fnv(&message.message_id));
    match write(message, folder, &name) {
        Ok(()) => Ok(format!("delivered to {place}")),
        Err(error) => Err(DeliveryError::NotSent(format!("{place}: {}", io_reason(&error)))),
    }
}

fn write(message: &MailMessage, folder: &Path, name: &str) -> io::Result<()> {
    for part in FOLDERS {
        fs::create_dir_all(folder.join(part))?;
    }
    let temporary = folder.join("tmp").join(name);
    let mut file = File::create(&temporary)?;
    file.write_all(message.text.replace("\r\n", "\n").as_bytes())?;
    file.sync_all()?;
    fs::rename(&temporary, folder.join("new").join(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_that_is_delivered_twice_is_one_file() {
        let folder = tempfile::tempdir().unwrap();
        let (maildir, other) = (folder.path().join("mail"), folder.path().join("other"));
        let message = MailMessage {
            from: "a@example.org".to_owned(),
            to: vec!["b@example.org".to_owned()],
            message_id: "c@d".to_owned(),
            sent_at: 1,
            text: "Subject: Snow\r\n\r\nIt falls.\r\n".to_owned(),
        };
        deliver(&message, &maildir).unwrap();
        deliver(&message, &maildir).unwrap();
        let files: Vec<_> = fs::read_dir(maildir.join("new")).unwrap().collect();
        assert_eq!(files.len(), 1);
        assert_eq!(fs::read_dir(maildir.join("tmp")).unwrap().count(), 0);
        fs::create_dir(&other).unwrap();
        assert!(matches!(deliver(&message, &other), Err(DeliveryError::NotSent(_))));
    }
}
