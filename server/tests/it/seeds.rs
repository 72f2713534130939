//! Loading a folder of documents: whole, once, and never over what is there.

use std::path::Path;

use http::{Method, StatusCode};
use sqlx::PgPool;
use zonecut_server::app::seed::seed;
use zonecut_server::store::MIGRATIONS;

use crate::support::Service;
use crate::support::documents::{QNAME, contract, contract_as, product};

fn write(root: &Path, name: &str, text: &str) {
    let path = root.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "contracts/b.odcs.yaml",
        &contract("1.0.0", QNAME),
    );
    write(
        folder.path(),
        "contracts/a.odcs.yaml",
        &contract("1.10.0", QNAME),
    );
    write(
        folder.path(),
        "contracts/c.odcs.yaml",
        &contract("1.9.0", QNAME),
    );
    write(
        folder.path(),
        "contracts/d.odcs.yaml",
        &contract_as("drafted", "1.0.0", "draft", ""),
    );
    write(folder.path(), "contracts/notes.txt", "not a document");
    write(
        folder.path(),
        "products/p.odps.yaml",
        &product("raw", "queries", None),
    );
    write(folder.path(), "policies/roles.yaml", &roles("noc"));
    write(folder.path(), "policies/roles.test.yaml", "not: [a policy");
    folder
}

fn roles(group: &str) -> String {
    format!(
        "\
apiVersion: zonecut/v1
kind: Roles
metadata: {{name: global}}
spec:
  roles: [{{name: viewer}}]
  bindings: [{{role: viewer, groups: [{group}]}}]
---
apiVersion: zonecut/v1
kind: Roles
metadata: {{name: local, domain: resolvers}}
spec:
  roles: [{{name: analyst}}]
  bindings: [{{role: analyst, groups: [{group}]}}]
"
    )
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_folder_is_loaded_once(pool: PgPool) {
    let service = Service::start(&pool).await;
    let folder = folder();
    let loaded = seed(&service.state, folder.path()).await.unwrap();
    assert_eq!(
        loaded,
        1 + 4 + 1 + 2,
        "a domain, contracts, a product, policies"
    );
    let shown = service
        .admin(Method::GET, "/v1/contracts/queries")
        .send()
        .await
        .json();
    assert_eq!(
        shown["active_version"], "1.10.0",
        "the highest version decides"
    );
    let draft = service
        .admin(Method::GET, "/v1/contracts/drafted")
        .send()
        .await
        .json();
    assert!(draft["active_version"].is_null());
    let audit = service.count("audit_log").await;
    assert_eq!(seed(&service.state, folder.path()).await.unwrap(), 0);
    assert_eq!(service.count("audit_log").await, audit);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_was_changed_since_stays_changed(pool: PgPool) {
    let service = Service::start(&pool).await;
    let folder = folder();
    seed(&service.state, folder.path()).await.unwrap();
    let path = "/v1/policies/roles.resolvers.local";
    let removed = service
        .admin(Method::DELETE, path)
        .header("if-match", "*")
        .send()
        .await;
    assert_eq!(removed.status, StatusCode::NO_CONTENT, "{removed:?}");
    assert_eq!(seed(&service.state, folder.path()).await.unwrap(), 0);
    let gone = service.admin(Method::GET, path).send().await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_conflict_names_the_file_and_loads_nothing(pool: PgPool) {
    let service = Service::start(&pool).await;
    let folder = folder();
    seed(&service.state, folder.path()).await.unwrap();
    let audit = service.count("audit_log").await;
    let cases = [
        ("contracts/b.odcs.yaml", contract("1.0.0", "")),
        ("products/p.odps.yaml", product("raw", "others", None)),
        ("policies/roles.yaml", roles("others")),
        (
            "domains.yaml",
            "- {name: resolvers, title: Others}\n".to_owned(),
        ),
    ];
    for (name, text) in cases {
        let before = std::fs::read_to_string(folder.path().join(name)).ok();
        write(folder.path(), name, &text);
        write(
            folder.path(),
            "contracts/e.odcs.yaml",
            &contract_as("aaa", "1.0.0", "active", ""),
        );
        let error = seed(&service.state, folder.path())
            .await
            .unwrap_err()
            .to_string();
        assert!(error.contains(&format!("`{name}` conflicts")), "{error}");
        match before {
            Some(text) => write(folder.path(), name, &text),
            None => std::fs::remove_file(folder.path().join(name)).unwrap(),
        }
    }
    assert_eq!(service.count("audit_log").await, audit);
    assert_eq!(service.count("contract").await, 2);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_not_valid_is_named_with_its_place(pool: PgPool) {
    let service = Service::start(&pool).await;
    let cases = [
        (
            "contracts/b.odcs.yaml",
            "kind: [",
            "contracts/b.odcs.yaml:1:",
        ),
        (
            "policies/roles.yaml",
            "---\n---\nkind: Roles\napiVersion: zonecut/v1\n",
            "policies/roles.yaml:",
        ),
        (
            "domains.yaml",
            "- {name: a, title: A, colour: red}\n",
            "colour",
        ),
    ];
    for (name, text, said) in cases {
        let folder = folder();
        write(folder.path(), name, text);
        let error = seed(&service.state, folder.path())
            .await
            .unwrap_err()
            .to_string();
        assert!(
            error.contains(name) && error.contains(said),
            "{name}: {error}"
        );
    }
    let folder = folder();
    std::fs::remove_dir_all(folder.path().join("contracts")).unwrap();
    write(folder.path(), "contracts", "not a folder");
    let error = seed(&service.state, folder.path()).await.unwrap_err();
    let error = error.to_string();
    assert!(
        error.contains("can't read") && error.contains("contracts"),
        "{error}"
    );
    let error = seed(&service.state, Path::new("/nowhere"))
        .await
        .unwrap_err()
        .to_string();
    assert!(error.contains("/nowhere"), "{error}");
    assert_eq!(service.count("contract").await, 0);
}
