//! The hash chain that makes the audit log tamper-evident, and its offline verification.
