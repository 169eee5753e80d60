//! The API of indicators and their values.

use actix_web::web::Path;
use actix_web::{HttpResponse, delete, get, patch, post};
use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::Deserialize;
use utoipa::IntoParams;

use super::document::Named;
use super::model::{
    Indicator, IndicatorFilter, IndicatorInput, IndicatorValue, IndicatorValueInput, MeasuredIndicator,
};
use super::{actions, document, spreadsheet, store};
use crate::access::{Visibility, country_zone, may_coordinate};
use crate::db::{Db, IndicatorId, IndicatorValueId, Tx};
use crate::directory::{country, country_language, institution_names_in};
use crate::error::{Code, Result};
use crate::http::{Body, Page, PageQuery, Paging, Patch, Query};
use crate::i18n::Lang;
use crate::identity::{Actor, Caller};
use crate::plans::{find_plan, plan_items_by_id};
use crate::rendering::{self, DocumentFormat, FileBytes, file_stem, one_line, render, send_document, send_file};

/// Registers the routes of this slice.
pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(list).service(create).service(show).service(update).service(remove);
    cfg.service(list_values).service(record_value).service(show_value).service(show_document);
}

/// Returns the indicator as the actor may read it: those who may change it read its note.
fn for_reader(mut found: MeasuredIndicator, actor: &Actor) -> MeasuredIndicator {
    if !may_coordinate(actor, &found.indicator.country_code) {
        found.indicator.fields.note = None;
    }
    found
}

fn location(found: &MeasuredIndicator) -> String {
    format!("/api/v1/indicators/{}", found.indicator.id)
}

/// List indicators
///
/// The indicators that the caller may see, in the order of creation, each with the series of its values.
///
/// Permissions: all signed-in users. Those who may see a plan see its indicators, and a responsible institution sees
/// its own.
#[utoipa::path(tag = "indicators", params(IndicatorFilter), responses((status = 200, description = "One page", body = Page<MeasuredIndicator>)))]
#[get("/api/v1/indicators")]
pub(crate) async fn list(caller: Caller, query: Query<IndicatorFilter>) -> Result<HttpResponse> {
    let filter = query.0;
    let paging = Paging::read(filter.limit, filter.cursor.as_deref())?.counting(filter.count);
    let read = move |conn: &mut Db, actor: &Actor| {
        let page = store::list(conn, &Visibility::of(actor), &filter, &paging)?;
        Ok(page.map(|found| for_reader(found, actor)))
    };
    caller.list(read).await
}

/// Create an indicator
///
/// Permissions: admin; coordinator of the country of the plan.
#[utoipa::path(tag = "indicators", request_body = IndicatorInput, responses((status = 201, description = "Created", body = MeasuredIndicator)))]
#[post("/api/v1/indicators")]
pub(crate) async fn create(caller: Caller, body: Body<IndicatorInput>) -> Result<HttpResponse> {
    let save = |tx: &mut Tx<'_>, actor: &Actor, input: IndicatorInput| {
        Ok(MeasuredIndicator::new(actions::create(tx, actor, input)?, &[]))
    };
    caller.create(body, location, save).await
}

/// Show an indicator
///
/// With the value of each period, and the targets compared with the values of their years. An unknown value is null, never
/// zero.
///
/// Permissions: as for the list.
#[utoipa::path(tag = "indicators", responses((status = 200, description = "The indicator", body = MeasuredIndicator)))]
#[get("/api/v1/indicators/{id}")]
pub(crate) async fn show(caller: Caller, id: Path<IndicatorId>) -> Result<HttpResponse> {
    let read = move |conn: &mut Db, actor: &Actor| {
        Ok(for_reader(store::find_measured(conn, &Visibility::of(actor), *id)?, actor))
    };
    caller.show(read).await
}

/// Change an indicator
///
/// It may move to another item of a plan of its country.
///
/// Permissions: admin; coordinator of the country.
#[utoipa::path(tag = "indicators", request_body = IndicatorInput, responses((status = 200, description = "Changed", body = MeasuredIndicator)))]
#[patch("/api/v1/indicators/{id}")]
pub(crate) async fn update(caller: Caller, id: Path<IndicatorId>, patch: Patch) -> Result<HttpResponse> {
    let id = id.into_inner();
    let load = move |tx: &mut Tx<'_>, actor: &Actor| store::find_measured(tx.conn, &Visibility::of(actor), id);
    let save = move |tx: &mut Tx<'_>, actor: &Actor, input| {
        actions::update(tx, actor, id, input)?;
        store::find_measured(tx.conn, &Visibility::of(actor), id)
    };
    caller.patch(patch, load, MeasuredIndicator::input, save).await
}

/// Delete an indicator
///
/// Permissions: admin; coordinator of the country. 409 `in_use` if it has values.
#[utoipa::path(tag = "indicators", responses((status = 204, description = "Deleted")))]
#[delete("/api/v1/indicators/{id}")]
pub(crate) async fn remove(caller: Caller, id: Path<IndicatorId>) -> Result<HttpResponse> {
    let load = move |tx: &mut Tx<'_>, actor: &Actor| store::find_measured(tx.conn, &Visibility::of(actor), *id);
    let delete = |tx: &mut Tx<'_>, actor: &Actor, found: MeasuredIndicator| actions::delete(tx, actor, found.indicator);
    caller.delete(load, delete).await
}

/// List the values of an indicator
///
/// All values with their corrections, in the order of recording.
///
/// Permissions: those who may see the indicator.
#[utoipa::path(tag = "indicators", params(PageQuery), responses((status = 200, description = "One page", body = Page<IndicatorValue>)))]
#[get("/api/v1/indicators/{id}/values")]
pub(crate) async fn list_values(
    caller: Caller,
    id: Path<IndicatorId>,
    query: Query<PageQuery>,
) -> Result<HttpResponse> {
    let paging = query.0.paging()?;
    let read = move |conn: &mut Db, actor: &Actor| {
        let indicator: Indicator = store::find(conn, &Visibility::of(actor), *id)?;
        store::list_values(conn, indicator.id, &paging)
    };
    caller.list(read).await
}

/// Record a value of an indicator
///
/// A second value for the same period and territory is a correction; both are kept. A correction without a `value` takes
/// the earlier one back: it is unknown again.
///
/// Permissions: admin; coordinator of the country; representatives of a responsible institution.
#[utoipa::path(tag = "indicators", request_body = IndicatorValueInput, responses((status = 201, description = "Recorded", body = IndicatorValue)))]
#[post("/api/v1/indicators/{id}/values")]
pub(crate) async fn record_value(
    caller: Caller,
    id: Path<IndicatorId>,
    body: Body<IndicatorValueInput>,
) -> Result<HttpResponse> {
    let location = |value: &IndicatorValue| format!("/api/v1/indicators/{}/values/{}", value.indicator_id, value.id);
    caller.create(body, location, move |tx, actor, input| actions::record_value(tx, actor, *id, input)).await
}

/// Show a value of an indicator
///
/// Permissions: those who may see the indicator.
#[utoipa::path(tag = "indicators", responses((status = 200, description = "The value", body = IndicatorValue)))]
#[get("/api/v1/indicators/{id}/values/{value_id}")]
pub(crate) async fn show_value(caller: Caller, path: Path<(IndicatorId, IndicatorValueId)>) -> Result<HttpResponse> {
    let (id, value) = path.into_inner();
    let read = move |conn: &mut Db, actor: &Actor| {
        let indicator = store::find(conn, &Visibility::of(actor), id)?;
        store::find_value(conn, indicator.id, value)
    };
    caller.calculate(read).await
}

crate::text_enum! {
    /// A format of an indicator's document.
    IndicatorFormat { Xlsx = "xlsx", Markdown = "md", Docx = "docx", Pdf = "pdf" }
}

/// The query of an indicator's document.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct IndicatorDocumentQuery {
    /// `md` (the default), `docx`, `pdf`, or `xlsx` for the series as a workbook.
    #[param(inline, example = "xlsx")]
    format: Option<IndicatorFormat>,
    /// The language: `es` or `en`; by default that of the country.
    #[param(inline, example = "es")]
    lang: Option<Lang>,
}

/// An indicator as a document
///
/// Its definition, the series as a chart and a table, the targets, and all recorded values. As XLSX: one sheet each for the
/// series, the targets and the recorded values.
///
/// Permissions: those who may see the indicator.
#[utoipa::path(tag = "indicators", params(IndicatorDocumentQuery), responses(
    (status = 200, description = "The document", content(
        (String = "text/markdown"), (FileBytes = "application/pdf"),
        (FileBytes = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (FileBytes = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
    )),
    (status = 429, description = "Too many in a short time; see Retry-After", body = crate::http::Problem, content_type = "application/problem+json")
))]
#[get("/api/v1/indicators/{id}/document")]
pub(crate) async fn show_document(
    caller: Caller,
    id: Path<IndicatorId>,
    query: Query<IndicatorDocumentQuery>,
) -> Result<HttpResponse> {
    send_document_of(caller, id.into_inner(), query.0).await
}

/// An indicator with the content of its document.
struct DocumentedIndicator {
    found: MeasuredIndicator,
    values: Vec<IndicatorValue>,
    named: Named,
    lang: Lang,
    /// The time zone of the country.
    zone: Tz,
}

crate::nothing_restricted!(DocumentedIndicator);

/// Sends the document of an indicator to a caller.
pub(crate) async fn send_document_of(
    caller: Caller,
    id: IndicatorId,
    query: IndicatorDocumentQuery,
) -> Result<HttpResponse> {
    caller.count(&caller.state.limits.documents)?;
    let (asked, now) = (query.lang, caller.state.now());
    let read = move |conn: &mut Db, actor: &Actor| {
        let found = store::find_measured(conn, &Visibility::of(actor), id)?;
        let lang = asked.map_or_else(|| country_language(conn, &found.indicator.country_code), Ok)?;
        let ids = &found.indicator.fields.responsible_ids;
        let mut names = institution_names_in(conn, ids.iter().copied(), lang)?;
        let responsible = ids.iter().filter_map(|id| names.remove(id)).collect();
        let values = store::values_of(conn, &[id])?.remove(&id).unwrap_or_default();
        let zone = country_zone(conn, &found.indicator.country_code)?.unwrap_or(Tz::UTC);
        let named = names_around(conn, actor, &found, (responsible, now.day_in(zone)), lang)?;
        Ok(DocumentedIndicator { found, values, named, lang, zone })
    };
    let DocumentedIndicator { found, values, named, lang, zone } = caller.on_snapshot().read(read).await?;
    let stem = file_stem(&[&document::title(&found, lang), &named.today.to_string()]);
    let format = match query.format.unwrap_or(IndicatorFormat::Markdown) {
        IndicatorFormat::Xlsx => {
            let today = now.utc().date_naive();
            let file = render(move || spreadsheet::workbook(&found, &values, lang, (today, zone))).await?;
            return send_file(file, rendering::XLSX, &format!("{stem}.xlsx"));
        }
        IndicatorFormat::Markdown => DocumentFormat::Markdown,
        IndicatorFormat::Docx => DocumentFormat::Docx,
        IndicatorFormat::Pdf => DocumentFormat::Pdf,
    };
    send_document(document::document(&found, &values, &named, lang), format, &stem).await
}

/// Returns the names around an indicator. A responsible institution may see it without its plan.
fn names_around(
    conn: &mut Db,
    actor: &Actor,
    found: &MeasuredIndicator,
    (responsible, today): (Vec<String>, NaiveDate),
    lang: Lang,
) -> Result<Named> {
    let Indicator { plan_id, country_code, fields, .. } = &found.indicator;
    let country = country(conn, country_code)?.fields;
    let plan = match find_plan(conn, &Visibility::of(actor), *plan_id) {
        Ok(plan) => Some(plan),
        Err(error) if error.code == Code::NotFound => None,
        Err(error) => return Err(error),
    };
    let plan = plan.map(|plan| plan.fields.translations.or_original("title", lang, &plan.fields.title).to_owned());
    let item = plan_items_by_id(conn, &[fields.plan_item_id])?.remove(&fields.plan_item_id);
    let item = item.filter(|_| plan.is_some()).map(|item| {
        let others = &item.fields.translations;
        let label = item.fields.label.as_ref().map(|own| others.or_original("label", lang, own));
        let title = others.or_original("title", lang, &item.fields.title);
        label.into_iter().chain([title]).map(one_line).collect::<Vec<_>>().join(". ")
    });
    let country = country.translations.or_original("name", lang, &country.name).to_owned();
    Ok(Named { country, plan, item, responsible, today })
}
