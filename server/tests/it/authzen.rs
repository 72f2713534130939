//! The AuthZEN Authorization API 1.0: its own cases, and what is ours in it.

use std::path::Path;

use http::{Method, StatusCode};
use jsonschema::Validator;
use serde_json::{Value, json};
use sqlx::PgPool;
use zonecut_server::app::{load, seed};
use zonecut_server::config::Config;
use zonecut_server::store::MIGRATIONS;

use crate::support::log::Log;
use crate::support::mutations::{Kind, mutations};
use crate::support::{Reply, Service, vectors};

const EVALUATION: &str = "/access/v1/evaluation";
const EVALUATIONS: &str = "/access/v1/evaluations";

async fn start(pool: &PgPool) -> Service {
    let service = Service::start(pool).await;
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    seed::seed(&service.state, &shipped).await.unwrap();
    load::refresh(&service.state).await.unwrap();
    service
}

async fn ask(service: &Service, path: &str, body: &Value) -> Value {
    let reply: Reply = service.admin(Method::POST, path).json(body).await;
    assert_eq!(reply.status, StatusCode::OK, "{reply:?}");
    reply.json()
}

fn analyst() -> Value {
    json!({
        "subject": {"type": "user", "id": "ana", "properties": {"groups": ["noc-br"]}},
        "action": {"name": "select"},
        "resource": {
            "type": "object", "id": "recursive-queries-br/queries",
            "properties": {"columns": ["query_time", "client_ip"]},
        },
        "context": {"purpose": "operations", "engine": "trino-br", "time": "2026-03-02T10:00:00Z"},
    })
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn masks_and_filters_are_obligations(pool: PgPool) {
    let service = start(&pool).await;
    let decision = ask(&service, EVALUATION, &analyst()).await;
    assert_eq!(decision["decision"], true, "{decision}");
    let obligations = decision["context"]["obligations"].as_array().unwrap();
    assert_eq!(obligations.len(), 2);
    assert_eq!(obligations[0]["type"], "mask");
    assert_eq!(obligations[0]["column"], "client_ip");
    assert_eq!(
        obligations[0]["mask"],
        json!({"type": "ip-prefix", "v4": 24, "v6": 48})
    );
    assert_eq!(obligations[1]["type"], "filter");
    let expression = obligations[1]["expression"].as_str().unwrap();
    assert!(expression.contains("resolver_country") && expression.contains("'BR'"));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_denied_says_why_and_is_recorded(pool: PgPool) {
    let service = start(&pool).await;
    let mut column = analyst();
    column["resource"] = json!({"type": "column", "id": "recursive-queries-br/queries/ecs"});
    let denied = ask(&service, EVALUATION, &column).await;
    assert_eq!(denied["decision"], false);
    let reasons = denied["context"]["reasons"].to_string();
    assert!(reasons.contains("no-client-subnets"), "{reasons}");
    assert_eq!(denied["context"]["obligations"], json!([]));
    let mut unknown = Vec::new();
    for (field, value) in [
        ("subject", json!({"type": "robot", "id": "r2"})),
        ("resource", json!({"type": "account", "id": "123"})),
        ("resource", json!({"type": "object", "id": "queries"})),
        (
            "resource",
            json!({"type": "column", "id": "recursive-queries-br/queries"}),
        ),
        ("resource", json!({"type": "object", "id": "none/queries"})),
        ("action", json!({"name": "can_read"})),
    ] {
        let mut request = analyst();
        request[field] = value.clone();
        let decision = ask(&service, EVALUATION, &request).await;
        assert_eq!(decision["decision"], false, "{value}");
        assert!(
            !decision["context"]["reasons"][0]
                .as_str()
                .unwrap()
                .is_empty()
        );
        unknown.push(value);
    }
    let audit = service.audit_at_last().await;
    let denied = audit.iter().filter(|it| it["action"] == "decision.deny");
    assert_eq!(denied.count(), 1 + unknown.len());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn evaluations_fall_back_on_what_stands_beside_them_and_end_as_told(pool: PgPool) {
    let service = start(&pool).await;
    let column = |path: &str| json!({"resource": {"type": "column", "id": format!("recursive-queries-br/queries/{path}")}});
    let mut request = analyst();
    request.as_object_mut().unwrap().remove("resource");
    let two = json!([column("query_time"), column("ecs"), column("rcode")]);
    request["evaluations"] = two;
    let decisions = |answer: &Value| {
        let each = answer["evaluations"].as_array().unwrap().iter();
        each.map(|it| it["decision"].as_bool().unwrap())
            .collect::<Vec<_>>()
    };
    let all = ask(&service, EVALUATIONS, &request).await;
    assert_eq!(decisions(&all), [true, false, true]);
    assert!(all.get("decision").is_none());
    for (semantic, expected) in [
        ("execute_all", vec![true, false, true]),
        ("deny_on_first_deny", vec![true, false]),
        ("permit_on_first_permit", vec![true]),
    ] {
        request["options"] = json!({"evaluations_semantic": semantic, "another": 1});
        let answer = ask(&service, EVALUATIONS, &request).await;
        assert_eq!(decisions(&answer), expected, "{semantic}");
    }
    request["options"] = json!({"evaluations_semantic": "none_of_them"});
    let reply = service
        .admin(Method::POST, EVALUATIONS)
        .json(&request)
        .await;
    assert_eq!(
        (reply.status, reply.code().as_str()),
        (StatusCode::BAD_REQUEST, "malformed-body")
    );
    // An own field goes before the shared one, whole.
    request["options"] = json!({});
    let stranger =
        json!({"subject": {"type": "user", "id": "eve"}, "resource": column("rcode")["resource"]});
    request["evaluations"] = json!([stranger, column("rcode"), {}]);
    let answer = ask(&service, EVALUATIONS, &request).await;
    assert_eq!(decisions(&answer), [false, true, false]);
    assert_eq!(answer["evaluations"][2]["context"]["error"]["status"], 400);
    // Without any it is one evaluation.
    for none in [json!([]), Value::Null] {
        let mut one = analyst();
        if !none.is_null() {
            one["evaluations"] = none;
        }
        assert_eq!(ask(&service, EVALUATIONS, &one).await["decision"], true);
    }
    request["evaluations"] = json!(vec![column("rcode"); 257]);
    let reply = service
        .admin(Method::POST, EVALUATIONS)
        .json(&request)
        .await;
    assert_eq!(reply.code(), "decision-too-large");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_a_search_finds_an_evaluation_allows(pool: PgPool) {
    let service = start(&pool).await;
    let context = json!({"purpose": "operations", "engine": "trino-br"});
    let whole = json!({"type": "object", "id": "nxdomain-hourly-br/nxdomain_hourly"});
    let analyst = json!({"type": "user", "id": "ana", "properties": {"groups": ["noc-br"]}});
    let search = |what: &str, mut body: Value| {
        body["context"] = context.clone();
        let path = format!("/access/v1/search/{what}");
        let service = &service;
        async move {
            let found = ask(service, &path, &body).await;
            assert_eq!(found["page"]["next_token"], "");
            found["results"].as_array().unwrap().clone()
        }
    };
    let body = json!({"subject": {"type": "group", "id": "ignored"}, "action": {"name": "select"}, "resource": whole});
    let groups = search("subject", body).await;
    let id = |it: &Value| it["id"].as_str().unwrap().to_owned();
    assert_eq!(
        groups.iter().map(id).collect::<Vec<_>>(),
        ["csirt", "csirt-forensics", "noc", "noc-br"]
    );
    for group in &groups {
        let body = json!({"subject": group, "action": {"name": "select"}, "resource": whole, "context": context});
        assert_eq!(
            ask(&service, EVALUATION, &body).await["decision"],
            true,
            "{group}"
        );
    }
    let body =
        json!({"subject": analyst, "action": {"name": "select"}, "resource": {"type": "object"}});
    let objects = search("resource", body).await;
    assert!(objects.contains(&whole), "{objects:?}");
    let body =
        json!({"subject": analyst, "action": {"name": "select"}, "resource": {"type": "column"}});
    let columns = search("resource", body).await;
    let has = |path: &str| {
        let id = format!("recursive-queries-br/queries/{path}");
        columns.contains(&json!({"type": "column", "id": id}))
    };
    assert!(
        has("client_ip") && has("rcode") && !has("ecs"),
        "{columns:?}"
    );
    for found in objects.iter().chain(&columns) {
        let body = json!({"subject": analyst, "action": {"name": "select"}, "resource": found, "context": context});
        assert_eq!(
            ask(&service, EVALUATION, &body).await["decision"],
            true,
            "{found}"
        );
    }
    let actions = search("action", json!({"subject": analyst, "resource": whole})).await;
    assert_eq!(actions, [json!({"name": "select"})]);
    let nobody =
        json!({"subject": {"type": "robot"}, "action": {"name": "select"}, "resource": whole});
    assert!(search("subject", nobody).await.is_empty());
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_pages_of_a_search_hold_all_of_it(pool: PgPool) {
    let service = start(&pool).await;
    for kind in ["object", "column"] {
        let mut body = json!({
            "subject": {"type": "user", "id": "ana", "properties": {"groups": ["noc", "csirt"]}},
            "action": {"name": "select"}, "resource": {"type": kind},
            "context": {"purpose": "incident-response", "engine": "trino-br"},
        });
        let path = "/access/v1/search/resource";
        let all = ask(&service, path, &body).await["results"].clone();
        let (mut pages, mut found) = (0, Vec::new());
        body["page"] = json!({"limit": 1});
        loop {
            let page = ask(&service, path, &body).await;
            pages += 1;
            found.extend(page["results"].as_array().unwrap().clone());
            let next = page["page"]["next_token"].as_str().unwrap();
            if next.is_empty() {
                break;
            }
            body["page"] = json!({"limit": 1, "token": next});
        }
        assert!(pages > 2, "{pages}");
        assert_eq!(json!(found), all);
        body["page"] = json!({"token": "%"});
        let reply = service.admin(Method::POST, path).json(&body).await;
        assert_eq!(reply.code(), "malformed-body");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_engine_asks_for_itself_and_about_its_domain(pool: PgPool) {
    let service = start(&pool).await;
    let engine = service.token("trino-br", "engine", "*").await;
    let mut own = analyst();
    own["context"].as_object_mut().unwrap().remove("engine");
    let reply = service
        .by(&engine, Method::POST, EVALUATION)
        .json(&own)
        .await;
    assert_eq!(reply.json()["decision"], true, "its own engine is meant");
    let mut other = analyst();
    other["context"]["engine"] = json!("trino-de");
    let reply = service
        .by(&engine, Method::POST, EVALUATION)
        .json(&other)
        .await;
    assert_eq!(reply.code(), "forbidden");
    let no_engine = service.token("portal", "engine", "*").await;
    let reply = service
        .by(&no_engine, Method::POST, EVALUATION)
        .json(&own)
        .await;
    assert_eq!(reply.code(), "forbidden");
    let edge = service.token("trino-br", "engine", "edge").await;
    let reply = service.by(&edge, Method::POST, EVALUATION).json(&own).await;
    assert_eq!(reply.json()["decision"], false);
    let search = json!({"subject": own["subject"], "action": own["action"], "resource": {"type": "column"}, "context": own["context"]});
    let path = "/access/v1/search/resource";
    let all = service
        .by(&engine, Method::POST, path)
        .json(&search)
        .await
        .json();
    let some = service
        .by(&edge, Method::POST, path)
        .json(&search)
        .await
        .json();
    assert!(all.to_string().contains("recursive-queries-br"));
    assert!(!some.to_string().contains("recursive-queries-br"), "{some}");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_metadata_has_the_addresses_that_the_caller_uses(pool: PgPool) {
    let service = Service::start(&pool).await;
    let path = "/.well-known/authzen-configuration";
    let get = || {
        service
            .anonymous(Method::GET, path)
            .header("host", "pdp.example.net")
    };
    let metadata = get().send().await.json();
    assert_eq!(metadata["policy_decision_point"], "http://pdp.example.net");
    for (name, part) in [
        ("access_evaluation_endpoint", "evaluation"),
        ("access_evaluations_endpoint", "evaluations"),
        ("search_subject_endpoint", "search/subject"),
        ("search_resource_endpoint", "search/resource"),
        ("search_action_endpoint", "search/action"),
    ] {
        let expected = format!("http://pdp.example.net/access/v1/{part}");
        assert_eq!(metadata[name], expected);
    }
    let forged = get().header("x-forwarded-proto", "https").from("192.0.2.1");
    let forged = forged.send().await.json();
    assert_eq!(forged["policy_decision_point"], "http://pdp.example.net");
    let nowhere = service.anonymous(Method::GET, path).send().await;
    assert_eq!(nowhere.status, StatusCode::BAD_REQUEST);
    let config = Config {
        trusted_proxies: vec!["10.0.0.0/8".parse().unwrap()],
        ..Config::default()
    };
    let clock = service.clock.clone();
    let behind = Service::join(&pool, config, clock).await;
    let call = behind
        .anonymous(Method::GET, path)
        .header("host", "pdp.example.net");
    let call = call.header("x-forwarded-proto", "https").from("10.0.0.1");
    let metadata = call.send().await.json();
    assert_eq!(metadata["policy_decision_point"], "https://pdp.example.net");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_answer_carries_the_id_of_its_request(pool: PgPool) {
    let service = start(&pool).await;
    for body in [analyst(), json!({})] {
        let call = service
            .admin(Method::POST, EVALUATION)
            .header("x-request-id", "bfe9eb29");
        assert_eq!(call.json(&body).await.header("x-request-id"), "bfe9eb29");
    }
}

/// Fields that may be absent, as the standard has it.
const OPTIONAL: [&str; 7] = [
    "properties",
    "groups",
    "columns",
    "context",
    "purpose",
    "engine",
    "time",
];
/// Fields whose values are nobody's business.
const FREE: [&str; 2] = ["time", "method"];

#[sqlx::test(migrator = "MIGRATIONS")]
async fn whatever_is_wrong_with_a_field_closes(pool: PgPool) {
    let service = start(&pool).await;
    let (log, _guard) = Log::listen();
    let mut single = analyst();
    single["action"]["properties"] = json!({"method": "GET"});
    let mut several = single.clone();
    several["evaluations"] =
        json!([{"resource": single["resource"], "context": single["context"]}]);
    several["options"] = json!({"evaluations_semantic": "execute_all"});
    let subject = json!({"subject": {"type": "group"}, "action": single["action"], "resource": single["resource"], "context": single["context"], "page": {"token": "", "limit": 5}});
    let resource = json!({"subject": single["subject"], "action": single["action"], "resource": {"type": "object"}, "context": single["context"], "page": {"token": "", "limit": 5}});
    let action = json!({"subject": single["subject"], "resource": single["resource"], "context": single["context"], "page": {"token": "", "limit": 5}});
    let optional = |field: &str| {
        let more = [
            "options",
            "evaluations",
            "evaluations_semantic",
            "page",
            "token",
            "limit",
        ];
        OPTIONAL.contains(&field) || FREE.contains(&field) || more.contains(&field)
    };
    let mut refused = 0;
    for (path, body) in [
        (EVALUATION, &single),
        (EVALUATIONS, &several),
        ("/access/v1/search/subject", &subject),
        ("/access/v1/search/resource", &resource),
        ("/access/v1/search/action", &action),
    ] {
        let well = service.admin(Method::POST, path).json(body).await;
        assert_eq!(well.status, StatusCode::OK, "{path}: {well:?}");
        log.take();
        for mutation in mutations(body) {
            let field = mutation.path.rsplit('/').next().unwrap();
            let call = service
                .admin(Method::POST, path)
                .header("content-type", "application/json");
            let reply = call.raw(mutation.body.clone().into_bytes()).await;
            let what = format!(
                "{path} {} {:?}: {}",
                mutation.path, mutation.kind, mutation.body
            );
            let tolerated = match mutation.kind {
                // What is absent falls back on what stands beside it, or is a denial of its own.
                Kind::Removed => {
                    optional(field)
                        || mutation.path.starts_with("/evaluations/")
                        || path == EVALUATIONS
                }
                Kind::Nulled | Kind::Retyped => FREE.contains(&field),
                Kind::Duplicated => false,
            };
            if tolerated && reply.status == StatusCode::OK {
                continue;
            }
            assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{what}: {reply:?}");
            assert_eq!(reply.code(), "malformed-body", "{what}");
            let lines = log.take();
            let line = r#"protocol="authzen" code="malformed-body""#;
            assert!(
                lines.iter().any(|it| it.contains(line)),
                "{what}: {lines:?}"
            );
            refused += 1;
        }
    }
    assert!(refused > 300, "{refused}");
    for wrong in ["", "[]", "null", "{", "\u{feff}{}", "{}{}"] {
        let call = service
            .admin(Method::POST, EVALUATION)
            .header("content-type", "application/json");
        let reply = call.raw(wrong.as_bytes().to_vec()).await;
        assert_eq!(reply.code(), "malformed-body", "{wrong}");
    }
    let typeless = service
        .admin(Method::POST, EVALUATION)
        .raw(b"{}".to_vec())
        .await;
    assert_eq!(typeless.code(), "unsupported-media-type");
}

/// People of the interoperability scenario: name, mail address, the letter that tells their
/// identifiers apart, and role.
const PEOPLE: [(&str, &str, &str, &str); 5] = [
    ("rick", "rick@the-citadel.com", "A", "admin"),
    ("morty", "morty@the-citadel.com", "E", "editor"),
    ("summer", "summer@the-smiths.com", "I", "editor"),
    ("beth", "beth@the-smiths.com", "M", "viewer"),
    ("jerry", "jerry@the-smiths.com", "Q", "viewer"),
];

/// The name of a subject, by its mail address or by the identifier of the later drafts.
fn person(id: &str) -> &'static str {
    let by = |(_, mail, letter, _): &&(&str, &str, &str, &str)| {
        id == *mail
            || id
                .strip_prefix("CiRmZD")
                .is_some_and(|rest| rest.starts_with(letter))
    };
    PEOPLE.iter().find(by).unwrap_or_else(|| panic!("{id}")).0
}

/// The scenario as contracts and policies: what somebody owns is an object of its own.
fn todo_mesh(folder: &Path) {
    let contract = |id: &str, objects: &[&str]| {
        let objects = objects.iter().map(|object| {
            format!("  - name: {object}\n    logicalType: object\n    properties:\n      - {{name: id, logicalType: string}}\n")
        });
        let objects: String = objects.collect();
        format!(
            "apiVersion: v3.1.0\nkind: DataContract\nid: {id}\nname: {id}\nversion: 1.0.0\nstatus: active\ndomain: todo\nschema:\n{objects}"
        )
    };
    let write = |path: &str, text: String| {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("domains.yaml", "- {name: todo, title: Todo}\n".to_owned());
    write(
        "contracts/app-1.0.0.odcs.yaml",
        contract("app", &["users", "todos"]),
    );
    let (mut roles, mut grants) = (String::new(), String::new());
    for (name, _, _, role) in PEOPLE {
        let id = format!("todos-of-{name}");
        write(
            &format!("contracts/{id}-1.0.0.odcs.yaml"),
            contract(&id, &["todos"]),
        );
        roles += &format!("    - {{role: {role}, users: [{name}]}}\n");
        if role == "editor" {
            grants += &format!(
                "---\napiVersion: zonecut/v1\nkind: Policy\nmetadata: {{name: own-{name}, domain: todo}}\nspec:\n  applies: {{contracts: [{id}]}}\n  grants:\n    - {{name: own, to: {{users: [{name}]}}, actions: [update, delete]}}\n"
            );
        }
    }
    let roles = format!(
        "apiVersion: zonecut/v1\nkind: Roles\nmetadata: {{name: todo, domain: todo}}\nspec:\n  roles: [{{name: viewer}}, {{name: editor, inherits: [viewer]}}, {{name: admin, inherits: [editor]}}]\n  bindings:\n{roles}"
    );
    let shared = "---\napiVersion: zonecut/v1\nkind: Policy\nmetadata: {name: app, domain: todo}\nspec:\n  applies: {contracts: [app]}\n  grants:\n    - {name: read, to: {roles: [viewer]}, actions: [select]}\n    - {name: create, to: {roles: [editor]}, actions: [insert]}\n---\napiVersion: zonecut/v1\nkind: Policy\nmetadata: {name: all, domain: todo}\nspec:\n  grants:\n    - {name: admins, to: {roles: [admin]}, actions: [update, delete]}\n";
    write("policies/todo.yaml", format!("{roles}{shared}{grants}"));
}

/// A request of the scenario in our words.
fn translated(request: &Value) -> Value {
    let mut ours = json!({});
    if let Some(id) = request["subject"]["id"].as_str() {
        ours["subject"] = json!({"type": "user", "id": person(id)});
    }
    if let Some(action) = request["action"]["name"].as_str() {
        let action = match action {
            "can_read_user" | "can_read_todos" => "select",
            "can_create_todo" => "insert",
            "can_update_todo" => "update",
            "can_delete_todo" => "delete",
            other => panic!("{other}"),
        };
        ours["action"] = json!({"name": action});
    }
    if let Some(kind) = request["resource"]["type"].as_str() {
        let resource = &request["resource"];
        let owner = resource["ownerID"]
            .as_str()
            .or(resource["properties"]["ownerID"].as_str());
        let id = match (kind, owner) {
            ("user", _) => "app/users".to_owned(),
            (_, None) => "app/todos".to_owned(),
            (_, Some(owner)) => format!("todos-of-{}/todos", person(owner)),
        };
        ours["resource"] = json!({"type": "object", "id": id});
    }
    if let Some(evaluations) = request["evaluations"].as_array() {
        ours["evaluations"] = evaluations.iter().map(translated).collect();
    }
    ours
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn the_decisions_of_the_interoperability_scenario(pool: PgPool) {
    let Some(folder) = vectors::folder("authzen") else {
        return;
    };
    let schema = |name: &str| -> Validator {
        jsonschema::validator_for(&vectors::json(&folder.join("schemas").join(name))).unwrap()
    };
    let request_schema = schema("evaluation-request.schema.json");
    let response_schema = schema("evaluation-response.schema.json");
    let service = Service::start(&pool).await;
    let mesh = tempfile::tempdir().unwrap();
    todo_mesh(mesh.path());
    seed::seed(&service.state, mesh.path()).await.unwrap();
    load::refresh(&service.state).await.unwrap();
    let mut asked = 0;
    for (file, cases) in vectors::files(&folder.join("todo")) {
        let single = cases.get("evaluation").or(cases.get("decisions")).unwrap();
        for case in single.as_array().unwrap() {
            let request = &case["request"];
            assert!(request_schema.is_valid(request), "{file}: {request}");
            // Their words are well-formed and mean nothing here.
            let foreign = ask(&service, EVALUATION, request).await;
            assert_eq!(foreign["decision"], false);
            let ours = translated(request);
            assert!(request_schema.is_valid(&ours), "{ours}");
            let answer = ask(&service, EVALUATION, &ours).await;
            assert_eq!(answer["decision"], case["expected"], "{file}: {request}");
            for answer in [foreign, answer] {
                assert!(response_schema.is_valid(&answer), "{answer}");
            }
            asked += 1;
        }
        for case in cases["evaluations"].as_array().into_iter().flatten() {
            let answer = ask(&service, EVALUATIONS, &translated(&case["request"])).await;
            let decisions = answer["evaluations"].as_array().unwrap().iter();
            let decisions: Vec<_> = decisions
                .map(|it| json!({"decision": it["decision"]}))
                .collect();
            assert_eq!(json!(decisions), case["expected"], "{file}: {case}");
            asked += 1;
        }
    }
    assert_eq!(asked, 163);
}
