//! `/imports/{id}/undo`: the page that asks before an import is undone.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use maud::html;

use crate::access::require_writer;
use crate::clock::Instant;
use crate::db::{Db, ImportId, Tx};
use crate::error::{Code, Result};
use crate::identity::{Actor, FormPage, NoFields, Submission, Visitor};
use crate::matrix::model::MatrixImport;
use crate::matrix::{store, undo};
use crate::ui::{FormView, Frame, View, confirmation};

pub(super) fn pages(cfg: &mut ServiceConfig) {
    cfg.service(show).service(send);
}

/// The page that asks for confirmation before an import is undone
///
/// Permissions: admins; the country's coordinator; the person who imported it, as long as that person may write for its
/// commission.
#[get("/imports/{id}/undo")]
pub(crate) async fn show(visitor: Visitor, id: Path<ImportId>) -> Result<HttpResponse> {
    visitor.form(Undo(id.into_inner())).await
}

/// Undo an import
///
/// Permissions: admins; the country's coordinator; the person who imported it, as long as that person may write the
/// records.
#[post("/imports/{id}/undo")]
pub(crate) async fn send(submission: Submission, id: Path<ImportId>) -> Result<HttpResponse> {
    submission.handle(Undo(id.into_inner())).await
}

#[derive(Debug, Clone)]
struct Undo(ImportId);

impl FormPage for Undo {
    type Record = MatrixImport;
    type Input = NoFields;

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<MatrixImport> {
        let import = store::find(conn, actor, self.0)?;
        require_writer(actor, &import.country_code, import.commission_id.as_slice())?;
        if import.undone_at.is_some() { Err(Code::ImportUndone.into()) } else { Ok(import) }
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, _: MatrixImport, _: NoFields) -> Result<String> {
        undo::undo(tx, actor, self.0)?;
        Ok(format!("/imports/{}?done=import-undone", self.0))
    }

    fn view(&self, frame: &Frame, form: &FormView, import: &MatrixImport) -> View {
        let path = format!("/imports/{}", import.id);
        let args = [
            ("created", import.totals.created.to_string().into()),
            ("changed", import.totals.changed.to_string().into()),
        ];
        let content = html! {
            div class="prose" {
                p { (frame.t_with("imports-undo-what", &args)) }
                p { (frame.t("imports-undo-limits")) }
                p { (frame.t("imports-undo-mails")) }
                p { (frame.t("imports-undo-mapping")) }
            }
        };
        let body = confirmation(frame, form, content, ("imports-undo-button", true), (&path, "imports-undo-leave"));
        View::new(frame.t("imports-undo"), body)
            .lead(html! { (import.file_name) })
            .above("/imports", frame.t("imports-page"))
            .above(&path, &import.file_name)
    }
}
