//! Linear layers on int8 weights.
//!
//! Activations are quantised row by row ("dynamically"): each token gets a scale and a zero point from the least and
//! the greatest of its own values, so a result depends on nothing but its row. Weights keep the scale and the zero point
//! that the model gives each output column.
//!
//! The product of a relaxed-SIMD build is exact only while one of its sides stays within 7 bits. Weights that fit (the
//! usual "reduced range" of exporters) are stored as `0..=127` beside activations of 8 bits; other weights are stored as
//! they are and the activations get 7 bits. Either way every build computes the same whole numbers.

#[cfg(target_arch = "x86_64")]
use super::lanes::wide_sums;
use super::{
    float::gelu,
    lanes::{Activation, F32x4, GROUP, I32x4, load_weights, splat_activations, store_activations},
};

/// Columns that are computed together.
const COLUMNS: usize = 8;
/// Rows that are computed together: with [`COLUMNS`] they fill the sixteen registers of common processors.
const ROWS: usize = 4;
/// Groups that one turn of the innermost loop adds. Firefox takes some eleven cycles for a turn, whatever is in it, so that
/// plain SIMD is twice as fast there with three as with one; with four the registers run out. Relaxed SIMD, with twice the
/// products in a group, is fastest with one in every browser.
const TURN: usize = if cfg!(target_feature = "relaxed-simd") { 1 } else { 3 };
/// Rows of activations are padded to a multiple of this, in elements.
const STRIDE: usize = 16;
/// Most inputs of a layer: beyond it a sum of products could leave 32 bits.
pub const MOST_INPUTS: usize = 1 << 14;

/// What follows a linear layer in the same pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activate {
    /// Nothing.
    Identity,
    /// x·Φ(x), Hendrycks & Gimpel 2016, with Φ by the error function.
    Gelu,
}

/// Int8 weights as a model file holds them: a value `w` stands for `scale[column] * (w - zero_point[column])`.
pub struct Weights<'a> {
    /// `inputs × outputs`, row by row; one byte each.
    pub values: &'a [u8],
    /// Whether the bytes are signed. Of unsigned ones 128 is taken away here, and of their zero points.
    pub is_signed: bool,
    /// Rows.
    pub inputs: usize,
    /// Of each output column.
    pub scale: &'a [f32],
    /// Of each output column, as the bytes are; within -127 to 255.
    pub zero_point: &'a [i32],
    /// Of each output column.
    pub bias: &'a [f32],
}

/// A linear layer, its weights laid out for the kernel.
#[derive(Clone, Debug, PartialEq)]
pub struct Linear {
    inputs: usize,
    outputs: usize,
    /// Whether all weights lie within `0..=127`, so that activations may have 8 bits.
    small_weights: bool,
    /// [`COLUMNS`] by [`COLUMNS`], in each the inputs [`GROUP`] by [`GROUP`], in each one column after another.
    bytes: Vec<i8>,
    /// Scale of each column; this and the next three are padded with zeros to a multiple of [`COLUMNS`].
    scale: Vec<f32>,
    bias: Vec<f32>,
    /// What a stored weight of the column lacks to the true one.
    offset: Vec<i32>,
    /// Sum of the column's true weights.
    sum: Vec<i32>,
}

impl Linear {
    /// Lays out a layer.
    ///
    /// A column that spans 129 steps (exporters' reduced range goes from -64 to 64) has its lowest weights raised by one
    /// step, an error of one 128th of its range in very few weights, so that the activations keep their 8 bits.
    ///
    /// # Panics
    /// Where the lengths of `weights` do not fit each other, or there are more than [`MOST_INPUTS`] inputs.
    #[must_use]
    pub fn new(weights: &Weights) -> Self {
        let (inputs, outputs) = (weights.inputs, weights.scale.len());
        assert!(inputs <= MOST_INPUTS, "{inputs} inputs");
        assert_eq!(weights.values.len(), inputs * outputs);
        assert!(weights.zero_point.len() == outputs && weights.bias.len() == outputs);
        let (flip, taken_away) = if weights.is_signed { (0, 0) } else { (0x80, 128) };
        let signed = |byte: u8| (byte ^ flip) as i8;
        let (least, greatest) = ranges(weights.values, signed, outputs);
        let small_weights =
            least.iter().zip(&greatest).all(|(&least, &greatest)| i32::from(greatest) - i32::from(least) <= 128);
        let padded = outputs.next_multiple_of(COLUMNS);
        let groups = inputs.div_ceil(GROUP);
        let mut linear = Self {
            inputs,
            outputs,
            small_weights,
            bytes: vec![0; groups * GROUP * padded],
            scale: pad(weights.scale, padded),
            bias: pad(weights.bias, padded),
            offset: vec![0; padded],
            sum: vec![0; padded],
        };
        let panels = linear.bytes.chunks_exact_mut((groups * GROUP * COLUMNS).max(1));
        for (panel, first) in panels.zip((0..).step_by(COLUMNS)) {
            let width = (outputs - first).min(COLUMNS);
            let (mut floor, mut taken) = ([0; COLUMNS], [0; COLUMNS]);
            for (at, column) in (first..first + width).enumerate() {
                let greatest = i32::from(greatest[column]);
                // Raised where the range is one step too wide.
                floor[at] =
                    if small_weights { i32::from(least[column]).max(greatest - 127) } else { i32::from(i8::MIN) };
                taken[at] = if small_weights { floor[at] } else { 0 };
                let zero_point = weights.zero_point[column] - taken_away;
                linear.offset[column] = taken[at] - zero_point;
                linear.sum[column] = -zero_point * inputs as i32;
            }
            let mut sums = [0; COLUMNS];
            for (group, to) in panel.as_chunks_mut::<{ GROUP * COLUMNS }>().0.iter_mut().enumerate() {
                // The group's weights of each column, the first in the lowest byte.
                let mut words = [0; COLUMNS];
                for (of, input) in (group * GROUP..inputs).enumerate().take(GROUP) {
                    let row = &weights.values[input * outputs + first..][..width];
                    let bytes = row.try_into().unwrap_or_else(|_| ragged(row));
                    for at in 0..COLUMNS {
                        let value = i32::from(signed(bytes[at])).max(floor[at]);
                        sums[at] += value;
                        words[at] |= u32::from((value - taken[at]) as u8) << (8 * of);
                    }
                }
                for (word, to) in words.iter().zip(to.as_chunks_mut::<GROUP>().0) {
                    *to = std::array::from_fn(|of| (word >> (8 * of)) as i8);
                }
            }
            linear.sum[first..][..width].iter_mut().zip(sums).for_each(|(sum, weights)| *sum += weights);
        }
        linear
    }

    /// Values of one row of input.
    #[must_use]
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// Values of one row of output.
    #[must_use]
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// `output = activate(input · weights + bias)`, row by row; a row with a value that is not finite gives NaN.
    ///
    /// # Panics
    /// Where the slices do not hold the same whole number of rows.
    pub fn apply(&self, input: &[f32], activate: Activate, output: &mut [f32]) {
        Self::apply_all(std::slice::from_ref(self), input, activate, &mut [output]);
    }

    /// [`Linear::apply`] of several layers to the same rows, which become whole numbers only once.
    ///
    /// # Panics
    /// Where there is not an output for each layer, or as [`Linear::apply`].
    pub fn apply_all(layers: &[Self], input: &[f32], activate: Activate, outputs: &mut [&mut [f32]]) {
        assert_eq!(layers.len(), outputs.len());
        for small_weights in [true, false] {
            let mut quantized = None;
            for (layer, output) in
                layers.iter().zip(&mut *outputs).filter(|(layer, _)| layer.small_weights == small_weights)
            {
                let rows = input.len() / layer.inputs.max(1);
                assert_eq!((input.len(), output.len()), (rows * layer.inputs, rows * layer.outputs));
                let quantized = quantized.get_or_insert_with(|| Quantized::new(input, layer.inputs, small_weights));
                match (small_weights, activate) {
                    (true, Activate::Identity) => layer.multiply::<true, false>(quantized, output),
                    (true, Activate::Gelu) => layer.multiply::<true, true>(quantized, output),
                    (false, Activate::Identity) => layer.multiply::<false, false>(quantized, output),
                    (false, Activate::Gelu) => layer.multiply::<false, true>(quantized, output),
                }
            }
        }
    }

    fn multiply<const SMALL_WEIGHTS: bool, const GELU: bool>(&self, input: &Quantized, output: &mut [f32]) {
        let rows = input.rows.len();
        // A panel of weights stays in the nearest cache while all rows pass by.
        for first_column in (0..self.outputs).step_by(COLUMNS) {
            for first_row in (0..rows).step_by(ROWS) {
                match rows - first_row {
                    1 => self.tile::<1, SMALL_WEIGHTS, GELU>(input, first_row, first_column, output),
                    2 => self.tile::<2, SMALL_WEIGHTS, GELU>(input, first_row, first_column, output),
                    3 => self.tile::<3, SMALL_WEIGHTS, GELU>(input, first_row, first_column, output),
                    _ => self.tile::<ROWS, SMALL_WEIGHTS, GELU>(input, first_row, first_column, output),
                }
            }
        }
    }

    /// `R` rows by [`COLUMNS`] columns.
    #[inline(always)]
    fn tile<const R: usize, const SMALL_WEIGHTS: bool, const GELU: bool>(
        &self,
        input: &Quantized,
        first_row: usize,
        first_column: usize,
        output: &mut [f32],
    ) {
        let groups = self.inputs.div_ceil(GROUP);
        let weights = &self.bytes[first_column * groups * GROUP..][..COLUMNS * groups * GROUP];
        let activations = &input.values[first_row * input.stride..][..R * input.stride];
        // SAFETY: `groups * GROUP` is at most the stride, and the two slices are as long as the loop reads.
        let sums = unsafe { sums::<R, SMALL_WEIGHTS>(activations.as_ptr(), input.stride, weights.as_ptr(), groups) };
        let rows = &input.rows[first_row..first_row + R];
        // SAFETY: these are padded to a multiple of `COLUMNS`.
        let columns = unsafe { [self.columns(first_column), self.columns(first_column + 4)] };
        let width = (self.outputs - first_column).min(COLUMNS);
        let output = &mut output[first_row * self.outputs + first_column..][..(R - 1) * self.outputs + width];
        for (at, row) in rows.iter().enumerate() {
            let value = |half: usize| {
                let Columns { offset, sum, scale, bias } = columns[half];
                let whole = sums[at][half] + offset * I32x4::splat(row.sum) + sum * I32x4::splat(row.offset);
                let value = whole.to_f32() * (scale * F32x4::splat(row.scale)) + bias;
                if GELU { gelu(value) } else { value }
            };
            let (left, right) = (value(0), value(1));
            let to = &mut output[at * self.outputs..][..width];
            if width == COLUMNS {
                // SAFETY: all eight columns belong to this row.
                unsafe {
                    left.store(to.as_mut_ptr());
                    right.store(to.as_mut_ptr().add(4));
                }
            } else {
                let values = [left.lanes(), right.lanes()];
                to.copy_from_slice(&values.as_flattened()[..width]);
            }
        }
    }

    /// What belongs to four columns.
    ///
    /// # Safety
    /// `first` must be a multiple of four below the padded number of columns.
    #[inline(always)]
    unsafe fn columns(&self, first: usize) -> Columns {
        // SAFETY: as the caller promises.
        unsafe {
            Columns {
                offset: I32x4::load(self.offset.as_ptr().add(first)),
                sum: I32x4::load(self.sum.as_ptr().add(first)),
                scale: F32x4::load(self.scale.as_ptr().add(first)),
                bias: F32x4::load(self.bias.as_ptr().add(first)),
            }
        }
    }
}

/// See [`Linear`].
#[derive(Clone, Copy)]
struct Columns {
    offset: I32x4,
    sum: I32x4,
    scale: F32x4,
    bias: F32x4,
}

/// Sums of products of `R` rows and [`COLUMNS`] columns.
///
/// # Safety
/// `R` rows of `stride` activations, `groups * GROUP <= stride`, and `groups * GROUP * COLUMNS` weights must be readable.
#[inline(always)]
unsafe fn sums<const R: usize, const SMALL_WEIGHTS: bool>(
    activations: *const Activation,
    stride: usize,
    weights: *const i8,
    groups: usize,
) -> [[I32x4; 2]; R] {
    // SAFETY: as the caller promises.
    unsafe {
        #[cfg(target_arch = "x86_64")]
        if let Some(sums) = wide_sums(activations, stride, weights, groups) {
            return sums;
        }
        lane_sums::<R, SMALL_WEIGHTS>(activations, stride, weights, groups)
    }
}

/// [`sums`] lane by lane, on every processor.
///
/// # Safety
/// As [`sums`].
#[inline(always)]
unsafe fn lane_sums<const R: usize, const SMALL_WEIGHTS: bool>(
    activations: *const Activation,
    stride: usize,
    weights: *const i8,
    groups: usize,
) -> [[I32x4; 2]; R] {
    let mut sums = [[I32x4::splat(0); 2]; R];
    let mut add = |group: usize| {
        // SAFETY: as the caller promises.
        unsafe {
            let here = weights.add(group * GROUP * COLUMNS);
            let (left, right) = (load_weights(here), load_weights(here.add(GROUP * 4)));
            for (row, sum) in sums.iter_mut().enumerate() {
                let values = splat_activations(activations.add(row * stride + group * GROUP));
                sum[0] = sum[0].add_products::<SMALL_WEIGHTS>(left, values);
                sum[1] = sum[1].add_products::<SMALL_WEIGHTS>(right, values);
            }
        }
    };
    let whole_turns = if TURN == 1 { 0 } else { groups - groups % TURN };
    for first in (0..whole_turns).step_by(TURN) {
        for group in first..first + TURN {
            add(group);
        }
    }
    for group in whole_turns..groups {
        add(group);
    }
    sums
}

/// Activations in whole numbers.
struct Quantized {
    values: Vec<Activation>,
    stride: usize,
    rows: Vec<Row>,
}

/// A stored activation `a` of the row stands for `scale * (a + offset)`.
#[derive(Clone, Copy)]
struct Row {
    scale: f32,
    offset: i32,
    /// Of the stored activations.
    sum: i32,
}

impl Quantized {
    fn new(input: &[f32], inputs: usize, eight_bits: bool) -> Self {
        let stride = inputs.next_multiple_of(STRIDE);
        let count = input.len() / inputs.max(1);
        let mut values: Vec<Activation> = vec![0; count * stride];
        let rows = input.chunks_exact(inputs.max(1)).zip(values.chunks_exact_mut(stride.max(1)));
        let rows = rows.map(|(from, to)| quantize(from, eight_bits, to)).collect();
        Self { values, stride, rows }
    }
}

/// Quantises one row; beyond its end `to` stays as it is, zero.
fn quantize(from: &[f32], eight_bits: bool, to: &mut [Activation]) -> Row {
    let (lowest, highest) = if eight_bits { (-128, 127) } else { (0, 127) };
    let (least, greatest) = range(from);
    let scale = (greatest - least) / (highest - lowest) as f32;
    // A row of zeros has no scale; a row with a value that is not finite hands it on through its scale.
    let per_step = if scale > 0.0 { 1.0 / scale } else { 0.0 };
    let zero_point = (lowest as f32 - least * per_step).round_ties_even().clamp(lowest as f32, highest as f32);
    let quantized = |values: F32x4| {
        let steps = (values * F32x4::splat(per_step)).nearest() + I32x4::splat(zero_point as i32);
        steps.max(I32x4::splat(lowest)).min(I32x4::splat(highest))
    };
    let mut sums = I32x4::splat(0);
    let (blocks, rest) = from.as_chunks::<STRIDE>();
    for (block, to) in blocks.iter().zip(to.chunks_exact_mut(STRIDE)) {
        // SAFETY: a block holds sixteen floats and sixteen activations.
        unsafe {
            let values = [0, 4, 8, 12].map(|at| quantized(F32x4::load(block.as_ptr().add(at))));
            sums = sums + (values[0] + values[1]) + (values[2] + values[3]);
            store_activations(values, to.as_mut_ptr());
        }
    }
    let mut sum = sums.sum();
    for (value, to) in rest.iter().zip(&mut to[blocks.len() * STRIDE..]) {
        let value = quantized(F32x4::splat(*value)).sum() / 4;
        sum += value;
        *to = value as Activation;
    }
    Row { scale, offset: -(zero_point as i32), sum }
}

/// Least and greatest of the values and zero; NaN where a value is not finite.
fn range(values: &[f32]) -> (f32, f32) {
    let (blocks, rest) = values.as_chunks::<STRIDE>();
    let zero = F32x4::splat(0.0);
    let (mut least, mut greatest, mut nothing) = (zero, zero, zero);
    let blocks = blocks.iter().map(|block| {
        // SAFETY: a block holds sixteen floats.
        [0, 4, 8, 12].map(|at| unsafe { F32x4::load(block.as_ptr().add(at)) })
    });
    // Among themselves first: then one of sixteen waits for what came before.
    for [a, b, c, d] in blocks.chain(rest.iter().map(|&value| [F32x4::splat(value); 4])) {
        least = least.min(a.min(b).min(c.min(d)));
        greatest = greatest.max(a.max(b).max(c.max(d)));
        // Comparing forgets what is not a number; a product with zero does not.
        nothing = nothing + ((a * zero + b * zero) + (c * zero + d * zero));
    }
    let nothing = nothing.sum();
    let [least, greatest] = [least.lanes(), greatest.lanes()];
    (
        least.into_iter().fold(nothing, |a, b| if b < a { b } else { a }),
        greatest.into_iter().fold(nothing, |a, b| if a < b { b } else { a }),
    )
}

/// The bytes of fewer columns than [`COLUMNS`], and zeros.
fn ragged(row: &[u8]) -> [u8; COLUMNS] {
    std::array::from_fn(|at| row.get(at).copied().unwrap_or_default())
}

/// Least and greatest weight of each column.
fn ranges(values: &[u8], signed: impl Fn(u8) -> i8, outputs: usize) -> (Vec<i8>, Vec<i8>) {
    let (mut least, mut greatest) = (vec![i8::MAX; outputs], vec![i8::MIN; outputs]);
    for row in values.chunks_exact(outputs.max(1)) {
        for ((&byte, least), greatest) in row.iter().zip(&mut least).zip(&mut greatest) {
            let value = signed(byte);
            *least = value.min(*least);
            *greatest = value.max(*greatest);
        }
    }
    (least, greatest)
}

fn pad(values: &[f32], length: usize) -> Vec<f32> {
    let mut values = values.to_vec();
    values.resize(length, 0.0);
    values
}

#[cfg(all(test, target_arch = "x86_64"))]
mod tests {
    use super::*;

    /// On a processor without AVX-VNNI there is nothing to compare: [`sums`] takes the lanes there.
    #[test]
    fn wide_sums_are_those_of_the_lanes() {
        for groups in 1..40 {
            let stride = (groups * GROUP).next_multiple_of(STRIDE);
            let activations: Vec<Activation> =
                (0..ROWS * stride).map(|at| (at * 37 % 256) as Activation - 128).collect();
            let weights: Vec<i8> = (0..groups * GROUP * COLUMNS).map(|at| (at * 101 % 128) as i8).collect();
            let (activations, weights) = (activations.as_ptr(), weights.as_ptr());
            // SAFETY: four rows of `stride` activations and a panel of weights.
            let (wide, lanes) = unsafe {
                let wide = wide_sums::<ROWS>(activations, stride, weights, groups);
                (wide, lane_sums::<ROWS, true>(activations, stride, weights, groups))
            };
            let Some(wide) = wide else { return println!("skipped: this processor has no AVX-VNNI") };
            let sums = |sums: [[I32x4; 2]; ROWS]| sums.map(|row| row.map(|half| half.to_f32().lanes()));
            assert_eq!(sums(wide), sums(lanes), "{groups} groups");
        }
    }
}
