//! The list of commitments as a spreadsheet: all rows of the filters in force.

use std::fs::File;

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};

use super::filters;
use crate::access::Visibility;
use crate::audit::RestrictedRecords;
use crate::commitments::spreadsheet::{ListedCommitments, list_csv, list_workbook};
use crate::db::Db;
use crate::error::Result;
use crate::identity::{Actor, Visitor};
use crate::rendering::{CSV, XLSX, send_file};

pub(super) fn pages(cfg: &mut ServiceConfig) {
    cfg.service(workbook).service(csv);
}

/// The list as a workbook
///
/// Permissions: anyone signed in; the commitments that they may see.
#[get("/commitments.xlsx")]
pub(crate) async fn workbook(visitor: Visitor) -> Result<HttpResponse> {
    send_file(write(visitor, list_workbook).await?, XLSX, "articula-commitments.xlsx")
}

/// The list as CSV
///
/// Permissions: anyone signed in; the commitments that they may see.
#[get("/commitments.csv")]
pub(crate) async fn csv(visitor: Visitor) -> Result<HttpResponse> {
    send_file(write(visitor, list_csv).await?, CSV, "articula-commitments.csv")
}

type WriteTable = fn(&mut Db, &ListedCommitments) -> Result<(File, RestrictedRecords)>;

async fn write(visitor: Visitor, make: WriteTable) -> Result<File> {
    visitor.count(&visitor.state.limits.documents)?;
    let query = filters::read(visitor.parameters())?;
    let (sort, _) = query.paging()?;
    let (filter, now) = (query.filter()?, visitor.state.now());
    let country = filter.country_code.clone();
    let caller = visitor.into_caller().on_snapshot().exporting("commitments", country.as_deref());
    let read = move |conn: &mut Db, actor: &Actor| {
        let listed = ListedCommitments { filter, sort, visibility: Visibility::of(actor), lang: actor.language, now };
        make(conn, &listed)
    };
    let (file, _) = caller.read(read).await?;
    Ok(file)
}
