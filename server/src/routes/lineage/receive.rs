//! `POST /api/v1/lineage`

use http::StatusCode;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::app::receive_lineage::{ReceiveLineageError, receive_lineage};
use crate::context::Call;
use crate::extract::Json;
use crate::problem::{Code, Problem, ProblemDocument};

/// What became of an event.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReceivedEvent {
    /// Whether it had come in before; then it changed nothing.
    duplicate: bool,
    /// Flaws that were read past.
    warnings: Vec<EventWarning>,
}

/// A flaw of an event.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventWarning {
    /// Where, as a path from the root of the event.
    path: String,
    /// What is wrong, and how it was read.
    message: String,
}

/// Takes an OpenLineage 2-0-2 run, job or dataset event. The same event again changes nothing.
#[utoipa::path(
    post,
    path = "/api/v1/lineage",
    operation_id = "receive_lineage",
    tag = "lineage",
    request_body(content = Object, description = "an OpenLineage event"),
    responses(
        (status = 201, body = ReceivedEvent),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(call: Call, Json(event): Json<Value>) -> Result<Answer, Problem> {
    let unit = call.begin().await?;
    let answer = receive_lineage(unit, &event, |received| {
        let warnings = received.warnings.iter().map(|warning| EventWarning {
            path: warning.path.clone(),
            message: warning.message.clone(),
        });
        let shown = ReceivedEvent {
            duplicate: received.duplicate,
            warnings: warnings.collect(),
        };
        Answer::json(StatusCode::CREATED, &shown)
    });
    Ok(answer.await?)
}

impl From<ReceiveLineageError> for Problem {
    fn from(error: ReceiveLineageError) -> Self {
        match error {
            ReceiveLineageError::Event(error) => {
                Self::new(Code::InvalidDocument, error.to_string())
            }
            ReceiveLineageError::Store(error) => error.into(),
        }
    }
}
