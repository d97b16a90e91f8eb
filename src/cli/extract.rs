//! `extract`: claims out of input of any size.

use super::args::TableArgs;
use super::fail::Fail;
use super::flow::{self, Flow};
use super::input::{self, Given};
use super::message::Tally;
use super::{explain, json};
use crate::claim::Claim;
use crate::diag::{Checked, Problem};
use crate::export;
use crate::extract::Extractor;
use crate::import::{self, Table};
use crate::report::{Ids, Report};
use std::process::ExitCode;

/// Writes the claims, or what each sentence gave.
pub(super) fn extract(args: &TableArgs) -> Result<ExitCode, Fail> {
    let (mut given, sources, _) = input::sources(&args.inputs, None, true)?;
    flow::keep_inputs(&sources, args.output.as_deref(), None)?;
    // A table is read as a whole, however large it is.
    let (tables, reports): (Vec<_>, Vec<_>) =
        sources.into_iter().partition(|source| import::is_table(&source.shown, &[]));
    for source in &tables {
        given.read(source)?;
    }
    let mut tally = Tally::new(std::mem::take(&mut given.texts));
    for problem in std::mem::take(&mut given.problems) {
        tally.add(problem);
    }
    let tables = std::mem::take(&mut given.tables);
    let mut reading =
        Reading { given: &given, tables, explain: args.explain, json: json(args.common.format) };
    let flow = Flow {
        sources: reports,
        limit: (args.max_report as usize) << 20,
        published: args.inputs.published,
        output: args.output.as_deref(),
        head: if args.explain { String::new() } else { export::claims_head() },
    };
    let (mut out, mut ids) = flow.run(&mut reading, &mut tally)?;
    if !args.explain {
        for table in reading.of_tables(&mut ids) {
            out.write(table.as_bytes())?;
        }
    }
    out.finish()?;
    tally.print(args.common.format)?;
    Ok(if args.common.strict && !tally.is_empty() { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// Reads claims.
struct Reading<'g> {
    given: &'g Given,
    tables: Vec<Table>,
    explain: bool,
    json: bool,
}

impl Reading<'_> {
    fn rows_of(&self, claims: &[Claim], report: &Report) -> String {
        let cast = &self.given.project.cast;
        export::claims_rows(claims, report, &|id| cast.name(id).to_owned())
    }

    /// The rows of the tables of others, under ids that no report has.
    fn of_tables(&mut self, ids: &mut Ids) -> Vec<String> {
        let mut tables = std::mem::take(&mut self.tables);
        for table in &mut tables {
            let mut named = Report { text: String::new(), ..table.report.clone() };
            ids.name(&mut named);
            table.rename(&named.id);
        }
        tables.iter().map(|table| self.rows_of(&table.claims, &table.report)).collect()
    }
}

impl<'g> flow::Work for Reading<'g> {
    type Tool = Extractor<'g>;
    type Task = ();

    fn tool(&self) -> Extractor<'g> {
        Extractor::new(&self.given.gazetteer, &self.given.project)
    }

    fn task(&mut self, _: &Report) -> Checked<()> {
        Checked { value: (), problems: Vec::new() }
    }

    fn rows(&self, tool: &Extractor<'g>, report: &Report, (): &()) -> Checked<String> {
        if self.explain {
            let Checked { value, problems } = tool.read(report);
            return Checked {
                value: explain::told(report, &value, &self.given.project.cast, self.json),
                problems,
            };
        }
        let Checked { value, problems } = tool.claims(report);
        Checked { value: self.rows_of(&value, report), problems }
    }

    fn is_table(&self, name: &str, bytes: &[u8]) -> bool {
        import::is_table(name, bytes)
    }

    fn table(&mut self, name: &str, bytes: &[u8]) -> Vec<Problem> {
        let mut problems = Vec::new();
        self.tables.extend(self.given.table_of_others(name, bytes).unload(&mut problems));
        problems
    }
}
