//! Which sentences a claim is tested against, and how they are put to the model.

use super::{Cells, Params, READINGS, Relation, round, trial::read_as};
use crate::{
    claim::{self, Claim, Voice},
    paper::{Paper, PaperId, Passage, PassageRef, SectionKind, same_work},
    relevance::Bm25,
    text::{Span, terms},
};
use std::collections::BTreeSet;

/// A sentence to be scored for a claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The passage it stands in.
    pub at: PassageRef,
    /// The sentence within the passage.
    pub span: Span,
    /// Own paper or independent.
    pub relation: Relation,
    /// See [`Evidence::overlap`](super::Evidence::overlap).
    pub overlap: f32,
}

/// Every sentence of the papers read, indexed for BM25.
pub struct Sentences<'a> {
    papers: Vec<&'a Paper>,
    places: Vec<(usize, PassageRef, Span)>,
    index: Bm25,
    /// Of each paper the cells of its tables, by place in `of_tables`.
    cells: Vec<Cells>,
    of_tables: Vec<(PassageRef, Span)>,
    params: Params,
}

/// Cells of tables that a claim is put to, of one paper at most: with the same number and heads as good they say the same.
const CELLS: usize = 2;

impl<'a> Sentences<'a> {
    /// Indexes the papers' sentences. Left out: questions, scraps of too few terms, and sentences that
    /// report somebody else's result: a citation repeats a finding, it does not confirm it. Cells of tables stand apart: they
    /// are found by their number and their heads ([`Cells`]).
    pub fn of(papers: impl IntoIterator<Item = &'a Paper>, params: &Params) -> Self {
        let papers: Vec<&Paper> = papers.into_iter().collect();
        let mut places = Vec::new();
        let mut documents = Vec::new();
        let (mut cells, mut of_tables) = (Vec::new(), Vec::new());
        for (index, paper) in papers.iter().enumerate() {
            cells.push(Cells::default());
            for (at, passage) in paper.passages() {
                if cells[index].add(of_tables.len(), &passage.text) {
                    of_tables.push((at, Span { start: 0, end: passage.text.len() }));
                    continue;
                }
                for &span in &passage.sentences {
                    let sentence = span.of(&passage.text);
                    let terms = terms(sentence);
                    let own = claim::voice(sentence, paper.sections[at.section].kind) == Voice::Own;
                    if own && terms.len() >= params.min_terms && !sentence.ends_with('?') {
                        places.push((index, at.clone(), span));
                        documents.push(terms);
                    }
                }
            }
        }
        Self { papers, places, index: Bm25::new(documents), cells, of_tables, params: *params }
    }

    /// The sentences a claim is tested against: the best by BM25 of *other* works, at most `limit`, and a few of its
    /// own paper. A duplicate record of the claim's paper counts as its own paper.
    #[must_use]
    pub fn candidates(&self, claim: &Claim, limit: usize) -> Vec<Candidate> {
        let is_claim = |at: &PassageRef, span: Span| *at == claim.at && span == claim.span;
        self.closest(&claim.text, limit, &self.of_work(Some(&claim.at.paper)), is_claim, &self.params)
    }

    /// The sentences that a claim from elsewhere is tested against: all of them, where they are no more than `limit`. Every paper
    /// is independent of it but for `own`, that which it was taken from, where it is among them.
    #[must_use]
    pub fn candidates_for(&self, claim: &str, own: Option<&PaperId>, limit: usize) -> Vec<Candidate> {
        let claim_read = read_as(claim);
        let is_claim = |at: &PassageRef, span: Span| {
            let sentence = self.passage(at).filter(|_| Some(&at.paper) == own);
            sentence.is_some_and(|passage| read_as(span.of(&passage.text)) == claim_read)
        };
        let all = Params { min_overlap: 0.0, passages_per_paper: limit, ..self.params };
        let params = if self.places.len() <= limit { &all } else { &self.params };
        self.closest(claim, limit, &self.of_work(own), is_claim, params)
    }

    /// Of each paper whether it is this one, or another record of the same work.
    fn of_work(&self, own: Option<&PaperId>) -> Vec<bool> {
        let own = self.papers.iter().find(|paper| Some(&paper.id) == own);
        self.papers.iter().map(|paper| own.is_some_and(|own| same_work(own, paper))).collect()
    }

    /// The best sentences by BM25; `same` says of each paper whether it is the claim's own.
    fn closest(
        &self,
        claim: &str,
        limit: usize,
        same: &[bool],
        is_claim: impl Fn(&PassageRef, Span) -> bool,
        params: &Params,
    ) -> Vec<Candidate> {
        // A frame such as "our results show that" would find other frames.
        let mut wanted = terms(&read_as(claim));
        wanted.sort();
        wanted.dedup();
        let mut taken = vec![0_usize; self.papers.len()];
        let mut independent = 0;
        let mut chosen = Vec::new();
        for paper in 0..self.papers.len() {
            let relation = if same[paper] { Relation::OwnPaper } else { Relation::Independent };
            if relation == Relation::Independent && !self.papers[paper].can_be_evidence() {
                continue;
            }
            for (place, _) in self.cells[paper].answering(claim).into_iter().take(CELLS) {
                let (at, span) = &self.of_tables[place];
                if relation == Relation::OwnPaper || independent < limit {
                    taken[paper] += 1;
                    independent += usize::from(relation == Relation::Independent);
                    let statement = self.passage(at).map_or("", |passage| &passage.text);
                    let overlap = self.index.overlap_with(&wanted, &terms(statement));
                    chosen.push(Candidate { at: at.clone(), span: *span, relation, overlap: round(overlap) });
                }
            }
        }
        // Those that share no word come last.
        let mut order = self.index.best(&wanted, usize::MAX);
        let shared: BTreeSet<usize> = order.iter().copied().collect();
        order.extend((0..self.places.len()).filter(|place| !shared.contains(place)));
        for place in order {
            let (paper, at, span) = &self.places[place];
            if is_claim(at, *span) {
                continue;
            }
            let relation = if same[*paper] { Relation::OwnPaper } else { Relation::Independent };
            if relation == Relation::Independent && !self.papers[*paper].can_be_evidence() {
                continue;
            }
            let (room, per_paper) = match relation {
                Relation::OwnPaper => (true, params.own_passages),
                Relation::Independent => (independent < limit, params.passages_per_paper),
            };
            let overlap = self.index.overlap(&wanted, place);
            if room && taken[*paper] < per_paper && overlap >= params.min_overlap {
                taken[*paper] += 1;
                independent += usize::from(relation == Relation::Independent);
                chosen.push(Candidate { at: at.clone(), span: *span, relation, overlap: round(overlap) });
            }
        }
        chosen
    }

    /// What is read of a candidate: the sentence alone, and in its place, under its paper's title and, of another work, after the
    /// sentence before it. Alone, "mortality was lower" seems to entail what another study found of another drug, and "it fell" says
    /// nothing. What is made of the two is decided in `verify/trial.rs`.
    pub(super) fn premises(&self, candidate: &Candidate) -> [String; READINGS] {
        let passage = self.passage(&candidate.at);
        let sentence = passage.map_or_else(String::new, |passage| read_as(candidate.span.of(&passage.text)));
        let paper = self.papers.iter().find(|paper| paper.id == candidate.at.paper);
        let kind = paper.map_or(SectionKind::Other, |paper| paper.sections[candidate.at.section].kind);
        let before = passage.and_then(|passage| {
            let spans = passage.sentences.iter();
            spans.rev().find(|span| span.end <= candidate.span.start).map(|span| span.of(&passage.text))
        });
        // In the claim's own paper it may be the claim; elsewhere it may report somebody else's result.
        let is_independent = candidate.relation == Relation::Independent;
        let before = before.filter(|before| is_independent && claim::voice(before, kind) == Voice::Own);
        let title = paper.map(|paper| paper.title.trim_end_matches('.')).filter(|title| !title.is_empty());
        let title = title.map(|title| format!("{title}."));
        let parts = [title.as_deref(), before, Some(&sentence)];
        let in_place = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
        [sentence, in_place]
    }

    pub(super) fn passage(&self, at: &PassageRef) -> Option<&Passage> {
        self.papers.iter().find_map(|paper| paper.passage(at))
    }
}
