//! From the words of a question to its facets.

use super::{
    Facet, FacetKind, Side,
    vocabulary::{
        BROAD_HEADS, CLAUSES, COMPARISONS, DEGREES, EMPTY_HEADS, FILLERS, GENERIC, MEASURES, NOUN_PHRASES, PEOPLE,
        RELATION_NOUNS, RELATIONS, RELATIONS_INSIDE, SETTINGS, SPELLINGS, SYNONYMS,
    },
};
use crate::text::terms;

/// Longest phrase taken as one facet, in words; longer ones are keywords typed without grammar.
const LONGEST_PHRASE: usize = 3;

/// A piece of the question: a phrase that carries a topic, or what stands between two of them.
#[derive(Clone, Debug, PartialEq)]
enum Piece {
    Phrase(Vec<String>),
    Mark(Mark),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Mark {
    /// A stop word, a filler or punctuation: ends a phrase, no more.
    Break,
    /// "improves", "affect".
    Relation,
    /// "effect of", "role of".
    RelationNoun,
    /// "when", "if".
    Clause,
    /// "in", "among".
    Setting,
    /// "on", "for", "to", "with", "by".
    Towards,
    /// "of": what follows belongs to what stands before.
    Of,
    /// "between".
    Between,
    /// "and".
    And,
    /// "versus", "than", "or".
    Comparison,
}

/// The facets of a normalised question, most specific first; empty where it names nothing.
pub(super) fn facets(question: &str) -> Vec<Facet> {
    let pieces = pieces(question);
    let split = split(&pieces);
    let mut facets: Vec<Facet> = Vec::new();
    let mut side = Side::First;
    let (mut in_setting, mut compare_next) = (false, false);
    for (at, piece) in pieces.iter().enumerate() {
        if Some(at) == split {
            side = Side::Second;
            in_setting = false;
        }
        match piece {
            Piece::Mark(Mark::Setting) if Some(at) != split => {
                in_setting = facets.iter().any(|facet| facet.side == side)
            }
            Piece::Mark(Mark::Relation | Mark::Clause) => in_setting = false,
            Piece::Mark(Mark::Comparison) => compare_next = !facets.is_empty(),
            Piece::Mark(_) => {}
            Piece::Phrase(words) => {
                let Some(facet) = facet(words, side, in_setting) else { continue };
                if facets.iter().any(|earlier| says_no_more(&facet, earlier)) {
                    continue;
                }
                facets.push(facet);
                if std::mem::take(&mut compare_next) {
                    mark_compared(&mut facets);
                }
            }
        }
    }
    facets.sort_by_key(|facet| (facet.compared, facet.kind, std::cmp::Reverse(facet.phrase.split(' ').count())));
    facets
}

/// The last facet is compared with the nearest one before it, of its kind if there is one; both stand on that one's side.
fn mark_compared(facets: &mut [Facet]) {
    let Some((last, earlier)) = facets.split_last_mut() else { return };
    let alike = earlier.iter().rposition(|facet| facet.kind == last.kind);
    if let Some(other) = alike.or_else(|| earlier.len().checked_sub(1)).map(|at| &mut earlier[at]) {
        other.compared = true;
        last.compared = true;
        last.side = other.side;
    }
}

/// "data" after "synthetic data".
fn says_no_more(facet: &Facet, earlier: &Facet) -> bool {
    let known = terms(&earlier.phrase);
    terms(&facet.phrase).iter().all(|term| known.contains(term))
}

/// Where the second side begins: the index of the mark between the two, if the question has one.
fn split(pieces: &[Piece]) -> Option<usize> {
    let phrase = |piece: &Piece| matches!(piece, Piece::Phrase(_));
    let between_phrases = |wanted: &dyn Fn(usize, Mark) -> bool| {
        pieces.iter().enumerate().position(|(at, piece)| {
            matches!(piece, Piece::Mark(mark) if wanted(at, *mark))
                && pieces[..at].iter().any(phrase)
                && pieces[at..].iter().any(phrase)
        })
    };
    let noun = pieces.iter().position(|piece| *piece == Piece::Mark(Mark::RelationNoun));
    let between = pieces.iter().position(|piece| *piece == Piece::Mark(Mark::Between));
    between_phrases(&|_, mark| mark == Mark::Clause)
        .or_else(|| between.and_then(|start| between_phrases(&|at, mark| at > start && mark == Mark::And)))
        .or_else(|| {
            noun.and_then(|start| {
                between_phrases(&|at, mark| at > start && matches!(mark, Mark::Towards | Mark::Setting))
            })
        })
        .or_else(|| between_phrases(&|_, mark| mark == Mark::Relation))
        .or_else(|| between_phrases(&|_, mark| matches!(mark, Mark::Towards | Mark::Setting)))
}

/// Cuts the question at stop words, relations, fillers and punctuation.
fn pieces(question: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut phrase: Vec<String> = Vec::new();
    let spaced = question.replace('/', " / ");
    let words: Vec<&str> = spaced.split(' ').collect();
    for (at, raw) in words.iter().enumerate() {
        let word = raw.trim_matches(|c: char| !c.is_alphanumeric() && c != '+' && c != '#');
        let opens = raw.starts_with(['(', '[', '"', '“']);
        let closes = raw.ends_with([',', ';', ':', '?', '!', '.', ')', ']', '"', '”']);
        if opens {
            end_phrase(&mut phrase, &mut pieces);
        }
        let lower = word.to_lowercase();
        let after_phrase = phrase.last().map(|last| format!("{} {lower}", last.to_lowercase()));
        let is_noun_phrase = after_phrase.is_some_and(|two| NOUN_PHRASES.contains(&two.as_str()));
        let next = words.get(at + 1).copied().unwrap_or_default();
        let relates = !phrase.is_empty() && one_of(RELATIONS_INSIDE, &lower);
        let mark = if relates { Some(Mark::Relation) } else { mark(word, &lower, next) };
        match mark.filter(|_| !is_noun_phrase) {
            Some(mark) => {
                end_phrase(&mut phrase, &mut pieces);
                pieces.push(Piece::Mark(mark));
            }
            None => phrase.push(word.to_owned()),
        }
        if closes {
            end_phrase(&mut phrase, &mut pieces);
        }
    }
    end_phrase(&mut phrase, &mut pieces);
    pieces
}

fn end_phrase(phrase: &mut Vec<String>, pieces: &mut Vec<Piece>) {
    let words = std::mem::take(phrase);
    let parts = if words.len() > LONGEST_PHRASE { cut(words) } else { vec![words] };
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        pieces.push(Piece::Phrase(part));
        pieces.push(Piece::Mark(Mark::Break));
    }
}

/// Keywords typed one after the other, cut before and after names and after words that usually end a phrase.
fn cut(words: Vec<String>) -> Vec<Vec<String>> {
    let ends_phrase = |word: &str| [BROAD_HEADS, EMPTY_HEADS, MEASURES].iter().any(|list| list.contains(&word));
    let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let mut parts: Vec<Vec<String>> = vec![Vec::new()];
    for (at, word) in words.into_iter().enumerate() {
        let after_name = parts.last().is_some_and(|part| part.iter().any(|word| is_name(word)));
        let after_end = at > 0 && ends_phrase(&lower[at - 1]);
        if is_name(&word) || (after_name || after_end) && !ends_phrase(&lower[at]) {
            parts.push(Vec::new());
        }
        if let Some(part) = parts.last_mut() {
            part.push(word);
        }
    }
    parts
}

/// What a word marks; `None` where it belongs to a phrase.
fn mark(word: &str, lower: &str, next: &str) -> Option<Mark> {
    let is = |list: &[&str]| list.contains(&lower);
    Some(match lower {
        "and" | "/" => Mark::And,
        "of" => Mark::Of,
        "between" => Mark::Between,
        "on" | "for" | "to" | "with" | "by" | "against" | "from" | "into" | "upon" => Mark::Towards,
        "lead" | "leads" | "led" if next != "to" => return None,
        "type" if next.starts_with(|c: char| c.is_ascii_digit() || c == 'I') => return None,
        _ if is(COMPARISONS) => Mark::Comparison,
        _ if is(CLAUSES) => Mark::Clause,
        _ if is(SETTINGS) => Mark::Setting,
        _ if one_of(RELATION_NOUNS, lower) && matches!(next, "of" | "between" | "on") => Mark::RelationNoun,
        _ if one_of(RELATIONS, lower) => Mark::Relation,
        _ if one_of(RELATION_NOUNS, lower) || is(FILLERS) => Mark::Break,
        // "US" is a place; "us" is a stop word.
        _ if is_name(word) => return None,
        _ if terms(word).is_empty() && word.chars().count() != 1 => Mark::Break,
        _ if matches!(lower, "a" | "i" | "") => Mark::Break,
        _ => return None,
    })
}

/// Whether `word` is `base` or one of its regular forms: -s, -es, -ed, -ing.
fn inflected(word: &str, base: &str) -> bool {
    let stem = base.strip_suffix('e').or_else(|| base.strip_suffix('y')).unwrap_or(base);
    word == base
        || word.strip_prefix(base).is_some_and(|end| matches!(end, "s" | "es" | "d" | "ed" | "ing"))
        || word.strip_prefix(stem).is_some_and(|end| {
            end == "ing" && base.ends_with('e') || matches!(end, "ies" | "ied") && base.ends_with('y')
        })
}

/// "NLI", "GPT-4", "mRNA", "COVID-19", "p53" is none.
fn is_name(word: &str) -> bool {
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    capitals >= 2 || capitals == 1 && word.contains(|c: char| c.is_ascii_digit())
}

/// The facet that a phrase stands for; `None` where no search term is left of it.
fn facet(words: &[String], side: Side, in_setting: bool) -> Option<Facet> {
    let core = core(words);
    let alternatives = alternatives(&core);
    if alternatives.is_empty() {
        return None;
    }
    let lower: Vec<String> = core.iter().map(|word| word.to_lowercase()).collect();
    let kind = if in_setting || is_circumstance(&lower) {
        FacetKind::Circumstance
    } else if core.iter().any(|word| is_name(word)) {
        FacetKind::Name
    } else {
        FacetKind::Concept
    };
    let broader = broader(&core, &lower).into_iter().filter(|group| !alternatives.contains(group)).collect();
    Some(Facet { phrase: words.join(" "), search: search(&core), alternatives, broader, kind, side, compared: false })
}

/// Who, or how treated or measured.
fn is_circumstance(lower: &[String]) -> bool {
    match lower {
        [word] if word.ends_with("ed") => true,
        [.., last] if lower.len() <= 2 && one_of(PEOPLE, last) => true,
        _ => one_of(GENERIC, &lower.join(" ")),
    }
}

/// Whether the list has the word, or its base form.
fn one_of(list: &[&str], word: &str) -> bool {
    list.iter().any(|base| inflected(word, base))
}

/// The phrase without a last word that adds nothing, where something stands before it.
fn core(words: &[String]) -> Vec<String> {
    match words {
        [before @ .., last] if !before.is_empty() && EMPTY_HEADS.contains(&last.to_lowercase().as_str()) => {
            before.to_vec()
        }
        _ => words.to_vec(),
    }
}

/// The synonyms of a phrase, as whole phrases with one part replaced; the longer names first.
fn synonyms(phrase: &str) -> Vec<String> {
    let lower = phrase.to_lowercase();
    let singular = lower.strip_suffix('s').unwrap_or(&lower).to_owned();
    let mut found = Vec::new();
    for names in SYNONYMS {
        for name in *names {
            let Some(start) = [&lower, &singular].into_iter().find_map(|text| whole_words(text, name)) else {
                continue;
            };
            let rest = lower[start + name.len()..].trim_start_matches('s');
            let others = names.iter().filter(|other| *other != name);
            found.extend(others.map(|other| format!("{}{other}{rest}", &lower[..start])));
            break;
        }
    }
    found
}

/// Where `name` stands in `text` as whole words, a plural's "s" allowed.
fn whole_words(text: &str, name: &str) -> Option<usize> {
    let start = text.find(name)?;
    let before = text[..start].chars().next_back();
    let after = text[start + name.len()..].trim_start_matches('s').chars().next();
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    (edge(before) && edge(after)).then_some(start)
}

/// "ChatGPT-3.5-Turbo" as "GPT-3.5", "GPT-4" as "ChatGPT-4".
fn model_variants(word: &str) -> Vec<String> {
    let lower = word.to_lowercase();
    let Some(version) = lower.strip_prefix("chatgpt-").or_else(|| lower.strip_prefix("gpt-")) else {
        return Vec::new();
    };
    let version = version.strip_suffix("-turbo").or_else(|| version.strip_suffix("-instruct")).unwrap_or(version);
    vec![format!("gpt-{version}"), format!("chatgpt-{version}")]
}

/// Every group of terms that shows the phrase.
fn alternatives(core: &[String]) -> Vec<Vec<String>> {
    let phrase = core.join(" ");
    let mut phrases = vec![phrase.clone()];
    phrases.extend(synonyms(&phrase));
    if let [word] = core {
        phrases.extend(model_variants(word));
    }
    let respelled: Vec<String> = phrases.iter().flat_map(|phrase| respellings(phrase)).collect();
    phrases.extend(respelled);
    let mut groups: Vec<Vec<String>> = Vec::new();
    for group in phrases.iter().flat_map(|phrase| groups_of(phrase)) {
        if !group.is_empty() && !groups.contains(&group) {
            groups.push(group);
        }
    }
    groups
}

/// The phrase in British and American spelling, where they differ.
fn respellings(phrase: &str) -> Vec<String> {
    let lower = phrase.to_lowercase();
    let pairs = SPELLINGS.iter().flat_map(|&(british, american)| [(british, american), (american, british)]);
    pairs.filter(|(from, _)| lower.contains(from)).map(|(from, to)| lower.replace(from, to)).collect()
}

/// The groups of terms of one phrase. A compound counts as its whole or as its parts: "fine-tuned" gives
/// `[finetun]` and `[fine, tune]`, because a text that says "fine tuned" has the parts alone.
fn groups_of(phrase: &str) -> Vec<Vec<String>> {
    let mut groups = vec![Vec::new()];
    for word in phrase.split(' ') {
        let forms: Vec<Vec<String>> = match terms(word).split_first() {
            None => continue,
            Some((whole, [])) => vec![vec![whole.clone()]],
            Some((whole, parts)) => vec![vec![whole.clone()], parts.to_vec()],
        };
        groups = groups
            .iter()
            .flat_map(|group: &Vec<String>| forms.iter().map(|form| group.iter().chain(form).cloned().collect()))
            .collect();
    }
    groups
}

/// What shows the phrase by half: the thing measured ("reasoning accuracy"), the name in it, or its last word.
fn broader(core: &[String], lower: &[String]) -> Vec<Vec<String>> {
    let [before @ .., head] = lower else { return Vec::new() };
    if before.is_empty() {
        return Vec::new();
    }
    let part = if MEASURES.contains(&head.as_str()) {
        before.join(" ")
    } else if let Some(name) = core.iter().find(|word| is_name(word)) {
        name.clone()
    } else if [BROAD_HEADS, PEOPLE, GENERIC].iter().any(|list| one_of(list, head)) {
        return Vec::new();
    } else {
        head.clone()
    };
    groups_of(&part).into_iter().filter(|group| !group.is_empty()).collect()
}

/// The words to search for: the long form of an acronym, no adjective of degree where a phrase is left without it.
fn search(core: &[String]) -> String {
    let phrase = core.join(" ");
    let lower = phrase.to_lowercase();
    let singular = lower.strip_suffix('s').unwrap_or(&lower);
    if let Some(names) = SYNONYMS.iter().find(|names| names.contains(&lower.as_str()) || names.contains(&singular)) {
        return names[0].to_owned();
    }
    if let [word] = core
        && let Some(variant) = model_variants(word).into_iter().next()
    {
        return variant.to_uppercase();
    }
    match core {
        [degree, rest @ ..] if rest.len() >= 2 && DEGREES.contains(&degree.to_lowercase().as_str()) => rest.join(" "),
        _ => phrase,
    }
}
