//! Imports duties with the days of their institutions, reports on periods, and waivers.

use std::collections::HashMap;

use uuid::Uuid;

use super::Import;
use super::reader::{FileRecord, objects};
use super::record::{Saved, dataset_record};
use crate::datasets::model::{Kind, Outcome};
use crate::datasets::references::{DUTY, INSTITUTION_DAYS, Resolver};
use crate::db::Tx;
use crate::duties::{
    DatasetReport, DatasetReportInput, DatasetWaiver, DatasetWaiverInput, Duty, DutyInput, InstitutionDays,
    create_duty, duties_of_country, duty_reports_of_country, duty_waivers_of_country, import_duty_report,
    import_duty_waiver, import_withdrawal, set_institution_days, update_duty,
};
use crate::error::Result;

dataset_record!(Duty: DutyInput, Duty, DUTY,
    |conn, country, _| duties_of_country(conn, country),
    |tx, actor, _, input, _| create_duty(tx, actor, input),
    |tx, actor, _, id: Uuid, input| update_duty(tx, actor, id.into(), input));

dataset_record!(DatasetReport: DatasetReportInput, DutyReport, DUTY_REPORT,
    |conn, country, _| duty_reports_of_country(conn, country),
    |tx, actor, owner: Uuid, input, _| import_duty_report(tx, actor, owner.into(), input),
    |tx, actor, owner: Uuid, _: Uuid, input| import_duty_report(tx, actor, owner.into(), input), {

    const KEYED: bool = false;

    /// Every report is kept. An entry means the first of those that are left with the same content; any other content is
    /// a correction.
    fn same<'r>(left: &'r HashMap<Uuid, Self>, owner: Uuid, input: &DatasetReportInput) -> Option<&'r Self> {
        let means = |report: &&Self| {
            Uuid::from(report.duty_id) == owner && report.completed(input.clone()) == report.input()
        };
        left.values().filter(means).min_by_key(|report| report.revision)
    }

    /// A dataset has no files: they stay. So do the moment and the review that a file does not state.
    fn keep_open_fields(input: &mut DatasetReportInput, present: &Self) {
        *input = present.completed(input.clone());
    }
});

dataset_record!(DatasetWaiver: DatasetWaiverInput, DutyWaiver, DUTY_WAIVER,
    |conn, country, _| duty_waivers_of_country(conn, country),
    |tx, actor, owner: Uuid, input, _| import_duty_waiver(tx, actor, owner.into(), input),
    |tx, actor, owner: Uuid, id: Uuid, input| import_withdrawal(tx, actor, (owner.into(), id.into()), input), {

    const KEYED: bool = false;

    /// Every waiver is kept. An entry means the first of those that are left with the same content.
    fn same<'r>(left: &'r HashMap<Uuid, Self>, owner: Uuid, input: &DatasetWaiverInput) -> Option<&'r Self> {
        let means = |waiver: &&Self| Uuid::from(waiver.duty_id) == owner && waiver.is_meant_by(input);
        left.values().filter(means).min_by_key(|waiver| waiver.id)
    }

    /// The moments that a file does not state stay.
    fn keep_open_fields(input: &mut DatasetWaiverInput, present: &Self) {
        *input = present.completed(input.clone());
    }
});

impl Import {
    /// Imports duties with the days of their institutions; days that are not in the file stay.
    pub(super) fn duties(&mut self, tx: &mut Tx<'_>, mut records: Vec<FileRecord>) -> Result<()> {
        let mut stated = Vec::new();
        for entry in &mut records {
            let before = self.faults.list.len();
            if let Some(list) = entry.fields.remove("institution_days").filter(|list| !list.is_null()) {
                let at = format!("{}/institution_days", entry.at);
                let mut days = Vec::new();
                for (at, mut fields) in objects(Some(&list), &at, &mut self.faults) {
                    let resolver = Resolver { keys: &self.keys, kind: Kind::Duty, now: tx.now };
                    let resolved = resolver.resolve(&INSTITUTION_DAYS, &at, &mut fields, &mut self.faults);
                    entry.broken |= resolved.blocked;
                    days.extend(self.read::<InstitutionDays>(&INSTITUTION_DAYS, &at, fields)?);
                }
                stated.push((entry.key.clone(), entry.at.clone(), days));
            }
            entry.broken |= self.faults.list.len() > before;
        }
        let mut saved = self.section::<Duty>(tx, records)?;
        for (key, at, days) in stated {
            if let Some(done) = saved.get_mut(&key) {
                self.save_days(tx, &at, done, days)?;
            }
        }
        self.count(&saved);
        Ok(())
    }

    fn save_days(
        &mut self,
        tx: &mut Tx<'_>,
        at: &str,
        done: &mut Saved<Duty>,
        days: Vec<InstitutionDays>,
    ) -> Result<()> {
        let saved = tx.attempt(|tx| set_institution_days(tx, &self.actor, done.record.id, days));
        if self.or_faults(tx, (&DUTY, at), saved)? == Some(true) && done.outcome == Outcome::Unchanged {
            done.outcome = Outcome::Updated;
        }
        Ok(())
    }
}
