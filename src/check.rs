//! A claim checked against texts at hand, without a search: the sentences it is tested against and the verdict are those of
//! [`crate::verify`], so that a claim comes to the same here and in a report.

pub mod draft;
mod drift;
mod parts;
mod reported;

pub use drift::{Drift, DriftKind};
pub use reported::said;

use crate::{
    claim::ClaimId,
    nli::{Calibration, Entailment, Pair, Thresholds},
    paper::{Notice, Paper, PaperId, Reading, Section, SectionKind},
    read::{plain, table},
    relevance::PaperIndex,
    text::{Span, core, normalize, origin},
    verify::{Evidence, Label, Params, Probability, Said, Sentences, Strength, Trial, Verdict, judge_by_texts},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A text that claims are checked against: an abstract, or a whole paper, as plain text with blank lines between paragraphs.
/// Statements of tables' cells ([`table`]) may end it, each a paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct GivenText {
    /// The caller's name for it; its place, from "0" on, where not given.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub id: Option<String>,
    /// Its title, where it has one.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub title: String,
    /// The text.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub text: String,
    /// Whether it was taken back, which makes it no evidence; its title and first words are asked too.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub retracted: bool,
}

/// An id that two of the texts have, where there is one: what is found could not be told apart by it.
#[must_use]
pub fn repeated_id(texts: &[GivenText]) -> Option<String> {
    let mut met = BTreeSet::new();
    (0..texts.len()).map(|place| id_of(texts, place)).find(|id| !met.insert(id.clone()))
}

/// The id of the text at a place: its own, or the place.
fn id_of(texts: &[GivenText], place: usize) -> String {
    texts[place].id.clone().unwrap_or_else(|| place.to_string())
}

/// What of the texts is read for one claim.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct CheckLimits {
    /// Texts read, at most: those nearest to the claim. 16 where not given, as SciFact's open task is measured with.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub texts: usize,
    /// Sentences of them tested, at most; 8 where not given.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub passages: usize,
    /// Id of the text that the claim was taken from, where it is among them: it can ground the claim, never support it.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub own: Option<String>,
}

impl Default for CheckLimits {
    fn default() -> Self {
        Self { texts: 16, passages: 8, own: None }
    }
}

/// What a claim comes to by the texts. A sentence stands under `for` or `against` only where it decides for that side, the
/// strongest first; what was tested and decides nothing stands under `nearest`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Checked {
    /// The claim as the model was asked it: without frames such as "our results show that".
    pub claim: String,
    /// The verdict.
    pub label: Label,
    /// Calibrated probability of the label's class by the strongest deciding sentence, in `0.0..=1.0`; for not enough info,
    /// of the sentence that came nearest to deciding. Nothing where none was tested.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub probability: Option<f32>,
    /// Why, in a sentence for the reader.
    pub reason: String,
    /// Sentences that decide for the claim.
    #[serde(rename = "for")]
    pub for_it: Vec<FoundSentence>,
    /// Sentences that decide against it.
    pub against: Vec<FoundSentence>,
    /// Sentences that decide nothing, the nearest to deciding.
    pub nearest: Vec<FoundSentence>,
    /// The best other sentence of the claim's own text, where one decides for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grounded: Option<FoundSentence>,
    /// Sentences tested, those of the claim's own text left out.
    pub tested: usize,
}

/// A sentence of one of the texts, scored for a claim.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct FoundSentence {
    /// Id of its text.
    pub text: String,
    /// Where it begins in the text as given, in UTF-16 units, as JavaScript counts.
    pub start: usize,
    /// Where it ends there.
    pub end: usize,
    /// The sentence as it was read: white space and forms of letters made uniform.
    pub quote: String,
    /// What the model and the signals make of it.
    pub probability: Probability,
    /// How strongly it decides; nothing where it does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strength: Option<Strength>,
    /// What the signals say of the two, where they say anything.
    pub signals: Vec<Said>,
}

/// Texts, indexed once for any number of claims.
pub struct Library {
    texts: Vec<GivenText>,
    index: PaperIndex,
    params: Params,
}

impl Library {
    /// Indexes texts. They are kept as given and read when a claim needs them: tens of thousands of abstracts fit.
    #[must_use]
    pub fn of(texts: Vec<GivenText>, params: Params) -> Self {
        let prose = |given: &'_ GivenText| table::parted(&given.text).0.len();
        let index = PaperIndex::of(texts.iter().map(|given| (given.title.as_str(), &given.text[..prose(given)])));
        Self { texts, index, params }
    }

    /// Ids of the texts nearest to a claim, nearest first, at most `most`; those that share no word with it are left out.
    #[must_use]
    pub fn nearest(&self, claim: &str, most: usize) -> Vec<String> {
        self.index.best(claim, most).into_iter().map(|place| id_of(&self.texts, place)).collect()
    }

    /// What the model is to be asked about a claim, in the order that [`Library::judge`] expects the answers in.
    #[must_use]
    pub fn pairs(&self, claim: &str, limits: &CheckLimits) -> Vec<Pair> {
        let papers = self.read_for(claim, limits);
        let sentences = Sentences::of(&papers, &self.params);
        self.put(claim, limits, &sentences).pairs()
    }

    /// What the claim comes to, by the scores of the pairs that [`Library::pairs`] gave for the same arguments.
    #[must_use]
    pub fn judge(
        &self,
        claim: &str,
        limits: &CheckLimits,
        scores: &[Entailment],
        calibration: &Calibration,
        thresholds: &Thresholds,
    ) -> Checked {
        let papers = self.read_for(claim, limits);
        let sentences = Sentences::of(&papers, &self.params);
        let evidence = self.put(claim, limits, &sentences).evidence(scores, calibration);
        let verdict = judge_by_texts(&ClaimId(String::new()), evidence, thresholds, &self.params);
        let found = |list: Vec<Evidence>| list.into_iter().filter_map(|evidence| self.found(evidence)).collect();
        let Verdict { label, confidence, reason, evidence_for, evidence_against, nearest, grounded, tested, .. } =
            verdict;
        Checked {
            claim: core(&normalize(claim)),
            label,
            probability: confidence,
            reason,
            for_it: found(evidence_for),
            against: found(evidence_against),
            nearest: found(nearest),
            grounded: grounded.and_then(|evidence| self.found(evidence)),
            tested,
        }
    }

    fn put<'s>(&self, claim: &str, limits: &CheckLimits, sentences: &'s Sentences<'s>) -> Trial<'s> {
        let own = limits.own.as_ref().and_then(|own| self.place_of(own)).map(id_at);
        put(claim, own.as_ref(), sentences, limits.passages)
    }

    /// The texts nearest to the claim, read; all of them, in their order, where so many may be.
    fn read_for(&self, claim: &str, limits: &CheckLimits) -> Vec<Paper> {
        let places = if self.texts.len() <= limits.texts {
            (0..self.texts.len()).collect()
        } else {
            let own = limits.own.as_ref().and_then(|own| self.place_of(own));
            let mut nearest = self.index.best(claim, limits.texts);
            nearest.extend(own.filter(|own| !nearest.contains(own)));
            nearest
        };
        places.into_iter().map(|place| read(place, &self.texts[place])).collect()
    }

    fn place_of(&self, id: &str) -> Option<usize> {
        (0..self.texts.len()).find(|&place| id_of(&self.texts, place) == id)
    }

    fn found(&self, evidence: Evidence) -> Option<FoundSentence> {
        let place: usize = evidence.at.paper.0.parse().ok()?;
        let text = &self.texts.get(place)?.text;
        let (paragraph, _) = plain::passages(text).nth(evidence.at.passage)?;
        let within = origin(paragraph.of(text), evidence.span)?;
        let utf16 = |end: usize| Span { start: 0, end: paragraph.start + end }.of(text).encode_utf16().count();
        Some(FoundSentence {
            text: id_of(&self.texts, place),
            start: utf16(within.start),
            end: utf16(within.end),
            quote: evidence.quote,
            probability: evidence.probability,
            strength: evidence.strength,
            signals: evidence.signals,
        })
    }
}

/// Puts a claim from elsewhere to the sentences nearest to it, at most so many of other papers than its own.
#[must_use]
pub fn put<'s>(claim: &str, own: Option<&PaperId>, sentences: &'s Sentences<'s>, passages: usize) -> Trial<'s> {
    let claim = normalize(claim);
    let candidates = sentences.candidates_for(&claim, own, passages);
    Trial::of(&core(&claim), candidates, sentences)
}

/// The id under which a text is read: its place, for callers may give two texts one id.
fn id_at(place: usize) -> PaperId {
    PaperId(place.to_string())
}

/// A given text as a paper that is its abstract alone: whatever it says of others is second-hand, the rest its own.
fn read(place: usize, given: &GivenText) -> Paper {
    let (title, text) = (normalize(&given.title), normalize(&given.text));
    let notice = Notice::of_title(&title).max(Notice::of_abstract(&text));
    let passages = plain::passages(&given.text).map(|(_, passage)| passage).collect();
    Paper {
        id: id_at(place),
        title,
        abstract_text: Some(text),
        retracted: given.retracted || notice.is_some_and(Notice::takes_back),
        notice,
        sections: vec![Section { heading: "Abstract".into(), kind: SectionKind::Abstract, passages }],
        reading: Reading::Abstract,
        ..Paper::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLAIM: &str = "Our results show that daytime naps improve word recall in adults.";

    fn text(id: &str, title: &str, text: &str) -> GivenText {
        GivenText { id: Some(id.into()), title: title.into(), text: text.into(), ..GivenText::default() }
    }

    fn library() -> Library {
        let texts = vec![
            text("grain", "Grain storage", "Sealed bags kept grain dry for nine months."),
            text(
                "naps",
                "Naps",
                "We tested forty\n adults.\n\n  Short daytime naps im\u{ad}proved word\nrecall in older adults. 😴",
            ),
            text(
                "own",
                "Sleep by day",
                "Daytime naps improve word recall in adults. Word recall of adults was better after naps.",
            ),
        ];
        Library::of(texts, Params::default())
    }

    fn checked(library: &Library, limits: &CheckLimits, [entailment, neutral, contradiction]: [f32; 3]) -> Checked {
        let scores = vec![Entailment { entailment, neutral, contradiction }; library.pairs(CLAIM, limits).len()];
        library.judge(CLAIM, limits, &scores, &Calibration::none(), &Thresholds::firm(0.8, 0.8))
    }

    #[test]
    fn a_claim_is_asked_in_its_core_and_quotes_stand_in_the_text_as_given() {
        let library = library();
        let limits = CheckLimits { own: Some("own".into()), ..CheckLimits::default() };
        let checked = checked(&library, &limits, [6.0, 0.0, 0.0]);
        assert_eq!(
            (checked.claim.as_str(), checked.label),
            ("Daytime naps improve word recall in adults.", Label::Supported)
        );
        let found = checked.for_it.iter().find(|found| found.text == "naps").unwrap();
        assert_eq!(found.quote, "Short daytime naps improved word recall in older adults.");
        let units: Vec<u16> = library.texts[1].text.encode_utf16().collect();
        let there = String::from_utf16(&units[found.start..found.end]).unwrap();
        assert_eq!(there, "Short daytime naps im\u{ad}proved word\nrecall in older adults.");
        assert_eq!(checked.grounded.unwrap().quote, "Word recall of adults was better after naps.");
    }

    #[test]
    fn only_the_nearest_texts_are_read_but_always_its_own() {
        let library = library();
        let limits = CheckLimits { texts: 1, ..CheckLimits::default() };
        let found = |limits: &CheckLimits| {
            let checked = checked(&library, limits, [6.0, 0.0, 0.0]);
            checked.for_it.into_iter().map(|found| found.text).collect::<Vec<_>>()
        };
        assert_eq!(found(&limits), ["own", "own"]);
        assert_eq!(library.nearest(CLAIM, 2), ["own", "naps"]);
        assert!(found(&CheckLimits { own: Some("own".into()), ..limits.clone() }).is_empty());
        assert_eq!(found(&CheckLimits { own: Some("grain".into()), ..limits }), ["own", "own"]);
    }

    #[test]
    fn what_was_taken_back_is_no_evidence() {
        for (title, retracted) in [("Retracted: Naps", false), ("Naps", true), ("Naps", false)] {
            let given = GivenText { retracted, ..text("naps", title, "Naps improved word recall in older adults.") };
            let library = Library::of(vec![given], Params::default());
            let label = checked(&library, &CheckLimits::default(), [6.0, 0.0, 0.0]).label;
            let expected = if title == "Naps" && !retracted { Label::Supported } else { Label::Untested };
            assert_eq!(label, expected, "{title} {retracted}");
        }
    }

    #[test]
    fn an_id_stands_for_one_text() {
        let texts = |ids: &[Option<&str>]| -> Vec<GivenText> {
            let text = |id: &Option<&str>| GivenText { id: id.map(Into::into), ..GivenText::default() };
            ids.iter().map(text).collect()
        };
        assert_eq!(repeated_id(&texts(&[Some("a"), None, Some("b")])), None);
        assert_eq!(repeated_id(&texts(&[Some("a"), Some("a")])).as_deref(), Some("a"));
        assert_eq!(repeated_id(&texts(&[Some("1"), None])).as_deref(), Some("1"));
    }

    #[test]
    fn nothing_to_read_is_not_tested() {
        let library = Library::of(Vec::new(), Params::default());
        assert_eq!(checked(&library, &CheckLimits::default(), [0.0, 6.0, 0.0]).label, Label::Untested);
    }
}
