//! Claims: the check-worthy sentences of a paper, whole, each with its place.

mod aside;
mod voice;
mod words;
mod worth;

use crate::{
    paper::{Paper, PassageRef, Section, SectionKind},
    text::Span,
};
use serde::{Deserialize, Serialize};
use words::Words;
use worth::Worth;

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

/// The check-worthy sentences of what was read of a paper, own findings and second-hand ones, in document order;
/// their ids are empty.
///
/// Check-worthy is what states a finding, a comparison or an effect, is a whole sentence and can be understood alone:
/// not aims, methods, structure, questions, definitions, motivation or outlook.
#[must_use]
pub fn extract(paper: &Paper) -> Vec<Claim> {
    let mut claims = Vec::new();
    for (section_index, section) in paper.sections.iter().enumerate() {
        let mut background = starts_with_background(section);
        for (passage_index, passage) in section.passages.iter().enumerate() {
            for &span in &passage.sentences {
                let text = span.of(&passage.text);
                let words = Words::of(text);
                background &= !is_own_work(&words);
                if let Some((voice, Worth { worth, cues, .. })) = judge(text, &words, section.kind, background) {
                    claims.push(Claim {
                        id: ClaimId(String::new()),
                        at: PassageRef { paper: paper.id.clone(), section: section_index, passage: passage_index },
                        span,
                        text: text.to_owned(),
                        section: section.heading.clone(),
                        section_kind: section.kind,
                        voice,
                        worth,
                        cues,
                    });
                }
            }
        }
    }
    claims
}

/// Voice and worth of a sentence, where it is a claim.
fn judge(text: &str, words: &Words, kind: SectionKind, background: bool) -> Option<(Voice, Worth)> {
    let worth = worth::worth(text, words, kind)?;
    let voice = voice::voice(words, kind);
    // General knowledge has no voice; what others found may well stand in the background, and says so itself.
    (!background || worth.framed || voice == Voice::SecondHand).then_some((voice, worth))
}

/// Whether a section starts with other people's work and general knowledge: an introduction throughout, an abstract
/// until the sentence that turns to the paper itself, where it has one.
fn starts_with_background(section: &Section) -> bool {
    match section.kind {
        SectionKind::Introduction | SectionKind::RelatedWork => true,
        SectionKind::Abstract => section
            .passages
            .iter()
            .flat_map(|passage| passage.sentences.iter().map(|span| Words::of(span.of(&passage.text))))
            .any(|words| is_own_work(&words)),
        _ => false,
    }
}

/// "We …", "this paper …", "Results: …": from here on an abstract speaks of itself.
fn is_own_work(words: &Words) -> bool {
    words.has_any(&["we|our|ours|us", "this|present paper|study|work|article|review|trial", "here"])
        || words.starts("methods|results|objective|aim|purpose|findings|conclusion|conclusions")
}
