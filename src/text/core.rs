//! What a sentence states, without what is around the statement: "CONCLUSIONS: Our results show that naps help [3]."
//! states "Naps help."
//!
//! Why: a small model matches the frame and not the finding. "We find that X" is not recognised in "X": the frame alone
//! takes entailment from 0.97 to 0.17.

use super::{Form, Round, citations};

/// Labels of an abstract's parts, in lower case.
const LABELS: &[&str] = &[
    "conclusion",
    "conclusions",
    "results",
    "result",
    "findings",
    "main findings",
    "principal findings",
    "key findings",
    "main results",
    "interpretation",
    "discussion",
    "methods",
    "method",
    "background",
    "objective",
    "objectives",
    "purpose",
    "aim",
    "aims",
    "introduction",
    "context",
    "importance",
    "design",
    "setting",
    "significance",
    "study design",
    "materials and methods",
    "patients and methods",
    "conclusions and relevance",
    "conclusion and relevance",
    "main outcome measures",
    "methods and results",
    "methodology/principal findings",
    "conclusions/significance",
    "conclusion/significance",
    "summary",
    "authors' conclusions",
    "main results and conclusions",
    "observations",
    "implications",
    "clinical relevance",
    "measurements and main results",
    "results and conclusions",
];
/// Words that lead into a sentence and say nothing by themselves; a comma follows.
const LEADS: &[&str] = &[
    "in conclusion",
    "in summary",
    "in sum",
    "to conclude",
    "to summarize",
    "to summarise",
    "overall",
    "in addition",
    "additionally",
    "moreover",
    "furthermore",
    "further",
    "finally",
    "lastly",
    "first",
    "second",
    "third",
    "firstly",
    "secondly",
    "thirdly",
    "thus",
    "therefore",
    "hence",
    "consequently",
    "accordingly",
    "as a result",
    "taken together",
    "together",
    "collectively",
    "altogether",
    "interestingly",
    "importantly",
    "notably",
    "surprisingly",
    "remarkably",
    "strikingly",
    "crucially",
    "unexpectedly",
    "specifically",
    "in particular",
    "in fact",
    "indeed",
    "as expected",
    "in this study",
    "in this work",
    "in this paper",
    "in the present study",
    "in our study",
    "here",
    "in general",
    "in brief",
    "in short",
    "on the whole",
    "for the first time",
    "however",
    "nevertheless",
    "nonetheless",
    "also",
    "then",
    "next",
    "similarly",
    "likewise",
    "conversely",
    "by contrast",
    "in contrast",
    "on the other hand",
    "empirically",
    "experimentally",
    "most importantly",
    "more importantly",
    "to our knowledge",
    "to the best of our knowledge",
];
/// Who or what finds, in a frame that "that" closes.
const FINDERS: &[&str] = &[
    "we",
    "i",
    "it",
    "results",
    "result",
    "findings",
    "finding",
    "data",
    "study",
    "studies",
    "analysis",
    "analyses",
    "experiments",
    "experiment",
    "evidence",
    "paper",
    "work",
    "evaluation",
    "evaluations",
    "simulations",
    "observations",
    "authors",
    "investigation",
    "investigations",
    "research",
    "survey",
    "trial",
    "trials",
    "review",
    "meta-analysis",
    "comparison",
    "comparisons",
    "tests",
    "measurements",
    "model",
    "models",
    "ablations",
    "ablation",
    "theory",
    "they",
    "this",
    "these",
    "interviews",
    "examination",
    "researchers",
];
/// Verbs of finding; "that" follows.
const FIND: &[&str] = &[
    "find",
    "finds",
    "found",
    "show",
    "shows",
    "showed",
    "shown",
    "demonstrate",
    "demonstrates",
    "demonstrated",
    "conclude",
    "concludes",
    "concluded",
    "suggest",
    "suggests",
    "suggested",
    "indicate",
    "indicates",
    "indicated",
    "reveal",
    "reveals",
    "revealed",
    "observe",
    "observes",
    "observed",
    "report",
    "reports",
    "reported",
    "confirm",
    "confirms",
    "confirmed",
    "establish",
    "established",
    "prove",
    "proves",
    "proved",
    "note",
    "noted",
    "see",
    "saw",
    "seen",
    "discover",
    "discovered",
    "imply",
    "implies",
    "implied",
    "support",
    "supports",
    "argue",
    "argued",
    "believe",
    "highlight",
    "highlights",
    "highlighted",
    "document",
    "documented",
    "provide evidence",
    "provides evidence",
    "provided evidence",
    "evidence",
    "hypothesis",
    "notion",
    "view",
    "idea",
    "conclusion",
    "is",
    "was",
    "be",
    "confirming",
    "clear",
    "known",
    "evident",
    "likely",
    "possible",
    "apparent",
    "identify",
    "identified",
    "verify",
    "verified",
];
/// In a frame they take back what follows, or leave it open.
const TAKE_BACK: &[&str] = &[
    "no",
    "not",
    "cannot",
    "little",
    "whether",
    "never",
    "against",
    "without",
    "n't",
    "fail",
    "failed",
    "hypothesized",
    "hypothesised",
];
/// Words within which a frame's "that" stands.
const LONGEST_FRAME: usize = 14;
/// Words between a frame's verb and its "that": "demonstrate for the first time that".
const BEFORE_THAT: usize = 5;

/// The core of a sentence, beginning with a capital: without list marks, an abstract's label, words that lead in, frames
/// that say who found it, and citations. Never empty where the sentence is not.
#[must_use]
pub fn core(sentence: &str) -> String {
    let cited_off = without_citations(sentence);
    let mut rest = cited_off.trim();
    loop {
        let shorter = without_mark(rest)
            .or_else(|| without_label(rest))
            .or_else(|| without_lead(rest))
            .or_else(|| without_frame(rest));
        match shorter.map(str::trim_start).filter(|shorter| shorter.split_whitespace().nth(1).is_some()) {
            Some(shorter) => rest = shorter,
            None => break,
        }
    }
    let mut chars = rest.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The label of an abstract's part at the start of a sentence, in lower case: "conclusions" of "CONCLUSIONS: …".
#[must_use]
pub fn label(sentence: &str) -> Option<&'static str> {
    let lower = sentence.get(..sentence.floor_char_boundary(60)).unwrap_or_default().to_lowercase();
    LABELS.iter().filter(|label| is_label(sentence, &lower, label)).max_by_key(|label| label.len()).copied()
}

fn is_label(sentence: &str, lower: &str, label: &str) -> bool {
    let Some(after) = lower.strip_prefix(label) else { return false };
    let is_capital = sentence.get(..label.len()).is_some_and(|written| written.chars().all(|c| !c.is_lowercase()));
    after.starts_with([':', '.', '—', '–']) || after.starts_with(" -") || is_capital && after.starts_with(' ')
}

fn without_label(text: &str) -> Option<&str> {
    let label = label(text)?;
    Some(text.get(label.len()..)?.trim_start_matches([':', '.', '—', '–', '-', ' ']))
}

/// "(1)", "2.", "•".
fn without_mark(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix(['•', '‣', '▪', '◦', '*']) {
        return Some(rest);
    }
    let (mark, rest) = text.split_once(' ')?;
    let inner = mark.strip_prefix('(').unwrap_or(mark).strip_suffix([')', '.'])?;
    let is_mark = !inner.is_empty()
        && inner.len() <= 3
        && (inner.chars().all(|c| c.is_ascii_digit())
            || inner.chars().all(|c| matches!(c, 'i' | 'v' | 'x'))
            || inner.len() == 1 && mark.ends_with(')'));
    is_mark.then_some(rest)
}

fn without_lead(text: &str) -> Option<&str> {
    let (lead, rest) = text.split_once([',', ':'])?;
    let lead = lead.to_lowercase();
    (LEADS.contains(&lead.as_str()) && rest.starts_with(' ')).then_some(rest)
}

/// "Our results show that …", "It was found that …", "We conclude, therefore, that …".
fn without_frame(text: &str) -> Option<&str> {
    let mut words: Vec<String> = Vec::new();
    let mut at = 0;
    for word in text.split_inclusive(' ').take(LONGEST_FRAME) {
        at += word.len();
        let low = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '-').to_lowercase();
        if low == "that" {
            let is = |word: &String, list: &[&str]| list.contains(&word.as_str());
            let near = &words[words.len().saturating_sub(BEFORE_THAT)..];
            let finds = near.iter().any(|word| is(word, FIND));
            let named = words.iter().any(|word| is(word, FINDERS));
            let taken_back = words.iter().any(|word| is(word, TAKE_BACK) || word.ends_with("n't"));
            return (finds && named && !taken_back).then(|| &text[at..]);
        }
        words.push(low);
    }
    None
}

/// Without "[12, 13]" and "(Ito et al., 2020)".
fn without_citations(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut past = 0;
    for citation in citations(text, Round::Plain).into_iter().filter(|citation| citation.form == Form::Beside) {
        kept.push_str(text[past..citation.span.start].trim_end());
        past = citation.span.end;
    }
    kept.push_str(&text[past..]);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_around_a_statement_goes() {
        for (sentence, expected) in [
            ("CONCLUSIONS: Our results show that naps improve recall [3, 4].", "Naps improve recall."),
            ("In conclusion, we found that naps help.", "Naps help."),
            ("We demonstrate for the first time that naps help.", "Naps help."),
            ("(2) Overall, it was found that recall fell (Ito et al., 2020).", "Recall fell."),
            ("RESULTS Recall improved in both groups.", "Recall improved in both groups."),
            ("Thus, these data, taken together, suggest that naps help adults.", "Naps help adults."),
        ] {
            assert_eq!(core(sentence), expected);
        }
    }

    #[test]
    fn what_a_frame_denies_stays() {
        for sentence in [
            "We found no evidence that naps help.",
            "We did not find that naps help.",
            "Naps that are short improve recall.",
            "We found no difference between groups.",
            "Recall (p < 0.05, 2001 to 2009) improved in adults [mean 3 %].",
        ] {
            assert_eq!(core(sentence), sentence);
        }
    }

    proptest! {
        #[test]
        fn no_text_breaks_it(text in any::<String>()) {
            let core = core(&text);
            prop_assert!(text.trim().is_empty() || text.contains(['[', '(']) || !core.is_empty());
        }
    }
}
