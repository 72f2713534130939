//! What decisions are taken from: one immutable snapshot in memory, swapped whole.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use arc_swap::{ArcSwapOption, Guard};
use chrono::{DateTime, Utc};
use zonecut_policy::Snapshot;

use crate::app::decision_set::Documents;

/// The snapshot being served, and how far it is behind.
#[derive(Default)]
pub struct DecisionPlane {
    serving: ArcSwapOption<Serving>,
    /// When the snapshot was last known to be the newest, in microseconds of Unix time.
    confirmed: AtomicI64,
    /// What the next snapshot need not read again.
    pub documents: Arc<Documents>,
}

/// A snapshot and its serial.
pub struct Serving {
    /// The snapshot.
    pub snapshot: Snapshot,
    /// The committed serial that it was built from.
    pub serial: i64,
    /// The domain of each contract that has one.
    pub domains: HashMap<String, String>,
}

impl DecisionPlane {
    /// What is served now; nothing before the first snapshot.
    #[must_use]
    pub fn serving(&self) -> Guard<Option<Arc<Serving>>> {
        self.serving.load()
    }

    /// The serial served now.
    #[must_use]
    pub fn serial(&self) -> Option<i64> {
        self.serving().as_ref().map(|serving| serving.serial)
    }

    /// Serves `serving` from now on.
    pub fn swap(&self, serving: Serving) {
        self.serving.store(Some(Arc::new(serving)));
    }

    /// Notes that what is served is the newest state at `now`.
    pub fn confirm(&self, now: DateTime<Utc>) {
        self.confirmed
            .store(now.timestamp_micros(), Ordering::Relaxed);
    }

    /// For how long what is served has not been known to be the newest, in seconds.
    #[must_use]
    pub fn age(&self, now: DateTime<Utc>) -> f64 {
        let confirmed = DateTime::from_timestamp_micros(self.confirmed.load(Ordering::Relaxed));
        let age = confirmed.map(|confirmed| now - confirmed);
        age.map_or(0.0, |age| age.as_seconds_f64().max(0.0))
    }
}
