//! What a call says and how it proves where it comes from.
//!
//! The body is a CloudEvents 1.0 event in structured JSON. The signature is HMAC-SHA-256 with the
//! webhook's secret over the timestamp, a full stop and the body; the timestamp lets the receiver
//! refuse what was recorded and sent again.

use chrono::{DateTime, SecondsFormat, Utc};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;
use uuid::Uuid;

/// The media type of the body.
pub const MEDIA_TYPE: &str = "application/cloudevents+json; charset=utf-8";
/// The header that names the webhook whose secret signs.
pub const KEY_HEADER: &str = "zonecut-key-id";
/// The header with the time of the call, in seconds since 1970.
pub const TIMESTAMP_HEADER: &str = "zonecut-timestamp";
/// The header with the signature, `v1=` and hexadecimal digits.
pub const SIGNATURE_HEADER: &str = "zonecut-signature";

/// An event of the outbox.
#[derive(Debug, Clone)]
pub struct Event {
    /// Its identity: the same for every delivery.
    pub id: Uuid,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// `incident.opened` and the like.
    pub kind: String,
    /// What it is about.
    pub subject: String,
    /// What there is to know.
    pub data: Value,
}

impl Event {
    /// The event as a CloudEvents 1.0 JSON document.
    #[must_use]
    pub fn body(&self) -> String {
        json!({
            "specversion": "1.0",
            "id": self.id,
            "source": "urn:zonecut",
            "type": self.kind,
            "subject": self.subject,
            "time": self.at.to_rfc3339_opts(SecondsFormat::Micros, true),
            "datacontenttype": "application/json",
            "data": self.data,
        })
        .to_string()
    }
}

/// The signature header of `body` sent at `timestamp`.
#[must_use]
pub fn signature(secret: &str, timestamp: i64, body: &str) -> String {
    // HMAC takes a key of any length, so there is always one.
    let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).map(|mut mac| {
        mac.update(format!("{timestamp}.").as_bytes());
        mac.update(body.as_bytes());
        mac.finalize().into_bytes()
    });
    format!("v1={}", mac.map(hex::encode).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_hmac_over_timestamp_and_body() {
        // printf '1700000000.{}' | openssl dgst -sha256 -hmac key
        assert_eq!(
            signature("key", 1_700_000_000, "{}"),
            "v1=9d713ed406bb7076d4123f0dc2c39d2df5c654ed4b0cd56b52c8b4c940bd63ae"
        );
        assert_ne!(
            signature("key", 1_700_000_001, "{}"),
            signature("key", 1_700_000_000, "{}")
        );
        assert_ne!(
            signature("yek", 1_700_000_000, "{}"),
            signature("key", 1_700_000_000, "{}")
        );
    }

    #[test]
    fn the_body_is_a_cloud_event() {
        let event = Event {
            id: Uuid::nil(),
            at: DateTime::UNIX_EPOCH,
            kind: "incident.opened".to_owned(),
            subject: "incident 1".to_owned(),
            data: json!({"kind": "freshness"}),
        };
        insta::assert_snapshot!(event.body());
    }
}
