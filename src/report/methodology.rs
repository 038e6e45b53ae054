//! The methodology: what was done, every limit that applied, and the verdict rule in words.

use super::{
    Statement,
    prose::{Gathered, Prose},
    shown::{count, list, outcome, sentence_part, threshold},
};
use crate::{
    nli::{Calibration, DirectionAllowances, Manifest, NumberAllowances, SignificanceAllowances},
    review::{Rating, WHAT_THE_PANEL_IS, calibrated},
    verify::{MIN_OVERLAP_TO_REFUTE, MIN_OVERLAP_TO_SUPPORT},
};
use serde_json::Value;
use std::fmt::Write;

/// The methodology of the run.
pub fn methodology(g: &Gathered) -> Vec<Statement> {
    let mut prose = Prose::default();
    search(&mut prose, g);
    selection(&mut prose, g);
    claims(&mut prose, g);
    model(&mut prose, &g.record.model);
    verdicts(&mut prose, &g.record.model);
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
    prose.counted(format!(
        "Thresholds: {} for supported and {} for refuted{}.",
        threshold(model.thresholds.supported),
        threshold(model.thresholds.refuted),
        note(&model.thresholds.note)
    ));
    let measured = metrics(model);
    if measured.is_empty() {
        prose.counted("The model's manifest names no measured accuracy.");
    } else {
        let shown: Vec<String> = measured.iter().map(|(name, value)| format!("{name} {value:.3}")).collect();
        prose.counted(format!("Measured on labelled data, by its manifest: {}.", list(&shown)));
    }
}

/// What is done to the logits.
fn divided(calibration: &Calibration) -> String {
    let Calibration { temperature, growth, doubt, opposite, numbers, significance, direction, .. } = calibration;
    let mut said = String::from("logits are ");
    if *opposite > 0.0 {
        let _ = write!(
            said,
            "added to {opposite} times those of the claim's opposite, of which those of entailment and contradiction are \
             exchanged, and "
        );
    }
    let _ = write!(said, "divided by a temperature of {temperature}");
    if *growth > 0.0 {
        let _ = write!(said, " times ((words of the sentence + 1) / 31)^{growth}");
    }
    if *doubt > 0.0 {
        let _ = write!(
            said,
            " and, where the claim's numbers follow from those of the sentence or are others, 1 + {doubt}"
        );
    }
    let NumberAllowances { stated, computed, differ } = numbers;
    if *numbers != NumberAllowances::default() {
        let _ = write!(
            said,
            "; where the claim's numbers are among those of the sentence {:+} is added for entailment and {:+} for \
             contradiction, where they follow from them {:+} and {:+}, where they are others {:+} and {:+}, all of this \
             times 2 / numbers of the sentence where it has more than two",
            stated.entailment,
            stated.contradiction,
            computed.entailment,
            computed.contradiction,
            differ.entailment,
            differ.contradiction
        );
    }
    let SignificanceAllowances { both, neither, differ } = significance;
    if *significance != SignificanceAllowances::default() {
        let _ = write!(
            said,
            "; where claim and sentence both find something significant {:+} and {:+}, where neither does {:+} and {:+}, \
             where only one does {:+} and {:+}",
            both.entailment,
            both.contradiction,
            neither.entailment,
            neither.contradiction,
            differ.entailment,
            differ.contradiction
        );
    }
    let DirectionAllowances { same, opposite } = direction;
    if *direction != DirectionAllowances::default() {
        let _ = write!(
            said,
            "; where both say the same of more and less {:+} and {:+}, where they say the opposite {:+} and {:+}",
            same.entailment, same.contradiction, opposite.entailment, opposite.contradiction
        );
    }
    said
}

/// The measured numbers of the manifest, "data set metric" with value.
pub fn metrics(model: &Manifest) -> Vec<(String, f64)> {
    let of_set = |(set, values): (&String, &Value)| -> Vec<(String, f64)> {
        let values = values.as_object().into_iter().flatten();
        values.filter_map(|(metric, v)| Some((format!("{set} {metric}"), v.as_f64()?))).collect()
    };
    model.metrics.iter().flat_map(of_set).collect()
}

fn verdicts(prose: &mut Prose, model: &Manifest) {
    prose.topic("Verdicts").counted(format!(
        "A claim is supported where a sentence of another paper entails it with probability {} or more and none \
         contradicts it with {} or more; refuted where it is the other way round; contested where both happen; \
         otherwise there is not enough information.",
        threshold(model.thresholds.supported),
        threshold(model.thresholds.refuted)
    ));
    prose.counted(
        "The model reads each sentence twice, alone and in its place, under its paper's title and after the sentence \
         before it; the mean of the two counts.",
    );
    prose.counted(
        "Of a sentence that takes a side the model is asked the claim's opposite too, in nearly the same words (more becomes \
         less, a denial is taken back, or the claim is denied): what supports a claim has to contradict its opposite, and \
         counts for less where it lets both pass.",
    );
    prose.counted(
        "Numbers are compared by themselves, with their units, rounding and bounds, and sums, differences, ratios and \
         shares are worked out: a claim's numbers are stated in a sentence, follow from its numbers, are others, or have \
         no counterpart in it.",
    );
    prose.counted(
        "So is what claim and sentence call statistically significant, by their words for it, by p-values, with 0.05 as the \
         level, and by the confidence intervals of ratios; and whether both say the same of more and less, by two lists of \
         words and, where both compare two sides, by which side is which.",
    );
    prose.counted(format!(
        "A sentence decides only where it shares enough of the claim's words, weighted by how rare they are: {:.0} % to \
         support, {:.0} % to refute.",
        100.0 * MIN_OVERLAP_TO_SUPPORT,
        100.0 * MIN_OVERLAP_TO_REFUTE
    ));
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
