//! A breadth-first walk of a graph that lies elsewhere.
//!
//! The caller fetches the edges at a frontier from wherever they are stored, one fetch per level,
//! and hands them in; so the walk does no I/O and never sees more than what lies on its way.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::{Edge, NodeId};

/// Downstream from the start along edges, upstream against them, never back: what shares only an
/// ancestor with the start is not on the way.
#[derive(Debug, Clone)]
pub struct Walk {
    downstream: Side,
    upstream: Side,
    edges: BTreeMap<(NodeId, NodeId), BTreeSet<Edge>>,
    levels_left: usize,
}

#[derive(Debug, Clone)]
struct Side {
    seen: BTreeSet<NodeId>,
    frontier: BTreeSet<NodeId>,
}

/// The nodes whose edges the walk needs next.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frontier {
    /// Nodes whose outgoing edges are wanted.
    pub outgoing: Vec<NodeId>,
    /// Nodes whose incoming edges are wanted.
    pub incoming: Vec<NodeId>,
}

impl Walk {
    /// A walk from these nodes over at most `depth` edges each way.
    #[must_use]
    pub fn new(start: impl IntoIterator<Item = NodeId>, depth: usize) -> Self {
        let start: BTreeSet<NodeId> = start.into_iter().collect();
        let side = Side {
            seen: start.clone(),
            frontier: start,
        };
        Self {
            downstream: side.clone(),
            upstream: side,
            edges: BTreeMap::new(),
            levels_left: depth,
        }
    }

    /// What to fetch next; nothing when the walk has ended.
    #[must_use]
    pub fn frontier(&self) -> Option<Frontier> {
        if self.levels_left == 0
            || (self.downstream.frontier.is_empty() && self.upstream.frontier.is_empty())
        {
            return None;
        }
        Some(Frontier {
            outgoing: self.downstream.frontier.iter().cloned().collect(),
            incoming: self.upstream.frontier.iter().cloned().collect(),
        })
    }

    /// Takes the edges at the frontier and steps one level on. Edges that do not touch the
    /// frontier are left out.
    pub fn step(&mut self, edges: impl IntoIterator<Item = Edge>) {
        let mut downstream = BTreeSet::new();
        let mut upstream = BTreeSet::new();
        for edge in edges {
            let outgoing = self.downstream.frontier.contains(&edge.from);
            let incoming = self.upstream.frontier.contains(&edge.to);
            if outgoing {
                downstream.insert(edge.to.clone());
            }
            if incoming {
                upstream.insert(edge.from.clone());
            }
            if outgoing || incoming {
                let ends = (edge.from.clone(), edge.to.clone());
                self.edges.entry(ends).or_default().insert(edge);
            }
        }
        self.downstream.advance(downstream);
        self.upstream.advance(upstream);
        self.levels_left = self.levels_left.saturating_sub(1);
    }

    /// All nodes met: what to fetch before [`Walk::close`].
    #[must_use]
    pub fn met(&self) -> Frontier {
        let met: Vec<NodeId> = self
            .downstream
            .seen
            .union(&self.upstream.seen)
            .cloned()
            .collect();
        Frontier {
            outgoing: met.clone(),
            incoming: met,
        }
    }

    /// Takes the edges at all nodes met, and keeps those that lead from one of them to another, at
    /// once or through one node that was not met: the job that does what a product declares stands
    /// beside the product, though neither is upstream of the other.
    pub fn close(&mut self, edges: &[Edge]) {
        let met: BTreeSet<NodeId> = self.met().outgoing.into_iter().collect();
        let mut into: BTreeMap<&NodeId, BTreeSet<&NodeId>> = BTreeMap::new();
        let mut out_of: BTreeMap<&NodeId, BTreeSet<&NodeId>> = BTreeMap::new();
        for edge in edges {
            into.entry(&edge.to).or_default().insert(&edge.from);
            out_of.entry(&edge.from).or_default().insert(&edge.to);
        }
        let between: BTreeSet<&NodeId> = into
            .iter()
            .filter(|(node, _)| !met.contains(**node))
            .filter(|(node, sources)| {
                let targets = out_of.get(*node).into_iter().flatten();
                let mut pairs = targets.flat_map(|to| sources.iter().map(move |from| (from, to)));
                pairs.any(|(from, to)| from != to && met.contains(*from) && met.contains(*to))
            })
            .map(|(node, _)| *node)
            .collect();
        let kept = |node: &NodeId| met.contains(node) || between.contains(node);
        for edge in edges
            .iter()
            .filter(|edge| kept(&edge.from) && kept(&edge.to))
        {
            let ends = (edge.from.clone(), edge.to.clone());
            self.edges.entry(ends).or_default().insert(edge.clone());
        }
        self.downstream.seen.extend(between.into_iter().cloned());
    }

    /// How many nodes were met so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.downstream.seen.union(&self.upstream.seen).count()
    }

    /// Whether it began nowhere.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All nodes met and all edges between them that were followed, in order. Of one edge seen at
    /// several times the last counts.
    #[must_use]
    pub fn finish(self) -> (BTreeSet<NodeId>, Vec<Edge>) {
        let mut nodes = self.downstream.seen;
        nodes.extend(self.upstream.seen);
        let mut latest: BTreeMap<_, Edge> = BTreeMap::new();
        for edge in self.edges.into_values().flatten() {
            let key = (edge.from.clone(), edge.to.clone(), edge.kind);
            match latest.get_mut(&key) {
                Some(known) => known.last_seen = known.last_seen.max(edge.last_seen),
                None => {
                    latest.insert(key, edge);
                }
            }
        }
        (nodes, latest.into_values().collect())
    }
}

impl Side {
    fn advance(&mut self, reached: BTreeSet<NodeId>) {
        self.frontier = reached.difference(&self.seen).cloned().collect();
        self.seen.extend(reached);
    }
}
