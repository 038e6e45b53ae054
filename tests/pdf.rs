//! Reading of PDFs from runs as pdf.js gives them: layouts written for the purpose, faults, and mutated documents. What pdf.js
//! makes of files, and how well real ones are read, is tested in `tests/node/pdf.test.mjs`.

use probatum::{
    draft::{Draft, EntryRef, Format, Found, pair},
    paper::{Place, Section, SectionKind},
    read::{
        GivenPlace, Page, ReadError, draft_pdf, given_pdf,
        pdf::{PdfFont, PdfPage, PdfRun, PdfRuns, check, sections},
    },
    text,
};
use proptest::prelude::*;
use std::{fmt::Write, time::Instant};

/// Fonts of the documents below, by index.
const ROMAN: usize = 0;
const BOLD: usize = 1;
const MATH: usize = 2;
/// Width of every character, in sizes.
const EM: f32 = 0.5;

fn document(pages: Vec<Vec<PdfRun>>) -> PdfRuns {
    let font = |name: &str| PdfFont { name: name.into(), ..PdfFont::default() };
    let page = |runs| PdfPage { width: 600.0, height: 800.0, runs };
    PdfRuns {
        title: None,
        fonts: vec![font("Times-Roman"), font("Times-Bold"), font("CMMI10")],
        pages: pages.into_iter().map(page).collect(),
    }
}

fn run(text: &str, x: f32, y: f32, size: f32, font: usize) -> PdfRun {
    #[allow(clippy::cast_precision_loss, reason = "a run has few characters")]
    let width = text.chars().count() as f32 * EM * size;
    PdfRun { text: text.into(), x, y, width, size, font, angle: 0.0 }
}

/// Lines of 50 characters at most, 12 points apart, in a column that begins at `x`; all but the last are justified.
fn paragraph(text: &str, x: f32, y: f32) -> Vec<PdfRun> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.len() + word.len() < 50 => write!(line, " {word}").unwrap(),
            _ => lines.push(word.to_owned()),
        }
    }
    let last = lines.len() - 1;
    let place = |(at, line): (usize, String)| {
        #[allow(clippy::cast_precision_loss, reason = "a paragraph has few lines")]
        let run = run(&line, x, y + 12.0 * at as f32, 10.0, ROMAN);
        if at == last { run } else { PdfRun { width: 250.0, ..run } }
    };
    lines.into_iter().enumerate().map(place).collect()
}

fn texts(sections: &[Section]) -> Vec<&str> {
    sections.iter().flat_map(|section| &section.passages).map(|passage| passage.text.as_str()).collect()
}

fn sentences(sections: &[Section]) -> Vec<&str> {
    let passages = sections.iter().flat_map(|section| &section.passages);
    passages.flat_map(|passage| passage.sentences.iter().map(|span| span.of(&passage.text))).collect()
}

const LEFT: &str = "We asked two hundred nurses who work at night to take a nap before their shift, and we com-";
const RIGHT: &str =
    "pared them with as many who did not. Those who slept made fewer errors in the test of the morning.";
const MORE: &str =
    "The effect was small, and it was gone when the nurses had been off for a week. We do not know why it was.";

/// A page of two columns below a title, an abstract across both, and a heading.
fn two_columns() -> Vec<PdfRun> {
    let mut runs =
        vec![run("A nap before the night shift", 150.0, 90.0, 18.0, BOLD), run("Abstract", 270.0, 120.0, 12.0, BOLD)];
    let wide = "Naps help those who work at night, as this trial of four hundred nurses in three clinics of one town has shown for the first time.";
    let halves = wide.split_at(wide.find(" of one town").unwrap());
    runs.push(PdfRun { width: 500.0, ..run(halves.0, 50.0, 140.0, 10.0, ROMAN) });
    runs.push(run(halves.1.trim(), 50.0, 152.0, 10.0, ROMAN));
    runs.push(run("1", 50.0, 190.0, 12.0, BOLD));
    runs.push(run("Introduction", 70.0, 190.0, 12.0, BOLD));
    runs.extend(paragraph(LEFT, 50.0, 210.0));
    runs.extend(paragraph(RIGHT, 320.0, 190.0));
    runs.extend((0..16).flat_map(|at| {
        #[allow(clippy::cast_precision_loss, reason = "a small number")]
        let y = 300.0 + 24.0 * at as f32;
        [
            paragraph("It was so in all of the clinics that we saw, by day too.", 50.0, y),
            paragraph("Nobody has told us of harm that came of a nap since then.", 320.0, y),
        ]
        .concat()
    }));
    runs
}

#[test]
fn columns_are_read_below_what_spans_them() {
    let Page { title, sections, works: _ } = sections(&document(vec![two_columns()])).unwrap();
    assert_eq!(title.as_deref(), Some("A nap before the night shift"));
    let heads: Vec<_> = sections.iter().map(|section| (section.heading.as_str(), section.kind)).collect();
    assert_eq!(heads, [("Abstract", SectionKind::Abstract), ("Introduction", SectionKind::Introduction)]);
    let texts = texts(&sections);
    assert!(texts[0].ends_with("in three clinics of one town has shown for the first time."));
    assert!(texts[1].starts_with("We asked two hundred nurses"));
    let position = |part: &str| texts.iter().position(|text| text.contains(part)).unwrap();
    assert!(position("by day too") < position("pared them") && position("pared them") < position("harm that came"));
    assert!(sections.iter().flat_map(|section| &section.passages).all(|passage| !passage.places.is_empty()));
}

#[test]
fn a_word_broken_across_columns_is_joined() {
    let columns =
        [paragraph(LEFT, 50.0, 100.0), paragraph(RIGHT, 320.0, 100.0), paragraph(MORE, 320.0, 160.0)].concat();
    let read = sections(&document(vec![columns])).unwrap();
    assert!(texts(&read.sections)[0].contains("and we compared them with as many"), "{:?}", texts(&read.sections));
    let compared = sentences(&read.sections)[0].to_owned();
    let passage = &read.sections[0].passages[0];
    assert!(compared.starts_with("We asked") && compared.ends_with("who did not."));
    let xs: Vec<f32> = passage.places(passage.sentences[0]).map(|place| place.x).collect();
    assert_eq!(xs, [50.0, 50.0, 320.0], "two lines of the left column and one of the right");
}

#[test]
fn a_sentence_knows_where_on_its_lines_it_stands() {
    let line = run("One is told. Two is told after it by the same man who told one.", 50.0, 100.0, 10.0, ROMAN);
    let more = (0..6).flat_map(|at| {
        #[allow(clippy::cast_precision_loss, reason = "a small number")]
        let y = 130.0 + 30.0 * at as f32;
        paragraph(MORE, 50.0, y)
    });
    let read = sections(&document(vec![std::iter::once(line).chain(more).collect()])).unwrap();
    let passage = &read.sections[0].passages[0];
    let place = *passage.places(passage.sentences[1]).next().unwrap();
    assert_eq!(place.span.of(&passage.text), "Two is told after it by the same man who told one.");
    assert!((place.x - (50.0 + 13.0 * 5.0)).abs() < 1.0 && (place.x + place.width - 365.0).abs() < 1.0, "{place:?}");
    assert!(place.y < 95.0 && place.y + place.height > 100.0 && place.page == 0);
    assert_eq!(passage.anchor.as_deref(), Some("page=1"));
}

#[test]
fn places_are_told_in_the_text_as_javascript_counts() {
    let first = "Käse and 𐍈 are told of here, in a line that is long enough to be read.";
    let lines = [run(first, 50.0, 100.0, 10.0, ROMAN)].into_iter().chain(paragraph(MORE, 50.0, 150.0));
    let read = given_pdf(&document(vec![lines.collect()])).unwrap();
    let units: Vec<u16> = read.text.encode_utf16().collect();
    let part = |place: &GivenPlace| String::from_utf16(&units[place.start..place.end]).unwrap();
    let parts: Vec<String> = read.places.iter().map(part).collect();
    assert_eq!(parts[0], first);
    assert!(parts[1].starts_with("The effect was small"), "{parts:?}");
    assert_eq!(parts[parts.len() - 1].split(' ').next_back(), Some("was."));
    assert!(read.places.windows(2).all(|pair| pair[0].end <= pair[1].start));
}

#[test]
fn what_repeats_and_what_stands_beyond_it_is_no_text() {
    let page = |number: usize| {
        let mut runs =
            vec![run("Naps at night", 250.0, 30.0, 9.0, ROMAN), run(&number.to_string(), 300.0, 770.0, 9.0, ROMAN)];
        runs.push(PdfRun { angle: -90.0, ..run("arXiv:0000.00000v1 [q-bio.NC] 1 May 2020", 20.0, 600.0, 18.0, ROMAN) });
        if number == 1 {
            runs.push(run("Copyright of the authors, 2020, all of whom are fictional", 150.0, 785.0, 8.0, ROMAN));
        }
        runs.extend(paragraph(LEFT, 50.0, 100.0));
        runs.extend(paragraph(&format!("{MORE} In year {number} it was the same."), 50.0, 200.0));
        runs
    };
    let read = sections(&document((1..=4).map(page).collect())).unwrap();
    let text = texts(&read.sections).join(" ");
    for absent in ["Naps at night", "arXiv", "Copyright"] {
        assert!(!text.contains(absent), "{absent}: {text}");
    }
    assert_eq!(text.matches("it was the same").count(), 4);
}

#[test]
fn notes_captions_tables_and_references_have_no_sentences() {
    let mut runs =
        [vec![run("Results", 50.0, 60.0, 12.0, BOLD)], paragraph(LEFT, 50.0, 80.0), paragraph(RIGHT, 50.0, 104.0)]
            .concat();
    runs.push(run("Table 1: Errors of those who slept and of those who did not.", 50.0, 170.0, 9.0, ROMAN));
    for (at, row) in ["Slept", "Waked", "Both"].into_iter().enumerate() {
        #[allow(clippy::cast_precision_loss, reason = "a small number")]
        let y = 190.0 + 12.0 * at as f32;
        runs.extend([
            run(row, 60.0, y, 10.0, ROMAN),
            run("4.1", 150.0, y, 10.0, ROMAN),
            run("5.2", 220.0, y, 10.0, ROMAN),
        ]);
    }
    runs.extend(paragraph(MORE, 50.0, 250.0));
    runs.extend([
        run("1", 50.0, 697.0, 5.0, ROMAN),
        run("We thank the nurses for what they told us of it.", 54.0, 700.0, 8.0, ROMAN),
    ]);
    let mut last = vec![run("References", 50.0, 60.0, 12.0, BOLD)];
    last.extend(paragraph(
        "[1] A. Doe. We found that naps are of no use to the nurses. 2001. In a journal of no name.",
        50.0,
        80.0,
    ));
    last.push(run("Appendix", 50.0, 200.0, 12.0, BOLD));
    last.extend(paragraph(MORE, 50.0, 220.0));
    let read = sections(&document(vec![runs, last])).unwrap();
    let kinds: Vec<_> = read.sections.iter().map(|section| (section.heading.as_str(), section.kind)).collect();
    assert_eq!(kinds, [("Results", SectionKind::Results), ("Appendix", SectionKind::Other)]);
    let all = sentences(&read.sections).join(" ");
    for absent in ["Table", "Slept", "thank", "naps are of no use"] {
        assert!(!all.contains(absent), "{absent}: {all}");
    }
    assert_eq!(sentences(&read.sections).len(), 6);
}

#[test]
fn a_draft_keeps_its_reference_list() {
    let lines = [
        ("Berg, B. (2020). Naps of the nurses who work at", 50.0),
        ("night. Journal of Rest 4, 1–9. Sleep and its re-", 65.0),
        ("search, second edition.", 65.0),
        ("Ito, A. and Cole, C. (2019). Sleep on board of", 50.0),
        ("ferries. Journal of Rest 3, 7–8.", 65.0),
    ];
    let mut runs = vec![run("Results", 50.0, 60.0, 12.0, BOLD)];
    runs.extend(paragraph(&format!("{MORE} Naps are short (Berg, 2020)."), 50.0, 80.0));
    let mut last = vec![run("References", 50.0, 60.0, 12.0, BOLD)];
    for (y, (text, x)) in (0_u8..).map(|at| 80.0 + 12.0 * f32::from(at)).zip(lines) {
        last.push(run(text, x, y, 10.0, ROMAN));
    }
    last.push(run("Appendix", 50.0, 200.0, 12.0, BOLD));
    last.extend(paragraph(MORE, 50.0, 220.0));
    let text = draft_pdf(&document(vec![runs, last])).unwrap();
    assert!(text.starts_with("Results\n\n") && text.contains("\n\nAppendix\n\n"), "{text}");
    let draft = Draft::read(Format::Plain, &text);
    let list: Vec<(&str, Option<u16>)> = draft.list.iter().map(|work| (work.title.as_str(), work.year)).collect();
    assert_eq!(list, [("Naps of the nurses who work at night", Some(2020)), ("Sleep on board of ferries", Some(2019))]);
    assert!(text.contains("its research, second edition"), "{text}");
    let entries = pair(&draft, &draft.list).iter().flat_map(|citing| citing.entries()).collect::<Vec<_>>();
    assert_eq!(entries, [Found::Entry(EntryRef(0))]);
}

#[test]
fn a_formula_is_missing_and_its_sentence_not_quoted() {
    let mut runs = paragraph(MORE, 50.0, 100.0);
    runs.extend(paragraph(
        "With this we had enough of it to say at once that the loss of sleep is given by the sum",
        50.0,
        148.0,
    ));
    runs.extend([
        run("L", 130.0, 180.0, 10.0, MATH),
        run("= a + b", 140.0, 180.0, 10.0, MATH),
        run("(1)", 285.0, 180.0, 10.0, ROMAN),
    ]);
    runs.extend(paragraph(
        "where a is the loss of the first night. It is known for most of the nurses that we asked.",
        50.0,
        204.0,
    ));
    runs.extend(paragraph(MORE, 50.0, 260.0));
    let read = sections(&document(vec![runs])).unwrap();
    assert!(
        texts(&read.sections).iter().any(|text| text.contains("the sum […] where a is")),
        "{:?}",
        texts(&read.sections)
    );
    assert!(sentences(&read.sections).iter().all(|sentence| !sentence.contains("the loss of")));
    assert!(sentences(&read.sections).contains(&"It is known for most of the nurses that we asked."));
}

#[test]
fn raised_digits_join_no_number() {
    let mut runs = paragraph(MORE, 50.0, 100.0);
    runs.extend([run("There were 10", 50.0, 160.0, 10.0, ROMAN), run("5", 115.0, 156.0, 7.0, ROMAN)]);
    runs.push(run("of them, and we know of no more than that.", 122.0, 160.0, 10.0, ROMAN));
    let read = sections(&document(vec![runs])).unwrap();
    assert!(
        sentences(&read.sections).contains(&"There were 10^5 of them, and we know of no more than that."),
        "{:?}",
        sentences(&read.sections)
    );
}

#[test]
fn an_accent_set_over_a_letter_is_on_it() {
    let mut runs = paragraph(MORE, 50.0, 100.0);
    runs.extend([
        run("The number of Erd\u{2dd}", 50.0, 160.0, 10.0, ROMAN),
        run("os is known to all of us.", 135.0, 160.0, 10.0, ROMAN),
    ]);
    let read = sections(&document(vec![runs])).unwrap();
    assert!(
        sentences(&read.sections).contains(&"The number of Erdős is known to all of us."),
        "{:?}",
        sentences(&read.sections)
    );
}

#[test]
fn a_large_initial_belongs_to_the_first_of_its_lines() {
    let mut runs = vec![run("N", 50.0, 112.0, 24.0, ROMAN)];
    runs.push(PdfRun {
        width: 236.0,
        ..run("aps are of use to those who work at night, as", 64.0, 100.0, 10.0, ROMAN)
    });
    runs.push(PdfRun { width: 236.0, ..run("we have seen in all of the clinics that took", 64.0, 112.0, 10.0, ROMAN) });
    runs.push(run("part in this trial.", 50.0, 124.0, 10.0, ROMAN));
    runs.extend(paragraph(MORE, 60.0, 160.0));
    let read = sections(&document(vec![runs])).unwrap();
    let first = "Naps are of use to those who work at night, as we have seen in all of the clinics that took part in this trial.";
    assert_eq!(sentences(&read.sections)[0], first);
}

#[test]
fn numbers_of_lines_are_no_text() {
    let mut runs = Vec::new();
    for (at, line) in (1_u8..).zip(
        [paragraph(MORE, 90.0, 60.0), paragraph(MORE, 90.0, 96.0), paragraph(MORE, 90.0, 132.0)]
            .concat()
            .iter()
            .cycle()
            .take(24),
    ) {
        let y = 60.0 + 12.0 * f32::from(at);
        runs.extend([run(&at.to_string(), 50.0, y, 8.0, ROMAN), PdfRun { y, ..line.clone() }]);
    }
    let read = sections(&document(vec![runs])).unwrap();
    assert!(
        texts(&read.sections).iter().all(|text| text.chars().all(|c| !c.is_ascii_digit())),
        "{:?}",
        texts(&read.sections)
    );
}

#[test]
fn a_run_in_heading_and_the_mark_of_an_item_are_in_no_sentence() {
    let mut runs = paragraph(MORE, 50.0, 100.0);
    runs.extend([
        run("What we did.", 50.0, 160.0, 10.0, BOLD),
        run("We asked all of the nurses what they did at night.", 115.0, 160.0, 10.0, ROMAN),
    ]);
    runs.push(run("1. It was told that most of them slept.", 50.0, 190.0, 10.0, ROMAN));
    runs.push(run("2. Some of them were told to be awake.", 50.0, 202.0, 10.0, ROMAN));
    let read = sections(&document(vec![runs])).unwrap();
    let told = sentences(&read.sections);
    for sentence in [
        "We asked all of the nurses what they did at night.",
        "It was told that most of them slept.",
        "Some of them were told to be awake.",
    ] {
        assert!(told.contains(&sentence), "{told:?}");
    }
    assert!(texts(&read.sections).contains(&"What we did. We asked all of the nurses what they did at night."));
}

#[test]
fn what_cannot_be_quoted_is_said() {
    let scan = document(vec![vec![run("12", 300.0, 770.0, 9.0, ROMAN)], Vec::new()]);
    assert_eq!(sections(&scan).unwrap_err(), ReadError::NoText { pages: 2 });
    assert_eq!(sections(&document(Vec::new())).unwrap_err(), ReadError::NoText { pages: 0 });

    let shifted = |c: char| if c.is_ascii_lowercase() { char::from((c as u8 - b'a' + 7) % 26 + b'a') } else { c };
    let mut garbled = two_columns();
    garbled.iter_mut().for_each(|run| run.text = run.text.chars().map(shifted).collect());
    assert_eq!(sections(&document(vec![garbled])).unwrap_err(), ReadError::Garbled);
    let mut unmapped = two_columns();
    unmapped.iter_mut().for_each(|run| run.text = run.text.replace('e', "\u{e065}").replace('a', "\u{e061}"));
    assert_eq!(sections(&document(vec![unmapped])).unwrap_err(), ReadError::Garbled);

    // Columns whose lines begin and end anywhere have no gutter.
    let mut mixed = Vec::new();
    for at in 0_u16..40 {
        let (y, shift) = (60.0 + 14.0 * f32::from(at), f32::from(at * 37 % 150));
        mixed.push(run("the nurses who were on", 50.0 + shift, y, 10.0, ROMAN));
        mixed.push(run("and of those that slept", 190.0 + shift, y, 10.0, ROMAN));
        mixed.push(run("as it was with them at", 340.0 + shift / 2.0, y, 10.0, ROMAN));
    }
    assert_eq!(sections(&document(vec![mixed])).unwrap_err(), ReadError::Interleaved);

    let labels =
        (0_u8..60).map(|at| run("Nap 1", 50.0 + 90.0 * f32::from(at % 6), 60.0 + 40.0 * f32::from(at / 6), 9.0, ROMAN));
    assert_eq!(sections(&document(vec![labels.collect()])).unwrap_err(), ReadError::NoParagraph);
}

#[test]
fn only_what_bears_a_pdfs_mark_is_opened() {
    assert_eq!(check(b"%PDF-1.7\n"), Ok(()));
    let said = |bytes: &[u8]| check(bytes).unwrap_err().to_string();
    assert_eq!(said(b"<!doctype html><title>Sign in</title>"), "it cannot be read as PDF: its mark %PDF- is missing");
    assert_eq!(said(b""), "it cannot be read as PDF: its mark %PDF- is missing");
    assert_eq!(said(&[0; 20_000_001]), "it has 20000001 bytes, more than the 20000000 that are read");
}

#[test]
fn forty_thousand_sentences_are_read() {
    let page = |number: usize| {
        let lines = (0_u8..50).map(|at| {
            // In letters: what differs in its number alone is taken for furniture.
            let name: String = [number / 26, number % 26, usize::from(at) / 26, usize::from(at) % 26]
                .iter()
                .filter_map(|&letter| char::from_u32(u32::try_from(letter).unwrap() + u32::from('a')))
                .collect();
            let text = format!("It was so in the ward of {name} as well.");
            run(&text, 50.0, 60.0 + 14.0 * f32::from(at), 10.0, ROMAN)
        });
        lines.collect()
    };
    let long = document((0..800).map(page).collect());
    let started = Instant::now();
    let read = sections(&long).unwrap();
    assert_eq!(sentences(&read.sections).len(), 40_000);
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}

#[test]
fn a_page_of_nothing_but_overlaps_takes_no_time() {
    let runs = (0..100_000_u32).map(|at| {
        run(if at % 3 == 0 { "a nap of" } else { "5" }, 300.0, 400.0, if at % 2 == 0 { 10.0 } else { 7.0 }, ROMAN)
    });
    let started = Instant::now();
    let _ = sections(&document(vec![runs.collect()]));
    // One run again and again among others.
    let again = vec![run("and as many of them.", 300.0, 412.0, 10.0, ROMAN); 100_000];
    let _ = sections(&document(vec![two_columns().into_iter().chain(again).collect()]));
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}

/// What can be wrong with a run.
fn fault() -> impl Strategy<Value = (usize, u8, f32)> {
    let number = prop_oneof![
        Just(f32::NAN),
        Just(f32::INFINITY),
        Just(-1.0),
        Just(0.0),
        Just(1e30),
        Just(f32::MIN),
        -50.0..900.0_f32
    ];
    (0..60_usize, 0..8_u8, number)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn no_document_breaks_the_reader(faults in prop::collection::vec(fault(), 0..40), word in "\\PC{0,12}") {
        let mut runs = two_columns();
        for (at, what, number) in faults {
            let count = runs.len();
            let run = &mut runs[at % count];
            match what {
                0 => run.x = number,
                1 => run.y = number,
                2 => run.width = number,
                3 => run.size = number,
                4 => run.angle = number,
                5 => run.font = at * 7,
                6 => run.text.push_str(&word),
                _ => run.text = word.clone(),
            }
        }
        if let Ok(read) = sections(&document(vec![runs.clone(), runs])) {
            for passage in read.sections.iter().flat_map(|section| &section.passages) {
                prop_assert_eq!(&text::normalize(&passage.text), &passage.text);
                prop_assert!(passage.sentences.iter().all(|span| !span.of(&passage.text).is_empty()));
                let is_sound = |place: &Place| !place.span.of(&passage.text).is_empty() && place.x.is_finite();
                prop_assert!(passage.places.iter().all(is_sound));
            }
        }
    }
}
