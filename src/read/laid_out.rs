//! Texts that [`crate::draft`] lays out: Markdown, plain text, and TeX once it is prepared.

use super::{
    Page, ReadError,
    outline::{Outline, Part},
    passage, pipe,
};
use crate::{
    draft::{
        self,
        layout::{Block, Layout},
    },
    text::{Citation, Cited, Span, without_tex},
};

/// The title and the sections of a Markdown or plain text.
pub(super) fn page(format: draft::Format, source: &str) -> Result<Page, ReadError> {
    let layout = draft::layout(format, source);
    let title = title(&layout, source);
    let mut outline = Outline::default();
    let mut section = 0;
    for block in layout.blocks.iter().filter(|block| block.note.is_none()) {
        while section < block.section {
            section += 1;
            let headed = &layout.sections[section];
            if title.is_none() || section > 1 {
                let bare = headed.heading.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
                let part = if bare == "abstract" { Part::Abstract } else { Part::Section };
                outline.start(level(headed.span.of(source)), part, &headed.heading);
            }
        }
        let text = cited(block, |mark| match &mark.works[..] {
            works if works.iter().all(|work| matches!(work, Cited::Number(_))) => numbers(works),
            _ => block.in_draft(mark.span).of(source).to_owned(),
        });
        if let Some(passage) = passage(&without_tex(&text), None) {
            outline.add(passage);
        }
    }
    if format == draft::Format::Markdown {
        for table in pipe::tables(source) {
            outline.add_table(table);
        }
    }
    Ok(Page { works: layout.list, ..outline.finish(title)? })
}

/// The heading that begins the text, where it alone is of the first level.
fn title(layout: &Layout, source: &str) -> Option<String> {
    let first = layout.sections.get(1).filter(|first| first.span.of(source).trim_start().starts_with("# "))?;
    let begins = layout.blocks.iter().all(|block| block.section > 0);
    let alone = layout.sections[2..].iter().all(|section| level(section.span.of(source)) > 1);
    (begins && alone).then(|| first.heading.clone())
}

/// How deep a heading is, by its mark.
fn level(heading: &str) -> usize {
    heading.trim_start().bytes().take_while(|&b| b == b'#').count().max(1)
}

/// A block's text with each citation by key or the like as `shown`.
pub(super) fn cited(block: &Block, mut shown: impl FnMut(&Citation) -> String) -> String {
    let mut text = String::with_capacity(block.text.len());
    let mut past = 0;
    for mark in &block.marks {
        text.push_str(Span { start: past, end: mark.span.start }.of(&block.text));
        text.push_str(&shown(mark));
        past = mark.span.end;
    }
    text.push_str(&block.text[past..]);
    text
}

/// "[3, 5]".
pub(super) fn numbers(works: &[Cited]) -> String {
    let numbers = works.iter().filter_map(|work| match work {
        Cited::Number(number) => Some(number.to_string()),
        _ => None,
    });
    format!("[{}]", numbers.collect::<Vec<_>>().join(", "))
}
