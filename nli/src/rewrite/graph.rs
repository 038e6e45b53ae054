//! A graph that can be asked what computes a value.

use crate::onnx::{
    AttributeProto, GraphProto, NodeProto, TensorProto, ValueInfoProto, attribute_proto::AttributeType,
    tensor_proto::DataType,
};
use std::{
    cell::RefCell,
    collections::{HashMap, HashSet},
};

/// An ONNX graph with an index of its values.
pub struct Graph {
    graph: GraphProto,
    /// Which node computes a value.
    producers: HashMap<String, usize>,
    /// Which initializer holds a value.
    constants: HashMap<String, usize>,
    /// Version of ONNX's own operators.
    opset: i64,
    /// What was found out of masks, see [`super::mask`].
    pub masks: RefCell<HashMap<String, bool>>,
}

impl Graph {
    /// Takes a graph and the version of its operators; `Constant` nodes that hold a tensor become initializers.
    pub fn new(mut graph: GraphProto, opset: i64) -> Self {
        let (constants, nodes): (Vec<_>, Vec<_>) = graph.node.into_iter().partition(is_tensor);
        graph.node = nodes;
        graph.initializer.extend(constants.into_iter().filter_map(|mut node| {
            let tensor = node.attribute.pop()?.t?;
            Some(TensorProto { name: node.output.pop()?, ..tensor })
        }));
        let of_node = |(at, node): (usize, &NodeProto)| {
            node.output.iter().map(move |output| (output.clone(), at)).collect::<Vec<_>>()
        };
        let producers = graph.node.iter().enumerate().flat_map(of_node).collect();
        let constants = graph.initializer.iter().enumerate().map(|(at, tensor)| (tensor.name.clone(), at)).collect();
        Self { graph, producers, constants, opset, masks: RefCell::default() }
    }

    /// Version of ONNX's own operators.
    pub fn opset(&self) -> i64 {
        self.opset
    }

    /// How many nodes it has.
    pub fn len(&self) -> usize {
        self.graph.node.len()
    }

    /// A node by its place.
    pub fn node(&self, at: usize) -> &NodeProto {
        &self.graph.node[at]
    }

    /// Puts a node in the place of another; it must compute the same value from values that come before it.
    pub fn replace(&mut self, at: usize, node: NodeProto) {
        self.graph.node[at] = node;
    }

    /// The node that computes a value, seen through nodes that change nothing about floats.
    pub fn producer(&self, value: &str) -> Option<&NodeProto> {
        let node = self.graph.node.get(*self.producers.get(value)?)?;
        let passes = matches!(node.op_type.as_str(), "Identity" | "Dropout");
        if passes { self.producer(node.input.first()?) } else { Some(node) }
    }

    /// The value that a value is a copy of; itself where it is none. Exporters share equal constants through copies.
    pub fn original<'a>(&'a self, value: &'a str) -> &'a str {
        let node = self.producers.get(value).and_then(|&at| self.graph.node.get(at));
        match node.filter(|node| node.op_type == "Identity").and_then(|node| node.input.first()) {
            Some(original) => self.original(original),
            None => value,
        }
    }

    /// The node of this type that computes a value.
    pub fn made_by(&self, value: &str, op_type: &str) -> Option<&NodeProto> {
        self.producer(value).filter(|node| node.op_type == op_type)
    }

    /// What a value is made of before nodes of these types, which pass on their first input.
    pub fn past<'a>(&'a self, value: &'a str, types: &[&str]) -> Option<&'a str> {
        match self.producer(value) {
            Some(node) if types.contains(&node.op_type.as_str()) => self.past(node.input.first()?, types),
            _ => Some(value),
        }
    }

    /// The tensor that a value is fixed to.
    pub fn constant(&self, value: &str) -> Option<&TensorProto> {
        self.constants.get(value).map(|&at| &self.graph.initializer[at])
    }

    /// The one number that a value is fixed to.
    pub fn scalar(&self, value: &str) -> Option<f32> {
        match floats(self.constant(value)?)?.as_slice() {
            &[value] => Some(value),
            _ => None,
        }
    }

    /// The whole numbers that a value is fixed to.
    pub fn integers(&self, value: &str) -> Option<Vec<i64>> {
        integers(self.constant(value)?)
    }

    /// Of the two inputs of a commutative node, the one that `pick` recognises, and the other.
    pub fn either<'a, T>(&self, node: &'a NodeProto, pick: impl Fn(&str) -> Option<T>) -> Option<(T, &'a str)> {
        let [a, b] = node.input.as_slice() else { return None };
        pick(a).map(|found| (found, b.as_str())).or_else(|| pick(b).map(|found| (found, a.as_str())))
    }

    /// The summands of a sum of sums; of any other value, the value itself.
    pub fn summands<'a>(&'a self, value: &'a str) -> Vec<&'a str> {
        match self.made_by(value, "Add") {
            Some(add) => add.input.iter().flat_map(|summand| self.summands(summand)).collect(),
            None => vec![value],
        }
    }

    /// Adds an initializer; one of that name stays as it is.
    pub fn add_constant(&mut self, tensor: TensorProto) -> String {
        let name = tensor.name.clone();
        self.constants.entry(name.clone()).or_insert_with(|| {
            self.graph.initializer.push(tensor);
            self.graph.initializer.len() - 1
        });
        name
    }

    /// The nodes that compute one value, in order; what comes before those that `begins` names is left out.
    pub fn nodes_of(&self, value: &str, begins: impl Fn(&NodeProto) -> bool) -> Vec<&NodeProto> {
        let mut read = HashSet::from([value]);
        let mut nodes = Vec::new();
        for node in self.graph.node.iter().rev() {
            if node.output.iter().any(|output| read.contains(output.as_str())) {
                if !begins(node) {
                    read.extend(node.input.iter().map(String::as_str));
                }
                nodes.push(node);
            }
        }
        nodes.reverse();
        nodes
    }

    /// The graph's inputs, constants not counted.
    pub fn inputs(&self) -> impl Iterator<Item = &ValueInfoProto> {
        self.graph.input.iter().filter(|input| !self.constants.contains_key(&input.name))
    }

    /// A graph of its own, of nodes that compute one value; `given` holds values that they read and do not compute.
    pub fn part(&self, nodes: Vec<&NodeProto>, value: &str, given: Vec<TensorProto>) -> GraphProto {
        let read: HashSet<&str> = nodes.iter().flat_map(|node| node.input.iter().map(String::as_str)).collect();
        let is_read = |name: &str| read.contains(name) || name == value;
        let constants = self.graph.initializer.iter().filter(|tensor| is_read(&tensor.name));
        GraphProto {
            initializer: constants.cloned().chain(given).collect(),
            input: self.inputs().filter(|input| is_read(&input.name)).cloned().collect(),
            output: vec![ValueInfoProto { name: value.to_owned(), ..ValueInfoProto::default() }],
            node: nodes.into_iter().cloned().collect(),
        }
    }

    /// The graph without the nodes and constants that nothing reads.
    pub fn finish(self) -> GraphProto {
        let mut graph = self.graph;
        let mut read: HashSet<String> = graph.output.iter().map(|output| output.name.clone()).collect();
        // Every node comes after those it reads: from the end, each one is known to be read or not.
        let mut kept = Vec::new();
        for node in graph.node.into_iter().rev() {
            if node.output.iter().any(|output| read.contains(output)) {
                read.extend(node.input.iter().cloned());
                kept.push(node);
            }
        }
        kept.reverse();
        graph.node = kept;
        graph.initializer.retain(|tensor| read.contains(&tensor.name));
        graph
    }
}

/// Whether a node only holds a tensor.
fn is_tensor(node: &NodeProto) -> bool {
    node.op_type == "Constant" && node.attribute.len() == 1 && node.attribute[0].t.is_some()
}

/// A node of one output.
pub fn node(op_type: &str, input: Vec<String>, output: &str, attribute: Vec<AttributeProto>) -> NodeProto {
    NodeProto {
        input,
        output: vec![output.to_owned()],
        name: output.to_owned(),
        op_type: op_type.to_owned(),
        attribute,
        ..NodeProto::default()
    }
}

/// A whole number as an attribute.
pub fn integer(name: &str, i: i64) -> AttributeProto {
    AttributeProto { name: name.to_owned(), r#type: AttributeType::Int as i32, i, ..AttributeProto::default() }
}

/// Whole numbers as an attribute.
pub fn ints(name: &str, ints: Vec<i64>) -> AttributeProto {
    AttributeProto { name: name.to_owned(), r#type: AttributeType::Ints as i32, ints, ..AttributeProto::default() }
}

/// A float as an attribute.
pub fn float(name: &str, f: f32) -> AttributeProto {
    AttributeProto { name: name.to_owned(), r#type: AttributeType::Float as i32, f, ..AttributeProto::default() }
}

/// An attribute of a node.
pub fn attribute<'a>(node: &'a NodeProto, name: &str) -> Option<&'a AttributeProto> {
    node.attribute.iter().find(|attribute| attribute.name == name)
}

/// The values of an f32 tensor.
pub fn floats(tensor: &TensorProto) -> Option<Vec<f32>> {
    if tensor.data_type != DataType::Float as i32 {
        return None;
    }
    if tensor.raw_data.is_empty() {
        return Some(tensor.float_data.clone());
    }
    Some(tensor.raw_data.as_chunks().0.iter().map(|&bytes| f32::from_le_bytes(bytes)).collect())
}

/// The values of an i64 tensor.
pub fn integers(tensor: &TensorProto) -> Option<Vec<i64>> {
    if tensor.data_type != DataType::Int64 as i32 {
        return None;
    }
    if tensor.raw_data.is_empty() {
        return Some(tensor.int64_data.clone());
    }
    Some(tensor.raw_data.as_chunks().0.iter().map(|&bytes| i64::from_le_bytes(bytes)).collect())
}
