//! The language that the caller reads, for handlers whose answer is text.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload};

use super::middleware::language;
use crate::error::Error;
use crate::i18n::Lang;

impl FromRequest for Lang {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(language(request.headers())))
    }
}
