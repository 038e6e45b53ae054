//! The HTML that LaTeXML makes of TeX: `arxiv.org/html/<id>`, and ar5iv's older pages.
//!
//! Structure after LaTeXML's own output: `section.ltx_section > h2.ltx_title`, `div.ltx_para > p.ltx_p`,
//! `div.ltx_abstract`, `math[alttext]`, `cite.ltx_cite`. Two choices of ours:
//!
//! - A passage is a `ltx_para`, with its displayed equations in place, because sentences run across the `p`s.
//! - What a reader cannot see is not read: hidden, white and tiny text is where instructions to machines are put.

mod table;

use super::{
    DEEPEST, LARGEST, Page, ReadError,
    outline::{Outline, Part},
    page, passage,
};
use crate::{
    draft::{Entry, bibliography},
    paper::Section,
    text::{self, formula, normalize, script},
};
use scraper::{ElementRef, Html, Node, node::Element};

/// Elements that hold nothing to read as running text.
#[rustfmt::skip]
const UNREAD_ELEMENTS: &[&str] = &[
    "audio", "button", "del", "dialog", "figcaption", "figure", "footer", "form", "header", "iframe", "input", "nav", "noscript",
    "object", "pre", "s", "script", "select", "strike", "style", "template", "textarea", "video",
];

/// Classes, likewise.
#[rustfmt::skip]
const UNREAD_CLASSES: &[&str] = &[
    "ltx_TOC", "ltx_acknowledgements", "ltx_authors", "ltx_bibliography", "ltx_cancel", "ltx_caption",
    "ltx_classification", "ltx_date", "ltx_dates", "ltx_figure", "ltx_float", "ltx_glossary", "ltx_index", "ltx_keywords",
    "ltx_listing", "ltx_nodisplay", "ltx_note", "ltx_pagination", "ltx_phantom", "ltx_rdf", "ltx_role_newpage",
    "ltx_table", "ltx_tabular", "ltx_tag", "ltx_ulem_sout", "ltx_ulem_xout", "package-alerts", "sr-only", "visually-hidden",
];

/// What stands where LaTeXML or the browser shows something that is no text: an undefined macro, a picture in a line.
const LOST: &[&str] = &["ltx_ERROR", "ltx_picture"];

/// Longest run-in heading, in words.
const LONGEST_LEAD: usize = 8;

/// Classes of elements that are sections, and of their titles.
#[rustfmt::skip]
const SECTIONS: &[&str] = &[
    "ltx_appendix", "ltx_chapter", "ltx_paragraph", "ltx_part", "ltx_section", "ltx_subparagraph", "ltx_subsection",
    "ltx_subsubsection",
];
#[rustfmt::skip]
const TITLES: &[&str] = &[
    "ltx_title_appendix", "ltx_title_chapter", "ltx_title_paragraph", "ltx_title_part", "ltx_title_section",
    "ltx_title_subparagraph", "ltx_title_subsection", "ltx_title_subsubsection",
];

/// Class of the title of the whole document.
const DOCUMENT_TITLE: &str = "ltx_title_document";

/// The sections of a page, the abstract first, the rest in document order; each has at least one passage.
///
/// A passage's anchor is the `id` of its paragraph. Formulas stand as text where that says the same, else as
/// `$alttext$`; citations as printed. Left out: navigation, figures, tables, captions, footnotes, listings, the
/// bibliography, acknowledgements and everything hidden or struck out. Where LaTeXML did not know a macro, and where a
/// picture stands in a line, the text has [`text::MISSING`], and the sentence is not quoted. An appendix is kept as
/// [`crate::paper::SectionKind::Other`].
///
/// # Errors
/// [`ReadError`] where the page is too large or too deep, is not LaTeXML's, was cut off by a failed conversion, or
/// holds no paragraph.
pub fn sections(html: &str) -> Result<Vec<Section>, ReadError> {
    page(html).map(|page| page.sections)
}

/// A page's title and [`sections`].
///
/// # Errors
/// As [`sections`].
pub fn page(html: &str) -> Result<Page, ReadError> {
    if html.len() > LARGEST {
        return Err(ReadError::TooLarge { bytes: html.len(), limit: LARGEST });
    }
    // The parser's time grows with depth times length.
    if page::deepest(html) > DEEPEST {
        return Err(ReadError::TooDeep { limit: DEEPEST });
    }
    let tree = Html::parse_document(html).tree;
    // arXiv's own notices carry the class too ("package-alerts ltx_document"), ar5iv's older papers are a `div`.
    let is_document = |node: &Node| {
        node.as_element().is_some_and(|element| has_class(element, "ltx_document") && !is_unread(element))
    };
    let document = tree.nodes().find(|node| is_document(node.value())).ok_or(ReadError::NotLatexml)?;
    // Written into the page by arXiv's conversion where LaTeXML ended with a fatal error.
    if html.contains("Conversion to HTML had a Fatal error") {
        return Err(ReadError::ConversionFailed);
    }

    let mut reader = Reader::default();
    let mut node = document;
    loop {
        if reader.enter(node.value()) {
            if let Some(child) = node.first_child() {
                node = child;
                continue;
            }
            reader.leave(node.value());
        }
        while node != document && node.next_sibling().is_none() {
            let Some(parent) = node.parent() else { break };
            node = parent;
            reader.leave(node.value());
        }
        match node.next_sibling() {
            Some(sibling) if node != document => node = sibling,
            _ => break,
        }
    }
    let document = ElementRef::wrap(document);
    for table in document.map(table::tables).unwrap_or_default() {
        reader.outline.add_table(table);
    }
    let works = document.map_or_else(Vec::new, works);
    Ok(Page { works, ..reader.finish()? })
}

/// The list of works: an item of it has its mark, "[3]" or "Ito and Berg (2020)", apart from its text.
fn works(document: ElementRef) -> Vec<Entry> {
    fn within<'a>(element: ElementRef<'a>, class: &'static str) -> impl Iterator<Item = ElementRef<'a>> {
        let elements = element.descendants().filter_map(ElementRef::wrap);
        elements.filter(move |inner| has_class(inner.value(), class))
    }
    let text_of = |element: ElementRef| normalize(&element.text().collect::<Vec<&str>>().join(""));
    let item = |item: ElementRef| {
        let mark = within(item, "ltx_tag_bibitem").next().map(text_of).unwrap_or_default();
        let blocks: Vec<String> = within(item, "ltx_bibblock").map(text_of).collect();
        let number = mark.trim_matches(['[', ']', '.', ' ']).parse().ok();
        bibliography::reference(&blocks.join(" "), "", number)
    };
    within(document, "ltx_bibitem").filter_map(item).collect()
}

/// Walks the tree in document order and gathers text.
#[derive(Default)]
struct Reader {
    outline: Outline,
    /// `id`s of the open paragraphs, outermost first.
    paragraphs: Vec<Option<String>>,
    /// Open `ltx_p`s.
    lines: usize,
    /// Open equations.
    equations: usize,
    /// Text of the passage being read.
    text: String,
    /// Text of the heading being read.
    heading: Option<String>,
    /// The document's title.
    title: Option<String>,
    /// Length of the bold or italic words that the text starts with.
    lead: Option<usize>,
    /// True right after a footnote.
    after_note: bool,
    /// Where the open citations and superscripts start in the current text.
    marks: Vec<usize>,
}

impl Reader {
    /// Takes in the start of a node; false where the node is not to be entered.
    fn enter(&mut self, node: &Node) -> bool {
        let element = match node {
            Node::Text(text) => {
                self.write(text);
                return true;
            }
            Node::Element(element) => element,
            _ => return false,
        };
        if is_lost(element) && !page::is_hidden(element) {
            self.write_missing();
            return false;
        }
        if is_unread(element) {
            if is_table(element) {
                self.write(" ");
            }
            self.after_note |= has_class(element, "ltx_note");
            return false;
        }
        match element.name() {
            "math" => {
                self.write_formula(element);
                return false;
            }
            "table" if !is_equation(element) => return false,
            "br" => self.write(" "),
            "cite" | "sup" | "sub" => {
                let mark = self.target().len();
                self.marks.push(mark);
            }
            _ => {}
        }
        if is_title(element) || has_class(element, DOCUMENT_TITLE) {
            self.heading = Some(String::new());
        } else if has_class(element, "ltx_title") {
            return false;
        }
        if let Some(part) = part(element) {
            self.flush(None);
            self.outline.open(part);
        }
        if is_paragraph(element) {
            self.flush(None);
            self.paragraphs.push(element.id().map(str::to_owned));
        }
        if has_class(element, "ltx_p") {
            self.lines += 1;
        }
        if is_equation(element) {
            self.equations += 1;
            self.text.push(' ');
        }
        true
    }

    /// Takes in the end of a node that was entered.
    fn leave(&mut self, node: &Node) {
        let Some(element) = node.as_element() else { return };
        if is_equation(element) {
            self.equations -= 1;
            self.text.push(' ');
        }
        if has_class(element, "ltx_p") {
            self.lines -= 1;
            self.text.push(' ');
            if self.paragraphs.is_empty() {
                self.flush(element.id());
            }
        }
        if is_paragraph(element) {
            self.flush(None);
            self.paragraphs.pop();
        }
        if part(element).is_some() {
            self.flush(None);
            self.outline.close();
        }
        if is_title(element) {
            self.outline.head(&self.heading.take().unwrap_or_default(), None);
        } else if has_class(element, DOCUMENT_TITLE) {
            self.title = self.heading.take();
        }
        if has_class(element, "ltx_text") || has_class(element, "ltx_emph") {
            let bold = has_class(element, "ltx_font_bold");
            if bold || has_class(element, "ltx_font_italic") {
                self.close_font(bold);
            }
        }
        match element.name() {
            "cite" => self.close_citation(),
            "sup" => self.close_script(script::raise),
            "sub" => self.close_script(script::lower),
            _ => {}
        }
    }

    fn finish(mut self) -> Result<Page, ReadError> {
        self.flush(None);
        self.outline.finish(self.title)
    }

    fn target(&mut self) -> &mut String {
        self.heading.as_mut().unwrap_or(&mut self.text)
    }

    fn write(&mut self, text: &str) {
        if self.heading.is_some() || self.lines > 0 {
            let after_note = std::mem::take(&mut self.after_note);
            let target = self.target();
            // "…gradients <footnote>." left a space.
            if after_note && text.starts_with(['.', ',', ';', ')']) {
                target.truncate(target.trim_end().len());
            }
            target.push_str(text);
        }
    }

    /// Notes the end of bold or italic words: at the start of a passage they may be a heading.
    fn close_font(&mut self, bold: bool) {
        let is_heading = |words: &str| bold || words.ends_with(['.', ':']);
        if self.lead.is_none() && is_heading(self.text.trim()) && self.text.split_whitespace().count() <= LONGEST_LEAD {
            self.lead = Some(self.text.len());
        }
    }

    fn write_formula(&mut self, element: &Element) {
        if (self.heading.is_some() || self.lines > 0 || self.equations > 0)
            && let Some(tex) = element.attr("alttext")
            && !tex.trim().is_empty()
        {
            let formula = formula::inline(tex);
            self.target().push_str(&formula);
        } else if element.attr("alttext").is_none() {
            self.write_missing();
        }
    }

    /// Marks that something of the running text could not be read.
    fn write_missing(&mut self) {
        if self.heading.is_none() && self.lines > 0 {
            let target = self.target();
            if target.ends_with(char::is_alphanumeric) {
                target.push(' ');
            }
            target.push_str(text::MISSING);
        }
    }

    /// Ends a passage and keeps it in the innermost open section.
    fn flush(&mut self, anchor: Option<&str>) {
        self.marks.clear();
        let mut read = std::mem::take(&mut self.text);
        // A run-in heading, "**Results** The …", would be read as part of its first sentence.
        if let Some(lead) = self.lead.take()
            && read.get(lead..).is_some_and(|rest| rest.trim_start().starts_with(char::is_uppercase))
        {
            read.drain(..lead);
        }
        let anchor = self.paragraphs.iter().rev().flatten().next().cloned().or(anchor.map(str::to_owned));
        if let Some(passage) = passage(&read, anchor) {
            self.outline.add(passage);
        }
    }

    /// Natbib's leftovers out, and bare superscript numbers into brackets.
    fn close_citation(&mut self) {
        let Some(mark) = self.marks.pop() else { return };
        let target = self.target();
        let Some(citation) = target.get(mark..) else { return };
        let tidy = citation.replace(", ,", ",").replace(", )", ")").replace(", ]", "]").replace(", ;", ";");
        let bare = tidy.trim().trim_start_matches('^');
        let numeric =
            !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '-' | '–' | ' '));
        let tidy = if numeric { format!("[{bare}]") } else { tidy };
        target.truncate(mark);
        target.push_str(&tidy);
    }

    /// Writes a superscript or subscript so that it does not join a number before it.
    fn close_script(&mut self, write: fn(&mut String, usize)) {
        let Some(mark) = self.marks.pop() else { return };
        write(self.target(), mark);
    }
}

fn has_class(element: &Element, class: &str) -> bool {
    element.classes().any(|found| found == class)
}

fn has_class_of(element: &Element, classes: &[&str]) -> bool {
    element.classes().any(|found| classes.contains(&found))
}

fn is_title(element: &Element) -> bool {
    has_class_of(element, TITLES)
}

fn is_paragraph(element: &Element) -> bool {
    has_class_of(element, &["ltx_para", "ltx_item"])
}

fn part(element: &Element) -> Option<Part> {
    if has_class(element, "ltx_abstract") {
        Some(Part::Abstract)
    } else if has_class(element, "ltx_appendix") {
        Some(Part::Appendix)
    } else {
        has_class_of(element, SECTIONS).then_some(Part::Section)
    }
}

fn is_unread(element: &Element) -> bool {
    // `pre` is a listing; code in a line is text.
    UNREAD_ELEMENTS.contains(&element.name()) || has_class_of(element, UNREAD_CLASSES) || page::is_hidden(element)
}

/// Whether something stands here that a reader sees and that is no text.
fn is_lost(element: &Element) -> bool {
    let is_picture = element.name() == "img"
        && element.attr("alt").is_none_or(|alt| alt.trim().len() < 2 || alt.starts_with("Refer"));
    has_class_of(element, LOST) || element.name() == "svg" || is_picture
}

/// A table that is no equation, made of whatever elements.
fn is_table(element: &Element) -> bool {
    has_class(element, "ltx_tabular")
}

/// A displayed equation, or a group of them: LaTeXML lays both out as tables.
fn is_equation(element: &Element) -> bool {
    element.name() != "tr" && element.name() != "tbody" && has_class_of(element, &["ltx_equation", "ltx_equationgroup"])
}
