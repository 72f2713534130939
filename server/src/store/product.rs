//! Products and their ports.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

/// A product as lists show it.
pub(crate) struct Summary {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) domain: String,
    pub(crate) status: String,
    pub(crate) version: Option<String>,
    pub(crate) purpose: String,
    pub(crate) tags: Vec<String>,
    pub(crate) contracts: Vec<String>,
    pub(crate) updated_at: DateTime<Utc>,
}

/// A product with its document.
pub(crate) struct Product {
    pub(crate) id: String,
    pub(crate) domain: String,
    pub(crate) hash: String,
    pub(crate) document: String,
    pub(crate) updated_at: DateTime<Utc>,
}

/// A product to be written.
pub(crate) struct New<'a> {
    pub(crate) id: &'a str,
    pub(crate) domain: &'a str,
    pub(crate) name: &'a str,
    pub(crate) status: &'a str,
    pub(crate) version: Option<&'a str>,
    pub(crate) purpose: &'a str,
    pub(crate) tags: &'a [String],
    pub(crate) hash: &'a str,
    pub(crate) document: &'a str,
    /// What is searched: names, tags, purpose; lower case.
    pub(crate) search: &'a str,
    pub(crate) at: DateTime<Utc>,
    pub(crate) by: &'a str,
}

/// Which side of a product a port is on.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Direction {
    /// What the product reads.
    Input,
    /// What it offers.
    Output,
}

/// A product that reads a contract which another offers.
pub(crate) struct Consumer {
    pub(crate) product: String,
    pub(crate) domain: String,
    pub(crate) via: String,
}

/// What a list of products is narrowed to.
pub(crate) struct Filter<'a> {
    pub(crate) scope: Option<&'a [String]>,
    /// In the product's own words, or in those of a contract that it offers; lower case.
    pub(crate) needle: Option<&'a str>,
    pub(crate) domain: Option<&'a str>,
    pub(crate) status: Option<&'a str>,
}

/// Products by id.
pub(crate) async fn list(
    connection: &mut PgConnection,
    filter: &Filter<'_>,
    after: &str,
    limit: i64,
) -> Result<Vec<Summary>, sqlx::Error> {
    sqlx::query_as!(
        Summary,
        r#"
        SELECT p.id, p.name, p.domain, p.status, p.version, p.purpose, p.tags, p.updated_at,
               ARRAY(
                   SELECT DISTINCT contract FROM product_port
                   WHERE product = p.id AND direction = 'output' AND contract IS NOT NULL
                   ORDER BY contract
               ) AS "contracts!"
        FROM product p
        WHERE p.id > $1
          AND ($2::text[] IS NULL OR p.domain = ANY($2))
          AND ($3::text IS NULL OR strpos(p.search, $3) > 0 OR EXISTS (
                   SELECT FROM product_port o JOIN contract c ON c.id = o.contract
                   WHERE o.product = p.id AND o.direction = 'output' AND strpos(c.search, $3) > 0
              ))
          AND ($4::text IS NULL OR p.domain = $4)
          AND ($5::text IS NULL OR p.status = $5)
        ORDER BY p.id LIMIT $6
        "#,
        after,
        filter.scope,
        filter.needle,
        filter.domain,
        filter.status,
        limit
    )
    .fetch_all(connection)
    .await
}

/// The product with that id.
pub(crate) async fn find(
    connection: &mut PgConnection,
    id: &str,
) -> Result<Option<Product>, sqlx::Error> {
    sqlx::query_as!(
        Product,
        "SELECT id, domain, hash, document, updated_at FROM product WHERE id = $1",
        id
    )
    .fetch_optional(connection)
    .await
}

/// Every product that counts for decisions; the column holds the one spelling of a status.
pub(crate) async fn all(connection: &mut PgConnection) -> Result<Vec<Product>, sqlx::Error> {
    sqlx::query_as!(
        Product,
        r#"
        SELECT id, domain, hash, document, updated_at FROM product
        WHERE status IN ('active', 'deprecated') ORDER BY id
        "#
    )
    .fetch_all(connection)
    .await
}

/// Adds a product; one of that id must not be there.
pub(crate) async fn insert(
    connection: &mut PgConnection,
    new: &New<'_>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r#"
        INSERT INTO product (id, domain, name, status, version, purpose, tags, hash, document,
                             search, updated_at, updated_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        "#,
        new.id,
        new.domain,
        new.name,
        new.status,
        new.version,
        new.purpose,
        new.tags,
        new.hash,
        new.document,
        new.search,
        new.at,
        new.by
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Removes a product and its ports, to be written anew in the same transaction.
pub(crate) async fn remove(connection: &mut PgConnection, id: &str) -> Result<(), sqlx::Error> {
    sqlx::query!("DELETE FROM product WHERE id = $1", id)
        .execute(connection)
        .await?;
    Ok(())
}

/// Adds a port.
pub(crate) async fn insert_port(
    connection: &mut PgConnection,
    product: &str,
    direction: Direction,
    position: i32,
    port: &zonecut_contract::model::Port,
) -> Result<(), sqlx::Error> {
    let direction = match direction {
        Direction::Input => "input",
        Direction::Output => "output",
    };
    sqlx::query!(
        r#"
        INSERT INTO product_port (product, direction, position, name, contract, version)
        VALUES ($1, $2, $3, $4, $5, $6)
        "#,
        product,
        direction,
        position,
        port.name,
        port.contract_id,
        port.version
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Who declares to read what `product` offers, by product; those in the scope only.
pub(crate) async fn declared_consumers(
    connection: &mut PgConnection,
    product: &str,
    scope: Option<&[String]>,
) -> Result<Vec<Consumer>, sqlx::Error> {
    sqlx::query_as!(
        Consumer,
        r#"
        SELECT DISTINCT p.id AS "product!", p.domain AS "domain!", o.contract AS "via!"
        FROM product_port o
        JOIN product_port i ON i.contract = o.contract AND i.direction = 'input'
        JOIN product p ON p.id = i.product
        WHERE o.product = $1 AND o.direction = 'output' AND p.id <> $1
          AND ($2::text[] IS NULL OR p.domain = ANY($2))
        ORDER BY 1, 3
        "#,
        product,
        scope
    )
    .fetch_all(connection)
    .await
}
