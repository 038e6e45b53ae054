//! Titles: the words they are compared by, and the marks before them that say what became of a work.

use super::Notice;
use crate::text::{greek, unaccented};
use std::collections::{BTreeMap, BTreeSet};

/// Words a title needs before it names a work by itself: "Editorial" or "Introduction" does not.
pub(super) const MIN_WORDS: usize = 3;
/// Least [`jaccard`] of near-equal titles.
const MIN_OVERLAP: f32 = 0.6;

/// Letters from which on a word says what a work is about; shorter ones are "and", "the".
const CONTENT_LETTERS: usize = 4;
/// Words of titles that many works of one author have: "Reply to the editor", "Introduction", "Author's response".
#[rustfmt::skip]
const GENERIC: &[&str] = &[
    "a", "abstract", "abstracts", "acknowledgements", "an", "and", "announcement", "annual", "appendix", "article", "author", "authors",
    "book", "by", "case", "chapter", "comment", "commentary", "comments", "conclusion", "conclusions", "contents", "contributors", "correspondence",
    "discussion", "editor", "editorial", "editors", "erratum", "foreword", "for", "from", "front", "guest", "i", "ii", "iii", "image", "in",
    "index", "information", "introduction", "introductory", "invited", "issue", "journal", "letter", "letters", "list", "matter", "message", "month",
    "new", "news", "note", "notes", "obituary", "of", "on", "overview", "part", "perspective", "preface", "president", "program", "remarks",
    "report", "reply", "response", "review", "reviewer", "reviewers", "reviews", "s", "section", "special", "summary", "supplement",
    "supplementary", "table", "the", "this", "to", "view", "volume", "with",
];

/// The title without a mark such as "RETRACTED ARTICLE:" before it, or behind it: the work is the same.
pub(super) fn without_mark(title: &str) -> &str {
    const MARKS: &[&str] = &["retraction note to", "retraction notice to", "withdrawal notice to"];
    after_mark(Notice::without_mark(title), MARKS)
}

/// The title without the name of a notice before it: a correction or a review report speaks of the same work.
pub(super) fn without_notice(title: &str) -> &str {
    const NOTICES: &[&str] = &[
        "correction",
        "correction to",
        "author correction",
        "publisher correction",
        "corrigendum",
        "corrigendum to",
        "corrigendum for",
        "corrections to",
        "errata",
        "errata to",
        "erratum",
        "erratum to",
        "erratum for",
        "expression of concern",
        "expression of concern on",
        "expression of concern to",
        "editorial expression of concern",
        "editorial expression of concern on",
        "addendum",
        "addendum to",
        "supplementary material for",
        "author response for",
        "decision letter for",
        "review for",
    ];
    after_mark(without_mark(title), NOTICES).trim_matches(['“', '”', '"', '\'', '‘', '’', ' '])
}

/// Whether a title names its work: enough words, and not only such as many works have.
pub(super) fn names_a_work(words: &[String]) -> bool {
    const ANSWERS: &[&str] = &["reply", "response", "comment", "comments", "answer"];
    let answers = words.first().is_some_and(|word| ANSWERS.contains(&word.as_str()))
        && words.ends_with(&["et".into(), "al".into()]);
    words.len() >= MIN_WORDS
        && !answers
        && !words.iter().all(|word| GENERIC.contains(&word.as_str()) || word.chars().all(|c| c.is_ascii_digit()))
}

/// What follows `mark` and its `:` or `]`, or, after a mark that ends in a preposition, follows the mark alone.
pub(super) fn after_mark<'a>(title: &'a str, marks: &[&str]) -> &'a str {
    let open = title.trim_start_matches(['[', '(', ' ']);
    let rest = marks.iter().find_map(|mark| {
        let head = open.get(..mark.len()).filter(|head| head.eq_ignore_ascii_case(mark))?;
        let rest = &open[head.len()..];
        let of = [" to", " for", " on", " regarding"].iter().any(|end| mark.ends_with(end));
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

/// Words in lower case without accents, divided by single signs that are no letters; lone Greek letters by their names, "&"
/// as "and", and without the marks of raised and lowered signs ("H_2O").
pub(super) fn folded(text: &str) -> String {
    let text = text.replace(['_', '^'], "").replace('&', " and ");
    let plain: Vec<char> = unaccented(&text).chars().collect();
    let in_greek = |at: Option<usize>| at.and_then(|at| plain.get(at)).is_some_and(|&c| greek(c).is_some());
    let mut folded = String::with_capacity(plain.len());
    for (at, &c) in plain.iter().enumerate() {
        match greek(c) {
            // A word in Greek stays a word.
            Some(name) if !in_greek(at.checked_sub(1)) && !in_greek(Some(at + 1)) => folded.push_str(name),
            _ => folded.push(if c.is_alphanumeric() { c } else { ' ' }),
        }
    }
    folded
}

/// Near-equal titles: most words shared, or one is the other's beginning (a subtitle was added or left out).
pub(super) fn alike(a: &[String], b: &[String]) -> bool {
    // "Pre-treatment" and "pretreatment" are one.
    if a.concat() == b.concat() {
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

/// How near two titles are; nearer is greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// Both say what they are about, and not a word of it is the same.
    Nothing,
    /// Some words are the same, or one of them says too little.
    Some,
    /// The same but for a few words, or one has a subtitle more.
    Near,
    /// Word for word the same.
    Same,
}

/// How near two titles are; marks such as "RETRACTED:" are not counted.
#[must_use]
pub fn likeness(a: &str, b: &str) -> Likeness {
    let (a, b) = (words(without_mark(a)), words(without_mark(b)));
    if a == b && !a.is_empty() {
        Likeness::Same
    } else if alike(&a, &b) {
        Likeness::Near
    } else if have_nothing_in_common(&a, &b) {
        Likeness::Nothing
    } else {
        Likeness::Some
    }
}

/// Titles by their words: two long lists are compared without setting every title beside every other.
#[derive(Debug)]
pub struct Titles {
    /// How many different words each title has.
    counts: Vec<usize>,
    /// The titles that a word stands in.
    bearers: BTreeMap<String, Vec<usize>>,
    /// The titles that are these letters, however they are divided into words.
    letters: BTreeMap<String, Vec<usize>>,
}

impl Titles {
    /// Of a list of titles; they are named by their places in it.
    pub fn of<'a>(titles: impl IntoIterator<Item = &'a str>) -> Self {
        let mut all = Self { counts: Vec::new(), bearers: BTreeMap::new(), letters: BTreeMap::new() };
        for (at, title) in titles.into_iter().enumerate() {
            let words = words(without_mark(title));
            all.letters.entry(words.concat()).or_default().push(at);
            let words: BTreeSet<String> = words.into_iter().collect();
            all.counts.push(words.len());
            for word in words {
                all.bearers.entry(word).or_default().push(at);
            }
        }
        all
    }

    /// The places, in order, of those that may be the [`Same`](Likeness::Same) as a title: no other is.
    #[must_use]
    pub fn may_be_same(&self, title: &str) -> BTreeSet<usize> {
        let letters = words(without_mark(title)).concat();
        self.letters.get(&letters).into_iter().flatten().copied().collect()
    }

    /// The places, in order, of those that may be [`Near`](Likeness::Near) a title: no other is.
    #[must_use]
    pub fn may_be_near(&self, title: &str) -> BTreeSet<usize> {
        let words: BTreeSet<String> = words(without_mark(title)).into_iter().collect();
        let mut shared = vec![0_usize; self.counts.len()];
        for at in words.iter().filter_map(|word| self.bearers.get(word)).flatten() {
            shared[*at] += 1;
        }
        #[allow(clippy::cast_precision_loss, reason = "titles have few words")]
        let shares_enough = |at: usize| {
            let shorter = self.counts[at].min(words.len());
            shared[at] > 0 && shared[at] as f32 >= MIN_OVERLAP * shorter as f32
        };
        let mut near = self.may_be_same(title);
        near.extend((0..self.counts.len()).filter(|&at| shares_enough(at)));
        near
    }
}

/// Whether both titles say what they are about, and not a word of it is the same: "Yoghurt and the gut", "Cheese and liver".
pub(super) fn have_nothing_in_common(a: &[String], b: &[String]) -> bool {
    let is_content = |word: &&String| word.chars().count() >= CONTENT_LETTERS && !GENERIC.contains(&word.as_str());
    let of = |words: &[String]| -> Vec<String> { words.iter().filter(is_content).cloned().collect() };
    let (a, b) = (of(a), of(b));
    !a.is_empty() && !b.is_empty() && !a.iter().any(|word| b.contains(word))
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
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_index_leaves_no_near_title_out(
            titles in prop::collection::vec(prop::collection::vec(prop::sample::select(vec![
                "gears", "of", "the", "deep", "sea", "pre-oiled", "preoiled", "tale", ":", "RETRACTED:", "β", "2019",
            ]), 0..8), 2..12),
        ) {
            let titles: Vec<String> = titles.into_iter().map(|words| words.join(" ")).collect();
            let index = Titles::of(titles.iter().map(String::as_str));
            for title in &titles {
                let (same, near) = (index.may_be_same(title), index.may_be_near(title));
                for (at, other) in titles.iter().enumerate() {
                    let likeness = likeness(title, other);
                    prop_assert!(likeness < Likeness::Same || same.contains(&at), "{title} | {other}");
                    prop_assert!(likeness < Likeness::Near || near.contains(&at), "{title} | {other}");
                }
            }
        }
    }

    #[test]
    fn a_title_is_compared_by_its_words() {
        assert_eq!(words("Über  the Gears—of: H2O"), ["uber", "the", "gears", "of", "h2o"]);
        assert!(alike(&words("Gears of the sea"), &words("Gears of the Sea: a tale")));
        assert_eq!(likeness("RETRACTED: Gears of the sea", "Gears of the Sea"), Likeness::Same);
        assert_eq!(likeness("Gears of the sea", "Gears of the sea: a tale"), Likeness::Near);
        assert_eq!(likeness("Gears of the sea", "Gears and their makers"), Likeness::Some);
        assert_eq!(likeness("Gears of the sea", "Sourdough for beginners"), Likeness::Nothing);
        assert!(!alike(&words("Editorial"), &words("Editorial: gears of the sea")));
        assert_eq!(words("Øre, Łódź & Straße"), ["ore", "lodz", "and", "strasse"]);
        assert!(names_a_work(&words("Gears of the sea")) && !names_a_work(&words("Reply to the Author's Response")));
        assert_eq!(words("Oil & β-gears in H_2O, λόγος"), words("Oil and beta-gears in H2O, λόγος"));
        assert!(alike(&words("Pre-oiled gears"), &words("Preoiled gears")));
        for title in ["Annual report 2019", "List of contributors", "Reply to Muster et al.", "Image of the month"] {
            assert!(!names_a_work(&words(title)), "{title}");
        }
        assert_eq!(without_notice("Erratum to: Gears"), "Gears");
        assert_eq!(without_notice("Gears at sea [RETRACTED ARTICLE]"), "Gears at sea");
        assert_eq!(without_notice("Correction of vision"), "Correction of vision");
        for marked in [
            "Retirado: Gears at sea",
            "[Retracted] Gears at sea",
            "RETRACTED \u{2013} Gears at sea",
            "Gears at sea - withdrawn",
            "【撤稿】Gears at sea",
            "Statement of Retraction: Gears at sea",
        ] {
            assert_eq!(without_mark(marked), "Gears at sea", "{marked}");
        }
        for title in [
            "Withdrawal: a study of caffeine",
            "Lung mechanics: retraction",
            "Retracted.",
            "Gears (retraction of the chest)",
        ] {
            assert_eq!(without_mark(title), title);
        }
    }
}
