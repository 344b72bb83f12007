//! Edits a note in the user's editor, through a file in the state directory.

use std::fs;
#[cfg(unix)]
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use crate::app::{NoteResult, State};
use crate::domain::{Corpus, IdentityKeys, PaperId};
use crate::library::{Change, PaperRef, Receipt};
use crate::shell::split_command::split_command;
use crate::sources::{io_reason, write_private};

/// Maximum length of a note in bytes.
const MAX_NOTE_BYTES: usize = 1 << 20;

/// A file with a note. It is removed only after the library has stored the note, so no failure
/// loses text: the next edit of the note continues with the file.
#[derive(Debug)]
pub struct NoteFile {
    path: PathBuf,
    /// The note as stored in the library.
    saved_note: String,
    /// True if an earlier edit left unsaved text in the file.
    has_unsaved_text: bool,
}

impl NoteFile {
    /// Writes the note on a paper to a file below the state directory.
    ///
    /// # Errors
    ///
    /// Returns a sentence with the reason.
    pub fn for_paper(
        state: &State,
        paper: PaperRef,
        state_dir: Option<&Path>,
    ) -> Result<Self, String> {
        let PaperRef::Corpus(id) = paper else {
            return Err("Only papers of this source can have notes".to_owned());
        };
        let directory =
            state_dir.ok_or("No home directory for notes (set OFFPRINT_STATE to a directory)")?;
        let name = note_file_name(&state.corpus, id).ok_or("The paper is gone")?;
        Self::create(&directory.join("notes"), &name, state.library.marks.note(id))
            .map_err(|error| format!("Note file: {}", io_reason(&error)))
    }

    /// Writes the note to `NAME.md` in the directory, unless unsaved text is there.
    ///
    /// # Errors
    ///
    /// Returns an error if the directory cannot be written.
    fn create(directory: &Path, name: &str, note: &str) -> io::Result<Self> {
        let path = directory.join(format!("{name}.md"));
        let saved_note = note.trim_end().to_owned();
        let unsaved_text = fs::read_to_string(&path).unwrap_or_default();
        let has_unsaved_text =
            !unsaved_text.trim().is_empty() && unsaved_text.trim_end() != saved_note;
        if !has_unsaved_text {
            let end = if saved_note.is_empty() { "" } else { "\n" };
            write_private(&path, &format!("{saved_note}{end}"))?;
        }
        Ok(Self { path, saved_note, has_unsaved_text })
    }

    /// Runs the editor on the file and waits until it exits.
    pub fn edit(&self, editor: &str, paper: PaperRef) -> NoteResult {
        let status = match run_editor(editor, &self.path) {
            Ok(status) => status,
            Err(error) => {
                self.remove_if_unchanged();
                return NoteResult::Failed(format!(
                    "`{editor}`: {} (set EDITOR to another editor)",
                    io_reason(&error)
                ));
            }
        };
        self.edit_result(status, paper)
    }

    fn edit_result(&self, status: ExitStatus, paper: PaperRef) -> NoteResult {
        let location = || format!("your text is in {}", self.path.display());
        let text = match fs::read_to_string(&self.path) {
            Ok(text) => text.trim_end().to_owned(),
            Err(error) => {
                return NoteResult::Failed(format!(
                    "Note not saved: {}; {}",
                    io_reason(&error),
                    location()
                ));
            }
        };
        if text == self.saved_note {
            self.remove_if_unchanged();
            return NoteResult::Unchanged;
        }
        if !status.success() {
            let message = format!("Note not saved: the editor failed ({status})");
            return NoteResult::Failed(format!(
                "{message}; {}, and e continues with it",
                location()
            ));
        }
        if text.len() > MAX_NOTE_BYTES {
            return NoteResult::Failed(format!("Note not saved: longer than 1 MB; {}", location()));
        }
        NoteResult::Note { paper, text }
    }

    /// Removes the file if it has no unsaved text.
    fn remove_if_unchanged(&self) {
        if !self.has_unsaved_text {
            let _ = fs::remove_file(&self.path);
        }
    }

    /// Removes the file if the receipt shows that its text was stored, and returns true if it did.
    pub fn remove_if_saved(&self, receipt: &Receipt) -> bool {
        receipt
            .changes
            .iter()
            .any(|change| matches!(change, Change::Note(note) if self.remove_if_equal(note)))
    }

    fn remove_if_equal(&self, note: &str) -> bool {
        let is_equal = fs::read_to_string(&self.path).is_ok_and(|text| text.trim_end() == note);
        is_equal && fs::remove_file(&self.path).is_ok()
    }
}

/// File name of a paper's note: its citation key, to be recognised in the editor, and digits unique
/// to the paper.
fn note_file_name(corpus: &Corpus, id: PaperId) -> Option<String> {
    let weak = IdentityKeys::from(&corpus.get(id)?).weak;
    let digits = weak.rsplit(':').next().unwrap_or_default();
    let name_chars: String =
        corpus.citation_key(id).chars().filter(char::is_ascii_alphanumeric).take(60).collect();
    Some(format!("{name_chars}-{digits}"))
}

/// The editor command: `VISUAL`, else `EDITOR`, else a default.
pub fn editor_command() -> String {
    let named = |name| std::env::var(name).ok().filter(|it| !it.trim().is_empty());
    let fallback = if cfg!(windows) { "notepad" } else { "vi" };
    named("VISUAL").or_else(|| named("EDITOR")).unwrap_or_else(|| fallback.to_owned())
}

/// The editor as an argument vector. A command that is the path of a file is not split.
fn editor_argv(text: &str) -> io::Result<Vec<String>> {
    if Path::new(text).is_file() {
        return Ok(vec![text.to_owned()]);
    }
    split_command(text).map_err(io::Error::other)
}

/// Runs the editor on the controlling terminal, even if the program's standard streams are
/// redirected.
fn run_editor(editor: &str, path: &Path) -> io::Result<ExitStatus> {
    let editor = editor_argv(editor)?;
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

    const PAPER: PaperRef = PaperRef::Corpus(PaperId(0));

    fn result_of(file: &NoteFile, code: i32) -> NoteResult {
        file.edit_result(ExitStatus::from_raw(code << 8), PAPER)
    }

    #[test]
    fn what_was_written_is_the_note_and_its_file_goes_once_it_is_kept() {
        let directory = tempfile::tempdir().unwrap();
        let file = NoteFile::create(directory.path(), "paper", "old").unwrap();
        assert_eq!(fs::read_to_string(&file.path).unwrap(), "old\n");
        fs::write(&file.path, "old\nnew\n").unwrap();
        let text = "old\nnew".to_owned();
        assert_eq!(result_of(&file, 0), NoteResult::Note { paper: PAPER, text });
        assert!(!file.remove_if_equal("another") && file.path.exists());
        assert!(file.remove_if_equal("old\nnew") && !file.path.exists());
    }

    #[test]
    fn an_unchanged_note_leaves_nothing_behind() {
        let directory = tempfile::tempdir().unwrap();
        let file = NoteFile::create(directory.path(), "paper", "old").unwrap();
        assert_eq!(result_of(&file, 1), NoteResult::Unchanged);
        assert!(!file.path.exists());
    }

    #[test]
    fn what_an_editor_wrote_before_it_broke_is_gone_on_with() {
        let directory = tempfile::tempdir().unwrap();
        let file = NoteFile::create(directory.path(), "paper", "").unwrap();
        fs::write(&file.path, "half a thought").unwrap();
        let NoteResult::Failed(reason) = result_of(&file, 1) else { panic!("it failed") };
        assert!(reason.contains("paper.md") && reason.contains("e continues"), "{reason}");
        let reopened = NoteFile::create(directory.path(), "paper", "").unwrap();
        assert!(reopened.has_unsaved_text);
        assert_eq!(fs::read_to_string(&reopened.path).unwrap(), "half a thought");
    }

    #[test]
    fn an_editor_is_an_argument_vector_and_no_shell_is_asked() {
        assert_eq!(editor_argv("code --wait").unwrap(), ["code", "--wait"]);
        assert_eq!(editor_argv("emacsclient -t -a \"\"").unwrap(), ["emacsclient", "-t", "-a", ""]);
        assert!(editor_argv("vi 'x").unwrap_err().to_string().contains("quote"));
        let directory = tempfile::tempdir().unwrap();
        let program = directory.path().join("my editor");
        fs::write(&program, "").unwrap();
        assert_eq!(editor_argv(program.to_str().unwrap()).unwrap().len(), 1);
    }
}
