//! `/former-names`: the former names that hide texts of the public view, and the removal of one.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use maud::{Markup, html};

use super::{FormerName, find, remove, require_admin, store};
use crate::clock::Instant;
use crate::db::{Db, FormerNameId, Tx};
use crate::error::Result;
use crate::http::{Page, PageQuery};
use crate::identity::{Actor, FormPage, NoFields, Submission, Visitor};
use crate::ui::{Column, FormView, Frame, View, actions as form_actions, empty, pager, table};

/// Mounts the pages.
pub(in crate::public) fn pages(cfg: &mut ServiceConfig) {
    cfg.service(list).service(ask).service(take);
}

/// The former names of persons and commissions
///
/// Permissions: admin. A 404 for others.
#[get("/former-names")]
pub(crate) async fn list(visitor: Visitor) -> Result<HttpResponse> {
    let parameters = visitor.parameters().clone();
    let paging = parameters.read::<PageQuery>()?.paging()?.counting(Some(true));
    let read = move |conn: &mut Db, actor: &Actor| {
        require_admin(actor)?;
        store::list(conn, &paging)
    };
    visitor
        .page(read, move |frame, page| {
            let next = |cursor: &String| format!("/former-names?{}", parameters.changed(&[], &[("cursor", cursor)]));
            let next = page.next_cursor.as_ref().map(next);
            view(frame, &page, next.as_deref())
        })
        .await
}

fn view(frame: &Frame, page: &Page<FormerName>, next: Option<&str>) -> View {
    let columns = ["former-names-name", "former-names-origin", "admin-action"].map(|key| Column::new(frame.t(key)));
    let rows: Vec<Vec<Markup>> = page.items.iter().map(|one| row(frame, one)).collect();
    let body = html! {
        @if page.items.is_empty() { (empty(&frame.t("former-names-none"), None)) }
        @else {
            p class="total" { (frame.t_n("former-names-total", page.total.unwrap_or_default())) }
            (table(&frame.t("former-names-page"), &columns, &rows))
        }
        (pager(frame, next))
    };
    View::new(frame.t("former-names-page"), body)
        .lead(html! { (frame.t("former-names-lead")) })
        .above("/settings", frame.t("settings-page"))
}

fn row(frame: &Frame, one: &FormerName) -> Vec<Markup> {
    let path = format!("/former-names/{}/removal", one.id);
    vec![
        html! { (one.name) },
        html! {
            (frame.word("former-names-origin", one.origin.as_str()))
            @if let Some(country) = &one.country_code { " · " (country) }
        },
        html! {
            a href=(path) { (frame.t("former-names-remove")) span class="unseen" { ": " (one.name) } }
        },
    ]
}

/// The page that asks for confirmation before a former name is removed
///
/// Permissions: admin. A 404 for others.
#[get("/former-names/{id}/removal")]
pub(crate) async fn ask(visitor: Visitor, id: Path<FormerNameId>) -> Result<HttpResponse> {
    visitor.form(Removal(id.into_inner())).await
}

/// Remove a former name
///
/// Permissions: admin. A 404 for others.
#[post("/former-names/{id}/removal")]
pub(crate) async fn take(submission: Submission, id: Path<FormerNameId>) -> Result<HttpResponse> {
    submission.handle(Removal(id.into_inner())).await
}

#[derive(Debug, Clone)]
struct Removal(FormerNameId);

impl FormPage for Removal {
    type Record = FormerName;
    type Input = NoFields;

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<FormerName> {
        find(conn, actor, self.0)
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, record: FormerName, _: NoFields) -> Result<String> {
        remove(tx, actor, &record)?;
        Ok("/former-names?done=former-name-removed".to_owned())
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &FormerName) -> View {
        let body = html! {
            form class="stack" method="post" action=(frame.path) {
                (form.begin(frame))
                p class="prose" { (frame.t_with("former-names-removal-what", &[("name", record.name.as_str().into())])) }
                (form_actions(&frame.t("former-names-remove"), Some(("/former-names", &frame.t("former-names-leave")))))
            }
        };
        View::new(frame.t("former-names-removal"), body).above("/former-names", frame.t("former-names-page"))
    }
}
