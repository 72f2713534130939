//! Makes and revokes tokens.

use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

use crate::answer::Answer;
use crate::app::audit::Change;
use crate::app::unit::Unit;
use crate::control_plane::ROLES;
use crate::identity::{EVERYWHERE, Identity, RoleBinding};
use crate::ids::NoRandomness;
use crate::secret::{Secret, SecretHash};
use crate::store;
use crate::store::credential::{Kind, New};

/// Why no token was made or revoked.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// The principal's name is empty or too long.
    #[error("`principal` is 1 to 200 characters")]
    BadPrincipal,
    /// A token without a role could do nothing.
    #[error("`roles` must name at least one role")]
    NoRoles,
    /// There is no such role.
    #[error("`{0}` is not a role: one of {roles} is", roles = ROLES.join(", "))]
    UnknownRole(String),
    /// The name is the service's own in the audit log.
    #[error("`{0}` is reserved: `principal` is the name of a person or a program")]
    ReservedPrincipal(String),
    /// There is no such domain.
    #[error("`{0}` is not a registered domain; `*` is every domain")]
    UnknownDomain(String),
    /// Who makes it does not hold the role.
    #[error("`{role}` in `{domain}` is more than you hold", role = .0.role, domain = .0.domain)]
    TooMuch(RoleBinding),
    /// It would have run out before it was made.
    #[error("`expires_at` is in the past")]
    Past,
    /// There is no such token.
    #[error("there is no token `{0}`")]
    Missing(Uuid),
    /// No secret could be made.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] sqlx::Error),
}

/// Who acts in the audit log where no token does.
const RESERVED: [&str; 3] = ["system", "seed", "anonymous"];

/// A token to be made.
pub struct NewToken {
    /// Whose.
    pub principal: String,
    /// With which roles.
    pub roles: Vec<RoleBinding>,
    /// Until when.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Makes a token; `answer` shows it, this once. An answer with a secret is never kept, so
/// `unit` begins with [`Unit::with_secret`].
///
/// # Errors
/// When the token would mean nothing.
pub async fn create_token(
    mut unit: Unit,
    maker: &Identity,
    token: NewToken,
    answer: impl FnOnce(Uuid, &NewToken, &Secret) -> Answer,
) -> Result<Answer, TokenError> {
    check(&token, unit.at())?;
    check_roles(&mut unit, maker, &token.roles).await?;
    let secret = Secret::new(format!("zc_{}", unit.state().ids.secret()?));
    let id = unit.next_id();
    let (at, actor) = (unit.at(), unit.actor().to_owned());
    let new = New {
        id,
        kind: Kind::Token,
        secret: SecretHash::of(secret.reveal()),
        principal: &token.principal,
        roles: &token.roles,
        parent: None,
        created_at: at,
        created_by: &actor,
        expires_at: token.expires_at,
    };
    store::credential::insert(unit.connection(), &new).await?;
    let detail = json!({
        "principal": token.principal,
        "roles": token.roles,
        "expires_at": token.expires_at,
    });
    let change = Change::new("token.create", format!("token {id}")).detail(detail);
    unit.record(change).await?;
    let answer = answer(id, &token, &secret);
    Ok(unit.commit(answer).await?)
}

/// Ends a token and the sessions that came from it.
///
/// # Errors
/// When there is no such token.
pub async fn revoke_token(mut unit: Unit, id: Uuid) -> Result<Answer, TokenError> {
    let now = unit.at();
    let ended = store::credential::end(unit.connection(), id, Kind::Token, now).await?;
    if ended.is_empty() {
        return Err(TokenError::Missing(id));
    }
    unit.record(Change::new("token.revoke", format!("token {id}")))
        .await?;
    let state = unit.state().clone();
    let answer = unit.commit(Answer::no_content()).await?;
    state.directory.forget(&ended);
    Ok(answer)
}

fn check(token: &NewToken, now: DateTime<Utc>) -> Result<(), TokenError> {
    if !(1..=200).contains(&token.principal.chars().count()) {
        return Err(TokenError::BadPrincipal);
    }
    let principal = token.principal.trim();
    if RESERVED.iter().any(|it| it.eq_ignore_ascii_case(principal)) {
        return Err(TokenError::ReservedPrincipal(principal.to_owned()));
    }
    if token.roles.is_empty() {
        return Err(TokenError::NoRoles);
    }
    let unknown = token
        .roles
        .iter()
        .find(|it| !ROLES.contains(&it.role.as_str()));
    if let Some(binding) = unknown {
        return Err(TokenError::UnknownRole(binding.role.clone()));
    }
    match token.expires_at {
        Some(end) if end <= now => Err(TokenError::Past),
        _ => Ok(()),
    }
}

/// A role is given where there is a domain, and only by who holds all of it there.
async fn check_roles(
    unit: &mut Unit,
    maker: &Identity,
    roles: &[RoleBinding],
) -> Result<(), TokenError> {
    let state = unit.state().clone();
    for binding in roles {
        let domain = binding.domain.as_str();
        if !maker.may_give(state.control_plane.of(&binding.role), domain) {
            return Err(TokenError::TooMuch(binding.clone()));
        }
        let known = domain == EVERYWHERE
            || store::domain::find(unit.connection(), domain)
                .await?
                .is_some();
        if !known {
            return Err(TokenError::UnknownDomain(domain.to_owned()));
        }
    }
    Ok(())
}
