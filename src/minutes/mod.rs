//! The minutes (acta) of a session: text, circulation, comments, approval, rectification, and frozen content.
//!
//! Minutes are a `draft`, known only to those who may write the session; then `circulated`, known to all who may know
//! the session and open for comments until a day; then `approved`. Circulation gives them a code, which is never given
//! again. A draft may be approved without circulation, if it is read and approved at the end of the session. Neither is
//! possible before the session begins, nor while a blank of the template is left in the text. A text that is written after
//! the circulation (`new_body`) is known only to those who may write the session, until it is circulated or approved.
//!
//! * **Those who may write the session** (secretariat of any of its commissions, coordinator, admin) write, circulate,
//!   approve and rectify.
//! * **Representatives** of institutions that were members on the session's day, or are on its attendance list, comment
//!   on circulated minutes; a secretariat enters a comment on behalf of such an institution.
//! * **Approval** freezes the content ([`Acta`](content::Acta)): the names, members, quorum rule, votes, attendance,
//!   agreements and commitments of that moment, as canonical JSON under its SHA-256. The documents are made from that
//!   content alone, once for each version, format and language, and are the same bytes for every reader. Restricted
//!   records are in a second document for those who may write the session.
//! * **Rectification** adds a text and later records of the session to the frozen content and makes a new version. The
//!   earlier versions stay readable.
//!
//! An import approves minutes before it has read the agreements and commitments of the session: it freezes them at its
//! end. Minutes that were approved before the program froze them are frozen at the first start.

mod actions;
mod api;
mod approved;
mod codes;
mod comments;
mod content;
mod document;
mod files;
mod freezing;
mod model;
mod notifications;
mod reading;
mod scope;
mod shown;
mod store;
mod template;
mod translated;
mod web;

pub(crate) use actions::{
    approve as approve_minutes, circulate as circulate_minutes, import_code as import_minutes_code, put as put_minutes,
};
pub(crate) use api::routes;
pub(crate) use approved::{ApprovedAgreement, approved_agreements};
pub(crate) use comments::{import as import_minutes_comment, of_meetings as comments_of_meetings};
pub(crate) use files::{acta_file, attached_acta, render_waiting};
pub use freezing::freeze_approved;
pub(crate) use freezing::freeze_imported;
pub(crate) use model::{
    ApprovalInput, CirculationInput, Minutes, MinutesComment, MinutesCommentInput, MinutesInput, MinutesStatus,
};
pub(crate) use store::of_meetings as minutes_of_meetings;
pub(crate) use web::pages;
