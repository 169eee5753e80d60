//! Mounts the web pages; renders errors as pages; sends those who are not signed in to the sign-in page.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, header};
use actix_web::middleware::Next;
use actix_web::web::{self, Data, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, get};

use crate::db::Db;
use crate::error::{Code, Error, Result};
use crate::http::{RequestId, State, code_of, is_for_programs};
use crate::identity::{Actor, Visitor, frame_of_error};
use crate::ui::{asset, brand_asset, error_page, favicon, gallery};

/// Mounts the pages of every slice, the assets, and the page of unknown addresses.
pub(super) fn mount(cfg: &mut ServiceConfig) {
    cfg.service(assets).service(icon).service(robots).service(components);
    crate::identity::pages(cfg);
    crate::notifications::pages(cfg);
    crate::uploads::pages(cfg);
    crate::meetings::pages(cfg);
    crate::agreements::pages(cfg);
    // Mounted before the page of one institution (slice `commitments`), whose address has an id in place of `new`.
    crate::directory::pages(cfg);
    crate::commitments::pages(cfg);
    crate::matrix::pages(cfg);
    crate::minutes::pages(cfg);
    crate::commissions::pages(cfg);
    crate::activities::pages(cfg);
    crate::pending::pages(cfg);
    crate::calendar::pages(cfg);
    crate::search::pages(cfg);
    crate::overview::pages(cfg);
    // The page of one plan is in the slice of reports, and is mounted after the pages with fixed addresses.
    crate::plans::pages(cfg);
    crate::duties::pages(cfg);
    crate::indicators::pages(cfg);
    crate::reports::pages(cfg);
    super::settings::web::pages(cfg);
    crate::reminders::pages(cfg);
    crate::audit_log::pages(cfg);
    crate::public::pages(cfg);
    crate::help::pages(cfg);
    cfg.default_service(web::to(unknown));
}

/// Stylesheet, script, icon, and the pictures of the help
///
/// Permissions: anyone.
#[get("/assets/{name}")]
async fn assets(request: HttpRequest, state: Data<State>, _name: Path<String>) -> Result<HttpResponse> {
    let accepted = request.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    let accepts_gzip = accepted.is_some_and(|accepted| accepted.contains("gzip"));
    let own = || brand_asset(request.path(), &state.config.brand);
    let found = asset(request.path(), accepts_gzip).or_else(own);
    found.or_else(|| crate::help::picture(request.path())).ok_or_else(|| Code::NotFound.into())
}

/// The icon
///
/// Permissions: anyone.
#[get("/favicon.ico")]
async fn icon() -> HttpResponse {
    favicon()
}

/// Asks search engines to stay away, except from the public view where there is one
///
/// Permissions: anyone.
#[get("/robots.txt")]
async fn robots(state: Data<State>) -> HttpResponse {
    // The public view loads its stylesheet and script from `/assets/`.
    let open = if state.config.public_view { "Allow: /public\nAllow: /assets/\n" } else { "" };
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(format!("User-agent: *\n{open}Disallow: /\n"))
}

/// Every component of the pages once
///
/// Permissions: admin; in a debug build, anyone signed in. A 404 for others.
#[get("/ui")]
async fn components(visitor: Visitor) -> Result<HttpResponse> {
    let may_see = |actor: &Actor| cfg!(debug_assertions) || actor.is_admin();
    let read = move |_: &mut Db, actor: &Actor| if may_see(actor) { Ok(()) } else { Err(Code::NotFound.into()) };
    visitor.page(read, |frame, ()| gallery(frame)).await
}

/// An unknown address: 404 for those who are signed in, the sign-in page for others.
async fn unknown(request: HttpRequest, visitor: Option<Visitor>) -> Result<HttpResponse> {
    let is_page = !is_for_programs(request.path()) && !request.path().starts_with("/assets/");
    let code = if is_page && visitor.is_none() { Code::NotSignedIn } else { Code::NotFound };
    Err(code.into())
}

/// Replaces the error of a page by a page: what happened and what to do. Those who are not signed in are sent to the
/// sign-in page, which leads back.
pub(super) async fn render_error_pages(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let response = next.call(request).await?.map_into_boxed_body();
    let status = response.status();
    let is_error = status.is_client_error() || status.is_server_error();
    let has_body = response.response().error().is_none() && response.headers().contains_key(header::CONTENT_TYPE);
    if !is_error || has_body || is_for_programs(response.request().path()) {
        return Ok(response);
    }
    let own = response.response().error().and_then(|error| error.as_error::<Error>());
    let plain = Error::new(code_of(status.as_u16()));
    let error = own.unwrap_or(&plain);
    let request = response.request();
    if error.code == Code::NotSignedIn || error.code == Code::InvalidToken {
        let answer = to_sign_in(request, error);
        return Ok(response.into_response(answer));
    }
    if error.code == Code::SecondFactorMissing {
        let answer = HttpResponse::SeeOther().insert_header((header::LOCATION, "/me/second-factor")).finish();
        return Ok(response.into_response(answer));
    }
    let id = RequestId::of(request).to_string();
    if error.code.status() >= 500 {
        tracing::error!(request_id = %id, error = %error, "failed");
    }
    let frame = frame_of_error(request, error.code.status() >= 500).await;
    let page = error_page(&frame, error, &id);
    Ok(response.into_response(page))
}

/// Leads to the sign-in page, and from there back to the page that was asked for.
fn to_sign_in(request: &HttpRequest, error: &Error) -> HttpResponse {
    let is_read = request.method() == Method::GET;
    let of_form = || error.args.iter().find(|(name, _)| *name == "page").map(|(_, page)| page.as_str());
    let asked = match is_read {
        true => request.uri().path_and_query().map_or("/", |all| all.as_str()),
        false => of_form().unwrap_or(request.path()),
    };
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("next", asked);
    if error.args.iter().any(|(name, _)| *name == "kept") {
        query.append_pair("kept", "1");
    }
    HttpResponse::SeeOther().insert_header((header::LOCATION, format!("/sign-in?{}", query.finish()))).finish()
}
