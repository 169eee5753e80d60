//! Web forms as they are sent: fields, and files whose bytes are in the store already.

use actix_multipart::{Field, Multipart};
use actix_web::HttpRequest;
use actix_web::http::header::ContentDisposition;
use actix_web::web::{Payload, block};
use futures_util::StreamExt;

use super::body::{AUTH_LIMIT, JSON_LIMIT, collect, media_type};
use super::fields::Fields;
use super::timeout::{BodyTimeouts, in_time};
use super::upload::{MOST_PARTS, at_most, next_chunk, skip_part, store_part, unreadable};
use crate::clock::{Instant, new_id};
use crate::db::FileId;
use crate::error::{Code, Error, Faults, Result, escaped};
use crate::storage::{FileStore, Stored};

const URL_ENCODED: &str = "application/x-www-form-urlencoded";
/// The maximum number of fields of a form without files: several times those of the longest form.
const MOST_FIELDS: usize = 5_000;
const MULTIPART: &str = "multipart/form-data";

/// The maximum length of a form with files.
const FILES_LIMIT: usize = 60 * 1024 * 1024;

/// A form as it was sent.
#[derive(Debug, Default)]
pub struct Form {
    pub fields: Fields,
    pub files: Vec<SentFile>,
    /// The faults of its files.
    pub faults: Faults,
}

/// A file of a form. Its bytes are in the store; it has no record yet.
#[derive(Debug, Clone)]
pub struct SentFile {
    /// The field of the form.
    pub field: String,
    pub id: FileId,
    pub name: String,
    pub stored: Stored,
}

impl Form {
    /// Returns true if the request may have files. Whether the caller may upload must be checked before it is read.
    pub fn has_files(request: &HttpRequest) -> bool {
        media_type(request).is_some_and(|media| media.essence_str() == MULTIPART)
    }

    /// Reads a form; 415 for another body, 413 for one that is too long. Without a store, files are skipped.
    pub async fn receive(
        request: &HttpRequest,
        payload: Payload,
        store: Option<(&FileStore, Instant)>,
    ) -> Result<Self> {
        if Self::has_files(request) {
            return in_time(BodyTimeouts::of(request).upload, read_parts(request, payload, store)).await;
        }
        Self::receive_fields(request, payload, JSON_LIMIT).await
    }

    /// Reads a form of a few short fields, such as that of signing in; 415 for another body, files included, and 413 for
    /// more than 16 KiB.
    pub async fn receive_short(request: &HttpRequest, payload: Payload) -> Result<Self> {
        Self::receive_fields(request, payload, AUTH_LIMIT).await
    }

    /// Reads a form without files; 415 for another body, 413 for more than `limit` bytes.
    pub async fn receive_fields(request: &HttpRequest, payload: Payload, limit: usize) -> Result<Self> {
        if media_type(request).is_none_or(|media| media.essence_str() != URL_ENCODED) {
            return Err(Error::new(Code::UnsupportedMediaType).arg("expected", URL_ENCODED));
        }
        let raw = in_time(BodyTimeouts::of(request).json, collect(payload, limit)).await?;
        if raw.iter().filter(|byte| **byte == b'&').count() >= MOST_FIELDS {
            return Err(Code::TooLarge.into());
        }
        Ok(Self { fields: Fields::parse(&raw), ..Self::default() })
    }
}

async fn read_parts(request: &HttpRequest, payload: Payload, store: Option<(&FileStore, Instant)>) -> Result<Form> {
    let mut parts = Multipart::new(request.headers(), at_most(FILES_LIMIT, payload));
    let (mut form, mut left, mut count) = (Form::default(), JSON_LIMIT, 0);
    while let Some(part) = parts.next().await {
        let mut part = part.map_err(unreadable)?;
        count += 1;
        let name = part.name().unwrap_or_default().to_owned();
        let is_file = part.content_disposition().and_then(ContentDisposition::get_filename).is_some();
        if count > MOST_FIELDS || form.files.len() > MOST_PARTS {
            return Err(Code::TooLarge.into());
        }
        match store {
            Some(store) if is_file => read_file(&mut part, name, store, &mut form).await?,
            None if is_file => skip_part(&mut part).await?,
            _ => {
                let value = read_text(&mut part, &mut left).await?;
                form.fields.push(name, value);
            }
        }
    }
    Ok(form)
}

async fn read_text(part: &mut Field, left: &mut usize) -> Result<String> {
    let mut bytes = Vec::new();
    while let Some(chunk) = next_chunk(part).await? {
        *left = left.checked_sub(chunk.len()).ok_or(Code::TooLarge)?;
        bytes.extend_from_slice(&chunk);
    }
    let text = String::from_utf8(bytes).map_err(|e| Error::new(Code::Malformed).because(e))?;
    Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
}

/// Writes a file to the store. A file that is refused is a fault of its field; a field without a file sends an empty one.
async fn read_file(
    part: &mut Field,
    field: String,
    (store, now): (&FileStore, Instant),
    form: &mut Form,
) -> Result<()> {
    let id: FileId = new_id(now);
    match store_part(part, store.begin(id.into())?).await {
        Ok((_, _, 0)) => Ok(()),
        Ok((name, upload, _)) => {
            let stored = block(move || upload.finish()).await.map_err(Error::internal)??;
            form.files.push(SentFile { field, id, name, stored });
            Ok(())
        }
        Err(error) if [Code::TooLarge, Code::ExecutableFile].contains(&error.code) => {
            let pointer = field.split('/').map(escaped).collect::<Vec<_>>().join("/");
            let code = if error.code == Code::TooLarge { "file_too_large" } else { "executable_file" };
            form.faults.add(format!("/{pointer}"), code);
            Ok(())
        }
        Err(error) => Err(error),
    }
}
