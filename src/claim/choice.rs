//! Which claims are tested: a set number a paper, spread over the papers, none twice.

use crate::{claim::Claim, text::terms};
use std::collections::BTreeSet;

/// Share of the smaller of two claims' words that they must have in common to be one claim said twice, as an abstract
/// and its conclusion often do.
const SAME_CLAIM: f32 = 0.8;

/// Chooses the claims to test: the most check-worthy of each paper, at most `per_paper`, taken in turn over the papers
/// (in their order) until there are `limit`. A sentence that repeats a chosen one of its paper is passed over. The
/// result is ordered by paper, then by place.
#[must_use]
pub fn choose(by_paper: Vec<Vec<Claim>>, per_paper: usize, limit: usize) -> Vec<Claim> {
    let mut shortlists: Vec<Vec<Claim>> = by_paper.into_iter().map(|claims| shortlist(claims, per_paper)).collect();
    let mut kept = vec![0; shortlists.len()];
    let mut left = limit;
    for round in 0..per_paper {
        for (kept, list) in kept.iter_mut().zip(&shortlists) {
            if left > 0 && round < list.len() {
                *kept += 1;
                left -= 1;
            }
        }
    }
    for (list, kept) in shortlists.iter_mut().zip(kept) {
        list.truncate(kept);
        list.sort_by(|a, b| (&a.at, a.span).cmp(&(&b.at, b.span)));
    }
    shortlists.concat()
}

/// The most check-worthy claims of one paper, best first, without repetitions.
fn shortlist(mut claims: Vec<Claim>, per_paper: usize) -> Vec<Claim> {
    claims.sort_by(|a, b| b.worth.total_cmp(&a.worth).then_with(|| (&a.at, a.span).cmp(&(&b.at, b.span))));
    let mut chosen: Vec<(Claim, BTreeSet<String>)> = Vec::new();
    for claim in claims {
        if chosen.len() == per_paper {
            break;
        }
        let words: BTreeSet<String> = terms(&claim.text).into_iter().collect();
        if !chosen.iter().any(|(_, other)| repeats(&words, other)) {
            chosen.push((claim, words));
        }
    }
    chosen.into_iter().map(|(claim, _)| claim).collect()
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

    fn claim(paper: &str, start: usize, text: &str, worth: f32) -> Claim {
        Claim {
            id: ClaimId(String::new()),
            at: PassageRef { paper: PaperId(paper.into()), section: 0, passage: 0 },
            span: Span { start, end: start + text.len() },
            text: text.into(),
            section: "Results".into(),
            section_kind: SectionKind::Results,
            voice: Voice::Own,
            worth,
            cues: Vec::new(),
        }
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
