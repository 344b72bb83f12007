//! The bytes of a source: what was read to judge it, and what follows.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::time::Duration;

use super::pipe::{Pipe, Wait};

/// So many bytes are judged at most.
pub const HEAD: usize = 64 << 10;

pub struct Input {
    head: Vec<u8>,
    /// How much of the head has been taken.
    at: usize,
    rest: Rest,
}

pub enum Rest {
    File(BufReader<File>),
    Pipe(Pipe),
    Nothing,
}

impl Input {
    pub fn new(rest: Rest) -> Self {
        Self { head: Vec::new(), at: 0, rest }
    }

    /// The file, where the bytes lie in one.
    pub fn file(&self) -> Option<&File> {
        match &self.rest {
            Rest::File(file) => Some(file.get_ref()),
            Rest::Pipe(_) | Rest::Nothing => None,
        }
    }

    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// Adds to the head what comes next, waiting no longer than so long for a pipe. A head that is
    /// full counts as the end.
    pub fn gather(&mut self, patience: Duration) -> io::Result<Wait> {
        let before = self.head.len();
        let room = HEAD.saturating_sub(before);
        if room == 0 {
            return Ok(Wait::Ended);
        }
        match &mut self.rest {
            Rest::File(file) => {
                file.take(room as u64).read_to_end(&mut self.head)?;
                Ok(if self.head.len() == before { Wait::Ended } else { Wait::Ready })
            }
            Rest::Pipe(pipe) => {
                let wait = pipe.wait(patience)?;
                if wait == Wait::Ready {
                    let available = pipe.available();
                    let len = available.len().min(room);
                    self.head.extend_from_slice(&available[..len]);
                    pipe.consume(len);
                }
                Ok(wait)
            }
            Rest::Nothing => Ok(Wait::Ended),
        }
    }

    /// Waits until there are bytes to take, but no longer than so long.
    pub fn wait(&mut self, patience: Duration) -> io::Result<Wait> {
        match &mut self.rest {
            Rest::Pipe(pipe) if self.at == self.head.len() => pipe.wait(patience),
            _ => Ok(Wait::Ready),
        }
    }

    /// The bytes to take; none at the end. To be called when they have been waited for.
    pub fn available(&mut self) -> io::Result<&[u8]> {
        if self.at < self.head.len() {
            return Ok(&self.head[self.at..]);
        }
        match &mut self.rest {
            Rest::File(file) => file.fill_buf(),
            Rest::Pipe(pipe) => Ok(pipe.available()),
            Rest::Nothing => Ok(&[]),
        }
    }

    pub fn consume(&mut self, len: usize) {
        if self.at < self.head.len() {
            self.at = (self.at + len).min(self.head.len());
            return;
        }
        match &mut self.rest {
            Rest::File(file) => file.consume(len),
            Rest::Pipe(pipe) => pipe.consume(len),
            Rest::Nothing => {}
        }
    }
}
