//! Signs of a finding: who is said to have found what, verbs of result, comparisons, effects and measurements.

use super::words::{Sort, Word, Words};
use crate::paper::SectionKind;

/// Verbs that state a result by themselves.
pub(crate) const STRONG: &str = "\
    accelerated|achieve|achieved|achieves|attain|attained|attains|beat|beats|correlate|correlated|correlates|\
    degrade|degraded|degrades|deteriorated|deteriorates|doubled|doubles|dropped|drops|exceed|exceeded|exceeds|\
    fail|failed|fails|fell|grew|halved|halves|harm|harmed|harms|hurt|hurts|impair|impaired|impairs|lag|lags|\
    outpaces|outperform|outperformed|outperforms|overestimated|overestimates|rises|rivals|rose|struggle|\
    struggled|struggles|surpass|surpassed|surpasses|tripled|underestimate|underestimated|underestimates|\
    underperform|underperformed|underperforms|worsened|worsens";

/// Verbs that state a result where something else says so too.
pub(crate) const WEAK: &str = "\
    accelerate|accelerates|affect|affected|affects|alleviates|amplified|amplifies|amplify|benefit|benefited|\
    benefits|boost|boosted|boosts|bridges|cause|caused|causes|closes|contribute|contributed|contributes|converge|\
    converges|create|creates|cut|cuts|declined|declines|decrease|decreased|decreases|depend|depended|depends|\
    detected|detects|differ|differed|differs|display|displayed|displays|dominate|dominated|dominates|eliminated|\
    eliminates|emerge|emerged|emerges|enhance|enhanced|enhances|excel|excels|exhibit|exhibited|exhibits|explain|\
    explained|explains|favor|favored|favors|gain|gained|gains|generalise|generalises|generalize|generalized|\
    generalizes|help|helped|helps|improve|improved|improves|increase|increased|increases|induce|induced|induces|\
    influence|influenced|influences|inhibit|inhibited|inhibits|lead|leads|led|lower|lowered|lowers|maintain|\
    maintained|maintains|match|matched|matches|mitigate|mitigated|mitigates|narrows|observe|obtain|obtained|\
    obtains|occur|occurred|occurs|perform|performed|performs|play|played|plays|predict|predicted|predicts|prefer|\
    preferred|prefers|preserved|preserves|prevent|prevented|prevents|produce|produced|produces|promote|promoted|\
    promotes|protects|provides|raised|raises|ranked|ranks|reach|reached|reaches|recovered|recovers|reduce|\
    reduced|reduces|rely|remain|remained|remains|reported|require|required|requires|result|resulted|results|\
    retain|retained|retains|reverses|saves|scale|scaled|scales|scored|scores|show|showed|shows|slowed|slows|\
    speeds|strengthens|suffer|suffered|suffers|suppressed|suppresses|tend|tended|tends|transfer|transfers|varied|\
    varies|vary|weakens|yield|yielded|yields";

/// Comparisons.
const COMPARISONS: &[&str] = &[
    "considerably|markedly|significantly|substantially ~1 better|different|enriched|faster|greater|higher|larger|\
     less|longer|lower|more|shorter|slower|worse",
    "associated|correlated|correlates|correlation with",
    "comparable|equivalent|identical|similar across|among|between|for|in",
    "compared|relative to|with",
    "comparable|competitive|similar ~2 to|with",
    "comparable|competitive|inferior|superior ~1 accuracy|performance|quality|results",
    "on par with",
    "as ~1 as ~4 a|an|human|humans|models|the",
    "inferior|superior to",
    "are|is|was|were ~1 best|fastest|greatest|highest|largest|lowest|slowest|smallest|strongest|weakest|worst",
    "the best|fastest|greatest|highest|largest|lowest|smallest|strongest|weakest|worst",
    "no|not ~1 always|benefit|better|consistent|consistently|difference|effect|evidence|improvement|measurable|\
     significant|significantly|statistically|sufficient|worse",
    "sota|state-of-the-art",
    "a|new|the state of the art",
    "association|correlation|difference|differences|gap|relationship|trade-off|tradeoff between",
    "beating|outperforming|over|surpassing|than ?the ?all|best|competing|current|existing|other|previous|prior|\
     several|standard|strong|strongest approaches|baseline|baselines|methods|models|systems|work",
    "exceeding|outperforming|surpassing",
];

/// Nouns of effect.
const EFFECTS: &[&str] = &[
    "declined|decreased|fell|increased|rose after|as|by|during|from|in|linearly|only|over|significantly|to|when|\
     with",
    "# ~1 of ~6 are|contained|had|have|preferred|reported|responded|showed|was|were",
    "lead|leads|led|result|resulted|results|yield|yielded|yields in|to ~1 better|faster|fewer|greater|higher|\
     larger|less|lower|more|poorer|shorter|slower|smaller|stronger|weaker|worse",
    "exhibit|exhibited|exhibits|had|have|report|reported|show|showed|shows ~2 better|fewer|greater|higher|larger|\
     less|lower|more|poorer|shorter|slower|smaller|stronger|weaker|worse",
    "boost|decline|declines|decrease|decreases|degradation|degradations|drop|drops|gain|gains|improvement|\
     improvements|increase|increases|reduction|reductions|saving|savings|speed-up|speedup|speedups by|compared|\
     for|from|in|of|on|over|relative|to|up",
    "accuracy|bias|correlation|cost|error|errors|latency|loss|performance|quality|rate|rates|scores ~5 declined|\
     declines|decreased|decreases|degrades|differed|differs|dropped|drops|grows|improved|improves|increased|\
     increases|rises|saturates|scales|varied|varies|worsens",
    "clear|considerable|consistent|large|marked|notable|significant|strong|substantial ?and ?accuracy|performance \
     advantage|association|bias|biases|boost|correlation|decline|decrease|degradation|difference|differences|\
     disparities|drop|drops|effect|effects|gain|gains|gap|gaps|improvement|improvements|increase|reduction|\
     reductions|variation",
    "accuracy|agreement|auc|auroc|average|bleu|correlation|error|f1|hazard|incidence|kappa|mean|median|mortality|\
     odds|perplexity|precision|prevalence|probability|proportion|rate|rates|ratio|ratios|recall|risk|score|scores|\
     sensitivity|specificity|survival ~5 at|from|is|of|to|was|were ?about|around|only|roughly #",
    "# ~2 accuracy|auc|auroc|bleu|decrease|f1|f1-score|improvement|increase|macro-f1|precision|recall|reduction|\
     score",
];

/// Who is said to have found something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Frame {
    /// Nobody: the finding stands by itself.
    None,
    /// "It was found that", "no difference was observed".
    Passive,
    /// "Results show that".
    Result,
    /// "We find that".
    Own,
}

/// Signs of a finding in a sentence.
pub(super) struct Evidence {
    pub frame: Frame,
    /// The frame is followed by what was found, as a clause.
    pub clause: bool,
    pub strong: bool,
    pub weak: bool,
    pub comparison: bool,
    pub effect: bool,
    pub quantity: bool,
    pub emphasis: bool,
}

/// Verbs of finding.
pub(crate) const FIND: &str = "\
    conclude|concluded|confirm|confirmed|confirms|demonstrate|demonstrated|demonstrates|discover|discovered|\
    establish|established|evidence|find|finds|found|highlight|highlights|identified|identify|illustrate|\
    illustrates|implies|imply|indicate|indicated|indicates|note|noted|observe|observed|observes|prove|proved|\
    proves|report|reported|reveal|revealed|reveals|saw|see|show|showed|shows|suggest|suggested|suggests|support|\
    supports|uncover|uncovered|uncovers|underscore|validate|validated|verified|verify";

const RESULTS: &str = "\
    ablation|ablations|analyses|analysis|assessment|assessments|benchmark|benchmarks|comparison|comparisons|data|\
    evaluation|evaluations|evidence|experiment|experimentation|experiments|fig|figure|finding|findings|\
    interviews|investigation|investigations|measurements|metrics|observations|paper|probing|research|result|\
    results|simulation|simulations|studies|study|survey|table|test|testing|tests|theory|trial|trials|validation|\
    work";

/// Results of the authors' own, besides "we find".
const OWN: &[&str] = &[
    "i|we ~2 achieve|achieved|attain|attained|gain|gained|improve|improved|obtain|obtained|outperform|\
     outperformed|reach|reached|reduce|reduced|surpass",
    "i|we have ~1 demonstrated|found|observed|shown",
];

/// "We evaluate ten models and find …".
const AND_FIND: &str = "and ?also demonstrate|demonstrated|find|found|observe|observed|show|showed";

/// Observations without an observer.
const PASSIVE: &[&str] = &[
    "it has|is|was ?been ~1 concluded|demonstrated|established|found|observed|revealed|seen|shown ?here ?that",
    "was|were ~1 found|observed|seen|shown ~1 among|between|for|in|that|to|with",
    "there are|is|was|were a|considerable|little|no|significant|strong|substantial",
];

impl Evidence {
    pub fn of(words: &Words) -> Self {
        let own = words.has(&format!("i|we ~2 {FIND}")) || words.has_any(OWN) || words.has("we") && words.has(AND_FIND);
        let result = words.has(&format!("{RESULTS} ~8 {FIND}"));
        let passive = words.has_any(PASSIVE);
        let frame = match (own, result, passive) {
            (true, ..) => Frame::Own,
            (_, true, _) => Frame::Result,
            (_, _, true) => Frame::Passive,
            _ => Frame::None,
        };
        Self {
            frame,
            clause: words.has(&format!("{FIND} ~4 that"))
                || words.has("been|has|have shown ~2 that")
                || words.has("it has|is|was ?been ~1 found|observed|shown"),
            strong: has_finite(words, STRONG),
            weak: has_finite(words, WEAK),
            comparison: compares_with_than(words) || words.has_any(COMPARISONS),
            effect: words.has_any(EFFECTS),
            quantity: words.list().iter().any(|word| word.sort == Sort::Quantity),
            emphasis: words.has(
                "always|considerably|consistently|dramatically|drastically|even|markedly|never|not|notably|only|\
                 sharply|significantly|strongly|substantially",
            ),
        }
    }

    /// Whether there is anything to weigh.
    pub fn any(&self) -> bool {
        self.frame != Frame::None
            || self.clause
            || self.strong
            || self.weak
            || self.comparison
            || self.effect && self.quantity
    }

    /// Whether the signs together make a finding of the authors', in a section of this kind.
    pub fn suffices(&self, kind: SectionKind) -> bool {
        let backed = self.quantity || self.comparison || self.effect;
        let says = self.frame >= Frame::Result && self.clause;
        match kind {
            SectionKind::Methods => {
                says && (backed || self.strong || self.weak) || self.strong && self.comparison && self.quantity
            }
            _ if says => true,
            _ if self.clause => backed || self.strong || self.weak || self.emphasis,
            _ if self.frame != Frame::None => backed || self.strong,
            _ if self.strong => {
                backed
                    || matches!(
                        kind,
                        SectionKind::Abstract
                            | SectionKind::Results
                            | SectionKind::Conclusion
                            | SectionKind::Discussion
                    )
            }
            _ if self.weak => backed || self.emphasis,
            _ => self.effect && self.quantity || self.comparison,
        }
    }

    /// Whether they make a finding that the sentence hands to others.
    pub fn suffices_second_hand(&self) -> bool {
        let backed = self.quantity || self.comparison || self.effect;
        self.clause
            || self.strong
            || backed && (self.weak || self.frame != Frame::None || self.comparison)
            || self.quantity && self.effect
    }

    /// Worth in hundredths, and why.
    pub fn weigh(&self, kind: SectionKind) -> (i32, Vec<String>) {
        let mut worth = match kind {
            SectionKind::Abstract | SectionKind::Results | SectionKind::Conclusion => 10,
            SectionKind::Methods => -10,
            _ => 0,
        };
        let frame = match (self.frame, self.clause) {
            (Frame::Own, true) => (40, "states what the authors found"),
            (Frame::Own, false) => (25, "reports the authors' result"),
            (Frame::Result, true) => (40, "states what the results show"),
            (Frame::Result, false) => (20, "reports results"),
            (Frame::Passive, _) => (20, "reports an observation"),
            (Frame::None, true) => (25, "states what was found"),
            (Frame::None, false) => (0, ""),
        };
        let mut cues = Vec::new();
        for (present, weight, cue) in [
            (frame.0 > 0, frame.0, frame.1),
            (self.strong, 30, "result verb"),
            (self.weak && !self.strong, 15, "verb of effect"),
            (self.comparison, 30, "comparison"),
            (self.quantity, 25, "measured quantity"),
            (self.effect, 15, "size or direction of an effect"),
            (self.emphasis, 5, "degree or negation"),
        ] {
            if present {
                worth += weight;
                cues.push(cue.to_owned());
            }
        }
        (worth, cues)
    }
}

/// "Better than", "fewer errors than", "14% taller than"; not "rather than", "other than".
fn compares_with_than(words: &Words) -> bool {
    let list = words.list();
    list.iter().enumerate().filter(|(_, word)| word.text == "than").any(|(than, _)| {
        list[than.saturating_sub(9)..than].iter().any(|word| {
            let graded = word.text.ends_with("er")
                && word.text.len() > 4
                && !matches!(word.text.as_str(), "other" | "rather" | "number" | "order" | "paper" | "layer");
            graded || matches!(word.text.as_str(), "more" | "less" | "worse" | "earlier")
        })
    })
}

/// Whether one of the verbs stands in a finite form: not after "to", an article or an adjective of degree.
fn has_finite(words: &Words, verbs: &str) -> bool {
    let list = words.list();
    list.iter().enumerate().any(|(at, word)| {
        let before = at.checked_sub(1).map(|before| list[before].text.as_str());
        let bound = before.is_none_or(|before| {
            matches!(
                before,
                "to" | "a"
                    | "an"
                    | "the"
                    | "of"
                    | "in"
                    | "for"
                    | "with"
                    | "by"
                    | "our"
                    | "its"
                    | "their"
                    | "significant"
                    | "performance"
                    | "accuracy"
                    | "substantial"
                    | "and/or"
                    | "consistent"
                    | "further"
                    | "no"
                    | "will"
                    | "this"
                    | "these"
                    | "such"
            )
        });
        let failed = word.text.starts_with("fail")
            && !list
                .get(at + 1)
                .is_some_and(|next| matches!(next.text.as_str(), "at" | "in" | "on" | "to" | "when" | "for"));
        !failed
            && (!bound || (before == Some("to") && is_certain(list, at)))
            && verbs.split('|').any(|verb| verb == word.text)
    })
}

/// "Is shown to improve", "tends to improve", "fails to improve", "leads to improve": the infinitive states the fact.
fn is_certain(list: &[Word], at: usize) -> bool {
    at.checked_sub(2).is_some_and(|verb| {
        matches!(
            list[verb].text.as_str(),
            "able"
                | "appear"
                | "appears"
                | "continue"
                | "continues"
                | "fail"
                | "failed"
                | "fails"
                | "found"
                | "likely"
                | "observed"
                | "seem"
                | "seems"
                | "shown"
                | "tend"
                | "tended"
                | "tends"
                | "proved"
                | "proven"
                | "struggle"
                | "struggles"
                | "known"
        )
    })
}
