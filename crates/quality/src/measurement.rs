//! What a measurement proves.

use chrono::{DateTime, TimeDelta, Utc};

use crate::promise::Kind;

/// How far a reporter's clock may run ahead of ours.
const SKEW: TimeDelta = TimeDelta::minutes(5);
/// A thousand years in seconds: more is no measurement.
const LONGEST: f64 = 3.2e10;

/// What a reporter saw.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measurement {
    /// What was measured.
    pub kind: Kind,
    /// When.
    pub at: DateTime<Utc>,
    /// `freshness`: the age of the newest data at that time in seconds, nothing meaning none.
    /// `latency`: in seconds. `frequency`: how many deliveries, nothing meaning one.
    pub value: Option<f64>,
}

/// What is known about a promise: the best that any measurement proved.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evidence {
    /// `freshness`: the time of the newest data. `frequency`: the last delivery. `latency`: the
    /// last measurement.
    pub at: DateTime<Utc>,
    /// `latency`: the seconds measured then; the worst, where several were.
    pub value: Option<f64>,
}

/// Why a measurement proves nothing.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum MeasurementError {
    /// It was not yet made.
    #[error("`at` `{0}` lies in the future: write when it was measured")]
    Future(DateTime<Utc>),
    /// It was made before there were such services.
    #[error("`at` `{0}` lies before 1970: write when it was measured")]
    TooOld(DateTime<Utc>),
    /// The value is no length of time.
    #[error("`value` `{0}` is no number of seconds: write one from 0 to {LONGEST}")]
    NoSeconds(f64),
    /// A latency without a value.
    #[error("`value` is missing: write the seconds from the event to its data being readable")]
    NoValue,
}

impl Measurement {
    /// What it proves at `now`; nothing where it counts no delivery.
    ///
    /// # Errors
    /// When it can't have been measured: see [`MeasurementError`].
    pub fn evidence(&self, now: DateTime<Utc>) -> Result<Option<Evidence>, MeasurementError> {
        if self.at > now + SKEW {
            return Err(MeasurementError::Future(self.at));
        }
        if self.at < DateTime::UNIX_EPOCH {
            return Err(MeasurementError::TooOld(self.at));
        }
        if let Some(value) = self.value
            && !(0.0..=LONGEST).contains(&value)
        {
            return Err(MeasurementError::NoSeconds(value));
        }
        let at = self.at.min(now);
        Ok(match self.kind {
            Kind::Freshness => Some(Evidence {
                at: (at - seconds(self.value.unwrap_or(0.0))).max(DateTime::UNIX_EPOCH),
                value: None,
            }),
            Kind::Frequency if self.value == Some(0.0) => None,
            Kind::Frequency => Some(Evidence { at, value: None }),
            Kind::Latency => Some(Evidence {
                at,
                value: Some(self.value.ok_or(MeasurementError::NoValue)?),
            }),
        })
    }
}

/// Seconds in the range that was checked.
fn seconds(value: f64) -> TimeDelta {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "checked against LONGEST before"
    )]
    TimeDelta::milliseconds((value * 1_000.0).round() as i64)
}

impl Evidence {
    /// The stronger of two: the later; of two at one time the worse. Neither order nor repetition
    /// of measurements matters.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        match self.at.cmp(&other.at) {
            std::cmp::Ordering::Greater => self,
            std::cmp::Ordering::Less => other,
            std::cmp::Ordering::Equal => Self {
                at: self.at,
                value: match (self.value, other.value) {
                    (Some(one), Some(two)) => Some(one.max(two)),
                    (one, two) => one.or(two),
                },
            },
        }
    }
}
