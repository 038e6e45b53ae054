//! Abbreviations, and the words that start a sentence after one.

/// Abbreviations after which a sentence goes on, whatever follows; lower case, without the last full stop.
#[rustfmt::skip]
pub(super) const NEVER_END: &[&str] = &[
    "alg", "app", "approx", "appx", "art", "c.f", "ca", "cf", "ch", "chap", "corr", "def", "dr", "e.g", "ed", "eds",
    "eg", "eq", "eqn", "eqns", "eqs", "esp", "ex", "fig", "figs", "i.e", "ie", "incl", "lem", "mr", "mrs", "ms",
    "mt", "nos", "obs", "pp", "prof", "prop", "ref", "refs", "rem", "secs", "sect", "sects", "seq", "st", "suppl",
    "tab", "tabs", "thm", "v.s", "viz", "vol", "vols", "vs",
];

/// Abbreviations that may end a sentence, but only where the next word is one that usually [starts](STARTERS) one.
#[rustfmt::skip]
pub(super) const MAY_END: &[&str] = &[
    "a.k.a", "a.m", "apr", "assoc", "aug", "ave", "co", "corp", "dec", "dept", "est", "feb", "gen", "i.i.d", "inc",
    "jan", "jr", "jul", "jun", "ltd", "mar", "nov", "oct", "p.m", "ph.d", "resp", "rev", "s.t", "sep", "sept", "sp",
    "spp", "sr", "subsp", "univ", "var", "w.r.t",
];

/// Abbreviations that number something: they never end a sentence before a digit.
pub(super) const BEFORE_NUMBER: &[&str] = &["no", "p", "sec", "nr", "para", "line", "step"];

/// Words that start a sentence far more often than they follow an abbreviation within one.
#[rustfmt::skip]
pub(super) const STARTERS: &[&str] = &[
    "A", "Across", "Additionally", "After", "All", "Also", "Although", "Among", "An", "And", "As", "At", "Based",
    "Because", "Before", "Between", "Both", "But", "By", "Code", "Compared", "Consequently", "Contrary",
    "Conversely", "Crucially", "Current", "Data", "Despite", "Due", "During", "Each", "Empirical", "Empirically",
    "Even", "Every", "Existing", "Experimental", "Experiments", "Extensive", "Finally", "First", "Following", "For",
    "From", "Further", "Furthermore", "Given", "He", "Hence", "Here", "How", "However", "If", "Importantly", "In",
    "Indeed", "Instead", "Interestingly", "It", "Its", "Lastly", "Later", "Many", "Meanwhile", "Moreover", "Most",
    "Nevertheless", "No", "Nonetheless", "Not", "Notably", "On", "One", "Only", "Or", "Our", "Overall",
    "Particularly", "Previous", "Prior", "Recent", "Recently", "Results", "Second", "Several", "She", "Similarly",
    "Since", "So", "Some", "Specifically", "Subsequently", "Such", "Surprisingly", "That", "The", "Their", "Then",
    "There", "Therefore", "These", "They", "Third", "This", "Those", "Though", "Three", "Through", "Thus", "To",
    "Together", "Two", "Under", "Unlike", "Using", "We", "What", "When", "Where", "Whereas", "Whether", "Which",
    "While", "Who", "Why", "With", "Within", "Without", "Yet",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_starts_are_sorted() {
        assert!(STARTERS.is_sorted());
    }
}
