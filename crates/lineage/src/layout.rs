//! Where to draw the nodes: layers from left to right, the same picture for the same graph.
//!
//! The steps of Sugiyama, Tagawa and Toda (1981): break cycles, put each node one layer right of
//! its furthest source, order each layer by the mean place of its neighbours, a few times.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::graph::{Edge, NodeId};

/// Distance between two layers, in the unit of the drawing.
pub const LAYER_WIDTH: i32 = 240;
/// Distance between two nodes of a layer.
pub const ROW_HEIGHT: i32 = 80;
/// How often each layer is ordered by its neighbours. More changes little on graphs that fit a
/// screen.
const SWEEPS: usize = 4;

/// The centre of a node. The first layer is at `x = 0`; layers are centred on `y = 0`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Position {
    /// To the right.
    pub x: i32,
    /// Downwards.
    pub y: i32,
}

/// Places every node. Edges whose ends are not among the nodes count for nothing.
#[must_use]
pub fn layout(nodes: &BTreeSet<NodeId>, edges: &[Edge]) -> BTreeMap<NodeId, Position> {
    let index: BTreeMap<&NodeId, usize> = nodes.iter().zip(0..).collect();
    let ends: BTreeSet<(usize, usize)> = edges
        .iter()
        .filter_map(|edge| Some((*index.get(&edge.from)?, *index.get(&edge.to)?)))
        .filter(|(from, to)| from != to)
        .collect();
    let forward = without_cycles(nodes.len(), &ends);
    let layers = layers(nodes.len(), &forward);
    let rows = order(&layers, &forward);
    let mut height: BTreeMap<usize, usize> = BTreeMap::new();
    for layer in &layers {
        *height.entry(*layer).or_default() += 1;
    }
    let place = |(node, (layer, row)): (&NodeId, (&usize, &usize))| {
        let count = height.get(layer).copied().unwrap_or(1);
        let position = Position {
            x: int(*layer) * LAYER_WIDTH,
            y: int(*row) * ROW_HEIGHT - (int(count) - 1) * ROW_HEIGHT / 2,
        };
        (node.clone(), position)
    };
    nodes
        .iter()
        .zip(layers.iter().zip(&rows))
        .map(place)
        .collect()
}

/// Row numbers are far below the range; a graph beyond it could not be drawn at all.
fn int(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX / LAYER_WIDTH)
}

/// The edges, those that close a cycle (seen from the smallest node) turned round.
fn without_cycles(count: usize, ends: &BTreeSet<(usize, usize)>) -> BTreeSet<(usize, usize)> {
    let next = neighbours(count, ends.iter().copied());
    let mut state = vec![Visit::New; count];
    let mut turned = BTreeSet::new();
    for root in 0..count {
        let mut stack = vec![(root, 0)];
        while let Some((node, child)) = stack.pop() {
            if child == 0 {
                if visit(&state, node) != Visit::New {
                    continue;
                }
                mark(&mut state, node, Visit::Open);
            }
            let Some(&to) = next.get(node).and_then(|list| list.get(child)) else {
                mark(&mut state, node, Visit::Done);
                continue;
            };
            stack.push((node, child + 1));
            match visit(&state, to) {
                Visit::New => stack.push((to, 0)),
                Visit::Open => {
                    turned.insert((node, to));
                }
                Visit::Done => {}
            }
        }
    }
    let turn = |&(from, to): &(usize, usize)| {
        if turned.contains(&(from, to)) {
            (to, from)
        } else {
            (from, to)
        }
    };
    ends.iter().map(turn).collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Visit {
    New,
    Open,
    Done,
}

fn visit(state: &[Visit], node: usize) -> Visit {
    state.get(node).copied().unwrap_or(Visit::Done)
}

fn mark(state: &mut [Visit], node: usize, visit: Visit) {
    if let Some(slot) = state.get_mut(node) {
        *slot = visit;
    }
}

fn neighbours(count: usize, ends: impl Iterator<Item = (usize, usize)>) -> Vec<Vec<usize>> {
    let mut lists = vec![Vec::new(); count];
    for (from, to) in ends {
        if let Some(list) = lists.get_mut(from) {
            list.push(to);
        }
    }
    lists
}

/// The longest path from any source to each node, over edges without cycles.
fn layers(count: usize, ends: &BTreeSet<(usize, usize)>) -> Vec<usize> {
    let next = neighbours(count, ends.iter().copied());
    let mut waiting_for = vec![0_usize; count];
    for (_, to) in ends {
        if let Some(waiting) = waiting_for.get_mut(*to) {
            *waiting += 1;
        }
    }
    let mut layer = vec![0_usize; count];
    let mut ready: Vec<usize> = (0..count)
        .filter(|node| waiting_for.get(*node) == Some(&0))
        .collect();
    while let Some(node) = ready.pop() {
        let after = layer.get(node).map_or(0, |own| own + 1);
        for &to in next.get(node).into_iter().flatten() {
            if let Some(own) = layer.get_mut(to) {
                *own = (*own).max(after);
            }
            if let Some(waiting) = waiting_for.get_mut(to) {
                *waiting -= 1;
                if *waiting == 0 {
                    ready.push(to);
                }
            }
        }
    }
    layer
}

/// The row of each node in its layer.
fn order(layers: &[usize], ends: &BTreeSet<(usize, usize)>) -> Vec<usize> {
    let count = layers.len();
    let right = neighbours(count, ends.iter().copied());
    let left = neighbours(count, ends.iter().map(|&(from, to)| (to, from)));
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (node, layer) in layers.iter().enumerate() {
        members.entry(*layer).or_default().push(node);
    }
    let mut rows = vec![0_usize; count];
    for layer in members.values() {
        number(&mut rows, layer);
    }
    for sweep in 0..SWEEPS {
        let rightwards = sweep % 2 == 0;
        let beside = if rightwards { &left } else { &right };
        let mut sweep_over = |layer: &mut Vec<usize>| {
            layer.sort_by_key(|node| (mean_row(&rows, beside.get(*node), *node), *node));
            number(&mut rows, layer);
        };
        if rightwards {
            members.values_mut().for_each(&mut sweep_over);
        } else {
            members.values_mut().rev().for_each(&mut sweep_over);
        }
    }
    rows
}

fn number(rows: &mut [usize], layer: &[usize]) {
    for (row, node) in layer.iter().enumerate() {
        if let Some(slot) = rows.get_mut(*node) {
            *slot = row;
        }
    }
}

/// The mean row of the neighbours in thousandths, so that it orders without floats; the node's own
/// row where it has none.
fn mean_row(rows: &[usize], neighbours: Option<&Vec<usize>>, node: usize) -> usize {
    let row = |node: usize| rows.get(node).copied().unwrap_or(0);
    match neighbours {
        Some(list) if !list.is_empty() => {
            list.iter().map(|&other| row(other)).sum::<usize>() * 1000 / list.len()
        }
        _ => row(node) * 1000,
    }
}
