//! Drift: where a draft says more than the works it cites, or seems to say the opposite, though nothing decides it.
//!
//! On the drafts written for the purpose (`tests/data/drafts`) the four kinds together flag 10 more of 36 planted faults, and 2 more of 68
//! sound sentences, in the half looked at; 6 more of 37 and 5 more of 68 in the other.

use super::{Checked, FoundSentence};
use crate::{claim::Words, read::table, text::terms, verify::Label};
use serde::Serialize;
use std::collections::BTreeSet;

/// How a citing sentence differs from what its works say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum DriftKind {
    /// It speaks of all, of any or of every place, and no cited text does.
    Scope,
    /// It states plainly what the nearest sentence of the cited texts says with reserve.
    Certainty,
    /// It says that something brings something about, and the nearest sentence of the cited texts that they go together.
    Causation,
    /// A sentence of the cited texts speaks rather against it, but not surely enough for a verdict.
    Direction,
}

/// A difference, with the words that show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Drift {
    /// What kind of difference.
    pub kind: DriftKind,
    /// The words of the draft that show it; empty where the whole sentence does.
    pub words: String,
    /// The sentence of a cited text that it is seen beside; empty where it is all of the texts.
    pub quote: String,
    /// The difference in a sentence for the reader.
    pub reason: String,
}

/// Words that leave no exception.
const UNIVERSAL: &[&str] = &[
    "all|any|every|everywhere|everyone|everybody|always|never|universally|invariably|worldwide|regardless|whatever|whichever",
];
/// Where such a word is none of them: "not all", "at all".
const WEAKENED: &[&str] = &["not|nearly|almost|at all|every|any|always"];
/// Words between "all" and the number that it counts: "all of the 46 yards".
const BETWEEN: &[&str] = &["of", "the", "these", "those", "our"];
const COUNTS: &[&str] = &["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve"];

/// Words of reserve.
const RESERVE: &[&str] = &[
    "may|might|could|possibly|perhaps|potentially|preliminary|tentative|suggest|suggests|suggested|seem|seems|seemed|appear|appears|\
     appeared|likely|probably|unclear|uncertain|tend|tends|trend|hypothesise|hypothesize",
];

/// Words of things that go together.
const TOGETHER: &[&str] = &[
    "associated|association|associations|correlated|correlates|correlate|correlation|linked|related|relationship|predicted|predicts|\
     predictor|predictors",
    "go|goes|went with",
];

/// Words of one thing that brings about another.
const CAUSES: &[&str] = &[
    "cause|causes|caused|causing|reduce|reduces|lower|lowers|raise|raises|increase|increases|decrease|decreases|improve|improves|\
     worsen|worsens|prevent|prevents|protect|protects|boost|boosts|harm|harms|impair|impairs|shorten|shortens|extend|extends",
    "lead|leads|led to",
    "due|thanks|owing to",
    "because of",
];

/// Share of a sentence's words that a sentence of a cited text has where both speak of the same.
const SAME: f32 = 0.5;

/// Probability of contradiction from which a sentence speaks rather against another. Of ten drafts written for the purpose: in
/// the five looked at, it points to 5 of the 9 turned directions that no verdict names and to none of 68 sound sentences; in the
/// others to 1 of 6, a widened scope, and 3 of 68. That is worth a look where a citation binds the two, and no verdict.
const AGAINST: f32 = 0.6;

/// How a citing sentence differs from its works, by what it came to and the whole of their texts.
pub(super) fn drifts(sentence: &str, checked: &Checked, texts: &str) -> Vec<Drift> {
    let words = Words::of(sentence);
    [scope(&words, texts), reserve(&words, sentence, checked), causation(&words, sentence, checked), direction(checked)]
        .into_iter()
        .flatten()
        .collect()
}

fn scope(words: &Words, texts: &str) -> Option<Drift> {
    let said = said(words, UNIVERSAL)?;
    if words.has_any(WEAKENED) || counts(words) || Words::of(texts).has_any(UNIVERSAL) {
        return None;
    }
    let reason = format!("It says “{said}”; no cited text speaks so widely.");
    Some(Drift { kind: DriftKind::Scope, words: said, quote: String::new(), reason })
}

/// Whether what is said of all is said of a number of things: "all three parks".
fn counts(words: &Words) -> bool {
    let Some((_, end)) = words.find("all") else { return false };
    let next = words.list()[end..].iter().map(|word| word.text.as_str()).find(|word| !BETWEEN.contains(word));
    next.is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()) || COUNTS.contains(&word))
}

fn reserve(words: &Words, sentence: &str, checked: &Checked) -> Option<Drift> {
    let nearest = nearest(sentence, checked)?;
    if words.has_any(RESERVE) {
        return None;
    }
    let said = said(&Words::of(&nearest.quote), RESERVE)?;
    let reason = format!("It is stated plainly; the cited text says “{said}”.");
    Some(Drift { kind: DriftKind::Certainty, words: String::new(), quote: nearest.quote.clone(), reason })
}

fn causation(words: &Words, sentence: &str, checked: &Checked) -> Option<Drift> {
    let nearest = nearest(sentence, checked)?;
    let near = Words::of(&nearest.quote);
    if words.has_any(TOGETHER) || near.has_any(CAUSES) {
        return None;
    }
    let (causes, together) = (said(words, CAUSES)?, said(&near, TOGETHER)?);
    let reason = format!("It says “{causes}”; the cited text says “{together}”, which is no cause.");
    Some(Drift { kind: DriftKind::Causation, words: causes, quote: nearest.quote.clone(), reason })
}

fn direction(checked: &Checked) -> Option<Drift> {
    if checked.label != Label::NotEnoughInfo {
        return None;
    }
    let against = |found: &&FoundSentence| found.probability.contradiction;
    let most =
        checked.nearest.iter().filter(|found| is_sentence(found)).max_by(|a, b| against(a).total_cmp(&against(b)))?;
    (against(&most) >= AGAINST).then(|| Drift {
        kind: DriftKind::Direction,
        words: String::new(),
        quote: most.quote.clone(),
        reason: "A sentence of the cited text speaks rather against it; read both.".into(),
    })
}

/// The sentence of the cited texts that has most of the words of a citing one, where it speaks of the same.
fn nearest<'c>(sentence: &str, checked: &'c Checked) -> Option<&'c FoundSentence> {
    let wanted: BTreeSet<String> = terms(sentence).into_iter().collect();
    let share = |found: &FoundSentence| {
        let has: BTreeSet<String> = terms(&found.quote).into_iter().collect();
        #[allow(clippy::cast_precision_loss, reason = "a sentence has few words")]
        let share = wanted.intersection(&has).count() as f32 / wanted.len().max(1) as f32;
        share
    };
    let found = checked.for_it.iter().chain(&checked.nearest).filter(|found| is_sentence(found));
    found.max_by(|a, b| share(a).total_cmp(&share(b))).filter(|best| share(best) >= SAME)
}

/// Whether something found is a sentence of its authors, and not a cell of a table.
fn is_sentence(found: &FoundSentence) -> bool {
    table::cell(&found.quote).is_none()
}

/// The words of the first match of a pattern.
fn said(words: &Words, patterns: &[&str]) -> Option<String> {
    let (start, end) = patterns.iter().find_map(|pattern| words.find(pattern))?;
    Some(words.list()[start..end].iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        check::{CheckLimits, GivenText, Library},
        nli::{Calibration, Entailment, Thresholds},
        verify::Params,
    };

    /// What a sentence comes to beside a text, where the model gives every pair these logits.
    fn found(sentence: &str, text: &str, [entailment, neutral, contradiction]: [f32; 3]) -> Vec<(DriftKind, String)> {
        let params = Params { min_overlap: 0.0, ..Params::default() };
        let library = Library::of(vec![GivenText { text: text.into(), ..GivenText::default() }], params);
        let limits = CheckLimits::default();
        let scores = vec![Entailment { entailment, neutral, contradiction }; library.pairs(sentence, &limits).len()];
        let checked = library.judge(sentence, &limits, &scores, &Calibration::none(), &Thresholds::firm(0.95, 0.95));
        drifts(sentence, &checked, text).into_iter().map(|drift| (drift.kind, drift.words)).collect()
    }

    const SILENT: [f32; 3] = [0.0, 4.0, 0.0];

    #[test]
    fn what_says_more_than_its_source_is_named() {
        let text = "In a survey of older adults, long naps were associated with higher blood pressure.";
        assert_eq!(
            found("Long naps raise blood pressure in all adults.", text, SILENT),
            [(DriftKind::Scope, "all".into()), (DriftKind::Causation, "raise".into())]
        );
        let text = "Long naps may lower blood pressure.";
        assert_eq!(found("Long naps lower blood pressure.", text, SILENT), [(DriftKind::Certainty, String::new())]);
        assert_eq!(found("Long naps may lower blood pressure.", text, SILENT), []);
    }

    #[test]
    fn what_its_source_says_too_is_none() {
        for (sentence, text) in [
            ("Naps help at any age.", "Naps help people of every age."),
            ("All three parks were cooler.", "The parks were cooler."),
            ("All of the 46 parks were cooler.", "46 parks were cooler."),
            ("Not all parks were cooler.", "Two parks were cooler."),
            ("Old parks need no care at all.", "Old parks need little care."),
            ("Naps are associated with blood pressure.", "Naps were associated with blood pressure."),
            (
                "Naps lower blood pressure.",
                "Naps lowered blood pressure, which is associated with stroke; naps lower it.",
            ),
            ("Naps lower blood pressure.", "Whether trees may cool streets is open."),
        ] {
            assert_eq!(found(sentence, text, SILENT), [], "{sentence}");
        }
    }

    #[test]
    fn a_sentence_that_speaks_rather_against_it_is_pointed_to() {
        let (sentence, text) = ("Naps lower blood pressure.", "Naps raised blood pressure.");
        assert_eq!(found(sentence, text, [0.0, 0.0, 1.5]), [(DriftKind::Direction, String::new())]);
        assert_eq!(found(sentence, text, [0.0, 0.0, 0.5]), []);
        assert_eq!(found(sentence, text, [0.0, 0.0, 9.0]), [], "a verdict says it");
    }
}
