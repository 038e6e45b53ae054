//! The question, its facets, and the searches that it becomes.
//!
//! Two readings. [`Question::words`] are its content words: a word that no list knows stays a search word, so that
//! nothing the reader asked about is lost. [`Question::facets`] are the *things* that it is about and the side of the
//! question on which each stands; they give a thing its other names, and tell the reader what was understood. Both are
//! lexical, with closed word lists and no grammar: deterministic, and at work offline.

mod facet;
mod language;
mod piece;
mod proposition;
mod query;
mod verb;
#[rustfmt::skip]
mod vocabulary;
mod word;

pub(crate) use language::is_foreign;
pub use query::{Learned, Matching, Seen, feedback, queries, widened};
pub use word::{Word, WordKind};

pub use proposition::{Proposition, propositions};

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
    /// True where it narrows another facet of its side ("misinformation *on social media*"): it does not carry the side
    /// alone.
    pub qualifier: bool,
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
    /// Words and phrases (a phrase has spaces), most specific first.
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
    /// In another language than English.
    #[error("\"{text}\" seems not to be in English, the only language that is read here; ask it in English")]
    Language {
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
        if language::is_foreign(&text) {
            return Err(QuestionError::Language { text });
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

#[cfg(test)]
mod tests {
    use super::*;

    const SEED: &str = "How does the reasoning accuracy of small language models on NLI benchmarks change when \
                        fine-tuned on synthetic data from ChatGPT-3.5-Turbo compared to data from ChatGPT-4?";

    /// The reading of a question on one line: names in capitals `N:`, circumstances `c:`, qualifiers `q:`, comparison `~`, sides by `|`.
    fn reading(text: &str) -> String {
        let question = Question::parse(text).unwrap();
        let side = |side| {
            let phrases = question.side(side).map(|facet| {
                let kind = match facet.kind {
                    FacetKind::Name => "N:",
                    FacetKind::Concept => "",
                    FacetKind::Circumstance => "c:",
                };
                let marks = [(facet.compared, "~"), (facet.qualifier, "q:")];
                let marks: String = marks.iter().filter(|(is, _)| *is).map(|(_, mark)| *mark).collect();
                format!("{marks}{kind}{}", facet.phrase)
            });
            phrases.collect::<Vec<_>>().join(", ")
        };
        format!("{} | {}", side(Side::First), side(Side::Second))
    }

    #[test]
    fn questions_of_many_fields_are_read() {
        for (question, expected) in [
            (
                SEED,
                "N:NLI benchmarks, small language models, reasoning accuracy | \
                 synthetic data, c:fine-tuned, ~N:ChatGPT-3.5-Turbo, ~N:ChatGPT-4",
            ),
            ("Do short daytime naps improve memory in adults?", "short daytime naps | memory, q:c:adults"),
            (
                "Does metformin reduce cancer risk in patients with type 2 diabetes?",
                "metformin | cancer risk, q:type 2 diabetes, q:c:patients",
            ),
            (
                "What is the effect of vitamin D supplementation on fracture risk in older adults?",
                "vitamin D supplementation | fracture risk, q:c:older adults",
            ),
            (
                "Is cognitive behavioural therapy more effective than SSRIs for adolescent depression?",
                "~N:SSRIs, ~cognitive behavioural therapy | adolescent depression",
            ),
            ("What is the role of the gut microbiome in Parkinson's disease?", "gut microbiome | Parkinson's disease"),
            (
                "Does COVID-19 vaccination during pregnancy protect newborns against infection in the US?",
                "N:COVID-19 vaccination, q:pregnancy | infection, c:newborns",
            ),
            ("Why do CRISPR-Cas9 off-target effects occur in human cells?", "N:CRISPR-Cas9 off-target | human cells"),
            (
                "What mechanisms explain high-temperature superconductivity in cuprates?",
                "high-temperature superconductivity | cuprates",
            ),
            (
                "How does dark matter self-interaction affect the cores of dwarf galaxies?",
                "dark matter self-interaction | dwarf galaxies, cores",
            ),
            (
                "Can gravitational waves be used to measure the Hubble constant?",
                "gravitational waves | Hubble constant",
            ),
            (
                "Does climate change increase the frequency of tropical cyclones?",
                "climate change | tropical cyclones, c:frequency",
            ),
            (
                "What is the relationship between social media use and loneliness among teenagers?",
                "social media | loneliness, q:c:teenagers",
            ),
            ("Does a universal basic income lower employment?", "universal basic income | employment"),
            (
                "Does remote work affect productivity and job satisfaction?",
                "remote work | job satisfaction, productivity",
            ),
            (
                "Does the minimum wage reduce employment of young workers in the United States?",
                "minimum wage | employment, c:young workers, q:c:United States",
            ),
            (
                "How does exposure to air pollution in childhood affect cognitive development and school performance?",
                "air pollution, c:exposure, q:c:childhood | cognitive development, school performance",
            ),
            (
                "Does retrieval-augmented generation reduce hallucinations of large language models in medical question \
                 answering?",
                "retrieval-augmented generation | hallucinations, q:medical question answering, c:large language models",
            ),
            (
                "Is BERT or RoBERTa better for named entity recognition in clinical notes?",
                "~N:BERT, ~N:RoBERTa | named entity recognition, q:clinical notes",
            ),
            ("Does lead exposure in childhood impair IQ?", "lead exposure, q:c:childhood | N:IQ"),
            ("Does sleep deprivation lead to weight gain?", "sleep deprivation | weight gain"),
            ("LLM synthetic data NLI small models", "N:NLI, synthetic data, small models, c:LLM | "),
            ("quantum error correction", "quantum error correction | "),
            ("What causes long COVID?", "N:long COVID | "),
            ("Can large language models verify scientific claims?", "c:large language models | scientific claims"),
            (
                "Does low-rank adaptation match full fine-tuning of large language models?",
                "low-rank adaptation | full fine-tuning, c:large language models",
            ),
            ("Can topological insulators host Majorana fermions?", "topological insulators | Majorana fermions"),
            ("What evidence supports the existence of primordial black holes?", "primordial black holes | "),
            ("How do neutrinos acquire mass?", "neutrinos | mass"),
            ("Do plants communicate through mycorrhizal networks?", "plants | mycorrhizal networks"),
            ("Why do large language models hallucinate?", "hallucinate, c:large language models | "),
            (
                "Does screen time harm the language development of toddlers?",
                "screen time | language development, c:toddlers",
            ),
        ] {
            assert_eq!(reading(question), expected, "{question}");
        }
    }

    #[test]
    fn what_cannot_be_searched_is_refused_with_a_remedy() {
        assert_eq!(Question::parse(" \n\u{200b} "), Err(QuestionError::Empty));
        for text in ["What is the effect of this?", "???", "how and why", "of the and"] {
            assert!(matches!(Question::parse(text), Err(QuestionError::NoTopic { .. })), "{text}");
        }
        let long = "nap ".repeat(300);
        assert_eq!(Question::parse(&long), Err(QuestionError::TooLong { characters: 1_199 }));
        for text in ["", "why?", &long] {
            let message = Question::parse(text).unwrap_err().to_string();
            assert!(["type", "name", "ask"].iter().any(|remedy| message.contains(remedy)), "{message}");
        }
        assert!(Question::parse(&"nap ".repeat(250)).is_ok());
        let german = "Verringert Kaffee bei älteren Menschen das Risiko einer Demenz?";
        assert!(matches!(Question::parse(german), Err(QuestionError::Language { .. })));
    }

    #[test]
    fn an_acronym_stands_for_its_long_form_and_back() {
        let alternatives = |text: &str| Question::parse(text).unwrap().facets[0].alternatives.clone();
        let inference = ["natur", "languag", "infer"].map(String::from).to_vec();
        assert!(alternatives("NLI benchmarks").contains(&inference));
        assert!(alternatives("natural language inference").contains(&vec!["nli".to_owned()]));
        assert!(alternatives("NLI").contains(&vec!["textual".to_owned(), "entail".to_owned()]));
        assert!(alternatives("RCTs").contains(&vec!["random".to_owned(), "control".to_owned(), "trial".to_owned()]));
    }

    #[test]
    fn a_model_is_known_by_its_other_names() {
        let facets = Question::parse(SEED).unwrap().facets;
        let shows = |phrase: &str, term: &str| {
            let facet = facets.iter().find(|facet| facet.phrase == phrase).unwrap();
            facet.alternatives.contains(&vec![term.to_owned()])
        };
        assert!(shows("ChatGPT-4", "gpt-4") && shows("ChatGPT-3.5-Turbo", "gpt-3.5"));
        assert!(!shows("ChatGPT-4", "gpt-3.5") && !shows("ChatGPT-4", "gpt"));
    }

    #[test]
    fn spellings_of_either_side_of_the_atlantic_meet() {
        let facet = Question::parse("ageing behaviour").unwrap().facets.remove(0);
        assert!(facet.alternatives.contains(&vec!["age".to_owned(), "behavior".to_owned()]), "{facet:?}");
    }

    fn searches(text: &str, matching: Matching) -> Vec<String> {
        let queries = queries(&Question::parse(text).unwrap(), matching, 3);
        queries.into_iter().map(|query| query.phrases.join(" ")).collect()
    }

    #[test]
    fn a_ranked_search_gets_every_word_and_then_the_telling_ones_by_other_names() {
        assert_eq!(
            searches("Does retrieval-augmented generation reduce LLM hallucinations?", Matching::Any),
            [
                "retrieval-augmented generation reduce LLM hallucinations",
                "retrieval-augmented generation hallucinations large language model rag",
            ]
        );
        assert_eq!(searches("Do zorbified gnarps wibble?", Matching::Any), ["zorbified gnarps wibble"]);
    }

    #[test]
    fn a_source_that_wants_every_word_is_asked_for_few_at_a_time() {
        assert_eq!(
            searches("Do short daytime naps improve memory in adults?", Matching::All),
            ["naps memory", "short daytime naps memory adults"]
        );
        assert_eq!(
            searches("Is acupuncture as effective as antidepressants for depression after stroke?", Matching::All),
            ["acupuncture stroke", "antidepressants depression", "antidepressants stroke"]
        );
        assert_eq!(searches("Which factors raise the risk of dementia?", Matching::All), ["dementia", "risk dementia"]);
    }

    #[test]
    fn the_first_answers_teach_words() {
        let question = Question::parse("Do naps improve memory?").unwrap();
        let near = |number| format!("Naps and recall of words. Study {number}: siesta, sleep spindles and memory.");
        let nearest: Vec<String> = (0..5).map(near).collect();
        let others: Vec<String> = (0..20).map(|_| "Memory of computers. Words are stored.".to_owned()).collect();
        let seen = Seen { nearest: &nearest, others: &others };
        let learned: Vec<String> = feedback(&question, &seen).into_iter().map(|learned| learned.word).collect();
        assert_eq!(learned, ["recall", "siesta", "sleep", "spindles"]);
        let sent = queries(&question, Matching::All, 3);
        for matching in [Matching::All, Matching::Any] {
            let more = widened(&question, &seen, matching, &sent, 3);
            assert!(!more.is_empty() && more.iter().all(|query| !sent.contains(query)), "{more:?}");
        }
        assert!(widened(&question, &Seen::default(), Matching::All, &sent, 3).is_empty());
    }

    #[test]
    fn odd_questions_are_read_without_harm() {
        for text in
            ["C++ vs Rust", "(NLI", "a/b/c", "\"\" x1", "β-cells?", "量子コンピュータ", "vs", "nap in", "or or nap"]
        {
            if let Ok(question) = Question::parse(text) {
                assert!(!queries(&question, Matching::All, 3).is_empty(), "{text}");
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_the_reading(text in "\\PC{0,80}") {
            if let Ok(question) = Question::parse(&text) {
                for matching in [Matching::All, Matching::Any] {
                    let queries = queries(&question, matching, 3);
                    proptest::prop_assert!((1..=3).contains(&queries.len()));
                    proptest::prop_assert!(queries.iter().all(|query| !query.phrases.is_empty()));
                }
            }
        }

        #[test]
        fn no_row_of_words_breaks_the_reading(words in proptest::collection::vec(
            proptest::sample::select(vec!["does", "nap", "NLI", "in", "than", "or", "improve", "between", "and", "when",
                                          "of", "GPT-4", "data", "effect", "adults", "short", "(", "memory,"]), 0..14)) {
            if let Ok(question) = Question::parse(&words.join(" ")) {
                proptest::prop_assert!(!queries(&question, Matching::Any, 3).is_empty());
            }
        }
    }
}
