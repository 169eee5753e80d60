//! `/duties/new`, `/duties/{id}/edit` and `/duties/{id}/removal`.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use maud::{Markup, html};

use crate::access::{CommissionRef, Visibility, may_write, may_write_anywhere, require, visible_commissions};
use crate::clock::Instant;
use crate::db::{Db, DutyId, PlanItemId, Tx};
use crate::directory::{Sector, TypedInstitutions, commission_choices, country_names};
use crate::duties::model::{Duty, DutyInput, Every, FieldKind};
use crate::duties::{actions, policy, store};
use crate::error::{Faults, Permitted, Result};
use crate::http::{Fields, Shape};
use crate::identity::{Actor, FormPage, NoFields, Submission, Visitor};
use crate::plans::plan_item_choices;
use crate::text::fold;
use crate::ui::{Choice, Field, FormView, Frame, View, actions as buttons, confirmation};

/// The form of a new duty
///
/// Permissions: secretariat of any commission; coordinator; admin.
#[get("/duties/new")]
pub(super) async fn open_new(visitor: Visitor) -> Result<HttpResponse> {
    visitor.form(DutyForm { id: None }).await
}

/// Create a duty
///
/// Permissions: secretariat of any of its commissions; coordinator of the country; admin.
#[post("/duties/new")]
pub(super) async fn create(submission: Submission) -> Result<HttpResponse> {
    submission.handle(DutyForm { id: None }).await
}

/// The form of a duty
///
/// Permissions: secretariat of any of its commissions; coordinator of the country; admin.
#[get("/duties/{id}/edit")]
pub(super) async fn open_edit(visitor: Visitor, id: Path<DutyId>) -> Result<HttpResponse> {
    visitor.form(DutyForm { id: Some(id.into_inner()) }).await
}

/// Change a duty
///
/// Permissions: secretariat of any of its commissions; coordinator of the country; admin.
#[post("/duties/{id}/edit")]
pub(super) async fn change(submission: Submission, id: Path<DutyId>) -> Result<HttpResponse> {
    submission.handle(DutyForm { id: Some(id.into_inner()) }).await
}

/// The page that asks for confirmation before a duty is deleted
///
/// Permissions: secretariat of any of its commissions; coordinator of the country; admin.
#[get("/duties/{id}/removal")]
pub(super) async fn open_removal(visitor: Visitor, id: Path<DutyId>) -> Result<HttpResponse> {
    visitor.form(Removal(id.into_inner())).await
}

/// Delete a duty
///
/// Permissions: secretariat of any of its commissions; coordinator of the country; admin.
#[post("/duties/{id}/removal")]
pub(super) async fn remove(submission: Submission, id: Path<DutyId>) -> Result<HttpResponse> {
    submission.handle(Removal(id.into_inner())).await
}

/// Loads a duty for a person who may change it.
fn load_own(conn: &mut Db, actor: &Actor, id: DutyId) -> Result<Duty> {
    let duty = store::find(conn, &Visibility::of(actor), id)?;
    policy::require_writer(actor, &duty)?;
    Ok(duty)
}

#[derive(Clone)]
struct DutyForm {
    /// The duty that is changed; None for a new one.
    id: Option<DutyId>,
}

/// A duty with the choices of its form.
struct Record {
    duty: Option<Duty>,
    /// Code and name of the countries for which the person writes.
    countries: Vec<(String, String)>,
    commissions: Vec<CommissionRef>,
    institutions: TypedInstitutions,
    items: Vec<(PlanItemId, String)>,
}

crate::restricted_by!(Record: duty);

const SHAPE: Shape = Shape {
    lists: &["commission_ids", "institution_ids"],
    numbers: &["due_days"],
    flags: &["restricted"],
    dates: &["from", "to"],
    rows: &[("fields", &["label", "key"]), ("names", &["name"])],
    ignored: &["names/*/name", "names/*/new", "fields/*/new"],
};

impl FormPage for DutyForm {
    type Record = Record;
    type Input = DutyInput;

    fn shape(&self) -> Shape {
        SHAPE
    }

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<Record> {
        let duty = self.id.map(|id| load_own(conn, actor, id)).transpose()?;
        require(may_write_anywhere(actor), Permitted::Writers)?;
        let mut commissions = visible_commissions(conn, &Visibility::of(actor))?;
        commissions.retain(|one| match &duty {
            Some(own) => own.country_code == one.country_code,
            None => may_write(actor, &one.country_code, &[one.id]),
        });
        let mut countries = country_names(conn)?;
        countries.retain(|(code, _)| commissions.iter().any(|one| one.country_code == *code));
        let codes: Vec<String> = countries.iter().map(|(code, _)| code.clone()).collect();
        let held = duty.as_ref().map_or(&[][..], |own| own.fields.institution_ids.as_slice());
        let institutions = TypedInstitutions::load(conn, &codes, held)?;
        let items = plan_item_choices(conn, &Visibility::of(actor), &codes)?;
        Ok(Record { items, duty, countries, commissions, institutions })
    }

    fn fields(&self, record: &Record) -> Fields {
        let Some(own) = &record.duty else { return Fields::default() };
        let mut fields = Fields::of(&own.fields);
        record.institutions.show_rows("institution_ids", &mut fields, &own.fields.institution_ids);
        fields
    }

    fn suggested(&self, record: &Record) -> Fields {
        new_fields(record)
    }

    /// Reads the names of institutions, and gives a field without a key one from its label.
    fn prepare(&self, _: &mut Db, record: &Record, fields: &mut Fields, faults: &mut Faults) -> Result<()> {
        record.institutions.resolve_rows("institution_ids", fields, faults);
        for n in 0..fields.rows("fields") {
            let (key, label) = (format!("fields/{n}/key"), format!("fields/{n}/label"));
            if fields.get(&key).is_none_or(|key| key.trim().is_empty()) {
                let free = free_key(fields, fields.get(&label).unwrap_or_default());
                fields.set(&key, free);
            }
        }
        Ok(())
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, record: Record, input: DutyInput) -> Result<String> {
        // The form shows neither the translations nor an item that the person may not know.
        let is_hidden = |id: &PlanItemId| !record.items.iter().any(|(item, _)| item == id);
        let input = match record.duty {
            Some(own) => DutyInput {
                translations: own.fields.translations,
                plan_item_id: input.plan_item_id.or(own.fields.plan_item_id.filter(is_hidden)),
                ..input
            },
            None => input,
        };
        let duty = match self.id {
            Some(id) => actions::update_duty(tx, actor, id, input)?,
            None => actions::create_duty(tx, actor, input)?,
        };
        Ok(format!("/duties/{}?done=duty-saved", duty.id))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Record) -> View {
        let (action, leave) = match self.id {
            Some(id) => (format!("/duties/{id}/edit"), format!("/duties/{id}")),
            None => ("/duties/new".to_owned(), "/duties".to_owned()),
        };
        let body = html! {
            form class="stack" method="post" action=(action) {
                (form.begin(frame))
                (inputs(frame, form, record))
                (buttons(&frame.t("duties-save"), Some((&leave, &frame.t("ui-leave")))))
            }
        };
        let title = frame.t(if self.id.is_some() { "duties-edit-title" } else { "duties-new" });
        let view = View::new(title, body).above("/duties", frame.t("duties-page"));
        match &record.duty {
            Some(own) => view.above(leave, own.fields.title.as_str()),
            None => view,
        }
    }
}

/// Returns the fields of a new duty: the only commission of the person, and the usual term.
fn new_fields(record: &Record) -> Fields {
    let mut fields = Fields::default().with("due_days", 15);
    if let [only] = record.commissions.as_slice() {
        fields.push("commission_ids", only.id);
    }
    fields
}

/// Returns a key from a label, such as `casos_detectados`, that no field of the form has.
fn free_key(fields: &Fields, label: &str) -> String {
    let folded = fold([label]);
    let words: Vec<&str> = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut key: String = words.join("_").chars().take(50).collect();
    if !key.starts_with(|c: char| c.is_ascii_lowercase()) {
        key = format!("f_{key}");
    }
    let is_taken = |key: &str| {
        (0..fields.rows("fields")).any(|n| fields.get(&format!("fields/{n}/key")).is_some_and(|own| own == key))
    };
    let numbered = (2..).map(|n| format!("{key}_{n}"));
    let free = std::iter::once(key.clone()).chain(numbered).find(|key| !is_taken(key));
    free.unwrap_or(key)
}

fn inputs(frame: &Frame, form: &FormView, record: &Record) -> Markup {
    let field = |name: &str, key: &str| Field::new(frame, form, name, frame.t(key));
    let country = record.countries.first().map(|(code, _)| code.clone()).unwrap_or_default();
    let every: Vec<Choice> =
        Every::ALL.iter().map(|one| Choice::new(one, frame.word("duties-every", one.as_str()))).collect();
    let sectors: Vec<Choice> =
        Sector::ALL.iter().map(|one| Choice::new(one, frame.word("report-sector", one.as_str()))).collect();
    let items: Vec<Choice> = record.items.iter().map(|(id, name)| Choice::new(id, name)).collect();
    html! {
        (field("title", "duties-field-title").hint(frame.t("duties-title-hint")).required().max(500).text())
        (field("commission_ids", "duties-column-commissions").required()
            .checks(&commission_choices(&record.countries, &record.commissions)))
        (field("every", "duties-column-every").required().radios(&every))
        div class="fields" {
            (field("from", "duties-field-from").hint(frame.t("duties-from-hint")).required().date(&country))
            (field("to", "duties-field-to").hint(frame.t("duties-to-hint")).date(&country))
            (field("due_days", "duties-field-due-days").hint(frame.t("duties-due-days-hint")).number())
        }
        fieldset class="stack" {
            legend { strong { (frame.t("duties-who")) } }
            p class="hint" { (frame.t("duties-who-hint")) }
            (field("sector", "duties-field-sector").unmarked(true).select(Some(&frame.t("duties-no-sector")), &sectors))
            (institutions(frame, form, record))
        }
        (report_fields(frame, form))
        @if !items.is_empty() {
            (field("plan_item_id", "duties-field-item").select(Some(&frame.t("duties-no-item")), &items))
        }
        (field("restricted", "duties-field-restricted").check())
        (field("note", "plans-field-note").hint(frame.t("plans-note-hint")).max(4000).area(2))
    }
}

/// Draws the rows of institutions.
fn institutions(frame: &Frame, form: &FormView, record: &Record) -> Markup {
    let names = record.institutions.names();
    html! {
        div id="institution_ids" tabindex="-1" {
            @for fault in form.faults_of("institution_ids") { p class="fault" { (fault) } }
            @for n in 0..form.rows("names", 1) {
                div class="with-remove" {
                    (Field::new(frame, form, format!("names/{n}/name"), frame.t_n("duties-institution-row", n + 1))
                        .unmarked(true).suggested(&names))
                    (remove_row(frame, &format!("names/{n}"), &frame.t_n("duties-institution-row", n + 1)))
                }
            }
            button type="submit" name="add" value="names" formnovalidate { (frame.t("duties-institution-add")) }
        }
    }
}

/// Draws the rows of the fields that every report has.
fn report_fields(frame: &Frame, form: &FormView) -> Markup {
    let kinds: Vec<Choice> =
        FieldKind::ALL.iter().map(|one| Choice::new(one, frame.word("duties-kind", one.as_str()))).collect();
    html! {
        fieldset class="stack" id="fields" tabindex="-1" {
            legend { strong { (frame.t("duties-fields")) } }
            p class="hint" { (frame.t("duties-fields-hint")) }
            @for fault in form.faults_of("fields") { p class="fault" { (fault) } }
            @for n in 0..form.rows("fields", 1) { (report_field(frame, form, n, &kinds)) }
            button type="submit" name="add" value="fields" formnovalidate { (frame.t("duties-field-add")) }
        }
    }
}

fn report_field(frame: &Frame, form: &FormView, n: usize, kinds: &[Choice]) -> Markup {
    let name = |part: &str| format!("fields/{n}/{part}");
    let key = name("key");
    html! {
        fieldset class="row" id={ "fields-" (n) } tabindex="-1" {
            legend { (frame.t_n("duties-field-row", n + 1)) }
            @for fault in form.faults_of(&key) { p class="fault wide" id={ "fields-" (n) "-key" } tabindex="-1" { (fault) } }
            (Field::new(frame, form, name("label"), frame.t("duties-field-label")).unmarked(true).max(300).text())
            (Field::new(frame, form, name("kind"), frame.t("duties-field-kind")).unmarked(true).select(None, kinds))
            (Field::new(frame, form, name("unit"), frame.t("duties-field-unit")).max(60).text())
            @if !form.value(&key).is_empty() { input type="hidden" name=(key) value=(form.value(&key)); }
            (remove_row(frame, &format!("fields/{n}"), &frame.t_n("duties-field-row", n + 1)))
        }
    }
}

/// Draws the button that removes a row.
fn remove_row(frame: &Frame, row: &str, label: &str) -> Markup {
    html! {
        button class="remove" type="submit" name="remove" value=(row) formnovalidate {
            (frame.t("progress-remove")) span class="unseen" { " " (label) }
        }
    }
}

#[derive(Clone)]
struct Removal(DutyId);

impl FormPage for Removal {
    type Record = Duty;
    type Input = NoFields;

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<Duty> {
        load_own(conn, actor, self.0)
    }

    fn fields(&self, duty: &Duty) -> Fields {
        Fields::of(&duty.fields)
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, duty: Duty, _: NoFields) -> Result<String> {
        actions::delete_duty(tx, actor, duty)?;
        Ok("/duties?done=duty-removed".to_owned())
    }

    fn view(&self, frame: &Frame, form: &FormView, duty: &Duty) -> View {
        let leave = format!("/duties/{}", duty.id);
        let content = html! { p { strong { (duty.fields.title) } } p { (frame.t("duties-remove-about")) } };
        let body = confirmation(frame, form, content, ("duties-do-remove", true), (&leave, "ui-unchanged"));
        View::new(frame.t("duties-do-remove"), body)
            .above("/duties", frame.t("duties-page"))
            .above(leave, duty.fields.title.as_str())
    }
}
