//! Trino's OPA access control: its samples, the requests that a live one sent, and what each of its
//! operations comes to.

mod asking;
mod changing;
mod reading;
mod vectors;

use std::path::Path;

use http::{Method, StatusCode};
use serde_json::{Value, json};
use sqlx::PgPool;
use zonecut_server::app::{load, seed};

use crate::support::{Reply, Service};

const CONTRACT: &str = "\
apiVersion: v3.1.0
kind: DataContract
id: queries
name: Queries
version: 1.0.0
status: active
domain: resolvers
servers:
  - {server: lake, type: trino, host: trino.example.net, port: 8443, catalog: dns, schema: R}
schema:
  - name: queries
    physicalName: Q
    logicalType: object
    properties:
      - name: client
        physicalName: Client_IP
        logicalType: string
        physicalType: varchar
        customProperties: [{property: semanticType, value: net.client_ip}]
      - {name: qname, logicalType: string, physicalType: varchar}
      - {name: n, logicalType: integer, physicalType: bigint}
      - name: answers
        logicalType: array
        physicalType: array(row(data varchar))
        items: {logicalType: object, properties: [{name: data, logicalType: string}]}
      - {name: country, logicalType: string, physicalType: varchar}
";

const POLICIES: &str = "\
apiVersion: zonecut/v1
kind: Roles
metadata: {name: resolvers, domain: resolvers}
spec:
  roles: [{name: analyst}, {name: counter}, {name: owner}, {name: loader}]
  bindings:
    - {role: analyst, users: [ana]}
    - {role: counter, users: [carl]}
    - {role: owner, users: [olga]}
    - {role: loader, users: [lou]}
---
apiVersion: zonecut/v1
kind: Policy
metadata: {name: queries, domain: resolvers}
spec:
  applies: {contracts: [queries]}
  grants:
    - {name: read, to: {roles: [analyst]}, actions: [select], columns: {names: [client, qname, n, country]}}
    - {name: count, to: {roles: [counter]}, actions: [select], columns: {names: [n]}}
    - {name: own, to: {roles: [owner]}, actions: [select, insert, update, delete, manage]}
    - {name: load, to: {roles: [loader]}, actions: [insert]}
  masks:
    - {name: networks, to: {roles: [analyst]}, columns: {names: [client]}, mask: {type: ip-prefix, v4: 24, v6: 48}}
  filters:
    - {name: own-country, to: {roles: [analyst]}, rows: \"country = 'BR'\"}
    - {name: counted-country, to: {roles: [counter]}, rows: \"country = 'BR'\"}
---
apiVersion: zonecut/v1
kind: Engine
metadata: {name: trino-br}
spec:
  type: trino
  region: br
  evaluator: zonecut-filters
  catalogs: {DNS: {server: lake}}
  unmanaged: {catalogs: [system, tpch, memory, dns], schemas: [dns.scratch, dns.r]}
---
apiVersion: zonecut/v1
kind: Engine
metadata: {name: trino-bare}
spec:
  type: trino
  catalogs: {dns: {server: lake}}
---
apiVersion: zonecut/v1
kind: Engine
metadata: {name: spark-br}
spec:
  type: spark
  catalogs: {dns: {server: lake}}
";

async fn start(pool: &PgPool) -> Service {
    start_with(pool, &[("queries", CONTRACT.to_owned())], POLICIES).await
}

async fn start_with(pool: &PgPool, contracts: &[(&str, String)], policies: &str) -> Service {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in contracts {
        let path = folder
            .path()
            .join(format!("contracts/{name}-1.0.0.odcs.yaml"));
        write(&path, text);
    }
    write(&folder.path().join("policies/all.yaml"), policies);
    write(
        &folder.path().join("domains.yaml"),
        "- {name: resolvers, title: Resolvers}\n- {name: edge, title: Edge}\n",
    );
    let service = Service::start(pool).await;
    seed::seed(&service.state, folder.path()).await.unwrap();
    load::refresh(&service.state).await.unwrap();
    service
}

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// A question of `user`.
fn question(user: &str, action: &Value) -> Value {
    json!({"input": {
        "context": {"identity": {"user": user, "groups": []}, "softwareStack": {"trinoVersion": "476"}},
        "action": action,
    }})
}

fn table(name: &str) -> Value {
    let parts: Vec<_> = name.split('.').collect();
    json!({"catalogName": parts[0], "schemaName": parts[1], "tableName": parts[2]})
}

/// A user's calls to one engine.
struct User<'a> {
    service: &'a Service,
    engine: &'a str,
    name: &'a str,
}

impl User<'_> {
    async fn ask(&self, endpoint: &str, action: Value) -> Reply {
        let path = format!("/opa/{}/{endpoint}", self.engine);
        let call = self.service.admin(Method::POST, &path);
        call.json(&question(self.name, &action)).await
    }

    async fn result(&self, endpoint: &str, action: Value) -> Value {
        let reply = self.ask(endpoint, action.clone()).await;
        assert_eq!(reply.status, StatusCode::OK, "{action}: {reply:?}");
        reply.json().as_object().unwrap()["result"].clone()
    }

    async fn may(&self, operation: &str, resource: Value) -> bool {
        let action = json!({"operation": operation, "resource": resource});
        self.result("allow", action).await.as_bool().unwrap()
    }

    async fn selects(&self, name: &str, columns: &[&str]) -> bool {
        let mut table = table(name);
        table["columns"] = json!(columns);
        self.may("SelectFromColumns", json!({"table": table})).await
    }

    async fn filters(&self, name: &str) -> Reply {
        let resource = json!({"table": table(name)});
        let action = json!({"operation": "GetRowFilters", "resource": resource});
        self.ask("row-filters", action).await
    }

    async fn masks(&self, name: &str, columns: &[&str]) -> Reply {
        let resources = columns.iter().map(|column| mask(name, column));
        let resources: Vec<_> = resources.collect();
        let action = json!({"operation": "GetColumnMask", "filterResources": resources});
        self.ask("batch-column-masks", action).await
    }
}

fn mask(name: &str, column: &str) -> Value {
    let mut of = table(name);
    of["columnName"] = json!(column);
    of["columnType"] = json!("varchar");
    json!({"column": of})
}

fn user<'a>(service: &'a Service, name: &'a str) -> User<'a> {
    User {
        service,
        engine: "trino-br",
        name,
    }
}
