//! The forms of the delegates of a commission: a new one, and a change. The secretariat is notified when an institution
//! enters or changes its own.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use maud::{Markup, html};

use crate::access::CommissionRef;
use crate::clock::Instant;
use crate::commissions::{Capacity, Delegate, DelegateInput, delegate_with_commission, delegating_institutions};
use crate::db::{CommissionId, Db, DelegateId, InstitutionId, Tx};
use crate::directory::TypedInstitutions;
use crate::error::{Faults, Result};
use crate::http::{DayFields, DayOf, Fields, Shape};
use crate::identity::{Actor, FormPage, Submission, Visitor};
use crate::notifications::delegates as actions;
use crate::text::capitalized;
use crate::ui::{Choice, Field, FormView, Frame, View, actions as buttons};

/// The form for a new delegate
///
/// Permissions: the commission's secretariat; coordinator of its country; admin; representatives of an institution
/// while it is a member.
#[get("/commissions/{id}/delegates/new")]
pub(crate) async fn open(visitor: Visitor, id: Path<CommissionId>) -> Result<HttpResponse> {
    visitor.form(NewDelegate(id.into_inner())).await
}

/// Enter a delegate
///
/// Permissions: the commission's secretariat; coordinator of its country; admin; representatives of the institution
/// while it is a member.
#[post("/commissions/{id}/delegates/new")]
pub(crate) async fn create(submission: Submission, id: Path<CommissionId>) -> Result<HttpResponse> {
    submission.handle(NewDelegate(id.into_inner())).await
}

/// The form that changes a delegate
///
/// Permissions: the commission's secretariat; coordinator of its country; admin; representatives of the institution
/// while it is a member.
#[get("/commissions/{id}/delegates/{delegate_id}/edit")]
pub(crate) async fn edit(visitor: Visitor, ids: Path<(CommissionId, DelegateId)>) -> Result<HttpResponse> {
    visitor.form(EditDelegate(ids.into_inner())).await
}

/// Change a delegate
///
/// Permissions: the commission's secretariat; coordinator of its country; admin; representatives of the institution
/// while it is a member.
#[post("/commissions/{id}/delegates/{delegate_id}/edit")]
pub(crate) async fn update(submission: Submission, ids: Path<(CommissionId, DelegateId)>) -> Result<HttpResponse> {
    submission.handle(EditDelegate(ids.into_inner())).await
}

const SHAPE: Shape = Shape { lists: &[], numbers: &[], flags: &[], dates: &["from", "to"], rows: &[], ignored: &[] };

/// A commission with the choices of the form of a delegate.
struct Record {
    commission: CommissionRef,
    institutions: TypedInstitutions,
    /// The institutions for which the person may enter delegates; None: all of them.
    own: Option<Vec<InstitutionId>>,
    /// None for a new delegate.
    delegate: Option<Delegate>,
}

crate::nothing_restricted!(Record);

impl Record {
    fn load(
        conn: &mut Db,
        (commission, own): (CommissionRef, Option<Vec<InstitutionId>>),
        delegate: Option<Delegate>,
    ) -> Result<Self> {
        let of_delegate = delegate.iter().map(|one| one.fields.institution_id);
        let more: Vec<InstitutionId> = of_delegate.chain(own.iter().flatten().copied()).collect();
        let institutions = TypedInstitutions::load(conn, std::slice::from_ref(&commission.country_code), &more)?;
        Ok(Self { commission, institutions, own, delegate })
    }

    /// Reads the institution that was typed. The name and the address of a person with an account belong to the account.
    fn read(&self, fields: &mut Fields, faults: &mut Faults) {
        self.institutions.resolve(fields, "institution_id", faults);
        let has = |name: &str| fields.get(name).is_some_and(|value| !value.trim().is_empty());
        match (has("user_id"), has("name")) {
            (true, _) => fields.retain(|name| name != "name" && name != "email"),
            (false, true) => {}
            // The fault of the API would name two fields, but the form has one. Because of the fault, the placeholder
            // is never saved.
            (false, false) => {
                faults.add("/name", "required");
                fields.set("name", "-");
            }
        }
    }

    fn back(&self) -> String {
        format!("/commissions/{}/delegates", self.commission.id)
    }
}

#[derive(Debug, Clone)]
struct NewDelegate(CommissionId);

impl FormPage for NewDelegate {
    type Record = Record;
    type Input = DelegateInput;

    fn shape(&self) -> Shape {
        SHAPE
    }

    fn days(&self) -> DayFields {
        &[("from", DayOf::First), ("to", DayOf::Last)]
    }

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Record> {
        let place = delegating_institutions(conn, actor, self.0, now)?;
        Record::load(conn, place, None)
    }

    fn fields(&self, record: &Record) -> Fields {
        let fields = Fields::default().with("capacity", Capacity::Principal);
        match record.own.as_deref() {
            Some([only]) => fields.with("institution_id", only),
            _ => fields,
        }
    }

    fn prepare(&self, _: &mut Db, record: &Record, fields: &mut Fields, faults: &mut Faults) -> Result<()> {
        record.read(fields, faults);
        Ok(())
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, record: Record, input: DelegateInput) -> Result<String> {
        actions::create(tx, actor, self.0, input)?;
        Ok(format!("{}?done=delegate-entered", record.back()))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Record) -> View {
        below(frame, record, "admin-delegate-new", draw(frame, form, record))
    }
}

#[derive(Debug, Clone)]
struct EditDelegate((CommissionId, DelegateId));

impl FormPage for EditDelegate {
    type Record = Record;
    type Input = DelegateInput;

    fn shape(&self) -> Shape {
        SHAPE
    }

    fn days(&self) -> DayFields {
        &[("from", DayOf::First), ("to", DayOf::Last)]
    }

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Record> {
        let (_, delegate) = delegate_with_commission(conn, actor, self.0, now)?;
        let place = delegating_institutions(conn, actor, self.0.0, now)?;
        Record::load(conn, place, Some(delegate))
    }

    fn fields(&self, record: &Record) -> Fields {
        let mut fields = Fields::of(&record.delegate.as_ref().map(Delegate::input));
        fields.retain(|name| !name.starts_with("translations/"));
        if record.own.is_none() {
            record.institutions.show(&mut fields, "institution_id");
        }
        fields
    }

    fn prepare(&self, _: &mut Db, record: &Record, fields: &mut Fields, faults: &mut Faults) -> Result<()> {
        record.read(fields, faults);
        Ok(())
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, record: Record, input: DelegateInput) -> Result<String> {
        let next = format!("{}?done=delegate-changed", record.back());
        // The form does not show the translations.
        let translations = record.delegate.map(|own| own.fields.translations).unwrap_or_default();
        actions::update(tx, actor, self.0, DelegateInput { translations, ..input })?;
        Ok(next)
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Record) -> View {
        let body = html! {
            (draw(frame, form, record))
            @if record.own.is_none() {
                p { a href={ (record.back()) "/" (self.0.1) "/removal" } { (frame.t("admin-delegate-removal")) } }
            }
        };
        below(frame, record, "admin-delegate-edit", body)
    }
}

/// Puts a form below the list of delegates.
fn below(frame: &Frame, record: &Record, key: &str, body: Markup) -> View {
    let commission = &record.commission;
    View::new(frame.t(key), body)
        .lead(html! { (commission.name) })
        .above("/commissions", frame.t("web-nav-commissions"))
        .above(format!("/commissions/{}", commission.id), commission.label().to_owned())
        .above(record.back(), frame.t("commission-delegates"))
}

fn draw(frame: &Frame, form: &FormView, record: &Record) -> Markup {
    let field = |name: &'static str, key: &str| Field::new(frame, form, name, frame.t(key));
    let country = record.commission.country_code.as_str();
    let capacities: Vec<Choice> =
        Capacity::ALL.iter().map(|one| Choice::new(one, capitalized(&frame.word("capacity", one.as_str())))).collect();
    let is_notified = if record.own.is_some() { "admin-delegate-notified" } else { "admin-delegate-mails" };
    html! {
        form method="post" action=(frame.path) {
            (form.begin(frame))
            (institution(frame, form, record))
            (field("capacity", "commission-capacity").required().radios(&capacities))
            (person(frame, form, record))
            (field("position", "commission-position").max(300).text())
            div class="fields" {
                (field("from", "admin-first-day").hint(frame.t("admin-day-hint")).date(country))
                (field("to", "admin-last-day").hint(frame.t("admin-delegate-last-day-hint")).date(country))
            }
            (field("note", "web-note").hint(frame.t("web-note-hint")).max(4000).area(2))
            p class="small" { (frame.t(is_notified)) }
            (buttons(&frame.t("admin-save"), Some((&record.back(), &frame.t("ui-leave")))))
        }
    }
}

/// Draws the institution: a text field for those who write for all, a list for representatives.
fn institution(frame: &Frame, form: &FormView, record: &Record) -> Markup {
    let field = Field::new(frame, form, "institution_id", frame.t("directory-institution")).required();
    let Some(own) = &record.own else {
        return field.hint(frame.t("admin-typed-hint")).max(300).suggested(&record.institutions.names());
    };
    let choices: Vec<Choice> =
        own.iter().map(|id| Choice::new(id, record.institutions.name_of(*id).unwrap_or_default())).collect();
    field.select(None, &choices)
}

/// Draws the person: by name and address, or the account that the person has.
fn person(frame: &Frame, form: &FormView, record: &Record) -> Markup {
    let field = |name: &'static str, key: &str| Field::new(frame, form, name, frame.t(key));
    let linked = record.delegate.as_ref().filter(|one| one.fields.user_id.is_some());
    let linkable = record.delegate.as_ref().and_then(|one| one.linkable_user_id);
    html! {
        @if let (Some(one), Some(id)) = (linked, linked.and_then(|one| one.fields.user_id)) {
            input type="hidden" id="user_id" name="user_id" value=(id);
            div class="prose" {
                p { strong { (one.fields.name.as_deref().unwrap_or_default()) } }
                p { (frame.t("admin-delegate-account")) }
            }
        } @else {
            (field("name", "commission-person").required().max(300).text())
            (field("email", "directory-email").hint(frame.t("admin-delegate-email-hint")).max(254)
                .completed("email", "off"))
            @if let Some(id) = linkable {
                (field("user_id", "admin-delegate-link").checks(&[Choice::new(id, frame.t("admin-delegate-link-it"))]))
            }
        }
    }
}
