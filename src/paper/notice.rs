//! What became of a work after it appeared: retracted, withdrawn, under concern, corrected.

mod abstracts;
mod titles;
mod words;

use serde::{Deserialize, Serialize};

/// The gravest thing that a source, or the work's own title or abstract, says became of it; graver is greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum Notice {
    /// A correction was published; the work stands.
    Corrected,
    /// Its editors have said that they doubt it.
    Concern,
    /// Its authors or its server took it back.
    Withdrawn,
    /// It was retracted; or it is the notice that retracts another.
    Retracted,
}

impl Notice {
    /// Whether it takes the work back, so that nothing in it counts as a finding.
    #[must_use]
    pub fn takes_back(self) -> bool {
        self >= Self::Withdrawn
    }

    /// Whether nothing in the work may support a claim: what was taken back, and what its editors doubt.
    #[must_use]
    pub fn forbids_support(self) -> bool {
        self >= Self::Concern
    }

    /// For a mark beside the work: "retracted".
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Corrected => "corrected",
            Self::Concern => "expression of concern",
            Self::Withdrawn => "withdrawn",
            Self::Retracted => "retracted",
        }
    }

    /// Of Crossref's kinds of update: "retraction", "expression_of_concern", "Expression of Concern", …
    #[must_use]
    pub fn of_kind(kind: &str) -> Option<Self> {
        let kind = kind.to_lowercase().replace(['_', '-'], " ");
        let says = |words: &[&str]| words.iter().any(|word| kind.contains(word));
        if says(&["retract", "removal"]) {
            Some(Self::Retracted)
        } else if says(&["withdraw"]) {
            Some(Self::Withdrawn)
        } else if says(&["concern"]) {
            Some(Self::Concern)
        } else {
            says(&["correct", "corrigend", "errat"]).then_some(Self::Corrected)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_updates_are_known_and_graver_is_greater() {
        for (kind, notice) in [
            ("retraction", Some(Notice::Retracted)),
            ("partial_retraction", Some(Notice::Retracted)),
            ("Withdrawal", Some(Notice::Withdrawn)),
            ("expression_of_concern", Some(Notice::Concern)),
            ("corrigendum", Some(Notice::Corrected)),
            ("new_version", None),
            ("addendum", None),
        ] {
            assert_eq!(Notice::of_kind(kind), notice, "{kind}");
        }
        assert!(Notice::Retracted.takes_back() && Notice::Withdrawn.takes_back() && !Notice::Concern.takes_back());
        assert!(Notice::Concern.forbids_support() && !Notice::Corrected.forbids_support());
    }
}
