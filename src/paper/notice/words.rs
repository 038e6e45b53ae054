//! The words of notices, in the languages that they are written in.

use super::Notice;

/// Words that say it, in a title's mark.
pub(super) const MARKS: &[(&str, Notice)] = &[
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
/// Polish, Turkish and Indonesian; Arabic and Persian.
pub(super) const FOREIGN_MARKS: &[(&str, Notice)] = &[
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
    ("سحب", Notice::Withdrawn),
    ("مسحوب", Notice::Withdrawn),
    ("مسحوبة", Notice::Withdrawn),
    ("تراجع", Notice::Retracted),
    ("تصحيح", Notice::Corrected),
    ("تصويب", Notice::Corrected),
    ("بازپس‌گیری", Notice::Withdrawn),
    ("اصلاحیه", Notice::Corrected),
];
/// Marks of scripts that do not divide words, and what stands beside them.
pub(super) const CHARACTERS: &[(&str, Option<Notice>)] = &[
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
pub(super) const OF_MARKS: &[&str] = &[
    "article", "chapter", "paper", "manuscript", "publication", "preprint", "abstract", "book", "this", "the", "has", "been", "is",
    "was", "note", "notice", "statement", "editorial", "editor", "editors", "editor's", "editors'", "publisher", "publisher's",
    "author", "authors", "author's", "authors'", "journal", "of", "to", "for", "on", "about", "regarding", "and", "replacement", "replaced",
    "partial", "partially", "temporary", "temporarily", "expression", "republished", "republication", "as", "duplicate", "by", "at",
    "request", "letter", "announcement", "apology", "with", "interim", "updated", "second", "voluntary", "conference",
    "artículo", "trabajo", "nota", "aviso", "de", "del", "la", "el", "fe", "expresión", "artigo", "trabalho", "da", "do", "expressão",
    "articolo", "avviso", "dell'articolo", "l'article", "avis", "à", "artikel", "artikels", "beitrag", "hinweis", "zum", "des",
    "статья", "статьи", "artykuł", "artykułu", "geri", "makale",
    "تم", "إشعار", "مقال", "مقالة", "المقال", "المقالة", "بحث", "البحث", "ورقة", "الورقة", "هذا", "هذه", "عن", "مقاله", "اطلاعیه",
    "por", "los", "editores", "autores", "par", "les", "auteurs", "von", "den", "autoren", "zu", "autori", "dagli",
];
/// Nouns for a work that speaks of itself.
#[rustfmt::skip]
pub(super) const WORKS: &[&str] = &[
    "paper", "article", "manuscript", "submission", "preprint", "work", "chapter", "publication", "study", "review", "record",
    "version", "abstract",
];

/// In lower case; Turkish "İ" becomes "i" and a dot above it, which is left out.
pub(super) fn lower(text: &str) -> String {
    text.to_lowercase().replace('\u{2019}', "'").replace('\u{307}', "")
}

/// What stands between a mark and a title.
pub(super) fn divides(c: char) -> bool {
    ":.;[](){}<>*|\"".contains(c)
        || "\u{2013}\u{2014}\u{2018}\u{201c}\u{201d}\u{ab}\u{bb}".contains(c)
        || "\u{3010}\u{3011}\u{300a}\u{300b}\u{300c}\u{300d}\u{3014}\u{3015}\u{ff08}\u{ff09}\u{ff1a}\u{ff3b}\u{ff3d}"
            .contains(c)
}

pub(super) fn words_of(sentence: &str) -> Vec<&str> {
    let divides = |c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '-');
    sentence.split(divides).filter(|word| !word.is_empty()).collect()
}
