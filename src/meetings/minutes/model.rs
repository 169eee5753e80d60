//! What minutes are, and what may still happen to them.

use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use crate::clock::Instant;
use crate::error::{Code, Faults};
use crate::http::Input;

crate::text_enum! {
    /// How far the minutes have come.
    MinutesStatus {
        /// Known only to those who keep the record.
        Draft = "draft",
        /// Sent round; known to whoever knows the session.
        Circulated = "circulated",
        /// Final: never changed again.
        Approved = "approved",
    }
}

/// What minutes are made of.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct MinutesInput {
    /// The text, in Markdown.
    #[schema(examples("## Desarrollo\n\nSe leyó y aprobó el acta anterior."), max_length = 200_000)]
    pub body: String,
}

impl Input for MinutesInput {
    fn check(&self, faults: &mut Faults) {
        faults.text("/body", &self.body, 200_000);
    }
}

/// The minutes of a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Minutes {
    /// How far they have come.
    #[schema(examples("draft"))]
    pub status: MinutesStatus,
    #[serde(flatten)]
    pub fields: MinutesInput,
    /// When they were first sent round.
    pub circulated_at: Option<Instant>,
    /// When they were approved.
    pub approved_at: Option<Instant>,
    /// When they were last changed.
    pub updated_at: Instant,
}

impl Minutes {
    /// A first draft.
    pub fn draft(input: MinutesInput, now: Instant) -> Self {
        Self { status: MinutesStatus::Draft, fields: input, circulated_at: None, approved_at: None, updated_at: now }
    }

    /// 409 `minutes_approved` once they are approved.
    pub fn open(self) -> Result<Self, Code> {
        if self.status == MinutesStatus::Approved { Err(Code::MinutesApproved) } else { Ok(self) }
    }

    /// Whether only those who keep the record know them.
    pub fn is_draft(&self) -> bool {
        self.status == MinutesStatus::Draft
    }

    /// Sent round; a second time changes nothing.
    pub fn circulated(mut self, now: Instant) -> Self {
        if self.is_draft() {
            self.status = MinutesStatus::Circulated;
            self.circulated_at = Some(now);
            self.updated_at = now;
        }
        self
    }

    /// Approved: straight from the draft too, when they are read and approved at the end of the session.
    pub fn approved(mut self, now: Instant) -> Self {
        self.status = MinutesStatus::Approved;
        self.approved_at = Some(now);
        self.updated_at = now;
        self
    }
}
