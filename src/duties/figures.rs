//! The duties of a country with all that decides about the states of their reports, for the annual report.

use chrono::NaiveDate;

use super::model::{Asked, Duty, DutyCounts, DutyHistory, DutyMatrix};
use super::store;
use crate::access::Visibility;
use crate::db::{CommissionId, Db};
use crate::error::Result;

/// A duty with the institutions that it asks and the history of their reports.
#[derive(Debug, Clone)]
pub(crate) struct DutyRecord {
    pub duty: Duty,
    asked: Asked,
    history: DutyHistory,
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
        Self::complete(conn, duties)
    }

    /// Loads the visible duties of a country, or those of one of its commissions, in a constant number of statements.
    pub(crate) fn visible(
        conn: &mut Db,
        visibility: &Visibility,
        (country, commission): (&str, Option<CommissionId>),
    ) -> Result<Vec<Self>> {
        let mut duties = store::visible_of_country(conn, visibility, country)?;
        duties.retain(|duty| commission.is_none_or(|id| duty.fields.commission_ids.contains(&id)));
        Self::complete(conn, duties)
    }

    fn complete(conn: &mut Db, duties: Vec<Duty>) -> Result<Vec<Self>> {
        let ids: Vec<_> = duties.iter().map(|duty| duty.id).collect();
        let mut asked = store::asked_institutions(conn, &duties)?;
        let mut histories = store::histories(conn, &ids, None)?;
        let record = |duty: Duty| Self {
            asked: asked.remove(&duty.id).unwrap_or_default(),
            history: histories.remove(&duty.id).unwrap_or_default(),
            duty,
        };
        Ok(duties.into_iter().map(record).collect())
    }

    /// Counts the reports on the periods that end between two days, as of a day: the numbers of the matrix.
    pub(crate) fn figures(&self, (from, to): (NaiveDate, NaiveDate), today: NaiveDate) -> DutyFigures {
        let mut periods = self.duty.periods_until(to);
        periods.retain(|period| (from..=to).contains(&period.to()));
        let matrix = DutyMatrix::new(&self.duty, (&self.asked, &self.history), periods, today);
        DutyFigures { institutions: matrix.rows.len(), counts: matrix.counts }
    }
}
