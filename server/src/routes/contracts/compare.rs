//! `GET /v1/contracts/{id}/comparison`

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use zonecut_diagnostics::{CheckReport, Place};
use zonecut_evolution::{Fact, diff};

use crate::answer::Answer;
use crate::app::judge;
use crate::context::Call;
use crate::extract::{Path, Query};
use crate::problem::{Problem, ProblemDocument};
use crate::store::contract::Document;

/// Which two versions.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ComparisonQuery {
    /// The old version.
    before: String,
    /// The new version.
    after: String,
}

/// What differs between two versions, and what it means.
#[derive(Debug, Serialize, ToSchema)]
pub struct Comparison<'a> {
    /// The judgement, as of `zonecut check --format json`.
    report: CheckReport,
    /// The differences, as of `zonecut diff --format json`.
    #[schema(value_type = Vec<FactDocument>)]
    facts: Vec<Fact<'a>>,
    /// The old text.
    before: Text<'a>,
    /// The new text.
    after: Text<'a>,
}

/// A single difference between two versions.
#[derive(Serialize, ToSchema)]
#[schema(as = Fact)]
#[serde(rename_all = "camelCase")]
struct FactDocument {
    /// How they differ.
    kind: FactKind,
    /// The section of the document it belongs to; `fundamentals` for what stands alone at the top.
    section: String,
    /// The thing that differs, as in findings.
    path: String,
    /// What of it differs; null when all of it was added, removed or renamed.
    field: Option<String>,
    /// What the old version says.
    before: Option<serde_json::Value>,
    /// What the new version says.
    after: Option<serde_json::Value>,
    /// Where the old version says it.
    before_at: Option<Place>,
    /// Where the new version says it.
    after_at: Option<Place>,
}

/// How two versions differ at one place.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[expect(dead_code, reason = "describes the shape for the OpenAPI document")]
enum FactKind {
    /// Only the new version says it.
    Added,
    /// Only the old version says it.
    Removed,
    /// Both say it, differently.
    Changed,
    /// The same thing, known by its stable `id`, has another name.
    Renamed,
    /// Written differently, meaning the same.
    Respelled,
}

/// A version's text, so that findings can be shown at their lines.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = VersionText)]
pub struct Text<'a> {
    /// The version.
    version: &'a str,
    /// The document, byte for byte.
    text: &'a str,
}

/// Compares two published versions.
#[utoipa::path(
    get,
    path = "/v1/contracts/{id}/comparison",
    operation_id = "compare_contract_versions",
    tag = "contracts",
    params(("id" = String, Path, description = "the contract's id"), ComparisonQuery),
    responses(
        (status = 200, body = Comparison),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(
    call: Call,
    Path(id): Path<String>,
    Query(query): Query<ComparisonQuery>,
) -> Result<Answer, Problem> {
    let place = call.place().await?;
    let mut connection = call.connection().await?;
    let before = super::known_version(&call, &mut connection, &id, &query.before).await?;
    let after = super::known_version(&call, &mut connection, &id, &query.after).await?;
    drop(connection);
    let now = call.state.clock.now();
    place.run(move || compare(&before, &after, now)).await
}

fn compare(before: &Document, after: &Document, now: DateTime<Utc>) -> Result<Answer, Problem> {
    let (old, new) = (judge::reread(before)?, judge::reread(after)?);
    Ok(Answer::ok(&Comparison {
        report: judge::pair(Some(&old), &new, now),
        facts: diff(&old, &new),
        before: Text {
            version: &before.version,
            text: &before.text,
        },
        after: Text {
            version: &after.version,
            text: &after.text,
        },
    }))
}
