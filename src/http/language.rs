//! The language of the caller, for handlers whose answer has text.

use std::future::{Ready, ready};

use actix_web::http::header::{ACCEPT_LANGUAGE, AcceptLanguage, HeaderMap, Quality, from_comma_delimited};
use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload};

use crate::error::Error;
use crate::i18n::Lang;

/// Returns the language of the program that the caller prefers (`Accept-Language`); Spanish when there is none.
pub fn language(headers: &HeaderMap) -> Lang {
    let mut accepted = AcceptLanguage(from_comma_delimited(headers.get_all(ACCEPT_LANGUAGE)).unwrap_or_default());
    accepted.0.retain(|wanted| wanted.quality > Quality::ZERO);
    let language = accepted.ranked().iter().find_map(|wanted| Lang::of_tag(wanted.item()?.primary_language()));
    language.unwrap_or(Lang::Es)
}

impl FromRequest for Lang {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let lang = language(request.headers());
        request.extensions_mut().insert(AnswerLanguage(lang));
        ready(Ok(lang))
    }
}

/// Marks a request whose answer depends on the language.
struct AnswerLanguage(Lang);

/// Returns the language of the answer, if it depends on the caller.
pub(super) fn spoken(request: &HttpRequest) -> Option<Lang> {
    request.extensions().get::<AnswerLanguage>().map(|spoken| spoken.0)
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    #[test]
    fn the_caller_chooses_the_language() {
        for (header, lang) in [
            ("en-GB,en;q=0.9,es;q=0.1", Lang::En),
            ("fr, en;q=0.2, es;q=0.8", Lang::Es),
            ("en; q=0.1, es", Lang::Es),
            ("es;q=0, en;q=0.1", Lang::En),
            ("EN", Lang::En),
            ("est, en;q=0.1", Lang::En),
            ("de", Lang::Es),
            ("é;q=x", Lang::Es),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_bytes(header.as_bytes()).unwrap());
            assert_eq!(language(&headers), lang, "{header}");
        }
    }
}
