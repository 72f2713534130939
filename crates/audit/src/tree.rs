//! The Merkle tree over the log (RFC 9162, section 2.1): what a leaf and a node hash to, and the tree
//! that grows entry by entry. Proofs belong to [`proof`](crate::proof).

use sha2::{Digest, Sha256};

use crate::Hash;

/// A node above a complete, aligned run of leaves: those from `position << level`, `1 << level` of
/// them. Once its leaves are there it never changes, so it can be stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Address {
    /// How far above the leaves; 0 is a leaf.
    pub level: u32,
    /// Which of its level, from the left, counted from 0.
    pub position: u64,
}

/// A node with its hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    /// Where it stands.
    pub address: Address,
    /// Its hash.
    pub hash: Hash,
}

/// The growing edge of a tree: of each complete subtree of its right side the top, at most one for
/// each bit of its size. All that is needed to add leaves and to tell the root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    size: u64,
    // From the largest subtree to the smallest.
    tops: Vec<Hash>,
}

/// The hashes are not those of the tops of a tree of that size.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a tree of `{size}` leaves continues from `{expected}` nodes, not from `{found}`")]
pub struct NotATree {
    size: u64,
    expected: u32,
    found: usize,
}

/// The hash of a leaf: of 0x00 and the line of the entry, without its line feed.
#[must_use]
pub fn leaf_hash(line: &[u8]) -> Hash {
    let mut digest = Sha256::new();
    digest.update([0]);
    digest.update(line);
    Hash::from(<[u8; 32]>::from(digest.finalize()))
}

/// The hash of an inner node: of 0x01 and the hashes of its two children.
#[must_use]
pub fn node_hash(left: Hash, right: Hash) -> Hash {
    let mut digest = Sha256::new();
    digest.update([1]);
    digest.update(left.as_bytes());
    digest.update(right.as_bytes());
    Hash::from(<[u8; 32]>::from(digest.finalize()))
}

/// The hash of what stands side by side, from the largest subtree to the smallest.
pub(crate) fn fold(tops: &[Hash]) -> Option<Hash> {
    let (last, before) = tops.split_last()?;
    let joined = before.iter().rev();
    Some(joined.fold(*last, |right, left| node_hash(*left, right)))
}

/// The tops of the complete subtrees of a run of leaves from `first` on, from the largest to the
/// smallest. `first` is a multiple of the largest.
pub(crate) fn tops(first: u64, leaves: u64) -> impl Iterator<Item = Address> {
    let levels = (0..u64::BITS)
        .rev()
        .filter(move |level| (leaves >> level) & 1 == 1);
    levels.scan(first, |next, level| {
        let position = *next >> level;
        *next += 1 << level;
        Some(Address { level, position })
    })
}

impl Tree {
    /// A tree without leaves.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The nodes from which a tree of `size` leaves is continued, in the order in which
    /// [`Tree::resume`] takes their hashes.
    pub fn edge(size: u64) -> impl Iterator<Item = Address> {
        tops(0, size)
    }

    /// A tree that has `size` leaves already; `hashes` are those of its [`Tree::edge`].
    ///
    /// # Errors
    /// When there are more or fewer hashes than that.
    pub fn resume(size: u64, hashes: Vec<Hash>) -> Result<Self, NotATree> {
        let (expected, found) = (size.count_ones(), hashes.len());
        if usize::try_from(expected) != Ok(found) {
            return Err(NotATree {
                size,
                expected,
                found,
            });
        }
        let tops = hashes;
        Ok(Self { size, tops })
    }

    /// How many leaves it has.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The root; of a tree without leaves the hash of nothing.
    #[must_use]
    pub fn root(&self) -> Hash {
        let nothing = || Hash::from(<[u8; 32]>::from(Sha256::digest(b"")));
        fold(&self.tops).unwrap_or_else(nothing)
    }

    /// Adds a leaf, and tells every node that is complete with it: first the leaf itself.
    pub fn push(&mut self, leaf: Hash, mut completed: impl FnMut(Node)) {
        let mut address = Address {
            level: 0,
            position: self.size,
        };
        let mut hash = leaf;
        completed(Node { address, hash });
        // Each odd node completes its parent.
        while address.position % 2 == 1 {
            let Some(left) = self.tops.pop() else { break };
            hash = node_hash(left, hash);
            address = Address {
                level: address.level + 1,
                position: address.position / 2,
            };
            completed(Node { address, hash });
        }
        self.tops.push(hash);
        self.size += 1;
    }
}
