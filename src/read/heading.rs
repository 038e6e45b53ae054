//! Headings: which part of a paper a section is.

use crate::paper::SectionKind;

/// Words of headings by the part they announce, tried in order: the first that stands in the heading decides.
#[rustfmt::skip]
const PARTS: &[(SectionKind, &[&str])] = &[
    (
        SectionKind::RelatedWork,
        &["related", "background", "literature", "prior work", "previous work", "state of the art", "preliminar", "state-of-the-art"],
    ),
    (
        SectionKind::Methods,
        &["setup", "set-up", "setting", "implementation", "hyperparameter", "protocol", "baselines", "metric", "training detail"],
    ),
    (SectionKind::Results, &["result", "experiment", "evaluation", "ablation", "finding", "performance", "comparison", "empirical"]),
    (SectionKind::Conclusion, &["conclusion", "concluding", "conclude", "summary", "future work", "closing"]),
    (SectionKind::Discussion, &["discussion", "limitation", "analysis", "analyses", "implication", "threats", "impact", "lessons"]),
    (SectionKind::Introduction, &["introduction", "motivation"]),
    (
        SectionKind::Methods,
        &[
            "method", "approach", "model", "architecture", "framework", "material", "data", "corpus", "corpora", "annotation",
            "algorithm", "system", "procedure", "design", "problem", "task", "formulation", "training", "construction",
        ],
    ),
];

/// Headings of sections that hold nothing to read for claims.
#[rustfmt::skip]
const UNREAD: &[&str] = &[
    "acknowledg", "references", "bibliography", "funding", "author contribution", "conflict of interest",
    "conflicts of interest", "competing interest", "declaration of", "table of contents", "contents",
];

/// What part the section headed `heading` is, within a section of kind `parent`.
///
/// Related work stays related work all the way down, so that other people's findings are never taken for the paper's
/// own; a subsection of the results is left in them unless its heading says set-up, discussion or related work.
pub(super) fn kind(heading: &str, parent: Option<SectionKind>) -> SectionKind {
    let heading = heading.to_lowercase();
    let own = PARTS.iter().position(|(_, words)| words.iter().any(|word| heading.contains(word)));
    match (parent, own) {
        (Some(SectionKind::RelatedWork), _) => SectionKind::RelatedWork,
        (Some(SectionKind::Results), Some(own)) if own + 1 == PARTS.len() => SectionKind::Results,
        (_, Some(own)) => PARTS[own].0,
        (parent, None) => parent.unwrap_or(SectionKind::Other),
    }
}

/// True for acknowledgements, references and the like.
pub(super) fn is_unread(heading: &str) -> bool {
    let heading = heading.to_lowercase();
    UNREAD.iter().any(|words| heading.starts_with(words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use SectionKind::{Conclusion, Discussion, Introduction, Methods, Other, RelatedWork, Results};

    #[test]
    fn headings_tell_their_part() {
        for (heading, part) in [
            ("Introduction", Introduction),
            ("Background and Motivation", RelatedWork),
            ("Experimental Setup", Methods),
            ("Experiments", Results),
            ("Results and Discussion", Results),
            ("Discussion and Limitations", Discussion),
            ("Conclusions and Future Work", Conclusion),
            ("Model Architecture", Methods),
            ("Why Trees", Other),
        ] {
            assert_eq!(kind(heading, None), part, "{heading}");
        }
    }

    #[test]
    fn subsections_follow_their_section() {
        assert_eq!(kind("Evaluation of language models", Some(RelatedWork)), RelatedWork);
        assert_eq!(kind("Model size", Some(Results)), Results);
        assert_eq!(kind("Baselines", Some(Results)), Methods);
        assert_eq!(kind("English", Some(Results)), Results);
        assert_eq!(kind("Why Trees", None), Other);
    }

    #[test]
    fn thanks_and_references_are_not_read() {
        assert!(is_unread("Acknowledgements") && is_unread("ACKNOWLEDGMENTS") && is_unread("Funding"));
        assert!(!is_unread("Results"));
    }
}
