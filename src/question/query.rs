//! The searches of a question: wide first, then what the first answers teach.
//!
//! Why words and not phrases: 61 of 127 relevant papers of a trial were lost for a phrase that they word otherwise. Why
//! two rounds: a paper that says it in other words can be found only by those words, and the nearest papers of the first
//! round have them.

use super::{
    Query, Question, Word, WordKind,
    facet::{respellings, synonyms},
    vocabulary::{ACADEMIC, ACTIONS, DEGREES, FILLERS, GENERIC, MEASURES, PEOPLE, RELATION_NOUNS, RELATIONS},
};
use crate::text::terms;
use std::collections::{BTreeMap, BTreeSet};

/// What a source asks of a record: some return only records that have every word of a query, others rank the records
/// that have any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matching {
    /// Every word, with any ending.
    All,
    /// Any word; the more the better.
    Any,
}

/// What the first searches brought: title and abstract of each work.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen<'a> {
    /// The nearest to the question, nearest first.
    pub nearest: &'a [String],
    /// The others: they show what is common to everything found.
    pub others: &'a [String],
}

/// Words that a record may be asked to have all of: with more it seldom has them.
const FEW: usize = 3;
/// What a text still counts for once a pair stands in it.
const STILL: f32 = 0.5;
/// Words that a ranked search gets from the nearest texts beside the question's own.
const FEEDBACK_WORDS: usize = 8;
/// Feedback words from which the searches of a source that wants every word are put together.
const PARTNERS: usize = 16;
/// Texts that a feedback word must stand in, at least, and a fifth of the nearest: one paper's word is no name of the
/// subject.
const LEAST_TEXTS: usize = 2;

/// The first searches of a question, at most `most`, for a source that matches so. Where any word matches: the content
/// words without phrases, then only the telling ones, by their other names. Where every word must match: all of them if
/// they are few, then pairs of telling words, from either side first; where there are not enough, those that narrow them
/// too.
#[must_use]
pub fn queries(question: &Question, matching: Matching, most: usize) -> Vec<Query> {
    let words = question.words();
    let telling: Vec<&Word> = words.iter().filter(|word| word.kind <= WordKind::Topic).collect();
    let mut searches = match matching {
        Matching::Any => vec![texts(&words), renamed(question, &telling)],
        Matching::All => {
            let full = (telling.len() <= FEW).then(|| texts(telling.iter().copied()));
            let narrow = texts(words.iter().filter(|word| word.kind != WordKind::Relation));
            full.into_iter().chain(pairs(&telling)).chain([narrow]).collect()
        }
    };
    if telling.is_empty() {
        // A question of nothing but verbs and measures is still searched, by what it has.
        searches = vec![texts(&words), question.facets.iter().map(|facet| facet.search.clone()).collect()];
    }
    distinct(searches, &[], most)
}

/// Further searches, at most `most`, by the words of the first answers; none of `sent` is repeated.
///
/// Where any word matches: the question's telling words with a few of the words that tell the nearest texts from the
/// others, then with many. Where every word must match: pairs of a telling word and another, its own or
/// learned, that many of the nearest texts have and few of the others.
#[must_use]
pub fn widened(question: &Question, seen: &Seen, matching: Matching, sent: &[Query], most: usize) -> Vec<Query> {
    let words = question.words();
    let telling = texts(words.iter().filter(|word| word.kind <= WordKind::Topic));
    let learned = feedback(question, seen);
    let learned = || learned.iter().map(|learned| learned.word.clone());
    let searches = match matching {
        Matching::Any => {
            let with = |count| telling.iter().cloned().chain(learned().take(count)).collect();
            vec![with(FEEDBACK_WORDS), with(3 * FEEDBACK_WORDS)]
        }
        Matching::All => {
            let own: Vec<String> = telling.iter().map(|word| word.to_lowercase()).collect();
            covering(&own, &learned().take(PARTNERS).collect::<Vec<_>>(), seen)
        }
    };
    distinct(searches, sent, most)
}

/// A word that tells the nearest texts from the others.
#[derive(Clone, Debug, PartialEq)]
pub struct Learned {
    /// The search term.
    pub term: String,
    /// The word as the nearest texts write it most often, in lower case.
    pub word: String,
    /// How well it tells them apart, `> 0`.
    pub weight: f32,
}

/// The words of the nearest texts that the question does not have, the most telling first.
///
/// Weight: the term's part in the divergence of the nearest from all, `p ln(p / q)` with `p` its share of the nearest texts
/// and `q` its share of all (Carpineto et al. 2001, "An information-theoretic approach to automatic query expansion").
#[must_use]
pub fn feedback(question: &Question, seen: &Seen) -> Vec<Learned> {
    let mut known = common();
    known.extend(terms(&question.text));
    let mut counts: BTreeMap<String, (usize, usize, BTreeMap<String, usize>)> = BTreeMap::new();
    for text in seen.nearest {
        for (term, word) in distinct_words(text) {
            let entry = counts.entry(term).or_default();
            entry.0 += 1;
            *entry.2.entry(word).or_insert(0) += 1;
        }
    }
    for text in seen.others {
        for (term, _) in distinct_words(text) {
            if let Some(entry) = counts.get_mut(&term) {
                entry.1 += 1;
            }
        }
    }
    let (near, all) = (count(seen.nearest.len()), count(seen.nearest.len() + seen.others.len()));
    let mut learned: Vec<Learned> = counts
        .into_iter()
        .filter(|(term, (here, ..))| *here >= LEAST_TEXTS.max(seen.nearest.len() / 5) && !known.contains(term))
        .filter_map(|(term, (here, there, words))| {
            let (p, q) = (count(here) / near, count(here + there) / all);
            let word = words.into_iter().max_by_key(|(word, times)| (*times, std::cmp::Reverse(word.clone())))?.0;
            Some(Learned { term, word, weight: p * (p / q).ln() })
        })
        .filter(|learned| learned.weight > 0.0)
        .collect();
    learned.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.term.cmp(&b.term)));
    learned
}

/// The words of a text by their search term, each term once with its first word; no numbers, no compounds.
fn distinct_words(text: &str) -> BTreeMap<String, String> {
    let mut words = BTreeMap::new();
    let letters = |c: char| !c.is_alphabetic() && c != '-';
    for word in text.split(letters).filter(|word| word.chars().count() > 2) {
        if let [term] = terms(word).as_slice() {
            words.entry(term.clone()).or_insert_with(|| word.to_lowercase());
        }
    }
    words
}

/// Search terms of the words that papers of any subject have.
fn common() -> BTreeSet<String> {
    let lists = [ACADEMIC, FILLERS, DEGREES, MEASURES, PEOPLE, RELATION_NOUNS, RELATIONS, ACTIONS, GENERIC];
    lists.into_iter().flatten().flat_map(|word| terms(word)).collect()
}

/// Pairs of one of the question's words and another word, its own or learned, that tell the nearest texts from all, in
/// order: like the weight of [`feedback`], but a text in which a pair before stands counts half.
fn covering(own: &[String], learned: &[String], seen: &Seen) -> Vec<Vec<String>> {
    let has: Vec<BTreeSet<String>> = seen.nearest.iter().chain(seen.others).map(|text| written(text)).collect();
    let (nearest, others) = has.split_at(seen.nearest.len());
    let stands = |texts: &[BTreeSet<String>], pair: &[String]| -> Vec<bool> {
        texts.iter().map(|text| pair.iter().all(|word| text.contains(word))).collect()
    };
    let mut candidates: Vec<(Vec<String>, Vec<bool>, f32)> = Vec::new();
    for (at, first) in own.iter().enumerate() {
        for second in own[at + 1..].iter().chain(learned) {
            let pair = vec![first.clone(), second.clone()];
            let elsewhere = stands(others, &pair).iter().filter(|stands| **stands).count();
            let share = count(elsewhere) / count(others.len().max(1));
            candidates.push((pair.clone(), stands(nearest, &pair), share));
        }
    }
    let mut left = vec![1.0_f32; nearest.len()];
    let mut chosen = Vec::new();
    while !candidates.is_empty() {
        let gain = |(_, stands, share): &(Vec<String>, Vec<bool>, f32)| {
            let new: f32 = stands.iter().zip(&left).filter(|(stands, _)| **stands).map(|(_, left)| left).sum();
            let p = new / count(nearest.len());
            p * (p / share.max(1.0 / count(has.len()))).ln()
        };
        let best = (0..candidates.len())
            .max_by(|&a, &b| gain(&candidates[a]).total_cmp(&gain(&candidates[b])).then(b.cmp(&a)));
        let Some(best) = best.filter(|&best| gain(&candidates[best]) > 0.0) else { break };
        let (pair, stands, _) = candidates.swap_remove(best);
        left.iter_mut().zip(stands).filter(|(_, stands)| *stands).for_each(|(left, _)| *left *= STILL);
        chosen.push(pair);
    }
    chosen
}

/// The words of a text as written, in lower case.
fn written(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '-').map(str::to_lowercase).collect()
}

/// Pairs of telling words in the order in which they are worth a search: those of two sides before those of one, names
/// before others, and first the pairs of words that no pair before them has.
fn pairs(telling: &[&Word]) -> Vec<Vec<String>> {
    let mut left: Vec<(&Word, &Word)> = Vec::new();
    for (at, first) in telling.iter().enumerate() {
        left.extend(telling[at + 1..].iter().map(|second| (*first, *second)));
    }
    left.sort_by_key(|(a, b)| (a.side == b.side, a.kind.max(b.kind), a.kind.min(b.kind)));
    let mut pairs = Vec::new();
    let mut used: BTreeMap<&str, usize> = BTreeMap::new();
    while !left.is_empty() {
        let uses = |word: &Word| used.get(word.text.as_str()).copied().unwrap_or(0);
        let next = (0..left.len()).min_by_key(|&at| uses(left[at].0) + uses(left[at].1)).unwrap_or(0);
        let (first, second) = left.remove(next);
        for word in [first, second] {
            *used.entry(&word.text).or_insert(0) += 1;
        }
        pairs.push(texts([first, second]));
    }
    pairs
}

/// The telling words, each thing that they name by another name where it has one: "RLHF" for "reinforcement learning from
/// human feedback", "tumor" for "tumour".
fn renamed(question: &Question, telling: &[&Word]) -> Vec<String> {
    let mut words = texts(telling.iter().copied());
    let tells = |phrase: &str| words.iter().any(|word| phrase.contains(word.as_str()));
    let names = question.facets.iter().map(|facet| &facet.phrase).filter(|phrase| tells(phrase));
    let other = |phrase: &String| synonyms(phrase).into_iter().chain(respellings(phrase)).next();
    let more: Vec<String> =
        names.filter_map(other).flat_map(|name| name.split(' ').map(str::to_owned).collect::<Vec<_>>()).collect();
    for word in more {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

fn texts<'a>(words: impl IntoIterator<Item = &'a Word>) -> Vec<String> {
    words.into_iter().map(|word| word.text.clone()).collect()
}

/// The first `most` searches that have words and that no search before them has, whatever the order of their words.
fn distinct(searches: Vec<Vec<String>>, sent: &[Query], most: usize) -> Vec<Query> {
    let key = |phrases: &[String]| phrases.iter().flat_map(|phrase| terms(phrase)).collect::<BTreeSet<_>>();
    let mut known: BTreeSet<BTreeSet<String>> = sent.iter().map(|query| key(&query.phrases)).collect();
    let new = searches.into_iter().filter(|words| {
        let key = key(words);
        !key.is_empty() && known.insert(key)
    });
    new.take(most).map(|phrases| Query { phrases }).collect()
}

#[allow(clippy::cast_precision_loss, reason = "counts of texts stay far below 2^24")]
fn count(number: usize) -> f32 {
    number as f32
}
