//! The reports that are due between two days, for calendars.

use chrono::{Days, NaiveDate};

use super::waiting::represented;
use crate::access::Visibility;
use crate::clock::Instant;
use crate::dates::PartialDate;
use crate::db::{CommissionId, Db, InstitutionId};
use crate::duties::model::{Duty, DutyCounts, DutyMatrix, DutyVerification};
use crate::duties::store::HistoryFilter;
use crate::duties::{policy, store};
use crate::error::Result;
use crate::identity::Actor;

/// The greatest number of days between the beginning of a period and the day on which its report is due.
const LONGEST_TERM: u64 = 366 + 365;

/// The reports of a calendar.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DueFilter {
    pub first: NaiveDate,
    pub last: NaiveDate,
    pub commission: Option<CommissionId>,
    /// Only the reports of the institutions that the person represents.
    pub mine: bool,
}

/// The reports on one period of a duty, which are due on the same day.
#[derive(Debug, Clone)]
pub(crate) struct DueReports {
    pub duty: Duty,
    pub period: PartialDate,
    pub due_to: NaiveDate,
    /// The current day of the duty.
    pub today: NaiveDate,
    pub counts: DutyCounts,
    /// The number of reports that were returned and not corrected yet.
    pub returned: usize,
    /// The institution whose report it is; None when there are several.
    pub institution: Option<InstitutionId>,
}

impl DueReports {
    /// Returns true if a report is missing, expected or returned.
    pub(crate) fn is_open(&self) -> bool {
        self.counts.missing + self.counts.expected > 0 || self.returned > 0
    }

    /// Returns true if nothing is left to report because every report was waived.
    pub(crate) fn is_waived(&self) -> bool {
        self.counts.answered() == 0
    }

    /// Returns the address of the report of the only institution, else that of the matrix.
    pub(crate) fn path(&self) -> String {
        match self.institution {
            Some(institution) => format!("/duties/{}/reports/{institution}/{}", self.duty.id, self.period),
            None => format!("/duties/{}", self.duty.id),
        }
    }
}

crate::restricted_by!(DueReports: duty);

/// Returns the reports that are due between two days, on the duties that a person may see, in the order of the days. The
/// number of statements is constant.
pub(crate) fn due_reports(conn: &mut Db, actor: &Actor, filter: &DueFilter, now: Instant) -> Result<Vec<DueReports>> {
    let own = filter.mine.then(|| represented(actor));
    let due = duties(conn, actor, filter, own.as_deref())?;
    let Some(periods) = span(&due) else { return Ok(Vec::new()) };
    let (duties, due): (Vec<Duty>, Vec<Vec<PartialDate>>) = due.into_iter().unzip();
    let ids: Vec<_> = duties.iter().map(|duty| duty.id).collect();
    let mut asked = store::asked_institutions(conn, &duties)?;
    let history = HistoryFilter { institutions: own.as_deref(), periods: Some(periods) };
    let mut histories = store::histories(conn, &ids, history)?;
    let mut found = Vec::new();
    for (duty, periods) in duties.into_iter().zip(due) {
        let mut asked = asked.remove(&duty.id).unwrap_or_default();
        let (mut history, today) = (histories.remove(&duty.id).unwrap_or_default(), duty.today(now));
        if let Some(own) = &own {
            let own: Vec<_> = own.iter().filter(|id| policy::represents(actor, &duty, **id)).copied().collect();
            asked.retain(&own);
            history.reports.retain(|(institution, _), _| own.contains(institution));
        }
        for period in periods {
            let one = DutyMatrix::new(&duty, (&asked, &history), vec![period.clone()], today);
            let institution = match one.rows.as_slice() {
                [] => continue,
                [only] => Some(only.institution_id),
                _ => None,
            };
            let cells = one.rows.iter().flat_map(|row| &row.cells);
            let returned = cells.filter(|cell| cell.verification == Some(DutyVerification::Returned)).count();
            let due_to = duty.due_day(&period);
            let counts = one.counts;
            found.push(DueReports { duty: duty.clone(), period, due_to, today, counts, returned, institution });
        }
    }
    found.sort_by_key(|one| (one.due_to, one.duty.id));
    Ok(found)
}

/// Loads the duties with reports that are due between the two days, each with their periods.
fn duties(
    conn: &mut Db,
    actor: &Actor,
    filter: &DueFilter,
    own: Option<&[InstitutionId]>,
) -> Result<Vec<(Duty, Vec<PartialDate>)>> {
    let (visibility, DueFilter { first, last, commission, .. }) = (Visibility::of(actor), *filter);
    let earliest = first.checked_sub_days(Days::new(LONGEST_TERM)).unwrap_or(first);
    let duties = match own {
        Some(own) => store::asking(conn, &visibility, own)?,
        None => store::visible_between(conn, &visibility, (earliest, last), commission)?,
    };
    let is_of = |duty: &Duty| commission.is_none_or(|id| duty.fields.commission_ids.contains(&id));
    let due = |duty: Duty| {
        let mut periods = duty.periods_until(last);
        periods.retain(|period| (first..=last).contains(&duty.due_day(period)));
        (duty, periods)
    };
    Ok(duties.into_iter().filter(is_of).map(due).filter(|(_, periods)| !periods.is_empty()).collect())
}

/// Returns the first days of the first and of the last period.
fn span(due: &[(Duty, Vec<PartialDate>)]) -> Option<(NaiveDate, NaiveDate)> {
    let days = || due.iter().flat_map(|(_, periods)| periods).map(PartialDate::from);
    days().min().zip(days().max())
}
