//! Identifiers of works: DOIs, arXiv ids, web addresses. Whatever a source sends is reduced to one form or refused.

use crate::text::{normalize, unescape};
use std::fmt::Write as _;

/// Registrant prefix of arXiv's DOIs, which DataCite holds.
const ARXIV_DOI: &str = "10.48550/arxiv.";
/// Longest identifier that is taken for one, in bytes.
const MAX_BYTES: usize = 300;

/// A bare DOI, lower case, from a DOI, a `doi:` name or a doi.org address, with entities, escapes, other dashes, a final
/// stop and an address's query taken off; `None` where it is none. An arXiv DOI loses its version.
#[must_use]
pub fn doi(text: &str) -> Option<String> {
    // Some sources escape their escapes.
    let unescaped = unescape(&unescape(text)).replace("\\_", "_");
    let mut bare = normalize(&unescaped).to_lowercase();
    let dash = |c: char| if matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}') { '-' } else { c };
    bare = bare.chars().map(dash).collect();
    let is_address = bare.starts_with("http") || bare.contains("doi.org/");
    for prefix in [
        "<",
        "(",
        "[",
        "“",
        "\"",
        "url:",
        "https://",
        "http://",
        "www.",
        "dx.doi.org/",
        "doi.org/",
        "info:doi/",
        "doi:",
        "doi ",
        "https://doi.org/",
    ] {
        bare = bare.strip_prefix(prefix).map_or(bare.clone(), |rest| rest.trim_start().to_owned());
    }
    if is_address {
        bare = percent_decoded(&bare);
    }
    // No DOI of a paper has a query, and "?" only as an address's.
    if let Some(query) = bare.find(['?', '#']).filter(|_| is_address || bare.contains("?utm_")) {
        bare.truncate(query);
    }
    let bare = without_closers(&bare).to_owned();
    let (registrant, suffix) = bare.strip_prefix("10.")?.split_once('/')?;
    let plausible = registrant.len() >= 4
        && registrant.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && !suffix.is_empty()
        && bare.len() <= MAX_BYTES
        && !bare.chars().any(|c| c.is_whitespace() || c.is_control());
    match arxiv_of_doi(&bare) {
        Some(id) => Some(format!("{ARXIV_DOI}{}", id.to_lowercase())),
        None => plausible.then_some(bare),
    }
}

/// Without the punctuation of the sentence or the address that a DOI stood in: a stop, a quotation mark, a bracket that
/// nothing opened.
fn without_closers(doi: &str) -> &str {
    let mut bare = doi;
    while let Some(last) = bare.chars().next_back() {
        let opener = match last {
            '.' | ',' | ';' | ':' | '"' | '\'' | '”' | '’' | '/' => None,
            ')' => Some('('),
            ']' => Some('['),
            '}' => Some('{'),
            '>' => Some('<'),
            _ => return bare,
        };
        if opener.is_some_and(|opener| bare.matches(opener).count() >= bare.matches(last).count()) {
            return bare;
        }
        bare = &bare[..bare.len() - last.len_utf8()];
    }
    bare
}

/// Text with `%3C` and the like decoded; as it is where that gives no text.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let hex = after.get(..2).filter(|_| byte == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(decoded) => {
                bytes.push(decoded);
                rest = &after[2..];
            }
            None => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// The arXiv id of an arXiv DOI (lower case, bare), e.g. `2401.00001` of `10.48550/arxiv.2401.00001`.
#[must_use]
pub fn arxiv_of_doi(doi: &str) -> Option<String> {
    bare_arxiv_id(doi.strip_prefix(ARXIV_DOI)?)
}

/// An arXiv id without version from an id, an `arXiv:` name, an arXiv DOI or an arxiv.org address; `None` where it is
/// none. Ids from before April 2007 lose their subject class: `math.GT/0309136` is `math/0309136`
/// (info.arxiv.org/help/arxiv_identifier.html).
#[must_use]
pub fn arxiv_id(text: &str) -> Option<String> {
    // "arXiv:2004.14974 [cs.CL]" and "2004.14974."
    let unescaped = unescape(text);
    let lower = unescaped.trim().to_ascii_lowercase();
    // "arXiv preprint arXiv:2004.14974", "arXiv: 2004.14974", "oai:arXiv.org:2004.14974"
    let named = ["arxiv preprint ", "oai:arxiv.org:", "arxiv: "]
        .iter()
        .fold(lower.as_str(), |id, name| id.strip_prefix(name).unwrap_or(id));
    let lower = named.split_whitespace().next()?.trim_end_matches(['.', ',', ';', ')', '/']);
    if let Some(id) = arxiv_of_doi(lower) {
        return Some(id);
    }
    let address = ["https://", "http://"].iter().find_map(|scheme| lower.strip_prefix(scheme));
    let address = address.or_else(|| Some(lower).filter(|lower| lower.starts_with("arxiv.org/")));
    let Some(address) = address else {
        return bare_arxiv_id(lower.strip_prefix("arxiv:").unwrap_or(lower));
    };
    let (host, path) = address.split_once('/')?;
    if host.ends_with("doi.org") {
        return arxiv_of_doi(path);
    }
    if host != "arxiv.org" && !host.ends_with(".arxiv.org") {
        return None;
    }
    let (_, id) = path.split_once('/').filter(|(kind, _)| matches!(*kind, "abs" | "pdf" | "html" | "src"))?;
    let id = id.split(['?', '#']).next()?;
    bare_arxiv_id(id.strip_suffix(".pdf").unwrap_or(id))
}

/// `PMC2917943`, an article in PubMed Central, from such an id, its number alone, or the article's address; `None` where it is
/// none.
#[must_use]
pub fn pmcid(text: &str) -> Option<String> {
    let lower = text.trim().to_ascii_lowercase();
    let id = match lower.split_once("/articles/") {
        Some((before, rest)) if before.contains("nih.gov") && before.contains("pmc") => rest.split('/').next()?,
        Some(_) => return None,
        None => lower.as_str(),
    };
    let digits = id.strip_prefix("pmc").unwrap_or(id);
    // A manuscript in several versions bears the number of one.
    let (digits, version) = digits.split_once('.').unwrap_or((digits, "1"));
    // Numbers have reached eight digits.
    let is_number = |text: &str| (1..=9).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    (is_number(digits) && is_number(version)).then(|| format!("PMC{digits}"))
}

/// Checks the shape of a lower-case id and drops its version and subject class.
fn bare_arxiv_id(id: &str) -> Option<String> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let id = match id.rsplit_once('v') {
        Some((id, version)) if digits(version) => id,
        _ => id,
    };
    if let Some((archive, number)) = id.split_once('/') {
        let archive = archive.split('.').next()?;
        let known = !archive.is_empty() && archive.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        return (known && number.len() == 7 && digits(number)).then(|| format!("{archive}/{number}"));
    }
    let (month, number) = id.split_once('.')?;
    (month.len() == 4 && matches!(number.len(), 4 | 5) && digits(month) && digits(number)).then(|| id.to_owned())
}

/// True for the DOI of a preprint server or a self-archive: the work may also have a DOI of its publication.
#[must_use]
pub fn is_preprint_doi(doi: &str) -> bool {
    // arXiv, Research Square, SSRN, OSF (PsyArXiv, SocArXiv), Preprints.org, ChemRxiv, TechRxiv, Authorea, Zenodo,
    // openRxiv since 2025; prefixes as registered with Crossref and DataCite.
    const REGISTRANTS: [&str; 11] = [
        "10.48550/",
        "10.21203/",
        "10.2139/",
        "10.31234/",
        "10.31235/",
        "10.20944/",
        "10.26434/",
        "10.36227/",
        "10.22541/",
        "10.5281/",
        "10.64898/",
    ];
    // bioRxiv and medRxiv share 10.1101 with the journals of their press; theirs are numbers, the journals' are words.
    let biorxiv = doi.strip_prefix("10.1101/").is_some_and(|suffix| suffix.starts_with(|c: char| c.is_ascii_digit()));
    biorxiv || REGISTRANTS.iter().any(|prefix| doi.starts_with(prefix))
}

/// Names that sources give to a place where manuscripts are kept, not published.
#[must_use]
pub fn is_repository(venue: &str) -> bool {
    let venue = venue.to_lowercase();
    ["arxiv", "corr", "biorxiv", "medrxiv", "ssrn", "zenodo", "research square", "openreview", "hal"]
        .iter()
        .any(|name| venue == *name || venue.starts_with(&format!("{name} ")) || venue.starts_with(&format!("{name}.")))
}

/// A web address that is safe to link to: `https`, or `http` where the host is not known to answer to `https`;
/// `None` for anything else, such as `javascript:`.
#[must_use]
pub fn web_address(text: &str) -> Option<String> {
    let text = text.trim();
    let (scheme, rest) = text.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?.to_ascii_lowercase();
    let safe = !host.is_empty()
        && host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':'))
        && text.len() <= 2_000
        && !text
            .chars()
            .any(|c| c.is_whitespace() || c.is_control() || matches!(c, '"' | '\'' | '<' | '>' | '\\' | '`'));
    let upgraded = ["doi.org", "arxiv.org", "openalex.org", "semanticscholar.org"]
        .iter()
        .any(|known| host == *known || host.ends_with(&format!(".{known}")));
    match scheme.to_ascii_lowercase().as_str() {
        "https" if safe => Some(format!("https://{rest}")),
        "http" if safe && upgraded => Some(format!("https://{rest}")),
        "http" if safe => Some(format!("http://{rest}")),
        _ => None,
    }
}

/// The address that a DOI resolves at.
#[must_use]
pub fn doi_address(doi: &str) -> String {
    format!("https://doi.org/{}", percent_encoded(doi, "/:;().,@!*"))
}

/// The abstract page of an arXiv id.
#[must_use]
pub fn arxiv_address(id: &str) -> String {
    format!("https://arxiv.org/abs/{id}")
}

/// Percent-encodes everything but unreserved characters (RFC 3986 §2.3) and those in `keep`.
#[must_use]
pub fn percent_encoded(text: &str, keep: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        let c = char::from(byte);
        if byte.is_ascii_alphanumeric() || "-._~".contains(c) || keep.contains(c) {
            encoded.push(c);
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_doi_has_one_form() {
        for text in
            ["10.1000/ABC.1", "https://doi.org/10.1000/abc.1", "http://dx.doi.org/10.1000/Abc.1", "doi: 10.1000/abc.1 "]
        {
            assert_eq!(doi(text).as_deref(), Some("10.1000/abc.1"), "{text}");
        }
        const SICI: &str = "10.1002/(sici)1234-5678(1999)12:3<45::aid-abc67>3.0.co;2-x";
        for text in [
            SICI,
            "10.1002/(SICI)1234-5678(1999)12:3&lt;45::AID-ABC67&gt;3.0.CO;2-X",
            "10.1002/(SICI)1234-5678(1999)12:3&amp;lt;45::AID-ABC67&amp;gt;3.0.CO;2-X",
            "https://doi.org/10.1002/(SICI)1234-5678(1999)12:3%3C45::AID-ABC67%3E3.0.CO;2-X",
            "https://doi.org/10.1002/(sici)1234-5678(1999)12:3<45::aid-abc67>3.0.co;2-x?utm_source=x#y",
        ] {
            assert_eq!(doi(text).as_deref(), Some(SICI), "{text}");
        }
        for text in [
            "10.1000/abc.1.",
            "10.1000/abc.1,",
            "(10.1000/abc.1)",
            "DOI 10.1000/abc.1",
            "[10.1000/abc.1]",
            "“10.1000/abc.1”",
            "info:doi/10.1000/abc.1",
            "doi:https://doi.org/10.1000/abc.1",
            "10.1000/abc.1\u{200b}",
            "https://www.doi.org/10.1000/abc.1/",
        ] {
            assert_eq!(doi(text).as_deref(), Some("10.1000/abc.1"), "{text}");
        }
        assert_eq!(doi("10.1000/a\u{2013}b").as_deref(), Some("10.1000/a-b"));
        assert_eq!(doi(r"10.1000/a\_b").as_deref(), Some("10.1000/a_b"));
        assert_eq!(doi("10.48550/arXiv.2401.00001v3").as_deref(), Some("10.48550/arxiv.2401.00001"));
        for text in
            ["", "10.1000", "10.1000/", "11.1000/x", "10.ab/x", "10.1000/a b", "https://evil.test/10.1000/x", "10.é/x"]
        {
            assert_eq!(doi(text), None, "{text}");
        }
    }

    #[test]
    fn an_arxiv_id_has_one_form() {
        for (text, id) in [
            ("2004.14974", "2004.14974"),
            ("arXiv:2004.14974v2", "2004.14974"),
            ("http://arxiv.org/abs/0704.0001v1", "0704.0001"),
            ("https://arxiv.org/pdf/2004.14974.pdf", "2004.14974"),
            ("https://export.arxiv.org/html/2004.14974v12?x=y", "2004.14974"),
            ("https://doi.org/10.48550/arXiv.2004.14974", "2004.14974"),
            ("10.48550/arxiv.hep-th/9901001", "hep-th/9901001"),
            ("https://arxiv.org/abs/math.GT/0309136v1", "math/0309136"),
            ("quant-ph/0201082v1", "quant-ph/0201082"),
            ("arXiv:2004.14974v1 [cs.CL]", "2004.14974"),
            ("2004.14974.", "2004.14974"),
            ("arXiv: 2004.14974", "2004.14974"),
            ("arXiv preprint arXiv:2004.14974", "2004.14974"),
            ("oai:arXiv.org:2004.14974", "2004.14974"),
            ("arxiv.org/abs/2004.14974v2/", "2004.14974"),
        ] {
            assert_eq!(arxiv_id(text).as_deref(), Some(id), "{text}");
        }
        for text in [
            "",
            "abc",
            "20.1",
            "2004.149741",
            "é004.14974",
            "https://notarxiv.org/abs/2004.14974",
            "/1234567",
            "v1",
            "https://arxiv.org/list/2004.14974",
            "https://arxiv.org/abs/",
            "javascript:2004.14974",
        ] {
            assert_eq!(arxiv_id(text), None, "{text}");
        }
    }

    #[test]
    fn only_web_addresses_are_linked_to() {
        assert_eq!(web_address("http://arxiv.org/abs/1").as_deref(), Some("https://arxiv.org/abs/1"));
        assert_eq!(web_address("HTTPS://example.org/a?b=c").as_deref(), Some("https://example.org/a?b=c"));
        assert_eq!(web_address("http://example.org/a").as_deref(), Some("http://example.org/a"));
        for text in [
            "javascript:alert(1)",
            "javascript://example.org/%0aalert(1)",
            "data:text/html,x",
            "//example.org",
            "example.org",
            "https://",
            "https://user@example.org/",
            "https://a.b/\"onclick",
            "https://a b/",
            "https:///x",
            "ftp://a.b/",
        ] {
            assert_eq!(web_address(text), None, "{text}");
        }
    }

    #[test]
    fn a_doi_address_is_encoded() {
        assert_eq!(
            doi_address("10.1002/(sici)1097-461x(1998)66:4<261::aid-qua1>3.0.co;2-t"),
            "https://doi.org/10.1002/(sici)1097-461x(1998)66:4%3C261::aid-qua1%3E3.0.co;2-t"
        );
    }

    #[test]
    fn preprint_dois_are_known() {
        assert!(is_preprint_doi("10.48550/arxiv.2401.00001"));
        assert!(is_preprint_doi("10.1101/055319"));
        assert!(!is_preprint_doi("10.1101/gr.123"));
        assert!(!is_preprint_doi("10.1038/ng1946"));
        assert!(is_repository("arXiv (Cornell University)") && is_repository("arXiv.org") && is_repository("CoRR"));
        assert!(!is_repository("Correspondence") && !is_repository("Halbert's Journal"));
    }

    #[test]
    fn pmcids_are_taken_in_every_form_they_come_in() {
        for text in [
            "PMC2917943",
            " pmc2917943 ",
            "2917943",
            "PMC2917943.1",
            "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC2917943/",
        ] {
            assert_eq!(pmcid(text).as_deref(), Some("PMC2917943"), "{text}");
        }
        for text in ["", "PMC", "PMC.1", "PMC1.x", "PMC1234567890", "https://example.org/articles/PMC1/"] {
            assert_eq!(pmcid(text), None, "{text}");
        }
    }
}
