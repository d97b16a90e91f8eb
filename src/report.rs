//! Reports: bytes of a file in, text with its title, publisher, address and day out.

use crate::units::Date;

/// One article, dispatch or post. Its text is never altered after reading, so that spans stay true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Unique among the reports of a run: the file's name without ending, or the id the file gives.
    pub id: String,
    /// Headline, if known.
    pub title: Option<String>,
    /// Who published it, if known.
    pub publisher: Option<String>,
    /// Where it can be read, if known.
    pub url: Option<String>,
    /// The day it was published, if known.
    pub published: Option<Date>,
    /// The article, without the page's furniture.
    pub text: String,
}
