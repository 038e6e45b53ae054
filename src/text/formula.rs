//! TeX in running text: what can be written plainly is, so that a reader and the model meet "98%" and not `$98\%$`.

/// Commands that only change how their argument looks.
#[rustfmt::skip]
const FONTS: &[&str] = &[
    "bf", "bfseries", "bm", "boldsymbol", "ce", "chem", "em", "emph", "ensuremath", "hbox", "hl", "it", "itshape", "mathbb", "mathbf",
    "mathbin", "mathcal", "mathclose", "mathit", "mathop", "mathopen", "mathord", "mathpunct", "mathrel", "mathrm", "mathsf", "mathtt",
    "mbox", "np", "numprint", "operatorname", "rm", "sc", "sffamily", "sl", "text", "textbf", "textit", "textmd", "textnormal", "textrm", "textsc",
    "textsf", "textsl", "texttt", "textup", "tt", "ttfamily", "ul", "uline", "underline",
];

/// Commands that print nothing.
#[rustfmt::skip]
const SILENT: &[&str] = &[
    "Big", "big", "bigl", "bigr", "displaystyle", "footnotesize", "large", "left", "limits", "nobreak", "nolimits",
    "normalsize", "protect", "relax", "right", "scriptstyle", "small", "textstyle",
];

/// Commands for one sign.
#[rustfmt::skip]
const SIGNS: &[(&str, &str)] = &[
    ("Delta", "Δ"), ("Gamma", "Γ"), ("LaTeX", "LaTeX"), ("Lambda", "Λ"), ("Leftrightarrow", "⇔"), ("Omega", "Ω"), ("P", "¶"), ("Phi", "Φ"),
    ("Pi", "Π"), ("Psi", "Ψ"), ("Rightarrow", "⇒"), ("S", "§"), ("Sigma", "Σ"), ("TeX", "TeX"), ("Theta", "Θ"), ("alpha", "α"),
    ("approx", "≈"), ("ast", "*"), ("beta", "β"), ("bullet", "•"), ("cap", "∩"), ("cdot", "·"), ("cdots", "…"),
    ("chi", "χ"), ("circ", "°"), ("copyright", "©"), ("cup", "∪"), ("dag", "†"), ("dagger", "†"), ("ddag", "‡"), ("ddagger", "‡"), ("degree", "°"), ("delta", "δ"), ("dots", "…"),
    ("downarrow", "↓"), ("ell", "ℓ"), ("epsilon", "ε"), ("eta", "η"), ("gamma", "γ"), ("ge", "≥"), ("geq", "≥"),
    ("geqslant", "≥"), ("gg", "≫"), ("gtrsim", "≳"), ("in", "∈"), ("infty", "∞"), ("kappa", "κ"),
    ("lambda", "λ"), ("langle", "⟨"), ("ldots", "…"), ("le", "≤"), ("leftarrow", "←"), ("leftrightarrow", "↔"),
    ("leq", "≤"), ("leqslant", "≤"), ("lesssim", "≲"), ("ll", "≪"), ("log", "log"), ("max", "max"),
    ("mid", "|"), ("min", "min"), ("mp", "∓"), ("mu", "μ"), ("ne", "≠"), ("neq", "≠"), ("nu", "ν"),
    ("omega", "ω"), ("phi", "φ"), ("pi", "π"), ("pm", "±"), ("prime", "′"), ("propto", "∝"), ("psi", "ψ"),
    ("rangle", "⟩"), ("rho", "ρ"), ("rightarrow", "→"), ("sigma", "σ"), ("sim", "~"), ("simeq", "≃"),
    ("star", "*"), ("subset", "⊂"), ("tau", "τ"), ("textasciitilde", "~"), ("textbackslash", "\\"), ("textbar", "|"), ("textdegree", "°"), ("textemdash", "—"), ("textendash", "–"), ("textgreater", ">"), ("textless", "<"), ("textmu", "µ"),
    ("textpm", "±"), ("textregistered", "®"), ("texttimes", "×"), ("texttrademark", "™"), ("textunderscore", "_"), ("theta", "θ"), ("times", "×"), ("to", "→"), ("uparrow", "↑"), ("upmu", "µ"),
    ("varepsilon", "ε"), ("varphi", "φ"), ("xi", "ξ"), ("zeta", "ζ"),
];

/// Letters with a name, in running text.
const LETTERS: &[(&str, &str)] = &[
    ("AA", "Å"),
    ("AE", "Æ"),
    ("DH", "Ð"),
    ("DJ", "Đ"),
    ("L", "Ł"),
    ("NG", "Ŋ"),
    ("O", "Ø"),
    ("OE", "Œ"),
    ("TH", "Þ"),
    ("aa", "å"),
    ("ae", "æ"),
    ("dh", "ð"),
    ("dj", "đ"),
    ("euro", "€"),
    ("i", "ı"),
    ("l", "ł"),
    ("ng", "ŋ"),
    ("o", "ø"),
    ("oe", "œ"),
    ("pounds", "£"),
    ("ss", "ß"),
    ("texteuro", "€"),
    ("textsterling", "£"),
    ("th", "þ"),
];

/// Commands whose argument the reader does not see, or sees struck out.
const STRUCK: &[&str] =
    &["bcancel", "cancel", "footnote", "hphantom", "phantom", "sout", "st", "todo", "vphantom", "xcancel", "xout"];

/// Accents: name, combining character.
const ACCENTS: &[(&str, char)] = &[
    ("`", '\u{300}'),
    ("'", '\u{301}'),
    ("^", '\u{302}'),
    ("~", '\u{303}'),
    ("=", '\u{304}'),
    (".", '\u{307}'),
    ("\"", '\u{308}'),
    ("H", '\u{30b}'),
    ("b", '\u{331}'),
    ("bar", '\u{304}'),
    ("c", '\u{327}'),
    ("d", '\u{323}'),
    ("dot", '\u{307}'),
    ("hat", '\u{302}'),
    ("k", '\u{328}'),
    ("overline", '\u{305}'),
    ("r", '\u{30a}'),
    ("tilde", '\u{303}'),
    ("u", '\u{306}'),
    ("v", '\u{30c}'),
    ("vec", '\u{20d7}'),
];

/// Unit macros of siunitx that are not their own symbol.
const UNITS: &[(&str, &str)] = &[
    ("ampere", "A"),
    ("angstrom", "Å"),
    ("arcminute", "′"),
    ("arcsecond", "″"),
    ("bit", "bit"),
    ("byte", "B"),
    ("candela", "cd"),
    ("celsius", "°C"),
    ("centi", "c"),
    ("coulomb", "C"),
    ("dalton", "Da"),
    ("day", "d"),
    ("deci", "d"),
    ("decibel", "dB"),
    ("degree", "°"),
    ("degreeCelsius", "°C"),
    ("electronvolt", "eV"),
    ("farad", "F"),
    ("femto", "f"),
    ("giga", "G"),
    ("gram", "g"),
    ("hecto", "h"),
    ("hertz", "Hz"),
    ("hour", "h"),
    ("joule", "J"),
    ("kelvin", "K"),
    ("kilo", "k"),
    ("kilogram", "kg"),
    ("liter", "L"),
    ("litre", "L"),
    ("mega", "M"),
    ("meter", "m"),
    ("metre", "m"),
    ("micro", "µ"),
    ("milli", "m"),
    ("minute", "min"),
    ("molar", "M"),
    ("mole", "mol"),
    ("nano", "n"),
    ("newton", "N"),
    ("ohm", "Ω"),
    ("pascal", "Pa"),
    ("percent", "%"),
    ("pico", "p"),
    ("second", "s"),
    ("sievert", "Sv"),
    ("tera", "T"),
    ("tesla", "T"),
    ("tonne", "t"),
    ("ug", "µg"),
    ("um", "µm"),
    ("us", "µs"),
    ("volt", "V"),
    ("watt", "W"),
];

/// Those of them that stand right before another.
const PREFIXES: &[&str] =
    &["centi", "deci", "femto", "giga", "hecto", "kilo", "mega", "micro", "milli", "nano", "pico", "tera"];

/// Longest argument, in characters: a stray brace must not swallow the text.
const LONGEST_GROUP: usize = 600;

/// A formula as it stands in a passage: plain text where that says the same, else `$tex$`.
pub(crate) fn inline(tex: &str) -> String {
    let tex = tex.replace("%\n", "");
    let collapsed = tex.split_whitespace().collect::<Vec<_>>().join(" ");
    let collapsed = collapsed.trim_start_matches("\\displaystyle ");
    // A `$` inside would end the formula for every reader after us.
    plain(collapsed).unwrap_or_else(|| format!("${}$", collapsed.replace('$', "")))
}

/// The formula without TeX, where every part of it can be said so.
fn plain(tex: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = tex;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '\\' => rest = command(rest, &mut out)?,
            '^' | '_' => rest = script(c, rest, &mut out)?,
            '{' | '}' => {}
            '~' => out.push(' '),
            '$' | '&' => return None,
            c => out.push(c),
        }
    }
    let out = out.trim();
    (!out.is_empty()).then(|| out.to_owned())
}

/// Reads the command after a backslash, writes what it prints, and gives what follows it.
pub(super) fn command<'a>(rest: &'a str, out: &mut String) -> Option<&'a str> {
    let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    let (name, after) = rest.split_at(end);
    if name.is_empty() {
        let c = rest.chars().next()?;
        let after = &rest[c.len_utf8()..];
        match c {
            '%' | '&' | '_' | '#' | '$' | '{' | '}' => out.push(c),
            ',' | ';' | ':' | ' ' | '\\' => out.push(' '),
            '!' | '-' | '/' => {}
            _ => return accented(&c.to_string(), after, out),
        }
        return Some(after);
    }
    if matches!(name, "quad" | "qquad" | "xspace") {
        out.push(' ');
    } else if let Ok(found) = SIGNS.binary_search_by_key(&name, |&(sign, _)| sign) {
        out.push_str(SIGNS[found].1);
        // TeX eats the space after a command's name, but "± 3" wants none lost between words.
    } else if let Some(&(_, letter)) = LETTERS.iter().find(|(letter, _)| *letter == name) {
        out.push_str(letter);
        // "\o re" is one word.
        return Some(after.strip_prefix("{}").unwrap_or_else(|| after.trim_start()));
    } else if STRUCK.contains(&name) {
        return group(after).map(|(_, after)| after);
    } else if FONTS.binary_search(&name).is_ok() || SILENT.binary_search(&name).is_ok() {
        return Some(after.trim_start());
    } else {
        return with_arguments(name, after, out);
    }
    Some(after)
}

/// Reads a command that takes arguments.
fn with_arguments<'a>(name: &str, after: &'a str, out: &mut String) -> Option<&'a str> {
    match name {
        "frac" | "tfrac" | "dfrac" | "nicefrac" | "sfrac" => {
            let (part, rest) = argument(after)?;
            let (whole, rest) = argument(rest)?;
            let (part, whole) = (bracketed(&plain(part)?), bracketed(&plain(whole)?));
            if out.ends_with(|c: char| c.is_ascii_digit()) {
                out.push(' ');
            }
            out.push_str(&format!("{part}/{whole}"));
            Some(rest)
        }
        "sqrt" => {
            let (content, rest) = argument(after)?;
            out.push_str(&format!("√{}", bracketed(&plain(content)?)));
            Some(rest)
        }
        "not" => {
            out.push('≠');
            after.trim_start().strip_prefix('=')
        }
        "char" => character(after.trim_start(), out),
        "textsuperscript" | "textsubscript" => {
            let (content, rest) = group(after)?;
            let mark = out.len();
            out.push_str(&plain(content)?);
            if name == "textsuperscript" {
                super::script::raise(out, mark)
            } else {
                super::script::lower(out, mark)
            }
            Some(rest)
        }
        "textcolor" | "hspace" | "vspace" | "color" => group(after).map(|(_, rest)| rest),
        "num" | "ang" | "si" | "unit" | "SI" | "qty" | "SIrange" | "qtyrange" | "numrange" => {
            measured(name, after, out)
        }
        _ => match name.strip_prefix("SIUnitSymbol") {
            Some(symbol) => {
                out.push_str(named(symbol.to_lowercase().as_str())?);
                Some(after.trim_start())
            }
            None => accented(name, after, out),
        },
    }
}

/// "\char 37", as LaTeXML writes siunitx's signs.
fn character<'a>(text: &'a str, out: &mut String) -> Option<&'a str> {
    let (radix, digits) = match text.chars().next()? {
        '"' => (16, &text[1..]),
        '\'' => (8, &text[1..]),
        // "\char`\%" is the sign itself.
        '`' => {
            let sign = text[1..].trim_start_matches('\\');
            let c = sign.chars().next()?;
            out.push(c);
            return Some(&sign[c.len_utf8()..]);
        }
        _ => (10, text),
    };
    let end = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
    let c = char::from_u32(u32::from_str_radix(&digits[..end], radix).ok()?).filter(|c| !c.is_control())?;
    if c == '%' {
        out.truncate(out.trim_end().len());
    }
    out.push(c);
    Some(digits[end..].trim_start())
}

/// siunitx: "\SI{36.6}{\percent}", "\num{1e5}", "\qty{3}{\micro\gram\per\litre}".
fn measured<'a>(name: &str, after: &'a str, out: &mut String) -> Option<&'a str> {
    let after = match after.strip_prefix('[') {
        Some(options) => options.split_once(']')?.1,
        None => after,
    };
    let (first, mut rest) = group(after)?;
    let has_unit = matches!(name, "SI" | "qty" | "SIrange" | "qtyrange");
    let mut numbers = number(first)?;
    if matches!(name, "si" | "unit") {
        out.push_str(&units(first)?);
        return Some(rest);
    }
    if name.ends_with("range") {
        let (second, after) = group(rest)?;
        numbers = format!("{numbers} to {}", number(second)?);
        rest = after;
    }
    out.push_str(&numbers);
    if name == "ang" {
        out.push('°');
    }
    if has_unit {
        let (unit, after) = group(rest)?;
        let unit = units(unit)?;
        if !unit.starts_with(['%', '°']) || unit.starts_with("°C") {
            out.push(' ');
        }
        out.push_str(&unit);
        rest = after;
    }
    Some(rest)
}

/// siunitx's way of writing a number.
fn number(text: &str) -> Option<String> {
    let text = text.replace("+-", " ± ").replace("\\pm", " ± ");
    Some(match text.split_once(['e', 'E']).filter(|(mantissa, _)| mantissa.ends_with(|c: char| c.is_ascii_digit())) {
        Some((mantissa, exponent)) => format!("{} × 10^{}", mantissa.trim(), exponent.trim()),
        None => text,
    })
}

/// siunitx's unit macros as symbols; `None` where one is unknown.
fn units(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut is_prefix = true;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        if c != '\\' {
            out.push(if matches!(c, '.' | '~') { ' ' } else { c });
            is_prefix = true;
            continue;
        }
        let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        rest = after.trim_start();
        match name {
            "per" => out.push('/'),
            "square" | "squared" => out.push_str("^2"),
            "cubic" | "cubed" => out.push_str("^3"),
            name => {
                if !is_prefix && !out.ends_with('/') {
                    out.push(' ');
                }
                out.push_str(named(name)?);
            }
        }
        is_prefix = name == "per" || PREFIXES.contains(&name);
    }
    Some(out)
}

/// The symbol of a siunitx macro; its abbreviations are their own symbols.
fn named(name: &str) -> Option<&str> {
    let known = UNITS.iter().find(|(unit, _)| *unit == name).map(|&(_, symbol)| symbol);
    known.or_else(|| (name.len() <= 3).then_some(name))
}

/// "\'e", "\H{o}", "\bar{x}": a letter with its accent.
fn accented<'a>(accent: &str, after: &'a str, out: &mut String) -> Option<&'a str> {
    let &(_, mark) = ACCENTS.iter().find(|(name, _)| *name == accent)?;
    let (letter, rest) = argument(after.trim_start())?;
    let mut accented_too = String::new();
    let letter = match letter {
        "\\i" => "i",
        "\\j" => "j",
        // "\~{\^e}": two marks on one letter.
        letter => match letter.strip_prefix('\\') {
            Some(inner) => command(inner, &mut accented_too).filter(|rest| rest.is_empty()).map(|_| &*accented_too)?,
            None => letter,
        },
    };
    let mut letters = letter.chars();
    let (Some(base), None) = (letters.next().filter(|c| c.is_alphabetic()), letters.next()) else { return None };
    match unicode_normalization::char::compose(base, mark) {
        Some(composed) => out.push(composed),
        None => out.extend([base, mark]),
    }
    Some(rest)
}

/// The content of the group that a text begins with, and what follows it.
pub(super) fn group(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start().strip_prefix('{')?;
    let mut depth = 1_usize;
    for (at, c) in text.char_indices().take(LONGEST_GROUP) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((&text[..at], &text[at + 1..]));
        }
    }
    None
}

/// A group, a command or a single character.
fn argument(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    if text.starts_with('{') {
        return group(text);
    }
    let length = match text.strip_prefix('\\') {
        Some(name) => 1 + name.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(name.len()),
        None => text.chars().next()?.len_utf8(),
    };
    Some(text.split_at(length))
}

/// In brackets, unless it is one word.
fn bracketed(text: &str) -> String {
    let is_word = text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '^'));
    if is_word { text.to_owned() } else { format!("({text})") }
}

/// An exponent or index: `^{-5}`, `_2`; a degree sign stands alone.
fn script<'a>(kind: char, rest: &'a str, out: &mut String) -> Option<&'a str> {
    let (content, after) = argument(rest)?;
    let content = plain(content)?;
    if content == "°" {
        out.push('°');
        return Some(after);
    }
    let is_simple = super::script::is_simple(&content);
    out.push(kind);
    out.push_str(&if is_simple { content } else { format!("({content})") });
    Some(after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn simple_formulas_become_text() {
        assert_eq!(inline(r"98.6\%"), "98.6%");
        assert_eq!(inline(r"\approx 98.08\%"), "≈ 98.08%");
        assert_eq!(inline(r"p<0.05"), "p<0.05");
        assert_eq!(inline(r"\displaystyle 3.2\times 10^{-5}"), "3.2× 10^-5");
        assert_eq!(inline(r"\textsc{SciFact}"), "SciFact");
        assert_eq!(inline(r"\mathrm{F}_{1}"), "F_1");
    }

    #[test]
    fn fractions_roots_accents_and_signs_by_number_are_read() {
        for (tex, expected) in [
            ("\\frac{1}{\n 2}", "1/2"),
            (r"\frac{a+b}{2}", "(a+b)/2"),
            (r"2\frac12", "2 1/2"),
            (r"\sqrt{d_{k}}", "√d_k"),
            (r"x^{a_{b}}", "x^(a_b)"),
            (r"10^{n+1}", "10^(n+1)"),
            (r"Ca^{2+}", "Ca^2+"),
            (r"e^{a b}", "e^(a b)"),
            (r"\bar{x}", "x\u{304}"),
            (r"36.64\text{\,}\mathrm{\char 37\relax}", "36.64%"),
            (r"37\text{\,}\mathrm{\SIUnitSymbolCelsius}", "37 °C"),
            (r"5\text{\,}\mathrm{\SIUnitSymbolMicro g}", "5 µg"),
            (r"\SI{3.2e-5}{\mole\per\litre}", "3.2 × 10^-5 mol/L"),
            (r"\SI[per-mode=symbol]{5}{\kilo\metre\per\hour}", "5 km/h"),
            (r"\qtyrange{3}{5}{\mg}", "3 to 5 mg"),
            (r"\num{1e5}", "1 × 10^5"),
            (r"\ang{45}", "45°"),
            (r"\si{\micro\gram}", "µg"),
        ] {
            assert_eq!(inline(tex), expected, "{tex}");
        }
    }

    #[test]
    fn other_formulas_stay_tex_between_dollars() {
        for tex in [r"\sum_{i}x_{i}", r"\binom{a}{b}", r"\ours{}", r"a & b"] {
            assert_eq!(inline(tex), format!("${tex}$"));
        }
    }

    #[test]
    fn the_tables_are_sorted_for_the_search() {
        assert!(FONTS.is_sorted() && SILENT.is_sorted() && SIGNS.is_sorted());
    }

    proptest! {
        #[test]
        fn no_formula_breaks_it(tex in r"[\\a-z{}^_$%~ 0-9é]{0,30}|.{0,30}") {
            inline(&tex);
        }
    }
}
