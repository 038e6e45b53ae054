//! The question, its facets, and the searches that it becomes.
//!
//! Why facets and not a bag of words: a paper that repeats one word of the question often is not about the question.
//! The gate ([`crate::rank::screen`]) therefore asks which of the question's *things* a paper speaks of, and on which
//! side of the question they stand. The reading is lexical, with closed word lists and no grammar: it is deterministic,
//! works offline, and what it understood is shown to the reader.

mod facet;
#[rustfmt::skip]
mod vocabulary;

use crate::text::normalize;
use serde::{Deserialize, Serialize};

/// Longest question taken, in characters.
pub const LONGEST: usize = 1_000;

/// What the reader asked, whitespace normalised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// As typed, trimmed.
    pub text: String,
    /// What a paper must be about, most specific first.
    pub facets: Vec<Facet>,
}

/// One thing that the question is about: a phrase that stands for one concept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Facet {
    /// As it stands in the question, e.g. "synthetic data".
    pub phrase: String,
    /// The phrase to search for: an acronym's long form, without words that only narrow the search.
    pub search: String,
    /// Search terms ([`crate::text::terms`]) any one group of which shows the facet, e.g. `[["nli"], ["natur","languag","infer"]]`.
    pub alternatives: Vec<Vec<String>>,
    /// Groups that show a broader thing, and so the facet by half: `[["nap"]]` for "short daytime naps".
    pub broader: Vec<Vec<String>>,
    /// What kind of thing it is.
    pub kind: FacetKind,
    /// On which side of the question's relation it stands.
    pub side: Side,
    /// True where the question sets it against another facet on its side ("A compared to B"): either will do.
    pub compared: bool,
}

/// What kind of thing a facet is, and so how much it tells about a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum FacetKind {
    /// A name or acronym: "NLI", "GPT-4", "CRISPR". It has no paraphrase, so a paper without it is about something else.
    Name,
    /// Anything else that carries a topic.
    Concept,
    /// Who, where, how treated or measured: "adults", "fine-tuned". Many papers of any topic have it.
    Circumstance,
}

/// The two sides of a question's relation: "does *this* improve *that*", "the effect of *this* on *that*". A question
/// without a relation has a first side only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum Side {
    /// What stands before the relation.
    First,
    /// What stands after it.
    Second,
}

/// One search, still without any source's syntax.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Query {
    /// Words and phrases (a phrase has spaces), most specific first; a record should match all of them.
    pub phrases: Vec<String>,
}

/// Why a text is no question that can be searched.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QuestionError {
    /// Nothing but white space.
    #[error("the question is empty; type what you want to know, in a sentence or in keywords")]
    Empty,
    /// Only words that any paper could have.
    #[error("\"{text}\" names nothing to search for; name the things that the question is about")]
    NoTopic {
        /// The question.
        text: String,
    },
    /// More than [`LONGEST`] characters.
    #[error("the question has {characters} characters; ask it in at most {LONGEST}")]
    TooLong {
        /// Its length in characters.
        characters: usize,
    },
}

impl Question {
    /// Reads a question, or keywords.
    ///
    /// # Errors
    /// [`QuestionError`] where there is nothing to search for, or too much to be a question.
    pub fn parse(text: &str) -> Result<Self, QuestionError> {
        let text = normalize(text);
        let characters = text.chars().count();
        if text.is_empty() {
            return Err(QuestionError::Empty);
        }
        if characters > LONGEST {
            return Err(QuestionError::TooLong { characters });
        }
        let facets = facet::facets(&text);
        if facets.is_empty() {
            return Err(QuestionError::NoTopic { text });
        }
        Ok(Self { text, facets })
    }

    /// The facets on one side.
    pub fn side(&self, side: Side) -> impl Iterator<Item = &Facet> {
        self.facets.iter().filter(move |facet| facet.side == side)
    }
}

/// The searches of a question, from the narrowest to the broadest: two to four where it has facets enough.
///
/// Each names something from either side. Things compared with each other are not asked for together, since a paper on
/// one of them is evidence too; they get a search of their own. A source that needs all words (Boolean AND) finds
/// little for the first search and enough for the last; one that ranks gets plain keywords each time.
#[must_use]
pub fn queries(question: &Question) -> Vec<Query> {
    let (compared, wanted): (Vec<&Facet>, Vec<&Facet>) = question.facets.iter().partition(|facet| facet.compared);
    let on = |side: Side| wanted.iter().copied().filter(move |facet| facet.side == side);
    let (first, second): (Vec<&Facet>, Vec<&Facet>) = (on(Side::First).collect(), on(Side::Second).collect());

    let mut searches = Vec::new();
    let mut alternating = interleave(&first, &second);
    alternating.truncate(NARROWEST);
    if alternating.len() > 1 || compared.is_empty() {
        searches.push(alternating.clone());
    }
    if let ([a, ..], [b, ..]) = (first.as_slice(), second.as_slice()) {
        searches.push(vec![*a, *b]);
    } else if alternating.len() > 2 {
        searches.push(alternating[..2].to_vec());
    }
    if let ([_, a, ..], [b, ..]) = (first.as_slice(), second.as_slice())
        && a.kind != FacetKind::Circumstance
    {
        searches.push(vec![*a, *b]);
    }
    for facet in compared.into_iter().filter(|facet| facet.kind != FacetKind::Circumstance).rev().take(2) {
        searches.push(alternating.first().copied().into_iter().chain([facet]).collect());
    }
    let mut queries: Vec<Query> = Vec::new();
    for search in searches {
        let query = Query { phrases: search.into_iter().map(|facet| facet.search.clone()).collect() };
        if !query.phrases.is_empty() && !queries.contains(&query) && queries.len() < MOST_QUERIES {
            queries.push(query);
        }
    }
    queries
}

/// Facets of the narrowest search.
const NARROWEST: usize = 3;

/// Searches of one question: each costs a request a source.
const MOST_QUERIES: usize = 4;

/// The facets of both sides in turn, in their order.
fn interleave<'a>(first: &[&'a Facet], second: &[&'a Facet]) -> Vec<&'a Facet> {
    (0..first.len().max(second.len())).flat_map(|at| [first.get(at), second.get(at)]).flatten().copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEED: &str = "How does the reasoning accuracy of small language models on NLI benchmarks change when \
                        fine-tuned on synthetic data from ChatGPT-3.5-Turbo compared to data from ChatGPT-4?";

    /// The reading of a question on one line: names in capitals `N:`, circumstances `c:`, comparison `~`, sides by `|`.
    fn reading(text: &str) -> String {
        let question = Question::parse(text).unwrap();
        let side = |side| {
            let phrases = question.side(side).map(|facet| {
                let kind = match facet.kind {
                    FacetKind::Name => "N:",
                    FacetKind::Concept => "",
                    FacetKind::Circumstance => "c:",
                };
                format!("{}{kind}{}", if facet.compared { "~" } else { "" }, facet.phrase)
            });
            phrases.collect::<Vec<_>>().join(", ")
        };
        format!("{} | {}", side(Side::First), side(Side::Second))
    }

    #[test]
    fn readings() {
        for (question, expected) in [
            (
                SEED,
                "N:NLI benchmarks, small language models, reasoning accuracy | \
                    synthetic data, c:fine-tuned, ~N:ChatGPT-3.5-Turbo, ~N:ChatGPT-4",
            ),
            ("Do short daytime naps improve memory in adults?", "short daytime naps | memory, c:adults"),
        ] {
            assert_eq!(reading(question), expected, "{question}");
        }
    }
}
