use super::*;
use proptest::prelude::*;

fn texts(format: Format, text: &str) -> Vec<String> {
    Draft::read(format, text).citing().map(|sentence| sentence.text.clone()).collect()
}

#[test]
fn the_model_reads_words_without_citations() {
    for (format, text, read) in [
        (
            Format::Plain,
            "It rose by 3% [1]. Ito et al. (2020) agree, as do others (see Berg, 2019).",
            "It rose by 3%. | Ito et al. agree, as do others.",
        ),
        (
            Format::Plain,
            "In [3], rats slept. [4] found that mice did not.",
            "In the cited work, rats slept. | The cited work found that mice did not.",
        ),
        (
            Format::Tex,
            r"\citet{a} found $98\%$ (see \citealp{b}, for details) in \emph{rats}~\citep{c}.",
            "The cited work found 98% in rats.",
        ),
        (
            Format::Markdown,
            "As @a [p. 3] and [@b] say, it *rose*[^1].\n\n[^1]: See @c.",
            "As the cited work and the cited work say, it rose.",
        ),
    ] {
        assert_eq!(texts(format, text).join(" | "), read);
    }
}

#[test]
fn citations_behind_the_stop_belong_to_the_sentence_before() {
    for text in
        ["It rose.[1] It fell.", "It rose.² It fell.", "It rose. (Ito, 2020) It fell.", "It rose. [1, 2] It fell."]
    {
        let draft = Draft::read(Format::Plain, text);
        assert_eq!(draft.sentences.len(), 2, "{text}");
        assert_eq!(draft.sentences[0].span.of(text), text.strip_suffix(" It fell.").unwrap());
        assert_eq!((draft.sentences[0].marks.len(), draft.sentences[1].marks.len()), (1, 0));
    }
}

#[test]
fn a_sentence_may_end_in_a_citation_that_is_its_word() {
    let draft = Draft::read(Format::Tex, "It rose, according to \\citet{a}.\nOaks fell \\citep{b}.");
    assert_eq!(draft.sentences.len(), 2);
}

#[test]
fn notes_that_only_cite_are_citations() {
    let text = "It rose.[^a] It fell.[^b] It stayed.[^c] It went.[^d]\n\n[^a]: Cf. @x.\n[^b]: Nothing of note.\n[^c]: Ito, A. (2020). Gears of the sea. Press.\n[^d]: That it went was first seen by @y.\n";
    let draft = Draft::read(Format::Markdown, text);
    let cited: Vec<(usize, &str)> =
        draft.citing().map(|sentence| (sentence.marks.len(), sentence.text.as_str())).collect();
    assert_eq!(cited, [(1, "It rose."), (1, "It stayed."), (1, "That it went was first seen by the cited work.")]);
    assert_eq!(draft.list[0].title, "Gears of the sea");
}

#[test]
fn numbers_in_round_brackets_cite_where_nothing_else_does() {
    let list = "\n\nReferences\n1. Ito A. Gears of the sea. 2015.\n2. Berg B. Cogs of the sea. 2016.\n";
    let cited = |text: &str| Draft::read(Format::Plain, &format!("{text}{list}")).citing().count();
    assert_eq!(cited("It rose (1). It fell (2, p 3) for two reasons: (1) one, (2) two."), 2);
    assert_eq!(cited("It rose [1]. It fell (2)."), 1);
}

#[test]
fn words_of_a_sentence_are_found_in_the_draft() {
    let text = r"Here \citet{a} saw that \textbf{rats} the size of $x$ slept \emph{longer} \citep{b}.";
    let draft = Draft::read(Format::Tex, text);
    let sentence = &draft.sentences[0];
    let whole = |words: &str| {
        let start = sentence.text.find(words).unwrap();
        sentence.in_draft(text, Span { start, end: start + words.len() }).map(|span| span.of(text))
    };
    assert_eq!(sentence.text, "Here the cited work saw that rats the size of x slept longer.");
    assert_eq!(whole("rats the size"), Some(r"rats} the size"));
    assert_eq!(whole("slept longer"), Some(r"slept \emph{longer"));
    assert_eq!(whole("the cited work"), None);
}

const FORMATS: [Format; 3] = [Format::Plain, Format::Markdown, Format::Tex];

proptest! {
    #[test]
    fn any_text_is_read_and_spans_fit_it(
        text in "(?s)(\\\\(cite[tp]?|footnote|section|begin|end|item|enquote)|\\{[a-z]{0,3}\\}|\\[[0-9@a^,]{0,4}\\]|[{}$%*_`<>@!~^#|\\\\-]|(?:\n| )+|\\(Ito, 2020\\)|[A-Z][a-z]{1,4}|[a-z.]{1,4}|²|é|“|”|References|1\\. ){0,40}|.{0,60}"
    ) {
        for format in FORMATS {
            let draft = Draft::read(format, &text);
            for sentence in &draft.sentences {
                prop_assert!(!sentence.span.of(&text).is_empty() && !sentence.text.is_empty());
                let all = sentence.in_draft(&text, Span { start: 0, end: sentence.text.len() });
                prop_assert!(all.is_none_or(|all| sentence.span.start <= all.start && all.end <= sentence.span.end));
                prop_assert!(sentence.section < draft.sections.len());
                for mark in &sentence.marks {
                    prop_assert!(!mark.span.of(&text).is_empty() && !mark.works.is_empty());
                }
                for quotation in &sentence.quotations {
                    prop_assert!(text.is_char_boundary(quotation.span.start) && text.is_char_boundary(quotation.span.end));
                }
            }
            let _ = pair(&draft, &draft.list);
        }
    }
}

#[test]
fn hostile_texts_take_linear_time() {
    for unit in [
        "\\cite{a} ",
        "\\footnote{",
        "\\begin{figure}",
        "\\begin{a}",
        "{",
        "[",
        "[@a] ",
        "$",
        "* ",
        "`",
        "<!--",
        "<a",
        "\\newcommand{",
        "\\verb|",
        "[^a]",
        "[^a]: b\n",
        "[1] ",
        "¹ a",
        "“",
        "\"a b c d\" ",
        "(Ito, 2020) ",
        "# a\n",
        "\n\n",
        "@a [",
        "References\n",
        "[a](",
        "ibid. ",
        "1. a\n",
        "\\item ",
        "%",
        ", ",
        "(see [1]) ",
        "%\n",
    ] {
        let text = unit.repeat(40_000 / unit.len());
        for format in FORMATS {
            let draft = Draft::read(format, &text);
            let _ = pair(&draft, &draft.list);
        }
    }
}
