//! Sentences that are part of a paper but state no finding: aims, methods, structure, definitions, motivation, outlook.

use super::{
    words::Words,
    worth::{Evidence, Frame},
};

/// What authors say they do, rather than what they found.
const DO: &str = "add|decrease|increase|increased|mention|mentioned|lower|address|addresses|addressed|adopt|adopted|advocate|aim|aimed|aims|analyse|analysed|analyze|analyzed|analyzes|annotate|annotated|apply|applied|ask|asked|assess|assessed|assesses|assume|assumed|\
augment|augmented|begin|believe|benchmark|benchmarked|build|built|calculate|calculated|call|characterize|choose|chose|collect|collected|combine|combined|compare|compared|compares|compute|computed|conduct|conducted|conducts|\
conjecture|consider|considered|considers|construct|constructed|contribute|created|create|creates|curate|curated|define|defined|denote|deploy|derive|derived|describe|described|describes|design|designed|designs|develop|developed|develops|discuss|discusses|divide|divided|employ|employed|employs|encourage|enrolled|\
envision|estimate|estimated|evaluate|evaluated|evaluates|examine|examined|examines|excluded|expect|experiment|experimented|explore|explored|explores|extend|extended|extends|extract|extracted|filter|filtered|fine-tune|fine-tuned|finetune|finetuned|focus|focused|focuses|follow|followed|formalize|formulate|formulated|formulates|\
generate|generated|give|hope|hypothesize|hypothesized|hypothesise|implement|implemented|include|included|incorporate|incorporated|initialize|integrate|integrated|interviewed|introduce|introduced|introduces|investigate|investigated|investigates|leave|let|leverage|leveraged|leverages|\
make|manually|model|modeled|modelled|need|normalize|offer|offers|open-source|open-sourced|outline|outlines|perform|performed|performs|plan|pose|posit|pre-train|pre-trained|prepared|present|presented|presents|pretrain|pretrained|prompt|prompted|propose|proposed|proposes|provide|provides|quantify|quantified|randomized|randomly|recommend|recruited|refer|refine|\
release|released|releases|remove|removed|replace|replaced|report|revisit|revisits|review|reviewed|reviews|run|ran|sample|sampled|searched|seek|seeks|select|selected|set|simulate|simulated|speculate|split|start|studied|studies|study|summarize|surveyed|surveys|tackle|tackles|take|test|tested|tests|thank|train|trained|translate|translated|tune|tuned|use|used|uses|utilize|utilized|validate|validated|want|write|wrote|argue|suspect|design|then|theorize|unify|adapt|adapted|cast|categorize|encode|encoded|feed|fit|fix|freeze|keep|measure|optimize|optimise|rank|repeat|rely|repurpose|transform|vary|view|illustrate|showcase|compile|compiled|expand|obtain|identify|map|systematically";

/// Patterns of sentences that state no finding, whatever else they hold.
const NEVER: &[&str] = &[
    "section|sections|subsection|chapter ~1 describes|describe|discusses|discuss|presents|present|introduces|introduce|provides|details|concludes|reviews|summarizes|outlines|explains|gives",
    "the rest|remainder|structure|organization of",
    "organized|organised|structured as|into|in",
    "as follows",
    "this section|chapter|subsection|appendix",
    "code|codes|data|dataset|datasets|models|weights|model|implementation|corpus|resources|scripts|benchmark|software|demo|toolkit|library|materials ~8 available|released|open-source|open-sourced|accessible|at",
    "publicly|freely|openly ?made available|released|accessible",
    "future work|works|research|studies|study|direction|directions|efforts|investigation|investigations|exploration|development|developments",
    "additional|more work|research|studies|study|efforts",
    "further work|research|studies|investigation|study|analysis|exploration|experiments ~2 is|are|will|should|could|into|on|needed|required",
    "we hope|plan|believe|hypothesize|hypothesise|speculate|conjecture|envision|expect|suspect|anticipate|thank|encourage|recommend|advocate|assume|posit|urge|acknowledge",
    "our hope|hypothesis|goal|aim|objective|contributions|contribution|motivation|intuition|aims|goals|task|idea",
    "the main|key|primary|overall|central|ultimate|aim|goal|objective|purpose ?goal|aim|objective|purpose|contribution|contributions|idea of|is|are|in|was",
    "aims|aimed|aiming|seeks|intended|strives|designed to",
    "paves|pave|paving|opens|open|opening the|up|new|way|avenues|door|possibilities",
    "promising|new|exciting|potential avenue|avenues|direction|directions|path|solution|alternative ?for|to|toward|towards",
    "open|important|interesting|key question|questions|problem|problems|challenge|issue",
    "insight|insights|foundation|roadmap|guidance|guidelines|groundwork|stepping|recommendations|implications ~1 into|for|on|about|to|stone",
    "is|are ~1 defined|denoted|called|referred|formulated|formalized|termed|given as|by|to|the|a",
    "we call|denote|define|refer|term|name",
    "refers|refer to",
    "the|a need for|to",
    "need|needs to be",
    "should|must",
    "limitation|limitations",
    "little|few is|attention|studies|work|research",
    "lack|absence|scarcity|paucity of",
    "to ?the ?best of our|my knowledge",
    "research|evaluation question|questions",
    "highlight|highlights|highlighting|underscore|underscores|underscoring|emphasize|emphasizes|emphasizing|stress|illustrate|illustrates|showcase|showcases|demonstrating|discuss|discusses ~1 a|the|its|their|our|how|both|importance|need ~3 need|needs|importance|potential|value|necessity|challenge|challenges|feasibility|promise|role|risks|risk|utility|limits|significance|complexity|urgency|gap|gaps",
    "considered|counted|deemed|labeled|labelled|marked|regarded ~3 if|when",
    "trial registration|registered|registration",
    "et|we|it|code ~1 github|huggingface",
    "github",
    "in ~2 detail|details",
    "see|refer ~1 section|appendix|table|figure|fig|supplementary",
    "case study|studies ?is|are|on|of",
    "workshop|shared|lab|competition|challenge task|tasks|track|tracks|organizers|edition",
];

/// Patterns of motivation and general knowledge: no finding unless the authors or their results say so.
const GENERAL: &[&str] = &[
    "has|have|had ~2 expanded|grown|increased|surged|achieved|advanced|attracted|become|been|brought|demonstrated|drawn|emerged|enabled|evolved|exhibited|experienced|facilitated|focused|gained|garnered|given|increasingly|led|made|produced|proven|raised|received|relied|reshaped|revolutionized|risen|seen|shifted|showcased|shown|sparked|spurred|struggled|transformed|undergone|witnessed|yielded|opened|driven|explored|improved|accelerated|popularized|failed",
    "remarkable|impressive|tremendous|unprecedented|great|exceptional|extraordinary|enormous|strong|growing|increasing|rapid|recent ?and ?impressive ability|abilities|advances|advancement|advancements|attention|capabilities|capability|development|growth|interest|popularity|potential|proficiency|progress|proliferation|promise|rise|success|successes",
    "is|are|remain|remains|become|becomes|becoming|being|poses|pose|presents|present ~3 challenge|challenges|challenging|critical|crucial|difficult|essential|expensive|fundamental|hard|important|inadequate|indispensable|infeasible|integral|key|limited|necessary|nontrivial|non-trivial|open|pivotal|problem|problematic|scarce|time-consuming|unclear|underexplored|under-explored|understudied|unexplored|unknown|unresolved|unsolved|vital|costly|central|cornerstone|bottleneck|prevalent|ubiquitous|popular|poorly|elusive|insufficient|impractical|overlooked|desirable|useful|common|prone|vulnerable|susceptible",
    "conventional|current|existing|most|many|previous|prior|standard|state-of-the-art|traditional|today's|several|recent|typical|other|such|available ~3 approach|approaches|algorithms|benchmark|benchmarks|corpora|datasets|evaluation|evaluations|efforts|frameworks|literature|method|methods|metrics|models|paradigms|pipelines|research|solutions|strategies|studies|study|systems|techniques|tools|work|works|detectors|llms|agents ~3 are|assume|assumes|cannot|depend|do|does|fail|fails|face|faces|focus|focuses|ignore|ignores|lack|lacks|largely|mainly|mostly|neglect|often|only|overlook|overlooks|predominantly|primarily|provide|rely|relies|remain|require|requires|still|struggle|struggles|suffer|suffers|target|treat|treats|typically|use|usually|yet|either|have|has|rarely|evaluate|tend|operate|offer|limit|were",
    "in recent|the years|past|last|era",
    "recent advancements|advances|approaches|breakthroughs|developments|efforts|methods|models|progress|research|studies|work|works",
    "has|have|been recently",
    "growing|increasing|increasingly",
    "real-world|practical scenarios|applications|settings|deployment",
    "plays|play ~2 role",
];

/// Patterns of method and structure: no finding unless it is stated in a clause, compared or measured.
const METHOD: &[&str] = &[
    "is|are|was|were ~2 administered|analysed|analyzed|annotated|applied|assessed|assigned|based|built|calculated|carried|collected|computed|conducted|considered|constructed|created|designed|developed|divided|employed|enrolled|evaluated|examined|excluded|extracted|fine-tuned|followed|generated|given|implemented|included|initialized|interviewed|introduced|invited|investigated|labeled|labelled|listed|performed|presented|proposed|provided|randomised|randomized|recruited|retrieved|sampled|searched|selected|set|split|studied|summarized|tested|trained|tuned|used|validated|chosen|applied|integrated|derived|depicted|illustrated|optimized|compared|structured|composed|obtained|defined|measured|explored|translated|released|combined",
    "shown|summarized|presented|reported|listed|given|provided|illustrated|depicted|visualized|displayed in|by table|figure|fig|section|appendix|supplementary|tables|figures",
    "adapts|addresses|adopts|aligns|applies|builds|combines|comprises|comprising|consisting|consists|constructs|contains|decomposes|employs|enables|encodes|\
     ensures|extends|formulates|generates|includes|incorporates|integrates|introduces|involves|jointly|learns|leverages|operates|selects|serves|treats|utilizes",
    "assesses|captures|determines|measures|quantifies|reflects how|if|the|whether",
];

/// Objects of praise that nothing can be checked against.
const PRAISE: &str = "advantage|advantages|applicability|benefit|benefits|capability|capabilities|challenges|competitiveness|effectiveness|efficacy|efficiency|feasibility|flexibility|generality|generalizability|\
importance|limits|necessity|need|potential|power|practicality|promise|reliability|robustness|scalability|soundness|strength|strengths|superiority|usefulness|utility|validity|value|versatility|viability|applications|quality|practical|generalization|complementarity|complexity";

/// True where the sentence states no finding that could be checked.
pub(super) fn is_aside(words: &Words, evidence: &Evidence) -> bool {
    let stated = evidence.frame != Frame::None && evidence.clause;
    let measured = evidence.quantity && (evidence.strong || evidence.comparison || evidence.effect);
    words.has_any(NEVER)
        || words.starts("consider|given|let|note|recall|see|suppose|assume|denote|imagine|keywords|for simplicity|brevity|clarity|completeness")
        || evidence.frame != Frame::Own
            && !stated
            && !measured
            && (words.starts("recent|recently") || words.has_any(GENERAL))
        || !(stated || evidence.strong || evidence.comparison || evidence.effect && evidence.quantity)
            && words.has_any(METHOD)
        || !stated && !measured && is_doing(words)
        || !evidence.quantity && !stated && words.has(&format!("confirm|confirmed|confirming|confirms|demonstrate|demonstrated|demonstrates|demonstrating|highlight|highlighting|highlights|illustrate|illustrates|indicate|indicates|prove|proves|reveal|reveals|show|showcase|showcasing|shows|underscore|underscores|underscoring|validate|validated|validates|validating|verify|verifies|establish|suggest|support|supports|showing|evidence|discuss ~4 {PRAISE}"))
}

/// "We train …", "This paper introduces …".
fn is_doing(words: &Words) -> bool {
    words.has(&format!("we|i|paper|work|study|article|thesis|research|authors ~2 {DO}"))
        || words.starts("in this paper|work|study|article")
        || words.starts("to this end")
}
