//! Limits on waiting: for the body of a request, and for a place to do long work (hashing passwords, reading large
//! bodies, writing documents).

use std::sync::Arc;
use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::web::{Data, block};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::state::State;
use crate::error::{Code, Error, Result};

/// The time in which the body of a request must arrive, counted from its headers on.
#[derive(Debug, Clone, Copy)]
pub struct BodyTimeouts {
    /// JSON, at most 1 MiB.
    pub json: Duration,
    /// A file, a dataset, a matrix, at most 25 MiB.
    pub upload: Duration,
}

impl Default for BodyTimeouts {
    fn default() -> Self {
        Self { json: Duration::from_secs(30), upload: Duration::from_secs(300) }
    }
}

impl BodyTimeouts {
    /// Returns the timeouts of the server of this request.
    pub fn of(request: &HttpRequest) -> Self {
        request.app_data::<Data<State>>().map(|state| state.timeouts).unwrap_or_default()
    }
}

/// Waits for the reading of a body; 408 `body_too_slow` when it takes longer than `limit`.
pub async fn in_time<T>(limit: Duration, reading: impl Future<Output = Result<T>>) -> Result<T> {
    timeout(limit, reading).await.unwrap_or_else(|_| Err(Code::TooSlow.into()))
}

/// The time that a request waits for its place.
const WAIT: Duration = Duration::from_secs(10);

/// Runs `work` on a blocking thread once one of the `places` is free; 503 when none becomes free in time. The place
/// stays taken until the work has ended, even when the caller has gone away.
pub async fn compute<T, F>(places: &'static Semaphore, work: F) -> Result<T>
where
    T: Send + 'static,
    F: FnOnce() -> Result<T> + Send + 'static,
{
    let place = timeout(WAIT, places.acquire()).await.map_err(|_| overloaded())?.map_err(Error::internal)?;
    let work = move || {
        let _place = place;
        work()
    };
    block(work).await.map_err(Error::internal)?
}

/// Waits for one of the `places`, which is taken until the answer is dropped; 503 when none becomes free in time.
pub async fn place(places: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit> {
    timeout(WAIT, Arc::clone(places).acquire_owned()).await.map_err(|_| overloaded())?.map_err(Error::internal)
}

fn overloaded() -> Error {
    Error { retry_after: Some(5), ..Error::new(Code::Unavailable).because("too much work waits for a processor") }
}
