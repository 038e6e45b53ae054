//! A claim put to sentences: what the model is asked, and what is made of its answers.

use super::{Candidate, Decides, Evidence, Opposed, READINGS, Sentences, opposite, probabilities, signals};
use crate::{
    claim::Claim,
    nli::{Calibration, Entailment, Pair},
};

/// What a claim states, as the model is asked it.
#[must_use]
pub fn statement(claim: &Claim) -> String {
    read_as(&claim.text)
}

/// How a sentence of a paper is read, as a claim and as evidence.
pub(super) fn read_as(sentence: &str) -> String {
    sentence.into()
}

/// A claim, its [`opposite`] where it has one, and the sentences that both are put to.
pub struct Trial<'a> {
    sentences: &'a Sentences<'a>,
    claim: String,
    opposite: Option<String>,
    candidates: Vec<Candidate>,
}

impl<'a> Trial<'a> {
    /// Puts a claim to some of the sentences.
    #[must_use]
    pub fn of(claim: &str, candidates: Vec<Candidate>, sentences: &'a Sentences<'a>) -> Self {
        Self { sentences, claim: claim.into(), opposite: opposite(claim), candidates }
    }

    /// The pairs that test the claim: two a sentence.
    #[must_use]
    pub fn pairs(&self) -> Vec<Pair> {
        self.candidates.iter().flat_map(|candidate| self.readings(candidate, &self.claim)).collect()
    }

    /// The pairs that test its opposite, once those of [`Trial::pairs`] are scored: two for each sentence that takes a side.
    #[must_use]
    pub fn opposed(&self, scores: &[Entailment]) -> Vec<Pair> {
        let Some(opposite) = &self.opposite else { return Vec::new() };
        let asked = self.candidates.iter().zip(scores.as_chunks().0).filter(|(_, scores)| takes_a_side(&mean(scores)));
        asked.flat_map(|(candidate, _)| self.readings(candidate, opposite)).collect()
    }

    /// What its sentences are evidence of, in order, by the scores of [`Trial::pairs`] and of [`Trial::opposed`]. Sentences without
    /// scores are left out.
    #[must_use]
    pub fn evidence(self, scores: &[Entailment], opposed: &[Entailment], calibration: &Calibration) -> Vec<Evidence> {
        let mut opposed = opposed.as_chunks().0.iter().map(mean);
        let mut evidence = Vec::new();
        for (candidate, scores) in self.candidates.iter().zip(scores.as_chunks().0) {
            let scored = mean(scores);
            let is_asked = self.opposite.is_some() && takes_a_side(&scored);
            let opposed = if is_asked { opposed.next() } else { None };
            evidence.extend(self.weighed(candidate, &scored, opposed.as_ref(), calibration));
        }
        evidence
    }

    fn readings(&self, candidate: &Candidate, statement: &str) -> [Pair; READINGS] {
        self.sentences.premises(candidate).map(|premise| Pair { premise, hypothesis: statement.into() })
    }

    fn weighed(
        &self,
        candidate: &Candidate,
        scored: &Entailment,
        opposed: Option<&Entailment>,
        calibration: &Calibration,
    ) -> Option<Evidence> {
        let passage = self.sentences.passage(&candidate.at)?;
        let quote = candidate.span.of(&passage.text);
        let read = read_as(quote);
        let signals_of = |statement: &str| signals(&read, statement);
        let probability = |statement: &str, scored: &Entailment, opposed: Option<&Entailment>| {
            probabilities(scored, opposed, &signals_of(statement), calibration).rounded()
        };
        Some(Evidence {
            at: candidate.at.clone(),
            relation: candidate.relation,
            passage: passage.text.clone(),
            span: candidate.span,
            quote: quote.into(),
            overlap: candidate.overlap,
            signals: signals_of(&self.claim),
            probability: probability(&self.claim, scored, opposed),
            opposite: self.opposite.as_ref().zip(opposed).map(|(opposite, opposed)| Opposed {
                claim: opposite.clone(),
                probability: probability(opposite, opposed, None),
            }),
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

/// Whether the model, by itself, takes a sentence for or against a claim: only then can it decide, and is the claim's opposite worth asking.
#[must_use]
pub fn takes_a_side(scored: &Entailment) -> bool {
    scored.entailment.max(scored.contradiction) > scored.neutral
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::tests::{first_sentence, paper};

    fn reading(entailment: f32, contradiction: f32) -> Entailment {
        Entailment { entailment, neutral: 0.0, contradiction }
    }

    #[test]
    fn both_readings_count_alike() {
        let (entails, refutes) = (reading(3.0, -1.0), reading(-1.0, 3.0));
        assert_eq!(mean(&[entails, refutes]), reading(1.0, 1.0));
        assert_eq!(mean(&[refutes, entails]), mean(&[entails, refutes]));
    }

    #[test]
    fn a_sentence_that_takes_a_side_is_asked_the_opposite() {
        let own = paper("a", "Naps", "Short daytime naps improved word recall in healthy older adults.");
        let other =
            paper("b", "Naps too", "Word recall of older adults improved after naps. Older adults took short naps.");
        let sentences = Sentences::of([&own, &other]);
        let claim = first_sentence(&own);
        let trial = || Trial::of(&claim.text, sentences.candidates(&claim, 8), &sentences);
        assert_eq!(trial().pairs().len(), 4);
        let scores = [reading(2.0, 0.0), reading(2.0, 0.0), reading(-1.0, -1.0), reading(-1.0, -1.0)];
        let asked = trial().opposed(&scores);
        let turned = "Short daytime naps worsened word recall in healthy older adults.";
        assert_eq!(asked.len(), 2, "two readings of the sentence that takes a side");
        assert!(
            asked
                .iter()
                .zip(trial().pairs())
                .all(|(asked, pair)| asked.hypothesis == turned && asked.premise == pair.premise)
        );
        let calibration = Calibration { opposite: 0.5, ..Calibration::none() };
        let of = |opposed: Entailment| trial().evidence(&scores, &[opposed, opposed], &calibration);
        let (told_apart, not) = (of(reading(0.0, 2.0)), of(reading(2.0, 0.0)));
        assert!(told_apart[0].probability.entailment > not[0].probability.entailment);
        let opposite = not[0].opposite.as_ref().unwrap();
        assert_eq!(opposite.claim, turned);
        assert!(opposite.probability.entailment > opposite.probability.contradiction);
        assert!(not[1].opposite.is_none(), "a sentence that takes no side is not asked");
        assert_eq!(not[1].probability, told_apart[1].probability);
    }
}
