//! The content of an acta: everything that the documents state, independent of the language and of the reader. It is
//! frozen as canonical JSON: the fields of objects in a fixed order, no spaces.

use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::model::{MinutesStatus, sha256};
use crate::clock::Instant;
use crate::db::{AgreementId, CommissionId, CommitmentId, InstitutionId, MeetingId};
use crate::error::{Error, Result};
use crate::meetings::{AttendanceCapacity, AttendanceStatus};
use crate::translations::TranslatedTexts;

/// The content of the acta that every reader gets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Acta {
    pub meeting: ActaMeeting,
    pub minutes: ActaMinutes,
    pub commissions: Vec<ActaCommission>,
    /// The members of the day, and the others on the attendance list.
    pub attendance: Vec<Attendee>,
    pub agenda: Vec<AgendaPoint>,
    pub body: String,
    pub agreements: Vec<ActaAgreement>,
    pub commitments: Vec<ActaCommitment>,
    pub annexes: Vec<Annex>,
    pub comments: Vec<ActaComment>,
    pub rectifications: Vec<Rectification>,
    /// The names and texts in other languages.
    #[serde(default, skip_serializing_if = "TranslatedTexts::is_empty")]
    pub translated: TranslatedTexts,
}

/// The content of the second document: the restricted records of the session.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct RestrictedPart {
    pub agreements: Vec<ActaAgreement>,
    pub commitments: Vec<ActaCommitment>,
    /// The texts of these records in other languages.
    #[serde(default, skip_serializing_if = "TranslatedTexts::is_empty")]
    pub translated: TranslatedTexts,
}

impl RestrictedPart {
    pub(super) fn is_empty(&self) -> bool {
        self.agreements.is_empty() && self.commitments.is_empty()
    }
}

/// The session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ActaMeeting {
    pub id: MeetingId,
    pub country_code: String,
    pub title: String,
    pub kind: String,
    pub ordinal: Option<i32>,
    pub cancelled: bool,
    pub time_zone: String,
    pub starts_at: Option<Instant>,
    pub ends_at: Option<Instant>,
    /// The hours as held.
    pub started_at: Option<Instant>,
    pub ended_at: Option<Instant>,
    /// The date of a session known only by day, month, quarter or year.
    pub held: Option<String>,
    pub held_to: NaiveDate,
    pub place: Option<String>,
    pub modality: Option<String>,
    pub convened_at: Option<Instant>,
    /// The call on which it was held, as recorded: `first` or `second`.
    pub call: Option<String>,
}

/// The state of the minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ActaMinutes {
    pub status: MinutesStatus,
    pub code: Option<String>,
    pub circulated_at: Option<Instant>,
    pub comments_until: Option<NaiveDate>,
    pub approved_at: Option<Instant>,
    /// The name of the person who entered the approval.
    pub approved_by: Option<String>,
    pub approved_in: Option<ActaSession>,
}

/// Another session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ActaSession {
    pub id: MeetingId,
    pub title: String,
    pub held_to: NaiveDate,
}

/// A commission that met, with its quorum and the institutions that sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ActaCommission {
    pub id: CommissionId,
    pub name: String,
    pub quorum_rule: Option<Value>,
    pub entitled: i32,
    pub present: i32,
    pub required: Option<i32>,
    pub reached: Option<bool>,
    pub second_call_required: Option<i32>,
    pub second_call_reached: Option<bool>,
    pub leads: Vec<String>,
    pub secretariats: Vec<String>,
}

/// A person at the session, or an institution without one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Attendee {
    pub institution_id: InstitutionId,
    pub institution: String,
    /// True for an institution that was a member of one of the commissions on that day.
    pub is_member: bool,
    pub has_vote: bool,
    pub status: AttendanceStatus,
    pub capacity: Option<AttendanceCapacity>,
    pub person: Option<String>,
    pub arrived_at: Option<Instant>,
    pub left_at: Option<Instant>,
}

impl Attendee {
    /// Returns true if it is listed with the members; guests and others are listed apart.
    pub(super) fn is_listed_as_member(&self) -> bool {
        self.is_member && self.capacity != Some(AttendanceCapacity::Guest)
    }
}

/// An item of the agenda.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct AgendaPoint {
    pub title: String,
    pub kind: String,
    pub presenter: Option<String>,
    pub outcome: Option<String>,
}

/// An agreement of the session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ActaAgreement {
    pub id: AgreementId,
    pub number: Option<String>,
    pub title: String,
    pub text: Option<String>,
    pub method: Option<String>,
    #[serde(rename = "for")]
    pub in_favour: Option<i32>,
    pub against: Option<i32>,
    pub abstained: Option<i32>,
    pub parties: Vec<ActaParty>,
    /// True for a draft, which the acta shows as proposed.
    #[serde(default, skip_serializing_if = "is_false")]
    pub proposed: bool,
    /// The place of its item in the agenda, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub point: Option<usize>,
}

/// The number of an agreement, else its title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum AgreementName {
    Number(String),
    Title(String),
}

impl AgreementName {
    pub(super) fn of(agreement: &ActaAgreement) -> Self {
        agreement.number.clone().map_or_else(|| Self::Title(agreement.title.clone()), Self::Number)
    }
}

/// A party to an agreement, with its side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ActaParty {
    pub name: String,
    pub side: Option<String>,
}

/// A commitment of the session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ActaCommitment {
    pub id: CommitmentId,
    pub code: String,
    pub text: String,
    /// True for a draft, which the acta shows as proposed.
    pub proposed: bool,
    pub due: Option<String>,
    /// The term in the words of the source.
    pub due_text: Option<String>,
    pub responsible: Vec<Responsible>,
    /// Its agreement, if the acta states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreement: Option<AgreementName>,
    /// The place of its item in the agenda, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub point: Option<usize>,
}

/// An institution responsible for a commitment, with its own term if it has one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Responsible {
    pub institution_id: InstitutionId,
    pub institution: String,
    pub role: String,
    pub due: Option<String>,
    /// The quantity and the unit to reach.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<ActaTarget>,
}

/// A quantity to reach.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ActaTarget {
    /// A number with a decimal point.
    pub quantity: String,
    pub unit: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
fn is_false(flag: &bool) -> bool {
    !flag
}

/// A document attached to the session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Annex {
    pub title: String,
    pub url: Option<String>,
    pub dated: Option<String>,
}

/// A comment on the circulated minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ActaComment {
    pub institution_id: InstitutionId,
    pub institution: String,
    pub at: Instant,
    pub text: String,
}

/// A rectification: a text and the records that it adds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Rectification {
    pub at: Instant,
    pub by: Option<String>,
    pub approved_in: Option<ActaSession>,
    pub text: String,
    pub agreements: Vec<ActaAgreement>,
    pub commitments: Vec<ActaCommitment>,
}

/// The content of a version as canonical JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Frozen {
    pub content: String,
    pub restricted: Option<String>,
    /// The SHA-256 of the content that every reader gets.
    pub sha256: String,
}

impl Frozen {
    pub(super) fn of(acta: &Acta, restricted: &RestrictedPart) -> Result<Self> {
        let content = canonical(acta)?;
        let restricted = if restricted.is_empty() { None } else { Some(canonical(restricted)?) };
        let sha256 = sha256(&content);
        Ok(Self { content, restricted, sha256 })
    }

    pub(super) fn acta(&self) -> Result<Acta> {
        parsed(&self.content)
    }

    pub(super) fn restricted_part(&self) -> Result<RestrictedPart> {
        self.restricted.as_deref().map(parsed).transpose().map(Option::unwrap_or_default)
    }
}

/// Writes JSON with the fields of every object in one order.
fn canonical<T: Serialize>(content: &T) -> Result<String> {
    Ok(serde_json::to_value(content).map_err(Error::internal)?.to_string())
}

fn parsed<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(Error::internal)
}
