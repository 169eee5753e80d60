//! `/plans/{id}/items/new`, `/plans/{id}/items/{item_id}/edit` and `…/removal`.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use maud::{Markup, html};

use crate::access::{Visibility, require_coordinator};
use crate::clock::Instant;
use crate::db::{Db, PlanId, PlanItemId, Tx};
use crate::directory::TypedInstitutions;
use crate::error::{Code, Faults, Result};
use crate::http::{DayFields, DayOf, Fields, Shape};
use crate::identity::{Actor, FormPage, NoFields, Submission, Visitor};
use crate::plans::items::{
    ItemStatus, PlanItem, PlanItemInput, PlanItemKind, create_plan_item, delete_plan_item, items_of_plans,
    update_plan_item,
};
use crate::plans::plan::{Plan, find_plan};
use crate::ui::{Choice, Field, FormView, Frame, View, actions, confirmation};

/// The form of a new item of a plan
///
/// Permissions: admin; coordinator of the country.
#[get("/plans/{id}/items/new")]
pub(super) async fn open_new(visitor: Visitor, id: Path<PlanId>) -> Result<HttpResponse> {
    visitor.form(ItemForm { plan: id.into_inner(), item: None }).await
}

/// Create an item of a plan
///
/// Permissions: admin; coordinator of the country.
#[post("/plans/{id}/items/new")]
pub(super) async fn create(submission: Submission, id: Path<PlanId>) -> Result<HttpResponse> {
    submission.handle(ItemForm { plan: id.into_inner(), item: None }).await
}

/// The form of an item of a plan
///
/// Permissions: admin; coordinator of the country.
#[get("/plans/{id}/items/{item_id}/edit")]
pub(super) async fn open_edit(visitor: Visitor, path: Path<(PlanId, PlanItemId)>) -> Result<HttpResponse> {
    let (plan, item) = path.into_inner();
    visitor.form(ItemForm { plan, item: Some(item) }).await
}

/// Change an item of a plan
///
/// Permissions: admin; coordinator of the country.
#[post("/plans/{id}/items/{item_id}/edit")]
pub(super) async fn change(submission: Submission, path: Path<(PlanId, PlanItemId)>) -> Result<HttpResponse> {
    let (plan, item) = path.into_inner();
    submission.handle(ItemForm { plan, item: Some(item) }).await
}

/// The page that asks for confirmation before an item is deleted
///
/// Permissions: admin; coordinator of the country.
#[get("/plans/{id}/items/{item_id}/removal")]
pub(super) async fn open_removal(visitor: Visitor, path: Path<(PlanId, PlanItemId)>) -> Result<HttpResponse> {
    let (plan, item) = path.into_inner();
    visitor.form(Removal { plan, item }).await
}

/// Delete an item of a plan
///
/// Permissions: admin; coordinator of the country.
#[post("/plans/{id}/items/{item_id}/removal")]
pub(super) async fn remove(submission: Submission, path: Path<(PlanId, PlanItemId)>) -> Result<HttpResponse> {
    let (plan, item) = path.into_inner();
    submission.handle(Removal { plan, item }).await
}

/// A plan with its items, for a person who may change it.
fn load_plan(conn: &mut Db, actor: &Actor, id: PlanId) -> Result<(Plan, Vec<PlanItem>)> {
    let plan = find_plan(conn, &Visibility::of(actor), id)?;
    require_coordinator(actor, &plan.fields.country_code)?;
    let items = items_of_plans(conn, &[id])?;
    Ok((plan, items))
}

fn item_of(items: &[PlanItem], id: PlanItemId) -> Result<PlanItem> {
    items.iter().find(|one| one.id == id).cloned().ok_or_else(|| Code::NotFound.into())
}

#[derive(Clone)]
struct ItemForm {
    plan: PlanId,
    /// The item that is changed; None for a new one.
    item: Option<PlanItemId>,
}

/// An item with the choices of its form.
struct Record {
    plan: Plan,
    item: Option<PlanItem>,
    items: Vec<PlanItem>,
    institutions: TypedInstitutions,
}

crate::nothing_restricted!(Record);

impl FormPage for ItemForm {
    type Record = Record;
    type Input = PlanItemInput;

    fn shape(&self) -> Shape {
        Shape {
            lists: &["responsible_ids"],
            numbers: &["position"],
            dates: &["period_from", "period_to"],
            rows: &[("names", &["name"])],
            ignored: &["names/*/name", "names/*/new"],
            ..Shape::default()
        }
    }

    fn days(&self) -> DayFields {
        &[("period_from", DayOf::First), ("period_to", DayOf::Last)]
    }

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<Record> {
        let (plan, items) = load_plan(conn, actor, self.plan)?;
        let item = self.item.map(|id| item_of(&items, id)).transpose()?;
        let held = item.as_ref().map_or(&[][..], |item| item.fields.responsible_ids.as_slice());
        let institutions = TypedInstitutions::load(conn, std::slice::from_ref(&plan.fields.country_code), held)?;
        Ok(Record { plan, item, items, institutions })
    }

    fn fields(&self, record: &Record) -> Fields {
        let Some(item) = &record.item else { return Fields::default() };
        let mut fields = Fields::of(&item.fields);
        record.institutions.show_rows("responsible_ids", &mut fields, &item.fields.responsible_ids);
        fields
    }

    /// Reads the names of the institutions that are responsible.
    fn prepare(&self, _: &mut Db, record: &Record, fields: &mut Fields, faults: &mut Faults) -> Result<()> {
        record.institutions.resolve_rows("responsible_ids", fields, faults);
        Ok(())
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, record: Record, input: PlanItemInput) -> Result<String> {
        let input = match record.item {
            Some(own) => PlanItemInput { translations: own.fields.translations, ..input },
            None => input,
        };
        let item = match self.item {
            Some(id) => update_plan_item(tx, actor, id, input)?,
            None => create_plan_item(tx, actor, self.plan, input)?,
        };
        Ok(format!("/plans/{}?done=plan-item-saved#item-{}", self.plan, item.id))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Record) -> View {
        let path = format!("/plans/{}", self.plan);
        let action = self.item.map_or_else(|| format!("{path}/items/new"), |id| format!("{path}/items/{id}/edit"));
        let title = frame.t(if self.item.is_some() { "plans-item-edit" } else { "plans-item-new" });
        let body = html! {
            form class="stack" method="post" action=(action) {
                (form.begin(frame))
                (self.inputs(frame, form, record))
                (actions(&frame.t("plans-save"), Some((&path, &frame.t("ui-leave")))))
            }
        };
        View::new(title, body).above("/plans", frame.t("plans-page")).above(path, record.plan.fields.title.as_str())
    }
}

impl ItemForm {
    fn inputs(&self, frame: &Frame, form: &FormView, record: &Record) -> Markup {
        let choose = frame.t("plans-choose");
        let kinds: Vec<Choice> =
            PlanItemKind::ALL.iter().map(|one| Choice::new(one, frame.word("plans-item-kind", one.as_str()))).collect();
        let states: Vec<Choice> =
            ItemStatus::ALL.iter().map(|one| Choice::new(one, frame.word("plans-status", one.as_str()))).collect();
        let others = record.items.iter().filter(|one| Some(one.id) != self.item);
        let parents: Vec<Choice> = others.map(|one| Choice::new(one.id, one.name())).collect();
        let country = record.plan.fields.country_code.as_str();
        let field = |name: &str, key: &str| Field::new(frame, form, name, frame.t(key));
        html! {
            (field("kind", "plans-item-field-kind").required().select(Some(&choose), &kinds))
            (field("label", "plans-item-field-label").hint(frame.t("plans-item-label-hint")).max(200).text())
            (field("title", "plans-item-field-title").required().max(2000).area(2))
            (field("parent_id", "plans-item-field-parent").select(Some(&frame.t("plans-item-no-parent")), &parents))
            (field("position", "plans-item-field-position").hint(frame.t("plans-item-position-hint")).number())
            div class="fields" {
                (field("period_from", "plans-item-field-from").date(country))
                (field("period_to", "plans-item-field-to").date(country))
            }
            (field("status", "plans-item-field-status").select(Some(&frame.t("plans-status-unknown")), &states))
            (field("comment", "plans-item-field-comment").max(10_000).kept_area(4))
            (self.responsible(frame, form, record))
            (field("note", "plans-field-note").hint(frame.t("plans-note-hint")).max(4000).area(2))
        }
    }

    fn responsible(&self, frame: &Frame, form: &FormView, record: &Record) -> Markup {
        let names = record.institutions.names();
        html! {
            @for n in 0..form.rows("names", 1) {
                @let number = n + 1;
                (Field::new(frame, form, format!("names/{n}/name"), frame.t_n("plans-item-responsible-n", number))
                    .max(300).suggested(if n == 0 { &names } else { &[] }))
            }
            p { button type="submit" name="add" value="names" formnovalidate { (frame.t("plans-item-add-responsible")) } }
        }
    }
}

#[derive(Clone)]
struct Removal {
    plan: PlanId,
    item: PlanItemId,
}

/// An item of a plan.
struct Removing {
    plan: Plan,
    item: PlanItem,
}

crate::nothing_restricted!(Removing);

impl FormPage for Removal {
    type Record = Removing;
    type Input = NoFields;

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<Removing> {
        let (plan, items) = load_plan(conn, actor, self.plan)?;
        Ok(Removing { item: item_of(&items, self.item)?, plan })
    }

    fn fields(&self, record: &Removing) -> Fields {
        Fields::of(&record.item.fields)
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, record: Removing, _: NoFields) -> Result<String> {
        delete_plan_item(tx, actor, record.item)?;
        Ok(format!("/plans/{}?done=plan-item-removed", self.plan))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Removing) -> View {
        let path = format!("/plans/{}", self.plan);
        let content = html! {
            p { strong { (record.item.name()) } }
            p { (frame.t("plans-item-remove-about")) }
        };
        let body = confirmation(frame, form, content, ("plans-item-do-remove", true), (&path, "ui-unchanged"));
        View::new(frame.t("plans-item-do-remove"), body)
            .above("/plans", frame.t("plans-page"))
            .above(path, record.plan.fields.title.as_str())
    }
}
