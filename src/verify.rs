//! Verification: which passages a claim is tested against, and the verdict. **The verdict is decided in [`judge`].**

use crate::{claim::ClaimId, paper::PassageRef, text::Span};
use serde::{Deserialize, Serialize};

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
    /// What the model said of it.
    pub probability: Probability,
}

/// The outcome for one claim, with the evidence for and against it, each strongest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Verdict {
    /// Of which claim.
    pub claim: ClaimId,
    /// The verdict.
    pub label: Label,
    /// Calibrated probability of the label's class by the deciding evidence; for not enough info, of the strongest
    /// evidence that did not reach its threshold. `None` where no passage of another paper was close enough to test.
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
