//! Differences between two versions of a contract, and what they mean.
