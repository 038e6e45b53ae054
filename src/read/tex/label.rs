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
        let lower = name.to_lowercase();
        let behind = command.get(1 + name.len()..).unwrap_or_default().trim_start_matches('*');
        let (given, _) = arguments(behind);
        let notes: Vec<String> = given
            .iter()
            .take_while(|(optional, _)| *optional)
            .map(|(_, span)| plain(&span.of(behind).replace('~', " ")))
            .collect();
        let (before, after) = match &notes[..] {
            [before, after] => (before.as_str(), after.as_str()),
            [after] => ("", after.as_str()),
            _ => ("", ""),
        };
        let labels: Vec<Option<&Label>> = keys.iter().map(|key| self.labels.get(*key)).collect();
        let by_year = labels.iter().flatten().any(|label| label.year.is_some());
        let names =
            |label: &Option<&Label>| label.and_then(|label| label.names.clone()).unwrap_or_else(|| MISSING.into());
        let year =
            |label: &Option<&Label>| label.and_then(|label| label.year.clone()).unwrap_or_else(|| MISSING.into());
        let joined =
            |shown: &dyn Fn(&Option<&Label>) -> String, by: &str| labels.iter().map(shown).collect::<Vec<_>>().join(by);
        let lead = if before.is_empty() { String::new() } else { format!("{before} ") };
        let tail = if after.is_empty() { String::new() } else { format!(", {after}") };
        let beside = |shown: &dyn Fn(&Option<&Label>) -> String| format!("({lead}{}{tail})", joined(shown, "; "));
        let within = lower.contains("citet")
            || lower.starts_with("textcite")
            || lower == "cite"
            || lower == "newcite"
            || lower == "citealt";
        if lower.contains("author") {
            joined(&names, ", ")
        } else if !by_year {
            let mark = |label: &Option<&Label>| label.map_or_else(|| "?".to_owned(), |label| label.mark.clone());
            let marks = format!("[{lead}{}{tail}]", joined(&mark, ", "));
            let named = lower.contains("citet") || lower.starts_with("textcite");
            if named { format!("{} {marks}", joined(&names, ", ")) } else { marks }
        } else if lower.contains("year") {
            let years = joined(&year, "; ");
            if lower.contains("par") { format!("({years})") } else { years }
        } else if within {
            // A list can leave the year out.
            let one = |label: &Option<&Label>| match year(label) {
                year if year.is_empty() => format!("{}{tail}", names(label)),
                year => format!("{} ({year}{tail})", names(label)),
            };
            format!("{lead}{}", joined(&one, "; "))
        } else {
            let one = |label: &Option<&Label>| match year(label) {
                year if year.is_empty() => names(label),
                year => format!("{}, {year}", names(label)),
            };
            if lower == "citealp" { format!("{lead}{}{tail}", joined(&one, "; ")) } else { beside(&one) }
        }
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
