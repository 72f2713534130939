//! `/v1/decisions`

pub mod ask;
