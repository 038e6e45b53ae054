//! How check-worthy a sentence is: does it state a finding, a comparison or an effect that evidence could bear out or
//! refute, and can it be understood alone?

use super::{
    Voice, alone, aside,
    finding::{Evidence, Frame},
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
    let unclear = alone::unclear(words, kind, evidence.frame)?;
    let (worth, cues) = evidence.weigh(kind);
    let worth = (worth - unclear - detractions(words)).clamp(0, 100);
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

/// What makes a sentence less check-worthy, in hundredths: hedges, generalities, references to other places.
const DETRACTIONS: &[(&str, i32)] = &[
    ("for example|instance", 20),
    ("could|may|might|perhaps|possibly|potentially|presumably|would", 15),
    ("commonly|generally|often|typically|usually", 10),
    ("above|below|discussed|previously", 10),
    ("appendix|column|eq|equation|fig|figure|row|section|table", 5),
];

/// Words beyond which a sentence states several things.
const LONG: usize = 45;

fn detractions(words: &Words) -> i32 {
    let stated: i32 = DETRACTIONS.iter().filter(|(pattern, _)| words.has(pattern)).map(|(_, cost)| cost).sum();
    let long = if words.list().len() > LONG { 10 } else { 0 };
    // "Our …" says whose finding it is.
    let own = if words.has("our") { 10 } else { 0 };
    stated + long - own
}
