//! A repeated `POST` with the same `Idempotency-Key` gets the first answer again (24 hours, per user and path).

use chrono::TimeDelta;
use diesel::prelude::*;
use sha2::{Digest, Sha256};

use super::reply::Reply;
use crate::clock::Instant;
use crate::db::{Db, Tx, UserId, schema::idempotency_keys::dsl};
use crate::error::{Code, Result};
use crate::text::hex;

/// The key of a request and what it was sent with.
#[derive(Debug, Clone)]
pub struct Remembered {
    pub user: UserId,
    pub path: String,
    pub key: String,
    pub body_hash: String,
}

impl Remembered {
    pub fn new(user: UserId, path: &str, key: &str, raw: &[u8]) -> Self {
        let body_hash = hex(&Sha256::digest(raw));
        Self { user, path: path.to_owned(), key: key.to_owned(), body_hash }
    }
}

/// The number of answers removed in one transaction.
const BATCH: i64 = 500;

type Row = (String, i32, Option<String>, Option<String>, String, Instant);

/// The answer given before; 422 when the key came with another body.
pub fn remembered(conn: &mut Db, ask: &Remembered, now: Instant) -> Result<Option<Reply>> {
    let row: Option<Row> = dsl::idempotency_keys
        .find((ask.user, &ask.path, &ask.key))
        .select((dsl::body_hash, dsl::status, dsl::location, dsl::etag, dsl::body, dsl::created_at))
        .first(conn)
        .optional()?;
    let Some((body_hash, status, location, etag, body, created_at)) = row else { return Ok(None) };
    if created_at < oldest(now) {
        return Ok(None);
    }
    if body_hash != ask.body_hash {
        return Err(Code::KeyReused.into());
    }
    let etag = etag.and_then(|tag| tag.parse().ok());
    Ok(Some(Reply { status: u16::try_from(status).unwrap_or(200), location, etag, body }))
}

/// Keeps an answer, in the transaction of the change itself, and replaces one that has expired.
pub fn remember(tx: &mut Tx<'_>, ask: &Remembered, reply: &Reply) -> Result<()> {
    let own = dsl::idempotency_keys.find((ask.user, &ask.path, &ask.key));
    diesel::delete(own.filter(dsl::created_at.lt(oldest(tx.now)))).execute(tx.conn)?;
    diesel::insert_into(dsl::idempotency_keys)
        .values((
            dsl::user_id.eq(ask.user),
            dsl::path.eq(&ask.path),
            dsl::key.eq(&ask.key),
            dsl::body_hash.eq(&ask.body_hash),
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
