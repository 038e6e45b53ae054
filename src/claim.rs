//! Claims: the check-worthy sentences of a paper, whole, each with its place.

use crate::{
    paper::{PassageRef, SectionKind},
    text::Span,
};
use serde::{Deserialize, Serialize};

/// Identifies a claim within a report: `c1`, `c2`, … in report order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct ClaimId(pub String);

/// Whose finding a claim is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum Voice {
    /// The paper's own finding.
    Own,
    /// A report of somebody else's result ("X et al. [15] reported …"): to be checked at its source, never counted
    /// as a finding of this paper.
    SecondHand,
}

/// One checkable sentence, verbatim.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Claim {
    /// Its id; empty until the pipeline numbers the claims it keeps.
    pub id: ClaimId,
    /// The passage it stands in.
    pub at: PassageRef,
    /// Where in the passage: `passage.text[span] == text`.
    pub span: Span,
    /// The whole sentence, verbatim.
    pub text: String,
    /// Heading of its section.
    pub section: String,
    /// What part of the paper that is.
    pub section_kind: SectionKind,
    /// Whose finding it is.
    pub voice: Voice,
    /// How check-worthy the sentence is, in `0.0..=1.0`: a ranking aid, not a probability.
    pub worth: f32,
    /// Why it was taken, in words for the reader, e.g. "finding verb; number with unit".
    pub cues: Vec<String>,
}
