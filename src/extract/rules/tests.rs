//! Runs the examples that the rules carry.

use super::*;
use crate::claim::{Claim, GeoPrecision, Precision};
use crate::extract;
use crate::gazetteer::Gazetteer;
use crate::project::Project;
use crate::report::Report;
use crate::units::Date;

/// What a text gives, in the words of the examples.
fn found(text: &str) -> String {
    let report = Report {
        id: "r".into(),
        title: None,
        publisher: None,
        url: None,
        published: Some(Date::constant(2024, 12, 5)),
        text: text.into(),
    };
    let claims = extract::claims(&report, &Gazetteer::embedded(), &Project::default()).value;
    claims.iter().map(said).collect::<Vec<_>>().join("; ")
}

fn said(claim: &Claim) -> String {
    let mut out = format!("{} {}", claim.change.name(), claim.site.name);
    if claim.site.precision != GeoPrecision::Place {
        out += &format!(" [{}]", claim.site.precision.name());
    }
    if claim.standing.name() != "reported" {
        out += &format!(" ({})", claim.standing.name());
    }
    out += ": ";
    out += claim.gaining.as_ref().map_or("", |id| &id.0);
    if let Some(losing) = &claim.losing {
        out += if claim.gaining.is_some() { " < " } else { "< " };
        out += &losing.0;
    }
    match (claim.day.from, claim.day.to, claim.day.basis) {
        (Some(_), _, crate::claim::Basis::Publication) | (None, ..) => {}
        (Some(from), Some(to), _) if from == to || claim.day.precision == Precision::Day => {
            out += &format!(", {from}")
        }
        (Some(from), to, _) => out += &format!(", {from}/{}", to.map_or(String::new(), |to| to.to_string())),
    }
    out
}

#[test]
fn every_rule_finds_what_its_examples_say_and_nothing_else() {
    let mut wrong = Vec::new();
    for rule in RULES {
        for (text, expect) in rule.yes {
            let found = found(text);
            if found.trim_end() != expect.trim_end() {
                wrong.push(format!("{}: {text}\n  expected {expect}\n  found    {found}", rule.name));
            }
        }
        for text in rule.no {
            let found = found(text);
            if !found.is_empty() {
                wrong.push(format!("{}: {text}\n  should find nothing\n  found {found}", rule.name));
            }
        }
        for text in rule.missed {
            let found = found(text);
            if !found.is_empty() {
                wrong.push(format!(
                    "{}: {text}\n  is no longer missed: move it to `yes`\n  found {found}",
                    rule.name
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{} examples\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_rule_carries_examples_of_both_kinds() {
    for rule in RULES {
        assert!(!rule.yes.is_empty() && !rule.no.is_empty(), "{}", rule.name);
    }
}
