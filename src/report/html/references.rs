//! The papers: references as cited, and what was set aside.

use super::{Html, escape, link};
use crate::report::{
    Reference,
    shown::{self, address, list},
};
use std::fmt::Write;

impl Html<'_> {
    pub(super) fn references(&mut self) {
        let report = self.report;
        if report.references.is_empty() {
            self.push("<p>None.</p>\n");
            return;
        }
        self.push("<ol class=\"references\">\n");
        for reference in &report.references {
            self.push(format!("<li id=\"ref-{}\">{}</li>\n", reference.number, cited(reference)));
        }
        self.push("</ol>\n");
    }

    pub(super) fn excluded(&mut self) {
        let report = self.report;
        if report.excluded.is_empty() {
            return;
        }
        self.push(format!("<details>\n<summary>Papers set aside ({})</summary>\n", report.excluded.len()));
        self.table("Papers set aside, with the reason", &["Paper", "Reason"]);
        for paper in &report.excluded {
            let (title, reason) = (escape(&paper.title), escape(&paper.reason));
            let title = match demonstration_place(&paper.url) {
                Some(id) => format!("<span id=\"{id}\">{title}</span>"),
                None => link(&title, &paper.url),
            };
            self.push(format!("<tr><th scope=\"row\" dir=\"auto\">{title}</th><td>{reason}</td></tr>\n"));
        }
        self.end_table();
        self.push("</details>\n");
    }
}

/// The `id` of a demonstration paper's entry, where the address is one.
fn demonstration_place(url: &str) -> Option<String> {
    address(url)?.strip_prefix('#').map(str::to_string)
}

fn cited(r: &Reference) -> String {
    let mut out = String::new();
    if let Some(word) = r.mark() {
        let _ = write!(out, "<strong class=\"chip refuted\">{}</strong> ", word.to_uppercase());
    }
    let authors: Vec<String> = r.authors.iter().map(|a| escape(a)).collect();
    let _ = write!(out, "{}. ", if authors.is_empty() { "Authors not given".into() } else { list(&authors) });
    let title = escape(&r.title);
    let title = match demonstration_place(&r.url) {
        Some(id) => format!("<span id=\"{id}\">{title}</span>"),
        None => link(&title, &r.url),
    };
    let _ = write!(out, "<cite dir=\"auto\">{title}</cite>. ");
    if let Some(venue) = &r.venue {
        let _ = write!(out, "<i>{}</i>. ", escape(venue));
    }
    let _ = write!(out, "{}. ", r.year.map_or("Year not given".into(), |y| y.to_string()));
    for (label, url) in r.identifiers() {
        let _ = write!(out, "{}. ", link(&escape(&label), &url));
    }
    if r.demonstration {
        out.push_str("<span class=\"fine\">Written for the demonstration, not real literature.</span> ");
    }
    let _ = write!(
        out,
        "<span class=\"fine\">Found by {}; {}.</span>",
        list(&r.sources.iter().map(|s| s.name()).collect::<Vec<_>>()),
        shown::reading(r.reading)
    );
    out
}
