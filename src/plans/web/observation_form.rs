//! `/observations/new`, `/observations/{id}/edit` and `/observations/{id}/removal`.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use maud::{Markup, html};

use crate::access::{
    CommissionRef, Visibility, may_coordinate, may_write, may_write_anywhere, require, require_coordinator,
    visible_commissions,
};
use crate::clock::Instant;
use crate::db::{Db, ObservationId, PlanItemId, Tx};
use crate::directory::{commission_choices, country_names};
use crate::error::{Permitted, Result};
use crate::http::{Fields, Shape};
use crate::identity::{Actor, FormPage, NoFields, Submission, Visitor};
use crate::plans::observations::{
    Observation, ObservationInput, ObservationKind, create_observation, delete_observation, find as find_observation,
    update_observation,
};
use crate::plans::plan_item_choices;
use crate::themes::Theme;
use crate::ui::{Choice, Field, FormView, Frame, View, actions, confirmation, prose};

/// The form of a new observation
///
/// Permissions: secretariat of any commission; coordinator; admin.
#[get("/observations/new")]
pub(super) async fn open_new(visitor: Visitor) -> Result<HttpResponse> {
    visitor.form(ObservationForm { id: None }).await
}

/// Create an observation
///
/// Permissions: admin; coordinator of the country; secretariats for their commissions.
#[post("/observations/new")]
pub(super) async fn create(submission: Submission) -> Result<HttpResponse> {
    submission.handle(ObservationForm { id: None }).await
}

/// The form of an observation
///
/// Permissions: admin; coordinator of the country.
#[get("/observations/{id}/edit")]
pub(super) async fn open_edit(visitor: Visitor, id: Path<ObservationId>) -> Result<HttpResponse> {
    visitor.form(ObservationForm { id: Some(id.into_inner()) }).await
}

/// Change an observation
///
/// Permissions: admin; coordinator of the country.
#[post("/observations/{id}/edit")]
pub(super) async fn change(submission: Submission, id: Path<ObservationId>) -> Result<HttpResponse> {
    submission.handle(ObservationForm { id: Some(id.into_inner()) }).await
}

/// The page that asks for confirmation before an observation is deleted
///
/// Permissions: admin; coordinator of the country.
#[get("/observations/{id}/removal")]
pub(super) async fn open_removal(visitor: Visitor, id: Path<ObservationId>) -> Result<HttpResponse> {
    visitor.form(Removal(id.into_inner())).await
}

/// Delete an observation
///
/// Permissions: admin; coordinator of the country.
#[post("/observations/{id}/removal")]
pub(super) async fn remove(submission: Submission, id: Path<ObservationId>) -> Result<HttpResponse> {
    submission.handle(Removal(id.into_inner())).await
}

/// Loads an observation for a person who may change it.
fn load_own(conn: &mut Db, actor: &Actor, id: ObservationId) -> Result<Observation> {
    let observation = find_observation(conn, &Visibility::of(actor), id)?;
    require_coordinator(actor, &observation.fields.country_code)?;
    Ok(observation)
}

#[derive(Clone)]
struct ObservationForm {
    /// The observation that is changed; None for a new one.
    id: Option<ObservationId>,
}

/// An observation with the choices of its form.
struct Record {
    observation: Option<Observation>,
    /// Code and name of the countries for which the person writes.
    countries: Vec<(String, String)>,
    commissions: Vec<CommissionRef>,
    /// The items of the plans of these countries.
    items: Vec<(PlanItemId, String)>,
}

crate::nothing_restricted!(Record);

impl FormPage for ObservationForm {
    type Record = Record;
    type Input = ObservationInput;

    fn shape(&self) -> Shape {
        Shape { lists: &["commission_ids", "themes", "plan_item_ids"], dates: &["noted"], ..Shape::default() }
    }

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<Record> {
        let visibility = Visibility::of(actor);
        let observation = self.id.map(|id| load_own(conn, actor, id)).transpose()?;
        require(may_write_anywhere(actor), Permitted::Writers)?;
        let mut commissions = visible_commissions(conn, &visibility)?;
        commissions.retain(|one| may_write(actor, &one.country_code, &[one.id]));
        let mut countries = country_names(conn)?;
        countries.retain(|(code, _)| match &observation {
            Some(own) => own.fields.country_code == *code,
            None => may_coordinate(actor, code) || commissions.iter().any(|one| one.country_code == *code),
        });
        commissions.retain(|one| countries.iter().any(|(code, _)| one.country_code == *code));
        let codes: Vec<String> = countries.iter().map(|(code, _)| code.clone()).collect();
        let items = plan_item_choices(conn, &visibility, &codes)?;
        Ok(Record { items, observation, countries, commissions })
    }

    fn fields(&self, record: &Record) -> Fields {
        record.observation.as_ref().map(|own| Fields::of(&own.fields)).unwrap_or_default()
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, record: Record, input: ObservationInput) -> Result<String> {
        let input = match record.observation {
            Some(own) => ObservationInput { translations: own.fields.translations, ..input },
            None => input,
        };
        match self.id {
            Some(id) => update_observation(tx, actor, id, input)?,
            None => create_observation(tx, actor, input)?,
        };
        Ok("/observations?done=observation-saved".to_owned())
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Record) -> View {
        let action = self.id.map_or_else(|| "/observations/new".to_owned(), |id| format!("/observations/{id}/edit"));
        let body = html! {
            form class="stack" method="post" action=(action) {
                (form.begin(frame))
                (inputs(frame, form, record))
                (actions(&frame.t("observations-save"), Some(("/observations", &frame.t("ui-leave")))))
            }
        };
        let title = frame.t(if self.id.is_some() { "observations-edit" } else { "observations-new" });
        View::new(title, body).above("/observations", frame.t("observations-page"))
    }
}

fn inputs(frame: &Frame, form: &FormView, record: &Record) -> Markup {
    let choose = frame.t("plans-choose");
    let countries: Vec<Choice> = record.countries.iter().map(|(code, name)| Choice::new(code, name)).collect();
    let country = countries.first().map(|one| one.value.clone()).unwrap_or_default();
    let kinds: Vec<Choice> = ObservationKind::ALL
        .iter()
        .map(|one| Choice::new(one, frame.word("observations-kind", one.as_str())))
        .collect();
    let themes: Vec<Choice> =
        Theme::ALL.iter().map(|one| Choice::new(one, frame.word("theme", one.as_str()))).collect();
    let commissions = commission_choices(&record.countries, &record.commissions);
    let items: Vec<Choice> = record.items.iter().map(|(id, name)| Choice::new(id, name)).collect();
    let field = |name: &str, key: &str| Field::new(frame, form, name, frame.t(key));
    html! {
        @match countries.as_slice() {
            [only] => { input type="hidden" id="country_code" name="country_code" value=(only.value); },
            _ => { (field("country_code", "plans-field-country").required().select(Some(&choose), &countries)) },
        }
        (field("kind", "observations-column-kind").required().radios(&kinds))
        (field("text", "observations-column-text").required().max(10_000).kept_area(4))
        (field("response", "observations-column-response").max(10_000).area(3))
        div class="fields" {
            (field("addressee", "observations-field-addressee").hint(frame.t("observations-addressee-hint")).max(500).text())
            (field("modality", "observations-field-modality").max(500).text())
        }
        (field("noted", "observations-column-noted").date(&country))
        (field("themes", "observations-field-theme").checks(&themes))
        (field("commission_ids", "observations-column-commissions").checks(&commissions))
        @if !items.is_empty() {
            details class="more" open[form.fields.all("plan_item_ids").next().is_some()] {
                summary { (frame.t("observations-field-items")) }
                (field("plan_item_ids", "observations-field-items").label_unseen().checks(&items))
            }
        }
        (field("note", "plans-field-note").hint(frame.t("plans-note-hint")).max(4000).area(2))
    }
}

#[derive(Clone)]
struct Removal(ObservationId);

impl FormPage for Removal {
    type Record = Observation;
    type Input = NoFields;

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<Observation> {
        load_own(conn, actor, self.0)
    }

    fn fields(&self, observation: &Observation) -> Fields {
        Fields::of(&observation.fields)
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, observation: Observation, _: NoFields) -> Result<String> {
        delete_observation(tx, actor, observation)?;
        Ok("/observations?done=observation-removed".to_owned())
    }

    fn view(&self, frame: &Frame, form: &FormView, observation: &Observation) -> View {
        let content = html! { (prose(&observation.fields.text)) p { (frame.t("observations-remove-about")) } };
        let leave = ("/observations", "ui-unchanged");
        let body = confirmation(frame, form, content, ("observations-do-remove", true), leave);
        View::new(frame.t("observations-do-remove"), body).above("/observations", frame.t("observations-page"))
    }
}
