//! Which of the texts at hand is a work's, and what stands in it.

use crate::{
    check::GivenText,
    draft::{Entry, Problem},
    paper::{Likeness, Notice, Titles, likeness},
    question::is_foreign,
    text::normalize,
};

/// Bytes at the beginning of a text in which its title is looked for where none is given.
const TITLE_WITHIN: usize = 300;

/// Bytes at the beginning of a text by which its language is told: an abstract. Of 46,547 of them one in English is called foreign.
const LANGUAGE_WITHIN: usize = 2_000;

/// The texts at hand, by their titles.
pub(super) struct Shelf<'t> {
    texts: &'t [GivenText],
    titles: Vec<String>,
    index: Titles,
}

impl<'t> Shelf<'t> {
    pub(super) fn of(texts: &'t [GivenText]) -> Self {
        let titles: Vec<String> = texts.iter().map(title_of).collect();
        let index = Titles::of(titles.iter().map(String::as_str));
        Self { texts, titles, index }
    }

    /// The text of a work: by a key, DOI, arXiv or PubMed id as its id, or else by its title.
    pub(super) fn text_of(&self, entry: &Entry) -> Result<usize, Problem> {
        let place = self.named(entry).or_else(|| self.titled(&entry.title)).ok_or(Problem::NoText)?;
        let text = &self.texts[place];
        let notice = Notice::of_title(&normalize(&text.title)).max(Notice::of_abstract(&normalize(&text.text)));
        if text.retracted || notice.is_some_and(Notice::forbids_support) {
            return Err(Problem::Retracted);
        }
        if is_foreign(beginning(&text.text)) {
            return Err(Problem::Language);
        }
        Ok(place)
    }

    fn named(&self, entry: &Entry) -> Option<usize> {
        let names = [Some(entry.key.as_str()), entry.doi.as_deref(), entry.arxiv_id.as_deref(), entry.pmid.as_deref()];
        let is_ending =
            |end: &str| matches!(end, "txt" | "md" | "nxml" | "xml" | "html" | "htm" | "tex" | "docx" | "gz" | "tgz");
        self.texts.iter().position(|text| {
            let id = text.id.as_deref().unwrap_or_default();
            let id = id.rsplit_once('.').filter(|(_, end)| is_ending(end)).map_or(id, |(stem, _)| stem);
            let id = id.strip_suffix(".tar").unwrap_or(id);
            names.iter().flatten().any(|name| !name.is_empty() && name.eq_ignore_ascii_case(id))
        })
    }

    /// The text of the same title, or else of one that is nearly it.
    fn titled(&self, title: &str) -> Option<usize> {
        let near: Vec<usize> = self.index.may_be_near(title).into_iter().filter(|_| !title.is_empty()).collect();
        let same = near.iter().find(|&&place| words(&self.titles[place]) == words(title));
        same.or_else(|| near.iter().find(|&&place| likeness(&self.titles[place], title) >= Likeness::Near)).copied()
    }
}

/// What of a text its language is told by.
pub(super) fn beginning(text: &str) -> &str {
    &text[..text.floor_char_boundary(LANGUAGE_WITHIN)]
}

/// A text by its title, or by its first line where it has none.
fn title_of(text: &GivenText) -> String {
    let first = || text.text.trim_start().lines().next().filter(|line| line.len() <= TITLE_WITHIN).unwrap_or_default();
    normalize(if text.title.is_empty() { first() } else { &text.title })
}

/// Words without case and punctuation: a quotation may end a sentence where its source goes on.
pub(super) fn words(text: &str) -> Vec<String> {
    let normal = normalize(text).to_lowercase();
    normal.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Whether the words stand one behind the other in the text.
pub(super) fn has_in_a_row(text: &[String], wanted: &[String]) -> bool {
    !wanted.is_empty() && text.windows(wanted.len()).any(|row| row == wanted)
}
