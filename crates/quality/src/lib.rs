//! Promises as expectations with deadlines; incidents as a state machine.
//!
//! Belongs here: which promises of a contract are held against time ([`promise`]), what a
//! measurement proves ([`measurement`]), and when an incident opens and closes ([`expectation`]).
//! Does not belong here: the clock, the store, and telling anyone.

mod duration;
pub mod expectation;
pub mod measurement;
pub mod promise;

pub use expectation::{Expectation, Transition};
pub use measurement::{Evidence, Measurement, MeasurementError};
pub use promise::{Kind, Promise, PromiseError, promises};
