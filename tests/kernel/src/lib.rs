//! The engine's kernels by themselves: compiled natively, for plain SIMD and for relaxed SIMD, compared with a reference
//! in plain arithmetic and, by a fingerprint, with each other. Exports take and give numbers only, so that a test can
//! call them without any glue.

mod reference;

use probatum_kernel::{
    attention::{self, Bias, ByDistance, Heads},
    disentangled::{self, Distances, Positions},
    float,
    integer::{Activate, Linear, Weights},
    lanes,
};

/// Greatest error of attention, as a share of the greatest value, for scores within a few tens: the rounding of
/// queries, keys and tables moves a score by some 10⁻³ at most, that of shares and values adds less.
const ATTENTION_ERROR: f64 = 2e-3;

/// xorshift64*: Vigna 2016, "An experimental exploration of Marsaglia's xorshift generators, scrambled".
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() >> 33) as usize % limit
    }

    /// Mostly within a few units of 0, now and then far out, as activations are.
    fn float(&mut self) -> f32 {
        let unit = (self.next() >> 40) as f32 / (1 << 24) as f32 - 0.5;
        if self.below(50) == 0 { unit * 40.0 } else { unit * 4.0 }
    }

    fn floats(&mut self, count: usize) -> Vec<f32> {
        (0..count).map(|_| self.float()).collect()
    }
}

/// FNV-1a over the bits of floats: Fowler, Noll & Vo.
fn digest(digest: u64, values: &[f32]) -> u64 {
    let bytes = values.iter().flat_map(|value| value.to_bits().to_le_bytes());
    bytes.fold(digest, |digest, byte| (digest ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

/// One random linear layer: how many of its outputs differ, in any bit, from the reference. The shape is drawn too, ragged
/// edges and single rows among them. The sums are exact whatever the weights.
fn linear_differences(random: &mut Random) -> usize {
    let (rows, inputs, outputs) = (1 + random.below(9), 1 + random.below(130), 1 + random.below(21));
    // The reduced range of exporters, one step too wide at times, or all 8 bits.
    let (least, span) = [(-63, 127), (-64, 129), (-128, 256)][random.below(3)];
    let is_signed = random.below(3) > 0;
    let least = if is_signed { least } else { least + 128 };
    let values: Vec<u8> = (0..inputs * outputs).map(|_| (least + random.below(span) as i32) as u8).collect();
    let zero_point: Vec<i32> = (0..outputs).map(|_| random.below(11) as i32 - 5).collect();
    let (scale, bias) = (random.floats(outputs), random.floats(outputs));
    let weights = Weights { values: &values, is_signed, inputs, scale: &scale, zero_point: &zero_point, bias: &bias };
    let mut input = random.floats(rows * inputs);
    if random.below(4) == 0 {
        input[..inputs].fill(0.0);
    }
    let mut output = vec![0.0; rows * outputs];
    let activate = if random.below(2) == 0 { Activate::Identity } else { Activate::Gelu };
    Linear::new(&weights).apply(&input, activate, &mut output);
    let expected = reference::linear(&weights, &input, activate);
    output.iter().zip(&expected).filter(|(found, expected)| found.to_bits() != expected.to_bits()).count()
}

/// Runs `rounds` random layers: how many outputs differ from the reference. 0 is right.
#[unsafe(no_mangle)]
pub extern "C" fn differing_outputs(seed: u64, rounds: u32) -> u32 {
    let mut random = Random(seed | 1);
    (0..rounds).map(|_| linear_differences(&mut random) as u32).sum()
}

/// Greatest error of the functions of `float`, each relative to what its documentation allows: at most 1 is right.
#[unsafe(no_mangle)]
pub extern "C" fn float_error() -> f64 {
    reference::float_error()
}

/// Random queries, keys and values, position tables and rows of them, for disentangled attention.
struct Disentangled {
    heads: usize,
    depth: usize,
    content: [Vec<f32>; 3],
    tables: [Vec<f32>; 2],
    distances: Distances,
    rows: Vec<usize>,
}

impl Disentangled {
    const SCALE: f32 = 0.11;

    /// Ragged numbers of tokens and odd depths among them; rows are exact up to a distance below or above the tokens.
    fn new(random: &mut Random) -> Self {
        let (tokens, heads, depth) = (1 + random.below(45), 1 + random.below(3), 1 + random.below(33));
        let (exact, span) = (random.below(50), 60);
        let row = |distance: i32| {
            let size = distance.unsigned_abs() as usize;
            let bucket = if size <= exact { size } else { exact + (size - exact).div_ceil(4) };
            (span + if distance < 0 { -(bucket as i32) } else { bucket as i32 }).clamp(0, 2 * span - 1) as usize
        };
        let rows: Vec<usize> = (-50..=50).map(row).collect();
        let width = heads * depth;
        Self {
            heads,
            depth,
            content: [0; 3].map(|_| random.floats(tokens * width)),
            tables: [0; 2].map(|_| random.floats(2 * span as usize * width)),
            distances: Distances::new(rows.clone()).unwrap(),
            rows,
        }
    }

    fn compute(&self) -> Vec<f32> {
        let [query, key, value] = &self.content;
        let heads = Heads { query, key, value, heads: self.heads, depth: self.depth };
        let positions = Positions::new(&self.tables[0], &self.tables[1], self.heads, self.depth);
        let mut output = vec![0.0; query.len()];
        disentangled::attention(heads, &positions, &self.distances, Self::SCALE, &mut output);
        output
    }

    /// Greatest error, relative to what its documentation allows.
    fn error(&self) -> f64 {
        relative_error(&self.compute(), &reference::disentangled(self, Self::SCALE), &self.content[2])
    }
}

/// Greatest error of an attention over `value`, relative to what its documentation allows.
fn relative_error(found: &[f32], expected: &[f64], value: &[f32]) -> f64 {
    let greatest = value.iter().fold(0.0_f32, |most, value| most.max(value.abs()));
    let errors = found.iter().zip(expected).map(|(&found, expected)| (f64::from(found) - expected).abs());
    errors.fold(0.0, f64::max) / (ATTENTION_ERROR * f64::from(greatest))
}

/// A number for each head and distance from -50 to 50, some of which share one: the table, the row of each distance and both as
/// the kernel takes them.
fn by_distance(random: &mut Random, heads: usize) -> (Vec<f32>, Vec<usize>, ByDistance) {
    let rows = 1 + random.below(40);
    let (table, buckets) = (random.floats(rows * heads), (0..=100).map(|_| random.below(rows)).collect::<Vec<_>>());
    let laid_out = ByDistance::new(&table, heads, &buckets).unwrap();
    (table, buckets, laid_out)
}

/// One random attention with a bias, at times of the first queries alone.
fn attention_error_of(random: &mut Random) -> f64 {
    let (tokens, heads, depth) = (1 + random.below(45), 1 + random.below(3), 1 + random.below(33));
    let (queries, width) = (1 + random.below(tokens), heads * depth);
    let [query, key, value] = [queries, tokens, tokens].map(|rows| random.floats(rows * width));
    let of_token = random.floats(tokens);
    let (table, buckets, by_distance) = by_distance(random, heads);
    let heads = Heads { query: &query, key: &key, value: &value, heads, depth };
    let error = |bias: Bias, expected: &dyn Fn(usize, usize, usize) -> f32| {
        let mut found = vec![0.0; queries * width];
        attention::attention(heads, 0.11, bias, &mut found);
        relative_error(&found, &reference::attention(heads, 0.11, |head, i, j| f64::from(expected(head, i, j))), &value)
    };
    let of_distance = |head: usize, i: usize, j: usize| table[buckets[50 + j - i] * heads.heads + head];
    error(Bias::Tokens(&of_token), &|_, _, j| of_token[j]).max(error(Bias::ByDistance(&by_distance), &of_distance))
}

/// Greatest error of both attentions over `rounds` random sequences, relative to what their documentation allows: at most 1
/// is right.
#[unsafe(no_mangle)]
pub extern "C" fn attention_error(seed: u64, rounds: u32) -> f64 {
    let mut random = Random(seed | 1);
    let error = |_| Disentangled::new(&mut random).error().max(attention_error_of(&mut random));
    (0..rounds).map(error).fold(0.0, f64::max)
}

/// A digest of everything the kernels compute from one seed: equal in every build.
#[unsafe(no_mangle)]
pub extern "C" fn fingerprint(seed: u64) -> u64 {
    let mut random = Random(seed | 1);
    let mut state = 0xcbf2_9ce4_8422_2325;
    for _ in 0..40 {
        let (tokens, heads, depth) = (1 + random.below(40), 1 + random.below(3), 4 * (1 + random.below(9)));
        let width = heads * depth;
        let [query, key, value] = [0; 3].map(|_| random.floats(tokens * width));
        let mut output = vec![0.0; tokens * width];
        let heads = Heads { query: &query, key: &key, value: &value, heads, depth };
        attention::attention(heads, 0.2, Bias::Tokens(&value[..tokens]), &mut output);
        state = digest(state, &output);
        attention::attention(heads, 0.2, Bias::ByDistance(&by_distance(&mut random, heads.heads).2), &mut output);
        state = digest(state, &output);
        state = digest(state, &Disentangled::new(&mut random).compute());
        let (scale, shift) = (random.floats(width), random.floats(width));
        float::layer_norm(&[&query, &key], &scale, &shift, 1e-5, &mut output);
        state = digest(state, &output);
        let columns = 1 + random.below(30);
        let span = [127, 255][random.below(2)];
        let values: Vec<u8> = (0..width * columns).map(|_| (random.below(span) as i32 - 63) as u8).collect();
        let (scale, bias) = (random.floats(columns), random.floats(columns));
        let zero_point = vec![0; columns];
        let weights = Weights {
            values: &values,
            is_signed: true,
            inputs: width,
            scale: &scale,
            zero_point: &zero_point,
            bias: &bias,
        };
        let mut output = vec![0.0; tokens * columns];
        Linear::new(&weights).apply(&value, Activate::Gelu, &mut output);
        state = digest(state, &output);
    }
    state
}

/// The products of the linear layers with nothing around them but one load for eight of them, to keep the compiler from
/// taking them out of the loop: what measurements compare the engine with. The result only keeps the work from being left
/// out.
#[unsafe(no_mangle)]
pub extern "C" fn peak_dot(iterations: u32) -> i32 {
    let (weights, activations) = ([1_i8; 16], [2; 16]);
    // SAFETY: the array holds sixteen weights.
    let weights = unsafe { lanes::load_weights(weights.as_ptr()) };
    let mut sums = [lanes::I32x4::splat(0); 8];
    for iteration in 0..iterations {
        // SAFETY: a group is at most four of the sixteen activations.
        let activations = unsafe { lanes::splat_activations(activations.as_ptr().add(iteration as usize % 12)) };
        sums = sums.map(|sum| sum.add_products::<true>(weights, activations));
    }
    sums.into_iter().reduce(|a, b| a + b).map_or(0, lanes::I32x4::sum)
}

/// Multiply-adds of one iteration of [`peak_dot`].
#[unsafe(no_mangle)]
pub extern "C" fn peak_products() -> u32 {
    (8 * 4 * lanes::GROUP) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_layers_equal_the_reference_to_the_bit() {
        assert_eq!(differing_outputs(1, 2_000), 0);
    }

    #[test]
    fn floats_are_as_near_as_documented() {
        assert!(float_error() <= 1.0, "{}", float_error());
    }

    #[test]
    fn attention_is_as_near_as_documented() {
        let error = attention_error(3, 200);
        assert!(error <= 1.0, "{error}");
    }

    #[test]
    fn what_is_not_finite_shows_in_the_result_of_disentangled_attention() {
        for (input, value) in [(0, f32::NAN), (0, f32::INFINITY), (1, f32::NAN), (1, f32::NEG_INFINITY), (2, f32::NAN)]
        {
            let mut case = Disentangled::new(&mut Random(5));
            case.content[input][0] = value;
            assert!(case.compute().iter().any(|output| output.is_nan()), "{value} in {input}");
        }
    }

    #[test]
    fn the_fingerprint_is_that_of_every_other_build() {
        let expected: u64 = include_str!("../fingerprint.txt").trim().parse().unwrap();
        assert_eq!(fingerprint(7), expected);
    }
}
