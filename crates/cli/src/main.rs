//! The `zonecut` command.

fn main() {}
