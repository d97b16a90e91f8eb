//! The clauses of a sentence: who does what, and what each hangs on.
//!
//! One pass from left to right over verb groups and noun phrases. A clause is opened by a word ("after", "which", "that",
//! "to"), by a participle, or by a subject with its own verb; it ends where its parent goes on.

use super::super::lexicon::{Form, is_condition, is_place_noun, is_speech, is_transitive_control};
use super::phrase::{VerbGroup, actor_in, noun_phrase_end, starts_noun, verb_group};
use super::tag::{Tag, tags};
use super::{Item, ItemKind};

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

    fn having(&self, at: usize) -> bool {
        self.items.get(at).is_some_and(|item| {
            item.kind == ItemKind::Word && matches!(item.low.as_str(), "having" | "being")
        })
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

    /// Whether a subject and a finite verb follow before the next break.
    fn clause_follows(&self, at: usize) -> bool {
        let mut i = at;
        let mut subject = false;
        let mut steps = 0;
        while let Some(tag) = self.tags.get(i) {
            steps += 1;
            if steps > 24 {
                return false;
            }
            match tag {
                Tag::Break | Tag::Subordinator | Tag::That => return false,
                Tag::Relative => return subject && self.finite_after_relative(i),
                Tag::Comma if !subject => return false,
                Tag::Comma => {
                    // An apposition may stand between: "after Hama, the fourth city, fell".
                    return self.finite_follows(i, 12);
                }
                tag if tag.starts_verb() => {
                    let Some(group) = verb_group(self.items, self.tags, i) else { return false };
                    if group.infinitive {
                        return false;
                    }
                    if group.finite(self.tags) && subject && !self.reduced(&group, i, true) {
                        return true;
                    }
                    i = group.end;
                }
                tag if starts_noun(*tag) => {
                    subject = true;
                    i = noun_phrase_end(self.items, self.tags, i).max(i + 1);
                }
                _ => i += 1,
            }
        }
        false
    }

    fn finite_after_relative(&self, at: usize) -> bool {
        let groups = (at..self.items.len()).scan(at, |next, i| {
            if i < *next {
                return Some(None);
            }
            let group = verb_group(self.items, self.tags, i);
            if let Some(group) = &group {
                *next = group.end;
            }
            Some(group)
        });
        groups.flatten().filter(|group| group.finite(self.tags)).count() >= 2
    }

    /// Whether, after the comma at `at`, a short phrase and another comma lead to a finite verb.
    fn finite_follows(&self, at: usize, reach: usize) -> bool {
        let mut i = at + 1;
        let stop = (at + reach).min(self.items.len());
        while i < stop {
            match self.tags[i] {
                Tag::Comma => {
                    let next = i + 1;
                    return self.tags.get(next).is_some_and(|tag| tag.starts_verb())
                        && verb_group(self.items, self.tags, next)
                            .is_some_and(|group| group.finite(self.tags));
                }
                Tag::Break | Tag::Subordinator | Tag::That => return false,
                tag if tag.starts_verb() => return false,
                _ => i += 1,
            }
        }
        false
    }

    fn relative(&mut self, at: usize) -> usize {
        let parent = self.current();
        let (from, to) = self.last_noun.unwrap_or((at, at));
        self.open(Opener::Relative(from, to), Some(parent), at);
        self.take(at, at + 1);
        at + 1
    }

    fn that(&mut self, at: usize) -> usize {
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

    /// Whether a finite verb follows the noun phrase that ends before `at`, over times, adverbs and phrases with prepositions.
    fn subject_ahead(&self, at: usize) -> bool {
        let mut i = at;
        let mut steps = 0;
        while let Some(tag) = self.tags.get(i) {
            steps += 1;
            if steps > 8 {
                return false;
            }
            match tag {
                Tag::Adverb | Tag::Time | Tag::Quote => i += 1,
                Tag::Preposition if self.items[i].low != "by" => {
                    i += 1;
                    if !self.tags.get(i).is_some_and(|tag| starts_noun(*tag)) {
                        return false;
                    }
                    i = noun_phrase_end(self.items, self.tags, i).max(i + 1);
                }
                // "and the army and its allies withdrew".
                Tag::Conjunction
                    if steps == 1
                        && self.tags.get(i + 1).is_some_and(|tag| starts_noun(*tag))
                        && self.items[i].low == "and"
                        && !self.comma =>
                {
                    i = noun_phrase_end(self.items, self.tags, i + 1).max(i + 2);
                }
                Tag::Comma
                    if steps == 1 && self.conjunction && self.tags.get(at + 1) == Some(&Tag::Relative) =>
                {
                    return self.finite_after_relative(at + 1);
                }
                Tag::Comma => {
                    return steps == 1
                        && self
                            .tags
                            .get(at + 1)
                            .is_some_and(|tag| starts_noun(*tag) || *tag == Tag::Relative)
                        && self.conjunction
                        && self.finite_follows(at, 14);
                }
                Tag::Relative => return self.conjunction && self.finite_after_relative(i),
                tag if tag.starts_verb() => {
                    return verb_group(self.items, self.tags, i)
                        .is_some_and(|group| group.finite(self.tags) && !self.reduced(&group, at, false));
                }
                _ => return false,
            }
        }
        false
    }

    /// Opens a clause for a subject that stands where the clause before already has its verb.
    fn new_subject(&mut self, at: usize, end: usize) {
        let current = self.current();
        let verb = self.clauses[current].verb.clone();
        let head = verb.as_ref().map(|verb| verb.head);
        let next_speech = self.next_verb(end).is_some_and(|group| is_speech(&self.items[group.head].low));
        // "said rebels had taken": what is said follows at once.
        let says = head.filter(|head| takes_clause(&self.items[*head].low));
        if let Some(head) = says
            && !self.conjunction
            && (!self.comma || self.tags[..at].last() == Some(&Tag::Quote))
            && !next_speech
        {
            self.open(Opener::That(head), Some(current), at);
            return;
        }
        if !self.conjunction && !self.comma && self.last_noun.is_some_and(|(_, last)| last == at) {
            // "the town rebels seized": a relative clause without its pronoun.
            let (from, to) = self.last_noun.unwrap_or((at, at));
            self.open(Opener::Relative(from, to), Some(current), at);
            return;
        }
        if next_speech && !self.conjunction {
            // "…, the army said".
            self.stack.truncate(1);
            self.open(Opener::Tail, None, at);
            return;
        }
        // Joined by "and" or a comma: of the same rank as the clause that still goes on.
        while self.stack.len() > 1 {
            let clause = &self.clauses[self.current()];
            let inner = matches!(
                clause.opener,
                Opener::Relative(..) | Opener::Reduced(..) | Opener::Gerund(_) | Opener::Infinitive(_)
            ) || matches!(clause.opener, Opener::Sub(_)) && self.comma
                || clause.verb.is_none();
            if !inner {
                break;
            }
            self.stack.pop();
        }
        let same = self.current();
        let Clause { opener, parent, .. } = self.clauses[same].clone();
        let opener = if opener == Opener::Tail { Opener::Main } else { opener };
        self.stack.pop();
        self.open(opener, parent, at);
    }

    fn next_verb(&self, at: usize) -> Option<VerbGroup> {
        let found = (at..self.items.len().min(at + 10)).find(|i| self.tags[*i].starts_verb())?;
        verb_group(self.items, self.tags, found)
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
        match verb_group(self.items, self.tags, at) {
            Some(group) => self.place_verb(group),
            None => {
                self.take(at, at + 1);
                at + 1
            }
        }
    }

    fn place_verb(&mut self, group: VerbGroup) -> usize {
        let current = self.current();
        let end = group.end;
        self.take(group.start, end);
        self.clauses[current].verb = Some(group);
        end
    }

    /// "to capture": hangs on the word before; its subject may be the object of a verb such as "force".
    fn infinitive(&mut self, group: &VerbGroup) {
        let at = group.start;
        let current = self.current();
        if self.conjunction
            && let Some(like) = self.infinitive_open()
        {
            self.join(like, at);
            return;
        }
        let verb = self.clauses[current].verb.as_ref().map(|verb| verb.head);
        let object = self.last_noun.filter(|(_, end)| {
            *end == at
                && self.clauses[current]
                    .verb
                    .as_ref()
                    .is_some_and(|verb| self.last_noun.is_some_and(|(from, _)| from >= verb.end))
        });
        let controlled = verb.filter(|head| is_transitive_control(&self.items[*head].low)).is_some()
            && object.is_some_and(|(from, to)| actor_in(self.items, from, to).is_some());
        let word = if controlled {
            verb
        } else {
            at.checked_sub(1)
                .filter(|i| !matches!(self.tags[*i], Tag::Comma | Tag::Quote | Tag::Break))
                .or(verb)
        };
        let new = self.open(Opener::Infinitive(word), Some(current), at);
        if controlled && let Some(object) = object {
            self.clauses[new].subjects.push(object);
        }
    }

    /// The innermost open infinitive or clause with a modal, whose like may follow after "and".
    fn infinitive_open(&self) -> Option<usize> {
        self.stack.iter().rev().copied().find(|clause| {
            self.clauses[*clause]
                .verb
                .as_ref()
                .is_some_and(|verb| verb.infinitive || verb.modal || verb.form == Form::Base)
        })
    }

    /// Opens a clause of the same rank as an earlier one, with its subject and its helpers.
    fn join(&mut self, like: usize, at: usize) {
        while self.stack.last().is_some_and(|top| *top != like) {
            self.stack.pop();
        }
        self.stack.pop();
        let Clause { opener, parent, subjects, verb, .. } = self.clauses[like].clone();
        let new = self.open(opener, parent, at);
        self.clauses[new].subjects = subjects;
        // "will advance and capture": what governs the first governs the second.
        self.clauses[new].verb = verb;
    }

    /// "…, capturing", "fighters holding", "denied losing".
    fn participle(&mut self, group: &VerbGroup) {
        let at = group.start;
        let current = self.current();
        let direct = self.last_noun.filter(|(_, end)| *end == at);
        if let Some(noun) = direct
            && !self.comma
            && !self.conjunction
        {
            let new = self.open(Opener::Gerund(None), Some(current), at);
            self.clauses[new].subjects.push(noun);
            return;
        }
        if self.conjunction
            && let Some(like) = self
                .stack
                .iter()
                .rev()
                .copied()
                .find(|clause| matches!(self.clauses[*clause].opener, Opener::Gerund(_)))
        {
            let Clause { opener, parent, subjects, .. } = self.clauses[like].clone();
            while self.stack.last().is_some_and(|top| *top != like) {
                self.stack.pop();
            }
            self.stack.pop();
            let new = self.open(opener, parent, at);
            self.clauses[new].subjects = subjects;
            return;
        }
        let verb = self.clauses[current].verb.as_ref().filter(|verb| verb.end == at).map(|verb| verb.head);
        self.open(Opener::Gerund(verb), Some(current), at);
    }

    /// Whether a past form is a participle that only describes the noun before it.
    fn reduced(&self, group: &VerbGroup, subject_end: usize, looking_ahead: bool) -> bool {
        if group.start != group.head
            && !self.tags[group.start..group.head]
                .iter()
                .all(|tag| matches!(tag, Tag::Adverb | Tag::Negative))
            || !matches!(group.form, Form::Participle | Form::PastOrParticiple)
        {
            return false;
        }
        if matches!(group.form, Form::Participle) {
            return true;
        }
        let mut next = group.end;
        while self.tags.get(next).is_some_and(|tag| matches!(tag, Tag::Adverb | Tag::Time)) {
            next += 1;
        }
        if self.items.get(next).is_some_and(|item| item.low == "by")
            && !is_speech(&self.items[group.head].low)
        {
            return true;
        }
        if looking_ahead {
            return false;
        }
        let current = &self.clauses[self.current()];
        let direct = self.last_noun.is_some_and(|(_, end)| end == group.start)
            || self.tags[..group.start].last() == Some(&Tag::Comma) && self.last_noun.is_some();
        let Some((from, to)) = self.last_noun.filter(|_| direct) else { return false };
        let has_object = self
            .tags
            .get(group.end)
            .is_some_and(|tag| starts_noun(*tag) && !matches!(self.items[group.end].kind, ItemKind::Time(_)));
        let ground = (from..to).any(|i| {
            matches!(self.items[i].kind, ItemKind::Place(_))
                || is_place_noun(&self.items[i].low) && self.tags[i] == Tag::Noun
        }) && actor_in(self.items, from, to).is_none();
        let transitive = super::trigger::takes_ground(&self.items[group.head].low);
        // "Hama, captured last week, is quiet", "the town captured on Friday lies": ground is what is captured.
        if ground && transitive && !has_object && !self.conjunction {
            return true;
        }
        // "Rebels, backed by …" had its "by"; ", driven", "…, seen as" after a comma with the finite verb still to come.
        let comma = self.tags[..group.start].last() == Some(&Tag::Comma);
        if comma && !self.conjunction && current.verb.is_none() && subject_end == group.start {
            return self.finite_follows(group.start, 16)
                || (group.start + 1..self.items.len().min(group.start + 14)).any(|i| {
                    self.tags[i] == Tag::Comma
                        && verb_group(self.items, self.tags, i + 1).is_some_and(|next| next.finite(self.tags))
                });
        }
        // Directly behind an object: "captured Hama, seen as"; but "insurgents led by Nusra, al-Qaeda's wing, seized".
        let awaited = self.stack.iter().any(|clause| self.clauses[*clause].verb.is_none());
        comma && !self.conjunction && current.verb.is_some() && !awaited
    }

    /// A finite verb where the open clause has one already.
    fn further_verb(&mut self, group: &VerbGroup) {
        let at = group.start;
        let speech = is_speech(&self.items[group.head].low);
        if !self.conjunction {
            // "Rebels who seized Aleppo moved on": the clause around waits for its verb.
            if let Some(depth) = self.stack.iter().rposition(|clause| self.clauses[*clause].verb.is_none()) {
                self.stack.truncate(depth + 1);
                return;
            }
            if speech && self.comma {
                // "…, said the army".
                self.stack.truncate(1);
                self.open(Opener::Tail, None, at);
                return;
            }
        }
        // "and moved on": the nearest finite clause goes on with another verb.
        let comma = self.comma;
        let like = self.stack.iter().rev().copied().find(|clause| {
            let clause = &self.clauses[*clause];
            let finite = clause.verb.as_ref().is_some_and(|verb| verb.finite(self.tags));
            finite
                && !(comma && matches!(clause.opener, Opener::Relative(..) | Opener::Sub(_)))
                && !matches!(clause.opener, Opener::Reduced(..) | Opener::Infinitive(_) | Opener::Gerund(_))
        });
        let like = like.unwrap_or(self.stack[0]);
        while self.stack.len() > 1 && self.current() != like {
            self.stack.pop();
        }
        self.stack.pop();
        let Clause { opener, parent, subjects, .. } = self.clauses[like].clone();
        let new = self.open(if opener == Opener::Tail { Opener::Main } else { opener }, parent, at);
        self.clauses[new].subjects = subjects;
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
