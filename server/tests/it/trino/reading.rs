//! Who sees what of a table, and as whom.

use serde_json::{Value, json};
use sqlx::PgPool;
use zonecut_server::store::MIGRATIONS;

use super::{CONTRACT, POLICIES, User, mask, start, start_with, table, user};
use crate::support::Reply;

#[sqlx::test(migrator = "MIGRATIONS")]
async fn masks_filters_and_columns_are_those_of_the_policies(pool: PgPool) {
    let service = start(&pool).await;
    let ana = user(&service, "ana");
    // Names are compared in lower case, however a contract spells them.
    assert!(ana.selects("dns.r.q", &["client_ip", "qname"]).await);
    assert!(ana.selects("dns.r.q", &[]).await);
    assert!(!ana.selects("dns.r.q", &["qname", "answers"]).await);
    assert!(
        !ana.selects("dns.r.q", &["client"]).await,
        "its name in the contract is not where it is stored"
    );
    let filters = ana.filters("dns.r.q").await.json();
    let filter = json!([{"expression": "country = 'BR'", "identity": "zonecut-filters"}]);
    assert_eq!(filters, json!({"result": filter}));
    let columns = ["client_ip", "qname", "answers", "$path", "none"];
    let masks = ana.masks("dns.r.q", &columns).await.json();
    let masks = masks["result"].as_array().unwrap();
    let of = |index: usize| {
        let mut found = masks.iter().filter(|it| it["index"] == index);
        found
            .next()
            .map(|it| it["viewExpression"]["expression"].as_str().unwrap())
    };
    assert!(of(0).unwrap().contains("AS IPADDRESS"), "{masks:?}");
    assert_eq!(
        [of(1), of(2), of(3), of(4)],
        [None, Some("NULL"), Some("NULL"), Some("NULL")]
    );
    for (column, expected) in [
        ("qname", Value::Null),
        ("answers", json!({"expression": "NULL"})),
    ] {
        let action = json!({"operation": "GetColumnMask", "resource": mask("dns.r.q", column)});
        let reply = ana.ask("column-mask", action).await;
        assert_eq!(reply.json(), json!({"result": expected}));
    }
    let olga = user(&service, "olga");
    assert_eq!(olga.filters("dns.r.q").await.json(), json!({"result": []}));
    assert_eq!(
        olga.masks("dns.r.q", &columns[..4]).await.json(),
        json!({"result": []})
    );
}

/// No row, and no mention of another's eyes.
fn assert_closed(filters: &Reply) {
    let result = &filters.json()["result"];
    assert_eq!(*result, json!([{"expression": "false"}]), "{filters:?}");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn of_what_may_not_be_read_there_is_no_row_and_no_value(pool: PgPool) {
    let service = start(&pool).await;
    let (ana, eve) = (user(&service, "ana"), user(&service, "eve"));
    let unknown = ["dns.r.none", "dns.s.q", "other.r.q"];
    for name in unknown {
        assert_eq!(ana.filters(name).await.code(), "forbidden", "{name}");
        assert_eq!(
            ana.masks(name, &["client_ip"]).await.code(),
            "forbidden",
            "{name}"
        );
        assert!(!ana.selects(name, &[]).await, "{name}");
    }
    // Trino shows its user the address that answered with an error, and with it the engine's token: so
    // what a user can come upon at will is closed without one.
    for (user, name) in [
        (&eve, "dns.r.q"),
        (&eve, "dns.r.q$files"),
        (&ana, "dns.r.q$files"),
    ] {
        assert_closed(&user.filters(name).await);
        let masks = user.masks(name, &["qname"]).await.json();
        assert_eq!(masks["result"][0]["viewExpression"]["expression"], "NULL");
        assert!(!user.selects(name, &[]).await);
    }
    // What is not guarded, and what describes the catalog, is open.
    for name in [
        "tpch.tiny.nation",
        "dns.scratch.t",
        "dns.information_schema.tables",
    ] {
        let open = eve.filters(name).await;
        let expected = json!({"result": []});
        assert_eq!(open.json(), expected, "{name}");
        assert_eq!(ana.masks(name, &["a"]).await.json(), expected, "{name}");
        assert!(ana.selects(name, &["a"]).await, "{name}");
    }
    // Of a catalog with nothing in it for a user, they see no description either.
    for (name, sees) in [("eve", false), ("ana", true)] {
        let bare = User {
            engine: "trino-bare",
            ..user(&service, name)
        };
        let described = bare.selects("dns.information_schema.tables", &["a"]).await;
        assert_eq!(described, sees, "{name}");
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn lists_show_what_is_there_for_the_user(pool: PgPool) {
    let service = start(&pool).await;
    let catalogs = json!([{"catalog": {"name": "system"}}, {"catalog": {"name": "dns"}}, {"catalog": {"name": "secret"}}]);
    let schema = |schema: &str| json!({"schema": {"catalogName": "dns", "schemaName": schema}});
    let schemas = json!([
        schema("information_schema"),
        schema("system"),
        schema("r"),
        schema("scratch")
    ]);
    let tables = json!([{"table": table("dns.r.q")}, {"table": table("dns.r.q$files")}, {"table": table("dns.r.none")}, {"table": table("dns.information_schema.tables")}]);
    let mut columns = table("dns.r.q");
    columns["columns"] = json!(["client_ip", "answers", "n", "$path"]);
    let columns = json!([{"table": columns}]);
    let users =
        json!([{"user": {"user": "ana", "groups": []}}, {"user": {"user": "eve", "groups": []}}]);
    let listed = |name: &'static str| {
        let (service, asked) = (
            &service,
            [
                ("FilterCatalogs", catalogs.clone()),
                ("FilterSchemas", schemas.clone()),
                ("FilterTables", tables.clone()),
                ("FilterColumns", columns.clone()),
                ("FilterViewQueryOwnedBy", users.clone()),
            ],
        );
        async move {
            let mut results = Vec::new();
            for (operation, resources) in asked {
                let action = json!({"operation": operation, "filterResources": resources});
                results.push(user(service, name).result("batch", action).await);
            }
            json!(results)
        }
    };
    // A schema that was not to be guarded makes the catalog visible to all, and nothing else in it.
    assert_eq!(listed("eve").await, json!([[0, 1], [0, 3], [3], [], [1]]));
    assert_eq!(
        listed("ana").await,
        json!([[0, 1], [0, 2, 3], [0, 3], [0, 2], [0]])
    );
    assert_eq!(
        listed("olga").await,
        json!([[0, 1], [0, 2, 3], [0, 1, 3], [0, 1, 2, 3], []])
    );
    // Who may only write sees that it is there.
    assert_eq!(
        listed("lou").await,
        json!([[0, 1], [0, 2, 3], [0, 3], [], []])
    );
    let bare = User {
        service: &service,
        engine: "trino-bare",
        name: "eve",
    };
    let action = json!({"operation": "FilterCatalogs", "filterResources": catalogs});
    assert_eq!(bare.result("batch", action).await, json!([]));
    assert!(
        !bare
            .may("AccessCatalog", json!({"catalog": {"name": "dns"}}))
            .await
    );
    let action = json!({"operation": "DropTable", "filterResources": tables});
    assert_eq!(
        user(&service, "olga").result("batch", action).await,
        json!([]),
        "filters nothing"
    );
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn filters_run_as_the_evaluator_who_may_do_nothing_else(pool: PgPool) {
    let service = start(&pool).await;
    let evaluator = user(&service, "zonecut-filters");
    assert!(evaluator.selects("dns.r.q", &["country"]).await);
    assert!(
        evaluator
            .may("AccessCatalog", json!({"catalog": {"name": "dns"}}))
            .await
    );
    assert!(!evaluator.selects("dns.r.q", &["country", "qname"]).await);
    assert!(!evaluator.selects("tpch.tiny.nation", &["name"]).await);
    assert_eq!(
        evaluator
            .result("allow", json!({"operation": "ExecuteQuery"}))
            .await,
        false
    );
    assert_closed(&evaluator.filters("dns.r.q").await);
    let masks = evaluator.masks("dns.r.q", &["n"]).await.json();
    assert_eq!(masks["result"][0]["viewExpression"]["expression"], "NULL");
    let carl = user(&service, "carl");
    assert!(carl.selects("dns.r.q", &["n"]).await);
    // Without one, Trino would ask whether Carl may read what his filter reads.
    let bare = User {
        engine: "trino-bare",
        ..carl
    };
    assert!(!bare.selects("dns.r.q", &["n"]).await);
    let closed = bare.filters("dns.r.q").await;
    assert_closed(&closed);
    let reasons = closed.json()["reasons"].to_string();
    assert!(reasons.contains("names no `evaluator`"), "{reasons}");
    let listed =
        json!({"operation": "FilterTables", "filterResources": [{"table": table("dns.r.q")}]});
    assert_eq!(bare.result("batch", listed).await, json!([0]));
    // Ana may read it herself.
    let ana = User {
        engine: "trino-bare",
        ..user(&service, "ana")
    };
    let filters = ana.filters("dns.r.q").await.json();
    assert_eq!(
        filters,
        json!({"result": [{"expression": "country = 'BR'"}]})
    );
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn masks_by_function_run_as_the_evaluator(pool: PgPool) {
    let policies = POLICIES
        .replace(
            "mask: {type: ip-prefix, v4: 24, v6: 48}",
            "mask: {type: ip-pseudonym, key: mesh, epoch: 1}",
        )
        .replace(
            "  evaluator: zonecut-filters\n",
            "  evaluator: zonecut-filters\n  functions: {ip-pseudonym: tools.dns.pseudonym}\n",
        );
    let service = start_with(&pool, &[("queries", CONTRACT.to_owned())], &policies).await;
    let masks = user(&service, "ana")
        .masks("dns.r.q", &["client_ip"])
        .await
        .json();
    let mask = &masks["result"][0]["viewExpression"];
    assert_eq!(mask["identity"], "zonecut-filters");
    assert!(
        mask["expression"]
            .as_str()
            .unwrap()
            .contains("tools.dns.pseudonym("),
        "{mask}"
    );
    let function = json!({"function": {"catalogName": "tools", "schemaName": "dns", "functionName": "pseudonym"}});
    let evaluator = user(&service, "zonecut-filters");
    assert!(evaluator.may("ExecuteFunction", function.clone()).await);
    assert!(evaluator.selects("dns.r.q", &["client_ip"]).await);
    assert!(!user(&service, "ana").may("ExecuteFunction", function).await);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_name_that_two_contracts_claim_is_nobodys(pool: PgPool) {
    let twin = CONTRACT
        .replace("id: queries\n", "id: twin\n")
        .replace("name: Queries\n", "name: Twin\n");
    let service = start_with(
        &pool,
        &[("queries", CONTRACT.to_owned()), ("twin", twin)],
        POLICIES,
    )
    .await;
    let olga = user(&service, "olga");
    assert!(!olga.selects("dns.r.q", &["n"]).await);
    assert_eq!(olga.filters("dns.r.q").await.code(), "forbidden");
    assert_eq!(olga.masks("dns.r.q", &["n"]).await.code(), "forbidden");
}
