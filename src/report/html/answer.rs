//! The answer: what a reader came for, in words, as a meter, and in the papers' own sentences.

use super::{Html, escape, link};
use crate::{
    answer::{Answer, Disagreement, Found, Label},
    paper::PaperId,
    report::{
        meter::meter,
        words::{agreement, byline},
    },
};

impl Html<'_> {
    /// The answer of the report, and those about the reader's further propositions.
    pub(super) fn answer(&mut self) {
        let report = self.report;
        self.push(format!("<p class=\"answer-text\" dir=\"auto\">{}</p>\n", escape(&report.answer.text)));
        self.notices();
        self.answer_body(&report.answer, "meter");
        self.nearest();
        for (at, other) in report.other_answers.iter().enumerate() {
            let asked = other.proposition.as_deref().unwrap_or_default();
            self.push(format!(
                "<section class=\"other-answer\" aria-labelledby=\"other-{at}\">\n<h3 id=\"other-{at}\" dir=\"auto\">{}</h3>\n<p>{}</p>\n",
                escape(asked),
                escape(&other.text)
            ));
            self.answer_body(other, &format!("meter-{at}"));
            self.push("</section>\n");
        }
    }

    /// What stands under the answer's words; where too few papers take a side, what they find comes before the meter.
    fn answer_body(&mut self, answer: &Answer, id: &str) {
        let asked = answer.proposition.as_deref().filter(|_| id == "meter");
        if let Some(asked) = asked {
            self.push(format!(
                "<p class=\"asked fine\">Asked of each paper: <q dir=\"auto\">{}</q></p>\n",
                escape(asked)
            ));
        }
        let leads = answer.label != Label::List;
        if leads {
            self.push(meter(answer.counts, id));
        }
        if let Some(disagreement) = &answer.disagreement {
            self.disagreement(answer, disagreement);
        }
        self.sizes(answer);
        self.findings(answer);
        if !leads {
            self.push(meter(answer.counts, id));
        }
    }

    fn notices(&mut self) {
        let report = self.report;
        let cancelled = report.cancelled.then_some("Cancelled: this report covers what had been found until then.");
        for notice in report.notice.as_deref().into_iter().chain(cancelled) {
            self.push(format!("<p class=\"notice\" role=\"note\">{}</p>\n", escape(notice)));
        }
    }

    /// The strongest finding for and against, side by side, and what the two papers state differently.
    fn disagreement(
        &mut self,
        answer: &Answer,
        Disagreement { on_one_side, on_the_other, differences }: &Disagreement,
    ) {
        self.push("<div class=\"pair\">\n");
        for (class, heading, paper) in
            [("yes", "Strongest for", on_one_side), ("no", "Strongest against", on_the_other)]
        {
            let side = self.side(answer, paper);
            self.push(format!("<div class=\"side {class}\">\n<h3>{heading}</h3>\n{side}</div>\n"));
        }
        self.push("</div>\n");
        if !differences.is_empty() {
            self.push(format!(
                "<p class=\"differences\">The two papers differ in {}.</p>\n",
                escape(&differences.join("; "))
            ));
        }
    }

    /// One side of a disagreement: who says it, what, and how many say the same.
    fn side(&self, answer: &Answer, paper: &PaperId) -> String {
        let found = answer.findings.iter().find(|found| found.papers.first() == Some(paper));
        let finding = self.report.row(paper).and_then(|row| row.finding.as_ref());
        let quote = finding.map_or(String::new(), |finding| self.quote(finding));
        let who = self.report.reference(paper).map_or(String::new(), byline);
        format!(
            "<p class=\"fine\">{} {}</p>\n<blockquote dir=\"auto\">{quote}</blockquote>\n<p class=\"fine\">{}</p>\n",
            escape(&who),
            self.mark(paper),
            found.map_or(String::new(), |found| self.others(found))
        )
    }

    fn others(&self, found: &Found) -> String {
        agreement(found, |paper| self.mark(paper))
    }

    /// The findings that no pair shows.
    fn findings(&mut self, answer: &Answer) {
        let pair = answer.disagreement.iter().flat_map(|pair| [&pair.on_one_side, &pair.on_the_other]);
        let shown: Vec<&PaperId> = pair.chain(answer.sizes.iter().map(|size| &size.paper)).collect();
        let findings =
            answer.findings.iter().filter(|found| !found.papers.iter().take(1).any(|paper| shown.contains(&paper)));
        let items: Vec<String> = findings.map(|found| self.found(found)).collect();
        if items.is_empty() {
            return;
        }
        let heading = if shown.is_empty() { "What the papers find" } else { "What others find" };
        self.push(format!("<h3>{heading}</h3>\n<ul class=\"findings\">\n{}</ul>\n", items.concat()));
    }

    fn found(&self, found: &Found) -> String {
        let Some(paper) = found.papers.first() else { return String::new() };
        let row = self.report.row(paper);
        let finding =
            row.into_iter().flat_map(|row| [&row.finding, &row.second]).flatten().find(|f| f.text == found.text);
        let quote = finding.map_or_else(|| format!("“{}”", escape(&found.text)), |finding| self.quote(finding));
        let others = self.others(found);
        let others = if others.is_empty() { others } else { format!("<span class=\"basis fine\">{others}</span>") };
        format!("<li><span class=\"quote\" dir=\"auto\">{quote}</span> {}{others}</li>\n", self.mark(paper))
    }

    fn sizes(&mut self, answer: &Answer) {
        if answer.sizes.is_empty() {
            return;
        }
        self.table("Sizes that the papers state", &["Size", "Where", "Paper"]);
        for size in &answer.sizes {
            let row = format!(
                "<tr><th scope=\"row\">{}</th><td dir=\"auto\">“{}”</td><td>{}</td></tr>\n",
                escape(&size.sizes.join("; ")),
                escape(&size.text),
                self.mark(&size.paper)
            );
            self.push(row);
        }
        self.end_table();
    }

    /// Where no paper answers: the works set aside that came nearest.
    fn nearest(&mut self) {
        let nearest = self.report.nearest();
        if nearest.is_empty() {
            return;
        }
        self.push("<h3>Nearest works</h3>\n<ul class=\"findings\">\n");
        for work in nearest {
            let title = link(&escape(&work.title), &work.url);
            self.push(format!(
                "<li><cite dir=\"auto\">{title}</cite> <span class=\"fine\">{}</span></li>\n",
                escape(&work.reason)
            ));
        }
        self.push("</ul>\n");
    }
}
