//! What rows ask for that is not on record: sessions and agreements, each once.

use std::collections::HashMap;

use super::agreed;
use super::plan::Ref;
use super::scene::Scene;
use super::sessions::Session;
use super::words::fold;
use crate::agreements::{AgreementInput, AgreementKind, AgreementStatus};
use crate::dates::PartialDate;
use crate::db::{CommissionId, MeetingId};
use crate::meetings::{MeetingInput, MeetingStatus};

/// Commissions, session and folded words.
type AgreementKey = (Vec<CommissionId>, Option<Ref<MeetingId>>, String);

/// What the rows before have asked for already.
#[derive(Default)]
pub struct Made {
    /// Commissions, folded name and date.
    pub meetings: Vec<(Vec<CommissionId>, String, Option<PartialDate>)>,
    pub agreements: HashMap<AgreementKey, usize>,
}

impl Made {
    /// The session of this name that an earlier row asks for; of this date, where one is stated.
    pub fn session(&self, commissions: &[CommissionId], session: &Session) -> Option<usize> {
        let name = fold(&session.name());
        self.meetings.iter().position(|(own, called, held)| {
            own == commissions && *called == name && (session.held.is_none() || session.held == *held)
        })
    }
}

/// A session that a row asks for: held, unless its day is still to come.
pub fn new_meeting(scene: &Scene, commission_ids: Vec<CommissionId>, session: &Session) -> MeetingInput {
    let today = scene.today_of(None, &commission_ids);
    let over = session.held.as_ref().is_some_and(|held| held.to() <= today);
    MeetingInput {
        commission_ids,
        kind: session.kind(),
        title: session.name(),
        starts_at: None,
        ends_at: None,
        held: session.held.clone(),
        time_zone: None,
        ordinal: session.ordinal(),
        modality: None,
        place: None,
        url: None,
        status: if over { MeetingStatus::Held } else { MeetingStatus::Scheduled },
        restricted: false,
    }
}

/// An agreement called by its number, or by its words: those that a title cannot hold stand in its text.
pub fn new_agreement(commission_ids: Vec<CommissionId>, cell: &str) -> AgreementInput {
    let number = agreed::number(cell);
    let words: String = cell.split_whitespace().collect::<Vec<_>>().join(" ");
    let long = words.chars().count() > 500;
    let title = match &number {
        Some(number) => format!("Acuerdo {number}"),
        None if long => words.chars().take(499).chain(['…']).collect(),
        None => words,
    };
    AgreementInput {
        commission_ids,
        kind: AgreementKind::MeetingAgreement,
        title,
        meeting_id: None,
        number,
        text: long.then(|| cell.to_owned()),
        adopted: None,
        when_text: None,
        status: AgreementStatus::InForce,
        in_force_from: None,
        in_force_to: None,
        adoption: None,
        parties: Vec::new(),
        themes: Vec::new(),
        scope: None,
        document_url: None,
        restricted: false,
    }
}
