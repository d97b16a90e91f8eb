//! `extract --explain`: sentence by sentence, which claims were read, and why the other words gave none.

use super::message::clean;
use crate::actor::Cast;
use crate::claim::Claim;
use crate::extract::Extract;
use crate::report::Report;
use serde::Serialize;
use std::fmt::Write as _;

#[derive(Serialize)]
struct Line<'a> {
    report: &'a str,
    sentence: usize,
    text: &'a str,
    claims: Vec<String>,
    none: Vec<Reason<'a>>,
}

#[derive(Serialize)]
struct Reason<'a> {
    words: &'a str,
    rule: Option<&'static str>,
    why: &'static str,
}

/// What each sentence of a report gave.
pub(super) fn told(report: &Report, extract: &Extract, cast: &Cast, json: bool) -> String {
    let mut out = if json { String::new() } else { format!("{}\n", clean(&report.id)) };
    for line in lines(report, extract, cast) {
        if json {
            let _ = writeln!(out, "{}", serde_json::to_string(&line).unwrap_or_default());
        } else {
            text(&mut out, &line);
        }
    }
    out
}

fn lines<'a>(report: &'a Report, extract: &Extract, cast: &Cast) -> Vec<Line<'a>> {
    let line = |(sentence, span): (usize, &crate::units::Span)| {
        let claims = extract
            .claims
            .iter()
            .filter(|claim| claim.evidence.sentence == sentence || claim.evidence.also.contains(&sentence))
            .map(|claim| said(claim, sentence, cast))
            .collect();
        let none = extract
            .silences
            .iter()
            .filter(|silent| silent.sentence == sentence)
            .map(|silent| Reason {
                words: silent.words.of(&report.text),
                rule: silent.rule,
                why: silent.why.name(),
            })
            .collect();
        Line { report: &report.id, sentence, text: span.of(&report.text), claims, none }
    };
    extract.sentences.iter().enumerate().map(line).collect()
}

/// A claim in one line: "captured Hama: Syrian rebels, 2024-12-05, reported, rule take".
fn said(claim: &Claim, sentence: usize, cast: &Cast) -> String {
    let sides = match (&claim.gaining, &claim.losing) {
        (Some(gaining), Some(losing)) => format!("by {} from {}", cast.name(gaining), cast.name(losing)),
        (Some(gaining), None) => format!("by {}", cast.name(gaining)),
        (None, Some(losing)) => format!("lost by {}", cast.name(losing)),
        (None, None) => "by nobody named".to_owned(),
    };
    let day = match (claim.day.from, claim.day.to) {
        (Some(from), Some(to)) if from == to => from.to_string(),
        (Some(from), Some(to)) => format!("{from} to {to}"),
        (None, Some(to)) => format!("by {to}"),
        _ => "no date".to_owned(),
    };
    let again = if claim.evidence.sentence == sentence { "" } else { "again: " };
    format!(
        "{again}{} {} [{}] {sides}, {day} ({}), {}{}, rule {}",
        claim.change.name(),
        claim.site.name,
        claim.site.precision.name(),
        claim.day.basis.name(),
        claim.standing.name(),
        claim.standing.said_by().map_or_else(String::new, |who| format!(" by {who}")),
        claim.evidence.rule,
    )
}

fn text(out: &mut String, line: &Line<'_>) {
    let _ = writeln!(out, "  {} {}", line.sentence, clean(line.text));
    for claim in &line.claims {
        let _ = writeln!(out, "      + {}", clean(claim));
    }
    for reason in &line.none {
        let rule = reason.rule.map_or_else(String::new, |rule| format!(", rule {rule}"));
        let _ = writeln!(out, "      - `{}`: {}{rule}", clean(reason.words), reason.why);
    }
}
