//! Walking and laying out: laws on generated graphs.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use proptest::prelude::*;
use zonecut_lineage::{Edge, EdgeKind, NodeId, Position, Walk, layout};

fn id(number: u8) -> NodeId {
    NodeId::Contract(format!("c{number:02}"))
}

fn edge(from: u8, to: u8) -> Edge {
    Edge {
        from: id(from),
        to: id(to),
        kind: EdgeKind::Observed,
        last_seen: None,
    }
}

fn graph() -> impl Strategy<Value = Vec<(u8, u8)>> {
    prop::collection::vec((0_u8..14, 0_u8..14), 0..40)
}

/// Walks `edges` the way the server does: one fetch per frontier.
fn walk(edges: &[(u8, u8)], start: u8, depth: usize) -> (BTreeSet<NodeId>, Vec<Edge>) {
    let mut walk = Walk::new([id(start)], depth);
    while let Some(frontier) = walk.frontier() {
        let all = edges.iter().map(|&(from, to)| edge(from, to));
        let touching: Vec<Edge> = all
            .filter(|edge| {
                frontier.outgoing.contains(&edge.from) || frontier.incoming.contains(&edge.to)
            })
            .collect();
        walk.step(touching);
    }
    walk.finish()
}

/// Distances by a queue: shares no code with the walk.
fn distances(edges: &[(u8, u8)], start: u8, against: bool) -> BTreeMap<u8, usize> {
    let mut known = BTreeMap::from([(start, 0)]);
    let mut queue = VecDeque::from([start]);
    while let Some(node) = queue.pop_front() {
        for &(from, to) in edges {
            let (from, to) = if against { (to, from) } else { (from, to) };
            if from == node && !known.contains_key(&to) {
                known.insert(to, known[&node] + 1);
                queue.push_back(to);
            }
        }
    }
    known
}

proptest! {
    #[test]
    fn a_walk_meets_exactly_what_lies_within_its_depth(edges in graph(), start in 0_u8..14, depth in 0_usize..6) {
        let (nodes, _) = walk(&edges, start, depth);
        let mut expected = BTreeSet::new();
        for against in [false, true] {
            let within = distances(&edges, start, against).into_iter().filter(|(_, far)| *far <= depth);
            expected.extend(within.map(|(node, _)| id(node)));
        }
        prop_assert_eq!(nodes, expected);
    }

    #[test]
    fn a_walk_is_the_same_whatever_the_order_of_edges(edges in graph(), start in 0_u8..14, seed in any::<u64>()) {
        let mut shuffled = edges.clone();
        shuffled.sort_by_key(|(from, to)| (u64::from(*from) * 31 + u64::from(*to)).wrapping_mul(seed | 1));
        shuffled.extend(edges.first().copied());
        prop_assert_eq!(walk(&edges, start, 9), walk(&shuffled, start, 9));
    }

    #[test]
    fn every_node_has_a_place_of_its_own(edges in graph()) {
        let (nodes, edges) = all(&edges);
        let places = layout(&nodes, &edges);
        prop_assert_eq!(places.len(), nodes.len());
        let distinct: BTreeSet<(i32, i32)> = places.values().map(|at| (at.x, at.y)).collect();
        prop_assert_eq!(distinct.len(), nodes.len());
    }

    #[test]
    fn data_flows_to_the_right_where_nothing_goes_round(edges in graph()) {
        let acyclic: Vec<(u8, u8)> = edges.into_iter().filter(|(from, to)| from < to).collect();
        let (nodes, edges) = all(&acyclic);
        let places = layout(&nodes, &edges);
        for edge in &edges {
            prop_assert!(places[&edge.from].x < places[&edge.to].x);
        }
    }
}

fn all(edges: &[(u8, u8)]) -> (BTreeSet<NodeId>, Vec<Edge>) {
    let nodes = edges
        .iter()
        .flat_map(|&(from, to)| [id(from), id(to)])
        .collect();
    (
        nodes,
        edges.iter().map(|&(from, to)| edge(from, to)).collect(),
    )
}

#[test]
fn a_cycle_is_drawn_too() {
    let (nodes, edges) = all(&[(0, 1), (1, 2), (2, 0), (2, 2)]);
    let places = layout(&nodes, &edges);
    let x: BTreeSet<i32> = places.values().map(|at| at.x).collect();
    assert_eq!(x.len(), 3);
}

#[test]
fn lines_that_need_not_cross_do_not() {
    let (nodes, edges) = all(&[(0, 5), (1, 4), (2, 3)]);
    let places = layout(&nodes, &edges);
    for (from, to) in [(0, 5), (1, 4), (2, 3)] {
        assert_eq!(places[&id(from)].y, places[&id(to)].y);
    }
    assert_eq!(places[&id(0)], Position { x: 0, y: -80 });
}

#[test]
fn the_latest_sight_of_an_edge_counts() {
    let at = |text: &str| Some(text.parse().unwrap());
    let mut walk = Walk::new([id(0)], 1);
    let seen = |last_seen| Edge {
        last_seen,
        ..edge(0, 1)
    };
    walk.step([
        seen(at("2026-01-02T00:00:00Z")),
        seen(at("2026-01-03T00:00:00Z")),
        seen(at("2026-01-01T00:00:00Z")),
    ]);
    let (_, edges) = walk.finish();
    assert_eq!(edges.len(), 1);
    assert_eq!(edges[0].last_seen, at("2026-01-03T00:00:00Z"));
}

#[test]
fn what_lies_between_two_nodes_met_stands_beside_them() {
    // 1 -> 2 -> 3 was walked from 2; 4 does the same as 2, 5 only shares its source, 6 rewrites 3.
    let all = [
        (1, 2),
        (2, 3),
        (1, 4),
        (4, 3),
        (1, 5),
        (5, 7),
        (3, 6),
        (6, 3),
        (1, 3),
    ];
    let mut walk = Walk::new([id(2)], 1);
    walk.step([edge(1, 2), edge(2, 3)]);
    let edges: Vec<Edge> = all.iter().map(|&(from, to)| edge(from, to)).collect();
    walk.close(&edges);
    let (nodes, edges) = walk.finish();
    assert_eq!(nodes, [1, 2, 3, 4].map(id).into());
    let expected = [(1, 2), (1, 3), (1, 4), (2, 3), (4, 3)];
    assert_eq!(edges, expected.map(|(from, to)| edge(from, to)));
}

#[test]
fn node_ids_are_read_back_as_they_were_written() {
    use zonecut_lineage::Name;
    for node in [
        NodeId::Product("p".into()),
        NodeId::Contract("c:d".into()),
        NodeId::Dataset(Name::new("trino://t:8080", "dns.r.q")),
        NodeId::Job(Name::new("resolvers", "a|b")),
    ] {
        assert_eq!(node.to_string().parse::<NodeId>().unwrap(), node);
    }
    assert!("table:x".parse::<NodeId>().is_err());
    assert!("dataset:x".parse::<NodeId>().is_err());
}
