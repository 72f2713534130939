//! Any bytes as a schema of that format: what comes out is a contract that can be read.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zonecut_formats::Format;

fuzz_target!(|bytes: &[u8]| zonecut_fuzz::assert_import(Format::JsonSchema, bytes));
