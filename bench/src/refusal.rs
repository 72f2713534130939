//! What it costs the whole process of `zonecut lint` and `zonecut check` to meet documents made to hurt.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde::Deserialize;

use crate::figure::{Figure, Target};
use crate::hostile::{self, Met};
use crate::tools::{Effort, Error, Tools, output};

/// What a process took.
#[derive(Clone, Debug, Deserialize)]
pub struct Cost {
    /// The milliseconds that processors worked for it, of each run.
    pub worked_milliseconds: Vec<f64>,
    /// Its exit code.
    pub code: i32,
    /// Its highest peak of resident memory, in KiB.
    pub peak_kib: f64,
}

/// What `check` ends with where a document can't be compared.
pub const INVALID: i32 = 2;

/// Runs `zonecut` with these arguments.
///
/// # Errors
///
/// When `measure`, the program `zonecut-bench-measure`, can't, or `zonecut` was killed.
pub fn cost(
    measure: &Path,
    zonecut: &Path,
    times: usize,
    arguments: &[&Path],
) -> Result<Cost, Error> {
    let mut command = Command::new(measure);
    command.args([&times.to_string(), "-1"]);
    command.arg(zonecut).args(arguments);
    Ok(serde_json::from_str(&output(&mut command)?)?)
}

/// The most that any document took, and which.
#[derive(Default)]
struct Worst {
    time: (f64, &'static str),
    peak: (f64, &'static str),
}

impl Worst {
    fn add(&mut self, name: &'static str, cost: &Cost) {
        let least = cost.worked_milliseconds.iter().copied();
        let least = least.fold(f64::INFINITY, f64::min);
        if least > self.time.0 {
            self.time = (least, name);
        }
        if cost.peak_kib > self.peak.0 {
            self.peak = (cost.peak_kib, name);
        }
    }

    fn figures(&self, how: &str) -> [Figure; 2] {
        let (time, slowest) = self.time;
        let (peak, largest) = self.peak;
        [
            Figure::new(
                format!("hostile document {how}: processor time, worst (`{slowest}`)"),
                time,
                "ms",
            ),
            Figure::new(
                format!("hostile document {how}: peak memory, worst (`{largest}`)"),
                peak / 1024.0,
                "MiB",
            ),
        ]
    }
}

/// The worst of all documents of `hostile`: those that are refused, which has a target, and those that
/// keep every limit and are met in full.
///
/// # Errors
///
/// When a process can't be measured, or accepts what should be refused.
pub fn figures(tools: &Tools, effort: Effort) -> Result<Vec<Figure>, Error> {
    let folder = tempfile::tempdir()?;
    let plain = folder.path().join("plain.odcs.yaml");
    fs::write(&plain, hostile::PLAIN)?;
    let file = folder.path().join("hostile.odcs.yaml");
    let lint = ["lint".as_ref(), file.as_path()];
    let check = [
        "check".as_ref(),
        "--before".as_ref(),
        plain.as_path(),
        "--after".as_ref(),
        &file,
    ];
    let measure = tools.ours("zonecut-bench-measure")?;
    let times = effort.processes.min(5);
    let [mut refused, mut read] = [const { None }; 2];
    for document in hostile::documents().step_by(effort.hostile) {
        fs::write(&file, &document.bytes)?;
        let worst: &mut Worst = match document.met {
            Met::Refused => refused.get_or_insert_default(),
            Met::Read => read.get_or_insert_default(),
        };
        for (arguments, least) in [(&lint[..], 1), (&check[..], INVALID)] {
            let cost = cost(&measure, &tools.zonecut, times, arguments)?;
            if document.met == Met::Refused && cost.code < least {
                return Err(format!("`{}` was accepted", document.name).into());
            }
            worst.add(document.name, &cost);
        }
    }
    let [time, peak] = refused.unwrap_or_default().figures("refused");
    let mut figures = vec![
        time.target(Target::AtMost(100.0)),
        peak.target(Target::AtMost(64.0)),
    ];
    figures.extend(read.unwrap_or_default().figures("read"));
    Ok(figures)
}
