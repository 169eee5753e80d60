//! The work that waits for a person.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::audit::{RestrictedContent, RestrictedRecords};
use crate::clock::Instant;
use crate::db::{CommissionId, InstitutionId, UserId};

crate::text_enum! {
    /// The reason for which something waits.
    PendingReason {
        /// A report of the own institution was returned.
        ReportReturned = "report_returned",
        /// A part of the own institution is overdue.
        Overdue = "overdue",
        /// A part of the own institution is due within 30 days.
        DueSoon = "due_soon",
        /// A request for more time was decided in the last 7 days.
        ExtensionDecided = "extension_decided",
        /// An own activity was sent back.
        ActivityReturned = "activity_returned",
        /// Circulated minutes are open for comments.
        MinutesOpenForComments = "minutes_open_for_comments",
        /// A convened session takes place within 14 days.
        SessionUpcoming = "session_upcoming",
        /// A reported completion of somebody else awaits review.
        ReviewPending = "review_pending",
        /// A request for more time awaits a decision.
        ExtensionPending = "extension_pending",
        /// A submitted activity awaits validation.
        ActivityToValidate = "activity_to_validate",
        /// A session is over and its minutes were not circulated.
        MinutesToCirculate = "minutes_to_circulate",
        /// Circulated minutes await approval, or approved minutes left drafts of commitments.
        MinutesToApprove = "minutes_to_approve",
        /// A session within 30 days is not convened.
        SessionToConvene = "session_to_convene",
        /// An institution has an overdue part in a commission.
        InstitutionOverdue = "institution_overdue",
        /// An institution has an open part in a commission and nobody who can be mailed.
        UnreachableInstitution = "unreachable_institution",
        /// An answer of a report is to be confirmed before the approval.
        ReportQuestionOpen = "report_question_open",
        /// An answer of a report has findings that block the approval.
        ReportFinding = "report_finding",
        /// A report has all its answers confirmed and awaits approval.
        ReportReady = "report_ready",
        /// A periodic report of the own institution is due soon.
        DutyDue = "duty_due",
        /// A periodic report of the own institution was not sent in time; for a secretariat, one item for each duty and
        /// period with the number of institutions that did not report.
        DutyMissing = "duty_missing",
        /// A periodic report of the own institution was returned.
        DutyReturned = "duty_returned",
        /// A periodic report of somebody else awaits review.
        DutyReview = "duty_review",
        /// A part is overdue for so long that the coordinator is notified.
        Escalated = "escalated",
    }
}

crate::text_enum! {
    /// The kind of the record that an item is about.
    PendingKind {
        Assignment = "assignment",
        Extension = "extension",
        Activity = "activity",
        Meeting = "meeting",
        Update = "update",
        Institution = "institution",
        Report = "report",
        Duty = "duty",
    }
}

impl PendingReason {
    /// Returns the kind of record whose id an item has.
    pub(crate) const fn kind(self) -> PendingKind {
        match self {
            Self::ReportReturned | Self::Overdue | Self::DueSoon | Self::Escalated => PendingKind::Assignment,
            Self::ExtensionDecided | Self::ExtensionPending => PendingKind::Extension,
            Self::ActivityReturned | Self::ActivityToValidate => PendingKind::Activity,
            Self::MinutesOpenForComments
            | Self::SessionUpcoming
            | Self::MinutesToCirculate
            | Self::MinutesToApprove
            | Self::SessionToConvene => PendingKind::Meeting,
            Self::ReviewPending => PendingKind::Update,
            Self::InstitutionOverdue | Self::UnreachableInstitution => PendingKind::Institution,
            Self::ReportQuestionOpen | Self::ReportFinding | Self::ReportReady => PendingKind::Report,
            Self::DutyDue | Self::DutyMissing | Self::DutyReturned | Self::DutyReview => PendingKind::Duty,
        }
    }
}

impl PendingReason {
    /// Returns true if the term of an item is that of a part: what is still to be done can be overdue.
    pub(super) const fn is_of_parts(self) -> bool {
        matches!(
            self.kind(),
            PendingKind::Assignment | PendingKind::Extension | PendingKind::Update | PendingKind::Institution
        )
    }

    /// Returns true if nothing is to be done: the item informs of something.
    pub(super) const fn is_news(self) -> bool {
        matches!(self, Self::ExtensionDecided | Self::SessionUpcoming)
    }

    /// Returns the kind of the record behind an item, in the audit log.
    pub(super) const fn record_kind(self) -> &'static str {
        match self.kind() {
            PendingKind::Activity => "activity",
            PendingKind::Meeting => "meeting",
            _ => "commitment",
        }
    }

    /// Returns the address of the page where an item is settled. `record` is the commitment or session behind it,
    /// `commission` that of an institution; minutes are `open` before approval.
    pub(super) fn link(self, id: Uuid, record: Uuid, commission: Uuid, open: bool) -> String {
        match self {
            Self::ReportReturned | Self::Overdue | Self::DueSoon => {
                format!("/commitments/{record}/assignments/{id}/report")
            }
            Self::ExtensionDecided | Self::Escalated => format!("/commitments/{record}"),
            Self::ActivityReturned | Self::ActivityToValidate => format!("/activities/{id}"),
            Self::MinutesOpenForComments => format!("/meetings/{id}/minutes/comments"),
            Self::SessionUpcoming => format!("/meetings/{id}"),
            Self::ReviewPending => format!("/reviews/{id}"),
            Self::ExtensionPending => format!("/extensions/{id}"),
            Self::MinutesToCirculate => format!("/meetings/{id}/minutes"),
            Self::MinutesToApprove if open => format!("/meetings/{id}/minutes/approval"),
            Self::MinutesToApprove => format!("/commitments?status=draft&meeting_id={id}"),
            Self::SessionToConvene => format!("/meetings/{id}/convocation"),
            Self::InstitutionOverdue => {
                format!("/commitments?commission_id={commission}&institution_id={id}&overdue=true")
            }
            Self::UnreachableInstitution => format!("/institutions/{id}"),
            Self::ReportQuestionOpen | Self::ReportFinding => format!("/reports/{id}"),
            Self::ReportReady => format!("/reports/{id}/approval"),
            Self::DutyDue | Self::DutyMissing | Self::DutyReturned | Self::DutyReview => format!("/duties/{id}"),
        }
    }
}

/// The person whose action made something wait.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct PendingActor {
    /// The person's id.
    pub id: UserId,
    /// The person's name.
    #[schema(examples("Ana Soto"))]
    pub name: String,
}

/// An item that waits for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct PendingItem {
    /// The reason for which it waits.
    #[schema(examples("review_pending"))]
    pub reason: PendingReason,
    /// The kind of record that `id` belongs to.
    #[schema(examples("update"))]
    pub kind: PendingKind,
    /// The id of the record.
    #[schema(value_type = String, format = "uuid", examples("0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e"))]
    pub id: Uuid,
    /// The code of the commitment, or of the minutes.
    #[schema(examples("CIGTPE-2023-004"))]
    pub code: Option<String>,
    /// The text of the commitment (at most 200 characters), the title of the session, activity, question or periodic report,
    /// or the name of the institution.
    #[schema(examples("Actualizar el protocolo de derivación"))]
    pub title: String,
    /// The country of the record.
    #[schema(examples("PE"))]
    pub country_code: String,
    /// The commissions of the record; of an institution, the commission in which it waits.
    pub commission_ids: Vec<CommissionId>,
    /// The institution concerned.
    pub institution_id: Option<InstitutionId>,
    /// The last day of the term: of the part, for comments, or until the session.
    #[schema(examples("2023-06-30"))]
    pub due_to: Option<NaiveDate>,
    /// The number of days since the term of an open part passed, in the time zone of the first commission.
    #[schema(examples(3))]
    pub overdue_days: Option<i64>,
    /// The moment since which it waits.
    pub since: Instant,
    /// The person whose action made it wait.
    pub actor: Option<PendingActor>,
    /// The address of the page where it is settled.
    #[schema(examples("/reviews/0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e"))]
    pub link: String,
    /// The report that a question belongs to, whose title is the end of `title`.
    #[serde(skip)]
    pub report: Option<String>,
    /// The restricted record that it is about.
    #[serde(skip)]
    pub restricted: Option<(&'static str, Uuid)>,
    /// The key that distinguishes items of one record and reason: a commission, or a question.
    #[serde(skip)]
    pub detail: String,
    /// The commitment, session, activity or periodic report whose commissions are shown.
    #[serde(skip)]
    pub record: Option<Uuid>,
}

/// A page of what waits for a person.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PendingPage {
    /// Items in order: the soonest term first (none last), then the one that has waited longest.
    pub items: Vec<PendingItem>,
    /// The value of `cursor` for the next page; null on the last page.
    #[schema(examples("WyI5OTk5LTEyLTMxIiwiMjAyMy0wOS0wMVQxMjowMDowMFoiXQ"))]
    pub next_cursor: Option<String>,
    /// The number of items by reason, of all pages and whatever `reason` is asked for.
    #[schema(value_type = std::collections::BTreeMap<String, i64>, examples(json!({"overdue": 2, "due_soon": 5})))]
    pub counts: PendingCounts,
}

/// The items that wait for a person for one reason: the first ones, and the number of all.
#[derive(Debug, Clone)]
pub(super) struct PendingGroup {
    pub reason: PendingReason,
    pub count: i64,
    pub items: Vec<PendingItem>,
}

crate::restricted_by!(PendingGroup: items);

/// The sort key of an item: its term (none last), the moment, the id, and the key within one record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Key(pub NaiveDate, pub Instant, pub Uuid, pub PendingReason, pub String);

impl PendingItem {
    /// Extends an item of an institution by another of the same commission.
    pub(super) fn join(&mut self, other: &Self) {
        self.since = self.since.min(other.since);
        let first = self.due_to.into_iter().chain(other.due_to).min();
        if first != self.due_to {
            (self.due_to, self.overdue_days) = (first, other.overdue_days);
        }
    }

    /// Returns the place of the item in the list.
    pub(super) fn key(&self) -> Key {
        Key(self.due_to.unwrap_or(last_day()), self.since, self.id, self.reason, self.detail.clone())
    }
}

/// Returns the day by which items without a term are sorted.
pub(super) fn last_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or(NaiveDate::MAX)
}

/// The number of items by reason; reasons without items are left out.
pub(crate) type PendingCounts = BTreeMap<PendingReason, i64>;

/// The filters of the list.
#[derive(Debug, Clone, Default)]
pub(crate) struct PendingFilter {
    pub reason: Option<PendingReason>,
    pub country_code: Option<String>,
    pub commission_id: Option<CommissionId>,
}

impl RestrictedContent for PendingItem {
    fn restricted(&self, found: &mut RestrictedRecords) {
        if let Some((kind, id)) = self.restricted {
            found.add(kind, id, &self.country_code);
        }
    }
}

crate::restricted_by!(PendingPage: items);
