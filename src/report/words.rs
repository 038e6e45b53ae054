//! How the answer, the table of papers and the score are worded, the same in every rendering.

use super::{
    PaperRow, Reference, Report,
    shown::{self, count},
};
use crate::{
    answer::{Counts, Found},
    paper::PaperId,
    read::table,
    review::Interval,
    stance::{Kind, Stance},
    study::{Stated, Study},
    trace::{Outcome, Trace, Unchecked},
};

/// Stances in the order of the meter, with the papers that take each; those that take none come last.
pub fn sides(counts: Counts) -> [(Stance, usize); 5] {
    [
        (Stance::Yes, counts.yes),
        (Stance::Mixed, counts.mixed),
        (Stance::NoDifference, counts.no_difference),
        (Stance::No, counts.no),
        (Stance::Silent, counts.silent),
    ]
}

/// A stance as the reader sees it.
pub fn stance(stance: Stance) -> &'static str {
    match stance {
        Stance::Yes => "yes",
        Stance::Mixed => "depends",
        Stance::NoDifference => "no difference",
        Stance::No => "no",
        Stance::Silent => "takes no side",
    }
}

/// The side of a paper as its row shows it: "yes", "perhaps yes".
pub fn side_of(row: &PaperRow) -> String {
    let unsure = !row.sure && row.stance != Stance::Silent;
    format!("{}{}", if unsure { "perhaps " } else { "" }, stance(row.stance))
}

/// So many papers with a stance: "6 yes", "54 take no side".
pub fn papers_with(papers: usize, side: Stance) -> String {
    match side {
        Stance::Silent if papers != 1 => format!("{papers} take no side"),
        side => format!("{papers} {}", stance(side)),
    }
}

/// A stance as the JSON names it, to class what shows it.
pub fn stance_name(stance: Stance) -> &'static str {
    match stance {
        Stance::Yes => "yes",
        Stance::Mixed => "mixed",
        Stance::NoDifference => "no-difference",
        Stance::No => "no",
        Stance::Silent => "silent",
    }
}

/// Whose a finding is.
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Finding => "own finding",
        Kind::SecondHand => "second-hand",
        Kind::Assumption => "assumption",
    }
}

/// Above second-hand claims.
pub const SECOND_HAND: &str = "These sentences report somebody else's result, and none of them is counted. Where the work that \
     one cites could be had, the sentence was put to it.";

/// What a second-hand claim comes to at its source: what stands before the work, and what follows it.
pub fn traced(trace: &Trace) -> (String, String) {
    match &trace.outcome {
        Outcome::Checked { label, probability, quote, reading } => {
            let sure = probability.map_or_else(String::new, |probability| format!(", {probability:.2}"));
            let quote = quote.as_ref().map_or_else(String::new, |quote| match table::cell(quote) {
                Some(_) => format!(", read from a table: {quote}"),
                None => format!(": “{quote}”"),
            });
            (format!("At its source, {},", shown::reading(*reading)), format!(": {label}{sure}{quote}"))
        }
        Outcome::Unchecked(Unchecked { reason, remedy }) if trace.work.is_some() => {
            ("Not checked at its source,".to_owned(), format!(": {reason}. {remedy}"))
        }
        Outcome::Unchecked(Unchecked { reason, remedy }) => {
            ("Not checked at its source:".to_owned(), format!("{reason}. {remedy}"))
        }
    }
}

/// Papers marked after a finding, at most: the table has all of them.
const MARKED: usize = 5;

/// "2 more papers agree [3] [5]; 1 disagrees [2]", with `mark` for each paper; empty where one stands alone.
pub fn agreement(found: &Found, mark: impl Fn(&PaperId) -> String) -> String {
    let same = &found.papers[found.papers.len().min(1)..];
    let says = |papers: &[PaperId], one: &str, several: &str| match papers {
        [] => None,
        papers => {
            let said = if papers.len() == 1 { format!("1 {one}") } else { format!("{} {several}", papers.len()) };
            let marked = papers.iter().take(MARKED).fold(said, |said, paper| format!("{said} {}", mark(paper)));
            Some(if papers.len() > MARKED { format!("{marked} …") } else { marked })
        }
    };
    let same = says(same, "more paper agrees", "more papers agree");
    let against = says(&found.against, "disagrees", "disagree");
    same.into_iter().chain(against).collect::<Vec<_>>().join("; ")
}

/// What a paper states of its study, each with what it is.
pub fn studied(study: &Study) -> impl Iterator<Item = (&'static str, &Stated)> {
    [("design", &study.design), ("size", &study.sample), ("studied", &study.population)]
        .into_iter()
        .filter_map(|(what, stated)| Some((what, stated.as_ref()?)))
}

/// What the panel's score says, or why there is none; a sentence each.
pub fn score(report: &Report) -> Vec<String> {
    let (review, waiting) = (&report.review, report.verdicts.not_judged);
    if report.cancelled && report.claims.is_empty() {
        return vec!["Not scored: the run ended before any claim was met.".into()];
    }
    if waiting > 0 {
        let (all, judged) = (report.claims.len(), report.claims.len() - waiting);
        return vec![format!("Not scored: the run ended after {judged} of {} had been judged.", count(all, "claim"))];
    }
    let mut sentences = vec![format!(
        "{:.1} of 10 ({}): this says how complete the check was, not how true the answer is.",
        review.score, review.rating
    )];
    if let Some(cap) = review.cap.filter(|cap| review.raw > *cap) {
        sentences
            .push(format!("Without its critical failures it would be {:.1}; they cap it at {cap:.1}.", review.raw));
    }
    sentences.extend(review.critical.iter().map(|failure| format!("Critical: {failure}.")));
    if let Some(Interval { low, high }) = review.interval {
        sentences.push(format!(
            "If other claims had been sampled from these papers, the score before caps would lie between {low:.1} and \
             {high:.1} (90 % bootstrap interval)."
        ));
    }
    sentences
}

/// "A. Author and others, 2020": who says it, before what is said.
pub fn byline(reference: &Reference) -> String {
    let who = match reference.authors.as_slice() {
        [] => "Authors not given".into(),
        [one] => one.clone(),
        [one, other] => format!("{one} and {other}"),
        [first, ..] => format!("{first} and others"),
    };
    reference.year.map_or_else(|| who.clone(), |year| format!("{who}, {year}"))
}
