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

mod grounding;
mod relevance;
mod reporting;
mod robustness;
mod search;

use crate::{
    claim::{Claim, ClaimId},
    nli::Manifest,
    paper::{Paper, PaperId, Reading},
    record::Record,
    source::SourceId,
    verify::{Evidence, Label, Verdict},
};
use serde::{Deserialize, Serialize};
use std::fmt;

pub use relevance::{claim_facets, on_topic};
pub use robustness::calibrated;

/// What the panel is, for the reader; printed beside every score.
pub const WHAT_THE_PANEL_IS: &str = "The five reviewers are rubrics computed from counts of this run. They are not \
     people and not language models; the same run always gets the same score. A criterion that is not measured yet \
     counts 0; one that does not apply is left out.";

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

/// One rubric.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Reviewer {
    /// `R1` to `R5`.
    pub id: String,
    /// What it looks at, in a word.
    pub name: String,
    /// What it asks of the run.
    pub asks: String,
    /// Its share of the raw score; the five sum to 1.
    pub weight: f32,
    /// Mean rating of its criteria that apply, `0.0..=10.0`, one decimal.
    pub rating: f32,
    /// Its criteria.
    pub criteria: Vec<Criterion>,
}

/// One thing a reviewer looks at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Criterion {
    /// What is looked at.
    pub name: String,
    /// The number found.
    pub measure: Measure,
    /// `0.0..=10.0`, one decimal; `None` where the criterion does not apply.
    pub rating: Option<f32>,
    /// How the number becomes the rating.
    pub rule: String,
    /// What lost it points.
    pub lost: Lost,
}

/// A criterion's number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum Measure {
    /// So many of so many.
    Share {
        /// How many.
        count: usize,
        /// Of how many.
        of: usize,
        /// Of what, plural.
        unit: String,
    },
    /// A mean, two decimals.
    Mean {
        /// The mean.
        value: f32,
        /// Over how many.
        over: usize,
        /// Over what, plural.
        unit: String,
    },
    /// Probatum does not measure it yet: rated 0.
    NotMeasured {
        /// Why.
        reason: String,
    },
    /// It has no meaning for this run: not rated.
    NotApplicable {
        /// Why.
        reason: String,
    },
}

/// What lost a criterion points, by id; empty where nothing did or where it cannot be told apart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Lost {
    /// Claims.
    pub claims: Vec<ClaimId>,
    /// Papers.
    pub papers: Vec<PaperId>,
    /// Sources.
    pub sources: Vec<SourceId>,
    /// Anything else, e.g. checklist items or facets, as printed.
    pub other: Vec<String>,
}

/// A flaw that no other merit makes good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum CriticalFailure {
    /// Fewer than half of the listed claims are on the question's topic.
    OffTopic,
    /// No claim is supported at the threshold by another paper.
    NothingSupported,
    /// Claims are supported, but at a threshold that was never calibrated: how often such a verdict errs is unknown.
    Uncalibrated,
    /// Fewer than two papers were read.
    TooFewRead,
    /// A claim is not a verbatim sentence of its paper, or a verdict stands without evidence at its threshold.
    Unanchored,
    /// A verdict rests on a retracted paper.
    Retracted,
}

/// Scores a run.
#[must_use]
pub fn panel(record: &Record) -> Review {
    let reviewers = vec![
        relevance::reviewer(record),
        search::reviewer(record),
        grounding::reviewer(record),
        robustness::reviewer(record),
        reporting::reviewer(record),
    ];
    let raw = tenth(reviewers.iter().map(|r| r.weight * mean(&r.criteria, |c| c.rating)).sum());
    let attainable = tenth(reviewers.iter().map(|r| r.weight * mean(&r.criteria, Criterion::best)).sum());
    let critical = critical_failures(record);
    let cap = match critical.len() {
        0 => None,
        1 => Some(5.0),
        _ => Some(2.5),
    };
    let score = cap.map_or(raw, |cap| raw.min(cap));
    let highest = reviewers.iter().map(|r| r.rating).fold(0.0, f32::max);
    let lowest = reviewers.iter().map(|r| r.rating).fold(10.0, f32::min);
    let rating = Rating::of(score, !critical.is_empty());
    Review { disagreement: tenth(highest - lowest), reviewers, raw, score, cap, critical, rating, attainable }
}

/// Mean of the ratings that apply, unrounded; 0 where none does.
fn mean(criteria: &[Criterion], rating: impl Fn(&Criterion) -> Option<f32>) -> f32 {
    let ratings: Vec<f32> = criteria.iter().filter_map(rating).collect();
    if ratings.is_empty() { 0.0 } else { ratings.iter().sum::<f32>() / ratings.len() as f32 }
}

/// Rounded to one decimal.
fn tenth(x: f32) -> f32 {
    (x * 10.0).round() / 10.0
}

fn critical_failures(record: &Record) -> Vec<CriticalFailure> {
    let topical = record.claims.iter().filter(|c| on_topic(record, c)).count();
    let read = record.papers.iter().filter(|r| r.paper.reading != Reading::Nothing).count();
    let supported = record.verdicts.iter().any(|v| stands(v, Label::Supported, &record.model));
    let checks = [
        (CriticalFailure::OffTopic, 2 * topical < record.claims.len()),
        (CriticalFailure::NothingSupported, !supported),
        (CriticalFailure::Uncalibrated, supported && !calibrated(&record.model)),
        (CriticalFailure::TooFewRead, read < 2),
        (CriticalFailure::Unanchored, !grounding::unanchored(record).is_empty()),
        (CriticalFailure::Retracted, record.verdicts.iter().any(|v| rests_on_retracted(record, v))),
    ];
    checks.into_iter().filter_map(|(failure, present)| present.then_some(failure)).collect()
}

fn rests_on_retracted(record: &Record, verdict: &Verdict) -> bool {
    deciding(verdict).is_some_and(|e| paper(record, &e.at.paper).is_some_and(|p| p.retracted))
}

/// The strongest evidence on the side of the verdict, where the verdict takes a side.
fn deciding(verdict: &Verdict) -> Option<&Evidence> {
    match verdict.label {
        Label::Supported => verdict.evidence_for.first(),
        Label::Refuted => verdict.evidence_against.first(),
        Label::NotEnoughInfo => None,
    }
}

fn paper<'a>(record: &'a Record, id: &PaperId) -> Option<&'a Paper> {
    record.papers.iter().map(|r| &r.paper).find(|p| p.id == *id)
}

/// The verdict on a claim, where it was reached.
fn verdict<'a>(record: &'a Record, claim: &Claim) -> Option<&'a Verdict> {
    record.verdicts.iter().find(|v| v.claim == claim.id)
}

/// Whether the verdict is `label` *and* evidence of another paper reaches the model's threshold for it.
fn stands(verdict: &Verdict, label: Label, model: &Manifest) -> bool {
    verdict.label == label
        && match label {
            Label::Supported => reaches_for(verdict, model),
            Label::Refuted => reaches_against(verdict, model),
            Label::NotEnoughInfo => true,
        }
}

/// Whether evidence on both sides reaches its threshold: other papers disagree about the claim.
#[must_use]
pub fn contested(verdict: &Verdict, model: &Manifest) -> bool {
    reaches_for(verdict, model) && reaches_against(verdict, model)
}

fn reaches_for(verdict: &Verdict, model: &Manifest) -> bool {
    verdict.evidence_for.iter().any(|e| e.probability.entailment >= model.thresholds.supported)
}

fn reaches_against(verdict: &Verdict, model: &Manifest) -> bool {
    verdict.evidence_against.iter().any(|e| e.probability.contradiction >= model.thresholds.refuted)
}

impl Criterion {
    /// A share, rated 10 × count / of; nothing of nothing is rated 0.
    fn share(name: &str, count: usize, of: usize, unit: &str, lost: Lost) -> Self {
        let rating = if of == 0 { 0.0 } else { 10.0 * count as f32 / of as f32 };
        let rule = format!("10 × share; 0 where there are no {unit}");
        Self::rated(name, Measure::Share { count, of, unit: unit.into() }, rating, &rule, lost)
    }

    fn rated(name: &str, measure: Measure, rating: f32, rule: &str, lost: Lost) -> Self {
        Self { name: name.into(), measure, rating: Some(tenth(rating)), rule: rule.into(), lost }
    }

    fn not_measured(name: &str, reason: &str) -> Self {
        let measure = Measure::NotMeasured { reason: reason.into() };
        Self::rated(name, measure, 0.0, "not measured counts 0", Lost::default())
    }

    fn not_applicable(name: &str, reason: &str) -> Self {
        let measure = Measure::NotApplicable { reason: reason.into() };
        Self { name: name.into(), measure, rating: None, rule: "left out".into(), lost: Lost::default() }
    }

    /// The best rating it could have had in this run.
    fn best(&self) -> Option<f32> {
        self.rating.map(|_| if matches!(self.measure, Measure::NotMeasured { .. }) { 0.0 } else { 10.0 })
    }
}

impl Review {
    /// How the score came about, for the reader.
    #[must_use]
    pub fn explanation(&self) -> String {
        let reasons: Vec<String> = self.critical.iter().map(ToString::to_string).collect();
        let cap = self.cap.map_or("No critical failure was found, so no cap applies.".into(), |cap| {
            format!("Critical failures cap the score at {cap:.1}: {}.", reasons.join("; "))
        });
        format!(
            "Raw score {:.1}, the weighted mean of the five ratings. {cap} Ratings differ by {:.1} from lowest to \
             highest. Since criteria that are not measured count 0, no run could have reached more than {:.1} here. \
             Cut-offs: {}.",
            self.raw,
            self.disagreement,
            self.attainable,
            Rating::CUT_OFFS
        )
    }
}

impl Reviewer {
    fn new(id: &str, name: &str, asks: &str, weight: f32, criteria: Vec<Criterion>) -> Self {
        let rating = tenth(mean(&criteria, |c| c.rating));
        Self { id: id.into(), name: name.into(), asks: asks.into(), weight, rating, criteria }
    }
}

impl Lost {
    fn claims(claims: impl IntoIterator<Item = ClaimId>) -> Self {
        Self { claims: claims.into_iter().collect(), ..Self::default() }
    }

    fn papers(papers: impl IntoIterator<Item = PaperId>) -> Self {
        Self { papers: papers.into_iter().collect(), ..Self::default() }
    }

    fn sources(sources: impl IntoIterator<Item = SourceId>) -> Self {
        Self { sources: sources.into_iter().collect(), ..Self::default() }
    }

    fn other(other: impl IntoIterator<Item = String>) -> Self {
        Self { other: other.into_iter().collect(), ..Self::default() }
    }
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

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Share { count, of, unit } => write!(f, "{count} of {of} {unit}"),
            Self::Mean { value, over, unit } => write!(f, "{value:.2} over {over} {unit}"),
            Self::NotMeasured { reason } => write!(f, "not measured: {reason}"),
            Self::NotApplicable { reason } => write!(f, "does not apply: {reason}"),
        }
    }
}

impl fmt::Display for CriticalFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OffTopic => "fewer than half of the listed claims are on the question's topic",
            Self::NothingSupported => "no claim is supported by another paper at the model's threshold",
            Self::Uncalibrated => {
                "the model's probabilities are not calibrated, so no claim is supported at a calibrated threshold"
            }
            Self::TooFewRead => "fewer than two papers were read",
            Self::Unanchored => {
                "a claim is not a verbatim sentence of its paper, or a verdict stands without evidence at its threshold"
            }
            Self::Retracted => "a verdict rests on a retracted paper",
        })
    }
}
