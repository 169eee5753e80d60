//! A body that is a JSON document, or a file: as it is, or in a form.

use std::borrow::Cow;
use std::pin::Pin;

use actix_multipart::{Field, Multipart};
use actix_web::http::header::{self, ContentDisposition};
use actix_web::{FromRequest, HttpRequest, dev::Payload};
use futures_util::StreamExt;
use serde_json::Value;

use super::body::{DOCUMENT_LIMIT, collect, json, media_type};
use super::patience::{Patience, in_time};
use crate::error::{Code, Error, Faults, Result};

/// Media types of files, as they are.
const FILES: &[&str] = &["text/csv", "application/csv", "application/octet-stream", "application/vnd."];

/// A body of either sort, up to 25 MiB.
#[derive(Debug)]
pub enum Upload {
    Document(Value),
    /// A file, with its name where the form has one.
    File {
        name: Option<String>,
        bytes: Vec<u8>,
    },
}

impl Upload {
    /// All that was sent, with what the address says of it.
    pub fn sent_with(&self, query: &str) -> Vec<u8> {
        let (name, body) = match self {
            Self::Document(document) => ("", Cow::Owned(document.to_string().into_bytes())),
            Self::File { name, bytes } => (name.as_deref().unwrap_or_default(), Cow::Borrowed(bytes.as_slice())),
        };
        [query.as_bytes(), name.as_bytes(), &*body].join(&0)
    }
}

impl FromRequest for Upload {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move { in_time(Patience::of(&request).upload, receive(&request, payload)).await })
    }
}

async fn receive(request: &HttpRequest, payload: Payload) -> Result<Upload> {
    let media = media_type(request);
    if media == "application/json" || media.ends_with("+json") {
        return json(&collect(payload, DOCUMENT_LIMIT).await?).map(Upload::Document);
    }
    if media == "multipart/form-data" {
        return form(Multipart::new(request.headers(), payload)).await;
    }
    if FILES.iter().any(|known| media.starts_with(known)) {
        let bytes = collect(payload, DOCUMENT_LIMIT).await?;
        return Ok(Upload::File { name: disposed(request), bytes });
    }
    let expected = "application/json, text/csv, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, multipart/form-data";
    Err(Error::new(Code::UnsupportedMediaType).arg("expected", expected))
}

/// The name that the request itself gives the file.
fn disposed(request: &HttpRequest) -> Option<String> {
    let value = request.headers().get(header::CONTENT_DISPOSITION)?;
    ContentDisposition::from_raw(value).ok()?.get_filename().map(str::to_owned)
}

/// The one file of a form, in a part named `file`.
async fn form(mut form: Multipart) -> Result<Upload> {
    let (mut found, mut faults) = (None, Faults::default());
    while let Some(part) = form.next().await {
        let mut part = part.map_err(|e| Error::new(Code::Malformed).because(e))?;
        let field = part.name().unwrap_or_default().to_owned();
        let name = part.content_disposition().and_then(ContentDisposition::get_filename).map(str::to_owned);
        let bytes = read(&mut part).await?;
        match field.as_str() {
            "file" if found.is_none() => found = Some(Upload::File { name, bytes }),
            "file" => faults.add("/file", "duplicate"),
            other => faults.add(format!("/{}", crate::error::escaped(other)), "unknown_field"),
        }
    }
    if found.is_none() {
        faults.add("/file", "required");
    }
    faults.into_result()?;
    found.ok_or_else(|| Code::Malformed.into())
}

async fn read(part: &mut Field) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.next().await {
        let chunk = chunk.map_err(|e| Error::new(Code::Malformed).because(e))?;
        if bytes.len() + chunk.len() > DOCUMENT_LIMIT {
            return Err(Code::TooLarge.into());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}
