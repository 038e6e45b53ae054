//! The panel's sheet: every criterion with its number, its rating, its rule and what lost points.

use super::{Html, claim_link, escape};
use crate::review::{Criterion, Lost, WHAT_THE_PANEL_IS};
use std::fmt::Write;

impl Html<'_> {
    pub(super) fn panel(&mut self) {
        let review = &self.report.review;
        self.push(format!(
            "<p>{}</p>\n<p class=\"score\"><strong>{:.1}</strong> of 10 <span class=\"chip\">{}</span></p>\n<p>{}</p>\n",
            escape(WHAT_THE_PANEL_IS),
            review.score,
            review.rating,
            escape(&review.explanation())
        ));
        for reviewer in &review.reviewers {
            let caption = format!(
                "{} {}, weight {:.2}: {} Rated {:.1}",
                reviewer.id, reviewer.name, reviewer.weight, reviewer.asks, reviewer.rating
            );
            self.table(&caption, &["Criterion", "Found", "Rating"]);
            for criterion in &reviewer.criteria {
                self.criterion(criterion);
            }
            self.end_table();
        }
    }

    fn criterion(&mut self, criterion: &Criterion) {
        let lost = self.lost(&criterion.lost);
        let lost = if lost.is_empty() { lost } else { format!("<br><span class=\"fine\">lost by {lost}</span>") };
        let row = format!(
            "<tr><th scope=\"row\">{}<br><span class=\"fine\">{}</span></th><td>{}{lost}</td><td class=\"number\">{}</td></tr>\n",
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
