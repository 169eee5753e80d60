//! One-time tokens in the links of mails: invitations, forgotten passwords, sign-in links. A token is made when its mail
//! is composed, never earlier.

use std::collections::{BTreeSet, HashMap};

use chrono::TimeDelta;

use super::account_notices::{self, AccountNotice};
use super::login_sessions::end_everything;
use super::model::User;
use super::store::{credentials, find_user, login_sessions, unlock, without_password, write_password};
use super::{second_factor, tokens};
use crate::audit::{self, Change};
use crate::clock::Instant;
use crate::db::dispatch::{lock_row, lock_rows};
use crate::db::{DeliveryId, Tx, UserId};
use crate::error::{Code, Result};
use crate::i18n::text;
use crate::mail::{self, Block, Composed, EmailBody, LeasedDelivery, NewDelivery, enqueue};
use crate::quota::Quota;
use crate::text::normalize_email;

crate::text_enum! {
    /// The purpose of a one-time token.
    TokenPurpose {
        Invitation = "invitation",
        PasswordReset = "password_reset",
        /// Sign-in of the owner of a throttled account.
        SignInLink = "sign_in_link",
    }
}

/// The maximum number of reset mails for an account within an hour. A link lasts an hour, so an owner who gets no
/// further mail still has a link that works. A stranger who asks again and again cannot keep the owner from choosing a
/// new password.
const RESET_MAILS: i64 = 3;
/// The maximum number of people that one person may invite in a day.
const INVITATIONS: Quota = Quota { kind: "invitations", a_day: 100 };

impl TokenPurpose {
    /// The purposes for which a link lets its owner choose a password.
    pub const CHOOSE_PASSWORD: [Self; 2] = [Self::Invitation, Self::PasswordReset];

    /// Returns the time for which the link works, counted from the moment at which its mail is composed.
    fn lifetime(self) -> TimeDelta {
        match self {
            Self::Invitation => TimeDelta::days(7),
            Self::PasswordReset => TimeDelta::hours(1),
            Self::SignInLink => TimeDelta::minutes(10),
        }
    }
}

/// Queues a mail with a one-time link. The delivery records the purpose (its kind) and the user; [`compose_links`] makes
/// the token when the mail is sent.
///
/// Only admins may see the delivery: its kind would show others whether the person had an account before, or who asked
/// for a new password.
pub(super) fn send_link(tx: &mut Tx<'_>, user: &User, purpose: TokenPurpose) -> Result<()> {
    let mail = NewDelivery::new(purpose.as_str(), user.recipient(), tx.now.utc().date_naive(), "{}".to_owned());
    enqueue(tx, mail).map(|_| ())
}

/// Returns true if a delivery contains a one-time link.
pub(crate) fn contains_link(delivery: &LeasedDelivery) -> bool {
    purpose_of(delivery).is_some()
}

fn purpose_of(delivery: &LeasedDelivery) -> Option<TokenPurpose> {
    delivery.kind.parse().ok()
}

/// Composes the mails of the deliveries that contain a link, each with a new token. The links of earlier mails stay valid
/// until one of them is used: this mail may never arrive. The mails name the installation.
pub(crate) fn compose_links(
    tx: &mut Tx<'_>,
    site: (&str, &str),
    batch: &[LeasedDelivery],
) -> Result<HashMap<DeliveryId, Composed>> {
    let users: BTreeSet<UserId> =
        batch.iter().filter(|one| contains_link(one)).filter_map(|one| one.to.user_id).collect();
    lock_rows(tx.conn, "users", &users.into_iter().collect::<Vec<_>>())?;
    let mut composed = HashMap::new();
    for delivery in batch {
        if let Some(purpose) = purpose_of(delivery) {
            composed.insert(delivery.id, compose_link(tx, site, delivery, purpose)?);
        }
    }
    Ok(composed)
}

fn compose_link(
    tx: &mut Tx<'_>,
    (public_url, brand): (&str, &str),
    delivery: &LeasedDelivery,
    purpose: TokenPurpose,
) -> Result<Composed> {
    let Some(user) = reader(tx, delivery, purpose)? else { return Ok(Composed::Nothing) };
    let (token, hash) = tokens::random_token()?;
    store::insert(tx.conn, delivery.id, (user.id, purpose), &hash, tx.now.plus(purpose.lifetime()))?;
    Ok(Composed::Email(Box::new(draft(&user, purpose, &token, brand).render(public_url))))
}

/// Returns the person to whom the link is still to be sent: enabled, with the same address and, for an invitation,
/// without a password.
fn reader(tx: &mut Tx<'_>, delivery: &LeasedDelivery, purpose: TokenPurpose) -> Result<Option<User>> {
    let Some(id) = delivery.to.user_id else { return Ok(None) };
    let Some(user) = find_user(tx.conn, id)? else { return Ok(None) };
    let email = normalize_email(&user.email);
    let known = credentials(tx.conn, &email)?;
    let has_password = known.is_some_and(|known| known.password_hash.is_some());
    let has_moved = email != normalize_email(&delivery.to.address);
    let is_done = purpose == TokenPurpose::Invitation && has_password;
    Ok((!user.disabled && !has_moved && !is_done).then_some(user))
}

/// Ends the link of a delivery that failed: its mail did not arrive.
pub(crate) fn withdraw_link(tx: &mut Tx<'_>, delivery: &LeasedDelivery) -> Result<()> {
    if contains_link(delivery) { store::end(tx.conn, delivery.id, tx.now) } else { Ok(()) }
}

/// Counts an invitation by the person who acts. Every call that may invite counts, so that the limit does not show if
/// an address has an account.
pub(super) fn count_invitation(tx: &mut Tx<'_>) -> Result<()> {
    INVITATIONS.spend(tx, 1)
}

/// Invites again a person who has never chosen a password, when the last invitation has expired or did not arrive.
pub(super) fn invite_again(tx: &mut Tx<'_>, person: &User) -> Result<()> {
    let purpose = TokenPurpose::Invitation;
    let known = credentials(tx.conn, &normalize_email(&person.email))?;
    let has_password = known.is_none_or(|known| known.password_hash.is_some());
    let invited =
        store::is_invited(tx.conn, person.id, tx.now)? || mail::is_waiting(tx.conn, person.id, purpose.as_str())?;
    if has_password || invited { Ok(()) } else { send_link(tx, person, purpose) }
}

fn draft(user: &User, purpose: TokenPurpose, token: &str, brand: &str) -> EmailBody {
    let lang = user.language;
    let named = [("brand", brand.to_owned())];
    let part = |name: &str| text(lang, &format!("mail-{}-{name}", purpose.as_str().replace('_', "-")), &named);
    let (page, link) = match purpose {
        TokenPurpose::Invitation => ("/invitation", "mail-link"),
        TokenPurpose::PasswordReset => ("/password", "mail-link"),
        TokenPurpose::SignInLink => ("/sign-in", "mail-link-sign-in"),
    };
    let blocks = vec![
        Block::Text(part("body")),
        Block::Link(text(lang, link, &[]), format!("{page}?token={token}")),
        Block::Facts(vec![(text(lang, "mail-link-token", &[]), token.to_owned())]),
    ];
    let mut draft = EmailBody::new(lang, part("subject"), blocks);
    draft.greeting = text(lang, "mail-greeting", &[("name", user.name.clone())]);
    draft.footer = part("hint");
    draft
}

/// Sends a reset link to the enabled owner of an account, unless enough were sent within the hour. The link of a
/// pending invitation continues to work.
pub(super) fn send_reset(tx: &mut Tx<'_>, user: UserId) -> Result<()> {
    lock_row(tx.conn, "users", user)?;
    let purpose = TokenPurpose::PasswordReset;
    let since = tx.now.plus(-purpose.lifetime());
    let sent = mail::count_since(tx.conn, user, purpose.as_str(), since, tx.now)?;
    match find_user(tx.conn, user)? {
        Some(owner) if !owner.disabled && sent < RESET_MAILS => send_link(tx, &owner, purpose),
        _ => Ok(()),
    }
}

/// Returns the owner of a token for one of these purposes, and locks the owner until the transaction ends; 401 when the
/// token does not work, or no longer after the wait for the lock.
pub(super) fn lock_owner(tx: &mut Tx<'_>, token: &str, purposes: &[TokenPurpose]) -> Result<UserId> {
    let hash = tokens::hash_of(token);
    let owner = store::owner(tx.conn, &hash, purposes, tx.now)?.ok_or(Code::InvalidToken)?;
    lock_row(tx.conn, "users", owner)?;
    store::owner(tx.conn, &hash, purposes, tx.now)?.ok_or_else(|| Code::InvalidToken.into())
}

/// Sets the password that the owner of a token chose; every session and every other token of the person ends.
pub(super) fn set_password_by_token(tx: &mut Tx<'_>, token: &str, hash: &str) -> Result<UserId> {
    let user = lock_owner(tx, token, &TokenPurpose::CHOOSE_PASSWORD)?;
    set_password(tx, user, hash)?;
    Ok(user)
}

/// Sets a new password: every session, link and calendar address of the person ends, and so does throttling unless the
/// account has a second factor. The audit log shows that the password changed, never the password. The owner is told of it by mail, except of the first one.
pub(super) fn set_password(tx: &mut Tx<'_>, user: UserId, hash: &str) -> Result<()> {
    lock_row(tx.conn, "users", user)?;
    let is_first = without_password(tx.conn, &[user])?.contains(&user);
    write_password(tx.conn, user, hash, tx.now)?;
    // A new password proves nothing about the second factor: wrong codes stay counted.
    if !second_factor::is_active(tx.conn, user)? {
        unlock(tx.conn, user)?;
    }
    store::end_all(tx.conn, user, tx.now)?;
    end_everything(tx, user)?;
    let who = tx.who;
    tx.who = who.or(Some(user));
    let change = Change { action: "password_changed", kind: "user", id: &user.to_string(), country: None };
    let written = audit::record(tx, change, None::<&()>, None::<&()>);
    tx.who = who;
    written?;
    if is_first { Ok(()) } else { account_notices::send(tx, user, &AccountNotice::PasswordChanged) }
}

/// The number of rows of each kind that one batch deletes.
const BATCH: i64 = 500;

/// Deletes one batch of the login sessions, refresh tokens and one-time tokens that ended before a moment; returns
/// false when nothing was left.
pub(crate) fn purge(tx: &mut Tx<'_>, before: Instant) -> Result<bool> {
    let deleted = login_sessions::purge_refresh_tokens(tx.conn, before, BATCH)?
        + login_sessions::purge(tx.conn, before, BATCH)?
        + store::purge(tx.conn, before, BATCH)?;
    Ok(deleted > 0)
}

pub(super) mod store {
    use diesel::prelude::*;

    use super::TokenPurpose;
    use crate::clock::Instant;
    use crate::db::schema::{one_time_tokens, users};
    use crate::db::{Db, DeliveryId, RawId, UserId};
    use crate::error::Result;

    /// Writes the token of a mail. A mail that is composed again has a new token in place of the earlier one.
    pub(crate) fn insert(
        conn: &mut Db,
        id: DeliveryId,
        (user, purpose): (UserId, TokenPurpose),
        hash: &str,
        expires: Instant,
    ) -> Result<()> {
        let id = RawId(id.into());
        diesel::delete(one_time_tokens::table.find(id)).execute(conn)?;
        diesel::insert_into(one_time_tokens::table)
            .values((
                one_time_tokens::id.eq(id),
                one_time_tokens::user_id.eq(user),
                one_time_tokens::purpose.eq(purpose),
                one_time_tokens::token_hash.eq(hash),
                one_time_tokens::expires_at.eq(expires),
            ))
            .execute(conn)?;
        Ok(())
    }

    /// Returns the owner of a token for one of these purposes. Returns None when the token was used, has expired or never
    /// existed, and when the person is disabled.
    pub(crate) fn owner(conn: &mut Db, hash: &str, purposes: &[TokenPurpose], now: Instant) -> Result<Option<UserId>> {
        Ok(one_time_tokens::table
            .inner_join(users::table)
            .filter(one_time_tokens::token_hash.eq(hash))
            .filter(one_time_tokens::purpose.eq_any(purposes))
            .filter(one_time_tokens::used_at.is_null())
            .filter(one_time_tokens::expires_at.gt(now))
            .filter(users::disabled.eq(false))
            .select(users::id)
            .first(conn)
            .optional()?)
    }

    /// Ends the token of a mail.
    pub(crate) fn end(conn: &mut Db, id: DeliveryId, now: Instant) -> Result<()> {
        let open = one_time_tokens::table.find(RawId(id.into())).filter(one_time_tokens::used_at.is_null());
        diesel::update(open).set(one_time_tokens::used_at.eq(now)).execute(conn)?;
        Ok(())
    }

    /// Ends the unused tokens of a person for one purpose.
    pub(crate) fn end_of_purpose(conn: &mut Db, user: UserId, purpose: TokenPurpose, now: Instant) -> Result<()> {
        let open = one_time_tokens::table
            .filter(one_time_tokens::user_id.eq(user))
            .filter(one_time_tokens::purpose.eq(purpose))
            .filter(one_time_tokens::used_at.is_null());
        diesel::update(open).set(one_time_tokens::used_at.eq(now)).execute(conn)?;
        Ok(())
    }

    /// Returns true if an invitation of the person can still be used.
    pub(crate) fn is_invited(conn: &mut Db, user: UserId, now: Instant) -> Result<bool> {
        let open = one_time_tokens::table
            .filter(one_time_tokens::user_id.eq(user))
            .filter(one_time_tokens::purpose.eq(TokenPurpose::Invitation))
            .filter(one_time_tokens::used_at.is_null())
            .filter(one_time_tokens::expires_at.gt(now));
        Ok(diesel::select(diesel::dsl::exists(open)).get_result(conn)?)
    }

    /// Ends every unused token of a person.
    pub(crate) fn end_all(conn: &mut Db, user: UserId, now: Instant) -> Result<()> {
        let open =
            one_time_tokens::table.filter(one_time_tokens::user_id.eq(user)).filter(one_time_tokens::used_at.is_null());
        diesel::update(open).set(one_time_tokens::used_at.eq(now)).execute(conn)?;
        Ok(())
    }

    /// Deletes up to `limit` tokens that expired or were used before a moment; returns how many.
    pub(crate) fn purge(conn: &mut Db, before: Instant, limit: i64) -> Result<usize> {
        let over = one_time_tokens::expires_at.lt(before).or(one_time_tokens::used_at.lt(before).assume_not_null());
        let ids: Vec<RawId> =
            one_time_tokens::table.filter(over).select(one_time_tokens::id).limit(limit).load(conn)?;
        Ok(diesel::delete(one_time_tokens::table.filter(one_time_tokens::id.eq_any(ids))).execute(conn)?)
    }
}
