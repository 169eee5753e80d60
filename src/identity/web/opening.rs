//! The beginning of a browser's session: the frame of the sign-in pages, the session, its cookie, and the page after it.

use actix_web::HttpResponse;
use actix_web::http::header;

use crate::db::{Tx, UserId};
use crate::error::{Error, Result};
use crate::http::{State, session_cookie};
use crate::i18n::Lang;
use crate::identity::login_sessions;
use crate::ui::Frame;

/// Returns the frame of the pages of a person who signs in.
pub(super) fn frame(state: &State, lang: Lang) -> Frame {
    Frame::signed_out(lang, "/sign-in").branded(&state.config.brand)
}

/// Returns the function that opens the session of a browser, with its owner and the token of its cookie.
pub(super) fn opening(
    state: &State,
    proof: &'static str,
) -> impl Fn(&mut Tx<'_>, UserId, Option<String>) -> Result<(UserId, String)> + use<> {
    let longest = state.config.session_longest;
    move |tx, user, client| {
        let token = login_sessions::sign_in_browser(tx, user, client, longest, proof)?;
        Ok((user, token))
    }
}

/// Makes the answer that leads a person with a new session to a page.
pub(super) fn signed_in(state: &State, next: &str, token: String) -> Result<HttpResponse> {
    let mut response = see_other(next);
    response.add_cookie(&session_cookie(&state.config.public_url, token)).map_err(Error::internal)?;
    Ok(response)
}

/// Makes the answer that leads to another page.
pub(super) fn see_other(path: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, path)).finish()
}
