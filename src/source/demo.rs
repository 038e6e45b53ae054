//! The demonstration papers: written for Probatum, read offline, never mixed with real ones.

use super::{Facts, SourceId};
use crate::{
    paper::{Paper, PaperId, Passage, Reading, Section, SectionKind},
    text::{normalize, sentences},
};
use serde::Deserialize;

/// The file as committed; the page's service worker keeps nothing of it, it is part of the program.
const FILE: &str = include_str!("demo.json");

/// Nothing is asked: what there is is shipped ([`papers`]).
pub(super) static FACTS: Facts = Facts::unsearched(
    "Twelve invented papers written for the demonstration; nothing leaves the device.",
    "The demonstration papers are part of the program: reload the page.",
);

#[derive(Deserialize)]
struct File {
    question: String,
    papers: Vec<Written>,
}

#[derive(Deserialize)]
struct Written {
    id: String,
    title: String,
    authors: Vec<String>,
    year: Option<u16>,
    venue: Option<String>,
    #[serde(default)]
    retracted: bool,
    sections: Vec<WrittenSection>,
}

#[derive(Deserialize)]
struct WrittenSection {
    heading: String,
    kind: SectionKind,
    paragraphs: Vec<String>,
}

/// The question that the demonstration asks.
#[must_use]
pub fn question() -> String {
    file().question
}

/// The demonstration papers, with their full texts, in the order of the file.
#[must_use]
pub fn papers() -> Vec<Paper> {
    file().papers.into_iter().map(paper).collect()
}

/// The file is part of the program, and a test reads it: it is never malformed here.
fn file() -> File {
    serde_json::from_str(FILE).unwrap_or(File { question: String::new(), papers: Vec::new() })
}

fn paper(written: Written) -> Paper {
    let sections: Vec<Section> = written.sections.into_iter().map(section).collect();
    let of_abstract = sections.iter().find(|section| section.kind == SectionKind::Abstract);
    Paper {
        url: format!("#{}", written.id),
        id: PaperId(format!("{}:{}", SourceId::Demo.id(), written.id)),
        title: normalize(&written.title),
        authors: written.authors,
        year: written.year,
        venue: written.venue,
        doi: None,
        arxiv_id: None,
        abstract_text: of_abstract.map(|s| s.passages.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join(" ")),
        retracted: written.retracted,
        sources: vec![SourceId::Demo],
        reading: match sections.as_slice() {
            [] => Reading::Nothing,
            [only] if only.kind == SectionKind::Abstract => Reading::Abstract,
            _ => Reading::FullText,
        },
        sections,
        ..Paper::default()
    }
}

fn section(written: WrittenSection) -> Section {
    let passage = |text: &String| {
        let text = normalize(text);
        Passage { sentences: sentences(&text), text, anchor: None, places: Vec::new() }
    };
    Section { heading: written.heading, kind: written.kind, passages: written.paragraphs.iter().map(passage).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_read_whole() {
        let file: File = serde_json::from_str(FILE).expect("src/source/demo.json is well-formed");
        assert!(!file.question.is_empty());
        let papers = papers();
        assert_eq!(papers.len(), file.papers.len());
        for paper in &papers {
            assert!(paper.id.0.starts_with("demo:demo-") && paper.url.starts_with("#demo-"), "{:?}", paper.id);
            assert!(paper.doi.is_none() && paper.arxiv_id.is_none());
            assert_eq!(paper.abstract_text.is_some(), paper.reading != Reading::Nothing);
            for passage in paper.sections.iter().flat_map(|section| &section.passages) {
                assert!(
                    !passage.sentences.is_empty() && passage.sentences.iter().all(|s| !s.of(&passage.text).is_empty())
                );
            }
        }
    }
}
