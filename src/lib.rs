//! **Probatum** answers a research question with a report in which every claim is checked.
//!
//! # Steps
//!
//! 1. [`question`]: a [`Question`](question::Question) becomes search [`Query`](question::Query)s
//!    ([`question::queries`]).
//! 2. [`search`]: each query becomes a [`Request`](request::Request) per source ([`paper::SourceId::search`]), and
//!    each body becomes [`Paper`](paper::Paper)s ([`paper::SourceId::parse`]); duplicates are merged
//!    ([`paper::merge`]). What the first answers teach is searched for too ([`question::widened`]).
//! 3. [`relevance`]: every work gets the probability that it is on the question's topic, and the best are kept
//!    ([`relevance::screen`]).
//! 4. [`read`]: a full text becomes [`Section`](paper::Section)s of [`Passage`](paper::Passage)s
//!    ([`read::sections`]).
//! 5. [`claim`]: passages become [`Claim`](claim::Claim)s ([`claim::extract`]).
//! 6. [`verify`]: each claim is paired with passages of other papers ([`verify::Sentences::candidates`]), scored by the model
//!    ([`nli`]) and judged ([`verify::judge`]).
//!    [`check`] does the same for a claim and texts at hand; [`lookup`] gets what is not at hand of a draft's works.
//! 7. [`stance`]: what each paper finds on the question and how it stands to its proposition ([`stance::judge`]).
//! 8. [`study`]: what it says it studied ([`study::study`]); [`answer`]: what the papers say together
//!    ([`answer::answer`]).
//! 9. [`review`]: a panel of rubrics scores the result ([`review::panel`]).
//! 10. [`report`]: everything becomes a [`Report`](report::Report) and its exports.
//!
//! [`pipeline::run`] puts the steps together; [`host::Host`] is the only way out of it. A file uses only files above
//! it in this list, and nothing here touches a browser: the bindings live in `wasm.rs`, compiled for wasm32 only.

pub mod text;

pub mod question;

pub mod paper;

pub mod request;

pub mod source;

pub mod draft;

pub mod read;

pub mod relevance;

pub mod claim;

pub use probatum_nli as nli;

pub mod verify;

pub mod check;

pub mod trace;

pub mod stance;

pub mod study;

pub mod answer;

pub mod record;

pub mod review;

pub mod report;

pub mod host;

pub mod courtesy;

mod full_texts;

pub mod lookup;

mod own;

pub mod search;

pub mod pipeline;

pub mod evaluate;

#[cfg(target_arch = "wasm32")]
pub mod wasm;
