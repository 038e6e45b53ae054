//! The native host of the tests: answers from a replay folder (the format of `pkg/replay.mjs`), through the same
//! courtesy as the browser, and scores with the real model or with [`Overlap`]. Its clock advances only by waiting, so
//! no test waits.

use probatum::{
    courtesy::{Polite, Reply, Transport},
    host::{EntailError, Host, PdfError, Progress},
    nli::{Depth, Entailment, Model, Pair},
    paper::SourceId,
    read::pdf::PdfRuns,
    request::{Cancelled, FetchError, Request, Response, SourceState},
    text::terms,
};
use serde::Deserialize;
use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// What a hanging request costs before it is given up, in milliseconds.
const TIMEOUT_MS: u64 = 30_000;

/// Begins a file that stands for a PDF; its runs follow as JSON.
pub const RUNS: &[u8] = b"%PDF-runs\n";

#[derive(Deserialize)]
struct Replay {
    rules: Vec<Rule>,
}

#[derive(Deserialize)]
struct Rule {
    r#match: String,
    file: Option<PathBuf>,
    #[serde(default = "ok")]
    status: u16,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    fault: Option<Fault>,
    times: Option<usize>,
}

fn ok() -> u16 {
    200
}

#[derive(Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Fault {
    Unreadable,
    Hang,
    Truncate,
}

/// The network of a replay folder.
struct Folder {
    path: PathBuf,
    rules: Vec<Rule>,
    used: RefCell<Vec<usize>>,
    now_ms: Cell<u64>,
    seen: RefCell<Vec<Progress>>,
    cancel_at: Cell<Option<usize>>,
}

impl Folder {
    /// The first rule that begins the address and is not used up.
    fn rule(&self, url: &str) -> Option<&Rule> {
        let mut used = self.used.borrow_mut();
        let found = self
            .rules
            .iter()
            .zip(used.iter_mut())
            .find(|(rule, used)| url.starts_with(&rule.r#match) && rule.times.is_none_or(|times| **used < times));
        found.map(|(rule, used)| {
            *used += 1;
            rule
        })
    }

    fn emit(&self, progress: Progress) -> Result<(), Cancelled> {
        let mut seen = self.seen.borrow_mut();
        seen.push(progress);
        if self.cancel_at.get().is_some_and(|at| seen.len() >= at) { Err(Cancelled) } else { Ok(()) }
    }
}

impl Transport for Folder {
    async fn get(&self, url: &str) -> Result<Reply, FetchError> {
        let rule = self.rule(url).ok_or(FetchError::Unreadable)?;
        match rule.fault {
            Some(Fault::Unreadable) => return Err(FetchError::Unreadable),
            Some(Fault::Hang) => {
                self.now_ms.set(self.now_ms.get() + TIMEOUT_MS);
                return Err(FetchError::TimedOut { after_s: TIMEOUT_MS / 1000 });
            }
            Some(Fault::Truncate) | None => {}
        }
        let bytes = rule.file.as_ref().map_or_else(Vec::new, |file| {
            let path = self.path.join(file);
            fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        });
        let length = if rule.fault == Some(Fault::Truncate) { bytes.len() / 2 } else { bytes.len() };
        let retry_after = rule.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("retry-after"));
        Ok(Reply {
            status: rule.status,
            retry_after: retry_after.map(|(_, value)| value.clone()),
            body: bytes[..length].to_vec(),
        })
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

    fn report(&self, source: SourceId, state: SourceState) {
        let _ = self.emit(Progress::Searching { source, state });
    }
}

/// Something that scores pairs.
pub trait Scorer {
    fn scores(&self, pairs: &[Pair]) -> Result<Vec<Entailment>, EntailError>;
}

impl Scorer for Model {
    fn scores(&self, pairs: &[Pair]) -> Result<Vec<Entailment>, EntailError> {
        self.entail(pairs).map_err(|error| EntailError::Model(error.to_string()))
    }
}

/// A stand-in for the model, for tests of everything around it: a premise that shares most of the hypothesis's words
/// entails it, or contradicts it where only one of the two says "not" or "no".
pub struct Overlap;

impl Scorer for Overlap {
    fn scores(&self, pairs: &[Pair]) -> Result<Vec<Entailment>, EntailError> {
        Ok(pairs.iter().map(overlap).collect())
    }
}

fn overlap(pair: &Pair) -> Entailment {
    let (premise, hypothesis) = (terms(&pair.premise), terms(&pair.hypothesis));
    let met = hypothesis.iter().filter(|term| premise.contains(term)).count();
    let share = met as f32 / hypothesis.len().max(1) as f32;
    let denies = |text: &str| text.split_whitespace().any(|word| matches!(word, "not" | "no"));
    let side = 8.0 * share - 4.0;
    let (entailment, contradiction) =
        if denies(&pair.premise) == denies(&pair.hypothesis) { (side, -4.0) } else { (-4.0, side) };
    Entailment { entailment, neutral: 0.0, contradiction }
}

/// A host over a replay folder and a model.
pub struct ReplayHost<'m> {
    polite: Polite<Folder>,
    model: &'m dyn Scorer,
    deep: Option<&'m dyn Scorer>,
}

impl<'m> ReplayHost<'m> {
    /// Reads `replay.json` of the folder.
    pub fn open(folder: &Path, model: &'m dyn Scorer) -> Self {
        let rules = folder.join("replay.json");
        let text = fs::read_to_string(&rules).unwrap_or_else(|error| panic!("{}: {error}", rules.display()));
        let Replay { rules } = serde_json::from_str(&text).expect("replay.json is a list of rules");
        Self::over(folder.into(), rules, model)
    }

    /// A host whose network answers nothing.
    pub fn offline(model: &'m dyn Scorer) -> Self {
        Self::over(PathBuf::new(), Vec::new(), model)
    }

    fn over(path: PathBuf, rules: Vec<Rule>, model: &'m dyn Scorer) -> Self {
        let used = RefCell::new(vec![0; rules.len()]);
        let (now_ms, seen, cancel_at) = (Cell::new(0), RefCell::default(), Cell::new(None));
        Self { polite: Polite::new(Folder { path, rules, used, now_ms, seen, cancel_at }), model, deep: None }
    }

    /// Has another scorer for the deep model.
    #[allow(dead_code, reason = "not every test has two models")]
    pub fn with_deep(self, deep: &'m dyn Scorer) -> Self {
        Self { deep: Some(deep), ..self }
    }

    /// Cancels the run at its n-th report of progress.
    pub fn cancel_at(&self, reports: usize) {
        self.polite.transport().cancel_at.set(Some(reports));
    }

    /// Everything reported so far.
    pub fn seen(&self) -> Vec<Progress> {
        self.polite.transport().seen.borrow().clone()
    }
}

impl Host for ReplayHost<'_> {
    async fn fetch(&self, request: &Request) -> Result<Response, FetchError> {
        self.polite.fetch(request).await
    }

    async fn keep(&self, request: &Request, response: &Response) {
        self.polite.keep(request, response).await;
    }

    async fn entail(&self, depth: Depth, pairs: &[Pair]) -> Result<Vec<Entailment>, EntailError> {
        let model = self.deep.filter(|_| depth == Depth::Deep).unwrap_or(self.model);
        model.scores(pairs)
    }

    /// What stands behind [`RUNS`] in a PDF's stead: nothing here opens true ones.
    async fn pdf_runs(&self, bytes: &[u8]) -> Result<PdfRuns, PdfError> {
        let runs = bytes.strip_prefix(RUNS).ok_or(PdfError::NotHere)?;
        serde_json::from_slice(runs).map_err(|error| PdfError::Unreadable(error.to_string()))
    }

    fn emit(&self, progress: Progress) -> Result<(), Cancelled> {
        self.polite.transport().emit(progress)
    }
}
