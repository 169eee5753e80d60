//! Sessions themselves: of one commission or, joint, of several.

mod actions;
mod api;
mod model;
mod store;

pub use actions::{create as create_meeting, delete as delete_meeting, update as update_meeting};
pub(super) use actions::{hold, writable};
pub use api::routes;
pub use model::{Meeting, MeetingInput, MeetingKind, MeetingStatus, Modality};
pub(super) use store::update as save;
pub use store::{
    all_of_country as meetings_of_country, by_ids as meetings_by_id, find as meeting, known_among as known_meetings,
    since as meetings_since,
};
