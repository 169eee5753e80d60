//! JSON bodies: read whole, every fault gathered with its pointer, unknown fields refused.

use std::pin::Pin;

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web::BytesMut};
use deserr::Deserr;
use futures_util::StreamExt;
use serde::Serialize;
use serde_json::{Map, Value};

use super::mend::mend;
use super::patience::{Patience, in_time};
use super::warnings::look_through;
use crate::error::{Code, Error, Faults, Result, escaped};

/// JSON bodies are at most 1 MiB.
pub const JSON_LIMIT: usize = 1024 * 1024;

/// A dataset, or a matrix, is at most 25 MiB.
pub const DOCUMENT_LIMIT: usize = 25 * 1024 * 1024;

/// What a `POST` or `PUT` takes. `Serialize` gives back what was sent, so that a `PATCH` can be laid over it.
pub trait Input: Deserr<Faults> + Serialize {
    /// Fields whose `null` means something else than leaving them out.
    const KEEPS_NULL: &'static [&'static str] = &[];

    /// Whether the use case finds faults too, in its references for one. It then gets a faulty body as well, with
    /// what is wrong with it (`Tx::faults`), adds to that, and refuses it before it does anything else.
    const REFERS: bool = false;

    /// Rules between fields and bounds of texts; references are checked later, in the action.
    fn check(&self, _faults: &mut Faults) {}
}

/// What was read of a body: sound unless there are faults.
#[derive(Debug)]
pub struct Sent<T> {
    pub input: T,
    pub faults: Faults,
}

/// A body read into `T`, and its bytes in one form (a repeated POST must send the same).
#[derive(Debug)]
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
            let value = json(&read(&request, payload, JSON_LIMIT).await?)?;
            look_through(&request, &value);
            let raw = value.to_string().into_bytes();
            Ok(Self { raw, sent: received(value, Faults::default())? })
        })
    }
}

/// A `PATCH`: the fields to change; `null` clears.
#[derive(Debug, Clone)]
pub struct Patch {
    fields: Map<String, Value>,
    /// Of fields that were taken out.
    pub faults: Faults,
}

impl FromRequest for Patch {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let raw = read(&request, payload, JSON_LIMIT).await?;
            let value = json(&raw)?;
            look_through(&request, &value);
            match value {
                Value::Object(fields) => Ok(Self { fields, faults: Faults::default() }),
                _ => Err(wrong_root().into()),
            }
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
        self.fields.remove(field)
    }

    pub fn has(&self, field: &str) -> bool {
        self.fields.contains_key(field)
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

async fn read(request: &HttpRequest, payload: Payload, limit: usize) -> Result<Vec<u8>> {
    let media = media_type(request);
    if media != "application/json" && !media.ends_with("+json") {
        return Err(Error::new(Code::UnsupportedMediaType).arg("expected", "application/json"));
    }
    in_time(Patience::of(request).json, collect(payload, limit)).await
}

/// The bytes of a body; 413 for more than `limit`.
pub(super) async fn collect(mut payload: Payload, limit: usize) -> Result<Vec<u8>> {
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

pub(super) fn json(raw: &[u8]) -> Result<Value> {
    let text = std::str::from_utf8(raw).map_err(|e| Error::new(Code::Malformed).because(e))?;
    serde_json::from_str(text).map_err(|e| Error::new(Code::Malformed).because(e))
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
