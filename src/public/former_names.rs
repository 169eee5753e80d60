//! Former names of persons and commissions, which the screen keeps knowing: minutes and reports are frozen with them.
//!
//! The database itself keeps a name that is changed or deleted, with its origin. A name of an account is kept only for a
//! person who took part: as a delegate, with a reply or a proposal, or as an author. Admins list the names and remove those
//! that were entered by mistake; nobody else sees them.

mod web;

use serde::Serialize;
use utoipa::ToSchema;

use super::model::Origin;
use crate::audit;
use crate::db::{CommissionId, Db, FormerNameId, Tx};
use crate::error::{Code, Result};
use crate::identity::Actor;

pub(super) use web::pages;

/// A name that a person or a commission had. Texts with it are left out of the public view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct FormerName {
    /// The id of the former name.
    pub id: FormerNameId,
    /// The name as it was entered.
    #[schema(examples("Ana Rojas"))]
    pub name: String,
    /// The record that had it: an `account` of a person who took part, a `delegate`, a person of an `attendance` list or of a
    /// `reply` to a convocation, a `presenter` of an agenda, a person in approved `minutes`, or a `commission`; `unknown` for
    /// a name that an earlier version kept.
    #[schema(examples("delegate"))]
    pub origin: Origin,
    /// The commission that had the name. It may be deleted meanwhile.
    pub commission_id: Option<CommissionId>,
    /// The country of the commission.
    #[schema(examples("CL"))]
    pub country_code: Option<String>,
}

crate::nothing_restricted!(FormerName);

/// Refuses everybody but admins with 404.
fn require_admin(actor: &Actor) -> Result<()> {
    if actor.is_admin() { Ok(()) } else { Err(Code::NotFound.into()) }
}

/// Returns a former name; 404 for everybody but admins.
fn find(conn: &mut Db, actor: &Actor, id: FormerNameId) -> Result<FormerName> {
    require_admin(actor)?;
    store::find(conn, id)
}

/// Removes a former name: texts with it are shown again, unless something else hides them.
fn remove(tx: &mut Tx<'_>, actor: &Actor, former: &FormerName) -> Result<()> {
    require_admin(actor)?;
    store::delete(tx.conn, former.id)?;
    audit::deleted(tx, "former_name", former.id, former.country_code.as_deref(), former)
}

/// Mounts the routes of the API.
pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(api::list).service(api::show).service(api::remove);
}

mod store {
    //! Former names in the database.

    use diesel::prelude::*;
    use serde::{Deserialize, Serialize};

    use super::{FormerName, Origin};
    use crate::db::schema::{agenda_items, attendances, delegates, former_names, meeting_replies, users};
    use crate::db::{CommissionId, Db, FormerNameId};
    use crate::error::Result;
    use crate::http::{Page, Paging};

    /// The order of the list: the name, then the id. The word before them distinguishes its cursors from those of other
    /// lists.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub(super) enum Key {
        #[serde(rename = "name")]
        Name(String, FormerNameId),
    }

    #[derive(Queryable, Selectable)]
    #[diesel(table_name = former_names)]
    struct Row {
        id: FormerNameId,
        name: String,
        origin: Origin,
        commission_id: Option<CommissionId>,
        country_code: Option<String>,
    }

    impl Row {
        fn into_former_name(self) -> FormerName {
            let Self { id, name, origin, commission_id, country_code } = self;
            FormerName { id, name, origin, commission_id, country_code }
        }
    }

    /// Loads one page of the names that no list of persons has any more: a list that is saved again keeps all its names.
    pub(super) fn list(conn: &mut Db, paging: &Paging<Key>) -> Result<Page<FormerName>> {
        let present = attendances::table.filter(attendances::person.is_not_null());
        let named = delegates::table.filter(delegates::name.is_not_null());
        let replied = meeting_replies::table.filter(meeting_replies::person.is_not_null());
        let presenting = agenda_items::table.filter(agenda_items::presenter.is_not_null());
        let is_former = former_names::name
            .ne_all(users::table.select(users::name))
            .and(former_names::name.ne_all(present.select(attendances::person.assume_not_null())))
            .and(former_names::name.ne_all(named.select(delegates::name.assume_not_null())))
            .and(former_names::name.ne_all(replied.select(meeting_replies::person.assume_not_null())))
            .and(former_names::name.ne_all(presenting.select(agenda_items::presenter.assume_not_null())));
        let mut query = former_names::table
            .filter(former_names::commission_id.is_not_null().or(is_former))
            .order((former_names::name, former_names::id))
            .select(Row::as_select())
            .into_boxed();
        let total = paging.count(conn, &query)?;
        if let Some(Key::Name(name, id)) = &paging.after {
            let same = former_names::name.eq(name.clone()).and(former_names::id.gt(*id));
            query = query.filter(former_names::name.gt(name.clone()).or(same));
        }
        let rows: Vec<Row> = query.limit(paging.fetch()).load(conn)?;
        let page = Page::cut(rows, paging, |row| Key::Name(row.name.clone(), row.id)).counted(total);
        Ok(page.map(Row::into_former_name))
    }

    pub(super) fn find(conn: &mut Db, id: FormerNameId) -> Result<FormerName> {
        Ok(former_names::table.find(id).select(Row::as_select()).first(conn)?.into_former_name())
    }

    pub(super) fn delete(conn: &mut Db, id: FormerNameId) -> Result<()> {
        diesel::delete(former_names::table.find(id)).execute(conn)?;
        Ok(())
    }
}

mod api {
    //! `/former-names`: the list, and the removal of a name that was entered by mistake.

    use actix_web::web::Path;
    use actix_web::{HttpResponse, delete, get};

    use super::{FormerName, find, require_admin, store};
    use crate::db::{FormerNameId, Tx};
    use crate::error::Result;
    use crate::http::{Page, PageQuery, Query};
    use crate::identity::{Actor, Caller};

    /// List the former names of persons and commissions
    ///
    /// Names that were changed or deleted, in their order. Texts with one of them are left out of the public view.
    ///
    /// Permissions: admin; 404 for others.
    #[utoipa::path(tag = "public view", params(PageQuery), responses(
        (status = 200, description = "One page", body = Page<FormerName>),
        (status = 404, description = "The caller is not an admin", body = crate::http::Problem, content_type = "application/problem+json")
    ))]
    #[get("/api/v1/former-names")]
    pub(crate) async fn list(caller: Caller, query: Query<PageQuery>) -> Result<HttpResponse> {
        let paging = query.0.paging()?;
        caller
            .list(move |conn, actor| {
                require_admin(actor)?;
                store::list(conn, &paging)
            })
            .await
    }

    /// Show a former name
    ///
    /// Permissions: admin; 404 for others.
    #[utoipa::path(tag = "public view", responses((status = 200, description = "The former name", body = FormerName)))]
    #[get("/api/v1/former-names/{id}")]
    pub(crate) async fn show(caller: Caller, id: Path<FormerNameId>) -> Result<HttpResponse> {
        let id = id.into_inner();
        caller.show(move |conn, actor| find(conn, actor, id)).await
    }

    /// Remove a former name
    ///
    /// Texts with the name are shown in the public view again, unless something else hides them. A name that is changed or
    /// deleted later is kept again.
    ///
    /// Permissions: admin; 404 for others.
    #[utoipa::path(tag = "public view", responses((status = 204, description = "Removed")))]
    #[delete("/api/v1/former-names/{id}")]
    pub(crate) async fn remove(caller: Caller, id: Path<FormerNameId>) -> Result<HttpResponse> {
        let id = id.into_inner();
        let load = move |tx: &mut Tx<'_>, actor: &Actor| find(tx.conn, actor, id);
        caller.delete(load, move |tx, actor, former| super::remove(tx, actor, &former)).await
    }
}
