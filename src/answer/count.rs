//! Which papers count, how many say what, and the label that follows.

use super::{Label, Params, Row};
use crate::stance::{Kind, PaperStance, Stance};
use serde::{Deserialize, Serialize};

/// Papers by what they say to the proposition, findings, second-hand statements and assumptions together; retracted ones
/// are not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Counts {
    /// Say that it is so.
    pub yes: usize,
    /// Say the opposite, or deny it.
    pub no: usize,
    /// Say that it depends.
    pub mixed: usize,
    /// Measured it and found no difference.
    pub no_difference: usize,
    /// On the topic or near it, and take no side that could be read.
    pub silent: usize,
}

impl Counts {
    /// Papers that take a side.
    #[must_use]
    pub fn sided(self) -> usize {
        self.yes + self.no + self.mixed + self.no_difference
    }

    fn add(&mut self, stance: Stance) {
        *match stance {
            Stance::Yes => &mut self.yes,
            Stance::No => &mut self.no,
            Stance::Mixed => &mut self.mixed,
            Stance::NoDifference => &mut self.no_difference,
            Stance::Silent => &mut self.silent,
        } += 1;
    }
}

/// Which papers count: those with a finding of their own; where these are too few for a verdict, and it can be had with those
/// that state a side as known or as others' finding, these too.
#[derive(Clone, Copy)]
pub(super) struct Counting<'p> {
    pub(super) params: &'p Params,
    pub(super) with_known: bool,
}

impl<'p> Counting<'p> {
    pub(super) fn of(proposition: Option<&str>, rows: &[Row<'_>], params: &'p Params) -> Self {
        let label = |counting: Self| counting.label(proposition, rows);
        let [own, all] = [false, true].map(|with_known| Self { params, with_known });
        if label(own) == Label::List && label(all) != Label::List { all } else { own }
    }

    /// Whether a paper takes a side that counts: surely enough, and never where it was taken back.
    pub(super) fn takes_a_side(self, row: &Row<'_>) -> bool {
        row.stance.stance != Stance::Silent
            && is_sure(row.stance, self.params)
            && row.stance.finding.as_ref().is_some_and(|found| self.with_known || found.kind == Kind::Finding)
            && row.paper.can_be_evidence()
    }

    pub(super) fn count(self, rows: &[Row<'_>]) -> Counts {
        let mut counts = Counts::default();
        for row in rows.iter().filter(|row| row.paper.can_be_evidence()) {
            counts.add(if self.takes_a_side(row) { row.stance.stance } else { Stance::Silent });
        }
        counts
    }

    /// The label. The only place where it is chosen.
    pub(super) fn label(self, proposition: Option<&str>, rows: &[Row<'_>]) -> Label {
        let (params, counts) = (self.params, self.count(rows));
        let all = counts.sided();
        if proposition.is_none() || all == 0 || (all < params.fewest && (all as f32) < params.sided * on_topic(rows)) {
            return Label::List;
        }
        let share = |count: usize| count as f32 / all as f32;
        let against_yes = counts.no + counts.no_difference;
        if share(counts.yes) >= params.agreement && share(against_yes) < params.contrary {
            Label::Yes
        } else if share(against_yes) >= params.agreement && share(counts.yes) < params.contrary {
            // No difference is against a directed proposition, too; which of the two is said more names the answer.
            if counts.no >= counts.no_difference { Label::No } else { Label::NoDifference }
        } else {
            Label::Mixed
        }
    }

    /// The papers that take a side.
    pub(super) fn sided<'r, 'a>(self, rows: &'r [Row<'a>]) -> impl Iterator<Item = &'r Row<'a>> {
        rows.iter().filter(move |row| self.takes_a_side(row))
    }
}

/// Whether a paper's side was read surely enough to be counted.
#[must_use]
pub fn is_sure(stance: &PaperStance, params: &Params) -> bool {
    confidence(stance) >= params.sure
}

/// How many of the papers are on the topic, by their relevance: it is a probability.
fn on_topic(rows: &[Row<'_>]) -> f32 {
    rows.iter().filter(|row| row.paper.can_be_evidence()).map(|row| row.relevance).sum()
}

/// Whether a paper says of a side, surely enough, that it is known or that others found it: no finding of its own.
pub(super) fn is_known(row: &Row<'_>, params: &Params) -> bool {
    row.stance.stance != Stance::Silent
        && is_sure(row.stance, params)
        && row.stance.finding.as_ref().is_some_and(|finding| finding.kind != Kind::Finding)
        && row.paper.can_be_evidence()
}

/// How probable a paper's own stance is; 0 where the question has no proposition.
pub(super) fn confidence(stance: &PaperStance) -> f32 {
    stance.probability.map_or(0.0, |probability| match stance.stance {
        Stance::Yes => probability.yes,
        Stance::No => probability.no,
        Stance::Mixed => probability.mixed,
        Stance::NoDifference => probability.no_difference,
        Stance::Silent => probability.silent,
    })
}
