//! Who calls: a principal with roles, as its credential says, and the directory of all that may call.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use arc_swap::ArcSwap;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::authorization::Permission;
use crate::control_plane::{ControlPlane, Permissions};
use crate::secret::SecretHash;

/// The domain of a binding that holds everywhere.
pub const EVERYWHERE: &str = "*";

/// A role held in a domain, or in all (`*`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleBinding {
    /// The role.
    pub role: String,
    /// The domain, `*` for all.
    pub domain: String,
}

/// An authenticated caller.
#[derive(Debug, Clone)]
pub struct Identity {
    /// The credential presented.
    pub credential: Uuid,
    /// Whose it is.
    pub principal: String,
    /// The roles it carries.
    pub roles: Vec<RoleBinding>,
    permissions: BTreeMap<String, Permissions>,
    expires_at: Option<DateTime<Utc>>,
}

/// Which domains' things a caller may know of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// All domains.
    All,
    /// These only.
    Domains(Vec<String>),
}

impl Scope {
    /// As a query parameter: no list means all.
    #[must_use]
    pub fn domains(&self) -> Option<&[String]> {
        match self {
            Self::All => None,
            Self::Domains(domains) => Some(domains),
        }
    }
}

impl Identity {
    /// What `credential` makes of its principal under `plane`.
    #[must_use]
    pub fn new(
        plane: &ControlPlane,
        credential: Uuid,
        principal: String,
        roles: Vec<RoleBinding>,
        expires_at: Option<DateTime<Utc>>,
    ) -> Self {
        let mut permissions = BTreeMap::<String, Permissions>::new();
        for binding in &roles {
            let held = permissions.entry(binding.domain.clone()).or_default();
            *held = held.union(plane.of(&binding.role));
        }
        Self {
            credential,
            principal,
            roles,
            permissions,
            expires_at,
        }
    }

    /// Whether `permission` is held in some domain.
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        self.permissions
            .values()
            .any(|held| held.contains(permission))
    }

    /// Whether `permission` is held in `domain`.
    #[must_use]
    pub fn may_in(&self, permission: Permission, domain: &str) -> bool {
        [EVERYWHERE, domain].iter().any(|domain| {
            let held = self.permissions.get(*domain);
            held.is_some_and(|held| held.contains(permission))
        })
    }

    /// Whether all of `permissions` are held in `domain`: nobody gives what they do not have.
    #[must_use]
    pub fn may_give(&self, permissions: Permissions, domain: &str) -> bool {
        Permission::ALL
            .iter()
            .filter(|permission| permissions.contains(**permission))
            .all(|permission| self.may_in(*permission, domain))
    }

    /// The domains in which `permission` is held.
    #[must_use]
    pub fn scope(&self, permission: Permission) -> Scope {
        if self.may_in(permission, EVERYWHERE) {
            return Scope::All;
        }
        let held = self.permissions.iter();
        let domains = held.filter(|(_, held)| held.contains(permission));
        Scope::Domains(domains.map(|(domain, _)| domain.clone()).collect())
    }

    /// Each permission held, with its domains: [`EVERYWHERE`] alone, or those that it is held in.
    pub fn permissions(&self) -> impl Iterator<Item = (Permission, Vec<String>)> {
        Permission::ALL.iter().filter_map(|permission| {
            let domains = match self.scope(*permission) {
                Scope::All => vec![EVERYWHERE.to_owned()],
                Scope::Domains(domains) => domains,
            };
            (!domains.is_empty()).then_some((*permission, domains))
        })
    }

    /// Whether the credential has run out at `now`.
    #[must_use]
    pub fn expired(&self, now: DateTime<Utc>) -> bool {
        self.expires_at.is_some_and(|end| end <= now)
    }
}

/// Every credential that may call, in memory: authentication costs no query, and goes on without
/// the database. Follows the database like the snapshot does.
#[derive(Debug, Default)]
pub struct Directory(ArcSwap<HashMap<SecretHash, Arc<Identity>>>);

impl Directory {
    /// Whom `secret` stands for at `now`.
    #[must_use]
    pub fn find(&self, secret: SecretHash, now: DateTime<Utc>) -> Option<Arc<Identity>> {
        let all = self.0.load();
        let identity = all.get(&secret)?;
        (!identity.expired(now)).then(|| Arc::clone(identity))
    }

    /// Replaces all.
    pub fn replace(&self, all: HashMap<SecretHash, Arc<Identity>>) {
        self.0.store(Arc::new(all));
    }

    /// Takes out those of `credentials` at once, without waiting for the next reading.
    pub fn forget(&self, credentials: &[Uuid]) {
        self.0.rcu(|all| {
            let kept = all.iter();
            let kept = kept.filter(|(_, identity)| !credentials.contains(&identity.credential));
            kept.map(|(hash, identity)| (*hash, Arc::clone(identity)))
                .collect::<HashMap<_, _>>()
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn nobody_gives_more_than_they_have() {
        let plane = ControlPlane::shipped().await.unwrap();
        let holder = |role: &str, domain: &str| {
            let binding = RoleBinding {
                role: role.to_owned(),
                domain: domain.to_owned(),
            };
            Identity::new(&plane, Uuid::nil(), "ana".to_owned(), vec![binding], None)
        };
        let steward = holder("steward", "resolvers");
        assert!(steward.may_give(plane.of("owner"), "resolvers"));
        assert!(!steward.may_give(plane.of("owner"), "edge"));
        assert!(!steward.may_give(plane.of("owner"), EVERYWHERE));
        assert!(!steward.may_give(plane.of("admin"), "resolvers"));
        assert!(holder("admin", EVERYWHERE).may_give(plane.of("admin"), "edge"));
    }
}
