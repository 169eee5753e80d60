//! Addresses at the root: `/healthz`, `/readyz`, `/metrics`, `/api/openapi.json`, `/api/docs`.

use std::sync::LazyLock;

use actix_web::dev::{ServiceFactory, ServiceRequest};
use actix_web::web::{Data, PathConfig};
use actix_web::{App, HttpResponse, get};
use utoipa_swagger_ui::{Config, SwaggerUi};

use super::metrics;
use crate::error::{Code, Error, Result};
use crate::http::State;

/// The OpenAPI document as it is sent, written when it is first asked for.
static DESCRIPTION: LazyLock<Result<String>> = LazyLock::new(|| Ok(super::document()?.to_string()));

/// Adds the root's services to an application.
pub(super) fn mount<T>(app: App<T>) -> App<T>
where
    T: ServiceFactory<ServiceRequest, Config = (), Error = actix_web::Error, InitError = ()>,
{
    app.app_data(PathConfig::default().error_handler(|_, _| Error::new(Code::NotFound).into()))
        .service(alive)
        .service(ready)
        .service(metrics::beside_the_api)
        .service(description)
        .service(SwaggerUi::new("/api/docs/{_:.*}").config(Config::from("/api/openapi.json")))
        .service(actix_web::web::redirect("/api/docs", "/api/docs/"))
}

#[get("/healthz")]
async fn alive() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ok\n")
}

#[get("/readyz")]
async fn ready(state: Data<State>) -> Result<HttpResponse> {
    match state.db.is_ready_async().await {
        Ok(()) => Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ready\n")),
        Err(error) => Err(Error::new(Code::Unavailable).because(error)),
    }
}

#[get("/api/openapi.json")]
async fn description() -> Result<HttpResponse> {
    let json = DESCRIPTION.as_ref().map_err(Error::internal)?;
    Ok(HttpResponse::Ok().content_type("application/json").body(json.as_str()))
}
