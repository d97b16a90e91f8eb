//! What a page says of itself: JSON-LD (schema.org), Open Graph, Dublin Core and their kin, links and times.

use super::{Facts, squeeze};
use crate::report::parse_date;
use scraper::{Html, Selector};
use serde_json::Value;

/// Names of `meta` elements (their `property`, `name` or `itemprop`) by what they tell, the surest first.
const META: &[(&str, &[&str])] = &[
    ("title", &["og:title", "twitter:title", "dc.title", "headline"]),
    ("publisher", &["og:site_name", "dc.publisher", "publisher", "application-name"]),
    ("url", &["og:url", "twitter:url"]),
    (
        "published",
        &[
            "article:published_time",
            "og:published_time",
            "datepublished",
            "parsely-pub-date",
            "sailthru.date",
            "dc.date.issued",
            "dc.date",
            "dcterms.created",
            "dcterms.date",
            "article.published",
            "publish-date",
            "publish_date",
            "publication_date",
            "pubdate",
            "cxenseparse:recs:publishtime",
            "date",
        ],
    ),
];

/// The facts of a page, and a date of publication it gives that cannot be read.
pub(super) fn read(page: &Html, text: &str) -> (Facts, Option<String>) {
    let mut facts = Facts::default();
    let mut bad_date = None;
    let mut take = |key: &str, value: &str| {
        if let Some(value) = squeeze(value)
            && let Err(value) = facts.take(key, &value)
        {
            bad_date.get_or_insert(value);
        }
    };
    for object in linked(page) {
        for (key, value) in described(&object) {
            take(key, &value);
        }
    }
    let metas = metas(page);
    for (key, names) in META {
        for name in *names {
            for (_, content) in metas.iter().filter(|(found, _)| found == name) {
                take(key, content);
            }
        }
    }
    for href in attributes(page, "link[rel=canonical]", "href") {
        take("url", &href);
    }
    if let Some(rest) = text.split_once("saved from url=(").map(|(_, rest)| rest)
        && let Some((_, rest)) = rest.split_once(')')
    {
        take("url", rest.split([' ', '\n', '-']).next().unwrap_or_default());
    }
    for selector in ["[itemprop=datePublished]", "article time[datetime]", "time[pubdate]", "time[datetime]"]
    {
        // Only the first: the times below it are those of comments and other stories.
        for day in attributes(page, selector, "datetime")
            .into_iter()
            .chain(attributes(page, selector, "content"))
            .take(1)
        {
            take("published", &day);
        }
    }
    facts.url = facts.url.filter(|url| url.starts_with("http://") || url.starts_with("https://"));
    (facts, bad_date)
}

/// Every `meta` element's name in lower case and content.
fn metas(page: &Html) -> Vec<(String, String)> {
    let Ok(selector) = Selector::parse("meta[content]") else { return Vec::new() };
    let metas = page.select(&selector).filter_map(|meta| {
        let name = ["property", "name", "itemprop"].iter().find_map(|key| meta.attr(key))?;
        Some((name.to_lowercase(), meta.attr("content")?.to_owned()))
    });
    metas.collect()
}

fn attributes(page: &Html, selector: &str, name: &str) -> Vec<String> {
    let Ok(selector) = Selector::parse(selector) else { return Vec::new() };
    page.select(&selector).filter_map(|element| element.attr(name).map(str::to_owned)).collect()
}

/// The objects of JSON-LD that describe an article, in document order.
fn linked(page: &Html) -> Vec<serde_json::Map<String, Value>> {
    let Ok(selector) = Selector::parse("script[type='application/ld+json']") else { return Vec::new() };
    let mut found = Vec::new();
    for script in page.select(&selector) {
        let text: String = script.text().collect();
        let Ok(value) = serde_json::from_str::<Value>(text.trim()) else { continue };
        // Lists and graphs are looked into, the people and pictures an article mentions are not.
        let mut open = vec![value];
        while let Some(value) = open.pop() {
            match value {
                Value::Array(values) => open.extend(values.into_iter().rev()),
                Value::Object(mut object) => {
                    if is_article(&object) {
                        found.push(object);
                    } else if let Some(graph) = object.remove("@graph") {
                        open.push(graph);
                    }
                }
                _ => {}
            }
        }
    }
    found
}

/// Whether the object's type is an article. Source: schema.org, `Article` and the types below it.
fn is_article(object: &serde_json::Map<String, Value>) -> bool {
    let is = |value: &Value| {
        value.as_str().is_some_and(|kind| {
            kind.ends_with("Article")
                || kind.ends_with("Posting")
                || matches!(kind, "Report" | "CreativeWork")
        })
    };
    match object.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(is),
        Some(kind) => is(kind),
        None => false,
    }
}

/// What an article's object tells, as facts.
fn described(object: &serde_json::Map<String, Value>) -> Vec<(&'static str, String)> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let inner = |key: &str, inner: &str| match object.get(key)? {
        Value::Object(object) => object.get(inner).and_then(text),
        Value::Array(values) => values.first()?.get(inner).and_then(text),
        other => text(other),
    };
    let told = [
        ("title", object.get("headline").or(object.get("name")).and_then(text)),
        ("publisher", inner("publisher", "name")),
        ("url", object.get("url").and_then(text).or_else(|| inner("mainEntityOfPage", "@id"))),
        ("published", object.get("datePublished").and_then(text).filter(|day| parse_date(day).is_some())),
    ];
    told.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
}
