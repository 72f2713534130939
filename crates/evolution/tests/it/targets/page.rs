//! `docs/targets.md` is written from the tables of the targets.
//!
//! `ZONECUT_BLESS=1 cargo test -p zonecut-evolution` writes it.

use std::fmt::Write as _;

use zonecut_evolution::targets::{self, Change, Outcome, Row, Target};

use crate::support::repository;

const HEAD: &str = "<!-- Written from crates/evolution/src/targets: change it there. -->
# Targets

What a change of a contract takes where the data is stored. The targets of a contract are its servers; `zonecut check --target NAME`
(repeatable) names others in their stead. Each verdict stands under `targets` in the report, and the rules
[target-rewrite](rules/target-rewrite.md) and [target-feature](rules/target-feature.md) say why.

- **in place** (compatible): stored data stays as it is and is read under the new contract.
- **feature** (warning): as in place, once the feature is switched on or the condition holds.
- **rewrite** (breaking): stored data has to be written anew, or a second column, table or topic takes its place. What no
  table mentions is a rewrite.

## Which targets a contract has

| target | server |
|---|---|
| `iceberg-v2`, `iceberg-v3` | `tableFormat: iceberg` (custom property) or `format: iceberg`; the version is `icebergFormatVersion`, 2 where nothing is said (1 counts as 2) |
| `delta` | `tableFormat: delta` or `format: delta`; `type: databricks` where it names no format |
| `parquet`, `avro`, `protobuf` | `format` of a storage or stream server: `parquet`, `avro`, `protobuf` |
| `json-schema` | `format: json`, `jsonl` or `ndjson` |
| `postgresql` | `type: postgresql` or `postgres`, or `cloudsql` with `system: postgresql` (custom property) |
| `trino` | `type: trino`, or `athena`, which runs it |
| `spark` | `type: databricks`, or `custom` with `system: spark` |
| `clickhouse`, `bigquery`, `snowflake`, `redshift` | `type` of that name |

A server of type `custom` or `cloudsql` counts as what its `system` says. A `tableFormat` hides the `format` of the files beneath it. One server can be
two targets: an engine and the table format it writes. A target that only the new version has holds nothing yet, and is compatible.
Of a server that no target stands for (`presto`, `hive`, `mysql`, a stream without `format`) the rule [target-unknown](rules/target-unknown.md) says
that nothing was judged.

Types are compared by `physicalType` where both versions have one, else by `logicalType` and its `format`. To state a type that was
left out changes no storage. Each target reads a name as its engine does: `timestamp` is an instant to Delta, Spark and BigQuery and has
no zone elsewhere, an `int` of Snowflake is a `NUMBER(38, 0)`, `float` has 64 bits in PostgreSQL, and `Nullable` and `LowCardinality` count in
ClickHouse. A type that is made of others (`array<…>`, `map<…>`, `struct<…>`, `row(…)`, `Tuple(…)`, `int[]`) is judged part by part, where the engine changes
parts alone. The order of properties says nothing. A property is known by its `physicalName`, else by its `name`. The custom property `defaultValue` is the
value of rows that were written before the property was, `partitionTransform` the transform of a partition key
([extensions](extensions.md)).

Every cell was compared with the text of its source, and those of PostgreSQL were tried on a server of version 15.

## At a glance

Where a property is nested, or part of a key, the tables below may say more.

";

fn mark(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::InPlace => "in place",
        Outcome::WithFeature(_) => "feature",
        Outcome::Rewrite => "**rewrite**",
    }
}

fn overview() -> String {
    let mut text = "| change |".to_owned();
    for target in targets::ALL {
        write!(text, " {} |", target.name).unwrap();
    }
    text.push_str("\n|---|");
    text.push_str(&"---|".repeat(targets::ALL.len()));
    text.push('\n');
    for change in Change::ALL {
        write!(text, "| {change} |").unwrap();
        for target in targets::ALL {
            write!(text, " {} |", mark(target.judge(*change, &[]).outcome)).unwrap();
        }
        text.push('\n');
    }
    text
}

fn line(row: &Row, changes: &str) -> String {
    let outcome = match row.outcome {
        Outcome::WithFeature(feature) => format!("feature: {feature}"),
        outcome => mark(outcome).to_owned(),
    };
    let source = row.source;
    format!(
        "| {changes} | {outcome} | {} | [{}: {}]({}) |\n",
        row.why, source.document, source.section, source.url,
    )
}

fn section(target: &Target) -> String {
    let mut text = format!(
        "\n## {}\n\n`{}`\n\n| change | outcome | because | source |\n|---|---|---|---|\n",
        target.title, target.name
    );
    for row in target.rows() {
        let changes: Vec<&str> = row.changes.iter().map(|change| change.title()).collect();
        text += &line(row, &format!("{}{}", row.at.title(), changes.join("<br>")));
    }
    text + &line(&target.rest, "all else")
}

#[test]
fn the_page_is_up_to_date() {
    let path = repository().join("docs/targets.md");
    let text = targets::ALL
        .iter()
        .fold(HEAD.to_owned() + &overview(), |page, target| {
            page + &section(target)
        });
    if std::env::var_os("ZONECUT_BLESS").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        committed, text,
        "docs/targets.md is stale: run with ZONECUT_BLESS=1"
    );
}
