//! Contracts: published once and for good, judged against what stands, found again.

use http::{Method, StatusCode};
use serde_json::json;
use sqlx::PgPool;
use zonecut_server::store::MIGRATIONS;

use crate::support::documents::{QNAME, contract, contract_as, product};
use crate::support::{Reply, Service};

const VERSIONS: &str = "/v1/contracts/queries/versions";

async fn start(pool: &PgPool) -> Service {
    let service = Service::start(pool).await;
    service.domain("resolvers").await;
    service
}

async fn publish(service: &Service, document: String) -> Reply {
    service.admin(Method::POST, VERSIONS).yaml(document).await
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_version_is_given_back_byte_for_byte(pool: PgPool) {
    let service = start(&pool).await;
    let document = format!("# kept as it is\n{}", contract("1.0.0", QNAME));
    let published = publish(&service, document.clone()).await;
    assert_eq!(published.status, StatusCode::CREATED, "{published:?}");
    assert_eq!(
        published.header("location"),
        "/v1/contracts/queries/versions/1.0.0"
    );
    let etag = published.header("etag").to_owned();
    assert_eq!(
        etag,
        format!("\"{}\"", published.json()["hash"].as_str().unwrap())
    );

    let path = format!("{VERSIONS}/1.0.0");
    let raw = service.admin(Method::GET, &path).send().await;
    assert_eq!(String::from_utf8(raw.bytes.clone()).unwrap(), document);
    assert_eq!(
        (raw.header("etag"), raw.header("content-type")),
        (&*etag, "application/yaml")
    );
    let again = service
        .admin(Method::GET, &path)
        .header("if-none-match", &etag)
        .send()
        .await;
    assert_eq!(
        (again.status, again.bytes.len()),
        (StatusCode::NOT_MODIFIED, 0)
    );
    let accept = |kind| {
        service
            .admin(Method::GET, &path)
            .header("accept", kind)
            .send()
    };
    let as_json = accept("application/json").await;
    assert_eq!(
        as_json.json()["schema"][0]["properties"][2]["name"],
        "qname"
    );
    let view = accept("application/vnd.zonecut.contract+json").await.json();
    assert_eq!(view["objects"][0]["columns"][2]["path"], "qname");
    assert_eq!(view["domain"], "resolvers");
    assert_eq!(accept("image/png").await.code(), "not-acceptable");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_breaks_must_be_paid_for(pool: PgPool) {
    let service = start(&pool).await;
    publish(&service, contract("1.0.0", QNAME)).await;
    let unpaid = publish(&service, contract("1.1.0", "")).await;
    assert_eq!(
        (unpaid.status, unpaid.code().as_str()),
        (StatusCode::CONFLICT, "breaking-not-paid")
    );
    let report = &unpaid.json()["report"]["contracts"][0];
    assert_eq!(report["version"]["required"], "2.0.0");
    let rules: Vec<_> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["rule"])
        .collect();
    assert!(rules.contains(&&json!("property-removed")), "{rules:?}");
    let last = service.audit().await.pop().unwrap();
    assert_eq!(
        (&last["outcome"], &last["subject"]),
        (&json!("refused"), &json!("contract queries 1.1.0"))
    );
    assert_eq!(service.count("contract_version").await, 1);

    let check = service.admin(Method::POST, "/v1/contracts/queries/checks");
    let check = check.yaml(contract("2.0.0", "")).await;
    assert_eq!(
        (check.status, &check.json()["publishable"]),
        (StatusCode::OK, &json!(true))
    );
    assert_eq!(
        service.count("contract_version").await,
        1,
        "a check stores nothing"
    );
    let paid = publish(&service, contract("2.0.0", "")).await;
    assert_eq!(paid.status, StatusCode::CREATED);
    let shown = service
        .admin(Method::GET, "/v1/contracts/queries")
        .send()
        .await
        .json();
    assert_eq!(shown["active_version"], "2.0.0");
    assert_eq!(shown["versions"].as_array().unwrap().len(), 2);

    let comparison = "/v1/contracts/queries/comparison?before=1.0.0&after=2.0.0";
    let comparison = service.admin(Method::GET, comparison).send().await.json();
    assert_eq!(
        comparison["report"]["contracts"][0]["verdict"]["consumer"],
        "breaking"
    );
    assert_eq!(comparison["before"]["text"], contract("1.0.0", QNAME));
    let removed = comparison["facts"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["kind"] == "removed");
    assert_eq!(removed.unwrap()["path"], "queries.qname");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_version_is_published_once(pool: PgPool) {
    let service = start(&pool).await;
    publish(&service, contract("1.0.0", "")).await;
    let again = publish(&service, contract("1.0.0", "")).await;
    assert_eq!(
        (again.status, again.code().as_str()),
        (StatusCode::CONFLICT, "version-exists")
    );
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_published_version_cant_be_changed_even_by_hand(pool: PgPool) {
    let service = start(&pool).await;
    publish(&service, contract("1.0.0", "")).await;
    for statement in [
        "UPDATE contract_version SET document = 'other'",
        "DELETE FROM contract_version",
        "TRUNCATE contract_version CASCADE",
        "UPDATE audit_log SET actor = 'nobody'",
        "DELETE FROM audit_log",
        "TRUNCATE audit_log",
    ] {
        let error = sqlx::query(statement)
            .execute(&service.state.pool)
            .await
            .unwrap_err();
        assert!(
            error.to_string().contains("never change"),
            "{statement}: {error}"
        );
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_governance_objects_to_is_refused_for_that_reason(pool: PgPool) {
    let service = start(&pool).await;
    let classified = |version: &str, classification: &str| {
        let column = format!(
            "      - {{name: client, logicalType: string, classification: {classification}}}\n"
        );
        contract(version, &column)
    };
    publish(&service, classified("1.0.0", "restricted") + QNAME).await;
    let lowered = publish(&service, classified("2.0.0", "public") + QNAME).await;
    assert_eq!(
        (lowered.status, lowered.code().as_str()),
        (StatusCode::CONFLICT, "not-publishable")
    );
    let problem = lowered.json();
    let findings = problem["report"]["contracts"][0]["findings"].as_array();
    let objection = findings.unwrap().iter();
    let objection = objection
        .clone()
        .find(|it| it["rule"] == "classification-lowered" && it["perspective"] == "governance");
    let objection = objection.unwrap()["message"].as_str().unwrap().to_owned();
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains(&objection), "{detail}");
    let last = service.audit().await.pop().unwrap();
    assert_eq!(last["outcome"], "refused");
    assert_eq!(last["detail"]["reason"], detail);
    // Both at once: the version is asked for first, and the objection is in the report.
    let unpaid = publish(&service, classified("1.0.1", "public")).await;
    assert_eq!(unpaid.code(), "breaking-not-paid");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_draft_does_not_decide(pool: PgPool) {
    let service = start(&pool).await;
    publish(&service, contract("1.0.0", QNAME)).await;
    let draft = publish(&service, contract_as("queries", "2.0.0-rc.1", "draft", "")).await;
    assert_eq!(draft.status, StatusCode::CREATED, "{draft:?}");
    let shown = service
        .admin(Method::GET, "/v1/contracts/queries")
        .send()
        .await
        .json();
    assert_eq!(shown["active_version"], "1.0.0");
    let check = service.admin(Method::POST, "/v1/contracts/queries/checks");
    let report = check.yaml(contract("1.1.0", "")).await.json();
    assert_eq!(report["contracts"][0]["before"]["version"], "1.0.0");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_status_counts_however_it_is_spelled(pool: PgPool) {
    let service = start(&pool).await;
    publish(&service, contract_as("queries", "1.0.0", "Active", QNAME)).await;
    let shown = || service.admin(Method::GET, "/v1/contracts").send();
    assert_eq!(shown().await.json()["items"][0]["status"], "active");
    publish(&service, contract_as("queries", "2.0.0-rc.1", "Draft", "")).await;
    assert_eq!(shown().await.json()["items"][0]["active_version"], "1.0.0");
    publish(&service, contract_as("queries", "2.0.0", "Retired", QNAME)).await;
    assert_eq!(shown().await.json()["items"][0]["status"], "retired");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_transitive_promise_is_judged_against_every_version(pool: PgPool) {
    let service = start(&pool).await;
    let promise = "customProperties: [{property: compatibility, value: full-transitive}]\n";
    let version = |version: &str, columns: &str, mode: &str| {
        contract(version, columns).replace("schema:\n", &format!("{mode}schema:\n"))
    };
    for (number, columns) in [("1.0.0", QNAME), ("2.0.0", "")] {
        let reply = publish(&service, version(number, columns, promise)).await;
        assert_eq!(reply.status, StatusCode::CREATED, "{reply:?}");
    }
    let check = async |mode: &str| {
        let check = service.admin(Method::POST, "/v1/contracts/queries/checks");
        let retyped = "      - {name: qname, logicalType: integer}\n";
        let report = check.yaml(version("2.1.0", retyped, mode)).await.json();
        report["contracts"][0]["findings"].to_string()
    };
    // What the candidate says of itself does not take the promise back.
    assert!(check("").await.contains("for readers or data of `1.0.0`"));
    assert!(
        check(promise)
            .await
            .contains("for readers or data of `1.0.0`")
    );
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_document_must_be_about_what_its_path_says(pool: PgPool) {
    let service = start(&pool).await;
    let other = service.admin(Method::POST, "/v1/contracts/others/versions");
    let other = other.yaml(contract("1.0.0", "")).await;
    assert_eq!(other.code(), "invalid-document");
    assert_eq!(other.json()["findings"][0]["at"]["line"], 3);
    let homeless = contract("1.0.0", "").replace("domain: resolvers", "domain: nowhere");
    let homeless = publish(&service, homeless).await;
    assert_eq!(homeless.code(), "invalid-document");
    assert_eq!(homeless.json()["findings"][0]["path"], "domain");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_owner_publishes_in_their_domain_only(pool: PgPool) {
    let service = start(&pool).await;
    service.domain("edge").await;
    let stranger = service.token("eve", "owner", "edge").await;
    let owner = service.token("ana", "owner", "resolvers").await;
    let by = |token: &str| {
        service
            .by(token, Method::POST, VERSIONS)
            .yaml(contract("1.0.0", ""))
    };
    assert_eq!(by(&stranger).await.code(), "forbidden");
    assert_eq!(by(&owner).await.status, StatusCode::CREATED);
    let read = service
        .by(&stranger, Method::GET, "/v1/contracts/queries")
        .send()
        .await;
    assert_eq!(read.code(), "not-found");
    let taken = contract("2.0.0", "").replace("domain: resolvers", "domain: edge");
    let taken = service
        .by(&stranger, Method::POST, VERSIONS)
        .yaml(taken)
        .await;
    assert_eq!(
        taken.code(),
        "forbidden",
        "a contract is not taken from another domain"
    );
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn products_and_contracts_are_found_by_their_columns(pool: PgPool) {
    let service = start(&pool).await;
    publish(&service, contract("1.0.0", QNAME)).await;
    let products = [
        product("raw", "queries", None),
        product("summary", "sums", Some("queries")),
    ];
    for product in products {
        let reply = service
            .admin(Method::POST, "/v1/products")
            .yaml(product)
            .await;
        assert_eq!(reply.status, StatusCode::CREATED, "{reply:?}");
    }
    let ids = async |path: &str| {
        let list = service.admin(Method::GET, path).send().await.json();
        let items = list["items"].as_array().unwrap().clone();
        items
            .iter()
            .map(|it| it["id"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(ids("/v1/products?q=QNAME").await, ["raw"]);
    assert_eq!(
        ids("/v1/products?q=to%20be%20read").await,
        ["raw", "summary"]
    );
    assert_eq!(ids("/v1/products?q=100%25_").await, Vec::<String>::new());
    assert_eq!(
        ids("/v1/products?domain=resolvers&status=retired").await,
        Vec::<String>::new()
    );
    assert_eq!(ids("/v1/contracts?q=qname").await, ["queries"]);
    let consumers = service
        .admin(Method::GET, "/v1/products/raw/consumers")
        .send()
        .await
        .json();
    let expected = json!([{"product": "summary", "domain": "resolvers", "via": "queries", "kind": "declared"}]);
    assert_eq!(consumers["items"], expected);
    let raw = service
        .admin(Method::GET, "/v1/products/raw")
        .send()
        .await
        .json();
    assert_eq!(raw["output_ports"][0]["contract"], "queries");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn lists_come_in_pages(pool: PgPool) {
    let service = start(&pool).await;
    for id in ["a", "b", "c"] {
        let path = format!("/v1/contracts/{id}/versions");
        let document = contract_as(id, "1.0.0", "active", "");
        service.admin(Method::POST, &path).yaml(document).await;
    }
    let first = service
        .admin(Method::GET, "/v1/contracts?limit=2")
        .send()
        .await
        .json();
    assert_eq!(first["items"].as_array().unwrap().len(), 2);
    let next = format!(
        "/v1/contracts?limit=2&cursor={}",
        first["next"].as_str().unwrap()
    );
    let second = service.admin(Method::GET, &next).send().await.json();
    assert_eq!(
        (&second["items"][0]["id"], &second["next"]),
        (&json!("c"), &json!(null))
    );
    for path in [
        "/v1/contracts?limit=0",
        "/v1/contracts?cursor=%00",
        "/v1/contracts?limit=x",
    ] {
        assert_eq!(
            service.admin(Method::GET, path).send().await.code(),
            "invalid-field",
            "{path}"
        );
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_long_history_comes_in_pages_too(pool: PgPool) {
    let service = start(&pool).await;
    publish(&service, contract("1.0.0", QNAME)).await;
    let history = "INSERT INTO contract_version (contract, version, status, hash, document, serial, \
                   published_at, published_by) \
                   SELECT contract, '1.0.' || patch, status, hash || patch, document, serial, \
                   published_at, published_by \
                   FROM contract_version, generate_series(1, 120) AS patch ORDER BY patch";
    sqlx::query(history).execute(&pool).await.unwrap();
    let get = async |path: String| service.admin(Method::GET, &path).send().await.json();
    let versions = |items: &serde_json::Value| -> Vec<String> {
        let items = items.as_array().unwrap().iter();
        items
            .map(|it| it["version"].as_str().unwrap().to_owned())
            .collect()
    };

    let shown = get("/v1/contracts/queries".to_owned()).await;
    let mut seen = versions(&shown["versions"]);
    assert_eq!(seen.len(), 50);
    let mut next = shown["versions_next"].clone();
    while let Some(cursor) = next.as_str() {
        let page = get(format!("{VERSIONS}?limit=40&cursor={cursor}")).await;
        seen.extend(versions(&page["items"]));
        next = page["next"].clone();
    }
    let newest_first: Vec<_> = (0..=120)
        .rev()
        .map(|patch| format!("1.0.{patch}"))
        .collect();
    assert_eq!(seen, newest_first);
    assert_eq!(
        versions(&get(VERSIONS.to_owned()).await["items"]),
        seen[..50]
    );

    let missing = service.admin(Method::GET, "/v1/contracts/none/versions");
    assert_eq!(missing.send().await.code(), "not-found");
    let foreign = format!("{VERSIONS}?cursor=bm9uZQ");
    let foreign = service.admin(Method::GET, &foreign).send().await;
    assert_eq!(foreign.code(), "invalid-field");
}
