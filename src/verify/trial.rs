//! A claim put to sentences: what the model is asked, and what is made of its answers.

use super::{Candidate, Decides, Evidence, READINGS, Sentences, numbers, probabilities, signals};
use crate::{
    claim::Claim,
    nli::{Calibration, Entailment, Pair},
    read::table,
    text::core,
};

/// What a claim states, as the model is asked it.
#[must_use]
pub fn statement(claim: &Claim) -> String {
    read_as(&claim.text)
}

/// How a sentence of a paper is read, as a claim and as evidence: its [`core`]; what a table's cell says as it is.
pub(super) fn read_as(sentence: &str) -> String {
    if table::cell(sentence).is_some() { sentence.to_owned() } else { core(sentence) }
}

/// A claim and the sentences that it is put to.
pub struct Trial<'a> {
    sentences: &'a Sentences<'a>,
    claim: String,
    candidates: Vec<Candidate>,
}

impl<'a> Trial<'a> {
    /// Puts a claim to some of the sentences.
    #[must_use]
    pub fn of(claim: &str, candidates: Vec<Candidate>, sentences: &'a Sentences<'a>) -> Self {
        Self { sentences, claim: claim.into(), candidates }
    }

    /// The pairs that test the claim: two a sentence.
    #[must_use]
    pub fn pairs(&self) -> Vec<Pair> {
        let pair = |premise: String| Pair { hypothesis: numbers::rewritten(&self.claim, &premise), premise };
        self.candidates.iter().flat_map(|candidate| self.sentences.premises(candidate).map(pair)).collect()
    }

    /// What its sentences are evidence of, in order, by the scores of [`Trial::pairs`]; nothing is decided yet. Sentences without
    /// scores are left out.
    #[must_use]
    pub fn evidence(self, scores: &[Entailment], calibration: &Calibration) -> Vec<Evidence> {
        let scored = self.candidates.iter().zip(scores.as_chunks().0);
        scored.filter_map(|(candidate, scores)| self.weighed(candidate, &mean(scores), calibration)).collect()
    }

    /// The sentences nearest to deciding by the scores of [`Trial::pairs`], at most `most`, in their order: what a deeper model
    /// is asked about.
    #[must_use]
    pub fn nearest(&self, scores: &[Entailment], most: usize) -> Vec<Candidate> {
        let scored = scores.as_chunks().0.iter().map(mean);
        let sided = |score: Entailment| score.entailment.max(score.contradiction) - score.neutral;
        let mut ranked: Vec<(f32, usize)> = scored.map(sided).zip(0..).collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut chosen: Vec<usize> = ranked.into_iter().take(most).map(|(_, place)| place).collect();
        chosen.sort_unstable();
        chosen.into_iter().filter_map(|place| self.candidates.get(place).cloned()).collect()
    }

    fn weighed(&self, candidate: &Candidate, scored: &Entailment, calibration: &Calibration) -> Option<Evidence> {
        let passage = self.sentences.passage(&candidate.at)?;
        let quote = candidate.span.of(&passage.text);
        let signals = signals(&read_as(quote), &self.claim);
        Some(Evidence {
            at: candidate.at.clone(),
            relation: candidate.relation,
            passage: passage.text.clone(),
            span: candidate.span,
            quote: quote.into(),
            overlap: candidate.overlap,
            probability: probabilities(scored, &signals, calibration).rounded(),
            signals,
            decides: Decides::None,
            strength: None,
        })
    }
}

/// The mean of the logits of a sentence's two readings, so that neither a title nor a missing context decides by itself.
fn mean([one, other]: &[Entailment; READINGS]) -> Entailment {
    Entailment {
        entailment: f32::midpoint(one.entailment, other.entailment),
        neutral: f32::midpoint(one.neutral, other.neutral),
        contradiction: f32::midpoint(one.contradiction, other.contradiction),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_readings_count_alike() {
        let reading = |entailment, contradiction| Entailment { entailment, neutral: 0.0, contradiction };
        let (entails, refutes) = (reading(3.0, -1.0), reading(-1.0, 3.0));
        assert_eq!(mean(&[entails, refutes]), reading(1.0, 1.0));
        assert_eq!(mean(&[refutes, entails]), mean(&[entails, refutes]));
    }
}
