//! What the beginning of an abstract, or a comment of arXiv's, says became of its own paper.

use super::{
    Notice,
    words::{FOREIGN_MARKS, OF_MARKS, WORKS, lower, words_of},
};

/// Who takes a work back.
#[rustfmt::skip]
const AGENTS: &[&str] = &[
    "author", "authors", "editor", "editors", "editor-in-chief", "editors-in-chief", "publisher", "publishers", "journal", "we",
    "arxiv", "biorxiv", "medrxiv", "ssrn", "i",
];
/// Forms of the verbs.
const RETRACTED: &[&str] = &["retract", "retracts", "retracted", "retracting"];
const WITHDRAWN: &[&str] = &["withdraw", "withdraws", "withdrawn", "withdrew", "withdrawing", "removed", "taken"];
/// How the beginning of a notice goes on that tells first what happened.
const SINCE: &[&str] = &[
    "after publication",
    "following publication",
    "since publication",
    "after the publication",
    "following the publication",
    "since the publication",
    "after this article",
    "following this article",
];
/// Words from a noun to its verb in "has since been withdrawn".
const LONGEST_PASSIVE: usize = 4;
/// Characters of a first sentence that says it, in a script that does not divide words.
const LONGEST_FOREIGN: usize = 40;
/// Characters of an abstract in which it may say that it was taken back.
const LONGEST_START: usize = 600;

impl Notice {
    /// What a comment of arXiv's says, in any of its parts: "12 pages; this paper has been withdrawn".
    #[must_use]
    pub fn of_comment(text: &str) -> Option<Self> {
        let text = text.trim();
        let parts = text.split([';', '.', ',', ':']).map(str::trim).filter(|part| !part.is_empty());
        let is_asked = |part: &str| {
            let words: Vec<String> = part.split_whitespace().map(str::to_lowercase).take(4).collect();
            words.first().is_some_and(|word| word == "withdrawal")
                && words.iter().any(|word| WORKS.contains(&word.as_str()))
        };
        let said = parts.clone().filter_map(Self::of_abstract).max();
        let asked = parts.clone().any(is_asked).then_some(Self::Withdrawn);
        Self::of_abstract(text).max(said).max(asked)
    }

    /// What the beginning of an abstract says of its own paper, as arXiv and publishers do.
    #[must_use]
    pub fn of_abstract(text: &str) -> Option<Self> {
        let start = lower(&text.chars().take(LONGEST_START).collect::<String>()).replace("et al.", "et al");
        let open = start.trim_start_matches(|c: char| !c.is_alphanumeric());
        let open = ["no abstract", "abstract"].iter().find_map(|name| open.strip_prefix(name)).map_or(open, |rest| {
            let rest = rest.trim_start();
            if rest.starts_with([':', '.']) { rest.trim_start_matches([':', '.', ' ']) } else { open }
        });
        let open = [
            "arxiv admin note: ",
            "editor's note: ",
            "editorial note: ",
            "publisher's note: ",
            "note: ",
            "the full text of ",
        ]
        .iter()
        .fold(open, |open, name| open.strip_prefix(name).unwrap_or(open));
        let first = open.split(['.', ';']).next().unwrap_or_default();
        let others = || open.split(['.', ';']).skip(1);
        let told_later = || others().filter_map(Self::of_sentence).max();
        // "After publication, concerns were raised. The editors retract this article."
        if SINCE.iter().any(|beginning| open.starts_with(beginning)) {
            return others().filter_map(Self::of_editors).chain(told_later()).max();
        }
        if let Some(notice) = foreign(open) {
            return Some(notice);
        }
        let first = own_clause(first);
        let is_marked =
            start.starts_with(['[', '(']) && open.split([']', ')']).next().is_some_and(|mark| mark.len() < 12);
        let words = words_of(first);
        let taken = |verbs: &[&str]| {
            is_told(first, &words, verbs) || is_ordered(&words, verbs) || is_named(open, &words, verbs, is_marked)
        };
        let starts = |beginnings: &[&str]| beginnings.iter().any(|beginning| open.starts_with(beginning));
        let is_editor = |word: &&str| word.starts_with("editor") || word.starts_with("publisher") || *word == "journal";
        let is_of_editors =
            words.iter().take(6).any(is_editor) || starts(&["this is an expression", "this expression of"]);
        let of_this = ["this article", "this paper", "this work", "this study", "this manuscript"];
        if taken(RETRACTED)
            || starts(&[
                "retraction notice",
                "retraction note",
                "retraction of:",
                "retraction:",
                "retraction for the article",
            ])
            || starts(&["this retracts the ", "this is a retraction of", "notice of retraction"])
        {
            Some(Self::Retracted)
        } else if taken(WITHDRAWN) {
            Some(Self::Withdrawn)
        } else if starts(&["expression of concern", "editorial expression of concern"])
            || is_of_editors && first.contains("expression of concern")
            || is_of_editors && first.contains("concern") && of_this.iter().any(|work| first.contains(work))
        {
            Some(Self::Concern)
        } else if starts(&[
            "this corrects the article",
            "a correction to this",
            "this is a correction",
            "correction to this",
        ]) {
            Some(Self::Corrected)
        } else {
            // Where there is nothing but the notice it may begin with its reasons.
            let is_whole = start.chars().count() < LONGEST_START && !start.split_whitespace().any(|word| word == "we");
            if is_whole { told_later() } else { None }
        }
    }

    /// Whether a sentence says of the work itself that it was taken back.
    fn of_sentence(sentence: &str) -> Option<Self> {
        let told = own_clause(sentence);
        let words = words_of(told);
        let says = |verbs: &[&str]| is_told(told, &words, verbs) || is_ordered(&words, verbs);
        if says(RETRACTED) { Some(Self::Retracted) } else { says(WITHDRAWN).then_some(Self::Withdrawn) }
    }

    /// What a sentence says that the editors do with the paper it stands before.
    fn of_editors(sentence: &str) -> Option<Self> {
        let words: Vec<&str> =
            sentence.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty()).collect();
        let is_editor =
            words.iter().any(|word| word.starts_with("editor") || word.starts_with("publisher") || *word == "journal");
        let is_this = |at: usize| {
            matches!(words.get(at), Some(&("this" | "the")))
                && words.get(at + 1).is_some_and(|word| WORKS.contains(word))
        };
        let retracts =
            |(at, word): (usize, &&str)| matches!(*word, "retract" | "retracts" | "retracted") && is_this(at + 1);
        if is_editor && words.iter().enumerate().any(retracts) {
            return Some(Self::Retracted);
        }
        (is_editor && sentence.contains("expression of concern")).then_some(Self::Concern)
    }
}

/// The clause of a sentence that tells what became of the work: "Due to an error, this paper has been withdrawn", "the
/// publisher regrets that this article has been removed".
fn own_clause(sentence: &str) -> &str {
    let sentence = sentence.trim_start();
    if let Some((_, told)) = sentence.split_once("regrets that ").filter(|(_, told)| told.starts_with("this ")) {
        return told;
    }
    let begins = ["this ", "the author", "the editor", "the publisher", "the journal", "we "];
    let told = sentence.split_once(", ").map(|(_, told)| told);
    told.filter(|told| begins.iter().any(|beginning| told.starts_with(beginning))).unwrap_or(sentence)
}

/// What the first sentence of an abstract in another language says of the work itself: "Este artículo ha sido retirado".
fn foreign(open: &str) -> Option<Notice> {
    let first = open.split(['.', ';', '\u{3002}']).next().unwrap_or_default();
    // 本文已被撤回, この論文は撤回されました.
    let of_characters =
        ["本文", "该文", "该论文", "本论文", "文章", "该文章", "論文", "本論文", "この論文", "이 논문", "본 논문"];
    if of_characters.iter().any(|work| first.starts_with(work)) && first.chars().count() <= LONGEST_FOREIGN {
        return ["撤回", "撤稿", "철회", "取り下げ"]
            .iter()
            .any(|mark| first.contains(mark))
            .then_some(Notice::Retracted);
    }
    const NOUNS: &[&str] = &[
        "artículo",
        "trabajo",
        "manuscrito",
        "artigo",
        "trabalho",
        "articolo",
        "l'articolo",
        "lavoro",
        "article",
        "l'article",
        "manuscrit",
        "artikel",
        "beitrag",
        "arbeit",
        "статья",
        "работа",
        "artykuł",
        "makale",
    ];
    const AUXILIARIES: &[&str] = &[
        "ha", "fue", "foi", "è", "a", "été", "est", "wurde", "wird", "ist", "была", "został", "is", "werd", "geri",
        "sido", "stato",
    ];
    let words = words_of(first);
    let noun = words.iter().take(2).position(|word| NOUNS.contains(word))?;
    let (at, notice) = words.iter().enumerate().skip(noun + 1).take(LONGEST_PASSIVE + 2).find_map(|(at, word)| {
        let mark = FOREIGN_MARKS.iter().find(|(mark, notice)| mark == word && notice.takes_back());
        Some((at, mark?.1))
    })?;
    let is_of_work = words[noun + 1..at].iter().all(|word| AUXILIARIES.contains(word) || OF_MARKS.contains(word));
    is_of_work.then_some(notice)
}

/// "This paper, …, has been withdrawn": said of the work itself. Not "the study drug was withdrawn", "this paper studies
/// articles that were retracted" or "the drug was withdrawn from the market".
fn is_told(first: &str, words: &[&str], verbs: &[&str]) -> bool {
    let is_passive = |before: &[&str]| {
        let before = before.iter().rev().find(|word| !word.ends_with("ly"));
        matches!(before, Some(&("been" | "was" | "is" | "being" | "were" | "hereby")))
    };
    let passive = words.iter().enumerate().position(|(at, word)| verbs.contains(word) && is_passive(&words[..at]));
    let Some(verb) = passive else { return false };
    let noun = words.iter().take(4).position(|word| WORKS.contains(word));
    // "Paper has been withdrawn."
    let is_bare = noun == Some(0) && words[0] != "study" && matches!(words[1], "has" | "is" | "was");
    let leads = is_bare || matches!(words.first(), Some(&("this" | "the" | "our" | "above")));
    let Some(noun) = noun.filter(|&noun| noun < verb && leads) else { return false };
    // What stands between says whose or which it is.
    let after = &first[first.find(words[noun]).map_or(0, |at| at + words[noun].len())..];
    let is_at_once = matches!(words[noun + 1], "has" | "have" | "was" | "is") && verb - noun <= LONGEST_PASSIVE;
    let is_named = after.trim_start().starts_with([',', '(', '"', '\u{201c}', '['])
        || matches!(words[noun + 1], "by" | "from" | "titled" | "entitled" | "in");
    let is_of_others = words[noun..verb].iter().any(|word| matches!(*word, "that" | "which" | "who" | "whose"));
    let is_subject = is_at_once || is_named && !is_of_others;
    let from = words.get(verb + 1) == Some(&"from");
    let is_of_publishing = words[verb..]
        .iter()
        .any(|word| matches!(*word, "arxiv" | "journal" | "publication" | "consideration" | "server" | "library"));
    // "This study was withdrawn early" is said of a trial.
    let is_of_trial = words[noun] == "study" && words[verb - 1] == "was" && words[verb] != "retracted";
    let is_removal = words[verb] != "taken" || words.get(verb + 1) == Some(&"down");
    let is_unpublished = matches!(words[noun], "preprint" | "manuscript" | "submission");
    // "The article by Smith was retracted, and we study how": of another's.
    let is_studied = words[verb..].contains(&"we");
    is_subject && is_removal && !is_of_trial && !is_studied && (!from || is_of_publishing || is_unpublished)
}

/// "The authors have withdrawn this manuscript", "we retract our paper".
fn is_ordered(words: &[&str], verbs: &[&str]) -> bool {
    let is_taken_back =
        |word: &str| verbs.contains(&word) && word != "taken" && (word != "removed" || words.first() != Some(&"we"));
    let Some(verb) = words.iter().take(14).position(|word| is_taken_back(word)) else { return false };
    let begins = words.first().is_some_and(|word| AGENTS.contains(word) || matches!(*word, "the" | "retraction"));
    let is_work = match words.get(verb + 1) {
        Some(&("this" | "our" | "their")) => words[verb + 2..].iter().take(2).any(|word| WORKS.contains(word)),
        // "We withdrew the study drug."
        Some(&"the") => {
            let is_of_it = |word: &str| word == "cited" || word.chars().all(|c| c.is_ascii_digit());
            let noun =
                words[verb + 2..].iter().position(|word| !is_of_it(word)).map_or(words.len(), |at| verb + 2 + at);
            words.get(noun).is_some_and(|word| WORKS.contains(word))
                && matches!(
                    words.get(noun + 1),
                    None | Some(
                        &("because" | "due" | "by" | "from" | "as" | "at" | "entitled" | "titled" | "cited" | "above")
                    )
                )
        }
        _ => false,
    };
    begins && is_work && words[..verb].iter().any(|word| AGENTS.contains(word))
}

/// "Withdrawn.", "[Retracted] Gears turn.", "Paper withdrawn due to an error".
fn is_named(open: &str, words: &[&str], verbs: &[&str], is_marked: bool) -> bool {
    let leads = usize::from(matches!(words.first(), Some(&("this" | "the"))));
    let noun = leads + usize::from(words.get(leads).is_some_and(|word| WORKS.contains(word)));
    if leads == 1 && noun == leads {
        return false;
    }
    let Some(verb) = words.get(noun).filter(|word| verbs.contains(word) && word.ends_with(['d', 'n'])) else {
        return false;
    };
    let is_why =
        matches!(words.get(noun + 1), Some(&("by" | "due" | "because" | "at" | "following" | "since" | "for" | "as")));
    let is_passive = !matches!(*verb, "removed" | "taken");
    is_passive && (is_marked || is_why || words.len() == noun + 1 || open.starts_with(&format!("{verb}:")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abstracts_say_it_of_their_own_paper() {
        for (text, notice) in [
            ("This paper has been withdrawn by the author due to an error in equation 3.", Some(Notice::Withdrawn)),
            ("This paper has been withdrawn by the authors.", Some(Notice::Withdrawn)),
            ("The authors have withdrawn this manuscript because of a duplicate posting.", Some(Notice::Withdrawn)),
            ("Withdrawn by the authors.", Some(Notice::Withdrawn)),
            ("Withdrawn.", Some(Notice::Withdrawn)),
            ("This article has been retracted at the request of the editor.", Some(Notice::Retracted)),
            ("[This article was retracted on 2 May.] Gears turn.", Some(Notice::Retracted)),
            ("Expression of concern: the editors were told that two figures agree.", Some(Notice::Concern)),
            ("The author withdraws this paper.", Some(Notice::Withdrawn)),
            ("We withdraw our paper because of an error.", Some(Notice::Withdrawn)),
            ("Paper withdrawn due to an error.", Some(Notice::Withdrawn)),
            ("ABSTRACT WITHDRAWN", Some(Notice::Withdrawn)),
            ("(Withdrawn) Gears turn.", Some(Notice::Withdrawn)),
            ("No abstract: the paper has been withdrawn by the author.", Some(Notice::Withdrawn)),
            ("This article has been removed at the request of the publisher.", Some(Notice::Withdrawn)),
            ("The article by Smith et al. was retracted.", Some(Notice::Retracted)),
            ("The following article, \"Gears at sea\", has been retracted by agreement.", Some(Notice::Retracted)),
            ("The Editor-in-Chief has retracted this article because of doubts.", Some(Notice::Retracted)),
            ("We, the authors, retract this article.", Some(Notice::Retracted)),
            ("[This retracts the article on p. 3 in vol. 4.]", Some(Notice::Retracted)),
            ("Retraction: the authors retract the article.", Some(Notice::Retracted)),
            ("This is an expression of concern about Gears.", Some(Notice::Concern)),
            ("The journal is issuing an expression of concern for this article.", Some(Notice::Concern)),
            ("The editors wish to express concern about this article.", Some(Notice::Concern)),
            ("A correction to this paper has been published.", Some(Notice::Corrected)),
            ("arXiv admin note: this paper has been withdrawn by arXiv administrators.", Some(Notice::Withdrawn)),
            ("This version withdrawn by arXiv administrators.", Some(Notice::Withdrawn)),
            ("bioRxiv has withdrawn this manuscript because of an error.", Some(Notice::Withdrawn)),
            ("medRxiv has removed this article.", Some(Notice::Withdrawn)),
            ("This preprint has been withdrawn from Research Square.", Some(Notice::Withdrawn)),
            ("The full text of this preprint has been withdrawn by the authors.", Some(Notice::Withdrawn)),
            ("The authors wish to retract the article titled \"Gears at sea\".", Some(Notice::Retracted)),
            ("At the request of the authors, this article has been retracted.", Some(Notice::Retracted)),
            (
                "Following publication, doubts arose; the editors therefore retract this article.",
                Some(Notice::Retracted),
            ),
            (
                "After publication of this article, doubts arose. The Editors issue this Expression of Concern.",
                Some(Notice::Concern),
            ),
            ("This article has been temporarily removed.", Some(Notice::Withdrawn)),
            ("The publisher regrets that this article has been removed.", Some(Notice::Withdrawn)),
            (
                "The publisher regrets to say that this is a copy of another article. The duplicate article has therefore been \
                 withdrawn.",
                Some(Notice::Withdrawn),
            ),
            ("I hereby retract this article.", Some(Notice::Retracted)),
            ("The journal retracts the 2019 article cited above.", Some(Notice::Retracted)),
            ("Following publication, doubts arose. The article has been retracted.", Some(Notice::Retracted)),
            ("Paper has been withdrawn.", Some(Notice::Withdrawn)),
            ("Paper is withdrawn by the authors.", Some(Notice::Withdrawn)),
            ("Due to an error in Lemma 3, the authors have withdrawn this paper.", Some(Notice::Withdrawn)),
            ("The proof has a gap. This paper has been withdrawn.", Some(Notice::Withdrawn)),
            ("Editor’s note: this article has been retracted.", Some(Notice::Retracted)),
            ("This Expression of Concern refers to the article above.", Some(Notice::Concern)),
            ("Este artículo ha sido retractado.", Some(Notice::Retracted)),
            ("L’articolo è stato ritirato.", Some(Notice::Withdrawn)),
            ("Cet article a été rétracté par ses auteurs.", Some(Notice::Retracted)),
            ("Dieser Artikel wurde zurückgezogen.", Some(Notice::Withdrawn)),
            ("Эта статья была отозвана.", Some(Notice::Retracted)),
            ("本文已被撤回。", Some(Notice::Retracted)),
            ("Dieser Beitrag wurde von den Autoren zurückgezogen.", Some(Notice::Withdrawn)),
            ("Doubts arose. As a result, the editors have retracted this article.", Some(Notice::Retracted)),
            ("Owing to a fault in the data, we retract this paper.", Some(Notice::Retracted)),
            ("This study was withdrawn early for lack of funds.", None),
            ("Este artículo estudia artículos retractados.", None),
            ("We follow papers for years. This paper was retracted by Muster, and we ask why.", None),
            ("The article by Muster was retracted, and we study how it was cited.", None),
            ("This paper studies articles that have been retracted from journals.", None),
            ("The study drug was withdrawn in 3 patients.", None),
            ("This study examined patients whose consent was withdrawn.", None),
            ("The paper was withdrawn from the roll and cut.", None),
            ("The drug was withdrawn from the market in 2004.", None),
            ("This study was on a drug that was withdrawn from the market.", None),
            ("Papers on withdrawal are reviewed.", None),
            ("We study papers that were retracted.", None),
        ] {
            assert_eq!(Notice::of_abstract(text), notice, "{text}");
        }
    }

    #[test]
    fn comments_say_it_in_any_of_their_parts() {
        for text in [
            "12 pages, 3 figures; withdrawn by the authors",
            "10 pages, withdrawn",
            "5 pages. This paper has been withdrawn due to an error",
            "withdrawn, see comment",
            "v2: withdrawn",
            "Withdrawal of paper requested by authors",
        ] {
            assert_eq!(Notice::of_comment(text), Some(Notice::Withdrawn), "{text}");
        }
        for text in
            ["12 pages", "Withdrawn from a workshop", "Replaces the withdrawn paper of 2019", "On opioid withdrawal"]
        {
            assert_eq!(Notice::of_comment(text), None, "{text}");
        }
    }
}
