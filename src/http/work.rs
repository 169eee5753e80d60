//! Work that uses a processor for a long time: hashing passwords, reading large bodies, writing documents.

use std::sync::Arc;
use std::time::Duration;

use actix_web::web::block;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use crate::error::{Code, Error, Result};

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
