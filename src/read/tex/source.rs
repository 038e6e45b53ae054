//! From the files of a package to one text: the main file with all that it takes in, as it is set.

use super::{expand, reference};
use crate::{
    draft::tex::{DISPLAYED, UNREAD, group},
    paper::Format,
    read::{ReadError, archive, decoded},
    text::MISSING,
};
use std::collections::{BTreeMap, BTreeSet};

/// Deepest chain of files that take in files.
const DEEPEST: usize = 8;
/// Longest text that files put together may have, in bytes. The largest sources of real papers have one or two megabytes.
const LONGEST: usize = 4 << 20;
/// Most files taken in, one counted as often as it is.
const MOST_FILES: usize = 2_000;
/// Most files that are tried as the main one.
const MOST_MAINS: usize = 24;
/// Most conditionals of a paper's own.
const MOST_CONDITIONALS: usize = 200;
/// Longest formula that is read, in bytes; longer ones are lost.
const LONGEST_FORMULA: usize = 600;
/// Endings of files that hold text.
const ENDINGS: &[&str] = &[".tex", ".ltx", ".bbl", ".txt", ".latex"];

/// The files of a package that hold text, by name.
type Files = BTreeMap<String, String>;

/// The text of a paper's sources: files put together, comments out, macros written out, references numbered.
pub(super) fn whole(bytes: &[u8]) -> Result<String, ReadError> {
    let files = files(bytes)?;
    let whole = main(&files)?;
    let expanded = expand::expanded(&decided(&whole))?;
    Ok(reference::numbered(&expanded))
}

fn files(bytes: &[u8]) -> Result<Files, ReadError> {
    let unpacked = if archive::is_gzip(bytes) { archive::gunzipped(bytes, Format::Tex)? } else { Vec::new() };
    let content = if archive::is_gzip(bytes) { &unpacked } else { bytes };
    if content.starts_with(b"%PDF-") {
        return Err(ReadError::Malformed { format: Format::Tex, reason: "the package holds a PDF alone".into() });
    }
    if !archive::is_tar(content) {
        let text = decoded(content)?;
        if text.contains('\0') {
            return Err(ReadError::Malformed { format: Format::Tex, reason: "it holds no text".into() });
        }
        return Ok(BTreeMap::from([("main.tex".to_owned(), without_comments(&text))]));
    }
    let mut files = Files::new();
    for (name, content) in archive::untarred(content, Format::Tex)? {
        let file = name.rsplit('/').next().unwrap_or_default();
        // What a Mac puts beside each file.
        let is_shadow = file.starts_with("._");
        if !is_shadow && ENDINGS.iter().any(|ending| file.to_ascii_lowercase().ends_with(ending)) {
            files.insert(name, without_comments(&decoded(content)?));
        }
    }
    Ok(files)
}

/// The main file with all that it takes in: of those that are documents the longest, for a package can hold a supplement or
/// an answer to reviewers besides.
fn main(files: &Files) -> Result<String, ReadError> {
    let is_document = |text: &&String| text.contains(r"\begin{document}");
    let parts = files.iter().filter(|(name, _)| !name.ends_with(".bbl"));
    let documents: Vec<&String> = parts.clone().filter(|(_, text)| is_document(text)).map(|(name, _)| name).collect();
    let mains = if documents.is_empty() { parts.map(|(name, _)| name).collect() } else { documents };
    let mut longest = String::new();
    for name in mains.into_iter().take(MOST_MAINS) {
        let mut taking = Taking { files, main: name, taken: 0, out: String::new() };
        taking.take_in(name, 0)?;
        if taking.out.len() > longest.len() {
            longest = taking.out;
        }
    }
    Ok(longest)
}

/// Files being put together.
struct Taking<'a> {
    files: &'a Files,
    main: &'a str,
    /// Files taken in so far.
    taken: usize,
    out: String,
}

impl Taking<'_> {
    /// Writes a file with those that it takes in.
    fn take_in(&mut self, name: &str, depth: usize) -> Result<(), ReadError> {
        let files = self.files;
        self.taken += 1;
        let mut rest = files.get(name).map_or("", String::as_str);
        // A file that is a document of its own gives its body to another.
        if depth > 0
            && let Some((_, body)) = rest.split_once(r"\begin{document}")
        {
            rest = body.split(r"\end{document}").next().unwrap_or_default();
        }
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        while let Some(at) = rest.find('\\') {
            let (before, after) = rest.split_at(at);
            self.out.push_str(before);
            let letters = after[1..].bytes().take_while(u8::is_ascii_alphabetic).count();
            let (command, behind) = after.split_at(1 + letters);
            let taken = match &command[1..] {
                "input" | "include" | "subfile" => argument(behind, true).and_then(|(file, length)| {
                    Some((found(files, folder, "", file, &[".tex", ".ltx", ".latex"])?, length))
                }),
                "import" | "subimport" | "inputfrom" => argument(behind, false).and_then(|(from, first)| {
                    let (file, second) = argument(&behind[first..], false)?;
                    Some((found(files, folder, from, file, &[".tex", ".ltx"])?, first + second))
                }),
                "bibliography" | "printbibliography" => {
                    let length = argument(behind, false).map_or(0, |(_, length)| length);
                    let own = self.main.rsplit_once('.').map_or(self.main, |(stem, _)| stem);
                    let own = format!("{own}.bbl");
                    let any = || files.keys().find(|name| name.ends_with(".bbl"));
                    files.get_key_value(&own).map(|(name, _)| name).or_else(any).map(|list| (list.clone(), length))
                }
                _ => None,
            };
            match taken.filter(|_| depth < DEEPEST && self.taken < MOST_FILES) {
                Some((file, length)) => {
                    self.take_in(&file, depth + 1)?;
                    rest = &behind[length..];
                }
                None => {
                    // The character behind a backslash is no command of its own.
                    let length =
                        if letters > 0 { 1 + letters } else { 1 + after[1..].chars().next().map_or(0, char::len_utf8) };
                    self.out.push_str(&after[..length]);
                    rest = &after[length..];
                }
            }
            if self.out.len() > LONGEST {
                return Err(ReadError::TooLarge { bytes: self.out.len(), limit: LONGEST });
            }
        }
        self.out.push_str(rest);
        Ok(())
    }
}

/// The argument of a command and where it ends: `{file}`, or, where `bare` ones are known, ` file`.
fn argument(text: &str, bare: bool) -> Option<(&str, usize)> {
    let trimmed = text.trim_start_matches([' ', '\t']);
    let gap = text.len() - trimmed.len();
    if let Some(length) = group(trimmed, '{', '}') {
        return Some((trimmed[1..length - 1].trim(), gap + length));
    }
    let end = trimmed.find(char::is_whitespace).unwrap_or(trimmed.len());
    (bare && gap > 0 && end > 0).then(|| (&trimmed[..end], gap + end))
}

/// The file of the package that a name means: beside the main file, in the folder named, or beside the file that takes it in.
fn found(files: &Files, folder: &str, from: &str, name: &str, endings: &[&str]) -> Option<String> {
    let within = |folder: &str| {
        let path = [folder, from, name].join("/");
        let mut parts: Vec<&str> = Vec::new();
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => _ = parts.pop()?,
                part => parts.push(part),
            }
        }
        let path = parts.join("/");
        let named = endings.iter().map(|ending| format!("{path}{ending}")).chain([path.clone()]);
        named.into_iter().find(|path| files.contains_key(path))
    };
    within("").or_else(|| within(folder))
}

/// Without comments. A line that is only a comment is none.
fn without_comments(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut out = String::with_capacity(text.len());
    let mut joined = false;
    for line in text.split_inclusive('\n') {
        // TeX passes over blanks at the start of a line; a blank line ends a paragraph.
        let line = match (joined, line.trim().is_empty()) {
            (true, true) => "\n\n",
            (true, false) => line.trim_start_matches([' ', '\t']),
            (false, _) => line,
        };
        joined = false;
        let mut escaped = false;
        let comment = line.bytes().position(|b| {
            let is_comment = b == b'%' && !escaped;
            escaped = b == b'\\' && !escaped;
            is_comment
        });
        match comment {
            Some(at) => {
                out.push_str(&line[..at]);
                joined = true;
            }
            None => out.push_str(line),
        }
    }
    out
}

/// The branches of conditionals that are set: `\iftrue`, `\iffalse`, and those of the paper's own (`\newif\ifdraft`), which are
/// false until something sets them (`\drafttrue`). Others stay as they are.
fn decided(text: &str) -> String {
    let mut set: BTreeMap<String, bool> = BTreeMap::from([("true".to_owned(), true), ("false".to_owned(), false)]);
    for (at, command) in text.match_indices(r"\newif\if").take(MOST_CONDITIONALS) {
        let name = letters(&text[at + command.len()..]);
        let is_set = |to: &str| text.rfind(&format!("\\{name}{to}"));
        set.insert(name.to_owned(), is_set("true") > is_set("false"));
    }
    let mut out = String::with_capacity(text.len());
    // Of each open conditional: whether it is one of these, and whether its open branch is taken.
    let mut open: Vec<(bool, bool)> = Vec::new();
    let mut rest = text;
    let mut declares = false;
    while let Some(at) = rest.find('\\') {
        let taken = open.iter().all(|&(_, taken)| taken);
        out.push_str(if taken { &rest[..at] } else { "" });
        rest = &rest[at..];
        let name = letters(&rest[1..]);
        let length = 1 + if name.is_empty() { rest[1..].chars().next().map_or(0, char::len_utf8) } else { name.len() };
        let is_ours = match name {
            _ if std::mem::take(&mut declares) => false,
            "fi" => open.pop().is_some_and(|(ours, _)| ours),
            "else" => match open.last_mut() {
                Some((true, taken)) => {
                    *taken = !*taken;
                    true
                }
                _ => false,
            },
            "iff" | "ifthenelse" => false,
            name => match name.strip_prefix("if") {
                Some(condition) => {
                    let value = set.get(condition).copied();
                    open.push((value.is_some(), value.unwrap_or(true)));
                    value.is_some()
                }
                None => false,
            },
        };
        declares = name == "newif";
        out.push_str(if taken && !is_ours { &rest[..length] } else { "" });
        rest = &rest[length..];
    }
    out.push_str(if open.iter().all(|&(_, taken)| taken) { rest } else { "" });
    out
}

/// The letters that a text begins with.
fn letters(text: &str) -> &str {
    &text[..text.bytes().take_while(u8::is_ascii_alphabetic).count()]
}

/// Where the next dollar sign stands that no backslash escapes.
pub(super) fn dollar(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.bytes().position(|b| {
        let is_dollar = b == b'$' && !escaped;
        escaped = b == b'\\' && !escaped;
        is_dollar
    })
}

/// The text as it is set: quotation marks, dashes, every formula between single dollar signs; without what holds no running
/// text.
pub(super) fn set(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut endless = Endless::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '\\' => command(rest, &mut endless, &mut out),
            '$' => dollars(rest, &mut out),
            '`' if rest.starts_with("``") => put(&mut out, "“", 2),
            '\'' if rest.starts_with("''") => put(&mut out, "”", 2),
            '`' => put(&mut out, "‘", 1),
            '\'' => put(&mut out, "’", 1),
            '~' => put(&mut out, " ", 1),
            '-' if rest.starts_with("---") => put(&mut out, "—", 3),
            '-' if rest.starts_with("--") => put(&mut out, "–", 2),
            c => {
                out.push(c);
                c.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    out
}

fn put(out: &mut String, set: &str, length: usize) -> usize {
    out.push_str(set);
    length
}

/// A formula between dollar signs, or a sign that is none; its length.
fn dollars(rest: &str, out: &mut String) -> usize {
    let signs = if rest.starts_with("$$") { 2 } else { 1 };
    let inner = &rest[signs..];
    let end = if signs == 2 { inner.find("$$") } else { dollar(inner) };
    match end.filter(|&end| !inner[..end].contains("\n\n")) {
        Some(end) => {
            formula(&inner[..end], out);
            end + 2 * signs
        }
        None => {
            out.push_str(r"\$");
            signs
        }
    }
}

/// Writes a formula in one line between dollar signs.
fn formula(tex: &str, out: &mut String) {
    let mut kept = String::with_capacity(tex.len());
    let mut rest = tex;
    while let Some(at) = rest.find(r"\label") {
        kept.push_str(&rest[..at]);
        rest = &rest[at + r"\label".len()..];
        rest = &rest[group(rest, '{', '}').unwrap_or(0)..];
    }
    kept.push_str(rest);
    let kept = kept.replace(r"\nonumber", " ").replace(r"\notag", " ").replace('$', " ");
    let line = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.len() {
        0 => {}
        1..LONGEST_FORMULA => out.push_str(&format!("${line}$")),
        _ => out.push_str(MISSING),
    }
}

/// A command that sets a formula or holds no running text; any other stands as it is. Its length.
fn command(rest: &str, endless: &mut Endless, out: &mut String) -> usize {
    for (open, close) in [(r"\(", r"\)"), (r"\[", r"\]")] {
        if let Some(inner) = rest.strip_prefix(open)
            && let Some(end) = end_of(inner, close, endless)
        {
            displayed(&inner[..end], open == r"\[", out);
            return end + 4;
        }
    }
    let letters = rest[1..].bytes().take_while(u8::is_ascii_alphabetic).count();
    match &rest[1..=letters] {
        "begin" => {
            if let Some(length) = environment(rest, endless, out) {
                return length;
            }
        }
        "verb" => {
            if let Some(length) = verbatim(rest, out) {
                return length;
            }
        }
        "" => {
            let length = 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
            out.push_str(&rest[..length]);
            return length;
        }
        // Keys are not set.
        name if name.contains("cite") || name == "bibitem" => {
            let mut length = 1 + letters;
            while let Some(more) = group(&rest[length..], '[', ']').or_else(|| group(&rest[length..], '{', '}')) {
                length += more;
            }
            out.push_str(&rest[..length]);
            return length;
        }
        _ => {}
    }
    out.push_str(&rest[..=letters]);
    1 + letters
}

/// Ends that do not come any more: a text is searched for each once.
type Endless = BTreeSet<String>;

/// Where an end stands.
fn end_of(text: &str, end: &str, endless: &mut Endless) -> Option<usize> {
    if endless.contains(end) {
        return None;
    }
    let found = text.find(end);
    if found.is_none() {
        endless.insert(end.to_owned());
    }
    found
}

fn displayed(tex: &str, apart: bool, out: &mut String) {
    out.push_str(if apart { " " } else { "" });
    formula(tex, out);
    out.push_str(if apart { " " } else { "" });
}

/// An environment that is a formula or holds no running text; `None` for another.
fn environment(rest: &str, endless: &mut Endless, out: &mut String) -> Option<usize> {
    let start = r"\begin".len();
    let length = group(&rest[start..], '{', '}')?;
    let name = &rest[start + 1..start + length - 1];
    let bare = name.trim_end_matches('*');
    let (is_formula, is_unread) = (DISPLAYED.contains(&bare) && bare != "subequations", UNREAD.contains(&bare));
    if !is_formula && !is_unread {
        return None;
    }
    let inner = &rest[start + length..];
    let end = end_of(inner, &format!("\\end{{{name}}}"), endless)?;
    if is_formula {
        displayed(&inner[..end], bare != "math", out);
    } else {
        out.push_str("\n\n");
    }
    Some(start + length + end + r"\end{}".len() + name.len())
}

/// `\verb|code|` as the characters that it prints.
fn verbatim(rest: &str, out: &mut String) -> Option<usize> {
    let after = rest[r"\verb".len()..].trim_start_matches('*');
    let star = rest.len() - r"\verb".len() - after.len();
    let mark = after.chars().next().filter(|c| !c.is_alphanumeric() && !c.is_whitespace())?;
    let inner = &after[mark.len_utf8()..];
    let end = inner.find([mark, '\n']).filter(|&end| inner[end..].starts_with(mark))?;
    for c in inner[..end].chars() {
        match c {
            '\\' => out.push_str(r"\textbackslash{}"),
            '$' | '%' | '#' | '&' | '_' | '{' | '}' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    Some(r"\verb".len() + star + 2 * mark.len_utf8() + end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go_and_paragraphs_stay() {
        for (tex, expected) in [
            ("a % b\n  c", "a c"),
            ("a %\n\nb", "a \n\nb"),
            ("a\n% b\nc", "a\nc"),
            (r"5\% a % b", r"5\% a "),
            (r"a \\% b", r"a \\"),
        ] {
            assert_eq!(without_comments(tex), expected, "{tex}");
        }
    }

    #[test]
    fn branches_that_are_not_set_go() {
        for (tex, expected) in [
            (r"a \iffalse b \ifx c \fi d \fi e", "a  e"),
            (r"a \iffalse b \else c\fi e", "a  c e"),
            (r"\newif\ifbook\ifbook a \else b \fi c", r"\newif\ifbook b  c"),
            (r"\newif\ifbook\booktrue\ifbook a \else b \fi c", r"\newif\ifbook\booktrue a  c"),
            (r"\ifmmode a\else b\fi", r"\ifmmode a\else b\fi"),
            (r"a \iffalse b", "a "),
        ] {
            assert_eq!(decided(tex), expected, "{tex}");
        }
    }

    #[test]
    fn files_are_found_within_the_package_only() {
        let files: Files =
            ["main.tex", "parts/one.tex", "parts/sub/two.tex"].map(|name| (name.into(), String::new())).into();
        let found = |folder, name| found(&files, folder, "", name, &[".tex"]);
        assert_eq!(found("", "parts/one").as_deref(), Some("parts/one.tex"));
        assert_eq!(found("parts", "sub/two.tex").as_deref(), Some("parts/sub/two.tex"));
        assert_eq!(found("parts/sub", "../one").as_deref(), Some("parts/one.tex"));
        assert_eq!(found("", "../../etc/passwd"), None);
    }

    #[test]
    fn text_is_set() {
        for (tex, expected) in [
            ("``a'' -- b---c's", "“a” – b—c’s"),
            (r"\'e and \cite{a--b}", r"\'e and \cite{a--b}"),
            ("$ x $ and $$y$$ and \\(z\\)", "$x$ and $y$ and $z$"),
            ("\\begin{align*}\n a &= b \\label{l}\n\\end{align*}", " $a &= b$ "),
            (r"a\begin{figure}x\end{figure}b", "a\n\nb"),
            (r"\verb|a_b$|", r"a\_b\$"),
            ("5$ each", r"5\$ each"),
        ] {
            assert_eq!(set(tex), expected, "{tex}");
        }
    }
}
