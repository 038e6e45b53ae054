//! The table of papers: what each finds on the question, and what it studied. On a phone its rows become cards.

use super::{Html, escape, link};
use crate::{
    paper::Reading,
    report::{
        PaperRow,
        words::{kind, side_of, stance_name, studied},
    },
    stance::Finding,
};
use std::fmt::Write;

/// Columns of the table, in order; those of a question without a proposition begin with the second.
const COLUMNS: [&str; 7] = ["Stance", "Paper and finding", "Year", "Studied", "Whose", "Read", "Relevance"];

impl Html<'_> {
    pub(super) fn papers(&mut self) {
        let report = self.report;
        if report.papers.is_empty() {
            return;
        }
        let asked = report.answer.proposition.is_some();
        self.push("<div class=\"papers-table\">\n");
        self.table("Papers, the most direct first", &COLUMNS[usize::from(!asked)..]);
        for row in &report.papers {
            let html = self.paper(row, asked);
            self.push(html);
        }
        self.end_table();
        self.push("</div>\n");
    }

    fn paper(&self, row: &PaperRow, asked: bool) -> String {
        let (name, said) = (stance_name(row.stance), side_of(row));
        // The meter's parts filter by the side that a paper is counted on.
        let mut html = format!("<tr data-stance=\"{}\">", row.counted().map_or("", stance_name));
        if asked {
            let sure = row.sureness().map_or(String::new(), |sure| format!(" <small>{:.0} %</small>", 100.0 * sure));
            let _ = write!(
                html,
                "<td data-label=\"{}\"><span class=\"stance {name}\">{said}</span>{sure}</td>",
                COLUMNS[0]
            );
        }
        let finding = row.finding.as_ref().map_or_else(
            || "<p class=\"none\">no sentence that states a finding could be read</p>".into(),
            |finding| format!("<p class=\"finding\" dir=\"auto\">{}</p>", self.quote(finding)),
        );
        let second = row.second.as_ref().map_or(String::new(), |second| {
            format!(
                "<details><summary>next best sentence</summary><p dir=\"auto\">{}</p></details>",
                self.quote(second)
            )
        });
        let reference = self.report.reference(&row.id);
        let title = reference.map_or_else(|| escape(&row.title), |r| link(&escape(&row.title), &r.url));
        let _ = write!(
            html,
            "<th scope=\"row\"><cite dir=\"auto\">{title}</cite> {}{finding}{second}</th>",
            self.mark(&row.id)
        );
        let read = match row.reading {
            Reading::FullText => "full text",
            Reading::Abstract => "abstract",
            Reading::Nothing => "title",
        };
        let cells = [
            row.year.map_or(String::new(), |year| year.to_string()),
            self.studied(row),
            row.finding.as_ref().map_or(String::new(), |finding| kind(finding.kind).into()),
            read.into(),
            format!("{:.2}", row.relevance),
        ];
        for (column, cell) in COLUMNS[2..].iter().zip(cells) {
            let cell = if cell.is_empty() { "<span class=\"none\">not stated</span>".into() } else { cell };
            let _ = write!(html, "<td data-label=\"{column}\">{cell}</td>");
        }
        html.push_str("</tr>\n");
        html
    }

    /// What the paper states of its study; a name of ours has the words that state it beside it.
    fn studied(&self, row: &PaperRow) -> String {
        let line = |(what, stated): (&str, &crate::study::Stated)| {
            let quote = self.place(&stated.at, &escape(&stated.quote));
            let named =
                if stated.value == stated.quote { String::new() } else { format!("{} ", escape(&stated.value)) };
            format!("<span class=\"stated\" title=\"{what}\">{named}<q dir=\"auto\">{quote}</q></span>")
        };
        studied(&row.study).map(line).collect()
    }

    /// A sentence in quotation marks, linked to where it stands.
    pub(super) fn quote(&self, finding: &Finding) -> String {
        let quoted = format!("“{}”", escape(&finding.text));
        self.report.sentence_address(finding).map_or_else(|| quoted.clone(), |url| link(&quoted, &url))
    }
}
