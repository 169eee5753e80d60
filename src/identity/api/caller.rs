//! The caller of a request with a bearer token, and the HTTP answers to the work done as that person.

use std::ops::Deref;
use std::pin::Pin;

use actix_web::http::header::{self, EntityTag};
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest, HttpResponse, dev::Payload, http::StatusCode};
use serde::Serialize;

use crate::audit::RestrictedRecords;
use crate::db::{FileId, SessionId, Tx, UserId};
use crate::error::{Code, Error, Result};
use crate::http::{
    Body, ClientAddress, IdempotencyKey, Input, Page, Patch, Place, Preconditions, Reply, Sent, State, Warned,
    note_sender,
};
use crate::identity::actor::Actor;
use crate::identity::work::{MarkedRead, ReadFn, ReadTrace, Shown, Work, WriteFn, WriteWithFn};
use crate::identity::{personal_tokens, tokens};

/// A person who is signed in with a bearer token; does the [`Work`] of the request and makes its HTTP answer.
pub(crate) struct Caller(Work);

impl Deref for Caller {
    type Target = Work;

    fn deref(&self) -> &Work {
        &self.0
    }
}

impl FromRequest for Caller {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { authenticate(&request).await.map(Self) })
    }
}

impl From<Work> for Caller {
    fn from(work: Work) -> Self {
        Self(work)
    }
}

async fn authenticate(request: &HttpRequest) -> Result<Work> {
    let state = request.app_data::<Data<State>>().ok_or_else(|| Error::internal("no state"))?;
    let text = |name| request.headers().get(name).and_then(|v| v.to_str().ok());
    let token = text(header::AUTHORIZATION.as_str()).and_then(bearer).ok_or(Code::NotSignedIn)?;
    let (user, session) = match token.starts_with(personal_tokens::PREFIX) {
        true => owner_of(request, state, token).await?,
        false => tokens::verify_access(&state.config.jwt_secret, token, state.now())?,
    };
    note_sender(request, user);
    let idempotency_key = text("idempotency-key").map(str::to_owned);
    if idempotency_key.as_ref().is_some_and(|key| key.is_empty() || key.len() > 200) {
        return Err(Error::bad_header("Idempotency-Key"));
    }
    Ok(Work {
        state: State::clone(state),
        user,
        session,
        preconditions: Preconditions::of_request(request)?,
        idempotency_key,
        path: request.path().to_owned(),
        trace: trace(request, user),
        on_snapshot: false,
        place: None,
        reader: None,
    })
}

/// Returns the person and the session of a token for programs; 403 `token_scope` for what it is not for.
async fn owner_of(request: &HttpRequest, state: &State, token: &str) -> Result<(UserId, SessionId)> {
    let (hash, now) = (tokens::hash_of(token), state.now());
    let found = state.db.read_async(move |conn| personal_tokens::find(conn, &hash, now)).await?;
    let (user, session, may_write) = found.ok_or(Code::InvalidToken)?;
    // The pattern and not the path, in which letters may be written percent-encoded.
    let route = request.match_pattern().ok_or_else(|| Error::internal("no route"))?;
    if !personal_tokens::is_in_scope(may_write, request.method().is_safe(), &route) {
        return Err(Code::TokenScope.into());
    }
    Ok((user, session))
}

/// Returns the token of an `Authorization` header; upper and lower case make no difference in the name of the scheme.
fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn trace(request: &HttpRequest, user: UserId) -> ReadTrace {
    let route = request.match_pattern().unwrap_or_default();
    ReadTrace { user, client: ClientAddress::of(request).0, route, marked: None }
}

/// Adds the entry of a read that shows restricted records to a person who is identified by something other than a
/// bearer token.
pub(crate) fn note_read(request: &HttpRequest, state: &State, user: UserId, found: &RestrictedRecords) {
    note_sender(request, user);
    trace(request, user).note(state, found);
}

impl Caller {
    /// Returns the same caller, who reads everything as it was at one moment: for reads that must agree with each other.
    pub(crate) fn on_snapshot(self) -> Self {
        Self(Work { on_snapshot: true, ..self.0 })
    }

    /// Returns the same caller, whose work keeps a place taken until it has ended, even when the client goes away.
    pub(crate) fn in_place(self, place: Place) -> Self {
        Self(Work { place: Some(place), ..self.0 })
    }

    /// Returns the same caller, for a read that exports records, such as a dataset: it always makes an entry in the
    /// audit log.
    pub(crate) fn exporting(self, kind: &'static str, country: Option<&str>) -> Self {
        self.marked(MarkedRead::export(kind, country))
    }

    /// Returns the same caller, for a read of the bytes of a file: it always makes an entry in the audit log.
    pub(crate) fn fetching(self, file: FileId) -> Self {
        self.marked(MarkedRead::file(file))
    }

    fn marked(self, read: MarkedRead) -> Self {
        let trace = ReadTrace { marked: Some(read), ..self.0.trace };
        Self(Work { trace, ..self.0 })
    }

    /// Returns true if the caller already has this state (`If-None-Match`).
    pub(crate) fn knows(&self, etag: &EntityTag) -> bool {
        self.preconditions.knows(etag)
    }

    /// Sends 200 with a resource and its `ETag`.
    pub(crate) async fn show<T: Shown>(self, f: impl ReadFn<T>) -> Result<HttpResponse> {
        let (reply, found) = self.read_restricted(f, |value| Reply::resource(&value)).await?;
        let answer = reply.send_unless_known(&self.preconditions);
        if answer.status() != StatusCode::NOT_MODIFIED {
            self.note(&found);
        }
        Ok(answer)
    }

    /// Sends 200 with something that is not edited: a calculation.
    pub(crate) async fn calculate<T: Shown>(self, f: impl ReadFn<T>) -> Result<HttpResponse> {
        let (reply, found) = self.read_restricted(f, |value| Reply::value(&value)).await?;
        self.note(&found);
        Ok(reply.send())
    }

    /// Sends 200 with one page of a list.
    pub(crate) async fn list<T: Shown>(self, f: impl ReadFn<Page<T>>) -> Result<HttpResponse> {
        self.calculate(f).await
    }

    /// Sends 201 with the new resource and its location; a repeated `Idempotency-Key` gets the first answer again.
    pub(crate) async fn create<I: Clone + Send + 'static, T: Serialize + 'static>(
        self,
        body: Body<I>,
        location: fn(&T) -> String,
        f: impl WriteWithFn<I, T>,
    ) -> Result<HttpResponse> {
        self.create_as(body, move |value| Reply::created(value, location(value)), f).await
    }

    /// Does the same for a record that is sent with warnings.
    pub(crate) async fn create_warned<I: Clone + Send + 'static, T: Serialize + 'static>(
        self,
        body: Body<I>,
        location: fn(&T) -> String,
        f: impl WriteWithFn<I, Warned<T>>,
    ) -> Result<HttpResponse> {
        let make = move |value: &Warned<T>| {
            Ok(Reply { status: 201, location: Some(location(&value.record)), ..Reply::warned(value)? })
        };
        self.create_as(body, make, f).await
    }

    async fn create_as<I: Clone + Send + 'static, T: 'static>(
        self,
        body: Body<I>,
        make: impl Fn(&T) -> Result<Reply> + Send + 'static,
        f: impl WriteWithFn<I, T>,
    ) -> Result<HttpResponse> {
        let Body { raw, sent } = body;
        let key = self.repeatable(|| raw);
        let create = move |tx: &mut Tx<'_>, actor: &Actor| {
            let Sent { input, faults } = sent.clone();
            make(&tx.with_faults(faults, |tx| f(tx, actor, input))?)
        };
        Ok(self.once(key, create).await?.send())
    }

    /// Does the same as `act`, for an action that creates something; a repeated `Idempotency-Key` gets the first answer
    /// again.
    pub(crate) async fn act_once<T: Serialize + 'static>(
        self,
        key: Option<IdempotencyKey>,
        f: impl WriteFn<T>,
    ) -> Result<HttpResponse> {
        Ok(self.once(key, move |tx, actor| Reply::value(&f(tx, actor)?)).await?.send())
    }

    /// Applies a `PATCH` to the present state and saves the whole; 412 when the caller read another state.
    pub(crate) async fn patch<I: Input + 'static, T: Serialize + 'static>(
        self,
        patch: Patch,
        load: impl WriteFn<T>,
        input: fn(&T) -> I,
        save: impl WriteWithFn<I, T>,
    ) -> Result<HttpResponse> {
        self.patch_as(patch, load, input, Reply::resource::<T>, save).await
    }

    /// Does the same for a record that is sent with warnings.
    pub(crate) async fn patch_warned<I: Input + 'static, T: Serialize + 'static>(
        self,
        patch: Patch,
        load: impl WriteFn<T>,
        input: fn(&T) -> I,
        save: impl WriteWithFn<I, Warned<T>>,
    ) -> Result<HttpResponse> {
        self.patch_as(patch, load, input, Reply::warned::<T>, save).await
    }

    async fn patch_as<I: Input + 'static, T: Serialize + 'static, A: 'static>(
        self,
        patch: Patch,
        load: impl WriteFn<T>,
        input: fn(&T) -> I,
        make: fn(&A) -> Result<Reply>,
        save: impl WriteWithFn<I, A>,
    ) -> Result<HttpResponse> {
        let sent = patch.clone();
        let change = move |tx: &mut Tx<'_>, actor: &Actor, current: T| {
            let wanted = patch.clone().onto(&input(&current))?;
            make(&tx.with_faults(wanted.faults, |tx| save(tx, actor, wanted.input))?)
        };
        let reply = self.change(load, change).await?;
        sent.look_through().await;
        Ok(reply.send())
    }

    /// Answers a `PUT` of the whole: loads the present state for `If-Match`, then saves.
    pub(crate) async fn put<I: Clone + Send + 'static, T: Serialize + 'static>(
        self,
        body: Body<I>,
        load: impl WriteFn<T>,
        save: impl WriteWithFn<I, T>,
    ) -> Result<HttpResponse> {
        let sent = body.sent;
        let change = move |tx: &mut Tx<'_>, actor: &Actor, _: T| {
            let Sent { input, faults } = sent.clone();
            Reply::resource(&tx.with_faults(faults, |tx| save(tx, actor, input))?)
        };
        Ok(self.change(load, change).await?.send())
    }

    /// Answers a `PUT` that may make the resource: 201 when `is_new` says so of the result. `load` returns None while
    /// there is none.
    pub(crate) async fn put_or_create<I, C, T>(
        self,
        body: Body<I>,
        load: impl WriteFn<Option<C>>,
        is_new: fn(&T) -> bool,
        save: impl WriteWithFn<I, T>,
    ) -> Result<HttpResponse>
    where
        I: Clone + Send + 'static,
        C: Serialize + 'static,
        T: Serialize + 'static,
    {
        let sent = body.sent;
        let change = move |tx: &mut Tx<'_>, actor: &Actor, _: Option<C>| {
            let Sent { input, faults } = sent.clone();
            let saved = tx.with_faults(faults, |tx| save(tx, actor, input))?;
            let status = if is_new(&saved) { 201 } else { 200 };
            Ok(Reply { status, ..Reply::resource(&saved)? })
        };
        Ok(self.change(load, change).await?.send())
    }

    /// Sends 200 with the result of an action (an approval, a cancellation). `load` reads the resource of the action,
    /// whose tag `If-Match` names; 412 when the caller read another state of it.
    pub(crate) async fn act<C: Serialize + 'static, T: Serialize + 'static>(
        self,
        load: impl WriteFn<C>,
        f: impl WriteFn<T>,
    ) -> Result<HttpResponse> {
        let change = move |tx: &mut Tx<'_>, actor: &Actor, _: C| Reply::resource(&f(tx, actor)?);
        Ok(self.on_resource().change(load, change).await?.send())
    }

    /// Does the same for an action whose answer has no body: 204.
    pub(crate) async fn act_only<C: Serialize + 'static>(
        self,
        load: impl WriteFn<C>,
        f: impl WriteFn<()>,
    ) -> Result<HttpResponse> {
        self.on_resource().change(load, move |tx: &mut Tx<'_>, actor: &Actor, _: C| f(tx, actor)).await?;
        Ok(HttpResponse::NoContent().finish())
    }

    /// Returns the same request, with the path of the resource of its action.
    fn on_resource(self) -> Self {
        let path = self.path.rsplit_once('/').map(|(resource, _)| resource.to_owned()).unwrap_or_default();
        Self(Work { path, ..self.0 })
    }

    /// Sends 200 with the result that an action would have; see [`Work::try_out`].
    pub(crate) async fn try_out<T: Serialize + 'static>(
        self,
        f: impl FnOnce(&mut Tx<'_>, &Actor) -> Result<T> + Send + 'static,
    ) -> Result<HttpResponse> {
        Ok(self.0.try_out(move |tx, actor| Reply::value(&f(tx, actor)?)).await?.send())
    }

    /// Sends 204 once the record is deleted; 412 when the caller read another state.
    pub(crate) async fn delete<T: Serialize + 'static>(
        self,
        load: impl WriteFn<T>,
        delete: impl WriteWithFn<T, ()>,
    ) -> Result<HttpResponse> {
        self.change(load, delete).await?;
        Ok(HttpResponse::NoContent().finish())
    }
}
