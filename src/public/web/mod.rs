//! The pages of the public view. They need and set no cookie, and browsers and proxies may keep them for five minutes.

mod commission;
mod front;
mod report;
mod session;

use actix_web::http::header::{CACHE_CONTROL, ETAG, HeaderValue};
use actix_web::web::{Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

use super::model::PublicSession;
use crate::db::Db;
use crate::error::{Code, Result};
use crate::http::{Preconditions, ROBOTS, State, etag_of};
use crate::i18n::Lang;
use crate::ui::{Frame, View, date_in_words, document};

/// The time for which an answer may be kept.
const CACHE: &str = "public, max-age=300";

/// Mounts the pages.
pub(crate) fn pages(cfg: &mut ServiceConfig) {
    cfg.service(front::show).service(commission::show).service(session::show);
    cfg.service(report::show).service(report::document);
}

/// Refuses with 404 while the public view is switched off.
fn require_on(state: &State) -> Result<()> {
    if state.config.public_view { Ok(()) } else { Err(Code::NotFound.into()) }
}

/// A request for a page of the public view.
struct Asked<'r> {
    request: &'r HttpRequest,
    state: &'r Data<State>,
    lang: Lang,
}

impl Asked<'_> {
    /// Reads what a page shows, as it is at one moment, and makes the answer.
    async fn page<T: Send + 'static>(
        self,
        read: impl FnOnce(&mut Db) -> Result<T> + Send + 'static,
        view: impl FnOnce(&Frame, T) -> View,
    ) -> Result<HttpResponse> {
        require_on(self.state)?;
        let found = self.state.db.snapshot_async(read).await?;
        let frame = Frame::signed_out(self.lang, self.request.path()).branded(&self.state.config.brand);
        let frame = Frame { home: "/public", ..frame };
        let mut view = view(&frame, found);
        view.body = html! { (view.body) (about(&frame)) };
        let body = document(&frame, &view).into_string();
        let response = HttpResponse::Ok().content_type("text/html; charset=utf-8").finish();
        cacheable(self.request, response, body.into_bytes())
    }
}

/// Completes an answer that everybody may keep: its tag, and 304 without a body for whoever has this state already.
fn cacheable(request: &HttpRequest, response: HttpResponse, body: Vec<u8>) -> Result<HttpResponse> {
    let etag = etag_of(&body);
    let is_known = Preconditions::of_request(request)?.knows(&etag);
    let mut response = match is_known {
        true => HttpResponse::NotModified().finish(),
        false => response.set_body(body).map_into_boxed_body(),
    };
    let headers = response.headers_mut();
    headers.insert(ETAG, HeaderValue::from_str(&etag.to_string()).map_err(crate::error::Error::internal)?);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(CACHE));
    headers.insert(ROBOTS, HeaderValue::from_static("all"));
    Ok(response)
}

/// Draws the sentence on what no page of the public view shows.
fn about(frame: &Frame) -> Markup {
    html! { p class="small" { (frame.t("public-about")) } }
}

/// Returns the name of a session: its kind and its number.
fn session_name(frame: &Frame, session: &PublicSession) -> String {
    let kind = frame.word("public-session", session.kind.as_str());
    match session.ordinal {
        Some(n) => frame.t_with("public-session-n", &[("session", kind.into()), ("n", n.to_string().into())]),
        None => kind,
    }
}

/// Returns the day of a session in words.
fn day_of(frame: &Frame, session: &PublicSession) -> String {
    date_in_words(frame, &session.country_code, &session.held)
}
