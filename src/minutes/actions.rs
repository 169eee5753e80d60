//! Writing, circulating, approving and rectifying minutes.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::content::{Acta, ActaAgreement, ActaCommitment, Rectification, RestrictedPart};
use super::model::{
    ApprovalInput, CirculationInput, Minutes, MinutesInput, MinutesStatus, MinutesView, RectificationInput,
    comments_until,
};
use super::reading::{self, NamesAround, places};
use super::store::{self, StatedAgreement, StatedCommitment, Version};
use super::{codes, content::Frozen, freezing, notifications, scope, template, translated};
use crate::access::Visibility;
use crate::agreements::adopt_drafts_of_meeting;
use crate::audit;
use crate::clock::Instant;
use crate::commitments::publish_drafts_of_meeting;
use crate::db::{CommitmentId, Db, MeetingId, Tx};
use crate::directory::institution_names;
use crate::error::{Code, Faults, Result};
use crate::identity::Actor;
use crate::meetings::{Meeting, mark_held, meetings_by_id};

/// Writes the text: the first draft, or a new text, which the readers of circulated minutes do not see until it is
/// circulated or approved; 409 `minutes_approved` after approval.
pub(crate) fn put(tx: &mut Tx<'_>, actor: &Actor, id: MeetingId, input: MinutesInput) -> Result<Minutes> {
    let meeting = scope::lock_writable(tx, actor, id)?;
    let country = Some(meeting.country_code.as_str());
    let Some(before) = store::of_meeting(tx.conn, id)? else {
        let draft = Minutes::draft(input, tx.now);
        store::insert(tx.conn, id, &draft)?;
        audit::created(tx, "minutes", id, country, &draft)?;
        return Ok(draft);
    };
    let after = before.clone().require_open()?.written(input, tx.now);
    store::update(tx.conn, id, &after)?;
    let (old, new) = (before.with_newest_text(), after.clone().with_newest_text());
    audit::updated(tx, "minutes", id, country, &old, &new)?;
    Ok(after)
}

/// Circulates the text: from now on all who may see the meeting see its minutes, and the members of the day may comment.
/// A new text starts the term anew; the same text changes nothing. 409 `session_not_started` before the session,
/// `minutes_unfinished` while a blank of the template is left.
pub(crate) fn circulate(tx: &mut Tx<'_>, actor: &Actor, id: MeetingId, input: &CirculationInput) -> Result<Minutes> {
    let meeting = scope::lock_writable(tx, actor, id)?;
    let mut faults = tx.faults();
    let until = comments_until(input.comments_until, tx.now.day_in(meeting.zone()), &mut faults);
    faults.into_result()?;
    let before = open_minutes(tx.conn, id)?;
    if before.is_circulated_text() {
        return Ok(before);
    }
    require_ready(tx, &meeting, &before)?;
    let code = code_of(tx, &meeting, &before)?;
    let after = before.clone().circulated(tx.now, until, code);
    store::update(tx.conn, id, &after)?;
    record_change(tx, "circulated", &meeting, &before, &after)?;
    notifications::circulated(tx, &meeting, &after)?;
    Ok(after)
}

/// Gives minutes the code that a dataset states for them before they are circulated or approved. Minutes that have a code
/// keep it, and a code that other minutes have is not given.
pub(crate) fn import_code(tx: &mut Tx<'_>, actor: &Actor, id: MeetingId, code: String) -> Result<()> {
    let meeting = scope::lock_writable(tx, actor, id)?;
    let before = open_minutes(tx.conn, id)?;
    if before.code.is_some() || !codes::reserve(tx, &code)? {
        return Ok(());
    }
    let after = Minutes { code: Some(code), updated_at: tx.now, ..before.clone() };
    store::update(tx.conn, id, &after)?;
    record_change(tx, "updated", &meeting, &before, &after)
}

/// Approves the newest text of the minutes: marks the session as held, publishes its draft agreements and commitments, and
/// freezes the content; 409 as for the circulation. An import, which is silent, freezes at its end ([`freezing::freeze_imported`]). Returns the
/// commitments that were published too.
pub(crate) fn approve(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: MeetingId,
    input: &ApprovalInput,
) -> Result<(Minutes, Vec<CommitmentId>)> {
    let meeting = scope::lock_writable(tx, actor, id)?;
    let mut faults = tx.faults();
    check_session(tx.conn, actor, &meeting, input.approved_in_meeting_id, &mut faults)?;
    faults.into_result()?;
    let before = open_minutes(tx.conn, id)?;
    require_ready(tx, &meeting, &before)?;
    if !tx.silent {
        mark_held(tx, actor, id)?;
    }
    let published = if input.publish_drafts {
        let published = publish_drafts_of_meeting(tx, actor, id)?;
        adopt_drafts_of_meeting(tx, actor, id)?;
        published
    } else {
        Vec::new()
    };
    let mut after = Minutes {
        status: MinutesStatus::Approved,
        code: Some(code_of(tx, &meeting, &before)?),
        approved_at: Some(tx.now),
        approved_by: tx.who,
        approved_in_meeting_id: input.approved_in_meeting_id,
        updated_at: tx.now,
        ..before.clone().with_newest_text()
    };
    if tx.silent {
        store::update(tx.conn, id, &after)?;
    } else {
        after = freezing::freeze(tx, &meeting, after, false)?;
    }
    record_change(tx, "approved", &meeting, &before, &after)?;
    notifications::approved(tx, &meeting, &after)?;
    Ok((after, published))
}

/// Rectifies approved minutes: the new version is the content of the newest one with a text, and with records of the
/// session that were entered since. 409 `minutes_not_approved`.
pub(super) fn rectify(tx: &mut Tx<'_>, actor: &Actor, id: MeetingId, input: &RectificationInput) -> Result<Minutes> {
    let meeting = scope::lock_writable(tx, actor, id)?;
    let mut faults = tx.faults();
    check_session(tx.conn, actor, &meeting, input.approved_in_meeting_id, &mut faults)?;
    let minutes = store::of_meeting(tx.conn, id)?.filter(Minutes::is_approved).ok_or(Code::MinutesNotApproved)?;
    let before = if minutes.version == 0 { freezing::freeze(tx, &meeting, minutes, true)? } else { minutes };
    let added = added_records(tx.conn, id, input, &mut faults)?;
    faults.into_result()?;
    let newest = store::version(tx.conn, id, before.version)?;
    let rectification = Rectification {
        at: tx.now,
        by: tx.who.map(|_| actor.name.clone()),
        approved_in: reading::other_session(tx.conn, input.approved_in_meeting_id)?,
        text: input.text.clone(),
        agreements: Vec::new(),
        commitments: Vec::new(),
    };
    let (frozen, records) = rectified(tx.conn, &newest.frozen, rectification, added)?;
    let version = Version {
        meeting_id: id,
        version: before.version + 1,
        at: tx.now,
        by: tx.who,
        text: Some(input.text.clone()),
        approved_in_meeting_id: input.approved_in_meeting_id,
        frozen,
        frozen_on_upgrade: false,
    };
    store::insert_version(tx.conn, &version, &records)?;
    let after = Minutes { version: version.version, updated_at: tx.now, ..before.clone() };
    store::update(tx.conn, id, &after)?;
    record_change(tx, "rectified", &meeting, &before, &after)?;
    notifications::rectified(tx, &meeting, &after)?;
    Ok(after)
}

/// The records that a rectification adds.
struct AddedRecords {
    agreements: Vec<StatedAgreement>,
    commitments: Vec<StatedCommitment>,
}

/// Returns the records that a rectification names. A fault for each that does not belong to the session, and for each
/// that the minutes state already.
fn added_records(
    conn: &mut Db,
    id: MeetingId,
    input: &RectificationInput,
    faults: &mut Faults,
) -> Result<AddedRecords> {
    let stated = store::stated_records(conn, id)?;
    let mut agreements = store::agreements_of(conn, id)?;
    let mut commitments = store::commitments_of(conn, id)?;
    agreements.retain(|one| !one.row.is_draft());
    commitments.retain(|one| !one.row.draft);
    let known: HashSet<Uuid> = agreements.iter().map(|one| one.row.id.into()).collect();
    check_added("/agreement_ids", &input.agreement_ids, &known, &stated, faults);
    let known: HashSet<Uuid> = commitments.iter().map(|one| one.row.id.into()).collect();
    check_added("/commitment_ids", &input.commitment_ids, &known, &stated, faults);
    agreements.retain(|one| input.agreement_ids.contains(&one.row.id));
    commitments.retain(|one| input.commitment_ids.contains(&one.row.id));
    Ok(AddedRecords { agreements, commitments })
}

fn check_added<Id: Copy + Into<Uuid>>(
    pointer: &str,
    ids: &[Id],
    known: &HashSet<Uuid>,
    stated: &HashSet<Uuid>,
    faults: &mut Faults,
) {
    for (n, id) in ids.iter().enumerate() {
        let id: Uuid = (*id).into();
        if !known.contains(&id) {
            faults.add(format!("{pointer}/{n}"), "unknown_reference");
        } else if stated.contains(&id) {
            faults.add(format!("{pointer}/{n}"), "already_in_minutes");
        }
    }
}

/// Adds a rectification to a frozen content; returns the new content and the ids of the records added. Restricted ones
/// go to the second document.
fn rectified(
    conn: &mut Db,
    newest: &Frozen,
    mut rectification: Rectification,
    added: AddedRecords,
) -> Result<(Frozen, Vec<Uuid>)> {
    let (mut acta, mut restricted) = (newest.acta()?, newest.restricted_part()?);
    let mut around = NamesAround {
        institutions: institution_names(conn, store::institutions_of(&added.agreements, &added.commitments))?,
        points: places(&store::agenda_points(conn, acta.meeting.id)?),
        agreements: HashMap::new(),
    };
    around.add_agreements(&acta.agreements);
    acta.rectifications.iter().for_each(|earlier| around.add_agreements(&earlier.agreements));
    add_translations(conn, (&mut acta, &mut restricted), &added)?;
    let mut records = Vec::new();
    for stated in added.agreements {
        let is_restricted = stated.row.restricted;
        let agreement: ActaAgreement = reading::agreement(stated, &around);
        records.push(agreement.id.into());
        let list = if is_restricted { &mut restricted.agreements } else { &mut rectification.agreements };
        list.push(agreement);
    }
    around.add_agreements(&rectification.agreements);
    for stated in added.commitments {
        let is_restricted = stated.row.restricted;
        let commitment: ActaCommitment = reading::commitment(stated, &around);
        records.push(commitment.id.into());
        let list = if is_restricted { &mut restricted.commitments } else { &mut rectification.commitments };
        list.push(commitment);
    }
    acta.rectifications.push(rectification);
    Ok((Frozen::of(&acta, &restricted)?, records))
}

/// Adds the texts of the added records in other languages: those of restricted ones to the second document.
fn add_translations(
    conn: &mut Db,
    (acta, restricted): (&mut Acta, &mut RestrictedPart),
    added: &AddedRecords,
) -> Result<()> {
    let mut of_kind = |is_restricted: bool| {
        let agreements: Vec<_> =
            added.agreements.iter().filter(|one| one.row.restricted == is_restricted).cloned().collect();
        let commitments: Vec<_> =
            added.commitments.iter().filter(|one| one.row.restricted == is_restricted).cloned().collect();
        translated::of_records(conn, &agreements, &commitments)
    };
    acta.translated.extend(of_kind(false)?);
    restricted.translated.extend(of_kind(true)?);
    Ok(())
}

/// Returns the minutes; 409 `minutes_empty` without a text, `minutes_approved` after approval.
fn open_minutes(conn: &mut Db, id: MeetingId) -> Result<Minutes> {
    Ok(store::of_meeting(conn, id)?.ok_or(Code::MinutesEmpty)?.require_open()?)
}

/// Checks that the session has begun and that the newest text has no blank of the template left. An import states what
/// was circulated and approved elsewhere, and is not checked.
fn require_ready(tx: &Tx<'_>, meeting: &Meeting, minutes: &Minutes) -> Result<()> {
    if tx.silent {
        return Ok(());
    }
    check_ready(meeting, minutes, tx.now)
}

/// Checks the same for a page that asks for a confirmation.
pub(super) fn check_ready(meeting: &Meeting, minutes: &Minutes, now: Instant) -> Result<()> {
    meeting.require_begun(now)?;
    template::require_complete(minutes.newest_text())
}

/// Returns the code of the minutes, a new one if they have none.
fn code_of(tx: &mut Tx<'_>, meeting: &Meeting, minutes: &Minutes) -> Result<String> {
    minutes.code.clone().map_or_else(|| codes::next_code(tx, meeting), Ok)
}

/// Adds a fault if the session of an approval is not visible to the actor, has none of the same commissions, or was
/// before the session of the minutes.
fn check_session(
    conn: &mut Db,
    actor: &Actor,
    meeting: &Meeting,
    session: Option<MeetingId>,
    faults: &mut Faults,
) -> Result<()> {
    let Some(id) = session else { return Ok(()) };
    let found = meetings_by_id(conn, &Visibility::of(actor), &[id])?.remove(&id);
    let pointer = "/approved_in_meeting_id";
    match found {
        None => faults.add(pointer, "unknown_reference"),
        Some(other) => {
            // The acta names the session to all its readers.
            if other.fields.restricted && !meeting.fields.restricted {
                faults.add(pointer, "unknown_reference");
            }
            let own = &meeting.fields.commission_ids;
            if !other.fields.commission_ids.iter().any(|id| own.contains(id)) {
                faults.add_comparison(pointer, "other_commission", Vec::new());
            }
            if other.is_before(meeting) {
                faults.contradiction(pointer, "approved_before", Vec::new());
            }
        }
    }
    Ok(())
}

fn record_change(
    tx: &mut Tx<'_>,
    action: &'static str,
    meeting: &Meeting,
    before: &Minutes,
    after: &Minutes,
) -> Result<()> {
    let record = meeting.id.to_string();
    let change = audit::Change { action, kind: "minutes", id: &record, country: Some(&meeting.country_code) };
    audit::record(tx, change, Some(before), Some(after))
}

/// Returns the minutes with the hash of everything that their acta states. Only those who may write the session get a
/// text that was written since the circulation.
pub(super) fn view(conn: &mut Db, actor: &Actor, meeting: &Meeting, minutes: Minutes) -> Result<MinutesView> {
    let is_writer = scope::may_write_meeting(actor, meeting);
    let has_new_text = is_writer && minutes.new_body.is_some();
    let minutes = if is_writer { minutes.with_newest_text() } else { minutes };
    let content_sha256 = match minutes.version {
        0 => reading::read(conn, meeting, &minutes)?.frozen()?.sha256,
        version => store::version_sha256(conn, meeting.id, version)?,
    };
    Ok(MinutesView { minutes, content_sha256, has_new_text })
}
