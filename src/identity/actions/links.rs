//! One-time links by mail: invitations and forgotten passwords.

use chrono::TimeDelta;

use super::sessions::MEMORY;
use super::{folded, store};
use crate::audit::{self, Change};
use crate::clock::new_id;
use crate::db::{RawId, Tx, UserId};
use crate::error::{Code, Result};
use crate::i18n::text;
use crate::identity::model::{LinkPurpose, User};
use crate::identity::tokens;
use crate::mail::{Block, Draft, NewDelivery, Recipient, enqueue};

/// How many reset mails an address gets before a quarter of an hour of quiet.
const RESETS: i32 = 5;

impl LinkPurpose {
    fn life(self) -> TimeDelta {
        match self {
            Self::Invitation => TimeDelta::days(7),
            Self::PasswordReset => TimeDelta::hours(1),
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Invitation => "mail-invitation",
            Self::PasswordReset => "mail-password-reset",
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
    mail.commissions = user.grants.iter().filter_map(|grant| grant.commission_id).collect();
    mail.country_code = user.grants.iter().find_map(|grant| grant.country_code.clone());
    enqueue(tx, mail).map(|_| ())
}

fn draft(user: &User, purpose: LinkPurpose, token: &str) -> Draft {
    let lang = user.language;
    let say = |part: &str| text(lang, &format!("{}-{part}", purpose.key()), &[]);
    let blocks = vec![
        Block::Text(say("body")),
        Block::Link(text(lang, "mail-link", &[]), format!("/password#token={token}")),
        Block::Facts(vec![(text(lang, "mail-link-token", &[]), token.to_owned())]),
    ];
    let mut draft = Draft::new(lang, say("subject"), blocks);
    draft.greeting = text(lang, "mail-greeting", &[("name", user.name.clone())]);
    draft.footer = say("hint");
    draft
}

/// Mails a reset link when somebody enabled has this address, and not too often; silent about which it was.
pub fn request_reset(tx: &mut Tx<'_>, email: &str) -> Result<()> {
    let email = folded(email);
    let subject = format!("reset:{}", tokens::hash_of(&email));
    let recent = store::failures(tx.conn, &subject)?.filter(|(_, last)| tx.now < last.plus(MEMORY));
    let asked = recent.map_or(0, |(n, _)| n) + 1;
    store::set_failures(tx.conn, &subject, asked, tx.now)?;
    let Some(known) = store::credentials(tx.conn, &email)? else { return Ok(()) };
    match store::user(tx.conn, known.id)? {
        Some(user) if !user.disabled && asked <= RESETS => send_link(tx, &user, LinkPurpose::PasswordReset),
        _ => Ok(()),
    }
}

/// Sets the password that a link allows to choose; every session and every other link of the person ends.
pub fn confirm(tx: &mut Tx<'_>, token: &str, hash: &str) -> Result<UserId> {
    let user = store::link(tx.conn, &tokens::hash_of(token), tx.now)?.ok_or(Code::InvalidToken)?;
    super::dispatch::lock_row(tx.conn, "users", user)?;
    store::link(tx.conn, &tokens::hash_of(token), tx.now)?.ok_or(Code::InvalidToken)?;
    set_password(tx, user, hash)?;
    Ok(user)
}

/// A new password: sessions and links end, and the log says that it changed, never what it is.
pub(super) fn set_password(tx: &mut Tx<'_>, user: UserId, hash: &str) -> Result<()> {
    store::set_password(tx.conn, user, hash, tx.now)?;
    store::use_links(tx.conn, user, tx.now)?;
    store::revoke_sessions(tx.conn, user, tx.now)?;
    let who = tx.who;
    tx.who = who.or(Some(user));
    let change = Change { action: "password_changed", kind: "user", id: &user.to_string(), country: None };
    let written = audit::record(tx, change, None::<&()>, None::<&()>);
    tx.who = who;
    written
}
