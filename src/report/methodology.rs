//! The methodology: what was done, every limit that applied, and the verdict rule in words.

use super::{
    Statement,
    prose::{Gathered, Prose},
    shown::{count, list, outcome, sentence_part, threshold},
};
use crate::{
    nli::{Calibration, Manifest, Thresholds},
    review::{Rating, WHAT_THE_PANEL_IS, calibrated},
    verify::SIGNALS,
};
use serde_json::Value;

/// The methodology of the run.
pub fn methodology(g: &Gathered) -> Vec<Statement> {
    let mut prose = Prose::default();
    search(&mut prose, g);
    selection(&mut prose, g);
    claims(&mut prose, g);
    model(&mut prose, &g.record.model);
    verdicts(&mut prose, g);
    panel(&mut prose);
    prose.finish()
}

fn search(prose: &mut Prose, g: &Gathered) {
    let (record, unasked) = (g.record, g.record.asked.iter().filter(|a| a.records.is_none()).count());
    prose.topic("Search").counted(match record.asked.len() {
        0 => "No search was sent over the network.".into(),
        n => format!(
            "On {}, {} sent to {}; each is listed below exactly as sent.",
            record.config.date,
            if n == 1 { "1 search was".into() } else { format!("{n} searches were") },
            count(record.sources.len(), "source"),
        ),
    });
    for ended in &record.sources {
        prose.counted(format!("{} {}.", ended.source.name(), sentence_part(&outcome(&ended.state))));
    }
    if unasked > 0 {
        prose.counted(format!(
            "{} of the searches could not be asked, which is not the same as finding nothing.",
            unasked
        ));
    }
    if record.config.relay.is_some() {
        prose.counted("arXiv's search was asked through a relay that the reader entered.");
    }
}

fn selection(prose: &mut Prose, g: &Gathered) {
    let (flow, config) = (g.flow, &g.record.config);
    prose.topic("Merging and screening").counted(format!(
        "The {} were merged into {}: records are one work where they share a DOI or an arXiv id, or the normalised \
         title with year and first author.",
        count(flow.records, "record"),
        count(flow.works, "distinct work"),
    ));
    prose.counted(
        "Works were ranked by Okapi BM25 of the question over title and abstract; a work that does not speak of every \
         side of the question, or only in passing, was set aside, each facet weighing by its kind and its rarity.",
    );
    prose.counted(format!(
        "At most {} could be kept: {} kept and {} set aside, each listed with its reason.",
        count(config.max_papers, "paper"),
        flow.kept,
        flow.excluded
    ));
    prose.topic("Reading").counted(format!(
        "Full texts were tried for at most {}: {} read in full, {} as abstract only, {} not at all.",
        count(config.max_full_texts, "paper"),
        flow.full_text,
        flow.abstract_only,
        flow.unread
    ));
}

fn claims(prose: &mut Prose, g: &Gathered) {
    let (record, config) = (g.record, &g.record.config);
    prose.topic("Claims").counted(
        "A claim is one whole sentence, verbatim, that states a finding, a comparison or a number; aims, methods and \
         announcements are not taken, and a sentence that reports somebody else's result is second-hand.",
    );
    prose.counted(format!(
        "{} met in the papers kept; {} on the question's topic and kept for testing, at most {} in all and {} from \
         one paper.",
        if record.claims_met == 1 {
            "1 own finding was".into()
        } else {
            format!("{} own findings were", record.claims_met)
        },
        if record.claims.len() == 1 { "1 was".into() } else { format!("{} were", record.claims.len()) },
        config.max_claims,
        config.max_claims_per_paper,
    ));
    prose.counted(format!(
        "{} met on the topic: listed apart, neither tested nor counted.",
        if record.second_hand.len() == 1 {
            "1 second-hand claim was".into()
        } else {
            format!("{} second-hand claims were", record.second_hand.len())
        }
    ));
    prose.counted(format!(
        "Each claim was compared with at most {} of other papers, never of its own paper or of a duplicate of it; \
         other sentences of its own paper were compared apart, to see whether it is grounded.",
        count(config.passages_per_claim, "passage")
    ));
}

fn model(prose: &mut Prose, model: &Manifest) {
    prose.topic("Model").counted(format!(
        "Sentences were compared by the language inference model {} (sha256 {}), which reads at most {} a pair; longer \
         pairs are read in overlapping windows.",
        model.name,
        model.sha256,
        count(model.max_tokens, "token")
    ));
    for (name, said) in
        [("Network", &model.architecture), ("Made small by", &model.quantization), ("Note", &model.note)]
    {
        if let Some(said) = said {
            prose.counted(format!("{name}: {}.", sentence_part(said)));
        }
    }
    let note = |note: &Option<String>| note.as_ref().map_or(String::new(), |n| format!(" ({})", sentence_part(n)));
    prose.counted(format!(
        "Calibration: {}{}.",
        if calibrated(model) {
            divided(&model.calibration)
        } else {
            "none; the probabilities are the model's own and may be too sure".into()
        },
        note(&model.calibration.note)
    ));
    prose.counted(format!("Thresholds: {}{}.", thresholds(&model.thresholds), note(&model.thresholds.note)));
    let measured = metrics(model);
    if measured.is_empty() {
        prose.counted("The model's manifest names no measured accuracy.");
    } else {
        let shown: Vec<String> = measured.iter().map(|(name, value)| format!("{name} {value:.3}")).collect();
        prose.counted(format!("Measured on labelled data, by its manifest: {}.", list(&shown)));
    }
}

/// What is done to the logits; the allowances stand with the provenance.
fn divided(calibration: &Calibration) -> String {
    let signals: Vec<&str> = calibration.signals.keys().map(String::as_str).collect();
    let added =
        if signals.is_empty() { String::new() } else { format!(", then what the signals add ({})", list(&signals)) };
    format!("logits are divided by a temperature of {}{added}", calibration.temperature)
}

/// The thresholds with what was measured at each.
fn thresholds(thresholds: &Thresholds) -> String {
    let all = [
        ("supported", "supported", thresholds.supported),
        ("leansSupported", "leans to supported", thresholds.leans_supported),
        ("refuted", "refuted", thresholds.refuted),
        ("leansRefuted", "leans to refuted", thresholds.leans_refuted),
    ];
    let told = all.map(|(name, shown, value)| {
        let measured = thresholds
            .measured
            .get(name)
            .map_or(String::new(), |m| format!(", {:.0} % wrong where measured", 100.0 * m.wrong));
        format!("{} for {shown}{measured}", threshold(value))
    });
    list(&told)
}

/// The measured numbers of the manifest, "data set metric" with value.
pub fn metrics(model: &Manifest) -> Vec<(String, f64)> {
    let of_set = |(set, values): (&String, &Value)| -> Vec<(String, f64)> {
        let values = values.as_object().into_iter().flatten();
        values.filter_map(|(metric, v)| Some((format!("{set} {metric}"), v.as_f64()?))).collect()
    };
    model.metrics.iter().flat_map(of_set).collect()
}

fn verdicts(prose: &mut Prose, g: &Gathered) {
    let (thresholds, params) = (&g.record.model.thresholds, &g.record.config.verify);
    prose.topic("Verdicts").counted(format!(
        "A sentence of another paper decides a claim where entailment or contradiction is its most probable class: firmly from \
         {} for and {} against, leaning from {} and {}, and never below {}.",
        threshold(thresholds.supported),
        threshold(thresholds.refuted),
        threshold(thresholds.leans_supported),
        threshold(thresholds.leans_refuted),
        threshold(params.floor),
    ));
    prose.counted(
        "A claim is supported where a sentence firmly entails it and none speaks against it, and refuted the other way round.",
    );
    prose.counted(
        "It leans to one of them where the deciding sentences only lean, or the other side is the weaker one; it is contested \
         where both sides are equally strong.",
    );
    prose.counted(
        "The model reads each sentence twice, alone and in its place, under its paper's title and after the sentence \
         before it; the mean of the two counts.",
    );
    for signal in SIGNALS {
        prose.counted(signal.about);
    }
    prose.counted(
        "What the claim's own paper says never decides, and neither does a sentence that reports somebody else's result.",
    );
}

fn panel(prose: &mut Prose) {
    prose.topic("Panel").counted(WHAT_THE_PANEL_IS);
    prose.counted(
        "A critical failure caps the score at half of the scale, two or more at a quarter, so that no merit makes good \
         a fatal flaw.",
    );
    prose.counted(format!("In words: {}.", Rating::CUT_OFFS));
}
