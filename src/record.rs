//! The record of a run: everything the stages gathered, from which the panel scores and the report is composed.

use crate::{
    answer::{self, Answer, Searched},
    claim::Claim,
    nli::Manifest,
    paper::{PaperId, SourceId},
    question::Question,
    relevance::{self, Excluded, Ranked},
    request::SourceState,
    source::Direction,
    stance::{self, PaperStance},
    study::Study,
    trace::Trace,
    verify::{self, Evidence, Verdict, judge_nearest},
};
use serde::{Deserialize, Serialize, Serializer};

/// What a run may do. Every limit that can hide something is printed in the report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Config {
    /// Sources to search, in order.
    pub sources: Vec<SourceId>,
    /// Today, `YYYY-MM-DD`: the core has no clock.
    pub date: String,
    /// Papers kept after screening, at most.
    pub max_papers: usize,
    /// Full texts tried, at most; 0 reads abstracts only.
    pub max_full_texts: usize,
    /// Claims tested, at most.
    pub max_claims: usize,
    /// Claims taken from one paper, at most.
    pub max_claims_per_paper: usize,
    /// Independent passages tested for a claim, at most.
    pub passages_per_claim: usize,
    /// The statements that papers are asked about, where the reader wrote others than the question's own; the answer is
    /// about the first.
    #[serde(default)]
    pub propositions: Vec<String>,
    /// Works that are asked whatever their relevance: DOIs, arXiv ids and PubMed ids that the reader names.
    #[serde(default)]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub works: Vec<String>,
    /// A relay the reader entered for arXiv's query API: its address is put in front of the encoded URL. Written as its host
    /// alone: the rest may hold a key.
    #[serde(serialize_with = "host_alone")]
    pub relay: Option<String>,
    /// Whether Unpaywall is asked for open copies of papers kept of which no source knows one. The host adds the reader's e-mail
    /// address, without which it answers nobody.
    #[serde(default)]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub unpaywall: bool,
    /// Every constant that decides, beyond the limits above.
    #[serde(default)]
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "Record<string, unknown>"))]
    pub params: Params,
}

fn host_alone<S: Serializer>(relay: &Option<String>, serializer: S) -> Result<S::Ok, S::Error> {
    let host = |relay: &String| {
        let rest = relay.trim().split_once("://").map_or("", |(_, rest)| rest);
        let place = rest.split(['/', '?', '#']).next().unwrap_or_default();
        format!("https://{}/", place.rsplit('@').next().unwrap_or_default())
    };
    relay.as_ref().map(host).serialize(serializer)
}

/// How a search is spread over sources and rounds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct SearchParams {
    /// Searches of one source in both rounds together, at most; fewer where its manners leave no time for them. OpenAlex
    /// gives an address without a key 100 a day: at 6, sixteen questions.
    pub searches: usize,
    /// Of these, in the first round.
    pub first: usize,
    /// Records asked for by each search; every source gives 100 at most.
    pub records: usize,
    /// How long a source is waited for once another has answered everything, in milliseconds.
    pub patience_ms: u64,
    /// How long full texts are waited for, in milliseconds. arXiv's eight, a second apart, are there by then
    /// where nothing is slow.
    pub full_text_patience_ms: u64,
    /// Works whose citations are followed, the most relevant, at most; 0 follows none.
    pub seeds: usize,
    /// Relevance that such a work has at least: the least at which none of 60 judged ones of 24 questions was off the topic; of 24
    /// further questions none of 43 was. (Half of those of the latter are not judged.)
    pub seed_relevance: f32,
    /// How long what they cite and what cites them is waited for, in milliseconds.
    pub citation_patience_ms: u64,
}

impl Default for SearchParams {
    fn default() -> Self {
        Self {
            searches: 6,
            first: 3,
            records: 100,
            patience_ms: 4_000,
            full_text_patience_ms: 10_000,
            seeds: 4,
            seed_relevance: 0.7,
            citation_patience_ms: 4_000,
        }
    }
}

/// Every constant that decides something a reader sees, by stage. The defaults are those that were fitted or chosen, as each
/// says; an evaluation varies them without a build, and a report prints what it was made with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Params {
    /// How sources are asked.
    pub search: SearchParams,
    /// Which works are on the topic.
    pub relevance: relevance::Params,
    /// How papers stand to the question, by the small model's scores.
    pub stance: stance::Params,
    /// The same by the deep model's.
    #[serde(default = "stance::Params::deep")]
    pub deep_stance: stance::Params,
    /// When the papers make an answer.
    pub answer: answer::Params,
    /// How claims are tested.
    pub verify: verify::Params,
}

impl Default for Params {
    /// The constants that ship.
    fn default() -> Self {
        Self {
            search: SearchParams::default(),
            relevance: relevance::Params::default(),
            stance: stance::Params::default(),
            deep_stance: stance::Params::deep(),
            answer: answer::Params::default(),
            verify: verify::Params::default(),
        }
    }
}

/// The models of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Models {
    /// Sees every pair.
    pub small: Manifest,
    /// Reads again what could decide, where there is one.
    pub deep: Option<Manifest>,
}

impl From<Manifest> for Models {
    /// The small one alone.
    fn from(small: Manifest) -> Self {
        Self { small, deep: None }
    }
}

/// What the deep model had a say in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Deep {
    /// The model, with thresholds and calibration.
    pub model: Manifest,
    /// Whether the stances and the answer are by its scores.
    pub stances: bool,
    /// Whether the verdicts are.
    pub verdicts: bool,
}

/// A request for works that cite others, or are cited by them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Citations {
    /// Which way.
    pub direction: Direction,
    /// The works from which it went.
    pub of: Vec<PaperId>,
}

/// One search as it was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Asked {
    /// Of whom.
    pub source: SourceId,
    /// The whole address.
    pub url: String,
    /// Records it returned; `None` where it could not be asked.
    pub records: Option<usize>,
    /// Where it followed citations instead of looking for words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citations: Option<Citations>,
}

/// How a source ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct SourceOutcome {
    /// Which.
    pub source: SourceId,
    /// Its last state.
    #[serde(flatten)]
    pub state: SourceState,
}

/// What kind of trouble a warning tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum WarningKind {
    /// A source could not be asked, or not wholly; or what sources say of one work does not agree.
    Source,
    /// A full text could not be read; its abstract is used.
    FullText,
    /// The reader cancelled; what was found until then is reported.
    Cancelled,
    /// Some claims were not tested.
    Untested,
    /// A limit hid something.
    Limit,
    /// The deep model could not be used; what the small one said stands.
    Deep,
}

/// Something that went wrong and that the run survived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Warning {
    /// What kind.
    pub kind: WarningKind,
    /// A sentence for the reader, naming the offending value.
    pub message: String,
    /// What the reader can do, where anything can be done.
    pub remedy: Option<String>,
}

/// Everything a run gathered. As JSON it can be kept, and its verdicts judged again at another strictness: [`Record::at`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// What was asked.
    pub question: Question,
    /// What the run was allowed.
    pub config: Config,
    /// The small model, which scored everything.
    pub model: Manifest,
    /// The deep model, where there was one, and what it read again.
    pub deep: Option<Deep>,
    /// Searches as sent, in the order sent.
    pub asked: Vec<Asked>,
    /// The sources and how each ended, in the order of `config.sources`.
    pub sources: Vec<SourceOutcome>,
    /// Records that came, by searches and along citations.
    pub records: usize,
    /// Distinct works among them.
    pub works: usize,
    /// Papers kept, in rank order, with what was read of each.
    pub papers: Vec<Ranked>,
    /// Papers set aside, with reasons.
    pub excluded: Vec<Excluded>,
    /// What each paper kept says to the question, in the order of `papers`; shorter where the run was cancelled.
    pub stances: Vec<PaperStance>,
    /// What each paper kept studied, in the order of `papers`.
    pub studies: Vec<Study>,
    /// The answer; `None` until the papers were asked.
    pub answer: Option<Answer>,
    /// Answers about the reader's further propositions, in their order.
    pub other_answers: Vec<Answer>,
    /// Check-worthy own findings met in the papers kept, on topic or not, before any limit.
    pub claims_met: usize,
    /// Claims kept for testing: own findings, on topic, numbered.
    pub claims: Vec<Claim>,
    /// Second-hand claims met on the question's topic: listed, never tested, never counted.
    pub second_hand: Vec<Claim>,
    /// What they come to at the works that they cite, in their order.
    #[serde(default)]
    pub traces: Vec<Trace>,
    /// One verdict a claim, in the order of `claims`; shorter where the run was cancelled.
    pub verdicts: Vec<Verdict>,
    /// Every sentence scored for each verdict, in the order of `verdicts`: what it was judged by.
    pub evidence: Vec<Vec<Evidence>>,
    /// What went wrong on the way.
    pub warnings: Vec<Warning>,
}

impl Record {
    /// The run judged at another strictness, without asking the model again: see [`Thresholds::moved`](crate::nli::Thresholds::moved).
    #[must_use]
    pub fn at(mut self, leniency: f32) -> Self {
        let thresholds = self.decider().thresholds.moved(leniency);
        let params = &self.config.params.verify;
        for (verdict, evidence) in self.verdicts.iter_mut().zip(&self.evidence) {
            *verdict = judge_nearest(&verdict.claim, evidence.clone(), verdict.tested, &thresholds, params);
        }
        match &mut self.deep {
            Some(deep) if deep.verdicts => deep.model.thresholds = thresholds,
            _ => self.model.thresholds = thresholds,
        }
        self
    }

    /// How the search went.
    #[must_use]
    pub fn searched(&self) -> Searched {
        let count = |is: fn(&SourceState) -> bool| self.sources.iter().filter(|source| is(&source.state)).count();
        Searched {
            works: self.works,
            unasked: count(|state| matches!(state, SourceState::Failed { .. })),
            left_out: count(|state| matches!(state, SourceState::LeftOut { .. })),
        }
    }

    /// The model by whose scores the verdicts were reached: its thresholds and error rates are theirs.
    #[must_use]
    pub fn decider(&self) -> &Manifest {
        self.deep.as_ref().filter(|deep| deep.verdicts).map_or(&self.model, |deep| &deep.model)
    }

    /// Nothing gathered yet.
    #[must_use]
    pub fn new(question: Question, config: Config, models: Models) -> Self {
        Self {
            question,
            config,
            model: models.small,
            deep: models.deep.map(|model| Deep { model, stances: false, verdicts: false }),
            asked: Vec::new(),
            sources: Vec::new(),
            records: 0,
            works: 0,
            papers: Vec::new(),
            excluded: Vec::new(),
            stances: Vec::new(),
            studies: Vec::new(),
            answer: None,
            other_answers: Vec::new(),
            claims_met: 0,
            claims: Vec::new(),
            second_hand: Vec::new(),
            traces: Vec::new(),
            verdicts: Vec::new(),
            evidence: Vec::new(),
            warnings: Vec::new(),
        }
    }
}
