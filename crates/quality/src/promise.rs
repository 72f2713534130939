//! Which service levels of a contract are held against time.
//!
//! Held are `freshness`, `frequency` and `latency`. The others are read by people, or by checks
//! that run elsewhere.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use zonecut_contract::Contract;
use zonecut_contract::model::SlaProperty;

use crate::duration::duration;

/// What is promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// The newest data is never older than the limit. Silence breaks it.
    Freshness,
    /// Data is delivered at least once in the limit. Silence breaks it.
    Frequency,
    /// From an event to its data being readable takes no longer than the limit. Only a measurement
    /// breaks it: where nothing is delivered, nothing is late.
    Latency,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Freshness, Self::Frequency, Self::Latency];

    /// The word of the contract's `slaProperties`, of REST and of the store.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Freshness => "freshness",
            Self::Frequency => "frequency",
            Self::Latency => "latency",
        }
    }

    /// The kind of that name, in any case.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str().eq_ignore_ascii_case(name.trim()))
    }
}

/// One promise about one object.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Promise {
    /// What is promised.
    pub kind: Kind,
    /// About which object of the contract.
    pub object: String,
    /// The column it is read from, where the contract names one.
    pub column: Option<String>,
    /// For whom: `regulatory`, `analytics`, `operational`.
    pub driver: Option<String>,
    /// How long is allowed.
    pub limit: TimeDelta,
}

/// Why a service level that should be held can't be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PromiseError {
    /// Value and unit are no duration.
    #[error(
        "`{property}` of `{value}` `{unit}` is no duration: write a number with a unit such as `min`, `h`, `d`, or a duration such as `PT15M` without one"
    )]
    NoDuration {
        /// `property`.
        property: String,
        /// `value`.
        value: String,
        /// `unit`, or nothing.
        unit: String,
    },
    /// The element names nothing of the schema.
    #[error("`{property}` is about `{element}`, which is no object or column of the contract")]
    NoElement {
        /// `property`.
        property: String,
        /// `element`, or nothing where the contract has no object at all.
        element: String,
    },
}

/// The promises of a contract, in order, and what keeps the others from being held. Of two entries
/// for the same kind, object, column and driver the tighter counts.
#[must_use]
pub fn promises(contract: &Contract) -> (Vec<Promise>, Vec<PromiseError>) {
    let mut held: BTreeMap<_, Promise> = BTreeMap::new();
    let mut errors = Vec::new();
    for entry in &contract.sla {
        let Some(kind) = Kind::from_name(&entry.property) else {
            continue;
        };
        match read(contract, kind, entry) {
            Err(error) => errors.push(error),
            Ok(promises) => {
                for promise in promises {
                    let key = (
                        promise.kind,
                        promise.object.clone(),
                        promise.column.clone(),
                        promise.driver.clone(),
                    );
                    let known = held.entry(key).or_insert_with(|| promise.clone());
                    known.limit = known.limit.min(promise.limit);
                }
            }
        }
    }
    (held.into_values().collect(), errors)
}

fn read(
    contract: &Contract,
    kind: Kind,
    entry: &SlaProperty,
) -> Result<Vec<Promise>, PromiseError> {
    let limit =
        duration(&entry.value, entry.unit.as_deref()).ok_or_else(|| PromiseError::NoDuration {
            property: entry.property.clone(),
            value: entry
                .value
                .as_str()
                .map_or_else(|| entry.value.to_string(), str::to_owned),
            unit: entry.unit.clone().unwrap_or_default(),
        })?;
    let promise = |(object, column)| Promise {
        kind,
        object,
        column,
        driver: entry.driver.clone(),
        limit,
    };
    Ok(elements(contract, entry)?
        .into_iter()
        .map(promise)
        .collect())
}

/// The objects and columns an entry is about: each named one, or every object where none is.
fn elements(
    contract: &Contract,
    entry: &SlaProperty,
) -> Result<Vec<(String, Option<String>)>, PromiseError> {
    let error = |element: &str| PromiseError::NoElement {
        property: entry.property.clone(),
        element: element.to_owned(),
    };
    let named = entry
        .element
        .as_deref()
        .unwrap_or_default()
        .split(',')
        .map(str::trim);
    let named: Vec<&str> = named.filter(|element| !element.is_empty()).collect();
    if named.is_empty() {
        let all: Vec<_> = contract
            .objects()
            .iter()
            .map(|object| (object.name.clone(), None))
            .collect();
        return if all.is_empty() {
            Err(error(""))
        } else {
            Ok(all)
        };
    }
    named
        .into_iter()
        .map(|element| locate(contract, element).ok_or_else(|| error(element)))
        .collect()
}

/// The object and column of `object`, `object.column`, or, where there is one object, `column`.
fn locate(contract: &Contract, element: &str) -> Option<(String, Option<String>)> {
    let longest = contract
        .objects()
        .iter()
        .filter(|object| {
            element
                .strip_prefix(object.name.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
        .max_by_key(|object| object.name.len());
    if let Some(object) = longest {
        let column = element
            .strip_prefix(object.name.as_str())
            .and_then(|rest| rest.strip_prefix('.'))
            .map(str::to_owned);
        return Some((object.name.clone(), column));
    }
    let [only] = contract.objects() else {
        return None;
    };
    let top = element.split(['.', '[']).next().unwrap_or_default();
    only.properties
        .iter()
        .any(|property| property.name == top)
        .then(|| (only.name.clone(), Some(element.to_owned())))
}
