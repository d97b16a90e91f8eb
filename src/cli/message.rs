//! How problems are told: sorted, with the line they stand on, and counted by code.

use super::args::Format;
use super::fail::Fail;
use crate::diag::{Code, Locus, Problem};
use crate::export;
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{IsTerminal, Write};

/// Problems of one kind that are told in full; the rest are counted.
const SHOWN: usize = 12;

/// Problems of one kind that a run over input of any size keeps; the rest are counted.
const KEPT: usize = 1000;

/// The texts that problems may point into, by the name of their file or report.
#[derive(Debug, Default)]
pub(super) struct Texts {
    whole: BTreeMap<String, String>,
    lines: BTreeMap<(String, u64), String>,
}

impl Texts {
    /// Remembers a text, if it is of a size that a person edits.
    pub(super) fn keep(&mut self, name: &str, text: &str) {
        if text.len() < 1 << 20 {
            self.whole.insert(name.to_owned(), text.to_owned());
        }
    }

    /// Remembers the beginning of a line of a file that is too large to be remembered.
    pub(super) fn keep_line(&mut self, file: &str, line: u64, text: &str) {
        self.lines.insert((file.to_owned(), line), text.chars().take(160).collect());
    }
}

/// Prints problems to standard error.
pub(super) fn problems(problems: &[Problem], texts: &Texts, format: Format) -> Result<(), Fail> {
    if format == Format::Json {
        let mut err = std::io::stderr().lock();
        return err.write_all(export::problems_json(problems).as_bytes()).map_err(Fail::printing);
    }
    let mut sorted: Vec<&Problem> = problems.iter().collect();
    sorted.sort();
    sorted.dedup();
    let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
    for problem in &sorted {
        *counts.entry(problem.code).or_default() += 1;
    }
    list(&sorted, &counts, texts)
}

/// Prints the first problems of each kind, and how many more there are.
fn list(sorted: &[&Problem], counts: &BTreeMap<Code, usize>, texts: &Texts) -> Result<(), Fail> {
    let mut err = std::io::stderr().lock();
    let mut shown: BTreeMap<Code, usize> = BTreeMap::new();
    let renderer = if err.is_terminal() { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    for problem in sorted {
        let count = shown.entry(problem.code).or_default();
        *count += 1;
        if *count <= SHOWN {
            writeln!(err, "{}", renderer.render(&group(problem, texts))).map_err(Fail::printing)?;
        }
    }
    for (code, count) in counts {
        if *count > SHOWN {
            writeln!(err, "… and {} more [{}]", count - SHOWN, code.name()).map_err(Fail::printing)?;
        }
    }
    Ok(())
}

/// Problems of a run of any length: the first of each kind, and how many there are.
#[derive(Debug, Default)]
pub(super) struct Tally {
    first: Vec<Problem>,
    counts: BTreeMap<Code, usize>,
    /// What they point into.
    pub(super) texts: Texts,
}

impl Tally {
    /// Nothing told yet.
    pub(super) fn new(texts: Texts) -> Self {
        Self { texts, ..Self::default() }
    }

    /// Counts a problem and keeps it if it is one of the first of its kind; says whether it was kept.
    pub(super) fn add(&mut self, problem: Problem) -> bool {
        let count = self.counts.entry(problem.code).or_default();
        *count += 1;
        let kept = *count <= KEPT;
        if kept {
            self.first.push(problem);
        }
        kept
    }

    /// Whether nothing was told.
    pub(super) fn is_empty(&self) -> bool {
        self.first.is_empty()
    }

    /// Prints them to standard error.
    pub(super) fn print(&self, format: Format) -> Result<(), Fail> {
        if format == Format::Json {
            let json = export::first_problems_json(&self.first, &self.counts);
            return std::io::stderr().write_all(json.as_bytes()).map_err(Fail::printing);
        }
        let mut sorted: Vec<&Problem> = self.first.iter().collect();
        sorted.sort();
        list(&sorted, &self.counts, &self.texts)
    }
}

/// "3 problems: 2 unknown-place, 1 no-date".
pub(super) fn counted(problems: &[Problem]) -> String {
    let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
    // The same problem twice is one, as in problems.json.
    let different: BTreeSet<&Problem> = problems.iter().collect();
    for problem in &different {
        *counts.entry(problem.code).or_default() += 1;
    }
    let kinds: Vec<String> = counts.iter().map(|(code, count)| format!("{count} {}", code.name())).collect();
    match different.len() {
        0 => "no problems".to_owned(),
        1 => format!("1 problem: {}", kinds.join(", ")),
        n => format!("{n} problems: {}", kinds.join(", ")),
    }
}

fn group<'a>(problem: &'a Problem, texts: &'a Texts) -> Vec<Group<'a>> {
    let title = Level::WARNING.primary_title(clean(&problem.message)).id(problem.code.name());
    let told = match place(problem, texts) {
        Some((path, source, line, from, to)) => title.element(
            Snippet::source(source)
                .line_start(line)
                .path(path)
                .annotation(AnnotationKind::Primary.span(from..to)),
        ),
        None => match &problem.at {
            Locus::Run => Group::with_title(title),
            Locus::File(file) => title.element(annotate_snippets::Origin::path(clean(file))),
            Locus::Line { file, line } => {
                title.element(annotate_snippets::Origin::path(clean(file)).line(*line as usize))
            }
            Locus::Words { report, .. } => title.element(annotate_snippets::Origin::path(clean(report))),
        },
    };
    vec![told.element(Level::HELP.message(clean(&problem.way_out())))]
}

/// The line a problem stands on, cut to what a person can read: path, text, number, and where in it.
fn place<'a>(problem: &'a Problem, texts: &'a Texts) -> Option<(String, String, usize, usize, usize)> {
    let (name, text, from, to) = match &problem.at {
        Locus::Words { report, span } => {
            let text = texts.whole.get(report)?;
            text.get(span.start..span.end)?;
            (report, text, span.start, span.end)
        }
        Locus::Line { file, line } => {
            if let Some(text) = texts.lines.get(&(file.clone(), *line)) {
                return Some((clean(file), clean(text), *line as usize, 0, text.len()));
            }
            let text = texts.whole.get(file)?;
            let start = match usize::try_from(*line).ok()? {
                0 | 1 => 0,
                n => text.match_indices('\n').nth(n - 2)?.0 + 1,
            };
            let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
            (file, text, start, end.max(start))
        }
        Locus::File(_) | Locus::Run => return None,
    };
    let number = 1 + text[..from].matches('\n').count();
    let line_start = text[..from].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[from..].find('\n').map_or(text.len(), |at| from + at);
    let boundary = |mut at: usize, up: bool| {
        while !text.is_char_boundary(at) {
            if up { at += 1 } else { at -= 1 }
        }
        at
    };
    let start = if from - line_start > 80 { boundary(from - 60, true) } else { line_start };
    let end = if line_end - from > 160 {
        boundary((from + 140).max(to.min(line_end)).min(line_end), false)
    } else {
        line_end
    };
    let end = end.max(start);
    let source = clean(&text[start..end]);
    // Cleaning never changes lengths, so the offsets hold.
    Some((clean(name), source, number, from - start, to.min(end).max(from) - start))
}

/// Control characters would steer the terminal; each becomes spaces of the same length.
pub(super) fn clean(text: &str) -> String {
    text.chars()
        .flat_map(|c| {
            let steers = c.is_control() && c != '\n'
                || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            std::iter::repeat_n(if steers { ' ' } else { c }, if steers { c.len_utf8() } else { 1 })
        })
        .collect()
}

/// Tells why a run ended.
pub(super) fn fatal(fail: &Fail) {
    let mut err = std::io::stderr().lock();
    // Nothing is left to do if even this cannot be told.
    let _ = writeln!(err, "error: {}", clean(&fail.to_string()));
}
