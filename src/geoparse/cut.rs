//! Ways to cut a stretch of words into names and other words.

/// The best way to cut a stretch, and the weight of all ways together.
pub(crate) struct Cut {
    /// For each place in the stretch: the best score up to it, and the span that ends there in that way, if one does.
    best: Vec<(f32, Option<usize>)>,
    /// Logarithm of the summed weights of all ways to cut the stretch up to each place, and from it on.
    before: Vec<f32>,
    after: Vec<f32>,
}

impl Cut {
    /// Of so many words, with these spans of words that may be names (first, one past the last) and what each scores.
    pub(crate) fn of(length: usize, spans: &[(usize, usize)], scores: &[f32]) -> Self {
        let mut best = vec![(0.0_f32, None); length + 1];
        let (mut before, mut after) = (vec![0.0_f32; length + 1], vec![0.0_f32; length + 1]);
        let all = || spans.iter().zip(scores).enumerate();
        for at in 1..=length {
            best[at] = (best[at - 1].0, None);
            before[at] = before[at - 1];
            for (i, ((start, _), score)) in all().filter(|(_, ((_, end), _))| *end == at) {
                let through = best[*start].0 + score;
                if through > best[at].0 {
                    best[at] = (through, Some(i));
                }
                before[at] = sum(before[at], before[*start] + score);
            }
        }
        for at in (0..length).rev() {
            after[at] = after[at + 1];
            for (_, ((_, end), score)) in all().filter(|(_, ((start, _), _))| *start == at) {
                after[at] = sum(after[at], score + after[*end]);
            }
        }
        Self { best, before, after }
    }

    /// Numbers of the spans of the best way, in order.
    pub(crate) fn best(&self, spans: &[(usize, usize)]) -> Vec<usize> {
        let (mut at, mut out) = (self.best.len() - 1, Vec::new());
        while at > 0 {
            match self.best[at].1 {
                None => at -= 1,
                Some(i) => {
                    out.push(i);
                    at = spans[i].0;
                }
            }
        }
        out.reverse();
        out
    }

    /// How likely a span of this score is a name, over all ways, 0 to 1.
    pub(crate) fn sure(&self, (start, end): (usize, usize), score: f32) -> f32 {
        (self.before[start] + score + self.after[end] - self.after[0]).exp().clamp(0.0, 1.0)
    }
}

/// ln(eᵃ + eᵇ)
fn sum(a: f32, b: f32) -> f32 {
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    high + (low - high).exp().ln_1p()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_names_that_overlap_one_is_chosen_and_all_ways_weigh_one() {
        let (spans, scores) = ([(0, 1), (0, 2), (1, 2), (2, 3)], [0.5, 2.0, 0.5, -1.0]);
        let cut = Cut::of(3, &spans, &scores);
        assert_eq!(cut.best(&spans), [1]);
        // Of the two first words: no name, the first, the second, both, or the two as one.
        let ways = 1.0 + 2.0 * 0.5_f32.exp() + 1.0_f32.exp() + 2.0_f32.exp();
        assert!((cut.sure(spans[1], scores[1]) - 2.0_f32.exp() / ways).abs() < 1e-5);
        assert!((cut.sure(spans[3], scores[3]) - 1.0 / (1.0 + 1.0_f32.exp())).abs() < 1e-5);
    }
}
