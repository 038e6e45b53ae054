//! What is done to a text before it is cut into words, for BPE and Unigram: the steps that their files name, in order.
//!
//! Decompositions, compositions and marks are those of today's Unicode; the reference's tables are of Unicode 9. What came
//! later and decomposes or is a mark, letters of rare scripts for the most part, is read otherwise than there. A charsmap
//! brings its own tables: with one, nothing differs.

use super::{TokenizerError, charsmap::Charsmap};
use serde::Deserialize;
use serde_json::Value;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The one regular expression that published files hold.
const SPACES: &str = " {2,}";

/// Steps that change a text.
#[derive(Clone, Debug)]
pub(super) struct Normalizer(Vec<Step>);

#[derive(Clone, Debug)]
enum Step {
    Nfc,
    Nfd,
    Nfkc,
    Nfkd,
    Lowercase,
    StripAccents,
    /// Spaces of all kinds, at the left and at the right.
    Strip(bool, bool),
    /// This by that.
    Replace(String, String),
    /// Two and more blanks by that.
    ReplaceSpaces(String),
    Charsmap(Charsmap),
}

/// The file's own shape.
#[derive(Deserialize)]
#[serde(tag = "type")]
enum Described {
    Sequence {
        normalizers: Vec<Described>,
    },
    #[serde(rename = "NFC")]
    Nfc,
    #[serde(rename = "NFD")]
    Nfd,
    #[serde(rename = "NFKC")]
    Nfkc,
    #[serde(rename = "NFKD")]
    Nfkd,
    Lowercase,
    StripAccents,
    Strip {
        strip_left: bool,
        strip_right: bool,
    },
    Replace {
        pattern: Pattern,
        content: String,
    },
    Precompiled {
        precompiled_charsmap: String,
    },
}

#[derive(Deserialize)]
enum Pattern {
    String(String),
    Regex(String),
}

impl Normalizer {
    /// Reads a `normalizer`; none is none.
    pub(super) fn parse(normalizer: Option<Value>) -> Result<Self, TokenizerError> {
        let mut steps = Vec::new();
        if let Some(normalizer) = normalizer {
            let described = serde_json::from_value(normalizer).map_err(|error| refused(&error))?;
            push_steps(described, &mut steps)?;
        }
        Ok(Self(steps))
    }

    /// True where upper and lower case are read alike.
    pub(super) fn lowercase(&self) -> bool {
        self.0.iter().any(|step| matches!(step, Step::Lowercase))
    }

    pub(super) fn normalize(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, step| step.apply(&text))
    }
}

fn refused(found: &impl ToString) -> TokenizerError {
    const WANTED: &str =
        "NFC, NFD, NFKC, NFKD, Lowercase, StripAccents, Strip, Replace of text or of spaces, Precompiled";
    super::unsupported("normalizer", found.to_string(), WANTED)
}

fn push_steps(described: Described, steps: &mut Vec<Step>) -> Result<(), TokenizerError> {
    steps.push(match described {
        Described::Sequence { normalizers } => {
            return normalizers.into_iter().try_for_each(|described| push_steps(described, steps));
        }
        Described::Nfc => Step::Nfc,
        Described::Nfd => Step::Nfd,
        Described::Nfkc => Step::Nfkc,
        Described::Nfkd => Step::Nfkd,
        Described::Lowercase => Step::Lowercase,
        Described::StripAccents => Step::StripAccents,
        Described::Strip { strip_left, strip_right } => Step::Strip(strip_left, strip_right),
        Described::Replace { pattern: Pattern::String(from), content } if !from.is_empty() => {
            Step::Replace(from, content)
        }
        Described::Replace { pattern: Pattern::Regex(regex), content } if regex == SPACES => {
            Step::ReplaceSpaces(content)
        }
        Described::Replace { pattern: Pattern::String(other) | Pattern::Regex(other), .. } => {
            return Err(refused(&format!("Replace of {other:?}")));
        }
        Described::Precompiled { precompiled_charsmap } => {
            let charsmap = Charsmap::parse(&precompiled_charsmap);
            Step::Charsmap(charsmap.ok_or_else(|| refused(&"Precompiled with a damaged precompiled_charsmap"))?)
        }
    });
    Ok(())
}

impl Step {
    fn apply(&self, text: &str) -> String {
        match self {
            Self::Nfc => text.nfc().collect(),
            Self::Nfd => text.nfd().collect(),
            Self::Nfkc => text.nfkc().collect(),
            Self::Nfkd => text.nfkd().collect(),
            // Character by character, as the reference does: no final sigma.
            Self::Lowercase => text.chars().flat_map(char::to_lowercase).collect(),
            Self::StripAccents => text.chars().filter(|&c| !is_combining_mark(c)).collect(),
            Self::Strip(left, right) => {
                let text = if *left { text.trim_start() } else { text };
                if *right { text.trim_end() } else { text }.to_owned()
            }
            Self::Replace(from, to) => text.replace(from, to),
            Self::ReplaceSpaces(to) => replace_spaces(text, to),
            Self::Charsmap(charsmap) => charsmap.apply(text),
        }
    }
}

/// Every run of two and more blanks becomes `to`.
fn replace_spaces(text: &str, to: &str) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("  ") {
        replaced += &rest[..at];
        replaced += to;
        rest = rest[at..].trim_start_matches(' ');
    }
    replaced + rest
}
