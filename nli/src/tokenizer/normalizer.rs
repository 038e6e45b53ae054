//! What is done to a text before it is cut into words, for BPE and Unigram: the steps that their files name, in order.
//!
//! Decompositions, compositions and marks are those of today's Unicode; the reference's tables are of Unicode 9. What came
//! later and decomposes or is a mark, letters of rare scripts for the most part, is read otherwise than there. A charsmap
//! brings its own tables: with one, nothing differs.

use super::{TokenizerError, brief, charsmap::Charsmap, pattern::Pattern, unsupported};
use serde_json::Value;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

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
    /// What matches by that.
    ReplacePattern(Pattern, String),
    Charsmap(Charsmap),
}

impl Normalizer {
    /// Reads a `normalizer`; none is none.
    pub(super) fn parse(normalizer: Option<Value>) -> Result<Self, TokenizerError> {
        let mut steps = Vec::new();
        if let Some(normalizer) = normalizer {
            push_steps(&normalizer, &mut steps)?;
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

fn push_steps(described: &Value, steps: &mut Vec<Step>) -> Result<(), TokenizerError> {
    const WANTED: &str =
        "NFC, NFD, NFKC, NFKD, Lowercase, StripAccents, Strip, Precompiled, Replace of text or of runs of characters";
    match (described["type"].as_str(), described["normalizers"].as_array()) {
        (Some("Sequence"), Some(sequence)) => sequence.iter().try_for_each(|described| push_steps(described, steps)),
        _ => {
            steps.push(Step::parse(described).ok_or_else(|| unsupported("normalizer", brief(described), WANTED))?);
            Ok(())
        }
    }
}

impl Step {
    /// None where it is not known or damaged.
    fn parse(described: &Value) -> Option<Self> {
        let text = |field: &str| described[field].as_str();
        let flag = |field: &str| described[field].as_bool();
        Some(match text("type")? {
            "NFC" => Self::Nfc,
            "NFD" => Self::Nfd,
            "NFKC" => Self::Nfkc,
            "NFKD" => Self::Nfkd,
            "Lowercase" => Self::Lowercase,
            "StripAccents" => Self::StripAccents,
            "Strip" => Self::Strip(flag("strip_left")?, flag("strip_right")?),
            "Replace" => {
                let (pattern, content) = (&described["pattern"], text("content")?.to_owned());
                match (pattern["String"].as_str(), pattern["Regex"].as_str()) {
                    (Some(from), None) if !from.is_empty() => Self::Replace(from.to_owned(), content),
                    (None, Some(pattern)) => Self::ReplacePattern(Pattern::parse(pattern)?, content),
                    _ => return None,
                }
            }
            "Precompiled" => Self::Charsmap(Charsmap::parse(text("precompiled_charsmap")?)?),
            _ => return None,
        })
    }

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
            Self::ReplacePattern(pattern, to) => pattern.replace(text, to),
            Self::Charsmap(charsmap) => charsmap.apply(text),
        }
    }
}
