//! Signing in with a password or with a link from a mail. Failures are throttled; an account that is throttled has a
//! way in for its owner: a link, by mail.

use std::net::IpAddr;

use chrono::TimeDelta;

use super::links::send_link;
use super::sessions::{self, SignedIn};
use super::{dispatch, store};
use crate::audit::{self, Change};
use crate::clock::Instant;
use crate::db::{Db, Tx, UserId};
use crate::error::{Code, Result};
use crate::http::{Counted, Limit, Subject, Throttle, network};
use crate::identity::model::LinkPurpose;
use crate::identity::store::Credentials;
use crate::identity::tokens;
use crate::mail;

/// Failures of one account from one client: five at once, then one every three minutes. Somebody who mistypes waits
/// three minutes; a program that guesses has 485 guesses a day.
const ACCOUNT_AND_CLIENT: Limit = Limit { burst: 5, one_more_after: TimeDelta::minutes(3) };
/// Failures of one account from all clients: 50 at once, then one every six minutes, so that many clients together
/// have 290 guesses a day. The owner then signs in with a link by mail.
const ACCOUNT: Limit = Limit { burst: 50, one_more_after: TimeDelta::minutes(6) };
/// Failures of one client for all accounts: 200 at once, then one every 20 seconds. An office of 500 people behind one
/// address, of whom every third mistypes once between eight and nine, has 167 failures: it is not locked out.
const CLIENT: Limit = Limit { burst: 200, one_more_after: TimeDelta::seconds(20) };
/// A throttled account gets no more than one sign-in link in this time.
const LINK_EVERY: TimeDelta = TimeDelta::hours(1);

/// The client of a request, as sign-in counts and names it.
#[derive(Debug, Clone)]
pub struct Client {
    pub address: IpAddr,
    /// The address is that of a trusted proxy, which did not say for whom it asks: everybody may stand behind it.
    pub is_proxy: bool,
    /// The client's own name, from `User-Agent`.
    pub name: Option<String>,
}

/// One try to sign in to an account, known or not, from a client.
pub struct Attempt {
    account_and_client: Counted,
    account: Counted,
    client: Option<Counted>,
}

impl Attempt {
    pub fn new(email: &str, known: Option<&Credentials>, client: &Client) -> Self {
        let (unlocks, network) = (known.map_or(0, |known| known.unlocks), network(client.address));
        let counted = (Subject::new("client", &network), CLIENT, 0);
        Self {
            account_and_client: (
                Subject::new("account and client", &format!("{email} {network}")),
                ACCOUNT_AND_CLIENT,
                unlocks,
            ),
            account: (Subject::new("account", email), ACCOUNT, unlocks),
            client: (!client.is_proxy).then_some(counted),
        }
    }

    /// Counts the attempt as a failure beforehand, so that attempts at the same moment are all counted. The error is
    /// the time to wait.
    pub fn begin(&self, throttle: &Throttle, now: Instant) -> Result<(), TimeDelta> {
        let all: Vec<Counted> = [self.account_and_client, self.account].into_iter().chain(self.client).collect();
        throttle.take(&all, now)
    }

    /// Takes it back: it was no failure of the caller's.
    pub fn take_back(&self, throttle: &Throttle, now: Instant) {
        for (subject, ..) in [self.account_and_client, self.account].into_iter().chain(self.client) {
            throttle.give_back(subject, 1.0, now);
        }
    }

    /// Forgets the failures of this account from this client. Those of the client with other accounts stay: somebody
    /// with an account of their own must not be able to reset them.
    pub fn succeed(&self, throttle: &Throttle, now: Instant) {
        let forgotten = throttle.forget(self.account_and_client.0, now);
        throttle.give_back(self.account.0, forgotten, now);
        if let Some((client, ..)) = self.client {
            throttle.give_back(client, 1.0, now);
        }
    }
}

/// Guesses of one's own present password, counted apart from sign-ins: a stranger's failures must not keep the owner
/// from changing the password.
pub fn own_password(email: &str, known: &Credentials) -> Counted {
    (Subject::new("own password", email), ACCOUNT_AND_CLIENT, known.unlocks)
}

/// Starts a session for a password that was right when it was looked at. None when it is not any more: the person has
/// been disabled or has got another password, which ended every session.
pub fn sign_in_by_password(
    tx: &mut Tx<'_>,
    email: &str,
    proven: &Credentials,
    client: Option<String>,
) -> Result<Option<SignedIn>> {
    dispatch::lock_row(tx.conn, "users", proven.id)?;
    let now = store::credentials(tx.conn, email)?;
    let holds = now.is_some_and(|now| !now.disabled && now.password_hash == proven.password_hash);
    if holds { sessions::sign_in(tx, proven.id, client, "password").map(Some) } else { Ok(None) }
}

/// Starts a session for the owner of a sign-in link, which works once, and ends the throttling of the account.
pub fn sign_in_by_link(tx: &mut Tx<'_>, token: &str, client: Option<String>) -> Result<SignedIn> {
    let (hash, purposes) = (tokens::hash_of(token), [LinkPurpose::SignInLink]);
    let user = store::link(tx.conn, &hash, &purposes, tx.now)?.ok_or(Code::InvalidToken)?;
    dispatch::lock_row(tx.conn, "users", user)?;
    store::link(tx.conn, &hash, &purposes, tx.now)?.ok_or(Code::InvalidToken)?;
    store::end_links(tx.conn, user, LinkPurpose::SignInLink, tx.now)?;
    store::unlock(tx.conn, user)?;
    sessions::sign_in(tx, user, client, "link")
}

/// Tells whether a throttled account may be sent a sign-in link: none was sent in the last hour.
pub fn link_is_due(conn: &mut Db, user: UserId, now: Instant) -> Result<bool> {
    let sent = mail::count_since(conn, user, LinkPurpose::SignInLink.as_str(), now.plus(-LINK_EVERY), now)?;
    Ok(sent == 0)
}

/// Mails the owner of a throttled account a sign-in link, unless one was sent in the last hour.
pub fn offer_link(tx: &mut Tx<'_>, user: UserId) -> Result<()> {
    dispatch::lock_row(tx.conn, "users", user)?;
    let Some(owner) = store::user(tx.conn, user)?.filter(|owner| !owner.disabled) else { return Ok(()) };
    if !link_is_due(tx.conn, user, tx.now)? {
        return Ok(());
    }
    let change = Change { action: "account_locked", kind: "user", id: &user.to_string(), country: None };
    audit::record(tx, change, None::<&()>, None::<&()>)?;
    send_link(tx, &owner, LinkPurpose::SignInLink)
}
