//! What the finder looks at to tell whether words name a place here.
//!
//! The kinds of evidence follow what published span classifiers found to matter: what the gazetteer knows, the words on
//! either side, how the words are written, person names and organisations around, and the use of the same words
//! elsewhere in the text.

use super::context::{Context, Run};
use super::find::Guess;
use super::lists::is_title;
use super::weights::{Sink, Template, Value};
use super::words::{gap, how};
use crate::gazetteer::{Kind, Lore, Peek};

/// Declares the templates, each a constant.
macro_rules! templates {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {
        $($(#[$doc])* const $name: Template = Template::new($text);)*
    };
}

templates! {
    /// Holds always.
    ALWAYS = "b";
    /// Number of words; how much the gazetteer knows of them.
    SIZE = "n";
    KNOWN = "g";
    KNOWN_SIZE = "gn";
    HOMONYMS = "h";
    /// The words themselves: the only one, the first, the last.
    WORD = "w";
    HEAD = "head";
    TAIL = "tail";
    /// What English knows of them.
    LORE = "lo";
    LORE_KNOWN = "log";
    PERSON = "pn";
    /// How they are written.
    SHAPE = "sh";
    SHAPE_KNOWN = "shg";
    /// The word before, the two before, what is between.
    BEFORE = "p1";
    BEFORE2 = "p2";
    BEFORE_PAIR = "p12";
    BEFORE_KNOWN = "p1g";
    BEFORE_LORE = "pl";
    BEFORE_GAP = "pg";
    /// The word behind, the two behind, what is between.
    AFTER = "n1";
    AFTER2 = "n2";
    AFTER_PAIR = "n12";
    AFTER_KNOWN = "n1g";
    AFTER_LORE = "nl";
    AFTER_GAP = "ng";
    AROUND = "pn1";
    /// A unit of land follows after a comma; a place stands before one.
    CONTAINED = "cc";
    CONTAINS = "ci";
    /// Neighbours in a list.
    LISTED = "li";
    /// Use of its words elsewhere.
    LOWER = "dl";
    PERSONS = "dp";
    PLACED = "dq";
    PART = "dx";
    /// A longer or other name overlaps.
    LONGER = "in";
    /// A people.
    PEOPLE = "dem";
    PEOPLE_BEFORE = "demp";
    PEOPLE_AFTER = "demn";
}

/// Puts all features of a guess.
pub(crate) fn of(
    context: &Context<'_, '_>,
    run: Run,
    guess: &Guess,
    guesses: &[Guess],
    sink: &mut impl Sink,
) {
    let words = context.words;
    let (start, end) = (guess.start, guess.end);
    let size = (end - start).min(5) as u32;
    let (first, last) = (&words.list[start], &words.list[end - 1]);
    let caseless = u32::from(first.how.has(how::CASELESS));
    let known = class(guess.fact.peek) + 100 * u32::from(guess.fact.people) + 200 * caseless;
    let coarse = coarse(guess.fact.peek) + 20 * u32::from(guess.fact.people);
    let n = Value::Number;
    let word = |i: usize| Value::Word(words.list[i].key, words.text(i));

    sink.put(ALWAYS, Value::None, Value::None);
    sink.put(SIZE, n(size), n(coarse));
    sink.put(KNOWN, n(known), Value::None);
    sink.put(KNOWN_SIZE, n(known), n(size));
    sink.put(HOMONYMS, n(log2(guess.fact.peek.places)), n(u32::from(guess.fact.peek.own) + 2 * size.min(2)));

    let lore = lore_class(context.lore(start));
    if size == 1 {
        sink.put(WORD, word(start), Value::None);
        sink.put(LORE, n(lore), n(u32::from(first.first())));
        sink.put(LORE_KNOWN, n(lore), n(known));
    } else {
        sink.put(HEAD, word(start), n(coarse));
        sink.put(TAIL, word(end - 1), n(coarse));
        let behind = context.lore(end - 1);
        sink.put(
            PERSON,
            n(u32::from(context.lore(start).first_name()) * 4 + u32::from(behind.surname())),
            n(coarse),
        );
        sink.put(LORE_KNOWN, n(lore_class(behind) + 100), n(known));
    }

    if sink.settled() {
        return;
    }
    let inner_possessive = words.list[start..end - 1].iter().any(|word| word.how.has(how::POSSESSIVE));
    let hyphen = (start + 1..end).any(|i| words.list[i].gap.has(gap::HYPHEN));
    let shape = u32::from(first.how.has(how::UPPER))
        | u32::from(first.how.has(how::HEADLINE)) << 1
        | u32::from(last.how.has(how::POSSESSIVE)) << 2
        | u32::from(inner_possessive) << 3
        | u32::from(last.how.has(how::DIGIT)) << 4
        | u32::from(last.how.has(how::INITIALS)) << 5
        | u32::from(hyphen) << 6
        | u32::from(!first.name_like()) << 7
        | u32::from(last.how.has(how::SHORT)) << 8;
    sink.put(SHAPE, n(shape), n(size));
    sink.put(SHAPE_KNOWN, n(shape), n(coarse));

    let before = before(context, start, coarse, sink);
    if sink.settled() {
        return;
    }
    let after = after(context, end, coarse, sink);
    sink.put(AROUND, before, after);
    if sink.settled() {
        return;
    }

    sink.put(CONTAINED, n(context.container(end).map_or(9, unit)), n(coarse));
    sink.put(CONTAINS, n(contains(context, start)), n(coarse));
    sink.put(LISTED, n(listed(context, start, end)), n(coarse));

    uses(context, start, end, coarse, sink);

    let longer = guesses.iter().any(|other| {
        other.fact.peek.kind.is_some()
            && other.start <= start
            && end <= other.end
            && other.end - other.start > end - start
    });
    let reach = u32::from(longer)
        | u32::from(start == run.start) << 1
        | u32::from(end == run.end) << 2
        | ((run.end - run.start).min(5) as u32) << 3;
    sink.put(LONGER, n(reach), n(coarse + 100 * size.min(3)));

    if guess.fact.people {
        sink.put(PEOPLE, n(u32::from(first.first())), n(shape));
        sink.put(PEOPLE_BEFORE, before, Value::None);
        sink.put(PEOPLE_AFTER, after, Value::None);
    }
}

/// The words before, as far as their sentence goes; gives the nearest as a value.
fn before<'w>(context: &Context<'w, '_>, start: usize, coarse: u32, sink: &mut impl Sink) -> Value<'w> {
    let words = context.words;
    let n = Value::Number;
    let first = words.list[start].first();
    // "Deir ez-Zor's Hajin": an owner stands before, not the first part of a longer name.
    let owned = !first && start > 0 && words.list[start - 1].how.has(how::POSSESSIVE);
    let gap = if first { 12 } else { gap_class(words.gap(start)) + 20 * u32::from(owned) };
    sink.put(BEFORE_GAP, n(gap), n(coarse));
    let Some(i) = start.checked_sub(1).filter(|_| !first) else {
        sink.put(BEFORE, n(90), Value::None);
        return n(90);
    };
    let value = Value::Word(words.list[i].key, words.text(i));
    let marks = gap * 2 + u32::from(words.list[i].name_like());
    sink.put(BEFORE, value, n(marks));
    sink.put(BEFORE_KNOWN, value, n(coarse));
    if words.list[i].name_like() {
        let lore = lore_class(context.lore(i));
        let part = u32::from(is_title(words.text(i))) + 2 * self::coarse(context.single(i).peek);
        sink.put(BEFORE_LORE, n(lore * 100 + gap), n(coarse));
        sink.put(BEFORE_LORE, n(10_000 + part * 100 + gap), n(coarse));
    }
    match i.checked_sub(1).filter(|_| !words.list[i].first()) {
        Some(j) => {
            let second = Value::Word(words.list[j].key, words.text(j));
            sink.put(BEFORE2, second, n(gap));
            sink.put(BEFORE_PAIR, second, value);
        }
        None => sink.put(BEFORE2, n(90), value),
    }
    value
}

/// The words behind, as far as their sentence goes; gives the nearest as a value.
fn after<'w>(context: &Context<'w, '_>, end: usize, coarse: u32, sink: &mut impl Sink) -> Value<'w> {
    let words = context.words;
    let n = Value::Number;
    let possessive = u32::from(words.list[end - 1].how.has(how::POSSESSIVE));
    let next = words.list.get(end).filter(|word| !word.first());
    let gap = next.map_or(12, |word| gap_class(word.gap));
    sink.put(AFTER_GAP, n(gap + 20 * possessive), n(coarse));
    let Some(word) = next else {
        sink.put(AFTER, n(90), Value::None);
        return n(90);
    };
    let value = Value::Word(word.key, words.text(end));
    sink.put(AFTER, value, n(gap * 4 + 2 * possessive + u32::from(word.name_like())));
    sink.put(AFTER_KNOWN, value, n(coarse));
    if word.name_like() {
        let lore = lore_class(context.lore(end));
        sink.put(AFTER_LORE, n(lore * 100 + gap), n(coarse));
        sink.put(AFTER_LORE, n(10_000 + self::coarse(context.single(end).peek) * 100 + gap), n(coarse));
    }
    if let Some(second) = words.list.get(end + 1).filter(|word| !word.first()) {
        let second = Value::Word(second.key, words.text(end + 1));
        sink.put(AFTER2, second, n(gap));
        sink.put(AFTER_PAIR, value, second);
    }
    value
}

/// How the words are used elsewhere in the text.
fn uses(context: &Context<'_, '_>, start: usize, end: usize, coarse: u32, sink: &mut impl Sink) {
    let n = Value::Number;
    let words = context.words;
    let one = end - start == 1;
    let ends = [(start, 0), (end - 1, 10)];
    for (i, mark) in ends.into_iter().take(if one { 1 } else { 2 }) {
        let uses = context.uses(&words.list[i]);
        let mark = mark + 100 * coarse + if one { 0 } else { 5000 };
        sink.put(LOWER, n(log2(uses.lower).min(3) + mark), n(log2(uses.count).min(3)));
        sink.put(PERSONS, n(log2(uses.person).min(2) + mark), n(u32::from(uses.person * 2 > uses.count)));
        sink.put(PLACED, n(log2(uses.placed).min(3) + mark), n(u32::from(uses.placed * 2 > uses.count)));
        let share =
            if uses.part == 0 { 0 } else { 1 + u32::from(uses.part) * 3 / u32::from(uses.count.max(1)) };
        sink.put(PART, n(share + mark), n(log2(uses.count).min(3)));
    }
}

/// Whether a place name stands before, with a comma between: this may be what contains it.
fn contains(context: &Context<'_, '_>, start: usize) -> u32 {
    let words = context.words;
    if start == 0 || words.list[start].first() || !words.gap(start).has(gap::COMMA) {
        return 0;
    }
    let before = &words.list[start - 1];
    match (before.name_like(), context.single(start - 1).peek.kind) {
        (true, Some(_)) => 3,
        (true, None) => 2,
        _ => 1,
    }
}

/// Whether places stand on either side over a comma or an "and".
fn listed(context: &Context<'_, '_>, start: usize, end: usize) -> u32 {
    let words = context.words;
    let place = |i: usize| {
        words.list.get(i).is_some_and(super::words::Word::name_like)
            && context.single(i).peek.prominence > 300
    };
    let link = |i: usize| {
        words.list.get(i).is_some_and(|word| word.gap.only(gap::SPACE | gap::COMMA) && !word.first())
    };
    let left = match start.checked_sub(1) {
        Some(i) if link(start) && words.gap(start).has(gap::COMMA) && place(i) => 1,
        Some(i) if i > 0 && link(start) && words.text(i) == "and" && place(i - 1) => 2,
        _ => 0,
    };
    let right = match words.list.get(end) {
        Some(_) if link(end) && words.gap(end).has(gap::COMMA) && place(end) => 1,
        Some(_) if link(end) && words.text(end) == "and" && place(end + 1) => 2,
        _ => 0,
    };
    left * 3 + right
}

fn unit(kind: Kind) -> u32 {
    match kind {
        Kind::Country => 1,
        Kind::Admin1 => 2,
        _ => 3,
    }
}

fn group(kind: Kind) -> u32 {
    match kind {
        Kind::Country => 0,
        Kind::Admin1 => 1,
        Kind::Admin2 => 2,
        Kind::Town | Kind::Village | Kind::Quarter => 3,
        Kind::River | Kind::Lake | Kind::Sea | Kind::Region => 4,
        Kind::Base | Kind::Airport | Kind::Crossing | Kind::Dam => 5,
    }
}

/// Kind and prominence in one number below 100; 99 for what is not known.
fn class(peek: Peek) -> u32 {
    peek.kind.map_or(99, |kind| group(kind) * 10 + u32::from(peek.prominence / 100).min(9))
}

/// The same with three steps of prominence, below 20.
fn coarse(peek: Peek) -> u32 {
    let step = match peek.prominence {
        0..=399 => 0,
        400..=599 => 1,
        _ => 2,
    };
    peek.kind.map_or(19, |kind| group(kind) * 3 + step)
}

fn lore_class(lore: Lore) -> u32 {
    u32::from(lore.ordinary()) * 16 + u32::from(lore.first_name()) * 4 + u32::from(lore.surname())
}

/// What stands between two words, as a class.
fn gap_class(bits: super::words::Bits) -> u32 {
    if bits.only(gap::SPACE) {
        return 0;
    }
    let classes = [
        (gap::OPEN, 1),
        (gap::CLOSE, 2),
        (gap::QUOTE, 3),
        (gap::COMMA, 4),
        (gap::DASH, 5),
        (gap::COLON, 6),
        (gap::SLASH, 7),
        (gap::SIGN, 8),
        (gap::HYPHEN, 9),
        (gap::STOP, 10),
    ];
    classes.iter().find(|(bit, _)| bits.has(*bit)).map_or(11, |(_, class)| *class)
}

fn log2(number: u16) -> u32 {
    u16::BITS - number.leading_zeros()
}
