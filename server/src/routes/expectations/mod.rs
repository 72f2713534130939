//! `/v1/expectations`

pub mod list;
