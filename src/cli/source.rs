//! Input of any size, read in stretches: whole lines of JSON Lines, or a file that is one report.
//!
//! A thread of its own reads ahead by a few megabytes and no more.

use super::fail::Fail;
use super::files;
use super::input::passed_over;
use crate::diag::{Code, Locus, Problem};
use crate::report;
use flate2::read::MultiGzDecoder;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};

/// A file to read, or standard input.
#[derive(Clone, Debug)]
pub(super) struct Source {
    /// What it is called in messages.
    pub(super) shown: String,
    /// Where it is; nowhere for standard input.
    pub(super) path: Option<PathBuf>,
    /// Whether somebody named it, so that the run ends where it cannot be read.
    pub(super) named: bool,
}

/// A stretch of input.
pub(super) enum Piece {
    /// Whole lines of JSON Lines, with the number of the first.
    Rows { name: Arc<str>, first: u64, bytes: Vec<u8> },
    /// A whole file.
    Whole { name: Arc<str>, bytes: Vec<u8> },
    /// What could not be read.
    Told(Problem),
}

/// Some pieces, in the order of the input.
pub(super) type Batch = Vec<Piece>;

/// Bytes asked for at a time.
const STEP: usize = 1 << 17;
/// Bytes of a batch: enough for all cores to work on, little enough to hold a few.
const BATCH: usize = 2 << 20;
/// What a file that is read whole may unpack to.
const UNPACKED: u64 = 1 << 30;

const GZIP: [u8; 2] = [0x1F, 0x8B];

/// Reads the sources one after the other, in batches; `done` counts the bytes read.
///
/// A report of more than `limit` bytes is told and passed over. What ends the run comes in place of a batch.
pub(super) fn read(
    sources: Vec<Source>,
    limit: usize,
    done: Arc<AtomicU64>,
) -> Receiver<Result<Batch, Fail>> {
    let (to, batches) = sync_channel(1);
    // Nobody waits for this thread: it may be waiting for standard input when all else is over.
    std::thread::spawn(move || {
        let mut feed = Feed { to, batch: Vec::new(), size: 0, limit, done };
        // Where this ends early, nobody listens any more.
        let _ = sources.iter().try_for_each(|source| feed.source(source)).and_then(|()| feed.send());
    });
    batches
}

/// Nobody listens any more.
struct Gone;

struct Feed {
    to: SyncSender<Result<Batch, Fail>>,
    batch: Batch,
    size: usize,
    limit: usize,
    done: Arc<AtomicU64>,
}

/// Counts what is read through it.
struct Counting<R>(R, Arc<AtomicU64>);

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.0.read(into)?;
        self.1.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

impl Feed {
    fn source(&mut self, source: &Source) -> Result<(), Gone> {
        match self.read(source) {
            Ok(sent) => sent,
            Err(error) if source.named => {
                self.send()?;
                let path = source.path.clone().unwrap_or_else(|| PathBuf::from("standard input"));
                self.to.send(Err(Fail::Read(path, error))).map_err(|_| Gone)?;
                Err(Gone)
            }
            Err(error) => {
                let path = source.path.as_deref().unwrap_or(Path::new(&source.shown));
                self.push(Piece::Told(passed_over(path, &format!("it cannot be read: {error}"))), 0)
            }
        }
    }

    /// Reads a source; the outer error is of reading, the inner of passing on.
    fn read(&mut self, source: &Source) -> io::Result<Result<(), Gone>> {
        let input: Box<dyn Read> = match &source.path {
            Some(path) => Box::new(files::open(path)?),
            None => Box::new(io::stdin()),
        };
        let mut input: Box<dyn Read> = Box::new(Counting(input, Arc::clone(&self.done)));
        let top = beginning(&mut input)?;
        if !top.starts_with(&GZIP) {
            return self.plain(&source.shown, top, &mut input, source.path.is_none());
        }
        let mut input = MultiGzDecoder::new(Cursor::new(top).chain(input));
        let read = beginning(&mut input)
            .and_then(|top| self.plain(&source.shown, top, &mut input, source.path.is_none()));
        match read {
            Err(error) if is_damage(&error) => {
                Ok(self.push(Piece::Told(damaged(&source.shown, &error, "what came before was read")), 0))
            }
            read => read,
        }
    }

    fn plain(
        &mut self,
        name: &str,
        top: Vec<u8>,
        rest: &mut dyn Read,
        live: bool,
    ) -> io::Result<Result<(), Gone>> {
        // UTF-16 is no lines of bytes, and what no object begins is told better as a whole.
        let wide = top.starts_with(&[0xFF, 0xFE]) || top.starts_with(&[0xFE, 0xFF]);
        let binary = top.contains(&0) && !top.trim_ascii_start().starts_with(b"{");
        if report::is_rows(name, &top) && !wide && !binary {
            self.rows(name, top, rest, live)
        } else {
            self.whole(name, top, rest)
        }
    }

    /// Passes on a file that is one report.
    fn whole(&mut self, name: &str, top: Vec<u8>, rest: &mut dyn Read) -> io::Result<Result<(), Gone>> {
        let mut bytes = top;
        rest.take((self.limit + 1).saturating_sub(bytes.len()) as u64).read_to_end(&mut bytes)?;
        if bytes.len() > self.limit {
            let problem = self.too_large(Code::BadReport, Locus::File(name.to_owned()), "the file");
            return Ok(self.push(Piece::Told(problem), 0));
        }
        let size = bytes.len();
        Ok(self.push(Piece::Whole { name: name.into(), bytes }, size))
    }

    /// Passes on whole lines as they come.
    fn rows(
        &mut self,
        name: &str,
        top: Vec<u8>,
        rest: &mut dyn Read,
        live: bool,
    ) -> io::Result<Result<(), Gone>> {
        let name: Arc<str> = name.into();
        let mark = b"\xEF\xBB\xBF";
        let mut bytes = top.strip_prefix(mark).map_or_else(|| top.clone(), <[u8]>::to_vec);
        let (mut line, mut searched) = (1_u64, 0);
        let (mut blank, mut skipping, mut ended) = (true, false, false);
        while !ended {
            let had = bytes.len();
            bytes.resize(had + STEP, 0);
            let count = loop {
                match rest.read(&mut bytes[had..]) {
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    Ok(count) => break Ok(count),
                    Err(error) => break Err(error),
                }
            };
            bytes.truncate(had + *count.as_ref().unwrap_or(&0));
            ended = !matches!(count, Ok(1..));
            if skipping {
                let Some(end) = bytes.iter().position(|byte| *byte == b'\n') else {
                    bytes.clear();
                    count?;
                    continue;
                };
                bytes.drain(..=end);
                (line, skipping, searched) = (line + 1, false, 0);
            }
            let end = bytes[searched..].iter().rposition(|byte| *byte == b'\n').map(|at| searched + at + 1);
            let end = if ended && count.is_ok() { Some(bytes.len()) } else { end };
            if let Some(end) = end.filter(|end| *end > 0) {
                let kept = bytes.split_off(end);
                let whole = std::mem::replace(&mut bytes, kept);
                blank &= whole.trim_ascii().is_empty();
                let first = line;
                line += whole.iter().filter(|byte| **byte == b'\n').count() as u64;
                let size = whole.len();
                if self.push(Piece::Rows { name: Arc::clone(&name), first, bytes: whole }, size).is_err()
                    || live && self.offer().is_err()
                {
                    return Ok(Err(Gone));
                }
            }
            if bytes.len() > self.limit {
                let at = Locus::Line { file: name.to_string(), line };
                let problem = self.too_large(Code::BadRow, at, "the line");
                if self.push(Piece::Told(problem), 0).is_err() {
                    return Ok(Err(Gone));
                }
                (bytes, blank, skipping) = (Vec::new(), false, true);
            }
            searched = bytes.len();
            count?;
        }
        if blank {
            let problem = Problem::new(Code::BadReport, Locus::File(name.to_string()), "the file is empty");
            return Ok(self.push(Piece::Told(problem), 0));
        }
        Ok(Ok(()))
    }

    fn too_large(&self, code: Code, at: Locus, what: &str) -> Problem {
        let limit = self.limit >> 20;
        Problem::new(code, at, format!("{what} is larger than the {limit} MiB a report may have"))
            .help("cut it into reports, or allow more with --max-report; the rest was read")
    }

    fn push(&mut self, piece: Piece, size: usize) -> Result<(), Gone> {
        self.batch.push(piece);
        // A piece weighs something also where it is empty, for many small files.
        self.size += size + 1024;
        if self.size >= BATCH { self.send() } else { Ok(()) }
    }

    /// Sends the batch, waiting until it is wanted.
    fn send(&mut self) -> Result<(), Gone> {
        self.size = 0;
        self.to.send(Ok(std::mem::take(&mut self.batch))).map_err(|_| Gone)
    }

    /// Sends the batch if it is wanted now: what is typed or trickles in is answered at once.
    fn offer(&mut self) -> Result<(), Gone> {
        if self.batch.is_empty() {
            return Ok(());
        }
        match self.to.try_send(Ok(std::mem::take(&mut self.batch))) {
            Ok(()) => self.size = 0,
            Err(TrySendError::Full(Ok(batch))) => self.batch = batch,
            Err(_) => return Err(Gone),
        }
        Ok(())
    }
}

/// The first bytes of an input, by which it is known.
fn beginning(input: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut top = Vec::new();
    input.take(1024).read_to_end(&mut top)?;
    Ok(top)
}

fn is_damage(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof
    )
}

fn damaged(name: &str, error: &io::Error, rest: &str) -> Problem {
    let message = format!("the gzip archive is damaged: {error}; {rest}");
    Problem::new(Code::BadReport, Locus::File(name.to_owned()), message).help("fetch or pack the file again")
}

/// The bytes of a file, unpacked if gzip packed it.
pub(super) fn unpacked(name: &str, bytes: Vec<u8>) -> Result<Vec<u8>, Problem> {
    if !bytes.starts_with(&GZIP) {
        return Ok(bytes);
    }
    let mut out = Vec::new();
    let read = MultiGzDecoder::new(&bytes[..]).take(UNPACKED + 1).read_to_end(&mut out);
    if let Err(error) = read {
        return Err(damaged(name, &error, "nothing of it was read"));
    }
    if out.len() as u64 > UNPACKED {
        let message = format!("the archive unpacks to more than {} MiB", UNPACKED >> 20);
        return Err(Problem::new(Code::BadReport, Locus::File(name.to_owned()), message)
            .help("cut it into smaller files"));
    }
    Ok(out)
}
