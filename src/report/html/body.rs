//! The paragraphs of a page's article.
//!
//! The page is cut into blocks, those of navigation, comments, pictures and the like left out by the names their
//! elements bear. The article is the element that says it is one and holds enough of the page's prose; where none
//! does, the one whose paragraphs score most, each for its length and its commas, less its links.
//! Source of the scoring: Arc90, *Readability* (2009), reduced.

use super::is_prose;
use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::{Html, Node, Selector};
use std::collections::{BTreeMap, BTreeSet};

/// Elements that never hold the article.
const NEVER: &[&str] = &[
    "script",
    "style",
    "noscript",
    "nav",
    "footer",
    "aside",
    "form",
    "button",
    "select",
    "textarea",
    "iframe",
    "svg",
    "figure",
    "figcaption",
    "template",
    "dialog",
    "head",
    "title",
    "object",
    "canvas",
    "video",
    "audio",
    "menu",
    "label",
];

/// Roles (WAI-ARIA) that never hold the article.
const NEVER_ROLES: &[&str] = &[
    "navigation",
    "complementary",
    "contentinfo",
    "search",
    "banner",
    "dialog",
    "alertdialog",
    "menu",
    "toolbar",
];

/// Words in an element's class or id that say it is furniture.
const NEVER_WORDS: &[&str] = &[
    "comment",
    "comments",
    "disqus",
    "share",
    "sharing",
    "sharedaddy",
    "social",
    "related",
    "newsletter",
    "subscribe",
    "subscription",
    "cookie",
    "cookies",
    "consent",
    "gdpr",
    "promo",
    "promoted",
    "advert",
    "advertisement",
    "ad",
    "ads",
    "sponsored",
    "sidebar",
    "breadcrumb",
    "breadcrumbs",
    "footer",
    "menu",
    "nav",
    "navbar",
    "navigation",
    "tags",
    "popup",
    "modal",
    "recommended",
    "recommendations",
    "trending",
    "masthead",
    "byline",
    "bio",
    "caption",
    "editsection",
    "navbox",
    "infobox",
    "reflist",
    "references",
    "catlinks",
    "toc",
    "hatnote",
    "metadata",
    "outbrain",
    "taboola",
    "skip",
    "hidden",
    "print",
    "toolbar",
    "pagination",
    "gallery",
    "slideshow",
    "carousel",
    "jp-relatedposts",
];

/// Elements that begin and end a paragraph.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "body",
    "html",
    "blockquote",
    "pre",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "tbody",
    "thead",
    "tr",
    "td",
    "th",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "address",
    "details",
    "summary",
    "center",
    "fieldset",
    "br",
];

/// Where pages that follow a common scheme put the article.
const KNOWN: &str = "[itemprop~=articleBody], .article-body, .article__body, .entry-content, .post-content, \
                     .article-content, .article__content, .story-body, .story-content, .post-body, #mw-content-text";

/// Some text with no paragraph's end in it.
struct Block {
    text: String,
    /// Characters of it inside links.
    linked: usize,
    /// The nearest element that makes a block.
    element: NodeId,
}

impl Block {
    fn is_links(&self) -> bool {
        self.linked * 5 > self.text.len() * 3
    }

    fn is_prose(&self) -> bool {
        is_prose(&self.text) && self.linked * 2 < self.text.len()
    }
}

/// The article's paragraphs in the order of the page, with up to three that stand between headline and article.
pub(super) fn blocks(page: &Html) -> Vec<String> {
    let blocks = cut(page);
    let roots = article(page, &blocks);
    let is_inside = |block: &Block| {
        roots.is_empty()
            || page.tree.get(block.element).is_some_and(|node| {
                std::iter::once(node).chain(node.ancestors()).any(|above| roots.contains(&above.id()))
            })
    };
    let inside: Vec<bool> = blocks.iter().map(is_inside).collect();
    let first = inside.iter().position(|inside| *inside).unwrap_or(0);
    let is_headline = |block: &Block| {
        let node = page.tree.get(block.element);
        node.is_some_and(|node| matches!(node.value(), Node::Element(e) if e.name() == "h1"))
    };
    let lead = blocks[..first].iter().rposition(is_headline).unwrap_or(first);
    let lead = blocks[lead..first].iter().filter(|block| block.is_prose()).take(3);
    let article = blocks.iter().zip(inside).filter(|(_, inside)| *inside).map(|(block, _)| block);
    lead.chain(article.filter(|block| !block.is_links())).map(|block| block.text.clone()).collect()
}

/// All blocks of the page outside furniture.
fn cut(page: &Html) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open = Block { text: String::new(), linked: 0, element: page.tree.root().id() };
    // The element within which all is left out.
    let mut skipped: Option<NodeId> = None;
    let mut links = 0_usize;
    let mut nearest = vec![page.tree.root().id()];
    let all = text(page.tree.root());
    let mut flush = |open: &mut Block, next: NodeId| {
        let words = open.text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !words.is_empty() {
            blocks.push(Block { text: words, linked: open.linked, element: open.element });
        }
        *open = Block { text: String::new(), linked: 0, element: next };
    };
    for edge in page.tree.root().traverse() {
        match edge {
            Edge::Open(node) if skipped.is_none() => match node.value() {
                Node::Text(words) => {
                    open.text.push_str(words);
                    open.linked += if links > 0 { words.trim().len() } else { 0 };
                }
                Node::Element(element) => {
                    if is_left_out(node, all) {
                        skipped = Some(node.id());
                    } else if element.name() == "a" {
                        links += 1;
                    } else if BLOCKS.contains(&element.name()) {
                        if element.name() != "br" {
                            nearest.push(node.id());
                        }
                        flush(&mut open, nearest.last().copied().unwrap_or(node.id()));
                    }
                }
                _ => {}
            },
            Edge::Close(node) if skipped == Some(node.id()) => skipped = None,
            Edge::Close(node) if skipped.is_none() => {
                if let Node::Element(element) = node.value() {
                    if element.name() == "a" {
                        links = links.saturating_sub(1);
                    } else if BLOCKS.contains(&element.name()) && element.name() != "br" {
                        nearest.pop();
                        flush(&mut open, nearest.last().copied().unwrap_or(node.id()));
                    }
                }
            }
            _ => {}
        }
    }
    flush(&mut open, page.tree.root().id());
    blocks
}

/// Whether an element and all in it is furniture by its name, role, class or id; `all` is what [`text`] counts on
/// the whole page.
fn is_left_out(node: NodeRef<'_, Node>, all: usize) -> bool {
    let Node::Element(element) = node.value() else { return false };
    let name = element.name();
    if NEVER.contains(&name)
        || element.attr("hidden").is_some()
        || element.attr("aria-hidden") == Some("true")
        || element.attr("role").is_some_and(|role| NEVER_ROLES.contains(&role))
    {
        return true;
    }
    if name == "sup" {
        return element.attr("class").is_some_and(|class| class.contains("reference"));
    }
    if name == "header" {
        // A header inside an article holds its headline; one outside is the site's.
        return !node
            .ancestors()
            .any(|above| matches!(above.value(), Node::Element(e) if e.name() == "article"));
    }
    if ["html", "body", "main", "article"].contains(&name) {
        return false;
    }
    let marked = [element.attr("class"), element.attr("id")].into_iter().flatten().any(|names| {
        let names = names.to_lowercase();
        let mut words = names.split(|c: char| !c.is_alphanumeric());
        words.any(|word| NEVER_WORDS.contains(&word) || word.contains("caption"))
    });
    // What holds most of the page's text is no furniture, whatever its name says.
    marked && text(node) * 2 <= all
}

/// Characters of running text in a node: that of its pieces which are long enough to be more than a label.
fn text(node: NodeRef<'_, Node>) -> usize {
    let pieces = node.descendants().filter_map(|node| {
        let in_script = || {
            let parent = node.parent();
            parent.is_some_and(
                |p| matches!(p.value(), Node::Element(e) if ["script", "style"].contains(&e.name())),
            )
        };
        let length = node.value().as_text()?.trim().len();
        (length >= 60 && !in_script()).then_some(length)
    });
    pieces.sum()
}

/// The elements that hold the article; none where no element has prose and all of the page counts.
fn article(page: &Html, blocks: &[Block]) -> Vec<NodeId> {
    // The characters of prose below each element.
    let mut prose: BTreeMap<NodeId, usize> = BTreeMap::new();
    let mut score: BTreeMap<NodeId, f64> = BTreeMap::new();
    let mut total = 0;
    for block in blocks.iter().filter(|block| block.is_prose()) {
        let Some(node) = page.tree.get(block.element) else { continue };
        total += block.text.len();
        for above in std::iter::once(node).chain(node.ancestors()).take(400) {
            *prose.entry(above.id()).or_default() += block.text.len();
        }
        let commas = block.text.matches([',', '،', '，', '、']).count();
        let worth = 1.0 + commas as f64 + (block.text.len() as f64 / 100.0).min(3.0);
        let holder = match node.value() {
            Node::Element(element) if ["p", "li", "td", "pre", "blockquote"].contains(&element.name()) => {
                node.parent()
            }
            _ => Some(node),
        };
        if let Some(holder) = holder {
            *score.entry(holder.id()).or_default() += worth;
            if let Some(above) = holder.parent() {
                *score.entry(above.id()).or_default() += worth / 2.0;
            }
        }
    }
    let amount = |id: &NodeId| prose.get(id).copied().unwrap_or(0);
    let matching = |selector: &str| -> BTreeSet<NodeId> {
        Selector::parse(selector).map(|s| page.select(&s).map(|e| e.id()).collect()).unwrap_or_default()
    };
    // Parts of one article stand side by side; of whole articles one is the page's.
    let known = matching(KNOWN);
    if let Some(most) = known.iter().copied().max_by_key(amount)
        && amount(&most) > 0
    {
        let parts: Vec<NodeId> = if amount(&most) * 5 >= total * 4 {
            vec![most]
        } else {
            known.into_iter().filter(|id| amount(id) > 0).collect()
        };
        if parts.iter().map(amount).sum::<usize>() * 5 >= total * 2 {
            return parts;
        }
    }
    if let Some(most) = matching("article").into_iter().max_by_key(amount)
        && amount(&most) * 5 >= total * 2
        && total > 0
    {
        return vec![most];
    }
    // Of equals the first, which is the outermost.
    let best = score.iter().fold(None, |best: Option<(NodeId, f64)>, (id, worth)| match best {
        Some((_, most)) if most >= *worth => best,
        _ => Some((*id, *worth)),
    });
    let Some(best) = best.and_then(|(id, _)| page.tree.get(id)) else { return Vec::new() };
    // Up, as long as that takes in much more of the page's prose.
    let up =
        best.ancestors().take(3).filter(|above| amount(&above.id()) * 10 > amount(&best.id()) * 13).last();
    vec![up.unwrap_or(best).id()]
}
