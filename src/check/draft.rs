//! A draft put to the works that it cites: each citing sentence against the texts of its works, as far as they are at hand.

mod uncovered;

use super::{
    CheckLimits, Checked, Drift, DriftKind, GivenText, Library,
    drift::drifts,
    id_of,
    parts::{Part, parts},
};
use crate::{
    draft::{
        Citing, Draft, Entry, EntryRef, Format, Found, Known, Problem, Sentence,
        bibliography::{ListFormat, joined, read},
        each_once, pair,
    },
    nli::{Calibration, Entailment, Pair, Thresholds},
    paper::{Notice, Paper},
    question::is_foreign,
    text::{Cited, Span, normalize, terms},
    verify::{Label, Params, unstated},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A draft, with the lists of works that belong to it.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct GivenDraft {
    /// What it is written in.
    pub format: Format,
    /// The draft.
    pub text: String,
    /// Lists of works beside it; its own is found in it.
    #[serde(default)]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub lists: Vec<GivenList>,
}

/// A list of works.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct GivenList {
    /// What it is written in.
    pub format: ListFormat,
    /// The list.
    pub text: String,
}

/// A stretch of the draft as given, in UTF-16 units, as JavaScript counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Place {
    /// Its first unit.
    pub start: usize,
    /// One past its last.
    pub end: usize,
}

/// Why something could not be checked, in the reader's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Trouble {
    /// Its name.
    pub kind: String,
    /// What is so.
    pub reason: String,
    /// What the reader can do.
    pub remedy: String,
}

impl Trouble {
    fn of(problem: &Problem) -> Self {
        let words = problem.words();
        Self { kind: problem.name().into(), reason: words.reason.into_owned(), remedy: words.remedy.into() }
    }
}

/// A work that the draft, or a list beside it, names.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct CitedWork {
    /// The key or number it is cited by; empty where it has neither.
    pub key: String,
    /// Its title; empty where the list does not tell it.
    pub title: String,
    /// Its authors' family names.
    pub authors: Vec<String>,
    /// Year of publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// Bare DOI.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doi: Option<String>,
    /// Id of its text, where one of the texts is its.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Why it cannot be checked against.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trouble: Option<Trouble>,
    /// What is to be known of its text and does not count against it: that it is an abstract alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remark: Option<Trouble>,
    /// What sources know it as, where it was looked up and found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<FoundWork>,
}

/// A work as sources know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct FoundWork {
    /// Its title.
    pub title: String,
    /// Its authors, "Given Family".
    pub authors: Vec<String>,
    /// Year of publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// Bare DOI.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doi: Option<String>,
    /// Where to read it.
    pub url: String,
    /// What became of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice: Option<Notice>,
}

impl FoundWork {
    fn of(paper: &Paper) -> Self {
        Self {
            title: paper.title.clone(),
            authors: paper.authors.clone(),
            year: paper.year,
            doi: paper.doi.clone(),
            url: paper.url.clone(),
            notice: paper.notice,
        }
    }
}

/// A direct quotation, and where its words stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct CheckedQuotation {
    /// Where it stands in the draft, without its marks.
    pub place: Place,
    /// The words quoted.
    pub text: String,
    /// Whether they stand, word for word, in a text that the sentence cites.
    pub is_cited: bool,
    /// Id of the text that has them, cited or not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stands_in: Option<String>,
}

/// What a citing sentence comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum DraftVerdict {
    /// A cited text says it.
    Supported,
    /// A cited text seems to say it.
    LeansSupported,
    /// The cited texts say it but for something: a number or quoted words that none of them has, or more than they say, in scope,
    /// certainty or cause.
    Partly,
    /// Cited texts speak for and against it.
    Contested,
    /// A cited text seems to say the opposite.
    LeansContradicted,
    /// A cited text says the opposite.
    Contradicted,
    /// Nothing in the cited texts was found to decide it.
    NotFound,
    /// No cited text could be read: each work says why.
    NotCheckable,
}

impl DraftVerdict {
    fn is_flagged(self) -> bool {
        use DraftVerdict::{
            Contested, Contradicted, LeansContradicted, LeansSupported, NotCheckable, NotFound, Partly, Supported,
        };
        match self {
            Partly | Contested | LeansContradicted | Contradicted | NotCheckable => true,
            Supported | LeansSupported | NotFound => false,
        }
    }
}

/// A part of a citing sentence: a clause, a predicate with the subject put back, or an item of a list with its verb.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct CheckedPart {
    /// Where its own words stand in the draft.
    pub place: Place,
    /// What was checked: it with the words put back that it shares with a part before it.
    pub text: String,
    /// The works cited for it, by their place among all: those of the first mark behind its words.
    pub works: Vec<usize>,
    /// Its verdict.
    pub verdict: DraftVerdict,
    /// What the model made of it, where a text cited for it is at hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checked: Option<Checked>,
}

/// A citing sentence and what it comes to.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct CheckedSentence {
    /// Where it stands in the draft.
    pub place: Place,
    /// What of it was checked: its words without citations and markup.
    pub text: String,
    /// Heading of its section; empty before the first.
    pub section: String,
    /// Its citations.
    pub marks: Vec<Place>,
    /// The works it cites, by their place among all.
    pub works: Vec<usize>,
    /// What is wrong with its citations.
    pub troubles: Vec<Trouble>,
    /// What is to be known of the texts it was checked against and does not count against it: that one is an abstract alone.
    pub remarks: Vec<Trouble>,
    /// Direct quotations in it.
    pub quotations: Vec<CheckedQuotation>,
    /// Its numbers that no cited text states or implies; none where not all cited texts are at hand, nor where one is an abstract
    /// that was looked up and does not support the rest of it.
    pub numbers: Vec<String>,
    /// How else it differs from what its cited texts say; none where not all cited texts are at hand. Beside an abstract that was
    /// looked up only what a sentence of it shows.
    pub drifts: Vec<Drift>,
    /// Its words that no cited text has, where it is not found there, or only partly; none where `numbers` would have none.
    pub uncovered: Vec<Place>,
    /// Its parts, each checked as a claim, where it has several and where they end is sure; none else.
    pub parts: Vec<CheckedPart>,
    /// The verdict; of a sentence with parts the least favourable of theirs, where one that is supported beside one that is not
    /// found, or could not be checked, makes it partly supported.
    pub verdict: DraftVerdict,
    /// Whether its author should look: it is contradicted or contested, has something that no cited text has, says more than they
    /// do, or one of its works could not be read. What is only not found is not flagged, nor a sentence of which a part is: an
    /// abstract seldom says all that its paper does. (Of 11 sound sentences of several parts 6 would be, of 10 with a fault 3 more.)
    pub flagged: bool,
    /// What the model made of it, where a cited text is at hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checked: Option<Checked>,
}

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

/// A citing sentence: which it is, its works and its parts.
struct Cites {
    sentence: usize,
    found: Vec<Found>,
    parts: Vec<CitingPart>,
}

/// A part of it: what it says, where its words stand in the draft, and its works.
struct CitingPart {
    text: String,
    span: Span,
    found: Vec<Found>,
}

/// What words come to by the texts cited for them.
struct Weighed {
    checked: Option<Checked>,
    numbers: Vec<String>,
    drifts: Vec<Drift>,
    verdict: DraftVerdict,
}

impl Cites {
    fn of(citing: &Citing, read: &Sentence, draft: &str) -> Self {
        Self {
            sentence: citing.sentence,
            found: citing.entries(),
            parts: citing_parts(citing, read, draft).unwrap_or_default(),
        }
    }
}

/// The parts of a sentence with their works; none where it has none, quotes, or where one of them
/// cannot be placed in the draft.
fn citing_parts(citing: &Citing, read: &Sentence, draft: &str) -> Option<Vec<CitingPart>> {
    let parts = parts(&read.text);
    // The words of a quotation are checked as they stand, in all of the cited texts.
    if parts.is_empty() || !read.quotations.is_empty() {
        return None;
    }
    let spans = parts.iter().map(|part| read.in_draft(draft, part.span)).collect::<Option<Vec<Span>>>()?;
    if spans.windows(2).any(|pair| pair[1].start < pair[0].end) {
        return None;
    }
    let leads = parts.iter().map(|part| lead_in_draft(read, draft, part)).collect::<Option<Vec<Option<Span>>>>()?;
    let shares =
        |mark: Span| leads.iter().map(|lead| lead.is_some_and(|lead| lead.overlaps(mark))).collect::<Vec<bool>>();
    // A mark among the words that several parts share is of all of them; any other closes the part that it stands in.
    let mut shared: Vec<Vec<&Found>> = vec![Vec::new(); parts.len()];
    let mut own: Vec<Vec<&Found>> = vec![Vec::new(); parts.len()];
    for (mark, works) in read.marks.iter().zip(&citing.by_mark) {
        let stands_in = spans.iter().rposition(|span| span.start <= mark.span.start).unwrap_or_default();
        let shares = shares(mark.span);
        if shares.contains(&true) {
            for (at, _) in shares.iter().enumerate().filter(|&(at, &is_shared)| is_shared || at == stands_in) {
                shared[at].extend(works);
            }
        } else {
            own[stands_in].extend(works);
        }
    }
    // What has no mark of its own is closed by the next one, or by the last.
    let closing =
        |at: usize| (at..own.len()).chain((0..at).rev()).find(|&at| !own[at].is_empty()).map_or(&[][..], |at| &own[at]);
    let works = |at: usize| each_once(shared[at].iter().chain(closing(at)).copied());
    let parts = parts.into_iter().zip(&spans).enumerate();
    Some(parts.map(|(at, (part, &span))| CitingPart { text: part.text, span, found: works(at) }).collect())
}

/// Where the words stand in the draft that a part shares with those before it, with the marks behind them; the inner `None`
/// where it shares none.
fn lead_in_draft(read: &Sentence, draft: &str, part: &Part) -> Option<Option<Span>> {
    let (Some(first), Some(last)) = (part.lead.first(), part.lead.last()) else { return Some(None) };
    let said = read.in_draft(draft, Span { start: first.start, end: last.end })?;
    let next = read.in_draft(draft, Span { start: last.end, end: read.text.len() })?;
    Some(Some(Span { start: said.start, end: next.start.max(said.end) }))
}

impl DraftCheck {
    /// Reads a draft and its lists, and finds the works' texts among those given.
    #[must_use]
    pub fn of(given: GivenDraft, texts: Vec<GivenText>, params: Params) -> Self {
        let read_draft = Draft::read(given.format, &given.text);
        let beside: Vec<Entry> = given.lists.iter().flat_map(|list| read(list.format, &list.text)).collect();
        let entries = joined(&read_draft.list, &beside);
        let texts_of = entries.iter().map(|entry| text_of(entry, &texts)).collect();
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

    /// What the model is to be asked about a citing sentence and its parts; nothing where none of its works has a text at hand.
    #[must_use]
    pub fn pairs(&self, sentence: usize) -> Vec<Pair> {
        self.asked(sentence).flat_map(|(text, found)| self.pairs_of(text, found)).collect()
    }

    /// What a citing sentence comes to, by the scores of its [pairs](Self::pairs); `None` where there is no such sentence.
    #[must_use]
    pub fn judge(
        &self,
        sentence: usize,
        scores: &[Entailment],
        calibration: &Calibration,
        thresholds: &Thresholds,
    ) -> Option<CheckedSentence> {
        let read = self.sentence(sentence)?;
        let found = self.found(sentence);
        let cited = self.cited(found);
        let quotations: Vec<CheckedQuotation> =
            read.quotations.iter().map(|quotation| self.quoted(quotation.span, &quotation.text, &cited)).collect();
        let mut rest = scores;
        let mut weighed = self.asked(sentence).map(|(text, found)| {
            let (own, others) = rest.split_at(self.pairs_of(text, found).len().min(rest.len()));
            rest = others;
            self.weigh(text, found, own, calibration, thresholds)
        });
        let mut whole = weighed.next()?;
        let is_another_s = |quotation: &CheckedQuotation| {
            !quotation.is_cited && (!self.is_partial(found) || quotation.stands_in.is_some())
        };
        if quotations.iter().any(is_another_s) {
            whole.verdict = conclude(whole.checked.as_ref().map(|checked| checked.label), true);
        }
        let parts: Vec<(&CitingPart, Weighed)> = self.citing[sentence].parts.iter().zip(weighed).collect();
        let (verdict, parts) = self.with_parts(&mut whole, found, parts);
        let troubles = self.troubles(found);
        let is_to_look_at = match parts.as_slice() {
            [] => verdict.is_flagged(),
            parts => parts.iter().any(|part| part.verdict.is_flagged()),
        };
        Some(CheckedSentence {
            place: self.place(read.span),
            text: read.text.clone(),
            section: self.read.sections.get(read.section).map_or_else(String::new, |section| section.heading.clone()),
            marks: read.marks.iter().map(|mark| self.place(mark.span)).collect(),
            works: places_of(found),
            flagged: is_to_look_at || !troubles.is_empty() || !whole.drifts.is_empty(),
            troubles,
            remarks: self.remarks(&cited),
            quotations,
            uncovered: self.uncovered(read, found, verdict, &parts),
            numbers: whole.numbers,
            drifts: whole.drifts,
            parts,
            verdict,
            checked: whole.checked,
        })
    }

    /// The sentence, and its parts, each with its works.
    fn asked(&self, sentence: usize) -> impl Iterator<Item = (&str, &[Found])> {
        let whole = self.sentence(sentence).map(|read| (read.text.as_str(), self.found(sentence)));
        let parts = self.citing.get(sentence).map_or(&[][..], |cites| &cites.parts);
        whole.into_iter().chain(parts.iter().map(|part| (part.text.as_str(), part.found.as_slice())))
    }

    fn pairs_of(&self, text: &str, found: &[Found]) -> Vec<Pair> {
        let (library, limits) = self.library(found);
        library.pairs(text, &limits)
    }

    /// What words come to by the texts of the works cited for them.
    fn weigh(
        &self,
        text: &str,
        found: &[Found],
        scores: &[Entailment],
        calibration: &Calibration,
        thresholds: &Thresholds,
    ) -> Weighed {
        let cited = self.cited(found);
        let (library, limits) = self.library(found);
        let checked = (!cited.is_empty()).then(|| library.judge(text, &limits, scores, calibration, thresholds));
        let texts = self.whole(&cited);
        let is_whole = self.troubles(found).is_empty();
        // What an abstract lacks, the paper may have.
        let is_partial = self.is_partial(found);
        let is_said =
            checked.as_ref().is_some_and(|checked| matches!(checked.label, Label::Supported | Label::LeansSupported));
        let numbers = if is_whole && (is_said || !is_partial) { other_numbers(&texts, text) } else { Vec::new() };
        let mut drifts = checked.as_ref().filter(|_| is_whole).map_or_else(Vec::new, |c| drifts(text, c, &texts));
        drifts.retain(|drift| !is_partial || !drift.quote.is_empty());
        let has_drift = !numbers.is_empty() || drifts.iter().any(|drift| drift.kind != DriftKind::Direction);
        let verdict = conclude(checked.as_ref().map(|checked| checked.label), has_drift);
        Weighed { checked, numbers, drifts, verdict }
    }

    /// The verdict of a sentence by those of its parts, where it has some, and the parts as they come out. A number or a drift
    /// of a part is one of the sentence.
    fn with_parts(
        &self,
        whole: &mut Weighed,
        found: &[Found],
        parts: Vec<(&CitingPart, Weighed)>,
    ) -> (DraftVerdict, Vec<CheckedPart>) {
        let mut checked = Vec::new();
        for (part, mut weighed) in parts {
            // One text that says all of it says each part.
            let is_said = matches!(whole.verdict, DraftVerdict::Supported | DraftVerdict::LeansSupported);
            if is_said && weighed.verdict == DraftVerdict::NotFound && part.found == found {
                weighed.verdict = whole.verdict;
            }
            whole.numbers.extend(
                weighed.numbers.into_iter().filter(|number| !whole.numbers.contains(number)).collect::<Vec<_>>(),
            );
            whole
                .drifts
                .extend(weighed.drifts.into_iter().filter(|drift| !whole.drifts.contains(drift)).collect::<Vec<_>>());
            checked.push(CheckedPart {
                place: self.place(part.span),
                text: part.text.clone(),
                works: places_of(&part.found),
                verdict: weighed.verdict,
                checked: weighed.checked,
            });
        }
        let verdict = least_favourable(&checked).unwrap_or(whole.verdict);
        (verdict, checked)
    }

    /// The words of a sentence that no text has which is cited for them, where they are not supported.
    fn uncovered(&self, read: &Sentence, found: &[Found], verdict: DraftVerdict, parts: &[CheckedPart]) -> Vec<Place> {
        let is_open = |verdict: DraftVerdict| matches!(verdict, DraftVerdict::NotFound | DraftVerdict::Partly);
        if !is_open(verdict) || !self.troubles(found).is_empty() || self.is_partial(found) {
            return Vec::new();
        }
        let known: BTreeSet<String> = terms(&self.whole(&self.cited(found))).into_iter().collect();
        let is_supported = |place: &Place| {
            let has = |part: &Place| part.start <= place.start && place.end <= part.end;
            parts.iter().any(|part| has(&part.place) && !is_open(part.verdict))
        };
        uncovered::uncovered(&read.text, &known, &self.names(read, found))
            .into_iter()
            .filter_map(|span| read.in_draft(&self.draft, span))
            .filter(|span| !read.marks.iter().any(|mark| mark.span.overlaps(*span)))
            .map(|span| self.place(span))
            .filter(|place| !is_supported(place))
            .collect()
    }

    /// What names the works of a sentence: their years, and their authors as the list has them and as its citations do.
    fn names(&self, read: &Sentence, found: &[Found]) -> BTreeSet<String> {
        let listed: Vec<&Entry> = entries_of(found).filter_map(|EntryRef(place)| self.entries.get(place)).collect();
        let authors = listed.iter().flat_map(|entry| &entry.authors).flat_map(|author| [&author.family, &author.given]);
        let years: Vec<String> = listed.iter().filter_map(|entry| Some(entry.year?.to_string())).collect();
        let cited = read.marks.iter().flat_map(|mark| &mark.works).flat_map(|work| match work {
            Cited::Named { names, .. } => names.as_slice(),
            Cited::Number(_) | Cited::Key(_) | Cited::Again => &[],
        });
        uncovered::naming(authors.chain(cited).chain(&years).map(String::as_str))
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
        let params = Params { min_overlap: 0.0, passages_per_paper: PASSAGES, ..self.params };
        (Library::of(texts, params), CheckLimits { texts: cited.len(), passages: PASSAGES, own: None })
    }

    fn named(&self, place: usize) -> GivenText {
        GivenText { id: Some(id_of(&self.texts, place)), ..self.texts[place].clone() }
    }

    fn quoted(&self, span: Span, text: &str, cited: &[usize]) -> CheckedQuotation {
        let wanted = words(text);
        let has = |place: &usize| has_in_a_row(&words(&self.texts[*place].text), &wanted);
        let in_cited = cited.iter().copied().find(has);
        let anywhere = in_cited.or_else(|| (0..self.texts.len()).find(has));
        CheckedQuotation {
            place: self.place(span),
            text: text.to_owned(),
            is_cited: in_cited.is_some(),
            stands_in: anywhere.map(|place| id_of(&self.texts, place)),
        }
    }

    /// All that the texts at these places say.
    fn whole(&self, cited: &[usize]) -> String {
        let whole = |&place: &usize| normalize(&format!("{}. {}", self.texts[place].title, self.texts[place].text));
        cited.iter().map(whole).collect::<Vec<_>>().join(" ")
    }

    fn place(&self, span: Span) -> Place {
        let units = |end: usize| Span { start: 0, end }.of(&self.draft).encode_utf16().count();
        Place { start: units(span.start), end: units(span.end) }
    }
}

fn entries_of(found: &[Found]) -> impl Iterator<Item = EntryRef> {
    found.iter().filter_map(|found| match found {
        Found::Entry(entry) => Some(*entry),
        Found::Problem(_) => None,
    })
}

/// The places of works among all.
fn places_of(found: &[Found]) -> Vec<usize> {
    entries_of(found).map(|EntryRef(place)| place).collect()
}

/// Numbers that the texts neither state nor imply.
fn other_numbers(texts: &str, said: &str) -> Vec<String> {
    unstated(texts, said).into_iter().map(|span| span.of(said).to_owned()).collect()
}

/// What a sentence comes to by its parts: the least favourable of theirs. Where some are supported and others are not found, or
/// could not be checked, it is partly so; where some could not be checked and none is supported, it is not checkable.
fn least_favourable(parts: &[CheckedPart]) -> Option<DraftVerdict> {
    use DraftVerdict::{
        Contested, Contradicted, LeansContradicted, LeansSupported, NotCheckable, NotFound, Partly, Supported,
    };
    let has = |verdict: DraftVerdict| parts.iter().any(|part| part.verdict == verdict);
    let decided = [Contradicted, LeansContradicted, Contested, Partly].into_iter().find(|&verdict| has(verdict));
    let is_said = has(Supported) || has(LeansSupported);
    let open = [NotCheckable, NotFound].into_iter().find(|&verdict| has(verdict));
    let said = [LeansSupported, Supported].into_iter().find(|&verdict| has(verdict));
    decided.or(open.map(|open| if is_said { Partly } else { open })).or(said)
}

/// What a sentence comes to: by the label that its cited texts give it, none where there are none, and whether something in
/// it stands in none of them.
fn conclude(label: Option<Label>, has_drift: bool) -> DraftVerdict {
    match label {
        None => DraftVerdict::NotCheckable,
        Some(Label::Refuted) => DraftVerdict::Contradicted,
        Some(Label::LeansRefuted) => DraftVerdict::LeansContradicted,
        Some(_) if has_drift => DraftVerdict::Partly,
        Some(Label::Supported) => DraftVerdict::Supported,
        Some(Label::LeansSupported) => DraftVerdict::LeansSupported,
        Some(Label::Contested) => DraftVerdict::Contested,
        Some(Label::NotEnoughInfo | Label::Untested) => DraftVerdict::NotFound,
    }
}

/// Sentences of the cited texts that a sentence is put to, at most: those of an abstract or two.
const PASSAGES: usize = 16;

/// Bytes at the beginning of a text in which its title is looked for where none is given.
const TITLE_WITHIN: usize = 300;

/// Bytes at the beginning of a text by which its language is told: an abstract. Of 46,547 of them one in English is called foreign.
const LANGUAGE_WITHIN: usize = 2_000;

/// The text of a work: by a key, DOI, arXiv or PubMed id as its id, or else by its title.
fn text_of(entry: &Entry, texts: &[GivenText]) -> Result<usize, Problem> {
    let names = [Some(entry.key.as_str()), entry.doi.as_deref(), entry.arxiv_id.as_deref(), entry.pmid.as_deref()];
    let is_named = |text: &&GivenText| {
        let id = text.id.as_deref().unwrap_or_default();
        let is_ending =
            |end: &str| matches!(end, "txt" | "md" | "nxml" | "xml" | "html" | "htm" | "tex" | "docx" | "gz" | "tgz");
        let id = id.rsplit_once('.').filter(|(_, end)| is_ending(end)).map_or(id, |(stem, _)| stem);
        let id = id.strip_suffix(".tar").unwrap_or(id);
        names.iter().flatten().any(|name| !name.is_empty() && name.eq_ignore_ascii_case(id))
    };
    let has_title = |text: &&GivenText| !entry.title.is_empty() && words(&title_of(text).title) == words(&entry.title);
    let is_titled = |text: &&GivenText| !entry.title.is_empty() && title_of(text).is_titled(&entry.title);
    let place = [&is_named as &dyn Fn(&&GivenText) -> bool, &has_title, &is_titled]
        .into_iter()
        .find_map(|fits| texts.iter().position(|text| fits(&text)));
    let place = place.ok_or(Problem::NoText)?;
    let notice =
        Notice::of_title(&normalize(&texts[place].title)).max(Notice::of_abstract(&normalize(&texts[place].text)));
    if texts[place].retracted || notice.is_some_and(Notice::forbids_support) {
        return Err(Problem::Retracted);
    }
    if is_foreign(beginning(&texts[place].text)) {
        return Err(Problem::Language);
    }
    Ok(place)
}

/// What of a text its language is told by.
fn beginning(text: &str) -> &str {
    &text[..text.floor_char_boundary(LANGUAGE_WITHIN)]
}

/// A text by its title, or by its first line where it has none.
fn title_of(text: &GivenText) -> Paper {
    let first = || text.text.trim_start().lines().next().filter(|line| line.len() <= TITLE_WITHIN).unwrap_or_default();
    let title = if text.title.is_empty() { first() } else { &text.title };
    Paper { title: normalize(title), ..Paper::default() }
}

/// Words without case and punctuation: a quotation may end a sentence where its source goes on.
fn words(text: &str) -> Vec<String> {
    let normal = normalize(text).to_lowercase();
    normal.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn has_in_a_row(text: &[String], wanted: &[String]) -> bool {
    !wanted.is_empty() && text.windows(wanted.len()).any(|row| row == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(draft: &str) -> DraftCheck {
        let text = |id: &str, title: &str, text: &str| GivenText {
            id: Some(id.into()),
            title: title.into(),
            text: text.into(),
            ..GivenText::default()
        };
        let texts = vec![
            text("ito", "", "Gears of the sea\n\nWe counted gears. Gears of the sea turned 12% faster at night."),
            text("b.txt", "Cogs of the sea", "Cogs of the deep sea turned slower by day."),
            text("gone", "Retracted: Wheels of the sea", "Wheels turned."),
        ];
        let list = "@article{ito, title={Gears of the Sea}, author={Ito, A.}, year={2019}}\n\
                    @article{berg, title={Cogs of the sea}, author={Berg, B.}, year={2020}}\n\
                    @article{gone, title={Wheels}, author={Cole, C.}, year={2020}}\n\
                    @article{far, title={Springs of the lake}, author={Dahl, D.}, year={2021}}\n";
        let lists = vec![GivenList { format: ListFormat::Bibtex, text: list.into() }];
        DraftCheck::of(GivenDraft { format: Format::Markdown, text: draft.into(), lists }, texts, Params::default())
    }

    fn judged(check: &DraftCheck, sentence: usize, [entailment, neutral, contradiction]: [f32; 3]) -> CheckedSentence {
        let scores = vec![Entailment { entailment, neutral, contradiction }; check.pairs(sentence).len()];
        check.judge(sentence, &scores, &Calibration::none(), &Thresholds::firm(0.8, 0.8)).unwrap()
    }

    const YES: [f32; 3] = [6.0, 0.0, 0.0];

    #[test]
    fn works_are_found_among_the_texts_by_id_and_by_title() {
        let works = check("Nothing.").works();
        let texts: Vec<Option<&str>> = works.iter().map(|work| work.text.as_deref()).collect();
        assert_eq!(texts, [Some("ito"), Some("b.txt"), None, None]);
        let troubles: Vec<&str> = works.iter().filter_map(|work| Some(work.trouble.as_ref()?.kind.as_str())).collect();
        assert_eq!(troubles, ["retracted", "no-text"]);
    }

    #[test]
    fn a_sentence_is_checked_against_its_own_works_and_placed_in_the_draft() {
        let draft = "# Séa 😴\n\nGears of the sea turned 12% faster at night [@ito]. Springs rust [@far].";
        let check = check(draft);
        assert_eq!(check.sentences(), 2);
        let first = judged(&check, 0, YES);
        assert_eq!(
            (first.verdict, first.section.as_str(), first.works.as_slice()),
            (DraftVerdict::Supported, "Séa 😴", &[0][..])
        );
        let units: Vec<u16> = draft.encode_utf16().collect();
        let there = String::from_utf16(&units[first.place.start..first.place.end]).unwrap();
        assert!(there.starts_with("Gears of the sea turned") && there.contains("[@ito]"), "{there}");
        let checked = first.checked.unwrap();
        assert_eq!(checked.for_it[0].text, "ito");
        let second = judged(&check, 1, YES);
        assert_eq!((second.verdict, second.troubles[0].kind.as_str()), (DraftVerdict::NotCheckable, "no-text"));
    }

    #[test]
    fn numbers_and_quotations_are_those_of_the_cited_texts() {
        let check = check(
            "Gears of the sea turned 21% faster at night [@ito]. As they say, “gears of the sea turned” [@ito]. \
             As they say, “cogs of the deep sea turned slower” [@ito].",
        );
        let number = judged(&check, 0, YES);
        assert_eq!((number.verdict, number.numbers.as_slice()), (DraftVerdict::Partly, &["21%".to_owned()][..]));
        let quoted = judged(&check, 1, YES);
        assert!(quoted.quotations[0].is_cited, "{quoted:?}");
        let elsewhere = judged(&check, 2, YES);
        assert_eq!(elsewhere.verdict, DraftVerdict::Partly);
        assert_eq!(elsewhere.quotations[0].stands_in.as_deref(), Some("b.txt"));
    }

    fn looked_up(abstract_text: Option<&str>) -> Known {
        let paper = Paper {
            title: "Springs of the lake".into(),
            doi: Some("10.9999/far".into()),
            abstract_text: abstract_text.map(str::to_owned),
            ..Paper::default()
        };
        Known::Found { paper: Box::new(paper), unasked: None }
    }

    #[test]
    fn only_cited_works_without_a_text_are_looked_up() {
        let missing = |draft: &str| check(draft).missing().into_iter().map(|(place, _)| place).collect::<Vec<_>>();
        assert_eq!(missing("Springs rust [@far; @ito]. Wheels turned [@gone]. Springs [@far]."), [3]);
        assert_eq!(missing("Gears turn [@ito]."), [0; 0]);
    }

    #[test]
    fn an_abstract_becomes_the_text_and_is_named_as_such() {
        let mut check = check(
            "Springs rust within 40 days [@far]. As they say, “springs rust in the deep” [@far]. Springs rust [@far; @ito].",
        );
        check.take(3, looked_up(Some("Springs of the lake rust within a year.")));
        let works = check.works();
        assert_eq!((works[3].text.as_deref(), works[3].trouble.as_ref()), (Some("10.9999/far"), None));
        assert_eq!(works[3].remark.as_ref().map(|remark| remark.kind.as_str()), Some("abstract-only"));
        assert_eq!(works[3].found.as_ref().map(|found| found.title.as_str()), Some("Springs of the lake"));
        assert_eq!(check.abstracts()[0].text, "Springs of the lake rust within a year.");
        assert!(check.missing().is_empty());
        let open = judged(&check, 0, [0.0, 6.0, 0.0]);
        assert_eq!((open.verdict, open.flagged), (DraftVerdict::NotFound, false), "the paper may have the number");
        assert_eq!(open.remarks[0].kind, "abstract-only");
        assert_eq!(
            judged(&check, 0, YES).verdict,
            DraftVerdict::Partly,
            "what the abstract says, it says without the number"
        );
        let quoted = judged(&check, 1, [0.0, 6.0, 0.0]);
        assert_eq!((quoted.verdict, quoted.flagged), (DraftVerdict::NotFound, false), "the paper may have the words");
        let both = judged(&check, 2, YES);
        assert_eq!((both.verdict, both.remarks.len(), both.troubles.len()), (DraftVerdict::Supported, 1, 0));
    }

    #[test]
    fn what_came_of_looking_up_is_the_work_s_trouble() {
        let trouble = |known: Known| {
            let mut check = check("Springs rust [@far].");
            check.take(3, known);
            let sentence = judged(&check, 0, YES);
            assert_eq!((sentence.verdict, sentence.flagged), (DraftVerdict::NotCheckable, true));
            sentence.troubles[0].kind.clone()
        };
        assert_eq!(trouble(Known::NotFound), "not-found");
        assert_eq!(trouble(Known::NotAsked("OpenAlex: throttled".into())), "not-asked");
        assert_eq!(trouble(Known::Ambiguous(Vec::new())), "several-found");
        assert_eq!(trouble(Known::OtherWork(Box::default())), "doi-of-another-work");
        assert_eq!(trouble(looked_up(None)), "no-open-text");
        let Known::Found { mut paper, unasked } = looked_up(Some("Springs rust.")) else { unreachable!() };
        paper.retracted = true;
        assert_eq!(trouble(Known::Found { paper, unasked }), "retracted");
    }

    #[test]
    fn a_text_in_another_language_is_not_read() {
        let text = "Die Zahnräder des Meeres wurden bei Nacht gezählt, und sie liefen nicht schneller.";
        let text = GivenText { id: Some("ito".into()), text: text.into(), ..GivenText::default() };
        let list = "@article{ito, title={Gears of the Sea}, author={Ito, A.}, year={2019}}";
        let lists = vec![GivenList { format: ListFormat::Bibtex, text: list.into() }];
        let given = GivenDraft { format: Format::Markdown, text: "Gears turned [@ito].".into(), lists };
        let sentence = judged(&DraftCheck::of(given, vec![text], Params::default()), 0, YES);
        assert_eq!((sentence.verdict, sentence.troubles[0].kind.as_str()), (DraftVerdict::NotCheckable, "language"));
    }

    #[test]
    fn a_part_has_the_works_that_its_mark_names_and_the_sentence_the_least_favourable_verdict() {
        let check = check(
            "Gears of the sea turned 12% faster at night [@ito] and reduced the noise of cogs [@berg]. \
             Ito [@ito] found that gears reduced noise and increased speed. \
             Gears [@ito] reduced noise and increased speed [@berg].",
        );
        let works = |at: usize| {
            let sentence = judged(&check, at, YES);
            sentence.parts.into_iter().map(|part| (part.text, part.works)).collect::<Vec<_>>()
        };
        assert_eq!(
            works(0),
            [
                ("Gears of the sea turned 12% faster at night.".to_owned(), vec![0]),
                ("Gears of the sea reduced the noise of cogs.".to_owned(), vec![1])
            ]
        );
        assert_eq!(works(1)[1], ("Gears increased speed.".to_owned(), vec![0]));
        assert_eq!(works(2).iter().map(|(_, works)| works.clone()).collect::<Vec<_>>(), [[0, 1], [0, 1]]);
        // The scores of the whole come first, then those of each part.
        let sentence = 0;
        let counts: Vec<usize> = check.asked(sentence).map(|(text, found)| check.pairs_of(text, found).len()).collect();
        let scores = |of: usize, [entailment, neutral, contradiction]: [f32; 3]| {
            vec![Entailment { entailment, neutral, contradiction }; counts[of]]
        };
        let silent = [0.0, 6.0, 0.0];
        let judged = |first: [f32; 3], second: [f32; 3]| {
            let scores = [scores(0, silent), scores(1, first), scores(2, second)].concat();
            check.judge(sentence, &scores, &Calibration::none(), &Thresholds::firm(0.8, 0.8)).unwrap()
        };
        let partly = judged(YES, silent);
        assert_eq!((partly.verdict, partly.parts[1].verdict), (DraftVerdict::Partly, DraftVerdict::NotFound));
        assert!(!partly.flagged, "what is only not found is no fault");
        let draft: Vec<u16> = check.draft.encode_utf16().collect();
        let word = |place: &Place| String::from_utf16(&draft[place.start..place.end]).unwrap();
        assert_eq!(partly.uncovered.iter().map(word).collect::<Vec<_>>(), ["reduced", "noise"]);
        let against = judged(YES, [0.0, 0.0, 6.0]);
        assert_eq!((against.verdict, against.flagged), (DraftVerdict::Contradicted, true));
        assert_eq!(judged(silent, silent).verdict, DraftVerdict::NotFound);
        assert_eq!(judged(YES, YES).verdict, DraftVerdict::Supported);
    }

    #[test]
    fn what_names_a_work_and_says_that_it_reports_is_none_of_what_it_is_to_say() {
        let marked = |draft: &str| {
            let check = check(draft);
            let units: Vec<u16> = draft.encode_utf16().collect();
            let judged = judged(&check, 0, [0.0, 6.0, 0.0]);
            let word = |place: &Place| String::from_utf16(&units[place.start..place.end]).unwrap();
            judged.uncovered.iter().map(word).collect::<Vec<_>>()
        };
        let said = ["gears", "rusted"];
        for draft in [
            "As Berg (2020) reported, gears rusted.",
            "Berg [@berg] convincingly argued that gears rusted.",
            "According to @berg, gears rusted.",
            "However, gears rusted in Berg’s study [@berg, p. 4].",
            "Gears rusted, as Berg put it in 2020 [@berg].",
        ] {
            let marked = marked(draft);
            assert!(
                marked.iter().map(|word| word.to_lowercase()).filter(|word| word != "study").eq(said),
                "{draft} {marked:?}"
            );
        }
        assert_eq!(marked("Gears rusted [@ito]."), ["rusted"]);
    }

    #[test]
    fn a_contradiction_is_one_whatever_else_is_wrong() {
        let check = check("Gears of the sea turned 21% slower at night [@ito].");
        assert_eq!(judged(&check, 0, [0.0, 0.0, 6.0]).verdict, DraftVerdict::Contradicted);
        assert_eq!(judged(&check, 0, [0.0, 6.0, 0.0]).verdict, DraftVerdict::Partly);
    }
}
