//! What became of a work after it appeared: retracted, withdrawn, under concern, corrected.

use serde::{Deserialize, Serialize};

/// The gravest thing that a source, or the work's own title or abstract, says became of it; graver is greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum Notice {
    /// A correction was published; the work stands.
    Corrected,
    /// Its editors have said that they doubt it.
    Concern,
    /// Its authors or its server took it back.
    Withdrawn,
    /// It was retracted; or it is the notice that retracts another.
    Retracted,
}

/// Words that say it, in a title's mark.
const MARKS: &[(&str, Notice)] = &[
    ("retracted", Notice::Retracted),
    ("retraction", Notice::Retracted),
    ("withdrawn", Notice::Withdrawn),
    ("withdrawal", Notice::Withdrawn),
    ("removed", Notice::Retracted),
    ("removal", Notice::Withdrawn),
    ("concern", Notice::Concern),
    ("correction", Notice::Corrected),
    ("corrections", Notice::Corrected),
    ("corrigendum", Notice::Corrected),
    ("corrigenda", Notice::Corrected),
    ("erratum", Notice::Corrected),
    ("errata", Notice::Corrected),
    ("corrected", Notice::Corrected),
];
/// The same in other languages: Spanish, Portuguese, Italian and French; German, Dutch and the Scandinavian ones; Russian,
/// Polish, Turkish and Indonesian.
const FOREIGN_MARKS: &[(&str, Notice)] = &[
    ("retractado", Notice::Retracted),
    ("retractada", Notice::Retracted),
    ("retractación", Notice::Retracted),
    ("retracción", Notice::Retracted),
    ("retirado", Notice::Withdrawn),
    ("retirada", Notice::Withdrawn),
    ("retiro", Notice::Withdrawn),
    ("corrección", Notice::Corrected),
    ("erratas", Notice::Corrected),
    ("errores", Notice::Corrected),
    ("preocupación", Notice::Concern),
    ("retratado", Notice::Retracted),
    ("retratada", Notice::Retracted),
    ("retratação", Notice::Retracted),
    ("correção", Notice::Corrected),
    ("preocupação", Notice::Concern),
    ("ritrattato", Notice::Retracted),
    ("ritrattata", Notice::Retracted),
    ("ritrattazione", Notice::Retracted),
    ("ritirato", Notice::Withdrawn),
    ("ritirata", Notice::Withdrawn),
    ("correzione", Notice::Corrected),
    ("rétracté", Notice::Retracted),
    ("rétractée", Notice::Retracted),
    ("rétractation", Notice::Retracted),
    ("retiré", Notice::Withdrawn),
    ("retirée", Notice::Withdrawn),
    ("retrait", Notice::Withdrawn),
    ("zurückgezogen", Notice::Withdrawn),
    ("zurückgezogene", Notice::Withdrawn),
    ("zurückgezogener", Notice::Withdrawn),
    ("zurückziehung", Notice::Withdrawn),
    ("rückzug", Notice::Withdrawn),
    ("retraktion", Notice::Retracted),
    ("berichtigung", Notice::Corrected),
    ("korrektur", Notice::Corrected),
    ("ingetrokken", Notice::Withdrawn),
    ("retractie", Notice::Retracted),
    ("tilbaketrukket", Notice::Withdrawn),
    ("tilbagetrukket", Notice::Withdrawn),
    ("tillbakadragen", Notice::Withdrawn),
    ("отозвана", Notice::Retracted),
    ("отозвано", Notice::Retracted),
    ("отозван", Notice::Retracted),
    ("отзыв", Notice::Retracted),
    ("ретракция", Notice::Retracted),
    ("ретрагирована", Notice::Retracted),
    ("исправление", Notice::Corrected),
    ("wycofany", Notice::Withdrawn),
    ("wycofana", Notice::Withdrawn),
    ("wycofane", Notice::Withdrawn),
    ("wycofanie", Notice::Withdrawn),
    ("retrakcja", Notice::Retracted),
    ("çekildi", Notice::Withdrawn),
    ("çekilmiş", Notice::Withdrawn),
    ("çekme", Notice::Withdrawn),
    ("ditarik", Notice::Withdrawn),
    ("penarikan", Notice::Withdrawn),
];
/// Marks that are also what papers are about, where they stand alone: "Withdrawal: a study of caffeine".
const NOT_ALONE: &[&str] = &["withdrawal", "retrait", "rückzug", "retiro", "отзыв", "corrected"];
/// Marks of scripts that do not divide words, and what stands beside them.
const CHARACTERS: &[(&str, Option<Notice>)] = &[
    ("撤回", Some(Notice::Retracted)),
    ("撤稿", Some(Notice::Retracted)),
    ("取り下げ", Some(Notice::Withdrawn)),
    ("철회", Some(Notice::Retracted)),
    ("更正", Some(Notice::Corrected)),
    ("勘误", Some(Notice::Corrected)),
    ("勘誤", Some(Notice::Corrected)),
    ("訂正", Some(Notice::Corrected)),
    ("論文", None),
    ("论文", None),
    ("文章", None),
    ("本文", None),
    ("稿件", None),
    ("声明", None),
    ("聲明", None),
    ("公告", None),
    ("通知", None),
    ("启事", None),
    ("お知らせ", None),
    ("の", None),
    ("논문", None),
    ("공지", None),
    (" ", None),
];
/// The other words that such marks are made of. "The" is none of them at the beginning: "The retracted paper: a history".
#[rustfmt::skip]
const OF_MARKS: &[&str] = &[
    "article", "chapter", "paper", "manuscript", "publication", "preprint", "abstract", "book", "this", "the", "has", "been", "is",
    "was", "note", "notice", "statement", "editorial", "editor", "editors", "editor's", "editors'", "publisher", "publisher's",
    "author", "authors", "author's", "authors'", "journal", "of", "to", "for", "on", "about", "regarding", "and", "replacement", "replaced",
    "partial", "partially", "temporary", "temporarily", "expression", "republished", "republication", "as", "duplicate", "by", "at",
    "request", "letter", "announcement", "apology", "with", "interim", "updated", "second", "voluntary", "conference",
    "artículo", "trabajo", "nota", "aviso", "de", "del", "la", "el", "fe", "expresión", "artigo", "trabalho", "da", "do", "expressão",
    "articolo", "avviso", "dell'articolo", "l'article", "avis", "à", "artikel", "artikels", "beitrag", "hinweis", "zum", "des",
    "статья", "статьи", "artykuł", "artykułu", "geri", "makale",
    "por", "los", "editores", "autores", "par", "les", "auteurs", "von", "den", "autoren", "zu", "autori", "dagli",
];
/// Nouns for a work that speaks of itself.
#[rustfmt::skip]
const WORKS: &[&str] = &[
    "paper", "article", "manuscript", "submission", "preprint", "work", "chapter", "publication", "study", "review", "record",
    "version", "abstract",
];
/// Words from a noun to its verb in "has since been withdrawn".
const LONGEST_PASSIVE: usize = 4;
/// Who takes a work back.
#[rustfmt::skip]
const AGENTS: &[&str] = &[
    "author", "authors", "editor", "editors", "editor-in-chief", "editors-in-chief", "publisher", "publishers", "journal", "we",
    "arxiv", "biorxiv", "medrxiv", "ssrn", "i",
];
/// Forms of the verbs.
const RETRACTED: &[&str] = &["retract", "retracts", "retracted", "retracting"];
const WITHDRAWN: &[&str] = &["withdraw", "withdraws", "withdrawn", "withdrew", "withdrawing", "removed", "taken"];
/// The same of its first sentence, in a script that does not divide words.
const LONGEST_FOREIGN: usize = 40;
/// Bytes of a title in which a mark before or behind it is looked for.
const LONGEST_MARK: usize = 120;
/// Characters of an abstract in which it may say that it was taken back.
const LONGEST_START: usize = 600;
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

impl Notice {
    /// Whether it takes the work back, so that nothing in it counts as a finding.
    #[must_use]
    pub fn takes_back(self) -> bool {
        self >= Self::Withdrawn
    }

    /// Whether nothing in the work may support a claim: what was taken back, and what its editors doubt.
    #[must_use]
    pub fn forbids_support(self) -> bool {
        self >= Self::Concern
    }

    /// For a mark beside the work: "retracted".
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Corrected => "corrected",
            Self::Concern => "expression of concern",
            Self::Withdrawn => "withdrawn",
            Self::Retracted => "retracted",
        }
    }

    /// Of Crossref's kinds of update: "retraction", "expression_of_concern", "Expression of Concern", …
    #[must_use]
    pub fn of_kind(kind: &str) -> Option<Self> {
        let kind = kind.to_lowercase().replace(['_', '-'], " ");
        let says = |words: &[&str]| words.iter().any(|word| kind.contains(word));
        if says(&["retract", "removal"]) {
            Some(Self::Retracted)
        } else if says(&["withdraw"]) {
            Some(Self::Withdrawn)
        } else if says(&["concern"]) {
            Some(Self::Concern)
        } else {
            says(&["correct", "corrigend", "errat"]).then_some(Self::Corrected)
        }
    }

    /// What a title says: in capitals, or as a mark before or behind the title proper, or as a notice's name. A study *of*
    /// retracted papers is not one.
    #[must_use]
    pub fn of_title(title: &str) -> Option<Self> {
        let title = title.trim_matches(|c: char| {
            !c.is_alphanumeric() && !matches!(c, ')' | ']' | '\u{ff09}' | '\u{ff3d}' | '\u{3011}')
        });
        // In a title that is all in capitals a capital says nothing.
        let shouted = [
            ("RETRACTED", Self::Retracted),
            ("RETRACTION", Self::Retracted),
            ("WITHDRAWN", Self::Withdrawn),
            ("WITHDRAWAL", Self::Withdrawn),
        ]
        .into_iter()
        .find(|(mark, _)| {
            let ends = title.strip_suffix(mark).is_some_and(|rest| rest.ends_with(|c: char| !c.is_alphanumeric()));
            (title.starts_with(mark) || ends) && title.chars().any(char::is_lowercase)
        })
        .map(|(_, notice)| notice);
        let lower = lower(title);
        // A retraction that was taken back.
        if lower.starts_with("retraction of retraction") || lower.starts_with("reinstatement") {
            return None;
        }
        let spaced = lower.replace(" - ", " \u{2013} ").replace(" '", " \u{2018}");
        let parts: Vec<&str> = spaced.split(divides).map(str::trim).filter(|part| !part.is_empty()).collect();
        let before = parts
            .first()
            .and_then(|part| Self::of_mark(part))
            .filter(|_| lower != "correction" && !NOT_ALONE.contains(&parts[0]));
        const NOTICES: &[&str] = &[
            "expression of concern about ",
            "expression of concern for ",
            "expression of concern on ",
            "expression of concern over ",
            "expression of concern regarding ",
            "expression of concern to ",
            "note of concern ",
            "notice of concern ",
            "notice of retraction ",
            "notice of removal ",
            "retraction note to ",
            "retraction notice to ",
            "withdrawal notice to ",
            "erratum ",
            "errata ",
            "corrigendum ",
            "corrigenda ",
        ];
        // "Publisher's note: Expression of concern for Gears", "Retraction for Example et al., Gears".
        let names_others = ["retraction for ", "correction for "].iter().any(|name| lower.starts_with(name));
        let is_notice =
            |part: &str| NOTICES.iter().any(|name| part.starts_with(name)) || names_others && part.contains(" et al");
        let noticed = [lower.as_str()].into_iter().chain(parts.get(1).copied()).find(|part| is_notice(part));
        let named =
            noticed.map(|part| MARKS.iter().find(|(mark, _)| part.split(' ').take(3).any(|word| word == *mark)));
        let behind = parts.iter().enumerate().skip(1).filter_map(|(place, part)| {
            let by_index = part.starts_with("retracted article") || part.starts_with("retraction of vol");
            let taken_by_index = part.starts_with("withdrawal of vol");
            let says = part.split(' ').any(|word| matches!(word, "retracted" | "withdrawn" | "concern"));
            let is_apart = lower.ends_with([']', ')', '\u{ff09}', '\u{ff3d}', '\u{3011}'])
                || spaced.contains(&format!("\u{2013} {part}"));
            let is_name = matches!(*part, "retraction" | "erratum" | "corrigendum" | "correction" | "withdrawal");
            let is_mark = |word: &str| FOREIGN_MARKS.iter().any(|(mark, _)| *mark == word);
            let is_foreign = part.split(' ').any(is_mark) || Self::of_characters(part).is_some();
            let in_brackets =
                (is_name || is_foreign) && is_apart && place + 1 == parts.len() || part.starts_with("retraction not");
            match (by_index, taken_by_index) {
                (true, _) => Some(Self::Retracted),
                (_, true) => Some(Self::Withdrawn),
                _ => Self::of_mark(part).filter(|_| says || in_brackets),
            }
        });
        behind.chain(before).chain(shouted).chain(named.flatten().map(|&(_, notice)| notice)).max()
    }

    /// A mark that takes the work back, before or behind the title proper, is left out of it.
    pub(super) fn without_mark(title: &str) -> &str {
        let takes_back = |part: &str| {
            let part = lower(part.trim_matches(|c: char| divides(c) || c == ' ' || c == '-'));
            !NOT_ALONE.contains(&part.as_str()) && Self::of_mark(&part).is_some_and(Self::takes_back)
        };
        let is_divide = |&(at, c): &(usize, char)| divides(c) || c == '-' && title[..at].ends_with(' ');
        let dividers = || title.char_indices().filter(is_divide);
        let before = dividers().take_while(|&(at, _)| at <= LONGEST_MARK).find(|&(at, _)| takes_back(&title[..at]));
        let is_edge = |c: char| divides(c) || c == ' ' || c == '-';
        if let Some((at, _)) = before {
            let rest = title[at..].trim_matches(is_edge);
            return if rest.is_empty() { title } else { rest };
        }
        let is_apart = |c: char| "[(-\u{2013}\u{2014}\u{3010}\u{ff08}".contains(c);
        let behind = dividers()
            .filter(|&(at, c)| is_apart(c) && title.len() - at <= LONGEST_MARK)
            .find(|&(at, _)| takes_back(&title[at..]));
        match behind.map(|(at, _)| title[..at].trim_end_matches(is_edge)) {
            Some(rest) if !rest.is_empty() => rest,
            _ => title,
        }
    }

    /// What a part of a title says that is written without spaces and holds nothing but such marks.
    fn of_characters(part: &str) -> Option<Self> {
        let (mut rest, mut said) = (part, None);
        while !rest.is_empty() {
            let (token, notice) = CHARACTERS.iter().find(|(token, _)| rest.starts_with(token))?;
            (rest, said) = (&rest[token.len()..], said.or(*notice));
        }
        said
    }

    /// What a part of a title says where it holds nothing but the words of such marks.
    fn of_mark(part: &str) -> Option<Self> {
        if let Some(notice) = Self::of_characters(part) {
            return Some(notice);
        }
        let words: Vec<&str> = part.split([' ', ',']).filter(|word| !word.is_empty()).collect();
        let mark = |word: &str| {
            let mut marks = MARKS.iter().chain(FOREIGN_MARKS);
            marks.find(|(mark, _)| *mark == word).map(|&(_, notice)| notice)
        };
        let mut said: Vec<Self> = words.iter().filter_map(|word| mark(word)).collect();
        said.dedup();
        let is_mark = words.first() != Some(&"the")
            && words.iter().all(|word| mark(word).is_some() || OF_MARKS.contains(word))
            // A concern is told, expressed or noted, and a removal is of an article.
            && (!words.contains(&"concern")
                || words.iter().any(|word| matches!(*word, "expression" | "note" | "notice" | "statement" | "editorial")))
            && (!words.contains(&"removal") || words.len() > 1);
        match said[..] {
            [notice] if is_mark => Some(notice),
            _ => None,
        }
    }

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
}

impl Notice {
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

/// In lower case; Turkish "İ" becomes "i" and a dot above it, which is left out.
fn lower(text: &str) -> String {
    text.to_lowercase().replace('\u{2019}', "'").replace('\u{307}', "")
}

/// What stands between a mark and a title.
fn divides(c: char) -> bool {
    ":.;[](){}<>*|\"".contains(c)
        || "\u{2013}\u{2014}\u{2018}\u{201c}\u{201d}\u{ab}\u{bb}".contains(c)
        || "\u{3010}\u{3011}\u{300a}\u{300b}\u{300c}\u{300d}\u{3014}\u{3015}\u{ff08}\u{ff09}\u{ff1a}\u{ff3b}\u{ff3d}"
            .contains(c)
}

fn words_of(sentence: &str) -> Vec<&str> {
    let divides = |c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '-');
    sentence.split(divides).filter(|word| !word.is_empty()).collect()
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
    fn titles_say_what_became_of_a_work() {
        for (title, notice) in [
            ("RETRACTED: Gears", Some(Notice::Retracted)),
            ("Retracted Article: Gears", Some(Notice::Retracted)),
            ("[Retracted] Gears", Some(Notice::Retracted)),
            ("Gears at sea (Retracted)", Some(Notice::Retracted)),
            ("Gears at sea [RETRACTED ARTICLE]", Some(Notice::Retracted)),
            ("Retraction notice to \u{201c}Gears at sea\u{201d} [J. Gears 3 (2020) 1-9]", Some(Notice::Retracted)),
            ("Retraction Note to: Gears at sea", Some(Notice::Retracted)),
            ("RETRACTION RATES OF JOURNALS", None),
            ("Retraction of the lung in surgery", None),
            ("RETRACTION of Gears at sea", Some(Notice::Retracted)),
            ("Statement of Retraction: Gears", Some(Notice::Retracted)),
            ("WITHDRAWN Gears", Some(Notice::Withdrawn)),
            ("Withdrawn.", Some(Notice::Withdrawn)),
            ("Withdrawal notice to: Gears", Some(Notice::Withdrawn)),
            ("Expression of Concern: Gears at sea", Some(Notice::Concern)),
            ("Editorial Expression of Concern on: Gears", Some(Notice::Concern)),
            ("Erratum to: Gears", Some(Notice::Corrected)),
            ("Author Correction: Gears at sea", Some(Notice::Corrected)),
            ("Retraction of: Gears at sea", Some(Notice::Retracted)),
            ("Retraction of \u{201c}Gears at sea\u{201d}", Some(Notice::Retracted)),
            ("Notice of Retraction and Replacement. Gears at sea", Some(Notice::Retracted)),
            ("Retracted and replaced: Gears", Some(Notice::Retracted)),
            ("Gears at sea \u{2013} RETRACTED", Some(Notice::Retracted)),
            ("Gears at sea - withdrawn", Some(Notice::Withdrawn)),
            ("Gears at sea [Retraction]", Some(Notice::Retracted)),
            ("Gears at sea (retraction of vol 3, pg 4, 2001)", Some(Notice::Retracted)),
            ("Gears at sea (Retracted article. See vol. 12, pg. 3, 2010)", Some(Notice::Retracted)),
            ("**Retracted** Gears", Some(Notice::Retracted)),
            ("\u{3010}Retracted\u{3011}Gears", Some(Notice::Retracted)),
            ("Retraction\u{2014}Gears at sea", Some(Notice::Retracted)),
            ("Article Retraction: Gears", Some(Notice::Retracted)),
            ("This article has been retracted: Gears", Some(Notice::Retracted)),
            ("Gears (This article has been withdrawn)", Some(Notice::Withdrawn)),
            ("Withdrawal Note: Gears", Some(Notice::Withdrawn)),
            ("Editor\u{2019}s expression of concern: Gears", Some(Notice::Concern)),
            ("Editorial note of concern: Gears", Some(Notice::Concern)),
            ("Editorial notice: Expression of concern", Some(Notice::Concern)),
            ("Gears at sea (expression of concern)", Some(Notice::Concern)),
            ("Expression of concern for Gears at sea", Some(Notice::Concern)),
            ("Corrections to \u{201c}Gears at sea\u{201d}", Some(Notice::Corrected)),
            ("Corrigendum for Gears at sea", Some(Notice::Corrected)),
            ("Errata: Gears", Some(Notice::Corrected)),
            ("Retraction for Muster et al., Gears at sea", Some(Notice::Retracted)),
            ("Correction for Muster et al., Gears at sea", Some(Notice::Corrected)),
            ("Retracted and Republished: Gears at sea", Some(Notice::Retracted)),
            ("Withdrawn as duplicate: Gears at sea", Some(Notice::Withdrawn)),
            ("Gears at sea (withdrawn by the author)", Some(Notice::Withdrawn)),
            ("Retraction by the Publisher: Gears at sea", Some(Notice::Retracted)),
            ("Gears at sea \u{2013} Retraction", Some(Notice::Retracted)),
            ("Gears at sea [Erratum]", Some(Notice::Corrected)),
            ("Publisher\u{2019}s Note: Expression of Concern for Gears", Some(Notice::Concern)),
            ("Note of Concern about Gears at sea", Some(Notice::Concern)),
            ("Retraction of Retraction: Gears at sea", None),
            ("Gears at sea RETRACTED", Some(Notice::Retracted)),
            ("{Retracted} Gears at sea", Some(Notice::Retracted)),
            ("Gears at sea (Withdrawal of vol 12, pg 23, 2019)", Some(Notice::Withdrawn)),
            ("Retraction and apology: Gears at sea", Some(Notice::Retracted)),
            ("Editorial concern: Gears at sea", Some(Notice::Concern)),
            ("Corrected and republished: Gears at sea", Some(Notice::Corrected)),
            ("RETIRADO: Engranajes en el mar", Some(Notice::Withdrawn)),
            ("Retractación del artículo: Engranajes en el mar", Some(Notice::Retracted)),
            ("Fe de erratas: Engranajes en el mar", Some(Notice::Corrected)),
            ("Artigo retratado: Engrenagens no mar", Some(Notice::Retracted)),
            ("Ritrattazione: Ingranaggi in mare", Some(Notice::Retracted)),
            ("Rétractation de l’article « Engrenages en mer »", Some(Notice::Retracted)),
            ("Article retiré : Engrenages en mer", Some(Notice::Withdrawn)),
            ("Zurückgezogener Artikel: Zahnräder auf See", Some(Notice::Withdrawn)),
            ("Статья отозвана: Шестерни на море", Some(Notice::Retracted)),
            ("GERİ ÇEKİLDİ: Denizde dişliler", Some(Notice::Withdrawn)),
            ("Wycofany: Koła zębate na morzu", Some(Notice::Withdrawn)),
            ("【撤稿】海上齿轮", Some(Notice::Retracted)),
            ("論文撤回のお知らせ：海の歯車", Some(Notice::Retracted)),
            ("논문 철회: 바다의 톱니바퀴", Some(Notice::Retracted)),
            ("勘误：海上齿轮", Some(Notice::Corrected)),
            ("Engranajes en el mar (retractado)", Some(Notice::Retracted)),
            ("海上齿轮（撤稿）", Some(Notice::Retracted)),
            ("Notice of Retraction Gears at sea", Some(Notice::Retracted)),
            ("Retirado del mercado: un estudio", None),
            ("Le retrait du bloc opératoire", None),
            ("Rückzug: eine Geschichte", None),
            ("撤回権の研究", None),
            ("The retracted paper: a history", None),
            ("Retraction, withdrawal and correction: a survey", None),
            ("Withdrawal: a study of caffeine", None),
            ("Removal of tumours: a review", None),
            ("Expression of concern genes in yeast", None),
            ("A matter of concern: sleep of shift workers", None),
            ("Lung mechanics: retraction of the chest", None),
            ("Retracted papers and their readers", None),
            ("Retraction rates of journals", None),
            ("Withdrawn from the market: a study", None),
            ("Withdrawal symptoms after caffeine", None),
            ("Correction of vision", None),
            ("Gears", None),
        ] {
            assert_eq!(Notice::of_title(title), notice, "{title}");
        }
    }

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

    #[test]
    fn kinds_of_updates_are_known_and_graver_is_greater() {
        for (kind, notice) in [
            ("retraction", Some(Notice::Retracted)),
            ("partial_retraction", Some(Notice::Retracted)),
            ("Withdrawal", Some(Notice::Withdrawn)),
            ("expression_of_concern", Some(Notice::Concern)),
            ("corrigendum", Some(Notice::Corrected)),
            ("new_version", None),
            ("addendum", None),
        ] {
            assert_eq!(Notice::of_kind(kind), notice, "{kind}");
        }
        assert!(Notice::Retracted.takes_back() && Notice::Withdrawn.takes_back() && !Notice::Concern.takes_back());
        assert!(Notice::Concern.forbids_support() && !Notice::Corrected.forbids_support());
    }
}
