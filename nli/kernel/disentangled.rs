//! DeBERTa's attention: scores that also depend on how far apart two tokens are. He et al. 2021, "DeBERTa: decoding-
//! enhanced BERT with disentangled attention"; distances in logarithmic buckets as in DeBERTa-v2 and v3.
//!
//! The score of query i and key j is `scale · (qᵢ·kⱼ + qᵢ·K[r] + kⱼ·Q[r])`, K and Q being tables of position keys and
//! queries and r their row for the distance i - j. The tables are kept transposed and by falling distance: the rows that
//! consecutive keys need then stand side by side, as the keys do, and all three products run over the same lanes with no
//! gathering and nothing computed in vain.

use super::{
    attention::{
        COLUMNS, Factors, Heads, MOST_TOKENS, ROWS, Shares, Steps, greater, greatest, most_factor, odd_lines, quantise,
        scatter,
    },
    lanes::{F32x4, I32x4, Pairs},
};

/// Keys whose scores are computed together.
const LANES: usize = 4;
/// Queries whose scores are computed together; more of them, with three sums each, would not fit in sixteen registers.
const QUERIES: usize = 2;
/// Keys that all queries pass over in turn: few enough that they and the part of the tables they meet stay in the nearest
/// cache.
const CHUNK: usize = 32;
/// Columns of zeros on either side of a table, for what the last keys and queries are padded to.
const MARGIN: usize = COLUMNS;

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

/// Attention of one sequence: `softmax(scores) · value` of each head, the heads side by side in `output`.
///
/// # Panics
/// As [`Heads::lengths`], or where there are more than [`Distances::most_tokens`], or the tables have
/// fewer rows than [`Distances::table_rows`].
pub fn attention(heads: Heads, positions: &Positions, distances: &Distances, scale: f32, output: &mut [f32]) {
    let (queries, tokens) = heads.lengths(output);
    assert!(tokens <= distances.most_tokens() && distances.table_rows() <= positions.rows);
    let mut factors = Factors::new(queries, tokens, heads.depth);
    let mut spread = Spread::new(positions, distances, tokens, factors.pairs);
    let columns = factors.columns();
    let mut scores = vec![0.0; queries.next_multiple_of(ROWS) * columns];
    let mut shares = Shares::new(tokens);
    for head in 0..heads.heads {
        factors.fill(heads, head, scale);
        let window = spread.window(positions, head, scale);
        score(&factors, &window, &mut scores);
        for (first, scores) in (0..queries).step_by(ROWS).zip(scores.chunks_exact(ROWS * columns)) {
            shares.scores.copy_from_slice(scores);
            factors.mix(&mut shares, (queries - first).min(ROWS), heads.rows_from(output, first, head));
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

/// Scores of all queries, in rows of as many keys as there are, padding included.
fn score(factors: &Factors, window: &Window, scores: &mut [f32]) {
    let columns = factors.columns();
    for first_key in (0..columns).step_by(CHUNK) {
        let last_key = (first_key + CHUNK).min(columns);
        for query in (0..factors.query_scale.len()).step_by(QUERIES) {
            for key in (first_key..last_key).step_by(LANES) {
                score_tile(factors, window, query, key, &mut scores[query * columns + key..]);
            }
        }
    }
}

/// Scores of [`QUERIES`] queries and [`LANES`] keys.
#[inline(always)]
fn score_tile(factors: &Factors, window: &Window, query: usize, key: usize, scores: &mut [f32]) {
    let sums = sums(factors, window, query, key);
    let key_scale = &factors.key_scale[key..][..LANES];
    // SAFETY: it holds four floats.
    let key_scale = unsafe { F32x4::load(key_scale.as_ptr()) };
    let by_key = F32x4::splat(window.query_scale) * key_scale;
    for (row, [content, position_key, position_query]) in sums.into_iter().enumerate() {
        let by_query = key_scale * content.to_f32() + F32x4::splat(window.key_scale) * position_key.to_f32();
        let score = F32x4::splat(factors.query_scale[query + row]) * by_query + by_key * position_query.to_f32();
        let to = &mut scores[row * factors.columns()..][..LANES];
        // SAFETY: `to` holds four floats.
        unsafe { score.store(to.as_mut_ptr()) };
    }
}

/// The three products of [`QUERIES`] queries and [`LANES`] keys, for each query: of both contents, of the query's and
/// the position key, and of the key's and the position query.
#[inline(always)]
fn sums(factors: &Factors, window: &Window, query: usize, key: usize) -> [[I32x4; 3]; QUERIES] {
    let Factors { queries, keys, key_stride, pairs, .. } = factors;
    let mut sums = [[I32x4::splat(0); 3]; QUERIES];
    // The last query has the first column.
    let column = window.at + key - (query + QUERIES - 1);
    let reach = |columns: usize, stride: usize| (pairs.saturating_sub(1) * stride + columns) * 2;
    let block = &queries[query / ROWS * pairs * ROWS * 2..][..pairs * ROWS * 2];
    assert!(keys.len() >= reach(key + LANES, *key_stride));
    let needed = reach(column + QUERIES - 1 + LANES, window.stride);
    assert!(window.keys.len() >= needed && window.queries.len() >= needed);
    // SAFETY: the lengths were checked above; a pointer is moved only where another pair follows.
    unsafe {
        let mut keys = keys.as_ptr().add(2 * key);
        let mut queries = block.as_ptr().wrapping_add(query % ROWS * 2);
        let mut position_keys = window.keys.as_ptr().add(2 * column);
        let mut position_queries = window.queries.as_ptr().add(2 * column);
        for _ in 0..*pairs {
            let key = Pairs::load(keys);
            for (row, sums) in sums.iter_mut().enumerate() {
                let query = Pairs::splat(queries.wrapping_add(2 * row));
                let at = 2 * (QUERIES - 1 - row);
                sums[0] = sums[0].add_pairs(key, query);
                sums[1] = sums[1].add_pairs(Pairs::load(position_keys.add(at)), query);
                sums[2] = sums[2].add_pairs(Pairs::load(position_queries.add(at)), key);
            }
            keys = keys.wrapping_add(2 * key_stride);
            queries = queries.wrapping_add(2 * ROWS);
            position_keys = position_keys.wrapping_add(2 * window.stride);
            position_queries = position_queries.wrapping_add(2 * window.stride);
        }
    }
    sums
}
