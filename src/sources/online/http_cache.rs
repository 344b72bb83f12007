//! Keeps the replies of services, one file each. A cache that cannot be read or written costs
//! requests, and nothing else.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{self, File, FileTimes, Metadata};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::cached_reply::CachedReply;
use super::host::Host;
use super::request::HttpRequest;
use crate::sources::atomic_file::{AtomicFile, FileAccess, SpecialFilePolicy, remove_leftovers};
use crate::sources::disk::open_regular_for_reading;
use crate::text::fnv_of_parts;

const EXTENSION: &str = "reply";
/// A longer file is not ours.
const MAX_FILE_LEN: u64 = 130 << 20;
/// Time after which the use of a reply is noted again. A reply that is used at each start is not
/// written to each time.
const USE_RESOLUTION: Duration = Duration::from_hours(1);

/// The kept replies.
#[derive(Debug, Clone)]
pub struct ReplyCache {
    directory: PathBuf,
    /// Maximum size of all replies together, in bytes.
    max_bytes: u64,
}

/// The kept replies of one service, for a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CachedReplies {
    pub service: &'static str,
    pub replies: usize,
    pub bytes: u64,
}

impl ReplyCache {
    /// The replies in the directory of [`super::settings::OnlineSettings`].
    pub fn new(directory: &Path, max_bytes: u64) -> Self {
        Self { directory: directory.join("replies"), max_bytes }
    }

    /// Returns the reply to a request, if it is kept and not damaged. Reads one file.
    pub fn get(&self, url: &str, request: &HttpRequest) -> Option<CachedReply> {
        let file = open_regular_for_reading(&self.path(url, request)).ok()?;
        let metadata = file.metadata().ok().filter(|it| it.len() <= MAX_FILE_LEN)?;
        let mut bytes = Vec::with_capacity(metadata.len() as usize);
        (&file).take(MAX_FILE_LEN).read_to_end(&mut bytes).ok()?;
        let cached = CachedReply::parse(bytes, url, request)?;
        note_use(&file, &metadata);
        Some(cached)
    }

    /// Keeps a reply, and removes those that were not used for the longest time.
    pub fn put(&self, url: &str, request: &HttpRequest, cached: &CachedReply) {
        let Some(bytes) = cached.to_bytes(url, request) else { return };
        if bytes.len() as u64 <= self.max_bytes {
            let path = self.path(url, request);
            if self.write(&path, &bytes).is_ok() {
                self.trim(&path);
            }
        }
    }

    /// Removes a reply that proved unreadable.
    pub fn remove(&self, url: &str, request: &HttpRequest) {
        let _ = fs::remove_file(self.path(url, request));
    }

    /// Lists the services with kept replies, in the order of their hosts.
    ///
    /// # Errors
    ///
    /// Returns an error if the directory exists but cannot be read.
    pub fn list(&self) -> io::Result<Vec<CachedReplies>> {
        let mut services: BTreeMap<usize, CachedReplies> = BTreeMap::new();
        for (path, metadata) in self.files()? {
            let Some(host) = host_of_file(&path) else { continue };
            let service = if host == Host::Web { "other addresses" } else { host.title() };
            let first = Host::ALL.iter().position(|it| it.title() == host.title());
            let of_service = services.entry(first.unwrap_or_default());
            let of_service =
                of_service.or_insert_with(|| CachedReplies { service, replies: 0, bytes: 0 });
            of_service.replies += 1;
            of_service.bytes += metadata.len();
        }
        Ok(services.into_values().collect())
    }

    /// Removes all replies. Returns their number and their size in bytes.
    ///
    /// # Errors
    ///
    /// Returns an error if one of them cannot be removed.
    pub fn clear(&self) -> io::Result<(usize, u64)> {
        let files = self.files()?;
        for (path, _) in &files {
            fs::remove_file(path)?;
        }
        if !files.is_empty() {
            remove_leftovers(&self.directory)?;
        }
        Ok((files.len(), files.iter().map(|(_, it)| it.len()).sum()))
    }

    fn path(&self, url: &str, request: &HttpRequest) -> PathBuf {
        let body = request.json_body.as_deref().unwrap_or_default();
        let hash = fnv_of_parts([url, "\n", body]);
        self.directory.join(format!("{}-{hash:016x}.{EXTENSION}", request.host.name()))
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&self.directory)?;
        let mut file = AtomicFile::create(path, FileAccess::Private, SpecialFilePolicy::Refuse)?;
        file.write_all(bytes)?;
        file.commit()
    }

    /// Removes the replies that were not used for the longest time, until the rest fits.
    fn trim(&self, newest: &Path) {
        let Ok(mut files) = self.files() else { return };
        let mut bytes: u64 = files.iter().map(|(_, it)| it.len()).sum();
        files.sort_by_key(|(_, it)| it.modified().unwrap_or(SystemTime::UNIX_EPOCH));
        for (path, metadata) in files.iter().filter(|(path, _)| path != newest) {
            if bytes <= self.max_bytes {
                break;
            }
            if fs::remove_file(path).is_ok() {
                bytes -= metadata.len();
            }
        }
    }

    /// The files of replies. Anything else is not ours and is ignored.
    fn files(&self) -> io::Result<Vec<(PathBuf, Metadata)>> {
        let directory = match fs::read_dir(&self.directory) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            directory => directory?,
        };
        let files = directory.filter_map(Result::ok);
        let files = files.filter(|it| it.path().extension() == Some(OsStr::new(EXTENSION)));
        let files = files.filter_map(|it| Some((it.path(), it.metadata().ok()?)));
        Ok(files.filter(|(_, it)| it.is_file()).collect())
    }
}

/// The host whose reply a file has.
fn host_of_file(path: &Path) -> Option<Host> {
    let (name, _) = path.file_stem()?.to_str()?.rsplit_once('-')?;
    Host::ALL.into_iter().find(|it| it.name() == name)
}

/// Sets the time of a file that is used. A failure is ignored: the reply may go earlier.
fn note_use(file: &File, metadata: &Metadata) {
    let now = SystemTime::now();
    let age = metadata.modified().ok().and_then(|it| now.duration_since(it).ok());
    if age.is_some_and(|it| it > USE_RESOLUTION) {
        let _ = file.set_times(FileTimes::new().set_modified(now));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::online::request::HttpReply;

    const URL: &str = "https://a.org/";

    fn reply(body: &[u8]) -> CachedReply {
        CachedReply {
            reply: HttpReply { body: body.to_vec(), headers: Vec::new() },
            arrived: "2026-11-30T12:00:00Z".parse().unwrap(),
            expires: None,
        }
    }

    fn get(host: Host, path: &str) -> HttpRequest {
        HttpRequest::get(host, path)
    }

    #[test]
    fn a_reply_is_found_by_the_whole_request() {
        let directory = tempfile::tempdir().unwrap();
        let cache = ReplyCache::new(directory.path(), 1 << 20);
        let request = get(Host::Dblp, "/");
        cache.put(URL, &request, &reply(b"one"));
        assert_eq!(cache.get(URL, &request), Some(reply(b"one")));
        assert_eq!(cache.get("https://a.org/?b", &request), None);
        assert_eq!(cache.get(URL, &HttpRequest::post(Host::Dblp, "/", "{}")), None);
        cache.put(URL, &request, &reply(b"two"));
        assert_eq!(cache.get(URL, &request), Some(reply(b"two")));
        cache.remove(URL, &request);
        assert_eq!(cache.get(URL, &request), None);
    }

    #[cfg(unix)]
    #[test]
    fn only_the_user_may_read_replies() {
        use std::os::unix::fs::PermissionsExt as _;
        let directory = tempfile::tempdir().unwrap();
        let cache = ReplyCache::new(directory.path(), 1 << 20);
        cache.put(URL, &get(Host::Dblp, "/"), &reply(b"one"));
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&cache.directory), 0o700);
        assert_eq!(mode(&cache.path(URL, &get(Host::Dblp, "/"))), 0o600);
    }

    #[test]
    fn a_damaged_reply_is_ignored_and_replaced() {
        let directory = tempfile::tempdir().unwrap();
        let cache = ReplyCache::new(directory.path(), 1 << 20);
        let request = get(Host::Dblp, "/");
        cache.put(URL, &request, &reply(b"one"));
        fs::write(cache.path(URL, &request), b"offprint reply 1\n{}\n").unwrap();
        assert_eq!(cache.get(URL, &request), None);
        cache.put(URL, &request, &reply(b"two"));
        assert_eq!(cache.get(URL, &request), Some(reply(b"two")));
    }

    #[test]
    fn those_unused_for_the_longest_time_go_first() {
        let directory = tempfile::tempdir().unwrap();
        let cache = ReplyCache::new(directory.path(), 3_000);
        let requests: Vec<_> = (0..4).map(|it| get(Host::Dblp, &format!("/{it}"))).collect();
        let url = |at: usize| format!("https://a.org/{at}");
        for (at, request) in requests.iter().take(3).enumerate() {
            cache.put(&url(at), request, &reply(&[b'x'; 700]));
            let hours = Duration::from_secs(3_600 * (9 - at as u64));
            let time = FileTimes::new().set_modified(SystemTime::now() - hours);
            File::open(cache.path(&url(at), request)).unwrap().set_times(time).unwrap();
        }
        // Its use makes the oldest one the newest.
        assert!(cache.get(&url(0), &requests[0]).is_some());
        cache.put(&url(3), &requests[3], &reply(&[b'x'; 700]));
        let kept: Vec<bool> =
            (0..4).map(|at| cache.get(&url(at), &requests[at]).is_some()).collect();
        assert_eq!(kept, [true, false, true, true]);
        cache.put(URL, &get(Host::Dblp, "/"), &reply(&[b'x'; 4_000]));
        assert_eq!(cache.get(URL, &get(Host::Dblp, "/")), None);
        assert_eq!(cache.list().unwrap()[0].replies, 3);
    }

    #[test]
    fn a_listing_has_a_line_for_each_service() {
        let directory = tempfile::tempdir().unwrap();
        let cache = ReplyCache::new(directory.path(), 1 << 20);
        assert_eq!(cache.list().unwrap(), []);
        for host in [Host::Web, Host::ArxivFeed, Host::ArxivApi, Host::HuggingFace] {
            cache.put(URL, &get(host, "/"), &reply(b"body"));
        }
        fs::write(cache.directory.join("stranger.reply"), "").unwrap();
        let list = cache.list().unwrap();
        let counts: Vec<_> = list.iter().map(|it| (it.service, it.replies)).collect();
        assert_eq!(counts, [("arXiv", 2), ("Hugging Face", 1), ("other addresses", 1)]);
        assert_eq!(cache.clear().unwrap().0, 5);
        assert_eq!(cache.list().unwrap(), []);
    }
}
