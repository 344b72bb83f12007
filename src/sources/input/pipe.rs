//! Reads a stream on its own thread, so that waiting for it can time out.

use std::io::{self, Read};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

/// Maximum number of bytes read from the stream at a time.
const CHUNK_LEN: usize = 64 << 10;
/// Maximum number of unread chunks. A faster writer blocks on its pipe.
const MAX_QUEUED_CHUNKS: usize = 16;

/// A stream that a thread reads ahead by up to [`MAX_QUEUED_CHUNKS`] chunks.
pub struct Pipe {
    chunks: Receiver<io::Result<Vec<u8>>>,
    chunk: Vec<u8>,
    position: usize,
}

/// Result of waiting for a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitResult {
    Ready,
    /// Nothing arrived before the timeout.
    Silent,
    Ended,
}

impl Pipe {
    pub fn new(mut stream: impl Read + Send + 'static) -> Self {
        let (sender, chunks) = sync_channel(MAX_QUEUED_CHUNKS);
        // Ends at the end of the stream, or at the first chunk after the receiver was dropped.
        thread::spawn(move || {
            loop {
                let mut chunk = vec![0; CHUNK_LEN];
                let result = match stream.read(&mut chunk) {
                    Ok(0) => return,
                    Ok(len) => {
                        chunk.truncate(len);
                        Ok(chunk)
                    }
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                    Err(error) => Err(error),
                };
                let is_last = result.is_err();
                if sender.send(result).is_err() || is_last {
                    return;
                }
            }
        });
        Self { chunks, chunk: Vec::new(), position: 0 }
    }

    /// Waits up to `timeout` until bytes are available.
    pub fn wait(&mut self, timeout: Duration) -> io::Result<WaitResult> {
        if self.position < self.chunk.len() {
            return Ok(WaitResult::Ready);
        }
        match self.chunks.recv_timeout(timeout) {
            Ok(chunk) => {
                self.chunk = chunk?;
                self.position = 0;
                Ok(WaitResult::Ready)
            }
            Err(RecvTimeoutError::Timeout) => Ok(WaitResult::Silent),
            Err(RecvTimeoutError::Disconnected) => Ok(WaitResult::Ended),
        }
    }

    /// Returns the available bytes.
    pub fn available(&self) -> &[u8] {
        &self.chunk[self.position..]
    }

    /// Consumes `len` of the available bytes.
    pub fn consume(&mut self, len: usize) {
        self.position = (self.position + len).min(self.chunk.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_waited_for_to_its_end() {
        let mut pipe = Pipe::new(&b"abc"[..]);
        let timeout = Duration::from_mins(1);
        assert_eq!(pipe.wait(timeout).unwrap(), WaitResult::Ready);
        assert_eq!(pipe.available(), b"abc");
        pipe.consume(3);
        assert_eq!(pipe.wait(timeout).unwrap(), WaitResult::Ended);
    }

    #[test]
    fn a_silent_stream_is_told_from_one_that_ended() {
        let (reader, writer) = io::pipe().unwrap();
        let mut pipe = Pipe::new(reader);
        assert_eq!(pipe.wait(Duration::ZERO).unwrap(), WaitResult::Silent);
        drop(writer);
        assert_eq!(pipe.wait(Duration::from_mins(1)).unwrap(), WaitResult::Ended);
    }
}
