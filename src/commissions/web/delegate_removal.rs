//! Confirms and removes a delegate who was entered by mistake.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};

use super::{below, removal};
use crate::access::CommissionRef;
use crate::clock::Instant;
use crate::commissions::delegates::{Delegate, delegate_with_commission, delete_delegate};
use crate::commissions::scope;
use crate::db::{CommissionId, Db, DelegateId, Tx};
use crate::error::Result;
use crate::identity::{Actor, FormPage, NoFields, Submission, Visitor};
use crate::ui::{FormView, Frame, View};

/// The page that asks for confirmation before a delegate is removed
///
/// Permissions: the commission's secretariat; coordinator of its country; admin.
#[get("/commissions/{id}/delegates/{delegate_id}/removal")]
pub(super) async fn open(visitor: Visitor, ids: Path<(CommissionId, DelegateId)>) -> Result<HttpResponse> {
    visitor.form(Removal(ids.into_inner())).await
}

/// Remove a delegate who was entered by mistake
///
/// Permissions: the commission's secretariat; coordinator of its country; admin.
#[post("/commissions/{id}/delegates/{delegate_id}/removal")]
pub(super) async fn remove(submission: Submission, ids: Path<(CommissionId, DelegateId)>) -> Result<HttpResponse> {
    submission.handle(Removal(ids.into_inner())).await
}

#[derive(Debug, Clone)]
struct Removal((CommissionId, DelegateId));

struct Record {
    commission: CommissionRef,
    delegate: Delegate,
}

crate::nothing_restricted!(Record);

impl FormPage for Removal {
    type Record = Record;
    type Input = NoFields;

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Record> {
        scope::writable_by_secretariat(conn, actor, self.0.0)?;
        let (commission, delegate) = delegate_with_commission(conn, actor, self.0, now)?;
        Ok(Record { commission, delegate })
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, record: Record, _: NoFields) -> Result<String> {
        delete_delegate(tx, actor, record.delegate)?;
        Ok(format!("/commissions/{}/delegates?done=delegate-removed", self.0.0))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Record) -> View {
        let name = record.delegate.fields.name.as_deref().unwrap_or_default();
        let back = format!("/commissions/{}/delegates", self.0.0);
        let body = removal(frame, form, (name, "admin-delegate-removal-what"), &back);
        below(frame, &record.commission, ("/delegates", "commission-delegates"), "admin-delegate-removal", body)
    }
}
