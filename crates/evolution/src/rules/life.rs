//! The stages of a contract's life.

use zonecut_contract::{Lifecycle, Node};

/// A stage of life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// Nobody may rely on it yet.
    Planned,
    /// It holds.
    Living,
    /// It holds no more.
    Over,
}

/// The stage that a `status` stands for; nothing for the owner's own words.
pub(super) fn stage(status: Option<&Node>) -> Option<Stage> {
    match Lifecycle::of(status.and_then(Node::as_str)?) {
        Lifecycle::Proposed | Lifecycle::Draft => Some(Stage::Planned),
        Lifecycle::Active | Lifecycle::Deprecated => Some(Stage::Living),
        Lifecycle::Retired => Some(Stage::Over),
        Lifecycle::Other => None,
    }
}

/// Whether it holds, and is announced to end.
pub(super) fn is_deprecated(status: Option<&Node>) -> bool {
    status
        .and_then(Node::as_str)
        .is_some_and(|status| Lifecycle::of(status) == Lifecycle::Deprecated)
}
