//! The clauses of a sentence: who does what, and what each hangs on.
//!
//! One pass from left to right over verb groups and noun phrases. A clause is opened by a word ("after", "which", "that",
//! "to"), by a participle, or by a subject with its own verb; it ends where its parent goes on.

mod hang;
mod look;

use super::super::lexicon::{Form, is_condition, is_speech};
use super::Item;
use super::phrase::{VerbGroup, noun_phrase_end, starts_noun, verb_group};
use super::tag::{Tag, tags};

/// How a clause hangs on another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opener {
    /// It stands by itself.
    Main,
    /// "…, the army said": a main clause that only says who says the one before.
    Tail,
    /// "after", "if": the item of the word.
    Sub(usize),
    /// "which the army left": the noun phrase that the pronoun stands for.
    Relative(usize, usize),
    /// "said (that)", "the claim that": the word it completes.
    That(usize),
    /// "to capture": the word before, if any.
    Infinitive(Option<usize>),
    /// "by capturing", "denied capturing"; without a word "…, capturing".
    Gerund(Option<usize>),
    /// "captured by": the noun phrase that was.
    Reduced(usize, usize),
}

/// A clause.
#[derive(Clone, Debug)]
pub(crate) struct Clause {
    /// How it hangs on its parent.
    pub(crate) opener: Opener,
    /// The clause it hangs on.
    pub(crate) parent: Option<usize>,
    /// The noun phrases before its verb that may be its subject, first to last.
    pub(crate) subjects: Vec<(usize, usize)>,
    /// Its verb.
    pub(crate) verb: Option<VerbGroup>,
    /// First item.
    pub(crate) start: usize,
    /// Whether it stands before the verb of its parent.
    fronted: bool,
}

/// A sentence taken apart.
#[derive(Clone, Debug)]
pub(crate) struct Parse {
    /// The part of speech of each item.
    pub(crate) tags: Vec<Tag>,
    /// The clauses, in order of their first words.
    pub(crate) clauses: Vec<Clause>,
    /// The clause of each item.
    pub(crate) clause_of: Vec<usize>,
}

impl Parse {
    /// The clause that an item belongs to.
    pub(crate) fn clause(&self, at: usize) -> &Clause {
        &self.clauses[self.clause_of[at.min(self.clause_of.len() - 1)]]
    }

    /// The noun phrases that may be the subject of clause `at`, its own or shared with the clause it hangs on.
    pub(crate) fn subjects(&self, at: usize) -> &[(usize, usize)] {
        let mut at = at;
        for _ in 0..self.clauses.len() {
            let clause = &self.clauses[at];
            if !clause.subjects.is_empty() {
                return &clause.subjects;
            }
            match (clause.opener, clause.parent) {
                (Opener::Infinitive(_) | Opener::Gerund(_), Some(parent)) => at = parent,
                _ => return &[],
            }
        }
        &[]
    }
}

/// Takes a sentence apart.
pub(crate) fn parse(items: &[Item]) -> Parse {
    let tags = tags(items);
    let mut builder = Builder {
        items,
        clause_of: vec![0; items.len()],
        clauses: vec![Clause {
            opener: Opener::Main,
            parent: None,
            subjects: Vec::new(),
            verb: None,
            start: 0,
            fronted: false,
        }],
        stack: vec![0],
        last_noun: None,
        comma: false,
        conjunction: false,
        bare: true,
        tags: &tags,
    };
    let mut at = 0;
    while at < items.len() {
        at = builder.step(at).max(at + 1);
    }
    let Builder { clauses, clause_of, .. } = builder;
    Parse { tags, clauses, clause_of }
}

struct Builder<'a> {
    items: &'a [Item],
    tags: &'a [Tag],
    clauses: Vec<Clause>,
    clause_of: Vec<usize>,
    /// Open clauses, innermost last; never empty.
    stack: Vec<usize>,
    /// The noun phrase last read.
    last_noun: Option<(usize, usize)>,
    /// Whether a comma or closing quotation mark has just been read.
    comma: bool,
    /// Whether a conjunction has just been read.
    conjunction: bool,
    /// Whether a noun phrase here would hang on no preposition.
    bare: bool,
}

impl Builder<'_> {
    fn current(&self) -> usize {
        *self.stack.last().unwrap_or(&0)
    }

    fn open(&mut self, opener: Opener, parent: Option<usize>, start: usize) -> usize {
        let fronted = parent.is_some_and(|parent| self.clauses[parent].verb.is_none());
        self.clauses.push(Clause { opener, parent, subjects: Vec::new(), verb: None, start, fronted });
        let new = self.clauses.len() - 1;
        self.stack.push(new);
        new
    }

    /// Opens a clause of the same rank as an earlier one that is still open, and leaves that one.
    fn open_like(&mut self, like: usize, start: usize) -> usize {
        while self.stack.last().is_some_and(|top| *top != like) {
            self.stack.pop();
        }
        self.stack.pop();
        let Clause { opener, parent, .. } = self.clauses[like];
        self.open(opener, parent, start)
    }

    /// Marks items as of the clause that is open, and forgets commas and conjunctions.
    fn take(&mut self, from: usize, to: usize) {
        let current = self.current();
        self.clause_of[from..to].fill(current);
        self.comma = false;
        self.conjunction = false;
        self.bare = true;
    }

    /// Reads what starts at `at`; one past it.
    fn step(&mut self, at: usize) -> usize {
        match self.tags[at] {
            Tag::Comma | Tag::Quote => {
                self.clause_of[at] = self.current();
                self.comma = true;
                self.bare = true;
                if self.items[at].low == "“" || self.items[at].low == "«" {
                    self.quoted(at);
                }
                at + 1
            }
            Tag::Break => {
                // ":" after a verb of saying opens what is said; everything else starts anew.
                self.restart(at);
                at + 1
            }
            Tag::Conjunction => {
                self.clause_of[at] = self.current();
                self.conjunction = true;
                self.bare = true;
                at + 1
            }
            Tag::Time | Tag::Adverb | Tag::Negative => {
                self.clause_of[at] = self.after_fronted();
                self.bare |= self.tags[at] == Tag::Time;
                at + 1
            }
            Tag::Preposition => self.preposition(at),
            Tag::Subordinator => self.subordinator(at),
            Tag::Relative => self.relative(at),
            Tag::That => self.that(at),
            tag if tag.starts_verb() => self.verb(at),
            _ => self.noun(at),
        }
    }

    /// The clause that words after a comma belong to: the main clause, where a fronted one has just ended.
    fn after_fronted(&mut self) -> usize {
        if self.comma {
            self.close_fronted();
        }
        self.current()
    }

    /// Leaves clauses that stood before the verb of their parent, once they have their own.
    fn close_fronted(&mut self) {
        while self.stack.len() > 1 {
            let clause = &self.clauses[self.current()];
            let parent_waits = clause.parent.is_some_and(|parent| self.clauses[parent].verb.is_none());
            if clause.fronted
                && clause.verb.is_some()
                && parent_waits
                && !matches!(clause.opener, Opener::Relative(..) | Opener::Reduced(..))
            {
                self.stack.pop();
            } else {
                break;
            }
        }
    }

    fn restart(&mut self, at: usize) {
        let speech = self.clauses[self.current()]
            .verb
            .as_ref()
            .map(|verb| verb.head)
            .filter(|head| is_speech(&self.items[*head].low));
        self.clause_of[at] = self.current();
        let mark = self.items[at].low.as_str();
        let parent = self.current();
        if mark == ":"
            && let Some(head) = speech
        {
            self.open(Opener::That(head), Some(parent), at + 1);
        } else if at + 1 < self.items.len() {
            self.stack.clear();
            self.open(Opener::Main, None, at + 1);
        }
        self.comma = false;
        self.conjunction = false;
        self.bare = true;
        self.last_noun = None;
    }

    /// An opening quotation mark: what is said, after a verb of saying.
    fn quoted(&mut self, at: usize) {
        let current = self.current();
        let clause = &self.clauses[current];
        let speech =
            clause.verb.as_ref().map(|verb| verb.head).filter(|head| is_speech(&self.items[*head].low));
        if let Some(head) = speech
            && self.items[..at].last().is_some_and(|item| matches!(item.low.as_str(), "," | ":"))
        {
            self.open(Opener::That(head), Some(current), at + 1);
        }
    }

    fn preposition(&mut self, at: usize) -> usize {
        // "by capturing", "after having taken": a clause without a subject of its own.
        self.after_fronted();
        self.take(at, at + 1);
        self.bare = false;
        let mut end = at + 1;
        while self.tags.get(end).is_some_and(|tag| matches!(tag, Tag::Adverb | Tag::Quote)) {
            end += 1;
        }
        self.take(at, end);
        if self.tags.get(end) == Some(&Tag::Time) {
            // "on Wednesday": the time is the whole phrase.
            return end;
        }
        self.bare = false;
        if matches!(self.tags.get(end), Some(Tag::Verb(Form::Ing))) || self.having(end) {
            let parent = self.current();
            self.open(Opener::Gerund(Some(at)), Some(parent), end);
            return self.verb_in(end);
        }
        if self.tags.get(end).is_some_and(|tag| starts_noun(*tag)) {
            let stop = noun_phrase_end(self.items, self.tags, end).max(end + 1);
            // "with rebels capturing": the phrase has a verb of its own.
            let absolute =
                self.items[at].low == "with" && matches!(self.tags.get(stop), Some(Tag::Verb(Form::Ing)));
            if absolute {
                let parent = self.current();
                let clause = self.open(Opener::Gerund(None), Some(parent), end);
                self.clauses[clause].subjects.push((end, stop));
            }
            self.take(end, stop);
            self.last_noun = Some((end, stop));
            return stop;
        }
        end
    }

    fn subordinator(&mut self, at: usize) -> usize {
        let low = self.items[at].low.as_str();
        let mut next = at + 1;
        while self.tags.get(next).is_some_and(|tag| matches!(tag, Tag::Adverb | Tag::Negative)) {
            next += 1;
        }
        if matches!(self.tags.get(next), Some(Tag::Verb(Form::Ing))) || self.having(next) {
            let parent = self.left_for_new();
            self.open(Opener::Gerund(Some(at)), Some(parent), at);
            self.take(at, next);
            return self.verb_in(next);
        }
        if self.clause_follows(at + 1) || is_condition(low) {
            let parent = self.left_for_new();
            self.open(Opener::Sub(at), Some(parent), at);
            self.take(at, at + 1);
            self.last_noun = None;
            return at + 1;
        }
        // "after the fall of Hama", "as a base", "when captured".
        if matches!(self.tags.get(next), Some(Tag::Verb(Form::Participle | Form::PastOrParticiple))) {
            let parent = self.left_for_new();
            self.open(Opener::Sub(at), Some(parent), at);
            self.take(at, at + 1);
            return self.verb_in(next);
        }
        if low == "since" && !self.tags.get(next).is_some_and(|tag| starts_noun(*tag))
            || matches!(low, "once" | "how" | "why" | "what") && next >= self.items.len()
        {
            self.take(at, at + 1);
            return at + 1;
        }
        self.preposition(at)
    }

    /// The clause that a subordinate one opened here hangs on.
    fn left_for_new(&mut self) -> usize {
        if self.comma {
            self.close_fronted();
        }
        self.current()
    }

    fn relative(&mut self, at: usize) -> usize {
        let parent = self.current();
        let (from, to) = self.last_noun.unwrap_or((at, at));
        self.open(Opener::Relative(from, to), Some(parent), at);
        self.take(at, at + 1);
        at + 1
    }

    fn that(&mut self, at: usize) -> usize {
        // "said that rebels had entered and that the army had left": both are said.
        if self.conjunction
            && let Some(like) = self
                .stack
                .iter()
                .rev()
                .copied()
                .find(|clause| matches!(self.clauses[*clause].opener, Opener::That(_)))
        {
            self.open_like(like, at);
            self.take(at, at + 1);
            self.last_noun = None;
            return at + 1;
        }
        // The word it completes: the noun before ("the claim that"), else the verb of the clause.
        let current = self.current();
        let verb = self.clauses[current].verb.as_ref().map(|verb| verb.head);
        let noun = at.checked_sub(1).filter(|i| self.tags[*i] == Tag::Noun && is_speech(&self.items[*i].low));
        let word = noun.or(verb).or_else(|| at.checked_sub(1));
        match word {
            Some(word) => self.open(Opener::That(word), Some(current), at),
            None => self.open(Opener::Main, None, at),
        };
        self.take(at, at + 1);
        self.last_noun = None;
        at + 1
    }

    fn noun(&mut self, at: usize) -> usize {
        let end = noun_phrase_end(self.items, self.tags, at).max(at + 1);
        let bare = self.bare;
        if self.comma {
            self.close_fronted();
        }
        let current = self.current();
        if bare && self.clauses[current].verb.is_some() && self.subject_ahead(end) {
            self.new_subject(at, end);
        }
        let current = self.current();
        if bare && self.clauses[current].verb.is_none() {
            let relative_subject = matches!(self.clauses[current].opener, Opener::Reduced(..));
            if !relative_subject {
                self.clauses[current].subjects.push((at, end));
            }
        }
        self.take(at, end);
        self.last_noun = Some((at, end));
        end
    }

    fn verb(&mut self, at: usize) -> usize {
        let Some(group) = verb_group(self.items, self.tags, at) else {
            self.take(at, at + 1);
            return at + 1;
        };
        if self.comma {
            self.close_fronted();
        }
        let current = self.current();
        if group.infinitive {
            self.infinitive(&group);
        } else if !group.finite(self.tags) && group.form == Form::Ing {
            self.participle(&group);
        } else if matches!(group.form, Form::Base) && self.conjunction && self.infinitive_open().is_some() {
            let like = self.infinitive_open().unwrap_or(current);
            self.join(like, at);
        } else if self.reduced(&group, at, false) {
            let (from, to) = self.last_noun.unwrap_or((at, at));
            self.open(Opener::Reduced(from, to), Some(current), at);
        } else if self.clauses[current].verb.is_some() {
            self.further_verb(&group);
        }
        self.place_verb(group)
    }

    /// Reads the verb at `at` into the clause that has just been opened for it.
    fn verb_in(&mut self, at: usize) -> usize {
        if let Some(group) = verb_group(self.items, self.tags, at) {
            self.place_verb(group)
        } else {
            self.take(at, at + 1);
            at + 1
        }
    }

    fn place_verb(&mut self, group: VerbGroup) -> usize {
        let current = self.current();
        let end = group.end;
        self.take(group.start, end);
        self.clauses[current].verb = Some(group);
        end
    }
}

/// Whether a verb is completed by a clause without "that": "said rebels had taken".
fn takes_clause(word: &str) -> bool {
    is_speech(word)
        || matches!(
            word,
            "believe"
                | "believes"
                | "believed"
                | "think"
                | "thinks"
                | "thought"
                | "know"
                | "knew"
                | "fear"
                | "fears"
                | "feared"
                | "hope"
                | "hopes"
                | "hoped"
                | "expect"
                | "expects"
                | "expected"
                | "means"
                | "meant"
                | "mean"
                | "shows"
                | "showed"
                | "suggest"
                | "suggests"
                | "suggested"
                | "indicated"
                | "indicates"
                | "understand"
                | "understood"
                | "predicted"
                | "predicts"
        )
}
