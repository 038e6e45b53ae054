//! The bindings: with `wasm/`, the only files that know JavaScript. No logic of the pipeline lives here.
//!
//! Errors cross as real `Error` objects whose `name` is stable; their message is for the reader.

mod check;
mod evaluate;

use crate::{
    courtesy::{Polite, Reply, Transport},
    host::{self, EntailError, Host, PdfError, Progress},
    nli::{Depth, Entailment, Manifest, Pair, model::Model},
    paper::SourceId,
    pipeline::{self, Error},
    read::pdf::PdfRuns,
    record::{Config, Models, Record},
    report::{Report, html, markdown},
    request::{Cancelled, FetchError, Request, Response, SourceState},
    source,
};
use gloo_net::http;
use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Date, Math, Uint8Array, WebAssembly};
use serde::{Deserialize, Serialize};
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;
use web_sys::{AbortSignal, ReferrerPolicy, RequestCache, RequestCredentials};

/// How long one request may take, in milliseconds.
const TIMEOUT_MS: u32 = 30_000;
/// How often a wait looks for a cancellation, in milliseconds.
const SLICE_MS: u64 = 200;

#[wasm_bindgen(typescript_custom_section)]
const PIPELINE_HOST: &str = r#"
/** A paper that the reader brings, in a format that is read; its name tells which, and no two have the same. */
export interface OwnFile {
  name: string;
  bytes: Uint8Array;
}

/** What the pipeline needs of JavaScript. */
export interface PipelineHost {
  /** Sends a request, as the global `fetch` does: each run has its own. */
  fetch(request: Request): Promise<Response>;
  /**
   * Scores pairs by one of the two models, in order; the deep one only where `run` was given its manifest. Rejects with an
   * Error named "CancelledError" or "ModelError"; where the deep model cannot be had, what the small one said stands.
   */
  entail(pairs: Pair[], depth: Depth): Promise<Entailment[]>;
  /** Finds the runs of a PDF, as `pdfText` takes them. Rejects with an Error named "CancelledError", or one that says why not. */
  pdfRuns(bytes: Uint8Array): Promise<object>;
  /** The papers that the reader brings. */
  ownFiles(): OwnFile[];
  /** Takes progress; answers false once the reader has cancelled. */
  emit(progress: Progress): boolean;
  /** Resolves once the reader wants to go on without a source. */
  leftOut(source: SourceId): Promise<void>;
  /** A body stored under this key within the last day. */
  cacheGet(key: string): Promise<Uint8Array | undefined>;
  /** Stores a body; never rejects. */
  cachePut(key: string, body: Uint8Array): Promise<void>;
  /** Aborted by a cancellation: ends fetches and waits at once. */
  readonly signal: AbortSignal;
}
"#;

#[wasm_bindgen]
extern "C" {
    /// Milliseconds of a clock that never goes back.
    #[wasm_bindgen(js_namespace = performance)]
    fn now() -> f64;
    /// The host object passed to [`run`].
    #[wasm_bindgen(typescript_type = "PipelineHost")]
    pub type PipelineHost;
    #[wasm_bindgen(method, catch)]
    async fn fetch(this: &PipelineHost, request: web_sys::Request) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn entail(this: &PipelineHost, pairs: JsValue, depth: JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = pdfRuns)]
    async fn pdf_runs(this: &PipelineHost, bytes: Uint8Array) -> Result<JsValue, JsValue>;
    /// A file that the reader brings.
    #[wasm_bindgen(typescript_type = "OwnFile")]
    type OwnFile;
    #[wasm_bindgen(method, getter)]
    fn name(this: &OwnFile) -> String;
    #[wasm_bindgen(method, getter)]
    fn bytes(this: &OwnFile) -> Vec<u8>;
    #[wasm_bindgen(method, js_name = ownFiles)]
    fn own_files(this: &PipelineHost) -> Vec<OwnFile>;
    #[wasm_bindgen(method)]
    fn emit(this: &PipelineHost, progress: JsValue) -> bool;
    #[wasm_bindgen(method, catch, js_name = leftOut)]
    async fn left_out(this: &PipelineHost, source: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = cacheGet)]
    async fn cache_get(this: &PipelineHost, key: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = cachePut)]
    async fn cache_put(this: &PipelineHost, key: &str, body: Uint8Array) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter)]
    fn signal(this: &PipelineHost) -> AbortSignal;
}

/// A source a reader may choose.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SourceInfo {
    /// Its id in [`Config`].
    pub id: SourceId,
    /// Its name in words.
    pub name: String,
    /// What a reader should know before choosing it.
    pub note: String,
    /// Whether a new reader has it chosen.
    pub default_on: bool,
}

/// A finished run, rendered.
#[derive(Serialize, Deserialize, Tsify)]
pub struct Outcome {
    /// The report as JSON; its schema is published as `report.schema.json`.
    pub json: String,
    /// The report as Markdown.
    pub markdown: String,
    /// The report as a self-contained HTML document.
    pub html: String,
    /// The report as an HTML fragment for the page.
    pub article: String,
    /// Its main counts.
    pub summary: Summary,
    /// Everything that the run gathered, as JSON for [`rejudge`]; nothing else should read it.
    pub record: String,
}

impl Outcome {
    fn of(report: &Report, record: String) -> Result<Ts<Self>, JsValue> {
        Self {
            json: report.json(),
            markdown: markdown::render(report),
            html: html::document(report),
            article: html::article(report),
            summary: Summary::of(report),
            record,
        }
        .into_ts()
        .map_err(|e| error("Error", &e.to_string()))
    }
}

/// A report's main counts, for a terminal or a list.
#[derive(Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// Its title.
    pub title: String,
    /// Papers kept.
    pub papers: usize,
    /// Papers set aside.
    pub excluded: usize,
    /// Claims kept; the next five add up to it.
    pub claims: usize,
    /// Verdict supported.
    pub supported: usize,
    /// Verdict leans to supported.
    pub leans_supported: usize,
    /// Verdict refuted.
    pub refuted: usize,
    /// Verdict leans to refuted.
    pub leans_refuted: usize,
    /// Everything else: contested, undecided, not tested.
    pub not_enough_info: usize,
    /// Second-hand claims listed.
    pub second_hand: usize,
    /// The panel's score, `0.0..=10.0`.
    pub score: f32,
    /// The score in a word.
    pub rating: String,
    /// Whether the reader cancelled the run.
    pub cancelled: bool,
}

impl Summary {
    fn of(report: &Report) -> Self {
        let (claims, verdicts) = (report.claims.len(), report.verdicts);
        Self {
            title: report.title.clone(),
            papers: report.references.len(),
            excluded: report.excluded.len(),
            claims,
            supported: verdicts.supported,
            leans_supported: verdicts.leans_supported,
            refuted: verdicts.refuted,
            leans_refuted: verdicts.leans_refuted,
            not_enough_info: verdicts.contested + verdicts.not_enough_info + verdicts.untested + verdicts.not_judged,
            second_hand: report.second_hand.len(),
            score: report.review.score,
            rating: report.review.rating.to_string(),
            cancelled: report.cancelled,
        }
    }
}

/// Prints Rust panics to the console with their place.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}

/// Version of this module; workers of another version must not be mixed with it.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").into()
}

/// The sources a reader may choose, in the order they are asked.
///
/// # Errors
/// Never in practice: the list is plain data.
#[wasm_bindgen(unchecked_return_type = "SourceInfo[]")]
pub fn sources() -> Result<JsValue, JsValue> {
    let infos: Vec<SourceInfo> = SourceId::SEARCHABLE
        .into_iter()
        .map(|id| SourceInfo { id, name: id.name().into(), note: id.note().into(), default_on: id.on_by_default() })
        .collect();
    to_js(&infos)
}

/// The question of the demonstration set.
#[wasm_bindgen(js_name = demoQuestion)]
#[must_use]
pub fn demo_question() -> String {
    source::demo::question()
}

/// Holds the model: one instance a worker.
#[wasm_bindgen]
pub struct Nli {
    model: Model,
}

#[wasm_bindgen]
impl Nli {
    /// Loads a model folder's three files. `modelSha256` is that of `model`, in lower-case hexadecimal, where the host has
    /// computed it: browsers do it far faster.
    ///
    /// # Errors
    /// `ModelError`, naming the file and the reason.
    #[wasm_bindgen(constructor)]
    pub fn new(
        manifest: &[u8],
        model: Vec<u8>,
        tokenizer: &[u8],
        #[wasm_bindgen(js_name = modelSha256)] model_sha256: Option<String>,
    ) -> Result<Nli, JsValue> {
        let model = match model_sha256 {
            Some(digest) => Model::load_digested(manifest, model, digest, tokenizer),
            None => Model::load(manifest, model, tokenizer),
        };
        Ok(Self { model: model.map_err(|e| error("ModelError", &e.to_string()))? })
    }

    /// Scores pairs, in order.
    ///
    /// # Errors
    /// `ModelError` where the model gives no usable numbers.
    #[wasm_bindgen(unchecked_return_type = "Entailment[]")]
    pub fn entail(&self, #[wasm_bindgen(unchecked_param_type = "Pair[]")] pairs: JsValue) -> Result<JsValue, JsValue> {
        let pairs: Vec<Pair> = serde_wasm_bindgen::from_value(pairs)?;
        let scores = self.model.entail(&pairs).map_err(|e| error("ModelError", &e.to_string()))?;
        to_js(&scores)
    }

    /// The three logits of a pair given as token ids, in the model's own order; the first `firstSegment` ids are the
    /// premise's. For measurements.
    ///
    /// # Errors
    /// `ModelError` where the model gives no usable numbers.
    pub fn logits(
        &self,
        ids: Vec<u32>,
        #[wasm_bindgen(js_name = firstSegment)] first_segment: usize,
    ) -> Result<Vec<f32>, JsValue> {
        let logits = self.model.logits(ids, first_segment).map_err(|e| error("ModelError", &e.to_string()))?;
        Ok(logits.to_vec())
    }

    /// Where the time of [`Nli::logits`] goes: milliseconds and calls of each operator over `rounds` runs, the costliest
    /// first.
    ///
    /// # Errors
    /// `ModelError` where the model cannot be run.
    #[wasm_bindgen(unchecked_return_type = "{ op: string; time: number; calls: number }[]")]
    pub fn profile(
        &self,
        ids: Vec<u32>,
        #[wasm_bindgen(js_name = firstSegment)] first_segment: usize,
        rounds: usize,
    ) -> Result<JsValue, JsValue> {
        let shares = self.model.profile(ids, first_segment, rounds, now);
        to_js(&shares.map_err(|e| error("ModelError", &e.to_string()))?)
    }

    /// Linear memory of this instance, in bytes. It never shrinks.
    #[wasm_bindgen(js_name = memoryBytes)]
    #[must_use]
    pub fn memory_bytes(&self) -> f64 {
        let memory: WebAssembly::Memory = wasm_bindgen::memory().unchecked_into();
        f64::from(Uint8Array::new(&memory.buffer()).byte_length())
    }
}

/// Runs the whole pipeline. `manifest` is the `manifest.json` of the small model's folder, `deep` that of the deep model's, where
/// the host has or can get one.
///
/// # Errors
/// `UsageError` (question or config), `NothingAskedError` (no source could be asked), `ModelError`, or
/// `CancelledError` (cancelled before anything was found).
#[wasm_bindgen]
pub async fn run(
    question: String,
    config: Ts<Config>,
    manifest: Vec<u8>,
    deep: Option<Vec<u8>>,
    host: PipelineHost,
) -> Result<Ts<Outcome>, JsValue> {
    let config = config.to_rust().map_err(|e| error("UsageError", &e.to_string()))?;
    let parse = |bytes: Vec<u8>| Manifest::parse(&bytes).map_err(|e| error("ModelError", &e.to_string()));
    let models = Models { small: parse(manifest)?, deep: deep.map(parse).transpose()? };
    let host = JsHost::of(host);
    let record = pipeline::gather(&question, config, models, &host).await.map_err(|failure| {
        let name = match failure {
            Error::Question(_) | Error::Config(_) => "UsageError",
            Error::NothingAsked(_) => "NothingAskedError",
            Error::Model(_) => "ModelError",
            Error::Cancelled => "CancelledError",
        };
        error(name, &failure.to_string())
    })?;
    let kept = serde_json::to_string(&record).map_err(|e| error("Error", &e.to_string()))?;
    Outcome::of(&pipeline::report(record), kept)
}

/// The same run with every verdict judged at another strictness, without asking the model again: see
/// [`crate::record::Record::at`]. `record` is that of an [`Outcome`], `leniency` lies in `0..=1`; 0 is the manifest's own.
///
/// # Errors
/// `VersionError` where the record is none that this version can read.
#[wasm_bindgen]
pub fn rejudge(record: String, leniency: f32) -> Result<Ts<Outcome>, JsValue> {
    let read: Record = serde_json::from_str(&record)
        .map_err(|e| error("VersionError", &format!("the report was made by another version: {e}")))?;
    Outcome::of(&pipeline::report(read.at(leniency)), record)
}

fn error(name: &str, message: &str) -> JsValue {
    let error = js_sys::Error::new(message);
    error.set_name(name);
    error.into()
}

fn to_js<T: Serialize + ?Sized>(value: &T) -> Result<JsValue, JsValue> {
    // Absent values are `undefined`, as the generated types say.
    Ok(value.serialize(&serde_wasm_bindgen::Serializer::new().serialize_maps_as_objects(true))?)
}

/// The world as JavaScript gives it.
struct JsHost {
    polite: Polite<Network>,
}

impl JsHost {
    /// One run's: it has asked nobody yet.
    fn of(host: PipelineHost) -> Self {
        Self { polite: Polite::new(Network { host }) }
    }
}

impl Host for JsHost {
    async fn fetch(&self, request: &Request) -> Result<Response, FetchError> {
        self.polite.fetch(request).await
    }

    async fn keep(&self, request: &Request, response: &Response) {
        self.polite.keep(request, response).await;
    }

    async fn entail(&self, depth: Depth, pairs: &[Pair]) -> Result<Vec<Entailment>, EntailError> {
        let model = |thrown: JsValue| match thrown.dyn_into::<js_sys::Error>() {
            Ok(error) if error.name() == "CancelledError" => EntailError::Cancelled,
            Ok(error) => EntailError::Model(error.message().into()),
            Err(other) => EntailError::Model(format!("{other:?}")),
        };
        let (pairs, depth) = (to_js(pairs).map_err(model)?, to_js(&depth).map_err(model)?);
        let scores = self.polite.transport().host.entail(pairs, depth).await.map_err(model)?;
        serde_wasm_bindgen::from_value(scores).map_err(|error| EntailError::Model(error.to_string()))
    }

    async fn pdf_runs(&self, bytes: &[u8]) -> Result<PdfRuns, PdfError> {
        let runs = self.polite.transport().host.pdf_runs(Uint8Array::from(bytes)).await;
        let runs = runs.map_err(|thrown| match thrown.dyn_into::<js_sys::Error>() {
            Ok(error) if error.name() == "CancelledError" => PdfError::Cancelled,
            Ok(error) => PdfError::Unreadable(error.message().into()),
            Err(other) => PdfError::Unreadable(format!("{other:?}")),
        })?;
        serde_wasm_bindgen::from_value(runs).map_err(|error| PdfError::Unreadable(error.to_string()))
    }

    fn own_files(&self) -> Vec<host::OwnFile> {
        let files = self.polite.transport().host.own_files();
        files.into_iter().map(|file| host::OwnFile { name: file.name(), bytes: file.bytes() }).collect()
    }

    async fn sleep(&self, ms: u64) {
        // A cancellation ends the wait, and is noticed at the pipeline's own next report.
        let _ = self.polite.transport().sleep(ms).await;
    }

    async fn left_out(&self, source: SourceId) {
        // A host that cannot say goes on with all.
        if self.polite.transport().host.left_out(source.id()).await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    fn emit(&self, progress: Progress) -> Result<(), Cancelled> {
        self.polite.transport().emit(&progress)
    }
}

/// The host's `fetch` and cache, and timers of the page or of Node.
struct Network {
    host: PipelineHost,
}

impl Network {
    fn emit(&self, progress: &Progress) -> Result<(), Cancelled> {
        let go_on = to_js(progress).is_ok_and(|progress| self.host.emit(progress));
        if go_on && !self.host.signal().aborted() { Ok(()) } else { Err(Cancelled) }
    }
}

impl Transport for Network {
    async fn get(&self, url: &str) -> Result<Reply, FetchError> {
        let (cancel, timeout) = (self.host.signal(), AbortSignal::timeout_with_u32(TIMEOUT_MS));
        let failed = || {
            if cancel.aborted() {
                FetchError::Cancelled
            } else if timeout.aborted() {
                FetchError::TimedOut { after_s: u64::from(TIMEOUT_MS / 1000) }
            } else {
                FetchError::Unreadable
            }
        };
        let either = AbortSignal::any(&Array::of(&[cancel.clone(), timeout.clone()]));
        let request = http::Request::get(url)
            .credentials(RequestCredentials::Omit)
            .referrer_policy(ReferrerPolicy::NoReferrer)
            .cache(RequestCache::NoStore)
            .abort_signal(Some(&either))
            .build()
            .map_err(|_| failed())?;
        let response = self.host.fetch(request.into()).await.map_err(|_| failed())?;
        let response = http::Response::from(response.unchecked_into::<web_sys::Response>());
        let retry_after = response.headers().get("retry-after");
        let status = response.status();
        let body = response.binary().await.map_err(|_| failed())?;
        Ok(Reply { status, retry_after, body })
    }

    async fn sleep(&self, ms: u64) -> Result<(), Cancelled> {
        let mut left = ms;
        while left > 0 {
            let slice = left.min(SLICE_MS);
            TimeoutFuture::new(u32::try_from(slice).unwrap_or(u32::MAX)).await;
            if self.host.signal().aborted() {
                return Err(Cancelled);
            }
            left -= slice;
        }
        Ok(())
    }

    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a time in milliseconds is a whole number"
    )]
    fn now_ms(&self) -> u64 {
        Date::now() as u64
    }

    fn jitter(&self) -> f64 {
        Math::random()
    }

    async fn cached(&self, url: &str) -> Option<Vec<u8>> {
        Some(self.host.cache_get(url).await.ok()?.dyn_into::<Uint8Array>().ok()?.to_vec())
    }

    async fn store(&self, url: &str, body: &[u8]) {
        // A full or forbidden store costs only a second request tomorrow.
        let _ = self.host.cache_put(url, Uint8Array::from(body)).await;
    }

    fn report(&self, source: SourceId, state: SourceState) {
        // A cancellation is noticed at the pipeline's own next report.
        let _ = self.emit(&Progress::Searching { source, state });
    }
}
