//! The orders of a list, each with its own cursor.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::clock::Instant;
use crate::db::CommitmentId;

crate::text_enum! {
    /// The order of a list of commitments. A minus reverses it.
    Sort {
        /// Soonest term first; those without a term come last.
        Due = "due",
        DueReversed = "-due",
        /// First changed first.
        Updated = "updated",
        UpdatedReversed = "-updated",
        Code = "code",
    }
}

/// The sort key of a page, by its order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum Key {
    #[serde(rename = "due")]
    Due(NaiveDate, CommitmentId),
    #[serde(rename = "-due")]
    DueReversed(NaiveDate, CommitmentId),
    #[serde(rename = "updated")]
    Updated(Instant, CommitmentId),
    #[serde(rename = "-updated")]
    UpdatedReversed(Instant, CommitmentId),
    #[serde(rename = "code")]
    Code(String, CommitmentId),
}

impl Key {
    /// Returns true if the key belongs to a list in this order.
    pub(crate) fn is_of(&self, sort: Sort) -> bool {
        let own = match self {
            Self::Due(..) => Sort::Due,
            Self::DueReversed(..) => Sort::DueReversed,
            Self::Updated(..) => Sort::Updated,
            Self::UpdatedReversed(..) => Sort::UpdatedReversed,
            Self::Code(..) => Sort::Code,
        };
        own == sort
    }
}
