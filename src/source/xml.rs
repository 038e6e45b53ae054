//! XML bodies: without a document type, which names a file elsewhere that is never fetched.

use super::{SourceId, body, body::ParseError};
use roxmltree::{Document, Node, ParsingOptions};
use std::borrow::Cow;

/// Nodes of the largest body that is read. A recorded feed of 100 entries has under 10,000; 176 records of PubMed have some
/// 60,000, and newer ones list their references too.
const MAX_NODES: u32 = 500_000;

/// Without the document type; `None` where that defines entities of its own, which can grow without bound.
pub(crate) fn without_doctype(xml: &str) -> Option<Cow<'_, str>> {
    let Some(start) = xml.find("<!DOCTYPE") else { return Some(Cow::Borrowed(xml)) };
    let rest = &xml[start..];
    let (end, inner) = match (rest.find('>'), rest.find('[')) {
        (Some(close), Some(open)) if open < close => {
            let end = rest.find("]>").or_else(|| rest.find("] >").map(|at| at + 1)).unwrap_or(rest.len());
            (end + 2, &rest[open..end])
        }
        (Some(close), _) => (close + 1, ""),
        (None, _) => (rest.len(), rest),
    };
    let rest = rest.get(end..).unwrap_or_default();
    (!inner.contains("<!ENTITY")).then(|| Cow::Owned(format!("{}{rest}", &xml[..start])))
}

/// The tree of a body; one with a document type is refused.
pub(super) fn document(asked: SourceId, text: &str) -> Result<Document<'_>, ParseError> {
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MAX_NODES, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|error| ParseError::Malformed {
        asked,
        reason: format!("no XML: {}", body::excerpt(&error.to_string())),
        excerpt: body::excerpt(text),
    })
}

/// All text within an element.
pub(super) fn text(node: Node) -> String {
    node.descendants().filter_map(|node| node.text().filter(|_| node.is_text())).collect()
}
