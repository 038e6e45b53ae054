//! Sentence splitting over hard cases, with a ratchet: a lost case fails, and so does a gain that is not recorded.

use probatum::text::sentences;

const CASES: &str = include_str!("data/sentences.txt");

/// Cases: blocks between blank lines, one sentence a line; `!` first marks a known failure. The text of a case is its
/// lines joined by one space, or by nothing after a line that ends in `\`.
fn cases() -> Vec<(bool, Vec<String>)> {
    let lines = CASES.lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>();
    lines
        .split(|line| line.is_empty())
        .filter(|block| !block.is_empty())
        .map(|block| {
            let known_failure = block[0] == "!";
            let sentences = block.iter().skip(usize::from(known_failure)).map(|line| (*line).to_owned()).collect();
            (known_failure, sentences)
        })
        .collect()
}

#[test]
fn hard_cases_split_as_written() {
    let mut wrong = Vec::new();
    let cases = cases();
    assert!(cases.len() >= 80, "only {} cases", cases.len());
    for (known_failure, lines) in cases {
        let mut text = String::new();
        let mut expected = Vec::new();
        for (index, line) in lines.iter().enumerate() {
            let (sentence, glued) = line.strip_suffix('\\').map_or((line.as_str(), false), |sentence| (sentence, true));
            text.push_str(sentence);
            expected.push(sentence);
            if !glued && index + 1 < lines.len() {
                text.push(' ');
            }
        }
        let found: Vec<&str> = sentences(&text).iter().map(|span| span.of(&text)).collect();
        match (found == expected, known_failure) {
            (false, false) => wrong.push(format!("lost: {found:#?}\nexpected {expected:#?}")),
            (true, true) => wrong.push(format!("now right, remove its '!' line: {expected:#?}")),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
