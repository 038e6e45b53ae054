//! The opposite of a claim, for training data: what entails "the drug reduced bleeds" contradicts "the drug increased bleeds". No
//! verdict asks it: put to the sentences of claims that fitted nothing, it told right verdicts from wrong ones no better than
//! chance, and it doubles the runs of the model (`training/RESULTS.md`).
//!
//! Why so few rules: an opposite that is none teaches something false. Of 200 opposites of claims and of sentences of
//! abstracts, read one by one, 193 were grammatical and could not be true together with their claim. Left out is what
//! was not: opposites of qualities ("positive", "common"), of what is done without or by neither, of words that stand before
//! a noun ("improved access"), after "to", or in a clause that is no finding ("as the length increases").

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
/// Words of more and less before what they are said of, and words that deny without a "not".
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
    ("stronger", "weaker"),
    ("weaker", "stronger"),
    ("superior", "inferior"),
    ("inferior", "superior"),
    ("rose", "fell"),
    ("fell", "rose"),
    ("positively", "negatively"),
    ("negatively", "positively"),
    ("similar", "different"),
    ("comparable", "different"),
    ("unaffected", "affected"),
    ("unchanged", "changed"),
    ("unlikely", "likely"),
    ("ineffective", "effective"),
    ("insufficient", "sufficient"),
    ("impossible", "possible"),
];
/// Nouns of more and less; "in" or "of" follows.
const NOUNS: &[(&str, &str)] = &[
    ("increase", "decrease"),
    ("increases", "decreases"),
    ("decrease", "increase"),
    ("decreases", "increases"),
    ("reduction", "increase"),
    ("reductions", "increases"),
    ("decline", "increase"),
    ("improvement", "deterioration"),
    ("improvements", "deteriorations"),
    ("deterioration", "improvement"),
];
/// After "no" and "not" they make something else than a denial: "no longer", "not only".
const AFTER_NO: &[&str] =
    &["longer", "more", "less", "fewer", "later", "sooner", "only", "just", "matter", "necessarily", "always", "all"];
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
/// Verbs whose object "no" is of: "had no effect".
const BEFORE_NO: &[&str] = &[
    "is", "are", "was", "were", "be", "been", "has", "have", "had", "show", "shows", "showed", "found", "find",
    "observed", "saw", "see", "revealed", "reveals", "causes", "caused", "provides", "provided",
];
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

/// Words that stand before a noun, with or without an adjective: after them "improved" is of the noun.
const BEFORE_A_NOUN: &[&str] = &[
    "a",
    "an",
    "the",
    "this",
    "that",
    "these",
    "those",
    "its",
    "their",
    "our",
    "of",
    "with",
    "for",
    "to",
    "in",
    "by",
    "from",
    "and",
    "or",
    "at",
    "on",
    "between",
    "than",
    "as",
    "through",
    "via",
    "toward",
    "towards",
    "achieve",
    "achieves",
    "achieving",
];
/// Words that open what is done something to.
const DETERMINERS: &[&str] = &["a", "an", "the", "this", "that", "these", "those", "its", "their", "our"];
/// Words after which "more" is no finding: "no longer", "two or more", "to build more capable systems".
const BEFORE_NO_FINDING: &[&str] = &["no", "nothing", "any", "or", "to", "toward", "towards", "build"];

/// Every form of [`VERBS`] with that of its opposite, by place in [`forms`].
static FORMS: LazyLock<HashMap<String, (usize, String)>> = LazyLock::new(|| {
    let all = VERBS.iter().flat_map(|(verb, other)| forms(verb).into_iter().zip(forms(other)).enumerate());
    all.map(|(place, (form, other))| (form, (place, other))).collect()
});

/// A claim that cannot be true together with `claim`, in nearly the same words: without its denial, else with the opposite of its
/// first word of more or less, else denied. `None` where none of these applies.
#[must_use]
pub fn opposite(claim: &str) -> Option<String> {
    let words = words(claim);
    affirmed(claim, &words).or_else(|| turned(claim, &words)).or_else(|| denied(claim, &words))
}

/// A word of a text: where it stands, and itself in lower case.
struct Word {
    start: usize,
    end: usize,
    lower: String,
}

impl Word {
    fn is(&self, list: &[&str]) -> bool {
        list.contains(&self.lower.as_str())
    }
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
    let main = words.iter().position(|word| word.is(OPEN_A_REMARK)).unwrap_or(words.len());
    (0..main).find_map(|at| {
        let (word, next) = (&words[at], words.get(at + 1));
        let before = |back: usize| at.checked_sub(back).map(|at| &words[at]);
        if [1, 2].iter().any(|&back| before(back).is_some_and(|word| word.is(BEFORE_A_SIDE))) {
            return None;
        }
        let is_followed = |list: &[&str]| next.is_some_and(|next| next.is(list));
        match word.lower.as_str() {
            // "Countries that do not vaccinate" are no finding; neither is "in women but not in men".
            "not" => (before(1).is_some_and(|word| word.is(AUXILIARIES) || word.is(&["has", "have", "had"]))
                && before(2).is_none_or(|word| word.lower != "that")
                && !is_followed(AFTER_NO))
            .then(|| with(claim, word, "")),
            "no" => (before(1).is_none_or(|word| word.is(BEFORE_NO)) && !is_followed(AFTER_NO))
                .then(|| with(claim, word, "some")),
            "cannot" | "can't" => Some(with(claim, word, "can")),
            "won't" => Some(with(claim, word, "will")),
            "unable" if is_followed(&["to"]) => Some(with(claim, word, "able")),
            "fail" | "fails" if is_followed(&["to"]) => Some(with(claim, word, &word.lower.replace("fail", "manage"))),
            "failed" if is_followed(&["to"]) => Some(with(claim, word, "managed")),
            other => other.strip_suffix("n't").map(|verb| with(claim, word, verb)),
        }
    })
}

/// The claim with the opposite of its first word of more or less that is told of what was found.
fn turned(claim: &str, words: &[Word]) -> Option<String> {
    let clause = words.iter().position(|word| word.is(OPEN_A_CLAUSE) && word.lower != "that").unwrap_or(words.len());
    (1..clause).find_map(|at| {
        let other = of_verb(claim, words, at).or_else(|| of_noun(words, at)).or_else(|| of_word(claim, words, at))?;
        Some(with(claim, &words[at], &other))
    })
}

/// The opposite of a verb that is the sentence's own: "reduces", "masks reduce", "was reduced", "is increasing".
fn of_verb(claim: &str, words: &[Word], at: usize) -> Option<String> {
    let (place, other) = FORMS.get(&words[at].lower)?;
    let previous = &words[at - 1];
    let is_noun = words.get(at + 1).is_some_and(|next| next.is(&["in", "of"])) && *place < 2;
    // "Enhances and reduces, respectively".
    let is_joined = words.get(at + 1).is_some_and(|next| next.is(&["and", "or"]));
    let follows_plural =
        |word: &Word| word.lower.ends_with('s') && !word.lower.ends_with("ss") && !word.is(BEFORE_A_NOUN);
    let told = match place {
        0 => {
            let subject = if previous.lower.ends_with("ly") {
                at.checked_sub(2).map_or(previous, |at| &words[at])
            } else {
                previous
            };
            previous.is(AUXILIARIES) || previous.lower == "not" || follows_plural(subject)
        }
        3 => {
            let is_after_comma = claim[previous.end..words[at].start].contains(',');
            is_after_comma || previous.is(&["is", "are", "was", "were", "been"])
        }
        _ => !previous.is(BEFORE_A_NOUN) || *place == 1 && previous.is(&["that", "and"]),
    };
    // "Lower" before a noun is a comparative, before "the" a verb.
    let is_comparative = words[at].lower == "lower" && !words.get(at + 1).is_some_and(|next| next.is(DETERMINERS));
    (told && !is_noun && !is_joined && !is_comparative).then(|| other.clone())
}

fn of_noun(words: &[Word], at: usize) -> Option<String> {
    let (_, other) = NOUNS.iter().find(|(noun, _)| *noun == words[at].lower)?;
    words.get(at + 1).is_some_and(|next| next.is(&["in", "of"])).then(|| (*other).into())
}

/// The opposite of a comparative and its like; not of a number's bound.
fn of_word(claim: &str, words: &[Word], at: usize) -> Option<String> {
    let (_, other) = WORDS.iter().find(|(word, _)| *word == words[at].lower)?;
    // "Lower Leg" is a name.
    let is_name = claim[words[at].start..].starts_with(char::is_uppercase);
    let rest = claim[words[at].end..].trim_start();
    let bounded = rest.strip_prefix("than").unwrap_or(rest).trim_start();
    let is_bound = bounded.starts_with(|c: char| c.is_ascii_digit() || "$€£".contains(c));
    let is_no_finding = (1..=2).any(|back| at.checked_sub(back).is_some_and(|at| words[at].is(BEFORE_NO_FINDING)));
    let is_joined = words.get(at + 1).is_some_and(|next| next.is(&["or"]));
    (!is_name && !is_bound && !is_no_finding && !is_joined).then(|| (*other).into())
}

/// The claim with "not" after the verb of its main clause; none of one that denies in another way.
fn denied(claim: &str, words: &[Word]) -> Option<String> {
    if words.iter().any(|word| word.is(&["neither", "nor", "none", "nobody", "nothing", "never"])) {
        return None;
    }
    let main = words.iter().position(|word| word.is(OPEN_A_CLAUSE)).unwrap_or(words.len());
    (0..main).find_map(|at| {
        let word = &words[at];
        let is = |list: &[&str], at: Option<usize>| at.and_then(|at| words.get(at)).is_some_and(|word| word.is(list));
        if word.is(AUXILIARIES) {
            // "Is not only" says more than "is only", not the opposite.
            return (!is(&["only", "not"], Some(at + 1))).then(|| with(claim, word, &format!("{} not", word.lower)));
        }
        if let Some((have, not_have)) = HAVE.iter().find(|(have, _)| *have == word.lower) {
            let verb =
                words[at + 1..].iter().find(|word| !(word.lower.ends_with("ly") || word.is(&["also", "already"])));
            if is(&["only", "not"], Some(at + 1)) {
                return None;
            }
            let is_auxiliary = verb.is_some_and(is_participle);
            let instead = if is_auxiliary { format!("{have} not") } else { (*not_have).into() };
            return Some(with(claim, word, &instead));
        }
        let verb = DOING.iter().find(|verb| forms(verb).contains(&word.lower))?;
        let is_noun = at == 0
            || is(BEFORE_NOUNS, at.checked_sub(1))
            || is(&["not"], at.checked_sub(1))
            || is(&["of", "by"], Some(at + 1));
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
            ("Naps lower the risk of falls.", "Naps raise the risk of falls."),
            ("Masks reduce spread.", "Masks increase spread."),
            ("The ice loss is accelerating.", "The ice loss is slowing."),
            ("We show that naps improve recall.", "We show that naps worsen recall."),
            ("It led to a reduction of pain.", "It led to an increase of pain."),
            ("Higher pay was linked with fewer strikes.", "Higher pay was linked with more strikes."),
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
            ("Oceans have also begun to warm.", "Oceans have not also begun to warm."),
        ]);
    }

    #[test]
    fn some_claims_have_none() {
        for claim in [
            "",
            "Frogs sing at night.",
            "A low-cost sensor.",
            "We saw that it is so.",
            "Ice can only melt.",
            "?",
            "It runs without fine-tuning.",
            "Neither drug helped.",
            "Countries that do not vaccinate pay.",
            "Frogs sing as the water rises, with improved calls.",
        ] {
            assert_eq!(opposite(claim), None, "{claim}");
        }
    }
}
