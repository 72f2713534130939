//! Every format with every report, held against the format's own schema, and against messages that
//! try to be more than messages.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod blocking;
mod escapes;
mod formats;
mod junit;
mod markdown;
mod sample;
mod sarif;
