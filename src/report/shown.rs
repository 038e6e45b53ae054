//! How values are shown to a reader, the same in every rendering.

use crate::{
    paper::{Reading, identifier::percent_encoded},
    read::table,
    record::{Asked, SourceOutcome},
    request::SourceState,
    verify::{Decides, Evidence, Probability, Said, Strength},
};
use std::fmt::Write;

pub use crate::text::count;

/// "a", "a and b", "a, b and c".
pub fn list<S: AsRef<str>>(items: &[S]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().into(),
        [head @ .., last] => {
            let head: Vec<&str> = head.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", head.join(", "), last.as_ref())
        }
    }
}

/// A phrase in quotation marks.
pub fn quoted(phrase: &str) -> String {
    format!("“{phrase}”")
}

/// A probability with two decimals; never "1.00" or "0.00" for what is not certain.
pub fn probability(p: f32) -> String {
    if (0.995..1.0).contains(&p) {
        ">0.99".into()
    } else if p > 0.0 && p < 0.005 {
        "<0.01".into()
    } else {
        format!("{p:.2}")
    }
}

/// A threshold with the decimals it has, two or three.
pub fn threshold(t: f32) -> String {
    let three = format!("{t:.3}");
    three.strip_suffix('0').unwrap_or(&three).into()
}

/// How a source ended; "could not be asked" and "answered with nothing" never read alike.
pub fn outcome(state: &SourceState) -> String {
    match state {
        SourceState::Answered { records: 0 } => "answered: no record matched".into(),
        SourceState::Answered { records } => format!("answered with {}", count(*records, "record")),
        SourceState::LeftOut { records: 0 } => "left out by the reader: nothing of it is known".into(),
        SourceState::LeftOut { records } => format!("left out by the reader after {}", count(*records, "record")),
        SourceState::Failed { reason, remedy } => {
            let mut text = format!("could not be asked: {}", sentence_part(reason));
            if !remedy.trim().is_empty() {
                let _ = write!(text, ". What helps: {}", sentence_part(remedy));
            }
            text
        }
        SourceState::Asking | SourceState::Throttled { .. } => "had not answered when the run ended".into(),
    }
}

/// Records that a search brought; where it was not answered, why, by how its source ended.
pub fn records(asked: &Asked, sources: &[SourceOutcome]) -> String {
    let left_out =
        |ended: &SourceOutcome| ended.source == asked.source && matches!(ended.state, SourceState::LeftOut { .. });
    match asked.records {
        Some(records) => records.to_string(),
        None if sources.iter().any(left_out) => "left out by the reader".into(),
        // Of a source that did answer its searches.
        None if asked.citations.is_some() => "no answer".into(),
        None => "could not be asked".into(),
    }
}

/// Words of a sentence up to which it stands whole in a text fragment.
const WHOLE: usize = 10;
/// Words of a longer one at its beginning, and as many at its end.
const ENDS: usize = 4;

/// A sentence as a text fragment: the whole of a short one, beginning and end of a longer one.
pub fn text_fragment(sentence: &str) -> String {
    let words: Vec<&str> = sentence.split_whitespace().collect();
    // "-" has a meaning in a fragment, "," and "&" too.
    let encoded = |words: &[&str]| percent_encoded(&words.join(" "), "").replace('-', "%2D");
    if words.len() <= WHOLE {
        return encoded(&words);
    }
    format!("{},{}", encoded(&words[..ENDS]), encoded(&words[words.len() - ENDS..]))
}

/// A sentence without its full stop, to stand inside another.
pub fn sentence_part(sentence: &str) -> &str {
    sentence.trim().trim_end_matches('.')
}

/// A sentence without its full stop, and the stop, so that citation marks can stand before it.
pub fn before_stop(sentence: &str, cited: bool) -> (&str, &'static str) {
    match sentence.strip_suffix('.') {
        Some(stem) if cited => (stem, "."),
        _ if cited && sentence.ends_with(':') => (sentence, "."),
        _ => (sentence, ""),
    }
}

/// How much of a paper was read.
pub fn reading(reading: Reading) -> &'static str {
    match reading {
        Reading::FullText => "read in full text",
        Reading::Abstract => "read as abstract",
        Reading::Nothing => "not read: neither abstract nor full text could be had",
    }
}

/// Where evidence that is a table's cell stands: "Table 2, row NapNet, column MMLU"; nothing of a sentence.
pub fn of_table(evidence: &Evidence) -> Option<String> {
    table::cell(&evidence.quote).map(|cell| cell.place())
}

/// A passage before its quoted sentence, the sentence, and the passage after it; only the sentence where the span does
/// not fit.
pub fn parts(evidence: &Evidence) -> (&str, &str, &str) {
    let (passage, span) = (&evidence.passage, evidence.span);
    let around = passage.get(..span.start).zip(passage.get(span.end..));
    let (before, after) = around.filter(|_| span.of(passage) == evidence.quote).unwrap_or_default();
    (before, &evidence.quote, after)
}

/// Heading of the sentences that decide nothing.
pub const NEAREST: &str = "Nearest sentences, deciding nothing";

/// What a sentence decides and how surely, its probabilities, and what the signals say.
pub fn weighed(evidence: &Evidence) -> String {
    let decides = match (evidence.decides, evidence.strength) {
        (Decides::For, Some(Strength::Firm)) => "entails the claim",
        (Decides::For, _) => "leans to entailing the claim",
        (Decides::Against, Some(Strength::Firm)) => "contradicts the claim",
        (Decides::Against, _) => "leans to contradicting the claim",
        (Decides::None, _) => "decides nothing",
    };
    let Probability { entailment, neutral, contradiction } = evidence.probability;
    let [entails, is_neutral, contradicts] = [entailment, neutral, contradiction].map(probability);
    let said: String = evidence.signals.iter().filter_map(Said::words).collect();
    format!("{decides}: entails {entails}, neutral {is_neutral}, contradicts {contradicts}{said}")
}

/// Text from outside with what could deceive the eye made visible: characters that reorder or hide text become their
/// code point in brackets, other control characters and line breaks a space.
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{061C}'
            | '\u{200B}'..='\u{200F}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}'
            | '\u{E0000}'..='\u{E007F}' => {
                let _ = write!(out, "[U+{:04X}]", u32::from(c));
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// An address that a page may link to: `http(s)`, or the place of a demonstration paper in the list of references.
/// Whatever is not a plain address character is percent-encoded, so that it can stand in any attribute or link.
pub fn address(url: &str) -> Option<String> {
    if let Some(id) = url.strip_prefix("#demo-") {
        let plain = !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        return plain.then(|| url.into());
    }
    let lower = url.to_ascii_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"))?;
    if rest.is_empty() || rest.starts_with(['/', '?', '#']) {
        return None;
    }
    let mut out = String::with_capacity(url.len());
    for b in url.bytes() {
        if b.is_ascii_alphanumeric() || b"-._~:/?#@!$&*+,;=%".contains(&b) {
            out.push(char::from(b));
        } else {
            let _ = write!(out, "%{b:02X}");
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_web_addresses_are_linked() {
        for hostile in [
            "javascript:alert(1)",
            "data:text/html,<script>",
            " https://x.org",
            "https:///x",
            "//evil.org",
            "#demo-",
            "#demo-a\" onclick=\"x",
            "#claim-c1",
            "ftp://x.org",
            "https://",
            "",
        ] {
            assert_eq!(address(hostile), None, "{hostile}");
        }
        assert_eq!(address("#demo-tide-1").as_deref(), Some("#demo-tide-1"));
        let doi = "https://doi.org/10.1000/x(1)\"><script>";
        assert_eq!(address(doi).as_deref(), Some("https://doi.org/10.1000/x%281%29%22%3E%3Cscript%3E"));
    }

    #[test]
    fn what_reorders_or_hides_text_is_shown() {
        assert_eq!(visible("a\u{202E}b\u{200B}c\n\u{0}d"), "a[U+202E]b[U+200B]c  d");
    }

    #[test]
    fn a_probability_never_reads_as_certainty() {
        assert_eq!(
            [1.0, 0.999, 0.994, 0.5, 0.004, 0.0].map(probability),
            ["1.00", ">0.99", "0.99", "0.50", "<0.01", "0.00"]
        );
    }

    #[test]
    fn a_long_sentence_is_found_by_its_ends() {
        assert_eq!(text_fragment("Naps help, mostly."), "Naps%20help%2C%20mostly.");
        let long = "One-two three four five six seven eight nine ten eleven twelve.";
        assert_eq!(text_fragment(long), "One%2Dtwo%20three%20four%20five,nine%20ten%20eleven%20twelve.");
    }

    #[test]
    fn a_threshold_is_shown_whole() {
        assert_eq!([0.8, 0.86, 0.916, 1.0].map(threshold), ["0.80", "0.86", "0.916", "1.00"]);
    }

    #[test]
    fn failing_is_not_finding_nothing() {
        let failed = outcome(&SourceState::Failed { reason: "HTTP 503.".into(), remedy: "Try again later.".into() });
        assert_eq!(failed, "could not be asked: HTTP 503. What helps: Try again later");
        assert_eq!(outcome(&SourceState::Answered { records: 0 }), "answered: no record matched");
        assert_eq!(outcome(&SourceState::LeftOut { records: 0 }), "left out by the reader: nothing of it is known");
        assert_eq!(outcome(&SourceState::LeftOut { records: 2 }), "left out by the reader after 2 records");
    }
}
