//! Reads what `pkg/pdf-runs.mjs` finds in a PDF: runs as JSON on standard input become the document as JSON, or
//! `{"error": "…"}`. With `--sentences` a JSON list of texts becomes the list of their sentences, for measures against known
//! texts (`tests/node/pdf.test.mjs`).

use probatum::{
    read::pdf::{PdfRuns, sections},
    text,
};
use serde_json::{Value, json};
use std::io::stdin;

fn main() -> serde_json::Result<()> {
    let answer = if std::env::args().any(|argument| argument == "--sentences") {
        let texts: Vec<String> = serde_json::from_reader(stdin())?;
        let split = |written: &String| {
            let plain = text::normalize(written);
            text::sentences(&plain).into_iter().map(|span| span.of(&plain).to_owned()).collect::<Vec<_>>()
        };
        json!(texts.iter().map(split).collect::<Vec<_>>())
    } else {
        let runs: PdfRuns = serde_json::from_reader(stdin())?;
        sections(&runs).map_or_else(
            |error| json!({ "error": error.to_string() }),
            |read| json!({ "title": read.title, "sections": read.sections }),
        )
    };
    println!("{}", Value::to_string(&answer));
    Ok(())
}
