//! What a file is written in: by what stands in it, else by its name.

use super::archive;
use crate::{paper::Format, text::charset};

/// Bytes at the start of a text that are looked at: doctypes and preambles are shorter.
const LOOKED_AT: usize = 4_096;
/// Bytes within which a PDF's mark stands (ISO 32000, implementation note 13).
const PDF_MARK: usize = 1_024;

/// The format of a file; `None` where neither its content nor its name tells. Content goes before the name.
#[must_use]
pub fn format(name: &str, bytes: &[u8]) -> Option<Format> {
    let start = &bytes[..bytes.len().min(LOOKED_AT)];
    if start[..start.len().min(PDF_MARK)].windows(5).any(|window| window == b"%PDF-") {
        return Some(Format::Pdf);
    }
    if archive::is_zip(bytes) {
        return archive::unzipped(bytes, super::docx::DOCUMENT, Format::Docx).is_ok().then_some(Format::Docx);
    }
    if archive::is_gzip(bytes) || archive::is_tar(bytes) {
        return Some(Format::Tex);
    }
    let text = charset::decode(start).trim_start().to_lowercase();
    if text.contains('\0') {
        return None;
    }
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    let is_markup = text.starts_with('<');
    if is_markup && (text.contains("<html") || text.contains("ltx_")) {
        return Some(Format::Html);
    }
    if is_markup && ["<article", "<!doctype article", "<pmc-articleset"].iter().any(|tag| text.contains(tag)) {
        return Some(Format::Jats);
    }
    if [r"\documentclass", r"\documentstyle", r"\begin{document}"].iter().any(|command| text.contains(command)) {
        return Some(Format::Tex);
    }
    match ending.as_str() {
        "tex" | "ltx" | "latex" => Some(Format::Tex),
        "md" | "markdown" => Some(Format::Markdown),
        "html" | "htm" | "xhtml" => Some(Format::Html),
        "nxml" | "xml" => Some(Format::Jats),
        "txt" | "text" | "" => Some(Format::Plain),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_goes_before_the_name() {
        for (name, bytes, expected) in [
            ("a.pdf", &b"%PDF-1.7\n"[..], Some(Format::Pdf)),
            ("a.txt", b"\n%PDF-1.7\n", Some(Format::Pdf)),
            ("a.xml", b"<?xml version='1.0'?><!DOCTYPE article PUBLIC '-//NLM'><article>", Some(Format::Jats)),
            ("a", b"<pmc-articleset><article>", Some(Format::Jats)),
            ("a.xml", b"<!DOCTYPE html><html>", Some(Format::Html)),
            ("a", b"<article class='ltx_document'>", Some(Format::Html)),
            ("a.txt", b"% comment\n\\documentclass{article}", Some(Format::Tex)),
            ("part.tex", b"\\section{Milk}", Some(Format::Tex)),
            ("a.gz", b"\x1f\x8b\x08\0", Some(Format::Tex)),
            ("notes.MD", b"# Milk", Some(Format::Markdown)),
            ("notes.txt", b"Milk", Some(Format::Plain)),
            ("notes", b"Milk", Some(Format::Plain)),
            ("notes.txt", b"\0\x01\x02", None),
            ("a.docx", b"PK\x03\x04", None),
            ("a.png", b"\x89PNG", None),
        ] {
            assert_eq!(format(name, bytes), expected, "{name} {}", String::from_utf8_lossy(bytes));
        }
    }
}
