//! Choices from a seed: the same seed, the same world.

/// A stream of choices from a seed (splitmix64).
pub struct Choices(pub u64);

impl Choices {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit as u64).expect("small")
    }

    /// True in `percent` of a hundred cases.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn one<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    /// One to two of the list.
    pub fn some(&mut self, list: &[&str]) -> Vec<String> {
        let first = self.one(list);
        let mut words = vec![first.to_owned()];
        if self.chance(40) {
            words.push(self.one(list).to_owned());
        }
        words
    }

    pub fn maybe(&mut self, percent: usize, list: &[&str]) -> Option<Vec<String>> {
        self.chance(percent).then(|| self.some(list))
    }
}
