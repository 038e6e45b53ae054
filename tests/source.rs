//! Sources over bodies: hand-written ones for every known trap, mutated ones that must never panic, and recorded ones
//! of `../shared/fixtures` where they are at hand, counted independently.

#[path = "support/shared.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod shared;

use probatum::{
    paper::{Notice, Paper, SourceId, merge, same_work},
    source::{MAX_BODY_BYTES, ParseError, demo},
};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
};

fn parsed(source: SourceId, body: &str) -> Vec<Paper> {
    source.parse(body).unwrap_or_else(|error| panic!("{error}"))
}

fn one(source: SourceId, body: &Value) -> Paper {
    let papers = parsed(source, &body.to_string());
    assert_eq!(papers.len(), 1, "{papers:?}");
    papers.into_iter().next().unwrap()
}

/// A small, well-formed answer of each source with one invented record; DOIs under 10.9999 belong to nobody.
fn body(source: SourceId) -> String {
    match source {
        SourceId::Openalex => json!({"meta": {"count": 1}, "results": [{
            "id": "https://openalex.org/W42", "doi": "https://doi.org/10.9999/GEARS", "display_name": "On <i>Gears</i>",
            "publication_year": 2020, "is_retracted": false,
            "authorships": [{"author": {"display_name": "Ada Example"}}],
            "primary_location": {"source": {"display_name": "Journal of Gears"}, "landing_page_url": "https://doi.org/10.9999/gears"},
            "locations": [{"landing_page_url": "http://arxiv.org/abs/2001.00001v2", "pdf_url": "https://arxiv.org/pdf/2001.00001.pdf"}],
            "abstract_inverted_index": {"turn": [1], "Gears": [0], "slowly.": [2]}}]}).to_string(),
        SourceId::SemanticScholar => json!({"total": 1, "offset": 0, "data": [{
            "paperId": "0123456789abcdef0123456789abcdef01234567", "title": "On Gears", "abstract": null, "year": 2020,
            "venue": "", "journal": {"name": "J. Gears"}, "authors": [{"name": "A. Example"}],
            "externalIds": {"DOI": "10.9999/GEARS", "ArXiv": "2001.00001", "CorpusId": 1}}]}).to_string(),
        SourceId::Datacite => json!({"data": [{"id": "10.48550/arxiv.2001.00001", "type": "dois", "attributes": {
            "doi": "10.48550/arxiv.2001.00001", "titles": [{"lang": "en"}, {"title": "On Gears"}],
            "creators": [{"name": "Example, Ada", "nameType": "Personal"}, {"name": "(:Unav)"}],
            "publisher": "arXiv", "publicationYear": 2021, "dates": [{"date": "2019-12-31T23:00:00Z", "dateType": "Submitted"}],
            "descriptions": [{"descriptionType": "Other", "description": "12 pages"},
                             {"descriptionType": "Abstract", "description": "Gears turn slowly, $a<b$."}],
            "relatedIdentifiers": [{"relationType": "IsVersionOf", "relatedIdentifierType": "DOI", "relatedIdentifier": "10.9999/Gears"}]
            }}], "meta": {"total": 1}}).to_string(),
        SourceId::Crossref => json!({"status": "ok", "message-type": "work-list", "message": {"total-results": 1, "items": [{
            "DOI": "10.9999/gears", "title": ["On Gears"], "subtitle": ["A Tale"], "container-title": ["Gears &amp; Society"],
            "author": [{"family": "Example"}, {"name": "The Gear Group"}, {"given": "B.", "family": "Specimen"}],
            "issued": {"date-parts": [[null]]}, "published": {"date-parts": [[2020, 2]]},
            "abstract": "<jats:title>Abstract</jats:title><jats:p>Gears &lt; wheels.</jats:p>",
            "relation": {"has-preprint": [{"id-type": "doi", "id": "10.48550/arXiv.2001.00001"}]}}]}}).to_string(),
        SourceId::Pubmed => PUBMED_RECORD.into(),
        SourceId::Arxiv => feed(
            "search_query=all:\"gears\" AND all:\"black OR white\"",
            1,
            "<entry><id>http://arxiv.org/abs/2001.00001v3</id><title>0</title><updated>2021-02-03T00:00:00Z</updated>\
             <summary>  Gears\n  turn &lt; wheels. </summary><published>2020-01-01T00:00:00Z</published>\
             <author><name>Ada Example</name><arxiv:affiliation>Nowhere</arxiv:affiliation></author>\
             <arxiv:doi>10.9999/Gears</arxiv:doi></entry>",
        ),
        SourceId::Demo | SourceId::Yours => String::new(),
    }
}

const PUBMED_RECORD: &str = r#"<?xml version="1.0" ?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">
<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">100000001</PMID><Article>
<Journal><JournalIssue><PubDate><Year>2020</Year></PubDate></JournalIssue><Title>Gears &amp; Society</Title></Journal>
<ArticleTitle>On Gears.</ArticleTitle><Abstract><AbstractText>Gears turn slowly.</AbstractText></Abstract>
<AuthorList><Author><LastName>Example</LastName><ForeName>Ada</ForeName></Author></AuthorList></Article></MedlineCitation>
<PubmedData><ArticleIdList><ArticleId IdType="doi">10.9999/GEARS</ArticleId></ArticleIdList></PubmedData></PubmedArticle></PubmedArticleSet>"#;

fn feed(query: &str, total: usize, entries: &str) -> String {
    format!(
        "<?xml version='1.0' encoding='UTF-8'?>\n<feed xmlns:opensearch=\"http://a9.com/-/spec/opensearch/1.1/\" \
         xmlns:arxiv=\"http://arxiv.org/schemas/atom\" xmlns=\"http://www.w3.org/2005/Atom\"><id>https://arxiv.org/api/x</id>\
         <title>arXiv Query: {query}&amp;id_list=&amp;start=0&amp;max_results=9</title>\
         <opensearch:totalResults>{total}</opensearch:totalResults><opensearch:startIndex>0</opensearch:startIndex>{entries}</feed>"
    )
}

#[test]
fn every_source_reads_its_record_and_they_are_one_work() {
    let all: Vec<Paper> = SourceId::SEARCHABLE.into_iter().flat_map(|source| parsed(source, &body(source))).collect();
    assert_eq!(all.len(), 6);
    for paper in &all {
        assert_eq!(paper.id.0, "doi:10.9999/gears");
        assert_eq!(paper.url, "https://doi.org/10.9999/gears");
        let arxiv_id = (paper.sources != [SourceId::Pubmed]).then_some("2001.00001");
        assert_eq!(paper.arxiv_id.as_deref(), arxiv_id, "{:?}", paper.sources);
        assert!(same_work(paper, &all[0]));
    }
    let abstracts: Vec<Option<&str>> = all.iter().map(|paper| paper.abstract_text.as_deref()).collect();
    assert_eq!(
        abstracts,
        [
            Some("Gears turn slowly."),
            None,
            Some("Gears turn slowly, $a<b$."),
            Some("Gears < wheels."),
            Some("Gears turn slowly."),
            Some("Gears turn < wheels.")
        ]
    );
    assert_eq!(all[5].venue, None, "arXiv is no venue of a published work");
    let mut backwards = all.clone();
    backwards.reverse();
    assert_eq!(merge(backwards)[0].venue.as_deref(), Some("Gears & Society"), "the publisher's record names the venue");
    let merged = merge(all);
    assert_eq!(merged.len(), 1);
    let work = &merged[0];
    assert_eq!(work.sources, SourceId::SEARCHABLE);
    assert_eq!((work.title.as_str(), work.year), ("On Gears", Some(2019)));
    assert_eq!(work.authors, ["Example", "The Gear Group", "B. Specimen"]);
    assert_eq!(work.venue.as_deref(), Some("Journal of Gears"));
}

#[test]
fn an_empty_answer_is_an_answer() {
    for (source, body) in [
        (SourceId::Openalex, r#"{"meta":{"count":0},"results":[]}"#.to_owned()),
        (SourceId::SemanticScholar, r#"{"total": 0, "offset": 0}"#.to_owned()),
        (SourceId::SemanticScholar, r#"{"total": 0, "offset": 0, "data": []}"#.to_owned()),
        (SourceId::Datacite, r#"{"data":[],"meta":{"total":0}}"#.to_owned()),
        (SourceId::Crossref, r#"{"status":"ok","message":{"total-results":0,"items":[]}}"#.to_owned()),
        (SourceId::Arxiv, feed("search_query=all:\"gears\"", 0, "")),
    ] {
        assert_eq!(source.parse(&body), Ok(Vec::new()), "{body}");
        let marked = format!("\u{feff}{body}\n");
        assert_eq!(source.parse(&marked), Ok(Vec::new()), "a byte-order mark is no fault");
    }
}

#[test]
fn what_is_no_answer_is_never_an_empty_one() {
    use ParseError as E;
    for source in SourceId::SEARCHABLE {
        let whole = body(source);
        let fails = |body: &str| source.parse(body).expect_err(body);
        let page = "<!DOCTYPE html>\n<html><title>Just a moment\u{202e}…</title></html>";
        let error = fails(page);
        assert!(matches!(error, E::WebPage { .. }), "{error:?}");
        assert!(error.to_string().starts_with(source.name()), "{error}");
        assert!(!error.to_string().contains('\u{202e}'), "no invisible characters");
        for body in [
            "",
            "   ",
            "Resource not found.",
            "null",
            "[]",
            "{}",
            "7",
            "\"text\"",
            &whole[..whole.len() / 2],
            "<feed/>",
        ] {
            fails(body);
        }
        let long = fails(&format!("{{\"error\":\"{}\"}}", "long ".repeat(1_000))).to_string();
        assert!(long.chars().count() < 400, "{long}");
        let huge = fails(&" ".repeat(MAX_BODY_BYTES + 1));
        assert!(matches!(huge, E::TooLarge { .. }));
    }
    for (source, body, said) in [
        (
            SourceId::Openalex,
            r#"{"error":"Invalid query parameters error.","message":"per_page too big"}"#,
            "per_page too big",
        ),
        (SourceId::SemanticScholar, r#"{"message":"Too Many Requests","code":"429"}"#, "Too Many Requests"),
        (SourceId::SemanticScholar, r#"{"error":"Unrecognized or unsupported fields: [x]"}"#, "unsupported fields"),
        (SourceId::SemanticScholar, r#"{"message":"Forbidden"}"#, "Forbidden"),
        (SourceId::Datacite, r#"{"errors":[{"status":"400","title":"Query cannot be parsed"}]}"#, "cannot be parsed"),
        (SourceId::Crossref, r#"{"status":"failed","message":[{"type":"x","message":"Bad filter"}]}"#, "Bad filter"),
    ] {
        match source.parse(body) {
            Err(E::Refused { message, .. }) => assert!(message.contains(said), "{message}"),
            other => panic!("{body}: {other:?}"),
        }
    }
    for (source, body) in [
        (SourceId::Openalex, r#"{"meta":{"count":9},"results":[]}"#.to_owned()),
        (SourceId::SemanticScholar, r#"{"total":9,"data":[]}"#.to_owned()),
        (SourceId::Arxiv, feed("search_query=all:\"gears\"", 9, "")),
    ] {
        assert!(matches!(source.parse(&body), Err(E::EmptyPage { total: 9, .. })), "{body}");
    }
    let untitled = r#"{"total":1,"data":[{"paperId":"0123456789abcdef0123456789abcdef01234567","title":null}]}"#;
    assert!(matches!(SourceId::SemanticScholar.parse(untitled), Err(E::NothingCitable { records: 1, .. })));
}

#[test]
fn arxiv_errors_and_rewritten_queries_are_told() {
    let error = feed(
        "search_query=",
        1,
        "<entry><id>https://arxiv.org/api/errors#incorrect_id_format_for_x</id><title>Error</title>\
         <summary>incorrect id format for x</summary></entry>",
    );
    assert!(
        matches!(SourceId::Arxiv.parse(&error), Err(ParseError::Refused { message, .. }) if message.contains("format for x"))
    );
    let titled_error = feed(
        "search_query=all:\"x\"",
        1,
        "<entry><id>http://arxiv.org/abs/2001.00001v1</id><title>Error</title></entry>",
    );
    assert_eq!(parsed(SourceId::Arxiv, &titled_error)[0].year, None, "a paper may be called Error, and lack a date");
    let rewritten = feed("search_query=all:small OR all:gears", 0, "");
    match SourceId::Arxiv.parse(&rewritten) {
        Err(error @ ParseError::Rewritten { .. }) => {
            assert!(error.to_string().contains("all:small OR all:gears"), "{error}")
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn hostile_fields_do_not_reach_a_paper() {
    let mut record = json!({"meta": {"count": 1}, "results": [{
        "id": "javascript:alert(1)", "doi": "javascript:alert(1)", "display_name": "Gears<script>alert(1)</script>",
        "publication_year": "2020", "authorships": "nobody", "locations": {"landing_page_url": 7},
        "abstract_inverted_index": {"b": [u64::MAX, -1, "x"], "a": [3]}}]});
    let body = record.to_string();
    assert!(matches!(SourceId::Openalex.parse(&body), Err(ParseError::NothingCitable { .. })), "nothing leads to it");
    record["results"][0]["id"] = "https://openalex.org/W7".into();
    let paper = one(SourceId::Openalex, &record);
    assert_eq!((paper.url.as_str(), paper.id.0.as_str()), ("https://openalex.org/W7", "openalex:W7"));
    assert_eq!((paper.year, paper.abstract_text.as_deref()), (None, Some("a b")));
    assert!(paper.authors.is_empty());
}

#[test]
fn depth_is_bounded() {
    let deep = 200_000;
    for source in SourceId::SEARCHABLE {
        assert!(source.parse(&"[".repeat(deep)).is_err());
        assert!(source.parse(&"{\"data\":".repeat(deep)).is_err());
        assert!(source.parse(&"<feed>".repeat(deep)).is_err());
    }
    let nested = format!("<title>{}{}</title>", "<b>".repeat(deep), "</b>".repeat(deep));
    let body = feed(
        "search_query=all:\"x\"",
        1,
        &format!("<entry><id>http://arxiv.org/abs/2001.00001v1</id>{nested}</entry>"),
    );
    let _ = SourceId::Arxiv.parse(&body);
    let entity = "<!DOCTYPE feed [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><feed>&b;</feed>";
    assert!(SourceId::Arxiv.parse(entity).is_err(), "no document type is read");
}

#[test]
fn the_demonstration_papers_are_works_of_their_own() {
    let papers = demo::papers();
    let alike: Vec<(&str, &str)> = (0..papers.len())
        .flat_map(|i| (0..i).map(move |j| (j, i)))
        .filter(|&(j, i)| same_work(&papers[j], &papers[i]))
        .map(|(j, i)| (papers[j].id.0.as_str(), papers[i].id.0.as_str()))
        .collect();
    assert!(alike.is_empty(), "{alike:?}");
    assert_eq!(merge(papers.clone()).len(), papers.len());
    assert!(!demo::question().is_empty());
}

/// A change to a body: what a broken transfer or a changed server does.
#[derive(Clone, Debug)]
enum Change {
    Cut(usize),
    Drop(usize, usize),
    Repeat(usize, usize),
    Put(usize, String),
}

fn change() -> impl Strategy<Value = Change> {
    let at = 0..3_000usize;
    prop_oneof![
        at.clone().prop_map(Change::Cut),
        (at.clone(), 1..40usize).prop_map(|(at, n)| Change::Drop(at, n)),
        (at.clone(), 1..40usize).prop_map(|(at, n)| Change::Repeat(at, n)),
        (at, "null|-1|1e999|\\{\\}|\\[\\]|\"|<|>|&|\\]|\\}|\\PC{1,5}").prop_map(|(at, text)| Change::Put(at, text)),
    ]
}

fn changed(body: &str, changes: &[Change]) -> String {
    let mut chars: Vec<char> = body.chars().collect();
    for change in changes {
        let len = chars.len();
        match change {
            Change::Cut(at) => chars.truncate(at % (len + 1)),
            Change::Drop(at, n) => {
                let at = at % (len + 1);
                chars.drain(at..(at + n).min(len));
            }
            Change::Repeat(at, n) => {
                let at = at % (len + 1);
                let piece: Vec<char> = chars[at..(at + n).min(len)].to_vec();
                chars.splice(at..at, piece);
            }
            Change::Put(at, text) => {
                let at = at % (len + 1);
                chars.splice(at..at, text.chars());
            }
        }
    }
    chars.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_broken_body_never_panics_and_every_paper_is_sound(changes in prop::collection::vec(change(), 1..4)) {
        for source in SourceId::SEARCHABLE {
            match source.parse(&changed(&body(source), &changes)) {
                Ok(papers) => papers.iter().for_each(sound),
                Err(error) => assert!(error.to_string().starts_with(source.name())),
            }
        }
    }

    #[test]
    fn any_text_is_no_panic(text in any::<String>()) {
        for source in SourceId::SEARCHABLE {
            let _ = source.parse(&text);
        }
    }
}

/// What holds of every paper, whatever was sent.
fn sound(paper: &Paper) {
    assert!(!paper.title.is_empty() && paper.title.trim() == paper.title, "{paper:?}");
    assert!(paper.url.starts_with("https://") || paper.url.starts_with("http://"), "{paper:?}");
    assert!(!paper.url.contains(|c: char| c.is_whitespace() || c.is_control() || c == '"' || c == '<'), "{paper:?}");
    if let Some(doi) = &paper.doi {
        assert!(doi.starts_with("10.") && *doi == doi.to_lowercase(), "{paper:?}");
        assert_eq!(paper.id.0, format!("doi:{doi}"));
    }
    if let Some(id) = &paper.arxiv_id {
        assert!(!id.contains('v') || id.contains('/'), "{paper:?}");
    }
    for text in [Some(&paper.title), paper.abstract_text.as_ref(), paper.venue.as_ref()].into_iter().flatten() {
        assert!(!text.is_empty() && !text.contains("  ") && !text.contains('\n'), "{text}");
    }
    assert!(paper.authors.iter().all(|author| !author.trim().is_empty()), "{paper:?}");
}

/// What holds of a record that came whole, besides.
fn clean(paper: &Paper) {
    sound(paper);
    for text in [Some(&paper.title), paper.abstract_text.as_ref(), paper.venue.as_ref()].into_iter().flatten() {
        for markup in ["jats:", "mml:", "&amp;", "&lt;", "<i>", "<p>", "<scp>", "<sub>", "</"] {
            assert!(!text.contains(markup), "{markup} in {text}");
        }
    }
}

/// Where recorded answers are; the test is skipped where they are not.
fn recorded(folder: &str) -> Option<PathBuf> {
    shared::shared(&format!("fixtures/{folder}"))
}

fn files(folder: &Path) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file() && !path.ends_with("index.json"))
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(&path).unwrap()))
        .collect();
    files.sort();
    files
}

fn strings<'a>(values: &'a Value, path: &'a str) -> Vec<&'a str> {
    values.as_array().unwrap().iter().filter_map(move |value| value.pointer(path)?.as_str()).collect()
}

#[test]
fn recorded_openalex() {
    let Some(folder) = recorded("openalex") else { return };
    let files = files(&folder);
    assert_eq!(files.len(), 2);
    let mut all = Vec::new();
    for (name, text) in &files {
        let value: Value = serde_json::from_str(text).unwrap();
        let papers = parsed(SourceId::Openalex, text);
        assert_eq!(papers.len(), strings(&value["results"], "/display_name").len(), "{name}");
        let abstracts =
            value["results"].as_array().unwrap().iter().filter(|r| r["abstract_inverted_index"].is_object());
        assert_eq!(papers.iter().filter(|p| p.abstract_text.is_some()).count(), abstracts.count(), "{name}");
        papers.iter().for_each(clean);
        all.extend(papers);
    }
    let survey = all.iter().find(|p| p.doi.as_deref() == Some("10.1007/s41095-022-0271-y")).unwrap();
    assert_eq!(survey.arxiv_id.as_deref(), Some("2111.07624"), "from a location, over http");
    assert_eq!((survey.year, survey.authors.len()), (Some(2022), 10));
    assert_eq!(merge(all.clone()).len(), all.len());
}

#[test]
fn recorded_semantic_scholar() {
    let Some(folder) = recorded("semantic_scholar") else { return };
    let files = files(&folder);
    assert!(files.len() >= 22);
    let mut searches = 0;
    for (name, text) in &files {
        let value: Value = serde_json::from_str(text).unwrap();
        let result = SourceId::SemanticScholar.parse(text);
        let titles = value["data"].as_array().map_or(0, |data| data.iter().filter(|r| r["title"].is_string()).count());
        match (&value["data"], value["error"].is_string()) {
            (_, true) => assert!(matches!(result, Err(ParseError::Refused { .. })), "{name}"),
            (Value::Array(_), _) if titles == 0 => {
                assert!(matches!(result, Err(ParseError::NothingCitable { .. })), "{name}")
            }
            (Value::Array(_), _) => {
                let papers = result.unwrap_or_else(|error| panic!("{name}: {error}"));
                assert_eq!(papers.len(), titles, "{name}");
                papers.iter().for_each(clean);
                searches += 1;
            }
            _ if name == "empty_results.json" => assert_eq!(result, Ok(Vec::new())),
            _ => assert!(matches!(result, Err(ParseError::Unexpected { .. })), "{name}: {result:?}"),
        }
    }
    assert!(searches >= 7, "{searches}");
    let text = fs::read_to_string(folder.join("fastpaper_search_abstracts.json")).unwrap();
    let papers = parsed(SourceId::SemanticScholar, &text);
    let ids: Vec<&str> = papers.iter().map(|p| p.id.0.as_str()).collect();
    assert_eq!(ids, ["doi:10.1016/j.neucom.2021.03.091", "doi:10.1016/j.inffus.2023.102147", "arxiv:2201.12987"]);
    assert!(papers[0].abstract_text.is_none() && papers[1].abstract_text.is_some());
    assert_eq!(papers[2].url, "https://arxiv.org/abs/2201.12987");
}

#[test]
fn recorded_crossref() {
    let Some(folder) = recorded("crossref") else { return };
    let mut lists = 0;
    let mut singles = Vec::new();
    for (name, text) in files(&folder) {
        let Ok(value) = serde_json::from_str::<Value>(&text) else {
            assert!(matches!(SourceId::Crossref.parse(&text), Err(ParseError::Malformed { .. })), "{name}");
            continue;
        };
        match value["message-type"].as_str() {
            Some("work-list") => {
                let papers = parsed(SourceId::Crossref, &text);
                let items = &value["message"]["items"];
                assert_eq!(papers.len(), strings(items, "/title/0").len(), "{name}");
                papers.iter().for_each(clean);
                lists += 1;
            }
            kind => {
                let error = SourceId::Crossref.parse(&text).expect_err("not a list of works");
                assert!(matches!(error, ParseError::Unexpected { .. }), "{name}: {error:?}");
                match kind {
                    Some("work") => singles.push(value["message"].clone()),
                    None => singles.push(value),
                    Some(_) => {}
                }
            }
        }
    }
    assert!(lists >= 7 && singles.len() >= 16, "{lists} {}", singles.len());
    let count = singles.len();
    let list = json!({"message": {"total-results": count, "items": singles}});
    let papers = parsed(SourceId::Crossref, &list.to_string());
    assert_eq!(papers.len(), count);
    papers.iter().for_each(clean);
    let by_doi = |doi: &str| papers.iter().find(|p| p.doi.as_deref() == Some(doi)).unwrap_or_else(|| panic!("{doi}"));
    assert_eq!(by_doi("10.2458/v1i1.21154").abstract_text, None, "an abstract that only says Abstract");
    let shouted = by_doi("10.1017/s0376892913000179").abstract_text.as_deref().unwrap();
    assert!(shouted.starts_with("Environmental damage"), "SUMMARY is a heading: {shouted:.40}");
    assert_eq!(by_doi("10.1109/icdcsw.2003.1203662").year, None, "date-parts [[null]]");
    assert_eq!(by_doi("10.3892/ijo_00000353").authors[0], "Stravopodis", "a name without a given part");
    let odd = by_doi("10.1002/(sici)1097-461x(1998)66:4<261::aid-qua1>3.0.co;2-t");
    assert!(odd.url.contains("%3C261") && odd.title.starts_with("Renormalized perturbation theory"));
}

#[test]
fn recorded_crossref_preprint_and_article_are_one_work() {
    let Some(folder) = recorded("crossref") else { return };
    let text = fs::read_to_string(folder.join("habanero_test_works_field_queries_0.json")).unwrap();
    let papers = parsed(SourceId::Crossref, &text);
    let count = papers.len();
    let by_doi = |doi: &str| papers.iter().find(|p| p.doi.as_deref() == Some(doi)).unwrap().clone();
    let (article, preprint) = (by_doi("10.1002/ece3.2314"), by_doi("10.1101/014852"));
    assert!(same_work(&article, &preprint), "the family name is split otherwise, the hyphens differ");
    let merged = merge(papers.clone());
    assert_eq!(merged.len(), count - 1);
    let work = merged.iter().find(|p| p.doi.as_deref() == Some("10.1002/ece3.2314")).unwrap();
    assert_eq!((work.year, work.venue.as_deref()), (Some(2015), Some("Ecology and Evolution")));
    let named = by_doi("10.1111/j.2041-210x.2012.00247.x");
    assert!(named.title.starts_with("Treebase"), "{}", named.title);
    assert_eq!(by_doi("10.1177/2053951719836258").venue.as_deref(), Some("Big Data & Society"));
}

#[test]
fn recorded_datacite() {
    let Some(folder) = recorded("datacite") else { return };
    let text = fs::read_to_string(folder.join("datacite_api.json")).unwrap();
    let value: Value = serde_json::from_str(&text).unwrap();
    let papers = parsed(SourceId::Datacite, &text);
    assert_eq!(papers.len(), value["data"].as_array().unwrap().len());
    assert_eq!(papers[0].authors.len(), value["data"][0]["attributes"]["creators"].as_array().unwrap().len());
    assert_eq!(papers[0].authors[0], "A. A. Abdo");
    assert_eq!(papers[0].abstract_text, None, "a description that is no abstract");
    let singles: Vec<Value> =
        files(&folder.join("docs")).iter().map(|(_, text)| serde_json::from_str(text).unwrap()).collect();
    assert_eq!(singles.len(), 37);
    let list = json!({"data": singles, "meta": {"total": singles.len()}}).to_string();
    let papers = parsed(SourceId::Datacite, &list);
    let titled = singles
        .iter()
        .filter(|doc| doc["attributes"]["titles"].as_array().is_some_and(|t| t.iter().any(|t| t["title"].is_string())));
    assert_eq!(papers.len(), titled.count());
    papers.iter().for_each(clean);
    let titles: Vec<&str> = papers.iter().map(|p| p.title.as_str()).collect();
    assert!(titles.contains(&"Eastern questionnaire"), "a title in <h1>");
    assert!(titles.contains(&"SH409843.07FU: Gomphales"), "a subtitle");
    assert!(papers.iter().all(|p| p.authors.iter().all(|a| a != "(:Unav)" && a != "Unknown")));
}

#[test]
fn recorded_pubmed() {
    let Some(folder) = recorded("pubmed") else { return };
    let read = |name: &str| parsed(SourceId::Pubmed, &fs::read_to_string(folder.join(name)).unwrap());
    let sample = read("pubmedsample_2019.xml");
    assert_eq!(sample.len(), 176);
    sample.iter().for_each(clean);
    assert!(sample.iter().all(|paper| paper.year.is_some()));
    assert!(sample.iter().all(|paper| !paper.title.ends_with('.') && !paper.title.starts_with('[')));
    let count = |notice| sample.iter().filter(|paper| paper.notice == Some(notice)).count();
    assert_eq!((count(Notice::Retracted), count(Notice::Corrected)), (5, 12));
    let have = |is: fn(&Paper) -> bool| sample.iter().filter(|paper| is(paper)).count();
    let counts = (have(|p| p.abstract_text.is_some()), have(|p| p.doi.is_some()), have(|p| !p.full_texts.is_empty()));
    assert_eq!(counts, (115, 70, 20), "of the records themselves, not of what they cite");
    let attention = read("pubmed_efetch.xml").remove(0);
    assert_eq!(attention.doi.as_deref(), Some("10.1162/imag.a.1176"));
    for (name, records) in [("pubmed_efetch.xml", 3), ("pubmed-29768149.xml", 1)] {
        let papers = read(name);
        assert_eq!(papers.len(), records, "{name}");
        papers.iter().for_each(clean);
    }
}

#[test]
fn recorded_arxiv() {
    let Some(folder) = recorded("arxiv_api") else { return };
    let index: Value = serde_json::from_str(&fs::read_to_string(folder.join("index.json")).unwrap()).unwrap();
    let mut read = 0;
    for (name, text) in files(&folder) {
        let document = roxmltree::Document::parse(&text).unwrap();
        let entries =
            document.descendants().filter(|node| node.has_tag_name(("http://www.w3.org/2005/Atom", "entry"))).count();
        let told = index.as_array().unwrap().iter().find(|entry| entry["file"] == name.as_str());
        let result = SourceId::Arxiv.parse(&text);
        match name.as_str() {
            "id_abc_s0_m100.xml" => {
                assert!(
                    matches!(&result, Err(ParseError::Refused { message, .. }) if message.contains("incorrect id format")),
                    "{result:?}"
                );
            }
            "fastpaper_attention_mechanism.xml" | "jmc_population_genetics_selection.xml" => {
                assert!(matches!(&result, Err(ParseError::Rewritten { .. })), "{result:?}");
            }
            _ => {
                let papers = result.unwrap_or_else(|error| panic!("{name}: {error}"));
                assert_eq!(papers.len(), entries, "{name}");
                assert_eq!(told.map(|entry| entry["entries"].as_u64()), Some(Some(entries as u64)), "{name}");
                papers.iter().for_each(clean);
                assert!(
                    papers.iter().all(|p| p.arxiv_id.is_some() && p.year.is_some() && p.abstract_text.is_some()),
                    "{name}"
                );
                read += papers.len();
            }
        }
    }
    assert!(read > 200, "{read}");
    let single = |name: &str| parsed(SourceId::Arxiv, &fs::read_to_string(folder.join(name)).unwrap()).remove(0);
    let zero = single("id_2104.12255v1_s0_m100.xml");
    assert_eq!((zero.title.as_str(), zero.id.0.as_str()), ("0", "arxiv:2104.12255"));
    let jupiters = single("id_astro-ph_0601001_s0_m100.xml");
    assert_eq!((jupiters.arxiv_id.as_deref(), jupiters.authors.len()), (Some("astro-ph/0601001"), 4));
    assert_eq!(jupiters.url, "https://arxiv.org/abs/astro-ph/0601001");
    assert!(jupiters.abstract_text.unwrap().contains("V_max<17.5"), "a bare < is text");
}

#[test]
fn recorded_pages_overlap_and_merge() {
    let Some(folder) = recorded("arxiv_api") else { return };
    let page = |name: &str| parsed(SourceId::Arxiv, &fs::read_to_string(folder.join(name)).unwrap());
    let whole = page("q_testing_s0_m100.xml");
    let mut twice = page("q_testing_s0_m10.xml");
    twice.extend(page("q_testing_s0_m15.xml"));
    twice.extend(whole.clone());
    let merged = merge(twice.clone());
    let distinct: std::collections::BTreeSet<_> = twice.iter().map(|p| p.arxiv_id.clone()).collect();
    assert_eq!(merged.len(), distinct.len());
    let kin = |(i, a)| whole[..i].iter().filter(move |b| same_work(a, b)).map(move |b| (a, b));
    let alike: Vec<(&Paper, &Paper)> = whole.iter().enumerate().flat_map(kin).collect();
    let titles: Vec<&str> = alike.iter().map(|(a, _)| a.title.as_str()).collect();
    // One pair of a hundred: two papers of one author whose titles differ in one word, no independent witnesses.
    assert_eq!(titles.len(), 1, "{titles:?}");
    assert_eq!(alike[0].0.authors[0], alike[0].1.authors[0]);
}

/// The same work from two sources, recorded independently.
#[test]
fn recorded_openalex_and_semantic_scholar_share_a_work() {
    let (Some(openalex), Some(scholar)) = (recorded("openalex"), recorded("semantic_scholar")) else { return };
    let text = |path: PathBuf| fs::read_to_string(path).unwrap();
    let mut papers = parsed(SourceId::Openalex, &text(openalex.join("search_attention_mechanism.json")));
    papers.extend(parsed(SourceId::SemanticScholar, &text(scholar.join("fastpaper_search_abstracts.json"))));
    let merged = merge(papers);
    assert_eq!(merged.len(), 5);
    let review = &merged[0];
    assert_eq!(review.doi.as_deref(), Some("10.1016/j.neucom.2021.03.091"));
    assert_eq!(review.sources, [SourceId::Openalex, SourceId::SemanticScholar]);
    assert_eq!(review.authors, ["Zhaoyang Niu", "Guoqiang Zhong", "Hui Yu"], "full names rather than initials");
}
