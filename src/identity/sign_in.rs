//! Sign-in with a password or with a link from a mail. Failures are throttled. The owner of a throttled account can
//! still sign in with a link sent by mail.
//!
//! A password is checked between two transactions, because that takes tens of milliseconds.

use std::net::IpAddr;

use chrono::TimeDelta;

use super::one_time_tokens::{self, TokenPurpose, lock_owner, send_link};
use super::passwords;
use super::store::{self, Credentials};
use crate::audit::{self, Change};
use crate::clock::Instant;
use crate::db::dispatch::lock_row;
use crate::db::{Db, Tx, UserId};
use crate::error::{Code, Error, Result};
use crate::http::{Counted, Limit, State, Subject, Throttle, network};
use crate::mail;
use crate::text::normalize_email;

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
/// The limit on requests for reset mails from one client: 20 at once, then one a minute.
const RESET_REQUESTS: Limit = Limit { burst: 20, one_more_after: TimeDelta::minutes(1) };
/// The time in which a throttled account gets at most one sign-in link.
const LINK_EVERY: TimeDelta = TimeDelta::hours(1);

/// The client of a request, as sign-in counts and names it.
#[derive(Debug, Clone)]
pub(super) struct Client {
    pub address: IpAddr,
    /// True when the address is that of a trusted proxy that did not name its client: anybody may use it.
    pub is_proxy: bool,
    /// The client's own name, from `User-Agent`.
    pub name: Option<String>,
}

/// Returns the name of a client as it is kept: at most 200 characters, on one line.
pub(super) fn client_name(user_agent: Option<&str>) -> Option<String> {
    let name: String = user_agent?.chars().filter(|c| !c.is_control()).take(200).collect();
    let name = name.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

/// An attempt to sign in to an account, known or not, from a client.
struct Attempt {
    account_and_client: Counted,
    account: Counted,
    client: Option<Counted>,
}

impl Attempt {
    fn new(email: &str, known: Option<&Credentials>, client: &Client) -> Self {
        let (unlocks, network) = (known.map_or(0, |known| known.unlocks), network(client.address));
        let both = Subject::new("account and client", &format!("{email} {network}"));
        Self {
            account_and_client: (both, ACCOUNT_AND_CLIENT, unlocks),
            account: (Subject::new("account", email), ACCOUNT, unlocks),
            client: (!client.is_proxy).then(|| (Subject::new("client", &network), CLIENT, 0)),
        }
    }

    /// Counts the attempt as a failure in advance, so that simultaneous attempts are all counted. The error is the time
    /// to wait.
    fn begin(&self, throttle: &Throttle, now: Instant) -> Result<(), TimeDelta> {
        throttle.take(&self.counted().collect::<Vec<_>>(), now)
    }

    fn counted(&self) -> impl Iterator<Item = Counted> {
        [self.account_and_client, self.account].into_iter().chain(self.client)
    }

    /// Takes the count back: the caller was not the cause of the failure.
    fn take_back(&self, throttle: &Throttle, now: Instant) {
        for (subject, ..) in self.counted() {
            throttle.give_back(subject, 1.0, now);
        }
    }

    /// Forgets the failures of this account from this client. The failures of the client with other accounts stay: a
    /// person with an account must not be able to reset those.
    fn succeed(&self, throttle: &Throttle, now: Instant) {
        let forgotten = throttle.forget(self.account_and_client.0, now);
        throttle.give_back(self.account.0, forgotten, now);
        if let Some((client, ..)) = self.client {
            throttle.give_back(client, 1.0, now);
        }
    }
}

/// Signs in with a password; `open` starts the session. An unknown address and a wrong password take the same steps,
/// without a write.
pub(super) fn sign_in_by_password<S>(
    state: &State,
    client: &Client,
    (email, password): (&str, &str),
    open: impl Fn(&mut Tx<'_>, UserId, Option<String>) -> Result<S>,
) -> Result<S> {
    let (email, now) = (normalize_email(email), state.now());
    let known = state.db.read(|conn| store::credentials(conn, &email))?;
    let attempt = Attempt::new(&email, known.as_ref(), client);
    if let Err(wait) = attempt.begin(&state.throttle, now) {
        report_refusal(state, client, &email, known.as_ref(), "throttled");
        offer_link(state, known.as_ref());
        return Err(too_many(wait));
    }
    let hash = known.as_ref().and_then(|known| known.password_hash.as_deref());
    let is_right = passwords::verify(password, hash);
    let proven = known.as_ref().filter(|known| is_right && !known.disabled);
    let started = proven.map(|proven| start(state, client, &email, proven, &open)).transpose();
    let Some(session) = started.inspect_err(|_| attempt.take_back(&state.throttle, now))?.flatten() else {
        report_refusal(state, client, &email, known.as_ref(), "wrong credentials");
        return Err(Code::InvalidCredentials.into());
    };
    attempt.succeed(&state.throttle, now);
    Ok(session)
}

/// Starts a session for a password that was correct when it was checked. Returns None when it is no longer correct: the
/// person has been disabled or has another password now, which ended every session.
fn start<S>(
    state: &State,
    client: &Client,
    email: &str,
    proven: &Credentials,
    open: &impl Fn(&mut Tx<'_>, UserId, Option<String>) -> Result<S>,
) -> Result<Option<S>> {
    state.db.write(Some(proven.id), state.now(), |tx| {
        tx.client = Some(client.address);
        lock_row(tx.conn, "users", proven.id)?;
        let present = store::credentials(tx.conn, email)?;
        let is_unchanged =
            present.is_some_and(|present| !present.disabled && present.password_hash == proven.password_hash);
        if is_unchanged { open(tx, proven.id, client.name.clone()).map(Some) } else { Ok(None) }
    })
}

/// Checks a guess of one's own present password; refuses it when there were too many. These guesses are counted apart
/// from sign-ins: failures of a stranger must not keep the owner from changing the password.
pub(super) fn is_own_password(state: &State, email: &str, password: &str) -> Result<bool> {
    let (email, now) = (normalize_email(email), state.now());
    let known = state.db.read(|conn| store::credentials(conn, &email))?.ok_or(Code::InvalidToken)?;
    let counted = (Subject::new("own password", &email), ACCOUNT_AND_CLIENT, known.unlocks);
    state.throttle.take(&[counted], now).map_err(too_many)?;
    let is_right = passwords::verify(password, known.password_hash.as_deref());
    if is_right {
        state.throttle.forget(counted.0, now);
    }
    Ok(is_right)
}

/// Counts a request for a reset mail, and returns whether the client has not made too many.
pub(super) fn count_reset_request(throttle: &Throttle, client: &Client, now: Instant) -> bool {
    let subject = Subject::new("reset", &network(client.address));
    client.is_proxy || throttle.take(&[(subject, RESET_REQUESTS, 0)], now).is_ok()
}

/// Makes a 429 with the time to wait.
fn too_many(wait: TimeDelta) -> Error {
    Error { retry_after: u64::try_from(wait.num_seconds()).ok(), ..Error::new(Code::TooManyAttempts) }
}

/// Writes a refused sign-in to the log, and to the audit log, which counts it.
fn report_refusal(state: &State, client: &Client, email: &str, known: Option<&Credentials>, reason: &str) {
    let user = known.map(|known| known.id);
    state.audit.sign_in_refused(email, user, client.address, state.now());
    let account = user.map(|id| id.to_string());
    tracing::info!(client = %client.address, account, reason, "sign-in refused");
}

/// Starts a session (`open`) for the owner of a sign-in link, which works once, and ends the throttling of the account.
pub(super) fn sign_in_by_link<S>(
    tx: &mut Tx<'_>,
    token: &str,
    client: Option<String>,
    open: impl Fn(&mut Tx<'_>, UserId, Option<String>) -> Result<S>,
) -> Result<S> {
    let user = lock_owner(tx, token, &[TokenPurpose::SignInLink])?;
    one_time_tokens::store::end_of_purpose(tx.conn, user, TokenPurpose::SignInLink, tx.now)?;
    store::unlock(tx.conn, user)?;
    open(tx, user, client)
}

/// Sends a sign-in link to the owner of a throttled account. The caller learns nothing of it, not even when it fails:
/// the answer must not show whether there is an account.
fn offer_link(state: &State, known: Option<&Credentials>) {
    let Some(known) = known.filter(|known| !known.disabled) else { return };
    let (user, now) = (known.id, state.now());
    let offer = || {
        if state.db.read(|conn| link_is_due(conn, user, now))? {
            state.db.write(None, now, |tx| send_sign_in_link(tx, user))?;
        }
        Ok::<_, Error>(())
    };
    if let Err(error) = offer() {
        tracing::warn!(%error, "no sign-in link could be offered");
    }
}

/// Returns whether a throttled account may be sent a sign-in link: none was sent in the last hour.
fn link_is_due(conn: &mut Db, user: UserId, now: Instant) -> Result<bool> {
    let sent = mail::count_since(conn, user, TokenPurpose::SignInLink.as_str(), now.plus(-LINK_EVERY), now)?;
    Ok(sent == 0)
}

/// Sends a sign-in link to the owner of a throttled account, unless one was sent in the last hour.
fn send_sign_in_link(tx: &mut Tx<'_>, user: UserId) -> Result<()> {
    lock_row(tx.conn, "users", user)?;
    let Some(owner) = store::find_user(tx.conn, user)?.filter(|owner| !owner.disabled) else { return Ok(()) };
    if !link_is_due(tx.conn, user, tx.now)? {
        return Ok(());
    }
    let change = Change { action: "account_locked", kind: "user", id: &user.to_string(), country: None };
    audit::record(tx, change, None::<&()>, None::<&()>)?;
    send_link(tx, &owner, TokenPurpose::SignInLink)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_client_is_one_short_line() {
        assert_eq!(client_name(Some(" curl/8\u{1b}[1m\u{7} ")).as_deref(), Some("curl/8[1m"));
        assert_eq!(client_name(Some("  ")), None);
        assert_eq!(client_name(Some(&"x".repeat(900))).unwrap().len(), 200);
    }
}
