//! Minutes, their states, and the bodies of their actions.

use chrono::{Days, NaiveDate};
use deserr::Deserr;
use serde::Serialize;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use crate::clock::Instant;
use crate::db::{AgreementId, CommitmentId, InstitutionId, MeetingId, MinutesCommentId, UserId};
use crate::error::{Code, Faults};
use crate::http::Input;
use crate::text::hex;

/// The number of days for comments if the circulation states no last day.
const COMMENT_DAYS: u64 = 10;

/// The maximum number of characters of the text of minutes.
const LONGEST_BODY: usize = 200_000;

/// The maximum number of characters of a rectification.
const LONGEST_RECTIFICATION: usize = 20_000;

crate::text_enum! {
    /// The state of the minutes.
    MinutesStatus {
        /// Visible only to those who may write the meeting.
        Draft = "draft",
        /// Circulated; visible to all who may see the meeting.
        Circulated = "circulated",
        /// Final; they change only by rectification.
        Approved = "approved",
    }
}

/// The content of minutes.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct MinutesInput {
    /// The text, in Markdown.
    #[schema(examples("## Desarrollo\n\nSe leyó y aprobó el acta anterior."), max_length = 200_000)]
    pub body: String,
}

impl Input for MinutesInput {
    fn check(&self, faults: &mut Faults) {
        faults.text("/body", &self.body, LONGEST_BODY);
    }
}

/// The term of a circulation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct CirculationInput {
    /// The last day for comments, in the session's time zone; by default ten days later.
    #[deserr(default)]
    #[schema(examples("2023-09-15"))]
    pub comments_until: Option<NaiveDate>,
}

impl Input for CirculationInput {
    const REFERS: bool = true;
}

/// The approval of minutes.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct ApprovalInput {
    /// The session in which they were approved, of at least one of the same commissions.
    #[deserr(default)]
    pub approved_in_meeting_id: Option<MeetingId>,
    /// True if the session's draft agreements come into force and its draft commitments are published.
    #[deserr(default = true)]
    #[schema(examples(true), required = false)]
    pub publish_drafts: bool,
}

impl Default for ApprovalInput {
    fn default() -> Self {
        Self { approved_in_meeting_id: None, publish_drafts: true }
    }
}

impl Input for ApprovalInput {
    const REFERS: bool = true;
}

/// A rectification of approved minutes.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct RectificationInput {
    /// The text of the rectification, in Markdown.
    #[schema(examples("En el punto 2 se omitió el acuerdo 7, que se incorpora."), max_length = 20_000)]
    pub text: String,
    /// The session in which it was approved, of at least one of the same commissions.
    #[deserr(default)]
    pub approved_in_meeting_id: Option<MeetingId>,
    /// Agreements of the session that the minutes do not state yet.
    #[deserr(default)]
    #[schema(max_items = 200, required = false)]
    pub agreement_ids: Vec<AgreementId>,
    /// Commitments of the session that the minutes do not state yet; no drafts.
    #[deserr(default)]
    #[schema(max_items = 200, required = false)]
    pub commitment_ids: Vec<CommitmentId>,
}

impl Input for RectificationInput {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        faults.text("/text", &self.text, LONGEST_RECTIFICATION);
        faults.distinct("/agreement_ids", &self.agreement_ids, 200);
        faults.distinct("/commitment_ids", &self.commitment_ids, 200);
    }
}

/// The minutes of a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Minutes {
    /// Their state.
    #[schema(examples("draft"))]
    pub status: MinutesStatus,
    #[serde(flatten)]
    pub fields: MinutesInput,
    /// Their code, given at circulation and never given again.
    #[schema(examples("ACTA-CETI-2023-3"))]
    pub code: Option<String>,
    /// The number of the newest frozen version; 0 before approval.
    #[schema(examples(0))]
    pub version: i32,
    /// The time of the last circulation of a new text.
    pub circulated_at: Option<Instant>,
    /// The last day for comments, in the session's time zone.
    #[schema(examples("2023-09-15"))]
    pub comments_until: Option<NaiveDate>,
    /// The time of approval.
    pub approved_at: Option<Instant>,
    /// The person who entered the approval.
    pub approved_by: Option<UserId>,
    /// The session in which they were approved.
    pub approved_in_meeting_id: Option<MeetingId>,
    /// The time of the last change.
    pub updated_at: Instant,
    /// The SHA-256 of the text that was circulated last.
    #[serde(skip)]
    pub circulated_sha256: Option<String>,
    /// The text that was written since the circulation; only those who may write the session read it until it is
    /// circulated or approved.
    #[serde(skip)]
    pub new_body: Option<String>,
}

impl Minutes {
    pub(super) fn draft(input: MinutesInput, now: Instant) -> Self {
        Self {
            status: MinutesStatus::Draft,
            fields: input,
            code: None,
            version: 0,
            circulated_at: None,
            comments_until: None,
            approved_at: None,
            approved_by: None,
            approved_in_meeting_id: None,
            updated_at: now,
            circulated_sha256: None,
            new_body: None,
        }
    }

    /// Writes a text. The readers of circulated minutes keep the circulated text.
    pub(super) fn written(mut self, input: MinutesInput, now: Instant) -> Self {
        self.updated_at = now;
        if self.is_draft() {
            self.fields = input;
        } else {
            self.new_body = (input.body != self.fields.body).then_some(input.body);
        }
        self
    }

    /// Returns the minutes with their newest text, for those who may write the session.
    pub(super) fn with_newest_text(mut self) -> Self {
        if let Some(body) = self.new_body.take() {
            self.fields.body = body;
        }
        self
    }

    pub(super) fn newest_text(&self) -> &str {
        self.new_body.as_ref().unwrap_or(&self.fields.body)
    }

    /// Returns the minutes; 409 `minutes_approved` after approval.
    pub(super) fn require_open(self) -> Result<Self, Code> {
        if self.is_approved() { Err(Code::MinutesApproved) } else { Ok(self) }
    }

    pub(super) fn is_draft(&self) -> bool {
        self.status == MinutesStatus::Draft
    }

    pub(super) fn is_approved(&self) -> bool {
        self.status == MinutesStatus::Approved
    }

    /// Returns true if the newest text is circulated already.
    pub(super) fn is_circulated_text(&self) -> bool {
        !self.is_draft() && self.circulated_sha256.as_deref() == Some(sha256(self.newest_text()).as_str())
    }

    /// Marks the newest text as circulated until a day.
    pub(super) fn circulated(self, now: Instant, until: NaiveDate, code: String) -> Self {
        let mut this = self.with_newest_text();
        this.status = MinutesStatus::Circulated;
        this.circulated_sha256 = Some(sha256(&this.fields.body));
        this.circulated_at = Some(now);
        this.comments_until = Some(until);
        this.code = Some(code);
        this.updated_at = now;
        this
    }

    /// Checks that comments are open on a day: 409 `minutes_not_circulated`, `minutes_approved` or `comments_closed`.
    pub(super) fn require_commentable(&self, today: NaiveDate) -> Result<(), Code> {
        match self.status {
            MinutesStatus::Draft => Err(Code::MinutesNotCirculated),
            MinutesStatus::Approved => Err(Code::MinutesApproved),
            MinutesStatus::Circulated if self.comments_until.is_some_and(|until| until < today) => {
                Err(Code::CommentsClosed)
            }
            MinutesStatus::Circulated => Ok(()),
        }
    }
}

/// Returns the last day for comments: the stated one, else ten days later. A stated day in the past is a fault.
pub(super) fn comments_until(stated: Option<NaiveDate>, today: NaiveDate, faults: &mut Faults) -> NaiveDate {
    let default = today.checked_add_days(Days::new(COMMENT_DAYS)).unwrap_or(today);
    if let Some(day) = stated.filter(|day| *day < today || !crate::dates::in_range(*day)) {
        let bounds = vec![("min", today.to_string()), ("max", "2200-12-31".to_owned())];
        faults.add_with("/comments_until", "out_of_range", bounds);
        return day;
    }
    stated.unwrap_or(default)
}

/// Returns the SHA-256 of a text in hexadecimal digits.
pub(super) fn sha256(text: impl AsRef<[u8]>) -> String {
    hex(&Sha256::digest(text.as_ref()))
}

/// The minutes with the hash of everything that the acta states.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct MinutesView {
    #[serde(flatten)]
    pub minutes: Minutes,
    /// The SHA-256 of the content of the acta: of the newest frozen version after approval, before it of everything that
    /// it would state now (agenda, attendance, agreements, commitments, comments).
    #[schema(examples("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"))]
    pub content_sha256: String,
    /// True if this text was written since the circulation: only those who may write the session see it, until it is
    /// circulated or approved; the others see the circulated text.
    #[schema(examples(false))]
    pub has_new_text: bool,
}

/// Approved minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct ApprovedMinutes {
    #[serde(flatten)]
    pub view: MinutesView,
    /// The draft commitments that were published.
    pub published: Vec<CommitmentId>,
}

/// A frozen version of the minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct MinutesVersion {
    /// Its number: 1 is the approved text, later ones are rectifications.
    #[schema(examples(1))]
    pub version: i32,
    /// The time of approval or rectification.
    pub at: Instant,
    /// The person who entered it.
    pub by: Option<MinutesAuthor>,
    /// The SHA-256 of its content.
    #[schema(examples("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"))]
    pub content_sha256: String,
    /// True if the minutes were approved before the program froze them, and frozen when it was upgraded.
    #[schema(examples(false))]
    pub frozen_on_upgrade: bool,
    /// The files of the document.
    pub files: Vec<MinutesFile>,
}

crate::nothing_restricted!(MinutesVersion);

/// A person who entered a version or a comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct MinutesAuthor {
    /// The user's id.
    pub id: UserId,
    /// The user's name.
    #[schema(examples("Ana Soto"))]
    pub name: String,
}

/// A comment of an institution.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct MinutesCommentInput {
    /// The text.
    #[schema(examples("En el punto 3 debe decir «abril» en lugar de «mayo»."), max_length = 10_000)]
    pub text: String,
    /// The institution. It may be left out by a representative of only one institution that may comment.
    #[deserr(default)]
    pub institution_id: Option<InstitutionId>,
    /// True if the secretariat enters the comment on behalf of the institution.
    #[deserr(default)]
    #[schema(examples(false), required = false)]
    pub on_behalf: bool,
}

impl Input for MinutesCommentInput {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        faults.text("/text", &self.text, 10_000);
    }
}

/// A comment on circulated minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct MinutesComment {
    /// The comment's id.
    pub id: MinutesCommentId,
    /// The session.
    pub meeting_id: MeetingId,
    /// The institution that comments.
    pub institution_id: InstitutionId,
    /// The text.
    #[schema(examples("En el punto 3 debe decir «abril» en lugar de «mayo»."))]
    pub text: String,
    /// True if the secretariat entered it on behalf of the institution.
    #[schema(examples(false))]
    pub on_behalf: bool,
    /// The person who entered it.
    pub(super) by: Option<MinutesAuthor>,
    /// The time of entry.
    pub created_at: Instant,
}

impl MinutesComment {
    /// Returns the comment as it was entered.
    pub(crate) fn input(&self) -> MinutesCommentInput {
        MinutesCommentInput {
            text: self.text.clone(),
            institution_id: Some(self.institution_id),
            on_behalf: self.on_behalf,
        }
    }
}

crate::nothing_restricted!(MinutesComment);

/// A file of a frozen version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct MinutesFile {
    /// Its format.
    #[schema(examples("pdf"))]
    pub format: crate::rendering::DocumentFormat,
    /// Its language.
    #[schema(examples("es"))]
    pub lang: crate::i18n::Lang,
    /// The SHA-256 of its bytes.
    #[schema(examples("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"))]
    pub sha256: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        crate::dates::parse_day(text).unwrap()
    }

    #[test]
    fn comments_are_open_until_the_end_of_the_last_day() {
        let now = Instant::parse("2023-09-01T12:00:00Z").unwrap();
        let draft = Minutes::draft(MinutesInput { body: "Texto".into() }, now);
        assert_eq!(draft.require_commentable(day("2023-09-01")), Err(Code::MinutesNotCirculated));
        let circulated = draft.circulated(now, day("2023-09-11"), "ACTA-X-2023-1".into());
        assert_eq!(circulated.require_commentable(day("2023-09-11")), Ok(()));
        assert_eq!(circulated.require_commentable(day("2023-09-12")), Err(Code::CommentsClosed));
        assert!(circulated.is_circulated_text());
        let changed = circulated.written(MinutesInput { body: "Otro".into() }, now);
        assert!(!changed.is_circulated_text());
    }

    #[test]
    fn a_text_that_is_written_after_the_circulation_replaces_the_circulated_one_at_the_next() {
        let now = Instant::parse("2023-09-01T12:00:00Z").unwrap();
        let input = |body: &str| MinutesInput { body: body.into() };
        let circulate = |minutes: Minutes| minutes.circulated(now, day("2023-09-11"), "ACTA-X-2023-1".into());
        let draft = Minutes::draft(input("Uno"), now).written(input("Dos"), now);
        assert_eq!((draft.fields.body.as_str(), &draft.new_body), ("Dos", &None));
        let changed = circulate(draft).written(input("Tres"), now);
        assert_eq!(changed.fields.body, "Dos");
        assert_eq!(changed.clone().with_newest_text().fields.body, "Tres");
        assert_eq!(changed.clone().written(input("Dos"), now).new_body, None, "the circulated text again");
        let again = circulate(changed);
        assert_eq!((again.fields.body.as_str(), &again.new_body), ("Tres", &None));
    }

    #[test]
    fn the_default_term_is_ten_days() {
        let mut faults = Faults::default();
        assert_eq!(comments_until(None, day("2023-09-01"), &mut faults), day("2023-09-11"));
        assert!(faults.is_empty());
        comments_until(Some(day("2023-08-31")), day("2023-09-01"), &mut faults);
        assert_eq!(faults.list.len(), 1);
    }
}
