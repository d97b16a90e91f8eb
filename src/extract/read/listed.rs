//! "Kidal on Friday, Gao on Saturday": places in a list that have a time each.

use super::{Reader, View};
use crate::claim::When;
use crate::extract::grammar::{ItemKind, Reading, Tag, Trigger};
use crate::extract::lexicon::Form;
use crate::extract::rules::Frame;
use crate::extract::when;

/// How many items may stand between a place and its time.
const APART: usize = 12;

/// The times behind the places of a reading, if each of several has one before the next.
pub(super) fn own_times(view: &View<'_>, reading: &Reading) -> Vec<usize> {
    let places: Vec<usize> = reading.grounds.iter().map(|ground| ground.item).collect();
    if places.len() < 2 || places.is_sorted_by(|a, b| a >= b) {
        return Vec::new();
    }
    let ends = places.iter().skip(1).copied().chain([view.items.len()]);
    let times = places.iter().zip(ends).map(|(place, end)| {
        (place + 1..end.min(place + APART)).find(|&i| matches!(view.items[i].kind, ItemKind::Time(_)))
    });
    times.collect::<Option<Vec<usize>>>().unwrap_or_default()
}

impl Reader<'_, '_> {
    /// The day that a time of a sentence means, counted from what was told last.
    pub(super) fn dated(&self, view: &View<'_>, time: usize) -> Option<When> {
        let ItemKind::Time(i) = view.items[time].kind else { return None };
        when::resolve(
            view.sentence.times[i].says,
            self.report.published,
            self.anchor.or(self.report.published),
        )
    }
}

/// "Aghdam was handed over on Friday and Kalbajar five days later": places behind a verb that is not said again, each with
/// its time.
pub(super) fn gapped(view: &View<'_>, trigger: &Trigger, reading: &Reading) -> Vec<(usize, usize)> {
    let (items, tags) = (&view.items, &view.parse().tags);
    let place = |i: usize| matches!(items[i].kind, ItemKind::Place(_));
    let subject = reading.grounds.last().filter(|ground| ground.item < trigger.start && place(ground.item));
    let alone = trigger.passive || trigger.rule.frame == Frame::Fall;
    let mut out = Vec::new();
    if subject.is_none() || !alone {
        return out;
    }
    let time = |i: usize| matches!(items[i].kind, ItemKind::Time(_));
    let mut at = trigger.end;
    // The first place has a time of its own before the next.
    let between = |i: usize| matches!(items[i].kind, ItemKind::Word | ItemKind::Actor(_));
    while at < items.len() && !time(at) && between(at) && at < trigger.end + 6 {
        at += 1;
    }
    while at < items.len() && time(at) {
        let mut next = at + 1;
        let joined =
            |i: usize| items.get(i).is_some_and(|item| matches!(item.low.as_str(), "," | "and" | ";"));
        if !joined(next) {
            break;
        }
        while joined(next) {
            next += 1;
        }
        if next >= items.len() || !place(next) || items[next].possessive {
            break;
        }
        let apposed = items.get(next + 1).is_some_and(|item| item.low == ",");
        let said = |i: usize| match tags[i] {
            Tag::Auxiliary | Tag::Modal | Tag::Negative => true,
            Tag::Verb(form) => !apposed || matches!(form, Form::Past | Form::Third | Form::Base),
            _ => false,
        };
        let behind = next + 1..items.len().min(next + APART);
        let Some(own) = behind.take_while(|&i| !said(i)).find(|&i| time(i)) else { break };
        out.push((next, own));
        at = own;
    }
    out
}
