//! Reporting on a period, correcting, reviewing, and waiving a report.

use uuid::Uuid;

use super::{InstitutionPeriod, find_institution_period, period_report};
use crate::access::check_files;
use crate::audit::{self, Change};
use crate::clock::new_id;
use crate::db::dispatch::lock_row;
use crate::db::{DutyId, FileId, InstitutionId, RawId, Tx};
use crate::duties::model::{
    DutyOutcome, DutyReport, DutyReportInput, DutyReview, DutyReviewInput, DutyVerification, DutyWaiver,
    DutyWaiverInput, PeriodReport,
};
use crate::duties::{notifications, policy, store};
use crate::error::{Code, Faults, Result};
use crate::evidence::Evidence;
use crate::identity::{Actor, Importer, Person};

/// The place of a report, as it is written in its path: duty, institution, period.
pub(crate) type ReportPath = (DutyId, InstitutionId, String);

/// Reports on a period, or corrects the report. 409 `period_not_begun` for a period in the future.
pub(crate) fn put_report(
    tx: &mut Tx<'_>,
    actor: &Actor,
    path: &ReportPath,
    input: DutyReportInput,
) -> Result<PeriodReport> {
    let (target, held) = lock(tx, actor, path)?;
    let mut faults = tx.faults();
    policy::require_reporter(actor, &target.duty, (target.institution, input.on_behalf), &mut faults)?;
    let report = NewReport { input, author: Person::of(actor), imported_by: None };
    save_report(tx, (&target, &held), report, faults)
}

/// A report with its source.
pub(crate) struct NewReport {
    pub input: DutyReportInput,
    pub author: Option<Person>,
    /// None when the report was written over the API or on a page.
    pub imported_by: Option<Importer>,
}

/// Saves a report from a file, by the same rules. The importer needs the rights of a secretariat.
pub(crate) fn report_by_file(
    tx: &mut Tx<'_>,
    actor: &Actor,
    path: &ReportPath,
    report: NewReport,
) -> Result<PeriodReport> {
    let (target, held) = lock(tx, actor, path)?;
    policy::require_writer(actor, &target.duty)?;
    let faults = tx.faults();
    save_report(tx, (&target, &held), report, faults)
}

/// Locks a duty, and loads an institution and a period of it with the report.
fn lock(tx: &mut Tx<'_>, actor: &Actor, path: &ReportPath) -> Result<(InstitutionPeriod, PeriodReport)> {
    lock_row(tx.conn, "duties", path.0)?;
    let target = find_institution_period(tx.conn, actor, path)?;
    let held = period_report(tx.conn, &target, tx.now)?;
    Ok((target, held))
}

fn save_report(
    tx: &mut Tx<'_>,
    (target, held): (&InstitutionPeriod, &PeriodReport),
    report: NewReport,
    mut faults: Faults,
) -> Result<PeriodReport> {
    let NewReport { input, author, imported_by } = report;
    let today = target.duty.today(tx.now);
    if target.period.from() > today {
        return Err(Code::PeriodNotBegun.into());
    }
    input.values.check(&target.duty.fields.fields, &mut faults);
    let files = new_files(held, &input.evidence);
    check_files(tx.conn, author.as_ref().map(|person| person.id), &files, &mut faults)?;
    faults.into_result()?;
    let input = DutyReportInput { evidence: input.evidence.into_iter().map(Evidence::bounded).collect(), ..input };
    if held.newest().is_some_and(|newest| is_same(newest, &input)) {
        return Ok(held.clone());
    }
    let earlier = held.revision.zip(held.revisions.first().map(|first| first.late));
    receive(tx, target, earlier, NewReport { input, author, imported_by })?;
    period_report(tx.conn, target, tx.now)
}

/// Stores a report, whose input was checked, as the newest on its period. `earlier` is the number of the one before, and
/// whether the first one was late.
pub(super) fn receive(
    tx: &mut Tx<'_>,
    target: &InstitutionPeriod,
    earlier: Option<(i32, bool)>,
    report: NewReport,
) -> Result<()> {
    let NewReport { input, author, imported_by } = report;
    let is_late = || target.duty.today(tx.now) > target.duty.due_day(&target.period);
    let report = DutyReport {
        id: new_id(tx.recorded_at),
        duty_id: target.duty.id,
        institution_id: target.institution,
        period: target.period.clone(),
        period_from: target.period.from(),
        period_to: target.period.to(),
        revision: earlier.map_or(1, |(revision, _)| revision + 1),
        state: input.state(&target.duty),
        late: earlier.map_or_else(is_late, |(_, late)| late),
        verification: DutyVerification::Pending,
        fields: input,
        author,
        imported_by,
        received_at: tx.now,
    };
    store::insert_report(tx.conn, &report)?;
    audit::created(tx, "duty_report", report.id, Some(&target.duty.country_code), &report)?;
    notifications::reported(tx, target, &report)
}

/// Returns true if a report was sent before with the same content: a retry changes nothing. A returned report that is sent
/// again without a change awaits its review again.
fn is_same(newest: &DutyReport, sent: &DutyReportInput) -> bool {
    let values = |fields: &DutyReportInput| fields.values.clone().without_blanks();
    let sent_again = DutyReportInput { values: values(sent), ..sent.clone() };
    let stored = DutyReportInput { values: values(&newest.fields), ..newest.fields.clone() };
    newest.verification != DutyVerification::Returned && stored == sent_again
}

/// Returns the files that no earlier report on the period cites: a correction keeps those of another person.
fn new_files(held: &PeriodReport, evidence: &[Evidence]) -> Vec<(String, FileId)> {
    let cited =
        |file: FileId| held.revisions.iter().flat_map(|one| &one.fields.evidence).any(|one| one.file_id == Some(file));
    let files =
        evidence.iter().enumerate().filter_map(|(n, one)| Some((format!("/evidence/{n}/file_id"), one.file_id?)));
    files.filter(|(_, file)| !cited(*file)).collect()
}

/// Accepts or returns the newest report. 403 `own_update` for those who wrote or imported it; 409 `not_pending` when it
/// does not await review.
pub(crate) fn review_report(
    tx: &mut Tx<'_>,
    actor: &Actor,
    path: &ReportPath,
    input: DutyReviewInput,
) -> Result<PeriodReport> {
    let (target, held) = lock(tx, actor, path)?;
    let report = held.newest().ok_or(Code::NotFound)?;
    policy::require_reviewer(actor, &target.duty, report)?;
    save_review(tx, &target, report, input, Person::of(actor))
}

/// Saves a review from a dataset, which names nobody.
pub(crate) fn import_review(
    tx: &mut Tx<'_>,
    actor: &Actor,
    path: &ReportPath,
    input: DutyReviewInput,
) -> Result<PeriodReport> {
    let (target, held) = lock(tx, actor, path)?;
    policy::require_writer(actor, &target.duty)?;
    let report = held.newest().ok_or(Code::NotFound)?;
    save_review(tx, &target, report, input, None)
}

fn save_review(
    tx: &mut Tx<'_>,
    target: &InstitutionPeriod,
    report: &DutyReport,
    input: DutyReviewInput,
    reviewed_by: Option<Person>,
) -> Result<PeriodReport> {
    if report.verification != DutyVerification::Pending {
        return Err(Code::NotPending.into());
    }
    let review = DutyReview { revision: report.revision, fields: input, reviewed_by, reviewed_at: tx.now };
    store::add_review(tx.conn, RawId(new_id::<Uuid>(tx.recorded_at)), report.id, &review)?;
    let id = report.id.to_string();
    let country = Some(target.duty.country_code.as_str());
    audit::record(
        tx,
        Change { action: "reviewed", kind: "duty_report", id: &id, country },
        None::<&()>,
        Some(&review),
    )?;
    if review.fields.outcome == DutyOutcome::Returned {
        notifications::returned(tx, target, &review)?;
    }
    period_report(tx.conn, target, tx.now)
}

/// Releases an institution from the report on a period. 409 `duplicate` while another waiver is in force.
pub(crate) fn waive(tx: &mut Tx<'_>, actor: &Actor, path: &ReportPath, input: DutyWaiverInput) -> Result<PeriodReport> {
    let (target, held) = lock(tx, actor, path)?;
    policy::require_writer(actor, &target.duty)?;
    if held.waiver.is_some() {
        return Err(Code::Duplicate.into());
    }
    let waiver = DutyWaiver {
        id: new_id(tx.recorded_at),
        reason: input.reason,
        waived_by: Person::of(actor),
        waived_at: tx.now,
        withdrawn_by: None,
        withdrawn_at: None,
    };
    store::add_waiver(tx.conn, (&target.duty, target.institution, &target.period), &waiver)?;
    audit::created(tx, "duty_waiver", waiver.id, Some(&target.duty.country_code), &waiver)?;
    notifications::waived(tx, &target, &waiver)?;
    period_report(tx.conn, &target, tx.now)
}

/// Withdraws the waiver in force; it stays in the history. 404 without one.
pub(crate) fn withdraw_waiver(tx: &mut Tx<'_>, actor: &Actor, path: &ReportPath) -> Result<()> {
    let (target, held) = lock(tx, actor, path)?;
    policy::require_writer(actor, &target.duty)?;
    let before = held.waiver.ok_or(Code::NotFound)?;
    let after = DutyWaiver { withdrawn_by: Person::of(actor), withdrawn_at: Some(tx.now), ..before.clone() };
    store::withdraw_waiver(tx.conn, &after)?;
    let (id, country) = (after.id.to_string(), Some(target.duty.country_code.as_str()));
    let change = Change { action: "withdrawn", kind: "duty_waiver", id: &id, country };
    audit::record(tx, change, Some(&before), Some(&after))?;
    notifications::waived(tx, &target, &after)
}
