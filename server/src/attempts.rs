//! Failed attempts to be somebody, counted by source and minute, in bounded memory. Only failures
//! come here: whoever presents a credential that is known never waits for this lock.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use crate::source::Source;

/// How many attempts of a source may fail in a window.
pub const FAILURES: u32 = 20;
/// How long failures are counted together.
pub const WINDOW: TimeDelta = TimeDelta::minutes(1);
/// How many sources are remembered.
const SOURCES: usize = 4_096;

/// What was attempted. Each is counted for itself: a program with a token that ran out keeps nobody at
/// the same address from signing in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Attempt {
    /// To sign in with a code or a token.
    SignIn,
    /// To call with a token or a session.
    Call,
}

impl Attempt {
    /// What the audit log calls its refusal.
    #[must_use]
    pub const fn action(self) -> &'static str {
        match self {
            Self::SignIn => "session.create",
            Self::Call => "access.refuse",
        }
    }
}

/// The failures of all sources.
#[derive(Debug, Default)]
pub struct Attempts(Mutex<HashMap<(Source, Attempt), Window>>);

#[derive(Debug, Clone, Copy)]
struct Window {
    end: DateTime<Utc>,
    failures: u32,
}

/// Too many attempts failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limited {
    source: Source,
    /// In how many seconds the next may be made.
    pub retry_after: u64,
}

impl fmt::Display for Limited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            source,
            retry_after,
        } = self;
        write!(
            f,
            "more than {FAILURES} attempts from `{source}` failed; the next may be made in {retry_after} s"
        )
    }
}

impl Attempts {
    /// Whether `source` may make another attempt.
    ///
    /// # Errors
    /// When too many of its attempts have failed in this window.
    pub fn check(
        &self,
        source: Source,
        attempt: Attempt,
        now: DateTime<Utc>,
    ) -> Result<(), Limited> {
        let windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match windows.get(&(source, attempt)) {
            Some(window) if window.end > now && window.failures >= FAILURES => {
                let left = (window.end - now).num_milliseconds().cast_unsigned();
                Err(Limited {
                    source,
                    retry_after: left.div_ceil(1_000),
                })
            }
            _ => Ok(()),
        }
    }

    /// Counts a failure; answers how many there were in this window.
    pub fn failed(&self, source: Source, attempt: Attempt, now: DateTime<Utc>) -> u32 {
        let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (source, attempt);
        if windows.len() >= SOURCES && !windows.contains_key(&key) {
            make_room(&mut windows, now);
        }
        let fresh = Window {
            end: now + WINDOW,
            failures: 0,
        };
        let window = windows.entry(key).or_insert(fresh);
        if window.end <= now {
            *window = fresh;
        }
        window.failures = window.failures.saturating_add(1);
        window.failures
    }
}

/// Forgets the windows that are over, else those that will be first.
fn make_room(windows: &mut HashMap<(Source, Attempt), Window>, now: DateTime<Utc>) {
    windows.retain(|_, window| window.end > now);
    if windows.len() < SOURCES {
        return;
    }
    let mut ends: Vec<_> = windows.values().map(|window| window.end).collect();
    // An eighth at once, so that a crowd does not cost a search for each of its members.
    let (_, last, _) = ends.select_nth_unstable(SOURCES / 8);
    let last = *last;
    windows.retain(|_, window| window.end > last);
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, SocketAddr};

    use axum::extract::ConnectInfo;
    use http::{Extensions, HeaderMap};

    use super::*;

    fn source(number: u32) -> Source {
        let mut extensions = Extensions::new();
        let address = Ipv4Addr::from_bits(number);
        extensions.insert(ConnectInfo(SocketAddr::from((address, 1))));
        Source::of(&HeaderMap::new(), &extensions, &[])
    }

    #[test]
    fn a_window_is_of_one_source_and_one_kind_and_ends() {
        let attempts = Attempts::default();
        let start = DateTime::UNIX_EPOCH;
        let (eve, ana) = (source(1), source(2));
        for count in 1..=FAILURES {
            assert_eq!(attempts.check(eve, Attempt::Call, start), Ok(()));
            assert_eq!(attempts.failed(eve, Attempt::Call, start), count);
        }
        let later = start + TimeDelta::milliseconds(17_500);
        let limited = attempts.check(eve, Attempt::Call, later).unwrap_err();
        assert_eq!(limited.retry_after, 43);
        assert_eq!(attempts.check(ana, Attempt::Call, later), Ok(()));
        assert_eq!(attempts.check(eve, Attempt::SignIn, later), Ok(()));
        let over = start + WINDOW;
        assert_eq!(attempts.check(eve, Attempt::Call, over), Ok(()));
        assert_eq!(attempts.failed(eve, Attempt::Call, over), 1);
    }

    #[test]
    fn a_crowd_takes_no_more_than_its_room() {
        let attempts = Attempts::default();
        let mut now = DateTime::UNIX_EPOCH;
        for number in 0..30_000 {
            now += TimeDelta::milliseconds(i64::from(number % 2));
            attempts.failed(source(number), Attempt::Call, now);
            assert!(attempts.0.lock().unwrap().len() <= SOURCES);
        }
        let same = DateTime::UNIX_EPOCH + TimeDelta::days(1);
        for number in 0..30_000 {
            attempts.failed(source(number), Attempt::Call, same);
            assert!(attempts.0.lock().unwrap().len() <= SOURCES);
        }
        assert_eq!(attempts.failed(source(29_999), Attempt::Call, same), 2);
    }
}
