//! Laws of the incident state machine, on generated histories.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use zonecut_quality::{Evidence, Expectation, Kind, Measurement, MeasurementError, Transition};

fn start() -> DateTime<Utc> {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

fn at(seconds: i64) -> DateTime<Utc> {
    start() + TimeDelta::seconds(seconds)
}

fn expectation(kind: Kind, limit: i64) -> Expectation {
    Expectation {
        kind,
        limit: TimeDelta::seconds(limit),
        since: start(),
        evidence: None,
        open_since: None,
    }
}

fn measured(kind: Kind, seconds: i64, value: Option<f64>) -> Evidence {
    let measurement = Measurement {
        kind,
        at: at(seconds),
        value,
    };
    measurement.evidence(at(seconds)).unwrap().unwrap()
}

fn silent_kind() -> impl Strategy<Value = Kind> {
    prop_oneof![Just(Kind::Freshness), Just(Kind::Frequency)]
}

fn kind() -> impl Strategy<Value = Kind> {
    prop::sample::select(Kind::ALL.to_vec())
}

/// Something that happens: a measurement, or only a look at the clock.
fn history() -> impl Strategy<Value = Vec<(i64, Option<u16>)>> {
    prop::collection::vec((0_i64..500, prop::option::of(0_u16..300)), 0..30).prop_map(
        |mut events| {
            events.sort();
            events
        },
    )
}

fn run(
    expectation: &mut Expectation,
    history: &[(i64, Option<u16>)],
) -> Vec<(DateTime<Utc>, Transition)> {
    let mut transitions = Vec::new();
    for &(seconds, value) in history {
        if let Some(value) = value {
            expectation.learn(measured(
                expectation.kind,
                seconds,
                Some(f64::from(value) + 1.0),
            ));
        }
        transitions.extend(
            expectation
                .settle(at(seconds))
                .map(|transition| (at(seconds), transition)),
        );
    }
    transitions
}

proptest! {
    #[test]
    fn no_incident_before_the_deadline(kind in silent_kind(), limit in 1_i64..1000, early in 0_i64..1000) {
        let mut expectation = expectation(kind, limit);
        let now = at(early.min(limit));
        prop_assert_eq!(expectation.settle(now), None);
        prop_assert!(now <= expectation.deadline().unwrap());
    }

    #[test]
    fn silence_past_the_deadline_opens_exactly_one(kind in silent_kind(), limit in 1_i64..1000, looks in prop::collection::btree_set(1_i64..1000, 1..9)) {
        let mut expectation = expectation(kind, limit);
        let opened: Vec<_> = looks.iter().filter_map(|late| expectation.settle(at(limit + late))).collect();
        prop_assert_eq!(opened, vec![Transition::Opened { broken_at: at(limit) }]);
        prop_assert!(expectation.open_since.is_some());
    }

    #[test]
    fn one_measurement_closes_it_and_silence_opens_the_next(kind in silent_kind(), limit in 1_i64..1000, late in 1_i64..1000) {
        let mut expectation = expectation(kind, limit);
        let closed = limit + late;
        prop_assert!(expectation.settle(at(closed)).is_some());
        expectation.learn(measured(kind, closed, None));
        prop_assert_eq!(expectation.settle(at(closed)), Some(Transition::Resolved));
        prop_assert_eq!(expectation.settle(at(closed + limit)), None);
        let again = Transition::Opened { broken_at: at(closed + limit) };
        prop_assert_eq!(expectation.settle(at(closed + limit + 1)), Some(again));
    }

    #[test]
    fn a_late_measurement_closes_only_what_it_disproves(limit in 1_i64..1000, seen in 0_i64..1000, late in 1_i64..1000) {
        let mut expectation = expectation(Kind::Freshness, limit);
        let now = limit + late;
        expectation.settle(at(now));
        expectation.learn(measured(Kind::Freshness, seen.min(now), None));
        let still_fresh = seen.min(now) + limit >= now;
        prop_assert_eq!(expectation.settle(at(now)), still_fresh.then_some(Transition::Resolved));
    }

    #[test]
    fn neither_order_nor_repetition_of_measurements_matters(kind in kind(), limit in 1_i64..300, history in history(), seed in any::<u64>()) {
        let evidence: Vec<Evidence> = history.iter()
            .filter_map(|(seconds, value)| Some(measured(kind, *seconds, Some(f64::from((*value)?) + 1.0))))
            .collect();
        let mut shuffled = evidence.clone();
        shuffled.extend(evidence.first());
        shuffled.sort_by_key(|evidence| evidence.at.timestamp().unsigned_abs().wrapping_mul(seed | 1));
        let settled = |evidence: &[Evidence]| {
            let mut expectation = expectation(kind, limit);
            for evidence in evidence {
                expectation.learn(*evidence);
            }
            expectation.settle(at(500));
            expectation
        };
        prop_assert_eq!(settled(&evidence), settled(&shuffled));
    }

    #[test]
    fn incidents_open_and_close_by_turns(kind in kind(), limit in 1_i64..300, history in history()) {
        let mut expectation = expectation(kind, limit);
        let transitions = run(&mut expectation, &history);
        for (number, (now, transition)) in transitions.iter().enumerate() {
            match transition {
                Transition::Opened { broken_at } => prop_assert!(number % 2 == 0 && broken_at <= now),
                Transition::Resolved => prop_assert!(number % 2 == 1),
            }
        }
        prop_assert_eq!(expectation.open_since.is_some(), transitions.len() % 2 == 1);
    }

    #[test]
    fn settling_twice_changes_nothing(kind in kind(), limit in 1_i64..300, history in history(), now in 0_i64..900) {
        let mut expectation = expectation(kind, limit);
        run(&mut expectation, &history);
        expectation.settle(at(now + 500));
        prop_assert_eq!(expectation.settle(at(now + 500)), None);
    }
}

#[test]
fn old_data_breaks_freshness_at_once() {
    let mut expectation = expectation(Kind::Freshness, 60);
    expectation.learn(measured(Kind::Freshness, 10, Some(61.0)));
    let broken_at = at(10 - 61 + 60);
    assert_eq!(
        expectation.settle(at(10)),
        Some(Transition::Opened { broken_at })
    );
}

#[test]
fn latency_breaks_by_measurement_alone() {
    let mut expectation = expectation(Kind::Latency, 60);
    assert_eq!(expectation.deadline(), None);
    assert_eq!(expectation.settle(at(1_000_000)), None);
    expectation.learn(measured(Kind::Latency, 10, Some(60.0)));
    assert_eq!(expectation.settle(at(10)), None);
    expectation.learn(measured(Kind::Latency, 20, Some(60.5)));
    assert_eq!(
        expectation.settle(at(20)),
        Some(Transition::Opened { broken_at: at(20) })
    );
    expectation.learn(measured(Kind::Latency, 30, Some(1.0)));
    assert_eq!(expectation.settle(at(30)), Some(Transition::Resolved));
}

#[test]
fn a_longer_limit_resolves_and_a_shorter_one_opens() {
    let mut expectation = expectation(Kind::Freshness, 60);
    assert!(expectation.settle(at(61)).is_some());
    expectation.limit = TimeDelta::seconds(120);
    assert_eq!(expectation.settle(at(61)), Some(Transition::Resolved));
    expectation.limit = TimeDelta::seconds(30);
    assert_eq!(
        expectation.settle(at(61)),
        Some(Transition::Opened { broken_at: at(30) })
    );
}

#[test]
fn what_can_not_have_been_measured_proves_nothing() {
    let read = |kind, seconds, value| {
        Measurement {
            kind,
            at: at(seconds),
            value,
        }
        .evidence(start())
    };
    assert_eq!(
        read(Kind::Freshness, 301, None),
        Err(MeasurementError::Future(at(301)))
    );
    assert_eq!(
        read(Kind::Freshness, 0, Some(-1.0)),
        Err(MeasurementError::NoSeconds(-1.0))
    );
    assert!(matches!(
        read(Kind::Freshness, 0, Some(f64::NAN)),
        Err(MeasurementError::NoSeconds(_))
    ));
    assert!(matches!(
        read(Kind::Freshness, 0, Some(1e300)),
        Err(MeasurementError::NoSeconds(_))
    ));
    assert_eq!(read(Kind::Latency, 0, None), Err(MeasurementError::NoValue));
    assert!(matches!(
        read(Kind::Freshness, -2_000_000_000, None),
        Err(MeasurementError::TooOld(_))
    ));
    assert_eq!(read(Kind::Frequency, 0, Some(0.0)), Ok(None));
    let clock_ahead = read(Kind::Freshness, 299, None).unwrap().unwrap();
    assert_eq!(
        clock_ahead.at,
        start(),
        "a clock that runs ahead earns no time"
    );
}
