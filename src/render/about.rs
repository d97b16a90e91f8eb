//! What a picture says of itself to programs: title, words, sources, licence.

use super::svg::escaped;
use crate::scene::Scene;
use std::fmt::Write as _;

/// The program, as files name what made them.
pub(super) const SOFTWARE: &str = concat!("conflict-map ", env!("CARGO_PKG_VERSION"));

/// Dublin Core in RDF: the same for SVG and XMP. Empty for a scene that says nothing of itself.
pub(super) fn rdf(scene: &Scene) -> String {
    let about = &scene.about;
    if about.caption.is_empty() && about.sources.is_empty() && about.licence.is_empty() {
        return String::new();
    }
    let mut out = String::from(
        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\
         <rdf:Description rdf:about=\"\">",
    );
    let words = |name: &str, words: &str| match words {
        "" => String::new(),
        words => format!(
            "<dc:{name}><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></dc:{name}>",
            escaped(words)
        ),
    };
    out += &words("title", &scene.title);
    out += &words("description", &about.caption);
    out += &words("rights", &about.licence);
    if !about.sources.is_empty() {
        let _ = write!(out, "<dc:source>{}</dc:source>", escaped(&about.sources.join("; ")));
    }
    let _ = write!(out, "<dc:creator><rdf:Seq><rdf:li>{SOFTWARE}</rdf:li></rdf:Seq></dc:creator>");
    out + "</rdf:Description></rdf:RDF>"
}

/// The same as an XMP packet.
pub(super) fn xmp(scene: &Scene) -> String {
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?><x:xmpmeta xmlns:x=\"adobe:ns:meta/\">{}</x:xmpmeta>\
         <?xpacket end=\"r\"?>",
        rdf(scene)
    )
}
