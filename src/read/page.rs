//! Pages from elsewhere: how deep they nest, and what of them a reader does not see.

use scraper::node::Element;

/// Elements without content, which open nothing.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// How deep the tags of `html` nest, counted without building the tree: an upper bound, because an element whose end
/// tag is left out counts as open. Takes linear time, so that a hostile page is refused before it costs anything.
pub(super) fn deepest(html: &str) -> usize {
    let (mut depth, mut deepest) = (0usize, 0);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let (closes, name_from) = rest.strip_prefix('/').map_or((false, rest), |name| (true, name));
        let name_end = name_from.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name_from.len());
        let name = &name_from[..name_end];
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let tag_end = name_from.find('>').unwrap_or(name_from.len());
        let closed_in_place = name_from[..tag_end].ends_with('/');
        rest = &name_from[tag_end..];
        if closes {
            depth = depth.saturating_sub(1);
        } else if !closed_in_place && !VOID.iter().any(|void| name.eq_ignore_ascii_case(void)) {
            depth += 1;
            deepest = deepest.max(depth);
        }
    }
    deepest
}

/// True where a reader does not see the element: hidden, transparent, white on white, tiny, or moved off the page.
pub(super) fn is_hidden(element: &Element) -> bool {
    element.attr("hidden").is_some()
        || element.attr("aria-hidden") == Some("true")
        || element.attr("style").is_some_and(|style| style.split(';').any(hides))
}

/// One declaration of a style attribute.
fn hides(declaration: &str) -> bool {
    let Some((property, value)) = declaration.split_once(':') else { return false };
    let property = property.trim().to_ascii_lowercase();
    let value: String = value.to_ascii_lowercase().split_whitespace().collect();
    let value = value.trim_end_matches("!important");
    match property.as_str() {
        "display" => value == "none",
        "visibility" => matches!(value, "hidden" | "collapse"),
        "opacity" | "fill-opacity" => value.trim_end_matches('%').parse::<f32>().is_ok_and(|opacity| opacity < 0.1),
        // LaTeXML writes TeX's colours as a custom property.
        "text-decoration" | "text-decoration-line" => value.contains("line-through"),
        "transform" => value.contains("scale(0)"),
        "clip" => value.starts_with("rect(0"),
        "clip-path" => matches!(value, "inset(100%)" | "inset(50%)" | "circle(0)"),
        "height" | "width" | "max-height" | "max-width" => matches!(value, "0" | "0px" | "0pt" | "0em"),
        "color" | "--ltx-fg-color" => is_invisible_colour(value),
        "font-size" => is_tiny(value),
        "left" | "top" | "right" | "bottom" | "text-indent" | "margin-left" => {
            number(value).is_some_and(|px| px < -500.0)
        }
        _ => false,
    }
}

/// White, nearly white, or transparent.
fn is_invisible_colour(value: &str) -> bool {
    if let Some(hex) = value.strip_prefix('#') {
        // Channels of 0xf0 and above cannot be told from the page's white.
        return match hex.len() {
            3 | 4 => hex.bytes().take(3).all(|digit| digit == b'f') || hex.get(3..) == Some("0"),
            6 | 8 => hex.bytes().take(6).step_by(2).all(|digit| digit == b'f') || hex.get(6..) == Some("00"),
            _ => false,
        };
    }
    if let Some(parts) = value.strip_prefix("hsl(").or_else(|| value.strip_prefix("hsla(")) {
        let parts: Vec<f32> = parts.trim_end_matches(')').split([',', '/']).filter_map(number).collect();
        // Lightness of 94 % is a channel of 240.
        return parts.get(2).is_some_and(|&lightness| lightness >= 94.0)
            || parts.get(3).is_some_and(|&alpha| alpha < 0.1);
    }
    if let Some(channels) = value.strip_prefix("rgb(").or_else(|| value.strip_prefix("rgba(")) {
        let channels: Vec<f32> = channels.trim_end_matches(')').split([',', '/']).filter_map(number).collect();
        return channels.len() >= 3
            && (channels[..3].iter().all(|&channel| channel >= 240.0)
                || channels.get(3).is_some_and(|&alpha| alpha < 0.1));
    }
    matches!(
        value,
        "white" | "snow" | "ivory" | "ghostwhite" | "whitesmoke" | "floralwhite" | "mintcream" | "transparent"
    )
}

/// Smaller than anyone reads: below 4 pt, or below 30 % (TeX's `\tiny` is 50 %).
fn is_tiny(value: &str) -> bool {
    let Some(size) = number(value) else { return false };
    if value.ends_with('%') {
        size < 30.0
    } else if value.ends_with("em") {
        size < 0.3
    } else {
        size < 4.0
    }
}

/// The number at the start of a CSS value.
fn number(value: &str) -> Option<f32> {
    let end = value.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '-' | '+')).unwrap_or(value.len());
    value[..end].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn hidden_styles_are_known() {
        for style in [
            "display: none",
            "VISIBILITY:hidden",
            "opacity:0",
            "color:#FFFFFF",
            "--ltx-fg-color:#FEFEFE",
            "color: rgb(255, 255, 255) !important",
            "color:rgba(0,0,0,0)",
            "font-size:1px",
            "font-size:10%",
            "left:-9999px",
            "text-decoration: line-through",
            "color: hsl(0, 0%, 100%)",
            "transform: scale(0)",
            "max-height:0",
        ] {
            assert!(hides(style), "{style}");
        }
        for style in [
            "display:inline-block",
            "color:#DA0000",
            "font-size:70%",
            "font-size:8pt",
            "opacity:0.8",
            "bottom:-0.4ex",
            "color",
        ] {
            assert!(!hides(style), "{style}");
        }
    }

    #[test]
    fn depth_counts_open_elements() {
        assert_eq!(deepest("<a><b>x</b><br><img/></a> 1<2 <!-- -->"), 2);
        assert_eq!(deepest(&"<div>".repeat(50_000)), 50_000);
        assert_eq!(deepest("</p></p><p>"), 1);
    }

    proptest! {
        #[test]
        fn no_page_breaks_the_count(html in "[<>/a-z =\"é!-]{0,60}|.{0,40}") {
            deepest(&html);
            hides(&html);
        }
    }
}
