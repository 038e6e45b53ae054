//! The results, by facet of the question, and the limitations of the run.

use super::{
    CheckedClaim, Statement, methodology,
    prose::{Gathered, Prose},
    shown::{count, list, quoted, sentence_part, threshold},
};
use crate::{paper::PaperId, record::WarningKind, review::calibrated, verify::Label};

/// The labels of claims that other papers decide, in the order in which they are told.
const DECIDED: [Label; 5] =
    [Label::Supported, Label::LeansSupported, Label::Refuted, Label::LeansRefuted, Label::Contested];
/// Claims of one label quoted under a facet, at most; section 5 lists all.
const QUOTED: usize = 4;

/// The results.
pub fn results(g: &Gathered) -> Vec<Statement> {
    let mut prose = Prose::default();
    coverage(&mut prose, g);
    let mut left: Vec<&CheckedClaim> = DECIDED.into_iter().flat_map(|label| g.with(label)).collect();
    if left.is_empty() && !g.claims.is_empty() {
        prose
            .topic("Synthesis")
            .counted("No sentence of another paper decides any of the claims; all are listed in section 5.");
    }
    for facet in g.facets {
        let (bearing, rest) = left.into_iter().partition(|c| c.facets.contains(&facet.phrase));
        left = rest;
        group(&mut prose, g, &facet.phrase, &bearing);
    }
    group(&mut prose, g, "Other findings", &left);
    prose.finish()
}

fn coverage(prose: &mut Prose, g: &Gathered) {
    prose.topic("Coverage");
    if g.record.papers.is_empty() {
        prose.counted(if g.answered().is_empty() {
            "No source could be asked, so there are no results."
        } else {
            "No paper found addresses the question, so there are no results."
        });
        return;
    }
    for facet in g.facets {
        prose.counted(format!(
            "{} is named by {} of {} and by {}.",
            quoted(&facet.phrase),
            facet.papers.len(),
            count(g.flow.kept, "paper"),
            count(facet.claims.len(), "claim")
        ));
    }
    let c = g.counts;
    prose.topic("Verdicts").counted(format!(
        "Of {}, {} supported, {} leaning to it, {} refuted, {} leaning to it, {} contested, {} without enough information, \
         {} not tested and {} not judged.",
        count(g.claims.len(), "claim"),
        c.supported,
        c.leans_supported,
        c.refuted,
        c.leans_refuted,
        c.contested,
        c.not_enough_info,
        c.untested,
        c.not_judged
    ));
}

/// A paragraph on the decided claims that name one facet; each claim stands under the first facet it names.
fn group(prose: &mut Prose, g: &Gathered, heading: &str, claims: &[&CheckedClaim]) {
    if claims.is_empty() {
        return;
    }
    let of = |label| claims.iter().copied().filter(move |c: &&CheckedClaim| c.label() == Some(label));
    let tally = |label: Label| {
        let n = of(label).count();
        (n > 0).then(|| format!("{n} {label}"))
    };
    let tallies: Vec<String> = DECIDED.into_iter().filter_map(tally).collect();
    prose.topic(heading).counted(format!("{}: {}.", count(claims.len(), "decided claim"), list(&tallies)));
    for label in DECIDED {
        for checked in of(label).take(QUOTED) {
            prose.claim(g, checked);
            let objection = checked.verdict.as_ref().and_then(|v| v.evidence_against.first());
            if let Some(evidence) = objection {
                prose.objection(&checked.claim.id, evidence);
            }
        }
        let more = of(label).count().saturating_sub(QUOTED);
        if more > 0 {
            prose.counted(format!("{more} more {label} in section 5."));
        }
    }
}

/// The limitations, specific to this run.
pub fn limitations(g: &Gathered) -> Vec<Statement> {
    let mut prose = Prose::default();
    searching(&mut prose, g);
    reading(&mut prose, g);
    testing(&mut prose, g);
    model(&mut prose, g);
    prose.editorial(
        "A verdict compares sentences, not studies: it weighs neither design nor sample nor bias, and two papers that \
         repeat one error support each other.",
    );
    prose.editorial("Read the quoted sentences in their papers before you cite any of this.");
    prose.finish()
}

fn searching(prose: &mut Prose, g: &Gathered) {
    let silent = g.silent();
    if !silent.is_empty() {
        prose.counted(format!(
            "{} of {} could not be asked ({}); what only they hold is missing.",
            silent.len(),
            count(g.record.sources.len(), "source"),
            list(&silent)
        ));
    }
    prose.editorial("Only the first records that each source returned were looked at; papers ranked lower are missed.");
    let limits = g.record.warnings.iter().filter(|w| w.kind == WarningKind::Limit);
    for warning in limits {
        prose.counted(format!("{}.", sentence_part(&warning.message)));
    }
}

fn reading(prose: &mut Prose, g: &Gathered) {
    let flow = g.flow;
    if flow.abstract_only + flow.unread > 0 {
        prose.counted(format!(
            "{} of {} kept ({} %) could be read only as abstract and {} not at all: findings and contradictions in \
             their text are missed.",
            flow.abstract_only,
            count(flow.kept, "paper"),
            100 * flow.abstract_only / flow.kept.max(1),
            flow.unread
        ));
    }
    let retracted: Vec<PaperId> =
        g.record.papers.iter().filter(|r| r.paper.retracted).map(|r| r.paper.id.clone()).collect();
    if !retracted.is_empty() {
        prose.citing(format!("{} kept marked as retracted:", are(retracted.len(), "paper")), retracted);
    }
    prose.editorial("Retractions are known only so far as a source marks them in its search records.");
}

fn are(n: usize, thing: &str) -> String {
    format!("{} {}", count(n, thing), if n == 1 { "is" } else { "are" })
}

fn testing(prose: &mut Prose, g: &Gathered) {
    let c = g.counts;
    let all = count(g.claims.len(), "claim");
    if c.untested > 0 {
        prose.counted(format!("{} of {all} had no passage of another paper close enough to test.", c.untested));
    }
    if c.not_judged > 0 {
        prose.counted(format!("{} of {all} were not judged before the run ended.", c.not_judged));
    }
    if !g.record.second_hand.is_empty() {
        prose.counted(format!("{} not checked at the source.", are(g.record.second_hand.len(), "second-hand claim")));
    }
}

fn model(prose: &mut Prose, g: &Gathered) {
    let model = &g.record.model;
    if !calibrated(model) {
        prose.counted(format!(
            "The probabilities are not calibrated, and the manifest gives {} as the origin of the thresholds of {} and \
             {}: read them as a ranking, not as a chance of being right.",
            model.thresholds.note.as_deref().map_or("nothing".into(), |n| quoted(sentence_part(n))),
            threshold(model.thresholds.supported),
            threshold(model.thresholds.refuted)
        ));
    }
    let accuracies = methodology::metrics(model).into_iter().filter(|(name, _)| name.ends_with("accuracy"));
    let wrong: Vec<String> = accuracies
        .map(|(name, value)| format!("{:.0} of 100 on {}", 100.0 * (1.0 - value), name.trim_end_matches(" accuracy")))
        .collect();
    if !wrong.is_empty() {
        prose.counted(format!("Where it was measured, the model labels wrongly about {}.", list(&wrong)));
    }
}
