//! The matrix of a duty: institutions × periods, and the institutions that are asked to report.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::duty::Duty;
use super::named::AskedDays;
use super::state::{DutyCell, DutyCounts, DutyState, DutyVerification, NewestReport, cell};
use crate::dates::PartialDate;
use crate::db::{DutyId, InstitutionId};

/// The greatest number of periods that a matrix shows.
pub(crate) const MOST_PERIODS: usize = 120;

/// The institutions that a duty asks, each with the days on which it does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct AskedInstitutions(BTreeMap<InstitutionId, Vec<AskedDays>>);

impl AskedInstitutions {
    /// Adds days on which an institution is asked.
    pub(crate) fn add(&mut self, institution: InstitutionId, days: AskedDays) {
        self.0.entry(institution).or_default().push(days);
    }

    /// Returns true if the institution is asked to report on the period: on its last day.
    pub(crate) fn is_asked(&self, institution: InstitutionId, period: &PartialDate) -> bool {
        let day = period.to();
        let holds = |(from, to): &AskedDays| from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to);
        self.0.get(&institution).is_some_and(|days| days.iter().any(holds))
    }

    /// Keeps these institutions alone.
    pub(crate) fn retain(&mut self, institutions: &[InstitutionId]) {
        self.0.retain(|id, _| institutions.contains(id));
    }

    /// Returns the institutions with the days on which they are asked.
    pub(crate) fn days(&self) -> impl Iterator<Item = (InstitutionId, AskedDays)> {
        self.0.iter().flat_map(|(id, days)| days.iter().map(|one| (*id, *one)))
    }

    /// Returns the institutions that are asked on any day.
    pub(crate) fn institutions(&self) -> impl Iterator<Item = InstitutionId> {
        self.0.keys().copied()
    }
}

/// An institution and the first day of a period.
pub(crate) type Place = (InstitutionId, NaiveDate);

/// The newest reports and the waivers in force of one duty.
#[derive(Debug, Clone, Default)]
pub(crate) struct DutyHistory {
    pub reports: HashMap<Place, NewestReport>,
    pub waived: HashSet<Place>,
}

impl DutyHistory {
    /// Returns the state of the report of an institution on a period; None when it is not asked and has not reported.
    pub(crate) fn cell(
        &self,
        (duty, asked): (&Duty, &AskedInstitutions),
        institution: InstitutionId,
        period: &PartialDate,
        today: NaiveDate,
    ) -> Option<DutyCell> {
        let place = (institution, period.from());
        let report = self.reports.get(&place).copied();
        let is_shown = report.is_some() || asked.is_asked(institution, period);
        is_shown.then(|| cell(duty.due_day(period), today, report, self.waived.contains(&place)))
    }

    /// Returns true if a waiver of the report of an institution on a period is in force.
    pub(crate) fn is_waived(&self, institution: InstitutionId, period: &PartialDate) -> bool {
        self.waived.contains(&(institution, period.from()))
    }
}

/// A period of a matrix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct MatrixPeriod {
    /// The period.
    pub period: PartialDate,
    /// The first day of the period.
    #[schema(examples("2023-01-01"))]
    pub period_from: NaiveDate,
    /// The last day of the period.
    #[schema(examples("2023-03-31"))]
    pub period_to: NaiveDate,
    /// The last day on which a report on it is on time.
    #[schema(examples("2023-04-15"))]
    pub due_to: NaiveDate,
    /// The number of institutions in each state.
    pub counts: DutyCounts,
}

/// The state of the report of an institution on one period of a matrix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct MatrixCell {
    /// The period.
    pub period: PartialDate,
    /// The state.
    #[schema(examples("reported"))]
    pub state: DutyState,
    /// True when the first report on the period came after its due day.
    #[schema(examples(false))]
    pub late: bool,
    /// The review of the newest report; null without a report.
    pub verification: Option<DutyVerification>,
}

/// The periods of one institution in a matrix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct MatrixRow {
    /// The institution.
    pub institution_id: InstitutionId,
    /// Its periods in their order, without those for which it is not asked.
    pub cells: Vec<MatrixCell>,
}

/// The matrix of a duty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct DutyMatrix {
    /// The duty.
    pub duty_id: DutyId,
    /// The periods in their order, each with its counts.
    pub periods: Vec<MatrixPeriod>,
    /// The institutions that are asked, or that reported.
    pub rows: Vec<MatrixRow>,
    /// The counts of all periods together.
    pub counts: DutyCounts,
}

impl DutyMatrix {
    /// Makes the matrix of these periods.
    pub(crate) fn new(
        duty: &Duty,
        (asked, history): (&AskedInstitutions, &DutyHistory),
        periods: Vec<PartialDate>,
        today: NaiveDate,
    ) -> Self {
        let mut counts = vec![DutyCounts::default(); periods.len()];
        let mut rows = Vec::new();
        for institution_id in institutions(asked, history) {
            let mut cells = Vec::with_capacity(periods.len());
            for (period, counts) in periods.iter().zip(&mut counts) {
                let Some(one) = history.cell((duty, asked), institution_id, period, today) else { continue };
                counts.add(&one);
                let DutyCell { state, late, verification } = one;
                cells.push(MatrixCell { period: period.clone(), state, late, verification });
            }
            if !cells.is_empty() {
                rows.push(MatrixRow { institution_id, cells });
            }
        }
        let shown = |(period, counts): (PartialDate, DutyCounts)| MatrixPeriod {
            period_from: period.from(),
            period_to: period.to(),
            due_to: duty.due_day(&period),
            period,
            counts,
        };
        let mut total = DutyCounts::default();
        rows.iter().flat_map(|row| &row.cells).for_each(|one| total.add(&one.into()));
        let periods = periods.into_iter().zip(counts).map(shown).collect();
        Self { duty_id: duty.id, periods, rows, counts: total }
    }
}

impl DutyMatrix {
    /// Returns the first days of its first and of its last period; an empty span without periods.
    pub(crate) fn span(&self) -> (NaiveDate, NaiveDate) {
        let ends = self.periods.first().zip(self.periods.last());
        ends.map_or((NaiveDate::MAX, NaiveDate::MIN), |(first, last)| (first.period_from, last.period_from))
    }
}

impl From<&MatrixCell> for DutyCell {
    fn from(one: &MatrixCell) -> Self {
        Self { state: one.state, late: one.late, verification: one.verification }
    }
}

/// Returns the institutions that are asked or reported, each once, in the order of their ids.
fn institutions(asked: &AskedInstitutions, history: &DutyHistory) -> Vec<InstitutionId> {
    crate::db::unique(asked.institutions().chain(history.reports.keys().map(|(institution, _)| *institution)))
}
