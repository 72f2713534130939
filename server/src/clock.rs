//! The only place of the service that reads the time. Everything else is told.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Utc};

/// Where the service takes the time from.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    set: Option<Arc<AtomicI64>>,
}

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub fn system() -> Self {
        Self::default()
    }

    /// A clock that stands still at `instant` until it is moved; its clones move with it.
    #[must_use]
    pub fn set_to(instant: DateTime<Utc>) -> Self {
        Self {
            set: Some(Arc::new(AtomicI64::new(instant.timestamp_micros()))),
        }
    }

    /// Moves a clock that was set; the machine's own can't be moved.
    pub fn advance(&self, by: chrono::TimeDelta) {
        if let Some(set) = &self.set {
            set.fetch_add(by.num_microseconds().unwrap_or(0), Ordering::SeqCst);
        }
    }

    /// The time now, to the microsecond, as PostgreSQL keeps it.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        let micros = match &self.set {
            Some(set) => set.load(Ordering::SeqCst),
            None => system_now().timestamp_micros(),
        };
        DateTime::from_timestamp_micros(micros).unwrap_or_default()
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the server's clock")]
fn system_now() -> DateTime<Utc> {
    Utc::now()
}
