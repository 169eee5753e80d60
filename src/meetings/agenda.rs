//! The agenda of a meeting: a list that is always replaced as a whole. An item that is sent back with its id stays
//! the same item, so that its agreements and commitments still name it.

use std::collections::HashSet;

use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use super::minutes::require_minutes_open;
use super::{Meeting, convocation, scope};
use crate::access::{Visibility, commission_refs};
use crate::audit;
use crate::clock::new_id;
use crate::db::{AgendaItemId, CommissionId, MeetingId, Tx, unique};
use crate::error::{Faults, Result};
use crate::http::Input;
use crate::identity::Actor;

pub(crate) use api::routes;
pub(crate) use store::{
    has_item as has_agenda_item, ids_of_meeting as agenda_items, numbers_of_country as agenda_numbers,
    of_meetings as agenda_of_meetings,
};

/// The maximum number of items of an agenda.
pub(super) const MAX_ITEMS: usize = 200;

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
    /// The item's id; an item that is sent back with it is kept, one without gets a new one.
    #[deserr(default)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<AgendaItemId>,
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
    /// The result of dealing with the item.
    #[deserr(default)]
    #[schema(examples("Se tomó conocimiento; la próxima sesión revisa el avance."), max_length = 10_000)]
    pub outcome: Option<String>,
}

impl AgendaItemInput {
    /// Returns an item that an institution proposed.
    pub(super) fn proposed(id: AgendaItemId, title: String, presenter: String) -> Self {
        let presenter = Some(presenter);
        Self { id: Some(id), title, kind: AgendaKind::Discussion, presenter, commission_id: None, outcome: None }
    }

    /// Returns the content without the id, which a dataset does not have.
    pub(crate) fn without_id(self) -> Self {
        Self { id: None, ..self }
    }
}

impl Input for AgendaItemInput {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        faults.text("/title", &self.title, 500);
        faults.opt_line("/presenter", self.presenter.as_ref(), 300);
        faults.opt_text("/outcome", self.outcome.as_ref(), 10_000);
    }
}

/// Replaces the agenda; if a title or the order changed, the people convened get a mail.
pub(crate) fn put_agenda(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: MeetingId,
    mut items: Vec<AgendaItemInput>,
) -> Result<Vec<AgendaItemInput>> {
    let meeting = scope::lock_writable(tx, actor, id)?;
    require_minutes_open(tx.conn, id)?;
    let before = store::of_meeting(tx.conn, id)?;
    check_items(tx, actor, &meeting, &before, &items)?;
    for item in &mut items {
        item.id.get_or_insert_with(|| new_id(tx.now));
    }
    save(tx, &meeting, &before, items)
}

/// Adds an item to the end of the agenda; the people convened get a mail.
pub(super) fn append(tx: &mut Tx<'_>, meeting: &Meeting, item: AgendaItemInput) -> Result<Vec<AgendaItemInput>> {
    let before = store::of_meeting(tx.conn, meeting.id)?;
    let mut items = before.clone();
    items.push(item);
    let mut faults = Faults::default();
    faults.items("", items.len(), MAX_ITEMS);
    faults.into_result()?;
    save(tx, meeting, &before, items)
}

fn save(
    tx: &mut Tx<'_>,
    meeting: &Meeting,
    before: &[AgendaItemInput],
    items: Vec<AgendaItemInput>,
) -> Result<Vec<AgendaItemInput>> {
    let id = meeting.id;
    store::replace(tx.conn, id, before, &items)?;
    drop_translations(tx, meeting, before, &items)?;
    audit::updated(tx, "agenda", id, Some(&meeting.country_code), &before, &items.as_slice())?;
    if !before.iter().map(|item| &item.title).eq(items.iter().map(|item| &item.title)) {
        convocation::notify_agenda_change(tx, meeting)?;
    }
    Ok(items)
}

/// Drops the translations of items that changed or moved. A dataset states the items and their translations together.
fn drop_translations(
    tx: &mut Tx<'_>,
    meeting: &Meeting,
    before: &[AgendaItemInput],
    items: &[AgendaItemInput],
) -> Result<()> {
    let texts = |items: &[AgendaItemInput]| -> Vec<_> {
        items.iter().map(|item| (item.title.clone(), item.presenter.clone(), item.outcome.clone())).collect()
    };
    if tx.silent {
        return Ok(());
    }
    let kept = meeting.fields.translations.clone().without_changed("agenda", &texts(before), &texts(items));
    super::store::set_translations(tx.conn, meeting, kept)
}

/// Checks that each id is of an item of this agenda and occurs once, and that the commission of each item is one of
/// the meeting, or visible to the actor.
fn check_items(
    tx: &mut Tx<'_>,
    actor: &Actor,
    meeting: &Meeting,
    before: &[AgendaItemInput],
    items: &[AgendaItemInput],
) -> Result<()> {
    let mut others: Vec<_> = items.iter().filter_map(|item| item.commission_id).collect();
    others.retain(|id| !meeting.fields.commission_ids.contains(id));
    let others = unique(others);
    let mut visible = commission_refs(tx.conn, &others)?;
    let visibility = Visibility::of(actor);
    visible.retain(|id, commission| visibility.knows_commission(*id, &commission.country_code));
    let mut faults = tx.faults();
    let mut seen = HashSet::new();
    for (n, item) in items.iter().enumerate() {
        if item.id.is_some() && !before.iter().any(|held| held.id == item.id) {
            faults.add(format!("/{n}/id"), "unknown_reference");
        } else if item.id.is_some_and(|id| !seen.insert(id)) {
            faults.add(format!("/{n}/id"), "duplicate");
        }
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

    use super::*;
    use crate::db::schema::{agenda_items, meetings};
    use crate::db::{AgendaItemId, Db, grouped};

    #[derive(Queryable, Selectable, Insertable, AsChangeset)]
    #[diesel(table_name = agenda_items, treat_none_as_null = true)]
    struct Row {
        id: AgendaItemId,
        meeting_id: MeetingId,
        position: i32,
        title: String,
        kind: AgendaKind,
        presenter: Option<String>,
        commission_id: Option<CommissionId>,
        outcome: Option<String>,
    }

    impl Row {
        fn of(meeting_id: MeetingId, position: i32, item: &AgendaItemInput) -> Option<Self> {
            Some(Self {
                id: item.id?,
                meeting_id,
                position,
                title: item.title.clone(),
                kind: item.kind,
                presenter: item.presenter.clone(),
                commission_id: item.commission_id,
                outcome: item.outcome.clone(),
            })
        }
    }

    /// Returns the agendas of these meetings, in order. One query.
    pub(crate) fn of_meetings(conn: &mut Db, ids: &[MeetingId]) -> Result<HashMap<MeetingId, Vec<AgendaItemInput>>> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let rows: Vec<Row> = agenda_items::table
            .filter(agenda_items::meeting_id.eq_any(ids))
            .order((agenda_items::meeting_id, agenda_items::position))
            .select(Row::as_select())
            .load(conn)?;
        Ok(grouped(rows.into_iter().map(|row| {
            (
                row.meeting_id,
                AgendaItemInput {
                    id: Some(row.id),
                    title: row.title,
                    kind: row.kind,
                    presenter: row.presenter,
                    commission_id: row.commission_id,
                    outcome: row.outcome,
                },
            )
        })))
    }

    /// Returns true if the item is on the agenda of the meeting.
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

    /// Replaces the agenda: an item of `before` whose id is among the new ones is changed, the others are removed.
    pub(super) fn replace(
        conn: &mut Db,
        id: MeetingId,
        before: &[AgendaItemInput],
        items: &[AgendaItemInput],
    ) -> Result<()> {
        let kept: Vec<AgendaItemId> = items.iter().filter_map(|item| item.id).collect();
        let others = agenda_items::meeting_id.eq(id).and(agenda_items::id.ne_all(kept));
        diesel::delete(agenda_items::table.filter(others)).execute(conn)?;
        // Positions are unique in an agenda: the present ones are moved away first.
        let moved = agenda_items::position.eq(agenda_items::position + 10_000);
        diesel::update(agenda_items::table.filter(agenda_items::meeting_id.eq(id))).set(moved).execute(conn)?;
        for (position, item) in (0_i32..).zip(items) {
            let Some(row) = Row::of(id, position, item) else { continue };
            if before.iter().any(|held| held.id == item.id) {
                diesel::update(agenda_items::table.find(row.id)).set(row).execute(conn)?;
            } else {
                diesel::insert_into(agenda_items::table).values(row).execute(conn)?;
            }
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
