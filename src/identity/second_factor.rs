//! The second factor of a sign-in: a code of an authenticator app, or a recovery code.
//!
//! A code of the app (TOTP, RFC 6238: SHA-1, six digits, 30 seconds) is accepted in its own period of 30 seconds, in the
//! one before and in the one after, and each code once. Ten **recovery codes** are for a lost telephone; each works once.
//!
//! States: a person has none; **begins** one with the password, and gets the secret and the recovery codes, which are shown
//! once; **confirms** it with a code of the app, and from then on every sign-in asks for a code. The person ends it with the
//! password and a code. An admin ends that of a person who has lost both (`users`). A new one replaces one that was begun
//! and not confirmed.
//!
//! The secret is stored encrypted (`codes`), the recovery codes hashed. People with the roles of
//! `ARTICULA_REQUIRE_SECOND_FACTOR` reach nothing but their second factor until they have one (`work`). Wrong codes count
//! as failed sign-ins.

pub(super) mod api;
mod codes;
pub(super) mod store;

use super::account_notices::{self, AccountNotice};
use super::actor::Actor;
use super::store::login_sessions as sessions;
use crate::audit::{self, Change};
use crate::db::dispatch::lock_row;
use crate::db::{Db, SessionId, Tx, UserId};
use crate::error::{Code, Faults, Result};

pub(super) use codes::{Sealer, qr_path};

/// Returns true if one of the roles that need a second factor is a role of the person.
pub(super) fn is_required(actor: &Actor, roles: &[String]) -> bool {
    actor.grants.iter().any(|grant| roles.iter().any(|role| role == grant.role.as_str()))
}

/// The number of recovery codes of a person.
const RECOVERY_CODES: usize = 10;

/// A second factor that was begun; nothing of it is shown again.
pub(super) struct NewFactor {
    /// The secret in base 32, for an app that takes no picture.
    pub secret: String,
    /// The address that the picture contains.
    pub otpauth_url: String,
    pub recovery_codes: Vec<String>,
}

/// Returns true if sign-ins of a person ask for a code.
pub(super) fn is_active(conn: &mut Db, user: UserId) -> Result<bool> {
    Ok(store::find(conn, user)?.is_some_and(|held| held.confirmed_at.is_some()))
}

/// Begins a second factor; one that was begun before ends. 409 `second_factor_active` when the person has one. The password
/// was checked before.
pub(super) fn begin(tx: &mut Tx<'_>, actor: &Actor, sealer: &Sealer) -> Result<NewFactor> {
    lock_row(tx.conn, "users", actor.id)?;
    if store::find(tx.conn, actor.id)?.is_some_and(|held| held.confirmed_at.is_some()) {
        return Err(Code::SecondFactorActive.into());
    }
    let secret = codes::new_secret()?;
    let recovery_codes = (0..RECOVERY_CODES).map(|_| codes::new_recovery_code()).collect::<Result<Vec<_>>>()?;
    let hashes: Vec<String> = recovery_codes.iter().map(|code| codes::recovery_hash(code)).collect();
    store::replace(tx.conn, actor.id, &sealer.seal(actor.id, &secret)?, &hashes, tx.now)?;
    record(tx, actor.id, "begun")?;
    Ok(NewFactor {
        secret: codes::in_base32(&secret),
        otpauth_url: codes::otpauth_url(&secret, sealer.issuer(), &actor.email)?,
        recovery_codes,
    })
}

/// Activates a second factor with a code of the app. 409 `second_factor_active` when it is active, 404 when none was begun;
/// a wrong code is a fault.
///
/// Every other session and token of the person ends: it was opened without a code.
pub(super) fn confirm(
    tx: &mut Tx<'_>,
    (actor, session): (&Actor, SessionId),
    sealer: &Sealer,
    code: &str,
) -> Result<()> {
    lock_row(tx.conn, "users", actor.id)?;
    let held = store::find(tx.conn, actor.id)?.ok_or(Code::NotFound)?;
    if held.confirmed_at.is_some() {
        return Err(Code::SecondFactorActive.into());
    }
    let secret = sealer.open(actor.id, &held.secret)?;
    let step = codes::step_of(&secret, code, tx.now)?.ok_or_else(wrong_code)?;
    store::confirm(tx.conn, actor.id, step, tx.now)?;
    sessions::end_others(tx.conn, actor.id, session, tx.now)?;
    record(tx, actor.id, "activated")?;
    account_notices::send(tx, actor.id, &AccountNotice::SecondFactorActivated)
}

/// Ends the second factor of the person; one that was only begun needs no code. The password was checked before.
pub(super) fn end_own(tx: &mut Tx<'_>, actor: &Actor, sealer: &Sealer, code: Option<&str>) -> Result<()> {
    match prove(tx, actor.id, sealer, code)? {
        Proof::Given | Proof::NotAsked => end(tx, actor.id).map(|_| ()),
        Proof::Missing | Proof::Wrong => Err(wrong_code().into()),
    }
}

/// Ends the second factor of a person; returns false when there was none.
pub(super) fn end(tx: &mut Tx<'_>, user: UserId) -> Result<bool> {
    let Some(held) = store::find(tx.conn, user)? else { return Ok(false) };
    store::delete(tx.conn, user)?;
    record(tx, user, "ended")?;
    if held.confirmed_at.is_some() {
        account_notices::send(tx, user, &AccountNotice::SecondFactorEnded)?;
    }
    Ok(true)
}

/// The answer to the question for a second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Proof {
    /// The person has no second factor.
    NotAsked,
    Given,
    /// No code was sent.
    Missing,
    Wrong,
}

/// Checks the code of a person at a sign-in. A code that is accepted is used up.
pub(super) fn prove(tx: &mut Tx<'_>, user: UserId, sealer: &Sealer, code: Option<&str>) -> Result<Proof> {
    lock_row(tx.conn, "users", user)?;
    let held = store::find(tx.conn, user)?.filter(|held| held.confirmed_at.is_some());
    let Some(held) = held else { return Ok(Proof::NotAsked) };
    let Some(code) = code.map(str::trim).filter(|code| !code.is_empty()) else { return Ok(Proof::Missing) };
    let secret = sealer.open(user, &held.secret);
    let secret = secret.inspect_err(|error| tracing::warn!(%error, %user, "a second factor cannot be read"));
    // With another secret of the installation no code of the app can be checked, but a recovery code still can.
    let step = secret.and_then(|secret| codes::step_of(&secret, code, tx.now)).unwrap_or_default();
    if let Some(step) = step.filter(|step| *step > held.last_step) {
        store::set_last_step(tx.conn, user, step)?;
        return Ok(Proof::Given);
    }
    if store::use_recovery_code(tx.conn, user, &codes::recovery_hash(code), tx.now)? {
        record(tx, user, "recovery_code_used")?;
        return Ok(Proof::Given);
    }
    Ok(Proof::Wrong)
}

fn wrong_code() -> Faults {
    Faults::one("/code", "wrong_code")
}

/// Writes an event of a second factor into the audit log, as done by its owner unless somebody else acts.
fn record(tx: &mut Tx<'_>, user: UserId, action: &'static str) -> Result<()> {
    let change = Change { action, kind: "second_factor", id: &user.to_string(), country: None };
    let who = tx.who;
    tx.who = who.or(Some(user));
    let written = audit::record(tx, change, None::<&()>, None::<&()>);
    tx.who = who;
    written
}
