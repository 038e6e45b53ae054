//! TeX in running text: what can be written plainly is, so that a reader and the model meet "98%" and not `$98\%$`.

/// Commands that only change how their argument looks.
#[rustfmt::skip]
const FONTS: &[&str] = &[
    "bf", "bm", "boldsymbol", "emph", "it", "mathbb", "mathbf", "mathcal", "mathit", "mathrm", "mathsf", "mathtt",
    "mbox", "operatorname", "rm", "sc", "text", "textbf", "textit", "textmd", "textnormal", "textrm", "textsc",
    "textsf", "textsl", "texttt", "textup", "tt", "underline",
];

/// Commands that print nothing.
#[rustfmt::skip]
const SILENT: &[&str] = &[
    "Big", "big", "bigl", "bigr", "displaystyle", "footnotesize", "large", "left", "limits", "nolimits",
    "normalsize", "right", "scriptstyle", "small", "textstyle",
];

/// Commands for one sign.
#[rustfmt::skip]
const SIGNS: &[(&str, &str)] = &[
    ("Delta", "Δ"), ("Gamma", "Γ"), ("Lambda", "Λ"), ("Leftrightarrow", "⇔"), ("Omega", "Ω"), ("Phi", "Φ"),
    ("Pi", "Π"), ("Psi", "Ψ"), ("Rightarrow", "⇒"), ("Sigma", "Σ"), ("Theta", "Θ"), ("alpha", "α"),
    ("approx", "≈"), ("ast", "*"), ("beta", "β"), ("bullet", "•"), ("cap", "∩"), ("cdot", "·"), ("cdots", "…"),
    ("chi", "χ"), ("circ", "°"), ("cup", "∪"), ("degree", "°"), ("delta", "δ"), ("dots", "…"),
    ("downarrow", "↓"), ("ell", "ℓ"), ("epsilon", "ε"), ("eta", "η"), ("gamma", "γ"), ("ge", "≥"), ("geq", "≥"),
    ("geqslant", "≥"), ("gg", "≫"), ("gtrsim", "≳"), ("in", "∈"), ("infty", "∞"), ("kappa", "κ"),
    ("lambda", "λ"), ("langle", "⟨"), ("ldots", "…"), ("le", "≤"), ("leftarrow", "←"), ("leftrightarrow", "↔"),
    ("leq", "≤"), ("leqslant", "≤"), ("lesssim", "≲"), ("ll", "≪"), ("log", "log"), ("max", "max"),
    ("mid", "|"), ("min", "min"), ("mp", "∓"), ("mu", "μ"), ("ne", "≠"), ("neq", "≠"), ("nu", "ν"),
    ("omega", "ω"), ("phi", "φ"), ("pi", "π"), ("pm", "±"), ("prime", "′"), ("propto", "∝"), ("psi", "ψ"),
    ("rangle", "⟩"), ("rho", "ρ"), ("rightarrow", "→"), ("sigma", "σ"), ("sim", "~"), ("simeq", "≃"),
    ("star", "*"), ("subset", "⊂"), ("tau", "τ"), ("theta", "θ"), ("times", "×"), ("to", "→"), ("uparrow", "↑"),
    ("varepsilon", "ε"), ("varphi", "φ"), ("xi", "ξ"), ("zeta", "ζ"),
];

/// A formula as it stands in a passage: plain text where that says the same, else `$tex$`.
pub(super) fn inline(tex: &str) -> String {
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
        match c {
            '%' | '&' | '_' | '#' | '$' | '{' | '}' => out.push(c),
            ',' | ';' | ':' | ' ' | '\\' => out.push(' '),
            '!' | '-' | '/' => {}
            _ => return None,
        }
        return Some(&rest[c.len_utf8()..]);
    }
    if matches!(name, "quad" | "qquad" | "xspace") {
        out.push(' ');
    } else if let Ok(found) = SIGNS.binary_search_by_key(&name, |&(sign, _)| sign) {
        out.push_str(SIGNS[found].1);
        // TeX eats the space after a command's name, but "± 3" wants none lost between words.
    } else if FONTS.binary_search(&name).is_err() && SILENT.binary_search(&name).is_err() {
        return None;
    } else {
        return Some(after.trim_start());
    }
    Some(after)
}

/// A short exponent or index: `^{-5}`, `_2`; a degree sign stands alone.
fn script<'a>(kind: char, rest: &'a str, out: &mut String) -> Option<&'a str> {
    let (content, after) = match rest.strip_prefix('{') {
        Some(group) => group.split_once('}')?,
        None if rest.starts_with('\\') => {
            let end = rest[1..].find(|c: char| !c.is_ascii_alphabetic()).map_or(rest.len(), |end| end + 1);
            rest.split_at(end)
        }
        None => rest.split_at(rest.chars().next()?.len_utf8()),
    };
    if content.contains('{') {
        return None;
    }
    let content = plain(content)?;
    if content != "°" {
        if !content.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '+' | '.' | '*' | '′')) {
            return None;
        }
        out.push(kind);
    }
    out.push_str(&content);
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
        assert_eq!(inline(r"37^{\circ}"), "37°");
    }

    #[test]
    fn other_formulas_stay_tex_between_dollars() {
        assert_eq!(inline("\\frac{1}{\n 2}"), r"$\frac{1}{ 2}$");
        assert_eq!(inline(r"\sqrt{d_{k}}"), r"$\sqrt{d_{k}}$");
        assert_eq!(inline(r"x^{a_{b}}"), r"$x^{a_{b}}$");
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
