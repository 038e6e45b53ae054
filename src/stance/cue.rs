//! Words by which a sentence says yes or no. A small model hardly tells "useful" from "not useful" in a long sentence; these do.

use crate::claim::Words;

/// A cue: its name as a feature, and the patterns any of which is one ([`Words`]).
pub(super) type Cue = (&'static str, &'static [&'static str]);

/// What speaks of the outcome, in any sentence.
pub(super) const POLARITY: &[Cue] = &[
    // It was looked for and not found.
    (
        "nothing",
        &[
            "no|not|without ~2 significant|significantly|statistically|statistical|appreciable|appreciably|measurable|detectable",
            "no|any ~2 difference|differences|effect|effects|impact|influence|association|associations|correlation|correlations|\
             relationship|relation|change|changes|benefit|benefits|improvement|improvements|advantage|advantages|evidence|increase|\
             reduction|interaction|role|gain|gains|link|support",
            "did|does|do|didn't|doesn't|was|were|is|are not differ|different|affect|alter|influence|change|improve|increase|\
             decrease|reduce|affected|influenced|changed|altered|associated|correlated|related|correlate|predict|predictive|help",
            "failed|fails|fail to",
            "nonsignificant|non-significant|insignificant|unaffected|unchanged|unrelated",
            "neither",
            "independent|regardless|irrespective of",
        ],
    ),
    (
        "similar",
        &[
            "similar|similarly|comparable|equivalent|equal|equally|identical|same|non-inferior|noninferior",
            "as ~2 as",
            "on par",
        ],
    ),
    (
        "negation",
        &[
            "no|not|neither|nor|never|cannot|without|none|hardly|rarely|n't|didn't|doesn't|don't|isn't|aren't|can't|wasn't|weren't",
        ],
    ),
    (
        "limits",
        &[
            "fail|fails|failed|failure|limited|lack|lacks|lacking|insufficient|insufficiently|inadequate|poor|poorly|little|\
             unlikely|unable|weak|weakly|marginal|struggle|struggles|unreliable|inaccurate|ineffective|unnecessary|incapable|\
             inconsistent|far|only|limitations|limitation|gap|gaps|questionable|low|inferior|shortcomings|brittle|superficial",
        ],
    ),
    (
        "worse",
        &[
            "worse|worsen|worsened|worsens|degrade|degrades|degraded|underperform|underperforms|harm|harms|harmful|impair|impairs|impaired|hurts|detrimental",
            "lower|less|fewer|poorer|inferior ~4 than|to",
        ],
    ),
    (
        "better",
        &[
            "outperform|outperforms|outperformed|superior|better|surpass|surpasses|exceed|exceeds|improve|improves|improved|improvement|improvements|benefit|benefits|beneficial",
            "higher|more|greater ~4 than",
        ],
    ),
    ("contrast", &["but|however|although|though|whereas|while|despite|except|nevertheless|yet"]),
    (
        "depends",
        &[
            "depend|depends|depended|dependent|depending",
            "varies|vary|varied|mixed|conflicting|inconsistent|inconsistently|nuanced|heterogeneous|heterogeneity|contradictory",
            "only in|when|if|for|among|with",
            "but not|only|less ?in|for|with",
            "in|for some|certain|selected",
            "subset|subgroup|subgroups|trade-off|trade-offs|tradeoff|moderated",
            "whereas|while ~6 not|no|decreased|worse|lower",
        ],
    ),
    (
        "useful",
        &[
            "useful|effective|feasible|safe|reliable|reliably|valid|accurate|accurately|beneficial|valuable|helpful|promising|suitable|acceptable|\
             adequate|important|appropriate|successful|successfully|efficient|robust|strong|viable|capable|able|good|excellent|justified|\
             advantageous|sufficient|consistent|can|efficacious|worthwhile|satisfactory|alternative",
        ],
    ),
    (
        "useless",
        &[
            "not|no|never|nor|cannot ~4 useful|effective|feasible|safe|reliable|reliably|valid|accurate|beneficial|valuable|helpful|suitable|\
             acceptable|adequate|appropriate|sufficient|necessary|needed|required|recommended|justified|indicated|warranted|be|superior|better|\
             contraindication|support|appear|seem",
            "unnecessary|unsafe|unreliable|ineffective|inaccurate|inappropriate|insufficient|questionable|useless|contraindicated|unjustified",
        ],
    ),
    (
        "associated",
        &[
            "associated|associates|correlated|correlates|correlate|predictor|predictors|predict|predicts|predicted|predictive|linked|related|\
             risk|marker|cause|causes|caused|role|contribute|contributes|influences|influenced|affects|affected|depends",
        ],
    ),
    (
        "hedge",
        &[
            "may|might|could|seem|seems|appear|appears|possibly|perhaps|potentially|suggest|suggests|likely|tend|tends|trend|indicate|would",
        ],
    ),
    (
        "should",
        &["should|must|recommend|recommended|need|needs|needed|required|necessary|warranted|advised|considered"],
    ),
    (
        "outlook",
        &[
            "further|future ~2 research|studies|study|work|investigation|trials|evaluation",
            "remain|remains ~2 unclear|unknown|uncertain|controversial|elusive|open",
        ],
    ),
    (
        "significant",
        &[
            "significant|significantly|significance",
            "independent|independently predictor|risk|associated|predicts|predicted",
        ],
    ),
    (
        "existence",
        &[
            "there is|was|are|were",
            "exist|exists|occurs|occur|present|show|shows|demonstrate|demonstrates|reveal|reveals",
        ],
    ),
];

/// What kind of sentence it is, for choosing.
pub(super) const KIND: &[Cue] = &[
    (
        "conclude",
        &[
            "conclude|concluded|conclusion|conclusions|overall|summary|collectively|altogether|thus|therefore|hence",
            "taken together",
            "these|our findings|results|data",
        ],
    ),
    (
        "aim",
        &[
            "aim|aimed|aims|purpose|objective|goal|whether|hypothesis|hypothesized|hypothesised|investigate|investigated|examine|examined|explore|assess|assessed|evaluate|evaluated|determine|propose|introduce|present|study|sought",
        ],
    ),
    (
        "method",
        &[
            "method|methods|randomized|randomised|enrolled|recruited|dataset|datasets|questionnaire|performed|measured|analyzed|analysed|collected|using|underwent|participants|retrospective|prospective|conducted",
        ],
    ),
    (
        "unclear",
        &[
            "unclear|unknown|controversial|debate|debated|remains|little|poorly|challenge|growing|recent|recently|increasingly|widely|often",
        ],
    ),
    ("release", &["code|available|github|framework|benchmark|contribution|contributions|novel"]),
];

/// By which a question asks for a size.
pub(super) const SIZE_ASKED: &[&str] = &["how much|many|large|big|often|far|well", "to what extent"];

/// By which an abstract speaks of people, animals or cells.
pub(super) const CLINICAL: &[&str] =
    &["patients|women|men|children|adults|treatment|mice|rats|cells|disease|clinical|mortality|therapy|risk"];

/// What kind of thing a proposition says, or a title.
pub(super) const ASKED: &[Cue] = &[
    (
        "asks-association",
        &[
            "associated|association|associations|associates|correlated|correlates|correlate|predict|predicts|predictor|predictors|predictive|\
             risk|related|affect|affects|influence|influences|cause|causes|caused|role|factor|factors|marker|impact",
        ],
    ),
    (
        "asks-ability",
        &[
            "can|could|able|capable|human-level|reliable|reliably|enough|sufficient|understand|know|faithful|faithfully|trust|trustworthy|\
             robust|robustly|generalize|generalizes|generalise|generalises",
        ],
    ),
    ("asks-duty", &["should|must|need|needs|needed|necessary|required|justified|warranted", "has|have to"]),
];

/// What kind of proposition meets which cue, and the name of both together.
pub(super) const TOGETHER: &[(&str, &str, &str)] = &[
    ("asks-ability", "limits", "ability-limits"),
    ("asks-ability", "negation", "ability-negation"),
    ("asks-denial", "negation", "denial-negation"),
    ("asks-duty", "negation", "duty-negation"),
    ("asks-association", "associated", "association-associated"),
    ("asks-more", "better", "more-better"),
];

/// By which a title says that something has its limits.
pub(super) const TITLE_LIMITS: &[&str] = &[
    "fail|fails|failure|failures|limit|limits|limited|limitation|limitations|lack|lacks|cannot|not|no|unreliable|illusion|pitfall|pitfalls|\
     challenge|challenges|challenging|gap|struggle|struggles|myth|short|far|beyond|rethinking|hidden|risk|risks|danger|dangers|harm|harms|\
     harmful|mirage|brittle|blind|fragile|fragility|bias|biases|biased|unfaithful|hurt|hurts|lost",
];

/// Words that deny what stands near them, or say that there is too little of it.
pub(super) const DENIALS: &[&str] = &[
    "no",
    "not",
    "never",
    "neither",
    "nor",
    "cannot",
    "can't",
    "don't",
    "doesn't",
    "didn't",
    "isn't",
    "aren't",
    "without",
    "fail",
    "fails",
    "failed",
    "lack",
    "lacks",
    "lacking",
    "limited",
    "unable",
    "struggle",
    "struggles",
    "insufficient",
    "insufficiently",
    "poor",
    "poorly",
    "unreliable",
    "unreliably",
    "far",
    "below",
    "hardly",
    "rarely",
    "little",
    "weak",
    "weakly",
    "incapable",
    "inability",
    "limitation",
    "limitations",
    "unlikely",
    "absence",
    "barely",
    "despite",
];

/// Words after which the weight of a sentence lies.
pub(super) const TURNS: &[&str] = &["but", "however", "though", "whereas", "yet", "nevertheless"];

/// How words of more begin, as of what a paper reports: `verify::direction` compares whole claims and knows fewer.
pub(super) const MORE: &[&str] = &[
    "increas",
    "improv",
    "elevat",
    "enhanc",
    "promot",
    "exceed",
    "accelerat",
    "more",
    "higher",
    "greater",
    "larger",
    "longer",
    "faster",
    "better",
    "stronger",
    "superior",
    "outperform",
    "surpass",
    "rais",
    "gain",
    "boost",
    "strengthen",
    "amplif",
];

/// How words of less begin; see [`MORE`].
pub(super) const LESS: &[&str] = &[
    "decreas",
    "reduc",
    "declin",
    "diminish",
    "attenuat",
    "suppress",
    "inhibit",
    "impair",
    "prevent",
    "protect",
    "lower",
    "less",
    "fewer",
    "smaller",
    "shorter",
    "slower",
    "weaker",
    "inferior",
    "drop",
    "loss",
    "worse",
    "degrad",
    "harm",
    "hurt",
    "underperform",
    "limit",
    "mitigat",
    "alleviat",
    "weaken",
];

/// Whether any of a cue's patterns stands in a sentence.
pub(super) fn has(words: &Words, cue: &Cue) -> bool {
    words.has_any(cue.1)
}
