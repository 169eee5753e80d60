//! Query strings: unknown parameters and malformed values are a 400.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use serde::de::DeserializeOwned;

use crate::error::{Error, Result};

/// A query string read into `T`, which denies unknown fields.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(request.query_string()).map(Self))
    }
}

/// Returns the decoded parameters with their values, in the order in which they were sent.
pub(super) fn pairs(text: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(text.as_bytes()).into_owned().collect()
}

/// Returns whether a text is the code of a country: two capital letters.
pub fn is_country_code(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|letter| letter.is_ascii_uppercase())
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T> {
    let sent = pairs(text);
    let malformed = |(name, value): &&(String, String)| {
        value.contains('\0') || name.contains('\0') || (name == "country_code" && !is_country_code(value))
    };
    if let Some((name, value)) = sent.iter().find(malformed) {
        return Err(Error::bad_value(name, value));
    }
    let reader = serde_urlencoded::Deserializer::new(form_urlencoded::parse(text.as_bytes()));
    serde_path_to_error::deserialize(reader).map_err(|error| {
        let place = error.path().to_string();
        match sent.iter().find(|(name, _)| *name == place) {
            Some((name, value)) => Error::bad_value(name, value),
            None => Error::bad_query("unknown", place),
        }
        .because(error.into_inner())
    })
}
