//! The panel and the report over hand-written records: what is scored, said, escaped and published.

#[path = "report/records.rs"]
mod records;
#[path = "report/schema.rs"]
mod schema;

use probatum::{
    claim::ClaimId,
    record::Record,
    report::{self, Kind, Report, Statement, html, markdown},
    review::{CriticalFailure, Rating, Review, panel},
    verify::{Label, Said},
};
use std::path::Path;

fn composed(record: Record) -> Report {
    let review = panel(&record);
    report::compose(record, review)
}

fn all() -> Vec<(&'static str, Report)> {
    [
        ("rich", records::rich()),
        ("empty", records::empty()),
        ("unreachable", records::unreachable()),
        ("off-topic", records::off_topic()),
        ("cancelled", records::cancelled()),
        ("demonstration", records::demonstration()),
        ("hostile", records::hostile()),
        ("replaced", records::replaced()),
    ]
    .map(|(name, record)| (name, composed(record)))
    .into()
}

fn statements(report: &Report) -> impl Iterator<Item = &Statement> {
    [&report.summary, &report.introduction, &report.methodology, &report.results, &report.limitations]
        .into_iter()
        .flatten()
}

fn summary(report: &Report) -> String {
    report.summary.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// Compares with a committed file, or rewrites it where `PROBATUM_BLESS` is set.
fn golden(path: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("PROBATUM_BLESS").is_some() {
        std::fs::write(&path, text).expect("a golden file can be written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == text,
        "{} is out of date; look at the difference after PROBATUM_BLESS=1 cargo test",
        path.display()
    );
}

#[test]
fn the_replaced_report_scores_very_low() {
    let review = panel(&records::replaced());
    assert!(review.raw <= 2.5, "raw {}", review.raw);
    assert!(review.score <= 2.5);
    assert_eq!(review.rating, Rating::VeryLow);
    let critical = [CriticalFailure::OffTopic, CriticalFailure::NothingSupported, CriticalFailure::Unanchored];
    assert_eq!(review.critical, critical);
}

#[test]
fn the_panel_counts_what_is_there() {
    let record = records::calibrated();
    let review = panel(&record);
    assert_eq!(review.critical, []);
    assert_eq!((review.cap, review.score), (None, review.raw));
    assert!((review.reviewers.iter().map(|r| r.weight).sum::<f32>() - 1.0).abs() < 1e-6);
    let measure = |name: &str| {
        let criteria = review.reviewers.iter().flat_map(|r| &r.criteria);
        criteria.clone().find(|c| c.name == name).map(|c| (c.measure.to_string(), c.rating))
    };
    let found = |text: &str, rating| Some((text.to_string(), Some(rating)));
    assert_eq!(measure("Claims supported, or leaning to it"), found("1 of 6 claims listed", 1.7));
    assert_eq!(measure("Sources that answered"), found("2 of 3 sources", 6.7));
    assert_eq!(measure("Claims whose text and evidence equal their spans"), found("6 of 6 claims listed", 10.0));
    assert_eq!(measure("Decided claims that are not contested"), found("3 of 4 claims decided", 7.5));
    assert!(review.attainable < 10.0, "what is not measured costs points");
}

#[test]
fn each_critical_failure_is_found() {
    let uncalibrated = panel(&records::rich());
    assert_eq!(uncalibrated.critical, [CriticalFailure::Uncalibrated]);
    assert_eq!((uncalibrated.score, uncalibrated.rating), (uncalibrated.raw.min(5.0), Rating::Low));

    let failures = |change: fn(&mut Record)| {
        let mut record = records::calibrated();
        change(&mut record);
        panel(&record).critical
    };
    assert_eq!(failures(|r| r.papers[1].paper.retracted = true), [CriticalFailure::Retracted]);
    assert_eq!(failures(|r| _ = r.claims[0].text.pop()), [CriticalFailure::Unanchored]);
    let own_paper = failures(|r| {
        let grounded = r.verdicts[0].grounded.clone();
        r.verdicts[0].evidence_for.extend(grounded);
    });
    assert_eq!(own_paper, [CriticalFailure::Unanchored]);
    assert_eq!(failures(|r| r.verdicts[0].evidence_for.clear()), [CriticalFailure::Unanchored]);
    assert_eq!(failures(|r| r.verdicts[0].label = Label::Untested), [CriticalFailure::NothingSupported]);
    assert!(failures(|r| r.papers.truncate(1)).contains(&CriticalFailure::TooFewRead));
    let astray = failures(|r| r.question = records::question("Does moonlight change the sleep of bats?"));
    assert_eq!(astray, [CriticalFailure::OffTopic]);
}

#[test]
fn quotations_are_verbatim_and_cited() {
    for (name, report) in all() {
        for statement in statements(&report) {
            assert!(!statement.text.trim().is_empty(), "{name}");
            match statement.kind {
                Kind::Quoted => {
                    let [id] = statement.claims.as_slice() else { panic!("{name}: {statement:?}") };
                    let checked = report.claims.iter().find(|c| c.claim.id == *id).expect("a listed claim");
                    let quotes = checked.verdict.iter().flat_map(|v| v.evidence_for.iter().chain(&v.evidence_against));
                    let mut spoken = quotes.map(|e| (&e.quote, &e.at.paper));
                    let own = (&checked.claim.text, &checked.claim.at.paper);
                    let said = (&statement.text, &statement.papers[0]);
                    assert!(said == own || spoken.any(|quote| said == quote), "{name}: {statement:?}");
                }
                Kind::Editorial => assert!(statement.claims.is_empty() && statement.papers.is_empty(), "{name}"),
                Kind::Counted => {}
            }
            assert!(statement.papers.iter().all(|p| report.reference(p).is_some()), "{name}: {statement:?}");
        }
    }
}

#[test]
fn the_abstract_gives_the_answer_the_evidence_allows() {
    let report = composed(records::rich());
    let text = summary(&report);
    for part in [
        "put to OpenAlex and Crossref on 2026-11-22",
        "Semantic Scholar could not be asked",
        "1 supported and 0 leaning to it, 1 refuted and 1 leaning to it, 1 contested, 1 without enough information to \
         decide; 1 had no passage",
        "Street trees lowered the air temperature at noon by 1.2 °C on average.",
        "Street trees also lowered the air temperature at night in both cities.",
        "Supported by another paper, uncalibrated probability 0.93.",
        "1 of 4 papers names every facet",
    ] {
        assert!(text.contains(part), "{part} is not in: {text}");
    }
    assert_eq!(report.claims[3].label(), Some(Label::Contested));
    assert_eq!(report.claims[5].confidence(), None);
}

#[test]
fn two_claims_that_contradict_each_other_are_quoted_once() {
    let quoted = |record: Record| -> Vec<String> {
        let report = composed(record);
        let quoted = report.summary.into_iter().filter(|s| s.kind == Kind::Quoted);
        quoted.map(|s| s.text).collect()
    };
    let mut mutual = records::rich();
    let night = mutual.claims[1].clone();
    mutual.verdicts.remove(2);
    let against = &mut mutual.verdicts[2].evidence_against[0];
    (against.at, against.span, against.quote) = (night.at, night.span, night.text.clone());
    against.passage = mutual.papers[0].paper.sections[0].passages[0].text.clone();
    assert_eq!(quoted(mutual).iter().filter(|text| **text == night.text).count(), 1);
    assert_eq!(quoted(records::rich()).len(), 5);
}

#[test]
fn could_not_ask_never_reads_as_found_nothing() {
    let silent = summary(&composed(records::unreachable()));
    assert!(silent.contains("None of the 2 chosen sources could be asked (OpenAlex and Crossref)"), "{silent}");
    assert!(silent.contains("not a finding that no literature exists"));
    assert!(!silent.contains("no paper was found"));

    let empty = summary(&composed(records::empty()));
    assert!(empty.contains("no paper was found that addresses the question"), "{empty}");
    assert!(!empty.contains("could not be asked"));

    let off_topic = summary(&composed(records::off_topic()));
    assert!(off_topic.contains("none addresses the question"), "{off_topic}");
    let uncovered = composed(records::replaced());
    let missing =
        "No paper kept names “NLI benchmarks”, “synthetic data”, “accuracy”, “ChatGPT-3.5-Turbo” or “ChatGPT-4”.";
    assert!(summary(&uncovered).contains(missing));
}

#[test]
fn a_cancelled_run_says_so_and_keeps_what_it_found() {
    let report = composed(records::cancelled());
    assert!(report.cancelled);
    assert_eq!((report.verdicts.supported, report.verdicts.refuted, report.verdicts.not_judged), (1, 1, 4));
    assert!(summary(&report).starts_with("The run was cancelled"));
    assert!(html::article(&report).contains("Cancelled: this report"));
    assert!(markdown::render(&report).contains("**Cancelled: this report"));
}

#[test]
fn demonstration_papers_are_named_as_such_in_every_rendering() {
    let report = composed(records::demonstration());
    let (article, markdown) = (html::article(&report), markdown::render(&report));
    for rendering in [&article, &markdown, &report.json()] {
        assert!(rendering.contains("were written for Probatum"));
    }
    assert_eq!(article.matches("Written for the demonstration, not real literature").count(), 4);
    for i in 0..4 {
        assert!(article.contains(&format!("<span id=\"demo-0{i}\">")));
    }
    assert!(article.contains("href=\"#demo-01\"") && article.contains("<span id=\"demo-90\">"));
    assert!(summary(&report).starts_with("The papers were written for this demonstration"));
    let real = composed(records::rich());
    assert!(real.notice.is_none() && !html::article(&real).to_lowercase().contains("demonstration"));
}

#[test]
fn what_a_sentence_decides_and_what_the_signals_say_stands_beside_it() {
    let mut record = records::rich();
    record.verdicts[0].evidence_for[0].signals = vec![Said { name: "significance".into(), kind: "differ".into() }];
    let report = composed(record);
    for rendering in [html::article(&report), markdown::render(&report)] {
        for said in [
            "entails the claim: entails 0.93, neutral 0.06, contradicts 0.01; disagrees with the claim on significance",
            "leans to contradicting the claim: ",
            "decides nothing: ",
            "Nearest sentences, deciding nothing",
        ] {
            assert!(rendering.contains(said), "{said}");
        }
    }
}

#[test]
fn a_retracted_paper_is_never_cited_without_saying_so() {
    let report = composed(records::rich());
    let article = html::article(&report);
    let cited = article.matches("href=\"#ref-4\"").count();
    assert!(cited > 0);
    assert_eq!(
        article.matches("href=\"#ref-4\">[4]</a> <strong class=\"chip refuted\">retracted</strong>").count(),
        cited
    );
    assert!(article.contains("<li id=\"ref-4\"><strong class=\"chip refuted\">RETRACTED</strong>"));
    let markdown = markdown::render(&report);
    assert_eq!(markdown.matches("](#ref-4) **RETRACTED**").count(), markdown.matches("](#ref-4)").count());
}

#[test]
fn hostile_text_is_shown_as_text() {
    let report = composed(records::hostile());
    let document = html::document(&report);
    for forbidden in [
        "<script",
        "<img",
        "javascript:alert(4)\"",
        "href=\"javascript",
        " onclick=\"",
        " style=\"",
        "\u{202E}",
        "<b>&",
    ] {
        assert!(!document.contains(forbidden), "{forbidden}");
    }
    assert_eq!(document.matches("</style>").count(), 1);
    assert!(document.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(document.contains("[U+202E]desrever"));
    let tags = document.split('<').skip(1).map(|tag| tag.split('>').next().unwrap_or_default());
    for tag in tags {
        assert!(tag.matches('"').count() % 2 == 0, "{tag}");
    }

    let markdown = markdown::render(&report);
    let bare = markdown.replace("\\`", "").replace("\\]", "");
    let outside_code: String = bare.split('`').step_by(2).collect();
    for forbidden in ["<script", "<img", "](javascript", "![", "\u{202E}", "\n# Ignore", " # Ignore"] {
        assert!(!outside_code.contains(forbidden), "{forbidden}");
    }
    for line in markdown.lines().filter(|l| l.starts_with('|')) {
        let bars = line.replace("\\|", "").matches('|').count();
        assert!((4..=7).contains(&bars), "{bars} bars: {line}");
    }
}

#[test]
fn hostile_text_changes_no_score() {
    let mut instructed = records::rich();
    for ranked in &mut instructed.papers {
        ranked.paper.title = records::ATTACK.into();
        ranked.paper.authors = vec![records::ATTACK.into()];
    }
    assert_eq!(panel(&instructed), panel(&records::rich()));
}

#[test]
fn every_link_within_the_article_leads_somewhere() {
    for (name, report) in all() {
        let article = html::article(&report);
        for target in article.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert_eq!(article.matches(&format!(" id=\"{target}\"")).count(), 1, "{name}: {target}");
        }
    }
}

#[test]
fn tags_are_balanced() {
    const VOID: [&str; 3] = ["br", "meta", "!doctype"];
    for (name, report) in all() {
        let document = html::document(&report);
        let mut open: Vec<String> = Vec::new();
        for tag in document.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
            let word: String = tag.chars().take_while(|c| !c.is_whitespace()).collect();
            match word.strip_prefix('/') {
                Some(closed) => assert_eq!(open.pop().as_deref(), Some(closed), "{name}: {tag}"),
                None if tag.ends_with('/') || VOID.contains(&word.as_str()) => {}
                None => open.push(word),
            }
        }
        assert!(open.is_empty(), "{name}: {open:?}");
    }
}

#[test]
fn nothing_is_cut_off() {
    let mut record = records::rich();
    let long = "long ".repeat(2_000);
    record.warnings[0].message = format!("{long}end of the warning");
    record.excluded[0].reason = format!("{long}end of the reason");
    record.question.text = format!("{long}end of the question?");
    let report = composed(record);
    for rendering in [html::document(&report), markdown::render(&report), report.json()] {
        for end in ["end of the warning", "end of the reason", "end of the question?"] {
            assert!(rendering.contains(end), "{end}");
        }
    }
}

#[test]
fn second_hand_claims_stand_apart() {
    let report = composed(records::rich());
    assert!(report.claims.iter().all(|c| c.claim.id != ClaimId("s1".into())));
    assert!(html::article(&report).contains("Second-hand claims: not checked at source"));
    assert!(statements(&report).all(|s| !s.text.contains("Invented and Made")));
}

#[test]
fn renderings_are_as_committed() {
    let report = composed(records::rich());
    golden("tests/golden/report.md", &markdown::render(&report));
    golden("tests/golden/report.html", &html::article(&report));
}

#[test]
fn the_json_fits_its_published_schema() {
    golden("www/report.schema.json", &report::schema());
    let published = serde_json::from_str(&report::schema()).expect("the schema is JSON");
    for (name, report) in all() {
        let json = report.json();
        let value: serde_json::Value = serde_json::from_str(&json).expect("the report is JSON");
        schema::check(&published, &published, &value, name);
        let back: Report = serde_json::from_str(&json).expect("a report can be read back");
        assert_eq!(back, report, "{name}");
    }
}
