//! `/indicators/new`, `/indicators/{id}/edit` and `/indicators/{id}/removal`.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use maud::{Markup, html};

use crate::access::{Visibility, may_coordinate, may_coordinate_anywhere, require, require_coordinator};
use crate::clock::Instant;
use crate::db::{Db, IndicatorId, PlanItemId, Tx};
use crate::directory::{TypedInstitutions, country_names};
use crate::error::{Faults, Permitted, Result};
use crate::http::{Fields, Shape};
use crate::identity::{Actor, FormPage, NoFields, Submission, Visitor};
use crate::indicators::model::{Aggregation, Direction, Indicator, IndicatorInput};
use crate::indicators::{actions, store};
use crate::plans::plan_item_choices;
use crate::ui::{self, Choice, Field, FormView, Frame, View, confirmation};

/// The form of a new indicator
///
/// Permissions: admin; coordinator of any country.
#[get("/indicators/new")]
pub(super) async fn open_new(visitor: Visitor) -> Result<HttpResponse> {
    let item = visitor.parameters().get("plan_item_id").and_then(|id| id.parse().ok());
    visitor.form(IndicatorForm { id: None, item }).await
}

/// Create an indicator
///
/// Permissions: admin; coordinator of the country of the plan.
#[post("/indicators/new")]
pub(super) async fn create(submission: Submission) -> Result<HttpResponse> {
    submission.handle(IndicatorForm { id: None, item: None }).await
}

/// The form of an indicator
///
/// Permissions: admin; coordinator of the country.
#[get("/indicators/{id}/edit")]
pub(super) async fn open_edit(visitor: Visitor, id: Path<IndicatorId>) -> Result<HttpResponse> {
    visitor.form(IndicatorForm { id: Some(id.into_inner()), item: None }).await
}

/// Change an indicator
///
/// Permissions: admin; coordinator of the country.
#[post("/indicators/{id}/edit")]
pub(super) async fn change(submission: Submission, id: Path<IndicatorId>) -> Result<HttpResponse> {
    submission.handle(IndicatorForm { id: Some(id.into_inner()), item: None }).await
}

/// The page that asks for confirmation before an indicator is deleted
///
/// Permissions: admin; coordinator of the country.
#[get("/indicators/{id}/removal")]
pub(super) async fn open_removal(visitor: Visitor, id: Path<IndicatorId>) -> Result<HttpResponse> {
    visitor.form(Removal(id.into_inner())).await
}

/// Delete an indicator
///
/// Permissions: admin; coordinator of the country.
#[post("/indicators/{id}/removal")]
pub(super) async fn remove(submission: Submission, id: Path<IndicatorId>) -> Result<HttpResponse> {
    submission.handle(Removal(id.into_inner())).await
}

/// Loads an indicator for a person who may change it.
fn load_own(conn: &mut Db, actor: &Actor, id: IndicatorId) -> Result<Indicator> {
    let indicator = store::find(conn, &Visibility::of(actor), id)?;
    require_coordinator(actor, &indicator.country_code)?;
    Ok(indicator)
}

#[derive(Clone)]
struct IndicatorForm {
    /// The indicator that is changed; None for a new one.
    id: Option<IndicatorId>,
    /// The item that a new indicator measures, if the link to the form names one.
    item: Option<PlanItemId>,
}

/// An indicator with the choices of its form.
struct Record {
    indicator: Option<Indicator>,
    /// The items of the plans of the countries that the person coordinates.
    items: Vec<(PlanItemId, String)>,
    institutions: TypedInstitutions,
}

crate::nothing_restricted!(Record);

impl FormPage for IndicatorForm {
    type Record = Record;
    type Input = IndicatorInput;

    fn shape(&self) -> Shape {
        Shape {
            lists: &["responsible_ids"],
            numbers: &["baseline/value", "baseline/year", "targets/*/value", "targets/*/year"],
            rows: &[("targets", &["year", "value"]), ("names", &["name"])],
            ignored: &["names/*/name", "names/*/new", "targets/*/new"],
            ..Shape::default()
        }
    }

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<Record> {
        let indicator = self.id.map(|id| load_own(conn, actor, id)).transpose()?;
        require(may_coordinate_anywhere(actor), Permitted::Coordinators)?;
        let mut countries: Vec<String> = country_names(conn)?.into_iter().map(|(code, _)| code).collect();
        countries.retain(|code| match &indicator {
            Some(own) => own.country_code == *code,
            None => may_coordinate(actor, code),
        });
        let held = indicator.as_ref().map_or(&[][..], |own| own.fields.responsible_ids.as_slice());
        let institutions = TypedInstitutions::load(conn, &countries, held)?;
        let items = plan_item_choices(conn, &Visibility::of(actor), &countries)?;
        Ok(Record { items, indicator, institutions })
    }

    fn fields(&self, record: &Record) -> Fields {
        let Some(own) = &record.indicator else { return Fields::default() };
        let mut fields = Fields::of(&own.fields);
        record.institutions.show_rows("responsible_ids", &mut fields, &own.fields.responsible_ids);
        fields
    }

    /// Reads the names of the institutions that are responsible.
    fn prepare(&self, _: &mut Db, record: &Record, fields: &mut Fields, faults: &mut Faults) -> Result<()> {
        record.institutions.resolve_rows("responsible_ids", fields, faults);
        Ok(())
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, record: Record, input: IndicatorInput) -> Result<String> {
        // The form does not show the translations.
        let input = match record.indicator {
            Some(own) => IndicatorInput { translations: own.fields.translations, ..input },
            None => input,
        };
        let indicator = match self.id {
            Some(id) => actions::update(tx, actor, id, input)?,
            None => actions::create(tx, actor, input)?,
        };
        Ok(format!("/indicators/{}?done=indicator-saved", indicator.id))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Record) -> View {
        let chosen = self.item.filter(|_| form.fields.get("plan_item_id").is_none());
        let form = match chosen {
            Some(item) => &FormView { fields: form.fields.clone().with("plan_item_id", item), ..form.clone() },
            None => form,
        };
        let (action, leave) = match &record.indicator {
            Some(own) => (format!("/indicators/{}/edit", own.id), format!("/indicators/{}", own.id)),
            None => ("/indicators/new".to_owned(), "/plans".to_owned()),
        };
        let body = html! {
            form class="stack" method="post" action=(action) {
                (form.begin(frame))
                (inputs(frame, form, record))
                (ui::actions(&frame.t("plans-save"), Some((&leave, &frame.t("ui-leave")))))
            }
        };
        let title = frame.t(if self.id.is_some() { "indicators-edit" } else { "indicators-new" });
        let view = View::new(title, body).above("/plans", frame.t("plans-page"));
        match &record.indicator {
            Some(own) => view.above(leave, own.fields.name.as_str()),
            None => view,
        }
    }
}

fn inputs(frame: &Frame, form: &FormView, record: &Record) -> Markup {
    let items: Vec<Choice> = record.items.iter().map(|(id, name)| Choice::new(id, name)).collect();
    let directions: Vec<Choice> =
        Direction::ALL.iter().map(|one| Choice::new(one, frame.word("indicators-direction", one.as_str()))).collect();
    let ways: Vec<Choice> = Aggregation::ALL
        .iter()
        .map(|one| Choice::new(one, frame.word("indicators-aggregation", one.as_str())))
        .collect();
    let field = |name: &str, key: &str| Field::new(frame, form, name, frame.t(key));
    html! {
        (field("plan_item_id", "indicators-field-item").required().select(Some(&frame.t("plans-choose")), &items))
        (field("name", "indicators-field-name").required().max(500).text())
        (field("unit", "indicators-field-unit").hint(frame.t("indicators-unit-hint")).required().max(100).text())
        (field("definition", "indicators-field-definition").hint(frame.t("indicators-definition-hint")).max(10_000).area(3))
        (field("source", "indicators-field-source").max(2000).text())
        (field("territory", "indicators-field-territory").max(300).text())
        (field("direction", "indicators-field-direction").select(Some(&frame.t("indicators-not-stated")), &directions))
        fieldset class="stack" id="baseline" {
            legend { strong { (frame.t("indicators-baseline")) } }
            div class="fields" {
                (field("baseline/value", "indicators-value").number())
                (field("baseline/year", "indicators-year").number())
            }
        }
        (targets(frame, form))
        (responsible(frame, form, record))
        (field("aggregation", "indicators-field-aggregation").hint(frame.t("indicators-aggregation-hint")).select(None, &ways))
        (field("note", "plans-field-note").hint(frame.t("plans-note-hint")).max(4000).area(2))
    }
}

fn targets(frame: &Frame, form: &FormView) -> Markup {
    html! {
        fieldset class="stack" id="targets" {
            legend { strong { (frame.t("indicators-targets")) } }
            @for n in 0..form.rows("targets", 1) {
                @let number = n + 1;
                fieldset class="row" id={ "targets-" (n) } {
                    legend { (frame.t_n("indicators-target-n", number)) }
                    (Field::new(frame, form, format!("targets/{n}/year"), frame.t("indicators-year")).number())
                    (Field::new(frame, form, format!("targets/{n}/value"), frame.t("indicators-value")).number())
                }
            }
            p { button type="submit" name="add" value="targets" formnovalidate { (frame.t("indicators-add-target")) } }
        }
    }
}

fn responsible(frame: &Frame, form: &FormView, record: &Record) -> Markup {
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

#[derive(Clone)]
struct Removal(IndicatorId);

impl FormPage for Removal {
    type Record = Indicator;
    type Input = NoFields;

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<Indicator> {
        load_own(conn, actor, self.0)
    }

    fn fields(&self, indicator: &Indicator) -> Fields {
        Fields::of(&indicator.fields)
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, indicator: Indicator, _: NoFields) -> Result<String> {
        let plan = indicator.plan_id;
        actions::delete(tx, actor, indicator)?;
        Ok(format!("/plans/{plan}?done=indicator-removed"))
    }

    fn view(&self, frame: &Frame, form: &FormView, indicator: &Indicator) -> View {
        let path = format!("/indicators/{}", indicator.id);
        let content = html! { p { strong { (indicator.fields.name) } } p { (frame.t("indicators-remove-about")) } };
        let body = confirmation(frame, form, content, ("indicators-do-remove", true), (&path, "ui-unchanged"));
        View::new(frame.t("indicators-do-remove"), body)
            .above("/plans", frame.t("plans-page"))
            .above(path, indicator.fields.name.as_str())
    }
}
