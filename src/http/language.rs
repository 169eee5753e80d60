//! The language of the caller, for handlers whose answer has text.

use std::future::{Ready, ready};

use actix_web::http::header::{ACCEPT_LANGUAGE, HeaderMap};
use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload};

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

/// Returns the language of the caller.
pub(super) fn language(headers: &HeaderMap) -> Lang {
    headers.get(ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).map_or(Lang::Es, Lang::of_header)
}

/// Marks a request whose answer depends on the language.
struct Spoken(Lang);

/// Returns the language of the answer, if it depends on the caller.
pub(super) fn spoken(request: &HttpRequest) -> Option<Lang> {
    request.extensions().get::<Spoken>().map(|spoken| spoken.0)
}
