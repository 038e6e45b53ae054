//! Verification: which passages a claim is tested against, and the verdict. **The verdict is decided in [`judge`].**

mod calibrate;
mod cell;
mod direction;
mod judge;
mod numbers;
mod params;
mod sentences;
mod sides;
mod signal;
mod significance;
mod trial;

pub use calibrate::probabilities;
pub use cell::Cells;
pub use direction::{Direction, direction};
pub use judge::{judge, judge_by_texts, judge_nearest, label_at};
pub use numbers::unstated;
pub use params::Params;
pub use sentences::{Candidate, Sentences};
pub use signal::{SIGNALS, Said, Signal, signals};
pub use significance::significance;
pub use trial::{Trial, statement};

use crate::{claim::ClaimId, paper::PassageRef, text::Span};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What a claim was found to be, by other papers than its own: FEVER's labels in two strengths, and why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum Label {
    /// Another paper than its own, or a text at hand, entails it, and none speaks against it.
    Supported,
    /// Another paper, or a text at hand, entails it, but not surely, or against weaker evidence.
    LeansSupported,
    /// Other papers, or texts at hand, speak for and against it, equally strongly.
    Contested,
    /// Another paper, or a text at hand, contradicts it, but not surely, or against weaker evidence.
    LeansRefuted,
    /// Another paper, or a text at hand, contradicts it, and none speaks for it.
    Refuted,
    /// Sentences of other papers, or of texts at hand, were tested, and none decides.
    NotEnoughInfo,
    /// No sentence of another paper, or of a text at hand, was close enough to test.
    Untested,
}

impl Label {
    /// Whether independent papers decide it, on either side or both, in either strength.
    #[must_use]
    pub fn is_decided(self) -> bool {
        !matches!(self, Self::NotEnoughInfo | Self::Untested)
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Supported => "supported",
            Self::LeansSupported => "leans to supported",
            Self::Contested => "contested",
            Self::LeansRefuted => "leans to refuted",
            Self::Refuted => "refuted",
            Self::NotEnoughInfo => "not enough info",
            Self::Untested => "not tested",
        })
    }
}

/// Which side of a claim a sentence decides for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum Decides {
    /// It speaks for the claim.
    For,
    /// It speaks against it.
    Against,
    /// It decides nothing.
    None,
}

/// How strongly a sentence decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum Strength {
    /// From the threshold of *leans* on.
    Leaning,
    /// From that of *supported* or *refuted* on.
    Firm,
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
    /// What the [signals](SIGNALS) say of the two, where they say anything.
    pub signals: Vec<Said>,
    /// What was made of it, by the model and all these.
    pub probability: Probability,
    /// Which side of the claim it decides for.
    pub decides: Decides,
    /// How strongly; `None` where it decides nothing.
    pub strength: Option<Strength>,
}

/// The outcome for one claim. A sentence stands under `evidence_for` or `evidence_against` only where it decides for that
/// side, the strongest first; what was tested and decides nothing stands under `nearest`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Verdict {
    /// Of which claim.
    pub claim: ClaimId,
    /// The verdict.
    pub label: Label,
    /// Calibrated probability of the label's class by the strongest deciding sentence; for not enough info, of the sentence
    /// that came nearest to deciding. `None` where nothing was tested.
    pub confidence: Option<f32>,
    /// Why, in a sentence for the reader.
    pub reason: String,
    /// Independent sentences that decide for the claim, the strongest [`Params::listed`] of them.
    pub evidence_for: Vec<Evidence>,
    /// Independent sentences that decide against it, the strongest [`Params::listed`] of them.
    pub evidence_against: Vec<Evidence>,
    /// Independent sentences that decide nothing, the [`Params::nearest`] nearest to deciding.
    pub nearest: Vec<Evidence>,
    /// The best other sentence of the claim's own paper, where one decides for it: *grounded*.
    pub grounded: Option<Evidence>,
    /// Independent passages tested.
    pub tested: usize,
}

/// Ways in which a sentence is read: see [`Sentences`].
const READINGS: usize = 2;

/// Three decimals.
fn round(value: f32) -> f32 {
    (value * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        claim::{Claim, Voice},
        nli::{Calibration, Entailment, Thresholds},
        paper::{Paper, PaperId, Reading, SectionKind},
        read::plain,
    };
    use proptest::prelude::*;

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
            let said = signals(&evidence, &claim);
            prop_assert!(said.iter().all(|said| said.words().is_some()));
            prop_assert_ne!(direction(&claim, &claim), Direction::Opposite);
            prop_assert_ne!(significance(&claim, &claim), Some("differ"));
        }

        /// Whatever the scores, the label, the lists and what each sentence decides agree, at any thresholds.
        #[test]
        fn label_and_lists_agree(
            scores in prop::collection::vec((0.0_f32..1.0, 0.0_f32..1.0, 0.0_f32..1.0, any::<bool>(), 0..4_usize), 0..12),
            cuts in prop::array::uniform4(0.34_f32..1.0), other in prop::array::uniform4(0.34_f32..1.0),
            floor in 0.0_f32..1.0, listed in 1..4_usize,
        ) {
            let evidence: Vec<Evidence> = scores.into_iter().enumerate().map(|(at, (e, n, c, own, kind))| {
                let sum = (e + n + c).max(f32::MIN_POSITIVE);
                let relation = if own { Relation::OwnPaper } else { Relation::Independent };
                let mut evidence = evidence(&format!("p{at}"), relation, e / sum, c / sum);
                let kind = ["agree", "differ", "unclear"].get(kind);
                evidence.signals.extend(kind.map(|kind| Said { name: "sides".into(), kind: (*kind).into() }));
                evidence
            }).collect();
            let params = Params { floor, listed, ..Params::default() };
            let thresholds = |[a, b, c, d]: [f32; 4]| Thresholds {
                leans_supported: a.min(b), leans_refuted: c.min(d), ..Thresholds::firm(a.max(b), c.max(d))
            };
            let verdict = judge(&ClaimId("c1".into()), evidence.clone(), &thresholds(cuts), &params);
            agrees(&verdict);
            prop_assert_eq!(verdict.label, label_at(&evidence, &thresholds(cuts), &params));
            let moved = judge_nearest(&verdict.claim, evidence.clone(), verdict.tested, &thresholds(other), &params);
            agrees(&moved);
            prop_assert_eq!(moved.label, label_at(&evidence, &thresholds(other), &params));
        }
    }

    fn agrees(verdict: &Verdict) {
        let strength = |list: &[Evidence]| list.iter().filter_map(|e| e.strength).max();
        let (for_it, against) = (strength(&verdict.evidence_for), strength(&verdict.evidence_against));
        assert!(verdict.evidence_for.iter().all(|e| e.decides == Decides::For && e.strength.is_some()));
        assert!(verdict.evidence_against.iter().all(|e| e.decides == Decides::Against && e.strength.is_some()));
        assert!(verdict.nearest.iter().all(|e| e.decides == Decides::None && e.strength.is_none()));
        for (list, class) in [(&verdict.evidence_for, true), (&verdict.evidence_against, false)] {
            for Evidence { probability: p, .. } in list {
                let (this, other) =
                    if class { (p.entailment, p.contradiction) } else { (p.contradiction, p.entailment) };
                assert!(this > other && this > p.neutral, "the most probable class");
            }
        }
        let firm = Some(Strength::Firm);
        match verdict.label {
            Label::Supported => assert!(for_it == firm && against.is_none()),
            Label::Refuted => assert!(against == firm && for_it.is_none()),
            Label::LeansSupported => assert!(for_it > against && (for_it != firm || against.is_some())),
            Label::LeansRefuted => assert!(against > for_it && (against != firm || for_it.is_some())),
            Label::Contested => assert!(for_it == against && for_it.is_some()),
            Label::NotEnoughInfo => assert!(for_it.is_none() && against.is_none() && verdict.tested > 0),
            Label::Untested => assert!(for_it.is_none() && against.is_none() && verdict.tested == 0),
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

    fn evidence(paper: &str, relation: Relation, entailment: f32, contradiction: f32) -> Evidence {
        let quote = "Short naps improve recall.";
        Evidence {
            at: PassageRef { paper: PaperId(paper.into()), section: 0, passage: 0 },
            relation,
            passage: quote.into(),
            span: Span { start: 0, end: quote.len() },
            quote: quote.into(),
            overlap: 0.5,
            signals: Vec::new(),
            probability: Probability { entailment, neutral: 1.0 - entailment - contradiction, contradiction },
            decides: Decides::None,
            strength: None,
        }
    }

    fn verdict(evidence: Vec<Evidence>) -> Verdict {
        let thresholds = Thresholds { leans_supported: 0.6, leans_refuted: 0.6, ..Thresholds::firm(0.8, 0.8) };
        judge(&ClaimId("c1".into()), evidence, &thresholds, &Params::default())
    }

    const OTHER: Relation = Relation::Independent;

    #[test]
    fn one_side_decides_firmly_or_leaning() {
        let supported = verdict(vec![evidence("a", OTHER, 0.9, 0.05), evidence("b", OTHER, 0.3, 0.55)]);
        assert_eq!((supported.label, supported.confidence), (Label::Supported, Some(0.9)));
        assert!(supported.evidence_against.is_empty(), "what decides nothing is no evidence");
        assert_eq!(supported.nearest.len(), 1);
        assert_eq!(verdict(vec![evidence("a", OTHER, 0.05, 0.85)]).label, Label::Refuted);
        assert_eq!(verdict(vec![evidence("a", OTHER, 0.7, 0.1)]).label, Label::LeansSupported);
        assert_eq!(verdict(vec![evidence("a", OTHER, 0.1, 0.7)]).label, Label::LeansRefuted);
    }

    #[test]
    fn the_stronger_side_is_leant_to_and_equal_ones_are_contested() {
        let of = |for_it, against| verdict(vec![evidence("a", OTHER, for_it, 0.0), evidence("b", OTHER, 0.0, against)]);
        assert_eq!(of(0.9, 0.7).label, Label::LeansSupported);
        assert_eq!(of(0.7, 0.9).label, Label::LeansRefuted);
        for (for_it, against) in [(0.9, 0.95), (0.65, 0.7)] {
            let contested = of(for_it, against);
            assert_eq!((contested.label, contested.confidence), (Label::Contested, Some(against)));
            assert!(contested.reason.starts_with("Contested"), "{}", contested.reason);
        }
    }

    #[test]
    fn nothing_near_is_not_the_same_as_nothing_tested() {
        let near = verdict(vec![evidence("a", OTHER, 0.55, 0.1)]);
        assert_eq!((near.label, near.confidence, near.nearest.len()), (Label::NotEnoughInfo, Some(0.55), 1));
        let untested = verdict(Vec::new());
        assert_eq!((untested.label, untested.confidence), (Label::Untested, None));
    }

    #[test]
    fn numbers_of_the_other_sides_forbid_a_verdict() {
        let mut sided = evidence("a", OTHER, 0.9, 0.05);
        let label = |kind: &str, sided: &mut Evidence| {
            sided.signals = vec![Said { name: "sides".into(), kind: kind.into() }];
            verdict(vec![sided.clone()]).label
        };
        assert_eq!(label("agree", &mut sided), Label::Supported);
        assert_eq!(label("differ", &mut sided), Label::NotEnoughInfo);
        assert_eq!(label("unclear", &mut sided), Label::NotEnoughInfo);
    }

    #[test]
    fn the_claims_own_paper_grounds_it_but_never_supports_it() {
        let verdict = verdict(vec![evidence("a", Relation::OwnPaper, 0.99, 0.0)]);
        assert_eq!((verdict.label, verdict.tested), (Label::Untested, 0));
        assert!(verdict.evidence_for.is_empty());
        assert!(verdict.grounded.is_some());
    }

    #[test]
    fn what_was_taken_back_or_is_doubted_is_no_evidence() {
        use crate::paper::Notice;
        let own = paper("doi:10.1/x", "Naps help recall", "We find that naps improve recall in adults by a lot.");
        let candidates = |notice: Option<Notice>| {
            let mut other = paper("doi:10.1/y", "Sleep of adults", "We find that naps improve recall in adults too.");
            other.notice = notice;
            let papers = [own.clone(), other];
            Sentences::of(&papers, &Params::default()).candidates(&first_sentence(&papers[0]), 5).len()
        };
        assert_eq!((candidates(None), candidates(Some(Notice::Corrected))), (1, 1));
        for notice in [Notice::Retracted, Notice::Withdrawn, Notice::Concern] {
            assert_eq!(candidates(Some(notice)), 0, "{notice:?}");
        }
    }

    #[test]
    fn a_duplicate_record_of_the_own_paper_is_not_independent() {
        let text = "Short daytime naps improved word recall in healthy older adults by twelve percent.";
        let own = paper("doi:10.1/x", "Naps and recall in older adults", text);
        let twin = Paper { id: PaperId("arxiv:2601.00001".into()), ..own.clone() };
        let other = paper("doi:10.1/y", "Sleep and memory", text);
        let sentences = Sentences::of([&own, &twin, &other], &Params::default());
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
        let sentences = Sentences::of([&own, &other], &Params::default());
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
        let sentences = Sentences::of([&own, &citing], &Params::default());
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
        let sentences = Sentences::of([&own, &other], &Params::default());
        let claim = first_sentence(&own);
        let candidates = sentences.candidates(&claim, 8);
        assert_eq!(candidates.len(), 1);
        let evidence = &Trial::of(&claim.text, candidates, &sentences).evidence(
            &[Entailment { entailment: 2.0, neutral: 0.0, contradiction: 0.0 }; READINGS],
            &Calibration::none(),
        )[0];
        assert_eq!(evidence.span.of(&evidence.passage), evidence.quote);
        assert_eq!(evidence.quote, "Word recall of older adults improved after naps.");
    }
}
