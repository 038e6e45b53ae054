//! Four numbers side by side, and the one int8 product that the builds compute differently.
//!
//! Implementations of the same operations: relaxed SIMD and plain SIMD share `wasm`, native builds have `x86` (with the
//! sums of AVX-VNNI), and `portable` is for every other processor.

use std::ops::{Add, Div, Mul, Sub};

#[cfg_attr(target_arch = "wasm32", path = "wasm.rs")]
#[cfg_attr(target_arch = "x86_64", path = "x86.rs")]
#[cfg_attr(not(any(target_arch = "wasm32", target_arch = "x86_64")), path = "portable.rs")]
mod imp;

pub use imp::{Activation, Bytes, GROUP};

/// Four `f32`.
#[derive(Clone, Copy)]
pub struct F32x4(imp::F32);

/// Four `i32`.
#[derive(Clone, Copy)]
pub struct I32x4(imp::I32);

/// Adding and taking it away rounds a float below 2²² in size to the nearest whole number, halves to even.
const ROUND: f32 = 12_582_912.0;

/// Two 16-bit integers in each of four lanes.
#[derive(Clone, Copy)]
pub struct Pairs(imp::Pairs);

impl Pairs {
    /// # Safety
    /// Eight integers must be readable at `from`.
    #[inline(always)]
    pub unsafe fn load(from: *const i16) -> Self {
        Self(unsafe { imp::load_pairs(from) })
    }

    /// The same two integers in each lane.
    ///
    /// # Safety
    /// Two integers must be readable at `from`.
    #[inline(always)]
    pub unsafe fn splat(from: *const i16) -> Self {
        Self(unsafe { imp::splat_pair(from) })
    }
}

impl F32x4 {
    #[inline(always)]
    pub fn splat(value: f32) -> Self {
        Self(imp::splat_f32(value))
    }

    /// # Safety
    /// Four floats must be readable at `from`.
    #[inline(always)]
    pub unsafe fn load(from: *const f32) -> Self {
        Self(unsafe { imp::load_f32(from) })
    }

    /// # Safety
    /// Four floats must be writable at `to`.
    #[inline(always)]
    pub unsafe fn store(self, to: *mut f32) {
        unsafe { imp::store_f32(self.0, to) }
    }

    /// `other` where it is greater.
    #[inline(always)]
    pub fn max(self, other: Self) -> Self {
        Self(imp::max(self.0, other.0))
    }

    /// `other` where it is less.
    #[inline(always)]
    pub fn min(self, other: Self) -> Self {
        Self(imp::min(self.0, other.0))
    }

    #[inline(always)]
    pub fn abs(self) -> Self {
        Self(imp::abs(self.0))
    }

    /// The nearest whole numbers, halves to even; exact below 2²² in size.
    #[inline(always)]
    pub fn round(self) -> Self {
        let round = Self::splat(ROUND);
        self + round - round
    }

    /// The bits of each.
    #[inline(always)]
    pub fn bits(self) -> I32x4 {
        I32x4(imp::bits(self.0))
    }

    /// The nearest whole numbers as integers, halves to even; below 2²² in size, any number beyond.
    #[inline(always)]
    pub fn nearest(self) -> I32x4 {
        let round = Self::splat(ROUND);
        // Up there one step of the last bit is 1.
        I32x4(imp::sub_i32(imp::bits((self + round).0), imp::bits(round.0)))
    }

    /// Each times 2 to the power of the nearest whole number of `power`, where each and the result are normal numbers.
    #[inline(always)]
    pub fn times_exp2(self, power: Self) -> Self {
        // The last bits of a float up there are the whole number's; they move to where the exponent is.
        let exponent = imp::shift_left_23(imp::bits((power + Self::splat(ROUND)).0));
        Self(imp::from_bits(imp::add_i32(imp::bits(self.0), exponent)))
    }

    /// The four lanes.
    #[inline(always)]
    pub fn lanes(self) -> [f32; 4] {
        let mut lanes = [0.0; 4];
        // SAFETY: the array has room for four floats.
        unsafe { self.store(lanes.as_mut_ptr()) };
        lanes
    }

    /// Their sum, the even lanes and the odd ones first.
    #[inline(always)]
    pub fn sum(self) -> f32 {
        let [a, b, c, d] = self.lanes();
        (a + c) + (b + d)
    }
}

impl I32x4 {
    #[inline(always)]
    pub fn splat(value: i32) -> Self {
        Self(imp::splat_i32(value))
    }

    /// # Safety
    /// Four integers must be readable at `from`.
    #[inline(always)]
    pub unsafe fn load(from: *const i32) -> Self {
        Self(unsafe { imp::load_i32(from) })
    }

    #[inline(always)]
    pub fn max(self, other: Self) -> Self {
        Self(imp::max_i32(self.0, other.0))
    }

    #[inline(always)]
    pub fn min(self, other: Self) -> Self {
        Self(imp::min_i32(self.0, other.0))
    }

    #[inline(always)]
    pub fn to_f32(self) -> F32x4 {
        F32x4(imp::to_f32(self.0))
    }

    /// Their sum.
    #[inline(always)]
    pub fn sum(self) -> i32 {
        imp::sum_i32(self.0)
    }

    /// The greatest.
    #[inline(always)]
    pub fn greatest(self) -> i32 {
        imp::lanes_i32(self.0).into_iter().fold(i32::MIN, i32::max)
    }

    /// Adds to each lane the products of its two integers in `a` and in `b`.
    #[inline(always)]
    pub fn add_pairs(self, a: Pairs, b: Pairs) -> Self {
        Self(imp::add_pairs(self.0, a.0, b.0))
    }

    /// Adds to each lane, one a column, the products of [`GROUP`] weights and as many activations. Exact where one side
    /// is within `0..=127`: the weights if `SMALL_WEIGHTS`, else the activations.
    #[inline(always)]
    pub fn add_products<const SMALL_WEIGHTS: bool>(self, weights: Bytes, activations: Bytes) -> Self {
        Self(imp::add_products::<SMALL_WEIGHTS>(self.0, weights, activations))
    }
}

/// The weights of four columns, [`GROUP`] of each.
///
/// # Safety
/// `4 * GROUP` bytes must be readable at `from`.
#[inline(always)]
pub unsafe fn load_weights(from: *const i8) -> Bytes {
    unsafe { imp::load_weights(from) }
}

/// [`GROUP`] activations, once for each of four columns.
///
/// # Safety
/// `GROUP` activations must be readable at `from`.
#[inline(always)]
pub unsafe fn splat_activations(from: *const Activation) -> Bytes {
    unsafe { imp::splat_activations(from) }
}

/// Sums of products of `R` rows and eight columns, where the processor can add eight at once.
///
/// # Safety
/// `R` rows of `stride` activations, `groups * GROUP <= stride`, and `groups * GROUP * 8` weights must be readable.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
pub unsafe fn wide_sums<const R: usize>(
    activations: *const Activation,
    stride: usize,
    weights: *const i8,
    groups: usize,
) -> Option<[[I32x4; 2]; R]> {
    if !imp::has_wide_sums() {
        return None;
    }
    // SAFETY: the processor has them; the rest is as the caller promises.
    Some(unsafe { imp::wide_sums(activations, stride, weights, groups) }.map(|sums| sums.map(I32x4)))
}

/// Writes sixteen integers, each within -128 to 127, as activations.
///
/// # Safety
/// Sixteen activations must be writable at `to`.
#[inline(always)]
pub unsafe fn store_activations(values: [I32x4; 4], to: *mut Activation) {
    unsafe { imp::store_activations(values.map(|value| value.0), to) }
}

/// Writes eight integers, each within -32768 to 32767, in 16 bits.
///
/// # Safety
/// Eight integers must be writable at `to`.
#[inline(always)]
pub unsafe fn store_words(values: [I32x4; 2], to: *mut i16) {
    unsafe { imp::store_words(values.map(|value| value.0), to) }
}

macro_rules! operator {
    ($type:ident, $trait:ident, $method:ident, $function:ident) => {
        impl $trait for $type {
            type Output = Self;

            #[inline(always)]
            fn $method(self, other: Self) -> Self {
                Self(imp::$function(self.0, other.0))
            }
        }
    };
}

operator!(F32x4, Add, add, add);
operator!(F32x4, Sub, sub, sub);
operator!(F32x4, Mul, mul, mul);
operator!(F32x4, Div, div, div);
operator!(I32x4, Add, add, add_i32);
operator!(I32x4, Mul, mul, mul_i32);
