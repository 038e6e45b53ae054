//! What speaks for a paper being on the question's topic, and how much each counts.

use super::{
    Assessment, Bm25,
    bm25::idf,
    document,
    likeness::Likeness,
    topic::{Text, Topic},
};
use crate::{
    paper::Paper,
    question::{Question, Side, Word, WordKind},
    text::{sentences, terms},
};
use serde::{Deserialize, Serialize};

/// Number of [`Signals`].
pub const SIGNALS: usize = 5;

/// What speaks for a paper, each in `0.0..=1.0`.
///
/// "Much" of a question's words is the weight of four words that tell something: a paper need not repeat a long
/// question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Signals {
    /// Share of much of the question's words, by weight, in the title.
    pub titled: f32,
    /// The same in the one sentence (or title) that has most of them.
    pub together: f32,
    /// BM25 of the question's words, as a share of the most that much of them could reach.
    pub bm25: f32,
    /// Cosine to the middle of the works nearest to the question, as a share of the greatest among the works found, times how
    /// well the best of these cover the question (`covered`): where even they say little of it, being like them says nothing.
    pub typical: f32,
    /// Share of the question's words, by weight, on the side of which it has the smallest share.
    pub weakest_side: f32,
}

impl Signals {
    fn values(&self) -> [f32; SIGNALS] {
        [self.titled, self.together, self.bm25, self.typical, self.weakest_side]
    }
}

/// The constants of the relevance of a paper.
///
/// Fitted by logistic regression (L2 penalty 1, no negative weight) on 2,973 judged papers of 242 questions, 80 of which were
/// asked without looking whether there are papers for them; held out in four folds, the area under the curve is 0.88, and of the
/// papers given below 0.2 (0.2 to 0.4, 0.4 to 0.6, 0.6 to 0.8, 0.8 to 1) 9 % (31, 47, 72, 91) are on the topic
/// (`training/relevance`). Fitted on questions that have papers only, and with `typical` whatever the best works are, it gave 0.5
/// to 0.8 to 402 papers of the 80 questions, one in twelve of which is on the topic. On 22 further questions the papers above the
/// cut, 60 at most, are 0.70 of the deciding ones, and 0.80 of those judged among them are on the topic. Tried, and no gain there:
/// the question's words in the whole text beside BM25, the cosine itself beside its share of the greatest, words near each
/// other, feedback terms, letters of the title, rarity of facets, the weightiest word, rank and number of the searches that
/// returned a paper.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Params {
    /// Probability below which a paper is set aside.
    pub cut: f32,
    /// Log-odds of a paper with none of the [`Signals`].
    pub bias: f32,
    /// What each signal adds to the log-odds, in the order of the fields of [`Signals`].
    pub weights: [f32; SIGNALS],
}

impl Default for Params {
    fn default() -> Self {
        Self { cut: 0.3, bias: -3.83, weights: [1.32, 1.26, 1.04, 3.83, 1.42] }
    }
}

impl Params {
    /// The probability that a paper with these signals is on the topic, in `0.0..=1.0`.
    #[must_use]
    pub fn relevance(&self, signals: &Signals) -> f32 {
        let sum: f32 = self.weights.iter().zip(signals.values()).map(|(weight, value)| weight * value).sum();
        1.0 / (1.0 + (-(self.bias + sum)).exp())
    }
}

/// What a word weighs by its kind: a name has no paraphrase; what any paper may have tells little.
fn weight(kind: WordKind) -> f32 {
    match kind {
        WordKind::Name => 1.5,
        WordKind::Topic => 1.0,
        WordKind::Circumstance => 0.4,
        WordKind::Relation => 0.3,
    }
}

/// Share of its weight that a word keeps where every work found has it.
const COMMON: f32 = 0.5;

/// Works that count as nearest to the question.
const NEAREST: usize = 25;

/// Weight by kind ([`weight`]) of the words that are much of a question. By held out judgements of 118 questions (four
/// folds): with 4 the log loss is 0.420, with 3 and 5 0.421 and 0.423, without a limit 0.432, where papers for long
/// questions are given 0.63 on average and 0.70 are on the topic.
const ENOUGH: f32 = 4.0;

/// What a word that only the title has counts for a sentence of the paper.
const BY_TITLE: f32 = 0.5;

/// The works found, read with the question.
pub(super) struct Reader<'a> {
    papers: &'a [Paper],
    topic: Topic,
    words: Weighted,
    readings: Vec<Reading>,
    index: Bm25,
}

/// What is read of one work.
struct Reading {
    text: Text,
    title: Text,
    sentences: Vec<Text>,
    /// Which of the question's words it has.
    has: Vec<bool>,
}

/// The question's words with their weights.
struct Weighted {
    words: Vec<Word>,
    weights: Vec<f32>,
}

impl Weighted {
    fn of(question: &Question) -> Self {
        let words = question.words();
        let weights = words.iter().map(|word| weight(word.kind)).collect();
        Self { words, weights }
    }

    /// Which words a text has, by themselves or by another name of the thing that they are part of.
    fn shown(&self, topic: &Topic, text: &Text) -> Vec<bool> {
        let things = topic.exact(text);
        let part = |word: &Word| things.iter().any(|thing| word.groups[0].iter().all(|term| thing.contains(term)));
        self.words.iter().map(|word| text.has_any(&word.groups) || part(word)).collect()
    }

    /// Share of much of the weight that is shown, in `0.0..=1.0`.
    fn share_of_much(&self, shown: &[bool]) -> f32 {
        (self.share(shown) / self.much()).min(1.0)
    }

    /// Share of the question that is much of it: all of a short one, [`ENOUGH`] of a long one.
    fn much(&self) -> f32 {
        let all: f32 = self.words.iter().map(|word| weight(word.kind)).sum();
        ENOUGH / all.max(ENOUGH)
    }

    /// Share of the weight that is shown.
    fn share(&self, shown: &[bool]) -> f32 {
        let all: f32 = self.weights.iter().sum();
        let met: f32 = self.weights.iter().zip(shown).filter(|(_, shown)| **shown).map(|(weight, _)| weight).sum();
        if all > 0.0 { met / all } else { 0.0 }
    }
}

impl<'a> Reader<'a> {
    pub(super) fn of(question: &Question, papers: &'a [Paper]) -> Self {
        let abstracts: Vec<String> = papers.iter().map(abstract_of).collect();
        let topic = Topic::of(question).learn(&abstracts);
        let mut words = Weighted::of(question);
        let mut documents = Vec::with_capacity(papers.len());
        let mut readings = Vec::with_capacity(papers.len());
        for (paper, abstract_text) in papers.iter().zip(&abstracts) {
            let (title, body) = (terms(&paper.title), terms(abstract_text));
            let text = Text::of_terms(&title, &body);
            let spans = sentences(abstract_text);
            let sentences = spans.iter().map(|span| Text::new("", span.of(abstract_text))).collect();
            let has = words.shown(&topic, &text);
            documents.push(document(&title, &body));
            readings.push(Reading { text, title: Text::of_terms(&title, &[]), sentences, has });
        }
        for (at, weight) in words.weights.iter_mut().enumerate() {
            let having = readings.iter().filter(|reading| reading.has[at]).count();
            *weight *= COMMON + (1.0 - COMMON) * idf(having, papers.len()) / idf(0, papers.len());
        }
        let views: Vec<_> = readings.iter().map(|reading| topic.view(&reading.text)).collect();
        let topic = topic.among(&views);
        Self { papers, topic, words, readings, index: Bm25::new(documents) }
    }

    /// Each work's probability, and what it names of the question.
    pub(super) fn assess(&self, params: &Params) -> Vec<Assessment> {
        let assess = |(signals, reading): (Signals, &Reading)| {
            let view = self.topic.view(&reading.text);
            Assessment {
                relevance: params.relevance(&signals),
                coverage: self.topic.coverage(&view),
                weakest_side: signals.weakest_side,
                facets: self.topic.named(&reading.text),
                missed: self.topic.missed(&view),
            }
        };
        self.signals(params).into_iter().zip(&self.readings).map(assess).collect()
    }

    /// Title and abstract of the nearest works, nearest first, and of the others.
    pub(super) fn split(&self, params: &Params) -> (Vec<String>, Vec<String>) {
        let relevance: Vec<f32> = self.signals(params).iter().map(|signals| params.relevance(signals)).collect();
        let places = self.by(|at| relevance[at]);
        let text = |&at: &usize| format!("{}. {}", self.papers[at].title, abstract_of(&self.papers[at]));
        let (nearest, others) = places.split_at(NEAREST.min(places.len()));
        (nearest.iter().map(text).collect(), others.iter().map(text).collect())
    }

    /// Places of the works by a score, best first; ties by id.
    fn by(&self, score: impl Fn(usize) -> f32) -> Vec<usize> {
        let mut places: Vec<usize> = (0..self.papers.len()).collect();
        places.sort_by(|&a, &b| score(b).total_cmp(&score(a)).then_with(|| self.papers[a].id.cmp(&self.papers[b].id)));
        places
    }

    /// Twice: the works nearest by the question's words say what is typical, by which all are judged; the most relevant of
    /// them say it again.
    pub(super) fn signals(&self, params: &Params) -> Vec<Signals> {
        let mut signals = self.by_words();
        let scores: Vec<f32> = self
            .readings
            .iter()
            .zip(&signals)
            .map(|(read, signals)| signals.bm25 * self.words.share(&read.has))
            .collect();
        self.add_typical(&mut signals, |at| scores[at]);
        let relevance: Vec<f32> = signals.iter().map(|signals| params.relevance(signals)).collect();
        self.add_typical(&mut signals, |at| relevance[at]);
        signals
    }

    fn add_typical(&self, signals: &mut [Signals], score: impl Fn(usize) -> f32) {
        let nearest: Vec<(usize, f32)> = self.by(&score).into_iter().take(NEAREST).map(|at| (at, score(at))).collect();
        let likeness = Likeness::to(&self.index, self.papers.len(), &nearest);
        let values: Vec<f32> = (0..self.papers.len()).map(|at| likeness.of(at)).collect();
        let most = values.iter().copied().fold(f32::MIN_POSITIVE, f32::max);
        let covered = covered(signals);
        signals.iter_mut().zip(values).for_each(|(signals, value)| signals.typical = covered * value / most);
    }

    fn by_words(&self) -> Vec<Signals> {
        let query = self.query();
        let all = self.readings.iter().enumerate();
        all.map(|(at, reading)| self.signals_of(reading, at, &query)).collect()
    }

    fn signals_of(&self, reading: &Reading, at: usize, query: &[String]) -> Signals {
        let share = |text: &Text| self.words.share_of_much(&self.words.shown(&self.topic, text));
        let titled = share(&reading.title);
        Signals {
            titled,
            together: reading.sentences.iter().map(share).fold(titled, f32::max),
            bm25: (self.index.share(query, at) / self.words.much()).min(1.0),
            typical: 0.0,
            weakest_side: self.weakest_side(&reading.has),
        }
    }

    /// The share of its words' weight on the side that it speaks of least; a question with one side has only that.
    fn weakest_side(&self, has: &[bool]) -> f32 {
        let share = |side: Side| {
            let of_side = self.words.words.iter().zip(&self.words.weights).zip(has);
            let (met, all) = of_side
                .filter(|((word, _), _)| word.side == Some(side))
                .fold((0.0, 0.0), |(met, all), ((_, weight), has)| {
                    (if *has { met + weight } else { met }, all + weight)
                });
            (all > 0.0).then(|| met / all)
        };
        [Side::First, Side::Second].into_iter().filter_map(share).reduce(f32::min).unwrap_or(0.0)
    }

    fn query(&self) -> Vec<String> {
        let mut query: Vec<String> = self.words.words.iter().flat_map(|word| word.groups[0].clone()).collect();
        query.sort();
        query.dedup();
        query
    }
}

/// How well the two works found that cover the question best cover it, in `0.0..=1.0`: the mean of `together` times
/// `weakest_side`. Why two: five or ten tell no better where there are as many, and of a narrow question one or two are all that
/// there is; one alone may be about something else that is worded alike.
fn covered(signals: &[Signals]) -> f32 {
    let mut each: Vec<f32> = signals.iter().map(|signals| signals.together * signals.weakest_side).collect();
    each.sort_by(|a, b| b.total_cmp(a));
    each.iter().take(2).sum::<f32>() / 2.0
}

fn abstract_of(paper: &Paper) -> String {
    paper.abstract_text.clone().unwrap_or_default()
}

/// A paper beside the question, to measure how close its sentences are.
pub struct Near {
    topic: Topic,
    words: Weighted,
    titled: Vec<bool>,
}

impl Near {
    /// Reads the paper's title and the acronyms of its abstract.
    #[must_use]
    pub fn of(question: &Question, paper: &Paper) -> Self {
        let topic = Topic::of(question).learn(paper.abstract_text.as_slice());
        let words = Weighted::of(question);
        let titled = words.shown(&topic, &Text::new(&paper.title, ""));
        Self { topic, words, titled }
    }

    /// See [`super::closeness`].
    #[must_use]
    pub fn closeness(&self, sentence: &str) -> f32 {
        let said = self.words.shown(&self.topic, &Text::new("", sentence));
        let either: Vec<bool> = said.iter().zip(&self.titled).map(|(said, titled)| *said || *titled).collect();
        (1.0 - BY_TITLE) * self.words.share(&said) + BY_TITLE * self.words.share(&either)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(question: &str) -> Weighted {
        Weighted::of(&Question::parse(question).unwrap())
    }

    #[test]
    fn all_of_a_short_question_is_asked_for_and_a_part_of_a_long_one() {
        assert!((words("Do naps improve memory?").much() - 1.0).abs() < 1e-6);
        let long = words(
            "Do short daytime naps improve word memory in older shift workers with chronic sleep loss, mild apnoea, \
             migraine and asthma?",
        );
        assert!(long.much() < 0.5, "{}", long.much());
        let half: Vec<bool> = (0..long.words.len()).map(|at| at % 2 == 0).collect();
        assert!(long.share(&half) < 0.7 && (long.share_of_much(&half) - 1.0).abs() < 1e-6);
        assert!(long.share_of_much(&vec![false; half.len()]).abs() < 1e-6);
    }
}
