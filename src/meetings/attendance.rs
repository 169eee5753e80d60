//! Attendance at a meeting, and the quorum that results from it.

mod checks;

use std::collections::HashSet;

use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use super::minutes::require_minutes_open;
use super::{Meeting, scope};
use crate::access::{check_institutions, may_write};
use crate::audit;
use crate::clock::Instant;
use crate::commissions::{Capacity, QuorumRule, delegates_on, memberships_on, quorum_rules, voters_on};
use crate::db::{CommissionId, Db, InstitutionId, MeetingId, Tx};
use crate::error::{Faults, Result};
use crate::http::Input;
use crate::identity::Actor;

pub(crate) use api::routes;
pub(crate) use store::of_meetings as attendance_of_meetings;

/// The maximum number of entries of an attendance list.
pub(super) const MAX_ENTRIES: usize = 1000;

crate::text_enum! {
    /// The presence of an institution.
    AttendanceStatus {
        Present = "present",
        Absent = "absent",
        Excused = "excused",
    }
}

crate::text_enum! {
    /// The capacity in which a person attends.
    AttendanceCapacity {
        Principal = "principal",
        Alternate = "alternate",
        /// Invited; never counts for a quorum.
        Guest = "guest",
    }
}

/// One person of an institution at a meeting, or the institution itself.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct AttendanceInput {
    /// The institution. Several persons of one institution may attend; it counts once.
    pub institution_id: InstitutionId,
    /// Its presence.
    #[schema(examples("present"))]
    pub status: AttendanceStatus,
    /// The capacity in which the person attends.
    #[deserr(default)]
    #[schema(examples("principal"))]
    pub capacity: Option<AttendanceCapacity>,
    /// The name of the person.
    #[deserr(default)]
    #[schema(examples("Ana Rojas"), max_length = 300)]
    pub person: Option<String>,
    /// The time of arrival.
    #[deserr(default)]
    pub arrived_at: Option<Instant>,
    /// The time of leaving; not before arrival.
    #[deserr(default)]
    #[schema(examples("2023-08-22T16:00:00Z"))]
    pub left_at: Option<Instant>,
}

impl Input for AttendanceInput {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        faults.opt_line("/person", self.person.as_ref(), 300);
        faults.ordered("/left_at", self.arrived_at, self.left_at);
        if self.status != AttendanceStatus::Present {
            for (at, time) in [("/arrived_at", self.arrived_at), ("/left_at", self.left_at)] {
                if time.is_some() {
                    faults.contradiction(at, "absent_with_times", Vec::new());
                }
            }
        }
    }
}

/// The attendance of a meeting, and the quorum of each of its commissions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct AttendanceSheet {
    /// The entries, in the order of the list.
    pub items: Vec<AttendanceInput>,
    /// One entry for each commission, in the meeting's order.
    pub quorum: Vec<Quorum>,
    /// The members of the day that have no entry yet, with their delegates; only for those who may write the list.
    pub proposed: Vec<ProposedAttendance>,
}

/// A member of the day that has no entry in the attendance list yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ProposedAttendance {
    /// The institution.
    pub institution_id: InstitutionId,
    /// The capacity of its delegate on that day.
    #[schema(examples("principal"))]
    pub capacity: Option<AttendanceCapacity>,
    /// The name of its delegate on that day: the principal, else the alternate.
    #[schema(examples("Ana Rojas"))]
    pub person: Option<String>,
}

/// The quorum of a commission, of its voting members on the last day on which the meeting can take place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Quorum {
    /// The commission.
    pub commission_id: CommissionId,
    /// The number of institutions with a vote on that day.
    #[schema(examples(9))]
    pub entitled: i32,
    /// The number of them that are present; guests are not counted, an institution counts once.
    #[schema(examples(5))]
    pub present: i32,
    /// The number required on the first call; null if the commission has no rule.
    #[schema(examples(5))]
    pub required: Option<i32>,
    /// True if the first call reached it.
    #[schema(examples(true))]
    pub reached: Option<bool>,
    /// The number required on the second call; null if there is none.
    #[schema(examples(3))]
    pub second_call_required: Option<i32>,
    /// True if the second call reached it.
    #[schema(examples(true))]
    pub second_call_reached: Option<bool>,
}

/// Returns the institutions present, without guests.
fn present_institutions(items: &[AttendanceInput]) -> HashSet<InstitutionId> {
    let present = items.iter().filter(|item| item.status == AttendanceStatus::Present);
    present.filter(|item| item.capacity != Some(AttendanceCapacity::Guest)).map(|item| item.institution_id).collect()
}

/// Calculates the quorum of one commission; without anybody present there is no quorum.
pub(super) fn quorum_of(
    commission_id: CommissionId,
    voters: &[InstitutionId],
    present: &HashSet<InstitutionId>,
    rule: Option<&QuorumRule>,
) -> Quorum {
    let voters: HashSet<_> = voters.iter().copied().collect();
    let count = |institutions: usize| i32::try_from(institutions).unwrap_or(i32::MAX);
    let (entitled, attending) = (count(voters.len()), count(voters.intersection(present).count()));
    let required = rule.map(|rule| rule.required(entitled));
    let second = rule.and_then(|rule| rule.second_call_required(entitled));
    let reached = |needed: i32| attending > 0 && attending >= needed;
    Quorum {
        commission_id,
        entitled,
        present: attending,
        required,
        reached: required.map(reached),
        second_call_required: second,
        second_call_reached: second.map(reached),
    }
}

/// Replaces the attendance list.
pub(crate) fn put_attendance(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: MeetingId,
    items: Vec<AttendanceInput>,
) -> Result<AttendanceSheet> {
    let meeting = scope::lock_writable(tx, actor, id)?;
    require_minutes_open(tx.conn, id)?;
    let mut faults = tx.faults();
    checks::check(&meeting, &items, &mut faults);
    let references: Vec<_> =
        items.iter().enumerate().map(|(n, item)| (format!("/{n}/institution_id"), item.institution_id)).collect();
    check_institutions(tx.conn, &references, &mut faults)?;
    tx.require_none(faults)?;
    let before = store::of_meeting(tx.conn, id)?;
    store::replace(tx.conn, id, &items, tx.now)?;
    audit::updated(tx, "attendance", id, Some(&meeting.country_code), &before, &items)?;
    with_quorum(tx.conn, &meeting, items)
}

/// Replaces the attendance list, and returns it as the writer sees it.
fn put_and_show(tx: &mut Tx<'_>, actor: &Actor, id: MeetingId, items: Vec<AttendanceInput>) -> Result<AttendanceSheet> {
    let sheet = put_attendance(tx, actor, id, items)?;
    let meeting = scope::visible(tx.conn, actor, id)?;
    with_proposals(tx.conn, actor, &meeting, sheet)
}

/// Marks the reply of an institution before the secretariat has marked anything for it. `before` is the mark of its
/// former reply; any other one is the secretariat's, and stays.
pub(super) fn mark_reply(
    tx: &mut Tx<'_>,
    meeting: &Meeting,
    mark: AttendanceInput,
    before: Option<&AttendanceInput>,
) -> Result<()> {
    let held = store::of_meeting(tx.conn, meeting.id)?;
    let mut items = held.clone();
    let own: Vec<usize> = items
        .iter()
        .enumerate()
        .filter(|(_, item)| item.institution_id == mark.institution_id)
        .map(|(at, _)| at)
        .collect();
    match own.as_slice() {
        [] if items.len() < MAX_ENTRIES => items.push(mark),
        [at] => match items.get_mut(*at) {
            Some(item) if Some(&*item) == before => *item = mark,
            _ => return Ok(()),
        },
        _ => return Ok(()),
    }
    if items == held {
        return Ok(());
    }
    require_minutes_open(tx.conn, meeting.id)?;
    store::replace(tx.conn, meeting.id, &items, tx.now)?;
    audit::updated(tx, "attendance", meeting.id, Some(&meeting.country_code), &held, &items)
}

/// Returns the attendance list of a meeting as the actor sees it.
pub(super) fn shown_sheet(conn: &mut Db, actor: &Actor, meeting: &Meeting) -> Result<AttendanceSheet> {
    let sheet = attendance_sheet(conn, meeting)?;
    with_proposals(conn, actor, meeting, sheet)
}

/// Adds the members of the day that have no entry yet, with their delegates, for those who may write the list.
fn with_proposals(
    conn: &mut Db,
    actor: &Actor,
    meeting: &Meeting,
    mut sheet: AttendanceSheet,
) -> Result<AttendanceSheet> {
    let commissions = &meeting.fields.commission_ids;
    if meeting.fields.restricted || !may_write(actor, &meeting.country_code, commissions) {
        return Ok(sheet);
    }
    let mut seen: HashSet<InstitutionId> = sheet.items.iter().map(|item| item.institution_id).collect();
    let members = memberships_on(conn, commissions, meeting.held_to)?;
    let missing = members.into_iter().map(|member| member.fields.institution_id).filter(|id| seen.insert(*id));
    let missing: Vec<InstitutionId> = missing.collect();
    let delegates = delegates_on(conn, commissions, meeting.held_to)?;
    let proposal = |institution_id: InstitutionId| {
        let own = delegates.iter().find(|one| one.fields.institution_id == institution_id);
        let capacity = own.map(|one| match one.fields.capacity {
            Capacity::Principal => AttendanceCapacity::Principal,
            Capacity::Alternate => AttendanceCapacity::Alternate,
        });
        let person = own.and_then(|one| one.fields.name.clone());
        ProposedAttendance { institution_id, capacity, person }
    };
    sheet.proposed = missing.into_iter().map(proposal).collect();
    Ok(sheet)
}

/// Returns the attendance list of a meeting with the quorum of each commission.
pub(crate) fn attendance_sheet(conn: &mut Db, meeting: &Meeting) -> Result<AttendanceSheet> {
    let items = store::of_meeting(conn, meeting.id)?;
    with_quorum(conn, meeting, items)
}

fn with_quorum(conn: &mut Db, meeting: &Meeting, items: Vec<AttendanceInput>) -> Result<AttendanceSheet> {
    let commissions = &meeting.fields.commission_ids;
    let voters = voters_on(conn, commissions, meeting.held_to)?;
    let rules = quorum_rules(conn, commissions)?;
    let present = present_institutions(&items);
    let quorum = commissions
        .iter()
        .map(|id| quorum_of(*id, voters.get(id).map_or(&[], Vec::as_slice), &present, rules.get(id)))
        .collect();
    Ok(AttendanceSheet { items, quorum, proposed: Vec::new() })
}

mod store {
    use std::collections::HashMap;

    use diesel::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::clock::new_id;
    use crate::db::schema::attendances;
    use crate::db::{RawId, grouped};

    #[derive(Queryable, Selectable)]
    #[diesel(table_name = attendances)]
    struct Row {
        meeting_id: MeetingId,
        institution_id: InstitutionId,
        status: AttendanceStatus,
        capacity: Option<AttendanceCapacity>,
        person: Option<String>,
        arrived_at: Option<Instant>,
        left_at: Option<Instant>,
    }

    /// Returns the attendance lists of these meetings, in order. One query.
    pub(crate) fn of_meetings(conn: &mut Db, ids: &[MeetingId]) -> Result<HashMap<MeetingId, Vec<AttendanceInput>>> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let rows: Vec<Row> = attendances::table
            .filter(attendances::meeting_id.eq_any(ids))
            .order((attendances::meeting_id, attendances::position))
            .select(Row::as_select())
            .load(conn)?;
        Ok(grouped(rows.into_iter().map(|row| {
            (
                row.meeting_id,
                AttendanceInput {
                    institution_id: row.institution_id,
                    status: row.status,
                    capacity: row.capacity,
                    person: row.person,
                    arrived_at: row.arrived_at,
                    left_at: row.left_at,
                },
            )
        })))
    }

    /// Returns the attendance list of one meeting.
    pub(super) fn of_meeting(conn: &mut Db, id: MeetingId) -> Result<Vec<AttendanceInput>> {
        Ok(of_meetings(conn, &[id])?.remove(&id).unwrap_or_default())
    }

    pub(super) fn replace(conn: &mut Db, id: MeetingId, items: &[AttendanceInput], now: Instant) -> Result<()> {
        diesel::delete(attendances::table.filter(attendances::meeting_id.eq(id))).execute(conn)?;
        for (position, item) in (0_i32..).zip(items) {
            diesel::insert_into(attendances::table)
                .values((
                    attendances::id.eq(RawId(new_id::<Uuid>(now))),
                    attendances::meeting_id.eq(id),
                    attendances::position.eq(position),
                    attendances::institution_id.eq(item.institution_id),
                    attendances::status.eq(item.status),
                    attendances::capacity.eq(item.capacity),
                    attendances::person.eq(&item.person),
                    attendances::arrived_at.eq(item.arrived_at),
                    attendances::left_at.eq(item.left_at),
                ))
                .execute(conn)?;
        }
        Ok(())
    }
}

mod api {
    use actix_web::web::Path;
    use actix_web::{HttpResponse, get, put};

    use super::*;
    use crate::audit::PartOf;
    use crate::http::{Body, List};
    use crate::identity::Caller;

    pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
        cfg.service(show).service(replace);
    }

    /// Show the attendance and the quorum
    ///
    /// The quorum of each commission is calculated from its voting members on the day of the meeting (if only the
    /// month, quarter or year is known, on its last day); guests are not counted. Those who may write the list also get
    /// the members of that day that have no entry yet, with their delegates.
    ///
    /// Permissions: those who may see the meeting.
    #[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The meeting")), responses((status = 200, description = "The list and the quorum", body = AttendanceSheet)))]
    #[get("/api/v1/meetings/{id}/attendance")]
    pub(crate) async fn show(caller: Caller, id: Path<MeetingId>) -> Result<HttpResponse> {
        let show = move |conn: &mut Db, actor: &Actor| {
            let meeting = scope::visible(conn, actor, *id)?;
            Ok(PartOf::new(&meeting, shown_sheet(conn, actor, &meeting)?))
        };
        caller.show(show).await
    }

    /// Set the attendance
    ///
    /// Replaces the whole list; at most 1,000 entries. Several persons of one institution may attend; it counts once.
    ///
    /// Permissions: secretariat of any of its commissions; coordinator; admin.
    #[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The meeting")), request_body = Vec<AttendanceInput>, responses((status = 200, description = "The list and the quorum", body = AttendanceSheet)))]
    #[put("/api/v1/meetings/{id}/attendance")]
    pub(crate) async fn replace(
        caller: Caller,
        id: Path<MeetingId>,
        body: Body<List<AttendanceInput, MAX_ENTRIES>>,
    ) -> Result<HttpResponse> {
        let id = id.into_inner();
        let load = move |tx: &mut Tx<'_>, actor: &Actor| {
            let meeting = scope::visible(tx.conn, actor, id)?;
            shown_sheet(tx.conn, actor, &meeting)
        };
        caller.put(body, load, move |tx, actor, List(items)| put_and_show(tx, actor, id, items)).await
    }
}

#[cfg(test)]
mod tests {
    use deserr::deserialize;
    use serde_json::json;

    use super::*;

    fn institution(n: u128) -> InstitutionId {
        uuid::Uuid::from_u128(n).into()
    }

    fn entry(n: u128, status: AttendanceStatus, capacity: Option<AttendanceCapacity>, person: &str) -> AttendanceInput {
        AttendanceInput {
            institution_id: institution(n),
            status,
            capacity,
            person: Some(person.into()),
            arrived_at: None,
            left_at: None,
        }
    }

    fn rule() -> QuorumRule {
        let rule = json!({"fraction": "1/2", "strict": true, "second_call": {"fraction": "1/3", "minimum": 2}});
        deserialize::<_, _, Faults>(rule).unwrap()
    }

    #[test]
    fn guests_and_second_persons_do_not_count_for_the_quorum() {
        use AttendanceStatus::{Absent, Excused, Present};
        let list = [
            entry(1, Present, Some(AttendanceCapacity::Principal), "Ana"),
            entry(1, Present, Some(AttendanceCapacity::Alternate), "Luis"),
            entry(2, Present, Some(AttendanceCapacity::Guest), "Eva"),
            entry(3, Absent, None, "Raúl"),
            entry(4, Excused, None, "Inés"),
            entry(5, Present, None, "Sol"),
            entry(9, Present, None, "No integrante"),
        ];
        let voters: Vec<_> = (1..=5).map(institution).collect();
        let id = CommissionId::from(uuid::Uuid::nil());
        let quorum = quorum_of(id, &voters, &present_institutions(&list), Some(&rule()));
        assert_eq!((quorum.entitled, quorum.present), (5, 2));
        assert_eq!((quorum.required, quorum.reached), (Some(3), Some(false)));
        assert_eq!((quorum.second_call_required, quorum.second_call_reached), (Some(2), Some(true)));
        let without_rule = quorum_of(id, &voters, &present_institutions(&list), None);
        assert_eq!((without_rule.required, without_rule.reached, without_rule.second_call_reached), (None, None, None));
    }

    #[test]
    fn without_anybody_present_there_is_no_quorum() {
        let rule = deserialize::<_, _, Faults>(json!({"fraction": "1/2", "strict": false})).unwrap();
        let quorum = quorum_of(CommissionId::from(uuid::Uuid::nil()), &[], &HashSet::new(), Some(&rule));
        assert_eq!((quorum.required, quorum.reached), (Some(0), Some(false)));
    }
}
