//! The answer in words, and the rule by which it was reached.

use super::{
    Label, Missing, Row, Searched,
    count::{Counting, Counts, is_known},
};

/// The answer in words.
pub(super) fn sentence(
    (label, none): (Label, Option<Missing>),
    (question, proposition): (&str, Option<&str>),
    counts: Counts,
    rows: &[Row<'_>],
    searched: Searched,
    counting: Counting<'_>,
) -> String {
    let on_topic = rows.iter().filter(|row| row.relevance >= counting.params.on_topic).count();
    if let Some(none) = none {
        return no_answer(none, searched, on_topic);
    }
    // Those that the reader brings are kept whatever they are about.
    let own = rows.iter().filter(|row| row.relevance < counting.params.on_topic && row.paper.is_own()).count();
    let kept = kept(on_topic, rows.len() - on_topic - own, own);
    let find = if rows.len() == 1 { "it finds" } else { "they find" };
    let Some(proposition) = proposition else {
        let their = if rows.len() == 1 { "its" } else { "their" };
        return format!("{kept}; what {find} in {their} own words:");
    };
    let sided = counts.sided();
    let statement = clause(proposition, question);
    if sided == 0 {
        let none = if rows.len() == 1 { "It takes no side" } else { "None of them takes a side" };
        return format!("{kept}. {none} that could be read surely, so there is no verdict; what {find} is below.");
    }
    let known = rows.iter().filter(|row| is_known(row, counting.params)).count();
    let aside = if counting.with_known { 0 } else { known };
    let rest = format!("{}{}", known_words(known, counting), silent(counts.silent.saturating_sub(aside)));
    if label == Label::List {
        return format!(
            "{kept}. Only {sided} take{} a side, too few for a verdict; what {find} is below.{}",
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
        1 => " 1 more takes no side that could be read surely.".into(),
        _ => format!(" {count} more take no side that could be read surely."),
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

/// "9 papers are on the topic and 3 near it, beside 2 more of your own"; one at least is on it.
fn kept(on_topic: usize, near: usize, own: usize) -> String {
    let near = if near == 0 { String::new() } else { format!(" and {near} near it") };
    let own = if own == 0 { String::new() } else { format!(", beside {own} more of your own") };
    if on_topic == 1 {
        format!("One paper is on the topic{near}{own}")
    } else {
        format!("{on_topic} papers are on the topic{near}{own}")
    }
}

/// A statement as part of a sentence: without its full stop, and its first letter small unless its first word is a name: it has
/// other capitals or digits, or the question has it with its capital.
fn clause(statement: &str, question: &str) -> String {
    let statement = statement.trim_end_matches(['.', ' ']);
    let first = statement.split_whitespace().next().unwrap_or_default();
    let asked_so = question.split_whitespace().skip(1).any(|word| word.trim_end_matches(['?', ',']) == first);
    if asked_so || first.chars().count() < 2 || first.chars().skip(1).any(|c| c.is_uppercase() || c.is_numeric()) {
        return statement.to_owned();
    }
    let mut letters = statement.chars();
    letters.next().map_or_else(String::new, |letter| letter.to_lowercase().chain(letters).collect())
}

/// How the label was reached.
pub(super) fn rule(label: Label, has_proposition: bool, counting: Counting<'_>) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_becomes_part_of_a_sentence() {
        for (statement, question, clause_of) in [
            ("Short naps improve memory.", "Do short naps improve memory?", "short naps improve memory"),
            ("LLMs hallucinate.", "Do LLMs hallucinate?", "LLMs hallucinate"),
            ("Chain-of-thought helps.", "Does chain-of-thought help?", "chain-of-thought helps"),
            (
                "Alzheimer's disease is heritable.",
                "Is Alzheimer's disease heritable?",
                "Alzheimer's disease is heritable",
            ),
            ("Vitamin D helps.", "Vitamin D: does it help?", "vitamin D helps"),
        ] {
            assert_eq!(clause(statement, question), clause_of);
        }
    }
}
