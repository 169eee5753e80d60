//! Who came to a session, and whether that made a quorum.

mod actions;
mod api;
mod model;
mod store;

pub use actions::{put as put_attendance, sheet as attendance_sheet};
pub use api::routes;
pub use model::{AttendanceCapacity, AttendanceInput, AttendanceSheet, AttendanceStatus, Quorum};
pub use store::of_meetings as attendance_of_meetings;
