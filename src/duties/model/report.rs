//! Reports on a period with their corrections and reviews, and waivers.

use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use super::duty::{Duty, DutyField, FieldKind};
use super::state::{DutyState, DutyVerification, NewestReport, cell};
use super::values::{FieldValue, FieldValues};
use crate::clock::Instant;
use crate::dates::PartialDate;
use crate::db::{DutyId, DutyReportId, DutyWaiverId, InstitutionId, UserId};
use crate::error::Faults;
use crate::evidence::Evidence;
use crate::http::Input;
use crate::identity::{Importer, Person};

/// The maximum length of the description of a report.
pub(crate) const MAX_NARRATIVE: usize = 10_000;

/// A report on a period.
#[derive(Debug, Clone, PartialEq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct DutyReportInput {
    /// The values by the keys of the duty's fields.
    #[deserr(default)]
    #[schema(required = false)]
    pub values: FieldValues,
    /// The report in words.
    #[deserr(default)]
    #[schema(examples("Se realizaron doce inspecciones en tres provincias."), max_length = 10000)]
    pub narrative: Option<String>,
    /// The means of verification.
    #[deserr(default)]
    #[schema(max_items = 100, required = false)]
    pub evidence: Vec<Evidence>,
    /// True when there is nothing to report on the period; then without values.
    #[deserr(default)]
    #[schema(examples(false), required = false)]
    pub nothing_to_report: bool,
    /// True when the secretariat reports for the institution.
    #[deserr(default)]
    #[schema(examples(false), required = false)]
    pub on_behalf: bool,
}

impl Input for DutyReportInput {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        faults.opt_text("/narrative", self.narrative.as_ref(), MAX_NARRATIVE);
        Evidence::check(&self.evidence, "/evidence", faults);
        let has_values = !self.values.is_unknown();
        if self.nothing_to_report && has_values {
            let field = vec![("field", "values".to_owned())];
            faults.add_comparison("/nothing_to_report", "not_together", field);
        }
        if !self.nothing_to_report && !has_values && self.narrative.is_none() {
            let fields = vec![("fields", "values, narrative, nothing_to_report".to_owned())];
            faults.add_comparison("/values", "any_of", fields);
        }
    }
}

impl DutyReportInput {
    /// Returns the state of a period with this report.
    pub(crate) fn state(&self, duty: &Duty) -> DutyState {
        match self {
            _ if self.nothing_to_report => DutyState::Nothing,
            _ if self.values.is_zero(&duty.fields.fields) => DutyState::Zero,
            _ => DutyState::Reported,
        }
    }
}

/// A report on a period, or its correction, as it was received. Never changed.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct DutyReport {
    /// The report's id.
    pub id: DutyReportId,
    /// The duty.
    pub duty_id: DutyId,
    /// The institution that reports.
    pub institution_id: InstitutionId,
    /// The period.
    pub period: PartialDate,
    /// The first day of the period.
    #[schema(examples("2023-01-01"))]
    pub period_from: NaiveDate,
    /// The last day of the period.
    #[schema(examples("2023-03-31"))]
    pub period_to: NaiveDate,
    /// 1 for the first report on the period, then 2, 3, …
    #[schema(examples(1), minimum = 1)]
    pub revision: i32,
    #[serde(flatten)]
    pub fields: DutyReportInput,
    /// `reported`, `zero` or `nothing`.
    #[schema(examples("reported"))]
    pub state: DutyState,
    /// True when the first report on the period came after the day on which it was due then.
    #[schema(examples(false))]
    pub late: bool,
    /// Its review. A report that was corrected before its review stays `pending`.
    #[schema(examples("pending"))]
    pub verification: DutyVerification,
    /// The person who wrote it; null when a file brought it in without naming anybody.
    pub author: Option<Person>,
    /// The person who imported it with a file; null when it was written over the API or on a page.
    pub imported_by: Option<Importer>,
    /// The moment of receipt.
    pub received_at: Instant,
}

impl DutyReport {
    /// Returns true if this person wrote or imported the report; another person must then review it.
    pub(crate) fn is_of(&self, person: UserId) -> bool {
        let wrote = self.author.as_ref().is_some_and(|author| author.id == person);
        wrote || self.imported_by.as_ref().is_some_and(|importer| importer.id == Some(person))
    }

    fn newest(&self) -> NewestReport {
        NewestReport { state: self.state, late: self.late, verification: self.verification }
    }
}

crate::text_enum! {
    /// The result of the review of a report on a period.
    DutyOutcome { Accepted = "accepted", Returned = "returned" }
}

impl From<DutyOutcome> for DutyVerification {
    fn from(outcome: DutyOutcome) -> Self {
        match outcome {
            DutyOutcome::Accepted => Self::Accepted,
            DutyOutcome::Returned => Self::Returned,
        }
    }
}

/// The review of a report, as it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct DutyReviewInput {
    /// `returned`: the institution corrects the report.
    #[schema(examples("returned"))]
    pub outcome: DutyOutcome,
    /// The reason; required when the report is returned.
    #[deserr(default)]
    #[schema(examples("Falta el número de inspecciones de marzo."), max_length = 2000)]
    pub comment: Option<String>,
}

impl Input for DutyReviewInput {
    fn check(&self, faults: &mut Faults) {
        faults.opt_text("/comment", self.comment.as_ref(), 2000);
        if self.outcome == DutyOutcome::Returned && self.comment.is_none() {
            faults.add("/comment", "comment_required");
        }
    }
}

/// The review of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct DutyReview {
    /// The revision that was reviewed.
    #[schema(examples(1), minimum = 1)]
    pub revision: i32,
    #[serde(flatten)]
    pub fields: DutyReviewInput,
    /// The person who reviewed it; null when a dataset brought the review in.
    pub reviewed_by: Option<Person>,
    /// The moment of the review.
    pub reviewed_at: Instant,
}

/// The reason for a waiver.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct DutyWaiverInput {
    /// The reason why no report is awaited.
    #[schema(examples("La región estuvo en estado de emergencia."), max_length = 2000)]
    pub reason: String,
}

impl Input for DutyWaiverInput {
    fn check(&self, faults: &mut Faults) {
        faults.text("/reason", &self.reason, 2000);
    }
}

/// The release of an institution from the report on a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct DutyWaiver {
    /// The waiver's id.
    pub id: DutyWaiverId,
    /// The reason.
    #[schema(examples("La región estuvo en estado de emergencia."))]
    pub reason: String,
    /// The person who gave it; null when a dataset brought it in.
    pub waived_by: Option<Person>,
    /// The moment at which it was given.
    pub waived_at: Instant,
    /// The person who withdrew it.
    pub withdrawn_by: Option<Person>,
    /// The moment at which it was withdrawn; null while it is in force.
    pub withdrawn_at: Option<Instant>,
}

impl DutyWaiver {
    pub(crate) fn is_in_force(&self) -> bool {
        self.withdrawn_at.is_none()
    }
}

/// Everything about one institution and one period, as it is stored.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct PeriodHistory {
    /// The report and its corrections, the oldest first.
    pub revisions: Vec<DutyReport>,
    /// The reviews, the oldest first.
    pub reviews: Vec<DutyReview>,
    /// The waivers, the oldest first.
    pub waivers: Vec<DutyWaiver>,
}

impl PeriodHistory {
    pub(crate) fn waiver(&self) -> Option<&DutyWaiver> {
        self.waivers.iter().find(|waiver| waiver.is_in_force())
    }
}

/// The report of an institution on a period: the newest one, with its history.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct PeriodReport {
    /// The duty.
    pub duty_id: DutyId,
    /// The institution that reports.
    pub institution_id: InstitutionId,
    /// The period.
    pub period: PartialDate,
    /// The first day of the period.
    #[schema(examples("2023-01-01"))]
    pub period_from: NaiveDate,
    /// The last day of the period.
    #[schema(examples("2023-03-31"))]
    pub period_to: NaiveDate,
    /// The last day on which the report is on time.
    #[schema(examples("2023-04-15"))]
    pub due_to: NaiveDate,
    /// The state of the period.
    #[schema(examples("reported"))]
    pub state: DutyState,
    /// True when the first report on the period came after its due day.
    #[schema(examples(false))]
    pub late: bool,
    /// The review of the newest report; null without a report.
    pub verification: Option<DutyVerification>,
    /// The number of the newest report; null without a report.
    #[schema(examples(2))]
    pub revision: Option<i32>,
    /// The values by field; null for a field that is not known.
    pub values: FieldValues,
    /// The report in words.
    #[schema(examples("Se realizaron doce inspecciones en tres provincias."))]
    pub narrative: Option<String>,
    /// The means of verification.
    pub evidence: Vec<Evidence>,
    /// True when the institution states that there is nothing to report.
    #[schema(examples(false))]
    pub nothing_to_report: bool,
    /// True when the secretariat reported for the institution.
    #[schema(examples(false))]
    pub on_behalf: bool,
    /// The person who wrote the newest report.
    pub author: Option<Person>,
    /// The moment at which the newest report was received.
    pub received_at: Option<Instant>,
    /// The report and its corrections, the oldest first.
    pub revisions: Vec<DutyReport>,
    /// The reviews, the oldest first.
    pub reviews: Vec<DutyReview>,
    /// The waiver in force.
    pub waiver: Option<DutyWaiver>,
    /// All waivers, also those that were withdrawn.
    pub waivers: Vec<DutyWaiver>,
}

impl PeriodReport {
    /// Makes the report of an institution on a period of a duty from its history.
    pub(crate) fn new(
        duty: &Duty,
        (institution_id, period): (InstitutionId, PartialDate),
        history: PeriodHistory,
        now: Instant,
    ) -> Self {
        let newest = history.revisions.last().cloned();
        let waiver = history.waiver().cloned();
        let due_to = duty.due_day(&period);
        let shown = cell(due_to, duty.today(now), newest.as_ref().map(DutyReport::newest), waiver.is_some());
        let (revision, author, received_at) = match &newest {
            Some(report) => (Some(report.revision), report.author.clone(), Some(report.received_at)),
            None => (None, None, None),
        };
        let newest_fields = newest.map_or_else(DutyReportInput::unwritten, |report| report.fields);
        Self {
            duty_id: duty.id,
            institution_id,
            period_from: period.from(),
            period_to: period.to(),
            period,
            due_to,
            state: shown.state,
            late: shown.late,
            verification: shown.verification,
            revision,
            values: newest_fields.values.completed(&duty.fields.fields),
            narrative: newest_fields.narrative,
            evidence: newest_fields.evidence,
            nothing_to_report: newest_fields.nothing_to_report,
            on_behalf: newest_fields.on_behalf,
            author,
            received_at,
            revisions: history.revisions,
            reviews: history.reviews,
            waiver,
            waivers: history.waivers,
        }
    }

    /// Returns true if there is a report, or a waiver that was ever given.
    pub(crate) fn has_history(&self) -> bool {
        self.revision.is_some() || !self.waivers.is_empty()
    }

    /// Returns the newest report.
    pub(crate) fn newest(&self) -> Option<&DutyReport> {
        self.revisions.last()
    }
}

impl DutyReportInput {
    /// Returns an empty report.
    pub(crate) fn unwritten() -> Self {
        Self {
            values: FieldValues::default(),
            narrative: None,
            evidence: Vec::new(),
            nothing_to_report: false,
            on_behalf: false,
        }
    }
}

/// The sum of a count over institutions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CountSum {
    pub sum: i64,
    /// The number of institutions whose value is known.
    pub institutions: usize,
    /// The number of these whose report is not accepted: it awaits its review, or was returned.
    pub unaccepted: usize,
}

impl CountSum {
    /// Adds the known values of a count in the newest reports on one period. None for another kind of field, and when no
    /// value is known: a sum of unknown values is not zero.
    pub(crate) fn of<'r>(field: &DutyField, reports: impl Iterator<Item = &'r DutyReport>) -> Option<Self> {
        if field.kind != FieldKind::Count {
            return None;
        }
        let known = reports.filter_map(|report| match report.fields.values.get(&field.key) {
            Some(FieldValue::Integer(count)) => Some((*count, report.verification)),
            _ => None,
        });
        let nothing = Self { sum: 0, institutions: 0, unaccepted: 0 };
        let sum = known.fold(nothing, |sum, (count, verification)| Self {
            sum: sum.sum.saturating_add(count),
            institutions: sum.institutions + 1,
            unaccepted: sum.unaccepted + usize::from(verification != DutyVerification::Accepted),
        });
        (sum.institutions > 0).then_some(sum)
    }
}
