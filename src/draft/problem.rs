//! Why a citing sentence, or one of its works, could not be checked: every reason, in the reader's words, with a remedy.

use super::EntryRef;
use serde::{Deserialize, Serialize};

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
    SeveralFound,
    /// Sources could not be asked.
    NotAsked,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Words {
    /// What is so; a clause without capital and stop.
    pub reason: &'static str,
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
            Self::SeveralFound => "several-found",
            Self::NotAsked => "not-asked",
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
        let (reason, remedy) = match self {
            Self::NotInList => ("the reference is not in the list", "Add it to the list, or correct the citation."),
            Self::SeveralMatch { .. } => (
                "several works of the list match this citation",
                "Tell them apart: by a letter behind the year, or by a key.",
            ),
            Self::NothingBefore => ("no single work is cited before this “ibid.”", "Name the work."),
            Self::NoText => ("the text of the work is not at hand", "Add the work as a file."),
            Self::NotFound => (
                "no source knows a work like this reference",
                "Check its title and authors, or add its DOI; a work that nobody knows may not exist.",
            ),
            Self::SeveralFound => ("several published works fit this reference", "Add the DOI to the list."),
            Self::NotAsked => ("the sources could not be asked", "Try again later, or add the work as a file."),
            Self::NoOpenText => ("no text of the work is open to a page", "Add the work as a file."),
            Self::AbstractOnly => ("only the abstract of the work could be read", "Add the full text as a file."),
            Self::Unreadable => ("the file of the work cannot be read", "Add it in another format, such as text."),
            Self::Language => ("the work is in a language that the model does not read", "Add an English text of it."),
            Self::Retracted => ("the work was retracted", "Cite another work, or say that it was retracted."),
        };
        Words { reason, remedy }
    }
}
