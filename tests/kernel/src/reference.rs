//! What the kernels must compute, in the plainest arithmetic.

use crate::Disentangled;
use probatum_kernel::{
    attention::{self, Heads},
    float,
    integer::{Activate, Weights},
    lanes::F32x4,
};

/// A linear layer by its definition. Weights that span 129 steps lose their lowest, as documented.
pub fn linear(weights: &Weights, input: &[f32], activate: Activate) -> Vec<f32> {
    let (inputs, outputs) = (weights.inputs, weights.scale.len());
    let whole = |byte: u8| if weights.is_signed { i64::from(byte as i8) } else { i64::from(byte) };
    let column = |column: usize| (0..inputs).map(move |input| whole(weights.values[input * outputs + column]));
    let span = |at: usize| column(at).max().unwrap() - column(at).min().unwrap();
    let small_weights = (0..outputs).all(|at| span(at) <= 128);
    let (lowest, highest) = if small_weights { (-128_i64, 127_i64) } else { (0, 127) };
    let mut output = Vec::new();
    for row in input.chunks_exact(inputs) {
        let least = row.iter().fold(0.0_f32, |a, &b| a.min(b));
        let greatest = row.iter().fold(0.0_f32, |a, &b| a.max(b));
        let scale = (greatest - least) / (highest - lowest) as f32;
        let per_step = if scale > 0.0 { 1.0 / scale } else { 0.0 };
        let zero_point = (lowest as f32 - least * per_step).round_ties_even().clamp(lowest as f32, highest as f32);
        let step = |value: f32| (((value * per_step).round_ties_even() + zero_point) as i64).clamp(lowest, highest);
        for at in 0..outputs {
            let greatest = column(at).max().unwrap();
            let zero = i64::from(weights.zero_point[at]);
            let weight = |value: i64| if small_weights { value.max(greatest - 127) - zero } else { value - zero };
            let sum: i64 = row.iter().zip(column(at)).map(|(&x, w)| (step(x) - zero_point as i64) * weight(w)).sum();
            let value = sum as f32 * (weights.scale[at] * scale) + weights.bias[at];
            output.push(value);
        }
    }
    if activate == Activate::Gelu {
        gelu_all(&mut output);
    }
    output
}

/// Disentangled attention by its definition.
pub fn disentangled(of: &Disentangled, scale: f32) -> Vec<f64> {
    let [query, key, value] = &of.content;
    let [position_keys, position_queries] = &of.tables;
    let heads = Heads { query, key, value, heads: of.heads, depth: of.depth };
    mixed(heads, |head, i, j| {
        let ((q, k), row) =
            ((part(heads, query, i, head), part(heads, key, j, head)), of.rows[of.rows.len() / 2 + i - j]);
        let positions = [position_keys, position_queries].map(|table| part(heads, table, row, head));
        (dot(&q, &k) + dot(&q, &positions[0]) + dot(&k, &positions[1])) * f64::from(scale)
    })
}

/// Attention by its definition; `bias(head, query, token)` is added to the scores.
pub fn attention(heads: Heads, scale: f32, bias: impl Fn(usize, usize, usize) -> f64) -> Vec<f64> {
    mixed(heads, |head, i, j| {
        let (q, k) = (part(heads, heads.query, i, head), part(heads, heads.key, j, head));
        dot(&q, &k) * f64::from(scale) + bias(head, i, j)
    })
}

/// One head's part of a row.
fn part(heads: Heads, rows: &[f32], row: usize, head: usize) -> Vec<f64> {
    let first = (row * heads.heads + head) * heads.depth;
    rows[first..][..heads.depth].iter().map(|&value| f64::from(value)).collect()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The values mixed by the softmax of `score(head, query, token)`.
fn mixed(heads: Heads, score: impl Fn(usize, usize, usize) -> f64) -> Vec<f64> {
    let width = heads.heads * heads.depth;
    let (queries, tokens) = (heads.query.len() / width, heads.key.len() / width);
    let mut output = vec![0.0; queries * width];
    for head in 0..heads.heads {
        for i in 0..queries {
            let scores: Vec<f64> = (0..tokens).map(|j| score(head, i, j)).collect();
            let greatest = scores.iter().copied().fold(f64::MIN, f64::max);
            let powers: Vec<f64> = scores.iter().map(|score| (score - greatest).exp()).collect();
            let total: f64 = powers.iter().sum();
            for (j, power) in powers.iter().enumerate() {
                for (to, value) in
                    output[i * width + head * heads.depth..].iter_mut().zip(part(heads, heads.value, j, head))
                {
                    *to += power / total * value;
                }
            }
        }
    }
    output
}

fn gelu_all(values: &mut [f32]) {
    for value in values {
        *value = float::gelu(F32x4::splat(*value)).lanes()[0];
    }
}

/// Greatest error of exp, GELU and layer normalisation against f64, over what is documented.
pub fn float_error() -> f64 {
    let mut worst = 0.0_f64;
    for step in -4_000..4_000 {
        let x = step as f32 * 0.002;
        let mut found = [x; 3];
        gelu_all(&mut found);
        let expected = 0.5 * f64::from(x) * (1.0 + erf(f64::from(x) / std::f64::consts::SQRT_2));
        for value in found {
            worst = worst.max((f64::from(value) - expected).abs() / (4e-6 * f64::from(x).abs()).max(1e-9));
        }
        let found = f64::from(attention::exp(F32x4::splat(x * 10.0)).lanes()[0]);
        worst = worst.max((found / f64::from(x * 10.0).exp() - 1.0).abs() / 1e-5);
    }
    let row: Vec<f32> = (0..37).map(|at| (at as f32 * 0.7).sin() * 3.0).collect();
    let mean = row.iter().map(|&x| f64::from(x)).sum::<f64>() / 37.0;
    let variance = row.iter().map(|&x| (f64::from(x) - mean).powi(2)).sum::<f64>() / 37.0;
    let mut output = vec![0.0; 37];
    float::layer_norm(&[&row], &[2.0; 37], &[0.5; 37], 1e-5, &mut output);
    for (&x, &found) in row.iter().zip(&output) {
        let expected = (f64::from(x) - mean) / (variance + 1e-5).sqrt() * 2.0 + 0.5;
        worst = worst.max((f64::from(found) - expected).abs() / 1e-5);
    }
    worst
}

/// The error function by its Taylor series near zero and its continued fraction beyond: Abramowitz & Stegun 1964, 7.1.5
/// and 7.1.14.
fn erf(x: f64) -> f64 {
    if x.abs() < 3.0 {
        let mut term = x;
        let mut sum = x;
        for n in 1..80 {
            term *= -x * x / f64::from(n);
            sum += term / f64::from(2 * n + 1);
        }
        return sum * std::f64::consts::FRAC_2_SQRT_PI;
    }
    let mut fraction = 0.0;
    for n in (1..60).rev() {
        fraction = f64::from(n) / 2.0 / (x.abs() + fraction);
    }
    let complement = (-x * x).exp() / ((x.abs() + fraction) * std::f64::consts::PI.sqrt());
    x.signum() * (1.0 - complement)
}
