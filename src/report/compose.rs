//! Composing: the record and the review become a report.

use super::{
    CheckedClaim, DEMONSTRATION, FORMAT, FacetCoverage, Flow, Place, Provenance, Reference, Report, Standing,
    VerdictCounts, abstracts, methodology, prose, results,
};
use crate::{
    claim::Claim,
    paper::{PassageRef, Reading, SourceId},
    record::{Record, WarningKind},
    relevance::{self, Ranked},
    review::{Review, contested},
    verify::Label,
};
use std::collections::BTreeSet;

/// Composes the report of a run.
#[must_use]
pub fn compose(record: Record, review: Review) -> Report {
    let claims: Vec<CheckedClaim> = record.claims.iter().map(|claim| check(&record, claim)).collect();
    let flow = flow(&record);
    let counts = verdict_counts(claims.iter());
    let facets = facets(&record, &claims);
    let cancelled = record.warnings.iter().any(|w| w.kind == WarningKind::Cancelled);
    let demonstration = record.config.sources.contains(&SourceId::Demo)
        || record.papers.iter().any(|r| r.paper.sources.contains(&SourceId::Demo));
    let gathered = prose::Gathered {
        record: &record,
        review: &review,
        claims: &claims,
        facets: &facets,
        flow,
        counts,
        cancelled,
        demonstration,
    };
    Report {
        format: FORMAT,
        title: title(&record.question.text),
        question: record.question.text.clone(),
        date: record.config.date.clone(),
        notice: demonstration.then(|| DEMONSTRATION.into()),
        cancelled,
        summary: abstracts::summary(&gathered),
        introduction: abstracts::introduction(&gathered),
        methodology: methodology::methodology(&gathered),
        results: results::results(&gathered),
        limitations: results::limitations(&gathered),
        flow,
        verdicts: counts,
        places: places(&record, &claims),
        references: record.papers.iter().enumerate().map(|(i, r)| reference(i + 1, r)).collect(),
        provenance: Provenance {
            version: env!("CARGO_PKG_VERSION").into(),
            config: record.config.clone(),
            model: record.model.clone(),
        },
        facets,
        claims,
        second_hand: record.second_hand,
        searches: record.asked,
        sources: record.sources,
        excluded: record.excluded,
        review,
        warnings: record.warnings,
    }
}

/// The whole question, never cut, named as what the report is (PRISMA item 1).
fn title(question: &str) -> String {
    let ends = question.ends_with(['?', '!', '.', '…']);
    format!("{question}{} An evidence review", if ends { "" } else { ":" })
}

fn check(record: &Record, claim: &Claim) -> CheckedClaim {
    let verdict = record.verdicts.iter().find(|v| v.claim == claim.id);
    let standing = match verdict {
        None => Standing::NotJudged,
        Some(v) => match v.label {
            Label::Supported => Standing::Supported,
            Label::Refuted => Standing::Refuted,
            Label::NotEnoughInfo if v.tested == 0 => Standing::Untested,
            Label::NotEnoughInfo if contested(v, &record.model) => Standing::Contested,
            Label::NotEnoughInfo => Standing::NotEnoughInfo,
        },
    };
    let paper = record.papers.iter().map(|r| &r.paper).find(|p| p.id == claim.at.paper);
    let facets = paper.map_or_else(Vec::new, |p| relevance::named(&record.question, p, &claim.text));
    CheckedClaim { claim: claim.clone(), standing, facets, verdict: verdict.cloned() }
}

fn flow(record: &Record) -> Flow {
    let read = |reading| record.papers.iter().filter(|r| r.paper.reading == reading).count();
    Flow {
        records: record.records,
        works: record.works,
        excluded: record.excluded.len(),
        kept: record.papers.len(),
        full_text: read(Reading::FullText),
        abstract_only: read(Reading::Abstract),
        unread: read(Reading::Nothing),
        claims_met: record.claims_met,
    }
}

fn verdict_counts<'a>(claims: impl Iterator<Item = &'a CheckedClaim>) -> VerdictCounts {
    let mut counts = VerdictCounts::default();
    for checked in claims {
        *match checked.standing {
            Standing::Supported => &mut counts.supported,
            Standing::Refuted => &mut counts.refuted,
            Standing::Contested => &mut counts.contested,
            Standing::NotEnoughInfo => &mut counts.not_enough_info,
            Standing::Untested => &mut counts.untested,
            Standing::NotJudged => &mut counts.not_judged,
        } += 1;
    }
    counts
}

fn facets(record: &Record, claims: &[CheckedClaim]) -> Vec<FacetCoverage> {
    let coverage = |phrase: &String| {
        let papers = record.papers.iter().filter(|r| r.facets.contains(phrase));
        let naming = claims.iter().filter(|c| c.facets.contains(phrase));
        FacetCoverage {
            phrase: phrase.clone(),
            papers: papers.map(|r| r.paper.id.clone()).collect(),
            claims: naming.clone().map(|c| c.claim.id.clone()).collect(),
            verdicts: verdict_counts(naming),
        }
    };
    record.question.facets.iter().map(|f| coverage(&f.phrase)).collect()
}

/// Addresses of the passages that claims and evidence point to, where what was read has an element to open.
fn places(record: &Record, claims: &[CheckedClaim]) -> Vec<Place> {
    let verdicts = claims.iter().filter_map(|c| c.verdict.as_ref());
    let evidence = verdicts.flat_map(|v| v.evidence_for.iter().chain(&v.evidence_against).chain(&v.grounded));
    let shown = evidence.map(|e| &e.at).chain(claims.iter().map(|c| &c.claim.at));
    let distinct: BTreeSet<&PassageRef> = shown.chain(record.second_hand.iter().map(|c| &c.at)).collect();
    let url = |at: &PassageRef| {
        let paper = record.papers.iter().map(|r| &r.paper).find(|p| p.id == at.paper)?;
        let anchor = paper.passage(at)?.anchor.as_ref()?;
        Some(format!("https://arxiv.org/html/{}#{anchor}", paper.arxiv_id.as_ref()?))
    };
    distinct.into_iter().filter_map(|at| Some(Place { at: at.clone(), url: url(at)? })).collect()
}

fn reference(number: usize, ranked: &Ranked) -> Reference {
    let paper = &ranked.paper;
    Reference {
        number,
        id: paper.id.clone(),
        title: paper.title.clone(),
        authors: paper.authors.clone(),
        year: paper.year,
        venue: paper.venue.clone(),
        doi: paper.doi.clone(),
        arxiv_id: paper.arxiv_id.clone(),
        url: paper.url.clone(),
        reading: paper.reading,
        retracted: paper.retracted,
        demonstration: paper.sources.contains(&SourceId::Demo),
        sources: paper.sources.clone(),
        facets: ranked.facets.clone(),
        coverage: (ranked.coverage * 1000.0).round() / 1000.0,
    }
}
