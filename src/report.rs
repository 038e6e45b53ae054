//! The report: what a reader sees, composed from the record and the review, and its renderings.
//!
//! Every sentence of it is a [`Statement`]: a count from the record, a verbatim quotation, or a plainly marked
//! editorial remark. Nothing is asserted about the literature beyond verbatim claims and their verdicts.

mod abstracts;
mod compose;
pub mod html;
pub mod markdown;
mod methodology;
mod plot;
mod prose;
mod results;
mod shown;

pub use compose::compose;

use crate::{
    claim::{Claim, ClaimId},
    nli::{Allowance, Manifest},
    paper::{PaperId, PassageRef, Reading, SourceId},
    record::{Asked, Config, SourceOutcome, Warning},
    relevance::Excluded,
    review::{Review, calibrated},
    verify::Verdict,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Version of the JSON that a [`Report`] serializes to; it rises when a field is renamed, reshaped or removed.
pub const FORMAT: u32 = 1;

/// What every rendering says where demonstration papers were used.
pub const DEMONSTRATION: &str = "Demonstration: the papers in this report were written for Probatum to show how it \
     works. They are not real literature, and nothing here is evidence about the world.";

/// A report. All spans in it are UTF-8 byte offsets, all probabilities lie in `0.0..=1.0` with three decimals, all
/// ratings and scores in `0.0..=10.0` with one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Report {
    /// [`FORMAT`].
    pub format: u32,
    /// The whole question, and that this is a review of the evidence.
    pub title: String,
    /// The question as asked.
    pub question: String,
    /// Day of the run, `YYYY-MM-DD`.
    pub date: String,
    /// [`DEMONSTRATION`] where demonstration papers were used.
    pub notice: Option<String>,
    /// True where the reader cancelled: what was found until then is reported.
    pub cancelled: bool,
    /// What was asked, found, supported and contradicted, and how far to trust it.
    #[serde(rename = "abstract")]
    pub summary: Vec<Statement>,
    /// What the question was taken to mean.
    pub introduction: Vec<Statement>,
    /// What was done, with every limit that applied.
    pub methodology: Vec<Statement>,
    /// What was found, by facet of the question.
    pub results: Vec<Statement>,
    /// What this run cannot vouch for, with numbers.
    pub limitations: Vec<Statement>,
    /// Numbers of records, works and papers on the way.
    pub flow: Flow,
    /// Each facet of the question with the papers and claims that bear on it.
    pub facets: Vec<FacetCoverage>,
    /// How the claims came out.
    pub verdicts: VerdictCounts,
    /// The claims tested, in order, with their evidence.
    pub claims: Vec<CheckedClaim>,
    /// Claims that report somebody else's finding: not checked at their source, never counted.
    pub second_hand: Vec<Claim>,
    /// Links into papers: the places of claims and evidence that can be opened.
    pub places: Vec<Place>,
    /// Searches exactly as sent.
    pub searches: Vec<Asked>,
    /// The sources and how each ended.
    pub sources: Vec<SourceOutcome>,
    /// The papers kept, numbered as cited.
    pub references: Vec<Reference>,
    /// Papers found but set aside, with reasons.
    pub excluded: Vec<Excluded>,
    /// The panel's score.
    pub review: Review,
    /// What went wrong and was survived.
    pub warnings: Vec<Warning>,
    /// What is needed to repeat the run.
    pub provenance: Provenance,
}

/// One sentence of the report, and what it stands on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Statement {
    /// Heading of the paragraph that this sentence opens, where it opens one.
    pub topic: Option<String>,
    /// The sentence; for [`Kind::Quoted`] verbatim, without quotation marks.
    pub text: String,
    /// What it stands on.
    pub kind: Kind,
    /// The claims it is about.
    pub claims: Vec<ClaimId>,
    /// The papers it cites.
    pub papers: Vec<PaperId>,
}

/// What a sentence of the report stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum Kind {
    /// A fact of the run: numbers, names and rules from its record, its configuration, the model's manifest or the
    /// program itself.
    Counted,
    /// A claim or its evidence, verbatim.
    Quoted,
    /// A remark or caution of Probatum's authors; never about what the papers found.
    Editorial,
}

/// Numbers on the way from records to papers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Flow {
    /// Records returned by all searches together.
    pub records: usize,
    /// Distinct works among them.
    pub works: usize,
    /// Papers set aside.
    pub excluded: usize,
    /// Papers kept.
    pub kept: usize,
    /// Papers kept of which the full text was read.
    pub full_text: usize,
    /// Papers kept of which only the abstract was read.
    pub abstract_only: usize,
    /// Papers kept of which nothing could be read.
    pub unread: usize,
    /// Check-worthy own findings in the papers kept, on topic or not.
    pub claims_met: usize,
}

/// A facet of the question and what bears on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct FacetCoverage {
    /// As it stands in the question.
    pub phrase: String,
    /// Papers kept that name it in title or abstract.
    pub papers: Vec<PaperId>,
    /// Claims that name it.
    pub claims: Vec<ClaimId>,
    /// How those claims came out.
    pub verdicts: VerdictCounts,
}

/// How the claims came out; the six add up to the claims listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct VerdictCounts {
    /// An independent paper entails the claim.
    pub supported: usize,
    /// An independent paper contradicts it.
    pub refuted: usize,
    /// Independent papers do both.
    pub contested: usize,
    /// Passages were tested, none decides.
    pub not_enough_info: usize,
    /// No passage of another paper was close enough to test.
    pub untested: usize,
    /// The run ended before the claim was judged.
    pub not_judged: usize,
}

/// How a claim came out, finer than its label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum Standing {
    /// Label *supported*.
    Supported,
    /// Label *refuted*.
    Refuted,
    /// Label *not enough info*, because evidence on both sides reaches its threshold.
    Contested,
    /// Label *not enough info*: no tested passage reaches a threshold.
    NotEnoughInfo,
    /// Label *not enough info*: nothing was close enough to test.
    Untested,
    /// No verdict: the run ended before.
    NotJudged,
}

/// A claim with its verdict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct CheckedClaim {
    /// The claim.
    pub claim: Claim,
    /// How it came out.
    pub standing: Standing,
    /// Facets of the question that it bears on.
    pub facets: Vec<String>,
    /// The verdict with its evidence; `None` where the run ended before.
    pub verdict: Option<Verdict>,
}

/// Where a passage can be opened.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Place {
    /// The passage.
    pub at: PassageRef,
    /// Its address: the element within the HTML page that was read.
    pub url: String,
}

/// A paper as the list of references shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Reference {
    /// As cited, from 1.
    pub number: usize,
    /// Its id.
    pub id: PaperId,
    /// Its title.
    pub title: String,
    /// Its authors, in order.
    pub authors: Vec<String>,
    /// Year of first publication.
    pub year: Option<u16>,
    /// Journal, conference or repository.
    pub venue: Option<String>,
    /// Bare DOI.
    pub doi: Option<String>,
    /// arXiv id without version.
    pub arxiv_id: Option<String>,
    /// Where to read it.
    pub url: String,
    /// How much of it was read.
    pub reading: Reading,
    /// True where a source marks it retracted.
    pub retracted: bool,
    /// True for a paper written for the demonstration.
    pub demonstration: bool,
    /// Who reported it.
    pub sources: Vec<SourceId>,
    /// Facets of the question that its title or abstract names.
    pub facets: Vec<String>,
    /// Share of the question's facets that it names, rare ones weighing more, `0.0..=1.0`, three decimals.
    pub coverage: f32,
}

/// What is needed to repeat the run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Provenance {
    /// Version of Probatum.
    pub version: String,
    /// What the run was allowed.
    pub config: Config,
    /// The model, with thresholds and calibration.
    pub model: Manifest,
}

impl CheckedClaim {
    /// The confidence, where something was tested.
    #[must_use]
    pub fn confidence(&self) -> Option<f32> {
        let tested = !matches!(self.standing, Standing::Untested | Standing::NotJudged);
        self.verdict.as_ref().and_then(|v| v.confidence).filter(|_| tested)
    }

    /// The claim's opposite, where the sentences listed were asked of that too.
    #[must_use]
    pub fn opposite(&self) -> Option<&str> {
        let listed = self.verdict.iter().flat_map(|v| v.evidence_for.iter().chain(&v.evidence_against));
        listed.filter_map(|e| e.opposite.as_ref()).map(|opposed| opposed.claim.as_str()).next()
    }
}

impl Report {
    /// The reference to a paper, where it is one of the papers kept.
    #[must_use]
    pub fn reference(&self, id: &PaperId) -> Option<&Reference> {
        self.references.iter().find(|r| r.id == *id)
    }

    /// Where a passage can be read: its own place, else its paper's page.
    #[must_use]
    pub fn address(&self, at: &PassageRef) -> Option<&str> {
        let place = self.places.iter().find(|p| p.at == *at).map(|p| p.url.as_str());
        place.or_else(|| self.reference(&at.paper).map(|r| r.url.as_str()))
    }

    /// What a confidence in this report means, for the reader.
    #[must_use]
    pub fn what_confidence_is(&self) -> String {
        let model = &self.provenance.model;
        format!(
            "Confidence is the model's probability that the deciding sentence entails a supported claim or contradicts \
             a refuted one; for not enough info, of the sentence that came nearest to deciding. {} A dash stands where no \
             sentence of another paper shares enough words to decide.",
            if calibrated(model) { "It is calibrated." } else { "It is not calibrated: read it as a ranking." }
        )
    }

    /// The report as JSON, indented; its schema is published as `report.schema.json`.
    #[must_use]
    pub fn json(&self) -> String {
        let mut json = serde_json::to_string_pretty(self).unwrap_or_else(|error| {
            unreachable!("a report holds only strings, numbers and lists, which always serialize: {error}")
        });
        json.push('\n');
        json
    }
}

impl Reference {
    /// Its identifiers, each with its address.
    #[must_use]
    pub fn identifiers(&self) -> Vec<(String, String)> {
        let doi = self.doi.iter().map(|doi| (format!("doi:{doi}"), format!("https://doi.org/{doi}")));
        let arxiv = self.arxiv_id.iter().map(|id| (format!("arXiv:{id}"), format!("https://arxiv.org/abs/{id}")));
        doi.chain(arxiv).collect()
    }
}

impl Provenance {
    /// Name and value of everything needed to repeat the run on `date`.
    #[must_use]
    pub fn lines(&self, date: &str) -> Vec<(&'static str, String)> {
        let (config, model) = (&self.config, &self.model);
        let sources: Vec<&str> = config.sources.iter().map(|s| s.name()).collect();
        vec![
            ("Probatum", self.version.clone()),
            ("Date", date.into()),
            ("Model", model.name.clone()),
            ("Model sha256", model.sha256.clone()),
            ("Longest pair, tokens", model.max_tokens.to_string()),
            ("Temperature", model.calibration.temperature.to_string()),
            ("Growth of the temperature with the sentence", model.calibration.growth.to_string()),
            ("Added to logits where numbers follow", allowance(model.calibration.numbers.computed)),
            ("Added to logits where numbers differ", allowance(model.calibration.numbers.differ)),
            ("Threshold for supported", model.thresholds.supported.to_string()),
            ("Threshold for refuted", model.thresholds.refuted.to_string()),
            ("Sources", shown::list(&sources)),
            ("Papers, at most", config.max_papers.to_string()),
            ("Full texts, at most", config.max_full_texts.to_string()),
            ("Claims, at most", config.max_claims.to_string()),
            ("Claims from one paper, at most", config.max_claims_per_paper.to_string()),
            ("Passages for one claim, at most", config.passages_per_claim.to_string()),
            ("Relay for arXiv", config.relay.clone().unwrap_or_else(|| "none".into())),
            ("Spans in the JSON", "UTF-8 byte offsets, start included, end excluded".into()),
        ]
    }
}

fn allowance(Allowance { entailment, contradiction }: Allowance) -> String {
    format!("entailment {entailment}, contradiction {contradiction}")
}

/// The JSON Schema of [`Report`], indented, as published.
#[cfg(not(target_arch = "wasm32"))]
#[must_use]
pub fn schema() -> String {
    let schema = schemars::schema_for!(Report);
    let mut json =
        serde_json::to_string_pretty(&schema).unwrap_or_else(|error| unreachable!("a schema is JSON already: {error}"));
    json.push('\n');
    json
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Supported => "supported",
            Self::Refuted => "refuted",
            Self::Contested => "contested",
            Self::NotEnoughInfo => "not enough info",
            Self::Untested => "not tested",
            Self::NotJudged => "not judged",
        })
    }
}
