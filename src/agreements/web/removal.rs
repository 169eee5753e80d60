//! `/agreements/{id}/removal`: removing an agreement that was entered by mistake.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use maud::html;

use super::words::agreement_name;
use crate::access::{Visibility, require_writer};
use crate::agreements::model::Agreement;
use crate::agreements::{actions, store};
use crate::clock::Instant;
use crate::db::{AgreementId, Db, Tx};
use crate::error::Result;
use crate::http::Fields;
use crate::identity::{Actor, FormPage, NoFields, Submission, Visitor};
use crate::ui::{FormView, Frame, View, confirmation};

/// The page that asks for confirmation before an agreement is removed
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[get("/agreements/{id}/removal")]
pub(crate) async fn open_removal(visitor: Visitor, id: Path<AgreementId>) -> Result<HttpResponse> {
    visitor.form(Removal(id.into_inner())).await
}

/// Remove an agreement
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[post("/agreements/{id}/removal")]
pub(crate) async fn remove(submission: Submission, id: Path<AgreementId>) -> Result<HttpResponse> {
    submission.handle(Removal(id.into_inner())).await
}

#[derive(Clone)]
struct Removal(AgreementId);

impl FormPage for Removal {
    type Record = Agreement;
    type Input = NoFields;

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<Agreement> {
        let agreement = store::find(conn, &Visibility::of(actor), self.0)?;
        require_writer(actor, &agreement.country_code, &agreement.fields.commission_ids).map(|()| agreement)
    }

    fn fields(&self, agreement: &Agreement) -> Fields {
        Fields::of(&agreement.fields)
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, agreement: Agreement, _: NoFields) -> Result<String> {
        let next = match agreement.fields.meeting_id {
            Some(meeting) => format!("/meetings/{meeting}/agreements?done=agreement-removed"),
            None => "/agreements?done=agreement-removed".to_owned(),
        };
        actions::delete(tx, actor, agreement)?;
        Ok(next)
    }

    fn view(&self, frame: &Frame, form: &FormView, agreement: &Agreement) -> View {
        let path = format!("/agreements/{}", agreement.id);
        let name = agreement_name(frame, agreement);
        let content =
            html! { div class="prose" { p { strong { (name) } } p { (frame.t("agreements-remove-about")) } } };
        let body = confirmation(frame, form, content, ("agreements-do-remove", true), (&path, "ui-unchanged"));
        View::new(frame.t("agreements-do-remove"), body)
            .above("/agreements", frame.t("web-nav-agreements"))
            .above(path, name)
    }
}
