//! Claims: the check-worthy sentences of a paper, whole, each with its place.

mod alone;
mod aside;
pub mod choice;
mod finding;
mod signs;
mod voice;
mod words;
mod worth;

pub(crate) use finding::{FIND as FIND_VERBS, STRONG, WEAK};
pub(crate) use signs::signs;
pub(crate) use words::{Word, Words};

use crate::{
    paper::{Paper, PassageRef, Section, SectionKind},
    text::Span,
};
use serde::{Deserialize, Serialize};
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
    /// A report of somebody else's result ("X et al. \[15\] reported …"): to be checked at its source, never counted
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

/// Who a sentence of a section of this kind speaks for, check-worthy or not.
#[must_use]
pub fn voice(sentence: &str, kind: SectionKind) -> Voice {
    voice::voice(&Words::of(sentence), kind)
}

/// The check-worthy sentences of what was read of a paper, own findings and second-hand ones, in document order;
/// their ids are empty.
///
/// Check-worthy is what states a finding, a comparison or an effect, is a whole sentence and can be understood alone:
/// not aims, methods, structure, questions, definitions, motivation or outlook. A table's cell is none: what a paper finds is
/// how cells compare, which it says itself where that matters.
///
/// Measured by reading samples drawn with a fixed stride from 1,413 computer-science abstracts, 518 biomedical ones and
/// nine full papers: of 162 own claims 154 were check-worthy (95 %) and none was somebody else's finding; of 178
/// sentences left out 18 would have made a claim (two thirds of the claims there are, by that share, are taken). What
/// speaks and what does not is judged by lists of English words; other languages give few claims.
#[must_use]
pub fn extract(paper: &Paper) -> Vec<Claim> {
    let mut claims = Vec::new();
    let prose = paper.sections.iter().enumerate().filter(|(_, section)| section.kind != SectionKind::Table);
    for (section_index, section) in prose {
        let mut background = background(section);
        for (passage_index, passage) in section.passages.iter().enumerate() {
            for &span in &passage.sentences {
                let text = span.of(&passage.text);
                let words = Words::of(text);
                let in_background = background > 0;
                background = background.saturating_sub(1);
                let Some((voice, Worth { worth, cues, framed })) = worth::judge(text, &words, section.kind) else {
                    continue;
                };
                // General knowledge has no author; what others found says so itself.
                if !in_background || framed || voice == Voice::SecondHand || is_own_work(&words) {
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

/// How many sentences of a section come before the authors turn to their own work: general knowledge and other
/// people's findings, where only those that say who found them are claims.
///
/// All of an introduction and of related work; an abstract up to the sentence that speaks of the paper itself, or its
/// first sentence where none does.
fn background(section: &Section) -> usize {
    let sentences =
        section.passages.iter().flat_map(|passage| passage.sentences.iter().map(|span| span.of(&passage.text)));
    match section.kind {
        SectionKind::Introduction | SectionKind::RelatedWork => usize::MAX,
        SectionKind::Abstract if sentences.clone().count() < SHORTEST_WITH_BACKGROUND => 0,
        SectionKind::Abstract => sentences.map(Words::of).position(|words| is_own_work(&words)).unwrap_or(1),
        _ => 0,
    }
}

/// Sentences of the shortest abstract that opens with background.
const SHORTEST_WITH_BACKGROUND: usize = 3;

/// "We …", "this paper …", "Results: …": from here on an abstract speaks of itself.
fn is_own_work(words: &Words) -> bool {
    words.has_any(&["we|our|ours|us", "this|present paper|study|work|article|review|trial", "here"])
        || words.starts("methods|results|objective|aim|purpose|findings|conclusion|conclusions")
}
