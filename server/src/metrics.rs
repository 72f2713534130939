//! What the service counts about itself, in Prometheus' text format.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// The counters.
#[derive(Debug, Default)]
pub struct Metrics {
    decisions: AtomicU64,
    /// Requests of the control plane, by method, route and status.
    requests: Mutex<BTreeMap<(String, String, u16), u64>>,
}

/// What is measured when it is asked for.
pub struct Gauges {
    /// The serial served.
    pub serial: i64,
    /// For how long it has not been known to be the newest, in seconds.
    pub age: f64,
    /// Open connections to the database.
    pub connections: u32,
    /// Whether the audit log is as it was written, as far as it was looked at.
    pub audit_intact: bool,
    /// When the whole audit log was last found to be as it was signed, in Unix time; 0 before.
    pub audit_verified: i64,
}

impl Metrics {
    /// Counts a decision.
    pub fn decided(&self) {
        self.decisions.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts a request of the control plane.
    pub fn requested(&self, method: &str, route: &str, status: u16) {
        let key = (method.to_owned(), route.to_owned(), status);
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        *requests.entry(key).or_default() += 1;
    }

    /// All of it as text.
    #[must_use]
    pub fn render(&self, gauges: &Gauges) -> String {
        let mut text = String::new();
        let mut family = |name: &str, kind: &str, help: &str, samples: &[(String, String)]| {
            // Writing to a string does not fail.
            let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}");
            for (labels, value) in samples {
                let _ = writeln!(text, "{name}{labels} {value}");
            }
        };
        let plain = |value: String| [(String::new(), value)];
        let decisions = self.decisions.load(Ordering::Relaxed).to_string();
        family(
            "zonecut_decisions_total",
            "counter",
            "Decisions taken.",
            &plain(decisions),
        );
        let requests = self
            .requests
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let samples: Vec<_> = requests
            .iter()
            .map(|((method, route, status), count)| {
                let labels =
                    format!("{{method=\"{method}\",route=\"{route}\",status=\"{status}\"}}");
                (labels, count.to_string())
            })
            .collect();
        let help = "Requests of the control plane.";
        family("zonecut_http_requests_total", "counter", help, &samples);
        let serial = gauges.serial.to_string();
        family(
            "zonecut_snapshot_serial",
            "gauge",
            "Serial served.",
            &plain(serial),
        );
        let help = "Seconds since the snapshot was known to be the newest.";
        family(
            "zonecut_snapshot_age_seconds",
            "gauge",
            help,
            &plain(format!("{:.3}", gauges.age)),
        );
        let help = "Open connections to the database.";
        let connections = gauges.connections.to_string();
        family(
            "zonecut_database_connections",
            "gauge",
            help,
            &plain(connections),
        );
        let help = "1 while no entry of the audit log is known to have been changed.";
        let intact = u8::from(gauges.audit_intact).to_string();
        family("zonecut_audit_intact", "gauge", help, &plain(intact));
        let help =
            "When this node last found the whole audit log to be as it was signed; 0 before.";
        let name = "zonecut_audit_verified_timestamp_seconds";
        let verified = gauges.audit_verified.to_string();
        family(name, "gauge", help, &plain(verified));
        text
    }
}
