//! `/search`.

use actix_web::{HttpResponse, get};
use serde::Deserialize;
use utoipa::IntoParams;

use super::actions;
use super::model::{HitKind, SearchPage};
use crate::access::Visibility;
use crate::error::{Error, Result};
use crate::http::{Paging, Query};
use crate::identity::Caller;

/// Mounts the routes of this slice.
pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(search);
}

/// The number of records of a page, unless another is asked for.
pub(super) const PAGE: i64 = 20;

/// The maximum length of what is searched for, in characters.
pub(super) const MOST_TEXT: usize = 200;

/// The words that are searched for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct SearchQuery {
    /// Words or beginnings of words, at most 200 characters; a text of the record must have all of them.
    #[param(example = "protocolo niñez", max_length = 200)]
    q: String,
    /// Only records of this kind.
    #[param(example = "commitment")]
    kind: Option<HitKind>,
    /// The number of records, 1 to 200; 20 when it is left out.
    #[param(example = 20)]
    limit: Option<i64>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Search across all kinds of records
///
/// Commissions, institutions, sessions (with agenda, minutes and the code of the minutes), agreements, commitments (with reports), activities,
/// items of plans and observations. Accents and case make no difference. A page has 20 records. What the caller may not
/// know is neither shown nor counted. Drafts of commitments are not found.
///
/// Permissions: anyone signed in; each record to those who may see it.
#[utoipa::path(tag = "search", params(SearchQuery), responses((status = 200, description = "One page, and the numbers by kind", body = SearchPage)))]
#[get("/api/v1/search")]
pub(crate) async fn search(caller: Caller, query: Query<SearchQuery>) -> Result<HttpResponse> {
    let Query(SearchQuery { q, kind, limit, cursor }) = query;
    if q.chars().count() > MOST_TEXT {
        return Err(Error::bad_value("q", q));
    }
    let paging = Paging::read(limit.or(Some(PAGE)), cursor.as_deref())?;
    caller.calculate(move |conn, actor| actions::search(conn, &Visibility::of(actor), &q, kind, &paging)).await
}
