//! What is asked of the world and what comes back: plain data, no I/O.

use crate::{paper::SourceId, text::charset};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// One GET. No headers of our own: a custom header would cost a CORS preflight that several sources refuse.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Request {
    /// Absolute `https` address.
    pub url: String,
    /// Whose rate limit it counts against.
    pub server: Server,
}

/// Who is asked: requests to one keep its manners.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Server {
    /// An API that is searched.
    Source(SourceId),
    /// A host that has full texts, by its name.
    FullText(String),
}

impl From<SourceId> for Server {
    fn from(source: SourceId) -> Self {
        Self::Source(source)
    }
}

/// What came back with status 200.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The body as sent.
    pub body: Vec<u8>,
    /// True where a stored answer of the last day was used.
    pub cached: bool,
}

impl Response {
    /// The body as text: UTF-8 unless its bytes are none.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        charset::decode(&self.body)
    }
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
    /// The reader went on without it: what else it might have had was not waited for.
    LeftOut {
        /// Records it had returned until then, before merging.
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
