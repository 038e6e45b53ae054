//! The boundary to the world: one trait. The core decides what is asked and what the answer means; the host owns
//! rate limits, retries, caching and the workers that hold the model.

use crate::{
    answer::Answer,
    claim::Claim,
    nli::{Depth, Entailment, Pair},
    paper::{Paper, PaperId, SourceId},
    read::pdf::PdfRuns,
    request::{Cancelled, FetchError, Request, Response, SourceState},
    stance::PaperStance,
    verify::Verdict,
};
use serde::{Deserialize, Serialize};

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

/// Why nothing of a PDF came.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    /// The run was cancelled while waiting.
    #[error("cancelled")]
    Cancelled,
    /// This host opens no PDFs.
    #[error("PDFs are not read here")]
    NotHere,
    /// The document cannot be opened, or took too long; the message says why.
    #[error("{0}")]
    Unreadable(String),
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
    /// A search of a source was answered.
    Found {
        /// Whose.
        source: SourceId,
        /// The records it returned, before those of one work are merged and before any is set aside.
        papers: Vec<PaperSummary>,
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
    /// A few more papers were asked what they say to the question: `done` of `total`, and the answer so far.
    Answering {
        /// Papers asked so far.
        done: usize,
        /// Papers to ask.
        total: usize,
        /// What the papers just asked say.
        stances: Vec<PaperStance>,
        /// The answer as it stands.
        answer: Answer,
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
    /// The deep model reads what could decide: `done` of `total`. What it changes follows as [`Progress::Answering`] and
    /// [`Progress::Verifying`] again.
    Deepening {
        /// Papers and claims read again so far.
        done: usize,
        /// Papers and claims to read again.
        total: usize,
    },
    /// The references of a draft are looked up: `done` of `total`.
    LookingUp {
        /// References looked up so far.
        done: usize,
        /// References to look up.
        total: usize,
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

impl PaperSummary {
    /// Of a paper.
    #[must_use]
    pub fn of(paper: &Paper) -> Self {
        Self { id: paper.id.clone(), title: paper.title.clone(), year: paper.year, url: paper.url.clone() }
    }
}

/// A file that the reader brings: a paper in a format that is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnFile {
    /// Its name with the ending, which tells what it is; no two have the same.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
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

    /// Scores pairs by one of the models, in order, one [`Entailment`] a pair. The deep one is asked only where the run was
    /// given its manifest.
    ///
    /// # Errors
    /// [`EntailError`] where the model fails or the run is cancelled.
    async fn entail(&self, depth: Depth, pairs: &[Pair]) -> Result<Vec<Entailment>, EntailError>;

    /// The runs of a PDF, for [`crate::read::pdf::sections`]. Whatever opens PDFs is loaded with the first. A host that has nothing
    /// to open them with says so.
    ///
    /// # Errors
    /// [`PdfError`] where the document cannot be opened or the run is cancelled.
    async fn pdf_runs(&self, _bytes: &[u8]) -> Result<PdfRuns, PdfError> {
        Err(PdfError::NotHere)
    }

    /// Waits so many milliseconds. A host without a clock waits for ever: it gives up on no source.
    async fn sleep(&self, _ms: u64) {
        std::future::pending().await
    }

    /// The papers that the reader brings; none where a host has nothing of the reader's.
    fn own_files(&self) -> Vec<OwnFile> {
        Vec::new()
    }

    /// Ends once the reader wants to go on without a source. On a host where nobody can say so it never ends.
    async fn left_out(&self, _source: SourceId) {
        std::future::pending().await
    }

    /// Reports progress and asks whether to go on.
    ///
    /// # Errors
    /// [`Cancelled`] once the reader has asked to stop.
    fn emit(&self, progress: Progress) -> Result<(), Cancelled>;
}
