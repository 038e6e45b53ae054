//! Sentences that are part of a paper but state no finding: aims, methods, structure, definitions, motivation, outlook.

use super::{
    Voice,
    finding::{Evidence, Frame},
    words::Words,
};

/// What authors say they do, rather than what they found.
const DO: &str = "\
    adapt|adapted|add|address|addressed|addresses|adopt|adopted|advocate|aim|aimed|aims|analyse|analysed|analyze|\
    analyzed|analyzes|annotate|annotated|applied|apply|argue|ask|asked|assess|assessed|assesses|assume|assumed|\
    augment|augmented|begin|believe|benchmark|benchmarked|build|built|calculate|calculated|call|cast|categorize|\
    characterize|choose|chose|collect|collected|combine|combined|compare|compared|compares|compile|compiled|\
    compute|computed|conduct|conducted|conducts|conjecture|consider|considered|considers|construct|constructed|\
    contribute|create|created|creates|curate|curated|decrease|define|defined|denote|deploy|derive|derived|\
    describe|described|describes|design|designed|designs|develop|developed|develops|discuss|discusses|divide|\
    divided|employ|employed|employs|encode|encoded|encourage|enrolled|envision|estimate|estimated|evaluate|\
    evaluated|evaluates|examine|examined|examines|excluded|expand|expect|experiment|experimented|explore|\
    explored|explores|extend|extended|extends|extract|extracted|feed|filter|filtered|fine-tune|fine-tuned|\
    finetune|finetuned|fit|fix|focus|focused|focuses|follow|followed|formalize|formulate|formulated|formulates|\
    freeze|generate|generated|give|hope|hypothesise|hypothesize|hypothesized|identify|illustrate|implement|\
    implemented|include|included|incorporate|incorporated|increase|increased|initialize|integrate|integrated|\
    interviewed|introduce|introduced|introduces|investigate|investigated|investigates|keep|leave|let|leverage|\
    leveraged|leverages|lower|make|manually|map|measure|mention|mentioned|model|modeled|modelled|need|normalize|\
    obtain|offer|offers|open-source|open-sourced|optimise|optimize|outline|outlines|perform|performed|performs|\
    plan|pose|posit|pre-train|pre-trained|prepared|present|presented|presents|pretrain|pretrained|prompt|\
    prompted|propose|proposed|proposes|provide|provides|quantified|quantify|ran|randomized|randomly|rank|\
    recommend|recruited|refer|refine|release|released|releases|rely|remove|removed|repeat|replace|replaced|\
    report|repurpose|review|reviewed|reviews|revisit|revisits|run|sample|sampled|searched|seek|seeks|select|\
    selected|set|showcase|simulate|simulated|speculate|split|start|studied|studies|study|summarize|surveyed|\
    surveys|suspect|systematically|tackle|tackles|take|test|tested|tests|thank|then|theorize|train|trained|\
    transform|translate|translated|tune|tuned|unify|use|used|uses|utilize|utilized|validate|validated|vary|view|\
    want|write|wrote";

/// Patterns of sentences that state no finding, whatever else they hold.
const NEVER: &[&str] = &[
    "held|reserved|used for development|evaluation|testing|training|validation",
    "chapter|section|sections|subsection ~1 concludes|describe|describes|details|discuss|discusses|explains|gives|\
     introduce|introduces|outlines|present|presents|provides|reviews|summarizes",
    "the organization|remainder|rest|structure of",
    "organised|organized|structured as|in|into",
    "as follows",
    "this appendix|chapter|section|subsection",
    "are|be|been|freely|is|made|openly|publicly|will ~2 accessible|available|open-sourced|released",
    "we ~1 open-source|release|released|share",
    "future development|developments|direction|directions|efforts|exploration|investigation|investigations|\
     research|studies|study|work|works",
    "additional|more efforts|research|studies|study|work",
    "further analysis|experiments|exploration|investigation|research|studies|study|work ~2 are|could|into|is|\
     needed|on|required|should|will",
    "we acknowledge|advocate|anticipate|assume|believe|conjecture|encourage|envision|expect|hope|hypothesise|\
     hypothesize|plan|posit|recommend|speculate|suspect|thank|urge",
    "our aim|aims|contribution|contributions|goal|goals|hope|hypothesis|idea|intuition|motivation|objective|task",
    "the aim|central|goal|key|main|objective|overall|primary|purpose|ultimate ?aim|contribution|contributions|\
     goal|idea|objective|purpose are|in|is|of|was",
    "aimed|aiming|aims|designed|intended|seeks|strives to",
    "open|opening|opens|pave|paves|paving avenues|door|new|possibilities|the|up|way",
    "exciting|new|potential|promising alternative|avenue|avenues|direction|directions|path|solution ?for|to|\
     toward|towards",
    "important|interesting|key|open challenge|issue|problem|problems|question|questions",
    "foundation|groundwork|roadmap for",
    "guidance|guidelines|implications|insight|insights|recommendations|stepping ~1 about|for|into|on|stone|to",
    "are|is ~1 called|defined|denoted|formalized|formulated|given|referred|termed a|as|by|the|to",
    "we call|define|denote|name|refer|term",
    "refer|refers to",
    "a|the need for|to",
    "need|needs to be",
    "must|should",
    "limitation|limitations",
    "few|little attention|is|research|studies|work",
    "absence|lack|paucity|scarcity of",
    "to ?the ?best ?of my|our knowledge",
    "ask|asked|assess|assessed|check|checked|determine|determined|establish|evaluate|evaluated|examine|examined|\
     investigate|investigated|see|test|tested|verify if|whether",
    "evaluation|research question|questions",
    "demonstrating|discuss|discusses|emphasize|emphasizes|emphasizing|highlight|highlighting|highlights|\
     illustrate|illustrates|showcase|showcases|stress|underscore|underscores|underscoring ~1 a|both|how|\
     importance|its|need|our|the|their ~3 challenge|challenges|complexity|feasibility|gap|gaps|importance|limits|\
     necessity|need|needs|potential|promise|risk|risks|role|significance|urgency|utility|value",
    "are|is|was|were compared against|to|using|with",
    "index|indices|score|scores|value|values ~4 denote|denotes|indicate|indicates|mean|means ~1 better|good|\
     greater|high|higher|less|low|lower|more|worse",
    "i|we anticipated|expected|hypothesised|hypothesized|predicted",
    "are|is|the|was first|largest ~4 benchmark|corpora|corpus|dataset|framework|method|resource|study|survey|system",
    "considered|counted|deemed|labeled|labelled|marked|regarded ~3 if|when",
    "trial registered|registration",
    "code|et|it|we ~1 github|huggingface",
    "github",
    "in ~2 detail|details",
    "refer|see ~1 appendix|fig|figure|section|supplementary|table",
    "case studies|study ?are|is|of|on",
    "challenge|competition|lab|shared|workshop edition|organizers|task|tasks|track|tracks",
];

/// Patterns of motivation and general knowledge: no finding unless the authors or their results say so.
const GENERAL: &[&str] = &[
    "had|has|have ~2 accelerated|achieved|advanced|attracted|become|been|brought|demonstrated|drawn|driven|\
     emerged|enabled|evolved|exhibited|expanded|experienced|explored|facilitated|failed|focused|gained|garnered|\
     given|grown|improved|increased|increasingly|led|made|opened|popularized|produced|proven|raised|received|\
     relied|reshaped|revolutionized|risen|seen|shifted|showcased|shown|sparked|spurred|struggled|surged|\
     transformed|undergone|witnessed|yielded",
    "enormous|exceptional|extraordinary|great|growing|impressive|increasing|rapid|recent|remarkable|strong|\
     tremendous|unprecedented ?and ?impressive abilities|ability|advancement|advancements|advances|attention|\
     capabilities|capability|development|growth|interest|popularity|potential|proficiency|progress|proliferation|\
     promise|rise|success|successes",
    "are|become|becomes|becoming|being|is|pose|poses|present|presents|remain|remains ~3 bottleneck|central|\
     challenge|challenges|challenging|common|cornerstone|costly|critical|crucial|desirable|difficult|elusive|\
     essential|expensive|fundamental|hard|important|impractical|inadequate|indispensable|infeasible|insufficient|\
     integral|key|limited|necessary|non-trivial|nontrivial|open|overlooked|pivotal|poorly|popular|prevalent|\
     problem|problematic|prone|scarce|susceptible|time-consuming|ubiquitous|unclear|under-explored|underexplored|\
     understudied|unexplored|unknown|unresolved|unsolved|useful|vital|vulnerable",
    "available|conventional|current|existing|many|most|other|previous|prior|recent|several|standard|\
     state-of-the-art|such|today's|traditional|typical ~3 agents|algorithms|approach|approaches|benchmark|\
     benchmarks|corpora|datasets|detectors|efforts|evaluation|evaluations|frameworks|literature|llms|method|\
     methods|metrics|models|paradigms|pipelines|research|solutions|strategies|studies|study|systems|techniques|\
     tools|work|works ~3 are|assume|assumes|cannot|depend|do|does|either|evaluate|face|faces|fail|fails|focus|\
     focuses|has|have|ignore|ignores|lack|lacks|largely|limit|mainly|mostly|neglect|offer|often|only|operate|\
     overlook|overlooks|predominantly|primarily|provide|rarely|relies|rely|remain|require|requires|still|struggle|\
     struggles|suffer|suffers|target|tend|treat|treats|typically|use|usually|were|yet",
    "in recent|the era|last|past|years",
    "recent advancements|advances|approaches|breakthroughs|developments|efforts|methods|models|progress|research|\
     studies|work|works",
    "been|has|have recently",
    "growing|increasing|increasingly",
    "practical|real-world applications|deployment|scenarios|settings",
    "play|plays ~2 role",
];

/// Patterns of method and structure: no finding unless it is stated in a clause, compared or measured.
const METHOD: &[&str] = &[
    "are|is|was|were ~2 administered|analysed|analyzed|annotated|applied|assessed|assigned|based|built|calculated|\
     carried|chosen|collected|combined|compared|composed|computed|conducted|considered|constructed|created|\
     defined|depicted|derived|designed|developed|divided|employed|enrolled|evaluated|examined|excluded|explored|\
     extracted|fine-tuned|followed|generated|given|illustrated|implemented|included|initialized|integrated|\
     interviewed|introduced|investigated|invited|labeled|labelled|listed|measured|obtained|optimized|performed|\
     presented|proposed|provided|randomised|randomized|recruited|released|retrieved|sampled|searched|selected|set|\
     split|structured|studied|summarized|tested|trained|translated|tuned|used|validated",
    "depicted|displayed|given|illustrated|listed|presented|provided|reported|shown|summarized|visualized by|in \
     appendix|fig|figure|figures|section|supplementary|table|tables",
    "adapts|addresses|adopts|aligns|applies|builds|combines|comprises|comprising|consisting|consists|constructs|\
     contains|decomposes|employs|enables|encodes|ensures|extends|formulates|generates|includes|incorporates|\
     integrates|introduces|involves|jointly|learns|leverages|operates|selects|serves|treats|utilizes",
    "assesses|captures|determines|measures|quantifies|reflects how|if|the|whether",
];

/// Objects of praise that nothing can be checked against.
const PRAISE: &str = "\
    advantage|advantages|applicability|applications|benefit|benefits|capabilities|capability|challenges|\
    competitiveness|complementarity|complexity|effectiveness|efficacy|efficiency|feasibility|flexibility|\
    generality|generalizability|generalization|importance|limits|necessity|need|potential|power|practical|\
    practicality|promise|quality|reliability|robustness|scalability|soundness|strength|strengths|superiority|\
    usefulness|utility|validity|value|versatility|viability";

/// Verbs that offer praise as a result: "experiments demonstrate the effectiveness of …".
const VALIDATE: &str = "\
    confirm|confirmed|confirming|confirms|demonstrate|demonstrated|demonstrates|demonstrating|discuss|establish|\
    evidence|highlight|highlighting|highlights|illustrate|illustrates|indicate|indicates|prove|proves|reveal|\
    reveals|show|showcase|showcasing|showing|shows|suggest|support|supports|underscore|underscores|underscoring|\
    validate|validated|validates|validating|verifies|verify";

/// Words that start an instruction to the reader, or a structured abstract's part that holds no result.
const STARTS: &[&str] = &[
    "assume|consider|denote|given|imagine|keywords|let|recall|see|suppose",
    "for brevity|clarity|completeness|simplicity",
    "in this article|paper|study|work",
    "to this end",
    "aim|aims|background|context|design|exposure|exposures|importance|intervention|interventions|introduction|\
     main|methods|objective|objectives|participants|purpose|rationale|setting",
];

/// True where the sentence states no finding that could be checked.
pub(super) fn is_aside(words: &Words, evidence: &Evidence, voice: Voice) -> bool {
    let says_who = evidence.frame != Frame::None || voice == Voice::SecondHand;
    let stated = says_who && evidence.clause;
    let measured = evidence.quantity && (evidence.strong || evidence.comparison || evidence.effect);
    let told = stated || evidence.strong || evidence.comparison || evidence.effect && evidence.quantity;
    words.has_any(NEVER)
        || !(stated || measured) && (is_doing(words) || evidence.frame != Frame::Own && is_general(words))
        || !told && words.has_any(METHOD)
        || !(stated || evidence.quantity) && words.has(&format!("{VALIDATE} ~4 {PRAISE}"))
}

/// "We train …", "This paper introduces …", "Let x be …".
fn is_doing(words: &Words) -> bool {
    words.has(&format!("article|authors|i|paper|research|study|thesis|we|work ~2 {DO}"))
        || STARTS.iter().any(|start| words.starts(start))
}

/// Motivation and general knowledge.
fn is_general(words: &Words) -> bool {
    words.starts("recent|recently") || words.has_any(GENERAL)
}
