//! From bytes to characters: UTF-8 and UTF-16 by their marks, else UTF-8, else Windows-1252, which is what HTML takes Latin-1
//! for (Encoding Standard, "windows-1252").

use std::borrow::Cow;
use web_atoms::C1_REPLACEMENTS;

/// Bytes of a text in which its encoding may be declared (HTML Living Standard, "prescan a byte stream").
const PRESCAN: usize = 1_024;

/// The characters of `bytes`. A byte-order mark decides and is no part of the text. Without one it is UTF-8 where it is
/// valid or has more characters beyond ASCII that are valid than bytes that are not (it was cut off, or a byte was lost;
/// each such is U+FFFD), else Windows-1252.
#[must_use]
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return String::from_utf8_lossy(rest);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return Cow::Owned(utf16(rest, u16::from_le_bytes));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return Cow::Owned(utf16(rest, u16::from_be_bytes));
    }
    let (mut valid, mut invalid) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        invalid += usize::from(!chunk.invalid().is_empty());
    }
    let was_cut = std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none());
    if invalid <= valid || was_cut {
        return String::from_utf8_lossy(bytes);
    }
    Cow::Owned(bytes.iter().map(|&byte| windows_1252(byte)).collect())
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

fn windows_1252(byte: u8) -> char {
    let replaced = usize::from(byte).checked_sub(0x80).and_then(|at| *C1_REPLACEMENTS.get(at)?);
    replaced.unwrap_or(char::from(byte))
}

/// The encoding that a text declares at its start and that [`decode`] does not know, where it is not valid UTF-8 all the
/// same: XML's `encoding="…"`, HTML's `charset=…`.
#[must_use]
pub fn unknown(bytes: &[u8]) -> Option<String> {
    const KNOWN: [&str; 8] = ["utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "latin1", "windows-1252", "utf-16"];
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(PRESCAN)]).to_ascii_lowercase();
    let (_, declared) = start.split_once("encoding=").or_else(|| start.split_once("charset="))?;
    let declared = declared.trim_start_matches(['"', '\'', ' ']);
    let end = declared.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:".contains(c)).unwrap_or(declared.len());
    let name = &declared[..end];
    (!name.is_empty() && !KNOWN.contains(&name) && std::str::from_utf8(bytes).is_err()).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_decide_then_what_is_valid() {
        for (bytes, expected) in [
            (&b"\xef\xbb\xbfMilk"[..], "Milk"),
            (b"\xff\xfeM\0\xe4\0", "Mä"),
            (b"\xfe\xff\0M\0\xe4", "Mä"),
            ("Käse – ½".as_bytes(), "Käse – ½"),
            (b"K\xe4se \x96 \xbd", "Käse – ½"),
            (b"K\xc3\xa4se, K\xc3\xa4se \xff", "Käse, Käse \u{fffd}"),
            (b"K\xc3", "K\u{fffd}"),
            (b"", ""),
        ] {
            assert_eq!(decode(bytes), expected);
        }
    }

    #[test]
    fn encodings_that_are_not_read_are_named() {
        assert_eq!(unknown(b"<?xml version='1.0' encoding='koi8-r'?><a>\xff\xfa</a>").as_deref(), Some("koi8-r"));
        assert_eq!(unknown(b"<meta charset=Shift_JIS>\x93\xfa").as_deref(), Some("shift_jis"));
        assert_eq!(unknown(b"<meta charset=shift_jis>ascii alone"), None);
        assert_eq!(unknown(b"<?xml encoding=\"ISO-8859-1\"?>\xe4"), None);
    }
}
