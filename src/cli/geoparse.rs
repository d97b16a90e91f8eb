//! `geoparse`: place names out of input of any size, report by report, in its order.
//!
//! One thread reads ahead, all cores find names in a batch of some megabytes, one thread writes the batch before. No more
//! than a few batches are ever held.

use super::args::GeoparseArgs;
use super::fail::Fail;
use super::files::{self, Out};
use super::input::{self, Given};
use super::message::Tally;
use super::source::{self, Piece, Source};
use crate::atlas::CREDITS;
use crate::diag::{Checked, Locus, Problem};
use crate::export::MentionForm;
use crate::gazetteer::Gazetteer;
use crate::geoparse::{Asking, Geoparser};
use crate::report::{self, Ids, Report, Spans};
use crate::units::Span;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::io::IsTerminal;
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Writes the place names found, or the places of names that were given.
pub(super) fn geoparse(args: &GeoparseArgs) -> Result<ExitCode, Fail> {
    let (mut given, sources, _) = input::sources(&args.inputs, None, false)?;
    for path in sources.iter().filter(|source| source.named).filter_map(|source| source.path.as_deref()) {
        // What somebody named and is not there is told before anything is written.
        path.metadata().map_err(Fail::reading(path))?;
    }
    if let Some(output) = &args.output {
        let read = sources.iter().filter_map(|source| source.path.as_deref());
        files::keep_inputs(output, read.chain(args.spans.as_deref()))?;
    }
    let mut tally = Tally::new(std::mem::take(&mut given.texts));
    let mut found = std::mem::take(&mut given.problems);
    let spans = match &args.spans {
        Some(path) => Some(Spans::read(&path.display().to_string(), &files::read(path)?).unload(&mut found)),
        None => None,
    };
    for problem in found {
        tally.add(problem);
    }
    let form = args.form();
    let out = match args.output.as_deref().filter(|path| *path != Path::new("-")) {
        Some(path) => Out::file(path)?,
        None => Out::standard(),
    };
    if let Some(half) = out.temporary() {
        files::remove_when_interrupted(half);
    }
    let mut progress = Progress::of(&sources, args.output.is_some());
    let batches = source::read(sources, (args.max_report as usize) << 20, Arc::clone(&progress.done));
    let asking = Asking { region: given.project.region.clone(), peoples: args.peoples, ..Asking::default() };
    let mut work = Work {
        given: &given,
        published: args.inputs.published,
        asking,
        form,
        ids: Ids::new(),
        spans,
        tally,
        idle: Idle::default(),
    };
    let (to, rows) = sync_channel(1);
    let (read, out) = std::thread::scope(|scope| {
        let credits = credits(&given.gazetteer);
        let writer = scope.spawn(move || write(out, form, &credits, &rows));
        let read = work.all(&batches, &to, &mut progress);
        drop(to);
        (read, writer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    });
    progress.bar.finish_and_clear();
    read?;
    let mut out = out?;
    out.write(form.tail().as_bytes())?;
    out.finish()?;
    let Work { mut tally, spans, .. } = work;
    for problem in spans.into_iter().flat_map(Spans::left) {
        tally.add(problem);
    }
    tally.print(args.common.format)?;
    Ok(if args.common.strict && !tally.is_empty() { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// Whose places these are. What is found is not known when the head is written, so all tables are named.
fn credits(gazetteer: &Gazetteer) -> Vec<String> {
    let tables = gazetteer.tables(&BTreeSet::new());
    let owed: BTreeSet<String> = tables.into_iter().filter_map(|(about, _)| about.owed()).collect();
    CREDITS[..1].iter().map(|line| (*line).to_owned()).chain(owed).collect()
}

/// Writes the rows of each batch as they come.
fn write(
    mut out: Out,
    form: MentionForm,
    credits: &[String],
    batches: &Receiver<Vec<String>>,
) -> Result<Out, Fail> {
    let credits: Vec<&str> = credits.iter().map(String::as_str).collect();
    out.write(form.head(&credits).as_bytes())?;
    let mut first = true;
    for batch in batches {
        for rows in batch.iter().filter(|rows| !rows.is_empty()) {
            out.write(form.between(std::mem::take(&mut first)).as_bytes())?;
            out.write(rows.as_bytes())?;
        }
        out.flush()?;
    }
    Ok(out)
}

/// What a batch is worked on with.
struct Work<'a> {
    given: &'a Given,
    published: Option<crate::units::Date>,
    asking: Asking,
    form: MentionForm,
    ids: Ids,
    spans: Option<Spans>,
    tally: Tally,
    idle: Idle<'a>,
}

/// Geoparsers that nobody uses just now: what one has looked up in a batch serves the next.
#[derive(Default)]
struct Idle<'g>(Mutex<Vec<Geoparser<'g>>>);

impl<'g> Idle<'g> {
    fn lend(&self, gazetteer: &'g Gazetteer) -> Lent<'g, '_> {
        let idle = self.0.lock().ok().and_then(|mut idle| idle.pop());
        Lent { parser: Some(idle.unwrap_or_else(|| Geoparser::new(gazetteer))), to: self }
    }
}

/// A geoparser that goes back when it is dropped.
struct Lent<'g, 'i> {
    parser: Option<Geoparser<'g>>,
    to: &'i Idle<'g>,
}

impl Drop for Lent<'_, '_> {
    fn drop(&mut self) {
        if let (Some(parser), Ok(mut idle)) = (self.parser.take(), self.to.0.lock()) {
            idle.push(parser);
        }
    }
}

/// What a piece held; where something is wrong with it, its bytes as well, to quote.
struct Read {
    checked: Checked<Vec<Report>>,
    quoted: Option<Piece>,
}

impl Work<'_> {
    fn all(
        &mut self,
        batches: &Receiver<Result<Vec<Piece>, Fail>>,
        to: &SyncSender<Vec<String>>,
        progress: &mut Progress,
    ) -> Result<(), Fail> {
        for batch in batches {
            let read: Vec<Read> = batch?.into_par_iter().map(read).collect();
            let reports = self.in_order(read);
            let rows = reports.into_par_iter().map_init(
                || self.idle.lend(&self.given.gazetteer),
                |lent, (report, spans)| self.rows(lent, &report, spans.as_deref()),
            );
            // Nobody takes the rows where writing failed, and the writer tells why.
            if to.send(rows.collect()).is_err() {
                break;
            }
            progress.show();
        }
        Ok(())
    }

    /// What hangs on the order of the reports: their ids, the spans asked for in them, the problems told first.
    fn in_order(&mut self, read: Vec<Read>) -> Vec<(Report, Option<Vec<Span>>)> {
        let mut out = Vec::new();
        for Read { checked, quoted } in read {
            for problem in checked.problems {
                self.tell(problem, quoted.as_ref());
            }
            for mut report in checked.value {
                self.ids.name(&mut report);
                report.published = report.published.or(self.published);
                let taken = self.spans.as_mut().map(|spans| spans.take(&report));
                let spans = taken.map(|Checked { value, problems }| {
                    for problem in problems {
                        self.tell(problem, None);
                    }
                    value
                });
                out.push((report, spans));
            }
        }
        out
    }

    fn tell(&mut self, problem: Problem, quoted: Option<&Piece>) {
        let at = problem.at.clone();
        if !self.tally.add(problem) {
            return;
        }
        match (quoted, at) {
            (Some(Piece::Rows { first, bytes, .. }), Locus::Line { file, line }) => {
                let skipped = usize::try_from(line.saturating_sub(*first)).unwrap_or(usize::MAX);
                let text = bytes.split(|byte| *byte == b'\n').nth(skipped).unwrap_or_default();
                let text = String::from_utf8_lossy(&text[..text.len().min(1024)]);
                self.tally.texts.keep_line(&file, line, text.trim_end());
            }
            (Some(Piece::Whole { name, bytes }), Locus::Line { line, .. }) => {
                let text = bytes.split(|byte| *byte == b'\n').nth(line.saturating_sub(1) as usize);
                let text = text.unwrap_or_default();
                let text = String::from_utf8_lossy(&text[..text.len().min(1024)]);
                self.tally.texts.keep_line(name, line, text.trim_end());
            }
            _ => {}
        }
    }

    fn rows(&self, lent: &Lent<'_, '_>, report: &Report, spans: Option<&[Span]>) -> String {
        let mentions = match (spans, &lent.parser) {
            // The words of a text in which nothing is asked for need not be told apart.
            (Some([]), _) | (_, None) => Vec::new(),
            (Some(spans), Some(parser)) => parser.resolve(&report.text, spans, &self.asking),
            (None, Some(parser)) => parser.mentions(&report.text, &self.asking),
        };
        self.form.rows(report, &mentions)
    }
}

fn read(piece: Piece) -> Read {
    let checked = match &piece {
        Piece::Rows { name, first, bytes } => report::rows(name, *first, bytes),
        Piece::Whole { name, bytes } => report::read(name, bytes),
        Piece::Told(problem) => Checked { value: Vec::new(), problems: vec![problem.clone()] },
    };
    let quoted = (!checked.problems.is_empty()).then_some(piece);
    Read { checked, quoted }
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
