//! An expectation: met, or broken by an incident that is open until proof of the contrary.
//!
//! The whole machine is [`Expectation::settle`]: whatever happened (time passed, a measurement
//! came, the promise changed), compare what is known with the clock, and open or resolve. So an
//! incident can neither open twice nor stay open past its reason.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use crate::measurement::Evidence;
use crate::promise::Kind;

/// A promise that is held, and what is known about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Expectation {
    /// What is promised.
    pub kind: Kind,
    /// How long is allowed.
    pub limit: TimeDelta,
    /// Since when it is held. Until something is measured, time counts from here.
    pub since: DateTime<Utc>,
    /// What measurements proved.
    pub evidence: Option<Evidence>,
    /// Since when an incident is open, if one is.
    pub open_since: Option<DateTime<Utc>>,
}

/// What settling changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "transition", rename_all = "lowercase")]
pub enum Transition {
    /// An incident opened.
    Opened {
        /// When the promise was broken; not later than now, when that was noticed.
        broken_at: DateTime<Utc>,
    },
    /// The open incident is over.
    Resolved,
}

impl Expectation {
    /// When silence breaks the promise; nothing where silence can't.
    #[must_use]
    pub fn deadline(&self) -> Option<DateTime<Utc>> {
        match self.kind {
            Kind::Freshness | Kind::Frequency => {
                let from = self.evidence.map_or(self.since, |evidence| evidence.at);
                from.checked_add_signed(self.limit)
            }
            Kind::Latency => None,
        }
    }

    /// Adds what a measurement proved.
    pub fn learn(&mut self, evidence: Evidence) {
        self.evidence = Some(match self.evidence {
            Some(known) => known.with(evidence),
            None => evidence,
        });
    }

    /// Brings the incident in line with what is known at `now`.
    pub fn settle(&mut self, now: DateTime<Utc>) -> Option<Transition> {
        match (self.broken_at(now), self.open_since) {
            (Some(broken_at), None) => {
                self.open_since = Some(now);
                Some(Transition::Opened { broken_at })
            }
            (None, Some(_)) => {
                self.open_since = None;
                Some(Transition::Resolved)
            }
            _ => None,
        }
    }

    /// Since when the promise is broken, if it is. The very moment of the deadline still keeps it.
    fn broken_at(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        if self.kind == Kind::Latency {
            let evidence = self.evidence?;
            let allowed = self.limit.as_seconds_f64();
            return (evidence.value? > allowed).then_some(evidence.at);
        }
        self.deadline().filter(|deadline| now > *deadline)
    }
}
