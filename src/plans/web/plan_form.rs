//! `/plans/new`, `/plans/{id}/edit` and `/plans/{id}/removal`.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use maud::html;

use crate::access::{
    CommissionRef, Visibility, may_coordinate, may_coordinate_anywhere, require, require_coordinator,
    visible_commissions,
};
use crate::clock::Instant;
use crate::db::{Db, PlanId, Tx};
use crate::directory::{commission_choices, country_names};
use crate::error::{Permitted, Result};
use crate::http::{Fields, Shape};
use crate::identity::{Actor, FormPage, NoFields, Submission, Visitor};
use crate::plans::plan::{Plan, PlanInput, PlanKind, create_plan, delete_plan, find_plan, update_plan};
use crate::ui::{Choice, Field, FormView, Frame, View, actions, confirmation};

/// The form of a new plan
///
/// Permissions: admin; coordinator of any country.
#[get("/plans/new")]
pub(super) async fn open_new(visitor: Visitor) -> Result<HttpResponse> {
    visitor.form(PlanForm { id: None }).await
}

/// Create a plan
///
/// Permissions: admin; coordinator of the country.
#[post("/plans/new")]
pub(super) async fn create(submission: Submission) -> Result<HttpResponse> {
    submission.handle(PlanForm { id: None }).await
}

/// The form of a plan
///
/// Permissions: admin; coordinator of the country.
#[get("/plans/{id}/edit")]
pub(super) async fn open_edit(visitor: Visitor, id: Path<PlanId>) -> Result<HttpResponse> {
    visitor.form(PlanForm { id: Some(id.into_inner()) }).await
}

/// Change a plan
///
/// Permissions: admin; coordinator of the country.
#[post("/plans/{id}/edit")]
pub(super) async fn change(submission: Submission, id: Path<PlanId>) -> Result<HttpResponse> {
    submission.handle(PlanForm { id: Some(id.into_inner()) }).await
}

/// The page that asks for confirmation before a plan is deleted
///
/// Permissions: admin; coordinator of the country.
#[get("/plans/{id}/removal")]
pub(super) async fn open_removal(visitor: Visitor, id: Path<PlanId>) -> Result<HttpResponse> {
    visitor.form(Removal(id.into_inner())).await
}

/// Delete a plan
///
/// Permissions: admin; coordinator of the country.
#[post("/plans/{id}/removal")]
pub(super) async fn remove(submission: Submission, id: Path<PlanId>) -> Result<HttpResponse> {
    submission.handle(Removal(id.into_inner())).await
}

#[derive(Clone)]
struct PlanForm {
    /// The plan that is changed; None for a new one.
    id: Option<PlanId>,
}

/// A plan with the choices of its form.
struct Record {
    plan: Option<Plan>,
    /// Code and name of the countries that the person coordinates.
    countries: Vec<(String, String)>,
    commissions: Vec<CommissionRef>,
}

crate::nothing_restricted!(Record);

impl FormPage for PlanForm {
    type Record = Record;
    type Input = PlanInput;

    fn shape(&self) -> Shape {
        Shape { lists: &["commission_ids"], dates: &["starts", "ends"], ..Shape::default() }
    }

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<Record> {
        let visibility = Visibility::of(actor);
        let plan = self.id.map(|id| find_plan(conn, &visibility, id)).transpose()?;
        match &plan {
            Some(plan) => require_coordinator(actor, &plan.fields.country_code)?,
            None => require(may_coordinate_anywhere(actor), Permitted::Coordinators)?,
        }
        let mut countries = country_names(conn)?;
        countries.retain(|(code, _)| may_coordinate(actor, code));
        let mut commissions = visible_commissions(conn, &visibility)?;
        commissions.retain(|one| match &plan {
            Some(plan) => one.country_code == plan.fields.country_code,
            None => may_coordinate(actor, &one.country_code),
        });
        Ok(Record { plan, countries, commissions })
    }

    fn fields(&self, record: &Record) -> Fields {
        record.plan.as_ref().map(|plan| Fields::of(&plan.fields)).unwrap_or_default()
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, record: Record, input: PlanInput) -> Result<String> {
        // The form does not show the translations.
        let input = match record.plan {
            Some(own) => PlanInput { translations: own.fields.translations, ..input },
            None => input,
        };
        let plan = match self.id {
            Some(id) => update_plan(tx, actor, id, input)?,
            None => create_plan(tx, actor, input)?,
        };
        Ok(format!("/plans/{}?done=plan-saved", plan.id))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Record) -> View {
        let countries: Vec<Choice> = record.countries.iter().map(|(code, name)| Choice::new(code, name)).collect();
        let country = countries.first().map(|one| one.value.clone()).unwrap_or_default();
        let kinds: Vec<Choice> =
            PlanKind::ALL.iter().map(|one| Choice::new(one, frame.word("plans-kind", one.as_str()))).collect();
        let commissions = commission_choices(&record.countries, &record.commissions);
        let (action, leave) = match self.id {
            Some(id) => (format!("/plans/{id}/edit"), format!("/plans/{id}")),
            None => ("/plans/new".to_owned(), "/plans".to_owned()),
        };
        let field = |name: &str, key: &str| Field::new(frame, form, name, frame.t(key));
        let body = html! {
            form class="stack" method="post" action=(action) {
                (form.begin(frame))
                (field("title", "plans-field-title").required().max(500).text())
                (field("kind", "plans-field-kind").required().select(Some(&frame.t("plans-choose")), &kinds))
                @match countries.as_slice() {
                    [only] => { input type="hidden" id="country_code" name="country_code" value=(only.value); },
                    _ => { (field("country_code", "plans-field-country").required().select(Some(&frame.t("plans-choose")), &countries)) },
                }
                div class="fields" {
                    (field("starts", "plans-field-starts").date(&country))
                    (field("ends", "plans-field-ends").date(&country))
                }
                (field("commission_ids", "plans-field-commissions").hint(frame.t("plans-commissions-hint")).checks(&commissions))
                (field("note", "plans-field-note").hint(frame.t("plans-note-hint")).max(4000).area(2))
                (actions(&frame.t("plans-save"), Some((&leave, &frame.t("ui-leave")))))
            }
        };
        let title = frame.t(if self.id.is_some() { "plans-edit" } else { "plans-new" });
        let view = View::new(title, body).above("/plans", frame.t("plans-page"));
        match &record.plan {
            Some(plan) => view.above(format!("/plans/{}", plan.id), plan.fields.title.as_str()),
            None => view,
        }
    }
}

#[derive(Clone)]
struct Removal(PlanId);

impl FormPage for Removal {
    type Record = Plan;
    type Input = NoFields;

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<Plan> {
        let plan = find_plan(conn, &Visibility::of(actor), self.0)?;
        require_coordinator(actor, &plan.fields.country_code)?;
        Ok(plan)
    }

    fn fields(&self, plan: &Plan) -> Fields {
        Fields::of(&plan.fields)
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, plan: Plan, _: NoFields) -> Result<String> {
        delete_plan(tx, actor, plan)?;
        Ok("/plans?done=plan-removed".to_owned())
    }

    fn view(&self, frame: &Frame, form: &FormView, plan: &Plan) -> View {
        let path = format!("/plans/{}", plan.id);
        let content = html! { p { strong { (plan.fields.title) } } p { (frame.t("plans-remove-about")) } };
        let body = confirmation(frame, form, content, ("plans-do-remove", true), (&path, "ui-unchanged"));
        View::new(frame.t("plans-do-remove"), body)
            .above("/plans", frame.t("plans-page"))
            .above(path, plan.fields.title.as_str())
    }
}
