//! LaTeX: commands that structure a text, and the citation commands of natbib, biblatex, apacite and harvard. Fonts, accents
//! and formulas stay for [`crate::text::without_tex`].

use super::{bibliography, layout::Layout, sentence};
use crate::text::{Cited, Form, Round, Span, citations};
use std::collections::{BTreeMap, BTreeSet};

/// Citation commands whose citation stands beside the text, in lower case and without a star; `s` behind them takes several.
#[rustfmt::skip]
const BESIDE: &[&str] = &[
    "autocite", "cite", "citealp", "citedate", "citefullauthoryear", "citenum", "citep", "citeyear", "citeyearnp", "citeyearpar", "footcite",
    "footcitetext", "footfullcite", "fullcite", "nptextcite", "onlinecite", "parencite", "shortcite", "smartcite", "supercite", "ycite",
];
/// Those whose citation is a part of the text.
#[rustfmt::skip]
const WITHIN: &[&str] = &[
    "citea", "citealt", "citeasnoun", "citeauthor", "citet", "citetext", "citetitle", "cites", "fullciteauthor", "newcite", "possessivecite",
    "shortciteauthor", "textcite",
];
/// Sections, by their commands.
pub(crate) const SECTIONS: &[&str] =
    &["part", "chapter", "section", "subsection", "subsubsection", "paragraph", "subparagraph"];
/// Environments that hold no running text.
#[rustfmt::skip]
pub(crate) const UNREAD: &[&str] = &[
    "IEEEkeywords", "algorithm", "algorithmic", "comment", "figure", "filecontents", "keywords", "keyword", "listing", "lstlisting",
    "longtable", "minted", "sidewaystable", "table", "tabular", "tabularx", "tikzpicture", "titlepage", "verbatim", "wrapfigure",
    "CCSXML", "highlights", "frontmatter", "acknowledgments", "acknowledgements", "acks",
];
/// Displayed formulas: part of the sentence around them.
pub(crate) const DISPLAYED: &[&str] = &[
    "align",
    "alignat",
    "displaymath",
    "dmath",
    "eqnarray",
    "equation",
    "flalign",
    "gather",
    "math",
    "multline",
    "subequations",
];
/// Commands without arguments that print nothing.
#[rustfmt::skip]
const BARE: &[&str] = &[
    "balance", "centering", "doublespacing", "flushbottom", "hfill", "hline", "ignorespaces", "indent", "leavevmode", "linebreak",
    "listoffigures", "listoftables", "newline", "noindent", "nolinebreak", "nopagebreak", "null", "onecolumn", "onehalfspacing",
    "pagebreak", "raggedbottom", "raggedright", "selectfont", "singlespacing", "sloppy", "tableofcontents", "twocolumn", "unskip", "vfill",
];
/// Commands that print nothing a sentence needs, with all their arguments.
#[rustfmt::skip]
const SILENT: &[&str] = &[
    "addbibresource", "addtocounter", "affil", "affiliation", "author", "bibliography", "bibliographystyle", "caption", "date", "email",
    "endnote", "eqref", "hspace", "include", "includegraphics", "index", "input", "keywords", "label", "let", "markboth", "nocite", "pagestyle",
    "printbibliography", "setcounter", "setlength", "subfile", "subtitle", "thanks", "thispagestyle", "title", "todo", "usepackage", "vspace",
    "newcommand", "renewcommand", "providecommand", "DeclareMathOperator", "definecolor", "color", "institute", "orcid", "citestyle",
    "newenvironment", "renewenvironment", "newtheorem", "newcounter", "setlist", "phantomsection", "addcontentsline", "footnotemark",
    "hypersetup", "autoref", "cref", "Cref", "ref", "pageref", "nameref", "vref", "documentclass",
];
/// Deepest nesting of notes that is read.
const DEEPEST: usize = 6;
/// Longest argument, in bytes: a stray brace must not swallow the text.
const LONGEST: usize = 6_000;
/// Deepest nesting of groups in an argument.
const DEEPEST_GROUP: usize = 50;
/// Longest definition of a macro, in bytes.
const LONGEST_MACRO: usize = 120;
/// Longest formula between dollar signs, in bytes.
const LONGEST_FORMULA: usize = 1_000;

/// How formulas stand in a layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Formulas {
    /// Without what looks like a citation in them: an interval is none.
    ForCitations,
    /// As they are written.
    Verbatim,
}

/// Lays out a LaTeX text: what stands between `\begin{document}` and `\end{document}`, or all of it.
pub(crate) fn read(source: &str, formulas: Formulas) -> Layout {
    let macros = macros(source);
    let layout = Layout::new();
    let mut reader = Reader { source, formulas, layout, macros: &macros, depth: 0, endless: BTreeSet::new() };
    const BEGIN: &str = r"\begin{document}";
    let start = source.find(BEGIN).map_or(0, |at| at + BEGIN.len());
    let end = source[start..].find(r"\end{document}").map_or(source.len(), |at| start + at);
    reader.walk(start, end);
    reader.layout.close();
    reader.layout
}

/// Macros without arguments that the text defines: `\newcommand{\degC}{\,°C}`.
fn macros(source: &str) -> BTreeMap<&str, &str> {
    let mut found = BTreeMap::new();
    for (at, command) in source.match_indices(r"\newcommand").chain(source.match_indices(r"\renewcommand")) {
        let rest = &source[at + command.len()..];
        let rest = rest[..rest.floor_char_boundary(LONGEST_MACRO)].trim_start_matches('*');
        let (name, body) = match rest.strip_prefix('{') {
            Some(braced) => match braced.split_once('}') {
                Some((name, body)) => (name, body),
                None => continue,
            },
            None => rest.split_at(rest.find('{').unwrap_or(0)),
        };
        let Some(name) = name.trim().strip_prefix('\\') else { continue };
        if let Some(length) = group(body, '{', '}')
            && !body[..length].contains('#')
            && !name.is_empty()
            && name.bytes().all(|b| b.is_ascii_alphabetic())
        {
            found.insert(name, &body[1..length - 1]);
        }
    }
    found
}

/// The length of the group that `text` starts with, escapes and groups within counted; `None` where it does not close.
pub(crate) fn group(text: &str, open: char, close: char) -> Option<usize> {
    if !text.starts_with(open) {
        return None;
    }
    let mut depth = 0_usize;
    let mut escaped = false;
    for (at, c) in text.char_indices().take_while(|&(at, _)| at < LONGEST) {
        if escaped {
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if c == open {
            depth += 1;
            if depth > DEEPEST_GROUP {
                return None;
            }
        } else if c == close {
            depth -= 1;
            if depth == 0 {
                return Some(at + c.len_utf8());
            }
        }
    }
    None
}

/// Arguments behind a command: each without its brackets, and whether it is optional; the length of all.
pub(crate) fn arguments(text: &str) -> (Vec<(bool, Span)>, usize) {
    let mut found = Vec::new();
    let mut at = 0;
    loop {
        let gap = text[at..].len() - text[at..].trim_start_matches([' ', '\t']).len();
        let rest = &text[at + gap..];
        let optional = rest.starts_with('[');
        let length = if optional { group(rest, '[', ']') } else { group(rest, '{', '}') };
        // "\cite {a}" is one command; "\foo [x]" in running text is not.
        let Some(length) = length.filter(|_| gap == 0 || !optional) else { return (found, at) };
        found.push((optional, Span { start: at + gap + 1, end: at + gap + length - 1 }));
        at += gap + length;
    }
}

struct Reader<'a> {
    source: &'a str,
    formulas: Formulas,
    layout: Layout,
    macros: &'a BTreeMap<&'a str, &'a str>,
    depth: usize,
    /// Environments that nothing ends from here on: the text is searched for an end once.
    endless: BTreeSet<String>,
}

impl Reader<'_> {
    /// Reads `start..end` into blocks.
    fn walk(&mut self, start: usize, end: usize) {
        let mut at = start;
        let mut from = start;
        while at < end {
            let rest = &self.source[at..end];
            let past = match rest.as_bytes()[0] {
                b'%' => Some(at + comment(rest)),
                b'\n' if is_blank_line(&rest[1..]) => {
                    self.keep(from, at);
                    self.layout.close();
                    from = at;
                    None
                }
                b'$' => {
                    self.keep(from, at);
                    let past = at + self.formula(at, rest);
                    from = past;
                    at = past;
                    continue;
                }
                b'\\' => {
                    self.keep(from, at);
                    from = at;
                    let past = self.command(at, end);
                    if past.is_none() {
                        at += 2.min(rest.len());
                        at = self.source.ceil_char_boundary(at);
                        continue;
                    }
                    past
                }
                _ => None,
            };
            match past {
                Some(past) => {
                    self.keep(from, at);
                    at = past.min(end);
                    from = at;
                }
                None => at += rest.chars().next().map_or(1, char::len_utf8),
            }
        }
        self.keep(from, end);
    }

    fn keep(&mut self, start: usize, end: usize) {
        if start < end {
            self.layout.open().keep(self.source, Span { start, end });
        }
    }

    /// A formula that starts at `at`; its length. Raised numbers cite, and what else is in it does not.
    fn formula(&mut self, at: usize, rest: &str) -> usize {
        let display = rest.starts_with("$$");
        let signs = if display { 2 } else { 1 };
        let within = &rest[signs..rest.floor_char_boundary(LONGEST_FORMULA)];
        let Some(inner) = within.find(&rest[..signs]).filter(|&inner| inner > 0) else {
            self.keep(at, at + signs);
            return signs;
        };
        let length = inner + 2 * signs;
        let tex = &within[..inner];
        let raised = tex.trim().strip_prefix('^').map(|raised| raised.trim_matches(['{', '}', ' ']).replace("--", "-"));
        match raised.and_then(|raised| numbers(&raised)) {
            Some(works) => self.layout.open().cite(Span { start: at, end: at + length }, Form::Beside, works),
            None if self.formulas == Formulas::ForCitations
                && tex.contains(['[', '('])
                && !citations(tex, Round::Plain).is_empty() =>
            {
                // Only its shape matters to a reader: intervals are no citations.
                self.layout
                    .open()
                    .put(Span { start: at, end: at + length }, &format!("${}$", tex.replace(['[', ']'], "|")));
            }
            None => self.keep(at, at + length),
        }
        length
    }

    /// Takes the command at `at` where it structures the text, cites or prints nothing; where it ends. `None` leaves it in
    /// the text.
    fn command(&mut self, at: usize, end: usize) -> Option<usize> {
        let after = &self.source[at + 1..end];
        let letters = after.bytes().take_while(u8::is_ascii_alphabetic).count();
        let name = &after[..letters];
        let starred = after[letters..].starts_with('*');
        let behind = at + 1 + letters + usize::from(starred);
        let rest = &self.source[behind..end];
        if letters == 0 {
            // A new line, with the space below it.
            let is_break = after.starts_with('\\');
            return is_break.then(|| {
                let star = usize::from(after[1..].starts_with('*'));
                let space = group(&after[1 + star..], '[', ']').unwrap_or(0);
                self.layout.open().put(Span { start: at, end: at + 2 }, " ");
                at + 2 + star + space
            });
        }
        if let Some(form) = form(name) {
            return Some(self.citation(at, behind, end, name, form));
        }
        if SECTIONS.contains(&name) {
            let (arguments, length) = arguments(rest);
            let heading = arguments.iter().find(|(optional, _)| !optional).map(|(_, span)| span.of(rest))?;
            // Only the first group is the heading's.
            let stop = arguments.iter().find(|(optional, _)| !optional).map_or(length, |(_, span)| span.end + 1);
            let shown = crate::text::normalize(&crate::text::without_tex(heading));
            self.layout.head(&shown, Span { start: at, end: behind + stop });
            return Some(behind + stop);
        }
        match name {
            "begin" => self.environment(at, behind, end),
            "end" => {
                self.layout.close();
                Some(behind + group(rest, '{', '}').unwrap_or(0))
            }
            "item" => {
                self.layout.close();
                Some(behind + group(rest, '[', ']').unwrap_or(0))
            }
            "par" | "newpage" | "clearpage" | "maketitle" | "appendix" | "bigskip" | "medskip" | "smallskip" => {
                self.layout.close();
                Some(behind)
            }
            "footnote" | "footnotetext" => Some(self.footnote(at, behind, end)),
            "enquote" | "textquote" => {
                let length = group(rest, '{', '}')?;
                self.layout.open().put(Span { start: at, end: behind + 1 }, "“");
                self.walk(behind + 1, behind + length - 1);
                self.layout.open().put(Span { start: behind + length - 1, end: behind + length }, "”");
                Some(behind + length)
            }
            "textsuperscript" => {
                let length = group(rest, '{', '}')?;
                let works = numbers(&rest[1..length - 1])?;
                self.layout.open().cite(Span { start: at, end: behind + length }, Form::Beside, works);
                Some(behind + length)
            }
            "verb" => {
                let mark = rest.chars().next()?;
                let length =
                    rest[mark.len_utf8()..rest.floor_char_boundary(LONGEST_FORMULA).max(mark.len_utf8())].find(mark)?;
                Some(behind + length + 2 * mark.len_utf8())
            }
            name if BARE.contains(&name) => Some(behind),
            name if SILENT.contains(&name) => Some(behind + arguments(rest).1),
            name => {
                let body = self.macros.get(name)?;
                let gap = if rest.starts_with("{}") { 2 } else { 0 };
                self.layout.open().put(Span { start: at, end: behind + gap }, body);
                Some(behind + gap)
            }
        }
    }

    /// A citation command, with all the arguments of a command for several; where it ends.
    fn citation(&mut self, at: usize, behind: usize, end: usize, name: &str, form: Form) -> usize {
        let rest = &self.source[behind..end];
        // \parencites(before)(after)[…][…]{a}[…]{b}
        let mut skipped = 0;
        let several = name.ends_with('s');
        while several && let Some(length) = group(&rest[skipped..], '(', ')') {
            skipped += length;
        }
        let (mut arguments, mut length) = arguments(&rest[skipped..]);
        if !several && let Some(first) = arguments.iter().position(|(optional, _)| !optional) {
            arguments.truncate(first + 1);
            length = arguments[first].1.end + 1;
        }
        let keys = arguments
            .iter()
            .filter(|(optional, _)| !optional)
            .flat_map(|(_, span)| span.of(&rest[skipped..]).split(','));
        let works: Vec<Cited> =
            keys.map(str::trim).filter(|key| !key.is_empty()).map(|key| Cited::Key(key.to_owned())).collect();
        let past = behind + skipped + length;
        self.layout.open().cite(Span { start: at, end: past }, form, works);
        past
    }

    /// A footnote: a block of its own, or, where it only cites, a citation of the sentence that has it.
    fn footnote(&mut self, at: usize, behind: usize, end: usize) -> usize {
        let rest = &self.source[behind..end];
        let mark = group(rest, '[', ']').unwrap_or(0);
        let Some(length) = group(&rest[mark..], '{', '}').filter(|_| self.depth < DEEPEST) else {
            return behind + mark;
        };
        let inner = Span { start: behind + mark + 1, end: behind + mark + length - 1 };
        let outer = self.layout.nest();
        let before = self.layout.blocks.len();
        self.depth += 1;
        self.walk(inner.start, inner.end);
        self.layout.close();
        self.depth -= 1;
        self.layout.resume(outer);
        for block in &mut self.layout.blocks[before..] {
            block.is_footnote = true;
        }
        if let [only] = &self.layout.blocks[before..]
            && let Some(works) = sentence::short_note(only)
        {
            self.layout.blocks.truncate(before);
            self.layout.open().cite(Span { start: at, end: inner.end + 1 }, Form::Beside, works);
        }
        inner.end + 1
    }

    /// An environment: passed over, a displayed formula, the list of works, or running text.
    fn environment(&mut self, at: usize, behind: usize, end: usize) -> Option<usize> {
        let rest = &self.source[behind..end];
        let length = group(rest, '{', '}')?;
        let name = &rest[1..length - 1];
        let bare = name.trim_end_matches('*');
        let (is_list, is_formula) = (bare == "thebibliography", DISPLAYED.contains(&bare));
        if (is_list || is_formula || UNREAD.contains(&bare))
            && let Some(inner_end) = self.end_of(name, &rest[length..])
        {
            let past = behind + length + inner_end + r"\end{}".len() + name.len();
            if is_formula {
                self.layout.open().put(Span { start: at, end: past }, " ");
            } else {
                self.layout.close();
            }
            if is_list {
                self.layout.list.extend(bibliography::items(&rest[length..length + inner_end]));
            }
            return Some(past);
        }
        self.layout.close();
        if bare == "abstract" {
            self.layout.head("Abstract", Span { start: at, end: behind + length });
        }
        Some(behind + length + arguments(&rest[length..]).1)
    }

    /// Where the environment `name` ends in `rest`, which starts within it.
    fn end_of(&mut self, name: &str, rest: &str) -> Option<usize> {
        if self.endless.contains(name) {
            return None;
        }
        let end = rest.find(&format!("\\end{{{name}}}"));
        if end.is_none() {
            self.endless.insert(name.to_owned());
        }
        end
    }
}

/// Whether a command means something here, so that a text's own definition of it only changes how it looks.
pub(crate) fn is_known(name: &str) -> bool {
    const STRUCTURE: &[&str] =
        &["begin", "end", "item", "par", "appendix", "maketitle", "footnote", "verb", "ref", "eqref"];
    form(name).is_some() || [SECTIONS, SILENT, STRUCTURE].iter().any(|names| names.contains(&name)) && name != "todo"
}

/// How a citation by the command `name` stands in its sentence; `None` for another command.
pub(crate) fn form(name: &str) -> Option<Form> {
    if !name.to_ascii_lowercase().contains("cit") || name == "nocite" {
        return None;
    }
    let lower = name.to_ascii_lowercase();
    let of = |name: &str| match (BESIDE.contains(&name), WITHIN.contains(&name)) {
        (true, _) => Some(Form::Beside),
        (false, true) => Some(Form::Within),
        _ => None,
    };
    // \cites is biblatex's \cite for several.
    let several = lower.strip_suffix('s').and_then(of);
    several.or_else(|| of(&lower))
}

/// "3", "3,4-6": numbers of a list.
fn numbers(raised: &str) -> Option<Vec<Cited>> {
    let bare = raised.trim().trim_matches(['[', ']']);
    let citation = citations(&format!("[{bare}]"), Round::Plain).into_iter().next()?;
    citation.works.iter().all(|work| matches!(work, Cited::Number(_))).then_some(citation.works)
}

/// Length of a comment with its line end, and with the white space that starts the next line.
fn comment(text: &str) -> usize {
    let end = text.find('\n').map_or(text.len(), |end| end + 1);
    end + text[end..].len() - text[end..].trim_start_matches([' ', '\t']).len()
}

/// Whether the line that `text` starts with is blank.
fn is_blank_line(text: &str) -> bool {
    text.trim_start_matches([' ', '\t', '\r']).starts_with('\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(source: &str) -> Layout {
        read(source, Formulas::ForCitations)
    }

    fn cited(layout: &Layout) -> Vec<String> {
        let works = layout.blocks.iter().flat_map(|block| &block.marks).flat_map(|mark| &mark.works);
        works
            .map(|work| match work {
                Cited::Key(key) => key.clone(),
                Cited::Number(number) => number.to_string(),
                _ => String::new(),
            })
            .collect()
    }

    #[test]
    fn the_citation_family_is_known() {
        let layout = draft(
            r"\cite{a} \citep[see][p.~3]{b,c} \Citet*{d} \textcites[1]{e}[2]{f}(x) \footcite[]{g} \nocite{no} \citeauthor{h} % \cite{no}
            \parencites(see)[3]{i}{j} \autocite{k}{not a key} \supercite{l}$^{3,4}$\textsuperscript{5} $x \in [0, 1]$ and $[2]$",
        );
        assert_eq!(cited(&layout), ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "3", "4", "5"]);
        assert_eq!(layout.blocks.len(), 1);
        assert!(layout.blocks[0].text.contains("{not a key}"));
    }

    #[test]
    fn structure_is_taken_off() {
        let layout = draft(
            "\\title{No}\\newcommand{\\x}{ten}\n\\begin{document}\nOne % no\n  two\\label{l} \\x{} end.\n\n\\section[s]{A \\emph{head}}\nText\\footnote{A note that says much more \\cite{n}.} here\\footnote{See \\cite{m}.}.\n\\begin{itemize}\n\\item[a] First\n\\item Second\n\\end{itemize}\n\\begin{figure}\\cite{no}\\end{figure}\nLast \\enquote{word}.\n\\end{document} more",
        );
        let texts: Vec<&str> = layout.blocks.iter().map(|block| block.text.trim()).collect();
        assert_eq!(
            texts,
            ["One two ten end.", "A note that says much more [1].", "Text here[1].", "First", "Second", "Last “word”."]
        );
        assert_eq!(layout.sections[1].heading, "A head");
        assert_eq!(cited(&layout), ["n", "m"]);
    }
}
