//! Who changes what, and what nobody does.

use serde_json::json;
use sqlx::PgPool;
use zonecut_server::store::MIGRATIONS;
use zonecut_server::trino::operations::{About, OPERATIONS};

use super::{start, table, user};

#[sqlx::test(migrator = "MIGRATIONS")]
async fn rows_and_tables_are_changed_by_those_who_are_granted_it(pool: PgPool) {
    let service = start(&pool).await;
    let (ana, olga, lou) = (
        user(&service, "ana"),
        user(&service, "olga"),
        user(&service, "lou"),
    );
    let resource = json!({"table": table("dns.r.q")});
    for (operation, about, rule) in OPERATIONS {
        let rule = format!("{rule:?}");
        if *about != About::Table || !rule.starts_with("May") {
            continue;
        }
        let reads = rule == "May(Select)";
        assert!(olga.may(operation, resource.clone()).await, "{operation}");
        assert!(!ana.may(operation, resource.clone()).await, "{operation}");
        assert_eq!(
            lou.may(operation, resource.clone()).await,
            rule == "May(Insert)",
            "{operation}"
        );
        let elsewhere = json!({"table": table("tpch.tiny.nation")});
        assert!(ana.may(operation, elsewhere).await, "{operation}");
        let described = json!({"table": table("dns.information_schema.tables")});
        assert_eq!(olga.may(operation, described).await, reads, "{operation}");
    }
    let mut columns = table("dns.r.q");
    columns["columns"] = json!(["n"]);
    let columns = json!({"table": columns});
    assert!(olga.may("UpdateTableColumns", columns.clone()).await);
    assert!(!ana.may("UpdateTableColumns", columns.clone()).await);
    // A definer's view shows to others what its owner sees.
    assert!(
        olga.may("CreateViewWithSelectFromColumns", columns.clone())
            .await
    );
    assert!(!ana.may("CreateViewWithSelectFromColumns", columns).await);
    let procedure = json!({"table": table("dns.r.q"), "function": {"functionName": "OPTIMIZE"}});
    assert!(olga.may("ExecuteTableProcedure", procedure.clone()).await);
    assert!(!ana.may("ExecuteTableProcedure", procedure).await);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn nothing_leaves_what_is_guarded_by_another_name(pool: PgPool) {
    let service = start(&pool).await;
    let olga = user(&service, "olga");
    let rename = |from: &str, to: &str| {
        let action = json!({
            "operation": "RenameTable",
            "resource": {"table": table(from)}, "targetResource": {"table": table(to)},
        });
        let olga = &olga;
        async move { olga.result("allow", action).await }
    };
    assert_eq!(rename("dns.r.q", "dns.scratch.q").await, false);
    assert_eq!(rename("dns.scratch.q", "dns.r.q").await, false);
    assert_eq!(rename("dns.r.q", "dns.r.other").await, false);
    assert_eq!(rename("dns.scratch.a", "dns.scratch.b").await, true);
    // `dns.r` is not unmanaged, whatever the engine says, since an object of a contract stands in it.
    assert!(
        !olga
            .may("CreateTable", json!({"table": table("dns.r.t2")}))
            .await
    );
    assert!(
        !olga
            .may("CreateCatalog", json!({"catalog": {"name": "tpch"}}))
            .await
    );
    let owner = json!({
        "operation": "SetViewAuthorization", "resource": {"table": table("tpch.tiny.v")},
        "grantee": {"name": "olga", "type": "USER"},
    });
    assert_eq!(user(&service, "ana").result("allow", owner).await, false);
    for schema in ["dns.r", "dns.none"] {
        let (catalog, name) = schema.split_once('.').unwrap();
        let schema = json!({"schema": {"catalogName": catalog, "schemaName": name}});
        for operation in ["CreateSchema", "DropSchema", "ShowCreateSchema"] {
            assert!(!olga.may(operation, schema.clone()).await, "{operation}");
        }
    }
    let scratch = json!({"schema": {"catalogName": "dns", "schemaName": "scratch"}});
    assert!(olga.may("CreateSchema", scratch).await);
    for (schema, may) in [("dns.r", false), ("memory.default", true)] {
        let (catalog, name) = schema.split_once('.').unwrap();
        let function =
            json!({"function": {"catalogName": catalog, "schemaName": name, "functionName": "f"}});
        for operation in ["ExecuteFunction", "CreateFunction", "ExecuteProcedure"] {
            assert_eq!(
                olga.may(operation, function.clone()).await,
                may,
                "{operation}"
            );
        }
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn users_are_themselves(pool: PgPool) {
    let service = start(&pool).await;
    let olga = user(&service, "olga");
    for operation in ["ImpersonateUser", "ViewQueryOwnedBy", "KillQueryOwnedBy"] {
        assert!(
            !olga.may(operation, json!({"user": {"user": "ana"}})).await,
            "{operation}"
        );
        assert!(
            olga.may(operation, json!({"user": {"user": "olga"}})).await,
            "{operation}"
        );
    }
    for operation in ["ReadSystemInformation", "WriteSystemInformation"] {
        let action = json!({"operation": operation});
        assert_eq!(olga.result("allow", action).await, false, "{operation}");
    }
    // What a later Trino may come to ask.
    let action = json!({"operation": "SetUser", "resource": {"user": {"user": "olga"}}});
    let reply = olga.ask("allow", action).await.json();
    assert_eq!(
        reply,
        json!({"result": false, "reasons": ["unknown operation `SetUser`"]})
    );
}
