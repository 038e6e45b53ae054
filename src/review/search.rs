//! R2: was the search wide, open and documented? (AMSTAR-2 items 4 and 7; PRISMA items 5 to 8 and 16)

use super::{Criterion, Lost, Measure, Reviewer};
use crate::{
    paper::Reading,
    record::{Record, SourceOutcome},
    request::SourceState,
};

/// AMSTAR-2 item 4 asks for at least two databases; a third guards against one that answers thinly.
const ENOUGH_SOURCES: usize = 3;

pub(super) fn reviewer(record: &Record) -> Reviewer {
    let criteria = vec![
        answered(record),
        breadth(record),
        logged(record),
        set_aside(record),
        full_texts(record),
        Criterion::not_measured(
            "Retractions looked up",
            "retraction notices are taken from the search records only; no retraction list is asked",
        ),
    ];
    Reviewer::new("R2", "Search", "Was the search wide, open and documented?", 0.15, criteria)
}

/// Whether the source answered anything; the state of one still being asked when the run was cancelled counts as no answer.
fn answer(outcome: &SourceOutcome) -> Option<usize> {
    match outcome.state {
        SourceState::Answered { records } | SourceState::LeftOut { records: records @ 1.. } => Some(records),
        SourceState::Asking
        | SourceState::Throttled { .. }
        | SourceState::LeftOut { .. }
        | SourceState::Failed { .. } => None,
    }
}

fn answered(record: &Record) -> Criterion {
    let silent = record.sources.iter().filter(|s| answer(s).is_none()).map(|s| s.source);
    let lost = Lost::sources(silent);
    let all = record.sources.len();
    Criterion::share("Sources that answered", all - lost.sources.len(), all, "sources", lost)
}

fn breadth(record: &Record) -> Criterion {
    let useful = record.sources.iter().filter(|s| answer(s).is_some_and(|records| records > 0)).count();
    let measure = Measure::Share { count: useful.min(ENOUGH_SOURCES), of: ENOUGH_SOURCES, unit: "sources".into() };
    let rating = 10.0 * useful.min(ENOUGH_SOURCES) as f32 / ENOUGH_SOURCES as f32;
    let rule = "10 × sources that returned records / 3, at most 10";
    Criterion::rated("Sources that returned records", measure, rating, rule, Lost::default())
}

fn logged(record: &Record) -> Criterion {
    let sources = record.sources.iter().map(|s| s.source);
    let unlogged = sources.filter(|s| !record.asked.iter().any(|a| a.source == *s && !a.url.is_empty()));
    let lost = Lost::sources(unlogged);
    let all = record.sources.len();
    Criterion::share("Sources whose searches are logged as sent", all - lost.sources.len(), all, "sources", lost)
}

fn set_aside(record: &Record) -> Criterion {
    let name = "Works set aside that are listed with a reason";
    let aside = record.works.saturating_sub(record.papers.len());
    if aside == 0 {
        return Criterion::not_applicable(name, "nothing was set aside");
    }
    let listed = record.excluded.iter().filter(|e| !e.reason.trim().is_empty()).count().min(aside);
    Criterion::share(name, listed, aside, "works set aside", Lost::default())
}

fn full_texts(record: &Record) -> Criterion {
    let partial = record.papers.iter().filter(|r| r.paper.reading != Reading::FullText);
    let lost = Lost::papers(partial.map(|r| r.paper.id.clone()));
    let kept = record.papers.len();
    Criterion::share("Papers read in full text", kept - lost.papers.len(), kept, "papers kept", lost)
}
