//! GitHub-flavoured Markdown. Whatever comes from outside is escaped, so that it reads as text and nothing else.

use super::{
    CheckedClaim, Kind, PaperRow, Reference, Report, Statement,
    prose::paragraphs,
    shown::{self, NEAREST, address, before_stop, list, of_table, outcome, parts, probability, visible, weighed},
    words::{self, agreement, kind, papers_with, score, side_of, sides, studied},
};
use crate::{
    answer::{Answer, Found},
    claim::{Claim, ClaimId},
    paper::{PaperId, PassageRef},
    record::Citations,
    review::{Lost, Rating, WHAT_THE_PANEL_IS},
    stance::Kind as FindingKind,
    study::Stated,
    verify::Evidence,
};
use std::fmt::Write;

/// The report as Markdown.
#[must_use]
pub fn render(report: &Report) -> String {
    let mut out = Markdown { report, text: String::new(), passages: Vec::new() };
    out.block(format!("# {}", text(&report.title)));
    out.heading("Abstract");
    out.answer();
    // Its first statement is the answer, which stands above.
    out.paragraphs(report.summary.get(1..).unwrap_or_default());
    out.prose("1 Introduction", &report.introduction);
    out.prose("2 Methodology", &report.methodology);
    out.heading("3 Results");
    out.papers();
    out.paragraphs(&report.results);
    out.coverage();
    out.limitations();
    out.warnings();
    out.claims();
    out.second_hand();
    out.references();
    out.excluded();
    out.panel();
    out.provenance();
    out.text
}

/// Text from outside, escaped: one line, every character that Markdown or HTML could read as markup taken literally.
fn text(raw: &str) -> String {
    let raw = visible(raw);
    let raw = raw.trim();
    let mut out = String::with_capacity(raw.len());
    for (i, c) in raw.char_indices() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '|' | '~' | '$' | '!' | '@' | '^' => {
                out.push('\\');
                out.push(c);
            }
            '-' | '+' | '=' if i == 0 => {
                out.push('\\');
                out.push(c);
            }
            // "1. " and "1) " open a list at the start of a line; "www." and "://" make a link and ":word:" an emoji.
            '.' | ')' if starts_list(&raw[..i]) && ends_word(&raw[i + 1..]) => {
                out.push('\\');
                out.push(c);
            }
            '.' if raw[..i].to_ascii_lowercase().ends_with("www") => out.push_str("\\."),
            ':' if !ends_word(&raw[i + 1..]) => out.push_str("\\:"),
            c => out.push(c),
        }
    }
    out
}

fn ends_word(after: &str) -> bool {
    after.is_empty() || after.starts_with(char::is_whitespace)
}

fn starts_list(before: &str) -> bool {
    !before.is_empty() && before.bytes().all(|b| b.is_ascii_digit())
}

/// An address as code; what could end the code, the cell or the line is percent-encoded, as in any sent address.
fn code(url: &str) -> String {
    let mut out = String::from("`");
    for c in visible(url).chars() {
        match c {
            '`' | '|' | '<' | '>' | ' ' => {
                let _ = write!(out, "%{:02X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('`');
    out
}

/// A link where the address may be linked, else its label.
fn link(label: &str, url: &str) -> String {
    match address(url).filter(|u| !u.starts_with('#')) {
        Some(url) => format!("[{label}]({url})"),
        None => label.into(),
    }
}

struct Markdown<'a> {
    report: &'a Report,
    text: String,
    /// Passages already quoted whole: quoted again, only their sentence is shown.
    passages: Vec<PassageRef>,
}

impl Markdown<'_> {
    fn line(&mut self, line: impl AsRef<str>) {
        self.text.push_str(line.as_ref());
        self.text.push('\n');
    }

    fn block(&mut self, block: impl AsRef<str>) {
        self.line(block);
        self.text.push('\n');
    }

    fn heading(&mut self, heading: &str) {
        self.block(format!("## {heading}"));
    }

    /// The answer in words, by side, and in the papers' own sentences.
    fn answer(&mut self) {
        let report = self.report;
        self.block(text(&report.answer.text));
        let cancelled = report.cancelled.then_some("Cancelled: this report covers what had been found until then.");
        for notice in report.notice.as_deref().into_iter().chain(cancelled) {
            self.block(format!("> **{}**", text(notice)));
        }
        self.answer_body(&report.answer);
        for work in report.nearest() {
            self.line(format!("- Near: {}: {}", link(&text(&work.title), &work.url), text(&work.reason)));
        }
        self.line("");
        for other in &report.other_answers {
            self.block(format!("**{}** {}", text(other.proposition.as_deref().unwrap_or_default()), text(&other.text)));
            self.answer_body(other);
        }
    }

    fn answer_body(&mut self, answer: &Answer) {
        let counts = sides(answer.counts).into_iter().filter(|(_, papers)| *papers > 0);
        let counts: Vec<String> = counts.map(|(side, papers)| papers_with(papers, side)).collect();
        if let Some(proposition) = &answer.proposition {
            self.block(format!("**Asked of each paper:** “{}”: {}.", text(proposition), counts.join(" · ")));
        }
        if let Some(disagreement) = &answer.disagreement
            && !disagreement.differences.is_empty()
        {
            let (one, other) = (self.mark(&disagreement.on_one_side), self.mark(&disagreement.on_the_other));
            self.block(format!(
                "{one} and {other} disagree, and differ in {}.",
                text(&disagreement.differences.join("; "))
            ));
        }
        for size in &answer.sizes {
            self.line(format!(
                "- **{}**: “{}” {}",
                text(&size.sizes.join("; ")),
                text(&size.text),
                self.mark(&size.paper)
            ));
        }
        let sized: Vec<&String> = answer.sizes.iter().map(|size| &size.text).collect();
        for found in answer.findings.iter().filter(|found| !sized.contains(&&found.text)) {
            let item = self.found(found);
            self.line(format!("- {item}"));
        }
        self.line("");
    }

    /// A finding with who says it, who says the same and who says otherwise.
    fn found(&self, found: &Found) -> String {
        let own = found.papers.first().map_or(String::new(), |paper| format!(" {}", self.mark(paper)));
        let others = match agreement(found, |paper| self.mark(paper)) {
            none if none.is_empty() => none,
            said => format!(" ({said})"),
        };
        format!("“{}”{own}{others}", text(&found.text))
    }

    fn papers(&mut self) {
        let report = self.report;
        if report.papers.is_empty() {
            return;
        }
        self.line("| Stance | Paper | What it finds | Year | Studied | Read | Relevance |");
        self.line("|---|---|---|---|---|---|---|");
        for row in &report.papers {
            let line = self.paper(row);
            self.line(line);
        }
        self.line("");
    }

    fn paper(&self, row: &PaperRow) -> String {
        let finding = row.finding.as_ref().map_or_else(
            || "no sentence that states a finding could be read".into(),
            |finding| {
                let quoted = format!("“{}”", text(&finding.text));
                let whose = if finding.kind == FindingKind::Finding {
                    String::new()
                } else {
                    format!(" ({})", kind(finding.kind))
                };
                self.report.sentence_address(finding).map_or_else(|| quoted.clone(), |url| link(&quoted, &url)) + &whose
            },
        );
        let stated = |(what, stated): (&str, &Stated)| match &stated.value {
            value if *value == stated.quote => format!("{what}: “{}”", text(value)),
            value => format!("{what}: {} (“{}”)", text(value), text(&stated.quote)),
        };
        format!(
            "| {} | {} {} | {finding} | {} | {} | {} | {:.2} |",
            side_of(row),
            text(&row.title),
            self.mark(&row.id),
            row.year.map_or("—".into(), |year| year.to_string()),
            studied(&row.study).map(stated).collect::<Vec<_>>().join("; "),
            shown::reading(row.reading),
            row.relevance
        )
    }

    fn prose(&mut self, heading: &str, statements: &[Statement]) {
        self.heading(heading);
        self.paragraphs(statements);
    }

    fn paragraphs(&mut self, statements: &[Statement]) {
        for paragraph in paragraphs(statements) {
            let mut line = paragraph.topic.map_or(String::new(), |t| format!("**{}.** ", text(t)));
            let sentences: Vec<String> = paragraph.sentences.iter().map(|s| self.sentence(s)).collect();
            line.push_str(&sentences.join(" "));
            self.block(line);
            for finding in &paragraph.findings {
                let sentences: Vec<String> = finding.iter().map(|s| self.sentence(s)).collect();
                self.line(format!("- {}", sentences.join(" ")));
            }
            if !paragraph.findings.is_empty() {
                self.line("");
            }
        }
    }

    fn limitations(&mut self) {
        self.heading("4 Limitations");
        for statement in &self.report.limitations {
            let sentence = self.sentence(statement);
            self.line(format!("- {sentence}"));
        }
        self.line("");
    }

    fn sentence(&self, statement: &Statement) -> String {
        let marks: Vec<String> = statement.papers.iter().map(|p| self.mark(p)).collect();
        if statement.kind == Kind::Quoted {
            let links: Vec<String> = statement.claims.iter().map(claim_link).collect();
            return format!("“{}” {} ({})", text(&statement.text), marks.join(" "), links.join(", "));
        }
        let (sentence, end) = before_stop(&statement.text, !marks.is_empty());
        let marks = marks.iter().map(|m| format!(" {m}")).collect::<String>();
        let sentence = text(sentence);
        format!("{sentence}{marks}{end}")
    }

    fn mark(&self, paper: &PaperId) -> String {
        let reference = self.report.reference(paper);
        reference.map_or(String::new(), |r| {
            let notice = r.mark().map(|word| format!(" **{}**", word.to_uppercase())).unwrap_or_default();
            format!("[\\[{0}\\]](#ref-{0}){notice}", r.number)
        })
    }

    fn searches(&mut self) {
        let report = self.report;
        if report.searches.is_empty() {
            return;
        }
        self.line("| Source | Records | Search as sent |");
        self.line("|---|---|---|");
        for asked in &report.searches {
            let records = shown::records(asked, &report.sources);
            let citations = asked.citations.as_ref().map(|Citations { direction, of }| {
                let marks: Vec<String> = of.iter().map(|paper| self.mark(paper)).collect();
                format!(", {} {}", direction.words(), marks.join(" "))
            });
            let (source, citations) = (asked.source.name(), citations.unwrap_or_default());
            self.line(format!("| {source}{citations} | {records} | {} |", code(&asked.url)));
        }
        self.line("");
    }

    fn coverage(&mut self) {
        let report = self.report;
        if report.facets.is_empty() || report.references.is_empty() {
            return;
        }
        self.line("| Part of the question | Papers that name it | Claims that name it | How these came out |");
        self.line("|---|---|---|---|");
        for facet in &report.facets {
            let papers: Vec<String> = facet.papers.iter().map(|p| self.mark(p)).collect();
            let claims: Vec<String> = facet.claims.iter().map(claim_link).collect();
            let or_none = |text: String| if text.is_empty() { "none".into() } else { text };
            let row = format!(
                "| {} | {} | {} | {} |",
                text(&facet.phrase),
                or_none(papers.join(" ")),
                or_none(claims.join(" ")),
                or_none(facet.verdicts.tested().join(", "))
            );
            self.line(row);
        }
        self.line("");
    }

    fn warnings(&mut self) {
        let report = self.report;
        if report.warnings.is_empty() {
            return;
        }
        self.block("### Warnings");
        for warning in &report.warnings {
            let remedy = warning.remedy.as_ref().map_or(String::new(), |r| format!(" {}", text(r)));
            self.line(format!("- {}{remedy}", text(&warning.message)));
        }
        self.line("");
    }

    fn claims(&mut self) {
        let report = self.report;
        self.heading("5 Extracted Claims");
        if report.claims.is_empty() {
            self.block("None.");
            return;
        }
        self.line("| Claim | Verdict | Confidence |");
        self.line("|---|---|---|");
        for checked in &report.claims {
            let row = format!(
                "| {} “{}” {} | {} | {} |",
                claim_link(&checked.claim.id),
                text(&checked.claim.text),
                self.mark(&checked.claim.at.paper),
                checked.came_out(),
                checked.confidence().map_or("—".into(), probability)
            );
            self.line(row);
        }
        self.block(format!("\n{}", text(&report.what_confidence_is())));
        for checked in &report.claims {
            self.claim(checked);
        }
    }

    fn claim(&mut self, checked: &CheckedClaim) {
        let claim = &checked.claim;
        self.block(format!("### <a id=\"claim-{0}\"></a>{0}: {1}", plain_id(&claim.id), checked.came_out()));
        self.block(format!("> {}", text(&claim.text)));
        self.block(format!("{} · {}", self.mark(&claim.at.paper), self.place(&claim.at, &claim.section)));
        let Some(verdict) = &checked.verdict else {
            self.block("The run ended before this claim was judged.");
            return;
        };
        let confidence = checked.confidence().map_or(String::new(), |p| format!("Confidence {}. ", probability(p)));
        self.block(format!("{confidence}{}", text(&verdict.reason)));
        self.evidence("For", &verdict.evidence_for);
        self.evidence("Against", &verdict.evidence_against);
        self.evidence(NEAREST, &verdict.nearest);
        if let Some(grounded) = &verdict.grounded {
            self.evidence(
                "Grounded: its own paper also says (this is no corroboration)",
                std::slice::from_ref(grounded),
            );
        }
    }

    fn place(&self, at: &PassageRef, section: &str) -> String {
        let label =
            if section.trim().is_empty() { "passage".into() } else { format!("section “{}”", text(section)) };
        self.linked(at, label)
    }

    /// A place's words, leading to it where it has an address.
    fn linked(&self, at: &PassageRef, label: String) -> String {
        self.report.address(at).map_or_else(|| label.clone(), |url| link(&label, url))
    }

    fn evidence(&mut self, heading: &str, evidence: &[Evidence]) {
        if evidence.is_empty() {
            return;
        }
        self.block(format!("{heading}:"));
        for e in evidence {
            let (before, quote, after) = parts(e);
            let again = self.passages.contains(&e.at);
            if !again {
                self.passages.push(e.at.clone());
            }
            let (before, after) = if again { ("", "") } else { (before, after) };
            let mut passage = String::new();
            for (part, bold) in [(before, ""), (quote, "**"), (after, "")] {
                if !part.trim().is_empty() {
                    let _ = write!(passage, "{bold}{}{bold} ", text(part));
                }
            }
            let line = format!(
                "- {} {}{} ({}; {})",
                passage.trim_end(),
                self.mark(&e.at.paper),
                if again { " in its passage above" } else { "" },
                weighed(e),
                of_table(e).map_or_else(|| self.place(&e.at, ""), |place| self.linked(&e.at, text(&place)))
            );
            self.line(line);
        }
        self.line("");
    }

    fn second_hand(&mut self) {
        let report = self.report;
        if report.second_hand.is_empty() {
            return;
        }
        self.block("### Second-hand claims");
        self.block(words::SECOND_HAND);
        for (index, Claim { text: sentence, at, section, .. }) in report.second_hand.iter().enumerate() {
            let line = format!("- “{}” {} · {}", text(sentence), self.mark(&at.paper), self.place(at, section));
            self.line(line);
            for trace in report.traces.iter().filter(|trace| trace.claim == index) {
                let (before, after) = words::traced(trace);
                let work = trace.work.as_ref().map_or_else(String::new, |work| link(&text(&work.named()), &work.url));
                self.line(format!("  - {before} {work}{}", text(&after)));
            }
        }
        self.line("");
    }

    fn references(&mut self) {
        let report = self.report;
        self.heading("References");
        if report.references.is_empty() {
            self.block("None.");
            return;
        }
        for reference in &report.references {
            self.line(format!("{}. <a id=\"ref-{0}\"></a>{}", reference.number, cited(reference)));
        }
        self.line("");
    }

    fn excluded(&mut self) {
        let report = self.report;
        if report.excluded.is_empty() {
            return;
        }
        self.block(format!("### Papers set aside ({})", report.excluded.len()));
        for paper in &report.excluded {
            self.line(format!("- {}: {}", link(&text(&paper.title), &paper.url), text(&paper.reason)));
        }
        self.line("");
    }

    fn panel(&mut self) {
        let review = &self.report.review;
        self.heading("Panel");
        self.block(text(&score(self.report).join(" ")));
        self.block(text(WHAT_THE_PANEL_IS));
        self.line("| Reviewer | Asks | Weight | Rating |");
        self.line("|---|---|---|---|");
        for r in &review.reviewers {
            self.line(format!("| {} {} | {} | {:.2} | {:.1} |", r.id, r.name, r.asks, r.weight, r.rating));
        }
        self.fold("Every criterion, with its rule and what lost points");
        self.block(format!("In words: {}.", Rating::CUT_OFFS));
        self.line("| Criterion | Found | Rating | Rule | Not met by |");
        self.line("|---|---|---|---|---|");
        for (reviewer, c) in review.reviewers.iter().flat_map(|r| r.criteria.iter().map(|c| (&r.id, c))) {
            let rating = c.rating.map_or("—".into(), |r| format!("{r:.1}"));
            let (found, rule, lost) = (text(&c.measure.to_string()), text(&c.rule), self.lost(&c.lost));
            self.line(format!("| {reviewer} {} | {found} | {rating} | {rule} | {lost} |", c.name));
        }
        self.end_fold();
    }

    /// What follows is folded where Markdown is shown as a page.
    fn fold(&mut self, summary: &str) {
        self.block(format!("\n<details>\n<summary>{summary}</summary>"));
    }

    fn end_fold(&mut self) {
        self.block("\n</details>");
    }

    fn lost(&self, lost: &Lost) -> String {
        let mut items: Vec<String> = lost.claims.iter().map(claim_link).collect();
        items.extend(lost.papers.iter().map(|p| self.mark(p)));
        items.extend(lost.sources.iter().map(|s| s.name().to_string()));
        items.extend(lost.other.iter().map(|o| text(o)));
        items.join(", ")
    }

    fn provenance(&mut self) {
        let report = self.report;
        self.heading("Appendix: Provenance");
        self.fold("Searches, settings, thresholds and the model");
        self.searches();
        self.line("| Source | Ended |");
        self.line("|---|---|");
        for ended in &report.sources {
            self.line(format!("| {} | {} |", ended.source.name(), text(&outcome(&ended.state))));
        }
        self.line("\n| Name in the JSON | Value |");
        self.line("|---|---|");
        for (name, value) in report.provenance.lines(&report.date) {
            self.line(format!("| {} | {} |", code(&name), text(&value)));
        }
        self.end_fold();
    }
}

fn claim_link(id: &ClaimId) -> String {
    format!("[{0}](#claim-{0})", plain_id(id))
}

/// A claim's id as it may stand in an address.
fn plain_id(id: &ClaimId) -> String {
    id.0.chars().filter(char::is_ascii_alphanumeric).collect()
}

fn cited(r: &Reference) -> String {
    let mut out = String::new();
    if let Some(word) = r.mark() {
        let _ = write!(out, "**{}** · ", word.to_uppercase());
    }
    let authors: Vec<String> = r.authors.iter().map(|a| text(a)).collect();
    let _ = write!(out, "{}. ", if authors.is_empty() { "Authors not given".into() } else { list(&authors) });
    let _ = write!(out, "{}. ", link(&text(&r.title), &r.url));
    if let Some(venue) = &r.venue {
        let _ = write!(out, "*{}*. ", text(venue));
    }
    let _ = write!(out, "{}. ", r.year.map_or("Year not given".into(), |y| y.to_string()));
    for (label, url) in r.identifiers() {
        let _ = write!(out, "{}. ", link(&text(&label), &url));
    }
    if r.demonstration {
        out.push_str("Written for the demonstration, not real literature. ");
    }
    let _ = write!(out, "({})", shown::reading(r.reading));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_from_a_paper_reads_as_text() {
        assert_eq!(text("<script>alert(1)</script>"), "&lt;script&gt;alert(1)&lt;/script&gt;");
        assert_eq!(text("a | b `c` *d* _e_ [f](g) #h"), "a \\| b \\`c\\` \\*d\\* \\_e\\_ \\[f\\](g) \\#h");
        assert_eq!(text("# heading"), "\\# heading");
        assert_eq!(text("- item"), "\\- item");
        assert_eq!(text("12. item"), "12\\. item");
        assert_eq!(text("a\n\n# b"), "a  \\# b");
        assert_eq!(text("see https://x.org and www.x.org"), "see https\\://x.org and www\\.x.org");
        assert_eq!(text("0.5: version 0.1.0 :smile:"), "0.5: version 0.1.0 \\:smile:");
        assert_eq!(text("&lt;b&gt;"), "&amp;lt;b&amp;gt;");
    }

    #[test]
    fn code_cannot_be_closed_from_within() {
        assert_eq!(code("a`b|c<d e"), "`a%60b%7Cc%3Cd%20e`");
    }

    #[test]
    fn only_web_addresses_become_links() {
        assert_eq!(link("x", "javascript:alert(1)"), "x");
        assert_eq!(link("x", "https://a.org/(b)"), "[x](https://a.org/%28b%29)");
    }
}
