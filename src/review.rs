//! The panel: five reviewers, each a rubric computed from counts of the run. They are not people and no language
//! model: the same record always gets the same score, and every lost point names what lost it.
//!
//! The criteria follow ROBIS, AMSTAR-2, GRADE and PRISMA 2020 where they can be computed: they judge *this review*
//! (its directness, search, grounding, robustness, reporting), never the science of the papers.
//!
//! Why caps: a mean hides a fatal flaw, so AMSTAR-2 rates by critical flaws and not by a sum. Here one critical
//! failure caps the score at 5.0 and two or more at 2.5.
//!
//! Why zeros: a criterion that Probatum cannot measure yet counts 0, and one that does not apply to the run (nothing
//! was set aside, say) is left out. Leaving the unmeasured ones out would hand their weight to the others and flatter.

mod criterion;
mod grounding;
mod outcome;
mod relevance;
mod reporting;
mod robustness;
mod search;

use crate::{
    claim::Claim,
    paper::{Paper, PaperId, Reading},
    record::Record,
    verify::{Evidence, Label, Verdict},
};
use serde::{Deserialize, Serialize};
use std::fmt;

pub use criterion::{Criterion, Lost, Measure, Reviewer};
use criterion::{mean, tenth};
use outcome::{Outcome, outcomes};
pub use robustness::calibrated;

/// What the panel is, for the reader; printed beside every score.
pub const WHAT_THE_PANEL_IS: &str = "The five reviewers are rubrics computed from counts of this run. They are not \
     people and not language models; the same run always gets the same score. A criterion that is not measured yet \
     counts 0; one that does not apply is left out.";

/// Fewest claims for which an interval over claims says anything.
pub const FEWEST_DRAWN: usize = 5;
/// Draws of the bootstrap: enough that the 5th and 95th percentile are steady to a tenth.
const DRAWS: usize = 200;

/// The panel's result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Review {
    /// The five reviewers, R1 to R5.
    pub reviewers: Vec<Reviewer>,
    /// Weighted mean of the ratings, `0.0..=10.0`, one decimal, before caps.
    pub raw: f32,
    /// The score: `raw`, or the cap where that is lower; `0.0..=10.0`, one decimal.
    pub score: f32,
    /// The highest score that critical failures allow, where there are any.
    pub cap: Option<f32>,
    /// The critical failures that capped it.
    pub critical: Vec<CriticalFailure>,
    /// The score in a word.
    pub rating: Rating,
    /// Where 90 % of the raw scores lie when the claims are drawn anew; `None` with fewer than [`FEWEST_DRAWN`] claims.
    pub interval: Option<Interval>,
    /// Highest less lowest rating of the five, one decimal.
    pub disagreement: f32,
    /// The raw score of a run that lost nothing but the criteria that were not measured, one decimal.
    pub attainable: f32,
}

/// The score in a word, as GRADE grades certainty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum Rating {
    /// 7.5 or more.
    High,
    /// 5.0 or more, without a critical failure.
    Moderate,
    /// More than 2.5.
    Low,
    /// 2.5 or less.
    VeryLow,
}

/// A 90 % bootstrap interval, one decimal.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Interval {
    /// 5 % of the draws lie below.
    pub low: f32,
    /// 5 % of the draws lie above.
    pub high: f32,
}

/// A flaw that no other merit makes good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum CriticalFailure {
    /// Fewer than half of the listed claims are on the question's topic.
    OffTopic,
    /// The run gives no answer, and no claim is supported by another paper, not even leaning.
    NothingSupported,
    /// Claims are supported, but at a threshold that was never calibrated: how often such a verdict errs is unknown.
    Uncalibrated,
    /// Fewer than two papers were read.
    TooFewRead,
    /// A claim is not a verbatim sentence of its paper, or a verdict stands without a sentence that decides it.
    Unanchored,
    /// A verdict rests on a retracted paper.
    Retracted,
}

/// Scores a run.
#[must_use]
pub fn panel(record: &Record) -> Review {
    let claims = outcomes(record);
    let reviewers = reviewers(record, &claims);
    let raw = tenth(raw_score(&reviewers));
    let attainable = tenth(reviewers.iter().map(|r| r.weight * mean(&r.criteria, Criterion::best)).sum());
    let critical = critical_failures(record, &claims);
    let cap = match critical.len() {
        0 => None,
        1 => Some(5.0),
        _ => Some(2.5),
    };
    let score = cap.map_or(raw, |cap| raw.min(cap));
    let highest = reviewers.iter().map(|r| r.rating).fold(0.0, f32::max);
    let lowest = reviewers.iter().map(|r| r.rating).fold(10.0, f32::min);
    let rating = Rating::of(score, !critical.is_empty());
    Review {
        interval: interval(record, &claims),
        disagreement: tenth(highest - lowest),
        reviewers,
        raw,
        score,
        cap,
        critical,
        rating,
        attainable,
    }
}

fn reviewers(record: &Record, claims: &[Outcome]) -> Vec<Reviewer> {
    vec![
        relevance::reviewer(record, claims),
        search::reviewer(record),
        grounding::reviewer(record, claims),
        robustness::reviewer(record, claims),
        reporting::reviewer(record),
    ]
}

/// Weighted mean of the ratings, unrounded.
fn raw_score(reviewers: &[Reviewer]) -> f32 {
    reviewers.iter().map(|r| r.weight * mean(&r.criteria, |c| c.rating)).sum()
}

/// How far the raw score depends on which claims were met: percentile bootstrap over the claims (Efron & Tibshirani
/// 1993, "An Introduction to the Bootstrap", ch. 13), papers and search held fixed. The draws come from a linear
/// congruential generator with a fixed seed (Knuth's MMIX), so the interval is the same every time.
fn interval(record: &Record, claims: &[Outcome]) -> Option<Interval> {
    let n = claims.len();
    if n < FEWEST_DRAWN {
        return None;
    }
    let mut seed: u64 = 1;
    let mut draw = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        claims[(seed >> 33) as usize % n].clone()
    };
    let mut scores: Vec<f32> = (0..DRAWS)
        .map(|_| {
            let drawn: Vec<Outcome> = (0..n).map(|_| draw()).collect();
            raw_score(&reviewers(record, &drawn))
        })
        .collect();
    scores.sort_by(f32::total_cmp);
    Some(Interval { low: tenth(scores[DRAWS / 20]), high: tenth(scores[DRAWS - 1 - DRAWS / 20]) })
}

fn critical_failures(record: &Record, claims: &[Outcome]) -> Vec<CriticalFailure> {
    let topical = claims.iter().filter(|c| c.on_topic).count();
    let supported = claims.iter().any(|c| c.upheld);
    let read = record.papers.iter().filter(|r| r.paper.reading != Reading::Nothing).count();
    let checks = [
        (CriticalFailure::OffTopic, 2 * topical < claims.len()),
        (CriticalFailure::NothingSupported, !supported && !answers(record)),
        (CriticalFailure::Uncalibrated, supported && !calibrated(record.decider())),
        (CriticalFailure::TooFewRead, read < 2),
        (CriticalFailure::Unanchored, claims.iter().any(|c| !c.anchored)),
        (CriticalFailure::Retracted, record.verdicts.iter().any(|v| rests_on_retracted(record, v))),
    ];
    checks.into_iter().filter_map(|(failure, present)| present.then_some(failure)).collect()
}

/// Whether the run answers the question by what the papers find, corroborated or not.
fn answers(record: &Record) -> bool {
    record.answer.as_ref().is_some_and(|answer| answer.none.is_none())
}

fn rests_on_retracted(record: &Record, verdict: &Verdict) -> bool {
    deciding(verdict).is_some_and(|e| paper(record, &e.at.paper).is_some_and(|p| p.retracted))
}

/// The strongest evidence on the side of the verdict, where the verdict takes a side.
fn deciding(verdict: &Verdict) -> Option<&Evidence> {
    match verdict.label {
        Label::Supported | Label::LeansSupported => verdict.evidence_for.first(),
        Label::Refuted | Label::LeansRefuted => verdict.evidence_against.first(),
        Label::Contested | Label::NotEnoughInfo | Label::Untested => None,
    }
}

fn paper<'a>(record: &'a Record, id: &PaperId) -> Option<&'a Paper> {
    record.papers.iter().map(|r| &r.paper).find(|p| p.id == *id)
}

/// The verdict on a claim, where it was reached.
fn verdict<'a>(record: &'a Record, claim: &Claim) -> Option<&'a Verdict> {
    record.verdicts.iter().find(|v| v.claim == claim.id)
}

impl Rating {
    /// The cut-offs, for the reader.
    pub const CUT_OFFS: &str =
        "High from 7.5, Moderate from 5.0 without a critical failure, Low above 2.5, Very low otherwise";

    fn of(score: f32, critical: bool) -> Self {
        match score {
            s if s >= 7.5 => Self::High,
            s if s >= 5.0 && !critical => Self::Moderate,
            s if s > 2.5 => Self::Low,
            _ => Self::VeryLow,
        }
    }
}

impl fmt::Display for Rating {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::High => "High",
            Self::Moderate => "Moderate",
            Self::Low => "Low",
            Self::VeryLow => "Very low",
        })
    }
}

impl fmt::Display for CriticalFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OffTopic => "fewer than half of the listed claims are on the question's topic",
            Self::NothingSupported => "no claim is supported by another paper",
            Self::Uncalibrated => {
                "the model's probabilities are not calibrated, so no claim is supported at a calibrated threshold"
            }
            Self::TooFewRead => "fewer than two papers were read",
            Self::Unanchored => {
                "a claim is not a verbatim sentence of its paper, or a verdict stands without a sentence that decides it"
            }
            Self::Retracted => "a verdict rests on a retracted paper",
        })
    }
}
