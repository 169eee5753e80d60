//! A JSON answer, as it is sent and as it is kept for a repeated `POST`.

use actix_web::http::header::{self, EntityTag};
use actix_web::{HttpResponse, http::StatusCode};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::preconditions::Preconditions;
use crate::error::{Error, Result};
use crate::text::hex;

/// A JSON answer: status, body, and the headers that belong to the resource.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    pub location: Option<String>,
    pub etag: Option<EntityTag>,
    pub body: String,
}

impl Reply {
    /// A resource, with its `ETag`.
    pub fn resource<T: Serialize>(value: &T) -> Result<Self> {
        let body = serde_json::to_string(value).map_err(Error::internal)?;
        Ok(Self { status: 200, location: None, etag: Some(etag_of(&body)), body })
    }

    /// Something that is not edited: a list, a calculation.
    pub fn value<T: Serialize>(value: &T) -> Result<Self> {
        let body = serde_json::to_string(value).map_err(Error::internal)?;
        Ok(Self { status: 200, location: None, etag: None, body })
    }

    /// A new resource and where it is.
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
    pub fn send_unless_known(self, ask: &Preconditions) -> HttpResponse {
        match self.etag {
            Some(etag) if ask.knows(&etag) => not_modified(etag),
            _ => self.send(),
        }
    }
}

/// Makes a 304 with the tag of the state that the caller already has.
pub fn not_modified(etag: EntityTag) -> HttpResponse {
    HttpResponse::NotModified().insert_header((header::ETAG, etag)).finish()
}

/// Returns the strong entity tag of a body.
pub fn etag_of(body: &str) -> EntityTag {
    let digest = Sha256::digest(body.as_bytes());
    EntityTag::new_strong(hex(digest.iter().take(12)))
}
