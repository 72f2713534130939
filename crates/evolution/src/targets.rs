//! Targets: the formats and engines that hold the data, and what a change of the contract takes
//! there.
//!
//! A change can be possible in place, with a feature switched on, or as a rewrite only. Each target
//! is one file with its table; every cell names the document and section that it rests on, and
//! `docs/targets.md` is written from the tables. Belongs here: tables, the reading of stored types,
//! and which targets the servers of a contract are. Does not belong here: findings (`rules`).

mod avro;
mod bigquery;
mod change;
mod clickhouse;
mod delta;
mod iceberg;
mod impact;
mod json_schema;
mod parquet;
mod postgresql;
mod protobuf;
mod redshift;
mod servers;
mod snowflake;
mod spark;
mod spelling;
mod stored;
mod table;
mod trino;
mod turns;

use zonecut_contract::Contract;
use zonecut_contract::model::Server;

pub use change::Change;
pub use impact::{Demand, Impact};
pub use servers::of_contract;
pub use spelling::Dialect;
pub use table::{Outcome, Place, Row, Source, Target};
pub use turns::Turn;

pub(crate) use impact::{impacts, is_of_storage};
pub(crate) use servers::{Gap, gap};

/// Every target, in the order of the published tables.
pub static ALL: &[&Target] = &[
    &iceberg::V2,
    &iceberg::V3,
    &delta::TARGET,
    &parquet::TARGET,
    &avro::TARGET,
    &protobuf::TARGET,
    &json_schema::TARGET,
    &postgresql::TARGET,
    &trino::TARGET,
    &spark::TARGET,
    &clickhouse::TARGET,
    &bigquery::TARGET,
    &snowflake::TARGET,
    &redshift::TARGET,
];

/// The target of that name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Target> {
    ALL.iter().copied().find(|target| target.name == name)
}

/// The targets that a change is judged by: those asked for, else those of the servers of the new
/// version, or of the old one where the contract is gone.
pub(crate) fn judged(
    asked: &[&'static Target],
    before: Option<&Contract>,
    after: Option<&Contract>,
) -> Vec<&'static Target> {
    if !asked.is_empty() {
        return in_order(asked.iter().copied());
    }
    after.or(before).map(of_contract).unwrap_or_default()
}

/// Those of the judged targets that may hold data of the old version: a target that only the new
/// version's servers have starts empty.
pub(crate) fn holding(
    asked: &[&'static Target],
    before: Option<&Contract>,
    judged: &[&'static Target],
) -> Vec<&'static Target> {
    let old = before.map(of_contract).unwrap_or_default();
    let known = |target: &Target| old.iter().any(|old| old.family() == target.family());
    let all = !asked.is_empty() || old.is_empty();
    judged
        .iter()
        .copied()
        .filter(|target| all || known(target))
        .collect()
}

/// The servers that hold data of the old version and for which no target stands, though nobody
/// asked for targets in their stead.
pub(crate) fn unjudged<'a>(
    asked: &[&'static Target],
    before: Option<&'a Contract>,
    after: Option<&'a Contract>,
) -> Vec<&'a Server> {
    let (Some(before), Some(after), []) = (before, after, asked) else {
        return Vec::new();
    };
    let old = &before.servers;
    let stood = |server: &Server| old.is_empty() || old.iter().any(|it| it.name == server.name);
    let servers = after.servers.iter();
    servers
        .filter(|server| stood(server) && gap(server).is_some())
        .collect()
}

/// Each target once, in the order of the published tables.
fn in_order(targets: impl IntoIterator<Item = &'static Target>) -> Vec<&'static Target> {
    let some: Vec<&Target> = targets.into_iter().collect();
    ALL.iter()
        .copied()
        .filter(|target| some.contains(target))
        .collect()
}
