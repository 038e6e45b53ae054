//! Faults that users of other tools have reported, each with the value that is right. The kinds they belong to have tests of
//! their own where they are mended.

use probatum::{
    paper::{Notice, Paper, PaperId, SourceId, identifier::doi_address, merge, same_work},
    read::{self, arxiv_html},
    text::{normalize, quantities, sentences, terms},
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

#[test]
fn numbers_in_other_words_are_the_same_numbers() {
    for (one, other) in [
        ("One in every four mills was loud.", "25% of mills were loud."),
        ("Two in five mills were loud.", "40% of mills were loud."),
        ("One-third of mills were loud.", "33.3% of mills were loud."),
        ("The oil halved the noise.", "The oil cut the noise by 50%."),
        ("Two million and a half grains were ground.", "2.5 million grains were ground."),
        ("There were 3 lakh grains.", "There were 300,000 grains."),
        ("There were 7 faults per 100,000 turns.", "There were 7 faults per 100.000 turns."),
        ("The oil held 4×10e6 grains.", "The oil held 4 × 10^6 grains."),
        ("The loss was 2.3 × 10 ^ -4.", "The loss was 2.3e-4."),
        ("The change was – 0.4.", "The change was −0.4."),
        ("The share was 5…10 %.", "The share was 5 to 10%."),
        ("The pressure was 90 mm Hg.", "The pressure was 90 mmHg."),
        ("It was kept at 40 degrees Celsius.", "It was kept at 40 °C."),
        ("It ran half an hour.", "It ran 30 minutes."),
        ("It held 4 cc of oil.", "It held 4 mL of oil."),
        ("It held 3 ng.mL-1.", "It held 3 ng/mL."),
        ("It weighed 3 kgs.", "It weighed 3 kg."),
        ("The dose was 400 international units.", "The dose was 400 IU."),
        ("The noise rose by a factor of 10.", "The noise rose tenfold."),
        ("Zero mills stopped.", "0 mills stopped."),
        ("More than 60% of mills ran.", ">60% of mills ran."),
        ("The range was 10--20 mg.", "The range was 10 to 20 mg."),
    ] {
        assert_numbers(one, other, "stated");
    }
}

#[test]
fn bounds_dates_and_other_things_make_another_number() {
    for (one, other) in [
        ("More than 60% of mills ran.", "Less than 60% of mills ran."),
        ("At least 5 mills ran.", "At most 5 mills ran."),
        ("Minus five degrees were read.", "Five degrees were read."),
        ("Yields were 5 t/ha.", "Yields were 5 kg/ha."),
        ("It stopped at 10:30 am.", "It stopped at 9:30 am."),
        ("It stopped on 12 March.", "It stopped on 14 March."),
    ] {
        assert_numbers(one, other, "differ");
    }
    // Whether a bound holds, and whose number it is, depends on who says it.
    for (premise, claim) in [
        ("The wheel turned for 9 hours.", "The wheel turned for more than 9 hours."),
        ("We saw 12 mills with 45 wheels.", "We saw 45 mills."),
        ("30% of women and 20% of men were millers.", "30% of men were millers."),
        ("On 12 March 40 wheels broke.", "12 wheels broke."),
    ] {
        assert_eq!(said("numbers", premise, claim)[0].as_deref(), Some("differ"), "{premise}");
    }
    assert_numbers("Use not more than 5 drops.", "Use at most 5 drops.", "stated");
}

#[test]
fn numbers_of_names_are_none() {
    for text in ["the half-life of oil", "https://example.org/12345", "10.5555/mill.12345", "as in Eq. (4) and Fig. 3"]
    {
        assert!(quantities(text).is_empty(), "{text} {:?}", quantities(text));
    }
}

#[test]
fn numbers_stand_beside_their_sides_however_they_are_written() {
    for (premise, claim, kind) in [
        ("Alder cost $120 and Birch cost $340.", "Birch was cheaper than Alder.", "differ"),
        ("Alder gave 1,240 grains and Birch 980 grains.", "Birch gave more grains than Alder.", "differ"),
        ("Alder gave 3 × 10^5 grains and Birch 4 × 10^4 grains.", "Alder gave more grains than Birch.", "agree"),
        ("Alder had two failures and Birch had seven.", "Birch had fewer failures than Alder.", "differ"),
        ("It was −12 °C in Alder and −5 °C in Birch.", "It was colder in Birch than in Alder.", "differ"),
        ("Milling took 240 ms with Alder and 95 ms with Birch.", "Alder was faster than Birch.", "differ"),
        ("Alder ran at 12 m/s and Birch at 9 m/s.", "Alder was faster than Birch.", "agree"),
        ("Alder took 2 h and Birch 90 min.", "Birch was faster than Alder.", "agree"),
        ("In 2019, 34% of men and 21% of women milled.", "More women than men milled.", "differ"),
        (
            "The loss was 5.1 kg with Alder and 2.3 kg with Birch.",
            "The loss was greater with Birch than with Alder.",
            "differ",
        ),
        ("Millers were aged 54 years and non-millers 61 years.", "Millers were older than non-millers.", "unclear"),
    ] {
        assert_eq!(said("sides", premise, claim)[0].as_deref(), Some(kind), "{premise} {claim}");
    }
}

#[test]
fn a_paper_under_its_authors_in_another_order_is_itself() {
    let of = |id: &str, authors: &[&str]| Paper {
        authors: authors.iter().map(|&name| name.into()).collect(),
        abstract_text: None,
        ..paper(id, "Oiled gears in old mills", "", "")
    };
    for (one, other) in [
        (&["Bob Other", "Ada Example"][..], &["Ada Example", "Bob Other"][..]),
        (&["Mill Consortium", "Ada Example"], &["Ada Example"]),
        (&["Jan van der Muster"], &["J. Vandermuster"]),
    ] {
        assert!(same_work(&of("10.5555/print", one), &of("10.48550/arxiv.2101.00001", other)), "{one:?}");
    }
    for name in ["王伟", "The Mill Collaboration"] {
        let records = vec![of("10.5555/print", &[name]), of("10.48550/arxiv.2101.00001", &[name])];
        assert_eq!(merge(records).len(), 1, "{name}");
    }
}

#[test]
fn two_chapters_of_one_author_or_of_one_title_are_two_works() {
    let oil = "We found that oiled gears made less noise than dry ones in every one of the twelve mills that we visited in the \
               course of two long years.";
    let sails = "The sails of ships wear out by salt and sun, and the best of them were made of flax until cotton became cheap \
                 enough for small boats.";
    for (one, other) in [("Chapter 3: Oil", "Chapter 4: Sails"), ("Introduction", "Introduction")] {
        let records =
            vec![paper("10.5555/book", one, "Ada Example", oil), paper("10.5555/book", other, "Ada Example", sails)];
        assert_eq!(merge(records).len(), 2, "{one}");
    }
    let shouted = |title: &str| paper("10.5555/one", title, "Ada Example", oil);
    let merged = merge(vec![shouted("OILED GEARS IN OLD MILLS"), shouted("Oiled gears in old mills")]);
    assert_eq!((merged.len(), merged[0].title.as_str()), (1, "Oiled gears in old mills"));
}

#[test]
fn relations_and_types_that_retract_are_read() {
    let of = |relation: &str| crossref(json!({"relation": {relation: [{"id": "10.5555/notice"}]}})).notice;
    assert_eq!([of("has-retraction"), of("is-withdrawn-by")], [Some(Notice::Retracted), Some(Notice::Withdrawn)]);
    assert_eq!(of("is-comment-on"), None);
}
