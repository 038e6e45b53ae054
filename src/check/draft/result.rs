//! What is given of a draft, and what its sentences and works come out as.

use crate::{
    check::{Checked, Drift},
    draft::{Format, Problem, bibliography::ListFormat},
    paper::{Notice, Paper},
};
use serde::{Deserialize, Serialize};

/// A draft, with the lists of works that belong to it.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct GivenDraft {
    /// What it is written in.
    pub format: Format,
    /// The draft.
    pub text: String,
    /// Lists of works beside it; its own is found in it.
    #[serde(default)]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub lists: Vec<GivenList>,
}

/// A list of works.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct GivenList {
    /// What it is written in.
    pub format: ListFormat,
    /// The list.
    pub text: String,
}

/// A stretch of the draft as given, in UTF-16 units, as JavaScript counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Place {
    /// Its first unit.
    pub start: usize,
    /// One past its last.
    pub end: usize,
}

/// Why something could not be checked, in the reader's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Trouble {
    /// Its name.
    pub kind: String,
    /// What is so.
    pub reason: String,
    /// What the reader can do.
    pub remedy: String,
}

impl Trouble {
    pub(super) fn of(problem: &Problem) -> Self {
        let words = problem.words();
        Self { kind: problem.name().into(), reason: words.reason.into_owned(), remedy: words.remedy.into() }
    }
}

/// A work that the draft, or a list beside it, names.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct CitedWork {
    /// The key or number it is cited by; empty where it has neither.
    pub key: String,
    /// Its title; empty where the list does not tell it.
    pub title: String,
    /// Its authors' family names.
    pub authors: Vec<String>,
    /// Year of publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// Bare DOI.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doi: Option<String>,
    /// Id of its text, where one of the texts is its.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Why it cannot be checked against.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trouble: Option<Trouble>,
    /// What is to be known of its text and does not count against it: that it is an abstract alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remark: Option<Trouble>,
    /// What sources know it as, where it was looked up and found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<FoundWork>,
}

/// A work as sources know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct FoundWork {
    /// Its title.
    pub title: String,
    /// Its authors, "Given Family".
    pub authors: Vec<String>,
    /// Year of publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// Bare DOI.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doi: Option<String>,
    /// Where to read it.
    pub url: String,
    /// What became of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice: Option<Notice>,
}

impl FoundWork {
    pub(super) fn of(paper: &Paper) -> Self {
        Self {
            title: paper.title.clone(),
            authors: paper.authors.clone(),
            year: paper.year,
            doi: paper.doi.clone(),
            url: paper.url.clone(),
            notice: paper.notice,
        }
    }
}

/// A direct quotation, and where its words stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct CheckedQuotation {
    /// Where it stands in the draft, without its marks.
    pub place: Place,
    /// The words quoted.
    pub text: String,
    /// Whether they stand, word for word, in a text that the sentence cites.
    pub is_cited: bool,
    /// Id of the text that has them, cited or not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stands_in: Option<String>,
}

/// What a citing sentence comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum DraftVerdict {
    /// A cited text says it.
    Supported,
    /// A cited text seems to say it.
    LeansSupported,
    /// The cited texts say it but for something: a number or quoted words that none of them has, or more than they say, in scope,
    /// certainty or cause.
    Partly,
    /// Cited texts speak for and against it.
    Contested,
    /// A cited text seems to say the opposite.
    LeansContradicted,
    /// A cited text says the opposite.
    Contradicted,
    /// Nothing in the cited texts was found to decide it.
    NotFound,
    /// No cited text could be read: each work says why.
    NotCheckable,
}

impl DraftVerdict {
    pub(super) fn is_flagged(self) -> bool {
        use DraftVerdict::{
            Contested, Contradicted, LeansContradicted, LeansSupported, NotCheckable, NotFound, Partly, Supported,
        };
        match self {
            Partly | Contested | LeansContradicted | Contradicted | NotCheckable => true,
            Supported | LeansSupported | NotFound => false,
        }
    }
}

/// A part of a citing sentence: a clause, a predicate with the subject put back, or an item of a list with its verb.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct CheckedPart {
    /// Where its own words stand in the draft.
    pub place: Place,
    /// What was checked: it with the words put back that it shares with a part before it.
    pub text: String,
    /// The works cited for it, by their place among all: those of the first mark behind its words.
    pub works: Vec<usize>,
    /// Its verdict.
    pub verdict: DraftVerdict,
    /// What the model made of it, where a text cited for it is at hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checked: Option<Checked>,
}

/// A citing sentence and what it comes to.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct CheckedSentence {
    /// Where it stands in the draft.
    pub place: Place,
    /// What of it was checked: its words without citations and markup.
    pub text: String,
    /// Heading of its section; empty before the first.
    pub section: String,
    /// Its citations.
    pub marks: Vec<Place>,
    /// The works it cites, by their place among all.
    pub works: Vec<usize>,
    /// What is wrong with its citations.
    pub troubles: Vec<Trouble>,
    /// What is to be known of the texts it was checked against and does not count against it: that one is an abstract alone.
    pub remarks: Vec<Trouble>,
    /// Direct quotations in it.
    pub quotations: Vec<CheckedQuotation>,
    /// Its numbers that no cited text states or implies; none where not all cited texts are at hand, nor where one is an abstract
    /// that was looked up and does not support the rest of it.
    pub numbers: Vec<String>,
    /// How else it differs from what its cited texts say; none where not all cited texts are at hand. Beside an abstract that was
    /// looked up only what a sentence of it shows.
    pub drifts: Vec<Drift>,
    /// Its words that no cited text has, where it is not found there, or only partly; none where `numbers` would have none.
    pub uncovered: Vec<Place>,
    /// Its parts, each checked as a claim, where it has several and where they end is sure; none else.
    pub parts: Vec<CheckedPart>,
    /// The verdict; of a sentence with parts the least favourable of theirs, where one that is supported beside one that is not
    /// found, or could not be checked, makes it partly supported.
    pub verdict: DraftVerdict,
    /// Whether its author should look: it is contradicted or contested, has something that no cited text has, says more than they
    /// do, or one of its works could not be read. What is only not found is not flagged, nor a sentence of which a part is: an
    /// abstract seldom says all that its paper does. (Of 11 sound sentences of several parts 6 would be, of 10 with a fault 3 more.)
    pub flagged: bool,
    /// What the model made of it, where a cited text is at hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checked: Option<Checked>,
}
