//! Reminders of periodic reports: parts of the mail of the day for the institutions that owe a report.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::actions::{lock_planning, queue_all};
use super::model::{
    Digest, DutyPlanning, DutyReminder, PlanningTime, institutions_of, reached_steps, soonest_reports_first,
};
use super::store::{self, RecordedDutyStep};
use crate::access::Visibility;
use crate::db::{Db, DeliveryId, DutyId, InstitutionId, Tx, grouped, unique};
use crate::duties::{DutyMark, DutyRecord, duty_marks, set_duties_reminded};
use crate::error::Result;
use crate::mail::Recipient;
use crate::notifications;

/// The number of duties that are planned in one transaction.
pub(super) const BATCH: usize = 20;

/// A duty to plan, and its present day.
pub(super) type DueDuty = (DutyId, NaiveDate);

/// Returns the visible duties whose reminders of today are not planned yet and may be sent today. The number of statements
/// is constant.
pub(super) fn due_duties(conn: &mut Db, time: PlanningTime, visibility: &Visibility) -> Result<Vec<DueDuty>> {
    let marks = duty_marks(conn, visibility)?;
    if marks.is_empty() {
        return Ok(Vec::new());
    }
    let settings = store::settings(conn, &unique(marks.iter().map(|mark| mark.lead)), time.moment())?;
    let due = |mark: &DutyMark| {
        let settings = settings.get(&mark.lead)?;
        let today = time.today(settings.zone);
        let is_due = mark.reminded_on.is_none_or(|day| day < today) && settings.sends_on(today);
        is_due.then_some((mark.id, today))
    };
    Ok(marks.iter().filter_map(due).collect())
}

/// Loads the reports of duties that have reached a step, with `institutions` of these alone, and everybody who can be
/// reminded of them. The number of statements is constant.
fn planning(
    conn: &mut Db,
    ids: &[DutyId],
    institutions: Option<&[InstitutionId]>,
    time: PlanningTime,
) -> Result<DutyPlanning> {
    let duties = DutyRecord::by_ids(conn, ids, institutions)?;
    let commissions = unique(duties.iter().flat_map(|record| record.duty.fields.commission_ids.clone()));
    let settings = store::settings(conn, &commissions, time.moment())?;
    let steps = reached_steps(duties, &settings, time);
    if steps.is_empty() {
        return Ok(DutyPlanning::default());
    }
    let contacts = notifications::contacts(conn, &commissions, &institutions_of(&steps))?;
    Ok(DutyPlanning { steps, settings, contacts })
}

/// Returns the digests of these duties without the steps that are recorded: one for each person.
pub(super) fn duty_digests(conn: &mut Db, due: &[DueDuty], time: PlanningTime) -> Result<Vec<Digest>> {
    let ids: Vec<DutyId> = due.iter().map(|(id, _)| *id).collect();
    let planning = planning(conn, &ids, None, time)?;
    let recorded = store::recorded_duty_steps(conn, &planning.steps)?;
    Ok(planning.digests(&recorded))
}

/// Plans the reminders of today of these duties. Those for whom it is too late today are reminded tomorrow.
pub(super) fn plan_duties(tx: &mut Tx<'_>, time: PlanningTime, batch: &[DueDuty]) -> Result<()> {
    lock_planning(tx)?;
    let mut due = due_duties(tx.conn, time, &Visibility::everything())?;
    due.retain(|one| batch.contains(one));
    let digests = duty_digests(tx.conn, &due, time)?;
    queue_all(tx, time, &digests)?;
    for (day, ids) in grouped(due.into_iter().map(|(id, day)| (day, id))) {
        set_duties_reminded(tx.conn, &ids, Some(day))?;
    }
    Ok(())
}

/// The reports in a queued mail according to the present state.
#[derive(Default)]
pub(super) struct PresentDuties {
    pub reminders: Vec<DutyReminder>,
    /// The secretariats that the reader answers to.
    pub answers: Vec<Recipient>,
    /// Recorded steps that are no longer right.
    pub outdated: Vec<RecordedDutyStep>,
}

/// Returns the reports in each mail; a mail is given as its id and the key of its recipient. The number of statements is
/// constant.
pub(super) fn present_duties(
    conn: &mut Db,
    emails: &[(DeliveryId, String)],
    time: PlanningTime,
) -> Result<HashMap<DeliveryId, PresentDuties>> {
    let ids: Vec<DeliveryId> = emails.iter().map(|(id, _)| *id).collect();
    let recorded = store::duty_steps_of(conn, &ids)?;
    if recorded.is_empty() {
        return Ok(HashMap::new());
    }
    let duties = unique(recorded.iter().map(|step| step.place.0));
    let institutions = unique(recorded.iter().map(|step| step.place.1));
    let planning = planning(conn, &duties, Some(&institutions), time)?;
    let reminders = planning.by_recipient();
    let recipients: HashMap<DeliveryId, &String> = emails.iter().map(|(id, recipient)| (*id, recipient)).collect();
    let mut present: HashMap<DeliveryId, PresentDuties> = HashMap::new();
    for step in recorded {
        let own = present.entry(step.delivery_id).or_default();
        let recipient = recipients.get(&step.delivery_id).map(|key| (*key).clone()).unwrap_or_default();
        match reminders.get(&(step.place, recipient)) {
            Some(reminder) => own.reminders.push(reminder.clone()),
            None => own.outdated.push(step),
        }
    }
    for own in present.values_mut() {
        soonest_reports_first(&mut own.reminders);
        own.answers = planning.answers(&own.reminders);
    }
    Ok(present)
}

/// Deletes steps that a mail will not contain, and plans their duties again: after a change of the recipients a reminder is
/// still to be sent.
pub(super) fn remove_outdated(tx: &mut Tx<'_>, steps: &[RecordedDutyStep]) -> Result<()> {
    if steps.is_empty() {
        return Ok(());
    }
    store::delete_duty_steps(tx.conn, &steps.iter().map(|step| step.id).collect::<Vec<_>>())?;
    set_duties_reminded(tx.conn, &unique(steps.iter().map(|step| step.place.0)), None)
}
