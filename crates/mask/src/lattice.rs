//! The information lattice: `a` is at most as strong as `b` when what `b` shows can be computed
//! from what `a` shows without any key.
//!
//! A join stays inside its family or is `null`; that is what keeps it associative.

use std::collections::BTreeMap;

use crate::mask::{DomainCut, IpPrefix, Mask};

impl Mask {
    /// The weakest mask that shows only what both show.
    #[must_use]
    pub fn join(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Clear, mask) | (mask, Self::Clear) => mask.clone(),
            (a, b) if a == b => a.clone(),
            (
                Self::Partial {
                    first: f1,
                    last: l1,
                },
                Self::Partial {
                    first: f2,
                    last: l2,
                },
            ) => Self::Partial {
                first: *f1.min(f2),
                last: *l1.min(l2),
            },
            (Self::IpPrefix(a), Self::IpPrefix(b)) => Self::IpPrefix(IpPrefix {
                v4: a.v4.min(b.v4),
                v6: a.v6.min(b.v6),
            }),
            (Self::Domain(a), Self::Domain(b)) => Self::Domain(a.join(*b)),
            (Self::TimeBucket { seconds: a }, Self::TimeBucket { seconds: b }) => {
                least_common_multiple(*a, *b)
                    .map_or(Self::Null, |seconds| Self::TimeBucket { seconds })
            }
            (Self::NumberBucket { size: a }, Self::NumberBucket { size: b }) => {
                least_common_multiple(*a, *b).map_or(Self::Null, |size| Self::NumberBucket { size })
            }
            _ => Self::Null,
        }
        .normal()
    }

    /// Whether `self` is at most as strong as `other`: `self <= other` in the lattice.
    #[must_use]
    pub fn leq(&self, other: &Self) -> bool {
        self.join(other) == *other
    }

    /// Whether this mask tells nothing that `other` does not tell: those who hold no key know no more
    /// of a value, and those who hold one can't go back where they could not.
    ///
    /// Wider than [`Mask::leq`] the other way round, which stays inside a family: the epoch of a key
    /// says nothing about the value, a constant is as good as `null`, and groups may be coarser.
    #[must_use]
    pub fn shows_no_more_than(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null | Self::Constant(_), _) => true,
            (_, Self::Constant(_)) => false,
            (
                Self::EnumGroup {
                    groups,
                    other: rest,
                },
                Self::EnumGroup {
                    groups: finer,
                    other: finer_rest,
                },
            ) => {
                let coarse = Grouping { groups, rest };
                let fine = Grouping {
                    groups: finer,
                    rest: finer_rest,
                };
                coarse.follows_from(fine)
            }
            (mask, other) if mask.keyed().is_some() && other.keyed().is_some() => {
                (other.reversible() || !mask.reversible())
                    && (other.prefix_preserving() || !mask.prefix_preserving())
            }
            (mask, other) => other.leq(mask),
        }
    }
}

/// The groups of an `enum-group`, and the one of all other values.
#[derive(Clone, Copy)]
struct Grouping<'a> {
    groups: &'a BTreeMap<String, String>,
    rest: &'a Option<String>,
}

impl<'a> Grouping<'a> {
    fn of(self, value: Option<&String>) -> Option<&'a String> {
        let own = value.and_then(|value| self.groups.get(value));
        own.or(self.rest.as_ref())
    }

    /// Whether values that share a group there share one here.
    fn follows_from(self, fine: Self) -> bool {
        let values = self.groups.keys().chain(fine.groups.keys()).map(Some);
        // What neither names stands for all such values; what was null stays null behind both.
        let mut shown = BTreeMap::from([(None, None)]);
        values.chain([None]).all(|value| {
            let here = self.of(value);
            *shown.entry(fine.of(value)).or_insert(here) == here
        })
    }
}

impl DomainCut {
    /// A registrable domain has at least two labels (or is a whole name), so its last two are known.
    fn join(self, other: Self) -> Self {
        match (self, other) {
            (Self::Registrable, Self::Registrable) => Self::Registrable,
            (Self::Registrable, Self::Labels(n)) | (Self::Labels(n), Self::Registrable) => {
                Self::Labels(n.min(2))
            }
            (Self::Labels(a), Self::Labels(b)) => Self::Labels(a.min(b)),
        }
    }
}

/// None on overflow, also of the signed range that engines count in.
fn least_common_multiple(a: u64, b: u64) -> Option<u64> {
    let multiple = a
        .checked_div(greatest_common_divisor(a, b))?
        .checked_mul(b)?;
    i64::try_from(multiple).is_ok().then_some(multiple)
}

const fn greatest_common_divisor(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}
