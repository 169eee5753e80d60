//! Query strings: unknown parameters and malformed values are a 400.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use serde::de::DeserializeOwned;

use crate::error::{Code, Error};

/// A query string read into `T`, which denies unknown fields.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let text = request.query_string();
        let holds_null = text.contains("%00") || text.contains('\0');
        ready(match actix_web::web::Query::<T>::from_query(text) {
            Ok(_) if holds_null => Err(Error::new(Code::BadQuery).arg("reason", "%00")),
            Ok(query) => Ok(Self(query.into_inner())),
            Err(error) => Err(Error::new(Code::BadQuery).arg("reason", error)),
        })
    }
}
