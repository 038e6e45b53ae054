//! From the words of a question to phrases and the marks between them.

use super::vocabulary::{
    ACTIONS, AMBIGUOUS, AUXILIARIES, BROAD_HEADS, CLAUSES, COMPARISONS, EMPTY_HEADS, FILLERS, MEASURES, NOUN_PHRASES,
    RELATION_NOUNS, RELATIONS, RELATIONS_INSIDE, SETTINGS, SYNONYMS,
};
use crate::text::{letter, terms};

/// Longest phrase taken as one facet, in words; longer ones are keywords typed without grammar.
const LONGEST_PHRASE: usize = 3;

/// A piece of the question: a phrase that carries a topic, or what stands between two of them.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece {
    Phrase(Vec<String>),
    Mark(Mark),
}

/// What stands between two phrases.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Mark {
    /// A stop word, a filler or punctuation: ends a phrase, no more.
    Break,
    /// "improves", "affect".
    Relation,
    /// "effect of", "role of".
    RelationNoun,
    /// "when", "if".
    Clause,
    /// "in", "on", "for", "with": what follows narrows what stands before.
    Narrowing,
    /// "between".
    Between,
    /// "and".
    And,
    /// "versus", "than", "or".
    Comparison,
}

/// One word of the question.
struct Word<'a> {
    text: &'a str,
    lower: String,
    /// Part of a phrase known by heart, so that none of its words is a mark: "climate *change*".
    known: bool,
    opens: bool,
    closes: bool,
}

/// Cuts the question at stop words, relations, fillers and punctuation.
pub(super) fn pieces(question: &str) -> Vec<Piece> {
    let spaced = letter::joined(question).replace('/', " / ");
    let words = words(&spaced);
    let pieces = cut_at_marks(&words, false);
    // "How does", "To what extent can": the auxiliary stands within the first words.
    let asks = words.iter().take(5).any(|word| AUXILIARIES.contains(&word.lower.as_str()));
    let relates = pieces.iter().any(|piece| matches!(piece, Piece::Mark(Mark::Relation | Mark::RelationNoun)));
    if asks && !relates { cut_at_marks(&words, true) } else { pieces }
}

/// Cuts at every mark; with `ambiguous`, a word within a phrase that may be its verb is one.
fn cut_at_marks(words: &[Word], ambiguous: bool) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut phrase: Vec<String> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if word.opens {
            end_phrase(&mut phrase, &mut pieces);
        }
        let may_be_verb = ambiguous
            && !word.known
            && !phrase.is_empty()
            && one_of(AMBIGUOUS, &word.lower)
            && !word.lower.ends_with("ing");
        let mark = match () {
            () if word.known => None,
            () if may_be_verb => Some(Mark::Relation),
            () => mark(word, words.get(at + 1), phrase.is_empty()),
        };
        if let Some(mark) = mark {
            end_phrase(&mut phrase, &mut pieces);
            pieces.push(Piece::Mark(mark));
        } else {
            phrase.push(word.text.to_owned());
        }
        if word.closes {
            end_phrase(&mut phrase, &mut pieces);
        }
    }
    end_phrase(&mut phrase, &mut pieces);
    pieces
}

fn words(question: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word> = question
        .split(' ')
        .map(|raw| {
            let text = raw.trim_matches(|c: char| !c.is_alphanumeric() && c != '+' && c != '#' && c != '/');
            let opens = raw.starts_with(['(', '[', '"', '\u{201c}']);
            let closes = raw.ends_with([',', ';', ':', '?', '!', '.', ')', ']', '"', '\u{201d}']);
            Word { text, lower: text.to_lowercase(), known: false, opens, closes }
        })
        .collect();
    let phrases = SYNONYMS.iter().flat_map(|names| names.iter()).chain(NOUN_PHRASES);
    for known in phrases.map(|phrase| phrase.split(' ').collect::<Vec<_>>()).filter(|known| known.len() > 1) {
        for start in 0..words.len().saturating_sub(known.len() - 1) {
            let here = &mut words[start..start + known.len()];
            if here
                .iter()
                .zip(&known)
                .all(|(word, known)| word.lower.trim_end_matches('s') == known.trim_end_matches('s'))
            {
                here.iter_mut().for_each(|word| word.known = true);
            }
        }
    }
    words
}

/// Ends the phrase; one too long to be a phrase becomes several.
fn end_phrase(phrase: &mut Vec<String>, pieces: &mut Vec<Piece>) {
    let words = std::mem::take(phrase);
    let parts = if words.len() > LONGEST_PHRASE { cut(words) } else { vec![words] };
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        pieces.push(Piece::Phrase(part));
        pieces.push(Piece::Mark(Mark::Break));
    }
}

/// Keywords typed one after the other, cut before and after names and after words that usually end a phrase.
fn cut(words: Vec<String>) -> Vec<Vec<String>> {
    let ends_phrase = |word: &str| [BROAD_HEADS, EMPTY_HEADS, MEASURES].iter().any(|list| list.contains(&word));
    let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let mut parts: Vec<Vec<String>> = vec![Vec::new()];
    for (at, word) in words.into_iter().enumerate() {
        let after_name = parts.last().is_some_and(|part| part.iter().any(|word| is_name(word)));
        let after_end = at > 0 && ends_phrase(&lower[at - 1]);
        if is_name(&word) || (after_name || after_end) && !ends_phrase(&lower[at]) {
            parts.push(Vec::new());
        }
        if let Some(part) = parts.last_mut() {
            part.push(word);
        }
    }
    parts.into_iter().flat_map(shorten).collect()
}

/// A phrase still too long holds a verb that no list knows, or several things: its first and its last two words.
fn shorten(mut part: Vec<String>) -> Vec<Vec<String>> {
    if part.len() <= LONGEST_PHRASE {
        return vec![part];
    }
    let last = part.split_off(part.len() - 2);
    part.truncate(2);
    vec![part, last]
}

/// What a word marks; `None` where it belongs to a phrase.
fn mark(word: &Word, next: Option<&Word>, begins_phrase: bool) -> Option<Mark> {
    let lower = word.lower.as_str();
    let is = |list: &[&str]| list.contains(&lower);
    let next = next.map_or("", |next| next.lower.as_str());
    let before_content = || !next.is_empty() && !terms(next).is_empty();
    Some(match lower {
        "and" | "/" => Mark::And,
        "between" => Mark::Between,
        "lead" | "leads" | "led" if next != "to" => return None,
        "type" if next.starts_with(|c: char| c.is_ascii_digit() || c == 'i') => return None,
        _ if is(SETTINGS) => Mark::Narrowing,
        _ if is(COMPARISONS) => Mark::Comparison,
        _ if is(CLAUSES) => Mark::Clause,
        _ if one_of(RELATION_NOUNS, lower) && matches!(next, "of" | "between" | "on") => Mark::RelationNoun,
        _ if one_of(RELATIONS_INSIDE, lower) && !begins_phrase => Mark::Relation,
        // "generated data" is a thing; "is generated by" a relation.
        _ if lower.ends_with("ed") && begins_phrase && before_content() && !is(FILLERS) => return None,
        // "traffic forecasting" is a thing; "in preventing falls" a relation.
        _ if lower.ends_with("ing") && !begins_phrase => return None,
        _ if one_of(RELATIONS, lower) => Mark::Relation,
        // "Why do models hallucinate?" asks about hallucination.
        _ if one_of(ACTIONS, lower) && !lower.ends_with("ing") && !next.is_empty() => Mark::Relation,
        _ if one_of(RELATION_NOUNS, lower) || is(FILLERS) => Mark::Break,
        // "US" is a place; "us" is a stop word.
        _ if is_name(word.text) => return None,
        _ if terms(lower).is_empty() && lower.chars().count() != 1 || matches!(lower, "a" | "i") => Mark::Break,
        _ => return None,
    })
}

/// Whether the list has the word, or its base form.
pub(super) fn one_of(list: &[&str], word: &str) -> bool {
    list.iter().any(|base| inflected(word, base))
}

/// Whether `word` is `base` or one of its regular forms: -s, -es, -ed, -ing.
fn inflected(word: &str, base: &str) -> bool {
    let stem = base.strip_suffix('e').or_else(|| base.strip_suffix('y')).unwrap_or(base);
    word == base
        || word.strip_prefix(base).is_some_and(|end| matches!(end, "s" | "es" | "d" | "ed" | "ing"))
        || word.strip_prefix(stem).is_some_and(|end| {
            end == "ing" && base.ends_with('e') || matches!(end, "ies" | "ied") && base.ends_with('y')
        })
}

/// "NLI", "GPT-4", "mRNA", "COVID-19": two capitals, or one and a digit.
pub(super) fn is_name(word: &str) -> bool {
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    capitals >= 2 || capitals == 1 && word.contains(|c: char| c.is_ascii_digit())
}
