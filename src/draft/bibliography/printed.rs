//! References as papers print them: "[1] A. Ito, “Gears,” …", "Ito A. Gears. …2020;", "Ito, A. (2020). Gears. …",
//! `\bibitem{ito} …`. The fields are told by rule, the title by the best of three.

use super::{Author, Entry, author, named};
use crate::{
    paper::identifier,
    text::{normalize, without_tex},
};

/// Longest reference, in bytes: what is longer is no reference.
const LONGEST: usize = 3_000;

/// What stands before a reference.
enum Marker {
    Number(u32),
    Label(String),
    Bullet,
}

/// The references of a list, in order.
pub(crate) fn list(text: &str) -> Vec<Entry> {
    let mut items: Vec<(Option<Marker>, String)> = Vec::new();
    let mut blank = true;
    let mut last_number = 0;
    for line in text.lines() {
        let bare = line.trim();
        if bare.is_empty() {
            blank = true;
            continue;
        }
        let found = marker(bare).filter(|(marker, _)| match marker {
            // "2019. Gears of …" goes on with a reference.
            Marker::Number(number) => *number == last_number + 1 || bare.starts_with('[') || items.is_empty(),
            _ => true,
        });
        let marked = items.first().is_some_and(|(marker, _)| marker.is_some());
        match found {
            Some((marker, rest)) => {
                if let Marker::Number(number) = marker {
                    last_number = number;
                }
                items.push((Some(marker), rest.to_owned()));
            }
            None => match items.last_mut() {
                Some((_, open)) if marked || !(blank || starts_reference(line, open)) => {
                    open.push(' ');
                    open.push_str(bare);
                }
                _ => items.push((None, bare.to_owned())),
            },
        }
        blank = false;
    }
    let entry = |(marker, text): (Option<Marker>, String)| match marker {
        Some(Marker::Number(number)) => reference(&text, "", Some(number)),
        Some(Marker::Label(label)) => reference(&text, &label, None),
        _ => reference(&text, "", None),
    };
    items.into_iter().filter_map(entry).collect()
}

/// The `\bibitem`s of a LaTeX list, numbered in order.
pub(crate) fn items(tex: &str) -> Vec<Entry> {
    let mut found = Vec::new();
    for item in tex.split(r"\bibitem").skip(1) {
        let item = item.trim_start();
        // An optional label, which natbib writes as "[Ito(2020)]".
        let item = item.strip_prefix('[').and_then(|rest| rest.split_once("]{")).map_or(item, |(_, rest)| rest);
        let Some((key, rest)) = item.trim_start_matches('{').split_once('}') else { continue };
        let rest =
            rest.lines().map(|line| line.split_once(" %").map_or(line, |(text, _)| text)).collect::<Vec<_>>().join(" ");
        let plain = without_tex(&rest.replace(r"\newblock", " ")).replace(['{', '}'], "");
        let number = u32::try_from(found.len() + 1).ok();
        found.extend(reference(&plain, key.trim(), number));
    }
    found
}

/// "[12] …", "12. …", "(12) …", "[Ito20] …", "• …".
fn marker(line: &str) -> Option<(Marker, &str)> {
    if let Some(rest) = line.strip_prefix(['•', '-', '*', '+', '–']) {
        return rest.strip_prefix([' ', '\t']).map(|rest| (Marker::Bullet, rest.trim()));
    }
    if let Some(rest) = line.strip_prefix('[') {
        let (label, rest) = rest.split_once(']').filter(|(label, _)| (1..=20).contains(&label.len()))?;
        return Some(match label.parse() {
            Ok(number) => (Marker::Number(number), rest.trim()),
            Err(_) if !label.contains(' ') => (Marker::Label(label.to_owned()), rest.trim()),
            Err(_) => return None,
        });
    }
    let open = line.strip_prefix('(');
    let digits = open.unwrap_or(line);
    let length = digits.bytes().take_while(u8::is_ascii_digit).count();
    let number = digits[..length].parse().ok().filter(|_| (1..=4).contains(&length))?;
    let rest = if open.is_some() {
        digits[length..].strip_prefix(')')?
    } else {
        digits[length..].strip_prefix(['.', ')', '\t'])?
    };
    (rest.starts_with(char::is_whitespace) || length + 1 == line.len()).then(|| (Marker::Number(number), rest.trim()))
}

/// Whether a line starts a reference behind the reference `open`: it is not indented, begins with a name, and the other has
/// its year.
fn starts_reference(line: &str, open: &str) -> bool {
    let names = line.split([',', '.', '(']).next().unwrap_or_default();
    let is_name = names.len() < line.len() && (1..=8).contains(&names.split_whitespace().count());
    let first = line.chars().next().unwrap_or(' ');
    let particle =
        ["de ", "van ", "von ", "del ", "della ", "di ", "du ", "la ", "le ", "den ", "ter ", "ten ", "d'", "d’"];
    let capital = first.is_uppercase() || particle.iter().any(|particle| line.starts_with(particle));
    // A list without years would be one reference, searched again at each of its lines.
    is_name && capital && !years(&open[..open.floor_char_boundary(LONGEST)]).is_empty()
}

/// A reference, its number or label taken off; `None` where it says nothing.
pub(crate) fn reference(text: &str, key: &str, number: Option<u32>) -> Option<Entry> {
    let text = normalize(&text[..text.floor_char_boundary(LONGEST)]).replace("``", "“").replace("''", "”");
    if !text.contains(char::is_alphabetic) {
        return None;
    }
    let mut entry = Entry { key: key.to_owned(), number, ..Entry::default() };
    let body = identified(&text, &mut entry);
    let quoted = quoted(&body);
    let dated = year(&body);
    if let Some((_, _, digits, letter)) = dated {
        entry.year = digits.parse().ok();
        entry.letter = letter;
    }
    let year_span = dated.map(|(start, end, ..)| (start, end));
    let (people, rest) = match (quoted, year_span) {
        (Some((start, end)), _) => {
            entry.title = title(&body[start..end]);
            let before = &body[..start - body[..start].chars().next_back().map_or(0, char::len_utf8)];
            let people = year_span.filter(|&(at, _)| at < start).map_or(before, |(at, _)| &body[..at]);
            (people, body[end..].trim_start_matches(['”', '"', '’', ',', '.', ' ']))
        }
        // Author and year, then the title.
        (None, Some((start, end))) if is_early(&body, start, end) => {
            let rest = body[end..].trim_start_matches([')', ']', '.', ',', ':', ' ']);
            let (found, rest) = split_title(rest);
            entry.title = title(found);
            (&body[..start], rest)
        }
        _ => {
            let end = end_of_authors(&body);
            let (found, rest) = split_title(body[end..].trim_start_matches(['.', ',', ':', ' ']));
            entry.title = title(found);
            (&body[..end], rest)
        }
    };
    let (authors, more) = authors(people);
    entry.authors = authors;
    entry.more_authors = more;
    let container = rest.trim_start_matches("In: ").trim_start_matches("in ").trim_start_matches("In ");
    let container = container
        .split(|c: char| matches!(c, ',' | '.' | ';' | '(') || c.is_ascii_digit())
        .next()
        .unwrap_or_default()
        .trim();
    entry.container = Some(container.to_owned()).filter(|container| container.len() > 2);
    Some(entry)
}

/// Takes identifiers and addresses off a reference; what is left of it.
fn identified(text: &str, entry: &mut Entry) -> String {
    let mut body: Vec<&str> = Vec::new();
    let words: Vec<&str> = text.split(' ').collect();
    let mut at = 0;
    while let Some(&word) = words.get(at) {
        let lower = word.to_lowercase();
        let next = words.get(at + 1).copied().unwrap_or_default();
        let doi_at = lower.find("10.").filter(|&at| at == 0 || !lower.as_bytes()[at - 1].is_ascii_digit());
        let doi = doi_at.and_then(|at| identifier::doi(word.get(at..)?));
        if let Some(doi) = doi {
            entry.arxiv_id = entry.arxiv_id.take().or_else(|| identifier::arxiv_of_doi(&doi));
            entry.doi = entry.doi.take().or(Some(doi));
        } else if matches!(lower.as_str(), "doi:" | "doi" | "url:") {
            // Its value follows.
        } else if lower.starts_with("arxiv:") || lower.contains("arxiv.org/") {
            let value = if lower == "arxiv:" { next } else { word };
            at += usize::from(lower == "arxiv:");
            entry.arxiv_id = entry.arxiv_id.take().or_else(|| identifier::arxiv_id(value));
        } else if lower.starts_with("pmid") {
            let digits: String = format!("{word} {next}")
                .chars()
                .skip_while(|c| !c.is_ascii_digit())
                .take_while(char::is_ascii_digit)
                .collect();
            at += usize::from(!word.contains(|c: char| c.is_ascii_digit()));
            entry.pmid = Some(digits).filter(|digits| !digits.is_empty());
        } else if lower.starts_with("http://") || lower.starts_with("https://") {
            entry.url =
                entry.url.take().or_else(|| identifier::web_address(word.trim_end_matches(['.', ',', ')', '>'])));
        } else {
            body.push(word);
        }
        at += 1;
    }
    body.join(" ")
}

/// The words of the first quotation, without its marks.
fn quoted(body: &str) -> Option<(usize, usize)> {
    let (open, mark) = body.char_indices().find(|&(_, c)| matches!(c, '“' | '"' | '„'))?;
    let start = open + mark.len_utf8();
    let length = body[start..].find(if mark == '„' { ['“', '”'] } else { ['”', '"'] })?;
    (body[start..start + length].split(' ').count() > 1).then_some((start, start + length))
}

/// Years with their places and letters: not within numbers, ranges of pages or longer words.
fn years(text: &str) -> Vec<(usize, usize, &str, Option<char>)> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if c.is_alphanumeric() {
            start.get_or_insert(at);
            continue;
        }
        let Some(from) = start.take() else { continue };
        let word = &text[from..at];
        let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
        let is_year = digits.len() == 4
            && word.len() <= 5
            && digits.bytes().all(|b| b.is_ascii_digit())
            && (digits.starts_with("20") || matches!(&digits[..2], "15" | "16" | "17" | "18" | "19"));
        let is_range = matches!(c, '-' | '–' | '—') || text[..from].ends_with(['-', '–', '—']);
        if is_year && !is_range {
            found.push((from, at, digits, word.chars().nth(4)));
        }
    }
    found
}

/// The year of a reference: in brackets or between stops behind the authors, else before a volume ("2020;12"), else the last
/// that is written.
fn year(body: &str) -> Option<(usize, usize, &str, Option<char>)> {
    let all = years(body);
    let early = all.iter().find(|&&(start, end, ..)| is_early(body, start, end));
    early.or_else(|| all.iter().find(|&&(_, end, ..)| body[end..].starts_with(';'))).or(all.last()).copied()
}

/// "(2020)" or ". 2020." behind the authors.
fn is_early(body: &str, start: usize, end: usize) -> bool {
    let before = body[..start].trim_end();
    let bracketed = before.ends_with('(')
        && body[end..].starts_with([')', ','])
        && !before[..before.len() - 1].trim_end().is_empty();
    let stopped = before.ends_with(['.', ',']) && body[end..].starts_with(['.', ':']) && !before.contains(['“', '"']);
    // A volume's or a conference's year stands behind a title: "Journal (2020)".
    let near = before.matches(". ").count() <= before.matches(|c: char| c.is_uppercase()).count()
        && before.len() < LONGEST / 4;
    (bracketed || stopped) && near && looks_like_authors(before)
}

/// Whether the text before a year is authors alone: names and initials, nothing in plain small letters but small words.
fn looks_like_authors(text: &str) -> bool {
    let small = text.split(|c: char| !c.is_alphabetic() && c != '’' && c != '\'').filter(|word| {
        word.chars().count() > 3
            && word.starts_with(char::is_lowercase)
            && !matches!(*word, "della" | "others" | "colleagues" | "editors")
    });
    small.count() == 0
}

/// Where the authors end in a reference whose year comes late: "Ito A, Berg B." or "A. Ito, B. Berg,".
fn end_of_authors(body: &str) -> usize {
    let compact = is_compact(body.split([',', '.']).next().unwrap_or_default());
    let mut from = 0;
    while let Some(stop) = body[from..].find(". ").map(|at| from + at) {
        let word = body[..stop].rsplit([' ', '.']).next().unwrap_or_default();
        let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
        if compact || !initial {
            return stop + 1;
        }
        from = stop + 2;
    }
    0
}

/// "Ito HA": a name with initials behind it, without stops.
fn is_compact(name: &str) -> bool {
    name.trim().rsplit_once(' ').is_some_and(|(_, last)| is_initials(last) && !last.contains('.'))
}

/// "A.", "A. B.", "J.-P.", "HA".
fn is_initials(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    (1..=4).contains(&letters)
        && text.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '-' | ' ' | '\u{2010}'))
        && (letters <= 3 || text.contains('.'))
}

/// A title up to the stop that ends it, and what follows.
fn split_title(text: &str) -> (&str, &str) {
    let mut from = 0;
    while let Some(stop) = text[from..].find(['.', '?', '!']).map(|at| from + at) {
        let after = &text[stop + 1..];
        let word = text[..stop].rsplit(' ').next().unwrap_or_default();
        let abbreviated = word.chars().count() == 1 && word.starts_with(char::is_uppercase)
            || matches!(word, "vs" | "cf" | "No" | "St");
        if (after.starts_with(' ') || after.is_empty()) && !abbreviated {
            let end = if text[stop..].starts_with('.') { stop } else { stop + 1 };
            return (&text[..end], after.trim());
        }
        from = stop + 1;
    }
    (text, "")
}

fn title(text: &str) -> String {
    normalize(text.trim().trim_end_matches([',', '.', ';', ' ']))
}

/// The authors before a year or a title, and whether more are meant.
fn authors(text: &str) -> (Vec<Author>, bool) {
    let cut = ["et al", "and others", "…", ". . ."].iter().filter_map(|mark| text.find(mark)).min();
    let text = &text[..cut.unwrap_or(text.len())];
    let text = text.trim_end_matches([',', '(', '[', ':', ';', ' ', '“', '"']);
    let text = text
        .trim_end_matches("(eds.)")
        .trim_end_matches("(Eds.)")
        .trim_end_matches("(ed.)")
        .trim_end_matches(" eds")
        .trim();
    if text.contains(';') {
        return (
            text.split(';').filter_map(|name| author(name.trim().trim_start_matches("and "))).collect(),
            cut.is_some(),
        );
    }
    let text = text.replace(" & ", ", ").replace(" and ", ", ").replace(" und ", ", ");
    let chunks: Vec<&str> = text
        .split(',')
        .map(|chunk| chunk.trim().trim_start_matches("and ").trim_start_matches("& "))
        .filter(|chunk| !chunk.is_empty())
        .collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&chunk) = chunks.get(at) {
        let next = chunks.get(at + 1).copied().unwrap_or_default();
        at += 1;
        let bare = chunk.trim_end_matches('.');
        if is_initials(chunk) && chunks.len() > 1 {
            continue;
        }
        if is_initials(next) {
            found.extend(named(bare, next));
            at += 1;
        } else if let Some((given, family)) = initials_first(chunk) {
            found.extend(named(family.trim_end_matches('.'), given));
        } else if is_compact(bare) {
            let (family, given) = bare.rsplit_once(' ').unwrap_or((bare, ""));
            found.extend(named(family, given));
        } else if at == 1
            && !next.is_empty()
            && !next.contains('.')
            && !is_compact(next)
            && initials_first(next).is_none()
        {
            // "Ito, Haruka, and Ole Berg".
            found.extend(named(bare, next));
            at += 1;
        } else if chunks.len() == 1 {
            // A body, or a person whose names a citation will have in part.
            found.extend(named(bare, ""));
        } else {
            found.extend(author(bare));
        }
    }
    (found, cut.is_some())
}

/// "A. B. van Ito": its initials and its family name.
fn initials_first(name: &str) -> Option<(&str, &str)> {
    let end = name
        .split_inclusive(' ')
        .take_while(|word| word.contains('.') && is_initials(word.trim()))
        .map(str::len)
        .sum::<usize>();
    let glued = end == 0 && name.find(". ").is_none() && name.contains('.');
    let end = if glued { name.rfind('.').map_or(0, |at| at + 1) } else { end };
    let (given, family) = name.split_at(end);
    (end > 0 && is_initials(given.trim()) && !family.trim().is_empty()).then(|| (given.trim(), family.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_without_years_takes_no_time() {
        let written = "References\n\nIto A. Gears. Lion 7: 2001–10. https://doi.org/10.5555/a\n".to_owned();
        let lines = "Lion 7: 2001–10. https://doi.org/10.5555/probatum.c5.\n".repeat(20_000);
        let started = std::time::Instant::now();
        let _ = list(&(written + &lines));
        assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
    }

    #[test]
    fn references_of_many_styles_are_read() {
        for written in [
            "H. A. Ito and O. van Berg, “Gears of the deep sea,” Journal of Gears, vol. 3, pp. 1999–2001, 2015, doi: 10.5555/a.",
            "Ito, H. A., & van Berg, O. (2015). Gears of the deep sea. Journal of Gears, 3, 1999–2001. https://doi.org/10.5555/a",
            "Ito HA, van Berg O. Gears of the deep sea. Journal of Gears. 2015;3:1999-2001. doi:10.5555/a",
            "Ito, Haruka, and Ole van Berg. 2015. “Gears of the Deep Sea.” Journal of Gears 3: 1999–2001. https://doi.org/10.5555/a.",
            "Haruka Ito and Ole van Berg. 2015. Gears of the deep sea. In Journal of Gears. 10.5555/a",
            "Ito, Haruka; van Berg, Ole (2015): Gears of the deep sea. Journal of Gears 3. DOI: 10.5555/A",
            "H.A. Ito, O. van Berg. Gears of the deep sea. Journal of Gears, 3 (2015) 1999–2001. doi 10.5555/a",
        ] {
            let entry = reference(written, "", None).unwrap();
            let families: Vec<&str> = entry.authors.iter().map(|author| author.family.as_str()).collect();
            assert_eq!(entry.title.to_lowercase(), "gears of the deep sea", "{written}");
            assert_eq!(families, ["Ito", "van Berg"], "{written}");
            assert_eq!((entry.year, entry.doi.as_deref()), (Some(2015), Some("10.5555/a")), "{written}");
            assert_eq!(entry.container.as_deref(), Some("Journal of Gears"), "{written}");
        }
        let body =
            reference("World Gear Council. (2015a). Gears. Nowhere: WGC. PMID: 12 arXiv:2004.14974v1 [x.y]", "k", None)
                .unwrap();
        assert_eq!(body.authors, [Author { family: "World Gear Council".into(), given: String::new() }]);
        assert_eq!(
            (body.letter, body.pmid.as_deref(), body.arxiv_id.as_deref()),
            (Some('a'), Some("12"), Some("2004.14974"))
        );
    }

    #[test]
    fn lists_are_split_into_references() {
        for (text, keys) in [
            ("[1] A. Ito, “Gears of sea,” 2015.\n[2] B. Berg, “Cogs of\n  sea,” 2016.\n", vec![Some(1), Some(2)]),
            (
                "1. Ito A. Gears. J. 2015;1.\n2. Berg B. Cogs.\n2016. J.\n3) Cole C. Pins. 2017",
                vec![Some(1), Some(2), Some(3)],
            ),
            (
                "Ito, A. (2015). Gears.\nBerg, B. (2016). Cogs of\n  the sea. Press.\n\nde Cole, C. (2017). Pins.",
                vec![None; 3],
            ),
            ("- Ito, A. (2015). Gears.\n- Berg, B. (2016). Cogs.", vec![None; 2]),
        ] {
            let numbers: Vec<Option<u32>> = list(text).iter().map(|entry| entry.number).collect();
            assert_eq!(numbers, keys, "{text}");
        }
        assert_eq!(list("[Ito20] A. Ito, “Gears of sea,” 2020.")[0].key, "Ito20");
        let items = items(
            "\n\\bibitem{a} A.~Ito, ``Gears of sea,'' 2015.\n\\bibitem[Berg(2016)]{b}\nB. Berg. \\newblock {\\em Cogs}. % no\n\\newblock 2016.",
        );
        assert_eq!((items[0].key.as_str(), items[0].title.as_str(), items[1].key.as_str()), ("a", "Gears of sea", "b"));
    }
}
