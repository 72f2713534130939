//! What the service promises to do within a time.

use std::time::{Duration, Instant};

/// How often what a promise is about is tried: a busy machine only ever adds to the time.
const TRIES: usize = 5;
/// What is not there by then does not come.
const NEVER: Duration = Duration::from_secs(30);

/// How long it takes until `done` says yes.
pub(crate) async fn until(mut done: impl AsyncFnMut() -> bool) -> Duration {
    let began = Instant::now();
    while !done().await {
        assert!(began.elapsed() < NEVER, "it does not come");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    began.elapsed()
}

/// Tries what `attempt` measures, until it takes less than `most`.
pub(crate) async fn within(most: Duration, mut attempt: impl AsyncFnMut() -> Duration) {
    let mut found = Vec::new();
    for _ in 0..TRIES {
        let took = attempt().await;
        if took < most {
            return;
        }
        found.push(took);
    }
    panic!("promised within {most:?}, and took {found:?}");
}
