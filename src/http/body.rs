//! JSON bodies: read whole, every fault gathered with its pointer, unknown fields refused.

use std::pin::Pin;

use actix_web::error::PayloadError;
use actix_web::web::{Bytes, BytesMut};
use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header};
use deserr::Deserr;
use futures_util::{Stream, StreamExt};
use serde::Serialize;
use serde_json::{Map, Value};
use tokio::sync::Semaphore;

use super::json;
use super::mend::mend;
use super::patience::{Patience, in_time};
use super::warnings::{Findings, keep_for_answer};
use super::work::compute;
use crate::error::{Code, Error, Faults, Result, escaped};

/// JSON bodies are at most 1 MiB.
pub const JSON_LIMIT: usize = 1024 * 1024;

/// The maximum size of a body under `/auth`, which anybody may send: 16 KiB.
const AUTH_LIMIT: usize = 16 * 1024;

/// A body longer than this is read on a blocking thread.
const LONG: usize = 16 * 1024;

/// The places of long bodies that are read at one time.
pub(super) static READING: Semaphore = Semaphore::const_new(2);

/// A dataset, or a matrix, is at most 25 MiB.
pub const DOCUMENT_LIMIT: usize = 25 * 1024 * 1024;

/// What a `POST` or `PUT` takes. `Serialize` gives back what was sent, so that a `PATCH` can be laid over it.
pub trait Input: Deserr<Faults> + Serialize + Send {
    /// Fields whose `null` means something else than leaving them out.
    const KEEPS_NULL: &'static [&'static str] = &[];

    /// Whether the use case finds faults too, in its references for one. It then gets a faulty body as well, with
    /// what is wrong with it (`Tx::faults`), adds to that, and refuses it before it does anything else.
    const REFERS: bool = false;

    /// Rules between fields and bounds of texts; references are checked later, in the action.
    fn check(&self, _faults: &mut Faults) {}
}

/// What was read of a body: sound unless there are faults.
#[derive(Debug, Clone)]
pub struct Sent<T> {
    pub input: T,
    pub faults: Faults,
}

/// A body read into `T`, and its bytes in one form (a repeated POST must send the same).
#[derive(Debug, Clone)]
pub struct Body<T> {
    pub raw: Vec<u8>,
    pub sent: Sent<T>,
}

impl<T> Body<T> {
    /// A body of a type whose faults are all found on reading it.
    pub fn sound(raw: Vec<u8>, input: T) -> Self {
        Self { raw, sent: Sent { input, faults: Faults::default() } }
    }

    pub fn input(self) -> T {
        self.sent.input
    }
}

impl<T: Input + 'static> FromRequest for Body<T> {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let raw = read(&request, payload).await?;
            let of_auth = is_of_auth(&request);
            let (body, findings) = off_thread(raw.len(), move || take_in(&raw, of_auth)).await?;
            keep_for_answer(&request, findings);
            Ok(body)
        })
    }
}

/// Reads a body and searches the fields that are kept for personal data.
fn take_in<T: Input>(raw: &[u8], of_auth: bool) -> Result<(Body<T>, Findings)> {
    let value = json::read(raw)?;
    let raw = value.to_string().into_bytes();
    let sent = received::<T>(value, Faults::default())?;
    let findings = Findings::default();
    if !of_auth && sent.faults.is_empty() {
        findings.look_through(&serde_json::to_value(&sent.input).map_err(Error::internal)?);
    }
    Ok((Body { raw, sent }, findings))
}

/// Reads a body; a long one on a blocking thread.
async fn off_thread<T, F>(length: usize, read: F) -> Result<T>
where
    T: Send + 'static,
    F: FnOnce() -> Result<T> + Send + 'static,
{
    if length <= LONG { read() } else { compute(&READING, read).await }
}

/// A `PATCH`: the fields to change; `null` clears.
#[derive(Debug, Clone)]
pub struct Patch {
    fields: Map<String, Value>,
    /// Of fields that were taken out.
    pub faults: Faults,
    taken: Map<String, Value>,
    findings: Findings,
    length: usize,
}

impl FromRequest for Patch {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let raw = read(&request, payload).await?;
            let length = raw.len();
            let Value::Object(fields) = off_thread(length, move || json::read(&raw)).await? else {
                return Err(wrong_root().into());
            };
            let findings = Findings::default();
            keep_for_answer(&request, findings.clone());
            Ok(Self { fields, faults: Faults::default(), taken: Map::new(), findings, length })
        })
    }
}

impl Patch {
    /// The present state with the changes laid over it, checked as if it had been sent whole.
    pub fn onto<I: Input>(self, current: &I) -> Result<Sent<I>> {
        let Value::Object(mut fields) = serde_json::to_value(current).map_err(Error::internal)? else {
            return Err(Error::internal("an input is an object"));
        };
        fields.extend(self.fields);
        received(Value::Object(fields), self.faults)
    }

    /// Takes a field out that is no part of the resource (a reason for the change).
    pub fn take(&mut self, field: &str) -> Option<Value> {
        let value = self.fields.remove(field)?;
        self.taken.insert(field.to_owned(), value.clone());
        Some(value)
    }

    pub fn has(&self, field: &str) -> bool {
        self.fields.contains_key(field)
    }

    /// Searches the fields for personal data, for the answer. Called once they are saved.
    pub async fn look_through(self) -> Result<()> {
        let Self { mut fields, taken, findings, length, .. } = self;
        fields.extend(taken);
        off_thread(length, move || {
            findings.look_through(&Value::Object(fields));
            Ok(())
        })
        .await
    }
}

fn wrong_root() -> Faults {
    let mut faults = Faults::default();
    faults.add_with("", "wrong_type", vec![("expected", "object".into())]);
    faults
}

/// What sort of body the request says it has, in lower case.
pub(super) fn media_type(request: &HttpRequest) -> String {
    let media = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("");
    media.split(';').next().unwrap_or("").trim().to_ascii_lowercase()
}

fn is_of_auth(request: &HttpRequest) -> bool {
    request.path().starts_with("/api/v1/auth/")
}

async fn read(request: &HttpRequest, payload: Payload) -> Result<Vec<u8>> {
    let limit = if is_of_auth(request) { AUTH_LIMIT } else { JSON_LIMIT };
    let media = media_type(request);
    if media != "application/json" && !media.ends_with("+json") {
        return Err(Error::new(Code::UnsupportedMediaType).arg("expected", "application/json"));
    }
    in_time(Patience::of(request).json, collect(payload, limit)).await
}

/// The bytes of a body; 413 for more than `limit`.
pub(super) async fn collect(
    mut payload: impl Stream<Item = Result<Bytes, PayloadError>> + Unpin,
    limit: usize,
) -> Result<Vec<u8>> {
    let mut raw = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|e| Error::new(Code::Malformed).because(e))?;
        if raw.len() + chunk.len() > limit {
            return Err(Code::TooLarge.into());
        }
        raw.extend_from_slice(&chunk);
    }
    Ok(raw.to_vec())
}

/// Reads a JSON value into `T`; all its faults at once.
pub fn parse<T: Input>(value: Value) -> Result<T> {
    let Sent { input, faults } = judged(value, Faults::default())?;
    faults.into_result().map(|()| input)
}

/// The same at the door: where the use case finds faults too, it gets the body with those found here.
fn received<T: Input>(value: Value, faults: Faults) -> Result<Sent<T>> {
    let sent = judged(value, faults)?;
    if T::REFERS || sent.faults.is_empty() { Ok(sent) } else { Err(sent.faults.into()) }
}

/// What can be read of a JSON value, and all that is wrong with it beside the faults known already.
fn judged<T: Input>(mut value: Value, mut faults: Faults) -> Result<Sent<T>> {
    refuse_null_characters(&value, "", &mut faults);
    drop_nulls(&mut value, T::KEEPS_NULL);
    let found = match deserr::deserialize::<T, _, Faults>(value.clone()) {
        Ok(input) => {
            input.check(&mut faults);
            return Ok(Sent { input, faults });
        }
        Err(found) => found,
    };
    let mended = mend::<T>(&value, &found);
    faults.list.splice(0..0, found.list);
    let Some((input, broken)) = mended else { return Err(faults.into()) };
    faults.unread = broken.unread;
    faults.list.extend(broken.list);
    Ok(Sent { input, faults })
}

/// `null` is the same as leaving out.
fn drop_nulls(value: &mut Value, keep: &[&str]) {
    match value {
        Value::Object(fields) => {
            fields.retain(|name, value| !value.is_null() || keep.contains(&name.as_str()));
            fields.values_mut().for_each(|value| drop_nulls(value, &[]));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| drop_nulls(item, &[])),
        _ => {}
    }
}

/// PostgreSQL cannot store the null character; nobody means it.
fn refuse_null_characters(value: &Value, at: &str, faults: &mut Faults) {
    match value {
        Value::String(text) if text.contains('\0') => faults.add(at, "invalid_text"),
        Value::Object(fields) => {
            for (name, value) in fields {
                refuse_null_characters(value, &format!("{at}/{}", escaped(name)), faults);
            }
        }
        Value::Array(items) => {
            for (n, item) in items.iter().enumerate() {
                refuse_null_characters(item, &format!("{at}/{n}"), faults);
            }
        }
        _ => {}
    }
}

/// A body that is a list, such as an agenda.
impl<T: Input> Input for Vec<T> {
    const REFERS: bool = T::REFERS;

    fn check(&self, faults: &mut Faults) {
        for (n, item) in self.iter().enumerate() {
            let mut own = Faults::default();
            item.check(&mut own);
            for fault in own.list {
                faults.add_with(format!("/{n}{}", fault.pointer), fault.code, fault.args);
            }
        }
    }
}
