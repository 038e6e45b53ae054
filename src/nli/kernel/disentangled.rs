//! DeBERTa's attention: scores that also depend on how far apart two tokens are. He et al. 2021, "DeBERTa: decoding-
//! enhanced BERT with disentangled attention"; distances in logarithmic buckets as in DeBERTa-v2 and v3.
//!
//! The score of query i and key j is `scale · (qᵢ·kⱼ + qᵢ·K[r] + kⱼ·Q[r])`, K and Q being tables of position keys and
//! queries and r their row for the distance i - j. The tables are kept transposed and by falling distance: the rows that
//! consecutive keys need then stand side by side, as the keys do, and all three products run over the same lanes with no
//! gathering and nothing computed in vain.
//!
//! Products are taken in 16 bits, each token's query and key with a scale of its own, and summed exactly: every build
//! gives the same bits. A depth of 64 leaves 13 bits, against 8 in the linear layers around.

use super::{
    float::{Heads, exp},
    lanes::{F32x4, I32x4, Pairs, store_words},
};

/// Keys whose scores are computed together.
const LANES: usize = 4;
/// Queries whose scores are computed together; more of them, with three sums each, would not fit in sixteen registers.
const QUERIES: usize = 2;
/// Queries that share one pass over the values.
const ROWS: usize = 4;
/// Keys that all queries pass over in turn: few enough that they and the part of the tables they meet stay in the nearest
/// cache.
const CHUNK: usize = 32;
/// Columns of values that are computed together; keys are padded to a multiple of it.
const COLUMNS: usize = 8;
/// Columns of zeros on either side of a table, for what the last keys and queries are padded to.
const MARGIN: usize = COLUMNS;
/// Greatest size of a value in 16 bits; with [`MOST_SHARES`] its sums stay below 2³¹.
const MOST_VALUE: f32 = 16_000.0;
/// Greatest sum of a row's softmax in whole numbers; each is at most [`MOST_SHARE`].
const MOST_SHARES: f32 = 130_000.0;
/// Greatest share of one key.
const MOST_SHARE: f32 = 32_767.0;
/// Most tokens: beyond it the rounding of [`MOST_SHARES`] could leave 32 bits.
pub const MOST_TOKENS: usize = 4096;

/// Which row of the position tables each distance has.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Distances {
    /// For distances from `-reach` to `reach`.
    rows: Vec<usize>,
    /// Up to this distance, rows are as far apart as the tokens.
    exact: usize,
}

impl Distances {
    /// `rows` holds the row for each distance from `-reach` to `reach`; nothing where their number is even.
    #[must_use]
    pub fn new(rows: Vec<usize>) -> Option<Self> {
        if rows.len().is_multiple_of(2) {
            return None;
        }
        let reach = rows.len() / 2;
        let exact = (1..=reach).take_while(|distance| {
            rows[reach + distance] == rows[reach] + distance && rows[reach - distance] + distance == rows[reach]
        });
        let exact = exact.last().unwrap_or(0);
        Some(Self { rows, exact })
    }

    /// Most tokens that these distances suffice for.
    #[must_use]
    pub fn most_tokens(&self) -> usize {
        (self.rows.len() / 2 + 1).min(MOST_TOKENS)
    }

    /// Rows that a table must have.
    #[must_use]
    pub fn table_rows(&self) -> usize {
        self.rows.iter().max().map_or(0, |row| row + 1)
    }

    fn row(&self, distance: isize) -> usize {
        self.rows[(self.rows.len() / 2).saturating_add_signed(distance)]
    }
}

/// The position keys and queries of one layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Positions {
    keys: Table,
    queries: Table,
    rows: usize,
}

impl Positions {
    /// Takes two tables of `rows` rows of `heads * depth` values.
    ///
    /// # Panics
    /// Where a table has another length.
    #[must_use]
    pub fn new(keys: &[f32], queries: &[f32], heads: usize, depth: usize) -> Self {
        let rows = keys.len() / (heads * depth).max(1);
        assert!([keys, queries].iter().all(|table| table.len() == rows * heads * depth));
        Self { keys: Table::new(keys, rows, heads, depth), queries: Table::new(queries, rows, heads, depth), rows }
    }

    /// Columns of a head's table as it is laid out.
    fn stride(&self) -> usize {
        odd_lines(self.rows + 2 * MARGIN)
    }

    /// The column of a row.
    fn column(&self, row: usize) -> usize {
        MARGIN + self.rows - 1 - row
    }
}

/// For each head the pairs of dimensions, in each the rows from last to first.
#[derive(Clone, Debug, PartialEq)]
struct Table {
    values: Vec<i16>,
    /// Of each head.
    scale: Vec<f32>,
}

impl Table {
    fn new(from: &[f32], rows: usize, heads: usize, depth: usize) -> Self {
        let (stride, width) = (odd_lines(rows + 2 * MARGIN), heads * depth);
        let per_head = depth.div_ceil(2) * stride * 2;
        let mut table = Self { values: vec![0; heads * per_head], scale: vec![0.0; heads] };
        let mut whole = vec![0; depth.next_multiple_of(2)];
        for head in 0..heads {
            let row = |row: usize| &from[row * width + head * depth..][..depth];
            let greatest = (0..rows).map(|at| greatest(row(at))).fold(0.0, greater);
            let steps = Steps::new(greatest, most_factor(depth));
            table.scale[head] = steps.size;
            let to = &mut table.values[head * per_head..][..per_head];
            for at in 0..rows {
                quantise(row(at), steps, &mut whole[..depth]);
                scatter(&whole, &mut to[2 * (MARGIN + rows - 1 - at)..], stride);
            }
        }
        table
    }

    fn head(&self, head: usize) -> &[i16] {
        let per_head = self.values.len() / self.scale.len();
        &self.values[head * per_head..][..per_head]
    }
}

/// How numbers become whole ones.
#[derive(Clone, Copy)]
struct Steps {
    /// What a whole number stands for.
    size: f32,
    /// Whole numbers per one.
    per_one: f32,
}

impl Steps {
    /// The greatest number becomes `most`. Where it is not finite, what the whole numbers stand for is not a number.
    fn new(greatest: f32, most: f32) -> Self {
        let per_one = if greatest == 0.0 { 0.0 } else { most / greatest };
        Self { size: if greatest.is_finite() { greatest / most } else { f32::NAN }, per_one }
    }
}

/// Greatest size of a factor in 16 bits for which the sum of `depth` products stays within 31 bits.
fn most_factor(depth: usize) -> f32 {
    (f64::from(i32::MAX) / depth.max(1) as f64).sqrt().min(f64::from(i16::MAX)).floor() as f32
}

/// Columns, at least so many, that make a row an odd number of cache lines: rows then never compete for the same places
/// of a cache.
fn odd_lines(columns: usize) -> usize {
    const LINE: usize = 16;
    (columns.div_ceil(LINE) | 1) * LINE
}

/// The greater; not a number where either is not.
fn greater(a: f32, b: f32) -> f32 {
    if a > b || a.is_nan() { a } else { b }
}

/// Greatest size; not a number where one of them is not. Sizes are in the order of their bits, what is not a number above
/// all others.
fn greatest(values: &[f32]) -> f32 {
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
fn scatter(values: &[i16], to: &mut [i16], stride: usize) {
    let to = to.as_chunks_mut::<2>().0.iter_mut().step_by(stride);
    values.as_chunks::<2>().0.iter().zip(to).for_each(|(pair, to)| *to = *pair);
}

/// The nearest whole number, halves to even, within 16 bits.
fn whole(value: f32) -> i16 {
    value.round_ties_even() as i16
}

/// Writes values as whole numbers, side by side.
fn quantise(values: &[f32], steps: Steps, to: &mut [i16]) {
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

/// One head's queries and keys in 16 bits.
struct Factors {
    /// [`QUERIES`] by [`QUERIES`], in each the pairs of dimensions, in each one query after another.
    queries: Vec<i16>,
    query_scale: Vec<f32>,
    /// Pairs of dimensions, in each the keys, padded to a multiple of [`COLUMNS`].
    keys: Vec<i16>,
    key_scale: Vec<f32>,
    key_stride: usize,
    /// Pairs of keys, in each the dimensions, padded to a multiple of [`COLUMNS`].
    values: Vec<i16>,
    value_scale: f32,
    value_stride: usize,
    /// Pairs of dimensions.
    pairs: usize,
}

impl Factors {
    fn new(queries: usize, tokens: usize, depth: usize) -> Self {
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

    fn fill(&mut self, heads: Heads, head: usize, scale: f32) {
        let (depth, width) = (heads.depth, heads.heads * heads.depth);
        let most = most_factor(depth);
        let mut whole = vec![0; self.pairs * 2];
        let rows = |of| <[f32]>::chunks_exact(of, width).map(move |row| &row[head * depth..][..depth]);
        for (at, query) in rows(heads.query).enumerate() {
            let steps = Steps::new(greatest(query), most);
            self.query_scale[at] = steps.size * scale;
            quantise(query, steps, &mut whole[..depth]);
            let block = &mut self.queries[at / QUERIES * self.pairs * QUERIES * 2..];
            scatter(&whole, &mut block[at % QUERIES * 2..], QUERIES);
        }
        for (at, key) in rows(heads.key).enumerate() {
            let steps = Steps::new(greatest(key), most);
            self.key_scale[at] = steps.size;
            quantise(key, steps, &mut whole[..depth]);
            scatter(&whole, &mut self.keys[2 * at..], self.key_stride);
        }
        let steps = Steps::new(rows(heads.value).map(greatest).fold(0.0, greater), MOST_VALUE);
        self.value_scale = steps.size;
        for (at, value) in rows(heads.value).enumerate() {
            quantise(value, steps, &mut whole[..depth]);
            let pairs = self.values[at / 2 * self.value_stride * 2..].as_chunks_mut::<2>().0;
            for (pair, &value) in pairs.iter_mut().zip(&whole[..depth]) {
                pair[at % 2] = value;
            }
        }
    }
}

/// Attention of one sequence: `softmax(scores) · value` of each head, the heads side by side in `output`.
///
/// # Panics
/// As [`Heads::lengths`], or where there are more than [`Distances::most_tokens`], or the tables have
/// fewer rows than [`Distances::table_rows`].
pub fn attention(heads: Heads, positions: &Positions, distances: &Distances, scale: f32, output: &mut [f32]) {
    let width = heads.heads * heads.depth;
    let (queries, tokens) = heads.lengths(output);
    assert!(tokens <= distances.most_tokens() && distances.table_rows() <= positions.rows);
    let mut factors = Factors::new(queries, tokens, heads.depth);
    let mut spread = Spread::new(positions, distances, tokens, factors.pairs);
    let columns = tokens.next_multiple_of(COLUMNS);
    let mut scores = vec![0.0; queries.next_multiple_of(ROWS) * columns];
    let mut whole = vec![0; columns];
    let mut shares = vec![0; ROWS * columns];
    for head in 0..heads.heads {
        factors.fill(heads, head, scale);
        let window = spread.window(positions, head, scale);
        factors.score(&window, &mut scores);
        for (first, scores) in (0..queries).step_by(ROWS).zip(scores.chunks_exact_mut(ROWS * columns)) {
            let rows = (queries - first).min(ROWS);
            let mut per_share = [0.0; ROWS];
            for (row, scores) in scores.chunks_exact_mut(columns).enumerate().take(rows) {
                per_share[row] = factors.value_scale / share(scores, tokens, &mut whole);
                scatter(&whole, &mut shares[2 * row..], ROWS);
            }
            factors.mix(
                &shares,
                &per_share[..rows],
                &mut output[first * width + head * heads.depth..],
                (heads.depth, width),
            );
        }
    }
}

/// The part of the position tables that a sequence needs, for one head: column `at + j - i` for query i and key j.
struct Window<'a> {
    keys: &'a [i16],
    queries: &'a [i16],
    key_scale: f32,
    query_scale: f32,
    stride: usize,
    at: usize,
}

/// The tables with a column for each distance, where distances share rows.
struct Spread {
    keys: Vec<i16>,
    queries: Vec<i16>,
    /// Where each column comes from; none where the tables serve as they are.
    sources: Vec<usize>,
    stride: usize,
    at: usize,
}

impl Spread {
    fn new(positions: &Positions, distances: &Distances, tokens: usize, pairs: usize) -> Self {
        if tokens <= distances.exact + 1 {
            let (stride, at) = (positions.stride(), positions.column(distances.row(0)));
            return Self { keys: Vec::new(), queries: Vec::new(), sources: Vec::new(), stride, at };
        }
        let at = tokens.next_multiple_of(ROWS) - 1;
        let columns = at + tokens.next_multiple_of(COLUMNS);
        let farthest = tokens.cast_signed() - 1;
        // Padding has no distance; it takes the farthest.
        let distance = |column: usize| (at.cast_signed() - column.cast_signed()).clamp(-farthest, farthest);
        let sources = (0..columns).map(|column| positions.column(distances.row(distance(column)))).collect();
        let stride = odd_lines(columns);
        let values = vec![0; pairs * stride * 2];
        Self { keys: values.clone(), queries: values, sources, stride, at }
    }

    fn window<'a>(&'a mut self, positions: &'a Positions, head: usize, scale: f32) -> Window<'a> {
        let (keys, queries) = (positions.keys.head(head), positions.queries.head(head));
        let (keys, queries) = if self.sources.is_empty() {
            (keys, queries)
        } else {
            spread(keys, positions.stride(), &self.sources, &mut self.keys, self.stride);
            spread(queries, positions.stride(), &self.sources, &mut self.queries, self.stride);
            (self.keys.as_slice(), self.queries.as_slice())
        };
        let (key_scale, query_scale) = (positions.keys.scale[head], positions.queries.scale[head] * scale);
        Window { keys, queries, key_scale, query_scale, stride: self.stride, at: self.at }
    }
}

/// Copies the columns that `sources` names.
fn spread(from: &[i16], from_stride: usize, sources: &[usize], to: &mut [i16], to_stride: usize) {
    for (from, to) in from.chunks_exact(2 * from_stride).zip(to.chunks_exact_mut(2 * to_stride)) {
        let (from, to) = (from.as_chunks::<2>().0, to.as_chunks_mut::<2>().0);
        for (to, &source) in to.iter_mut().zip(sources) {
            *to = from[source];
        }
    }
}

impl Factors {
    /// Scores of all queries, in rows of as many keys as there are, padding included.
    fn score(&self, window: &Window, scores: &mut [f32]) {
        let columns = self.key_scale.len();
        for first_key in (0..columns).step_by(CHUNK) {
            let last_key = (first_key + CHUNK).min(columns);
            for query in (0..self.query_scale.len()).step_by(QUERIES) {
                for key in (first_key..last_key).step_by(LANES) {
                    self.score_tile(window, query, key, &mut scores[query * columns + key..]);
                }
            }
        }
    }

    /// Scores of [`QUERIES`] queries and [`LANES`] keys.
    #[inline(always)]
    fn score_tile(&self, window: &Window, query: usize, key: usize, scores: &mut [f32]) {
        let columns = self.key_scale.len();
        let sums = self.sums(window, query, key);
        let key_scale = &self.key_scale[key..][..LANES];
        // SAFETY: it holds four floats.
        let key_scale = unsafe { F32x4::load(key_scale.as_ptr()) };
        let by_key = F32x4::splat(window.query_scale) * key_scale;
        for (row, [content, position_key, position_query]) in sums.into_iter().enumerate() {
            let by_query = key_scale * content.to_f32() + F32x4::splat(window.key_scale) * position_key.to_f32();
            let score = F32x4::splat(self.query_scale[query + row]) * by_query + by_key * position_query.to_f32();
            let to = &mut scores[row * columns..][..LANES];
            // SAFETY: `to` holds four floats.
            unsafe { score.store(to.as_mut_ptr()) };
        }
    }

    /// The three products of [`QUERIES`] queries and [`LANES`] keys, for each query: of both contents, of the query's and
    /// the position key, and of the key's and the position query.
    #[inline(always)]
    fn sums(&self, window: &Window, query: usize, key: usize) -> [[I32x4; 3]; QUERIES] {
        let mut sums = [[I32x4::splat(0); 3]; QUERIES];
        // The last query has the first column.
        let column = window.at + key - (query + QUERIES - 1);
        let reach = |columns: usize, stride: usize| (self.pairs.saturating_sub(1) * stride + columns) * 2;
        assert!(self.queries.len() >= (query + QUERIES) * self.pairs * 2);
        assert!(self.keys.len() >= reach(key + LANES, self.key_stride));
        let needed = reach(column + QUERIES - 1 + LANES, window.stride);
        assert!(window.keys.len() >= needed && window.queries.len() >= needed);
        // SAFETY: the lengths were checked above; a pointer is moved only where another pair follows.
        unsafe {
            let mut keys = self.keys.as_ptr().add(2 * key);
            let mut queries = self.queries.as_ptr().add(query * self.pairs * 2);
            let mut position_keys = window.keys.as_ptr().add(2 * column);
            let mut position_queries = window.queries.as_ptr().add(2 * column);
            for _ in 0..self.pairs {
                let key = Pairs::load(keys);
                for (row, sums) in sums.iter_mut().enumerate() {
                    let query = Pairs::splat(queries.add(2 * row));
                    let at = 2 * (QUERIES - 1 - row);
                    sums[0] = sums[0].add_pairs(key, query);
                    sums[1] = sums[1].add_pairs(Pairs::load(position_keys.add(at)), query);
                    sums[2] = sums[2].add_pairs(Pairs::load(position_queries.add(at)), key);
                }
                keys = keys.wrapping_add(2 * self.key_stride);
                queries = queries.wrapping_add(2 * QUERIES);
                position_keys = position_keys.wrapping_add(2 * window.stride);
                position_queries = position_queries.wrapping_add(2 * window.stride);
            }
        }
        sums
    }

    /// Mixes the values by the shares of up to [`ROWS`] rows (pairs of keys, in each one row after another), and multiplies
    /// each row by its factor; writes rows of `depth` values, each `width` after the one before.
    fn mix(&self, shares: &[i16], factors: &[f32], output: &mut [f32], (depth, width): (usize, usize)) {
        let columns = shares.len() / ROWS;
        assert!(self.values.len() >= columns * self.value_stride);
        for first in (0..depth).step_by(COLUMNS) {
            let mut sums = [[I32x4::splat(0); 2]; ROWS];
            for pair in 0..columns / 2 {
                // SAFETY: the length was checked above; `shares` holds `ROWS` rows of `columns`, an even number.
                unsafe {
                    let values = self.values.as_ptr().add((pair * self.value_stride + first) * 2);
                    let values = [Pairs::load(values), Pairs::load(values.add(COLUMNS))];
                    for (row, sum) in sums.iter_mut().enumerate() {
                        let share = Pairs::splat(shares.as_ptr().add((pair * ROWS + row) * 2));
                        sum[0] = sum[0].add_pairs(values[0], share);
                        sum[1] = sum[1].add_pairs(values[1], share);
                    }
                }
            }
            for (row, (sum, &factor)) in sums.iter().zip(factors).enumerate() {
                let mixed = sum.map(|half| (half.to_f32() * F32x4::splat(factor)).lanes());
                let to = &mut output[row * width + first..];
                let here = (depth - first).min(COLUMNS);
                to[..here].copy_from_slice(&mixed.as_flattened()[..here]);
            }
        }
    }
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
