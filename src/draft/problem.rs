//! Why a citing sentence, or one of its works, could not be checked: every reason, in the reader's words, with a remedy.

use super::EntryRef;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Why a work could not be told, had or read. None of them says anything about the sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "problem")]
pub enum Problem {
    /// The citation stands for no work of the list.
    NotInList,
    /// The citation fits several works of the list.
    SeveralMatch {
        /// All that it fits, in the order of the list.
        entries: Vec<EntryRef>,
    },
    /// "Ibid." with no single work cited before it.
    NothingBefore,
    /// Its text is not among those at hand.
    NoText,
    /// The list has it, and no source knows such a work.
    NotFound,
    /// Several works that sources know fit what the list says.
    SeveralFound {
        /// Each of them in a few words.
        works: Vec<String>,
    },
    /// Sources could not be asked: nothing is said of whether it exists.
    NotAsked {
        /// Why; a clause.
        why: String,
    },
    /// Its DOI, or other identifier, is that of another work.
    OtherWork {
        /// Title of that work.
        title: String,
    },
    /// The work exists, and no text of it may be read from a page.
    NoOpenText,
    /// Only its abstract could be read, and the sentence may rest on the rest of it.
    AbstractOnly,
    /// A file of it is at hand and cannot be read.
    Unreadable,
    /// It is written in a language that the model does not read.
    Language,
    /// It was taken back.
    Retracted,
}

/// A problem in the reader's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Words {
    /// What is so; a clause without capital and stop.
    pub reason: Cow<'static, str>,
    /// What the reader can do; a sentence.
    pub remedy: &'static str,
}

impl Problem {
    /// Its name in what is handed out.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::NotInList => "not-in-list",
            Self::SeveralMatch { .. } => "several-match",
            Self::NothingBefore => "nothing-before",
            Self::NoText => "no-text",
            Self::NotFound => "not-found",
            Self::SeveralFound { .. } => "several-found",
            Self::NotAsked { .. } => "not-asked",
            Self::OtherWork { .. } => "doi-of-another-work",
            Self::NoOpenText => "no-open-text",
            Self::AbstractOnly => "abstract-only",
            Self::Unreadable => "unreadable",
            Self::Language => "language",
            Self::Retracted => "retracted",
        }
    }

    /// The problem in the reader's words: the one table of them.
    #[must_use]
    pub fn words(&self) -> Words {
        let (reason, remedy): (Cow<'static, str>, _) = match self {
            Self::NotInList => {
                ("the reference is not in the list".into(), "Add it to the list, or correct the citation.")
            }
            Self::SeveralMatch { .. } => (
                "several works of the list match this citation".into(),
                "Tell them apart: by a letter behind the year, or by a key.",
            ),
            Self::NothingBefore => ("no single work is cited before this “ibid.”".into(), "Name the work."),
            Self::NoText => {
                ("the text of the work is not at hand".into(), "Add the work as a file, or have it looked up.")
            }
            Self::NotFound => (
                "no source knows a work like this reference".into(),
                "Check its title and authors, or add its DOI; a work that nobody knows may not exist.",
            ),
            Self::SeveralFound { works } => (
                format!("several published works fit this reference: {}", works.join("; ")).into(),
                "Add the DOI to the list.",
            ),
            Self::NotAsked { why } => (
                format!("it could not be looked up, which says nothing about it: {why}").into(),
                "Try again later, or add the work as a file.",
            ),
            Self::OtherWork { title } => (
                format!("its DOI or other identifier is another work’s: “{title}”").into(),
                "Correct the identifier, or the title; the sentence was not checked against that other work.",
            ),
            Self::NoOpenText => {
                ("the work exists, and no text of it is open to a page".into(), "Add the work as a file.")
            }
            Self::AbstractOnly => (
                "only the abstract of the work could be read".into(),
                "Add the full text as a file to check against all of it.",
            ),
            Self::Unreadable => {
                ("the file of the work cannot be read".into(), "Add it in another format, such as text.")
            }
            Self::Language => {
                ("the work is in a language that the model does not read".into(), "Add an English text of it.")
            }
            Self::Retracted => ("the work was retracted".into(), "Cite another work, or say that it was retracted."),
        };
        Words { reason, remedy }
    }
}
