//! Runs the examples that the rules carry.

use super::*;
use crate::claim::{Basis, Claim, GeoPrecision};
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
    let scope = match claim.site.precision {
        GeoPrecision::Place => String::new(),
        precision => format!(" [{}]", precision.name()),
    };
    let standing = match claim.standing.name() {
        "reported" => String::new(),
        name => format!(" ({name})"),
    };
    let sides = match (&claim.gaining, &claim.losing) {
        (Some(gaining), Some(losing)) => format!("{gaining} < {losing}"),
        (Some(gaining), None) => gaining.to_string(),
        (None, Some(losing)) => format!("< {losing}"),
        (None, None) => String::new(),
    };
    let day = match (claim.day.from, claim.day.to, claim.day.basis) {
        (Some(_), _, Basis::Publication) | (None, ..) => String::new(),
        (Some(from), Some(to), _) if from != to => format!(", {from}/{to}"),
        (Some(from), ..) => format!(", {from}"),
    };
    format!("{} {}{scope}{standing}: {sides}{day}", claim.change.name(), claim.site.name)
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
