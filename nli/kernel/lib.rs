//! The arithmetic of the engine: int8 linear layers, attention and the functions between them, written once over four
//! lanes ([`lanes`]) and compiled for relaxed SIMD, plain SIMD and, natively, plain Rust.
//!
//! All builds give the same bits. Integer sums are exact, one side of every product staying within 7 bits; the floats
//! are added and multiplied in one fixed order, never fused. A report is therefore the same on every device. `tests/kernel`
//! compiles this crate by itself for each and compares them.

pub mod attention;
pub mod disentangled;
pub mod float;
pub mod integer;
pub mod lanes;
