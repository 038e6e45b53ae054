//! From phrases to facets: which side they stand on, what shows them.

use super::{
    Facet, FacetKind, Side,
    piece::{Mark, Piece, is_name, one_of, pieces},
    vocabulary::{BROAD_HEADS, DEGREES, EMPTY_HEADS, GENERIC, MEASURES, PEOPLE, SPELLINGS, SYNONYMS},
};
use crate::text::{letter, spelled, terms};

/// The facets of a normalised question, most specific first; empty where it names nothing.
pub(super) fn facets(question: &str) -> Vec<Facet> {
    let pieces = pieces(question);
    let split = split(&pieces);
    let mut facets: Vec<Facet> = Vec::new();
    let mut side = Side::First;
    let (mut narrows, mut compare_next) = (false, false);
    for (at, piece) in pieces.iter().enumerate() {
        if Some(at) == split {
            side = Side::Second;
            narrows = false;
        }
        match piece {
            Piece::Mark(Mark::Narrowing) => {
                narrows |= facets.iter().any(|facet| facet.side == side && facet.kind != FacetKind::Circumstance);
            }
            Piece::Mark(Mark::Relation | Mark::Clause) => narrows = false,
            Piece::Mark(Mark::Comparison) => compare_next = !facets.is_empty(),
            Piece::Mark(_) => {}
            Piece::Phrase(words) => {
                let Some(facet) = facet(words, side, narrows) else { continue };
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
    let words = |facet: &Facet| facet.phrase.split(' ').count();
    facets.sort_by_key(|facet| (facet.compared, facet.kind, facet.qualifier, std::cmp::Reverse(words(facet))));
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
    let place_of = |wanted: Mark| pieces.iter().position(|piece| *piece == Piece::Mark(wanted));
    // The first such mark from `start` on with a phrase on either side.
    let between_phrases = |start: usize, wanted: Mark| {
        (start..pieces.len()).find(|&at| {
            pieces[at] == Piece::Mark(wanted) && pieces[..at].iter().any(phrase) && pieces[at..].iter().any(phrase)
        })
    };
    between_phrases(0, Mark::Clause)
        .or_else(|| place_of(Mark::Between).and_then(|start| between_phrases(start, Mark::And)))
        .or_else(|| place_of(Mark::RelationNoun).and_then(|start| between_phrases(start, Mark::Narrowing)))
        .or_else(|| between_phrases(0, Mark::Relation))
        .or_else(|| between_phrases(0, Mark::Narrowing))
}

/// The facet that a phrase stands for; `None` where it has no search term, or is an adjective of degree left alone.
fn facet(words: &[String], side: Side, narrows: bool) -> Option<Facet> {
    let core = core(words);
    let alternatives = alternatives(&core);
    let lower: Vec<String> = core.iter().map(|word| word.to_lowercase()).collect();
    if alternatives.is_empty() || lower.iter().all(|word| DEGREES.contains(&word.as_str())) {
        return None;
    }
    let kind = if is_circumstance(&lower) {
        FacetKind::Circumstance
    } else if core.iter().any(|word| is_name(word)) {
        FacetKind::Name
    } else {
        FacetKind::Concept
    };
    let broader = broader(&lower).into_iter().filter(|group| !alternatives.contains(group)).collect();
    Some(Facet {
        phrase: letter::parted(&words.join(" ")),
        search: letter::parted(&search(&core)),
        alternatives,
        broader,
        kind,
        side,
        qualifier: narrows && kind != FacetKind::Name,
        compared: false,
    })
}

/// Who, or how treated or measured.
fn is_circumstance(lower: &[String]) -> bool {
    match lower {
        [word] if word.ends_with("ed") || BROAD_HEADS.contains(&word.as_str()) || one_of(MEASURES, word) => true,
        [.., last] if lower.len() <= 2 && one_of(PEOPLE, last) => true,
        _ => one_of(GENERIC, &lower.join(" ")),
    }
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
pub(super) fn synonyms(phrase: &str) -> Vec<String> {
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
pub(super) fn respellings(phrase: &str) -> Vec<String> {
    let lower = phrase.to_lowercase();
    let pairs = SPELLINGS.iter().flat_map(|&(british, american)| [(british, american), (american, british)]);
    pairs.filter(|(from, _)| lower.contains(from)).map(|(from, to)| lower.replace(from, to)).collect()
}

/// The groups of terms of one phrase: every word in each of its forms.
fn groups_of(phrase: &str) -> Vec<Vec<String>> {
    let mut groups = vec![Vec::new()];
    for forms in phrase.split(' ').map(spelled).filter(|forms| !forms.is_empty()) {
        groups = groups
            .iter()
            .flat_map(|group: &Vec<String>| forms.iter().map(|form| group.iter().chain(form).cloned().collect()))
            .collect();
    }
    groups
}

/// What shows the phrase by half: the thing measured ("reasoning accuracy"), or the phrase without adjectives of degree
/// and time ("short daytime naps"). Any other word left out would change the subject: "differential privacy".
fn broader(lower: &[String]) -> Vec<Vec<String>> {
    let part: &[String] = match lower {
        [before @ .., head] if MEASURES.contains(&head.as_str()) => before,
        [..] => {
            let degrees = lower.iter().take_while(|word| DEGREES.contains(&word.as_str())).count();
            match &lower[degrees..] {
                [head] if BROAD_HEADS.contains(&head.as_str()) || is_circumstance(std::slice::from_ref(head)) => &[],
                rest => rest,
            }
        }
    };
    groups_of(&part.join(" ")).into_iter().filter(|group| !group.is_empty()).collect()
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
