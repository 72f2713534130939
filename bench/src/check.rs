//! The whole process of `zonecut check` on two contracts of 500 fields, beside `zonecut --version`.

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

/// Time and memory of one comparison.
///
/// # Errors
///
/// When a process can't be measured, or does not find what there is to find.
pub fn figures(tools: &Tools, effort: Effort) -> Result<Vec<Figure>, Error> {
    let folder = tempfile::tempdir()?;
    let (before, after) = (
        folder.path().join("before.odcs.yaml"),
        folder.path().join("after.odcs.yaml"),
    );
    fs::write(&before, documents::before())?;
    fs::write(&after, documents::after())?;
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
    Ok(vec![
        Figure::new(
            "`zonecut check`, 500 fields: whole process, median",
            figure,
            "ms",
        )
        .over(floor)
        .target(Target::AtMost(15.0)),
        Figure::new(
            "`zonecut check`, 500 fields: peak memory",
            figure_peak / 1024.0,
            "MiB",
        )
        .over(floor_peak / 1024.0)
        .target(Target::AtMost(12.0)),
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
