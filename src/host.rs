//! The boundary to the world: one trait. The core decides what is asked and what the answer means; the host owns
//! rate limits, retries, caching and the workers that hold the model.

use crate::{
    claim::Claim,
    nli::{Entailment, Pair},
    paper::PaperId,
    source::SourceId,
    verify::Verdict,
};
use serde::{Deserialize, Serialize};

/// One GET. No headers of our own: a custom header would cost a CORS preflight that several sources refuse.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Request {
    /// Absolute `https` address.
    pub url: String,
    /// Whose rate limit it counts against.
    pub source: SourceId,
}

/// What came back with status 200.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    /// The decoded body.
    pub body: String,
    /// True where a stored answer of the last day was used.
    pub cached: bool,
}

/// Why a request brought no body. Never to be read as "nothing found".
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum FetchError {
    /// The browser gave no status: no CORS header, no network, or a throttle without CORS. They look alike.
    #[error("no answer that this page may read (blocked by CORS, offline, or throttled)")]
    Unreadable,
    /// 429 (or arXiv's 406): asked to wait longer than a run should.
    #[error("throttled{}", retry_after_s.map_or(String::new(), |s| format!("; it asks to wait {s} s")))]
    Throttled {
        /// Seconds it asked to wait, where it said.
        retry_after_s: Option<u64>,
    },
    /// Another status than 200.
    #[error("HTTP {status}")]
    Status {
        /// The HTTP status code.
        status: u16,
    },
    /// No complete answer within the time a host allows.
    #[error("no answer within {after_s} s")]
    TimedOut {
        /// Seconds waited.
        after_s: u64,
    },
    /// The circuit breaker is open: earlier requests to this source failed and it is left alone for now.
    #[error("left alone after {failures} failures")]
    CircuitOpen {
        /// Consecutive failures that opened it.
        failures: u32,
    },
    /// The run was cancelled while waiting.
    #[error("cancelled")]
    Cancelled,
}

/// The reader asked to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the run was cancelled")]
pub struct Cancelled;

/// Why pairs could not be scored.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EntailError {
    /// The run was cancelled while waiting.
    #[error("cancelled")]
    Cancelled,
    /// The model failed; the message names the reason.
    #[error("{0}")]
    Model(String),
}

/// How a source is doing. The page shows it live.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum SourceState {
    /// A request is on its way.
    Asking,
    /// Asked to wait; it is asked again after so many seconds.
    Throttled {
        /// Seconds from now until the next try.
        retry_in_s: u64,
    },
    /// It answered.
    Answered {
        /// Records it returned, before merging.
        records: usize,
    },
    /// It did not answer, or its answer could not be read. `reason` is a sentence for the reader, `remedy` what to do.
    Failed {
        /// What happened.
        reason: String,
        /// What the reader can do about it.
        remedy: String,
    },
}

/// What a run tells while it goes on, in order. Every `emit` is also the check for cancellation.
#[allow(clippy::large_enum_variant, reason = "one at a time, and gone once emitted")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Progress {
    /// One source changed its state.
    Searching {
        /// Which.
        source: SourceId,
        /// How it is doing.
        state: SourceState,
    },
    /// Search is over: papers kept (in rank order) and how many were gated out.
    Screened {
        /// The papers that will be read.
        kept: Vec<PaperSummary>,
        /// Papers found but set aside, each listed in the report with its reason.
        excluded: usize,
    },
    /// A full text was tried: `done` of `total`.
    Reading {
        /// Papers tried so far.
        done: usize,
        /// Papers to try.
        total: usize,
        /// The paper just tried.
        paper: PaperId,
        /// True where its full text could be read, false where only the abstract is used.
        full_text: bool,
    },
    /// Claims were extracted; all are known from here on.
    Extracted {
        /// In the order of the report.
        claims: Vec<Claim>,
    },
    /// A claim was judged: `done` of `total`.
    Verifying {
        /// Claims judged so far.
        done: usize,
        /// Claims to judge.
        total: usize,
        /// The verdict just reached.
        verdict: Verdict,
    },
    /// The panel is scoring; only the report is left.
    Reviewing,
}

/// A paper as the progress list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct PaperSummary {
    /// Its id.
    pub id: PaperId,
    /// Its title.
    pub title: String,
    /// Year of publication, where known.
    pub year: Option<u16>,
    /// Where to read it.
    pub url: String,
}

/// The pipeline's way out. Implemented by the browser and Node (`wasm.rs`) and by the tests' replay.
#[allow(async_fn_in_trait, reason = "the pipeline runs on one thread; no Send bound is wanted")]
pub trait Host {
    /// Fetches one body, politely: spacing, retries and caching are done here.
    ///
    /// # Errors
    /// [`FetchError`] after the retries; it never means "nothing found".
    async fn fetch(&self, request: &Request) -> Result<Response, FetchError>;

    /// Keeps an answer that could be understood for a day; one that could not is never kept.
    async fn keep(&self, request: &Request, response: &Response);

    /// Scores pairs, in order, one [`Entailment`] a pair.
    ///
    /// # Errors
    /// [`EntailError`] where the model fails or the run is cancelled.
    async fn entail(&self, pairs: &[Pair]) -> Result<Vec<Entailment>, EntailError>;

    /// Reports progress and asks whether to go on.
    ///
    /// # Errors
    /// [`Cancelled`] once the reader has asked to stop.
    fn emit(&self, progress: Progress) -> Result<(), Cancelled>;
}
