//! `/activities/new` and `/activities/{id}/edit`.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};

use super::choices::{Choices, Record, represented};
use super::fields;
use crate::access::{may_write, require};
use crate::activities::api::find_with_findings;
use crate::activities::model::{ActivityInput, ActivityStatus};
use crate::activities::{actions, policy};
use crate::clock::Instant;
use crate::db::{ActivityId, CommissionId, Db, PlanItemId, Tx};
use crate::error::{Faults, Permitted, Result};
use crate::http::{Fields, Shape};
use crate::identity::{Actor, FormPage, Role, Submission, Visitor};
use crate::text::lines;
use crate::ui::{FormView, Frame, View};
use crate::uploads::keep_files;

/// The form of a new activity
///
/// Permissions: secretariats, coordinators, admins, and representatives of institutions.
#[get("/activities/new")]
pub(crate) async fn open_new(visitor: Visitor) -> Result<HttpResponse> {
    visitor.form(ActivityForm(None)).await
}

/// Enter an activity
///
/// Permissions: admin; coordinator of the country; secretariat of its commissions; representative of an institution that
/// organises it, as a draft or submitted.
#[post("/activities/new")]
pub(crate) async fn create(mut submission: Submission) -> Result<HttpResponse> {
    keep_files(&mut submission).await?;
    submission.handle(ActivityForm(None)).await
}

/// The form of an activity
///
/// Permissions: as for entering it; once it is validated, those who validate.
#[get("/activities/{id}/edit")]
pub(crate) async fn open(visitor: Visitor, id: Path<ActivityId>) -> Result<HttpResponse> {
    visitor.form(ActivityForm(Some(id.into_inner()))).await
}

/// Change an activity
///
/// Permissions: as for entering it; once it is validated, those who validate.
#[post("/activities/{id}/edit")]
pub(crate) async fn update(mut submission: Submission, id: Path<ActivityId>) -> Result<HttpResponse> {
    keep_files(&mut submission).await?;
    submission.handle(ActivityForm(Some(id.into_inner()))).await
}

/// The form of an activity: a new one, or one that is changed.
#[derive(Clone)]
struct ActivityForm(Option<ActivityId>);

/// Returns true if a person may enter any activity.
pub(super) fn may_enter(actor: &Actor) -> bool {
    actor.grants.iter().any(|grant| grant.role != Role::Observer)
}

impl FormPage for ActivityForm {
    type Record = Record;
    type Input = ActivityInput;

    fn shape(&self) -> Shape {
        fields::SHAPE
    }

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<Record> {
        let find = |conn: &mut Db, id| find_with_findings(conn, actor, id, actor.language);
        let activity = self.0.map(|id| find(conn, id)).transpose()?;
        match &activity {
            Some(own) => policy::require_writer(actor, &own.fields)?,
            None => require(may_enter(actor), Permitted::ActivityWriters)?,
        }
        let choices = Choices::load(conn, actor, activity.as_ref())?;
        let validates = match &activity {
            Some(own) => policy::may_validate(actor, &own.fields),
            None => choices.commissions.iter().any(|one| may_write(actor, &one.country_code, &[one.id])),
        };
        Ok(Record { activity, choices, validates, own: represented(actor) })
    }

    fn fields(&self, record: &Record) -> Fields {
        let Some(activity) = &record.activity else { return Fields::default() };
        let mut fields = Fields::of(&activity.input());
        for (list, group) in PARTIES {
            let ids: Vec<String> = fields.all(list).map(str::to_owned).collect();
            fields.remove(list);
            for (n, id) in ids.iter().enumerate() {
                let name = format!("{group}/{n}/name");
                fields.set(&name, id);
                record.choices.institutions.show(&mut fields, &name);
            }
        }
        let places: Vec<String> = fields.all("territories").map(str::to_owned).collect();
        fields.remove("territories");
        fields.set("places", places.join("\n"));
        for (n, one) in activity.fields.evidence.iter().enumerate().filter(|(_, one)| one.file_id.is_some()) {
            fields.set(&format!("evidence/{n}/file_name"), &one.title);
        }
        fields
    }

    /// Reads the names of institutions and the territories, one per line.
    fn prepare(&self, _: &mut Db, record: &Record, fields: &mut Fields, faults: &mut Faults) -> Result<()> {
        for (list, group) in PARTIES {
            for n in 0..fields.rows(group) {
                record.choices.institutions.resolve_into(list, fields, &format!("{group}/{n}/name"), faults);
            }
            fields.retain(|name| !name.starts_with(&format!("{group}/")));
        }
        let places: Vec<String> = fields.get("places").map(lines).unwrap_or_default();
        fields.remove("places");
        places.into_iter().for_each(|place| fields.push("territories", place));
        Ok(())
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, record: Record, input: ActivityInput) -> Result<String> {
        let saved = match (self.0, record.activity) {
            (Some(id), Some(own)) => actions::update(tx, actor, id, with_unshown(input, own.fields, &record.choices))?,
            _ => actions::create(tx, actor, input)?,
        };
        let done = match saved.fields.status {
            ActivityStatus::Submitted => "activity-submitted",
            _ => "activity-saved",
        };
        Ok(format!("/activities/{}?done={done}", saved.id))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Record) -> View {
        let is_new = record.activity.is_none();
        let form = if is_new && form.fields.0.is_empty() { prefilled(form, record) } else { form.clone() };
        let (action, leave, title) = match self.0 {
            Some(id) => (format!("/activities/{id}/edit"), format!("/activities/{id}"), "activities-edit"),
            None => ("/activities/new".to_owned(), "/activities".to_owned(), "activities-new"),
        };
        let body = fields::draw(frame, &form, record, &action, &frame.onward(&leave));
        let view = View::new(frame.t(title), body).above("/activities", frame.t("activities"));
        match &record.activity {
            Some(own) => view.above(format!("/activities/{}", own.id), own.fields.title.clone()),
            None => view,
        }
    }
}

/// The lists of institutions, and the groups of rows in which they are typed.
const PARTIES: [(&str, &str); 2] = [("organizer_ids", "organizers"), ("partner_ids", "partners")];

/// Adds the values that the form does not show, among them commissions and plan items that it does not offer.
fn with_unshown(input: ActivityInput, own: ActivityInput, choices: &Choices) -> ActivityInput {
    let (mut commission_ids, mut plan_item_ids) = (input.commission_ids.clone(), input.plan_item_ids.clone());
    let is_commission = |id: &CommissionId| choices.commissions.iter().any(|one| one.id == *id);
    commission_ids.extend(own.commission_ids.into_iter().filter(|id| !is_commission(id)));
    let is_item = |id: &PlanItemId| choices.plan_items.iter().any(|(one, _)| one == id);
    plan_item_ids.extend(own.plan_item_ids.into_iter().filter(|id| !is_item(id)));
    ActivityInput {
        commission_ids,
        plan_item_ids,
        commitment_ids: own.commitment_ids,
        occurrences: own.occurrences,
        period: own.period,
        translations: own.translations,
        ..input
    }
}

/// Fills in a new activity: the country, the commission if there is only one, and the institution of the person.
fn prefilled(form: &FormView, record: &Record) -> FormView {
    let mut fields = form.fields.clone();
    if let [(only, _)] = record.choices.countries.as_slice() {
        fields.set("country_code", only);
    }
    if let [only] = record.choices.commissions.as_slice() {
        fields.push("commission_ids", only.id);
    }
    if let ([only], false) = (record.own.as_slice(), record.validates) {
        fields.set("organizers/0/name", only);
        record.choices.institutions.show(&mut fields, "organizers/0/name");
    }
    fields.set("status", ActivityStatus::Submitted);
    FormView { fields, ..form.clone() }
}
