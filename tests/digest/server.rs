//! A real SMTP server with STARTTLS and a login, run by Python's `aiosmtpd`.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use crate::support::program::Place;

/// The running server. It ends with this value.
pub(crate) struct SmtpServer {
    process: Child,
    folder: PathBuf,
}

impl SmtpServer {
    /// Starts the server, and configures it as the route of the mail. `delay` is the longest time
    /// before an answer, in seconds.
    pub(crate) fn start(place: &Place, delay: &str) -> Self {
        let names = vec!["localhost".to_owned()];
        let made = rcgen::generate_simple_self_signed(names).unwrap();
        let certificate = place.file("server.pem", made.cert.pem());
        let key = place.file("server.key", made.signing_key.serialize_pem());
        let folder = PathBuf::from(place.folder("taken"));
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/digest/server.py");
        let mut process = Command::new("python3")
            .args([script, &certificate, &key, folder.to_str().unwrap(), delay])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut port = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut port).unwrap();
        place.file("password", "snow\n");
        let port: u16 = port.trim().parse().unwrap();
        let config = format!(
            "[mail]\nto = ['Ada Möss <ada@example.org>']\n[mail.smtp]\nhost = 'localhost'\n\
             port = {port}\ntls = 'starttls'\nuser = 'ada'\npassword = ['/bin/cat', 'password']\n\
             certificates = 'server.pem'\n"
        );
        place.file("config/offprint/config.toml", config);
        Self { process, folder }
    }

    /// The files of the mails that were taken, in order.
    pub(crate) fn taken(&self) -> Vec<PathBuf> {
        let files = fs::read_dir(&self.folder).unwrap().map(|it| it.unwrap().path());
        let mut files: Vec<PathBuf> =
            files.filter(|it| it.extension().is_some_and(|it| it == "eml")).collect();
        files.sort();
        files
    }
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
