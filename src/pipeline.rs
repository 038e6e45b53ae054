//! The pipeline: a question becomes a report. The only `async` of the core; the stages are plain functions over plain
//! data, and [`Host`] is the only way out.
//!
//! Why a cancelled run still returns a report: what was found until then cost the reader time and the sources their
//! budget. Each stage is skipped once the reader has cancelled, and the report says so.

use crate::{
    answer::{self, Answer, Row},
    claim::{
        self, ClaimId, Voice,
        choice::{Weighed, choose, weigh},
    },
    draft::Problem,
    full_texts::{Tried, full_texts, read_abstract, set_full_text},
    host::{EntailError, Host, PaperSummary, Progress},
    lookup::works_cited,
    nli::{Depth, Entailment, Pair},
    paper::{Format, Paper, PaperId, Reading, SourceId},
    question::{Proposition, Question, QuestionError, propositions},
    record::{Config, Models, Record, SourceOutcome, Warning, WarningKind},
    relevance::screen,
    report::{Report, compose},
    request::SourceState,
    review::panel,
    search::search,
    stance::{self, Finding, PaperStance, Rarity},
    study::study,
    trace::{self, AtSource, Trace, Unchecked},
    verify::{Candidate, Evidence, Sentences, Trial, Verdict, judge, judge_nearest, statement},
};
use futures::try_join;
use std::collections::BTreeMap;

/// Pairs sent to the host at once: enough to keep a few workers busy, few enough that verdicts stream.
const PAIRS_PER_CALL: usize = 24;
/// Papers asked at once what they say to the question.
const PAPERS_PER_CALL: usize = 4;

/// What ends a run without a report. Everything survivable is a [`Warning`] in the report instead.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The question cannot be searched for.
    #[error(transparent)]
    Question(#[from] QuestionError),
    /// The configuration makes no sense; the message names the field and its value.
    #[error("{0}")]
    Config(String),
    /// No source could be asked: this is not "nothing found".
    #[error("none of the chosen sources could be asked: {0}")]
    NothingAsked(String),
    /// The model failed while scoring.
    #[error("the model failed: {0}")]
    Model(String),
    /// Cancelled before anything was found.
    #[error("the run was cancelled before anything was found")]
    Cancelled,
}

/// Runs the whole pipeline: by the small model first, then, where there is a deep one, again by that.
///
/// # Errors
/// [`Error`], in the cases it lists. A run that finds nothing is not an error: its report says that nothing was found.
pub async fn run(question: &str, config: Config, models: impl Into<Models>, host: &impl Host) -> Result<Report, Error> {
    Ok(report(gather(question, config, models, host).await?))
}

/// The report of a run: what was gathered, scored by the panel and composed.
#[must_use]
pub fn report(record: Record) -> Report {
    let review = panel(&record);
    compose(record, review)
}

/// Runs the pipeline up to the report: what [`report`] is made from.
///
/// # Errors
/// Those of [`run`].
pub async fn gather(
    question: &str,
    config: Config,
    models: impl Into<Models>,
    host: &impl Host,
) -> Result<Record, Error> {
    let question = Question::parse(question)?;
    validate(&config)?;
    let mut run = Run {
        host,
        cancelled: false,
        record: Record::new(question, config, models.into()),
        rarity: Rarity::default(),
        nearest: Vec::new(),
    };

    let found = run.search().await?;
    run.screen(found);
    run.ask_and_read().await?;
    run.extract();
    run.verify_and_trace().await?;
    run.deepen().await;

    if run.cancelled && run.record.papers.is_empty() {
        return Err(Error::Cancelled);
    }
    run.tell(Progress::Reviewing);
    Ok(run.record)
}

fn validate(config: &Config) -> Result<(), Error> {
    let fail = |message: String| Err(Error::Config(message));
    if config.sources.is_empty() {
        return fail("no source is chosen; choose at least one".into());
    }
    if config.sources.contains(&SourceId::Demo) && config.sources.len() > 1 {
        return fail("the demonstration papers are never mixed with real sources; choose one or the other".into());
    }
    for (name, value, least) in [
        ("maxPapers", config.max_papers, 1),
        // A run without full texts reads abstracts.
        ("maxFullTexts", config.max_full_texts, 0),
        ("maxClaims", config.max_claims, 1),
        ("maxClaimsPerPaper", config.max_claims_per_paper, 1),
        ("passagesPerClaim", config.passages_per_claim, 1),
    ] {
        if !(least..=500).contains(&value) {
            return fail(format!("{name} is {value}; it must be between {least} and 500"));
        }
    }
    if let Some(relay) = &config.relay
        && !relay.starts_with("https://")
    {
        return fail(format!("the relay address is {relay:?}; it must begin with https://"));
    }
    let part = |from: usize, to: usize| config.date.get(from..to)?.parse::<u8>().ok();
    let digits =
        config.date.bytes().enumerate().all(|(at, c)| if at == 4 || at == 7 { c == b'-' } else { c.is_ascii_digit() });
    let in_range = |part: Option<u8>, most: u8| part.is_some_and(|part| (1..=most).contains(&part));
    let is_date = config.date.len() == 10 && digits && in_range(part(5, 7), 12) && in_range(part(8, 10), 31);
    if is_date { Ok(()) } else { fail(format!("the date is {:?}; it must be YYYY-MM-DD", config.date)) }
}

/// A run under way: the record so far, and whether the reader still wants it.
struct Run<'h, H> {
    host: &'h H,
    cancelled: bool,
    record: Record,
    /// How rare words are among the papers kept.
    rarity: Rarity,
    /// Of each claim judged the sentences nearest to deciding, for the deep model.
    nearest: Vec<Vec<Candidate>>,
}

/// A statement that was put to papers.
struct Asked {
    /// None of a question that is none: the papers are asked what they find.
    proposition: Option<Proposition>,
    /// In the order of the papers kept, of the first of them.
    stances: Vec<PaperStance>,
}

impl<H: Host> Run<'_, H> {
    /// Reports progress; notes a cancellation.
    fn tell(&mut self, progress: Progress) {
        self.cancelled |= self.host.emit(progress).is_err();
    }

    fn warn(&mut self, kind: WarningKind, message: String, remedy: Option<&str>) {
        self.record.warnings.push(Warning { kind, message, remedy: remedy.map(Into::into) });
    }

    async fn search(&mut self) -> Result<Vec<Paper>, Error> {
        let record = &mut self.record;
        let found = search(&record.question, &record.config, self.host).await;
        self.cancelled |= found.cancelled;
        let failed = |outcome: &SourceOutcome| match &outcome.state {
            SourceState::Failed { reason, .. } => Some(format!("{}: {reason}", outcome.source.name())),
            SourceState::LeftOut { records: 0 } => Some(format!("{}: left out by the reader", outcome.source.name())),
            _ => None,
        };
        let failures: Vec<String> = found.sources.iter().filter_map(failed).collect();
        if failures.len() == found.sources.len() {
            return Err(if self.cancelled { Error::Cancelled } else { Error::NothingAsked(failures.join("; ")) });
        }
        record.asked = found.asked;
        record.sources = found.sources;
        record.warnings.extend(found.warnings);
        record.records = found.records;
        record.works = found.works.len();
        Ok(found.works)
    }

    fn screen(&mut self, found: Vec<Paper>) {
        let (kept, excluded) =
            screen(&self.record.question, found, self.record.config.max_papers, &self.record.config.params.relevance);
        let summaries = kept.iter().map(|ranked| PaperSummary::of(&ranked.paper)).collect();
        self.tell(Progress::Screened { kept: summaries, excluded: excluded.len() });
        self.record.papers = kept;
        self.record.excluded = excluded;
        self.rarity = Rarity::of(self.record.papers.iter().map(|ranked| &ranked.paper));
        self.note_years();
    }

    /// Sources that disagree on when a work appeared are shown, not blended.
    fn note_years(&mut self) {
        let disagreed =
            self.record.papers.iter().map(|ranked| &ranked.paper).filter(|paper| !paper.other_years.is_empty());
        let said = disagreed.map(|paper| {
            let others: Vec<String> = paper.other_years.iter().map(u16::to_string).collect();
            let year = paper.year.map_or_else(|| "no year".to_owned(), |year| year.to_string());
            format!(
                "sources disagree on the year of “{}”: {year}, which is taken, and {}",
                paper.title,
                others.join(", ")
            )
        });
        for message in said.collect::<Vec<_>>() {
            self.warn(WarningKind::Source, message, None);
        }
    }

    /// Asks every paper kept what its abstract says to the question, while full texts are fetched; then those again of which
    /// one came. So the reader has an answer as soon as there can be one.
    async fn ask_and_read(&mut self) -> Result<(), Error> {
        for ranked in &mut self.record.papers {
            read_abstract(&mut ranked.paper);
        }
        self.note_studies();
        let wanted = self.worth_reading();
        let (host, patience_ms) = (self.host, self.record.config.params.search.full_text_patience_ms);
        let fetching = async { Ok(full_texts(host, wanted, patience_ms).await) };
        let (mut asked, read) = try_join!(self.asked(Depth::Small), fetching).map_err(Error::Model)?;
        self.cancelled |= read.cancelled;
        let came = self.take_full_texts(read.tried);
        self.note_studies();
        for (at, asked) in asked.iter_mut().enumerate() {
            self.put_to(&came, Depth::Small, asked, at == 0).await.map_err(Error::Model)?;
        }
        self.take(asked);
        Ok(())
    }

    /// The papers whose full texts are to be tried, by their place, most relevant first.
    fn worth_reading(&self) -> Vec<(usize, Paper)> {
        let papers = self.record.papers.iter().map(|ranked| &ranked.paper).enumerate();
        let may_be_had =
            |paper: &Paper| !paper.full_texts.is_empty() || (self.record.config.unpaywall && paper.doi.is_some());
        let mut wanted: Vec<(usize, &Paper)> = papers
            .filter(|(_, paper)| paper.reading != Reading::FullText && may_be_had(paper) && !self.cancelled)
            .collect();
        // Open copies alone can seldom be had: they must not use up the tries of texts that can.
        wanted.sort_by_key(|(_, paper)| paper.full_texts.iter().all(|text| text.format == Format::Pdf));
        wanted.truncate(self.record.config.max_full_texts);
        wanted.into_iter().map(|(place, paper)| (place, paper.clone())).collect()
    }

    /// Puts the full texts that came in place, and says of the others why they did not. Gives the places of the former.
    fn take_full_texts(&mut self, tried: Vec<Tried>) -> Vec<usize> {
        let mut came = Vec::new();
        for Tried { place, text } in tried {
            match text {
                Ok((page, shown_at)) => {
                    set_full_text(&mut self.record.papers[place].paper, page, shown_at);
                    came.push(place);
                }
                Err(reason) => {
                    let title = &self.record.papers[place].paper.title;
                    let message = format!("“{title}” is read by its abstract only: {reason}");
                    self.warn(WarningKind::FullText, message, None);
                }
            }
        }
        came
    }

    fn note_studies(&mut self) {
        self.record.studies = self.record.papers.iter().map(|ranked| study(&ranked.paper)).collect();
    }

    /// What every paper says to each statement by one model, the statements in their order; of fewer papers where the reader
    /// cancelled.
    async fn asked(&mut self, depth: Depth) -> Result<Vec<Asked>, String> {
        let mut propositions: Vec<Option<Proposition>> = asked_about(&self.record).into_iter().map(Some).collect();
        if propositions.is_empty() {
            propositions.push(None);
        }
        let all: Vec<usize> = (0..self.record.papers.len()).collect();
        let mut asked: Vec<Asked> = Vec::new();
        for proposition in propositions {
            let mut of_one = Asked { proposition, stances: Vec::new() };
            self.put_to(&all, depth, &mut of_one, asked.is_empty()).await?;
            asked.push(of_one);
        }
        Ok(asked)
    }

    /// Makes what was asked the answers of the record.
    fn take(&mut self, asked: Vec<Asked>) {
        let mut answers: Vec<(Answer, Vec<PaperStance>)> = asked
            .into_iter()
            .map(|Asked { proposition, stances }| (answered(&self.record, proposition.as_ref(), &stances), stances))
            .collect();
        // Of the opposite statements that a question asks about, the one that more papers say names the answer; the
        // reader's own statements are answered one by one, in their order.
        if self.record.config.propositions.is_empty() {
            answers.sort_by_key(|(answer, _)| std::cmp::Reverse(answer.counts.yes));
            answers.truncate(1);
        }
        let mut answers = answers.into_iter();
        if let Some((answer, stances)) = answers.next() {
            self.record.stances = stances;
            self.record.answer = Some(answer);
        }
        self.record.other_answers = answers.map(|(answer, _)| answer).collect();
    }

    /// Puts a statement to the papers at these places, in ascending order; to fewer where the reader cancelled.
    async fn put_to(&mut self, places: &[usize], depth: Depth, asked: &mut Asked, shown: bool) -> Result<(), String> {
        let params = match depth {
            Depth::Small => &self.record.config.params.stance,
            Depth::Deep => &self.record.config.params.deep_stance,
        };
        let params = params.clone();
        let proposition = asked.proposition.as_ref();
        let total = self.record.papers.len();
        for batch in places.chunks(PAPERS_PER_CALL) {
            if self.cancelled {
                break;
            }
            let papers: Vec<&Paper> = batch.iter().map(|&place| &self.record.papers[place].paper).collect();
            let question = &self.record.question.text;
            let chosen: Vec<_> = papers
                .iter()
                .map(|paper| stance::candidates(question, proposition, paper, &self.rarity, &params))
                .collect();
            let pairs = |(paper, chosen): (&&Paper, &Vec<_>)| {
                proposition.map_or_else(Vec::new, |proposition| stance::pairs(proposition, paper, chosen, &params))
            };
            let scores = match entail(self.host, depth, papers.iter().zip(&chosen).map(pairs).collect()).await {
                Ok(scores) => scores,
                Err(EntailError::Model(reason)) => return Err(reason),
                Err(EntailError::Cancelled) => {
                    self.cancelled = true;
                    break;
                }
            };
            let new: Vec<PaperStance> = papers
                .iter()
                .zip(chosen)
                .zip(scores)
                .map(|((paper, chosen), scores)| stance::judge(proposition, paper, chosen, &scores, &params))
                .collect();
            for (&place, stance) in batch.iter().zip(&new) {
                match asked.stances.get_mut(place) {
                    Some(before) => *before = stance.clone(),
                    None => asked.stances.push(stance.clone()),
                }
            }
            if shown {
                let answer = answered(&self.record, proposition, &asked.stances);
                let done = asked.stances.len();
                self.cancelled |= self.host.emit(Progress::Answering { done, total, stances: new, answer }).is_err();
                if depth == Depth::Deep {
                    let total = total + self.nearest.len();
                    self.cancelled |= self.host.emit(Progress::Deepening { done, total }).is_err();
                }
            }
        }
        Ok(())
    }

    fn extract(&mut self) {
        let mut own: Vec<Vec<Weighed>> = Vec::new();
        let stances = self.record.stances.iter();
        let findings: BTreeMap<&PaperId, &Finding> =
            stances.filter_map(|stance| Some((&stance.paper, stance.finding.as_ref()?))).collect();
        for ranked in &self.record.papers {
            let claims = claim::extract(&ranked.paper);
            self.record.claims_met += claims.iter().filter(|claim| claim.voice == Voice::Own).count();
            let finding = findings.get(&ranked.paper.id).map(|finding| (&finding.at, finding.span));
            let (of_paper, second_hand): (Vec<_>, Vec<_>) =
                weigh(&self.record.question, &ranked.paper, claims, finding)
                    .into_iter()
                    .partition(|weighed| weighed.claim.voice == Voice::Own);
            own.push(of_paper);
            self.record.second_hand.extend(second_hand.into_iter().map(|weighed| weighed.claim));
        }
        let config = &self.record.config;
        let mut claims = choose(own, config.max_claims_per_paper, config.max_claims);
        for (number, claim) in claims.iter_mut().enumerate() {
            claim.id = ClaimId(format!("c{}", number + 1));
        }
        self.record.claims = claims.clone();
        self.tell(Progress::Extracted { claims });
    }

    /// Tests every claim by the small model, while the works that second-hand claims cite are looked up; then puts those claims
    /// to these works.
    async fn verify_and_trace(&mut self) -> Result<(), Error> {
        let papers: Vec<&Paper> = self.record.papers.iter().map(|ranked| &ranked.paper).collect();
        let (mut at_source, mut wanted, mut traces) = (Vec::new(), Vec::new(), Vec::new());
        let verify = self.record.config.params.verify;
        for cited in trace::cited(&self.record.second_hand, &papers) {
            match &cited.work {
                Err(why) => traces.push(trace::unchecked(&cited, why.clone())),
                Ok(entry) => match papers.iter().find(|paper| entry.is_of(paper)) {
                    Some(paper) if !paper.can_be_evidence() => {
                        traces.push(trace::unchecked(&cited, Unchecked::from(&Problem::Retracted)));
                    }
                    Some(paper) => at_source.push(AtSource::of(cited, paper, verify)),
                    None => wanted.push(cited),
                },
            }
        }
        let (host, patience_ms) = (self.host, self.record.config.params.search.full_text_patience_ms);
        let sources = if self.cancelled { Vec::new() } else { self.record.config.sources.clone() };
        let looking = async { Ok(works_cited(wanted, &sources, patience_ms, host).await) };
        let ((), found) = try_join!(self.verify(), looking)?;
        for (cited, known) in found {
            match known {
                Ok(paper) => at_source.push(AtSource::of(cited, &paper, verify)),
                Err(why) => traces.push(trace::unchecked(&cited, why)),
            }
        }
        self.trace(at_source, traces).await.map_err(Error::Model)
    }

    /// Puts second-hand claims to the works that they cite. A cancelled run has those traces that needed no model.
    async fn trace(&mut self, at_source: Vec<AtSource>, mut traces: Vec<Trace>) -> Result<(), String> {
        if !self.cancelled {
            let pairs = at_source.iter().map(AtSource::pairs).collect();
            match entail(self.host, Depth::Small, pairs).await {
                Ok(scores) => {
                    let model = &self.record.model;
                    traces.extend(at_source.into_iter().zip(scores).map(|(claim, scores)| claim.trace(&scores, model)));
                }
                Err(EntailError::Model(reason)) => return Err(reason),
                Err(EntailError::Cancelled) => self.cancelled = true,
            }
        }
        traces.sort_by_key(|trace| trace.claim);
        self.record.traces = traces;
        Ok(())
    }

    /// Tests every claim by the small model.
    async fn verify(&mut self) -> Result<(), Error> {
        let record = &self.record;
        let params = record.config.params.verify;
        let sentences = Sentences::of(record.papers.iter().map(|ranked| &ranked.paper), &params);
        let trials = record.claims.iter().map(|claim| {
            let candidates = sentences.candidates(claim, record.config.passages_per_claim);
            (claim.id.clone(), Trial::of(&statement(claim), candidates, &sentences))
        });
        let mut court = Court { host: self.host, record, depth: Depth::Small, cancelled: self.cancelled };
        let heard = court.hear(trials).await.map_err(Error::Model)?;
        self.cancelled = court.cancelled;
        for Heard { verdict, evidence, nearest } in heard {
            self.record.verdicts.push(verdict);
            self.record.evidence.push(evidence);
            self.nearest.push(nearest);
        }
        self.note_untested();
        Ok(())
    }

    /// Reads again by the deep model what could decide: the likeliest sentences of every paper, and of every claim those
    /// nearest to deciding. What it could not finish stays as the small model has it, so that one model decides all verdicts of
    /// a report and one all stances.
    async fn deepen(&mut self) {
        if self.record.deep.is_none() || self.cancelled {
            return;
        }
        if let Err(reason) = self.read_deeply().await {
            let message = format!("the larger model could not be used, so the small one's word stands: {reason}");
            self.warn(WarningKind::Deep, message, Some("Run the question again, or leave the larger model out."));
        }
        if self.cancelled {
            let message =
                "The run was cancelled while the larger model was reading; what it had not finished is by the \
                           small one."
                    .to_owned();
            self.warn(WarningKind::Cancelled, message, None);
        }
    }

    async fn read_deeply(&mut self) -> Result<(), String> {
        let asked = self.asked(Depth::Deep).await?;
        if self.cancelled {
            return Ok(());
        }
        self.take(asked);
        let heard = self.hear_deeply().await?;
        let whole = heard.len() == self.record.verdicts.len();
        if whole {
            (self.record.verdicts, self.record.evidence) =
                heard.into_iter().map(|Heard { verdict, evidence, .. }| (verdict, evidence)).unzip();
        }
        if let Some(deep) = &mut self.record.deep {
            (deep.stances, deep.verdicts) = (true, whole);
        }
        Ok(())
    }

    async fn hear_deeply(&mut self) -> Result<Vec<Heard>, String> {
        let record = &self.record;
        let sentences = Sentences::of(record.papers.iter().map(|ranked| &ranked.paper), &record.config.params.verify);
        let trials = record
            .claims
            .iter()
            .zip(&self.nearest)
            .map(|(claim, nearest)| (claim.id.clone(), Trial::of(&statement(claim), nearest.clone(), &sentences)));
        let mut court = Court { host: self.host, record, depth: Depth::Deep, cancelled: false };
        let heard = court.hear(trials).await?;
        self.cancelled = court.cancelled;
        Ok(heard)
    }

    fn note_untested(&mut self) {
        if !self.cancelled {
            return;
        }
        self.warn(WarningKind::Cancelled, "The run was cancelled; this is what was found until then.".into(), None);
        let untested = self.record.claims.len() - self.record.verdicts.len();
        if untested > 0 {
            let message = format!("{untested} of {} claims were not tested", self.record.claims.len());
            self.warn(WarningKind::Untested, message, Some("Run the question again to its end."));
        }
    }
}

/// Where claims are put to their sentences by one of the models.
struct Court<'r, H> {
    host: &'r H,
    record: &'r Record,
    depth: Depth,
    cancelled: bool,
}

/// A claim that was put to its sentences.
struct Heard {
    verdict: Verdict,
    /// Every sentence that was scored.
    evidence: Vec<Evidence>,
    /// The sentences nearest to deciding.
    nearest: Vec<Candidate>,
}

impl<H: Host> Court<'_, H> {
    /// The verdict on each claim; shorter where the reader cancelled.
    async fn hear<'s>(&mut self, trials: impl Iterator<Item = (ClaimId, Trial<'s>)>) -> Result<Vec<Heard>, String> {
        let model = match (self.depth, &self.record.deep) {
            (Depth::Deep, Some(deep)) => &deep.model,
            _ => &self.record.model,
        };
        let params = &self.record.config.params.verify;
        let total = self.record.claims.len();
        let mut waiting = trials.peekable();
        let mut heard = Vec::new();
        while waiting.peek().is_some() && !self.cancelled {
            let mut batch = Vec::new();
            let mut pairs = Vec::new();
            while pairs.iter().map(Vec::len).sum::<usize>() < PAIRS_PER_CALL
                && let Some((claim, trial)) = waiting.next()
            {
                pairs.push(trial.pairs());
                batch.push((claim, trial));
            }
            let scored = match entail(self.host, self.depth, pairs).await {
                Ok(scored) => scored,
                Err(EntailError::Model(reason)) => return Err(reason),
                Err(EntailError::Cancelled) => {
                    self.cancelled = true;
                    break;
                }
            };
            for ((claim, trial), scores) in batch.into_iter().zip(scored) {
                let nearest = trial.nearest(&scores, params.deepened);
                let evidence = trial.evidence(&scores, &model.calibration);
                let before = self.record.verdicts.iter().find(|verdict| verdict.claim == claim);
                let verdict = match before {
                    None => judge(&claim, evidence.clone(), &model.thresholds, params),
                    Some(Verdict { tested, .. }) => {
                        judge_nearest(&claim, evidence.clone(), *tested, &model.thresholds, params)
                    }
                };
                heard.push(Heard { verdict: verdict.clone(), evidence, nearest });
                let progress = Progress::Verifying { done: heard.len(), total, verdict };
                self.cancelled |= self.host.emit(progress).is_err();
            }
            if self.depth == Depth::Deep {
                let papers = self.record.papers.len();
                let progress = Progress::Deepening { done: papers + heard.len(), total: papers + total };
                self.cancelled |= self.host.emit(progress).is_err();
            }
        }
        Ok(heard)
    }
}

/// The statements that papers are asked about: the reader's own, else the question's.
fn asked_about(record: &Record) -> Vec<Proposition> {
    if record.config.propositions.is_empty() {
        propositions(&record.question.text)
    } else {
        record.config.propositions.iter().map(|text| Proposition::stated(text)).collect()
    }
}

/// The answer of the papers asked so far.
fn answered(record: &Record, proposition: Option<&Proposition>, stances: &[PaperStance]) -> Answer {
    let read = record.papers.iter().zip(stances).zip(&record.studies);
    let rows: Vec<Row<'_>> = read
        .map(|((ranked, stance), study)| Row {
            paper: &ranked.paper,
            relevance: ranked.relevance,
            coverage: ranked.coverage,
            weakest_side: ranked.weakest_side,
            stance,
            study,
        })
        .collect();
    let asked = proposition.map(|proposition| proposition.text.as_str());
    answer::answer(&record.question.text, asked, &rows, record.searched(), &record.config.params.answer)
}

/// Scores lists of pairs in one call.
async fn entail(host: &impl Host, depth: Depth, asked: Vec<Vec<Pair>>) -> Result<Vec<Vec<Entailment>>, EntailError> {
    let pairs = asked.concat();
    if pairs.is_empty() {
        return Ok(vec![Vec::new(); asked.len()]);
    }
    let scores = host.entail(depth, &pairs).await?;
    if scores.len() != pairs.len() {
        return Err(EntailError::Model(format!("it returned {} scores for {} pairs", scores.len(), pairs.len())));
    }
    let mut scores = scores.into_iter();
    Ok(asked.iter().map(|pairs| scores.by_ref().take(pairs.len()).collect()).collect())
}
