//! Shared by all HTTP handlers: bodies, forms, pages of lists, preconditions, idempotency, problems, middleware.

mod body;
mod client_address;
mod cookie;
mod fields;
mod form;
mod idempotency;
mod input;
mod json;
mod language;
mod middleware;
mod origin;
mod page;
mod period;
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

pub use body::{
    Body, DOCUMENT_LIMIT, JSON_LIMIT, List, OptionalBody, Patch, Sent, parse, parse_noting, receive_changed,
    receive_value,
};
pub use client_address::ClientAddress;
pub use cookie::{removal_cookie, session_cookie, session_token};
pub use fields::{DayFields, DayOf, Fields, Shape, day_of, understood_name};
pub use form::{Form, SentFile};
pub use idempotency::{IdempotencyKey, find_response, forget_responses, store_response};
pub use input::Input;
pub use json::read as read_json;
pub use language::language;
pub(crate) use middleware::personal_data_in;
pub use middleware::{
    MOST_FAULTS, Metrics, Problem, ProblemFault, ROBOTS, RequestId, RouteGuard, WARNINGS, code_of, describe,
    guard_routes, note_sender, personal_data_sentence, problem_response, with_middleware,
};
pub use origin::{is_for_programs, require_own_origin};
pub use page::{Cursor, Page, PageQuery, Paging};
pub use period::QueryPeriod;
pub use preconditions::{Preconditions, etag_of};
pub use query::{PageParameters, Query, is_country_code, with_parameter};
pub use rate_limit::{RateLimit, RateLimits};
pub use reply::{FileBody, Reply, Warned, file_body, not_modified};
pub use routes::Routes;
pub use state::{LastSeen, State};
pub use throttle::{Counted, Limit, Subject, Throttle, network};
pub use timeout::{BodyTimeouts, Place, compute, in_time, keeping, place};
pub use upload::{Upload, clean_name, read_form, store_part};
