//! The abstract and the introduction.

use super::{
    CheckedClaim, Statement,
    prose::{Gathered, Prose},
    shown::{count, list, quoted},
};
use crate::{review::Rating, verify::Label};

/// Findings quoted in the abstract, at most; section 3 quotes more and section 5 lists all.
const HIGHLIGHTS: usize = 3;
/// Contradictions quoted in the abstract, at most; the number of all is always given.
const CONTRADICTIONS: usize = 2;

/// The abstract: what was asked, found, supported, contradicted and left open, and how far to trust it.
pub fn summary(g: &Gathered) -> Vec<Statement> {
    let mut prose = Prose::default();
    search(&mut prose, g);
    if !g.record.papers.is_empty() {
        findings(&mut prose, g);
        contradictions(&mut prose, g);
        gaps(&mut prose, g);
    }
    certainty(&mut prose, g);
    prose.finish()
}

fn search(prose: &mut Prose, g: &Gathered) {
    let (answered, silent, flow) = (g.answered(), g.silent(), g.flow);
    prose.topic("Search");
    if g.demonstration {
        prose.counted("The papers were written for this demonstration and are not real literature.");
    }
    if g.cancelled {
        prose.counted("The run was cancelled; this is what had been found until then.");
    }
    if answered.is_empty() {
        prose.counted(format!(
            "The question was {}. None of the {} could be asked ({}), so nothing is known about what the literature says.",
            quoted(&g.record.question.text),
            count(silent.len(), "chosen source"),
            list(&silent)
        ));
        prose.editorial("This is not a finding that no literature exists.");
        return;
    }
    let date = &g.record.config.date;
    prose.counted(format!(
        "The question {} was put to {} on {date}.",
        quoted(&g.record.question.text),
        list(&answered)
    ));
    if !silent.is_empty() {
        prose.counted(format!(
            "{} could not be asked: what only {} would have returned is missing here.",
            list(&silent),
            if silent.len() == 1 { "it" } else { "they" }
        ));
    }
    if flow.records == 0 {
        prose.counted("No record matched: no paper was found that addresses the question.");
    } else if flow.kept == 0 {
        prose.counted(format!(
            "The searches returned {} of {}, and none addresses the question: no paper was kept.",
            count(flow.records, "record"),
            count(flow.works, "work")
        ));
    } else {
        prose.counted(format!(
            "The searches returned {} of {}; {} passed the screening: {} read in full text, {} as abstract only.",
            count(flow.records, "record"),
            count(flow.works, "work"),
            count(flow.kept, "paper"),
            flow.full_text,
            flow.abstract_only,
        ));
    }
}

fn findings(prose: &mut Prose, g: &Gathered) {
    prose.topic("Findings");
    if g.claims.is_empty() {
        prose.counted(format!(
            "No finding on the question's topic could be taken from {}.",
            if g.flow.kept == 1 { "the paper kept".into() } else { format!("the {} papers kept", g.flow.kept) }
        ));
        return;
    }
    let c = g.counts;
    prose.counted(format!(
        "{} tested against passages of other papers: {} supported and {} leaning to it, {} refuted and {} leaning to it, {} \
         contested, {} without enough information to decide; {} had no passage close enough to test{}.",
        was_claims(g.claims.len()),
        c.supported,
        c.leans_supported,
        c.refuted,
        c.leans_refuted,
        c.contested,
        c.not_enough_info,
        c.untested,
        if c.not_judged > 0 {
            format!(" and {} were not judged before the run ended", c.not_judged)
        } else {
            String::new()
        }
    ));
    let upheld = g.with(Label::Supported).into_iter().chain(g.with(Label::LeansSupported));
    let mut sound: Vec<_> = upheld.filter(|c| !g.tainted(c)).collect();
    sound.sort_by_key(|c| std::cmp::Reverse(c.facets.len()));
    if sound.is_empty() {
        prose.counted("No finding is supported by another paper.");
        return;
    }
    let most = sound.len().min(HIGHLIGHTS);
    prose.counted(match (most, sound.len()) {
        (1, 1) => "The supported finding, in its paper's own words:".into(),
        (most, all) if most == all => format!("The {all} supported findings, in the papers' own words:"),
        (most, all) => {
            format!("Of {all} supported findings, the {most} that name most of the question, in the papers' own words:")
        }
    });
    for checked in &sound[..most] {
        prose.claim(g, checked);
    }
}

fn was_claims(n: usize) -> String {
    format!("{} {}", count(n, "finding"), if n == 1 { "was" } else { "were" })
}

fn contradictions(prose: &mut Prose, g: &Gathered) {
    let labels = [Label::Refuted, Label::LeansRefuted, Label::Contested];
    let against: Vec<_> = labels.into_iter().flat_map(|label| g.with(label)).collect();
    if against.is_empty() {
        return;
    }
    // Two sentences that contradict each other are one contradiction to quote.
    let mut quoted: Vec<&CheckedClaim> = Vec::new();
    for checked in &against {
        if !quoted.iter().any(|other| objection(other) == Some(&checked.claim.text)) {
            quoted.push(checked);
        }
    }
    quoted.truncate(CONTRADICTIONS);
    prose.topic("Contradictions").counted(format!(
        "{} contradicted by another paper{}:",
        was_claims(against.len()),
        if against.len() > quoted.len() { format!(", {} quoted here", quoted.len()) } else { String::new() }
    ));
    for checked in quoted {
        prose.claim(g, checked);
        if let Some(evidence) = checked.verdict.as_ref().and_then(|v| v.evidence_against.first()) {
            prose.objection(&checked.claim.id, evidence);
        }
    }
}

/// The strongest sentence against a claim.
fn objection(checked: &CheckedClaim) -> Option<&String> {
    checked.verdict.as_ref().and_then(|v| v.evidence_against.first()).map(|e| &e.quote)
}

/// What the papers kept leave open; the question is answered directly only by papers that name all of it.
fn gaps(prose: &mut Prose, g: &Gathered) {
    let uncovered = g.uncovered();
    prose.topic("Coverage");
    if !uncovered.is_empty() {
        prose.counted(format!("No paper kept names {}.", any(&uncovered)));
    }
    let complete = g.complete();
    let all = g.facets.len();
    if complete.is_empty() {
        prose.counted(format!(
            "No paper kept names all {all} facets of the question, so none addresses it as a whole; the findings bear \
             on parts of it."
        ));
    } else {
        let n = complete.len();
        let verb = if n == 1 { "names" } else { "name" };
        prose.citing(format!("{} of {} {verb} every facet of the question.", n, count(g.flow.kept, "paper")), complete);
    }
}

fn any(items: &[String]) -> String {
    match items {
        [head @ .., last] if !head.is_empty() => format!("{} or {last}", head.join(", ")),
        _ => list(items),
    }
}

fn certainty(prose: &mut Prose, g: &Gathered) {
    let review = g.review;
    prose.topic("Certainty").counted(format!(
        "The panel of five rubrics scores this review {:.1} of 10 ({}){}.",
        review.score,
        review.rating,
        review.cap.map_or(String::new(), |cap| format!(
            "; {} to at most {cap:.1} because {}",
            if review.raw > cap { format!("{:.1} before it was capped", review.raw) } else { "it is capped".into() },
            list(&review.critical.iter().map(ToString::to_string).collect::<Vec<_>>())
        ))
    ));
    if review.rating == Rating::VeryLow {
        prose.editorial("Do not rest a decision on this report.");
    }
}

/// The introduction: what the question was taken to mean and what a verdict says.
pub fn introduction(g: &Gathered) -> Vec<Statement> {
    let mut prose = Prose::default();
    prose.counted(format!("The question was: {}", quoted(&g.record.question.text)));
    let facets: Vec<String> = g.facets.iter().map(|f| quoted(&f.phrase)).collect();
    if facets.is_empty() {
        prose.counted("No facet could be told apart in it.");
    } else {
        prose.counted(format!("It was taken to be about {}: {}.", count(facets.len(), "facet"), list(&facets)));
        prose.counted(
            "A paper addresses the question so far as its title and abstract name these facets; a facet also counts as \
             named where only a broader word for it stands.",
        );
    }
    prose.editorial(
        "Sentences in italics, like this one, are remarks of Probatum's authors; all others count, quote or state a rule that was applied.",
    );
    prose.editorial(
        "This report does not answer in its own words: it quotes findings verbatim from the papers and shows for each \
         what sentences of other papers say of it.",
    );
    prose.editorial(
        "Supported means that another paper's sentence entails the finding, refuted that it contradicts it, contested \
         that papers do both, as read by a language inference model; it does not mean that the finding is true.",
    );
    prose.editorial(
        "A finding leans to one of them where the model is less sure: such verdicts err more often, as section 2 says.",
    );
    prose.finish()
}
