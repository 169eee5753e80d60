//! Duties with all that decides about the states of their reports, for the annual report, the overview and reminders.

use chrono::NaiveDate;

use super::model::{AskedInstitutions, Duty, DutyCounts, DutyHistory, DutyMatrix};
use super::store::{self, HistoryFilter};
use crate::access::Visibility;
use crate::db::{CommissionId, Db, DutyId, InstitutionId};
use crate::error::Result;

/// A duty with the institutions that it asks and the history of their reports.
#[derive(Debug, Clone)]
pub(crate) struct DutyRecord {
    pub duty: Duty,
    pub(super) asked: AskedInstitutions,
    pub(super) history: DutyHistory,
}

/// The number of institutions of a duty, and the states of their reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DutyFigures {
    pub institutions: usize,
    pub counts: DutyCounts,
}

impl DutyRecord {
    /// Loads the duties of a country that are not restricted, in a constant number of statements.
    pub(crate) fn of_country(conn: &mut Db, country: &str) -> Result<Vec<Self>> {
        let mut duties = store::all_of_country(conn, country)?;
        duties.retain(|duty| !duty.fields.restricted);
        Self::complete(conn, duties, None)
    }

    /// Loads these duties with their reports; with `institutions`, with those of these alone. The number of statements is
    /// constant.
    pub(crate) fn by_ids(conn: &mut Db, ids: &[DutyId], institutions: Option<&[InstitutionId]>) -> Result<Vec<Self>> {
        let duties = store::by_ids(conn, &Visibility::everything(), ids)?;
        Self::complete(conn, duties, institutions)
    }

    /// Loads the visible duties of a country, or those of one of its commissions, in a constant number of statements.
    pub(crate) fn visible(
        conn: &mut Db,
        visibility: &Visibility,
        (country, commission): (&str, Option<CommissionId>),
    ) -> Result<Vec<Self>> {
        let mut duties = store::visible_of_country(conn, visibility, country)?;
        duties.retain(|duty| commission.is_none_or(|id| duty.fields.commission_ids.contains(&id)));
        Self::complete(conn, duties, None)
    }

    /// Loads the visible duties that ask an institution, or on which it reported, with its own reports alone, in a constant
    /// number of statements.
    pub(crate) fn asking(conn: &mut Db, visibility: &Visibility, institution: InstitutionId) -> Result<Vec<Self>> {
        let duties = store::asking(conn, visibility, &[institution])?;
        Self::complete(conn, duties, Some(&[institution]))
    }

    /// Loads every duty of these commissions, in a constant number of statements.
    pub(super) fn of_commissions(conn: &mut Db, ids: &[CommissionId]) -> Result<Vec<Self>> {
        let duties = store::all_of_commissions(conn, ids)?;
        Self::complete(conn, duties, None)
    }

    fn complete(conn: &mut Db, duties: Vec<Duty>, institutions: Option<&[InstitutionId]>) -> Result<Vec<Self>> {
        let ids: Vec<_> = duties.iter().map(|duty| duty.id).collect();
        let mut asked = store::asked_institutions(conn, &duties)?;
        if let Some(own) = institutions {
            asked.values_mut().for_each(|asked| asked.retain(own));
        }
        let mut histories = store::histories(conn, &ids, HistoryFilter { institutions, periods: None })?;
        let record = |duty: Duty| Self {
            asked: asked.remove(&duty.id).unwrap_or_default(),
            history: histories.remove(&duty.id).unwrap_or_default(),
            duty,
        };
        Ok(duties.into_iter().map(record).collect())
    }

    /// Counts the reports on all periods that have begun.
    pub(crate) fn counts(&self, today: NaiveDate) -> DutyCounts {
        let periods = self.duty.periods_until(today);
        DutyMatrix::new(&self.duty, (&self.asked, &self.history), periods, today).counts
    }

    /// Counts the reports on the periods that end between two days, as of a day: the numbers of the matrix.
    pub(crate) fn figures(&self, (from, to): (NaiveDate, NaiveDate), today: NaiveDate) -> DutyFigures {
        let mut periods = self.duty.periods_until(to);
        periods.retain(|period| (from..=to).contains(&period.to()));
        let matrix = DutyMatrix::new(&self.duty, (&self.asked, &self.history), periods, today);
        DutyFigures { institutions: matrix.rows.len(), counts: matrix.counts }
    }
}
