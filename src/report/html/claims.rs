//! The claims with their verdicts and evidence, as cards; and the plot of the evidence with its table.

use super::{Html, claim_link, escape, link, or_none, plain_id};
use crate::{
    report::{
        CheckedClaim, plot,
        shown::{NEAREST, of_table, parts, probability, weighed},
        words,
    },
    trace::Work,
    verify::{Evidence, Label},
};

/// The class that colours a label.
fn class(label: Option<Label>) -> &'static str {
    match label {
        Some(Label::Supported) => "supported",
        Some(Label::LeansSupported) => "leans-supported",
        Some(Label::Contested) => "contested",
        Some(Label::LeansRefuted) => "leans-refuted",
        Some(Label::Refuted) => "refuted",
        Some(Label::NotEnoughInfo | Label::Untested) | None => "unsure",
    }
}

impl Html<'_> {
    pub(super) fn claims(&mut self) {
        let report = self.report;
        if report.claims.is_empty() {
            self.push("<p>None.</p>\n");
            return;
        }
        self.push(format!("<p class=\"fine\">{}</p>\n", escape(&report.what_confidence_is())));
        for checked in &report.claims {
            self.claim(checked);
        }
    }

    fn claim(&mut self, checked: &CheckedClaim) {
        let claim = &checked.claim;
        let id = plain_id(&claim.id);
        let confidence = checked
            .confidence()
            .map_or(String::new(), |p| format!("<span class=\"confidence\">confidence {}</span>", probability(p)));
        let cited = self.mark(&claim.at.paper);
        let section = if claim.section.trim().is_empty() { "passage" } else { claim.section.as_str() };
        let place = self.place(&claim.at, &escape(section));
        self.push(format!(
            "<article class=\"claim {0}\" id=\"claim-{id}\" aria-labelledby=\"claim-{id}-heading\">\n\
             <header><h3 id=\"claim-{id}-heading\">{id}</h3><span class=\"chip {0}\">{came_out}</span>\
             {confidence}</header>\n\
             <blockquote dir=\"auto\">{1}</blockquote>\n<p class=\"fine\">{cited} {place}</p>\n",
            class(checked.label()),
            escape(&claim.text),
            came_out = checked.came_out()
        ));
        match &checked.verdict {
            None => self.push("<p class=\"reason\">The run ended before this claim was judged.</p>\n"),
            Some(verdict) => {
                self.push(format!("<p class=\"reason\">{}</p>\n", escape(&verdict.reason)));
                self.evidence("Evidence for", &verdict.evidence_for, true);
                self.evidence("Evidence against", &verdict.evidence_against, true);
                self.evidence(NEAREST, &verdict.nearest, false);
                if let Some(grounded) = &verdict.grounded {
                    self.push("<div class=\"grounded\"><p class=\"fine\">Grounded: its own paper also says (this is no corroboration)</p>\n<ul class=\"evidence\">\n");
                    self.passage(grounded);
                    self.push("</ul></div>\n");
                }
            }
        }
        self.push("</article>\n");
    }

    fn evidence(&mut self, heading: &str, evidence: &[Evidence], open: bool) {
        if evidence.is_empty() {
            return;
        }
        let open = if open { " open" } else { "" };
        self.push(format!(
            "<details{open}>\n<summary>{heading} ({})</summary>\n<ul class=\"evidence\">\n",
            evidence.len()
        ));
        for e in evidence {
            self.passage(e);
        }
        self.push("</ul>\n</details>\n");
    }

    fn passage(&mut self, e: &Evidence) {
        let quoted = self.passages.iter().position(|at| *at == e.at);
        let (before, quote, after) = if quoted.is_some() { ("", e.quote.as_str(), "") } else { parts(e) };
        let (id, above) = match quoted {
            Some(at) => (String::new(), format!(" in <a href=\"#passage-{at}\">its passage above</a>")),
            None => (format!(" id=\"passage-{}\"", self.passages.len()), String::new()),
        };
        let row = format!(
            "<li{id}><blockquote dir=\"auto\">{}<mark>{}</mark>{}</blockquote>\n<p class=\"fine\">{} {}{above} · {}</p></li>\n",
            escape(before),
            escape(quote),
            escape(after),
            self.mark(&e.at.paper),
            self.place(&e.at, &of_table(e).map_or_else(|| "open the paper".into(), |place| escape(&place))),
            weighed(e)
        );
        self.push(row);
        if quoted.is_none() {
            self.passages.push(e.at.clone());
        }
    }

    pub(super) fn second_hand(&mut self) {
        let report = self.report;
        if report.second_hand.is_empty() {
            return;
        }
        self.push(format!(
            "<h3>Second-hand claims</h3>\n<p>{}</p>\n<ul class=\"second-hand\">\n",
            escape(words::SECOND_HAND)
        ));
        for (index, claim) in report.second_hand.iter().enumerate() {
            let (mark, place) = (self.mark(&claim.at.paper), self.place(&claim.at, &escape(&claim.section)));
            self.push(format!(
                "<li><span class=\"quote\" dir=\"auto\">“{}”</span> <span class=\"fine\">{mark} {place}</span>",
                escape(&claim.text)
            ));
            for trace in report.traces.iter().filter(|trace| trace.claim == index) {
                let (before, after) = words::traced(trace);
                let named = |work: &Work| link(&escape(&work.named()), &work.url);
                let work = trace.work.as_ref().map_or_else(String::new, named);
                self.push(format!("\n<p class=\"fine\">{before} {work}{}</p>", escape(&after)));
            }
            self.push("</li>\n");
        }
        self.push("</ul>\n");
    }

    pub(super) fn plot(&mut self) {
        let report = self.report;
        let Some(svg) = plot::evidence(report) else { return };
        self.push(format!(
            "<figure>\n{svg}\n<figcaption><span class=\"key for\">● for</span> <span class=\"key against\">◆ against</span> \
             Strongest sentence of another paper for and against each claim; lines mark the thresholds.</figcaption>\n\
             <details>\n<summary>The same as a table</summary>\n"
        ));
        self.table(
            "Strongest evidence for and against each claim",
            &["Claim", "Verdict", "For", "Against", "Passages tested"],
        );
        for checked in &report.claims {
            let (for_it, against) = plot::strongest(checked);
            let shown = |p: Option<f32>| or_none(p.map_or(String::new(), probability));
            self.push(format!(
                "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                claim_link(&checked.claim.id),
                checked.came_out(),
                shown(for_it),
                shown(against),
                checked.verdict.as_ref().map_or(0, |v| v.tested)
            ));
        }
        self.end_table();
        self.push("</details>\n</figure>\n");
    }
}
