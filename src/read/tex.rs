//! TeX: one file, or arXiv's package of a paper's sources (tar, gzip).
//!
//! The package becomes one text ([`source`]): files put together, comments out, the authors' own macros written out,
//! references numbered. Its tables are read from that ([`table`]). As it is set, [`crate::draft`] lays it out as it does a
//! draft; here its blocks become passages, with each citation as the paper prints it.

mod expand;
mod label;
mod reference;
mod source;
mod table;

use super::{
    Page, ReadError, laid_out,
    outline::{Outline, Part},
    passage,
};
use crate::{
    draft::tex::{self, Formulas, SECTIONS, arguments, group},
    text::{Citation, Cited, MISSING, Span, formula, without_tex},
};
use label::Labels;

/// Longest run-in heading, in words.
const LONGEST_LEAD: usize = 8;

/// A text's title and sections.
pub(super) fn page(bytes: &[u8]) -> Result<Page, ReadError> {
    let whole = source::whole(bytes)?;
    let source = source::set(&whole);
    let layout = tex::read(&source, Formulas::Verbatim);
    let labels = Labels::of(&source);
    let appendix = source.find(r"\appendix").unwrap_or(source.len());
    let end_of_abstract = source.find(r"\end{abstract}").unwrap_or(0);
    let mut outline = Outline::default();
    let mut section = 0;
    for block in layout.blocks.iter().filter(|block| !block.is_footnote) {
        let at = block.in_draft(Span { start: 0, end: block.text.len() }).start;
        while section < block.section {
            section += 1;
            let headed = &layout.sections[section];
            let command = headed.span.of(&source);
            let part = match headed.span.start > appendix {
                _ if command.starts_with(r"\begin{abstract") => Part::Abstract,
                true => Part::Appendix,
                false => Part::Section,
            };
            outline.start(level(command), part, &headed.heading);
        }
        let of_abstract = layout.sections[section].span.of(&source).starts_with(r"\begin{abstract");
        if of_abstract && at >= end_of_abstract {
            outline.close_all();
        }
        let text = laid_out::cited(block, |mark| labels.shown(mark, block.in_draft(mark.span).of(&source)));
        if let Some(passage) = passage(&plain(without_lead(&text)), None) {
            outline.add(passage);
        }
    }
    for table in table::tables(&whole) {
        outline.add_table(table);
    }
    Ok(Page { works: layout.list, ..outline.finish(title(&source))? })
}

/// The title, without what stands in it for the printer.
fn title(source: &str) -> Option<String> {
    let (_, rest) = source.split_once(r"\title")?;
    let (arguments, _) = arguments(rest);
    let (_, title) = arguments.into_iter().find(|(optional, _)| !optional)?;
    let title = title.of(rest).replace(r"\\", " ");
    let title = title.split(r"\thanks").next().unwrap_or_default();
    Some(plain(title).replace(MISSING, " "))
}

/// How deep a heading is, by its command.
fn level(command: &str) -> usize {
    let name = command.trim_start_matches('\\');
    let name = &name[..name.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(name.len())];
    SECTIONS.iter().position(|section| *section == name).map_or(1, |at| at + 1)
}

/// Without a run-in heading: "{\bf Results} The …", which would be read as part of its first sentence.
fn without_lead(text: &str) -> &str {
    let trimmed = text.trim_start();
    let (inner, rest, bold) = if let Some(length) = group(trimmed, '{', '}') {
        let inner = &trimmed[1..length - 1];
        let marks = [(r"\bfseries", true), (r"\bf", true), (r"\itshape", false), (r"\it", false), (r"\em", false)];
        let Some((mark, bold)) = marks.into_iter().find(|(mark, _)| inner.trim_start().starts_with(mark)) else {
            return text;
        };
        (&inner.trim_start()[mark.len()..], &trimmed[length..], bold)
    } else {
        let marks = [(r"\textbf", true), (r"\textit", false), (r"\emph", false), (r"\underline", true)];
        let Some((mark, bold)) = marks.into_iter().find(|(mark, _)| trimmed.starts_with(mark)) else { return text };
        let Some(length) = group(&trimmed[mark.len()..], '{', '}') else { return text };
        (&trimmed[mark.len() + 1..mark.len() + length - 1], &trimmed[mark.len() + length..], bold)
    };
    let heads = bold || inner.trim_end().ends_with(['.', ':']);
    let goes_on = plain(rest).trim_start().starts_with(char::is_uppercase);
    if heads && goes_on && inner.split_whitespace().count() <= LONGEST_LEAD { rest } else { text }
}

/// Running text without TeX. Braces that group are not printed; a command that nobody knows is something lost.
fn plain(tex: &str) -> String {
    let mut out = String::with_capacity(tex.len());
    let mut rest = tex;
    while !rest.is_empty() {
        let at = source::dollar(rest).unwrap_or(rest.len());
        out.push_str(&words(&rest[..at]));
        rest = &rest[at..];
        let Some(inner) = rest.strip_prefix('$') else { break };
        match source::dollar(inner) {
            Some(end) => {
                out.push_str(&formula::inline(inner[..end].trim()));
                rest = &inner[end + 1..];
            }
            None => rest = inner,
        }
    }
    out
}

/// Text without formulas.
fn words(tex: &str) -> String {
    let text = without_tex(tex);
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let name = after.bytes().take_while(u8::is_ascii_alphabetic).count();
        out.push_str(if name > 0 { MISSING } else { "\\" });
        rest = &after[name..];
    }
    out.push_str(rest);
    out.replace(['{', '}'], "")
}

impl Labels {
    /// A citation as the paper prints it, by the command that makes it.
    fn shown(&self, mark: &Citation, command: &str) -> String {
        if mark.works.iter().all(|work| matches!(work, Cited::Number(_))) {
            return laid_out::numbers(&mark.works);
        }
        let keys: Vec<&str> = mark
            .works
            .iter()
            .filter_map(|work| match work {
                Cited::Key(key) => Some(key.as_str()),
                _ => None,
            })
            .collect();
        self.citation(command, &keys)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(tex: &str) -> Vec<String> {
        let page = page(tex.as_bytes()).unwrap();
        page.sections.iter().flat_map(|section| &section.passages).map(|passage| passage.text.clone()).collect()
    }

    #[test]
    fn a_paragraph_reads_as_it_is_printed() {
        for (tex, expected) in [
            (
                r"Milk~rose by {\bf 4\%}, ``more'' than \emph{we} thought---by far.",
                "Milk rose by 4%, “more” than we thought—by far.",
            ),
            (
                r"The herd's 1{,}200 cows gave $10^{4}$ l at $\alpha = 0.05$.",
                "The herd’s 1,200 cows gave 10^4 l at α = 0.05.",
            ),
            ("Cheese % not butter\n  keeps.%\n", "Cheese keeps."),
            (r"{\bf Results} The milk rose.", "The milk rose."),
            (r"\textbf{Milk} rose.", "Milk rose."),
            ("\\vspace{.2cm}\\noindent{\\bf Two words}\nWe rose.", "We rose."),
            ("\\vspace{.2cm}\n\\noindent{\\bf Two words} \\label{x} In it.", "In it."),
            (
                "It is\n\\begin{equation}\\label{e}\n  x^2,\n\\end{equation}\nwhere x is milk.",
                "It is x^2, where x is milk.",
            ),
            (r"It costs \$5 and $ x $ or \(y\).", "It costs $5 and x or y."),
            (r"We use \unknowncommand{x} here.", "We use […]x here."),
            (r#"Caf\'e and na\"ive `cows' of 1990--2000."#, "Café and naïve ‘cows’ of 1990–2000."),
        ] {
            assert_eq!(texts(tex), [expected], "{tex}");
        }
    }

    #[test]
    fn macros_of_the_paper_are_written_out() {
        let text = texts(
            r"\documentclass{article}\newcommand{\ours}{\textsc{Milk}\xspace}\newcommand\pair[2][no]{#1 and #2}\def\half#1{half of #1}
            \begin{document}\ours helps, and \ours, too: \pair{x}, \pair[y]{z}, \half{it}.\end{document}",
        );
        assert_eq!(text, ["Milk helps, and Milk, too: no and x, y and z, half of it."]);
    }

    #[test]
    fn references_are_numbered_and_citations_printed() {
        let text = texts(
            r"\begin{document}\section{Milk}\label{m}\subsection{Cheese}\label{c}
            As \citet{a} say \citep[see][p.~3]{a,b}, Section~\ref{c} and Table~\ref{t} (\cite{b}) of \citeauthor{a} \citeyear{b} hold.
            \begin{table}\caption{x}\label{t}\end{table}
            \begin{thebibliography}{9}\bibitem[{Ito et~al.(2020)Ito, Ono, and Abe}]{a} Ito. Milk. 2020.
            \bibitem[Berg(2021)]{b} Berg. Cheese. 2021.\end{thebibliography}\end{document}",
        );
        assert_eq!(
            text,
            [
                "As Ito et al. (2020) say (see Ito et al., 2020; Berg, 2021, p. 3), Section 1.1 and Table 1 (Berg (2021)) of Ito et al. 2021 hold."
            ]
        );
    }
}
