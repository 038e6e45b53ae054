//! A draft put to the works that it cites: each citing sentence against the texts of its works, as far as they are at hand.

mod citing;
mod judge;
mod result;
mod texts;
mod uncovered;

#[cfg(test)]
mod tests;

pub use result::{
    CheckedPart, CheckedQuotation, CheckedSentence, CitedWork, DraftVerdict, FoundWork, GivenDraft, GivenList, Place,
    Trouble,
};

use super::{CheckLimits, GivenText, Library, id_of};
use crate::{
    draft::{
        Citing, Draft, Entry, EntryRef, Found, Known, Problem, Sentence,
        bibliography::{joined, read},
        pair,
    },
    paper::Paper,
    question::is_foreign,
    read::table,
    text::{Span, normalize, terms},
    verify::{Cells, Params},
};
use citing::{Cites, entries_of};
use std::collections::BTreeSet;
use texts::{Shelf, beginning};

/// Sentences of the cited texts that a sentence is put to, at most: those of an abstract or two.
const PASSAGES: usize = 16;

/// A draft that was read, ready to be checked sentence by sentence.
pub struct DraftCheck {
    draft: String,
    read: Draft,
    entries: Vec<Entry>,
    /// Of each entry: the place of its text, or why it has none.
    texts_of: Vec<Result<usize, Problem>>,
    citing: Vec<Cites>,
    texts: Vec<GivenText>,
    /// Places of the texts that are abstracts which sources gave.
    abstracts: BTreeSet<usize>,
    /// Of each entry: what sources know it as.
    known_as: Vec<Option<FoundWork>>,
    params: Params,
}

impl DraftCheck {
    /// Reads a draft and its lists, and finds the works' texts among those given.
    #[must_use]
    pub fn of(given: GivenDraft, texts: Vec<GivenText>, params: Params) -> Self {
        let read_draft = Draft::read(given.format, &given.text);
        let beside: Vec<Entry> = given.lists.iter().flat_map(|list| read(list.format, &list.text)).collect();
        let entries = joined(&read_draft.list, &beside);
        let shelf = Shelf::of(&texts);
        let texts_of = entries.iter().map(|entry| shelf.text_of(entry)).collect();
        let known_as = vec![None; entries.len()];
        let cites = |citing: Citing| Cites::of(&citing, &read_draft.sentences[citing.sentence], &given.text);
        let citing = pair(&read_draft, &entries).into_iter().map(cites).collect();
        let abstracts = BTreeSet::new();
        Self { draft: given.text, read: read_draft, entries, texts_of, citing, texts, abstracts, known_as, params }
    }

    /// The works that a sentence cites and whose texts are not at hand, each with its place among all: those to look up.
    #[must_use]
    pub fn missing(&self) -> Vec<(usize, &Entry)> {
        let cited: BTreeSet<usize> = (0..self.citing.len())
            .flat_map(|sentence| entries_of(self.found(sentence)))
            .map(|EntryRef(place)| place)
            .collect();
        let is_missing = |place: &usize| self.texts_of.get(*place) == Some(&Err(Problem::NoText));
        cited.into_iter().filter(is_missing).map(|place| (place, &self.entries[place])).collect()
    }

    /// Takes what came of looking a work up, by its place among all. An abstract becomes its text.
    pub fn take(&mut self, place: usize, known: Known) {
        let problem = known.problem();
        if let Known::Found { paper, .. } = known {
            self.known_as[place] = Some(FoundWork::of(&paper));
            if problem.is_none() {
                let text = paper.abstract_text.as_deref().unwrap_or_default();
                let is_read = !is_foreign(beginning(text));
                self.texts_of[place] = if is_read { Ok(self.put(*paper)) } else { Err(Problem::Language) };
                return;
            }
        }
        self.texts_of[place] = Err(problem.unwrap_or(Problem::NoText));
    }

    /// The abstracts that became texts.
    #[must_use]
    pub fn abstracts(&self) -> Vec<GivenText> {
        self.abstracts.iter().map(|&place| self.named(place)).collect()
    }

    /// Puts an abstract among the texts, once; its place. One that the caller gave under its DOI goes before.
    fn put(&mut self, paper: Paper) -> usize {
        let id = paper.doi.unwrap_or(paper.id.0);
        let there = (0..self.texts.len()).find(|&place| id_of(&self.texts, place) == id);
        there.unwrap_or_else(|| {
            let text = paper.abstract_text.unwrap_or_default();
            self.texts.push(GivenText { id: Some(id), title: paper.title, text, retracted: false });
            self.abstracts.insert(self.texts.len() - 1);
            self.texts.len() - 1
        })
    }

    /// How many sentences cite.
    #[must_use]
    pub fn sentences(&self) -> usize {
        self.citing.len()
    }

    /// All works that the draft and its lists name.
    #[must_use]
    pub fn works(&self) -> Vec<CitedWork> {
        let work = |((entry, text), found): ((&Entry, &Result<usize, Problem>), &Option<FoundWork>)| CitedWork {
            key: entry.number.map_or_else(|| entry.key.clone(), |number| number.to_string()),
            title: entry.title.clone(),
            authors: entry.authors.iter().map(|author| author.family.clone()).collect(),
            year: entry.year,
            doi: entry.doi.clone(),
            text: text.as_ref().ok().map(|&place| id_of(&self.texts, place)),
            trouble: text.as_ref().err().map(Trouble::of),
            remark: text.as_ref().ok().and_then(|place| self.remark(*place)),
            found: found.clone(),
        };
        self.entries.iter().zip(&self.texts_of).zip(&self.known_as).map(work).collect()
    }

    fn sentence(&self, sentence: usize) -> Option<&Sentence> {
        self.read.sentences.get(self.citing.get(sentence)?.sentence)
    }

    fn found(&self, sentence: usize) -> &[Found] {
        self.citing.get(sentence).map_or(&[], |cites| &cites.found)
    }

    /// Places of the texts of works.
    fn cited(&self, found: &[Found]) -> Vec<usize> {
        entries_of(found).filter_map(|EntryRef(place)| self.texts_of.get(place)?.as_ref().ok().copied()).collect()
    }

    fn troubles(&self, found: &[Found]) -> Vec<Trouble> {
        let trouble = |found: &Found| match found {
            Found::Problem(problem) => Some(Trouble::of(problem)),
            Found::Entry(EntryRef(place)) => self.texts_of.get(*place)?.as_ref().err().map(Trouble::of),
        };
        found.iter().filter_map(trouble).collect()
    }

    /// What is to be known of texts: that one is an abstract alone.
    fn remarks(&self, cited: &[usize]) -> Vec<Trouble> {
        cited.iter().find_map(|&place| self.remark(place)).into_iter().collect()
    }

    /// Whether one of the works' texts is an abstract alone.
    fn is_partial(&self, found: &[Found]) -> bool {
        !self.remarks(&self.cited(found)).is_empty()
    }

    /// What is to be known of a text: that it is an abstract alone.
    fn remark(&self, place: usize) -> Option<Trouble> {
        self.abstracts.contains(&place).then(|| Trouble::of(&Problem::AbstractOnly))
    }

    fn library(&self, found: &[Found]) -> (Library, CheckLimits) {
        let cited = self.cited(found);
        let texts: Vec<GivenText> = cited.iter().map(|&place| self.named(place)).collect();
        // An author cites a work for what it says anywhere: its sentences need not share the author's words.
        let params = Params { min_overlap: 0.0, deciding_overlap: 0.0, passages_per_paper: PASSAGES, ..self.params };
        (Library::of(texts, params), CheckLimits { texts: cited.len(), passages: PASSAGES, own: None })
    }

    fn named(&self, place: usize) -> GivenText {
        GivenText { id: Some(id_of(&self.texts, place)), ..self.texts[place].clone() }
    }

    /// All that the texts at these places say in their authors' words.
    fn whole(&self, cited: &[usize]) -> String {
        let whole = |&place: &usize| normalize(&format!("{}. {}", self.texts[place].title, self.prose(place)));
        cited.iter().map(whole).collect::<Vec<_>>().join(" ")
    }

    /// The terms that the texts at these places have, those of their tables too.
    fn known(&self, cited: &[usize]) -> BTreeSet<String> {
        let of_tables = cited.iter().flat_map(|&place| table::parted(&self.texts[place].text).1).flat_map(terms);
        terms(&self.whole(cited)).into_iter().chain(of_tables).collect()
    }

    /// A text without what its tables say.
    fn prose(&self, place: usize) -> &str {
        table::parted(&self.texts[place].text).0
    }

    /// Where a sentence has numbers that cells of the texts' tables have under the heads that it names.
    fn tabled(&self, cited: &[usize], sentence: &str) -> Vec<Span> {
        let of_text = |&place: &usize| {
            let mut cells = Cells::default();
            for (at, statement) in table::parted(&self.texts[place].text).1.into_iter().enumerate() {
                cells.add(at, statement);
            }
            cells.answering(sentence).into_iter().flat_map(|(_, spans)| spans)
        };
        cited.iter().flat_map(of_text).collect()
    }

    fn place(&self, span: Span) -> Place {
        let units = |end: usize| Span { start: 0, end }.of(&self.draft).encode_utf16().count();
        Place { start: units(span.start), end: units(span.end) }
    }
}
