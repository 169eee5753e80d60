//! `/activities/validation`: the queue of submitted activities, several at once; `/activities/{id}/return`.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use maud::{Markup, html};

use super::when;
use crate::access::{Visibility, may_write_anywhere, require};
use crate::activities::api::{ActivityReturn, ActivityValidation};
use crate::activities::model::{Activity, ActivityStatus};
use crate::activities::{actions, policy, store};
use crate::clock::Instant;
use crate::db::{ActivityId, Db, Tx};
use crate::error::{Code, Faults, Permitted, Result};
use crate::http::{Fields, Paging, Shape};
use crate::identity::{Actor, FormPage, Submission, Visitor};
use crate::ui::{Choice, Field, FormView, Frame, View, actions as form_actions, empty};

/// The number of activities that the queue shows at a time.
const MOST: i64 = 50;

/// The queue of validation
///
/// Permissions: admin; coordinators and secretariats, with the activities that they validate.
#[get("/activities/validation")]
pub(crate) async fn open_queue(visitor: Visitor) -> Result<HttpResponse> {
    visitor.form(Queue).await
}

/// Validate the marked activities
///
/// Permissions: as for the queue.
#[post("/activities/validation")]
pub(crate) async fn validate(submission: Submission) -> Result<HttpResponse> {
    submission.handle(Queue).await
}

#[derive(Clone)]
struct Queue;

/// The submitted activities that the person may validate, the oldest first.
struct Waiting(Vec<Activity>);

crate::restricted_by!(Waiting: 0);

impl FormPage for Queue {
    type Record = Waiting;
    type Input = ActivityValidation;

    fn shape(&self) -> Shape {
        Shape { lists: &["ids"], ignored: &["seen/*"], ..Shape::default() }
    }

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<Waiting> {
        require(may_write_anywhere(actor), Permitted::Writers)?;
        let filter = store::Filter { status: Some(ActivityStatus::Submitted), ..store::Filter::default() };
        let paging = Paging::read(Some(MOST), None)?;
        let page = store::list(conn, &Visibility::writable_by(actor), &filter, &paging)?;
        let own = page.items.into_iter().filter(|one| policy::may_validate(actor, &one.fields));
        Ok(Waiting(own.map(|one| one.with_findings(actor.language)).collect()))
    }

    /// Refuses an activity that has changed since the queue was shown.
    fn prepare(&self, _: &mut Db, record: &Waiting, fields: &mut Fields, _: &mut Faults) -> Result<()> {
        let has_changed = |one: &Activity| {
            fields.all("ids").any(|id| id == one.id.to_string()) && fields.get(&seen(one)) != Some(&version(one))
        };
        if record.0.iter().any(has_changed) { Err(Code::PreconditionFailed.into()) } else { Ok(()) }
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, _: Waiting, input: ActivityValidation) -> Result<String> {
        actions::validate(tx, actor, &input.ids)?;
        Ok("/activities/validation?done=activities-validated".to_owned())
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Waiting) -> View {
        let body = html! {
            @if record.0.is_empty() {
                (empty(&frame.t("activities-validation-none"), Some(("/activities", &frame.t("activities")))))
            } @else {
                p { (frame.t("activities-validation-hint")) }
                form method="post" action="/activities/validation" {
                    (form.begin(frame))
                    (queue(frame, form, &record.0))
                    (form_actions(&frame.t("activities-validate"), Some(("/activities", &frame.t("ui-leave")))))
                }
                h2 { (frame.t("activities-look")) }
                ul {
                    @for one in &record.0 {
                        li {
                            a href={ "/activities/" (one.id) } { (one.fields.title) } " · "
                            a href={ "/activities/" (one.id) "/return" } {
                                (frame.t("activities-return")) span class="unseen" { ": " (one.fields.title) }
                            }
                        }
                    }
                }
            }
        };
        View::new(frame.t("activities-validation"), body).above("/activities", frame.t("activities"))
    }
}

fn queue(frame: &Frame, form: &FormView, waiting: &[Activity]) -> Markup {
    let choice = |one: &Activity| {
        let mut about =
            vec![format!("{} · {}", frame.word("activity-kind", one.fields.kind.as_str()), when(frame, one))];
        about.extend(one.findings.iter().map(|finding| finding.message.clone()));
        Choice::new(one.id, one.fields.title.clone()).hint(about.join("\n"))
    };
    let choices: Vec<Choice> = waiting.iter().map(choice).collect();
    html! {
        (Field::new(frame, form, "ids", frame.t("activities-to-validate")).required().checks(&choices))
        @for one in waiting { input type="hidden" name=(seen(one)) value=(version(one)); }
    }
}

/// Returns the name of the hidden field with the version of an activity that the person sees.
fn seen(one: &Activity) -> String {
    format!("seen/{}", one.id)
}

fn version(one: &Activity) -> String {
    one.updated_at.to_string()
}

/// The page that asks for the reason before an activity is sent back
///
/// Permissions: admin; coordinator of the country; secretariat of one of its commissions.
#[get("/activities/{id}/return")]
pub(crate) async fn open_return(visitor: Visitor, id: Path<ActivityId>) -> Result<HttpResponse> {
    visitor.form(Return(id.into_inner())).await
}

/// Send an activity back
///
/// Permissions: admin; coordinator of the country; secretariat of one of its commissions.
#[post("/activities/{id}/return")]
pub(crate) async fn send_back(submission: Submission, id: Path<ActivityId>) -> Result<HttpResponse> {
    submission.handle(Return(id.into_inner())).await
}

#[derive(Clone)]
struct Return(ActivityId);

impl FormPage for Return {
    type Record = Activity;
    type Input = ActivityReturn;

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<Activity> {
        let activity = store::find(conn, &Visibility::of(actor), self.0)?;
        require(policy::may_validate(actor, &activity.fields), Permitted::Writers)?;
        match activity.fields.status {
            ActivityStatus::Draft => Err(Code::NotSubmitted.into()),
            _ => Ok(activity),
        }
    }

    fn fields(&self, record: &Activity) -> Fields {
        Fields::of(&record.input())
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, record: Activity, input: ActivityReturn) -> Result<String> {
        actions::send_back(tx, actor, record.id, &input.reason)?;
        Ok(format!("/activities/{}?done=activity-returned", record.id))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Activity) -> View {
        let path = format!("/activities/{}", self.0);
        let body = html! {
            form method="post" action={ (path) "/return" } {
                (form.begin(frame))
                p { (frame.t("activities-return-what")) }
                (Field::new(frame, form, "reason", frame.t("activities-reason")).required().max(10_000).area(4))
                (form_actions(&frame.t("activities-return"), Some((&path, &frame.t("ui-leave")))))
            }
        };
        View::new(frame.t("activities-return"), body)
            .above("/activities", frame.t("activities"))
            .above(path.clone(), record.fields.title.clone())
    }
}
