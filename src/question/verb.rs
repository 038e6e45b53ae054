//! English verbs: which words can be one in its base form, and their third person and past.

/// Verbs that are seldom anything else; base forms, sorted.
#[rustfmt::skip]
pub(super) const VERBS: &[&str] = &[
    "absorb", "accelerate", "accept", "accompany", "accumulate", "achieve", "acquire", "activate", "adapt", "add",
    "adhere", "adjust", "administer", "adopt", "affect", "agree", "alleviate", "allow", "alter", "ameliorate",
    "amplify", "appear", "apply", "arise", "ask", "assess", "assist", "attend", "attenuate", "attract", "augment",
    "avoid", "be", "become", "begin", "believe", "belong", "bind", "break", "bring", "choose", "clarify",
    "collaborate", "combine", "come", "communicate", "compensate", "compete", "confer", "confirm", "confound",
    "consider", "consist", "constitute", "consume", "contain", "continue", "contradict", "contribute", "converge",
    "correlate", "correspond", "create", "deal", "decide", "demonstrate", "depend", "derive", "describe", "deserve",
    "destroy", "detect", "deter", "deteriorate", "determine", "develop", "differ", "differentiate", "diminish",
    "disappear", "discourage", "discriminate", "disrupt", "distinguish", "dominate", "drive", "elevate", "elicit",
    "eliminate", "emerge", "employ", "enable", "encourage", "endanger", "enhance", "enlarge", "ensure", "equal",
    "erode", "establish", "evolve", "exacerbate", "exceed", "exert", "exhibit", "exist", "expand", "explain",
    "exploit", "extend", "facilitate", "fail", "favor", "favour", "follow", "forget", "foster", "generalise",
    "generalize", "generate", "get", "give", "go", "grow", "guarantee", "hallucinate", "happen", "harbor", "harbour",
    "harm", "have", "help", "hinder", "hold", "identify", "illuminate", "impair", "impede", "imply", "improve",
    "include", "incorporate", "indicate", "induce", "inform", "inhibit", "initiate", "interact", "interfere",
    "introduce", "invade", "involve", "jeopardise", "jeopardize", "justify", "keep", "know", "lead", "learn",
    "lengthen", "lessen", "leverage", "lose", "lower", "maintain", "make", "manage", "manifest", "matter", "maximise",
    "maximize", "mediate", "meet", "mimic", "minimise", "minimize", "mislead", "miss", "mitigate", "moderate",
    "modify", "modulate", "motivate", "necessitate", "neglect", "obey", "observe", "obtain", "occur", "offer",
    "optimise", "optimize", "originate", "outperform", "outweigh", "overcome", "overestimate", "perceive", "perform",
    "permit", "persist", "pose", "possess", "potentiate", "predict", "predispose", "prefer", "preserve", "prevail",
    "prevent", "produce", "prolong", "promote", "protect", "prove", "provide", "provoke", "raise", "reach", "react",
    "receive", "recognise", "recognize", "recommend", "recover", "reduce", "refer", "reflect", "regulate", "reinforce",
    "relate", "relieve", "rely", "remain", "remember", "remove", "render", "replace", "represent", "require",
    "resemble", "resolve", "respond", "retain", "reveal", "rise", "sacrifice", "satisfy", "save", "say", "see", "seek",
    "seem", "select", "send", "serve", "shorten", "show", "signify", "simplify", "solve", "spend", "stabilise",
    "stabilize", "stimulate", "strengthen", "struggle", "substitute", "succeed", "suffer", "suffice", "suggest",
    "suppress", "surpass", "survive", "sustain", "take", "teach", "tell", "tend", "think", "threaten", "tolerate",
    "transform", "treat", "underestimate", "undergo", "underlie", "undermine", "understand", "undertake", "utilise",
    "utilize", "vary", "verify", "want", "warrant", "weaken", "withstand", "worsen", "write", "yield",
];

/// Words that are verbs in their base form and nouns or adjectives as well; sorted.
#[rustfmt::skip]
pub(super) const VERBS_AND_NOUNS: &[&str] = &[
    "abuse", "access", "account", "act", "address", "advance", "age", "aggregate", "aid", "aim", "alarm", "alert",
    "answer", "approach", "arrest", "attack", "attempt", "balance", "base", "bear", "bend", "benefit", "bias", "block",
    "boost", "buffer", "burden", "call", "capture", "care", "carry", "cause", "challenge", "change", "claim", "clear",
    "close", "cluster", "code", "combat", "compare", "compound", "compromise", "concern", "conflict", "contact",
    "control", "cope", "correct", "cost", "count", "cover", "cross", "cure", "cut", "damage", "decay", "decline",
    "decrease", "delay", "demand", "display", "divide", "double", "doubt", "drink", "drop", "ease", "eat", "effect",
    "empty", "end", "escape", "estimate", "even", "examine", "exchange", "exercise", "exhaust", "experience",
    "express", "face", "fall", "fear", "feed", "feel", "fight", "find", "fit", "fix", "flow", "focus", "force", "form",
    "function", "gain", "grade", "group", "guard", "guide", "hand", "heal", "hear", "host", "hurt", "impact",
    "increase", "influence", "interest", "invest", "issue", "judge", "label", "lack", "land", "last", "leave", "level",
    "like", "limit", "link", "live", "look", "love", "mark", "mask", "match", "mean", "measure", "mind", "mirror",
    "model", "monitor", "move", "name", "need", "note", "open", "order", "own", "parallel", "pass", "pay", "peak",
    "plan", "plant", "play", "point", "practice", "practise", "press", "process", "profit", "program", "progress",
    "project", "prompt", "push", "question", "range", "rank", "rate", "read", "relapse", "release", "repair", "report",
    "request", "rescue", "respect", "rest", "restore", "result", "return", "review", "reward", "risk", "rule", "run",
    "scale", "score", "screen", "set", "shape", "share", "shift", "sign", "signal", "sleep", "slow", "smoke", "sound",
    "speak", "speed", "split", "spread", "stand", "start", "state", "stay", "step", "stop", "store", "stress", "study",
    "support", "surface", "surprise", "switch", "talk", "target", "taste", "test", "time", "touch", "trace", "track",
    "trade", "train", "transfer", "trap", "travel", "trend", "trigger", "trust", "try", "turn", "type", "use", "value",
    "view", "visit", "vote", "wait", "walk", "warm", "waste", "watch", "wear", "weigh", "win", "work",
];

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
const DOUBLING: &[&str] =
    &["confer", "defer", "deter", "drop", "fit", "occur", "permit", "plan", "prefer", "refer", "stop", "transfer", "trap"];

/// How sure it is that a word is a verb in its base form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sure {
    /// Not listed, and with no verb's ending.
    No,
    /// Listed as a verb that is a noun too, or has a verb's ending.
    Perhaps,
    /// Listed as a verb.
    Yes,
}

/// Whether a word in lower case can be the base form of a verb.
pub(super) fn base(word: &str) -> Sure {
    const ENDINGS: &[&str] = &["ize", "ise", "ify", "ate", "uce", "ibe", "ose", "duct", "olve", "ain"];
    if VERBS.contains(&word) {
        Sure::Yes
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
