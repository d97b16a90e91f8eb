//! Which words of a text name a place.
//!
//! Runs of words that may belong to names are cut into names and other words so that the sum of what the names weigh is
//! greatest: a semi-Markov model (Sarawagi and Cohen 2004) without transitions, whose weights `cargo xtask train` fits.
//! What it looks at is in [`super::features`].

use super::context::{Context, Fact, Run};
use super::cut::Cut;
use super::features;
use super::weights::Weights;
use crate::gazetteer::Kind;

/// Longest name in words: one that the gazetteer knows, and any other.
const LONGEST: usize = 7;
const LONGEST_UNKNOWN: usize = 4;

/// Words that may be a name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Guess {
    /// First word.
    pub(crate) start: usize,
    /// One past the last word.
    pub(crate) end: usize,
    /// What the gazetteer knows of them.
    pub(crate) fact: Fact,
}

/// A name found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    pub(crate) guess: Guess,
    /// How likely these words are a name and nothing shorter or longer is, 0 to 1.
    pub(crate) sure: f32,
}

/// All guesses of a run: what starts and ends as a name may. Peoples are among them if asked for.
pub(crate) fn guesses(context: &Context<'_, '_>, run: Run, peoples: bool, out: &mut Vec<Guess>) {
    out.clear();
    for start in run.start..run.end {
        if !context.may_start(start) {
            continue;
        }
        let mut walk = crate::gazetteer::Hash::START;
        let mut more = true;
        let caseless = context.caseless(start);
        for end in start + 1..=run.end.min(start + LONGEST) {
            if end > start + 1 {
                walk = walk.then(" ");
            }
            walk = walk.then(context.words.text(end - 1));
            let fact = match end - start {
                1 => context.single(start),
                _ if more => context.fact(start, end, walk),
                // No name goes on like this.
                _ => Fact::default(),
            };
            more = fact.peek.more;
            let known = fact.peek.kind.is_some()
                || fact.people
                || end - start > 1 && context.may_be_unknown(start, end);
            let wanted =
                (peoples || !fact.people) && !(caseless && end == start + 1 && context.common(start));
            let spot =
                matches!(fact.peek.kind, Some(Kind::Airport | Kind::Base | Kind::Crossing | Kind::Dam));
            if wanted && (context.may_end(end - 1) || spot) && (known || end - start == 1 && !caseless) {
                out.push(Guess { start, end, fact });
            }
            if !more && (end - start >= LONGEST_UNKNOWN || caseless) {
                break;
            }
        }
    }
}

/// From how likely on words that no gazetteer knows are worth a second look, once the text's countries are known.
const DOUBTFUL: f32 = 0.04;

/// Cuts a run into names and other words. Guesses that the gazetteer does not know and that are not quite unlikely names
/// go to `doubtful`.
pub(crate) fn names(
    context: &Context<'_, '_>,
    run: Run,
    guesses: &[Guess],
    (weights, bias): (&Weights, f32),
    out: &mut Vec<Found>,
    doubtful: &mut Vec<Found>,
) {
    if guesses.is_empty() {
        return;
    }
    let scores: Vec<f32> = guesses
        .iter()
        .map(|guess| {
            let mut sum = weights.sum();
            features::of(context, run, guess, guesses, &mut sum);
            sum.total + if guess.fact.peek.kind.is_some() { bias } else { 0.0 }
        })
        .collect();
    if let ([guess], [score]) = (guesses, scores.as_slice()) {
        // Most stretches are one word.
        let sure = 1.0 / (1.0 + (-score).exp());
        let found = Found { guess: *guess, sure };
        if *score > 0.0 {
            out.push(found);
        } else if sure >= DOUBTFUL && guess.fact.peek.kind.is_none() && !guess.fact.people {
            doubtful.push(found);
        }
        return;
    }
    let spans: Vec<(usize, usize)> =
        guesses.iter().map(|guess| (guess.start - run.start, guess.end - run.start)).collect();
    let cut = Cut::of(run.end - run.start, &spans, &scores);
    let from = out.len();
    out.extend(
        cut.best(&spans)
            .into_iter()
            .map(|i| Found { guess: guesses[i], sure: cut.sure(spans[i], scores[i]) }),
    );
    let unknown = |(guess, _): &(&Guess, _)| guess.fact.peek.kind.is_none() && !guess.fact.people;
    for ((guess, score), span) in guesses.iter().zip(&scores).zip(&spans).filter(|(seen, _)| unknown(seen)) {
        let free =
            out[from..].iter().all(|found| found.guess.end <= guess.start || guess.end <= found.guess.start);
        if free && *score > -4.0 {
            let sure = cut.sure(*span, *score);
            if sure >= DOUBTFUL {
                doubtful.push(Found { guess: *guess, sure });
            }
        }
    }
}
