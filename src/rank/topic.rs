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
        let title = terms(title);
        let end_of_title = title.len();
        let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (place, term) in title.into_iter().chain(terms(text)).enumerate() {
            places.entry(term).or_default().push(place);
        }
        Self { places, title: end_of_title }
    }

    fn at(&self, term: &str) -> &[usize] {
        self.places.get(term).map_or(&[], Vec::as_slice)
    }

    /// Where the group begins: its terms in order and close together. Two words may stand in either order ("quality of
    /// sleep"); a number must directly follow its name ("GPT 4", not "GPT on 4 tasks").
    fn mentions(&self, group: &[String]) -> Vec<usize> {
        let [first, rest @ ..] = group else { return Vec::new() };
        let numbered = group.iter().any(|term| term.starts_with(|c: char| c.is_ascii_digit()));
        let reach = group.len() + if numbered { 0 } else { SLACK };
        let follows = |term: &String, last: usize, end: usize| {
            self.at(term).iter().copied().find(|&place| place > last && place < end)
        };
        let whole =
            |&start: &usize| rest.iter().try_fold(start, |last, term| follows(term, last, start + reach)).is_some();
        let mut starts: Vec<usize> = self.at(first).iter().copied().filter(whole).collect();
        if let [second] = rest
            && !numbered
        {
            let reversed = |&start: &usize| follows(first, start, start + reach).is_some();
            starts.extend(self.at(second).iter().copied().filter(reversed));
        }
        starts
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
    weight: f32,
}

impl Unit {
    fn of(facet: &Facet) -> Self {
        // Compared names stand for each other, so neither is a must.
        let kind = if facet.compared { facet.kind.max(FacetKind::Concept) } else { facet.kind };
        let facets = vec![facet.clone()];
        Self { facets, side: facet.side, kind, compared: facet.compared, weight: weight(kind) }
    }

    fn shown_by(&self, text: &Text) -> Shown {
        let shown = self.facets.iter().map(|facet| text.shows(facet));
        shown.max_by(|a, b| a.strength.total_cmp(&b.strength)).unwrap_or_default()
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
    pub(super) fn learn(mut self, texts: &[&str]) -> Self {
        let introduced = acronym::introduced(texts);
        for facet in self.units.iter_mut().flat_map(|unit| &mut unit.facets) {
            let more = acronym::alternatives(facet, &introduced);
            facet.alternatives.extend(more);
        }
        self
    }

    /// Lowers the weight of facets that more than half of the texts show: the others tell them apart.
    ///
    /// The factor is `idf / ln 2`, at most 1, where `ln 2` is the idf of a facet that half of the texts show.
    pub(super) fn among(mut self, texts: &[Text]) -> Self {
        for unit in &mut self.units {
            let showing = texts.iter().filter(|text| unit.shown_by(text).strength > 0.0).count();
            unit.weight *= (idf(showing, texts.len()) / std::f32::consts::LN_2).min(1.0);
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
    pub(super) fn missed(&self, view: &View) -> Vec<String> {
        self.missed_below(SIDE_SHARE, view)
    }

    /// True where a text too short to be held to a share of each side names something of every side.
    pub(super) fn names_every_side(&self, view: &View) -> bool {
        self.missed_below(0.0, view).is_empty()
    }

    /// True where the text names something that the question is about, beside its circumstances.
    pub(super) fn names_the_topic(&self, view: &View) -> bool {
        self.telling(view).any(|shown| shown.strength > 0.0)
    }

    /// True where the text is about something that the question names, not only mentions it.
    pub(super) fn is_prominent(&self, view: &View) -> bool {
        self.telling(view).any(|shown| shown.prominent)
    }

    /// What is shown beside circumstances; circumstances where the question has nothing else.
    fn telling<'a>(&'a self, view: &'a View) -> impl Iterator<Item = &'a Shown> {
        let key = self.units.iter().map(|unit| unit.kind).min();
        let telling = move |kind: FacetKind| kind != FacetKind::Circumstance || key == Some(FacetKind::Circumstance);
        self.units.iter().zip(&view.0).filter(move |(unit, _)| telling(unit.kind)).map(|(_, shown)| shown)
    }

    fn missed_below(&self, least: f32, view: &View) -> Vec<String> {
        [Side::First, Side::Second].into_iter().flat_map(|side| self.missed_on(side, least, view)).collect()
    }

    /// A side is spoken of where the text shows one of its names (one of its concepts where it names nothing) and
    /// `least` of the side's weight.
    fn missed_on(&self, side: Side, least: f32, view: &View) -> Vec<String> {
        let here = || self.units.iter().zip(&view.0).filter(move |(unit, _)| unit.side == side);
        let Some(key) = here().map(|(unit, _)| unit.kind).min() else { return Vec::new() };
        let has_key = here().any(|(unit, shown)| unit.kind == key && shown.strength > 0.0);
        if has_key && share(here()) >= least {
            return Vec::new();
        }
        let lacking = here().filter(|(unit, shown)| shown.strength == 0.0 && (has_key || unit.kind == key));
        lacking.map(|(unit, _)| unit.phrase()).collect()
    }
}

/// Share of the weight that is shown, in `0.0..=1.0`.
fn share<'a>(units: impl Iterator<Item = (&'a Unit, &'a Shown)>) -> f32 {
    let (met, all) =
        units.fold((0.0, 0.0), |(met, all), (unit, shown)| (met + unit.weight * shown.strength, all + unit.weight));
    if all > 0.0 { met / all } else { 0.0 }
}
