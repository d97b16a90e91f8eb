//! Linear models: what a feature is called, and what it weighs.
//!
//! A feature is a template and one or two values: `p1=in` is the word "in" before a name, `g=#23|#1` two numbers. The
//! tables hold features by name, so that people can read them; the program knows them by hash.

use crate::gazetteer::Hash;

/// What a feature looks at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Template {
    name: &'static str,
    id: u64,
}

impl Template {
    /// A template of this name.
    pub(crate) const fn new(name: &'static str) -> Self {
        let (bytes, mut id, mut i) = (name.as_bytes(), 0xcbf2_9ce4_8422_2325_u64, 0);
        while i < bytes.len() {
            id = (id ^ bytes[i] as u64).wrapping_mul(0x0100_0000_01b3);
            i += 1;
        }
        Self { name, id }
    }
}

/// What it sees there.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Value<'a> {
    /// Nothing further.
    None,
    /// A folded word, and its hash.
    Word(Hash, &'a str),
    /// A class or count.
    Number(u32),
}

impl Value<'_> {
    #[inline]
    fn bits(self) -> u64 {
        match self {
            Self::None => 0,
            Self::Word(hash, _) => hash.bits(),
            Self::Number(number) => (u64::from(number) + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15),
        }
    }

    fn name(self) -> Option<String> {
        match self {
            Self::None => None,
            Self::Word(_, word) => Some(word.to_owned()),
            Self::Number(number) => Some(format!("#{number}")),
        }
    }

    fn read(text: &str) -> Value<'_> {
        match text.strip_prefix('#').and_then(|number| number.parse().ok()) {
            Some(number) => Value::Number(number),
            None => Value::Word(Hash::START.then(text), text),
        }
    }
}

#[inline]
fn key(template: u64, a: Value<'_>, b: Value<'_>) -> u64 {
    let h = (template ^ a.bits().rotate_left(23)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    let h = (h ^ (h >> 32) ^ b.bits().rotate_left(41)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    (h ^ (h >> 29)).max(1)
}

/// Takes in features.
pub(crate) trait Sink {
    /// A feature that holds.
    fn put(&mut self, template: Template, a: Value<'_>, b: Value<'_>);

    /// Whether no further feature can change what comes of it.
    fn settled(&self) -> bool {
        false
    }
}

/// Names of features, for training.
#[derive(Default)]
pub(crate) struct Names(pub(crate) Vec<String>);

impl Sink for Names {
    fn put(&mut self, template: Template, a: Value<'_>, b: Value<'_>) {
        let values: Vec<String> = [a, b].into_iter().filter_map(Value::name).collect();
        self.0.push(format!("{}={}", template.name, values.join("|")));
    }
}

/// What features weigh.
#[derive(Clone, Debug)]
pub struct Weights {
    /// Open hash table of keys and weights; the key 0 is an empty slot.
    slots: Vec<(u32, f32)>,
}

impl Weights {
    /// Reads a table of features and weights, a tab between; lines that begin with `#!` are remarks.
    #[must_use]
    pub fn read(table: &str) -> Self {
        let rows = || {
            table.lines().filter(|line| !line.starts_with("#!")).filter_map(|line| {
                let (name, weight) = line.split_once('\t')?;
                Some((name, weight.parse::<f32>().ok()?))
            })
        };
        Self::of(rows().count(), rows())
    }

    /// Weights of these features.
    pub fn of<'a>(count: usize, rows: impl Iterator<Item = (&'a str, f32)>) -> Self {
        let size = (count.max(8) * 3).next_power_of_two();
        let mut weights = Self { slots: vec![(0, 0.0); size] };
        for (name, weight) in rows {
            let (template, values) = name.split_once('=').unwrap_or((name, ""));
            let mut values = values.split('|').filter(|value| !value.is_empty()).map(Value::read);
            let (a, b) = (values.next().unwrap_or(Value::None), values.next().unwrap_or(Value::None));
            let id = Hash::START.then(template).bits();
            let (mut slot, print) = weights.place(key(id, a, b));
            while weights.slots[slot].0 != 0 && weights.slots[slot].0 != print {
                slot = (slot + 1) & (size - 1);
            }
            weights.slots[slot] = (print, weight);
        }
        weights
    }

    fn place(&self, key: u64) -> (usize, u32) {
        ((key >> 32) as usize & (self.slots.len() - 1), (key as u32).max(1))
    }

    #[inline]
    fn of_key(&self, key: u64) -> f32 {
        let (mut slot, print) = self.place(key);
        loop {
            match self.slots[slot] {
                (0, _) => return 0.0,
                (found, weight) if found == print => return weight,
                _ => slot = (slot + 1) & (self.slots.len() - 1),
            }
        }
    }

    /// A sum to put features into.
    pub(crate) fn sum(&self) -> Sum<'_> {
        Sum { weights: self, total: 0.0 }
    }
}

/// The weights of features, summed.
pub(crate) struct Sum<'w> {
    weights: &'w Weights,
    pub(crate) total: f32,
}

/// A sum below this never rises above nothing again: the features that come late have small weights.
const HOPELESS: f32 = -6.0;

impl Sink for Sum<'_> {
    #[inline]
    fn put(&mut self, template: Template, a: Value<'_>, b: Value<'_>) {
        self.total += self.weights.of_key(key(template.id, a, b));
    }

    fn settled(&self) -> bool {
        self.total < HOPELESS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_weighs_what_the_table_says_by_its_name() {
        let put = |sink: &mut dyn Sink| {
            sink.put(Template::new("p1"), Value::Word(Hash::START.then("in"), "in"), Value::Number(3));
            sink.put(Template::new("n"), Value::Number(2), Value::None);
            sink.put(Template::new("odd"), Value::None, Value::None);
        };
        let mut names = Names::default();
        put(&mut names);
        assert_eq!(names.0, ["p1=in|#3", "n=#2", "odd="]);
        let weights = Weights::read("#! remark\np1=in|#3\t0.5\nn=#2\t-0.25\nodd=\t2\nn=#3\t9\n");
        let mut sum = weights.sum();
        put(&mut sum);
        assert!((sum.total - 2.25).abs() < 1e-6);
    }
}
