//! R3: does every claim stand verbatim in its paper, and does another paper support it? (AMSTAR-2 items 8 and 9)

use super::{Criterion, Lost, Outcome, Reviewer};
use crate::{paper::PaperId, record::Record};
use std::collections::BTreeSet;

pub(super) fn reviewer(record: &Record, claims: &[Outcome]) -> Reviewer {
    let criteria = vec![
        Criterion::of_claims("Claims whose text and evidence equal their spans", claims, "claims listed", |c| {
            c.anchored
        }),
        Criterion::of_claims("Claims tested against another paper", claims, "claims listed", |c| c.tested),
        Criterion::of_claims("Claims supported, or leaning to it", claims, "claims listed", |c| c.upheld),
        own_findings(record, claims.len()),
    ];
    Reviewer::new("R3", "Grounding", "Is every claim verbatim, tested, and supported elsewhere?", 0.30, criteria)
}

fn own_findings(record: &Record, own: usize) -> Criterion {
    let papers: BTreeSet<PaperId> = record.second_hand.iter().map(|c| c.at.paper.clone()).collect();
    let all = own + record.second_hand.len();
    let name = "Claims on topic that are the paper's own finding";
    Criterion::share(name, own, all, "claims met on topic", Lost::papers(papers))
}
