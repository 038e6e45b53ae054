//! The panel and the report over hand-written records: what is scored, said, escaped and published.

#[path = "report/records.rs"]
mod records;
#[path = "report/schema.rs"]
mod schema;

use probatum::{
    claim::ClaimId,
    paper::Notice,
    record::Record,
    report::{self, Kind, Report, Statement, html, markdown},
    review::{CriticalFailure, Rating, panel},
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
        ("how much", records::how_much()),
        ("one paper", records::one_paper()),
        ("two propositions", records::two_propositions()),
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
    assert_eq!(failures(|r| r.verdicts[0].label = Label::Untested), [], "a run that answers needs no corroboration");
    let silent = failures(|r| {
        r.verdicts[0].label = Label::Untested;
        r.answer = None;
    });
    assert_eq!(silent, [CriticalFailure::NothingSupported]);
    assert!(failures(|r| r.papers.truncate(1)).contains(&CriticalFailure::TooFewRead));
    let astray = failures(|r| r.papers.iter_mut().for_each(|ranked| ranked.relevance = 0.2));
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
fn the_answer_comes_first_in_every_rendering() {
    for (name, report) in all().into_iter().filter(|(name, _)| *name != "hostile") {
        let answer = &report.answer.text;
        assert_eq!(&report.summary[0].text, answer, "{name}");
        let (article, markdown) = (html::article(&report), markdown::render(&report));
        let before = article.split("class=\"answer-text\"").next().unwrap();
        let words: String = before.split('<').filter_map(|tag| tag.split('>').nth(1)).collect();
        assert_eq!(words.matches("Abstract").count(), 1, "{name}");
        assert_eq!(before.matches("<p").count(), 1, "{name}: {before}");
        let lines: Vec<&str> = markdown.lines().filter(|line| !line.is_empty()).take(3).collect();
        assert!(lines[0].starts_with("# ") && lines[1] == "## Abstract", "{name}: {lines:?}");
        assert_eq!(lines[2], answer, "{name}");
    }
}

#[test]
fn the_abstract_says_how_sure_and_what_differs() {
    let report = composed(records::rich());
    let text = summary(&report);
    for part in [
        "Mixed: 2 of the 3 papers that take a side say that street trees lower the air temperature in cities",
        "Every paper with a finding of its own counts once.",
        "The 3 sides counted were read with a probability of 79 % on average",
        "1 paper is retracted and never counted.",
        "OpenAlex and Crossref answered on 2026-11-22 with 50 records of 6 works. The 4 nearest to the question",
        "Semantic Scholar could not be asked: what only it would have returned is missing.",
        "5 findings were tested against sentences of other papers: 1 supported, 1 contested, 1 leaning to refuted, 1 refuted and 1 not enough info.",
        "For 1 more no other paper has a sentence close enough.",
    ] {
        assert!(text.contains(part), "{part} is not in: {text}");
    }
    assert_eq!(report.claims[3].label(), Some(Label::Contested));
    assert_eq!(report.claims[5].confidence(), None);
    let article = html::article(&report);
    let pair = article.split("class=\"pair\"").nth(1).and_then(|rest| rest.split("What others find").next()).unwrap();
    assert!(
        pair.contains("Strongest for") && pair.contains("Street trees lowered the air temperature at noon"),
        "{pair}"
    );
    assert!(
        pair.contains("Strongest against") && pair.contains("After sunset the canopy kept the air warmer."),
        "{pair}"
    );
}

#[test]
fn no_answer_says_which_of_three_it_is() {
    let empty = composed(records::empty());
    assert!(summary(&empty).starts_with("No paper found answers this: the sources answered and returned nothing."));
    let off_topic = composed(records::off_topic());
    assert!(
        summary(&off_topic).starts_with("No paper found answers this: the sources returned 2 works, and none is on")
    );
    for rendering in [html::article(&off_topic), markdown::render(&off_topic)] {
        let first = rendering.split("Introduction").next().unwrap();
        assert!(first.contains("Street lighting and moths"), "the nearest works are listed: {first}");
    }
    let unreachable = composed(records::unreachable());
    let silent = summary(&unreachable);
    assert!(silent.starts_with("No paper found answers this: 2 sources could not be asked"), "{silent}");
    assert!(silent.contains("nothing is known about what the literature says"), "{silent}");
    for report in [&empty, &off_topic, &unreachable] {
        assert!(!html::article(report).contains("class=\"meter\""));
    }
}

#[test]
fn a_question_of_how_much_has_its_sizes_as_a_table() {
    let article = html::article(&composed(records::how_much()));
    assert!(!article.contains("data-label=\"Stance\"") && !article.contains("class=\"meter\""));
    assert!(article.contains("<tr><th scope=\"row\">14 %</th><td dir=\"auto\">“Street trees lowered the heat"));
    assert!(article.contains("What others find"));
}

#[test]
fn one_paper_is_never_several() {
    let report = composed(records::one_paper());
    assert!(
        report.answer.text.starts_with("One paper takes a side: it says that street trees"),
        "{}",
        report.answer.text
    );
    assert!(report.answer.disagreement.is_none());
}

#[test]
fn a_second_proposition_has_its_own_answer() {
    let report = composed(records::two_propositions());
    for rendering in [html::article(&report), markdown::render(&report)] {
        let first = rendering.split("Introduction").next().unwrap();
        assert!(first.contains("Street trees lower the air temperature at night"));
    }
}

#[test]
fn every_paper_has_a_row_with_its_finding_and_the_most_direct_come_first() {
    let report = composed(records::rich());
    assert_eq!(report.papers.len(), 4);
    assert!(report.papers[3].retracted, "a retracted paper comes last");
    let article = html::article(&report);
    for row in &report.papers {
        let finding = row.finding.as_ref().unwrap();
        assert!(article.contains(&format!("“{}”</a>", finding.text)), "{} is linked", finding.text);
    }
    assert!(article.contains("#S4.p1:~:text=Street%20trees%20lowered%20the,"), "the sentence itself is linked");
}

/// Sentences of our own: what stands in quotation marks is somebody else's, and counts as one word.
fn own_sentences(text: &str) -> Vec<String> {
    let mut own = String::new();
    let mut depth = 0;
    for letter in text.chars() {
        match letter {
            '“' => depth += 1,
            '”' => {
                depth -= 1;
                own.push('…');
            }
            _ if depth == 0 => own.push(letter),
            _ => {}
        }
    }
    let ends = own.replace("? ", ".\n").replace(". ", ".\n").replace(": ", ".\n");
    ends.lines().map(str::to_owned).collect()
}

#[test]
fn no_sentence_of_ours_is_longer_than_forty_words() {
    for (name, report) in all().into_iter().filter(|(name, _)| *name != "hostile") {
        let review = &report.review;
        let mut ours: Vec<&str> =
            statements(&report).filter(|s| s.kind != Kind::Quoted).map(|s| s.text.as_str()).collect();
        ours.extend(review.reviewers.iter().flat_map(|r| r.criteria.iter().map(|c| c.rule.as_str())));
        ours.extend(review.reviewers.iter().map(|r| r.asks.as_str()));
        let markdown = markdown::render(&report);
        let before = markdown.split("## 4 Limitations").next().unwrap_or_default();
        let cells = before.lines().flat_map(|line| line.split('|'));
        for text in ours.into_iter().chain(cells) {
            for sentence in own_sentences(text) {
                let words = sentence.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
                assert!(words <= 40, "{name}: {words} words: {sentence}");
            }
        }
    }
}

#[test]
fn the_methodology_has_at_most_150_words_and_no_formula() {
    for (name, report) in all() {
        let text: Vec<&str> = report.methodology.iter().map(|s| s.text.as_str()).collect();
        let words = text.join(" ").split_whitespace().count();
        assert!(words <= 150, "{name}: {words} words");
        assert!(!text.join(" ").contains(['=', '^', '×']), "{name}");
    }
    let report = composed(records::rich());
    for rendering in [html::article(&report), markdown::render(&report)] {
        let appendix = rendering.split("Appendix: Provenance").nth(1).unwrap();
        for name in ["model.calibration.temperature", "model.thresholds.supported", "config.maxPapers", "model.sha256"]
        {
            assert!(appendix.contains(name), "{name}");
        }
    }
}

#[test]
fn a_passage_is_quoted_whole_once() {
    let report = composed(records::rich());
    for rendering in [html::article(&report), markdown::render(&report)] {
        let claims = rendering.split("5 Extracted Claims").nth(1).unwrap();
        let whole =
            "At noon the air under street trees was cooler than the air over bare asphalt in every city. Watering";
        let bold = whole.replace(". Watering", ".** Watering");
        let marked = whole.replace(". Watering", ".</mark> Watering");
        let times = claims.matches(whole).count() + claims.matches(&bold).count() + claims.matches(&marked).count();
        assert!(times <= 1, "{times} times");
        assert!(claims.contains("its passage above"));
    }
}

#[test]
fn two_claims_that_contradict_each_other_are_told_once() {
    let quoted = |record: Record| -> Vec<String> {
        let quoted = composed(record).results.into_iter().filter(|s| s.kind == Kind::Quoted);
        quoted.map(|s| s.text).collect()
    };
    let mut mutual = records::rich();
    let night = mutual.claims[1].clone();
    mutual.verdicts.remove(2);
    let against = &mut mutual.verdicts[2].evidence_against[0];
    (against.at, against.span, against.quote) = (night.at, night.span, night.text.clone());
    against.passage = mutual.papers[0].paper.sections[0].passages[0].text.clone();
    assert_eq!(quoted(mutual).iter().filter(|text| **text == night.text).count(), 1);
}

#[test]
fn could_not_ask_never_reads_as_found_nothing() {
    let empty = summary(&composed(records::empty()));
    assert!(!empty.contains("could not be asked"), "{empty}");
    let silent = summary(&composed(records::unreachable()));
    assert!(!silent.contains("returned nothing."), "{silent}");
}

#[test]
fn a_cancelled_run_says_so_and_keeps_what_it_found() {
    let report = composed(records::cancelled());
    assert!(report.cancelled);
    assert_eq!((report.verdicts.supported, report.verdicts.refuted, report.verdicts.not_judged), (1, 1, 4));
    assert!(summary(&report).contains("The run was cancelled; this is what had been found until then."));
    assert!(html::article(&report).contains("Not scored: the run ended after 2 of 6 claims had been judged."));
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
            "entails the claim: entails 0.93, ",
            "contradicts 0.01; disagrees with the claim on significance",
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
fn what_became_of_a_paper_is_said_wherever_it_is_cited() {
    for (notice, word, counts) in [
        (Notice::Withdrawn, "withdrawn", false),
        (Notice::Concern, "expression of concern", false),
        (Notice::Corrected, "corrected", true),
    ] {
        let mut record = records::rich();
        let cited_before = composed(record.clone()).papers.iter().filter(|row| row.counted().is_some()).count();
        (record.papers[3].paper.retracted, record.papers[3].paper.notice) = (notice.takes_back(), Some(notice));
        let report = composed(record);
        let article = html::article(&report);
        let mark = format!("href=\"#ref-4\">[4]</a> <strong class=\"chip refuted\">{word}</strong>");
        assert_eq!(article.matches(&mark).count(), article.matches("href=\"#ref-4\"").count(), "{word}");
        let markdown = markdown::render(&report);
        let mark = format!("](#ref-4) **{}**", word.to_uppercase());
        assert_eq!(markdown.matches(&mark).count(), markdown.matches("](#ref-4)").count(), "{word}");
        let counted = report.papers.iter().filter(|row| row.counted().is_some()).count();
        assert_eq!(counted, cited_before + usize::from(counts), "{word}");
    }
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
        assert!((3..=8).contains(&bars), "{bars} bars: {line}");
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
    assert!(html::article(&report).contains("Second-hand claims"));
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
        let mut back: Report = serde_json::from_str(&json).expect("a report can be read back");
        // Of a relay only the host is written.
        back.provenance.config.relay.clone_from(&report.provenance.config.relay);
        assert_eq!(back, report, "{name}");
    }
}
