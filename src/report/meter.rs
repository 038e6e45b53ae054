//! The meter: a bar of the papers that take a side, one part a stance, and its legend. Each stance has a pattern of its
//! own, so that nothing hangs on colour; the legend says the same in words and numbers. Coloured by class and never by
//! style attributes, which the page's CSP refuses.

use super::words::{papers_with, sides, stance, stance_name};
use crate::{answer::Counts, stance::Stance};
use std::fmt::Write;

/// Length of the bar, in user units.
const LENGTH: f32 = 600.0;
/// Height of the bar, in user units.
const HEIGHT: f32 = 28.0;
/// Room between two parts, in user units.
const GAP: f32 = 3.0;

/// The patterns over the parts' colours: a name, the side of its tile in user units, what is drawn in it. *Yes* is plain.
const PATTERNS: [(&str, f32, &str); 3] = [
    ("mixed", 8.0, "M-2 2 2-2M0 8 8 0M6 10 10 6"),
    ("no-difference", 7.0, "M0 3.5H7"),
    ("no", 8.0, "M0 0 8 8M8 0 0 8"),
];

/// The bar and its legend; nothing where no paper takes a side. `id` keeps the ids of two meters apart.
pub fn meter(counts: Counts, id: &str) -> String {
    if counts.sided() == 0 {
        return String::new();
    }
    format!("<div class=\"meter\">\n{}\n{}</div>\n", bar(counts, id), legend(counts, id))
}

fn bar(counts: Counts, id: &str) -> String {
    let sided: Vec<(Stance, usize)> = taken(counts).filter(|(side, _)| *side != Stance::Silent).collect();
    let said: Vec<String> = sided.iter().map(|(side, papers)| papers_with(*papers, *side)).collect();
    let mut svg = format!(
        "<svg class=\"bar\" viewBox=\"0 0 {LENGTH} {HEIGHT}\" role=\"img\" aria-labelledby=\"{id}-title\"><title \
         id=\"{id}-title\">Of {} papers that take a side: {}</title><defs>",
        counts.sided(),
        said.join(", ")
    );
    for (name, side, drawn) in PATTERNS {
        let _ = write!(
            svg,
            "<pattern id=\"{id}-{name}\" width=\"{side}\" height=\"{side}\" patternUnits=\"userSpaceOnUse\"><path \
             class=\"stroke\" d=\"{drawn}\"/></pattern>"
        );
    }
    svg.push_str("</defs>");
    let room = LENGTH - GAP * (sided.len() as f32 - 1.0);
    let mut left = 0.0;
    for (side, papers) in sided {
        let width = room * papers as f32 / counts.sided() as f32;
        let _ = write!(svg, "<g data-stance=\"{}\">{}</g>", stance_name(side), part(side, id, left, width, HEIGHT));
        left += width + GAP;
    }
    svg.push_str("</svg>");
    svg
}

/// A rectangle in a stance's colour, and its pattern over it.
fn part(side: Stance, id: &str, left: f32, width: f32, height: f32) -> String {
    let name = stance_name(side);
    let place = format!("x=\"{left:.1}\" width=\"{width:.1}\" height=\"{height}\"");
    let mut svg = format!("<rect class=\"part {name}\" {place}/>");
    if PATTERNS.iter().any(|(pattern, ..)| *pattern == name) {
        let _ = write!(svg, "<rect {place} fill=\"url(#{id}-{name})\"/>");
    }
    svg
}

/// The legend: in the page, what filters the table of papers.
fn legend(counts: Counts, id: &str) -> String {
    let mut list = String::from("<ul class=\"legend\">\n");
    for (side, papers) in taken(counts) {
        let words = match (side, papers) {
            (Stance::Silent, 2..) => "take no side",
            _ => stance(side),
        };
        let _ = writeln!(
            list,
            "<li data-stance=\"{}\"><svg class=\"swatch\" viewBox=\"0 0 14 14\" aria-hidden=\"true\">{}</svg><b>{papers}</b> \
             {words}</li>",
            stance_name(side),
            part(side, id, 0.0, 14.0, 14.0)
        );
    }
    list.push_str("</ul>\n");
    list
}

/// The stances that some paper takes.
fn taken(counts: Counts) -> impl Iterator<Item = (Stance, usize)> {
    sides(counts).into_iter().filter(|(_, papers)| *papers > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_as_long_as_their_papers_are_many() {
        let svg = bar(Counts { yes: 3, no: 1, silent: 7, ..Counts::default() }, "m");
        let widths: Vec<f32> = svg
            .split("<g ")
            .skip(1)
            .filter_map(|part| part.split("width=\"").nth(1)?.split('"').next()?.parse().ok())
            .collect();
        let [yes, no] = widths[..] else { panic!("{svg}") };
        assert!((yes - 3.0 * no).abs() < 0.5, "{svg}");
        assert!((yes + no + GAP - LENGTH).abs() < 0.2, "{svg}");
        assert!(svg.contains("Of 4 papers that take a side: 3 yes, 1 no"), "{svg}");
    }

    #[test]
    fn silent_papers_are_in_the_legend_and_not_in_the_bar() {
        let both = meter(Counts { yes: 1, silent: 2, ..Counts::default() }, "m");
        assert_eq!(both.matches("data-stance=\"silent\"").count(), 1);
        assert!(both.contains("<b>2</b> take no side"), "{both}");
        assert_eq!(meter(Counts { silent: 2, ..Counts::default() }, "m"), "");
    }
}
