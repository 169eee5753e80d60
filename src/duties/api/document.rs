//! `/duties/{id}/matrix/document`.

use actix_web::web::Path;
use actix_web::{HttpResponse, get};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::access::{Visibility, known_commissions};
use crate::dates::{PartialDate, query_partial_date};
use crate::db::{Db, DutyId, unique};
use crate::directory::{country, country_language, institution_names_in};
use crate::duties::actions::{self, MatrixWindow};
use crate::duties::document::{DocumentedDuty, document, workbook};
use crate::duties::store;
use crate::error::Result;
use crate::http::Query;
use crate::i18n::Lang;
use crate::identity::{Actor, Caller};
use crate::rendering::{self, DocumentFormat, FileBytes, file_stem, one_line, render, send_document, send_file};
use crate::text::name_key;

crate::text_enum! {
    /// A format of the document of a duty.
    DutyFormat { Xlsx = "xlsx", Markdown = "md", Docx = "docx", Pdf = "pdf" }
}

/// The query of the document of a duty.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct DutyDocumentQuery {
    /// The first period, or a date in it.
    #[param(example = "2023-Q1")]
    #[serde(default, deserialize_with = "query_partial_date")]
    from: Option<PartialDate>,
    /// The last period, or a date in it.
    #[param(example = "2023-Q4")]
    #[serde(default, deserialize_with = "query_partial_date")]
    to: Option<PartialDate>,
    /// `md` (the default), `docx`, `pdf`, or `xlsx` for the matrix and the values as a workbook.
    #[param(inline, example = "xlsx")]
    format: Option<DutyFormat>,
    /// The language: `es` or `en`; by default that of the country.
    #[param(inline, example = "es")]
    lang: Option<Lang>,
}

/// The matrix of a duty as a document
///
/// The counts of each period, institutions × periods, the numbers of each field with the sum of the institutions that
/// reported one, the newest reports, and the waivers with their reasons. As XLSX: one sheet each for the matrix, the values
/// by institution, field and period (the sheet that `POST /duties/{id}/matrix/import` reads), the periods, the newest
/// reports, and the waivers.
///
/// Permissions: those who may see the duty.
#[utoipa::path(tag = "duties", params(DutyDocumentQuery), responses(
    (status = 200, description = "The document", content(
        (String = "text/markdown"), (FileBytes = "application/pdf"),
        (FileBytes = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (FileBytes = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
    )),
    (status = 429, description = "Too many in a short time; see Retry-After", body = crate::http::Problem, content_type = "application/problem+json")
))]
#[get("/api/v1/duties/{id}/matrix/document")]
pub(crate) async fn show_document(
    caller: Caller,
    id: Path<DutyId>,
    query: Query<DutyDocumentQuery>,
) -> Result<HttpResponse> {
    send_matrix(caller, id.into_inner(), query.0).await
}

/// Sends the document of a duty to a caller.
pub(crate) async fn send_matrix(caller: Caller, id: DutyId, query: DutyDocumentQuery) -> Result<HttpResponse> {
    caller.count(&caller.state.limits.documents)?;
    let now = caller.state.now();
    let format = query.format.unwrap_or(DutyFormat::Markdown);
    let read = move |conn: &mut Db, actor: &Actor| {
        let duty = store::find(conn, &Visibility::of(actor), id)?;
        let lang = query.lang.map_or_else(|| country_language(conn, &duty.country_code), Ok)?;
        let window = MatrixWindow { from: query.from.clone(), to: query.to.clone() };
        let mut matrix = actions::matrix(conn, &duty, &window, now)?;
        let reports = store::newest_reports(conn, &duty, matrix.span())?;
        let names = institution_names_in(conn, unique(matrix.rows.iter().map(|row| row.institution_id)), lang)?;
        matrix.rows.sort_by_cached_key(|row| names.get(&row.institution_id).map(|name| name_key(name)));
        let waivers = store::waivers_in_force(conn, duty.id, matrix.span())?;
        let country = country(conn, &duty.country_code)?.fields;
        let country = country.translations.or_original("name", lang, &country.name).to_owned();
        let commissions = known_commissions(conn, &Visibility::of(actor), &duty.fields.commission_ids)?;
        let commissions = commissions.iter().map(|one| one_line(one.name_in(lang))).collect();
        let today = duty.today(now);
        Ok(DocumentedDuty { duty, matrix, reports, waivers, names, country, commissions, today, lang })
    };
    let found = caller.on_snapshot().read(read).await?;
    let stem = file_stem(&[&found.title(), &found.today.to_string()]);
    let format = match format {
        DutyFormat::Xlsx => {
            let file = render(move || workbook(&found, now.utc().date_naive())).await?;
            return send_file(file, rendering::XLSX, &format!("{stem}.xlsx"));
        }
        DutyFormat::Markdown => DocumentFormat::Markdown,
        DutyFormat::Docx => DocumentFormat::Docx,
        DutyFormat::Pdf => DocumentFormat::Pdf,
    };
    send_document(document(&found), format, &stem).await
}
