//! Documents made to hurt whoever reads them are refused, soon, and without memory worth naming.

use std::fs;
use std::path::Path;

use zonecut_bench::hostile::{Met, PLAIN, documents};
use zonecut_bench::refusal::{INVALID, cost};

use crate::checkout::binary;

/// The milliseconds that a processor may work for the process. The command as it is shipped has 100,
/// which `zonecut-bench --assert` holds it to; an unoptimised build takes up to twelve times as long.
pub const MOST_WORK: f64 = if cfg!(debug_assertions) {
    1200.0
} else {
    100.0
};

/// The most memory of the process, in KiB, however it was built.
pub const MOST_MEMORY: f64 = 64.0 * 1024.0;

#[test]
fn hostile_documents_are_refused_soon_and_in_little_memory() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("hostile.odcs.yaml");
    let plain = folder.path().join("plain.odcs.yaml");
    fs::write(&plain, PLAIN).unwrap();
    let lint = ["lint".as_ref(), file.as_path()];
    let [before, after] = ["--before", "--after"].map(Path::new);
    let check = ["check".as_ref(), before, &plain, after, &file];
    let zonecut = binary();
    let measure = zonecut.with_file_name("zonecut-bench-measure");
    let mut costly = Vec::new();
    for document in documents().filter(|document| document.met == Met::Refused) {
        fs::write(&file, &document.bytes).unwrap();
        // What can be read breaks the official schema, which `lint` tells from what can't.
        for (arguments, least) in [(&lint[..], 1), (&check[..], INVALID)] {
            let taken = cost(&measure, &zonecut, 1, arguments).unwrap();
            let is_refused = (least..=INVALID).contains(&taken.code);
            if !is_refused
                || taken.worked_milliseconds[0] > MOST_WORK
                || taken.peak_kib > MOST_MEMORY
            {
                costly.push((document.name, taken));
            }
        }
    }
    assert!(costly.is_empty(), "{costly:#?}");
}
