//! The tree and its proofs against RFC 9162, section 2.1, written down a second time as it is there.

use std::collections::HashMap;

use sha2::{Digest, Sha256};
use zonecut_audit::{
    Address, Hash, Plan, Tree, Unproven, leaf_hash, verify_consistency, verify_inclusion,
};

/// The trees that are tried have up to so many leaves.
const LARGEST: u64 = 200;

fn lines(count: u64) -> Vec<Vec<u8>> {
    (0..count)
        .map(|number| format!("line {number}").into_bytes())
        .collect()
}

/// The tree over `lines`, and all nodes that it told.
fn grow(lines: &[Vec<u8>]) -> (Tree, HashMap<Address, Hash>) {
    let (mut tree, mut nodes) = (Tree::new(), HashMap::new());
    for line in lines {
        tree.push(leaf_hash(line), |node| {
            assert_eq!(nodes.insert(node.address, node.hash), None);
        });
    }
    (tree, nodes)
}

fn sha256(parts: &[&[u8]]) -> Vec<u8> {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update(part);
    }
    digest.finalize().to_vec()
}

/// MTH of section 2.1.1.
fn mth(lines: &[Vec<u8>]) -> Vec<u8> {
    match lines {
        [] => sha256(&[]),
        [line] => sha256(&[&[0], line]),
        _ => {
            let (left, right) = lines.split_at(largest_power_below(lines.len()));
            sha256(&[&[1], &mth(left), &mth(right)])
        }
    }
}

/// PATH of section 2.1.3.1.
fn path(leaf: usize, lines: &[Vec<u8>]) -> Vec<Vec<u8>> {
    if lines.len() == 1 {
        return Vec::new();
    }
    let middle = largest_power_below(lines.len());
    let (left, right) = lines.split_at(middle);
    let (mut path, sibling) = if leaf < middle {
        (path(leaf, left), mth(right))
    } else {
        (path(leaf - middle, right), mth(left))
    };
    path.push(sibling);
    path
}

/// SUBPROOF of section 2.1.4.1.
fn subproof(first: usize, lines: &[Vec<u8>], whole: bool) -> Vec<Vec<u8>> {
    if first == lines.len() {
        return if whole { Vec::new() } else { vec![mth(lines)] };
    }
    let middle = largest_power_below(lines.len());
    let (left, right) = lines.split_at(middle);
    let (mut proof, sibling) = if first <= middle {
        (subproof(first, left, whole), mth(right))
    } else {
        (subproof(first - middle, right, false), mth(left))
    };
    proof.push(sibling);
    proof
}

fn largest_power_below(size: usize) -> usize {
    let mut power = 1;
    while power * 2 < size {
        power *= 2;
    }
    power
}

fn bytes(hashes: &[Hash]) -> Vec<Vec<u8>> {
    hashes.iter().map(|hash| hash.as_bytes().to_vec()).collect()
}

/// Every way to change one byte of one of `hashes` (one bit of it), told as the whole list.
fn altered(hashes: &[Hash]) -> impl Iterator<Item = Vec<Hash>> {
    (0..hashes.len() * 32).map(|place| {
        let mut changed = hashes.to_vec();
        let mut bytes = *changed[place / 32].as_bytes();
        bytes[place % 32] ^= 1 << (place % 8);
        changed[place / 32] = Hash::from(bytes);
        changed
    })
}

/// The roots of the eight trees by which implementations of Certificate Transparency check themselves.
#[test]
fn roots_are_those_that_others_compute() {
    let leaves = [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ];
    let roots = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];
    let mut tree = Tree::new();
    assert_eq!(bytes(&[tree.root()]), [mth(&[])]);
    for (leaf, root) in leaves.iter().zip(roots) {
        tree.push(leaf_hash(&hex::decode(leaf).unwrap()), |_| ());
        assert_eq!(tree.root().to_string(), root);
    }
}

#[test]
fn a_tree_of_any_size_has_the_root_of_the_rfc_and_goes_on_from_its_edge() {
    let all = lines(LARGEST);
    let (_, nodes) = grow(&all);
    let mut tree = Tree::new();
    for (size, line) in (1..).zip(&all) {
        tree.push(leaf_hash(line), |_| ());
        let upto = usize::try_from(size).unwrap();
        assert_eq!(bytes(&[tree.root()]), [mth(&all[..upto])], "{size}");
        let edge = Tree::edge(size).map(|address| nodes[&address]).collect();
        assert_eq!(Tree::resume(size, edge), Ok(tree.clone()), "{size}");
    }
    let error = Tree::resume(5, Vec::new()).unwrap_err().to_string();
    assert_eq!(
        error,
        "a tree of `5` leaves continues from `2` nodes, not from `0`"
    );
}

#[test]
fn every_entry_is_proven_in_every_tree() {
    let all = lines(LARGEST);
    let (_, nodes) = grow(&all);
    for size in 1..=LARGEST {
        let upto = &all[..usize::try_from(size).unwrap()];
        let (tree, _) = grow(upto);
        for (place, line) in (1..).zip(upto) {
            let plan = Plan::inclusion(place, size).unwrap();
            let proof = plan.hashes(|address| nodes.get(&address).copied()).unwrap();
            let expected = path(usize::try_from(place).unwrap() - 1, upto);
            assert_eq!(bytes(&proof), expected, "{place} of {size}");
            let proven = verify_inclusion(place, leaf_hash(line), (size, tree.root()), &proof);
            assert_eq!(proven, Ok(()), "{place} of {size}");
        }
        assert_eq!(Plan::inclusion(size + 1, size), None);
        assert_eq!(Plan::inclusion(0, size), None);
    }
}

#[test]
fn every_tree_is_proven_to_begin_with_every_earlier_one() {
    let all = lines(LARGEST);
    let (_, nodes) = grow(&all);
    let roots: Vec<_> = (0..=all.len())
        .map(|size| grow(&all[..size]).0.root())
        .collect();
    let root = |size: u64| roots[usize::try_from(size).unwrap()];
    for to in 1..=LARGEST {
        for from in 1..=to {
            let plan = Plan::consistency(from, to).unwrap();
            let proof = plan.hashes(|address| nodes.get(&address).copied()).unwrap();
            let (first, upto) = (usize::try_from(from).unwrap(), usize::try_from(to).unwrap());
            assert_eq!(
                bytes(&proof),
                subproof(first, &all[..upto], true),
                "{from} to {to}"
            );
            let proven = verify_consistency((from, root(from)), (to, root(to)), &proof);
            assert_eq!(proven, Ok(()), "{from} to {to}");
        }
        assert_eq!(Plan::consistency(to + 1, to), None);
    }
    assert_eq!(Plan::consistency(0, 7), None);
}

#[test]
fn a_proof_of_inclusion_with_any_byte_changed_does_not_hold() {
    let all = lines(LARGEST);
    for size in 1..=LARGEST {
        let (tree, nodes) = grow(&all[..usize::try_from(size).unwrap()]);
        // The two ends, the middle, and the last leaf of the largest complete subtree.
        for place in [1, size.div_ceil(2), 1 << size.ilog2(), size] {
            let proof = Plan::inclusion(place, size).unwrap();
            let proof = proof
                .hashes(|address| nodes.get(&address).copied())
                .unwrap();
            let leaf = leaf_hash(&all[usize::try_from(place).unwrap() - 1]);
            let root = tree.root();
            for wrong in altered(&proof) {
                assert!(verify_inclusion(place, leaf, (size, root), &wrong).is_err());
            }
            for wrong in altered(&[leaf, root]) {
                let (leaf, root) = (wrong[0], wrong[1]);
                assert!(verify_inclusion(place, leaf, (size, root), &proof).is_err());
            }
            let longer = [proof.as_slice(), &[root]].concat();
            let length = verify_inclusion(place, leaf, (size, root), &longer);
            assert!(matches!(length, Err(Unproven::Length { .. })), "{length:?}");
            if let Some((_, shorter)) = proof.split_last() {
                let length = verify_inclusion(place, leaf, (size, root), shorter);
                assert!(matches!(length, Err(Unproven::Length { .. })), "{length:?}");
            }
            for other in 1..=size {
                let moved = verify_inclusion(other, leaf, (size, root), &proof);
                assert_eq!(
                    moved.is_ok(),
                    other == place,
                    "{place} as {other} of {size}"
                );
            }
        }
    }
}

#[test]
fn a_proof_of_consistency_with_any_byte_changed_does_not_hold() {
    let all = lines(LARGEST);
    for to in 2..=LARGEST {
        let (tree, nodes) = grow(&all[..usize::try_from(to).unwrap()]);
        for from in [1, to / 2, 1 << (to - 1).ilog2(), to - 1, to] {
            let (earlier, _) = grow(&all[..usize::try_from(from).unwrap()]);
            let proof = Plan::consistency(from, to).unwrap();
            let proof = proof
                .hashes(|address| nodes.get(&address).copied())
                .unwrap();
            let (old, new) = (earlier.root(), tree.root());
            for wrong in altered(&proof) {
                assert!(verify_consistency((from, old), (to, new), &wrong).is_err());
            }
            for wrong in altered(&[old, new]) {
                let proven = verify_consistency((from, wrong[0]), (to, wrong[1]), &proof);
                assert!(proven.is_err(), "{from} to {to}");
            }
            let longer = [proof.as_slice(), &[new]].concat();
            let length = verify_consistency((from, old), (to, new), &longer);
            assert!(matches!(length, Err(Unproven::Length { .. })), "{length:?}");
        }
    }
}
