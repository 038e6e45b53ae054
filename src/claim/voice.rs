//! Whose finding a sentence reports.

use super::{
    Voice,
    words::{Sort, Word, Words},
};
use crate::paper::SectionKind;

/// What a named author is said to do, where a sentence reports a result of theirs.
const REPORTS: &str = "\
    achieve|achieved|achieves|also|analysed|analyzed|applied|argue|argued|argues|attain|attained|attains|claimed|\
    compare|compared|conclude|concluded|concludes|conducted|confirm|confirmed|confirms|demonstrate|demonstrated|\
    demonstrates|describe|described|describes|detected|developed|discovered|employed|establish|established|\
    estimated|evaluate|evaluated|evaluates|examined|explored|extended|find|finds|first|found|further|had|has|\
    have|highlight|highlighted|identified|improve|improved|improves|indicate|indicated|introduce|introduced|\
    introduces|investigate|investigated|later|measured|note|noted|notes|observe|observed|observes|obtain|\
    obtained|obtains|outperform|outperformed|outperforms|present|presented|presents|propose|proposed|proposes|\
    prove|proved|proves|reach|reached|reaches|recently|reduce|reduced|reduces|report|reported|reports|reveal|\
    revealed|reveals|show|showed|shown|shows|studied|suggest|suggested|suggests|surpassed|tested|trained|use|\
    used|uses|utilized|was|were|who";

/// Works of others, as the subject of a report.
const WORKS: &str = "\
    advances|analyses|author|authors|evidence|experiments|findings|investigations|literature|meta-analyses|paper|\
    papers|publications|reports|research|researchers|results|reviews|scholars|studies|study|surveys|trials|work|\
    works";

/// Words that set works apart from the paper at hand.
const EARLIER: &str = "\
    accumulating|concurrent|contemporary|earlier|existing|growing|many|most|numerous|other|others|past|previous|\
    prior|recent|related|seminal|several|some";

/// Own findings: phrases that only a paper's authors use of what they found themselves.
const OWN_FINDINGS: &[&str] = &[
    "i|we ~2 achieve|achieved|conclude|concluded|confirm|confirmed|demonstrate|demonstrated|detect|detected|\
     discover|discovered|find|found|identified|identify|improve|improved|measure|measured|observe|observed|obtain|\
     obtained|outperform|outperformed|prove|proved|provide|reach|reached|reduce|reduced|report|reported|reveal|\
     revealed|saw|see|show|showed|uncover|uncovered",
    "our ~5 achieve|achieved|achieves|are|attain|attained|attains|beats|confirm|confirmed|confirms|demonstrate|\
     demonstrated|demonstrates|exceed|exceeds|find|finds|found|gains|had|has|improve|improved|improves|indicate|\
     indicated|indicates|is|obtained|obtains|outperform|outperformed|outperforms|reach|reached|reaches|reduce|\
     reduced|reduces|reported|reveal|revealed|reveals|show|showed|shows|suggest|suggested|suggests|surpass|\
     surpassed|surpasses|was|were|yield|yielded|yields",
    "by|over|than|to|with our|ours",
    "ablation|comparative|comprehensive|empirical|experimental|extensive|human|qualitative|quantitative|thorough \
     analyses|analysis|comparisons|evaluation|evaluations|experimentation|experiments|results|studies",
    "in this article|paper|study|work",
    "the current|present article|experiment|study|trial|work",
    "this article|paper|study|work ~2 confirms|demonstrated|demonstrates|finds|found|proves|provides|reports|\
     revealed|reveals|show|showed|shows|suggests",
];

/// Findings of the authors' own earlier papers, which are to be checked there.
const OWN_EARLIER: &[&str] = &[
    "from|in my|our ?own earlier|past|previous|prior|recent ~1 experiments|findings|paper|papers|research|studies|\
     study|work|works",
    "my|our ?own earlier|past|previous|prior ~1 experiments|findings|paper|papers|research|studies|study|work|\
     works ~1 demonstrated|found|has|have|reported|revealed|showed|shows|suggested",
    "i|we ?had|have already|earlier|previously|recently ~1 demonstrated|found|introduced|observed|proposed|\
     reported|showed|shown",
];

/// Findings handed to others in so many words; `W` stands for [`WORKS`], `E` for [`EARLIER`], `R` for [`REPORTS`].
const OTHERS: &[&str] = &[
    "E ~2 W ~2 R",
    "others R",
    "by|from|in E ~2 W",
    "by|in the ~1 W|authors",
    "the ~1 authors|literature R",
    "the authors of",
    "body|line of ~2 W",
    "experts|practitioners|researchers|scholars|scientists R",
    "studies that|using|with ~5 R",
    "evidence|experiments|research|studies has|have ~1 demonstrated|found|indicated|linked|reported|revealed|\
     shown|suggested",
    "has|have ~1 been ~2 argued|associated|demonstrated|documented|established|found|hypothesized|implicated|\
     linked|noted|observed|proved|proven|recognized|reported|shown|suggested|used",
    "are|is ~1 believed|known|thought|understood|well-established|well-known",
    "was|were ~1 originally|previously",
    "according to ~4 @|E|al|authors|census|data|report|reports|studies|study|survey|surveys",
    "as ~2 argued|demonstrated|described|found|noted|observed|pointed|reported|shown|suggested ~1 by|in @|E|et|\
     others|the",
    "argued|demonstrated|described|found|introduced|observed|proposed|reported|shown|suggested by|in @",
    "argued|demonstrated|described|found|introduced|observed|proposed|reported|shown|suggested by|in ~3 al",
    "by|in her|his|their ~1 W",
    "the former|latter",
    "he|she ?also|further R",
];

/// Who a check-worthy sentence of a section of this kind speaks for.
///
/// A finding is handed to others as soon as anything says so: an author or a citation as the subject of a report, a
/// phrase such as "previous studies have", a citation at its end where it does not say "we". In related work, and in
/// cited sentences outside abstract and results, only a sentence that states an own finding ("we find", "our model
/// reaches") is the paper's own. Why so strict: a second-hand result that passes for a finding is the worst error that a
/// report can make, an own one that is set aside costs little.
pub(super) fn voice(words: &Words, kind: SectionKind) -> Voice {
    if words.has_any(OWN_EARLIER) || reports_author(words) {
        return Voice::SecondHand;
    }
    if words.has_any(OWN_FINDINGS) {
        return Voice::Own;
    }
    let cited = |word: &Word| matches!(word.sort, Sort::Citation | Sort::Year);
    let list = words.list();
    let first_person = words.has("i|my|our|ours|us|we");
    let by_place = match kind {
        SectionKind::RelatedWork => true,
        SectionKind::Results | SectionKind::Abstract => {
            !first_person && (list.last().is_some_and(cited) || list.iter().filter(|word| cited(word)).count() > 1)
        }
        _ => list.iter().any(cited),
    };
    let handed = OTHERS.iter().any(|pattern| words.has(&spelt(pattern)));
    if by_place || handed { Voice::SecondHand } else { Voice::Own }
}

fn spelt(pattern: &str) -> String {
    let part = |part: &str| {
        let choices: Vec<&str> = part
            .split('|')
            .map(|choice| match choice {
                "W" => WORKS,
                "E" => EARLIER,
                "R" => REPORTS,
                choice => choice,
            })
            .collect();
        choices.join("|")
    };
    pattern.split_whitespace().map(part).collect::<Vec<_>>().join(" ")
}

/// True where an author is the subject of a report: "Ito et al. [3] found", "Berg (2021) reports", "[15] achieved".
fn reports_author(words: &Words) -> bool {
    let list = words.list();
    let report_at = |at: usize| list.get(at).is_some_and(|word| REPORTS.split('|').any(|verb| verb == word.text));
    list.iter().enumerate().any(|(at, word)| match word.sort {
        Sort::Year => report_at(at + 1),
        Sort::Citation => report_at(at + 1) && stands_for_authors(words, at),
        _ if word.text == "al" || word.text == "colleagues" => {
            // "Ito et al. [3] later reported", not "compared with Ito et al. [3], our model improved".
            !word.pause
                && (at + 1..at + 5).take_while(|&next| !list[next - 1].pause && !is_own(list.get(next))).any(report_at)
        }
        _ => false,
    })
}

fn is_own(word: Option<&Word>) -> bool {
    word.is_none_or(|word| matches!(word.text.as_str(), "we" | "our" | "ours" | "which" | "by"))
}

/// Whether the citation at `at` is the subject: "[6] found", "Ito and Berg [3]", "Farouk & Lind [4]", "the work of [5]".
fn stands_for_authors(words: &Words, at: usize) -> bool {
    let Some((last, before)) = words.list()[..at].split_last() else { return true };
    let pair = matches!(before, [.., first, and] if and.text == "and" && first.capital);
    last.pause
        || matches!(
            last.text.as_str(),
            "al" | "by" | "colleagues" | "from" | "in" | "of" | "while" | "that" | "and" | "whereas"
        )
        || WORKS.split('|').any(|work| work == last.text)
        || (last.capital && pair)
}
