//! Saved pages: the article found among all that stands around it, and what the page says of itself.

use super::front::Facts;
use super::furniture::{self, is_prose};
use super::{Report, decode, plain, stem};
use crate::diag::{Code, Locus, Problem, short};
use scraper::{Html, Selector};

mod body;
mod metadata;

/// Reads a page.
pub(super) fn read(name: &str, text: &str) -> (Option<Report>, Vec<Problem>) {
    if nesting(text) > DEEPEST {
        let message = format!("the page nests its elements more than {DEEPEST} deep");
        return (None, vec![Problem::new(Code::BadReport, Locus::File(name.into()), message)]);
    }
    let page = Html::parse_document(text);
    let mut problems = Vec::new();
    let (facts, bad_date) = metadata::read(&page, text);
    if let (Some(value), None) = (bad_date, facts.published) {
        let message = format!("the page gives its day as `{}`, which is no day", short(&value));
        problems.push(Problem::new(Code::BadDate, Locus::File(name.into()), message));
    }
    let Facts { id, title, publisher, url, published } = facts;
    let blocks: Vec<String> = body::blocks(&page).iter().map(|block| decode::clean(block)).collect();
    let domain = url.as_deref().and_then(host).map(str::to_lowercase);
    let mut lines = furniture::strip(blocks, domain.as_deref());
    // The headline is a fact of the page, and not told twice.
    let title =
        title.or_else(|| document_title(&page, publisher.as_deref())).or_else(|| first_text(&page, "h1"));
    if let Some(title) = &title {
        let title = title.to_lowercase();
        let same = |line: &String| title.starts_with(&line.to_lowercase()) && line.len() * 2 > title.len();
        if let Some(at) = lines.iter().take(6).position(same) {
            lines.remove(at);
        }
    }
    // Labels above and below the article: its section, its author, what it is filed under.
    let is_label = |line: &String| {
        let short = line.split_whitespace().count() < 8 && line.chars().count() < 60;
        short && !furniture::ends_sentence(line)
    };
    let is_date = |line: &String| super::date::dateline(line).is_some();
    let end = lines.iter().rposition(|line| !is_label(line)).map_or(lines.len(), |at| at + 1);
    let start = lines.iter().position(|line| !is_label(line)).unwrap_or(0);
    lines.truncate(end);
    let top: Vec<String> = lines.drain(..start.min(end)).filter(is_date).take(1).collect();
    lines.splice(..0, top);
    let lines: Vec<String> = lines.into_iter().flat_map(|line| [line, String::new()]).collect();
    let publisher = publisher.or_else(|| url.as_deref().and_then(host).map(str::to_owned));
    let mut report = Report {
        id: id.unwrap_or_else(|| stem(name)),
        title,
        publisher,
        url,
        published,
        text: String::new(),
    };
    report.text = plain::finish(&mut report, lines);
    if !report.text.lines().any(is_prose) && report.text.split_whitespace().count() < 8 {
        let message = "the page holds no article, only what stands around one";
        let problem = Problem::new(Code::BadReport, Locus::File(name.into()), message);
        problems.push(problem.help("a page that is filled in by scripts must be saved after it has loaded"));
        return (None, problems);
    }
    (Some(report), problems)
}

/// Elements inside each other from which a page is no page: browsers stop at 512, and the time that reading takes
/// grows with the square of it.
const DEEPEST: usize = 5000;

/// How deep elements stand inside each other at most, by their tags alone; those that end by themselves do not count.
fn nesting(text: &str) -> usize {
    const END_THEMSELVES: &[&str] = &[
        "p", "li", "td", "th", "tr", "dt", "dd", "option", "br", "hr", "img", "meta", "link", "input",
        "area", "base", "col", "embed", "source", "track", "wbr",
    ];
    let (mut depth, mut deepest) = (0_usize, 0);
    // What scripts and styles compare with `<` is no element.
    let mut within: Option<&str> = None;
    for tag in text.split('<').skip(1) {
        if let Some(name) = within {
            let ends = tag.strip_prefix('/').and_then(|tag| tag.get(..name.len()));
            within = within.filter(|_| !ends.is_some_and(|end| end.eq_ignore_ascii_case(name)));
            continue;
        }
        let end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
        if let Some(closed) = tag.strip_prefix('/') {
            let name = closed.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
            if !END_THEMSELVES.contains(&name.to_ascii_lowercase().as_str()) {
                depth = depth.saturating_sub(1);
            }
        } else if let Some(name) =
            ["script", "style"].into_iter().find(|name| tag[..end].eq_ignore_ascii_case(name))
        {
            within = Some(name);
        } else if end > 0 && !END_THEMSELVES.contains(&tag[..end].to_ascii_lowercase().as_str()) {
            depth += 1;
            deepest = deepest.max(depth);
        }
    }
    deepest
}

/// The host of an address, without `www.`.
fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let host = host.rsplit('@').next()?;
    (!host.is_empty()).then(|| host.strip_prefix("www.").unwrap_or(host))
}

/// The words of the first such element.
fn first_text(page: &Html, selector: &str) -> Option<String> {
    let selector = Selector::parse(selector).ok()?;
    let text: String = page.select(&selector).next()?.text().collect();
    squeeze(&text)
}

/// The page's title, without the site's name behind it: the heading it begins with, else what a short last part
/// leaves.
fn document_title(page: &Html, publisher: Option<&str>) -> Option<String> {
    let title = first_text(page, "title")?;
    let headings = Selector::parse("h1").ok()?;
    let mut headings = page.select(&headings).filter_map(|h1| squeeze(&h1.text().collect::<String>()));
    if let Some(heading) = headings.find(|heading| title.starts_with(heading.as_str())) {
        return Some(heading);
    }
    let marks = [" | ", " - ", " – ", " — ", " :: ", " « "];
    let cut = marks.iter().filter_map(|mark| title.rsplit_once(mark)).find(|(before, after)| {
        let is_site = publisher.is_some_and(|site| site.eq_ignore_ascii_case(after));
        is_site || (after.split_whitespace().count() <= 4 && before.split_whitespace().count() >= 4)
    });
    Some(cut.map_or(title.as_str(), |(before, _)| before).trim().to_owned())
}

/// The text with single spaces, if there is any.
fn squeeze(text: &str) -> Option<String> {
    let text = decode::clean(text).split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::parse_date;

    const PROSE: &str =
        "The army left the town on Thursday after two days of fighting, and rebels entered it.";

    fn page(head: &str, body: &str) -> Report {
        let text = format!("<!doctype html><html><head>{head}</head><body>{body}</body></html>");
        read("page.html", &text).0.unwrap()
    }

    #[test]
    fn the_article_is_found_among_the_furniture() {
        let body = format!(
            "<header><h1>Example News</h1></header><nav><ul><li><a href=/>Home</a><li><a href=/w>World</a></ul></nav>\
             <div class=cookie-banner><p>We use cookies, as all sites do, to make your visit a pleasant one.</p></div>\
             <div class=content><div class=story><h1>Rebels take Hama</h1><p>By Jane Doe</p><p>{PROSE}</p>\
             <p>{PROSE}<br>Nothing was heard from the garrison, a monitor said.</p>\
             <figure><img><figcaption>A square in Aleppo, which rebels took in 2012, in a file picture.</figcaption></figure>\
             <p>{PROSE}</p><div class=share-buttons><a>Tweet</a></div></div>\
             <aside><h3>Most read</h3><p>Rebels have taken Damascus, and other stories of the day, in full.</p></aside>\
             <div id=comments><h3>3 comments</h3><p>I have heard that Homs has fallen as well, but who knows.</p></div></div>\
             <footer><p>© 2024 Example News</p></footer>"
        );
        let report = page("<title>Rebels take Hama | Example News</title>", &body);
        let expected =
            format!("{PROSE}\n\n{PROSE}\n\nNothing was heard from the garrison, a monitor said.\n\n{PROSE}");
        assert_eq!(report.text, expected);
    }

    #[test]
    fn metadata_gives_title_day_publisher_and_address() {
        let meta = "<meta property=og:title content='Rebels take Hama'><meta property=og:site_name content='Example News'>\
                    <meta property=article:published_time content='2024-12-05T21:10:00+03:00'>\
                    <link rel=canonical href='https://www.example.org/hama'>";
        let linked = r#"<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "x"},
            {"@type": ["NewsArticle"], "headline": "Rebels take Hama", "datePublished": "2024-12-05",
            "publisher": {"name": "Example News"}, "mainEntityOfPage": {"@id": "https://www.example.org/hama"}}]}</script>"#;
        for head in [meta, linked] {
            let report = page(head, &format!("<p>{PROSE}</p>"));
            assert_eq!(report.title.as_deref(), Some("Rebels take Hama"));
            assert_eq!(report.publisher.as_deref(), Some("Example News"));
            assert_eq!(report.url.as_deref(), Some("https://www.example.org/hama"));
            assert_eq!(report.published, parse_date("2024-12-05"));
        }
    }

    #[test]
    fn without_metadata_the_visible_day_counts_and_the_address_names_the_publisher() {
        let head = "<link rel=canonical href='https://www.example.org/hama'>";
        let report =
            page(head, &format!("<article><p>Published: 5 December 2024</p><p>{PROSE}</p></article>"));
        assert_eq!(
            (report.published, report.publisher.as_deref()),
            (parse_date("2024-12-05"), Some("example.org"))
        );
        let report = page(
            "",
            &format!("<article><time datetime='2024-12-05T10:00'>Thu</time><p>{PROSE}</p></article>"),
        );
        assert_eq!(report.published, parse_date("2024-12-05"));
    }

    #[test]
    fn a_day_that_is_none_is_told() {
        let text = format!("<meta name=date content='soon'><p>{PROSE}</p>");
        let (report, problems) = read("page.html", &text);
        assert_eq!(report.unwrap().published, None);
        assert_eq!(problems[0].message, "the page gives its day as `soon`, which is no day");
    }

    #[test]
    fn a_page_of_scripts_is_told() {
        let (report, problems) =
            read("page.html", "<html><body><div id=root></div><script>x()</script></body></html>");
        assert!(report.is_none());
        assert_eq!(problems[0].code, Code::BadReport);
    }

    #[test]
    fn a_deep_page_is_read_and_a_bottomless_one_told() {
        let nested = |depth| format!("{}<p>{PROSE}</p>", "<div>".repeat(depth));
        assert_eq!(read("page.html", &nested(2000)).0.unwrap().text, PROSE);
        let script = format!("<script>{}</script><p>{PROSE}</p>", "for (i = 0; i<n; i++) {}".repeat(9000));
        assert_eq!(read("page.html", &script).0.unwrap().text, PROSE);
        let (report, problems) = read("page.html", &nested(20_000));
        assert!(report.is_none());
        assert_eq!(problems[0].message, "the page nests its elements more than 5000 deep");
    }
}
