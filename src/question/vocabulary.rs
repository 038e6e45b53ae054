//! Word lists that the questions are read with. All entries are in lower case; they were written for this project.

/// Verbs and participles that relate two things: what stands before one is compared or related to what follows it.
/// The base form stands for its regular inflections too.
pub const RELATIONS: &[&str] = &[
    "accelerate", "achieve", "affect", "alleviate", "alter", "ameliorate", "apply", "associated", "attenuate",
    "avoid", "benefit", "bias", "boost", "cause", "change", "compare", "consolidate", "contribute", "correlate",
    "correlated", "cure", "damage", "decrease", "delay", "depend", "detect", "determine", "develop", "differ",
    "diminish", "disrupt", "distinguish", "drive", "effective", "efficacious", "eliminate", "enable", "enhance",
    "exceed", "explain", "facilitate", "foster", "generalise", "generalize", "generate", "govern", "harm", "help",
    "hinder", "impact", "impair", "improve", "increase", "induce", "influence", "inhibit", "interact", "lead",
    "limit", "link", "linked", "maintain", "mediate", "minimise", "minimize", "mitigate", "modulate", "outperform",
    "perform", "predict", "prevent", "produce", "prolong", "promote", "protect", "raise", "reduce", "regulate",
    "relate", "related", "relieve", "replace", "respond", "solve", "stimulate", "strengthen", "suppress", "surpass",
    "sustain", "treat", "trigger", "vary", "weaken", "worsen", "receive",
];

/// Verbs that are adjectives at the beginning of a phrase: "lower back pain", but "a basic income lowers employment".
pub const RELATIONS_INSIDE: &[&str] = &[
    "lower", "shape", "slow",
];

/// Nouns that name a relation: "the effect of … on …", "the role of … in …".
pub const RELATION_NOUNS: &[&str] = &[
    "advantage", "association", "benefit", "connection", "consequence", "contribution", "correlation", "dependence",
    "difference", "effect", "effectiveness", "efficacy", "impact", "importance", "implication", "influence",
    "interaction", "link", "relation", "relationship", "role", "use", "usefulness",
];

/// Phrases whose last word would be taken for a relation.
pub const NOUN_PHRASES: &[&str] = &[
    "climate change", "behaviour change", "behavior change", "social change", "remote work", "shift work",
    "social work",
];

/// Words that begin a condition.
pub const CLAUSES: &[&str] = &[
    "when", "if", "while", "after", "before", "once", "unless", "given",
];

/// Words that begin the setting of a question: where, when, among whom.
pub const SETTINGS: &[&str] = &[
    "in", "among", "amongst", "within", "across", "during", "at", "amid", "under",
];

/// Words that set two things against each other.
pub const COMPARISONS: &[&str] = &[
    "versus", "vs", "than", "compared", "relative", "or", "instead",
];

/// Words that carry no topic of their own in a question, beside the stop words of [`crate::text::terms`].
pub const FILLERS: &[&str] = &[
    "actually", "aspect", "available", "bad", "best", "better", "big", "cases", "certain", "common", "commonly",
    "current", "currently", "degree", "different", "does", "effectively", "enough", "ever", "evidence", "exist",
    "extent", "factor", "factors", "far", "feasible", "find", "finding", "findings", "good", "great", "happen",
    "happens", "important", "issue", "key", "kind", "kinds", "know", "known", "latest", "less", "like", "likely",
    "literature", "made", "main", "make", "makes", "many", "mean", "means", "mechanism", "mechanisms", "method",
    "methods", "much", "necessary", "need", "new", "novel", "often", "paper", "papers", "possible", "possibly",
    "problem", "problems", "question", "questions", "really", "reason", "reasons", "recent", "recently", "relevant",
    "reliably", "report", "reported", "research", "say", "show", "significantly", "sort", "still", "studied",
    "studies", "study", "suggest", "thing", "things", "two", "type", "types", "used", "useful", "using", "way",
    "ways", "well", "without", "work", "works", "worse", "worst", "yet", "measure", "measured", "occurs", "occur",
    "arise", "arises",
];

/// Words that say who or what was looked at: papers of any topic have them, so they count for less.
pub const PEOPLE: &[&str] = &[
    "adolescent", "adult", "animal", "boy", "child", "children", "female", "girl", "human", "individual", "infant",
    "male", "man", "men", "mice", "mouse", "newborn", "participant", "patient", "people", "person", "population",
    "rat", "student", "subject", "teenager", "volunteer", "woman", "women", "worker", "youth",
];

/// Words that say as little where they stand alone, and names that whole fields of papers share.
pub const GENERIC: &[&str] = &[
    "accuracy", "area", "artificial intelligence", "ai", "benchmark", "calculation", "city", "country", "data",
    "dataset", "deep learning", "eu", "europe", "large language model", "llm", "machine learning", "ml", "model",
    "nlp", "outcome", "performance", "quality", "risk", "sample", "school", "society", "stability", "system", "task",
    "treatment", "uk", "usa", "world",
];

/// Last words that add nothing to what stands before them: "NLI benchmarks" are about NLI.
pub const EMPTY_HEADS: &[&str] = &[
    "algorithm", "algorithms", "approach", "approaches", "benchmark", "benchmarks", "dataset", "datasets", "method",
    "methods", "participants", "patients", "people", "task", "tasks", "technique", "techniques",
];

/// Last words that measure what stands before them: "reasoning accuracy" measures reasoning.
pub const MEASURES: &[&str] = &[
    "ability", "accuracy", "activity", "behavior", "behaviour", "capability", "capacity", "concentration", "cost",
    "frequency", "incidence", "intensity", "level", "levels", "likelihood", "loss", "mortality", "outcome",
    "outcomes", "performance", "prevalence", "quality", "rate", "rates", "risk", "score", "scores", "severity",
    "skill", "skills", "strength", "success",
];

/// Last words too broad to stand for the phrase they end: "models" does not show "small language models".
pub const BROAD_HEADS: &[&str] = &[
    "acid", "analysis", "cell", "cells", "change", "computing", "data", "design", "development", "device", "devices",
    "disease", "diseases", "disorder", "disorders", "education", "effect", "energy", "equation", "exposure", "field",
    "function", "generation", "group", "groups", "growth", "income", "information", "intervention", "interventions",
    "language", "learning", "material", "materials", "matter", "mechanism", "mechanisms", "media", "medicine",
    "model", "models", "network", "networks", "policy", "process", "processes", "processing", "program", "programme",
    "protein", "proteins", "range", "science", "search", "signal", "simulation", "size", "space", "state", "states",
    "structure", "supplement", "supplements", "supplementation", "system", "systems", "technology", "test", "tests",
    "text", "theory", "therapy", "time", "training", "transfer", "treatment", "use", "wave", "waves", "work",
];

/// Adjectives of degree: left out of a search phrase that stays a phrase without them.
pub const DEGREES: &[&str] =
    &[
    "brief", "early", "frequent", "high", "large", "late", "long", "low", "regular", "short", "small", "strong",
];

/// Names for one thing, the form to search for first; plain ASCII, as [`crate::text::terms`] folds them.
pub const SYNONYMS: &[&[&str]] = &[
    // computing and language
    &["natural language inference", "nli", "textual entailment", "snli", "mnli", "multinli", "xnli"],
    &["small language model", "slm", "smaller language model", "small-scale language model", "compact language model",
      "lightweight language model", "small model", "smaller model", "small llm", "smaller llm", "small-scale llm"],
    &["large language model", "llm"],
    &["pretrained language model", "pre-trained language model", "plm"],
    &["vision-language model", "vlm"],
    &["natural language processing", "nlp"],
    &["named entity recognition", "ner"],
    &["question answering", "qa"],
    &["machine translation", "nmt"],
    &["retrieval-augmented generation", "rag"],
    &["chain-of-thought", "cot"],
    &["parameter-efficient fine-tuning", "peft", "lora"],
    &["low-rank adaptation", "lora"],
    &["reinforcement learning from human feedback", "rlhf"],
    &["artificial intelligence", "ai"],
    &["graph neural network", "gnn"],
    &["convolutional neural network", "cnn"],
    &["generative adversarial network", "gan"],
    &["knowledge distillation", "distilled"],
    &["synthetic data", "synthetically generated", "synthetic dataset", "synthetic training", "synthetic example",
      "generated data", "data augmentation", "synthetic corpus", "generated training", "generated example"],
    &["fact verification", "claim verification", "fact-checking"],
    // medicine and psychology
    &["randomized controlled trial", "randomised controlled trial", "rct"],
    &["type 2 diabetes", "type ii diabetes", "t2d", "t2dm"],
    &["cardiovascular disease", "cvd"],
    &["coronary heart disease", "chd"],
    &["chronic kidney disease", "ckd"],
    &["chronic obstructive pulmonary disease", "copd"],
    &["myocardial infarction", "heart attack"],
    &["hypertension", "high blood pressure"],
    &["covid-19", "covid", "sars-cov-2"],
    &["attention deficit hyperactivity disorder", "adhd"],
    &["post-traumatic stress disorder", "posttraumatic stress disorder", "ptsd"],
    &["cognitive behavioral therapy", "cognitive behavioural therapy", "cbt"],
    &["body mass index", "bmi"],
    &["magnetic resonance imaging", "mri"],
    &["electroencephalography", "eeg"],
    &["low-density lipoprotein", "ldl"],
    &["selective serotonin reuptake inhibitor", "ssri"],
    &["gut microbiota", "gut microbiome", "intestinal microbiota", "intestinal microbiome"],
    // physics and chemistry
    &["density functional theory", "dft"],
    &["metal-organic framework", "mof"],
    &["quantum key distribution", "qkd"],
    &["quantum chromodynamics", "qcd"],
    &["cosmic microwave background", "cmb"],
    &["large hadron collider", "lhc"],
    &["bose-einstein condensate", "bec"],
    &["active galactic nuclei", "active galactic nucleus", "agn"],
    &["high-temperature superconductivity", "high-tc superconductivity", "high-temperature superconductor",
      "high-tc superconductor"],
    // society and economy
    &["universal basic income", "unconditional basic income"],
    &["gross domestic product", "gdp"],
    &["socioeconomic status", "ses"],
    &["working from home", "remote work", "telework", "teleworking"],
];

/// British and American spellings of one word part, replaced wherever they occur.
pub const SPELLINGS: &[(&str, &str)] = &[
    ("isation", "ization"), ("ising", "izing"), ("ised", "ized"), ("haviour", "havior"), ("tumour", "tumor"),
    ("labour", "labor"), ("colour", "color"), ("neighbour", "neighbor"), ("ageing", "aging"), ("aemi", "emi"),
    ("paed", "ped"), ("oestr", "estr"), ("fibre", "fiber"), ("centre", "center"), ("sulph", "sulf"),
    ("modelling", "modeling"), ("labelled", "labeled"),
];
