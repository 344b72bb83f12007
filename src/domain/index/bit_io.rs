//! Bit and byte codecs of the index. Decoding is bounds-checked, because the bytes of a file may be
//! corrupt.

use super::layout::CorruptIndex;

/// Appends a LEB128 number: seven bits per byte, the lowest first.
pub fn push_varint(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Reads numbers from the start of a byte slice. Every method fails if the slice ends early.
#[derive(Debug, Clone, Copy)]
pub struct ByteReader<'a>(pub &'a [u8]);

impl<'a> ByteReader<'a> {
    pub fn byte(&mut self) -> Result<u8, CorruptIndex> {
        let (&byte, rest) = self.0.split_first().ok_or(CorruptIndex)?;
        self.0 = rest;
        Ok(byte)
    }

    /// Reads a LEB128 number. Fails if it exceeds 32 bits.
    pub fn varint(&mut self) -> Result<u32, CorruptIndex> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte()?;
            let part = u32::from(byte & 0x7f);
            if shift == 28 && byte > 0xf {
                return Err(CorruptIndex);
            }
            number |= part << shift;
            if byte < 0x80 {
                return Ok(number);
            }
            shift += 7;
        }
    }

    /// Reads a little-endian number of four bytes.
    pub fn u32_le(&mut self) -> Result<u32, CorruptIndex> {
        let bytes = self.bytes(4)?;
        Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    pub fn bytes(&mut self, count: usize) -> Result<&'a [u8], CorruptIndex> {
        let (bytes, rest) = self.0.split_at_checked(count).ok_or(CorruptIndex)?;
        self.0 = rest;
        Ok(bytes)
    }
}

/// Writes bits, the lowest of each byte first.
#[derive(Debug, Default)]
pub struct BitWriter {
    bytes: Vec<u8>,
    /// Pending bits that do not yet fill four bytes.
    bits: u64,
    count: u32,
}

impl BitWriter {
    /// Appends the lowest `count` bits of `bits`. `count` is at most 32, and all higher bits must
    /// be zero.
    pub fn push(&mut self, bits: u32, count: u32) {
        self.bits |= u64::from(bits) << self.count;
        self.count += count;
        if self.count >= 32 {
            self.bytes.extend_from_slice(&(self.bits as u32).to_le_bytes());
            self.bits >>= 32;
            self.count -= 32;
        }
    }

    /// Appends a number in unary: `ones` one bits and a zero.
    pub fn push_unary(&mut self, mut ones: u32) {
        while ones >= 16 {
            self.push(0xffff, 16);
            ones -= 16;
        }
        self.push((1 << ones) - 1, ones + 1);
    }

    /// Returns the bytes, with the last one padded with zeros.
    pub fn into_bytes(mut self) -> Vec<u8> {
        let byte_count = self.count.div_ceil(8) as usize;
        self.bytes.extend_from_slice(&self.bits.to_le_bytes()[..byte_count]);
        self.bytes
    }
}

/// Reads bits from the start of a byte slice, the lowest of each byte first.
#[derive(Debug)]
pub struct BitReader<'a> {
    bytes: &'a [u8],
    /// Buffered bits; all above `count` are zero. After a refill there are at least 32, unless the
    /// bytes end before.
    bits: u64,
    count: u32,
}

impl<'a> BitReader<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, bits: 0, count: 0 }
    }

    /// Reads a number of `count` bits, at most 32.
    pub fn bits(&mut self, count: u32) -> Result<u32, CorruptIndex> {
        self.refill();
        let number = self.bits & ((1 << count) - 1);
        self.skip(count)?;
        Ok(number as u32)
    }

    /// Reads a unary number: the count of ones before the next zero.
    pub fn unary(&mut self) -> Result<u32, CorruptIndex> {
        let mut ones = 0;
        loop {
            self.refill();
            let run = self.bits.trailing_ones();
            ones += run;
            if run < self.count {
                self.skip(run + 1)?;
                return Ok(ones);
            }
            self.skip(run)?;
            if self.count == 0 && self.bytes.is_empty() {
                return Err(CorruptIndex);
            }
        }
    }

    fn skip(&mut self, count: u32) -> Result<(), CorruptIndex> {
        self.count = self.count.checked_sub(count).ok_or(CorruptIndex)?;
        self.bits = self.bits.checked_shr(count).unwrap_or(0);
        Ok(())
    }

    fn refill(&mut self) {
        if self.count >= 32 {
            return;
        }
        if let Some((bytes_read, rest)) = self.bytes.split_first_chunk::<4>() {
            self.bits |= u64::from(u32::from_le_bytes(*bytes_read)) << self.count;
            self.count += 32;
            self.bytes = rest;
            return;
        }
        while self.count <= 32
            && let Some((&byte, rest)) = self.bytes.split_first()
        {
            self.bits |= u64::from(byte) << self.count;
            self.count += 8;
            self.bytes = rest;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_come_back(numbers in prop::collection::vec((any::<u32>(), 0..=32_u32, 0..99_u32), 0..40)) {
            let (mut bytes, mut bits) = (Vec::new(), BitWriter::default());
            let low = |number: u32, count: u32| (u64::from(number) & ((1 << count) - 1)) as u32;
            for &(number, count, ones) in &numbers {
                push_varint(&mut bytes, number);
                bits.push(low(number, count), count);
                bits.push_unary(ones);
            }
            let bytes_written = bits.into_bytes();
            let (mut bytes, mut bits) = (ByteReader(&bytes), BitReader::new(&bytes_written));
            for (number, count, ones) in numbers {
                prop_assert_eq!(bytes.varint(), Ok(number));
                prop_assert_eq!(bits.bits(count), Ok(low(number, count)));
                prop_assert_eq!(bits.unary(), Ok(ones));
            }
        }

        #[test]
        fn any_bytes_end(bytes: Vec<u8>) {
            let (mut numbers, mut bits) = (ByteReader(&bytes), BitReader::new(&bytes));
            prop_assert!((0..=bytes.len()).any(|_| numbers.varint().is_err()));
            prop_assert!((0..=bytes.len() * 8).any(|_| bits.unary().is_err()));
        }
    }
}
