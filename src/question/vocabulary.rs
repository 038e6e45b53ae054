//! Word lists that the questions are read with. All entries are in lower case; they were written for this project.

/// Verbs and participles that relate two things: what stands before one is compared or related to what follows it.
/// The base form stands for its regular inflections too.
pub const RELATIONS: &[&str] = &[
    "accelerate", "achieve", "adapt", "affect", "aggravate", "alleviate", "alter", "ameliorate", "amplify", "appear",
    "apply", "arise", "associated", "attenuate", "attract", "avoid", "become", "benefit", "boost", "capture", "cause",
    "change", "classify", "compare", "compromise", "confer", "consolidate", "constrain", "contribute", "converge",
    "convert", "correlate", "correlated", "curb", "cure", "damage", "dampen", "decrease", "degrade", "delay",
    "demonstrate", "depend", "deplete", "destroy", "detect", "deter", "deteriorate", "determine", "develop",
    "diagnose", "differ", "diminish", "discourage", "discriminate", "displace", "display", "disrupt", "distinguish",
    "drive", "effective", "efficacious", "elicit", "eliminate", "emerge", "enable", "encode", "encourage", "enhance",
    "erode", "evoke", "evolve", "exacerbate", "exceed", "exhibit", "expand", "explain", "exploit", "extend",
    "facilitate", "foster", "generalise", "generalize", "generate", "govern", "halt", "hamper", "harm", "help",
    "hinder", "hurt", "identify", "impact", "impair", "impede", "improve", "increase", "induce", "infect", "infer",
    "influence", "inhibit", "interact", "kill", "lead", "lengthen", "limit", "link", "linked", "maintain", "mediate",
    "minimise", "minimize", "mitigate", "modulate", "motivate", "originate", "outperform", "outweigh", "overcome",
    "overestimate", "perform", "possess", "predict", "preserve", "prevent", "produce", "prolong", "promote",
    "protect", "quantify", "raise", "receive", "recognise", "recognize", "recover", "reduce", "reflect", "regulate",
    "relate", "related", "relieve", "rely", "remain", "replace", "replicate", "represent", "respond", "restore",
    "retain", "reveal", "reverse", "seem", "shorten", "shrink", "simulate", "solve", "stabilise", "stabilize",
    "stimulate", "strengthen", "suffer", "suppress", "surpass", "sustain", "tackle", "tend", "threaten", "tolerate",
    "translate", "transmit", "treat", "trigger", "underestimate", "undermine", "understand", "vary", "violate",
    "weaken", "withstand", "worsen",
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

/// Verbs of what things do, which relate as well; not in -ing, which is a noun as often ("building energy", "teaching").
pub const ACTIONS: &[&str] = &[
    "accept", "accrete", "acquire", "adjust", "adopt", "align", "annotate", "approximate", "assemble", "assess",
    "assimilate", "believe", "break", "build", "calculate", "catalyse", "catalyze", "categorise", "categorize",
    "choose", "collide", "colonise", "colonize", "communicate", "commute", "compete", "comply", "compress",
    "construct", "cooperate", "create", "crystallise", "crystallize", "deceive", "deduce", "defend", "differentiate",
    "diffuse", "disappear", "discover", "disperse", "dissolve", "distill", "earn", "educate", "emulate", "enforce",
    "escape", "evaluate", "evaporate", "exclude", "excrete", "extract", "fail", "ferment", "fix", "forget", "fuse",
    "germinate", "grow", "hallucinate", "heal", "hire", "imagine", "imitate", "include", "inform", "integrate",
    "invade", "invest", "involve", "judge", "learn", "locate", "manipulate", "marry", "memorise", "memorize", "merge",
    "metabolise", "metabolize", "methylate", "migrate", "mimic", "mislead", "occur", "oppose", "oscillate", "outlast",
    "oxidise", "oxidize", "paraphrase", "perceive", "persist", "persuade", "phosphorylate", "polarise", "polarize",
    "pollute", "prefer", "proliferate", "propagate", "quantize", "radiate", "react", "recommend", "recur", "refract",
    "reject", "relapse", "remember", "reproduce", "require", "resist", "retrieve", "rewrite", "rotate", "save",
    "scatter", "secrete", "select", "separate", "subsidise", "subsidize", "succeed", "summarise", "summarize",
    "survive", "synthesise", "synthesize", "teach", "transcribe", "vaccinate", "validate", "vanish", "verify",
];

/// Words that are verbs in "does X match Y" and nouns elsewhere: taken for relations only where a question asks with an
/// auxiliary and has no other relation.
pub const AMBIGUOUS: &[&str] = &[
    "age", "aid", "attack", "balance", "ban", "beat", "bias", "bind", "block", "bridge", "challenge", "claim",
    "cluster", "concern", "control", "cost", "cover", "crash", "cut", "decay", "demand", "design", "drift", "equal",
    "estimate", "experience", "express", "feed", "filter", "fit", "fold", "force", "forecast", "form", "gain",
    "guide", "hedge", "hold", "host", "inherit", "label", "lag", "last", "leak", "load", "lose", "map", "mark",
    "match", "matter", "measure", "melt", "monitor", "move", "need", "note", "offer", "outgrow", "pair", "pass",
    "pay", "plan", "play", "pollinate", "present", "profile", "progress", "project", "rank", "rate", "reach", "read",
    "reason", "recall", "record", "relax", "release", "repair", "rescue", "respect", "return", "reward", "rise",
    "rival", "run", "sample", "scale", "screen", "search", "sell", "sense", "share", "shift", "signal", "sink",
    "smooth", "sort", "spread", "stand", "start", "stick", "stop", "store", "stream", "stress", "strike", "structure",
    "support", "survey", "switch", "target", "taste", "tax", "test", "track", "trade", "train", "transfer",
    "transport", "travel", "trust", "update", "value", "view", "vote", "walk", "waste", "wear", "weigh", "yield",
];

/// Words that a question with an auxiliary begins with.
pub const AUXILIARIES: &[&str] = &[
    "can", "could", "did", "do", "does", "may", "might", "must", "should", "will", "would",
];

/// Phrases whose last word would be taken for a relation.
pub const NOUN_PHRASES: &[&str] = &[
    "climate change", "behaviour change", "behavior change", "social change", "remote work", "shift work",
    "social work", "traffic control", "birth control", "heat transfer", "low back pain", "lower back pain",
    "lower limb", "social support", "code generation",
];

/// Words that begin a condition.
pub const CLAUSES: &[&str] = &[
    "when", "if", "while", "after", "before", "once", "unless", "given",
];

/// Words after which a phrase narrows the one before: where, among whom, by what.
pub const SETTINGS: &[&str] = &[
    "in", "among", "amongst", "within", "across", "during", "at", "amid", "under", "on", "for", "to", "with", "by",
    "against", "from", "into", "upon", "through", "via", "about",
];

/// Words that set two things against each other.
pub const COMPARISONS: &[&str] = &[
    "versus", "vs", "than", "compared", "relative", "or", "instead",
];

/// Words that carry no topic of their own in a question, beside the stop words of [`crate::text::terms`].
pub const FILLERS: &[&str] = &[
    "above", "accurate", "accurately", "actually", "arise", "arises", "aspect", "available", "bad", "based", "below",
    "best", "better", "big", "cases", "certain", "cheap", "cheaper", "common", "commonly", "current", "currently",
    "degree", "different", "does", "effectively", "enough", "ever", "evidence", "exist", "existence", "extent",
    "factor", "factors", "far", "fast", "faster", "feasible", "find", "finding", "findings", "good", "great",
    "happen", "happens", "important", "issue", "key", "kind", "kinds", "know", "known", "latest", "less", "like",
    "likely", "literature", "made", "main", "make", "makes", "many", "mean", "means", "measure", "measured",
    "mechanism", "mechanisms", "method", "methods", "much", "necessary", "need", "new", "novel", "often", "onset",
    "own", "paper", "papers", "possible", "possibly", "presence", "problem", "problems", "question", "questions",
    "really", "reason", "reasons", "recent", "recently", "relevant", "reliable", "reliably", "report", "reported",
    "research", "safer", "say", "show", "significantly", "sort", "still", "studied", "studies", "study", "suggest",
    "supporting", "supports", "there", "thing", "things", "trained", "two", "type", "types", "used", "useful",
    "using", "way", "ways", "well", "without", "work", "works", "worse", "worst", "yet",
];

/// Words that say who or what was looked at: papers of any topic have them, so they count for less.
pub const PEOPLE: &[&str] = &[
    "adolescent", "adult", "animal", "baby", "boy", "child", "children", "elderly", "female", "girl", "household",
    "human", "individual", "infant", "male", "man", "men", "mice", "mother", "mouse", "newborn", "parent",
    "participant", "patient", "people", "person", "population", "rat", "student", "subject", "teenager", "toddler",
    "user", "volunteer", "woman", "women", "worker", "youth",
];

/// Words that say as little where they stand alone, and names that whole fields of papers share.
pub const GENERIC: &[&str] = &[
    "accuracy", "adulthood", "ai", "area", "artificial intelligence", "benchmark", "calculation", "childhood", "city",
    "clinical", "country", "daily life", "data", "dataset", "deep learning", "developing country", "eu", "europe",
    "european union", "everyday life", "large language model", "llm", "low-income country", "machine learning", "ml",
    "model", "nlp", "old age", "outcome", "performance", "quality", "real-world", "risk", "rural", "sample", "school",
    "society", "stability", "system", "task", "the wild", "treatment", "uk", "united kingdom", "united states",
    "urban", "usa", "world",
];

/// Last words that add nothing to what stands before them: "NLI benchmarks" are about NLI.
pub const EMPTY_HEADS: &[&str] = &[
    "algorithm", "algorithms", "approach", "approaches", "area", "areas", "benchmark", "benchmarks", "context",
    "contexts", "dataset", "datasets", "domain", "domains", "feature", "features", "method", "methods",
    "participants", "patients", "people", "setting", "settings", "task", "tasks", "technique", "techniques",
];

/// Last words that measure what stands before them: "reasoning accuracy" measures reasoning.
pub const MEASURES: &[&str] = &[
    "ability", "accuracy", "activity", "behavior", "behaviour", "capability", "capacity", "concentration", "cost",
    "decision", "decisions", "frequency", "incidence", "intensity", "level", "levels", "likelihood", "loss",
    "mortality", "outcome", "outcomes", "performance", "practice", "practices", "prevalence", "progression",
    "quality", "rate", "rates", "risk", "score", "scores", "severity", "skill", "skills", "strength", "success",
    "symptom", "symptoms",
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

/// Adjectives of degree and time, which narrow a phrase without changing its subject.
pub const DEGREES: &[&str] = &[
    "afternoon", "brief", "chronic", "daily", "daytime", "early", "evening", "excessive", "frequent", "greater",
    "high", "higher", "increased", "intense", "large", "larger", "late", "long", "long-term", "low", "lower", "mild",
    "moderate", "morning", "regular", "severe", "short", "short-term", "strong", "weekly",
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
    ("labour", "labor"), ("colour", "color"), ("neighbour", "neighbor"), ("ageing", "aging"), ("aemia", "emia"),
    ("paediatr", "pediatr"), ("orthopaed", "orthoped"), ("oestrog", "estrog"), ("oestrad", "estrad"), ("fibre", "fiber"), ("centre", "center"), ("sulph", "sulf"),
    ("modelling", "modeling"), ("labelled", "labeled"),
];

/// Words of any abstract, whatever its subject: none of them is a name that further papers could be found by.
pub const ACADEMIC: &[&str] = &[
    "able", "absence", "according", "across", "addition", "additional", "additionally", "address", "adjusted", "aim",
    "allow", "along", "alternative", "although", "analyse", "analysis", "analyze", "appropriate", "approximately",
    "article", "assessment", "assume", "author", "average", "background", "baseline", "beyond", "bound", "case",
    "characteristic", "characterize", "clear", "clearly", "collect", "combination", "combine", "community",
    "comparable", "comparison", "complete", "complex", "component", "comprehensive", "conclude", "conclusion",
    "condition", "conduct", "confidence interval", "consider", "consist", "consistent", "consistently", "contain",
    "context", "contrast", "core", "count", "critical", "crucial", "day", "define", "dependent", "derive", "describe",
    "despite", "detail", "detailed", "direct", "directly", "discuss", "distinct", "diverse", "domain", "due", "easy",
    "effort", "end", "ensure", "entire", "essential", "establish", "et", "evaluation", "even", "event", "example",
    "existing", "expect", "experiment", "experimental", "extensive", "external", "final", "finally", "first", "five",
    "focus", "follow", "following", "found", "four", "framework", "frequently", "full", "fully", "fundamental",
    "furthermore", "future", "gap", "general", "given", "goal", "group", "hence", "highlight", "highly", "however",
    "hypothesis", "idea", "include", "including", "indicate", "individual", "initial", "input", "insight", "instance",
    "instead", "interest", "interval", "introduce", "introduction", "investigate", "investigation", "large-scale",
    "later", "lead", "limitation", "limited", "list", "local", "long", "main", "mainly", "major", "median", "moreover",
    "multiple", "namely", "nature", "nevertheless", "next", "notably", "number", "objective", "observe", "obtain",
    "odds", "one", "open", "order", "original", "output", "overall", "part", "particular", "particularly", "past",
    "period", "perspective", "point", "poor", "potential", "practical", "practice", "precise", "prior", "process",
    "promising", "propose", "proposed", "prospective", "provide", "public", "publicly", "purpose", "ratio", "real",
    "reference", "regarding", "release", "remain", "requirement", "respective", "respectively", "result", "retrospective",
    "reveal", "review", "role", "scale", "second", "section", "seven", "several", "significance", "significant",
    "similar", "simple", "single", "six", "size", "small", "source", "specific", "specifically", "state-of-the-art",
    "statistical", "statistically", "step", "strategy", "strongly", "substantial", "substantially", "suitable",
    "summary", "systematic", "systematically", "take", "technique", "ten", "term", "three", "thus", "total", "toward",
    "towards", "traditional", "true", "typical", "typically", "underlie", "underlying", "unique", "various", "versus",
    "whereas", "whole", "wide", "widely", "widespread", "within", "year",
];
