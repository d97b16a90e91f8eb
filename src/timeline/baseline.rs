//! Reads a baseline: who held which place before the first event.

use super::{Control, Ground, Holding};
use crate::actor::ActorId;
use crate::claim::SiteKey;
use crate::diag::{Checked, Code, Problem, short};
use crate::table::rows::{Meaning, Reading, each};
use crate::table::{Columns, Resolve};
use crate::units::Date;
use std::collections::BTreeMap;

/// The columns, in the order they are written.
pub const COLUMNS: &[&str] = &["place", "lat", "lon", "country", "actor", "control", "as_of", "source"];

const NEEDED: &[&[&[&str]]] = &[&[&["place"], &["lat", "lon"]], &[&["actor"]]];

/// Reads a baseline table; a place (by name, or by `lat` and `lon`) and an `actor` are all a row needs.
///
/// `control` is empty or `held` where one actor holds the place, `contested` where those named in `actor`, with `;`
/// between, each hold a part, and `besieged` where `actor` is `holder;by`, or the holder alone.
///
/// Several rows of one place are who held it on several days (`as_of`). Rows of one day that disagree are all kept: the
/// timeline tells of them, and the place is contested.
///
/// # Errors
/// None; see [`table::read`](crate::table::read) for the header. A row whose place, actor or control cannot be used is told
/// with its line and left out; so is one that says again what another said. An `as_of` that is no day is told and left empty.
#[must_use]
pub fn read(
    name: &str,
    bytes: &[u8],
    resolve: &Resolve<'_>,
    actor: &dyn Fn(&str) -> ActorId,
) -> Checked<Vec<Holding>> {
    let mut lines: BTreeMap<(SiteKey, Option<Date>, Control), u64> = BTreeMap::new();
    each(name, bytes, Columns { known: COLUMNS, needed: NEEDED }, Meaning { resolve, actor }, |row| {
        let holding = holding(row)?;
        let said = (holding.site.key(), holding.as_of, holding.control.clone());
        if let Some(first) = lines.get(&said) {
            let message = format!("`{}` is already in line {first}", short(&holding.site.name));
            return Err(row.problem(Code::BadRow, message).help("keep one row for each place and day"));
        }
        lines.insert(said, row.line());
        Ok(holding)
    })
}

fn holding(row: &mut Reading<'_>) -> Result<Holding, Problem> {
    let bad = |message: String| row.problem(Code::BadRow, message);
    let mut actors = row.actors("actor");
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
    let site = row.site()?;
    let as_of = row.cell("as_of").and_then(|text| {
        let day = crate::report::parse_date(text);
        if day.is_none() {
            row.tell(Code::BadDate, format!("as_of `{}` is no day", short(text)));
        }
        day
    });
    let source = row.cell("source").unwrap_or_default().to_owned();
    Ok(Holding { site, control, as_of, source, basis: Ground::Named, at: row.at() })
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
            "Hama,35.13,36.75,Army,,\n",
            "Hama,35.13,36.75,Rebels,,2024-12-05\n",
            "Homs,34.7,36.7,Army,,9999-12-31\n",
        ));
        let days: Vec<_> = baseline.value.iter().map(|row| row.as_of.is_some()).collect();
        assert_eq!(days, [false, true, false]);
        let told: Vec<_> = baseline.problems.iter().map(|p| (p.code, p.message.as_str())).collect();
        assert_eq!(
            told,
            [
                (Code::BadDate, "as_of `last week` is no day"),
                (Code::BadRow, "the row names no actor"),
                (Code::BadRow, "control `liberated` is none of `held`, `contested`, `besieged`"),
                (Code::BadRow, "2 actors cannot all be the holder of a place that is held"),
                (Code::BadRow, "`Hama` is already in line 2"),
                (Code::BadDate, "as_of `9999-12-31` is no day"),
            ]
        );
    }
}
