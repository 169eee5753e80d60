//! A body that is a JSON document, or a file: as it is, or in a form.

use actix_multipart::Field;
use actix_web::HttpRequest;
use actix_web::http::header::{self, ContentDisposition};
use actix_web::web::Payload;

use super::body::{DOCUMENT_LIMIT, collect, media_type};
use super::parts::{Parts, piece, skip};
use super::patience::{Patience, in_time};
use crate::error::{Code, Error, Faults, Result};

/// Media types of files, as they are.
const FILES: &[&str] = &["text/csv", "application/csv", "application/octet-stream", "application/vnd."];

/// A body of either sort, up to 25 MiB.
#[derive(Debug)]
pub enum Upload {
    /// A JSON document, not read yet.
    Document(Vec<u8>),
    /// A file, with its name where the form has one.
    File { name: Option<String>, bytes: Vec<u8> },
}

impl Upload {
    /// All that was sent, with what the address says of it.
    pub fn sent_with(&self, query: &str) -> Vec<u8> {
        let (name, body) = match self {
            Self::Document(raw) => ("", raw),
            Self::File { name, bytes } => (name.as_deref().unwrap_or_default(), bytes),
        };
        [query.as_bytes(), name.as_bytes(), body.as_slice()].join(&0)
    }
}

impl Upload {
    /// Tells if the request sends a JSON document.
    pub fn is_document(request: &HttpRequest) -> bool {
        let media = media_type(request);
        media == "application/json" || media.ends_with("+json")
    }

    /// Collects the body of a request. To be called once the caller's right to send it is checked.
    pub async fn receive(request: &HttpRequest, payload: Payload) -> Result<Self> {
        in_time(Patience::of(request).upload, receive(request, payload)).await
    }
}

async fn receive(request: &HttpRequest, payload: Payload) -> Result<Upload> {
    if Upload::is_document(request) {
        return collect(payload, DOCUMENT_LIMIT).await.map(Upload::Document);
    }
    let media = media_type(request);
    if media == "multipart/form-data" {
        return form(Parts::of(request, payload)).await;
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
async fn form(mut form: Parts) -> Result<Upload> {
    let (mut found, mut faults) = (None, Faults::default());
    while let Some(mut part) = form.next().await? {
        let field = part.name().unwrap_or_default().to_owned();
        if field == "file" && found.is_none() {
            let name = part.content_disposition().and_then(ContentDisposition::get_filename).map(str::to_owned);
            found = Some(Upload::File { name, bytes: read(&mut part).await? });
        } else {
            let code = if field == "file" { "duplicate" } else { "unknown_field" };
            faults.add(format!("/{}", crate::error::escaped(&field)), code);
            skip(&mut part).await?;
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
    while let Some(chunk) = piece(part).await? {
        if bytes.len() + chunk.len() > DOCUMENT_LIMIT {
            skip(part).await?;
            return Err(Code::TooLarge.into());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}
