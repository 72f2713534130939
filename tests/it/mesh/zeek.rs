//! `zeek-dns` against real logs: names, order and types of the columns.

use super::contract;
use crate::checkout::vectors;

/// What a log's header says: names and types, in order.
fn header(log: &str) -> Vec<(String, String)> {
    let line = |key: &str| -> Vec<String> {
        let line = log
            .lines()
            .find_map(|line| line.strip_prefix(key))
            .unwrap_or_else(|| panic!("no {key} line"));
        line.split('\t')
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (names, types) = (line("#fields"), line("#types"));
    assert_eq!(names.len(), types.len());
    names.into_iter().zip(types).collect()
}

#[test]
fn the_contract_is_what_zeek_writes() {
    let Some(folder) = vectors("dns/zeek") else {
        return;
    };
    let contract = contract("zeek-dns", "2.1.0");
    let object = contract.object("dns").expect("the log is the object `dns`");
    let promised: Vec<_> = contract
        .columns(object)
        .into_iter()
        .filter(|column| column.path != "id" && !column.path.ends_with("[]"))
        .map(|column| {
            (
                column.path,
                column
                    .element
                    .physical_type
                    .clone()
                    .expect("Zeek's type is stated"),
            )
        })
        .collect();

    let mut logs = 0;
    for entry in std::fs::read_dir(folder).expect("the folder can be listed") {
        let path = entry.expect("the folder can be listed").path();
        let written = header(&std::fs::read_to_string(&path).expect("a log is text"));
        // `auth` and `addl` are there where the sensor loads the script for them.
        let optional = written.len() < promised.len();
        let expected: Vec<_> = promised
            .iter()
            .filter(|(name, _)| !(optional && ["auth", "addl"].contains(&name.as_str())))
            .cloned()
            .collect();
        assert_eq!(written, expected, "{}", path.display());
        logs += 1;
    }
    assert!(logs > 10, "the logs were found");
}
