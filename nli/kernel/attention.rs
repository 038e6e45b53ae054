//! Attention of one sequence, on products in 16 bits: each token's query and key get a scale of their own, and sums are
//! exact, so that every build gives the same bits. A depth of 32 leaves 13 bits and a sign, against 8 bits in the linear
//! layers around.

use super::lanes::{F32x4, I32x4, Pairs, store_words};

/// Rows that a product computes together.
pub const ROWS: usize = 4;
/// Columns that a product computes together; keys are padded to a multiple of it.
pub const COLUMNS: usize = 8;
/// Greatest size of a value in 16 bits; with [`MOST_SHARES`] its sums stay below 2³¹.
const MOST_VALUE: f32 = 16_000.0;
/// Greatest sum of a row's softmax in whole numbers; each is at most [`MOST_SHARE`].
const MOST_SHARES: f32 = 130_000.0;
/// Greatest share of one key.
const MOST_SHARE: f32 = 32_767.0;
/// Most tokens: beyond it the rounding of [`MOST_SHARES`] could leave 32 bits.
pub const MOST_TOKENS: usize = 4096;

/// Query, key and value of all heads: rows of `heads * depth` values, one a token; queries may be of the first tokens
/// alone.
#[derive(Clone, Copy)]
pub struct Heads<'a> {
    pub query: &'a [f32],
    pub key: &'a [f32],
    pub value: &'a [f32],
    /// Heads.
    pub heads: usize,
    /// Values of one head.
    pub depth: usize,
}

impl Heads<'_> {
    /// How many queries and how many tokens there are.
    ///
    /// # Panics
    /// Where keys and values differ in number, there are more queries, or `output` has not a row for each query.
    #[must_use]
    pub fn lengths(&self, output: &[f32]) -> (usize, usize) {
        let width = self.heads * self.depth;
        let (queries, tokens) = (self.query.len() / width.max(1), self.key.len() / width.max(1));
        assert!([self.key, self.value].iter().all(|rows| rows.len() == tokens * width));
        assert!([self.query, output].iter().all(|rows| rows.len() == queries * width) && queries <= tokens);
        (queries, tokens)
    }

    /// The rows of one head's results from a query on.
    pub fn rows_from<'a>(&self, output: &'a mut [f32], query: usize, head: usize) -> Rows<'a> {
        let width = self.heads * self.depth;
        Rows { values: &mut output[query * width + head * self.depth..], depth: self.depth, width }
    }
}

/// What is added to the scaled scores.
#[derive(Clone, Copy, Debug)]
pub enum Bias<'a> {
    /// Nothing.
    None,
    /// A number for each token, or such a row for each query.
    Tokens(&'a [f32]),
    /// What head and distance decide.
    ByDistance(&'a ByDistance),
}

impl Bias<'_> {
    /// Whether there is a number for each of the heads, queries and tokens.
    fn suffices(self, heads: usize, queries: usize, tokens: usize) -> bool {
        match self {
            Self::None => true,
            Self::Tokens(bias) => bias.len() == tokens || bias.len() >= queries * tokens,
            Self::ByDistance(by_distance) => by_distance.heads() >= heads && by_distance.most_tokens() >= tokens,
        }
    }

    /// What is added to one query's scores of all tokens.
    fn row(&self, head: usize, query: usize, tokens: usize) -> Option<&[f32]> {
        match self {
            Self::None => None,
            Self::Tokens(bias) if bias.len() == tokens => Some(bias),
            Self::Tokens(bias) => Some(&bias[query * tokens..][..tokens]),
            Self::ByDistance(by_distance) => Some(by_distance.row(head, query, tokens)),
        }
    }
}

/// A number for each head and each distance of a key from its query: Song et al. 2020, "MPNet"; Raffel et al. 2020,
/// "Exploring the Limits of Transfer Learning with a Unified Text-to-Text Transformer".
#[derive(Clone, Debug, PartialEq)]
pub struct ByDistance {
    /// For each head the distances from `-reach` (the key before the query) to `reach`: those of consecutive keys stand side by
    /// side.
    values: Vec<f32>,
    reach: usize,
}

impl ByDistance {
    /// `table` holds a row of `heads` numbers for each bucket, `buckets` the row of each distance from the least to the greatest;
    /// nothing where the number of distances is even or a row is missing.
    #[must_use]
    pub fn new(table: &[f32], heads: usize, buckets: &[usize]) -> Option<Self> {
        let whole = !buckets.len().is_multiple_of(2) && heads > 0 && table.len().is_multiple_of(heads);
        let rows = table.len() / heads.max(1);
        if !whole || buckets.iter().any(|&bucket| bucket >= rows) {
            return None;
        }
        let of_head = |head: usize| buckets.iter().map(move |bucket| table[bucket * heads + head]);
        Some(Self { values: (0..heads).flat_map(of_head).collect(), reach: buckets.len() / 2 })
    }

    /// Heads that there are numbers for.
    #[must_use]
    pub fn heads(&self) -> usize {
        self.values.len() / (2 * self.reach + 1)
    }

    /// Most tokens that these distances suffice for.
    #[must_use]
    pub fn most_tokens(&self) -> usize {
        (self.reach + 1).min(MOST_TOKENS)
    }

    fn row(&self, head: usize, query: usize, tokens: usize) -> &[f32] {
        &self.values[head * (2 * self.reach + 1) + self.reach - query..][..tokens]
    }
}

/// Scaled dot-product attention of one sequence: for each head `softmax(scale · query · keyᵀ + bias) · value`; the heads
/// side by side in `output`. Vaswani et al. 2017, "Attention Is All You Need".
///
/// # Panics
/// As [`Heads::lengths`], where there are more than [`MOST_TOKENS`] tokens, or where the bias has no number for one of them.
pub fn attention(heads: Heads, scale: f32, bias: Bias, output: &mut [f32]) {
    let (queries, tokens) = heads.lengths(output);
    assert!(tokens <= MOST_TOKENS && bias.suffices(heads.heads, queries, tokens));
    let mut factors = Factors::new(queries, tokens, heads.depth);
    let mut shares = Shares::new(tokens);
    for head in 0..heads.heads {
        factors.fill(heads, head, scale);
        for first in (0..queries).step_by(ROWS) {
            let rows = (queries - first).min(ROWS);
            factors.score(first, &mut shares.scores);
            for (row, scores) in shares.scores.chunks_exact_mut(factors.columns()).enumerate().take(rows) {
                if let Some(bias) = bias.row(head, first + row, tokens) {
                    scores.iter_mut().zip(bias).for_each(|(score, bias)| *score += bias);
                }
            }
            factors.mix(&mut shares, rows, heads.rows_from(output, first, head));
        }
    }
}

/// One head's queries, keys and values in 16 bits.
pub struct Factors {
    /// [`ROWS`] by [`ROWS`], in each the pairs of dimensions, in each one query after another.
    pub queries: Vec<i16>,
    /// What a whole number of a query stands for, times the scale of the scores.
    pub query_scale: Vec<f32>,
    /// Pairs of dimensions, in each the keys, padded to a multiple of [`COLUMNS`].
    pub keys: Vec<i16>,
    pub key_scale: Vec<f32>,
    pub key_stride: usize,
    /// Pairs of keys, in each the dimensions, padded to a multiple of [`COLUMNS`].
    values: Vec<i16>,
    value_scale: f32,
    value_stride: usize,
    /// Pairs of dimensions.
    pub pairs: usize,
}

impl Factors {
    pub fn new(queries: usize, tokens: usize, depth: usize) -> Self {
        let (rows, columns) = (queries.next_multiple_of(ROWS), tokens.next_multiple_of(COLUMNS));
        let (pairs, value_stride) = (depth.div_ceil(2), depth.next_multiple_of(COLUMNS));
        let key_stride = odd_lines(columns);
        Self {
            queries: vec![0; rows * pairs * 2],
            query_scale: vec![0.0; rows],
            keys: vec![0; pairs * key_stride * 2],
            key_scale: vec![0.0; columns],
            key_stride,
            values: vec![0; columns / 2 * value_stride * 2],
            value_scale: 0.0,
            value_stride,
            pairs,
        }
    }

    /// Keys, padding included.
    pub fn columns(&self) -> usize {
        self.key_scale.len()
    }

    /// Takes one head; `scale` is that of the scores.
    pub fn fill(&mut self, heads: Heads, head: usize, scale: f32) {
        let (depth, width) = (heads.depth, heads.heads * heads.depth);
        let most = most_factor(depth);
        let [mut whole, mut next] = [0; 2].map(|_| vec![0; self.pairs * 2]);
        let rows = |of| <[f32]>::chunks_exact(of, width).map(move |row| &row[head * depth..][..depth]);
        for (at, query) in rows(heads.query).enumerate() {
            let steps = Steps::new(greatest(query), most);
            self.query_scale[at] = steps.size * scale;
            quantise(query, steps, &mut whole[..depth]);
            let block = &mut self.queries[at / ROWS * self.pairs * ROWS * 2..];
            scatter(&whole, &mut block[at % ROWS * 2..], ROWS);
        }
        for (at, key) in rows(heads.key).enumerate() {
            let steps = Steps::new(greatest(key), most);
            self.key_scale[at] = steps.size;
            quantise(key, steps, &mut whole[..depth]);
            scatter(&whole, &mut self.keys[2 * at..], self.key_stride);
        }
        let steps = Steps::new(rows(heads.value).map(greatest).fold(0.0, greater), MOST_VALUE);
        self.value_scale = steps.size;
        let mut values = rows(heads.value);
        let mut pairs = self.values.chunks_exact_mut(self.value_stride * 2);
        while let (Some(value), Some(pairs)) = (values.next(), pairs.next()) {
            quantise(value, steps, &mut whole[..depth]);
            match values.next() {
                Some(value) => quantise(value, steps, &mut next[..depth]),
                None => next.fill(0),
            }
            let pairs = pairs.as_chunks_mut::<2>().0;
            pairs.iter_mut().zip(whole[..depth].iter().zip(&next)).for_each(|(pair, (&a, &b))| *pair = [a, b]);
        }
    }

    /// Scores of [`ROWS`] queries from `first`, a multiple of it: rows of as many keys as there are, padding included.
    fn score(&self, first: usize, scores: &mut [f32]) {
        let columns = self.columns();
        let queries = &self.queries[first * self.pairs * 2..][..ROWS * self.pairs * 2];
        let query_scale = &self.query_scale[first..][..ROWS];
        for (key, key_scale) in (0..).step_by(COLUMNS).zip(self.key_scale.as_chunks::<COLUMNS>().0) {
            let sums = products(queries, &self.keys[2 * key..], self.key_stride);
            // SAFETY: it holds eight floats.
            let key_scale = unsafe { [F32x4::load(key_scale.as_ptr()), F32x4::load(key_scale.as_ptr().add(4))] };
            for (row, (sums, &query_scale)) in sums.into_iter().zip(query_scale).enumerate() {
                let to = &mut scores[row * columns + key..][..COLUMNS];
                let score = |half: usize| sums[half].to_f32() * (key_scale[half] * F32x4::splat(query_scale));
                // SAFETY: `to` holds eight floats.
                unsafe {
                    score(0).store(to.as_mut_ptr());
                    score(1).store(to.as_mut_ptr().add(4));
                }
            }
        }
    }

    /// Takes the softmax of the scores of up to [`ROWS`] rows and mixes the values by it.
    pub fn mix(&self, shares: &mut Shares, rows: usize, mut output: Rows) {
        let per_share = shares.take(rows).map(|sum| self.value_scale / sum);
        for first in (0..output.depth).step_by(COLUMNS) {
            let sums = products(&shares.whole, &self.values[2 * first..], self.value_stride);
            for (row, (sums, factor)) in sums.into_iter().zip(per_share).enumerate().take(rows) {
                let [left, right] = sums.map(|half| half.to_f32() * F32x4::splat(factor));
                let to = &mut output.row(row)[first..];
                if to.len() < COLUMNS {
                    let mixed = [left.lanes(), right.lanes()];
                    to.copy_from_slice(&mixed.as_flattened()[..to.len()]);
                } else {
                    // SAFETY: `to` holds eight floats.
                    unsafe {
                        left.store(to.as_mut_ptr());
                        right.store(to.as_mut_ptr().add(4));
                    }
                }
            }
        }
    }
}

/// Where one head's results go, from one row on.
pub struct Rows<'a> {
    values: &'a mut [f32],
    depth: usize,
    width: usize,
}

impl Rows<'_> {
    fn row(&mut self, row: usize) -> &mut [f32] {
        &mut self.values[row * self.width..][..self.depth]
    }
}

/// Sums of products of [`ROWS`] rows (pairs, in each one row after another) and [`COLUMNS`] columns (pairs, in each one
/// column after another, `stride` columns to a pair).
///
/// # Panics
/// Where `right` holds fewer pairs.
#[inline(always)]
fn products(left: &[i16], right: &[i16], stride: usize) -> [[I32x4; 2]; ROWS] {
    let (left, _) = left.as_chunks::<{ 2 * ROWS }>();
    assert!(left.is_empty() || right.len() >= 2 * ((left.len() - 1) * stride + COLUMNS));
    let mut sums = [[I32x4::splat(0); 2]; ROWS];
    for (pair, left) in left.iter().enumerate() {
        // SAFETY: the length was checked above.
        unsafe {
            let right = right.as_ptr().add(2 * pair * stride);
            let right = [Pairs::load(right), Pairs::load(right.add(COLUMNS))];
            for (row, sum) in sums.iter_mut().enumerate() {
                let left = Pairs::splat(left.as_ptr().add(2 * row));
                sum[0] = sum[0].add_pairs(right[0], left);
                sum[1] = sum[1].add_pairs(right[1], left);
            }
        }
    }
    sums
}

/// Softmax of [`ROWS`] rows at a time, in whole numbers.
pub struct Shares {
    /// Rows of scores, padding included.
    pub scores: Vec<f32>,
    tokens: usize,
    row: Vec<i16>,
    /// Pairs of keys, in each one row after another.
    whole: Vec<i16>,
}

impl Shares {
    pub fn new(tokens: usize) -> Self {
        let columns = tokens.next_multiple_of(COLUMNS);
        Self { scores: vec![0.0; ROWS * columns], tokens, row: vec![0; columns], whole: vec![0; ROWS * columns] }
    }

    /// Turns the scores of some rows into shares; answers the sums of each row's.
    fn take(&mut self, rows: usize) -> [f32; ROWS] {
        let mut sums = [1.0; ROWS];
        for (at, scores) in self.scores.chunks_exact_mut(self.row.len()).enumerate().take(rows) {
            sums[at] = share(scores, self.tokens, &mut self.row);
            scatter(&self.row, &mut self.whole[2 * at..], ROWS);
        }
        sums
    }
}

/// exp of less is taken as exp of this, which is a normal `f32`.
const LEAST_EXPONENT: f32 = -87.0;

/// e to the power of each, for values from [`LEAST_EXPONENT`] to 88. Relative error below 10⁻⁵, a third of a share's.
///
/// 2ⁿ·2ᶠ with n the nearest whole number of x/ln 2 and f the rest; 2ᶠ by a polynomial, fitted for the least greatest relative
/// error on ±½ by repeated weighted least squares (3·10⁻⁶; the rest is the rounding of x/ln 2).
#[inline(always)]
pub fn exp(x: F32x4) -> F32x4 {
    let splat = F32x4::splat;
    let power = x.max(splat(LEAST_EXPONENT)) * splat(std::f32::consts::LOG2_E);
    let rest = power - power.round();
    let mut sum = splat(9.570_101e-3);
    for coefficient in [5.591_786e-2, 2.402_474_4e-1, 6.931_218e-1, 9.999_993e-1] {
        sum = sum * rest + splat(coefficient);
    }
    sum.times_exp2(power)
}

/// Softmax of the first `tokens` scores as whole numbers; returns their sum, not a number where a score is not. The scores
/// are overwritten.
fn share(scores: &mut [f32], tokens: usize, shares: &mut [i16]) -> f32 {
    scores[tokens..].fill(f32::NEG_INFINITY);
    let (scores, _) = scores.as_chunks_mut::<4>();
    let mut most = F32x4::splat(f32::NEG_INFINITY);
    for four in scores.iter() {
        // SAFETY: four floats.
        most = most.max(unsafe { F32x4::load(four.as_ptr()) });
    }
    let most = F32x4::splat(most.lanes().into_iter().fold(f32::NEG_INFINITY, greater));
    let mut sum = F32x4::splat(0.0);
    for four in scores.iter_mut() {
        // SAFETY: four floats.
        unsafe {
            let power = exp(F32x4::load(four.as_ptr()) - most);
            sum = sum + power;
            power.store(four.as_mut_ptr());
        }
    }
    let sum = sum.sum();
    // The greatest power is 1.
    let factor = F32x4::splat((MOST_SHARES / sum).min(MOST_SHARE));
    let mut whole_sum = I32x4::splat(0);
    let (scores, _) = scores.as_chunks::<2>();
    for (eight, to) in scores.iter().zip(shares.as_chunks_mut::<COLUMNS>().0) {
        // SAFETY: eight floats, and eight shares.
        unsafe {
            let whole = eight.each_ref().map(|four| (F32x4::load(four.as_ptr()) * factor).nearest());
            whole_sum = whole_sum + whole[0] + whole[1];
            store_words(whole, to.as_mut_ptr());
        }
    }
    if sum.is_nan() { sum } else { whole_sum.sum() as f32 }
}

/// How numbers become whole ones.
#[derive(Clone, Copy)]
pub struct Steps {
    /// What a whole number stands for.
    pub size: f32,
    /// Whole numbers per one.
    per_one: f32,
}

impl Steps {
    /// The greatest number becomes `most`. Where it is not finite, what the whole numbers stand for is not a number.
    pub fn new(greatest: f32, most: f32) -> Self {
        let per_one = if greatest == 0.0 { 0.0 } else { most / greatest };
        Self { size: if greatest.is_finite() { greatest / most } else { f32::NAN }, per_one }
    }
}

/// Greatest size of a factor in 16 bits for which the sum of `depth` products stays within 31 bits.
pub fn most_factor(depth: usize) -> f32 {
    (f64::from(i32::MAX) / depth.max(1) as f64).sqrt().min(f64::from(i16::MAX)).floor() as f32
}

/// Columns, at least so many, that make a row an odd number of cache lines: rows then never compete for the same places
/// of a cache.
pub fn odd_lines(columns: usize) -> usize {
    const LINE: usize = 16;
    (columns.div_ceil(LINE) | 1) * LINE
}

/// The greater; not a number where either is not.
pub fn greater(a: f32, b: f32) -> f32 {
    if a > b || a.is_nan() { a } else { b }
}

/// Greatest size; not a number where one of them is not. Sizes are in the order of their bits, what is not a number above
/// all others.
pub fn greatest(values: &[f32]) -> f32 {
    let (blocks, rest) = values.as_chunks::<4>();
    let mut most = I32x4::splat(0);
    for block in blocks {
        // SAFETY: a block holds four floats.
        most = most.max(unsafe { F32x4::load(block.as_ptr()) }.abs().bits());
    }
    let bits = |value: f32| value.abs().to_bits().cast_signed();
    let most = rest.iter().map(|&value| bits(value)).fold(most.greatest(), i32::max);
    f32::from_bits(most.cast_unsigned())
}

/// Writes one token's values in rows of `stride` pairs; the token's pair is the first of each.
pub fn scatter(values: &[i16], to: &mut [i16], stride: usize) {
    let to = to.as_chunks_mut::<2>().0.iter_mut().step_by(stride);
    values.as_chunks::<2>().0.iter().zip(to).for_each(|(pair, to)| *to = *pair);
}

/// The nearest whole number, halves to even, within 16 bits.
fn whole(value: f32) -> i16 {
    value.round_ties_even() as i16
}

/// Writes values as whole numbers, side by side.
pub fn quantise(values: &[f32], steps: Steps, to: &mut [i16]) {
    let (blocks, rest) = values.as_chunks::<8>();
    let (to_blocks, _) = to.as_chunks_mut::<8>();
    let factor = F32x4::splat(steps.per_one);
    for (block, to) in blocks.iter().zip(to_blocks) {
        // SAFETY: both hold eight numbers.
        unsafe {
            let four = |at: usize| (F32x4::load(block.as_ptr().add(at)) * factor).nearest();
            store_words([four(0), four(4)], to.as_mut_ptr());
        }
    }
    for (value, to) in rest.iter().zip(&mut to[8 * blocks.len()..]) {
        *to = whole(value * steps.per_one);
    }
}
