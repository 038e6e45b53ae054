//! Operators put together from tract's own.

use super::Wires;
use std::sync::Arc;
use tract_hir::internal::*;

/// An op of tract's for a node whose other inputs were read, as constants, while it was built.
#[derive(Clone, Debug)]
struct OfFirst(Box<dyn Expansion>);

/// See [`OfFirst`].
pub(super) fn of_first(op: impl Expansion) -> Box<dyn InferenceOp> {
    expand(OfFirst(Box::new(op)))
}

impl Expansion for OfFirst {
    fn name(&self) -> StaticName {
        self.0.as_ref().name()
    }

    fn nboutputs(&self) -> TractResult<usize> {
        self.0.as_ref().nboutputs()
    }

    fn rules<'r, 'p: 'r, 's: 'r>(
        &'s self,
        solver: &mut Solver<'r>,
        inputs: &'p [TensorProxy],
        outputs: &'p [TensorProxy],
    ) -> InferenceResult {
        ensure!(!inputs.is_empty(), "it has no input");
        self.0.as_ref().rules(solver, &inputs[..1], outputs)
    }

    fn wire(&self, prefix: &str, model: &mut TypedModel, inputs: &[OutletId]) -> Wires {
        self.0.as_ref().wire(prefix, model, &inputs[..1])
    }
}

type Wire = dyn Fn(&str, &mut TypedModel, &[OutletId]) -> Wires + Send + Sync;

/// An op put together from others, whose one output has the shape of its first input.
#[derive(Clone)]
struct LikeFirst {
    name: &'static str,
    arity: usize,
    /// Of the output; that of the first input where not given.
    datum_type: Option<DatumType>,
    wire: Arc<Wire>,
}

/// See [`LikeFirst`]; `arity` is how many inputs the node has.
pub(super) fn like_first(
    name: &'static str,
    arity: usize,
    datum_type: Option<DatumType>,
    wire: impl Fn(&str, &mut TypedModel, &[OutletId]) -> Wires + Send + Sync + 'static,
) -> Box<dyn InferenceOp> {
    expand(LikeFirst { name, arity, datum_type, wire: Arc::new(wire) })
}

impl std::fmt::Debug for LikeFirst {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.name)
    }
}

impl Expansion for LikeFirst {
    fn name(&self) -> StaticName {
        self.name.into()
    }

    fn rules<'r, 'p: 'r, 's: 'r>(
        &'s self,
        solver: &mut Solver<'r>,
        inputs: &'p [TensorProxy],
        outputs: &'p [TensorProxy],
    ) -> InferenceResult {
        ensure!(self.arity >= 1, "it has no input");
        check_input_arity(inputs, self.arity)?;
        check_output_arity(outputs, 1)?;
        match self.datum_type {
            Some(datum_type) => solver.equals(&outputs[0].datum_type, datum_type)?,
            None => solver.equals(&outputs[0].datum_type, &inputs[0].datum_type)?,
        }
        solver.equals(&outputs[0].shape, &inputs[0].shape)
    }

    fn wire(&self, prefix: &str, model: &mut TypedModel, inputs: &[OutletId]) -> Wires {
        (self.wire)(prefix, model, inputs)
    }
}
