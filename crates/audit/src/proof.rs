//! Proofs over the tree (RFC 9162, section 2.1): that an entry is in it, and that a later tree begins
//! with an earlier one. Which stored nodes make a proof, and whether a proof holds.

use crate::Hash;
use crate::tree::{Address, fold, node_hash, tops};

/// The stored nodes that a proof is made of, or a root: where each of its hashes comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    // Each hash of the proof is folded from the tops of one run of leaves.
    parts: Vec<Vec<Address>>,
}

/// The proof does not lead from what it is about to the root.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unproven {
    /// There is no such leaf, or no such earlier tree.
    #[error("a tree of `{size}` entries has no `{place}`")]
    OutOfRange {
        /// The leaf, counted from 1, or the size of the earlier tree.
        place: u64,
        /// The size of the tree.
        size: u64,
    },
    /// It has more or fewer hashes than a proof of its kind.
    #[error("the proof has `{found}` hashes where `{expected}` belong")]
    Length {
        /// How many a right proof has.
        expected: usize,
        /// How many this one has.
        found: usize,
    },
    /// It leads to another root than that of the earlier tree.
    #[error("the proof leads to the earlier root `{found}`, not to `{expected}`")]
    EarlierRoot {
        /// The root of the earlier tree.
        expected: Hash,
        /// Where the proof leads.
        found: Hash,
    },
    /// It leads to another root.
    #[error("the proof leads to the root `{found}`, not to `{expected}`")]
    Root {
        /// The root of the tree.
        expected: Hash,
        /// Where the proof leads.
        found: Hash,
    },
}

/// A run of leaves, the first and the one after the last.
type Run = (u64, u64);

impl Plan {
    /// Of the proof that the entry at `place`, counted from 1, is in the tree of the first `size`
    /// entries; none when it is not.
    #[must_use]
    pub fn inclusion(place: u64, size: u64) -> Option<Self> {
        let leaf = place.checked_sub(1).filter(|leaf| *leaf < size)?;
        let mut siblings = Vec::new();
        let (mut first, mut end) = (0, size);
        while end - first > 1 {
            let middle = first + half(end - first);
            if leaf < middle {
                siblings.push((middle, end));
                end = middle;
            } else {
                siblings.push((first, middle));
                first = middle;
            }
        }
        siblings.reverse();
        Some(Self::of(&siblings))
    }

    /// Of the proof that the tree of the first `to` entries begins with that of the first `from`;
    /// none when there is nothing to prove: `from` is 0 or more than `to`.
    #[must_use]
    pub fn consistency(from: u64, to: u64) -> Option<Self> {
        if from == 0 || from > to {
            return None;
        }
        let mut runs = Vec::new();
        let (mut first, mut end) = (0, to);
        while from < end {
            let middle = first + half(end - first);
            if from <= middle {
                runs.push((middle, end));
                end = middle;
            } else {
                runs.push((first, middle));
                first = middle;
            }
        }
        // The earlier tree itself need not be told to whoever has its root.
        if first > 0 {
            runs.push((first, end));
        }
        runs.reverse();
        Some(Self::of(&runs))
    }

    fn of(runs: &[Run]) -> Self {
        let parts = runs.iter().map(|(first, end)| tops(*first, end - first));
        Self {
            parts: parts.map(Iterator::collect).collect(),
        }
    }

    /// The nodes to be read.
    pub fn addresses(&self) -> impl Iterator<Item = Address> {
        self.parts.iter().flatten().copied()
    }

    /// The proof, from the hashes of the nodes; none when one of them is not there.
    #[must_use]
    pub fn hashes(&self, node: impl Fn(Address) -> Option<Hash>) -> Option<Vec<Hash>> {
        let part = |part: &Vec<Address>| {
            let hashes: Option<Vec<_>> = part.iter().map(|address| node(*address)).collect();
            fold(&hashes?)
        };
        self.parts.iter().map(part).collect()
    }
}

/// The largest power of two below `leaves`, which is more than 1.
fn half(leaves: u64) -> u64 {
    1 << (leaves - 1).ilog2()
}

/// Checks that the entry at `place`, counted from 1, whose leaf is `leaf`, is in the tree of `size`
/// entries with that root (section 2.1.3.2).
///
/// # Errors
/// When the proof does not show it.
pub fn verify_inclusion(
    place: u64,
    leaf: Hash,
    (size, root): (u64, Hash),
    proof: &[Hash],
) -> Result<(), Unproven> {
    let plan = Plan::inclusion(place, size).ok_or(Unproven::OutOfRange { place, size })?;
    of_length(&plan, proof)?;
    let (mut node, mut last) = (place - 1, size - 1);
    let mut found = leaf;
    for sibling in proof {
        if node % 2 == 1 || node == last {
            found = node_hash(*sibling, found);
            while node % 2 == 0 && node != 0 {
                (node, last) = (node >> 1, last >> 1);
            }
        } else {
            found = node_hash(found, *sibling);
        }
        (node, last) = (node >> 1, last >> 1);
    }
    leads_to(root, found)
}

/// Checks that the tree `later` begins with the tree `earlier`, each told by its size and its root
/// (section 2.1.4.2).
///
/// # Errors
/// When the proof does not show it.
pub fn verify_consistency(
    earlier: (u64, Hash),
    later: (u64, Hash),
    proof: &[Hash],
) -> Result<(), Unproven> {
    let (place, size) = (earlier.0, later.0);
    let plan = Plan::consistency(place, size).ok_or(Unproven::OutOfRange { place, size })?;
    of_length(&plan, proof)?;
    let (mut node, mut last) = (place - 1, size - 1);
    while node % 2 == 1 {
        (node, last) = (node >> 1, last >> 1);
    }
    // Where the earlier tree is one whole subtree of the later one, its root begins the proof.
    let (first, rest) = match proof.split_first() {
        Some((first, rest)) if !place.is_power_of_two() => (*first, rest),
        _ => (earlier.1, proof),
    };
    let (mut old, mut new) = (first, first);
    for sibling in rest {
        if node % 2 == 1 || node == last {
            (old, new) = (node_hash(*sibling, old), node_hash(*sibling, new));
            while node % 2 == 0 && node != 0 {
                (node, last) = (node >> 1, last >> 1);
            }
        } else {
            new = node_hash(new, *sibling);
        }
        (node, last) = (node >> 1, last >> 1);
    }
    if old != earlier.1 {
        let (expected, found) = (earlier.1, old);
        return Err(Unproven::EarlierRoot { expected, found });
    }
    leads_to(later.1, new)
}

fn of_length(plan: &Plan, proof: &[Hash]) -> Result<(), Unproven> {
    let (expected, found) = (plan.parts.len(), proof.len());
    if expected == found {
        Ok(())
    } else {
        Err(Unproven::Length { expected, found })
    }
}

fn leads_to(expected: Hash, found: Hash) -> Result<(), Unproven> {
    if expected == found {
        Ok(())
    } else {
        Err(Unproven::Root { expected, found })
    }
}
