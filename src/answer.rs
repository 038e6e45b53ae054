//! The answer: what the papers, taken together, say to the question; the first thing a reader sees.
//!
//! **The label is decided in `count::Counting::label`.** A label needs two thirds of the papers that take a side with a finding of
//! their own, and fewer than a quarter against it; otherwise the answer is *mixed*. Papers count once each, whatever
//! their size or design: the table beside the answer shows what was studied, and weighing is left to the reader.
//!
//! Why no answer is made where no proposition stands: "which" and "why" have no yes or no. There, and where too few
//! papers take a side, what the papers find is the answer, in their own words.

mod count;
mod finding;
mod size;
mod wording;

pub use count::{Counts, is_sure};

use crate::{
    claim::Claim,
    paper::{Paper, PaperId},
    stance::PaperStance,
    study::Study,
    verify::{Evidence, Verdict},
};
use count::Counting;
use finding::{by_side, disagreement, distinct};
use serde::{Deserialize, Serialize};
use size::sizes;
use wording::{rule, sentence};

/// The answer in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum Label {
    /// The papers that take a side find the proposition so.
    Yes,
    /// They find its opposite, or deny it.
    No,
    /// They disagree, or say that it depends.
    Mixed,
    /// They measured it and found no difference.
    NoDifference,
    /// No side to take, or too few take one: a list of findings.
    List,
    /// No paper found answers the question.
    None,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum Missing {
    /// The sources answered, and returned nothing.
    NothingFound,
    /// Papers were returned, and none is on the topic.
    OffTopic,
    /// Sources could not be asked or were left out, and the others returned nothing on the topic.
    NotAsked,
}

/// Something the papers find, in the words of one of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Found {
    /// One sentence, verbatim.
    pub text: String,
    /// The paper it is quoted from, then those that say the same.
    pub papers: Vec<PaperId>,
    /// Papers that say otherwise.
    pub against: Vec<PaperId>,
}

/// A stated size, for a question of how much.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Size {
    /// Who states it.
    pub paper: PaperId,
    /// The sizes, verbatim, in the order of the sentence.
    pub sizes: Vec<String>,
    /// The sentence they stand in, verbatim.
    pub text: String,
}

/// Two papers that disagree, and what they state differently of what they studied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Disagreement {
    /// The strongest finding for the proposition.
    pub on_one_side: PaperId,
    /// The strongest finding against it.
    pub on_the_other: PaperId,
    /// What the two state and is not the same: "year: 2009 and 2019".
    pub differences: Vec<String>,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Answer {
    /// In a word. Its type is spelled out for TypeScript, where the labels of verdicts have the name already.
    #[cfg_attr(
        target_arch = "wasm32",
        tsify(type = "\"yes\" | \"no\" | \"mixed\" | \"no-difference\" | \"list\" | \"none\"")
    )]
    pub label: Label,
    /// In one to three sentences for the reader.
    pub text: String,
    /// By which rule, and how far to trust it; empty where there is nothing to trust.
    pub rule: String,
    /// The statement that the papers were asked about, where the question has one.
    pub proposition: Option<String>,
    /// Papers by stance.
    pub counts: Counts,
    /// Three to six findings, most direct first; fewer where fewer were found, none where nothing answers.
    pub findings: Vec<Found>,
    /// Stated sizes, for a question of how much; else empty.
    pub sizes: Vec<Size>,
    /// The strongest finding on either side, where papers disagree.
    pub disagreement: Option<Disagreement>,
    /// Why there is no answer, where there is none.
    pub none: Option<Missing>,
}

/// What the answer is made from: a paper on the topic, and what was read out of it.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    /// The paper.
    pub paper: &'a Paper,
    /// How likely it is on the topic, in `0.0..=1.0`.
    pub relevance: f32,
    /// Share of the question's words that its title or abstract has, by their weight, in `0.0..=1.0`.
    pub coverage: f32,
    /// The same of the side of the question of which it has least.
    pub weakest_side: f32,
    /// What it says to the proposition, and its finding.
    pub stance: &'a PaperStance,
    /// What it studied.
    pub study: &'a Study,
}

/// How the search went, for an answer that there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Searched {
    /// Distinct works that were returned.
    pub works: usize,
    /// Sources that could not be asked.
    pub unasked: usize,
    /// Sources that the reader went on without.
    pub left_out: usize,
}

/// What decides an answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Params {
    /// Share of the sided findings that a label needs: two thirds.
    pub agreement: f32,
    /// Share of contrary findings at which a label becomes *mixed*: a quarter.
    pub contrary: f32,
    /// Papers that must take a side for a verdict, where those on the topic are many: one to three of sixty say too little,
    /// and the few are as likely misread.
    pub fewest: usize,
    /// Share of the papers on the topic that makes fewer enough: one of three that were found is reported as one.
    pub sided: f32,
    /// Probability from which a paper's side is counted. Over 272 questions whose papers were labelled by hand, by folds, of 174
    /// labels 114 are right and 28 of the opposite sign (143 and 32 of 242 where every side counts): `training/stance`.
    pub sure: f32,
    /// Relevance from which a paper is said to be on the topic; one below it is said to be near it, and answers nothing by
    /// itself.
    pub on_topic: f32,
    /// Findings listed, at most.
    pub findings: usize,
    /// Share of the words of the shorter of two findings that makes them one finding.
    pub same: f32,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            agreement: 2.0 / 3.0,
            contrary: 0.25,
            fewest: 4,
            sided: 0.25,
            sure: 0.45,
            on_topic: 0.5,
            findings: 6,
            same: 0.7,
        }
    }
}

/// The answer from the papers on the topic or near it, best first.
#[must_use]
pub fn answer(
    question: &str,
    proposition: Option<&str>,
    rows: &[Row<'_>],
    searched: Searched,
    params: &Params,
) -> Answer {
    let answers = rows.iter().any(|row| can_answer(row, proposition, params));
    let counting = Counting::of(proposition, rows, params);
    let counts = counting.count(rows);
    let decided = if answers { counting.label(proposition, rows) } else { Label::None };
    let none = (decided == Label::None).then(|| missing(searched));
    let findings = if decided == Label::None {
        Vec::new()
    } else if proposition.is_some() && decided != Label::List {
        by_side(rows, counting)
    } else {
        distinct(rows.iter().filter(|row| can_be_quoted(row, params)), params)
    };
    let asks_how_much = question.to_lowercase().split_whitespace().take(2).eq(["how", "much"]);
    Answer {
        label: decided,
        text: sentence((decided, none), (question, proposition), counts, rows, searched, counting),
        rule: rule(decided, proposition.is_some(), counting),
        proposition: proposition.map(str::to_owned),
        counts,
        findings,
        sizes: if asks_how_much { sizes(rows) } else { Vec::new() },
        disagreement: disagreement(rows, counting),
        none,
    }
}

/// Whether a paper can answer at all: it is on the topic, names something of the question, and, where the question relates two
/// things, something of either. Of 137 labelled questions this took the answer from two, neither of which had a paper that decides it; half of
/// the question's words took it from seven, four of which had.
fn can_answer(row: &Row<'_>, proposition: Option<&str>, params: &Params) -> bool {
    row.relevance >= params.on_topic && row.coverage > 0.0 && (proposition.is_none() || row.weakest_side > 0.0)
}

/// Whether a paper's finding may stand in the answer, whatever side it takes.
fn can_be_quoted(row: &Row<'_>, params: &Params) -> bool {
    row.relevance >= params.on_topic && row.paper.can_be_evidence()
}

fn missing(searched: Searched) -> Missing {
    match searched {
        Searched { unasked: 1.., .. } | Searched { left_out: 1.., .. } => Missing::NotAsked,
        Searched { works: 0, .. } => Missing::NothingFound,
        Searched { .. } => Missing::OffTopic,
    }
}

impl Answer {
    /// Each finding that was tested as a claim with the papers whose sentences decide it: those that say the same, and those
    /// that say otherwise.
    #[must_use]
    pub fn corroborated(mut self, claims: &[Claim], verdicts: &[Verdict]) -> Self {
        for found in &mut self.findings {
            let Some(quoted) = found.papers.first().cloned() else { continue };
            let same = |claim: &&Claim| {
                claim.at.paper == quoted && (found.text.contains(&claim.text) || claim.text.contains(&found.text))
            };
            let Some(claim) = claims.iter().find(same) else { continue };
            let Some(verdict) = verdicts.iter().find(|verdict| verdict.claim == claim.id) else { continue };
            let papers = |evidence: &[Evidence]| evidence.iter().map(|e| e.at.paper.clone()).collect::<Vec<_>>();
            add(&mut found.papers, papers(&verdict.evidence_for), &found.against);
            add(&mut found.against, papers(&verdict.evidence_against), &found.papers);
        }
        self
    }
}

/// Adds what is not there yet, nor on the other side.
fn add(papers: &mut Vec<PaperId>, more: Vec<PaperId>, others: &[PaperId]) {
    for paper in more {
        if !papers.contains(&paper) && !others.contains(&paper) {
            papers.push(paper);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        paper::{PassageRef, Reading},
        stance::{Finding, Kind, Stance, StanceProbability},
        study::Stated,
        text::Span,
    };
    use proptest::prelude::*;

    struct Read {
        paper: Paper,
        stance: PaperStance,
        study: Study,
    }

    fn read(id: &str, stance: Stance, text: &str) -> Read {
        let id = PaperId(id.into());
        let at = PassageRef { paper: id.clone(), section: 0, passage: 0 };
        let span = Span { start: 0, end: text.len() };
        let finding = Finding { at, span, text: text.into(), kind: Kind::Finding, probability: 0.5 };
        let mut probability = StanceProbability { silent: 0.2, ..StanceProbability::default() };
        match stance {
            Stance::Yes => probability.yes = 0.8,
            Stance::No => probability.no = 0.8,
            Stance::Mixed => probability.mixed = 0.8,
            Stance::NoDifference => probability.no_difference = 0.8,
            Stance::Silent => probability.silent = 1.0,
        }
        let paper = Paper {
            id: id.clone(),
            title: "Naps".into(),
            authors: vec![],
            year: Some(2009),
            venue: None,
            doi: None,
            arxiv_id: None,
            url: "https://doi.org/10.5555/x".into(),
            abstract_text: None,
            retracted: false,
            notice: None,
            other_years: vec![],
            sources: vec![],
            sections: vec![],
            reading: Reading::Abstract,
            ..Paper::default()
        };
        let stance = PaperStance {
            paper: id,
            stance,
            probability: Some(probability),
            finding: Some(finding),
            second: None,
            scored: None,
        };
        Read { paper, stance, study: Study::default() }
    }

    fn rows(read: &[Read]) -> Vec<Row<'_>> {
        read.iter()
            .map(|Read { paper, stance, study }| Row {
                paper,
                relevance: 0.9,
                coverage: 0.9,
                weakest_side: 0.9,
                stance,
                study,
            })
            .collect()
    }

    const SEARCHED: Searched = Searched { works: 40, unasked: 0, left_out: 0 };
    const NAPS: &str = "Short naps improve memory.";

    fn of(read: &[Read]) -> Answer {
        answer("Do short naps improve memory?", Some(NAPS), &rows(read), SEARCHED, &Params::default())
    }

    fn papers_that(stances: &[Stance]) -> Vec<Read> {
        let made = stances.iter().enumerate();
        made.map(|(at, stance)| {
            read(&format!("p{at}"), *stance, &format!("Recall {at} changed after naps of {at} minutes."))
        })
        .collect()
    }

    #[test]
    fn what_is_stated_as_known_counts_only_where_findings_are_too_few() {
        let known = |read: &mut [Read]| {
            for read in read {
                read.stance.finding.as_mut().unwrap().kind = Kind::Assumption;
            }
        };
        let mut few = papers_that(&[Stance::Yes; 5]);
        known(&mut few[..4]);
        few.extend(papers_that(&[Stance::Silent; 8]));
        let answer = of(&few);
        assert_eq!((answer.label, answer.counts.yes), (Label::Yes, 5));
        assert!(answer.text.contains("4 of these state it as known"), "{}", answer.text);
        let mut enough = papers_that(&[Stance::Yes; 6]);
        known(&mut enough[..2]);
        let answer = of(&enough);
        assert_eq!((answer.label, answer.counts.yes, answer.counts.silent), (Label::Yes, 4, 2));
        assert!(answer.text.contains("2 more state a side as known"), "{}", answer.text);
    }

    #[test]
    fn papers_that_speak_of_one_side_only_do_not_answer() {
        let read = papers_that(&[Stance::Silent, Stance::Silent]);
        let mut rows = rows(&read);
        let label = |rows: &[Row<'_>], proposition| {
            answer("Do short naps improve memory?", proposition, rows, SEARCHED, &Params::default()).label
        };
        rows[0].weakest_side = 0.0;
        assert_eq!(label(&rows, Some(NAPS)), Label::List, "the other speaks of both");
        rows[1].weakest_side = 0.0;
        assert_eq!(label(&rows, Some(NAPS)), Label::None);
        let none = answer("Do short naps improve memory?", Some(NAPS), &rows, SEARCHED, &Params::default());
        assert!(none.findings.is_empty(), "what does not answer is not quoted as if it did");
        assert!(none.text.ends_with("of 40 works 2 are on the topic, and none of them speaks of all that is asked."));
        assert_eq!(label(&rows, None), Label::List, "a list relates nothing");
    }

    #[test]
    fn papers_near_the_topic_are_told_from_those_on_it() {
        let read = papers_that(&[Stance::Silent, Stance::Silent, Stance::Silent]);
        let mut rows = rows(&read);
        let of = |rows: &[Row<'_>]| answer("Do naps help?", Some(NAPS), rows, SEARCHED, &Params::default());
        rows[1].relevance = 0.4;
        rows[2].relevance = 0.3;
        assert!(of(&rows).text.starts_with("One paper is on the topic and 2 near it. None of them takes a side"));
        let own = Paper { sources: vec![crate::paper::SourceId::Yours], ..read[2].paper.clone() };
        let mut brought = rows.clone();
        brought[2].paper = &own;
        assert!(of(&brought).text.starts_with("One paper is on the topic and 1 near it, beside 1 more of your own. "));
        rows[0].relevance = 0.49;
        let none = of(&rows);
        assert_eq!(none.label, Label::None);
        assert!(
            none.text
                .ends_with("the sources returned 40 works, and none is on the topic; the report lists the nearest.")
        );
    }

    #[test]
    fn a_side_read_too_unsurely_is_not_counted() {
        let mut read = papers_that(&[Stance::Yes, Stance::Yes]);
        read[1].stance.probability = Some(StanceProbability { yes: 0.35, silent: 0.3, ..StanceProbability::default() });
        let counts = of(&read).counts;
        assert_eq!((counts.yes, counts.silent), (1, 1));
    }

    #[test]
    fn a_label_needs_two_thirds_and_few_against() {
        use Stance::{Mixed, No, NoDifference, Silent, Yes};
        for (stances, label, begins) in [
            (&[Yes, Yes, Yes, Silent][..], Label::Yes, "Yes: 3 of the 3 papers that take a side say that short naps"),
            (&[Yes, Yes, Yes, Yes, Mixed], Label::Yes, "Mostly yes: 4 of the 5"),
            (&[Yes, Yes, No], Label::Mixed, "Mixed: 2 of the 3"),
            (&[No, No, No, NoDifference], Label::No, "Mostly no: 3 of the 4 papers that take a side deny"),
            (&[NoDifference, NoDifference, NoDifference, Mixed], Label::NoDifference, "No difference: 3 of the 4"),
            (&[Yes], Label::Yes, "One paper takes a side: it says that short naps improve memory."),
            (
                &[Yes, Silent, Silent, Silent, Silent],
                Label::List,
                "5 papers are on the topic. Only 1 takes a side, too few for a verdict",
            ),
            (&[Silent, Silent], Label::List, "2 papers are on the topic. None of them takes a side"),
            (&[], Label::None, "No paper found answers this: the sources returned 40 works"),
        ] {
            let answer = of(&papers_that(stances));
            assert_eq!(answer.label, label, "{stances:?}");
            assert!(answer.text.starts_with(begins), "{}", answer.text);
        }
    }

    #[test]
    fn retracted_and_second_hand_papers_never_decide() {
        let mut read = papers_that(&[Stance::No, Stance::Yes, Stance::Yes]);
        read[1].paper.retracted = true;
        if let Some(finding) = &mut read[2].stance.finding {
            finding.kind = Kind::SecondHand;
        }
        assert_eq!(of(&read).label, Label::No);
        assert_eq!(
            of(&read).counts,
            Counts { no: 1, silent: 1, ..Counts::default() },
            "a retracted paper is in no count"
        );
    }

    #[test]
    fn why_there_is_no_answer_is_said() {
        let of =
            |works, unasked| answer("Naps?", None, &[], Searched { works, unasked, left_out: 0 }, &Params::default());
        assert_eq!(of(0, 0).none, Some(Missing::NothingFound));
        assert_eq!(of(9, 0).none, Some(Missing::OffTopic));
        assert_eq!(of(9, 2).none, Some(Missing::NotAsked));
        assert!(of(0, 1).text.contains("1 source could not be asked"));
        let left = |unasked, left_out| {
            answer("Naps?", None, &[], Searched { works: 0, unasked, left_out }, &Params::default())
        };
        assert_eq!(left(0, 1).none, Some(Missing::NotAsked), "who was not waited for is not known to have nothing");
        assert!(left(0, 1).text.contains("1 source was left out by the reader, and"));
        assert!(left(2, 2).text.contains("2 sources could not be asked, 2 were left out by the reader, and"));
    }

    #[test]
    fn without_a_proposition_the_findings_are_the_answer() {
        let read = [
            read("a", Stance::Silent, "Naps of 20 minutes raised recall by 12 % in adults."),
            read("b", Stance::Silent, "In adults naps of 20 minutes raised recall by 12 %."),
            read("c", Stance::Silent, "Caffeine shortened the naps of students."),
        ];
        let answer = answer("How much do naps help?", None, &rows(&read), SEARCHED, &Params::default());
        assert_eq!(answer.label, Label::List);
        let papers: Vec<usize> = answer.findings.iter().map(|found| found.papers.len()).collect();
        assert_eq!(papers, [2, 1], "what two papers say alike is one finding");
        let sizes: Vec<&str> = answer.sizes.iter().flat_map(|size| size.sizes.iter().map(String::as_str)).collect();
        assert_eq!(sizes, ["12 %", "12 %"]);
    }

    #[test]
    fn two_that_disagree_are_set_side_by_side() {
        let mut read = papers_that(&[Stance::Yes, Stance::Yes, Stance::No]);
        read[0].paper.year = Some(2019);
        let at = PassageRef { paper: read[2].paper.id.clone(), section: 0, passage: 0 };
        let span = Span { start: 0, end: 0 };
        read[2].study.population = Some(Stated { value: "infants".into(), at, span, quote: "infants".into() });
        let disagreement = of(&read).disagreement.unwrap();
        assert_eq!(disagreement.on_the_other, read[2].paper.id);
        assert_eq!(disagreement.differences, ["year: 2019 and 2009"], "what only one of them states is no difference");
    }

    proptest! {
        #[test]
        fn counts_and_findings_always_agree_with_the_rows(sides in proptest::collection::vec(0_usize..5, 0..12)) {
            let all = [Stance::Yes, Stance::No, Stance::Mixed, Stance::NoDifference, Stance::Silent];
            let read = papers_that(&sides.iter().map(|&side| all[side]).collect::<Vec<_>>());
            let answer = of(&read);
            prop_assert_eq!(answer.counts.sided() + answer.counts.silent, read.len());
            prop_assert_eq!(answer.none.is_some(), read.is_empty());
            prop_assert!(answer.findings.len() <= Params::default().findings);
            prop_assert!(answer.findings.iter().all(|found| !found.papers.is_empty() && !found.text.is_empty()));
        }
    }
}
