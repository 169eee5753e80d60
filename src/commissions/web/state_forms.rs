//! The forms of the operational states of a commission: entry, change, and confirmation of a removal.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use maud::{Markup, html};

use super::{below, removal};
use crate::access::CommissionRef;
use crate::clock::Instant;
use crate::commissions::scope;
use crate::commissions::states::{
    DatedState, OperationalState, OperationalStateInput, create_operational_state, delete_operational_state,
    state_to_change, update_operational_state,
};
use crate::db::{CommissionId, Db, OperationalStateId, Tx};
use crate::error::Result;
use crate::http::{Fields, Shape};
use crate::identity::{Actor, FormPage, NoFields, Submission, Visitor};
use crate::ui::{Choice, Field, FormView, Frame, View, actions, date_in_words};

/// The form for another state of a commission
///
/// Permissions: coordinator of its country; admin.
#[get("/commissions/{id}/states/new")]
pub(super) async fn open(visitor: Visitor, id: Path<CommissionId>) -> Result<HttpResponse> {
    visitor.form(NewState(id.into_inner())).await
}

/// Enter a state of a commission
///
/// Permissions: coordinator of its country; admin.
#[post("/commissions/{id}/states/new")]
pub(super) async fn create(submission: Submission, id: Path<CommissionId>) -> Result<HttpResponse> {
    submission.handle(NewState(id.into_inner())).await
}

/// The form that changes a state of a commission
///
/// Permissions: coordinator of its country; admin.
#[get("/commissions/{id}/states/{state_id}/edit")]
pub(super) async fn edit(visitor: Visitor, ids: Path<(CommissionId, OperationalStateId)>) -> Result<HttpResponse> {
    visitor.form(EditState(ids.into_inner())).await
}

/// Change a state of a commission
///
/// Permissions: coordinator of its country; admin.
#[post("/commissions/{id}/states/{state_id}/edit")]
pub(super) async fn update(
    submission: Submission,
    ids: Path<(CommissionId, OperationalStateId)>,
) -> Result<HttpResponse> {
    submission.handle(EditState(ids.into_inner())).await
}

/// The page that asks for confirmation before a state is removed
///
/// Permissions: coordinator of its country; admin.
#[get("/commissions/{id}/states/{state_id}/removal")]
pub(super) async fn open_removal(
    visitor: Visitor,
    ids: Path<(CommissionId, OperationalStateId)>,
) -> Result<HttpResponse> {
    visitor.form(Removal(ids.into_inner())).await
}

/// Remove a state that was entered by mistake
///
/// Permissions: coordinator of its country; admin.
#[post("/commissions/{id}/states/{state_id}/removal")]
pub(super) async fn remove(
    submission: Submission,
    ids: Path<(CommissionId, OperationalStateId)>,
) -> Result<HttpResponse> {
    submission.handle(Removal(ids.into_inner())).await
}

const SHAPE: Shape = Shape { lists: &[], numbers: &[], flags: &[], dates: &["since"], rows: &[], ignored: &[] };

/// A state with its commission; None for a new one.
struct Record {
    commission: CommissionRef,
    state: Option<DatedState>,
}

crate::nothing_restricted!(Record);

#[derive(Debug, Clone)]
struct NewState(CommissionId);

impl FormPage for NewState {
    type Record = Record;
    type Input = OperationalStateInput;

    fn shape(&self) -> Shape {
        SHAPE
    }

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<Record> {
        Ok(Record { commission: scope::writable_by_coordinator(conn, actor, self.0)?, state: None })
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, _: Record, input: OperationalStateInput) -> Result<String> {
        create_operational_state(tx, actor, self.0, input)?;
        Ok(format!("/commissions/{}/states?done=state-entered", self.0))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Record) -> View {
        below(frame, &record.commission, ("/states", "commission-states"), "admin-state-new", draw(frame, form, record))
    }
}

#[derive(Debug, Clone)]
struct EditState((CommissionId, OperationalStateId));

/// Loads a state for those who may change it.
fn load(conn: &mut Db, actor: &Actor, ids: (CommissionId, OperationalStateId)) -> Result<Record> {
    let (commission, state) = state_to_change(conn, actor, ids)?;
    Ok(Record { commission, state: Some(state) })
}

impl FormPage for EditState {
    type Record = Record;
    type Input = OperationalStateInput;

    fn shape(&self) -> Shape {
        SHAPE
    }

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<Record> {
        load(conn, actor, self.0)
    }

    fn fields(&self, record: &Record) -> Fields {
        Fields::of(&record.state.as_ref().map(DatedState::input))
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, _: Record, input: OperationalStateInput) -> Result<String> {
        update_operational_state(tx, actor, self.0.0, self.0.1, input)?;
        Ok(format!("/commissions/{}/states?done=state-changed", self.0.0))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Record) -> View {
        let path = format!("/commissions/{}/states/{}/removal", self.0.0, self.0.1);
        let body = html! {
            (draw(frame, form, record))
            p { a href=(path) { (frame.t("admin-state-removal")) } }
        };
        below(frame, &record.commission, ("/states", "commission-states"), "admin-state-edit", body)
    }
}

fn draw(frame: &Frame, form: &FormView, record: &Record) -> Markup {
    let field = |name: &'static str, key: &str| Field::new(frame, form, name, frame.t(key));
    let states: Vec<Choice> = OperationalState::ALL
        .iter()
        .map(|state| Choice::new(state, frame.word("operational-state", state.as_str())))
        .collect();
    let back = format!("/commissions/{}/states", record.commission.id);
    html! {
        form method="post" action=(frame.path) {
            (form.begin(frame))
            (field("state", "commission-state").required().radios(&states))
            (field("since", "commission-state-since").hint(frame.t("admin-since-hint")).required()
                .date(&record.commission.country_code))
            (field("source", "commission-state-source").hint(frame.t("admin-source-hint")).max(1000).area(2))
            (actions(&frame.t("admin-save"), Some((&back, &frame.t("ui-leave")))))
        }
    }
}

#[derive(Debug, Clone)]
struct Removal((CommissionId, OperationalStateId));

impl FormPage for Removal {
    type Record = Record;
    type Input = NoFields;

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<Record> {
        load(conn, actor, self.0)
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, record: Record, _: NoFields) -> Result<String> {
        if let Some(state) = record.state {
            delete_operational_state(tx, actor, state)?;
        }
        Ok(format!("/commissions/{}/states?done=state-removed", self.0.0))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Record) -> View {
        let country = record.commission.country_code.as_str();
        let words = |own: &DatedState| {
            let state = frame.word("operational-state", own.fields.state.as_str());
            format!("{state} · {}", date_in_words(frame, country, &own.fields.since))
        };
        let words = record.state.as_ref().map(words).unwrap_or_default();
        let back = format!("/commissions/{}/states", self.0.0);
        let body = removal(frame, form, (&words, "admin-state-removal-what"), &back);
        below(frame, &record.commission, ("/states", "commission-states"), "admin-state-removal", body)
    }
}
