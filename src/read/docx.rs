//! DOCX: the main part of a word processor's document (Office Open XML, ECMA-376 part 1, 17.3). Headings are told by their
//! style, in whatever language the style's id is; text boxes, notes, deleted and hidden text are left out.

mod table;

use super::{
    DEEPEST, Page, ReadError, archive,
    outline::{Outline, Part},
    page, passage,
    table::Written,
};
use crate::{
    paper::Format,
    text::{MISSING, charset, script},
};
use roxmltree::{Document, Node, ParsingOptions};
use std::collections::BTreeMap;

/// The main part.
pub(super) const DOCUMENT: &str = "word/document.xml";
/// Nodes of the largest document that is read; a page has some 1,000.
const MOST_NODES: u32 = 3_000_000;
/// Longest paragraph in bold type that is a heading, in words.
const LONGEST_HEADING: usize = 8;
/// Level of a heading that only its bold type tells.
const BOLD_LEVEL: usize = 7;

/// What a paragraph is.
enum Role {
    Title,
    Heading(usize),
    Text,
    /// A caption, an entry of the table of contents.
    Unread,
}

/// A document's title and sections.
pub(super) fn page(bytes: &[u8]) -> Result<Page, ReadError> {
    let main = archive::unzipped(bytes, DOCUMENT, Format::Docx)?;
    let styles = archive::unzipped(bytes, "word/styles.xml", Format::Docx).unwrap_or_default();
    let main = charset::decode(&main);
    let document = parsed(&main)?;
    let styles = parsed(&charset::decode(&styles)).map(|styles| names(&styles)).unwrap_or_default();
    let body = document.descendants().find(|node| is(*node, "body"));
    let body = body.ok_or(ReadError::Malformed { format: Format::Docx, reason: "it has no body".into() })?;

    let mut reader = Reader { styles, outline: Outline::default(), title: None, caption: String::new(), table: None };
    reader.blocks(body);
    reader.close_table();
    reader.outline.finish(reader.title)
}

/// Everything that a document prints outside tables, its list of works included, as plain text with blank lines between the
/// paragraphs: a draft to be checked.
pub(super) fn draft(bytes: &[u8]) -> Result<String, ReadError> {
    let main = archive::unzipped(bytes, DOCUMENT, Format::Docx)?;
    let main = charset::decode(&main);
    let document = parsed(&main)?;
    let in_table = |node: &Node| node.ancestors().any(|above| is(above, "tbl") || is(above, "txbxContent"));
    let paragraphs = document.descendants().filter(|node| is(*node, "p") && !in_table(node));
    let texts: Vec<String> = paragraphs
        .map(|node| {
            let mut text = String::new();
            runs(node, &mut text, &mut false);
            text
        })
        .collect();
    if texts.iter().all(|text| text.trim().is_empty()) {
        return Err(ReadError::Empty);
    }
    Ok(texts.join("\n\n"))
}

fn parsed(xml: &str) -> Result<Document<'_>, ReadError> {
    if page::deepest(xml) > DEEPEST {
        return Err(ReadError::TooDeep { limit: DEEPEST });
    }
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    Document::parse_with_options(xml, options).map_err(|error| match error {
        roxmltree::Error::DtdDetected => ReadError::Entities,
        error => ReadError::Malformed { format: Format::Docx, reason: error.to_string() },
    })
}

/// Names of paragraph styles by their ids, in lower case: ids are translated ("berschrift1"), these names are not.
fn names(styles: &Document) -> BTreeMap<String, String> {
    let named = styles.descendants().filter(|node| is(*node, "style"));
    named
        .filter_map(|style| Some((value(style, "styleId")?, value(child(style, "name")?, "val")?.to_lowercase())))
        .collect()
}

fn is(node: Node, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

fn child<'a>(node: Node<'a, 'a>, name: &str) -> Option<Node<'a, 'a>> {
    node.children().find(|child| is(*child, name))
}

/// The value of an attribute, whatever its namespace.
fn value(node: Node, name: &str) -> Option<String> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value().to_owned())
}

/// Whether a property of a run is on.
fn is_on(node: Node, name: &str) -> bool {
    let on =
        |property: Node| value(property, "val").is_none_or(|value| !matches!(value.as_str(), "0" | "false" | "none"));
    child_of(node, name).is_some_and(on)
}

/// A property of a run or a paragraph.
fn child_of<'a>(node: Node<'a, 'a>, name: &str) -> Option<Node<'a, 'a>> {
    node.children()
        .filter(|child| is(*child, "rPr") || is(*child, "pPr"))
        .find_map(|properties| child(properties, name))
}

struct Reader {
    styles: BTreeMap<String, String>,
    outline: Outline,
    title: Option<String>,
    /// The paragraph right before, where it is the caption of a table.
    caption: String,
    /// A table whose caption may follow.
    table: Option<Written>,
}

/// Longest paragraph that is taken for a caption, in words.
const LONGEST_CAPTION: usize = 80;

impl Reader {
    fn blocks(&mut self, node: Node) {
        for child in node.children() {
            match child.tag_name().name() {
                "p" => self.paragraph(child),
                "tbl" => {
                    self.close_table();
                    let (name, caption) = named(&std::mem::take(&mut self.caption));
                    self.table = Some(Written { name, caption, ..table::written(child) });
                }
                "sdt" | "sdtContent" | "ins" | "customXml" => self.blocks(child),
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, node: Node) {
        let mut text = String::new();
        let mut bold = true;
        runs(node, &mut text, &mut bold);
        self.around_table(text.trim());
        match self.role(node, text.trim(), bold) {
            Role::Title if self.title.is_none() => self.title = Some(text),
            Role::Title | Role::Unread => {}
            Role::Heading(level) => {
                let is_abstract =
                    matches!(text.trim().to_lowercase().trim_end_matches([':', '.']), "abstract" | "summary");
                let part = if is_abstract { Part::Abstract } else { Part::Section };
                self.outline.start(level, part, &text);
            }
            Role::Text => {
                if let Some(passage) = passage(&text, None) {
                    self.outline.add(passage);
                }
            }
        }
    }

    /// Takes a paragraph for the caption of a table before or behind it, where it is one.
    fn around_table(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let (name, words) = named(text);
        let is_caption = !name.is_empty() && !words.is_empty() && words.split_whitespace().count() <= LONGEST_CAPTION;
        match &mut self.table {
            Some(table) if is_caption && table.caption.is_empty() => (table.name, table.caption) = (name, words),
            _ => self.caption = if is_caption { text.to_owned() } else { String::new() },
        }
        self.close_table();
    }

    fn close_table(&mut self) {
        if let Some(table) = self.table.take() {
            self.outline.add_table(table);
        }
    }

    fn role(&self, node: Node, text: &str, bold: bool) -> Role {
        let id = child_of(node, "pStyle").and_then(|style| value(style, "val")).unwrap_or_default();
        let style = self.styles.get(&id).cloned().unwrap_or_else(|| id.to_lowercase());
        let outlined = child_of(node, "outlineLvl").and_then(|level| value(level, "val")?.parse::<usize>().ok());
        let level = style.strip_prefix("heading").and_then(|level| level.trim().parse().ok());
        match (style.as_str(), level.or(outlined.filter(|&level| level < 9).map(|level| level + 1))) {
            ("title", _) => Role::Title,
            (_, Some(level)) => Role::Heading(level),
            ("caption" | "table of figures" | "bibliography", _) => Role::Unread,
            (name, _) if name.starts_with("toc") => Role::Unread,
            _ => {
                let words = text.split_whitespace().count();
                let is_heading =
                    bold && (1..=LONGEST_HEADING).contains(&words) && !text.ends_with(['.', ',', ';', '?', '!']);
                if is_heading { Role::Heading(BOLD_LEVEL) } else { Role::Text }
            }
        }
    }
}

/// "Table 2. Results" as the name of a table and its caption; of any other text nothing.
fn named(text: &str) -> (String, String) {
    let rest =
        text.strip_prefix("Table").or_else(|| text.strip_prefix("TABLE")).map(str::trim_start).unwrap_or_default();
    let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(0);
    let (number, words) = rest.split_at(end);
    // "Table 2 shows …" is running text.
    let is_named = number.contains(|c: char| c.is_ascii_digit())
        || number.chars().all(|c| "IVX".contains(c)) && !number.is_empty();
    match words.trim_start().strip_prefix([':', '.', '|', '–', '—', '-']) {
        Some(words) if is_named => (format!("Table {number}"), words.trim().to_owned()),
        _ => (String::new(), String::new()),
    }
}

/// Writes the text of a paragraph's runs; `bold` stays true where every word is in bold type.
fn runs(node: Node, out: &mut String, bold: &mut bool) {
    for child in node.children() {
        match child.tag_name().name() {
            "r" if is_on(child, "vanish") || is_on(child, "strike") || is_on(child, "dstrike") => {}
            "r" => {
                let mark = out.len();
                run(child, out);
                let wrote = out[mark..].contains(char::is_alphanumeric);
                *bold &= !wrote || is_on(child, "b");
                match child_of(child, "vertAlign").and_then(|align| value(align, "val")).as_deref() {
                    Some("superscript") => script::raise(out, mark),
                    Some("subscript") => script::lower(out, mark),
                    _ => {}
                }
            }
            "oMath" | "oMathPara" => {
                *bold = false;
                out.push_str(&formula(child));
            }
            "hyperlink" | "ins" | "smartTag" | "sdt" | "sdtContent" | "fldSimple" | "moveTo" | "bdo" | "dir" => {
                runs(child, out, bold);
            }
            // What was deleted or moved away, marks, text boxes.
            _ => {}
        }
    }
}

fn run(node: Node, out: &mut String) {
    for child in node.children() {
        match child.tag_name().name() {
            "t" => out.push_str(child.text().unwrap_or_default()),
            "tab" | "br" | "cr" => out.push(' '),
            "noBreakHyphen" => out.push('-'),
            // A character of a symbol font, or a picture in the line.
            "sym" => out.push_str(MISSING),
            _ => {}
        }
    }
}

/// A formula (Office Math, ECMA-376 part 1, 22.1) as a reader would type it.
fn formula(node: Node) -> String {
    let of = |name: &str| child(node, name).map(formula).unwrap_or_default();
    match node.tag_name().name() {
        "t" => node.text().unwrap_or_default().to_owned(),
        "f" => format!("{}/{}", bracketed(&of("num")), bracketed(&of("den"))),
        "sSup" => format!("{}^{}", of("e"), scripted(&of("sup"))),
        "sSub" => format!("{}_{}", of("e"), scripted(&of("sub"))),
        "sSubSup" => format!("{}_{}^{}", of("e"), scripted(&of("sub")), scripted(&of("sup"))),
        "rad" => format!("√{}", bracketed(&of("e"))),
        "d" => {
            format!("({})", node.children().filter(|child| is(*child, "e")).map(formula).collect::<Vec<_>>().join(", "))
        }
        // Sums, matrices, stacked signs have no form in a line.
        "nary" | "m" | "eqArr" | "limLow" | "limUpp" | "groupChr" | "acc" | "bar" => MISSING.to_owned(),
        _ => node.children().map(formula).collect(),
    }
}

fn bracketed(text: &str) -> String {
    if text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '^')) {
        text.to_owned()
    } else {
        format!("({text})")
    }
}

fn scripted(text: &str) -> String {
    if script::is_simple(text) { text.to_owned() } else { format!("({text})") }
}
