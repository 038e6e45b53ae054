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

/// Share of a side's weight below which a paper does not speak of that side.
///
/// Why 0.3: one of three equal facets shows a side (0.33), since few papers share every word of a question. A facet
/// that most candidates have loses weight ([`Topic::among`]) and then does not show the side alone.
const SIDE_SHARE: f32 = 0.3;

const SIDES: [Side; 2] = [Side::First, Side::Second];

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

    /// How much the text speaks of the facet; half as much where it only uses a broader term.
    fn shows(&self, facet: &Facet) -> Shown {
        let (exact, broad) = (self.speaks_of(&facet.alternatives), self.speaks_of(&facet.broader));
        if exact.strength > 0.0 { exact } else { Shown { strength: BROADER * broad.strength, ..broad } }
    }

    fn speaks_of(&self, groups: &[Vec<String>]) -> Shown {
        let places = || groups.iter().flat_map(|group| self.mentions(group));
        let (Some(first), Some(last)) = (places().min(), places().max()) else { return Shown::default() };
        let prominent = first < self.title || last - first >= APART;
        Shown { strength: if prominent { 1.0 } else { PASSING }, prominent }
    }
}

/// How much a text speaks of a facet.
#[derive(Clone, Copy, Default)]
struct Shown {
    /// In `0.0..=1.0`.
    strength: f32,
    /// In the title, or more than once.
    prominent: bool,
}

/// What a text must show: a facet, or one of several that the question compares with each other.
struct Unit {
    facets: Vec<Facet>,
    side: Side,
    kind: FacetKind,
    compared: bool,
    /// Narrows another unit of its side, so it does not carry the side.
    qualifier: bool,
    weight: f32,
}

impl Unit {
    fn of(facet: &Facet) -> Self {
        // Compared names stand for each other, so neither is a must.
        let kind = if facet.compared { facet.kind.max(FacetKind::Concept) } else { facet.kind };
        let facets = vec![facet.clone()];
        Self {
            facets,
            side: facet.side,
            kind,
            compared: facet.compared,
            qualifier: facet.qualifier && !facet.compared,
            weight: weight(kind),
        }
    }

    fn shown_by(&self, text: &Text) -> Shown {
        let shown = self.facets.iter().map(|facet| text.shows(facet));
        shown.max_by(|a, b| a.strength.total_cmp(&b.strength)).unwrap_or_default()
    }

    /// Orders the units of a side: what carries it first.
    fn rank(&self) -> (bool, FacetKind) {
        (self.qualifier, self.kind)
    }

    fn phrase(&self) -> String {
        self.facets.iter().map(|facet| facet.phrase.as_str()).collect::<Vec<_>>().join(" or ")
    }
}

/// A question as a text is measured by it.
pub(super) struct Topic {
    units: Vec<Unit>,
}

/// What a text shows of a [`Topic`], by unit.
pub(super) struct View(Vec<Shown>);

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
            let showing = candidates.iter().filter(|view| view.0[place].strength > 0.0).count();
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

    /// Phrases of the units shown, in the question's order of specificity.
    pub(super) fn shown(&self, view: &View) -> Vec<String> {
        let shown = self.units.iter().zip(&view.0).filter(|(_, shown)| shown.strength > 0.0);
        shown.map(|(unit, _)| unit.phrase()).collect()
    }

    /// Phrases of the facets that the text names, each by itself: of things compared with each other only those named.
    pub(super) fn named(&self, text: &Text) -> Vec<String> {
        let facets = self.units.iter().flat_map(|unit| &unit.facets);
        facets.filter(|facet| text.shows(facet).strength > 0.0).map(|facet| facet.phrase.clone()).collect()
    }

    /// Phrases of what a paper lacks on the sides that it does not speak of; empty where it speaks of every side.
    ///
    /// A side is spoken of where the paper names it ([`Self::names`]), shows one of the concepts that narrow it, if it
    /// has any, and [`SIDE_SHARE`] of its weight.
    pub(super) fn missed(&self, view: &View) -> Vec<String> {
        SIDES.into_iter().flat_map(|side| self.missed_on(side, view)).collect()
    }

    fn missed_on(&self, side: Side, view: &View) -> Vec<String> {
        let narrowing = |unit: &Unit| unit.qualifier && unit.kind != FacetKind::Circumstance;
        let key = self.key(side);
        let lacks = |wanted: &dyn Fn(&Unit) -> bool| {
            let mut units = self.on(side, view).filter(|(unit, _)| wanted(unit)).peekable();
            units.peek().is_some() && units.all(|(_, shown)| shown.strength == 0.0)
        };
        let wanted: &dyn Fn(&Unit) -> bool = if !self.names(side, view) {
            &|unit| Some(unit.rank()) == key
        } else if lacks(&narrowing) {
            &narrowing
        } else if share(self.on(side, view)) < SIDE_SHARE {
            &|_| true
        } else {
            return Vec::new();
        };
        let lacking = self.on(side, view).filter(|(unit, shown)| shown.strength == 0.0 && wanted(unit));
        lacking.map(|(unit, _)| unit.phrase()).collect()
    }

    /// True where what a sentence says and what its paper is about together name every side.
    pub(super) fn is_completed_by(&self, said: &View, around: &View) -> bool {
        let enough = |unit: &Unit, shown: &Shown| match unit.kind {
            FacetKind::Circumstance => shown.strength > 0.0,
            _ => shown.prominent,
        };
        let prominent = |side| {
            self.on(side, around).any(|(unit, shown)| Some(unit.rank()) == self.key(side) && enough(unit, shown))
        };
        SIDES.into_iter().all(|side| self.names(side, said) || prominent(side))
    }

    /// True where the text shows one of the side's names, or of its concepts where it names nothing, or of its
    /// circumstances where it has nothing else.
    fn names(&self, side: Side, view: &View) -> bool {
        let key = self.key(side);
        key.is_none() || self.on(side, view).any(|(unit, shown)| Some(unit.rank()) == key && shown.strength > 0.0)
    }

    /// What the units that carry a side have in common; `None` for a side without units.
    fn key(&self, side: Side) -> Option<(bool, FacetKind)> {
        self.units.iter().filter(|unit| unit.side == side).map(Unit::rank).min()
    }

    fn on<'a>(&'a self, side: Side, view: &'a View) -> impl Iterator<Item = (&'a Unit, &'a Shown)> {
        self.units.iter().zip(&view.0).filter(move |(unit, _)| unit.side == side)
    }

    /// True where the text names something that the question is about, beside its circumstances and what narrows it.
    pub(super) fn names_the_topic(&self, view: &View) -> bool {
        self.telling(view).any(|(unit, shown)| !unit.qualifier && shown.strength > 0.0)
    }

    /// True where the sentence has the last word of a phrase that the title names in full and the question is about.
    pub(super) fn named_in_short(&self, sentence: &Text, title: &Text) -> bool {
        let units = self.units.iter().filter(|unit| !unit.qualifier && unit.kind != FacetKind::Circumstance);
        units.flat_map(|unit| &unit.facets).any(|facet| {
            let last_words = facet.alternatives.iter().filter_map(|group| group.last());
            title.shows(facet).strength > BROADER && last_words.into_iter().any(|word| !sentence.at(word).is_empty())
        })
    }

    /// True where the text is about something that the question asks about, not only mentions it. A broader term will do
    /// for what carries a side ("naps"), not for what stands beside a name ("reasoning" beside "NLI").
    pub(super) fn is_prominent(&self, view: &View) -> bool {
        let in_its_words =
            |unit: &Unit, shown: &Shown| shown.strength > BROADER || Some(unit.rank()) == self.key(unit.side);
        self.telling(view).any(|(unit, shown)| !unit.qualifier && shown.prominent && in_its_words(unit, shown))
    }

    /// What is more than a circumstance; everything where the question has nothing but circumstances.
    fn telling<'a>(&'a self, view: &'a View) -> impl Iterator<Item = (&'a Unit, &'a Shown)> {
        let more = |unit: &Unit| unit.kind != FacetKind::Circumstance;
        let any = self.units.iter().any(more);
        self.units.iter().zip(&view.0).filter(move |(unit, _)| more(unit) || !any)
    }
}

/// Share of the weight that is shown, in `0.0..=1.0`.
fn share<'a>(units: impl Iterator<Item = (&'a Unit, &'a Shown)>) -> f32 {
    let (met, all) =
        units.fold((0.0, 0.0), |(met, all), (unit, shown)| (met + unit.weight * shown.strength, all + unit.weight));
    if all > 0.0 { met / all } else { 0.0 }
}
