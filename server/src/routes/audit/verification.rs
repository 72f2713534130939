//! `GET /v1/audit/verification`

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::context::Call;
use crate::problem::{Problem, ProblemDocument};
use crate::routes::audit::AuditCheckpoint;
use crate::store;

/// What is known about the audit log being as it was written.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditVerification {
    /// How many entries the log has.
    entries: u64,
    /// The last signed checkpoint; null before the first.
    checkpoint: Option<AuditCheckpoint>,
    /// The last walk of this node through the whole log that found it as it was signed.
    verified: Option<Verified>,
    /// What is not as it was; null when nothing is known to be.
    broken: Option<BrokenEntry>,
    /// Whether the service's database role has no right to change or remove entries.
    append_only: bool,
}

/// A walk through the log.
#[derive(Debug, Serialize, ToSchema)]
pub struct Verified {
    /// Up to which entry.
    through: u64,
    /// When it ended.
    at: DateTime<Utc>,
}

/// An entry that is not as it was written.
#[derive(Debug, Serialize, ToSchema)]
pub struct BrokenEntry {
    /// Its place.
    seq: u64,
    /// What is wrong with it.
    reason: String,
}

/// Says how far the audit log is signed and was found to be intact. Who does not want to trust the
/// service for that exports the log and runs `zonecut audit verify`.
#[utoipa::path(
    get,
    path = "/v1/audit/verification",
    operation_id = "show_audit_verification",
    tag = "audit",
    responses(
        (status = 200, body = AuditVerification),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(call: Call) -> Result<axum::Json<AuditVerification>, Problem> {
    let mut connection = call.connection().await?;
    let checkpoint = store::audit_tree::checkpoint(&mut connection, None).await?;
    let found = call.state.audit.found();
    Ok(axum::Json(AuditVerification {
        entries: store::audit::head(&mut connection).await?,
        checkpoint: checkpoint.map(AuditCheckpoint::from),
        verified: found.verified.as_ref().map(|(checkpoint, at)| Verified {
            through: checkpoint.size,
            at: *at,
        }),
        broken: found.fault().map(|fault| BrokenEntry {
            seq: fault.seq,
            reason: fault.reason.clone(),
        }),
        append_only: store::audit::is_append_only(&mut connection).await?,
    }))
}
