//! Words for search.

use super::{
    letter,
    spelling::{common, greek},
    unaccented,
};
use rust_stemmers::{Algorithm, Stemmer};
use std::{cell::RefCell, collections::HashMap};

/// Words too common to tell papers apart; in lower case.
const STOP_WORDS: &[&str] = &[
    "a", "about", "after", "all", "also", "am", "among", "an", "and", "any", "are", "as", "at", "be", "because",
    "been", "before", "being", "between", "both", "but", "by", "can", "could", "did", "do", "does", "doing", "during",
    "each", "either", "et", "al", "for", "from", "further", "had", "has", "have", "having", "he", "her", "here", "his",
    "how", "i", "if", "in", "into", "is", "it", "its", "just", "may", "me", "might", "more", "most", "must", "my",
    "no", "nor", "not", "of", "off", "on", "once", "only", "or", "other", "our", "ours", "out", "over", "own", "per",
    "s", "same", "shall", "she", "should", "so", "some", "such", "t", "than", "that", "the", "their", "them", "then",
    "there", "these", "they", "this", "those", "through", "to", "too", "under", "until", "up", "upon", "us", "very",
    "via", "was", "we", "were", "what", "when", "where", "whether", "which", "while", "who", "why", "will", "with",
    "would", "you",
];

/// Longest of them, in bytes.
const LONGEST_STOP_WORD: usize = 7;

/// Longest word kept, in characters: anything longer is data, not a word.
const LONGEST: usize = 64;

/// Words whose terms are remembered; beyond them all are forgotten. 800 abstracts have some 15,000 different words.
const REMEMBERED: usize = 50_000;

thread_local! {
    /// The terms of words met before: texts repeat their words, and a stem costs twenty times a look.
    static KNOWN: RefCell<HashMap<String, Option<String>>> = RefCell::default();
}

/// Whether a word, punctuation at its ends and its case aside, is one of those that are too common to tell papers apart.
pub(crate) fn is_function_word(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    bare.len() <= LONGEST_STOP_WORD && STOP_WORDS.contains(&bare.to_lowercase().as_str())
}

/// Search terms of `text`, in order, repeats kept.
///
/// Lower case, compatibility forms and accents folded, Greek letters by their names ("β-blockers" as "beta-blockers"),
/// British spelling as American, irregular plurals as singulars, stop words and lone letters out, a lone capital part of the
/// word beside it ("vitamin D" as "vitamin-D"), stemmed with Snowball's
/// English stemmer (Porter 2001). A compound gives its whole and its parts, so that "fine-tuned" meets both
/// "finetuned" and "fine tuned"; one with a digit keeps its hyphen: "GPT-4" and "GPT4" both give `gpt-4`, `gpt`, `4`.
/// Numbers keep their decimals and lose their grouping: `3.5`, `1000`. Ideographs and kana are one term each.
#[must_use]
pub fn terms(text: &str) -> Vec<String> {
    let folded: Vec<char> = unaccented(&letter::joined(text)).chars().collect();
    let mut terms = Vec::new();
    let mut at = 0;
    while at < folded.len() {
        if is_ideograph(folded[at]) {
            terms.push(folded[at].to_string());
            at += 1;
        } else if folded[at].is_alphanumeric() {
            let parts = compound(&folded, &mut at);
            push_compound(&parts, &mut terms);
        } else {
            at += 1;
        }
    }
    terms
}

/// The groups of terms any one of which is this word: a compound as its whole, then as its parts. "fine-tuned" gives
/// `[finetun]` and `[fine, tune]`, because a text that says "fine tuned" has the parts alone; where a part is a lone
/// capital the rest is another thing: "vitamin-D" gives `[vitamind]`.
pub(crate) fn spelled(word: &str) -> Vec<Vec<String>> {
    let has_letter = letter::is_joined(word);
    match terms(word).split_first() {
        None => Vec::new(),
        Some((whole, rest)) if rest.is_empty() || has_letter => vec![vec![whole.clone()]],
        Some((whole, parts)) => vec![vec![whole.clone()], parts.to_vec()],
    }
}

/// Reads the parts of the compound that starts at `at`, and moves `at` past it.
fn compound(text: &[char], at: &mut usize) -> Vec<String> {
    let mut parts = vec![String::new()];
    while let Some(&c) = text.get(*at) {
        let next_is_word = text.get(*at + 1).is_some_and(|&next| next.is_alphanumeric() && !is_ideograph(next));
        let between_digits =
            *at > 0 && text[*at - 1].is_ascii_digit() && text.get(*at + 1).is_some_and(char::is_ascii_digit);
        match c {
            '-' | '\u{2010}' | '\u{2011}' if next_is_word => parts.push(String::new()),
            // "dose–response"; not "1–5".
            '\u{2013}' | '\u{2212}' if next_is_word && !between_digits => parts.push(String::new()),
            '.' if between_digits => push(&mut parts, c),
            ',' if between_digits => {}
            '\'' | '\u{2019}' if next_is_word => {
                // "model's" is "model"; "don't" stays one word.
                if text[*at + 1] == 's' && !text.get(*at + 2).is_some_and(|c| c.is_alphanumeric()) {
                    *at += 2;
                    break;
                }
            }
            c if c.is_alphanumeric() && !is_ideograph(c) => push_letter(&mut parts, c, text.get(*at + 1)),
            _ => break,
        }
        *at += 1;
    }
    if let [word] = parts.as_slice()
        && let Some((name, number)) = name_and_number(word)
    {
        return vec![name.to_owned(), number.to_owned()];
    }
    parts
}

/// A Greek letter is a part of its own, by its name: "TNFα" is "tnf-alpha". A micro sign before a unit is none.
fn push_letter(parts: &mut Vec<String>, c: char, next: Option<&char>) {
    let is_unit = c == 'μ' && next.is_some_and(char::is_ascii_alphabetic);
    let in_greek = |c: &char| ('\u{370}'..='\u{3ff}').contains(c);
    let starts = parts.last().is_some_and(String::is_empty);
    match greek(c).filter(|_| !is_unit) {
        // A word in Greek stays a word.
        Some(name) if !next.is_some_and(in_greek) && (starts || parts.last().is_some_and(|part| part.is_ascii())) => {
            if !starts {
                parts.push(String::new());
            }
            if let Some(part) = parts.last_mut() {
                part.push_str(name);
            }
            if next.is_some_and(char::is_ascii_alphabetic) {
                parts.push(String::new());
            }
        }
        _ => push(parts, c),
    }
}

fn push(parts: &mut [String], c: char) {
    if let Some(part) = parts.last_mut() {
        part.push(c);
    }
}

/// "gpt4" as "gpt" and "4"; not "f1" or "word2vec", whose digits belong to the word.
fn name_and_number(word: &str) -> Option<(&str, &str)> {
    let digits = word.find(|c: char| c.is_ascii_digit())?;
    let (name, number) = word.split_at(digits);
    (name.chars().count() >= 3 && number.chars().all(|c| c.is_ascii_digit() || c == '.')).then_some((name, number))
}

fn push_compound(parts: &[String], terms: &mut Vec<String>) {
    if parts.len() > 1 {
        let has_digit = parts.iter().any(|part| part.contains(|c: char| c.is_ascii_digit()));
        terms.extend(known(&parts.join(if has_digit { "-" } else { "" })));
    }
    terms.extend(parts.iter().filter_map(|part| known(part)));
}

/// [`term`], remembered.
fn known(word: &str) -> Option<String> {
    KNOWN.with_borrow_mut(|known| {
        if let Some(term) = known.get(word) {
            return term.clone();
        }
        if known.len() >= REMEMBERED {
            known.clear();
        }
        let term = term(word);
        known.insert(word.to_owned(), term.clone());
        term
    })
}

/// The term of a folded word; none of one that is too common, too short or too long to be one.
fn term(word: &str) -> Option<String> {
    let lone_letter = word.len() == 1 && !word.starts_with(|c: char| c.is_ascii_digit());
    let length = word.chars().count();
    if length == 0 || length > LONGEST || lone_letter || STOP_WORDS.contains(&word) {
        return None;
    }
    if word.bytes().all(|b| b.is_ascii_lowercase()) {
        Some(Stemmer::create(Algorithm::English).stem(&common(word)).into_owned())
    } else {
        Some(word.to_owned())
    }
}

/// Han, Hiragana or Katakana: written without spaces.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_numbers_and_measures_stay_terms() {
        assert_eq!(terms("GPT-4 at 98.6% F1"), ["gpt-4", "gpt", "4", "98.6", "f1"]);
        assert_eq!(terms("GPT4"), terms("GPT-4"));
        assert_eq!(terms("ChatGPT-3.5-Turbo"), ["chatgpt-3.5-turbo", "chatgpt", "3.5", "turbo"]);
        assert_eq!(terms("COVID-19, 1,000 patients"), ["covid-19", "covid", "19", "1000", "patient"]);
        assert_eq!(terms("word2vec v1.2"), ["word2vec", "v1.2"]);
    }

    #[test]
    fn compounds_meet_their_other_spellings() {
        let hyphenated = terms("fine-tuned");
        assert!(terms("finetuned").iter().all(|term| hyphenated.contains(term)));
        assert!(terms("fine tuned").iter().all(|term| hyphenated.contains(term)));
        assert_eq!(terms("fine-tuning"), terms("fine\u{2010}tune").iter().map(String::as_str).collect::<Vec<_>>());
    }

    #[test]
    fn a_lone_capital_is_part_of_a_name() {
        assert_eq!(terms("Does vitamin D help?"), ["vitamind", "vitamin", "help"]);
        assert_eq!(terms("vitamin D"), terms("vitamin-D"));
        assert_eq!(terms("T cells"), terms("T-cells"));
        assert_eq!(spelled("fine-tuned"), [vec!["finetun".to_owned()], vec!["fine".into(), "tune".into()]]);
        assert_eq!(spelled("vitamin-D"), [["vitamind"]]);
        assert_eq!(spelled("x-ray"), [["xray"], ["ray"]]);
    }

    #[test]
    fn words_are_folded_and_stemmed() {
        assert_eq!(
            terms("The models' NAÏVE ﬁndings of the model's authors"),
            ["model", "naiv", "find", "model", "author"]
        );
        assert_eq!(terms("to be or not to be"), Vec::<String>::new());
        assert_eq!(terms("β-cells 検索"), ["betacel", "beta", "cell", "検", "索"]);
    }

    #[test]
    fn one_word_in_several_spellings_gives_one_term() {
        for (one, other) in [
            ("β-agonists", "beta-agonists"),
            ("IL-1β", "IL-1-beta"),
            ("TGFβ", "TGF-beta"),
            ("TGF-β", "TGF-beta"),
            ("γ rays", "gamma rays"),
            ("α‑synuclein", "alpha-synuclein"),
            ("𝛽-agonists", "beta-agonists"),
            ("paediatric anaesthesia", "pediatric anesthesia"),
            ("randomised tumours", "randomized tumors"),
            ("dose–response", "dose-response"),
            ("Sjøberg's œdema", "Sjoberg's edema"),
            ("mice and children", "mouse and child"),
        ] {
            assert_eq!(terms(one), terms(other), "{one}");
        }
        assert!(
            terms("TGFβ").contains(&"tgf".to_owned())
                && terms("betaagonists").iter().all(|term| terms("β-agonist").contains(term))
        );
        assert_eq!(terms("5 μm λόγος"), ["5", "μm", "λογος"]);
    }

    #[test]
    fn stop_words_are_lower_case_and_listed_once() {
        let distinct: std::collections::BTreeSet<_> = STOP_WORDS.iter().collect();
        assert_eq!(distinct.len(), STOP_WORDS.len());
        assert!(STOP_WORDS.iter().all(|word| word.bytes().all(|b| b.is_ascii_lowercase())));
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_terms(text in any::<String>()) {
            prop_assert!(terms(&text).iter().all(|term| !term.is_empty() && !term.contains(char::is_whitespace)));
        }
    }
}
