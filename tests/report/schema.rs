//! A checker of JSON Schema for the keywords that the published schema uses; an unknown keyword fails the test.

use serde_json::Value;

/// Annotations, which check nothing.
const ANNOTATIONS: [&str; 8] = ["$schema", "$defs", "title", "description", "format", "default", "minimum", "maximum"];

/// Fails the test where `value` does not fit `schema`; `at` names the place.
pub fn check(root: &Value, schema: &Value, value: &Value, at: &str) {
    if let Err(error) = fits(root, schema, value, at) {
        panic!("{error}");
    }
}

fn fits(root: &Value, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
    if schema == &Value::Bool(true) {
        return Ok(());
    }
    let object = schema.as_object().ok_or_else(|| format!("{at}: not a schema: {schema}"))?;
    let each = |key: &str| object[key].as_array().cloned().unwrap_or_default();
    for (keyword, argument) in object {
        match keyword.as_str() {
            "$ref" => {
                let path = argument.as_str().unwrap_or_default().trim_start_matches('#');
                let target = root.pointer(path).ok_or_else(|| format!("{at}: no {argument}"))?;
                fits(root, target, value, at)?;
            }
            "type" => {
                let types = argument.as_array().cloned().unwrap_or_else(|| vec![argument.clone()]);
                if !types.iter().any(|t| is(t.as_str().unwrap_or_default(), value)) {
                    return Err(format!("{at}: {value} is not {argument}"));
                }
            }
            "properties" => {
                for (name, property) in argument.as_object().into_iter().flatten() {
                    value.get(name).map_or(Ok(()), |v| fits(root, property, v, &format!("{at}.{name}")))?;
                }
            }
            "required" => {
                let missing =
                    each("required").into_iter().find(|n| value.get(n.as_str().unwrap_or_default()).is_none());
                missing.map_or(Ok(()), |name| Err(format!("{at}: no {name}")))?;
            }
            "additionalProperties" => {
                let known = object.get("properties").and_then(Value::as_object);
                for (name, more) in value.as_object().into_iter().flatten() {
                    if known.is_none_or(|k| !k.contains_key(name)) && *argument != Value::Bool(true) {
                        fits(root, argument, more, &format!("{at}.{name}"))?;
                    }
                }
            }
            "items" => {
                for (i, item) in value.as_array().into_iter().flatten().enumerate() {
                    fits(root, argument, item, &format!("{at}[{i}]"))?;
                }
            }
            "minItems" | "maxItems" => {
                let (n, bound) = (value.as_array().map_or(0, Vec::len) as u64, argument.as_u64().unwrap_or(0));
                if (keyword == "minItems" && n < bound) || (keyword == "maxItems" && n > bound) {
                    return Err(format!("{at}: {n} items, {keyword} {bound}"));
                }
            }
            "oneOf" | "anyOf" => {
                let fitting = each(keyword).iter().filter(|s| fits(root, s, value, at).is_ok()).count();
                if fitting == 0 || (keyword == "oneOf" && fitting > 1) {
                    return Err(format!("{at}: {value} fits {fitting} of {keyword}"));
                }
            }
            "allOf" => each("allOf").iter().try_for_each(|s| fits(root, s, value, at))?,
            "const" if argument != value => return Err(format!("{at}: {value} is not {argument}")),
            "enum" if !each("enum").contains(value) => return Err(format!("{at}: {value} is not of {argument}")),
            "const" | "enum" => {}
            known if ANNOTATIONS.contains(&known) => {}
            unknown => return Err(format!("{at}: the checker does not know {unknown}")),
        }
    }
    Ok(())
}

fn is(kind: &str, value: &Value) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    }
}
