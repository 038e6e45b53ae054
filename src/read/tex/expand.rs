//! A paper's own macros, written out: `\newcommand` and its kin, and `\def` with plain parameters.

use crate::{
    draft::tex::{group, is_known},
    paper::Format,
    read::ReadError,
};
use std::collections::BTreeMap;

/// Deepest nesting of macros in macros.
const DEEPEST: usize = 16;
/// Most macros written out. A paper of 60 pages that names everything by macros uses some 10,000.
const MOST: usize = 200_000;
/// Longest text that they may grow to, in bytes.
const LONGEST: usize = 16 << 20;

struct Macro {
    arguments: usize,
    /// What the first argument is where it is left out.
    default: Option<String>,
    body: String,
}

/// The text with its own macros written out, and without their definitions. Macros that redefine what [`is_known`] are left
/// out: they change how it looks.
pub(super) fn expanded(text: &str) -> Result<String, ReadError> {
    let (macros, text) = definitions(text);
    let mut writer = Writer { macros: &macros, written: 0, out: String::with_capacity(text.len()) };
    writer.write(&text, 0)?;
    Ok(writer.out)
}

fn definitions(text: &str) -> (BTreeMap<String, Macro>, String) {
    let mut macros = BTreeMap::new();
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (name, behind) = command(rest);
        let defined = match name {
            "newcommand" | "renewcommand" | "providecommand" | "DeclareRobustCommand" => by_newcommand(behind),
            "def" | "gdef" => by_def(behind),
            "DeclareMathOperator" => by_newcommand(behind).map(|(name, operator, length)| {
                let body = format!(r"\operatorname{{{}}}", operator.body);
                (name, Macro { body, ..operator }, length)
            }),
            _ => None,
        };
        if let Some((name, definition, length)) = defined {
            if !is_known(name) {
                macros.insert(name.to_owned(), definition);
            }
            rest = &behind[length..];
        } else {
            let length = length_of(rest, name);
            out.push_str(&rest[..length]);
            rest = &rest[length..];
        }
    }
    out.push_str(rest);
    (macros, out)
}

/// The name of the command that `text` begins with, and what follows.
fn command(text: &str) -> (&str, &str) {
    let letters = text[1..].bytes().take_while(u8::is_ascii_alphabetic).count();
    (&text[1..=letters], &text[1 + letters..])
}

/// Length of the command: a sign behind a backslash belongs to it.
fn length_of(text: &str, name: &str) -> usize {
    if name.is_empty() { 1 + text[1..].chars().next().map_or(0, char::len_utf8) } else { 1 + name.len() }
}

/// `{\name}[2][default]{body}`; the length of all.
fn by_newcommand(text: &str) -> Option<(&str, Macro, usize)> {
    let mut at = text.len() - text.trim_start_matches(['*', ' ']).len();
    let (name, length) = match group(&text[at..], '{', '}') {
        Some(length) => (text[at + 1..at + length - 1].trim(), length),
        None => {
            let name = text[at..].strip_prefix('\\').map(|_| command(&text[at..]).0)?;
            (&text[at..=at + name.len()], 1 + name.len())
        }
    };
    at += length;
    let name =
        name.strip_prefix('\\').filter(|name| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphabetic()))?;
    let mut optional = Vec::new();
    loop {
        let gap = text[at..].len() - text[at..].trim_start().len();
        let Some(length) = group(&text[at + gap..], '[', ']') else { break };
        optional.push(&text[at + gap + 1..at + gap + length - 1]);
        at += gap + length;
    }
    let gap = text[at..].len() - text[at..].trim_start().len();
    let length = group(&text[at + gap..], '{', '}')?;
    let body = text[at + gap + 1..at + gap + length - 1].to_owned();
    let arguments = optional.first().map_or(Some(0), |count| count.trim().parse().ok()).filter(|&count| count <= 9)?;
    let default = optional.get(1).map(|&default| default.to_owned());
    Some((name, Macro { arguments, default, body }, at + gap + length))
}

/// `\name#1#2{body}`; the length of all.
fn by_def(text: &str) -> Option<(&str, Macro, usize)> {
    let gap = text.len() - text.trim_start().len();
    let (name, rest) =
        text[gap..].strip_prefix('\\').map(|_| command(&text[gap..])).filter(|(name, _)| !name.is_empty())?;
    let open = rest.find('{')?;
    let parameters = rest[..open].trim();
    let arguments = parameters.matches('#').count();
    let is_plain = (1..=arguments).map(|number| format!("#{number}")).collect::<String>() == parameters;
    let length = group(&rest[open..], '{', '}').filter(|_| is_plain && arguments <= 9)?;
    let body = rest[open + 1..open + length - 1].to_owned();
    let past = text.len() - rest.len() + open + length;
    Some((name, Macro { arguments, default: None, body }, past))
}

struct Writer<'a> {
    macros: &'a BTreeMap<String, Macro>,
    /// Macros written out so far.
    written: usize,
    out: String,
}

impl Writer<'_> {
    fn write(&mut self, text: &str, depth: usize) -> Result<(), ReadError> {
        let mut rest = text;
        while let Some(at) = rest.find('\\') {
            self.out.push_str(&rest[..at]);
            rest = &rest[at..];
            let (name, behind) = command(rest);
            let used = self.macros.get(name).filter(|_| depth < DEEPEST);
            let Some((text, after)) = used.and_then(|used| substituted(used, behind)) else {
                let length = length_of(rest, name);
                self.out.push_str(&rest[..length]);
                rest = &rest[length..];
                continue;
            };
            self.written += 1;
            if self.written > MOST {
                let reason = "its macros do not end".to_owned();
                return Err(ReadError::Malformed { format: Format::Tex, reason });
            }
            if self.out.len() > LONGEST {
                return Err(ReadError::TooLarge { bytes: self.out.len(), limit: LONGEST });
            }
            let spaced = text.strip_suffix(r"\xspace");
            self.write(spaced.unwrap_or(&text), depth + 1)?;
            // xspace puts a space back that TeX takes away behind a command, except before these.
            let ends = after.chars().next().is_none_or(|c| ".,'’/?;:!~-)]}_^$&\\\"".contains(c));
            if spaced.is_some() && (!ends || after.starts_with('\\') && after[1..].starts_with(char::is_alphabetic)) {
                self.out.push(' ');
            }
            // A command that a macro ends in does not take in the letters that follow.
            if ends_in_command(&self.out) && after.starts_with(|c: char| c.is_ascii_alphabetic()) {
                self.out.push(' ');
            }
            rest = after;
        }
        self.out.push_str(rest);
        Ok(())
    }
}

/// Whether a text ends in the name of a command.
fn ends_in_command(text: &str) -> bool {
    let before = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    before.len() < text.len() && before.ends_with('\\') && !before.ends_with(r"\\")
}

/// The body of a macro with its arguments in place, and what follows them; `None` where they are missing.
fn substituted<'t>(used: &Macro, behind: &'t str) -> Option<(String, &'t str)> {
    // TeX passes over blanks behind a command, but not over a blank line.
    let trimmed = behind.trim_start_matches([' ', '\t']);
    let line = trimmed.strip_prefix('\n').map(|rest| rest.trim_start_matches([' ', '\t']));
    let mut rest = line.filter(|line| !line.starts_with('\n')).unwrap_or(trimmed);
    let mut arguments: Vec<&str> = Vec::new();
    if let Some(default) = &used.default {
        match group(rest, '[', ']') {
            Some(length) => {
                arguments.push(&rest[1..length - 1]);
                rest = &rest[length..];
            }
            None => arguments.push(default),
        }
    }
    while arguments.len() < used.arguments {
        rest = rest.trim_start();
        let (argument, length) = match group(rest, '{', '}') {
            Some(length) => (&rest[1..length - 1], length),
            None => {
                let c = rest.chars().next().filter(|&c| c != '}')?;
                let length = if c == '\\' { length_of(rest, command(rest).0) } else { c.len_utf8() };
                (&rest[..length], length)
            }
        };
        arguments.push(argument);
        rest = &rest[length..];
    }
    let mut text = String::with_capacity(used.body.len());
    let mut body = used.body.as_str();
    while let Some(at) = body.find('#') {
        text.push_str(&body[..at]);
        let number = body[at + 1..].bytes().next().filter(u8::is_ascii_digit).map(|digit| usize::from(digit - b'0'));
        match number.and_then(|number| arguments.get(number.checked_sub(1)?)) {
            Some(argument) => {
                text.push_str(argument);
                body = &body[at + 2..];
            }
            None => body = &body[at + 1..],
        }
    }
    text.push_str(body);
    Some((text, rest))
}
