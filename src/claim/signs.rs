//! What a sentence shows of being a finding, for stages that choose among sentences without needing a whole claim.

use super::{
    Voice, aside,
    finding::{Evidence, Frame},
    voice,
    words::Words,
};
use crate::paper::SectionKind;

/// Signs of a finding in one sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Signs {
    /// "We find", "our model reaches".
    pub own: bool,
    /// "Results show".
    pub results: bool,
    /// What was found follows as a clause.
    pub clause: bool,
    /// A verb that states a result.
    pub strong: bool,
    /// A verb of effect.
    pub weak: bool,
    /// A comparison.
    pub comparison: bool,
    /// Size or direction of an effect.
    pub effect: bool,
    /// A number that measures.
    pub quantity: bool,
    /// An aim, a method, motivation, outlook: no finding.
    pub aside: bool,
    /// Somebody else's result.
    pub second_hand: bool,
}

/// The signs in a sentence of a section of this kind.
pub(crate) fn signs(words: &Words, kind: SectionKind) -> Signs {
    let evidence = Evidence::of(words);
    let voice = voice::voice(words, kind);
    Signs {
        own: evidence.frame == Frame::Own,
        results: evidence.frame == Frame::Result,
        clause: evidence.clause,
        strong: evidence.strong,
        weak: evidence.weak,
        comparison: evidence.comparison,
        effect: evidence.effect,
        quantity: evidence.quantity,
        aside: aside::is_aside(words, &evidence, voice),
        second_hand: voice == Voice::SecondHand,
    }
}
