//! Bindings for claims checked against texts at hand.

use super::{JsHost, PipelineHost, error, evaluate::read, to_js};
use crate::{
    check::{self, CheckLimits, GivenText, draft},
    lookup,
    nli::{Entailment, Manifest},
    paper::SourceId,
    read::{self, Given, ReadError, pdf::PdfRuns},
    verify::Params,
};
use wasm_bindgen::prelude::*;

/// Texts, indexed once for any number of claims.
#[wasm_bindgen]
pub struct Library {
    library: check::Library,
}

#[wasm_bindgen]
impl Library {
    /// Indexes texts. `params` vary the verification, whose own values hold for what they leave out.
    ///
    /// # Errors
    /// `UsageError` where `texts` are no texts, or two of them have one id, or `params` are none.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "GivenText[]")] texts: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "Partial<Params>")] params: JsValue,
    ) -> Result<Library, JsValue> {
        let texts = texts_of(texts)?;
        let params: Option<Params> = given(params, "params")?;
        Ok(Self { library: check::Library::of(texts, params.unwrap_or_default()) })
    }

    /// Ids of the texts nearest to a claim, nearest first, at most `most`.
    #[must_use]
    pub fn nearest(&self, claim: &str, most: usize) -> Vec<String> {
        self.library.nearest(claim, most)
    }

    /// What the model is to be asked about a claim.
    ///
    /// # Errors
    /// `UsageError` where the claim has no word, or `limits` are none.
    #[wasm_bindgen(unchecked_return_type = "Pair[]")]
    pub fn pairs(
        &self,
        claim: &str,
        #[wasm_bindgen(unchecked_param_type = "CheckLimits")] limits: JsValue,
    ) -> Result<JsValue, JsValue> {
        if !claim.contains(char::is_alphanumeric) {
            return Err(error("UsageError", "the claim has no word"));
        }
        to_js(&self.library.pairs(claim, &limits_of(limits)?))
    }

    /// What the claim comes to, by the scores of the pairs of [`Library::pairs`] for the same arguments, in order, and the
    /// `manifest.json` of the model that gave them.
    ///
    /// # Errors
    /// `UsageError` where `limits` are none or `scores` no scores; `ModelError` where the manifest is refused.
    #[wasm_bindgen(unchecked_return_type = "Checked")]
    pub fn judge(
        &self,
        claim: &str,
        #[wasm_bindgen(unchecked_param_type = "CheckLimits")] limits: JsValue,
        #[wasm_bindgen(unchecked_param_type = "Entailment[]")] scores: JsValue,
        manifest: &[u8],
    ) -> Result<JsValue, JsValue> {
        let scores: Vec<Entailment> = given(scores, "scores")?;
        let Manifest { calibration, thresholds, .. } = read(manifest)?;
        as_json(&self.library.judge(claim, &limits_of(limits)?, &scores, &calibration, &thresholds))
    }
}

/// A file of any format that is read, as the title and the text of a [`GivenText`]: JATS XML, HTML by LaTeXML, TeX (one file or
/// arXiv's package), DOCX, Markdown, plain text. `name` helps to tell which.
///
/// # Errors
/// `UsageError` where it cannot be read; the message says why.
#[wasm_bindgen(js_name = givenText, unchecked_return_type = "{ title?: string; text: string }")]
pub fn given_text(name: &str, bytes: &[u8]) -> Result<JsValue, JsValue> {
    text_of(read::given(name, bytes))
}

/// The same of a PDF, from the runs that pdf.js finds in it, and where its sentences stand on the pages.
///
/// # Errors
/// `UsageError` where these are no runs, or nothing of them can be quoted; the message says why.
#[wasm_bindgen(js_name = pdfText, unchecked_return_type = "{ title?: string; text: string; places?: GivenPlace[] }")]
pub fn pdf_text(runs: JsValue) -> Result<JsValue, JsValue> {
    let runs: PdfRuns = given(runs, "runs")?;
    text_of(read::given_pdf(&runs))
}

fn text_of(read: Result<Given, ReadError>) -> Result<JsValue, JsValue> {
    as_json(&read.map_err(|e| error("UsageError", &e.to_string()))?)
}

/// The plain text of a draft that a word processor wrote (DOCX).
///
/// # Errors
/// `UsageError` where it cannot be read; the message says why.
#[wasm_bindgen(js_name = draftText)]
pub fn draft_text(bytes: &[u8]) -> Result<String, JsValue> {
    read::draft_text(bytes).map_err(|e| error("UsageError", &e.to_string()))
}

/// The plain text of a draft that was printed as a PDF, its list of works included, from the runs that pdf.js finds in it.
///
/// # Errors
/// `UsageError` where these are no runs, or nothing of them can be quoted; the message says why.
#[wasm_bindgen(js_name = draftPdf)]
pub fn draft_pdf(runs: JsValue) -> Result<String, JsValue> {
    let runs: PdfRuns = given(runs, "runs")?;
    read::draft_pdf(&runs).map_err(|e| error("UsageError", &e.to_string()))
}

fn limits_of(limits: JsValue) -> Result<CheckLimits, JsValue> {
    let limits: Option<CheckLimits> = given(limits, "limits")?;
    Ok(limits.unwrap_or_default())
}

fn texts_of(texts: JsValue) -> Result<Vec<GivenText>, JsValue> {
    let texts: Vec<GivenText> = given(texts, "texts")?;
    match check::repeated_id(&texts) {
        Some(id) => Err(error("UsageError", &format!("two of the texts have the id {id:?}: give each its own"))),
        None => Ok(texts),
    }
}

fn given<T: serde::de::DeserializeOwned>(value: JsValue, name: &str) -> Result<T, JsValue> {
    serde_wasm_bindgen::from_value(value).map_err(|e| error("UsageError", &format!("{name}: {e}")))
}

/// A draft that was read, to be checked sentence by sentence against the texts of the works that it cites.
#[wasm_bindgen]
pub struct DraftCheck {
    check: draft::DraftCheck,
}

#[wasm_bindgen]
impl DraftCheck {
    /// Reads a draft and its lists, and finds the works' texts among those given. `params` vary the verification.
    ///
    /// # Errors
    /// `UsageError` where one of them is not what it should be.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "GivenDraft")] draft: JsValue,
        #[wasm_bindgen(unchecked_param_type = "GivenText[]")] texts: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "Partial<Params>")] params: JsValue,
    ) -> Result<DraftCheck, JsValue> {
        let (draft, texts) = (given(draft, "draft")?, texts_of(texts)?);
        let params: Option<Params> = given(params, "params")?;
        Ok(Self { check: draft::DraftCheck::of(draft, texts, params.unwrap_or_default()) })
    }

    /// How many sentences cite.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn sentences(&self) -> usize {
        self.check.sentences()
    }

    /// Looks up the works that are cited and whose texts are not among those given, by the host's `fetch`; no pair is scored. What
    /// came of it is told by [`DraftCheck::works`]; an abstract becomes the work's text. Once the host cancels, the rest could not
    /// be asked.
    #[wasm_bindgen(js_name = lookUp)]
    pub async fn look_up(&mut self, host: PipelineHost) {
        let (places, entries): (Vec<usize>, Vec<_>) = self.check.missing().into_iter().unzip();
        let known = lookup::look_up(&entries, &SourceId::REGISTERS, &JsHost::of(host)).await;
        for (place, known) in places.into_iter().zip(known) {
            self.check.take(place, known);
        }
    }

    /// The abstracts that became texts by looking up, each under the id by which works and sentences name it.
    ///
    /// # Errors
    /// Never in practice: the answer is plain data.
    #[wasm_bindgen(unchecked_return_type = "GivenText[]")]
    pub fn abstracts(&self) -> Result<JsValue, JsValue> {
        as_json(&self.check.abstracts())
    }

    /// All works that the draft and its lists name.
    ///
    /// # Errors
    /// Never in practice: the answer is plain data.
    #[wasm_bindgen(unchecked_return_type = "CitedWork[]")]
    pub fn works(&self) -> Result<JsValue, JsValue> {
        as_json(&self.check.works())
    }

    /// What the model is to be asked about a citing sentence; nothing where none of its works has a text at hand.
    ///
    /// # Errors
    /// Never in practice: the answer is plain data.
    #[wasm_bindgen(unchecked_return_type = "Pair[]")]
    pub fn pairs(&self, sentence: usize) -> Result<JsValue, JsValue> {
        to_js(&self.check.pairs(sentence))
    }

    /// What a citing sentence comes to, by the scores of its pairs and the `manifest.json` of the model that gave them.
    ///
    /// # Errors
    /// `UsageError` where `scores` are no scores or there is no such sentence; `ModelError` where the manifest is refused.
    #[wasm_bindgen(unchecked_return_type = "CheckedSentence")]
    pub fn judge(
        &self,
        sentence: usize,
        #[wasm_bindgen(unchecked_param_type = "Entailment[]")] scores: JsValue,
        manifest: &[u8],
    ) -> Result<JsValue, JsValue> {
        let scores: Vec<Entailment> = given(scores, "scores")?;
        let Manifest { calibration, thresholds, .. } = read(manifest)?;
        let judged = self.check.judge(sentence, &scores, &calibration, &thresholds);
        as_json(&judged.ok_or_else(|| error("UsageError", &format!("the draft has no citing sentence {sentence}")))?)
    }
}

/// By way of JSON, so that a probability of three decimals is one in JavaScript too.
fn as_json<T: serde::Serialize>(value: &T) -> Result<JsValue, JsValue> {
    let json = serde_json::to_string(value).map_err(|e| error("Error", &e.to_string()))?;
    js_sys::JSON::parse(&json)
}
