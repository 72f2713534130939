//! The rules of the house, as tests: what a reviewer would otherwise have to remember.

mod dependencies;
mod documents;
mod files;
mod fuzzing;
mod purity;
mod readme;
