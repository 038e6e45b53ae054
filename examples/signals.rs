//! Searches for questions and prints what speaks for each work found, to fit and to measure the relevance of papers
//! (`training/relevance`).
//!
//! Needs a stand-in for the scholarly web on a port of this machine, which answers `GET /?url=<address>` with what the
//! address would. Each line of the standard input is a question `{"q": "id", "question": "…"}`; each line of the output
//! `{"q", "works": [{"doi", "arxivId", "relevance", "signals"}], "asked": [{"source", "url", "records"}]}`.
//!
//! ```sh
//! cargo run --release --example signals 8765 < questions.jsonl > signals.jsonl
//! ```

use probatum::{
    host::{EntailError, Host, Progress},
    nli::{Depth, Entailment, Pair},
    paper::{SourceId, identifier::percent_encoded},
    question::Question,
    record::{Config, Params},
    relevance,
    request::{Cancelled, FetchError, Request, Response},
    search,
};
use serde_json::{Value, json};
use std::{
    error::Error,
    io::{self, Read, Write},
    net::TcpStream,
};

/// The stand-in: plain HTTP, one request a connection.
struct StandIn {
    port: u16,
}

impl StandIn {
    fn get(&self, url: &str) -> io::Result<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        write!(stream, "GET /?url={} HTTP/1.0\r\n\r\n", percent_encoded(url, ""))?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    }
}

impl Host for StandIn {
    async fn fetch(&self, request: &Request) -> Result<Response, FetchError> {
        let answer = self.get(&request.url).map_err(|_| FetchError::Unreadable)?;
        let (head, body) = answer.split_once("\r\n\r\n").ok_or(FetchError::Unreadable)?;
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        if status == 200 {
            Ok(Response { body: body.as_bytes().to_vec(), cached: false })
        } else {
            Err(FetchError::Status { status })
        }
    }

    async fn keep(&self, _request: &Request, _response: &Response) {}

    async fn entail(&self, _depth: Depth, _pairs: &[Pair]) -> Result<Vec<Entailment>, EntailError> {
        Err(EntailError::Model("nothing is scored here".into()))
    }

    fn emit(&self, _progress: Progress) -> Result<(), Cancelled> {
        Ok(())
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let port = std::env::args().nth(1).ok_or("the port of the stand-in is missing")?.parse()?;
    let sources: Vec<SourceId> = SourceId::SEARCHABLE.into_iter().filter(|source| source.on_by_default()).collect();
    let config = Config {
        sources,
        date: "2026-01-31".into(),
        max_papers: 60,
        max_full_texts: 0,
        max_claims: 1,
        max_claims_per_paper: 1,
        passages_per_claim: 1,
        propositions: Vec::new(),
        works: Vec::new(),
        relay: None,
        unpaywall: false,
        params: Params::default(),
    };
    for line in io::stdin().lines() {
        let asked: Value = serde_json::from_str(&line?)?;
        let question = Question::parse(asked["question"].as_str().ok_or("a line without a question")?)?;
        let params = &config.params.relevance;
        let found = pollster::block_on(search::search(&question, &config, &StandIn { port }));
        let signals = relevance::signals(&question, &found.works, params);
        let works = found.works.iter().zip(&signals).map(|(work, signals)| {
            json!({"doi": work.doi, "arxivId": work.arxiv_id, "relevance": params.relevance(signals), "signals": signals})
        });
        println!("{}", json!({"q": asked["q"], "works": works.collect::<Vec<_>>(), "asked": found.asked}));
    }
    Ok(())
}
