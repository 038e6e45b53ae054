//! Drafts written for the purpose, over invented works: which sentences cite, and which works
//! (`tests/data/drafts/README.md`).

use probatum::{
    check::{
        GivenText,
        draft::{CheckedSentence, DraftCheck, DraftVerdict, GivenDraft, GivenList},
    },
    draft::{
        Draft, Entry, Format, Found, Problem,
        bibliography::{self, ListFormat},
        pair,
    },
    nli::Model,
    paper::Paper,
    read,
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
        let ids = citing.entries().into_iter().map(|found| match found {
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

/// The model that ships.
fn model() -> Model {
    let file = |name: &str| {
        fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("www/models/probatum-nli-1").join(name)).unwrap()
    };
    Model::load(&file("manifest.json"), file("model.onnx"), &file("tokenizer.json")).unwrap()
}

/// The sentences of a draft as they come out.
fn sentences_of(given: GivenDraft, texts: Vec<GivenText>, model: &Model) -> Vec<CheckedSentence> {
    let check = DraftCheck::of(given, texts, Params::default());
    let manifest = model.manifest();
    let judged = (0..check.sentences()).map(|sentence| {
        let scores = model.entail(&check.pairs(sentence)).unwrap();
        check.judge(sentence, &scores, &manifest.calibration, &manifest.thresholds).unwrap()
    });
    judged.collect()
}

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
    (source, sentences_of(given, texts.collect(), model))
}

#[test]
fn planted_faults_are_flagged_and_sound_sentences_left_alone() {
    let model = model();
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

/// A sentence of several parts, written for the purpose: the texts of its works by key, and its parts with their keys and labels.
#[derive(Deserialize)]
struct Compound {
    sentence: String,
    texts: BTreeMap<String, String>,
    parts: Vec<CompoundPart>,
}

#[derive(Deserialize)]
struct CompoundPart {
    text: String,
    works: String,
    label: String,
}

/// What a verdict is called in the labels.
fn called(verdict: DraftVerdict) -> &'static str {
    match verdict {
        DraftVerdict::Supported | DraftVerdict::LeansSupported => "supported",
        DraftVerdict::Contradicted | DraftVerdict::LeansContradicted => "contradicted",
        DraftVerdict::NotFound => "not-found",
        _ => "other",
    }
}

#[test]
fn every_part_of_a_sentence_has_its_works_and_its_verdict() {
    let rows = fs::read_to_string(folder().join("../compound/sentences.jsonl")).unwrap();
    let rows: Vec<Compound> = rows.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let model = model();
    for half in [0, 1] {
        // Of parts: (right, called the opposite, all). Of sentences with a part that is not supported: (seen by parts, seen in one, all).
        let (mut parts, mut faulty, mut sound) = ((0, 0, 0), (0, 0, 0), (0, 0, 0));
        for row in rows.iter().skip(half).step_by(2).filter(|row| !row.parts.is_empty()) {
            let bib: String = row.texts.keys().map(|key| format!("@article{{{key}, title={{{key}}}}}\n")).collect();
            let lists = vec![GivenList { format: ListFormat::Bibtex, text: bib }];
            let texts = row.texts.iter().map(|(key, text)| GivenText {
                id: Some(key.clone()),
                text: text.clone(),
                ..GivenText::default()
            });
            let keys: Vec<&String> = row.texts.keys().collect();
            let given = GivenDraft { format: Format::Markdown, text: row.sentence.clone(), lists };
            let found = sentences_of(given, texts.collect(), &model).remove(0);
            if found.parts.is_empty() {
                continue;
            }
            for (part, label) in found.parts.iter().zip(&row.parts) {
                let works: String = part.works.iter().map(|&work| keys[work].as_str()).collect();
                assert_eq!(
                    (part.text.trim_end_matches('.'), works.as_str()),
                    (label.text.as_str(), label.works.as_str())
                );
                let said = called(part.verdict);
                parts.0 += usize::from(said == label.label);
                parts.1 += usize::from(
                    [said, label.label.as_str()] == ["supported", "contradicted"]
                        || [said, label.label.as_str()] == ["contradicted", "supported"],
                );
                parts.2 += 1;
                if said != label.label {
                    println!("{} -> {:?}: {}", label.label, part.verdict, part.text);
                }
            }
            let is_sound = row.parts.iter().all(|part| part.label == "supported");
            let in_one = found.checked.as_ref().map(|checked| format!("{:?}", checked.label)).unwrap_or_default();
            println!("  {} {:?} {in_one} {}", if is_sound { "sound" } else { "faulty" }, found.verdict, row.sentence);
            let counts = if is_sound { &mut sound } else { &mut faulty };
            counts.0 += usize::from(found.flagged);
            counts.1 += usize::from(in_one.ends_with("Refuted") || in_one == "Contested");
            counts.2 += 1;
        }
        println!(
            "half {half}: parts {parts:?}; sentences with a fault {faulty:?}, without {sound:?}: flagged by parts, as one, all"
        );
    }
}

/// A paper whose numbers stand in a table alone.
const OF_TABLE: &str = r#"<article><front><article-meta><title-group><article-title>NapNet answers in its sleep</article-title></title-group></article-meta></front>
<body><sec><title>Results</title><p>We compare two models on two tests. Table 2 has the results.</p>
<table-wrap id="t2"><label>Table 2</label><caption><p>Accuracy of models on tests of knowledge.</p></caption><table>
<thead><tr><th>Model</th><th>MMLU, accuracy (%)</th><th>GSM8K, accuracy (%)</th></tr></thead>
<tbody><tr><td>NapNet</td><td>71.3</td><td>45.2</td></tr><tr><td>OwlNet</td><td>68.4</td><td>71.9</td></tr></tbody></table></table-wrap></sec></body></article>"#;

#[test]
fn a_number_is_found_in_a_table_of_the_cited_paper() {
    let paper = read::given("nap.nxml", OF_TABLE.as_bytes()).unwrap();
    let text =
        GivenText { id: Some("nap".into()), title: paper.title.unwrap(), text: paper.text, ..GivenText::default() };
    let draft = "NapNet reaches 71.3% accuracy on MMLU [@nap].\n\nNapNet reaches 68.4% accuracy on MMLU [@nap].\n\n\
                 OwlNet reaches 45.2% accuracy on GSM8K [@nap].\n\nOwlNet reaches 71.9% on GSM8K [@nap].";
    let list = "@article{nap, title={NapNet answers in its sleep}, author={Ito, A.}, year={2026}}";
    let lists = vec![GivenList { format: ListFormat::Bibtex, text: list.into() }];
    let given = GivenDraft { format: Format::Markdown, text: draft.into(), lists };
    let sentences = sentences_of(given, vec![text], &model());
    let numbers: Vec<Vec<&str>> =
        sentences.iter().map(|sentence| sentence.numbers.iter().map(String::as_str).collect()).collect();
    assert_eq!(
        numbers,
        [vec![], vec!["68.4%"], vec!["45.2%"], vec![]],
        "under the heads that are named, and no others"
    );
    let checked = |at: usize| sentences[at].checked.as_ref().unwrap();
    for (at, statement) in [
        (0, "NapNet — MMLU, accuracy (%): 71.3% (Table 2: Accuracy of models on tests of knowledge)"),
        (3, "OwlNet — GSM8K, accuracy (%): 71.9% (Table 2: Accuracy of models on tests of knowledge)"),
    ] {
        let verdict = sentences[at].verdict;
        assert!(matches!(verdict, DraftVerdict::Supported | DraftVerdict::LeansSupported), "{statement} {verdict:?}");
        let found = &checked(at).for_it[0];
        assert_eq!(found.quote, statement);
        assert!(found.signals.iter().any(|said| said.name == "table"), "it is told from a sentence");
    }
    for at in [1, 2] {
        assert!(checked(at).for_it.is_empty() && checked(at).against.is_empty());
    }
}
