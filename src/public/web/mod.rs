//! The pages of the public view. They need and set no cookie, and browsers and proxies may keep them for five minutes.

mod commission;
mod front;
mod report;
mod session;

use actix_web::http::Method;
use actix_web::http::header::{CACHE_CONTROL, ETAG, HeaderValue};
use actix_web::web::{Data, ServiceConfig, resource};
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

use super::model::PublicSession;
use crate::db::Db;
use crate::error::{Code, Error, Result};
use crate::http::{Preconditions, ROBOTS, State, etag_of, keeping, place};
use crate::i18n::Lang;
use crate::ui::{Frame, View, date_in_words, document};

/// The time for which an answer may be kept.
const CACHE: &str = "public, max-age=300";

/// Mounts the pages.
pub(crate) fn pages(cfg: &mut ServiceConfig) {
    cfg.service(front::show).service(commission::show).service(session::show);
    cfg.service(report::show).service(report::document);
    super::former_names::pages(cfg);
    cfg.service(resource(["/public", "/public/{rest:.*}"]).to(nothing));
}

/// Every other address of the public view: it never leads to the sign-in page
///
/// Permissions: anyone. A 404, and a 405 for methods that read nothing.
async fn nothing(request: HttpRequest, state: Data<State>) -> Result<HttpResponse> {
    require_on(&state)?;
    if [Method::GET, Method::HEAD].contains(request.method()) {
        return Err(Code::NotFound.into());
    }
    Err(Error::new(Code::MethodNotAllowed).arg("allow", "GET, HEAD"))
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
    /// Reads what a page shows, as it is at one moment, then draws it without a connection to the database. Both happen in
    /// one of a few places; 503 when none becomes free in time.
    async fn page<T: Send + 'static>(
        self,
        read: impl FnOnce(&mut Db) -> Result<T> + Send + 'static,
        view: impl FnOnce(&Frame, T) -> View + Send + 'static,
    ) -> Result<HttpResponse> {
        require_on(self.state)?;
        let (lang, path, state) = (self.lang, self.request.path().to_owned(), self.state.clone());
        let draw = move |found: T| {
            let frame = Frame::signed_out(lang, &path).branded(&state.config.brand);
            let frame = Frame { home: "/public", ..frame };
            let mut view = view(&frame, found);
            view.body = html! { (view.body) (about(&frame)) };
            Ok(document(&frame, &view).into_string())
        };
        let body = made(self.state, read, draw).await?;
        let response = HttpResponse::Ok().content_type("text/html; charset=utf-8").finish();
        cacheable(self.request, response, body.into_bytes())
    }
}

/// Reads in a snapshot of the database, and makes something of it on a thread of its own, in one of the places for public
/// pages. The place stays taken until the work has ended.
async fn made<T: Send + 'static, M: Send + 'static>(
    state: &State,
    read: impl FnOnce(&mut Db) -> Result<T> + Send + 'static,
    make: impl FnOnce(T) -> Result<M> + Send + 'static,
) -> Result<M> {
    let place = place(&state.public_pages).await?;
    let own = place.clone();
    let found = state.db.snapshot_async(move |conn| {
        let _place = own;
        read(conn)
    });
    let found = found.await?;
    keeping(place, move || make(found)).await
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
    headers.insert(ETAG, HeaderValue::from_str(&etag.to_string()).map_err(Error::internal)?);
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
