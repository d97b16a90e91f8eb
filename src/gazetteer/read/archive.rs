//! A table packed in a zip, as GeoNames gives its dumps.

use std::io::{self, Read, Seek};
use zip::ZipArchive;
use zip::result::ZipError;

/// Largest table that is unpacked, in bytes: the dump of the whole world has 1.7 GB, and 0.8 its other names.
const LARGEST: u64 = 4 << 30;
/// Most times that a table may be larger than its packing. Tables of places come to about 4; what is meant to fill a
/// disk begins near 1000.
const MOST: u64 = 100;
/// Packings below this are small enough to be of any ratio.
const SMALL: u64 = 1 << 20;

/// First bytes of a zip.
pub(super) const MAGIC: [u8; 4] = *b"PK\x03\x04";

/// Why no table comes out of a zip.
pub(super) enum No {
    /// The file cannot be read.
    Io(io::Error),
    /// What is wrong with it.
    Bad(String),
}

/// Reads the table in a zip with `read`, which is given its text as it is unpacked.
///
/// The table is the one file of a table's ending that is no readme; of several the largest.
pub(super) fn read<R: Read + Seek, T>(
    from: R,
    read: impl FnOnce(&mut dyn Read) -> io::Result<T>,
) -> Result<T, No> {
    let mut archive = ZipArchive::new(from).map_err(no)?;
    let mut best: Option<(u64, usize)> = None;
    for i in 0..archive.len() {
        let file = archive.by_index_raw(i).map_err(no)?;
        let name = file.name().map_or_else(|_| String::new(), |name| name.to_lowercase());
        let plain = name.rsplit('/').next().unwrap_or("");
        let table = [".txt", ".csv", ".tsv", ".geojson", ".json"].iter().any(|end| plain.ends_with(end));
        let about =
            plain.starts_with("readme") || plain.starts_with("iso-language") || plain.starts_with('.');
        if table && !about && best.is_none_or(|(size, _)| file.size() > size) {
            best = Some((file.size(), i));
        }
    }
    let Some((_, i)) = best else {
        return Err(No::Bad("the zip holds no table: no .txt, .csv, .tsv or .geojson".to_owned()));
    };
    let file = archive.by_index(i).map_err(no)?;
    let (size, packed) = (file.size(), file.compressed_size());
    let name = file.name().map_or_else(|_| "a table".to_owned(), std::borrow::Cow::into_owned);
    if size > LARGEST || size > SMALL && size / MOST > packed {
        let message = format!(
            "{} would unpack to {size} bytes from {packed}, more than a table of places does; it is not unpacked",
            crate::diag::short(&name)
        );
        return Err(No::Bad(message));
    }
    // The size is what the zip says of itself; what comes out may be more.
    let mut bounded = Bounded { from: file, left: size };
    let value = read(&mut bounded).map_err(|error| match error.kind() {
        // Faults of the packing, and not of the disk, come as one of these.
        io::ErrorKind::InvalidData
        | io::ErrorKind::InvalidInput
        | io::ErrorKind::UnexpectedEof
        | io::ErrorKind::Other => No::Bad(format!("the zip is damaged: {error}")),
        _ => No::Io(error),
    })?;
    // What was not asked for is unpacked too: only then is the checksum compared.
    match io::copy(&mut bounded, &mut io::sink()) {
        Ok(_) => Ok(value),
        Err(error) => Err(No::Bad(format!("the zip is damaged: {error}"))),
    }
}

fn no(error: ZipError) -> No {
    match error {
        ZipError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => No::Io(error),
        ZipError::Io(_) => No::Bad("the zip ends in the middle".to_owned()),
        other => No::Bad(format!("the zip cannot be read: {other}")),
    }
}

/// Unpacks no more than it was said to be.
struct Bounded<R> {
    from: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.from.read(buffer)?;
        self.left = self.left.checked_sub(count as u64).ok_or_else(|| {
            io::Error::new(io::ErrorKind::InvalidData, "it holds more than it says of itself")
        })?;
        Ok(count)
    }
}
