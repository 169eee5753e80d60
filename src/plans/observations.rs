//! Observations: challenges, lessons, needs for support and successes, for the questions of the annual report about
//! them.

mod store;

use chrono::NaiveDate;
use deserr::Deserr;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::items::known_plan_items;
use crate::access::{
    Visibility, may_coordinate, require_coordinator, same_country, target_commissions, target_country,
};
use crate::audit;
use crate::clock::{Instant, new_id};
use crate::dates::PartialDate;
use crate::db::dispatch::lock_row;
use crate::db::{CommissionId, ObservationId, PlanItemId, Tx};
use crate::error::{Faults, Result};
use crate::http::Input;
use crate::identity::Actor;
use crate::themes::Theme;
use crate::translations::{Translations, check_remarks};

pub(crate) use api::routes;
pub(crate) use store::{
    all_of_country as observations_of_country, search as search_observations, search_count as count_observations_found,
};
pub(super) use store::{find, list};

crate::text_enum! {
    /// The kind of observation.
    ObservationKind {
        Challenge = "challenge",
        Lesson = "lesson",
        SupportNeed = "support_need",
        Success = "success",
    }
}

/// The content of an observation.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct ObservationInput {
    /// The country concerned.
    #[schema(examples("CL"), max_length = 2)]
    pub country_code: String,
    /// The kind of observation.
    #[schema(examples("challenge"))]
    pub kind: ObservationKind,
    /// The text of the observation.
    #[schema(examples("Faltan sistemas para que las instituciones se traspasen información."), max_length = 10_000)]
    pub text: String,
    /// The measures taken or planned in response.
    #[deserr(default)]
    #[schema(examples("Se acordó un protocolo de traspaso de datos."), max_length = 10_000)]
    pub response: Option<String>,
    /// The organisation that is asked for support.
    #[deserr(default)]
    #[schema(examples("OIT"), max_length = 500)]
    pub addressee: Option<String>,
    /// The kind of support that is asked for.
    #[deserr(default)]
    #[schema(examples("Asistencia técnica"), max_length = 500)]
    pub modality: Option<String>,
    /// The themes concerned.
    #[deserr(default)]
    #[schema(examples(json!(["child_labour"])), required = false)]
    pub themes: Vec<Theme>,
    /// The items of plans concerned.
    #[deserr(default)]
    #[schema(max_items = 100, required = false)]
    pub plan_item_ids: Vec<PlanItemId>,
    /// The date on which it was made.
    #[deserr(default)]
    #[schema(examples("2023-12"))]
    pub noted: Option<PartialDate>,
    /// The commissions that made it, all of its country.
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
const TRANSLATED: &[&str] = &["text", "response", "addressee", "modality"];

impl Input for ObservationInput {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        faults.text("/text", &self.text, 10_000);
        faults.opt_text("/response", self.response.as_ref(), 10_000);
        faults.opt_text("/addressee", self.addressee.as_ref(), 500);
        faults.opt_text("/modality", self.modality.as_ref(), 500);
        faults.distinct("/themes", &self.themes, Theme::ALL.len());
        faults.distinct("/plan_item_ids", &self.plan_item_ids, 100);
        faults.distinct("/commission_ids", &self.commission_ids, 100);
        check_remarks(self.note.as_ref(), &self.translations, TRANSLATED, faults);
    }
}

/// Filters of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ObservationFilter {
    /// Only those of this country.
    #[param(example = "CL")]
    pub country_code: Option<String>,
    /// Only those of this kind.
    #[param(example = "challenge")]
    pub kind: Option<ObservationKind>,
    /// Only those about this theme.
    #[param(example = "child_labour")]
    pub theme: Option<Theme>,
    /// Only those of this commission.
    pub commission_id: Option<CommissionId>,
    /// Only those about this item of a plan.
    pub plan_item_id: Option<PlanItemId>,
    /// The size of a page, 1 to 200.
    #[param(example = 50)]
    pub limit: Option<i64>,
    /// The `next_cursor` of the previous page.
    pub cursor: Option<String>,
    /// With `true`, the answer has `total`: the number of records in the whole list.
    #[param(example = true)]
    pub count: Option<bool>,
}

/// A challenge, lesson, need for support or success.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Observation {
    /// The observation's id.
    pub id: ObservationId,
    #[serde(flatten)]
    pub fields: ObservationInput,
    /// The first day that `noted` can mean.
    #[schema(examples("2023-12-01"))]
    pub noted_from: Option<NaiveDate>,
    /// The last day that `noted` can mean.
    #[schema(examples("2023-12-31"))]
    pub noted_to: Option<NaiveDate>,
    /// The time of creation.
    pub created_at: Instant,
    /// The time of the last change.
    pub updated_at: Instant,
}

impl Observation {
    pub(crate) fn new(
        id: ObservationId,
        mut fields: ObservationInput,
        created_at: Instant,
        updated_at: Instant,
    ) -> Self {
        fields.themes.sort_unstable();
        let (noted_from, noted_to) = PartialDate::bounds(fields.noted.as_ref());
        Self { id, fields, noted_from, noted_to, created_at, updated_at }
    }

    pub(crate) fn input(&self) -> ObservationInput {
        self.fields.clone()
    }

    /// Returns the observation as the actor may read it: those who may change it read its note.
    fn for_reader(mut self, actor: &Actor) -> Self {
        if !may_coordinate(actor, &self.fields.country_code) {
            self.fields.note = None;
        }
        self
    }
}

crate::nothing_restricted!(Observation);

pub(crate) fn create_observation(tx: &mut Tx<'_>, actor: &Actor, input: ObservationInput) -> Result<Observation> {
    check_references(tx, actor, &[], &input)?;
    let observation = Observation::new(new_id(tx.now), input, tx.now, tx.now);
    store::insert(tx.conn, &observation)?;
    audit::created(tx, "observation", observation.id, Some(&observation.fields.country_code), &observation)?;
    Ok(observation)
}

pub(crate) fn update_observation(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ObservationId,
    input: ObservationInput,
) -> Result<Observation> {
    lock_row(tx.conn, "observations", id)?;
    let before = store::find(tx.conn, &Visibility::of(actor), id)?;
    require_coordinator(actor, &before.fields.country_code)?;
    check_references(tx, actor, &before.fields.commission_ids, &input)?;
    let after = Observation::new(id, input, before.created_at, tx.now);
    store::update(tx.conn, &after)?;
    audit::updated(tx, "observation", id, Some(&after.fields.country_code), &before, &after)?;
    Ok(after)
}

pub(super) fn delete_observation(tx: &mut Tx<'_>, actor: &Actor, observation: Observation) -> Result<()> {
    require_coordinator(actor, &observation.fields.country_code)?;
    store::delete(tx.conn, observation.id)?;
    audit::deleted(tx, "observation", observation.id, Some(&observation.fields.country_code), &observation)
}

fn check_references(tx: &mut Tx<'_>, actor: &Actor, current: &[CommissionId], input: &ObservationInput) -> Result<()> {
    let mut faults = tx.faults();
    let is_own = !input.commission_ids.is_empty() && input.commission_ids.iter().all(|id| actor.is_secretariat_of(*id));
    if !is_own {
        target_country(tx.conn, actor, &input.country_code, &mut faults)?;
    }
    let commissions = ("/commission_ids", input.commission_ids.as_slice());
    let targets = target_commissions(tx.conn, actor, commissions, current, &mut faults)?;
    same_country(&input.country_code, &input.commission_ids, &targets, &mut faults);
    let items: Vec<_> =
        input.plan_item_ids.iter().enumerate().map(|(n, id)| (format!("/plan_item_ids/{n}"), *id)).collect();
    known_plan_items(tx.conn, &Visibility::of(actor), &input.country_code, &items, &mut faults)?;
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

    /// List observations
    ///
    /// The observations that the caller may see, in the order of creation.
    ///
    /// Permissions: all signed-in users. Coordinators see all observations of their country, others those of their
    /// commissions.
    #[utoipa::path(tag = "plans", params(ObservationFilter), responses((status = 200, description = "One page", body = Page<Observation>)))]
    #[get("/api/v1/observations")]
    pub(crate) async fn list(caller: Caller, query: Query<ObservationFilter>) -> Result<HttpResponse> {
        let filter = query.0;
        let paging = Paging::read(filter.limit, filter.cursor.as_deref())?.counting(filter.count);
        caller
            .list(move |conn, actor| {
                let page = store::list(conn, &Visibility::of(actor), &filter, &paging)?;
                Ok(page.map(|observation| observation.for_reader(actor)))
            })
            .await
    }

    /// Create an observation
    ///
    /// Permissions: admin; coordinator of the country; secretariats for their commissions.
    #[utoipa::path(tag = "plans", request_body = ObservationInput, responses((status = 201, description = "Created", body = Observation)))]
    #[post("/api/v1/observations")]
    pub(crate) async fn create(caller: Caller, body: Body<ObservationInput>) -> Result<HttpResponse> {
        let location = |observation: &Observation| format!("/api/v1/observations/{}", observation.id);
        caller.create(body, location, create_observation).await
    }

    /// Show an observation
    ///
    /// Permissions: as for the list.
    #[utoipa::path(tag = "plans", responses((status = 200, description = "The observation", body = Observation)))]
    #[get("/api/v1/observations/{id}")]
    pub(crate) async fn show(caller: Caller, id: Path<ObservationId>) -> Result<HttpResponse> {
        caller.show(move |conn, actor| Ok(store::find(conn, &Visibility::of(actor), *id)?.for_reader(actor))).await
    }

    /// Change an observation
    ///
    /// Permissions: admin; coordinator of the country.
    #[utoipa::path(tag = "plans", request_body = ObservationInput, responses((status = 200, description = "Changed", body = Observation)))]
    #[patch("/api/v1/observations/{id}")]
    pub(crate) async fn update(caller: Caller, id: Path<ObservationId>, patch: Patch) -> Result<HttpResponse> {
        let id = id.into_inner();
        let save = move |tx: &mut Tx<'_>, actor: &Actor, input| update_observation(tx, actor, id, input);
        caller
            .patch(patch, move |tx, actor| store::find(tx.conn, &Visibility::of(actor), id), Observation::input, save)
            .await
    }

    /// Delete an observation
    ///
    /// Permissions: admin; coordinator of the country.
    #[utoipa::path(tag = "plans", responses((status = 204, description = "Deleted")))]
    #[delete("/api/v1/observations/{id}")]
    pub(crate) async fn remove(caller: Caller, id: Path<ObservationId>) -> Result<HttpResponse> {
        caller.delete(move |tx, actor| store::find(tx.conn, &Visibility::of(actor), *id), delete_observation).await
    }
}
