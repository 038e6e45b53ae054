//! The report: what a reader sees, composed from the record and the review, and its renderings.
//!
//! Every sentence of it is a [`Statement`]: a count from the record, a verbatim quotation, or a plainly marked
//! editorial remark. Nothing is asserted about the literature beyond verbatim claims and their verdicts.

mod abstracts;
mod compose;
pub mod html;
pub mod markdown;
mod meter;
mod methodology;
mod plot;
mod prose;
mod provenance;
mod results;
mod shown;
mod words;

pub use compose::compose;

use crate::{
    answer::Answer,
    claim::{Claim, ClaimId},
    nli::Manifest,
    paper::{Notice, PaperId, PassageRef, Reading, SourceId},
    record::{Asked, Config, Deep, SourceOutcome, Warning},
    relevance::Excluded,
    review::{Review, calibrated},
    stance::{Finding, Kind as FindingKind, Stance, StanceProbability},
    study::Study,
    trace::Trace,
    verify::{Label, Verdict},
};
use serde::{Deserialize, Serialize};

/// Version of the JSON that a [`Report`] serializes to; it rises when a field is renamed, reshaped or removed.
pub const FORMAT: u32 = 2;

/// Works set aside that are shown where no paper answers, at most: enough to see what the sources took the question for.
const NEAREST: usize = 5;

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
    /// What the papers say to the question.
    pub answer: Answer,
    /// Answers about the reader's further propositions.
    pub other_answers: Vec<Answer>,
    /// Every paper on the topic, the most direct first: what it finds on the question, and how it stands to it.
    pub papers: Vec<PaperRow>,
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
    /// Claims that report somebody else's finding: never counted.
    pub second_hand: Vec<Claim>,
    /// What they come to at the works that they cite, or why that is not known, in their order.
    #[serde(default)]
    pub traces: Vec<Trace>,
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

/// How the claims came out, by their [`Label`]; the eight add up to the claims listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct VerdictCounts {
    /// An independent paper entails the claim.
    pub supported: usize,
    /// One entails it, but not surely.
    pub leans_supported: usize,
    /// Independent papers do both.
    pub contested: usize,
    /// One contradicts it, but not surely.
    pub leans_refuted: usize,
    /// An independent paper contradicts it.
    pub refuted: usize,
    /// Passages were tested, none decides.
    pub not_enough_info: usize,
    /// No passage of another paper was close enough to test.
    pub untested: usize,
    /// The run ended before the claim was judged.
    pub not_judged: usize,
}

/// A claim with its verdict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct CheckedClaim {
    /// The claim.
    pub claim: Claim,
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

/// A paper as the table of papers shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct PaperRow {
    /// Its id.
    pub id: PaperId,
    /// Bare DOI.
    pub doi: Option<String>,
    /// arXiv id without version.
    pub arxiv_id: Option<String>,
    /// Its title.
    pub title: String,
    /// Year of first publication.
    pub year: Option<u16>,
    /// How likely it is on the topic, `0.0..=1.0`, three decimals.
    pub relevance: f32,
    /// How it stands to the proposition; silent where the question has none.
    pub stance: Stance,
    /// How sure that is, by class; `None` where the question has no proposition.
    pub probability: Option<StanceProbability>,
    /// Whether its side was read surely enough to be counted.
    pub sure: bool,
    /// Whose the finding is; `assumption` where the paper states no finding at all.
    pub kind: FindingKind,
    /// What it finds on the question: one sentence, verbatim.
    pub finding: Option<Finding>,
    /// The next best sentence.
    pub second: Option<Finding>,
    /// What it studied, where its text states that.
    pub study: Study,
    /// How much of it was read.
    pub reading: Reading,
    /// True where a source marks it retracted.
    pub retracted: bool,
    /// The gravest thing that became of it, where a source, its title or its abstract says one.
    pub notice: Option<Notice>,
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
    /// The gravest thing that became of it, where a source, its title or its abstract says one.
    pub notice: Option<Notice>,
    /// True for a paper written for the demonstration.
    pub demonstration: bool,
    /// Who reported it.
    pub sources: Vec<SourceId>,
    /// Facets of the question that its title or abstract names.
    pub facets: Vec<String>,
    /// Share of the question's words that title or abstract has, by their weight, `0.0..=1.0`, three decimals.
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
    /// The small model, with thresholds and calibration: it scored everything.
    pub model: Manifest,
    /// The deep model, where there was one, and what it decided in the small one's place.
    pub deep: Option<Deep>,
}

impl Provenance {
    /// The model by whose scores the verdicts were reached.
    #[must_use]
    pub fn decider(&self) -> &Manifest {
        self.deep.as_ref().filter(|deep| deep.verdicts).map_or(&self.model, |deep| &deep.model)
    }
}

impl PaperRow {
    /// The side it is counted on: what it surely takes with a finding of its own, else none; `None` where it was taken back or is
    /// doubted by its editors, and so is in no count.
    #[must_use]
    pub fn counted(&self) -> Option<Stance> {
        let own = if self.sure && self.kind == FindingKind::Finding { self.stance } else { Stance::Silent };
        let is_out = self.retracted || self.notice.is_some_and(Notice::forbids_support);
        (!is_out).then_some(own)
    }

    /// How probable its own stance is, in `0.0..=1.0`; `None` where the question has no proposition.
    #[must_use]
    pub fn sureness(&self) -> Option<f32> {
        self.probability.map(|probability| match self.stance {
            Stance::Yes => probability.yes,
            Stance::No => probability.no,
            Stance::Mixed => probability.mixed,
            Stance::NoDifference => probability.no_difference,
            Stance::Silent => probability.silent,
        })
    }
}

impl VerdictCounts {
    /// "1 supported", "2 refuted": how the claims that were tested came out, without those that there are none of.
    #[must_use]
    pub fn tested(self) -> Vec<String> {
        let all = [
            (self.supported, Label::Supported),
            (self.leans_supported, Label::LeansSupported),
            (self.contested, Label::Contested),
            (self.leans_refuted, Label::LeansRefuted),
            (self.refuted, Label::Refuted),
            (self.not_enough_info, Label::NotEnoughInfo),
        ];
        let shown = |(n, label): (usize, Label)| format!("{n} {label}").replace("leans", "leaning");
        all.into_iter().filter(|(n, _)| *n > 0).map(shown).collect()
    }
}

impl CheckedClaim {
    /// Its label; `None` where the run ended before it was judged.
    #[must_use]
    pub fn label(&self) -> Option<Label> {
        self.verdict.as_ref().map(|verdict| verdict.label)
    }

    /// How it came out, in words.
    #[must_use]
    pub fn came_out(&self) -> String {
        self.label().map_or_else(|| "not judged".into(), |label| label.to_string())
    }

    /// The confidence of a claim that is decided.
    #[must_use]
    pub fn confidence(&self) -> Option<f32> {
        self.verdict.as_ref().filter(|verdict| verdict.label.is_decided()).and_then(|verdict| verdict.confidence)
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

    /// Where no paper answers: the works set aside that came nearest, at most five.
    #[must_use]
    pub fn nearest(&self) -> &[Excluded] {
        let most = if self.answer.none.is_some() { NEAREST } else { 0 };
        &self.excluded[..most.min(self.excluded.len())]
    }

    /// The row of a paper in the table of papers.
    #[must_use]
    pub fn row(&self, id: &PaperId) -> Option<&PaperRow> {
        self.papers.iter().find(|row| row.id == *id)
    }

    /// Where a sentence can be read: its passage's address with a text fragment, by which browsers show the sentence
    /// itself (WICG, "URL Fragment Text Directives").
    #[must_use]
    pub fn sentence_address(&self, finding: &Finding) -> Option<String> {
        let url = self.address(&finding.at)?;
        if !url.starts_with("http") {
            return Some(url.into());
        }
        let hash = if url.contains('#') { "" } else { "#" };
        Some(format!("{url}{hash}:~:text={}", shown::text_fragment(&finding.text)))
    }

    /// What a confidence in this report means, for the reader.
    #[must_use]
    pub fn what_confidence_is(&self) -> String {
        let model = self.provenance.decider();
        format!(
            "Confidence is how sure the model is of the strongest deciding sentence. {}",
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
    /// The word for what became of it: "withdrawn".
    #[must_use]
    pub fn mark(&self) -> Option<&'static str> {
        let notice = self.notice.or(self.retracted.then_some(Notice::Retracted));
        notice.map(Notice::word)
    }

    /// Its identifiers, each with its address.
    #[must_use]
    pub fn identifiers(&self) -> Vec<(String, String)> {
        let doi = self.doi.iter().map(|doi| (format!("doi:{doi}"), format!("https://doi.org/{doi}")));
        let arxiv = self.arxiv_id.iter().map(|id| (format!("arXiv:{id}"), format!("https://arxiv.org/abs/{id}")));
        doi.chain(arxiv).collect()
    }
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
