//! The lanes on WebAssembly's SIMD.

use core::arch::wasm32::*;

pub type F32 = v128;
pub type I32 = v128;
/// Sixteen int8 weights or activations; eight widened ones where there is no relaxed SIMD.
pub type Bytes = v128;

/// Two 16-bit integers in each of four lanes.
pub type Pairs = v128;

/// Consecutive inputs of one column that one product takes.
#[cfg(target_feature = "relaxed-simd")]
pub const GROUP: usize = 4;
/// Consecutive inputs of one column that one product takes.
#[cfg(not(target_feature = "relaxed-simd"))]
pub const GROUP: usize = 2;

/// How activations are kept: widened beforehand where the product takes 16-bit numbers.
#[cfg(target_feature = "relaxed-simd")]
pub type Activation = i8;
/// How activations are kept: widened beforehand where the product takes 16-bit numbers.
#[cfg(not(target_feature = "relaxed-simd"))]
pub type Activation = i16;

pub use core::arch::wasm32::{
    f32x4_abs as abs, f32x4_add as add, f32x4_convert_i32x4 as to_f32, f32x4_div as div, f32x4_mul as mul,
    f32x4_pmax as max, f32x4_pmin as min, f32x4_splat as splat_f32, f32x4_sub as sub, i32x4_add as add_i32,
    i32x4_max as max_i32, i32x4_min as min_i32, i32x4_mul as mul_i32, i32x4_splat as splat_i32, i32x4_sub as sub_i32,
};

#[inline(always)]
pub unsafe fn load_f32(from: *const f32) -> F32 {
    unsafe { v128_load(from.cast()) }
}

#[inline(always)]
pub unsafe fn store_f32(value: F32, to: *mut f32) {
    unsafe { v128_store(to.cast(), value) }
}

#[inline(always)]
pub unsafe fn load_i32(from: *const i32) -> I32 {
    unsafe { v128_load(from.cast()) }
}

#[inline(always)]
pub fn from_bits(bits: I32) -> F32 {
    bits
}

#[inline(always)]
pub fn shift_left_23(value: I32) -> I32 {
    i32x4_shl(value, 23)
}

#[inline(always)]
pub fn sum_i32(value: I32) -> i32 {
    (i32x4_extract_lane::<0>(value) + i32x4_extract_lane::<1>(value))
        + (i32x4_extract_lane::<2>(value) + i32x4_extract_lane::<3>(value))
}

#[cfg(target_feature = "relaxed-simd")]
#[inline(always)]
pub unsafe fn load_weights(from: *const i8) -> Bytes {
    unsafe { v128_load(from.cast()) }
}

#[cfg(not(target_feature = "relaxed-simd"))]
#[inline(always)]
pub unsafe fn load_weights(from: *const i8) -> Bytes {
    unsafe { i16x8_load_extend_i8x8(from) }
}

#[inline(always)]
pub fn lanes_i32(value: I32) -> [i32; 4] {
    [
        i32x4_extract_lane::<0>(value),
        i32x4_extract_lane::<1>(value),
        i32x4_extract_lane::<2>(value),
        i32x4_extract_lane::<3>(value),
    ]
}

#[inline(always)]
pub fn bits(value: F32) -> I32 {
    value
}

#[inline(always)]
pub unsafe fn load_pairs(from: *const i16) -> Pairs {
    unsafe { v128_load(from.cast()) }
}

#[inline(always)]
pub unsafe fn splat_pair(from: *const i16) -> Pairs {
    unsafe { v128_load32_splat(from.cast()) }
}

#[inline(always)]
pub fn add_pairs(sum: I32, a: Pairs, b: Pairs) -> I32 {
    i32x4_add(sum, i32x4_dot_i16x8(a, b))
}

#[inline(always)]
pub unsafe fn store_words([a, b]: [I32; 2], to: *mut i16) {
    unsafe { v128_store(to.cast(), i16x8_narrow_i32x4(a, b)) }
}

#[inline(always)]
pub unsafe fn splat_activations(from: *const Activation) -> Bytes {
    unsafe { v128_load32_splat(from.cast()) }
}

#[cfg(target_feature = "relaxed-simd")]
#[inline(always)]
pub fn add_products<const SMALL_WEIGHTS: bool>(sum: I32, weights: Bytes, activations: Bytes) -> I32 {
    if SMALL_WEIGHTS {
        i32x4_relaxed_dot_i8x16_i7x16_add(activations, weights, sum)
    } else {
        i32x4_relaxed_dot_i8x16_i7x16_add(weights, activations, sum)
    }
}

#[cfg(not(target_feature = "relaxed-simd"))]
#[inline(always)]
pub fn add_products<const SMALL_WEIGHTS: bool>(sum: I32, weights: Bytes, activations: Bytes) -> I32 {
    i32x4_add(sum, i32x4_dot_i16x8(weights, activations))
}

#[cfg(target_feature = "relaxed-simd")]
#[inline(always)]
pub unsafe fn store_activations([a, b, c, d]: [I32; 4], to: *mut Activation) {
    let bytes = i8x16_narrow_i16x8(i16x8_narrow_i32x4(a, b), i16x8_narrow_i32x4(c, d));
    unsafe { v128_store(to.cast(), bytes) }
}

#[cfg(not(target_feature = "relaxed-simd"))]
#[inline(always)]
pub unsafe fn store_activations([a, b, c, d]: [I32; 4], to: *mut Activation) {
    unsafe {
        v128_store(to.cast(), i16x8_narrow_i32x4(a, b));
        v128_store(to.add(8).cast(), i16x8_narrow_i32x4(c, d));
    }
}
