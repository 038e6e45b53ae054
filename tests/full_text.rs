//! Where full texts come from: what sources give, in which order they are tried, and what a report says where none can be
//! read.

#[path = "support/config.rs"]
mod config;
#[path = "support/replay.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod replay;

use config::config;
use pollster::block_on;
use probatum::{
    host::{EntailError, Host, OwnFile, PdfError, Progress},
    nli::{Depth, Entailment, Manifest, Pair},
    paper::{Format, FullText, Paper, PaperId, Reading, SourceId, merge},
    pipeline,
    read::pdf::PdfRuns,
    record::{Config, Record, WarningKind},
    request::{Cancelled, FetchError, Request, Response, Server},
    trace::{Outcome, Trace},
    verify::Label,
};
use replay::{Overlap, RUNS, ReplayHost, Scorer};
use serde_json::{Value, json};
use std::{fs, path::PathBuf};

const TITLE: &str = "Naps and memory in adults: a trial";
const SAID: &str = "Short naps improved memory in forty adults.";

/// A replay folder of its own for a test, with an answer of OpenAlex and full texts by the beginning of their address.
fn folder(name: &str, texts: &[(&str, &str)]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).unwrap();
    let record = json!({
        "id": "https://openalex.org/W1",
        "doi": "https://doi.org/10.5555/naps",
        "ids": {"pmcid": "https://www.ncbi.nlm.nih.gov/pmc/articles/77"},
        "display_name": TITLE,
        "publication_year": 2021,
        "locations": [{"landing_page_url": "http://arxiv.org/abs/2101.00001", "pdf_url": "https://example.org/naps.pdf"}],
        "abstract_inverted_index": inverted(SAID),
    });
    let found = json!({"meta": {"count": 1}, "results": [record]});
    fs::write(folder.join("openalex.json"), found.to_string()).unwrap();
    let mut rules = Vec::new();
    for (at, (address, text)) in texts.iter().enumerate() {
        fs::write(folder.join(format!("{at}.txt")), text).unwrap();
        rules.push(json!({"match": address, "file": format!("{at}.txt")}));
    }
    rules.push(json!({"match": "https://api.openalex.org/", "file": "openalex.json"}));
    fs::write(folder.join("replay.json"), json!({"rules": rules}).to_string()).unwrap();
    folder
}

/// A text as OpenAlex gives abstracts.
fn inverted(text: &str) -> Value {
    Value::Object(text.split(' ').enumerate().map(|(at, word)| (word.to_owned(), json!([at]))).collect())
}

fn run(name: &str, texts: &[(&str, &str)]) -> Record {
    gather(&ReplayHost::open(&folder(name, texts), &Overlap), &[SourceId::Openalex])
}

fn gather(host: &impl Host, sources: &[SourceId]) -> Record {
    gather_with(host, sources, &[])
}

fn gather_with(host: &impl Host, sources: &[SourceId], works: &[&str]) -> Record {
    gather_by(
        host,
        Config { works: works.iter().map(|&work| work.to_owned()).collect(), max_full_texts: 4, ..config(sources) },
    )
}

fn gather_by(host: &impl Host, config: Config) -> Record {
    let manifest = Manifest::parse(&fs::read("www/models/probatum-nli-1/manifest.json").unwrap()).unwrap();
    block_on(pipeline::gather("Do naps improve memory in adults?", config, manifest, host)).unwrap()
}

fn jats(title: &str) -> String {
    format!(
        "<pmc-articleset><article><front><article-meta><title-group><article-title>{title}</article-title></title-group></article-meta></front>\
         <body><sec id=\"s1\"><title>Results</title><p>{SAID}</p></sec></body></article></pmc-articleset>"
    )
}

/// What the replay host takes for a PDF: a page with a title, an abstract and results, 60 letters a line.
fn pdf(title: &str, results: &str) -> String {
    let line = |text: &str, y: u16, size: u8| json!({"text": text, "x": 60, "y": y, "width": text.len() * usize::from(size) / 2, "size": size});
    let mut runs = vec![line(title, 80, 18), line("Abstract", 120, 12)];
    let abstract_text = format!("{SAID} They slept for twenty minutes after lunch.");
    let mut y = 140;
    for paragraph in [abstract_text.as_str(), "Results", results] {
        let mut said = String::new();
        for word in paragraph.split(' ') {
            if said.len() + word.len() > 60 {
                runs.push(line(said.trim(), y, 10));
                (said, y) = (String::new(), y + 12);
            }
            said = format!("{said} {word}");
        }
        runs.push(line(said.trim(), y, if paragraph == "Results" { 12 } else { 10 }));
        y += 30;
    }
    let document = json!({"title": title, "fonts": [{"name": "Times-Roman"}], "pages": [{"width": 600, "height": 800, "runs": []}, {"width": 600, "height": 800, "runs": runs}]});
    format!("{}{document}", String::from_utf8_lossy(RUNS))
}

const RESULTS: &str = "Words learned in the morning were recalled by most of the adults who had slept after lunch. \
     Those who had been awake recalled half of them. The difference was gone after a week.";

fn tex() -> String {
    format!("\\title{{{TITLE}}}\\begin{{document}}\\section{{Results}} {SAID}\\end{{document}}")
}

const EFETCH: &str = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/efetch.fcgi?db=pmc&id=77&tool=probatum";

#[test]
fn a_source_gives_every_place_of_a_full_text() {
    let record = run("places", &[]);
    let texts: Vec<(Format, &str)> =
        record.papers[0].paper.full_texts.iter().map(|text| (text.format, text.url.as_str())).collect();
    assert_eq!(
        texts,
        [
            (Format::Jats, EFETCH),
            (Format::Tex, "https://arxiv.org/src/2101.00001"),
            (Format::Html, "https://arxiv.org/html/2101.00001"),
            (Format::Pdf, "https://arxiv.org/pdf/2101.00001"),
            (Format::Pdf, "https://example.org/naps.pdf"),
        ]
    );
}

/// A host on which no full text comes before anybody's patience ends.
struct Slow<'a>(ReplayHost<'a>);

impl Host for Slow<'_> {
    async fn fetch(&self, request: &Request) -> Result<Response, FetchError> {
        match request.server {
            Server::FullText(_) => std::future::pending().await,
            Server::Source(_) => self.0.fetch(request).await,
        }
    }

    async fn keep(&self, request: &Request, response: &Response) {
        self.0.keep(request, response).await;
    }

    async fn entail(&self, depth: Depth, pairs: &[Pair]) -> Result<Vec<Entailment>, EntailError> {
        self.0.entail(depth, pairs).await
    }

    fn emit(&self, progress: Progress) -> Result<(), Cancelled> {
        self.0.emit(progress)
    }

    async fn sleep(&self, _ms: u64) {}
}

#[test]
fn a_full_text_that_does_not_come_is_done_without() {
    let record = gather(&Slow(ReplayHost::open(&folder("slow", &[]), &Overlap)), &[SourceId::Openalex]);
    assert_eq!(record.papers[0].paper.reading, Reading::Abstract);
    assert!(record.stances[0].finding.is_some(), "the abstract was asked all the same");
    let warning = record.warnings.iter().find(|warning| warning.kind == WarningKind::FullText).unwrap();
    assert_eq!(warning.message, format!("“{TITLE}” is read by its abstract only: it had not come after 10 s"));
}

#[test]
fn a_paper_is_asked_by_its_abstract_first_and_again_by_its_full_text() {
    let host = ReplayHost::open(&folder("twice", &[(EFETCH, &jats(TITLE))]), &Overlap);
    gather(&host, &[SourceId::Openalex]);
    let stages: Vec<&str> = host
        .seen()
        .iter()
        .filter_map(|progress| match progress {
            Progress::Answering { .. } => Some("asked"),
            Progress::Reading { full_text: true, .. } => Some("read"),
            _ => None,
        })
        .collect();
    assert_eq!(stages, ["asked", "read", "asked"]);
}

#[test]
fn the_next_full_text_is_tried_where_one_cannot_be_read() {
    let record = run("next", &[(EFETCH, &jats(TITLE))]);
    let paper = &record.papers[0].paper;
    assert_eq!(paper.reading, Reading::FullText);
    assert_eq!(paper.page.as_deref(), Some("https://pmc.ncbi.nlm.nih.gov/articles/PMC77/"));
    let results = paper.sections.last().unwrap();
    assert_eq!((results.heading.as_str(), results.passages[0].anchor.as_deref()), ("Results", Some("s1")));
    assert!(record.warnings.iter().all(|warning| warning.kind != WarningKind::FullText));
}

#[test]
fn another_papers_text_is_passed_over() {
    let other = jats("Oiled gears in old mills").replace(SAID, "Oil halved the noise of gears in every mill.");
    let record = run("another", &[(EFETCH, &other), ("https://arxiv.org/src/2101.00001", &tex())]);
    let paper = &record.papers[0].paper;
    assert_eq!((paper.reading, paper.page.as_deref()), (Reading::FullText, None));
    assert!(paper.sections.iter().any(|section| section.passages.iter().any(|passage| passage.text == SAID)));
}

#[test]
fn each_format_that_failed_is_named_with_its_reason() {
    let other = jats("Oiled gears in old mills").replace(SAID, "Oil halved the noise of gears in every mill.");
    let record = run("reasons", &[(EFETCH, &other), ("https://arxiv.org/src/2101.00001", "%PDF-1.7")]);
    assert_eq!(record.papers[0].paper.reading, Reading::Abstract);
    let warning = record.warnings.iter().find(|warning| warning.kind == WarningKind::FullText).unwrap();
    assert_eq!(
        warning.message,
        format!(
            "“{TITLE}” is read by its abstract only: JATS XML: it is “Oiled gears in old mills”, not this paper; \
             TeX: it cannot be read as TeX: the package holds a PDF alone; \
             HTML: arxiv.org has none that a page may read; \
             PDF: arxiv.org has none that a page may read; PDF: example.org has none that a page may read"
        )
    );
}

const ARXIV_PDF: &str = "https://arxiv.org/pdf/2101.00001";

#[test]
fn a_pdf_is_read_where_nothing_better_is() {
    let record = run("pdf", &[(ARXIV_PDF, &pdf(TITLE, RESULTS))]);
    let paper = &record.papers[0].paper;
    assert_eq!((paper.reading, paper.page.as_deref()), (Reading::FullText, Some(ARXIV_PDF)));
    let results = paper.sections.iter().find(|section| section.heading == "Results").unwrap();
    let passage = &results.passages[0];
    assert_eq!(passage.anchor.as_deref(), Some("page=2"));
    let said = passage.sentences[1];
    assert_eq!(said.of(&passage.text), "Those who had been awake recalled half of them.");
    assert!(passage.places(said).all(|place| place.page == 1 && place.x >= 60.0));
    let report = pipeline::report(record);
    let leads_there = |place: &probatum::report::Place| place.url == format!("{ARXIV_PDF}#page=2");
    assert!(report.places.iter().any(leads_there), "{:?}", report.places);
    let better = run("pdf-and-tex", &[(ARXIV_PDF, &pdf(TITLE, RESULTS)), ("https://arxiv.org/src/2101.00001", &tex())]);
    assert_eq!(better.papers[0].paper.page, None, "TeX is surer");
}

#[test]
fn an_open_copy_is_tried_after_arxivs() {
    let record = run("copy", &[("https://example.org/naps.pdf", &pdf(TITLE, RESULTS))]);
    assert_eq!(record.papers[0].paper.page.as_deref(), Some("https://example.org/naps.pdf"));
}

#[test]
fn a_pdf_that_cannot_be_read_is_named_with_its_cause() {
    let other = pdf("Oiled gears in old mills", RESULTS).replace("naps improved memory", "oil halved the noise");
    let other =
        other.replace("forty adults", "every mill").replace("They slept for twenty minutes after lunch", "It was so");
    for (name, body, cause) in [
        ("pdf-other", other.as_str(), "it is “Oiled gears in old mills”, not this paper"),
        ("pdf-login", "<!doctype html><title>Sign in</title>", "it cannot be read as PDF: its mark %PDF- is missing"),
        ("pdf-true", "%PDF-1.7\n%%EOF", "PDFs are not read here"),
        ("pdf-scan", "%PDF-runs\n{\"fonts\": [], \"pages\": []}", "the 0 pages of the PDF are pictures without text"),
        ("pdf-broken", "%PDF-runs\n{", "EOF while parsing"),
    ] {
        let record = run(name, &[(ARXIV_PDF, body)]);
        let paper = &record.papers[0].paper;
        assert_eq!(paper.reading, Reading::Abstract, "{name}");
        assert_eq!(paper.sections[0].passages[0].text, SAID);
        let warning = record.warnings.iter().find(|warning| warning.kind == WarningKind::FullText).unwrap();
        assert!(warning.message.contains(&format!("; PDF: {cause}")), "{name}: {}", warning.message);
    }
}

#[test]
fn a_record_of_pubmed_central_without_a_body_is_no_full_text() {
    let shut = jats(TITLE).replace(
        &format!("<body><sec id=\"s1\"><title>Results</title><p>{SAID}</p></sec></body>"),
        "<!--The publisher of this article does not allow downloading of the full text in XML form.-->",
    );
    let shut = shut.replace("</title-group>", &format!("</title-group><abstract><p>{SAID}</p></abstract>"));
    let gone = r#"<pmc-articleset><Reply Id="77" error="The following PMCID is not available: 77"/></pmc-articleset>"#;
    for (name, body, said) in [
        (
            "shut",
            shut.as_str(),
            "JATS XML: eutils.ncbi.nlm.nih.gov gives its abstract alone; the full text is not open there",
        ),
        ("gone", gone, "JATS XML: it cannot be read as JATS XML: it has no article"),
    ] {
        let record = run(name, &[(EFETCH, body)]);
        let paper = &record.papers[0].paper;
        assert_eq!((paper.reading, paper.page.as_deref()), (Reading::Abstract, None));
        assert_eq!(paper.sections[0].passages[0].text, SAID);
        let warning = record.warnings.iter().find(|warning| warning.kind == WarningKind::FullText).unwrap();
        assert!(
            warning.message.contains("is read by its abstract only") && warning.message.contains(said),
            "{warning:?}"
        );
    }
}

#[test]
fn full_texts_of_all_records_of_a_work_are_kept_once_and_the_best_first() {
    let record = |source: SourceId, texts: &[(Format, &str)]| Paper {
        id: PaperId("doi:10.5555/naps".into()),
        doi: Some("10.5555/naps".into()),
        title: TITLE.into(),
        sources: vec![source],
        full_texts: texts.iter().map(|&(format, url)| FullText { format, url: url.into(), page: None }).collect(),
        ..Paper::default()
    };
    let merged = merge(vec![
        record(SourceId::Openalex, &[(Format::Pdf, "https://a.org/a.pdf")]),
        record(SourceId::Crossref, &[(Format::Jats, EFETCH), (Format::Pdf, "https://a.org/a.pdf")]),
    ]);
    assert_eq!(merged.len(), 1);
    let formats: Vec<Format> = merged[0].full_texts.iter().map(|text| text.format).collect();
    assert_eq!(formats, [Format::Jats, Format::Pdf]);
}

/// A host with files of the reader's.
struct With<'a>(ReplayHost<'a>, Vec<OwnFile>);

impl Host for With<'_> {
    async fn fetch(&self, request: &Request) -> Result<Response, FetchError> {
        self.0.fetch(request).await
    }

    async fn keep(&self, request: &Request, response: &Response) {
        self.0.keep(request, response).await;
    }

    async fn entail(&self, depth: Depth, pairs: &[Pair]) -> Result<Vec<Entailment>, EntailError> {
        self.0.entail(depth, pairs).await
    }

    async fn pdf_runs(&self, bytes: &[u8]) -> Result<PdfRuns, PdfError> {
        self.0.pdf_runs(bytes).await
    }

    fn own_files(&self) -> Vec<OwnFile> {
        self.1.clone()
    }

    fn emit(&self, progress: Progress) -> Result<(), Cancelled> {
        self.0.emit(progress)
    }
}

fn own(name: &str, sources: &[SourceId], files: &[(&str, &str)]) -> Record {
    let files = files.iter().map(|&(name, text)| OwnFile { name: name.into(), bytes: text.into() });
    gather(&With(ReplayHost::open(&folder(name, &[]), &Overlap), files.collect()), sources)
}

const YOURS: &[SourceId] = &[SourceId::Yours];

#[test]
fn a_question_can_be_asked_of_the_readers_papers_alone() {
    let tea = "# Tea and gardens\n\nGardens were watered with cold tea for a year. The roses grew as before.";
    let record = own("own", YOURS, &[("sleep/naps.tex", &tex()), ("tea.md", tea), ("b.bin", "\u{0}\u{1}")]);
    let titles: Vec<&str> = record.papers.iter().map(|ranked| ranked.paper.title.as_str()).collect();
    assert_eq!(titles, [TITLE, "Tea and gardens"], "kept, whatever the topic");
    let paper = &record.papers[0].paper;
    assert_eq!(
        (paper.id.0.as_str(), paper.url.as_str(), paper.reading),
        ("yours:sleep/naps.tex", "", Reading::FullText)
    );
    let finding = record.stances[0].finding.as_ref().unwrap();
    assert_eq!(finding.span.of(&paper.passage(&finding.at).unwrap().text), SAID);
    assert!(record.asked.is_empty(), "nobody was asked anything");
    let unread = record.warnings.iter().find(|warning| warning.message.contains("b.bin")).unwrap();
    assert!(unread.message.starts_with("your file “b.bin” could not be read: "), "{}", unread.message);
    let report = pipeline::report(record);
    let html = probatum::report::html::document(&report);
    assert!(html.contains("your file sleep/naps.tex") && !html.contains("href=\"\""));
}

#[test]
fn a_file_that_is_a_work_found_is_read_in_its_place() {
    let both = [SourceId::Openalex, SourceId::Yours];
    let record = own("own-found", &both, &[("copy.tex", &tex())]);
    assert_eq!(record.papers.len(), 1);
    let paper = &record.papers[0].paper;
    assert_eq!((paper.id.0.as_str(), paper.reading), ("doi:10.5555/naps", Reading::FullText));
    assert_eq!(paper.sources, [SourceId::Openalex, SourceId::Yours]);
    assert!(record.warnings.is_empty(), "no full text is fetched: {:?}", record.warnings);
}

#[test]
fn a_comment_on_a_work_found_is_another_paper() {
    let other = tex().replace(SAID, "A letter to the editor, who was asked for more space and has given none so far.");
    let other = other.replace(TITLE, &format!("Comment on {TITLE}"));
    let record = own("own-other", &[SourceId::Openalex, SourceId::Yours], &[("letter.tex", &other)]);
    let ids: Vec<&str> = record.papers.iter().map(|ranked| ranked.paper.id.0.as_str()).collect();
    assert_eq!((ids.len(), ids.contains(&"doi:10.5555/naps"), ids.contains(&"yours:letter.tex")), (2, true, true));
}

#[test]
fn a_file_that_says_that_it_was_taken_back_is_no_evidence() {
    let tex = tex().replace(TITLE, &format!("RETRACTED: {TITLE}"));
    let alone = own("own-back", YOURS, &[("naps.tex", &tex)]);
    let found = own("own-found-back", &[SourceId::Openalex, SourceId::Yours], &[("naps.tex", &tex)]);
    for record in [alone, found] {
        assert!(record.papers.iter().any(|ranked| ranked.paper.is_own() && ranked.paper.retracted));
        assert!(record.papers.iter().all(|ranked| !ranked.paper.is_own() || !ranked.paper.can_be_evidence()));
    }
}

#[test]
fn a_work_that_a_readers_paper_cites_is_told_by_its_list() {
    let record = own("own-citing", YOURS, &[("naps.tex", &citing(LIST))]);
    let [Trace { work: Some(work), outcome: Outcome::Unchecked(why), .. }] = record.traces.as_slice() else {
        panic!("{:?}", record.traces)
    };
    assert_eq!(work.title, "Naps in children: a trial");
    assert_eq!(why.reason, "no source was to be asked for the work that it cites");
}

#[test]
fn a_pdf_of_the_readers_is_read_with_its_places() {
    let record = own("own-pdf", YOURS, &[("naps.pdf", &pdf(TITLE, RESULTS))]);
    let passages: Vec<_> = record.papers[0].paper.passages().map(|(_, passage)| passage.clone()).collect();
    assert!(passages.iter().any(|passage| !passage.places.is_empty()));
}

const OTHERS: &str = "Ito and Berg \\cite{ito} found that short naps improved memory in children.";
const TRACED: &str = "https://api.openalex.org/works/doi:10.5555/children";

/// The paper with what others found, and the list of works.
fn citing(list: &str) -> String {
    format!(
        "\\title{{{TITLE}}}\\begin{{document}}\\section{{Related work}} {OTHERS}\\section{{Results}} {SAID}{list}\\end{{document}}"
    )
}

const LIST: &str = "\\begin{thebibliography}{1}\\bibitem{ito} K. Ito and M. Berg. Naps in children: a trial. Sleep, 3:1-9, 2019. \
                    doi:10.5555/children\\end{thebibliography}";

/// [`Overlap`], so sure that it decides.
struct Sure;

impl Scorer for Sure {
    fn scores(&self, pairs: &[Pair]) -> Result<Vec<Entailment>, EntailError> {
        let sure = |Entailment { entailment, contradiction, .. }| Entailment {
            entailment: 3.0 * entailment,
            neutral: 0.0,
            contradiction: 3.0 * contradiction,
        };
        Ok(Overlap.scores(pairs)?.into_iter().map(sure).collect())
    }
}

fn traces(name: &str, list: &str, texts: &[(&str, &str)]) -> (Vec<Trace>, String) {
    let tex = citing(list);
    let texts: Vec<(&str, &str)> =
        texts.iter().copied().chain([("https://arxiv.org/src/2101.00001", tex.as_str())]).collect();
    let host = ReplayHost::open(&folder(name, &texts), &Sure);
    let report = pipeline::report(gather(&host, &[SourceId::Openalex]));
    assert_eq!(report.second_hand.len(), 1, "{:?}", report.second_hand);
    (report.traces.clone(), probatum::report::markdown::render(&report))
}

#[test]
fn a_second_hand_claim_is_checked_at_its_source() {
    let record = json!({
        "id": "https://openalex.org/W2", "doi": "https://doi.org/10.5555/children", "display_name": "Naps in children: a trial",
        "publication_year": 2019, "authorships": [{"author": {"display_name": "Kei Ito"}}],
        "abstract_inverted_index": inverted("We watched thirty children. Short naps improved memory in children of five years."),
    });
    let (traces, markdown) = traces("traced", LIST, &[(TRACED, &record.to_string())]);
    let [Trace { claim: 0, work: Some(work), outcome: Outcome::Checked { label, quote, reading, .. } }] =
        traces.as_slice()
    else {
        panic!("{traces:?}")
    };
    assert_eq!(
        (work.named().as_str(), work.url.as_str()),
        ("“Naps in children: a trial” (2019)", "https://doi.org/10.5555/children")
    );
    assert!(matches!(label, Label::Supported | Label::LeansSupported), "{traces:?}");
    assert_eq!(quote.as_deref(), Some("Short naps improved memory in children of five years."));
    assert_eq!(*reading, Reading::Abstract);
    assert!(markdown.contains("- At its source, read as abstract, [“Naps in children: a trial” (2019)](https://doi.org/10.5555/children): supported, "), "{markdown}");
}

#[test]
fn a_second_hand_claim_that_cannot_be_checked_says_why() {
    for (name, list, texts, said) in [
        (
            "untraced",
            LIST,
            &[][..],
            "Not checked at its source, [“Naps in children: a trial” (2019)](https://doi.org/10.5555/children): ",
        ),
        ("unlisted", "", &[], "Not checked at its source: the paper's list of works could not be read."),
    ] {
        let (traces, markdown) = traces(name, list, texts);
        assert!(matches!(traces.as_slice(), [Trace { outcome: Outcome::Unchecked(_), .. }]), "{traces:?}");
        assert!(markdown.contains(said), "{name}: {markdown}");
    }
}

#[test]
fn a_work_that_the_reader_names_is_asked_whatever_it_is_about() {
    let tea = json!({
        "id": "https://openalex.org/W3", "doi": "https://doi.org/10.5555/tea", "display_name": "Tea and gardens in old towns",
        "publication_year": 2020, "abstract_inverted_index": inverted("Gardens were watered with cold tea for a year."),
    });
    let texts = [("https://api.openalex.org/works/doi:10.5555/tea", tea.to_string())];
    let texts: Vec<(&str, &str)> = texts.iter().map(|(address, text)| (*address, text.as_str())).collect();
    let host = ReplayHost::open(&folder("named", &texts), &Overlap);
    let both = [SourceId::Openalex, SourceId::Yours];
    let record = gather_with(&host, &both, &["https://doi.org/10.5555/TEA", "tea"]);
    let ids: Vec<&str> = record.papers.iter().map(|ranked| ranked.paper.id.0.as_str()).collect();
    assert_eq!(ids, ["doi:10.5555/naps", "doi:10.5555/tea"]);
    assert!(record.papers[1].relevance < 0.3 && record.papers[1].paper.is_own());
    let said: Vec<&str> = record.warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert!(
        said.contains(&"your work “tea” could not be had: it is neither a DOI nor an arXiv id nor a PubMed id"),
        "{said:?}"
    );
}

#[test]
fn a_full_text_that_says_that_it_was_taken_back_is_no_evidence() {
    let record = run("taken-back", &[(EFETCH, &jats(&format!("RETRACTED: {TITLE}")))]);
    let paper = &record.papers[0].paper;
    assert_eq!((paper.reading, paper.retracted, paper.can_be_evidence()), (Reading::FullText, true, false));
}

#[test]
fn unpaywall_is_asked_for_what_no_source_knows_and_only_where_it_may_be() {
    let closed = json!({"meta": {"count": 1}, "results": [{
        "id": "https://openalex.org/W1", "doi": "https://doi.org/10.5555/naps", "display_name": TITLE, "publication_year": 2021,
        "abstract_inverted_index": inverted(SAID),
    }]});
    let (closed, found) = (closed.to_string(), jats(TITLE));
    let place =
        |url: &str| json!({"doi": "10.5555/naps", "oa_locations": [{"url": url, "url_for_pdf": null}]}).to_string();
    let (open, shut) = (
        place("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC77"),
        json!({"doi": "10.5555/naps", "oa_locations": []}).to_string(),
    );
    const UNPAYWALL: &str = "https://api.unpaywall.org/v2/10.5555/naps";
    let record = |name: &str, unpaywall: bool, answers: &[(&str, &str)]| {
        let texts =
            [answers, &[("https://api.openalex.org/works?search=", closed.as_str()), (EFETCH, &found)]].concat();
        let host = ReplayHost::open(&folder(name, &texts), &Overlap);
        gather_by(&host, Config { unpaywall, max_full_texts: 4, ..config(&[SourceId::Openalex]) })
    };
    let said = |record: &Record| -> Vec<String> {
        let of_texts = record.warnings.iter().filter(|warning| warning.kind == WarningKind::FullText);
        of_texts.map(|warning| warning.message.clone()).collect()
    };
    let unasked = record("unpaywall-unasked", false, &[(UNPAYWALL, &open)]);
    assert_eq!((unasked.papers[0].paper.reading, said(&unasked)), (Reading::Abstract, Vec::new()));
    let asked = record("unpaywall", true, &[(UNPAYWALL, &open)]);
    assert_eq!((asked.papers[0].paper.reading, said(&asked)), (Reading::FullText, Vec::new()));
    for (name, answers, why) in [
        ("unpaywall-shut", &[(UNPAYWALL, shut.as_str())][..], "Unpaywall knows no open copy of it"),
        ("unpaywall-page", &[(UNPAYWALL, "<html>")], "Unpaywall sent something else than a record"),
        ("unpaywall-down", &[], "Unpaywall could not be asked for an open copy: "),
    ] {
        let record = record(name, true, answers);
        let messages = said(&record);
        assert!(messages.len() == 1 && messages[0].contains(why), "{name}: {messages:?}");
    }
    let known = gather_by(
        &ReplayHost::open(&folder("unpaywall-known", &[(EFETCH, &found)]), &Overlap),
        Config { unpaywall: true, max_full_texts: 4, ..config(&[SourceId::Openalex]) },
    );
    assert_eq!(said(&known), Vec::<String>::new(), "a source knew a full text");
}
