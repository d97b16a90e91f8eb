//! Bytes of a file to clean text.

use crate::diag::{Code, Locus, Problem};

/// The text of a file, with what had to be replaced told.
///
/// UTF-8, or UTF-16 with a byte-order mark; the mark is dropped and bytes that are no text become U+FFFD.
///
/// # Errors
/// `bad-report` for what is no text at all: nothing, zero bytes, the beginning of a known binary format.
pub(super) fn decode(name: &str, bytes: &[u8]) -> Result<(String, Vec<Problem>), Problem> {
    let bad = |message: &str| Problem::new(Code::BadReport, Locus::File(name.into()), message);
    let text = match bytes {
        [0xFF, 0xFE, rest @ ..] => Some(utf16(rest, u16::from_le_bytes)),
        [0xFE, 0xFF, rest @ ..] => Some(utf16(rest, u16::from_be_bytes)),
        _ => None,
    };
    if text.is_none()
        && let Some(kind) = binary(bytes)
    {
        let help = "save the article as text, Markdown or HTML";
        return Err(bad(&format!("the file is {kind}, not text")).help(help));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = text.or_else(|| declared(bytes));
    let is_decoded = text.is_some();
    let text = text.unwrap_or_else(|| String::from_utf8_lossy(bytes).into_owned());
    if text.trim().is_empty() {
        return Err(bad("the file is empty"));
    }
    let mut problems = Vec::new();
    if let Err(error) = std::str::from_utf8(bytes)
        && !is_decoded
    {
        let count = bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
        let times = if count == 1 { "once".to_owned() } else { format!("{count} times") };
        let message = format!(
            "the file is not UTF-8, first at byte {}: replaced by U+FFFD {times}",
            error.valid_up_to()
        );
        problems.push(bad(&message).help("save it again as UTF-8; the rest of it was read"));
    }
    Ok((text, problems))
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).map(|c| c.unwrap_or('\u{FFFD}')).collect()
}

/// The text of a page that is not UTF-8 and says near its top what it is.
///
/// Source: WHATWG, *HTML*, "prescan a byte stream to determine its encoding": the first 1,024 bytes.
fn declared(bytes: &[u8]) -> Option<String> {
    if std::str::from_utf8(bytes).is_ok() {
        return None;
    }
    let top = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_lowercase();
    let (_, label) = top.split_once("charset=")?;
    let label = label.trim_start_matches(['"', '\'', ' ']);
    let end = label.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:".contains(c))).unwrap_or(label.len());
    let encoding = encoding_rs::Encoding::for_label(&label.as_bytes()[..end])?;
    (encoding != encoding_rs::UTF_8).then(|| encoding.decode_without_bom_handling(bytes).0.into_owned())
}

/// What kind of binary file this is, if it is one.
fn binary(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: &[(&[u8], &str)] = &[
        (b"%PDF-", "a PDF"),
        (b"PK\x03\x04", "a ZIP archive or an office document"),
        (b"\x89PNG", "a PNG picture"),
        (b"\xFF\xD8\xFF", "a JPEG picture"),
        (b"\x1F\x8B", "a gzip archive"),
        (b"{\\rtf", "an RTF document"),
        (b"\xD0\xCF\x11\xE0", "an old office document"),
    ];
    let known = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, kind)| *kind);
    known.or_else(|| bytes.contains(&0).then_some("binary (it holds zero bytes)"))
}

/// The text with one kind of line end and without what cannot be seen.
///
/// Dropped: zero-width characters, marks and overrides of writing direction, soft hyphens, the byte-order mark and
/// control characters; those from U+0080 to U+009F are read as the Windows-1252 characters that they are left over from, as
/// browsers do (WHATWG, *HTML*, "numeric character reference end state"). Line and paragraph separators become line ends, other spaces and tabs a plain space.
pub(crate) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        // Most of most texts stays as it is, and is copied in one go.
        let plain = rest.bytes().take_while(|byte| matches!(byte, b'\n' | b' '..=b'~')).count();
        out.push_str(&rest[..plain]);
        let mut chars = rest[plain..].chars();
        let Some(c) = chars.next() else { return out };
        rest = chars.as_str();
        match c {
            '\r' if rest.starts_with('\n') => {}
            '\r' | '\n' | '\u{b}' | '\u{c}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}' => {}
            '\u{80}'..='\u{9f}' => {
                out.push_str(&encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[c as u8]).0);
            }
            c if c.is_whitespace() => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_16_is_read_by_its_mark() {
        let text = "Hama حماة";
        let mut le = vec![0xFF, 0xFE];
        le.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        let mut be = vec![0xFE, 0xFF];
        be.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
        assert_eq!(decode("a.txt", &le).unwrap(), (text.to_owned(), vec![]));
        assert_eq!(decode("a.txt", &be).unwrap(), (text.to_owned(), vec![]));
    }

    #[test]
    fn bytes_that_are_no_text_are_replaced_and_told() {
        let (text, problems) = decode("a.txt", b"Ham\xE9 and Hom\xE9s").unwrap();
        assert_eq!(text, "Ham\u{FFFD} and Hom\u{FFFD}s");
        assert_eq!(problems[0].message, "the file is not UTF-8, first at byte 3: replaced by U+FFFD 2 times");
    }

    #[test]
    fn a_page_may_declare_an_older_encoding() {
        let page = b"<html><meta charset=\"windows-1251\"><p>\xC3\xEE\xF0\xEE\xE4</p>";
        let (text, problems) = decode("a.html", page).unwrap();
        assert!(text.contains("<p>Город</p>"), "{text}");
        assert_eq!(problems, []);
    }

    #[test]
    fn what_is_no_text_at_all_is_told() {
        for (bytes, message) in [
            (&b""[..], "the file is empty"),
            (b" \n\t\n", "the file is empty"),
            (b"\xEF\xBB\xBF", "the file is empty"),
            (b"%PDF-1.7\n...", "the file is a PDF, not text"),
            (b"Hama\0fell", "the file is binary (it holds zero bytes), not text"),
        ] {
            assert_eq!(decode("a.txt", bytes).unwrap_err().message, message);
        }
    }

    #[test]
    fn what_cannot_be_seen_is_dropped() {
        assert_eq!(clean("Hama \u{96} all of it"), "Hama – all of it");
        assert_eq!(clean("Ha\u{200b}ma\r\nfell\rto\u{a0}\u{202e}rebels\u{7}"), "Hama\nfell\nto rebels");
    }
}
