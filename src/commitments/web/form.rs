//! The forms that enter and change a commitment.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get, post};

use super::choices::Choices;
use super::links::Editing;
use super::{form_view, links};
use crate::access::{Visibility, may_write_anywhere, require};
use crate::agreements::{Agreement, agreements_by_id};
use crate::clock::Instant;
use crate::commissions::memberships_on;
use crate::commitments::model::{Commitment, CommitmentChange, CompletionRule, NewCommitment, Status};
use crate::commitments::store;
use crate::commitments::{actions, policy};
use crate::db::{AgreementId, CommissionId, CommitmentId, Db, InstitutionId, MeetingId, Tx};
use crate::directory::{InstitutionNames, institution_names};
use crate::error::{Faults, Permitted, Result};
use crate::http::{Fields, PageParameters, Shape};
use crate::identity::{Actor, FormPage, Submission, Visitor};
use crate::meetings::{AgendaItemInput, Meeting, agenda_of_meetings, meetings_by_id};
use crate::ui::{FormView, Frame, View};
use crate::uploads::keep_files;

pub(super) fn pages(cfg: &mut ServiceConfig) {
    cfg.service(new).service(create).service(edit).service(change);
}

/// The form for a new commitment
///
/// Permissions: secretariat of any commission; coordinator; admin.
#[get("/commitments/new")]
pub(super) async fn new(visitor: Visitor) -> Result<HttpResponse> {
    let page = NewPage::of(visitor.parameters());
    visitor.form(page).await
}

/// Enter a commitment
///
/// Permissions: secretariat of its commissions; coordinator of the country; admin.
#[post("/commitments/new")]
pub(super) async fn create(mut submission: Submission) -> Result<HttpResponse> {
    keep_files(&mut submission).await?;
    let page = NewPage::of_fields(&submission.form.fields);
    submission.handle(page).await
}

/// The form that changes a commitment
///
/// Permissions: secretariat of any of its commissions; coordinator of the country; admin.
#[get("/commitments/{id}/edit")]
pub(super) async fn edit(visitor: Visitor, id: Path<CommitmentId>) -> Result<HttpResponse> {
    visitor.form(EditPage { id: id.into_inner() }).await
}

/// Change a commitment
///
/// Permissions: secretariat of any of its commissions; coordinator of the country; admin.
#[post("/commitments/{id}/edit")]
pub(super) async fn change(mut submission: Submission, id: Path<CommitmentId>) -> Result<HttpResponse> {
    keep_files(&mut submission).await?;
    submission.handle(EditPage { id: id.into_inner() }).await
}

/// The form for a new commitment, filled in from an agreement or a session.
#[derive(Clone)]
struct NewPage {
    agreement_id: Option<AgreementId>,
    meeting_id: Option<MeetingId>,
}

impl NewPage {
    fn of(parameters: &PageParameters) -> Self {
        Self::from(parameters.get("agreement_id"), parameters.get("meeting_id"))
    }

    /// Returns the page whose agreement and session are those that were chosen in its form.
    fn of_fields(fields: &Fields) -> Self {
        Self::from(fields.get("agreement_id"), fields.get("meeting_id"))
    }

    fn from(agreement: Option<&str>, meeting: Option<&str>) -> Self {
        Self {
            agreement_id: agreement.and_then(|id| id.parse().ok()),
            meeting_id: meeting.and_then(|id| id.parse().ok()),
        }
    }
}

#[derive(Clone)]
struct EditPage {
    id: CommitmentId,
}

const LISTS: &[&str] = &["commission_ids", "themes", "plan_item_ids", "beneficiary_ids", "depends_on_ids"];
const NUMBERS: &[&str] = &["completion_rule/at_least", "due_rule/count", "assignments/*/target/quantity"];
const DATES: &[&str] = &["due", "due_rule/from", "assignments/*/due"];
const ROWS: &[(&str, &[&str])] = &[
    ("assignments", &["institution_id", "due", "target/quantity", "target/unit"]),
    ("attachments", &["title", "url", "file_id", "file"]),
];
const IGNORED: &[&str] =
    &["members_of", "beneficiaries", "depends_on", "attachments/*/file", "attachments/*/file_name"];

const SHAPE: Shape =
    Shape { lists: LISTS, numbers: NUMBERS, flags: &["restricted"], dates: DATES, rows: ROWS, ignored: IGNORED };

impl FormPage for NewPage {
    type Record = Editing;
    type Input = NewCommitment;

    fn shape(&self) -> Shape {
        SHAPE
    }

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Editing> {
        require(may_write_anywhere(actor), Permitted::Writers)?;
        let visibility = Visibility::of(actor);
        let agreement = agreement_of(conn, &visibility, self.agreement_id)?;
        let session = self.meeting_id.or_else(|| agreement.as_ref()?.fields.meeting_id);
        let meeting = meeting_of(conn, &visibility, session)?;
        let choices = Choices::load(conn, actor)?.with_sources(conn, &visibility)?;
        Ok(Editing {
            agenda: agenda_of(conn, meeting.as_ref())?,
            commitment: None,
            agreement,
            meeting,
            choices,
            depends_on: Vec::new(),
            names: InstitutionNames::new(),
            now,
        })
    }

    fn suggested(&self, record: &Editing) -> Fields {
        let mut fields = Fields::default();
        let of_source = record.agreement.as_ref().map(|one| &one.fields.commission_ids);
        let of_source = of_source.or_else(|| record.meeting.as_ref().map(|one| &one.fields.commission_ids));
        let only = if let [only] = record.choices.own.as_slice() { std::slice::from_ref(only) } else { &[] };
        for id in of_source.map_or(only, Vec::as_slice) {
            fields.push("commission_ids", id);
        }
        if let Some(agreement) = &record.agreement {
            fields.push("agreement_id", agreement.id);
            agreement.fields.themes.iter().for_each(|theme| fields.push("themes", theme));
        }
        if let Some(meeting) = &record.meeting {
            fields.push("meeting_id", meeting.id);
        }
        let is_restricted = |one: Option<bool>| one == Some(true);
        if is_restricted(record.agreement.as_ref().map(|one| one.fields.restricted))
            || is_restricted(record.meeting.as_ref().map(|one| one.fields.restricted))
        {
            fields.push("restricted", true);
        }
        fields.push("completion_rule", "all");
        fields
    }

    fn prepare(&self, conn: &mut Db, record: &Editing, fields: &mut Fields, faults: &mut Faults) -> Result<()> {
        record.choices.resolve(conn, fields, is_institution)?;
        links::read(conn, record, fields, faults)?;
        add_members(conn, record, fields)?;
        leave_out_unused(fields);
        Ok(())
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, _: Editing, input: NewCommitment) -> Result<String> {
        let created = actions::create(tx, actor, input)?;
        let done = if created.is_draft() { "commitments-draft-saved" } else { "commitments-created" };
        Ok(format!("/commitments/{}?done={done}", created.id))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Editing) -> View {
        // There is no record yet that somebody else could change.
        let form = FormView { etag: String::new(), ..form.clone() };
        View::new(frame.t("commitments-new"), form_view::new(frame, &form, record))
            .above("/commitments", frame.t("commitments-title"))
    }
}

impl FormPage for EditPage {
    type Record = Editing;
    type Input = CommitmentChange;

    fn shape(&self) -> Shape {
        SHAPE
    }

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Editing> {
        let visibility = Visibility::of(actor);
        let commitment = store::find(conn, &visibility, self.id, now)?;
        policy::require_writer(actor, &commitment)?;
        let mut choices = Choices::load(conn, actor)?.with_sources(conn, &visibility)?;
        let fields = &commitment.fields;
        let agreement = agreement_of(conn, &visibility, fields.agreement_id)?;
        let meeting = meeting_of(conn, &visibility, fields.meeting_id)?;
        choices.commissions.retain(|one| one.country_code == commitment.country_code);
        let missing = |id: &&CommissionId| !choices.commissions.iter().any(|one| one.id == **id);
        let missing: Vec<CommissionId> = fields.commission_ids.iter().filter(missing).copied().collect();
        choices.commissions.extend(crate::access::known_commissions(conn, &visibility, &missing)?);
        let named = fields.follow_up_institution_id.into_iter().chain(fields.beneficiary_ids.iter().copied());
        let names = institution_names(conn, named.collect::<Vec<_>>())?;
        let depends_on = store::codes_of(conn, &visibility, &fields.depends_on_ids)?;
        let agenda = agenda_of(conn, meeting.as_ref())?;
        Ok(Editing { agreement, meeting, choices, agenda, depends_on, names, now, commitment: Some(commitment) })
    }

    fn fields(&self, record: &Editing) -> Fields {
        let Some(commitment) = &record.commitment else { return Fields::default() };
        let mut fields = Fields::of(&commitment.fields);
        if let CompletionRule::AtLeast(_) = commitment.fields.completion_rule {
            fields.set("completion_rule", "at_least");
        }
        if let Some(id) = commitment.fields.follow_up_institution_id {
            fields.set("follow_up_institution_id", record.choices.shown(id, record.names.get(&id)));
        }
        links::show(record, commitment, &mut fields);
        for (n, one) in commitment.fields.attachments.iter().enumerate().filter(|(_, one)| one.file_id.is_some()) {
            fields.set(&format!("attachments/{n}/file_name"), &one.title);
        }
        fields
    }

    fn prepare(&self, conn: &mut Db, record: &Editing, fields: &mut Fields, faults: &mut Faults) -> Result<()> {
        record.choices.resolve(conn, fields, is_institution)?;
        links::read(conn, record, fields, faults)?;
        leave_out_unused(fields);
        Ok(())
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, record: Editing, input: CommitmentChange) -> Result<String> {
        let reason = input.correction_reason.filter(|reason| !reason.trim().is_empty());
        if let Some(before) = &record.commitment {
            let is_same = before.fields.due == input.fields.due && before.fields.due_rule == input.fields.due_rule;
            if before.due_to.is_some() && !is_same && reason.is_none() {
                tx.found.add("/correction_reason", "required");
                tx.faults().into_result()?;
            }
        }
        let mut fields = input.fields;
        if let Some(before) = record.commitment {
            // The form does not show them.
            fields.translations = before.fields.translations;
        }
        let changed = actions::update(tx, actor, self.id, fields, reason)?;
        Ok(format!("/commitments/{}?done=commitments-changed", changed.id))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Editing) -> View {
        let code = record.commitment.as_ref().map(|one| one.code.clone()).unwrap_or_default();
        View::new(
            frame.t_with("commitments-edit-title", &[("code", code.clone().into())]),
            form_view::edit(frame, form, record),
        )
        .above("/commitments", frame.t("commitments-title"))
        .above(format!("/commitments/{}", self.id), code)
    }
}

/// Loads an agreement, if the reader may know it.
fn agreement_of(conn: &mut Db, visibility: &Visibility, id: Option<AgreementId>) -> Result<Option<Agreement>> {
    let Some(id) = id else { return Ok(None) };
    Ok(agreements_by_id(conn, visibility, &[id])?.remove(&id))
}

/// Loads a session, if the reader may know it.
fn meeting_of(conn: &mut Db, visibility: &Visibility, id: Option<MeetingId>) -> Result<Option<Meeting>> {
    let Some(id) = id else { return Ok(None) };
    Ok(meetings_by_id(conn, visibility, &[id])?.remove(&id))
}

/// Loads the agenda of a session.
fn agenda_of(conn: &mut Db, meeting: Option<&Meeting>) -> Result<Vec<AgendaItemInput>> {
    let Some(meeting) = meeting else { return Ok(Vec::new()) };
    Ok(agenda_of_meetings(conn, &[meeting.id])?.remove(&meeting.id).unwrap_or_default())
}

/// Returns true if a field holds an institution.
pub(super) fn is_institution(name: &str) -> bool {
    name == "follow_up_institution_id" || (name.starts_with("assignments/") && name.ends_with("/institution_id"))
}

/// Adds a row for each member of the commission of `members_of` that has none yet.
fn add_members(conn: &mut Db, record: &Editing, fields: &mut Fields) -> Result<()> {
    let Some(id) = fields.get("members_of").and_then(|id| id.parse::<CommissionId>().ok()) else { return Ok(()) };
    let Some(commission) = record.choices.commissions.iter().find(|one| one.id == id) else { return Ok(()) };
    let seats = memberships_on(conn, &[id], commission.today(record.now))?;
    let mut rows = fields.rows("assignments");
    for seat in seats.iter().filter(|seat| seat.fields.role.is_listed()) {
        let member: InstitutionId = seat.fields.institution_id;
        let text = member.to_string();
        if fields.0.iter().any(|(name, value)| is_part(name) && *value == text) {
            continue;
        }
        fields.push(format!("assignments/{rows}/institution_id"), &text);
        rows += 1;
    }
    Ok(())
}

fn is_part(name: &str) -> bool {
    name.starts_with("assignments/") && name.ends_with("/institution_id")
}

/// Removes what belongs to a choice that was not made: the number of a completion rule, the unit of a term that is not
/// counted.
fn leave_out_unused(fields: &mut Fields) {
    match fields.get("completion_rule") {
        Some("at_least") => fields.remove("completion_rule"),
        Some(_) => fields.remove("completion_rule/at_least"),
        None => {}
    }
    let is_counted = fields.get("due_rule/count").is_some_and(|count| !count.trim().is_empty());
    if !is_counted {
        fields.retain(|name| !name.starts_with("due_rule"));
    }
}

/// Returns the number of parts that are not cancelled.
pub(super) fn live_parts(commitment: &Commitment) -> usize {
    commitment.assignments.iter().filter(|part| part.progress.status != Status::Cancelled).count()
}
