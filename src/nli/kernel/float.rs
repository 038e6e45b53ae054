//! What lies between the linear layers: attention, layer normalisation, and the two functions that need more than
//! arithmetic.

use super::lanes::F32x4;

/// Columns that a product computes together.
const COLUMNS: usize = 8;
/// Rows that a product computes together.
const ROWS: usize = 4;
/// exp of less is taken as exp of this, 2⁻¹²⁶: the least normal `f32`.
const LEAST_EXPONENT: f32 = -87.3;

/// e to the power of each, for values from [`LEAST_EXPONENT`] to 88. Relative error below 2·10⁻⁷.
///
/// 2ⁿ·exp(r) with n the nearest whole number of x/ln 2 and a polynomial for the rest; its coefficients and the two parts
/// of ln 2 are those of `expf` in the Cephes library (Moshier 1992).
#[inline(always)]
pub fn exp(x: F32x4) -> F32x4 {
    let splat = F32x4::splat;
    let held = x.max(splat(LEAST_EXPONENT));
    let whole = (held * splat(std::f32::consts::LOG2_E)).round();
    let rest = held - whole * splat(0.693_359_4) - whole * splat(-2.121_944_4e-4);
    let mut sum = splat(1.987_569_1e-4);
    for coefficient in [1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 0.5] {
        sum = sum * rest + splat(coefficient);
    }
    (sum * rest * rest + rest + splat(1.0)) * whole.exp2_of_whole()
}

/// Beyond it Φ is 0 or 1 to eight digits.
const NORMAL_RANGE: f32 = 5.6;

/// x·Φ(x), Φ the distribution of the standard normal; absolute error below 5·10⁻⁷·|x|.
///
/// Φ(x) - ½ = x·P(x²)/Q(x²), both of degree 5, fitted for the least greatest error on ±[`NORMAL_RANGE`] by repeated
/// weighted least squares (10⁻⁸; the rest is `f32`'s own).
#[inline(always)]
pub fn gelu(x: F32x4) -> F32x4 {
    const P: [f32; 6] = [2.214_526e-8, 6.356_518e-6, 1.738_504_5e-4, 4.707_258e-3, 3.437_609_2e-2, 3.989_422_3e-1];
    const Q: [f32; 6] = [1.180_209_3e-6, 7.510_177e-5, 1.912_977e-3, 2.894_007_8e-2, 2.528_338e-1, 1.0];
    let splat = F32x4::splat;
    let held = x.max(splat(-NORMAL_RANGE)).min(splat(NORMAL_RANGE));
    let square = held * held;
    let polynomial = |[first, rest @ ..]: [f32; 6]| {
        rest.into_iter().fold(splat(first), |sum, coefficient| sum * square + splat(coefficient))
    };
    x * (splat(0.5) + held * polynomial(P) / polynomial(Q))
}

/// Normalises each row to mean 0 and variance 1, then scales and shifts it: `(x - mean) / sqrt(variance + epsilon) *
/// scale + shift`, with `x` the sum of the inputs. Ba, Kiros & Hinton 2016, "Layer Normalization".
///
/// # Panics
/// Where the slices do not hold rows of the length of `scale`.
pub fn layer_norm(inputs: &[&[f32]], scale: &[f32], shift: &[f32], epsilon: f32, output: &mut [f32]) {
    let width = scale.len().max(1);
    assert!(inputs.iter().all(|input| input.len() == output.len()) && shift.len() == scale.len());
    let count = width as f32;
    for (row, to) in output.chunks_exact_mut(width).enumerate() {
        to.fill(0.0);
        for input in inputs {
            let from = &input[row * width..][..width];
            to.iter_mut().zip(from).for_each(|(to, from)| *to += from);
        }
        let mean = sum(to, |value| value) / count;
        to.iter_mut().for_each(|value| *value -= mean);
        let variance = sum(to, |value| value * value) / count;
        let per_deviation = 1.0 / (variance + epsilon).sqrt();
        for ((value, scale), shift) in to.iter_mut().zip(scale).zip(shift) {
            *value = *value * per_deviation * scale + shift;
        }
    }
}

/// Sum of a function of the values.
fn sum(values: &[f32], of: impl Fn(F32x4) -> F32x4) -> f32 {
    let (blocks, rest) = values.as_chunks::<4>();
    let mut sums = F32x4::splat(0.0);
    for block in blocks {
        // SAFETY: a block holds four floats.
        sums = sums + of(unsafe { F32x4::load(block.as_ptr()) });
    }
    rest.iter().fold(sums.sum(), |sum, &value| sum + of(F32x4::splat(value)).lanes()[0])
}

/// The right side of a product, [`COLUMNS`] columns after [`COLUMNS`] columns, padded with zeros.
pub struct Packed {
    values: Vec<f32>,
    depth: usize,
    columns: usize,
}

impl Packed {
    /// A matrix of `depth × columns` whose value at (d, c) is `factor * from[d * down + c * across]`.
    ///
    /// # Panics
    /// Where `from` is too short.
    #[must_use]
    pub fn new(from: &[f32], factor: f32, (depth, down): (usize, usize), (columns, across): (usize, usize)) -> Self {
        let mut values = vec![0.0; depth * columns.next_multiple_of(COLUMNS)];
        if depth > 0 {
            for (panel, to) in values.chunks_exact_mut(depth * COLUMNS).enumerate() {
                let first = panel * COLUMNS;
                let width = (columns - first).min(COLUMNS);
                for (d, to) in to.as_chunks_mut::<COLUMNS>().0.iter_mut().enumerate() {
                    for (c, to) in to[..width].iter_mut().enumerate() {
                        *to = factor * from[d * down + (first + c) * across];
                    }
                }
            }
        }
        Self { values, depth, columns }
    }

    /// Length of a row of the product, padding included.
    #[must_use]
    pub fn stride(&self) -> usize {
        self.columns.next_multiple_of(COLUMNS)
    }

    /// The product of up to [`ROWS`] rows of `depth` values, each `down` after the one before, and the matrix, into rows
    /// of [`Packed::stride`] values.
    ///
    /// # Panics
    /// Where a slice is too short or there are more rows.
    pub fn multiply(&self, rows: usize, left: &[f32], down: usize, output: &mut [f32]) {
        match rows {
            1 => self.multiply_rows::<1>(left, down, output),
            2 => self.multiply_rows::<2>(left, down, output),
            3 => self.multiply_rows::<3>(left, down, output),
            ROWS => self.multiply_rows::<ROWS>(left, down, output),
            _ => panic!("{rows} rows at once"),
        }
    }

    fn multiply_rows<const R: usize>(&self, left: &[f32], down: usize, output: &mut [f32]) {
        let (depth, stride) = (self.depth, self.stride());
        assert!(left.len() >= (R - 1) * down + depth && output.len() >= R * stride);
        if depth == 0 {
            return output[..R * stride].fill(0.0);
        }
        for (panel, right) in self.values.chunks_exact(depth * COLUMNS).enumerate() {
            let mut sums = [[F32x4::splat(0.0); 2]; R];
            for (d, right) in right.as_chunks::<COLUMNS>().0.iter().enumerate() {
                // SAFETY: a row of a panel holds eight floats, and the lengths were checked above.
                unsafe {
                    let (first, second) = (F32x4::load(right.as_ptr()), F32x4::load(right.as_ptr().add(4)));
                    for (row, sum) in sums.iter_mut().enumerate() {
                        let value = F32x4::splat(*left.get_unchecked(row * down + d));
                        sum[0] = sum[0] + value * first;
                        sum[1] = sum[1] + value * second;
                    }
                }
            }
            for (row, sum) in sums.iter().enumerate() {
                let to = &mut output[row * stride + panel * COLUMNS..][..COLUMNS];
                // SAFETY: `to` holds eight floats.
                unsafe {
                    sum[0].store(to.as_mut_ptr());
                    sum[1].store(to.as_mut_ptr().add(4));
                }
            }
        }
    }
}

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
}

/// Scaled dot-product attention of one sequence: for each head `softmax(scale · query · keyᵀ + bias) · value`; the heads
/// side by side in `output`. Vaswani et al. 2017, "Attention Is All You Need".
///
/// `add_bias(head, row, scores)` adds to the scaled scores of one row, one a token.
///
/// # Panics
/// As [`Heads::lengths`].
pub fn attention(heads: Heads, scale: f32, add_bias: impl Fn(usize, usize, &mut [f32]), output: &mut [f32]) {
    let width = heads.heads * heads.depth;
    let (queries, tokens) = heads.lengths(output);
    let depth = heads.depth;
    let mut scores = vec![0.0; ROWS * tokens.next_multiple_of(COLUMNS)];
    let mut mixed = vec![0.0; ROWS * depth.next_multiple_of(COLUMNS)];
    for head in 0..heads.heads {
        let first = head * depth;
        let keys = Packed::new(&heads.key[first..], scale, (depth, 1), (tokens, width));
        let values = Packed::new(&heads.value[first..], 1.0, (tokens, width), (depth, 1));
        for row in (0..queries).step_by(ROWS) {
            let rows = (queries - row).min(ROWS);
            keys.multiply(rows, &heads.query[row * width + first..], width, &mut scores);
            let mut shares = [0.0; ROWS];
            for (at, scores) in scores.chunks_exact_mut(keys.stride()).take(rows).enumerate() {
                let scores = &mut scores[..tokens];
                add_bias(head, row + at, scores);
                shares[at] = 1.0 / exponentials(scores);
            }
            values.multiply(rows, &scores, keys.stride(), &mut mixed);
            for (at, mixed) in mixed.chunks_exact(values.stride()).take(rows).enumerate() {
                let to = &mut output[(row + at) * width + first..][..depth];
                to.iter_mut().zip(mixed).for_each(|(to, value)| *to = value * shares[at]);
            }
        }
    }
}

/// exp(x - greatest) of every value, in place, and their sum.
pub fn exponentials(values: &mut [f32]) -> f32 {
    let (blocks, rest) = values.as_chunks_mut::<4>();
    let mut greatest = F32x4::splat(f32::NEG_INFINITY);
    for block in blocks.iter() {
        // SAFETY: a block holds four floats.
        greatest = greatest.max(unsafe { F32x4::load(block.as_ptr()) });
    }
    for &value in rest.iter() {
        greatest = greatest.max(F32x4::splat(value));
    }
    let [a, b, c, d] = greatest.lanes().map(F32x4::splat);
    let greatest = a.max(b).max(c.max(d));
    let mut sums = F32x4::splat(0.0);
    for block in blocks.iter_mut() {
        // SAFETY: a block holds four floats.
        unsafe {
            let value = exp(F32x4::load(block.as_ptr()) - greatest);
            sums = sums + value;
            value.store(block.as_mut_ptr());
        }
    }
    let mut sum = sums.sum();
    for value in rest.iter_mut() {
        *value = exp(F32x4::splat(*value) - greatest).lanes()[0];
        sum += *value;
    }
    sum
}
