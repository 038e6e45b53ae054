//! The results beside the table of papers, and the limitations of the run.

use super::{
    CheckedClaim, Statement, methodology,
    prose::{Gathered, Prose},
    shown::{count, list, quoted, sentence_part},
};
use crate::{
    paper::{Notice, Paper, PaperId},
    record::WarningKind,
    review::{Rating, calibrated},
    verify::{Evidence, Label},
};

/// Labels of claims that other papers decide, in the order in which they are told.
const DECIDED: [Label; 5] =
    [Label::Supported, Label::LeansSupported, Label::Contested, Label::Refuted, Label::LeansRefuted];
/// Claims of one label quoted, at most; section 5 lists all.
const QUOTED: usize = 4;

/// What the papers leave open, and the findings that other papers decide.
pub fn results(g: &Gathered) -> Vec<Statement> {
    let mut prose = Prose::default();
    if g.record.papers.is_empty() {
        prose.counted(if g.answered().is_empty() {
            "No source could be asked, so there are no results."
        } else {
            "No paper found is on the topic, so there are no results."
        });
        return prose.finish();
    }
    let uncovered = g.uncovered();
    if !uncovered.is_empty() {
        prose.topic("Not covered").counted(format!("No paper kept names {}.", any(&uncovered)));
    }
    decided(&mut prose, g);
    prose.finish()
}

fn any(items: &[String]) -> String {
    match items {
        [head @ .., last] if !head.is_empty() => format!("{} or {last}", head.join(", ")),
        _ => list(items),
    }
}

/// The findings that other papers decide; two that contradict each other are told once, side by side.
fn decided(prose: &mut Prose, g: &Gathered) {
    let mut told: Vec<&CheckedClaim> = Vec::new();
    prose.topic("Cross-checked findings");
    for label in DECIDED {
        let claims: Vec<&CheckedClaim> = g.with(label).into_iter().filter(|claim| !answered_by(claim, &told)).collect();
        let Some(first) = claims.first() else { continue };
        let one = if claims.len() == 1 { "One finding came out as" } else { "These findings came out as" };
        prose.counted(format!("{one} {}:", quoted(&first.came_out())));
        for checked in claims.iter().take(QUOTED) {
            prose.claim(g, checked);
            if let Some(evidence) = objection(checked).filter(|_| label != Label::Supported) {
                prose.objection(&checked.claim.id, evidence);
            }
        }
        if claims.len() > QUOTED {
            prose.counted(format!("{} more of them stand in section 5.", claims.len() - QUOTED));
        }
        told.extend(claims);
    }
    if told.is_empty() && !g.claims.is_empty() {
        prose.counted("No finding is decided by another paper; section 5 lists what was tested.");
    }
}

/// The strongest sentence against a claim.
fn objection(checked: &CheckedClaim) -> Option<&Evidence> {
    checked.verdict.as_ref().and_then(|verdict| verdict.evidence_against.first())
}

/// Whether a claim is the very sentence that speaks against one already told.
fn answered_by(checked: &CheckedClaim, told: &[&CheckedClaim]) -> bool {
    told.iter().any(|other| objection(other).is_some_and(|evidence| evidence.quote == checked.claim.text))
}

/// The limitations, specific to this run.
pub fn limitations(g: &Gathered) -> Vec<Statement> {
    let mut prose = Prose::default();
    searching(&mut prose, g);
    reading(&mut prose, g);
    model(&mut prose, g);
    prose.editorial(
        "The answer counts papers and weighs none: a large trial and a small survey count alike, and papers that repeat \
         one error agree.",
    );
    if g.review.rating == Rating::VeryLow {
        prose.editorial("Do not rest a decision on this report.");
    }
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
    g.left_out(prose);
    if !g.record.asked.is_empty() {
        prose.editorial(
            "Only the first records that each source returned were seen; papers that it ranks lower are missed.",
        );
    }
    for warning in g.record.warnings.iter().filter(|warning| warning.kind == WarningKind::Limit) {
        prose.counted(format!("{}.", sentence_part(&warning.message)));
    }
}

fn reading(prose: &mut Prose, g: &Gathered) {
    let flow = g.flow;
    if flow.abstract_only > 0 {
        prose.counted(format!(
            "{} of {} could be read only as abstracts: what stands in their full texts is missed.",
            flow.abstract_only,
            count(flow.kept, "paper"),
        ));
    }
    if flow.unread > 0 {
        prose.counted(format!("Of {} no text could be read, only the title.", count(flow.unread, "paper")));
    }
    let marked = |is: &dyn Fn(&Paper) -> bool| -> Vec<PaperId> {
        g.record.papers.iter().map(|r| &r.paper).filter(|paper| is(paper)).map(|paper| paper.id.clone()).collect()
    };
    let is_of = |paper: &Paper, notice: Notice| paper.notice == Some(notice);
    for (papers, became) in [
        (marked(&|paper| paper.retracted && !is_of(paper, Notice::Withdrawn)), "retracted"),
        (marked(&|paper| is_of(paper, Notice::Withdrawn)), "withdrawn"),
        (marked(&|paper| is_of(paper, Notice::Concern)), "under an expression of concern"),
        (marked(&|paper| is_of(paper, Notice::Corrected)), "corrected"),
    ] {
        match papers.len() {
            0 => {}
            1 => _ = prose.citing(format!("1 paper kept is marked as {became}:"), papers),
            n => _ = prose.citing(format!("{n} papers kept are marked as {became}:"), papers),
        }
    }
    prose.editorial("Retractions are known only where a source marks them in its records.");
}

fn model(prose: &mut Prose, g: &Gathered) {
    let model = g.record.decider();
    if !calibrated(model) {
        let origin = model.thresholds.note.as_deref();
        prose.counted(format!(
            "The model's probabilities are not calibrated: read them as a ranking. Its thresholds come from {}.",
            origin.map_or("nowhere that its manifest names".into(), |note| quoted(sentence_part(note))),
        ));
    }
    let mut wrong: Vec<(&str, f64)> = methodology::accuracies(model);
    wrong.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    match wrong[..] {
        [] => {}
        [(set, accuracy)] => {
            _ = prose.counted(format!("On {set} the model mislabels about {:.0} of 100 pairs.", missed(accuracy)))
        }
        [(_, best), .., (set, worst)] => {
            _ = prose.counted(format!(
                "On test sets the model mislabels {:.0} to {:.0} of 100 sentence pairs, most on {set}.",
                missed(best),
                missed(worst)
            ));
        }
    }
}

/// Wrong pairs in a hundred.
fn missed(accuracy: f64) -> f64 {
    100.0 * (1.0 - accuracy)
}
