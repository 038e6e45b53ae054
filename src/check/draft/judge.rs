//! What a citing sentence and its parts come to, by the model's scores.

use super::{
    CheckedPart, CheckedQuotation, CheckedSentence, DraftCheck, DraftVerdict, Place,
    citing::{CitingPart, entries_of, places_of},
    texts::{has_in_a_row, words},
    uncovered::{naming, uncovered},
};
use crate::{
    check::{Checked, Drift, DriftKind, drift::drifts, id_of, said},
    draft::{Entry, EntryRef, Found, Sentence},
    nli::{Calibration, Entailment, Pair, Thresholds},
    text::{Cited, Span},
    verify::{Label, unstated},
};
use std::collections::BTreeSet;

/// What words come to by the texts cited for them.
struct Weighed {
    checked: Option<Checked>,
    numbers: Vec<String>,
    drifts: Vec<Drift>,
    verdict: DraftVerdict,
}

impl DraftCheck {
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
    pub(super) fn asked(&self, sentence: usize) -> impl Iterator<Item = (&str, &[Found])> {
        let whole = self.sentence(sentence).map(|read| (read.text.as_str(), self.found(sentence)));
        let parts = self.citing.get(sentence).map_or(&[][..], |cites| &cites.parts);
        whole.into_iter().chain(parts.iter().map(|part| (part.text.as_str(), part.found.as_slice())))
    }

    pub(super) fn pairs_of(&self, text: &str, found: &[Found]) -> Vec<Pair> {
        let (library, limits) = self.library(found);
        library.pairs(&self.statement(text, found), &limits)
    }

    /// What the model is asked of words: without "Ito et al. found that".
    fn statement(&self, text: &str, found: &[Found]) -> String {
        said(text, &self.entries_of(found))
    }

    fn entries_of(&self, found: &[Found]) -> Vec<&Entry> {
        entries_of(found).filter_map(|EntryRef(place)| self.entries.get(place)).collect()
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
        let statement = self.statement(text, found);
        let checked = (!cited.is_empty()).then(|| library.judge(&statement, &limits, scores, calibration, thresholds));
        let texts = self.whole(&cited);
        let is_whole = self.troubles(found).is_empty();
        // What an abstract lacks, the paper may have.
        let is_partial = self.is_partial(found);
        let is_said =
            checked.as_ref().is_some_and(|checked| matches!(checked.label, Label::Supported | Label::LeansSupported));
        let numbers =
            if is_whole && (is_said || !is_partial) { self.other_numbers(&texts, &cited, text) } else { Vec::new() };
        let mut drifts = checked.as_ref().filter(|_| is_whole).map_or_else(Vec::new, |c| drifts(text, c, &texts));
        drifts.retain(|drift| !is_partial || !drift.quote.is_empty());
        let has_drift = !numbers.is_empty() || drifts.iter().any(|drift| drift.kind != DriftKind::Direction);
        let verdict = conclude(checked.as_ref().map(|checked| checked.label), has_drift);
        Weighed { checked, numbers, drifts, verdict }
    }

    /// Numbers that the cited texts neither state nor imply, nor have in a table under the heads that are named.
    fn other_numbers(&self, texts: &str, cited: &[usize], said: &str) -> Vec<String> {
        let missing = unstated(texts, said);
        let tabled = if missing.is_empty() { Vec::new() } else { self.tabled(cited, said) };
        let others = missing.into_iter().filter(|span| !tabled.iter().any(|met| met.overlaps(*span)));
        others.map(|span| span.of(said).to_owned()).collect()
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
        let known = self.known(&self.cited(found));
        let is_supported = |place: &Place| {
            let has = |part: &Place| part.start <= place.start && place.end <= part.end;
            parts.iter().any(|part| has(&part.place) && !is_open(part.verdict))
        };
        uncovered(&read.text, &known, &self.names(read, found))
            .into_iter()
            .filter_map(|span| read.in_draft(&self.draft, span))
            .filter(|span| !read.marks.iter().any(|mark| mark.span.overlaps(*span)))
            .map(|span| self.place(span))
            .filter(|place| !is_supported(place))
            .collect()
    }

    /// What names the works of a sentence: their years, and their authors as the list has them and as its citations do.
    fn names(&self, read: &Sentence, found: &[Found]) -> BTreeSet<String> {
        let listed = self.entries_of(found);
        let authors = listed.iter().flat_map(|entry| &entry.authors).flat_map(|author| [&author.family, &author.given]);
        let years: Vec<String> = listed.iter().filter_map(|entry| Some(entry.year?.to_string())).collect();
        let cited = read.marks.iter().flat_map(|mark| &mark.works).flat_map(|work| match work {
            Cited::Named { names, .. } => names.as_slice(),
            Cited::Number(_) | Cited::Key(_) | Cited::Again => &[],
        });
        naming(authors.chain(cited).chain(&years).map(String::as_str))
    }

    fn quoted(&self, span: Span, text: &str, cited: &[usize]) -> CheckedQuotation {
        let wanted = words(text);
        let has = |place: &usize| has_in_a_row(&words(self.prose(*place)), &wanted);
        let in_cited = cited.iter().copied().find(has);
        let anywhere = in_cited.or_else(|| (0..self.texts.len()).find(has));
        CheckedQuotation {
            place: self.place(span),
            text: text.to_owned(),
            is_cited: in_cited.is_some(),
            stands_in: anywhere.map(|place| id_of(&self.texts, place)),
        }
    }
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
