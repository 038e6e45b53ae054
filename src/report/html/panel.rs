//! The panel: one table of the five reviewers; every criterion with its rule and what lost points, folded.

use super::{Html, claim_link, escape};
use crate::{
    report::words::score,
    review::{Criterion, Lost, Rating, WHAT_THE_PANEL_IS},
};
use std::fmt::Write;

impl Html<'_> {
    pub(super) fn panel(&mut self) {
        let report = self.report;
        let review = &report.review;
        self.push(format!(
            "<p class=\"score\">{}</p>\n<p>{}</p>\n",
            escape(&score(report).join(" ")),
            escape(WHAT_THE_PANEL_IS)
        ));
        self.table("The five reviewers", &["Reviewer", "Asks", "Weight", "Rating"]);
        for reviewer in &review.reviewers {
            self.push(format!(
                "<tr><th scope=\"row\">{} {}</th><td>{}</td><td class=\"number\">{:.2}</td><td class=\"number\">{:.1}</td></tr>\n",
                reviewer.id, reviewer.name, reviewer.asks, reviewer.weight, reviewer.rating
            ));
        }
        self.end_table();
        self.push("<details>\n<summary>Every criterion, with its rule and what lost points</summary>\n");
        self.push(format!("<p class=\"fine\">In words: {}.</p>\n", Rating::CUT_OFFS));
        self.table("Criteria", &["Criterion", "Found", "Rating"]);
        for reviewer in &review.reviewers {
            for criterion in &reviewer.criteria {
                self.criterion(&reviewer.id, criterion);
            }
        }
        self.end_table();
        self.push("</details>\n");
    }

    fn criterion(&mut self, reviewer: &str, criterion: &Criterion) {
        let lost = self.lost(&criterion.lost);
        let lost = if lost.is_empty() { lost } else { format!("<br><span class=\"fine\">not met by {lost}</span>") };
        let row = format!(
            "<tr><th scope=\"row\">{reviewer} {}<br><span class=\"fine\">{}</span></th><td>{}{lost}</td><td class=\"number\">{}</td></tr>\n",
            escape(&criterion.name),
            escape(&criterion.rule),
            escape(&criterion.measure.to_string()),
            criterion.rating.map_or("—".into(), |r| format!("{r:.1}"))
        );
        self.push(row);
    }

    fn lost(&self, lost: &Lost) -> String {
        let mut out = lost.claims.iter().map(claim_link).collect::<Vec<_>>().join(" ");
        let _ = write!(out, " {}", self.marks(&lost.papers));
        let sources = lost.sources.iter().map(|s| s.name().to_string());
        let named: Vec<String> = sources.chain(lost.other.iter().map(|o| escape(o))).collect();
        let _ = write!(out, " {}", named.join("; "));
        out.trim().to_string()
    }
}
