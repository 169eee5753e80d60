//! The agenda of a meeting: a list that is always replaced as a whole.

use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use super::minutes::require_minutes_open;
use super::{Meeting, convocation, scope};
use crate::access::{Visibility, commission_refs};
use crate::audit;
use crate::db::{CommissionId, MeetingId, Tx};
use crate::error::{Faults, Result};
use crate::http::Input;
use crate::identity::Actor;

pub(crate) use api::routes;
pub(crate) use store::{
    has_item as has_agenda_item, ids_of_meeting as agenda_items, numbers_of_country as agenda_numbers,
    of_meetings as agenda_of_meetings,
};

/// The maximum number of items of an agenda.
const MAX_ITEMS: usize = 200;

crate::text_enum! {
    /// The purpose of an item.
    AgendaKind {
        Information = "information",
        Discussion = "discussion",
        Decision = "decision",
        FollowUp = "follow_up",
    }
}

/// One item of an agenda.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct AgendaItemInput {
    /// The subject.
    #[schema(examples("Seguimiento de los acuerdos de la sesión anterior"), max_length = 500)]
    pub title: String,
    /// The purpose of the item.
    #[schema(examples("follow_up"))]
    pub kind: AgendaKind,
    /// The person or body that presents it.
    #[deserr(default)]
    #[schema(examples("Secretaría técnica"), max_length = 300)]
    pub presenter: Option<String>,
    /// The commission to which the item belongs, in a joint meeting.
    #[deserr(default)]
    pub commission_id: Option<CommissionId>,
}

impl Input for AgendaItemInput {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        faults.text("/title", &self.title, 500);
        faults.opt_line("/presenter", self.presenter.as_ref(), 300);
    }
}

/// Replaces the agenda; if a title or the order changed, the people convened get a mail.
pub(crate) fn put_agenda(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: MeetingId,
    items: Vec<AgendaItemInput>,
) -> Result<Vec<AgendaItemInput>> {
    let meeting = scope::lock_writable(tx, actor, id)?;
    require_minutes_open(tx.conn, id)?;
    check_commissions(tx, actor, &meeting, &items)?;
    let before = store::of_meeting(tx.conn, id)?;
    store::replace(tx.conn, id, &items, tx.now)?;
    audit::updated(tx, "agenda", id, Some(&meeting.country_code), &before, &items)?;
    if !before.iter().map(|item| &item.title).eq(items.iter().map(|item| &item.title)) {
        convocation::notify_agenda_change(tx, &meeting)?;
    }
    Ok(items)
}

/// Checks that the commission of each item is one of the meeting, or visible to the actor.
fn check_commissions(tx: &mut Tx<'_>, actor: &Actor, meeting: &Meeting, items: &[AgendaItemInput]) -> Result<()> {
    let mut others: Vec<_> = items.iter().filter_map(|item| item.commission_id).collect();
    others.retain(|id| !meeting.fields.commission_ids.contains(id));
    others.sort_unstable();
    others.dedup();
    let mut visible = commission_refs(tx.conn, &others)?;
    let visibility = Visibility::of(actor);
    visible.retain(|id, commission| visibility.knows_commission(*id, &commission.country_code));
    let mut faults = tx.faults();
    for (n, item) in items.iter().enumerate() {
        if let Some(id) = item.commission_id
            && others.contains(&id)
            && !visible.contains_key(&id)
        {
            faults.add(format!("/{n}/commission_id"), "unknown_reference");
        }
    }
    faults.into_result()
}

mod store {
    use std::collections::HashMap;

    use diesel::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::clock::{Instant, new_id};
    use crate::db::schema::{agenda_items, meetings};
    use crate::db::{AgendaItemId, Db, RawId};

    /// Returns the agendas of these meetings, in order. One query.
    pub(crate) fn of_meetings(conn: &mut Db, ids: &[MeetingId]) -> Result<HashMap<MeetingId, Vec<AgendaItemInput>>> {
        let mut agendas: HashMap<MeetingId, Vec<AgendaItemInput>> = HashMap::new();
        if ids.is_empty() {
            return Ok(agendas);
        }
        type Row = (MeetingId, String, AgendaKind, Option<String>, Option<CommissionId>);
        let rows: Vec<Row> = agenda_items::table
            .filter(agenda_items::meeting_id.eq_any(ids))
            .order((agenda_items::meeting_id, agenda_items::position))
            .select((
                agenda_items::meeting_id,
                agenda_items::title,
                agenda_items::kind,
                agenda_items::presenter,
                agenda_items::commission_id,
            ))
            .load(conn)?;
        for (meeting, title, kind, presenter, commission_id) in rows {
            agendas.entry(meeting).or_default().push(AgendaItemInput { title, kind, presenter, commission_id });
        }
        Ok(agendas)
    }

    /// Returns whether the item is on the agenda of the meeting.
    pub(crate) fn has_item(conn: &mut Db, meeting: MeetingId, item: AgendaItemId) -> Result<bool> {
        let found = agenda_items::table.filter(agenda_items::id.eq(item)).filter(agenda_items::meeting_id.eq(meeting));
        Ok(diesel::select(diesel::dsl::exists(found)).get_result(conn)?)
    }

    /// Returns the items of the agenda, in order.
    pub(crate) fn ids_of_meeting(conn: &mut Db, meeting: MeetingId) -> Result<Vec<AgendaItemId>> {
        let items = agenda_items::table.filter(agenda_items::meeting_id.eq(meeting)).order(agenda_items::position);
        Ok(items.select(agenda_items::id).load(conn)?)
    }

    /// Returns the number of every item on the agenda of its meeting, for the meetings of a country.
    pub(crate) fn numbers_of_country(conn: &mut Db, country: &str) -> Result<HashMap<AgendaItemId, usize>> {
        let items: Vec<(MeetingId, AgendaItemId)> = agenda_items::table
            .inner_join(meetings::table)
            .filter(meetings::country_code.eq(country))
            .order((agenda_items::meeting_id, agenda_items::position))
            .select((agenda_items::meeting_id, agenda_items::id))
            .load(conn)?;
        let (mut numbers, mut last) = (HashMap::new(), None);
        for (meeting, item) in items {
            let number = match last {
                Some((before, number)) if before == meeting => number + 1,
                _ => 1,
            };
            last = Some((meeting, number));
            numbers.insert(item, number);
        }
        Ok(numbers)
    }

    /// Returns the agenda of one meeting.
    pub(super) fn of_meeting(conn: &mut Db, id: MeetingId) -> Result<Vec<AgendaItemInput>> {
        Ok(of_meetings(conn, &[id])?.remove(&id).unwrap_or_default())
    }

    pub(super) fn replace(conn: &mut Db, id: MeetingId, items: &[AgendaItemInput], now: Instant) -> Result<()> {
        diesel::delete(agenda_items::table.filter(agenda_items::meeting_id.eq(id))).execute(conn)?;
        for (position, item) in (0_i32..).zip(items) {
            diesel::insert_into(agenda_items::table)
                .values((
                    agenda_items::id.eq(RawId(new_id::<Uuid>(now))),
                    agenda_items::meeting_id.eq(id),
                    agenda_items::position.eq(position),
                    agenda_items::title.eq(&item.title),
                    agenda_items::kind.eq(item.kind),
                    agenda_items::presenter.eq(&item.presenter),
                    agenda_items::commission_id.eq(item.commission_id),
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
    use crate::http::{Body, List};
    use crate::identity::Caller;

    pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
        cfg.service(show).service(replace);
    }

    /// Show the agenda
    ///
    /// Permissions: those who may see the meeting.
    #[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The meeting")), responses((status = 200, description = "The items, in order", body = Vec<AgendaItemInput>)))]
    #[get("/api/v1/meetings/{id}/agenda")]
    pub(crate) async fn show(caller: Caller, id: Path<MeetingId>) -> Result<HttpResponse> {
        caller.show(scope::load_part(*id, |conn, meeting| store::of_meeting(conn, meeting.id))).await
    }

    /// Set the agenda
    ///
    /// Replaces the whole list; at most 200 items, in order.
    ///
    /// Permissions: secretariat of any of its commissions; coordinator; admin.
    #[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The meeting")), request_body = Vec<AgendaItemInput>, responses((status = 200, description = "The items, in order", body = Vec<AgendaItemInput>), (status = 429, description = "The mails of the day are used up; see Retry-After", body = crate::http::Problem, content_type = "application/problem+json")))]
    #[put("/api/v1/meetings/{id}/agenda")]
    pub(crate) async fn replace(
        caller: Caller,
        id: Path<MeetingId>,
        body: Body<List<AgendaItemInput, MAX_ITEMS>>,
    ) -> Result<HttpResponse> {
        let id = id.into_inner();
        let load = scope::load_part_to_change(id, |conn, meeting| store::of_meeting(conn, meeting.id));
        caller.put(body, load, move |tx, actor, List(items)| put_agenda(tx, actor, id, items)).await
    }
}
