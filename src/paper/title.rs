//! Titles: the words they are compared by, and the marks before them that say what became of a work.

use std::collections::BTreeSet;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Words a title needs before it names a work by itself: "Editorial" or "Introduction" does not.
pub(super) const MIN_WORDS: usize = 3;
/// Least [`jaccard`] of near-equal titles.
const MIN_OVERLAP: f32 = 0.6;

/// True where a title says that its work was taken back: in capitals, or as a mark before the title proper. A study
/// *of* retracted papers is not one.
#[must_use]
pub fn says_retracted(title: &str) -> bool {
    let title = title.trim_start_matches(['[', '(', ' ']);
    let shouted = ["RETRACTED", "RETRACTION", "WITHDRAWN"].iter().any(|mark| title.starts_with(mark));
    shouted
        || matches!(title.trim_end_matches('.').to_lowercase().as_str(), "retracted" | "withdrawn")
        || without_mark(title) != title
}

/// The title without a mark such as "RETRACTED ARTICLE:" before it: the work is the same.
pub(super) fn without_mark(title: &str) -> &str {
    const MARKS: [&str; 9] = [
        "retracted",
        "retracted article",
        "retracted paper",
        "retraction",
        "retraction note",
        "retraction notice",
        "notice of retraction",
        "withdrawn",
        "withdrawn article",
    ];
    after_mark(title, &MARKS)
}

/// The title without the name of a notice before it: a correction or a review report speaks of the same work.
pub(super) fn without_notice(title: &str) -> &str {
    const NOTICES: [&str; 13] = [
        "correction",
        "correction to",
        "author correction",
        "publisher correction",
        "corrigendum",
        "corrigendum to",
        "erratum",
        "erratum to",
        "addendum",
        "supplementary material for",
        "author response for",
        "decision letter for",
        "review for",
    ];
    after_mark(without_mark(title), &NOTICES)
}

/// What follows `mark` and its `:` or `]`, or, after a mark that ends in a preposition, follows the mark alone.
fn after_mark<'a>(title: &'a str, marks: &[&str]) -> &'a str {
    let open = title.trim_start_matches(['[', '(', ' ']);
    let rest = marks.iter().find_map(|mark| {
        let head = open.get(..mark.len()).filter(|head| head.eq_ignore_ascii_case(mark))?;
        let rest = &open[head.len()..];
        let of = mark.ends_with(" to") || mark.ends_with(" for");
        match rest.trim_start().strip_prefix([':', ']', ')']) {
            Some(rest) => Some(rest.trim_start_matches([':', ' '])),
            None => rest.strip_prefix(' ').filter(|_| of),
        }
    });
    rest.filter(|rest| !rest.is_empty()).unwrap_or(title)
}

/// Words of a title, folded: lower case, no accents, no punctuation.
pub(super) fn words(title: &str) -> Vec<String> {
    folded(title).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

pub(super) fn folded(text: &str) -> String {
    text.nfkd()
        .filter(|&c| !is_combining_mark(c))
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect()
}

/// Near-equal titles: most words shared, or one is the other's beginning (a subtitle was added or left out).
pub(super) fn alike(a: &[String], b: &[String]) -> bool {
    if a == b {
        return !a.is_empty();
    }
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.len() < MIN_WORDS {
        return false;
    }
    if long.starts_with(short) {
        return true;
    }
    jaccard(a, b) >= MIN_OVERLAP
}

/// Words shared, as a share of the words of both together (Jaccard index, words as sets), in `0.0..=1.0`.
pub(super) fn jaccard(a: &[String], b: &[String]) -> f32 {
    let (a, b): (BTreeSet<_>, BTreeSet<_>) = (a.iter().collect(), b.iter().collect());
    let shared = a.intersection(&b).count();
    #[allow(clippy::cast_precision_loss, reason = "titles and abstracts have few words")]
    let overlap = shared as f32 / (a.len() + b.len() - shared).max(1) as f32;
    overlap
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retraction_is_read_from_the_title() {
        for title in
            ["RETRACTED: Gears", "Retracted Article: Gears", "[Retracted] Gears", "WITHDRAWN Gears", "Withdrawn."]
        {
            assert!(says_retracted(title), "{title}");
        }
        for title in ["Retracted papers and their readers", "Withdrawn from the market: a study", "Gears"] {
            assert!(!says_retracted(title), "{title}");
        }
    }

    #[test]
    fn a_title_is_compared_by_its_words() {
        assert_eq!(words("Über  the Gears—of: H2O"), ["uber", "the", "gears", "of", "h2o"]);
        assert!(alike(&words("Gears of the sea"), &words("Gears of the Sea: a tale")));
        assert!(!alike(&words("Editorial"), &words("Editorial: gears of the sea")));
        assert_eq!(without_notice("Erratum to: Gears"), "Gears");
        assert_eq!(without_notice("Correction of vision"), "Correction of vision");
    }
}
