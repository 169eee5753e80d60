//! Contradictions within an attendance list.

use std::collections::HashSet;

use super::{AttendanceInput, AttendanceStatus, Meeting, present_institutions};
use crate::clock::Instant;
use crate::error::Faults;

/// Adds the faults of a list that do not show in one entry alone.
pub(super) fn check(meeting: &Meeting, items: &[AttendanceInput], faults: &mut Faults) {
    check_duplicates(items, faults);
    check_contradictions(items, faults);
    check_presence(meeting, items, faults);
}

/// Adds a fault for every person of an institution that is listed twice.
fn check_duplicates(items: &[AttendanceInput], faults: &mut Faults) {
    let mut seen = HashSet::new();
    for (n, item) in items.iter().enumerate() {
        if !seen.insert((item.institution_id, item.person.as_deref().map(str::trim))) {
            faults.add(format!("/{n}"), "duplicate");
        }
    }
}

/// Adds a fault for every institution that is both present and absent. An excused person beside one who came is none, nor
/// is a guest of an absent member.
fn check_contradictions(items: &[AttendanceInput], faults: &mut Faults) {
    let present = present_institutions(items);
    for (n, item) in items.iter().enumerate().filter(|(_, item)| present.contains(&item.institution_id)) {
        let is_absent = match item.status {
            AttendanceStatus::Present => false,
            AttendanceStatus::Absent => true,
            AttendanceStatus::Excused => item.person.is_none(),
        };
        if is_absent {
            faults.contradiction(format!("/{n}/status"), "present_and_absent", Vec::new());
        }
    }
}

/// Adds a fault for every presence that is wholly outside the session: left before it began, or arrived after its end.
/// A leaving before the arrival is a fault of its own.
fn check_presence(meeting: &Meeting, items: &[AttendanceInput], faults: &mut Faults) {
    let (from, to) = meeting.hours();
    for (n, item) in items.iter().enumerate().filter(|(_, item)| item.status == AttendanceStatus::Present) {
        let at = match item {
            AttendanceInput { arrived_at: Some(arrived), left_at: Some(left), .. } if arrived > left => continue,
            AttendanceInput { left_at: Some(left), .. } if *left < from => "left_at",
            AttendanceInput { arrived_at: Some(arrived), .. } if *arrived > to => "arrived_at",
            _ => continue,
        };
        let clock = |at: Instant| at.utc().with_timezone(&meeting.zone()).format("%d/%m/%Y %H:%M").to_string();
        let args = vec![("from", clock(from)), ("to", clock(to))];
        faults.contradiction(format!("/{n}/{at}"), "outside_session", args);
    }
}
