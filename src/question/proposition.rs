//! What a question asks about, as a statement: "Does X improve Y?" asks about "X improves Y."
//!
//! By rule: the auxiliary goes back to its place, before what is said of the subject. Where a subject ends is found by
//! lists of verbs, adjectives and words that cannot stand at its end, the likeliest place first; there is no grammar.

use super::verb::{self, Sure};
use crate::text::normalize;
use serde::{Deserialize, Serialize};

/// A statement that a question asks about: papers say yes to it, or no.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Proposition {
    /// One declarative sentence with its full stop.
    pub text: String,
    /// What it speaks of: the start of `text`, in bytes, up to what is said of it.
    pub subject: usize,
    /// The opposite, where the question itself asks for one or the other ("what is the effect of X on Y").
    pub opposite: Option<String>,
    /// True where it says that two things are alike ("as effective as"), so that no difference says yes.
    pub equivalence: bool,
}

/// The statements a question asks about: one for a yes/no question or a title that asks one, two opposite ones for "what
/// is the effect of X on Y", none for "which", "why", "how much", keywords, and where the subject's end is not found.
#[must_use]
pub fn propositions(question: &str) -> Vec<Proposition> {
    let text = normalize(question);
    let (text, asks) = match text.split_once('?') {
        Some((asked, _)) => (asked, true),
        None => (text.trim_end_matches(['.', '!']), false),
    };
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '“' | '”' | '\\' | '.'));
    let whole = Clause::of(text);
    if whole.asks_yes_or_no() {
        return whole.statement(None).into_iter().collect();
    }
    if whole.asks_openly() {
        return effect(&whole);
    }
    match heads(text).into_iter().find(|(.., tail)| Clause::of(tail).asks()) {
        Some((head, separator, tail)) => {
            let tail = Clause::of(tail);
            let head = if separator == ", " { Head::Circumstance(head) } else { Head::Title(head) };
            if tail.asks_yes_or_no() { tail.statement(Some(head)).into_iter().collect() } else { effect(&tail) }
        }
        None if asks => of_title(text).into_iter().collect(),
        None => Vec::new(),
    }
}

/// What stands before a question.
#[derive(Clone, Copy)]
enum Head<'a> {
    /// "In adults, does …".
    Circumstance(&'a str),
    /// "Metered-dose inhalers: do …".
    Title(&'a str),
}

/// Words with which a question that yes or no answers begins.
const AUXILIARIES: &[&str] = &[
    "is", "are", "was", "were", "do", "does", "did", "can", "could", "will", "would", "should", "shall", "may",
    "might", "must", "has", "have", "had",
];
/// The same with "not" drawn in.
const DENYING: &[(&str, &str)] = &[
    ("isn't", "is"),
    ("aren't", "are"),
    ("wasn't", "was"),
    ("weren't", "were"),
    ("don't", "do"),
    ("doesn't", "does"),
    ("didn't", "did"),
    ("can't", "can"),
    ("couldn't", "could"),
    ("won't", "will"),
    ("wouldn't", "would"),
    ("shouldn't", "should"),
    ("hasn't", "has"),
    ("haven't", "have"),
];
/// Words with which other questions begin.
const OPEN: &[&str] = &["what", "which", "who", "whom", "whose", "when", "where", "why", "how", "to", "if", "whether"];
/// Words that may stand before a question's first.
const BEFORE: &[&str] = &["so", "and", "but", "or", "then", "really", "actually", "please"];
/// Pronouns that are a whole subject.
const PRONOUNS: &[&str] = &["we", "they", "you", "it", "i", "he", "she", "one", "there"];
/// Pronouns that stand for what a title's head names.
const STAND_FOR_HEAD: &[&str] = &["it", "they", "this", "these"];
/// Determiners.
const DETERMINERS: &[&str] = &[
    "a", "an", "the", "any", "some", "this", "that", "these", "those", "their", "its", "our", "his", "her", "your",
    "all", "every", "each", "no", "another", "both", "many", "most", "more",
];
/// Words after which a phrase goes on, so that neither a verb nor a predicate begins there.
const BINDING: &[&str] = &[
    "of",
    "in",
    "on",
    "for",
    "with",
    "by",
    "from",
    "at",
    "to",
    "and",
    "or",
    "as",
    "than",
    "between",
    "among",
    "during",
    "after",
    "before",
    "under",
    "over",
    "within",
    "without",
    "through",
    "via",
    "into",
    "about",
    "against",
    "versus",
    "vs",
    "per",
    "using",
    "who",
    "that",
    "which",
    "whose",
    "where",
    "when",
    "not",
    "following",
    "regarding",
    "toward",
    "towards",
    "across",
    "near",
    "like",
    "beyond",
];
/// Prepositions and other words that may follow a predicate's adjective, participle or noun.
const FOLLOWING: &[&str] = &[
    "of",
    "in",
    "on",
    "for",
    "with",
    "by",
    "from",
    "at",
    "to",
    "and",
    "or",
    "as",
    "than",
    "between",
    "among",
    "during",
    "after",
    "before",
    "under",
    "over",
    "within",
    "without",
    "through",
    "via",
    "into",
    "about",
    "against",
    "when",
    "while",
    "if",
    "because",
    "enough",
    "but",
    "prior",
    "across",
    "compared",
    "following",
    "only",
    "that",
    "worldwide",
    "using",
    "regardless",
    "even",
    "upon",
    "where",
    "once",
    "outside",
    "beyond",
    "until",
    "despite",
];
/// Adverbs that may stand before a verb or a predicate, and belong to it.
const ADVERBS: &[&str] = &[
    "always",
    "also",
    "ever",
    "still",
    "often",
    "usually",
    "just",
    "only",
    "too",
    "so",
    "very",
    "yet",
    "currently",
    "not",
    "truly",
    "indeed",
    "even",
    "never",
    "first",
    "now",
    "already",
    "actually",
    "all",
    "both",
    "most",
    "almost",
    "sometimes",
    "independently",
];
/// Words that end in "ly" and are no adverbs.
const NO_ADVERBS: &[&str] = &[
    "family", "early", "elderly", "daily", "only", "assembly", "anomaly", "supply", "likely", "friendly", "fly",
    "reply", "apply", "imply", "rely", "comply", "italy", "july", "poly", "monthly", "weekly", "yearly",
];
/// Adjectives that predicates begin with.
#[rustfmt::skip]
const ADJECTIVES: &[&str] = &[
    "able", "abnormal", "economically", "helpful", "sicker", "deficient", "absent", "acceptable", "accurate", "achievable", "active", "adequate", "adherent", "alike", "appropriate",
    "available", "aware", "bad", "beneficial", "best", "better", "capable", "cheap", "clean", "clear", "common", "comparable", "compatible",
    "complete", "complementary", "consistent", "contraindicated", "correct", "cost-effective", "costly", "critical", "crucial", "dangerous", "dead",
    "dependent", "desirable", "different", "difficult", "diagnostic", "due", "easy", "effective", "efficacious", "efficient", "elevated", "enough", "equal",
    "equivalent", "essential", "ethical", "evident", "fair", "familiar", "feasible", "frequent", "genetic", "good", "great", "harmful",
    "heritable", "high", "human-like", "identical", "important", "inappropriate", "independent", "ineffective", "inferior", "insufficient", "interchangeable",
    "invasive", "justifiable", "justified", "late", "less", "likely", "low", "mandatory", "meaningful", "more", "necessary", "needed", "negative", "normal", "obsolete", "optimal", "out", "overconfident",
    "overdue", "positive", "possible", "practical", "predictable", "predictive", "preferable", "premature", "present", "prevalent", "profitable", "prognostic", "protective",
    "rare", "ready", "realistic", "real", "reasonable", "redundant", "related", "relevant", "reliable", "representative", "reproducible", "resistant", "responsible", "responsive", "right", "risky", "robust",
    "safe", "same", "satisfactory", "sensitive", "significant", "similar", "specific", "stable", "sufficient", "suitable", "superior", "superfluous", "sure", "susceptible", "toxic",
    "true", "typical", "unable", "unavoidable", "underused", "universal", "unlikely", "unnecessary", "unsafe", "useful", "useless", "valid", "valuable", "viable", "visible", "vulnerable", "worse", "worst", "worth", "worthwhile", "wrong",
];
/// Participles that belong to a noun before them more often than they say something of the subject.
const POSTMODIFIERS: &[&str] = &[
    "performed",
    "treated",
    "obtained",
    "measured",
    "diagnosed",
    "exposed",
    "caused",
    "based",
    "compared",
    "followed",
    "aged",
    "given",
    "used",
    "seen",
    "received",
    "induced",
    "administered",
    "conducted",
    "called",
    "generated",
    "trained",
    "derived",
    "born",
    "referred",
    "admitted",
    "operated",
    "made",
    "found",
    "published",
    "written",
    "led",
    "collected",
    "reported",
    "assessed",
    "defined",
    "infected",
    "combined",
    "evaluated",
    "offered",
    "designed",
    "produced",
    "provided",
    "complicated",
    "characterized",
    "fed",
    "taken",
    "enrolled",
    "detected",
];
/// Verbs that go on: "is X increasing", "is X making a difference".
const PROGRESSIVE: &[&str] = &[
    "making",
    "getting",
    "becoming",
    "increasing",
    "decreasing",
    "declining",
    "rising",
    "falling",
    "growing",
    "changing",
    "improving",
    "worsening",
    "missing",
    "losing",
    "gaining",
    "having",
    "taking",
    "doing",
    "reaching",
    "giving",
    "using",
    "failing",
    "helping",
    "working",
];
/// Words for alike.
const ALIKE: &[&str] = &[
    "equivalent",
    "comparable",
    "similar",
    "identical",
    "equal",
    "equally",
    "interchangeable",
    "alike",
    "same",
    "noninferior",
    "non-inferior",
    "match",
    "equals",
];

/// A word of a question.
#[derive(Clone, Debug)]
struct Word<'a> {
    /// As written, with its punctuation.
    raw: &'a str,
    /// In lower case, without punctuation around it.
    low: String,
    /// Stands in brackets.
    aside: bool,
    /// A comma, semicolon or closing bracket follows.
    pause: bool,
}

impl Word<'_> {
    fn is(&self, list: &[&str]) -> bool {
        list.contains(&self.low.as_str())
    }

    fn is_adverb(&self) -> bool {
        self.is(ADVERBS) || self.low.ends_with("ly") && self.low.len() > 4 && !self.is(NO_ADVERBS)
    }

    fn is_plural(&self) -> bool {
        self.low.ends_with('s') && self.low.len() > 3 && !["ss", "us", "is"].iter().any(|end| self.low.ends_with(end))
            || self.is(&["people", "children", "men", "women", "data", "criteria", "bacteria", "mice", "llms"])
    }
}

/// A clause as words.
struct Clause<'a>(Vec<Word<'a>>);

impl<'a> Clause<'a> {
    fn of(text: &'a str) -> Self {
        let mut depth = 0_usize;
        let mut words: Vec<Word> = Vec::new();
        for raw in text.split_whitespace() {
            let opens = raw.matches(['(', '[']).count();
            let closes = raw.matches([')', ']']).count();
            let low = raw.trim_matches(|c: char| !c.is_alphanumeric() && c != '%').to_lowercase().replace('’', "'");
            let aside = depth > 0 || raw.starts_with(['(', '[']);
            depth = (depth + opens).saturating_sub(closes);
            words.push(Word { raw, low, aside, pause: raw.ends_with([',', ';', ')', ']']) });
        }
        let skip = words.iter().take_while(|word| word.is(BEFORE)).count();
        if words.get(skip).is_some_and(|word| is_auxiliary(&word.low)) {
            words.drain(..skip);
        }
        Self(words)
    }

    fn asks_yes_or_no(&self) -> bool {
        self.0.len() > 2 && is_auxiliary(&self.0[0].low)
            || self.0.len() == 2 && self.0[0].is(&["do", "does", "is", "are", "did"]) && self.0[1].is(STAND_FOR_HEAD)
    }

    fn asks_openly(&self) -> bool {
        self.0.first().is_some_and(|word| word.is(OPEN))
    }

    fn asks(&self) -> bool {
        self.asks_yes_or_no() || self.asks_openly()
    }

    /// The statement of a question that yes or no answers; `head` is what a title names before it.
    fn statement(&self, head: Option<Head>) -> Option<Proposition> {
        let auxiliary = affirmative(&self.0[0].low).to_owned();
        let rest = &self.0[1..];
        let title = if let Some(Head::Title(title)) = head { Some(title) } else { None };
        if let Some(better) = either(&auxiliary, rest) {
            return Some(better);
        }
        let (end, verb) = boundary(&auxiliary, rest)?;
        let (subject, said) = rest.split_at(end);
        let mut words: Vec<String> = said.iter().map(|word| word.raw.to_owned()).collect();
        let adverbs = verb - end;
        match auxiliary.as_str() {
            "do" | "does" | "did" => inflect(&auxiliary, &said[adverbs..], &mut words[adverbs..]),
            auxiliary => words.insert(0, auxiliary.to_owned()),
        }
        if words.len() > adverbs {
            words[adverbs] = uncapital(&words[adverbs]);
        }
        let mut said = without_alternative(&words.join(" ")).replace(" any ", " some ");
        let mut subject = subject_of(subject, title);
        match head {
            Some(Head::Circumstance(head)) => subject = format!("{head}, {}", uncapital(&subject)),
            Some(Head::Title(head)) if rest[0].low == "there" => said.push_str(&where_there_is(head, rest)),
            _ => {}
        }
        Some(Proposition::of(&subject, &said))
    }
}

/// "X and Y: is there a link?" asks for one between X and Y; "X: is there a pattern?" for one in X.
fn where_there_is(head: &str, rest: &[Word]) -> String {
    const BETWEEN: &[&str] =
        &["association", "relationship", "relation", "link", "correlation", "connection", "difference", "differences"];
    let head = uncapital(head.trim_end_matches(['.', ':']));
    let last = rest.last();
    match () {
        () if rest.iter().any(|word| word.is(&["in", "with", "between", "for", "among", "of", "to", "on"])) => {
            String::new()
        }
        () if last.is_some_and(|last| last.is(BETWEEN)) && head.contains(" and ") => format!(" between {head}"),
        () => format!(" in {head}"),
    }
}

impl Proposition {
    /// A statement as somebody wrote it: an edited proposition, or one added. What it speaks of ends before its first verb.
    #[must_use]
    pub fn stated(text: &str) -> Self {
        let text = normalize(text);
        let text = text.trim_end_matches(['.', '?', '!']);
        let words: Vec<&str> = text.split(' ').collect();
        let is_verb = |word: &str| {
            let low = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            let base = [
                low.strip_suffix('s'),
                low.strip_suffix("es"),
                low.strip_suffix("ed"),
                low.strip_suffix('d'),
                Some(low.as_str()),
            ];
            is_auxiliary(&low)
                || base.into_iter().flatten().any(|base| verb::base(base) == Sure::Yes)
                || low.ends_with("ies")
                || ["increases", "decreases", "delays", "increased", "decreased", "causes", "helps"]
                    .contains(&low.as_str())
        };
        let end = words.iter().skip(1).position(|word| is_verb(word)).map_or(words.len().div_ceil(2), |at| at + 1);
        Self::of(&words[..end].join(" "), &words[end..].join(" "))
    }

    fn of(subject: &str, said: &str) -> Self {
        let subject = capital(subject.trim_end_matches([',', ';', ':', ' ']));
        let text = format!("{subject} {}.", said.trim_end_matches([',', ';', '.', ' ']));
        let words: Vec<String> = Clause::of(said).0.into_iter().map(|word| word.low).collect();
        let as_as = words
            .iter()
            .enumerate()
            .any(|(at, word)| word == "as" && words[at + 1..].iter().take(4).skip(1).any(|next| next == "as"));
        let denies_difference =
            words.windows(2).any(|pair| pair[0] == "no" && ["difference", "effect"].contains(&pair[1].as_str()));
        let equivalence = as_as || denies_difference || words.iter().any(|word| ALIKE.contains(&word.as_str()));
        Self { subject: subject.len(), text, opposite: None, equivalence }
    }
}

fn is_auxiliary(word: &str) -> bool {
    AUXILIARIES.contains(&word) || DENYING.iter().any(|(denying, _)| *denying == word)
}

fn affirmative(word: &str) -> &str {
    DENYING.iter().find(|(denying, _)| *denying == word).map_or(word, |(_, affirmative)| affirmative)
}

/// Where a title's head may end and its question begin, the last place first.
fn heads(text: &str) -> Vec<(&str, &'static str, &str)> {
    const SEPARATORS: &[&str] = &[": ", ". ", "--", " - ", " – ", " — ", "—", "; ", ", "];
    let found =
        SEPARATORS.iter().flat_map(|separator| text.match_indices(separator).map(move |(at, _)| (at, *separator)));
    let mut places: Vec<(usize, &'static str)> = found.collect();
    places.sort_by_key(|place| std::cmp::Reverse(place.0));
    let apart =
        |(at, separator): (usize, &'static str)| (text[..at].trim(), separator, text[at + separator.len()..].trim());
    places.into_iter().map(apart).collect()
}

/// "Is A or B better for C": "A is better than B for C".
fn either(auxiliary: &str, rest: &[Word]) -> Option<Proposition> {
    let or = rest.iter().position(|word| word.low == "or")?;
    let better =
        rest.iter().position(|word| word.is(&["better", "safer", "faster", "cheaper", "superior", "worse"]))?;
    let joined = |words: &[Word]| words.iter().map(|word| word.raw).collect::<Vec<_>>().join(" ");
    let be = ["is", "are", "was", "were"].contains(&auxiliary);
    // "Is it better to A or B (for C)": the second is what follows "or", up to a preposition of circumstance.
    if be && rest.first().is_some_and(|word| word.low == "it") && better == 1 && or > better {
        let said =
            format!("{auxiliary} {} than {}", joined(&rest[better..or]).trim_end_matches(','), joined(&rest[or + 1..]));
        return Some(Proposition::of("It", &said));
    }
    if !be || or == 0 || or >= better {
        return None;
    }
    let than = if rest[better].low == "superior" { "to" } else { "than" };
    let said = format!(
        "{auxiliary} {} {than} {} {}",
        rest[better].raw,
        joined(&rest[or + 1..better]).trim_end_matches(','),
        joined(&rest[better + 1..])
    );
    let first = joined(&rest[..or]);
    let first = first.trim_start_matches("either ").trim_end_matches(',').to_owned();
    Some(Proposition::of(&first, said.trim_end()))
}

/// Where what is said of the subject begins, and where its verb or predicate does: adverbs may stand between.
fn boundary(auxiliary: &str, rest: &[Word]) -> Option<(usize, usize)> {
    let begins = |at: usize| {
        let adverbs = rest[..at].iter().rev().take_while(|word| word.is_adverb() && !word.pause).count();
        // The subject keeps a word at least.
        let adverbs = adverbs.min(at.saturating_sub(1));
        (at - adverbs, at)
    };
    let first = rest.first()?;
    let next = rest.get(1)?;
    if first.is(PRONOUNS) || first.is(&["this", "these", "that", "those"]) && stands_alone(auxiliary, next) {
        let adverbs = rest[1..].iter().take_while(|word| word.is_adverb()).count();
        let verb = (1 + adverbs).min(rest.len() - 1);
        return Some((1, verb));
    }
    let score = |at: usize| match auxiliary {
        "is" | "are" | "was" | "were" => of_predicate(auxiliary, rest, at),
        "has" | "have" | "had" => of_participle(rest, at),
        _ => of_verb(rest, at),
    };
    let scores: Vec<(i32, usize)> = (1..rest.len()).map(|at| (score(at), at)).filter(|(score, _)| *score > 0).collect();
    let most = scores.iter().map(|(score, _)| *score).max()?;
    scores.into_iter().find(|(score, _)| *score == most).map(|(_, at)| begins(at))
}

/// Whether "this" or "these" before the word is a whole subject.
fn stands_alone(auxiliary: &str, next: &Word) -> bool {
    match auxiliary {
        "is" | "are" | "was" | "were" => next.is(DETERMINERS) || next.is(ADJECTIVES) || next.is(BINDING),
        _ => verb::base(&next.low) == Sure::Yes,
    }
}

/// The nearest word before that is no adverb.
fn before<'a, 'b>(rest: &'b [Word<'a>], at: usize) -> Option<&'b Word<'a>> {
    rest[..at].iter().rev().find(|word| !word.is_adverb())
}

/// How likely a verb in its base form begins here; 0: not at all.
fn of_verb(rest: &[Word], at: usize) -> i32 {
    let word = &rest[at];
    let Some(before) = before(rest, at) else { return 0 };
    if word.aside
        || before.is(BINDING)
        || before.is(DETERMINERS)
        || rest[at - 1].is(BINDING) && !rest[at - 1].is_adverb()
    {
        return 0;
    }
    let next = rest.get(at + 1);
    let score = match verb::base(&word.low) {
        // The first of them is the main verb's.
        Sure::Yes => return 60,
        Sure::Often => 44,
        Sure::Perhaps => 34,
        Sure::No if next.is_some_and(|next| next.is(DETERMINERS)) && !word.is_plural() && !word.is(BINDING) => {
            return 12;
        }
        Sure::No => return 0,
    };
    let opens_object = |next: &Word| {
        next.is(DETERMINERS)
            || next.is(&["to", "for", "in", "on", "with", "from", "as", "at", "after", "when", "than"])
            || next.is_adverb()
            || next.is_plural()
    };
    // A verb that follows is the real one: "does information exchange reduce".
    let is_object = next.is_some_and(|next| verb::base(&next.low) == Sure::Yes);
    score + if next.is_none_or(opens_object) { 8 } else { 0 }
        - if is_object { 20 } else { 0 }
        - if next.is_some_and(|next| next.low == "of") { 24 } else { 0 }
        + if before.is_plural() { 6 } else { 0 }
        - if looks_like_adjective(before) { 10 } else { 0 }
}

fn looks_like_adjective(word: &Word) -> bool {
    word.is(ADJECTIVES)
        || ["al", "ic", "ive", "ous", "able", "ible", "ary", "ful"]
            .iter()
            .any(|end| word.low.len() > 5 && word.low.ends_with(end))
}

/// How likely a predicate begins here, after a form of "be"; 0: not at all.
fn of_predicate(auxiliary: &str, rest: &[Word], at: usize) -> i32 {
    let word = &rest[at];
    let Some(before) = before(rest, at) else { return 0 };
    if word.aside || before.is(BINDING) || before.is(DETERMINERS) {
        return 0;
    }
    let next = rest[at + 1..].iter().find(|word| !word.is_adverb());
    let closes = next.is_none_or(|next| next.is(FOLLOWING) || next.aside) || word.pause || word.low == "worth";
    let later = |list: &[&str]| rest[at + 1..].iter().any(|word| word.is(list));
    let is_compared = next.is_some_and(|next| next.low == "than") && word.low.ends_with("er");
    let is_article =
        word.is(&["a", "an"]) && (word.raw != "A" || rest.iter().all(|word| !word.raw.starts_with(char::is_lowercase)));
    let of_worth =
        &["benefit", "use", "value", "importance", "interest", "help", "concern", "prognostic", "clinical", "risk"];
    let before_progressive = before.low.ends_with("ing") && before.is(PROGRESSIVE) && at > 1;
    match () {
        () if before_progressive => 0,
        () if is_article => 60,
        () if word.is(&["the", "another", "its", "our", "their"]) => 44,
        () if word.is(&["more", "less", "as", "equally"]) && later(&["than", "as"]) && !closes => 62,
        () if word.is(&["too"]) && !closes => 62,
        () if word.is(ADJECTIVES) && closes || is_compared || word.low == "not" => 56,
        () if word.is(&["of", "at"]) && next.is_some_and(|next| next.is(of_worth)) => 50,
        () if word.is(PROGRESSIVE) && !before.low.ends_with("ing") => 45,
        () if verb::is_participle(&word.low) && closes && next.is_some() && word.is(POSTMODIFIERS) => 20,
        () if verb::is_participle(&word.low) && closes => 50,
        () if looks_like_adjective(word) && closes && !word.is_plural() => 40,
        () if ["ent", "ant"].iter().any(|end| word.low.ends_with(end)) && closes && before.is_plural() => 30,
        () if word.low.ends_with("ing") && before.is_plural() && auxiliary != "is" && !closes => 24,
        // "Are margins accurate predictors of control".
        () if looks_like_adjective(word) && next.is_some_and(Word::is_plural) && auxiliary != "is" => 22,
        // "Are abscesses contraindications": the last word.
        () if next.is_none() => {
            if word.is_plural() && auxiliary != "is" {
                16
            } else {
                10
            }
        }
        // "Is a disease of the joints in X": what remains.
        () if word.is(&["in", "on", "under", "within"]) => 6,
        () => 0,
    }
}

/// How likely a participle begins here, after a form of "have"; 0: not at all.
fn of_participle(rest: &[Word], at: usize) -> i32 {
    let word = &rest[at];
    let Some(before) = before(rest, at) else { return 0 };
    if word.aside
        || before.is(BINDING)
        || before.is(DETERMINERS)
        || !verb::is_participle(&word.low)
        || word.low.contains('-')
    {
        return 0;
    }
    match () {
        () if word.low == "been" => 60,
        () if word.is(POSTMODIFIERS) => 20,
        () => 50,
    }
}

/// The verb takes the form that the auxiliary had.
fn inflect(auxiliary: &str, said: &[Word], words: &mut [String]) {
    let form = |base: &str| match auxiliary {
        "does" => verb::third(base),
        "did" => verb::past(base),
        _ => base.to_owned(),
    };
    let Some(first) = said.first() else { return };
    words[0] = first.raw.to_lowercase().replace(&first.low, &form(&first.low));
    // "… reduce pain and increase function": the second verb too.
    let governs = |at: usize| {
        said[at].is(&["that", "which", "who", "help", "can", "how"])
            || said[at].low == "to" && said.get(at + 1).is_some_and(|next| verb::base(&next.low) == Sure::Yes)
    };
    let reach = (1..said.len()).find(|&at| governs(at)).unwrap_or(said.len());
    for at in 2..reach {
        let joins = said[at - 1].is(&["and", "or"]);
        let object = said.get(at + 1).is_some_and(|next| !next.is(BINDING));
        if joins && object && verb::base(&said[at].low) == Sure::Yes {
            words[at] = said[at].raw.to_lowercase().replace(&said[at].low, &form(&said[at].low));
        }
    }
}

/// The subject as text; a pronoun becomes the head that it stands for.
fn subject_of(subject: &[Word], head: Option<&str>) -> String {
    let text = subject.iter().map(|word| word.raw).collect::<Vec<_>>().join(" ");
    match (subject, head) {
        ([pronoun], Some(head)) if pronoun.is(STAND_FOR_HEAD) => head.trim_end_matches(['.', ':', ',']).to_owned(),
        _ => text,
    }
}

/// Without "or not", "or different", and the like at the end.
fn without_alternative(said: &str) -> String {
    const ALTERNATIVES: &[&str] = &[
        " or not",
        " or different",
        " or the same",
        " or just",
        ", or not",
        " or is it",
        " or are they",
        ", or is it",
    ];
    ALTERNATIVES.iter().find_map(|end| said.find(end).map(|at| said[..at].to_owned())).unwrap_or_else(|| said.into())
}

/// "What is the effect of X on Y", "How does X affect Y": more and less; "the relationship between X and Y": related.
fn effect(clause: &Clause) -> Vec<Proposition> {
    const EFFECTS: &[&str] = &["effect", "effects", "impact", "impacts", "influence", "consequences", "consequence"];
    const RELATIONS: &[&str] = &["relationship", "relation", "association", "correlation", "link", "connection"];
    const AFFECT: &[&str] = &["affect", "influence", "impact", "change", "alter"];
    let words = &clause.0;
    let joined = |words: &[Word]| words.iter().map(|word| word.raw).collect::<Vec<_>>().join(" ");
    let find = |list: &[&str], from: usize| {
        words[from.min(words.len())..].iter().position(|word| word.is(list)).map(|at| at + from)
    };
    let is_what = words.first().is_some_and(|word| word.low == "what");
    if is_what && words.get(1).is_some_and(|word| word.is(&["is", "are", "was", "were"])) {
        let noun = find(EFFECTS, 2).filter(|noun| *noun < 6);
        if let Some(noun) = noun
            && let (Some(of), Some(on)) = (find(&["of"], noun), find(&["on", "upon"], noun))
        {
            let (cause, result) = if of < on {
                (joined(&words[of + 1..on]), joined(&words[on + 1..]))
            } else {
                (joined(&words[of + 1..]), joined(&words[on + 1..of]))
            };
            return both_ways(&cause, &result, false);
        }
        if let Some(noun) = find(RELATIONS, 2).filter(|noun| *noun < 6)
            && let Some(between) = find(&["between"], noun)
            && let Some(and) = find(&["and"], between)
        {
            let said = format!("is associated with {}", joined(&words[and + 1..]));
            return vec![Proposition::of(&joined(&words[between + 1..and]), &said)];
        }
        if let Some(role) = find(&["role"], 2).filter(|role| *role < 6)
            && let (Some(of), Some(within)) = (find(&["of"], role), find(&["in"], role))
            && of < within
        {
            let said = format!("plays a role in {}", joined(&words[within + 1..]));
            return vec![Proposition::of(&joined(&words[of + 1..within]), &said)];
        }
    }
    let is_how = words.first().is_some_and(|word| word.low == "how");
    if is_how && words.get(1).is_some_and(|word| word.is(&["does", "do", "did", "can"])) {
        // The end of the sentence's subject, by the same rule as in "does X affect Y".
        if let Some((end, verb)) = boundary(affirmative(&words[1].low), &words[2..])
            && words[2 + verb].is(AFFECT)
        {
            let plural = words[1].low == "do";
            return both_ways(&joined(&words[2..2 + end]), &joined(&words[2 + verb + 1..]), plural);
        }
    }
    Vec::new()
}

/// "X increases Y." and "X reduces Y.", each the other's opposite.
fn both_ways(cause: &str, result: &str, plural: bool) -> Vec<Proposition> {
    /// What is better or worse rather than more or less.
    const QUALITIES: &[&str] = &[
        "accuracy",
        "performance",
        "quality",
        "memory",
        "sleep",
        "health",
        "function",
        "learning",
        "outcome",
        "outcomes",
        "mood",
        "cognition",
        "robustness",
        "reasoning",
        "efficiency",
        "reliability",
        "wellbeing",
        "well-being",
        "ability",
        "abilities",
        "skills",
        "prognosis",
        "recovery",
        "development",
        "achievement",
        "satisfaction",
    ];
    let is_quality = Clause::of(result).0.iter().take_while(|word| !word.is(BINDING)).any(|word| word.is(QUALITIES));
    let verbs = if is_quality { ["improve", "worsen"] } else { ["increase", "reduce"] };
    let plural = plural || is_plural(cause);
    let verbs = verbs.map(|verb| if plural { verb.to_owned() } else { verb::third(verb) });
    let [more, less] = verbs.map(|verb| Proposition::of(cause, &format!("{verb} {result}")));
    let (more_text, less_text) = (more.text.clone(), less.text.clone());
    vec![Proposition { opposite: Some(less_text), ..more }, Proposition { opposite: Some(more_text), ..less }]
}

/// Whether a noun phrase is plural: by the last word before its first preposition, or two things joined.
fn is_plural(phrase: &str) -> bool {
    let clause = Clause::of(phrase);
    let head: Vec<&Word> = clause.0.iter().take_while(|word| !word.is(BINDING) || word.is(&["and"])).collect();
    head.iter().any(|word| word.low == "and") || head.last().is_some_and(|word| word.is_plural())
}

/// A title that asks without a verb: "Inhibin: a new marker of X?" asks whether inhibin is a new marker of X.
fn of_title(text: &str) -> Option<Proposition> {
    for article in [" as a ", " as an "] {
        if let Some((head, tail)) = text.split_once(article)
            && !text.contains(": ")
        {
            let be = if is_plural(head) { "are" } else { "is" };
            return Some(Proposition::of(head, &format!("{be}{}{tail}", &article[3..])));
        }
    }
    let (head, tail) = [": ", ". ", " - ", " – ", " — ", "--", ", "].iter().find_map(|separator| {
        // A comma sets a tail apart only before an article: "Malnutrition, a new inducer of X?".
        let articles = ["a ", "an ", "the "];
        let places = text.match_indices(separator);
        places
            .map(|(at, found)| (text[..at].trim(), text[at + found.len()..].trim()))
            .filter(|(_, tail)| {
                *separator != ", " || articles.iter().any(|article| tail.to_lowercase().starts_with(article))
            })
            .last()
    })?;
    let clause = Clause::of(tail);
    let words = &clause.0;
    let first = words.first()?;
    if words.len() < 2
        || words.iter().any(|word| word.is(&["or", "versus", "vs"]))
        || tail.contains("--")
        || head.split_whitespace().count() > 25
    {
        return None;
    }
    let plural = is_plural(head);
    let be = if plural { "are" } else { "is" };
    let tail = uncapital(tail);
    let said = match () {
        () if first.is(&["a", "an"]) && head.contains(" and ") => {
            return Some(Proposition::of("There", &format!("is {tail} in {}", uncapital(head))));
        }
        () if first.is(&["a", "an", "the", "another", "not", "still", "too", "more", "less"]) => format!("{be} {tail}"),
        () if first.is(ADJECTIVES) && words.get(1).is_none_or(|next| next.is(FOLLOWING)) => format!("{be} {tail}"),
        () if first.is(&["room", "time", "need", "evidence"]) => {
            return Some(Proposition::of("There", &format!("is {tail} in {}", uncapital(head))));
        }
        () if words.iter().take_while(|word| !word.is(BINDING)).last().is_some_and(|noun| noun.is_plural()) => {
            format!("{} {tail}", if plural { "have" } else { "has" })
        }
        () if first.low.ends_with("ing") || first.is(BINDING) => return None,
        () => format!("{be} {} {tail}", if tail.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }),
    };
    Some(Proposition::of(head, &said))
}

/// With a capital at its start, but for names that begin with a small letter ("mRNA", "β-catenin").
fn capital(text: &str) -> String {
    let word = text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let is_name = !word.is_ascii() || word.chars().skip(1).any(char::is_uppercase);
    let mut chars = text.chars();
    match chars.next() {
        Some(first) if !is_name => first.to_uppercase().chain(chars).collect(),
        _ => text.into(),
    }
}

/// Without the capital of a sentence's or title's first word; names and acronyms keep theirs.
fn uncapital(text: &str) -> String {
    let word = text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let is_name =
        word.chars().skip(1).any(|c| c.is_uppercase() || c.is_ascii_digit()) || word.chars().count() < 2 && word != "A";
    let mut chars = text.chars();
    match chars.next() {
        Some(first) if !is_name => first.to_lowercase().chain(chars).collect(),
        _ => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn questions_become_statements() {
        for (question, statements) in [
            (
                "Does hippocampal atrophy on MRI predict cognitive decline?",
                "Hippocampal atrophy on MRI predicts cognitive decline.",
            ),
            ("Is GPT-4 better than humans at detecting lies?", "GPT-4 is better than humans at detecting lies."),
            ("Did the law push enforcement?", "The law pushed enforcement."),
            ("Does dark matter explain the cores of dwarfs?", "Dark matter explains the cores of dwarfs."),
            ("Does social media use increase loneliness?", "Social media use increases loneliness."),
            ("Does grain yield decline with ozone?", "Grain yield declines with ozone."),
            ("Does work stress lead to burnout?", "Work stress leads to burnout."),
            ("Has global warming increased floods?", "Global warming has increased floods."),
            ("Can PRISM predict length of PICU stay?", "PRISM can predict length of PICU stay."),
            ("Is BERT or RoBERTa better for parsing?", "BERT is better than RoBERTa for parsing."),
            ("Inhibin: a new marker of mole?", "Inhibin is a new marker of mole."),
            ("Breast cancer clinics. Do they work?", "Breast cancer clinics work."),
            (
                "Abortion and X-inactivation: is there an association?",
                "There is an association between abortion and X-inactivation.",
            ),
            ("In adults, does metformin reduce mortality?", "In adults, metformin reduces mortality."),
            ("What is the effect of aspirin on bleeds?", "Aspirin increases bleeds. Aspirin reduces bleeds."),
            ("Which drugs cause weight gain?", ""),
            ("perovskite stability humidity", ""),
        ] {
            let found: Vec<String> = propositions(question).into_iter().map(|proposition| proposition.text).collect();
            assert_eq!(found.join(" "), statements);
        }
        assert!(propositions("Is ibuprofen as effective as indomethacin?")[0].equivalence);
    }

    proptest! {
        #[test]
        fn no_question_breaks_it(text in any::<String>(), words in "(does|is|can|what|how|the|of|x|better|,|:|\\?| ){0,30}") {
            for text in [text, words] {
                for proposition in propositions(&text) {
                    prop_assert!(proposition.text.is_char_boundary(proposition.subject));
                }
                prop_assert!(!Proposition::stated(&text).text.is_empty());
            }
        }
    }
}
