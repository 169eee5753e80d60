//! The shapes that the public view shows. They have no place for persons, votes, attendance and free remarks.

mod screen;

use chrono::NaiveDate;

use crate::commissions::CommissionKind;
use crate::dates::PartialDate;
use crate::db::{CommissionId, MeetingId, ReportId};
use crate::meetings::MeetingKind;
use crate::minutes::ApprovedAgreement;
use crate::reports::{ApprovedQuestion, ApprovedRow};

pub(super) use screen::{ClosedName, KnownNames, Screen};

crate::text_enum! {
    /// The origin of a former name.
    Origin {
        Account = "account",
        Attendance = "attendance",
        Commission = "commission",
        Delegate = "delegate",
        Minutes = "minutes",
        Presenter = "presenter",
        Reply = "reply",
        Unknown = "unknown",
    }
}

/// A public commission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PublicCommission {
    pub id: CommissionId,
    pub country_code: String,
    pub name: String,
    pub acronym: Option<String>,
    pub kind: CommissionKind,
}

impl PublicCommission {
    /// Returns the acronym, else the name.
    pub(super) fn label(&self) -> &str {
        self.acronym.as_deref().unwrap_or(&self.name)
    }
}

/// A session that was held. It has no title: titles are free text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PublicSession {
    pub id: MeetingId,
    pub country_code: String,
    pub kind: MeetingKind,
    pub ordinal: Option<i32>,
    pub held: PartialDate,
    /// The public ones of the commissions that met.
    pub commissions: Vec<PublicCommission>,
    pub has_approved_minutes: bool,
}

/// An agreement that approved minutes state. It has no number: a gap would hint at one that is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PublicAgreement {
    pub title: String,
    pub text: Option<String>,
    /// The form of its adoption, without votes.
    pub method: Option<String>,
}

impl PublicAgreement {
    /// Returns an agreement if its texts may be shown.
    pub(super) fn of(stated: ApprovedAgreement, screen: &Screen) -> Option<Self> {
        let ApprovedAgreement { title, text, method, .. } = stated;
        let texts = [Some(title.as_str()), text.as_deref()];
        screen.admits(texts.into_iter().flatten()).then_some(Self { title, text, method })
    }
}

/// The parts of one institution in the commitments of a commission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PublicState {
    pub institution: String,
    pub open: i64,
    pub overdue: i64,
    pub fulfilled: i64,
}

/// The title of an approved report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PublicTitle {
    pub id: ReportId,
    pub title: String,
}

/// An approved report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PublicReport {
    pub id: ReportId,
    pub country_code: String,
    pub title: String,
    pub version: i32,
    pub approved_on: Option<NaiveDate>,
    /// The title of each section with its questions.
    pub sections: Vec<(String, Vec<PublicQuestion>)>,
    /// The formats of the document; none if an answer is left out, because the document has all of them.
    pub formats: Vec<&'static str>,
}

impl PublicReport {
    /// Returns true if an answer is left out.
    pub(super) fn is_cut(&self) -> bool {
        self.sections.iter().flat_map(|(_, questions)| questions).any(|one| one.answer.is_none())
    }
}

/// A question of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PublicQuestion {
    pub number: u32,
    pub title: String,
    /// None for an answer that is left out.
    pub answer: Option<PublicAnswer>,
}

/// An answer of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PublicAnswer {
    pub choices: Vec<String>,
    pub other_text: Option<String>,
    /// Markdown.
    pub text: Option<String>,
    pub rows: Vec<ApprovedRow>,
}

impl PublicQuestion {
    /// Returns a question with its answer, if its texts and its sources may be shown.
    pub(super) fn of(asked: ApprovedQuestion, screen: &Screen, has_public_sources: bool) -> Self {
        let is_shown = has_public_sources && screen.admits(asked.texts());
        let title_is_shown = screen.admits([asked.title.as_str()]);
        let answer =
            PublicAnswer { choices: asked.choices, other_text: asked.other_text, text: asked.text, rows: asked.rows };
        Self {
            number: asked.number,
            title: if title_is_shown { asked.title } else { String::new() },
            answer: is_shown.then_some(answer),
        }
    }
}
