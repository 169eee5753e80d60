//! JSON bodies: read whole, with all faults and their pointers collected, and unknown fields refused.

use std::collections::HashSet;
use std::pin::Pin;

use actix_web::body::{BodyStream, to_bytes_limited};
use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::mime::{JSON, Mime};
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use deserr::{Deserr, IntoValue, Sequence, ValuePointerRef};
use futures_util::Stream;
use serde::Serialize;
use serde_json::{Map, Value};
use tokio::sync::Semaphore;

use super::input::Input;
use super::json;
use super::middleware::{Findings, keep_for_answer};
use super::placeholders::read_with_placeholders;
use super::timeout::{BodyTimeouts, compute, in_time};
use crate::error::{Code, Error, Fault, Faults, Result, escaped};

/// The maximum size of a JSON body: 1 MiB.
pub const JSON_LIMIT: usize = 1024 * 1024;

/// The maximum size of a body under `/auth`, which anybody may send: 16 KiB.
pub(super) const AUTH_LIMIT: usize = 16 * 1024;

/// A body longer than this is read on a blocking thread.
const LONG: usize = 16 * 1024;

/// The number of long bodies that are read at one time.
pub(super) static READING: Semaphore = Semaphore::const_new(2);

/// The maximum size of a dataset, a matrix or a file: 25 MiB.
pub const DOCUMENT_LIMIT: usize = 25 * 1024 * 1024;

/// The field of which a `PATCH` replaces each language as a whole.
const BY_LANGUAGE: &str = "translations";

/// A body as it was read; without faults, it is valid.
#[derive(Debug, Clone)]
pub struct Sent<T> {
    pub input: T,
    pub faults: Faults,
}

/// A body read into `T`, and its bytes in a normalised form (a repeated POST must send the same).
#[derive(Debug, Clone)]
pub struct Body<T> {
    pub raw: Vec<u8>,
    pub sent: Sent<T>,
}

impl<T> Body<T> {
    /// Makes a body that has no faults.
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
            let raw = read_json(&request, payload).await?;
            let of_auth = is_of_auth(&request);
            let (body, findings) = off_thread(raw.len(), move || parse_body(&raw, of_auth)).await?;
            keep_for_answer(&request, findings);
            Ok(body)
        })
    }
}

/// A body that may be left out: without one, it is the default.
#[derive(Debug, Clone)]
pub struct OptionalBody<T>(pub Sent<T>);

impl<T: Input + Default + 'static> FromRequest for OptionalBody<T> {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let raw = in_time(BodyTimeouts::of(&request).json, collect(payload, JSON_LIMIT)).await?;
            if raw.is_empty() {
                return Ok(Self(Sent { input: T::default(), faults: Faults::default() }));
            }
            require_json(&request)?;
            let (body, findings) = off_thread(raw.len(), move || parse_body(&raw, false)).await?;
            keep_for_answer(&request, findings);
            Ok(Self(body.sent))
        })
    }
}

/// Reads a body, and searches the texts of its fields for personal data.
fn parse_body<T: Input>(raw: &[u8], of_auth: bool) -> Result<(Body<T>, Findings)> {
    let value = json::read(raw)?;
    let raw = value.to_string().into_bytes();
    let sent = receive_value::<T>(value, Faults::default())?;
    let findings = Findings::default();
    if !of_auth && sent.faults.is_empty() {
        findings.search(&serde_json::to_value(&sent.input).map_err(Error::internal)?);
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

/// The body of a `PATCH`: the fields to change; `null` clears a field.
#[derive(Debug, Clone)]
pub struct Patch {
    fields: Map<String, Value>,
    findings: Findings,
    length: usize,
}

impl FromRequest for Patch {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let raw = read_json(&request, payload).await?;
            let length = raw.len();
            let Value::Object(fields) = off_thread(length, move || json::read(&raw)).await? else {
                let mut faults = Faults::default();
                faults.add_with("", "wrong_type", vec![("expected", "object".into())]);
                return Err(faults.into());
            };
            let findings = Findings::default();
            keep_for_answer(&request, findings.clone());
            Ok(Self { fields, findings, length })
        })
    }
}

impl Patch {
    /// Merges the changes into the present state, and checks the result as if it had been sent whole. A text that is not
    /// changed may have characters that an earlier version of the program accepted.
    pub fn onto<I: Input>(self, current: &I) -> Result<Sent<I>> {
        let Value::Object(mut fields) = serde_json::to_value(current).map_err(Error::internal)? else {
            return Err(Error::internal("an input is an object"));
        };
        let mut changes = self.fields;
        let changed: HashSet<String> = changes.keys().map(|name| format!("/{}", escaped(name))).collect();
        if let (Some(Value::Object(present)), Some(Value::Object(changed))) =
            (fields.get(BY_LANGUAGE), changes.get_mut(BY_LANGUAGE))
        {
            let mut all = present.clone();
            all.append(changed);
            *changed = all;
        }
        fields.extend(changes);
        let is_of_stored_text = |fault: &Fault| {
            let field = fault
                .pointer
                .match_indices('/')
                .nth(1)
                .map_or(fault.pointer.as_str(), |(end, _)| fault.pointer.split_at(end).0);
            fault.is_of_characters() && !changed.contains(field)
        };
        receive_changed(Value::Object(fields), Faults::default(), is_of_stored_text)
    }

    pub fn has(&self, field: &str) -> bool {
        self.fields.contains_key(field)
    }

    /// Searches the fields for personal data, for the warnings of the answer. Must be called after they are saved, and so
    /// never fails: an error in the answer would mean that they are not.
    pub async fn look_through(self) {
        let Self { fields, findings, length } = self;
        let search = move || {
            findings.search(&Value::Object(fields));
            Ok(())
        };
        if let Err(error) = off_thread(length, search).await {
            tracing::warn!(%error, "a text was not searched for personal data");
        }
    }
}

/// Returns the media type of a body; None when the request states none that can be read.
pub(super) fn media_type(request: &HttpRequest) -> Option<Mime> {
    let without_parameters =
        || request.headers().get(CONTENT_TYPE)?.to_str().ok()?.split(';').next()?.trim().parse().ok();
    request.mime_type().ok().flatten().or_else(without_parameters)
}

/// Returns true if a body is JSON.
pub(super) fn is_json(request: &HttpRequest) -> bool {
    media_type(request).is_some_and(|media| media.essence_str() == "application/json" || media.suffix() == Some(JSON))
}

fn is_of_auth(request: &HttpRequest) -> bool {
    request.path().starts_with("/api/v1/auth/")
}

/// Refuses with 415 a body that is no JSON.
fn require_json(request: &HttpRequest) -> Result<()> {
    if is_json(request) {
        return Ok(());
    }
    Err(Error::new(Code::UnsupportedMediaType).arg("expected", "application/json"))
}

async fn read_json(request: &HttpRequest, payload: Payload) -> Result<Bytes> {
    require_json(request)?;
    let limit = if is_of_auth(request) { AUTH_LIMIT } else { JSON_LIMIT };
    in_time(BodyTimeouts::of(request).json, collect(payload, limit)).await
}

/// Returns the bytes of a body; 413 for more than `limit`.
pub(super) async fn collect(
    payload: impl Stream<Item = Result<Bytes, PayloadError>> + 'static,
    limit: usize,
) -> Result<Bytes> {
    let read = to_bytes_limited(BodyStream::new(payload), limit).await.map_err(|_| Error::from(Code::TooLarge))?;
    read.map_err(|e| Error::new(Code::Malformed).because(e))
}

/// Reads a JSON value into `T`, or returns all its faults.
pub fn parse<T: Input>(value: Value) -> Result<T> {
    let Sent { input, faults } = checked(value, Faults::default())?;
    faults.into_result().map(|()| input)
}

/// Does the same, but accepts a record that contradicts itself and returns its contradictions separately.
pub fn parse_noting<T: Input>(value: Value) -> Result<(T, Vec<Fault>)> {
    let Sent { input, mut faults } = checked(value, Faults::default())?;
    let noted = faults.take_contradictions();
    faults.into_result().map(|()| (input, noted))
}

/// Does the same as [`parse`] for a received body: if the use case finds faults too, it gets the body with the faults
/// found here, after those that are known already.
pub fn receive_value<T: Input>(value: Value, faults: Faults) -> Result<Sent<T>> {
    receive_changed(value, faults, |_| false)
}

/// Does the same for a record that is changed, without the faults of what is stored already.
pub fn receive_changed<T: Input>(
    value: Value,
    mut faults: Faults,
    is_stored: impl Fn(&Fault) -> bool,
) -> Result<Sent<T>> {
    refuse_unknown_nulls::<T>(&value, &mut faults);
    let mut sent: Sent<T> = checked(value, faults)?;
    sent.faults.list.retain(|fault| !is_stored(fault));
    if T::REFERS || sent.faults.is_empty() { Ok(sent) } else { Err(sent.faults.into()) }
}

/// Reads what it can of a JSON value, and adds the faults of the value to those that are known already.
fn checked<T: Input>(mut value: Value, mut faults: Faults) -> Result<Sent<T>> {
    refuse_null_characters(&value, "", &mut faults);
    normalize_lines(&mut value);
    drop_nulls(&mut value, T::KEEPS_NULL);
    let found = match deserr::deserialize::<T, _, Faults>(value.clone()) {
        Ok(input) => {
            input.check(&mut faults);
            return Ok(Sent { input, faults });
        }
        Err(found) => found,
    };
    let filled_in = read_with_placeholders::<T>(&value, &found);
    faults.list.splice(0..0, found.list);
    let Some((input, broken)) = filled_in else { return Err(faults.into()) };
    faults.unread.extend(broken.unread);
    faults.list.extend(broken.list);
    Ok(Sent { input, faults })
}

/// Refuses unknown fields that are `null`; [`drop_nulls`] would remove them unseen.
fn refuse_unknown_nulls<T: Input>(value: &Value, faults: &mut Faults) {
    if !contains_null(value) {
        return;
    }
    let Err(found) = deserr::deserialize::<T, _, Faults>(value.clone()) else { return };
    let is_null = |fault: &Fault| value.pointer(&fault.pointer).is_some_and(Value::is_null);
    faults.list.extend(found.list.into_iter().filter(|fault| fault.code == "unknown_field" && is_null(fault)));
}

fn contains_null(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Object(fields) => fields.values().any(contains_null),
        Value::Array(items) => items.iter().any(contains_null),
        _ => false,
    }
}

/// Removes fields that are `null`: it means the same as leaving them out.
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

/// Fields with passwords and tokens, which are never stored: their characters are taken as they are.
const SECRETS: &[&str] = &["password", "current_password", "token", "refresh_token"];

/// Makes line breaks of the vertical tab, the form feed and the next-line character, which word processors and older
/// systems write for them.
fn normalize_lines(value: &mut Value) {
    const BREAKS: [char; 3] = ['\u{b}', '\u{c}', '\u{85}'];
    match value {
        Value::String(text) if text.contains(BREAKS) => *text = text.replace(BREAKS, "\n"),
        Value::Object(fields) => {
            let texts = fields.iter_mut().filter(|(name, _)| !SECRETS.contains(&name.as_str()));
            texts.for_each(|(_, value)| normalize_lines(value));
        }
        Value::Array(items) => items.iter_mut().for_each(normalize_lines),
        _ => {}
    }
}

/// Refuses the null character, which PostgreSQL cannot store.
fn refuse_null_characters(value: &Value, at: &str, faults: &mut Faults) {
    match value {
        Value::String(text) if text.contains('\0') => faults.add(at, "invalid_text"),
        Value::Object(fields) => {
            for (name, value) in fields.iter().filter(|(name, _)| !SECRETS.contains(&name.as_str())) {
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

/// A body that is a list of at most `MAX` entries, such as an agenda; a longer one is refused before its entries are read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct List<T, const MAX: usize>(pub Vec<T>);

impl<T: Deserr<Faults>, const MAX: usize> Deserr<Faults> for List<T, MAX> {
    fn deserialize_from_value<V: IntoValue>(value: deserr::Value<V>, at: ValuePointerRef<'_>) -> Result<Self, Faults> {
        if let deserr::Value::Sequence(list) = &value
            && list.len() > MAX
        {
            let mut faults = Faults::default();
            faults.items("", list.len(), MAX);
            return Err(faults);
        }
        Vec::deserialize_from_value(value, at).map(Self)
    }
}

impl<T: Input, const MAX: usize> Input for List<T, MAX> {
    const REFERS: bool = T::REFERS;

    fn check(&self, faults: &mut Faults) {
        self.0.check(faults);
    }
}
