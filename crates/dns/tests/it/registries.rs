//! Our tables against the registries as other projects publish them.

use std::path::{Path, PathBuf};

use zonecut_dns::{OPCODES, QCLASSES, QTYPES, RCODES, Registry};

fn vectors() -> Option<PathBuf> {
    let folder = std::env::var_os("ZONECUT_VECTORS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors"),
        PathBuf::from,
    );
    let found = Some(folder.join("dns/iana")).filter(|folder| folder.is_dir());
    if found.is_none() {
        println!(
            "skipped: IANA registries: no `dns/iana` in {}",
            folder.display()
        );
    }
    found
}

#[test]
fn every_mnemonic_means_the_same_number() {
    let Some(folder) = vectors() else { return };
    let text = std::fs::read_to_string(folder.join("dnspython_enums.json")).unwrap();
    let tables: serde_json::Value = serde_json::from_str(&text).unwrap();
    let mut compared = 0;
    for (table, registry) in [
        ("rrtype", &QTYPES),
        ("rcode", &RCODES),
        ("opcode", &OPCODES),
        ("rrclass", &QCLASSES),
    ] {
        for (mnemonic, number) in tables[table].as_object().unwrap() {
            if mnemonic.starts_with("RESERVED") {
                continue;
            }
            let number = number.as_u64().unwrap();
            assert_eq!(
                registry.number(mnemonic).map(u64::from),
                Some(number),
                "{table} {mnemonic}"
            );
            compared += 1;
        }
    }
    assert!(compared > 100, "compared {compared}");
}

#[test]
fn every_published_number_has_a_mnemonic() {
    let Some(folder) = vectors() else { return };
    let in_table = |file: &str, registry: &Registry, unassigned: &[u16]| {
        for line in std::fs::read_to_string(folder.join(file)).unwrap().lines() {
            let number: u16 = line.split('\t').next().unwrap().parse().unwrap();
            let generic = format!("{}{number}", registry.prefix);
            let named = registry.mnemonic(number) != generic;
            assert_eq!(named, !unassigned.contains(&number), "{file} {line}");
        }
    };
    // Zero and 65535 are reserved; class 2 (CSNET) is obsolete and was never registered for use.
    in_table("dnsmonster_dns_type.tsv", &QTYPES, &[0, 65535]);
    in_table("dnsmonster_dns_response.tsv", &RCODES, &[]);
    in_table("dnsmonster_dns_opcode.tsv", &OPCODES, &[]);
    in_table("dnsmonster_dns_class.tsv", &QCLASSES, &[2]);
}

#[test]
fn numbers_fit_their_field_and_stand_in_order() {
    for registry in [&QTYPES, &RCODES, &OPCODES, &QCLASSES] {
        assert!(
            registry.entries.is_sorted_by_key(|(number, _)| *number),
            "{}",
            registry.what
        );
        for (number, mnemonic) in registry.entries {
            assert_eq!(registry.number(mnemonic), Some(*number));
            assert_eq!(registry.number(&number.to_string()), Some(*number));
        }
    }
}
