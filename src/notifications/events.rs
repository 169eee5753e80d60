//! The events that people are notified of, and those that a person may turn off.

use uuid::Uuid;

crate::text_enum! {
    /// An event that people are notified of by mail; the code is the `X-Articula-Kind` of the mail.
    Event {
        /// More time was requested for a part.
        ExtensionRequested = "extension_requested",
        /// The request was withdrawn.
        ExtensionWithdrawn = "extension_withdrawn",
        /// The request was granted or refused.
        ExtensionDecided = "extension_decided",
        /// A reported completion awaits review.
        CompletionReview = "completion_review",
        /// An institution reported that it will not fulfil its part.
        NotAchieved = "not_achieved",
        /// A reported completion was returned.
        UpdateReturned = "update_returned",
        /// A reported completion was accepted.
        UpdateAccepted = "update_accepted",
        /// A review was withdrawn by its author.
        ReviewWithdrawn = "review_withdrawn",
        /// A finished or cancelled part was opened again.
        AssignmentReopened = "assignment_reopened",
        /// A part was cancelled.
        AssignmentCancelled = "assignment_cancelled",
        /// A wrong term was corrected.
        TermCorrected = "term_corrected",
        /// An activity was submitted for validation.
        ActivitySubmitted = "activity_submitted",
        /// An activity was validated.
        ActivityValidated = "activity_validated",
        /// An activity was sent back to its author.
        ActivitySentBack = "activity_sent_back",
        /// Minutes were circulated for comments.
        MinutesCirculated = "minutes_circulated",
        /// An institution commented on circulated minutes.
        MinutesCommented = "minutes_commented",
        /// Minutes were approved.
        MinutesApproved = "minutes_approved",
        /// Approved minutes were rectified.
        MinutesRectified = "minutes_rectified",
        /// A commitment in force names the institution.
        NewCommitment = "new_commitment",
        /// A session, an agreement or a commitment was created with other commissions.
        JointSession = "joint_session",
        /// A representative, a delegate or the address of an institution changed.
        ContactChanged = "contact_changed",
        /// A matrix was imported that leaves reports awaiting review.
        MatrixImported = "matrix_imported",
        /// A convened session is about to begin.
        MeetingReminder = "meeting_reminder",
        /// An institution answered a convocation.
        MeetingReply = "meeting_reply",
        /// An institution proposed an item for the agenda.
        AgendaProposed = "agenda_proposed",
        /// A proposed item was accepted or declined.
        AgendaProposalDecided = "agenda_proposal_decided",
        /// A convocation.
        Convocation = "convocation",
        /// A convened session was changed.
        SessionChanged = "session_changed",
        /// A convened session was cancelled, or takes place without the reader.
        SessionCancelled = "session_cancelled",
        /// A question of an annual report was assigned to the commission.
        ReportQuestionAssigned = "report_question_assigned",
        /// A comment was entered on an answer of an annual report.
        ReportQuestionCommented = "report_question_commented",
        /// A commission answered its question of an annual report.
        ReportQuestionAnswered = "report_question_answered",
        /// The institution is asked for periodic reports.
        DutyAsked = "duty_asked",
        /// A periodic report awaits review.
        DutyReported = "duty_reported",
        /// A periodic report was returned.
        DutyReturned = "duty_returned",
        /// The institution was released from a periodic report, or the release was withdrawn.
        DutyWaived = "duty_waived",
        /// A record that the reader was notified of was deleted, cancelled or made a draft.
        NoticeWithdrawn = "notice_withdrawn",
    }
}

impl Event {
    /// Returns true if a person may choose its timing or turn it off. Convocations and their changes, and withdrawals
    /// of notices, are always mailed at once.
    pub(crate) const fn is_optional(self) -> bool {
        !matches!(self, Self::Convocation | Self::SessionChanged | Self::SessionCancelled | Self::NoticeWithdrawn)
    }
}

crate::text_enum! {
    /// A kind of record that people are notified of.
    RecordKind {
        Meeting = "meeting",
        Agreement = "agreement",
        Commitment = "commitment",
        Activity = "activity",
        Report = "report",
        Duty = "duty",
        /// An institution whose contacts changed, or whose parts were given to another one.
        Institution = "institution",
        /// The import of a matrix.
        Import = "import",
    }
}

/// The record that a mail is about: a mail that waits is dropped when the record is deleted, cancelled or made a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RecordRef {
    pub kind: RecordKind,
    pub id: Uuid,
}

impl RecordRef {
    pub(crate) fn new(kind: RecordKind, id: impl Into<Uuid>) -> Self {
        Self { kind, id: id.into() }
    }
}
