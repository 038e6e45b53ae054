//! Which of the texts at hand is a work's, and what stands in it.

use crate::{
    check::GivenText,
    draft::{Entry, Problem},
    paper::{Notice, Paper},
    question::is_foreign,
    text::normalize,
};

/// Bytes at the beginning of a text in which its title is looked for where none is given.
const TITLE_WITHIN: usize = 300;

/// Bytes at the beginning of a text by which its language is told: an abstract. Of 46,547 of them one in English is called foreign.
const LANGUAGE_WITHIN: usize = 2_000;

/// The text of a work: by a key, DOI, arXiv or PubMed id as its id, or else by its title.
pub(super) fn text_of(entry: &Entry, texts: &[GivenText]) -> Result<usize, Problem> {
    let names = [Some(entry.key.as_str()), entry.doi.as_deref(), entry.arxiv_id.as_deref(), entry.pmid.as_deref()];
    let is_named = |text: &&GivenText| {
        let id = text.id.as_deref().unwrap_or_default();
        let is_ending =
            |end: &str| matches!(end, "txt" | "md" | "nxml" | "xml" | "html" | "htm" | "tex" | "docx" | "gz" | "tgz");
        let id = id.rsplit_once('.').filter(|(_, end)| is_ending(end)).map_or(id, |(stem, _)| stem);
        let id = id.strip_suffix(".tar").unwrap_or(id);
        names.iter().flatten().any(|name| !name.is_empty() && name.eq_ignore_ascii_case(id))
    };
    let has_title = |text: &&GivenText| !entry.title.is_empty() && words(&title_of(text).title) == words(&entry.title);
    let is_titled = |text: &&GivenText| !entry.title.is_empty() && title_of(text).is_titled(&entry.title);
    let place = [&is_named as &dyn Fn(&&GivenText) -> bool, &has_title, &is_titled]
        .into_iter()
        .find_map(|fits| texts.iter().position(|text| fits(&text)));
    let place = place.ok_or(Problem::NoText)?;
    let notice =
        Notice::of_title(&normalize(&texts[place].title)).max(Notice::of_abstract(&normalize(&texts[place].text)));
    if texts[place].retracted || notice.is_some_and(Notice::forbids_support) {
        return Err(Problem::Retracted);
    }
    if is_foreign(beginning(&texts[place].text)) {
        return Err(Problem::Language);
    }
    Ok(place)
}

/// What of a text its language is told by.
pub(super) fn beginning(text: &str) -> &str {
    &text[..text.floor_char_boundary(LANGUAGE_WITHIN)]
}

/// A text by its title, or by its first line where it has none.
fn title_of(text: &GivenText) -> Paper {
    let first = || text.text.trim_start().lines().next().filter(|line| line.len() <= TITLE_WITHIN).unwrap_or_default();
    let title = if text.title.is_empty() { first() } else { &text.title };
    Paper { title: normalize(title), ..Paper::default() }
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
