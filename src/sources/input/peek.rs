//! An input with its first bytes, which were read for format detection.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::time::Duration;

use super::pipe::{Pipe, WaitResult};

/// Maximum number of bytes read for format detection.
pub const HEAD_LEN: usize = 64 << 10;

/// An input, and its head of up to [`HEAD_LEN`] bytes.
pub struct PeekedInput {
    head: Vec<u8>,
    /// Number of bytes of the head consumed.
    position: usize,
    remaining: RemainingInput,
}

/// The input after the head.
pub enum RemainingInput {
    File(BufReader<File>),
    Pipe(Pipe),
    Empty,
}

impl PeekedInput {
    pub fn new(remaining: RemainingInput) -> Self {
        Self { head: Vec::new(), position: 0, remaining }
    }

    /// Returns the file; `None` for a pipe.
    pub fn file(&self) -> Option<&File> {
        match &self.remaining {
            RemainingInput::File(file) => Some(file.get_ref()),
            RemainingInput::Pipe(_) | RemainingInput::Empty => None,
        }
    }

    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// Reads more bytes into the head; waits up to `timeout` for a pipe. Returns
    /// [`WaitResult::Ended`] at the end of the input and if the head is full.
    pub fn fill_head(&mut self, timeout: Duration) -> io::Result<WaitResult> {
        let old_len = self.head.len();
        let free_len = HEAD_LEN.saturating_sub(old_len);
        if free_len == 0 {
            return Ok(WaitResult::Ended);
        }
        match &mut self.remaining {
            RemainingInput::File(file) => {
                file.take(free_len as u64).read_to_end(&mut self.head)?;
                Ok(if self.head.len() == old_len { WaitResult::Ended } else { WaitResult::Ready })
            }
            RemainingInput::Pipe(pipe) => {
                let wait = pipe.wait(timeout)?;
                if wait == WaitResult::Ready {
                    let available = pipe.available();
                    let len = available.len().min(free_len);
                    self.head.extend_from_slice(&available[..len]);
                    pipe.consume(len);
                }
                Ok(wait)
            }
            RemainingInput::Empty => Ok(WaitResult::Ended),
        }
    }

    /// Waits up to `timeout` until bytes are available.
    pub fn wait(&mut self, timeout: Duration) -> io::Result<WaitResult> {
        match &mut self.remaining {
            RemainingInput::Pipe(pipe) if self.position == self.head.len() => pipe.wait(timeout),
            _ => Ok(WaitResult::Ready),
        }
    }

    /// Returns the available bytes; none at the end of the input. A pipe must be waited for first.
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

    /// Consumes `len` of the available bytes.
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
