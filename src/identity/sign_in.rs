//! Sign-in with a password or with a link from a mail, and with the second factor of those who have one. Failures are
//! throttled. The owner of a throttled account can still sign in with a link sent by mail.
//!
//! A password is checked between two transactions, because that takes tens of milliseconds.

use std::net::IpAddr;

use chrono::TimeDelta;

use super::one_time_tokens::{self, TokenPurpose, lock_owner, send_link};
use super::second_factor::{self, Sealer};
use super::store::{self, Credentials};
use super::tokens::hash_of;
use super::{passwords, tokens};
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

/// The proof of identity that a person sends.
#[derive(Debug, Clone)]
pub(super) enum Proof {
    Password(String),
    /// The password was given before: the hash that its ticket names.
    Ticket(String),
}

impl Proof {
    fn is_of(&self, known: Option<&Credentials>) -> bool {
        let hash = known.and_then(|known| known.password_hash.as_deref());
        match self {
            Self::Password(password) => passwords::verify(password, hash),
            Self::Ticket(given) => hash.is_some_and(|hash| hash_of(hash) == *given),
        }
    }
}

/// The address, the proof and the code that a person sends to sign in.
#[derive(Debug, Clone)]
pub(super) struct SignInRequest {
    pub email: String,
    pub proof: Proof,
    /// The code of the second factor.
    pub code: Option<String>,
}

/// The result of an attempt to sign in whose password was right.
enum Started<S> {
    Session(S),
    /// The person has been disabled or has another password by now.
    NotProven,
    Code(second_factor::Proof),
}

/// Signs in; `open` starts the session. An unknown address and a wrong password take the same steps, without a write. 401
/// `second_factor_required` or `second_factor_invalid` when the person has a second factor and sent no code, or a wrong one,
/// which counts as a failure.
pub(super) fn sign_in<S>(
    state: &State,
    client: &Client,
    request: &SignInRequest,
    open: impl Fn(&mut Tx<'_>, UserId, Option<String>) -> Result<S>,
) -> Result<S> {
    let (email, now) = (normalize_email(&request.email), state.now());
    let known = state.db.read(|conn| store::credentials(conn, &email))?;
    let attempt = Attempt::new(&email, known.as_ref(), client);
    if let Err(wait) = attempt.begin(&state.throttle, now) {
        report_refusal(state, client, &email, known.as_ref(), "throttled");
        offer_link(state, known.as_ref());
        return Err(too_many(wait));
    }
    let is_right = request.proof.is_of(known.as_ref());
    let proven = known.as_ref().filter(|known| is_right && !known.disabled);
    let code = request.code.as_deref();
    let started = proven.map(|proven| start(state, client, (&email, proven, code), &open)).transpose();
    let refused = |reason: &str| report_refusal(state, client, &email, known.as_ref(), reason);
    match started.inspect_err(|_| attempt.take_back(&state.throttle, now))? {
        Some(Started::Session(session)) => {
            attempt.succeed(&state.throttle, now);
            Ok(session)
        }
        Some(Started::Code(second_factor::Proof::Missing)) => {
            attempt.take_back(&state.throttle, now);
            Err(code_required())
        }
        Some(Started::Code(_)) => {
            refused("wrong code");
            Err(Code::SecondFactorInvalid.into())
        }
        Some(Started::NotProven) | None => {
            refused("wrong credentials");
            Err(Code::InvalidCredentials.into())
        }
    }
}

fn code_required() -> Error {
    Error::new(Code::SecondFactorRequired).arg("reason", "code")
}

/// Starts a session for a password that was right when it was checked, after the second factor.
fn start<S>(
    state: &State,
    client: &Client,
    (email, proven, code): (&str, &Credentials, Option<&str>),
    open: &impl Fn(&mut Tx<'_>, UserId, Option<String>) -> Result<S>,
) -> Result<Started<S>> {
    let sealer = Sealer::of(state)?;
    state.db.write(Some(proven.id), state.now(), |tx| {
        tx.client = Some(client.address);
        lock_row(tx.conn, "users", proven.id)?;
        let present = store::credentials(tx.conn, email)?;
        let is_unchanged =
            present.is_some_and(|present| !present.disabled && present.password_hash == proven.password_hash);
        if !is_unchanged {
            return Ok(Started::NotProven);
        }
        match second_factor::prove(tx, proven.id, &sealer, code)? {
            second_factor::Proof::NotAsked | second_factor::Proof::Given => {
                open(tx, proven.id, client.name.clone()).map(Started::Session)
            }
            unproven => Ok(Started::Code(unproven)),
        }
    })
}

/// Signs in with a ticket, which states that the password was given, and the code of the second factor.
pub(super) fn sign_in_by_ticket<S>(
    state: &State,
    client: &Client,
    (ticket, code): (&str, Option<String>),
    open: impl Fn(&mut Tx<'_>, UserId, Option<String>) -> Result<S>,
) -> Result<S> {
    let (user, given) = tokens::verify_ticket(&state.config.jwt_secret, ticket, state.now())?;
    let owner = state.db.read(|conn| store::find_user(conn, user))?.ok_or(Code::InvalidToken)?;
    sign_in(state, client, &SignInRequest { email: owner.email, proof: Proof::Ticket(given), code }, open)
}

/// Signs in a person on the page. When only the code is missing or wrong, the ticket for the second step comes with the
/// error; it names the password that was stored before the check.
pub(super) fn sign_in_with_ticket<S>(
    state: &State,
    client: &Client,
    request: &SignInRequest,
    open: impl Fn(&mut Tx<'_>, UserId, Option<String>) -> Result<S>,
) -> Result<S, (Error, Option<String>)> {
    let email = normalize_email(&request.email);
    let known = state.db.read(|conn| store::credentials(conn, &email)).map_err(|error| (error, None))?;
    sign_in(state, client, request, open).map_err(|error| match (error.code, known) {
        (Code::SecondFactorRequired | Code::SecondFactorInvalid, Some(known)) => {
            let hash = known.password_hash.unwrap_or_default();
            match tokens::ticket(&state.config.jwt_secret, known.id, &hash, state.now()) {
                Ok(ticket) => (error, Some(ticket)),
                Err(failed) => (failed, None),
            }
        }
        _ => (error, None),
    })
}

/// A guess of the code of a person's second factor outside a sign-in with the password. It is counted in advance, so that
/// simultaneous guesses are all counted.
pub(super) struct CodeGuess {
    counted: Counted,
    user: UserId,
    client: IpAddr,
}

impl CodeGuess {
    /// Counts a guess; 429 after too many wrong ones.
    pub(super) fn begin(state: &State, user: UserId, client: IpAddr) -> Result<Self> {
        let counted = (Subject::new("code", &user.to_string()), ACCOUNT_AND_CLIENT, 0);
        let guess = Self { counted, user, client };
        let taken = state.throttle.take(&[counted], state.now());
        taken.inspect_err(|_| guess.report(state, "throttled")).map_err(too_many)?;
        Ok(guess)
    }

    /// Forgets the guesses of the person after a right code; an error that is no wrong code does not count.
    pub(super) fn end<T>(self, state: &State, done: Result<T>) -> Result<T> {
        let is_wrong = |error: &Error| {
            error.code == Code::SecondFactorInvalid || error.faults.iter().any(|fault| fault.code == "wrong_code")
        };
        match &done {
            Ok(_) => drop(state.throttle.forget(self.counted.0, state.now())),
            Err(error) if is_wrong(error) => self.report(state, "wrong code"),
            Err(_) => state.throttle.give_back(self.counted.0, 1.0, state.now()),
        }
        done
    }

    /// Writes a refused guess to the log, and to the audit log, which counts it with the refused sign-ins.
    fn report(&self, state: &State, reason: &str) {
        let account = self.user.to_string();
        state.audit.sign_in_refused(&account, Some(self.user), self.client, state.now());
        tracing::info!(client = %self.client, account, reason, "code refused");
    }
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

/// Starts a session (`open`) for the owner of a sign-in link, which works once, and ends the throttling of the account. A
/// link is no second factor: without the code of the owner's it stays unused.
pub(super) fn sign_in_by_link<S>(
    tx: &mut Tx<'_>,
    (token, code): (&str, Option<&str>),
    (sealer, client): (&Sealer, Option<String>),
    open: impl Fn(&mut Tx<'_>, UserId, Option<String>) -> Result<S>,
) -> Result<S> {
    let user = lock_owner(tx, token, &[TokenPurpose::SignInLink])?;
    match second_factor::prove(tx, user, sealer, code)? {
        second_factor::Proof::NotAsked | second_factor::Proof::Given => {}
        second_factor::Proof::Missing => return Err(code_required()),
        second_factor::Proof::Wrong => return Err(Code::SecondFactorInvalid.into()),
    }
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

/// Returns true if a throttled account may be sent a sign-in link: none was sent in the last hour.
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
