//! Answers of `POST` requests with an `Idempotency-Key`: a repeated request gets the first answer again (24 hours, per
//! user and path).

use chrono::TimeDelta;
use diesel::prelude::*;
use sha2::{Digest, Sha256};

use super::reply::Reply;
use crate::clock::Instant;
use crate::db::{Db, Tx, UserId, schema::idempotency_keys::dsl};
use crate::error::{Code, Result};

/// The key of a request, with the sender, path and body for which it holds.
#[derive(Debug, Clone)]
pub struct IdempotencyKey {
    pub user: UserId,
    pub path: String,
    pub key: String,
    pub body_hash: String,
}

impl IdempotencyKey {
    pub fn new(user: UserId, path: &str, key: &str, raw: &[u8]) -> Self {
        let body_hash = Sha256::digest(raw).iter().map(|byte| format!("{byte:02x}")).collect();
        Self { user, path: path.to_owned(), key: key.to_owned(), body_hash }
    }
}

/// The maximum number of answers that one transaction removes.
const BATCH: i64 = 500;

#[derive(Queryable)]
struct StoredResponse {
    body_hash: String,
    status: i32,
    location: Option<String>,
    etag: Option<String>,
    body: String,
    created_at: Instant,
}

/// Returns the answer that was given to a request with this key; 422 when it had another body.
pub fn find_response(conn: &mut Db, key: &IdempotencyKey, now: Instant) -> Result<Option<Reply>> {
    let stored = dsl::idempotency_keys
        .find((key.user, &key.path, &key.key))
        .select((dsl::body_hash, dsl::status, dsl::location, dsl::etag, dsl::body, dsl::created_at))
        .first::<StoredResponse>(conn)
        .optional()?;
    let Some(stored) = stored.filter(|stored| stored.created_at >= oldest(now)) else { return Ok(None) };
    if stored.body_hash != key.body_hash {
        return Err(Code::KeyReused.into());
    }
    let StoredResponse { status, location, etag, body, .. } = stored;
    let etag = etag.and_then(|tag| tag.parse().ok());
    Ok(Some(Reply { status: u16::try_from(status).unwrap_or(200), location, etag, body }))
}

/// Keeps an answer, in the transaction of the change itself, and replaces one that has expired.
pub fn store_response(tx: &mut Tx<'_>, key: &IdempotencyKey, reply: &Reply) -> Result<()> {
    let own = dsl::idempotency_keys.find((key.user, &key.path, &key.key));
    diesel::delete(own.filter(dsl::created_at.lt(oldest(tx.now)))).execute(tx.conn)?;
    diesel::insert_into(dsl::idempotency_keys)
        .values((
            dsl::user_id.eq(key.user),
            dsl::path.eq(&key.path),
            dsl::key.eq(&key.key),
            dsl::body_hash.eq(&key.body_hash),
            dsl::status.eq(i32::from(reply.status)),
            dsl::location.eq(&reply.location),
            dsl::etag.eq(reply.etag.as_ref().map(ToString::to_string)),
            dsl::body.eq(&reply.body),
            dsl::created_at.eq(tx.now),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// Removes up to 500 expired answers; returns whether there may be more.
pub fn forget_responses(tx: &mut Tx<'_>) -> Result<bool> {
    let old: Vec<(UserId, String, String)> = dsl::idempotency_keys
        .filter(dsl::created_at.lt(oldest(tx.now)))
        .order(dsl::created_at)
        .limit(BATCH)
        .select((dsl::user_id, dsl::path, dsl::key))
        .load(tx.conn)?;
    for (user, path, key) in &old {
        diesel::delete(dsl::idempotency_keys.find((*user, path, key))).execute(tx.conn)?;
    }
    Ok(i64::try_from(old.len()).is_ok_and(|removed| removed == BATCH))
}

fn oldest(now: Instant) -> Instant {
    now.plus(-TimeDelta::hours(24))
}
