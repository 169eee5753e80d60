//! A duty with its matrix, as its page shows it.

use chrono::NaiveDate;

use crate::access::CommissionRef;
use crate::dates::PartialDate;
use crate::db::InstitutionId;
use crate::directory::InstitutionNames;
use crate::duties::model::{Duty, DutyField, DutyMatrix, DutyReport, FieldKind};
use crate::http::PageParameters;

/// The number of periods that one page shows.
pub(super) const PERIODS: usize = 8;

/// A field whose values are shown, with the newest reports on the periods of the page.
pub(super) struct ShownField {
    pub field: DutyField,
    pub reports: Vec<DutyReport>,
}

impl ShownField {
    /// Returns true if the values of a field fit into a cell: numbers do.
    pub(super) fn is_offered(field: &DutyField) -> bool {
        field.kind != FieldKind::Text
    }

    pub(super) fn on<'r>(&'r self, period: &'r PartialDate) -> impl Iterator<Item = &'r DutyReport> + use<'r> {
        self.reports.iter().filter(move |report| report.period == *period)
    }

    pub(super) fn of<'r>(&'r self, institution: InstitutionId, period: &'r PartialDate) -> Option<&'r DutyReport> {
        self.on(period).find(|report| report.institution_id == institution)
    }
}

/// A duty as it is shown.
pub(super) struct Shown {
    pub duty: Duty,
    pub matrix: DutyMatrix,
    pub names: InstitutionNames,
    /// The field whose values are shown; None for the states.
    pub field: Option<ShownField>,
    pub commissions: Vec<CommissionRef>,
    pub is_writer: bool,
    /// True when the person may report for any of the institutions.
    pub may_import: bool,
    /// The number of pages of institutions before this one, and of all.
    pub page: usize,
    pub pages: usize,
    pub parameters: PageParameters,
    /// The current day of the duty.
    pub today: NaiveDate,
}

crate::restricted_by!(Shown: duty);
