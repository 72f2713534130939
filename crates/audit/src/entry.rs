//! One entry of the log and the line it is written as.

use chrono::{DateTime, SecondsFormat, SubsecRound, Utc};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;

use crate::{Hash, Head};

/// Whether what was asked for was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// The change was made.
    Done,
    /// The change was asked for and refused.
    Refused,
}

/// What happened, before it has its place in the chain.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// When; kept to the microsecond.
    pub at: DateTime<Utc>,
    /// Who: a principal's name.
    pub actor: String,
    /// What was asked for, such as `contract.publish`.
    pub action: String,
    /// On what: a contract with its version, a product, a policy.
    pub subject: String,
    /// Whether it was done.
    pub outcome: Outcome,
    /// What else a reader needs; never a secret.
    pub detail: Value,
}

/// A record in its place in the chain. The crate's documentation gives the form and the hash.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The place, counted from 1.
    pub seq: u64,
    /// When; in UTC, to the microsecond.
    #[serde(serialize_with = "microseconds")]
    pub at: DateTime<Utc>,
    /// Who: a principal's name.
    pub actor: String,
    /// What was asked for.
    pub action: String,
    /// On what.
    pub subject: String,
    /// Whether it was done.
    pub outcome: Outcome,
    /// What else a reader needs.
    #[serde(serialize_with = "by_value")]
    pub detail: Value,
    /// The hash of the entry before; zeros for the first.
    pub previous: Hash,
    /// The hash of this entry.
    pub hash: Hash,
}

/// What of an entry is hashed: all of it but the hash.
#[derive(Serialize)]
struct Content<'a> {
    seq: u64,
    #[serde(serialize_with = "microseconds")]
    at: &'a DateTime<Utc>,
    actor: &'a str,
    action: &'a str,
    subject: &'a str,
    outcome: Outcome,
    #[serde(serialize_with = "by_value")]
    detail: &'a Value,
    previous: Hash,
}

impl Entry {
    pub(crate) fn seal(mut record: Record, after: Head) -> Self {
        make_canonical(&mut record.detail);
        let mut entry = Self {
            seq: after.seq + 1,
            at: record.at.trunc_subsecs(6),
            actor: record.actor,
            action: record.action,
            subject: record.subject,
            outcome: record.outcome,
            detail: record.detail,
            previous: after.hash,
            hash: Hash::GENESIS,
        };
        entry.hash = Hash::of_content(entry.content().as_bytes(), b"");
        entry
    }

    /// The entry as one line, without the line feed: the form that is hashed and exported.
    #[must_use]
    pub fn to_line(&self) -> String {
        let mut line = self.content();
        line.pop();
        line.push_str(",\"hash\":\"");
        line.push_str(&self.hash.to_string());
        line.push_str("\"}");
        line
    }

    /// The place and hash of this entry: what the next one follows.
    #[must_use]
    pub fn head(&self) -> Head {
        Head {
            seq: self.seq,
            hash: self.hash,
        }
    }

    fn content(&self) -> String {
        let content = Content {
            seq: self.seq,
            at: &self.at,
            actor: &self.actor,
            action: &self.action,
            subject: &self.subject,
            outcome: self.outcome,
            detail: &self.detail,
            previous: self.previous,
        };
        #[expect(
            clippy::expect_used,
            reason = "strings, numbers and maps with string keys always serialize"
        )]
        serde_json::to_string(&content).expect("an entry is plain data")
    }
}

fn microseconds<S: Serializer>(
    at: &impl std::borrow::Borrow<DateTime<Utc>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&at.borrow().to_rfc3339_opts(SecondsFormat::Micros, true))
}

fn by_value<S: Serializer>(
    detail: &impl std::borrow::Borrow<Value>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    Canonical(detail.borrow()).serialize(serializer)
}

/// The one spelling of a JSON value: members sorted, whole numbers as integers.
struct Canonical<'a>(&'a Value);

impl Serialize for Canonical<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Object(members) => {
                let mut sorted: Vec<_> = members.iter().collect();
                sorted.sort_unstable_by_key(|(name, _)| *name);
                serializer.collect_map(sorted.into_iter().map(|(name, it)| (name, Canonical(it))))
            }
            Value::Array(items) => serializer.collect_seq(items.iter().map(Canonical)),
            Value::Number(number) => match whole(number) {
                Some(whole) => whole.serialize(serializer),
                None => number.serialize(serializer),
            },
            Value::Null | Value::Bool(_) | Value::String(_) => self.0.serialize(serializer),
        }
    }
}

/// Gives a JSON value its one spelling.
fn make_canonical(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.sort_keys();
            members.values_mut().for_each(make_canonical);
        }
        Value::Array(items) => items.iter_mut().for_each(make_canonical),
        Value::Number(number) => {
            if let Some(whole) = whole(number) {
                *value = whole;
            }
        }
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

/// A fraction that is a whole number, as an integer where 64 bits hold it.
fn whole(number: &serde_json::Number) -> Option<Value> {
    let float = number
        .as_f64()
        .filter(|float| number.is_f64() && float.fract() == 0.0)?;
    let digits = format!("{float:.0}");
    let signed = digits.parse::<i64>().map(Value::from);
    signed
        .or_else(|_| digits.parse::<u64>().map(Value::from))
        .ok()
}
