//! The medians that `cargo bench` left behind.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::figure::Figure;
use crate::tools::Error;

/// Name for a reader, and where criterion keeps it; as in `benches/micro.rs`.
const BENCHES: [(&str, &str); 4] = [
    ("parse a contract of 500 fields", "parse"),
    ("compare two contracts of 500 fields", "compare"),
    ("decide, ten columns, first time", "decide"),
    ("decide, ten columns, asked before", "decide-again"),
];

/// One figure for each benchmark.
///
/// # Errors
///
/// When `cargo bench` was not run before.
pub fn figures(target: &Path) -> Result<Vec<Figure>, Error> {
    BENCHES
        .iter()
        .map(|(name, id)| figure(target, name, id))
        .collect()
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
