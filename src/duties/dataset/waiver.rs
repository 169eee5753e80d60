//! Waivers as a dataset has them: with their moments, without the people who gave and withdrew them.

use deserr::Deserr;
use serde::Serialize;

use crate::clock::Instant;
use crate::dates::PartialDate;
use crate::db::{Db, DutyId, DutyWaiverId, InstitutionId, Tx};
use crate::duties::actions::{ReportPath, waive, withdraw_waiver};
use crate::duties::model::{DutyWaiver, DutyWaiverInput};
use crate::duties::store;
use crate::error::{Code, Faults, Result};
use crate::http::Input;
use crate::identity::Actor;

/// A waiver in a dataset.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct DatasetWaiverInput {
    pub institution_id: InstitutionId,
    pub period: PartialDate,
    pub reason: String,
    /// The moment at which it was given; that of the import when it is left out.
    #[deserr(default)]
    pub waived_at: Option<Instant>,
    /// The moment at which it was withdrawn; none while it is in force.
    #[deserr(default)]
    pub withdrawn_at: Option<Instant>,
}

impl Input for DatasetWaiverInput {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        DutyWaiverInput { reason: self.reason.clone() }.check(faults);
    }
}

/// A waiver of a dataset that is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DatasetWaiver {
    pub id: DutyWaiverId,
    pub duty_id: DutyId,
    fields: DatasetWaiverInput,
}

impl DatasetWaiver {
    fn new((duty_id, institution_id, period): (DutyId, InstitutionId, PartialDate), waiver: DutyWaiver) -> Self {
        let DutyWaiver { id, reason, waived_at, withdrawn_at, .. } = waiver;
        let fields = DatasetWaiverInput { institution_id, period, reason, waived_at: Some(waived_at), withdrawn_at };
        Self { id, duty_id, fields }
    }

    pub(crate) fn input(&self) -> DatasetWaiverInput {
        self.fields.clone()
    }

    /// Completes an entry of a file: this waiver gives the moments that the entry leaves out.
    pub(crate) fn completed(&self, mut sent: DatasetWaiverInput) -> DatasetWaiverInput {
        sent.waived_at = sent.waived_at.or(self.fields.waived_at);
        sent.withdrawn_at = sent.withdrawn_at.or(self.fields.withdrawn_at);
        sent
    }

    /// Returns true if an entry of a file means this waiver, which the entry may withdraw.
    pub(crate) fn is_meant_by(&self, sent: &DatasetWaiverInput) -> bool {
        let withdrawn_at = self.fields.withdrawn_at.or(sent.withdrawn_at);
        self.completed(sent.clone()) == DatasetWaiverInput { withdrawn_at, ..self.fields.clone() }
    }
}

/// Loads the waivers of the duties of a country, also those that were withdrawn, in the order in which they were given.
pub(crate) fn duty_waivers_of_country(conn: &mut Db, country: &str) -> Result<Vec<DatasetWaiver>> {
    let waivers = store::waivers_of_country(conn, country)?;
    Ok(waivers.into_iter().map(|(place, waiver)| DatasetWaiver::new(place, waiver)).collect())
}

/// Saves a waiver of a dataset as it was given and withdrawn, by the rules of all waivers.
pub(crate) fn import_duty_waiver(
    tx: &mut Tx<'_>,
    actor: &Actor,
    duty: DutyId,
    input: DatasetWaiverInput,
) -> Result<DatasetWaiver> {
    let path: ReportPath = (duty, input.institution_id, input.period.to_string());
    let waived_at = input.waived_at.unwrap_or(tx.now);
    let mut faults = Faults::default();
    for (pointer, at) in [("/waived_at", input.waived_at), ("/withdrawn_at", input.withdrawn_at)] {
        if at.is_some_and(|at| at > tx.now) {
            faults.add(pointer, "in_the_future");
        }
    }
    if input.withdrawn_at.is_some_and(|at| at < waived_at) {
        faults.add("/withdrawn_at", "end_before_start");
    }
    faults.into_result()?;
    let reason = DutyWaiverInput { reason: input.reason.clone() };
    let given = tx.as_of(waived_at, |tx| waive(tx, actor, &path, reason))?.waiver.ok_or(Code::NotFound)?;
    if let Some(at) = input.withdrawn_at {
        tx.as_of(at, |tx| withdraw_waiver(tx, actor, &path))?;
    }
    let waiver = DutyWaiver { withdrawn_at: input.withdrawn_at, ..given };
    Ok(DatasetWaiver::new((duty, input.institution_id, input.period), waiver))
}

/// Withdraws the waiver that an entry of a file means, as the entry states.
pub(crate) fn import_withdrawal(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (duty, id): (DutyId, DutyWaiverId),
    input: DatasetWaiverInput,
) -> Result<DatasetWaiver> {
    let path: ReportPath = (duty, input.institution_id, input.period.to_string());
    let at = input.withdrawn_at.unwrap_or(tx.now);
    if at > tx.now {
        return Err(Faults::one("/withdrawn_at", "in_the_future").into());
    }
    if input.waived_at.is_some_and(|waived_at| at < waived_at) {
        return Err(Faults::one("/withdrawn_at", "end_before_start").into());
    }
    tx.as_of(at, |tx| withdraw_waiver(tx, actor, &path))?;
    Ok(DatasetWaiver { id, duty_id: duty, fields: DatasetWaiverInput { withdrawn_at: Some(at), ..input } })
}
