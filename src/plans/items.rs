//! Items of plans: priorities, next steps, objectives, actions, deliverables, ...

mod store;

use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use super::plan::{Plan, find_plan};
use crate::access::{
    Visibility, check_countries, check_institutions, makes_a_cycle, may_coordinate, require_coordinator,
};
use crate::audit;
use crate::clock::{Instant, new_id};
use crate::dates::in_range;
use crate::db::dispatch::lock_row;
use crate::db::{Db, InstitutionId, PlanId, PlanItemId, Tx};
use crate::error::{Code, Error, Faults, Result};
use crate::http::Input;
use crate::identity::Actor;
use crate::translations::{Translations, check_remarks};

pub(crate) use api::routes;
pub(crate) use store::{
    by_ids as plan_items_by_id, countries as known_item_countries, of_plans as items_of_plans,
    search as search_plan_items, search_count as count_plan_items_found,
};

crate::text_enum! {
    /// The kind of item.
    PlanItemKind {
        Priority = "priority",
        NextStep = "next_step",
        Objective = "objective",
        Action = "action",
        Deliverable = "deliverable",
        Milestone = "milestone",
        Service = "service",
        Indicator = "indicator",
    }
}

crate::text_enum! {
    /// The progress of an item: the four choices of the annual progress report.
    ItemStatus {
        NotAchieved = "not_achieved",
        Planned = "planned",
        InProgress = "in_progress",
        Completed = "completed",
    }
}

/// The greatest position.
const LAST_POSITION: i32 = 1_000_000;

/// The content of an item of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct PlanItemInput {
    /// The kind of item.
    #[schema(examples("next_step"))]
    pub kind: PlanItemKind,
    /// The text.
    #[schema(examples("Información y Conocimiento"), max_length = 2000)]
    pub title: String,
    /// Its position in the plan, 0 to 1,000,000, unique in the plan (409 `duplicate`); by default after the last item.
    #[deserr(default)]
    #[schema(examples(1), minimum = 0, maximum = 1_000_000)]
    pub position: Option<i32>,
    /// Its number or heading as printed; not necessarily unique.
    #[deserr(default)]
    #[schema(examples("Prioridad 1"), max_length = 200)]
    pub label: Option<String>,
    /// The item of the same plan of which it is a part.
    #[deserr(default)]
    pub parent_id: Option<PlanItemId>,
    /// The first day of its own period.
    #[deserr(default)]
    #[schema(examples("2023-05-01"))]
    pub period_from: Option<NaiveDate>,
    /// The last day of its own period.
    #[deserr(default)]
    #[schema(examples("2023-12-31"))]
    pub period_to: Option<NaiveDate>,
    /// Its progress, as decided by people; null if unknown.
    #[deserr(default)]
    #[schema(examples("in_progress"))]
    pub status: Option<ItemStatus>,
    /// A comment on the status.
    #[deserr(default)]
    #[schema(examples("Avance sostenido en las tres comisiones."), max_length = 10_000)]
    pub comment: Option<String>,
    /// The institutions responsible for it.
    #[deserr(default)]
    #[schema(max_items = 100, required = false)]
    pub responsible_ids: Vec<InstitutionId>,
    /// A remark for those who may change the record; nobody else reads it, and no document prints it.
    #[deserr(default)]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(examples("La fuente no da la fecha exacta."), max_length = 4000)]
    pub note: Option<String>,
    /// The texts of the record in other languages.
    #[deserr(default)]
    #[serde(skip_serializing_if = "Translations::is_empty")]
    #[schema(required = false)]
    pub translations: Translations,
}

/// The free texts that can be translated.
const TRANSLATED: &[&str] = &["title", "label", "comment"];

impl Input for PlanItemInput {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        faults.text("/title", &self.title, 2000);
        if let Some(position) = self.position {
            faults.within("/position", position, 0, LAST_POSITION);
        }
        faults.opt_text("/label", self.label.as_ref(), 200);
        for (pointer, day) in [("/period_from", self.period_from), ("/period_to", self.period_to)] {
            if day.is_some_and(|day| !in_range(day)) {
                faults.add(pointer, "invalid_date");
            }
        }
        faults.ordered("/period_to", self.period_from, self.period_to);
        faults.opt_text("/comment", self.comment.as_ref(), 10_000);
        faults.distinct("/responsible_ids", &self.responsible_ids, 100);
        check_remarks(self.note.as_ref(), &self.translations, TRANSLATED, faults);
    }
}

/// An item of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct PlanItem {
    /// The item's id.
    pub id: PlanItemId,
    /// Its plan.
    pub plan_id: PlanId,
    #[serde(flatten)]
    pub fields: PlanItemInput,
    /// The time of creation.
    pub created_at: Instant,
    /// The time of the last change.
    pub updated_at: Instant,
}

impl PlanItem {
    pub(crate) fn input(&self) -> PlanItemInput {
        self.fields.clone()
    }

    /// Returns its label and title.
    pub(crate) fn name(&self) -> String {
        match &self.fields.label {
            Some(label) => format!("{label}: {}", self.fields.title),
            None => self.fields.title.clone(),
        }
    }
}

crate::nothing_restricted!(PlanItem);

pub(crate) fn create_plan_item(tx: &mut Tx<'_>, actor: &Actor, plan: PlanId, input: PlanItemInput) -> Result<PlanItem> {
    let plan = lock_writable_plan(tx, actor, plan)?;
    let id = new_id(tx.now);
    let fields = check_and_position(tx, &plan, id, input)?;
    let item = PlanItem { id, plan_id: plan.id, fields, created_at: tx.now, updated_at: tx.now };
    store::insert(tx.conn, &item)?;
    audit::created(tx, "plan_item", id, Some(&plan.fields.country_code), &item)?;
    Ok(item)
}

pub(crate) fn update_plan_item(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: PlanItemId,
    input: PlanItemInput,
) -> Result<PlanItem> {
    let found = store::by_ids(tx.conn, &[id])?.remove(&id).ok_or(Code::NotFound)?;
    let plan = lock_writable_plan(tx, actor, found.plan_id)?;
    let before = store::find(tx.conn, plan.id, id)?;
    let fields = check_and_position(tx, &plan, id, input)?;
    let after = PlanItem { fields, updated_at: tx.now, ..before.clone() };
    store::update(tx.conn, &after)?;
    audit::updated(tx, "plan_item", id, Some(&plan.fields.country_code), &before, &after)?;
    Ok(after)
}

/// Deletes an item; 409 `in_use` if anything refers to it: its parts, activities, commitments, observations.
pub(super) fn delete_plan_item(tx: &mut Tx<'_>, actor: &Actor, item: PlanItem) -> Result<()> {
    let plan = lock_writable_plan(tx, actor, item.plan_id)?;
    store::delete(tx.conn, item.id)?;
    audit::deleted(tx, "plan_item", item.id, Some(&plan.fields.country_code), &item)
}

/// Returns the plan, locked until the transaction ends, so that two items never get the same position; 403 if the actor
/// may not write it.
fn lock_writable_plan(tx: &mut Tx<'_>, actor: &Actor, id: PlanId) -> Result<Plan> {
    lock_row(tx.conn, "plans", id)?;
    let plan = find_plan(tx.conn, &Visibility::of(actor), id)?;
    require_coordinator(actor, &plan.fields.country_code)?;
    Ok(plan)
}

/// Checks the references, and gives the item the next position if it has none.
fn check_and_position(tx: &mut Tx<'_>, plan: &Plan, id: PlanItemId, mut input: PlanItemInput) -> Result<PlanItemInput> {
    let mut faults = tx.faults();
    let responsibles: Vec<_> =
        input.responsible_ids.iter().enumerate().map(|(n, id)| (format!("/responsible_ids/{n}"), *id)).collect();
    check_institutions(tx.conn, &responsibles, &mut faults)?;
    if let Some(parent) = input.parent_id {
        let in_plan = store::by_ids(tx.conn, &[parent])?.get(&parent).is_some_and(|item| item.plan_id == plan.id);
        if parent != id && !in_plan {
            faults.add("/parent_id", "unknown_reference");
        } else if makes_a_cycle(id, parent, &store::parents(tx.conn, plan.id)?) {
            faults.add("/parent_id", "cycle");
        }
    }
    if input.position.is_none() {
        let next = store::last_position(tx.conn, plan.id, id)?.map_or(1, |last| last.saturating_add(1));
        faults.within("/position", next, 0, LAST_POSITION);
        input.position = Some(next);
    }
    faults.into_result()?;
    match input.position {
        Some(position) if store::is_taken(tx.conn, plan.id, position, id)? => Err(Error::new(Code::Duplicate)),
        _ => Ok(input),
    }
}

/// Adds a fault for each referenced item that does not exist, is not visible, or is of another country.
pub(crate) fn known_plan_items(
    conn: &mut Db,
    visibility: &Visibility,
    country: &str,
    references: &[(String, PlanItemId)],
    faults: &mut Faults,
) -> Result<()> {
    let ids: Vec<_> = references.iter().map(|(_, id)| *id).collect();
    let countries = store::countries(conn, visibility, &ids)?;
    check_countries(country, &countries, references, faults);
    Ok(())
}

mod api {
    use actix_web::web::Path;
    use actix_web::{HttpResponse, delete, get, patch, post};

    use super::*;
    use crate::http::{Body, Page, PageQuery, Patch, Query};
    use crate::identity::Caller;

    pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
        cfg.service(list).service(create).service(show).service(update).service(remove);
    }

    /// List the items of a plan
    ///
    /// In the order of their positions.
    ///
    /// Permissions: those who may see the plan.
    #[utoipa::path(tag = "plans", params(PageQuery), responses((status = 200, description = "One page", body = Page<PlanItem>)))]
    #[get("/api/v1/plans/{id}/items")]
    pub(crate) async fn list(caller: Caller, id: Path<PlanId>, query: Query<PageQuery>) -> Result<HttpResponse> {
        let paging = query.0.paging()?;
        let list = move |conn: &mut Db, actor: &Actor| {
            let plan = find_plan(conn, &Visibility::of(actor), *id)?;
            let page = store::list(conn, plan.id, &paging)?;
            Ok(page.map(|item| for_reader(item, actor, &plan)))
        };
        caller.list(list).await
    }

    /// Create an item of a plan
    ///
    /// Permissions: admin; coordinator of the country. 409 `duplicate` if another item has that position.
    #[utoipa::path(tag = "plans", request_body = PlanItemInput, responses((status = 201, description = "Created", body = PlanItem)))]
    #[post("/api/v1/plans/{id}/items")]
    pub(crate) async fn create(caller: Caller, id: Path<PlanId>, body: Body<PlanItemInput>) -> Result<HttpResponse> {
        let location = |item: &PlanItem| format!("/api/v1/plans/{}/items/{}", item.plan_id, item.id);
        caller.create(body, location, move |tx, actor, input| create_plan_item(tx, actor, *id, input)).await
    }

    /// Show an item of a plan
    ///
    /// Permissions: those who may see the plan.
    #[utoipa::path(tag = "plans", responses((status = 200, description = "The item", body = PlanItem)))]
    #[get("/api/v1/plans/{id}/items/{item_id}")]
    pub(crate) async fn show(caller: Caller, path: Path<(PlanId, PlanItemId)>) -> Result<HttpResponse> {
        let path = path.into_inner();
        let show = move |conn: &mut Db, actor: &Actor| {
            let plan = find_plan(conn, &Visibility::of(actor), path.0)?;
            Ok(for_reader(store::find(conn, plan.id, path.1)?, actor, &plan))
        };
        caller.show(show).await
    }

    /// Change an item of a plan
    ///
    /// Permissions: admin; coordinator of the country. 409 `duplicate` if another item has that position.
    #[utoipa::path(tag = "plans", request_body = PlanItemInput, responses((status = 200, description = "Changed", body = PlanItem)))]
    #[patch("/api/v1/plans/{id}/items/{item_id}")]
    pub(crate) async fn update(caller: Caller, path: Path<(PlanId, PlanItemId)>, patch: Patch) -> Result<HttpResponse> {
        let path = path.into_inner();
        let save = move |tx: &mut Tx<'_>, actor: &Actor, input| update_plan_item(tx, actor, path.1, input);
        caller.patch(patch, move |tx, actor| load(tx.conn, actor, path), PlanItem::input, save).await
    }

    /// Delete an item of a plan
    ///
    /// Permissions: admin; coordinator of the country. 409 `in_use` if anything refers to it.
    #[utoipa::path(tag = "plans", responses((status = 204, description = "Deleted")))]
    #[delete("/api/v1/plans/{id}/items/{item_id}")]
    pub(crate) async fn remove(caller: Caller, path: Path<(PlanId, PlanItemId)>) -> Result<HttpResponse> {
        let path = path.into_inner();
        caller.delete(move |tx, actor| load(tx.conn, actor, path), delete_plan_item).await
    }

    /// Returns an item as the actor may read it: those who may change it read its note.
    fn for_reader(mut item: PlanItem, actor: &Actor, plan: &Plan) -> PlanItem {
        if !may_coordinate(actor, &plan.fields.country_code) {
            item.fields.note = None;
        }
        item
    }

    fn load(conn: &mut Db, actor: &Actor, (plan, item): (PlanId, PlanItemId)) -> Result<PlanItem> {
        let plan = find_plan(conn, &Visibility::of(actor), plan)?;
        store::find(conn, plan.id, item)
    }
}
