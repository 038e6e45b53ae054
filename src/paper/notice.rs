//! What became of a work after it appeared: retracted, withdrawn, under concern, corrected.

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

/// Beginnings of titles that say it as a mark before the title proper, or as the name of a notice, in lower case.
const TITLES: &[(&str, Notice)] = &[
    ("retracted", Notice::Retracted),
    ("retracted article", Notice::Retracted),
    ("retracted chapter", Notice::Retracted),
    ("retracted paper", Notice::Retracted),
    ("retraction", Notice::Retracted),
    ("retraction for", Notice::Retracted),
    ("retraction note", Notice::Retracted),
    ("retraction note for", Notice::Retracted),
    ("retraction note to", Notice::Retracted),
    ("retraction notice", Notice::Retracted),
    ("retraction notice for", Notice::Retracted),
    ("retraction notice to", Notice::Retracted),
    ("retraction statement", Notice::Retracted),
    ("retraction to", Notice::Retracted),
    ("notice of retraction", Notice::Retracted),
    ("statement of retraction", Notice::Retracted),
    ("article retracted", Notice::Retracted),
    ("partial retraction", Notice::Retracted),
    ("removed", Notice::Retracted),
    ("article removed", Notice::Retracted),
    ("withdrawn", Notice::Withdrawn),
    ("withdrawn article", Notice::Withdrawn),
    ("withdrawal notice to", Notice::Withdrawn),
    ("withdrawal notice", Notice::Withdrawn),
    ("notice of withdrawal", Notice::Withdrawn),
    ("article withdrawn", Notice::Withdrawn),
    ("temporary removal", Notice::Withdrawn),
    ("expression of concern", Notice::Concern),
    ("expression of concern to", Notice::Concern),
    ("expression of concern for", Notice::Concern),
    ("expression of concern on", Notice::Concern),
    ("expression of concern regarding", Notice::Concern),
    ("editorial expression of concern", Notice::Concern),
    ("editorial expression of concern to", Notice::Concern),
    ("editorial expression of concern on", Notice::Concern),
    ("notice of concern", Notice::Concern),
    ("publisher's note of concern", Notice::Concern),
    ("correction", Notice::Corrected),
    ("correction to", Notice::Corrected),
    ("author correction", Notice::Corrected),
    ("publisher correction", Notice::Corrected),
    ("corrigendum", Notice::Corrected),
    ("corrigendum to", Notice::Corrected),
    ("erratum", Notice::Corrected),
    ("erratum to", Notice::Corrected),
];

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

    /// What a title says: in capitals, or as a mark before or behind the title proper, or as a notice's name. A study *of*
    /// retracted papers is not one.
    #[must_use]
    pub fn of_title(title: &str) -> Option<Self> {
        let open = title.trim_start_matches(['[', '(', '*', '\u{201c}', '"', ' ']);
        // In a title that is all in capitals a capital says nothing.
        let shouted = [
            ("RETRACTED", Self::Retracted),
            ("RETRACTION", Self::Retracted),
            ("WITHDRAWN", Self::Withdrawn),
            ("WITHDRAWAL", Self::Withdrawn),
        ]
        .into_iter()
        .find(|(mark, _)| open.starts_with(mark) && title.chars().any(char::is_lowercase))
        .map(|(_, notice)| notice);
        let lower = title.trim().trim_end_matches(['.', ']', ')', '*']).to_lowercase();
        let is_all = |mark: &str| lower.trim_start_matches(['[', '(', '*']) == mark && !mark.starts_with("correct");
        let behind =
            ["(retracted", "[retracted", "(retracted article", "[retracted article", "- retracted", ": retracted"]
                .iter()
                .any(|mark| lower.ends_with(mark))
                || lower.contains("(retracted article. see ");
        let behind_withdrawn = ["(withdrawn", "[withdrawn", "- withdrawn"].iter().any(|mark| lower.ends_with(mark));
        let before =
            TITLES.iter().filter(|(mark, _)| is_all(mark) || super::title::after_mark(title, &[mark]) != title);
        before
            .map(|&(_, notice)| notice)
            .chain(shouted)
            .chain(behind.then_some(Self::Retracted))
            .chain(behind_withdrawn.then_some(Self::Withdrawn))
            .max()
    }

    /// What the beginning of an abstract, or a comment, says of its own paper, as arXiv and publishers do.
    #[must_use]
    pub fn of_abstract(text: &str) -> Option<Self> {
        const SUBJECTS: &[&str] = &[
            "paper",
            "article",
            "manuscript",
            "submission",
            "preprint",
            "work",
            "chapter",
            "publication",
            "study",
            "review",
            "record",
            "version",
        ];
        let start: String = text.chars().take(240).collect::<String>().to_lowercase();
        let start = start.trim_start_matches(['[', '(', '*', ' ', '"', '\u{201c}']);
        let first = start.split(['.', ';']).next().unwrap_or_default();
        let words: Vec<&str> =
            first.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty()).collect();
        let named = words.iter().take(4).any(|word| SUBJECTS.contains(word));
        let leads = matches!(
            words.first(),
            Some(&("this" | "the" | "our" | "paper" | "article" | "manuscript" | "withdrawn" | "retracted"))
        );
        let said = |verbs: &[&str]| {
            ["has been", "have been", "was", "is", "is being", "has since been"]
                .iter()
                .any(|tense| verbs.iter().any(|verb| first.contains(&format!("{tense} {verb}"))))
        };
        // "The paper was withdrawn from the tray" is about paper.
        let of_market = ["from the market", "from sale", "from use"].iter().any(|place| first.contains(place));
        let at_once = |word: &str| {
            ["by", "due", "because", "at", "following", "since", "for"]
                .iter()
                .any(|next| start.starts_with(&format!("{word} {next} ")))
                || start.trim_end_matches(['.', ']', ')']) == word
                || start.starts_with(&format!("{word}:"))
        };
        if named && leads && said(&["retracted"]) || at_once("retracted") || start.starts_with("retraction notice") {
            Some(Self::Retracted)
        } else if named && leads && !of_market && said(&["withdrawn", "removed by arxiv", "taken down"])
            || at_once("withdrawn")
            || first.contains("authors have withdrawn")
            || first.contains("author has withdrawn")
            || first.contains("we withdraw this")
        {
            Some(Self::Withdrawn)
        } else {
            ["expression of concern", "editorial expression of concern"]
                .iter()
                .any(|mark| start.starts_with(mark))
                .then_some(Self::Concern)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_say_what_became_of_a_work() {
        for (title, notice) in [
            ("RETRACTED: Gears", Some(Notice::Retracted)),
            ("Retracted Article: Gears", Some(Notice::Retracted)),
            ("[Retracted] Gears", Some(Notice::Retracted)),
            ("Gears at sea (Retracted)", Some(Notice::Retracted)),
            ("Gears at sea [RETRACTED ARTICLE]", Some(Notice::Retracted)),
            ("Retraction notice to \u{201c}Gears at sea\u{201d} [J. Gears 3 (2020) 1-9]", Some(Notice::Retracted)),
            ("Retraction Note to: Gears at sea", Some(Notice::Retracted)),
            ("RETRACTION RATES OF JOURNALS", None),
            ("Retraction of the lung in surgery", None),
            ("RETRACTION of Gears at sea", Some(Notice::Retracted)),
            ("Statement of Retraction: Gears", Some(Notice::Retracted)),
            ("WITHDRAWN Gears", Some(Notice::Withdrawn)),
            ("Withdrawn.", Some(Notice::Withdrawn)),
            ("Withdrawal notice to: Gears", Some(Notice::Withdrawn)),
            ("Expression of Concern: Gears at sea", Some(Notice::Concern)),
            ("Editorial Expression of Concern on: Gears", Some(Notice::Concern)),
            ("Erratum to: Gears", Some(Notice::Corrected)),
            ("Author Correction: Gears at sea", Some(Notice::Corrected)),
            ("Retracted papers and their readers", None),
            ("Retraction rates of journals", None),
            ("Withdrawn from the market: a study", None),
            ("Withdrawal symptoms after caffeine", None),
            ("Correction of vision", None),
            ("Gears", None),
        ] {
            assert_eq!(Notice::of_title(title), notice, "{title}");
        }
    }

    #[test]
    fn abstracts_say_it_of_their_own_paper() {
        for (text, notice) in [
            ("This paper has been withdrawn by the author due to an error in equation 3.", Some(Notice::Withdrawn)),
            ("This paper has been withdrawn by the authors.", Some(Notice::Withdrawn)),
            ("The authors have withdrawn this manuscript because of a duplicate posting.", Some(Notice::Withdrawn)),
            ("Withdrawn by the authors.", Some(Notice::Withdrawn)),
            ("Withdrawn.", Some(Notice::Withdrawn)),
            ("This article has been retracted at the request of the editor.", Some(Notice::Retracted)),
            ("[This article was retracted on 2 May.] Gears turn.", Some(Notice::Retracted)),
            ("Expression of concern: the editors were told that two figures agree.", Some(Notice::Concern)),
            ("The drug was withdrawn from the market in 2004.", None),
            ("This study was on a drug that was withdrawn from the market.", None),
            ("Papers on withdrawal are reviewed.", None),
            ("We study papers that were retracted.", None),
        ] {
            assert_eq!(Notice::of_abstract(text), notice, "{text}");
        }
    }

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
