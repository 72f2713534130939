//! The whole process of `zonecut check` on two large contracts, and on a tree of many, beside a
//! process that does nothing with the same documents but parse them.

use std::fs;
use std::path::{Path, PathBuf};
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
const TARGETS: [(usize, f64, Option<f64>); 2] = [(500, 15.0, Some(10.0)), (5_000, 100.0, None)];

/// Fields of each contract of the tree, and what comparing all of them may take, in milliseconds.
const TREE: (usize, f64) = (50, 1_000.0);

/// The second version breaks the first without paying for it, so a check that works ends with 1.
const BLOCKS: i32 = 1;

/// Time and memory of comparisons.
///
/// # Errors
///
/// When a process can't be measured, or does not find what there is to find.
pub fn figures(tools: &Tools, effort: Effort) -> Result<Vec<Figure>, Error> {
    let mut figures = nothing(tools, effort)?;
    let mut times = Vec::new();
    for (fields, milliseconds, memory) in TARGETS {
        let [time, peak] = compare(tools, effort, fields)?;
        times.push(time.value);
        figures.push(time.target(Target::AtMost(milliseconds)));
        figures.push(match memory {
            Some(memory) => peak.target(Target::AtMost(memory)),
            None => peak,
        });
    }
    if let [few, many] = times[..] {
        let linear = Figure::new(
            "`zonecut check`, ten times the fields: whole process",
            many,
            "ms",
        );
        figures.push(linear.over(few * 10.0).target(Target::AtMostOfFloor(1.1)));
    }
    figures.extend(tree(tools, effort)?);
    Ok(figures)
}

/// How large the program is, and what a process of this size costs that has nothing to do.
fn nothing(tools: &Tools, effort: Effort) -> Result<Vec<Figure>, Error> {
    let here = Path::new(".");
    let version = ["--version".into()];
    let measured = measure(tools, (effort.processes, 0), here, &tools.zonecut, &version)?;
    let time = median(&measured.milliseconds).unwrap_or(f64::NAN);
    let kib = u32::try_from(fs::metadata(&tools.zonecut)?.len() / 1024)?;
    Ok(vec![
        Figure::new(
            "`zonecut`: size of the program",
            f64::from(kib) / 1024.0,
            "MiB",
        )
        .target(Target::AtMost(40.0)),
        Figure::new("`zonecut --version`: whole process, median", time, "ms"),
        Figure::new(
            "`zonecut --version`: peak memory",
            measured.peak_kib / 1024.0,
            "MiB",
        ),
    ])
}

fn compare(tools: &Tools, effort: Effort, fields: usize) -> Result<[Figure; 2], Error> {
    let folder = tempfile::tempdir()?;
    let [before, after] = ["before.odcs.yaml", "after.odcs.yaml"].map(|it| folder.path().join(it));
    fs::write(&before, documents::before(fields))?;
    fs::write(&after, documents::after(fields))?;
    let check = [
        "check".into(),
        "--before".into(),
        before.clone(),
        "--after".into(),
        after.clone(),
    ];
    let name = format!("`zonecut check`, {fields} fields");
    in_turns(
        tools,
        effort,
        &name,
        folder.path(),
        &check,
        &[before, after],
    )
}

/// A working tree in which every contract differs from the commit, in its version too.
fn tree(tools: &Tools, effort: Effort) -> Result<[Figure; 2], Error> {
    let ((fields, most), contracts) = (TREE, effort.contracts);
    let folder = tempfile::tempdir()?;
    let [old, new] = ["old", "new"].map(|it| folder.path().join(it));
    write_all(&old, contracts, &documents::before(fields))?;
    write_all(&new, contracts, &documents::before(fields))?;
    git(&new, &["init", "--quiet", "--initial-branch=main"])?;
    git(&new, &["add", "."])?;
    let commit = ["commit", "--quiet", "--message=before"];
    let author = ["-c", "user.name=bench", "-c", "user.email=bench@localhost"];
    git(&new, &[&author[..], &commit[..]].concat())?;
    write_all(&new, contracts, &documents::after(fields))?;
    let name =
        format!("`zonecut check` in git, {contracts} contracts of {fields} fields, all changed");
    let check = ["check", "--against", "HEAD", "--quiet"].map(PathBuf::from);
    let few = Effort {
        rounds: effort.rounds.min(3),
        processes: effort.processes.min(3),
        ..effort
    };
    let [time, peak] = in_turns(tools, few, &name, &new, &check, &[old, new.clone()])?;
    Ok([time.target(Target::AtMost(most)), peak])
}

/// Contracts that are alike in all but their id, ten to a folder.
fn write_all(folder: &Path, contracts: usize, text: &str) -> Result<(), Error> {
    for number in 0..contracts {
        let folder = folder.join(format!("team-{}", number / 10));
        fs::create_dir_all(&folder)?;
        let text = text.replacen("id: large", &format!("id: contract-{number}"), 1);
        fs::write(folder.join(format!("contract-{number}.odcs.yaml")), text)?;
    }
    Ok(())
}

fn git(folder: &Path, arguments: &[&str]) -> Result<(), Error> {
    let mut command = Command::new("git");
    output(command.arg("-C").arg(folder).args(arguments)).map(drop)
}

/// Time and peak of a check in a folder, over those of parsing the documents alone.
fn in_turns(
    tools: &Tools,
    effort: Effort,
    name: &str,
    folder: &Path,
    check: &[PathBuf],
    documents: &[PathBuf],
) -> Result<[Figure; 2], Error> {
    let parse = tools.ours("zonecut-bench-parse")?;
    let [mut floor, mut figure] = [const { Vec::new() }; 2];
    let [mut floor_peak, mut figure_peak] = [0.0_f64; 2];
    for _ in 0..effort.rounds {
        let measured = measure(tools, (effort.processes, 0), folder, &parse, documents)?;
        floor.extend(measured.milliseconds);
        floor_peak = floor_peak.max(measured.peak_kib);
        let times = (effort.processes, BLOCKS);
        let measured = measure(tools, times, folder, &tools.zonecut, check)?;
        figure.extend(measured.milliseconds);
        figure_peak = figure_peak.max(measured.peak_kib);
    }
    let [floor, figure] = [floor, figure].map(|times| median(&times).unwrap_or(f64::NAN));
    Ok([
        Figure::new(format!("{name}: whole process, median"), figure, "ms").over(floor),
        Figure::new(format!("{name}: peak memory"), figure_peak / 1024.0, "MiB")
            .over(floor_peak / 1024.0),
    ])
}

/// Runs a program in a folder that often, each time to that exit code.
fn measure(
    tools: &Tools,
    (processes, code): (usize, i32),
    folder: &Path,
    program: &Path,
    arguments: &[PathBuf],
) -> Result<Measured, Error> {
    let mut command = Command::new(tools.ours("zonecut-bench-measure")?);
    command
        .current_dir(folder)
        .args([processes.to_string(), code.to_string()])
        .arg(program)
        .args(arguments);
    Ok(serde_json::from_str(&output(&mut command)?)?)
}
