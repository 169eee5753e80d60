//! Creating, changing, validating, returning and deleting activities.

mod notifications;

use super::model::{Activity, ActivityInput, ActivityStatus};
use super::{policy, store};
use crate::access::{
    self, CommissionRef, Visibility, commission_refs, country_zone, may_write, new_references, require,
};
use crate::audit;
use crate::clock::new_id;
use crate::commitments::known_commitments;
use crate::db::dispatch::{lock_row, lock_rows};
use crate::db::{ActivityId, Tx};
use crate::directory::institutions_by_id;
use crate::error::{Code, Error, Faults, Permitted, Result};
use crate::identity::Actor;
use crate::notifications::{RecordKind, RecordRef, RecordScope, withdraw};
use crate::plans::known_plan_items;

pub(crate) fn create(tx: &mut Tx<'_>, actor: &Actor, input: ActivityInput) -> Result<Activity> {
    check_targets_and_references(tx, actor, None, &input)?;
    let activity = Activity::new(new_id(tx.now), input, tx.who, (tx.now, tx.now));
    store::insert(tx.conn, &activity)?;
    audit::created(tx, "activity", activity.id, Some(&activity.fields.country_code), &activity)?;
    notifications::changed(tx, actor, None, &activity)?;
    Ok(activity)
}

pub(crate) fn update(tx: &mut Tx<'_>, actor: &Actor, id: ActivityId, input: ActivityInput) -> Result<Activity> {
    lock_row(tx.conn, "activities", id)?;
    let before = store::find(tx.conn, &Visibility::of(actor), id)?;
    policy::require_writer(actor, &before.fields)?;
    require_return(tx, actor, &before.fields, &input)?;
    check_targets_and_references(tx, actor, Some(&before.fields), &input)?;
    let after = Activity::new(id, input, before.author_id, (before.created_at, tx.now)).with_return_of(&before);
    store::update(tx.conn, &after)?;
    audit::updated(tx, "activity", id, Some(&after.fields.country_code), &before, &after)?;
    notifications::changed(tx, actor, Some(&before), &after)?;
    Ok(after)
}

/// Refuses to make a draft of a submitted or validated activity without a reason: those who validate send it back
/// with one. The institution that submitted an activity may make it a draft again. An import writes the state that
/// its file has.
fn require_return(tx: &mut Tx<'_>, actor: &Actor, before: &ActivityInput, input: &ActivityInput) -> Result<()> {
    let becomes_draft = input.status == ActivityStatus::Draft && before.status != ActivityStatus::Draft;
    if becomes_draft && !tx.silent && policy::may_validate(actor, before) {
        tx.found.add("/status", "return_instead");
    }
    Ok(())
}

/// Sends a submitted or validated activity back to the person who entered it: it is a draft again, with the reason.
/// 409 `not_submitted` for a draft.
pub(super) fn send_back(tx: &mut Tx<'_>, actor: &Actor, id: ActivityId, reason: &str) -> Result<Activity> {
    lock_row(tx.conn, "activities", id)?;
    let before = store::find(tx.conn, &Visibility::of(actor), id)?;
    require(policy::may_validate(actor, &before.fields), Permitted::Writers)?;
    if before.fields.status == ActivityStatus::Draft {
        return Err(Code::NotSubmitted.into());
    }
    let mut after = before.clone();
    after.fields.status = ActivityStatus::Draft;
    after.returned_at = Some(tx.now);
    after.returned_reason = Some(reason.to_owned());
    after.updated_at = tx.now;
    store::update(tx.conn, &after)?;
    let (record, country) = (id.to_string(), Some(after.fields.country_code.as_str()));
    let change = audit::Change { action: "returned", kind: "activity", id: &record, country };
    audit::record(tx, change, Some(&before), Some(&after))?;
    notifications::sent_back(tx, &after, reason)?;
    Ok(after)
}

/// Validates several submitted activities, all or none: 404 when one is not visible, 403 when the actor may not validate
/// one, a fault for each that is not submitted. Those that are validated already stay as they are. Returns the ids.
pub(super) fn validate(tx: &mut Tx<'_>, actor: &Actor, ids: &[ActivityId]) -> Result<Vec<ActivityId>> {
    let mut sorted = ids.to_vec();
    sorted.sort_unstable();
    lock_rows(tx.conn, "activities", &sorted)?;
    let mut found = store::by_ids(tx.conn, &Visibility::of(actor), ids)?;
    // To an admin everything is visible: an unknown id is a fault of the body.
    if !actor.is_admin() && ids.iter().any(|id| !found.contains_key(id)) {
        return Err(Code::NotFound.into());
    }
    let may = |activity: &Activity| policy::may_validate(actor, &activity.fields);
    require(found.values().all(may), Permitted::Writers)?;
    let mut faults = tx.faults();
    for (n, id) in ids.iter().enumerate() {
        match found.get(id) {
            None => faults.add(format!("/ids/{n}"), "unknown_reference"),
            Some(one) if one.fields.status == ActivityStatus::Draft => faults.add(format!("/ids/{n}"), "not_submitted"),
            Some(_) => {}
        }
    }
    faults.into_result()?;
    let before: Vec<Activity> = ids.iter().filter_map(|id| found.remove(id)).collect();
    let waiting: Vec<Activity> =
        before.into_iter().filter(|one| one.fields.status == ActivityStatus::Submitted).collect();
    let waiting_ids: Vec<ActivityId> = waiting.iter().map(|one| one.id).collect();
    store::validate(tx.conn, &waiting_ids, tx.now)?;
    let mut validated = Vec::new();
    for before in waiting {
        let mut after = Activity { returned_at: None, returned_reason: None, updated_at: tx.now, ..before.clone() };
        after.fields.status = ActivityStatus::Validated;
        audit::updated(tx, "activity", after.id, Some(&after.fields.country_code), &before, &after)?;
        validated.push(after);
    }
    notifications::validated(tx, &validated)?;
    Ok(ids.to_vec())
}

/// Deletes an activity. 409 `in_use` for a validated one, because it is in the registry.
pub(super) fn delete(tx: &mut Tx<'_>, actor: &Actor, activity: Activity) -> Result<()> {
    lock_row(tx.conn, "activities", activity.id)?;
    let activity = store::find(tx.conn, &Visibility::of(actor), activity.id)?;
    policy::require_writer(actor, &activity.fields)?;
    if activity.fields.status == ActivityStatus::Validated {
        return Err(Code::InUse.into());
    }
    let fields = &activity.fields;
    let (country, commissions) = (&fields.country_code, &fields.commission_ids);
    let scope = RecordScope { country, commissions, restricted: fields.restricted };
    withdraw(tx, RecordRef::new(RecordKind::Activity, activity.id), scope, &fields.title)?;
    store::delete(tx.conn, activity.id)?;
    audit::deleted(tx, "activity", activity.id, Some(&activity.fields.country_code), &activity)
}

/// Checks the references of the body: the actor must be allowed to write for the commissions and the country, and the
/// other records must exist and be visible. References that the activity had before are not checked again.
fn check_targets_and_references(
    tx: &mut Tx<'_>,
    actor: &Actor,
    before: Option<&ActivityInput>,
    input: &ActivityInput,
) -> Result<()> {
    let mut faults = tx.faults();
    if country_zone(tx.conn, &input.country_code)?.is_none() {
        faults.add("/country_code", "unknown_reference");
    }
    target_commissions(tx, actor, before, input, &mut faults)?;
    let stays =
        before.is_some_and(|before| policy::may_validate(actor, before) && before.country_code == input.country_code);
    if faults.is_empty() && !stays {
        policy::require_writer(actor, input)?;
        require_place(tx, actor, before, input)?;
    }
    check_institutions(tx, input, &mut faults)?;
    check_plan_items_and_commitments(tx, actor, before, input, &mut faults)?;
    check_files(tx, actor, before, input, &mut faults)?;
    faults.into_result()
}

/// Lets a representative enter activities in the country of the institution, and in countries where the institution
/// sits in a commission today; 403 elsewhere. An institution that already organised the activity may stay.
fn require_place(tx: &mut Tx<'_>, actor: &Actor, before: Option<&ActivityInput>, input: &ActivityInput) -> Result<()> {
    if policy::may_validate(actor, input) {
        return Ok(());
    }
    let country = &input.country_code;
    let held = before.filter(|before| before.country_code == *country).map_or(&[][..], |before| &before.organizer_ids);
    let sits = |id| actor.seats.iter().any(|seat| seat.institution_id == id && seat.country_code == *country);
    let own: Vec<_> = input
        .organizer_ids
        .iter()
        .copied()
        .filter(|id| actor.is_representative_of(*id, &input.commission_ids))
        .collect();
    if own.iter().any(|id| held.contains(id) || sits(*id)) {
        return Ok(());
    }
    let own = institutions_by_id(tx.conn, &own)?;
    let native = own.values().any(|one| one.fields.country_code.as_ref() == Some(country));
    require(native, Permitted::ActivityPlace)
}

/// Checks new commissions: the actor must be allowed to write for them, or, when the actor's institution organises the
/// activity, to see them, because their secretariat validates. 403 otherwise; 404 when a commission is not visible.
fn target_commissions(
    tx: &mut Tx<'_>,
    actor: &Actor,
    before: Option<&ActivityInput>,
    input: &ActivityInput,
    faults: &mut Faults,
) -> Result<()> {
    let targets = commission_refs(tx.conn, &input.commission_ids)?;
    let visibility = Visibility::of(actor);
    let may_name = |target: &CommissionRef| -> Result<()> {
        let held = before.is_some_and(|before| before.commission_ids.contains(&target.id));
        let knows = visibility.knows_commission(target.id, &target.country_code);
        match () {
            () if held || may_write(actor, &target.country_code, &[target.id]) => Ok(()),
            () if knows && policy::is_organizer_in(actor, input, &[target.id]) => Ok(()),
            () if knows => Err(Error::forbidden(Permitted::ActivityWriters)),
            () => Err(Code::NotFound.into()),
        }
    };
    for (n, id) in input.commission_ids.iter().enumerate() {
        match targets.get(id) {
            None if actor.is_admin() => faults.add(format!("/commission_ids/{n}"), "unknown_reference"),
            None => return Err(Code::NotFound.into()),
            Some(target) => {
                may_name(target)?;
                if target.country_code != input.country_code {
                    faults.add_comparison(format!("/commission_ids/{n}"), "other_country", Vec::new());
                }
            }
        }
    }
    Ok(())
}

fn check_institutions(tx: &mut Tx<'_>, input: &ActivityInput, faults: &mut Faults) -> Result<()> {
    let organizers = new_references("/organizer_ids", &input.organizer_ids, &[]);
    let partners = new_references("/partner_ids", &input.partner_ids, &[]);
    let all: Vec<_> = organizers.into_iter().chain(partners).collect();
    access::check_institutions(tx.conn, &all, faults)
}

fn check_plan_items_and_commitments(
    tx: &mut Tx<'_>,
    actor: &Actor,
    before: Option<&ActivityInput>,
    input: &ActivityInput,
    faults: &mut Faults,
) -> Result<()> {
    let visibility = Visibility::of(actor);
    let same_country = before.filter(|before| before.country_code == input.country_code);
    let held = same_country.map_or(&[][..], |before| &before.plan_item_ids);
    let items = new_references("/plan_item_ids", &input.plan_item_ids, held);
    known_plan_items(tx.conn, &visibility, &input.country_code, &items, faults)?;
    let held = same_country.map_or(&[][..], |before| &before.commitment_ids);
    let commitments = new_references("/commitment_ids", &input.commitment_ids, held);
    known_commitments(tx.conn, &visibility, &input.country_code, &commitments, faults)
}

/// Checks the files of the evidence: the actor must have uploaded them, unless the activity had them before.
fn check_files(
    tx: &mut Tx<'_>,
    actor: &Actor,
    before: Option<&ActivityInput>,
    input: &ActivityInput,
    faults: &mut Faults,
) -> Result<()> {
    let held: Vec<_> =
        before.map(|before| before.evidence.iter().filter_map(|entry| entry.file_id).collect()).unwrap_or_default();
    let cited = input.evidence.iter().enumerate().filter_map(|(n, entry)| Some((n, entry.file_id?)));
    let new = cited.filter(|(_, id)| !held.contains(id));
    let new: Vec<_> = new.map(|(n, id)| (format!("/evidence/{n}/file_id"), id)).collect();
    access::check_files(tx.conn, (!actor.is_admin()).then_some(actor.id), &new, faults)
}
