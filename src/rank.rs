//! Ranking: which papers address the question, in which order; the relevance gate.
//!
//! # The gate
//!
//! A question relates two sides ("does *this* improve *that*"). A paper addresses it where its title and abstract
//! speak of **both**. A side is spoken of where they show
//! - one of its names ("NLI"; where it names nothing, one of its concepts),
//! - one of the concepts that narrow it ("*in federated learning*"), if it has any,
//! - and 0.3 of its weight: one of three equal facets is enough, a facet that most candidates have is not.
//!
//! At least one of these must stand in the title or come up again: a paper is seldom about what it names once.
//! Circumstances ("adults", "fine-tuned") never carry a side that has more to say. So a paper that shares the tools of
//! the question but not its subject stays out, however many of its words it repeats. Whoever stays out is listed with
//! what it lacks.
//!
//! Why not a threshold on a score: BM25 has no scale of its own, so any fixed number would be a guess that holds for
//! one set of candidates; which sides are missing can be read and checked.

mod acronym;
mod bm25;
mod topic;

pub use bm25::Bm25;

use crate::{
    paper::{Paper, PaperId},
    question::Question,
    text::terms,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use topic::{Text, Topic, View};

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

/// A paper that passed the gate.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// The paper.
    pub paper: Paper,
    /// Okapi BM25 of the question over title and abstract; a ranking score without unit, `>= 0`.
    pub bm25: f32,
    /// Share of the question's facets, weighted by how rare each is among the papers found, in `0.0..=1.0`.
    pub coverage: f32,
    /// Phrases of the facets found in title or abstract.
    pub facets: Vec<String>,
}

impl Ranked {
    /// How likely it is on the topic, in `0.0..=1.0`.
    #[must_use]
    pub fn relevance(&self) -> f32 {
        self.coverage
    }
}

/// Splits the candidates into papers to read, best first, and papers set aside with the reason; the latter in order of
/// coverage. At most `keep` are kept.
///
/// Order: BM25 (title counted twice) times coverage, then id. BM25 counts how much a paper speaks of the question's
/// words, coverage how many of its facets it speaks of; a paper must do both to stand on top.
#[must_use]
pub fn screen(question: &Question, papers: Vec<Paper>, keep: usize) -> (Vec<Ranked>, Vec<Excluded>) {
    let abstract_of = |paper: &Paper| paper.abstract_text.clone().unwrap_or_default();
    let abstracts: Vec<String> = papers.iter().map(abstract_of).collect();
    let mut documents = Vec::with_capacity(papers.len());
    let mut views = Vec::with_capacity(papers.len());
    let mut named = Vec::with_capacity(papers.len());
    let topic = Topic::of(question).learn(&abstracts);
    for (paper, abstract_text) in papers.iter().zip(&abstracts) {
        let (title, abstract_text) = (terms(&paper.title), terms(abstract_text));
        let text = Text::of_terms(&title, &abstract_text);
        views.push(topic.view(&text));
        named.push(topic.named(&text));
        documents.push(document(&title, &abstract_text));
    }
    let topic = topic.among(&views);
    let index = Bm25::new(documents);
    let query = search_terms(question);

    let mut ranked = Vec::new();
    let mut excluded = Vec::new();
    for (place, ((paper, view), facets)) in papers.into_iter().zip(&views).zip(named).enumerate() {
        let coverage = topic.coverage(view);
        if topic.missed(view).is_empty() && topic.is_prominent(view) {
            ranked.push(Ranked { paper, bm25: index.score(&query, place), coverage, facets });
        } else {
            let reason = reason(&topic, view, paper.abstract_text.is_some());
            excluded.push((coverage, set_aside(&paper, reason)));
        }
    }
    let score = |paper: &Ranked| paper.bm25 * paper.coverage;
    ranked.sort_by(|a, b| score(b).total_cmp(&score(a)).then_with(|| a.paper.id.cmp(&b.paper.id)));
    excluded.sort_by(|(a, first), (b, second)| b.total_cmp(a).then_with(|| first.paper.cmp(&second.paper)));

    let below = ranked.split_off(keep.min(ranked.len()));
    let below = below.iter().map(|ranked| set_aside(&ranked.paper, format!("ranked below the limit of {keep}")));
    let excluded = below.chain(excluded.into_iter().map(|(_, excluded)| excluded)).collect();
    (ranked, excluded)
}

/// Papers indexed by what they say of themselves, to look up a claim that belongs to none of them.
pub struct PaperIndex {
    index: Bm25,
    papers: usize,
}

impl PaperIndex {
    /// Indexes title and abstract, as [`screen`] does.
    #[must_use]
    pub fn of(papers: &[Paper]) -> Self {
        let text = |paper: &Paper| terms(paper.abstract_text.as_deref().unwrap_or_default());
        let documents = papers.iter().map(|paper| document(&terms(&paper.title), &text(paper))).collect();
        Self { index: Bm25::new(documents), papers: papers.len() }
    }

    /// Places of the papers that share words with `text`, best first by BM25, at most `most`.
    #[must_use]
    pub fn best(&self, text: &str, most: usize) -> Vec<usize> {
        let wanted: BTreeSet<String> = terms(text).into_iter().collect();
        let wanted: Vec<String> = wanted.into_iter().collect();
        let scored = (0..self.papers).map(|place| (self.index.score(&wanted, place), place));
        let mut ranked: Vec<(f32, usize)> = scored.filter(|(score, _)| *score > 0.0).collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        ranked.into_iter().take(most).map(|(_, place)| place).collect()
    }
}

/// What BM25 sees of a paper: the title twice, then the abstract.
fn document(title: &[String], abstract_text: &[String]) -> Vec<String> {
    [title, title, abstract_text].concat()
}

/// Whether a sentence of a paper is on the question's topic.
///
/// The sentence itself must name something that the question is about, if only by the last word of a phrase that its
/// paper's title has ("the claims" in a paper on scientific claims). The sides of the question that it does not name
/// must be named by the paper's title, or more than once by its abstract; a side of nothing but circumstances, at all. Why the paper counts: a sentence seldom
/// repeats what its paper is about ("generated examples improve robustness"). Why not one mention: a paper on something
/// else that tries its method on the question's subject, too, would bring all its other findings along.
#[must_use]
pub fn on_topic(question: &Question, paper: &Paper, sentence: &str) -> bool {
    let topic = Topic::of(question).learn(paper.abstract_text.as_slice());
    let abstract_text = paper.abstract_text.as_deref().unwrap_or_default();
    let (sentence, title) = (Text::new("", sentence), Text::new(&paper.title, ""));
    let said = topic.view(&sentence);
    let around = topic.view(&Text::new(&paper.title, abstract_text));
    (topic.names_the_topic(&said) || topic.named_in_short(&sentence, &title)) && topic.is_completed_by(&said, &around)
}

/// Phrases of the question's facets that a sentence of a paper names itself.
#[must_use]
pub fn named(question: &Question, paper: &Paper, sentence: &str) -> Vec<String> {
    Topic::of(question).learn(paper.abstract_text.as_slice()).named(&Text::new("", sentence))
}

/// Share of the question's facets that a text shows, each weighted by its kind, in `0.0..=1.0`.
#[must_use]
pub fn relevance(question: &Question, text: &str) -> f32 {
    let topic = Topic::of(question);
    topic.coverage(&topic.view(&Text::new("", text)))
}

/// What BM25 looks for: the words of the question and of its searches, each term once.
fn search_terms(question: &Question) -> Vec<String> {
    let searches = question.facets.iter().map(|facet| facet.search.as_str());
    let mut wanted: Vec<String> = searches.chain([question.text.as_str()]).flat_map(terms).collect();
    wanted.sort();
    wanted.dedup();
    wanted
}

fn set_aside(paper: &Paper, reason: String) -> Excluded {
    Excluded { paper: paper.id.clone(), title: paper.title.clone(), url: paper.url.clone(), reason }
}

/// "addresses synthetic data, but not NLI benchmarks".
fn reason(topic: &Topic, view: &View, has_abstract: bool) -> String {
    let (shown, missed) = (listed(&topic.shown(view), "and"), listed(&topic.missed(view), "or"));
    let by = if has_abstract { "" } else { " (judged by its title: no abstract was found)" };
    match (shown.as_str(), missed.as_str()) {
        (shown, "") => format!("mentions {shown} only in passing{by}"),
        ("", missed) => format!("does not address {missed}{by}"),
        (shown, missed) => format!("addresses {shown}, but not {missed}{by}"),
    }
}

/// "a, b and c".
fn listed(phrases: &[String], last: &str) -> String {
    match phrases {
        [before @ .., end] if !before.is_empty() => format!("{} {last} {end}", before.join(", ")),
        _ => phrases.concat(),
    }
}
