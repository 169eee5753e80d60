//! Writes the last use of each session in the background, outside the requests.

use std::time::Duration;

use actix_web::web::block;

use crate::error::Result;
use crate::http::State;
use crate::identity;

/// The time between two writes of the noted uses.
const EVERY: Duration = Duration::from_secs(15);
/// The maximum number of sessions that one transaction writes.
const BATCH: usize = 200;

/// Writes the noted uses again and again, as long as the program runs.
pub async fn keep_last_seen(state: State) {
    loop {
        tokio::time::sleep(EVERY).await;
        let state = state.clone();
        match block(move || write_last_seen(&state)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the last use of sessions could not be written"),
            Err(error) => tracing::warn!(%error, "the last use of sessions could not be written"),
        }
    }
}

/// Writes the uses of sessions that were noted since the last call. Those that cannot be written wait for the next call.
pub fn write_last_seen(state: &State) -> Result<()> {
    let mut seen = state.last_seen.take();
    while !seen.is_empty() {
        let rest = seen.split_off(seen.len().min(BATCH));
        if let Err(error) = state.db.write(None, state.now(), |tx| identity::set_last_seen(tx, &seen)) {
            state.last_seen.put_back(&seen);
            state.last_seen.put_back(&rest);
            return Err(error);
        }
        seen = rest;
    }
    Ok(())
}
