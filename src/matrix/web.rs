//! The follow-up matrix of the list of commitments, for browsers.

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};

use super::writer::{MatrixQuery, matrix_workbook};
use crate::access::Visibility;
use crate::commitments::CommitmentListQuery;
use crate::db::Db;
use crate::error::Result;
use crate::identity::{Actor, Visitor};
use crate::rendering::{XLSX, send_file};

/// Mounts the pages of this slice.
pub(crate) fn pages(cfg: &mut ServiceConfig) {
    cfg.service(workbook);
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
