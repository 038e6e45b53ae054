//! What a source says of one work, before it becomes a [`Paper`]: the one place where ids, addresses and text are checked.

use super::{SourceId, full_text, markup};
use crate::{
    paper::{Notice, Paper, PaperId, Reading, identifier},
    text::{normalize, without_tex},
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
    /// Authors in order.
    pub authors: Vec<Author>,
    /// Year of publication.
    pub year: Option<i64>,
    /// Journal, conference or repository.
    pub venue: Option<String>,
    /// In any form.
    pub doi: Option<String>,
    /// In any form.
    pub arxiv_id: Option<String>,
    /// In any form.
    pub pmcid: Option<String>,
    /// Addresses of open copies as PDF, unchecked.
    pub open_copies: Vec<String>,
    /// Where the source itself shows the work.
    pub address: Option<String>,
    /// With markup.
    pub abstract_text: Option<String>,
    /// What the source says became of it.
    pub notice: Option<Notice>,
}

/// An author as a source names them.
pub(super) enum Author {
    /// "Given Family" or "Family, Given".
    Named(String),
    /// Already in order, or the name of a group, whose commas are its own.
    Ordered(String),
}

impl Found {
    /// The paper; `None` without a title, or where nothing leads a reader to the work.
    pub(super) fn paper(self, source: SourceId) -> Option<Paper> {
        let title = normalize(&without_braces(&without_tex(&full_title(
            &markup::plain(&self.title),
            self.subtitle.as_deref(),
        ))));
        if title.is_empty() {
            return None;
        }
        let doi = self.doi.as_deref().and_then(identifier::doi);
        let arxiv_id = doi
            .as_deref()
            .and_then(identifier::arxiv_of_doi)
            .or_else(|| self.arxiv_id.as_deref().and_then(identifier::arxiv_id));
        let pmcid = self.pmcid.as_deref().and_then(identifier::pmcid);
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
        let notice =
            self.notice.max(Notice::of_title(&title)).max(abstract_text.as_deref().and_then(Notice::of_abstract));
        Some(Paper {
            id: PaperId(id),
            full_texts: full_text::of(arxiv_id.as_deref(), pmcid.as_deref(), &self.open_copies),
            retracted: notice.is_some_and(Notice::takes_back),
            notice,
            title,
            authors: self.authors.iter().filter_map(author).collect(),
            year: self.year.filter(|year| YEARS.contains(year)).and_then(|year| u16::try_from(year).ok()),
            venue: self.venue.map(|venue| markup::plain(&venue)).filter(|venue| names_venue(venue, doi.as_deref())),
            doi,
            arxiv_id,
            url,
            reading: Reading::Nothing,
            abstract_text,
            sources: vec![source],
            ids: self.native_id.map(|id| (source, id)).into_iter().collect(),
            ..Paper::default()
        })
    }
}

/// A title without BibTeX's braces around capitals; one with a formula keeps them.
fn without_braces(title: &str) -> String {
    let is_of_words = title.matches('{').count() == title.matches('}').count() && !title.contains(['$', '\\']);
    if is_of_words { title.replace(['{', '}'], "") } else { title.to_owned() }
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
fn author(author: &Author) -> Option<String> {
    let (Author::Named(written) | Author::Ordered(written)) = author;
    let name = normalize(&without_braces(&without_tex(&markup::plain(written))));
    let placeholder = matches!(
        name.trim_matches(['(', ')', ':', '[', ']', '.']).to_lowercase().as_str(),
        "unav"
            | "unkn"
            | "unknown"
            | "anonymous"
            | "anon"
            | "none"
            | "null"
            | "n/a"
            | "no author"
            | "author unknown"
            | ""
    );
    let turned = match author {
        Author::Named(_) => turned(&name).unwrap_or(name),
        Author::Ordered(_) => name,
    };
    (!placeholder).then(|| normalize(&turned))
}

/// "Given Family" of "Family, Given"; `None` where it is in order, or no person's name.
fn turned(name: &str) -> Option<String> {
    const SUFFIXES: [&str; 9] = ["Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV", "MD", "PhD"];
    let parts: Vec<&str> = name.split(", ").map(str::trim).filter(|part| !part.is_empty()).collect();
    if parts.iter().any(|part| is_organisation(part)) {
        return None;
    }
    match parts[..] {
        [_, suffix] if SUFFIXES.contains(&suffix) => None,
        [family, given] => Some(format!("{given} {family}")),
        [family, given, suffix] if SUFFIXES.contains(&suffix) => Some(format!("{given} {family} {suffix}")),
        [family, suffix, given] if SUFFIXES.contains(&suffix) => Some(format!("{given} {family} {suffix}")),
        _ => None,
    }
}

/// Whether a part of a name is of a group or an institution.
fn is_organisation(part: &str) -> bool {
    const WORDS: &str = "academy agency alliance association authority authors board bureau center centre center's collaboration \
        collaborative collaborators college commission committee company consortium contributors cooperative corporation council \
        department division faculty federation for force foundation fund group hospital inc inc. initiative institut institute \
        institutes institution investigators lab laboratories laboratory league library ltd ltd. llc gmbh ministry museum network \
        of office organisation organization panel partnership program programme project registry school section secretariat \
        service services society staff study subcommittee task team the trial trialists unit university université \
        universität universidad working writing";
    let words: Vec<String> = part.split_whitespace().map(str::to_lowercase).collect();
    words.len() > 5 || words.iter().any(|word| WORDS.split_whitespace().any(|known| known == word))
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
            authors: ["Example, Ada", "Bob <i>Specimen</i>", "(:Unav)", " "]
                .map(|name| Author::Named(name.into()))
                .into(),
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
    fn persons_are_turned_round_and_groups_are_not() {
        let named = |name: &str| author(&Author::Named(name.into())).unwrap();
        assert_eq!(named(r#"{M\"u}ster, {Eva}"#), "Eva Müster");
        for (name, expected) in [
            ("Muster, Eva", "Eva Muster"),
            ("van der Muster, Eva", "Eva van der Muster"),
            ("Muster, Eva, Jr.", "Eva Muster Jr."),
            ("Muster, Jr., Eva", "Eva Muster Jr."),
            ("Eva Muster", "Eva Muster"),
            ("Muster, III", "Muster, III"),
            ("M&uuml;ster, Eva", "Eva Müster"),
            ("Dairy Trial Group, Steering Committee", "Dairy Trial Group, Steering Committee"),
            ("Institute of Cheese, University of Nowhere", "Institute of Cheese, University of Nowhere"),
            ("Cheese Makers, Ltd.", "Cheese Makers, Ltd."),
        ] {
            assert_eq!(named(name), expected);
        }
        let ordered = Author::Ordered("Section of Milk, Muster Hospital".into());
        assert_eq!(author(&ordered).as_deref(), Some("Section of Milk, Muster Hospital"));
    }

    #[test]
    fn titles_lose_their_tex() {
        let paper = found(r"The $\beta$-effect of \textit{Muster} &amp; $10^{-3}$").paper(SourceId::Crossref).unwrap();
        assert_eq!(paper.title, "The β-effect of Muster & 10^-3");
        let braced = found("{DNA} of {M}uster").paper(SourceId::Crossref).unwrap();
        assert_eq!(braced.title, "DNA of Muster");
    }
}
