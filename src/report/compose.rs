//! Composing: the record and the review become a report.

use super::{
    CheckedClaim, DEMONSTRATION, FORMAT, FacetCoverage, Flow, PaperRow, Place, Provenance, Reference, Report,
    VerdictCounts, abstracts, methodology, prose, results,
};
use crate::{
    answer::{self, Answer},
    claim::Claim,
    paper::{PassageRef, Reading, SourceId},
    record::{Record, WarningKind},
    relevance::{self, Ranked},
    review::Review,
    stance::{self, PaperStance, Stance},
    study::Study,
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
    let answer = answer(&record);
    let corroborated = |answer: &Answer| answer.clone().corroborated(&record.claims, &record.verdicts);
    let other_answers = record.other_answers.iter().map(corroborated).collect();
    let papers = rows(&record);
    let gathered = prose::Gathered {
        record: &record,
        review: &review,
        answer: &answer,
        papers: &papers,
        claims: &claims,
        facets: &facets,
        flow,
        counts,
        cancelled,
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
            deep: record.deep.clone(),
        },
        answer,
        papers,
        facets,
        claims,
        other_answers,
        second_hand: record.second_hand,
        traces: record.traces,
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
    let paper = record.papers.iter().map(|r| &r.paper).find(|p| p.id == claim.at.paper);
    let facets = paper.map_or_else(Vec::new, |p| relevance::named(&record.question, p, &claim.text));
    CheckedClaim { claim: claim.clone(), facets, verdict: verdict.cloned() }
}

/// The record's answer; where the run ended before the papers were asked, one that says so.
fn answer(record: &Record) -> Answer {
    if let Some(answer) = &record.answer {
        return answer.clone().corroborated(&record.claims, &record.verdicts);
    }
    let mut answer = answer::answer(&record.question.text, None, &[], record.searched(), &record.config.params.answer);
    if !record.papers.is_empty() {
        answer.text = "The run ended before the papers found were asked, so there is no answer.".into();
        answer.none = None;
    }
    answer
}

/// A row a paper, the most direct first: papers that take a side, those with a finding of their own, the most relevant;
/// papers that count nowhere last.
fn rows(record: &Record) -> Vec<PaperRow> {
    let read = record.papers.iter().zip(&record.stances).zip(&record.studies);
    let params = &record.config.params.answer;
    let mut rows: Vec<PaperRow> = read.map(|((ranked, stance), study)| row(ranked, stance, study, params)).collect();
    let indirect = |row: &PaperRow| {
        (
            row.counted().is_none(),
            row.stance == Stance::Silent,
            row.finding.is_none(),
            row.kind != stance::Kind::Finding,
        )
    };
    rows.sort_by(|a, b| indirect(a).cmp(&indirect(b)).then_with(|| b.relevance.total_cmp(&a.relevance)));
    rows
}

fn row(ranked: &Ranked, stance: &PaperStance, study: &Study, params: &answer::Params) -> PaperRow {
    let paper = &ranked.paper;
    PaperRow {
        id: paper.id.clone(),
        doi: paper.doi.clone(),
        arxiv_id: paper.arxiv_id.clone(),
        title: paper.title.clone(),
        year: paper.year,
        relevance: ranked.relevance,
        stance: stance.stance,
        probability: stance.probability,
        sure: answer::is_sure(stance, params),
        kind: stance.finding.as_ref().map_or(stance::Kind::Assumption, |finding| finding.kind),
        finding: stance.finding.clone(),
        second: stance.second.clone(),
        study: study.clone(),
        reading: paper.reading,
        retracted: paper.retracted,
        notice: paper.notice,
    }
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
        *match checked.label() {
            Some(Label::Supported) => &mut counts.supported,
            Some(Label::LeansSupported) => &mut counts.leans_supported,
            Some(Label::Contested) => &mut counts.contested,
            Some(Label::LeansRefuted) => &mut counts.leans_refuted,
            Some(Label::Refuted) => &mut counts.refuted,
            Some(Label::NotEnoughInfo) => &mut counts.not_enough_info,
            Some(Label::Untested) => &mut counts.untested,
            None => &mut counts.not_judged,
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
    let evidence =
        verdicts.flat_map(|v| v.evidence_for.iter().chain(&v.evidence_against).chain(&v.nearest).chain(&v.grounded));
    let shown = evidence.map(|e| &e.at).chain(claims.iter().map(|c| &c.claim.at));
    let found = record.stances.iter().flat_map(|stance| [&stance.finding, &stance.second]).flatten().map(|f| &f.at);
    let shown = shown.chain(found);
    let distinct: BTreeSet<&PassageRef> = shown.chain(record.second_hand.iter().map(|c| &c.at)).collect();
    let url = |at: &PassageRef| {
        let paper = record.papers.iter().map(|r| &r.paper).find(|p| p.id == at.paper)?;
        let anchor = paper.passage(at)?.anchor.as_ref()?;
        Some(format!("{}#{anchor}", paper.page.as_ref()?))
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
        notice: paper.notice,
        demonstration: paper.sources.contains(&SourceId::Demo),
        sources: paper.sources.clone(),
        facets: ranked.facets.clone(),
        coverage: (ranked.coverage * 1000.0).round() / 1000.0,
    }
}
