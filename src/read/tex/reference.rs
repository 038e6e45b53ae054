//! References to the paper's own parts: `\ref{…}` as the number that is printed. The counters are LaTeX's: of sections, of
//! figures, tables and algorithms, of equations.

use crate::{draft::tex::group, text::MISSING};
use std::collections::BTreeMap;

/// Sections that are numbered, the outermost first.
const NUMBERED: &[&str] = &["chapter", "section", "subsection", "subsubsection"];
/// Environments that count, by what they are called. A star takes the number away from a formula, not from a figure.
#[rustfmt::skip]
const FLOATS: &[(&str, &str)] = &[
    ("algorithm", "algorithm"), ("figure", "figure"), ("sidewaysfigure", "figure"), ("sidewaystable", "table"), ("table", "table"),
    ("wrapfigure", "figure"), ("wraptable", "table"), ("longtable", "table"),
];
const EQUATIONS: &[&str] = &["align", "alignat", "eqnarray", "equation", "flalign", "gather", "multline"];
/// Of these every line has a number.
const BY_LINE: &[&str] = &["align", "alignat", "eqnarray", "flalign", "gather"];

/// What a label stands for.
#[derive(Clone, Default)]
struct Target {
    kind: &'static str,
    number: String,
}

/// The text with every reference as it is printed; one that leads nowhere is lost.
pub(super) fn numbered(text: &str) -> String {
    let targets = targets(text);
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (name, behind) = command(rest);
        let behind = behind.strip_prefix('*').filter(|_| is_reference(name)).unwrap_or(behind);
        match group(behind, '{', '}').filter(|_| is_reference(name)) {
            Some(length) => {
                out.push_str(&shown(name, &behind[1..length - 1], &targets));
                rest = &behind[length..];
            }
            None => {
                let length = rest.len() - behind.len();
                out.push_str(&rest[..length]);
                rest = behind;
            }
        }
    }
    out.push_str(rest);
    out
}

/// The command that `text` begins with, a sign behind the backslash included, and what follows.
fn command(text: &str) -> (&str, &str) {
    let letters = text[1..].bytes().take_while(u8::is_ascii_alphabetic).count();
    let length = if letters == 0 { text[1..].chars().next().map_or(0, char::len_utf8) } else { letters };
    (&text[1..=length], &text[1 + length..])
}

fn is_reference(name: &str) -> bool {
    matches!(
        name,
        "ref" | "eqref" | "autoref" | "cref" | "Cref" | "pageref" | "nameref" | "vref" | "subref" | "labelcref"
    )
}

fn shown(command: &str, keys: &str, targets: &BTreeMap<&str, Target>) -> String {
    let of = |key: &str| targets.get(key.trim()).filter(|target| !target.number.is_empty());
    let found: Option<Vec<&Target>> = keys.split(',').map(of).collect();
    let Some(found) = found.filter(|found| !found.is_empty() && !matches!(command, "pageref" | "nameref")) else {
        return MISSING.to_owned();
    };
    let numbers: Vec<&str> = found.iter().map(|target| target.number.as_str()).collect();
    let numbers = match &numbers[..] {
        [all @ .., last] if !all.is_empty() => format!("{} and {last}", all.join(", ")),
        numbers => numbers.concat(),
    };
    let kind = found[0].kind;
    let mut capital = kind.to_owned();
    if let Some(first) = capital.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    let plural = if found.len() > 1 { "s" } else { "" };
    match command {
        "eqref" => format!("({numbers})"),
        "autoref" | "Cref" => format!("{capital}{plural} {numbers}"),
        "cref" => format!("{kind}{plural} {numbers}"),
        _ => numbers,
    }
}

/// What each label stands for.
fn targets(text: &str) -> BTreeMap<&str, Target> {
    let mut targets = BTreeMap::new();
    // A report's sections are numbered within its chapters.
    let mut counters = Counters { first: usize::from(!text.contains(r"\chapter{")), ..Counters::default() };
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        let (name, behind) = command(&rest[at..]);
        rest = behind;
        let argument = || group(behind, '{', '}').map(|length| &behind[1..length - 1]);
        match name {
            "appendix" => counters.begin_appendix(),
            "label" => {
                if let Some(key) = argument() {
                    targets.insert(key.trim(), counters.current.clone());
                }
            }
            "begin" => counters.begin(argument().unwrap_or_default()),
            "end" => counters.end(argument().unwrap_or_default()),
            "\\" => counters.line(),
            "nonumber" | "notag" => counters.unnumbered(),
            name if !behind.starts_with('*') => {
                if let Some(level) = NUMBERED.iter().position(|section| *section == name) {
                    counters.section(level);
                }
            }
            _ => {}
        }
    }
    targets
}

#[derive(Default)]
struct Counters {
    /// Numbers of the open sections, by level.
    sections: [usize; NUMBERED.len()],
    /// The outermost level that is printed.
    first: usize,
    appendix: bool,
    floats: BTreeMap<&'static str, usize>,
    equations: usize,
    current: Target,
    /// What was current before the open floats and formulas.
    outer: Vec<Target>,
    by_line: bool,
}

impl Counters {
    fn begin_appendix(&mut self) {
        self.appendix = true;
        self.sections = [0; NUMBERED.len()];
    }

    fn section(&mut self, level: usize) {
        self.sections[level] += 1;
        self.sections[level + 1..].fill(0);
        let numbers = self.sections.iter().enumerate().take(level + 1).skip(self.first.min(level));
        let number = |(at, &count): (usize, &usize)| match u8::try_from(count) {
            Ok(count @ 1..=26) if self.appendix && at == self.first => char::from(b'A' + count - 1).to_string(),
            _ => count.to_string(),
        };
        let number = numbers.map(number).collect::<Vec<_>>().join(".");
        let kind = if self.appendix { "appendix" } else { "section" };
        self.current = Target { kind, number };
    }

    fn begin(&mut self, environment: &str) {
        let bare = environment.trim_end_matches('*');
        if let Some(&(_, kind)) = FLOATS.iter().find(|(name, _)| *name == bare) {
            let count = self.floats.entry(kind).or_default();
            *count += 1;
            let number = count.to_string();
            self.outer.push(std::mem::replace(&mut self.current, Target { kind, number }));
        } else if EQUATIONS.contains(&environment) {
            self.outer.push(self.current.clone());
            self.by_line = BY_LINE.contains(&environment);
            self.equation();
        }
    }

    fn equation(&mut self) {
        self.equations += 1;
        self.current = Target { kind: "equation", number: self.equations.to_string() };
    }

    fn line(&mut self) {
        if self.by_line {
            self.equation();
        }
    }

    fn unnumbered(&mut self) {
        if self.by_line {
            self.equations = self.equations.saturating_sub(1);
        }
    }

    fn end(&mut self, environment: &str) {
        let counts = FLOATS.iter().any(|(name, _)| *name == environment.trim_end_matches('*'));
        if counts || EQUATIONS.contains(&environment) {
            self.by_line = false;
            self.current = self.outer.pop().unwrap_or_default();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_the_numbers_that_are_printed() {
        let text = r"\section{A}\label{a}\subsection{B}\label{b}\begin{figure*}\label{f}\end{figure*}\section*{C}\label{c}
            \begin{align}x\label{e}\\y\nonumber\\z\label{g}\end{align}\appendix\section{D}\label{d}\subsection{E}\label{h}";
        for (reference, expected) in [
            (r"\ref{a} \ref{b} \ref{c}", "1 1.1 1.1"),
            (r"\autoref{f} \cref{a,b} \Cref{e}", "Figure 1 sections 1 and 1.1 Equation 1"),
            (r"\eqref{g} \ref{d} \ref{h}", "(2) A A.1"),
            (r"\ref{none} \pageref{a}", "[…] […]"),
            (r"\'e \\ref \ref", r"\'e \\ref \ref"),
        ] {
            let whole = format!("{text} {reference}");
            assert_eq!(numbered(&whole).strip_prefix(text).unwrap().trim(), expected);
        }
    }
}
