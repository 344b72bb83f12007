//! The bytes of a source: what was read to judge it, and what follows.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::time::Duration;

use super::pipe::{Pipe, WaitResult};

/// So many bytes are judged at most.
pub const HEAD_LEN: usize = 64 << 10;

pub struct PeekedInput {
    head: Vec<u8>,
    /// How much of the head has been taken.
    position: usize,
    remaining: RemainingInput,
}

pub enum RemainingInput {
    File(BufReader<File>),
    Pipe(Pipe),
    Empty,
}

impl PeekedInput {
    pub fn new(rest: RemainingInput) -> Self {
        Self { head: Vec::new(), position: 0, remaining: rest }
    }

    /// The file, where the bytes lie in one.
    pub fn file(&self) -> Option<&File> {
        match &self.remaining {
            RemainingInput::File(file) => Some(file.get_ref()),
            RemainingInput::Pipe(_) | RemainingInput::Empty => None,
        }
    }

    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// Adds to the head what comes next, waiting no longer than so long for a pipe. A head that is
    /// full counts as the end.
    pub fn fill_head(&mut self, patience: Duration) -> io::Result<WaitResult> {
        let before = self.head.len();
        let room = HEAD_LEN.saturating_sub(before);
        if room == 0 {
            return Ok(WaitResult::Ended);
        }
        match &mut self.remaining {
            RemainingInput::File(file) => {
                file.take(room as u64).read_to_end(&mut self.head)?;
                Ok(if self.head.len() == before { WaitResult::Ended } else { WaitResult::Ready })
            }
            RemainingInput::Pipe(pipe) => {
                let wait = pipe.wait(patience)?;
                if wait == WaitResult::Ready {
                    let available = pipe.available();
                    let len = available.len().min(room);
                    self.head.extend_from_slice(&available[..len]);
                    pipe.consume(len);
                }
                Ok(wait)
            }
            RemainingInput::Empty => Ok(WaitResult::Ended),
        }
    }

    /// Waits until there are bytes to take, but no longer than so long.
    pub fn wait(&mut self, patience: Duration) -> io::Result<WaitResult> {
        match &mut self.remaining {
            RemainingInput::Pipe(pipe) if self.position == self.head.len() => pipe.wait(patience),
            _ => Ok(WaitResult::Ready),
        }
    }

    /// The bytes to take; none at the end. To be called when they have been waited for.
    pub fn available(&mut self) -> io::Result<&[u8]> {
        if self.position < self.head.len() {
            return Ok(&self.head[self.position..]);
        }
        match &mut self.remaining {
            RemainingInput::File(file) => file.fill_buf(),
            RemainingInput::Pipe(pipe) => Ok(pipe.available()),
            RemainingInput::Empty => Ok(&[]),
        }
    }

    pub fn consume(&mut self, len: usize) {
        if self.position < self.head.len() {
            self.position = (self.position + len).min(self.head.len());
            return;
        }
        match &mut self.remaining {
            RemainingInput::File(file) => file.consume(len),
            RemainingInput::Pipe(pipe) => pipe.consume(len),
            RemainingInput::Empty => {}
        }
    }
}
