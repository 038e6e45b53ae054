//! The abstract, which begins with the answer, and the introduction.

use super::{
    PaperRow, Statement,
    prose::{Gathered, Prose},
    shown::{count, list, probability, quoted, sentence_part},
};
use crate::{nli::Thresholds, paper::Notice, stance::Stance};

/// The abstract: the answer before any word on method, then how sure it is, what was searched and what was cross-checked.
pub fn summary(g: &Gathered) -> Vec<Statement> {
    let mut prose = Prose::default();
    prose.counted(&g.answer.text);
    sureness(&mut prose, g);
    search(&mut prose, g);
    if !g.record.papers.is_empty() {
        cross_check(&mut prose, g);
    }
    prose.finish()
}

/// By which rule the answer was reached, and how far the reading of the papers can be trusted.
fn sureness(prose: &mut Prose, g: &Gathered) {
    if g.answer.rule.is_empty() {
        return;
    }
    prose.topic("How sure").counted(&g.answer.rule);
    let counted = |row: &&PaperRow| row.counted().is_some_and(|side| side != Stance::Silent);
    let sides: Vec<f32> = g.papers.iter().filter(counted).filter_map(|row| row.sureness()).collect();
    if !sides.is_empty() {
        let mean = sides.iter().sum::<f32>() / sides.len() as f32;
        let read = if sides.len() == 1 {
            "The side counted was".into()
        } else {
            format!("The {} sides counted were", sides.len())
        };
        prose.counted(format!(
            "{read} read with a probability of {:.0} %{}, by the model's own account.",
            100.0 * mean,
            if sides.len() == 1 { "" } else { " on average" }
        ));
    }
    let retracted = g.papers.iter().filter(|row| row.retracted && row.notice != Some(Notice::Withdrawn)).count();
    let of = |notice: Notice| g.papers.iter().filter(|row| row.notice == Some(notice)).count();
    for (papers, became) in [
        (retracted, "retracted"),
        (of(Notice::Withdrawn), "withdrawn"),
        (of(Notice::Concern), "under an expression of concern"),
    ] {
        if papers > 0 {
            prose.counted(format!("{} {became} and never counted.", is_or_are(papers, "paper")));
        }
    }
}

fn is_or_are(n: usize, thing: &str) -> String {
    format!("{} {}", count(n, thing), if n == 1 { "is" } else { "are" })
}

fn search(prose: &mut Prose, g: &Gathered) {
    let (answered, silent, flow) = (g.answered(), g.silent(), g.flow);
    prose.topic("Search");
    if answered.is_empty() {
        prose.counted(format!(
            "{} could be asked, so nothing is known about what the literature says.",
            none_of(&silent)
        ));
        return;
    }
    prose.counted(format!(
        "{} answered on {} with {} of {}.",
        list(&answered),
        g.record.config.date,
        count(flow.records, "record"),
        count(flow.works, "work"),
    ));
    if flow.kept > 0 {
        let (full, only) = (flow.full_text, flow.abstract_only);
        prose.counted(format!(
            "The {} nearest to the question: {full} read in full text, {only} as abstract.",
            flow.kept
        ));
    }
    if !silent.is_empty() {
        let only = if silent.len() == 1 { "it" } else { "they" };
        prose
            .counted(format!("{} could not be asked: what only {only} would have returned is missing.", list(&silent)));
    }
    g.left_out(prose);
    if g.cancelled {
        prose.counted("The run was cancelled; this is what had been found until then.");
    }
}

fn none_of(sources: &[&str]) -> String {
    match sources {
        [] => "No source".into(),
        [one] => format!("Not even {one}, the only source chosen,"),
        several => format!("None of {}", list(several)),
    }
}

/// How the papers' findings fared against sentences of the other papers.
fn cross_check(prose: &mut Prose, g: &Gathered) {
    let (all, counts) = (g.claims.len(), g.counts);
    prose.topic("Cross-check");
    if all == 0 {
        prose.counted("The papers hold no finding on the topic that could be tested against the others.");
        return;
    }
    let tested = all - counts.untested - counts.not_judged;
    prose.counted(match tested {
        0 => format!("None of {} could be tested against another paper.", count(all, "finding")),
        1 => format!("1 finding was tested against sentences of other papers: {}.", list(&counts.tested())),
        n => format!("{n} findings were tested against sentences of other papers: {}.", list(&counts.tested())),
    });
    if tested > 0 && counts.untested > 0 {
        prose.counted(format!("For {} more no other paper has a sentence close enough.", counts.untested));
    }
    if let Some(strictness) = strictness(&g.record.model.thresholds) {
        prose.counted(strictness);
    }
    if counts.not_judged > 0 {
        let were = if counts.not_judged == 1 { "was" } else { "were" };
        prose.counted(format!("{} more {were} not judged before the run ended.", counts.not_judged));
    }
}

/// At which thresholds verdicts stand, and how often they err, where the reader has moved them.
fn strictness(thresholds: &Thresholds) -> Option<String> {
    thresholds.leniency?;
    let Thresholds { supported, refuted, measured, .. } = thresholds;
    let wrong = |label: &str| measured.get(label).map(|measured| format!("{:.0}", 100.0 * measured.wrong));
    let wrong = match (wrong("supported"), wrong("refuted")) {
        (Some(one), Some(other)) => format!("; where measured, {one} and {other} of 100 such verdicts were wrong"),
        _ => String::new(),
    };
    Some(format!(
        "The reader chose the strictness: supported from a probability of {}, refuted from {}{wrong}.",
        probability(*supported),
        probability(*refuted)
    ))
}

/// The introduction: what the question was taken to ask, and what the words mean.
pub fn introduction(g: &Gathered) -> Vec<Statement> {
    let mut prose = Prose::default();
    prose.counted(format!("The question was: {}.", quoted(sentence_part(&g.record.question.text))));
    match &g.answer.proposition {
        Some(proposition) => {
            prose.counted(format!(
                "Every paper was asked whether it finds this: {}.",
                quoted(sentence_part(proposition))
            ));
        }
        None if !g.papers.is_empty() => {
            prose.counted("It asks for no yes or no, so the answer lists what the papers find.");
        }
        None => {}
    }
    let parts: Vec<String> = g.facets.iter().map(|facet| quoted(&facet.phrase)).collect();
    match parts.len() {
        0 => {}
        1 => _ = prose.counted(format!("It is about {}.", list(&parts))),
        _ => _ = prose.counted(format!("Its parts are {}.", list(&parts))),
    }
    prose.editorial("What papers say is quoted word for word; the program only chooses and counts.");
    prose.editorial(
        "A finding is supported where a sentence of another paper entails it and refuted where one contradicts it; \
         neither says that the finding is true.",
    );
    prose.finish()
}
