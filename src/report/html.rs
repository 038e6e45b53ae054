//! HTML: a fragment for the page and a self-contained document. Whatever comes from outside is escaped; there is no
//! script and no style attribute, and the document's policy would refuse both.

mod answer;
mod claims;
mod panel;
mod papers;
mod references;

use super::{
    Kind, Report, Statement,
    prose::{Paragraph, paragraphs},
    shown::{address, before_stop, count, outcome, records, visible},
};
use crate::{
    claim::ClaimId,
    paper::{PaperId, PassageRef},
    record::{Citations, Warning, WarningKind},
};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// The style sheet, the same for the page and the document.
const CSS: &str = include_str!("report.css");

/// The report as a document of its own: style sheet inlined, nothing loaded from anywhere, no script.
#[must_use]
pub fn document(report: &Report) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{}'; \
         base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{}</title>\n<style>{CSS}</style>\n</head>\n<body class=\"report-page\">\n<main>\n{}</main>\n</body>\n</html>\n",
        base64(&Sha256::digest(CSS.as_bytes())),
        escape(&report.title),
        article(report)
    )
}

/// RFC 4648 base 64, as a policy names the hash of a style sheet.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0u32, |bits, b| bits << 8 | u32::from(*b)) << (8 * (3 - chunk.len()));
        for i in 0..4 {
            let six = (bits >> (18 - 6 * i)) & 63;
            out.push(if i <= chunk.len() { char::from(ALPHABET[six as usize]) } else { '=' });
        }
    }
    out
}

/// The report as an `article` to put into a page.
#[must_use]
pub fn article(report: &Report) -> String {
    let mut html = Html { report, text: String::new(), passages: Vec::new() };
    html.push("<article class=\"report\" aria-labelledby=\"report-title\">\n");
    html.push(format!("<header><h1 id=\"report-title\" dir=\"auto\">{}</h1></header>\n", escape(&report.title)));
    html.section("abstract", "Abstract", |h| {
        h.answer();
        // Its first statement is the answer, which stands above in larger letters.
        h.prose(h.report.summary.get(1..).unwrap_or_default());
    });
    html.section("introduction", "1 Introduction", |h| h.prose(&h.report.introduction));
    html.section("methodology", "2 Methodology", |h| h.prose(&h.report.methodology));
    html.section("results", "3 Results", |h| {
        h.papers();
        h.prose(&h.report.results);
        h.coverage();
        h.plot();
    });
    html.section("limitations", "4 Limitations", |h| {
        h.items(&h.report.limitations);
        h.warnings();
    });
    html.section("claims", "5 Extracted Claims", |h| {
        h.claims();
        h.second_hand();
    });
    html.section("references", "References", |h| {
        h.references();
        h.excluded();
    });
    html.section("panel", "Panel", Html::panel);
    html.section("provenance", "Appendix: Provenance", |h| {
        h.push("<details>\n<summary>Searches, settings, thresholds and the model</summary>\n");
        h.searches();
        h.sources();
        h.provenance();
        h.push("</details>\n");
    });
    html.push("</article>\n");
    html.text
}

/// Text from outside as it may stand in text and in quoted attributes.
pub fn escape(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for c in visible(raw).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// A link where the address may be linked, else its label alone; `label` is HTML.
fn link(label: &str, url: &str) -> String {
    let Some(url) = address(url) else { return label.into() };
    let outward = if url.starts_with('#') { "" } else { " rel=\"noopener noreferrer\" target=\"_blank\"" };
    format!("<a href=\"{}\"{outward}>{label}</a>", escape(&url))
}

/// A claim's id as it may stand in an `id` and in an address.
fn plain_id(id: &ClaimId) -> String {
    id.0.chars().filter(char::is_ascii_alphanumeric).collect()
}

fn claim_link(id: &ClaimId) -> String {
    format!("<a class=\"claim-link\" href=\"#claim-{0}\">{0}</a>", plain_id(id))
}

/// The HTML in the making.
struct Html<'a> {
    report: &'a Report,
    text: String,
    /// Passages already quoted whole: quoted again, only their sentence is shown.
    passages: Vec<PassageRef>,
}

impl Html<'_> {
    fn push(&mut self, html: impl AsRef<str>) {
        self.text.push_str(html.as_ref());
    }

    fn section(&mut self, id: &str, heading: &str, body: impl FnOnce(&mut Self)) {
        self.push(format!("<section aria-labelledby=\"report-{id}\">\n<h2 id=\"report-{id}\">{heading}</h2>\n"));
        body(self);
        self.push("</section>\n");
    }

    fn prose(&mut self, statements: &[Statement]) {
        for paragraph in paragraphs(statements) {
            self.paragraph(&paragraph);
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        let topic = paragraph.topic.map_or(String::new(), |t| format!("<b class=\"topic\">{}.</b> ", escape(t)));
        let sentences: Vec<String> = paragraph.sentences.iter().map(|s| self.sentence(s)).collect();
        self.push(format!("<p>{topic}{}</p>\n", sentences.join(" ")));
        if paragraph.findings.is_empty() {
            return;
        }
        self.push("<ul class=\"findings\">\n");
        for finding in &paragraph.findings {
            let finding = self.finding(finding);
            self.push(format!("<li>{finding}</li>\n"));
        }
        self.push("</ul>\n");
    }

    /// A quoted claim, and under it what its verdict rests on.
    fn finding(&self, statements: &[&Statement]) -> String {
        let mut out = String::new();
        for (i, statement) in statements.iter().enumerate() {
            let sentence = self.sentence(statement);
            let _ = match (i, statement.kind) {
                (0, _) => write!(out, "{sentence} {}", statement.claims.iter().map(claim_link).collect::<String>()),
                (_, Kind::Quoted) => write!(out, "<span class=\"objection\">{sentence}</span>"),
                _ => write!(out, "<span class=\"basis fine\">{sentence}</span>"),
            };
        }
        out
    }

    fn items(&mut self, statements: &[Statement]) {
        self.push("<ul>\n");
        for statement in statements {
            let sentence = self.sentence(statement);
            self.push(format!("<li>{sentence}</li>\n"));
        }
        self.push("</ul>\n");
    }

    fn sentence(&self, statement: &Statement) -> String {
        let marks = statement.papers.iter().map(|p| format!(" {}", self.mark(p))).collect::<String>();
        let (sentence, end) = before_stop(&statement.text, !marks.is_empty());
        match statement.kind {
            Kind::Quoted => {
                let quote = escape(&statement.text);
                format!("<span class=\"quote\" dir=\"auto\">“{quote}”</span>{marks}")
            }
            Kind::Counted | Kind::Editorial => format!("{}{marks}{end}", escape(sentence)),
        }
    }

    /// A citation mark; what became of a paper is said wherever it is cited.
    fn mark(&self, paper: &PaperId) -> String {
        self.report.reference(paper).map_or(String::new(), |r| {
            let notice =
                r.mark().map(|word| format!(" <strong class=\"chip refuted\">{word}</strong>")).unwrap_or_default();
            format!("<a class=\"mark\" href=\"#ref-{0}\">[{0}]</a>{notice}", r.number)
        })
    }

    fn marks(&self, papers: &[PaperId]) -> String {
        papers.iter().map(|p| self.mark(p)).collect::<Vec<_>>().join(" ")
    }

    /// A link to where a passage can be read.
    fn place(&self, at: &PassageRef, label: &str) -> String {
        self.report.address(at).map_or_else(|| label.into(), |url| link(label, url))
    }

    /// Opens a table that scrolls within itself where it is wider than the screen.
    fn table(&mut self, caption: &str, columns: &[&str]) {
        self.push(format!(
            "<div class=\"table\" role=\"region\" aria-label=\"{0}\" tabindex=\"0\"><table>\n<caption>{0}</caption>\n<thead><tr>",
            escape(caption)
        ));
        for column in columns {
            self.push(format!("<th scope=\"col\">{column}</th>"));
        }
        self.push("</tr></thead>\n<tbody>\n");
    }

    fn end_table(&mut self) {
        self.push("</tbody>\n</table></div>\n");
    }

    fn searches(&mut self) {
        let report = self.report;
        if report.searches.is_empty() {
            return;
        }
        self.table("Searches as sent", &["Source", "Records", "Address"]);
        for asked in &report.searches {
            let records = records(asked, &report.sources);
            let citations = asked
                .citations
                .as_ref()
                .map(|Citations { direction, of }| format!(", {} {}", direction.words(), self.marks(of)));
            self.push(format!(
                "<tr><th scope=\"row\">{}{}</th><td>{records}</td><td><code>{}</code></td></tr>\n",
                asked.source.name(),
                citations.unwrap_or_default(),
                escape(&asked.url)
            ));
        }
        self.end_table();
    }

    fn coverage(&mut self) {
        let report = self.report;
        if report.facets.is_empty() || report.references.is_empty() {
            return;
        }
        self.push("<details>\n<summary>Which part of the question each paper names</summary>\n");
        let caption = format!("Parts of the question, and what names them of {}", count(report.flow.kept, "paper"));
        self.table(&caption, &["Part", "Papers", "Claims", "How these came out"]);
        for facet in &report.facets {
            let claims: Vec<String> = facet.claims.iter().map(claim_link).collect();
            let row = format!(
                "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                escape(&facet.phrase),
                or_none(self.marks(&facet.papers)),
                or_none(claims.join(" ")),
                or_none(facet.verdicts.tested().join(", "))
            );
            self.push(row);
        }
        self.end_table();
        self.push("</details>\n");
    }

    /// What went wrong; full texts that could not be read are many and alike, and stand folded.
    fn warnings(&mut self) {
        let of_texts = |warning: &&Warning| warning.kind == WarningKind::FullText;
        let (texts, others): (Vec<&Warning>, Vec<&Warning>) = self.report.warnings.iter().partition(of_texts);
        if !others.is_empty() {
            self.push("<h3>Warnings</h3>\n");
            self.warned(&others);
        }
        if !texts.is_empty() {
            self.push(format!("<details>\n<summary>Full texts that could not be read ({})</summary>\n", texts.len()));
            self.warned(&texts);
            self.push("</details>\n");
        }
    }

    fn warned(&mut self, warnings: &[&Warning]) {
        self.push("<ul class=\"warnings\">\n");
        for warning in warnings {
            let remedy = warning.remedy.as_ref().map_or(String::new(), |r| format!(" <em>{}</em>", escape(r)));
            self.push(format!("<li>{}{remedy}</li>\n", escape(&warning.message)));
        }
        self.push("</ul>\n");
    }

    fn sources(&mut self) {
        self.table("Sources and how each ended", &["Source", "Ended"]);
        for ended in &self.report.sources {
            let row = (ended.source.name(), escape(&outcome(&ended.state)));
            self.push(format!("<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n", row.0, row.1));
        }
        self.end_table();
    }

    fn provenance(&mut self) {
        let report = self.report;
        self.table("Settings, thresholds and the model, by their names in the JSON report", &["Name", "Value"]);
        for (name, value) in report.provenance.lines(&report.date) {
            let row =
                format!("<tr><th scope=\"row\"><code>{}</code></th><td>{}</td></tr>\n", escape(&name), escape(&value));
            self.push(row);
        }
        self.end_table();
    }
}

fn or_none(html: String) -> String {
    if html.is_empty() { "<span class=\"none\">none</span>".into() } else { html }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_rfc_4648() {
        let vectors =
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy")];
        for (plain, encoded) in vectors {
            assert_eq!(base64(plain.as_bytes()), encoded);
        }
    }

    #[test]
    fn only_web_addresses_become_links_and_no_attribute_is_left() {
        assert_eq!(link("x", "javascript:alert(1)"), "x");
        assert!(
            link("x", "https://a.org/\" onmouseover=\"alert(1)")
                .contains("href=\"https://a.org/%22%20onmouseover=%22alert%281%29\"")
        );
        assert_eq!(escape("\"'<>&"), "&quot;&#39;&lt;&gt;&amp;");
    }
}
