//! The sums of the values that institutions reported.

use super::duty::{DutyField, FieldKind};
use super::report::DutyReport;
use super::values::FieldValue;

/// The sum of a count over institutions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CountSum {
    pub sum: i64,
    /// The number of institutions whose value is known.
    pub institutions: usize,
}

impl CountSum {
    /// Adds the known values of a count in the newest reports on one period. None for another kind of field, and when no
    /// value is known: a sum of unknown values is not zero.
    pub(crate) fn of<'r>(field: &DutyField, reports: impl Iterator<Item = &'r DutyReport>) -> Option<Self> {
        if field.kind != FieldKind::Count {
            return None;
        }
        let known = reports.filter_map(|report| match report.fields.values.get(&field.key) {
            Some(FieldValue::Integer(count)) => Some(*count),
            _ => None,
        });
        let sum = known.fold(Self { sum: 0, institutions: 0 }, |sum, count| Self {
            sum: sum.sum.saturating_add(count),
            institutions: sum.institutions + 1,
        });
        (sum.institutions > 0).then_some(sum)
    }
}
