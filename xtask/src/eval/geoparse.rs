//! Scores of finding and placing names, by cross-validation: no document is judged by weights that were fitted to it.

use crate::judged::{self, Document, MADE, OWN};
use crate::shell::Done;
use crate::train::choose::kilometres;
use crate::train::find::Features;
use crate::train::{self, find};
use conflict_map::gazetteer::Gazetteer;
use conflict_map::geoparse::study::{self, FEATURES};
use conflict_map::geoparse::weights::Weights;
use conflict_map::geoparse::{Asking, Mention};
use conflict_map::units::Span;
use std::collections::BTreeMap;

/// Folds of the documents of all sets together.
const FOLDS: usize = 5;
/// A place within this is the right one, in kilometres; the measure of the field (100 miles).
const NEAR: f64 = 161.0;

/// Counts of a set.
#[derive(Clone, Copy, Debug, Default)]
struct Score {
    names: usize,
    found: usize,
    exact: usize,
    /// Names whose place is known, found names that have a place and do not lie on a name without, and both near.
    linked: usize,
    placed: usize,
    near: usize,
    /// Of the linked names, those placed near when told where the names are.
    given: usize,
}

fn f1(right: usize, found: usize, all: usize) -> f64 {
    2.0 * right as f64 / (found + all).max(1) as f64
}

impl Score {
    fn add(&mut self, other: Self) {
        self.names += other.names;
        self.found += other.found;
        self.exact += other.exact;
        self.linked += other.linked;
        self.placed += other.placed;
        self.near += other.near;
        self.given += other.given;
    }

    fn print(self, split: &str, set: &str) {
        println!(
            "{split:22} {set:16} exact P {:.3} R {:.3} F1 {:.4}   end to end F1@161 {:.4}   placed@161 {:.4}   ({} names, {} linked)",
            self.exact as f64 / self.found.max(1) as f64,
            self.exact as f64 / self.names.max(1) as f64,
            f1(self.exact, self.found, self.names),
            f1(self.near, self.placed, self.linked),
            self.given as f64 / self.linked.max(1) as f64,
            self.names,
            self.linked,
        );
    }
}

/// Both models.
struct Models {
    find: Weights,
    choose: [f32; FEATURES.len()],
}

/// `cargo xtask eval geoparse [FOLDER …]`
pub(crate) fn run(folders: &[String]) -> Done {
    let documents = judged::all(folders)?;
    let gazetteer = Gazetteer::embedded();
    let mut features = Features::default();
    let seen = find::look(&documents, &gazetteer, &mut features);
    println!("{}; {} features", judged::sources(&documents), features.names.len());
    let fit = |keep: &dyn Fn(usize) -> bool| {
        let chosen: Vec<usize> = (0..documents.len()).filter(|&i| keep(i) && !documents[i].test).collect();
        let weights = train::finding(chosen.iter().map(|&i| &seen[i]), &features);
        let rows = features.names.iter().map(String::as_str).zip(weights.iter().copied());
        let texts: Vec<&Document> = chosen.iter().map(|&i| &documents[i]).collect();
        let choose = train::choosing(&texts, &gazetteer);
        let rows: Vec<(&str, f32)> = rows.filter(|(_, weight)| weight.abs() >= 5e-4).collect();
        Models { find: Weights::of(rows.len(), rows.into_iter()), choose: std::array::from_fn(|i| choose[i]) }
    };
    let mut mistakes = Mistakes::default();
    let mut folds: BTreeMap<String, Score> = BTreeMap::new();
    for fold in 0..FOLDS {
        let models = fit(&|i| i % FOLDS != fold);
        for (i, document) in documents.iter().enumerate() {
            if document.set == MADE {
                continue;
            }
            if document.test && fold == 0 || !document.test && i % FOLDS == fold {
                for (set, score) in judge(document, &models, &gazetteer, &mut mistakes) {
                    folds.entry(set).or_default().add(score);
                }
            }
        }
    }
    folds.remove(MADE);
    for (set, score) in &folds {
        score.print("5 folds", set);
    }
    let sets: Vec<String> = folds.keys().filter(|set| !set.contains(' ')).cloned().collect();
    for set in sets.iter().filter(|_| sets.len() > 1) {
        let models = fit(&|i| documents[i].set != *set);
        let mut totals: BTreeMap<String, Score> = BTreeMap::new();
        for document in documents.iter().filter(|document| document.set == *set) {
            for (set, score) in judge(document, &models, &gazetteer, &mut Mistakes::default()) {
                totals.entry(set).or_default().add(score);
            }
        }
        for (set, score) in totals {
            score.print("fitted to other sets", &set);
        }
    }
    mistakes.print();
    Ok(())
}

/// Scores a document, under the name of its set; where its annotators marked peoples, once without and once with them.
fn judge(
    document: &Document,
    models: &Models,
    gazetteer: &Gazetteer,
    mistakes: &mut Mistakes,
) -> Vec<(String, Score)> {
    let set = if document.test { format!("{} (test)", document.set) } else { document.set.clone() };
    let parser = study::weighing(gazetteer, &models.find, &models.choose);
    let spans: Vec<Span> = document.names.iter().map(|name| name.span).collect();
    let asking = Asking { region: document.region.clone(), ..Asking::default() };
    let given = parser.resolve(&document.text, &spans, &asking);
    let mut scores = Vec::new();
    for peoples in [false, true].into_iter().take(1 + usize::from(document.peoples)) {
        // The project's own texts mark peoples apart; others call them places like any other.
        let counts = |name: &judged::Name| document.set != OWN || peoples || !name.people;
        let mentions = parser.mentions(&document.text, &Asking { peoples, ..asking.clone() });
        let mut score = Score { found: mentions.len(), ..Score::default() };
        let mut on_unlinked = 0;
        let mut used = vec![false; mentions.len()];
        for (name, given) in document.names.iter().zip(&given).filter(|(name, _)| counts(name)) {
            score.names += 1;
            let exact = mentions.iter().any(|mention| mention.span == name.span);
            score.exact += usize::from(exact);
            let overlap =
                |mention: &&Mention| mention.span.start < name.span.end && name.span.start < mention.span.end;
            let at = mentions
                .iter()
                .enumerate()
                .filter(|(i, mention)| !used[*i] && overlap(mention))
                .max_by_key(|(_, mention)| mention.span == name.span)
                .map(|(i, _)| i);
            if let Some(i) = at {
                used[i] = true;
            }
            let mention = at.map(|i| &mentions[i]);
            match name.at {
                None => on_unlinked += usize::from(mention.is_some_and(|mention| mention.site.is_some())),
                Some(at) => {
                    score.linked += 1;
                    score.near += usize::from(mention.is_some_and(|mention| near(mention, at)));
                    score.given += usize::from(near(given, at));
                }
            }
            if !peoples {
                mistakes.of_name(document, name, exact, (mention, given), gazetteer);
            }
        }
        for (mention, _) in mentions.iter().zip(&used).filter(|(_, used)| !**used) {
            if !peoples {
                mistakes.add(document, mention.span, "a name where there is none", "");
            }
        }
        score.placed = mentions.iter().filter(|mention| mention.site.is_some()).count() - on_unlinked;
        scores.push((if peoples { format!("{set}, peoples") } else { set.clone() }, score));
    }
    scores
}

/// Whether a name was placed near a point of latitude and longitude.
fn near(mention: &Mention, at: (f64, f64)) -> bool {
    mention
        .site
        .as_ref()
        .and_then(|site| site.at)
        .is_some_and(|site| kilometres((site.lat(), site.lon()), at) <= NEAR)
}

/// What went wrong, by kind.
#[derive(Default)]
struct Mistakes {
    kinds: BTreeMap<(String, &'static str), Vec<String>>,
}

impl Mistakes {
    fn of_name(
        &mut self,
        document: &Document,
        name: &judged::Name,
        exact: bool,
        (mention, given): (Option<&Mention>, &Mention),
        gazetteer: &Gazetteer,
    ) {
        let surface = name.span.of(&document.text);
        if !exact {
            let kind = match (mention, name.people, gazetteer.find(surface).is_empty()) {
                (_, true, _) => "not found: a people",
                (Some(_), ..) => "found with other bounds",
                (None, _, true) => "not found, unknown to the gazetteer",
                (None, _, false) => "not found, known to the gazetteer",
            };
            let said = mention.map_or(String::new(), |m| format!("found `{}`", m.span.of(&document.text)));
            self.add(document, name.span, kind, &said);
        }
        let Some(at) = name.at else { return };
        if near(given, at) {
            return;
        }
        let candidates = gazetteer.find(surface);
        let nearest = candidates
            .iter()
            .map(|candidate| kilometres((candidate.place.at.lat(), candidate.place.at.lon()), at))
            .fold(f64::MAX, f64::min);
        let said = given.site.as_ref().map_or("nothing".to_owned(), |site| {
            let country = site.country.as_deref().unwrap_or("-");
            {
                let at = site.at.map_or_else(String::new, |at| format!("{:.1},{:.1}", at.lat(), at.lon()));
                format!("{} {country} {at}", site.name)
            }
        });
        let kind = match (&given.site, nearest) {
            (None, _) => "placed nowhere: unknown to the gazetteer",
            (Some(_), km) if km > NEAR && km < 1500.0 && candidates.len() < 12 => {
                "placed far: a large place whose middle is disputed"
            }
            (Some(_), km) if km > NEAR => "placed wrong: the right place is unknown to the gazetteer",
            (Some(site), _) if candidates.first().is_some_and(|c| Some(c.place.id) == site.id) => {
                "placed wrong: a smaller place of the name was meant"
            }
            _ => "placed wrong: a larger or another place of the name was meant",
        };
        self.add(document, name.span, kind, &format!("meant {:.1},{:.1}, said {said}", at.0, at.1));
    }

    fn add(&mut self, document: &Document, span: Span, kind: &'static str, said: &str) {
        // Texts of others are not shown, only their names.
        let shown = format!("{} {}: {} {said}", document.set, document.id, span.of(&document.text));
        self.kinds.entry((document.set.clone(), kind)).or_default().push(shown);
    }

    fn print(&self) {
        let mut kinds: Vec<_> = self.kinds.iter().collect();
        kinds.sort_by_key(|(_, all)| std::cmp::Reverse(all.len()));
        println!("\nMistakes by kind, over the five folds, peoples not asked for:");
        for ((set, kind), all) in kinds.into_iter().take(20) {
            println!("{:5}  {set:9} {kind}", all.len());
            let step = (all.len() / 3).max(1);
            for one in all.iter().step_by(step).take(3) {
                println!("         {one}");
            }
        }
    }
}
