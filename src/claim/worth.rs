//! How check-worthy a sentence is: does it state a finding, a comparison or an effect that evidence could bear out or
//! refute, and can it be understood alone?

use super::{
    aside,
    words::{Sort, Words},
};
use crate::paper::SectionKind;

/// What speaks for a sentence.
pub(super) struct Worth {
    /// In `0.0..=1.0`.
    pub worth: f32,
    /// In words for the reader.
    pub cues: Vec<String>,
    /// True where the sentence says who found it: the authors, their results, an observation.
    pub framed: bool,
}

/// Below this a sentence is not taken.
const LEAST: f32 = 0.4;

/// Words of a claim, at least and at most: shorter ones say too little, longer ones state several things.
const LENGTHS: std::ops::RangeInclusive<usize> = 5..=70;

/// Verbs that state a result by themselves.
const STRONG: &str = "accelerated|achieve|achieved|achieves|attain|attained|attains|beat|beats|correlate|correlated|correlates|degrade|degraded|degrades|deteriorates|deteriorated|doubled|doubles|drops|dropped|exceed|exceeded|exceeds|fail|failed|fails|fell|halved|halves|lag|lags|outperform|outperformed|outperforms|outpaces|overestimates|overestimated|\
rivals|rose|rises|struggle|struggled|struggles|surpass|surpassed|surpasses|tripled|underestimate|underestimated|underestimates|underperform|\
underperformed|underperforms|worsened|worsens";

/// Verbs that state a result where something else says so too.
const WEAK: &str = "create|creates|excel|excels|obtain|obtains|obtained|observe|declined|declines|decreased|decreases|increased|increases|accelerate|accelerates|affect|affected|affects|alleviates|amplified|amplifies|amplify|benefit|benefited|benefits|boost|\
boosted|boosts|bridges|cause|caused|causes|closes|contribute|contributed|contributes|converge|converges|cut|cuts|decrease|depend|\
depended|depends|detected|detects|differ|differed|differs|display|displayed|disdominate|dominated|dominates|eliminated|eliminates|emerge|emerged|emerges|enhance|\
enhanced|enhances|exhibit|exhibited|exhibits|explain|explained|explains|favor|favored|favors|gain|gained|gains|generalize|\
generalized|generalizes|generalise|generalises|harm|harmed|harms|help|helped|helps|hurt|hurts|impair|impaired|impairs|improve|improved|improves|increase|\
induce|induced|induces|influence|influenced|influences|inhibit|inhibited|inhibits|lead|leads|led|lower|lowered|lowers|maintain|maintained|maintains|match|matched|matches|\
mitigate|mitigated|mitigates|narrows|occur|occurred|occurs|perform|performed|performs|play|played|plays|predict|predicted|predicts|prefer|preferred|prefers|preserved|preserves|\
prevent|prevented|prevents|produce|produced|produces|promote|promoted|promotes|protects|provides|raised|raises|ranked|ranks|reach|reached|reaches|recovers|\
recovered|reduce|reduced|reduces|rely|remain|remained|remains|require|required|requires|result|resulted|results|retain|retained|retains|reverses|saves|scale|\
scaled|scales|scored|scores|show|showed|shows|slowed|slows|speeds|strengthens|suffer|suffered|suffers|suppressed|suppresses|tend|tended|tends|\
transfer|transfers|varied|varies|vary|weakens|yield|yielded|yields";

/// Comparisons.
const COMPARISONS: &[&str] = &[
    "accurate|better|cheaper|earlier|easier|fewer|faster|greater|harder|higher|larger|later|less|longer|lower|more|often|poorer|rather|shorter|\
     simpler|slower|smaller|stronger|weaker|worse|likely|effective|efficient|robust ~3 than",
    "compared|relative to|with",
    "comparable|competitive|similar ~2 to|with",
    "comparable|competitive|superior|inferior ~1 accuracy|performance|results|quality",
    "on par with",
    "as ~1 as ~4 a|an|the|human|humans|models",
    "superior|inferior to",
    "the best|worst|highest|lowest|strongest|fastest|largest|smallest|greatest|weakest",
    "no|not ~1 significant|significantly|consistent|consistently|statistically|measurable|effect|difference|benefit|improvement|better|worse|always|sufficient|evidence",
    "state-of-the-art|sota",
    "the|a|new state of the art",
    "gap|difference|differences|trade-off|tradeoff|correlation|association|relationship between",
    "over|than|surpassing|outperforming|beating ?the ?strong|strongest|previous|prior|existing|current|best|standard|competing|several|all|other baseline|baselines|methods|approaches|models|systems|work",
    "outperforming|surpassing|exceeding",
];

/// Nouns of effect.
const EFFECTS: &[&str] = &[
    "boost|decline|decrease|degradation|drop|gain|gains|improvement|improvements|increase|increases|reduction|reductions|speedup|speedups|speed-up|\
     saving|savings|decreases|drops|declines|degradations in|of|over|on|by|up|to|for|from|compared|relative",
    "accuracy|bias|correlation|cost|error|errors|latency|loss|performance|quality|rate|rates|scores ~5 declined|declines|decreased|decreases|degrades|differed|\
     differs|dropped|drops|grows|improved|improves|increased|increases|rises|saturates|scales|varied|varies|worsens",
    "significant|substantial|consistent|notable|large|clear|marked|considerable|strong ?and ?performance|accuracy boost|decline|decrease|degradation|drop|drops|gain|gains|\
     improvement|improvements|increase|reduction|reductions|differences|difference|correlation|association|effect|effects|bias|biases|advantage|gap|gaps|variation|disparities",
    "accuracy|f1|auc|auroc|bleu|precision|recall|score|rate|error|perplexity|agreement|kappa|correlation ~1 of|is|was|at|from|to #",
    "# ~2 accuracy|f1|auc|auroc|bleu|precision|recall|macro-f1|f1-score|score|improvement|reduction|increase|decrease|gain|of",
];

/// Whether `words`, a sentence of a section of this kind, is worth checking; `None` where it is not.
pub(super) fn worth(sentence: &str, words: &Words, kind: SectionKind) -> Option<Worth> {
    if !is_whole(sentence, words) {
        return None;
    }
    let evidence = Evidence::of(words);
    if !evidence.suffices(kind) || aside::is_aside(words, &evidence) {
        return None;
    }
    let penalty = penalty(words, kind, evidence.frame)?;
    let (worth, cues) = evidence.weigh(kind);
    let worth = (worth - penalty).clamp(0.0, 1.0);
    (worth >= LEAST).then_some(Worth { worth, cues, framed: evidence.frame != Frame::None })
}

/// A whole statement: starts like a sentence, ends with a full stop, closes its brackets, is neither a question nor a
/// formula nor too short or long.
fn is_whole(sentence: &str, words: &Words) -> bool {
    let list = words.list();
    let first = sentence.trim_start_matches(['"', '“', '‘', '\'', '(']).chars().next();
    let starts = first.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || !c.is_ascii())
        || list.first().is_some_and(|word| word.text.contains(|c: char| c.is_ascii_digit() || c == '-'));
    let mixed = sentence.split_whitespace().next().is_some_and(|word| word.chars().skip(1).any(char::is_uppercase));
    let last_words = list.iter().rposition(|word| word.sort != Sort::Citation).map_or(0, |last| last + 1);
    let closers = ['"', '”', '’', '\'', ')', ' '];
    let end = sentence.trim_end_matches(closers);
    let cited_end = sentence.ends_with(']') && last_words < list.len();
    let ends = end.ends_with(['.', '!', '。']) || cited_end;
    let balanced = [('(', ')'), ('[', ']'), ('“', '”')]
        .iter()
        .all(|&(open, close)| sentence.matches(open).count() == sentence.matches(close).count());
    let formula: usize = sentence.split('$').skip(1).step_by(2).map(str::len).sum();
    (starts || mixed)
        && ends
        && !end.ends_with("...")
        && balanced
        && LENGTHS.contains(&list.len())
        && formula * 3 < sentence.len()
        && !sentence.contains("://")
}

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
const FIND: &str = "confirm|confirmed|confirms|conclude|concluded|demonstrate|demonstrated|demonstrates|discover|discovered|establish|established|\
find|finds|found|imply|implies|indicate|indicated|indicates|note|noted|observe|observed|observes|prove|proved|proves|report|reveal|revealed|reveals|see|show|showed|shows|suggest|suggested|suggests|validate|validated|\
verify|verified|uncover|uncovers|uncovered|underscore|highlight|highlights|identify|identified|saw|evidence|reported|supports|support|illustrates|illustrate";

const RESULTS: &str = "ablation|ablations|analyses|analysis|assessment|assessments|benchmark|benchmarks|comparison|comparisons|data|evaluation|evaluations|evidence|experiment|experiments|\
finding|findings|investigation|investigations|measurements|observations|paper|probing|result|results|simulation|simulations|studies|study|survey|test|testing|tests|trial|trials|work|research|experimentation|validation|table|figure|fig|metrics|interviews|theory";

impl Evidence {
    fn of(words: &Words) -> Self {
        let own = words.has(&format!("we|i ~2 {FIND}"))
            || words.has("we|i ~2 achieve|achieved|obtain|obtained|reach|reached|improve|improved|outperform|outperformed|reduce|reduced|attain|attained|surpass|gain|gained");
        let own = own
            || words.has("we")
                && words.has("and ?also demonstrate|demonstrated|find|found|observe|observed|show|showed");
        let result = words.has(&format!("{RESULTS} ~8 {FIND}"));
        let passive = words
            .has("it is|was ~1 found|shown|observed|seen|demonstrated|concluded|revealed|established ?here ?that")
            || words.has("was|were ~1 found|observed|shown|seen ~1 to|that|in|between|for|among|with")
            || words.has("there was|were|is|are no|a|significant|substantial|strong|little|considerable");
        let frame = match (own, result, passive) {
            (true, ..) => Frame::Own,
            (_, true, _) => Frame::Result,
            (_, _, true) => Frame::Passive,
            _ => Frame::None,
        };
        Self {
            frame,
            clause: words.has(&format!("{FIND} ~4 that")) || words.has("it is|was ~1 found|shown|observed"),
            strong: has_finite(words, STRONG),
            weak: has_finite(words, WEAK),
            comparison: words.has_any(COMPARISONS),
            effect: words.has_any(EFFECTS),
            quantity: words.list().iter().any(|word| word.sort == Sort::Quantity),
            emphasis: words.has("significantly|substantially|consistently|markedly|strongly|dramatically|considerably|notably|drastically|sharply|only|even|always|never|not"),
        }
    }

    fn suffices(&self, kind: SectionKind) -> bool {
        let backed = self.quantity || self.comparison || self.effect;
        let telling = matches!(
            kind,
            SectionKind::Abstract | SectionKind::Results | SectionKind::Conclusion | SectionKind::Discussion
        );
        match kind {
            SectionKind::Methods => {
                self.frame >= Frame::Result && self.clause && (backed || self.strong || self.weak)
                    || self.strong && self.comparison && self.quantity
            }
            _ if self.frame >= Frame::Result && self.clause => true,
            _ if self.clause => backed || self.strong || self.weak || self.emphasis,
            _ if self.frame != Frame::None => backed || self.strong,
            _ if self.strong => backed || telling,
            _ if self.weak => backed || self.emphasis,
            _ => self.effect && self.quantity || self.comparison,
        }
    }

    fn weigh(&self, kind: SectionKind) -> (f32, Vec<String>) {
        let mut worth = match kind {
            SectionKind::Abstract | SectionKind::Results | SectionKind::Conclusion => 0.1,
            SectionKind::Methods => -0.1,
            _ => 0.0,
        };
        let frame = match (self.frame, self.clause) {
            (Frame::Own, true) => (0.35, "states what the authors found"),
            (Frame::Own, false) => (0.25, "reports the authors' result"),
            (Frame::Result, true) => (0.35, "states what the results show"),
            (Frame::Result, false) => (0.2, "reports results"),
            (Frame::Passive, _) => (0.2, "reports an observation"),
            (Frame::None, _) => (0.0, ""),
        };
        let mut cues = Vec::new();
        for (present, weight, cue) in [
            (self.frame != Frame::None, frame.0, frame.1),
            (self.strong, 0.3, "result verb"),
            (self.weak && !self.strong, 0.15, "verb of effect"),
            (self.comparison, 0.3, "comparison"),
            (self.quantity, 0.25, "measured quantity"),
            (self.effect, 0.15, "size or direction of an effect"),
            (self.emphasis, 0.05, "degree or negation"),
        ] {
            if present {
                worth += weight;
                cues.push(cue.to_owned());
            }
        }
        (worth, cues)
    }
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
fn is_certain(list: &[super::words::Word], at: usize) -> bool {
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

/// What speaks against a sentence; `None` where a reader could not understand it alone.
fn penalty(words: &Words, kind: SectionKind, frame: Frame) -> Option<f32> {
    let list = words.list();
    // "However, it …", "On both sets, it …": a short phrase in front holds nothing that the pronoun could stand for.
    let clause = words.starts("although|as|because|if|since|though|when|whereas|whether|while");
    let phrase = list.iter().take(6).position(|word| word.pause).filter(|_| !clause).map_or(0, |pause| pause + 1);
    let pronoun = |at: usize| {
        list.get(at)
            .is_some_and(|word| matches!(word.text.as_str(), "it" | "they" | "this" | "these" | "their" | "its"))
    };
    let start = if pronoun(phrase) { phrase } else { 0 };
    let mut penalty = 0.0;
    let lead: Vec<&str> = list[start.min(list.len())..].iter().take(3).map(|word| word.text.as_str()).collect();
    match lead.as_slice() {
        ["it", "is" | "was", ..] if frame == Frame::Passive => {}
        ["it" | "they" | "he" | "she" | "its" | "their" | "his" | "her" | "them", ..] => return None,
        ["this" | "that" | "these" | "those" | "such", next, after @ ..] => {
            let own = matches!(*next, "paper" | "work" | "study" | "article");
            let results = matches!(
                *next,
                "results"
                    | "result"
                    | "findings"
                    | "finding"
                    | "experiments"
                    | "analysis"
                    | "analyses"
                    | "observations"
                    | "data"
            );
            let says = after.first().is_some_and(|verb| FIND.split('|').any(|find| find == *verb));
            let near = matches!(kind, SectionKind::Abstract | SectionKind::Conclusion);
            if own {
            } else if results && frame == Frame::Result {
                penalty += 0.1;
            } else if near && !is_verb_like(next) && !says {
                penalty += 0.15;
            } else {
                return None;
            }
        }
        ["both" | "another" | "others" | "neither" | "either" | "the", "former" | "latter" | "other" | "of", ..] => {
            return None;
        }
        ["both" | "another" | "others" | "neither" | "all" | "most" | "some" | "here" | "there" | "same", ..] => {
            penalty += 0.1
        }
        _ => {}
    }
    if words.find(&format!("{FIND} ?that it|they|its|their")).is_some_and(|(at, _)| at < 8) {
        return None;
    }
    if words.has("the latter|former") || words.has("aforementioned|above-mentioned") {
        return None;
    }
    if words.has("our") {
        penalty -= 0.1;
    }
    for (pattern, cost) in [
        ("that|whether|why|how this|these|those|such", 0.15),
        (
            "this|these|such advantage|behaviour|behavior|bias|capability|challenge|decline|discrepancy|effect|finding|findings|gap|gains|hypothesis|improvement|improvements|issue|issues|limitation|observation|observations|outcomes|pattern|patterns|phenomenon|problem|result|setting|settings|trend|trends",
            0.25,
        ),
        ("for example|instance", 0.2),
        ("may|might|could|possibly|potentially|presumably|perhaps|would", 0.15),
        ("often|typically|usually|generally|commonly", 0.1),
        ("above|below|previously|earlier|discussed", 0.1),
        ("table|figure|fig|section|appendix|row|column|eq|equation", 0.05),
    ] {
        if words.has(pattern) {
            penalty += cost;
        }
    }
    if list.len() > 45 {
        penalty += 0.1;
    }
    Some(penalty)
}

/// "This is", "these show", "this leads": a bare pronoun.
fn is_verb_like(word: &str) -> bool {
    matches!(
        word,
        "is" | "are"
            | "was"
            | "were"
            | "has"
            | "have"
            | "had"
            | "can"
            | "could"
            | "may"
            | "might"
            | "will"
            | "would"
            | "does"
            | "do"
            | "did"
            | "in"
            | "by"
            | "not"
            | "also"
            | "further"
            | "then"
            | "in-turn"
            | "makes"
            | "make"
            | "allows"
            | "allow"
            | "gives"
            | "means"
            | "enables"
            | "highlights"
            | "underscores"
            | "ensures"
            | "holds"
            | "happens"
            | "contrasts"
            | "motivates"
            | "corresponds"
            | "two"
            | "three"
    ) || [STRONG, WEAK, FIND].iter().any(|verbs| verbs.split('|').any(|verb| verb == word))
}
