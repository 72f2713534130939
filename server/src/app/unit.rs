//! The unit of work: one transaction that holds a change, its audit row, its outbox row, the new
//! serial, and the answer under its idempotency key. All of it is committed, or none.

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, Postgres, Transaction};
use uuid::Uuid;
use zonecut_audit::Outcome;

use crate::answer::Answer;
use crate::app::audit::{self, Change};
use crate::idempotency::RequestKey;
use crate::state::AppState;
use crate::store;

/// An open unit of work. Dropping it undoes it.
pub struct Unit {
    transaction: Transaction<'static, Postgres>,
    state: AppState,
    actor: String,
    at: DateTime<Utc>,
    key: Option<RequestKey>,
    secret: bool,
}

impl Unit {
    /// Opens a unit for `actor`.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn begin(
        state: &AppState,
        actor: String,
        key: Option<RequestKey>,
    ) -> Result<Self, sqlx::Error> {
        Ok(Self {
            transaction: state.pool.begin().await?,
            state: state.clone(),
            actor,
            at: state.clock.now(),
            key,
            secret: false,
        })
    }

    /// The same, with an answer that holds a secret.
    #[must_use]
    pub fn with_secret(mut self) -> Self {
        self.secret = true;
        self
    }

    /// The connection, inside the transaction.
    pub fn connection(&mut self) -> &mut PgConnection {
        &mut self.transaction
    }

    /// The service.
    #[must_use]
    pub fn state(&self) -> &AppState {
        &self.state
    }

    /// Who acts.
    #[must_use]
    pub fn actor(&self) -> &str {
        &self.actor
    }

    /// From here on acts for `actor`: who that is may be found out only inside the transaction.
    pub fn act_as(&mut self, actor: &str) {
        actor.clone_into(&mut self.actor);
    }

    /// When; one instant for all that the unit does.
    #[must_use]
    pub fn at(&self) -> DateTime<Utc> {
        self.at
    }

    /// A new identifier.
    #[must_use]
    pub fn next_id(&self) -> Uuid {
        self.state.ids.next(self.at)
    }

    /// Takes the writers' turn: until this unit ends, nobody else changes the registry. For use
    /// cases whose rule spans rows. Answers the serial that the change will have.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_turn(&mut self) -> Result<i64, sqlx::Error> {
        store::registry::take_turn(&mut self.transaction).await
    }

    /// Records a change: audit row, outbox row, serial, notification. Answers the serial.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn record(&mut self, change: Change) -> Result<i64, sqlx::Error> {
        let serial = store::registry::advance(&mut self.transaction).await?;
        self.note(change).await?;
        Ok(serial)
    }

    /// Records what changes no answer of the registry (evidence, incidents): audit row and outbox
    /// row, but no new serial, which every node would have to follow.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note(&mut self, change: Change) -> Result<(), sqlx::Error> {
        let id = self.next_id();
        let connection = &mut *self.transaction;
        let (subject, event) = (change.subject.clone(), change.event.clone());
        let record = change.record(self.at, &self.actor, Outcome::Done);
        // First, because it takes the writers' turn: events are numbered in the order of changes.
        store::audit::append(connection, vec![record]).await?;
        match &event {
            Some(event) => store::outbox::append(connection, id, self.at, &subject, event).await,
            None => Ok(()),
        }
    }

    /// Commits, keeping `answer` under the idempotency key where there is one; of an answer with a
    /// secret, that it was given.
    ///
    /// # Errors
    /// When the database fails, or another request with the same key was first.
    pub async fn commit(mut self, answer: Answer) -> Result<Answer, sqlx::Error> {
        if let Some(key) = &self.key {
            let shown_once = self.secret.then(Answer::shown_once);
            let kept = shown_once.as_ref().unwrap_or(&answer);
            store::idempotency::keep(&mut self.transaction, key, kept, self.at).await?;
        }
        self.transaction.commit().await?;
        self.state.changed.notify_one();
        Ok(answer)
    }

    /// Undoes what was done so far and records the refusal, in a transaction of its own.
    pub async fn refuse(self, refusal: Change) {
        let Self {
            transaction,
            state,
            actor,
            ..
        } = self;
        if let Err(error) = transaction.rollback().await {
            // The database undoes what was never committed by itself.
            tracing::warn!(%error, refusal.action, "a transaction could not be undone");
        }
        audit::refused(&state, &actor, refusal).await;
    }
}
