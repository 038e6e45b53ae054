//! Acronyms that papers introduce themselves: "natural language inference (NLI)".

use crate::{question::Facet, text::terms};
use std::collections::BTreeMap;

/// Shortest acronym learned, in letters: two letters stand for too many things.
const SHORTEST: usize = 3;

/// Long form (as search terms) and acronym (as a search term), with the number of times they were introduced.
pub(super) type Introduced = BTreeMap<(Vec<String>, String), usize>;

/// The acronyms introduced in the texts: letters in brackets that are the initials of the words before them, in the
/// manner of Schwartz & Hearst 2003, "A simple algorithm for identifying abbreviation definitions in biomedical text",
/// held to initials so that a wrong pair is rare.
pub(super) fn introduced(texts: &[String]) -> Introduced {
    let mut introduced = Introduced::new();
    for text in texts {
        for (at, _) in text.match_indices('(') {
            let Some((inside, _)) = text[at + 1..].split_once(')') else { continue };
            let acronym = inside.strip_suffix('s').unwrap_or(inside);
            let letters: Vec<char> = acronym.chars().flat_map(char::to_lowercase).collect();
            let capitals = acronym.chars().filter(|c| c.is_uppercase()).count();
            if letters.len() < SHORTEST
                || letters.len() > 8
                || capitals < 2
                || !letters.iter().all(|c| c.is_alphabetic())
            {
                continue;
            }
            if let (Some(long), [acronym]) = (long_form(&text[..at], &letters), terms(acronym).as_slice()) {
                *introduced.entry((terms(&long), acronym.clone())).or_insert(0) += 1;
            }
        }
    }
    introduced
}

/// The last words of `before` whose initials are `letters`.
fn long_form(before: &str, letters: &[char]) -> Option<String> {
    let is_break = |c: char| c.is_whitespace() || c == '-';
    let words: Vec<&str> = before.trim_end().rsplit(is_break).take(letters.len()).collect();
    let initials = words.iter().rev().map(|word| word.chars().next().map(|c| c.to_lowercase().collect::<String>()));
    let fits = words.len() == letters.len()
        && initials.zip(letters).all(|(initial, letter)| initial.is_some_and(|initial| initial == letter.to_string()));
    fits.then(|| words.into_iter().rev().collect::<Vec<_>>().join(" "))
}

/// Further groups of terms that show the facet: the acronym of its phrase, or the long form of its acronym. The long
/// form is taken from the introduction met most often, and only where none is known yet: an acronym can stand for
/// several things, and a rare meaning must not let papers in.
pub(super) fn alternatives(facet: &Facet, introduced: &Introduced) -> Vec<Vec<String>> {
    let knows_long_form = facet.alternatives.iter().any(|group| group.len() > 1);
    let mut more: Vec<Vec<String>> = Vec::new();
    let mut usual: BTreeMap<&String, (usize, &Vec<String>)> = BTreeMap::new();
    for ((long, acronym), times) in introduced {
        let group = vec![acronym.clone()];
        if facet.alternatives.contains(long) && !facet.alternatives.contains(&group) {
            more.push(group);
        } else if facet.alternatives.contains(&group) && !knows_long_form {
            let best = usual.entry(acronym).or_insert((0, long));
            if *times > best.0 {
                *best = (*times, long);
            }
        }
    }
    more.extend(usual.into_values().map(|(_, long)| long.clone()));
    more
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::question::Question;

    fn introduced(texts: &[&str]) -> Introduced {
        super::introduced(&texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>())
    }

    fn facet(question: &str) -> Facet {
        Question::parse(question).unwrap().facets.remove(0)
    }

    #[test]
    fn an_acronym_is_learned_both_ways() {
        let found = introduced(&["We study partial charge transfer (PCT) in dyes.", "Two dyes (ABC) differ."]);
        assert_eq!(found.len(), 1);
        assert_eq!(alternatives(&facet("What is partial charge transfer?"), &found), [["pct"]]);
        assert_eq!(alternatives(&facet("What is PCT?"), &found), [["partial", "charg", "transfer"]]);
        assert!(alternatives(&facet("What is a dye?"), &found).is_empty());
    }

    #[test]
    fn hyphens_and_plurals_are_read() {
        let found = introduced(&["metal-organic frameworks (MOFs) adsorb gas"]);
        assert!(found.keys().any(|(_, acronym)| acronym == "mof"));
    }

    #[test]
    fn the_usual_meaning_wins_and_a_known_one_is_not_replaced() {
        let texts = ["point contact test (PCT)", "partial charge transfer (PCT)", "partial charge transfer (PCT)"];
        assert_eq!(alternatives(&facet("What is PCT?"), &introduced(&texts)), [["partial", "charg", "transfer"]]);
        let other = introduced(&["noisy light interferometer (NLI)"]);
        assert!(alternatives(&facet("What is NLI?"), &other).is_empty());
    }

    #[test]
    fn odd_brackets_do_no_harm() {
        assert!(introduced(&["(", "((((NLI", "(NLI)", "é (É)", "a b c (ABC", ")("]).is_empty());
    }
}
