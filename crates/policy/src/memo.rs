//! What need not be worked out again: a bounded table without locks. Whatever callers ask, it holds no
//! more than its budget of bytes.

use std::hash::{BuildHasher, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use arc_swap::ArcSwapOption;
use foldhash::fast::FixedState;

/// Places in the table; a power of two.
const PLACES: usize = 1 << 12;
/// What weighs more is not remembered: a few requests would push out everything else. Two hundred
/// and fifty masked columns weigh less.
const MAX_WEIGHT: usize = 256 << 10;
/// How many places are emptied at most to make room for one answer.
const MAX_EVICTIONS: usize = 64;

/// What is remembered under its key.
pub(crate) trait Remembered {
    /// What it was worked out from.
    fn key(&self) -> &[u8];
    /// About what it takes in memory, in bytes.
    fn weight(&self) -> usize;
}

/// A two-way associative table.
#[derive(Debug)]
pub(crate) struct Memo<R> {
    places: Box<[ArcSwapOption<R>]>,
    /// What all that is remembered may weigh, in bytes.
    budget: usize,
    /// What all that is remembered weighs.
    weight: AtomicUsize,
    /// The place that is emptied next when room is needed.
    hand: AtomicUsize,
}

impl<R: Remembered> Memo<R> {
    pub(crate) fn new(budget: usize) -> Self {
        Self {
            budget,
            places: std::iter::repeat_with(ArcSwapOption::empty)
                .take(PLACES)
                .collect(),
            weight: AtomicUsize::new(0),
            hand: AtomicUsize::new(0),
        }
    }

    /// Lets `read` see what is remembered for `key`, else what `work` makes of it now.
    ///
    /// # Errors
    /// Those of `work`, which are not remembered.
    pub(crate) fn get_or<T, E>(
        &self,
        key: &[u8],
        read: impl FnOnce(&R) -> T,
        work: impl FnOnce() -> Result<R, E>,
    ) -> Result<T, E> {
        let hash = hash(key);
        for place in self.places(hash) {
            let found = place.load();
            if let Some(remembered) = found.as_ref()
                && *remembered.key() == *key
            {
                return Ok(read(remembered));
            }
        }
        let remembered = work()?;
        let answer = read(&remembered);
        self.keep(hash, remembered);
        Ok(answer)
    }

    fn places(&self, hash: usize) -> impl Iterator<Item = &ArcSwapOption<R>> {
        let first = hash & (PLACES - 1);
        [first, first ^ 1]
            .into_iter()
            .filter_map(|place| self.places.get(place))
    }

    /// Takes the empty one of its two places, else one that the hash chooses.
    fn keep(&self, hash: usize, remembered: R) {
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
            if self.weight.load(Ordering::Relaxed) <= self.budget {
                return true;
            }
            let hand = self.hand.fetch_add(1, Ordering::Relaxed) & (PLACES - 1);
            if let Some(place) = self.places.get(hand) {
                self.put(place, None);
            }
        }
        let fits = self.weight.load(Ordering::Relaxed) <= self.budget;
        if !fits {
            self.release(weight);
        }
        fits
    }

    fn put(&self, place: &ArcSwapOption<R>, new: Option<Arc<R>>) {
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
    use std::convert::Infallible;

    use super::*;

    const BUDGET: usize = 16 << 20;

    #[derive(Debug)]
    struct Weighing([u8; 4], usize);

    impl Remembered for Weighing {
        fn key(&self) -> &[u8] {
            &self.0
        }

        fn weight(&self) -> usize {
            self.1
        }
    }

    /// Whether it had to be worked out.
    fn ask(memo: &Memo<Weighing>, number: u32, weight: usize) -> bool {
        let (key, mut worked) = (number.to_le_bytes(), false);
        let work = || {
            worked = true;
            Ok::<_, Infallible>(Weighing(key, weight))
        };
        memo.get_or(&key, |_| (), work).unwrap();
        worked
    }

    #[test]
    fn no_caller_can_make_it_hold_more_than_its_budget() {
        let memo = Memo::new(BUDGET);
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
        let memo = Memo::new(BUDGET);
        for number in 0..5_000 {
            ask(&memo, number, 30 << 10);
        }
        assert!(ask(&memo, 9_999_999, 100));
        assert!(!ask(&memo, 9_999_999, 100));
        assert!(ask(&memo, 8_888_888, MAX_WEIGHT + 1));
        assert!(
            ask(&memo, 8_888_888, MAX_WEIGHT + 1),
            "too large to remember"
        );
    }

    #[test]
    fn what_fails_is_tried_again() {
        let memo = Memo::<Weighing>::new(BUDGET);
        for _ in 0..2 {
            assert_eq!(memo.get_or(&[1], |_| (), || Err("no")), Err("no"));
        }
    }
}
