//! How long the body of a request may take to come in: who stops sending is not waited for.

use std::future::Future;
use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::rt::time::timeout;
use actix_web::web::Data;

use super::state::State;
use crate::error::{Code, Result};

/// How long each sort of body may take, from its head on.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// JSON, at most 1 MiB.
    pub json: Duration,
    /// A file, a dataset, a matrix, at most 25 MiB.
    pub upload: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { json: Duration::from_secs(30), upload: Duration::from_secs(300) }
    }
}

impl Patience {
    /// What the server of this request has.
    pub fn of(request: &HttpRequest) -> Self {
        request.app_data::<Data<State>>().map(|state| state.patience).unwrap_or_default()
    }
}

/// What is read of a body within its time; 408 `body_too_slow` else.
pub async fn in_time<T>(limit: Duration, reading: impl Future<Output = Result<T>>) -> Result<T> {
    timeout(limit, reading).await.unwrap_or_else(|_| Err(Code::TooSlow.into()))
}
