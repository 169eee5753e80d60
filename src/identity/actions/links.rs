//! One-time links by mail: invitations, forgotten passwords, sign-in links.

use chrono::TimeDelta;

use super::sessions::end_everything;
use super::sign_in::Client;
use super::{dispatch, store};
use crate::audit::{self, Change};
use crate::clock::{Instant, new_id};
use crate::db::{RawId, Tx, UserId};
use crate::error::{Code, Result};
use crate::http::{Limit, Subject, Throttle, network};
use crate::i18n::text;
use crate::identity::model::{LinkPurpose, User};
use crate::identity::tokens;
use crate::mail::{self, Block, Draft, NewDelivery, Recipient, enqueue};

/// How many reset mails an account gets within an hour. A link lasts an hour, so whoever gets no more mails has one that
/// works: a stranger who asks again and again cannot keep the owner from a new password.
const RESET_MAILS: i64 = 3;
/// Requests for reset mails of one client: 20 at once, then one a minute.
const RESET_REQUESTS: Limit = Limit { burst: 20, one_more_after: TimeDelta::minutes(1) };

impl LinkPurpose {
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

    /// The page that the link opens.
    fn page(self) -> &'static str {
        match self {
            Self::Invitation | Self::PasswordReset => "/password",
            Self::SignInLink => "/sign-in",
        }
    }

    /// The words of the link.
    fn words(self) -> &'static str {
        match self {
            Self::Invitation | Self::PasswordReset => "mail-link",
            Self::SignInLink => "mail-link-sign-in",
        }
    }
}

/// Mails a link that lets the person choose a password.
pub(super) fn send_link(tx: &mut Tx<'_>, user: &User, purpose: LinkPurpose) -> Result<()> {
    let (token, hash) = tokens::random_token()?;
    let times = (tx.now, tx.now.plus(purpose.life()));
    store::insert_link(tx.conn, RawId(new_id(tx.now)), (user.id, purpose), &hash, times)?;
    let to = Recipient {
        address: user.email.clone(),
        name: Some(user.name.clone()),
        user_id: Some(user.id),
        language: user.language,
    };
    let mut mail = NewDelivery::draft(purpose.as_str(), to, tx.now.utc().date_naive(), &draft(user, purpose, &token))?;
    if purpose == LinkPurpose::Invitation {
        mail.commissions = user.grants.iter().filter_map(|grant| grant.commission_id).collect();
        mail.country_code = user.grants.iter().find_map(|grant| grant.country_code.clone());
    }
    enqueue(tx, mail).map(|_| ())
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

/// Counts a request for a reset mail; false when the client has made too many.
pub fn count_reset_request(throttle: &Throttle, client: &Client, now: Instant) -> bool {
    let subject = Subject::new("reset", &network(client.address));
    client.is_proxy || throttle.take(&[(subject, RESET_REQUESTS, 0)], now).is_ok()
}

/// Mails a reset link to the enabled owner of an account, unless enough were sent within the hour. The link of a
/// pending invitation goes on working.
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

/// Sets a new password: every session, link and calendar address of the person ends, and so does throttling. The log
/// says that the password changed, never what it is.
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
