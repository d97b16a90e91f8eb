//! UCDP GED: deaths in organised violence. It says who fought where, and never who held the ground.

use super::book::Book;
use super::told::{Reason, Told};
use super::{Kind, Table};
use crate::diag::{Checked, Code};
use crate::table::sheet::Sheet;

const DEATHS: Reason = Reason {
    code: Code::NoControl,
    one: "is of UCDP GED: battle deaths, which say nothing of control",
    many: "are of UCDP GED: battle deaths, which say nothing of control",
    help: "they are counted and left out; who died where is no sign of who holds it",
};

pub(super) fn read(name: &str, sheet: Sheet<'_>) -> Checked<Table> {
    let mut told = Told::default();
    let unclosed = sheet.each(|row| told.add(DEATHS, row.line, ""));
    let mut problems = told.problems(name);
    problems.extend(unclosed);
    let book = Book::new(name, Kind::Ucdp, Some("UCDP"), Some("https://ucdp.uu.se"));
    Checked { value: book.close(), problems }
}
