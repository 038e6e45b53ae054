//! Reviewers and their criteria: a number, the rating it earns, the rule between the two, and what lost points.

use super::Outcome;
use crate::{
    claim::ClaimId,
    paper::{PaperId, SourceId},
};
use serde::{Deserialize, Serialize};
use std::fmt;

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

impl Criterion {
    /// A share, rated 10 × count / of; nothing of nothing is rated 0.
    pub(super) fn share(name: &str, count: usize, of: usize, unit: &str, lost: Lost) -> Self {
        let rating = if of == 0 { 0.0 } else { 10.0 * count as f32 / of as f32 };
        let rule = format!("10 × share; 0 where there are no {unit}");
        Self::rated(name, Measure::Share { count, of, unit: unit.into() }, rating, &rule, lost)
    }

    /// The share of claims that pass; those that do not are what lost points.
    pub(super) fn of_claims(name: &str, claims: &[Outcome], unit: &str, passes: impl Fn(&Outcome) -> bool) -> Self {
        let failing: Vec<ClaimId> = claims.iter().filter(|c| !passes(c)).map(|c| c.id.clone()).collect();
        let passing = claims.len() - failing.len();
        Self::share(name, passing, claims.len(), unit, Lost { claims: failing, ..Lost::default() })
    }

    pub(super) fn rated(name: &str, measure: Measure, rating: f32, rule: &str, lost: Lost) -> Self {
        Self { name: name.into(), measure, rating: Some(tenth(rating)), rule: rule.into(), lost }
    }

    pub(super) fn not_measured(name: &str, reason: &str) -> Self {
        let measure = Measure::NotMeasured { reason: reason.into() };
        Self::rated(name, measure, 0.0, "not measured counts 0", Lost::default())
    }

    pub(super) fn not_applicable(name: &str, reason: &str) -> Self {
        let measure = Measure::NotApplicable { reason: reason.into() };
        Self { name: name.into(), measure, rating: None, rule: "left out".into(), lost: Lost::default() }
    }

    /// The best rating it could have had in this run.
    pub(super) fn best(&self) -> Option<f32> {
        self.rating.map(|_| if matches!(self.measure, Measure::NotMeasured { .. }) { 0.0 } else { 10.0 })
    }
}

impl Reviewer {
    pub(super) fn new(id: &str, name: &str, asks: &str, weight: f32, criteria: Vec<Criterion>) -> Self {
        let rating = tenth(mean(&criteria, |c| c.rating));
        Self { id: id.into(), name: name.into(), asks: asks.into(), weight, rating, criteria }
    }
}

impl Lost {
    pub(super) fn papers(papers: impl IntoIterator<Item = PaperId>) -> Self {
        Self { papers: papers.into_iter().collect(), ..Self::default() }
    }

    pub(super) fn sources(sources: impl IntoIterator<Item = SourceId>) -> Self {
        Self { sources: sources.into_iter().collect(), ..Self::default() }
    }

    pub(super) fn other(other: impl IntoIterator<Item = String>) -> Self {
        Self { other: other.into_iter().collect(), ..Self::default() }
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Share { of: 0, unit, .. } => write!(f, "no {unit}"),
            Self::Share { count, of, unit } => write!(f, "{count} of {of} {unit}"),
            Self::Mean { over: 0, unit, .. } => write!(f, "no {unit}"),
            Self::Mean { value, over, unit } => write!(f, "{value:.2} over {over} {unit}"),
            Self::NotMeasured { reason } => write!(f, "not measured: {reason}"),
            Self::NotApplicable { reason } => write!(f, "does not apply: {reason}"),
        }
    }
}

/// Mean of the ratings that apply, unrounded; 0 where none does.
pub(super) fn mean(criteria: &[Criterion], rating: impl Fn(&Criterion) -> Option<f32>) -> f32 {
    let ratings: Vec<f32> = criteria.iter().filter_map(rating).collect();
    if ratings.is_empty() { 0.0 } else { ratings.iter().sum::<f32>() / ratings.len() as f32 }
}

/// Rounded to one decimal.
pub(super) fn tenth(x: f32) -> f32 {
    (x * 10.0).round() / 10.0
}
