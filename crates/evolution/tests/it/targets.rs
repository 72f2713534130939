//! What a change takes in each target: the published tables, and the reports that rest on them.

mod page;
mod reports;
mod tables;
mod unknown;

use zonecut_evolution::targets::{self, Target};

fn target(name: &str) -> &'static Target {
    targets::named(name).unwrap()
}
