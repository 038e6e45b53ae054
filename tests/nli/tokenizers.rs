//! Tokenizers against the reference implementation, on hostile texts and on files of other kinds.

use probatum::nli::Tokenizer;
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::{collections::BTreeSet, fs, path::Path, sync::LazyLock, time::Instant};

const WORDPIECE: &str = "www/models/probatum-nli-1/tokenizer.json";
const BPE: &str = "tests/data/tokenizers/bpe.json";
const UNIGRAM: &str = "tests/data/tokenizers/unigram.json";
const PIECES: &str = "tests/data/tokenizers/pieces.json";

/// A line of the files that `wordpiece.py` and `subwords.py` make.
#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    Text { text: Vec<Run<String>>, ids: Vec<Run<u32>>, injected: Option<Vec<Run<u32>>> },
    LongText { text: Vec<Run<String>>, sha256: String },
    Pair { premise: Vec<Run<String>>, hypothesis: Vec<Run<String>>, ids: Vec<Run<u32>>, types: Vec<Run<u32>> },
    Block { block: u32, form: Option<String>, without: Option<Vec<(u32, u32)>>, sha256: String },
    Variant { change: Map<String, Value>, names: String },
    Reference {},
}

/// One, or one so many times.
#[derive(Deserialize)]
#[serde(untagged)]
enum Run<T> {
    Once(T),
    Times(T, usize),
}

/// What was compared.
#[derive(Default)]
struct Compared {
    texts: BTreeSet<String>,
    comparisons: usize,
    pairs: usize,
    blocks: usize,
    injections: usize,
}

fn expand<T: Clone>(runs: &[Run<T>]) -> Vec<T> {
    let expanded = runs.iter().flat_map(|run| match run {
        Run::Once(item) => vec![item.clone()],
        Run::Times(item, count) => vec![item.clone(); *count],
    });
    expanded.collect()
}

fn file(path: &str) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

fn parse(file: &Value) -> Tokenizer {
    Tokenizer::parse(file.to_string().as_bytes()).unwrap()
}

/// The file with a value at each JSON pointer; a new field may be given to an object.
fn changed(mut file: Value, change: &Map<String, Value>) -> Value {
    for (pointer, value) in change {
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        match file.pointer_mut(parent).unwrap() {
            Value::Array(items) => items[key.parse::<usize>().unwrap()] = value.clone(),
            parent => parent[key] = value.clone(),
        }
    }
    file
}

fn ids(tokenizer: &Tokenizer, text: &str) -> Vec<u32> {
    tokenizer.encode(text).iter().map(|token| token.id).collect()
}

fn joined(ids: &[u32]) -> String {
    ids.iter().map(u32::to_string).collect::<Vec<_>>().join(",")
}

fn hex_digest(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The digest of a block of characters, each in the form's place of "¤".
fn block_digest(tokenizer: &Tokenizer, block: u32, form: &str, without: &[(u32, u32)]) -> String {
    let left_out = |code: u32| without.iter().any(|&(first, count)| (first..first + count).contains(&code));
    let codes = (block..block + 4096).filter(|&code| !left_out(code)).filter_map(char::from_u32);
    let rows = codes.map(|c| joined(&ids(tokenizer, &form.replace('¤', c.encode_utf8(&mut [0; 4])))));
    hex_digest(&rows.collect::<Vec<_>>().join("\n"))
}

/// Compares a file of reference ids with the tokenizer's, line by line.
fn compare(tokenizer_file: &str, lines: &str) -> Compared {
    let base = file(tokenizer_file);
    let mut tokenizer = parse(&base);
    let mut variant = String::new();
    let mut done = Compared::default();
    for line in fs::read_to_string(lines).unwrap().lines() {
        match serde_json::from_str(line).unwrap() {
            Line::Variant { change, names } => {
                tokenizer = parse(&changed(base.clone(), &change));
                variant = names;
            }
            Line::Text { text, ids: expected, injected } => {
                let (text, expected) = (expand(&text).concat(), expand(&expected));
                assert_eq!(ids(&tokenizer, &text), expected, "{variant}: {text:?}");
                // Where the reference would have read a special token into the text, we did not.
                if let Some(injected) = injected {
                    assert_ne!(expand(&injected), expected, "{text:?}");
                    done.injections += 1;
                }
                done.comparisons += 1;
                done.texts.insert(text);
            }
            Line::LongText { text, sha256 } => {
                let text = expand(&text).concat();
                assert_eq!(hex_digest(&joined(&ids(&tokenizer, &text))), sha256, "{variant}: {text:?}");
                done.comparisons += 1;
                done.texts.insert(text);
            }
            Line::Pair { premise, hypothesis, ids, types } => {
                let encoding = tokenizer.encode_pair(&expand(&premise).concat(), &expand(&hypothesis).concat());
                let segments = (0..encoding.ids.len()).map(|at| u32::from(at >= encoding.first_segment));
                assert_eq!(segments.collect::<Vec<_>>(), expand(&types), "{variant}: {:?}", expand(&premise));
                assert_eq!(encoding.ids, expand(&ids), "{variant}: {:?}", expand(&premise));
                done.pairs += 1;
            }
            Line::Block { block, form, without, sha256 } => {
                let form = form.as_deref().unwrap_or("a¤b");
                let digest = block_digest(&tokenizer, block, form, &without.unwrap_or_default());
                assert_eq!(digest, sha256, "{variant}: code points from U+{block:04X} in {form:?}");
                done.blocks += 1;
            }
            Line::Reference {} => {}
        }
    }
    println!(
        "{tokenizer_file}: {} comparisons, {} texts, {} pairs, {} blocks",
        done.comparisons,
        done.texts.len(),
        done.pairs,
        done.blocks
    );
    done
}

#[test]
fn token_ids_equal_the_reference() {
    let done = compare(WORDPIECE, "tests/data/wordpiece.jsonl");
    assert!(done.texts.len() >= 2_000, "{} distinct texts", done.texts.len());
    assert_eq!((done.pairs, done.blocks), (200, 32));
    assert!(done.injections > 50, "{}", done.injections);
    for name in ["bpe", "unigram", "pieces"] {
        let folder = Path::new("tests/data/tokenizers");
        let path = |extension: &str| folder.join(name).with_extension(extension).to_str().unwrap().to_owned();
        let done = compare(&path("json"), &path("jsonl"));
        assert!(done.texts.len() >= 2_000, "{} distinct texts", done.texts.len());
        assert!(done.pairs >= 100 && done.blocks >= 52, "{} pairs, {} blocks", done.pairs, done.blocks);
    }
}

#[test]
fn what_exporters_write_today_is_read_as_the_reference_reads_it() {
    let done = compare(PIECES, "tests/data/tokenizers/todays.jsonl");
    assert_eq!((done.comparisons, done.texts.len()), (400, 25));
}

#[test]
fn a_byte_order_mark_is_no_part_of_a_file() {
    for path in [WORDPIECE, BPE, UNIGRAM] {
        let marked = [b"\xef\xbb\xbf".as_slice(), &fs::read(path).unwrap()].concat();
        assert_eq!(ids(&Tokenizer::parse(&marked).unwrap(), "a b"), ids(&parse(&file(path)), "a b"), "{path}");
    }
}

#[test]
fn a_sequence_of_one_step_is_that_step() {
    for (path, pointer, list) in [(WORDPIECE, "/normalizer", "normalizers"), (BPE, "/pre_tokenizer", "pretokenizers")] {
        let base = file(path);
        let alone = base.pointer(pointer).unwrap().clone();
        let wrapped =
            changed(base, &Map::from_iter([(pointer.to_owned(), json!({"type": "Sequence", list: [alone]}))]));
        assert_eq!(ids(&parse(&wrapped), "Naps help."), ids(&parse(&file(path)), "Naps help."), "{path}");
    }
}

#[test]
fn a_split_of_gpt_2_before_byte_level_is_byte_levels_own() {
    let split = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";
    let steps = |behavior: &str, invert: bool| {
        let split = json!({"type": "Split", "pattern": {"Regex": split}, "behavior": behavior, "invert": invert});
        let bytes = json!({"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": false});
        Map::from_iter([("/pre_tokenizer".to_owned(), json!({"type": "Sequence", "pretokenizers": [split, bytes]}))])
    };
    let plain = Map::from_iter([("/pre_tokenizer/add_prefix_space".to_owned(), json!(false))]);
    for (behavior, invert) in [("Isolated", false), ("Removed", true)] {
        for text in ["Naps help, don't they?", "  97.3 %", ""] {
            let [split, own] = [&steps(behavior, invert), &plain].map(|change| parse(&changed(file(BPE), change)));
            assert_eq!(ids(&split, text), ids(&own, text), "{text:?}");
        }
    }
    assert_refused(BPE, "/pre_tokenizer", steps("Removed", false)["/pre_tokenizer"].clone(), "Removed");
}

#[test]
fn templates_of_todays_exporters_put_pairs_together() {
    let token = |name: &str| json!({"SpecialToken": {"id": name, "type_id": 0}});
    let text = |name: &str| json!({"Sequence": {"id": name, "type_id": 0}});
    let pair: Vec<Value> = vec![token("[CLS]"), text("A"), token("[SEP]"), token("[SEP]"), text("B"), token("[SEP]")];
    // As transformers 5 writes it for DeBERTa's first version.
    let doubled = changed(file(PIECES), &Map::from_iter([("/post_processor/pair".to_owned(), json!(pair))]));
    let encoding = parse(&doubled).encode_pair("a", "b");
    let bert = parse(&file(PIECES)).encode_pair("a", "b");
    let [start, end] = [bert.ids[0], bert.ids[bert.ids.len() - 1]];
    let middle = bert.first_segment;
    assert_eq!(encoding.ids, [&bert.ids[..middle], &[end], &bert.ids[middle..]].concat());
    assert_eq!(
        (encoding.ids[0], encoding.first_segment, parse(&doubled).special_tokens()),
        (start, encoding.ids.len(), 4)
    );
    // ByteLevel beside a template changes no tokens.
    let template = file(PIECES)["post_processor"].clone();
    let bytes = json!({"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": false});
    let sequence = json!({"type": "Sequence", "processors": [bytes, template]});
    let beside = changed(file(PIECES), &Map::from_iter([("/post_processor".to_owned(), sequence)]));
    assert_eq!(parse(&beside).encode_pair("a", "b"), bert);
}

#[test]
fn a_special_token_may_stand_behind_the_vocabulary() {
    let mut file = file(PIECES);
    let rows = file["model"]["vocab"].as_array().unwrap().len();
    let at = file["model"]["vocab"].as_array().unwrap().iter().position(|piece| piece[0] == "[SEP]").unwrap();
    file["model"]["vocab"][at][0] = json!("[OTHER]");
    for token in file["added_tokens"].as_array_mut().unwrap().iter_mut().filter(|token| token["content"] == "[SEP]") {
        token["id"] = json!(rows);
    }
    file["post_processor"]["special_tokens"]["[SEP]"]["ids"] = json!([rows]);
    let tokenizer = parse(&file);
    assert_eq!((tokenizer.rows(), tokenizer.encode_pair("", "").ids[1]), (rows + 1, u32::try_from(rows).unwrap()));
}

#[test]
fn a_kind_has_its_name_rows_and_special_tokens() {
    for (path, kind, rows, special) in [
        (WORDPIECE, "bert-wordpiece", 30_522, 3),
        (BPE, "roberta-bpe", 1_261, 4),
        (UNIGRAM, "unigram", 1_257, 4),
        (PIECES, "unigram", 1_000, 3),
    ] {
        let tokenizer = parse(&file(path));
        assert_eq!((tokenizer.kind(), tokenizer.rows(), tokenizer.special_tokens()), (kind, rows, special), "{path}");
        assert_eq!(tokenizer.encode_pair("", "").ids.len(), special, "{path}");
        assert_eq!(tokenizer.lowercase(), path == WORDPIECE, "{path}");
    }
}

#[test]
fn a_text_may_be_cut_before_a_word() {
    let starts = |path: &str, text: &str| {
        let tokens = parse(&file(path)).encode(text);
        tokens.iter().filter(|token| token.starts_word).count()
    };
    // Unigram's words are what blanks separate; BPE's are letters, numbers and marks.
    for (path, count) in [(WORDPIECE, 7), (BPE, 7), (UNIGRAM, 4), (PIECES, 4)] {
        assert_eq!(starts(path, "unbelievably good: accuracy 97.3"), count, "{path}");
    }
}

#[test]
fn hostile_texts_take_linear_time() {
    // One word of a megabyte; and, shorter for the sake of the test's own time: words just short enough to be tried
    // piece by piece, heaps of accents, of joiners, of blanks, of flags, and marks that are each a word.
    let long = "x".repeat(1_000_000);
    let heaps = [
        "abab",
        "\u{301}\u{323}",
        "👩\u{200d}",
        "\u{200d}👩\u{301}",
        "    ",
        "\n ",
        "中",
        "🇩",
        "क\u{94d}",
        "a1",
        "'s''",
    ];
    let heaps = heaps.map(|heap| heap.repeat(200_000 / heap.len()));
    let words = format!("{} ", "q".repeat(100)).repeat(2_000);
    let texts: Vec<&str> = [&long, &words].into_iter().chain(&heaps).map(String::as_str).collect();
    for path in [WORDPIECE, BPE, UNIGRAM, PIECES] {
        let tokenizer = parse(&file(path));
        let seconds = |text: &str| {
            let start = Instant::now();
            std::hint::black_box(tokenizer.encode(text).len());
            start.elapsed().as_secs_f64()
        };
        for &text in &texts {
            let tenth = seconds(&text[..text.floor_char_boundary(text.len() / 10)]);
            let whole = seconds(text);
            let begins: String = text.chars().take(3).collect();
            // Ten times as long if linear, a hundred times if quadratic; the machine may be busy.
            assert!(whole < 50.0 * tenth.max(0.02), "{path}, {begins:?}…: {tenth} s for a tenth, {whole} s");
        }
    }
}

proptest! {
    #[test]
    fn any_text_has_tokens_of_the_vocabulary(text in "\\PC*|[ '\\x00-\\x20a-c0-9]{0,40}|(?s).{0,60}") {
        static TOKENIZERS: LazyLock<[Tokenizer; 3]> = LazyLock::new(|| [BPE, UNIGRAM, PIECES].map(|path| parse(&file(path))));
        for tokenizer in &*TOKENIZERS {
            let tokens = tokenizer.encode(&text);
            let special = tokenizer.encode_pair("", "").ids;
            for token in &tokens {
                prop_assert!((token.id as usize) < tokenizer.rows());
                prop_assert!(!special.contains(&token.id), "{text:?} holds a special token");
            }
            prop_assert!(tokens.first().is_none_or(|token| token.starts_word));
        }
    }
}

/// What is said of a file that is changed in one place.
fn refused(path: &str, pointer: &str, value: Value) -> String {
    let file = changed(file(path), &Map::from_iter([(pointer.to_owned(), value)]));
    Tokenizer::parse(file.to_string().as_bytes()).unwrap_err().to_string()
}

#[track_caller]
fn assert_refused(path: &str, pointer: &str, value: Value, named: &str) {
    let message = refused(path, pointer, value);
    assert!(message.contains(named), "{message:?} does not name {named:?}");
}

#[test]
fn another_wordpiece_is_refused_by_name() {
    for (pointer, value, named) in [
        ("/model/type", json!("WordLevel"), "WordLevel"),
        ("/model/type", json!("BPE"), "BertPreTokenizer"),
        ("/model", json!({"type": "WordPiece"}), "unk_token"),
        ("/model", json!({}), "its model is not given"),
        ("/normalizer", json!({"type": "NFKC"}), "NFKC"),
        ("/normalizer", Value::Null, "normalizer is not given"),
        ("/pre_tokenizer/type", json!("Metaspace"), "Metaspace"),
        ("/post_processor/type", json!("RobertaProcessing"), "?:0 A:0"),
        ("/post_processor/type", json!("ByteLevel"), "ByteLevel"),
        ("/post_processor/pair/3/Sequence/type_id", json!(0), "B:0"),
        ("/post_processor/special_tokens/[SEP]/ids/0", json!(7), "[SEP] = 7"),
        ("/added_tokens/0/special", json!(false), "[PAD]"),
        ("/model/vocab/[SEP]", Value::Null, "null"),
        ("/model/unk_token", json!("[NONE]"), "[NONE]"),
    ] {
        assert_refused(WORDPIECE, pointer, value, named);
    }
    let mut file = file(WORDPIECE);
    drop(file["model"]["vocab"].as_object_mut().unwrap().remove("[SEP]"));
    let message = Tokenizer::parse(file.to_string().as_bytes()).unwrap_err().to_string();
    assert!(message.contains("[SEP]"), "{message}");
    for bytes in [&b""[..], b"{}", b"[]", b"\xff\xfe", b"null"] {
        assert!(Tokenizer::parse(bytes).is_err());
    }
}

#[test]
fn another_bpe_is_refused_by_name() {
    for (pointer, value, named) in [
        ("/pre_tokenizer", json!({"type": "Whitespace"}), "Whitespace"),
        ("/pre_tokenizer", Value::Null, "pre-tokenizer is not given"),
        ("/pre_tokenizer/use_regex", json!(false), "use_regex"),
        ("/normalizer", json!({"type": "ByteLevel"}), "ByteLevel"),
        ("/model/dropout", json!(0.1), "0.1"),
        ("/model/continuing_subword_prefix", json!("##"), "##"),
        ("/model/end_of_word_suffix", json!("</w>"), "</w>"),
        ("/model/merges/0", json!(["Ġ", "zzz"]), "zzz"),
        ("/model/merges/0", json!("a b c"), "a b c"),
        ("/model/merges/0", json!(["a", "b", "c"]), "not of two symbols"),
        ("/model/merges/0", json!(7), "a merge of two symbols"),
        ("/model/vocab", json!({"<s>": 0, "</s>": 2}), "cannot do without"),
        ("/post_processor/sep/1", json!(3), "</s> = 3"),
        ("/post_processor/sep", json!(["[SEP]", 3]), "[SEP]:0"),
    ] {
        assert_refused(BPE, pointer, value, named);
    }
}

#[test]
fn another_unigram_is_refused_by_name() {
    let metaspace = |more: Value| {
        let mut step = json!({"type": "Metaspace", "replacement": "▁"});
        step.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        step
    };
    for (pointer, value, named) in [
        ("/pre_tokenizer", json!({"type": "Sequence", "pretokenizers": []}), "Metaspace"),
        ("/pre_tokenizer", json!({"type": "Punctuation"}), "Punctuation"),
        ("/pre_tokenizer", metaspace(json!({"add_prefix_space": false})), "add_prefix_space"),
        ("/pre_tokenizer", metaspace(json!({"prepend_scheme": "last"})), "last"),
        ("/pre_tokenizer", metaspace(json!({"replacement": "__"})), "__"),
        ("/pre_tokenizer", Value::Null, "pre-tokenizer is not given"),
        ("/normalizer", json!({"type": "Nmt"}), "Nmt"),
        ("/normalizer/normalizers/1/pattern", json!({"Regex": "\\p{L}+"}), "\\p{L}+"),
        (
            "/pre_tokenizer",
            json!({"type": "Sequence", "pretokenizers": [{"type": "Digits"}, metaspace(json!({}))]}),
            "Digits",
        ),
        ("/normalizer/normalizers/1/pattern", json!({"String": ""}), "\"\""),
        ("/normalizer", json!({"type": "Precompiled", "precompiled_charsmap": ""}), "precompiled_charsmap"),
        ("/normalizer", json!({"type": "Precompiled", "precompiled_charsmap": "AAA*"}), "precompiled_charsmap"),
        ("/model/unk_id", Value::Null, "unk_id"),
        ("/model/unk_id", json!(5_000), "5000"),
        ("/model/vocab/2/0", json!("other"), "</s>"),
        ("/model/vocab/9", json!(["piece"]), "tuple"),
    ] {
        assert_refused(UNIGRAM, pointer, value, named);
    }
}

#[test]
fn a_damaged_charsmap_does_no_harm() {
    let sound = file(PIECES);
    let place = "/normalizer/normalizers/1/precompiled_charsmap";
    let charsmap = sound.pointer(place).unwrap().as_str().unwrap();
    let text = "e\u{301}ﬁ Ａ\u{0}\r\n\u{ad}½ 中\u{328}";
    for at in (0..charsmap.len()).step_by(charsmap.len() / 300) {
        for swapped in ["/", "A"] {
            let damaged = format!("{}{swapped}{}", &charsmap[..at], &charsmap[at + 1..]);
            let file = changed(sound.clone(), &Map::from_iter([(place.to_owned(), json!(damaged))]));
            if let Ok(tokenizer) = Tokenizer::parse(file.to_string().as_bytes()) {
                std::hint::black_box(tokenizer.encode(text));
            }
        }
    }
}
