//! Decompresses a stream, several layers deep, within a budget against decompression bombs.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Cursor, Read};

use bzip2::bufread::MultiBzDecoder;
use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::peek::HEAD_LEN;
use xz4rust::XzDecoder;

/// A buffered reader, which can be peeked at.
pub type BoxBufRead<'a> = Box<dyn BufRead + 'a>;

/// A compression or archive format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PackedFormat {
    Gzip,
    Zstd,
    Xz,
    Bzip2,
    Tar,
    Zip,
}

impl PackedFormat {
    /// Detects the format from the first bytes.
    pub fn detect(head: &[u8]) -> Option<Self> {
        let is_bzip2 = head.starts_with(b"BZh") && head.get(4..10) == Some(b"1AY&SY");
        match head {
            [0x1f, 0x8b, ..] => Some(Self::Gzip),
            // A Zstandard frame, or a skippable frame.
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Some(Self::Zstd),
            [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Some(Self::Xz),
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(Self::Zip),
            _ if is_bzip2 => Some(Self::Bzip2),
            _ if head.get(257..262) == Some(b"ustar") => Some(Self::Tar),
            _ => None,
        }
    }
}

/// Budget of decompressed bytes, in proportion to the compressed bytes read.
#[derive(Debug, Default)]
pub struct UnpackBudget {
    packed: Cell<u64>,
    unpacked: Cell<u64>,
    is_exceeded: Cell<bool>,
}

impl UnpackBudget {
    /// Maximum ratio of decompressed to compressed bytes. No real text compresses better.
    const MAX_RATIO: u64 = 100;
    /// Number of decompressed bytes that are always allowed.
    const MIN_LIMIT: u64 = 16 << 20;

    /// Adds compressed bytes that were read.
    pub fn add_packed(&self, packed: u64) {
        self.packed.set(self.packed.get().saturating_add(packed));
    }

    /// Returns true if the budget was exceeded.
    pub fn is_exceeded(&self) -> bool {
        self.is_exceeded.get()
    }

    fn add_unpacked(&self, unpacked: u64) -> io::Result<()> {
        self.unpacked.set(self.unpacked.get().saturating_add(unpacked));
        let limit =
            Self::MIN_LIMIT.saturating_add(self.packed.get().saturating_mul(Self::MAX_RATIO));
        if self.unpacked.get() > limit {
            self.is_exceeded.set(true);
            return Err(io::Error::other("decompresses to far more than text would"));
        }
        Ok(())
    }
}

/// Maximum number of nested compression layers, against decompression bombs.
const MAX_LAYERS: usize = 4;

/// Decompresses all layers up to an archive or uncompressed data. Returns the first bytes, and a
/// reader of all bytes.
pub fn unpack_layers<'a>(
    bytes: BoxBufRead<'a>,
    budget: &'a UnpackBudget,
) -> io::Result<(Vec<u8>, BoxBufRead<'a>)> {
    let (mut head, mut bytes) = peek_head(bytes)?;
    for _ in 0..MAX_LAYERS {
        let layer: Box<dyn Read + 'a> = match PackedFormat::detect(&head) {
            Some(PackedFormat::Gzip) => Box::new(MultiGzDecoder::new(bytes)),
            Some(PackedFormat::Bzip2) => Box::new(MultiBzDecoder::new(bytes)),
            Some(PackedFormat::Zstd) => Box::new(ZstdFrames::new(bytes)),
            Some(PackedFormat::Xz) => Box::new(XzStreams::new(bytes)),
            Some(PackedFormat::Tar | PackedFormat::Zip) | None => return Ok((head, bytes)),
        };
        (head, bytes) = peek_head(bounded_reader(layer, budget))?;
    }
    Err(io::Error::other("too many layers of compression"))
}

/// Limits a decompressor by the budget.
pub fn bounded_reader<'a>(layer: Box<dyn Read + 'a>, budget: &'a UnpackBudget) -> BoxBufRead<'a> {
    Box::new(BufReader::with_capacity(HEAD_LEN, BoundedReader { layer, budget }))
}

/// Reads the first [`HEAD_LEN`] bytes. Returns them, and a reader that yields them again.
fn peek_head(mut bytes: BoxBufRead<'_>) -> io::Result<(Vec<u8>, BoxBufRead<'_>)> {
    let mut head = Vec::new();
    let mut part = bytes.by_ref().take(HEAD_LEN as u64);
    // A later error is returned when the reader reaches it.
    match part.read_to_end(&mut head) {
        Err(error) if head.is_empty() => return Err(error),
        Err(error) => {
            let broken = BufReader::new(FailingReader(Some(error)));
            return Ok((head.clone(), Box::new(Cursor::new(head).chain(broken))));
        }
        Ok(_) => {}
    }
    Ok((head.clone(), Box::new(Cursor::new(head).chain(bytes))))
}

/// Returns an error once, then the end of the stream.
struct FailingReader(Option<io::Error>);

impl Read for FailingReader {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

struct BoundedReader<'a> {
    layer: Box<dyn Read + 'a>,
    budget: &'a UnpackBudget,
}

impl Read for BoundedReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let produced = self.layer.read(buffer)?;
        self.budget.add_unpacked(produced as u64)?;
        Ok(produced)
    }
}

/// A Zstandard stream of several frames.
struct ZstdFrames<'a> {
    bytes: BoxBufRead<'a>,
    decoder: FrameDecoder,
    is_open: bool,
}

impl<'a> ZstdFrames<'a> {
    fn new(bytes: BoxBufRead<'a>) -> Self {
        Self { bytes, decoder: FrameDecoder::new(), is_open: false }
    }

    /// Begins the next frame, if there is one, and skips skippable frames.
    fn begin(&mut self) -> io::Result<()> {
        use ReadFrameHeaderError::SkipFrame;
        while !self.is_open && !self.bytes.fill_buf()?.is_empty() {
            match self.decoder.init(&mut self.bytes) {
                Ok(()) => self.is_open = true,
                Err(FrameDecoderError::ReadFrameHeaderError(SkipFrame { length, .. })) => {
                    io::copy(&mut self.bytes.by_ref().take(length.into()), &mut io::sink())?;
                }
                Err(error) => return Err(io::Error::other(error)),
            }
        }
        Ok(())
    }
}

impl Read for ZstdFrames<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            self.begin()?;
            if !self.is_open {
                return Ok(0);
            }
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                let one_block = BlockDecodingStrategy::UptoBlocks(1);
                self.decoder.decode_blocks(&mut self.bytes, one_block).map_err(io::Error::other)?;
            }
            let produced = self.decoder.read(buffer)?;
            if produced > 0 || buffer.is_empty() {
                return Ok(produced);
            }
            self.is_open = false;
        }
    }
}

/// An xz file of several streams.
struct XzStreams<'a> {
    bytes: BoxBufRead<'a>,
    decoder: Box<XzDecoder<'static>>,
    is_open: bool,
}

impl<'a> XzStreams<'a> {
    /// Maximum memory for decompression, in bytes. The highest preset of xz needs half of it.
    const MAX_MEMORY: usize = 128 << 20;

    fn new(bytes: BoxBufRead<'a>) -> Self {
        let decoder = XzDecoder::in_heap_with_alloc_dict_size(1 << 20, Self::MAX_MEMORY);
        Self { bytes, decoder, is_open: true }
    }

    /// Skips stream padding. Returns true if another stream follows.
    fn begin(&mut self) -> io::Result<bool> {
        loop {
            let padded = self.bytes.fill_buf()?;
            let zeros = padded.iter().take_while(|it| **it == 0).count();
            match padded.len() {
                0 => return Ok(false),
                produced if produced == zeros => self.bytes.consume(produced),
                _ => break self.bytes.consume(zeros),
            }
        }
        self.decoder.reset();
        self.is_open = true;
        Ok(true)
    }
}

impl Read for XzStreams<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while !buffer.is_empty() {
            if !self.is_open && !self.begin()? {
                break;
            }
            let packed = self.bytes.fill_buf()?;
            if packed.is_empty() {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let result = self.decoder.decode(packed, buffer).map_err(io::Error::other)?;
            let (consumed, produced) = (result.input_consumed(), result.output_produced());
            self.is_open = !result.is_end_of_stream();
            self.bytes.consume(consumed);
            if produced > 0 {
                return Ok(produced);
            }
            if consumed == 0 && self.is_open {
                return Err(io::Error::other("corrupt data"));
            }
        }
        Ok(0)
    }
}
