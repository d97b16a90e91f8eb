//! What a new clause hangs on: infinitives, participles, further verbs and subjects.

use super::{Builder, Clause, Opener, takes_clause};
use crate::extract::grammar::phrase::{VerbGroup, actor_in};
use crate::extract::grammar::tag::Tag;
use crate::extract::lexicon::{is_speech, is_transitive_control};

impl Builder<'_> {
    /// "to capture": hangs on the word before; its subject may be the object of a verb such as "force".
    pub(super) fn infinitive(&mut self, group: &VerbGroup) {
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
        let controlled = verb.as_ref().is_some_and(|head| is_transitive_control(&self.items[*head].low))
            && object.is_some_and(|(from, to)| actor_in(self.items, from, to).is_some());
        // "claimed on Saturday to have": what a time stands between is one.
        let before = (0..at).rev().find(|i| {
            let timed = (self.tags[*i] == Tag::Time
                || self.tags[*i] == Tag::Adverb && self.items[*i].low != "only")
                || self.tags[*i] == Tag::Preposition && matches!(self.tags.get(i + 1), Some(Tag::Time));
            !timed
        });
        let word = if controlled {
            verb
        } else {
            before.filter(|i| !matches!(self.tags[*i], Tag::Comma | Tag::Quote | Tag::Break)).or(verb)
        };
        let new = self.open(Opener::Infinitive(word), Some(current), at);
        if controlled && let Some(object) = object {
            self.clauses[new].subjects.push(object);
        }
    }

    /// Opens a clause of the same rank as an earlier one, with its subject and its helpers.
    pub(super) fn join(&mut self, like: usize, at: usize) {
        let Clause { subjects, verb, .. } = self.clauses[like].clone();
        let new = self.open_like(like, at);
        self.clauses[new].subjects = subjects;
        // "will advance and capture": what governs the first governs the second.
        self.clauses[new].verb = verb;
    }

    /// "…, capturing", "fighters holding", "denied losing".
    pub(super) fn participle(&mut self, group: &VerbGroup) {
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
            let subjects = self.clauses[like].subjects.clone();
            let new = self.open_like(like, at);
            self.clauses[new].subjects = subjects;
            return;
        }
        let verb = self.clauses[current].verb.as_ref().filter(|verb| verb.end == at).map(|verb| verb.head);
        self.open(Opener::Gerund(verb), Some(current), at);
    }

    /// A finite verb where the open clause has one already.
    pub(super) fn further_verb(&mut self, group: &VerbGroup) {
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

    /// Opens a clause for a subject that stands where the clause before already has its verb.
    pub(super) fn new_subject(&mut self, at: usize, end: usize) {
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
}
