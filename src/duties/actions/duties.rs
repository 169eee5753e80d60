//! Creating, changing and deleting duties.

use std::collections::HashSet;

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::asked;
use crate::access::{Visibility, check_institutions, new_references, require_writer, target_commissions};
use crate::audit;
use crate::clock::{Instant, new_id};
use crate::dates::PartialDate;
use crate::db::dispatch::lock_row;
use crate::db::{DutyId, InstitutionId, Tx};
use crate::duties::model::{AskedDays, AskedInstitutions, Duty, DutyInput, InstitutionDays, days_after};
use crate::duties::{notifications, policy, store};
use crate::error::{Code, Error, Faults, Result};
use crate::identity::Actor;
use crate::plans::known_plan_items;

pub(crate) fn create_duty(tx: &mut Tx<'_>, actor: &Actor, input: DutyInput) -> Result<Duty> {
    let place = check_references(tx, actor, &input, None)?;
    let duty = Duty::new(new_id(tx.recorded_at), place, input, tx.now);
    store::insert(tx.conn, &duty)?;
    audit::created(tx, "duty", duty.id, Some(&duty.country_code), &duty)?;
    notify_asked(tx, None, &duty)?;
    Ok(duty)
}

/// Notifies the institutions that a duty asks for a report on the present period and that it did not ask before. A duty
/// that has ended notifies nobody.
fn notify_asked(tx: &mut Tx<'_>, before: Option<&AskedInstitutions>, after: &Duty) -> Result<()> {
    let Some(period) = after.present_period(after.today(tx.now)).filter(|_| !tx.silent) else { return Ok(()) };
    let asked = asked(tx.conn, after)?;
    let was_asked = |id: InstitutionId| before.is_some_and(|before| before.is_asked(id, &period));
    let is_new = |id: &InstitutionId| asked.is_asked(*id, &period) && !was_asked(*id);
    let added: Vec<InstitutionId> = asked.institutions().filter(is_new).collect();
    let periods = after.periods_until(after.today(tx.now));
    // The first period that an institution is asked for may have passed.
    let first_of = |institutions: &[InstitutionId]| {
        let is_asked = |period: &&PartialDate| institutions.iter().any(|id| asked.is_asked(*id, period));
        periods.iter().find(is_asked).unwrap_or(&period).clone()
    };
    notifications::asked(tx, after, &added, first_of)
}

/// Changes a duty. Everything may be added to a duty with reports; 409 `field_in_use` for a change that would leave a
/// report without its field, or a report or a waiver without its period, or change the institutions of earlier periods.
pub(crate) fn update_duty(tx: &mut Tx<'_>, actor: &Actor, id: DutyId, input: DutyInput) -> Result<Duty> {
    lock_row(tx.conn, "duties", id)?;
    let before = store::find(tx.conn, &Visibility::of(actor), id)?;
    policy::require_writer(actor, &before)?;
    let place = check_references(tx, actor, &input, Some(&before))?;
    let asked_before = asked(tx.conn, &before)?;
    let mut after = Duty { updated_at: tx.now, ..Duty::new(id, place, input, before.created_at) };
    after.institution_days = days_of_change(tx, &before, &after)?;
    require_reports_kept(tx, &before, &after)?;
    store::update(tx.conn, &after)?;
    audit::updated(tx, "duty", id, Some(&after.country_code), &before, &after)?;
    // A duty that had ended asked nobody any more.
    let had_ended = before.present_period(before.today(tx.now)).is_none();
    notify_asked(tx, Some(&asked_before).filter(|_| !had_ended), &after)?;
    Ok(after)
}

/// Returns the days of the named institutions after a change. A sector that is replaced by names was asked until the period
/// before the present one.
fn days_of_change(tx: &mut Tx<'_>, before: &Duty, after: &Duty) -> Result<Vec<InstitutionDays>> {
    let begins = begins_of_change(before, after, tx.now);
    refuse_rewriting(before, after, begins)?;
    let mut held = before.institution_days.clone();
    if let (Some(_), None, Some(begins)) = (before.fields.sector, after.fields.sector, begins) {
        let present = |day: NaiveDate| day < begins;
        let members = asked(tx.conn, before)?.days().collect::<Vec<_>>();
        let member = |(id, (from, to)): (InstitutionId, AskedDays)| {
            InstitutionDays::new(id, (from.map(|day| day.min(begins)), to.filter(|day| present(*day))))
        };
        held = members.into_iter().map(member).collect();
    }
    Ok(days_after(&held, &after.fields.institution_ids, begins))
}

/// Returns the first day of the present period, from which a change holds; None while the duty has no earlier period, and
/// in the period in which it was entered: what is added then was forgotten.
fn begins_of_change(before: &Duty, after: &Duty, now: Instant) -> Option<NaiveDate> {
    let entered = before.today(before.created_at);
    after.begins(after.today(now)).filter(|begins| entered < *begins)
}

/// Refuses a new sector, and other commissions of a duty by sector, once reports were asked for: both would change the
/// institutions of earlier periods. 409 `field_in_use`.
fn refuse_rewriting(before: &Duty, after: &Duty, begins: Option<NaiveDate>) -> Result<()> {
    let Some(sector) = after.fields.sector.filter(|_| begins.is_some()) else { return Ok(()) };
    let commissions = |duty: &Duty| duty.fields.commission_ids.iter().copied().collect::<HashSet<_>>();
    if before.fields.sector != Some(sector) {
        return Err(Error::new(Code::FieldInUse).arg("field", "sector"));
    }
    if commissions(before) != commissions(after) {
        return Err(Error::new(Code::FieldInUse).arg("field", "commission_ids"));
    }
    Ok(())
}

/// Sets the days of the named institutions as a dataset states them; those that it does not list are asked since the first
/// period. Returns true if the duty changed. One that is not named any more needs its last day.
pub(crate) fn set_institution_days(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: DutyId,
    stated: Vec<InstitutionDays>,
) -> Result<bool> {
    lock_row(tx.conn, "duties", id)?;
    let before = store::find(tx.conn, &Visibility::of(actor), id)?;
    policy::require_writer(actor, &before)?;
    let mut faults = Faults::default();
    for (n, days) in stated.iter().enumerate().filter(|(_, days)| days.to.is_none()) {
        if !before.fields.institution_ids.contains(&days.institution_id) {
            faults.add_with(format!("/institution_days/{n}"), "needs", vec![("field", "to".to_owned())]);
        }
    }
    faults.into_result()?;
    let (open, closed): (Vec<_>, Vec<_>) = stated.into_iter().partition(|days| days.to.is_none());
    let named = before.fields.institution_ids.iter().map(|id| {
        let days = open.iter().find(|days| days.institution_id == *id).cloned();
        days.unwrap_or_else(|| InstitutionDays::new(*id, (None, None)))
    });
    let institution_days: Vec<_> = named.chain(closed).collect();
    if institution_days == before.institution_days {
        return Ok(false);
    }
    let after = Duty { updated_at: tx.now, institution_days, ..before.clone() };
    store::update(tx.conn, &after)?;
    audit::updated(tx, "duty", id, Some(&after.country_code), &before, &after)?;
    Ok(true)
}

/// Deletes a duty; 409 `in_use` if there are reports or waivers.
pub(crate) fn delete_duty(tx: &mut Tx<'_>, actor: &Actor, duty: Duty) -> Result<()> {
    policy::require_writer(actor, &duty)?;
    store::delete(tx.conn, duty.id)?;
    audit::deleted(tx, "duty", duty.id, Some(&duty.country_code), &duty)
}

/// Checks the records that the input names. Returns the country, and the time zone of the first commission.
fn check_references(tx: &mut Tx<'_>, actor: &Actor, input: &DutyInput, before: Option<&Duty>) -> Result<(String, Tz)> {
    let mut faults = tx.faults();
    let held = before.map_or(&[][..], |duty| &duty.fields.commission_ids);
    let commissions = ("/commission_ids", input.commission_ids.as_slice());
    let targets = target_commissions(tx.conn, actor, commissions, held, &mut faults)?;
    let lead = targets.into_iter().find(|target| input.commission_ids.first() == Some(&target.id));
    let Some(lead) = lead else {
        faults.into_result()?;
        return Err(Error::internal("a duty without commission"));
    };
    if before.is_none() {
        require_writer(actor, &lead.country_code, &input.commission_ids)?;
    }
    if before.is_some_and(|duty| duty.country_code != lead.country_code) {
        faults.add_comparison("/commission_ids/0", "other_country", Vec::new());
    }
    let held = before.map_or(&[][..], |duty| &duty.fields.institution_ids);
    check_institutions(tx.conn, &new_references("/institution_ids", &input.institution_ids, held), &mut faults)?;
    let item = input.plan_item_id.filter(|id| before.is_none_or(|duty| duty.fields.plan_item_id != Some(*id)));
    let items: Vec<_> = item.map(|id| ("/plan_item_id".to_owned(), id)).into_iter().collect();
    known_plan_items(tx.conn, &Visibility::of(actor), &lead.country_code, &items, &mut faults)?;
    faults.into_result()?;
    Ok((lead.country_code, lead.zone))
}

/// Refuses a change that would leave a report without its field, or a report or a waiver outside the periods of the duty.
fn require_reports_kept(tx: &mut Tx<'_>, before: &Duty, after: &Duty) -> Result<()> {
    let Some((first, last)) = store::reported_span(tx.conn, before.id)? else { return Ok(()) };
    let refused = |field: &str| Err(Error::new(Code::FieldInUse).arg("field", field));
    if before.fields.every != after.fields.every {
        return refused("every");
    }
    if after.fields.every.period_of(after.from_from).is_some_and(|period| period.from() > first) {
        return refused("from");
    }
    let end = after.to_to.and_then(|end| after.fields.every.period_of(end));
    if end.as_ref().map(PartialDate::to).is_some_and(|end| end < last) {
        return refused("to");
    }
    for field in &before.fields.fields {
        let is_same = after.field(&field.key).is_some_and(|kept| kept.kind == field.kind);
        if !is_same && store::is_used(tx.conn, before.id, &field.key)? {
            return refused(&field.key);
        }
    }
    Ok(())
}
