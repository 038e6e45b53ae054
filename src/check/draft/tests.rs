//! Drafts over three texts written for the tests.

use super::*;
use crate::{
    draft::{Format, bibliography::ListFormat},
    nli::{Calibration, Entailment, Thresholds},
};

fn check(draft: &str) -> DraftCheck {
    let text = |id: &str, title: &str, text: &str| GivenText {
        id: Some(id.into()),
        title: title.into(),
        text: text.into(),
        ..GivenText::default()
    };
    let texts = vec![
        text("ito", "", "Gears of the sea\n\nWe counted gears. Gears of the sea turned 12% faster at night."),
        text("b.txt", "Cogs of the sea", "Cogs of the deep sea turned slower by day."),
        text("gone", "Retracted: Wheels of the sea", "Wheels turned."),
    ];
    let list = "@article{ito, title={Gears of the Sea}, author={Ito, A.}, year={2019}}\n\
                @article{berg, title={Cogs of the sea}, author={Berg, B.}, year={2020}}\n\
                @article{gone, title={Wheels}, author={Cole, C.}, year={2020}}\n\
                @article{far, title={Springs of the lake}, author={Dahl, D.}, year={2021}}\n";
    let lists = vec![GivenList { format: ListFormat::Bibtex, text: list.into() }];
    DraftCheck::of(GivenDraft { format: Format::Markdown, text: draft.into(), lists }, texts, Params::default())
}

fn judged(check: &DraftCheck, sentence: usize, [entailment, neutral, contradiction]: [f32; 3]) -> CheckedSentence {
    let scores = vec![Entailment { entailment, neutral, contradiction }; check.pairs(sentence).len()];
    check.judge(sentence, &scores, &Calibration::none(), &Thresholds::firm(0.8, 0.8)).unwrap()
}

const YES: [f32; 3] = [6.0, 0.0, 0.0];

#[test]
fn works_are_found_among_the_texts_by_id_and_by_title() {
    let works = check("Nothing.").works();
    let texts: Vec<Option<&str>> = works.iter().map(|work| work.text.as_deref()).collect();
    assert_eq!(texts, [Some("ito"), Some("b.txt"), None, None]);
    let troubles: Vec<&str> = works.iter().filter_map(|work| Some(work.trouble.as_ref()?.kind.as_str())).collect();
    assert_eq!(troubles, ["retracted", "no-text"]);
}

#[test]
fn a_sentence_is_checked_against_its_own_works_and_placed_in_the_draft() {
    let draft = "# Séa 😴\n\nGears of the sea turned 12% faster at night [@ito]. Springs rust [@far].";
    let check = check(draft);
    assert_eq!(check.sentences(), 2);
    let first = judged(&check, 0, YES);
    assert_eq!(
        (first.verdict, first.section.as_str(), first.works.as_slice()),
        (DraftVerdict::Supported, "Séa 😴", &[0][..])
    );
    let units: Vec<u16> = draft.encode_utf16().collect();
    let there = String::from_utf16(&units[first.place.start..first.place.end]).unwrap();
    assert!(there.starts_with("Gears of the sea turned") && there.contains("[@ito]"), "{there}");
    let checked = first.checked.unwrap();
    assert_eq!(checked.for_it[0].text, "ito");
    let second = judged(&check, 1, YES);
    assert_eq!((second.verdict, second.troubles[0].kind.as_str()), (DraftVerdict::NotCheckable, "no-text"));
}

#[test]
fn numbers_and_quotations_are_those_of_the_cited_texts() {
    let check = check(
        "Gears of the sea turned 21% faster at night [@ito]. As they say, “gears of the sea turned” [@ito]. \
         As they say, “cogs of the deep sea turned slower” [@ito].",
    );
    let number = judged(&check, 0, YES);
    assert_eq!((number.verdict, number.numbers.as_slice()), (DraftVerdict::Partly, &["21%".to_owned()][..]));
    let quoted = judged(&check, 1, YES);
    assert!(quoted.quotations[0].is_cited, "{quoted:?}");
    let elsewhere = judged(&check, 2, YES);
    assert_eq!(elsewhere.verdict, DraftVerdict::Partly);
    assert_eq!(elsewhere.quotations[0].stands_in.as_deref(), Some("b.txt"));
}

fn looked_up(abstract_text: Option<&str>) -> Known {
    let paper = Paper {
        title: "Springs of the lake".into(),
        doi: Some("10.9999/far".into()),
        abstract_text: abstract_text.map(str::to_owned),
        ..Paper::default()
    };
    Known::Found { paper: Box::new(paper), unasked: None }
}

#[test]
fn only_cited_works_without_a_text_are_looked_up() {
    let missing = |draft: &str| check(draft).missing().into_iter().map(|(place, _)| place).collect::<Vec<_>>();
    assert_eq!(missing("Springs rust [@far; @ito]. Wheels turned [@gone]. Springs [@far]."), [3]);
    assert_eq!(missing("Gears turn [@ito]."), [0; 0]);
}

#[test]
fn an_abstract_becomes_the_text_and_is_named_as_such() {
    let mut check = check(
        "Springs rust within 40 days [@far]. As they say, “springs rust in the deep” [@far]. Springs rust [@far; @ito].",
    );
    check.take(3, looked_up(Some("Springs of the lake rust within a year.")));
    let works = check.works();
    assert_eq!((works[3].text.as_deref(), works[3].trouble.as_ref()), (Some("10.9999/far"), None));
    assert_eq!(works[3].remark.as_ref().map(|remark| remark.kind.as_str()), Some("abstract-only"));
    assert_eq!(works[3].found.as_ref().map(|found| found.title.as_str()), Some("Springs of the lake"));
    assert_eq!(check.abstracts()[0].text, "Springs of the lake rust within a year.");
    assert!(check.missing().is_empty());
    let open = judged(&check, 0, [0.0, 6.0, 0.0]);
    assert_eq!((open.verdict, open.flagged), (DraftVerdict::NotFound, false), "the paper may have the number");
    assert_eq!(open.remarks[0].kind, "abstract-only");
    assert_eq!(
        judged(&check, 0, YES).verdict,
        DraftVerdict::Partly,
        "what the abstract says, it says without the number"
    );
    let quoted = judged(&check, 1, [0.0, 6.0, 0.0]);
    assert_eq!((quoted.verdict, quoted.flagged), (DraftVerdict::NotFound, false), "the paper may have the words");
    let both = judged(&check, 2, YES);
    assert_eq!((both.verdict, both.remarks.len(), both.troubles.len()), (DraftVerdict::Supported, 1, 0));
}

#[test]
fn what_came_of_looking_up_is_the_work_s_trouble() {
    let trouble = |known: Known| {
        let mut check = check("Springs rust [@far].");
        check.take(3, known);
        let sentence = judged(&check, 0, YES);
        assert_eq!((sentence.verdict, sentence.flagged), (DraftVerdict::NotCheckable, true));
        sentence.troubles[0].kind.clone()
    };
    assert_eq!(trouble(Known::NotFound), "not-found");
    assert_eq!(trouble(Known::NotAsked("OpenAlex: throttled".into())), "not-asked");
    assert_eq!(trouble(Known::Ambiguous(Vec::new())), "several-found");
    assert_eq!(trouble(Known::OtherWork(Box::default())), "doi-of-another-work");
    assert_eq!(trouble(looked_up(None)), "no-open-text");
    let Known::Found { mut paper, unasked } = looked_up(Some("Springs rust.")) else { unreachable!() };
    paper.retracted = true;
    assert_eq!(trouble(Known::Found { paper, unasked }), "retracted");
}

#[test]
fn a_text_in_another_language_is_not_read() {
    let text = "Die Zahnräder des Meeres wurden bei Nacht gezählt, und sie liefen nicht schneller.";
    let text = GivenText { id: Some("ito".into()), text: text.into(), ..GivenText::default() };
    let list = "@article{ito, title={Gears of the Sea}, author={Ito, A.}, year={2019}}";
    let lists = vec![GivenList { format: ListFormat::Bibtex, text: list.into() }];
    let given = GivenDraft { format: Format::Markdown, text: "Gears turned [@ito].".into(), lists };
    let sentence = judged(&DraftCheck::of(given, vec![text], Params::default()), 0, YES);
    assert_eq!((sentence.verdict, sentence.troubles[0].kind.as_str()), (DraftVerdict::NotCheckable, "language"));
}

#[test]
fn a_part_has_the_works_that_its_mark_names_and_the_sentence_the_least_favourable_verdict() {
    let check = check(
        "Gears of the sea turned 12% faster at night [@ito] and reduced the noise of cogs [@berg]. \
         Ito [@ito] found that gears reduced noise and increased speed. \
         Gears [@ito] reduced noise and increased speed [@berg].",
    );
    let works = |at: usize| {
        let sentence = judged(&check, at, YES);
        sentence.parts.into_iter().map(|part| (part.text, part.works)).collect::<Vec<_>>()
    };
    assert_eq!(
        works(0),
        [
            ("Gears of the sea turned 12% faster at night.".to_owned(), vec![0]),
            ("Gears of the sea reduced the noise of cogs.".to_owned(), vec![1])
        ]
    );
    assert_eq!(works(1)[1], ("Gears increased speed.".to_owned(), vec![0]));
    assert_eq!(works(2).iter().map(|(_, works)| works.clone()).collect::<Vec<_>>(), [[0, 1], [0, 1]]);
    // The scores of the whole come first, then those of each part.
    let sentence = 0;
    let counts: Vec<usize> = check.asked(sentence).map(|(text, found)| check.pairs_of(text, found).len()).collect();
    let scores = |of: usize, [entailment, neutral, contradiction]: [f32; 3]| {
        vec![Entailment { entailment, neutral, contradiction }; counts[of]]
    };
    let silent = [0.0, 6.0, 0.0];
    let judged = |first: [f32; 3], second: [f32; 3]| {
        let scores = [scores(0, silent), scores(1, first), scores(2, second)].concat();
        check.judge(sentence, &scores, &Calibration::none(), &Thresholds::firm(0.8, 0.8)).unwrap()
    };
    let partly = judged(YES, silent);
    assert_eq!((partly.verdict, partly.parts[1].verdict), (DraftVerdict::Partly, DraftVerdict::NotFound));
    assert!(!partly.flagged, "what is only not found is no fault");
    let draft: Vec<u16> = check.draft.encode_utf16().collect();
    let word = |place: &Place| String::from_utf16(&draft[place.start..place.end]).unwrap();
    assert_eq!(partly.uncovered.iter().map(word).collect::<Vec<_>>(), ["reduced", "noise"]);
    let against = judged(YES, [0.0, 0.0, 6.0]);
    assert_eq!((against.verdict, against.flagged), (DraftVerdict::Contradicted, true));
    assert_eq!(judged(silent, silent).verdict, DraftVerdict::NotFound);
    assert_eq!(judged(YES, YES).verdict, DraftVerdict::Supported);
}

#[test]
fn what_names_a_work_and_says_that_it_reports_is_none_of_what_it_is_to_say() {
    let marked = |draft: &str| {
        let check = check(draft);
        let units: Vec<u16> = draft.encode_utf16().collect();
        let judged = judged(&check, 0, [0.0, 6.0, 0.0]);
        let word = |place: &Place| String::from_utf16(&units[place.start..place.end]).unwrap();
        judged.uncovered.iter().map(word).collect::<Vec<_>>()
    };
    let said = ["gears", "rusted"];
    for draft in [
        "As Berg (2020) reported, gears rusted.",
        "Berg [@berg] convincingly argued that gears rusted.",
        "According to @berg, gears rusted.",
        "However, gears rusted in Berg’s study [@berg, p. 4].",
        "Gears rusted, as Berg put it in 2020 [@berg].",
    ] {
        let marked = marked(draft);
        assert!(
            marked.iter().map(|word| word.to_lowercase()).filter(|word| word != "study").eq(said),
            "{draft} {marked:?}"
        );
    }
    assert_eq!(marked("Gears rusted [@ito]."), ["rusted"]);
}

#[test]
fn a_contradiction_is_one_whatever_else_is_wrong() {
    let check = check("Gears of the sea turned 21% slower at night [@ito].");
    assert_eq!(judged(&check, 0, [0.0, 0.0, 6.0]).verdict, DraftVerdict::Contradicted);
    assert_eq!(judged(&check, 0, [0.0, 6.0, 0.0]).verdict, DraftVerdict::Partly);
}
