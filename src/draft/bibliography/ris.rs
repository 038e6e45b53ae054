//! RIS: lines of a two-letter tag, two spaces, a hyphen and a value; `ER` ends a work.

use super::{Entry, author, year};
use crate::{paper::identifier, text::normalize};

/// The works of a file, in order.
pub(super) fn entries(text: &str) -> Vec<Entry> {
    let mut found = Vec::new();
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in text.lines().chain(["ER  -"]) {
        let line = line.trim_end();
        match tagged(line) {
            Some(("ER", _)) => {
                found.extend(Some(entry(&fields)).filter(|entry| !entry.title.is_empty() || entry.doi.is_some()));
                fields.clear();
            }
            Some((tag, value)) => fields.push((tag.to_owned(), value.to_owned())),
            // A value goes on in the next line.
            None => {
                if let Some((_, value)) = fields.last_mut().filter(|_| !line.trim().is_empty()) {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            }
        }
    }
    found
}

/// "AU  - Ito, H." as its tag and its value.
fn tagged(line: &str) -> Option<(&str, &str)> {
    let tag = line.get(..2).filter(|tag| tag.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()))?;
    let value = line[2..].trim_start().strip_prefix('-')?;
    (line.as_bytes().get(2) == Some(&b' ')).then(|| (tag, value.trim()))
}

fn entry(fields: &[(String, String)]) -> Entry {
    let of = |tags: &[&str]| {
        tags.iter()
            .find_map(|tag| fields.iter().find(|(known, value)| known == tag && !value.is_empty()))
            .map(|(_, value)| value.as_str())
    };
    let authors = fields.iter().filter(|(tag, _)| matches!(tag.as_str(), "AU" | "A1"));
    let editors = fields.iter().filter(|(tag, _)| matches!(tag.as_str(), "ED" | "A2"));
    let people: Vec<_> = authors.filter_map(|(_, name)| author(name)).collect();
    let mut entry = Entry {
        key: of(&["ID", "LB"]).unwrap_or_default().to_owned(),
        title: normalize(of(&["TI", "T1", "CT"]).unwrap_or_default()),
        authors: if people.is_empty() { editors.filter_map(|(_, name)| author(name)).collect() } else { people },
        year: of(&["PY", "Y1", "DA"]).and_then(year),
        // PubMed's exports have it as the accession number.
        pmid: of(&["AN", "C2"]).map(|id| id.trim_start_matches("PMID:").trim().to_owned()).filter(|id| is_pmid(id)),
        container: of(&["JO", "JF", "T2", "JA", "BT", "J2"]).map(normalize),
        arxiv_id: of(&["M1", "C7"]).filter(|id| id.to_lowercase().starts_with("arxiv:")).and_then(identifier::arxiv_id),
        ..Entry::default()
    };
    entry.set_identifiers(of(&["DO", "M3"]), of(&["UR", "L2", "L1", "LK"]));
    entry
}

/// PubMed ids have up to eight digits.
fn is_pmid(text: &str) -> bool {
    (1..=8).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn works_are_read() {
        let read = entries(
            "TY  - JOUR\r\nAU  - van der Lint, Maaike\r\nAU  - Ito, H.\r\nTI  - Gears of\r\nthe sea\r\nPY  - 2020/05/01/\r\nJO  - Journal\r\nDO  - 10.5555/A\r\nAN  - 123\r\nER  - \r\n\r\nTY  - CHAP\r\nED  - Berg, O\r\nT1  - Cogs\r\nUR  - https://arxiv.org/abs/2004.14974v1\r\n",
        );
        assert_eq!(read.len(), 2);
        assert_eq!(
            (read[0].title.as_str(), read[0].year, read[0].doi.as_deref()),
            ("Gears of the sea", Some(2020), Some("10.5555/a"))
        );
        assert_eq!((read[0].authors[0].family.as_str(), read[0].pmid.as_deref()), ("van der Lint", Some("123")));
        assert_eq!((read[1].authors[0].family.as_str(), read[1].arxiv_id.as_deref()), ("Berg", Some("2004.14974")));
    }
}
