//! What the audit log and the outbox are told about a change, and the recording of refusals.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use zonecut_audit::{Outcome, Record};

use crate::app::events::EventKind;
use crate::refusals;
use crate::state::AppState;
use crate::store;

/// A change as it is recorded: in the audit log always, in the outbox when it has an event.
#[derive(Debug, Clone)]
pub struct Change {
    /// What was done: `contract.publish`.
    pub action: &'static str,
    /// On what: `recursive-queries-br 1.2.0`.
    pub subject: String,
    /// What else a reader of the log needs; never a secret.
    pub detail: Value,
    /// What subscribers are told.
    pub event: Option<Event>,
}

/// An event for the outbox.
#[derive(Debug, Clone)]
pub struct Event {
    /// Its type.
    pub kind: EventKind,
    /// Its data.
    pub data: Value,
}

impl Change {
    /// `action` on `subject`.
    pub fn new(action: &'static str, subject: impl Into<String>) -> Self {
        Self {
            action,
            subject: subject.into(),
            detail: json!({}),
            event: None,
        }
    }

    /// With detail.
    #[must_use]
    pub fn detail(mut self, detail: Value) -> Self {
        self.detail = detail;
        self
    }

    /// With an event of type `kind`.
    #[must_use]
    pub fn event(mut self, kind: EventKind, data: Value) -> Self {
        self.event = Some(Event { kind, data });
        self
    }

    /// As the audit log has it.
    #[must_use]
    pub fn record(self, at: DateTime<Utc>, actor: &str, outcome: Outcome) -> Record {
        Record {
            at,
            actor: actor.to_owned(),
            action: self.action.to_owned(),
            subject: self.subject,
            outcome,
            detail: self.detail,
        }
    }
}

/// Records, in a transaction of its own, that `actor` was refused `refusal`. The answer is "no" with
/// or without the database: what can't be written now is handed to the recorder, which tries again.
pub async fn refused(state: &AppState, actor: &str, refusal: Change) {
    let at = state.clock.now();
    let record = refusal.clone().record(at, actor, Outcome::Refused);
    if let Err(error) = write(state, record).await {
        tracing::warn!(%error, refusal.action, "a refusal waits to be recorded");
        state.recorder.refused(at, actor, refusal);
    }
    refusals::recorded();
}

async fn write(state: &AppState, record: Record) -> Result<(), sqlx::Error> {
    let mut transaction = state.pool.begin().await?;
    store::audit::append(&mut transaction, vec![record]).await?;
    transaction.commit().await
}
