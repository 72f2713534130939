//! The stages of a contract's or a product's life, and how `status` spells them.

/// The stage that a `status` stands for, in any case and with blanks around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lifecycle {
    /// `proposed`: nobody may rely on it yet.
    Proposed,
    /// `draft`: nobody may rely on it yet.
    Draft,
    /// `active`: it holds.
    Active,
    /// `deprecated`: it holds, and is announced to end.
    Deprecated,
    /// `retired`: it holds no more.
    Retired,
    /// The owner's own word, or none: nobody can know what it promises.
    Other,
}

impl Lifecycle {
    /// The stage of a `status`.
    #[must_use]
    pub fn of(status: &str) -> Self {
        match word(status).as_str() {
            "proposed" => Self::Proposed,
            "draft" => Self::Draft,
            "active" => Self::Active,
            "deprecated" => Self::Deprecated,
            "retired" => Self::Retired,
            _ => Self::Other,
        }
    }

    /// Whether access is decided by it. A word that nobody knows opens nothing.
    #[must_use]
    pub const fn decides(self) -> bool {
        matches!(self, Self::Active | Self::Deprecated)
    }

    /// Whether nobody relies on it yet.
    #[must_use]
    pub const fn is_tentative(self) -> bool {
        matches!(self, Self::Proposed | Self::Draft)
    }
}

/// The one spelling of a status.
pub(super) fn word(status: &str) -> String {
    status.trim().to_ascii_lowercase()
}
