//! The thread that has the library: a slow disk keeps nobody waiting, and acts keep their order.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

use super::pending_work::{Discharge, Duties, Duty, Owed};
use super::spawn::spawn_job;
use crate::cite::Bibliographies;
use crate::domain::KeyPattern;
use crate::library::{Desk, GivenKey, News, Task};
use crate::sources::{Loading, Opened, Source};

#[derive(Debug)]
enum Asked {
    Task(Task),
    Arrived(Loading),
    /// The load of that number begins.
    Reopened(u32),
    Look,
    /// The first frame is drawn.
    Drawn,
}

/// The end of the thread at which tasks are put.
#[derive(Debug)]
pub struct Librarian {
    asked: Sender<Asked>,
    duties: Duties,
    /// Whether the program ends, so that nobody will see what is looked up.
    is_over: Arc<AtomicBool>,
}

impl Librarian {
    /// Opens the library on a thread of its own. `post` gets the news, each with the number of the
    /// load that its papers are of.
    pub fn start(
        file: Option<PathBuf>,
        source: Option<String>,
        keys: KeyPattern,
        on_panic: impl FnOnce(String) + Send + 'static,
        post: impl Fn(u32, News) + Send + 'static,
    ) -> Self {
        let (asked, waiting) = channel();
        let (duties, discharge) = Duties::new();
        let is_over = Arc::new(AtomicBool::new(false));
        let until = Arc::clone(&is_over);
        let job = move || match Desk::open(file, source, keys) {
            Ok((desk, news)) => {
                tell(0, news, &post);
                work(desk.until(until), &waiting, &discharge, &post);
            }
            Err(why) => post(0, News::Warned(why.to_string())),
        };
        spawn_job("library", on_panic, job);
        Self { asked, duties, is_over }
    }

    /// Another end, at which keys are put that were given out.
    pub fn key_keeper(&self, own: Bibliographies) -> KeyKeeper {
        KeyKeeper { own, asked: self.asked.clone(), owed: self.duties.owed() }
    }

    pub fn ask(&self, task: Task) {
        self.put(Asked::Task(task));
    }

    /// Has papers looked up that have arrived, once the first frame is drawn: until then it would
    /// take time from that.
    pub fn arrived(&self, loading: &Loading) {
        self.put(Asked::Arrived(match loading {
            Loading::Segment(segment) => Loading::Segment(Arc::clone(segment)),
            Loading::Linked(overlay) => Loading::Linked(Arc::clone(overlay)),
            Loading::Done => Loading::Done,
            Loading::Progress { .. }
            | Loading::Repeats(_)
            | Loading::Defect(_)
            | Loading::Read { .. }
            | Loading::PassedOver { .. }
            | Loading::Failed(_)
            | Loading::Told(_) => return,
        }));
    }

    /// The sources are read again, as the load of that number.
    pub fn reopened(&self, number: u32) {
        self.put(Asked::Reopened(number));
    }

    /// Has it look whether another process has written.
    pub fn look(&self) {
        self.put(Asked::Look);
    }

    /// Says that the first frame is drawn.
    pub fn drawn(&self) {
        self.put(Asked::Drawn);
    }

    fn put(&self, asked: Asked) {
        self.duties.add(asked.duty());
        // A thread that panicked has said so itself.
        let _ = self.asked.send(asked);
    }

    /// Waits until all that was asked for is durable, or has failed. What is only looked up is left.
    pub fn finish(self) {
        let Self { asked, duties, is_over } = self;
        is_over.store(true, Ordering::SeqCst);
        drop(asked);
        duties.wait();
    }
}

/// Keeps keys that were given out, for this run at once and in the library.
#[derive(Debug)]
pub struct KeyKeeper {
    own: Bibliographies,
    asked: Sender<Asked>,
    owed: Owed,
}

impl KeyKeeper {
    pub fn keep(self, given: Vec<GivenKey>) {
        if given.is_empty() {
            return;
        }
        self.own.keep(given.iter().map(GivenKey::to_kept));
        let asked = Asked::Task(Task::Give(given));
        self.owed.add(asked.duty());
        // A thread that panicked has said so itself.
        let _ = self.asked.send(asked);
    }
}

impl Asked {
    fn duty(&self) -> Duty {
        match self {
            Self::Task(_) => Duty::Owed,
            Self::Arrived(_) | Self::Reopened(_) | Self::Look | Self::Drawn => Duty::Optional,
        }
    }
}

fn work(
    mut desk: Desk,
    waiting: &Receiver<Asked>,
    discharge: &Discharge,
    post: &impl Fn(u32, News),
) {
    let (mut number, mut is_drawn) = (0, false);
    let mut batch = VecDeque::new();
    loop {
        if batch.is_empty() {
            let Ok(first) = waiting.recv() else { return };
            batch.push_back(first);
        }
        batch.extend(waiting.try_iter());
        let Some(asked) = batch.pop_front() else { continue };
        let duty = asked.duty();
        let news = match asked {
            // Who moves on fast leaves places behind that nobody will ask for.
            Asked::Task(Task::Keep(_)) if is_outdone(&batch) => Vec::new(),
            Asked::Look if batch.iter().any(|it| matches!(it, Asked::Look)) => continue,
            Asked::Task(task) => desk.perform(&task),
            Asked::Arrived(loading) => {
                tell(number, desk.take(&loading), post);
                if is_drawn { desk.look_up_new() } else { Vec::new() }
            }
            Asked::Drawn => {
                is_drawn = true;
                desk.look_up_new()
            }
            Asked::Look => desk.look(),
            Asked::Reopened(opened) => {
                number = opened;
                desk.reopened();
                continue;
            }
        };
        tell(number, news, post);
        discharge.done(duty);
    }
}

fn tell(number: u32, news: impl IntoIterator<Item = News>, post: &impl Fn(u32, News)) {
    for it in news {
        post(number, it);
    }
}

/// Whether another place is to be kept, with nothing in between that would lose this one.
fn is_outdone(batch: &VecDeque<Asked>) -> bool {
    let mut tasks = batch.iter().take_while(|it| !matches!(it, Asked::Reopened(_)));
    tasks.any(|it| matches!(it, Asked::Task(Task::Keep(_))))
}

/// The news without papers that are no longer those of the corpus.
pub fn without_papers(news: News) -> Option<News> {
    match news {
        News::Marked(_) | News::Arrived | News::Found(_) => None,
        News::Done(mut receipt) => {
            receipt.papers.clear();
            Some(News::Done(receipt))
        }
        News::Basket(mut basket) => {
            basket.here.fill(None);
            Some(News::Basket(basket))
        }
        other => Some(other),
    }
}

/// What the citation keys of these sources are made of.
pub fn keys_of(opened: &[Opened]) -> KeyPattern {
    opened.first().map(|it| it.reading().keys.clone()).unwrap_or_default()
}

/// What the place in these sources is kept under; nothing where they cannot be opened again.
pub fn place_of(opened: &[Opened]) -> Option<String> {
    let name = |it: &Opened| match it.source() {
        Source::Builtin => Some("built-in".to_owned()),
        Source::File(path) => {
            let path = path.canonicalize().unwrap_or_else(|_| path.clone());
            Some(path.to_string_lossy().into_owned())
        }
        Source::Stdin => None,
    };
    opened.iter().map(name).collect::<Option<Vec<_>>>().map(|names| names.join("\n"))
}
