//! The question's content words: whatever no list knows stays a search word.

use super::{
    Question, Side,
    facet::respellings,
    piece::{is_name, one_of},
    vocabulary::{
        ACTIONS, CLAUSES, COMPARISONS, DEGREES, FILLERS, GENERIC, MEASURES, PEOPLE, RELATION_NOUNS, RELATIONS, SETTINGS,
    },
};
use crate::text::{letter, spelled, terms};

/// A word that the question is searched by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// As typed, without punctuation.
    pub text: String,
    /// How much it tells about a paper.
    pub kind: WordKind,
    /// The side of the question that a facet with this word stands on.
    pub side: Option<Side>,
    /// Search terms ([`crate::text::terms`]) any one group of which is this word: other spellings, a compound as one
    /// word or as its parts.
    pub groups: Vec<Vec<String>>,
}

/// How much a word tells about a paper; the first kind tells most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WordKind {
    /// A name or acronym.
    Name,
    /// Any word that the lists do not know.
    Topic,
    /// Who, how much, how measured, and what whole fields share: "patients", "higher", "accuracy", "models".
    Circumstance,
    /// A verb or noun that relates two things: "improve", "effect".
    Relation,
}

impl Question {
    /// Its content words in their order, each once: all but stop words and the words that carry no topic in any question
    /// ("evidence", "studies"). Where nothing but such words is left, none.
    #[must_use]
    pub fn words(&self) -> Vec<Word> {
        let spaced = letter::joined(&self.text).replace(['/', '\u{2013}', '\u{2014}'], " ");
        let typed: Vec<&str> = spaced.split(' ').map(bare).filter(|word| !word.is_empty()).collect();
        let lower: Vec<String> = typed.iter().map(|word| word.to_lowercase()).collect();
        let shared = shared(&lower);
        let mut words: Vec<Word> = Vec::new();
        for ((text, lower), shared) in typed.iter().zip(&lower).zip(shared) {
            let name = is_name(text);
            let joins = || [FILLERS, SETTINGS, COMPARISONS, CLAUSES].iter().any(|list| list.contains(&lower.as_str()));
            if !name && (terms(lower).is_empty() || !shared && joins()) {
                continue;
            }
            let kind = if shared { WordKind::Circumstance } else { kind(lower, name) };
            let groups = groups(text);
            if !groups.is_empty() && !words.iter().any(|word| word.groups[0] == groups[0]) {
                words.push(Word { text: letter::parted(text), kind, side: self.side_of(&groups[0]), groups });
            }
        }
        words
    }

    fn side_of(&self, group: &[String]) -> Option<Side> {
        let has = |phrase: &str| {
            let known = terms(phrase);
            group.iter().all(|term| known.contains(term))
        };
        self.facets.iter().find(|facet| has(&facet.phrase)).map(|facet| facet.side)
    }
}

/// Without punctuation around it; "C++" and "C#" keep theirs.
fn bare(raw: &str) -> &str {
    let word = raw.trim_matches(|c: char| !c.is_alphanumeric() && c != '+' && c != '#');
    word.strip_suffix("'s").or_else(|| word.strip_suffix("\u{2019}s")).unwrap_or(word)
}

/// Which words belong to a phrase that whole fields of papers share: "large language models".
fn shared(lower: &[String]) -> Vec<bool> {
    let mut shared = vec![false; lower.len()];
    for phrase in GENERIC.iter().map(|phrase| phrase.split(' ').collect::<Vec<_>>()) {
        for start in 0..(lower.len() + 1).saturating_sub(phrase.len()) {
            let here = &lower[start..start + phrase.len()];
            if here.iter().zip(&phrase).all(|(word, known)| word.trim_end_matches('s') == known.trim_end_matches('s')) {
                shared[start..start + phrase.len()].fill(true);
            }
        }
    }
    shared
}

fn kind(lower: &str, name: bool) -> WordKind {
    let relates = || {
        one_of(RELATIONS, lower) || one_of(RELATION_NOUNS, lower) || !lower.ends_with("ing") && one_of(ACTIONS, lower)
    };
    if name {
        WordKind::Name
    } else if one_of(PEOPLE, lower) || one_of(MEASURES, lower) || DEGREES.contains(&lower) {
        WordKind::Circumstance
    } else if relates() {
        WordKind::Relation
    } else {
        WordKind::Topic
    }
}

/// The word in every spelling.
fn groups(text: &str) -> Vec<Vec<String>> {
    let mut groups: Vec<Vec<String>> = Vec::new();
    for form in std::iter::once(text.to_owned()).chain(respellings(text)).flat_map(|spelling| spelled(&spelling)) {
        if !groups.contains(&form) {
            groups.push(form);
        }
    }
    groups
}
