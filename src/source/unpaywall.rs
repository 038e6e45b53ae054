//! Unpaywall `/v2/{doi}`: where open copies of a work lie. It takes an e-mail address with every request, which whoever sends the
//! request adds (`email=`), so that it is in nothing that is kept or told; it is asked only where a reader gave one.

use super::{body::text, full_text, record::in_path};
use crate::{
    paper::{FullText, identifier},
    request::{Request, Server},
};
use serde_json::Value;

/// Its host.
pub(super) const HOST: &str = "api.unpaywall.org";

/// The request for the open copies of a work by its DOI. Of one that it does not know it answers with HTTP 404; where the e-mail
/// address is none that it takes, with 422.
#[must_use]
pub fn request(doi: &str) -> Request {
    Request { url: format!("https://{HOST}/v2/{}", in_path(doi)), server: Server::FullText(HOST.into()) }
}

/// The full texts that a record leads to; `None` where the body is no record.
#[must_use]
pub fn full_texts(body: &str) -> Option<Vec<FullText>> {
    let record: Value = serde_json::from_str(body).ok()?;
    let places = record["oa_locations"].as_array().filter(|_| record["doi"].is_string())?;
    let places = || std::iter::once(&record["best_oa_location"]).chain(places);
    let addresses = || {
        places()
            .flat_map(|place| [&place["url_for_pdf"], &place["url_for_landing_page"], &place["url"]])
            .filter_map(text)
    };
    let arxiv_id = addresses().filter(|url| url.contains("arxiv.org")).find_map(|url| identifier::arxiv_id(&url));
    let pmcid = addresses().filter(|url| url.contains("/pmc/")).find_map(|url| identifier::pmcid(&url));
    let pdfs: Vec<String> = places().filter_map(|place| text(&place["url_for_pdf"])).collect();
    Some(full_text::of(arxiv_id.as_deref(), pmcid.as_deref(), &pdfs))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Format;

    #[test]
    fn it_is_asked_by_doi_and_the_request_names_nobody() {
        assert_eq!(request("10.9999/gears(1)<2>").url, "https://api.unpaywall.org/v2/10.9999/gears(1)%3C2%3E");
    }

    #[test]
    fn open_copies_are_tried_as_those_that_sources_know() {
        let body = r#"{"doi":"10.9999/gears","best_oa_location":{"url_for_pdf":"https://gears.org/a.pdf"},"oa_locations":[
            {"url_for_pdf":"https://gears.org/a.pdf"},
            {"url":"https://arxiv.org/pdf/2001.00001","url_for_pdf":"https://arxiv.org/pdf/2001.00001"},
            {"url":"https://www.ncbi.nlm.nih.gov/pmc/articles/PMC123","url_for_pdf":null},
            {"url_for_pdf":"ftp://gears.org/a.pdf"}]}"#;
        let texts: Vec<(Format, String)> =
            full_texts(body).unwrap().into_iter().map(|text| (text.format, text.url)).collect();
        assert!(texts.contains(&(Format::Html, "https://arxiv.org/html/2001.00001".into())), "{texts:?}");
        assert!(texts.iter().any(|(format, url)| *format == Format::Jats && url.contains("id=123&")), "{texts:?}");
        let pdfs: Vec<&str> =
            texts.iter().filter(|(format, _)| *format == Format::Pdf).map(|(_, url)| url.as_str()).collect();
        assert!(pdfs.contains(&"https://gears.org/a.pdf") && pdfs.iter().all(|url| url.starts_with("https://")));
    }

    #[test]
    fn no_copy_is_an_answer_and_anything_else_is_none() {
        assert_eq!(
            full_texts(r#"{"doi":"10.9999/gears","best_oa_location":null,"oa_locations":[]}"#),
            Some(Vec::new())
        );
        for body in ["", "{}", "[]", "<html>", r#"{"HTTP_status_code":422,"error":true,"message":"no"}"#] {
            assert_eq!(full_texts(body), None, "{body}");
        }
    }
}
