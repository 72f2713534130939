//! Journeys: the real binary, served with a PostgreSQL of its own and driven as people drive it.
//! Few and whole; what concerns one route or one rule is tested where it lives.

pub mod api;
mod hostile;
mod receiver;
mod story;
pub mod zonecut;
