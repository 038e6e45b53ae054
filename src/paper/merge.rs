//! Which records are one work, and what is kept of each.
//!
//! Two questions, two answers. [`merge`] puts fields of several records together, so a wrong match would print one
//! work's abstract under another's DOI: it asks for the same DOI, the same arXiv id, or the same title, first author
//! and time. [`same_work`] guards corroboration, where a missed match would let a paper vouch for itself: it also
//! takes near-equal titles of one first author at any distance in time, such as a journal version years later, a
//! correction, or "Part II", and near-equal abstracts under whatever title.

use super::{Paper, PaperId, Reading, identifier};
use crate::source::SourceId;
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Years between two records of one title and first author that are still one work: online first and in print.
const YEARS_APART: u16 = 1;
/// The same where one of the two is a preprint: from first version to print.
const YEARS_APART_PREPRINT: u16 = 4;
/// Words a title needs before it names a work by itself: "Editorial" or "Introduction" does not.
const TITLE_WORDS: usize = 3;
/// Least [`jaccard`] of near-equal titles.
const TITLE_OVERLAP: f32 = 0.6;
/// Words an abstract needs before it can show that two records are one work.
const ABSTRACT_WORDS: usize = 20;
/// Least [`jaccard`] of near-equal abstracts. Of 1,387 different arXiv abstracts the closest two reach 0.43.
const ABSTRACT_OVERLAP: f32 = 0.6;

/// Puts records of one work together, transitively, and keeps the best of each. Order: first appearance. Ids are
/// unique afterwards.
#[must_use]
pub fn merge(papers: Vec<Paper>) -> Vec<Paper> {
    let groups = groups(&papers);
    let mut records: Vec<Option<Paper>> = papers.into_iter().map(Some).collect();
    groups
        .into_iter()
        .filter_map(|group| one(group.into_iter().filter_map(|index| records[index].take()).collect()))
        .collect()
}

/// Whether two records are, or may be, the same work or versions of it. Generous: see the module's account. True of a
/// paper and itself. Costs some microseconds: ask once a pair of papers, not once a sentence.
#[must_use]
pub fn same_work(a: &Paper, b: &Paper) -> bool {
    if a.id == b.id || share_identifier(a, b) {
        return true;
    }
    let titles = || (title_words(without_notice(&a.title)), title_words(without_notice(&b.title)));
    if a.authors.is_empty() || b.authors.is_empty() {
        let (title_a, title_b) = titles();
        return (title_a == title_b && title_a.len() >= TITLE_WORDS) || abstracts_alike(a, b);
    }
    let (names_a, names_b) = (names(&a.authors), names(&b.authors));
    if names_a.is_disjoint(&names_b) {
        return false;
    }
    let (title_a, title_b) = titles();
    (same_first_author(a, b) && alike(&title_a, &title_b)) || abstracts_alike(a, b)
}

fn share_identifier(a: &Paper, b: &Paper) -> bool {
    let same = |x: &Option<String>, y: &Option<String>| x.is_some() && x == y;
    same(&a.doi, &b.doi) || same(&a.arxiv_id, &b.arxiv_id)
}

/// Indices of the records of each work; works by first appearance, records in order.
fn groups(papers: &[Paper]) -> Vec<Vec<usize>> {
    let mut sets = Sets((0..papers.len()).collect());
    let mut seen: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut titled: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, paper) in papers.iter().enumerate() {
        let identifiers =
            [("id", Some(paper.id.0.as_str())), ("doi", paper.doi.as_deref()), ("arxiv", paper.arxiv_id.as_deref())];
        for (kind, identifier) in identifiers {
            if let Some(identifier) = identifier {
                sets.join(*seen.entry((kind, identifier)).or_insert(index), index);
            }
        }
        let words = title_words(without_mark(&paper.title));
        if words.len() >= TITLE_WORDS {
            let namesakes = titled.entry(words.join(" ")).or_default();
            for &other in namesakes.iter().filter(|&&other| same_record(&papers[other], paper)) {
                sets.join(other, index);
            }
            namesakes.push(index);
        }
    }
    let mut by_root: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for index in 0..papers.len() {
        by_root.entry(sets.root(index)).or_default().push(index);
    }
    by_root.into_values().collect()
}

/// For records of equal title: same first author, and close enough in time.
fn same_record(a: &Paper, b: &Paper) -> bool {
    let preprint = |paper: &Paper| paper.doi.as_deref().is_none_or(identifier::is_preprint_doi);
    let allowed = if preprint(a) || preprint(b) { YEARS_APART_PREPRINT } else { YEARS_APART };
    let near = a.year.zip(b.year).is_none_or(|(a, b)| a.abs_diff(b) <= allowed);
    let mixes_demo = is_demo(a) != is_demo(b);
    near && !mixes_demo && family_name(a).is_some() && family_name(a) == family_name(b)
}

fn is_demo(paper: &Paper) -> bool {
    paper.sources.contains(&SourceId::Demo)
}

/// Disjoint sets; the root of a set is its least index, so sets stay in order of first appearance.
struct Sets(Vec<usize>);

impl Sets {
    fn root(&mut self, mut index: usize) -> usize {
        while self.0[index] != index {
            self.0[index] = self.0[self.0[index]];
            index = self.0[index];
        }
        index
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}

/// The best of each field over the records of one work, in order.
fn one(records: Vec<Paper>) -> Option<Paper> {
    let published = |paper: &&Paper| paper.doi.as_deref().is_some_and(|doi| !identifier::is_preprint_doi(doi));
    let in_print = |paper: &&Paper| paper.venue.as_deref().is_some_and(|venue| !identifier::is_repository(venue));
    // The record to cite: of the publication (best the publisher's own, which names the venue), else with any DOI, else
    // the first.
    let cited = records
        .iter()
        .find(|record| published(record) && in_print(record))
        .or_else(|| records.iter().find(published))
        .or_else(|| records.iter().find(|record| record.doi.is_some()))
        .or(records.first())?;
    let venue = [cited]
        .into_iter()
        .chain(&records)
        .find(in_print)
        .or_else(|| records.iter().find(|record| record.venue.is_some() && !published(&cited)))
        .and_then(|record| record.venue.clone());
    let written = |paper: &Paper| paper.authors.iter().map(String::len).sum::<usize>();
    let mut best = Paper {
        title: cited.title.clone(),
        url: cited.url.clone(),
        doi: cited.doi.clone(),
        venue,
        arxiv_id: records.iter().find_map(|r| r.arxiv_id.clone()),
        year: records.iter().filter_map(|r| r.year).min(),
        abstract_text: longest(records.iter().filter_map(|r| r.abstract_text.as_ref())).cloned(),
        retracted: records.iter().any(|r| r.retracted),
        sources: Vec::new(),
        // Many names before long names: a cut-off list is worse than initials. The first wins a tie.
        authors: records
            .iter()
            .rev()
            .max_by_key(|r| (r.authors.len(), written(r)))
            .map_or(Vec::new(), |r| r.authors.clone()),
        id: cited.id.clone(),
        sections: Vec::new(),
        reading: Reading::Nothing,
    };
    if let Some(doi) = &best.doi {
        (best.id, best.url) = (PaperId(format!("doi:{doi}")), identifier::doi_address(doi));
    } else if let Some(id) = &best.arxiv_id {
        (best.id, best.url) = (PaperId(format!("arxiv:{id}")), identifier::arxiv_address(id));
    }
    for record in records {
        for source in record.sources {
            if !best.sources.contains(&source) {
                best.sources.push(source);
            }
        }
        if best.sections.is_empty() {
            (best.sections, best.reading) = (record.sections, record.reading);
        }
    }
    Some(best)
}

/// The longest text; the first of equals.
fn longest<'a>(texts: impl DoubleEndedIterator<Item = &'a String>) -> Option<&'a String> {
    texts.rev().max_by_key(|text| text.len())
}

/// True where a title says that its work was taken back: in capitals, or as a mark before the title proper. A study
/// *of* retracted papers is not one.
#[must_use]
pub fn title_says_retracted(title: &str) -> bool {
    let title = title.trim_start_matches(['[', '(', ' ']);
    let shouted = ["RETRACTED", "RETRACTION", "WITHDRAWN"].iter().any(|mark| title.starts_with(mark));
    shouted
        || matches!(title.trim_end_matches('.').to_lowercase().as_str(), "retracted" | "withdrawn")
        || without_mark(title) != title
}

/// The title without a mark such as "RETRACTED ARTICLE:" before it: the work is the same.
fn without_mark(title: &str) -> &str {
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
fn without_notice(title: &str) -> &str {
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
fn title_words(title: &str) -> Vec<String> {
    folded(title).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn folded(text: &str) -> String {
    text.nfkd()
        .filter(|&c| !is_combining_mark(c))
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect()
}

/// Near-equal titles: most words shared, or one is the other's beginning (a subtitle was added or left out).
fn alike(a: &[String], b: &[String]) -> bool {
    if a == b {
        return !a.is_empty();
    }
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.len() < TITLE_WORDS {
        return false;
    }
    if long.starts_with(short) {
        return true;
    }
    jaccard(a, b) >= TITLE_OVERLAP
}

/// Near-equal abstracts: a preprint often gets a new title when it is published, seldom a new abstract.
fn abstracts_alike(a: &Paper, b: &Paper) -> bool {
    let words = |paper: &Paper| title_words(paper.abstract_text.as_deref().unwrap_or_default());
    let (a, b) = (words(a), words(b));
    a.len().min(b.len()) >= ABSTRACT_WORDS && jaccard(&a, &b) >= ABSTRACT_OVERLAP
}

/// Words shared, as a share of the words of both together (Jaccard index, words as sets), in `0.0..=1.0`.
fn jaccard(a: &[String], b: &[String]) -> f32 {
    let (a, b): (BTreeSet<_>, BTreeSet<_>) = (a.iter().collect(), b.iter().collect());
    let shared = a.intersection(&b).count();
    #[allow(clippy::cast_precision_loss, reason = "titles and abstracts have few words")]
    let overlap = shared as f32 / (a.len() + b.len() - shared).max(1) as f32;
    overlap
}

/// Whether the first authors may be one person, whatever the order of their names.
fn same_first_author(a: &Paper, b: &Paper) -> bool {
    let first = |paper: &Paper| names(paper.authors.get(..1).unwrap_or_default());
    !first(a).is_disjoint(&first(b))
}

/// The names of authors, folded, without initials; a name that has nothing else stays whole.
fn names(authors: &[String]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for author in authors.iter().map(|author| folded(author)) {
        let full: Vec<&str> = author.split(' ').filter(|name| name.len() > 1).collect();
        let whole = if full.is_empty() { vec![author.as_str()] } else { full };
        names.extend(whole.into_iter().map(str::to_owned));
    }
    names
}

/// Family name of the first author, folded: the last name that is no suffix.
fn family_name(paper: &Paper) -> Option<String> {
    let first = folded(paper.authors.first()?);
    let mut names =
        first.split(' ').filter(|name| !name.is_empty() && !matches!(*name, "jr" | "sr" | "ii" | "iii" | "iv"));
    names.next_back().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paper(id: &str, title: &str, author: &str, year: u16) -> Paper {
        let doi = id.strip_prefix("doi:").map(str::to_owned);
        let arxiv_id =
            id.strip_prefix("arxiv:").map(str::to_owned).or_else(|| identifier::arxiv_of_doi(doi.as_deref()?));
        Paper {
            id: PaperId(id.to_owned()),
            title: title.to_owned(),
            authors: if author.is_empty() { Vec::new() } else { vec![author.to_owned()] },
            year: Some(year),
            venue: None,
            doi,
            arxiv_id,
            url: format!("https://example.org/{id}"),
            abstract_text: None,
            retracted: false,
            sources: vec![SourceId::Openalex],
            sections: Vec::new(),
            reading: Reading::Nothing,
        }
    }

    fn ids(papers: &[Paper]) -> Vec<&str> {
        papers.iter().map(|p| p.id.0.as_str()).collect()
    }

    #[test]
    fn records_of_one_work_become_one_transitively_in_order_of_first_appearance() {
        let mut published = paper("doi:10.9999/x", "On Widgets and Gears", "Ada Example", 2022);
        published.venue = Some("Journal of Widgets".into());
        published.arxiv_id = Some("2101.00001".into());
        let mut preprint = paper("arxiv:2101.00001", "Widgets, gears", "A. Example", 2021);
        preprint.venue = Some("arXiv".into());
        preprint.abstract_text = Some("A longer abstract.".into());
        preprint.authors.push("B. Specimen".into());
        preprint.sources = vec![SourceId::Arxiv];
        let mut bare = paper("semantic-scholar:1", "Widgets, Gears", "Example", 2021);
        bare.title = "Widgets, gears: a tale".into();
        let other = paper("doi:10.9999/y", "Something else entirely", "C. Other", 2021);
        let merged = merge(vec![preprint, other, published, bare]);
        assert_eq!(ids(&merged), ["doi:10.9999/x", "doi:10.9999/y", "semantic-scholar:1"]);
        let work = &merged[0];
        assert_eq!(work.title, "On Widgets and Gears");
        assert_eq!(work.venue.as_deref(), Some("Journal of Widgets"));
        assert_eq!((work.year, work.arxiv_id.as_deref()), (Some(2021), Some("2101.00001")));
        assert_eq!(work.abstract_text.as_deref(), Some("A longer abstract."));
        assert_eq!(work.authors, ["A. Example", "B. Specimen"]);
        assert_eq!(work.sources, [SourceId::Arxiv, SourceId::Openalex]);
        assert_eq!(work.url, "https://doi.org/10.9999/x");
    }

    #[test]
    fn a_title_names_a_work_only_with_author_and_time() {
        let a = paper("doi:10.9999/a", "A study of small gears", "Ada Example", 2020);
        for (id, title, author, year, one) in [
            ("doi:10.9999/b", "A Study of Small Gears.", "A. Example", 2021, true),
            ("doi:10.9999/b", "A study of small gears", "A. Example", 2023, false),
            ("doi:10.48550/arxiv.1701.00001", "A study of small gears", "A. Example", 2017, true),
            ("doi:10.9999/b", "A study of small gears", "C. Other", 2020, false),
            ("doi:10.9999/b", "A study of small gears", "", 2020, false),
            ("doi:10.9999/b", "RETRACTED ARTICLE: A study of small gears", "A. Example", 2020, true),
            ("doi:10.9999/b", "Correction to: A study of small gears", "A. Example", 2020, false),
            ("doi:10.9999/b", "A study of small gears, Part II", "A. Example", 2020, false),
        ] {
            let b = paper(id, title, author, year);
            assert_eq!(merge(vec![a.clone(), b]).len() == 1, one, "{title} {author} {year}");
        }
        let editorial = |id| paper(id, "Editorial", "A. Example", 2020);
        assert_eq!(merge(vec![editorial("doi:10.9999/a"), editorial("doi:10.9999/b")]).len(), 2);
    }

    #[test]
    fn independence_is_denied_more_easily_than_records_are_merged() {
        let a = paper("doi:10.9999/a", "A study of small gears", "Ada Example", 2015);
        for (title, author, year) in [
            ("A study of small gears", "A. Example", 2023),
            ("A study of small gears", "Example Ada", 2015),
            ("A study of small gears: teeth and all", "A. Example", 2016),
            ("Correction to: A study of small gears", "A. Example", 2016),
            ("A study of small gears", "", 2016),
            ("A Study of Small Gears, Part II", "Example, Ada", 2030),
            ("Study of the small gears", "Ada Example", 2016),
        ] {
            assert!(same_work(&a, &paper("doi:10.9999/b", title, author, year)), "{title} {author}");
        }
        for (title, author) in [("A study of small gears", "C. Other"), ("A study of large cogs", "A. Example")] {
            assert!(!same_work(&a, &paper("doi:10.9999/b", title, author, 2015)), "{title} {author}");
        }
        assert!(same_work(&a, &a));
        let (mut renamed, mut b) = (paper("doi:10.9999/b", "Cogs at sea", "", 2020), a.clone());
        let text = "We measured the wear of forty small gears over two years at sea and found that salt, not load, decides how long \
            a tooth lasts before it breaks.";
        (renamed.abstract_text, b.abstract_text) = (Some(text.into()), Some(format!("Background: {text}")));
        assert!(same_work(&b, &renamed), "one abstract, authors unknown");
        renamed.authors = vec!["C. Other".into(), "A. Example".into()];
        assert!(same_work(&b, &renamed), "one abstract, one author in common");
    }

    #[test]
    fn demonstration_papers_never_mix_with_real_ones() {
        let mut demo = paper("demo:demo-01", "A study of small gears", "Ada Example", 2020);
        demo.sources = vec![SourceId::Demo];
        assert_eq!(merge(vec![demo, paper("doi:10.9999/a", "A study of small gears", "Ada Example", 2020)]).len(), 2);
    }

    #[test]
    fn retraction_is_read_from_the_title_and_survives_merging() {
        for title in
            ["RETRACTED: Gears", "Retracted Article: Gears", "[Retracted] Gears", "WITHDRAWN Gears", "Withdrawn."]
        {
            assert!(title_says_retracted(title), "{title}");
        }
        for title in ["Retracted papers and their readers", "Withdrawn from the market: a study", "Gears"] {
            assert!(!title_says_retracted(title), "{title}");
        }
        let mut bad = paper("doi:10.9999/a", "Gears of the sea", "A. Example", 2020);
        bad.retracted = true;
        let merged = merge(vec![paper("doi:10.9999/a", "Gears of the sea", "A. Example", 2020), bad]);
        assert!(merged.len() == 1 && merged[0].retracted);
    }

    #[test]
    fn merging_again_changes_nothing() {
        let papers = vec![
            paper("arxiv:2101.00001", "On the gears of winter", "A. Example", 2021),
            paper("doi:10.9999/x", "On the Gears of Winter", "Ada Example", 2023),
            paper("doi:10.9999/x", "On the gears of winter", "A Example", 2023),
        ];
        let once = merge(papers);
        assert_eq!(once.len(), 1);
        assert_eq!(merge(once.clone()), once);
    }
}
