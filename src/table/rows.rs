//! A table row by row: what can be made of each, and what is told of it.

use super::{Columns, Resolve, Row, place, read};
use crate::actor::ActorId;
use crate::claim::Site;
use crate::diag::{Checked, Code, Locus, Problem};

/// Finds what the words of a row mean: places and actors.
#[derive(Clone, Copy)]
pub struct Meaning<'a> {
    /// The ground behind a name or a position.
    pub resolve: &'a Resolve<'a>,
    /// The actor behind a name.
    pub actor: &'a dyn Fn(&str) -> ActorId,
}

/// A row that is being read, and where what it says wrongly is told.
pub struct Reading<'a> {
    /// The table.
    pub file: &'a str,
    row: &'a Row,
    meaning: Meaning<'a>,
    problems: &'a mut Vec<Problem>,
}

/// Reads a table and makes something of each of its rows; see [`read`] for what is told of the table itself.
///
/// # Errors
/// None: the problem of a row of which nothing could be made is told, and the row left out.
pub fn each<T>(
    name: &str,
    bytes: &[u8],
    columns: Columns,
    meaning: Meaning<'_>,
    mut make: impl FnMut(&mut Reading<'_>) -> Result<T, Problem>,
) -> Checked<Vec<T>> {
    let Checked { value: rows, mut problems } = read(name, bytes, columns);
    let mut made = Vec::with_capacity(rows.len());
    for row in &rows {
        let mut reading = Reading { file: name, row, meaning, problems: &mut problems };
        match make(&mut reading) {
            Ok(thing) => made.push(thing),
            Err(problem) => problems.push(problem),
        }
    }
    Checked { value: made, problems }
}

impl<'a> Reading<'a> {
    /// Its line in it, from 1.
    #[must_use]
    pub fn line(&self) -> u64 {
        self.row.line
    }

    /// Where the row stands.
    #[must_use]
    pub fn at(&self) -> Locus {
        Locus::Line { file: self.file.to_owned(), line: self.row.line }
    }

    /// A problem of the row, not yet told.
    #[must_use]
    pub fn problem(&self, code: Code, message: impl Into<String>) -> Problem {
        Problem::new(code, self.at(), message)
    }

    /// Tells of a cell; the row is used all the same.
    pub fn tell(&mut self, code: Code, message: impl Into<String>) {
        let problem = self.problem(code, message);
        self.problems.push(problem);
    }

    /// Tells a problem; the row is used all the same.
    pub fn pass_on(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// The cell of this column; `None` where it is empty or the table has no such column.
    #[must_use]
    pub fn cell(&self, column: &str) -> Option<&'a str> {
        self.row.cell(column)
    }

    /// The actor that this column names.
    #[must_use]
    pub fn actor(&self, column: &str) -> Option<ActorId> {
        self.cell(column).map(self.meaning.actor)
    }

    /// The actors that this column lists, with `;` between.
    #[must_use]
    pub fn actors(&self, column: &str) -> Vec<ActorId> {
        let names = self.cell(column).map(super::split).unwrap_or_default();
        names.iter().map(|name| (self.meaning.actor)(name)).collect()
    }

    /// The ground that the row speaks of.
    ///
    /// # Errors
    /// As [`place::site`].
    pub fn site(&self) -> Result<Site, Problem> {
        place::site(self.row, self.file, self.meaning.resolve)
    }
}
