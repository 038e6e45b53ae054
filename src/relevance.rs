//! Relevance: how likely a paper is to be on the question's topic, and why.
//!
//! Every work found gets a probability from [`Signals`], by a logistic regression over them. Facets explain it and never
//! exclude a paper: a paper that words a thing in its own way, or names only one side of the question, is kept where the
//! rest speaks for it. Those below [`Params::cut`], and those beyond the number that is read, are listed with the reason.
//!
//! # Weights among works found
//!
//! A word's rarity is taken among the works found, and they were found by these words: what the question is about is
//! common there. So rarity only halves a word's weight at most, and the kind of the word ([`crate::question::WordKind`]) sets the rest.

mod acronym;
mod bm25;
mod likeness;
mod signal;
mod topic;

pub use bm25::Bm25;
pub use signal::{Near, Params, SIGNALS, Signals};

use crate::{
    paper::{Paper, PaperId},
    question::Question,
    text::terms,
};
use serde::{Deserialize, Serialize};
use signal::Reader;
use std::collections::BTreeSet;
use topic::{Text, Topic};

/// A paper that was found but set aside, with the reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Excluded {
    /// Which.
    pub paper: PaperId,
    /// Its title.
    pub title: String,
    /// Where to read it all the same.
    pub url: String,
    /// Why, as a sentence for the reader, naming the facets it lacks.
    pub reason: String,
}

/// A paper that is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ranked {
    /// The paper.
    pub paper: Paper,
    /// Probability that it is on the question's topic, in `0.0..=1.0`, as calibrated on judged papers.
    pub relevance: f32,
    /// Share of the question's words that title or abstract has, by their weight, in `0.0..=1.0`.
    pub coverage: f32,
    /// The same of the side of the question of which title and abstract have least: 0 where they are silent on what it asks
    /// about, or on what it asks of it.
    #[serde(default = "all")]
    pub weakest_side: f32,
    /// Phrases of the facets found in title or abstract.
    pub facets: Vec<String>,
}

/// Of a record kept before this was recorded.
fn all() -> f32 {
    1.0
}

/// Splits the works found into papers to read, most relevant first, and papers set aside with the reason, most relevant
/// first. At most `keep` are kept, and none below [`Params::cut`] but the reader's own. Ties are ordered by id.
#[must_use]
pub fn screen(question: &Question, papers: Vec<Paper>, keep: usize, params: &Params) -> (Vec<Ranked>, Vec<Excluded>) {
    let assessed = Reader::of(question, &papers).assess(params);
    let mut works: Vec<(Paper, Assessment)> = papers.into_iter().zip(assessed).collect();
    works.sort_by(|(a, first), (b, second)| second.relevance.total_cmp(&first.relevance).then_with(|| a.id.cmp(&b.id)));
    let is_kept = |(paper, assessment): &(Paper, Assessment)| assessment.relevance >= params.cut || paper.is_own();
    let (mut works, mut aside): (Vec<_>, Vec<_>) = works.into_iter().partition(is_kept);
    let beyond = works.split_off(works.len().min(keep));
    aside.splice(..0, beyond);
    let excluded = aside.into_iter().map(|(paper, assessment)| {
        let reason = assessment.reason(&paper, keep, params.cut);
        Excluded { paper: paper.id, title: paper.title, url: paper.url, reason }
    });
    let excluded = excluded.collect();
    let ranked = works.into_iter().map(|(paper, Assessment { relevance, coverage, weakest_side, facets, .. })| {
        Ranked { paper, relevance, coverage, weakest_side, facets }
    });
    (ranked.collect(), excluded)
}

/// What was found out about a work.
struct Assessment {
    relevance: f32,
    coverage: f32,
    weakest_side: f32,
    facets: Vec<String>,
    /// Facets it does not name, circumstances left out: any paper may lack them.
    missed: Vec<String>,
}

impl Assessment {
    /// "names synthetic data, but not NLI benchmarks: relevance 0.12, below the cut of 0.30".
    fn reason(&self, paper: &Paper, keep: usize, cut: f32) -> String {
        let relevance = self.relevance;
        if relevance >= cut || paper.is_own() {
            return format!("relevance {relevance:.2}, ranked below the limit of {keep}");
        }
        let (named, missed) = (listed(&self.facets, "and"), listed(&self.missed, "or"));
        let by = if paper.abstract_text.is_some() { "" } else { " (judged by its title: no abstract was found)" };
        let about = match (named.as_str(), missed.as_str()) {
            ("", "") => "names nothing of the question".to_owned(),
            ("", missed) => format!("does not name {missed}"),
            (named, "") => format!("names {named}, but says little about them"),
            (named, missed) => format!("names {named}, but not {missed}"),
        };
        format!("{about}{by}: relevance {relevance:.2}, below the cut of {cut:.2}")
    }
}

/// The signals of each paper, in order: what the probability is made of. For fitting and measuring.
#[must_use]
pub fn signals(question: &Question, papers: &[Paper], params: &Params) -> Vec<Signals> {
    Reader::of(question, papers).signals(params)
}

/// Title and abstract of the works nearest to the question, nearest first, and of the others.
#[must_use]
pub fn nearest(question: &Question, papers: &[Paper], params: &Params) -> (Vec<String>, Vec<String>) {
    Reader::of(question, papers).split(params)
}

/// How close a sentence of a paper is to the question, in `0.0..=1.0`: the share of the question's words that it has,
/// by their weight; a word that only the paper's title has counts half, since a sentence seldom repeats what its paper is
/// about ("the effect was larger in women").
#[must_use]
pub fn closeness(question: &Question, sentence: &str, paper: &Paper) -> f32 {
    Near::of(question, paper).closeness(sentence)
}

/// Papers indexed by what they say of themselves, to look up a claim that belongs to none of them.
pub struct PaperIndex {
    index: Bm25,
}

impl PaperIndex {
    /// Indexes each paper's title (twice) and abstract.
    #[must_use]
    pub fn of<'a>(papers: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let documents = papers.into_iter().map(|(title, text)| document(&terms(title), &terms(text)));
        Self { index: Bm25::new(documents) }
    }

    /// Places of the papers that share words with `text`, best first by BM25, at most `most`.
    #[must_use]
    pub fn best(&self, text: &str, most: usize) -> Vec<usize> {
        let wanted: BTreeSet<String> = terms(text).into_iter().collect();
        let wanted: Vec<String> = wanted.into_iter().collect();
        self.index.best(&wanted, most)
    }
}

/// What BM25 sees of a paper: the title twice, then the abstract.
fn document(title: &[String], abstract_text: &[String]) -> Vec<String> {
    [title, title, abstract_text].concat()
}

/// Phrases of the question's facets that a sentence of a paper names itself.
#[must_use]
pub fn named(question: &Question, paper: &Paper, sentence: &str) -> Vec<String> {
    Topic::of(question).learn(paper.abstract_text.as_slice()).named(&Text::new("", sentence))
}

/// "a, b and c".
fn listed(phrases: &[String], last: &str) -> String {
    match phrases {
        [before @ .., end] if !before.is_empty() => format!("{} {last} {end}", before.join(", ")),
        _ => phrases.concat(),
    }
}
