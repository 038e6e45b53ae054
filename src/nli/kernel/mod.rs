//! The arithmetic of the engine: int8 linear layers, attention and the functions between them, written once over four
//! lanes ([`lanes`]) and compiled for relaxed SIMD, plain SIMD and, natively, plain Rust.
//!
//! All three give the same bits. Integer sums are exact, one side of every product staying within 7 bits; the floats
//! are added and multiplied in one fixed order, never fused. A report is therefore the same on every device. `tests/kernel`
//! compiles this folder by itself for all three and compares them (hence `mod.rs`: it can be included by path).

pub mod disentangled;
pub mod float;
pub mod integer;
mod lanes;

/// Multiply-adds of one iteration of [`peak_dot`].
#[cfg(target_arch = "wasm32")]
pub const PEAK_PRODUCTS: u32 = (8 * 4 * lanes::GROUP) as u32;

/// The products of the linear layers with nothing around them but one load for eight of them, to keep the compiler from
/// taking them out of the loop: what measurements compare the engine with. The result only keeps the work from being left
/// out.
#[cfg(target_arch = "wasm32")]
#[must_use]
pub fn peak_dot(iterations: u32) -> i32 {
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
