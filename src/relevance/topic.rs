//! Which facets of a question a text shows, and whether it speaks of every side of the question.

use super::{acronym, bm25::idf};
use crate::{
    question::{Facet, FacetKind, Question, Side},
    text::terms,
};
use std::collections::BTreeMap;

/// How far apart the words of a phrase may stand beyond its length, in terms: "naps that are short".
const SLACK: usize = 2;

/// What a broader term counts for: "nap" for "short daytime naps".
const BROADER: f32 = 0.5;

/// What a single mention outside the title counts for.
const PASSING: f32 = 0.75;

/// Terms between two mentions that count as two: "natural language inference (NLI)" is one.
const APART: usize = 6;

/// Weight of a facet by its kind. A name has no paraphrase; a circumstance is shared by papers of any topic.
fn weight(kind: FacetKind) -> f32 {
    match kind {
        FacetKind::Name => 2.0,
        FacetKind::Concept => 1.0,
        FacetKind::Circumstance => 0.4,
    }
}

/// The terms of a text with their places.
pub(super) struct Text {
    places: BTreeMap<String, Vec<usize>>,
    /// Terms of the title; 0 for a text without one.
    title: usize,
}

impl Text {
    pub(super) fn new(title: &str, text: &str) -> Self {
        Self::of_terms(&terms(title), &terms(text))
    }

    pub(super) fn of_terms(title: &[String], text: &[String]) -> Self {
        let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (place, term) in title.iter().chain(text).enumerate() {
            places.entry(term.clone()).or_default().push(place);
        }
        Self { places, title: title.len() }
    }

    fn at(&self, term: &str) -> &[usize] {
        self.places.get(term).map_or(&[], Vec::as_slice)
    }

    /// Where the group begins: its terms in order and close together, or in any order and next to each other ("quality
    /// of sleep": stop words are no terms). A number must directly follow its name ("GPT 4", not "GPT on 4 tasks").
    fn mentions(&self, group: &[String]) -> Vec<usize> {
        let [first, rest @ ..] = group else { return Vec::new() };
        let numbered = group.iter().any(|term| term.starts_with(|c: char| c.is_ascii_digit()));
        let reach = group.len() + if numbered { 0 } else { SLACK };
        let next = |term: &String, from: usize, end: usize| {
            self.at(term).iter().copied().find(|&place| place >= from && place < end)
        };
        let in_order =
            |&start: &usize| rest.iter().try_fold(start, |last, term| next(term, last + 1, start + reach)).is_some();
        let in_any_order =
            |&start: &usize| !numbered && group.iter().all(|term| next(term, start, start + group.len()).is_some());
        let ordered = self.at(first).iter().copied().filter(in_order);
        let reordered = rest.iter().flat_map(|term| self.at(term).iter().copied().filter(in_any_order));
        ordered.chain(reordered).collect()
    }

    pub(super) fn has(&self, term: &str) -> bool {
        self.places.contains_key(term)
    }

    /// Whether any of the groups is mentioned.
    pub(super) fn has_any(&self, groups: &[Vec<String>]) -> bool {
        groups.iter().any(|group| match group.as_slice() {
            [term] => self.has(term),
            _ => !self.mentions(group).is_empty(),
        })
    }

    /// How much the text speaks of the facet; half as much where it only uses a broader term.
    fn shows(&self, facet: &Facet) -> f32 {
        let exact = self.speaks_of(&facet.alternatives);
        if exact > 0.0 { exact } else { BROADER * self.speaks_of(&facet.broader) }
    }

    fn speaks_of(&self, groups: &[Vec<String>]) -> f32 {
        let places = || groups.iter().flat_map(|group| self.mentions(group));
        let (Some(first), Some(last)) = (places().min(), places().max()) else { return 0.0 };
        if first < self.title || last - first >= APART { 1.0 } else { PASSING }
    }
}

/// What a text must show: a facet, or one of several that the question compares with each other.
struct Unit {
    facets: Vec<Facet>,
    side: Side,
    kind: FacetKind,
    compared: bool,
    weight: f32,
}

impl Unit {
    fn of(facet: &Facet) -> Self {
        // Compared names stand for each other, so neither is a must.
        let kind = if facet.compared { facet.kind.max(FacetKind::Concept) } else { facet.kind };
        let facets = vec![facet.clone()];
        Self { facets, side: facet.side, kind, compared: facet.compared, weight: weight(kind) }
    }

    fn shown_by(&self, text: &Text) -> f32 {
        self.facets.iter().map(|facet| text.shows(facet)).fold(0.0, f32::max)
    }

    fn phrase(&self) -> String {
        self.facets.iter().map(|facet| facet.phrase.as_str()).collect::<Vec<_>>().join(" or ")
    }
}

/// A question as a text is measured by it.
pub(super) struct Topic {
    units: Vec<Unit>,
}

/// How much a text shows of a [`Topic`], by unit, each in `0.0..=1.0`.
pub(super) struct View(Vec<f32>);

impl Topic {
    /// Facets weighted by their kind alone.
    pub(super) fn of(question: &Question) -> Self {
        let mut units: Vec<Unit> = Vec::new();
        for facet in &question.facets {
            let rival = |unit: &&mut Unit| facet.compared && unit.compared && unit.side == facet.side;
            match units.iter_mut().find(rival) {
                Some(unit) => unit.facets.push(facet.clone()),
                None => units.push(Unit::of(facet)),
            }
        }
        Self { units }
    }

    /// Lets the facets be shown by the acronyms that the texts introduce: "natural language inference (NLI)".
    pub(super) fn learn(mut self, texts: &[String]) -> Self {
        let introduced = acronym::introduced(texts);
        for facet in self.units.iter_mut().flat_map(|unit| &mut unit.facets) {
            let more = acronym::alternatives(facet, &introduced);
            facet.alternatives.extend(more);
        }
        self
    }

    /// Lowers the weight of facets that more than half of the candidates show: the others tell them apart.
    ///
    /// The factor is `idf / ln 2`, at most 1, where `ln 2` is the idf of a facet that half of them show.
    pub(super) fn among(mut self, candidates: &[View]) -> Self {
        for (place, unit) in self.units.iter_mut().enumerate() {
            let showing = candidates.iter().filter(|view| view.0[place] > 0.0).count();
            unit.weight *= (idf(showing, candidates.len()) / std::f32::consts::LN_2).min(1.0);
        }
        self
    }

    pub(super) fn view(&self, text: &Text) -> View {
        View(self.units.iter().map(|unit| unit.shown_by(text)).collect())
    }

    /// Share of the units shown, by weight, in `0.0..=1.0`.
    pub(super) fn coverage(&self, view: &View) -> f32 {
        share(self.units.iter().zip(&view.0))
    }

    /// Phrases of the facets that the text names, each by itself: of things compared with each other only those named.
    pub(super) fn named(&self, text: &Text) -> Vec<String> {
        let facets = self.units.iter().flat_map(|unit| &unit.facets);
        facets.filter(|facet| text.shows(facet) > 0.0).map(|facet| facet.phrase.clone()).collect()
    }

    /// Phrases of the units not shown, circumstances left out: any paper may lack them.
    pub(super) fn missed(&self, view: &View) -> Vec<String> {
        let telling = |unit: &Unit| unit.kind != FacetKind::Circumstance;
        let missed = self.units.iter().zip(&view.0).filter(|(unit, shown)| telling(unit) && **shown == 0.0);
        missed.map(|(unit, _)| unit.phrase()).collect()
    }

    /// The terms of each facet that the text shows in full, by whatever name.
    pub(super) fn exact(&self, text: &Text) -> Vec<Vec<String>> {
        let facets = self.units.iter().flat_map(|unit| &unit.facets);
        facets.filter(|facet| text.has_any(&facet.alternatives)).map(|facet| terms(&facet.phrase)).collect()
    }
}

/// Share of the weight that is shown, in `0.0..=1.0`.
fn share<'a>(units: impl Iterator<Item = (&'a Unit, &'a f32)>) -> f32 {
    let (met, all) = units.fold((0.0, 0.0), |(met, all), (unit, shown)| (met + unit.weight * shown, all + unit.weight));
    if all > 0.0 { met / all } else { 0.0 }
}
