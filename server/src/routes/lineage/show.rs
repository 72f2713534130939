//! `GET /v1/lineage`

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use zonecut_lineage::{Edge, Name, NodeId};

use crate::app::show_lineage::{Lineage, Start, show_lineage};
use crate::authorization::Permission;
use crate::context::Call;
use crate::extract::Query;
use crate::problem::{Code, Problem, ProblemDocument};

const DEFAULT_DEPTH: u8 = 4;
const LARGEST_DEPTH: u8 = 20;

/// Where to begin and how far to go. Of `product`, `contract` and `dataset` one at most; none
/// begins at every product.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LineageQuery {
    /// A product's id.
    product: Option<String>,
    /// A contract's id.
    contract: Option<String>,
    /// A dataset as engines call it, `NAMESPACE|NAME`.
    dataset: Option<String>,
    /// At most so many edges up and down from there, 1 to 20; 4 when absent.
    depth: Option<u8>,
}

/// A graph, laid out from left to right.
#[derive(Debug, Serialize, ToSchema)]
pub struct LineageGraph {
    /// The nodes.
    nodes: Vec<LineageNode>,
    /// The edges between them.
    edges: Vec<LineageEdge>,
    /// Whether there was more than can be shown.
    truncated: bool,
}

/// Something that data comes from or goes to.
#[derive(Debug, Serialize, ToSchema)]
pub struct LineageNode {
    /// Its identity in the graph.
    id: String,
    /// `product`, `contract`, `dataset` (one that no contract claims) or `job`.
    kind: &'static str,
    /// What to write on it.
    label: String,
    /// The centre, to the right.
    x: i32,
    /// The centre, downwards.
    y: i32,
}

/// Data flows.
#[derive(Debug, Serialize, ToSchema)]
pub struct LineageEdge {
    /// From this node.
    from: String,
    /// To this one.
    to: String,
    /// `declared` or `observed`.
    kind: &'static str,
    /// When a run last reported it.
    last_seen: Option<DateTime<Utc>>,
}

/// Shows what is upstream and downstream, declared and observed.
#[utoipa::path(
    get,
    path = "/v1/lineage",
    operation_id = "show_lineage",
    tag = "lineage",
    params(LineageQuery),
    responses(
        (status = 200, body = LineageGraph),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn handler(
    call: Call,
    Query(query): Query<LineageQuery>,
) -> Result<axum::Json<LineageGraph>, Problem> {
    let depth = query.depth.unwrap_or(DEFAULT_DEPTH);
    if !(1..=LARGEST_DEPTH).contains(&depth) {
        let detail = format!("`depth` is 1 to {LARGEST_DEPTH}");
        return Err(Problem::new(Code::InvalidField, detail));
    }
    let (what, name, start) = start(query)?;
    let scope = call.identity.scope(Permission::LineageRead);
    let found = show_lineage(&call.state, &scope, start, usize::from(depth)).await?;
    let lineage = found.ok_or_else(|| Problem::not_found(what, &name))?;
    Ok(axum::Json(lineage.into()))
}

fn start(query: LineageQuery) -> Result<(&'static str, String, Start), Problem> {
    match (query.product, query.contract, query.dataset) {
        (None, None, None) => Ok(("product", String::new(), Start::Everywhere)),
        (Some(id), None, None) => Ok(("product", id.clone(), Start::Node(NodeId::Product(id)))),
        (None, Some(id), None) => Ok(("contract", id.clone(), Start::Node(NodeId::Contract(id)))),
        (None, None, Some(text)) => match text.split_once('|') {
            Some((namespace, name)) => {
                let start = Start::Dataset(Name::new(namespace, name));
                Ok(("dataset", text, start))
            }
            None => Err(Problem::new(
                Code::InvalidField,
                "`dataset` is written `NAMESPACE|NAME`",
            )),
        },
        _ => Err(Problem::new(
            Code::InvalidField,
            "of `product`, `contract` and `dataset` one at most is given",
        )),
    }
}

impl From<Lineage> for LineageGraph {
    fn from(lineage: Lineage) -> Self {
        let nodes = lineage
            .nodes
            .into_iter()
            .map(|(node, label, place)| LineageNode {
                id: node.to_string(),
                kind: node.kind().as_str(),
                label,
                x: place.x,
                y: place.y,
            });
        Self {
            nodes: nodes.collect(),
            edges: lineage.edges.into_iter().map(LineageEdge::from).collect(),
            truncated: lineage.truncated,
        }
    }
}

impl From<Edge> for LineageEdge {
    fn from(edge: Edge) -> Self {
        Self {
            from: edge.from.to_string(),
            to: edge.to.to_string(),
            kind: edge.kind.as_str(),
            last_seen: edge.last_seen,
        }
    }
}
