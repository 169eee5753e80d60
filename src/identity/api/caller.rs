//! The caller of a request: verified by token here, loaded with grants inside the transaction.

use std::future::{Ready, ready};

use actix_web::http::header::{self, EntityTag};
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest, HttpResponse, dev::Payload, http::StatusCode};
use serde::Serialize;

use super::trace::Trace;
use crate::audit::{RestrictedContent, RestrictedRecords};
use crate::clock::Instant;
use crate::db::dispatch::lock_name;
use crate::db::{Db, FileId, SessionId, Tx, UserId};
use crate::error::{Code, Error, Result};
use crate::http::{
    Body, Input, Page, Patch, Preconditions, RateLimit, Remembered, Reply, Sent, State, note_sender, remember,
    remembered,
};
use crate::identity::actor::Actor;
use crate::identity::{store, tokens};

/// Who is calling and how; opens the transaction for a use case and sends its answer.
pub struct Caller {
    pub state: State,
    user: UserId,
    session: SessionId,
    pub(super) ask: Preconditions,
    idempotency_key: Option<String>,
    path: String,
    trace: Trace,
    /// Whether everything is read as it stood at one moment.
    on_snapshot: bool,
}

impl FromRequest for Caller {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(request))
    }
}

fn read(request: &HttpRequest) -> Result<Caller> {
    let state = request.app_data::<Data<State>>().ok_or_else(|| Error::internal("no state"))?;
    let text = |name| request.headers().get(name).and_then(|v| v.to_str().ok());
    let token = text(header::AUTHORIZATION.as_str()).and_then(bearer).ok_or(Code::NotSignedIn)?;
    let (user, session) = tokens::verify_access(&state.config.jwt_secret, token, state.now())?;
    note_sender(request, user);
    let idempotency_key = text("idempotency-key").map(str::to_owned);
    if idempotency_key.as_ref().is_some_and(|key| key.is_empty() || key.len() > 200) {
        return Err(Error::bad_header("Idempotency-Key"));
    }
    Ok(Caller {
        state: State::clone(state),
        user,
        session,
        ask: Preconditions::of_request(request)?,
        idempotency_key,
        path: request.path().to_owned(),
        trace: Trace::of(request, user),
        on_snapshot: false,
    })
}

/// Returns the token of an `Authorization` header; upper and lower case make no difference in the name of the scheme.
fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Loads the person behind a request, as long as the session lasts. The use of the session is noted and written later.
fn load(state: &State, conn: &mut Db, (user, session): (UserId, SessionId), now: Instant) -> Result<Actor> {
    let (actor, last_seen) = store::load_signed_in(conn, user, session, now)?;
    state.last_seen.note(session, last_seen, now);
    Ok(actor)
}

impl Caller {
    /// Returns the session that the request belongs to.
    pub fn session(&self) -> SessionId {
        self.session
    }

    /// The same, reading everything as it stood at one moment: for what many reads must agree on.
    pub fn on_snapshot(self) -> Self {
        Self { on_snapshot: true, ..self }
    }

    /// Counts this call against a limit; 429 when the person has reached it.
    pub fn count(&self, limit: &RateLimit) -> Result<()> {
        limit.count(self.user, self.state.now())
    }

    /// Returns the same caller, for a read that exports records, such as a dataset: it always makes an entry in the
    /// audit log.
    pub fn exporting(self, kind: &'static str, country: Option<&str>) -> Self {
        Self { trace: self.trace.exporting(kind, country), ..self }
    }

    /// Returns the same caller, for a read of the bytes of a file: it always makes an entry in the audit log.
    pub fn fetching(self, file: FileId) -> Self {
        Self { trace: self.trace.fetching(file), ..self }
    }

    /// Runs a read on a blocking thread. The restricted records that its result shows make an entry in the audit log.
    pub async fn read<T, F>(&self, f: F) -> Result<T>
    where
        T: RestrictedContent + Send + 'static,
        F: FnOnce(&mut Db, &Actor) -> Result<T> + Send + 'static,
    {
        let (value, found) = self.look_for_restricted(f, Ok).await?;
        self.note(&found);
        Ok(value)
    }

    /// Runs a read and makes the answer from its result, outside the async threads.
    async fn look_for_restricted<T, R, F>(&self, f: F, make: fn(T) -> Result<R>) -> Result<(R, RestrictedRecords)>
    where
        T: RestrictedContent + 'static,
        R: Send + 'static,
        F: FnOnce(&mut Db, &Actor) -> Result<T> + Send + 'static,
    {
        self.look(move |conn, actor| {
            let value = f(conn, actor)?;
            let found = RestrictedRecords::of(&value);
            Ok((make(value)?, found))
        })
        .await
    }

    fn note(&self, found: &RestrictedRecords) {
        self.trace.note(&self.state, found);
    }

    /// Runs a read whose result is not sent.
    pub(super) async fn look<T, F>(&self, f: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Db, &Actor) -> Result<T> + Send + 'static,
    {
        let (state, ids, now) = (self.state.clone(), (self.user, self.session), self.state.now());
        let read = move |conn: &mut Db| {
            let actor = load(&state, conn, ids, now)?;
            f(conn, &actor)
        };
        let db = &self.state.db;
        if self.on_snapshot { db.snapshot_async(read).await } else { db.read_async(read).await }
    }

    /// Checks the conditions of a write to something without `ETag`; 412 when one does not hold.
    pub fn check_untagged(&self) -> Result<()> {
        self.ask.check_untagged()
    }

    /// Runs a use case in one write transaction on a blocking thread; for writes to something without `ETag`.
    pub async fn write<T, F>(&self, f: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>, &Actor) -> Result<T> + Send + 'static,
    {
        self.check_untagged()?;
        self.transact(f).await
    }

    /// Runs a write transaction, and runs it a second time when the database cancelled the first one in favour of
    /// another transaction.
    async fn transact<T, F>(&self, f: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>, &Actor) -> Result<T> + Send + 'static,
    {
        let (state, ids, now) = (self.state.clone(), (self.user, self.session), self.state.now());
        let client = self.trace.client();
        let write = move |tx: &mut Tx<'_>| {
            tx.client = Some(client);
            let actor = load(&state, tx.conn, ids, now)?;
            f(tx, &actor)
        };
        let (db, who) = (&self.state.db, Some(self.user));
        if self.on_snapshot {
            db.write_on_snapshot_async(who, now, write).await
        } else {
            db.write_async(who, now, write).await
        }
    }

    /// Returns whether the caller already has this state (`If-None-Match`).
    pub fn knows(&self, etag: &EntityTag) -> bool {
        self.ask.knows(etag)
    }

    /// 200 with a resource and its `ETag`.
    pub async fn show<T, F>(self, f: F) -> Result<HttpResponse>
    where
        T: Serialize + RestrictedContent + 'static,
        F: FnOnce(&mut Db, &Actor) -> Result<T> + Send + 'static,
    {
        let (reply, found) = self.look_for_restricted(f, |value| Reply::resource(&value)).await?;
        let answer = reply.send_unless_known(&self.ask);
        if answer.status() != StatusCode::NOT_MODIFIED {
            self.note(&found);
        }
        Ok(answer)
    }

    /// 200 with something that is not edited: a calculation.
    pub async fn calculate<T, F>(self, f: F) -> Result<HttpResponse>
    where
        T: Serialize + RestrictedContent + 'static,
        F: FnOnce(&mut Db, &Actor) -> Result<T> + Send + 'static,
    {
        let (reply, found) = self.look_for_restricted(f, |value| Reply::value(&value)).await?;
        self.note(&found);
        Ok(reply.send())
    }

    /// 200 with one page of a list.
    pub async fn list<T, F>(self, f: F) -> Result<HttpResponse>
    where
        T: Serialize + RestrictedContent + 'static,
        F: FnOnce(&mut Db, &Actor) -> Result<Page<T>> + Send + 'static,
    {
        self.calculate(f).await
    }

    /// 201 with the new resource and where it is; a repeated `Idempotency-Key` gets the first answer again.
    pub async fn create<I, T, F>(self, body: Body<I>, location: fn(&T) -> String, f: F) -> Result<HttpResponse>
    where
        I: Clone + Send + 'static,
        T: Serialize + 'static,
        F: Fn(&mut Tx<'_>, &Actor, I) -> Result<T> + Send + 'static,
    {
        let Body { raw, sent } = body;
        let ask = self.repeatable(|| raw);
        let made = move |tx: &mut Tx<'_>, actor: &Actor| {
            let Sent { input, faults } = sent.clone();
            let value = tx.with_faults(faults, |tx| f(tx, actor, input))?;
            Reply::created(&value, location(&value))
        };
        self.once(ask, made).await
    }

    /// The request, when its sender marked it to be answered once; `sent` is all that another one may differ in.
    pub fn repeatable(&self, sent: impl FnOnce() -> Vec<u8>) -> Option<Remembered> {
        let key = self.idempotency_key.as_ref()?;
        Some(Remembered::new(self.user, &self.path, key, &sent()))
    }

    /// The same as `act`, for an act that makes something; a repeated `Idempotency-Key` gets the first answer again.
    pub async fn act_once<T, F>(self, ask: Option<Remembered>, f: F) -> Result<HttpResponse>
    where
        T: Serialize + 'static,
        F: Fn(&mut Tx<'_>, &Actor) -> Result<T> + Send + 'static,
    {
        self.once(ask, move |tx, actor| Reply::value(&f(tx, actor)?)).await
    }

    async fn once<F>(self, ask: Option<Remembered>, f: F) -> Result<HttpResponse>
    where
        F: Fn(&mut Tx<'_>, &Actor) -> Result<Reply> + Send + 'static,
    {
        let again = ask.clone();
        let made = self
            .write(move |tx, actor| {
                let Some(ask) = &ask else { return f(tx, actor) };
                if let Some(reply) = remembered(tx.conn, ask, tx.now)? {
                    return Ok(reply);
                }
                let reply = f(tx, actor)?;
                remember(tx, ask, &reply)?;
                Ok(reply)
            })
            .await;
        let reply = match (made, again) {
            (Err(error), Some(ask)) if error.code == Code::Duplicate => self.replay(ask, error).await?,
            (made, _) => made?,
        };
        Ok(reply.send())
    }

    /// Two requests with one key at the same moment: the slower gets the faster one's answer.
    async fn replay(&self, ask: Remembered, error: Error) -> Result<Reply> {
        let now = self.state.now();
        let known = self.look(move |conn, _| remembered(conn, &ask, now)).await?;
        known.ok_or(error)
    }

    /// Lays a `PATCH` over the present state and saves the whole; 412 when the caller read another state.
    pub async fn patch<I, T, L, S>(self, patch: Patch, load: L, input: fn(&T) -> I, save: S) -> Result<HttpResponse>
    where
        I: Input + 'static,
        T: Serialize + 'static,
        L: Fn(&mut Tx<'_>, &Actor) -> Result<T> + Send + 'static,
        S: Fn(&mut Tx<'_>, &Actor, I) -> Result<T> + Send + 'static,
    {
        let sent = patch.clone();
        let change = move |tx: &mut Tx<'_>, actor: &Actor, current: T| {
            let wanted = patch.clone().onto(&input(&current))?;
            Reply::resource(&tx.with_faults(wanted.faults, |tx| save(tx, actor, wanted.input))?)
        };
        let reply = self.change(load, change).await?;
        if let Err(error) = sent.look_through().await {
            // The change is written: an error now would say that it is not.
            tracing::warn!(%error, "a text was not looked through for personal data");
        }
        Ok(reply.send())
    }

    /// A `PUT` of the whole: loads the present state for `If-Match`, then saves.
    pub async fn put<I, T, L, S>(self, body: Body<I>, load: L, save: S) -> Result<HttpResponse>
    where
        I: Clone + Send + 'static,
        T: Serialize + 'static,
        L: Fn(&mut Tx<'_>, &Actor) -> Result<T> + Send + 'static,
        S: Fn(&mut Tx<'_>, &Actor, I) -> Result<T> + Send + 'static,
    {
        let sent = body.sent;
        let change = move |tx: &mut Tx<'_>, actor: &Actor, _: T| {
            let Sent { input, faults } = sent.clone();
            Reply::resource(&tx.with_faults(faults, |tx| save(tx, actor, input))?)
        };
        Ok(self.change(load, change).await?.send())
    }

    /// Sends 200 with the result of an action (an approval, a cancellation). `load` reads the resource of the action,
    /// whose tag `If-Match` names; 412 when the caller read another state of it.
    pub async fn act<C, T, L, F>(self, load: L, f: F) -> Result<HttpResponse>
    where
        C: Serialize + 'static,
        T: Serialize + 'static,
        L: Fn(&mut Tx<'_>, &Actor) -> Result<C> + Send + 'static,
        F: Fn(&mut Tx<'_>, &Actor) -> Result<T> + Send + 'static,
    {
        let change = move |tx: &mut Tx<'_>, actor: &Actor, _: C| Reply::resource(&f(tx, actor)?);
        Ok(self.on_resource().change(load, change).await?.send())
    }

    /// Does the same for an action whose answer has no body: 204.
    pub async fn act_only<C, L, F>(self, load: L, f: F) -> Result<HttpResponse>
    where
        C: Serialize + 'static,
        L: Fn(&mut Tx<'_>, &Actor) -> Result<C> + Send + 'static,
        F: Fn(&mut Tx<'_>, &Actor) -> Result<()> + Send + 'static,
    {
        self.on_resource().change(load, move |tx: &mut Tx<'_>, actor: &Actor, _: C| f(tx, actor)).await?;
        Ok(HttpResponse::NoContent().finish())
    }

    /// Returns the same request, with the path of the resource of its action.
    fn on_resource(self) -> Self {
        let path = self.path.rsplit_once('/').map(|(resource, _)| resource.to_owned()).unwrap_or_default();
        Self { path, ..self }
    }

    /// Sends 200 with the result that an act would have. The act runs on a private copy of the database, which is
    /// deleted; 503 when too many others do the same.
    pub async fn try_out<T, F>(self, f: F) -> Result<HttpResponse>
    where
        T: Serialize + 'static,
        F: FnOnce(&mut Tx<'_>, &Actor) -> Result<T> + Send + 'static,
    {
        let (user, now) = (self.user, self.state.now());
        let tried = move |tx: &mut Tx<'_>| {
            let actor = store::load_actor(tx.conn, user, now)?;
            Reply::value(&f(tx, &actor)?)
        };
        Ok(self.state.db.on_copy_async(Some(user), now, tried).await?.send())
    }

    /// 204 once the record is gone; 412 when the caller read another state.
    pub async fn delete<T, L, D>(self, load: L, delete: D) -> Result<HttpResponse>
    where
        T: Serialize + 'static,
        L: Fn(&mut Tx<'_>, &Actor) -> Result<T> + Send + 'static,
        D: Fn(&mut Tx<'_>, &Actor, T) -> Result<()> + Send + 'static,
    {
        self.change(load, delete).await?;
        Ok(HttpResponse::NoContent().finish())
    }

    /// Writes to what `load` reads, once the conditions of the request are known to hold. Writes on one path wait for
    /// each other.
    async fn change<C, T, L, F>(self, load: L, change: F) -> Result<T>
    where
        C: Serialize + 'static,
        T: Send + 'static,
        L: Fn(&mut Tx<'_>, &Actor) -> Result<C> + Send + 'static,
        F: Fn(&mut Tx<'_>, &Actor, C) -> Result<T> + Send + 'static,
    {
        let (ask, path) = (self.ask.clone(), self.path.clone());
        self.transact(move |tx, actor| {
            lock_name(tx.conn, &path)?;
            let current = load(tx, actor)?;
            ask.check(&current)?;
            change(tx, actor, current)
        })
        .await
    }
}
