//! Decisions remembered: a bounded table without locks.
//!
//! The key holds everything a request says and the stretch of time it falls into, so two requests
//! share an answer only when nothing that rules look at can differ. The table belongs to its
//! snapshot and dies with it. Whatever callers ask, it holds no more than its budget of bytes.

use std::hash::{BuildHasher, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use arc_swap::ArcSwapOption;
use foldhash::fast::FixedState;

use crate::response::{ColumnDecision, ObjectDecision};

/// Places in the table; a power of two.
const PLACES: usize = 1 << 12;
/// What all that is remembered may weigh, in bytes.
const BUDGET: usize = 16 << 20;
/// What weighs more is not remembered: a few requests would push out everything else. Two hundred
/// and fifty masked columns weigh less.
const MAX_WEIGHT: usize = 256 << 10;
/// How many places are emptied at most to make room for one answer.
const MAX_EVICTIONS: usize = 64;

/// A decision and its JSON.
#[derive(Debug)]
pub(crate) struct Remembered {
    key: Box<[u8]>,
    pub decision: Arc<ObjectDecision>,
    pub json: Box<[u8]>,
}

impl Remembered {
    pub(crate) fn new(key: &[u8], decision: Arc<ObjectDecision>, json: Vec<u8>) -> Self {
        Self {
            key: key.into(),
            decision,
            json: json.into_boxed_slice(),
        }
    }

    /// About what it takes in memory. The texts of a decision are in its JSON too, so they count
    /// twice.
    fn weight(&self) -> usize {
        let columns = self.decision.columns.0.capacity() * size_of::<(String, ColumnDecision)>();
        let fixed = size_of::<Self>() + size_of::<ObjectDecision>();
        fixed + self.key.len() + 2 * self.json.len() + columns
    }
}

/// A two-way associative table.
#[derive(Debug)]
pub(crate) struct Memo {
    places: Box<[ArcSwapOption<Remembered>]>,
    /// What all that is remembered weighs.
    weight: AtomicUsize,
    /// The place that is emptied next when room is needed.
    hand: AtomicUsize,
}

impl Memo {
    pub(crate) fn new() -> Self {
        Self {
            places: std::iter::repeat_with(ArcSwapOption::empty)
                .take(PLACES)
                .collect(),
            weight: AtomicUsize::new(0),
            hand: AtomicUsize::new(0),
        }
    }

    /// What was decided for `key`, else what `decide` says now.
    pub(crate) fn get_or<T>(
        &self,
        key: &[u8],
        read: impl FnOnce(&Remembered) -> T,
        decide: impl FnOnce() -> Remembered,
    ) -> T {
        let hash = hash(key);
        for place in self.places(hash) {
            let found = place.load();
            if let Some(remembered) = found.as_ref()
                && *remembered.key == *key
            {
                return read(remembered);
            }
        }
        let remembered = decide();
        let answer = read(&remembered);
        self.keep(hash, remembered);
        answer
    }

    fn places(&self, hash: usize) -> impl Iterator<Item = &ArcSwapOption<Remembered>> {
        let first = hash & (PLACES - 1);
        [first, first ^ 1]
            .into_iter()
            .filter_map(|place| self.places.get(place))
    }

    /// Takes the empty one of its two places, else one that the hash chooses.
    fn keep(&self, hash: usize, remembered: Remembered) {
        let weight = remembered.weight();
        if weight > MAX_WEIGHT || !self.reserve(weight) {
            return;
        }
        let other = usize::from(hash >> 32 & 1 == 1);
        let empty = self.places(hash).find(|place| place.load().is_none());
        match empty.or_else(|| self.places(hash).nth(other)) {
            Some(place) => self.put(place, Some(Arc::new(remembered))),
            None => self.release(weight),
        }
    }

    /// Whether `weight` is within the budget, after others were forgotten where need be. It counts
    /// from here on.
    fn reserve(&self, weight: usize) -> bool {
        self.weight.fetch_add(weight, Ordering::Relaxed);
        for _ in 0..MAX_EVICTIONS {
            if self.weight.load(Ordering::Relaxed) <= BUDGET {
                return true;
            }
            let hand = self.hand.fetch_add(1, Ordering::Relaxed) & (PLACES - 1);
            if let Some(place) = self.places.get(hand) {
                self.put(place, None);
            }
        }
        let fits = self.weight.load(Ordering::Relaxed) <= BUDGET;
        if !fits {
            self.release(weight);
        }
        fits
    }

    fn put(&self, place: &ArcSwapOption<Remembered>, new: Option<Arc<Remembered>>) {
        if let Some(old) = place.swap(new) {
            self.release(old.weight());
        }
    }

    fn release(&self, weight: usize) {
        self.weight.fetch_sub(weight, Ordering::Relaxed);
    }
}

fn hash(key: &[u8]) -> usize {
    let mut hasher = FixedState::with_seed(0).build_hasher();
    hasher.write(key);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "any bits of the hash will do"
    )]
    let hash = hasher.finish() as usize;
    hash
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::response::Columns;

    fn remembered(key: &[u8], text: usize) -> Remembered {
        let decision = ObjectDecision {
            contract: "c".repeat(text),
            object: String::new(),
            allow: true,
            columns: Columns::default(),
            filters: Vec::new(),
            obligations: Vec::new(),
            reasons: Vec::new(),
        };
        Remembered::new(key, Arc::new(decision), vec![0; text])
    }

    fn ask(memo: &Memo, number: u32, text: usize) -> bool {
        let (key, mut decided) = (number.to_le_bytes(), false);
        memo.get_or(
            &key,
            |_| (),
            || {
                decided = true;
                remembered(&key, text)
            },
        );
        decided
    }

    #[test]
    fn no_caller_can_make_it_hold_more_than_its_budget() {
        let memo = Memo::new();
        for number in 0..20_000 {
            ask(&memo, number, 30 << 10);
        }
        let held: Vec<_> = memo
            .places
            .iter()
            .filter_map(ArcSwapOption::load_full)
            .collect();
        let weight: usize = held.iter().map(|it| it.weight()).sum();
        assert!(held.len() > 100, "{}", held.len());
        assert!(weight <= BUDGET, "{weight}");
        assert_eq!(weight, memo.weight.load(Ordering::Relaxed));
    }

    #[test]
    fn what_is_small_is_remembered_after_much_that_is_large() {
        let memo = Memo::new();
        for number in 0..5_000 {
            ask(&memo, number, 30 << 10);
        }
        assert!(ask(&memo, 9_999_999, 100));
        assert!(!ask(&memo, 9_999_999, 100));
        assert!(ask(&memo, 8_888_888, MAX_WEIGHT));
        assert!(ask(&memo, 8_888_888, MAX_WEIGHT), "too large to remember");
    }
}
