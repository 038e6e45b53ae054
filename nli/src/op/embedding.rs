//! `Embedding`: rows of an int8 table, widened as they are looked up.

use super::filled;
use crate::onnx::{NodeProto, Numbers, ParsingContext, numbers};
use probatum_kernel::float;
use prost::bytes::Bytes;
use std::ops::Range;
use tract_hir::internal::*;

/// The op's name in a rewritten graph. Inputs: table (i8 or u8, rows × width), its scale (f32) and zero point (as the
/// table), each one number or one a row, and the row numbers (i64).
pub const NAME: &str = "probatum/Embedding";

/// The inputs that are constants of the file.
pub const CONSTANTS: Range<usize> = 0..3;

#[derive(Clone, Debug)]
struct Embedding {
    /// A part of the file.
    table: Bytes,
    is_signed: bool,
    rows: usize,
    width: usize,
    scale: Vec<f32>,
    zero_point: Vec<f32>,
}

/// Builds the op of one node, for the register of ONNX ops.
pub fn build(context: &ParsingContext, node: &NodeProto) -> TractResult<Box<dyn InferenceOp>> {
    let [table, scale, zero_point, _] = node.input.as_slice() else { bail!("it has not four inputs") };
    let Numbers { datum_type, shape, bytes } = numbers(context.constant(table)?)?;
    let [rows, width] = *shape else { bail!("a table of shape {shape:?}") };
    ensure!(datum_type.size_of() == 1, "a table of type {datum_type:?}");
    let (scale, zero_point) = (context.floats(scale)?, context.floats(zero_point)?);
    ensure!(scale.len() == 1 || scale.len() == rows, "{} scales for {rows} rows", scale.len());
    ensure!(zero_point.len() == 1 || zero_point.len() == rows, "{} zero points for {rows} rows", zero_point.len());
    let is_signed = datum_type == DatumType::I8;
    Ok(expand(Embedding { table: bytes, is_signed, rows, width, scale, zero_point }))
}

impl Expansion for Embedding {
    fn name(&self) -> StaticName {
        NAME.into()
    }

    fn rules<'r, 'p: 'r, 's: 'r>(
        &'s self,
        solver: &mut Solver<'r>,
        inputs: &'p [TensorProxy],
        outputs: &'p [TensorProxy],
    ) -> InferenceResult {
        check_input_arity(inputs, 1)?;
        check_output_arity(outputs, 1)?;
        solver.equals(&outputs[0].datum_type, f32::datum_type())?;
        solver.given(&inputs[0].shape, |solver, mut shape| {
            shape.push(self.width.to_dim());
            solver.equals(&outputs[0].shape, shape)
        })
    }

    fn wire(&self, prefix: &str, model: &mut TypedModel, inputs: &[OutletId]) -> TractResult<TVec<OutletId>> {
        model.wire_node(prefix, self.clone(), inputs)
    }
}

impl PartialEq for Embedding {
    fn eq(&self, other: &Self) -> bool {
        self.table.as_ptr() == other.table.as_ptr() && self.rows == other.rows
    }
}

impl Eq for Embedding {}

impl Embedding {
    /// One row; nothing where the table has none of that number.
    fn row(&self, id: i64, to: &mut [f32]) -> Option<()> {
        let row = usize::try_from(id).ok().filter(|&row| row < self.rows)?;
        let of_row = |values: &[f32]| if values.len() == 1 { values[0] } else { values[row] };
        let (scale, zero_point) = (of_row(&self.scale), of_row(&self.zero_point));
        float::widen(&self.table[row * self.width..][..self.width], self.is_signed, zero_point, scale, to);
        Some(())
    }
}

impl Op for Embedding {
    fn name(&self) -> StaticName {
        NAME.into()
    }

    op_as_typed_op!();
}

impl EvalOp for Embedding {
    op_out_of_plan!();

    fn eval(&self, _: &EvalContext, inputs: TVec<TValue>) -> TractResult<TVec<TValue>> {
        let ids = inputs[0].cast_to::<i64>()?;
        let ids = ids.try_as_plain_ram()?.as_slice::<i64>()?;
        let mut shape: TVec<usize> = inputs[0].shape().into();
        shape.push(self.width);
        filled(&shape, |rows| {
            for (&id, to) in ids.iter().zip(rows.chunks_exact_mut(self.width)) {
                self.row(id, to).with_context(|| format!("row {id} of a table of {}", self.rows))?;
            }
            Ok(())
        })
    }
}

impl TypedOp for Embedding {
    fn output_facts(&self, inputs: &[&TypedFact]) -> TractResult<TVec<TypedFact>> {
        let mut shape: TVec<TDim> = inputs[0].shape.iter().cloned().collect();
        shape.push(self.width.to_dim());
        Ok(tvec!(f32::fact(shape)))
    }

    as_op!();
}
