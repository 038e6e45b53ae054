//! Markup out of titles and abstracts: HTML and JATS tags, entities. LaTeX between dollars stays.
//!
//! Why not an HTML parser: in `$a<b$` or `p<0.05` it would take text for a tag and swallow what follows. Here only the
//! tags that sources really send are tags; every other `<` is text.

use crate::text::normalize;
use std::borrow::Cow;

/// Tags without a prefix that sources send in titles and abstracts (HTML, JATS, MathML, Springer's `<Emphasis>`…).
const TAGS: &str = "a abstract alternatives article-title b blockquote bold br caption center code div dl dt dd disp-formula \
    em emphasis ext-link fig fn font formula h1 h2 h3 h4 h5 h6 hr i inf inline-formula italic label li list \
    list-item math mi mn mo monospace mrow mstyle msub msubsup msup mtext named-content ol p para pre s sc \
    scp sec small span strong sub sup sans-serif styled-content table tbody td tex-math th title tr tt u ul \
    underline xref";
/// Tags whose ends separate words; the others stand within a word, as in `H<sub>2</sub>O`.
const BLOCKS: &str = "abstract blockquote br caption center dd disp-formula div dl dt fig h1 h2 h3 h4 h5 h6 hr li list \
    list-item ol p para pre sec td tr ul";
/// Named entities of titles and abstracts, `name=character` (HTML Living Standard, named character references).
const ENTITIES: &str = "amp=& lt=< gt=> quot=\" apos=' lsquo=‘ rsquo=’ ldquo=“ rdquo=” ndash=– mdash=— hellip=… deg=° micro=µ \
    mu=μ plusmn=± times=× minus=− middot=· le=≤ leq=≤ ge=≥ geq=≥ ne=≠ asymp=≈ alpha=α beta=β gamma=γ delta=δ epsilon=ε \
    kappa=κ lambda=λ pi=π sigma=σ omega=ω auml=ä ouml=ö uuml=ü szlig=ß eacute=é egrave=è aacute=á agrave=à iacute=í \
    oacute=ó uacute=ú ccedil=ç ntilde=ñ oslash=ø aring=å reg=® trade=™ copy=©";
/// Passes over a text: some sources escape their escapes (`&amp;lt;i&amp;gt;`).
const PASSES: usize = 3;

/// Plain text, [normalised](normalize). Headings inside an abstract end in a colon; a first one that only says
/// "Abstract" is dropped.
#[must_use]
pub fn plain(text: &str) -> String {
    let mut text = Cow::Borrowed(text);
    for _ in 0..PASSES {
        let stripped = unescape(&strip(&text)).into_owned();
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

/// Removes known tags, with the MathML twin of a formula that is also there as TeX.
fn strip(text: &str) -> String {
    let has_tex = text.contains("tex-math");
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(tag) = Tag::at(rest) else {
            plain.push('<');
            rest = &rest[1..];
            continue;
        };
        rest = &rest[tag.bytes..];
        match tag.name.as_str() {
            "math" if has_tex && !tag.closing => {
                rest = rest.find("math>").map_or("", |end| &rest[end + "math>".len()..])
            }
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

/// Whether a space-separated list has the word.
fn among(list: &str, word: &str) -> bool {
    list.split(' ').any(|listed| listed == word)
}

struct Tag {
    /// Lower case, without namespace prefix.
    name: String,
    closing: bool,
    /// Length of the tag in the text.
    bytes: usize,
}

impl Tag {
    /// The known tag, comment or processing instruction that `text` begins with.
    fn at(text: &str) -> Option<Self> {
        let inner = text.strip_prefix('<')?;
        if inner.starts_with("!--") {
            let bytes = text.find("-->").map_or(text.len(), |end| end + 3);
            return Some(Self { name: String::new(), closing: false, bytes });
        }
        let end = inner.find(['<', '>']).filter(|&end| inner.as_bytes()[end] == b'>')?;
        let (closing, body) = inner[..end].strip_prefix('/').map_or((false, &inner[..end]), |body| (true, body));
        let body = body.strip_suffix('/').unwrap_or(body);
        let (name, attributes) = body.split_at(body.find(char::is_whitespace).unwrap_or(body.len()));
        let name = name.to_ascii_lowercase();
        let (prefix, local) = name.split_once(':').unwrap_or(("", &name));
        let known =
            matches!(prefix, "jats" | "mml" | "m" | "ce" | "sb" | "xocs") || (prefix.is_empty() && among(TAGS, local));
        // `a<b and c>d` is no tag: attributes have values.
        let plausible = attributes.trim().is_empty() || attributes.contains('=');
        let name = local.to_owned();
        (known && plausible).then_some(Self { name, closing, bytes: end + 2 })
    }
}

/// Replaces the entities that HTML and XML sources send; an unknown one stays as it is.
fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let entity = rest[1..]
            .find(';')
            .filter(|&end| (1..=10).contains(&end))
            .and_then(|end| Some((entity(&rest[1..=end])?, end + 2)));
        let (c, bytes) = entity.unwrap_or(('&', 1));
        plain.push(c);
        rest = &rest[bytes..];
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// The character of an entity's name or number (between `&` and `;`).
fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    if matches!(name, "nbsp" | "thinsp" | "ensp" | "emsp") {
        return Some(' ');
    }
    let (_, c) = ENTITIES.split(' ').filter_map(|pair| pair.split_once('=')).find(|(known, _)| *known == name)?;
    c.chars().next()
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
    fn a_formula_is_not_written_twice() {
        let text = "of <jats:inline-formula><jats:alternatives><jats:tex-math>$$x$$</jats:tex-math><mml:math><mml:mi>x</mml:mi></mml:math>\
                    </jats:alternatives></jats:inline-formula> gears";
        assert_eq!(plain(text), "of $$x$$ gears");
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
