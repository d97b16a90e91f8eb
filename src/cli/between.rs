//! `between FROM TO`: what changed hands between two days.

use super::args::{BetweenArgs, Common, Format, TableFormat};
use super::fail::Fail;
use super::input::Given;
use super::message::clean;
use super::movement::movement;
use super::{files, finish};
use crate::diag::{Code, Locus, Problem};
use crate::event::Event;
use crate::export;
use crate::run::Situation;
use crate::timeline::{Control, Interval, Shift};
use crate::units::Date;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::process::ExitCode;

/// Prints what changed hands between two days.
pub(super) fn between(args: &BetweenArgs, mut given: Given) -> Result<ExitCode, Fail> {
    if args.from > args.to {
        return Err(Fail::Asked(format!("{} is after {}", args.from, args.to), "give the earlier day first"));
    }
    let situation = given.situation();
    let mut shifts = situation.timeline.between(args.from, args.to);
    // Places before units; of these the largest first.
    shifts.sort_by_key(|shift| {
        (!shift.site.is_spot(), Reverse(shift.site.population), &shift.site.name, shift.site.key())
    });
    if situation.timeline.at(args.to).is_empty() && !situation.events.is_empty() {
        let first = situation.timeline.intervals().map(|interval| interval.start).min();
        let first = first.map_or_else(String::new, |day| format!(", the first thing known is of {day}"));
        let message = format!("nothing is known on or before {}{first}", args.to);
        given.problems.push(
            Problem::new(Code::NoEvents, Locus::Run, message).help("give days on which something is known"),
        );
    }
    let name = |id: &_| situation.actor_name(id);
    let mut movement = || movement(&situation, [args.from, args.to], &mut given);
    let text = match args.format {
        TableFormat::Text => movement().text() + "\n" + &told((args.from, args.to), &shifts, &situation),
        TableFormat::Csv => export::shifts_csv(&shifts, &name),
        TableFormat::Json => export::shifts_json((args.from, args.to), &shifts, movement().json(), &name),
    };
    files::print(&text)?;
    let format = if args.format == TableFormat::Json { Format::Json } else { Format::Text };
    finish(&given, Common { format, strict: args.strict })
}

fn told((from, to): (Date, Date), shifts: &[Shift<'_>], situation: &Situation) -> String {
    let events: BTreeMap<&str, &Event> =
        situation.events.iter().map(|event| (event.id.as_str(), event)).collect();
    let places = shifts.iter().filter(|shift| shift.site.is_spot()).count();
    let back = shifts.iter().filter(|shift| shift.site.is_spot() && shift.is_back()).count();
    let places = match places {
        0 => "no place changed hands".to_owned(),
        1 => "1 place changed".to_owned(),
        n => format!("{n} places changed"),
    };
    let back = if back == 0 { String::new() } else { format!(", {back} of them back again") };
    let mut out = format!("from the end of {from} to the end of {to}: {places}{back}\n");
    for shift in shifts {
        let within: Vec<&str> =
            [shift.site.admin1.as_deref(), shift.site.country.as_deref()].into_iter().flatten().collect();
        let within = if within.is_empty() { String::new() } else { format!(" ({})", within.join(", ")) };
        let scope = if shift.site.is_spot() {
            String::new()
        } else {
            format!(" [{}, repaints no place]", shift.site.precision.name())
        };
        let before =
            shift.before.map_or_else(|| "nothing known".to_owned(), |interval| held(interval, situation));
        let _ =
            writeln!(out, "{}{within}{scope}: {before} → {}", shift.site.name, held(shift.after, situation));
        let known = shift.events().into_iter().filter_map(|id| events.get(id));
        // What only confirms later than the last day is no part of what changed by then.
        for event in known.filter(|event| event.day.from.or(event.day.to).is_none_or(|day| day <= to)) {
            let day = match (event.day.from, event.day.to) {
                (Some(from), Some(to)) if from == to => from.to_string(),
                (Some(from), Some(to)) => format!("{from} to {to}"),
                (None, Some(to)) => format!("by {to}"),
                _ => "undated".to_owned(),
            };
            let grade = event.grade.map_or_else(String::new, |grade| format!(", {grade}"));
            let words = export::sentence(event, &|id| situation.actor_name(id));
            let _ = writeln!(out, "    {day}: {words}{grade} [{}]", event.id);
        }
    }
    clean(&out)
}

/// How a place is held, in words.
fn held(interval: &Interval, situation: &Situation) -> String {
    let names = |control: &Option<Control>| -> String {
        let names: Vec<String> =
            control.iter().flat_map(Control::actors).map(|id| situation.actor_name(id)).collect();
        if names.is_empty() { "nobody known".to_owned() } else { names.join(", ") }
    };
    if let Some(passing) = &interval.passing {
        return format!("{} or {}", names(&passing.before), names(&passing.after));
    }
    match &interval.control {
        None => "nobody known".to_owned(),
        Some(Control::Held(holder)) => {
            let claimed = if interval.claimed { " (only that side says so)" } else { "" };
            format!("{}{claimed}", situation.actor_name(holder))
        }
        Some(Control::Contested(_)) => format!("contested: {}", names(&interval.control)),
        Some(Control::Besieged { holder, by }) => {
            let by = by.as_ref().map_or_else(String::new, |by| format!(" by {}", situation.actor_name(by)));
            format!("{}, besieged{by}", situation.actor_name(holder))
        }
    }
}
