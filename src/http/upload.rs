//! Bodies up to 25 MiB: a JSON document or a file, sent directly or as a form.

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::HttpRequest;
use actix_web::error::PayloadError;
use actix_web::http::header::{self, ContentDisposition};
use actix_web::web::{Bytes, Payload, block};
use futures_util::{Stream, StreamExt, future};

use super::body::{DOCUMENT_LIMIT, JSON_LIMIT, collect, is_json, media_type};
use super::timeout::{BodyTimeouts, in_time};
use crate::error::{Code, Error, Faults, Result, escaped};
use crate::storage::{self, FILE_LIMIT, runs_by_name};
use crate::text::is_deceptive;

/// The media type of a form.
const FORM: &str = "multipart/form-data";

/// The beginnings of media types that are read as a file.
const FILES: &[&str] = &["text/csv", "application/csv", "application/octet-stream", "application/vnd."];

/// The parts of a form beside the file of an import.
const IMPORT_PARTS: &[&str] = &["mapping", "answers", "include_hidden"];

/// The maximum length of a form. A form with a file that is too long is still read to its end, up to this length, so that
/// its sender gets an answer.
const FORM_LIMIT: usize = 2 * DOCUMENT_LIMIT;

/// The maximum number of parts of a form.
pub(super) const MOST_PARTS: usize = 20;

/// A body of either kind, up to 25 MiB.
#[derive(Debug)]
pub enum Upload {
    /// A JSON document, not read yet.
    Document(Vec<u8>),
    /// A file, with its name and the other parts if it was sent as a form.
    File { name: Option<String>, bytes: Vec<u8>, parts: Vec<(String, String)> },
}

impl Upload {
    /// Returns all bytes that were sent, with the query of the address.
    pub fn sent_with(&self, query: &str) -> Vec<u8> {
        let (name, body, parts) = match self {
            Self::Document(raw) => ("", raw, [].as_slice()),
            Self::File { name, bytes, parts } => (name.as_deref().unwrap_or_default(), bytes, parts.as_slice()),
        };
        let parts: String = parts.iter().map(|(name, value)| format!("{name}={value}\n")).collect();
        [query.as_bytes(), name.as_bytes(), parts.as_bytes(), body.as_slice()].join(&0)
    }

    /// Returns true if the request sends a JSON document.
    pub fn is_document(request: &HttpRequest) -> bool {
        is_json(request)
    }

    /// Reads the body of a request. Must be called after the check of the caller's right to send it.
    pub async fn receive(request: &HttpRequest, payload: Payload) -> Result<Self> {
        in_time(BodyTimeouts::of(request).upload, receive(request, payload)).await
    }
}

async fn receive(request: &HttpRequest, payload: Payload) -> Result<Upload> {
    if is_json(request) {
        return Ok(Upload::Document(collect(payload, DOCUMENT_LIMIT).await?.into()));
    }
    let media = media_type(request);
    let media = media.as_ref().map_or("", |media| media.essence_str());
    if media == FORM {
        let mut texts = Vec::new();
        let ((name, bytes), faults) = read_parts(request, payload, read_file, IMPORT_PARTS, &mut texts).await?;
        return faults.into_result().map(|()| Upload::File { name, bytes, parts: texts });
    }
    if FILES.iter().any(|known| media.starts_with(known)) {
        let bytes = collect(payload, DOCUMENT_LIMIT).await?.into();
        return Ok(Upload::File { name: file_name(request), bytes, parts: Vec::new() });
    }
    let expected = "application/json, text/csv, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, multipart/form-data";
    Err(Error::new(Code::UnsupportedMediaType).arg("expected", expected))
}

/// Returns the name that the request itself gives the file.
fn file_name(request: &HttpRequest) -> Option<String> {
    let value = request.headers().get(header::CONTENT_DISPOSITION)?;
    ContentDisposition::from_raw(value).ok()?.get_filename().map(str::to_owned)
}

async fn read_file(part: &mut Field) -> Result<(Option<String>, Vec<u8>)> {
    let name = part.content_disposition().and_then(ContentDisposition::get_filename).map(str::to_owned);
    let mut bytes = Vec::new();
    while let Some(chunk) = next_chunk(part).await? {
        if bytes.len() + chunk.len() > DOCUMENT_LIMIT {
            skip_part(part).await?;
            return Err(Code::TooLarge.into());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok((name, bytes))
}

/// Reads a form with one file, in a part named `file`, by `read`, which must read that part to its end. Returns the file
/// with the faults of the other parts; 415 for another body, 413 for a form that is too long or has too many parts.
pub async fn read_form<T>(
    request: &HttpRequest,
    payload: Payload,
    read: impl AsyncFn(&mut Field) -> Result<T>,
) -> Result<(T, Faults)> {
    read_parts(request, payload, read, &[], &mut Vec::new()).await
}

/// Reads a form with one file, and the parts of these names as texts.
async fn read_parts<T>(
    request: &HttpRequest,
    payload: Payload,
    read: impl AsyncFn(&mut Field) -> Result<T>,
    known: &[&str],
    texts: &mut Vec<(String, String)>,
) -> Result<(T, Faults)> {
    if media_type(request).is_none_or(|media| media.essence_str() != FORM) {
        return Err(Error::new(Code::UnsupportedMediaType).arg("expected", FORM));
    }
    let mut form = Multipart::new(request.headers(), at_most(FORM_LIMIT, payload));
    let (mut found, mut faults, mut parts) = (None, Faults::default(), 0);
    while let Some(part) = form.next().await {
        parts += 1;
        if parts > MOST_PARTS {
            return Err(Code::TooLarge.into());
        }
        let mut part = part.map_err(unreadable)?;
        match part.name().unwrap_or_default() {
            "file" if found.is_none() => found = Some(read(&mut part).await?),
            name if known.contains(&name) && !texts.iter().any(|(own, _)| own == name) => {
                let name = name.to_owned();
                texts.push((name, read_text(&mut part).await?));
            }
            name => {
                let code = if name == "file" { "duplicate" } else { "unknown_field" };
                faults.add(format!("/{}", escaped(name)), code);
                skip_part(&mut part).await?;
            }
        }
    }
    match found {
        Some(file) => Ok((file, faults)),
        None => {
            faults.add("/file", "required");
            Err(faults.into())
        }
    }
}

/// Reads a part as a text.
async fn read_text(part: &mut Field) -> Result<String> {
    let mut bytes = Vec::new();
    while let Some(chunk) = next_chunk(part).await? {
        if bytes.len() + chunk.len() > JSON_LIMIT {
            return Err(Code::TooLarge.into());
        }
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).map_err(|e| Error::new(Code::Malformed).because(e))
}

/// Writes a part to the store, chunk by chunk. Returns its name and its size; 415 for a program, 413 for a part that is
/// too long.
pub async fn store_part(part: &mut Field, mut upload: storage::Upload) -> Result<(String, storage::Upload, u64)> {
    let name = clean_name(part.content_disposition().and_then(ContentDisposition::get_filename).unwrap_or_default());
    if runs_by_name(&name) {
        drop(upload);
        skip_part(part).await?;
        return Err(Code::ExecutableFile.into());
    }
    let mut size = 0;
    while let Some(chunk) = next_chunk(part).await? {
        size += chunk.len() as u64;
        if size > FILE_LIMIT {
            drop(upload);
            skip_part(part).await?;
            return Err(Code::TooLarge.into());
        }
        upload = block(move || upload.write(&chunk).map(|()| upload)).await.map_err(Error::internal)??;
    }
    Ok((name, upload, size))
}

/// Returns the last part of a path, without control characters and characters that reverse the direction of the text
/// (with one, `gpj.exe` is shown as `exe.jpg`), at most 200 characters.
pub fn clean_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|c| !is_deceptive(*c)).take(200).collect();
    let clean = clean.trim().trim_start_matches('.').to_owned();
    if clean.is_empty() { "file".to_owned() } else { clean }
}

/// Returns the next piece of a part.
pub(super) async fn next_chunk(part: &mut Field) -> Result<Option<Bytes>> {
    part.next().await.transpose().map_err(unreadable)
}

/// Reads a part to its end and discards it.
pub(super) async fn skip_part(part: &mut Field) -> Result<()> {
    while next_chunk(part).await?.is_some() {}
    Ok(())
}

pub(super) fn unreadable(error: MultipartError) -> Error {
    let code = match &error {
        MultipartError::Payload(PayloadError::Overflow) => Code::TooLarge,
        _ => Code::Malformed,
    };
    Error::new(code).because(error)
}

/// Returns the same bytes, with an error after `limit` of them.
pub(super) fn at_most(
    limit: usize,
    payload: impl Stream<Item = Result<Bytes, PayloadError>>,
) -> impl Stream<Item = Result<Bytes, PayloadError>> {
    payload.scan(limit, |left, piece| {
        let piece = piece.and_then(|piece| {
            *left = left.checked_sub(piece.len()).ok_or(PayloadError::Overflow)?;
            Ok(piece)
        });
        future::ready(Some(piece))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_no_path() {
        assert_eq!(clean_name("C:\\papeles\\acta.pdf"), "acta.pdf");
        assert_eq!(clean_name("../../etc/passwd"), "passwd");
        assert_eq!(clean_name("a\r\nb.pdf"), "ab.pdf");
        assert_eq!(clean_name(".."), "file");
        assert_eq!(clean_name("acta\u{202e}fdp.exe"), "actafdp.exe");
        assert_eq!(clean_name("\u{2066}acta\u{2069}.pdf"), "acta.pdf");
    }
}
