//! What a source says of one work, before it becomes a [`Paper`]: the one place where ids, addresses and text are checked.

use super::{SourceId, markup};
use crate::{
    paper::{Paper, PaperId, Reading, identifier, title},
    text::normalize,
};

/// Years that a work may bear: print to the near future. Sources send 0 and 9999 for "unknown".
const YEARS: std::ops::RangeInclusive<i64> = 1450..=2100;

/// A record as sent, fields unchecked.
#[derive(Default)]
pub(super) struct Found {
    /// The source's own id, already checked by its parser.
    pub native_id: Option<String>,
    /// Title, with markup.
    pub title: String,
    /// Subtitle, with markup, where it is kept apart.
    pub subtitle: Option<String>,
    /// "Given Family" or "Family, Given".
    pub authors: Vec<String>,
    /// Year of publication.
    pub year: Option<i64>,
    /// Journal, conference or repository.
    pub venue: Option<String>,
    /// In any form.
    pub doi: Option<String>,
    /// In any form.
    pub arxiv_id: Option<String>,
    /// Where the source itself shows the work.
    pub address: Option<String>,
    /// With markup.
    pub abstract_text: Option<String>,
    /// The source says that it was taken back.
    pub retracted: bool,
}

impl Found {
    /// The paper; `None` without a title, or where nothing leads a reader to the work.
    pub(super) fn paper(self, source: SourceId) -> Option<Paper> {
        let title = full_title(&markup::plain(&self.title), self.subtitle.as_deref());
        if title.is_empty() {
            return None;
        }
        let doi = self.doi.as_deref().and_then(identifier::doi);
        let arxiv_id = doi
            .as_deref()
            .and_then(identifier::arxiv_of_doi)
            .or_else(|| self.arxiv_id.as_deref().and_then(identifier::arxiv_id));
        let id = match (&doi, &arxiv_id, &self.native_id) {
            (Some(doi), _, _) => format!("doi:{doi}"),
            (None, Some(id), _) => format!("arxiv:{id}"),
            (None, None, Some(id)) => format!("{}:{id}", source.id()),
            (None, None, None) => return None,
        };
        let url = doi
            .as_deref()
            .map(identifier::doi_address)
            .or_else(|| arxiv_id.as_deref().map(identifier::arxiv_address))
            .or_else(|| self.address.as_deref().and_then(identifier::web_address))?;
        let abstract_text = self.abstract_text.as_deref().and_then(markup::abstract_text);
        Some(Paper {
            id: PaperId(id),
            retracted: self.retracted
                || title::says_retracted(&title)
                || abstract_text.as_deref().is_some_and(says_withdrawn),
            title,
            authors: self.authors.iter().filter_map(|name| author(name)).collect(),
            year: self.year.filter(|year| YEARS.contains(year)).and_then(|year| u16::try_from(year).ok()),
            venue: self.venue.map(|venue| markup::plain(&venue)).filter(|venue| names_venue(venue, doi.as_deref())),
            doi,
            arxiv_id,
            url,
            reading: Reading::Nothing,
            abstract_text,
            sources: vec![source],
            sections: Vec::new(),
        })
    }
}

/// A repository is no venue of a work whose DOI is its publication's: the true one is unknown to this source.
fn names_venue(venue: &str, doi: Option<&str>) -> bool {
    let unpublished = doi.is_none_or(identifier::is_preprint_doi);
    !venue.is_empty() && (unpublished || !identifier::is_repository(venue))
}

/// "Title: subtitle", unless the title has it already.
fn full_title(title: &str, subtitle: Option<&str>) -> String {
    let subtitle = subtitle
        .map(markup::plain)
        .filter(|sub| !sub.is_empty() && !title.to_lowercase().contains(&sub.to_lowercase()));
    match subtitle {
        Some(subtitle) if !title.is_empty() => format!("{}: {subtitle}", title.trim_end_matches([':', ' '])),
        _ => title.to_owned(),
    }
}

/// "Given Family"; `None` for a placeholder such as DataCite's `(:Unav)`.
fn author(name: &str) -> Option<String> {
    let name = markup::plain(name);
    let placeholder = matches!(
        name.trim_matches(['(', ')', ':']).to_lowercase().as_str(),
        "unav" | "unkn" | "unknown" | "anonymous" | "none" | ""
    );
    let mut parts = name.split(", ");
    let turned = match (parts.next(), parts.next(), parts.next()) {
        (Some(family), Some(given), None) if !matches!(given, "Jr." | "Jr" | "Sr." | "III" | "Inc." | "Ltd.") => {
            format!("{given} {family}")
        }
        _ => name.clone(),
    };
    (!placeholder).then(|| normalize(&turned))
}

/// Whether an abstract or a comment says that its paper was taken back, as arXiv does.
pub(super) fn says_withdrawn(text: &str) -> bool {
    const SUBJECTS: [&str; 6] =
        ["this paper", "this article", "this manuscript", "this submission", "the paper", "paper"];
    const SAID: [&str; 4] = ["has been withdrawn", "is withdrawn", "was withdrawn", "has been retracted"];
    let start: String = text.chars().take(120).collect::<String>().to_lowercase();
    let of_the_paper = SUBJECTS.iter().any(|subject| start.starts_with(subject));
    let at_once = ["withdrawn by", "withdrawn due"].iter().any(|said| start.starts_with(said));
    (of_the_paper && SAID.iter().any(|said| start.contains(said)))
        || at_once
        || start.trim_end_matches('.') == "withdrawn"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(title: &str) -> Found {
        Found { title: title.into(), doi: Some("10.9999/X".into()), ..Found::default() }
    }

    #[test]
    fn fields_are_checked_and_put_in_one_form() {
        let paper = Found {
            subtitle: Some("a tale".into()),
            authors: vec!["Example, Ada".into(), "Bob <i>Specimen</i>".into(), "(:Unav)".into(), " ".into()],
            year: Some(0),
            abstract_text: Some("<jats:p>Gears&nbsp;turn.</jats:p>".into()),
            address: Some("javascript:alert(1)".into()),
            ..found("Gears &amp; <b>wheels</b>")
        }
        .paper(SourceId::Crossref)
        .unwrap();
        assert_eq!((paper.id.0.as_str(), paper.url.as_str()), ("doi:10.9999/x", "https://doi.org/10.9999/x"));
        assert_eq!(paper.title, "Gears & wheels: a tale");
        assert_eq!(paper.authors, ["Ada Example", "Bob Specimen"]);
        assert_eq!((paper.year, paper.abstract_text.as_deref()), (None, Some("Gears turn.")));
    }

    #[test]
    fn a_record_that_leads_nowhere_is_no_paper() {
        let nowhere = Found {
            title: "Gears".into(),
            native_id: Some("1".into()),
            address: Some("javascript:alert(1)".into()),
            ..Found::default()
        };
        assert!(nowhere.paper(SourceId::SemanticScholar).is_none());
        assert!(found(" <p></p> ").paper(SourceId::Crossref).is_none());
        let with_address = Found {
            title: "Gears".into(),
            native_id: Some("1".into()),
            address: Some("https://a.org/1".into()),
            ..Found::default()
        };
        assert_eq!(with_address.paper(SourceId::SemanticScholar).unwrap().id.0, "semantic-scholar:1");
    }

    #[test]
    fn withdrawal_is_read_where_it_is_said_of_the_paper() {
        assert!(says_withdrawn("This paper has been withdrawn by the author due to an error in equation 3."));
        assert!(says_withdrawn("Withdrawn."));
        assert!(!says_withdrawn("The drug was withdrawn from the market in 2004."));
        assert!(!says_withdrawn("Papers on withdrawal are reviewed."));
    }
}
