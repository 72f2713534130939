//! The events that subscribers may be told of: every one, and nowhere else.

/// The events, each with its name.
macro_rules! events {
    ($($(#[$doc:meta])* $variant:ident $name:literal;)*) => {
        /// What happened, as subscribers are told of it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum EventKind {
            $($(#[$doc])* $variant,)*
        }

        impl EventKind {
            /// The names of all of them.
            pub const NAMES: &[&str] = &[$($name,)*];

            /// Its name: `noun.participle`, the `type` that subscribers see.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

events! {
    /// A version of a contract was published.
    ContractPublished "contract.published";
    /// A domain was registered.
    DomainCreated "domain.created";
    /// A promise was broken.
    IncidentOpened "incident.opened";
    /// A broken promise is kept again, or withdrawn.
    IncidentResolved "incident.resolved";
    /// A policy document was added.
    PolicyCreated "policy.created";
    /// A policy document was removed.
    PolicyRemoved "policy.removed";
    /// A policy document was replaced.
    PolicyReplaced "policy.replaced";
    /// A product was registered.
    ProductRegistered "product.registered";
    /// A product was replaced.
    ProductReplaced "product.replaced";
}
