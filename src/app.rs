//! Builds the HTTP application: mounts every slice's routes, collects the OpenAPI document, serves.

mod last_seen;
mod metrics;
mod openapi;
mod pages;
mod service;
mod settings;

use std::net::TcpListener;
use std::sync::LazyLock;

use actix_web::dev::Server;
use actix_web::middleware::from_fn;
use actix_web::web::Data;
use actix_web::{App, HttpServer};

use crate::error::{Error, Result};
use crate::http::{RouteGuard, Routes, State, guard_routes, require_own_origin, with_middleware};

/// The runtime that the server runs on.
pub use actix_web::rt;
pub use last_seen::{keep_last_seen, write_last_seen};
pub use metrics::serve_metrics;
pub use openapi::document;

/// The number of blocking threads for each thread that answers requests. Each kind of long work (the database's reads
/// and writes, `http::compute`) has its own places. Together the places are fewer than the threads, so no kind of work
/// takes the threads of another.
const BLOCKING_THREADS: usize = 32;

/// The operations that the OpenAPI document lists, the same for every server of the process.
static GUARD: LazyLock<Data<RouteGuard>> = LazyLock::new(|| Data::new(RouteGuard::new(openapi::described)));

/// Every slice's routes. The router tries them in this order: those of the most frequent requests come first.
fn routes(cfg: &mut Routes<'_>) {
    crate::commitments::routes(cfg);
    crate::identity::routes(cfg);
    crate::directory::routes(cfg);
    crate::commissions::routes(cfg);
    crate::notifications::routes(cfg);
    crate::notifications::delegate_routes(cfg);
    crate::uploads::routes(cfg);
    crate::meetings::routes(cfg);
    crate::minutes::routes(cfg);
    crate::agreements::routes(cfg);
    crate::plans::routes(cfg);
    crate::indicators::routes(cfg);
    crate::duties::routes(cfg);
    crate::activities::routes(cfg);
    crate::reminders::routes(cfg);
    crate::reports::routes(cfg);
    crate::pending::routes(cfg);
    crate::datasets::routes(cfg);
    crate::matrix::routes(cfg);
    crate::calendar::routes(cfg);
    crate::search::routes(cfg);
    crate::overview::routes(cfg);
    crate::audit_log::routes(cfg);
    crate::public::routes(cfg);
}

/// Starts to serve on a bound socket. The returned future ends when the program stops.
pub fn serve(state: State, socket: TcpListener) -> Result<Server> {
    let workers = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    serve_with_workers(state, socket, workers)
}

/// The same with a stated number of threads that answer.
pub fn serve_with_workers(state: State, socket: TcpListener, workers: usize) -> Result<Server> {
    crate::rendering::set_brand(&state.config.brand);
    state.audit.start(state.db.clone(), state.clock.clone());
    let guard = GUARD.clone();
    let factory = move || {
        let app = App::new()
            .app_data(Data::new(state.clone()))
            .app_data(guard.clone())
            .configure(|cfg| routes(&mut Routes::Mount(cfg)));
        let app = service::mount(app).configure(pages::mount).wrap(from_fn(guard_routes));
        with_middleware(app.wrap(from_fn(require_own_origin)).wrap(from_fn(pages::render_error_pages)))
    };
    HttpServer::new(factory)
        .workers(workers)
        .disable_signals()
        .worker_max_blocking_threads(BLOCKING_THREADS)
        .client_request_timeout(std::time::Duration::from_secs(30))
        .shutdown_timeout(8)
        .listen(socket)
        .map(HttpServer::run)
        .map_err(|e| Error::internal(format!("cannot listen: {e}")))
}
