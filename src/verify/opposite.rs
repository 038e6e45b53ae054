//! The opposite of a claim. Evidence that entails "the drug reduced bleeds" has to contradict "the drug increased bleeds"; a small
//! model that lets both pass has matched the words and not the finding.

use std::{collections::HashMap, sync::LazyLock};

/// Regular verbs and their opposites.
const VERBS: &[(&str, &str)] = &[
    ("increase", "decrease"),
    ("decrease", "increase"),
    ("reduce", "increase"),
    ("improve", "worsen"),
    ("worsen", "improve"),
    ("outperform", "underperform"),
    ("underperform", "outperform"),
    ("enhance", "impair"),
    ("impair", "enhance"),
    ("promote", "inhibit"),
    ("inhibit", "promote"),
    ("stimulate", "inhibit"),
    ("activate", "inhibit"),
    ("suppress", "promote"),
    ("facilitate", "hinder"),
    ("hinder", "facilitate"),
    ("upregulate", "downregulate"),
    ("downregulate", "upregulate"),
    ("accelerate", "slow"),
    ("slow", "accelerate"),
    ("delay", "accelerate"),
    ("strengthen", "weaken"),
    ("weaken", "strengthen"),
    ("prevent", "cause"),
    ("block", "allow"),
    ("attenuate", "increase"),
    ("diminish", "increase"),
    ("decline", "increase"),
    ("elevate", "lower"),
    ("boost", "lower"),
    ("lower", "raise"),
    ("raise", "lower"),
    ("shorten", "prolong"),
    ("prolong", "shorten"),
    ("exacerbate", "alleviate"),
    ("alleviate", "exacerbate"),
];
/// Other words of more and less, and words that deny without a "not".
const WORDS: &[(&str, &str)] = &[
    ("more", "less"),
    ("less", "more"),
    ("fewer", "more"),
    ("higher", "lower"),
    ("lower", "higher"),
    ("highest", "lowest"),
    ("lowest", "highest"),
    ("greater", "smaller"),
    ("larger", "smaller"),
    ("smaller", "larger"),
    ("longer", "shorter"),
    ("shorter", "longer"),
    ("faster", "slower"),
    ("slower", "faster"),
    ("better", "worse"),
    ("worse", "better"),
    ("best", "worst"),
    ("worst", "best"),
    ("stronger", "weaker"),
    ("weaker", "stronger"),
    ("superior", "inferior"),
    ("inferior", "superior"),
    ("rise", "fall"),
    ("rises", "falls"),
    ("rose", "fell"),
    ("fell", "rose"),
    ("reduction", "increase"),
    ("reductions", "increases"),
    ("improvement", "deterioration"),
    ("improvements", "deteriorations"),
    ("positively", "negatively"),
    ("negatively", "positively"),
    ("similar", "different"),
    ("comparable", "different"),
    ("unaffected", "affected"),
    ("unchanged", "changed"),
    ("unrelated", "related"),
    ("unlikely", "likely"),
    ("ineffective", "effective"),
    ("insufficient", "sufficient"),
    ("impossible", "possible"),
    ("absent", "present"),
];
/// Opposites that come last: in most claims they say of what is spoken, not what is found.
const QUALITIES: &[(&str, &str)] = &[
    ("positive", "negative"),
    ("negative", "positive"),
    ("effective", "ineffective"),
    ("efficient", "inefficient"),
    ("sufficient", "insufficient"),
    ("beneficial", "harmful"),
    ("protective", "harmful"),
    ("harmful", "beneficial"),
    ("possible", "impossible"),
    ("likely", "unlikely"),
    ("present", "absent"),
    ("often", "rarely"),
    ("rarely", "often"),
    ("always", "never"),
    ("common", "rare"),
    ("rare", "common"),
    ("high", "low"),
    ("low", "high"),
    ("strong", "weak"),
    ("weak", "strong"),
    ("large", "small"),
    ("small", "large"),
    ("most", "few"),
    ("majority", "minority"),
    ("minority", "majority"),
    ("before", "after"),
    ("after", "before"),
];
/// Words that deny, and what is said instead; "not" is left out instead.
const DENIALS: &[(&str, &str)] = &[
    ("not", ""),
    ("no", "some"),
    ("cannot", "can"),
    ("never", "often"),
    ("none", "most"),
    ("nobody", "everybody"),
    ("nothing", "something"),
    ("without", "with"),
    ("neither", "both"),
    ("unable", "able"),
];
/// After "no" and "not" they make something else than a denial: "no longer", "not only".
const AFTER_NO: &[&str] = &["longer", "more", "less", "fewer", "later", "sooner", "only", "just", "matter"];
/// Before a denial: it belongs to what something is compared with or done to, not to what was found ("than with no drug").
const BEFORE_A_SIDE: &[&str] = &["than", "with", "to", "versus", "vs", "compared"];
/// Words that open a clause about somebody or something; what it denies is not what was found ("those who do not smoke").
const OPEN_A_REMARK: &[&str] = &["who", "whom", "whose", "which"];
/// Verbs that "not" can follow.
const AUXILIARIES: &[&str] = &[
    "is", "are", "was", "were", "can", "could", "does", "do", "did", "will", "should", "would", "may", "might", "must",
];
/// As auxiliaries before a participle, and what they become before anything else.
const HAVE: &[(&str, &str)] = &[("has", "does not have"), ("have", "do not have"), ("had", "did not have")];
/// Participles that do not end in "ed" or "en".
const PARTICIPLES: &[&str] = &[
    "become", "led", "made", "found", "shown", "grown", "known", "risen", "had", "come", "gone", "begun", "brought",
    "held",
];
/// Regular verbs that findings are told with and that have no opposite; "not" follows "does".
const DOING: &[&str] = &[
    "affect",
    "alter",
    "cause",
    "contribute",
    "correlate",
    "depend",
    "enable",
    "help",
    "induce",
    "interact",
    "lead",
    "mediate",
    "modulate",
    "occur",
    "play",
    "predict",
    "produce",
    "protect",
    "provide",
    "regulate",
    "require",
    "trigger",
];
/// Words after which a verb's form is a noun.
const BEFORE_NOUNS: &[&str] = &[
    "a", "an", "the", "of", "in", "to", "and", "or", "these", "those", "our", "their", "its", "for", "with", "by",
    "from",
];
/// Words that open a clause whose denial would not deny the claim.
const OPEN_A_CLAUSE: &[&str] = &[
    "while", "whereas", "although", "though", "if", "because", "since", "as", "when", "that", "which", "who", "where",
    "whose", "whether",
];

/// Every form of [`VERBS`], and [`WORDS`], with its opposite.
static FINDINGS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let verbs = VERBS.iter().flat_map(|(verb, other)| forms(verb).into_iter().zip(forms(other)));
    // "Lower" is first of all a comparative.
    verbs.chain(WORDS.iter().map(|(word, other)| ((*word).into(), (*other).into()))).collect()
});
static OF_QUALITIES: LazyLock<HashMap<String, String>> =
    LazyLock::new(|| QUALITIES.iter().map(|(word, other)| ((*word).into(), (*other).into())).collect());

/// A claim that cannot be true together with `claim`, in nearly the same words: without its denial, else with the opposite of its
/// first word of more or less, else denied, else with the opposite of a quality. `None` where none of these applies.
#[must_use]
pub fn opposite(claim: &str) -> Option<String> {
    let words = words(claim);
    affirmed(claim, &words)
        .or_else(|| turned(claim, &words, &FINDINGS))
        .or_else(|| denied(claim, &words))
        .or_else(|| turned(claim, &words, &OF_QUALITIES))
}

/// A word of a text: where it stands, and itself in lower case.
struct Word {
    start: usize,
    end: usize,
    lower: String,
}

/// Words of letters, with apostrophes; parts of a compound ("low-cost", "p53") are none.
fn words(text: &str) -> Vec<Word> {
    let is_letter = |c: char| c.is_alphabetic() || c == '\'' || c == '’';
    let is_joined = |c: char| c.is_alphanumeric() || matches!(c, '-' | '‐' | '‑' | '/' | '_');
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match start {
            None if is_letter(c) => start = Some(at),
            Some(from) if !is_letter(c) => {
                let before = text[..from].chars().next_back();
                if !before.is_some_and(is_joined) && !is_joined(c) {
                    words.push(Word { start: from, end: at, lower: text[from..at].to_lowercase().replace('’', "'") });
                }
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// The claim without its first denial of what was found.
fn affirmed(claim: &str, words: &[Word]) -> Option<String> {
    let main = words.iter().position(|word| OPEN_A_REMARK.contains(&word.lower.as_str())).unwrap_or(words.len());
    words[..main].iter().enumerate().find_map(|(at, word)| {
        let next = words.get(at + 1).map_or("", |next| next.lower.as_str());
        if words[at.saturating_sub(2)..at].iter().any(|word| BEFORE_A_SIDE.contains(&word.lower.as_str())) {
            return None;
        }
        match word.lower.as_str() {
            "can't" => Some(with(claim, word, "can")),
            "won't" => Some(with(claim, word, "will")),
            "fail" | "fails" | "failed" if next == "to" => {
                Some(with(claim, word, &word.lower.replace("fail", "manage").replace("manageed", "managed")))
            }
            other if other.ends_with("n't") => Some(with(claim, word, &other[..other.len() - 3])),
            other if AFTER_NO.contains(&next) && matches!(other, "no" | "not") => None,
            other => {
                let (_, instead) = DENIALS.iter().find(|(denial, _)| *denial == other)?;
                Some(with(claim, word, instead))
            }
        }
    })
}

/// The claim with the opposite of its first word that has one in `opposites`; of its very first word where there is no other, for that
/// is seldom what was found ("increased doses …").
fn turned(claim: &str, words: &[Word], opposites: &HashMap<String, String>) -> Option<String> {
    let turn = |word: &Word| opposites.get(&word.lower).map(|other| with(claim, word, other));
    let (first, rest) = words.split_first()?;
    rest.iter().find_map(turn).or_else(|| turn(first))
}

/// The claim with "not" after the verb of its main clause.
fn denied(claim: &str, words: &[Word]) -> Option<String> {
    let main = words.iter().position(|word| OPEN_A_CLAUSE.contains(&word.lower.as_str())).unwrap_or(words.len());
    (0..main).find_map(|at| {
        let word = &words[at];
        let is = |list: &[&str], at: Option<usize>| {
            at.and_then(|at| words.get(at)).is_some_and(|w| list.contains(&w.lower.as_str()))
        };
        if AUXILIARIES.contains(&word.lower.as_str()) {
            // "Is not only" says more than "is only", not the opposite.
            return (!is(&["only", "not"], Some(at + 1))).then(|| with(claim, word, &format!("{} not", word.lower)));
        }
        if let Some((have, not_have)) = HAVE.iter().find(|(have, _)| *have == word.lower) {
            let is_auxiliary = words.get(at + 1).is_some_and(is_participle);
            return Some(with(
                claim,
                word,
                if is_auxiliary { format!("{have} not") } else { (*not_have).into() }.as_str(),
            ));
        }
        let verb = DOING.iter().find(|verb| forms(verb).contains(&word.lower))?;
        let is_noun = at == 0 || is(BEFORE_NOUNS, at.checked_sub(1)) || is(&["of", "by"], Some(at + 1));
        let [base, third, past, _] = forms(verb);
        let plural = at > 0 && words[at - 1].lower.ends_with('s');
        let does = match &word.lower {
            form if *form == third => "does",
            form if *form == past => "did",
            form if *form == base && plural => "do",
            _ => return None,
        };
        (!is_noun).then(|| with(claim, word, &format!("{does} not {verb}")))
    })
}

fn is_participle(word: &Word) -> bool {
    let word = word.lower.as_str();
    word.ends_with("ed") || word.ends_with("en") || PARTICIPLES.contains(&word)
}

/// A regular verb: itself, its third person, its past and its participle of the present.
fn forms(verb: &str) -> [String; 4] {
    let third = if verb.ends_with("ss") || verb.ends_with("sh") { "es" } else { "s" };
    let stem = verb.strip_suffix('e').unwrap_or(verb);
    [verb.into(), format!("{verb}{third}"), format!("{stem}ed"), format!("{stem}ing")]
}

/// The text with another word, which begins with a capital where the first did, and has its "a" or "an"; without the word and the
/// space after it where there is none instead.
fn with(text: &str, word: &Word, instead: &str) -> String {
    let (before, after) = (&text[..word.start], &text[word.end..]);
    if instead.is_empty() {
        return format!("{before}{}", after.trim_start());
    }
    let (wrong, right) = if instead.starts_with(['a', 'e', 'i', 'o', 'u']) { (" a ", " an ") } else { (" an ", " a ") };
    let before = before.strip_suffix(wrong).map_or_else(|| before.into(), |before| format!("{before}{right}"));
    let is_capital = text[word.start..].starts_with(char::is_uppercase);
    let mut letters = instead.chars();
    let first = letters.next().map(|c| if is_capital { c.to_ascii_uppercase() } else { c });
    format!("{before}{}{}{after}", first.into_iter().collect::<String>(), letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turn(claims: &[(&str, &str)]) {
        for &(claim, other) in claims {
            assert_eq!(opposite(claim).as_deref(), Some(other));
        }
    }

    #[test]
    fn a_denial_is_taken_back() {
        turn(&[
            ("Naps did not improve recall.", "Naps did improve recall."),
            ("There was no difference between groups.", "There was some difference between groups."),
            ("Teachers can’t tell.", "Teachers can tell."),
            ("Frogs cannot hear it.", "Frogs can hear it."),
            ("It wasn't seen.", "It was seen."),
            ("Neither drug helped.", "Both drug helped."),
            ("The vaccine failed to protect mice.", "The vaccine managed to protect mice."),
            ("Yields were higher with rain than with no rain.", "Yields were lower with rain than with no rain."),
            (
                "Smokers were ill more often than those who did not smoke.",
                "Smokers were ill less often than those who did not smoke.",
            ),
        ]);
    }

    #[test]
    fn more_becomes_less() {
        turn(&[
            ("Naps improved recall.", "Naps worsened recall."),
            ("The drug REDUCES bleeds.", "The drug Increases bleeds."),
            ("Increased doses suppress growth.", "Increased doses promote growth."),
            ("Increased doses were met.", "Decreased doses were met."),
            ("It led to a reduction of pain.", "It led to an increase of pain."),
            ("Higher pay was linked to fewer strikes.", "Higher pay was linked to more strikes."),
            ("Not only naps but walks help more than rest.", "Not only naps but walks help less than rest."),
        ]);
    }

    #[test]
    fn what_has_no_opposite_is_denied() {
        turn(&[
            ("Frogs are amphibians.", "Frogs are not amphibians."),
            ("Frogs have lungs.", "Frogs do not have lungs."),
            ("The gene has been lost.", "The gene has not been lost."),
            ("Stress causes sleep to end early.", "Stress does not cause sleep to end early."),
            ("Storms affect yields.", "Storms do not affect yields."),
            ("The causes led to a high yield.", "The causes led to a low yield."),
        ]);
    }

    #[test]
    fn some_claims_have_none() {
        for claim in
            ["", "Frogs sing at night.", "A low-cost sensor.", "We saw that it is so.", "Ice can only melt.", "?"]
        {
            assert_eq!(opposite(claim), None, "{claim}");
        }
    }
}
