//! What can go wrong, as the caller is told: one table of codes and one error type; the faults of a body: `faults`.

mod database;
mod faults;

use actix_web::http::StatusCode;

pub use database::Trouble;
pub use faults::{Fault, Faults, escaped, parse_choice, parse_text};

/// What every fallible function of the program answers.
pub type Result<T, E = Error> = std::result::Result<T, E>;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $status:literal;)+) => {
        /// Every error that the API can answer. Title and sentence stand in `locales/*/errors.ftl`.
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
    Forbidden = "forbidden", 403;
    /// A review of one's own update.
    OwnUpdate = "own_update", 403;
    /// A password that somebody else than an admin sets for another.
    PasswordByInvitation = "password_by_invitation", 403;
    NotFound = "not_found", 404;
    MethodNotAllowed = "method_not_allowed", 405;
    /// The body did not come in within its time.
    TooSlow = "body_too_slow", 408;
    Conflict = "conflict", 409;
    InUse = "in_use", 409;
    Duplicate = "duplicate", 409;
    OverlappingMembership = "overlapping_membership", 409;
    MinutesApproved = "minutes_approved", 409;
    MinutesNotCirculated = "minutes_empty", 409;
    AlreadyAccepted = "already_accepted", 409;
    AssignmentCancelled = "assignment_cancelled", 409;
    NotPending = "not_pending", 409;
    AlreadyDecided = "already_decided", 409;
    NotClosed = "not_closed", 409;
    TermExpired = "term_expired", 409;
    MeetingCancelled = "meeting_cancelled", 409;
    MeetingOver = "meeting_over", 409;
    /// Known by month, quarter or year alone.
    MeetingUndated = "meeting_undated", 409;
    ReportApproved = "report_approved", 409;
    /// The questions with errors are named.
    ReportHasErrors = "report_has_errors", 409;
    ReportNotApproved = "report_not_approved", 409;
    ReportHasNewerVersion = "report_has_newer_version", 409;
    NotAvailable = "not_available", 409;
    /// What an import brought has been changed, or is named by others, since.
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

/// An error on its way to the caller. The cause is for the log alone.
#[derive(Debug, thiserror::Error)]
#[error("{}{}", code.as_str(), cause.as_deref().map(|c| format!(": {c}")).unwrap_or_default())]
pub struct Error {
    pub code: Code,
    pub args: Args,
    pub faults: Vec<Fault>,
    pub retry_after: Option<u64>,
    pub cause: Option<String>,
    /// The state of the database, when the database caused the error.
    pub trouble: Option<Trouble>,
}

impl Error {
    pub fn new(code: Code) -> Self {
        Self { code, args: Vec::new(), faults: Vec::new(), retry_after: None, cause: None, trouble: None }
    }

    pub fn arg(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    /// What is wrong with a query parameter: `unknown`, `missing`, `repeated`, `value`.
    pub fn bad_query(reason: &'static str, parameter: impl ToString) -> Self {
        Self::new(Code::BadQuery).arg("reason", reason).arg("parameter", parameter)
    }

    /// A query parameter has a value that it cannot have.
    pub fn bad_value(parameter: &str, value: impl ToString) -> Self {
        let value: String = value.to_string().chars().filter(|c| !c.is_control()).take(100).collect();
        Self::bad_query("value", parameter).arg("value", value)
    }

    /// Makes the error for a request header that cannot be read.
    pub fn bad_header(name: &'static str) -> Self {
        Self::new(Code::BadHeader).arg("header", name)
    }

    /// Keeps the reason for the log; the caller never sees it.
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

impl From<Faults> for Error {
    fn from(faults: Faults) -> Self {
        let special = faults.list.iter().find(|f| f.code == Code::EvidenceRequired.as_str());
        let code = if special.is_some() && faults.list.len() == 1 { Code::EvidenceRequired } else { Code::Invalid };
        Self { faults: faults.list, ..Self::new(code) }
    }
}

impl actix_web::ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        self.status()
    }

    /// The body is written by the problem middleware, which knows the caller's language.
    fn error_response(&self) -> actix_web::HttpResponse {
        actix_web::HttpResponse::new(self.status())
    }
}
