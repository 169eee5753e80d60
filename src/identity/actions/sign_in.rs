//! Signing in with a password or with a link from a mail. Failures are throttled. The owner of a throttled account can
//! still sign in with a link sent by mail.

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

/// The limit on failures of one account from one client: five at once, then one every three minutes. A person who
/// mistypes waits three minutes; a program that guesses has 485 guesses a day.
const ACCOUNT_AND_CLIENT: Limit = Limit { burst: 5, one_more_after: TimeDelta::minutes(3) };
/// The limit on failures of one account from all clients: 50 at once, then one every six minutes, so that many clients
/// together have 290 guesses a day. The owner then signs in with a link by mail.
const ACCOUNT: Limit = Limit { burst: 50, one_more_after: TimeDelta::minutes(6) };
/// The limit on failures of one client for all accounts: 200 at once, then one every 20 seconds. An office of 500
/// people behind one address, where one in three mistypes once between eight and nine, has 167 failures: it is not
/// locked out.
const CLIENT: Limit = Limit { burst: 200, one_more_after: TimeDelta::seconds(20) };
/// The time in which a throttled account gets at most one sign-in link.
const LINK_EVERY: TimeDelta = TimeDelta::hours(1);

/// The client of a request, as sign-in counts and names it.
#[derive(Debug, Clone)]
pub struct Client {
    pub address: IpAddr,
    /// True when the address is that of a trusted proxy that did not name its client: anybody may be behind it.
    pub is_proxy: bool,
    /// The client's own name, from `User-Agent`.
    pub name: Option<String>,
}

/// An attempt to sign in to an account, known or not, from a client.
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

    /// Counts the attempt as a failure in advance, so that simultaneous attempts are all counted. The error is the time
    /// to wait.
    pub fn begin(&self, throttle: &Throttle, now: Instant) -> Result<(), TimeDelta> {
        let all: Vec<Counted> = [self.account_and_client, self.account].into_iter().chain(self.client).collect();
        throttle.take(&all, now)
    }

    /// Takes the count back: the caller was not the cause of the failure.
    pub fn take_back(&self, throttle: &Throttle, now: Instant) {
        for (subject, ..) in [self.account_and_client, self.account].into_iter().chain(self.client) {
            throttle.give_back(subject, 1.0, now);
        }
    }

    /// Forgets the failures of this account from this client. The failures of the client with other accounts stay: a
    /// person with an account must not be able to reset those.
    pub fn succeed(&self, throttle: &Throttle, now: Instant) {
        let forgotten = throttle.forget(self.account_and_client.0, now);
        throttle.give_back(self.account.0, forgotten, now);
        if let Some((client, ..)) = self.client {
            throttle.give_back(client, 1.0, now);
        }
    }
}

/// Returns the counter of guesses of one's own present password. It is separate from sign-ins: failures of a stranger
/// must not keep the owner from changing the password.
pub fn own_password(email: &str, known: &Credentials) -> Counted {
    (Subject::new("own password", email), ACCOUNT_AND_CLIENT, known.unlocks)
}

/// Starts a session for a password that was correct when it was checked. Returns None when it no longer is: the person
/// has been disabled or has got another password, which ended every session.
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

/// Returns whether a throttled account may be sent a sign-in link: none was sent in the last hour.
pub fn link_is_due(conn: &mut Db, user: UserId, now: Instant) -> Result<bool> {
    let sent = mail::count_since(conn, user, LinkPurpose::SignInLink.as_str(), now.plus(-LINK_EVERY), now)?;
    Ok(sent == 0)
}

/// Sends a sign-in link to the owner of a throttled account, unless one was sent in the last hour.
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
