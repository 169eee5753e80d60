//! The forms of a commission: entry, change, and confirmation of its removal.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};

use super::form_view::{Offered, draw};
use super::removal;
use crate::access::{Visibility, may_coordinate, may_coordinate_anywhere, require, require_coordinator};
use crate::clock::Instant;
use crate::commissions::model::{Commission, CommissionInput};
use crate::commissions::{actions, store};
use crate::db::{CommissionId, Db, Tx};
use crate::error::{Faults, Permitted, Result};
use crate::http::{Fields, Shape};
use crate::identity::{Actor, FormPage, NoFields, Submission, Visitor};
use crate::text::lines;
use crate::ui::{FormView, Frame, View};

/// The form for a new commission
///
/// Permissions: coordinators; admin.
#[get("/commissions/new")]
pub(super) async fn open(visitor: Visitor) -> Result<HttpResponse> {
    visitor.form(NewCommission).await
}

/// Create a commission
///
/// Permissions: coordinator of its country; admin.
#[post("/commissions/new")]
pub(super) async fn create(submission: Submission) -> Result<HttpResponse> {
    submission.handle(NewCommission).await
}

/// The form that changes a commission
///
/// Permissions: coordinator of its country; admin.
#[get("/commissions/{id}/edit")]
pub(super) async fn edit(visitor: Visitor, id: Path<CommissionId>) -> Result<HttpResponse> {
    visitor.form(EditCommission(id.into_inner())).await
}

/// Change a commission
///
/// Permissions: coordinator of its country; admin.
#[post("/commissions/{id}/edit")]
pub(super) async fn update(submission: Submission, id: Path<CommissionId>) -> Result<HttpResponse> {
    submission.handle(EditCommission(id.into_inner())).await
}

/// The page that asks for confirmation before a commission is removed
///
/// Permissions: coordinator of its country; admin.
#[get("/commissions/{id}/removal")]
pub(super) async fn open_removal(visitor: Visitor, id: Path<CommissionId>) -> Result<HttpResponse> {
    visitor.form(Removal(id.into_inner())).await
}

/// Remove a commission on which nothing depends
///
/// Permissions: coordinator of its country; admin.
#[post("/commissions/{id}/removal")]
pub(super) async fn remove(submission: Submission, id: Path<CommissionId>) -> Result<HttpResponse> {
    submission.handle(Removal(id.into_inner())).await
}

const SHAPE: Shape = Shape {
    lists: &["aliases", "themes"],
    numbers: &["declared_member_count", "quorum/second_call/minimum"],
    flags: &["quorum/strict", "public"],
    dates: &["legal_basis/*/issued"],
    rows: &[("legal_basis", &["title", "number", "issued", "url"])],
    ignored: &["legal_basis/*/new"],
};

/// Puts each line of the aliases into a field of its own.
fn with_aliases(fields: &mut Fields) {
    let aliases = lines(fields.get("aliases").unwrap_or_default());
    fields.remove("aliases");
    aliases.iter().for_each(|alias| fields.push("aliases", alias));
}

#[derive(Debug, Clone)]
struct NewCommission;

crate::nothing_restricted!(Offered);

impl FormPage for NewCommission {
    type Record = Offered;
    type Input = CommissionInput;

    fn shape(&self) -> Shape {
        SHAPE
    }

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<Offered> {
        require(may_coordinate_anywhere(actor), Permitted::Coordinators)?;
        Offered::load(conn, actor, |code| may_coordinate(actor, code), None)
    }

    fn suggested(&self, record: &Offered) -> Fields {
        match record.countries.as_slice() {
            [(only, _)] => Fields::default().with("country_code", only),
            _ => Fields::default(),
        }
    }

    fn prepare(&self, _: &mut Db, _: &Offered, fields: &mut Fields, _: &mut Faults) -> Result<()> {
        with_aliases(fields);
        Ok(())
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, _: Offered, input: CommissionInput) -> Result<String> {
        let commission = actions::create(tx, actor, input)?;
        Ok(format!("/commissions/{}?done=commission-created", commission.id))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Offered) -> View {
        View::new(frame.t("admin-commission-new"), draw(frame, form, record, "/commissions"))
            .lead(maud::html! { (frame.t("admin-commission-new-lead")) })
            .above("/commissions", frame.t("web-nav-commissions"))
    }
}

#[derive(Debug, Clone)]
struct EditCommission(CommissionId);

struct Record {
    commission: Commission,
    offered: Offered,
}

crate::nothing_restricted!(Record);

/// Loads a commission for those who may change it.
fn load(conn: &mut Db, actor: &Actor, id: CommissionId, now: Instant) -> Result<Commission> {
    let commission = store::find(conn, &Visibility::of(actor), id, now)?;
    require_coordinator(actor, &commission.fields.country_code).map(|()| commission)
}

impl FormPage for EditCommission {
    type Record = Record;
    type Input = CommissionInput;

    fn shape(&self) -> Shape {
        SHAPE
    }

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Record> {
        let commission = load(conn, actor, self.0, now)?;
        let offered = Offered::load(conn, actor, |code| code == commission.fields.country_code, Some(self.0))?;
        Ok(Record { commission, offered })
    }

    fn fields(&self, record: &Record) -> Fields {
        let input = record.commission.input();
        let aliases = input.aliases.join("\n");
        let mut fields = Fields::of(&CommissionInput { aliases: Vec::new(), ..input });
        let hidden = ["operational_state", "time_zone"];
        fields.retain(|name| !name.starts_with("translations/") && !hidden.contains(&name));
        fields.with("aliases", aliases)
    }

    fn prepare(&self, _: &mut Db, record: &Record, fields: &mut Fields, _: &mut Faults) -> Result<()> {
        fields.set("country_code", &record.commission.fields.country_code);
        with_aliases(fields);
        Ok(())
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, record: Record, input: CommissionInput) -> Result<String> {
        // The operational state has its own page. The form does not show the time zone and the translations.
        let CommissionInput { operational_state, time_zone, translations, .. } = record.commission.input();
        let input = CommissionInput { operational_state, time_zone, translations, ..input };
        actions::update(tx, actor, self.0, input)?;
        Ok(format!("/commissions/{}?done=commission-changed", self.0))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Record) -> View {
        let back = format!("/commissions/{}", self.0);
        let body = maud::html! {
            (draw(frame, form, &record.offered, &back))
            p { a href={ (back) "/removal" } { (frame.t("admin-commission-removal")) } }
        };
        below(frame, &record.commission, "admin-commission-edit", body)
    }
}

fn below(frame: &Frame, commission: &Commission, key: &str, body: maud::Markup) -> View {
    View::new(frame.t(key), body)
        .lead(maud::html! { (commission.fields.name) })
        .above("/commissions", frame.t("web-nav-commissions"))
        .above(format!("/commissions/{}", commission.id), commission.fields.name.clone())
}

#[derive(Debug, Clone)]
struct Removal(CommissionId);

impl FormPage for Removal {
    type Record = Commission;
    type Input = NoFields;

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Commission> {
        load(conn, actor, self.0, now)
    }

    fn fields(&self, record: &Commission) -> Fields {
        Fields::of(&record.input())
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, record: Commission, _: NoFields) -> Result<String> {
        actions::delete(tx, actor, record)?;
        Ok("/commissions?done=commission-removed".to_owned())
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Commission) -> View {
        let back = format!("/commissions/{}", self.0);
        let body = removal(frame, form, (&record.fields.name, "admin-commission-removal-what"), &back);
        below(frame, record, "admin-commission-removal", body)
    }
}
