//! Bodies: from the text that came to JSON or XML, or to a [`ParseError`] that says what came instead.

use super::SourceId;
use crate::text::{count, normalize};
use serde_json::Value;

/// Largest body that is read, in bytes; the largest recorded answer of 100 records has 0.3 MB.
pub const MAX_BODY_BYTES: usize = 16 << 20;
/// Longest piece of a body that a message repeats, in characters.
const EXCERPT_CHARS: usize = 80;

/// Why a body could not be understood. Never to be read as "nothing found".
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// Longer than any honest answer.
    #[error("{} sent {bytes} bytes, more than the {MAX_BODY_BYTES} that are read", asked.name())]
    TooLarge {
        /// The source that sent the body.
        asked: SourceId,
        /// How much.
        bytes: usize,
    },
    /// A page for people: a login, a block, an error of a server in between.
    #[error("{} sent a web page instead of records: “{excerpt}”", asked.name())]
    WebPage {
        /// The source that sent the body.
        asked: SourceId,
        /// How it begins.
        excerpt: String,
    },
    /// Cut off, or not the format it should be.
    #[error("{} sent a body that cannot be read ({reason}): “{excerpt}”", asked.name())]
    Malformed {
        /// The source that sent the body.
        asked: SourceId,
        /// What the parser said.
        reason: String,
        /// How it begins.
        excerpt: String,
    },
    /// The source itself reports an error.
    #[error("{} refused: “{message}”", asked.name())]
    Refused {
        /// Who.
        asked: SourceId,
        /// In its words.
        message: String,
    },
    /// Readable, but without the part that holds the records.
    #[error("{} sent an answer without {missing}: “{excerpt}”", asked.name())]
    Unexpected {
        /// The source that sent the body.
        asked: SourceId,
        /// The part that is missing.
        missing: &'static str,
        /// How it begins.
        excerpt: String,
    },
    /// It counts records but sends none.
    #[error("{} counts {} but sent none", asked.name(), count(usize::try_from(*total).unwrap_or(usize::MAX), "record"))]
    EmptyPage {
        /// Who.
        asked: SourceId,
        /// What it counts.
        total: u64,
    },
    /// Records came, but none that could be cited.
    #[error("{} sent {}, none with a title and an address", asked.name(), count(*records, "record"))]
    NothingCitable {
        /// The source that sent the records.
        asked: SourceId,
        /// How many.
        records: usize,
    },
    /// The server searched for something else than was asked.
    #[error("{} rewrote the query and searched for “{echo}”", asked.name())]
    Rewritten {
        /// Who.
        asked: SourceId,
        /// The query as the server understood it.
        echo: String,
    },
}

/// The first 80 characters, without anything invisible.
pub(super) fn excerpt(text: &str) -> String {
    let start: String = text.chars().take(4 * EXCERPT_CHARS).collect();
    normalize(&start).chars().take(EXCERPT_CHARS).collect()
}

/// The body without a byte-order mark, once it is clear that it is neither too long nor a web page.
pub(super) fn open(asked: SourceId, body: &str) -> Result<&str, ParseError> {
    if body.len() > MAX_BODY_BYTES {
        return Err(ParseError::TooLarge { asked, bytes: body.len() });
    }
    let body = body.trim_start_matches('\u{feff}').trim();
    let start: String = body.chars().take(200).collect::<String>().to_ascii_lowercase();
    if start.starts_with("<!doctype html")
        || start.starts_with("<html")
        || (start.starts_with("<?xml") && start.contains("<html"))
    {
        return Err(ParseError::WebPage { asked, excerpt: excerpt(body) });
    }
    Ok(body)
}

/// The JSON object in a body, unless it is an error message. Nesting is bounded by `serde_json` (128 levels).
pub(super) fn json(asked: SourceId, body: &str) -> Result<Value, ParseError> {
    let body = open(asked, body)?;
    let value: Value = serde_json::from_str(body).map_err(|error| ParseError::Malformed {
        asked,
        reason: if error.is_eof() { "it ends in the middle".to_owned() } else { format!("no JSON: {error}") },
        excerpt: excerpt(body),
    })?;
    // OpenAlex {"error", "message"}, Semantic Scholar {"error"} or {"message", "code"}, DataCite {"errors":[{"title"}]},
    // Crossref {"status":"failed","message":[{"message"}]}.
    let said = [
        &value["message"],
        &value["error"],
        &value["errors"][0]["title"],
        &value["errors"],
        &value["message"][0]["message"],
    ];
    let refused = !value["error"].is_null()
        || !value["errors"].is_null()
        || value["message"].is_string()
        || value["message"].is_array();
    if refused {
        let message = said.iter().find_map(|said| said.as_str()).map_or_else(|| excerpt(body), excerpt);
        return Err(ParseError::Refused { asked, message });
    }
    Ok(value)
}

/// The records of an answer: an array; or none, where the answer counts none.
pub(super) fn records<'a>(
    asked: SourceId,
    body: &str,
    list: &'a Value,
    total: &Value,
    missing: &'static str,
) -> Result<&'a [Value], ParseError> {
    match (list.as_array().map(Vec::as_slice), total.as_u64()) {
        (Some([]), Some(total)) if total > 0 => Err(ParseError::EmptyPage { asked, total }),
        (Some(records), _) => Ok(records),
        (None, Some(0)) if list.is_null() => Ok(&[]),
        (None, _) => Err(ParseError::Unexpected { asked, missing, excerpt: excerpt(body) }),
    }
}

/// Text of a JSON value, where it is text.
pub(super) fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// Elements of a JSON array; none where it is no array.
pub(super) fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
