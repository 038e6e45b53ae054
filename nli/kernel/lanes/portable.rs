//! The lanes in plain Rust: the reference, and what native builds run.

use std::array::from_fn;

pub type F32 = [f32; 4];
pub type I32 = [i32; 4];
/// Two weights or activations of each of four columns, widened.
pub type Bytes = [i16; 8];

/// Two integers in each of four lanes.
pub type Pairs = [i16; 8];

/// Consecutive inputs of one column that one product takes.
pub const GROUP: usize = 2;

/// How activations are kept: widened, for compilers know an instruction that multiplies and adds pairs of 16-bit
/// numbers.
pub type Activation = i16;

macro_rules! lanewise {
    ($name:ident, $type:ty, $operation:expr) => {
        #[inline(always)]
        pub fn $name(a: [$type; 4], b: [$type; 4]) -> [$type; 4] {
            from_fn(|lane| $operation(a[lane], b[lane]))
        }
    };
}

lanewise!(add, f32, |a: f32, b: f32| a + b);
lanewise!(sub, f32, |a: f32, b: f32| a - b);
lanewise!(mul, f32, |a: f32, b: f32| a * b);
lanewise!(div, f32, |a: f32, b: f32| a / b);
lanewise!(max, f32, |a: f32, b: f32| if a < b { b } else { a });
lanewise!(min, f32, |a: f32, b: f32| if b < a { b } else { a });
lanewise!(add_i32, i32, i32::wrapping_add);
lanewise!(sub_i32, i32, i32::wrapping_sub);
lanewise!(mul_i32, i32, i32::wrapping_mul);
lanewise!(max_i32, i32, i32::max);
lanewise!(min_i32, i32, i32::min);

#[inline(always)]
pub fn splat_f32(value: f32) -> F32 {
    [value; 4]
}

#[inline(always)]
pub fn splat_i32(value: i32) -> I32 {
    [value; 4]
}

#[inline(always)]
pub unsafe fn load_f32(from: *const f32) -> F32 {
    unsafe { from.cast::<F32>().read_unaligned() }
}

#[inline(always)]
pub unsafe fn store_f32(value: F32, to: *mut f32) {
    unsafe { to.cast::<F32>().write_unaligned(value) }
}

#[inline(always)]
pub unsafe fn load_i32(from: *const i32) -> I32 {
    unsafe { from.cast::<I32>().read_unaligned() }
}

#[inline(always)]
pub fn abs(value: F32) -> F32 {
    value.map(f32::abs)
}

#[inline(always)]
pub fn from_bits(bits: I32) -> F32 {
    bits.map(|lane| f32::from_bits(lane.cast_unsigned()))
}

#[inline(always)]
pub fn shift_left_23(value: I32) -> I32 {
    value.map(|lane| lane << 23)
}

#[inline(always)]
pub fn to_f32(value: I32) -> F32 {
    value.map(|lane| lane as f32)
}

#[inline(always)]
pub fn sum_i32(value: I32) -> i32 {
    value.iter().fold(0, |sum, &lane| sum.wrapping_add(lane))
}

#[inline(always)]
pub unsafe fn load_weights(from: *const i8) -> Bytes {
    unsafe { from.cast::<[i8; 8]>().read() }.map(i16::from)
}

#[inline(always)]
pub unsafe fn splat_activations(from: *const Activation) -> Bytes {
    let [even, odd] = unsafe { from.cast::<[i16; 2]>().read() };
    [even, odd, even, odd, even, odd, even, odd]
}

#[inline(always)]
pub fn add_products<const SMALL_WEIGHTS: bool>(sum: I32, weights: Bytes, activations: Bytes) -> I32 {
    let product = |at: usize| i32::from(weights[at]) * i32::from(activations[at]);
    from_fn(|lane| sum[lane].wrapping_add(product(2 * lane) + product(2 * lane + 1)))
}

#[inline(always)]
pub fn lanes_i32(value: I32) -> [i32; 4] {
    value
}

#[inline(always)]
pub fn bits(value: F32) -> I32 {
    value.map(|lane| lane.to_bits().cast_signed())
}

#[inline(always)]
pub unsafe fn load_pairs(from: *const i16) -> Pairs {
    unsafe { from.cast::<Pairs>().read_unaligned() }
}

#[inline(always)]
pub unsafe fn splat_pair(from: *const i16) -> Pairs {
    let [even, odd] = unsafe { from.cast::<[i16; 2]>().read_unaligned() };
    [even, odd, even, odd, even, odd, even, odd]
}

#[inline(always)]
pub fn add_pairs(sum: I32, a: Pairs, b: Pairs) -> I32 {
    let product = |at: usize| i32::from(a[at]) * i32::from(b[at]);
    from_fn(|lane| sum[lane].wrapping_add(product(2 * lane) + product(2 * lane + 1)))
}

#[inline(always)]
pub unsafe fn store_words(values: [I32; 2], to: *mut i16) {
    for (at, value) in values.into_iter().flatten().enumerate() {
        unsafe { to.add(at).write(value as i16) }
    }
}

#[inline(always)]
pub unsafe fn store_activations(values: [I32; 4], to: *mut Activation) {
    for (at, value) in values.into_iter().flatten().enumerate() {
        unsafe { to.add(at).write(value as i16) }
    }
}
