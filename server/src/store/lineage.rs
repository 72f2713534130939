//! Lineage events and the datasets, jobs and edges that they accumulate.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use sqlx::types::Json;
use zonecut_lineage::walk::Frontier;
use zonecut_lineage::{Edge, EdgeKind, Name, NodeId, Resolver, Warning};

use crate::store::product::Consumer;

/// An event that came in.
pub(crate) struct NewEvent<'a> {
    pub(crate) key: &'a str,
    pub(crate) job: Option<i64>,
    pub(crate) run_id: Option<&'a str>,
    pub(crate) state: &'a str,
    pub(crate) at: DateTime<Utc>,
    pub(crate) producer: &'a str,
    pub(crate) warnings: &'a [Warning],
    pub(crate) received_at: DateTime<Utc>,
    pub(crate) received_by: &'a str,
}

/// Whether an event with that key came in before.
pub(crate) async fn has_event(
    connection: &mut PgConnection,
    key: &str,
) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM lineage_event WHERE key = $1) AS "some!""#,
        key
    )
    .fetch_one(connection)
    .await
}

/// Keeps an event.
pub(crate) async fn insert_event(
    connection: &mut PgConnection,
    event: &NewEvent<'_>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r#"
        INSERT INTO lineage_event
            (key, job, run_id, state, at, producer, warnings, received_at, received_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        "#,
        event.key,
        event.job,
        event.run_id,
        event.state,
        event.at,
        event.producer,
        Json(event.warnings) as _,
        event.received_at,
        event.received_by
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The job of that name, made if it is new.
pub(crate) async fn job(connection: &mut PgConnection, name: &Name) -> Result<i64, sqlx::Error> {
    let node = NodeId::Job(name.clone()).to_string();
    let known = sqlx::query_scalar!("SELECT id FROM lineage_job WHERE node = $1", node)
        .fetch_optional(&mut *connection)
        .await?;
    if let Some(id) = known {
        return Ok(id);
    }
    sqlx::query_scalar!(
        "INSERT INTO lineage_job (namespace, name) VALUES ($1, $2) RETURNING id",
        name.namespace,
        name.name
    )
    .fetch_one(connection)
    .await
}

/// The datasets of these names, which differ, made where they are new; what they are also called
/// accumulates. Answers their ids by name.
pub(crate) async fn datasets(
    connection: &mut PgConnection,
    datasets: &HashMap<Name, Vec<Name>>,
    resolver: &Resolver,
) -> Result<HashMap<Name, i64>, sqlx::Error> {
    let (namespaces, names): (Vec<_>, Vec<_>) = datasets
        .keys()
        .map(|name| (name.namespace.clone(), name.name.clone()))
        .unzip();
    let rows = sqlx::query!(
        r#"
        SELECT id, namespace, name, symlinks AS "symlinks: Json<Vec<Name>>"
        FROM lineage_dataset
        JOIN unnest($1::text[], $2::text[]) AS named (namespace, name) USING (namespace, name)
        "#,
        &namespaces,
        &names
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut ids = HashMap::new();
    let mut links = HashMap::new();
    for row in rows {
        let name = Name::new(row.namespace, row.name);
        ids.insert(name.clone(), row.id);
        links.insert(name, row.symlinks.0);
    }
    let mut new = NewDatasets::default();
    for (name, also) in datasets {
        let known = links.remove(name);
        let is_known = known.is_some();
        let mut symlinks = known.unwrap_or_default();
        let before = symlinks.len();
        for symlink in also {
            if !symlinks.contains(symlink) {
                symlinks.push(symlink.clone());
            }
        }
        if !is_known || symlinks.len() > before {
            new.push(name, symlinks, resolver);
        }
    }
    ids.extend(write_datasets(connection, &new).await?);
    Ok(ids)
}

/// Datasets to be written, a column per field.
#[derive(Default)]
struct NewDatasets {
    namespaces: Vec<String>,
    names: Vec<String>,
    symlinks: Vec<Json<Vec<Name>>>,
    nodes: Vec<String>,
}

impl NewDatasets {
    fn push(&mut self, name: &Name, symlinks: Vec<Name>, resolver: &Resolver) {
        self.namespaces.push(name.namespace.clone());
        self.names.push(name.name.clone());
        self.nodes.push(resolver.node(name, &symlinks).to_string());
        self.symlinks.push(Json(symlinks));
    }
}

async fn write_datasets(
    connection: &mut PgConnection,
    new: &NewDatasets,
) -> Result<Vec<(Name, i64)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        INSERT INTO lineage_dataset (namespace, name, symlinks, node)
        SELECT * FROM unnest($1::text[], $2::text[], $3::jsonb[], $4::text[])
        ON CONFLICT ON CONSTRAINT lineage_dataset_name
            DO UPDATE SET symlinks = excluded.symlinks, node = excluded.node
        RETURNING id, namespace, name
        "#,
        &new.namespaces,
        &new.names,
        &new.symlinks as _,
        &new.nodes
    )
    .fetch_all(connection)
    .await?;
    let named = rows
        .into_iter()
        .map(|row| (Name::new(row.namespace, row.name), row.id));
    Ok(named.collect())
}

/// Adds flows through a job, or the time they were seen again.
pub(crate) async fn see_edges(
    connection: &mut PgConnection,
    job: i64,
    kind: EdgeKind,
    ends: &[(Option<i64>, Option<i64>)],
    at: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let (upstream, downstream): (Vec<Option<i64>>, Vec<Option<i64>>) = ends.iter().copied().unzip();
    sqlx::query!(
        r#"
        INSERT INTO lineage_edge (job, kind, upstream, downstream, first_seen, last_seen)
        SELECT $1, $2, upstream, downstream, $5, $5
        FROM unnest($3::bigint[], $4::bigint[]) AS seen (upstream, downstream)
        ON CONFLICT (job, kind, coalesce(upstream, 0), coalesce(downstream, 0)) DO UPDATE
            SET first_seen = least(lineage_edge.first_seen, excluded.first_seen),
                last_seen = greatest(lineage_edge.last_seen, excluded.last_seen)
        "#,
        job,
        kind.as_str(),
        &upstream as &[Option<i64>],
        &downstream as &[Option<i64>],
        at
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Brings every dataset's node in line with what `resolver` knows.
pub(crate) async fn resolve_all(
    connection: &mut PgConnection,
    resolver: &Resolver,
) -> Result<(), sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        SELECT id, namespace, name, symlinks AS "symlinks: Json<Vec<Name>>", node
        FROM lineage_dataset
        "#
    )
    .fetch_all(&mut *connection)
    .await?;
    let moved = rows.into_iter().filter_map(|row| {
        let name = Name::new(row.namespace, row.name);
        let node = resolver.node(&name, &row.symlinks).to_string();
        (node != row.node).then_some((row.id, node))
    });
    let (ids, nodes): (Vec<i64>, Vec<String>) = moved.unzip();
    sqlx::query!(
        r#"
        UPDATE lineage_dataset SET node = moved.node
        FROM unnest($1::bigint[], $2::text[]) AS moved (id, node)
        WHERE lineage_dataset.id = moved.id
        "#,
        &ids,
        &nodes
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The edges that runs and job events stated, at a frontier of the walk.
pub(crate) async fn flows(
    connection: &mut PgConnection,
    frontier: &Frontier,
) -> Result<Vec<Edge>, sqlx::Error> {
    let texts = |nodes: &[NodeId]| nodes.iter().map(ToString::to_string).collect::<Vec<_>>();
    let (outgoing, incoming) = (texts(&frontier.outgoing), texts(&frontier.incoming));
    let rows = sqlx::query!(
        r#"
        SELECT source AS "source!", target AS "target!", kind AS "kind!",
               max(last_seen) AS "last_seen!"
        FROM (
            SELECT d.node AS source, j.node AS target, e.kind, e.last_seen
            FROM lineage_dataset d
            JOIN lineage_edge e ON e.upstream = d.id
            JOIN lineage_job j ON j.id = e.job
            WHERE d.node = ANY($1)
            UNION ALL
            SELECT j.node, d.node, e.kind, e.last_seen
            FROM lineage_job j
            JOIN lineage_edge e ON e.job = j.id
            JOIN lineage_dataset d ON d.id = e.downstream
            WHERE j.node = ANY($1)
            UNION ALL
            SELECT j.node, d.node, e.kind, e.last_seen
            FROM lineage_dataset d
            JOIN lineage_edge e ON e.downstream = d.id
            JOIN lineage_job j ON j.id = e.job
            WHERE d.node = ANY($2)
            UNION ALL
            SELECT d.node, j.node, e.kind, e.last_seen
            FROM lineage_job j
            JOIN lineage_edge e ON e.job = j.id
            JOIN lineage_dataset d ON d.id = e.upstream
            WHERE j.node = ANY($2)
        ) AS flow
        GROUP BY source, target, kind
        "#,
        &outgoing,
        &incoming
    )
    .fetch_all(connection)
    .await?;
    let edges = rows.into_iter().map(|row| {
        Ok(Edge {
            from: row.source.parse().map_err(undecodable)?,
            to: row.target.parse().map_err(undecodable)?,
            kind: if row.kind == EdgeKind::Observed.as_str() {
                EdgeKind::Observed
            } else {
                EdgeKind::Declared
            },
            last_seen: Some(row.last_seen),
        })
    });
    edges.collect()
}

/// The edges that the ports of products declare, at a frontier of the walk.
pub(crate) async fn ports(
    connection: &mut PgConnection,
    frontier: &Frontier,
) -> Result<Vec<Edge>, sqlx::Error> {
    let (mut products, mut contracts) = (Vec::new(), Vec::new());
    for node in frontier.outgoing.iter().chain(&frontier.incoming) {
        match node {
            NodeId::Product(id) => products.push(id.clone()),
            NodeId::Contract(id) => contracts.push(id.clone()),
            NodeId::Dataset(_) | NodeId::Job(_) => {}
        }
    }
    let rows = sqlx::query!(
        r#"
        SELECT product, contract AS "contract!", direction FROM product_port
        WHERE contract IS NOT NULL AND (product = ANY($1) OR contract = ANY($2))
        "#,
        &products,
        &contracts
    )
    .fetch_all(connection)
    .await?;
    let edges = rows.iter().map(|row| match row.direction.as_str() {
        "input" => Edge::input_port(&row.product, &row.contract),
        _ => Edge::output_port(&row.product, &row.contract),
    });
    Ok(edges.collect())
}

/// A registered product or contract.
pub(crate) struct Registered {
    pub(crate) node: String,
    pub(crate) name: String,
    pub(crate) domain: String,
}

/// The registered among these products and contracts.
pub(crate) async fn registered(
    connection: &mut PgConnection,
    products: &[String],
    contracts: &[String],
) -> Result<Vec<Registered>, sqlx::Error> {
    sqlx::query_as!(
        Registered,
        r#"
        SELECT 'product:' || id AS "node!", name AS "name!", domain AS "domain!"
        FROM product WHERE id = ANY($1)
        UNION ALL
        SELECT 'contract:' || id, name, domain FROM contract WHERE id = ANY($2)
        "#,
        products,
        contracts
    )
    .fetch_all(connection)
    .await
}

/// All products in the scope, as nodes to begin from.
pub(crate) async fn all_products(
    connection: &mut PgConnection,
    scope: Option<&[String]>,
    limit: i64,
) -> Result<Vec<NodeId>, sqlx::Error> {
    let ids = sqlx::query_scalar!(
        r#"
        SELECT id FROM product WHERE $1::text[] IS NULL OR domain = ANY($1) ORDER BY id LIMIT $2
        "#,
        scope,
        limit
    )
    .fetch_all(connection)
    .await?;
    Ok(ids.into_iter().map(NodeId::Product).collect())
}

/// The node that a dataset of that name stands for.
pub(crate) async fn node_of(
    connection: &mut PgConnection,
    dataset: &Name,
) -> Result<Option<NodeId>, sqlx::Error> {
    let node = sqlx::query_scalar!(
        "SELECT node FROM lineage_dataset WHERE namespace = $1 AND name = $2",
        dataset.namespace,
        dataset.name
    )
    .fetch_optional(connection)
    .await?;
    node.map(|node| node.parse().map_err(undecodable))
        .transpose()
}

/// The products that were seen to make what they offer from what `product` offers, and by which
/// contract.
pub(crate) async fn observed_consumers(
    connection: &mut PgConnection,
    product: &str,
    scope: Option<&[String]>,
) -> Result<Vec<Consumer>, sqlx::Error> {
    sqlx::query_as!(
        Consumer,
        r#"
        SELECT DISTINCT p.id AS "product!", p.domain AS "domain!", o.contract AS "via!"
        FROM product_port o
        JOIN lineage_dataset u ON u.node = 'contract:' || o.contract
        JOIN lineage_edge e ON e.upstream = u.id AND e.kind = 'observed'
        JOIN lineage_dataset d ON d.id = e.downstream
        JOIN product_port i ON 'contract:' || i.contract = d.node AND i.direction = 'output'
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

/// What names the state of the contracts and engines that datasets are resolved against.
pub(crate) async fn sources(
    connection: &mut PgConnection,
) -> Result<Vec<(String, String)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        SELECT id AS "id!", active_version AS "state!" FROM contract
        WHERE active_version IS NOT NULL
        UNION ALL
        SELECT id, hash FROM policy WHERE kind = 'Engine'
        ORDER BY 1, 2
        "#
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.state)).collect())
}

/// The documents of the active contracts, and those of the engines.
pub(crate) async fn source_documents(
    connection: &mut PgConnection,
) -> Result<(Vec<String>, Vec<String>), sqlx::Error> {
    let contracts = sqlx::query_scalar!(
        r#"
        SELECT document FROM contract_version v
        JOIN contract c ON c.id = v.contract AND c.active_version = v.version
        "#
    )
    .fetch_all(&mut *connection)
    .await?;
    let engines = sqlx::query_scalar!("SELECT document FROM policy WHERE kind = 'Engine'")
        .fetch_all(connection)
        .await?;
    Ok((contracts, engines))
}

fn undecodable(error: zonecut_lineage::graph::NodeIdError) -> sqlx::Error {
    sqlx::Error::Decode(Box::new(error))
}
