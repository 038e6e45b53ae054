//! The reader's own papers: files become papers, and those that a source has found too become one with what it knows of them;
//! works that the reader names are looked up.

use crate::{
    draft::{Entry, Known, Words},
    full_texts::{read_abstract, read_body, set_full_text},
    host::{Host, OwnFile},
    lookup::look_up,
    paper::{Notice, Paper, PaperId, Reading, SectionKind, SourceId, identifier},
    read::{self, Page},
    record::{Config, Warning, WarningKind},
};

/// Words from the beginning of a text without an abstract that stand for it where papers are ranked: as long as most abstracts.
const BEGINNING: usize = 250;

/// Most digits of a PubMed id.
const LONGEST_PMID: usize = 8;

/// The reader's files as papers, and a warning for each that cannot be read.
pub(crate) async fn papers(host: &impl Host) -> (Vec<Paper>, Vec<Warning>) {
    let (mut papers, mut warnings) = (Vec::new(), Vec::new());
    for OwnFile { name, bytes } in host.own_files() {
        match page(host, &name, &bytes).await {
            Ok(page) => papers.push(paper(&name, page)),
            Err(reason) => warnings.push(Warning {
                kind: WarningKind::FullText,
                message: format!("your file “{name}” could not be read: {reason}"),
                remedy: Some("Add it as JATS, TeX, DOCX, PDF with text, Markdown or plain text.".into()),
            }),
        }
    }
    (papers, warnings)
}

/// The works that the reader names, and a warning for each that cannot be had.
pub(crate) async fn named(config: &Config, host: &impl Host) -> (Vec<Paper>, Vec<Warning>) {
    if config.works.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let entries: Vec<Entry> = config.works.iter().map(|id| entry(id)).collect();
    let known = look_up(&entries.iter().collect::<Vec<_>>(), &config.sources, host).await;
    let (mut papers, mut warnings) = (Vec::new(), Vec::new());
    for ((id, entry), known) in config.works.iter().zip(&entries).zip(known) {
        let problem = known.problem().map(|problem| problem.words());
        let (reason, remedy) = match known {
            Known::Found { mut paper, .. } => {
                paper.sources.push(SourceId::Yours);
                papers.push(*paper);
                continue;
            }
            _ if *entry == Entry::default() => (
                "it is neither a DOI nor an arXiv id nor a PubMed id".into(),
                "Write it as 10.1000/182, 2004.14974 or PMID 12345.",
            ),
            _ => problem.map_or_else(Default::default, |Words { reason, remedy }| (reason, remedy)),
        };
        let message = format!("your work “{id}” could not be had: {reason}");
        warnings.push(Warning { kind: WarningKind::Source, message, remedy: Some(remedy.to_owned()) });
    }
    (papers, warnings)
}

/// What an identifier says of a work: nothing where it is none.
fn entry(id: &str) -> Entry {
    let digits = id.trim().trim_start_matches(|c: char| !c.is_ascii_digit());
    let is_pmid = !digits.is_empty() && digits.len() <= LONGEST_PMID && digits.bytes().all(|b| b.is_ascii_digit());
    Entry {
        doi: identifier::doi(id),
        arxiv_id: identifier::arxiv_id(id),
        pmid: is_pmid.then(|| digits.to_owned()),
        ..Entry::default()
    }
}

async fn page(host: &impl Host, name: &str, bytes: &[u8]) -> Result<Page, String> {
    let format = read::format(name, bytes);
    let format = format.ok_or_else(|| read::ReadError::Unknown { name: name.to_owned() }.to_string())?;
    read_body(host, format, bytes).await
}

/// A file as a paper. What its title or its abstract says became of it is taken at its word, as of a source's record.
fn paper(name: &str, page: Page) -> Paper {
    let of_abstract = page.sections.iter().filter(|section| section.kind == SectionKind::Abstract);
    let text = of_abstract.flat_map(|section| &section.passages).map(|passage| passage.text.as_str());
    let text = text.collect::<Vec<_>>().join(" ");
    let text = if text.is_empty() { beginning(&page) } else { text };
    let title = page.title.unwrap_or_else(|| without_ending(name).to_owned());
    let notice = Notice::of_title(&title).max(Notice::of_abstract(&text));
    Paper {
        id: PaperId(format!("{}:{name}", SourceId::Yours.id())),
        title,
        venue: Some(format!("your file {name}")),
        abstract_text: Some(text),
        retracted: notice.is_some_and(Notice::takes_back),
        notice,
        sources: vec![SourceId::Yours],
        sections: page.sections,
        works: page.works,
        reading: Reading::FullText,
        ..Paper::default()
    }
}

fn without_ending(name: &str) -> &str {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

fn beginning(page: &Page) -> String {
    let prose = page.sections.iter().filter(|section| section.kind != SectionKind::Table);
    let passages = prose.flat_map(|section| &section.passages);
    let words = passages.flat_map(|passage| passage.text.split(' ')).take(BEGINNING);
    words.collect::<Vec<_>>().join(" ")
}

/// Puts what was read of the reader's files into the works found that they are; the others stand first, by themselves.
pub(crate) fn joined(works: Vec<Paper>) -> Vec<Paper> {
    let is_file = |work: &Paper| work.is_own() && work.reading == Reading::FullText;
    let (own, mut found): (Vec<Paper>, Vec<Paper>) = works.into_iter().partition(is_file);
    let mut alone = Vec::new();
    for paper in own {
        // A comment, a correction or another work of the title must not be quoted under the work's name.
        let is_it =
            |work: &&mut Paper| work.is_titled(&paper.title) && read::is_of(work, Some(&paper.title), &paper.sections);
        match found.iter_mut().find(is_it) {
            Some(work) => {
                read_abstract(work);
                let page = Page { title: Some(paper.title), sections: paper.sections, works: paper.works };
                set_full_text(work, page, None);
                if !work.is_own() {
                    work.sources.push(SourceId::Yours);
                }
            }
            None => alone.push(paper),
        }
    }
    alone.extend(found);
    alone
}
