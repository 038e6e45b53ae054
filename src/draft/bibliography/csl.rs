//! CSL-JSON (Citation Style Language, schema 1.0): an array of items, or an object of them by key.

use super::{Author, Entry, author, named, year};
use crate::text::{normalize, unescape};
use serde_json::Value;

/// The works of a file, in order; none where it is no JSON.
pub(super) fn entries(text: &str) -> Vec<Entry> {
    let items: Vec<Value> = match serde_json::from_str(text) {
        Ok(Value::Array(items)) => items,
        Ok(Value::Object(object)) => match object.get("items").or_else(|| object.get("references")) {
            Some(Value::Array(items)) => items.clone(),
            _ if object.contains_key("title") => vec![Value::Object(object)],
            _ => object.into_iter().map(|(_, item)| item).collect(),
        },
        _ => Vec::new(),
    };
    items.iter().filter(|item| item.is_object()).map(entry).collect()
}

fn entry(item: &Value) -> Entry {
    let of = |names: &[&str]| names.iter().find_map(|name| string(&item[*name]));
    let people = |role: &str| item[role].as_array().into_iter().flatten().filter_map(person).collect::<Vec<_>>();
    let authors = people("author");
    let key = of(&["citation-key", "id"]).unwrap_or_default();
    let mut entry = Entry {
        // Zotero's ids may be addresses; the key is their end.
        key: key.rsplit('/').next().unwrap_or_default().to_owned(),
        title: of(&["title"]).map(|title| plain(&title)).unwrap_or_default(),
        authors: if authors.is_empty() { people("editor") } else { authors },
        year: date(&item["issued"]).or_else(|| date(&item["published"])),
        pmid: of(&["PMID"]).filter(|id| id.bytes().all(|b| b.is_ascii_digit())),
        container: of(&["container-title", "event-title"]).map(|title| plain(&title)),
        ..Entry::default()
    };
    entry.set_identifiers(of(&["DOI"]).as_deref(), of(&["URL"]).as_deref());
    entry
}

/// A string, a number, or the first of an array of them (as Crossref has titles).
fn string(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(all) => all.first().filter(|first| first.is_string()).and_then(string),
        _ => None,
    }
}

/// Titles carry a little markup: `<i>`, `<sup>`.
fn plain(title: &str) -> String {
    let mut text = title.to_owned();
    for tag in ["i", "b", "sup", "sub", "sc", "em"] {
        text = text.replace(&format!("<{tag}>"), "").replace(&format!("</{tag}>"), "");
    }
    normalize(&unescape(&text))
}

fn person(value: &Value) -> Option<Author> {
    let of = |name: &str| string(&value[name]).unwrap_or_default();
    let literal = of("literal") + &of("name");
    if !literal.is_empty() {
        return if literal.contains(',') { author(&literal) } else { named(&normalize(&literal), "") };
    }
    let family = [of("dropping-particle"), of("non-dropping-particle"), of("family")];
    let family = family.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ");
    named(&normalize(&family), &normalize(&of("given")))
}

fn date(value: &Value) -> Option<u16> {
    let parts = &value["date-parts"][0][0];
    let text = string(parts)
        .or_else(|| string(&value["raw"]))
        .or_else(|| string(&value["literal"]))
        .or_else(|| string(value))?;
    year(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn works_are_read() {
        let read = entries(
            r#"[{"id": "http://zotero.org/users/1/items/lint", "title": "<i>Gears</i> &amp; cogs", "author": [{"family": "Lint",
                "given": "M", "non-dropping-particle": "van der"}, {"literal": "Gear Council"}], "issued": {"date-parts": [["2020", 5]]},
                "DOI": "10.5555/A", "container-title": ["Journal"]}, {"id": 7, "issued": {"raw": "May 2021"}}, null, 3]"#,
        );
        assert_eq!(read.len(), 2);
        assert_eq!((read[0].key.as_str(), read[0].title.as_str(), read[0].year), ("lint", "Gears & cogs", Some(2020)));
        assert_eq!(
            (read[0].authors[0].family.as_str(), read[0].authors[1].family.as_str()),
            ("van der Lint", "Gear Council")
        );
        assert_eq!((read[1].key.as_str(), read[1].year), ("7", Some(2021)));
        assert!(entries("no json").is_empty());
    }
}
