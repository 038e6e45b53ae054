//! The ONNX operators that encoders of the BERT, RoBERTa and DeBERTa families are exported to, and no others, so that the
//! linker can drop the rest of tract's.

mod composed;
mod network;
mod quantized;

use super::{
    onnx::{GraphProto, NodeProto, Onnx, ParsingContext, TensorProto, tensor},
    op,
};
use composed::{like_first, of_first};
use std::collections::BTreeSet;
use tract_hir::{
    internal::*,
    ops::{
        activations, array,
        binary::{BinIntoHir, Nary},
        element_wise::ElementWiseIntoHir,
        identity::Identity,
        konst::Const,
        logic, math,
        nn::{Reduce, Reducer, sigmoid},
    },
    tract_core::ops::{
        array::CumSum,
        cast::{cast, wire_cast},
        change_axes::wire_with_rank_broadcast,
    },
};

/// From here on Slice and Clip take their bounds as inputs.
const BOUNDS_AS_INPUTS: i64 = 11;

type Built = TractResult<Box<dyn InferenceOp>>;
type Wires = TractResult<TVec<OutletId>>;

/// The reader of ONNX with these operators and the engine's own.
pub(super) fn framework() -> Onnx {
    let mut onnx = Onnx::default();
    for register in [arithmetic, comparison, shaping, network::register, quantized::register, op::register] {
        register(&mut onnx);
    }
    onnx
}

/// The graph's operators that are not there, in alphabetical order.
pub(super) fn unsupported<'a>(onnx: &Onnx, graph: &'a GraphProto) -> BTreeSet<&'a str> {
    graph.node.iter().map(|node| node.op_type.as_str()).filter(|name| !onnx.has(name)).collect()
}

fn arithmetic(onnx: &mut Onnx) {
    onnx.insert("Add", |_, _| Ok(math::Add.into_hir()));
    onnx.insert("Sub", |_, _| Ok(math::Sub.into_hir()));
    onnx.insert("Mul", |_, _| Ok(math::Mul.into_hir()));
    onnx.insert("Div", |_, _| Ok(math::Div.into_hir()));
    // The exponent is a number of any type, mostly 2.
    onnx.insert("Pow", |_, _| {
        Ok(like_first("Pow", 2, None, |name, model, inputs| {
            let datum_type = model.outlet_fact(inputs[0])?.datum_type;
            let exponent = wire_cast(name, model, &inputs[1..], datum_type)?;
            wire_with_rank_broadcast(name, model, math::pow(), &[inputs[0], exponent[0]])
        }))
    });
    onnx.insert("Min", |_, _| Ok(Box::new(Nary(Box::new(math::Min), false))));
    onnx.insert("Max", |_, _| Ok(Box::new(Nary(Box::new(math::Max), false))));
    onnx.insert("Abs", |_, _| Ok(math::abs().into_hir()));
    onnx.insert("Neg", |_, _| Ok(math::neg().into_hir()));
    onnx.insert("Sign", |_, _| Ok(math::sign().into_hir()));
    onnx.insert("Ceil", |_, _| Ok(math::ceil().into_hir()));
    onnx.insert("Floor", |_, _| Ok(math::floor().into_hir()));
    onnx.insert("Round", |_, _| Ok(math::round_half_to_even().into_hir()));
    onnx.insert("Sqrt", |_, _| Ok(math::sqrt().into_hir()));
    onnx.insert("Reciprocal", |_, _| Ok(math::recip().into_hir()));
    onnx.insert("Exp", |_, _| Ok(math::exp().into_hir()));
    onnx.insert("Log", |_, _| Ok(math::ln().into_hir()));
    onnx.insert("Erf", |_, _| Ok(math::erf().into_hir()));
    onnx.insert("Tanh", |_, _| Ok(math::tanh().into_hir()));
    onnx.insert("Sigmoid", |_, _| Ok(sigmoid().into_hir()));
    onnx.insert("CumSum", cumulative_sum);
    onnx.insert("Clip", clip);
    onnx.insert("ReduceMean", |context, node| reduce(context, node, Reducer::Mean));
    onnx.insert("ReduceSum", |context, node| reduce(context, node, Reducer::Sum));
    onnx.insert("ReduceMax", |context, node| reduce(context, node, Reducer::Max));
    onnx.insert("ReduceMin", |context, node| reduce(context, node, Reducer::Min));
}

fn comparison(onnx: &mut Onnx) {
    onnx.insert("Equal", |_, _| Ok(logic::CompEq.into_hir()));
    onnx.insert("Less", |_, _| Ok(logic::CompLT.into_hir()));
    onnx.insert("LessOrEqual", |_, _| Ok(logic::CompLTE.into_hir()));
    onnx.insert("Greater", |_, _| Ok(logic::CompGT.into_hir()));
    onnx.insert("GreaterOrEqual", |_, _| Ok(logic::CompGTE.into_hir()));
    onnx.insert("And", |_, _| Ok(logic::And.into_hir()));
    onnx.insert("Or", |_, _| Ok(logic::Or.into_hir()));
    onnx.insert("Not", |_, _| Ok(logic::not().into_hir()));
    onnx.insert("IsNaN", |_, _| Ok(math::is_nan().into_hir()));
    onnx.insert("Where", |_, _| Ok(expand(logic::Iff)));
}

fn shaping(onnx: &mut Onnx) {
    onnx.insert("Identity", |_, _| Ok(Box::<Identity>::default()));
    onnx.insert("Constant", |_, node| Ok(Box::new(Const::new(constant_value(node)?.into_arc_tensor())?)));
    onnx.insert("ConstantOfShape", |_, node| {
        let value = node.get_attr_opt("value")?.map_or_else(|| Ok(tensor0(0f32)), tensor)?;
        ensure!(value.len() == 1, "its value has {} elements, and one is needed", value.len());
        Ok(expand(array::ConstantOfShape::new(value.into_shape(&[])?.into_arc_tensor())))
    });
    onnx.insert("Range", |_, _| Ok(expand(array::Range)));
    onnx.insert("Shape", |_, node| {
        Ok(expand(Shape { start: node.get_attr_opt("start")?.unwrap_or(0), end: node.get_attr_opt("end")? }))
    });
    onnx.insert("Reshape", |_, node| Ok(expand(array::Reshape::new(is_set(node, "allowzero")?))));
    onnx.insert("Flatten", |_, node| Ok(expand(array::Flatten::new(node.get_attr_opt("axis")?.unwrap_or(1)))));
    onnx.insert("Transpose", |_, node| {
        let axes = node.get_attr_opt::<&[i64]>("perm")?;
        let axes = axes.map(|axes| axes.iter().map(|&axis| Ok(usize::try_from(axis)?)).collect::<TractResult<_>>());
        Ok(expand(array::PermuteAxes::new(axes.transpose()?)))
    });
    onnx.insert("Unsqueeze", |context, node| {
        let axes = integers(context, node, "axes", 1)?.context("its axes are missing")?;
        Ok(of_first(array::AddDims::new(axes)))
    });
    onnx.insert("Squeeze", |context, node| Ok(of_first(array::Squeeze::new(integers(context, node, "axes", 1)?))));
    onnx.insert("Expand", |_, _| Ok(expand(array::MultiBroadcastTo)));
    onnx.insert("Tile", |_, _| Ok(expand(array::Tile)));
    onnx.insert("Concat", |_, node| Ok(expand(array::Concat::new(node.get_attr("axis")?))));
    onnx.insert("Split", split);
    onnx.insert("Slice", slice);
    onnx.insert("Gather", |_, node| Ok(expand(array::Gather::new(node.get_attr_opt("axis")?.unwrap_or(0)))));
    onnx.insert("GatherElements", |_, node| {
        Ok(expand(GatherElements(array::GatherElements::new(node.get_attr_opt("axis")?.unwrap_or(0)))))
    });
    onnx.insert("GatherND", |_, node| {
        Ok(Box::new(array::GatherNd::new(node.get_attr_opt("batch_dims")?.unwrap_or(0))))
    });
    onnx.insert("Cast", |_, node| {
        let to: DatumType = node.get_attr("to")?;
        // Whole numbers are mostly sizes, which tract computes with symbols.
        let to = if to == i64::datum_type() { TDim::datum_type() } else { to };
        let wire = move |name: &str, model: &mut TypedModel, inputs: &[OutletId]| {
            model.wire_node(name, cast(to), &inputs[..1])
        };
        Ok(like_first("Cast", 1, Some(to), wire))
    });
}

/// The value of a `Constant` node.
fn constant_value(node: &NodeProto) -> TractResult<Tensor> {
    if let Some(value) = node.get_attr_opt::<&TensorProto>("value")? {
        return tensor(value);
    }
    if let Some(value) = node.get_attr_opt::<i64>("value_int")? {
        return Ok(tensor0(value));
    }
    if let Some(value) = node.get_attr_opt::<f32>("value_float")? {
        return Ok(tensor0(value));
    }
    if let Some(values) = node.get_attr_opt::<&[i64]>("value_ints")? {
        return Ok(tensor1(values));
    }
    let values = node.get_attr_opt::<&[f32]>("value_floats")?;
    values.map(tensor1).context("its value is none of numbers")
}

/// A value that the graph holds as a constant.
fn constant(context: &ParsingContext, name: &str) -> TractResult<Tensor> {
    if let Some(value) = context.graph.initializer.iter().find(|value| value.name == name) {
        return tensor(value);
    }
    let is_it = |node: &&NodeProto| node.op_type == "Constant" && node.output.iter().any(|output| output == name);
    let node = context.graph.node.iter().find(is_it).with_context(|| {
        format!("its input {name:?} is computed, and a constant is needed: export the model with constant folding")
    })?;
    constant_value(node)
}

/// Whole numbers that a node takes as an attribute or, in newer operator sets, as a constant input.
fn integers<T: TryFrom<i64>>(
    context: &ParsingContext,
    node: &NodeProto,
    attribute: &str,
    input: usize,
) -> TractResult<Option<Vec<T>>> {
    let values = match node.input.get(input).filter(|name| !name.is_empty()) {
        Some(name) => Some(constant(context, name)?.cast_to::<i64>()?.try_as_plain_ram()?.as_slice::<i64>()?.to_vec()),
        None => node.get_attr_opt::<&[i64]>(attribute)?.map(<[i64]>::to_vec),
    };
    let narrow = |value| T::try_from(value).ok().with_context(|| format!("{attribute} holds {value}"));
    values.map(|values| values.into_iter().map(narrow).collect()).transpose()
}

fn reduce(context: &ParsingContext, node: &NodeProto, reducer: Reducer) -> Built {
    let axes = integers(context, node, "axes", 1)?.filter(|axes| !axes.is_empty());
    if axes.is_none() && is_set(node, "noop_with_empty_axes")? {
        return Ok(Box::<Identity>::default());
    }
    Ok(of_first(Reduce::new(axes, node.get_attr_opt("keepdims")?.unwrap_or(true), reducer)))
}

fn split(context: &ParsingContext, node: &NodeProto) -> Built {
    let outputs = node.output.len();
    let sizes: Option<Vec<usize>> = integers(context, node, "split", 1)?;
    if let Some(sizes) = &sizes {
        ensure!(sizes.len() == outputs, "it has {outputs} outputs and {} sizes", sizes.len());
    }
    Ok(of_first(array::Split::new(node.get_attr_opt("axis")?.unwrap_or(0), outputs, sizes)))
}

fn slice(context: &ParsingContext, node: &NodeProto) -> Built {
    let version = context.opset;
    ensure!(version >= BOUNDS_AS_INPUTS - 1, "operator set {version} is too old: export the model with 11 or newer");
    let [optional_axes_input, optional_steps_input] = node.optional_inputs(3);
    Ok(Box::new(array::StridedSlice {
        begin_mask: 0,
        end_mask: 0,
        shrink_axis_mask: 0,
        optional_axes_input,
        optional_steps_input,
    }))
}

fn cumulative_sum(context: &ParsingContext, node: &NodeProto) -> Built {
    let axis = constant(context, node.input.get(1).context("its axis is missing")?)?.cast_to_scalar::<i64>()?;
    let (exclusive, reverse) = (is_set(node, "exclusive")?, is_set(node, "reverse")?);
    Ok(like_first("CumSum", 2, None, move |name, model, inputs| {
        let rank = i64::try_from(model.outlet_fact(inputs[0])?.rank())?;
        let axis = usize::try_from(if axis < 0 { axis + rank } else { axis })?;
        // Positions of tokens, whole numbers that tract takes for sizes; it sums up numbers only.
        let datum_type = model.outlet_fact(inputs[0])?.datum_type;
        let summed = if datum_type == TDim::datum_type() { i64::datum_type() } else { datum_type };
        let numbers = wire_cast(name, model, &inputs[..1], summed)?;
        let sums = model.wire_node(format!("{name}.sums"), CumSum { axis, exclusive, reverse }, &numbers)?;
        model.wire_node(name, cast(datum_type), &sums)
    }))
}

/// How many inputs a node has, if they are enough.
fn arity(node: &NodeProto, least: usize) -> TractResult<usize> {
    let given = node.input.iter().filter(|name| !name.is_empty()).count();
    ensure!(given >= least, "it has {given} inputs, and {least} are needed");
    Ok(given)
}

/// Whether an attribute that is 0 where it is left out is 1.
fn is_set(node: &NodeProto, name: &str) -> TractResult<bool> {
    Ok(node.get_attr_opt(name)?.unwrap_or(false))
}

fn clip(context: &ParsingContext, node: &NodeProto) -> Built {
    if context.opset < BOUNDS_AS_INPUTS {
        return Ok(expand(activations::Clip::new(node.get_attr_opt("min")?, node.get_attr_opt("max")?)));
    }
    let [least, most] = node.optional_inputs(1);
    Ok(like_first("Clip", arity(node, 1)?, None, move |name, model, inputs| {
        let datum_type = model.outlet_fact(inputs[0])?.datum_type;
        let mut value = tvec!(inputs[0]);
        for (what, bound, op) in [("least", least, math::max()), ("most", most, math::min())] {
            let Some(bound) = bound else { continue };
            let bound = wire_cast(format!("{name}.{what}"), model, &inputs[bound..=bound], datum_type)?;
            value = wire_with_rank_broadcast(format!("{name}.at_{what}"), model, op, &[value[0], bound[0]])?;
        }
        Ok(value)
    }))
}

/// tract's own, which does not take places that are computed with symbols: they become numbers before it.
#[derive(Clone, Debug)]
struct GatherElements(array::GatherElements);

impl Expansion for GatherElements {
    fn name(&self) -> StaticName {
        "GatherElements".into()
    }

    fn rules<'r, 'p: 'r, 's: 'r>(
        &'s self,
        solver: &mut Solver<'r>,
        inputs: &'p [TensorProxy],
        outputs: &'p [TensorProxy],
    ) -> InferenceResult {
        self.0.rules(solver, inputs, outputs)
    }

    fn wire(&self, prefix: &str, model: &mut TypedModel, inputs: &[OutletId]) -> Wires {
        let [data, places] = *inputs else { bail!("it has {} inputs, and two are needed", inputs.len()) };
        let places = model.wire_node(format!("{prefix}.places"), cast(i64::datum_type()), &[places])?[0];
        self.0.wire(prefix, model, &[data, places])
    }
}

/// The sizes of the axes from `start` to before `end`; negative ones count from the last.
#[derive(Clone, Debug)]
struct Shape {
    start: i64,
    end: Option<i64>,
}

impl Shape {
    fn of(&self, shape: &[TDim]) -> Tensor {
        let rank = i64::try_from(shape.len()).unwrap_or(i64::MAX);
        let place = |axis: i64| usize::try_from(if axis < 0 { axis + rank } else { axis }.clamp(0, rank)).unwrap_or(0);
        let end = self.end.map_or(shape.len(), place);
        tensor1(&shape[place(self.start).min(end)..end])
    }
}

impl Expansion for Shape {
    fn name(&self) -> StaticName {
        "Shape".into()
    }

    fn rules<'r, 'p: 'r, 's: 'r>(
        &'s self,
        solver: &mut Solver<'r>,
        inputs: &'p [TensorProxy],
        outputs: &'p [TensorProxy],
    ) -> InferenceResult {
        check_input_arity(inputs, 1)?;
        check_output_arity(outputs, 1)?;
        solver.equals(&outputs[0].datum_type, TDim::datum_type())?;
        solver.equals(&outputs[0].rank, 1)?;
        solver.given(&inputs[0].shape, |solver, shape| {
            solver.equals(&outputs[0].value, self.of(&shape).into_arc_tensor())
        })
    }

    fn wire(&self, prefix: &str, model: &mut TypedModel, inputs: &[OutletId]) -> Wires {
        let shape = self.of(&model.outlet_fact(inputs[0])?.shape.to_tvec());
        Ok(tvec!(model.add_const(prefix, shape)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::onnx::{
        AttributeProto, ModelProto, OperatorSetIdProto, TypeProto, ValueInfoProto, attribute_proto::AttributeType,
        tensor_proto::DataType, type_proto,
    };
    use prost::Message;
    use tract_onnx::prelude::Framework;

    /// A graph of one node.
    struct Case {
        op: &'static str,
        opset: i64,
        attributes: Vec<AttributeProto>,
        inputs: Vec<Tensor>,
        /// How many of the last inputs are constants of the graph.
        constants: usize,
        outputs: usize,
    }

    fn case(op: &'static str, inputs: Vec<Tensor>) -> Case {
        Case { op, opset: 17, attributes: Vec::new(), inputs, constants: 0, outputs: 1 }
    }

    impl Case {
        fn opset(self, opset: i64) -> Self {
            Self { opset, ..self }
        }

        fn constants(self, constants: usize) -> Self {
            Self { constants, ..self }
        }

        fn outputs(self, outputs: usize) -> Self {
            Self { outputs, ..self }
        }

        fn with(mut self, attribute: AttributeProto) -> Self {
            self.attributes.push(attribute);
            self
        }

        fn proto(&self) -> ModelProto {
            let names: Vec<String> = (0..self.inputs.len()).map(|input| format!("in{input}")).collect();
            let outputs: Vec<String> = (0..self.outputs).map(|output| format!("out{output}")).collect();
            let fed = self.inputs.len() - self.constants;
            let node = NodeProto {
                op_type: self.op.to_owned(),
                name: "node".to_owned(),
                input: names.clone(),
                output: outputs.clone(),
                attribute: self.attributes.clone(),
                ..NodeProto::default()
            };
            let input = |n: usize| ValueInfoProto { name: names[n].clone(), r#type: Some(typed(&self.inputs[n])) };
            let graph = GraphProto {
                node: vec![node],
                input: (0..fed).map(input).collect(),
                initializer: (fed..names.len()).map(|n| constant(&names[n], &self.inputs[n])).collect(),
                output: outputs.into_iter().map(|name| ValueInfoProto { name, ..Default::default() }).collect(),
            };
            let opset = OperatorSetIdProto { domain: String::new(), version: self.opset };
            ModelProto { opset_import: vec![opset], graph: Some(graph) }
        }

        fn run(&self, mut model: InferenceModel) -> TractResult<TVec<TValue>> {
            let fed = &self.inputs[..self.inputs.len() - self.constants];
            for (n, input) in fed.iter().enumerate() {
                model.set_input_fact(n, InferenceFact::dt_shape(input.datum_type(), input.shape()))?;
            }
            let model = model.into_optimized()?.into_runnable()?;
            model.run(fed.iter().map(|tensor| tensor.clone().into_tvalue()).collect())
        }

        fn ours(&self) -> TractResult<TVec<TValue>> {
            self.run(framework().model(&self.proto())?)
        }

        fn theirs(&self) -> TractResult<TVec<TValue>> {
            self.run(tract_onnx::onnx().model_for_read(&mut self.proto().encode_to_vec().as_slice())?)
        }
    }

    fn data_type(tensor: &Tensor) -> i32 {
        let data_type = match tensor.datum_type() {
            DatumType::F32 => DataType::Float,
            DatumType::I64 => DataType::Int64,
            DatumType::I8 => DataType::Int8,
            DatumType::U8 => DataType::Uint8,
            DatumType::Bool => DataType::Bool,
            other => panic!("{other:?}"),
        };
        data_type as i32
    }

    fn typed(tensor: &Tensor) -> TypeProto {
        let value = type_proto::Tensor { elem_type: data_type(tensor) };
        TypeProto { value: Some(type_proto::Value::TensorType(value)) }
    }

    fn constant(name: &str, tensor: &Tensor) -> TensorProto {
        TensorProto {
            name: name.to_owned(),
            dims: tensor.shape().iter().map(|&size| size.try_into().unwrap()).collect(),
            data_type: data_type(tensor),
            raw_data: tensor.try_as_plain_ram().unwrap().as_bytes().to_vec().into(),
            ..TensorProto::default()
        }
    }

    fn int(name: &str, i: i64) -> AttributeProto {
        AttributeProto { name: name.to_owned(), r#type: AttributeType::Int as i32, i, ..Default::default() }
    }

    fn ints(name: &str, ints: &[i64]) -> AttributeProto {
        AttributeProto {
            name: name.to_owned(),
            r#type: AttributeType::Ints as i32,
            ints: ints.to_vec(),
            ..Default::default()
        }
    }

    fn float(name: &str, f: f32) -> AttributeProto {
        AttributeProto { name: name.to_owned(), r#type: AttributeType::Float as i32, f, ..Default::default() }
    }

    fn string(name: &str, text: &str) -> AttributeProto {
        let s = text.as_bytes().to_vec();
        AttributeProto { name: name.to_owned(), r#type: AttributeType::String as i32, s, ..Default::default() }
    }

    fn cases() -> Vec<Case> {
        let matrix = || tensor2(&[[0.5f32, -1.25, 3.0], [2.0, 0.0, -0.75]]);
        let cube = || tensor3(&[[[1f32, -2.0], [3.0, 0.25]], [[-0.5, 4.0], [0.0, 8.0]]]);
        let bytes = || tensor2(&[[3u8, 0, 255], [128, 7, 9]]);
        let one_axis = |axis: i64| tensor1(&[axis]);
        let mut cases = vec![
            case("Pow", vec![tensor1(&[1f32, 2.5, 3.0]), tensor0(2f32)]).constants(1),
            case("Pow", vec![tensor1(&[1f32, 2.5, 3.0]), tensor0(3i64)]).constants(1),
            case("Max", vec![matrix(), tensor1(&[0f32, 1.0, 2.0]), tensor0(0.25f32)]),
            case("Less", vec![matrix(), tensor0(0.25f32)]),
            case("Where", vec![tensor1(&[true, false, true]), matrix(), tensor0(9f32)]),
            case("CumSum", vec![matrix(), tensor0(1i64)]).constants(1),
            case("Clip", vec![matrix(), tensor0(-1f32), tensor0(1f32)]).constants(2),
            case("Clip", vec![matrix(), tensor0(0f32)]),
            case("Clip", vec![matrix()]).opset(10).with(float("min", -0.5)).with(float("max", 2.0)),
            case("Unsqueeze", vec![matrix(), tensor1(&[0i64, -1])]).constants(1),
            case("Unsqueeze", vec![matrix()]).opset(11).with(ints("axes", &[1])),
            case("Squeeze", vec![tensor3(&[[[1f32, 2.0]]]), one_axis(1)]).constants(1),
            case("Squeeze", vec![tensor3(&[[[1f32], [2.0]]])]),
            case("Split", vec![cube(), tensor1(&[1i64, 1])]).constants(1).outputs(2).with(int("axis", -1)),
            case("Split", vec![cube()]).outputs(2).with(int("axis", 1)),
            case("Slice", vec![matrix(), one_axis(-2), one_axis(i64::MAX), one_axis(1)]).constants(3),
            case("Slice", vec![matrix(), one_axis(2), one_axis(-9), one_axis(1), one_axis(-1)]).constants(4),
            case("Shape", vec![cube()]).with(int("start", -2)),
            case("Shape", vec![cube()]),
            case("Reshape", vec![cube(), tensor1(&[0i64, -1])]).constants(1),
            case("Flatten", vec![cube()]),
            case("Transpose", vec![cube()]).with(ints("perm", &[2, 0, 1])),
            case("Gather", vec![matrix(), tensor2(&[[1i64, 0]])]).constants(1),
            case("GatherElements", vec![matrix(), tensor2(&[[1i64, 0, 1]])]).constants(1),
            case("GatherND", vec![cube(), tensor2(&[[1i64, 0], [0, 1]])]).constants(1),
            case("Expand", vec![tensor2(&[[1f32], [2.0]]), tensor1(&[2i64, 3])]).constants(1),
            case("Tile", vec![matrix(), tensor1(&[1i64, 2])]).constants(1),
            case("Concat", vec![matrix(), matrix()]).with(int("axis", 1)),
            case("Cast", vec![matrix()]).with(int("to", DataType::Int64 as i64)),
            case("Cast", vec![tensor1(&[0i64, 3])]).with(int("to", DataType::Bool as i64)),
            case("Gemm", vec![matrix(), matrix(), tensor1(&[1f32, -1.0])]).constants(2).with(int("transB", 1)),
            case("Gemm", vec![matrix(), matrix()]).with(int("transA", 1)).with(float("alpha", 0.5)),
            case("Gemm", vec![matrix(), matrix(), tensor0(3f32)]).with(int("transB", 1)).with(float("beta", 2.0)),
            case("Softmax", vec![cube()]),
            case("Softmax", vec![cube()]).opset(11),
            case("Relu", vec![matrix()]),
            case("Gelu", vec![matrix()]).opset(20),
            case("Gelu", vec![matrix()]).opset(20).with(string("approximate", "tanh")),
            case("LayerNormalization", vec![matrix(), tensor1(&[1f32, 0.5, -1.0]), tensor1(&[0f32, 1.0, 2.0])])
                .constants(2),
            case("LayerNormalization", vec![cube(), tensor2(&[[1f32, 2.0], [3.0, 4.0]])])
                .constants(1)
                .with(int("axis", 1)),
            case("Dropout", vec![matrix(), tensor0(0.1f32)]).constants(1),
            case("DynamicQuantizeLinear", vec![matrix()]).outputs(3),
            case("DynamicQuantizeLinear", vec![tensor1(&[0.25f32, 1.0])]).outputs(3),
            case("MatMulInteger", vec![bytes(), tensor2(&[[1i8], [-2], [3]]), tensor0(5u8), tensor0(1i8)]).constants(3),
            case("QuantizeLinear", vec![matrix(), tensor0(0.02f32), tensor0(100u8)]).constants(2),
            case("QuantizeLinear", vec![matrix(), tensor1(&[0.02f32, 0.5]), tensor1(&[1i8, -3])])
                .constants(2)
                .with(int("axis", 0)),
            case("DequantizeLinear", vec![bytes(), tensor0(0.5f32), tensor0(128u8)]).constants(2),
            case("DequantizeLinear", vec![bytes(), tensor1(&[0.5f32, 1.0, 2.0]), tensor1(&[1u8, 2, 3])]).constants(2),
            case("DequantizeLinear", vec![bytes(), tensor1(&[0.5f32, 2.0])]).constants(1).with(int("axis", 0)),
        ];
        for op in ["ReduceMean", "ReduceMax", "ReduceMin"] {
            cases.push(case(op, vec![cube()]).with(ints("axes", &[-1])));
            cases.push(case(op, vec![cube(), one_axis(1)]).opset(18).constants(1).with(int("keepdims", 0)));
        }
        cases.push(case("ReduceSum", vec![cube(), one_axis(-1)]).constants(1));
        cases.push(case("ReduceSum", vec![cube()]));
        cases.push(case("ReduceSum", vec![cube()]).with(int("noop_with_empty_axes", 1)));
        cases
    }

    #[test]
    fn every_operator_gives_what_tracts_own_gives() {
        for case in cases() {
            let what = format!("{} of opset {} with {:?}", case.op, case.opset, case.attributes);
            let found = case.ours().unwrap_or_else(|error| panic!("{what}: {error:#}"));
            let wanted = case.theirs().unwrap_or_else(|error| panic!("{what}, tract's own: {error:#}"));
            assert_eq!(found.len(), wanted.len(), "{what}");
            for (found, wanted) in found.iter().zip(&wanted) {
                assert_eq!((found.datum_type(), found.shape()), (wanted.datum_type(), wanted.shape()), "{what}");
                found.close_enough(wanted, Approximation::Close).unwrap_or_else(|error| panic!("{what}: {error:#}"));
            }
        }
    }

    #[test]
    fn what_is_not_there_is_named() {
        let mut proto = case("Conv", Vec::new()).proto();
        let graph = proto.graph.as_mut().unwrap();
        graph.node.push(NodeProto { op_type: "Add".to_owned(), ..NodeProto::default() });
        graph.node.push(NodeProto { op_type: "Attention".to_owned(), ..NodeProto::default() });
        assert_eq!(unsupported(&framework(), graph).into_iter().collect::<Vec<_>>(), ["Attention", "Conv"]);
    }

    #[test]
    fn a_computed_axis_is_an_error_that_names_it() {
        let computed = case("Unsqueeze", vec![tensor1(&[1f32]), tensor1(&[0i64])]);
        let error = format!("{:#}", computed.ours().unwrap_err());
        assert!(error.contains("in1") && error.contains("constant folding"), "{error}");
    }
}
