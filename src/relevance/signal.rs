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
pub const SIGNALS: usize = 7;

/// What speaks for a paper, each in `0.0..=1.0`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Signals {
    /// Share of the question's words, by weight, in title or abstract.
    pub covered: f32,
    /// The same in the title alone.
    pub titled: f32,
    /// The same in the one sentence (or title) that has most of them.
    pub together: f32,
    /// BM25 of the question's words, as a share of the most that any text could reach.
    pub bm25: f32,
    /// Cosine to the middle of the works nearest to the question.
    pub likeness: f32,
    /// [`likeness`](Self::likeness) as a share of the greatest among the works found.
    pub typical: f32,
    /// Share of the question's words, by weight, on the side of which it has the smallest share.
    pub weakest_side: f32,
}

impl Signals {
    fn values(&self) -> [f32; SIGNALS] {
        [self.covered, self.titled, self.together, self.bm25, self.likeness, self.typical, self.weakest_side]
    }
}

/// The constants of the relevance of a paper.
///
/// Fitted by logistic regression (L2 penalty 1, no negative weight) on judged papers of one half of 156 questions; on the
/// other half the area under the curve is 0.83, and of the papers given 0.8 to 1 (0.4 to 0.6, below 0.2) 92 % (57 %, 15 %)
/// are on the topic (`training/relevance`). Rarity of facets, the weightiest word, rank and number of the searches that returned a paper were
/// tried and added nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
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
        Self { cut: 0.5, bias: -3.42, weights: [1.37, 1.11, 1.33, 1.41, 1.16, 1.9, 1.25] }
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

    /// Twice: the works nearest by the question's words give the likeness, by which all are judged; the most relevant of
    /// them give it again.
    pub(super) fn signals(&self, params: &Params) -> Vec<Signals> {
        let mut signals = self.by_words();
        let scores: Vec<f32> = signals.iter().map(|signals| signals.bm25 * signals.covered).collect();
        self.add_likeness(&mut signals, |at| scores[at]);
        let relevance: Vec<f32> = signals.iter().map(|signals| params.relevance(signals)).collect();
        self.add_likeness(&mut signals, |at| relevance[at]);
        signals
    }

    fn add_likeness(&self, signals: &mut [Signals], score: impl Fn(usize) -> f32) {
        let nearest: Vec<(usize, f32)> = self.by(&score).into_iter().take(NEAREST).map(|at| (at, score(at))).collect();
        let likeness = Likeness::to(&self.index, self.papers.len(), &nearest);
        let values: Vec<f32> = (0..self.papers.len()).map(|at| likeness.of(at)).collect();
        let most = values.iter().copied().fold(f32::MIN_POSITIVE, f32::max);
        for (signals, value) in signals.iter_mut().zip(values) {
            (signals.likeness, signals.typical) = (value, value / most);
        }
    }

    fn by_words(&self) -> Vec<Signals> {
        let query = self.query();
        let all = self.readings.iter().enumerate();
        all.map(|(at, reading)| self.signals_of(reading, at, &query)).collect()
    }

    fn signals_of(&self, reading: &Reading, at: usize, query: &[String]) -> Signals {
        let share = |text: &Text| self.words.share(&self.words.shown(&self.topic, text));
        let covered = self.words.share(&reading.has);
        let titled = share(&reading.title);
        Signals {
            covered,
            titled,
            together: reading.sentences.iter().map(share).fold(titled, f32::max),
            bm25: self.index.share(query, at),
            likeness: 0.0,
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
