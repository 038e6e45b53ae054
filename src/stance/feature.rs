//! What can be read off a sentence, by name.

use super::{Rarity, cue};
use crate::{
    claim::{self, Words},
    nli::Entailment,
    paper::{Paper, SectionKind},
    question::Proposition,
    text::{label, terms},
    verify::{Direction, direction, significance},
};
use std::collections::{BTreeMap, BTreeSet};

/// Named numbers; what is not named is 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Features(BTreeMap<&'static str, f32>);

impl Features {
    pub fn set(&mut self, name: &'static str, value: f32) {
        self.0.insert(name, value);
    }

    pub fn flag(&mut self, name: &'static str, is: bool) {
        if is {
            self.set(name, 1.0);
        }
    }

    pub fn add(&mut self, name: &'static str, value: f32) {
        *self.0.entry(name).or_default() += value;
    }

    /// At least `value`.
    pub fn raise(&mut self, name: &'static str, value: f32) {
        let entry = self.0.entry(name).or_insert(f32::NEG_INFINITY);
        *entry = entry.max(value);
    }

    pub fn get(&self, name: &str) -> f32 {
        self.0.get(name).copied().unwrap_or_default()
    }

    pub fn iter(&self) -> impl Iterator<Item = (&'static str, f32)> {
        self.0.iter().map(|(name, value)| (*name, *value))
    }

    /// The sum of the features, each times its weight.
    pub fn dot(&self, weights: &BTreeMap<String, f32>) -> f32 {
        self.iter().map(|(name, value)| value * weights.get(name).copied().unwrap_or_default()).sum()
    }

    /// What the model makes of a sentence, read alone and in its place: margins over neutral, and of yes over no.
    pub fn add_scores(&mut self, [alone, in_place]: &[Entailment; 2]) {
        let entails = |score: &Entailment| score.entailment - score.neutral;
        let denies = |score: &Entailment| score.contradiction - score.neutral;
        self.set("asked", 1.0);
        let decided = |score: &Entailment| entails(score).max(denies(score));
        self.set("decided", f32::midpoint(decided(alone), decided(in_place)));
        let yes_no = |score: &Entailment| score.entailment - score.contradiction;
        self.set("yes-no", f32::midpoint(yes_no(alone), yes_no(in_place)));
    }
}

/// The name of the greatest value of a feature in a paper, for those of which it says more than the mean.
pub(super) fn greatest_of(name: &str) -> Option<&'static str> {
    Some(match name {
        "overlap" => "overlap-most",
        "both-sides" => "both-sides-most",
        "decided" => "decided-most",
        "yes-no" => "yes-no-most",
        "nothing" => "nothing-most",
        _ => return None,
    })
}

/// Reads the sentences of one paper for one question.
pub(super) struct Reader<'a> {
    rarity: &'a Rarity,
    asked: BTreeSet<String>,
    /// The proposition's text, with its sides: what it speaks of and what it says of it.
    proposition: Option<(&'a str, [BTreeSet<String>; 2])>,
    title: BTreeSet<String>,
    title_overlap: f32,
}

impl<'a> Reader<'a> {
    pub fn new(question: &str, proposition: Option<&'a Proposition>, paper: &Paper, rarity: &'a Rarity) -> Self {
        let asked = set(question);
        let title = set(&paper.title);
        let sides = |proposition: &'a Proposition| {
            let (subject, said) = proposition.text.split_at(proposition.text.floor_char_boundary(proposition.subject));
            (proposition.text.as_str(), [set(subject), set(said)])
        };
        Self { title_overlap: share(&asked, &title, rarity), rarity, proposition: proposition.map(sides), asked, title }
    }

    /// The features of the sentence at `place` of `count` in a section.
    pub fn features(&self, sentence: &str, kind: SectionKind, place: usize, count: usize) -> Features {
        let mut features = Features::default();
        let words = Words::of(sentence);
        self.position(&mut features, place, count);
        self.closeness(&mut features, sentence);
        of_kind(&mut features, sentence, &words, kind);
        self.polarity(&mut features, sentence, &words);
        features
    }

    fn position(&self, features: &mut Features, place: usize, count: usize) {
        let of = |number: usize| f32::from(u16::try_from(number).unwrap_or(u16::MAX));
        let last = count.saturating_sub(1);
        features.set("place", of(place) / of(last.max(1)));
        features.flag("first", place == 0 && count > 1);
        features.flag("second", place == 1 && count > 2);
        features.flag("last", place == last);
        features.flag("last-but-one", place + 1 == last);
        features.flag("last-but-two", place + 2 == last);
        features.flag("latter-half", place * 2 > last);
    }

    fn closeness(&self, features: &mut Features, sentence: &str) {
        let here = set(sentence);
        features.set("overlap", share(&self.asked, &here, self.rarity));
        features.set("title-shared", share(&self.title, &here, self.rarity));
        features.set("title-overlap", self.title_overlap);
        if let Some((_, [subject, said])) = &self.proposition {
            let (subject, said) = (share(subject, &here, self.rarity), share(said, &here, self.rarity));
            features.set("subject-shared", subject);
            features.set("said-shared", said);
            features.set("both-sides", subject.min(said));
        }
        let words = sentence.split_whitespace().count();
        features.flag("short", words < SHORT);
        features.flag("long", words > LONG);
    }

    fn polarity(&self, features: &mut Features, sentence: &str, words: &Words) {
        for cue in cue::POLARITY {
            features.flag(cue.0, cue::has(words, cue));
        }
        let Some((text, _)) = &self.proposition else { return };
        match significance(sentence, "It differed significantly.") {
            Some("both") => features.set("significance", 1.0),
            Some("differ") => features.set("no-significance", 1.0),
            _ => {}
        }
        match direction(sentence, text) {
            Direction::Same => features.set("same-direction", 1.0),
            Direction::Opposite => features.set("opposite-direction", 1.0),
            Direction::None => {}
        }
    }
}

/// Words of a short sentence, fewer than; and of a long one, more than: what is short says little, what is long several things.
const SHORT: usize = 9;
/// See [`SHORT`].
const LONG: usize = 40;

fn of_kind(features: &mut Features, sentence: &str, words: &Words, kind: SectionKind) {
    for cue in cue::KIND {
        features.flag(cue.0, cue::has(words, cue));
    }
    let signs = claim::signs(words, kind);
    for (name, is) in [
        ("own", signs.own),
        ("results", signs.results),
        ("passive", signs.passive),
        ("clause", signs.clause),
        ("strong", signs.strong),
        ("weak", signs.weak),
        ("comparison", signs.comparison),
        ("effect", signs.effect),
        ("quantity", signs.quantity),
        ("aside", signs.aside),
        ("second-hand", signs.second_hand),
        ("question", sentence.ends_with('?')),
        ("outside-abstract", kind != SectionKind::Abstract),
    ] {
        features.flag(name, is);
    }
    match label(sentence) {
        Some(label) if label.contains("conclusion") || label == "interpretation" || label.contains("findings") => {
            features.set("label-conclusion", 1.0)
        }
        Some(label) if label.contains("result") => features.set("label-result", 1.0),
        Some(_) => features.set("label-other", 1.0),
        None => {}
    }
}

/// What is known of a sentence only beside the others of its paper: whether it is the closest, whether it is the last with a
/// sign of a finding.
pub(super) fn relate(sentences: &mut [&mut Features]) {
    for (of, name) in [("overlap", "closest"), ("both-sides", "closest-both"), ("title-shared", "closest-title")] {
        let most = sentences.iter().map(|features| features.get(of)).fold(0.0, f32::max);
        for features in sentences.iter_mut() {
            let value = features.get(of);
            features.flag(name, value >= most && most > 0.0);
            if most > 0.0 {
                features.set(
                    match of {
                        "overlap" => "overlap-of-most",
                        "both-sides" => "both-sides-of-most",
                        _ => "title-of-most",
                    },
                    value / most,
                );
            }
        }
    }
    let concludes = |features: &Features| {
        features.get("conclude") > 0.0
            || features.get("own") > 0.0
            || features.get("results") > 0.0
            || features.get("label-conclusion") > 0.0
    };
    if let Some(first) = sentences.iter().position(|features| concludes(features) && features.get("place") > 0.4) {
        sentences[first].set("first-conclusion", 1.0);
        for features in sentences.iter_mut().skip(first + 1) {
            features.set("after-conclusion", 1.0);
        }
    }
}

fn set(text: &str) -> BTreeSet<String> {
    terms(text).into_iter().collect()
}

/// Share of the wanted terms, by rarity, that are here; 0 where none is wanted.
fn share(wanted: &BTreeSet<String>, here: &BTreeSet<String>, rarity: &Rarity) -> f32 {
    let all: f32 = wanted.iter().map(|term| rarity.weight(term)).sum();
    let met: f32 = wanted.intersection(here).map(|term| rarity.weight(term)).sum();
    if all > 0.0 { met / all } else { 0.0 }
}
