//! Abbreviations, and the words that start a sentence after one.

/// Abbreviations after which a sentence goes on, whatever follows; lower case, without the last full stop.
#[rustfmt::skip]
pub(super) const NEVER_END: &[&str] = &[
    "alg", "app", "approx", "appx", "art", "c.f", "ca", "capt", "cf", "ch", "chap", "corr", "def", "dr", "drs",
    "e.g", "ed", "eds", "eg", "eq", "eqn", "eqns", "eqs", "esp", "ex", "fig", "figs", "gov", "hon", "i.e", "ie",
    "incl", "lem", "lt", "maj", "messrs", "mmes", "mr", "mrs", "ms", "mss", "mt", "nos", "obs", "pp", "prof",
    "profs", "prop", "ref", "refs", "rem", "secs", "sect", "sects", "seq", "sgt", "st", "suppl", "tab", "tabs",
    "thm", "v.s", "viz", "vol", "vols", "vs",
];

/// Abbreviations that may end a sentence, but only where the next word is one that usually [starts](STARTERS) one: of
/// titles, places, times and measures, of taxa, and of the words in journals' names (as ISO 4 abbreviates them).
#[rustfmt::skip]
pub(super) const MAY_END: &[&str] = &[
    "a.k.a", "a.m", "abstr", "acad", "adm", "adv", "aff", "agric", "alt", "amer", "ann", "appl", "apr", "assoc",
    "astron", "astrophys", "auct", "aug", "ave", "avg", "behav", "biochem", "bioeng", "bioinform", "biol",
    "biophys", "biosci", "biotechnol", "biov", "bldg", "blvd", "bot", "bros", "bull", "bv", "cardiol", "chem",
    "chir", "clin", "cmdr", "co", "col", "comb", "comm", "commun", "comp", "comput", "conc", "concn", "conf",
    "cons", "cont", "contd", "corp", "cosmol", "crit", "cv", "cvs", "cyt", "dec", "dent", "dept", "dermatol",
    "dev", "dia", "diagn", "diam", "dim", "dist", "div", "dyn", "ecol", "econ", "elec", "electr", "electrochem",
    "electron", "em", "emerg", "endocrinol", "eng", "engin", "engl", "entomol", "environ", "epidemiol", "equip",
    "est", "eur", "evol", "excl", "exp", "exper", "ext", "f.sp", "feb", "fem", "fert", "fis", "fo", "freq",
    "gastroenterol", "gen", "genet", "geochem", "geogr", "geol", "geophys", "hematol", "hepatol", "hist",
    "hort", "hosp", "hr", "hrs", "ht", "hwy", "hydrol", "i.i.d", "immunol", "inc", "ind", "infect", "inst",
    "instrum", "int", "interdiscip", "internat", "intl", "j", "jan", "jr", "jul", "jun", "lang", "lat", "lett",
    "libr", "ltd", "mach", "mar", "mater", "math", "max", "mech", "med", "metab", "meth", "methodol", "mfg",
    "mgmt", "microbiol", "microsc", "min", "mol", "monogr", "morphol", "mos", "nat", "natl", "nephrol",
    "neurobiol", "neurol", "neurophysiol", "neurosci", "neurosurg", "nom", "nov", "nucl", "numer", "nutr",
    "obstet", "oct", "oncol", "ophthalmol", "orthop", "otolaryngol", "p.m", "paediatr", "paleontol",
    "parasitol", "pat", "pathol", "pediatr", "pers", "ph.d", "pharm", "pharmacol", "philos", "photochem",
    "phys", "physiol", "polym", "prelim", "prob", "proc", "psych", "psychiatr", "psychol", "publ", "pv", "pvs",
    "qual", "quant", "radiat", "radiol", "recomb", "rehabil", "rep", "repr", "repub", "res", "resour", "resp",
    "respir", "rev", "rheumatol", "rm", "s.t", "sci", "sen", "sep", "sept", "ser", "serov", "seroval", "soc",
    "sociol", "softw", "sp", "spectrosc", "spp", "sr", "ssp", "stereochem", "str", "struct", "stud", "subg",
    "subser", "subsp", "subst", "surg", "surv", "symp", "syn", "syst", "tech", "technol", "tel", "temp",
    "theor", "ther", "thorac", "thromb", "toxicol", "trans", "transl", "transpl", "trop", "univ", "unpubl",
    "urol", "vac", "var", "vet", "virol", "w.r.t", "wk", "wks", "wt", "yr", "yrs", "zool",
];

/// Units that end a sentence behind a number: "It took 30 min. Controls took longer."
#[rustfmt::skip]
pub(super) const UNITS: &[&str] = &[
    "cm", "dl", "ft", "ghz", "h", "hr", "hrs", "hz", "kg", "khz", "km", "kpa", "l", "lb", "m", "mg", "mhz", "min", "ml", "mm", "mo",
    "mol", "months", "mpa", "ms", "ng", "nm", "s", "sec", "wk", "wks", "yr", "yrs",
];

/// Abbreviations that number something: they never end a sentence before a digit.
pub(super) const BEFORE_NUMBER: &[&str] = &["no", "p", "sec", "nr", "para", "line", "step"];

/// Words that start a sentence far more often than they follow an abbreviation within one.
#[rustfmt::skip]
pub(super) const STARTERS: &[&str] = &[
    "A", "Across", "Additionally", "After", "All", "Also", "Although", "Among", "An", "And", "As", "At", "Based",
    "Because", "Before", "Between", "Both", "But", "By", "Code", "Compared", "Consequently", "Contrary",
    "Controls",
    "Conversely", "Crucially", "Current", "Data", "Despite", "Due", "During", "Each", "Empirical", "Empirically",
    "Even", "Every", "Existing", "Experimental", "Experiments", "Extensive", "Finally", "First", "Following", "For",
    "From", "Further", "Furthermore", "Given", "He", "Hence", "Here", "How", "However", "If", "Importantly", "In",
    "Indeed", "Instead", "Interestingly", "It", "Its", "Lastly", "Later", "Many", "Meanwhile", "Moreover", "Most",
    "Nevertheless", "No", "Nonetheless", "Not", "Notably", "On", "One", "Only", "Or", "Our", "Overall",
    "Participants", "Particularly", "Patients", "Previous", "Prior", "Recent", "Recently", "Results", "Second", "Several", "She", "Similarly",
    "Since", "So", "Some", "Specifically", "Subjects", "Subsequently", "Such", "Surprisingly", "That", "The", "Their", "Then",
    "There", "Therefore", "These", "They", "Third", "This", "Those", "Though", "Three", "Through", "Thus", "To",
    "Together", "Two", "Under", "Unlike", "Using", "We", "What", "When", "Where", "Whereas", "Whether", "Which",
    "While", "Who", "Why", "With", "Within", "Without", "Yet",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted() {
        assert!(STARTERS.is_sorted());
        assert!(NEVER_END.is_sorted() && MAY_END.is_sorted() && UNITS.is_sorted());
    }
}
