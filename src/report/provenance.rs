//! The appendix: every setting, threshold and hash of the run, by its name in the JSON report.

use super::Provenance;
use serde::Serialize;
use serde_json::Value;

impl Provenance {
    /// Name and value of everything needed to repeat the run on `date`, by its name in the JSON.
    #[must_use]
    pub fn lines(&self, date: &str) -> Vec<(String, String)> {
        let mut lines = vec![
            ("probatum".into(), self.version.clone()),
            ("run on".into(), date.into()),
            ("spans in the JSON".into(), "UTF-8 byte offsets, start included, end excluded".into()),
        ];
        let mut config = json(&self.config);
        if self.deep.is_none()
            && let Some(params) = config.get_mut("params").and_then(Value::as_object_mut)
        {
            params.remove("deepStance");
        }
        flatten(&mut lines, "config", &config);
        flatten(&mut lines, "model", &json(&self.model));
        if let Some(deep) = &self.deep {
            flatten(&mut lines, "deep", &json(deep));
        }
        lines
    }
}

/// A part of the report as JSON.
fn json(part: &impl Serialize) -> Value {
    serde_json::to_value(part).unwrap_or_default()
}

/// More numbers of one kind than so many are coefficients, and share a row.
const MANY: usize = 8;

/// Every value within a JSON value, with the way to it: "model.thresholds.supported".
fn flatten(lines: &mut Vec<(String, String)>, way: &str, value: &Value) {
    match value {
        Value::Object(fields) if fields.len() > MANY && fields.values().all(Value::is_number) => {
            let all = fields.iter().map(|(name, number)| format!("{name} {}", plain(number)));
            lines.push((way.into(), all.collect::<Vec<_>>().join("; ")));
        }
        Value::Object(fields) => {
            fields.iter().for_each(|(name, field)| flatten(lines, &format!("{way}.{name}"), field));
        }
        Value::Array(items) if items.iter().any(Value::is_object) => {
            items.iter().enumerate().for_each(|(at, item)| flatten(lines, &format!("{way}.{at}"), item));
        }
        Value::Array(items) => lines.push((way.into(), items.iter().map(plain).collect::<Vec<_>>().join(", "))),
        value => lines.push((way.into(), plain(value))),
    }
}

/// A JSON value as a reader writes it.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => "none".into(),
        Value::String(text) => text.clone(),
        // A coefficient of single precision has no more digits than these.
        Value::Number(number) if number.is_f64() => {
            number.as_f64().map_or_else(String::new, |value| (value as f32).to_string())
        }
        value => value.to_string(),
    }
}
