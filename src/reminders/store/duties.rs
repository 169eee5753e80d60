//! The steps of periodic reports that are recorded for each recipient (table `duty_reminders`), and the mails that contain
//! them.

use std::collections::HashSet;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::clock::new_id;
use crate::db::schema::duty_reminders;
use crate::db::{Db, DeliveryId, DutyId, InstitutionId, RawId, Tx, unique};
use crate::error::Result;
use crate::reminders::model::{DutyReminder, DutyStep, DutyStepKey, ReportPlace};

/// A step of a report recorded as part of a mail.
#[derive(Debug, Clone)]
pub(in crate::reminders) struct RecordedDutyStep {
    pub id: RawId,
    pub delivery_id: DeliveryId,
    pub place: ReportPlace,
}

/// Returns the steps of reports in these mails, in the order in which they were recorded.
pub(in crate::reminders) fn duty_steps_of(conn: &mut Db, mails: &[DeliveryId]) -> Result<Vec<RecordedDutyStep>> {
    type Row = (RawId, DeliveryId, (DutyId, InstitutionId, NaiveDate));
    let rows: Vec<Row> = duty_reminders::table
        .filter(duty_reminders::delivery_id.eq_any(mails.iter().map(Some)))
        .order(duty_reminders::id)
        .select((
            duty_reminders::id,
            duty_reminders::delivery_id.assume_not_null(),
            (duty_reminders::duty_id, duty_reminders::institution_id, duty_reminders::period_from),
        ))
        .load(conn)?;
    let step = |(id, delivery_id, place)| RecordedDutyStep { id, delivery_id, place };
    Ok(rows.into_iter().map(step).collect())
}

/// Returns what is recorded of these steps. One statement.
pub(in crate::reminders) fn recorded_duty_steps(conn: &mut Db, steps: &[DutyStep]) -> Result<HashSet<DutyStepKey>> {
    let Some(first) = steps.iter().map(DutyStep::step_on).min() else { return Ok(HashSet::new()) };
    let duties = unique(steps.iter().map(|step| step.duty.id));
    Ok(duty_reminders::table
        .filter(duty_reminders::duty_id.eq_any(duties))
        .filter(duty_reminders::step_on.ge(first))
        .select((
            (duty_reminders::duty_id, duty_reminders::institution_id, duty_reminders::period_from),
            duty_reminders::step_on,
            duty_reminders::recipient,
        ))
        .load::<DutyStepKey>(conn)?
        .into_iter()
        .collect())
}

/// Records steps of reports for a recipient as part of a mail; 409 when one of them is recorded already.
pub(in crate::reminders) fn record_duty_steps(
    tx: &mut Tx<'_>,
    delivery: DeliveryId,
    recipient: &str,
    reminders: &[DutyReminder],
) -> Result<()> {
    let now = tx.now;
    let row = |DutyReminder { step, reason, .. }: &DutyReminder| {
        (
            duty_reminders::id.eq(RawId(new_id(now))),
            duty_reminders::duty_id.eq(step.duty.id),
            duty_reminders::institution_id.eq(step.institution_id),
            duty_reminders::period_from.eq(step.period.from()),
            duty_reminders::step_on.eq(step.step_on()),
            duty_reminders::recipient.eq(recipient.to_owned()),
            duty_reminders::reason.eq(reason.as_str()),
            duty_reminders::delivery_id.eq(delivery),
        )
    };
    crate::insert_all!(tx.conn, duty_reminders::table, &reminders.iter().map(row).collect::<Vec<_>>())
}

/// Deletes the earlier steps of these reports from a mail.
pub(in crate::reminders) fn delete_superseded_duties(
    conn: &mut Db,
    delivery: DeliveryId,
    reminders: &[DutyReminder],
) -> Result<()> {
    if reminders.is_empty() {
        return Ok(());
    }
    let places: HashSet<ReportPlace> = reminders.iter().map(|one| one.step.place()).collect();
    let own = duty_steps_of(conn, &[delivery])?;
    let ids: Vec<RawId> = own.into_iter().filter(|step| places.contains(&step.place)).map(|step| step.id).collect();
    delete_duty_steps(conn, &ids)
}

pub(in crate::reminders) fn delete_duty_steps(conn: &mut Db, ids: &[RawId]) -> Result<()> {
    if !ids.is_empty() {
        diesel::delete(duty_reminders::table.filter(duty_reminders::id.eq_any(ids))).execute(conn)?;
    }
    Ok(())
}
