//! JATS (jats.nlm.nih.gov): the XML of PubMed Central, eLife, PLOS and many more.
//!
//! The tree says what is a paragraph, a section, a citation. What stands within a paragraph goes through [`markup::plain`], as
//! the abstracts of search records do, so that superscripts, MathML and TeX look alike wherever they come from.

mod table;

use super::{
    DEEPEST, Page, ReadError,
    outline::{Outline, Part},
    page, passage,
};
use crate::{
    draft::{Author, Entry, bibliography},
    paper::{Format, identifier},
    source::{markup, xml::without_doctype},
    text::{MISSING, unescape},
};
use roxmltree::{Document, Node, ParsingOptions};
use std::borrow::Cow;

/// Nodes of the largest text that is read; an article of 30 pages has some 10,000.
const MOST_NODES: u32 = 1_000_000;

/// Elements that hold blocks.
#[rustfmt::skip]
const CONTAINERS: &[&str] = &[
    "app-group", "boxed-text", "def", "def-item", "def-list", "disp-quote", "list", "list-item", "speech", "statement", "verse-group",
];

/// Elements that hold no running text of the paper itself.
#[rustfmt::skip]
const UNREAD: &[&str] = &[
    "ack", "array", "attrib", "caption", "code", "del", "fig", "fig-group", "fn", "fn-group", "glossary", "graphic", "label", "media",
    "notes", "object-id", "permissions", "preformat", "ref-list", "related-article", "s", "strike", "supplementary-material",
    "table", "table-wrap", "table-wrap-group", "title",
];

/// References of these kinds are marks that a reader passes over; others are words ("Figure 2") or citations.
const MARKS: &[&str] = &["aff", "author-notes", "corresp", "fn", "table-fn"];

/// A text's title and sections. A passage's anchor is the `id` of its paragraph, else of the nearest element around it that
/// has one.
pub(super) fn page(xml: &str) -> Result<Page, ReadError> {
    if page::deepest(xml) > DEEPEST {
        return Err(ReadError::TooDeep { limit: DEEPEST });
    }
    let xml = without_doctype(xml).ok_or(ReadError::Entities)?;
    let xml = with_known_entities(&xml);
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let malformed = |reason: String| ReadError::Malformed { format: Format::Jats, reason };
    let document = Document::parse_with_options(&xml, options).map_err(|error| malformed(error.to_string()))?;
    let article = document.descendants().find(|node| is(*node, "article"));
    let article = article.ok_or_else(|| malformed("it has no article".into()))?;

    let mut reader = Reader { xml: &xml, outline: Outline::default(), inline: String::new(), anchors: Vec::new() };
    let front = child(article, "front");
    let meta = front.map(|front| child(front, "article-meta").unwrap_or(front));
    let title = meta.and_then(|meta| meta.descendants().find(|node| is(*node, "article-title")));
    let title = title.map(|title| reader.line(title));
    if let Some(summary) = meta.and_then(abstract_of) {
        reader.outline.open(Part::Abstract);
        reader.summary(summary);
        reader.outline.close();
    }
    if let Some(body) = child(article, "body") {
        reader.blocks(body);
    }
    for app in child(article, "back").iter().flat_map(Node::descendants).filter(|node| is(*node, "app")) {
        reader.section(app, Part::Appendix);
    }
    for table in table::tables(article, &mut reader) {
        reader.outline.add_table(table);
    }
    let works =
        article.descendants().filter(|node| is(*node, "ref")).filter_map(|node| work(node, &mut reader)).collect();
    Ok(Page { works, ..reader.outline.finish(title)? })
}

/// A work of the list. Its number is that of its label.
fn work<'a>(node: Node<'a, 'a>, reader: &mut Reader<'a>) -> Option<Entry> {
    let within = |name: &'static str| node.descendants().find(move |inner| is(*inner, name));
    let label = within("label").map(|label| reader.line(label)).unwrap_or_default();
    let number = label.trim_matches(['[', ']', '(', ')', '.', ' ']).parse().ok();
    let Some(title) = within("article-title").or_else(|| within("chapter-title")).or_else(|| within("source")) else {
        let printed = within("mixed-citation").or_else(|| within("citation"))?;
        return bibliography::reference(&reader.line(printed), "", number);
    };
    let mut text = |node: Node<'a, 'a>| reader.line(node);
    let authors = node.descendants().filter(|inner| is(*inner, "name")).filter_map(|name| {
        let family = text(child(name, "surname")?);
        Some(Author { family, given: child(name, "given-names").map(&mut text).unwrap_or_default() })
    });
    let authors = authors.collect();
    let id = |kind: &str| {
        let named = |inner: &Node| is(*inner, "pub-id") && inner.attribute("pub-id-type") == Some(kind);
        node.descendants().find(named).and_then(|inner| inner.text()).map(str::trim)
    };
    let year = within("year").map(&mut text).and_then(|year| year.get(..4)?.parse().ok());
    Some(Entry {
        number,
        title: text(title),
        authors,
        more_authors: within("etal").is_some(),
        year,
        doi: id("doi").and_then(identifier::doi),
        arxiv_id: id("arxiv").and_then(identifier::arxiv_id),
        pmid: id("pmid").map(str::to_owned),
        ..Entry::default()
    })
}

/// With the names of characters that the document type would define (`&nbsp;`, `&agr;`) as characters; unknown ones are lost.
fn with_known_entities(xml: &str) -> Cow<'_, str> {
    let is_name = |rest: &str| {
        let end = rest.bytes().take(40).position(|b| b == b';')?;
        let name = &rest[1..end];
        let named = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric());
        (named && !matches!(name, "amp" | "lt" | "gt" | "quot" | "apos")).then_some(end + 1)
    };
    if !xml.match_indices('&').any(|(at, _)| is_name(&xml[at..]).is_some()) {
        return Cow::Borrowed(xml);
    }
    let mut known = String::with_capacity(xml.len());
    let mut rest = xml;
    while let Some(at) = rest.find('&') {
        known.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = is_name(rest).unwrap_or(1);
        let (reference, after) = rest.split_at(length);
        let character = unescape(reference);
        match length {
            1 => known.push('&'),
            _ if character == reference => known.push_str(MISSING),
            _ => known.push_str(&character.replace('&', "&amp;").replace('<', "&lt;")),
        }
        rest = after;
    }
    known.push_str(rest);
    Cow::Owned(known)
}

/// The paper's own summary: the one abstract without a type, else the first.
fn abstract_of<'a>(meta: Node<'a, 'a>) -> Option<Node<'a, 'a>> {
    let all = || meta.children().filter(|node| is(*node, "abstract"));
    all().find(|node| node.attribute("abstract-type").is_none()).or_else(|| all().next())
}

/// Whether an element is a reference to the list of works.
fn cites(node: Node) -> bool {
    node.attribute("ref-type") == Some("bibr")
}

fn is(node: Node, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

fn child<'a>(node: Node<'a, 'a>, name: &str) -> Option<Node<'a, 'a>> {
    node.children().find(|child| is(*child, name))
}

/// Walks the tree in document order and gathers passages.
struct Reader<'a> {
    /// The document, from which the paragraphs' markup is taken.
    xml: &'a str,
    outline: Outline,
    /// Markup of the passage being read.
    inline: String,
    /// `id`s of the open elements that have one.
    anchors: Vec<&'a str>,
}

impl<'a> Reader<'a> {
    /// A title in plain text.
    fn line(&mut self, node: Node<'a, 'a>) -> String {
        let before = std::mem::take(&mut self.inline);
        self.inlines(node);
        markup::plain(&std::mem::replace(&mut self.inline, before))
    }

    /// Nodes that follow each other in plain text.
    fn line_of(&mut self, nodes: &[Node<'a, 'a>]) -> String {
        let before = std::mem::take(&mut self.inline);
        for node in nodes {
            self.inline_of(*node);
        }
        markup::plain(&std::mem::replace(&mut self.inline, before))
    }

    /// The paragraphs of an abstract, whatever sections it has.
    fn summary(&mut self, node: Node<'a, 'a>) {
        for child in node.children() {
            match child.tag_name().name() {
                "sec" => self.summary(child),
                _ => self.block(child),
            }
        }
    }

    fn section(&mut self, node: Node<'a, 'a>, part: Part) {
        self.outline.open(part);
        let hint = node.attribute("sec-type");
        if let Some(title) = child(node, "title") {
            let heading = self.line(title);
            self.outline.head(&heading, hint);
        } else if let Some(hint) = hint {
            self.outline.head("", Some(hint));
        }
        self.within(node, Self::blocks);
        self.outline.close();
    }

    fn blocks(&mut self, node: Node<'a, 'a>) {
        for child in node.children() {
            self.block(child);
        }
    }

    fn block(&mut self, node: Node<'a, 'a>) {
        match node.tag_name().name() {
            "sec" => self.section(node, Part::Section),
            "p" | "verse-line" | "term" => self.within(node, |reader, node| {
                reader.inlines(node);
                reader.flush();
            }),
            name if CONTAINERS.contains(&name) => self.within(node, Self::blocks),
            _ => {}
        }
    }

    /// Goes into an element with its `id` as the anchor of what stands in it.
    fn within(&mut self, node: Node<'a, 'a>, read: impl FnOnce(&mut Self, Node<'a, 'a>)) {
        let open = self.anchors.len();
        self.anchors.extend(node.attribute("id"));
        read(self, node);
        self.anchors.truncate(open);
    }

    /// Takes in what stands in a paragraph; a list or a quotation in it ends the passage.
    fn inlines(&mut self, node: Node<'a, 'a>) {
        for child in node.children() {
            self.inline_of(child);
        }
    }

    fn inline_of(&mut self, node: Node<'a, 'a>) {
        if node.is_text() {
            self.inline.push_str(self.xml.get(node.range()).unwrap_or_default());
        } else if node.is_element() {
            self.element(node);
        }
    }

    fn element(&mut self, node: Node<'a, 'a>) {
        let name = node.tag_name().name();
        let has = |names: &[&str]| node.descendants().any(|node| names.iter().any(|name| is(node, name)));
        match name {
            _ if name == "p" || CONTAINERS.contains(&name) => {
                self.flush();
                self.block(node);
            }
            "math" | "tex-math" | "alternatives" | "inline-formula" | "disp-formula" if has(&["math", "tex-math"]) => {
                let formula = self.xml.get(node.range()).unwrap_or_default();
                self.inline.push_str(&formula.replace("<![CDATA[", "").replace("]]>", ""));
            }
            "disp-formula" | "inline-formula" if has(&["graphic", "inline-graphic"]) => self.inline.push_str(MISSING),
            "inline-graphic" | "inline-media" | "private-char" | "chem-struct" => self.inline.push_str(MISSING),
            _ if UNREAD.contains(&name) => self.inline.push(' '),
            "break" => self.inline.push(' '),
            "xref" if node.attribute("ref-type").is_some_and(|kind| MARKS.contains(&kind)) => {}
            // Raised numbers that cite, either way round.
            "xref" | "sup" if has(&["sup"]) && node.descendants().any(cites) => {
                let numbers: String =
                    node.descendants().filter_map(|node| node.text().filter(|_| node.is_text())).collect();
                let bare = numbers.trim().trim_matches(['[', ']', '(', ')']);
                self.inline.push_str(&format!("[{bare}]"));
            }
            "xref" if cites(node) => self.wrapped(node, "xref"),
            // Between two such numbers.
            "sup"
                if node.text().is_some_and(|text| !text.contains(char::is_alphanumeric))
                    && self.inline.ends_with(']') =>
            {
                self.inlines(node);
            }
            "sup" | "sub" => self.wrapped(node, name),
            _ => self.inlines(node),
        }
    }

    fn wrapped(&mut self, node: Node<'a, 'a>, name: &str) {
        self.inline.push_str(&format!("<{name}>"));
        self.inlines(node);
        self.inline.push_str(&format!("</{name}>"));
    }

    fn flush(&mut self) {
        let text = markup::plain(&std::mem::take(&mut self.inline));
        if let Some(passage) = passage(&text, self.anchors.last().map(|&anchor| anchor.to_owned())) {
            self.outline.add(passage);
        }
    }
}
