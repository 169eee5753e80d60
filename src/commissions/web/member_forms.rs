//! The forms of the members of a commission: entry, change, and confirmation of the removal of a period.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use maud::{Markup, html};

use super::{below, removal};
use crate::access::CommissionRef;
use crate::clock::Instant;
use crate::commissions::memberships::{
    MemberRole, Membership, MembershipInput, create_membership, delete_membership, membership_to_change,
    update_membership,
};
use crate::commissions::scope;
use crate::db::{CommissionId, Db, InstitutionId, MembershipId, Tx};
use crate::directory::TypedInstitutions;
use crate::error::{Faults, Result};
use crate::http::{DayFields, DayOf, Fields, Shape};
use crate::identity::{Actor, FormPage, NoFields, Submission, Visitor};
use crate::ui::{Choice, Field, FormView, Frame, View, actions};

/// The form for a new member of a commission
///
/// Permissions: the commission's secretariat; coordinator of its country; admin.
#[get("/commissions/{id}/members/new")]
pub(super) async fn open(visitor: Visitor, id: Path<CommissionId>) -> Result<HttpResponse> {
    visitor.form(NewMember(id.into_inner())).await
}

/// Enter a member of a commission
///
/// Permissions: the commission's secretariat; coordinator of its country; admin.
#[post("/commissions/{id}/members/new")]
pub(super) async fn create(submission: Submission, id: Path<CommissionId>) -> Result<HttpResponse> {
    submission.handle(NewMember(id.into_inner())).await
}

/// The form that changes a period of a member
///
/// Permissions: the commission's secretariat; coordinator of its country; admin.
#[get("/commissions/{id}/members/{membership_id}/edit")]
pub(super) async fn edit(visitor: Visitor, ids: Path<(CommissionId, MembershipId)>) -> Result<HttpResponse> {
    visitor.form(EditMember(ids.into_inner())).await
}

/// Change a period of a member
///
/// Permissions: the commission's secretariat; coordinator of its country; admin.
#[post("/commissions/{id}/members/{membership_id}/edit")]
pub(super) async fn update(submission: Submission, ids: Path<(CommissionId, MembershipId)>) -> Result<HttpResponse> {
    submission.handle(EditMember(ids.into_inner())).await
}

/// The page that asks for confirmation before a period of a member is removed
///
/// Permissions: the commission's secretariat; coordinator of its country; admin.
#[get("/commissions/{id}/members/{membership_id}/removal")]
pub(super) async fn open_removal(visitor: Visitor, ids: Path<(CommissionId, MembershipId)>) -> Result<HttpResponse> {
    visitor.form(Removal(ids.into_inner())).await
}

/// Remove a period of a member that was entered by mistake
///
/// Permissions: the commission's secretariat; coordinator of its country; admin.
#[post("/commissions/{id}/members/{membership_id}/removal")]
pub(super) async fn remove(submission: Submission, ids: Path<(CommissionId, MembershipId)>) -> Result<HttpResponse> {
    submission.handle(Removal(ids.into_inner())).await
}

const SHAPE: Shape =
    Shape { lists: &[], numbers: &[], flags: &["has_vote"], dates: &["from", "to"], rows: &[], ignored: &[] };

/// A commission with the choices of the form of a member.
struct Record {
    commission: CommissionRef,
    institutions: TypedInstitutions,
    /// None for a new member.
    membership: Option<Membership>,
}

crate::nothing_restricted!(Record);

impl Record {
    fn load(conn: &mut Db, commission: CommissionRef, membership: Option<Membership>) -> Result<Self> {
        let more: Vec<InstitutionId> = membership.iter().map(|own| own.fields.institution_id).collect();
        let institutions = TypedInstitutions::load(conn, std::slice::from_ref(&commission.country_code), &more)?;
        Ok(Self { commission, institutions, membership })
    }

    fn resolve(&self, fields: &mut Fields, faults: &mut Faults) {
        self.institutions.resolve(fields, "institution_id", faults);
    }
}

#[derive(Debug, Clone)]
struct NewMember(CommissionId);

impl FormPage for NewMember {
    type Record = Record;
    type Input = MembershipInput;

    fn shape(&self) -> Shape {
        SHAPE
    }

    fn days(&self) -> DayFields {
        &[("from", DayOf::First), ("to", DayOf::Last)]
    }

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<Record> {
        let commission = scope::writable_by_secretariat(conn, actor, self.0)?;
        Record::load(conn, commission, None)
    }

    fn suggested(&self, _: &Record) -> Fields {
        Fields::default().with("role", MemberRole::Member)
    }

    fn prepare(&self, _: &mut Db, record: &Record, fields: &mut Fields, faults: &mut Faults) -> Result<()> {
        record.resolve(fields, faults);
        Ok(())
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, _: Record, input: MembershipInput) -> Result<String> {
        create_membership(tx, actor, self.0, input)?;
        Ok(format!("/commissions/{}/members?done=member-entered", self.0))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Record) -> View {
        below(
            frame,
            &record.commission,
            ("/members", "commission-members"),
            "admin-member-new",
            draw(frame, form, record),
        )
    }
}

#[derive(Debug, Clone)]
struct EditMember((CommissionId, MembershipId));

impl FormPage for EditMember {
    type Record = Record;
    type Input = MembershipInput;

    fn shape(&self) -> Shape {
        SHAPE
    }

    fn days(&self) -> DayFields {
        &[("from", DayOf::First), ("to", DayOf::Last)]
    }

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<Record> {
        let (commission, membership) = membership_to_change(conn, actor, self.0)?;
        Record::load(conn, commission, Some(membership))
    }

    fn fields(&self, record: &Record) -> Fields {
        let input = record.membership.as_ref().map(Membership::input);
        let has_vote = input.as_ref().and_then(|input| input.has_vote);
        let mut fields = Fields::of(&input);
        fields.retain(|name| !name.starts_with("translations/"));
        // The fields of a record omit false values.
        if has_vote == Some(false) {
            fields.set("has_vote", false);
        }
        record.institutions.show(&mut fields, "institution_id");
        fields
    }

    fn prepare(&self, _: &mut Db, record: &Record, fields: &mut Fields, faults: &mut Faults) -> Result<()> {
        record.resolve(fields, faults);
        Ok(())
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, record: Record, input: MembershipInput) -> Result<String> {
        // The form does not show the translations.
        let translations = record.membership.map(|own| own.fields.translations).unwrap_or_default();
        update_membership(tx, actor, self.0.0, self.0.1, MembershipInput { translations, ..input })?;
        Ok(format!("/commissions/{}/members?done=member-changed", self.0.0))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Record) -> View {
        let path = format!("/commissions/{}/members/{}/removal", self.0.0, self.0.1);
        let body = html! {
            (draw(frame, form, record))
            p { a href=(path) { (frame.t("admin-member-removal")) } }
        };
        below(frame, &record.commission, ("/members", "commission-members"), "admin-member-edit", body)
    }
}

fn draw(frame: &Frame, form: &FormView, record: &Record) -> Markup {
    let field = |name: &'static str, key: &str| Field::new(frame, form, name, frame.t(key));
    let country = record.commission.country_code.as_str();
    let roles: Vec<Choice> =
        MemberRole::ALL.iter().map(|role| Choice::new(role, frame.word("member-role", role.as_str()))).collect();
    let votes = [Choice::new(true, frame.t("commission-votes")), Choice::new(false, frame.t("commission-no-vote"))];
    let back = format!("/commissions/{}/members", record.commission.id);
    html! {
        form method="post" action=(frame.path) {
            (form.begin(frame))
            (field("institution_id", "directory-institution").hint(frame.t("admin-typed-hint")).required().max(300)
                .suggested(&record.institutions.names()))
            (field("role", "commission-role").required().radios(&roles))
            (field("has_vote", "commission-vote").select(Some(&frame.t("admin-vote-by-role")), &votes))
            div class="fields" {
                (field("from", "admin-first-day").hint(frame.t("admin-day-hint")).date(country))
                (field("to", "admin-last-day").hint(frame.t("admin-last-day-hint")).date(country))
            }
            (field("when_text", "admin-when-text").hint(frame.t("admin-when-text-hint")).max(300).text())
            (field("basis", "commission-member-basis").hint(frame.t("admin-basis-hint")).max(1000).area(2))
            (field("note", "web-note").hint(frame.t("web-note-hint")).max(4000).area(2))
            (actions(&frame.t("admin-save"), Some((&back, &frame.t("ui-leave")))))
        }
    }
}

#[derive(Debug, Clone)]
struct Removal((CommissionId, MembershipId));

impl FormPage for Removal {
    type Record = Record;
    type Input = NoFields;

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<Record> {
        let (commission, membership) = membership_to_change(conn, actor, self.0)?;
        Record::load(conn, commission, Some(membership))
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, record: Record, _: NoFields) -> Result<String> {
        if let Some(membership) = record.membership {
            delete_membership(tx, actor, membership)?;
        }
        Ok(format!("/commissions/{}/members?done=member-removed", self.0.0))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Record) -> View {
        let id = record.membership.as_ref().map(|own| own.fields.institution_id);
        let name = id.and_then(|id| record.institutions.name_of(id)).unwrap_or_default();
        let back = format!("/commissions/{}/members", self.0.0);
        let body = removal(frame, form, (name, "admin-member-removal-what"), &back);
        below(frame, &record.commission, ("/members", "commission-members"), "admin-member-removal", body)
    }
}
