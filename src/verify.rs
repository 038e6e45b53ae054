//! Verification: which passages a claim is tested against, and the verdict. **The verdict is decided in [`judge`].**

mod calibrate;
mod direction;
mod numbers;
mod opposite;
mod significance;
mod trial;

pub use calibrate::probabilities;
pub use direction::{Direction, direction};
pub use numbers::{Comparison, Numbers, compare};
pub use opposite::opposite;
pub use significance::{Significance, significance};
pub use trial::{Trial, takes_a_side};

use crate::{
    claim::{self, Claim, ClaimId, Voice},
    nli::Thresholds,
    paper::{Paper, PaperId, Passage, PassageRef, SectionKind, same_work},
    rank::Bm25,
    text::{Span, terms},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a claim was found to be; FEVER's labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum Label {
    /// An independent paper entails it.
    Supported,
    /// An independent paper contradicts it.
    Refuted,
    /// Neither, or both.
    NotEnoughInfo,
}

/// How the evidence's paper stands to the claim's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum Relation {
    /// Another sentence of the claim's own paper: it can ground the claim, never corroborate it.
    OwnPaper,
    /// A different work.
    Independent,
}

/// Calibrated class probabilities of one pair; they sum to 1 before rounding to three decimals.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Probability {
    /// That the evidence entails the claim.
    pub entailment: f32,
    /// That it says nothing about it.
    pub neutral: f32,
    /// That it contradicts it.
    pub contradiction: f32,
}

impl Probability {
    /// To three decimals, so that reports do not differ in digits nobody can use.
    fn rounded(self) -> Self {
        let Self { entailment, neutral, contradiction } = self;
        Self { entailment: round(entailment), neutral: round(neutral), contradiction: round(contradiction) }
    }
}

/// One passage scored for one claim.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Evidence {
    /// The passage it stands in.
    pub at: PassageRef,
    /// Own paper or independent.
    pub relation: Relation,
    /// Text of the whole passage, for context.
    pub passage: String,
    /// The sentence within the passage that was scored: `passage[span] == quote`.
    pub span: Span,
    /// That sentence, verbatim.
    pub quote: String,
    /// Share of the claim's words, weighted by how rare they are, that the quote has too, in `0.0..=1.0`.
    pub overlap: f32,
    /// How the claim's numbers stand to its own.
    pub numbers: Numbers,
    /// How the two stand in what they call significant.
    pub significance: Significance,
    /// How the two stand in what they say of more and less.
    pub direction: Direction,
    /// What the model makes of the claim's opposite, where it has one and the sentence takes a side.
    #[serde(default)]
    pub opposite: Option<Opposed>,
    /// What was made of it, by the model and all these.
    pub probability: Probability,
}

/// The claim's [`opposite`], put to the same sentence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Opposed {
    /// The opposite.
    pub claim: String,
    /// What was made of it by itself.
    pub probability: Probability,
}

/// The outcome for one claim, with the evidence for and against it: on each side what can decide comes first, then the
/// strongest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Verdict {
    /// Of which claim.
    pub claim: ClaimId,
    /// The verdict.
    pub label: Label,
    /// Calibrated probability of the label's class by the deciding evidence; for not enough info, of the sentence that
    /// came nearest to deciding. `None` where no sentence of another paper shares enough words to decide.
    pub confidence: Option<f32>,
    /// Why, in a sentence for the reader.
    pub reason: String,
    /// Independent passages that speak for the claim rather than against it.
    pub evidence_for: Vec<Evidence>,
    /// Independent passages that speak against it.
    pub evidence_against: Vec<Evidence>,
    /// The best other sentence of the claim's own paper, where one entails it at the threshold: *grounded*.
    pub grounded: Option<Evidence>,
    /// Independent passages tested.
    pub tested: usize,
}

/// Fewest search terms of a sentence that can be evidence.
pub const MIN_TERMS: usize = 4;
/// Share of a claim's rarity-weighted words that a sentence must have to be tested, and so shown, at all.
pub const MIN_OVERLAP: f32 = 0.15;
/// Share it needs to *support*: below it a sentence is about something else, whatever the model says of it.
pub const MIN_OVERLAP_TO_SUPPORT: f32 = 0.25;
/// Share it needs to *refute*: two sentences that differ contradict each other only when they speak of the same thing,
/// which a small model cannot judge by itself.
pub const MIN_OVERLAP_TO_REFUTE: f32 = 0.5;
/// Passages of one paper tested for one claim, at most, so that evidence is spread over papers.
pub const PASSAGES_PER_PAPER: usize = 3;
/// Ways in which a sentence is read: see [`Sentences::premises`].
const READINGS: usize = 2;
/// Sentences of the claim's own paper tested for grounding, at most.
pub const OWN_PASSAGES: usize = 2;
/// Evidence listed on each side, at most.
pub const LISTED: usize = 3;

/// A sentence to be scored for a claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The passage it stands in.
    pub at: PassageRef,
    /// The sentence within the passage.
    pub span: Span,
    /// Own paper or independent.
    pub relation: Relation,
    /// See [`Evidence::overlap`].
    pub overlap: f32,
}

/// Every sentence of the papers read, indexed for BM25.
pub struct Sentences<'a> {
    papers: Vec<&'a Paper>,
    places: Vec<(usize, PassageRef, Span)>,
    index: Bm25,
}

impl<'a> Sentences<'a> {
    /// Indexes the papers' sentences. Left out: questions, scraps of fewer than [`MIN_TERMS`] terms, and sentences that
    /// report somebody else's result: a citation repeats a finding, it does not confirm it.
    pub fn of(papers: impl IntoIterator<Item = &'a Paper>) -> Self {
        let papers: Vec<&Paper> = papers.into_iter().collect();
        let mut places = Vec::new();
        let mut documents = Vec::new();
        for (index, paper) in papers.iter().enumerate() {
            for (at, passage) in paper.passages() {
                for &span in &passage.sentences {
                    let sentence = span.of(&passage.text);
                    let terms = terms(sentence);
                    let own = claim::voice(sentence, paper.sections[at.section].kind) == Voice::Own;
                    if own && terms.len() >= MIN_TERMS && !sentence.ends_with('?') {
                        places.push((index, at.clone(), span));
                        documents.push(terms);
                    }
                }
            }
        }
        Self { papers, places, index: Bm25::new(documents) }
    }

    /// The sentences a claim is tested against: the best by BM25 of *other* works, at most `limit`, and a few of its
    /// own paper. A duplicate record of the claim's paper counts as its own paper.
    #[must_use]
    pub fn candidates(&self, claim: &Claim, limit: usize) -> Vec<Candidate> {
        let Some(own) = self.papers.iter().find(|paper| paper.id == claim.at.paper) else { return Vec::new() };
        let same: Vec<bool> = self.papers.iter().map(|paper| same_work(own, paper)).collect();
        let is_claim = |at: &PassageRef, span: Span| *at == claim.at && span == claim.span;
        self.closest(&claim.text, limit, &same, is_claim)
    }

    /// The sentences that a claim from elsewhere is tested against: every paper is independent of it.
    #[must_use]
    pub fn candidates_for(&self, claim: &str, limit: usize) -> Vec<Candidate> {
        self.closest(claim, limit, &vec![false; self.papers.len()], |_, _| false)
    }

    /// The best sentences by BM25; `same` says of each paper whether it is the claim's own.
    fn closest(
        &self,
        claim: &str,
        limit: usize,
        same: &[bool],
        is_claim: impl Fn(&PassageRef, Span) -> bool,
    ) -> Vec<Candidate> {
        let mut wanted = terms(claim);
        wanted.sort();
        wanted.dedup();
        let mut ranked: Vec<(f32, usize)> = (0..self.places.len())
            .map(|place| (self.index.score(&wanted, place), place))
            .filter(|(score, _)| *score > 0.0)
            .collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));

        let mut taken = vec![0_usize; self.papers.len()];
        let mut independent = 0;
        let mut chosen = Vec::new();
        for (_, place) in ranked {
            let (paper, at, span) = &self.places[place];
            if is_claim(at, *span) {
                continue;
            }
            let relation = if same[*paper] { Relation::OwnPaper } else { Relation::Independent };
            let (room, per_paper) = match relation {
                Relation::OwnPaper => (true, OWN_PASSAGES),
                Relation::Independent => (independent < limit, PASSAGES_PER_PAPER),
            };
            let overlap = self.index.overlap(&wanted, place);
            if room && taken[*paper] < per_paper && overlap >= MIN_OVERLAP {
                taken[*paper] += 1;
                independent += usize::from(relation == Relation::Independent);
                chosen.push(Candidate { at: at.clone(), span: *span, relation, overlap: round(overlap) });
            }
        }
        chosen
    }

    /// What is read of a candidate: the sentence alone, and in its place, under its paper's title and, of another work, after the
    /// sentence before it. Alone, "mortality was lower" seems to entail what another study found of another drug, and "it fell" says
    /// nothing. What is made of the two is decided in `verify/trial.rs`.
    fn premises(&self, candidate: &Candidate) -> [String; READINGS] {
        let passage = self.passage(&candidate.at);
        let sentence = passage.map_or("", |passage| candidate.span.of(&passage.text));
        let paper = self.papers.iter().find(|paper| paper.id == candidate.at.paper);
        let kind = paper.map_or(SectionKind::Other, |paper| paper.sections[candidate.at.section].kind);
        let before = passage.and_then(|passage| {
            let spans = passage.sentences.iter();
            spans.rev().find(|span| span.end <= candidate.span.start).map(|span| span.of(&passage.text))
        });
        // In the claim's own paper it may be the claim; elsewhere it may report somebody else's result.
        let is_independent = candidate.relation == Relation::Independent;
        let before = before.filter(|before| is_independent && claim::voice(before, kind) == Voice::Own);
        let title = paper.map(|paper| paper.title.trim_end_matches('.')).filter(|title| !title.is_empty());
        let title = title.map(|title| format!("{title}."));
        let parts = [title.as_deref(), before, Some(sentence)];
        let in_place = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
        [sentence.into(), in_place]
    }

    fn passage(&self, at: &PassageRef) -> Option<&Passage> {
        self.papers.iter().find_map(|paper| paper.passage(at))
    }
}

/// Decides the verdict on a claim from its scored evidence. The only place where a label is chosen:
///
/// * *supported* where an independent sentence entails it at the threshold and none contradicts it at its threshold;
/// * *refuted* the other way round;
/// * a sentence counts on either side only where it shares enough of the claim's words ([`MIN_OVERLAP_TO_SUPPORT`],
///   [`MIN_OVERLAP_TO_REFUTE`]);
/// * *not enough info* where neither or both happen. Both is said in the reason: the claim is contested.
#[must_use]
pub fn judge(claim: &ClaimId, evidence: Vec<Evidence>, thresholds: &Thresholds) -> Verdict {
    let (own, independent): (Vec<_>, Vec<_>) = evidence.into_iter().partition(|e| e.relation == Relation::OwnPaper);
    let tested = independent.len();
    let supporting: Vec<&Evidence> = independent.iter().filter(|e| supports(e, thresholds)).collect();
    let refuting: Vec<&Evidence> = independent.iter().filter(|e| refutes(e, thresholds)).collect();

    let (label, confidence, reason) = match (supporting.as_slice(), refuting.as_slice()) {
        _ if tested == 0 => {
            (Label::NotEnoughInfo, None, "No other paper that was read has a sentence close enough to test it.".into())
        }
        ([], []) => (
            Label::NotEnoughInfo,
            independent.iter().filter_map(nearest).max_by(f32::total_cmp),
            format!("{} of other papers tested; none decides it.", counted(tested, "sentence")),
        ),
        (fors, []) => (
            Label::Supported,
            best(fors, |p| p.entailment),
            format!("Entailed by {} of {}.", counted(fors.len(), "sentence"), papers_of(fors)),
        ),
        ([], againsts) => (
            Label::Refuted,
            best(againsts, |p| p.contradiction),
            format!("Contradicted by {} of {}.", counted(againsts.len(), "sentence"), papers_of(againsts)),
        ),
        (fors, againsts) => (
            Label::NotEnoughInfo,
            best(&[fors, againsts].concat(), |p| p.entailment.max(p.contradiction)),
            format!("Contested: entailed by {}, contradicted by {}.", papers_of(fors), papers_of(againsts)),
        ),
    };
    Verdict {
        claim: claim.clone(),
        label,
        confidence: confidence.map(round),
        reason,
        evidence_for: strongest(&independent, MIN_OVERLAP_TO_SUPPORT, |p| (p.entailment, p.contradiction)),
        evidence_against: strongest(&independent, MIN_OVERLAP_TO_REFUTE, |p| (p.contradiction, p.entailment)),
        grounded: strongest(&own, MIN_OVERLAP_TO_SUPPORT, |p| (p.entailment, p.contradiction))
            .into_iter()
            .find(|e| supports(e, thresholds)),
        tested,
    }
}

/// Whether a sentence by itself speaks for the claim: entailed at the threshold, by enough of its words.
#[must_use]
pub fn supports(evidence: &Evidence, thresholds: &Thresholds) -> bool {
    evidence.probability.entailment >= thresholds.supported && evidence.overlap >= MIN_OVERLAP_TO_SUPPORT
}

/// Whether a sentence by itself speaks against the claim.
#[must_use]
pub fn refutes(evidence: &Evidence, thresholds: &Thresholds) -> bool {
    evidence.probability.contradiction >= thresholds.refuted && evidence.overlap >= MIN_OVERLAP_TO_REFUTE
}

/// How near a sentence came to deciding: its probability on the sides where it shares enough words to count.
fn nearest(evidence: &Evidence) -> Option<f32> {
    let counts = |side: f32, least: f32| (evidence.overlap >= least).then_some(side);
    let supporting = counts(evidence.probability.entailment, MIN_OVERLAP_TO_SUPPORT);
    let refuting = counts(evidence.probability.contradiction, MIN_OVERLAP_TO_REFUTE);
    supporting.into_iter().chain(refuting).max_by(f32::total_cmp)
}

/// The evidence on one side: first what shares enough words to count, each group strongest first. `sides` gives the
/// probability for this side and for the other.
fn strongest(evidence: &[Evidence], least: f32, sides: impl Fn(Probability) -> (f32, f32)) -> Vec<Evidence> {
    let this = |e: &Evidence| sides(e.probability).0;
    let counts = |e: &Evidence| e.overlap >= least;
    let mut side: Vec<Evidence> = evidence.iter().filter(|e| this(e) > sides(e.probability).1).cloned().collect();
    side.sort_by(|a, b| {
        counts(b).cmp(&counts(a)).then(this(b).total_cmp(&this(a))).then_with(|| (&a.at, a.span).cmp(&(&b.at, b.span)))
    });
    side.truncate(LISTED);
    side
}

fn best(evidence: &[&Evidence], of: impl Fn(Probability) -> f32) -> Option<f32> {
    evidence.iter().map(|e| of(e.probability)).max_by(f32::total_cmp)
}

fn papers_of(evidence: &[&Evidence]) -> String {
    let papers: BTreeSet<&PaperId> = evidence.iter().map(|e| &e.at.paper).collect();
    counted(papers.len(), "independent paper")
}

fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// Three decimals.
fn round(value: f32) -> f32 {
    (value * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        nli::{Calibration, Entailment},
        paper::Reading,
        read::plain,
    };
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn any_two_texts_can_be_compared(words in prop::collection::vec(prop_oneof![
            any::<String>(),
            prop::sample::select(vec![
                "more", "Fewer", "than", "compared with", "vs.", ",", ";", ". ", "the drug", "\u{130}", "\u{1f1e6}", "$40m", "p =",
                "<", "0.05", "95% CI", "HR", "or", "1.2", "to", "not", "significant", "half", "one in", "%", "-", "[1]",
            ]).prop_map(str::to_owned),
        ], 0..24), at in 0..24_usize) {
            let (evidence, claim) = words.split_at(at.min(words.len()));
            let (evidence, claim) = (evidence.join(" "), claim.join(" "));
            let _ = (direction(&evidence, &claim), significance(&evidence, &claim), compare(&evidence, &claim));
            prop_assert_ne!(opposite(&claim), Some(claim.clone()));
            prop_assert_ne!(direction(&claim, &claim), Direction::Opposite);
            prop_assert_ne!(significance(&claim, &claim), Significance::Differ);
        }
    }

    pub(super) fn paper(id: &str, title: &str, text: &str) -> Paper {
        Paper {
            id: PaperId(id.into()),
            title: title.into(),
            authors: vec![format!("{title} Author")],
            year: Some(2026),
            venue: None,
            doi: None,
            arxiv_id: None,
            url: "https://example.org".into(),
            abstract_text: Some(text.into()),
            retracted: false,
            sources: Vec::new(),
            sections: vec![plain::section("Abstract", SectionKind::Abstract, text)],
            reading: Reading::Abstract,
            ..Paper::default()
        }
    }

    pub(super) fn first_sentence(paper: &Paper) -> Claim {
        let (at, passage) = paper.passages().next().unwrap();
        let span = passage.sentences[0];
        Claim {
            id: ClaimId("c1".into()),
            at,
            span,
            text: span.of(&passage.text).into(),
            section: "Abstract".into(),
            section_kind: SectionKind::Abstract,
            voice: Voice::Own,
            worth: 1.0,
            cues: Vec::new(),
        }
    }

    fn evidence(paper: &str, relation: Relation, entailment: f32, contradiction: f32, overlap: f32) -> Evidence {
        let quote = "Short naps improve recall.";
        Evidence {
            at: PassageRef { paper: PaperId(paper.into()), section: 0, passage: 0 },
            relation,
            passage: quote.into(),
            span: Span { start: 0, end: quote.len() },
            quote: quote.into(),
            overlap,
            numbers: Numbers::None,
            significance: Significance::None,
            direction: Direction::None,
            opposite: None,
            probability: Probability { entailment, neutral: 1.0 - entailment - contradiction, contradiction },
        }
    }

    fn verdict(evidence: Vec<Evidence>) -> Verdict {
        let thresholds = Thresholds { supported: 0.8, refuted: 0.8, note: None, more: BTreeMap::new() };
        judge(&ClaimId("c1".into()), evidence, &thresholds)
    }

    const OTHER: Relation = Relation::Independent;

    #[test]
    fn one_side_at_its_threshold_decides() {
        let supported = verdict(vec![evidence("a", OTHER, 0.9, 0.05, 0.6), evidence("b", OTHER, 0.3, 0.6, 0.6)]);
        assert_eq!((supported.label, supported.confidence), (Label::Supported, Some(0.9)));
        assert_eq!(supported.evidence_against.len(), 1, "the other side is kept");
        let refuted = verdict(vec![evidence("a", OTHER, 0.05, 0.85, 0.6)]);
        assert_eq!((refuted.label, refuted.confidence), (Label::Refuted, Some(0.85)));
    }

    #[test]
    fn what_can_decide_is_listed_before_what_only_scores_higher() {
        let refuted = verdict(vec![evidence("a", OTHER, 0.0, 0.99, 0.3), evidence("b", OTHER, 0.0, 0.9, 0.6)]);
        let order: Vec<&str> = refuted.evidence_against.iter().map(|e| e.at.paper.0.as_str()).collect();
        assert_eq!((refuted.confidence, order), (Some(0.9), vec!["b", "a"]));
    }

    #[test]
    fn both_sides_or_neither_decide_nothing() {
        let contested = verdict(vec![evidence("a", OTHER, 0.9, 0.05, 0.6), evidence("b", OTHER, 0.0, 0.95, 0.6)]);
        assert_eq!(contested.label, Label::NotEnoughInfo);
        assert!(contested.reason.starts_with("Contested"), "{}", contested.reason);
        assert_eq!(verdict(vec![evidence("a", OTHER, 0.79, 0.1, 0.6)]).label, Label::NotEnoughInfo);
        let untested = verdict(Vec::new());
        assert_eq!((untested.label, untested.confidence), (Label::NotEnoughInfo, None));
    }

    #[test]
    fn a_sentence_about_something_else_cannot_refute() {
        let verdict = verdict(vec![evidence("a", OTHER, 0.01, 0.98, 0.3)]);
        assert_eq!((verdict.label, verdict.confidence), (Label::NotEnoughInfo, Some(0.01)));
    }

    #[test]
    fn the_claims_own_paper_grounds_it_but_never_supports_it() {
        let verdict = verdict(vec![evidence("a", Relation::OwnPaper, 0.99, 0.0, 0.9)]);
        assert_eq!((verdict.label, verdict.tested), (Label::NotEnoughInfo, 0));
        assert!(verdict.evidence_for.is_empty());
        assert!(verdict.grounded.is_some());
    }

    #[test]
    fn a_duplicate_record_of_the_own_paper_is_not_independent() {
        let text = "Short daytime naps improved word recall in healthy older adults by twelve percent.";
        let own = paper("doi:10.1/x", "Naps and recall in older adults", text);
        let twin = Paper { id: PaperId("arxiv:2601.00001".into()), ..own.clone() };
        let other = paper("doi:10.1/y", "Sleep and memory", text);
        let sentences = Sentences::of([&own, &twin, &other]);
        let claim = first_sentence(&own);
        let candidates = sentences.candidates(&claim, 8);
        let relation_of = |id: &str| candidates.iter().find(|c| c.at.paper.0 == id).map(|c| c.relation);
        assert_eq!(relation_of("arxiv:2601.00001"), Some(Relation::OwnPaper));
        assert_eq!(relation_of("doi:10.1/y"), Some(Relation::Independent));
        assert!(relation_of("doi:10.1/x").is_none(), "the claim's own sentence is never tested against itself");
    }

    #[test]
    fn a_sentence_is_read_alone_and_in_its_place() {
        let own = paper("a", "Naps", "Short daytime naps improved word recall in healthy older adults.");
        let other = paper("b", "Naps too.", "We tested forty adults. Word recall of older adults improved after naps.");
        let sentences = Sentences::of([&own, &other]);
        let claim = first_sentence(&own);
        let [alone, in_place] = sentences.premises(&sentences.candidates(&claim, 8)[0]);
        assert_eq!(alone, "Word recall of older adults improved after naps.");
        assert_eq!(in_place, format!("Naps too. We tested forty adults. {alone}"));
        let first = Candidate { at: claim.at.clone(), span: claim.span, relation: OTHER, overlap: 1.0 };
        let [alone, in_place] = sentences.premises(&first);
        assert_eq!(in_place, format!("Naps. {alone}"));
    }

    #[test]
    fn neither_the_claim_itself_nor_a_citation_is_read_before_a_sentence() {
        let claim = "Short daytime naps improved word recall in older adults.";
        let after = "Word recall of older adults improved after naps.";
        let own = paper("a", "Naps", &format!("{claim} {after}"));
        let citing =
            paper("b", "More naps", &format!("Smith et al. found that naps improved word recall [3]. {after}"));
        let sentences = Sentences::of([&own, &citing]);
        let candidates = sentences.candidates(&first_sentence(&own), 8);
        assert_eq!(candidates.len(), 2);
        for candidate in &candidates {
            let [_, in_place] = sentences.premises(candidate);
            assert!(in_place.ends_with(&format!("aps. {after}")), "{in_place}");
        }
    }

    #[test]
    fn quotes_equal_their_span_and_unrelated_sentences_are_not_tested() {
        let own = paper("a", "Naps", "Short daytime naps improved word recall in healthy older adults.");
        let other =
            paper("b", "Naps too", "Gold is heavy and dense metal. Word recall of older adults improved after naps.");
        let sentences = Sentences::of([&own, &other]);
        let claim = first_sentence(&own);
        let candidates = sentences.candidates(&claim, 8);
        assert_eq!(candidates.len(), 1);
        let evidence = &Trial::of(&claim.text, candidates, &sentences).evidence(
            &[Entailment { entailment: 2.0, neutral: 0.0, contradiction: 0.0 }; READINGS],
            &[],
            &Calibration::none(),
        )[0];
        assert_eq!(evidence.span.of(&evidence.passage), evidence.quote);
        assert_eq!(evidence.quote, "Word recall of older adults improved after naps.");
    }
}
