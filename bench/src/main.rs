//! `zonecut-bench`: measures, prints a table, writes `bench/out/figures.json`.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use zonecut_bench::figure::{Figure, Run};
use zonecut_bench::machine::Machine;
use zonecut_bench::serve::Database;
use zonecut_bench::tools::{Effort, Error, Tools};
use zonecut_bench::{check, criterion, decisions, refusal, serve, web};

const USAGE: &str = "usage: zonecut-bench [--smoke] [--assert] [--zonecut FILE]
  --smoke    as little as shows that every measurement works; exit with 1 when one does not
  --assert   exit with 1 when a target is missed or something could not be measured
  --zonecut  the command to measure; the one beside this program when not given";

struct Arguments {
    smoke: bool,
    assert: bool,
    zonecut: Option<PathBuf>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode, Error> {
    let Some(arguments) = arguments() else {
        eprintln!("{USAGE}");
        return Ok(ExitCode::from(2));
    };
    let beside = std::env::current_exe()?.with_file_name("zonecut");
    let tools = Tools {
        root: std::env::current_dir()?,
        zonecut: std::path::absolute(arguments.zonecut.unwrap_or(beside))?,
    };
    let run = measure(&tools, arguments.smoke).await;
    let folder = tools.root.join("bench/out");
    fs::create_dir_all(&folder)?;
    fs::write(
        folder.join("figures.json"),
        serde_json::to_string_pretty(&run)?,
    )?;
    println!(
        "Measured with `make bench` on: {}.\n\n{}",
        run.machine,
        run.table()
    );
    for skipped in &run.skipped {
        println!("skipped: {skipped}");
    }
    let incomplete = arguments.smoke && !run.skipped.is_empty();
    let missed = arguments.assert && !run.holds();
    Ok(ExitCode::from(u8::from(incomplete || missed)))
}

fn arguments() -> Option<Arguments> {
    let mut found = Arguments {
        smoke: false,
        assert: false,
        zonecut: None,
    };
    let mut words = std::env::args_os().skip(1);
    while let Some(word) = words.next() {
        match word.to_str()? {
            "--smoke" => found.smoke = true,
            "--assert" => found.assert = true,
            "--zonecut" => found.zonecut = Some(words.next()?.into()),
            _ => return None,
        }
    }
    Some(found)
}

/// Everything that can be measured here; what can't be says why, and does not stop the rest.
async fn measure(tools: &Tools, smoke: bool) -> Run {
    let effort = if smoke { Effort::SMOKE } else { Effort::FULL };
    let mut run = Run {
        machine: Machine::this(),
        figures: Vec::new(),
        skipped: Vec::new(),
    };
    let mut take = |what: &str, figures: Result<Vec<Figure>, Error>| match figures {
        Ok(figures) => run.figures.extend(figures),
        Err(error) => run.skipped.push(format!("{what}: {error}")),
    };
    take("zonecut check", check::figures(tools, effort));
    take("hostile documents", refusal::figures(tools, effort));
    match Database::given() {
        Ok(database) => {
            take("zonecut serve", serve::figures(tools, effort, &database));
            take(
                "decisions",
                decisions::figures(tools, effort, &database).await,
            );
        }
        Err(error) => take("PostgreSQL", Err(error)),
    }
    take("admin UI", web::figures(tools));
    if !smoke {
        take("in process", criterion::figures(&tools.target()));
    }
    run
}
