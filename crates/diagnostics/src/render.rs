//! Reports as text: one file per output format.
//!
//! A renderer is a pure function from a report (and the texts it points into) to the bytes that go
//! to standard output or a file. `human` and `json` know each report's own shape; the formats of
//! other tools are made of [`item`]s, which both reports have.

mod answer;
pub mod azure;
pub mod github;
pub mod gitlab;
pub mod human;
pub mod item;
pub mod json;
pub mod junit;
pub mod markdown;
pub mod sarif;

pub use item::{Level, Report};
