//! Reports as text: one file per output format.
//!
//! A renderer is a pure function from a report (and the texts it points into) to the bytes that go
//! to standard output.

pub mod human;
pub mod json;
