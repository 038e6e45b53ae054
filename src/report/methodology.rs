//! The methodology in plain words. Every limit, threshold and formula stands in the appendix, under its name in the JSON.

use super::{
    Statement,
    prose::{Gathered, Prose},
    shown::{count, list},
};
use crate::{
    nli::Manifest,
    paper::PaperId,
    record::{Asked, Record},
};
use std::collections::BTreeSet;

/// The methodology of the run, in at most 150 words: it is read by people who came for the answer.
pub fn methodology(g: &Gathered) -> Vec<Statement> {
    let (record, flow) = (g.record, g.flow);
    let mut prose = Prose::default();
    let (along, searches): (Vec<&Asked>, Vec<&Asked>) = record.asked.iter().partition(|a| a.citations.is_some());
    prose.counted(match searches.len() {
        0 => "No search was sent over the network.".into(),
        n => format!(
            "On {}, {} to {}; the appendix lists them word for word.",
            record.config.date,
            if n == 1 { "1 search was sent".into() } else { format!("{n} searches were sent") },
            count(record.sources.len(), "source"),
        ),
    });
    if let Some(followed) = followed(record, &along) {
        prose.counted(followed);
    }
    prose.counted(format!(
        "Records of one work were merged, and works were ranked by how well title and abstract fit the question; {} of at \
         most {} were kept.",
        flow.kept, record.config.max_papers
    ));
    if flow.kept == 0 {
        return prose.finish();
    }
    prose.counted(format!("{} read in full text, the others as abstracts.", was_or_were(flow.full_text, "paper")));
    prose.counted(if g.answer.proposition.is_some() {
        "A small language model read the likeliest sentences of each paper against the statement, and so decided which \
         side the paper takes."
    } else {
        "Of each paper the sentence was chosen that most likely states what it finds on the question."
    });
    prose.counted(
        "Own findings of the papers were then tested with the same model against sentences of other papers, never against \
         their own.",
    );
    if let Some(deep) = &record.deep {
        prose.counted(match (deep.stances, deep.verdicts) {
            (true, true) => "A larger model then read again what could decide; sides and verdicts are by its word.",
            (true, false) => {
                "A larger model then read the papers again; sides are by its word, verdicts by the small one's."
            }
            (false, _) => {
                "A larger model was to read again what could decide, but did not finish; nothing rests on it."
            }
        });
    }
    prose.counted(
        "A verdict needs a sentence whose probability reaches a threshold; thresholds, error rates where measured, and all \
         settings stand in the appendix.",
    );
    prose.finish()
}

/// What came of following citations; nothing where none were followed.
fn followed(record: &Record, along: &[&Asked]) -> Option<String> {
    let names = |is: &dyn Fn(&Asked) -> bool| -> BTreeSet<&str> {
        along.iter().filter(|asked| is(asked)).map(|asked| asked.source.name()).collect()
    };
    let answered = names(&|asked| asked.records.is_some());
    let sources: Vec<&str> = names(&|_| true).into_iter().collect();
    let silent: Vec<&str> = sources.iter().copied().filter(|source| !answered.contains(source)).collect();
    let of = along.iter().filter_map(|asked| asked.citations.as_ref()).flat_map(|citations| &citations.of);
    let seeds = match of.collect::<BTreeSet<&PaperId>>().len() {
        1 => "the nearest work cites, and what cites it".into(),
        n => format!("the {n} nearest works cite, and what cites them"),
    };
    let kept = record.papers.iter().filter(|ranked| ranked.paper.by_citation).count();
    let came = match along.iter().filter_map(|asked| asked.records).sum() {
        _ if answered.is_empty() => "no answer came".into(),
        0 => "no record came".into(),
        n => format!("{} came; {} kept that no search had found", count(n, "record"), was_or_were(kept, "paper")),
    };
    let but = if answered.is_empty() || silent.is_empty() {
        String::new()
    } else {
        format!("; {} did not answer", list(&silent))
    };
    let asked = if sources.len() == 1 { "was" } else { "were" };
    (!along.is_empty()).then(|| format!("{} {asked} also asked what {seeds}: {came}{but}.", list(&sources)))
}

fn was_or_were(n: usize, thing: &str) -> String {
    format!("{} {}", count(n, thing), if n == 1 { "was" } else { "were" })
}

/// The share of labelled pairs that the model gets right, by data set, as far as its manifest says.
pub fn accuracies(model: &Manifest) -> Vec<(&str, f64)> {
    let sets = model.metrics.iter();
    sets.filter_map(|(set, values)| Some((set.as_str(), values.get("accuracy")?.as_f64()?))).collect()
}
