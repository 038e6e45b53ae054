//! `Embedding`: rows of an int8 table, widened as they are looked up.

use super::{constant, filled, floats};
use crate::nli::onnx::{NodeProto, ParsingContext};
use tract_hir::internal::*;

/// The op's name in a rewritten graph. Inputs: table (i8 or u8, rows × width), its scale (f32) and zero point (as the
/// table), each one number or one a row, and the row numbers (i64).
pub const NAME: &str = "Embedding";

#[derive(Clone, Debug, PartialEq, Eq)]
struct Loaded;

/// Builds the op of one node, for tract's register of ONNX ops.
pub fn build(_: &ParsingContext, _: &NodeProto) -> TractResult<Box<dyn InferenceOp>> {
    Ok(expand(Loaded))
}

impl Expansion for Loaded {
    fn name(&self) -> StaticName {
        NAME.into()
    }

    fn rules<'r, 'p: 'r, 's: 'r>(
        &'s self,
        solver: &mut Solver<'r>,
        inputs: &'p [TensorProxy],
        outputs: &'p [TensorProxy],
    ) -> InferenceResult {
        check_input_arity(inputs, 4)?;
        check_output_arity(outputs, 1)?;
        solver.equals(&outputs[0].datum_type, f32::datum_type())?;
        solver.given_2(&inputs[0].shape, &inputs[3].shape, |solver, table, ids| {
            ensure!(table.len() == 2, "a table of shape {table:?}");
            let mut shape = ids.clone();
            shape.push(table[1].clone());
            solver.equals(&outputs[0].shape, shape)
        })?;
        Ok(())
    }

    fn wire(&self, prefix: &str, model: &mut TypedModel, inputs: &[OutletId]) -> TractResult<TVec<OutletId>> {
        let table = constant(model, inputs[0])?;
        let rows = table.shape()[0];
        let (scale, zero_point) = (floats(model, inputs[1])?, floats(model, inputs[2])?);
        ensure!(scale.len() == 1 || scale.len() == rows, "{} scales for {rows} rows", scale.len());
        ensure!(zero_point.len() == 1 || zero_point.len() == rows, "{} zero points for {rows} rows", zero_point.len());
        model.wire_node(prefix, Embedding { table, scale, zero_point }, &inputs[3..])
    }
}

#[derive(Clone, Debug)]
struct Embedding {
    table: Arc<Tensor>,
    scale: Vec<f32>,
    zero_point: Vec<f32>,
}

impl PartialEq for Embedding {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.table, &other.table)
    }
}

impl Eq for Embedding {}

impl Embedding {
    fn width(&self) -> usize {
        self.table.shape()[1]
    }

    /// One row; nothing where the table has none of that number.
    fn row(&self, id: i64, to: &mut [f32]) -> Option<()> {
        let row = usize::try_from(id).ok()?;
        let of_row = |values: &[f32]| if values.len() == 1 { Some(values[0]) } else { values.get(row).copied() };
        let (scale, zero_point) = (of_row(&self.scale)?, of_row(&self.zero_point)?);
        let bytes = self.table.as_bytes().get(row * self.width()..(row + 1) * self.width())?;
        let signed = self.table.datum_type() == i8::datum_type();
        for (to, &byte) in to.iter_mut().zip(bytes) {
            let value = if signed { f32::from(byte as i8) } else { f32::from(byte) };
            *to = (value - zero_point) * scale;
        }
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
        shape.push(self.width());
        filled(&shape, |rows| {
            for (&id, to) in ids.iter().zip(rows.chunks_exact_mut(self.width())) {
                self.row(id, to).with_context(|| format!("row {id} of a table of {}", self.table.shape()[0]))?;
            }
            Ok(())
        })
    }
}

impl TypedOp for Embedding {
    fn output_facts(&self, inputs: &[&TypedFact]) -> TractResult<TVec<TypedFact>> {
        let mut shape: TVec<TDim> = inputs[0].shape.iter().cloned().collect();
        shape.push(self.width().to_dim());
        Ok(tvec!(f32::fact(shape)))
    }

    as_op!();
}
