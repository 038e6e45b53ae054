//! Reading of every format: small documents written for the purpose, hostile ones, and real ones by path.

#[path = "formats/packed.rs"]
mod packed;
#[path = "support/shared.rs"]
mod shared;

use packed::{gzip, tar, zip};
use probatum::{
    paper::{Format, Paper, Section, SectionKind},
    read::{self, Page, ReadError},
    text::{Span, normalize, sentences},
};
use proptest::prelude::*;
use std::{collections::BTreeSet, fs};

const JATS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD v1.0 20120330//EN" "JATS-archivearticle1.dtd">
<article xmlns:mml="http://www.w3.org/1998/Math/MathML" xmlns:xlink="http://www.w3.org/1999/xlink" article-type="research-article">
<front><journal-meta><journal-title>Journal of Invented Dairies</journal-title></journal-meta><article-meta>
<title-group><article-title>Milk &amp; <italic>kefir</italic><xref ref-type="fn" rid="n1">*</xref></article-title></title-group>
<abstract abstract-type="graphical"><p>See the picture.</p></abstract>
<abstract><sec><title>Background</title><p>Kefir keeps.</p></sec><sec><title>Results</title><p id="a2">It rose by 4&nbsp;%.</p></sec></abstract>
</article-meta></front>
<body>
<sec id="s1" sec-type="intro"><title>Introduction</title>
<p id="p1">Kefir was drunk by 10<sup>6</sup> people.<sup><xref ref-type="bibr" rid="b1">1</xref>,<xref ref-type="bibr" rid="b2">2</xref></sup> They were glad<xref ref-type="bibr" rid="b1"><sup>1</sup></xref><sup>,</sup><xref ref-type="bibr" rid="b2"><sup>2</sup></xref>. As Ono <italic>et al</italic>. [<xref ref-type="bibr" rid="b1">1</xref>] say, H<sub>2</sub>O is wet<xref ref-type="table-fn" rid="t">a</xref>.<fn id="f1"><p>A note.</p></fn></p>
<sec id="s1a"><title>Related work</title><p>Ono found that milk sours.</p></sec></sec>
<sec id="s2" sec-type="materials|methods"><title>What we did</title><p>We gave <inline-formula><alternatives><tex-math>\documentclass{minimal}\begin{document}$$\alpha$$\end{document}</tex-math><mml:math><mml:mi>α</mml:mi><mml:mo>=</mml:mo><mml:mn>0.05</mml:mn></mml:math></alternatives></inline-formula> to cows:
<list list-type="bullet"><list-item><p>The first cow drank.</p></list-item><list-item><p id="li2">The second did not.</p></list-item></list> All lived.
<table-wrap id="t1"><label>Table 1</label><caption><p>A caption.</p></caption><table><tr><td>Milk 38.0</td></tr></table></table-wrap></p>
<fig id="f2"><caption><title>A figure.</title><p>Cows at noon.</p></caption></fig>
<p>The mean was <inline-graphic xlink:href="x.gif"/> here. It was low.</p></sec>
<sec><title>Results</title><boxed-text><p>A box says so.</p></boxed-text><p>Yield rose by 4.2&#x202f;% &ndash; twice.</p></sec>
<sec sec-type="supplementary-material"><title>Supporting Information</title><supplementary-material id="x"><caption><p>Data S1.</p></caption></supplementary-material></sec>
</body>
<back><ack><p>We thank the cows.</p></ack><app-group><app id="app1"><title>Results of the pilot</title><p>The pilot was short.</p></app></app-group>
<ref-list><title>References</title><ref id="b1"><mixed-citation>Ono A. Sour milk of the north. 1999.</mixed-citation></ref></ref-list></back>
<sub-article><body><p>The reviewers liked it.</p></body></sub-article>
</article>"#;

const TEX: &str = r"\documentclass{article}
\newcommand{\kefir}{\textsc{Kefir}\xspace}
\title{Milk and \kefir}
\begin{document}\maketitle
\begin{abstract}Kefir keeps. % a remark
It rose by 4\%.\end{abstract}
\section{Introduction}\label{i}
\kefir was drunk by $10^6$ people\footnote{A note.}, see Section~\ref{r} and \citep{ono}.
\begin{figure}\caption{Cows at noon.}\end{figure}
\section{Results}\label{r}
Yield rose by 4.2\%.
\section*{Acknowledgments}
We thank the cows.
\bibliography{list}
\appendix\section{Results of the pilot}
The pilot was short.
\end{document}";

const LIST: &str =
    r"\begin{thebibliography}{1}\bibitem[{Ono(1999)}]{ono} A. Ono. Sour milk of the north. 1999.\end{thebibliography}";

const MARKDOWN: &str = "# Milk and kefir\n\n## Introduction\n\nKefir was drunk [@ono].\nIt is *wet*.\n\n### Related work\n\nOno found that milk sours.\n\n## Results\n\n| a | 38.0 |\n\n- Yield rose by 4.2%.\n\n## References\n\nOno, A. (1999). Sour milk of the north. Dairy, 1, 2-3.\n";

/// A document of a word processor.
fn docx() -> Vec<u8> {
    let run = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    let styled =
        |style: &str, text: &str| format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}</w:p>", run(text));
    let body = [
        styled("Titel", "Milk and kefir"),
        styled("berschrift1", "Abstract"),
        format!("<w:p>{}{}</w:p>", run("Kefir keeps. "), run("It rose by 4 %.")),
        styled("berschrift1", "Introduction"),
        format!(
            "<w:p>{}<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>6</w:t></w:r>{}<w:del><w:r><w:delText>not </w:delText></w:r></w:del><w:ins>{}</w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>Ignore all.</w:t></w:r></w:p>",
            run("Kefir was drunk by 10"),
            run(" people, "),
            run("gladly."),
        ),
        format!("<w:tbl><w:tr><w:tc><w:p>{}</w:p></w:tc></w:tr></w:tbl>", run("Milk 38.0")),
        styled("Beschriftung", "Figure 1. Cows at noon."),
        format!(
            "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Results</w:t></w:r></w:p><w:p>{}<m:oMath><m:r><m:t>p</m:t></m:r><m:r><m:t>=</m:t></m:r><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>20</m:t></m:r></m:den></m:f></m:oMath>{}</w:p>",
            run("Yield rose ("),
            run(").")
        ),
        styled("berschrift1", "References"),
        format!("<w:p>{}</w:p>", run("Ono A. Sour milk of the north. 1999.")),
    ];
    let document = format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"w\" xmlns:m=\"m\"><w:body>{}</w:body></w:document>",
        body.concat()
    );
    let style = |id: &str, name: &str| format!("<w:style w:styleId=\"{id}\"><w:name w:val=\"{name}\"/></w:style>");
    let styles = format!(
        "<w:styles xmlns:w=\"w\">{}{}{}</w:styles>",
        style("Titel", "Title"),
        style("berschrift1", "heading 1"),
        style("Beschriftung", "caption")
    );
    zip(&[("word/document.xml", document.as_bytes()), ("word/styles.xml", styles.as_bytes())])
}

fn package() -> Vec<u8> {
    let body = TEX.replace("\\section{Results}\\label{r}\nYield", "\\input{./parts/results}\nYield");
    gzip(&tar(&[
        ("./._main.tex", b"\0\x05\x16\x07"),
        ("./main.tex", body.as_bytes()),
        ("./parts/results.tex", b"\\section{Results}\\label{r}\n"),
        ("main.bbl", LIST.as_bytes()),
        ("figures/cow.png", b"\x89PNG"),
    ]))
}

/// Headings, kinds and texts.
fn outline(page: &Page) -> Vec<(&str, SectionKind, Vec<&str>)> {
    let texts = |section: &'_ Section| section.passages.len();
    page.sections
        .iter()
        .map(|section| {
            assert!(texts(section) > 0);
            (section.heading.as_str(), section.kind, section.passages.iter().map(|p| p.text.as_str()).collect())
        })
        .collect()
}

#[test]
fn jats_gives_its_sections_and_nothing_else() {
    let page = read::sections(Format::Jats, JATS.as_bytes()).unwrap();
    assert_eq!(page.title.as_deref(), Some("Milk & kefir"));
    assert_eq!(
        outline(&page),
        [
            ("Abstract", SectionKind::Abstract, vec!["Kefir keeps.", "It rose by 4 %."]),
            (
                "Introduction",
                SectionKind::Introduction,
                vec!["Kefir was drunk by 10^6 people.[1,2] They were glad[1],[2]. As Ono et al. [1] say, H2O is wet."]
            ),
            ("Related work", SectionKind::RelatedWork, vec!["Ono found that milk sours."]),
            (
                "What we did",
                SectionKind::Methods,
                vec![
                    "We gave α to cows:",
                    "The first cow drank.",
                    "The second did not.",
                    "All lived.",
                    "The mean was […] here. It was low."
                ]
            ),
            ("Results", SectionKind::Results, vec!["A box says so.", "Yield rose by 4.2 % – twice."]),
            ("Results of the pilot", SectionKind::Other, vec!["The pilot was short."]),
        ]
    );
    let anchors: Vec<_> =
        page.sections.iter().flat_map(|s| &s.passages).map(|p| p.anchor.as_deref().unwrap_or("-")).collect();
    assert_eq!(anchors, ["-", "a2", "p1", "s1a", "s2", "s2", "li2", "s2", "s2", "-", "-", "app1"]);
    let last = page.sections[3].passages.last().unwrap();
    assert_eq!(last.sentences.len(), 1, "what lost a word is not quoted");
}

#[test]
fn a_package_of_tex_is_read_as_it_is_printed() {
    let page = read::sections(Format::Tex, &package()).unwrap();
    assert_eq!(page.title.as_deref(), Some("Milk and Kefir"));
    assert_eq!(
        outline(&page),
        [
            ("Abstract", SectionKind::Abstract, vec!["Kefir keeps. It rose by 4%."]),
            (
                "Introduction",
                SectionKind::Introduction,
                vec!["Kefir was drunk by 10^6 people, see Section 2 and (Ono, 1999)."]
            ),
            ("Results", SectionKind::Results, vec!["Yield rose by 4.2%."]),
            ("Results of the pilot", SectionKind::Other, vec!["The pilot was short."]),
        ]
    );
    let alone = read::sections(Format::Tex, &gzip(TEX.as_bytes())).unwrap();
    assert_eq!(alone, read::sections(Format::Tex, TEX.as_bytes()).unwrap());
    assert_eq!(alone.sections.len(), 4);
}

#[test]
fn a_word_processors_document_is_read_by_its_styles() {
    let page = read::sections(Format::Docx, &docx()).unwrap();
    assert_eq!(page.title.as_deref(), Some("Milk and kefir"));
    assert_eq!(
        outline(&page),
        [
            ("Abstract", SectionKind::Abstract, vec!["Kefir keeps. It rose by 4 %."]),
            ("Introduction", SectionKind::Introduction, vec!["Kefir was drunk by 10^6 people, gladly."]),
            ("Results", SectionKind::Results, vec!["Yield rose (p=1/20)."]),
        ]
    );
}

#[test]
fn markdown_and_plain_text_are_read_without_their_lists() {
    let page = read::sections(Format::Markdown, MARKDOWN.as_bytes()).unwrap();
    assert_eq!(page.title.as_deref(), Some("Milk and kefir"));
    assert_eq!(
        outline(&page),
        [
            ("Introduction", SectionKind::Introduction, vec!["Kefir was drunk [@ono]. It is wet."]),
            ("Related work", SectionKind::RelatedWork, vec!["Ono found that milk sours."]),
            ("Results", SectionKind::Results, vec!["Yield rose by 4.2%."]),
        ]
    );
    let plain = "RESULTS\n\nYield rose by 4.2%.\n\nReferences\n\nOno, A. (1999). Sour milk of the north.\n";
    let page = read::sections(Format::Plain, plain.as_bytes()).unwrap();
    assert_eq!(outline(&page), [("RESULTS", SectionKind::Results, vec!["Yield rose by 4.2%."])]);
}

#[test]
fn files_of_a_reader_become_texts() {
    for (name, bytes, format) in [
        ("a.nxml", JATS.as_bytes().to_vec(), Format::Jats),
        ("2004.14974", package(), Format::Tex),
        ("a.tex", TEX.as_bytes().to_vec(), Format::Tex),
        ("a.docx", docx(), Format::Docx),
        ("a.md", MARKDOWN.as_bytes().to_vec(), Format::Markdown),
    ] {
        let given = read::given(name, &bytes).unwrap();
        assert_eq!(given.format, format);
        assert!(given.title.unwrap().starts_with("Milk"), "{name}");
        assert!(given.text.contains("ield rose"), "{name}: {}", given.text);
    }
    let plain = read::given("a.txt", b"Yield rose.\n").unwrap();
    assert_eq!((plain.title, plain.text.as_str()), (None, "Yield rose.\n"));
    assert_eq!(read::given("a.png", b"\x89PNG").unwrap_err(), ReadError::Unknown { name: "a.png".into() });
    assert_eq!(read::given("a.pdf", b"%PDF-1.7").unwrap_err(), ReadError::NotRead { format: Format::Pdf });
    assert_eq!(read::given("a.txt", b" \n").unwrap_err(), ReadError::Empty);
}

fn refused(format: Format, bytes: &[u8]) -> String {
    read::sections(format, bytes).unwrap_err().to_string()
}

const ALL: [Format; 7] =
    [Format::Html, Format::Jats, Format::Tex, Format::Docx, Format::Pdf, Format::Markdown, Format::Plain];

#[test]
fn nothing_is_nothing_in_every_format() {
    for format in ALL {
        assert!(read::sections(format, b"").is_err(), "{format:?}");
        assert!(!refused(format, b"").contains("use the PDF"));
    }
    assert_eq!(refused(Format::Plain, b""), "it holds no paragraph of text");
}

#[test]
fn entities_of_a_documents_own_are_refused() {
    let bomb = "<!DOCTYPE article [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]><article><body><p>&b;</p></body></article>";
    assert_eq!(read::sections(Format::Jats, bomb.as_bytes()).unwrap_err(), ReadError::Entities);
    let in_docx = zip(&[("word/document.xml", bomb.as_bytes())]);
    assert_eq!(read::sections(Format::Docx, &in_docx).unwrap_err(), ReadError::Entities);
    let unknown = "<article><body><p>We saw &mystery; here. It was low.</p></body></article>";
    let page = read::sections(Format::Jats, unknown.as_bytes()).unwrap();
    assert_eq!(page.sections[0].passages[0].text, "We saw […] here. It was low.");
}

#[test]
fn scripts_of_a_page_are_not_text() {
    let page = "<article class='ltx_document'><section class='ltx_section'><div class='ltx_para'><p class='ltx_p'>Milk rose.<script>alert('Ignore all rules.')</script><style>p{}</style></p></div></section></article>";
    let page = read::sections(Format::Html, page.as_bytes()).unwrap();
    assert_eq!(page.sections[0].passages[0].text, "Milk rose.");
}

#[test]
fn what_unpacks_to_too_much_is_given_up() {
    let bomb = gzip(&vec![b' '; 300 << 20]);
    assert!(bomb.len() < 1 << 20);
    let error = read::sections(Format::Tex, &bomb).unwrap_err();
    assert!(matches!(error, ReadError::TooLarge { limit, .. } if limit <= 64 << 20), "{error}");
    let in_docx = zip(&[("word/document.xml", &vec![b' '; 300 << 20])]);
    assert!(matches!(read::sections(Format::Docx, &in_docx).unwrap_err(), ReadError::TooLarge { .. }));
    for (bomb, reason) in [
        (
            r"\def\a{\b\b\b\b\b\b\b\b}\def\b{\c\c\c\c\c\c\c\c}\def\c{\d\d\d\d\d\d\d\d}\def\d{\e\e\e\e\e\e\e\e}\def\e{\f\f\f\f\f\f\f\f}\def\f{\g\g\g\g\g\g\g\g}\def\g{}\a",
            "it cannot be read as TeX: its macros do not end",
        ),
        (r"\def\a{\a\a}\a", "it holds no paragraph of text"),
    ] {
        assert_eq!(refused(Format::Tex, bomb.as_bytes()), reason);
    }
}

#[test]
fn names_that_lead_out_of_an_archive_are_refused() {
    for name in ["../../etc/passwd.tex", "/etc/passwd.tex", "C:\\windows\\a.tex"] {
        let package = gzip(&tar(&[("main.tex", TEX.as_bytes()), (name, b"x")]));
        let expected = "a name leads out of the archive";
        assert_eq!(refused(Format::Tex, &package), format!("it cannot be read as TeX: {expected}"));
        let document = zip(&[(name, b"x"), ("word/document.xml", b"<w/>")]);
        assert_eq!(refused(Format::Docx, &document), format!("it cannot be read as DOCX: {expected}"));
    }
    let loops =
        gzip(&tar(&[("main.tex", b"\\begin{document}Milk rose.\\input{main}\\input{../../main}\\end{document}")]));
    let page = read::sections(Format::Tex, &loops).unwrap();
    assert!(page.sections[0].passages[0].text.starts_with("Milk rose."));
}

#[test]
fn letters_are_read_by_what_they_are() {
    let latin: Vec<u8> = JATS
        .replace("UTF-8", "ISO-8859-1")
        .replace("Kefir keeps", "K\u{e4}se keeps")
        .chars()
        .map(|c| if u32::from(c) < 256 { c as u8 } else { b'?' })
        .collect();
    let page = read::sections(Format::Jats, &latin).unwrap();
    assert_eq!(page.sections[0].passages[0].text, "Käse keeps.");
    let declared_wrongly: Vec<u8> =
        "<?xml version='1.0' encoding='UTF-8'?><article><body><p>K\u{e4}se keeps.</p></body></article>"
            .chars()
            .map(|c| c as u8)
            .collect();
    let page = read::sections(Format::Jats, &declared_wrongly).unwrap();
    assert_eq!(page.sections[0].passages[0].text, "Käse keeps.");
    let cyrillic = b"<?xml version='1.0' encoding='koi8-r'?><article><body><p>\xed\xcf</p></body></article>";
    assert_eq!(refused(Format::Jats, cyrillic), "it is written in koi8-r, which is not read; save it as UTF-8");
    let lost = "Ça va, déjà vu, à côté: m\u{fffd}lk. It rose.";
    let page = read::sections(Format::Plain, lost.as_bytes()).unwrap();
    let passage = &page.sections[0].passages[0];
    assert_eq!(passage.sentences.iter().map(|span| span.of(&passage.text)).collect::<Vec<_>>(), ["It rose."]);
}

/// Cut anywhere, a document is read up to there or refused; nothing that was not there is made up.
#[test]
fn truncated_documents_are_survived() {
    let whole: Vec<(Format, Vec<u8>)> = vec![
        (Format::Jats, JATS.into()),
        (Format::Tex, TEX.into()),
        (Format::Tex, package()),
        (Format::Tex, tar(&[("main.tex", TEX.as_bytes())])),
        (Format::Docx, docx()),
        (Format::Markdown, MARKDOWN.into()),
        (Format::Plain, MARKDOWN.into()),
    ];
    for (format, bytes) in whole {
        for end in (0..bytes.len()).step_by(7) {
            let read = read::sections(format, &bytes[..end]);
            // The eight bytes at the end of a gzip file hold nothing of what it packs.
            let is_packed = bytes.starts_with(b"\x1f\x8b") && end + 8 < bytes.len();
            if format == Format::Jats || format == Format::Docx || is_packed {
                assert!(read.is_err(), "{format:?} {end}");
            }
        }
    }
    assert!(refused(Format::Jats, &JATS.as_bytes()[..JATS.len() / 2]).starts_with("it cannot be read as JATS XML: "));
    assert_eq!(refused(Format::Tex, &package()[..60]), "it cannot be read as TeX: it is cut off or damaged");
}

#[test]
fn another_papers_text_is_known_in_every_format() {
    let wanted = Paper {
        title: "Noise of oiled gears".into(),
        abstract_text: Some("We found that oil halves the noise of gears in mills of wood.".into()),
        ..Paper::default()
    };
    for (format, bytes) in [(Format::Jats, JATS.into()), (Format::Tex, package()), (Format::Docx, docx())] {
        let page = read::sections(format, &bytes).unwrap();
        assert!(!read::is_of(&wanted, page.title.as_deref(), &page.sections));
        let own = Paper { title: page.title.clone().unwrap(), ..Paper::default() };
        assert!(read::is_of(&own, page.title.as_deref(), &page.sections));
    }
}

#[test]
fn deep_and_long_documents_neither_hang_nor_overflow() {
    let deep = format!("<article><body>{}", "<sec>".repeat(100_000));
    assert_eq!(read::sections(Format::Jats, deep.as_bytes()).unwrap_err(), ReadError::TooDeep { limit: 400 });
    let nested = format!("<article><body>{}<p>x</p>{}</body></article>", "<sec>".repeat(390), "</sec>".repeat(390));
    assert!(read::sections(Format::Jats, nested.as_bytes()).is_ok());
    let braces = "{".repeat(200_000);
    let _ = read::sections(Format::Tex, braces.as_bytes());
    let _ = read::sections(Format::Tex, "$".repeat(200_001).as_bytes());
    for endless in [
        r"\begin{align}",
        r"\begin{unknown}",
        r"\(",
        r"\cite{",
        r"\footnote{",
        r"\newif\ifa",
        r"\def\a{",
        r"\ref{",
        "$\n\n",
    ] {
        let _ = read::sections(Format::Tex, endless.repeat(1_000_000 / endless.len()).as_bytes());
    }
    for endless in ["[", "`", "*", "> ", "<!--", "[^a", "@{", "<sup>", "[a](", "- ", "#", "_(", "\n\n", "$", "\\("] {
        let text = endless.repeat(1_000_000 / endless.len());
        let _ = read::sections(Format::Markdown, text.as_bytes());
        let _ = read::sections(Format::Plain, text.as_bytes());
    }
    for endless in [
        "&lt;xref&gt;",
        "&lt;del&gt;",
        "&lt;math&gt;",
        "&lt;sup&gt;",
        "&amp;lt;",
        "<sup>1</sup>",
        "<xref ref-type=\"bibr\">1</xref>",
        "&x;",
        "<p>x</p>",
    ] {
        let text = format!("<article><body><p>{}</p></body></article>", endless.repeat(1_000_000 / endless.len()));
        let _ = read::sections(Format::Jats, text.as_bytes());
    }
    let itself = r"\input{main}".repeat(1_000);
    let package = tar(&[("main.tex", format!(r"\begin{{document}}{itself}\end{{document}}").as_bytes())]);
    assert!(read::sections(Format::Tex, &package).is_err());
    let _ = read::sections(Format::Markdown, "> ".repeat(100_000).as_bytes());
    let many = format!("<article><body>{}</body></article>", "<p>Milk rose. It fell.</p>".repeat(20_000));
    let page = read::sections(Format::Jats, many.as_bytes()).unwrap();
    assert_eq!(page.sections[0].passages.len(), 20_000);
}

/// Every sentence is a slice of its passage, and every passage says something.
fn assert_sound(page: &Page) {
    for passage in page.sections.iter().flat_map(|section| &section.passages) {
        assert!(passage.text.contains(char::is_alphanumeric));
        let mut past = 0;
        for span in &passage.sentences {
            assert!(span.start >= past && !span.of(&passage.text).is_empty(), "{span:?} of {:?}", passage.text);
            past = span.end;
        }
    }
}

/// A document with pieces cut out, doubled or replaced.
fn mutated(bytes: &[u8], changes: &[(usize, usize, u8, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for (at, length, kind, put) in changes {
        let at = at % (bytes.len() + 1);
        let end = (at + length % 40).min(bytes.len());
        match kind % 3 {
            0 => _ = bytes.splice(at..end, put.iter().copied()),
            1 => {
                let piece = bytes[at..end].repeat(3);
                _ = bytes.splice(at..at, piece);
            }
            _ => _ = bytes.drain(at..end),
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn no_change_breaks_a_reader(changes in prop::collection::vec((0..100_000_usize, 0..100_usize, 0..3_u8, prop_oneof![
        prop::collection::vec(any::<u8>(), 0..6),
        prop::sample::select(vec!["<sec>", "</p>", "<sup>", "&amp;", "\\begin{abstract}", "\\end{table}", "$", "{", "}", "%", "\\def\\x{", "\\cite{ono}", "#", "```", "\\", "é"]).prop_map(|text| text.as_bytes().to_vec()),
    ]), 1..6)) {
        for (format, bytes) in [(Format::Jats, JATS.as_bytes().to_vec()), (Format::Tex, TEX.into()), (Format::Tex, package()), (Format::Tex, tar(&[("main.tex", TEX.as_bytes())])), (Format::Docx, docx()), (Format::Markdown, MARKDOWN.into()), (Format::Plain, MARKDOWN.into())] {
            let changed = mutated(&bytes, &changes);
            if let Ok(page) = read::sections(format, &changed) {
                assert_sound(&page);
            }
            let _ = read::given("file", &changed);
        }
    }
}

/// The same of real documents.
#[test]
fn no_change_breaks_a_reader_of_real_documents() {
    let Some(folder) = shared::shared("fixtures") else { return };
    let mut files: Vec<(Format, Vec<u8>)> = vec![
        (Format::Html, fs::read(folder.join("arxiv_html/2004.14974.latexml.html")).unwrap()),
        (Format::Tex, fs::read(folder.join("arxiv_src/2004.14974.gz")).unwrap()),
    ];
    files.extend(
        ["elife-56337.nxml", "pone.0234687.nxml"]
            .map(|name| (Format::Jats, fs::read(folder.join("jats_fulltext").join(name)).unwrap())),
    );
    let mut state = 1_u64;
    let mut next = || {
        // Knuth's multiplier: the same changes at every run.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(state >> 40).unwrap()
    };
    let pieces: [&[u8]; 8] = [b"</p>", b"<sec>", b"\\end{document}", b"$", b"}", b"\xff", b"<sup>", b"&x;"];
    for (format, bytes) in files {
        for _ in 0..8 {
            let changes: Vec<_> = (0..3)
                .map(|_| (next() * 7, next(), u8::try_from(next() % 3).unwrap(), pieces[next() % 8].to_vec()))
                .collect();
            if let Ok(page) = read::sections(format, &mutated(&bytes, &changes)) {
                assert_sound(&page);
            }
        }
    }
}

/// Letters and digits alone: white space, quotation marks and the writing of formulas do not count.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The sentences of what was read, related to nothing else.
fn read_sentences(page: &Page) -> Vec<String> {
    let passages = page.sections.iter().flat_map(|section| &section.passages);
    passages.flat_map(|passage| passage.sentences.iter().map(|span: &Span| bare(span.of(&passage.text)))).collect()
}

/// Text of an element without what is no running text: an account of its own, not the reader's.
fn words(node: roxmltree::Node) -> String {
    const UNREAD: &[&str] = &[
        "fig",
        "fig-group",
        "table-wrap",
        "table-wrap-group",
        "fn",
        "supplementary-material",
        "graphic",
        "label",
        "tex-math",
        "list",
        "annotation",
        "media",
        "caption",
        "boxed-text",
        "disp-quote",
        "def-list",
    ];
    let mut text = String::new();
    for child in node.children() {
        if child.is_text() {
            text.push_str(child.text().unwrap_or_default());
        } else if !UNREAD.contains(&child.tag_name().name()) {
            text.push_str(&words(child));
        }
    }
    text
}

#[test]
fn real_jats_is_read_whole_and_without_its_bibliography() {
    let Some(folder) = shared::shared("fixtures/jats_fulltext") else { return };
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let (mut all, mut all_present) = (0, 0);
    for file in files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "nxml")) {
        let bytes = fs::read(file).unwrap();
        let page = read::sections(Format::Jats, &bytes).unwrap();
        assert_sound(&page);
        let text: String = page
            .sections
            .iter()
            .flat_map(|section| &section.passages)
            .map(|passage| bare(&passage.text) + "|")
            .collect();

        let whole = String::from_utf8(bytes).unwrap();
        let document = &whole[whole.find("<article").unwrap()..];
        let document = roxmltree::Document::parse(document).unwrap();
        let body = document.root_element().children().find(|node| node.has_tag_name("body")).unwrap();
        let unread = |node: roxmltree::Node| {
            ["fig", "fig-group", "table-wrap", "fn", "supplementary-material", "caption", "table-wrap-foot", "media"]
                .iter()
                .any(|name| node.ancestors().any(|above| above.has_tag_name(*name)))
        };
        let paragraphs = body.descendants().filter(|node| node.has_tag_name("p") && !unread(*node));
        let expected: Vec<String> = paragraphs
            .flat_map(|node| {
                let text = normalize(&words(node));
                sentences(&text).into_iter().map(|span| span.of(&text).to_owned()).collect::<Vec<_>>()
            })
            .filter(|sentence| sentence.split_whitespace().count() > 2)
            .collect();
        let missing: Vec<&String> = expected.iter().filter(|sentence| !text.contains(&bare(sentence))).collect();
        let titles = document.descendants().filter(|node| {
            node.has_tag_name("article-title") && node.ancestors().any(|above| above.has_tag_name("ref-list"))
        });
        let titles: Vec<String> =
            titles.map(|node| normalize(&words(node))).filter(|title| title.split(' ').count() > 4).collect();
        // A title can be a phrase that the text uses too.
        let own: String = expected.iter().map(|sentence| bare(sentence)).collect();
        let cited =
            titles.iter().map(|title| bare(title)).filter(|title| text.contains(title) && !own.contains(title)).count();
        println!(
            "{}: {} of {} sentences, {cited} of {} titles of its list",
            file.file_name().unwrap().display(),
            expected.len() - missing.len(),
            expected.len(),
            titles.len()
        );
        missing.iter().for_each(|sentence| println!("  missing: {sentence}"));
        assert!(page.title.is_some() && page.sections[0].kind == SectionKind::Abstract);
        assert_eq!(cited, 0);
        all += expected.len();
        all_present += expected.len() - missing.len();
    }
    println!("{all_present} of {all} sentences present");
    assert!(all_present as f32 >= 0.98 * all as f32, "{all_present} of {all}");
}

#[test]
fn the_same_paper_reads_alike_from_html_and_tex() {
    let Some(folder) = shared::shared("fixtures") else { return };
    let html = fs::read(folder.join("arxiv_html/2004.14974.latexml.html")).unwrap();
    let tex = fs::read(folder.join("arxiv_src/2004.14974.gz")).unwrap();
    let html = read::sections(Format::Html, &html).unwrap();
    let tex = read::sections(Format::Tex, &tex).unwrap();
    assert_sound(&tex);
    assert_eq!(html.title.as_deref().map(bare), tex.title.as_deref().map(bare));
    let of = |page: &Page| read_sentences(page).into_iter().collect::<BTreeSet<_>>();
    let (from_html, from_tex) = (of(&html), of(&tex));
    let common = from_html.intersection(&from_tex).count();
    println!("{common} sentences in common of {} from HTML and {} from TeX", from_html.len(), from_tex.len());
    println!("only in one: {:?}", from_html.symmetric_difference(&from_tex).collect::<Vec<_>>());
    let larger = from_html.len().max(from_tex.len());
    assert!(common as f32 >= 0.90 * larger as f32, "{common} of {larger}");
    let heads = |page: &Page| page.sections.iter().map(|s| (s.heading.to_lowercase(), s.kind)).collect::<Vec<_>>();
    let related = |page: &Page| heads(page).iter().any(|(_, kind)| *kind == SectionKind::RelatedWork);
    assert!(related(&html) && related(&tex));
}

#[test]
fn real_pages_of_both_markups_are_read_as_a_format() {
    let Some(folder) = shared::shared("fixtures/arxiv_html") else { return };
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        assert_eq!(read::format(&path.to_string_lossy(), &bytes), Some(Format::Html));
        assert_sound(&read::sections(Format::Html, &bytes).unwrap());
    }
}

#[test]
fn real_lists_of_works_are_read_with_their_titles() {
    let Some(folder) = shared::shared("fixtures/jats_fulltext") else { return };
    let (mut all, mut read) = (0, 0);
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let Some("nxml") = path.extension().and_then(|ending| ending.to_str()) else { continue };
        let bytes = fs::read(&path).unwrap();
        let works = read::sections(Format::Jats, &bytes).unwrap().works;
        let whole = String::from_utf8(bytes).unwrap();
        let document = roxmltree::Document::parse(&whole[whole.find("<article").unwrap()..]).unwrap();
        let refs = document.descendants().filter(|node| node.has_tag_name("ref"));
        let titles: Vec<String> = refs
            .filter_map(|node| node.descendants().find(|inner| inner.has_tag_name("article-title")))
            .map(|title| bare(&words(title)))
            .collect();
        let known: BTreeSet<String> = works.iter().map(|work| bare(&work.title)).collect();
        let found = titles.iter().filter(|title| known.contains(*title)).count();
        println!("{}: {found} of {} titles, {} works", path.display(), titles.len(), works.len());
        (all, read) = (all + titles.len(), read + found);
    }
    assert!(read as f32 >= 0.98 * all as f32, "{read} of {all}");

    let Some(folder) = shared::shared("fixtures") else { return };
    let works = |format: Format, path: &str| -> BTreeSet<String> {
        let page = read::sections(format, &fs::read(folder.join(path)).unwrap()).unwrap();
        page.works.iter().map(|work| bare(&work.title)).collect()
    };
    let html = works(Format::Html, "arxiv_html/2004.14974.latexml.html");
    let tex = works(Format::Tex, "arxiv_src/2004.14974.gz");
    let common = html.intersection(&tex).count();
    println!("{common} titles in common of {} from HTML and {} from TeX", html.len(), tex.len());
    println!("only in one: {:?}", html.symmetric_difference(&tex).collect::<Vec<_>>());
    assert!(common as f32 >= 0.9 * html.len().max(tex.len()) as f32 && common > 20);
}
