//! Computing away from the threads that serve: reading, judging and comparing documents may take
//! long, and whoever asks for a decision meanwhile must not wait for it.
//!
//! A [`Place`] is leave to compute. There are only so many, one core being left to those who serve,
//! and who waits too long for one is told to come back. Take it first: holding a connection or the
//! writers' turn while waiting makes others wait as well.

use std::future::pending;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use crate::problem::{Code, Problem};

/// How long a request waits for a place.
const PATIENCE: Duration = Duration::from_secs(5);

/// The places of this process.
pub struct Compute {
    places: Arc<Semaphore>,
}

/// Leave to compute, for as long as it is held or something computes under it.
#[derive(Clone)]
pub struct Place(
    #[expect(dead_code, reason = "held, never looked at")] Option<Arc<OwnedSemaphorePermit>>,
);

/// Every place stayed taken.
#[derive(Debug, thiserror::Error)]
#[error("too much is being computed at the moment; try again")]
pub struct Busy;

impl Default for Compute {
    fn default() -> Self {
        let cores = available_parallelism().map_or(1, NonZero::get);
        Self {
            places: Arc::new(Semaphore::new(cores.saturating_sub(1).max(1))),
        }
    }
}

impl Compute {
    /// Waits for a place.
    ///
    /// # Errors
    /// When none becomes free soon.
    pub async fn place(&self) -> Result<Place, Busy> {
        let permit = timeout(PATIENCE, Arc::clone(&self.places).acquire_owned()).await;
        let permit = permit.map_err(|_| Busy)?.map_err(|_| Busy)?;
        Ok(Place(Some(Arc::new(permit))))
    }
}

impl Place {
    /// A place beside the counted ones, for what must not wait: work under the writers' turn, of
    /// which there is one at a time in the whole database, and the service's own at its start.
    #[must_use]
    pub const fn uncounted() -> Self {
        Self(None)
    }

    /// Computes on a thread of its own. Who stops waiting for the answer gives the place back only
    /// when the computing has ended, so that there is never more of it than places; a panic goes on
    /// in the caller.
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> T {
        let place = self.clone();
        let computed = spawn_blocking(move || {
            let answer = work();
            drop(place);
            answer
        });
        match computed
            .await
            .map_err(tokio::task::JoinError::try_into_panic)
        {
            Ok(answer) => answer,
            Err(Ok(cause)) => resume_unwind(cause),
            // The runtime is ending, and the caller with it.
            Err(Err(_)) => pending().await,
        }
    }
}

impl From<Busy> for Problem {
    fn from(error: Busy) -> Self {
        Self::new(Code::Busy, error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    fn one_place() -> Compute {
        Compute {
            places: Arc::new(Semaphore::new(1)),
        }
    }

    #[tokio::test]
    async fn who_stops_waiting_does_not_make_room_for_more() {
        let compute = one_place();
        let (end, ended) = mpsc::channel::<()>();
        let place = compute.place().await.unwrap();
        let abandoned = place.run(move || ended.recv());
        assert!(timeout(Duration::from_millis(20), abandoned).await.is_err());
        drop(place);
        assert_eq!(compute.places.available_permits(), 0);
        end.send(()).unwrap();
        compute.place().await.unwrap();
    }

    #[tokio::test]
    async fn a_panic_gives_its_place_back() {
        let compute = one_place();
        let place = compute.place().await.unwrap();
        let task = tokio::spawn(async move { place.run(|| panic!("on purpose")).await });
        assert!(task.await.unwrap_err().is_panic());
        compute.place().await.unwrap();
    }
}
