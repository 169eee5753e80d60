//! Pages of meetings: the list, one meeting with its agenda, attendance and documents, convening and cancelling.
//!
//! The pages of one meeting are tabs. [`meeting_view`] draws the heading and the tabs around the content of one of
//! them; the pages of its agreements and minutes, in other slices, use it too.

mod agenda;
mod attendance;
mod attendance_form;
mod convocation;
mod documents;
mod downloads;
mod edit;
mod list;
mod local_time;
mod period;
mod proposals;
mod removal;
mod replies;
mod sheet;
mod show;

use actix_web::web::ServiceConfig;
use maud::{Markup, html};

use super::convocation::when;
use super::model::{Meeting, MeetingStatus};
use crate::access::{CommissionRef, commission_refs};
use crate::clock::Instant;
use crate::db::{CommissionId, Db, InstitutionId, MeetingId};
use crate::directory::InstitutionNames;
use crate::error::{Faults, Result};
use crate::text::capitalized;
use crate::ui::{Choice, Frame, Tone, View, tabs, tag, with_months_of};

/// Mounts the pages of this slice.
pub(crate) fn pages(cfg: &mut ServiceConfig) {
    cfg.service(list::list).service(edit::open_new).service(edit::create);
    cfg.service(show::show).service(edit::open).service(edit::update);
    cfg.service(removal::open).service(removal::remove);
    cfg.service(agenda::open).service(agenda::replace);
    cfg.service(proposals::open_new).service(proposals::create).service(proposals::open).service(proposals::decide_on);
    cfg.service(replies::open).service(replies::replace);
    cfg.service(convocation::open).service(convocation::convene);
    cfg.service(convocation::open_cancellation).service(convocation::cancel);
    cfg.service(attendance::open).service(attendance::replace);
    cfg.service(documents::list).service(documents::create);
    cfg.service(documents::open).service(documents::update);
    cfg.service(documents::open_removal).service(documents::remove);
    cfg.service(documents::calendar).service(downloads::send_own_convocation).service(downloads::send_attendance_list);
    cfg.service(period::attendance_of_period);
}

/// A page of a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MeetingTab {
    Summary,
    Agenda,
    Attendance,
    Agreements,
    Minutes,
    FollowUp,
    Documents,
}

impl MeetingTab {
    const ALL: [Self; 7] = [
        Self::Summary,
        Self::Agenda,
        Self::Attendance,
        Self::Agreements,
        Self::Minutes,
        Self::FollowUp,
        Self::Documents,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Summary => "summary",
            Self::Agenda => "agenda",
            Self::Attendance => "attendance",
            Self::Agreements => "agreements",
            Self::Minutes => "minutes",
            Self::FollowUp => "follow-up",
            Self::Documents => "documents",
        }
    }

    fn path(self, id: MeetingId) -> String {
        match self {
            Self::Summary => format!("/meetings/{id}"),
            _ => format!("/meetings/{id}/{}", self.name()),
        }
    }
}

/// Draws the pages of a meeting. `current` is the page itself, or the one above it.
pub(crate) fn meeting_tabs(frame: &Frame, id: MeetingId, current: MeetingTab) -> Markup {
    let pages: Vec<_> = MeetingTab::ALL
        .into_iter()
        .map(|tab| (tab.path(id), frame.t(&format!("meetings-tab-{}", tab.name())), tab == current))
        .collect();
    tabs(&frame.t("meetings-tabs"), &pages)
}

/// Draws the line under the title of a meeting: when, where, how, and what is special about it.
fn meeting_heading(frame: &Frame, meeting: &Meeting) -> Markup {
    let fields = &meeting.fields;
    let modality = fields.modality.map(|modality| frame.word("meeting-modality", modality.as_str()));
    let parts: Vec<String> =
        [Some(when_in_words(frame, meeting)), fields.place.clone(), modality].into_iter().flatten().collect();
    html! {
        (parts.join(" · "))
        @if fields.status == MeetingStatus::Cancelled { " " (tag(Tone::Overdue, &frame.t("meetings-cancelled"))) }
        @if fields.restricted { " " (tag(Tone::Soon, &frame.t("meetings-restricted"))) }
    }
}

/// Makes one of the pages of a meeting: title, line under it, tabs, content.
pub(crate) fn meeting_view(frame: &Frame, meeting: &Meeting, current: MeetingTab, content: Markup) -> View {
    let body = html! { (meeting_tabs(frame, meeting.id, current)) (content) };
    let view = View::new(&meeting.fields.title, body);
    let view = match current {
        MeetingTab::Summary => view,
        _ => view.part(frame.t(&format!("meetings-tab-{}", current.name()))),
    };
    view.lead(meeting_heading(frame, meeting)).above("/meetings", frame.t("meetings-title"))
}

/// Makes a page below those of a meeting, such as a form about it.
fn below(frame: &Frame, meeting: &Meeting, title: &str, content: Markup) -> View {
    View::new(frame.t(title), content)
        .lead(html! { (meeting.fields.title) " · " (when_in_words(frame, meeting)) })
        .above("/meetings", frame.t("meetings-title"))
        .above(MeetingTab::Summary.path(meeting.id), &meeting.fields.title)
}

/// Returns the day and the hours of a meeting, in its time zone, with the name of the month that its country uses.
fn when_in_words(frame: &Frame, meeting: &Meeting) -> String {
    with_months_of(frame.lang, &meeting.country_code, when(meeting, frame.lang))
}

/// Adds a fault of a place, instead of all that the API would report there.
fn only_fault(faults: &mut Faults, pointer: &str, code: &'static str) {
    faults.add(pointer, code);
    faults.unread.insert(pointer.to_owned());
}

/// Returns a value of a list of the API as a choice.
fn choice(frame: &Frame, list: &str, value: &str) -> Choice {
    Choice::new(value, capitalized(&frame.word(list, value)))
}

/// Returns the commissions of a meeting, in its order.
fn commissions_of(conn: &mut Db, ids: &[CommissionId]) -> Result<Vec<CommissionRef>> {
    let mut found = commission_refs(conn, ids)?;
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

/// Returns the name of an institution; empty for an unknown one.
fn name_of(names: &InstitutionNames, id: InstitutionId) -> &str {
    names.get(&id).map_or("", String::as_str)
}

/// Returns the state of the minutes of a session that has begun: for those who write them, what is left to do. The names
/// are those of the work that waits. None for readers of minutes that are not circulated.
fn minutes_state(status: Option<&str>, may_write: bool) -> Option<(Tone, &'static str)> {
    match (status, may_write) {
        (Some("approved"), _) => Some((Tone::Done, "meetings-minutes-approved")),
        (Some("circulated"), true) => Some((Tone::Review, "meetings-minutes-to-approve")),
        (Some("circulated"), false) => Some((Tone::Open, "meetings-minutes-circulated")),
        (Some(_), true) => Some((Tone::Soon, "meetings-minutes-to-circulate")),
        (None, true) => Some((Tone::Overdue, "meetings-minutes-to-circulate")),
        (_, false) => None,
    }
}

/// Returns true if a change of the meeting is mailed to the people convened.
fn is_mailed(meeting: &Meeting, now: Instant) -> bool {
    meeting.convened_at.is_some() && !meeting.is_over(now)
}
