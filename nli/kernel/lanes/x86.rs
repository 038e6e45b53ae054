//! The lanes on SSE2, which every x86-64 has, and the sums of linear layers on AVX-VNNI where the processor has that:
//! native tests run the model on them.

use core::arch::x86_64::*;

pub type F32 = __m128;
pub type I32 = __m128i;
/// Two weights or activations of each of four columns, widened.
pub type Bytes = __m128i;

/// Two 16-bit integers in each of four lanes.
pub type Pairs = __m128i;

/// Consecutive inputs of one column that one product takes.
pub const GROUP: usize = 2;

/// How activations are kept: widened, as the product takes them.
pub type Activation = i16;

macro_rules! lanewise {
    ($($name:ident: $type:ty = $intrinsic:ident),+ $(,)?) => {$(
        #[inline(always)]
        pub fn $name(a: $type, b: $type) -> $type {
            unsafe { $intrinsic(a, b) }
        }
    )+};
}

// SAFETY of the unsafe blocks of this file: every x86-64 has SSE2; whoever passes a pointer answers for it.
lanewise! {
    add: F32 = _mm_add_ps,
    sub: F32 = _mm_sub_ps,
    mul: F32 = _mm_mul_ps,
    div: F32 = _mm_div_ps,
    add_i32: I32 = _mm_add_epi32,
    sub_i32: I32 = _mm_sub_epi32,
}

#[inline(always)]
pub fn max(a: F32, b: F32) -> F32 {
    unsafe { _mm_max_ps(b, a) }
}

#[inline(always)]
pub fn min(a: F32, b: F32) -> F32 {
    unsafe { _mm_min_ps(b, a) }
}

/// `a` where `mask` is set, else `b`.
#[inline(always)]
fn select(mask: I32, a: I32, b: I32) -> I32 {
    unsafe { _mm_or_si128(_mm_and_si128(mask, a), _mm_andnot_si128(mask, b)) }
}

#[inline(always)]
pub fn max_i32(a: I32, b: I32) -> I32 {
    select(unsafe { _mm_cmpgt_epi32(a, b) }, a, b)
}

#[inline(always)]
pub fn min_i32(a: I32, b: I32) -> I32 {
    select(unsafe { _mm_cmplt_epi32(a, b) }, a, b)
}

#[inline(always)]
pub fn mul_i32(a: I32, b: I32) -> I32 {
    unsafe {
        let even = _mm_mul_epu32(a, b);
        let odd = _mm_mul_epu32(_mm_srli_epi64::<32>(a), _mm_srli_epi64::<32>(b));
        _mm_unpacklo_epi32(_mm_shuffle_epi32::<0b00_00_10_00>(even), _mm_shuffle_epi32::<0b00_00_10_00>(odd))
    }
}

#[inline(always)]
pub fn splat_f32(value: f32) -> F32 {
    unsafe { _mm_set1_ps(value) }
}

#[inline(always)]
pub fn splat_i32(value: i32) -> I32 {
    unsafe { _mm_set1_epi32(value) }
}

#[inline(always)]
pub unsafe fn load_f32(from: *const f32) -> F32 {
    unsafe { _mm_loadu_ps(from) }
}

#[inline(always)]
pub unsafe fn store_f32(value: F32, to: *mut f32) {
    unsafe { _mm_storeu_ps(to, value) }
}

#[inline(always)]
pub unsafe fn load_i32(from: *const i32) -> I32 {
    unsafe { _mm_loadu_si128(from.cast()) }
}

#[inline(always)]
pub fn abs(value: F32) -> F32 {
    unsafe { _mm_andnot_ps(splat_f32(-0.0), value) }
}

#[inline(always)]
pub fn from_bits(bits: I32) -> F32 {
    unsafe { _mm_castsi128_ps(bits) }
}

#[inline(always)]
pub fn shift_left_23(value: I32) -> I32 {
    unsafe { _mm_slli_epi32::<23>(value) }
}

#[inline(always)]
pub fn to_f32(value: I32) -> F32 {
    unsafe { _mm_cvtepi32_ps(value) }
}

#[inline(always)]
pub fn lanes_i32(value: I32) -> [i32; 4] {
    let mut lanes = [0_i32; 4];
    unsafe { _mm_storeu_si128(lanes.as_mut_ptr().cast(), value) };
    lanes
}

#[inline(always)]
pub fn sum_i32(value: I32) -> i32 {
    lanes_i32(value).into_iter().fold(0, i32::wrapping_add)
}

#[inline(always)]
pub unsafe fn load_weights(from: *const i8) -> Bytes {
    unsafe {
        let bytes = _mm_loadl_epi64(from.cast());
        _mm_srai_epi16::<8>(_mm_unpacklo_epi8(bytes, bytes))
    }
}

#[inline(always)]
pub fn bits(value: F32) -> I32 {
    unsafe { _mm_castps_si128(value) }
}

#[inline(always)]
pub unsafe fn load_pairs(from: *const i16) -> Pairs {
    unsafe { _mm_loadu_si128(from.cast()) }
}

#[inline(always)]
pub unsafe fn splat_pair(from: *const i16) -> Pairs {
    unsafe { splat_i32(from.cast::<i32>().read_unaligned()) }
}

#[inline(always)]
pub fn add_pairs(sum: I32, a: Pairs, b: Pairs) -> I32 {
    unsafe { _mm_add_epi32(sum, _mm_madd_epi16(a, b)) }
}

#[inline(always)]
pub unsafe fn store_words([a, b]: [I32; 2], to: *mut i16) {
    unsafe { _mm_storeu_si128(to.cast(), _mm_packs_epi32(a, b)) }
}

#[inline(always)]
pub unsafe fn splat_activations(from: *const Activation) -> Bytes {
    unsafe { splat_i32(from.cast::<i32>().read_unaligned()) }
}

#[inline(always)]
pub fn add_products<const SMALL_WEIGHTS: bool>(sum: I32, weights: Bytes, activations: Bytes) -> I32 {
    unsafe { _mm_add_epi32(sum, _mm_madd_epi16(weights, activations)) }
}

/// Whether the processor can do [`wide_sums`]: Intel's since Alder Lake, AMD's since Zen 5.
#[inline(always)]
pub fn has_wide_sums() -> bool {
    is_x86_feature_detected!("avx2") && is_x86_feature_detected!("avxvnni")
}

/// Sums of products of `R` rows and eight columns, the eight in one register.
///
/// # Safety
/// The processor must have them; `R` rows of `stride` activations, `groups * GROUP <= stride`, and `groups * GROUP * 8`
/// weights must be readable.
#[target_feature(enable = "avx2,avxvnni")]
pub unsafe fn wide_sums<const R: usize>(
    activations: *const Activation,
    stride: usize,
    weights: *const i8,
    groups: usize,
) -> [[I32; 2]; R] {
    // Two sums a row: one product need not wait for the one before.
    let mut sums = [[_mm256_setzero_si256(); 2]; R];
    let mut add = |group: usize, which: usize| unsafe {
        let weights = _mm256_cvtepi8_epi16(_mm_loadu_si128(weights.add(group * GROUP * 8).cast()));
        for (row, sums) in sums.iter_mut().enumerate() {
            let values = activations.add(row * stride + group * GROUP).cast::<i32>().read_unaligned();
            sums[which] = _mm256_dpwssd_avx_epi32(sums[which], weights, _mm256_set1_epi32(values));
        }
    };
    for group in (0..groups - groups % 2).step_by(2) {
        add(group, 0);
        add(group + 1, 1);
    }
    if groups % 2 == 1 {
        add(groups - 1, 0);
    }
    sums.map(|[even, odd]| {
        let sum = _mm256_add_epi32(even, odd);
        [_mm256_castsi256_si128(sum), _mm256_extracti128_si256::<1>(sum)]
    })
}

#[inline(always)]
pub unsafe fn store_activations([a, b, c, d]: [I32; 4], to: *mut Activation) {
    unsafe {
        _mm_storeu_si128(to.cast(), _mm_packs_epi32(a, b));
        _mm_storeu_si128(to.add(8).cast(), _mm_packs_epi32(c, d));
    }
}
