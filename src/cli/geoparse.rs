//! `geoparse`: place names out of input of any size.

use super::args::GeoparseArgs;
use super::fail::Fail;
use super::files;
use super::flow::{self, Flow};
use super::input;
use super::message::Tally;
use crate::atlas::CREDITS;
use crate::diag::Checked;
use crate::export::MentionForm;
use crate::gazetteer::Gazetteer;
use crate::geoparse::{Asking, Geoparser};
use crate::report::{Report, Spans};
use crate::units::Span;
use std::collections::BTreeSet;
use std::process::ExitCode;

/// Writes the place names found, or the places of names that were given.
pub(super) fn geoparse(args: &GeoparseArgs) -> Result<ExitCode, Fail> {
    let (mut given, sources, _) = input::sources(&args.inputs, None, false)?;
    flow::keep_inputs(&sources, args.output.as_deref(), args.spans.as_deref())?;
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
    let credits = credits(&given.gazetteer);
    let credits: Vec<&str> = credits.iter().map(String::as_str).collect();
    let asking = Asking { region: given.project.region.clone(), peoples: args.peoples, ..Asking::default() };
    let mut naming = Naming { gazetteer: &given.gazetteer, asking, form, spans };
    let flow = Flow {
        sources,
        limit: (args.max_report as usize) << 20,
        published: args.inputs.published,
        output: args.output.as_deref(),
        head: form.head(&credits),
    };
    let (mut out, _) = flow.run(&mut naming, &mut tally)?;
    out.write(form.tail().as_bytes())?;
    out.finish()?;
    for problem in naming.spans.into_iter().flat_map(Spans::left) {
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

/// Finds names, or places those that were given.
struct Naming<'g> {
    gazetteer: &'g Gazetteer,
    asking: Asking,
    form: MentionForm,
    spans: Option<Spans>,
}

impl<'g> flow::Work for Naming<'g> {
    type Tool = Geoparser<'g>;
    /// The names given, if any were.
    type Task = Option<Vec<Span>>;

    fn tool(&self) -> Geoparser<'g> {
        Geoparser::new(self.gazetteer)
    }

    fn task(&mut self, report: &Report) -> Checked<Option<Vec<Span>>> {
        match self.spans.as_mut().map(|spans| spans.take(report)) {
            Some(Checked { value, problems }) => Checked { value: Some(value), problems },
            None => Checked { value: None, problems: Vec::new() },
        }
    }

    fn rows(&self, tool: &Geoparser<'g>, report: &Report, spans: &Option<Vec<Span>>) -> Checked<String> {
        let mentions = match spans.as_deref() {
            // The words of a text in which nothing is asked for need not be told apart.
            Some([]) => Vec::new(),
            Some(spans) => tool.resolve(&report.text, spans, &self.asking),
            None => tool.mentions(&report.text, &self.asking),
        };
        Checked { value: self.form.rows(report, &mentions), problems: Vec::new() }
    }

    fn between(&self, first: bool) -> &'static str {
        self.form.between(first)
    }
}
