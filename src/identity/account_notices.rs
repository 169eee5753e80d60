//! The mails to a person about the own account: a new password, another address, a second factor, a token for a program.
//!
//! They are sent at once, cannot be turned off, and contain no link that signs in.

use super::model::User;
use super::store::find_user;
use crate::db::{Tx, UserId};
use crate::error::Result;
use crate::i18n::{Lang, text};
use crate::mail::{Block, EmailBody, NewDelivery, Recipient, enqueue};

/// An event of an account that its owner is notified of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum AccountNotice {
    PasswordChanged,
    /// The address was replaced; the earlier one, to which the mail goes.
    AddressChanged(String),
    SecondFactorActivated,
    SecondFactorEnded,
    /// A token for programs was made; its name.
    TokenMade(String),
}

impl AccountNotice {
    /// Returns the kind of the mail.
    const fn kind(&self) -> &'static str {
        match self {
            Self::PasswordChanged => "password_changed",
            Self::AddressChanged(_) => "address_changed",
            Self::SecondFactorActivated | Self::SecondFactorEnded => "second_factor_changed",
            Self::TokenMade(_) => "token_made",
        }
    }

    /// Returns the first part of the keys of its words.
    const fn key(&self) -> &'static str {
        match self {
            Self::PasswordChanged => "account-mail-password-changed",
            Self::AddressChanged(_) => "account-mail-address-changed",
            Self::SecondFactorActivated => "account-mail-second-factor-activated",
            Self::SecondFactorEnded => "account-mail-second-factor-ended",
            Self::TokenMade(_) => "account-mail-token-made",
        }
    }

    /// Returns the key of the advice to somebody who did not do it. A new password does not end a foreign second factor,
    /// and a link to choose one goes to the new address.
    const fn if_not_you(&self) -> &'static str {
        match self {
            Self::SecondFactorActivated => "account-mail-not-you-factor",
            Self::AddressChanged(_) => "account-mail-not-you-address",
            _ => "account-mail-not-you",
        }
    }

    /// Returns the page to which the mail leads: one that its owner can open.
    const fn page(&self) -> &'static str {
        match self {
            Self::PasswordChanged => "/password",
            Self::AddressChanged(_) => "/sign-in",
            Self::SecondFactorActivated | Self::SecondFactorEnded => "/me/sessions",
            Self::TokenMade(_) => "/me/tokens",
        }
    }

    fn recipient(&self, owner: &User) -> Recipient {
        match self {
            Self::AddressChanged(earlier) => Recipient { address: earlier.clone(), ..owner.recipient() },
            _ => owner.recipient(),
        }
    }

    fn facts(&self, lang: Lang) -> Vec<(String, String)> {
        let fact = |key: &str, value: &str| vec![(text(lang, key, &[]), value.to_owned())];
        match self {
            Self::TokenMade(name) => fact("account-mail-token", name),
            _ => Vec::new(),
        }
    }
}

/// Queues a mail to the owner of an account; a disabled person gets none.
pub(super) fn send(tx: &mut Tx<'_>, user: UserId, notice: &AccountNotice) -> Result<()> {
    let Some(owner) = find_user(tx.conn, user)?.filter(|owner| !owner.disabled && !tx.silent) else { return Ok(()) };
    let (lang, key) = (owner.language, notice.key());
    let mut blocks = vec![Block::Text(text(lang, key, &[]))];
    let facts = notice.facts(lang);
    if !facts.is_empty() {
        blocks.push(Block::Facts(facts));
    }
    blocks.push(Block::Text(text(lang, notice.if_not_you(), &[])));
    blocks.push(Block::Link(text(lang, &format!("{key}-link"), &[]), notice.page().to_owned()));
    let mut body = EmailBody::new(lang, text(lang, &format!("{key}-subject"), &[]), blocks);
    body.greeting = text(lang, "mail-greeting", &[("name", owner.name.clone())]);
    let mail = NewDelivery::with_body(notice.kind(), notice.recipient(&owner), tx.now.utc().date_naive(), &body)?;
    enqueue(tx, mail).map(|_| ())
}
