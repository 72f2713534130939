//! The decisions of the standard's interoperability scenario, put into our words.

use std::fmt::Write as _;
use std::path::Path;

use jsonschema::Validator;
use serde_json::{Value, json};
use sqlx::PgPool;
use zonecut_server::app::{load, seed};
use zonecut_server::store::MIGRATIONS;

use super::{EVALUATION, EVALUATIONS, ask};
use crate::support::{Service, vectors};

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
        writeln!(roles, "    - {{role: {role}, users: [{name}]}}").unwrap();
        if role == "editor" {
            write!(
                grants,
                "---\napiVersion: zonecut/v1\nkind: Policy\nmetadata: {{name: own-{name}, domain: todo}}\nspec:\n  applies: {{contracts: [{id}]}}\n  grants:\n    - {{name: own, to: {{users: [{name}]}}, actions: [update, delete]}}\n"
            )
            .unwrap();
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
