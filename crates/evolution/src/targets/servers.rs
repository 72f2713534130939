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

/// The engine by the server's `type` (or `system`, where the type is `custom`), and the format of
/// what it holds: `tableFormat`, else `format`.
fn of_server(server: &Server) -> Vec<&'static Target> {
    let custom = |property: &str| server.custom.get(property).and_then(|value| value.as_str());
    let kind = match custom("system") {
        Some(system) if server.kind.eq_ignore_ascii_case("custom") => system,
        _ => &server.kind,
    };
    let format = custom("tableFormat").or(server.format.as_deref());
    let version = server.custom.get("icebergFormatVersion");
    let engine = engine(kind);
    let stored = match format {
        Some(format) => by_format(format, version),
        // The tables of Databricks are Delta tables where nobody says otherwise.
        None if kind.eq_ignore_ascii_case("databricks") => Some(&delta::TARGET),
        None => by_format(kind, version),
    };
    engine.into_iter().chain(stored).collect()
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
