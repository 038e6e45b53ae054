//! What the prose is written from, and how its statements are put together.

use super::{CheckedClaim, FacetCoverage, Flow, Kind, PaperRow, Statement, VerdictCounts, shown};
use crate::{
    answer::Answer,
    claim::ClaimId,
    paper::PaperId,
    record::Record,
    request::SourceState,
    review::{Review, calibrated},
    verify::{Evidence, Label, Strength, Verdict},
};

/// Everything the prose may draw on.
pub struct Gathered<'a> {
    pub record: &'a Record,
    pub review: &'a Review,
    pub answer: &'a Answer,
    pub papers: &'a [PaperRow],
    pub claims: &'a [CheckedClaim],
    pub facets: &'a [FacetCoverage],
    pub flow: Flow,
    pub counts: VerdictCounts,
    pub cancelled: bool,
}

/// Statements in the making; a topic set by [`Prose::topic`] opens the next statement's paragraph.
#[derive(Default)]
pub struct Prose {
    statements: Vec<Statement>,
    topic: Option<String>,
}

impl Prose {
    /// Opens a paragraph with the next statement.
    pub fn topic(&mut self, topic: &str) -> &mut Self {
        self.topic = Some(topic.into());
        self
    }

    /// A count from the record.
    pub fn counted(&mut self, text: impl Into<String>) -> &mut Self {
        self.push(text.into(), Kind::Counted, vec![], vec![])
    }

    /// A count that is about papers.
    pub fn citing(&mut self, text: impl Into<String>, papers: Vec<PaperId>) -> &mut Self {
        self.push(text.into(), Kind::Counted, vec![], papers)
    }

    /// A rule or a caution.
    pub fn editorial(&mut self, text: &str) -> &mut Self {
        self.push(text.into(), Kind::Editorial, vec![], vec![])
    }

    /// A claim, verbatim, with what its verdict rests on.
    pub fn claim(&mut self, g: &Gathered, checked: &CheckedClaim) -> &mut Self {
        let claim = &checked.claim;
        self.push(claim.text.clone(), Kind::Quoted, vec![claim.id.clone()], vec![claim.at.paper.clone()]);
        for (verb, evidence, p) in decisions(checked) {
            let kind = if calibrated(g.record.decider()) { "probability" } else { "uncalibrated probability" };
            let text = format!("{verb} by another paper, {kind} {}.", shown::probability(p));
            self.push(text, Kind::Counted, vec![claim.id.clone()], vec![evidence.at.paper.clone()]);
        }
        self
    }

    /// The sentence of another paper that speaks against a claim, verbatim.
    pub fn objection(&mut self, claim: &ClaimId, evidence: &Evidence) -> &mut Self {
        self.push(evidence.quote.clone(), Kind::Quoted, vec![claim.clone()], vec![evidence.at.paper.clone()])
    }

    fn push(&mut self, text: String, kind: Kind, claims: Vec<ClaimId>, papers: Vec<PaperId>) -> &mut Self {
        self.statements.push(Statement { topic: self.topic.take(), text, kind, claims, papers });
        self
    }

    pub fn finish(self) -> Vec<Statement> {
        self.statements
    }
}

/// Statements that belong together: sentences, then the findings quoted under them.
pub struct Paragraph<'a> {
    /// Its heading.
    pub topic: Option<&'a str>,
    /// Sentences that are about no single claim.
    pub sentences: Vec<&'a Statement>,
    /// Per claim: the quotation and what its verdict rests on.
    pub findings: Vec<Vec<&'a Statement>>,
}

/// Statements as paragraphs: a topic opens one, and statements about one claim stand together.
pub fn paragraphs(statements: &[Statement]) -> Vec<Paragraph<'_>> {
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for statement in statements {
        let after_findings = paragraphs.last().is_some_and(|p| !p.findings.is_empty() && statement.claims.is_empty());
        if statement.topic.is_some() || paragraphs.is_empty() || after_findings {
            let topic = statement.topic.as_deref();
            paragraphs.push(Paragraph { topic, sentences: vec![], findings: vec![] });
        }
        let Some(paragraph) = paragraphs.last_mut() else { continue };
        match paragraph.findings.last_mut() {
            _ if statement.claims.is_empty() => paragraph.sentences.push(statement),
            Some(finding) if finding[0].claims == statement.claims => finding.push(statement),
            _ => paragraph.findings.push(vec![statement]),
        }
    }
    paragraphs
}

/// What decided a claim: in a word, the strongest sentence, its probability; both sides where both decide.
fn decisions(checked: &CheckedClaim) -> Vec<(&'static str, &Evidence, f32)> {
    let Some(verdict) = &checked.verdict else { return vec![] };
    let is_firm = |e: &Evidence| e.strength == Some(Strength::Firm);
    let for_it = verdict
        .evidence_for
        .first()
        .map(|e| (if is_firm(e) { "Supported" } else { "Supported, but not surely," }, e, e.probability.entailment));
    let against = verdict.evidence_against.first().map(|e| {
        (if is_firm(e) { "Contradicted" } else { "Contradicted, but not surely," }, e, e.probability.contradiction)
    });
    for_it.into_iter().chain(against).collect()
}

impl<'a> Gathered<'a> {
    /// Claims of one label, most confident first, then in the report's order.
    pub fn with(&self, label: Label) -> Vec<&'a CheckedClaim> {
        let mut claims: Vec<&CheckedClaim> = self.claims.iter().filter(|c| c.label() == Some(label)).collect();
        let confidence = |c: &CheckedClaim| c.verdict.as_ref().and_then(|v: &Verdict| v.confidence).unwrap_or(0.0);
        claims.sort_by(|a, b| confidence(b).total_cmp(&confidence(a)));
        claims
    }

    /// Names of the sources that answered.
    pub fn answered(&self) -> Vec<&'static str> {
        self.sources(|state| matches!(state, SourceState::Answered { .. } | SourceState::LeftOut { records: 1.. }))
    }

    /// Names of the sources that did not.
    pub fn silent(&self) -> Vec<&'static str> {
        self.sources(|state| !matches!(state, SourceState::Answered { .. } | SourceState::LeftOut { .. }))
    }

    /// Says of the sources that the reader went on without that they are missing.
    pub fn left_out(&self, prose: &mut Prose) {
        let left = self.sources(|state| matches!(state, SourceState::LeftOut { .. }));
        if !left.is_empty() {
            let (were, only) = if left.len() == 1 { ("was", "it") } else { ("were", "they") };
            prose.counted(format!(
                "{} {were} left out by the reader: what else only {only} would have returned is missing.",
                shown::list(&left)
            ));
        }
    }

    fn sources(&self, are: impl Fn(&SourceState) -> bool) -> Vec<&'static str> {
        self.record.sources.iter().filter(|outcome| are(&outcome.state)).map(|outcome| outcome.source.name()).collect()
    }

    /// Facets that no paper kept names, in quotation marks.
    pub fn uncovered(&self) -> Vec<String> {
        self.facets.iter().filter(|f| f.papers.is_empty()).map(|f| shown::quoted(&f.phrase)).collect()
    }
}
