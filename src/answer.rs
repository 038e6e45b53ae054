//! The answer: what the papers, taken together, say to the question; the first thing a reader sees.
//!
//! **The label is decided in `decide`.** A label needs two thirds of the papers that take a side with a finding of
//! their own, and fewer than a quarter against it; otherwise the answer is *mixed*. Papers count once each, whatever
//! their size or design: the table beside the answer shows what was studied, and weighing is left to the reader.
//!
//! Why no answer is made where no proposition stands: "which" and "why" have no yes or no. There, and where too few
//! papers take a side, what the papers find is the answer, in their own words.

use crate::{
    claim::Claim,
    paper::{Paper, PaperId},
    stance::{Finding, Kind, PaperStance, Stance},
    study::Study,
    text::{Span, terms},
    verify::{Evidence, Verdict},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

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
    /// On the topic, and take no side that could be read.
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
    /// Findings listed, at most.
    pub findings: usize,
    /// Share of the words of the shorter of two findings that makes them one finding.
    pub same: f32,
}

impl Default for Params {
    fn default() -> Self {
        Self { agreement: 2.0 / 3.0, contrary: 0.25, fewest: 4, sided: 0.25, sure: 0.45, findings: 6, same: 0.7 }
    }
}

/// The answer from the papers on the topic, best first.
#[must_use]
pub fn answer(
    question: &str,
    proposition: Option<&str>,
    rows: &[Row<'_>],
    searched: Searched,
    params: &Params,
) -> Answer {
    let answers = rows.iter().any(|row| can_answer(row, proposition));
    let counting = Counting::of(proposition, rows, params);
    let counts = counting.count(rows);
    let decided = if answers { decide(proposition, counts, params) } else { Label::None };
    let none = (decided == Label::None).then(|| missing(searched));
    let findings = if decided == Label::None {
        Vec::new()
    } else if proposition.is_some() && decided != Label::List {
        by_side(rows, counting)
    } else {
        distinct(rows.iter().filter(|row| row.paper.can_be_evidence()), params)
    };
    let asks_how_much = question.to_lowercase().split_whitespace().take(2).eq(["how", "much"]);
    Answer {
        label: decided,
        text: sentence((decided, none), proposition, counts, rows, searched, counting),
        rule: rule(decided, proposition.is_some(), counting),
        proposition: proposition.map(str::to_owned),
        counts,
        findings,
        sizes: if asks_how_much { sizes(rows) } else { Vec::new() },
        disagreement: disagreement(rows, counting),
        none,
    }
}

/// Whether a paper can answer at all: it names something of the question, and, where the question relates two things, something
/// of either. Of 137 labelled questions this took the answer from two, neither of which had a paper that decides it; half of
/// the question's words took it from seven, four of which had.
fn can_answer(row: &Row<'_>, proposition: Option<&str>) -> bool {
    row.coverage > 0.0 && (proposition.is_none() || row.weakest_side > 0.0)
}

/// Which papers count: those with a finding of their own; where these are too few for a verdict, and it can be had with those
/// that state a side as known or as others' finding, these too.
#[derive(Clone, Copy)]
struct Counting<'p> {
    params: &'p Params,
    with_known: bool,
}

impl<'p> Counting<'p> {
    fn of(proposition: Option<&str>, rows: &[Row<'_>], params: &'p Params) -> Self {
        let label = |counting: Self| decide(proposition, counting.count(rows), params);
        let [own, all] = [false, true].map(|with_known| Self { params, with_known });
        if label(own) == Label::List && label(all) != Label::List { all } else { own }
    }

    /// Whether a paper takes a side that counts: surely enough, and never where it was taken back.
    fn takes_a_side(self, row: &Row<'_>) -> bool {
        row.stance.stance != Stance::Silent
            && is_sure(row.stance, self.params)
            && row.stance.finding.as_ref().is_some_and(|found| self.with_known || found.kind == Kind::Finding)
            && row.paper.can_be_evidence()
    }

    fn count(self, rows: &[Row<'_>]) -> Counts {
        let mut counts = Counts::default();
        for row in rows.iter().filter(|row| row.paper.can_be_evidence()) {
            counts.add(if self.takes_a_side(row) { row.stance.stance } else { Stance::Silent });
        }
        counts
    }

    /// The papers that take a side.
    fn sided<'r, 'a>(self, rows: &'r [Row<'a>]) -> impl Iterator<Item = &'r Row<'a>> {
        rows.iter().filter(move |row| self.takes_a_side(row))
    }
}

/// Whether a paper's side was read surely enough to be counted.
#[must_use]
pub fn is_sure(stance: &PaperStance, params: &Params) -> bool {
    confidence(stance) >= params.sure
}

/// Decides the label. The only place where it is chosen.
fn decide(proposition: Option<&str>, counts: Counts, params: &Params) -> Label {
    if proposition.is_none() {
        return Label::List;
    }
    let all = counts.sided();
    let on_topic = (all + counts.silent) as f32;
    if all == 0 || (all < params.fewest && (all as f32) < params.sided * on_topic) {
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

fn missing(searched: Searched) -> Missing {
    match searched {
        Searched { unasked: 1.., .. } | Searched { left_out: 1.., .. } => Missing::NotAsked,
        Searched { works: 0, .. } => Missing::NothingFound,
        Searched { .. } => Missing::OffTopic,
    }
}

/// The answer in words.
fn sentence(
    (label, none): (Label, Option<Missing>),
    proposition: Option<&str>,
    counts: Counts,
    rows: &[Row<'_>],
    searched: Searched,
    counting: Counting<'_>,
) -> String {
    let on_topic = rows.len();
    if let Some(none) = none {
        return no_answer(none, searched, on_topic);
    }
    let Some(proposition) = proposition else {
        return format!("{} on the topic; what {} in {} own words:", papers(on_topic), find(on_topic), their(on_topic));
    };
    let sided = counts.sided();
    let statement = clause(proposition);
    if sided == 0 {
        let what = if on_topic == 1 { "It takes no side" } else { "None of them takes a side" };
        return format!(
            "{} on the topic. {what} that could be read surely, so there is no verdict; what {} is below.",
            papers(on_topic),
            find(on_topic)
        );
    }
    let known = rows.iter().filter(|row| is_known(row, counting.params)).count();
    let aside = if counting.with_known { 0 } else { known };
    let rest = format!("{}{}", known_words(known, counting), silent(counts.silent.saturating_sub(aside)));
    if label == Label::List {
        return format!(
            "Only {sided} of the {on_topic} papers on the topic take{} a side, too few for a verdict; what they find is below.{}",
            if sided == 1 { "s" } else { "" },
            known_words(known, counting)
        );
    }
    if sided == 1 {
        let says = match (counts.yes, counts.no, counts.no_difference) {
            (1, ..) => format!("says that {statement}"),
            (_, 1, _) => format!("says that it is not so that {statement}"),
            (_, _, 1) => format!("finds no difference, asked whether {statement}"),
            _ => format!("says that it depends whether {statement}"),
        };
        return format!("One paper takes a side: it {says}.{rest}");
    }
    let (word, agree, verb) = match label {
        Label::Yes => (if counts.yes == sided { "Yes" } else { "Mostly yes" }, counts.yes, "say"),
        Label::No => (if counts.no == sided { "No" } else { "Mostly no" }, counts.no, "deny"),
        Label::NoDifference => ("No difference", counts.no_difference, "find no difference, asked whether"),
        _ => ("Mixed", counts.yes, if counts.yes == 1 { "says" } else { "say" }),
    };
    let that = if label == Label::NoDifference { "" } else { " that" };
    let others = others(label, counts);
    format!("{word}: {agree} of the {sided} papers that take a side {verb}{that} {statement}{others}.{rest}")
}

/// "; 1 finds no difference, 1 the opposite".
fn others(label: Label, counts: Counts) -> String {
    let sides = [
        (counts.yes, Label::Yes, "agree with it"),
        (counts.no_difference, Label::NoDifference, "found no difference"),
        (counts.no, Label::No, "found the opposite or denied it"),
        (counts.mixed, Label::Mixed, "found that it depends"),
    ];
    let said = |of: Label| of == label || (label == Label::Mixed && of == Label::Yes);
    let parts: Vec<String> = sides
        .iter()
        .filter(|(count, of, _)| *count > 0 && (!said(*of)))
        .map(|(count, _, says)| format!("{count} {says}"))
        .collect();
    if parts.is_empty() { String::new() } else { format!("; {}", parts.join(", ")) }
}

/// Whether a paper says of a side, surely enough, that it is known or that others found it: no finding of its own.
fn is_known(row: &Row<'_>, params: &Params) -> bool {
    row.stance.stance != Stance::Silent
        && is_sure(row.stance, params)
        && row.stance.finding.as_ref().is_some_and(|finding| finding.kind != Kind::Finding)
        && row.paper.can_be_evidence()
}

fn known_words(count: usize, counting: Counting<'_>) -> String {
    match (count, counting.with_known) {
        (0, _) => String::new(),
        (1, true) => " 1 of these states it as known, or as others' finding.".into(),
        (_, true) => format!(" {count} of these state it as known, or as others' finding."),
        (1, false) => " 1 more states a side as known, or as others' finding, and is not counted.".into(),
        (_, false) => format!(" {count} more state a side as known, or as others' finding, and are not counted."),
    }
}

fn silent(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => " 1 more is on the topic and takes no side that could be read surely.".into(),
        _ => format!(" {count} more are on the topic and take no side that could be read surely."),
    }
}

fn no_answer(none: Missing, searched: Searched, on_topic: usize) -> String {
    let why = match none {
        Missing::NothingFound => "the sources answered and returned nothing.".into(),
        Missing::OffTopic => {
            let works = if searched.works == 1 { "1 work".into() } else { format!("{} works", searched.works) };
            match on_topic {
                0 => format!("the sources returned {works}, and none is on the topic; the report lists the nearest."),
                1 => format!("of {works} 1 is on the topic, and it does not speak of all that is asked."),
                _ => format!("of {works} {on_topic} are on the topic, and none of them speaks of all that is asked."),
            }
        }
        Missing::NotAsked => format!("{}, and what the others returned is not on the topic.", unanswered(searched)),
    };
    format!("No paper found answers this: {why}")
}

/// Which sources did not have their say.
fn unanswered(Searched { unasked, left_out, .. }: Searched) -> String {
    let sources = |count| if count == 1 { "1 source".into() } else { format!("{count} sources") };
    let left = format!("{} left out by the reader", if left_out == 1 { "was" } else { "were" });
    match (unasked, left_out) {
        (_, 0) => format!("{} could not be asked", sources(unasked)),
        (0, _) => format!("{} {left}", sources(left_out)),
        _ => format!("{} could not be asked, {left_out} {left}", sources(unasked)),
    }
}

fn papers(count: usize) -> String {
    if count == 1 { "One paper is".into() } else { format!("{count} papers are") }
}

fn find(count: usize) -> &'static str {
    if count == 1 { "it finds" } else { "they find" }
}

fn their(count: usize) -> &'static str {
    if count == 1 { "its" } else { "their" }
}

/// A statement as part of a sentence: its first letter small where it is an ordinary word, no full stop.
fn clause(statement: &str) -> String {
    let statement = statement.trim_end_matches(['.', ' ']);
    let first = statement.split_whitespace().next().unwrap_or_default();
    let is_ordinary = first.chars().skip(1).all(char::is_lowercase) && first.chars().count() > 1;
    if !is_ordinary {
        return statement.to_owned();
    }
    let mut letters = statement.chars();
    letters.next().map_or_else(String::new, |letter| letter.to_lowercase().chain(letters).collect())
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

/// How the label was reached.
fn rule(label: Label, has_proposition: bool, counting: Counting<'_>) -> String {
    match label {
        Label::None => String::new(),
        Label::List if !has_proposition => "The question asks for no yes or no, so nothing was counted.".into(),
        Label::List => format!(
            "A verdict needs {} papers that surely take a side with a finding of their own, or a quarter of those on the \
             topic; “perhaps” in the table marks sides too unsure to count.",
            counting.params.fewest
        ),
        _ if counting.with_known => "Too few papers have a finding of their own, so those count too that state a side as known or as \
                                     others' finding. A label needs two thirds of those that take a side, and fewer than a \
                                     quarter against it. “Perhaps” in the table marks those too unsure to count."
            .into(),
        _ => "Every paper with a finding of its own counts once. A label needs two thirds of those that take a side, and \
              fewer than a quarter against it. A model and a few signs in the text read the sides; “perhaps” in the table marks \
              those too unsure to count."
            .into(),
    }
}

/// The strongest finding of each side, then the most direct of the papers that take none.
fn by_side(rows: &[Row<'_>], counting: Counting<'_>) -> Vec<Found> {
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
    let rest = rows.iter().filter(|row| !quoted.contains(&row.paper.id) && row.paper.can_be_evidence());
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

/// How probable a paper's own stance is; 0 where the question has no proposition.
fn confidence(stance: &PaperStance) -> f32 {
    stance.probability.map_or(0.0, |probability| match stance.stance {
        Stance::Yes => probability.yes,
        Stance::No => probability.no,
        Stance::Mixed => probability.mixed,
        Stance::NoDifference => probability.no_difference,
        Stance::Silent => probability.silent,
    })
}

/// The findings of rows in their order, one a row; a row that says what an earlier one said joins it.
fn distinct<'r, 'a: 'r>(rows: impl Iterator<Item = &'r Row<'a>>, params: &Params) -> Vec<Found> {
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

/// The stated sizes of the findings, a row a paper.
fn sizes(rows: &[Row<'_>]) -> Vec<Size> {
    let of = |row: &Row<'_>| {
        [&row.stance.finding, &row.stance.second].into_iter().flatten().find_map(|finding| {
            let sizes: Vec<String> =
                stated_sizes(&finding.text).map(|span| span.of(&finding.text).to_owned()).collect();
            let (paper, text) = (row.paper.id.clone(), finding.text.clone());
            (!sizes.is_empty()).then_some(Size { paper, sizes, text })
        })
    };
    rows.iter().filter_map(of).collect()
}

/// Words after a number that make it a size.
const SIZE_WORDS: &[&str] = &[
    "%",
    "percent",
    "per cent",
    "percentage point",
    "points",
    "pp",
    "fold",
    "-fold",
    "times",
    "x",
    "×",
    "orders of magnitude",
];

/// Numbers in digits that are followed by a word of size.
fn stated_sizes(text: &str) -> impl Iterator<Item = Span> + '_ {
    let number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '·');
    let starts = text.char_indices().filter(move |&(at, c)| {
        c.is_ascii_digit()
            && !text[..at].chars().next_back().is_some_and(|before| number(before) || before.is_alphabetic())
    });
    starts.filter_map(move |(start, _)| {
        let digits = text[start..].find(|c| !number(c)).unwrap_or(text.len() - start);
        let end = start + text[start..start + digits].trim_end_matches(['.', ',', '·']).len();
        let gap = text[end..].len() - text[end..].trim_start_matches([' ', '\u{a0}', '\u{202f}', '\\']).len();
        let rest = &text[end + gap..];
        let word = SIZE_WORDS.iter().filter(|word| rest.starts_with(**word)).max_by_key(|word| word.len())?;
        let after = rest[word.len()..].chars().next();
        let whole = !word.ends_with(char::is_alphabetic) || !after.is_some_and(|c| c.is_alphabetic() && c != 's');
        whole.then_some(Span { start, end: end + gap + word.len() })
    })
}

/// The strongest finding for and against, and what the two papers state differently.
fn disagreement(rows: &[Row<'_>], counting: Counting<'_>) -> Option<Disagreement> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        paper::{PassageRef, Reading},
        stance::StanceProbability,
        study::Stated,
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
                "Only 1 of the 5 papers on the topic takes a side, too few for a verdict",
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

    #[test]
    fn sizes_are_numbers_with_a_word_of_size() {
        let of = |text: &str| stated_sizes(text).map(|span| span.of(text).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            of("It fell by 12.5%, 3-fold, 4 points and 2.1× in 2019 with 40 patients."),
            ["12.5%", "3-fold", "4 points", "2.1×"]
        );
        assert_eq!(of("Model v2 x1 timesteps 7 timesteps"), Vec::<String>::new());
    }

    #[test]
    fn a_statement_becomes_part_of_a_sentence() {
        assert_eq!(clause("Short naps improve memory."), "short naps improve memory");
        assert_eq!(clause("LLMs hallucinate."), "LLMs hallucinate");
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
