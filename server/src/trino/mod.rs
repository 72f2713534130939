//! Trino's OPA access control over our decisions.
//!
//! Belongs here: what each of Trino's operations asks ([`operations`]), how its questions are written
//! ([`wire`]), and what they are answered ([`gate`], [`answers`]). Does not belong here: who may do
//! what, which the policies say, and HTTP.

pub mod answers;
pub mod gate;
pub mod operations;
pub mod wire;
