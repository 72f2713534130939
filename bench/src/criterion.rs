//! The medians that `cargo bench` left behind.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::figure::{Figure, Target};
use crate::tools::Error;

/// Name for a reader, and where criterion keeps it; as in `benches/micro.rs`.
const BENCHES: [(&str, &str); 10] = [
    ("parse a contract of 500 fields", "parse-500"),
    ("compare two contracts of 500 fields", "compare-500"),
    (
        "decide among 2,000 rules, 1 column, asked before",
        "decide-again-1",
    ),
    (
        "decide among 2,000 rules, 10 columns, asked before",
        "decide-again-10",
    ),
    (
        "decide among 2,000 rules, 250 columns, asked before",
        "decide-again-250",
    ),
    ("decide among 2,000 rules, 1 column, first time", "decide-1"),
    (
        "decide among 2,000 rules, 10 columns, first time",
        "decide-10",
    ),
    (
        "decide among 2,000 rules, 250 columns, first time",
        "decide-250",
    ),
    (
        "from the bytes of a question to those of the answer, ten columns, asked before",
        "serve-again",
    ),
    (
        "from the bytes of a question to those of the answer, ten columns, read anew",
        "serve",
    ),
];

/// What should cost ten times as much for ten times the fields, and at most a tenth more.
const LINEAR: [(&str, &str, &str); 2] = [
    (
        "parse a contract of 5,000 fields",
        "parse-5000",
        "parse-500",
    ),
    (
        "compare two contracts of 5,000 fields",
        "compare-5000",
        "compare-500",
    ),
];

/// One figure for each benchmark.
///
/// # Errors
///
/// When `cargo bench` was not run before.
pub fn figures(target: &Path) -> Result<Vec<Figure>, Error> {
    let plain = BENCHES.iter().map(|(name, id)| figure(target, name, id));
    let linear = LINEAR.iter().map(|(name, id, tenth)| {
        let floor = 10.0 * figure(target, name, tenth)?.value;
        let figure = figure(target, name, id)?.over(floor);
        Ok(figure.target(Target::AtMostOfFloor(1.1)))
    });
    plain.chain(linear).collect()
}

fn figure(target: &Path, name: &str, id: &str) -> Result<Figure, Error> {
    let file = target.join("criterion").join(id).join("new/estimates.json");
    let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let estimates: Value = serde_json::from_str(&text)?;
    let nanoseconds = estimates
        .pointer("/median/point_estimate")
        .and_then(Value::as_f64);
    let nanoseconds = nanoseconds.ok_or_else(|| format!("no median in {}", file.display()))?;
    Ok(Figure::new(
        format!("in process: {name}"),
        nanoseconds / 1000.0,
        "µs",
    ))
}
