//! `/v1/measurements`

pub mod report;
