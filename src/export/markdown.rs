//! `report.md`: the maps one after the other, each with what changed, who says so and in which words.

use super::Imprint;
use super::picture::picture_caption;
use super::words::{alt_text, are_alike, by_importance, graded, long_date, sentence_of, tally};
use crate::claim::{Claim, Evidence, Standing};
use crate::event::Event;
use crate::report::Report;
use crate::units::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Everything `report.md` tells.
#[derive(Clone, Copy)]
pub struct Story<'a> {
    /// What it is headed with.
    pub title: &'a str,
    /// What the maps show, by name.
    pub region: &'a str,
    /// A chapter for each map, in order.
    pub chapters: &'a [Chapter<'a>],
    /// Other pictures, in order.
    pub figures: &'a [Figure<'a>],
    /// Events on no map: undated, or about a province, a district or the surroundings of a place.
    pub unmapped: &'a [&'a Event],
    /// The claims behind the events.
    pub claims: &'a [Claim],
    /// The reports read, by id.
    pub reports: &'a BTreeMap<String, Report>,
    /// How many of these are tables of others.
    pub tables: usize,
    /// What is known from elsewhere of what was held before the first event.
    pub baseline: &'a [String],
    /// The tables of places used besides the embedded gazetteer, a line each.
    pub gazetteers: &'a [String],
}

/// One map and what it shows.
#[derive(Clone, Debug)]
pub struct Chapter<'a> {
    /// The day.
    pub day: Date,
    /// What the map says; empty to head the chapter with the day alone.
    pub headline: String,
    /// The day of the map before.
    pub since: Option<Date>,
    /// Where the picture is, as seen from the report: `maps/2024-12-05.png`.
    pub picture: String,
    /// What changed.
    pub events: Vec<&'a Event>,
    /// How many places each side holds, by the name shown.
    pub held: BTreeMap<String, usize>,
}

/// A picture of more than one day.
#[derive(Clone, Copy, Debug)]
pub struct Figure<'a> {
    /// What it is headed with.
    pub heading: &'a str,
    /// Where it is, as seen from the report, without its ending: `ground`.
    pub stem: &'a str,
    /// Its ending: `png`.
    pub ending: &'a str,
    /// What it shows, in words.
    pub alt: &'a str,
    /// What is printed under it.
    pub caption: &'a str,
}

/// `report.md`: a section for each map with its picture, caption and description, every change with its grade and the
/// sentence behind it, then the sources and the credits.
///
/// Text of reports is escaped: none of it is Markdown or HTML here.
#[must_use]
pub fn report_md(story: &Story<'_>, imprint: &Imprint<'_>) -> String {
    let claims: BTreeMap<&str, &Claim> =
        story.claims.iter().map(|claim| (claim.id.as_str(), claim)).collect();
    let mut out = format!("# {}\n\n{}\n", plain(story.title), summary(story));
    for chapter in story.chapters {
        let heading = match chapter.headline.as_str() {
            "" => long_date(chapter.day),
            headline => format!("{}: {}", long_date(chapter.day), plain(headline)),
        };
        let Chapter { day, since, events, held, .. } = chapter;
        let alt = alt_text(story.region, *day, *since, events, held, imprint.actor_name);
        let _ = writeln!(out, "\n## {heading}\n\n![{}]({})", plain(&alt), address(&chapter.picture));
        let caption = picture_caption(story.region, chapter, imprint.actor_name);
        let _ = writeln!(out, "\n*{}*", plain(&caption));
        if !chapter.events.is_empty() {
            out.push('\n');
        }
        out += &entries(&by_importance(&chapter.events), &claims, story.reports, imprint);
        if !held.is_empty() {
            let _ = writeln!(out, "\nPlaces held: {}.", plain(&tally(held)));
        }
    }
    for Figure { heading, stem, ending, alt, caption } in story.figures {
        let picture = address(&format!("{stem}.{ending}"));
        let _ =
            writeln!(out, "\n## {}\n\n![{}]({picture})\n\n*{}*", plain(heading), plain(alt), plain(caption));
    }
    if !story.unmapped.is_empty() {
        out += "\n## On no map\n\nUndated, contradicted, or about more ground than a place.\n\n";
        out += &entries(story.unmapped, &claims, story.reports, imprint);
    }
    if !story.reports.is_empty() {
        out += "\n## Sources\n\n";
        for report in story.reports.values() {
            out += &source(report);
        }
    }
    if !story.baseline.is_empty() {
        out += "\n## What was held before\n\n";
        for source in story.baseline {
            let _ = writeln!(out, "- {}", plain(source));
        }
    }
    if !story.gazetteers.is_empty() {
        out += "\n## Gazetteers\n\nPlaces were looked up in these besides what the program holds.\n\n";
        for gazetteer in story.gazetteers {
            let _ = writeln!(out, "- {}", plain(gazetteer));
        }
    }
    if !imprint.credits.is_empty() || !imprint.licence.is_empty() {
        out += "\n## Credits\n\n";
        for credit in imprint.credits {
            let _ = writeln!(out, "- {}", plain(credit));
        }
        if !imprint.licence.is_empty() {
            let _ = writeln!(out, "- This report and its maps: {}", plain(imprint.licence));
        }
    }
    out
}

/// How much of what there is.
fn summary(story: &Story<'_>) -> String {
    let count = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    let changes: usize = story.chapters.iter().map(|chapter| chapter.events.len()).sum();
    let publishers: BTreeSet<&str> =
        story.reports.values().map(|report| report.publisher.as_deref().unwrap_or(&report.id)).collect();
    let mut out = count(changes, "change of control", "changes of control");
    if let [first, .., last] = story.chapters {
        let _ = write!(out, " from {} to {}", long_date(first.day), long_date(last.day));
    }
    if !story.reports.is_empty() {
        let reports = story.reports.len().saturating_sub(story.tables);
        let parts = [(reports, "report", "reports"), (story.tables, "table", "tables")];
        let parts = parts.into_iter().filter(|(n, ..)| *n > 0).map(|(n, one, many)| count(n, one, many));
        let parts = parts.collect::<Vec<_>>().join(" and ");
        let _ = write!(out, ", from {parts} by {}", count(publishers.len(), "publisher", "publishers"));
    }
    out + ". Ground between places is estimated."
}

/// Events as items of a list: what happened, how sure it is, and the words it rests on. Events that differ in nothing
/// but the place are one item.
fn entries(
    events: &[&Event],
    claims: &BTreeMap<&str, &Claim>,
    reports: &BTreeMap<String, Report>,
    imprint: &Imprint<'_>,
) -> String {
    let mut items: Vec<(Vec<&Event>, String)> = Vec::new();
    for event in events {
        let details = details(event, claims, reports);
        match items.iter_mut().find(|(like, said)| are_alike(like[0], event) && *said == details) {
            Some((like, _)) => like.push(event),
            None => items.push((vec![event], details)),
        }
    }
    let item = |(events, details): &(Vec<&Event>, String)| {
        format!("- **{}**{details}", plain(&sentence_of(events, imprint.actor_name)))
    };
    items.iter().map(item).collect()
}

/// All that is said of an event besides what happened.
fn details(event: &Event, claims: &BTreeMap<&str, &Claim>, reports: &BTreeMap<String, Report>) -> String {
    let mut out = String::new();
    let sources = (!event.sources.is_empty()).then(|| plain(&event.sources.join(", ")));
    let grade = event.grade.map(|grade| match event.record.reason.as_str() {
        "" => graded(grade),
        reason => format!("{grade}, {}", plain(reason)),
    });
    for part in when(event).into_iter().chain(grade).chain(sources) {
        let _ = write!(out, " · {part}");
    }
    out.push('\n');
    let behind = || event.claims.iter().filter_map(|id| claims.get(id.as_str()).copied());
    // What is quoted is the word of neither side before that of the side that gains, then what states the day best; a
    // denial is quoted as well.
    let says = behind().filter(|claim| rank(&claim.standing) < 2).min_by_key(|claim| {
        let published = reports.get(&claim.evidence.report).and_then(|report| report.published);
        (rank(&claim.standing), claim.day.precision, claim.day.basis, published, claim.evidence.sentence)
    });
    let denies = behind().find(|claim| rank(&claim.standing) == 2);
    let mut quoted = BTreeSet::new();
    for claim in says.into_iter().chain(denies) {
        // A sentence that claims and denies at once is quoted once.
        let Evidence { report, quote, .. } = &claim.evidence;
        if !quoted.insert((report, quote.start, quote.end)) {
            continue;
        }
        if let Some(report) = reports.get(&claim.evidence.report) {
            let quote = shortened(claim.evidence.quote.of(&report.text));
            let by = report.publisher.as_deref().unwrap_or(&report.id);
            let _ = writeln!(out, "  > “{}” — {}", plain(&quote), plain(by));
        }
    }
    if !event.note.is_empty() {
        let _ = writeln!(out, "  {}", plain(&event.note));
    }
    out
}

/// Whose word is quoted first.
fn rank(standing: &Standing) -> u8 {
    match standing {
        Standing::Reported(_) | Standing::ConcededBy(_) => 0,
        Standing::ClaimedBy(_) => 1,
        Standing::DeniedBy(_) => 2,
    }
}

/// When it happened, where that is not plainly one day.
fn when(event: &Event) -> Option<String> {
    match (event.day.from, event.day.to) {
        (Some(from), Some(to)) if from != to => {
            Some(format!("between {} and {}", long_date(from), long_date(to)))
        }
        (None, Some(to)) => Some(format!("{} at the latest", long_date(to))),
        (None, None) => Some("undated".to_owned()),
        _ => None,
    }
}

/// A report as an item of the list of sources.
fn source(report: &Report) -> String {
    let title = plain(report.title.as_deref().unwrap_or(&report.id));
    let title = match report.url.as_deref().map(address) {
        Some(url) if url.starts_with("http://") || url.starts_with("https://") => format!("[{title}]({url})"),
        _ => title,
    };
    let day = report.published.map_or_else(|| "undated".to_owned(), long_date);
    let by = report.publisher.as_ref().map(|name| format!("{}, ", plain(name))).unwrap_or_default();
    format!("- {by}{title}, {day}\n")
}

/// At most 400 characters of a quote.
fn shortened(text: &str) -> String {
    if text.chars().count() <= 400 {
        text.to_owned()
    } else {
        text.chars().take(399).chain(['…']).collect()
    }
}

/// Text on one line with nothing in it that Markdown or HTML would take for its own, and without what steers the
/// direction of writing.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        match c {
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => {}
            c if c.is_control() => {}
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' | '$' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    // What begins a line may begin a list.
    let number = out.trim_start_matches(|c: char| c.is_ascii_digit());
    if out.starts_with(['-', '+', '=']) {
        out.insert(0, '\\');
    } else if number.len() < out.len() && number.starts_with(['.', ')']) {
        out.insert(out.len() - number.len(), '\\');
    }
    out
}

/// An address with nothing in it that would end it.
fn address(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for c in url.chars() {
        if c.is_control() || c.is_whitespace() || "()<>[]\\\"'`|*_{}^".contains(c) {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::words::tests::event;
    use super::*;
    use crate::actor::ActorId;
    use crate::claim::{Basis, Change, When};
    use crate::units::Span;
    use proptest::prelude::*;

    const DAY: Date = Date::constant(2024, 12, 5);

    fn report(text: &str) -> Report {
        Report {
            id: "wire".into(),
            title: Some("Hama [falls] <b>".into()),
            publisher: Some("Northern Wire".into()),
            url: Some("https://example.org/a b".into()),
            published: Some(DAY),
            text: text.into(),
        }
    }

    fn told(report: Report) -> String {
        let mut hama = event("Hama", 460_000, Change::Captured, Some("rebels"));
        hama.claims = vec!["c1".into()];
        let claim = Claim {
            id: "c1".into(),
            site: hama.site.clone(),
            change: Change::Captured,
            standing: Standing::Reported(None),
            gaining: hama.gaining.clone(),
            losing: None,
            day: When::day(DAY, Basis::Stated),
            background: false,
            evidence: Evidence {
                report: "wire".into(),
                sentence: 0,
                also: vec![],
                name: Span { start: 0, end: 0 },
                quote: Span { start: 0, end: report.text.len() },
                rule: "took".into(),
            },
        };
        let mut province = event("Hama", 0, Change::Withdrew, None);
        province.day = When::UNKNOWN;
        let chapters = [Chapter {
            day: DAY,
            headline: "rebels take Hama".into(),
            since: None,
            picture: "maps/2024-12-05.png".into(),
            events: vec![&hama],
            held: BTreeMap::from([("rebels".to_owned(), 3)]),
        }];
        let story = Story {
            title: "Syria, December 2024",
            region: "Syria",
            chapters: &chapters,
            figures: &[],
            unmapped: &[&province],
            claims: &[claim],
            reports: &BTreeMap::from([("wire".to_owned(), report)]),
            tables: 0,
            baseline: &["A table".to_owned()],
            gazetteers: &["SY: 3 places from SY.zip".to_owned()],
        };
        let name = |id: &ActorId| id.0.clone();
        report_md(
            &story,
            &Imprint { actor_name: &name, credits: &["Places: GeoNames".to_owned()], licence: "CC BY 4.0" },
        )
    }

    #[test]
    fn the_report_tells_what_changed_who_says_so_and_in_which_words() {
        let text = told(report("Rebels took *Hama* on Thursday."));
        let expected = "# Syria, December 2024\n\n1 change of control, from 1 report by 1 publisher. Ground between \
            places is estimated.\n\n## 5 December 2024: rebels take Hama\n\n![Map of control in Syria on 5 \
            December 2024. Changed: Hama captured by rebels \\[grade B1; Desk, Wire\\]. Places held: rebels 3. Ground \
            between places is estimated.](maps/2024-12-05.png)\n\n*rebels take Hama. Syria at the end of 5 December \
            2024. rebels gained 1 place (Hama). Places held: rebels 3. Sources: Desk, Wire. Ground between places is \
            estimated.*\n\n- **Hama captured by rebels** · B1, confirmed by \
            independent sources or by the loser · Desk, Wire\n  > “Rebels took \\*Hama\\* on Thursday.” — Northern \
            Wire\n\nPlaces held: rebels 3.\n\n## On no map\n\nUndated, contradicted, or about more ground than a place.\n\n- **Hama \
            left by those who held it** · undated · B1, confirmed by independent sources or by the loser · Desk, Wire\n\n\
            ## Sources\n\n- Northern Wire, [Hama \\[falls\\] &lt;b&gt;](https://example.org/a%20b), 5 December 2024\n\n\
            ## What was held before\n\n- A table\n\n## Gazetteers\n\nPlaces were looked up in these besides \
            what the program holds.\n\n- SY: 3 places from SY.zip\n\n## Credits\n\n- Places: GeoNames\n- This report and its maps: CC BY 4.0\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn an_address_that_is_no_web_address_is_no_link() {
        let mut hostile = report("x");
        hostile.url = Some("javascript:alert(1)".into());
        assert!(!told(hostile).contains("javascript"));
    }

    proptest! {
        #[test]
        fn no_text_is_taken_for_markup(text in "[<>&*_`\\[\\]()#|!~$\\\\\\n\u{202e}a-z-]{0,40}") {
            let plain = plain(&text);
            prop_assert!(!plain.contains(['<', '>', '\n', '\u{202e}']), "{}", plain);
            let mut chars = plain.chars();
            while let Some(c) = chars.next() {
                if c == '\\' {
                    prop_assert!(chars.next().is_some_and(|c| c.is_ascii_punctuation()));
                } else {
                    prop_assert!(!"*_`[]#|!~$".contains(c), "{}", plain);
                }
            }
        }
    }
}
