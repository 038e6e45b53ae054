//! Second-hand claims at their source: which works a sentence that reports somebody else's result cites, and what it comes to by
//! their texts. No I/O.

use crate::{
    check::{CheckLimits, Checked, GivenText, Library, said},
    claim::Claim,
    draft::{Draft, Entry, Format, Found, Problem, pair},
    nli::{Entailment, Manifest, Pair},
    paper::{Paper, Reading, identifier},
    verify::{self, Label},
};
use serde::{Deserialize, Serialize};

/// Works of one sentence that are followed: a sentence that cites more reports what all of them say.
const WORKS_PER_CLAIM: usize = 3;
/// What to do where the paper's own list does not tell the work.
const LOOK_THERE: &str = "Look in the paper for the work that is meant.";
/// Sentences of a work that a claim is tested against.
const PASSAGES: usize = 4;

/// What a second-hand claim comes to at one work that it cites.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Trace {
    /// Index of the claim in the list of second-hand claims.
    pub claim: usize,
    /// The work; nothing where none could be told.
    pub work: Option<Work>,
    /// What came of it.
    pub outcome: Outcome,
}

/// A work that is cited.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Work {
    /// Its title.
    pub title: String,
    /// Its year, where known.
    pub year: Option<u16>,
    /// Where to read it; empty where that is not known.
    pub url: String,
}

impl Work {
    /// "“Naps” (2019)".
    #[must_use]
    pub fn named(&self) -> String {
        let year = self.year.map_or_else(String::new, |year| format!(" ({year})"));
        format!("“{}”{year}", self.title)
    }
}

/// What came of a claim at its source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum Outcome {
    /// It was put to the work's text.
    #[serde(rename_all = "camelCase")]
    Checked {
        /// The verdict by that text alone.
        label: Label,
        /// Its probability, in `0.0..=1.0`; nothing where no sentence was tested.
        probability: Option<f32>,
        /// The sentence that decides, or came nearest to it.
        quote: Option<String>,
        /// How much of the work was read.
        reading: Reading,
    },
    /// It was not checked there.
    Unchecked(Unchecked),
}

/// A second-hand claim and one work that it cites.
#[derive(Clone, Debug, PartialEq)]
pub struct Cited {
    /// Index of the claim.
    pub claim: usize,
    /// What it says that the work found, without citations.
    pub statement: String,
    /// The work as the list has it, or why there is none.
    pub work: Result<Entry, Unchecked>,
}

/// Why a claim could not be checked at its source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Unchecked {
    /// Why; a clause.
    pub reason: String,
    /// What the reader can do; a sentence.
    pub remedy: String,
}

impl Unchecked {
    fn new(reason: &str, remedy: &str) -> Self {
        Self { reason: reason.to_owned(), remedy: remedy.to_owned() }
    }

    /// That nobody was to be asked for the work.
    #[must_use]
    pub fn offline() -> Self {
        Self::new(
            "no source was to be asked for the work that it cites",
            "Ask a source too, or add the work to your papers.",
        )
    }

    /// That as many works were looked up as are for one report.
    #[must_use]
    pub fn beyond(most: usize) -> Self {
        let reason = format!("the works that it cites were not looked up: {most} are for one report");
        Self::new(&reason, "Check the sentence by itself, under “Check a claim or a draft”.")
    }

    /// That looking up took too long.
    #[must_use]
    pub fn late(patience_ms: u64) -> Self {
        let reason = format!("the work that it cites was not found within {} s", patience_ms / 1_000);
        Self::new(&reason, "Run the question again later.")
    }
}

impl From<&Problem> for Unchecked {
    fn from(problem: &Problem) -> Self {
        let words = problem.words();
        let remedy = match problem {
            // Whoever reads a paper cannot mend its list.
            Problem::NotInList | Problem::SeveralMatch { .. } | Problem::NothingBefore => LOOK_THERE,
            _ => words.remedy,
        };
        Self::new(&words.reason, remedy)
    }
}

/// The works that second-hand claims cite, by the lists of the papers that they stand in: for each claim at least one entry.
#[must_use]
pub fn cited(claims: &[Claim], papers: &[&Paper]) -> Vec<Cited> {
    claims.iter().enumerate().flat_map(|(at, claim)| of_claim(at, claim, papers)).collect()
}

fn of_claim(at: usize, claim: &Claim, papers: &[&Paper]) -> Vec<Cited> {
    let unchecked = |reason: &str, remedy: &str| {
        vec![Cited { claim: at, statement: claim.text.clone(), work: Err(Unchecked::new(reason, remedy)) }]
    };
    let Some(paper) = papers.iter().find(|paper| paper.id == claim.at.paper) else { return Vec::new() };
    if paper.works.is_empty() {
        return match paper.reading {
            Reading::FullText => {
                unchecked("the paper's list of works could not be read", "Follow the citation in the paper.")
            }
            _ => unchecked(
                "only the paper's abstract was read, which lists no works",
                "Add the paper to your papers as a file.",
            ),
        };
    }
    let draft = Draft::read(Format::Plain, &claim.text);
    let citing = pair(&draft, &paper.works).into_iter().next();
    let Some(citing) = citing else {
        return unchecked("it names no work of the paper's list", LOOK_THERE);
    };
    let sentence = &draft.sentences[citing.sentence].text;
    let work = |found: Found| match found {
        Found::Entry(entry) => paper.works.get(entry.0).cloned().ok_or_else(|| Unchecked::from(&Problem::NotInList)),
        Found::Problem(problem) => Err(Unchecked::from(&problem)),
    };
    let works = citing.entries().into_iter().take(WORKS_PER_CLAIM);
    works
        .map(|found| {
            let work = work(found);
            let statement = work.as_ref().map_or_else(|_| sentence.clone(), |entry| said(sentence, &[entry]));
            Cited { claim: at, statement, work }
        })
        .collect()
}

/// A claim that is put to a work's text.
pub struct AtSource {
    cited: Cited,
    work: Work,
    reading: Reading,
    library: Library,
    limits: CheckLimits,
}

impl AtSource {
    /// Puts a claim to what was read of the work; of a paper of which nothing was read, to its abstract.
    #[must_use]
    pub fn of(cited: Cited, paper: &Paper, params: verify::Params) -> Self {
        let read: Vec<&str> = paper.passages().map(|(_, passage)| passage.text.as_str()).collect();
        let (text, reading) = match (read.is_empty(), &paper.abstract_text) {
            (true, Some(text)) => (text.clone(), Reading::Abstract),
            _ => (read.join("\n\n"), paper.reading),
        };
        let given = GivenText { id: None, title: paper.title.clone(), text, retracted: !paper.can_be_evidence() };
        let work = Work { title: paper.title.clone(), year: paper.year, url: paper.url.clone() };
        let limits = CheckLimits { texts: 1, passages: PASSAGES, own: None };
        // An author cites a work for what it says: its sentences need not share the author's words.
        let params = verify::Params { deciding_overlap: 0.0, ..params };
        Self { cited, work, reading, library: Library::of(vec![given], params), limits }
    }

    /// What the model is asked.
    #[must_use]
    pub fn pairs(&self) -> Vec<Pair> {
        self.library.pairs(&self.cited.statement, &self.limits)
    }

    /// What it comes to by the scores of [`Self::pairs`].
    #[must_use]
    pub fn trace(self, scores: &[Entailment], model: &Manifest) -> Trace {
        let Checked { label, probability, for_it, against, nearest, .. } =
            self.library.judge(&self.cited.statement, &self.limits, scores, &model.calibration, &model.thresholds);
        let strongest = match label {
            Label::Refuted | Label::LeansRefuted => against.into_iter().next(),
            _ => for_it.into_iter().chain(nearest).next(),
        };
        let quote = strongest.map(|found| found.quote);
        let outcome = Outcome::Checked { label, probability, quote, reading: self.reading };
        Trace { claim: self.cited.claim, work: Some(self.work), outcome }
    }
}

/// The trace of a claim that cannot be checked at its source.
#[must_use]
pub fn unchecked(cited: &Cited, why: Unchecked) -> Trace {
    let work = cited.work.as_ref().ok().map(|entry| {
        let by_doi = entry.doi.as_deref().map(identifier::doi_address);
        let url = by_doi.or_else(|| entry.arxiv_id.as_deref().map(identifier::arxiv_address)).unwrap_or_default();
        Work { title: entry.title.clone(), year: entry.year, url }
    });
    Trace { claim: cited.claim, work, outcome: Outcome::Unchecked(why) }
}
