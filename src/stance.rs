//! How a paper stands to what the question asks: yes, no, no difference, mixed, or silent; and which of its sentences says
//! so, in its own words. **A paper's stance is decided in [`judge`].**
//!
//! Two steps, logistic regressions over features that can be read off a sentence:
//!
//! 1. [`candidates`]: which sentences say best what the paper finds on the question, by position, cue words and closeness to the
//!    question. The first is the finding; the first two are put to the model.
//! 2. [`judge`]: whether the paper takes a side at all, and which; by the model's scores, and by words that say yes and no, each
//!    candidate weighted by how likely it is the finding.
//!
//! Why cue words beside a model: on sentences of papers about the question the shipped model alone tells yes from no with an AUC of
//! 0.64 to 0.68, words alone with 0.72 to 0.77. The model did not improve the choice of the finding, so it has no part in it.
//! What was measured says `training/stance/README.md`; the coefficients belong to one model and are data (`stance/params.json`).

mod cue;
mod feature;

use crate::{
    nli::{Entailment, Pair},
    paper::{Paper, PaperId, PassageRef, SectionKind},
    question::Proposition,
    text::{Span, core, terms},
};
use feature::{Features, Reader};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How a paper stands to a proposition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum Stance {
    /// It says so.
    Yes,
    /// It says the opposite, or denies it.
    No,
    /// It depends on something that the paper names.
    Mixed,
    /// It was looked for, and no difference was found.
    NoDifference,
    /// It takes no side.
    Silent,
}

/// Whose a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum Kind {
    /// The paper's own result.
    Finding,
    /// What others found.
    SecondHand,
    /// Stated as known.
    Assumption,
}

/// A sentence that says what a paper finds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Finding {
    /// The passage it stands in.
    pub at: PassageRef,
    /// Where in the passage: `passage.text[span] == text`.
    pub span: Span,
    /// The whole sentence, verbatim.
    pub text: String,
    /// Whose it is.
    pub kind: Kind,
    /// Probability that it is the one sentence that decides, among those asked, in `0.0..=1.0`, to three decimals.
    pub probability: f32,
}

/// Calibrated probabilities of the stances; they sum to 1 before rounding to three decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct StanceProbability {
    /// Of [`Stance::Yes`].
    pub yes: f32,
    /// Of [`Stance::No`].
    pub no: f32,
    /// Of [`Stance::Mixed`].
    pub mixed: f32,
    /// Of [`Stance::NoDifference`].
    pub no_difference: f32,
    /// Of [`Stance::Silent`].
    pub silent: f32,
}

/// What a paper says to the question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct PaperStance {
    /// Which paper.
    pub paper: PaperId,
    /// How it stands; silent where the question has no proposition.
    pub stance: Stance,
    /// How sure that is, by class; `None` where the question has no proposition.
    pub probability: Option<StanceProbability>,
    /// The sentence that says best what the paper finds on the question; `None` where it has no text.
    pub finding: Option<Finding>,
    /// The next best.
    pub second: Option<Finding>,
    /// What the model made of the finding and the proposition: logits, the mean of both readings. `None` where it was not asked.
    pub scored: Option<Entailment>,
}

/// A sentence worth asking about.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The passage it stands in.
    pub at: PassageRef,
    /// The sentence within the passage.
    pub span: Span,
    /// What was read off it.
    features: Features,
}

/// Everything that decides, by name of feature: a coefficient for each, 0 where there is none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Params {
    /// Sentences of a paper that are weighed, at most: the deciding one is among five in 96 % of the abstracts.
    pub most: usize,
    /// The first of them that the model is asked about, at most; each costs two pairs.
    pub asked: usize,
    /// Logit that a sentence is the deciding one, without the model.
    pub choose: BTreeMap<String, f32>,
    /// Logits that a sentence by itself says yes, no, mixed or no difference; that it says none of them has logit 0.
    #[serde(default)]
    pub says: BTreeMap<Stance, BTreeMap<String, f32>>,
    /// Logit that a paper takes a side.
    pub side: BTreeMap<String, f32>,
    /// Logits of yes, no, mixed and no difference, where it takes a side.
    pub which: BTreeMap<Stance, BTreeMap<String, f32>>,
    /// What the probability of a class is multiplied by before the greatest is taken: the classes are not equally frequent,
    /// and a rare one that is missed costs as much as a frequent one.
    pub weight: BTreeMap<Stance, f32>,
    /// Logit that a finding is second-hand or an assumption rather than the paper's own.
    pub kind: BTreeMap<String, f32>,
}

/// The shipped coefficients; where they come from says `training/stance/README.md`.
const SHIPPED: &str = include_str!("stance/params.json");
const SHIPPED_DEEP: &str = include_str!("stance/deep.json");

impl Default for Params {
    /// The coefficients fitted to the shipped model.
    fn default() -> Self {
        serde_json::from_str(SHIPPED).unwrap_or_else(|_| Self::none())
    }
}

impl Params {
    /// The coefficients fitted to the deep model.
    #[must_use]
    pub fn deep() -> Self {
        serde_json::from_str(SHIPPED_DEEP).unwrap_or_else(|_| Self::none())
    }

    /// No coefficient at all: every sentence is like any other.
    #[must_use]
    pub fn none() -> Self {
        Self {
            most: 5,
            asked: 2,
            choose: BTreeMap::new(),
            says: BTreeMap::new(),
            side: BTreeMap::new(),
            which: BTreeMap::new(),
            weight: BTreeMap::new(),
            kind: BTreeMap::new(),
        }
    }
}

/// How rare words are among the papers found: a word that all of them use tells nothing of any.
#[derive(Clone, Debug, Default)]
pub struct Rarity {
    having: BTreeMap<String, u16>,
    papers: u16,
}

impl Rarity {
    /// Counts in how many of the papers each word occurs, in title or abstract.
    pub fn of<'a>(papers: impl IntoIterator<Item = &'a Paper>) -> Self {
        let mut rarity = Self::default();
        for paper in papers {
            let text = format!("{} {}", paper.title, paper.abstract_text.as_deref().unwrap_or_default());
            rarity.papers = rarity.papers.saturating_add(1);
            for term in terms(&text).into_iter().collect::<BTreeSet<_>>() {
                let having = rarity.having.entry(term).or_default();
                *having = having.saturating_add(1);
            }
        }
        rarity
    }

    /// `1 + ln((n + 1) / (df + 1))`: never 0, so that a question's own words still count where every paper has them.
    fn weight(&self, term: &str) -> f32 {
        let having = self.having.get(term).copied().unwrap_or(0);
        1.0 + ((f32::from(self.papers) + 1.0) / (f32::from(having) + 1.0)).ln()
    }
}

/// The sentences of a paper worth asking the model about, best first, at most [`Params::most`]. Of a paper with an abstract
/// only that is looked at, and its conclusion where it was read; the features were fitted on abstracts.
#[must_use]
pub fn candidates(
    question: &str,
    proposition: Option<&Proposition>,
    paper: &Paper,
    rarity: &Rarity,
    params: &Params,
) -> Vec<Candidate> {
    let mut read = read(question, proposition, paper, rarity);
    let score = |candidate: &Candidate| candidate.features.dot(&params.choose);
    read.sort_by(|a, b| score(b).total_cmp(&score(a)));
    read.truncate(params.most);
    read
}

/// Every sentence with its features, in document order.
fn read(question: &str, proposition: Option<&Proposition>, paper: &Paper, rarity: &Rarity) -> Vec<Candidate> {
    let reader = Reader::new(question, proposition, paper, rarity);
    let kinds = [SectionKind::Abstract, SectionKind::Conclusion];
    let has_abstract = paper.sections.iter().any(|section| section.kind == SectionKind::Abstract);
    let mut candidates = Vec::new();
    for (at, section) in paper.sections.iter().enumerate() {
        if has_abstract && !kinds.contains(&section.kind) || section.kind == SectionKind::Table {
            continue;
        }
        let places: Vec<(usize, Span)> = section
            .passages
            .iter()
            .enumerate()
            .flat_map(|(passage, text)| text.sentences.iter().map(move |span| (passage, *span)))
            .collect();
        for (place, (passage, span)) in places.iter().enumerate() {
            let sentence = span.of(&section.passages[*passage].text);
            let features = reader.features(sentence, section.kind, place, places.len());
            let at = PassageRef { paper: paper.id.clone(), section: at, passage: *passage };
            candidates.push(Candidate { at, span: *span, features });
        }
    }
    feature::relate(&mut candidates.iter_mut().map(|candidate| &mut candidate.features).collect::<Vec<_>>());
    candidates
}

/// Ways in which a candidate is read: alone and in its place.
const READINGS: usize = 2;

/// What the model is asked of the first candidates, [`Params::asked`] at most, two pairs each: the sentence's [core](core()) alone, and in place under the paper's
/// title and after the sentence before it, each as premise of the proposition.
#[must_use]
pub fn pairs(proposition: &Proposition, paper: &Paper, candidates: &[Candidate], params: &Params) -> Vec<Pair> {
    let pair = |premise: String| Pair { premise, hypothesis: proposition.text.clone() };
    candidates.iter().take(params.asked).flat_map(|candidate| premises(paper, candidate).map(pair)).collect()
}

fn premises(paper: &Paper, candidate: &Candidate) -> [String; READINGS] {
    let passage = paper.passage(&candidate.at);
    let alone = passage.map_or_else(String::new, |passage| core(candidate.span.of(&passage.text)));
    let before = passage.and_then(|passage| {
        passage.sentences.iter().rev().find(|span| span.end <= candidate.span.start).map(|span| span.of(&passage.text))
    });
    let title = paper.title.trim_end_matches('.');
    let parts = [(!title.is_empty()).then(|| format!("{title}.")), before.map(core), Some(alone.clone())];
    let in_place = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    [alone, in_place]
}

/// Decides what a paper finds on the question and how it stands to the proposition, from its candidates and the scores of
/// [`pairs`]. Without a proposition, or without scores, the candidates' own features choose the finding and the paper is
/// silent. The only place where a stance is chosen.
#[must_use]
pub fn judge(
    proposition: Option<&Proposition>,
    paper: &Paper,
    mut candidates: Vec<Candidate>,
    scores: &[Entailment],
    params: &Params,
) -> PaperStance {
    let readings: &[[Entailment; READINGS]] = scores.as_chunks().0;
    let asked = candidates.len().min(params.asked);
    let scored = proposition.is_some() && asked > 0 && readings.len() == asked;
    if scored {
        candidates.iter_mut().zip(readings).for_each(|(candidate, scores)| candidate.features.add_scores(scores));
    }
    let shares = shares(&candidates, &params.choose);
    let probability = proposition
        .filter(|_| scored)
        .map(|proposition| probability(&paper_features(&candidates, &shares, params), proposition.equivalence, params));
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    order.sort_by(|&a, &b| shares[b].total_cmp(&shares[a]).then(a.cmp(&b)));
    let finding = |at: usize| {
        let candidate = &candidates[*order.get(at)?];
        let text = candidate.span.of(&paper.passage(&candidate.at)?.text);
        let kind = kind(candidate, params);
        let probability = round(shares[order[at]]);
        Some(Finding { at: candidate.at.clone(), span: candidate.span, text: text.into(), kind, probability })
    };
    let best = order.first().copied();
    PaperStance {
        paper: paper.id.clone(),
        stance: probability.map_or(Stance::Silent, |probability| likeliest(&probability, params)),
        probability: probability.map(StanceProbability::rounded),
        finding: finding(0),
        second: finding(1),
        scored: best.filter(|_| scored).and_then(|best| readings.get(best)).map(mean),
    }
}

/// The sides that a sentence or a paper can take.
const SIDES: [Stance; 4] = [Stance::Yes, Stance::No, Stance::Mixed, Stance::NoDifference];
/// Probability below which a sentence is as good as silent on a side: keeps the logarithm of none from weighing all.
const FLOOR: f32 = 0.02;

/// The share of each candidate in being the deciding sentence: a softmax over their logits.
fn shares(candidates: &[Candidate], weights: &BTreeMap<String, f32>) -> Vec<f32> {
    softmax(&candidates.iter().map(|candidate| candidate.features.dot(weights)).collect::<Vec<_>>())
}

fn softmax(logits: &[f32]) -> Vec<f32> {
    let most = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let weights: Vec<f32> = logits.iter().map(|logit| (logit - most).exp()).collect();
    let sum: f32 = weights.iter().sum();
    weights.iter().map(|weight| weight / sum).collect()
}

/// What is known of a paper as a whole: of each feature the mean over the candidates, each by its share, and of the model's
/// scores and of overlap the greatest; and how likely its candidates say each side, by [`Params::says`].
fn paper_features(candidates: &[Candidate], shares: &[f32], params: &Params) -> Features {
    let mut features = Features::default();
    let mut says = [[0.0; 2]; SIDES.len()];
    for (candidate, share) in candidates.iter().zip(shares) {
        for (name, value) in candidate.features.iter() {
            features.add(name, share * value);
            if let Some(most) = feature::greatest_of(name) {
                features.raise(most, value);
            }
        }
        let none = BTreeMap::new();
        let logit = |side: Stance| candidate.features.dot(params.says.get(&side).unwrap_or(&none));
        let said = softmax(&[0.0, logit(SIDES[0]), logit(SIDES[1]), logit(SIDES[2]), logit(SIDES[3])]);
        for (sums, said) in says.iter_mut().zip(&said[1..]) {
            sums[0] += said;
            sums[1] += share * said;
        }
    }
    for ((sums, all), finding) in says.iter().zip(feature::SAYS).zip(feature::FINDING) {
        features.set(all, (FLOOR + sums[0]).ln());
        features.set(finding, (FLOOR + sums[1]).ln());
    }
    features
}

/// The probability of each stance. To a proposition that says two things are alike, no difference says yes.
fn probability(features: &Features, equivalence: bool, params: &Params) -> StanceProbability {
    let side = 1.0 / (1.0 + (-features.dot(&params.side)).exp());
    let none = BTreeMap::new();
    let logits = SIDES.map(|class| features.dot(params.which.get(&class).unwrap_or(&none)));
    let mut which = softmax(&logits);
    if equivalence {
        which[0] += std::mem::take(&mut which[3]);
    }
    StanceProbability {
        yes: side * which[0],
        no: side * which[1],
        mixed: side * which[2],
        no_difference: side * which[3],
        silent: 1.0 - side,
    }
}

/// The stance of the greatest probability, each weighted.
fn likeliest(probability: &StanceProbability, params: &Params) -> Stance {
    let weighted = |(stance, probability): (Stance, f32)| {
        (stance, probability * params.weight.get(&stance).copied().unwrap_or(1.0))
    };
    let best = probability.classes().into_iter().map(weighted).max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
    best.map_or(Stance::Silent, |(stance, _)| stance)
}

impl StanceProbability {
    /// Each stance with its probability.
    #[must_use]
    pub fn classes(&self) -> [(Stance, f32); 5] {
        [
            (Stance::Yes, self.yes),
            (Stance::No, self.no),
            (Stance::Mixed, self.mixed),
            (Stance::NoDifference, self.no_difference),
            (Stance::Silent, self.silent),
        ]
    }

    fn rounded(self) -> Self {
        Self {
            yes: round(self.yes),
            no: round(self.no),
            mixed: round(self.mixed),
            no_difference: round(self.no_difference),
            silent: round(self.silent),
        }
    }
}

fn round(value: f32) -> f32 {
    (value * 1000.0).round() / 1000.0
}

/// The mean of the logits of a sentence's two readings.
fn mean([one, other]: &[Entailment; READINGS]) -> Entailment {
    Entailment {
        entailment: f32::midpoint(one.entailment, other.entailment),
        neutral: f32::midpoint(one.neutral, other.neutral),
        contradiction: f32::midpoint(one.contradiction, other.contradiction),
    }
}

/// Whose the sentence is: second-hand where it hands its finding to others, an assumption where it states what is known.
fn kind(candidate: &Candidate, params: &Params) -> Kind {
    match () {
        () if candidate.features.get("second-hand") > 0.0 => Kind::SecondHand,
        () if candidate.features.dot(&params.kind) > 0.0 => Kind::Assumption,
        () => Kind::Finding,
    }
}

/// What the coefficients are fitted on: the same features, as data. The product never calls it.
pub mod fit {
    use super::{Candidate, Entailment, Paper, Params, Proposition, READINGS, Rarity, Span};
    use std::collections::BTreeMap;

    /// A sentence's place and its features by name.
    pub type Read = (Span, BTreeMap<&'static str, f32>);

    /// Every sentence of a paper with its features, in document order.
    #[must_use]
    pub fn sentences(
        question: &str,
        proposition: Option<&Proposition>,
        paper: &Paper,
        rarity: &Rarity,
    ) -> Vec<Candidate> {
        super::read(question, proposition, paper, rarity)
    }

    /// A candidate's features, with the model's scores where there are some.
    #[must_use]
    pub fn features(candidate: &Candidate, scores: Option<&[Entailment; READINGS]>) -> Read {
        let mut features = candidate.features.clone();
        if let Some(scores) = scores {
            features.add_scores(scores);
        }
        (candidate.span, features.iter().collect())
    }

    /// What [`super::judge`] sees of a paper; candidates beyond the scores have none.
    #[must_use]
    pub fn paper(
        mut candidates: Vec<Candidate>,
        scores: &[Entailment],
        params: &Params,
    ) -> BTreeMap<&'static str, f32> {
        let readings: &[[Entailment; READINGS]] = scores.as_chunks().0;
        candidates.iter_mut().zip(readings).for_each(|(candidate, scores)| candidate.features.add_scores(scores));
        let shares = super::shares(&candidates, &params.choose);
        super::paper_features(&candidates, &shares, params).iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        paper::{Passage, Reading, Section},
        question::propositions,
        text::sentences,
    };
    use proptest::prelude::*;

    fn paper(title: &str, text: &str) -> Paper {
        let passage = Passage { text: text.into(), sentences: sentences(text), anchor: None, places: vec![] };
        Paper {
            id: PaperId("p".into()),
            title: title.into(),
            authors: Vec::new(),
            year: None,
            venue: None,
            doi: None,
            arxiv_id: None,
            url: String::new(),
            abstract_text: Some(text.into()),
            retracted: false,
            notice: None,
            other_years: vec![],
            sources: Vec::new(),
            sections: vec![Section {
                heading: "Abstract".into(),
                kind: SectionKind::Abstract,
                passages: vec![passage],
            }],
            reading: Reading::Abstract,
            ..Paper::default()
        }
    }

    fn stance(question: &str, paper: &Paper) -> PaperStance {
        let params = Params::default();
        let proposition = propositions(question).into_iter().next();
        let chosen = candidates(question, proposition.as_ref(), paper, &Rarity::of([paper]), &params);
        let asked = proposition.as_ref().map_or(0, |proposition| pairs(proposition, paper, &chosen, &params).len());
        let scores = vec![Entailment { entailment: 0.0, neutral: 0.0, contradiction: 0.0 }; asked];
        judge(proposition.as_ref(), paper, chosen, &scores, &params)
    }

    #[test]
    fn the_shipped_coefficients_are_read() {
        assert_ne!(Params::default(), Params::none());
    }

    #[test]
    fn the_finding_is_what_was_found() {
        let paper = paper(
            "Naps and recall in adults",
            "Whether naps improve recall is unknown. We enrolled 40 adults. Naps did not improve recall (p = 0.6). \
             Further studies are needed.",
        );
        let found = stance("Do naps improve recall?", &paper);
        assert!(found.finding.is_some_and(|finding| finding.text.starts_with("Naps did not")));
        let probability = found.probability.unwrap();
        assert!(probability.no + probability.no_difference > probability.yes);
        assert!(stance("Which naps improve recall?", &paper).probability.is_none());
    }

    #[test]
    fn a_denial_near_what_is_said_counts_against_it() {
        let said =
            |text: &str| stance("Can models plan reliably?", &paper("Planning by models", text)).probability.unwrap();
        let denied = said("We find that models cannot plan reliably.");
        let granted = said("We find that models can plan reliably.");
        assert!(denied.no > granted.no && denied.yes < granted.yes);
    }

    #[test]
    fn a_size_is_found_where_one_is_asked_for() {
        let text =
            "Scores of models are inflated by leaked tests. Leaked tests raise scores of models by 12.5 percent.";
        let found = stance("How much do leaked tests inflate scores?", &paper("Leaked tests", text));
        assert!(found.finding.is_some_and(|finding| finding.text.contains("12.5")));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn quotes_are_verbatim(text in "\\PC{0,200}", question in "\\PC{0,60}") {
            let paper = paper("Title", &crate::text::normalize(&text));
            for finding in [stance(&question, &paper).finding, stance("Do naps help?", &paper).finding].into_iter().flatten() {
                prop_assert_eq!(finding.span.of(&paper.passage(&finding.at).unwrap().text), finding.text);
            }
        }
    }
}
