//! What follows linear layers: GELU and layer normalisation.

use super::lanes::F32x4;

/// Beyond it Φ is 0 or 1 to six digits.
const NORMAL_RANGE: f32 = 5.0;

/// x·Φ(x), Φ the distribution of the standard normal; absolute error below 4·10⁻⁶·|x|, a
/// hundredth of what the 8 bits of the next layer's input leave.
///
/// Φ(x) - ½ = x·P(x²)/Q(x²), both of degree 3, fitted for the least greatest error on ±[`NORMAL_RANGE`] by repeated
/// weighted least squares.
#[inline(always)]
pub fn gelu(x: F32x4) -> F32x4 {
    const P: [f32; 4] = [3.099_134e-5, 3.753_556_4e-3, 2.818_053_6e-2, 3.989_303e-1];
    const Q: [f32; 4] = [1.114_029_1e-3, 2.399_845_8e-2, 2.372_247_4e-1, 1.0];
    let splat = F32x4::splat;
    let held = x.max(splat(-NORMAL_RANGE)).min(splat(NORMAL_RANGE));
    let square = held * held;
    let polynomial = |[first, rest @ ..]: [f32; 4]| {
        rest.into_iter().fold(splat(first), |sum, coefficient| sum * square + splat(coefficient))
    };
    x * (splat(0.5) + held * polynomial(P) / polynomial(Q))
}

/// Normalises each row to mean 0 and variance 1, then scales and shifts it: `(x - mean) / sqrt(variance + epsilon) *
/// scale + shift`, with `x` the sum of the inputs. Ba, Kiros & Hinton 2016, "Layer Normalization".
///
/// # Panics
/// Where the slices do not hold rows of the length of `scale`, or there is no input.
pub fn layer_norm(inputs: &[&[f32]], scale: &[f32], shift: &[f32], epsilon: f32, output: &mut [f32]) {
    let width = scale.len().max(1);
    assert!(inputs.iter().all(|input| input.len() == output.len()) && shift.len() == scale.len());
    let (first, others) = inputs.split_first().expect("an input");
    let count = width as f32;
    for (row, to) in output.chunks_exact_mut(width).enumerate() {
        let part = row * width..(row + 1) * width;
        to.copy_from_slice(&first[part.clone()]);
        for other in others {
            to.iter_mut().zip(&other[part.clone()]).for_each(|(to, other)| *to += other);
        }
        let mean = sum(to, |value| value) / count;
        let centre = F32x4::splat(mean);
        let variance = sum(to, |value| (value - centre) * (value - centre)) / count;
        let per_deviation = 1.0 / (variance + epsilon).sqrt();
        for ((value, scale), shift) in to.iter_mut().zip(scale).zip(shift) {
            *value = (*value - mean) * per_deviation * scale + shift;
        }
    }
}

/// Looks up a row of bytes: `(byte - zero_point) * scale`, the bytes signed or not.
///
/// # Panics
/// Where the row and `output` are of unlike lengths.
pub fn widen(row: &[u8], is_signed: bool, zero_point: f32, scale: f32, output: &mut [f32]) {
    assert_eq!(row.len(), output.len());
    // One loop each: what is asked for every byte keeps a loop from running in lanes.
    if is_signed {
        output.iter_mut().zip(row).for_each(|(to, &byte)| *to = (f32::from(byte as i8) - zero_point) * scale);
    } else {
        output.iter_mut().zip(row).for_each(|(to, &byte)| *to = (f32::from(byte) - zero_point) * scale);
    }
}

/// Sum of a function of the values.
fn sum(values: &[f32], of: impl Fn(F32x4) -> F32x4) -> f32 {
    let (blocks, rest) = values.as_chunks::<16>();
    // Four sums: an addition takes as long as four that do not wait for each other.
    let mut sums = [F32x4::splat(0.0); 4];
    for block in blocks {
        for (at, sum) in sums.iter_mut().enumerate() {
            // SAFETY: a block holds sixteen floats.
            *sum = *sum + of(unsafe { F32x4::load(block.as_ptr().add(4 * at)) });
        }
    }
    let [a, b, c, d] = sums;
    rest.iter().fold(((a + b) + (c + d)).sum(), |sum, &value| sum + of(F32x4::splat(value)).lanes()[0])
}
