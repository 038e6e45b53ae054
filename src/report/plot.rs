//! A plot of the evidence: per claim the strongest sentence for and against it, with the thresholds. The same numbers
//! stand in the table under it. Coloured by class and never by style attributes, which the page's CSP refuses.

use super::{
    CheckedClaim, Report,
    html::escape,
    shown::{probability, threshold},
};
use crate::verify::Verdict;
use std::fmt::Write;

/// Left edge of the scale, in user units; room for a claim's id.
const LEFT: f32 = 34.0;
/// Length of the scale from probability 0 to 1, in user units.
const LENGTH: f32 = 300.0;
/// Height of a row, in user units.
const ROW: f32 = 16.0;
/// Room above the rows for the scale's labels, in user units.
const TOP: f32 = 30.0;

/// Strongest probability for and against a claim among the sentences that decide it.
pub fn strongest(checked: &CheckedClaim) -> (Option<f32>, Option<f32>) {
    let verdict = checked.verdict.as_ref();
    let entailment = |v: &Verdict| v.evidence_for.iter().map(|e| e.probability.entailment).reduce(f32::max);
    let contradiction = |v: &Verdict| v.evidence_against.iter().map(|e| e.probability.contradiction).reduce(f32::max);
    (verdict.and_then(entailment), verdict.and_then(contradiction))
}

fn x(p: f32) -> f32 {
    LEFT + LENGTH * p.clamp(0.0, 1.0)
}

/// The plot as SVG, where any claim is decided.
pub fn evidence(report: &Report) -> Option<String> {
    let decided = |c: &&CheckedClaim| strongest(c) != (None, None);
    let rows: Vec<&CheckedClaim> = report.claims.iter().filter(decided).collect();
    if rows.is_empty() {
        return None;
    }
    let height = TOP + ROW * rows.len() as f32 + 6.0;
    let thresholds = &report.provenance.decider().thresholds;
    let mut svg = String::new();
    let _ = write!(
        svg,
        "<svg class=\"plot\" viewBox=\"0 0 {:.0} {height:.0}\" role=\"img\" aria-labelledby=\"plot-title plot-desc\">\
         <title id=\"plot-title\">Strongest evidence for and against each claim</title>\
         <desc id=\"plot-desc\">One row for each of {} decided claims, on a scale of probability from 0 to 1: a disc \
         for the strongest sentence of another paper for it, a diamond for the strongest against it. Lines mark the \
         thresholds, {} for supported and {} for refuted. The table below holds the same numbers.</desc>",
        LEFT + LENGTH + 14.0,
        rows.len(),
        threshold(thresholds.supported),
        threshold(thresholds.refuted),
    );
    scale(&mut svg, height, thresholds.supported, thresholds.refuted);
    for (i, checked) in rows.iter().enumerate() {
        row(&mut svg, TOP + ROW * (i as f32 + 0.5), checked);
    }
    svg.push_str("</svg>");
    Some(svg)
}

fn scale(svg: &mut String, height: f32, supported: f32, refuted: f32) {
    let bottom = height - 6.0;
    for p in [0.0, 0.25, 0.5, 0.75, 1.0] {
        let at = x(p);
        let _ = write!(
            svg,
            "<line class=\"grid\" x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"{TOP}\" y2=\"{bottom:.0}\"/>\
             <text class=\"tick\" x=\"{at:.1}\" y=\"{:.0}\" text-anchor=\"middle\">{p}</text>",
            TOP - 5.0
        );
    }
    for (class, threshold) in [("supported", supported), ("refuted", refuted)] {
        let at = x(threshold);
        let _ = write!(
            svg,
            "<line class=\"threshold {class}\" x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"{:.0}\" y2=\"{bottom:.0}\"/>",
            TOP - 18.0
        );
    }
    let (at, text) = if supported.total_cmp(&refuted).is_eq() {
        (x(supported), "both thresholds")
    } else {
        (x(supported.max(refuted)), "thresholds")
    };
    let _ = write!(svg, "<text class=\"tick\" x=\"{:.1}\" y=\"10\" text-anchor=\"end\">{text}</text>", at - 4.0);
}

fn row(svg: &mut String, y: f32, checked: &CheckedClaim) {
    let id = escape(&checked.claim.id.0);
    let (for_it, against) = strongest(checked);
    let _ = write!(
        svg,
        "<text class=\"tick\" x=\"{:.0}\" y=\"{:.1}\" text-anchor=\"end\">{id}</text>\
         <line class=\"row\" x1=\"{LEFT}\" x2=\"{:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>",
        LEFT - 6.0,
        y + 3.5,
        LEFT + LENGTH
    );
    if let Some(p) = against {
        let at = x(p);
        let (l, r, t, b) = (at - 4.5, at + 4.5, y - 4.5, y + 4.5);
        let _ = write!(
            svg,
            "<path class=\"against\" d=\"M{l:.1} {y:.1} {at:.1} {t:.1} {r:.1} {y:.1} {at:.1} {b:.1}Z\">\
             <title>{id}, against: {}</title></path>",
            probability(p)
        );
    }
    if let Some(p) = for_it {
        let _ = write!(
            svg,
            "<circle class=\"for\" cx=\"{:.1}\" cy=\"{y:.1}\" r=\"3.8\"><title>{id}, for: {}</title></circle>",
            x(p),
            probability(p)
        );
    }
}
