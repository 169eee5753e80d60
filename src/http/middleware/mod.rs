//! The middleware around every request, one file each. [`with_middleware`] states their order.

mod access_log;
mod metrics;
mod problems;
mod request_id;
mod route_guard;
mod security_headers;
mod warnings;

use actix_web::App;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::from_fn;

pub use access_log::note_sender;
pub use metrics::Metrics;
pub use problems::{MOST_FAULTS, Problem, ProblemFault, code_of, describe, problem_response};
pub use request_id::RequestId;
pub use route_guard::{RouteGuard, guard_routes};
pub use security_headers::ROBOTS;
pub(crate) use warnings::personal_data_in;
pub(super) use warnings::{Findings, keep_for_answer};
pub use warnings::{WARNINGS, sentence as personal_data_sentence};

/// Wraps an application in the middleware that every answer needs; the last one added sees a request first.
pub fn with_middleware<T, B>(
    app: App<T>,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<BoxBody>,
        Error = actix_web::Error,
        InitError = (),
    >,
>
where
    T: ServiceFactory<
            ServiceRequest,
            Config = (),
            Response = ServiceResponse<B>,
            Error = actix_web::Error,
            InitError = (),
        > + 'static,
    B: MessageBody + 'static,
{
    app.wrap(from_fn(problems::render_errors))
        .wrap(from_fn(warnings::add_warnings))
        .wrap(from_fn(security_headers::add_headers))
        .wrap(from_fn(metrics::count_request))
        .wrap(from_fn(access_log::log_request))
        .wrap(from_fn(request_id::assign_id))
}
