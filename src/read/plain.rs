//! Plain text, such as the abstract in a search record.

use super::{formula, passage};
use crate::paper::{Section, SectionKind};

/// Longest argument or formula looked for, in characters: a stray brace or dollar sign must not swallow the text.
const LONGEST_GROUP: usize = 600;

/// A section of `text`: paragraphs stand between blank lines. Takes time in proportion to the text.
///
/// Abstracts from arXiv carry TeX: fonts, escapes, dashes and simple formulas become plain text, other formulas stay
/// between dollar signs. The section has no passage where there is nothing to read.
#[must_use]
pub fn section(heading: &str, kind: SectionKind, text: &str) -> Section {
    let text = text.replace("\r\n", "\n");
    let mut passages = Vec::new();
    let mut paragraph = String::new();
    for line in text.split('\n').chain([""]) {
        if line.trim().is_empty() {
            passages.extend(passage(&without_tex(&paragraph), None));
            paragraph.clear();
        } else {
            paragraph.push_str(line);
            paragraph.push('\n');
        }
    }
    Section { heading: heading.to_owned(), kind, passages }
}

/// Running text without the TeX that arXiv's authors leave in it.
fn without_tex(text: &str) -> String {
    if !text.contains(['\\', '$', '~', '`']) && !text.contains("''") {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // Braces that belong to a command; others are the author's.
    let mut open_groups: Vec<bool> = Vec::new();
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        rest = match c {
            '$' => dollars(after, &mut out),
            '\\' => {
                let written = out.len();
                if let Some(after) = command(after, &mut out) {
                    if after.starts_with('{') && out.len() == written {
                        open_groups.push(true);
                        &after[1..]
                    } else {
                        after
                    }
                } else {
                    out.push('\\');
                    after
                }
            }
            '{' => {
                open_groups.push(false);
                out.push('{');
                after
            }
            '}' => {
                if open_groups.pop() != Some(true) {
                    out.push('}');
                }
                after
            }
            '`' if after.starts_with('`') => {
                out.push('“');
                &after[1..]
            }
            '\'' if after.starts_with('\'') => {
                out.push('”');
                &after[1..]
            }
            // A tie between words; elsewhere it says "about".
            '~' if out.ends_with(char::is_alphanumeric) => {
                out.push(' ');
                after
            }
            c => {
                out.push(c);
                after
            }
        };
    }
    out
}

/// A command of running text; `None` for one that only mathematics has, or that is unknown.
fn command<'a>(rest: &'a str, out: &mut String) -> Option<&'a str> {
    let name: &str = &rest[..rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len())];
    match name {
        "url" | "footnote" => Some(&rest[name.len()..]),
        // \href{address}{text}: the text is what a reader sees.
        "cite" | "citep" | "citet" | "href" | "label" => Some(past_group(&rest[name.len()..])),
        _ => formula::command(rest, out),
    }
}

/// Past `{…}`, where it closes soon.
fn past_group(text: &str) -> &str {
    let close = text.char_indices().take(LONGEST_GROUP).find(|&(_, c)| c == '}');
    close.map_or(text, |(close, _)| &text[close + 1..])
}

/// A formula after its opening dollar sign, where a closing one follows by Pandoc's rule; else the sign itself.
fn dollars<'a>(after: &'a str, out: &mut String) -> &'a str {
    if let Some((tex, rest)) = after.split_once('$')
        && !tex.is_empty()
        && tex.len() < LONGEST_GROUP
        && !tex.starts_with(char::is_whitespace)
        && !tex.ends_with(char::is_whitespace)
        && !tex.ends_with('\\')
        && !rest.starts_with(|c: char| c.is_ascii_digit())
    {
        out.push_str(&formula::inline(tex));
        return rest;
    }
    out.push('$');
    after
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn paragraphs_stand_between_blank_lines() {
        let section = section("Abstract", SectionKind::Abstract, "One a.\nTwo b.\n \nThree c.\r\n\r\n\n");
        let texts: Vec<&str> = section.passages.iter().map(|passage| passage.text.as_str()).collect();
        assert_eq!(texts, ["One a. Two b.", "Three c."]);
        assert_eq!(section.passages[0].sentences.len(), 2);
    }

    #[test]
    fn nothing_to_read_gives_no_passage() {
        assert!(section("Abstract", SectionKind::Abstract, " \n … \n").passages.is_empty());
    }

    #[test]
    fn tex_becomes_text() {
        let plain = |text: &str| without_tex(text);
        assert_eq!(plain(r"We reach \textbf{98.6\%} (\emph{best}) at ~5 s."), "We reach 98.6% (best) at ~5 s.");
        assert_eq!(plain(r"See Table~1 of ``ours'' and \cite{x}."), "See Table 1 of “ours” and .");
        assert_eq!(plain(r"It gains $+3\%$ for $5, not $\frac{a}{b}$."), r"It gains +3% for $5, not $\frac{a}{b}$.");
        assert_eq!(plain(r"\href{https://example.org}{code} {a} \unknown{b}"), r"code {a} \unknown{b}");
    }

    proptest! {
        #[test]
        fn sentences_stay_exact_in_any_text(text in "(?s)[\\\\$~`'{}a-z%. \n]{0,60}|.{0,60}") {
            for passage in section("", SectionKind::Other, &text).passages {
                prop_assert!(!passage.text.is_empty());
                prop_assert!(passage.sentences.iter().all(|span| !span.of(&passage.text).is_empty()));
            }
        }
    }
}
