//! `/institutions/{id}/handover`: the open parts of an institution are handed over to its successor.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use maud::html;

use super::choices::Choices;
use crate::access::{CommissionRef, Visibility, may_write_anywhere, require};
use crate::clock::Instant;
use crate::commitments::model::HandoverInput;
use crate::commitments::{actions, store};
use crate::db::{Db, InstitutionId, Tx};
use crate::directory::{Institution, TypedInstitutions, institution};
use crate::error::{Faults, Permitted, Result};
use crate::http::{Fields, Shape};
use crate::identity::{Actor, FormPage, Submission, Visitor};
use crate::ui::{Choice, Field, FormView, Frame, Tone, View, confirmation, empty, notice};

/// The form that hands over the open parts of an institution
///
/// Permissions: secretariat, coordinator, admin.
#[get("/institutions/{id}/handover")]
pub(super) async fn open(visitor: Visitor, id: Path<InstitutionId>) -> Result<HttpResponse> {
    visitor.form(HandoverPage(id.into_inner())).await
}

/// Hand over the open parts of an institution
///
/// Permissions: secretariat, for the commitments of its commissions; coordinator, for those of the country; admin.
#[post("/institutions/{id}/handover")]
pub(super) async fn hand_over(submission: Submission, id: Path<InstitutionId>) -> Result<HttpResponse> {
    submission.handle(HandoverPage(id.into_inner())).await
}

#[derive(Debug, Clone)]
struct HandoverPage(InstitutionId);

/// An institution with the choices of the form.
struct Record {
    from: Institution,
    institutions: TypedInstitutions,
    /// The commissions for which the person may write.
    commissions: Vec<CommissionRef>,
    /// The number of commitments with an open part that the person may hand over.
    parts: usize,
}

crate::nothing_restricted!(Record);

impl FormPage for HandoverPage {
    type Record = Record;
    type Input = HandoverInput;

    fn shape(&self) -> Shape {
        Shape { lists: &["commission_ids"], ..Shape::default() }
    }

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<Record> {
        let from = institution(conn, self.0)?;
        require(may_write_anywhere(actor), Permitted::AnyWriter)?;
        let Choices { mut commissions, own, countries, .. } = Choices::load(conn, actor)?;
        commissions.retain(|one| own.contains(&one.id));
        let successor: Vec<InstitutionId> = from.fields.succeeded_by_id.into_iter().collect();
        let institutions = TypedInstitutions::load(conn, &countries, &successor)?;
        let parts = store::with_open_part(conn, &Visibility::of(actor), self.0, None)?.len();
        Ok(Record { from, institutions, commissions, parts })
    }

    fn suggested(&self, record: &Record) -> Fields {
        let mut fields = Fields::default();
        if let Some(id) = record.from.fields.succeeded_by_id {
            fields.push("to_id", id);
            record.institutions.show(&mut fields, "to_id");
        }
        fields
    }

    fn prepare(&self, _: &mut Db, record: &Record, fields: &mut Fields, faults: &mut Faults) -> Result<()> {
        record.institutions.resolve(fields, "to_id", faults);
        Ok(())
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, _: Record, input: HandoverInput) -> Result<String> {
        actions::hand_over(tx, actor, self.0, &input)?;
        Ok(format!("/institutions/{}?done=handed-over", input.to_id))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Record) -> View {
        let field = |name: &'static str, key: &str| Field::new(frame, form, name, frame.t(key));
        let back = format!("/institutions/{}", self.0);
        let commissions: Vec<Choice> = record.commissions.iter().map(|one| Choice::new(one.id, one.label())).collect();
        let body = html! {
            @if record.parts == 0 {
                (empty(&frame.t("admin-handover-nothing"), Some((&back, &frame.t("admin-back")))))
            } @else {
                @let content = html! {
                    (notice(Tone::Soon, html! {
                        p { (frame.t_n("admin-handover-open", record.parts)) }
                        p { (frame.t("admin-handover-what")) }
                    }))
                    (field("to_id", "admin-handover-to").hint(frame.t("admin-typed-hint")).required().max(300)
                        .suggested(&record.institutions.names()))
                    @if commissions.len() > 1 {
                        (field("commission_ids", "admin-handover-commissions")
                            .hint(frame.t("admin-handover-commissions-hint")).checks(&commissions))
                    }
                    (field("reason", "admin-handover-reason").hint(frame.t("admin-handover-reason-hint")).required()
                        .max(2000).area(3))
                };
                (confirmation(frame, form, content, ("admin-handover-do", true), (&back, "ui-unchanged")))
            }
        };
        View::new(frame.t("admin-handover"), body)
            .lead(html! { (record.from.fields.name) })
            .above("/institutions", frame.t("directory-institutions"))
            .above(back, record.from.fields.name.clone())
    }
}
