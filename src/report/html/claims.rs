//! The claims with their verdicts and evidence, as cards; and the plot of the evidence with its table.

use super::{Html, claim_link, escape, or_none, plain_id};
use crate::{
    report::{
        CheckedClaim, Standing, plot,
        shown::{compared, parts, probability},
    },
    verify::Evidence,
};

/// The class that colours a standing.
fn class(standing: Standing) -> &'static str {
    match standing {
        Standing::Supported => "supported",
        Standing::Refuted => "refuted",
        Standing::Contested => "contested",
        Standing::NotEnoughInfo | Standing::Untested | Standing::NotJudged => "unsure",
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
        let (claim, standing) = (&checked.claim, checked.standing);
        let id = plain_id(&claim.id);
        let confidence = checked.confidence().map_or("—".into(), probability);
        let cited = self.mark(&claim.at.paper);
        let section = if claim.section.trim().is_empty() { "passage" } else { claim.section.as_str() };
        let place = self.place(&claim.at, &escape(section));
        self.push(format!(
            "<article class=\"claim {0}\" id=\"claim-{id}\" aria-labelledby=\"claim-{id}-heading\">\n\
             <header><h3 id=\"claim-{id}-heading\">{id}</h3><span class=\"chip {0}\">{standing}</span>\
             <span class=\"confidence\">confidence {confidence}</span></header>\n\
             <blockquote dir=\"auto\">{1}</blockquote>\n<p class=\"fine\">{cited} {place}</p>\n",
            class(standing),
            escape(&claim.text)
        ));
        match &checked.verdict {
            None => self.push("<p class=\"reason\">The run ended before this claim was judged.</p>\n"),
            Some(verdict) => {
                self.push(format!("<p class=\"reason\">{}</p>\n", escape(&verdict.reason)));
                if let Some(opposite) = checked.opposite() {
                    let quoted = escape(opposite);
                    self.push(format!(
                        "<p class=\"fine\">Opposite claim, tested as a control: <q dir=\"auto\">{quoted}</q></p>\n"
                    ));
                }
                let shown = [Standing::Supported, Standing::Contested].contains(&standing);
                self.evidence("Evidence for", &verdict.evidence_for, shown);
                let shown = [Standing::Refuted, Standing::Contested].contains(&standing);
                self.evidence("Evidence against", &verdict.evidence_against, shown);
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
        let (before, quote, after) = parts(e);
        let quoted = self.passages.iter().position(|at| *at == e.at);
        let (before, after) = if quoted.is_some() { ("", "") } else { (before, after) };
        let (id, above) = match quoted {
            Some(at) => (String::new(), format!(" in <a href=\"#passage-{at}\">its passage above</a>")),
            None => (format!(" id=\"passage-{}\"", self.passages.len()), String::new()),
        };
        if quoted.is_none() {
            self.passages.push(e.at.clone());
        }
        let p = e.probability;
        let row = format!(
            "<li{id}><blockquote dir=\"auto\">{}<mark>{}</mark>{}</blockquote>\n<p class=\"fine\">{} {}{above} · entails {}, neutral {}, \
             contradicts {}{}</p></li>\n",
            escape(before),
            escape(quote),
            escape(after),
            self.mark(&e.at.paper),
            self.place(&e.at, "open the paper"),
            probability(p.entailment),
            probability(p.neutral),
            probability(p.contradiction),
            compared(e)
        );
        self.push(row);
    }

    pub(super) fn second_hand(&mut self) {
        let report = self.report;
        if report.second_hand.is_empty() {
            return;
        }
        self.push(
            "<h3>Second-hand claims: not checked at source</h3>\n<p>These sentences report somebody else's result. They \
             were neither tested nor counted.</p>\n<ul class=\"second-hand\">\n",
        );
        for claim in &report.second_hand {
            let (mark, place) = (self.mark(&claim.at.paper), self.place(&claim.at, &escape(&claim.section)));
            self.push(format!(
                "<li><span class=\"quote\" dir=\"auto\">“{}”</span> <span class=\"fine\">{mark} {place}</span></li>\n",
                escape(&claim.text)
            ));
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
                checked.standing,
                shown(for_it),
                shown(against),
                checked.verdict.as_ref().map_or(0, |v| v.tested)
            ));
        }
        self.end_table();
        self.push("</details>\n</figure>\n");
    }
}
