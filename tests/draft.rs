//! Drafts written for the purpose, over invented works: which sentences cite, and which works
//! (`tests/data/drafts/README.md`).

use probatum::{
    check::{
        GivenText,
        draft::{CheckedSentence, DraftCheck, GivenDraft, GivenList},
    },
    draft::{
        Draft, Entry, Format, Found, Problem,
        bibliography::{self, ListFormat},
        pair,
    },
    nli::Model,
    paper::Paper,
    text::Span,
    verify::Params,
};
use serde::Deserialize;
use std::{collections::BTreeMap, fs, path::PathBuf};

/// What must be reached of citing sentences found, and of works paired, in each half.
const MUST: f64 = 0.95;

#[derive(Deserialize)]
struct Label {
    draft: String,
    start: usize,
    end: usize,
    works: Vec<String>,
    label: String,
}

#[derive(Deserialize)]
struct Work {
    id: String,
    title: String,
    #[serde(rename = "abstract")]
    text: String,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/drafts")
}

fn text(name: &str) -> Option<String> {
    fs::read_to_string(folder().join(name)).ok()
}

/// A draft and the list beside it.
fn given(name: &str) -> GivenDraft {
    let (stem, extension) = name.rsplit_once('.').unwrap();
    let format = match extension {
        "tex" => Format::Tex,
        "md" => Format::Markdown,
        _ => Format::Plain,
    };
    let kinds = [("bib", ListFormat::Bibtex), ("json", ListFormat::CslJson), ("ris", ListFormat::Ris)];
    let list = |&(end, format): &(&str, ListFormat)| Some(GivenList { format, text: text(&format!("{stem}.{end}"))? });
    GivenDraft { format, text: text(name).unwrap(), lists: kinds.iter().filter_map(list).collect() }
}

/// A draft, and the works that its list and the one beside it name.
fn read(name: &str) -> (String, Draft, Vec<Entry>) {
    let GivenDraft { format, text, lists } = given(name);
    let beside: Vec<Entry> = lists.iter().flat_map(|list| bibliography::read(list.format, &list.text)).collect();
    let draft = Draft::read(format, &text);
    let entries = bibliography::joined(&draft.list, &beside);
    (text, draft, entries)
}

#[derive(Default, Debug)]
struct Counts {
    sentences: usize,
    found: usize,
    exact: usize,
    works: usize,
    paired: usize,
    extra: usize,
    quoted: usize,
    quotations: usize,
    notes: Vec<String>,
}

impl Counts {
    fn add(&mut self, other: Self) {
        self.sentences += other.sentences;
        self.found += other.found;
        self.exact += other.exact;
        self.works += other.works;
        self.paired += other.paired;
        self.extra += other.extra;
        self.quoted += other.quoted;
        self.quotations += other.quotations;
        self.notes.extend(other.notes);
    }

    #[allow(clippy::cast_precision_loss, reason = "small counts")]
    fn shares(&self) -> (f64, f64) {
        (self.found as f64 / self.sentences as f64, self.paired as f64 / self.works as f64)
    }
}

/// The id of a work by its title; "c9" for what the list has and the works have not.
fn id(entry: &Entry, works: &[Work]) -> String {
    let paper = Paper { title: entry.title.clone(), ..Paper::default() };
    works.iter().find(|work| paper.is_titled(&work.title)).map_or("c9", |work| &work.id).to_owned()
}

fn measure(name: &str, labels: &[Label], works: &[Work]) -> Counts {
    let (source, draft, entries) = read(name);
    let mut counts = Counts::default();
    let mut found: Vec<(Span, Vec<String>, usize)> = Vec::new();
    for citing in pair(&draft, &entries) {
        let sentence = &draft.sentences[citing.sentence];
        let ids = citing.entries.iter().map(|found| match found {
            Found::Entry(at) => id(&entries[at.0], works),
            Found::Problem(Problem::NotInList) => "?".to_owned(),
            Found::Problem(problem) => format!("{problem:?}"),
        });
        found.push((sentence.span, ids.collect(), sentence.quotations.len()));
    }
    for label in labels {
        let span = Span { start: label.start, end: label.end };
        let shared = |other: &Span| other.end.min(span.end).saturating_sub(other.start.max(span.start));
        let best = found
            .iter()
            .max_by_key(|(other, ..)| shared(other))
            .filter(|(other, ..)| 2 * shared(other) >= span.end - span.start);
        counts.sentences += 1;
        counts.works += label.works.len();
        let is_quotation = label.label == "another paper's quotation";
        counts.quotations += usize::from(is_quotation);
        let Some((other, ids, quotations)) = best else {
            counts.notes.push(format!("{name} not found: {}", span.of(&source)));
            continue;
        };
        counts.found += 1;
        counts.exact += usize::from(*other == span);
        counts.quoted += usize::from(is_quotation && *quotations > 0);
        let right = label.works.iter().filter(|work| ids.contains(work)).count();
        counts.paired += right;
        if right < label.works.len() || ids.iter().any(|id| !label.works.contains(id)) {
            counts.notes.push(format!("{name} {:?} for {:?}: {}", ids, label.works, other.of(&source)));
        } else if *other != span {
            counts.notes.push(format!("{name} span: {:?} for {:?}", other.of(&source), span.of(&source)));
        }
    }
    for (span, ids, _) in &found {
        if !labels.iter().any(|label| span.overlaps(Span { start: label.start, end: label.end })) {
            counts.extra += 1;
            counts.notes.push(format!("{name} extra {ids:?}: {}", span.of(&source)));
        }
    }
    counts
}

#[test]
fn citing_sentences_are_found_and_paired() {
    let labels = text("labels.jsonl").unwrap();
    let works: Vec<Work> = serde_json::from_str(&text("papers.json").unwrap()).unwrap();
    let mut drafts: BTreeMap<String, Vec<Label>> = BTreeMap::new();
    for line in labels.lines() {
        let label: Label = serde_json::from_str(line).unwrap();
        drafts.entry(label.draft.clone()).or_default().push(label);
    }
    let (mut looked_at, mut measured) = (Counts::default(), Counts::default());
    let only_looked_at = std::env::var_os("LOOKED_AT").is_some();
    for (name, labels) in &drafts {
        let is_even = name.as_bytes()[1] % 2 == 0;
        if is_even && only_looked_at {
            continue;
        }
        let counts = measure(name, labels, &works);
        println!(
            "{name}: {:?} of {} found, {} exact; {} of {} works; {} extra",
            counts.found, counts.sentences, counts.exact, counts.paired, counts.works, counts.extra
        );
        if is_even { measured.add(counts) } else { looked_at.add(counts) }
    }
    for (half, counts) in [("looked at", &looked_at), ("measured at the end", &measured)] {
        println!("{half}: {:.3?}, {counts:#?}", counts.shares());
        if counts.sentences > 0 {
            assert!(counts.shares().0 >= MUST && counts.shares().1 >= MUST, "{half}");
        }
    }
}

/// Least shares of planted faults that are flagged, and of sound sentences that are not, in each half. Measured on 2026-11-30:
/// 0.89 and 0.93 where they were looked at, 0.81 and 0.93 where not; the small model misses turned directions (12 of 21 flagged).
const FLAGGED: f64 = 0.75;
const LEFT_ALONE: f64 = 0.90;

/// The draft's sentences as they come out with the model that ships.
fn checked(name: &str, works: &[Work], model: &Model) -> (String, Vec<CheckedSentence>) {
    let given = given(name);
    let source = given.text.clone();
    let texts = works.iter().map(|work| GivenText {
        id: Some(work.id.clone()),
        title: work.title.clone(),
        text: work.text.clone(),
        ..GivenText::default()
    });
    let check = DraftCheck::of(given, texts.collect(), Params::default());
    let manifest = model.manifest();
    let sentences = (0..check.sentences()).map(|sentence| {
        let scores = model.entail(&check.pairs(sentence)).unwrap();
        check.judge(sentence, &scores, &manifest.calibration, &manifest.thresholds).unwrap()
    });
    (source, sentences.collect())
}

#[test]
fn planted_faults_are_flagged_and_sound_sentences_left_alone() {
    let file = |name: &str| {
        fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("www/models/probatum-nli-1").join(name)).unwrap()
    };
    let model = Model::load(&file("manifest.json"), file("model.onnx"), &file("tokenizer.json")).unwrap();
    let labels: Vec<Label> =
        text("labels.jsonl").unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let works: Vec<Work> = serde_json::from_str(&text("papers.json").unwrap()).unwrap();
    let names: std::collections::BTreeSet<&str> = labels.iter().map(|label| label.draft.as_str()).collect();
    // By half and label: flagged, and all.
    let mut counts: BTreeMap<(bool, &str), (usize, usize)> = BTreeMap::new();
    for name in names {
        let (source, sentences) = checked(name, &works, &model);
        let units = |end: usize| source[..end].encode_utf16().count();
        for label in labels.iter().filter(|label| label.draft == name) {
            let middle = units(label.start.midpoint(label.end));
            let found = sentences.iter().find(|found| found.place.start <= middle && middle < found.place.end);
            let flagged = found.is_some_and(|found| found.flagged);
            let count = counts.entry((name.as_bytes()[1] % 2 == 0, &label.label)).or_default();
            count.0 += usize::from(flagged);
            count.1 += 1;
            if let Some(found) = found
                && flagged == (label.label == "supported")
            {
                println!(
                    "{name} {} -> {:?} {:?} {:?}: {}",
                    label.label, found.verdict, found.numbers, found.troubles, found.text
                );
            }
        }
    }
    for is_even in [false, true] {
        let mut planted = (0, 0);
        for ((_, label), (flagged, all)) in counts.iter().filter(|((even, _), _)| *even == is_even) {
            println!("{} {label}: {flagged} of {all} flagged", if is_even { "measured" } else { "looked at" });
            if *label != "supported" {
                planted = (planted.0 + flagged, planted.1 + all);
            }
        }
        let (flagged, sound) = counts[&(is_even, "supported")];
        let share =
            |part: usize, all: usize| f64::from(u32::try_from(part).unwrap()) / f64::from(u32::try_from(all).unwrap());
        println!("flagged {:.2}, left alone {:.2}", share(planted.0, planted.1), 1.0 - share(flagged, sound));
        assert!(share(planted.0, planted.1) >= FLAGGED && 1.0 - share(flagged, sound) >= LEFT_ALONE);
    }
}
