//! `GET /v1/audit/keys`

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::context::Call;
use crate::problem::{Problem, ProblemDocument};
use crate::store;

/// The keys that signed the audit log.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditKeys {
    /// The keys, the one that signed first before the others.
    items: Vec<AuditKey>,
}

/// A public key (Ed25519).
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditKey {
    /// Its id, as checkpoints name it.
    id: String,
    /// The verifier key (C2SP signed-note): `NAME+ID+KEY`, the key in base64 after a byte 0x01.
    key: String,
    /// When it signed first; null when it has not yet.
    first_used_at: Option<DateTime<Utc>>,
}

/// Lists the keys that signed checkpoints of the audit log, and the one that this node signs with.
/// Keep them: a later log is held against the keys that you know, not those that it comes with.
#[utoipa::path(
    get,
    path = "/v1/audit/keys",
    operation_id = "list_audit_keys",
    tag = "audit",
    responses(
        (status = 200, body = AuditKeys),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(call: Call) -> Result<axum::Json<AuditKeys>, Problem> {
    let mut connection = call.connection().await?;
    let rows = store::audit_tree::keys(&mut connection).await?;
    let shown = rows.into_iter().map(|row| AuditKey {
        id: row.id,
        key: row.verifier,
        first_used_at: Some(row.first_used_at),
    });
    let mut items: Vec<_> = shown.collect();
    let own = call.state.audit.key.verifying_key();
    if items.iter().all(|item| item.key != own.to_string()) {
        items.push(AuditKey {
            id: own.id().to_string(),
            key: own.to_string(),
            first_used_at: None,
        });
    }
    Ok(axum::Json(AuditKeys { items }))
}
