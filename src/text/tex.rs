//! TeX in running text, as authors leave it in titles and abstracts: what can be written plainly is.

use super::formula;

/// Longest argument or formula looked for, in characters: a stray brace or dollar sign must not swallow the text.
const LONGEST_GROUP: usize = 600;

/// Running text without TeX: fonts, escapes, dashes, measured values and simple formulas become plain text, other formulas
/// stay between dollar signs, and commands that nobody knows stay as they are written.
#[must_use]
pub fn without_tex(text: &str) -> String {
    if !text.contains(['\\', '$', '~', '`']) && !text.contains("''") {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // Braces that belong to a command; others are the author's.
    let mut open_groups: Vec<bool> = Vec::new();
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        rest = match c {
            '$' => dollars(after, &mut out),
            '\\' if after.starts_with(['(', '[']) => match displayed(after, &mut out) {
                Some(after) => after,
                None => {
                    out.push('\\');
                    after
                }
            },
            '\\' => {
                let written = out.len();
                if let Some(after) = command(after, &mut out) {
                    // "\LaTeX{} is": what ends the command's name is nothing.
                    if let Some(after) = after.strip_prefix("{}").filter(|_| out.len() > written) {
                        after
                    } else if after.starts_with('{') && out.len() == written {
                        open_groups.push(true);
                        &after[1..]
                    } else {
                        after
                    }
                } else {
                    out.push('\\');
                    after
                }
            }
            // "{\bf bold}", "{\'e}": the braces belong to the command.
            '{' => {
                let of_command = after.starts_with('\\');
                open_groups.push(of_command);
                if !of_command {
                    out.push('{');
                }
                after
            }
            '}' => {
                if open_groups.pop() != Some(true) {
                    out.push('}');
                }
                after
            }
            '`' if after.starts_with('`') => {
                out.push('“');
                &after[1..]
            }
            '\'' if after.starts_with('\'') => {
                out.push('”');
                &after[1..]
            }
            // A tie between words; elsewhere it says "about".
            '~' if out.ends_with(char::is_alphanumeric) => {
                out.push(' ');
                after
            }
            c => {
                out.push(c);
                after
            }
        };
    }
    out
}

/// A command of running text; `None` for one that only mathematics has, or that is unknown.
fn command<'a>(rest: &'a str, out: &mut String) -> Option<&'a str> {
    let name: &str = &rest[..rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len())];
    match name {
        "url" => Some(&rest[name.len()..]),
        // \href{address}{text}: the text is what a reader sees.
        "cite" | "citep" | "citet" | "href" | "label" => Some(past_group(&rest[name.len()..])),
        _ => formula::command(rest, out),
    }
}

/// Past `{…}`, where it closes soon.
fn past_group(text: &str) -> &str {
    let close = text.char_indices().take(LONGEST_GROUP).find(|&(_, c)| c == '}');
    close.map_or(text, |(close, _)| &text[close + 1..])
}

/// A formula between "\\(" and "\\)", or "\\[" and "\\]", after the first backslash.
fn displayed<'a>(after: &'a str, out: &mut String) -> Option<&'a str> {
    let close = if after.starts_with('(') { r"\)" } else { r"\]" };
    let (tex, rest) = until(&after[1..], close)?;
    out.push_str(&formula::inline(tex.trim()));
    Some(rest)
}

/// What stands before the next `close`, where that comes soon, and what behind it.
fn until<'a>(text: &'a str, close: &str) -> Option<(&'a str, &'a str)> {
    let end = text[..text.floor_char_boundary(LONGEST_GROUP + close.len())].find(close)?;
    (end < LONGEST_GROUP).then(|| (&text[..end], &text[end + close.len()..]))
}

/// A formula after its opening dollar sign, where a closing one follows by Pandoc's rule; else the sign itself.
fn dollars<'a>(after: &'a str, out: &mut String) -> &'a str {
    if let Some((tex, rest)) = after.strip_prefix('$').and_then(|after| until(after, "$$"))
        && !tex.trim().is_empty()
    {
        out.push_str(&formula::inline(tex.trim()));
        return rest;
    }
    if let Some((tex, rest)) = until(after, "$")
        && !tex.is_empty()
        && !tex.starts_with(char::is_whitespace)
        && !tex.ends_with(char::is_whitespace)
        && !tex.ends_with('\\')
        && (!rest.starts_with(|c: char| c.is_ascii_digit()) || tex.contains('\\'))
    {
        out.push_str(&formula::inline(tex));
        return rest;
    }
    out.push('$');
    after
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn tex_becomes_text() {
        let plain = |text: &str| without_tex(text);
        assert_eq!(plain(r"We reach \textbf{98.6\%} (\emph{best}) at ~5 s."), "We reach 98.6% (best) at ~5 s.");
        assert_eq!(plain(r"See Table~1 of ``ours'' and \cite{x}."), "See Table 1 of “ours” and .");
        assert_eq!(plain(r"It gains $+3\%$ for $5, not $\binom{a}{b}$."), r"It gains +3% for $5, not $\binom{a}{b}$.");
        assert_eq!(plain(r"\href{https://example.org}{code} {a} \unknown{b}"), r"code {a} \unknown{b}");
        assert_eq!(
            plain(r"It fell by \SI{36.6}{\percent} at $10^{-5}$ and \qty{3}{\micro\gram\per\litre}."),
            "It fell by 36.6% at 10^-5 and 3 µg/L."
        );
        assert_eq!(
            plain(r#"$\alpha$-decay, Erd\H{o}s, Schr\"odinger, \o re, M\'{e}xico"#),
            "α-decay, Erdős, Schrödinger, øre, México"
        );
        assert_eq!(plain(r"Nguy\~{\^e}n, Nguy{\~{\^e}}n, \LaTeX{} and \O{}re"), "Nguyễn, Nguyễn, LaTeX and Øre");
        assert_eq!(plain("It costs $$5$$, \\(x^2\\) and \\[y_1\\]"), "It costs 5, x^2 and y_1");
    }

    proptest! {
        #[test]
        fn no_text_breaks_it(text in "(?s)[\\\\$~`\'{}\"a-zH%. \n]{0,60}|.{0,60}") {
            prop_assert!(without_tex(&text).len() <= text.len() * 4 + 64);
        }
    }
}
