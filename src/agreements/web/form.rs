//! `/agreements/new` and `/agreements/{id}/edit`.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};

use super::fields::{self, Offered};
use crate::access::{
    CommissionRef, Visibility, commission_refs, may_write, may_write_anywhere, require, require_writer,
    visible_commissions,
};
use crate::agreements::model::{Agreement, AgreementInput, AgreementKind, AgreementStatus};
use crate::agreements::{actions, store};
use crate::clock::Instant;
use crate::db::{AgreementId, CommissionId, Db, InstitutionId, MeetingId, Tx, unique};
use crate::directory::institutions_to_choose;
use crate::error::{Code, Faults, Permitted, Result};
use crate::http::{DayFields, DayOf, Fields, Shape};
use crate::identity::{Actor, FormPage, Submission, Visitor};
use crate::meetings::{AgendaItemInput, Meeting, agenda_of_meetings, meeting, recent_sessions};
use crate::text::fold;
use crate::ui::{FormView, Frame, View};
use crate::uploads::keep_files;

/// The number of sessions to choose from.
const MOST_SESSIONS: i64 = 30;

/// The number of institutions that the form suggests.
const MOST_INSTITUTIONS: i64 = 2_000;

/// The form of a new agreement
///
/// With `meeting_id` in the address, for this session.
///
/// Permissions: secretariat of any commission; coordinator; admin.
#[get("/agreements/new")]
pub(crate) async fn open_new(visitor: Visitor) -> Result<HttpResponse> {
    let meeting = visitor.parameters().get("meeting_id").and_then(|id| id.parse().ok());
    visitor.form(AgreementForm { id: None, meeting }).await
}

/// Enter an agreement
///
/// Permissions: secretariat of every one of the commissions; coordinator of their country; admin.
#[post("/agreements/new")]
pub(crate) async fn create(mut submission: Submission) -> Result<HttpResponse> {
    keep_files(&mut submission).await?;
    let meeting = submission.form.fields.get("meeting_id").and_then(|id| id.parse().ok());
    submission.handle(AgreementForm { id: None, meeting }).await
}

/// The form of an agreement
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[get("/agreements/{id}/edit")]
pub(crate) async fn open(visitor: Visitor, id: Path<AgreementId>) -> Result<HttpResponse> {
    visitor.form(AgreementForm { id: Some(id.into_inner()), meeting: None }).await
}

/// Change an agreement
///
/// Permissions: secretariat of any of its commissions, and of every commission added; coordinator; admin.
#[post("/agreements/{id}/edit")]
pub(crate) async fn update(mut submission: Submission, id: Path<AgreementId>) -> Result<HttpResponse> {
    keep_files(&mut submission).await?;
    submission.handle(AgreementForm { id: Some(id.into_inner()), meeting: None }).await
}

/// The form of an agreement: a new one, also for a session, or one that is changed.
#[derive(Clone)]
struct AgreementForm {
    id: Option<AgreementId>,
    /// The session of a new one.
    meeting: Option<MeetingId>,
}

/// An agreement with the choices of its form.
struct Record {
    agreement: Option<Agreement>,
    /// The session of the agreement.
    meeting: Option<Meeting>,
    offered: Offered,
}

crate::restricted_by!(Record: agreement, meeting);

impl FormPage for AgreementForm {
    type Record = Record;
    type Input = AgreementInput;

    fn shape(&self) -> Shape {
        fields::SHAPE
    }

    fn days(&self) -> DayFields {
        &[("in_force_from", DayOf::First), ("in_force_to", DayOf::Last)]
    }

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<Record> {
        let visibility = Visibility::of(actor);
        let agreement = self.id.map(|id| store::find(conn, &visibility, id)).transpose()?;
        match &agreement {
            Some(own) => require_writer(actor, &own.country_code, &own.fields.commission_ids)?,
            None => require(may_write_anywhere(actor), Permitted::Writers)?,
        }
        let wanted = agreement.as_ref().map_or(self.meeting, |own| own.fields.meeting_id);
        let meeting = match wanted.map(|id| meeting(conn, &visibility, id)).transpose() {
            Err(error) if error.code == Code::NotFound => None,
            other => other?,
        };
        let offered = offered(conn, actor, &visibility, agreement.as_ref(), meeting.as_ref())?;
        Ok(Record { agreement, meeting, offered })
    }

    fn fields(&self, record: &Record) -> Fields {
        let Some(agreement) = &record.agreement else { return Fields::default() };
        let mut fields = Fields::of(&agreement.fields);
        for n in 0..agreement.fields.parties.len() {
            let place = format!("parties/{n}/institution_id");
            let id = fields.get(&place).and_then(|id| id.parse::<InstitutionId>().ok());
            if let Some(name) = id.and_then(|id| record.offered.name_of(id)) {
                fields.remove(&place);
                fields.set(&format!("parties/{n}/name"), name);
            }
        }
        for (n, one) in agreement.fields.attachments.iter().enumerate().filter(|(_, one)| one.file_id.is_some()) {
            fields.set(&format!("attachments/{n}/file_name"), &one.title);
        }
        fields
    }

    /// Reads the name of a party as that of an institution of the directory, if one has it.
    fn prepare(&self, _: &mut Db, record: &Record, fields: &mut Fields, faults: &mut Faults) -> Result<()> {
        require_whole_rows(fields, faults);
        for n in 0..fields.rows("parties") {
            let place = format!("parties/{n}/name");
            let Some(typed) = fields.get(&place).map(|name| fold([name.trim()])) else { continue };
            if let Some(id) = record.offered.institution_named(&typed) {
                fields.remove(&place);
                fields.set(&format!("parties/{n}/institution_id"), id);
            }
        }
        Ok(())
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, record: Record, input: AgreementInput) -> Result<String> {
        // The form does not show the translations.
        let input = match record.agreement {
            Some(own) => {
                let AgreementInput { translations, parties, .. } = own.fields;
                let translations = translations.without_changed("parties", &parties, &input.parties);
                AgreementInput { translations, ..input }
            }
            None => input,
        };
        let saved = match self.id {
            Some(id) => actions::update(tx, actor, id, input)?,
            None => actions::create(tx, actor, input)?,
        };
        let id = saved.id;
        let is_repeated = !actions::with_warnings(tx, actor, saved)?.warnings.is_empty();
        let done = if is_repeated { "agreement-saved-same-number" } else { "agreement-saved" };
        Ok(format!("/agreements/{id}?done={done}"))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Record) -> View {
        let is_new = record.agreement.is_none();
        let form = if is_new && form.fields.0.is_empty() { prefilled(form, record) } else { form.clone() };
        let action = self.id.map_or_else(|| "/agreements/new".to_owned(), |id| format!("/agreements/{id}/edit"));
        let leave = match (self.id, &record.meeting) {
            (Some(id), _) => format!("/agreements/{id}"),
            (None, Some(meeting)) => format!("/meetings/{}/agreements", meeting.id),
            (None, None) => "/agreements".to_owned(),
        };
        let body = fields::draw(frame, &form, &record.offered, &action, &leave);
        let title = if is_new { frame.t("agreements-new") } else { frame.t("agreements-edit") };
        let view = View::new(title, body).above("/agreements", frame.t("web-nav-agreements"));
        match &record.agreement {
            Some(own) => view.above(format!("/agreements/{}", own.id), super::agreement_name(frame, own)),
            None => view,
        }
    }
}

/// Adds a fault to each party without a name and each document without address and file, at the field to fill in. The
/// API would name fields that the form does not have; the placeholder of a missing value is never saved.
fn require_whole_rows(fields: &mut Fields, faults: &mut Faults) {
    for (group, needed, instead) in
        [("parties", ["name", "institution_id"], "-"), ("attachments", ["url", "file_id"], "https://articula.invalid")]
    {
        for n in 0..fields.rows(group) {
            let is_filled =
                |part: &str| fields.get(&format!("{group}/{n}/{part}")).is_some_and(|value| !value.trim().is_empty());
            if !needed.iter().any(|part| is_filled(part)) {
                let [first, _] = needed;
                faults.add(format!("/{group}/{n}/{first}"), "required");
                fields.set(&format!("{group}/{n}/{first}"), instead);
            }
        }
    }
}

/// Fills in the fields that the session of a new agreement determines.
fn prefilled(form: &FormView, record: &Record) -> FormView {
    let mut fields = form.fields.clone();
    fields.set("status", AgreementStatus::InForce);
    if let Some(meeting) = &record.meeting {
        fields.set("kind", AgreementKind::MeetingAgreement);
        fields.set("meeting_id", meeting.id);
        meeting.fields.commission_ids.iter().for_each(|id| fields.push("commission_ids", id));
        if meeting.fields.restricted {
            fields.set("restricted", "true");
        }
    } else if let [only] = record.offered.commissions.as_slice() {
        fields.push("commission_ids", only.id);
    }
    FormView { fields, ..form.clone() }
}

/// Loads the choices: the commissions that the actor may name, their sessions, institutions, the items of the agenda.
fn offered(
    conn: &mut Db,
    actor: &Actor,
    visibility: &Visibility,
    agreement: Option<&Agreement>,
    meeting: Option<&Meeting>,
) -> Result<Offered> {
    let mut commissions = visible_commissions(conn, visibility)?;
    let is_own = |one: &CommissionRef| may_write(actor, &one.country_code, &[one.id]);
    let mut countries: Vec<String> =
        commissions.iter().filter(|one| is_own(one)).map(|one| one.country_code.clone()).collect();
    countries.extend(agreement.map(|own| own.country_code.clone()));
    let countries = unique(countries);
    commissions.retain(|one| countries.contains(&one.country_code));
    // Those of the record and of its session, also if the actor may write for another one only.
    let held = agreement.map_or(&[][..], |own| own.fields.commission_ids.as_slice());
    let mut named = [held, meeting.map_or(&[][..], |own| own.fields.commission_ids.as_slice())].concat();
    named.retain(|id| !commissions.iter().any(|one| one.id == *id));
    commissions.extend(commission_refs(conn, &named)?.into_values());
    let writable: Vec<CommissionId> = commissions.iter().filter(|one| is_own(one)).map(|one| one.id).collect();
    let mut sessions = recent_sessions(conn, &writable, true, MOST_SESSIONS)?;
    if let Some(own) = meeting.filter(|own| !sessions.iter().any(|(id, ..)| *id == own.id)) {
        sessions.insert(0, (own.id, own.fields.title.clone(), own.held_on()));
    }
    let items: Vec<AgendaItemInput> = match meeting {
        Some(own) => agenda_of_meetings(conn, &[own.id])?.remove(&own.id).unwrap_or_default(),
        None => Vec::new(),
    };
    let institutions = institutions_to_choose(conn, &countries, MOST_INSTITUTIONS)?;
    let institutions = institutions.into_iter().map(|one| (one.id, one.name)).collect();
    Ok(Offered { commissions, sessions, items, institutions })
}
