//! Sessions of one or several commissions: agenda, attendance with quorum, minutes, papers.
//!
//! A session is `scheduled`, `held` or `cancelled`. Its minutes are a `draft`, which those who keep the record alone
//! know, then `circulated`, then `approved`, after which they never change.
//!
//! Convening it mails an invitation; then changes are mailed too, until it is over or called off ([`convocation`]).
//!
//! Who keeps the record of any of a session's commissions (secretariat, coordinator, admin) writes it; members of
//! today and observers read what is not restricted; an institution on the attendance list always reads the session.

mod agenda;
mod attendance;
mod convocation;
mod documents;
mod minutes;
mod sessions;

pub use agenda::{AgendaItemInput, agenda_of_meetings, put_agenda};
pub use attendance::{AttendanceInput, Quorum, attendance_of_meetings, put_attendance};
pub use documents::{
    MeetingDocument, MeetingDocumentInput, create_meeting_document, documents_of_meetings, update_meeting_document,
};
pub use minutes::{
    Minutes, MinutesInput, MinutesStatus, approve_minutes, circulate_minutes, minutes_document, minutes_of_meetings,
    minutes_still_open, put_minutes, session_record,
};
pub use sessions::{
    Meeting, MeetingInput, MeetingKind, MeetingStatus, create_meeting, delete_meeting, known_meetings, meeting,
    meetings_by_id, meetings_of_country, meetings_since, update_meeting,
};

/// Every route of this slice.
pub fn routes(cfg: &mut crate::http::Routes<'_>) {
    sessions::routes(cfg);
    convocation::routes(cfg);
    agenda::routes(cfg);
    attendance::routes(cfg);
    minutes::routes(cfg);
    documents::routes(cfg);
}
