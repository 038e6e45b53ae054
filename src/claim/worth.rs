//! How check-worthy a sentence is: does it state a finding, a comparison or an effect that evidence could bear out or
//! refute, and can it be understood alone?

use super::{
    Voice, aside,
    finding::{Evidence, FIND, Frame, STRONG, WEAK},
    voice,
    words::{Sort, Words},
};
use crate::paper::SectionKind;

/// What speaks for a sentence.
pub(super) struct Worth {
    /// In `0.0..=1.0`.
    pub worth: f32,
    /// In words for the reader.
    pub cues: Vec<String>,
    /// True where the sentence says who found it: the authors or their results.
    pub framed: bool,
}

/// Below this worth, in hundredths, a sentence is not taken.
const LEAST: i32 = 40;

/// Likewise for what others found: it is only listed, so that it is not taken for a finding.
const LEAST_SECOND_HAND: i32 = 20;

/// Words of a claim, at least and at most: shorter ones say too little, longer ones state several things.
const LENGTHS: std::ops::RangeInclusive<usize> = 5..=70;

/// Voice and worth of a sentence of a section of this kind, where it is worth checking.
pub(super) fn judge(sentence: &str, words: &Words, kind: SectionKind) -> Option<(Voice, Worth)> {
    if !is_whole(sentence, words) {
        return None;
    }
    let evidence = Evidence::of(words);
    if !evidence.any() {
        return None;
    }
    let voice = voice::voice(words, kind);
    let (suffices, least) = match voice {
        Voice::Own => (evidence.suffices(kind), LEAST),
        Voice::SecondHand => (evidence.suffices_second_hand(), LEAST_SECOND_HAND),
    };
    if !suffices || aside::is_aside(words, &evidence, voice) {
        return None;
    }
    let penalty = penalty(words, kind, &evidence)?;
    let (worth, cues) = evidence.weigh(kind);
    let worth = (worth - penalty).min(100);
    let framed = evidence.frame >= Frame::Result;
    (worth >= least).then(|| (voice, Worth { worth: worth as f32 / 100.0, cues, framed }))
}

/// A whole statement: starts like a sentence, ends with a full stop, closes its brackets, is neither a question nor a
/// formula nor too short or long.
fn is_whole(sentence: &str, words: &Words) -> bool {
    let list = words.list();
    let first = sentence.trim_start_matches(['"', '“', '‘', '\'', '(', '[']).chars().next();
    let starts = first.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || !c.is_ascii())
        || list.first().is_some_and(|word| word.text.contains(|c: char| c.is_ascii_digit() || c == '-'));
    let mixed = sentence.split_whitespace().next().is_some_and(|word| word.chars().skip(1).any(char::is_uppercase));
    let last_words = list.iter().rposition(|word| word.sort != Sort::Citation).map_or(0, |last| last + 1);
    let closers = ['"', '”', '’', '\'', ')', ' '];
    let end = sentence.trim_end_matches(closers);
    let cited_end = sentence.ends_with(']') && last_words < list.len();
    let ends = end.ends_with(['.', '!', '。']) || cited_end;
    let balanced = [('(', ')'), ('[', ']'), ('“', '”')]
        .iter()
        .all(|&(open, close)| sentence.matches(open).count() == sentence.matches(close).count());
    let formula: usize = sentence.split('$').skip(1).step_by(2).map(str::len).sum();
    (starts || mixed)
        && ends
        && !end.ends_with("...")
        && balanced
        && LENGTHS.contains(&list.len())
        && formula * 3 < sentence.len()
        && !sentence.contains("://")
}

/// What speaks against a sentence, in hundredths; `None` where a reader could not understand it alone.
fn penalty(words: &Words, kind: SectionKind, evidence: &Evidence) -> Option<i32> {
    let frame = evidence.frame;
    let list = words.list();
    // "However, it …", "On both sets, it …": a short phrase in front holds nothing that the pronoun could stand for.
    let clause = words.starts("although|as|because|if|since|though|when|whereas|whether|while");
    let phrase = list.iter().take(6).position(|word| word.pause).filter(|_| !clause).map_or(0, |pause| pause + 1);
    let pronoun = |at: usize| {
        list.get(at)
            .is_some_and(|word| matches!(word.text.as_str(), "it" | "they" | "this" | "these" | "their" | "its"))
    };
    let start = if pronoun(phrase) { phrase } else { 0 };
    let mut penalty = 0;
    let lead: Vec<&str> = list[start.min(list.len())..].iter().take(3).map(|word| word.text.as_str()).collect();
    match lead.as_slice() {
        ["it", "is" | "was" | "has", ..] if frame == Frame::Passive => {}
        ["it" | "they" | "he" | "she" | "its" | "their" | "his" | "her" | "them", ..] => return None,
        ["this" | "that" | "these" | "those" | "such", next, after @ ..] => {
            let own = matches!(*next, "paper" | "work" | "study" | "article");
            let results = matches!(
                *next,
                "results"
                    | "result"
                    | "findings"
                    | "finding"
                    | "experiments"
                    | "analysis"
                    | "analyses"
                    | "observations"
                    | "data"
            );
            let says = after.first().is_some_and(|verb| FIND.split('|').any(|find| find == *verb));
            let near = matches!(kind, SectionKind::Abstract | SectionKind::Conclusion);
            if own {
            } else if results && frame == Frame::Result {
                penalty += 10;
            } else if near && !is_verb_like(next) && !says {
                penalty += 15;
            } else {
                return None;
            }
        }
        ["both" | "another" | "others" | "neither" | "either" | "the", "former" | "latter" | "other" | "of", ..] => {
            return None;
        }
        ["both" | "another" | "others" | "neither" | "all" | "most" | "some" | "here" | "there" | "same", ..] => {
            penalty += 10
        }
        _ => {}
    }
    if words.find(&format!("{FIND} ?that it|they|its|their")).is_some_and(|(at, _)| at < 8) {
        return None;
    }
    if words.has("the latter|former") || words.has("aforementioned|above-mentioned") {
        return None;
    }
    if words.has("our") {
        penalty -= 10;
    }
    for (pattern, cost) in [
        ("that|whether|why|how this|these|those|such", 25),
        (
            "this|these|such advantage|behaviour|behavior|bias|capability|challenge|decline|discrepancy|effect|finding|findings|gap|gains|hypothesis|improvement|improvements|issue|issues|limitation|observation|observations|outcomes|pattern|patterns|phenomenon|problem|result|setting|settings|trend|trends",
            25,
        ),
        ("for example|instance", 20),
        ("may|might|could|possibly|potentially|presumably|perhaps|would", 15),
        ("often|typically|usually|generally|commonly", 10),
        ("above|below|discussed|previously", 10),
        ("table|figure|fig|section|appendix|row|column|eq|equation", 5),
    ] {
        if words.has(pattern) {
            penalty += cost;
        }
    }
    if list.len() > 45 {
        penalty += 10;
    }
    Some(penalty)
}

/// "This is", "these show", "this leads": a bare pronoun.
fn is_verb_like(word: &str) -> bool {
    matches!(
        word,
        "is" | "are"
            | "was"
            | "were"
            | "has"
            | "have"
            | "had"
            | "can"
            | "could"
            | "may"
            | "might"
            | "will"
            | "would"
            | "does"
            | "do"
            | "did"
            | "in"
            | "by"
            | "not"
            | "also"
            | "further"
            | "then"
            | "in-turn"
            | "makes"
            | "make"
            | "allows"
            | "allow"
            | "gives"
            | "means"
            | "enables"
            | "highlights"
            | "underscores"
            | "ensures"
            | "holds"
            | "happens"
            | "contrasts"
            | "motivates"
            | "corresponds"
            | "two"
            | "three"
    ) || [STRONG, WEAK, FIND].iter().any(|verbs| verbs.split('|').any(|verb| verb == word))
}
