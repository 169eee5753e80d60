//! Second factors and recovery codes in the database.

use diesel::prelude::*;

use crate::clock::{Instant, new_id};
use crate::db::schema::{recovery_codes, second_factors};
use crate::db::{Db, RawId, UserId};
use crate::error::Result;

/// The second factor of a person.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = second_factors)]
pub(in crate::identity) struct Held {
    /// The secret, encrypted.
    pub secret: String,
    /// None until a code of the app was confirmed.
    pub confirmed_at: Option<Instant>,
    /// The period of 30 seconds of the last code that was used.
    pub last_step: i64,
}

/// Returns the second factor of a person.
pub(in crate::identity) fn find(conn: &mut Db, user: UserId) -> Result<Option<Held>> {
    Ok(second_factors::table.find(user).select(Held::as_select()).first(conn).optional()?)
}

/// Returns the number of recovery codes of a person that were not used.
pub(in crate::identity) fn unused_codes(conn: &mut Db, user: UserId) -> Result<i64> {
    let own = recovery_codes::table.filter(recovery_codes::user_id.eq(user)).filter(recovery_codes::used_at.is_null());
    Ok(own.count().get_result(conn)?)
}

/// Writes a second factor that was begun, with its recovery codes, in place of an earlier one.
pub(in crate::identity) fn replace(
    conn: &mut Db,
    user: UserId,
    secret: &str,
    hashes: &[String],
    now: Instant,
) -> Result<()> {
    delete(conn, user)?;
    diesel::insert_into(second_factors::table)
        .values((
            second_factors::user_id.eq(user),
            second_factors::secret.eq(secret),
            second_factors::created_at.eq(now),
            second_factors::last_step.eq(0_i64),
        ))
        .execute(conn)?;
    for hash in hashes {
        diesel::insert_into(recovery_codes::table)
            .values((
                recovery_codes::id.eq(RawId(new_id::<uuid::Uuid>(now))),
                recovery_codes::user_id.eq(user),
                recovery_codes::code_hash.eq(hash),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Activates the second factor; the code that confirmed it is used up.
pub(in crate::identity) fn confirm(conn: &mut Db, user: UserId, step: i64, now: Instant) -> Result<()> {
    diesel::update(second_factors::table.find(user))
        .set((second_factors::confirmed_at.eq(now), second_factors::last_step.eq(step)))
        .execute(conn)?;
    Ok(())
}

/// Writes the period of the last code that was used.
pub(in crate::identity) fn set_last_step(conn: &mut Db, user: UserId, step: i64) -> Result<()> {
    diesel::update(second_factors::table.find(user)).set(second_factors::last_step.eq(step)).execute(conn)?;
    Ok(())
}

/// Uses a recovery code up; returns false when the person has no such code, or used it before.
pub(in crate::identity) fn use_recovery_code(conn: &mut Db, user: UserId, hash: &str, now: Instant) -> Result<bool> {
    let own = recovery_codes::table
        .filter(recovery_codes::user_id.eq(user))
        .filter(recovery_codes::code_hash.eq(hash))
        .filter(recovery_codes::used_at.is_null());
    Ok(diesel::update(own).set(recovery_codes::used_at.eq(now)).execute(conn)? > 0)
}

/// Deletes the second factor and the recovery codes of a person.
pub(in crate::identity) fn delete(conn: &mut Db, user: UserId) -> Result<()> {
    diesel::delete(recovery_codes::table.filter(recovery_codes::user_id.eq(user))).execute(conn)?;
    diesel::delete(second_factors::table.find(user)).execute(conn)?;
    Ok(())
}
