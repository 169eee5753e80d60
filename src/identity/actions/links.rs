//! One-time links by mail: invitations, forgotten passwords, sign-in links. A token is made when its mail is composed,
//! never earlier.

use std::collections::{BTreeSet, HashMap};

use chrono::TimeDelta;

use super::sessions::end_everything;
use super::sign_in::Client;
use super::{dispatch, store};
use crate::audit::{self, Change};
use crate::clock::Instant;
use crate::db::{DeliveryId, Tx, UserId};
use crate::error::{Code, Result};
use crate::http::{Limit, Subject, Throttle, network};
use crate::i18n::text;
use crate::identity::model::{LinkPurpose, User};
use crate::identity::tokens;
use crate::mail::{self, Block, Composed, Draft, Leased, NewDelivery, Recipient, enqueue};
use crate::quota::Quota;
use crate::text::normalize_email;

/// The maximum number of reset mails for an account within an hour. A link lasts an hour, so an owner who gets no
/// further mail still has a link that works. A stranger who asks again and again cannot keep the owner from choosing a
/// new password.
const RESET_MAILS: i64 = 3;
/// The limit on requests for reset mails from one client: 20 at once, then one a minute.
const RESET_REQUESTS: Limit = Limit { burst: 20, one_more_after: TimeDelta::minutes(1) };

/// The maximum number of people that one person may invite in a day.
const INVITATIONS: Quota = Quota { kind: "invitations", a_day: 100 };

impl LinkPurpose {
    /// Returns the time for which the link works, counted from the moment at which its mail is composed.
    fn life(self) -> TimeDelta {
        match self {
            Self::Invitation => TimeDelta::days(7),
            Self::PasswordReset => TimeDelta::hours(1),
            Self::SignInLink => TimeDelta::minutes(15),
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Invitation => "mail-invitation",
            Self::PasswordReset => "mail-password-reset",
            Self::SignInLink => "mail-sign-in-link",
        }
    }

    /// Returns the page that the link opens.
    fn page(self) -> &'static str {
        match self {
            Self::Invitation | Self::PasswordReset => "/password",
            Self::SignInLink => "/sign-in",
        }
    }

    /// Returns the key of the text of the link.
    fn words(self) -> &'static str {
        match self {
            Self::Invitation | Self::PasswordReset => "mail-link",
            Self::SignInLink => "mail-link-sign-in",
        }
    }
}

/// Queues a mail with a one-time link. The delivery holds the purpose (its kind) and the user; [`compose_links`] makes
/// the token when the mail is sent.
///
/// Only admins may see the delivery: its kind would show others whether the person had an account before, or who asked
/// for a new password.
pub(super) fn send_link(tx: &mut Tx<'_>, user: &User, purpose: LinkPurpose) -> Result<()> {
    let to = Recipient {
        address: user.email.clone(),
        name: Some(user.name.clone()),
        user_id: Some(user.id),
        language: user.language,
    };
    let mail = NewDelivery::new(purpose.as_str(), to, tx.now.utc().date_naive(), "{}".to_owned());
    enqueue(tx, mail).map(|_| ())
}

/// Returns whether a delivery carries a one-time link.
pub fn carries_link(delivery: &Leased) -> bool {
    purpose_of(delivery).is_some()
}

fn purpose_of(delivery: &Leased) -> Option<LinkPurpose> {
    delivery.kind.parse().ok()
}

/// Writes the letters of the deliveries that carry a link, each with a new token. The links of earlier mails stay valid
/// until one of them is used: this mail may never arrive.
pub fn compose_links(tx: &mut Tx<'_>, public_url: &str, batch: &[Leased]) -> Result<HashMap<DeliveryId, Composed>> {
    let users: BTreeSet<UserId> =
        batch.iter().filter(|one| carries_link(one)).filter_map(|one| one.to.user_id).collect();
    dispatch::lock_rows(tx.conn, "users", &users.into_iter().collect::<Vec<_>>())?;
    let mut composed = HashMap::new();
    for delivery in batch {
        if let Some(purpose) = purpose_of(delivery) {
            composed.insert(delivery.id, compose_link(tx, public_url, delivery, purpose)?);
        }
    }
    Ok(composed)
}

fn compose_link(tx: &mut Tx<'_>, public_url: &str, delivery: &Leased, purpose: LinkPurpose) -> Result<Composed> {
    let Some(user) = reader(tx, delivery, purpose)? else { return Ok(Composed::Nothing) };
    let (token, hash) = tokens::random_token()?;
    store::insert_link(tx.conn, delivery.id, (user.id, purpose), &hash, tx.now.plus(purpose.life()))?;
    Ok(Composed::Letter(draft(&user, purpose, &token).letter(public_url)))
}

/// Returns the person to whom the link is still to be sent: enabled, at the same address and, for an invitation,
/// without a password.
fn reader(tx: &mut Tx<'_>, delivery: &Leased, purpose: LinkPurpose) -> Result<Option<User>> {
    let Some(id) = delivery.to.user_id else { return Ok(None) };
    let Some(user) = store::user(tx.conn, id)? else { return Ok(None) };
    let email = normalize_email(&user.email);
    let known = store::credentials(tx.conn, &email)?;
    let has_password = known.is_some_and(|known| known.password_hash.is_some());
    let moved = email != normalize_email(&delivery.to.address);
    let done = purpose == LinkPurpose::Invitation && has_password;
    Ok((!user.disabled && !moved && !done).then_some(user))
}

/// Ends the link of a delivery that failed: its mail did not arrive.
pub fn withdraw_link(tx: &mut Tx<'_>, delivery: &Leased) -> Result<()> {
    if carries_link(delivery) { store::end_link(tx.conn, delivery.id, tx.now) } else { Ok(()) }
}

/// Counts an invitation by the person who acts. Every call that may invite counts, so that the limit does not show
/// which addresses have an account.
pub(super) fn count_invitation(tx: &mut Tx<'_>) -> Result<()> {
    INVITATIONS.spend(tx, 1)
}

/// Invites again a person who has never chosen a password, when the last invitation has expired or did not arrive.
pub(super) fn invite_again(tx: &mut Tx<'_>, person: &User) -> Result<()> {
    let purpose = LinkPurpose::Invitation;
    let known = store::credentials(tx.conn, &normalize_email(&person.email))?;
    let has_password = known.is_none_or(|known| known.password_hash.is_some());
    let invited =
        store::is_invited(tx.conn, person.id, tx.now)? || mail::is_waiting(tx.conn, person.id, purpose.as_str())?;
    if has_password || invited { Ok(()) } else { send_link(tx, person, purpose) }
}

fn draft(user: &User, purpose: LinkPurpose, token: &str) -> Draft {
    let lang = user.language;
    let say = |part: &str| text(lang, &format!("{}-{part}", purpose.key()), &[]);
    let blocks = vec![
        Block::Text(say("body")),
        Block::Link(text(lang, purpose.words(), &[]), format!("{}#token={token}", purpose.page())),
        Block::Facts(vec![(text(lang, "mail-link-token", &[]), token.to_owned())]),
    ];
    let mut draft = Draft::new(lang, say("subject"), blocks);
    draft.greeting = text(lang, "mail-greeting", &[("name", user.name.clone())]);
    draft.footer = say("hint");
    draft
}

/// Counts a request for a reset mail; returns false when the client has made too many.
pub fn count_reset_request(throttle: &Throttle, client: &Client, now: Instant) -> bool {
    let subject = Subject::new("reset", &network(client.address));
    client.is_proxy || throttle.take(&[(subject, RESET_REQUESTS, 0)], now).is_ok()
}

/// Sends a reset link to the enabled owner of an account, unless enough were sent within the hour. The link of a
/// pending invitation continues to work.
pub fn request_reset(tx: &mut Tx<'_>, user: UserId) -> Result<()> {
    dispatch::lock_row(tx.conn, "users", user)?;
    let purpose = LinkPurpose::PasswordReset;
    let since = tx.now.plus(-purpose.life());
    let sent = mail::count_since(tx.conn, user, purpose.as_str(), since, tx.now)?;
    match store::user(tx.conn, user)? {
        Some(owner) if !owner.disabled && sent < RESET_MAILS => send_link(tx, &owner, purpose),
        _ => Ok(()),
    }
}

/// Sets the password that a link allows to choose; every session and every other link of the person ends.
pub fn confirm(tx: &mut Tx<'_>, token: &str, hash: &str) -> Result<UserId> {
    let token = tokens::hash_of(token);
    let user = store::link(tx.conn, &token, &LinkPurpose::CHOOSE_PASSWORD, tx.now)?.ok_or(Code::InvalidToken)?;
    dispatch::lock_row(tx.conn, "users", user)?;
    store::link(tx.conn, &token, &LinkPurpose::CHOOSE_PASSWORD, tx.now)?.ok_or(Code::InvalidToken)?;
    set_password(tx, user, hash)?;
    Ok(user)
}

/// Sets a new password: every session, link and calendar address of the person ends, and so does throttling. The audit
/// log shows that the password changed, never the password.
pub(super) fn set_password(tx: &mut Tx<'_>, user: UserId, hash: &str) -> Result<()> {
    dispatch::lock_row(tx.conn, "users", user)?;
    store::set_password(tx.conn, user, hash, tx.now)?;
    store::unlock(tx.conn, user)?;
    store::use_links(tx.conn, user, tx.now)?;
    end_everything(tx, user)?;
    let who = tx.who;
    tx.who = who.or(Some(user));
    let change = Change { action: "password_changed", kind: "user", id: &user.to_string(), country: None };
    let written = audit::record(tx, change, None::<&()>, None::<&()>);
    tx.who = who;
    written
}
