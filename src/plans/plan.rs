//! Plans: roadmaps, strategies, policies, work plans.

mod store;

use chrono::NaiveDate;
use deserr::Deserr;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::access::{
    Visibility, may_coordinate, require_coordinator, same_country, target_commissions, target_country,
};
use crate::audit;
use crate::clock::{Instant, new_id};
use crate::dates::PartialDate;
use crate::db::dispatch::lock_row;
use crate::db::{CommissionId, PlanId, Tx};
use crate::error::{Code, Faults, Result};
use crate::http::Input;
use crate::identity::Actor;
use crate::translations::{Translations, check_remarks};

pub(crate) use api::routes;
pub(crate) use store::{
    all_of_country as plans_of_country, all_visible as visible_plans, find as find_plan, visible_of as known_plans,
};
pub(super) use store::{list, visible};

crate::text_enum! {
    /// The kind of plan.
    PlanKind {
        Roadmap = "roadmap",
        NationalStrategy = "national_strategy",
        NationalPlan = "national_plan",
        Policy = "policy",
        WorkPlan = "work_plan",
        Other = "other",
    }
}

/// The content of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct PlanInput {
    /// The country that follows it.
    #[schema(examples("CL"), max_length = 2)]
    pub country_code: String,
    /// The kind of plan.
    #[schema(examples("roadmap"))]
    pub kind: PlanKind,
    /// Its name.
    #[schema(examples("Hoja de Ruta de Chile (2022 – 2025)"), max_length = 500)]
    pub title: String,
    /// The beginning of its period.
    #[deserr(default)]
    #[schema(examples("2022"))]
    pub starts: Option<PartialDate>,
    /// The end of its period; not before `starts`.
    #[deserr(default)]
    #[schema(examples("2025"))]
    pub ends: Option<PartialDate>,
    /// The commissions that follow it, all of its country; if empty, it concerns the whole country.
    #[deserr(default)]
    #[schema(max_items = 100, required = false)]
    pub commission_ids: Vec<CommissionId>,
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
const TRANSLATED: &[&str] = &["title"];

impl Input for PlanInput {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        faults.text("/title", &self.title, 500);
        faults.ordered("/ends", self.starts.as_ref().map(PartialDate::from), self.ends.as_ref().map(PartialDate::to));
        faults.distinct("/commission_ids", &self.commission_ids, 100);
        check_remarks(self.note.as_ref(), &self.translations, TRANSLATED, faults);
    }
}

/// Filters of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct PlanFilter {
    /// Only those of this country.
    #[param(example = "CL")]
    pub country_code: Option<String>,
    /// Only those of this kind.
    #[param(example = "roadmap")]
    pub kind: Option<PlanKind>,
    /// The size of a page, 1 to 200.
    #[param(example = 50)]
    pub limit: Option<i64>,
    /// The `next_cursor` of the previous page.
    pub cursor: Option<String>,
    /// With `true`, the answer has `total`: the number of records in the whole list.
    #[param(example = true)]
    pub count: Option<bool>,
}

/// A roadmap, strategy, policy or work plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Plan {
    /// The plan's id.
    pub id: PlanId,
    #[serde(flatten)]
    pub fields: PlanInput,
    /// The first day that `starts` can mean.
    #[schema(examples("2023-08-01"))]
    pub starts_from: Option<NaiveDate>,
    /// The last day that `starts` can mean.
    #[schema(examples("2023-08-31"))]
    pub starts_to: Option<NaiveDate>,
    /// The first day that `ends` can mean.
    #[schema(examples("2025-01-01"))]
    pub ends_from: Option<NaiveDate>,
    /// The last day that `ends` can mean.
    #[schema(examples("2025-12-31"))]
    pub ends_to: Option<NaiveDate>,
    /// The time of creation.
    pub created_at: Instant,
    /// The time of the last change.
    pub updated_at: Instant,
}

impl Plan {
    pub(crate) fn new(id: PlanId, fields: PlanInput, created_at: Instant, updated_at: Instant) -> Self {
        let (starts_from, starts_to) = PartialDate::bounds(fields.starts.as_ref());
        let (ends_from, ends_to) = PartialDate::bounds(fields.ends.as_ref());
        Self { id, fields, starts_from, starts_to, ends_from, ends_to, created_at, updated_at }
    }

    pub(crate) fn input(&self) -> PlanInput {
        self.fields.clone()
    }

    /// Returns the plan as the actor may read it: those who may change it read its note.
    fn for_reader(mut self, actor: &Actor) -> Self {
        if !may_coordinate(actor, &self.fields.country_code) {
            self.fields.note = None;
        }
        self
    }
}

crate::nothing_restricted!(Plan);

pub(crate) fn create_plan(tx: &mut Tx<'_>, actor: &Actor, input: PlanInput) -> Result<Plan> {
    check_references(tx, actor, &[], &input)?;
    let plan = Plan::new(new_id(tx.now), input, tx.now, tx.now);
    store::insert(tx.conn, &plan)?;
    audit::created(tx, "plan", plan.id, Some(&plan.fields.country_code), &plan)?;
    Ok(plan)
}

/// Changes a plan; 409 `in_use` for a change of the country of a plan with items.
pub(crate) fn update_plan(tx: &mut Tx<'_>, actor: &Actor, id: PlanId, input: PlanInput) -> Result<Plan> {
    lock_row(tx.conn, "plans", id)?;
    let before = store::find(tx.conn, &Visibility::of(actor), id)?;
    require_coordinator(actor, &before.fields.country_code)?;
    check_references(tx, actor, &before.fields.commission_ids, &input)?;
    if before.fields.country_code != input.country_code && store::has_items(tx.conn, id)? {
        return Err(Code::InUse.into());
    }
    let after = Plan::new(id, input, before.created_at, tx.now);
    store::update(tx.conn, &after)?;
    audit::updated(tx, "plan", id, Some(&after.fields.country_code), &before, &after)?;
    Ok(after)
}

/// Deletes a plan; 409 `in_use` if it has items or a report is based on it.
pub(super) fn delete_plan(tx: &mut Tx<'_>, actor: &Actor, plan: Plan) -> Result<()> {
    require_coordinator(actor, &plan.fields.country_code)?;
    store::delete(tx.conn, plan.id)?;
    audit::deleted(tx, "plan", plan.id, Some(&plan.fields.country_code), &plan)
}

fn check_references(tx: &mut Tx<'_>, actor: &Actor, current: &[CommissionId], input: &PlanInput) -> Result<()> {
    let mut faults = tx.faults();
    target_country(tx.conn, actor, &input.country_code, &mut faults)?;
    let commissions = ("/commission_ids", input.commission_ids.as_slice());
    let targets = target_commissions(tx.conn, actor, commissions, current, &mut faults)?;
    same_country(&input.country_code, &input.commission_ids, &targets, &mut faults);
    faults.into_result()
}

mod api {
    use actix_web::web::Path;
    use actix_web::{HttpResponse, delete, get, patch, post};

    use super::*;
    use crate::http::{Body, Page, Paging, Patch, Query};
    use crate::identity::Caller;

    pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
        cfg.service(list).service(create).service(show).service(update).service(remove);
    }

    /// List plans
    ///
    /// The plans that the caller may see, in the order of creation.
    ///
    /// Permissions: all signed-in users. Coordinators see all plans of their country, others the plans that their
    /// commissions follow, those with items for which their institution is responsible, and those without commissions
    /// in a country where they take part in a commission.
    #[utoipa::path(tag = "plans", params(PlanFilter), responses((status = 200, description = "One page", body = Page<Plan>)))]
    #[get("/api/v1/plans")]
    pub(crate) async fn list(caller: Caller, query: Query<PlanFilter>) -> Result<HttpResponse> {
        let filter = query.0;
        let paging = Paging::read(filter.limit, filter.cursor.as_deref())?.counting(filter.count);
        caller
            .list(move |conn, actor| {
                let page = store::list(conn, &Visibility::of(actor), &filter, &paging)?;
                Ok(page.map(|plan| plan.for_reader(actor)))
            })
            .await
    }

    /// Create a plan
    ///
    /// Permissions: admin; coordinator of the country.
    #[utoipa::path(tag = "plans", request_body = PlanInput, responses((status = 201, description = "Created", body = Plan)))]
    #[post("/api/v1/plans")]
    pub(crate) async fn create(caller: Caller, body: Body<PlanInput>) -> Result<HttpResponse> {
        caller.create(body, |plan: &Plan| format!("/api/v1/plans/{}", plan.id), create_plan).await
    }

    /// Show a plan
    ///
    /// Permissions: as for the list.
    #[utoipa::path(tag = "plans", responses((status = 200, description = "The plan", body = Plan)))]
    #[get("/api/v1/plans/{id}")]
    pub(crate) async fn show(caller: Caller, id: Path<PlanId>) -> Result<HttpResponse> {
        caller.show(move |conn, actor| Ok(store::find(conn, &Visibility::of(actor), *id)?.for_reader(actor))).await
    }

    /// Change a plan
    ///
    /// Permissions: admin; coordinator of the country. The country of a plan with items cannot be changed (409
    /// `in_use`).
    #[utoipa::path(tag = "plans", request_body = PlanInput, responses((status = 200, description = "Changed", body = Plan)))]
    #[patch("/api/v1/plans/{id}")]
    pub(crate) async fn update(caller: Caller, id: Path<PlanId>, patch: Patch) -> Result<HttpResponse> {
        let id = id.into_inner();
        let save = move |tx: &mut Tx<'_>, actor: &Actor, input| update_plan(tx, actor, id, input);
        caller.patch(patch, move |tx, actor| store::find(tx.conn, &Visibility::of(actor), id), Plan::input, save).await
    }

    /// Delete a plan
    ///
    /// Permissions: admin; coordinator of the country. 409 `in_use` if it has items or a report is based on it.
    #[utoipa::path(tag = "plans", responses((status = 204, description = "Deleted")))]
    #[delete("/api/v1/plans/{id}")]
    pub(crate) async fn remove(caller: Caller, id: Path<PlanId>) -> Result<HttpResponse> {
        caller.delete(move |tx, actor| store::find(tx.conn, &Visibility::of(actor), *id), delete_plan).await
    }
}
