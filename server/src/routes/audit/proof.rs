//! `GET /v1/audit/{seq}/proof`

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use zonecut_audit::leaf_hash;

use crate::app::prove_audit::prove_entry;
use crate::context::Call;
use crate::extract::{Path, Query};
use crate::problem::{Problem, ProblemDocument};
use crate::routes::audit::AuditCheckpoint;

/// In which checkpoint.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ProofQuery {
    /// The size of the checkpoint; the last one when absent.
    size: Option<i64>,
}

/// That an entry is in the log that a checkpoint was signed over (RFC 9162, section 2.1.3).
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditProof {
    /// The entry's place.
    seq: u64,
    /// The entry as the line that is hashed, without its line feed.
    line: String,
    /// The hash of 0x00 and the line, in hexadecimal.
    leaf: String,
    /// The hashes from its sibling up to the root, in hexadecimal.
    path: Vec<String>,
    /// What they lead to.
    checkpoint: AuditCheckpoint,
}

/// Proves that an entry is in the signed audit log, without the rest of it.
#[utoipa::path(
    get,
    path = "/v1/audit/{seq}/proof",
    operation_id = "show_audit_proof",
    tag = "audit",
    params(("seq" = i64, Path, description = "the entry's place, from 1"), ProofQuery),
    responses(
        (status = 200, body = AuditProof),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(
    call: Call,
    Path(seq): Path<i64>,
    Query(query): Query<ProofQuery>,
) -> Result<axum::Json<AuditProof>, Problem> {
    let mut connection = call.connection().await?;
    let proof = prove_entry(&mut connection, seq, query.size).await?;
    let line = proof.entry.to_line();
    Ok(axum::Json(AuditProof {
        seq: proof.entry.seq,
        leaf: leaf_hash(line.as_bytes()).to_string(),
        line,
        path: proof.path.iter().map(ToString::to_string).collect(),
        checkpoint: proof.checkpoint.into(),
    }))
}
