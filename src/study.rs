//! What a paper says it studied: its design, its size, its population. Each is a verbatim piece of what was read; what
//! a paper does not state stays empty.
//!
//! Why by rule: a reader who weighs eight papers asks first how many patients and of what kind, and abstracts say so in
//! a few fixed ways ("a randomized trial", "n = 54", "in patients with …").

use crate::{
    paper::{Paper, PassageRef, SectionKind},
    text::Span,
};
use serde::{Deserialize, Serialize};

/// What was studied, where the text states it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Study {
    /// How it was studied: the strongest design that is named, in a fixed name for it.
    pub design: Option<Stated>,
    /// How many were studied: the greatest number that stands before something that can be studied, or after "n =".
    pub sample: Option<Stated>,
    /// Who or what was studied: "patients with …", "older adults".
    pub population: Option<Stated>,
}

/// One thing that a paper states, with its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Stated {
    /// For the table: a design's name, or the quote.
    pub value: String,
    /// The passage it stands in.
    pub at: PassageRef,
    /// Where in the passage: `passage.text[span] == quote`.
    pub span: Span,
    /// The words that state it, verbatim.
    pub quote: String,
}

/// Designs, strongest first, and the beginnings of words that name them, in lower case and in a row.
const DESIGNS: &[(&str, &[&str])] = &[
    ("meta-analysis", &["meta-analys", "meta analys", "metaanalys"]),
    ("systematic review", &["systematic review", "systematic literature review", "scoping review"]),
    ("randomised trial", &["randomized", "randomised", "randomly assigned", "randomly allocated"]),
    ("cohort study", &["cohort stud", "prospective cohort", "retrospective cohort", "cohort of", "followed up for"]),
    ("case-control study", &["case-control", "case control"]),
    ("cross-sectional study", &["cross-sectional", "cross sectional"]),
    ("prospective study", &["prospective study", "prospectively", "longitudinal study", "longitudinal"]),
    ("retrospective study", &["retrospective", "chart review"]),
    ("animal study", &["in mice", "in rats", "mouse model", "murine", "knockout mice", "transgenic mice", "rat model"]),
    ("laboratory study", &["in vitro", "cell line", "cultured cells"]),
    ("user study", &["user study", "human evaluation", "crowdsourc"]),
    ("survey", &["questionnaire", "survey of", "we surveyed", "interviews with", "semi-structured interview"]),
    ("simulation", &["simulation", "simulated"]),
    ("benchmark", &["benchmark"]),
    ("literature review", &["literature review", "this review", "this survey", "we review", "we survey"]),
];

/// What can be counted as studied, in the plural and in lower case.
const STUDIED: &str = "adolescents adults animals athletes babies boys cases children cohorts controls countries \
    datasets documents doctors eyes families females galaxies genes girls individuals infants languages LLMs llms \
    males men mice models mothers nurses papers participants patients people persons physicians pregnancies problems \
    pupils questions rats respondents samples specimens stars students studies subjects surgeons survivors tasks \
    teachers teeth trials tumors tumours twins users veterans volunteers women workers";

/// Words that may stand between a number and what is counted.
const MOST_BETWEEN: usize = 3;
/// Words of a population, at most: longer ones run into the next clause.
const MOST_OF_POPULATION: usize = 9;
/// Words that a population begins with, before "with", "who", "undergoing", "aged" …
const POPULATIONS: &str = "adolescents adults athletes children females individuals infants males men mice mothers \
    neonates newborns nurses participants patients people persons physicians rats residents smokers students \
    survivors teachers veterans volunteers women workers";
/// Words after which a population says which.
const WHICH: &str = "with without who undergoing receiving aged having suffering from after";
/// Words before a population that say which.
const KINDS: &str = "older elderly young younger healthy pregnant postmenopausal premenopausal adult pediatric \
    paediatric preterm obese overweight diabetic hypertensive critically hospitalized hospitalised";

/// Reads what a paper states of its study from its title and from what was read of it, abstract first.
#[must_use]
pub fn study(paper: &Paper) -> Study {
    let mut study = Study::default();
    let mut most = 0;
    let mut best_design = DESIGNS.len();
    let prose = paper.passages().filter(|(at, _)| paper.sections[at.section].kind != SectionKind::Table);
    for (at, passage) in prose.take(PASSAGES) {
        let words = words(&passage.text);
        let stated = |value: Option<&str>, span: Span| Stated {
            value: value.unwrap_or(span.of(&passage.text)).to_owned(),
            at: at.clone(),
            span,
            quote: span.of(&passage.text).to_owned(),
        };
        if let Some((place, span)) = design(&passage.text)
            && place < best_design
        {
            best_design = place;
            study.design = Some(stated(Some(DESIGNS[place].0), span));
        }
        if let Some((count, span)) = sample(&passage.text, &words)
            && count > most
        {
            most = count;
            study.sample = Some(stated(None, span));
        }
        if study.population.is_none() {
            study.population = population(&passage.text, &words).map(|span| stated(None, span));
        }
    }
    study
}

/// Passages looked at: an abstract and the beginning of a full text, where papers say what they studied.
const PASSAGES: usize = 12;

/// The strongest design that a text names: its place in [`DESIGNS`] and the words that name it.
fn design(text: &str) -> Option<(usize, Span)> {
    let lower = text.to_ascii_lowercase();
    DESIGNS.iter().enumerate().find_map(|(place, (_, beginnings))| {
        let start = beginnings.iter().filter_map(|beginning| word_start(&lower, beginning)).min()?;
        let end = beginnings.iter().filter(|b| lower[start..].starts_with(**b)).map(|b| start + b.len()).max()?;
        let rest = lower[end..].find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(lower.len() - end);
        Some((place, Span { start, end: end + rest }))
    })
}

/// Where `beginning` stands at the start of a word.
fn word_start(text: &str, beginning: &str) -> Option<usize> {
    let begins = |&(at, _): &(usize, &str)| !text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
    text.match_indices(beginning).find(begins).map(|(at, _)| at)
}

/// The greatest number of studied things in a text, with the words that state it.
fn sample(text: &str, words: &[Span]) -> Option<(u64, Span)> {
    let word = |at: usize| words.get(at).map_or("", |span| span.of(text));
    let counted = |at: usize| {
        let count = count(word(at))?;
        let last = (at + 1..=at + 1 + MOST_BETWEEN).find(|&next| is_one_of(word(next), STUDIED))?;
        // "12 of 54 patients": the greater number is met by itself; a decimal or a per cent counts nothing.
        let within = Span { start: words[at].start, end: words[last].end };
        let plain = !within.of(text).contains(['%', ';', ':', '(', ')', '.']);
        (plain && (at + 1..last).all(|between| count_free(word(between)))).then_some((count, within))
    };
    let given = |at: usize| {
        let named = word(at).eq_ignore_ascii_case("n");
        let gap = words.get(at + 1).map(|next| Span { start: words[at].end, end: next.start }.of(text).trim());
        let count = (named && gap == Some("=")).then(|| count(word(at + 1)))??;
        Some((count, Span { start: words[at].start, end: words[at + 1].end }))
    };
    let found = (0..words.len()).filter_map(|at| counted(at).or_else(|| given(at)));
    found.max_by_key(|&(count, span)| (count, std::cmp::Reverse(span.start)))
}

/// Whether a word between a number and what it counts is neither a number nor a preposition.
fn count_free(word: &str) -> bool {
    count(word).is_none() && !matches!(word, "of" | "in" | "per" | "and" | "or" | "to" | "at" | "from" | "for")
}

/// A whole number in digits: "1,024"; years, decimals and single digits are none.
fn count(word: &str) -> Option<u64> {
    let digits = word.replace([',', '\u{202f}'], "");
    let number: u64 = digits.parse().ok()?;
    let grouped = !word.contains(',') || word.rsplit(',').next().is_some_and(|group| group.len() == 3);
    let is_year = (1900..=2100).contains(&number) && !word.contains(',');
    (grouped && number >= 10 && !is_year).then_some(number)
}

/// The first population that a text names with what narrows it.
fn population(text: &str, words: &[Span]) -> Option<Span> {
    let word = |at: usize| words.get(at).map_or("", |span| span.of(text));
    (0..words.len()).filter(|&at| is_one_of(word(at), POPULATIONS)).find_map(|at| {
        let kind = at.checked_sub(1).filter(|&before| is_one_of(word(before), KINDS));
        let narrowed = is_one_of(word(at + 1), WHICH);
        if !narrowed {
            return kind.map(|before| Span { start: words[before].start, end: words[at].end });
        }
        let start = words[kind.unwrap_or(at)].start;
        let clause_end =
            text[words[at].end..].find([',', ';', '.', '(', ':']).map_or(text.len(), |n| words[at].end + n);
        let within = words[at..].iter().take_while(|span| span.end <= clause_end);
        let until = within.clone().take(MOST_OF_POPULATION).position(|span| is_verb(span.of(text)));
        let taken = until.unwrap_or(MOST_OF_POPULATION).max(1);
        let end = within.take(taken).last()?.end;
        Some(Span { start, end })
    })
}

/// Whether a word ends the description of a population: the clause's own verb.
fn is_verb(word: &str) -> bool {
    matches!(
        word,
        "was" | "were" | "is" | "are" | "had" | "have" | "has" | "did" | "does" | "showed" | "and" | "by" | "in" | "to"
    )
}

fn is_one_of(word: &str, list: &str) -> bool {
    !word.is_empty() && list.split_whitespace().any(|one| one.eq_ignore_ascii_case(word))
}

/// Spans of the words of a text: letters, digits, and the marks within them.
fn words(text: &str) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let inner = matches!(c, ',' | '-' | '\'' | '’')
            && start.is_some()
            && text[at + c.len_utf8()..].chars().next().is_some_and(char::is_alphanumeric);
        match (c.is_alphanumeric() || inner, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                spans.push(Span { start: from, end: at });
                start = None;
            }
            _ => {}
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::{PaperId, Passage, Reading, Section, SectionKind};
    use proptest::prelude::*;

    fn of(text: &str) -> Study {
        let passage = Passage { text: text.into(), sentences: vec![], anchor: None, places: vec![] };
        let section = Section { heading: "Abstract".into(), kind: SectionKind::Abstract, passages: vec![passage] };
        study(&Paper {
            id: PaperId("doi:10.5555/x".into()),
            title: "A study".into(),
            authors: vec![],
            year: None,
            venue: None,
            doi: None,
            arxiv_id: None,
            url: "https://doi.org/10.5555/x".into(),
            abstract_text: None,
            retracted: false,
            sources: vec![],
            sections: vec![section],
            reading: Reading::Abstract,
            ..Paper::default()
        })
    }

    fn value(stated: Option<Stated>) -> String {
        stated.map_or_else(String::new, |stated| stated.value)
    }

    #[test]
    fn what_an_abstract_states_is_read() {
        let study =
            of("In a double-blind randomized trial, 1,204 older adults with mild asthma took the drug or placebo; \
                        12 of 602 patients left.");
        assert_eq!(value(study.design), "randomised trial");
        assert_eq!(value(study.sample), "1,204 older adults");
        assert_eq!(value(study.population), "older adults with mild asthma took the drug or placebo");
        assert_eq!(value(of("We pooled trials in a meta-analysis of randomised trials.").design), "meta-analysis");
        assert_eq!(value(of("Blood was drawn (n = 54) twice.").sample), "n = 54");
    }

    #[test]
    fn what_is_not_stated_stays_empty() {
        let study = of("In 2019 the rate was 54 % and 3.5 patients a day came; accuracy rose by 12 points.");
        assert_eq!(study, Study::default());
        assert_eq!(of("It took 12 of the questions.").sample, None, "a part is no sample");
    }

    proptest! {
        #[test]
        fn quotes_are_verbatim(text in "([a-z0-9,.()=% é]{1,12} ?(patients|adults with|n =|randomized|mice)? ?){1,8}") {
            let study = of(&text);
            for stated in [study.design, study.sample, study.population].into_iter().flatten() {
                prop_assert_eq!(stated.span.of(&text), stated.quote);
            }
        }
    }
}
