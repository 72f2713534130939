//! Which targets the servers of a contract are.

use zonecut_contract::Contract;
use zonecut_contract::model::Server;

use super::table::Target;
use super::{
    avro, bigquery, clickhouse, delta, iceberg, in_order, json_schema, parquet, postgresql,
    protobuf, redshift, snowflake, spark, trino,
};

/// The targets of a contract's servers, each once. Servers of other kinds have none.
#[must_use]
pub fn of_contract(contract: &Contract) -> Vec<&'static Target> {
    in_order(contract.servers.iter().flat_map(of_server))
}

/// What nobody knows of a server, in its own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gap<'a> {
    /// No target stands for the engine.
    Engine(&'a str),
    /// No target stands for the engine, but one does for the format beneath it.
    EngineAbove(&'a str),
    /// No target stands for the format of what it keeps.
    Format(&'a str),
    /// It keeps what it is given, and does not say in which format.
    NoFormat,
}

/// What keeps the judgement of a server from being whole: it holds data, and no target stands for it.
pub(crate) fn gap(server: &Server) -> Option<Gap<'_>> {
    let kind = kind(server);
    if engine(kind).is_some() {
        return None;
    }
    match (stored(server), format(server)) {
        (Some(_), Some(_)) if keeps_files(kind) => None,
        (Some(_), Some(_)) => Some(Gap::EngineAbove(kind)),
        // Its kind is a format.
        (Some(_), None) => None,
        (None, Some(format)) if keeps_files(kind) => Some(Gap::Format(format)),
        (None, None) if keeps_files(kind) => Some(Gap::NoFormat),
        (None, _) => Some(Gap::Engine(kind)),
    }
}

fn of_server(server: &Server) -> Vec<&'static Target> {
    engine(kind(server))
        .into_iter()
        .chain(stored(server))
        .collect()
}

/// What it is: its `type`, or its `system`, where the type leaves that open.
fn kind(server: &Server) -> &str {
    const OPEN: [&str; 2] = ["custom", "cloudsql"];
    let is_open = OPEN
        .iter()
        .any(|kind| server.kind.eq_ignore_ascii_case(kind));
    match custom(server, "system") {
        Some(system) if is_open => system,
        _ => &server.kind,
    }
}

/// The format of what it holds: `tableFormat`, else `format`.
fn format(server: &Server) -> Option<&str> {
    custom(server, "tableFormat").or(server.format.as_deref())
}

fn stored(server: &Server) -> Option<&'static Target> {
    let version = server.custom.get("icebergFormatVersion");
    let kind = kind(server);
    match format(server) {
        Some(format) => by_format(format, version),
        // The tables of Databricks are Delta tables where nobody says otherwise.
        None if kind.eq_ignore_ascii_case("databricks") => Some(&delta::TARGET),
        None => by_format(kind, version),
    }
}

fn custom<'a>(server: &'a Server, property: &str) -> Option<&'a str> {
    server.custom.get(property)?.as_str()
}

/// Whether a server of that kind keeps files or messages as they are, so that their format says all.
fn keeps_files(kind: &str) -> bool {
    const STORES: [&str; 13] = [
        "adls", "api", "azure", "custom", "gcs", "glue", "kafka", "kinesis", "local", "pubsub",
        "pulsar", "s3", "sftp",
    ];
    STORES.iter().any(|store| kind.eq_ignore_ascii_case(store))
}

fn engine(kind: &str) -> Option<&'static Target> {
    Some(match kind.to_ascii_lowercase().as_str() {
        "postgresql" | "postgres" => &postgresql::TARGET,
        // Athena is Trino, run by somebody else.
        "trino" | "athena" => &trino::TARGET,
        "spark" | "databricks" => &spark::TARGET,
        "clickhouse" => &clickhouse::TARGET,
        "bigquery" => &bigquery::TARGET,
        "snowflake" => &snowflake::TARGET,
        "redshift" => &redshift::TARGET,
        _ => return None,
    })
}

fn by_format(format: &str, version: Option<&serde_json::Value>) -> Option<&'static Target> {
    Some(match format.to_ascii_lowercase().as_str() {
        "iceberg" if version.is_some_and(|version| *version == 3 || *version == "3") => {
            &iceberg::V3
        }
        "iceberg" => &iceberg::V2,
        "delta" => &delta::TARGET,
        "parquet" => &parquet::TARGET,
        "avro" => &avro::TARGET,
        "protobuf" | "proto" | "proto2" | "proto3" => &protobuf::TARGET,
        "json" | "jsonl" | "ndjson" | "jsonschema" | "json-schema" | "json_schema" => {
            &json_schema::TARGET
        }
        _ => return None,
    })
}
