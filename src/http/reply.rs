//! Answers: JSON, as it is sent and as it is kept for a repeated `POST`; and files.

use std::fs::File;
use std::io::Read;
use std::pin::Pin;

use actix_web::HttpResponse;
use actix_web::body::SizedStream;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, EntityTag};
use actix_web::web::{Bytes, block};
use futures_util::{Stream, TryStreamExt, stream};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::preconditions::{Preconditions, etag_of};
use crate::error::{Error, Result};

/// A JSON answer: status, body, and the headers that belong to the resource.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    pub location: Option<String>,
    pub etag: Option<EntityTag>,
    pub body: String,
}

impl Reply {
    /// Makes the answer with a resource and its `ETag`.
    pub fn resource<T: Serialize>(value: &T) -> Result<Self> {
        let body = serde_json::to_string(value).map_err(Error::internal)?;
        Ok(Self { status: 200, location: None, etag: Some(etag_of(&body)), body })
    }

    /// Makes the answer with a resource and warnings. Its `ETag` is that of the resource alone, as `GET` sends it.
    pub fn warned<T: Serialize>(value: &Warned<T>) -> Result<Self> {
        let body = serde_json::to_string(value).map_err(Error::internal)?;
        Ok(Self { body, ..Self::resource(&value.record)? })
    }

    /// Makes the answer with something that is not edited: a list, a calculation.
    pub fn value<T: Serialize>(value: &T) -> Result<Self> {
        let body = serde_json::to_string(value).map_err(Error::internal)?;
        Ok(Self { status: 200, location: None, etag: None, body })
    }

    /// Makes the answer with a new resource and its address.
    pub fn created<T: Serialize>(value: &T, location: String) -> Result<Self> {
        Ok(Self { status: 201, location: Some(location), ..Self::resource(value)? })
    }

    pub fn send(self) -> HttpResponse {
        let mut response = HttpResponse::build(StatusCode::from_u16(self.status).unwrap_or(StatusCode::OK));
        response.content_type("application/json");
        if let Some(location) = &self.location {
            response.insert_header((header::LOCATION, location.as_str()));
        }
        if let Some(etag) = self.etag {
            response.insert_header((header::ETAG, etag));
        }
        response.body(self.body)
    }

    /// Makes the answer to a `GET` or `HEAD`: 304 without a body when the caller already has this state.
    pub fn send_unless_known(self, conditions: &Preconditions) -> HttpResponse {
        match self.etag {
            Some(etag) if conditions.knows(&etag) => not_modified(etag),
            _ => self.send(),
        }
    }
}

/// Makes a 304 with the tag of the state that the caller already has.
pub fn not_modified(etag: EntityTag) -> HttpResponse {
    HttpResponse::NotModified().insert_header((header::ETAG, etag)).finish()
}

/// Something about a saved record that may be a mistake; nothing is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Warning {
    /// The code of the warning.
    #[schema(examples("duplicate_number"))]
    pub code: &'static str,
    /// The records that may be the same.
    #[schema(examples(json!(["0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e"])))]
    pub ids: Vec<Uuid>,
}

/// A record that was saved, with warnings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Warned<T> {
    #[serde(flatten)]
    pub record: T,
    /// Likely duplicates; left out when there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub warnings: Vec<Warning>,
}

impl<T> Warned<T> {
    pub fn new(record: T) -> Self {
        Self { record, warnings: Vec::new() }
    }

    /// Adds a warning about these records; none without any.
    pub fn warn<Id: Into<Uuid>>(mut self, code: &'static str, ids: Vec<Id>) -> Self {
        if !ids.is_empty() {
            self.warnings.push(Warning { code, ids: ids.into_iter().map(Into::into).collect() });
        }
        self
    }
}

/// A body that reads its file while it is sent.
pub type FileBody = SizedStream<Pin<Box<dyn Stream<Item = Result<Bytes, actix_web::Error>>>>>;

/// Makes a body of a file of `size` bytes.
pub fn file_body(file: File, size: u64) -> FileBody {
    SizedStream::new(size, Box::pin(pieces(file).map_err(actix_web::Error::from)))
}

/// Reads a file piece by piece on blocking threads.
fn pieces(file: File) -> impl Stream<Item = Result<Bytes>> {
    stream::try_unfold(file, |mut file| async move {
        let read = move || {
            let mut piece = Vec::with_capacity(64 * 1024);
            let took = file.by_ref().take(64 * 1024).read_to_end(&mut piece);
            took.map(|_| (piece, file))
        };
        let (piece, file) = block(read).await.map_err(Error::internal)?.map_err(Error::internal)?;
        Ok((!piece.is_empty()).then(|| (Bytes::from(piece), file)))
    })
}
