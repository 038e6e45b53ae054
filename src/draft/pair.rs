//! Which works a citing sentence cites: by key, by number, or by authors and year.

use super::{Draft, Problem, bibliography::Entry};
use crate::text::{Citation, Cited};
use serde::{Deserialize, Serialize};
use std::{cell::RefCell, collections::BTreeMap};

/// Points at a work: its index in the entries that [`pair`] was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EntryRef(pub usize);

/// What one work of a citation turned out to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Found {
    /// A work of the list.
    Entry(EntryRef),
    /// Why it is none.
    Problem(Problem),
}

/// A citing sentence and its works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citing {
    /// Index of the sentence in [`Draft::sentences`].
    pub sentence: usize,
    /// The works of each of its marks, in the order of [`Sentence::marks`](super::Sentence::marks).
    pub by_mark: Vec<Vec<Found>>,
}

impl Citing {
    /// Its works in the order cited, each once; never empty.
    #[must_use]
    pub fn entries(&self) -> Vec<Found> {
        each_once(self.by_mark.iter().flatten())
    }
}

/// Works in their order, each once.
pub(crate) fn each_once<'f>(works: impl Iterator<Item = &'f Found>) -> Vec<Found> {
    let mut once: Vec<Found> = Vec::new();
    for work in works {
        if !once.contains(work) {
            once.push(work.clone());
        }
    }
    once
}

/// The works of every citing sentence. `entries` are all works that may be meant: the draft's own list and the reader's file,
/// [`joined`](super::bibliography::joined).
#[must_use]
pub fn pair(draft: &Draft, entries: &[Entry]) -> Vec<Citing> {
    let index = Index::of(entries);
    let mut last: Vec<Found> = Vec::new();
    let mut citing = Vec::new();
    for (sentence, read) in draft.sentences.iter().enumerate().filter(|(_, read)| !read.marks.is_empty()) {
        let mut by_mark = Vec::new();
        for mark in &read.marks {
            let works = index.works(mark, &last);
            by_mark.push(works.clone());
            last = works;
        }
        citing.push(Citing { sentence, by_mark });
    }
    citing
}

/// The entries by what they are cited by.
struct Index<'a> {
    entries: &'a [Entry],
    keys: BTreeMap<&'a str, usize>,
    numbers: BTreeMap<u32, usize>,
    years: BTreeMap<u16, Vec<usize>>,
    /// What was found for the citations met: a draft names the same works again and again.
    met: RefCell<BTreeMap<Named<'a>, Found>>,
}

/// Names, whether others are left out, and the year of a citation.
type Named<'a> = (&'a [String], bool, &'a str);

impl<'a> Index<'a> {
    fn of(entries: &'a [Entry]) -> Self {
        let (keys, numbers, years) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let mut index = Self { entries, keys, numbers, years, met: RefCell::default() };
        for (at, entry) in entries.iter().enumerate() {
            if !entry.key.is_empty() {
                index.keys.entry(&entry.key).or_insert(at);
            }
            if let Some(number) = entry.number {
                index.numbers.entry(number).or_insert(at);
            }
            if let Some(year) = entry.year {
                index.years.entry(year).or_default().push(at);
            }
        }
        index
    }

    /// The works of one citation, where `last` are those of the citation before it.
    fn works(&self, mark: &'a Citation, last: &[Found]) -> Vec<Found> {
        let by = |at: Option<&usize>| at.map_or(Found::Problem(Problem::NotInList), |&at| Found::Entry(EntryRef(at)));
        let work = |work: &'a Cited| match work {
            Cited::Number(number) => by(self.numbers.get(number)),
            Cited::Key(key) => by(self.keys.get(key.as_str())),
            Cited::Named { names, others, year } => {
                let mut met = self.met.borrow_mut();
                met.entry((names, *others, year)).or_insert_with(|| self.named(names, *others, year)).clone()
            }
            Cited::Again => match last {
                [only] => only.clone(),
                _ => Found::Problem(Problem::NothingBefore),
            },
        };
        mark.works.iter().map(work).collect()
    }

    /// The work of these authors and this year. What stands before the names may be no name ("However, Ito and Berg"): the
    /// longest row of last names that fits decides.
    fn named(&self, names: &[String], others: bool, year: &str) -> Found {
        let fitting =
            (0..names.len()).map(|from| self.fitting(&names[from..], others, year)).find(|found| !found.is_empty());
        let Some(found) = fitting else { return Found::Problem(Problem::NotInList) };
        let first = found[0];
        // The same work may stand in the list twice.
        if found.iter().all(|&at| at == first || self.entries[at].is_same_work(&self.entries[first])) {
            return Found::Entry(EntryRef(first));
        }
        Found::Problem(Problem::SeveralMatch { entries: found.into_iter().map(EntryRef).collect() })
    }

    /// The entries that authors and year fit: with as many authors as the citation says where there are such, and with its
    /// letter where the list has letters.
    fn fitting(&self, names: &[String], others: bool, year: &str) -> Vec<usize> {
        let digits = year.get(..4).and_then(|digits| digits.parse::<u16>().ok());
        let letter = digits.and_then(|_| year.chars().nth(4));
        let all: Vec<usize> = match digits {
            Some(digits) => self.years.get(&digits).cloned().unwrap_or_default(),
            // "in press", "op. cit."
            None => (0..self.entries.len()).collect(),
        };
        let named: Vec<usize> = all.into_iter().filter(|&at| is_by(&self.entries[at], names)).collect();
        let exact: Vec<usize> =
            named.iter().copied().filter(|&at| counts_agree(&self.entries[at], names, others)).collect();
        let chosen = if exact.is_empty() { named } else { exact };
        let lettered = chosen.iter().any(|&at| self.entries[at].letter.is_some());
        match letter {
            Some(letter) if lettered => {
                chosen.into_iter().filter(|&at| self.entries[at].letter == Some(letter)).collect()
            }
            _ => chosen,
        }
    }
}

/// Whether the names are the entry's first authors, in their order; an entry that leaves authors out may have any more.
fn is_by(entry: &Entry, names: &[String]) -> bool {
    let known = names.iter().zip(&entry.authors).all(|(name, author)| Entry::is_by(author, name));
    !entry.authors.is_empty() && known && (names.len() <= entry.authors.len() || entry.more_authors)
}

/// Whether a citation that names these authors would be of an entry with as many.
fn counts_agree(entry: &Entry, names: &[String], others: bool) -> bool {
    let more = entry.more_authors || entry.authors.len() > names.len();
    more == others
}

#[cfg(test)]
mod tests {
    use super::super::{Author, Format, bibliography};
    use super::*;

    fn entry(key: &str, families: &[&str], year: u16) -> Entry {
        let authors = families.iter().map(|family| Author { family: (*family).into(), given: String::new() });
        Entry {
            key: key.into(),
            title: format!("{key}one {key}two {key}three"),
            authors: authors.collect(),
            year: Some(year),
            ..Entry::default()
        }
    }

    fn keys(text: &str, entries: &[Entry]) -> Vec<String> {
        let draft = Draft::read(Format::Markdown, text);
        let found = pair(&draft, entries).into_iter().flat_map(|citing| citing.entries());
        found
            .map(|found| match found {
                Found::Entry(at) => entries[at.0].key.clone(),
                Found::Problem(Problem::SeveralMatch { entries }) => format!("several {}", entries.len()),
                Found::Problem(problem) => problem.words().reason.into_owned(),
            })
            .collect()
    }

    #[test]
    fn authors_and_year_tell_the_work() {
        let entries = [
            entry("a", &["Ito"], 2020),
            entry("ab", &["Ito", "Berg"], 2020),
            entry("abc", &["Ito", "Berg", "Cole"], 2020),
            Entry { letter: Some('a'), ..entry("da", &["Dahl"], 2021) },
            Entry { letter: Some('b'), ..entry("db", &["Dahl"], 2021) },
            entry("wgc", &["World Gear Council"], 2019),
            entry("l", &["van der Lint", "Øre"], 2018),
        ];
        for (text, found) in [
            ("However, Ito and Berg (2020) agree.", "ab"),
            ("It rose (Ito, 2020).", "a"),
            ("It rose (Ito et al., 2020).", "several 2"),
            ("It rose (Dahl, 2021b).", "db"),
            ("It rose (Dahl, 2021).", "several 2"),
            ("It rose (WGC 2019).", "wgc"),
            ("Van der Lint and Ore (2018) agree.", "l"),
            ("It rose (Ito & Cole, 2020).", "the reference is not in the list"),
            ("It rose (Ito, 2020). It fell (ibid.).", "a a"),
            ("It fell (ibid.).", "no single work is cited before this “ibid.”"),
            ("It fell [@ab; @zz].", "ab the reference is not in the list"),
        ] {
            assert_eq!(keys(text, &entries).join(" "), found, "{text}");
        }
    }

    #[test]
    fn a_work_that_is_cited_again_and_again_is_looked_for_once() {
        let entries: Vec<Entry> = (0..2_000).map(|at| entry(&format!("k{at}"), &["Ito", "Berg"], 2020)).collect();
        let text = "It rose (Ito & Berg, 2020). ".repeat(2_000);
        let started = std::time::Instant::now();
        assert_eq!(keys(&text, &entries)[1_999], "several 2000");
        assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
    }

    #[test]
    fn numbers_are_those_of_the_list() {
        let text = "It rose [2, 9].\n\nReferences\n\n1. Ito A. Gears of the sea. J. 2015;1.\n2. Berg B. Cogs of the sea. J. 2016;2.\n";
        let draft = Draft::read(Format::Plain, text);
        let entries = bibliography::joined(&draft.list, &[]);
        let found = pair(&draft, &entries);
        assert_eq!(found[0].entries(), [Found::Entry(EntryRef(1)), Found::Problem(Problem::NotInList)]);
    }
}
