//! Bodies up to 25 MiB, sent directly or as a form, with a limit on their bytes and parts.

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::HttpRequest;
use actix_web::error::PayloadError;
use actix_web::web::{Bytes, Payload};
use futures_util::{Stream, StreamExt, future};

use super::body::DOCUMENT_LIMIT;
use crate::error::{Code, Error, Result};

/// The maximum length of a form. A form with a file that is too long is still read to its end, up to this length, so
/// that its sender gets an answer.
const FORM_LIMIT: usize = 2 * DOCUMENT_LIMIT;

/// The maximum number of parts of a form.
const MOST_PARTS: usize = 20;

/// A form, part by part; 413 when it is too long or has too many parts.
pub struct Parts {
    form: Multipart,
    left: usize,
}

impl Parts {
    pub fn of(request: &HttpRequest, payload: Payload) -> Self {
        let form = Multipart::new(request.headers(), at_most(FORM_LIMIT, payload));
        Self { form, left: MOST_PARTS }
    }

    /// Returns the next part; the part before it must have been read to its end.
    pub async fn next(&mut self) -> Result<Option<Field>> {
        let Some(part) = self.form.next().await else { return Ok(None) };
        self.left = self.left.checked_sub(1).ok_or(Code::TooLarge)?;
        part.map(Some).map_err(unread)
    }
}

/// Returns the next piece of a part.
pub async fn piece(part: &mut Field) -> Result<Option<Bytes>> {
    part.next().await.transpose().map_err(unread)
}

/// Reads a part to its end and discards it.
pub async fn skip(part: &mut Field) -> Result<()> {
    while piece(part).await?.is_some() {}
    Ok(())
}

fn unread(error: MultipartError) -> Error {
    let code = match &error {
        MultipartError::Payload(PayloadError::Overflow) => Code::TooLarge,
        _ => Code::Malformed,
    };
    Error::new(code).because(error)
}

/// Returns the same bytes, with an error after `limit` of them.
fn at_most(
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
