//! The rules by which a line is known for furniture, each with lines it must and must not take.

use super::{counts_comments, is_address, is_byline, is_copyright, is_path, is_reading_time, is_update};
use crate::report::plain::domain;

/// What goes when a rule takes a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Takes {
    /// The line.
    Line,
    /// The line and the lines after it that are no sentences: a list of links.
    Links,
    /// The line and all after it, unless most of the article comes after it.
    Rest,
}

/// How a rule knows a line; compared with the line in lower case, without marks around
/// it. Phrases stand in one text with `|` between.
#[derive(Clone, Copy, Debug)]
pub(super) enum Looks {
    /// The line is one of these.
    Is(&'static str),
    /// It starts with one of these.
    Starts(&'static str),
    /// It starts with one of these and a colon.
    Label(&'static str),
    /// One of these is in it.
    Has(&'static str),
    /// The line as written passes this test.
    So(fn(&str) -> bool),
}

/// One kind of furniture.
pub(super) struct Rule {
    #[cfg_attr(not(test), expect(dead_code, reason = "the examples are run by a test"))]
    pub(super) name: &'static str,
    pub(super) takes: Takes,
    /// A line of more words is never taken.
    pub(super) words: usize,
    pub(super) looks: Looks,
    /// Lines it takes.
    #[cfg_attr(not(test), expect(dead_code, reason = "the examples are run by a test"))]
    pub(super) yes: &'static [&'static str],
    /// Lines it must not take.
    #[cfg_attr(not(test), expect(dead_code, reason = "the examples are run by a test"))]
    pub(super) no: &'static [&'static str],
}

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "comments",
        takes: Takes::Rest,
        words: 6,
        looks: Looks::Is(
            "leave a reply | leave a comment | leave a reply cancel reply | post a comment | \
             add a comment | write a comment | add your comment | join the conversation | \
             join the discussion | comments | comment on this story | cancel reply | reader comments | \
             deja una respuesta | laisser un commentaire | schreibe einen kommentar | \
             оставить комментарий | добавить комментарий | комментарии | залишити відповідь | \
             залишити коментар | коментарі | اترك تعليقا | اترك تعليقاً | أضف تعليق | التعليقات",
        ),
        yes: &["Leave a Reply", "## Leave a comment:", "COMMENTS", "Оставить комментарий"],
        no: &["Comments by the minister were rejected.", "The rebels did not leave a reply."],
    },
    Rule {
        name: "number of comments",
        takes: Takes::Rest,
        words: 4,
        looks: Looks::So(counts_comments),
        yes: &["3 Comments", "1 comment", "(12) comments"],
        no: &["3 comments were made by the army.", "No comment"],
    },
    Rule {
        name: "comment form",
        takes: Takes::Line,
        words: 40,
        looks: Looks::Starts(
            "your email address will not be published | required fields are marked | \
             save my name, email | notify me of follow-up | notify me of new | \
             you must be logged in to | this site uses akismet | log in to leave a comment | \
             be the first to comment | your name (required)",
        ),
        yes: &[
            "Your email address will not be published. Required fields are marked *",
            "Notify me of new posts by email.",
        ],
        no: &["Your email addresses, the army told officers, will not be published."],
    },
    Rule {
        name: "cookies",
        takes: Takes::Line,
        words: 90,
        looks: Looks::Has(
            "we use cookies | uses cookies | use of cookies | accept all cookies | accept cookies | \
             cookie policy | cookie settings | cookie preferences | manage consent | manage cookies | \
             мы используем файлы cookie | utilise des cookies | utiliza cookies | verwendet cookies",
        ),
        yes: &[
            "We use cookies to improve your experience. By continuing you agree.",
            "Accept all cookies",
            "Cookie Policy",
        ],
        no: &["Soldiers shared cookies with residents of the town."],
    },
    Rule {
        name: "sharing",
        takes: Takes::Line,
        words: 5,
        looks: Looks::Is(
            "share | share this | share this article | share this story | share this post | \
             share this page | share via | tweet | retweet | facebook | twitter | x | whatsapp | \
             telegram | linkedin | reddit | pinterest | copy link | link copied | email | e-mail | \
             print | print this | save | like this | share on facebook | share on twitter | share on x | \
             share on whatsapp | share on telegram | поделиться | поділитися | partager | compartir | \
             teilen | شارك | مشاركة",
        ),
        yes: &["Share this:", "Tweet", "Share on Facebook", "WhatsApp"],
        no: &["Share of territory held", "Telegram channels close to the army said so."],
    },
    Rule {
        name: "sharing by click",
        takes: Takes::Line,
        words: 14,
        looks: Looks::Starts(
            "click to share | click to email | click to print | click here to | share this with",
        ),
        yes: &["Click to share on Twitter (Opens in new window)"],
        no: &["Clicks of rifles were heard in Hama."],
    },
    Rule {
        name: "related articles",
        takes: Takes::Links,
        words: 6,
        looks: Looks::Is(
            "related | related articles | related posts | related news | related stories | \
             related topics | related content | related coverage | you may also like | \
             you might also like | you may like | more from this author | more on this story | \
             more stories | more news | recommended | recommended for you | recommended stories | \
             most read | most popular | most viewed | trending | trending now | latest news | \
             latest stories | latest articles | recent posts | recent articles | popular posts | \
             top stories | editor's picks | read next | up next | see also | read also | also read | \
             what to read next | explore more | list of 3 items | list of 4 items | end of list | \
             читайте также | читайте також | похожие новости | lire aussi | à lire aussi | \
             le más leído | lea también | lesen sie auch | اقرأ أيضا | اقرأ أيضاً | مواضيع ذات صلة | \
             أخبار ذات صلة",
        ),
        yes: &["Related Articles", "YOU MAY ALSO LIKE", "Читайте также:", "Most Read"],
        no: &["Related clashes were reported in Homs.", "The most read officer in Hama"],
    },
    Rule {
        name: "a link to another article",
        takes: Takes::Line,
        words: 30,
        looks: Looks::Label(
            "read more | also read | read also | see also | read next | related | watch | listen | \
             must read | don't miss | more on this | in pictures | recommended | читайте также | \
             читайте також | lire aussi | lea también | lesen sie auch | اقرأ أيضا | اقرأ أيضاً",
        ),
        yes: &[
            "READ MORE: Rebels enter Aleppo for the first time since 2016",
            "Also read: Who are the rebels?",
        ],
        no: &[
            "Related fighting: the army lost two towns, and said why in a statement on state television that evening, \
               a monitor and three residents of the district told reporters later on.",
        ],
    },
    Rule {
        name: "where it came from",
        takes: Takes::Line,
        words: 16,
        looks: Looks::Label(
            "original source | source | sources | source link | via | article source | news source | \
             источник | джерело | المصدر | quelle | fuente",
        ),
        yes: &["Original Source: www.example.com", "Source: Example Agency", "Источник: Пример"],
        no: &["Sources said the town had fallen.", "A source: who is he"],
    },
    Rule {
        name: "first published elsewhere",
        takes: Takes::Line,
        words: 30,
        looks: Looks::Starts(
            "originally published | this article was originally published | \
             this article originally appeared | this story was originally published | \
             this story originally appeared | this article first appeared | \
             this post was originally published | read the original article | read the full story | \
             read the full article | the post appeared first on | this content was originally",
        ),
        yes: &["This article was originally published by Example News.", "Read the full article here"],
        no: &["Originally, the army held the town."],
    },
    Rule {
        name: "subscribing",
        takes: Takes::Line,
        words: 40,
        looks: Looks::Starts(
            "subscribe to | subscribe now | subscribe for | subscribe today | sign up for | \
             sign up to our | sign up now | sign up here | get our newsletter | get the latest news | \
             get the latest stories | get breaking news | join our newsletter | join our telegram | \
             join our whatsapp | follow us on | follow us | like us on | enter your email | \
             enter your e-mail | download our app | download the app | support our journalism | \
             support independent journalism | become a member | become a subscriber | \
             already a subscriber | already have an account | create a free account | \
             to continue reading | don't miss a story | thank you for reading | thanks for reading | \
             join us on | our newsletter | подписывайтесь на | підписуйтесь на | abonnez-vous | \
             suscríbete | abonnieren sie | تابعونا على",
        ),
        yes: &[
            "Subscribe to our newsletter and never miss a story.",
            "Follow us on Telegram",
            "Sign up for daily updates",
        ],
        no: &["Signs of a retreat were seen in Hama.", "Following us, the convoy reached Homs."],
    },
    Rule {
        name: "navigation",
        takes: Takes::Line,
        words: 6,
        looks: Looks::Is(
            "home | menu | search | search for | skip to content | skip to main content | \
             jump to content | toggle navigation | navigation | main menu | sign in | sign up | log in | \
             login | logout | register | subscribe | newsletter | newsletters | donate | about us | \
             contact us | contact | privacy policy | terms of use | terms of service | \
             terms and conditions | cookies | advertise with us | back to top | load more | show more | \
             read more | continue reading | next | previous | next article | next post | \
             previous article | previous post | close | loading | advertisement | advertising | \
             advertisements | sponsored | sponsored content | promoted | ad | ads | \
             story continues below | story continues below advertisement | article continues below | \
             article continues after ad | scroll to continue | opens in new window | live | breaking | \
             breaking news | play video | watch live | view comments | view gallery | rss | sitemap | \
             реклама | меню | главная | головна | publicité | publicidad | anzeige | إعلان | الرئيسية",
        ),
        yes: &[
            "Skip to content",
            "ADVERTISEMENT",
            "Story continues below advertisement",
            "« Previous article",
        ],
        no: &["Home to 300,000 people", "Contact with the garrison was lost.", "Live fire was heard."],
    },
    Rule {
        name: "path of pages",
        takes: Takes::Line,
        words: 24,
        looks: Looks::So(is_path),
        yes: &[
            "Home > World > Middle East",
            "Home » News » Syria: rebels advance",
            "Главная / Новости / Мир",
        ],
        no: &["The road Damascus > Homs > Hama is cut", "Home to many > not all"],
    },
    Rule {
        name: "copyright",
        takes: Takes::Line,
        words: 60,
        looks: Looks::So(is_copyright),
        yes: &["© 2024 Example News", "Copyright 2024 Example. All rights reserved.", "All Rights Reserved"],
        no: &[
            "Copyright law was suspended in the town.",
            "All rights of residents are reserved, rebels said.",
        ],
    },
    Rule {
        name: "byline",
        takes: Takes::Line,
        words: 12,
        looks: Looks::So(is_byline),
        yes: &["By Jane Doe", "By Jane Doe and John Q. Roe", "by Staff Writer", "BY JANE DOE"],
        no: &["By Thursday evening the town had fallen", "By Hama", "By Friday, Homs fell."],
    },
    Rule {
        name: "reading time",
        takes: Takes::Line,
        words: 6,
        looks: Looks::So(is_reading_time),
        yes: &["5 min read", "Reading time: 3 minutes", "2 minute read"],
        no: &["5 minutes later the base fell", "A 2-minute siege"],
    },
    Rule {
        name: "time of update",
        takes: Takes::Line,
        words: 12,
        looks: Looks::So(is_update),
        yes: &[
            "Updated: 5 December 2024",
            "Last updated on December 5, 2024 at 18:20",
            "3 hours ago",
            "Updated 2 hours ago",
        ],
        no: &["Updated figures show 300 dead", "Three hours ago the base fell."],
    },
    Rule {
        name: "picture",
        takes: Takes::Line,
        words: 30,
        looks: Looks::Label(
            "photo | photos | photo credit | photo by | image | image credit | image source | picture | \
             credit | file photo | file image | illustration | video | фото | відео | видео | الصورة",
        ),
        yes: &[
            "Photo: Jane Doe/Example Agency",
            "(Image credit: Example)",
            "File photo: a convoy near Homs in 2016",
        ],
        no: &["Photos of the square in Hama show rebels.", "Video footage: none"],
    },
    Rule {
        name: "tags",
        takes: Takes::Line,
        words: 40,
        looks: Looks::Label(
            "tags | tag | topics | keywords | filed under | categories | category | posted in | tagged | \
             теги | темы | الوسوم | schlagwörter",
        ),
        yes: &["Tags: Syria, Hama, Homs", "Filed under: World"],
        no: &["Tagged vehicles of the army left Hama."],
    },
    Rule {
        name: "about the author",
        takes: Takes::Links,
        words: 5,
        looks: Looks::Is(
            "about the author | about the authors | about the writer | об авторе | про автора | عن الكاتب",
        ),
        yes: &["About the Author"],
        no: &["Little is known about the author of the attack."],
    },
    Rule {
        name: "bare address",
        takes: Takes::Line,
        words: 1,
        looks: Looks::So(|line| domain(line).is_some() || is_address(line)),
        yes: &["example.com", "**World-News.example.org**", "https://example.org/syria/hama"],
        no: &["Hama.", "U.S.", "example.com reported it"],
    },
];
