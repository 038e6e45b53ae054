//! Which records are one work, and what is kept of each.
//!
//! Two questions, two answers. [`merge`] puts fields of several records together, so a wrong match would print one
//! work's abstract under another's DOI: it asks for the same DOI or arXiv id and nothing that speaks against it (chapters
//! bear their book's DOI), or the same title, first author and time. [`same_work`] guards corroboration, where a missed match would let a paper vouch for itself: it also
//! takes near-equal titles of one first author at any distance in time, such as a journal version years later, a
//! correction, or "Part II", and near-equal abstracts under whatever title.

use super::{Paper, PaperId, SourceId, full_text, identifier, name, title};
use std::collections::{BTreeMap, BTreeSet};

/// Years between two records of one title and first author that are still one work: online first and in print.
const YEARS_APART: u16 = 1;
/// The same where one of the two is a preprint: from first version to print.
const YEARS_APART_PREPRINT: u16 = 4;
/// Words an abstract needs before it can show that two records are one work.
const ABSTRACT_WORDS: usize = 20;
/// Least [`title::jaccard`] of near-equal abstracts. Of 1,387 different arXiv abstracts the closest two reach 0.43.
const ABSTRACT_OVERLAP: f32 = 0.6;
/// Greatest overlap of the titles, and of the abstracts, of two works under one DOI.
const OTHER_WORK: f32 = 0.2;
/// Years that stand for "unknown" in some sources: the first of Unix time and of a century.
const PLACEHOLDERS: [u16; 3] = [1900, 1901, 1970];

/// Puts records of one work together, transitively, and keeps the best of each. Order: first appearance. Ids are
/// unique afterwards.
#[must_use]
pub fn merge(papers: Vec<Paper>) -> Vec<Paper> {
    let groups = groups(&papers);
    let mut records: Vec<Option<Paper>> = papers.into_iter().map(Some).collect();
    groups
        .into_iter()
        .filter_map(|group| one(group.into_iter().filter_map(|index| records[index].take()).collect()))
        .scan(BTreeMap::new(), |seen, paper| Some(with_own_id(paper, seen)))
        .collect()
}

/// A second work under one DOI gets an id of its own: "doi:10.1000/book#2".
fn with_own_id(mut paper: Paper, seen: &mut BTreeMap<PaperId, usize>) -> Paper {
    let count = seen.entry(paper.id.clone()).or_insert(0);
    *count += 1;
    if *count > 1 {
        paper.id = PaperId(format!("{}#{count}", paper.id.0));
    }
    paper
}

/// Whether two records are, or may be, the same work or versions of it. Generous: see the module's account. True of a
/// paper and itself. Costs some microseconds: ask once a pair of papers, not once a sentence.
#[must_use]
pub fn same_work(a: &Paper, b: &Paper) -> bool {
    if a.id == b.id || share_identifier(a, b) {
        return true;
    }
    if abstracts_alike(a, b) {
        return true;
    }
    let words = |paper: &Paper| title::words(title::without_notice(&paper.title));
    let (title_a, title_b) = (words(a), words(b));
    let (names_a, names_b) = (name::parts(&a.authors), name::parts(&b.authors));
    // One title twice: whoever is named first, and whatever group is named before the persons.
    let is_one_title = title_a.concat() == title_b.concat() && title::names_a_work(&title_a);
    let are_strangers = names_a.is_disjoint(&names_b);
    // Names of groups, and in scripts that are not compared, tell nothing, nor do other names in two scripts.
    let in_two_scripts = name::in_latin(&a.authors) != name::in_latin(&b.authors);
    if names_a.is_empty() || names_b.is_empty() || are_strangers && in_two_scripts {
        return is_one_title;
    }
    !are_strangers && (is_one_title || same_first_author(a, b)) && title::alike(&title_a, &title_b)
}

fn share_identifier(a: &Paper, b: &Paper) -> bool {
    let same = |x: &Option<String>, y: &Option<String>| x.is_some() && x == y;
    same(&a.doi, &b.doi) || same(&a.arxiv_id, &b.arxiv_id)
}

/// Indices of the records of each work; works by first appearance, records in order.
fn groups(papers: &[Paper]) -> Vec<Vec<usize>> {
    let mut sets = Sets((0..papers.len()).collect());
    let mut seen: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    let mut titled: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, paper) in papers.iter().enumerate() {
        // Most records come again, as they were, from the next search of their source.
        let bearers = seen.get(&("id", paper.id.0.as_str())).map_or(&[][..], Vec::as_slice);
        if let Some(&other) = bearers.iter().find(|&&other| papers[other] == *paper) {
            sets.join(other, index);
            continue;
        }
        let identifiers =
            [("id", Some(paper.id.0.as_str())), ("doi", paper.doi.as_deref()), ("arxiv", paper.arxiv_id.as_deref())];
        for (kind, identifier) in identifiers {
            if let Some(identifier) = identifier {
                let bearers = seen.entry((kind, identifier)).or_default();
                if let Some(&other) = bearers.iter().find(|&&other| !are_other_works(&papers[other], paper)) {
                    sets.join(other, index);
                }
                bearers.push(index);
            }
        }
        let words = title::words(title::without_mark(&paper.title));
        if title::names_a_work(&words) {
            let namesakes = titled.entry(words.concat()).or_default();
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

/// Whether two records under one identifier are two works after all: titles that have little in common, and authors that
/// have nothing in common, or abstracts that have little; or, where that cannot be told, titles without a word in common.
fn are_other_works(a: &Paper, b: &Paper) -> bool {
    let words = |paper: &Paper| title::words(title::without_notice(&paper.title));
    let (title_a, title_b) = (words(a), words(b));
    let (names_a, names_b) = (name::parts(&a.authors), name::parts(&b.authors));
    let strangers = !names_a.is_empty() && !names_b.is_empty() && names_a.is_disjoint(&names_b);
    let overlap = abstract_overlap(a, b);
    if title::alike(&title_a, &title_b) || title_a == title_b {
        // "Introduction", of two chapters.
        return overlap.is_some_and(|overlap| overlap < OTHER_WORK) && (strangers || !title::names_a_work(&title_a));
    }
    let titles = title::jaccard(&title_a, &title_b);
    match overlap {
        Some(overlap) if overlap >= ABSTRACT_OVERLAP => false,
        Some(overlap) => strangers || titles < ABSTRACT_OVERLAP && overlap < OTHER_WORK,
        None => strangers && titles < ABSTRACT_OVERLAP || title::have_nothing_in_common(&title_a, &title_b),
    }
}

/// For records of equal title: same first author or abstract, close enough in time, and abstracts that are not of two works.
fn same_record(a: &Paper, b: &Paper) -> bool {
    let allowed = if is_preprint(a) || is_preprint(b) { YEARS_APART_PREPRINT } else { YEARS_APART };
    let near = a.year.zip(b.year).is_none_or(|(a, b)| a.abs_diff(b) <= allowed);
    let mixes_demo = is_demo(a) != is_demo(b);
    let first = |paper: &Paper| paper.authors.first().cloned();
    // Groups, and persons in scripts that are not compared, by the letters of their names.
    let letters = |name: &str| title::words(name).into_iter().filter(|word| word != "the").collect::<Vec<_>>();
    let same_author =
        first(a).zip(first(b)).is_some_and(|(a, b)| name::same_person(&a, &b) || letters(&a) == letters(&b));
    let overlap = abstract_overlap(a, b);
    let two_abstracts = overlap.is_some_and(|overlap| overlap < OTHER_WORK);
    // One text under one title is one work, however its authors are written.
    let one_abstract = overlap.is_some_and(|overlap| overlap >= ABSTRACT_OVERLAP);
    near && !mixes_demo && (same_author || one_abstract) && !two_abstracts
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
    let (year, other_years) = years(&records, cited);
    let notice = records.iter().filter_map(|record| record.notice).max();
    let mut best = Paper {
        title: title_of(&records, cited),
        url: cited.url.clone(),
        doi: cited.doi.clone(),
        venue,
        arxiv_id: records.iter().find_map(|r| r.arxiv_id.clone()),
        year,
        other_years,
        abstract_text: abstract_of(&records, cited),
        retracted: records.iter().any(|r| r.retracted),
        notice,
        by_citation: records.iter().all(|r| r.by_citation),
        sources: Vec::new(),
        // Many names before long names: a cut-off list is worse than initials. The first wins a tie.
        authors: records
            .iter()
            .rev()
            .max_by_key(|r| (r.authors.len(), written(r)))
            .map_or(Vec::new(), |r| r.authors.clone()),
        id: cited.id.clone(),
        ..Paper::default()
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
        for (source, id) in record.ids {
            best.ids.entry(source).or_insert(id);
        }
        full_text::add(&mut best.full_texts, record.full_texts);
        if best.sections.is_empty() {
            (best.sections, best.works) = (record.sections, record.works);
            (best.reading, best.page) = (record.reading, record.page);
        }
    }
    Some(best)
}

/// The cited record's title; where it is all in capitals, as another record writes the same words.
fn title_of(records: &[Paper], cited: &Paper) -> String {
    let is_shouted = |title: &str| !title.chars().any(char::is_lowercase) && title.chars().any(char::is_uppercase);
    let words = |paper: &Paper| title::words(title::without_mark(&paper.title));
    let is_same = |record: &&Paper| !is_shouted(&record.title) && words(record) == words(cited);
    let written = records.iter().find(is_same).filter(|_| is_shouted(&cited.title));
    written.unwrap_or(cited).title.clone()
}

/// The year of a work, and the years that other records give and that do not fit it. The publisher's own record goes
/// first, then the one that is cited; a preprint or an early view may be older by a little, a placeholder is no year.
fn years(records: &[Paper], cited: &Paper) -> (Option<u16>, Vec<u16>) {
    let given: Vec<(u16, bool)> =
        records.iter().filter_map(|record| Some((record.year?, is_preprint(record)))).collect();
    let is_real =
        |year: u16| !PLACEHOLDERS.contains(&year) || given.iter().all(|&(other, _)| PLACEHOLDERS.contains(&other));
    let publishers = records.iter().filter(|record| record.sources.contains(&SourceId::Crossref));
    let first = publishers.chain([cited]).chain(records).filter_map(|record| record.year).find(|&year| is_real(year));
    let Some(first) = first else { return (None, Vec::new()) };
    let fits = |&(year, preprint): &(u16, bool)| {
        let allowed = if preprint || is_preprint(cited) { YEARS_APART_PREPRINT } else { YEARS_APART };
        year.abs_diff(first) <= allowed
    };
    let year = given.iter().filter(|given| fits(given)).map(|&(year, _)| year).min();
    let others: BTreeSet<u16> = given.iter().filter(|given| !fits(given)).map(|&(year, _)| year).collect();
    let earlier = records.iter().flat_map(|record| record.other_years.iter().copied());
    (year, earlier.chain(others).collect::<BTreeSet<u16>>().into_iter().collect())
}

fn is_preprint(paper: &Paper) -> bool {
    paper.doi.as_deref().is_none_or(identifier::is_preprint_doi)
}

/// The cited record's abstract, or a longer one of the same text; where it has none, the longest of a record of its title.
fn abstract_of(records: &[Paper], cited: &Paper) -> Option<String> {
    let words = |text: &str| title::words(text);
    let title_of = |record: &Paper| words(title::without_mark(&record.title));
    let is_titled = |record: &&Paper| title::alike(&title_of(record), &title_of(cited)) || title_of(record).is_empty();
    let longest = |records: &mut dyn Iterator<Item = &Paper>| -> Option<String> {
        let texts: Vec<&String> = records.filter_map(|record| record.abstract_text.as_ref()).collect();
        texts.into_iter().rev().max_by_key(|text| text.len()).cloned()
    };
    match &cited.abstract_text {
        Some(own) => {
            let own_words = words(own);
            // A source's cut-off abstract is a part of the whole one.
            let is_same = |record: &&Paper| {
                record.abstract_text.as_deref().is_some_and(|text| {
                    let text = words(text);
                    title::jaccard(&text, &own_words) >= ABSTRACT_OVERLAP || text.starts_with(&own_words)
                })
            };
            longest(&mut records.iter().filter(|record| is_same(record))).or_else(|| Some(own.clone()))
        }
        None => longest(&mut records.iter().filter(is_titled)).or_else(|| longest(&mut records.iter())),
    }
}

/// Near-equal abstracts: a preprint often gets a new title when it is published, seldom a new abstract.
fn abstracts_alike(a: &Paper, b: &Paper) -> bool {
    abstract_overlap(a, b).is_some_and(|overlap| overlap >= ABSTRACT_OVERLAP)
}

/// How much two abstracts share, where both are long enough to tell.
fn abstract_overlap(a: &Paper, b: &Paper) -> Option<f32> {
    let (a, b) = (a.abstract_text.as_deref()?, b.abstract_text.as_deref()?);
    let words = title::words(a);
    if a == b {
        return (words.len() >= ABSTRACT_WORDS).then_some(1.0);
    }
    let (a, b) = (words, title::words(b));
    (a.len().min(b.len()) >= ABSTRACT_WORDS).then(|| title::jaccard(&a, &b))
}

/// Whether the first authors may be one person, whatever the order of their names.
fn same_first_author(a: &Paper, b: &Paper) -> bool {
    let first = |paper: &Paper| name::parts(paper.authors.get(..1).unwrap_or_default());
    !first(a).is_disjoint(&first(b))
}

#[cfg(test)]
mod tests {
    use super::super::Notice;
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
            ..Paper::default()
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
        (bad.retracted, bad.notice) = (true, Some(Notice::Retracted));
        let merged = merge(vec![paper("doi:10.9999/a", "Gears of the sea", "A. Example", 2020), bad]);
        assert!(merged.len() == 1 && merged[0].retracted && merged[0].notice == Some(Notice::Retracted));
        assert!(!merged[0].can_be_evidence());
    }

    const CHEESE: &str = "We measured how much hard cheese two hundred adults ate over a year and found that their blood lipids did \
        not change in any way that a doctor would have noticed.";
    const KEFIR: &str = "A cup of kefir was given to forty mice every morning; after ten weeks their gut walls were thicker than those \
        of mice that drank plain water.";

    #[test]
    fn two_chapters_under_one_doi_stay_two_works() {
        let mut one = paper("doi:10.9999/book", "Hard cheese and blood lipids", "Ada Example", 2020);
        let mut other = paper("doi:10.9999/book", "Kefir for mice", "Cyril Other", 2020);
        other.abstract_text = Some(KEFIR.into());
        let merged = merge(vec![one.clone(), other.clone()]);
        assert_eq!(ids(&merged), ["doi:10.9999/book", "doi:10.9999/book#2"]);
        assert_eq!((merged[0].abstract_text.as_deref(), merged[1].abstract_text.as_deref()), (None, Some(KEFIR)));
        one.abstract_text = Some(CHEESE.into());
        other.authors = one.authors.clone();
        assert_eq!(merge(vec![one.clone(), other.clone()]).len(), 2, "one author, two abstracts");
        other.title = "Hard cheese, and lipids of the blood".into();
        assert_eq!(merge(vec![one.clone(), other]).len(), 1);
        let mut third = paper("doi:10.9999/book", "Hard cheese & blood lipids", "A. Example", 2020);
        third.abstract_text = Some(CHEESE.into());
        assert_eq!(merge(vec![one, third]).len(), 1);
    }

    #[test]
    fn a_work_cannot_vouch_for_itself_in_another_spelling() {
        let spelled = |id: &str, author: &str| paper(id, "A trial of sour milk in adults", author, 2020);
        for (a, b) in [
            ("Łucja Muś", "Mus, Lucja"),
            ("Bjørn Mustergård", "Bjorn Mustergard"),
            ("Jürgen Köhler", "Juergen Koehler"),
            ("Đào Muš", "Dao Mus"),
            ("Þór Mustersson", "Thor Mustersson"),
            ("Ayşe Yıldız", "Ayse Yildiz"),
            ("Eva Groß", "E. Gross"),
            ("Sean O'Muster", "Sean OMuster"),
            ("Борис Музыкин", "Boris Muzykin"),
        ] {
            let (a, b) = (spelled("doi:10.9999/a", a), spelled("doi:10.48550/arxiv.2001.00001", b));
            assert!(same_work(&a, &b), "{:?} {:?}", a.authors, b.authors);
            assert_eq!(merge(vec![a, b]).len(), 1);
        }
        let (mut group, mut persons) =
            (spelled("doi:10.9999/a", "Muster Study Group"), spelled("doi:10.9999/b", "Eva Muster"));
        assert!(same_work(&group, &persons), "a group tells nothing of who its members are");
        (group.title, persons.authors) = ("Kefir".into(), vec!["王伟".into()]);
        (group.abstract_text, persons.abstract_text) = (Some(KEFIR.into()), Some(KEFIR.into()));
        assert!(same_work(&group, &persons), "abstracts are compared whatever the names");
    }

    #[test]
    fn a_name_in_another_script_or_in_tex_vouches_for_nobody() {
        let spelled = |id: &str, author: &str| paper(id, "A trial of sour milk in adults", author, 2020);
        for (a, b) in [
            ("Пётр Чижевский", "Tchijevsky, P."),
            ("Наталья Соловьёва", "N. Solovjova"),
            ("Сергей Муховатов", "Serge Moukhovatoff"),
            ("Ευάγγελος Χατζής", "E. Hadzis"),
            ("Άγγελος Γκίκας", "A. Gikas"),
            ("王伟", "Wei Wang"),
            ("{M{\\\"u}}ster, Eva", "Eva Müster"),
            ("Nguy{\\~{\\^e}}n An", "An Nguyen"),
        ] {
            let (mut a, mut b) = (spelled("doi:10.9999/a", a), spelled("doi:10.9999/b", b));
            assert!(same_work(&a, &b), "{:?} {:?}", a.authors, b.authors);
            (a.abstract_text, b.abstract_text) = (Some(KEFIR.into()), Some(KEFIR.into()));
            assert_eq!(merge(vec![a, b]).len(), 1, "one title and one abstract are one work");
        }
        let (mut other, one) = (spelled("doi:10.9999/a", "王伟"), spelled("doi:10.9999/b", "Wei Wang"));
        other.title = "A trial of hard cheese in mice".into();
        assert!(!same_work(&other, &one));
    }

    #[test]
    fn generic_titles_name_no_work() {
        for title in
            ["Reply to the editor", "Author's response", "Introduction to the special issue", "Letter to the editors"]
        {
            let letter = |id: &str| paper(id, title, "Ada Example", 2020);
            assert_eq!(merge(vec![letter("doi:10.9999/a"), letter("doi:10.9999/b")]).len(), 2, "{title}");
        }
        let (mut a, mut b) = (
            paper("doi:10.9999/a", "Notes on cheese", "Ada Example", 2020),
            paper("doi:10.9999/b", "Notes on cheese", "Ada Example", 2021),
        );
        (a.abstract_text, b.abstract_text) = (Some(CHEESE.into()), Some(KEFIR.into()));
        assert_eq!(merge(vec![a, b]).len(), 2, "one title, two abstracts");
    }

    #[test]
    fn the_publishers_year_goes_before_a_placeholder_and_others_are_kept_apart() {
        let record = |source: SourceId, year: u16| {
            let mut record = paper("doi:10.9999/a", "Gears of the sea", "Ada Example", year);
            record.sources = vec![source];
            record.venue = Some("Journal of Gears".into());
            record
        };
        for (years, expected, others) in [
            ([(SourceId::SemanticScholar, 1970), (SourceId::Crossref, 2018)], 2018, vec![1970]),
            ([(SourceId::Crossref, 1857), (SourceId::Openalex, 2014)], 1857, vec![2014]),
            ([(SourceId::Openalex, 2014), (SourceId::Crossref, 1857)], 1857, vec![2014]),
            ([(SourceId::Openalex, 2019), (SourceId::Crossref, 2020)], 2019, vec![]),
            ([(SourceId::Openalex, 1900), (SourceId::SemanticScholar, 2011)], 2011, vec![1900]),
        ] {
            let merged = merge(years.map(|(source, year)| record(source, year)).into());
            assert_eq!((merged.len(), merged[0].year, &merged[0].other_years), (1, Some(expected), &others));
            assert_eq!(merge(merged.clone()), merged);
        }
    }

    #[test]
    fn an_abstract_stays_with_its_own_record() {
        let mut cited = paper("doi:10.9999/a", "Cheese and blood lipids", "Ada Example", 2020);
        let mut other = paper("doi:10.9999/a", "Cheese and blood lipids", "Ada Example", 2020);
        cited.venue = Some("Journal of Cheese".into());
        cited.abstract_text = Some(CHEESE.into());
        other.abstract_text = Some(format!("{KEFIR} {KEFIR}"));
        assert_eq!(merge(vec![other.clone(), cited.clone()])[0].abstract_text.as_deref(), Some(CHEESE));
        other.abstract_text = Some(format!("{CHEESE} It was a long year."));
        assert_eq!(merge(vec![other.clone(), cited])[0].abstract_text, other.abstract_text);
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
