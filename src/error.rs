//! The errors of the API: one table of codes and one error type. `faults` has the faults of a body.

mod by_key;
mod database;
mod faults;
mod permitted;

use actix_web::http::StatusCode;

pub use by_key::ByKey;
pub use database::DatabaseState;
pub use faults::{Fault, Faults, escaped, parse_choice, parse_text};
pub use permitted::Permitted;

use crate::config::InvalidSetting;

/// The result of every function of the program that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $status:literal;)+) => {
        /// Every error of the API. Its title and sentence are in `locales/*/errors.ftl`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Code { $($(#[$doc])* $name),+ }

        impl Code {
            pub const ALL: &[Code] = &[$(Code::$name),+];

            pub const fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text),+ }
            }

            pub const fn status(self) -> u16 {
                match self { $(Code::$name => $status),+ }
            }
        }
    };
}

codes! {
    /// Not JSON, not UTF-8, or a header that cannot be read.
    Malformed = "malformed_request", 400;
    /// `If-Match`, `If-None-Match` or `Idempotency-Key` cannot be read.
    BadHeader = "invalid_header", 400;
    /// A query parameter is unknown or has a value it cannot have.
    BadQuery = "invalid_query", 400;
    NotSignedIn = "not_signed_in", 401;
    InvalidCredentials = "invalid_credentials", 401;
    InvalidToken = "invalid_token", 401;
    /// A sign-in without the code of the second factor.
    SecondFactorRequired = "second_factor_required", 401;
    /// A sign-in with a wrong code.
    SecondFactorInvalid = "second_factor_invalid", 401;
    /// A person whose role needs a second factor and who has none.
    SecondFactorMissing = "second_factor_required", 403;
    /// An action for which the last sign-in was too long ago.
    SignInAgain = "sign_in_again", 403;
    /// A token for programs that does something it is not for.
    TokenScope = "token_scope", 403;
    Forbidden = "forbidden", 403;
    /// A review of one's own update.
    OwnUpdate = "own_update", 403;
    /// The withdrawal of another person's review.
    NotYourReview = "not_your_review", 403;
    /// A password that a person without the role of administrator sets for somebody else.
    PasswordByInvitation = "password_by_invitation", 403;
    /// A form that another site sent with the cookie of a person who is signed in.
    ForeignOrigin = "foreign_origin", 403;
    NotFound = "not_found", 404;
    MethodNotAllowed = "method_not_allowed", 405;
    /// The body did not arrive in time.
    TooSlow = "body_too_slow", 408;
    Conflict = "conflict", 409;
    InUse = "in_use", 409;
    SecondFactorActive = "second_factor_active", 409;
    /// A token for programs of a person who has the maximum.
    TooManyTokens = "too_many_tokens", 409;
    Duplicate = "duplicate", 409;
    /// A change of a duty that would leave reports without a field or a period; the error names the field.
    FieldInUse = "field_in_use", 409;
    /// A report on a period in the future.
    PeriodNotBegun = "period_not_begun", 409;
    OverlappingMembership = "overlapping_membership", 409;
    MinutesApproved = "minutes_approved", 409;
    MinutesEmpty = "minutes_empty", 409;
    /// The text has a blank of the template left; the error names the place.
    MinutesUnfinished = "minutes_unfinished", 409;
    MinutesNotCirculated = "minutes_not_circulated", 409;
    MinutesNotApproved = "minutes_not_approved", 409;
    /// The last day for comments on circulated minutes has passed.
    CommentsClosed = "comments_closed", 409;
    AlreadyAccepted = "already_accepted", 409;
    AssignmentCancelled = "assignment_cancelled", 409;
    NotPending = "not_pending", 409;
    AlreadyDecided = "already_decided", 409;
    ExtensionPending = "extension_pending", 409;
    ExtensionWithdrawn = "extension_withdrawn", 409;
    /// A completion whose quantity is below the target, or missing.
    BelowTarget = "below_target", 409;
    /// A review that can no longer be withdrawn.
    BuiltUpon = "built_upon", 409;
    NotClosed = "not_closed", 409;
    TermExpired = "term_expired", 409;
    /// A report or a request for more time on a draft of a commitment.
    Draft = "draft", 409;
    /// The publication of a commitment that is published already.
    NotDraft = "not_draft", 409;
    MeetingCancelled = "meeting_cancelled", 409;
    MeetingOver = "meeting_over", 409;
    /// The date of the session has only a month, quarter or year.
    MeetingUndated = "meeting_undated", 409;
    ReportApproved = "report_approved", 409;
    /// The error names the questions.
    ReportHasErrors = "report_has_errors", 409;
    /// Answers of a report that nobody has confirmed; the error names their keys.
    Unconfirmed = "unconfirmed", 409;
    /// The copy with findings and sources of a report that is approved.
    NoWorkingCopy = "no_working_copy", 409;
    ReportNotApproved = "report_not_approved", 409;
    ReportHasNewerVersion = "report_has_newer_version", 409;
    /// The country has a report on the period; the error names its id and its address.
    ReportExists = "report_exists", 409;
    NotAvailable = "not_available", 409;
    /// The last commission of a joint session cannot leave it.
    LastCommission = "last_commission", 409;
    /// The activity is not submitted.
    NotSubmitted = "not_submitted", 409;
    /// The session is not convened: there is no convocation to reply to.
    SessionNotConvened = "session_not_convened", 409;
    /// The session has begun: it takes no more replies and proposals.
    SessionStarted = "session_started", 409;
    /// The session has not begun: its minutes are neither circulated nor approved.
    SessionNotStarted = "session_not_started", 409;
    /// The proposal for the agenda was decided before.
    ProposalDecided = "proposal_decided", 409;
    /// Records of the import were changed or are used by other records.
    ImportBuiltUpon = "import_built_upon", 409;
    ImportUndone = "import_undone", 409;
    PreconditionFailed = "precondition_failed", 412;
    TooLarge = "too_large", 413;
    /// The uploads of one person take too much space.
    QuotaExceeded = "quota_exceeded", 413;
    UnsupportedMediaType = "unsupported_media_type", 415;
    /// A program or script was uploaded.
    ExecutableFile = "executable_file", 415;
    /// A body with faults; each is listed with its pointer.
    Invalid = "invalid_body", 422;
    EvidenceRequired = "evidence_required", 422;
    /// A record that contradicts itself; each contradiction is listed with its pointer.
    Contradictory = "contradictory", 422;
    KeyReused = "idempotency_key_reused", 422;
    TooManyAttempts = "too_many_attempts", 429;
    /// The person has reached the limit of a day.
    DailyLimit = "daily_limit", 429;
    /// One person sent too many costly requests in a short time.
    TooManyRequests = "too_many_requests", 429;
    Internal = "internal", 500;
    Unavailable = "unavailable", 503;
}

/// Named values for the sentence of an error or a fault.
pub type Args = Vec<(&'static str, String)>;

/// An error for the caller. The cause is only for the log.
#[derive(Debug, thiserror::Error)]
#[error("{}{}", code.as_str(), cause.as_deref().map(|c| format!(": {c}")).unwrap_or_default())]
pub struct Error {
    pub code: Code,
    pub args: Args,
    pub faults: Vec<Fault>,
    pub retry_after: Option<u64>,
    pub cause: Option<String>,
    /// The state of the database, when the database caused the error.
    pub trouble: Option<DatabaseState>,
}

impl Error {
    pub fn new(code: Code) -> Self {
        Self { code, args: Vec::new(), faults: Vec::new(), retry_after: None, cause: None, trouble: None }
    }

    pub fn arg(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    /// Makes the error for a query parameter; the reason is `unknown`, `missing`, `repeated` or `value`.
    pub fn bad_query(reason: &'static str, parameter: impl ToString) -> Self {
        Self::new(Code::BadQuery).arg("reason", reason).arg("parameter", parameter)
    }

    /// Makes the error for the value of a query parameter.
    pub fn bad_value(parameter: &str, value: impl ToString) -> Self {
        let value: String = value.to_string().chars().filter(|c| !c.is_control()).take(100).collect();
        Self::bad_query("value", parameter).arg("value", value)
    }

    /// Makes the error for a request header that cannot be read.
    pub fn bad_header(name: &'static str) -> Self {
        Self::new(Code::BadHeader).arg("header", name)
    }

    /// Adds the cause for the log; the caller never sees it.
    pub fn because(mut self, cause: impl ToString) -> Self {
        self.cause = Some(cause.to_string());
        self
    }

    pub fn internal(cause: impl ToString) -> Self {
        Self::new(Code::Internal).because(cause)
    }

    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl From<Code> for Error {
    fn from(code: Code) -> Self {
        Self::new(code)
    }
}

impl From<InvalidSetting> for Error {
    fn from(error: InvalidSetting) -> Self {
        Self::internal(error)
    }
}

impl From<getrandom::Error> for Error {
    fn from(error: getrandom::Error) -> Self {
        Self::internal(error)
    }
}

impl From<Faults> for Error {
    fn from(faults: Faults) -> Self {
        let all = |code: Code| !faults.is_empty() && faults.list.iter().all(|fault| fault.code == code.as_str());
        let code = match () {
            () if all(Code::EvidenceRequired) && faults.list.len() == 1 => Code::EvidenceRequired,
            () if all(Code::Contradictory) => Code::Contradictory,
            () => Code::Invalid,
        };
        Self { faults: faults.list, ..Self::new(code) }
    }
}

impl actix_web::ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        self.status()
    }

    /// Returns an empty answer: the middleware writes the body in the language of the caller.
    fn error_response(&self) -> actix_web::HttpResponse {
        actix_web::HttpResponse::new(self.status())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Lang, find};

    #[test]
    fn every_error_has_a_title_and_a_sentence() {
        for lang in Lang::ALL {
            for code in Code::ALL {
                let key = code.as_str().replace('_', "-");
                assert!(find(*lang, &format!("title-{key}"), &[]).is_some(), "title-{key} in {lang}");
                assert!(find(*lang, &format!("detail-{key}"), &[]).is_some(), "detail-{key} in {lang}");
            }
        }
    }
}
