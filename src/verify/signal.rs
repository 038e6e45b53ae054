//! Signals: what can be read off a sentence and a claim without the model. Each is a comparison that gives a kind or
//! nothing, and words for the reader; what a kind adds to the logits stands in the model's manifest under the same names.
//!
//! To add one: write its file with its [`Signal`], name it in [`SIGNALS`], and fit the manifest's allowances again
//! (`training/calibrate.py` takes the names from the scores). To remove one: the same three places.

use super::{cell, numbers, sides, significance};
use serde::{Deserialize, Serialize};

/// A comparison of a sentence with a claim.
#[derive(Debug)]
pub struct Signal {
    /// Its name in manifests and reports.
    pub name: &'static str,
    /// What it compares and how, in a sentence for the reader.
    pub about: &'static str,
    /// The kinds it can give, each with what follows a sentence's probabilities in a report.
    pub kinds: &'static [(&'static str, &'static str)],
    /// The kind for a premise and a hypothesis; nothing where one of them says nothing of the matter.
    pub compare: fn(premise: &str, hypothesis: &str) -> Option<&'static str>,
}

/// Every signal, in the order in which they are told.
pub static SIGNALS: &[Signal] = &[significance::SIGNAL, sides::SIGNAL, numbers::SIGNAL, cell::SIGNAL];

/// What a signal gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Said {
    /// Name of the signal.
    pub name: String,
    /// The kind.
    pub kind: String,
}

impl Said {
    /// What a report says of it; nothing of a signal that this version does not know.
    #[must_use]
    pub fn words(&self) -> Option<&'static str> {
        let signal = SIGNALS.iter().find(|signal| signal.name == self.name)?;
        signal.kinds.iter().find(|(kind, _)| *kind == self.kind).map(|(_, words)| *words)
    }
}

/// What the signals give for a premise and a hypothesis; those that say nothing are left out.
#[must_use]
pub fn signals(premise: &str, hypothesis: &str) -> Vec<Said> {
    let said = |signal: &Signal| {
        let kind = (signal.compare)(premise, hypothesis)?;
        Some(Said { name: signal.name.into(), kind: kind.into() })
    };
    SIGNALS.iter().filter_map(said).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_kinds_are_told_apart() {
        let names: Vec<&str> = SIGNALS.iter().map(|signal| signal.name).collect();
        assert!(names.iter().enumerate().all(|(at, name)| !names[..at].contains(name)));
        for signal in SIGNALS {
            let kinds: Vec<&str> = signal.kinds.iter().map(|(kind, _)| *kind).collect();
            assert!(kinds.iter().enumerate().all(|(at, kind)| !kinds[..at].contains(kind)), "{}", signal.name);
        }
    }

    #[test]
    fn what_is_said_has_words() {
        let said = signals("Fewer had bleeds with the drug (p = 0.13).", "The drug significantly reduced bleeds.");
        assert!(!said.is_empty());
        for said in said {
            assert!(said.words().is_some(), "{said:?}");
        }
        assert_eq!(Said { name: "mood".into(), kind: "same".into() }.words(), None);
    }
}
