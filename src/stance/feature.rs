//! What can be read off a sentence, by name.

use super::{Rarity, cue};
use crate::{
    claim::{self, Word, Words},
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

/// Names of the logarithm of how many candidates say yes, no, mixed, no difference.
pub(super) const SAYS: [&str; 4] = ["says-yes", "says-no", "says-mixed", "says-no-difference"];
/// The same of how likely the finding says so.
pub(super) const FINDING: [&str; 4] = ["finding-yes", "finding-no", "finding-mixed", "finding-no-difference"];

/// Reads the sentences of one paper for one question.
pub(super) struct Reader<'a> {
    rarity: &'a Rarity,
    asked: BTreeSet<String>,
    asked_of: Option<Asked<'a>>,
    title: BTreeSet<String>,
    title_overlap: f32,
    /// The question asks for a size.
    asks_size: bool,
    /// The paper studies people, animals or cells; its abstract ends in its conclusion more often than others do.
    clinical: bool,
}

impl<'a> Reader<'a> {
    pub fn new(question: &str, proposition: Option<&'a Proposition>, paper: &Paper, rarity: &'a Rarity) -> Self {
        let asked = set(question);
        let title = set(&paper.title);
        let text = Words::of(paper.abstract_text.as_deref().unwrap_or(&paper.title));
        Self {
            title_overlap: share(&asked, &title, rarity),
            rarity,
            asked_of: proposition.map(|proposition| Asked::of(proposition, &paper.title)),
            asked,
            title,
            asks_size: Words::of(question).has_any(cue::SIZE_ASKED),
            clinical: text.has_any(cue::CLINICAL),
        }
    }

    /// The features of the sentence at `place` of `count` in a section.
    pub fn features(&self, sentence: &str, kind: SectionKind, place: usize, count: usize) -> Features {
        let mut features = Features::default();
        features.set("constant", 1.0);
        let words = Words::of(sentence);
        self.position(&mut features, place, count);
        self.closeness(&mut features, sentence);
        of_kind(&mut features, sentence, &words, kind);
        self.polarity(&mut features, sentence, &words);
        self.together(&mut features, &words);
        features
    }

    fn position(&self, features: &mut Features, place: usize, count: usize) {
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
        if let Some(asked) = &self.asked_of {
            let subject = share(&asked.subject, &here, self.rarity);
            let said = share(&asked.said, &here, self.rarity);
            features.set("subject-shared", subject);
            features.set("said-shared", said);
            features.set("both-sides", subject.min(said));
        }
        let words = sentence.split_whitespace().count();
        features.flag("short", words < SHORT);
        features.flag("long", words > LONG);
    }

    /// What says more together than apart.
    fn together(&self, features: &mut Features, words: &Words) {
        let numbers = words.list().iter().filter(|word| word.text.starts_with(|c: char| c.is_ascii_digit())).count();
        features.set("numbers", of(numbers.min(MOST_NUMBERS)) / of(MOST_NUMBERS));
        features.flag("size", self.asks_size && features.get("quantity") > 0.0);
        features.set("place-overlap", features.get("place") * features.get("overlap"));
        if self.clinical {
            features.set("place-clinical", features.get("place"));
        }
    }

    fn polarity(&self, features: &mut Features, sentence: &str, words: &Words) {
        for cue in cue::POLARITY {
            features.flag(cue.0, cue::has(words, cue));
        }
        let Some(asked) = &self.asked_of else { return };
        match significance(sentence, "It differed significantly.") {
            Some("both") => features.set("significance", 1.0),
            Some("differ") => features.set("no-significance", 1.0),
            _ => {}
        }
        match direction(sentence, asked.text) {
            Direction::Same => features.set("same-direction", 1.0),
            Direction::Opposite => features.set("opposite-direction", 1.0),
            Direction::None => {}
        }
        asked.denials(features, words);
        for shape in &asked.shapes {
            features.set(shape, 1.0);
        }
        for (shape, cue, name) in cue::TOGETHER {
            features.flag(name, features.get(shape) > 0.0 && features.get(cue) > 0.0);
        }
    }
}

/// A proposition, as far as its sentences are compared with it.
struct Asked<'a> {
    text: &'a str,
    /// What it speaks of.
    subject: BTreeSet<String>,
    /// What it says of it.
    said: BTreeSet<String>,
    /// Whether it says more or less of something, and by which words.
    way: Option<bool>,
    ways: BTreeSet<String>,
    /// What kind of thing it says, and what the paper's title does: the same for all sentences.
    shapes: Vec<&'static str>,
}

impl<'a> Asked<'a> {
    fn of(proposition: &'a Proposition, title: &str) -> Self {
        let text = proposition.text.as_str();
        let (subject, said) = text.split_at(text.floor_char_boundary(proposition.subject));
        let (words, title_words) = (Words::of(text), Words::of(title));
        let spoken = Words::of(said);
        let ways: Vec<&str> =
            spoken.list().iter().map(|word| word.text.as_str()).filter(|word| way(word).is_some()).collect();
        let way = ways.first().and_then(|word| way(word));
        let mut shapes: Vec<&'static str> =
            cue::ASKED.iter().filter(|cue| cue::has(&words, cue)).map(|cue| cue.0).collect();
        for (name, is) in [
            ("asks-more", way == Some(true)),
            ("asks-less", way == Some(false)),
            ("asks-denial", words.list().iter().any(is_denial)),
            ("title-asks", title.contains('?')),
            ("title-limits", title_words.has_any(cue::TITLE_LIMITS)),
        ] {
            shapes.extend(is.then_some(name));
        }
        let ways = ways.iter().flat_map(|word| terms(word)).collect();
        Self { text, subject: set(subject), said: set(said), way, ways, shapes }
    }

    /// Where the sentence denies what the proposition says, and whether it says more, or less, of the same.
    fn denials(&self, features: &mut Features, words: &Words) {
        let list = words.list();
        let places = |is: &dyn Fn(&Word) -> bool| -> Vec<usize> {
            list.iter().enumerate().filter(|(_, word)| is(word)).map(|(at, _)| at).collect()
        };
        let denials = places(&is_denial);
        let denied = |at: usize, reach: usize| denials.iter().any(|&denial| denial <= at && at - denial <= reach);
        let shares =
            |word: &Word, wanted: &BTreeSet<String>| terms(&word.text).iter().any(|term| wanted.contains(term));
        let said = places(&|word| shares(word, &self.said));
        features.set("denials", of(denials.len().min(MOST_DENIALS)) / of(MOST_DENIALS));
        features.flag("denied-near", said.iter().any(|&at| denied(at, NEAR)));
        let turn = list.iter().rposition(|word| cue::TURNS.contains(&word.text.as_str()));
        features.flag("denied-after-turn", turn.is_some_and(|turn| denials.iter().any(|&denial| denial > turn)));
        let Some(asked) = self.way else { return };
        let shared = places(&|word| shares(word, &self.said) || shares(word, &self.subject));
        let agrees = |at: usize, way: bool| (way == asked) != denied(at, NEAR_WAY);
        let (same, other): (Vec<bool>, Vec<bool>) = list
            .iter()
            .enumerate()
            .filter(|(at, _)| shared.iter().any(|shared| shared.abs_diff(*at) <= NEAR))
            .filter_map(|(at, word)| Some(agrees(at, way(&word.text)?)))
            .partition(|same| *same);
        features.flag("same-way", same.len() > other.len());
        let repeated = places(&|word| shares(word, &self.ways));
        features.flag("way-repeated", !repeated.is_empty() && !repeated.iter().any(|&at| denied(at, NEAR_WAY)));
    }
}

/// Denials in a sentence beyond which more say nothing more.
const MOST_DENIALS: usize = 3;
/// Words within which a denial meets what it denies, and a word of more or less what it is said of.
const NEAR: usize = 5;
/// Words within which a denial turns a word of more or less.
const NEAR_WAY: usize = 3;

fn is_denial(word: &Word) -> bool {
    cue::DENIALS.contains(&word.text.as_str())
}

/// Whether a word says more or less; most say neither.
fn way(word: &str) -> Option<bool> {
    let starts = |stems: &[&str]| stems.iter().any(|stem| word.starts_with(stem));
    match () {
        () if starts(cue::MORE) => Some(true),
        () if starts(cue::LESS) => Some(false),
        () => None,
    }
}

fn of(number: usize) -> f32 {
    f32::from(u16::try_from(number).unwrap_or(u16::MAX))
}

/// Numbers in a sentence beyond which more say nothing more.
const MOST_NUMBERS: usize = 4;
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
