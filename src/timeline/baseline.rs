//! Reads a baseline: who held which place before the first event.

use super::{Control, Holding};
use crate::actor::ActorId;
use crate::diag::{Checked, Code, Locus, Problem, short};
use crate::table::{self, Columns, Resolve, Row, place};
use std::collections::BTreeMap;

/// The columns, in the order they are written.
pub const COLUMNS: &[&str] = &["place", "lat", "lon", "country", "actor", "control", "as_of", "source"];

const NEEDED: &[&[&[&str]]] = &[&[&["place"], &["lat", "lon"]], &[&["actor"]]];

/// Reads a baseline table; a place (by name, or by `lat` and `lon`) and an `actor` are all a row needs.
///
/// `control` is empty or `held` where one actor holds the place, `contested` where those named in `actor`, with `;`
/// between, each hold a part, and `besieged` where `actor` is `holder;by`, or the holder alone.
///
/// # Errors
/// None; see [`table::read`] for the header. A row whose place, actor or control cannot be used is told with its line
/// and left out; so is the second row of a place. An `as_of` that is no day is told and left empty.
#[must_use]
pub fn read(
    name: &str,
    bytes: &[u8],
    resolve: &Resolve<'_>,
    actor: &dyn Fn(&str) -> ActorId,
) -> Checked<Vec<Holding>> {
    let columns = Columns { known: COLUMNS, needed: NEEDED };
    let Checked { value: rows, mut problems } = table::read(name, bytes, columns);
    let mut holdings = Vec::new();
    let mut lines = BTreeMap::new();
    for row in &rows {
        let at = || Locus::Line { file: name.into(), line: row.line };
        let holding = match holding(row, name, resolve, actor, &mut problems) {
            Ok(holding) => holding,
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        if let Some(first) = lines.get(&holding.site.key()) {
            let message = format!("`{}` is already in line {first}", short(&holding.site.name));
            problems.push(Problem::new(Code::BadRow, at(), message).help("keep one row for each place"));
            continue;
        }
        lines.insert(holding.site.key(), row.line);
        holdings.push(holding);
    }
    Checked { value: holdings, problems }
}

fn holding(
    row: &Row,
    file: &str,
    resolve: &Resolve<'_>,
    actor: &dyn Fn(&str) -> ActorId,
    problems: &mut Vec<Problem>,
) -> Result<Holding, Problem> {
    let at = || Locus::Line { file: file.into(), line: row.line };
    let bad = |message: String| Problem::new(Code::BadRow, at(), message);
    let mut actors: Vec<ActorId> =
        row.cell("actor").map(table::split).unwrap_or_default().iter().map(|name| actor(name)).collect();
    let control = match (row.cell("control").map(str::to_lowercase).as_deref(), actors.as_slice()) {
        (_, []) => return Err(bad("the row names no actor".into())),
        (None | Some("held"), [one]) => Control::Held(one.clone()),
        (None | Some("contested"), [_, _, ..]) => {
            actors.sort();
            actors.dedup();
            Control::Contested(actors)
        }
        (Some("contested"), [one]) => Control::Contested(vec![one.clone()]),
        (Some("besieged"), [holder]) => Control::Besieged { holder: holder.clone(), by: None },
        (Some("besieged"), [holder, by]) => {
            Control::Besieged { holder: holder.clone(), by: Some(by.clone()) }
        }
        (Some(control @ ("held" | "besieged")), more) => {
            return Err(bad(format!(
                "{} actors cannot all be the holder of a place that is {control}",
                more.len()
            )));
        }
        (Some(other), _) => {
            return Err(bad(format!(
                "control `{}` is none of `held`, `contested`, `besieged`",
                short(other)
            )));
        }
    };
    let site = place::site(row, file, resolve)?;
    let as_of = row.cell("as_of").and_then(|text| {
        let day = crate::report::parse_date(text);
        if day.is_none() {
            problems.push(Problem::new(Code::BadDate, at(), format!("as_of `{}` is no day", short(text))));
        }
        day
    });
    Ok(Holding { site, control, as_of, source: row.cell("source").unwrap_or_default().to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Checked<Vec<Holding>> {
        read("b.csv", text.as_bytes(), &|_| None, &|name| ActorId(name.to_lowercase()))
    }

    #[test]
    fn each_kind_of_control_is_read() {
        let baseline = table(concat!(
            "place,lat,lon,actor,control,as_of,source\n",
            "Hama,35.13,36.75,Army,,2024-11-26,Gazette\n",
            "Aleppo,36.2,37.16,SDF; Army,contested,,\n",
            "Kafriya,36,36.7,Army;Rebels,besieged,,\n",
            "Fuah,36.1,36.7,Army,besieged,,\n",
        ));
        assert_eq!(baseline.problems, []);
        let id = |name: &str| ActorId(name.into());
        let control: Vec<_> = baseline.value.into_iter().map(|holding| holding.control).collect();
        assert_eq!(
            control,
            [
                Control::Held(id("army")),
                Control::Contested(vec![id("army"), id("sdf")]),
                Control::Besieged { holder: id("army"), by: Some(id("rebels")) },
                Control::Besieged { holder: id("army"), by: None },
            ]
        );
    }

    #[test]
    fn what_cannot_be_used_is_told() {
        let baseline = table(concat!(
            "place,lat,lon,actor,control,as_of\n",
            "Hama,35.13,36.75,Army,,last week\n",
            "Homs,34.7,36.7,,,\n",
            "Idlib,35.9,36.6,Rebels,liberated,\n",
            "Raqqa,35.9,39,SDF;Army,held,\n",
            "Hama,35.13,36.75,Rebels,,\n",
        ));
        assert_eq!(baseline.value.len(), 1);
        let told: Vec<_> = baseline.problems.iter().map(|p| (p.code, p.message.as_str())).collect();
        assert_eq!(
            told,
            [
                (Code::BadDate, "as_of `last week` is no day"),
                (Code::BadRow, "the row names no actor"),
                (Code::BadRow, "control `liberated` is none of `held`, `contested`, `besieged`"),
                (Code::BadRow, "2 actors cannot all be the holder of a place that is held"),
                (Code::BadRow, "`Hama` is already in line 2"),
            ]
        );
    }
}
