//! `/v1/audit`

pub mod list;
