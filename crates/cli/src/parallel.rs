//! Work spread over the processors, where there is enough of it to be worth a thread.

use std::panic::resume_unwind;
use std::thread;

/// So many items, at the least, are worth a thread.
const SHARE: usize = 32;

/// What `work` makes of each item, in their order. A few items are worked on right here.
pub fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let worth = items.len() / SHARE;
    if worth < 2 {
        return items.iter().map(work).collect();
    }
    let processors = thread::available_parallelism().map_or(1, usize::from);
    let share = items.len().div_ceil(processors.min(worth));
    let each = |share: &[T]| share.iter().map(&work).collect::<Vec<R>>();
    thread::scope(|scope| {
        let shares = items.chunks(share);
        let threads: Vec<_> = shares.map(|share| scope.spawn(|| each(share))).collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_kept_however_many_there_are() {
        for count in [0, 1, SHARE, 2 * SHARE - 1, 2 * SHARE, 7 * SHARE + 1] {
            let items: Vec<usize> = (0..count).collect();
            let doubled: Vec<usize> = items.iter().map(|item| 2 * item).collect();
            assert_eq!(map(&items, |item| 2 * item), doubled);
        }
    }
}
