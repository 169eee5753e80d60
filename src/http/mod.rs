//! Shared by all HTTP handlers: bodies, pages, preconditions, idempotency, problems, middleware.

mod body;
mod client_address;
mod idempotency;
mod input;
mod json;
mod language;
mod middleware;
mod page;
mod placeholders;
mod preconditions;
mod query;
mod rate_limit;
mod reply;
mod routes;
mod state;
mod throttle;
mod timeout;
mod upload;

pub use body::{Body, DOCUMENT_LIMIT, JSON_LIMIT, List, OptionalBody, Patch, Sent, parse};
pub use client_address::ClientAddress;
pub use idempotency::{IdempotencyKey, find_response, forget_responses, store_response};
pub use input::Input;
pub use json::read as read_json;
pub use middleware::{
    MOST_FAULTS, Metrics, Problem, ProblemFault, RequestId, RouteGuard, WARNINGS, describe, guard_routes, note_sender,
    personal_data_sentence, problem_response, with_middleware,
};
pub use page::{Cursor, Page, PageQuery, Paging};
pub use preconditions::{Preconditions, etag_of};
pub use query::{Query, is_country_code};
pub use rate_limit::{RateLimit, RateLimits};
pub use reply::{FileBody, Reply, Warned, file_body, not_modified};
pub use routes::Routes;
pub use state::{LastSeen, State};
pub use throttle::{Counted, Limit, Subject, Throttle, network};
pub use timeout::{BodyTimeouts, Place, compute, in_time, keeping, place};
pub use upload::{Upload, next_chunk, read_form, skip_part};
