//! Meetings of one or several commissions, in the API also called sessions: agenda, attendance with quorum,
//! convocation, attached documents.
//!
//! A meeting is `scheduled`, `held` or `cancelled`. After the approval of its minutes, nothing that they state can be
//! changed.
//!
//! Convening a meeting mails an invitation; after that, changes are mailed too, until it is over or cancelled
//! ([`convocation`]).
//!
//! Representatives of the institutions that a meeting convenes reply to the convocation and propose items for the agenda
//! until it begins ([`replies`], [`proposals`]), and attach documents.
//!
//! Those who may write the record of any of its commissions (secretariat, coordinator, admin) may write a meeting.
//! Today's members and observers may read it if it is not restricted; an institution on the attendance list may always
//! read it.

mod actions;
mod agenda;
mod api;
mod attendance;
mod attendance_document;
mod convocation;
mod documents;
mod minutes;
mod model;
mod next_step;
mod ordinals;
mod proposals;
mod replies;
mod scope;
mod store;
mod web;

pub(crate) use actions::{
    create as create_meeting, delete as delete_meeting, mark_held, update as update_meeting, withdraw_commission,
};
pub(crate) use agenda::{
    AgendaItemInput, agenda_items, agenda_numbers, agenda_of_meetings, has_agenda_item, put_agenda,
};
pub(crate) use attendance::{
    AttendanceCapacity, AttendanceInput, AttendanceStatus, Quorum, attendance_of_meetings, attendance_sheet,
    put_attendance,
};
pub(crate) use convocation::{attached_convocation, remind_convened, send_with_convocation};
pub(crate) use documents::{
    MeetingDocument, MeetingDocumentInput, create_meeting_document, documents_of_meetings, update_meeting_document,
};
pub(crate) use minutes::{Blank, blanks_of, is_minutes_approved, require_minutes_extendable, require_not_in_minutes};
pub(crate) use model::{Meeting, MeetingInput, MeetingKind, MeetingStatus};
pub(crate) use scope::is_to_convene;
pub(crate) use store::{
    Key as MeetingKey, all_of_country as meetings_of_country, by_ids as meetings_by_id, find as meeting,
    held as held_meetings, recent_sessions, search as search_meetings, search_count as count_meetings_found,
    since as meetings_since, visible_ids as known_meetings,
};
pub(crate) use web::{MeetingTab, meeting_tabs, meeting_view, pages};

/// Registers the routes of this slice.
pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
    api::routes(cfg);
    convocation::routes(cfg);
    agenda::routes(cfg);
    attendance::routes(cfg);
    attendance_document::routes(cfg);
    documents::routes(cfg);
    replies::routes(cfg);
    proposals::routes(cfg);
    ordinals::routes(cfg);
}
