//! What is measured, and what it is measured against.
//!
//! Every figure of speed or memory is taken beside a floor in the same run: the least that any
//! program would need for it on this machine. A ratio to the floor says more than a number of
//! milliseconds from somebody else's machine.

pub mod check;
pub mod criterion;
pub mod decisions;
pub mod documents;
pub mod figure;
pub mod hostile;
pub mod machine;
pub mod questions;
pub mod refusal;
pub mod serve;
pub mod tools;
pub mod trino;
pub mod web;
