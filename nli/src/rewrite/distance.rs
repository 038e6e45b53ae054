//! What an index of rows is for each distance between two tokens. Which row of a table of positions belongs to which distance
//! is not assumed: the nodes that compute it are run here, for every distance that can occur. They depend on nothing else; a
//! graph of which that is not true is left alone.

use super::graph::{self, Graph, attribute};
use crate::onnx::{NodeProto, tensor_proto::DataType};

/// Greatest distance that a row is computed for: one less than the tokens that a pair may have.
pub const REACH: i64 = 2047;

/// What nodes compute from distances: one number for each of them, or one for all.
#[derive(Clone)]
enum Numbers {
    Whole(Vec<i64>),
    Float(Vec<f32>),
    Truth(Vec<bool>),
}

/// Runs the nodes that compute an index of rows, given the distance of each place (query less key): the row of each, none of
/// them below 0.
pub fn rows(graph: &Graph, index: &str, distances: Vec<i64>) -> Option<Vec<i64>> {
    let count = distances.len();
    match numbers(graph, index, &distances)? {
        Numbers::Whole(rows) if rows.len() == count && rows.iter().all(|&row| row >= 0) => Some(rows),
        _ => None,
    }
}

fn numbers(graph: &Graph, value: &str, distances: &[i64]) -> Option<Numbers> {
    use Numbers::{Float, Truth, Whole};
    if let Some(whole) = graph.integers(value).filter(|whole| whole.len() == 1) {
        return Some(Whole(whole));
    }
    if let Some(float) = graph.scalar(value) {
        return Some(Float(vec![float]));
    }
    let node = graph.producer(value)?;
    if let Some(sign) = distance(graph, node) {
        return Some(Whole(distances.iter().map(|distance| sign * distance).collect()));
    }
    let input = |at: usize| numbers(graph, node.input.get(at)?, distances);
    Some(match node.op_type.as_str() {
        "Unsqueeze" | "Squeeze" | "Expand" => input(0)?,
        // A table that says it of each distance, which comes from a file that need not be right.
        "Gather" => match (graph.integers(node.input.first()?)?, input(1)?) {
            (table, Whole(at)) => {
                Whole(at.iter().map(|&at| table.get(usize::try_from(at).ok()?).copied()).collect::<Option<_>>()?)
            }
            _ => return None,
        },
        "ConstantOfShape" => Whole(graph::integers(attribute(node, "value")?.t.as_ref()?)?),
        // Only of all places: what is left of the square is the square.
        "Slice" if graph.integers(node.input.get(1)?)? == [0] => input(0)?,
        "Cast" => cast(input(0)?, attribute(node, "to")?.i)?,
        "Neg" => each(input(0)?, |whole| -whole, |float| -float)?,
        "Sign" => each(input(0)?, i64::signum, |float| if float == 0.0 { 0.0 } else { float.signum() })?,
        "Abs" => each(input(0)?, i64::abs, f32::abs)?,
        "Log" => each_float(input(0)?, f32::ln)?,
        "Ceil" => each_float(input(0)?, f32::ceil)?,
        "Add" => both(input(0)?, input(1)?, |a, b| a + b, |a, b| a + b)?,
        "Sub" => both(input(0)?, input(1)?, |a, b| a - b, |a, b| a - b)?,
        "Mul" => both(input(0)?, input(1)?, |a, b| a * b, |a, b| a * b)?,
        "Div" => match (input(0)?, input(1)?) {
            (Float(a), Float(b)) => Float(zip(&a, &b, |a, b| a / b)?),
            _ => return None,
        },
        "Clip" | "Max" | "Min" => {
            let bounded = match node.op_type.as_str() {
                "Clip" | "Max" => both(input(0)?, input(1)?, i64::max, f32::max)?,
                _ => both(input(0)?, input(1)?, i64::min, f32::min)?,
            };
            if node.op_type == "Clip" { both(bounded, input(2)?, i64::min, f32::min)? } else { bounded }
        }
        "Less" => compared(input(0)?, input(1)?, |a, b| a < b, |a, b| a < b)?,
        "LessOrEqual" => compared(input(0)?, input(1)?, |a, b| a <= b, |a, b| a <= b)?,
        "Greater" => compared(input(0)?, input(1)?, |a, b| a > b, |a, b| a > b)?,
        "GreaterOrEqual" => compared(input(0)?, input(1)?, |a, b| a >= b, |a, b| a >= b)?,
        "And" => match (input(0)?, input(1)?) {
            (Truth(a), Truth(b)) => Truth(zip(&a, &b, |a, b| a && b)?),
            _ => return None,
        },
        "Where" => match (input(0)?, input(1)?, input(2)?) {
            (Truth(test), Whole(a), Whole(b)) => Whole(choose(&test, &a, &b)?),
            (Truth(test), Float(a), Float(b)) => Float(choose(&test, &a, &b)?),
            _ => return None,
        },
        _ => return None,
    })
}

/// 1 where a node computes `row - column` from one range put upright and laid flat, -1 where it computes `column - row`.
fn distance(graph: &Graph, node: &NodeProto) -> Option<i64> {
    let range = |at: usize, axis: i64| {
        let [range, axes] = graph.made_by(node.input.get(at)?, "Unsqueeze")?.input.as_slice() else { return None };
        (graph.integers(axes)? == [axis]).then_some(range)
    };
    let counts = |range: &String| {
        let [from, _, step] = graph.made_by(range, "Range")?.input.as_slice() else { return None };
        Some(graph.integers(from)? == [0] && graph.integers(step)? == [1])
    };
    let of = |row: usize, column: usize| {
        let (upright, flat) = (range(row, 1)?, range(column, 0)?);
        (upright == flat && counts(upright) == Some(true)).then_some(())
    };
    if node.op_type != "Sub" {
        return None;
    }
    of(0, 1).map(|()| 1).or_else(|| of(1, 0).map(|()| -1))
}

fn cast(from: Numbers, to: i64) -> Option<Numbers> {
    use Numbers::{Float, Truth, Whole};
    let to = DataType::try_from(i32::try_from(to).ok()?).ok()?;
    Some(match (from, to) {
        (Whole(from), DataType::Float) => Float(from.into_iter().map(|whole| whole as f32).collect()),
        (Float(from), DataType::Int64 | DataType::Int32) => Whole(from.into_iter().map(|float| float as i64).collect()),
        (Truth(from), DataType::Int64 | DataType::Int32) => Whole(from.into_iter().map(i64::from).collect()),
        (same @ Whole(_), DataType::Int64 | DataType::Int32) | (same @ Float(_), DataType::Float) => same,
        (same @ Truth(_), DataType::Bool) => same,
        _ => return None,
    })
}

fn each(of: Numbers, whole: impl Fn(i64) -> i64, float: impl Fn(f32) -> f32) -> Option<Numbers> {
    match of {
        Numbers::Whole(of) => Some(Numbers::Whole(of.into_iter().map(whole).collect())),
        other => each_float(other, float),
    }
}

fn each_float(of: Numbers, float: impl Fn(f32) -> f32) -> Option<Numbers> {
    match of {
        Numbers::Float(of) => Some(Numbers::Float(of.into_iter().map(float).collect())),
        _ => None,
    }
}

fn both(a: Numbers, b: Numbers, whole: impl Fn(i64, i64) -> i64, float: impl Fn(f32, f32) -> f32) -> Option<Numbers> {
    match (a, b) {
        (Numbers::Whole(a), Numbers::Whole(b)) => Some(Numbers::Whole(zip(&a, &b, whole)?)),
        (Numbers::Float(a), Numbers::Float(b)) => Some(Numbers::Float(zip(&a, &b, float)?)),
        _ => None,
    }
}

fn compared(
    a: Numbers,
    b: Numbers,
    whole: impl Fn(i64, i64) -> bool,
    float: impl Fn(f32, f32) -> bool,
) -> Option<Numbers> {
    match (a, b) {
        (Numbers::Whole(a), Numbers::Whole(b)) => Some(Numbers::Truth(zip(&a, &b, whole)?)),
        (Numbers::Float(a), Numbers::Float(b)) => Some(Numbers::Truth(zip(&a, &b, float)?)),
        _ => None,
    }
}

/// One result for each pair; a side of one number goes with all of the other.
fn zip<A: Copy, B>(a: &[A], b: &[A], of: impl Fn(A, A) -> B) -> Option<Vec<B>> {
    let count = a.len().max(b.len());
    let all = |side: &[A]| side.len() == count || side.len() == 1;
    let at = |side: &[A], at: usize| if side.len() == 1 { side[0] } else { side[at] };
    (all(a) && all(b)).then(|| (0..count).map(|place| of(at(a, place), at(b, place))).collect())
}

fn choose<A: Copy>(test: &[bool], a: &[A], b: &[A]) -> Option<Vec<A>> {
    let pairs = zip(a, b, |a, b| (a, b))?;
    let count = test.len().max(pairs.len());
    let all = |length: usize| length == count || length == 1;
    let at = |length: usize, place: usize| if length == 1 { 0 } else { place };
    let chosen = |place: usize| {
        let (a, b) = pairs[at(pairs.len(), place)];
        if test[at(test.len(), place)] { a } else { b }
    };
    (all(test.len()) && all(pairs.len())).then(|| (0..count).map(chosen).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::onnx::{GraphProto, TensorProto};

    fn constant(name: &str, values: &[i64]) -> TensorProto {
        let dims = if values.len() == 1 { Vec::new() } else { vec![values.len() as i64] };
        let (data_type, int64_data) = (DataType::Int64 as i32, values.to_vec());
        TensorProto { name: name.to_owned(), dims, data_type, int64_data, ..TensorProto::default() }
    }

    /// Distances, key less query, clipped to -2…2, and looked up in a table of five; with `first` in the place of its first place.
    fn looked_up(first: i64) -> Option<Vec<i64>> {
        let node = |op_type: &str, input: &[&str], output: &str| {
            graph::node(op_type, input.iter().map(|&name| name.to_owned()).collect(), output, Vec::new())
        };
        let node = vec![
            node("Range", &["zero", "tokens", "one"], "places"),
            node("Unsqueeze", &["places", "zero"], "flat"),
            node("Unsqueeze", &["places", "one"], "upright"),
            node("Sub", &["flat", "upright"], "ahead"),
            node("Clip", &["ahead", "least", "most"], "near"),
            node("Add", &["near", "most"], "at"),
            node("Gather", &["table", "at"], "rows"),
        ];
        let constants =
            [("zero", &[0][..]), ("one", &[1]), ("least", &[first]), ("most", &[2]), ("table", &[7, 5, 0, 6, 8])];
        let initializer = constants.map(|(name, values)| constant(name, values)).to_vec();
        let graph = Graph::new(GraphProto { node, initializer, ..GraphProto::default() }, 17);
        rows(&graph, "rows", vec![3, 2, 1, 0, -1, -2, -3])
    }

    #[test]
    fn a_table_says_the_row_of_each_distance() {
        assert_eq!(looked_up(-2), Some(vec![7, 7, 5, 0, 6, 8, 8]));
    }

    #[test]
    fn a_distance_that_a_table_lacks_is_refused() {
        assert_eq!(looked_up(-3), None);
    }
}
