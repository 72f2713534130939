//! The whole process of `zonecut check` on two large contracts, beside `zonecut --version`.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde::Deserialize;

use crate::documents;
use crate::figure::{Figure, Target, median};
use crate::tools::{Effort, Error, Tools, output};

#[derive(Deserialize)]
struct Measured {
    milliseconds: Vec<f64>,
    peak_kib: f64,
}

/// Fields of a contract, and what a comparison may take: milliseconds, MiB.
const TARGETS: [(usize, f64, Option<f64>); 2] = [(500, 15.0, Some(12.0)), (5_000, 100.0, None)];

/// Time and memory of one comparison.
///
/// # Errors
///
/// When a process can't be measured, or does not find what there is to find.
pub fn figures(tools: &Tools, effort: Effort) -> Result<Vec<Figure>, Error> {
    let mut figures = Vec::new();
    for (fields, milliseconds, memory) in TARGETS {
        let [time, peak] = compare(tools, effort, fields)?;
        figures.push(time.target(Target::AtMost(milliseconds)));
        figures.push(match memory {
            Some(memory) => peak.target(Target::AtMost(memory)),
            None => peak,
        });
    }
    Ok(figures)
}

fn compare(tools: &Tools, effort: Effort, fields: usize) -> Result<[Figure; 2], Error> {
    let folder = tempfile::tempdir()?;
    let (before, after) = (
        folder.path().join("before.odcs.yaml"),
        folder.path().join("after.odcs.yaml"),
    );
    fs::write(&before, documents::before(fields))?;
    fs::write(&after, documents::after(fields))?;
    let check = [
        "check".as_ref(),
        "--before".as_ref(),
        before.as_path(),
        "--after".as_ref(),
        &after,
    ];
    // The second contract breaks the first without paying for it, so a check that works ends with 1.
    let [mut floor, mut figure] = [const { Vec::new() }; 2];
    let [mut floor_peak, mut figure_peak] = [0.0_f64; 2];
    for _ in 0..effort.rounds {
        let measured = measure(tools, effort, 0, &["--version".as_ref()])?;
        floor.extend(measured.milliseconds);
        floor_peak = floor_peak.max(measured.peak_kib);
        let measured = measure(tools, effort, 1, &check)?;
        figure.extend(measured.milliseconds);
        figure_peak = figure_peak.max(measured.peak_kib);
    }
    let [floor, figure] = [floor, figure].map(|times| median(&times).unwrap_or(f64::NAN));
    let name = |what: &str| format!("`zonecut check`, {fields} fields: {what}");
    Ok([
        Figure::new(name("whole process, median"), figure, "ms").over(floor),
        Figure::new(name("peak memory"), figure_peak / 1024.0, "MiB").over(floor_peak / 1024.0),
    ])
}

fn measure(
    tools: &Tools,
    effort: Effort,
    code: i32,
    arguments: &[&Path],
) -> Result<Measured, Error> {
    let mut command = Command::new(tools.ours("zonecut-bench-measure")?);
    command
        .args([effort.processes.to_string(), code.to_string()])
        .arg(&tools.zonecut)
        .args(arguments);
    Ok(serde_json::from_str(&output(&mut command)?)?)
}
