//! Which records are one work, and what is kept of each.
//!
//! Two questions, two answers. [`merge`] puts fields of several records together, so a wrong match would print one
//! work's abstract under another's DOI: it asks for the same DOI, the same arXiv id, or the same title, first author
//! and time. [`same_work`] guards corroboration, where a missed match would let a paper vouch for itself: it also
//! takes near-equal titles of one first author at any distance in time, such as a journal version years later, a
//! correction, or "Part II", and near-equal abstracts under whatever title.

use super::{Paper, PaperId, Reading, SourceId, identifier, title};
use std::collections::{BTreeMap, BTreeSet};

/// Years between two records of one title and first author that are still one work: online first and in print.
const YEARS_APART: u16 = 1;
/// The same where one of the two is a preprint: from first version to print.
const YEARS_APART_PREPRINT: u16 = 4;
/// Words an abstract needs before it can show that two records are one work.
const ABSTRACT_WORDS: usize = 20;
/// Least [`title::jaccard`] of near-equal abstracts. Of 1,387 different arXiv abstracts the closest two reach 0.43.
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
    let titles = || (title::words(title::without_notice(&a.title)), title::words(title::without_notice(&b.title)));
    if a.authors.is_empty() || b.authors.is_empty() {
        let (title_a, title_b) = titles();
        return (title_a == title_b && title_a.len() >= title::MIN_WORDS) || abstracts_alike(a, b);
    }
    let (names_a, names_b) = (names(&a.authors), names(&b.authors));
    if names_a.is_disjoint(&names_b) {
        return false;
    }
    let (title_a, title_b) = titles();
    (same_first_author(a, b) && title::alike(&title_a, &title_b)) || abstracts_alike(a, b)
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
        let words = title::words(title::without_mark(&paper.title));
        if words.len() >= title::MIN_WORDS {
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

/// Near-equal abstracts: a preprint often gets a new title when it is published, seldom a new abstract.
fn abstracts_alike(a: &Paper, b: &Paper) -> bool {
    let words = |paper: &Paper| title::words(paper.abstract_text.as_deref().unwrap_or_default());
    let (a, b) = (words(a), words(b));
    a.len().min(b.len()) >= ABSTRACT_WORDS && title::jaccard(&a, &b) >= ABSTRACT_OVERLAP
}

/// Whether the first authors may be one person, whatever the order of their names.
fn same_first_author(a: &Paper, b: &Paper) -> bool {
    let first = |paper: &Paper| names(paper.authors.get(..1).unwrap_or_default());
    !first(a).is_disjoint(&first(b))
}

/// The names of authors, folded, without initials; a name that has nothing else stays whole.
fn names(authors: &[String]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for author in authors.iter().map(|author| title::folded(author)) {
        let full: Vec<&str> = author.split(' ').filter(|name| name.len() > 1).collect();
        let whole = if full.is_empty() { vec![author.as_str()] } else { full };
        names.extend(whole.into_iter().map(str::to_owned));
    }
    names
}

/// Family name of the first author, folded: the last name that is no suffix.
fn family_name(paper: &Paper) -> Option<String> {
    let first = title::folded(paper.authors.first()?);
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
    fn retraction_survives_merging() {
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
