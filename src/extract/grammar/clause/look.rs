//! Looking ahead: whether a clause, a subject with its verb, or only a description follows.

use super::Builder;
use crate::extract::grammar::phrase::{VerbGroup, actor_in, noun_phrase_end, starts_noun, verb_group};
use crate::extract::grammar::tag::Tag;
use crate::extract::grammar::{ItemKind, trigger};
use crate::extract::lexicon::{Form, is_place_noun, is_speech};

impl Builder<'_> {
    /// Whether a subject and a finite verb follow before the next break.
    pub(super) fn clause_follows(&self, at: usize) -> bool {
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

    pub(super) fn finite_after_relative(&self, at: usize) -> bool {
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
    pub(super) fn finite_follows(&self, at: usize, reach: usize) -> bool {
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

    /// Whether a finite verb follows the noun phrase that ends before `at`, over times, adverbs and phrases with prepositions.
    pub(super) fn subject_ahead(&self, at: usize) -> bool {
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

    pub(super) fn next_verb(&self, at: usize) -> Option<VerbGroup> {
        let found = (at..self.items.len().min(at + 10)).find(|i| self.tags[*i].starts_verb())?;
        verb_group(self.items, self.tags, found)
    }

    /// The innermost open infinitive or clause with a modal, whose like may follow after "and".
    pub(super) fn infinitive_open(&self) -> Option<usize> {
        self.stack.iter().rev().copied().find(|clause| {
            self.clauses[*clause]
                .verb
                .as_ref()
                .is_some_and(|verb| verb.infinitive || verb.modal || verb.form == Form::Base)
        })
    }

    /// Whether a past form is a participle that only describes the noun before it.
    pub(super) fn reduced(&self, group: &VerbGroup, subject_end: usize, looking_ahead: bool) -> bool {
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
        let transitive = trigger::takes_ground(&self.items[group.head].low);
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

    pub(super) fn having(&self, at: usize) -> bool {
        self.items.get(at).is_some_and(|item| {
            item.kind == ItemKind::Word && matches!(item.low.as_str(), "having" | "being")
        })
    }
}
