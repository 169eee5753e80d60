//! The language that the caller reads, for handlers whose answer is text.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload};

use super::middleware::language;
use crate::error::Error;
use crate::i18n::Lang;

impl FromRequest for Lang {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let lang = language(request.headers());
        request.extensions_mut().insert(Spoken(lang));
        ready(Ok(lang))
    }
}

/// Marks a request whose answer is told in a language.
struct Spoken(Lang);

/// The language in which the answer is told, where that depends on the caller.
pub(super) fn spoken(request: &HttpRequest) -> Option<Lang> {
    request.extensions().get::<Spoken>().map(|spoken| spoken.0)
}
