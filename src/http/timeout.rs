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
    keeping(place, work).await
}

/// A place for long work, free again when its last copy is dropped. Work on a blocking thread keeps a copy: it goes on
/// when the client goes away, but its handler is dropped then.
#[derive(Debug, Clone)]
pub struct Place {
    _permit: Arc<OwnedSemaphorePermit>,
}

/// Waits for one of the `places`; 503 when none becomes free in time.
pub async fn place(places: &Arc<Semaphore>) -> Result<Place> {
    let permit = timeout(WAIT, Arc::clone(places).acquire_owned()).await.map_err(|_| overloaded())?;
    Ok(Place { _permit: Arc::new(permit.map_err(Error::internal)?) })
}

/// Runs `work` on a blocking thread, and keeps a place until the work has ended.
pub async fn keeping<P, T, F>(place: P, work: F) -> Result<T>
where
    P: Send + 'static,
    T: Send + 'static,
    F: FnOnce() -> Result<T> + Send + 'static,
{
    let work = move || {
        let _place = place;
        work()
    };
    block(work).await.map_err(Error::internal)?
}

fn overloaded() -> Error {
    Error { retry_after: Some(5), ..Error::new(Code::Unavailable).because("too much work waits for a processor") }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    #[actix_web::test]
    async fn a_place_stays_taken_while_the_work_of_a_client_that_has_gone_away_goes_on() {
        let places = Arc::new(Semaphore::new(1));
        let taken = place(&places).await.unwrap();
        let ((begin, begun), (end, ended)) = (channel::<()>(), channel::<()>());
        let work = move || {
            begin.send(()).unwrap();
            ended.recv().map_err(Error::internal)
        };
        let gone_away = timeout(Duration::from_millis(50), keeping(Some(taken), work)).await;
        assert!(gone_away.is_err(), "the work has not ended");
        begun.recv().unwrap();
        assert_eq!(places.available_permits(), 0);
        end.send(()).unwrap();
        let free = timeout(Duration::from_secs(5), Arc::clone(&places).acquire_owned()).await;
        assert!(free.unwrap().is_ok(), "the place is free when the work has ended");
    }
}
