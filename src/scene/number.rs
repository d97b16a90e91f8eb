//! Numbers as a reader likes them: rounded, their digits in groups.

/// What stands between groups of digits: a narrow space at which no line is broken.
pub(crate) const THIN: char = '\u{202f}';

/// A whole number, from five digits on in groups of three (ISO 80000-1): `9000`, `12 300`.
pub(crate) fn grouped(number: f64) -> String {
    let digits = format!("{:.0}", number.abs());
    let sign = if number <= -0.5 { "-" } else { "" };
    if digits.len() < 5 {
        return format!("{sign}{digits}");
    }
    let first = digits.len() % 3;
    let mut out = sign.to_owned();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && i % 3 == first {
            out.push(THIN);
        }
        out.push(digit);
    }
    out
}

/// Square kilometres to three significant digits: an estimate is known no better.
pub(crate) fn square_km(area: f64) -> String {
    let unit = 10_f64.powf((area.abs().max(1.0).log10().floor() - 2.0).max(0.0));
    format!("{}{THIN}km²", grouped((area / unit).round() * unit))
}

/// A count with its noun: `1 place`, `12 places`.
pub(crate) fn counted(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{} {one}s", grouped(n as f64)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_numbers_are_grouped_and_estimates_rounded() {
        let all = [0.0, 999.0, 9000.0, 12_345.0, 123_456.0, 1_234_567.0].map(grouped);
        assert_eq!(all, ["0", "999", "9000", "12\u{202f}345", "123\u{202f}456", "1\u{202f}234\u{202f}567"]);
        let areas = [0.4, 12.6, 1234.0, 185_180.0].map(square_km);
        let expected = ["0\u{202f}km²", "13\u{202f}km²", "1230\u{202f}km²", "185\u{202f}000\u{202f}km²"];
        assert_eq!(areas, expected);
        assert_eq!((counted(1, "place"), counted(2, "place")), ("1 place".into(), "2 places".into()));
    }
}
