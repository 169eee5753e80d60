//! The minutes of a session: draft, circulated, approved; and what the acta states.

mod actions;
mod api;
mod document;
mod model;
mod session;
mod store;

pub(super) use actions::still_open;
pub use actions::{
    approve as approve_minutes, circulate as circulate_minutes, put as put_minutes, still_open as minutes_still_open,
};
pub use api::routes;
pub use document::document as minutes_document;
pub use model::{Minutes, MinutesInput, MinutesStatus};
pub use session::{SessionRecord, session_record};
pub(super) use store::approved;
pub use store::of_meetings as minutes_of_meetings;
