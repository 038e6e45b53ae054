//! Whether a sentence can be understood alone: a reader of the report sees a claim without the text around it.

use super::{
    finding::{FIND, Frame, STRONG, WEAK},
    words::Words,
};
use crate::paper::SectionKind;

/// Longest phrase in front of the subject, in words, that is taken to hold nothing a pronoun could stand for.
const SHORT_PHRASE: usize = 6;

/// Nouns of the paper itself.
const SELF: &[&str] = &["article", "paper", "study", "work"];

/// Nouns of its results.
const RESULTS: &[&str] =
    &["analyses", "analysis", "data", "experiments", "finding", "findings", "observations", "result", "results"];

/// Verbs that follow a bare "this" or "these", besides those of finding and effect.
#[rustfmt::skip]
const AFTER_BARE: &[&str] = &[
    "allow", "allows", "also", "are", "by", "can", "contrasts", "corresponds", "could", "did", "do", "does", "enables", "ensures",
    "further", "gives", "had", "happens", "has", "have", "highlights", "holds", "in", "is", "make", "makes", "may", "means", "might",
    "motivates", "not", "then", "three", "two", "underscores", "was", "were", "will", "would",
];

/// Nouns that, with "this", mean something said before.
const SAID_BEFORE: &str = "advantage|behavior|behaviour|bias|capability|challenge|decline|discrepancy|effect|finding|findings|gains|gap|hypothesis|\
     improvement|improvements|issue|issues|limitation|observation|observations|outcomes|pattern|patterns|phenomenon|problem|result|\
     setting|settings|trend|trends";

/// How much of the sentence hangs on the text before it, in hundredths of worth; `None` where its subject does.
///
/// In an abstract or conclusion "this approach" is the paper's own and can be told; elsewhere it can be anybody's.
pub(super) fn unclear(words: &Words, kind: SectionKind, frame: Frame) -> Option<i32> {
    if words.has_any(&["the former|latter", "aforementioned|above-mentioned"]) {
        return None;
    }
    // "Results show that it …": the pronoun is the subject of what was found.
    if words.find(&format!("{FIND} ?that it|its|their|they")).is_some_and(|(at, _)| at < 8) {
        return None;
    }
    let mut cost = match subject(words).as_slice() {
        ["it", "has" | "is" | "was", ..] if frame == Frame::Passive => 0,
        ["he" | "her" | "his" | "it" | "its" | "she" | "their" | "them" | "they", ..] => return None,
        ["such" | "that" | "these" | "this" | "those", noun, verb @ ..] => {
            demonstrative(noun, verb.first().copied(), kind, frame)?
        }
        ["another" | "both" | "either" | "neither" | "others", "of", ..] | ["the", "other", ..] => return None,
        ["all" | "another" | "both" | "here" | "most" | "neither" | "others" | "same" | "some" | "there", ..] => 10,
        _ => 0,
    };
    if words.has("how|that|whether|why such|these|this|those") {
        cost += 25;
    }
    if words.has(&format!("such|these|this {SAID_BEFORE}")) {
        cost += 25;
    }
    Some(cost)
}

/// The first words of the sentence, or of its main clause where a short phrase and a pronoun lead: "On both sets, it …".
fn subject(words: &Words) -> Vec<&str> {
    let list = words.list();
    let clause = words.starts("although|as|because|if|since|though|when|whereas|whether|while");
    let phrase = list.iter().take(SHORT_PHRASE).position(|word| word.pause).map_or(0, |pause| pause + 1);
    let pronoun = list
        .get(phrase)
        .is_some_and(|word| matches!(word.text.as_str(), "it" | "its" | "their" | "these" | "they" | "this"));
    let start = if pronoun && !clause { phrase } else { 0 };
    list.iter().skip(start).take(3).map(|word| word.text.as_str()).collect()
}

/// "This paper" is clear, "these results suggest" nearly, "this approach" in an abstract; "this shows" is not.
fn demonstrative(noun: &str, verb: Option<&str>, kind: SectionKind, frame: Frame) -> Option<i32> {
    let near = matches!(kind, SectionKind::Abstract | SectionKind::Conclusion);
    let is_in = |verbs: &str, word: &str| verbs.split('|').any(|verb| verb == word);
    let bare = AFTER_BARE.contains(&noun) || [STRONG, WEAK, FIND].iter().any(|verbs| is_in(verbs, noun));
    let says = verb.is_some_and(|verb| is_in(FIND, verb));
    if SELF.contains(&noun) {
        Some(0)
    } else if RESULTS.contains(&noun) && frame == Frame::Result {
        Some(10)
    } else if near && !bare && !says {
        Some(15)
    } else {
        None
    }
}
