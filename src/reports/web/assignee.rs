//! `/reports/{id}/questions/{key}/assignee`: who answers a question.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use maud::html;

use super::parts::below;
use super::question::{Answering, QuestionPage};
use crate::access::{CommissionRef, Visibility, require_coordinator, visible_commissions};
use crate::clock::Instant;
use crate::db::{Db, ReportId, Tx};
use crate::error::Result;
use crate::http::Fields;
use crate::identity::{Actor, FormPage, Submission, Visitor};
use crate::reports::sharing::{self, AssigneeInput};
use crate::ui::{Choice, Field, FormView, Frame, View, actions};

/// The form that assigns a question to a commission
///
/// Permissions: admin; coordinator of the country.
#[get("/reports/{id}/questions/{key}/assignee")]
pub(super) async fn open(visitor: Visitor, path: Path<(ReportId, String)>) -> Result<HttpResponse> {
    visitor.form(AssigneePage(QuestionPage::of(path))).await
}

/// Assign a question to a commission
///
/// Permissions: admin; coordinator of the country.
#[post("/reports/{id}/questions/{key}/assignee")]
pub(super) async fn assign(submission: Submission, path: Path<(ReportId, String)>) -> Result<HttpResponse> {
    submission.handle(AssigneePage(QuestionPage::of(path))).await
}

#[derive(Clone)]
struct AssigneePage(QuestionPage);

/// A question with the commissions that may answer it.
struct Assigning {
    question: Answering,
    commissions: Vec<CommissionRef>,
}

crate::nothing_restricted!(Assigning);

impl FormPage for AssigneePage {
    type Record = Assigning;
    type Input = AssigneeInput;

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<Assigning> {
        let question = self.0.read_draft(conn, actor)?;
        let country = question.report.fields.country_code.clone();
        require_coordinator(actor, &country)?;
        let mut commissions = visible_commissions(conn, &Visibility::of(actor))?;
        commissions.retain(|one| one.country_code == country);
        Ok(Assigning { question, commissions })
    }

    fn fields(&self, shown: &Assigning) -> Fields {
        let mut fields = Fields::default();
        if let Some(id) = shown.question.asked.assignee_commission_id {
            fields.set("commission_id", id);
        }
        fields
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, shown: Assigning, input: AssigneeInput) -> Result<String> {
        sharing::assign(tx, actor, actor.language, (self.0.id, &self.0.key), &input)?;
        let country = &shown.question.report.fields.country_code;
        let done = match input.commission_id {
            same if same == shown.question.asked.assignee_commission_id => "report-question-as-before",
            None => "report-question-taken-back",
            Some(commission) if sharing::has_secretariat(tx, country, commission)? => "report-question-assigned",
            Some(_) => "report-question-without-secretariat",
        };
        Ok(format!("{}?done={done}", shown.question.path()))
    }

    fn view(&self, frame: &Frame, form: &FormView, shown: &Assigning) -> View {
        let question = &shown.question;
        let path = question.path();
        let offered: Vec<Choice> = shown.commissions.iter().map(|one| Choice::new(one.id, one.label())).collect();
        let body = html! {
            form class="stack" method="post" action={ (path) "/assignee" } {
                (form.begin(frame))
                p { (frame.t("reports-assignee-about")) }
                (Field::new(frame, form, "commission_id", frame.t("reports-assignee")).required()
                    .select(Some(&frame.t("reports-coordinator")), &offered))
                (actions(&frame.t("reports-save-assignee"), Some((&path, &frame.t("reports-back-to-question")))))
            }
        };
        let title = format!("{}. {}", question.asked.number, question.asked.title);
        below(frame, &question.report, frame.t("reports-assignee-title"), body).above(path, title)
    }
}
