//! Ranks of papers in this program and in fzf.

use std::error::Error;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use offprint::cite::SharedBibliography;
use offprint::domain::{Corpus, Marks, Paper, PaperId};
use offprint::search::{Query, QueryId, Request, Searcher, SortDirection, SortKey};

use super::recalled::Mistaken;

/// Number of rows of a list that are looked through.
const FIRST: usize = 10;

/// A query, and the paper that it is meant for.
pub(crate) struct Question {
    pub mistaken: Mistaken,
    pub meant: PaperId,
}

/// Number of queries that ranked their paper first, and among the first ten.
#[derive(Clone, Copy, Default)]
pub(crate) struct Score {
    pub first: usize,
    pub among: usize,
}

/// The results of a row. A score is `None` if none of its queries could be run.
#[derive(Default)]
pub(crate) struct Measured {
    pub count: usize,
    pub typed: Score,
    pub correct: Option<Score>,
    pub fzf: Option<Score>,
}

/// Both programs over one corpus.
pub(crate) struct Engines<'a> {
    corpus: &'a Corpus,
    searcher: Searcher,
    fzf: Option<Fzf>,
}

/// The program, and its input with a line per paper.
struct Fzf {
    program: String,
    lines: PathBuf,
    _folder: tempfile::TempDir,
}

impl<'a> Engines<'a> {
    /// Indexes the corpus, and writes it for fzf if its path is given.
    pub(crate) fn new(corpus: &'a Corpus, fzf: Option<&str>) -> Result<Self, Box<dyn Error>> {
        let mut searcher = Searcher::default();
        searcher.index(corpus, &|| false, &mut |_| ());
        let fzf = fzf.map(|it| Fzf::new(it, corpus)).transpose()?;
        Ok(Self { corpus, searcher, fzf })
    }

    pub(crate) fn measure(&mut self, questions: &[Question]) -> Result<Measured, Box<dyn Error>> {
        let mut measured = Measured { count: questions.len(), ..Measured::default() };
        for Question { mistaken, meant } in questions {
            let Some(meant) = self.corpus.get(*meant).map(|it| line(&it)) else { continue };
            measured.typed.add(self.place(&mistaken.typed, &meant));
            if let Some(correct) = &mistaken.correct {
                let place = self.place(correct, &meant);
                measured.correct.get_or_insert_default().add(place);
            }
            if let Some(fzf) = &self.fzf {
                let place = fzf.place(&mistaken.typed, &meant)?;
                measured.fzf.get_or_insert_default().add(place);
            }
        }
        Ok(measured)
    }

    /// The rank of the paper with this line, from 1.
    fn place(&mut self, query: &str, meant: &str) -> Option<usize> {
        let request = Request {
            bibliographies: SharedBibliography::default(),
            query_id: QueryId(0),
            query: Arc::new(Query::parse(query)),
            corpus: self.corpus.clone(),
            marks: Arc::new(Marks::default()),
            sort_key: SortKey::Relevance,
            direction: SortDirection::Forward,
            judged_marks: None,
        };
        let mut hits = None;
        self.searcher.search(&request, &|| false, &mut |answer| hits = Some(answer.hits));
        let is_meant = |id| self.corpus.get(id).is_some_and(|it| line(&it) == meant);
        Some(hits?.ids().take(FIRST).position(is_meant)? + 1)
    }
}

impl Fzf {
    fn new(program: &str, corpus: &Corpus) -> Result<Self, Box<dyn Error>> {
        let folder = tempfile::tempdir()?;
        let lines = folder.path().join("lines");
        write_lines(corpus, &lines)?;
        Ok(Self { program: program.to_owned(), lines, _folder: folder })
    }

    /// The rank of this line, from 1.
    fn place(&self, query: &str, meant: &str) -> Result<Option<usize>, Box<dyn Error>> {
        let mut command = Command::new(&self.program);
        command.arg("--filter").arg(query).env_remove("FZF_DEFAULT_OPTS");
        let input = fs::File::open(&self.lines)?;
        let mut child = command.stdin(input).stdout(Stdio::piped()).spawn()?;
        let output = child.stdout.take().ok_or("fzf has no output")?;
        let mut place = None;
        for (at, line) in BufReader::new(output).lines().take(FIRST).enumerate() {
            if line? == meant {
                place = place.or(Some(at + 1));
            }
        }
        child.wait()?;
        Ok(place)
    }
}

/// The line of a paper for fzf, which also tells papers apart.
fn line(paper: &Paper<'_>) -> String {
    format!("{}  {}", paper.title, paper.author_list)
}

fn write_lines(corpus: &Corpus, path: &Path) -> Result<(), Box<dyn Error>> {
    let mut file = BufWriter::new(File::create(path)?);
    for (_, paper) in corpus.papers() {
        writeln!(file, "{}", line(&paper))?;
    }
    file.flush()?;
    Ok(())
}

impl Score {
    fn add(&mut self, place: Option<usize>) {
        self.first += usize::from(place == Some(1));
        self.among += usize::from(place.is_some());
    }
}
