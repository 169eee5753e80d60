//! What every door of the API shares: bodies, pages, preconditions, idempotency, problems, middleware.

mod admission;
mod body;
mod idempotency;
mod language;
mod list;
mod mend;
mod metrics;
mod middleware;
mod page;
mod patience;
mod problem;
mod query;
mod reply;
mod routes;
mod state;
mod stream;
mod upload;
mod warnings;

pub use admission::{Admission, admit};
pub use body::{Body, DOCUMENT_LIMIT, Input, JSON_LIMIT, Patch, Sent, parse};
pub use idempotency::{Remembered, remember, remembered};
pub use list::List;
pub use metrics::Metrics;
pub use middleware::{RequestId, harden, language};
pub use page::{Cursor, Page, PageQuery, Paging};
pub use patience::{Patience, in_time};
pub use problem::{MOST_FAULTS, Problem, ProblemFault, describe, problem_response};
pub use query::{Query, is_country_code};
pub use reply::{Preconditions, Reply, etag_of};
pub use routes::Routes;
pub use state::State;
pub use stream::{FileBody, file_body};
pub use upload::Upload;
pub use warnings::{WARNINGS, sentence as personal_data_sentence};
