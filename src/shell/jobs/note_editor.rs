//! A note in the reader's own editor: the file that is edited, and what comes of it.

use std::fs;
#[cfg(unix)]
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use crate::app::{State, Written};
use crate::domain::{Corpus, Keys, PaperId};
use crate::library::{Deed, Receipt, Which};
use crate::shell::split_command::words;
use crate::sources::write_private;

/// As long as a note may be, in bytes.
const LONGEST: usize = 1 << 20;

/// A file with a note. It lies there until the note is in the library, so that nothing is lost,
/// whatever breaks: the next edit of the note goes on with what it finds.
#[derive(Debug)]
pub struct NoteFile {
    path: PathBuf,
    /// The note as the library has it.
    before: String,
    /// Whether something was there that an earlier edit had left.
    is_left_over: bool,
}

impl NoteFile {
    /// Lays the note on a paper down below the state directory.
    ///
    /// # Errors
    ///
    /// A sentence that says why it cannot lie there.
    pub fn of(state: &State, paper: Which, state_dir: Option<&Path>) -> Result<Self, String> {
        let Which::Paper(id) = paper else {
            return Err("Only a paper of this source is noted.".to_owned());
        };
        let directory = state_dir.ok_or("Without a home directory a note has nowhere to lie.")?;
        let name = name(&state.corpus, id).ok_or("The paper is gone.")?;
        Self::create(&directory.join("notes"), &name, state.library.marks.note(id))
            .map_err(|why| format!("The note cannot be laid down: {why}."))
    }

    /// Lays the note down in the directory, under the name of its paper.
    ///
    /// # Errors
    ///
    /// When the directory cannot be written.
    fn create(directory: &Path, name: &str, note: &str) -> io::Result<Self> {
        let path = directory.join(format!("{name}.md"));
        let before = note.trim_end().to_owned();
        let left = fs::read_to_string(&path).unwrap_or_default();
        let is_left_over = !left.trim().is_empty() && left.trim_end() != before;
        if !is_left_over {
            let end = if before.is_empty() { "" } else { "\n" };
            write_private(&path, &format!("{before}{end}"))?;
        }
        Ok(Self { path, before, is_left_over })
    }

    /// Has it edited, which takes as long as the reader likes.
    pub fn edit(&self, editor: &str, paper: Which) -> Written {
        let status = match start(editor, &self.path) {
            Ok(status) => status,
            Err(why) => {
                self.put_away();
                return Written::Failed(format!(
                    "The editor `{editor}` cannot be started: {why}; EDITOR names another."
                ));
            }
        };
        self.outcome(status, paper)
    }

    fn outcome(&self, status: ExitStatus, paper: Which) -> Written {
        let kept = || format!("what was written is in {}", self.path.display());
        let text = match fs::read_to_string(&self.path) {
            Ok(text) => text.trim_end().to_owned(),
            Err(why) => return Written::Failed(format!("Not noted: {why}; {}.", kept())),
        };
        if text == self.before {
            self.put_away();
            return Written::Unchanged;
        }
        if !status.success() {
            let ended = format!("The editor ended with {status}, so the note is as it was");
            return Written::Failed(format!("{ended}; {}, and e goes on with it.", kept()));
        }
        if text.len() > LONGEST {
            return Written::Failed(format!("Not noted: it is longer than 1 MB; {}.", kept()));
        }
        Written::Note { paper, text }
    }

    /// Removes a file that holds nothing new.
    fn put_away(&self) {
        if !self.is_left_over {
            let _ = fs::remove_file(&self.path);
        }
    }

    /// Removes the file if what was done was to keep what it holds, and says whether it did.
    pub fn is_settled_by(&self, receipt: &Receipt) -> bool {
        receipt.deeds.iter().any(|deed| matches!(deed, Deed::Note(note) if self.settle(note)))
    }

    fn settle(&self, note: &str) -> bool {
        let is_it = fs::read_to_string(&self.path).is_ok_and(|text| text.trim_end() == note);
        is_it && fs::remove_file(&self.path).is_ok()
    }
}

/// What the file with a note on the paper is called: its citation key, so that the reader sees what
/// is being edited, and digits that no other paper has.
fn name(corpus: &Corpus, id: PaperId) -> Option<String> {
    let weak = Keys::from(&corpus.get(id)?).weak;
    let digits = weak.rsplit(':').next().unwrap_or_default();
    let letters: String =
        corpus.citation_key(id).chars().filter(char::is_ascii_alphanumeric).take(60).collect();
    Some(format!("{letters}-{digits}"))
}

/// The editor that the reader has named, with its arguments.
pub fn editor() -> String {
    let named = |name| std::env::var(name).ok().filter(|it| !it.trim().is_empty());
    let fallback = if cfg!(windows) { "notepad" } else { "vi" };
    named("VISUAL").or_else(|| named("EDITOR")).unwrap_or_else(|| fallback.to_owned())
}

/// The editor as an argument vector: split as a shell splits, unless all of it is a path.
fn vector(text: &str) -> io::Result<Vec<String>> {
    if Path::new(text).is_file() {
        return Ok(vec![text.to_owned()]);
    }
    words(text).map_err(io::Error::other)
}

/// Runs the editor on the terminal, whatever the program's own input and output are.
fn start(editor: &str, path: &Path) -> io::Result<ExitStatus> {
    let editor = vector(editor)?;
    let Some((program, arguments)) = editor.split_first() else {
        return Err(io::ErrorKind::NotFound.into());
    };
    let mut command = Command::new(program);
    command.args(arguments).arg(path);
    #[cfg(unix)]
    {
        let terminal = || File::options().read(true).write(true).open("/dev/tty").map(Stdio::from);
        command.stdin(terminal()?).stdout(terminal()?).stderr(terminal()?);
    }
    #[cfg(not(unix))]
    command.stdin(Stdio::inherit());
    command.status()
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::process::ExitStatusExt as _;

    use super::*;

    const PAPER: Which = Which::Paper(PaperId(0));

    fn ended(file: &NoteFile, code: i32) -> Written {
        file.outcome(ExitStatus::from_raw(code << 8), PAPER)
    }

    #[test]
    fn what_was_written_is_the_note_and_its_file_goes_once_it_is_kept() {
        let directory = tempfile::tempdir().unwrap();
        let file = NoteFile::create(directory.path(), "paper", "old").unwrap();
        assert_eq!(fs::read_to_string(&file.path).unwrap(), "old\n");
        fs::write(&file.path, "old\nnew\n").unwrap();
        let text = "old\nnew".to_owned();
        assert_eq!(ended(&file, 0), Written::Note { paper: PAPER, text });
        assert!(!file.settle("another") && file.path.exists());
        assert!(file.settle("old\nnew") && !file.path.exists());
    }

    #[test]
    fn an_unchanged_note_leaves_nothing_behind() {
        let directory = tempfile::tempdir().unwrap();
        let file = NoteFile::create(directory.path(), "paper", "old").unwrap();
        assert_eq!(ended(&file, 1), Written::Unchanged);
        assert!(!file.path.exists());
    }

    #[test]
    fn what_an_editor_wrote_before_it_broke_is_gone_on_with() {
        let directory = tempfile::tempdir().unwrap();
        let file = NoteFile::create(directory.path(), "paper", "").unwrap();
        fs::write(&file.path, "half a thought").unwrap();
        let Written::Failed(why) = ended(&file, 1) else { panic!("it failed") };
        assert!(why.contains("paper.md") && why.contains("e goes on"), "{why}");
        let again = NoteFile::create(directory.path(), "paper", "").unwrap();
        assert!(again.is_left_over);
        assert_eq!(fs::read_to_string(&again.path).unwrap(), "half a thought");
    }

    #[test]
    fn an_editor_is_an_argument_vector_and_no_shell_is_asked() {
        assert_eq!(vector("code --wait").unwrap(), ["code", "--wait"]);
        assert_eq!(vector("emacsclient -t -a \"\"").unwrap(), ["emacsclient", "-t", "-a", ""]);
        assert!(vector("vi 'x").unwrap_err().to_string().contains("quote"));
        let directory = tempfile::tempdir().unwrap();
        let program = directory.path().join("my editor");
        fs::write(&program, "").unwrap();
        assert_eq!(vector(program.to_str().unwrap()).unwrap().len(), 1);
    }
}
