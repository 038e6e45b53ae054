//! Which findings are quoted: the strongest of each side, the most direct, and two that disagree.

use super::{
    Disagreement, Found, Params, Row, can_be_quoted,
    count::{Counting, confidence},
};
use crate::{
    paper::PaperId,
    stance::{Finding, Kind, Stance},
    text::terms,
};
use std::collections::BTreeSet;

/// The strongest finding of each side, then the most direct of the papers that take none.
pub(super) fn by_side(rows: &[Row<'_>], counting: Counting<'_>) -> Vec<Found> {
    let params = counting.params;
    let says =
        |stances: &'static [Stance]| counting.sided(rows).filter(move |row| stances.contains(&row.stance.stance));
    let ids = |stances: &'static [Stance]| says(stances).map(|row| row.paper.id.clone());
    let mut found = Vec::new();
    for (side, other) in [
        (&[Stance::Yes][..], &[Stance::No, Stance::NoDifference][..]),
        (&[Stance::No][..], &[Stance::Yes][..]),
        (&[Stance::NoDifference][..], &[Stance::Yes][..]),
        (&[Stance::Mixed][..], &[][..]),
    ] {
        let strongest = strongest(says(side));
        if let Some((row, finding)) = strongest.and_then(|row| Some((row, row.stance.finding.as_ref()?))) {
            let others = ids(side).filter(|id| *id != row.paper.id);
            let papers = [row.paper.id.clone()].into_iter().chain(others).collect();
            found.push(Found { text: finding.text.clone(), papers, against: ids(other).collect() });
        }
    }
    found.sort_by_key(|found: &Found| std::cmp::Reverse(found.papers.len()));
    let quoted: BTreeSet<PaperId> = found.iter().filter_map(|found| found.papers.first().cloned()).collect();
    let rest = rows.iter().filter(|row| !quoted.contains(&row.paper.id) && can_be_quoted(row, params));
    let room = params.findings.saturating_sub(found.len());
    found.extend(distinct(rest, params).into_iter().take(room));
    found
}

/// The row whose stance is the most probable.
fn strongest<'r, 'a: 'r>(rows: impl Iterator<Item = &'r Row<'a>>) -> Option<&'r Row<'a>> {
    rows.fold(None, |best: Option<&Row<'_>>, row| match best {
        Some(best) if confidence(best.stance) >= confidence(row.stance) => Some(best),
        _ => Some(row),
    })
}

/// The findings of rows in their order, one a row; a row that says what an earlier one said joins it.
pub(super) fn distinct<'r, 'a: 'r>(rows: impl Iterator<Item = &'r Row<'a>>, params: &Params) -> Vec<Found> {
    let mut found: Vec<(BTreeSet<String>, Found)> = Vec::new();
    let own = |row: &&Row<'_>| row.stance.finding.as_ref().is_some_and(|finding| finding.kind == Kind::Finding);
    let (findings, others): (Vec<&Row<'_>>, Vec<&Row<'_>>) = rows.partition(own);
    for row in findings.into_iter().chain(others) {
        let Some(Finding { text, .. }) = &row.stance.finding else { continue };
        let words: BTreeSet<String> = terms(text).into_iter().collect();
        if let Some((_, same)) = found.iter_mut().find(|(other, _)| overlap(&words, other) >= params.same) {
            same.papers.push(row.paper.id.clone());
        } else if found.len() < params.findings {
            found.push((words, Found { text: text.clone(), papers: vec![row.paper.id.clone()], against: Vec::new() }));
        }
    }
    found.into_iter().map(|(_, found)| found).collect()
}

fn overlap(words: &BTreeSet<String>, other: &BTreeSet<String>) -> f32 {
    words.intersection(other).count() as f32 / words.len().min(other.len()).max(1) as f32
}

/// The strongest finding for and against, and what the two papers state differently.
pub(super) fn disagreement(rows: &[Row<'_>], counting: Counting<'_>) -> Option<Disagreement> {
    let with = |stances: &'static [Stance]| {
        strongest(counting.sided(rows).filter(move |row| stances.contains(&row.stance.stance)))
    };
    let (one, other) = (with(&[Stance::Yes])?, with(&[Stance::No, Stance::NoDifference])?);
    let value = |stated: &Option<crate::study::Stated>| stated.as_ref().map(|stated| stated.value.clone());
    let year = |row: &Row<'_>| row.paper.year.map(|year| year.to_string());
    let stated = [
        ("design", value(&one.study.design), value(&other.study.design)),
        ("studied", value(&one.study.population), value(&other.study.population)),
        ("size", value(&one.study.sample), value(&other.study.sample)),
        ("year", year(one), year(other)),
    ];
    let differences = stated
        .into_iter()
        .filter_map(|(what, one, other)| Some((what, one?, other?)))
        .filter(|(_, one, other)| one != other)
        .map(|(what, one, other)| format!("{what}: {one} and {other}"))
        .collect();
    Some(Disagreement { on_one_side: one.paper.id.clone(), on_the_other: other.paper.id.clone(), differences })
}
