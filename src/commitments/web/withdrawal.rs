//! `/meetings/{id}/commissions/{commission_id}/withdrawal`: a commission leaves a joint session.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use maud::html;

use crate::access::{CommissionRef, Visibility, commission_refs, may_write};
use crate::clock::Instant;
use crate::commitments::joint_session::{CommissionWithdrawal, withdraw};
use crate::db::{CommissionId, Db, MeetingId, Tx};
use crate::error::{Code, Error, Permitted, Result};
use crate::identity::{Actor, FormPage, Submission, Visitor};
use crate::meetings::{Meeting, is_minutes_approved, meeting};
use crate::ui::{Field, FormView, Frame, Tone, View, button_link, confirmation, notice};

pub(super) fn pages(cfg: &mut ServiceConfig) {
    cfg.service(show).service(send);
}

/// The page that asks for confirmation before a commission leaves a joint session
///
/// Permissions: secretariat of the commission; coordinator; admin.
#[get("/meetings/{id}/commissions/{commission_id}/withdrawal")]
pub(crate) async fn show(visitor: Visitor, ids: Path<(MeetingId, CommissionId)>) -> Result<HttpResponse> {
    visitor.form(Withdrawal(ids.into_inner())).await
}

/// Withdraw a commission from a joint session
///
/// Permissions: secretariat of the commission; coordinator; admin.
#[post("/meetings/{id}/commissions/{commission_id}/withdrawal")]
pub(crate) async fn send(submission: Submission, ids: Path<(MeetingId, CommissionId)>) -> Result<HttpResponse> {
    submission.handle(Withdrawal(ids.into_inner())).await
}

#[derive(Debug, Clone)]
struct Withdrawal((MeetingId, CommissionId));

struct Record {
    meeting: Meeting,
    commission: CommissionRef,
    is_approved: bool,
}

crate::restricted_by!(Record: meeting);

impl FormPage for Withdrawal {
    type Record = Record;
    type Input = CommissionWithdrawal;

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<Record> {
        let (id, commission) = self.0;
        let meeting = meeting(conn, &Visibility::of(actor), id)?;
        let is_own = meeting.fields.commission_ids.contains(&commission);
        let found = commission_refs(conn, &[commission])?.remove(&commission).filter(|_| is_own);
        let commission = found.ok_or(Code::NotFound)?;
        if !may_write(actor, &meeting.country_code, &[commission.id]) {
            return Err(Error::forbidden(Permitted::LeavingSecretariat).arg("commission", commission.name));
        }
        Ok(Record { is_approved: is_minutes_approved(conn, id)?, meeting, commission })
    }

    /// Leads to the list, because the session may now be closed to the person.
    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, _: Record, input: CommissionWithdrawal) -> Result<String> {
        withdraw(tx, actor, self.0, &input.reason)?;
        Ok("/meetings?done=commission-withdrawn".to_owned())
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Record) -> View {
        let (meeting, commission) = (&record.meeting, &record.commission);
        let path = format!("/meetings/{}", meeting.id);
        let obstacle = match meeting.fields.commission_ids.len() {
            1 => Some("meetings-withdrawal-last"),
            _ => record.is_approved.then_some("meetings-closed"),
        };
        let body = html! {
            @if let Some(key) = obstacle {
                (notice(Tone::Soon, html! { p { (frame.t(key)) } }))
                p { (button_link(&path, &frame.t("meetings-withdrawal-leave"), false)) }
            } @else {
                @let content = html! {
                    div class="prose" {
                        p { strong { (commission.name) } }
                        p { (frame.t("meetings-withdrawal-what")) }
                        p { (frame.t("meetings-withdrawal-mails")) }
                    }
                    (Field::new(frame, form, "reason", frame.t("meetings-withdrawal-reason")).required()
                        .max(10_000).area(4))
                };
                @let leave = (path.as_str(), "meetings-withdrawal-leave");
                (confirmation(frame, form, content, ("meetings-withdrawal-button", true), leave))
            }
        };
        View::new(frame.t("meetings-withdrawal"), body)
            .lead(html! { (meeting.fields.title) })
            .above("/meetings", frame.t("meetings-title"))
            .above(&path, &meeting.fields.title)
    }
}
