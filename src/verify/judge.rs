//! The verdict. **Nothing else decides what a sentence or a claim comes to**: the panel, the report and the page read the
//! labels, the lists and each sentence's [`Evidence::decides`], and compare no probability with a threshold themselves.

use super::{Decides, Evidence, Label, Params, Probability, Relation, Strength, Verdict, cell, numbers, round, sides};
use crate::{claim::ClaimId, nli::Thresholds, paper::PaperId};
use std::collections::BTreeSet;

/// Decides the verdict on a claim from its scored evidence.
///
/// A sentence of another paper speaks for a claim where entailment is its most probable class, [`Params::floor`] is
/// reached, enough of the claim's words stand in it and the sides of a comparison do not forbid it: *firmly* from [`Thresholds::supported`] on,
/// *leaning* from [`Thresholds::leans_supported`] on. Against it likewise. Then the claim is
///
/// * *supported* where a sentence firmly speaks for it and none against it; *refuted* the other way round;
/// * *leans to supported* where sentences lean to it and none speaks against it, or where one firmly speaks for it and
///   others lean against it; *leans to refuted* the other way round;
/// * *contested* where both sides are equally strong;
/// * *not enough info* where no sentence decides, *untested* where there is none.
#[must_use]
pub fn judge(claim: &ClaimId, evidence: Vec<Evidence>, thresholds: &Thresholds, params: &Params) -> Verdict {
    let tested = evidence.iter().filter(|e| e.relation == Relation::Independent).count();
    weigh(claim.clone(), evidence, tested, Among::OtherPapers, thresholds, params)
}

/// The verdict of [`judge`] where the evidence is of texts at hand, of which nobody knows whether they are papers, or independent
/// of each other or of the claim: its reason speaks of texts.
#[must_use]
pub fn judge_by_texts(claim: &ClaimId, evidence: Vec<Evidence>, thresholds: &Thresholds, params: &Params) -> Verdict {
    let tested = evidence.iter().filter(|e| e.relation == Relation::Independent).count();
    weigh(claim.clone(), evidence, tested, Among::TextsAtHand, thresholds, params)
}

/// The verdict of [`judge`] where only some of the `tested` sentences are in evidence: those that the deep model read again.
#[must_use]
pub fn judge_nearest(
    claim: &ClaimId,
    evidence: Vec<Evidence>,
    tested: usize,
    thresholds: &Thresholds,
    params: &Params,
) -> Verdict {
    weigh(claim.clone(), evidence, tested, Among::OtherPapers, thresholds, params)
}

/// The label that the evidence of a claim comes to: that of [`judge`].
#[must_use]
pub fn label_at(evidence: &[Evidence], thresholds: &Thresholds, params: &Params) -> Label {
    let independent = evidence.iter().filter(|e| e.relation == Relation::Independent);
    let decisions: Vec<Decision> = independent.map(|e| decision(e, thresholds, params)).collect();
    label(decisions.len(), &decisions)
}

/// What a sentence decides, and how strongly.
type Decision = (Decides, Option<Strength>);

fn label(tested: usize, decisions: &[Decision]) -> Label {
    let strongest =
        |side| decisions.iter().filter(|(decides, _)| *decides == side).filter_map(|(_, strength)| *strength).max();
    match (strongest(Decides::For), strongest(Decides::Against)) {
        _ if tested == 0 => Label::Untested,
        (None, None) => Label::NotEnoughInfo,
        (Some(Strength::Firm), None) => Label::Supported,
        (None, Some(Strength::Firm)) => Label::Refuted,
        (for_it, against) if for_it == against => Label::Contested,
        (for_it, against) if for_it > against => Label::LeansSupported,
        _ => Label::LeansRefuted,
    }
}

/// The side that a sentence may take at all, and the probability that the thresholds are held against.
fn side(evidence: &Evidence, params: &Params) -> Option<(Decides, f32)> {
    let Probability { entailment, neutral, contradiction } = evidence.probability;
    let (side, probability) =
        if entailment > contradiction { (Decides::For, entailment) } else { (Decides::Against, contradiction) };
    let counts = probability > neutral
        && entailment.total_cmp(&contradiction).is_ne()
        && probability >= params.floor
        && evidence.overlap >= params.deciding_overlap;
    (counts && [sides::allow, numbers::allow, cell::allow].iter().all(|allow| allow(&evidence.signals, side)))
        .then_some((side, probability))
}

fn decision(evidence: &Evidence, thresholds: &Thresholds, params: &Params) -> Decision {
    let Some((side, probability)) = side(evidence, params) else { return (Decides::None, None) };
    let (leans, firm) = match side {
        Decides::Against => (thresholds.leans_refuted, thresholds.refuted),
        _ => (thresholds.leans_supported, thresholds.supported),
    };
    match probability {
        p if p >= firm => (side, Some(Strength::Firm)),
        p if p >= leans => (side, Some(Strength::Leaning)),
        _ => (Decides::None, None),
    }
}

fn weigh(
    claim: ClaimId,
    mut evidence: Vec<Evidence>,
    tested: usize,
    among: Among,
    thresholds: &Thresholds,
    params: &Params,
) -> Verdict {
    for e in &mut evidence {
        (e.decides, e.strength) = decision(e, thresholds, params);
    }
    let (own, independent): (Vec<_>, Vec<_>) = evidence.into_iter().partition(|e| e.relation == Relation::OwnPaper);
    let decisions: Vec<Decision> = independent.iter().map(|e| (e.decides, e.strength)).collect();
    let label = label(tested, &decisions);
    let deciding = |list: &[Evidence], decides: Decides| -> Vec<Evidence> {
        let mut side: Vec<Evidence> = list.iter().filter(|e| e.decides == decides).cloned().collect();
        strongest_first(&mut side);
        side
    };
    let (mut evidence_for, mut evidence_against) =
        (deciding(&independent, Decides::For), deciding(&independent, Decides::Against));
    let nearest = nearest(independent, params);
    let confidence = match label {
        Label::Supported | Label::LeansSupported => evidence_for.first(),
        Label::Refuted | Label::LeansRefuted => evidence_against.first(),
        Label::Contested => evidence_for.iter().chain(&evidence_against).max_by(|a, b| sided(a).total_cmp(&sided(b))),
        Label::NotEnoughInfo => nearest.first(),
        Label::Untested => None,
    };
    let confidence = confidence.map(|e| round(sided(e)));
    let reason = reason(label, tested, among, &evidence_for, &evidence_against);
    evidence_for.truncate(params.listed);
    evidence_against.truncate(params.listed);
    let grounded = deciding(&own, Decides::For).into_iter().next();
    Verdict { claim, label, confidence, reason, evidence_for, evidence_against, nearest, grounded, tested }
}

/// The sentences that decide nothing, nearest to deciding first.
fn nearest(independent: Vec<Evidence>, params: &Params) -> Vec<Evidence> {
    let mut rest: Vec<Evidence> = independent.into_iter().filter(|e| e.decides == Decides::None).collect();
    strongest_first(&mut rest);
    rest.truncate(params.nearest);
    rest
}

/// Probability of the side that a sentence is nearer to.
fn sided(evidence: &Evidence) -> f32 {
    evidence.probability.entailment.max(evidence.probability.contradiction)
}

/// The most probable first; of equals, in the order of their places.
fn strongest_first(evidence: &mut [Evidence]) {
    evidence.sort_by(|a, b| sided(b).total_cmp(&sided(a)).then_with(|| (&a.at, a.span).cmp(&(&b.at, b.span))));
}

/// What the sentences of a verdict are of, in the words of its reason.
#[derive(Clone, Copy)]
enum Among {
    OtherPapers,
    TextsAtHand,
}

impl Among {
    fn counted(self, count: usize) -> String {
        match self {
            Self::OtherPapers => counted(count, "independent paper"),
            Self::TextsAtHand => format!("{} at hand", counted(count, "text")),
        }
    }
}

/// Why, in a sentence for the reader.
fn reason(label: Label, tested: usize, among: Among, for_it: &[Evidence], against: &[Evidence]) -> String {
    let by = |evidence: &[Evidence]| {
        let papers: BTreeSet<&PaperId> = evidence.iter().map(|e| &e.at.paper).collect();
        format!("{} of {}", counted(evidence.len(), "sentence"), among.counted(papers.len()))
    };
    let (all, none) = match among {
        Among::OtherPapers => ("other papers", "No other paper that was read has a sentence close enough to test it."),
        Among::TextsAtHand => ("the texts at hand", "No sentence of these texts is close enough to test it."),
    };
    match label {
        Label::Untested => none.into(),
        Label::NotEnoughInfo => format!("{} of {all} tested; none decides it.", counted(tested, "sentence")),
        Label::Supported => format!("Entailed by {}.", by(for_it)),
        Label::Refuted => format!("Contradicted by {}.", by(against)),
        Label::LeansSupported if against.is_empty() => format!("Entailed by {}, but not surely.", by(for_it)),
        Label::LeansRefuted if for_it.is_empty() => format!("Contradicted by {}, but not surely.", by(against)),
        Label::LeansSupported => format!("Entailed by {}; less surely contradicted by {}.", by(for_it), by(against)),
        Label::LeansRefuted => format!("Contradicted by {}; less surely entailed by {}.", by(against), by(for_it)),
        Label::Contested => format!("Contested: entailed by {}, contradicted by {}.", by(for_it), by(against)),
    }
}

fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
