//! The lineage around a product, a contract or a dataset: declared and observed, laid out.

use std::collections::{BTreeMap, BTreeSet};

use zonecut_lineage::walk::Frontier;
use zonecut_lineage::{Edge, Name, NodeId, Position, Walk, layout};

use crate::identity::Scope;
use crate::state::AppState;
use crate::store;
use crate::store::Connection;
use crate::store::lineage::Registered;

/// More nodes than anyone can look at.
const MOST_NODES: usize = 1_000;

/// Where to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Start {
    /// Every product that the caller may know of.
    Everywhere,
    /// A product or a contract.
    Node(NodeId),
    /// A dataset, by the name that an engine gives it.
    Dataset(Name),
}

/// What is drawn.
pub struct Lineage {
    /// The nodes, each with its label and place.
    pub nodes: Vec<(NodeId, String, Position)>,
    /// The edges.
    pub edges: Vec<Edge>,
    /// Whether there was more than can be shown.
    pub truncated: bool,
}

/// The lineage within `depth` edges of `start`; nothing where there is no such start in the scope.
///
/// # Errors
/// When the database fails.
pub async fn show_lineage(
    state: &AppState,
    scope: &Scope,
    start: Start,
    depth: usize,
) -> Result<Option<Lineage>, sqlx::Error> {
    let mut connection = state.pool.acquire().await?;
    state.datasets.catch_up(&mut connection).await?;
    let mut view = View::new(connection, scope);
    let Some(start) = view.start(start).await? else {
        return Ok(None);
    };
    let mut walk = Walk::new(start, depth);
    let mut truncated = false;
    while let Some(frontier) = walk.frontier() {
        if walk.len() > MOST_NODES {
            truncated = true;
            break;
        }
        walk.step(view.edges(&frontier).await?);
    }
    walk.close(&view.edges(&walk.met()).await?);
    let (nodes, edges) = walk.finish();
    let placed = layout(&nodes, &edges).into_iter();
    let labelled = placed.map(|(node, position)| {
        let label = view.label(&node);
        (node, label, position)
    });
    Ok(Some(Lineage {
        nodes: labelled.collect(),
        edges,
        truncated,
    }))
}

/// What the caller may see on the way: products and contracts of other domains than theirs are not
/// there, nor what lies behind them.
struct View<'a> {
    connection: Connection,
    scope: &'a Scope,
    registered: BTreeMap<String, Registered>,
    asked: BTreeSet<NodeId>,
}

impl<'a> View<'a> {
    fn new(connection: Connection, scope: &'a Scope) -> Self {
        Self {
            connection,
            scope,
            registered: BTreeMap::new(),
            asked: BTreeSet::new(),
        }
    }

    async fn start(&mut self, start: Start) -> Result<Option<Vec<NodeId>>, sqlx::Error> {
        let nodes = match start {
            Start::Everywhere => {
                let domains = self.scope.domains();
                let limit = i64::try_from(MOST_NODES).unwrap_or(i64::MAX);
                store::lineage::all_products(&mut self.connection, domains, limit).await?
            }
            Start::Dataset(name) => {
                match store::lineage::node_of(&mut self.connection, &name).await? {
                    None => return Ok(None),
                    Some(node) => vec![node],
                }
            }
            Start::Node(node) => vec![node],
        };
        self.learn(nodes.iter()).await?;
        let known = |node: &NodeId| match node {
            NodeId::Product(_) | NodeId::Contract(_) => {
                self.registered.contains_key(&node.to_string()) && self.shows(node)
            }
            NodeId::Dataset(_) | NodeId::Job(_) => true,
        };
        Ok(nodes.iter().all(known).then_some(nodes))
    }

    async fn edges(&mut self, frontier: &Frontier) -> Result<Vec<Edge>, sqlx::Error> {
        let mut edges = store::lineage::flows(&mut self.connection, frontier).await?;
        edges.extend(store::lineage::ports(&mut self.connection, frontier).await?);
        let ends = edges.iter().flat_map(|edge| [&edge.from, &edge.to]);
        self.learn(ends).await?;
        edges.retain(|edge| self.shows(&edge.from) && self.shows(&edge.to));
        Ok(edges)
    }

    /// Finds out names and domains of those not asked about before.
    async fn learn(&mut self, nodes: impl Iterator<Item = &NodeId>) -> Result<(), sqlx::Error> {
        let (mut products, mut contracts) = (Vec::new(), Vec::new());
        for node in nodes {
            if !self.asked.insert(node.clone()) {
                continue;
            }
            match node {
                NodeId::Product(id) => products.push(id.clone()),
                NodeId::Contract(id) => contracts.push(id.clone()),
                NodeId::Dataset(_) | NodeId::Job(_) => {}
            }
        }
        let rows = store::lineage::registered(&mut self.connection, &products, &contracts).await?;
        self.registered
            .extend(rows.into_iter().map(|row| (row.node.clone(), row)));
        Ok(())
    }

    /// What is not registered belongs to no domain: whoever sees what names it may see its name.
    fn shows(&self, node: &NodeId) -> bool {
        let registered = self.registered.get(&node.to_string());
        match (registered, self.scope.domains()) {
            (Some(registered), Some(domains)) => domains.contains(&registered.domain),
            _ => true,
        }
    }

    fn label(&self, node: &NodeId) -> String {
        let registered = self.registered.get(&node.to_string());
        registered.map_or_else(|| node.label().to_owned(), |it| it.name.clone())
    }
}
