//! The direction of the code: a file uses only files above it in the list of `src/lib.rs`.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// The modules in their order, as `lib.rs` declares them.
fn order() -> Vec<String> {
    let lib = fs::read_to_string(source().join("lib.rs")).unwrap();
    let declared = lib.lines().filter_map(|line| {
        let module = line.strip_prefix("pub mod ").or_else(|| line.strip_prefix("pub use probatum_nli as "));
        module?.strip_suffix(';')
    });
    declared.map(str::to_owned).collect()
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every file of a module: `name.rs` and all below `name/`; none of the engine, which is a crate of its own.
fn files(module: &str) -> Vec<PathBuf> {
    let file = source().join(format!("{module}.rs"));
    let mut found: Vec<PathBuf> = file.exists().then_some(file).into_iter().collect();
    let mut folders = vec![source().join(module)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(folder) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    found
}

/// The modules that a file names after `crate::`, tests and comments left out.
fn used(text: &str) -> Vec<String> {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let code: String = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut names = Vec::new();
    for part in code.split("crate::").skip(1) {
        match part.strip_prefix('{') {
            None => names.push(first_word(part)),
            Some(group) => names.extend(top_level(group).into_iter().map(first_word).filter(|name| !name.is_empty())),
        }
    }
    names
}

/// The entries of a `use` group, up to its closing brace: `a::{b, c}, d` has two.
fn top_level(group: &str) -> Vec<&str> {
    let (mut depth, mut start, mut entries) = (0, 0, Vec::new());
    for (at, letter) in group.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => {
                entries.push(&group[start..at]);
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                entries.push(&group[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    entries
}

fn first_word(text: &str) -> String {
    text.trim_start().chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
}

#[test]
fn a_file_uses_only_files_above_it() {
    let order = order();
    let places: BTreeMap<&str, usize> = order.iter().enumerate().map(|(place, name)| (name.as_str(), place)).collect();
    let mut upward = Vec::new();
    for module in &order {
        for file in files(module) {
            for name in used(&fs::read_to_string(&file).unwrap()) {
                if places.get(name.as_str()).is_some_and(|&place| place > places[module.as_str()]) {
                    upward.push(format!("{} uses {name}", file.strip_prefix(source()).unwrap().display()));
                }
            }
        }
    }
    assert!(order.len() > 15, "lib.rs was not read: {order:?}");
    assert!(upward.is_empty(), "{upward:#?}");
}

#[test]
fn uses_are_found_however_they_are_written() {
    let text = "use crate::{\n    paper::{Paper, merge},\n    text,\n};\nfn f() { crate::claim::voice() }\n\
                // crate::report\n#[cfg(test)]\nmod tests { use crate::wasm; }";
    assert_eq!(used(text), ["paper", "text", "claim"]);
}
