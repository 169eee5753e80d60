//! `/meetings/{id}/attendance`: one form for all members on the day of the meeting, with the quorum of each commission.

use std::collections::{HashMap, HashSet};

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use maud::{Markup, html};

use super::super::actions as meeting_actions;
use super::super::attendance::{
    AttendanceCapacity, AttendanceInput, AttendanceSheet, AttendanceStatus, MAX_ENTRIES, Quorum, put_attendance,
    quorum_of, shown_sheet,
};
use super::super::minutes::minutes_approved;
use super::super::model::Meeting;
use super::super::scope;
use super::attendance_form::{known_institution, read_hours, rows_of, with_all_present};
use super::local_time::written_hour;
use super::{MeetingTab, attendance_form, commissions_of, meeting_view, name_of};
use crate::access::{CommissionRef, may_write, require_writer};
use crate::clock::Instant;
use crate::commissions::{QuorumRule, delegates_on, memberships_on, quorum_rules, voters_on};
use crate::db::{CommissionId, Db, InstitutionId, MeetingId, Tx};
use crate::directory::{InstitutionName, InstitutionNames, institution_names, institutions_to_choose};
use crate::error::{Faults, Result};
use crate::http::{Fields, List, Shape};
use crate::identity::{Actor, FormPage, Submission, Visitor};
use crate::ui::{Column, FormView, Frame, Tone, View, empty, notice, table, tag};

/// The number of institutions that may be added to the list.
const MOST_INSTITUTIONS: i64 = 2_000;

/// The attendance of a session
///
/// Permissions: those who may see the session.
#[get("/meetings/{id}/attendance")]
pub(super) async fn open(visitor: Visitor, id: Path<MeetingId>) -> Result<HttpResponse> {
    visitor.form(AttendancePage { id: id.into_inner(), is_sent: false, is_filled: false }).await
}

/// Set the attendance
///
/// The button "all" shows the form again with the rows without a mark as present, and saves nothing.
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[post("/meetings/{id}/attendance")]
pub(super) async fn replace(mut submission: Submission, id: Path<MeetingId>) -> Result<HttpResponse> {
    let page = AttendancePage { id: id.into_inner(), is_sent: true, is_filled: false };
    if submission.form.fields.get("all").is_some() {
        with_all_present(&mut submission.form.fields);
        return submission.show_typed(AttendancePage { is_filled: true, ..page }).await;
    }
    submission.handle(page).await
}

#[derive(Debug, Clone)]
struct AttendancePage {
    id: MeetingId,
    /// True for a form that was sent: only those who may write the meeting may send it.
    is_sent: bool,
    /// True when the rows without a mark were just marked as present.
    is_filled: bool,
}

/// A meeting with its attendance list, and all that the form proposes.
pub(super) struct Record {
    pub meeting: Meeting,
    pub commissions: Vec<CommissionRef>,
    sheet: AttendanceSheet,
    /// The institutions with a vote on the day, by commission.
    pub voters: HashMap<CommissionId, Vec<InstitutionId>>,
    rules: HashMap<CommissionId, QuorumRule>,
    /// The members of the day; their rows cannot be removed.
    pub members: HashSet<InstitutionId>,
    /// The names of each institution's delegates on the day.
    pub delegates: HashMap<InstitutionId, Vec<String>>,
    /// The institutions that may be added to the list.
    pub institutions: Vec<InstitutionName>,
    pub names: InstitutionNames,
    may_write: bool,
    is_closed: bool,
}

crate::restricted_by!(Record: meeting);

impl FormPage for AttendancePage {
    type Record = Record;
    type Input = List<AttendanceInput, MAX_ENTRIES>;

    fn shape(&self) -> Shape {
        Shape { rows: &[("", &["status"])], ignored: &["*/institution", "*/new"], ..Shape::default() }
    }

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<Record> {
        let meeting = scope::visible(conn, actor, self.id)?;
        let ids = meeting.fields.commission_ids.clone();
        if self.is_sent {
            require_writer(actor, &meeting.country_code, &ids)?;
        }
        let may_write = may_write(actor, &meeting.country_code, &ids);
        let sheet = shown_sheet(conn, actor, &meeting)?;
        let listed = sheet.items.iter().map(|item| item.institution_id);
        let listed = listed.chain(sheet.proposed.iter().map(|one| one.institution_id));
        Ok(Record {
            names: institution_names(conn, listed)?,
            commissions: commissions_of(conn, &ids)?,
            voters: voters_on(conn, &ids, meeting.held_to)?,
            rules: quorum_rules(conn, &ids)?,
            members: memberships_on(conn, &ids, meeting.held_to)?.iter().map(|one| one.fields.institution_id).collect(),
            delegates: if may_write { delegates(conn, &meeting)? } else { HashMap::new() },
            institutions: if may_write {
                institutions_to_choose(conn, std::slice::from_ref(&meeting.country_code), MOST_INSTITUTIONS)?
            } else {
                Vec::new()
            },
            is_closed: minutes_approved(conn, self.id)?,
            meeting,
            sheet,
            may_write,
        })
    }

    fn fields(&self, record: &Record) -> Fields {
        rows_of(&record.sheet, &record.names, &record.meeting)
    }

    fn prepare(&self, _: &mut Db, record: &Record, fields: &mut Fields, faults: &mut Faults) -> Result<()> {
        for row in 0..fields.rows("") {
            read_hours(fields, row, &record.meeting, faults);
            let (id, typed) = (format!("{row}/institution_id"), format!("{row}/institution"));
            if fields.get(&id).is_some_and(|value| !value.is_empty()) {
                continue;
            }
            let name = fields.get(&typed).unwrap_or_default().trim().to_owned();
            match known_institution(&record.institutions, &name) {
                Some(found) => fields.set(&id, found),
                None => {
                    let code = if name.is_empty() { "blank" } else { "unknown_institution" };
                    faults.add(format!("/{typed}"), code);
                    // The fault above is the only one: no fault is added about this placeholder.
                    fields.set(&id, uuid::Uuid::nil());
                    faults.unread.insert(format!("/{id}"));
                }
            }
        }
        Ok(())
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, _: Record, List(items): Self::Input) -> Result<String> {
        let is_attended = items.iter().any(|item| item.status == AttendanceStatus::Present);
        put_attendance(tx, actor, self.id, items)?;
        if is_attended {
            meeting_actions::mark_held(tx, actor, self.id)?;
        }
        Ok(format!("/meetings/{}/attendance?done=attendance-saved", self.id))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Record) -> View {
        let is_form = record.may_write && (!record.is_closed || form.has_faults());
        let quorum = if is_form { typed_quorum(record, form) } else { record.sheet.quorum.clone() };
        let content = html! {
            @if record.may_write && record.is_closed {
                (notice(Tone::Done, html! { p { (frame.t("meetings-closed")) } }))
            }
            div class="grid-3" { (quorum_boxes(frame, &record.commissions, &quorum, Place::Page { is_live: is_form })) }
            @if is_form { (attendance_form::draw(frame, form, record, self.is_filled)) } @else { (list(frame, record)) }
        };
        meeting_view(frame, &record.meeting, MeetingTab::Attendance, content)
    }
}

/// Returns the names of the delegates of each institution on the day of the meeting.
fn delegates(conn: &mut Db, meeting: &Meeting) -> Result<HashMap<InstitutionId, Vec<String>>> {
    let mut names: HashMap<InstitutionId, Vec<String>> = HashMap::new();
    for delegate in delegates_on(conn, &meeting.fields.commission_ids, meeting.held_to)? {
        let own = names.entry(delegate.fields.institution_id).or_default();
        own.extend(delegate.fields.name.filter(|name| !own.contains(name)));
    }
    Ok(names)
}

/// Returns the quorum of each commission with the presence that the form has now.
fn typed_quorum(record: &Record, form: &FormView) -> Vec<Quorum> {
    let is = |row: usize, part: &str, value: &str| form.has(&format!("{row}/{part}"), value);
    let present: HashSet<InstitutionId> = (0..form.rows("", 0))
        .filter(|row| is(*row, "status", AttendanceStatus::Present.as_str()))
        .filter(|row| !is(*row, "capacity", AttendanceCapacity::Guest.as_str()))
        .filter_map(|row| form.value(&format!("{row}/institution_id")).parse().ok())
        .collect();
    let quorum = |id: &CommissionId| {
        let voters = record.voters.get(id).map_or(&[][..], Vec::as_slice);
        quorum_of(*id, voters, &present, record.rules.get(id))
    };
    record.meeting.fields.commission_ids.iter().map(quorum).collect()
}

/// The place of the boxes with the quorum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The page of the attendance. `is_live` adds what the script needs to count while the list is marked.
    Page { is_live: bool },
    /// A panel with a heading of its own.
    Panel,
}

/// Draws the quorum of each commission.
pub(super) fn quorum_boxes(frame: &Frame, commissions: &[CommissionRef], quorum: &[Quorum], place: Place) -> Markup {
    let is_live = place == Place::Page { is_live: true };
    let heading = |label: &str| html! { @if place == Place::Panel { h3 { (label) } } @else { h2 { (label) } } };
    html! {
        @for one in quorum {
            @let label = commissions.iter().find(|own| own.id == one.commission_id).map_or("", CommissionRef::label);
            @match one.required {
                Some(required) => (quorum_box(frame, &heading(label), one, required, is_live)),
                None => {
                    div class="box" {
                        (heading(label))
                        @let args = [("present", one.present.into()), ("members", one.entitled.into())];
                        p { (frame.t_with("meetings-quorum-unruled", &args)) }
                    }
                }
            }
        }
    }
}

fn quorum_box(frame: &Frame, heading: &Markup, quorum: &Quorum, required: i32, is_live: bool) -> Markup {
    let is_reached = quorum.reached == Some(true);
    let missing = (required - quorum.present).max(1);
    let verdict = if is_reached { frame.t("meetings-quorum-yes") } else { frame.t_n("meetings-quorum-no", missing) };
    let args = [("present", quorum.present.into()), ("members", quorum.entitled.into()), ("required", required.into())];
    let live = |text: String| is_live.then_some(text);
    let for_script =
        [("present", "{present}".into()), ("members", "{members}".into()), ("required", "{required}".into())];
    html! {
        div class={ "box " (if is_reached { "done" } else { "overdue" }) }
            data-quorum=[live(quorum.commission_id.to_string())] data-required=[live(required.max(1).to_string())]
            data-members=[live(quorum.entitled.to_string())]
            data-text-count=[live(frame.t_with("meetings-quorum-count", &for_script))]
            data-text-yes=[live(frame.t("meetings-quorum-yes"))]
            data-text-no=[live(frame.t_with("meetings-quorum-no-many", &[("n", "{n}".into())]))]
            data-text-no-one=[live(frame.t_n("meetings-quorum-no", 1))] {
            (heading)
            p data-count=[live(String::new())] { (frame.t_with("meetings-quorum-count", &args)) }
            p class="verdict" data-verdict=[live(String::new())] { (verdict) }
            @if let Some(second) = quorum.second_call_required {
                p class="small" { (frame.t_with("meetings-quorum-second", &[("required", second.into())])) }
            }
        }
    }
}

/// Returns the hours of arrival and leaving of an entry in words.
fn hours_in_words(frame: &Frame, meeting: &Meeting, item: &AttendanceInput) -> String {
    let hours = [("meetings-arrived", item.arrived_at), ("meetings-left", item.left_at)];
    let word = |(key, at): (&str, Option<Instant>)| {
        let time = written_hour(at?, meeting.only_day(), meeting.zone());
        Some(frame.t_with(key, &[("time", time.into())]))
    };
    hours.into_iter().filter_map(word).collect::<Vec<_>>().join(", ")
}

/// Draws the list for those who read it.
fn list(frame: &Frame, record: &Record) -> Markup {
    if record.sheet.items.is_empty() {
        return empty(&frame.t("meetings-attendance-none"), None);
    }
    let columns = [
        "meetings-column-institution",
        "meetings-column-attendance",
        "meetings-column-capacity",
        "meetings-column-person",
    ]
    .map(|key| Column::new(frame.t(key)));
    let row = |item: &AttendanceInput| {
        let tone = match item.status {
            AttendanceStatus::Present => Tone::Done,
            AttendanceStatus::Absent => Tone::Overdue,
            AttendanceStatus::Excused => Tone::Neutral,
        };
        vec![
            html! { (name_of(&record.names, item.institution_id)) },
            html! {
                (tag(tone, &frame.word("meetings-attendance", item.status.as_str())))
                @let hours = hours_in_words(frame, &record.meeting, item);
                @if !hours.is_empty() { p class="small" { (hours) } }
            },
            html! { (item.capacity.map(|capacity| frame.word("capacity", capacity.as_str())).unwrap_or_default()) },
            html! { (item.person.as_deref().unwrap_or_default()) },
        ]
    };
    let rows: Vec<Vec<Markup>> = record.sheet.items.iter().map(row).collect();
    table(&frame.t("meetings-attendance-caption"), &columns, &rows)
}
