//! Archives, unpacked in memory and bounded: gzip (RFC 1952), tar (POSIX ustar, with GNU and pax long names), ZIP (APPNOTE
//! 6.3). A name in an archive is only compared with others, never a path on a disk; one that leads out of the archive is a
//! sign of an attack, and nothing of that archive is read.

use super::ReadError;
use crate::paper::Format;
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};

/// Most bytes that anything is unpacked to; arXiv takes packages of 50 MB (info.arxiv.org/help/sizes.html).
pub(super) const LARGEST: usize = 64 << 20;
/// Most bytes unpacked for each packed one. Running text packs 3 to 5 times, plotted figures up to some 30; deflate itself
/// ends at 1,032.
const RATIO: usize = 200;
/// Bytes that are unpacked whatever the ratio.
const FLOOR: usize = 1 << 20;
/// Most entries that are looked at.
const MOST_ENTRIES: usize = 20_000;
/// A tar archive's unit.
const BLOCK: usize = 512;

pub(super) fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b, 8])
}

pub(super) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Whether the first block is a header of tar's.
pub(super) fn is_tar(bytes: &[u8]) -> bool {
    bytes.get(..BLOCK).is_some_and(has_checksum)
}

/// What a gzip file holds.
pub(super) fn gunzipped(bytes: &[u8], format: Format) -> Result<Vec<u8>, ReadError> {
    let cut = || malformed(format, "the gzip file is cut off");
    let flags = *bytes.get(3).ok_or_else(cut)?;
    let mut at = 10;
    if flags & 4 != 0 {
        let length = bytes.get(at..at + 2).ok_or_else(cut)?;
        at += 2 + usize::from(u16::from_le_bytes([length[0], length[1]]));
    }
    // A name, a comment.
    for flag in [8, 16] {
        if flags & flag != 0 {
            at += 1 + bytes.get(at..).and_then(|rest| rest.iter().position(|&b| b == 0)).ok_or_else(cut)?;
        }
    }
    at += if flags & 2 != 0 { 2 } else { 0 };
    inflated(bytes.get(at..).ok_or_else(cut)?, format)
}

fn inflated(packed: &[u8], format: Format) -> Result<Vec<u8>, ReadError> {
    let limit = LARGEST.min(packed.len().saturating_mul(RATIO).max(FLOOR));
    decompress_to_vec_with_limit(packed, limit).map_err(|error| match error.status {
        TINFLStatus::HasMoreOutput => ReadError::TooLarge { bytes: error.output.len(), limit },
        _ => malformed(format, "it is cut off or damaged"),
    })
}

/// The files of a tar archive by name, in order.
pub(super) fn untarred(bytes: &[u8], format: Format) -> Result<Vec<(String, &[u8])>, ReadError> {
    let mut files = Vec::new();
    let mut rest = bytes;
    let mut long_name: Option<String> = None;
    for _ in 0..MOST_ENTRIES {
        let Some((header, after)) = rest.split_at_checked(BLOCK).filter(|(header, _)| header.iter().any(|&b| b != 0))
        else {
            return Ok(files);
        };
        let size = octal(&header[124..136]).filter(|_| has_checksum(header));
        let size = size.ok_or_else(|| malformed(format, "the tar archive is damaged"))?;
        let content = after.get(..size).ok_or_else(|| malformed(format, "the tar archive is cut off"))?;
        rest = after.get(size.next_multiple_of(BLOCK)..).unwrap_or_default();
        match header[156] {
            b'L' => long_name = Some(text_of(content)),
            b'x' => long_name = pax_path(content).or(long_name),
            b'0' | 0 => {
                let name = long_name.take().unwrap_or_else(|| name_of(header));
                files
                    .push((inner(&name).ok_or_else(|| malformed(format, "a name leads out of the archive"))?, content));
            }
            // Folders, links, and what pax says of the whole archive.
            _ => long_name = None,
        }
    }
    Err(malformed(format, "the archive has too many entries"))
}

/// Whether a header's checksum is right: the sum of its bytes, the checksum's own taken as blanks.
fn has_checksum(header: &[u8]) -> bool {
    let sum = |at: usize, byte: u8| if (148..156).contains(&at) { usize::from(b' ') } else { usize::from(byte) };
    let total: usize = header.iter().enumerate().map(|(at, &byte)| sum(at, byte)).sum();
    octal(&header[148..156]) == Some(total)
}

fn octal(field: &[u8]) -> Option<usize> {
    let text = std::str::from_utf8(field).ok()?.trim_matches(['\0', ' ']);
    usize::from_str_radix(text, 8).ok()
}

/// Text up to the first zero.
fn text_of(field: &[u8]) -> String {
    String::from_utf8_lossy(field.split(|&b| b == 0).next().unwrap_or_default()).into_owned()
}

fn name_of(header: &[u8]) -> String {
    let (name, prefix) = (text_of(&header[..100]), text_of(&header[345..500]));
    if header[257..].starts_with(b"ustar\0") && !prefix.is_empty() { format!("{prefix}/{name}") } else { name }
}

/// "27 path=folder/name.tex\n", a record of pax.
fn pax_path(records: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(records);
    text.lines().find_map(|line| line.split_once(" path=").map(|(_, path)| path.to_owned()))
}

/// A name within the archive; `None` for one that leads out of it.
fn inner(name: &str) -> Option<String> {
    let name = name.replace('\\', "/");
    let leads_out = name.starts_with('/') || name.contains(':') || name.split('/').any(|part| part == "..");
    let parts: Vec<&str> = name.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    (!leads_out).then(|| parts.join("/"))
}

/// A file of a ZIP archive, by its name.
pub(super) fn unzipped(bytes: &[u8], wanted: &str, format: Format) -> Result<Vec<u8>, ReadError> {
    let damaged = || malformed(format, "the ZIP archive is cut off or damaged");
    // The end record is 22 bytes and a comment of at most 65,535.
    let from = bytes.len().saturating_sub(22 + 65_535);
    let end = bytes[from..].windows(4).rposition(|window| window == b"PK\x05\x06").ok_or_else(damaged)? + from;
    let entries = usize::from(u16_at(bytes, end + 10).ok_or_else(damaged)?);
    let mut at = u32_at(bytes, end + 16).ok_or_else(damaged)?;
    let mut found = None;
    for _ in 0..entries.min(MOST_ENTRIES) {
        if bytes.get(at..at + 4) != Some(b"PK\x01\x02") {
            return Err(damaged());
        }
        let lengths = [28, 30, 32].map(|field| u16_at(bytes, at + field).map(usize::from));
        let [Some(name), Some(extra), Some(comment)] = lengths else { return Err(damaged()) };
        let name_bytes = bytes.get(at + 46..at + 46 + name).ok_or_else(damaged)?;
        let name_text = inner(&String::from_utf8_lossy(name_bytes))
            .ok_or_else(|| malformed(format, "a name leads out of the archive"))?;
        if name_text == wanted {
            found = Some(at);
        }
        at += 46 + name + extra + comment;
    }
    let entry = found.ok_or_else(|| malformed(format, &format!("the archive holds no {wanted}")))?;
    let field = |at| u16_at(bytes, entry + at).ok_or_else(damaged);
    let (flags, method) = (field(8)?, field(10)?);
    if flags & 1 != 0 {
        return Err(malformed(format, "it is encrypted"));
    }
    let packed = u32_at(bytes, entry + 20).ok_or_else(damaged)?;
    let local = u32_at(bytes, entry + 42).ok_or_else(damaged)?;
    let [name, extra] = [26, 28].map(|field| u16_at(bytes, local.saturating_add(field)).map(usize::from));
    let start = local.saturating_add(30 + name.ok_or_else(damaged)? + extra.ok_or_else(damaged)?);
    let content = bytes.get(start..start.saturating_add(packed)).ok_or_else(damaged)?;
    match method {
        0 => Ok(content.to_vec()),
        8 => inflated(content, format),
        _ => Err(malformed(format, "it is packed in a way that is not read")),
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes([bytes[0], bytes[1]]))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<usize> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    usize::try_from(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])).ok()
}

fn malformed(format: Format, reason: &str) -> ReadError {
    ReadError::Malformed { format, reason: reason.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_within_the_archive() {
        for (name, expected) in [
            ("./a/b.tex", Some("a/b.tex")),
            ("a//b.tex", Some("a/b.tex")),
            ("../b.tex", None),
            ("a/../../b.tex", None),
            ("/etc/passwd", None),
            ("C:\\b.tex", None),
            ("a\\..\\b.tex", None),
        ] {
            assert_eq!(inner(name).as_deref(), expected, "{name}");
        }
    }
}
