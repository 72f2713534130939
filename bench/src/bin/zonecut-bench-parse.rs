//! `zonecut-bench-parse PATH…`: parses the YAML documents that were named, or are in the folders that
//! were, and does nothing with them. What a check of the same documents takes beyond this is its own.

use std::error::Error;
use std::fs;
use std::path::Path;

use saphyr_parser::Parser;

fn main() -> Result<(), Box<dyn Error>> {
    let paths = std::env::args_os().skip(1);
    let mut events = 0;
    for path in paths {
        events += parse(Path::new(&path))?;
    }
    println!("{events}");
    Ok(())
}

/// How many events a file, or each file of a folder, is made of.
fn parse(path: &Path) -> Result<usize, Box<dyn Error>> {
    if path.is_dir() {
        let mut events = 0;
        for entry in fs::read_dir(path)? {
            let path = entry?.path();
            if !path.ends_with(".git") {
                events += parse(&path)?;
            }
        }
        return Ok(events);
    }
    let text = fs::read_to_string(path)?;
    let mut events = 0;
    for event in Parser::new_from_str(&text) {
        event?;
        events += 1;
    }
    Ok(events)
}
