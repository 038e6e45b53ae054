//! Full texts by the ids and addresses that sources give: where each lies, and the request for it.
//!
//! What a page may read (headers as sent in 2026): arxiv.org sends CORS headers with `/html/`, `/src/` and `/pdf/` of an id,
//! but not with redirects, so that no address may end in `.pdf` or have a query, nor with a 404; NCBI's E-utilities send them
//! with everything; publishers' hosts mostly do not.

use super::{
    Courtesy,
    pubmed::{EUTILS, MIN_INTERVAL_MS, TOOL},
    unpaywall,
};
use crate::{
    paper::{Format, FullText, identifier},
    request::{Request, Server},
};
use std::collections::BTreeSet;

/// NCBI's E-utilities, which have the open part of PubMed Central as JATS.
const NCBI: &str = "eutils.ncbi.nlm.nih.gov";

/// The full texts of a work with these ids (an arXiv id without version; a PMCID), and open copies of it as PDF, by their
/// addresses as told.
pub(super) fn of(arxiv_id: Option<&str>, pmcid: Option<&str>, open_copies: &[String]) -> Vec<FullText> {
    let mut found = Vec::new();
    let mut add = |format, url: String, page| found.push(FullText { format, url, page });
    if let Some(id) = arxiv_id {
        let html = format!("https://arxiv.org/html/{id}");
        add(Format::Html, html.clone(), Some(html));
    }
    if let Some(id) = pmcid {
        let digits = id.trim_start_matches("PMC");
        let page = format!("https://pmc.ncbi.nlm.nih.gov/articles/{id}/");
        add(Format::Jats, format!("{EUTILS}/efetch.fcgi?db=pmc&id={digits}&{TOOL}"), Some(page));
    }
    if let Some(id) = arxiv_id {
        add(Format::Tex, format!("https://arxiv.org/src/{id}"), None);
        add(Format::Pdf, format!("https://arxiv.org/pdf/{id}"), None);
    }
    // arXiv's own are known by the id, and under addresses that a page may read.
    let is_copy = |url: &String| url.starts_with("https://") && identifier::arxiv_id(url).is_none();
    let mut copies: Vec<String> =
        open_copies.iter().filter_map(|url| identifier::web_address(url)).filter(is_copy).collect();
    let mut seen = BTreeSet::new();
    copies.retain(|url| seen.insert(url.clone()));
    for url in copies {
        add(Format::Pdf, url, None);
    }
    found
}

/// The request for a full text.
#[must_use]
pub fn request(text: &FullText) -> Request {
    Request { url: text.url.clone(), server: Server::FullText(text.host().to_owned()) }
}

/// The manners that a host of full texts asks for.
pub(super) fn courtesy(host: &str) -> Courtesy {
    let (min_interval_ms, max_retries) = match host {
        NCBI => (MIN_INTERVAL_MS, 1),
        // 100,000 a day (unpaywall.org/products/api); one at a time is polite enough.
        unpaywall::HOST => (200, 1),
        // No published limit: read like a person. A failure mostly means that there is no such version.
        _ => (1_000, 0),
    };
    Courtesy { min_interval_ms, max_retries, counts_failures: false, max_records: 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_lead_to_full_texts_that_a_page_may_read() {
        let texts = of(Some("hep-th/9901001"), Some("PMC123"), &["https://a.org/b.pdf".into()]);
        let listed: Vec<(Format, &str)> = texts.iter().map(|text| (text.format, text.url.as_str())).collect();
        assert_eq!(
            listed,
            [
                (Format::Html, "https://arxiv.org/html/hep-th/9901001"),
                (Format::Jats, "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/efetch.fcgi?db=pmc&id=123&tool=probatum"),
                (Format::Tex, "https://arxiv.org/src/hep-th/9901001"),
                (Format::Pdf, "https://arxiv.org/pdf/hep-th/9901001"),
                (Format::Pdf, "https://a.org/b.pdf"),
            ]
        );
        assert_eq!(texts[1].page.as_deref(), Some("https://pmc.ncbi.nlm.nih.gov/articles/PMC123/"));
        assert_eq!(request(&texts[1]).server, Server::FullText("eutils.ncbi.nlm.nih.gov".into()));
    }
}
