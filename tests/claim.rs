//! Claim extraction over sentences written for the purpose, with a ratchet; and over real abstracts and papers.

#[path = "support/shared.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod shared;

use probatum::{
    claim::{self, Voice},
    paper::{Paper, PaperId, Reading, Section, SectionKind},
    read::{arxiv_html, plain},
};
use std::fs;

const CASES: &str = include_str!("data/claims.tsv");

fn paper(sections: Vec<Section>) -> Paper {
    Paper {
        id: PaperId("demo:test".to_owned()),
        title: "A paper".to_owned(),
        authors: Vec::new(),
        year: None,
        venue: None,
        doi: None,
        arxiv_id: None,
        url: "https://example.org".to_owned(),
        abstract_text: None,
        retracted: false,
        sources: Vec::new(),
        sections,
        reading: Reading::FullText,
        ..Paper::default()
    }
}

/// What extraction makes of one sentence that stands alone in a section.
fn label(kind: SectionKind, sentence: &str) -> &'static str {
    let claims = claim::extract(&paper(vec![plain::section("A section", kind, sentence)]));
    match claims.as_slice() {
        [] => "no-claim",
        [claim] if claim.voice == Voice::Own => "claim-own",
        [_] => "claim-second-hand",
        _ => "split",
    }
}

#[test]
fn written_sentences_are_told_apart() {
    let mut wrong = Vec::new();
    let mut cases = 0;
    for line in CASES.lines().filter(|line| !line.starts_with('#')) {
        let [expected, kind, sentence] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("not three columns: {line}");
        };
        let kind: SectionKind = serde_json::from_str(&format!("\"{kind}\"")).expect(line);
        let known_failure = expected.starts_with('!');
        let expected = expected.trim_start_matches('!');
        let found = label(kind, sentence);
        cases += 1;
        match (found == expected, known_failure) {
            (false, false) => wrong.push(format!("lost: {found} instead of {expected}: {sentence}")),
            (true, true) => wrong.push(format!("now right, remove its '!': {expected}: {sentence}")),
            _ => {}
        }
    }
    assert!(cases >= 150, "only {cases} cases");
    assert!(wrong.is_empty(), "{} of {cases}:\n{}", wrong.len(), wrong.join("\n"));
}

/// Words that no own finding may hold: an independent check on real texts, blunter than the code under test.
fn is_leak(sentence: &str, kind: SectionKind) -> bool {
    let lower = sentence.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphabetic()).collect();
    let says_own = ["we", "our", "this"].iter().any(|own| words.contains(own));
    let reports = ["reported", "achieved", "found", "showed", "demonstrated", "report", "proposed"];
    let by_author = lower.split("et al").skip(1).any(|after| {
        let next = after.split(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty());
        next.is_some_and(|word| reports.contains(&word))
    });
    let by_others =
        ["studies have shown", "studies have found", "prior work has", "previous work has", "been shown that"];
    by_author || by_others.iter().any(|words| lower.contains(words)) || kind == SectionKind::RelatedWork && !says_own
}

fn check(papers: &[Paper]) -> (usize, usize) {
    let (mut own, mut second_hand) = (0, 0);
    for paper in papers {
        let claims = claim::extract(paper);
        assert!(claims.is_sorted_by_key(|claim| (claim.at.section, claim.at.passage, claim.span)));
        for claim in claims {
            let passage = paper.passage(&claim.at).expect("a claim points into its paper");
            assert_eq!(claim.span.of(&passage.text), claim.text);
            assert!(passage.sentences.contains(&claim.span), "not a whole sentence");
            assert!((0.0..=1.0).contains(&claim.worth) && !claim.cues.is_empty());
            match claim.voice {
                Voice::Own => {
                    assert!(!is_leak(&claim.text, claim.section_kind), "second-hand as own: {:?}", claim.at);
                    own += 1;
                }
                Voice::SecondHand => second_hand += 1,
            }
        }
    }
    (own, second_hand)
}

#[test]
fn real_abstracts_give_whole_claims_of_their_own() {
    let Some(folder) = shared::shared("fixtures/arxiv_corpus") else { return };
    let body = fs::read_to_string(folder.join("topic_nli.jsonl")).unwrap();
    let papers: Vec<Paper> = body
        .lines()
        .map(|line| {
            let record: serde_json::Value = serde_json::from_str(line).unwrap();
            paper(vec![plain::section("Abstract", SectionKind::Abstract, record["summary"].as_str().unwrap())])
        })
        .collect();
    let (own, second_hand) = check(&papers);
    let per_paper = own as f64 / papers.len() as f64;
    assert!((1.0..2.5).contains(&per_paper), "{per_paper:.2} own claims an abstract");
    assert!(second_hand * 10 < own, "{second_hand} second-hand, {own} own");
}

#[test]
fn real_papers_give_whole_claims_of_their_own() {
    let Some(folder) = shared::shared("fixtures/arxiv_html") else { return };
    for name in ["1706.03762.latexml.html", "2004.14974.latexml.html"] {
        let html = fs::read_to_string(folder.join(name)).unwrap();
        let (own, _) = check(&[paper(arxiv_html::sections(&html).unwrap())]);
        assert!((8..60).contains(&own), "{own} own claims in {name}");
    }
}

#[test]
fn an_abstract_opens_with_background() {
    let text = "Large encoders outperform small ones on noisy text. We tag 400 letters. \
                Large encoders outperform small ones on our letters.";
    let claims = claim::extract(&paper(vec![plain::section("Abstract", SectionKind::Abstract, text)]));
    assert_eq!(claims.iter().map(|claim| claim.text.as_str()).collect::<Vec<_>>(), [&text[text.len() - 52..]]);
}
