//! `MatMulInteger` computed in f32, for native builds only. The browser runs tract's own int8 kernels.
//!
//! Why: tract 0.23.9's AVX2 kernel for int8 mixes legacy SSE moves into AVX code, which costs hundreds of cycles a
//! step on some x86 processors (1,280 ms instead of 50 for a pair of 64 tokens). The tests run natively, with the real
//! model. The result is the same to the bit as long as no sum exceeds 2²⁴, for f32 holds every integer up to there: with
//! weights in 7 bits a layer 384 wide cannot exceed it, and one 1,536 wide only if most activations are at their greatest.

use tract_onnx::{
    model::{ParsingContext, optional_inputs},
    pb::NodeProto,
    tract_hir::{
        internal::*,
        ops::matmul::{MatMulInference, compute_shapes},
        tract_core::ops::{cast::wire_cast, change_axes::wire_with_rank_broadcast, math::sub},
    },
};

/// ONNX `MatMulInteger`, opset 10: (a − a₀)·(b − b₀) as i32. The zero points are where they are given.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct IntegerMatMul {
    a_zero_point: Option<usize>,
    b_zero_point: Option<usize>,
}

/// Builds the op of one node, for tract's register of ONNX ops.
pub(super) fn build(_: &ParsingContext, node: &NodeProto) -> TractResult<(Box<dyn InferenceOp>, Vec<String>)> {
    let mut zero_points = optional_inputs(node).skip(2);
    let (a_zero_point, b_zero_point) = (zero_points.next().flatten(), zero_points.next().flatten());
    Ok((expand(IntegerMatMul { a_zero_point, b_zero_point }), Vec::new()))
}

impl Expansion for IntegerMatMul {
    fn name(&self) -> StaticName {
        "IntegerMatMul".into()
    }

    fn rules<'r, 'p: 'r, 's: 'r>(
        &'s self,
        solver: &mut Solver<'r>,
        inputs: &'p [TensorProxy],
        outputs: &'p [TensorProxy],
    ) -> InferenceResult {
        let zero_points = [self.a_zero_point, self.b_zero_point].into_iter().flatten().count();
        check_input_arity(inputs, 2 + zero_points)?;
        check_output_arity(outputs, 1)?;
        solver.equals(&outputs[0].datum_type, i32::datum_type())?;
        solver.given_2(&inputs[0].shape, &inputs[1].shape, move |solver, a, b| {
            let (_, _, _, shape) = compute_shapes(a, b, false, false, false)?;
            solver.equals(&outputs[0].shape, shape)
        })?;
        Ok(())
    }

    fn wire(&self, prefix: &str, target: &mut TypedModel, inputs: &[OutletId]) -> TractResult<TVec<OutletId>> {
        let wide = wire_cast(format!("{prefix}.wide"), target, inputs, f32::datum_type())?;
        let mut centred = |side: usize, zero_point: Option<usize>| match zero_point {
            Some(zero) => {
                let name = format!("{prefix}.centred{side}");
                Ok(wire_with_rank_broadcast(name, target, sub(), &[wide[side], wide[zero]])?[0])
            }
            None => TractResult::Ok(wide[side]),
        };
        let operands = [centred(0, self.a_zero_point)?, centred(1, self.b_zero_point)?];
        let product = MatMulInference::default().wire(&format!("{prefix}.product"), target, &operands)?;
        wire_cast(prefix, target, &product, i32::datum_type())
    }
}
