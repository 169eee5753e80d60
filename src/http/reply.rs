//! An answer as it is sent, kept for a repeated POST, and compared by `If-Match`.

use actix_web::http::header::{self, HeaderMap};
use actix_web::{HttpResponse, http::StatusCode};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::error::{Code, Error, Result};

/// A JSON answer: status, body, and the headers that belong to the resource.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    pub location: Option<String>,
    pub etag: Option<String>,
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

    pub fn send(self, ask: &Preconditions) -> HttpResponse {
        if let (Some(etag), 200) = (&self.etag, self.status)
            && ask.knows(etag)
        {
            return HttpResponse::NotModified().insert_header((header::ETAG, etag.as_str())).finish();
        }
        let mut response = HttpResponse::build(StatusCode::from_u16(self.status).unwrap_or(StatusCode::OK));
        response.content_type("application/json");
        if let Some(location) = &self.location {
            response.insert_header((header::LOCATION, location.as_str()));
        }
        if let Some(etag) = &self.etag {
            response.insert_header((header::ETAG, etag.as_str()));
        }
        response.body(self.body)
    }
}

/// The strong entity tag of a body.
pub fn etag_of(body: &str) -> String {
    let digest = Sha256::digest(body.as_bytes());
    let hex: String = digest.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{hex}\"")
}

/// `If-Match` and `If-None-Match` as the caller sent them.
#[derive(Debug, Clone, Default)]
pub struct Preconditions {
    if_match: Option<String>,
    if_none_match: Option<String>,
}

impl Preconditions {
    pub fn of_headers(headers: &HeaderMap) -> Self {
        let read = |name| headers.get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
        Self { if_match: read(header::IF_MATCH), if_none_match: read(header::IF_NONE_MATCH) }
    }

    /// Whether the caller has this state already (`If-None-Match`).
    pub fn knows(&self, etag: &str) -> bool {
        self.if_none_match.as_ref().is_some_and(|known| lists_tag(known, etag))
    }

    /// 412 when the caller has read another state of the resource than the present one.
    pub fn check<T: Serialize>(&self, current: &T) -> Result<()> {
        let Some(wanted) = &self.if_match else { return Ok(()) };
        let body = serde_json::to_string(current).map_err(Error::internal)?;
        if lists_tag(wanted, &etag_of(&body)) { Ok(()) } else { Err(Code::PreconditionFailed.into()) }
    }
}

fn lists_tag(list: &str, etag: &str) -> bool {
    list.split(',').map(str::trim).any(|tag| tag == "*" || tag.trim_start_matches("W/") == etag)
}
