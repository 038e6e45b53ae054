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

/// Whether any of a cue's patterns stands in a sentence.
pub(super) fn has(words: &Words, cue: &Cue) -> bool {
    words.has_any(cue.1)
}
