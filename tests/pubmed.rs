//! PubMed: its records with every trap that they have, and a search of two requests with every fault at either.

#[path = "support/config.rs"]
mod config;
#[path = "support/replay.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod replay;

use pollster::block_on;
use probatum::{
    nli::Manifest,
    paper::{Format, Notice, Paper, SourceId},
    pipeline::{self, Error},
    question::Query,
    record::Record,
    request::SourceState,
    source::{ParseError, Step},
};
use replay::{Overlap, ReplayHost};
use serde_json::{Value, json};
use std::{fs, path::PathBuf};

const FOUND: &str = include_str!("data/pubmed/search.json");
const RECORDS: &str = include_str!("data/pubmed/records.xml");
const ESEARCH: &str = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/esearch.fcgi?db=pubmed&";
const EFETCH: &str = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/efetch.fcgi?db=pubmed&";

fn papers() -> Vec<Paper> {
    SourceId::Pubmed.parse(RECORDS).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn a_record_is_read_with_its_parts_and_digits_apart() {
    let paper = papers().remove(0);
    assert_eq!(paper.title, "Short naps and declarative memory in adults: a trial with CO2 sensors");
    assert_eq!(
        paper.abstract_text.as_deref(),
        Some(
            "BACKGROUND: Whether short naps improve memory is not known. METHODS & SETTING: We gave 40 adults a nap of 20 min in rooms \
             with 10^3 sensors. RESULTS: Short naps improved memory in adults (p < 0.01; 4.2 × 10^6 samples). The trial was registered."
        )
    );
    assert_eq!(paper.authors, ["Ada B Example", "C Specimen Jr", "Nap Trial Group, Steering Committee"]);
    assert_eq!(paper.venue.as_deref(), Some("Journal of naps & memory"));
    assert_eq!((paper.year, paper.notice), (Some(2021), None), "online first; the new edition of a work stands");
    assert_eq!((paper.id.0.as_str(), paper.doi.as_deref()), ("doi:10.9999/naps.1", Some("10.9999/naps.1")));
    let texts: Vec<(Format, &str)> = paper.full_texts.iter().map(|text| (text.format, text.url.as_str())).collect();
    let pmc = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/efetch.fcgi?db=pmc&id=77&tool=probatum";
    assert_eq!(texts, [(Format::Jats, pmc)]);
}

#[test]
fn translated_titles_dates_in_words_and_missing_dois_are_taken() {
    let all = papers();
    assert_eq!(all.len(), 3, "a chapter of a book is no paper");
    let translated = &all[1];
    assert_eq!((translated.title.as_str(), translated.year), ("Naps and the memory of adults", Some(1998)));
    assert_eq!(translated.id.0, "pubmed:100000002");
    assert_eq!(translated.url, "https://pubmed.ncbi.nlm.nih.gov/100000002/");
    assert_eq!((translated.notice, translated.retracted), (Some(Notice::Corrected), false));
    let untranslated = RECORDS.replace("[Naps and the memory of adults].", "[Not Available].");
    let untranslated = SourceId::Pubmed.parse(&untranslated).unwrap();
    assert_eq!(untranslated[1].title, "Nickerchen und das Gedächtnis Erwachsener");
}

#[test]
fn a_retraction_is_known_by_either_mark() {
    let retracted = |records: &str| SourceId::Pubmed.parse(records).unwrap()[2].clone();
    let (by_type, by_notice) = ("Retracted Publication", r#"RefType="RetractionIn""#);
    for records in [
        RECORDS.to_owned(),
        RECORDS.replace(by_type, "Journal Article"),
        RECORDS.replace(by_notice, r#"RefType="CommentIn""#),
    ] {
        let paper = retracted(&records);
        assert_eq!((paper.doi.as_deref(), paper.notice), (Some("10.9999/naps.3"), Some(Notice::Retracted)));
        assert!(paper.retracted && !paper.can_be_evidence());
    }
    let neither = RECORDS.replace(by_type, "Journal Article").replace(by_notice, r#"RefType="CommentIn""#);
    assert_eq!(retracted(&neither).notice, None);
    let doubted = retracted(&neither.replace("CommentIn", "ExpressionOfConcernIn"));
    assert_eq!(doubted.notice, Some(Notice::Concern));
    let republished = retracted(&neither.replace("CommentIn", "RetractedandRepublishedFrom"));
    assert_eq!(republished.notice, None, "the edition that replaces a retracted one");
}

#[test]
fn a_search_asks_for_ids_and_then_for_their_records() {
    let query = Query { phrases: vec!["naps".into(), "memory".into()] };
    let ask = SourceId::Pubmed.search(&query, 4).unwrap();
    let Ok(Step::Ask(next)) = ask.next(FOUND) else { panic!("ids lead to a request") };
    let ids = "id=100000001,100000002,100000003,100000004&retmode=xml&rettype=abstract&tool=probatum";
    assert_eq!(next.request.url, format!("{EFETCH}{ids}"));
    assert_eq!(next.request.server, ask.request.server, "one server, one pace");
    assert!(matches!(next.next(RECORDS), Ok(Step::Done(papers)) if papers.len() == 3));
    let nothing = r#"{"esearchresult":{"count":"0","retmax":"0","retstart":"0","idlist":[],"warninglist":{"outputmessages":["No items found."]}}}"#;
    assert!(matches!(ask.next(nothing), Ok(Step::Done(papers)) if papers.is_empty()));
}

#[test]
fn what_is_no_answer_to_either_request_is_an_error() {
    use ParseError as E;
    let ask = SourceId::Pubmed.search(&Query { phrases: vec!["naps".into()] }, 4).unwrap();
    let Ok(Step::Ask(next)) = ask.next(FOUND) else { panic!("ids lead to a request") };
    let search = |body: &str| ask.next(body).expect_err(body);
    let fetch = |body: &str| next.next(body).expect_err(body);
    let page = "<!DOCTYPE html><html><title>NCBI - Error Blocked Diagnostic</title></html>";
    assert!(matches!(search(page), E::WebPage { .. }) && matches!(fetch(page), E::WebPage { .. }));
    assert!(
        matches!(search(&FOUND[..FOUND.len() / 2]), E::Malformed { reason, .. } if reason == "it ends in the middle")
    );
    assert!(matches!(fetch(&RECORDS[..RECORDS.len() / 2]), E::Malformed { .. }));
    for (body, said) in [
        (r#"{"error":"API rate limit exceeded","count":"4"}"#, "rate limit"),
        (r#"{"esearchresult":{"ERROR":"Search Backend failed: timeout"}}"#, "Backend failed"),
    ] {
        assert!(matches!(search(body), E::Refused { message, .. } if message.contains(said)), "{body}");
    }
    assert!(matches!(
        fetch("<eFetchResult><ERROR>ID list is empty</ERROR></eFetchResult>"),
        E::Refused { message, .. } if message == "ID list is empty"
    ));
    for changed in ["{}", r#"{"esearchresult":{"count":"2","idlist":[1,2]}}"#, r#"{"esearchresult":{"count":"2"}}"#] {
        assert!(matches!(search(changed), E::Unexpected { .. }), "{changed}");
    }
    assert!(matches!(search(r#"{"esearchresult":{"count":"9","idlist":[]}}"#), E::EmptyPage { total: 9, .. }));
    for changed in ["<PubmedArticleSet/>", "<ArticleSet><Article/></ArticleSet>"] {
        assert!(matches!(fetch(changed), E::Unexpected { .. }), "{changed}: ids were asked for");
    }
    let renamed = RECORDS.replace("MedlineCitation", "Citation");
    assert!(matches!(fetch(&renamed), E::NothingCitable { records: 3, .. }));
    let entity = "<!DOCTYPE PubmedArticleSet [<!ENTITY a \"aaaa\">]><PubmedArticleSet>&a;</PubmedArticleSet>";
    assert!(matches!(fetch(entity), E::Unexpected { .. }));
}

/// A run that asks PubMed and OpenAlex, which answers with nothing; PubMed by these rules.
fn run(name: &str, rules: Vec<Value>) -> Record {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("pubmed-{name}"));
    fs::create_dir_all(&folder).unwrap();
    for (file, text) in [
        ("search.json", FOUND),
        ("records.xml", RECORDS),
        ("error.html", "<!doctype html><h1>Internal Server Error</h1>"),
        ("changed.json", r#"{"result":{"ids":["1"]}}"#),
        ("changed.xml", "<Articles/>"),
        ("openalex.json", r#"{"meta":{"count":0},"results":[]}"#),
    ] {
        fs::write(folder.join(file), text).unwrap();
    }
    let mut all = vec![json!({"match": "https://api.openalex.org/", "file": "openalex.json"})];
    all.extend(rules);
    fs::write(folder.join("replay.json"), json!({"rules": all}).to_string()).unwrap();
    let config = config::config(&[SourceId::Openalex, SourceId::Pubmed]);
    let manifest = Manifest::parse(&fs::read("www/models/probatum-nli-1/manifest.json").unwrap()).unwrap();
    let host = ReplayHost::open(&folder, &Overlap);
    let gathered = block_on(pipeline::gather("Do short naps improve memory in adults?", config, manifest, &host));
    gathered.unwrap_or_else(|error: Error| panic!("{error}"))
}

fn found() -> Value {
    json!({"match": ESEARCH, "file": "search.json"})
}

#[test]
fn a_run_reads_what_the_second_request_brings() {
    let record = run("whole", vec![found(), json!({"match": EFETCH, "file": "records.xml"})]);
    assert!(record.sources.iter().all(|outcome| matches!(outcome.state, SourceState::Answered { .. })));
    let searches: Vec<_> = record.asked.iter().filter(|asked| asked.source == SourceId::Pubmed).collect();
    assert!(
        !searches.is_empty() && searches.iter().all(|asked| asked.url.starts_with(ESEARCH) && asked.records == Some(3))
    );
    assert!(record.papers.iter().any(|ranked| ranked.paper.doi.as_deref() == Some("10.9999/naps.1")));
    assert_eq!(record.works, 3);
}

#[test]
fn each_failure_at_either_request_names_its_own_cause_and_remedy() {
    let faults = [
        ("offline", json!({"fault": "unreadable"}), "blocked by CORS, offline, or throttled", "Check the connection"),
        ("slow", json!({"fault": "hang"}), "no answer within 30 s", "or the connection is slow"),
        ("wait", json!({"status": 429, "headers": {"Retry-After": "7200"}}), "it asks to wait 7200 s", "again in 2 h"),
        ("busy", json!({"status": 429}), "throttled", "three requests a second"),
        ("fault", json!({"status": 500, "file": "error.html"}), "HTTP 500", "a fault of its own"),
        ("refused", json!({"status": 400}), "HTTP 400", "word the question differently"),
        ("page", json!({"file": "error.html"}), "a web page instead of records", "something else than records"),
    ];
    let state = |name: String, rules: Vec<Value>| {
        let record = run(&name, rules);
        let warning = record.warnings.iter().find(|warning| warning.message.starts_with("PubMed could not be asked: "));
        assert!(warning.is_some_and(|warning| warning.remedy.is_some()), "{name}: {:?}", record.warnings);
        let state = record.sources.into_iter().find(|outcome| outcome.source == SourceId::Pubmed).unwrap().state;
        let SourceState::Failed { reason, remedy } = state else { panic!("{name}: {state:?}") };
        (reason, remedy)
    };
    let at = |address: &str, fault: &Value| {
        let mut rule = fault.clone();
        rule["match"] = address.into();
        rule
    };
    for (name, fault, cause, cure) in &faults {
        let (first, second) = (at(ESEARCH, fault), at(EFETCH, fault));
        for (step, rules) in [("first", vec![first]), ("second", vec![found(), second])] {
            let (reason, remedy) = state(format!("{step}-{name}"), rules);
            assert!(reason.contains(cause) && remedy.contains(cure), "{step} {name}: {reason}: {remedy}");
            assert!(!reason.contains("left alone"), "{step} {name}: {reason}");
        }
    }
    let first = |file, fault: &str| at(ESEARCH, &json!({"file": file, "fault": fault}));
    let second = |file, fault: &str| at(EFETCH, &json!({"file": file, "fault": fault}));
    for (name, rules, cause) in [
        ("cut-search", vec![first("search.json", "truncate")], "it ends in the middle"),
        ("cut-records", vec![found(), second("records.xml", "truncate")], "no XML"),
        ("new-search", vec![at(ESEARCH, &json!({"file": "changed.json"}))], "without “esearchresult.idlist”"),
        ("new-records", vec![found(), at(EFETCH, &json!({"file": "changed.xml"}))], "without a set of articles"),
    ] {
        let (reason, remedy) = state(name.into(), rules);
        assert!(reason.contains(cause) && remedy.contains("something else than records"), "{name}: {reason}: {remedy}");
    }
}
