//! One word in its several spellings: Greek letters and their names, British and American, irregular plurals.

/// Names of the Greek letters, from alpha to omega; final sigma as sigma.
const GREEK: [&str; 25] = [
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi",
    "omicron", "pi", "rho", "sigma", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
];

/// The name of a Greek letter, in lower case.
pub(crate) fn greek(c: char) -> Option<&'static str> {
    match c {
        'ϵ' => Some("epsilon"),
        'ϑ' => Some("theta"),
        'ϕ' => Some("phi"),
        'ϱ' => Some("rho"),
        'ϰ' => Some("kappa"),
        c => GREEK.get(usize::try_from(u32::from(c).checked_sub(u32::from('α'))?).ok()?).copied(),
    }
}

/// Parts of words that differ, British then American; wherever they stand in a word.
#[rustfmt::skip]
const PARTS: &[(&str, &str)] = &[
    ("aemi", "emi"), ("aesthesi", "esthesi"), ("anaesthe", "anesthe"), ("aetiolog", "etiolog"), ("archaeolog", "archeolog"),
    ("caecum", "cecum"), ("caecal", "cecal"), ("caesarean", "cesarean"), ("caesium", "cesium"), ("encyclopaed", "encycloped"),
    ("faeces", "feces"), ("faecal", "fecal"), ("gynaecolog", "gynecolog"), ("haem", "hem"), ("ischaem", "ischem"),
    ("leukaem", "leukem"), ("mediaeval", "medieval"), ("naev", "nev"), ("orthopaed", "orthoped"), ("paediatr", "pediatr"),
    ("paedophil", "pedophil"), ("palaeo", "paleo"), ("coeliac", "celiac"), ("diarrhoe", "diarrhe"), ("rrhoea", "rrhea"),
    ("foetal", "fetal"), ("foetus", "fetus"), ("manoeuv", "maneuv"), ("oedema", "edema"), ("oesophag", "esophag"), ("oestr", "estr"),
    ("pnoea", "pnea"), ("amoeb", "ameb"), ("homoeopath", "homeopath"), ("armour", "armor"), ("behaviour", "behavior"),
    ("colour", "color"), ("endeavour", "endeavor"), ("favour", "favor"), ("flavour", "flavor"), ("harbour", "harbor"),
    ("honour", "honor"), ("humour", "humor"), ("labour", "labor"), ("neighbour", "neighbor"), ("odour", "odor"), ("rigour", "rigor"),
    ("rumour", "rumor"), ("saviour", "savior"), ("savour", "savor"), ("tumour", "tumor"), ("vapour", "vapor"), ("vigour", "vigor"),
    ("sulph", "sulf"), ("leucocyt", "leukocyt"), ("homoeosta", "homeosta"), ("moustache", "mustache"), ("aluminium", "aluminum"), ("artefact", "artifact"), ("mould", "mold"), ("plough", "plow"), ("sceptic", "skeptic"),
    ("yoghurt", "yogurt"), ("yoghourt", "yogurt"), ("neurone", "neuron"), ("judgement", "judgment"), ("defence", "defense"),
    ("offence", "offense"), ("licence", "license"), ("practis", "practic"), ("centring", "centering"), ("centred", "centered"),
    ("ageing", "aging"), ("enrolment", "enrollment"), ("fulfilment", "fulfillment"), ("skilful", "skillful"), ("grey", "gray"),
];

/// Words that differ, with their plurals.
#[rustfmt::skip]
const WORDS: &[(&str, &str)] = &[
    ("centre", "center"), ("fibre", "fiber"), ("litre", "liter"), ("metre", "meter"), ("theatre", "theater"), ("calibre", "caliber"),
    ("titre", "titer"), ("goitre", "goiter"), ("spectre", "specter"), ("lustre", "luster"), ("programme", "program"),
    ("catalogue", "catalog"), ("dialogue", "dialog"), ("analogue", "analog"), ("homologue", "homolog"), ("gramme", "gram"),
    ("speciality", "specialty"), ("tyre", "tire"), ("enrol", "enroll"), ("fulfil", "fulfill"), ("instil", "instill"),
    ("distil", "distill"), ("kerb", "curb"), ("cheque", "check"), ("moult", "molt"), ("disc", "disk"), ("millilitre", "milliliter"),
    ("kilometre", "kilometer"), ("centimetre", "centimeter"), ("millimetre", "millimeter"), ("micrometre", "micrometer"),
    ("nanometre", "nanometer"), ("microfibre", "microfiber"), ("manoeuvre", "maneuver"), ("sabre", "saber"), ("draught", "draft"),
];

/// Irregular plurals, and their singular.
#[rustfmt::skip]
const PLURALS: &[(&str, &str)] = &[
    ("algae", "alga"), ("alveoli", "alveolus"), ("analyses", "analysis"), ("anastomoses", "anastomosis"), ("antennae", "antenna"), ("apices", "apex"),
    ("appendices", "appendix"), ("axes", "axis"), ("bacilli", "bacillus"), ("bacteria", "bacterium"), ("bronchi", "bronchus"),
    ("calves", "calf"), ("children", "child"), ("corpora", "corpus"), ("cortices", "cortex"), ("crises", "crisis"),
    ("criteria", "criterion"), ("diagnoses", "diagnosis"), ("emboli", "embolus"), ("feet", "foot"), ("fibroses", "fibrosis"), ("foci", "focus"),
    ("formulae", "formula"), ("fungi", "fungus"), ("ganglia", "ganglion"), ("geese", "goose"), ("genera", "genus"), ("halves", "half"),
    ("hypotheses", "hypothesis"), ("indices", "index"), ("kinetochores", "kinetochore"), ("knives", "knife"), ("larvae", "larva"),
    ("leaves", "leaf"), ("lice", "louse"), ("lives", "life"), ("loaves", "loaf"), ("loci", "locus"), ("matrices", "matrix"),
    ("men", "man"), ("meta-analyses", "meta-analysis"), ("metaanalyses", "metaanalysis"), ("metastases", "metastasis"),
    ("mice", "mouse"), ("mitochondria", "mitochondrion"), ("neuroses", "neurosis"), ("nuclei", "nucleus"), ("ova", "ovum"),
    ("parentheses", "parenthesis"), ("phenomena", "phenomenon"), ("prognoses", "prognosis"), ("psychoses", "psychosis"),
    ("radii", "radius"), ("septa", "septum"), ("spectra", "spectrum"), ("stenoses", "stenosis"), ("stimuli", "stimulus"),
    ("strata", "stratum"), ("syntheses", "synthesis"), ("taxa", "taxon"), ("teeth", "tooth"), ("theses", "thesis"),
    ("thrombi", "thrombus"), ("thromboses", "thrombosis"), ("vertebrae", "vertebra"), ("vertices", "vertex"), ("villi", "villus"),
    ("viri", "virus"), ("wives", "wife"), ("wolves", "wolf"), ("women", "woman"),
];

/// Verbs that double their last letter in Britain.
#[rustfmt::skip]
const DOUBLING: &[&str] = &[
    "cancel", "channel", "counsel", "dial", "duel", "equal", "fuel", "initial", "label", "level", "marvel", "model", "panel",
    "pedal", "remodel", "relabel", "rival", "signal", "spiral", "total", "travel", "tunnel",
];

/// Beginnings of words in -ise that no American writes with a z, up to their "is".
#[rustfmt::skip]
const ALWAYS_ISE: &[&str] = &[
    "adv", "advert", "an", "appra", "apprais", "appr", "ar", "br", "bru", "chast", "circumc", "compr", "comprom", "conc", "cru", "dem",
    "desp", "dev", "disgu", "enterpr", "entrepr", "exc", "exerc", "expert", "franch", "gu", "imprec", "improv", "inc", "likew", "merchand",
    "mort", "no", "otherw", "parad", "po", "pra", "prec", "prem", "prom", "pro", "rad", "ra", "repr", "rev", "superv", "surm", "surpr",
    "telev", "tort", "treat", "turqu", "unprec", "w", "fran", "porpo", "tortoise", "cerv", "po", "uprais", "up", "counterw", "clockw",
];

/// The American, singular spelling of a word in plain lower-case letters.
pub(super) fn common(word: &str) -> String {
    let word = PLURALS.iter().find(|(plural, _)| *plural == word).map_or(word, |&(_, singular)| singular);
    let (stem, plural) = word.strip_suffix('s').map_or((word, ""), |stem| (stem, "s"));
    if let Some(&(_, american)) = WORDS.iter().find(|(british, _)| *british == stem || *british == word) {
        return format!("{american}{plural}");
    }
    let mut common = word.to_owned();
    for (british, american) in PARTS {
        if common.contains(british) {
            common = common.replace(british, american);
        }
    }
    undoubled(&common).or_else(|| with_z(&common)).unwrap_or(common)
}

/// "modelling" as "modeling".
fn undoubled(word: &str) -> Option<String> {
    DOUBLING.iter().find_map(|verb| {
        let ending = word.strip_prefix(verb)?.strip_prefix('l')?;
        matches!(ending, "ed" | "ing" | "er" | "ers" | "ings" | "ation").then(|| format!("{verb}{ending}"))
    })
}

/// "randomised" as "randomized", "analyse" as "analyze".
fn with_z(word: &str) -> Option<String> {
    const ENDINGS: &[&str] = &["e", "ed", "es", "ing", "er", "ers", "ation", "ations", "able", "ational"];
    let at = word.rfind("is").or_else(|| word.rfind("ys")).filter(|&at| at >= 3)?;
    let (start, ending) = (&word[..at], &word[at + 2..]);
    let is_lysis = word[at..].starts_with("ys");
    let fits = ENDINGS.contains(&ending) && (!is_lysis || start.ends_with('l') && !ending.starts_with("at"));
    let british = fits && (is_lysis || !ALWAYS_ISE.contains(&start) && !start.ends_with(['a', 'o', 'u', 'e']));
    british.then(|| format!("{start}{}z{ending}", &word[at..=at]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn british_and_american_are_one() {
        for (british, american) in [
            ("tumours", "tumors"),
            ("behavioural", "behavioral"),
            ("paediatric", "pediatric"),
            ("anaesthesia", "anesthesia"),
            ("anaemia", "anemia"),
            ("leukaemia", "leukemia"),
            ("haemorrhage", "hemorrhage"),
            ("hyperglycaemia", "hyperglycemia"),
            ("oestrogen", "estrogen"),
            ("oedema", "edema"),
            ("oesophagus", "esophagus"),
            ("diarrhoea", "diarrhea"),
            ("foetal", "fetal"),
            ("centre", "center"),
            ("fibres", "fibers"),
            ("randomised", "randomized"),
            ("randomisation", "randomization"),
            ("hospitalisations", "hospitalizations"),
            ("analyse", "analyze"),
            ("analysed", "analyzed"),
            ("catalysed", "catalyzed"),
            ("modelling", "modeling"),
            ("labelled", "labeled"),
            ("signalling", "signaling"),
            ("programmes", "programs"),
            ("sulphur", "sulfur"),
            ("ageing", "aging"),
            ("yoghurt", "yogurt"),
            ("artefacts", "artifacts"),
            ("grey", "gray"),
            ("mice", "mouse"),
            ("analyses", "analysis"),
            ("women", "woman"),
        ] {
            assert_eq!(common(british), common(american), "{british}");
        }
        for word in [
            "exercise",
            "disease",
            "precise",
            "rise",
            "raised",
            "noise",
            "promise",
            "advised",
            "comprised",
            "surprising",
            "phase",
            "increased",
            "analysis",
            "basis",
            "programmed",
            "filled",
            "hour",
            "four",
            "wise",
            "expertise",
            "praise",
        ] {
            assert_eq!(common(word), word);
        }
    }

    #[test]
    fn greek_letters_have_names() {
        assert_eq!(
            "αβγδωσς".chars().filter_map(greek).collect::<Vec<_>>().concat(),
            "alphabetagammadeltaomegasigmasigma"
        );
        assert_eq!(greek('a').or(greek('я')), None);
    }
}
