//! Real query engines that ask a real `zonecut`. They are fetched and these tests run by
//! `scripts/test-engines` alone: an engine takes a gigabyte and a quarter of a minute to start.

mod trino;
