//! MathML as text: what a reader would type ("10^5", "1/2"), each formula once; what has no such form is a placeholder.

use crate::text::{script::is_simple, unescape};

/// What stands for a formula that cannot be written in a line.
pub(super) const FORMULA: &str = "[formula]";
/// The opening sign of what is struck out.
const STRUCK: &str = "struck";
/// Deepest nesting read; formulas of titles stay below 20.
const DEEPEST: usize = 60;

/// The text of the elements in `math` (its content, in any prefix).
pub(super) fn text(math: &str) -> String {
    let mut rest = math;
    let nodes = nodes(&mut rest, "", 0);
    match nodes.and_then(|nodes| row(&nodes)) {
        Some(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        None => FORMULA.to_owned(),
    }
}

enum Node {
    Text(String),
    Element { name: String, open: String, children: Vec<Node> },
}

/// Reads nodes up to the end tag of `parent`, and past it.
fn nodes(rest: &mut &str, parent: &str, depth: usize) -> Option<Vec<Node>> {
    if depth > DEEPEST {
        return None;
    }
    let mut found = Vec::new();
    while !rest.is_empty() {
        let Some(at) = rest.find('<') else {
            found.push(Node::Text(unescape(rest).into_owned()));
            *rest = "";
            break;
        };
        if at > 0 {
            found.push(Node::Text(unescape(&rest[..at]).into_owned()));
        }
        let Some(length) = rest[at..].find('>') else { break };
        let tag = &rest[at + 1..at + length];
        *rest = &rest[at + length + 1..];
        if tag.starts_with(['!', '?']) {
            continue;
        }
        let (closes, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
        let empty = tag.ends_with('/');
        let tag = tag.trim_end_matches('/');
        let (name, attributes) = tag.split_at(tag.find(char::is_whitespace).unwrap_or(tag.len()));
        let name = name.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
        if closes {
            if name == parent {
                break;
            }
            continue;
        }
        let children = if empty { Vec::new() } else { nodes(rest, &name, depth + 1)? };
        let is_struck = attribute(attributes, "notation").is_some_and(|notation| notation.contains("strike"));
        let open = if is_struck { STRUCK } else { attribute(attributes, "open").unwrap_or("(") }.to_owned();
        found.push(Node::Element { name, open, children });
    }
    Some(found)
}

fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let (_, after) = attributes.split_once(&format!("{name}=\""))?;
    after.split('"').next()
}

/// Nodes one after the other; `None` where one has no form in a line.
fn row(nodes: &[Node]) -> Option<String> {
    let mut out = String::new();
    for node in nodes {
        let written = one(node)?;
        // "2 1/2" is not "21/2", "10 10^5" not "1010^5".
        let is_apart = |name: &str| name == "mfrac" || name.starts_with("msu") && written.starts_with("10");
        if matches!(node, Node::Element { name, .. } if is_apart(name)) && out.ends_with(|c: char| c.is_ascii_digit()) {
            out.push(' ');
        }
        out.push_str(&written);
    }
    Some(out)
}

/// Text with a space where it begins or ends with one.
fn spaced(node: &Node) -> Option<String> {
    let Node::Text(text) = node else { return one(node) };
    let is_space = |c: char| c.is_whitespace();
    let [before, after] = [text.starts_with(is_space), text.ends_with(is_space)].map(|is| if is { " " } else { "" });
    Some(format!("{before}{}{after}", text.split_whitespace().collect::<Vec<_>>().join(" ")))
}

fn one(node: &Node) -> Option<String> {
    let (name, open, children) = match node {
        Node::Text(text) => return Some(text.split_whitespace().collect::<Vec<_>>().join(" ")),
        Node::Element { name, open, children } => (name.as_str(), open, children),
    };
    let elements: Vec<&Node> = children.iter().filter(|child| matches!(child, Node::Element { .. })).collect();
    let child = |at: usize| one(elements.get(at)?);
    Some(match name {
        "msup" => script('^', &child(0)?, &child(1)?),
        "msub" => script('_', &child(0)?, &child(1)?),
        "msubsup" | "munderover" => script('^', &script('_', &child(0)?, &child(1)?), &child(2)?),
        "munder" => script('_', &child(0)?, &child(1)?),
        // An accent over a letter, or a limit over a sign.
        "mover" => match child(1)?.as_str() {
            "¯" | "‾" | "\u{304}" | "-" | "\u{2212}" => format!("{}\u{304}", child(0)?),
            "^" | "ˆ" | "\u{302}" => format!("{}\u{302}", child(0)?),
            "~" | "˜" | "∼" => format!("{}\u{303}", child(0)?),
            "˙" | "." => format!("{}\u{307}", child(0)?),
            "→" | "\u{20d7}" => format!("{}\u{20d7}", child(0)?),
            over => script('^', &child(0)?, over),
        },
        "mfrac" => format!("{}/{}", bracketed(&child(0)?), bracketed(&child(1)?)),
        "msqrt" => format!("√{}", bracketed(&row(children)?)),
        "mfenced" => {
            let close = match open.as_str() {
                "[" => "]",
                "{" => "}",
                "|" => "|",
                "" => "",
                _ => ")",
            };
            let inner: Option<Vec<String>> = elements.iter().map(|element| one(element)).collect();
            format!("{open}{}{close}", inner?.join(", "))
        }
        "semantics" => child(0)?,
        "mspace" => " ".to_owned(),
        // Spaces at its ends are meant.
        "mtext" => children.iter().map(spaced).collect::<Option<String>>()?,
        "menclose" if open == STRUCK => String::new(),
        "mo" => match row(children)?.trim() {
            // Invisible signs.
            "\u{2061}" | "\u{2062}" | "\u{2063}" | "\u{2064}" => String::new(),
            sign @ ("=" | "<" | ">" | "≤" | "≥" | "≈" | "×" | "±" | "→") => format!(" {sign} "),
            sign => sign.to_owned(),
        },
        "annotation" | "annotation-xml" | "mphantom" | "maligngroup" | "malignmark" => String::new(),
        "mtable" | "mroot" | "mmultiscripts" | "merror" | "mglyph" | "mlongdiv" | "mstack" => return None,
        _ => row(children)?,
    })
}

fn script(sign: char, base: &str, script: &str) -> String {
    let script = script.split_whitespace().collect::<String>();
    match (sign, script.as_str()) {
        (_, "") => base.to_owned(),
        ('^', "∘" | "°" | "◦" | "o") if base.ends_with(|c: char| c.is_ascii_digit()) => format!("{base}°"),
        ('^', "′" | "'" | "*" | "†") => format!("{base}{script}"),
        _ if is_simple(&script) => format!("{base}{sign}{script}"),
        _ => format!("{base}{sign}({script})"),
    }
}

/// In brackets, unless it is one word.
fn bracketed(text: &str) -> String {
    let is_word = text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '^'));
    if is_word { text.to_owned() } else { format!("({text})") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formulas_become_lines() {
        for (math, expected) in [
            ("<mml:msup><mml:mn>10</mml:mn><mml:mn>8</mml:mn></mml:msup>", "10^8"),
            ("<mn>3.2</mn><mo>×</mo><msup><mn>10</mn><mrow><mo>−</mo><mn>5</mn></mrow></msup>", "3.2 × 10^\u{2212}5"),
            ("<mfrac><mn>1</mn><mn>3</mn></mfrac>", "1/3"),
            ("<mn>2</mn><mfrac><mn>1</mn><mn>3</mn></mfrac>", "2 1/3"),
            ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mi>c</mi></mfrac>", "(a+b)/c"),
            ("<semantics><mi>y</mi><annotation encoding=\"application/x-tex\">y</annotation></semantics>", "y"),
            ("<msub><mi>CO</mi><mn>2</mn></msub>", "CO_2"),
            ("<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>", "x_i^2"),
            ("<mi>p</mi><mo>&lt;</mo><mn>.05</mn>", "p < .05"),
            ("<msqrt><mi>n</mi></msqrt>", "√n"),
            ("<mover><mi>x</mi><mo>¯</mo></mover>", "x\u{304}"),
            ("<msup><mn>37</mn><mo>∘</mo></msup><mi mathvariant=\"normal\">C</mi>", "37°C"),
            ("<mtable><mtr><mtd><mn>1</mn></mtd></mtr></mtable>", FORMULA),
            ("<mi>f</mi><mo>&ApplyFunction;</mo><mfenced><mi>x</mi><mi>y</mi></mfenced>", "f(x, y)"),
            ("<mi mathvariant=\"italic\">&alpha;</mi><mspace width=\"1em\"/><mtext>wave</mtext>", "α wave"),
        ] {
            assert_eq!(text(math), expected, "{math}");
        }
        assert_eq!(text(&"<mrow>".repeat(100_000)), FORMULA);
    }

    proptest! {
        #[test]
        fn any_markup_is_read(math in "(<|>|/|<mi>|</mi>|<msup>|</msup>|<mfrac>|</mfrac>|x|1| |&lt;|é){0,40}") {
            let _ = text(&math);
        }
    }
}
