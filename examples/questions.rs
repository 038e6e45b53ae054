//! Answers many questions natively and writes each report as JSON, Markdown and HTML: for measuring changes of the pipeline without a build of
//! the module.
//!
//! ```sh
//! PORT=8765 node ../shared/scholarly-web/web.mjs &
//! cargo run --example questions -- 8765 questions.jsonl reports/ www/models/probatum-nli-1
//! ```
//!
//! Each line of the file is `{"id", "question"}`. The network is a server on 127.0.0.1 that answers
//! `/?url=<encoded address>` in the place of the real hosts; nothing else is asked.

use probatum::{
    courtesy::{Polite, Reply, Transport},
    host::{EntailError, Host, Progress},
    nli::{Depth, Entailment, Model, Pair},
    paper::{SourceId, identifier::percent_encoded},
    pipeline,
    record::{Config, Models},
    report::{html, markdown},
    request::{Cancelled, FetchError, Request, Response, SourceState},
};
use std::{
    cell::Cell,
    fs,
    io::{Read, Write},
    net::TcpStream,
    path::Path,
    time::Instant,
};

/// The server in the place of the hosts. Its clock advances only by waiting, so nobody waits.
struct StandIn {
    port: u16,
    now_ms: Cell<u64>,
}

impl Transport for StandIn {
    async fn get(&self, url: &str) -> Result<Reply, FetchError> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).map_err(|_| FetchError::Unreadable)?;
        let path = format!("/?url={}", percent_encoded(url, ""));
        let request = format!("GET {path} HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n");
        stream.write_all(request.as_bytes()).map_err(|_| FetchError::Unreadable)?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).map_err(|_| FetchError::Unreadable)?;
        let (head, body) = answer.split_once("\r\n\r\n").ok_or(FetchError::Unreadable)?;
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or(FetchError::Unreadable)?;
        // A page may read only what says so.
        if !head.to_lowercase().contains("access-control-allow-origin") {
            return Err(FetchError::Unreadable);
        }
        Ok(Reply { status, retry_after: None, body: body.as_bytes().to_vec() })
    }

    async fn sleep(&self, ms: u64) -> Result<(), Cancelled> {
        self.now_ms.set(self.now_ms.get() + ms);
        Ok(())
    }

    fn now_ms(&self) -> u64 {
        self.now_ms.get()
    }

    fn jitter(&self) -> f64 {
        0.5
    }

    async fn cached(&self, _url: &str) -> Option<Vec<u8>> {
        None
    }

    async fn store(&self, _url: &str, _body: &[u8]) {}

    fn report(&self, _source: SourceId, _state: SourceState) {}
}

struct NativeHost<'m> {
    polite: Polite<StandIn>,
    model: &'m Model,
    deep: Option<&'m Model>,
    pairs: Cell<usize>,
}

impl Host for NativeHost<'_> {
    async fn fetch(&self, request: &Request) -> Result<Response, FetchError> {
        self.polite.fetch(request).await
    }

    async fn keep(&self, _request: &Request, _response: &Response) {}

    async fn entail(&self, depth: Depth, pairs: &[Pair]) -> Result<Vec<Entailment>, EntailError> {
        self.pairs.set(self.pairs.get() + pairs.len());
        let model = self.deep.filter(|_| depth == Depth::Deep).unwrap_or(self.model);
        model.entail(pairs).map_err(|error| EntailError::Model(error.to_string()))
    }

    fn emit(&self, _progress: Progress) -> Result<(), Cancelled> {
        Ok(())
    }
}

/// A model from its folder, whole or in parts.
fn load(folder: &Path) -> Model {
    let file = |name: &str| fs::read(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let manifest = file("manifest.json");
    let named: serde_json::Value = serde_json::from_slice(&manifest).expect("a manifest is JSON");
    let described = &named["files"]["model"];
    let model = match described["parts"].as_array() {
        Some(parts) => parts.iter().flat_map(|part| file(part["path"].as_str().expect("a part has a path"))).collect(),
        None => file(described["path"].as_str().expect("a model has a path")),
    };
    Model::load(&manifest, model, &file("tokenizer.json")).expect("it loads")
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, port, questions, out, model, deep @ ..] = arguments.as_slice() else {
        eprintln!("usage: questions PORT QUESTIONS.jsonl REPORTS MODEL [DEEP MODEL]");
        std::process::exit(2);
    };
    let port = port.parse().expect("the port is a number");
    let (model, deep) = (load(Path::new(model)), deep.first().map(|folder| load(Path::new(folder))));
    fs::create_dir_all(out).expect("the folder can be made");
    for line in fs::read_to_string(questions).expect("the questions can be read").lines() {
        let asked: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
        let (id, question) = (asked["id"].as_str().expect("an id"), asked["question"].as_str().expect("a question"));
        let config = Config {
            sources: SourceId::SEARCHABLE.into_iter().filter(|source| source.on_by_default()).collect(),
            date: "2026-01-01".into(),
            max_papers: 60,
            max_full_texts: 0,
            max_claims: 24,
            max_claims_per_paper: 3,
            passages_per_claim: 8,
            propositions: Vec::new(),
            works: Vec::new(),
            relay: None,
            unpaywall: false,
            params: Default::default(),
        };
        let stand_in = StandIn { port, now_ms: Cell::new(0) };
        let host =
            NativeHost { polite: Polite::new(stand_in), model: &model, deep: deep.as_ref(), pairs: Cell::new(0) };
        let started = Instant::now();
        let models =
            Models { small: model.manifest().clone(), deep: deep.as_ref().map(|deep| deep.manifest().clone()) };
        match pollster::block_on(pipeline::run(question, config, models, &host)) {
            Ok(report) => {
                let seconds = started.elapsed().as_secs_f32();
                println!("{id} {seconds:.0} s, {} pairs: {}", host.pairs.get(), report.answer.text);
                let write = |ending: &str, text: String| {
                    fs::write(Path::new(out).join(format!("{id}.{ending}")), text).expect("the report is written");
                };
                write("json", report.json());
                write("md", markdown::render(&report));
                write("html", html::document(&report));
            }
            Err(error) => println!("{id} failed: {error}"),
        }
    }
}
