//! Goes through the whole audit log again and again, as `zonecut audit verify` does, and keeps what it
//! found: an entry that was changed long after it was signed is noticed without an auditor.

use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use zonecut_audit::{Bounds, Broken, Checkpoint, Report, SigningKey, Verifier};

use crate::app::checkpoint::CheckpointError;
use crate::state::AppState;
use crate::store;
use crate::store::audit::{Filter, Part};

/// How many entries are read at a time.
const PART: i64 = 1_000;

/// The signer of the log, and what the last looks at it found.
pub struct Audit {
    /// Signs checkpoints.
    pub key: SigningKey,
    found: Mutex<Found>,
}

/// What was found.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// The checkpoint that the log was last found to hold up to, and when that was. The next walk holds the
    /// log against it too: who writes all of the database anew does not reach what is remembered here.
    pub verified: Option<(Checkpoint, DateTime<Utc>)>,
    /// What is wrong up to the last checkpoint.
    pub signed: Option<Fault>,
    /// What is wrong with what is to be signed next.
    pub unsigned: Option<Fault>,
}

/// Something that is not as it was written.
#[derive(Debug, Clone)]
pub struct Fault {
    /// The first entry concerned.
    pub seq: u64,
    /// What is wrong.
    pub reason: String,
}

impl Found {
    /// The first thing that is not as it was.
    #[must_use]
    pub fn fault(&self) -> Option<&Fault> {
        self.signed.as_ref().or(self.unsigned.as_ref())
    }
}

impl From<&Broken> for Fault {
    /// Of a log that is read from its beginning: its lines are its entries.
    fn from(broken: &Broken) -> Self {
        Self {
            seq: broken.line,
            reason: broken.reason.to_string(),
        }
    }
}

impl Audit {
    /// Of a log that nobody has looked at yet.
    #[must_use]
    pub fn new(key: SigningKey) -> Self {
        let found = Mutex::default();
        Self { key, found }
    }

    /// What the last looks found.
    #[must_use]
    pub fn found(&self) -> Found {
        self.look().clone()
    }

    /// Keeps what signing found of the entries that are not signed yet.
    pub fn signed(&self, signed: &Result<(), CheckpointError>) {
        match signed {
            Ok(()) => self.look().unsigned = None,
            Err(error) => {
                if let Some(fault) = error.fault() {
                    self.look().unsigned = Some(fault);
                }
            }
        }
    }

    /// Keeps what a walk found.
    fn walked(&self, report: &Report, checkpoint: Checkpoint, at: DateTime<Utc>) {
        let mut found = self.look();
        found.signed = report.broken.as_ref().map(Fault::from);
        if found.signed.is_none() {
            found.verified = Some((checkpoint, at));
        }
    }

    fn look(&self) -> MutexGuard<'_, Found> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One walk through the log, up to the checkpoint that was the last one when it began.
pub struct Walk {
    verifier: Verifier,
    checkpoint: Checkpoint,
    next: i64,
    end: i64,
}

impl Walk {
    /// Begins a walk; none while nothing is signed, or when what is signed can't be read.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin(state: &AppState) -> Result<Option<Self>, sqlx::Error> {
        let mut connection = state.pool.acquire().await?;
        let Some(last) = store::audit_tree::checkpoint(&mut connection, None).await? else {
            return Ok(None);
        };
        let keys = store::audit_tree::keys(&mut connection).await?;
        let keys: Vec<_> = keys
            .iter()
            .filter_map(|row| row.verifier.parse().ok())
            .collect();
        let signed = match Checkpoint::open(&last.note, &keys) {
            Ok((signed, _)) => signed,
            Err(error) => {
                tracing::error!(%error, "the last checkpoint of the audit log was changed");
                state.audit.look().signed = Some(Fault {
                    seq: last.size.cast_unsigned(),
                    reason: error.to_string(),
                });
                return Ok(None);
            }
        };
        let before = state.audit.found().verified;
        let mut checkpoints = vec![signed.clone()];
        checkpoints.extend(before.map(|(checkpoint, _)| checkpoint));
        Ok(Some(Self {
            verifier: Verifier::new(Bounds::default()).signed_by(checkpoints),
            checkpoint: signed,
            next: 0,
            end: last.size,
        }))
    }

    /// Takes the next part. Answers the walk while it is not at its end; there it keeps what it found.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn go_on(mut self, state: &AppState) -> Result<Option<Self>, sqlx::Error> {
        let part = Part {
            after: self.next,
            before: self.end + 1,
            limit: PART,
            newest_first: false,
            filter: Filter::default(),
        };
        let mut connection = state.pool.acquire().await?;
        let entries = store::audit::list(&mut connection, &part).await?;
        drop(connection);
        for entry in &entries {
            self.verifier.push(entry.to_line().as_bytes());
        }
        if let Some(last) = entries
            .last()
            .filter(|last| last.seq < self.end.cast_unsigned())
        {
            self.next = last.seq.cast_signed();
            return Ok(Some(self));
        }
        let report = self.verifier.finish();
        if let Some(broken) = &report.broken {
            tracing::error!(entry = broken.line, reason = %broken.reason, "the audit log was changed");
        }
        let at = state.clock.now();
        state.audit.walked(&report, self.checkpoint, at);
        Ok(None)
    }
}
