//! Who sees what, of tables and views, and in lists.

use serde_json::{Value, json};

use super::Mesh;

/// Filters, masks, columns that are kept back, and what queries do with them.
pub async fn rows_and_columns_are_those_of_the_policies(mesh: &Mesh, place: &str) {
    let table = format!("{place}.recursive_queries");
    let seen = format!("SELECT id, client_ip, qname, answers FROM {table} ORDER BY id");
    // The country is BR for these; of the nested answers a part is kept back, so all of it is.
    let expected = [
        json!([1, "192.0.2.0", "example.br.", null]),
        json!([2, "192.0.2.0", "example.br.", null]),
        json!([3, "2001:db8:1::", "example.com.", null]),
        json!([4, null, null, null]),
    ];
    assert_eq!(json!(mesh.rows("ana", &seen).await), json!(expected));
    let whole = mesh.rows("olga", &seen).await;
    assert_eq!(whole.len(), 6, "those from whom nothing is kept see all");
    assert_eq!(whole[0][1], "192.0.2.7");
    assert_eq!(
        whole[1][3],
        json!([
            ["mail.example.br.", "198.51.100.2"],
            ["a.example.br.", null]
        ])
    );

    // What is kept back can't be reached by another way.
    for statement in [
        format!("SELECT * FROM {table}"),
        format!("SELECT wire_message FROM {table}"),
        format!("SELECT count(wire_message) FROM {table}"),
        format!("SELECT id FROM {table} WHERE wire_message IS NULL"),
        format!("SELECT id FROM {table} ORDER BY wire_message"),
        format!("SELECT (SELECT max(wire_message) FROM {table})"),
        format!("WITH q AS (SELECT wire_message w FROM {table}) SELECT count(*) FROM q"),
        format!("SELECT * FROM {place}.keys"),
    ] {
        mesh.refused("ana", &statement).await;
    }
    let one = |value: Value| json!([[value]]);
    for (statement, expected) in [
        // Filters see raw values, the query sees masked ones.
        (
            format!("SELECT count(*) FROM {table} WHERE client_ip = '192.0.2.7'"),
            json!(0),
        ),
        (
            format!("SELECT count(*) FROM {table} WHERE client_ip = '192.0.2.0'"),
            json!(2),
        ),
        (format!("SELECT count(*) FROM {table}"), json!(4)),
        (
            format!("SELECT count(*) FROM {table} WHERE country = 'AR' OR country IS NULL"),
            json!(0),
        ),
        (format!("SELECT sum(latency_ms) FROM {table}"), json!(100)),
        (
            format!("SELECT count(DISTINCT client_ip) FROM {table}"),
            json!(2),
        ),
        (
            format!("SELECT count(*) FROM {table}, UNNEST(answers)"),
            json!(0),
        ),
        (
            format!("SELECT count(*) FROM {table} a JOIN {table} b ON a.client_ip = b.client_ip"),
            json!(5),
        ),
        (
            format!(
                "SELECT array_agg(DISTINCT site) FROM {table} q JOIN {place}.sites s ON q.country = s.country"
            ),
            json!(["gru1"]),
        ),
    ] {
        let served = mesh.rows("ana", &statement).await;
        assert_eq!(json!(served), one(expected), "{statement}");
    }
    // A filter reads a column that its user may not.
    let counted = mesh
        .rows("carl", &format!("SELECT sum(latency_ms) FROM {table}"))
        .await;
    assert_eq!(json!(counted), one(json!(100)));
    mesh.refused("carl", &format!("SELECT country FROM {table}"))
        .await;
    let nested = format!("SELECT a.data FROM {table}, UNNEST(answers) a WHERE id = 1");
    assert_eq!(mesh.column("olga", &nested).await, ["198.51.100.1"]);
    for statement in [&seen, &format!("SELECT count(*) FROM {table}")] {
        mesh.refused("eve", statement).await;
        // Nobody signs in as whom filters run.
        mesh.refused("zonecut-filters", statement).await;
    }
    let prepared = format!("EXECUTE IMMEDIATE 'SELECT wire_message FROM {table}'");
    mesh.refused("ana", &prepared).await;
}

/// A definer's view shows what its owner sees, under the rules of the view; an invoker's what its reader does.
pub async fn views_show_what_their_kind_does(mesh: &Mesh, place: &str) {
    let networks = json!([["192.0.2.0"], ["192.0.2.0"], ["2001:db8:1::"], [null]]);
    for view in ["recent", "own"] {
        let seen = format!("SELECT client_ip FROM {place}.{view} ORDER BY client_ip");
        assert_eq!(json!(mesh.rows("ana", &seen).await), networks, "{view}");
        mesh.refused("eve", &seen).await;
    }
    let create =
        format!("CREATE VIEW {place}.recent AS SELECT wire_message FROM {place}.recursive_queries");
    mesh.refused("ana", &create).await;
}

/// `SHOW` and `information_schema`.
pub async fn lists_show_what_is_there_for_the_user(mesh: &Mesh, place: &str) {
    let (catalog, schema) = place.split_once('.').expect("a schema in a catalog");
    let tables = format!("SHOW TABLES FROM {place}");
    let described = format!(
        "SELECT table_name FROM {catalog}.information_schema.tables WHERE table_schema = '{schema}' ORDER BY 1"
    );
    for (user, expected) in [
        ("ana", &["own", "recent", "recursive_queries", "sites"][..]),
        ("carl", &["recursive_queries"]),
        (
            "olga",
            &["keys", "own", "recent", "recursive_queries", "sites"],
        ),
    ] {
        assert_eq!(mesh.column(user, &tables).await, expected, "{user}");
        assert_eq!(mesh.column(user, &described).await, expected, "{user}");
        let schemas = mesh
            .column(user, &format!("SHOW SCHEMAS FROM {catalog}"))
            .await;
        let mut there = vec![schema, "information_schema"];
        there.sort_unstable();
        assert_eq!(schemas, there, "{user}");
    }
    let columns = format!("SHOW COLUMNS FROM {place}.recursive_queries");
    let described = format!(
        "SELECT column_name FROM {catalog}.information_schema.columns \
         WHERE table_schema = '{schema}' AND table_name = 'recursive_queries' ORDER BY ordinal_position"
    );
    for (user, expected) in [
        (
            "ana",
            &[
                "id",
                "client_ip",
                "qname",
                "latency_ms",
                "country",
                "answers",
            ][..],
        ),
        ("carl", &["latency_ms"]),
    ] {
        assert_eq!(mesh.column(user, &columns).await, expected, "{user}");
        assert_eq!(mesh.column(user, &described).await, expected, "{user}");
    }
    let open = ["scratch", "system", "tpch"];
    assert_eq!(mesh.column("eve", "SHOW CATALOGS").await, open);
    mesh.refused("eve", &tables).await;
    mesh.refused("eve", &columns).await;
    mesh.refused("ana", &format!("SHOW COLUMNS FROM {place}.keys"))
        .await;
    let all = mesh.column("ana", "SHOW CATALOGS").await;
    assert_eq!(all, ["lake", "memory", "scratch", "system", "tpch"]);
}

/// Catalogs that Zonecut is not asked to guard.
pub async fn what_is_not_guarded_is_open(mesh: &Mesh) {
    let nations = mesh
        .rows("eve", "SELECT count(*) FROM tpch.tiny.nation")
        .await;
    assert_eq!(json!(nations), json!([[25]]));
    // A copy has what its maker saw.
    let copy = "CREATE TABLE scratch.default.copy AS SELECT client_ip FROM lake.resolvers.recursive_queries";
    mesh.rows("ana", copy).await;
    let copied = "SELECT client_ip FROM scratch.default.copy WHERE client_ip IS NOT NULL";
    for address in mesh.column("eve", copied).await {
        assert!(
            ["192.0.2.0", "2001:db8:1::"].contains(&&*address),
            "{address} is no network"
        );
    }
}
