//! Input of any size, read in stretches: whole lines of JSON Lines, or a file that is one report.
//!
//! A thread of its own reads ahead by a few megabytes and no more.

use super::fail::Fail;
use super::files;
use super::input::passed_over;
use super::lines::{Cut, Lines};
use crate::diag::{Code, Locus, Problem};
use crate::report;
use flate2::read::MultiGzDecoder;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

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

/// Why reading a source stopped before its end.
enum Stop {
    /// It could not be read on.
    Read(io::Error),
    /// Nobody listens any more.
    Gone,
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Read(error)
    }
}

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

/// Input that may pause, such as what is typed: a thread of its own waits for it, so that it is known when nothing more has come
/// yet.
struct Live {
    chunks: Receiver<io::Result<Vec<u8>>>,
    /// How many of them wait.
    waiting: Arc<AtomicUsize>,
    at: Cursor<Vec<u8>>,
}

/// Chunks read ahead of live input.
const AHEAD: usize = 16;

impl Live {
    fn of(mut input: impl Read + Send + 'static) -> Self {
        let (to, chunks) = sync_channel(AHEAD);
        let waiting = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&waiting);
        std::thread::spawn(move || {
            loop {
                let mut bytes = vec![0; STEP];
                let read = some(&mut input, &mut bytes).map(|read| {
                    bytes.truncate(read);
                    bytes
                });
                let more = read.as_ref().is_ok_and(|bytes| !bytes.is_empty());
                count.fetch_add(1, Ordering::AcqRel);
                if to.send(read).is_err() || !more {
                    break;
                }
            }
        });
        Self { chunks, waiting, at: Cursor::default() }
    }
}

impl Read for Live {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.at.position() >= self.at.get_ref().len() as u64 {
            // The thread ends after an empty chunk, which is the end of the input, or an error.
            let Ok(chunk) = self.chunks.recv() else { return Ok(0) };
            self.waiting.fetch_sub(1, Ordering::AcqRel);
            self.at = Cursor::new(chunk?);
        }
        self.at.read(into)
    }
}

impl Feed {
    /// Reads a source to its end; an error is that nobody listens any more, or that the run cannot go on.
    fn source(&mut self, source: &Source) -> Result<(), Stop> {
        match self.read(source) {
            Err(Stop::Read(error)) if source.named => {
                self.send()?;
                let path = source.path.clone().unwrap_or_else(|| PathBuf::from("standard input"));
                let _ = self.to.send(Err(Fail::Read(path, error)));
                Err(Stop::Gone)
            }
            Err(Stop::Read(error)) => {
                let path = source.path.as_deref().unwrap_or(Path::new(&source.shown));
                self.tell(passed_over(path, &format!("it cannot be read: {error}")))
            }
            done => done,
        }
    }

    fn read(&mut self, source: &Source) -> Result<(), Stop> {
        let mut live = None;
        let input: Box<dyn Read> = if let Some(path) = &source.path {
            Box::new(files::open(path)?)
        } else {
            let input = Live::of(io::stdin());
            live = Some(Arc::clone(&input.waiting));
            Box::new(input)
        };
        let (name, live) = (source.shown.as_str(), live.as_deref());
        let mut input = Counting(input, Arc::clone(&self.done));
        let top = beginning(&mut input)?;
        if !top.starts_with(&GZIP) {
            return self.plain(name, top, &mut input, live);
        }
        let mut input = MultiGzDecoder::new(Cursor::new(top).chain(input));
        let read = match beginning(&mut input) {
            Ok(top) => self.plain(name, top, &mut input, live),
            Err(error) => Err(error.into()),
        };
        match read {
            Err(Stop::Read(error)) if is_damage(&error) => {
                self.tell(damaged(name, &error, "what came before was read"))
            }
            read => read,
        }
    }

    fn plain(
        &mut self,
        name: &str,
        top: Vec<u8>,
        rest: &mut dyn Read,
        live: Option<&AtomicUsize>,
    ) -> Result<(), Stop> {
        // UTF-16 is no lines of bytes, and what no object begins is told better as a whole.
        let wide = top.starts_with(&[0xFF, 0xFE]) || top.starts_with(&[0xFE, 0xFF]);
        let binary = top.contains(&0) && !top.trim_ascii_start().starts_with(b"{");
        if report::is_rows(name, &top) && !wide && !binary {
            self.rows(name, &top, rest, live)
        } else {
            self.whole(name, top, rest)
        }
    }

    /// Passes on a file that is one report.
    fn whole(&mut self, name: &str, top: Vec<u8>, rest: &mut dyn Read) -> Result<(), Stop> {
        let mut bytes = top;
        rest.take((self.limit + 1).saturating_sub(bytes.len()) as u64).read_to_end(&mut bytes)?;
        if bytes.len() > self.limit {
            return self.tell(self.too_large(Code::BadReport, Locus::File(name.to_owned()), "the file"));
        }
        let size = bytes.len();
        self.push(Piece::Whole { name: name.into(), bytes }, size)
    }

    /// Passes on whole lines as they come; of live input, of which so many chunks wait, at once where nothing more does.
    fn rows(
        &mut self,
        name: &str,
        top: &[u8],
        rest: &mut dyn Read,
        live: Option<&AtomicUsize>,
    ) -> Result<(), Stop> {
        let name: Arc<str> = name.into();
        let mut lines = Lines::new(top, self.limit);
        let mut blank = true;
        loop {
            let count = lines.fill(STEP, |into| some(rest, into));
            let at_end = matches!(count, Ok(0));
            for cut in lines.cut(at_end) {
                match cut {
                    Cut::Lines(first, bytes) => {
                        blank &= bytes.trim_ascii().is_empty();
                        let size = bytes.len();
                        self.push(Piece::Rows { name: Arc::clone(&name), first, bytes }, size)?;
                    }
                    Cut::TooLong(line) => {
                        blank = false;
                        let at = Locus::Line { file: name.to_string(), line };
                        self.tell(self.too_large(Code::BadRow, at, "the line"))?;
                    }
                }
            }
            count?;
            if live.is_some_and(|waiting| waiting.load(Ordering::Acquire) == 0) && !self.batch.is_empty() {
                self.send()?;
            }
            if at_end {
                break;
            }
        }
        if blank {
            let at = Locus::File(name.to_string());
            return self.tell(Problem::new(Code::BadReport, at, "the file is empty"));
        }
        Ok(())
    }

    fn tell(&mut self, problem: Problem) -> Result<(), Stop> {
        self.push(Piece::Told(problem), 0)
    }

    fn too_large(&self, code: Code, at: Locus, what: &str) -> Problem {
        let limit = self.limit >> 20;
        Problem::new(code, at, format!("{what} is larger than the {limit} MiB a report may have"))
            .help("cut it into reports, or allow more with --max-report; the rest was read")
    }

    fn push(&mut self, piece: Piece, size: usize) -> Result<(), Stop> {
        self.batch.push(piece);
        // A piece weighs something also where it is empty, for many small files.
        self.size += size + 1024;
        if self.size >= BATCH { self.send() } else { Ok(()) }
    }

    /// Sends the batch, waiting until it is wanted.
    fn send(&mut self) -> Result<(), Stop> {
        self.size = 0;
        self.to.send(Ok(std::mem::take(&mut self.batch))).map_err(|_| Stop::Gone)
    }
}

/// Some bytes of an input, whatever interrupts the reading.
fn some(input: &mut dyn Read, into: &mut [u8]) -> io::Result<usize> {
    loop {
        match input.read(into) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            read => return read,
        }
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
