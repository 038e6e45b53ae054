//! The works of the list, by the keys that they are cited by, and how a citation of them is printed.

use super::plain;
use crate::{
    draft::{
        bibliography,
        tex::{arguments, group},
    },
    text::{MISSING, normalize},
};
use std::collections::BTreeMap;

/// How a work is cited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Label {
    /// Its authors as a citation names them.
    names: Option<String>,
    /// Its year, where citations are by author and year.
    year: Option<String>,
    /// Its number in the list, or its label ("Ito20").
    mark: String,
}

/// The labels of a list.
#[derive(Debug, Default)]
pub(super) struct Labels {
    labels: BTreeMap<String, Label>,
}

impl Labels {
    /// Of the lists of works in a text.
    pub fn of(source: &str) -> Self {
        let mut labels = BTreeMap::new();
        let lists = source.split(r"\begin{thebibliography}").skip(1);
        let lists: Vec<&str> =
            lists.map(|list| list.split(r"\end{thebibliography}").next().unwrap_or_default()).collect();
        let list = lists.concat();
        for (number, item) in list.split(r"\bibitem").skip(1).enumerate() {
            let item = item.trim_start();
            let length = group(item, '[', ']').unwrap_or(0);
            let rest = item[length..].trim_start();
            let Some(end) = group(rest, '{', '}') else { continue };
            let mut label = if length > 2 { written(&item[1..length - 1]) } else { Label::default() };
            if label.mark.is_empty() {
                label.mark = (number + 1).to_string();
            }
            labels.insert(rest[1..end - 1].trim().to_owned(), label);
        }
        // Where the list tells no names for citations, its entries do.
        for entry in bibliography::items(&list) {
            let family = |at: usize| entry.authors.get(at).map(|author| author.family.clone());
            let names = match (family(0), family(1)) {
                (Some(first), _) if entry.more_authors || entry.authors.len() > 2 => Some(format!("{first} et al.")),
                (Some(first), Some(second)) => Some(format!("{first} and {second}")),
                (first, _) => first,
            };
            if let Some(label) = labels.get_mut(&entry.key)
                && label.names.is_none()
            {
                label.names = names;
            }
        }
        Self { labels }
    }

    /// What a citation command prints for these keys, after natbib: `\citet` "Ito (2020)", `\citep` "(Ito, 2020)", `\cite` as the
    /// first, as LaTeXML has it; numbers or labels in square brackets where works are cited by those.
    pub fn citation(&self, command: &str, keys: &[&str]) -> String {
        let name: String = command.chars().skip(1).take_while(char::is_ascii_alphabetic).collect();
        let notes = Notes::of(command.get(1 + name.len()..).unwrap_or_default());
        let name = name.to_lowercase();
        let works: Vec<Option<&Label>> = keys.iter().map(|key| self.labels.get(*key)).collect();
        let all = |shown: &dyn Fn(Option<&Label>) -> String, by: &str| {
            works.iter().map(|work| shown(*work)).collect::<Vec<_>>().join(by)
        };
        let is_textual = name.contains("citet") || name.starts_with("textcite");
        if name.contains("author") {
            return all(&names, ", ");
        }
        if works.iter().flatten().all(|work| work.year.is_none()) {
            let marks = notes.around("[", &all(&mark, ", "), "]");
            return if is_textual { format!("{} {marks}", all(&names, ", ")) } else { marks };
        }
        if name.contains("year") {
            let years = all(&year, "; ");
            return if name.contains("par") { format!("({years})") } else { years };
        }
        match name.as_str() {
            "cite" | "newcite" | "citealt" => textual(&works, &notes),
            _ if is_textual => textual(&works, &notes),
            "citealp" => notes.around("", &all(&beside, "; "), ""),
            _ => notes.around("(", &all(&beside, "; "), ")"),
        }
    }
}

/// What a citation says besides: "see" before, "p. 3" behind.
#[derive(Default)]
struct Notes {
    before: String,
    after: String,
}

impl Notes {
    /// Of what stands behind a citation command.
    fn of(behind: &str) -> Self {
        let behind = behind.trim_start_matches('*');
        let optional = arguments(behind).0.into_iter().take_while(|(optional, _)| *optional);
        let mut notes = optional.map(|(_, span)| plain(&span.of(behind).replace('~', " ")));
        match (notes.next(), notes.next()) {
            (Some(before), Some(after)) => Self { before, after },
            (Some(after), None) => Self { after, ..Self::default() },
            _ => Self::default(),
        }
    }

    fn around(&self, open: &str, works: &str, close: &str) -> String {
        format!("{open}{}{works}{}{close}", self.lead(), self.tail())
    }

    fn lead(&self) -> String {
        if self.before.is_empty() { String::new() } else { format!("{} ", self.before) }
    }

    fn tail(&self) -> String {
        if self.after.is_empty() { String::new() } else { format!(", {}", self.after) }
    }
}

fn names(work: Option<&Label>) -> String {
    work.and_then(|work| work.names.clone()).unwrap_or_else(|| MISSING.into())
}

fn year(work: Option<&Label>) -> String {
    work.and_then(|work| work.year.clone()).unwrap_or_else(|| MISSING.into())
}

fn mark(work: Option<&Label>) -> String {
    work.map_or_else(|| "?".to_owned(), |work| work.mark.clone())
}

/// "Ito (2020)"; a list can leave the year out.
fn textual(works: &[Option<&Label>], notes: &Notes) -> String {
    let one = |(at, work): (usize, &Option<&Label>)| {
        let tail = if at + 1 == works.len() { notes.tail() } else { String::new() };
        match year(*work) {
            year if year.is_empty() => format!("{}{tail}", names(*work)),
            year => format!("{} ({year}{tail})", names(*work)),
        }
    };
    format!("{}{}", notes.lead(), works.iter().enumerate().map(one).collect::<Vec<_>>().join("; "))
}

/// "Ito, 2020".
fn beside(work: Option<&Label>) -> String {
    match year(work) {
        year if year.is_empty() => names(work),
        year => format!("{}, {year}", names(work)),
    }
}

/// A label as the list writes it: "Ito et al.(2020)Ito, Ono, and Abe" (natbib), "\citename{Ito et al., }2020", "Ito20".
fn written(label: &str) -> Label {
    let named = |names: &str, year: &str| {
        let names = normalize(names.trim_matches([' ', ',', '"']));
        let year = normalize(year);
        (!names.is_empty()).then(|| Label { names: Some(names), year: Some(year), mark: String::new() })
    };
    if let Some((_, rest)) = label.split_once(r"\citename")
        && let Some(length) = group(rest, '{', '}')
    {
        return named(&plain(&rest[1..length - 1]), &plain(&rest[length..])).unwrap_or_default();
    }
    let text = plain(label);
    let natbib = text.split_once('(').and_then(|(names, rest)| Some((names, rest.split_once(')')?.0)));
    match natbib.and_then(|(names, year)| named(names, year)) {
        Some(label) => label,
        None => Label { mark: normalize(&text), ..Label::default() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn citations_are_printed_as_the_list_wants_it() {
        const BY_YEAR: &str = r"\begin{thebibliography}{2}\bibitem[{Ito et~al.(2020)Ito, Ono, and Abe}]{a} Ito. 2020. Milk.
            \bibitem[Berg()]{b} Berg. Cheese.\end{thebibliography}";
        const BY_NUMBER: &str = r"\begin{thebibliography}{2}\bibitem{a} K. Ito and L. Ono. \newblock Milk of the north. \newblock Dairy, 1:2-3, 2020.
            \bibitem{b} M. Berg. \newblock Cheese of the south. \newblock Dairy, 2:4-5, 2021.\end{thebibliography}";
        const BY_LABEL: &str = r"\begin{thebibliography}{2}\bibitem[Ito20]{a} Ito.\end{thebibliography}";
        for (list, command, keys, expected) in [
            (BY_YEAR, r"\citet{a}", "a", "Ito et al. (2020)"),
            (BY_YEAR, r"\citep[see][p.~3]{a,b}", "a b", "(see Ito et al., 2020; Berg, p. 3)"),
            (BY_YEAR, r"\cite[p.~3]{a}", "a", "Ito et al. (2020, p. 3)"),
            (BY_YEAR, r"\citet[see][p. 3]{b,a}", "b a", "see Berg; Ito et al. (2020, p. 3)"),
            (BY_YEAR, r"\citealp{a}", "a", "Ito et al., 2020"),
            (BY_YEAR, r"\citeyearpar{a}", "a", "(2020)"),
            (BY_YEAR, r"\citet{none}", "none", "[…] [?]"),
            (BY_NUMBER, r"\cite[p. 3]{a,b}", "a b", "[1, 2, p. 3]"),
            (BY_NUMBER, r"\citet{b}", "b", "Berg [2]"),
            (BY_NUMBER, r"\citeauthor{a}", "a", "Ito and Ono"),
            (BY_LABEL, r"\cite{a}", "a", "[Ito20]"),
            ("", r"\cite{a}", "a", "[?]"),
        ] {
            let keys: Vec<&str> = keys.split(' ').collect();
            assert_eq!(Labels::of(list).citation(command, &keys), expected, "{command}");
        }
    }
}
