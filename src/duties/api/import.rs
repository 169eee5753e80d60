//! `/duties/{id}/matrix/import`.

use actix_web::web::{Path, Payload};
use actix_web::{HttpRequest, HttpResponse, post};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::db::{Db, DutyId, Tx};
use crate::duties::actions;
use crate::duties::model::DutyImport;
use crate::duties::spreadsheet::read_sheets;
use crate::error::{Code, Error, Faults, Result};
use crate::http::{Query, Upload, clean_name, place};
use crate::i18n::Lang;
use crate::identity::{Actor, Caller};

/// A matrix in a form.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form in the OpenAPI document")]
pub(super) struct DutyFile {
    /// The matrix, `.xlsx`, `.xlsm`, `.ods`, `.xls` or `.csv`, at most 25 MiB.
    #[schema(value_type = String, format = Binary, content_media_type = "application/octet-stream", example = "informes.xlsx")]
    file: Vec<u8>,
}

/// The parameters of an import.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ImportQuery {
    /// Only report the changes, and write nothing.
    #[serde(default)]
    #[param(example = false)]
    dry_run: bool,
}

/// Import the matrix of a duty
///
/// Reports of institutions × periods from an `.xlsx`, `.xlsm`, `.ods`, `.xls` or `.csv` file, sent as the body or as the part
/// `file` of a form. The sheet has the columns "Institución" (name, acronym or id) and "Dato" (the label or key of a field),
/// and a column for each period (`2023-Q2`), as the workbook of `GET /duties/{id}/matrix/document` has it. A duty with one
/// field needs no column "Dato". An empty cell changes nothing, `0` is zero, and "Sin novedades" states that there is
/// nothing to report.
///
/// Everything is imported, or nothing; all faults are reported together, each with its sheet and cell. What the reports
/// already state changes nothing. Those that change are corrections; they keep what the file does not state.
///
/// Permissions: the representatives of the institutions that it asks, each for the own one; on behalf of all of them the
/// secretariat of any of the duty's commissions, the coordinator of the country, and admins.
#[utoipa::path(
    tag = "duties",
    operation_id = "import_duty_matrix",
    params(ImportQuery),
    request_body(content(
        (DutyFile = "multipart/form-data"),
        (String = "text/csv"),
        (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    )),
    responses(
        (status = 200, description = "The result of the import, or of the dry run", body = DutyImport),
        (status = 429, description = "Too many imports in a short time; see Retry-After", body = crate::http::Problem, content_type = "application/problem+json"),
    )
)]
#[post("/api/v1/duties/{id}/matrix/import")]
pub(crate) async fn import(
    caller: Caller,
    lang: Lang,
    request: HttpRequest,
    id: Path<DutyId>,
    query: Query<ImportQuery>,
    payload: Payload,
) -> Result<HttpResponse> {
    caller.check_untagged()?;
    caller.count(&caller.state.limits.imports)?;
    let (id, now, dry_run) = (id.into_inner(), caller.state.now(), query.0.dry_run);
    caller.read(move |conn, actor| actions::find_to_import(conn, actor, id).map(|(duty, _)| duty)).await?;
    let Upload::File { name, bytes, .. } = Upload::receive(&request, payload).await? else {
        return Err(Error::new(Code::UnsupportedMediaType).arg("expected", "text/csv, multipart/form-data"));
    };
    let caller = {
        let place = place(&caller.state.imports).await?;
        caller.in_place(place)
    };
    let name = clean_name(&name.unwrap_or_default());
    let sheets = caller.compute(move || read_sheets(&bytes, &name)).await?;
    if dry_run {
        let run = move |conn: &mut Db, actor: &Actor| {
            let (_, import) = actions::try_matrix(conn, actor, (id, &sheets), now)?;
            Ok(import.in_language(lang))
        };
        return caller.calculate(run).await;
    }
    let run = move |tx: &mut Tx<'_>, actor: &Actor| {
        let import = actions::import_matrix(tx, actor, id, &sheets)?;
        Faults { list: import.faults.clone(), ..Faults::default() }.into_result()?;
        Ok(import)
    };
    caller.act_once(None, run).await
}
