//! What a title says became of its work: by a mark before or behind it, or as the name of a notice.

use super::{
    Notice,
    words::{CHARACTERS, FOREIGN_MARKS, MARKS, OF_MARKS, divides, lower},
};

/// Marks that are also what papers are about, where they stand alone: "Withdrawal: a study of caffeine".
const NOT_ALONE: &[&str] =
    &["سحب", "تراجع", "تصحيح", "withdrawal", "retrait", "rückzug", "retiro", "отзыв", "corrected"];
/// Bytes of a title in which a mark before or behind it is looked for.
const LONGEST_MARK: usize = 120;

impl Notice {
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
            // "Gears at sea: Retraction". Of the others' names papers are written.
            let is_last_name = matches!(*part, "retraction" | "erratum" | "corrigendum") && place + 1 == parts.len();
            let is_name = matches!(*part, "retraction" | "erratum" | "corrigendum" | "correction" | "withdrawal");
            let is_mark = |word: &str| FOREIGN_MARKS.iter().any(|(mark, _)| *mark == word);
            let is_foreign = part.split(' ').any(is_mark) || Self::of_characters(part).is_some();
            let in_brackets = (is_name || is_foreign) && is_apart && place + 1 == parts.len()
                || is_last_name
                || part.starts_with("retraction not");
            // "Gears at sea: Retraction of Muster and Berg (2005)."
            let is_year = |part: &&str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
            if parts.get(place + 1).is_some_and(is_year) && place + 2 == parts.len() {
                let named = ["retraction of ", "correction to ", "expression of concern for "];
                let said = named.iter().find(|name| part.starts_with(**name));
                if let Some(name) = said {
                    return Self::of_kind(name);
                }
            }
            match (by_index, taken_by_index) {
                (true, _) => Some(Self::Retracted),
                (_, true) => Some(Self::Withdrawn),
                _ => Self::of_mark(part).filter(|_| says || in_brackets),
            }
        });
        behind.chain(before).chain(shouted).chain(named.flatten().map(|&(_, notice)| notice)).max()
    }

    /// A mark that takes the work back, before or behind the title proper, is left out of it.
    pub(in crate::paper) fn without_mark(title: &str) -> &str {
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
            ("Gears at sea: Retraction of Muster and Berg (2005).", Some(Notice::Retracted)),
            ("Gears at sea: Correction to Muster (2005)", Some(Notice::Corrected)),
            ("Gears at sea: Retraction", Some(Notice::Retracted)),
            ("Gears at sea: Erratum.", Some(Notice::Corrected)),
            ("تم سحب المقال: التروس في البحر", Some(Notice::Withdrawn)),
            ("[مقالة مسحوبة] التروس في البحر", Some(Notice::Withdrawn)),
            ("تصحيح: التروس في البحر", None),
            ("سحب القوات من المدن", None),
            ("Gears at sea: retraction of springs in 2005", None),
            ("Caffeine and sleep: Withdrawal", None),
            ("Errors of the eye: Correction", None),
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
}
