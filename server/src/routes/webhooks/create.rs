//! `POST /v1/webhooks`

use http::header;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::answer::Answer;
use crate::app::webhooks::{NewWebhook, create_webhook};
use crate::context::Call;
use crate::extract::Json;
use crate::problem::{Problem, ProblemDocument};
use crate::secret::Secret;

/// A webhook to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateWebhook {
    /// Where to call, over HTTPS.
    url: String,
    /// What signs the calls, 16 to 256 characters; made up when absent.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    secret: Option<Secret>,
    /// Which events, `incident.opened` and the like; `*` for every one.
    events: Vec<String>,
}

/// A webhook with its secret, shown this once.
#[derive(Serialize, ToSchema)]
pub struct CreatedWebhook<'a> {
    /// Its identity, also the key id of its calls.
    id: Uuid,
    /// Where it calls.
    url: &'a str,
    /// What signs the calls.
    secret: &'a str,
    /// Which events.
    events: &'a [String],
}

/// Makes a webhook. The answer is the only place where its secret is ever shown.
#[utoipa::path(
    post,
    path = "/v1/webhooks",
    operation_id = "create_webhook",
    tag = "webhooks",
    request_body = CreateWebhook,
    responses(
        (status = 201, body = CreatedWebhook),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(call: Call, Json(body): Json<CreateWebhook>) -> Result<Answer, Problem> {
    let webhook = NewWebhook {
        url: body.url,
        secret: body.secret,
        events: body.events,
    };
    let unit = call.begin_secret().await?;
    let answer = create_webhook(unit, webhook, |id, webhook, secret| {
        let shown = CreatedWebhook {
            id,
            url: &webhook.url,
            secret: secret.reveal(),
            events: &webhook.events,
        };
        let location = format!("/v1/webhooks/{id}");
        Answer::created(&location, &shown).with(header::CACHE_CONTROL, "no-store")
    });
    Ok(answer.await?)
}
