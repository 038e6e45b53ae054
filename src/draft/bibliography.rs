//! Lists of works: BibTeX and BibLaTeX, RIS, CSL-JSON, and the references that a draft prints.

mod bibtex;
mod csl;
mod printed;
mod ris;

pub(super) use printed::list;
pub(crate) use printed::{items, reference};

pub use crate::paper::{Author, Entry};

use crate::{
    paper::{Likeness, Titles, identifier, likeness, same_person},
    text::{normalize, unaccented},
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What a list of works is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum ListFormat {
    /// BibTeX or BibLaTeX (`.bib`).
    Bibtex,
    /// RIS, tagged lines (`.ris`).
    Ris,
    /// CSL-JSON, as Zotero, Pandoc and Crossref write it (`.json`).
    CslJson,
    /// References as a paper prints them: numbered, or by author and year.
    Printed,
}

/// The works of a list, in order. What cannot be read is passed over: one broken entry does not cost the others. Takes time
/// in proportion to the text and never panics.
#[must_use]
pub fn read(format: ListFormat, text: &str) -> Vec<Entry> {
    let text = text.trim_start_matches('\u{feff}');
    match format {
        ListFormat::Bibtex => bibtex::entries(text),
        ListFormat::Ris => ris::entries(text),
        ListFormat::CslJson => csl::entries(text),
        ListFormat::Printed => list(text),
    }
}

/// The works of a draft's own list completed by those of a file, then the file's others. A work of both, by DOI, arXiv id or
/// title, stands once, with what either knows of it.
#[must_use]
pub fn joined(list: &[Entry], library: &[Entry]) -> Vec<Entry> {
    let titles = Titles::of(library.iter().map(|entry| entry.title.as_str()));
    let mut bearers: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, entry) in library.iter().enumerate() {
        for identifier in entry.identifiers() {
            bearers.entry(identifier).or_default().push(at);
        }
    }
    let mut taken = vec![false; library.len()];
    let mut places: Vec<Option<usize>> = vec![None; list.len()];
    // The very title first: of "Gears, part 1" and "Gears, part 2" either is near the other.
    for (least, may_be) in
        [(Likeness::Same, Titles::may_be_same as fn(&Titles, &str) -> _), (Likeness::Near, Titles::may_be_near)]
    {
        for (entry, place) in list.iter().zip(&mut places).filter(|(_, place)| place.is_none()) {
            let mut candidates: BTreeSet<usize> = may_be(&titles, &entry.title);
            candidates.extend(entry.identifiers().filter_map(|identifier| bearers.get(identifier)).flatten());
            *place = candidates.into_iter().find(|&at| !taken[at] && entry.is_work(&library[at], least));
            if let Some(at) = *place {
                taken[at] = true;
            }
        }
    }
    let whole = |(entry, place): (&Entry, Option<usize>)| {
        place.map_or_else(|| entry.clone(), |at| entry.completed(&library[at]))
    };
    let mut all: Vec<Entry> = list.iter().zip(places).map(whole).collect();
    all.extend(library.iter().zip(taken).filter(|(_, taken)| !taken).map(|(entry, _)| entry.clone()));
    all
}

impl Entry {
    /// Whether it says enough of a work to look for it.
    pub(super) fn is_a_work(&self) -> bool {
        let named = !self.title.is_empty() && !self.authors.is_empty() && self.year.is_some();
        named || self.doi.is_some() || self.arxiv_id.is_some() || self.pmid.is_some()
    }

    /// Whether two entries are of one work: by DOI or arXiv id where both have one, else by title and year.
    #[must_use]
    pub fn is_same_work(&self, other: &Self) -> bool {
        self.is_work(other, Likeness::Near)
    }

    /// The same, with titles at least so like.
    fn is_work(&self, other: &Self, least: Likeness) -> bool {
        match (&self.doi, &other.doi, &self.arxiv_id, &other.arxiv_id) {
            (Some(a), Some(b), _, _) | (_, _, Some(a), Some(b)) if a == b => true,
            (Some(_), Some(_), _, _) => false,
            _ => {
                let is_titled = || likeness(&self.title, &other.title) >= least;
                !self.title.is_empty() && years_agree(self.year, other.year) && is_titled()
            }
        }
    }

    fn identifiers(&self) -> impl Iterator<Item = &str> {
        [&self.doi, &self.arxiv_id].into_iter().filter_map(|identifier| identifier.as_deref())
    }

    /// With what `other` knows more. Its own key stays where it has one.
    fn completed(&self, other: &Self) -> Self {
        let either = |a: &Option<String>, b: &Option<String>| a.clone().or_else(|| b.clone());
        Self {
            key: if self.key.is_empty() { other.key.clone() } else { self.key.clone() },
            number: self.number.or(other.number),
            title: other.title.clone(),
            authors: if other.authors.is_empty() { self.authors.clone() } else { other.authors.clone() },
            more_authors: if other.authors.is_empty() { self.more_authors } else { other.more_authors },
            year: self.year.or(other.year),
            letter: self.letter.or(other.letter),
            doi: either(&self.doi, &other.doi),
            arxiv_id: either(&self.arxiv_id, &other.arxiv_id),
            pmid: either(&self.pmid, &other.pmid),
            container: either(&other.container, &self.container),
            url: either(&self.url, &other.url),
        }
    }

    /// Whether a name as a citation gives it may be this author's: a family name, a body, or the letters that stand for one.
    pub(super) fn is_by(author: &Author, name: &str) -> bool {
        let folded = |text: &str| unaccented(text).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let capitals: String = author.family.chars().filter(|c| c.is_uppercase()).collect();
        let is_acronym = capitals.chars().count() > 1 && capitals == name;
        folded(&author.family) == folded(name) || is_acronym || same_person(&author.family, name)
    }

    fn set_identifiers(&mut self, doi: Option<&str>, url: Option<&str>) {
        self.doi = doi
            .and_then(identifier::doi)
            .or_else(|| url.and_then(identifier::doi).filter(|_| url.is_some_and(|url| url.contains("doi.org"))));
        self.url = url.and_then(identifier::web_address);
        let of_doi = self.doi.as_deref().and_then(identifier::arxiv_of_doi);
        let of_url = url.filter(|url| url.contains("arxiv.org")).and_then(identifier::arxiv_id);
        self.arxiv_id = self.arxiv_id.take().or(of_doi).or(of_url);
    }
}

/// Years that may be of one work: a preprint's and its print's.
pub(super) fn years_agree(a: Option<u16>, b: Option<u16>) -> bool {
    const APART: u16 = 2;
    match (a, b) {
        (Some(a), Some(b)) => a.abs_diff(b) <= APART,
        _ => true,
    }
}

/// The first year written in `text`.
fn year(text: &str) -> Option<u16> {
    let mut digits = text.split(|c: char| !c.is_ascii_digit());
    digits
        .find(|digits| digits.len() == 4 && (digits.starts_with('1') || digits.starts_with("20")))
        .and_then(|year| year.parse().ok())
}

/// A name as "Family, Given", "Family, Jr., Given" or "Given von Family".
fn author(name: &str) -> Option<Author> {
    let name = normalize(name);
    if let Some((family, given)) = name.split_once(',') {
        let given = given.rsplit(',').next().unwrap_or_default();
        return named(family.trim(), given.trim());
    }
    let words: Vec<&str> = name.split(' ').filter(|word| !word.is_empty()).collect();
    let particle = words.iter().skip(1).position(|word| word.starts_with(char::is_lowercase)).map(|at| at + 1);
    let family = particle.unwrap_or(words.len().saturating_sub(1));
    named(&words[family.min(words.len())..].join(" "), &words[..family.min(words.len())].join(" "))
}

fn named(family: &str, given: &str) -> Option<Author> {
    let family = if family.is_empty() { given } else { family };
    let given = if family == given { "" } else { given };
    family.contains(char::is_alphanumeric).then(|| Author { family: family.to_owned(), given: given.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FORMATS: [ListFormat; 4] = [ListFormat::Bibtex, ListFormat::Ris, ListFormat::CslJson, ListFormat::Printed];

    #[test]
    fn names_are_read_in_both_orders() {
        for (written, family, given) in [
            ("Ito, Haruka", "Ito", "Haruka"),
            ("Haruka Ito", "Ito", "Haruka"),
            ("Maaike van der Lint", "van der Lint", "Maaike"),
            ("Berg, Jr., Ole", "Berg", "Ole"),
            ("Consortium", "Consortium", ""),
        ] {
            assert_eq!(author(written), Some(Author { family: family.into(), given: given.into() }), "{written}");
        }
        assert_eq!(author(" , "), None);
    }

    #[test]
    fn a_work_of_both_lists_stands_once() {
        let entry = |key: &str, title: &str, doi: Option<&str>| Entry {
            key: key.into(),
            title: title.into(),
            doi: doi.map(str::to_owned),
            ..Entry::default()
        };
        let list = [Entry { number: Some(1), ..entry("", "Gears of the deep sea", None) }];
        let library =
            [entry("a", "Another work altogether", None), entry("b", "Gears of the Deep Sea", Some("10.5555/b"))];
        let all = joined(&list, &library);
        assert_eq!(all.len(), 2);
        assert_eq!((all[0].number, all[0].key.as_str(), all[0].doi.as_deref()), (Some(1), "b", Some("10.5555/b")));
    }

    #[test]
    fn long_lists_of_like_titles_are_joined_in_place() {
        let entry = |n: usize, title: &str| Entry { key: n.to_string(), title: title.into(), ..Entry::default() };
        let of = |n: usize| format!("The effect of gear {n} on the noise of clock {}", n * 7);
        let list: Vec<Entry> = (0..3_000).map(|n| entry(n, &of(n))).collect();
        let library: Vec<Entry> = list.iter().rev().cloned().collect();
        let list: Vec<Entry> = list.into_iter().map(|entry| Entry { key: String::new(), ..entry }).collect();
        let keys: Vec<String> = joined(&list, &library).into_iter().map(|entry| entry.key).collect();
        assert_eq!(keys, (0..list.len()).map(|n| n.to_string()).collect::<Vec<_>>());
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "(?s)(@[a-z]{1,4}\\{|[a-z]{1,3} ?=|[{}\"#,\\\\%\n\\[\\]]|TY  - |AU  - |ER  - |\\[?[0-9]{1,4}[\\].]? ?|[A-Z][a-z]{1,3}|[A-Z]\\. ?| and |doi:10\\.1000/|é|“|”){0,40}|.{0,80}") {
            for format in FORMATS {
                for entry in read(format, &text) {
                    prop_assert!(entry.authors.iter().all(|author| !author.family.is_empty()));
                }
            }
        }

        #[test]
        fn any_json_is_read(text in "\\[?(\\{\"(id|title|author|issued|DOI)\":(\"[a-z]{0,3}\"|[0-9]{1,3}|null|\\[\\[?1?\\]?\\]|\\{\\})\\},?){0,4}\\]?") {
            let _ = read(ListFormat::CslJson, &text);
        }
    }

    #[test]
    fn hostile_lists_take_linear_time() {
        for unit in [
            "@a{",
            "@a{b,",
            "{",
            "\"",
            "\\",
            "a = {",
            "TY  - a\n",
            "[1] A",
            "A, B. ",
            "1. ",
            "\\bibitem{a",
            "(2020)",
            "10.1000/",
            "and ",
        ] {
            let text = unit.repeat(40_000 / unit.len());
            for format in FORMATS {
                let _ = read(format, &text);
            }
        }
    }
}
