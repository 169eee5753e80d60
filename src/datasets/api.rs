//! `/export`, and the half of `POST /imports` that is about datasets.

use std::sync::Arc;

use actix_web::{HttpResponse, get};
use serde::Deserialize;
use utoipa::IntoParams;

use super::actions;
use super::model::{Dataset, ImportReport};
use crate::db::Tx;
use crate::error::{Faults, Result};
use crate::http::{IdempotencyKey, Query, read_json};
use crate::i18n::Lang;
use crate::identity::{Actor, Caller};

/// Every route of this slice.
pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(export);
}

/// Imports the dataset in the body of a request. The handler of `POST /imports` is in `matrix`, because it accepts both
/// media types.
pub(crate) async fn import_body(
    caller: Caller,
    stored: Option<IdempotencyKey>,
    lang: Lang,
    raw: Vec<u8>,
    dry_run: bool,
) -> Result<HttpResponse> {
    let document = Arc::new(caller.compute(move || read_json(&raw)).await?);
    let checked = Arc::clone(&document);
    caller.read(move |_, actor| actions::require_import(actor, &checked)).await?;
    let import = move |tx: &mut Tx<'_>, actor: &Actor| {
        let report = actions::import_dataset(tx, actor, &document, dry_run)?;
        Faults { list: report.faults.clone(), ..Faults::default() }.into_result()?;
        Ok(report.in_language(lang))
    };
    if dry_run { caller.try_out(import).await } else { caller.act_once(stored, import).await }
}

/// The country to export.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ExportQuery {
    /// The country, two capital letters.
    #[param(example = "CL")]
    country_code: String,
}

/// Export a country's dataset
///
/// Exports a dataset that can be imported into an empty database; exporting again gives the same file. It has the history
/// of commitments: requests for more time, corrections of terms, cancellations and reopenings, each with moment and
/// reason. It leaves out files, users and reports.
///
/// Permissions: admin; coordinator of the country.
#[utoipa::path(
    tag = "imports",
    params(ExportQuery),
    responses(
        (status = 200, description = "The dataset", body = Dataset),
        (status = 404, description = "No such country", body = crate::http::Problem),
    )
)]
#[get("/api/v1/export")]
pub(crate) async fn export(caller: Caller, query: Query<ExportQuery>) -> Result<HttpResponse> {
    let Query(ExportQuery { country_code }) = query;
    let now = caller.state.now();
    let caller = caller.on_snapshot().exporting("dataset", Some(&country_code));
    caller.calculate(move |conn, actor| actions::export_country(conn, actor, &country_code, now)).await
}

crate::nothing_restricted!(ImportReport);
