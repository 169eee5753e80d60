//! The use cases of duties. Those that report, review or waive lock the duty first, so that two of them on one period
//! come one after the other.

mod due;
mod duties;
mod import;
mod reports;
mod waiting;

use chrono::NaiveDate;

use super::model::{AskedInstitutions, Duty, DutyMatrix, MOST_PERIODS, PeriodReport};
use super::store;
use crate::access::Visibility;
use crate::clock::Instant;
use crate::dates::PartialDate;
use crate::db::{Db, DutyId, InstitutionId};
use crate::error::{Code, Error, Result};
use crate::identity::Actor;

pub(crate) use due::{DueFilter, DueReports, due_reports};
pub(crate) use duties::{create_duty, delete_duty, set_institution_days, update_duty};
pub(crate) use import::{find_to_import, import_matrix, may_import, try_matrix};
pub(crate) use reports::{
    NewReport, ReportPath, import_review, put_report, report_by_file, review_report, waive, withdraw_waiver,
};
pub(crate) use waiting::{
    MissingReports, OwedReason, OwedReport, ReportToReview, missing_reports, owed_reports, reports_to_review,
};

/// An institution and a period of a duty.
#[derive(Debug, Clone)]
pub(crate) struct InstitutionPeriod {
    pub duty: Duty,
    pub institution: InstitutionId,
    pub period: PartialDate,
}

/// Loads an institution and a period of a visible duty; 404 when the duty has no such period, or asks the institution for
/// no report on it.
pub(crate) fn find_institution_period(
    conn: &mut Db,
    actor: &Actor,
    (id, institution, period): &(DutyId, InstitutionId, String),
) -> Result<InstitutionPeriod> {
    let duty = store::find(conn, &Visibility::of(actor), *id)?;
    let period = duty.period(period).ok_or(Code::NotFound)?;
    Ok(InstitutionPeriod { duty, institution: *institution, period })
}

/// Loads the report of an institution on a period with its history; 404 when the duty neither asks for it nor has it.
pub(crate) fn period_report(conn: &mut Db, target: &InstitutionPeriod, now: Instant) -> Result<PeriodReport> {
    let InstitutionPeriod { duty, institution, period } = target;
    let history = store::period_history(conn, duty, *institution, period)?;
    let report = PeriodReport::new(duty, (*institution, period.clone()), history, now);
    if report.has_history() || asked(conn, duty)?.is_asked(*institution, period) {
        Ok(report)
    } else {
        Err(Code::NotFound.into())
    }
}

/// Returns the institutions that a duty asks.
pub(crate) fn asked(conn: &mut Db, duty: &Duty) -> Result<AskedInstitutions> {
    Ok(store::asked_institutions(conn, std::slice::from_ref(duty))?.remove(&duty.id).unwrap_or_default())
}

/// The periods of a matrix, as a query states them.
#[derive(Debug, Clone, Default)]
pub(crate) struct MatrixWindow {
    pub from: Option<PartialDate>,
    pub to: Option<PartialDate>,
}

impl MatrixWindow {
    /// Returns the periods of the duty: by default those that have begun, of many the last ones. 400 when `from` and `to`
    /// are in the wrong order or enclose too many periods.
    fn periods(&self, duty: &Duty, today: NaiveDate) -> Result<Vec<PartialDate>> {
        if let (Some(from), Some(to)) = (&self.from, &self.to)
            && from.from() > to.to()
        {
            return Err(Error::bad_query("order", "from"));
        }
        let mut periods = duty.periods_until(self.to.as_ref().map_or(today, PartialDate::to));
        if let Some(from) = &self.from {
            periods.retain(|period| period.to() >= from.from());
        }
        if periods.len() > MOST_PERIODS {
            if let Some(from) = &self.from {
                return Err(Error::bad_value("from", from));
            }
            periods.drain(..periods.len() - MOST_PERIODS);
        }
        Ok(periods)
    }
}

/// Makes the matrix of a duty. The number of statements is constant.
pub(crate) fn matrix(conn: &mut Db, duty: &Duty, window: &MatrixWindow, now: Instant) -> Result<DutyMatrix> {
    let today = duty.today(now);
    let periods = window.periods(duty, today)?;
    let asked = asked(conn, duty)?;
    let span = periods.first().map(PartialDate::from).zip(periods.last().map(PartialDate::from));
    let history = match span {
        Some(span) => store::history(conn, duty.id, span)?,
        None => Default::default(),
    };
    Ok(DutyMatrix::new(duty, (&asked, &history), periods, today))
}
