//! Pages of imports, and the follow-up matrix of the list of commitments, for browsers.

mod choices;
mod columns;
mod list;
mod new;
mod questions;
mod report;
mod undo;

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};

use super::actions::Target;
use super::api::TemplateQuery;
use super::template::template;
use super::writer::{MatrixQuery, matrix_workbook};
use crate::access::Visibility;
use crate::commitments::CommitmentListQuery;
use crate::db::Db;
use crate::error::Result;
use crate::identity::{Actor, Visitor};
use crate::rendering::{XLSX, send_file};

/// Mounts the pages of this slice.
pub(crate) fn pages(cfg: &mut ServiceConfig) {
    cfg.service(workbook).service(empty_matrix);
    cfg.service(new::show).service(new::send);
    cfg.service(list::list).service(list::show);
    undo::pages(cfg);
}

/// The follow-up matrix as a workbook, with the filters of the list of commitments
///
/// Permissions: anyone signed in, for the commitments that they may see.
#[get("/follow-up-matrix.xlsx")]
pub(crate) async fn workbook(visitor: Visitor) -> Result<HttpResponse> {
    visitor.count(&visitor.state.limits.documents)?;
    let filter = visitor.parameters().read::<CommitmentListQuery>()?.filter()?;
    let (country, now) = (filter.country_code.clone(), visitor.state.now());
    let caller = visitor.into_caller().on_snapshot().exporting("follow_up_matrix", country.as_deref());
    let write = move |conn: &mut Db, actor: &Actor| {
        let matrix = MatrixQuery { filter, visibility: Visibility::of(actor), lang: actor.language, now };
        matrix_workbook(conn, &matrix)
    };
    let (file, _) = caller.read(write).await?;
    send_file(file, XLSX, "articula-follow-up-matrix.xlsx")
}

/// The matrix to start from
///
/// Permissions: those who may write for the commission.
#[get("/imports/template")]
pub(crate) async fn empty_matrix(visitor: Visitor) -> Result<HttpResponse> {
    visitor.count(&visitor.state.limits.documents)?;
    let now = visitor.state.now();
    let query: TemplateQuery = visitor.parameters().read()?;
    let write = move |conn: &mut Db, actor: &Actor| {
        Target { country: None, commission: Some(query.commission_id) }.require_writable(conn, actor)?;
        template(conn, actor, query.commission_id, now, actor.language)
    };
    send_file(visitor.read_unshown(write).await?, XLSX, "articula-matrix-template.xlsx")
}
