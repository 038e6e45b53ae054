//! What follows linear layers: GELU and layer normalisation.

use super::lanes::F32x4;

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
