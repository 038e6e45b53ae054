//! ONNX: the messages of its files, as far as encoders use them, and the way from a graph to a model of tract's.
//!
//! Why not tract-onnx: with it comes every operator of ONNX and of NNEF, named in tables that no linker can drop:
//! 6 MB of a module of 16, and 0.8 of 2.6 MB compressed.
//!
//! Names, types and tags are those of onnx.proto (ONNX 1.19, IR version 12); fields left out are skipped in reading.

use prost::bytes::Bytes;
use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};
use tract_hir::internal::*;

/// A model file.
#[derive(Clone, PartialEq, prost::Message)]
pub struct ModelProto {
    /// Which version of which set of operators it uses.
    #[prost(message, repeated, tag = "8")]
    pub opset_import: Vec<OperatorSetIdProto>,
    /// What it computes.
    #[prost(message, optional, tag = "7")]
    pub graph: Option<GraphProto>,
}

/// A version of a set of operators.
#[derive(Clone, PartialEq, prost::Message)]
pub struct OperatorSetIdProto {
    /// Empty or `ai.onnx` for those of ONNX itself.
    #[prost(string, tag = "1")]
    pub domain: String,
    /// Its version.
    #[prost(int64, tag = "2")]
    pub version: i64,
}

/// Nodes in an order in which they can be computed.
#[derive(Clone, PartialEq, prost::Message)]
pub struct GraphProto {
    /// The nodes.
    #[prost(message, repeated, tag = "1")]
    pub node: Vec<NodeProto>,
    /// Constants, by name.
    #[prost(message, repeated, tag = "5")]
    pub initializer: Vec<TensorProto>,
    /// What it is fed; constants may be among them.
    #[prost(message, repeated, tag = "11")]
    pub input: Vec<ValueInfoProto>,
    /// What it gives.
    #[prost(message, repeated, tag = "12")]
    pub output: Vec<ValueInfoProto>,
}

/// One operation.
#[derive(Clone, PartialEq, prost::Message)]
pub struct NodeProto {
    /// Names of the values it reads; empty where an optional one is left out.
    #[prost(string, repeated, tag = "1")]
    pub input: Vec<String>,
    /// Names of the values it gives.
    #[prost(string, repeated, tag = "2")]
    pub output: Vec<String>,
    /// Its own name, or nothing.
    #[prost(string, tag = "3")]
    pub name: String,
    /// The operator.
    #[prost(string, tag = "4")]
    pub op_type: String,
    /// Settings of the operator.
    #[prost(message, repeated, tag = "5")]
    pub attribute: Vec<AttributeProto>,
    /// Whose operator it is: empty for one of ONNX itself.
    #[prost(string, tag = "7")]
    pub domain: String,
}

/// A setting of a node: its `type` says which of the fields holds it.
#[derive(Clone, PartialEq, prost::Message)]
pub struct AttributeProto {
    /// Which setting.
    #[prost(string, tag = "1")]
    pub name: String,
    /// See [`attribute_proto::AttributeType`].
    #[prost(enumeration = "attribute_proto::AttributeType", tag = "20")]
    pub r#type: i32,
    /// A float.
    #[prost(float, tag = "2")]
    pub f: f32,
    /// A whole number.
    #[prost(int64, tag = "3")]
    pub i: i64,
    /// UTF-8.
    #[prost(bytes = "vec", tag = "4")]
    pub s: Vec<u8>,
    /// A tensor.
    #[prost(message, optional, tag = "5")]
    pub t: Option<TensorProto>,
    /// Floats.
    #[prost(float, repeated, tag = "7")]
    pub floats: Vec<f32>,
    /// Whole numbers.
    #[prost(int64, repeated, tag = "8")]
    pub ints: Vec<i64>,
}

/// Of [`AttributeProto`].
pub mod attribute_proto {
    /// Which field of an attribute is set.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, prost::Enumeration)]
    #[repr(i32)]
    #[allow(missing_docs, reason = "each is the field of that type")]
    pub enum AttributeType {
        Undefined = 0,
        Float = 1,
        Int = 2,
        String = 3,
        Tensor = 4,
        Floats = 6,
        Ints = 7,
    }
}

/// Numbers in a shape: their bytes, little-endian, in `raw_data`, or they stand in the field for their type.
#[derive(Clone, PartialEq, prost::Message)]
pub struct TensorProto {
    /// The shape.
    #[prost(int64, repeated, tag = "1")]
    pub dims: Vec<i64>,
    /// See [`tensor_proto::DataType`].
    #[prost(int32, tag = "2")]
    pub data_type: i32,
    /// f32.
    #[prost(float, repeated, tag = "4")]
    pub float_data: Vec<f32>,
    /// Types up to 32 bits; f16 as its bits.
    #[prost(int32, repeated, tag = "5")]
    pub int32_data: Vec<i32>,
    /// i64.
    #[prost(int64, repeated, tag = "7")]
    pub int64_data: Vec<i64>,
    /// Its name.
    #[prost(string, tag = "8")]
    pub name: String,
    /// Numbers of any type; a part of the file itself, where it was decoded from [`Bytes`].
    #[prost(bytes = "bytes", tag = "9")]
    pub raw_data: Bytes,
    /// f64.
    #[prost(double, repeated, tag = "10")]
    pub double_data: Vec<f64>,
    /// 1 where the numbers are kept in another file.
    #[prost(int32, tag = "14")]
    pub data_location: i32,
}

/// Of [`TensorProto`].
pub mod tensor_proto {
    /// The type of a tensor's numbers; ONNX has others, which encoders do not use.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, prost::Enumeration)]
    #[repr(i32)]
    #[allow(missing_docs, reason = "each is the type of that name")]
    pub enum DataType {
        Undefined = 0,
        Float = 1,
        Uint8 = 2,
        Int8 = 3,
        Uint16 = 4,
        Int16 = 5,
        Int32 = 6,
        Int64 = 7,
        Bool = 9,
        Float16 = 10,
        Double = 11,
    }
}

/// An input or output.
#[derive(Clone, PartialEq, prost::Message)]
pub struct ValueInfoProto {
    /// Its name.
    #[prost(string, tag = "1")]
    pub name: String,
    /// Its type.
    #[prost(message, optional, tag = "2")]
    pub r#type: Option<TypeProto>,
}

/// The type of a value. Its shape is not read: exports carry symbolic ones that clash with concrete ones.
#[derive(Clone, PartialEq, prost::Message)]
pub struct TypeProto {
    /// A tensor, or something that no encoder takes.
    #[prost(oneof = "type_proto::Value", tags = "1")]
    pub value: Option<type_proto::Value>,
}

/// Of [`TypeProto`].
pub mod type_proto {
    /// A tensor.
    #[derive(Clone, PartialEq, prost::Message)]
    pub struct Tensor {
        /// See [`super::tensor_proto::DataType`].
        #[prost(int32, tag = "1")]
        pub elem_type: i32,
    }

    /// Kinds of values.
    #[derive(Clone, PartialEq, prost::Oneof)]
    pub enum Value {
        /// A tensor.
        #[prost(message, tag = "1")]
        TensorType(Tensor),
    }
}

/// What builds the op of one node.
pub type OpBuilder = fn(&ParsingContext, &NodeProto) -> TractResult<Box<dyn InferenceOp>>;

/// The operators that graphs may use.
#[derive(Clone, Default)]
pub struct Onnx {
    operators: HashMap<&'static str, Operator>,
}

#[derive(Clone)]
struct Operator {
    build: OpBuilder,
    /// Inputs that `build` reads from the graph itself; tract never sees them.
    constants: Range<usize>,
}

impl Operator {
    /// The inputs that tract connects.
    fn connected<'a>(&self, node: &'a NodeProto) -> impl Iterator<Item = &'a str> {
        let constants = self.constants.clone();
        let inputs = node.input.iter().enumerate().filter(move |(at, _)| !constants.contains(at));
        inputs.map(|(_, name)| name.as_str()).filter(|name| !name.is_empty())
    }
}

/// What is known of a graph while its nodes are built.
pub struct ParsingContext<'a> {
    /// Version of ONNX's operators.
    pub opset: i64,
    /// The graph.
    pub graph: &'a GraphProto,
}

impl ParsingContext<'_> {
    /// A constant of the graph.
    ///
    /// # Errors
    /// Where there is none of this name.
    pub fn constant(&self, name: &str) -> TractResult<&TensorProto> {
        let found = self.graph.initializer.iter().find(|tensor| tensor.name == name);
        found.with_context(|| format!("{name:?} is not a constant"))
    }

    /// The numbers of a constant, as floats.
    ///
    /// # Errors
    /// Where there is none of this name, or it is damaged.
    pub fn floats(&self, name: &str) -> TractResult<Vec<f32>> {
        Ok(tensor(self.constant(name)?)?.cast_to::<f32>()?.try_as_plain_ram()?.as_slice::<f32>()?.to_vec())
    }
}

impl Onnx {
    /// Adds an operator.
    pub fn insert(&mut self, name: &'static str, build: OpBuilder) {
        self.insert_with_constants(name, build, 0..0);
    }

    /// Adds an operator of which some inputs are constants that `build` reads itself, straight from the file.
    pub fn insert_with_constants(&mut self, name: &'static str, build: OpBuilder, constants: Range<usize>) {
        self.operators.insert(name, Operator { build, constants });
    }

    /// Whether there is an operator of this name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.operators.contains_key(name)
    }

    /// The graph as a model of tract's. Shapes are left to its analysis.
    ///
    /// # Errors
    /// What is wrong with the graph, naming the node or tensor.
    pub fn model(&self, proto: &ModelProto) -> TractResult<InferenceModel> {
        let graph = proto.graph.as_ref().context("it holds no graph")?;
        let is_own = |set: &&OperatorSetIdProto| matches!(set.domain.as_str(), "" | "ai.onnx");
        let opset = proto.opset_import.iter().find(is_own).context("it names no set of operators")?.version;
        let context = ParsingContext { opset, graph };
        let mut model = InferenceModel::default();
        let mut values = HashMap::new();
        let connected = graph.node.iter().filter_map(|node| Some(self.operators.get(&*node.op_type)?.connected(node)));
        let connected: HashSet<&str> =
            connected.flatten().chain(graph.output.iter().map(|output| &*output.name)).collect();
        for constant in graph.initializer.iter().filter(|constant| connected.contains(&*constant.name)) {
            values.insert(constant.name.as_str(), model.add_const(&*constant.name, tensor(constant)?)?);
        }
        for input in graph.input.iter().filter(|input| !graph.initializer.iter().any(|c| c.name == input.name)) {
            values.insert(&input.name, model.add_source(&*input.name, fact(input)?)?);
        }
        for node in &graph.node {
            self.add(&context, node, &mut model, &mut values)
                .with_context(|| format!("node {:?} ({})", node.name, node.op_type))?;
        }
        let outputs = graph.output.iter().map(|output| {
            values.get(&*output.name).copied().with_context(|| format!("nothing computes its output {:?}", output.name))
        });
        let outputs = outputs.collect::<TractResult<Vec<_>>>()?;
        model.select_output_outlets(&outputs)?;
        Ok(model)
    }

    fn add<'a>(
        &self,
        context: &ParsingContext,
        node: &'a NodeProto,
        model: &mut InferenceModel,
        values: &mut HashMap<&'a str, OutletId>,
    ) -> TractResult<()> {
        let operator = self.operators.get(&*node.op_type).context("there is no such operator here")?;
        let named = |names: &'a [String]| names.iter().map(String::as_str).filter(|name| !name.is_empty());
        let name = Some(&*node.name).filter(|name| !name.is_empty()).or(named(&node.output).next());
        let facts = named(&node.output).map(|_| InferenceFact::default()).collect();
        let id = model.add_node(name.context("it has no output")?, (operator.build)(context, node)?, facts)?;
        for (slot, input) in operator.connected(node).enumerate() {
            let outlet = values.get(input).with_context(|| format!("nothing before it computes {input:?}"))?;
            model.add_edge(*outlet, InletId::new(id, slot))?;
        }
        for (slot, output) in named(&node.output).enumerate() {
            let outlet = OutletId::new(id, slot);
            model.set_outlet_label(outlet, output.to_owned())?;
            values.insert(output, outlet);
        }
        Ok(())
    }
}

impl NodeProto {
    /// An attribute, or nothing where the node leaves it out.
    ///
    /// # Errors
    /// Where it is of another type.
    pub fn get_attr_opt<'a, T: Attribute<'a>>(&'a self, name: &str) -> TractResult<Option<T>> {
        let Some(attribute) = self.attribute.iter().find(|attribute| attribute.name == name) else { return Ok(None) };
        let value = T::read(attribute).with_context(|| format!("its attribute {name} is none of {}", T::WHAT))?;
        Ok(Some(value))
    }

    /// An attribute.
    ///
    /// # Errors
    /// Where the node leaves it out, or it is of another type.
    pub fn get_attr<'a, T: Attribute<'a>>(&'a self, name: &str) -> TractResult<T> {
        self.get_attr_opt(name)?.with_context(|| format!("its attribute {name} is missing"))
    }

    /// Where each input from `first` on is among those that are given; nothing for one that is left out.
    pub fn optional_inputs<const N: usize>(&self, first: usize) -> [Option<usize>; N] {
        std::array::from_fn(|n| {
            let at = first + n;
            self.input.get(at).filter(|name| !name.is_empty())?;
            Some(self.input[..at].iter().filter(|name| !name.is_empty()).count())
        })
    }
}

/// A type that an attribute can be of.
pub trait Attribute<'a>: Sized {
    /// What it is, in the plural.
    const WHAT: &'static str;

    /// The attribute's value, if it is of this type.
    fn read(attribute: &'a AttributeProto) -> Option<Self>;
}

macro_rules! attribute {
    ($type:ty, $variant:ident, $what:literal, $read:expr) => {
        impl<'a> Attribute<'a> for $type {
            const WHAT: &'static str = $what;

            fn read(attribute: &'a AttributeProto) -> Option<Self> {
                let read: fn(&'a AttributeProto) -> Option<Self> = $read;
                if attribute.r#type() == attribute_proto::AttributeType::$variant { read(attribute) } else { None }
            }
        }
    };
}

attribute!(f32, Float, "floats", |attribute| Some(attribute.f));
attribute!(i64, Int, "whole numbers", |attribute| Some(attribute.i));
attribute!(isize, Int, "whole numbers of this machine", |attribute| attribute.i.try_into().ok());
attribute!(usize, Int, "sizes", |attribute| attribute.i.try_into().ok());
attribute!(bool, Int, "0 and 1", |attribute| match attribute.i {
    0 => Some(false),
    1 => Some(true),
    _ => None,
});
attribute!(DatumType, Int, "types of numbers", |attribute| datum_type(attribute.i.try_into().ok()?).ok());
attribute!(&'a str, String, "texts", |attribute| str::from_utf8(&attribute.s).ok());
attribute!(&'a TensorProto, Tensor, "tensors", |attribute| attribute.t.as_ref());
attribute!(&'a [f32], Floats, "lists of floats", |attribute| Some(&attribute.floats));
attribute!(&'a [i64], Ints, "lists of whole numbers", |attribute| Some(&attribute.ints));

fn datum_type(data_type: i32) -> TractResult<DatumType> {
    use tensor_proto::DataType;
    Ok(match DataType::try_from(data_type) {
        Ok(DataType::Float) => DatumType::F32,
        Ok(DataType::Float16) => DatumType::F16,
        Ok(DataType::Double) => DatumType::F64,
        Ok(DataType::Bool) => DatumType::Bool,
        Ok(DataType::Uint8) => DatumType::U8,
        Ok(DataType::Uint16) => DatumType::U16,
        Ok(DataType::Int8) => DatumType::I8,
        Ok(DataType::Int16) => DatumType::I16,
        Ok(DataType::Int32) => DatumType::I32,
        Ok(DataType::Int64) => DatumType::I64,
        Ok(DataType::Undefined) | Err(_) => bail!("numbers of ONNX's type {data_type} are not supported"),
    })
}

fn fact(value: &ValueInfoProto) -> TractResult<InferenceFact> {
    let Some(type_proto::Value::TensorType(tensor)) = value.r#type.as_ref().and_then(|r#type| r#type.value.as_ref())
    else {
        bail!("its input {:?} is no tensor", value.name)
    };
    Ok(InferenceFact::dt(datum_type(tensor.elem_type)?))
}

/// A constant of the file.
///
/// # Errors
/// What is wrong with it, naming it.
pub fn tensor(proto: &TensorProto) -> TractResult<Tensor> {
    read_tensor(proto).with_context(|| format!("tensor {:?}", proto.name))
}

fn read_tensor(proto: &TensorProto) -> TractResult<Tensor> {
    let Numbers { datum_type, shape, bytes } = numbers(proto)?;
    ensure!(
        datum_type != DatumType::Bool || bytes.iter().all(|&byte| byte <= 1),
        "it holds truth values other than 0 and 1"
    );
    // Safe: the type is one of plain numbers, and there are as many bytes as they need.
    unsafe { Tensor::from_raw_dt(datum_type, &shape, &bytes) }
}

/// The numbers of a constant as they stand in the file.
pub struct Numbers {
    /// Their type.
    pub datum_type: DatumType,
    /// Their shape.
    pub shape: TVec<usize>,
    /// As many bytes as shape and type need, little-endian.
    pub bytes: Bytes,
}

/// Reads a constant without copying it, where its bytes are a part of the file.
///
/// # Errors
/// What is wrong with it.
pub fn numbers(proto: &TensorProto) -> TractResult<Numbers> {
    ensure!(proto.data_location == 0, "it is kept in another file: export the model as one file");
    let datum_type = datum_type(proto.data_type)?;
    let shape = proto.dims.iter().map(|&size| Ok(usize::try_from(size)?)).collect::<TractResult<TVec<usize>>>()?;
    let length =
        shape.iter().try_fold(1usize, |length, &size| length.checked_mul(size)).context("its shape is too large")?;
    let bytes = if proto.raw_data.is_empty() {
        Bytes::from(bytes_of_numbers(proto, datum_type)?)
    } else {
        proto.raw_data.clone()
    };
    let needed = length.checked_mul(datum_type.size_of()).context("its shape is too large")?;
    ensure!(bytes.len() == needed, "it has {} bytes, and {needed} are needed for {shape:?}", bytes.len());
    Ok(Numbers { datum_type, shape, bytes })
}

/// The bytes of a tensor whose numbers stand in the field for their type.
fn bytes_of_numbers(proto: &TensorProto, datum_type: DatumType) -> TractResult<Vec<u8>> {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the format keeps narrow types in wide ones"
    )]
    Ok(match datum_type {
        DatumType::F32 => proto.float_data.iter().flat_map(|value| value.to_le_bytes()).collect(),
        DatumType::F64 => proto.double_data.iter().flat_map(|value| value.to_le_bytes()).collect(),
        DatumType::I64 => proto.int64_data.iter().flat_map(|value| value.to_le_bytes()).collect(),
        DatumType::I32 => proto.int32_data.iter().flat_map(|value| value.to_le_bytes()).collect(),
        DatumType::F16 | DatumType::I16 | DatumType::U16 => {
            proto.int32_data.iter().flat_map(|&value| (value as u16).to_le_bytes()).collect()
        }
        _ => proto.int32_data.iter().map(|&value| value as u8).collect(),
    })
}
