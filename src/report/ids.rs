//! The ids of reports: fit to print, and different from each other, so that what is found can be led back.

use super::Report;
use super::decode::clean;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Makes the ids of a run's reports fit to print and different from each other.
///
/// An id is one line of at most 120 characters without control characters; the second of a name becomes `name-2`.
pub fn unique_ids(reports: &mut [Report]) {
    let mut taken = BTreeSet::new();
    for report in reports.iter_mut() {
        print(&mut report.id);
    }
    let given: BTreeSet<String> = reports.iter().map(|report| report.id.clone()).collect();
    let mut next = BTreeMap::<String, usize>::new();
    for report in reports.iter_mut() {
        if taken.insert(report.id.clone()) {
            continue;
        }
        let n = next.entry(report.id.clone()).or_insert(2);
        while given.contains(&format!("{}-{n}", report.id)) {
            *n += 1;
        }
        let id = format!("{}-{n}", report.id);
        *n += 1;
        taken.insert(id.clone());
        report.id = id;
    }
}

/// Makes an id fit to print.
fn print(id: &mut String) {
    let plain = |byte: u8| byte.is_ascii_graphic();
    if (1..=120).contains(&id.len()) && id.bytes().all(plain) {
        return;
    }
    let words = clean(id).split_whitespace().collect::<Vec<_>>().join(" ");
    *id = words.chars().take(120).collect();
    if id.is_empty() {
        "report".clone_into(id);
    }
}

/// Makes ids different from each other while reports go by, in memory that does not grow with their number.
///
/// As [`unique_ids`], but that what comes later is not known: where `a, a, a-2` come, they become `a, a-2, a-2-2`. Ids
/// are known by a hash of 64 bits, and only the last 450,000 of them at least; an id that comes again after more others
/// is not told apart from the first.
#[derive(Debug, Default)]
pub struct Ids {
    young: Generation,
    old: Generation,
}

/// Ids met: the younger half is filled until it takes the place of the older.
#[derive(Debug, Default)]
struct Generation {
    seen: HashSet<u64>,
    /// The number to try next for an id that came again.
    next: HashMap<u64, u64>,
}

/// Ids in a generation: just below seven eighths of 2¹⁹, where the table would grow.
const GENERATION: usize = 450_000;

impl Ids {
    /// None met yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes the id of the next report fit to print and different from those before it.
    pub fn name(&mut self, report: &mut Report) {
        print(&mut report.id);
        let given = hash(&report.id);
        if self.take(given) {
            return;
        }
        let mut n = self.young.next.get(&given).or(self.old.next.get(&given)).copied().unwrap_or(2);
        let id = loop {
            let id = format!("{}-{n}", report.id);
            n += 1;
            if self.take(hash(&id)) {
                break id;
            }
        };
        self.young.next.insert(given, n);
        report.id = id;
    }

    /// Whether it is new; it is known from now on.
    fn take(&mut self, id: u64) -> bool {
        if self.old.seen.contains(&id) || !self.young.seen.insert(id) {
            return false;
        }
        if self.young.seen.len() >= GENERATION {
            self.old = std::mem::take(&mut self.young);
        }
        true
    }
}

/// The hash of an id, the same in every run.
fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reports(ids: &[&str]) -> Vec<Report> {
        let report = |id: &&str| Report {
            id: (*id).to_owned(),
            title: None,
            publisher: None,
            url: None,
            published: None,
            text: String::new(),
        };
        ids.iter().map(report).collect()
    }

    fn ids(ids: &[&str]) -> Vec<String> {
        let mut reports = reports(ids);
        unique_ids(&mut reports);
        reports.into_iter().map(|report| report.id).collect()
    }

    fn streamed(given: &[&str]) -> Vec<String> {
        let (mut ids, mut reports) = (Ids::new(), reports(given));
        for report in &mut reports {
            ids.name(report);
        }
        reports.into_iter().map(|report| report.id).collect()
    }

    #[test]
    fn ids_are_made_different_and_printable() {
        assert_eq!(ids(&["a", "a", "a-2", "a"]), ["a", "a-3", "a-2", "a-4"]);
        assert_eq!(ids(&["x\u{202e}y\n\tz", "", "../../etc/passwd"]), ["xy z", "report", "../../etc/passwd"]);
    }

    #[test]
    fn ids_that_go_by_are_made_different_as_well() {
        assert_eq!(streamed(&["a", "a", "a-2", "a"]), ["a", "a-2", "a-2-2", "a-3"]);
        assert_eq!(streamed(&["x\u{202e}y\n\tz", "", "b c", "حماة"]), ["xy z", "report", "b c", "حماة"]);
    }

    #[test]
    fn an_id_is_remembered_over_many_others_in_bounded_memory() {
        let mut ids = Ids::new();
        let mut name = |id: String| {
            let mut report = reports(&[&id]).remove(0);
            ids.name(&mut report);
            report.id
        };
        assert_eq!(name("twice".into()), "twice");
        for n in 0..GENERATION - 1 {
            name(n.to_string());
        }
        assert_eq!(name("twice".into()), "twice-2");
        for n in 0..GENERATION {
            name((GENERATION + n).to_string());
        }
        assert!(ids.young.seen.len() + ids.old.seen.len() < 2 * GENERATION);
        assert!(ids.young.seen.capacity() < 1 << 19);
    }
}
