//! Markdown, with Pandoc's citations, notes and raised text.

use super::{
    bibliography,
    layout::{Block, Layout, ends_list, is_list, lines},
};
use crate::text::{Cited, Form, Round, Span, citations};

/// Longest link, citation in brackets or note's key, in bytes: a stray bracket must not swallow the text.
const LONGEST: usize = 500;
/// Punctuation that may stand within a citation key (Pandoc's manual, "Citation syntax").
const IN_KEY: &str = ":.#$%&-+?<>~/_";

/// Lays out a Markdown text.
pub(super) fn read(source: &str) -> Layout {
    let mut layout = Layout::new();
    let all: Vec<Span> = lines(source).collect();
    let comments = comments(source);
    let mut reader = Reader { source, layout: &mut layout, comments: &comments, paragraph: Vec::new(), note: None };
    let mut at = front_matter(source, &all);
    let mut fence: Option<&str> = None;
    let mut list: Option<usize> = None;
    while let Some(&line) = all.get(at) {
        at += 1;
        let text = line.of(source);
        let bare = text.trim();
        if let Some(mark) = fence {
            fence = Some(mark).filter(|mark| !bare.starts_with(mark));
            continue;
        }
        if let Some(mark) = ["```", "~~~"].into_iter().find(|mark| bare.starts_with(mark)) {
            reader.close();
            fence = Some(mark);
            continue;
        }
        let next = all.get(at).map_or("", |next| next.of(source).trim());
        let under = !bare.is_empty()
            && reader.paragraph.is_empty()
            && next.len() >= 2
            && (next.bytes().all(|b| b == b'=') || next.bytes().all(|b| b == b'-'));
        let hashes = bare.bytes().take_while(|&b| b == b'#').count();
        let heading = match hashes {
            1..=6 if bare[hashes..].starts_with(' ') => Some(bare[hashes..].trim().trim_end_matches('#').trim()),
            _ if under => Some(bare),
            _ if is_list(bare.trim_matches(['*', '_'])) => Some(bare),
            _ => None,
        };
        if let Some(from) = list {
            if heading.is_none_or(|heading| !ends_list(heading) && hashes == 0) {
                continue;
            }
            reader.layout.list = bibliography::list(&plain(&source[from..line.start]));
            list = None;
        }
        if let Some(heading) = heading {
            reader.close();
            at += usize::from(under);
            let shown = heading.split(" {").next().unwrap_or_default().trim_matches(['*', '_']);
            reader.layout.head(shown, line);
            list = is_list(shown).then(|| all.get(at - 1).map_or(line.end, |last| last.end));
            continue;
        }
        reader.line(line);
    }
    reader.close();
    if let Some(from) = list {
        layout.list = bibliography::list(&plain(&source[from..]));
    }
    layout
}

/// The line after a block of metadata at the start.
fn front_matter(source: &str, lines: &[Span]) -> usize {
    let is_fence = |line: &Span, marks: &[&str]| marks.contains(&line.of(source).trim_end());
    if !lines.first().is_some_and(|first| is_fence(first, &["---"])) {
        return 0;
    }
    lines.iter().skip(1).position(|line| is_fence(line, &["---", "..."])).map_or(0, |at| at + 2)
}

/// `<!-- … -->`, in order.
fn comments(source: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = source[at..].find("<!--") {
        let start = at + open;
        let end = source[start..].find("-->").map_or(source.len(), |close| start + close + 3);
        found.push(Span { start, end });
        at = end;
    }
    found
}

/// A list of works without its emphasis.
fn plain(text: &str) -> String {
    let mut block = Block::default();
    inline(text, Span { start: 0, end: text.len() }, &mut block);
    block.text
}

struct Reader<'a> {
    source: &'a str,
    layout: &'a mut Layout,
    comments: &'a [Span],
    /// Lines of the open paragraph, without the marks before them.
    paragraph: Vec<Span>,
    /// Key of the note that the paragraph is.
    note: Option<String>,
}

impl Reader<'_> {
    fn line(&mut self, line: Span) {
        let inside = self.comments[..self.comments.partition_point(|comment| comment.start < line.end)].last();
        if inside.is_some_and(|comment| comment.start <= line.start && line.end <= comment.end) {
            return;
        }
        let mut text = line.of(self.source);
        // Quotations and list items: their marks are no part of the text.
        let mut is_item = false;
        loop {
            let trimmed = text.trim_start();
            if let Some(rest) = trimmed.strip_prefix('>') {
                text = rest;
            } else if let Some(rest) = after_bullet(trimmed) {
                is_item = true;
                text = rest;
            } else {
                text = trimmed;
                break;
            }
        }
        let is_rule = text.len() >= 3 && text.bytes().all(|b| matches!(b, b'-' | b'*' | b'_' | b' '));
        let is_skipped = text.starts_with('|') || text.starts_with(":::") || is_rule || is_definition(text);
        if text.is_empty() || is_skipped {
            return self.close();
        }
        if is_item {
            self.close();
        }
        if let Some((key, rest)) = note(text) {
            self.close();
            self.note = Some(key);
            text = rest.trim_start();
        }
        let end = line.end - (line.of(self.source).len() - line.of(self.source).trim_end().len());
        let start = end.saturating_sub(text.trim_end().len());
        self.paragraph.push(Span { start, end });
    }

    /// Ends the open paragraph.
    fn close(&mut self) {
        let lines = std::mem::take(&mut self.paragraph);
        let note = self.note.take();
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
        let mut block = Block::default();
        let mut skipped: Vec<Span> =
            lines.windows(2).map(|pair| Span { start: pair[0].end, end: pair[1].start }).collect();
        let near = &self.comments[self.comments.partition_point(|comment| comment.end <= first.start)..];
        let near = near.iter().take_while(|comment| comment.start < last.end);
        skipped
            .extend(near.map(|comment| Span { start: comment.start.max(first.start), end: comment.end.min(last.end) }));
        skipped.sort();
        let mut past = first.start;
        // Line ends are white space; comments and the marks of a quotation's lines are nothing.
        for gap in skipped.into_iter().chain([Span { start: last.end, end: last.end }]) {
            if gap.end <= past && gap.start < past {
                continue;
            }
            inline(self.source, Span { start: past, end: gap.start.max(past) }, &mut block);
            if gap.of(self.source).contains('\n') {
                block.put(gap, "\n");
            }
            past = gap.end;
        }
        let outer = self.layout.nest();
        block.section = outer.section;
        block.note = note;
        self.layout.resume(block);
        self.layout.close();
    }
}

/// What follows "- ", "* ", "+ ", "3. " or "3) " at the start of a line.
fn after_bullet(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix(['-', '*', '+']) {
        return rest.strip_prefix([' ', '\t']);
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text[digits..].strip_prefix(['.', ')']).filter(|_| (1..=3).contains(&digits))?;
    rest.strip_prefix([' ', '\t'])
}

/// "[name]: https://…"
fn is_definition(text: &str) -> bool {
    text.starts_with('[')
        && !text.starts_with("[^")
        && text.find("]:").is_some_and(|at| at < LONGEST && !text[..at].contains(' '))
}

/// "[^key]: The note."
fn note(text: &str) -> Option<(String, &str)> {
    let (key, rest) = text.strip_prefix("[^")?.split_once("]:")?;
    (!key.is_empty() && !key.contains([' ', ']'])).then(|| (format!("^{key}"), rest))
}

/// Writes a stretch of running text without its markup.
fn inline(source: &str, span: Span, block: &mut Block) {
    let mut at = span.start;
    let mut from = span.start;
    while at < span.end {
        let rest = &source[at..span.end];
        let before = source[span.start..at].chars().next_back().unwrap_or(' ');
        let Some((element, length)) = Element::at(rest, before) else {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        };
        block.keep(source, Span { start: from, end: at });
        let whole = Span { start: at, end: at + length };
        match element {
            Element::Nothing => {}
            Element::Inner(inner) => inline(source, Span { start: at + inner.start, end: at + inner.end }, block),
            Element::Verbatim(inner) => block.put(whole, &source[at + inner.start..at + inner.end]),
            Element::Cites(form, works) => block.cite(whole, form, works),
        }
        at = whole.end;
        from = at;
    }
    block.keep(source, Span { start: from, end: span.end });
}

/// What stands at a place in running text.
enum Element {
    /// Markup without text.
    Nothing,
    /// Text with markup around it.
    Inner(Span),
    /// Code, or an escaped sign.
    Verbatim(Span),
    /// A citation.
    Cites(Form, Vec<Cited>),
}

impl Element {
    /// The element that `rest` starts with, and its length; `before` is the character before it.
    fn at(rest: &str, before: char) -> Option<(Self, usize)> {
        let next = rest.chars().nth(1).unwrap_or(' ');
        match rest.as_bytes()[0] {
            b'\\' if next.is_ascii_punctuation() => Some((Self::Verbatim(Span { start: 1, end: 2 }), 2)),
            b'`' => code(rest),
            b'<' => tag(rest),
            b'!' if next == '[' => link(&rest[1..]).map(|(_, length)| (Self::Nothing, length + 1)),
            b'[' => cited(rest).or_else(|| link(rest)),
            b'@' if !before.is_alphanumeric() && !matches!(before, '.' | '_' | '-' | '/') => narrative(rest),
            b'*' => {
                let run = rest.bytes().take_while(|&b| b == b'*').count();
                let after = rest[run..].chars().next().unwrap_or(' ');
                (!(before.is_whitespace() && after.is_whitespace())).then_some((Self::Nothing, run))
            }
            b'_' => {
                let run = rest.bytes().take_while(|&b| b == b'_').count();
                let after = rest[run..].chars().next().unwrap_or(' ');
                (!(before.is_alphanumeric() && after.is_alphanumeric())).then_some((Self::Nothing, run))
            }
            b'~' if next == '~' => Some((Self::Nothing, 2)),
            b'^' => raised(&rest[1..], "^").map(|(works, length)| (Self::Cites(Form::Beside, works), length + 1)),
            _ => None,
        }
    }
}

/// `code`: its signs are no markup, and cite nothing.
fn code(rest: &str) -> Option<(Element, usize)> {
    let run = rest.bytes().take_while(|&b| b == b'`').count();
    let close =
        rest[run..].get(..rest[run..].floor_char_boundary(LONGEST)).and_then(|inner| inner.find(&rest[..run]))?;
    Some((Element::Verbatim(Span { start: run, end: run + close }), 2 * run + close))
}

/// An HTML tag; raised numbers cite.
fn tag(rest: &str) -> Option<(Element, usize)> {
    if let Some(inner) = rest.strip_prefix("<sup>")
        && let Some((works, length)) = raised(inner, "</sup>")
    {
        return Some((Element::Cites(Form::Beside, works), "<sup>".len() + length));
    }
    let starts = rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
    let end = rest[..rest.floor_char_boundary(LONGEST)].find('>').filter(|_| starts)?;
    let address = rest[1..end].contains("://");
    Some((if address { Element::Inner(Span { start: 1, end }) } else { Element::Nothing }, end + 1))
}

/// Numbers up to `close`, and the length with it.
fn raised(inner: &str, close: &str) -> Option<(Vec<Cited>, usize)> {
    let end = inner[..inner.floor_char_boundary(LONGEST.min(80))].find(close)?;
    let numbers = inner[..end].trim().trim_matches(['[', ']', '\\']);
    let citation = citations(&format!("[{numbers}]"), Round::Plain).into_iter().next()?;
    let all = citation.works.iter().all(|work| matches!(work, Cited::Number(_)));
    all.then(|| (citation.works, end + close.len()))
}

/// The length of `[…]` with what is in it, brackets within counted.
fn bracket(rest: &str) -> Option<usize> {
    if !rest.starts_with('[') {
        return None;
    }
    let mut depth = 0_usize;
    for (at, b) in rest.bytes().enumerate().take(LONGEST) {
        match b {
            b'[' => depth += 1,
            b']' if depth == 1 => return Some(at + 1),
            b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// `[see @ito, p. 3; @berg]`, `[-@ito]`, `[^1]`.
fn cited(rest: &str) -> Option<(Element, usize)> {
    let length = bracket(rest)?;
    let inner = &rest[1..length - 1];
    if let Some(key) = inner.strip_prefix('^').filter(|key| !key.is_empty() && !key.contains(char::is_whitespace)) {
        return Some((Element::Cites(Form::Beside, vec![Cited::Key(format!("^{key}"))]), length));
    }
    let mut works = Vec::new();
    for (at, _) in inner.match_indices('@') {
        let before = inner[..at].chars().next_back().unwrap_or(' ');
        let starts = before.is_whitespace() || matches!(before, '-' | ';' | ',' | '(' | '[');
        if let Some((key, _)) = key(&inner[at..]).filter(|_| starts) {
            works.push(Cited::Key(key));
        }
    }
    let is_link = rest[length..].starts_with('(');
    (!works.is_empty() && !is_link).then_some((Element::Cites(Form::Beside, works), length))
}

/// `@ito`, `@ito [p. 3]`, `@ito [p. 3; @berg]`.
fn narrative(rest: &str) -> Option<(Element, usize)> {
    let (first, mut length) = key(rest)?;
    let mut works = vec![Cited::Key(first)];
    let gap = rest[length..].len() - rest[length..].trim_start_matches(' ').len();
    let after = &rest[length + gap..];
    if gap <= 1
        && let Some(end) = bracket(after).filter(|&end| !after[end..].starts_with('(') && !after.starts_with("[^"))
    {
        if let Some((Element::Cites(_, more), _)) = cited(after) {
            works.extend(more);
        }
        length += gap + end;
    }
    Some((Element::Cites(Form::Within, works), length))
}

/// The key behind `@`, and the length of both.
fn key(rest: &str) -> Option<(String, usize)> {
    let inner = rest.strip_prefix('@')?;
    if let Some(braced) = inner.strip_prefix('{') {
        let end = braced[..braced.floor_char_boundary(LONGEST)]
            .find('}')
            .filter(|&end| end > 0 && !braced[..end].contains(char::is_whitespace))?;
        return Some((braced[..end].to_owned(), end + 3));
    }
    if !inner.starts_with(|c: char| c.is_alphanumeric() || c == '_') {
        return None;
    }
    let mut end = 0;
    let mut chars = inner.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |&(_, next)| next);
        if !(c.is_alphanumeric() || c == '_' || IN_KEY.contains(c) && (next.is_alphanumeric() || next == '_')) {
            break;
        }
        end = at + c.len_utf8();
    }
    Some((inner[..end].to_owned(), end + 1))
}

/// `[text](address)`: the text, unless it is only numbers, which cite.
fn link(rest: &str) -> Option<(Element, usize)> {
    let text = bracket(rest)?;
    let address = rest[text..].strip_prefix('(')?;
    let mut depth = 1_usize;
    let close = address.bytes().take(LONGEST).position(|b| {
        match b {
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        depth == 0
    })?;
    let length = text + close + 2;
    let inner = Span { start: 1, end: text - 1 };
    match raised(&rest[1..text], "]") {
        Some((works, _)) => Some((Element::Cites(Form::Beside, works), length)),
        None => Some((Element::Inner(inner), length)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_goes_and_citations_stay() {
        for (source, text, works) in [
            ("It **rose** [@a; see @b_c, p. 3].", "It rose [1].", "a b_c"),
            ("@a [p. 3] and @{b:2}, say (-@c)", "Thecitedwork and Thecitedwork, say (-@c)", "a b:2"),
            ("By a_b *et al.* (2020), [as told](http://x.org/(y)) ![no](z)", "By a_b et al. (2020), as told ", ""),
            ("It rose.<sup>3,4</sup> It fell[5](#r5) to 2^n.^6^", "It rose.[1] It fell[1] to 2^n.[1]", "3 4 5 6"),
            ("Mail a@b.org, `@code`, \\[3\\] and [^n].", "Mail a@b.org, @code, [3] and [1].", "^n"),
        ] {
            let mut block = Block::default();
            inline(source, Span { start: 0, end: source.len() }, &mut block);
            let cited: Vec<String> = block
                .marks
                .iter()
                .flat_map(|mark| &mark.works)
                .map(|work| match work {
                    Cited::Number(number) => number.to_string(),
                    Cited::Key(key) => key.clone(),
                    _ => String::new(),
                })
                .collect();
            assert_eq!((block.text.as_str(), cited.join(" ").as_str()), (text, works), "{source}");
        }
    }

    #[test]
    fn lines_are_sorted() {
        let source = "---\ntitle: x\n---\nTitle\n=====\n\n> One\n> two.\n\n- item a\n- item b\n  goes on\n\n| table |\n\n```\ncode\n```\n<!-- not\n\nthis -->\n## Part {#p}\nText<!-- x --> here.\n[^1]: A note.\n[x]: http://y\n";
        let layout = read(source);
        let texts: Vec<&str> = layout.blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(texts, ["One\ntwo.", "item a", "item b\ngoes on", "Text here.", "A note."]);
        assert_eq!(layout.blocks[4].note.as_deref(), Some("^1"));
        assert_eq!(layout.sections[2].heading, "Part");
    }
}
