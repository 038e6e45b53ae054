//! `arxiv.org/html/<id>`: full texts as HTML, readable from a browser where there is one.
//!
//! A paper without TeX source, or from before December 2023, mostly has none; the 404 carries no CORS header, so the
//! browser reports it as a failed fetch.

use super::SourceId;
use crate::request::Request;

/// The full text of an arXiv id (no version: the newest). No `.pdf`, no query string: those are redirected without
/// CORS headers.
#[must_use]
pub fn request(arxiv_id: &str) -> Request {
    Request { url: format!("https://arxiv.org/html/{arxiv_id}"), source: SourceId::ArxivHtml }
}
