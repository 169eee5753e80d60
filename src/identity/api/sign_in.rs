//! Signs in, as a use case that reads, counts in memory and writes. The password is checked between two transactions,
//! because that takes tens of milliseconds.

use chrono::TimeDelta;

use crate::error::{Code, Error, Result};
use crate::http::State;
use crate::identity::actions::{self, Attempt, Client, SignedIn};
use crate::identity::passwords;
use crate::identity::store::{self, Credentials};
use crate::text::normalize_email;

/// Signs in with a password. An unknown address and a wrong password take the same steps, and neither of them writes.
pub(super) fn by_password(state: &State, client: &Client, email: &str, password: &str) -> Result<SignedIn> {
    let (email, now) = (normalize_email(email), state.now());
    let known = state.db.read(|conn| store::credentials(conn, &email))?;
    let attempt = Attempt::new(&email, known.as_ref(), client);
    if let Err(wait) = attempt.begin(&state.throttle, now) {
        report_refusal(state, client, &email, known.as_ref(), "throttled");
        offer_link(state, known.as_ref());
        return Err(too_many(wait));
    }
    let hash = known.as_ref().and_then(|known| known.password_hash.as_deref());
    let right = passwords::verify(password, hash);
    let proven = known.as_ref().filter(|known| right && !known.disabled);
    let session = match proven {
        Some(proven) => {
            start(state, client, &email, proven).inspect_err(|_| attempt.take_back(&state.throttle, now))?
        }
        None => None,
    };
    let Some(session) = session else {
        report_refusal(state, client, &email, known.as_ref(), "wrong credentials");
        return Err(Code::InvalidCredentials.into());
    };
    attempt.succeed(&state.throttle, now);
    Ok(session)
}

fn start(state: &State, client: &Client, email: &str, proven: &Credentials) -> Result<Option<SignedIn>> {
    let (who, name) = (Some(proven.id), client.name.clone());
    state.db.write(who, state.now(), |tx| {
        tx.client = Some(client.address);
        actions::sign_in_by_password(tx, email, proven, name)
    })
}

/// Checks a guess of one's own present password; refuses it when there were too many.
pub(super) fn own_password(state: &State, email: &str, password: &str) -> Result<bool> {
    let (email, now) = (normalize_email(email), state.now());
    let known = state.db.read(|conn| store::credentials(conn, &email))?.ok_or(Code::InvalidToken)?;
    let counted = actions::own_password(&email, &known);
    state.throttle.take(&[counted], now).map_err(too_many)?;
    let right = passwords::verify(password, known.password_hash.as_deref());
    if right {
        state.throttle.forget(counted.0, now);
    }
    Ok(right)
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

/// Sends a sign-in link to the owner of a throttled account. The caller learns nothing of it, not even when it fails:
/// the answer must not show whether there is an account.
fn offer_link(state: &State, known: Option<&Credentials>) {
    let Some(known) = known.filter(|known| !known.disabled) else { return };
    let (user, now) = (known.id, state.now());
    let offer = || {
        if state.db.read(|conn| actions::link_is_due(conn, user, now))? {
            state.db.write(None, now, |tx| actions::offer_link(tx, user))?;
        }
        Ok::<_, Error>(())
    };
    if let Err(error) = offer() {
        tracing::warn!(%error, "no sign-in link could be offered");
    }
}
