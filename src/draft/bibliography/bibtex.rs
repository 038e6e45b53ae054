//! BibTeX and BibLaTeX.
//!
//! Why not the crate `biblatex` (0.12): it refuses a whole file for one entry that is cut off, one abbreviation that the file
//! does not define or one key that stands twice, all of which TeX itself passes over with a warning; and it unwraps numbers
//! of dates that are too long, which ends a WebAssembly instance.

use super::{Author, Entry, author, year};
use crate::{
    paper::identifier,
    text::{normalize, without_tex},
};
use std::collections::BTreeMap;

/// Fields of one entry by name, in lower case, values as written but for their outer braces.
type Fields = BTreeMap<String, String>;

/// Months that BibTeX's styles define.
const MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Longest value, in bytes: one that does not close must not swallow the file.
const LONGEST: usize = 20_000;
/// Longest key, in bytes.
const LONGEST_KEY: usize = 400;

/// The entries of a file, in order; one whose key stands already is left out, as BibTeX does.
pub(super) fn entries(text: &str) -> Vec<Entry> {
    let mut strings: BTreeMap<String, String> = BTreeMap::new();
    let mut read: Vec<(String, Fields)> = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find('@') {
        let start = at + found;
        let mut scanner = Scanner { text, at: start + 1 };
        at = start + 1;
        let kind = scanner.word().to_ascii_lowercase();
        if kind == "comment" {
            scanner.skip();
            at = scanner.at + group(scanner.rest()).unwrap_or(0);
            continue;
        }
        if kind.is_empty() || kind == "preamble" || !scanner.takes(&['{', '(']) {
            continue;
        }
        if kind == "string" {
            strings.extend(scanner.fields(&strings));
        } else {
            let key = scanner.key();
            let fields = scanner.fields(&strings);
            if !fields.is_empty() {
                read.push((key, fields));
            }
        }
        at = scanner.at.max(at);
    }
    let mut known = std::collections::BTreeSet::new();
    let parents: BTreeMap<&str, &Fields> = read.iter().map(|(key, fields)| (key.as_str(), fields)).collect();
    let own = read.iter().filter(|(key, _)| known.insert(key.as_str()));
    own.map(|(key, fields)| {
        entry(key, fields, fields.get("crossref").and_then(|parent| parents.get(parent.as_str())).copied())
    })
    .collect()
}

fn entry(key: &str, fields: &Fields, parent: Option<&Fields>) -> Entry {
    let own = |names: &[&str]| names.iter().find_map(|name| fields.get(*name)).filter(|value| !value.trim().is_empty());
    let inherited = |names: &[&str]| own(names).or_else(|| names.iter().find_map(|name| parent?.get(*name)));
    let people = own(&["author"]).or_else(|| inherited(&["editor"])).map(|value| people(value)).unwrap_or_default();
    let mut title = own(&["title"]).map(|title| plain(title)).unwrap_or_default();
    if let Some(subtitle) = own(&["subtitle"]) {
        title = format!("{title}: {}", plain(subtitle));
    }
    let container = inherited(&["journaltitle", "journal", "booktitle", "maintitle"]).or_else(|| parent?.get("title"));
    let is_arxiv = own(&["archiveprefix", "eprinttype"]).is_none_or(|kind| kind.eq_ignore_ascii_case("arxiv"));
    let is_pubmed = own(&["eprinttype"]).is_some_and(|kind| kind.eq_ignore_ascii_case("pubmed"));
    let eprint = own(&["eprint"]);
    let mut entry = Entry {
        key: key.to_owned(),
        title,
        more_authors: people.iter().any(|author| author.family == "others"),
        authors: people.into_iter().filter(|author| author.family != "others").collect(),
        year: inherited(&["date", "year", "issued"]).and_then(|date| year(date)),
        arxiv_id: eprint.filter(|_| is_arxiv).and_then(|id| identifier::arxiv_id(id)),
        pmid: own(&["pmid"]).or_else(|| eprint.filter(|_| is_pubmed)).map(|id| digits(id)).filter(|id| !id.is_empty()),
        container: container.map(|container| plain(container)).filter(|container| !container.is_empty()),
        ..Entry::default()
    };
    let url = own(&["url", "howpublished"])
        .map(|url| url.trim_start_matches("\\url").trim_matches(['{', '}', ' ']).to_owned());
    entry.set_identifiers(own(&["doi"]).map(String::as_str), url.as_deref());
    entry
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// TeX as plain text: the braces that keep capitals go.
fn plain(tex: &str) -> String {
    normalize(&without_tex(tex).replace(['{', '}'], "").replace("ı\u{301}", "í").replace("--", "–"))
}

/// Names between "and"; braces keep a body's name together.
fn people(value: &str) -> Vec<Author> {
    split_and(value).into_iter().filter_map(person).collect()
}

fn person(name: &str) -> Option<Author> {
    let name = name.trim();
    if name.starts_with('{') && name.ends_with('}') && !name[1..name.len() - 1].contains(['{', '}']) {
        return super::named(&plain(name), "");
    }
    // BibLaTeX's extended format: "family=Berg, given=Ole, prefix=van".
    if name.contains("family") && name.contains('=') {
        let part = |wanted: &str| {
            let parts = name.split(',').filter_map(|part| part.split_once('='));
            parts.filter(|(label, _)| label.trim() == wanted).map(|(_, value)| plain(value)).next().unwrap_or_default()
        };
        let family = [part("prefix"), part("family")].join(" ");
        return super::named(family.trim(), &part("given"));
    }
    author(&plain(name))
}

/// The parts between " and " outside braces.
fn split_and(value: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut from) = (0_usize, 0);
    for (at, c) in value.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            c if c.is_whitespace() && depth == 0 && at >= from => {
                let rest = value[at..].trim_start();
                let word = rest.get(..3).is_some_and(|word| word.eq_ignore_ascii_case("and"));
                if word && rest[3..].starts_with(char::is_whitespace) {
                    parts.push(&value[from..at]);
                    from = value.len() - rest.len() + 3;
                }
            }
            _ => {}
        }
    }
    parts.push(&value[from.min(value.len())..]);
    parts
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Past white space and comments to the end of the line.
    fn skip(&mut self) {
        loop {
            self.at = self.text.len() - self.rest().trim_start().len();
            if !self.rest().starts_with('%') {
                return;
            }
            self.at += self.rest().find('\n').unwrap_or(self.rest().len());
        }
    }

    fn word(&mut self) -> &'a str {
        self.skip();
        let rest = self.rest();
        let end = rest
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | ':' | '.' | '+' | '/')))
            .unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn takes(&mut self, any: &[char]) -> bool {
        self.skip();
        let c = self.rest().chars().next().filter(|c| any.contains(c));
        self.at += c.map_or(0, char::len_utf8);
        c.is_some()
    }

    /// The key of an entry and the comma behind it.
    fn key(&mut self) -> String {
        self.skip();
        let rest = &self.rest()[..self.rest().floor_char_boundary(LONGEST_KEY)];
        let end = rest.find([',', '}', '\n', '=']).unwrap_or(rest.len());
        // Without a key: "@misc{title = …".
        if rest[end..].starts_with('=') {
            return String::new();
        }
        self.at += end;
        self.takes(&[',']);
        rest[..end].trim().to_owned()
    }

    /// `name = value` pairs up to the end of the entry, or to what is none.
    fn fields(&mut self, strings: &BTreeMap<String, String>) -> Fields {
        let mut fields = Fields::new();
        loop {
            self.skip();
            while self.takes(&[',']) {}
            if self.takes(&['}', ')']) {
                return fields;
            }
            let name = self.word().to_ascii_lowercase();
            if name.is_empty() || !self.takes(&['=']) {
                return fields;
            }
            let Some(value) = self.value(strings) else { return fields };
            fields.entry(name).or_insert(value);
        }
    }

    /// A value: parts in braces or quotation marks, numbers and abbreviations, joined by `#`.
    fn value(&mut self, strings: &BTreeMap<String, String>) -> Option<String> {
        let mut value = String::new();
        loop {
            self.skip();
            let rest = self.rest();
            if rest.starts_with(['{', '"']) {
                let length = group(rest)?;
                value.push_str(&rest[1..length - 1]);
                self.at += length;
            } else {
                let word = self.word();
                let lower = word.to_ascii_lowercase();
                if word.is_empty() {
                    return None;
                }
                match strings.get(&lower) {
                    Some(defined) => value.push_str(defined),
                    // What nobody defined is nothing; a month is its name.
                    None if word.bytes().all(|b| b.is_ascii_digit()) || MONTHS.contains(&lower.as_str()) => {
                        value.push_str(word)
                    }
                    None => {}
                }
            }
            if value.len() > LONGEST || !self.takes(&['#']) {
                return Some(value);
            }
        }
    }
}

/// The length of a value in braces or in quotation marks.
fn group(text: &str) -> Option<usize> {
    let quoted = text.starts_with('"');
    let mut depth = 0_usize;
    let mut escaped = false;
    for (at, b) in text.bytes().enumerate().take(LONGEST) {
        match b {
            _ if escaped => {
                escaped = false;
                continue;
            }
            b'\\' => escaped = true,
            b'{' => depth += 1,
            b'}' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 && !quoted {
                    return Some(at + 1);
                }
            }
            b'"' if quoted && depth == 0 && at > 0 => return Some(at + 1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_read() {
        let text = r#"@comment{no @article{no, title={No}}} @string(js = "Journal of " # {Gears}) % a comment
            @Article{ito:2020, author = {It{\^o}, Haruka and {World Gear Council} and others}, title = "The {DNA} of
            \emph{gears}", journal = js, year = 2020, doi = "https://doi.org/10.5555/ABC", month = may # "~5", }
            @inproceedings{b, title={Broken {value, year=2000}
            @inproceedings{ c , crossref = {p}, title={Cogs}, author={family=Berg, given=Ole, prefix=van and Kova{\v c}, Iva and Hallgr\'{\i}msson, B}}
            @proceedings{p, title={All Cogs}, date={2021-05/2021-06}}
            @misc{c, title={Twice}}
            @misc{d, eprint={2004.14974v2}, archivePrefix={arXiv}, title=undefined # "known", url={http://example.org/x}, pmid={PMID 12}}"#;
        let read = entries(text);
        let keys: Vec<&str> = read.iter().map(|entry| entry.key.as_str()).collect();
        assert_eq!(keys, ["ito:2020", "c", "p", "d"]);
        assert_eq!(read[0].title, "The DNA of gears");
        assert_eq!(read[0].container.as_deref(), Some("Journal of Gears"));
        assert_eq!(
            (read[0].year, read[0].doi.as_deref(), read[0].more_authors),
            (Some(2020), Some("10.5555/abc"), true)
        );
        let families = |at: usize| read[at].authors.iter().map(|author| author.family.as_str()).collect::<Vec<_>>();
        assert_eq!(families(0), ["Itô", "World Gear Council"]);
        assert_eq!(families(1), ["van Berg", "Kovač", "Hallgrímsson"]);
        assert_eq!((read[1].year, read[1].container.as_deref()), (Some(2021), Some("All Cogs")));
        assert_eq!(
            (read[3].title.as_str(), read[3].arxiv_id.as_deref(), read[3].pmid.as_deref()),
            ("known", Some("2004.14974"), Some("12"))
        );
    }
}
