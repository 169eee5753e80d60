//! The reports that wait for a person: reports that an institution owes, reports that await review, and reports that the
//! institutions of a commission did not send.

use std::collections::{BTreeMap, HashMap};

use chrono::{Days, NaiveDate};

use crate::access::Visibility;
use crate::clock::Instant;
use crate::dates::PartialDate;
use crate::db::{CommissionId, Db, InstitutionId, unique};
use crate::duties::model::{AskedInstitutions, Duty, DutyCell, DutyHistory, DutyReport, DutyState, DutyVerification};
use crate::duties::owed::SOON;
use crate::duties::records::DutyRecord;
use crate::duties::store::HistoryFilter;
use crate::duties::{policy, store};
use crate::error::Result;
use crate::identity::{Actor, Person};

/// The reason for which an institution owes a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OwedReason {
    /// Due within some days.
    Due,
    /// The due day has passed.
    Missing,
    /// The secretariat returned it.
    Returned,
}

/// A report that an institution owes.
#[derive(Debug, Clone)]
pub(crate) struct OwedReport {
    pub duty: Duty,
    pub institution: InstitutionId,
    pub period: PartialDate,
    pub reason: OwedReason,
    pub due_to: NaiveDate,
    /// The current day of the duty.
    pub today: NaiveDate,
}

/// Returns the institutions that a person represents in any commission.
pub(super) fn represented(actor: &Actor) -> Vec<InstitutionId> {
    let bounded = actor.represented_in().map(|(_, institution)| institution);
    unique(actor.represented_everywhere().chain(bounded))
}

/// Returns the reports that the institutions of a person owe. The number of statements is constant.
pub(crate) fn owed_reports(conn: &mut Db, actor: &Actor, now: Instant) -> Result<Vec<OwedReport>> {
    let own = represented(actor);
    let duties = store::asking(conn, &Visibility::of(actor), &own)?;
    let ids: Vec<_> = duties.iter().map(|duty| duty.id).collect();
    let mut asked = store::asked_institutions(conn, &duties)?;
    let mut histories = store::histories(conn, &ids, HistoryFilter { institutions: Some(&own), periods: None })?;
    let mut owed = Vec::new();
    for duty in duties {
        let (asked, history) =
            (asked.remove(&duty.id).unwrap_or_default(), histories.remove(&duty.id).unwrap_or_default());
        for institution in own.iter().filter(|id| policy::represents(actor, &duty, **id)) {
            owed.extend(owed_by((&duty, &asked, &history), *institution, now));
        }
    }
    Ok(owed)
}

/// Returns the reports that an institution owes by one duty, the oldest period first.
fn owed_by(
    (duty, asked, history): (&Duty, &AskedInstitutions, &DutyHistory),
    institution: InstitutionId,
    now: Instant,
) -> Vec<OwedReport> {
    let today = duty.today(now);
    let owed = |period: PartialDate| {
        let cell = history.cell((duty, asked), institution, &period, today)?;
        let due_to = duty.due_day(&period);
        let reason = reason_of(&cell, due_to, today)?;
        if history.is_waived(institution, &period) {
            return None;
        }
        Some(OwedReport { duty: duty.clone(), institution, period, reason, due_to, today })
    };
    duty.periods_until(today).into_iter().filter_map(owed).collect()
}

/// Returns the reason for which a report is owed now; None when it is not, or not yet.
fn reason_of(cell: &DutyCell, due_to: NaiveDate, today: NaiveDate) -> Option<OwedReason> {
    let is_soon = due_to <= today.checked_add_days(Days::new(SOON)).unwrap_or(today);
    match (cell.state, cell.verification) {
        (_, Some(DutyVerification::Returned)) => Some(OwedReason::Returned),
        (DutyState::Missing, _) => Some(OwedReason::Missing),
        (DutyState::Expected, _) if is_soon => Some(OwedReason::Due),
        _ => None,
    }
}

/// A report that awaits review.
#[derive(Debug, Clone)]
pub(crate) struct ReportToReview {
    pub duty: Duty,
    pub institution: InstitutionId,
    pub period: PartialDate,
    pub received_at: Instant,
    pub author: Option<Person>,
}

/// Returns the reports of others that await the review of a person, in the order of receipt. The number of statements is
/// constant.
pub(crate) fn reports_to_review(conn: &mut Db, actor: &Actor) -> Result<Vec<ReportToReview>> {
    let visibility = Visibility::writable_by(actor);
    if !visibility.all && visibility.countries.is_empty() && visibility.full_commissions.is_empty() {
        return Ok(Vec::new());
    }
    let reports = store::awaiting_review(conn, &visibility)?;
    let ids = unique(reports.iter().map(|report| report.duty_id));
    let duties: HashMap<_, _> =
        store::by_ids(conn, &visibility, &ids)?.into_iter().map(|duty| (duty.id, duty)).collect();
    let of_others = reports.into_iter().filter(|report| !report.is_of(actor.id));
    let waiting = |report: DutyReport| {
        Some(ReportToReview {
            duty: duties.get(&report.duty_id)?.clone(),
            institution: report.institution_id,
            period: report.period,
            received_at: report.received_at,
            author: report.author,
        })
    };
    Ok(of_others.filter_map(waiting).collect())
}

/// The reports on one period of a duty that institutions did not send in time.
#[derive(Debug, Clone)]
pub(crate) struct MissingReports {
    pub duty: Duty,
    pub period: PartialDate,
    pub due_to: NaiveDate,
    /// The current day of the duty.
    pub today: NaiveDate,
    /// The number of institutions without a report.
    pub institutions: usize,
}

/// Returns the missing reports of the commissions of which a person is the secretariat, by duty and period. The number of
/// statements is constant.
pub(crate) fn missing_reports(conn: &mut Db, actor: &Actor, now: Instant) -> Result<Vec<MissingReports>> {
    let own: Vec<CommissionId> = actor.secretariat_commissions().collect();
    if own.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for record in DutyRecord::of_commissions(conn, &own)? {
        let today = record.duty.today(now);
        let mut periods: BTreeMap<NaiveDate, MissingReports> = BTreeMap::new();
        for term in record.owed_terms(today).into_iter().filter(|term| term.due_to < today) {
            let first = || MissingReports {
                duty: record.duty.clone(),
                period: term.period.clone(),
                due_to: term.due_to,
                today,
                institutions: 0,
            };
            periods.entry(term.period.from()).or_insert_with(first).institutions += 1;
        }
        found.extend(periods.into_values());
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::parse_day;

    #[test]
    fn a_report_waits_from_some_days_before_it_is_due() {
        let day = |text: &str| parse_day(text).unwrap();
        let cell = |state, verification| DutyCell { state, late: false, verification };
        let reason = |cell: DutyCell, today: &str| reason_of(&cell, day("2023-07-15"), day(today));
        let expected = cell(DutyState::Expected, None);
        assert_eq!(reason(expected, "2023-06-29"), None);
        assert_eq!(reason(expected, "2023-06-30"), Some(OwedReason::Due));
        assert_eq!(reason(cell(DutyState::Missing, None), "2023-07-16"), Some(OwedReason::Missing));
        let reported = |verification| cell(DutyState::Reported, Some(verification));
        assert_eq!(reason(reported(DutyVerification::Pending), "2023-07-16"), None);
        assert_eq!(reason(reported(DutyVerification::Returned), "2023-07-16"), Some(OwedReason::Returned));
        assert_eq!(reason(cell(DutyState::Waived, None), "2023-07-16"), None);
    }
}
