//! Markup out of titles and abstracts: HTML and JATS tags, entities. LaTeX between dollars stays.
//!
//! Why not an HTML parser: in `$a<b$` or `p<0.05` it would take text for a tag and swallow what follows. Here only the
//! tags that sources really send are tags; every other `<` is text.

use super::mathml;
use crate::text::{self, formula, normalize, script};
use std::borrow::Cow;

/// Tags without a prefix that sources send in titles and abstracts (HTML, JATS, MathML, IEEE's and Crossref's face
/// markup, Springer's `<Emphasis>`…).
const TAGS: &str = "a abbr abstract alternatives article-title b big blockquote bold boxed-text br break caption center cite \
    code del disp-formula disp-quote div dl dt dd em email emphasis ext-link fig fixed-case fn font formula graphic h1 h2 h3 h4 h5 h6 hr \
    i img inf inline-equation inline-formula inline-graphic ins italic kbd label li list list-item mark math mfenced mfrac mi \
    mn mo monospace mover mphantom mroot mrow mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover \
    named-content ol overline ovl p para pre q rb roman rp rt ruby s samp sans-serif sc scp script sec semantics small span strike strong \
    style styled-content sub subscript sup superscript svg table table-wrap tbody td tex tex-math tfoot th thead time title tr tspan tt u \
    ul underline uri var xref";
/// Prefixes of namespaces, of which every tag is one.
const PREFIXES: &str = "jats mml m ce sb xocs oasis html xhtml h tei wiley ns0 ns1 ns2 ns3 ns4 ns5";
/// Tags whose ends separate words; the others stand within a word, as in `H<sub>2</sub>O`.
const BLOCKS: &str = "abstract blockquote boxed-text br break caption center dd disp-formula disp-quote div dl dt fig h1 h2 h3 \
    h4 h5 h6 hr li list list-item ol p para pre sec table-wrap tr ul";
/// Elements whose content no reader sees as the text: struck out, tables, pictures, code for machines.
const UNREAD: &str = "del fn rp rt s strike table table-wrap script style svg";
/// Tags read within what is raised or lowered by its style: few, so that no text takes long.
const MOST_IN_SCRIPT: usize = 20;
/// Deepest nesting of an element in its own kind: papers have hardly two, and a text is not searched again and again.
const DEEPEST: usize = 8;
/// Passes over a text: some sources escape their escapes (`&amp;lt;i&amp;gt;`).
const PASSES: usize = 3;

/// Plain text, [normalised](normalize). Superscripts stay such ("10^6"), formulas in MathML and TeX are written as text or
/// as `[formula]`, what is struck out or hidden is left out. Headings inside an abstract end in a colon; a first one that only says
/// "Abstract" is dropped.
#[must_use]
pub fn plain(text: &str) -> String {
    let mut text = Cow::Borrowed(text);
    for _ in 0..PASSES {
        let stripped = text::unescape(&strip(&text)).into_owned();
        if stripped == *text {
            break;
        }
        text = Cow::Owned(stripped);
    }
    normalize(&text)
}

/// An abstract in plain text; `None` where nothing but its heading is left.
#[must_use]
pub fn abstract_text(text: &str) -> Option<String> {
    let text = plain(text);
    let text = without_heading(&text);
    (!text.is_empty()).then(|| text.to_owned())
}

/// Drops "Abstract" or "Summary" where it is a heading: alone, before a mark, in capitals, or before a word that
/// opens a sentence. "Abstract interpretation of…" stays.
fn without_heading(text: &str) -> &str {
    const OPENERS: [&str; 26] = [
        "We",
        "This",
        "The",
        "In",
        "A",
        "An",
        "Our",
        "To",
        "Here",
        "Background",
        "Purpose",
        "Objective",
        "Objectives",
        "Introduction",
        "Motivation",
        "Aim",
        "Aims",
        "Context",
        "While",
        "Although",
        "Recent",
        "Recently",
        "For",
        "It",
        "With",
        "As",
    ];
    for heading in ["Abstract", "ABSTRACT", "Summary", "SUMMARY"] {
        let Some(rest) = text.strip_prefix(heading) else { continue };
        let marked = rest.trim_start_matches([' ', ':', '.', '-', '—', '–']);
        let opener = marked.split([' ', ',', ':']).next().unwrap_or_default();
        let is_mark = rest.trim_start().starts_with([':', '.', '—', '–']) || rest.starts_with(" - ");
        let shouted = heading.chars().all(char::is_uppercase) && rest.starts_with(' ');
        if rest.is_empty() || is_mark || shouted || (rest.starts_with(' ') && OPENERS.contains(&opener)) {
            return marked;
        }
    }
    text
}

/// Removes known tags; formulas are written as text.
fn strip(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    // Where the open superscripts and subscripts begin.
    let mut raised: Vec<usize> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(data) = rest.strip_prefix("<![CDATA[") {
            let (data, after) = data.split_once("]]>").unwrap_or((data, ""));
            plain.push_str(data);
            rest = after;
            continue;
        }
        let Some(tag) = Tag::at(rest) else {
            plain.push('<');
            rest = &rest[1..];
            continue;
        };
        rest = &rest[tag.bytes..];
        let name = tag.name.as_str();
        let opens = !tag.closing && !tag.empty;
        match name {
            _ if opens && (among(UNREAD, name) || tag.hidden) => {
                rest = past(rest, name).map_or(rest, |(_, after)| after);
                plain.push(' ');
            }
            _ if opens && tag.script.is_some() => {
                let mark = plain.len();
                if let Some((inner, after)) =
                    past(rest, name).filter(|(inner, _)| inner.matches('<').count() < MOST_IN_SCRIPT)
                {
                    plain.push_str(&strip(inner));
                    rest = after;
                }
                match tag.script {
                    Some(Script::Raised) => script::raise(&mut plain, mark),
                    _ => script::lower(&mut plain, mark),
                }
            }
            // A citation is not a digit of the number before it.
            "xref" if opens => {
                if let Some((inner, after)) = past(rest, name)
                    && raised.is_empty()
                    && plain.ends_with(char::is_alphanumeric)
                    && is_citation(inner)
                {
                    plain.push_str(&format!("[{}]", inner.trim()));
                    rest = after;
                }
            }
            "math" | "tex" | "tex-math" | "alternatives" | "inline-formula" | "disp-formula" | "formula" if opens => {
                if let Some((inner, after)) = past(rest, name)
                    && let Some(formula) = formula_of(name, inner)
                {
                    push_formula(&formula, after, &mut plain);
                    rest = after;
                } else if among(BLOCKS, name) {
                    plain.push(' ');
                }
            }
            "sup" | "superscript" if opens => raised.push(plain.len()),
            "sub" | "inf" | "subscript" if opens => raised.push(plain.len()),
            "sup" | "superscript" => raised.pop().into_iter().for_each(|mark| script::raise(&mut plain, mark)),
            "sub" | "inf" | "subscript" => raised.pop().into_iter().for_each(|mark| script::lower(&mut plain, mark)),
            "title" if tag.closing => plain.push_str(if plain.ends_with([':', '.', '?', '!']) { " " } else { ": " }),
            "title" => {
                plain.push(' ');
                rest = after_abstract_title(rest);
            }
            name if among(BLOCKS, name) => plain.push(' '),
            _ => {}
        }
    }
    plain.push_str(rest);
    plain
}

/// The text of a formula's element: of its MathML and its TeX the one that can be read. `None` where the element holds
/// neither.
fn formula_of(name: &str, inner: &str) -> Option<String> {
    match name {
        "math" => return Some(mathml::text(inner)),
        "tex" | "tex-math" => return Some(tex(inner)),
        _ => {}
    }
    let within = |names: &[&str]| {
        let mut rest = inner;
        while let Some(at) = rest.find('<') {
            rest = &rest[at..];
            match Tag::at(rest) {
                Some(tag) if !tag.closing && names.contains(&tag.name.as_str()) => {
                    return past(&rest[tag.bytes..], &tag.name).map(|(inner, _)| inner);
                }
                Some(tag) => rest = &rest[tag.bytes..],
                None => rest = &rest[1..],
            }
        }
        None
    };
    let (tex_there, math_there) = (within(&["tex-math", "tex"]).map(tex), within(&["math"]).map(mathml::text));
    match (tex_there, math_there) {
        (Some(tex), Some(math)) if tex.starts_with('$') && math != mathml::FORMULA => Some(math),
        (Some(tex), _) => Some(tex),
        (None, math) => math,
    }
}

/// The text of TeX with or without its dollar signs, perhaps as a whole document (as Springer sends it).
fn tex(tex: &str) -> String {
    let document = tex.split_once(r"\begin{document}").map_or(tex, |(_, body)| body);
    let body = document.split_once(r"\end{document}").map_or(document, |(body, _)| body);
    let unescaped = text::unescape(body);
    let bare = unescaped.trim().trim_matches('$').trim();
    let bare = bare.strip_prefix(r"\(").and_then(|bare| bare.strip_suffix(r"\)")).unwrap_or(bare);
    if bare.is_empty() { String::new() } else { formula::inline(bare) }
}

/// Writes a formula, apart from words that it was glued to: "in" and "N" are two.
fn push_formula(formula: &str, after: &str, plain: &mut String) {
    let word = plain.chars().rev().take_while(|c| c.is_lowercase()).count();
    if word > 1 && formula.starts_with(|c: char| c.is_alphanumeric() || c == '$') {
        plain.push(' ');
    }
    // "5" and "1/2" are no "51/2".
    if plain.ends_with(|c: char| c.is_ascii_digit()) && formula.starts_with(|c: char| c.is_ascii_digit()) {
        plain.push(' ');
    }
    plain.push_str(formula);
    let next = after.chars().take_while(|c| c.is_lowercase()).count();
    if next > 2 && formula.ends_with(|c: char| c.is_alphanumeric() || c == '$') {
        plain.push(' ');
    }
}

/// What stands before the end tag that belongs to an open tag, and what stands behind it; `None` without an end tag.
fn past<'a>(text: &'a str, name: &str) -> Option<(&'a str, &'a str)> {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(found) = text[at..].find('<') {
        at += found;
        let Some(tag) = Tag::at(&text[at..]) else {
            at += 1;
            continue;
        };
        if tag.name == name && !tag.empty {
            if !tag.closing {
                depth += 1;
                if depth > DEEPEST {
                    return None;
                }
            } else if depth == 0 {
                return Some((&text[..at], &text[at + tag.bytes..]));
            } else {
                depth -= 1;
            }
        }
        at += tag.bytes;
    }
    None
}

/// Behind `Abstract</jats:title>` and the like, right after its opening tag; else unmoved.
fn after_abstract_title(rest: &str) -> &str {
    let Some(end) = rest.find('<') else { return rest };
    let is_heading =
        matches!(rest[..end].trim().trim_end_matches([':', '.']).to_lowercase().as_str(), "abstract" | "summary" | "");
    match Tag::at(&rest[end..]) {
        Some(tag) if is_heading && tag.closing && tag.name == "title" => &rest[end + tag.bytes..],
        _ => rest,
    }
}

/// "1", "2,3", "4–6".
fn is_citation(text: &str) -> bool {
    let text = text.trim();
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '-' | '\u{2013}' | ' '))
}

/// Whether a space-separated list has the word.
fn among(list: &str, word: &str) -> bool {
    list.split(' ').any(|listed| listed == word)
}

/// Raised or lowered.
#[derive(Clone, Copy)]
enum Script {
    Raised,
    Lowered,
}

struct Tag {
    /// Lower case, without namespace prefix.
    name: String,
    closing: bool,
    /// Without content: `<br/>`.
    empty: bool,
    /// Its content is not shown.
    hidden: bool,
    /// Its content is raised or lowered, by its style or class.
    script: Option<Script>,
    /// Length of the tag in the text.
    bytes: usize,
}

impl Tag {
    /// The known tag, comment or processing instruction that `text` begins with.
    fn at(text: &str) -> Option<Self> {
        let inner = text.strip_prefix('<')?;
        let nothing =
            |bytes| Self { name: String::new(), closing: false, empty: true, hidden: false, script: None, bytes };
        if inner.starts_with("!--") {
            return Some(nothing(text.find("-->").map_or(text.len(), |end| end + 3)));
        }
        if inner.starts_with("?xml") {
            return Some(nothing(text.find("?>").map_or(text.len(), |end| end + 2)));
        }
        let end = inner.find(['<', '>']).filter(|&end| inner.as_bytes()[end] == b'>')?;
        let (closing, body) = inner[..end].strip_prefix('/').map_or((false, &inner[..end]), |body| (true, body));
        let (empty, body) = body.strip_suffix('/').map_or((false, body), |body| (true, body));
        let (name, attributes) = body.split_at(body.find(char::is_whitespace).unwrap_or(body.len()));
        let name = name.to_ascii_lowercase();
        let (prefix, local) = name.split_once(':').unwrap_or(("", &name));
        let known = !prefix.is_empty() && !local.is_empty() && among(PREFIXES, prefix)
            || prefix.is_empty() && among(TAGS, local);
        // `a<b and c>d` is no tag: attributes have values.
        let plausible = matches!(attributes.trim(), "" | "hidden") || attributes.contains('=');
        let compact: String = attributes.to_ascii_lowercase().split_whitespace().collect();
        let has = |marks: &[&str]| marks.iter().any(|mark| compact.contains(mark));
        let hidden = has(&[
            "display:none",
            "visibility:hidden",
            "aria-hidden=\"true\"",
            "line-through",
            "opacity:0\"",
            "opacity:0;",
        ]) || has(&["font-size:0\"", "font-size:0;", "font-size:0px"])
            || attributes.trim() == "hidden";
        let script =
            if has(&["vertical-align:super", "baseline-shift=\"super\"", "\"sup\"", "\"super\"", "\"superscript\""]) {
                Some(Script::Raised)
            } else if has(&["vertical-align:sub", "baseline-shift=\"sub\"", "\"sub\"", "\"subscript\""]) {
                Some(Script::Lowered)
            } else {
                None
            };
        let name = local.to_owned();
        (known && plausible).then_some(Self { name, closing, empty, hidden, script, bytes: end + 2 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_tags_go_and_everything_else_stays() {
        for (text, expected) in [
            ("<i>E. coli</i> in H<sub>2</sub>O", "E. coli in H2O"),
            ("Tree<scp>base</scp>: an<scp>R</scp>package", "Treebase: anRpackage"),
            ("Big Data &amp; Society", "Big Data & Society"),
            ("&lt;i&gt;Drosophila&lt;/i&gt; &amp;amp; friends", "Drosophila & friends"),
            ("for $a<b$ and p<0.05 or x < y", "for $a<b$ and p<0.05 or x < y"),
            ("if a<b and c>d then", "if a<b and c>d then"),
            ("kept &unknown; &; & &#x2014; &#8211; &#xFFFFFFFF;", "kept &unknown; &; & — – &#xFFFFFFFF;"),
            ("<jats:p>One.</jats:p><jats:p>Two.</jats:p>", "One. Two."),
            ("<a href=\"javascript:alert(1)\">link</a>", "link"),
            ("<!-- hidden -->shown<", "shown<"),
            ("<p", "<p"),
        ] {
            assert_eq!(plain(text), expected, "{text}");
        }
    }

    #[test]
    fn raised_digits_do_not_change_numbers() {
        for (text, expected) in [
            ("held 10<sup>7</sup> cells at 4 m s<jats:sup>-1</jats:sup>", "held 10^7 cells at 4 m s^-1"),
            ("10<jats:sup><jats:italic>n</jats:italic></jats:sup>", "10^n"),
            ("4 × 10 <sup>−3</sup>", "4 × 10^−3"),
            ("the 2<sup>nd</sup> at 37<sup>o</sup>C, CO<sub>2</sub>, Na<sup>+</sup>", "the 2nd at 37°C, CO2, Na^+"),
            ("was lower.<sup>3</sup> We", "was lower.[3] We"),
            ("log<sub>2</sub>, 10<inf>2</inf>", "log2, 10_2"),
        ] {
            assert_eq!(plain(text), expected, "{text}");
        }
    }

    #[test]
    fn formulas_in_every_markup_become_text() {
        for (text, expected) in [
            (
                r#"in<mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:mi mathvariant="italic">K</mml:mi></mml:math>-fold"#,
                "in K-fold",
            ),
            (
                "of <mml:math><mml:msup><mml:mn>10</mml:mn><mml:mn>4</mml:mn></mml:msup></mml:math> gears",
                "of 10^4 gears",
            ),
            ("of <math><mfrac><mn>1</mn><mn>3</mn></mfrac></math> gears", "of 1/3 gears"),
            (
                r#"<formula formulatype="inline"><tex Notation="TeX">$\beta$</tex></formula> gears, <tex>\gamma</tex>"#,
                "β gears, γ",
            ),
            (
                r"<jats:tex-math>\documentclass{minimal} \begin{document}$$\delta$$\end{document}</jats:tex-math> gears",
                "δ gears",
            ),
            (
                "<jats:alternatives><jats:tex-math>$$\\sum_i x$$</jats:tex-math><mml:math><mml:mi>S</mml:mi></mml:math></jats:alternatives>",
                "S",
            ),
            ("<inline-formula><mml:math><mml:mi>x</mml:mi></mml:math></inline-formula>", "x"),
            ("p<ovl>p</ovl> gears<break/>at sea<jats:break/>again", "pp gears at sea again"),
            ("<tex-math>\\unknown{x}</tex-math>", "$\\unknown{x}$"),
        ] {
            assert_eq!(plain(text), expected, "{text}");
        }
    }

    #[test]
    fn struck_out_hidden_and_tabled_text_is_not_read() {
        for (text, expected) in [
            ("rose by <s>9%</s> 8%, <del>much</del><ins>little</ins>", "rose by 8%, little"),
            ("kept <span style=\"display: none\">Ignore it.</span> here", "kept here"),
            ("Gears turn.<table><tr><td>a</td><td>41.2</td></tr></table> We found it.", "Gears turn. We found it."),
            ("<![CDATA[Gears <i>turn</i>]]> &Lstrok;&oacute;d&zacute; &ApplyFunction;", "Gears turn Łódź"),
        ] {
            assert_eq!(plain(text), expected, "{text}");
        }
    }

    #[test]
    fn a_formula_is_not_written_twice() {
        let text = "of <jats:inline-formula><jats:alternatives><jats:tex-math>$$x$$</jats:tex-math><mml:math><mml:mi>x</mml:mi></mml:math>\
                    </jats:alternatives></jats:inline-formula> gears";
        assert_eq!(plain(text), "of x gears");
        assert_eq!(plain("of <mml:math><mml:mi>x</mml:mi></mml:math> gears"), "of x gears");
    }

    #[test]
    fn headings_of_an_abstract_are_marked_and_its_own_is_dropped() {
        for (text, expected) in [
            ("<jats:title>Abstract</jats:title><jats:p>We found it.</jats:p>", Some("We found it.")),
            (
                "<jats:title>ABSTRACT</jats:title><jats:sec><jats:title>Aim</jats:title><jats:p>To know.</jats:p></jats:sec>",
                Some("Aim: To know."),
            ),
            ("<jats:p>Abstract</jats:p>", None),
            ("Abstract We found it.", Some("We found it.")),
            ("Abstract: gears turn.", Some("gears turn.")),
            ("Abstract interpretation is sound.", Some("Abstract interpretation is sound.")),
            ("Abstract Syntax Trees are trees.", Some("Abstract Syntax Trees are trees.")),
            ("  ", None),
        ] {
            assert_eq!(abstract_text(text).as_deref(), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "(<|>|&|;|/|<jats:title>|</title>|<mml:math>|tex-math|&lt;|é|Abstract| |a){0,40}") {
            let once = plain(&text);
            prop_assert!(once.len() <= text.len() * 2);
            let _ = abstract_text(&text);
        }
    }
}
