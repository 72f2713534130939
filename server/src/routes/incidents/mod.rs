//! `/v1/incidents`

pub mod list;
