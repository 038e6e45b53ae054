//! Evaluation: the pipeline's own steps on labelled data. Nothing here decides anything: retrieval is [`crate::relevance`],
//! selection and verdict are [`crate::verify`]. A report never passes through this file.

mod opposite;

pub use opposite::opposite;

use crate::{
    check::put,
    claim::ClaimId,
    nli::{Calibration, Entailment, Pair, Thresholds},
    paper::{Paper, PaperId, Passage, Reading, Section, SectionKind},
    relevance::{Bm25, PaperIndex},
    text::{Span, normalize, terms},
    verify::{Evidence, Label, Params, Sentences, judge},
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Sentences that a prediction names of one abstract, at most: SciFact's evaluator looks at no more.
const MOST_SENTENCES: usize = 3;

/// An abstract in the sentences that its data set counts.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct GivenDocument {
    /// Its id in the data set.
    pub id: String,
    /// Title.
    pub title: String,
    /// The abstract's sentences, in order.
    pub sentences: Vec<String>,
}

/// What is found for a claim: abstracts best first, and the pairs to score.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Search {
    /// Ids of the abstracts read, best first.
    pub ranked: Vec<String>,
    /// What the model is to be asked of the claim, in the order that [`Corpus::judge`] expects the answers in.
    pub pairs: Vec<Pair>,
}

/// The verdict on a claim and the abstracts it rests on.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Judged {
    /// The product's verdict.
    pub label: Label,
    /// By the id of an abstract: the places of the sentences that decided, strongest first, at most three. Empty where
    /// nothing decides, or both sides equally.
    pub rationales: Vec<Rationale>,
}

/// The deciding sentences of one abstract.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Rationale {
    /// Id of the abstract.
    pub document: String,
    /// Places in [`GivenDocument::sentences`].
    pub sentences: Vec<usize>,
}

/// Word-based scores of a pair, as baselines.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Lexical {
    /// Share of the hypothesis's distinct search terms that the premise has, in `0.0..=1.0`.
    pub overlap: f32,
    /// Okapi BM25 of the hypothesis for the premise, among all premises given.
    pub bm25: f32,
}

/// Abstracts in which claims from elsewhere are looked up.
pub struct Corpus {
    papers: Vec<Paper>,
    index: PaperIndex,
    params: Params,
}

impl Corpus {
    /// Indexes the abstracts. Sentence boundaries are the data set's own, for its measures count them.
    #[must_use]
    pub fn of(documents: Vec<GivenDocument>, params: Params) -> Self {
        let papers: Vec<Paper> = documents.into_iter().map(paper).collect();
        let text = |paper: &Paper| (paper.title.clone(), paper.abstract_text.clone().unwrap_or_default());
        let texts: Vec<_> = papers.iter().map(text).collect();
        let index = PaperIndex::of(texts.iter().map(|(title, text)| (title.as_str(), text.as_str())));
        // An evaluation looks at every sentence that decides.
        Self { index, papers, params: Params { listed: usize::MAX, ..params } }
    }

    /// Retrieval and sentence selection for a claim: the `papers` best abstracts are read, and `passages` sentences of
    /// them, at most, are tested.
    #[must_use]
    pub fn search(&self, claim: &str, papers: usize, passages: usize) -> Search {
        let kept = self.kept(claim, papers);
        let ranked = kept.iter().map(|paper| paper.id.0.clone()).collect();
        let sentences = Sentences::of(kept, &self.params);
        let trial = put(claim, None, &sentences, passages);
        Search { ranked, pairs: trial.pairs() }
    }

    /// The verdict, from the scores of the pairs that [`Corpus::search`] gave for the same arguments.
    #[must_use]
    pub fn judge(
        &self,
        claim: &str,
        (papers, passages): (usize, usize),
        scores: &[Entailment],
        calibration: &Calibration,
        thresholds: &Thresholds,
    ) -> Judged {
        let sentences = Sentences::of(self.kept(claim, papers), &self.params);
        let evidence = put(claim, None, &sentences, passages).evidence(scores, calibration);
        let verdict = judge(&ClaimId(String::new()), evidence, thresholds, &self.params);
        let deciding = match verdict.label {
            Label::Supported | Label::LeansSupported => verdict.evidence_for,
            Label::Refuted | Label::LeansRefuted => verdict.evidence_against,
            Label::Contested | Label::NotEnoughInfo | Label::Untested => Vec::new(),
        };
        Judged { label: verdict.label, rationales: self.rationales(deciding) }
    }

    /// The deciding sentences by abstract; abstracts in the order of their strongest sentence.
    fn rationales(&self, deciding: Vec<Evidence>) -> Vec<Rationale> {
        let mut rationales: Vec<Rationale> = Vec::new();
        for e in deciding {
            let Some(place) = self.place(&e) else { continue };
            let document = e.at.paper.0;
            match rationales.iter_mut().find(|rationale| rationale.document == document) {
                Some(rationale) if rationale.sentences.len() >= MOST_SENTENCES => {}
                Some(rationale) => rationale.sentences.push(place),
                None => rationales.push(Rationale { document, sentences: vec![place] }),
            }
        }
        rationales
    }

    fn place(&self, evidence: &Evidence) -> Option<usize> {
        let paper = self.papers.iter().find(|paper| paper.id == evidence.at.paper)?;
        paper.passage(&evidence.at)?.sentences.iter().position(|span| *span == evidence.span)
    }

    fn kept(&self, claim: &str, most: usize) -> Vec<&Paper> {
        self.index.best(claim, most).into_iter().map(|place| &self.papers[place]).collect()
    }
}

fn paper(document: GivenDocument) -> Paper {
    let mut text = String::new();
    let mut sentences = Vec::new();
    for sentence in &document.sentences {
        if !text.is_empty() {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(&normalize(sentence));
        sentences.push(Span { start, end: text.len() });
    }
    let passages = vec![Passage { text: text.clone(), sentences, anchor: None }];
    Paper {
        id: PaperId(document.id),
        title: normalize(&document.title),
        authors: Vec::new(),
        year: None,
        venue: None,
        doi: None,
        arxiv_id: None,
        url: String::new(),
        abstract_text: Some(text),
        retracted: false,
        notice: None,
        other_years: vec![],
        sources: Vec::new(),
        sections: vec![Section { heading: "Abstract".into(), kind: SectionKind::Abstract, passages }],
        reading: Reading::Abstract,
        ..Paper::default()
    }
}

/// Word-based scores of pairs, in order: what a checker without a model would go by.
#[must_use]
pub fn lexical(pairs: &[Pair]) -> Vec<Lexical> {
    // Premises that occur in several pairs are one document.
    let mut place_of: BTreeMap<&str, usize> = BTreeMap::new();
    let mut documents = Vec::new();
    for pair in pairs {
        place_of.entry(&pair.premise).or_insert_with(|| {
            documents.push(terms(&pair.premise));
            documents.len() - 1
        });
    }
    let words: Vec<BTreeSet<String>> = documents.iter().map(|terms| terms.iter().cloned().collect()).collect();
    let index = Bm25::new(documents);
    let score = |pair: &Pair| {
        let place = place_of[pair.premise.as_str()];
        let wanted: BTreeSet<String> = terms(&pair.hypothesis).into_iter().collect();
        let met = wanted.intersection(&words[place]).count();
        let wanted: Vec<String> = wanted.into_iter().collect();
        Lexical { overlap: share(met, wanted.len()), bm25: index.score(&wanted, place) }
    };
    pairs.iter().map(score).collect()
}

#[allow(clippy::cast_precision_loss, reason = "counts of words stay far below 2^24")]
fn share(part: usize, whole: usize) -> f32 {
    if whole == 0 { 0.0 } else { part as f32 / whole as f32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(id: &str, title: &str, sentences: &[&str]) -> GivenDocument {
        GivenDocument {
            id: id.into(),
            title: title.into(),
            sentences: sentences.iter().map(|&sentence| sentence.into()).collect(),
        }
    }

    fn corpus() -> Corpus {
        Corpus::of(
            vec![
                document("7", "Grain storage", &["Sealed bags kept grain dry for nine months.", "Insects died."]),
                document(
                    "3",
                    "Daytime naps and word recall",
                    &["We tested forty adults.", "Short daytime naps improved word recall in older adults."],
                ),
            ],
            Params::default(),
        )
    }

    const CLAIM: &str = "Daytime naps improve word recall in adults.";

    fn judged(scores: [f32; 3]) -> Judged {
        let corpus = corpus();
        let [entailment, neutral, contradiction] = scores;
        let thresholds = Thresholds::firm(0.8, 0.8);
        let scores = vec![Entailment { entailment, neutral, contradiction }; corpus.search(CLAIM, 2, 8).pairs.len()];
        corpus.judge(CLAIM, (2, 8), &scores, &Calibration::none(), &thresholds)
    }

    #[test]
    fn the_nearest_abstract_is_read_first_and_its_sentence_tested() {
        let search = corpus().search(CLAIM, 2, 8);
        assert_eq!(search.ranked[0], "3");
        let premises: Vec<&str> = search.pairs.iter().map(|pair| pair.premise.as_str()).collect();
        let sentence = "Short daytime naps improved word recall in older adults.";
        assert_eq!(premises, [sentence, &format!("Daytime naps and word recall. We tested forty adults. {sentence}")]);
    }

    #[test]
    fn a_verdict_names_the_sentences_by_their_place() {
        let rationales = vec![Rationale { document: "3".into(), sentences: vec![1] }];
        assert_eq!(judged([6.0, 0.0, 0.0]), Judged { label: Label::Supported, rationales: rationales.clone() });
        assert_eq!(judged([0.0, 0.0, 6.0]), Judged { label: Label::Refuted, rationales });
        assert_eq!(judged([0.0, 6.0, 0.0]), Judged { label: Label::NotEnoughInfo, rationales: Vec::new() });
    }

    #[test]
    fn lexical_scores_count_words() {
        let pair = |premise: &str, hypothesis: &str| Pair { premise: premise.into(), hypothesis: hypothesis.into() };
        let found = lexical(&[
            pair("Naps improved recall.", "Naps improve recall."),
            pair("Naps improved recall.", "Gold is heavy."),
            pair("Gold shines.", "Gold is heavy."),
            pair("Gold shines.", ""),
        ]);
        assert_eq!(found.iter().map(|lexical| lexical.overlap).collect::<Vec<_>>(), [1.0, 0.0, 0.5, 0.0]);
        assert!(found[0].bm25 > found[2].bm25 && found[1].bm25 == 0.0);
    }
}
