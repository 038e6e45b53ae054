//! Faults that users of other tools have reported, each with the value that is right. The kinds they belong to have tests of
//! their own where they are mended.

use probatum::{
    paper::{Notice, Paper, PaperId, SourceId, identifier::doi_address, merge, same_work},
    read::{self, arxiv_html},
    text::{normalize, sentences, terms},
    verify::signals,
};
use serde_json::{Value, json};

/// What a signal says of a sentence and a claim, in both directions.
fn said(signal: &str, one: &str, other: &str) -> [Option<String>; 2] {
    [(one, other), (other, one)].map(|(premise, hypothesis)| {
        signals(premise, hypothesis).into_iter().find(|said| said.name == signal).map(|said| said.kind)
    })
}

#[track_caller]
fn assert_numbers(one: &str, other: &str, kind: &str) {
    assert_eq!(said("numbers", one, other), [Some(kind.into()), Some(kind.into())], "{one} | {other}");
}

/// A record of Crossref's with fields of its own.
fn crossref(fields: Value) -> Paper {
    let mut record = json!({
        "DOI": "10.5555/gears", "title": ["Gears and noise"], "author": [{"given": "Ada", "family": "Example"}],
        "issued": {"date-parts": [[2021]]}, "container-title": ["Journal of Gears"],
        "abstract": "<jats:p>We found that oiled gears made less noise in every mill.</jats:p>",
    });
    for (field, value) in fields.as_object().unwrap() {
        record[field] = value.clone();
    }
    let body = json!({"status": "ok", "message": {"items": [record]}});
    SourceId::Crossref.parse(&body.to_string()).unwrap().remove(0)
}

fn abstract_of(text: &str) -> String {
    crossref(json!({"abstract": text})).abstract_text.unwrap()
}

fn paper(id: &str, title: &str, author: &str, abstract_text: &str) -> Paper {
    Paper {
        id: PaperId(format!("doi:{id}")),
        doi: Some(id.into()),
        title: title.into(),
        authors: vec![author.into()],
        year: Some(2021),
        abstract_text: Some(abstract_text.into()),
        sources: vec![SourceId::Openalex],
        ..Paper::default()
    }
}

/// The text and the quotable sentences of a paragraph of a page of arXiv's.
fn page(paragraph: &str) -> (String, Vec<String>) {
    let page = format!(
        "<article class='ltx_document'><section class='ltx_section'><div class='ltx_para'><p class='ltx_p'>{paragraph}</p></div></section></article>"
    );
    let sections = arxiv_html::sections(&page).unwrap();
    let passage = &sections[0].passages[0];
    (passage.text.clone(), passage.sentences.iter().map(|span| span.of(&passage.text).to_owned()).collect())
}

#[test]
fn a_minus_is_kept() {
    assert_numbers(
        "The oil changed the noise by −2.4 decibels.",
        "The oil changed the noise by 2.4 decibels.",
        "differ",
    );
    assert_numbers("The mill was kept at −15 °C.", "The mill was kept at minus 15 °C.", "stated");
    assert_numbers("The mill was kept at minus 15 °C.", "The mill was kept at 15 °C.", "differ");
}

#[test]
fn a_point_without_a_nought_is_read() {
    assert_numbers("The noise fell by .4 percent.", "The noise fell by 4 percent.", "differ");
    assert_numbers("The noise fell by .4 percent.", "The noise fell by 0.4 percent.", "stated");
    assert_numbers("The two were related (r = .35).", "The two were related (r = 0.35).", "stated");
}

#[test]
fn raised_powers_of_ten_are_numbers() {
    assert_numbers("Oil with 10⁸ grains was used.", "Oil with 10⁵ grains was used.", "differ");
    assert_numbers("Oil with 10⁸ grains was used.", "Oil with 10^8 grains was used.", "stated");
    assert_numbers("A loss of 2.1 × 10⁻⁴ was seen.", "A loss of 2.1 × 10⁻² was seen.", "differ");
}

#[test]
fn a_middle_dot_and_a_comma_are_points() {
    assert_numbers("The noise fell by 31·6%.", "The noise fell by 31.6%.", "stated");
    assert_numbers("The noise fell by 31·6%.", "The noise fell by 6%.", "differ");
    assert_numbers("Each gear got 2,5 mg.", "Each gear got 2.5 mg.", "stated");
}

#[test]
fn millions_are_no_metres() {
    assert_numbers("The net has 120M parameters.", "The net has 120 million parameters.", "stated");
    assert_numbers("The net has 13B parameters.", "The net has 13 billion parameters.", "stated");
    assert_numbers("We took 1.4k images.", "We took 1,400 images.", "stated");
}

#[test]
fn superscripts_of_abstracts_stay_raised() {
    let text =
        abstract_of("<jats:p>The oil held 10<jats:sup>7</jats:sup> grains at 3 m s<jats:sup>-1</jats:sup>.</jats:p>");
    assert_eq!(text, "The oil held 10^7 grains at 3 m s^-1.");
    assert_eq!(abstract_of("Half of 10<span class=\"superscript\">7</span> grains"), "Half of 10^7 grains");
}

#[test]
fn mathml_is_read_once_and_as_what_it_shows() {
    let math = |inner: &str| format!("<mml:math xmlns:mml=\"http://www.w3.org/1998/Math/MathML\">{inner}</mml:math>");
    let power = math("<mml:msup><mml:mn>10</mml:mn><mml:mn>4</mml:mn></mml:msup>");
    let part = math("<mml:mfrac><mml:mn>1</mml:mn><mml:mn>3</mml:mn></mml:mfrac>");
    let twice = math("<mml:semantics><mml:mi>y</mml:mi><mml:annotation>y</mml:annotation></mml:semantics>");
    let text = abstract_of(&format!("<jats:p>Of {power} gears {part} had {twice} teeth.</jats:p>"));
    assert_eq!(text, "Of 10^4 gears 1/3 had y teeth.");
    let glued = crossref(json!({"title": [format!("Noise in{}-toothed gears", math("<mml:mi>M</mml:mi>"))]}));
    assert_eq!(glued.title, "Noise in M-toothed gears");
}

#[test]
fn markup_of_ieee_and_of_crossref_leaves_no_tags() {
    let title = |title: &str| crossref(json!({"title": [title]})).title;
    let formula = "<formula formulatype=\"inline\"><tex Notation=\"TeX\">$\\beta$</tex></formula>";
    assert_eq!(title(&format!("Gears under {formula} rays")), "Gears under β rays");
    assert_eq!(title("Noise of <ovl>qq</ovl> gears<break/>in mills"), "Noise of qq gears in mills");
    assert_eq!(abstract_of("<jats:p>One line<jats:break/>and another.</jats:p>"), "One line and another.");
}

#[test]
fn an_article_that_a_retraction_updates_is_no_evidence() {
    let retracted = crossref(json!({
        "updated-by": [{"DOI": "10.5555/notice", "type": "retraction", "source": "retraction-watch", "label": "Retraction"}],
    }));
    assert_eq!((retracted.retracted, retracted.notice), (true, Some(Notice::Retracted)));
    assert!(!retracted.can_be_evidence());
    let doubted =
        crossref(json!({"updated-by": [{"type": "expression_of_concern", "label": "Expression of concern"}]}));
    assert_eq!((doubted.retracted, doubted.notice), (false, Some(Notice::Concern)));
    assert!(!doubted.can_be_evidence());
}

#[test]
fn two_chapters_under_one_doi_are_two_works() {
    let oil = "We found that oiled gears made less noise than dry ones in every one of the twelve mills that we visited in the \
               course of two long years.";
    let sails = "The sails of ships wear out by salt and sun, and the best of them were made of flax until cotton became cheap \
                 enough for small boats.";
    let one = paper("10.5555/book", "Noise of oiled gears", "Ada Example", oil);
    let other = paper("10.5555/book", "Sails through the ages", "Cyril Other", sails);
    let merged = merge(vec![one.clone(), other.clone()]);
    assert_eq!(merged.len(), 2);
    for work in &merged {
        let of = [&one, &other].into_iter().find(|paper| paper.title == work.title).unwrap();
        assert_eq!((&work.authors, &work.abstract_text), (&of.authors, &of.abstract_text));
    }
    // Nor where no record has an abstract, and the authors cannot be told apart.
    let bare = |paper: &Paper| Paper { abstract_text: None, authors: Vec::new(), ..paper.clone() };
    assert_eq!(merge(vec![bare(&one), bare(&other)]).len(), 2);
}

#[test]
fn a_name_in_other_letters_is_the_same_persons() {
    let text = "We found that oiled gears made less noise than dry ones in every one of the mills.";
    for (one, other) in [
        ("Władysława Żuk", "Zuk, Wladyslawa"),
        ("Bjørn Åsgård", "Asgard, Bjorn"),
        ("Jürgen Köhler", "Koehler, Juergen"),
        ("Đỗ Văn Nam", "Do, Van Nam"),
        ("Þóra Ægisdóttir", "Thora Aegisdottir"),
    ] {
        let one = paper("10.5555/print", "Oiled gears in old mills", one, text);
        let other = paper("10.48550/arxiv.2101.00001", "Oiled gears in old mills", other, text);
        assert!(same_work(&one, &other), "{:?}", other.authors);
        assert_eq!(merge(vec![one, other.clone()]).len(), 1, "{:?}", other.authors);
    }
}

#[test]
fn groups_are_named_as_sent() {
    let groups = ["Department of Mills, Example University", "Gear Study Group, Writing Committee"];
    let authors: Vec<Value> = groups.iter().map(|name| json!({"name": name})).collect();
    assert_eq!(crossref(json!({"author": authors})).authors, groups);
}

#[test]
fn a_doi_with_entities_is_the_doi() {
    let written = "10.1002/(SICI)1099-0000(1997)5:2&lt;77::AID-GEAR9&gt;3.0.CO;2-X";
    let plain = "10.1002/(sici)1099-0000(1997)5:2<77::aid-gear9>3.0.co;2-x";
    assert_eq!(probatum::paper::identifier::doi(written).as_deref(), Some(plain));
    assert_eq!(doi_address(plain), "https://doi.org/10.1002/(sici)1099-0000(1997)5:2%3C77::aid-gear9%3E3.0.co;2-x");
    let of = |doi: &str| paper(&probatum::paper::identifier::doi(doi).unwrap(), "Oiled gears", "Ada Example", "");
    assert_eq!(merge(vec![of(written), of(plain)]).len(), 1);
}

#[test]
fn values_of_siunitx_are_values() {
    let (text, _) = page(r"The noise fell by <math alttext='21.75\text{\,}\mathrm{\char 37}'></math> in all mills.");
    assert_eq!(text, "The noise fell by 21.75% in all mills.");
}

#[test]
fn what_lost_a_word_is_not_quoted() {
    let (text, quotable) =
        page("We show that <span class='ltx_ERROR undefined'>\\mine</span> halves the noise. It is cheap.");
    assert_eq!(
        (text.as_str(), quotable),
        ("We show that […] halves the noise. It is cheap.", vec!["It is cheap.".into()])
    );
}

#[test]
fn a_table_of_spans_is_no_sentence() {
    let table = "<span class='ltx_text ltx_framed ltx_framed_rectangle'><span class='ltx_tabular'><span class='ltx_tr'>\
                 <span class='ltx_td'>Mill</span><span class='ltx_td'>17.5</span></span></span></span>";
    let (text, quotable) = page(&format!("There were two mills. {table} We found that oil halved the noise."));
    assert_eq!(text, "There were two mills. We found that oil halved the noise.");
    assert_eq!(quotable[1], "We found that oil halved the noise.");
}

#[test]
fn abbreviations_end_no_sentence() {
    for sentence in [
        "Among M.Sc. Engineering students, oil halved the noise.",
        "In the mill of Drs. Doe and Roe, oil halved the noise.",
        "As in Phys. Rev. Lett. 12, 345, oil halved the noise.",
        "In grapes of Vitis vinifera cv. Riesling, oil halved the noise.",
        "In leaves with Xanthomonas campestris pv. Campestris, oil halved the noise.",
        "With Salmonella enterica ssp. Arizonae in it, oil halved the noise.",
        "Up to the max. Speed of the mill, oil halved the noise.",
        "As in Nat. Rev. Mech. 3 and Proc. Natl. Acad. Sci. 7, oil halved the noise.",
        "In the U.K. Millers said that oil halved the noise.",
        "At 5 p.m. Millers said that oil halved the noise.",
    ] {
        let found: Vec<&str> = sentences(sentence).iter().map(|span| span.of(sentence)).collect();
        assert_eq!(found, [sentence]);
    }
}

#[test]
fn ligatures_are_letters() {
    let dressed = normalize("The change of noise was not statistically signiﬁcant in the ﬂour mills.");
    assert_eq!(dressed, "The change of noise was not statistically significant in the flour mills.");
    let claim = "The noise changed significantly in the flour mills.";
    assert_eq!(said("significance", &dressed, claim)[0].as_deref(), Some("differ"));
}

#[test]
fn words_with_two_spellings_are_one() {
    for (one, other) in [
        ("β-carotene", "beta-carotene"),
        ("TGF-β", "TGF-beta"),
        ("paediatric anaesthesia", "pediatric anesthesia"),
        ("tumour fibres", "tumor fibers"),
        ("randomised programmes", "randomized programs"),
    ] {
        assert_eq!(terms(one), terms(other));
    }
}

#[test]
fn a_placeholder_is_no_year() {
    let publishers = crossref(json!({}));
    let other = Paper {
        id: PaperId("semantic-scholar:1".into()),
        year: Some(1970),
        sources: vec![SourceId::SemanticScholar],
        ..publishers.clone()
    };
    for records in [vec![publishers.clone(), other.clone()], vec![other, publishers]] {
        let merged = merge(records);
        assert_eq!((merged.len(), merged[0].year), (1, Some(2021)));
    }
}

#[test]
fn percentage_points_are_no_per_cent() {
    assert_numbers("The share rose by 4 percentage points.", "The share rose by 4%.", "differ");
    assert_numbers("The share rose by 4 percentage points.", "The share rose by 4 pp.", "stated");
}

#[test]
fn a_page_of_another_text_is_not_the_paper() {
    let record = paper(
        "10.48550/arxiv.2101.00001",
        "Oiled gears in old mills",
        "Ada Example",
        "We found that oil halves the noise of gears in mills of wood.",
    );
    let form = "<article class='ltx_document'><h1 class='ltx_title ltx_title_document'>Form for authors</h1>\
                <section class='ltx_section'><div class='ltx_para'><p class='ltx_p'>Tick every box. Sign below.</p></div></section></article>";
    let other = arxiv_html::page(form).unwrap();
    assert!(!read::is_of(&record, other.title.as_deref(), &other.sections));
}
