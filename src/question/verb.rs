//! English verbs: which words can be one in its base form, and their third person and past.

/// Verbs that are seldom anything else; base forms, sorted.
#[rustfmt::skip]
pub(super) const VERBS: &[&str] = &[
    "absorb", "accelerate", "accept", "accompany", "accumulate", "achieve", "acquire", "activate", "adapt", "add",
    "adhere", "adjust", "administer", "adopt", "affect", "agree", "alleviate", "allow", "alter", "ameliorate",
    "amplify", "appear", "apply", "arise", "ask", "assess", "assist", "attend", "attenuate", "attract", "augment",
    "avoid", "be", "beat", "become", "begin", "believe", "belong", "bind", "break", "bring", "choose", "clarify",
    "classify", "collaborate", "combine", "come", "communicate", "compensate", "compete", "compress", "confer",
    "confirm", "confound", "consider", "consist", "constitute", "consume", "contain", "continue", "contradict",
    "contribute", "converge", "converse", "cooperate", "correlate", "correspond", "counteract", "create", "deal", "deceive",
    "decide", "deepen", "degenerate", "degrade", "demonstrate", "deny", "depend", "derive", "describe", "deserve",
    "destroy", "detach", "detect", "deter", "deteriorate", "determine", "develop", "deviate", "diagnose", "differ",
    "differentiate", "diminish", "disagree", "disappear", "discourage", "discover", "discriminate", "disrupt",
    "distinguish", "dominate", "doom", "downregulate", "elevate", "elicit", "eliminate", "emerge", "employ",
    "emulate", "enable", "encode", "encourage", "endanger", "endorse", "enhance", "enlarge", "ensure", "equal",
    "erode", "establish", "evade", "evoke", "evolve", "exacerbate", "exceed", "excel", "exclude", "exert", "exhibit",
    "exist", "exonerate", "expand", "explain", "exploit", "explore", "expose", "extend", "facilitate", "fail", "favor",
    "favour", "fluctuate", "follow", "fool", "forget", "forgo", "foster", "generalise", "generalize", "generate",
    "get", "give", "go", "govern", "grow", "guarantee", "hallucinate", "hamper", "happen", "harbor", "harbour",
    "have", "heighten", "help", "hide", "hijack", "hinder", "hold", "identify", "ignite", "ignore", "illuminate",
    "imitate", "impair", "impede", "imply", "impose", "improve", "include", "incorporate", "indicate", "induce",
    "infer", "inflate", "inform", "inherit", "inhibit", "initiate", "inject", "insert", "inspire", "integrate",
    "interact", "interfere", "interpret", "intervene", "introduce", "invade", "involve", "jeopardise", "jeopardize",
    "justify", "keep", "know", "learn", "lengthen", "lessen", "leverage", "locate", "lose", "lower",
    "magnify", "maintain", "make", "manage", "manifest", "manipulate", "maximise", "maximize", "mediate",
    "meet", "memorise", "memorize", "migrate", "mimic", "minimise", "minimize", "misalign", "misjudge", "mislead",
    "misrepresent", "miss", "mitigate", "modify", "modulate", "motivate", "mutate", "necessitate",
    "neglect", "negotiate", "obey", "obscure", "observe", "obtain", "occupy", "occur", "omit", "oppose",
    "optimise", "optimize", "originate", "outlast", "outperform", "outweigh", "overcome", "overestimate", "overfit",
    "override", "penalise", "penalize", "perceive", "perform", "permit", "persist", "persuade", "pollute", "portray",
    "pose", "possess", "potentiate", "precede", "preclude", "predict", "predispose", "prefer", "prescribe", "preserve",
    "presume", "prevail", "prevent", "produce", "prolong", "promote", "protect", "prove", "provide", "provoke",
    "quantify", "quicken", "raise", "reach", "react", "receive", "recognise", "recognize", "recommend", "reconcile",
    "reconstruct", "recover", "redistribute", "reduce", "refer", "reflect", "refuse", "regenerate", "regulate",
    "rehearse", "reinforce", "reject", "relate", "relieve", "rely", "remain", "remember", "remove", "render",
    "replace", "replicate", "represent", "reproduce", "require", "resemble", "resist", "resolve", "respond",
    "restrict", "retain", "retrieve", "reveal", "rewrite", "sacrifice", "satisfy", "saturate", "save", "say",
    "see", "seek", "seem", "segregate", "select", "send", "serve", "shorten", "show", "shrink", "signify", "simplify",
    "simulate", "skew", "soften", "solve", "spare", "speculate", "spend", "squeeze", "stabilise", "stabilize",
    "stimulate", "streamline", "strengthen", "struggle", "submit", "substitute", "succeed", "suffer", "suffice",
    "suggest", "summarise", "summarize", "suppress", "surpass", "survive", "sustain", "synchronise", "synthesize",
    "tackle", "take", "teach", "tell", "tend", "think", "threaten", "tolerate", "transcribe", "transform", "translate",
    "transmit", "treat", "underestimate", "undergo", "underlie", "undermine", "understand", "undertake", "unlearn",
    "upregulate", "utilise", "utilize", "validate", "vanish", "vary", "verify", "violate", "visualise", "visualize",
    "want", "warrant", "weaken", "widen", "withstand", "worsen", "write", ];

/// Words that are verbs in their base form and nouns or adjectives as well; sorted.
#[rustfmt::skip]
pub(super) const VERBS_AND_NOUNS: &[&str] = &[
    "abuse", "access", "account", "act", "address", "advance", "age", "aggregate", "aid", "aim", "alarm", "alert",
    "answer", "approach", "arrest", "attack", "attempt", "balance", "base", "bear", "bend", "benefit", "bias",
    "block", "buffer", "burden", "call", "capture", "care", "carry", "challenge", "change", "claim", "clear",
    "close", "cluster", "code", "combat", "compare", "compound", "compromise", "concern", "conflict", "contact",
    "control", "cope", "correct", "cost", "count", "cover", "crash", "cross", "cure", "cut", "damage", "decay",
    "decline", "demand", "display", "divide", "double", "doubt", "drink", "drive", "drop", "ease", "eat", "echo",
    "effect", "empty", "end", "escape", "estimate", "even", "examine", "exchange", "exercise", "exhaust",
    "experience", "express", "face", "fall", "fear", "feed", "feel", "fight", "find", "fit", "fix", "flow", "focus",
    "force", "forecast", "form", "function", "gain", "grade", "group", "guard", "guide", "hand", "heal", "hear",
    "host", "interest", "invest", "isolate", "issue", "judge", "label", "lack", "land", "last", "lead", "leak",
    "lean", "leave", "level", "like", "limit", "link", "live", "look", "love", "mark", "mask", "match", "matter",
    "mean", "measure", "mind", "mirror", "model", "moderate", "monitor", "move", "name", "need", "note", "offer",
    "offset", "open", "order", "overlap", "own", "parallel", "pass", "pay", "peak", "plan", "plant", "play",
    "point", "practice", "practise", "press", "process", "profit", "program", "progress", "project", "prompt",
    "push", "question", "range", "rank", "rate", "read", "reason", "recall", "recruit", "relapse", "release",
    "remedy", "repair", "report", "request", "rescue", "respect", "rest", "restore", "result", "resume", "return",
    "reverse", "review", "reward", "rise", "risk", "rule", "run", "scale", "score", "screen", "sense", "separate",
    "set", "shape", "share", "shift", "sign", "signal", "sleep", "smoke", "smooth", "sound", "speak", "speed",
    "spill", "split", "spread", "stand", "start", "state", "stay", "stem", "step", "stop", "store", "stress",
    "study", "support", "surface", "surge", "surprise", "switch", "talk", "target", "taste", "test", "thin", "time",
    "touch", "trace", "track", "trade", "train", "transfer", "trap", "travel", "trend", "trigger", "trust", "try",
    "turn", "type", "update", "use", "value", "view", "visit", "vote", "wait", "walk", "warm", "waste", "watch",
    "wear", "weigh", "win", "work", "yield",
];

/// Words that are nouns as well, and in a question mostly its verb; sorted.
const OFTEN_VERBS: &[&str] =
    &["boost", "cause", "decrease", "delay", "harm", "hurt", "impact", "increase", "influence", "slow"];

/// Past and participle of verbs that are not regular.
const IRREGULAR: &[(&str, &str, &str)] = &[
    ("arise", "arose", "arisen"),
    ("be", "was", "been"),
    ("become", "became", "become"),
    ("begin", "began", "begun"),
    ("bind", "bound", "bound"),
    ("break", "broke", "broken"),
    ("bring", "brought", "brought"),
    ("choose", "chose", "chosen"),
    ("come", "came", "come"),
    ("cost", "cost", "cost"),
    ("cut", "cut", "cut"),
    ("deal", "dealt", "dealt"),
    ("do", "did", "done"),
    ("drive", "drove", "driven"),
    ("eat", "ate", "eaten"),
    ("fall", "fell", "fallen"),
    ("feel", "felt", "felt"),
    ("find", "found", "found"),
    ("forget", "forgot", "forgotten"),
    ("get", "got", "got"),
    ("give", "gave", "given"),
    ("go", "went", "gone"),
    ("grow", "grew", "grown"),
    ("have", "had", "had"),
    ("hear", "heard", "heard"),
    ("hold", "held", "held"),
    ("hurt", "hurt", "hurt"),
    ("keep", "kept", "kept"),
    ("know", "knew", "known"),
    ("lead", "led", "led"),
    ("leave", "left", "left"),
    ("lose", "lost", "lost"),
    ("make", "made", "made"),
    ("mean", "meant", "meant"),
    ("meet", "met", "met"),
    ("mislead", "misled", "misled"),
    ("overcome", "overcame", "overcome"),
    ("pay", "paid", "paid"),
    ("read", "read", "read"),
    ("rise", "rose", "risen"),
    ("run", "ran", "run"),
    ("say", "said", "said"),
    ("see", "saw", "seen"),
    ("seek", "sought", "sought"),
    ("send", "sent", "sent"),
    ("set", "set", "set"),
    ("show", "showed", "shown"),
    ("speak", "spoke", "spoken"),
    ("spend", "spent", "spent"),
    ("split", "split", "split"),
    ("spread", "spread", "spread"),
    ("stand", "stood", "stood"),
    ("take", "took", "taken"),
    ("teach", "taught", "taught"),
    ("tell", "told", "told"),
    ("think", "thought", "thought"),
    ("undergo", "underwent", "undergone"),
    ("underlie", "underlay", "underlain"),
    ("understand", "understood", "understood"),
    ("undertake", "undertook", "undertaken"),
    ("wear", "wore", "worn"),
    ("win", "won", "won"),
    ("withstand", "withstood", "withstood"),
    ("write", "wrote", "written"),
];

/// Verbs of two syllables, stressed on the last, or of one, that double their last letter ("occurred", "stopped").
const DOUBLING: &[&str] = &[
    "confer", "defer", "deter", "drop", "fit", "occur", "permit", "plan", "prefer", "refer", "stop", "transfer", "trap",
];

/// How sure it is that a word is a verb in its base form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sure {
    /// Not listed, and with no verb's ending.
    No,
    /// Listed as a verb that is a noun too, or has a verb's ending.
    Perhaps,
    /// Listed as a noun too, and mostly a verb.
    Often,
    /// Listed as a verb.
    Yes,
}

/// Whether a word in lower case can be the base form of a verb.
pub(super) fn base(word: &str) -> Sure {
    const ENDINGS: &[&str] = &["ize", "ise", "ify", "ate", "uce", "ibe", "ose", "duct", "olve", "ain"];
    if VERBS.contains(&word) {
        Sure::Yes
    } else if OFTEN_VERBS.contains(&word) {
        Sure::Often
    } else if VERBS_AND_NOUNS.contains(&word) || word.len() > 5 && ENDINGS.iter().any(|end| word.ends_with(end)) {
        Sure::Perhaps
    } else {
        Sure::No
    }
}

/// Third person singular of a base form in lower case: "improves", "has", "varies", "passes".
pub(super) fn third(base: &str) -> String {
    match base {
        "be" => return "is".into(),
        "have" => return "has".into(),
        "do" | "go" => return format!("{base}es"),
        _ => {}
    }
    if ["s", "sh", "ch", "x", "z"].iter().any(|end| base.ends_with(end)) {
        format!("{base}es")
    } else if let Some(stem) = after_consonant_y(base) {
        format!("{stem}ies")
    } else {
        format!("{base}s")
    }
}

/// Past of a base form in lower case: "improved", "led", "varied", "occurred".
pub(super) fn past(base: &str) -> String {
    if let Some((_, past, _)) = IRREGULAR.iter().find(|(verb, ..)| *verb == base) {
        return (*past).into();
    }
    if base.ends_with('e') {
        format!("{base}d")
    } else if let Some(stem) = after_consonant_y(base) {
        format!("{stem}ied")
    } else if DOUBLING.contains(&base) {
        let last = &base[base.len() - 1..];
        format!("{base}{last}ed")
    } else {
        format!("{base}ed")
    }
}

/// Whether a word in lower case looks like a participle of the past.
pub(super) fn is_participle(word: &str) -> bool {
    /// Words that end like one.
    const NOT: &[&str] = &["need", "breed", "seed", "speed", "bed", "red", "feed", "unaided", "aged"];
    word.len() > 3 && word.ends_with("ed") && !NOT.contains(&word)
        || IRREGULAR.iter().any(|(_, _, participle)| *participle == word)
}

fn after_consonant_y(base: &str) -> Option<&str> {
    base.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']))
}
