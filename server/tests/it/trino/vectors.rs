//! Trino's own samples and the requests that a live one sent, right and wrong.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use http::{Method, StatusCode};
use serde_json::{Value, json};
use sqlx::PgPool;
use zonecut_server::store::MIGRATIONS;
use zonecut_server::trino::operations::{About, OPERATIONS};

use super::start;
use crate::support::log::Log;
use crate::support::mutations::{Kind, mutations};
use crate::support::vectors;

#[test]
fn every_operation_of_trino_is_in_the_table() {
    let Some(folder) = vectors::folder("trino-opa") else {
        return;
    };
    let theirs = vectors::json(&folder.join("operations.json"));
    let ours: BTreeMap<_, _> = OPERATIONS
        .iter()
        .map(|(name, about, _)| (*name, *about))
        .collect();
    assert_eq!(ours.len(), OPERATIONS.len(), "an operation is there twice");
    let names = theirs.as_object().unwrap().keys().map(String::as_str);
    assert_eq!(ours.keys().copied().collect::<Vec<_>>(), {
        let mut names: Vec<_> = names.collect();
        names.sort_unstable();
        names
    });
    for (name, about) in ours {
        let stated = theirs[name].as_str().unwrap();
        let expected = match about {
            _ if name.starts_with("Filter") => "(non-batch) resource.*; (batch) filterResources[]",
            About::Nothing => "(no resource)",
            About::Catalog => "resource.catalog.name",
            About::Schema if name == "CreateSchema" => "resource.schema+properties{}",
            About::Schema => "resource.schema",
            About::Schemas => "resource.schema,targetResource.schema",
            About::SchemaOwner => "resource.schema,grantee",
            About::Table if stated.ends_with("+properties{}") => "resource.table+properties{}",
            About::Table => "resource.table",
            About::Tables => "resource.table,targetResource.table",
            About::TableOwner => "resource.table,grantee",
            About::TableProcedure => "resource.table,resource.function.functionName",
            About::Columns => "resource.table+columns[]",
            About::Function => "resource.function",
            About::User if name == "ImpersonateUser" => "resource.user.user",
            About::User => "resource.user{user,groups}",
            About::SystemSetting => "resource.systemSessionProperty.name",
            About::CatalogSetting => "resource.catalogSessionProperty",
        };
        assert_eq!(stated, expected, "{name}");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn trinos_own_samples_are_answered_and_a_stranger_gets_nothing(pool: PgPool) {
    let Some(folder) = vectors::folder("trino-opa") else {
        return;
    };
    let service = start(&pool).await;
    let (mut asked, mut allowed) = (0, Vec::new());
    for part in [
        "allow",
        "lakekeeper-captured",
        "batch",
        "row-filters",
        "column-mask",
        "batch-column-mask",
    ] {
        for (file, mut body) in vectors::files(&folder.join(part)) {
            if body.get("input").is_none() {
                body = json!({"input": body});
            }
            let filters = body["input"]["action"].get("filterResources").is_some();
            let endpoint = match part {
                "batch-column-mask" => "batch-column-masks",
                "allow" | "lakekeeper-captured" if filters => "batch",
                "allow" | "lakekeeper-captured" => "allow",
                other => other,
            };
            let path = format!("/opa/trino-br/{endpoint}");
            let reply = service.admin(Method::POST, &path).json(&body).await;
            asked += 1;
            match endpoint {
                "allow" if reply.json()["result"] == true => allowed.push(file),
                "allow" => assert_eq!(reply.json()["result"], false, "{file}: {reply:?}"),
                "batch" => assert!(reply.json()["result"].is_array(), "{file}: {reply:?}"),
                // The table is in no contract.
                _ => assert_eq!(reply.code(), "forbidden", "{file}"),
            }
        }
    }
    assert_eq!(asked, 63 + 15 + 6 + 3);
    assert_eq!(
        allowed,
        [
            "ExecuteQuery.json",
            "SetSystemSessionProperty.json",
            "execute-query.json"
        ]
    );
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_a_live_trino_asked(pool: PgPool) {
    let Some(folder) = vectors::folder("trino-opa") else {
        return;
    };
    let service = start(&pool).await;
    let captured = std::fs::read_to_string(folder.join("captured-trino-476.jsonl")).unwrap();
    let mut lines = String::new();
    for line in captured.lines() {
        let captured: Value = serde_json::from_str(line).unwrap();
        let endpoint = captured["endpoint"].as_str().unwrap();
        let path = format!("/opa/trino-br/{endpoint}");
        let reply = service
            .admin(Method::POST, &path)
            .json(&captured["body"])
            .await;
        let action = &captured["body"]["input"]["action"];
        let about = action.get("resource").or(action.get("filterResources"));
        let about = about.map_or_else(String::new, names);
        let answer = if reply.status == StatusCode::OK {
            reply.json()["result"].to_string()
        } else {
            format!("{} {}", reply.status.as_u16(), reply.code())
        };
        let operation = action["operation"].as_str().unwrap();
        writeln!(lines, "{operation} {about} -> {answer}").unwrap();
    }
    insta::assert_snapshot!("what_a_live_trino_asked", lines);
}

/// The names in a resource, in the order they stand there.
fn names(resource: &Value) -> String {
    let parts: Vec<String> = match resource {
        Value::Object(map) => map
            .iter()
            .filter(|(key, _)| *key != "columnType" && *key != "properties")
            .map(|(_, it)| names(it))
            .collect(),
        Value::Array(items) => {
            return format!(
                "[{}]",
                items.iter().map(names).collect::<Vec<_>>().join(", ")
            );
        }
        Value::String(text) => return text.clone(),
        _ => Vec::new(),
    };
    parts.join(".")
}

/// Fields that Trino leaves out at times, or that change nothing.
const OPTIONAL: [&str; 5] = [
    "queryId",
    "properties",
    "extraCredentials",
    "namespace",
    "tier",
];

#[sqlx::test(migrator = "MIGRATIONS")]
async fn whatever_is_wrong_with_a_field_closes(pool: PgPool) {
    let Some(folder) = vectors::folder("trino-opa") else {
        return;
    };
    let service = start(&pool).await;
    let (log, _guard) = Log::listen();
    let mut refused = 0;
    for part in [
        "allow",
        "batch",
        "row-filters",
        "column-mask",
        "batch-column-mask",
    ] {
        let endpoint = if part == "batch-column-mask" {
            "batch-column-masks"
        } else {
            part
        };
        let path = format!("/opa/trino-br/{endpoint}");
        for (file, sample) in vectors::files(&folder.join(part)) {
            // What the sample is about is there, so that a slip would show.
            let sample = named_as_ours(&sample);
            for mutation in mutations(&sample) {
                let call = service
                    .admin(Method::POST, &path)
                    .header("content-type", "application/json");
                let reply = call.raw(mutation.body.clone().into_bytes()).await;
                let lines = log.take();
                let what = format!(
                    "{file} {} {:?}: {}",
                    mutation.path, mutation.kind, mutation.body
                );
                if reply.status != StatusCode::OK {
                    assert!(reply.status.is_client_error(), "{what}: {reply:?}");
                    let line = format!("protocol=\"trino-opa\" code=\"{}\"", reply.code());
                    assert!(
                        lines.iter().any(|it| it.contains(&line)),
                        "{what}: {lines:?}"
                    );
                    refused += 1;
                    continue;
                }
                let tolerated = match mutation.kind {
                    Kind::Duplicated => false,
                    _ => unlooked_at(&mutation.path, &sample, mutation.kind),
                };
                assert!(tolerated, "{what}: {reply:?}");
            }
        }
    }
    assert!(refused > 4_000, "{refused}");
}

/// The sample about the user and the table of our policies.
fn named_as_ours(sample: &Value) -> Value {
    let text = sample.to_string();
    let text = text
        .replace("source-user", "olga")
        .replace("my_catalog", "dns")
        .replace("my_schema", "r")
        .replace("my_table", "q");
    let text = text
        .replace("some_catalog", "dns")
        .replace("some_schema", "r")
        .replace("some_table", "q");
    serde_json::from_str(&text).unwrap()
}

/// Whether nobody looks at what a path leads to: fields that may be absent, and what stands in them.
fn unlooked_at(path: &str, sample: &Value, kind: Kind) -> bool {
    let parts: Vec<_> = path.split('/').collect();
    let field = parts.last().unwrap();
    let within = parts.iter().rev().skip(1).any(|it| OPTIONAL.contains(it));
    let filters = sample["input"]["action"].get("filterResources").is_some();
    let groups_of_another = *field == "groups" && parts.contains(&"user") && kind == Kind::Removed;
    // Absent or null, and not of another type.
    let absent = OPTIONAL.contains(field) && kind != Kind::Retyped;
    within
        || absent
        || groups_of_another
        || (filters && *field == "operation" && kind == Kind::Retyped)
}
