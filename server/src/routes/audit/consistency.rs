//! `GET /v1/audit/checkpoints/{size}/consistency`

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::app::prove_audit::prove_growth;
use crate::context::Call;
use crate::extract::{Path, Query};
use crate::problem::{Problem, ProblemDocument};
use crate::routes::audit::AuditCheckpoint;

/// With which checkpoint.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ConsistencyQuery {
    /// The size of the earlier checkpoint.
    from: i64,
}

/// That the log at one checkpoint begins with what it was at another (RFC 9162, section 2.1.4).
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditConsistency {
    /// The earlier checkpoint.
    from: AuditCheckpoint,
    /// The later one.
    to: AuditCheckpoint,
    /// The hashes that lead to both roots, in hexadecimal.
    path: Vec<String>,
}

/// Proves that the audit log only grew from one checkpoint to a later one.
#[utoipa::path(
    get,
    path = "/v1/audit/checkpoints/{size}/consistency",
    operation_id = "show_audit_consistency",
    tag = "audit",
    params(("size" = i64, Path, description = "the size of the later checkpoint"), ConsistencyQuery),
    responses(
        (status = 200, body = AuditConsistency),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(
    call: Call,
    Path(size): Path<i64>,
    Query(query): Query<ConsistencyQuery>,
) -> Result<axum::Json<AuditConsistency>, Problem> {
    let mut connection = call.connection().await?;
    let proof = prove_growth(&mut connection, query.from, size).await?;
    Ok(axum::Json(AuditConsistency {
        from: proof.from.into(),
        to: proof.to.into(),
        path: proof.path.iter().map(ToString::to_string).collect(),
    }))
}
