//! Signing in and out: a one-time code or a token becomes a browser's session.

use chrono::TimeDelta;
use serde_json::json;

use crate::answer::Answer;
use crate::app::audit::Change;
use crate::app::unit::Unit;
use crate::attempts::{Attempt, Limited};
use crate::identity::{Identity, RoleBinding};
use crate::ids::NoRandomness;
use crate::refusals;
use crate::secret::{Secret, SecretHash};
use crate::source::Source;
use crate::state::AppState;
use crate::store;
use crate::store::credential::{Active, Kind, New};

/// How long a session lasts.
pub const SESSION: TimeDelta = TimeDelta::hours(12);
/// How long a sign-in code is good.
pub const CODE: TimeDelta = TimeDelta::minutes(15);

/// What is presented to sign in.
#[derive(Debug)]
pub enum Presented {
    /// A one-time sign-in code.
    Code(Secret),
    /// A token.
    Token(Secret),
}

/// Why nobody is signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// It stands for nobody, was used, or has run out.
    #[error("the code or token is unknown, was used, or has run out")]
    Unknown,
    /// Too many have failed.
    #[error("{0}")]
    Limited(Limited),
    /// The first token could not be handed over.
    #[error("the first token could not be handed over: {0}")]
    HandOver(std::io::Error),
    /// No secret could be made.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] sqlx::Error),
}

/// A new session: whose it is, and the secret for the cookie.
pub struct SignedIn {
    /// Whose it is.
    pub identity: Identity,
    /// The secret.
    pub secret: Secret,
}

/// Signs in whoever asks from `source`.
///
/// # Errors
/// When what is presented stands for nobody, or that was so too often.
pub async fn sign_in(
    state: &AppState,
    source: Source,
    presented: &Presented,
) -> Result<SignedIn, SignInError> {
    let attempt = Attempt::SignIn;
    refusals::check(state, source, attempt).map_err(SignInError::Limited)?;
    let mut unit = Unit::begin(state, "anonymous".to_owned(), None).await?;
    let now = unit.at();
    let (found, parent) = match presented {
        Presented::Code(code) => {
            let hash = SecretHash::of(code.reveal());
            (
                store::credential::use_code(unit.connection(), hash, now).await?,
                false,
            )
        }
        Presented::Token(token) => {
            let hash = SecretHash::of(token.reveal());
            // A session from a session would outlive the token that both came from.
            let kinds = [Kind::Token];
            (
                store::credential::find_active(unit.connection(), &kinds, hash, now).await?,
                true,
            )
        }
    };
    let Some(Active {
        id,
        principal,
        roles,
        expires_at,
        ..
    }) = found
    else {
        let refusal = Change::new(attempt.action(), "session");
        refusals::failed(state, source, attempt, "anonymous", refusal);
        return Err(SignInError::Unknown);
    };
    let secret = Secret::new(format!("zcs_{}", state.ids.secret()?));
    let end = now + SESSION;
    let session = New {
        id: unit.next_id(),
        kind: Kind::Session,
        secret: SecretHash::of(secret.reveal()),
        principal: &principal,
        roles: &roles,
        parent: parent.then_some(id),
        created_at: now,
        created_by: &principal,
        expires_at: Some(expires_at.filter(|_| parent).map_or(end, |it| it.min(end))),
    };
    store::credential::insert(unit.connection(), &session).await?;
    let (id, expires_at) = (session.id, session.expires_at);
    unit.act_as(&principal);
    unit.record(Change::new("session.create", format!("session {id}")))
        .await?;
    unit.commit(Answer::no_content()).await?;
    let plane = &state.control_plane;
    let identity = Identity::new(plane, id, principal, roles.0, expires_at);
    Ok(SignedIn { identity, secret })
}

/// Ends the session of `identity`.
///
/// # Errors
/// When the database fails.
pub async fn sign_out(mut unit: Unit, identity: &Identity) -> Result<Answer, sqlx::Error> {
    let now = unit.at();
    let id = identity.credential;
    let ended = store::credential::end(unit.connection(), id, Kind::Session, now).await?;
    if ended.is_empty() {
        return Ok(Answer::no_content());
    }
    unit.record(Change::new("session.end", format!("session {id}")))
        .await?;
    let state = unit.state().clone();
    let answer = unit.commit(Answer::no_content()).await?;
    state.directory.forget(&ended);
    Ok(answer)
}

/// Makes a one-time sign-in code for the administrator, told to whoever starts the service. Only the
/// newest is good.
///
/// # Errors
/// When the database fails.
pub async fn issue_code(state: &AppState) -> Result<Secret, SignInError> {
    let code = Secret::new(state.ids.secret()?);
    let mut unit = Unit::begin(state, "system".to_owned(), None).await?;
    let now = unit.at();
    let new = New {
        id: unit.next_id(),
        kind: Kind::Code,
        secret: SecretHash::of(code.reveal()),
        principal: ADMINISTRATOR,
        roles: &administrator(),
        parent: None,
        created_at: now,
        created_by: "system",
        expires_at: Some(now + CODE),
    };
    store::credential::end_codes(unit.connection(), ADMINISTRATOR, now).await?;
    store::credential::insert(unit.connection(), &new).await?;
    let detail = json!({ "principal": ADMINISTRATOR });
    let change = Change::new("code.create", format!("code {}", new.id)).detail(detail);
    unit.note(change).await?;
    unit.commit(Answer::no_content()).await?;
    Ok(code)
}

/// Makes the first administrator's token, if no token was ever made. It holds once it was handed
/// over: a token that nobody got would lock everybody out.
///
/// # Errors
/// When it can't be handed over, or the database fails.
pub async fn first_token(
    state: &AppState,
    hand_over: impl FnOnce(&Secret) -> std::io::Result<()>,
) -> Result<(), SignInError> {
    let mut unit = Unit::begin(state, "system".to_owned(), None).await?;
    unit.take_turn().await?;
    if store::credential::any_token(unit.connection()).await? {
        return Ok(());
    }
    let token = Secret::new(format!("zc_{}", state.ids.secret()?));
    let at = unit.at();
    let new = New {
        id: unit.next_id(),
        kind: Kind::Token,
        secret: SecretHash::of(token.reveal()),
        principal: ADMINISTRATOR,
        roles: &administrator(),
        parent: None,
        created_at: at,
        created_by: "system",
        expires_at: None,
    };
    store::credential::insert(unit.connection(), &new).await?;
    let detail = json!({ "principal": ADMINISTRATOR });
    let change = Change::new("token.create", format!("token {}", new.id)).detail(detail);
    unit.record(change).await?;
    hand_over(&token).map_err(SignInError::HandOver)?;
    unit.commit(Answer::no_content()).await?;
    Ok(())
}

const ADMINISTRATOR: &str = "admin";

fn administrator() -> [RoleBinding; 1] {
    [RoleBinding {
        role: "admin".to_owned(),
        domain: crate::identity::EVERYWHERE.to_owned(),
    }]
}
