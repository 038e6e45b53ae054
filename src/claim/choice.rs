//! Which claims are tested: what a paper finds on the question before all else, then those closest to the question; one of
//! each paper before a second of any, none twice.

use super::{Claim, words::Words};
use crate::{
    paper::{Paper, PassageRef},
    question::Question,
    relevance::Near,
    text::{Span, terms},
};
use std::collections::BTreeSet;

/// Share of the smaller of two claims' words that they must have in common to be one claim said twice, as an abstract
/// and its conclusion often do.
const SAME_CLAIM: f32 = 0.8;

/// Closeness to the question ([`Near::closeness`]) below which a claim is about something else.
const LEAST_CLOSENESS: f32 = 0.3;

/// What a sentence keeps of its value that praises the paper's own method: it is true of any method and answers nothing.
const PRAISE: f32 = 0.2;

/// A claim with its value for the question.
#[derive(Clone, Debug, PartialEq)]
pub struct Weighed {
    /// The claim.
    pub claim: Claim,
    /// Closeness to the question times worth, in `0.0..=1.0`, and 1 more for the paper's finding; a ranking aid, not a
    /// probability.
    pub value: f32,
}

/// The claims of a paper that are about the question, each with its value. `finding` is where the paper says what it finds on
/// the question: the answer quotes that sentence, so it is what a reader wants tested.
#[must_use]
pub fn weigh(
    question: &Question,
    paper: &Paper,
    claims: Vec<Claim>,
    finding: Option<(&PassageRef, Span)>,
) -> Vec<Weighed> {
    let near = Near::of(question, paper);
    let weighed = claims.into_iter().filter_map(|claim| {
        let closeness = near.closeness(&claim.text);
        let kept = if praises_itself(&Words::of(&claim.text)) { PRAISE } else { 1.0 };
        let found = finding.is_some_and(|(at, span)| *at == claim.at && span.overlaps(claim.span));
        let value = closeness * claim.worth * kept + f32::from(u8::from(found));
        (found || closeness >= LEAST_CLOSENESS).then_some(Weighed { value, claim })
    });
    weighed.collect()
}

/// "Our method beats the state of the art by 3 %".
fn praises_itself(words: &Words) -> bool {
    let own = words.has("our|proposed|propose|we");
    let compared = words.has("state-of-the-art|sota|baseline|baselines|counterparts|competitors");
    let wins = words.has(
        "outperform|outperforms|outperformed|outperforming|surpass|surpasses|surpassed|surpassing|exceed|exceeds|\
         exceeded|beat|beats|superior|achieve|achieves|achieved|achieving",
    );
    wins && (compared || own && words.has("method|approach|framework|model|system|algorithm|pipeline|architecture"))
}

/// Chooses the claims to test, at most `per_paper` of a paper and `limit` in all: the best of each paper first, the
/// most valuable before others, then the second of each, and so on. A sentence that repeats a chosen one of its paper
/// is passed over. The result is ordered by paper, then by place.
#[must_use]
pub fn choose(by_paper: Vec<Vec<Weighed>>, per_paper: usize, limit: usize) -> Vec<Claim> {
    let mut candidates: Vec<(usize, usize, Weighed)> = Vec::new();
    for (paper, claims) in by_paper.into_iter().enumerate() {
        let listed = shortlist(claims, per_paper).into_iter().enumerate();
        candidates.extend(listed.map(|(round, weighed)| (round, paper, weighed)));
    }
    candidates.sort_by(|(round, paper, a), (other_round, other_paper, b)| {
        round.cmp(other_round).then(b.value.total_cmp(&a.value)).then(paper.cmp(other_paper))
    });
    candidates.truncate(limit);
    candidates.sort_by(|(_, paper, a), (_, other_paper, b)| {
        paper.cmp(other_paper).then_with(|| (&a.claim.at, a.claim.span).cmp(&(&b.claim.at, b.claim.span)))
    });
    candidates.into_iter().map(|(_, _, weighed)| weighed.claim).collect()
}

/// The most valuable claims of one paper, best first, without repetitions.
fn shortlist(mut claims: Vec<Weighed>, per_paper: usize) -> Vec<Weighed> {
    let place = |weighed: &Weighed| (weighed.claim.at.clone(), weighed.claim.span);
    claims.sort_by(|a, b| b.value.total_cmp(&a.value).then_with(|| place(a).cmp(&place(b))));
    let mut chosen: Vec<(Weighed, BTreeSet<String>)> = Vec::new();
    for weighed in claims {
        if chosen.len() == per_paper {
            break;
        }
        let words: BTreeSet<String> = terms(&weighed.claim.text).into_iter().collect();
        if !chosen.iter().any(|(_, other)| repeats(&words, other)) {
            chosen.push((weighed, words));
        }
    }
    chosen.into_iter().map(|(weighed, _)| weighed).collect()
}

#[allow(clippy::cast_precision_loss, reason = "word counts of a sentence")]
fn repeats(words: &BTreeSet<String>, other: &BTreeSet<String>) -> bool {
    let shorter = words.len().min(other.len()).max(1);
    words.intersection(other).count() as f32 / shorter as f32 >= SAME_CLAIM
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        claim::{ClaimId, Voice},
        paper::{PaperId, PassageRef, SectionKind},
        text::Span,
    };

    fn claim(paper: &str, start: usize, text: &str, value: f32) -> Weighed {
        let claim = Claim {
            id: ClaimId(String::new()),
            at: PassageRef { paper: PaperId(paper.into()), section: 0, passage: 0 },
            span: Span { start, end: start + text.len() },
            text: text.into(),
            section: "Results".into(),
            section_kind: SectionKind::Results,
            voice: Voice::Own,
            worth: value,
            cues: Vec::new(),
        };
        Weighed { claim, value }
    }

    #[test]
    fn what_the_paper_finds_on_the_question_comes_first() {
        let question = Question::parse("Do naps improve recall?").unwrap();
        let paper = Paper { title: "Naps and recall in adults".into(), ..Paper::default() };
        let texts = ["Naps improved recall of adults in both groups", "Sleep at noon helped memory"];
        let claims: Vec<Claim> = (0..).zip(texts).map(|(n, text)| claim("a", n * 100, text, 0.5).claim).collect();
        let told = |finding: Option<(&PassageRef, Span)>| {
            let weighed = weigh(&question, &paper, claims.clone(), finding);
            choose(vec![weighed], 1, 1).into_iter().next().unwrap().text
        };
        assert_eq!(told(None), texts[0]);
        assert_eq!(told(Some((&claims[1].at, claims[1].span))), texts[1]);
    }

    #[test]
    fn spreads_over_papers_before_it_takes_a_second_of_any() {
        let first = vec![claim("a", 0, "Naps improved recall", 0.9), claim("a", 50, "Caffeine reduced sleep", 0.8)];
        let second = vec![claim("b", 0, "Exercise raised mood", 0.2)];
        let chosen = choose(vec![first, second], 5, 2);
        let papers: Vec<&str> = chosen.iter().map(|c| c.at.paper.0.as_str()).collect();
        assert_eq!(papers, ["a", "b"]);
    }

    #[test]
    fn where_not_every_paper_has_its_turn_the_most_valuable_findings_have() {
        let papers =
            vec![vec![claim("a", 0, "Naps improved recall", 0.2)], vec![claim("b", 0, "Naps raised mood", 0.9)]];
        assert_eq!(choose(papers, 5, 1)[0].at.paper.0, "b");
    }

    #[test]
    fn praise_of_the_own_method_is_told_from_a_finding() {
        let praises = |text: &str| praises_itself(&Words::of(text));
        assert!(
            praises("Our method beats the state of the art by 3 %.") && praises("NapNet outperforms all baselines.")
        );
        assert!(praises("The proposed framework achieves an accuracy of 93 %."));
        assert!(
            !praises("Naps outperformed caffeine in a word test.") && !praises("We found that naps improve recall.")
        );
    }

    #[test]
    fn takes_the_most_check_worthy_and_returns_them_in_reading_order() {
        let claims = vec![
            claim("a", 0, "Naps improved recall of words", 0.5),
            claim("a", 50, "Caffeine reduced sleep length", 0.1),
            claim("a", 90, "Exercise raised mood scores", 0.9),
        ];
        let starts: Vec<usize> = choose(vec![claims], 2, 9).iter().map(|c| c.span.start).collect();
        assert_eq!(starts, [0, 90]);
    }

    #[test]
    fn a_finding_said_twice_is_taken_once() {
        let claims = vec![
            claim("a", 0, "Short naps improved word recall by twelve percent", 0.9),
            claim("a", 80, "In summary, short naps improved word recall by twelve percent", 0.8),
        ];
        assert_eq!(choose(vec![claims], 5, 9).len(), 1);
    }
}
