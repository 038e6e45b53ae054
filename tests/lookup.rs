//! One work's record as it was recorded from its source. (What comes of a reference is tested beside `look_up`.)

#[path = "support/shared.rs"]
mod shared;

use probatum::{
    draft::{Author, Entry},
    paper::SourceId,
};
use shared::shared;
use std::fs;

#[test]
fn recorded_records_of_one_work_are_read() {
    for (source, file, doi, title) in [
        (
            SourceId::Crossref,
            "crossref/habanero_test_works_with_one_id_0.json",
            Some("10.1371/journal.pone.0033693"),
            None,
        ),
        (SourceId::Crossref, "crossref/habanero_test_works_with_many_ids_2.json", Some("10.1038/srep16696"), None),
        (SourceId::Crossref, "crossref/habanero_test_works_with_many_ids_4.json", Some("10.3892/ijo_00000353"), None),
        (
            SourceId::SemanticScholar,
            "semantic_scholar/paper_single.json",
            None,
            Some("Computing Machinery and Intelligence"),
        ),
    ] {
        let Some(path) = shared(&format!("fixtures/{file}")) else { return };
        let paper = source.parse_record(&fs::read_to_string(path).unwrap()).unwrap();
        assert_eq!(paper.doi.as_deref(), doi, "{file}");
        assert!(title.is_none_or(|title| paper.title == title), "{file}");
        let own = Entry { title: paper.title.to_uppercase(), doi: paper.doi.clone(), ..Entry::default() };
        let other = Entry { title: "Sourdough bread in mountain villages".into(), ..own.clone() };
        assert!(own.may_be(&paper) && !other.may_be(&paper), "{file}");
    }
}

#[test]
fn a_recorded_match_by_title_is_the_work() {
    let Some(path) = shared("fixtures/semantic_scholar/search_match_title.json") else { return };
    let papers = SourceId::SemanticScholar.parse(&fs::read_to_string(path).unwrap()).unwrap();
    let authors = vec![Author { family: "Agrawal".into(), given: "R.".into() }];
    let title = "Mining Association Rules between Sets of Items in Large Databases".to_owned();
    let entry = Entry { title, authors, year: papers[0].year, ..Entry::default() };
    // The recorded answer has neither authors nor a year: the title alone is not enough.
    assert!(papers[0].authors.is_empty() && papers[0].year.is_none());
    assert!(entry.among(papers.clone()).is_empty() && entry.may_be(&papers[0]));
}
