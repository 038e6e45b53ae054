/** The models that are measured: the one that ships, and a DeBERTa of random weights where it was generated. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultModel, readModel } from '../../pkg/node/model.mjs';
import { StepError } from '../../scripts/terminal.mjs';

/**
 * @typedef {object} BenchModel
 * @property {string} name in tables and keys
 * @property {Record<'manifest' | 'model' | 'tokenizer', Uint8Array>} files as the engine takes them
 * @property {string} type what transformers calls the architecture
 * @property {number} vocabulary ids are below it
 * @property {{ layers: number, hidden: number, intermediate: number } | undefined} shape where it is known
 */

/** The longest pair that is measured. */
export const MOST_TOKENS = 256;
/** A manifest says it in words, such as "BERT, 6 layers, hidden 384, 12 heads". */
const ARCHITECTURE = /^(?<type>\w+).*?(?<layers>\d+) layers.*?hidden (?<hidden>\d+)/;

/**
 * @param {string | undefined} only the name of one
 * @param {string} debertaFolder
 * @returns {Promise<{ found: BenchModel[], missing: { what: string, why: string }[] }>}
 */
export async function chosenModels(only, debertaFolder) {
  const all = [await shippedModel(), debertaModel(debertaFolder)];
  const found = all.filter((model) => model !== undefined).filter(({ name }) => name === (only ?? name));
  const needsDeberta = !all[1] && (only ?? 'deberta') === 'deberta';
  if (only !== undefined && found.length === 0 && !needsDeberta) {
    throw new StepError(`--only ${only}: there are "shipped" and "deberta"`);
  }
  const why = `no model in ${debertaFolder}; tests/bench/deberta.py makes one, its head says how`;
  return { found, missing: needsDeberta ? [{ what: 'deberta', why }] : [] };
}

/** @returns {Promise<BenchModel>} */
async function shippedModel() {
  const files = await readModel(defaultModel());
  const manifest = JSON.parse(text(files.manifest));
  const { type = 'bert', layers, hidden } = ARCHITECTURE.exec(manifest.architecture ?? '')?.groups ?? {};
  const shape = layers ? { layers: Number(layers), hidden: Number(hidden), intermediate: 4 * Number(hidden) } : undefined;
  const { vocab } = JSON.parse(text(files.tokenizer)).model;
  return { name: 'shipped', files, type: type.toLowerCase(), vocabulary: Object.keys(vocab).length, shape };
}

/**
 * What `deberta.py` made. It has no words: its tokenizer is one of as many made-up words as its table has rows.
 * @param {string} folder
 * @returns {BenchModel | undefined} nothing where it was not made
 */
function debertaModel(folder) {
  const path = join(folder, 'model_int8.onnx');
  if (!existsSync(path)) return undefined;
  const model = readFileSync(path);
  const { vocabulary } = JSON.parse(readFileSync(join(folder, 'inputs.json'), 'utf8'));
  const tokenizer = Buffer.from(JSON.stringify(madeUpTokenizer(vocabulary)));
  const manifest = {
    name: 'deberta-v3-xsmall-shape',
    format: 2,
    architecture: 'DeBERTa-v3, 12 layers, hidden 384, 6 heads',
    files: {
      model: { path: 'model.onnx', sha256: sha256(model) },
      tokenizer: { path: 'tokenizer.json', sha256: sha256(tokenizer), kind: 'bert-wordpiece', lowercase: true },
    },
    inputs: ['input_ids', 'attention_mask'],
    output: 'logits',
    labels: ['entailment', 'neutral', 'contradiction'],
    pair: '[CLS] premise [SEP] hypothesis [SEP]',
    maxTokens: MOST_TOKENS,
    calibration: { temperature: 1 },
    thresholds: { supported: 0.8, refuted: 0.8 },
  };
  const shape = { layers: 12, hidden: 384, intermediate: 1536 };
  const files = { manifest: Buffer.from(JSON.stringify(manifest)), model, tokenizer };
  return { name: 'deberta', files, type: 'deberta-v2', vocabulary, shape };
}

/**
 * @param {BenchModel} model
 * @returns {[string, Uint8Array][]} contents by address; the folder is `folderOf(model)`
 */
export function served({ name, files, type }) {
  const longest = JSON.parse(text(files.manifest));
  longest.maxTokens = Math.max(longest.maxTokens, MOST_TOKENS);
  const config = { model_type: type, id2label: { 0: 'a', 1: 'b', 2: 'c' }, num_labels: 3 };
  return [
    [`/bench/${name}/model.onnx`, files.model],
    [`/bench/${name}/tokenizer.json`, files.tokenizer],
    [`/bench/${name}/manifest.json`, files.manifest],
    // With pairs longer than the manifest allows, which the other engines do not know of.
    [`/bench/${name}/long/model.onnx`, files.model],
    [`/bench/${name}/long/tokenizer.json`, files.tokenizer],
    [`/bench/${name}/long/manifest.json`, Buffer.from(JSON.stringify(longest))],
    // Where transformers.js looks.
    [`/bench/${name}/long/onnx/model.onnx`, files.model],
    [`/bench/${name}/long/config.json`, Buffer.from(JSON.stringify(config))],
  ];
}

/** @param {number} size rows of the vocabulary */
function madeUpTokenizer(size) {
  const special = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];
  const words = [...special, ...Array.from({ length: size - special.length }, (_, n) => `w${n}`)];
  const sequence = (/** @type {string} */ id, type_id = 0) => ({ Sequence: { id, type_id } });
  const token = (/** @type {string} */ id, type_id = 0) => ({ SpecialToken: { id, type_id } });
  const single = [token('[CLS]'), sequence('A'), token('[SEP]')];
  return {
    version: '1.0',
    added_tokens: special.map((content, id) => ({ id, content, special: true })),
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single,
      pair: [...single, sequence('B', 1), token('[SEP]', 1)],
      special_tokens: Object.fromEntries(
        ['[CLS]', '[SEP]'].map((id) => [id, { id, ids: [special.indexOf(id)], tokens: [id] }]),
      ),
    },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(words.map((word, id) => [word, id])),
    },
  };
}

/** @param {Uint8Array} bytes */
const text = (bytes) => new TextDecoder().decode(bytes);

/** @param {Uint8Array} bytes */
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
