//! `/activities`.

use actix_web::web::Path;
use actix_web::{HttpResponse, delete, get, patch, post};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::{Activity, ActivityInput, ActivityKind, ActivityStatus};
use super::{actions, policy, store};
use crate::access::Visibility;
use crate::db::{ActivityId, CommissionId, Db, InstitutionId, PlanItemId, Tx};
use crate::error::{Error, Faults, Result};
use crate::http::{Body, Input, Page, Paging, Patch, Query, Sent};
use crate::i18n::Lang;
use crate::identity::{Actor, Caller};
use crate::themes::Theme;

/// Registers every route of activities.
pub(super) fn routes(cfg: &mut crate::http::Routes<'_>) {
    // The fixed address comes before that of an activity, which would match it too.
    cfg.service(validate).service(list).service(create).service(show).service(update).service(remove);
    cfg.service(send_back);
}

/// The activities to validate.
#[derive(Debug, Clone, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(super) struct ActivityValidation {
    /// Submitted activities: at most 200.
    #[schema(min_items = 1, max_items = 200)]
    pub(super) ids: Vec<ActivityId>,
}

impl Input for ActivityValidation {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        if self.ids.is_empty() {
            faults.add("/ids", "too_few");
        }
        faults.distinct("/ids", &self.ids, 200);
    }
}

/// The activities that are validated.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ValidatedActivities {
    /// The ids, in the order of the request.
    validated: Vec<ActivityId>,
}

/// The reason for which an activity is sent back.
#[derive(Debug, Clone, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(super) struct ActivityReturn {
    /// The reason, for the person who entered it.
    #[schema(examples("Falta el número de participantes."), max_length = 10_000)]
    pub(super) reason: String,
}

impl Input for ActivityReturn {
    fn check(&self, faults: &mut Faults) {
        faults.text("/reason", &self.reason, 10_000);
    }
}

/// Filters of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ListQuery {
    /// Only those of this country.
    #[param(example = "CL")]
    country_code: Option<String>,
    /// Only those of this commission.
    commission_id: Option<CommissionId>,
    /// Only those that this institution organised or took part in.
    institution_id: Option<InstitutionId>,
    /// Only those of this kind.
    #[param(example = "training")]
    kind: Option<ActivityKind>,
    /// Only those of this theme.
    #[param(example = "child_labour")]
    theme: Option<Theme>,
    /// Only those that contribute to this item of a plan.
    plan_item_id: Option<PlanItemId>,
    /// Only those that end on this day or later; those without a date, by the period that they were reported for.
    #[serde(default, deserialize_with = "crate::dates::query_day")]
    #[param(example = "2023-05-01")]
    from: Option<NaiveDate>,
    /// Only those that begin on this day or earlier.
    #[serde(default, deserialize_with = "crate::dates::query_day")]
    #[param(example = "2023-12-31")]
    to: Option<NaiveDate>,
    /// Only those in this state.
    #[param(example = "submitted")]
    status: Option<ActivityStatus>,
    /// Words of the title, description, result or territories; accents and case ignored.
    #[param(example = "capacitacion")]
    q: Option<String>,
    /// The number of items on a page, 1 to 200.
    #[param(example = 50)]
    limit: Option<i64>,
    /// The `next_cursor` of the previous page.
    cursor: Option<String>,
    /// With `true`, the answer has `total`: the number of records in the whole list.
    #[param(example = true)]
    count: Option<bool>,
}

impl ListQuery {
    /// Reads the filters and the place in the list.
    pub(super) fn read(self, count: Option<bool>) -> Result<(store::Filter, Paging<ActivityId>)> {
        let paging = Paging::read(self.limit, self.cursor.as_deref())?.counting(count.or(self.count));
        Ok((self.filter()?, paging))
    }

    fn filter(self) -> Result<store::Filter> {
        if let (Some(from), Some(to)) = (self.from, self.to)
            && from > to
        {
            return Err(Error::bad_query("order", "from"));
        }
        Ok(store::Filter {
            country_code: self.country_code,
            commission_id: self.commission_id,
            institution_id: self.institution_id,
            kind: self.kind,
            theme: self.theme,
            plan_item_id: self.plan_item_id,
            from: self.from,
            to: self.to,
            status: self.status,
            q: self.q,
        })
    }
}

/// List activities
///
/// In the order in which they were created.
///
/// Permissions: anyone signed in; coordinators see all activities of the country, others those of their commissions and
/// those that their institution organises or takes part in.
#[utoipa::path(tag = "activities", params(ListQuery), responses((status = 200, description = "One page", body = Page<Activity>)))]
#[get("/api/v1/activities")]
pub(crate) async fn list(caller: Caller, lang: Lang, query: Query<ListQuery>) -> Result<HttpResponse> {
    let (filter, paging) = query.0.read(None)?;
    caller
        .list(move |conn, actor| {
            let page = store::list(conn, &Visibility::of(actor), &filter, &paging)?;
            Ok(page.map(|activity| for_reader(activity.with_findings(lang), actor)))
        })
        .await
}

/// Create an activity
///
/// Permissions: admin; coordinator of the country; secretariat of its commissions; representative of an institution that
/// organises it, as a draft or submitted.
#[utoipa::path(tag = "activities", request_body = ActivityInput, responses((status = 201, description = "Created", body = Activity)))]
#[post("/api/v1/activities")]
pub(crate) async fn create(caller: Caller, lang: Lang, body: Body<ActivityInput>) -> Result<HttpResponse> {
    let location = |activity: &Activity| format!("/api/v1/activities/{}", activity.id);
    let create = move |tx: &mut Tx<'_>, actor: &Actor, input| {
        let activity = actions::create(tx, actor, input)?;
        with_all_findings(tx.conn, actor, activity, lang)
    };
    caller.create(body, location, create).await
}

/// Show an activity
///
/// Permissions: as for the list.
#[utoipa::path(tag = "activities", responses((status = 200, description = "The activity", body = Activity)))]
#[get("/api/v1/activities/{id}")]
pub(crate) async fn show(caller: Caller, lang: Lang, id: Path<ActivityId>) -> Result<HttpResponse> {
    caller.show(move |conn, actor| Ok(for_reader(find_with_findings(conn, actor, *id, lang)?, actor))).await
}

/// Change an activity
///
/// Those who validate make a draft of a submitted activity by `POST …/return` alone, which takes the reason.
///
/// Permissions: as for creating one; only the secretariat, the coordinator and admins validate an activity or change a
/// validated one.
#[utoipa::path(tag = "activities", request_body = ActivityInput, responses((status = 200, description = "Changed", body = Activity)))]
#[patch("/api/v1/activities/{id}")]
pub(crate) async fn update(caller: Caller, lang: Lang, id: Path<ActivityId>, patch: Patch) -> Result<HttpResponse> {
    let id = id.into_inner();
    let load = move |tx: &mut Tx<'_>, actor: &Actor| find_with_findings(tx.conn, actor, id, lang);
    let save = move |tx: &mut Tx<'_>, actor: &Actor, input| {
        let activity = actions::update(tx, actor, id, input)?;
        with_all_findings(tx.conn, actor, activity, lang)
    };
    caller.patch(patch, load, Activity::input, save).await
}

/// Remove an activity that is not validated
///
/// 409 `in_use` when it is validated.
///
/// Permissions: as for changing it.
#[utoipa::path(tag = "activities", responses((status = 204, description = "Removed")))]
#[delete("/api/v1/activities/{id}")]
pub(crate) async fn remove(caller: Caller, lang: Lang, id: Path<ActivityId>) -> Result<HttpResponse> {
    let load = move |tx: &mut Tx<'_>, actor: &Actor| find_with_findings(tx.conn, actor, *id, lang);
    caller.delete(load, actions::delete).await
}

/// Validate several activities
///
/// All of them or none: a fault for each that is not submitted. Each person who entered some of them is notified in
/// one mail.
///
/// Permissions: admin; coordinator of the country; secretariat of one of the commissions of each.
#[utoipa::path(tag = "activities", request_body = ActivityValidation, responses((status = 200, description = "Validated", body = ValidatedActivities)))]
#[post("/api/v1/activities/validation")]
pub(crate) async fn validate(caller: Caller, body: Body<ActivityValidation>) -> Result<HttpResponse> {
    let Body { raw, sent } = body;
    let key = caller.repeatable(|| raw);
    let validate = move |tx: &mut Tx<'_>, actor: &Actor| {
        let Sent { input, faults } = sent.clone();
        let validated = tx.with_faults(faults, |tx| actions::validate(tx, actor, &input.ids))?;
        Ok(ValidatedActivities { validated })
    };
    caller.act_once(key, validate).await
}

/// Send an activity back
///
/// A submitted or validated activity becomes a draft again; the person who entered it is notified of the reason. 409
/// `not_submitted` for a draft.
///
/// Permissions: admin; coordinator of the country; secretariat of one of its commissions.
#[utoipa::path(tag = "activities", request_body = ActivityReturn, responses((status = 200, description = "Sent back", body = Activity)))]
#[post("/api/v1/activities/{id}/return")]
pub(crate) async fn send_back(
    caller: Caller,
    lang: Lang,
    id: Path<ActivityId>,
    body: Body<ActivityReturn>,
) -> Result<HttpResponse> {
    let id = id.into_inner();
    let reason = body.input().reason;
    let load = move |tx: &mut Tx<'_>, actor: &Actor| find_with_findings(tx.conn, actor, id, lang);
    let send_back = move |tx: &mut Tx<'_>, actor: &Actor| {
        let activity = actions::send_back(tx, actor, id, &reason)?;
        with_all_findings(tx.conn, actor, activity, lang)
    };
    caller.act(load, send_back).await
}

/// Loads an activity that the actor may see, with its findings.
pub(super) fn find_with_findings(conn: &mut Db, actor: &Actor, id: ActivityId, lang: Lang) -> Result<Activity> {
    let activity = store::find(conn, &Visibility::of(actor), id)?;
    with_all_findings(conn, actor, activity, lang)
}

/// Returns an activity as the actor may read it: those who may change it read its note.
pub(super) fn for_reader(mut activity: Activity, actor: &Actor) -> Activity {
    if policy::require_writer(actor, &activity.fields).is_err() {
        activity.fields.note = None;
    }
    activity
}

/// Adds the findings of one activity, possible duplicates included.
fn with_all_findings(conn: &mut Db, actor: &Actor, mut activity: Activity, lang: Lang) -> Result<Activity> {
    activity.duplicates = store::duplicates(conn, &Visibility::of(actor), &activity)?;
    Ok(activity.with_findings(lang))
}
