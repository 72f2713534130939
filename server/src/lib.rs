//! The HTTP service: registry, decision plane, jobs, and the embedded admin UI.
