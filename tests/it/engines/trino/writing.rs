//! Who changes rows and tables, and what a refusal leaves in the audit log.

use serde_json::json;

use super::Mesh;

/// Rows come by those who may bring them, and go by those who may take them.
pub async fn rows_are_changed_by_those_who_may(mesh: &Mesh, place: &str) {
    let sites = format!("{place}.sites");
    for (statement, operation) in [
        (
            format!("INSERT INTO {sites} VALUES ('x', 'BR')"),
            "InsertIntoTable",
        ),
        (format!("DELETE FROM {sites}"), "DeleteFromTable"),
        (
            format!("UPDATE {sites} SET site = 'x'"),
            "UpdateTableColumns",
        ),
        (format!("TRUNCATE TABLE {sites}"), "TruncateTable"),
        (format!("DROP TABLE {sites}"), "DropTable"),
        (
            format!("ALTER TABLE {sites} ADD COLUMN x integer"),
            "AddColumn",
        ),
        (
            format!("ALTER TABLE {sites} RENAME TO {place}.other"),
            "RenameTable",
        ),
        (
            format!("CREATE TABLE {place}.other (x integer)"),
            "CreateTable",
        ),
        (
            format!(
                "MERGE INTO {sites} s USING (SELECT 'BR' c) n ON s.country = n.c \
                 WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES ('x', n.c)"
            ),
            "InsertIntoTable",
        ),
    ] {
        mesh.refused("ana", &statement).await;
        let reasons = mesh.reasons("ana", operation).await;
        assert!(reasons.len() > "[]".len(), "{statement}: {reasons}");
    }
    let count = format!("SELECT count(*) FROM {sites}");
    assert_eq!(json!(mesh.rows("olga", &count).await), json!([[2]]));
    mesh.rows(
        "olga",
        &format!("INSERT INTO {sites} VALUES ('mvd1', 'UY')"),
    )
    .await;
    assert_eq!(json!(mesh.rows("olga", &count).await), json!([[3]]));
    // A table that no contract has is nobody's to make.
    mesh.refused("olga", &format!("CREATE TABLE {place}.other (x integer)"))
        .await;
    mesh.refused("olga", &format!("GRANT SELECT ON {sites} TO eve"))
        .await;
    mesh.refused(
        "olga",
        &format!("ALTER VIEW {place}.recent SET AUTHORIZATION ana"),
    )
    .await;
}

/// Rows changed in place, and tables beside a table that show raw values.
pub async fn changes_that_only_iceberg_knows(mesh: &Mesh) {
    let table = "lake.resolvers.recursive_queries";
    let (files, path) = (
        r#"SELECT count(*) > 0 FROM lake.resolvers."recursive_queries$files""#,
        format!(r#"SELECT count(DISTINCT "$path") > 0 FROM {table}"#),
    );
    for statement in [files, &path] {
        mesh.refused("ana", statement).await;
        assert_eq!(json!(mesh.rows("olga", statement).await), json!([[true]]));
    }
    let merge = "MERGE INTO lake.resolvers.sites s USING (VALUES 'UY', 'CL') n(c) ON s.country = n.c \
                 WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES ('scl1', n.c)";
    mesh.rows("olga", merge).await;
    mesh.rows(
        "olga",
        "UPDATE lake.resolvers.sites SET site = 'scl2' WHERE country = 'CL'",
    )
    .await;
    mesh.rows(
        "olga",
        "DELETE FROM lake.resolvers.sites WHERE country = 'AR'",
    )
    .await;
    let left = "SELECT site FROM lake.resolvers.sites ORDER BY site";
    assert_eq!(mesh.column("olga", left).await, ["gru1", "scl2"]);
    mesh.refused("ana", &format!("ALTER TABLE {table} EXECUTE optimize"))
        .await;
    mesh.rows("olga", &format!("ALTER TABLE {table} EXECUTE optimize"))
        .await;
}
