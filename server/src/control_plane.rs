//! Roles of the control plane: casbin's model and policy, resolved once into sets of permissions.
//!
//! casbin answers which permissions a role has, inheritance included, when the policy is loaded;
//! requests only look into the sets.

use std::collections::BTreeMap;

use casbin::{CoreApi as _, DefaultModel, Enforcer, RbacApi as _, StringAdapter};

use crate::authorization::Permission;

const MODEL: &str = include_str!("../../policies/control-plane/model.conf");
const POLICY: &str = include_str!("../../policies/control-plane/policy.csv");

/// The roles that can be given.
pub const ROLES: [&str; 9] = [
    "viewer",
    "consumer",
    "owner",
    "steward",
    "privacy-officer",
    "auditor",
    "operator",
    "admin",
    "engine",
];

/// A set of permissions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Permissions(u64);

/// What each role may do.
#[derive(Debug, Clone)]
pub struct ControlPlane {
    roles: BTreeMap<String, Permissions>,
}

/// The model or the policy can't be used.
#[derive(Debug, thiserror::Error)]
pub enum ControlPlaneError {
    /// casbin refuses it.
    #[error("control-plane policy: {0}")]
    Casbin(#[from] casbin::Error),
    /// The policy names a permission that no operation asks for.
    #[error("control-plane policy: `{0}` is not a permission")]
    UnknownPermission(String),
    /// A role that can be given has no permission at all.
    #[error("control-plane policy: role `{0}` has no permission")]
    EmptyRole(String),
}

impl Permissions {
    /// Whether `permission` is in the set.
    #[must_use]
    pub const fn contains(self, permission: Permission) -> bool {
        self.0 & (1 << permission as u8) != 0
    }

    /// Both sets together.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    const fn with(self, permission: Permission) -> Self {
        Self(self.0 | 1 << permission as u8)
    }
}

impl ControlPlane {
    /// The model and policy that the service is built with.
    ///
    /// # Errors
    /// When they can't be used.
    pub async fn shipped() -> Result<Self, ControlPlaneError> {
        Self::build(MODEL, POLICY).await
    }

    async fn build(model: &str, policy: &str) -> Result<Self, ControlPlaneError> {
        let model = DefaultModel::from_str(model).await?;
        let enforcer = Enforcer::new(model, StringAdapter::new(policy)).await?;
        let mut roles = BTreeMap::new();
        for role in ROLES {
            let granted = enforcer.get_implicit_permissions_for_user(role, None);
            let permissions = granted.iter().filter_map(|rule| rule.last()).try_fold(
                Permissions::default(),
                |set, name| match Permission::named(name) {
                    Some(permission) => Ok(set.with(permission)),
                    None => Err(ControlPlaneError::UnknownPermission(name.clone())),
                },
            )?;
            if permissions == Permissions::default() {
                return Err(ControlPlaneError::EmptyRole(role.to_owned()));
            }
            roles.insert(role.to_owned(), permissions);
        }
        Ok(Self { roles })
    }

    /// What `role` may do; nothing, if there is no such role.
    #[must_use]
    pub fn of(&self, role: &str) -> Permissions {
        self.roles.get(role).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn roles_inherit_and_engines_do_not_read() {
        let plane = ControlPlane::shipped().await.unwrap();
        assert!(plane.of("owner").contains(Permission::ContractsRead));
        assert!(!plane.of("viewer").contains(Permission::ContractsPublish));
        assert!(!plane.of("engine").contains(Permission::ContractsRead));
        assert_eq!(plane.of("nobody"), Permissions::default());
        for permission in Permission::ALL {
            assert!(plane.of("admin").contains(*permission), "{permission:?}");
        }
    }

    #[tokio::test]
    async fn a_policy_that_names_an_unknown_permission_is_refused() {
        let policy = format!("{POLICY}\np, viewer, contracts:burn\n");
        let error = ControlPlane::build(MODEL, &policy).await.unwrap_err();
        assert!(error.to_string().contains("`contracts:burn`"));
    }
}
