//! `POST /v1/tokens`

use chrono::{DateTime, Utc};
use http::header;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::answer::Answer;
use crate::app::tokens::{NewToken, create_token};
use crate::context::Call;
use crate::extract::Json;
use crate::identity::RoleBinding;
use crate::problem::{Problem, ProblemDocument};

/// A token to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateToken {
    /// Whose it is to be.
    principal: String,
    /// What it may do.
    roles: Vec<RoleBinding>,
    /// When it ends; null for never.
    #[serde(default)]
    expires_at: Option<DateTime<Utc>>,
}

/// A token with its secret, shown this once.
#[derive(Debug, Serialize, ToSchema)]
pub struct CreatedToken<'a> {
    /// Its identity.
    id: Uuid,
    /// The secret.
    token: &'a str,
    /// Whose it is.
    principal: &'a str,
    /// What it may do.
    roles: &'a [RoleBinding],
    /// When it ends.
    expires_at: Option<DateTime<Utc>>,
}

/// Makes a token. The answer is the only place where its secret is ever shown.
#[utoipa::path(
    post,
    path = "/v1/tokens",
    operation_id = "create_token",
    tag = "tokens",
    request_body = CreateToken,
    responses(
        (status = 201, body = CreatedToken),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(call: Call, Json(body): Json<CreateToken>) -> Result<Answer, Problem> {
    let token = NewToken {
        principal: body.principal,
        roles: body.roles,
        expires_at: body.expires_at,
    };
    let unit = call.begin_secret().await?;
    let answer = create_token(unit, &call.identity, token, |id, token, secret| {
        let shown = CreatedToken {
            id,
            token: secret.reveal(),
            principal: &token.principal,
            roles: &token.roles,
            expires_at: token.expires_at,
        };
        Answer::created(&format!("/v1/tokens/{id}"), &shown).with(header::CACHE_CONTROL, "no-store")
    });
    Ok(answer.await?)
}
