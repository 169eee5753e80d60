//! `/metrics`: the check of who may read it, and a separate listener for it.

use std::net::TcpListener;

use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, get};
use subtle::ConstantTimeEq;
use tokio::sync::watch;

use crate::config::Config;
use crate::error::{Code, Error, Result};
use crate::http::{State, with_middleware};

/// Answers with the figures on the address of the API; 404 when the caller may not read them. If `/metrics` has a
/// separate listener, nobody may read them here. If a token is set, the request must carry it. Otherwise only a program
/// on the same machine may read them, and only if no proxy passed the request on.
#[get("/metrics")]
pub(super) async fn beside_the_api(state: Data<State>, request: HttpRequest) -> Result<HttpResponse> {
    let config = &state.config;
    let open = match (config.metrics_listen, &config.metrics_token) {
        (Some(_), _) => false,
        (None, Some(_)) => has_token(config, &request),
        (None, None) => is_local(&request),
    };
    if open { Ok(figures(&state)) } else { Err(Code::NotFound.into()) }
}

/// Answers with the figures on the separate listener.
#[get("/metrics")]
async fn alone(state: Data<State>, request: HttpRequest) -> Result<HttpResponse> {
    if has_token(&state.config, &request) { Ok(figures(&state)) } else { Err(Code::NotFound.into()) }
}

/// Serves `/metrics` and nothing else on a bound socket, until `stopped` turns true.
pub async fn serve_metrics(state: State, socket: TcpListener, mut stopped: watch::Receiver<bool>) -> Result<()> {
    let factory = move || with_middleware(App::new().app_data(Data::new(state.clone())).service(alone));
    let server = HttpServer::new(factory).workers(1).disable_signals().shutdown_timeout(1);
    let server = server.listen(socket).map_err(|e| Error::internal(format!("cannot listen: {e}")))?.run();
    let handle = server.handle();
    actix_web::rt::spawn(async move {
        // A closed channel means that the program ends.
        let _ = stopped.wait_for(|stop| *stop).await;
        handle.stop(true).await;
    });
    server.await.map_err(Error::internal)
}

fn figures(state: &State) -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(state.metrics.render())
}

/// Returns true if the request carries the token of the settings. When the settings have no token, every request may
/// pass.
fn has_token(config: &Config, request: &HttpRequest) -> bool {
    let Some(token) = &config.metrics_token else { return true };
    let sent = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let sent = sent.and_then(|value| value.split_once(' ')).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    sent.is_some_and(|(_, sent)| bool::from(sent.trim().as_bytes().ct_eq(token.as_bytes())))
}

/// Returns true if the request comes from a program on this machine, and not from a proxy on behalf of somebody else.
fn is_local(request: &HttpRequest) -> bool {
    let passed_on = ["x-forwarded-for", "forwarded"].iter().any(|name| request.headers().contains_key(*name));
    !passed_on && request.peer_addr().is_some_and(|peer| peer.ip().to_canonical().is_loopback())
}
