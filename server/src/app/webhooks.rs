//! Makes and removes webhooks.

use serde_json::json;
use url::Url;
use uuid::Uuid;

use crate::answer::Answer;
use crate::app::audit::Change;
use crate::app::events::EventKind;
use crate::app::unit::Unit;
use crate::ids::NoRandomness;
use crate::secret::Secret;
use crate::store;
use crate::store::webhook::New;
use crate::suggestion::{nearest, suggestion};
use crate::webhooks::address::{self, AddressError};

/// Each webhook has a worker of its own while it is owed something.
const MOST_WEBHOOKS: i64 = 100;
/// Stands for every event.
const EVERY_EVENT: &str = "*";

/// Why no webhook was made, or which is missing.
#[derive(Debug, thiserror::Error)]
pub enum WebhookError {
    /// The URL.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// A secret that can be guessed.
    #[error("`secret` is 16 to 256 characters")]
    BadSecret,
    /// It would never be called.
    #[error("`events` must name at least one event, or `*` for every one")]
    NoEvents,
    /// No event is called so.
    #[error(
        "no event is called `{0}`{suggestion}; there are `{known}`, and `*` for every one",
        suggestion = suggestion(nearest(.0, EventKind::NAMES).as_deref()),
        known = EventKind::NAMES.join("`, `"),
    )]
    UnknownEvent(String),
    /// There are enough.
    #[error("there are {MOST_WEBHOOKS} webhooks already")]
    TooMany,
    /// There is no such webhook.
    #[error("there is no webhook `{0}`")]
    Missing(Uuid),
    /// No secret could be made.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] sqlx::Error),
}

/// A webhook to be made.
pub struct NewWebhook {
    /// Where to call.
    pub url: String,
    /// What signs; made up where absent.
    pub secret: Option<Secret>,
    /// Which events, `*` for every one.
    pub events: Vec<String>,
}

/// Makes a webhook; `answer` shows its secret, this once. An answer with a secret is never kept, so
/// `unit` begins with [`Unit::with_secret`].
///
/// # Errors
/// When it could not be called, or would never be.
pub async fn create_webhook(
    mut unit: Unit,
    webhook: NewWebhook,
    answer: impl FnOnce(Uuid, &NewWebhook, &Secret) -> Answer,
) -> Result<Answer, WebhookError> {
    let url = check(&webhook, unit.state().config.allow_private_webhooks)?;
    unit.take_turn().await?;
    if store::webhook::count(unit.connection()).await? >= MOST_WEBHOOKS {
        return Err(WebhookError::TooMany);
    }
    let secret = match &webhook.secret {
        Some(secret) => secret.clone(),
        None => Secret::new(format!("zcw_{}", unit.state().ids.secret()?)),
    };
    let id = unit.next_id();
    let (at, actor) = (unit.at(), unit.actor().to_owned());
    let new = New {
        id,
        url: url.as_str(),
        secret: &secret,
        events: &webhook.events,
        created_at: at,
        created_by: &actor,
    };
    store::webhook::insert(unit.connection(), &new).await?;
    // Paths and queries of such URLs are often secrets themselves: the host must do.
    let detail = json!({ "host": url.host_str(), "events": webhook.events });
    let change = Change::new("webhook.create", format!("webhook {id}")).detail(detail);
    unit.note(change).await?;
    let answer = answer(id, &webhook, &secret);
    Ok(unit.commit(answer).await?)
}

fn check(webhook: &NewWebhook, allow_private: bool) -> Result<Url, WebhookError> {
    let url = address::checked(&webhook.url, allow_private)?;
    let length = |secret: &Secret| secret.reveal().chars().count();
    if webhook
        .secret
        .as_ref()
        .is_some_and(|it| !(16..=256).contains(&length(it)))
    {
        return Err(WebhookError::BadSecret);
    }
    if webhook.events.is_empty() {
        return Err(WebhookError::NoEvents);
    }
    let known = |event: &str| event == EVERY_EVENT || EventKind::NAMES.contains(&event);
    if let Some(unknown) = webhook.events.iter().find(|event| !known(event)) {
        return Err(WebhookError::UnknownEvent(unknown.clone()));
    }
    Ok(url)
}

/// Removes a webhook and what it is owed.
///
/// # Errors
/// When there is none.
pub async fn delete_webhook(mut unit: Unit, id: Uuid) -> Result<Answer, WebhookError> {
    unit.take_turn().await?;
    if !store::webhook::delete(unit.connection(), id).await? {
        return Err(WebhookError::Missing(id));
    }
    unit.note(Change::new("webhook.delete", format!("webhook {id}")))
        .await?;
    Ok(unit.commit(Answer::no_content()).await?)
}

/// Makes the deliveries that were given up due again; `answer` is told how many.
///
/// # Errors
/// When there is no such webhook.
pub async fn replay_webhook(
    mut unit: Unit,
    id: Uuid,
    answer: impl FnOnce(u64) -> Answer,
) -> Result<Answer, WebhookError> {
    unit.take_turn().await?;
    let now = unit.at();
    let due = store::webhook::replay(unit.connection(), id, now).await?;
    let due = due.ok_or(WebhookError::Missing(id))?;
    let change = Change::new("webhook.replay", format!("webhook {id}"));
    unit.note(change.detail(json!({ "deliveries": due })))
        .await?;
    Ok(unit.commit(answer(due)).await?)
}
