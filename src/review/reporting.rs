//! R5: could another person check and repeat it? (PRISMA 2020)

use super::{Criterion, Lost, Measure, Reviewer};
use crate::{paper::Paper, record::Record};

/// Whether the report of a run answers an item of the checklist.
type Answered = fn(&Record) -> bool;

/// Page and colleagues, "The PRISMA 2020 statement", BMJ 2021;372:n71: each item of the checklist and whether the
/// report of this run answers it from its record. Items that need a person's judgement are never answered.
const PRISMA: [(&str, Answered); 27] = [
    ("1 Title", |_| true),
    ("2 Abstract", |_| true),
    ("3 Rationale", |_| false),
    ("4 Objectives", |r| !r.question.facets.is_empty()),
    ("5 Eligibility criteria", |r| !r.question.facets.is_empty()),
    ("6 Information sources", |r| !r.sources.is_empty() && !r.config.date.is_empty()),
    ("7 Search strategy", |r| !r.asked.is_empty()),
    ("8 Selection process", |r| !r.asked.is_empty()),
    ("9 Data collection process", |r| r.claims_met > 0 && !r.asked.is_empty()),
    ("10 Data items", |_| false),
    ("11 Study risk of bias assessment", |_| false),
    ("12 Effect measures", |_| false),
    ("13 Synthesis methods", |_| false),
    ("14 Reporting bias assessment", |_| false),
    ("15 Certainty assessment", |_| true),
    ("16 Study selection", adds_up),
    ("17 Study characteristics", |r| !r.papers.is_empty() && r.papers.iter().all(|p| complete(&p.paper))),
    ("18 Risk of bias in studies", |_| false),
    ("19 Results of individual studies", |r| !r.claims.is_empty() && r.verdicts.len() == r.claims.len()),
    ("20 Results of syntheses", |_| false),
    ("21 Reporting biases", |_| false),
    ("22 Certainty of evidence", |r| !r.verdicts.is_empty()),
    ("23 Discussion", |_| false),
    ("24 Registration and protocol", |_| false),
    ("25 Support", |_| false),
    ("26 Competing interests", |_| false),
    ("27 Availability of data, code and other materials", |r| is_sha256(&r.model.sha256)),
];

pub(super) fn reviewer(record: &Record) -> Reviewer {
    let criteria = vec![prisma(record), references(record), run_log(record)];
    Reviewer::new("R5", "Reporting", "Could another person check and repeat it?", 0.15, criteria)
}

fn prisma(record: &Record) -> Criterion {
    let open = PRISMA.iter().filter(|(_, answered)| !answered(record)).map(|(item, _)| (*item).to_string());
    let lost = Lost::other(open);
    let all = PRISMA.len();
    Criterion::share("PRISMA 2020 items answered", all - lost.other.len(), all, "items", lost)
}

/// Whether a reader can find the work by its reference: who, what, when, where, and an identifier.
fn complete(paper: &Paper) -> bool {
    !paper.authors.is_empty()
        && paper.year.is_some()
        && paper.venue.is_some()
        && (paper.doi.is_some() || paper.arxiv_id.is_some())
}

fn references(record: &Record) -> Criterion {
    let poor = record.papers.iter().filter(|r| !complete(&r.paper)).map(|r| r.paper.id.clone());
    let lost = Lost::papers(poor);
    let kept = record.papers.len();
    let name = "References with authors, year, venue and identifier";
    Criterion::share(name, kept - lost.papers.len(), kept, "papers kept", lost)
}

fn adds_up(record: &Record) -> bool {
    record.works > 0 && record.papers.len() + record.excluded.len() == record.works
}

fn is_sha256(hex: &str) -> bool {
    hex.len() == 64 && hex.bytes().all(|b| b.is_ascii_hexdigit())
}

fn run_log(record: &Record) -> Criterion {
    let parts = [
        ("date of the run", !record.config.date.is_empty()),
        ("searches as sent", !record.asked.is_empty()),
        ("sha256 of the model", is_sha256(&record.decider().sha256)),
        ("works add up to those kept and those set aside", adds_up(record)),
    ];
    let lost = Lost::other(parts.iter().filter(|(_, there)| !there).map(|(part, _)| (*part).to_string()));
    let count = parts.len() - lost.other.len();
    let measure = Measure::Share { count, of: parts.len(), unit: "parts of the run's log".into() };
    let rule = "10 × share of: date, searches as sent, model hash, numbers of works that add up";
    Criterion::rated("Run can be repeated from its log", measure, 10.0 * count as f32 / parts.len() as f32, rule, lost)
}
