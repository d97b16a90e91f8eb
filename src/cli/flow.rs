//! Input of any size through all cores and on to a file, report by report, in its order.
//!
//! One thread reads ahead, all cores work on a batch of some megabytes, one thread writes the batch before. No more than a
//! few batches are ever held.

use super::fail::Fail;
use super::files::{self, Out};
use super::message::Tally;
use super::source::{self, Piece, Source};
use crate::diag::{Checked, Locus, Problem};
use crate::report::{self, Ids, Report};
use crate::units::Date;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::prelude::*;
use std::io::IsTerminal;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// What is done with each report.
pub(super) trait Work: Sync {
    /// What a thread works with; it is lent again and again, so that what it has looked up serves the next report.
    type Tool: Send;
    /// What is to be done with one report.
    type Task: Send + Sync;

    /// A new tool.
    fn tool(&self) -> Self::Tool;

    /// What is to be done with a report; asked in the order of the reports.
    fn task(&mut self, report: &Report) -> Checked<Self::Task>;

    /// What is written of a report.
    fn rows(&self, tool: &Self::Tool, report: &Report, task: &Self::Task) -> Checked<String>;

    /// Whether a file is no report but a table that is wanted.
    fn is_table(&self, name: &str, bytes: &[u8]) -> bool {
        let _ = (name, bytes);
        false
    }

    /// Takes such a table.
    fn table(&mut self, name: &str, bytes: &[u8]) -> Vec<Problem> {
        let _ = (name, bytes);
        Vec::new()
    }

    /// What stands before the rows of a report.
    fn between(&self, first: bool) -> &'static str {
        let _ = first;
        ""
    }
}

/// Where input comes from and where what is made of it goes.
pub(super) struct Flow<'a> {
    /// The files to read.
    pub(super) sources: Vec<Source>,
    /// The largest report, in bytes.
    pub(super) limit: usize,
    /// The day of publication of reports that do not say.
    pub(super) published: Option<Date>,
    /// The file to write, or standard output.
    pub(super) output: Option<&'a Path>,
    /// What it begins with.
    pub(super) head: String,
}

impl Flow<'_> {
    /// Does the work and gives what was written to, for what comes at the end, and the ids that were given.
    pub(super) fn run(self, work: &mut impl Work, tally: &mut Tally) -> Result<(Out, Ids), Fail> {
        let mut out = match self.output.filter(|path| *path != Path::new("-")) {
            Some(path) => Out::file(path)?,
            None => Out::standard(),
        };
        if let Some(half) = out.temporary() {
            files::remove_when_interrupted(half);
        }
        out.write(self.head.as_bytes())?;
        let mut progress = Progress::of(&self.sources, self.output.is_some());
        let batches = source::read(self.sources, self.limit, Arc::clone(&progress.done));
        let mut line =
            Line { work, published: self.published, ids: Ids::new(), tally, idle: Idle::default() };
        let (to, rows) = sync_channel(1);
        let (read, out) = std::thread::scope(|scope| {
            let writer = scope.spawn(move || write(out, &rows));
            let read = line.all(&batches, &to, &mut progress);
            drop(to);
            (read, writer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
        });
        progress.bar.finish_and_clear();
        read?;
        Ok((out?, line.ids))
    }
}

/// Tells of named inputs that are not there, and of an output that is one of them, before anything is written.
pub(super) fn keep_inputs(
    sources: &[Source],
    output: Option<&Path>,
    other: Option<&Path>,
) -> Result<(), Fail> {
    for path in sources.iter().filter(|source| source.named).filter_map(|source| source.path.as_deref()) {
        path.metadata().map_err(Fail::reading(path))?;
    }
    let read = sources.iter().filter_map(|source| source.path.as_deref());
    output.map_or(Ok(()), |output| files::keep_inputs(output, read.chain(other)))
}

/// Writes the rows of each batch as they come.
fn write(mut out: Out, batches: &Receiver<Vec<String>>) -> Result<Out, Fail> {
    for batch in batches {
        for rows in batch {
            out.write(rows.as_bytes())?;
        }
        out.flush()?;
    }
    Ok(out)
}

/// Tools that nobody uses just now.
struct Idle<T>(Mutex<Vec<T>>);

impl<T> Default for Idle<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> Idle<T> {
    fn lend(&self, make: impl FnOnce() -> T) -> Lent<'_, T> {
        let idle = self.0.lock().ok().and_then(|mut idle| idle.pop());
        Lent { tool: Some(idle.unwrap_or_else(make)), to: self }
    }
}

/// A tool that goes back when it is dropped.
struct Lent<'i, T> {
    tool: Option<T>,
    to: &'i Idle<T>,
}

impl<T> Drop for Lent<'_, T> {
    fn drop(&mut self) {
        if let (Some(tool), Ok(mut idle)) = (self.tool.take(), self.to.0.lock()) {
            idle.push(tool);
        }
    }
}

/// What a piece held; where something is wrong with it or it is a table, its bytes as well.
struct Read {
    checked: Checked<Vec<Report>>,
    piece: Option<Piece>,
    table: bool,
}

/// The work and what it needs to know of the reports before.
struct Line<'a, W: Work> {
    work: &'a mut W,
    published: Option<Date>,
    ids: Ids,
    tally: &'a mut Tally,
    idle: Idle<W::Tool>,
}

impl<W: Work> Line<'_, W> {
    fn all(
        &mut self,
        batches: &Receiver<Result<Vec<Piece>, Fail>>,
        to: &SyncSender<Vec<String>>,
        progress: &mut Progress,
    ) -> Result<(), Fail> {
        let mut first = true;
        for batch in batches {
            let work = &*self.work;
            let read: Vec<Read> = batch?.into_par_iter().map(|piece| read(work, piece)).collect();
            let reports = self.in_order(read);
            let done: Vec<Checked<String>> = {
                let (work, idle) = (&*self.work, &self.idle);
                let rows = reports.par_iter().map_init(
                    || idle.lend(|| work.tool()),
                    |lent, (report, task)| match &lent.tool {
                        Some(tool) => work.rows(tool, report, task),
                        None => Checked { value: String::new(), problems: Vec::new() },
                    },
                );
                rows.collect()
            };
            let mut rows = Vec::with_capacity(2 * done.len());
            for ((report, _), Checked { value, problems }) in reports.iter().zip(done) {
                for problem in problems {
                    if self.tally.add(problem) {
                        self.tally.texts.keep(&report.id, &report.text);
                    }
                }
                if !value.is_empty() {
                    rows.push(self.work.between(std::mem::take(&mut first)).to_owned());
                    rows.push(value);
                }
            }
            // Nobody takes the rows where writing failed, and the writer tells why.
            if to.send(rows).is_err() {
                break;
            }
            progress.show();
        }
        Ok(())
    }

    /// What hangs on the order of the reports: their ids, what is to be done with each, the problems told first.
    fn in_order(&mut self, read: Vec<Read>) -> Vec<(Report, W::Task)> {
        let mut out = Vec::new();
        for Read { checked, piece, table } in read {
            if table && let Some(Piece::Whole { name, bytes }) = &piece {
                for problem in self.work.table(name, bytes) {
                    self.tell(problem, piece.as_ref());
                }
                continue;
            }
            for problem in checked.problems {
                self.tell(problem, piece.as_ref());
            }
            for mut report in checked.value {
                self.ids.name(&mut report);
                report.published = report.published.or(self.published);
                let Checked { value, problems } = self.work.task(&report);
                for problem in problems {
                    self.tell(problem, None);
                }
                out.push((report, value));
            }
        }
        out
    }

    fn tell(&mut self, problem: Problem, quoted: Option<&Piece>) {
        let at = problem.at.clone();
        if !self.tally.add(problem) {
            return;
        }
        let (Some(Piece::Rows { bytes, .. } | Piece::Whole { bytes, .. }), Locus::Line { file, line }) =
            (quoted, at)
        else {
            return;
        };
        let first = if let Some(Piece::Rows { first, .. }) = quoted { *first } else { 1 };
        let skipped = usize::try_from(line.saturating_sub(first)).unwrap_or(usize::MAX);
        let text = bytes.split(|byte| *byte == b'\n').nth(skipped).unwrap_or_default();
        let text = String::from_utf8_lossy(&text[..text.len().min(1024)]);
        self.tally.texts.keep_line(&file, line, text.trim_end());
    }
}

fn read(work: &impl Work, piece: Piece) -> Read {
    let checked = match &piece {
        Piece::Whole { name, bytes } if work.is_table(name, bytes) => {
            let checked = Checked { value: Vec::new(), problems: Vec::new() };
            return Read { checked, piece: Some(piece), table: true };
        }
        Piece::Whole { name, bytes } => report::read(name, bytes),
        Piece::Rows { name, first, bytes } => report::rows(name, *first, bytes),
        Piece::Told(problem) => Checked { value: Vec::new(), problems: vec![problem.clone()] },
    };
    let piece = (!checked.problems.is_empty()).then_some(piece);
    Read { checked, piece, table: false }
}

/// How far it is, shown on a terminal where it takes long.
struct Progress {
    bar: ProgressBar,
    /// Bytes read.
    done: Arc<AtomicU64>,
    wanted: bool,
    started: Instant,
}

/// Work that takes longer than this shows how far it is.
const PATIENCE: Duration = Duration::from_secs(1);

impl Progress {
    fn of(sources: &[Source], to_file: bool) -> Self {
        let sizes = sources.iter().map(|source| {
            source.path.as_ref()?.metadata().ok().filter(std::fs::Metadata::is_file).map(|file| file.len())
        });
        let whole: Option<u64> = sizes.sum();
        let bar = ProgressBar::with_draw_target(whole, ProgressDrawTarget::hidden());
        let template = if whole.is_some() { "{bar:30} {bytes}/{total_bytes}" } else { "{bytes} read" };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        // Where the rows go to the terminal themselves, a bar between them is in the way.
        let wanted = std::io::stderr().is_terminal() && (to_file || !std::io::stdout().is_terminal());
        #[expect(clippy::disallowed_methods, reason = "when to show a progress bar changes no output")]
        let started = Instant::now();
        Self { bar, done: Arc::default(), wanted, started }
    }

    fn show(&mut self) {
        if self.wanted && self.bar.is_hidden() && self.started.elapsed() > PATIENCE {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.set_position(self.done.load(Ordering::Relaxed));
    }
}
