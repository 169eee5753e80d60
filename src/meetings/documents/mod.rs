//! The papers of a session: its signed minutes, annexes, addenda, proceedings.

mod actions;
mod api;
mod model;
mod store;

pub use actions::{create as create_meeting_document, update as update_meeting_document};
pub use api::routes;
pub use model::{MeetingDocument, MeetingDocumentInput, MeetingDocumentKind};
pub use store::of_meetings as documents_of_meetings;
