//! What a sentence that reports says, without who reports it: the frame alone hides a finding from the model.

use crate::{
    claim::FIND_VERBS,
    draft::{CITED, CITED_SEVERAL, Entry},
};

/// Words that may stand between the authors and the verb of a report without changing what is reported.
const PLAIN: &[&str] = &["and", "et", "al", "al.", "colleagues", "others", "also", "have", "has"];

/// What the authors of works are said to have found, without them: "Ito and Berg (2019) found that naps help." says "Naps help."
/// Any other word before "that" may turn it round ("did not find that"): then the sentence stays as it is.
#[must_use]
pub fn said(sentence: &str, works: &[&Entry]) -> String {
    let whole = || sentence.to_owned();
    let Some((before, said)) = sentence.split_once(" that ") else { return whole() };
    let standing = [CITED_SEVERAL, CITED]
        .into_iter()
        .find(|cited| before.get(..cited.len()).is_some_and(|written| written.eq_ignore_ascii_case(cited)));
    let names: Vec<&str> =
        works.iter().flat_map(|work| &work.authors).flat_map(|author| author.family.split(' ')).collect();
    let words: Vec<&str> = before[standing.map_or(0, str::len)..].split_whitespace().collect();
    let Some((verb, subject)) = words.split_last() else { return whole() };
    let is_name = |word: &&str| names.contains(&word.trim_matches(|c: char| !c.is_alphanumeric()));
    let is_told = standing.is_some() || subject.first().is_some_and(is_name);
    let is_plain = subject.iter().all(|word| is_name(word) || PLAIN.contains(word));
    if !is_told || !is_plain || !FIND_VERBS.split('|').any(|known| known == *verb) {
        return whole();
    }
    let mut letters = said.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Author;

    #[test]
    fn only_who_reports_is_taken_off_a_report() {
        let authors = ["Ito", "van der Berg"].map(|family| Author { family: family.into(), given: String::new() });
        let work = Entry { authors: authors.into(), ..Entry::default() };
        for told in [
            "Ito and van der Berg found that naps help.",
            "Ito et al. also showed that naps help.",
            "The cited work found that naps help.",
        ] {
            assert_eq!(said(told, &[&work]), "Naps help.", "{told}");
        }
        for whole in [
            "Ito et al. did not find that naps help.",
            "Ito found no evidence that naps help.",
            "Ito and colleagues failed to show that naps help.",
            "Nobody found that naps help.",
            "Neither Ito nor Berg found that naps help.",
            "Ito doubted that naps help.",
            "In children, Ito found that naps help.",
            "Naps that Ito found help.",
        ] {
            assert_eq!(said(whole, &[&work]), whole);
        }
    }
}
